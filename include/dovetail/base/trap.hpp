// Traps (core specification 4.2.2): the code, and the small value that a call or a host function
// returns.
#pragma once

#include <cstdint>
#include <string_view>

namespace dovetail {

/// Why execution stopped; `none` if it did not.
enum class trap_code : std::uint8_t {
  none,
#define DOVETAIL_TRAP(NAME, TEXT) NAME,
#include <dovetail/base/traps.def>
#undef DOVETAIL_TRAP
};

/// The wording of a trap: the specification's own phrase where it has one.
[[nodiscard]] constexpr std::string_view message(trap_code code) {
  switch (code) {
    case trap_code::none: break;
#define DOVETAIL_TRAP(NAME, TEXT) \
  case trap_code::NAME:           \
    return TEXT;
#include <dovetail/base/traps.def>
#undef DOVETAIL_TRAP
  }
  return "no trap";
}

/// A trap as a value. A default-made one means "no trap", which is how a host function returning
/// `trap` succeeds.
struct [[nodiscard]] alignas(8) trap {
  trap_code code = trap_code::none;
  /// A number of the host's own: the exit code of `trap::exit`, the argument of `trap::host`.
  std::int32_t detail = 0;

  /// A trap raised by a host function.
  static constexpr trap host(std::int32_t detail = 0) { return {trap_code::host_trap, detail}; }
  /// The guest asked to end with this code.
  static constexpr trap exit(std::int32_t code) { return {trap_code::exit, code}; }

  [[nodiscard]] constexpr explicit operator bool() const { return code != trap_code::none; }
  [[nodiscard]] constexpr std::string_view message() const { return dovetail::message(code); }
  friend constexpr bool operator==(trap, trap) = default;
};

static_assert(sizeof(trap) == 8 && alignof(trap) == 8, "a trap travels in a register of its own");

}  // namespace dovetail
