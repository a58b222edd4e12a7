// The table of configurations, made from configurations.def.
#include "configurations.hpp"

namespace spec {

#define DOVETAIL_CONFIGURATION(UNIT, BACKEND, MEMORY, TRAPS, FUEL) \
  void run_##UNIT(const script&, const run_options&, report&);
namespace wasm2 {
#include "configurations.def"
}
#ifdef DOVETAIL_SPEC_ALL
namespace wasm3 {
#include "configurations.def"
}
#endif
#undef DOVETAIL_CONFIGURATION

namespace {

constexpr configuration configurations[] = {
#define DOVETAIL_CONFIGURATION(UNIT, BACKEND, MEMORY, TRAPS, FUEL) \
  {"wasm2", BACKEND, MEMORY, TRAPS, FUEL, &wasm2::run_##UNIT},
#include "configurations.def"
#undef DOVETAIL_CONFIGURATION
#ifdef DOVETAIL_SPEC_ALL
#define DOVETAIL_CONFIGURATION(UNIT, BACKEND, MEMORY, TRAPS, FUEL) \
  {"wasm3", BACKEND, MEMORY, TRAPS, FUEL, &wasm3::run_##UNIT},
#include "configurations.def"
#undef DOVETAIL_CONFIGURATION
#endif
};

constexpr bool fits(std::string_view have, std::string_view wanted) {
  return have == "any" || have == wanted;
}

}  // namespace

const configuration* find_configuration(std::string_view features, std::string_view backend,
                                        std::string_view memory, std::string_view traps,
                                        bool fuel) {
  for (const configuration& one : configurations) {
    if (one.features == features && one.backend == backend && fits(one.memory, memory) &&
        fits(one.traps, traps) && (one.fuel == fuel || one.memory == "any")) {
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
