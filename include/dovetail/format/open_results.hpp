// Where the specification leaves an operator's result open: which operators are relaxed ones' in
// the deterministic profile, and which give a NaN of the implementation's choice.
#pragma once

#include <cstddef>

#include <dovetail/format/operators.hpp>

namespace dovetail {

/// The operator that a relaxed one is in the deterministic profile (core specification 4.3, Relaxed
/// Operations). Itself, if it is not relaxed or there is no other that does the same.
[[nodiscard]] constexpr op settled(op o) {
  // clang-format off
  switch (o) {
    case op::i8x16_relaxed_swizzle:            return op::i8x16_swizzle;
    case op::i32x4_relaxed_trunc_f32x4_s:      return op::i32x4_trunc_sat_f32x4_s;
    case op::i32x4_relaxed_trunc_f32x4_u:      return op::i32x4_trunc_sat_f32x4_u;
    case op::i32x4_relaxed_trunc_f64x2_s_zero: return op::i32x4_trunc_sat_f64x2_s_zero;
    case op::i32x4_relaxed_trunc_f64x2_u_zero: return op::i32x4_trunc_sat_f64x2_u_zero;
    case op::i8x16_relaxed_laneselect:
    case op::i16x8_relaxed_laneselect:
    case op::i32x4_relaxed_laneselect:
    case op::i64x2_relaxed_laneselect:         return op::v128_bitselect;
    case op::f32x4_relaxed_min:                return op::f32x4_min;
    case op::f32x4_relaxed_max:                return op::f32x4_max;
    case op::f64x2_relaxed_min:                return op::f64x2_min;
    case op::f64x2_relaxed_max:                return op::f64x2_max;
    case op::i16x8_relaxed_q15mulr_s:          return op::i16x8_q15mulr_sat_s;
    default:                                   return o;
  }
  // clang-format on
}

namespace detail {

// Float operators that are not arithmetic: they move or change bits, whatever those stand for
// (4.3.3: fabs, fneg, fcopysign, fpmin, fpmax).
constexpr bool moves_bits(op o) {
  switch (o) {
    case op::f32_abs:
    case op::f32_neg:
    case op::f32_copysign:
    case op::f64_abs:
    case op::f64_neg:
    case op::f64_copysign:
    case op::f32x4_abs:
    case op::f32x4_neg:
    case op::f32x4_pmin:
    case op::f32x4_pmax:
    case op::f64x2_abs:
    case op::f64x2_neg:
    case op::f64x2_pmin:
    case op::f64x2_pmax: return true;
    default: return false;
  }
}

}  // namespace detail

/// Whether it is the implementation that chooses the NaN an operator gives (4.3.3, NaN
/// Propagation): arithmetic, rounding, and conversions between floats, of scalars and of lanes.
[[nodiscard]] constexpr bool leaves_nan_open(op o) {
  const op_row& row = row_of(o);
  if (row.immediate != immediate_kind::none || detail::moves_bits(o)) return false;
  switch (row.shape) {
    case shape::f_f:
    case shape::d_d:
    case shape::f_d:
    case shape::d_f:
    case shape::ff_f:
    case shape::dd_d: return true;
    case shape::v_v:
    case shape::vv_v:
    case shape::vvv_v: break;
    default: return false;
  }
  // Vectors are floats by name alone, and what integers are converted to is a number.
  return row.text[0] == 'f' && !(o >= op::f32x4_eq && o <= op::f64x2_ge) &&
         o != op::f32x4_convert_i32x4_s && o != op::f32x4_convert_i32x4_u &&
         o != op::f64x2_convert_low_i32x4_s && o != op::f64x2_convert_low_i32x4_u;
}

/// The type of the floats that an operator gives whose NaN is open: the scalar, or the lanes.
[[nodiscard]] constexpr value_type float_of(op o) {
  return row_of(o).text[1] == '3' ? value_type::f32 : value_type::f64;
}

}  // namespace dovetail
