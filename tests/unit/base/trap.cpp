// Traps as values.
#include <dovetail/base/trap.hpp>

#include <cstdint>
#include <limits>
#include <set>
#include <string>

#include "support/catch.hpp"

namespace unit_base_trap {

using dovetail::trap;
using dovetail::trap_code;

TEST_CASE("trap: a default-made one is no trap, every other is") {
  CHECK_FALSE(trap{});
  CHECK(trap{}.message() == "no trap");
  CHECK(trap{trap_code::unreachable});
  CHECK(trap::exit(0));
  CHECK(trap::host());
}

TEST_CASE("trap: codes and numbers of the host's own are kept") {
  constexpr std::int32_t least = std::numeric_limits<std::int32_t>::min();
  CHECK(trap::host(least).code == trap_code::host_trap);
  CHECK(trap::host(least).detail == least);
  CHECK(trap::exit(42).code == trap_code::exit);
  CHECK(trap::exit(42).detail == 42);
  CHECK_FALSE(trap::exit(1) == trap::exit(2));
  CHECK_FALSE(trap::exit(1) == trap::host(1));
  CHECK(trap::exit(1) == trap::exit(1));
}

TEST_CASE("trap: each has a wording of its own") {
  constexpr trap_code all[] = {
#define DOVETAIL_TRAP(NAME, TEXT) trap_code::NAME,
#include <dovetail/base/traps.def>
#undef DOVETAIL_TRAP
  };
  std::set<std::string> seen{std::string(message(trap_code::none))};
  for (const trap_code code : all) CHECK(seen.insert(std::string(message(code))).second);
}

}  // namespace unit_base_trap
