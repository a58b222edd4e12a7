// Which configurations there are, and how the command line finds one.
#pragma once

#include <string_view>

#include "options.hpp"
#include "report.hpp"
#include "script.hpp"

namespace spec {

/// One combination of policies, compiled in a unit of its own.
struct configuration {
  std::string_view features;
  std::string_view backend;
  std::string_view memory;
  std::string_view traps;
  bool fuel;
  void (*run)(const script&, const run_options&, report&);
};

/// The configuration with these policies, or null.
[[nodiscard]] const configuration* find_configuration(std::string_view features,
                                                      std::string_view backend,
                                                      std::string_view memory,
                                                      std::string_view traps, bool fuel);

/// True if some configuration has this name in the place that `member` says.
[[nodiscard]] bool is_known(std::string_view configuration::*member, std::string_view name);

}  // namespace spec
