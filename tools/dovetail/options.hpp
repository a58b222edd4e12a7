// What the command line asks `dovetail run` for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace command {

struct preopened_folder {
  std::string host;
  std::string guest;
};

struct run_options {
  std::string backend = "interpreter";
  std::string memory = "checked";
  std::optional<std::string> invoke;
  std::vector<preopened_folder> folders;
  /// "NAME=VALUE" each.
  std::vector<std::string> environment;
  std::optional<std::uint64_t> fuel;
  std::optional<std::uint64_t> timeout;  ///< microseconds
  bool time = false;
  std::string file;
  std::vector<std::string> arguments;
};

}  // namespace command
