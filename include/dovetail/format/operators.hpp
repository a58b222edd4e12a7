// The operator table as types: the enumeration, the row of each operator, the shapes of signatures,
// and `switch_on`. Used by the decoder, the validator, every backend and the tools.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include <dovetail/base/features.hpp>
#include <dovetail/base/platform.hpp>
#include <dovetail/base/value_type.hpp>

namespace dovetail {

/// Every operator of format/operators.def.
enum class op : std::uint16_t {
#define DOVETAIL_OP(NAME, TEXT, PREFIX, CODE, IMMEDIATE, SIGNATURE, WIDTH, FEATURE) NAME,
#include <dovetail/format/operators.def>
#undef DOVETAIL_OP
};

/// An operator as a type: how structured operators are told apart at compile time.
template <op Operator>
struct op_constant {
  static constexpr op value = Operator;
};
template <op Operator>
inline constexpr op_constant<Operator> op_c{};

/// What follows the opcode in the binary format.
enum class immediate_kind : std::uint8_t {
  none,
  block_type,
  label,
  label_table,
  function,
  type,
  call_indirect,
  value_types,
  local,
  global,
  table,
  table_table,
  element,
  element_table,
  memory,
  memory_memory,
  data,
  data_memory,
  memarg,
  memarg_lane,
  lane,
  shuffle,
  heap_type,
  i32,
  i64,
  f32,
  f64,
  v128
};

/// The type shape of an operator: operand types, then at most one result. `special` ones are typed
/// by the pass.
enum class shape : std::uint8_t {
  special,
  n_i,
  n_l,
  n_f,
  n_d,
  n_v,
  i_i,
  i_l,
  i_f,
  i_d,
  i_v,
  l_i,
  l_l,
  l_f,
  l_d,
  l_v,
  f_i,
  f_l,
  f_f,
  f_d,
  f_v,
  d_i,
  d_l,
  d_f,
  d_d,
  d_v,
  v_i,
  v_l,
  v_f,
  v_d,
  v_v,
  i_b,
  l_b,
  ii_b,
  ll_b,
  ff_b,
  dd_b,
  ii_i,
  ll_l,
  ff_f,
  dd_d,
  vv_v,
  vi_v,
  vl_v,
  vf_v,
  vd_v,
  iv_v,
  vvv_v,
  ii_n,
  il_n,
  if_n,
  id_n,
  iv_n
};

/// The types of a shape, spelled out.
struct shape_types {
  std::array<value_type, 3> operands{};
  std::uint8_t operand_count = 0;
  bool has_result = false;
  value_type result{};
};

/// One row of the table.
struct op_row {
  std::string_view text;
  std::uint8_t prefix;
  std::uint16_t code;
  immediate_kind immediate;
  dovetail::shape shape;
  std::uint8_t width;
  dovetail::feature feature;
};

namespace detail {

inline constexpr op_row op_rows[] = {
#define DOVETAIL_OP(NAME, TEXT, PREFIX, CODE, IMMEDIATE, SIGNATURE, WIDTH, FEATURE) \
  {TEXT, PREFIX, CODE, immediate_kind::IMMEDIATE, shape::SIGNATURE, WIDTH, feature::FEATURE},
#include <dovetail/format/operators.def>
#undef DOVETAIL_OP
};

constexpr value_type type_of_letter(char letter) {
  switch (letter) {
    case 'b':
    case 'i': return value_type::i32;
    case 'l': return value_type::i64;
    case 'f': return value_type::f32;
    case 'd': return value_type::f64;
    default: return value_type::v128;
  }
}

constexpr shape_types parse_shape(std::string_view text) {
  shape_types types;
  std::size_t i = 0;
  for (; text[i] != '_'; ++i) {
    if (text[i] != 'n') types.operands[types.operand_count++] = type_of_letter(text[i]);
  }
  types.has_result = text[i + 1] != 'n';
  if (types.has_result) types.result = type_of_letter(text[i + 1]);
  return types;
}

}  // namespace detail

inline constexpr std::size_t op_count = std::size(detail::op_rows);

/// The row of an operator.
[[nodiscard]] constexpr const op_row& row_of(op o) {
  return detail::op_rows[static_cast<std::size_t>(o)];
}
/// The name of an operator in the text format.
[[nodiscard]] constexpr std::string_view name(op o) { return row_of(o).text; }

/// The types of a shape; `special` has none.
[[nodiscard]] constexpr shape_types types_of(shape s) {
  switch (s) {
// clang-format off
#define DOVETAIL_SHAPE(NAME) \
  case shape::NAME: return detail::parse_shape(#NAME);
    DOVETAIL_SHAPE(n_i) DOVETAIL_SHAPE(n_l) DOVETAIL_SHAPE(n_f) DOVETAIL_SHAPE(n_d) DOVETAIL_SHAPE(n_v)
    DOVETAIL_SHAPE(i_i) DOVETAIL_SHAPE(i_l) DOVETAIL_SHAPE(i_f) DOVETAIL_SHAPE(i_d) DOVETAIL_SHAPE(i_v)
    DOVETAIL_SHAPE(l_i) DOVETAIL_SHAPE(l_l) DOVETAIL_SHAPE(l_f) DOVETAIL_SHAPE(l_d) DOVETAIL_SHAPE(l_v)
    DOVETAIL_SHAPE(f_i) DOVETAIL_SHAPE(f_l) DOVETAIL_SHAPE(f_f) DOVETAIL_SHAPE(f_d) DOVETAIL_SHAPE(f_v)
    DOVETAIL_SHAPE(d_i) DOVETAIL_SHAPE(d_l) DOVETAIL_SHAPE(d_f) DOVETAIL_SHAPE(d_d) DOVETAIL_SHAPE(d_v)
    DOVETAIL_SHAPE(v_i) DOVETAIL_SHAPE(v_l) DOVETAIL_SHAPE(v_f) DOVETAIL_SHAPE(v_d) DOVETAIL_SHAPE(v_v)
    DOVETAIL_SHAPE(i_b) DOVETAIL_SHAPE(l_b) DOVETAIL_SHAPE(ii_b) DOVETAIL_SHAPE(ll_b) DOVETAIL_SHAPE(ff_b)
    DOVETAIL_SHAPE(dd_b) DOVETAIL_SHAPE(ii_i) DOVETAIL_SHAPE(ll_l) DOVETAIL_SHAPE(ff_f) DOVETAIL_SHAPE(dd_d)
    DOVETAIL_SHAPE(vv_v) DOVETAIL_SHAPE(vi_v) DOVETAIL_SHAPE(vl_v) DOVETAIL_SHAPE(vf_v) DOVETAIL_SHAPE(vd_v)
    DOVETAIL_SHAPE(iv_v) DOVETAIL_SHAPE(vvv_v) DOVETAIL_SHAPE(ii_n) DOVETAIL_SHAPE(il_n) DOVETAIL_SHAPE(if_n)
    DOVETAIL_SHAPE(id_n) DOVETAIL_SHAPE(iv_n)
#undef DOVETAIL_SHAPE
        // clang-format on
        case shape::special : break;
  }
  return {};
}
template <shape S>
[[nodiscard]] constexpr shape_types types_of() {
  return types_of(S);
}

/// Whether an operator compares its operands or tests its operand: the result is an i32 truth
/// value.
[[nodiscard]] constexpr bool is_comparison(op o) {
  const shape s = row_of(o).shape;
  return s >= shape::i_b && s <= shape::dd_b;
}
/// Whether the operands of an integer or float operator may change places.
[[nodiscard]] constexpr bool is_commutative(op o) {
  switch (o) {
    case op::i32_add:
    case op::i32_mul:
    case op::i32_and:
    case op::i32_or:
    case op::i32_xor:
    case op::i64_add:
    case op::i64_mul:
    case op::i64_and:
    case op::i64_or:
    case op::i64_xor:
    case op::i32_eq:
    case op::i32_ne:
    case op::i64_eq:
    case op::i64_ne:
    case op::f32_eq:
    case op::f32_ne:
    case op::f64_eq:
    case op::f64_ne: return true;
    default: return false;
  }
}

/// Calls `f(op_c<o>)` for the operator `o` known at run time.
template <class F>
constexpr decltype(auto) switch_on(op o, F&& f) {
  switch (o) {
#define DOVETAIL_OP(NAME, TEXT, PREFIX, CODE, IMMEDIATE, SIGNATURE, WIDTH, FEATURE) \
  case op::NAME:                                                                    \
    return std::forward<F>(f)(op_c<op::NAME>);
#include <dovetail/format/operators.def>
#undef DOVETAIL_OP
  }
  DOVETAIL_UNREACHABLE();
}

/// The same for operators of the shapes that are `Wanted`, a function of a shape; `otherwise` for
/// all others, for which `f` is not compiled.
template <auto Wanted, class T, class F>
constexpr T switch_among(op o, T otherwise, const F& f) {
  switch (o) {
#define DOVETAIL_OP(NAME, TEXT, PREFIX, CODE, IMMEDIATE, SIGNATURE, WIDTH, FEATURE) \
  case op::NAME:                                                                    \
    if constexpr (Wanted(row_of(op::NAME).shape))                                   \
      return f(op_c<op::NAME>);                                                     \
    else                                                                            \
      return otherwise;
#include <dovetail/format/operators.def>
#undef DOVETAIL_OP
  }
  DOVETAIL_UNREACHABLE();
}

}  // namespace dovetail
