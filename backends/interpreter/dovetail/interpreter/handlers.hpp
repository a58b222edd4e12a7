// The closed set of handlers, generated from the operator table: their enumeration, and the type
// behind each name.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include <dovetail/format/operators.hpp>
#include <dovetail/interpreter/handlers_control.hpp>
#include <dovetail/interpreter/handlers_numeric.hpp>
#include <dovetail/interpreter/handlers_objects.hpp>
#include <dovetail/interpreter/handlers_tail_calls.hpp>
#include <dovetail/interpreter/handlers_vector.hpp>
#include <dovetail/runtime/backend.hpp>

namespace dovetail::interpreting {

/// What handlers do besides their work.
struct handler_controls {
  bool stops = false;          ///< calls of host functions and bulk operators have checkpoints
  bool asks_for_fuel = false;  ///< the host may give more
  bool keeps_places = false;   ///< calls of host functions say where they are
  friend constexpr bool operator==(handler_controls, handler_controls) = default;
};
[[nodiscard]] constexpr handler_controls handler_controls_of(controls c) {
  return {c.stops != interrupt::none, c.asks_for_fuel, c.keeps_places};
}

namespace detail {
inline constexpr auto price_of_bytes = [](std::uint64_t n) { return fuel_for_bytes(n); };
inline constexpr auto price_of_elements = [](std::uint64_t n) { return fuel_for_elements(n); };
}  // namespace detail

/// Every handler, in the order of the dispatch tables.
enum class handler : std::uint16_t {
#define DOVETAIL_H(NAME, ...) NAME,
#include <dovetail/interpreter/handlers.def>
};

namespace detail {

// How many handlers each operator has, behind how many belong to none.
inline constexpr std::uint16_t handler_counts[] = {0
#define DOVETAIL_OPERATOR(NAME) , 0
#define DOVETAIL_H(NAME, ...) +1
#include <dovetail/interpreter/handlers.def>
};
// Where the handlers of each operator begin, and the end.
inline constexpr auto handler_places = [] {
  std::array<std::uint16_t, op_count + 1> first{};
  std::uint16_t at = 0;
  for (std::size_t i = 0; i <= op_count; ++i) {
    at = static_cast<std::uint16_t>(at + handler_counts[i]);
    first[i] = at;
  }
  return first;
}();

}  // namespace detail

/// How many handlers there are.
inline constexpr std::size_t handler_count = detail::handler_places[op_count];

/// The handler of an operator with this place among its own, in the order of handlers.def.
[[nodiscard]] constexpr handler handler_of(op o, unsigned place) {
  return static_cast<handler>(detail::handler_places[static_cast<std::size_t>(o)] + place);
}

static_assert(handler_of(op::i32_add, 1) == handler::i32_add_sk &&
              handler_of(op::f64_ge, 5) == handler::f64_ge_then_ss);

}  // namespace dovetail::interpreting
