// The operator table at compile time: rows agree with the enumeration, with each other, and with
// what is derived from them.
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include <dovetail/format/immediates.hpp>
#include <dovetail/format/operators.hpp>

using namespace dovetail;

constexpr op op_at(std::size_t i) { return static_cast<op>(i); }

constexpr std::size_t operators_of(features set) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < op_count; ++i) count += set.has(row_of(op_at(i)).feature) ? 1 : 0;
  return count;
}
// WebAssembly 2.0 has 437 operators, 236 of them on vectors; 3.0 adds 7 on functions and 20 on
// vectors to what is not of garbage collection or exceptions.
static_assert(operators_of(features::wasm2()) == 437);
static_assert(operators_of(feature::simd) == 236);
static_assert(operators_of(feature::relaxed_simd) == 20);
static_assert(operators_of(features::wasm3()) == 437 + 7 + 20 &&
              operators_of(features::wasm3()) == op_count);

// Vector operators, and they alone, have the prefix 0xfd.
constexpr bool prefixes_fit = [] {
  for (std::size_t i = 0; i < op_count; ++i) {
    const op_row& row = row_of(op_at(i));
    const bool is_vector = row.feature == feature::simd || row.feature == feature::relaxed_simd;
    if ((row.prefix == 0xfd) != is_vector) return false;
    if (row.prefix != 0 && row.prefix != 0xfc && row.prefix != 0xfd) return false;
  }
  return true;
}();
static_assert(prefixes_fit);

// Accesses to memory have a width that is a power of two; whatever else has one is about lanes.
constexpr bool widths_fit = [] {
  for (std::size_t i = 0; i < op_count; ++i) {
    const op_row& row = row_of(op_at(i));
    const bool is_access =
        row.immediate == immediate_kind::memarg || row.immediate == immediate_kind::memarg_lane;
    const bool is_lane =
        row.immediate == immediate_kind::lane || row.immediate == immediate_kind::shuffle;
    if ((is_access || is_lane) != (row.width != 0)) return false;
    if ((row.width & (row.width - 1)) != 0 || row.width > 16) return false;
  }
  return true;
}();
static_assert(widths_fit);

// switch_on hands over the constant it was asked for.
constexpr bool switches = [] {
  for (std::size_t i = 0; i < op_count; ++i) {
    if (switch_on(op_at(i), [](auto which) { return which.value; }) != op_at(i)) return false;
  }
  return true;
}();
static_assert(switches);

// Shapes say what their names say.
static_assert(types_of<shape::ii_i>().operand_count == 2 && types_of<shape::ii_i>().has_result);
static_assert(types_of<shape::n_d>().operand_count == 0);
static_assert(types_of<shape::n_d>().result == value_type::f64);
static_assert(!types_of<shape::iv_n>().has_result);
static_assert(types_of<shape::vvv_v>().operands[2] == value_type::v128);
static_assert(types_of<shape::special>().operand_count == 0);

// Immediates.
static_assert(std::is_same_v<immediate_of<op::i32_const>, std::int32_t>);
static_assert(std::is_same_v<immediate_of<op::br_table>, label_table>);
static_assert(std::is_same_v<immediate_of<op::call>, function_index>);
static_assert(std::is_same_v<immediate_of<op::i64_load>, memory_argument>);
static_assert(std::is_same_v<immediate_of<op::i32_add>, no_immediate>);

static_assert(is_comparison(op::i32_eqz) && is_comparison(op::f64_ge) &&
              !is_comparison(op::i32_add));
static_assert(is_commutative(op::i64_mul) && !is_commutative(op::i64_sub));
static_assert(!is_commutative(op::f32_add), "which NaN comes out may depend on the order");
