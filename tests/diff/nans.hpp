// What the specification leaves open about NaNs (core specification 4.3.3): which one an operator
// gives, within limits.
#pragma once

#include <span>

#include <dovetail/base/value_type.hpp>
#include <dovetail/format/operators.hpp>

namespace testing {

/// The bits of a float type that make a NaN.
struct nan_layout {
  dovetail::slot exponent, quiet, payload, sign;

  [[nodiscard]] constexpr bool is_nan(dovetail::slot v) const {
    return (v & exponent) == exponent && (v & (quiet | payload)) != 0;
  }
  [[nodiscard]] constexpr bool is_arithmetic(dovetail::slot v) const {
    return (v & (exponent | quiet)) == (exponent | quiet);
  }
  [[nodiscard]] constexpr bool is_canonical(dovetail::slot v) const {
    return (v & ~sign) == (exponent | quiet);
  }
};

constexpr bool is_float(dovetail::value_type type) {
  return type == dovetail::value_type::f32 || type == dovetail::value_type::f64;
}
constexpr nan_layout nan_of(dovetail::value_type type) {
  return type == dovetail::value_type::f32
             ? nan_layout{0x7f80'0000, 0x40'0000, 0x3f'ffff, 0x8000'0000}
             : nan_layout{0x7ff0'0000'0000'0000, 0x8'0000'0000'0000, 0x7'ffff'ffff'ffff,
                          0x8000'0000'0000'0000};
}
constexpr bool is_nan(dovetail::value_type type, dovetail::slot v) {
  return is_float(type) && nan_of(type).is_nan(v);
}

/// Whether an operator moves the bits of floats without looking at them, so that nothing is open.
constexpr bool keeps_nans(dovetail::op o) {
  using dovetail::op;
  switch (o) {
    case op::f32_abs:
    case op::f64_abs:
    case op::f32_neg:
    case op::f64_neg:
    case op::f32_copysign:
    case op::f64_copysign:
    case op::f32_reinterpret_i32:
    case op::f64_reinterpret_i64: return true;
    default: return false;
  }
}

/// Whether an operator may give this NaN: a canonical one of either sign, or any arithmetic one if
/// a NaN went in that is not canonical.
constexpr bool is_allowed_nan(dovetail::value_type result, dovetail::slot got,
                              std::span<const dovetail::value_type> types,
                              std::span<const dovetail::slot> operands) {
  for (std::size_t i = 0; i < operands.size(); ++i) {
    if (is_nan(types[i], operands[i]) && !nan_of(types[i]).is_canonical(operands[i]))
      return nan_of(result).is_arithmetic(got);
  }
  return nan_of(result).is_canonical(got);
}

}  // namespace testing
