// The table of configurations, made from configurations.def.
#include "configurations.hpp"

namespace spec {

#define DOVETAIL_CONFIGURATION(UNIT, BACKEND, MEMORY, TRAPS, FUEL) \
  void run_##UNIT(const script&, const run_options&, report&);
#include "configurations.def"
#undef DOVETAIL_CONFIGURATION

namespace {

constexpr configuration configurations[] = {
#define DOVETAIL_CONFIGURATION(UNIT, BACKEND, MEMORY, TRAPS, FUEL) \
  {BACKEND, MEMORY, TRAPS, FUEL, &run_##UNIT},
#include "configurations.def"
#undef DOVETAIL_CONFIGURATION
};

constexpr bool fits(std::string_view have, std::string_view wanted) {
  return have == "any" || have == wanted;
}

}  // namespace

const configuration* find_configuration(std::string_view backend, std::string_view memory,
                                        std::string_view traps, bool fuel) {
  for (const configuration& one : configurations) {
    if (one.backend == backend && fits(one.memory, memory) && fits(one.traps, traps) &&
        (one.fuel == fuel || one.memory == "any")) {
      return &one;
    }
  }
  return nullptr;
}

bool is_known(std::string_view configuration::*member, std::string_view name) {
  for (const configuration& one : configurations) {
    if (one.*member == name) return true;
  }
  return false;
}

}  // namespace spec
