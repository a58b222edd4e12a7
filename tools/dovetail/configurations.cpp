// The table of configurations, made from configurations.def.
#include "configurations.hpp"

#include <string>
#include <string_view>

namespace command {

#define DOVETAIL_CONFIGURATION(UNIT, BACKEND, MEMORY, FUEL, TIMEOUT) \
  int run_##UNIT(const run_options&);
#include "configurations.def"
#undef DOVETAIL_CONFIGURATION

namespace {

struct row {
  std::string_view backend;
  std::string_view memory;
  bool fuel;
  bool timeout;
  run_function run;
};

constexpr row rows[] = {
#define DOVETAIL_CONFIGURATION(UNIT, BACKEND, MEMORY, FUEL, TIMEOUT) \
  {BACKEND, MEMORY, FUEL, TIMEOUT, &run_##UNIT},
#include "configurations.def"
#undef DOVETAIL_CONFIGURATION
};

bool is_known(std::string_view row::*member, std::string_view name) {
  for (const row& one : rows) {
    if (one.*member == name) return true;
  }
  return false;
}

}  // namespace

std::string backend_names() {
  std::string names;
  std::string_view last;
  for (const row& one : rows) {
    if (one.backend == last) continue;
    names += last.empty() ? "" : " or ";
    names += last = one.backend;
  }
  return names;
}

run_function find_configuration(const run_options& options, std::string& problem) {
  for (const row& one : rows) {
    if (one.backend == options.backend && one.memory == options.memory &&
        one.fuel == options.fuel.has_value() && one.timeout == options.timeout.has_value()) {
      return one.run;
    }
  }
  if (!is_known(&row::backend, options.backend)) {
    problem = "unknown backend " + options.backend;
  } else if (!is_known(&row::memory, options.memory)) {
    problem = "unknown memory policy " + options.memory;
  } else {
    problem = "this combination is not built in: " + options.backend + ", " + options.memory +
              " memory" + (options.fuel ? ", fuel" : "") + (options.timeout ? ", timeout" : "");
  }
  return nullptr;
}

}  // namespace command
