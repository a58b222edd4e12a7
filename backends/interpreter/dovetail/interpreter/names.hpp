// What the emitter calls values, and which accumulator they use.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include <dovetail/base/value_type.hpp>
#include <dovetail/format/meaning.hpp>
#include <dovetail/format/operators.hpp>
#include <dovetail/interpreter/handlers.hpp>

namespace dovetail::interpreting {

/// The accumulators.
enum class bank : std::uint8_t { integer, f32, f64 };
inline constexpr std::size_t bank_count = 3;

[[nodiscard]] constexpr bank bank_of(value_type type) {
  return type == value_type::f32 ? bank::f32 : type == value_type::f64 ? bank::f64 : bank::integer;
}

/// A value: a slot of the frame (a local or a temporary), or a constant that no code has been
/// emitted for.
struct name {
  std::uint64_t bits = 0;  ///< of a constant
  std::uint32_t slot = 0;
  bool is_constant = false;
  bank home = bank::integer;  ///< the accumulator of its type
  bool is_wide = false;       ///< a constant of 64 bits
  bool is_vector = false;     ///< two slots, or a constant whose number is `bits`
};
static_assert(sizeof(name) == 16 && std::is_trivially_copyable_v<name>);

[[nodiscard]] constexpr name slot_name(std::uint32_t slot, value_type type) {
  return {0, slot, false, bank_of(type), false, type.is_vector()};
}
[[nodiscard]] constexpr name constant_name(std::uint64_t bits, value_type type) {
  return {bits,
          0,
          true,
          bank_of(type),
          type != value_type::i32 && type != value_type::f32,
          type.is_vector()};
}

/// Whether a constant fits the 32 bits of a cell (see operands.hpp), and those bits.
[[nodiscard]] inline bool fits_cell(const name& n, std::uint32_t& k) {
  if (n.home == bank::f64) {
    const auto v = std::bit_cast<double>(n.bits);
    const auto narrow = static_cast<float>(v);
    k = std::bit_cast<std::uint32_t>(narrow);
    // NaNs and what a float rounds do not come back as they were.
    return std::bit_cast<std::uint64_t>(static_cast<double>(narrow)) == n.bits && narrow == narrow;
  }
  k = static_cast<std::uint32_t>(n.bits);
  if (!n.is_wide) return true;
  return static_cast<std::uint64_t>(static_cast<std::int64_t>(static_cast<std::int32_t>(k))) ==
         n.bits;
}
/// Whether a number fits 16 bits, sign-extended.
[[nodiscard]] constexpr bool is_half(std::int64_t k) { return k >= -32'768 && k <= 32'767; }
/// Whether an integer constant does.
[[nodiscard]] inline bool fits_half(const name& n) {
  const std::int64_t v = n.is_wide ? static_cast<std::int64_t>(n.bits)
                                   : static_cast<std::int32_t>(static_cast<std::uint32_t>(n.bits));
  return n.home == bank::integer && is_half(v);
}

namespace detail {
constexpr value_type result_of(std::string_view signature) {
  if (signature == "special") return value_type::i32;
  const shape_types types = dovetail::detail::parse_shape(signature);
  return types.has_result ? types.result : value_type::i32;
}
inline constexpr value_type result_types[] = {
#define DOVETAIL_OP(NAME, TEXT, PREFIX, CODE, IMMEDIATE, SIGNATURE, WIDTH, FEATURE) \
  result_of(#SIGNATURE),
#include <dovetail/format/operators.def>
#undef DOVETAIL_OP
};
inline constexpr bool trapping[] = {
#define DOVETAIL_OP(NAME, TEXT, PREFIX, CODE, IMMEDIATE, SIGNATURE, WIDTH, FEATURE) \
  can_trap<op::NAME>,
#include <dovetail/format/operators.def>
#undef DOVETAIL_OP
};
}  // namespace detail

/// The type of a numeric operator's or load's result.
[[nodiscard]] constexpr value_type result_type(op o) {
  return detail::result_types[static_cast<std::size_t>(o)];
}
/// Whether a numeric operator can trap.
[[nodiscard]] constexpr bool traps(op o) { return detail::trapping[static_cast<std::size_t>(o)]; }

// The order of each operator's handlers (see handlers.hpp).
enum class operands : std::uint8_t { ss, sk, as, ak, sa };
inline constexpr unsigned then_handlers = 5;  ///< after the five that give a value
inline constexpr unsigned else_handlers = 10;
inline constexpr unsigned count_handlers = 15;
inline constexpr unsigned test_then_handlers = 2;
inline constexpr unsigned test_else_handlers = 4;

/// The handler of an operator with a constant of 32 bits for its first operand, if it has one.
[[nodiscard]] constexpr bool handler_of_constant(op o, handler& out) {
  switch (o) {
#define DOVETAIL_WIDE(NAME)
#define DOVETAIL_OF_CONSTANT(NAME) \
  case op::NAME:                   \
    out = handler::NAME##_ks;      \
    return true;
#include <dovetail/interpreter/constant_handlers.def>
#undef DOVETAIL_OF_CONSTANT
#undef DOVETAIL_WIDE
    default: return false;
  }
}
/// The handler with a constant of 64 bits for its second operand, if it has one; the one behind it
/// takes the first operand from the accumulator.
[[nodiscard]] constexpr bool handler_of_wide(op o, handler& out) {
  switch (o) {
#define DOVETAIL_OF_CONSTANT(NAME)
#define DOVETAIL_WIDE(NAME)   \
  case op::NAME:              \
    out = handler::NAME##_sw; \
    return true;
#include <dovetail/interpreter/constant_handlers.def>
#undef DOVETAIL_OF_CONSTANT
#undef DOVETAIL_WIDE
    default: return false;
  }
}

[[nodiscard]] constexpr handler handler_of(op o, operands from, unsigned group = 0) {
  return handler_of(o, group + static_cast<unsigned>(from));
}

}  // namespace dovetail::interpreting
