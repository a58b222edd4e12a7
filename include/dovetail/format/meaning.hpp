// The meaning of every scalar numeric operator (core specification 4.3), said once: constant
// folding, the interpreter and the tests use these. Integers travel as unsigned words; an operator
// that can trap has a `trap_on` beside its `of`.
#pragma once

#include <bit>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <type_traits>

#include <dovetail/base/platform.hpp>
#include <dovetail/base/trap.hpp>
#include <dovetail/format/operators.hpp>

namespace dovetail {

/// `meaning<O>::of(operands...)` is the result of operator `O`. If
/// `meaning<O>::trap_on(operands...)` exists it says which trap the operands cause, and `of` may be
/// called only if it says none.
template <op O>
struct meaning;

/// Whether an operator has a meaning here: the scalar numeric ones without memory access.
template <op O>
concept has_meaning = requires {
  &meaning<O>::of;
};
/// Whether an operator can trap on some operands.
template <op O>
concept can_trap = requires {
  &meaning<O>::trap_on;
};

namespace detail {

template <class U>
constexpr auto to_signed(U value) {
  return static_cast<std::make_signed_t<U>>(value);
}
template <class Narrow, class U>
constexpr U extend(U value) {
  return static_cast<U>(static_cast<std::make_signed_t<U>>(static_cast<Narrow>(value)));
}
template <class U>
constexpr U shift_count(U count) {
  return count & (std::numeric_limits<U>::digits - 1);
}

template <class F>
using bits_of = std::conditional_t<sizeof(F) == 4, std::uint32_t, std::uint64_t>;
template <class F>
inline constexpr bits_of<F> sign_bit = bits_of<F>{1} << (8 * sizeof(F) - 1);

template <class F>
inline F from_bits(bits_of<F> bits) {
  return std::bit_cast<F>(bits);
}
template <class F>
inline bits_of<F> to_bits(F value) {
  return std::bit_cast<bits_of<F>>(value);
}

// NaN operands give a quiet NaN through an addition; zeros of both signs are told apart by their
// bits (4.3.3).
template <class F>
inline F minimum(F a, F b) {
  if (a != a || b != b) return a + b;
  if (a == b) return from_bits<F>(to_bits(a) | to_bits(b));
  return a < b ? a : b;
}
template <class F>
inline F maximum(F a, F b) {
  if (a != a || b != b) return a + b;
  if (a == b) return from_bits<F>(to_bits(a) & to_bits(b));
  return a > b ? a : b;
}
// Rounding must quiet a signalling NaN, which not every C library does.
template <class F, class Rounding>
inline F rounded(F value, Rounding&& rounding) {
  return value != value ? value + value : rounding(value);
}

// The open interval of floats whose truncation fits `I`. Bounds that `F` cannot tell apart from the
// next integer are widened to the float below, so that the comparison stays exact.
template <class I, class F>
inline bool truncation_fits(F value) {
  constexpr F above =
      static_cast<F>(std::uint64_t{1} << (std::numeric_limits<I>::digits - 1)) * F{2};
  if constexpr (std::is_unsigned_v<I>) {
    return value > F{-1} && value < above;
  } else if constexpr (std::numeric_limits<F>::digits > std::numeric_limits<I>::digits) {
    return value > -above - F{1} && value < above;
  } else {
    return value >= -above && value < above;
  }
}
template <class I, class F>
inline trap_code check_truncation(F value) {
  if (value != value) return trap_code::invalid_conversion;
  return truncation_fits<I>(value) ? trap_code::none : trap_code::integer_overflow;
}
template <class I, class F>
inline std::make_unsigned_t<I> truncate(F value) {
  return static_cast<std::make_unsigned_t<I>>(static_cast<I>(value));
}
template <class I, class F>
inline std::make_unsigned_t<I> truncate_saturated(F value) {
  using U = std::make_unsigned_t<I>;
  if (value != value) return 0;
  if (truncation_fits<I>(value)) return truncate<I>(value);
  constexpr U lowest = std::is_signed_v<I> ? sign_bit<U> : U{0};
  return value < F{0} ? lowest : static_cast<U>(~lowest);
}

template <class U>
constexpr trap_code check_divisor(U, U divisor) {
  return divisor == 0 ? trap_code::integer_divide_by_zero : trap_code::none;
}
template <class U>
constexpr trap_code check_signed_division(U dividend, U divisor) {
  if (divisor == 0) return trap_code::integer_divide_by_zero;
  const bool overflows = dividend == sign_bit<U> && divisor == ~U{0};
  return overflows ? trap_code::integer_overflow : trap_code::none;
}
// The remainder by -1 is 0 even where the quotient overflows (4.3.2, irem_s).
template <class U>
constexpr U signed_remainder(U dividend, U divisor) {
  return divisor == ~U{0} ? U{0} : static_cast<U>(to_signed(dividend) % to_signed(divisor));
}

}  // namespace detail

// Integers fold at compile time; floats are inline functions, since no compiler evaluates what may
// make a NaN.
// clang-format off
#define DOVETAIL_FOLDS constexpr
#define DOVETAIL_MEANING(NAME, RESULT, PARAMETERS, EXPRESSION)                                     \
  template <> struct meaning<op::NAME> {                                                           \
    DOVETAIL_ALWAYS_INLINE static DOVETAIL_FOLDS RESULT of PARAMETERS { return EXPRESSION; }       \
  };
#define DOVETAIL_TRAPPING(NAME, RESULT, PARAMETERS, CHECK, EXPRESSION)                             \
  template <> struct meaning<op::NAME> {                                                           \
    DOVETAIL_ALWAYS_INLINE static DOVETAIL_FOLDS trap_code trap_on PARAMETERS { return CHECK; }    \
    DOVETAIL_ALWAYS_INLINE static DOVETAIL_FOLDS RESULT of PARAMETERS { return EXPRESSION; }       \
  };

#define DOVETAIL_INTEGER(TYPE, U)                                                                  \
  DOVETAIL_MEANING(TYPE##_eqz,    std::uint32_t, (U a),      a == 0)                               \
  DOVETAIL_MEANING(TYPE##_eq,     std::uint32_t, (U a, U b), a == b)                               \
  DOVETAIL_MEANING(TYPE##_ne,     std::uint32_t, (U a, U b), a != b)                               \
  DOVETAIL_MEANING(TYPE##_lt_s,   std::uint32_t, (U a, U b), detail::to_signed(a) < detail::to_signed(b)) \
  DOVETAIL_MEANING(TYPE##_lt_u,   std::uint32_t, (U a, U b), a < b)                                \
  DOVETAIL_MEANING(TYPE##_gt_s,   std::uint32_t, (U a, U b), detail::to_signed(a) > detail::to_signed(b)) \
  DOVETAIL_MEANING(TYPE##_gt_u,   std::uint32_t, (U a, U b), a > b)                                \
  DOVETAIL_MEANING(TYPE##_le_s,   std::uint32_t, (U a, U b), detail::to_signed(a) <= detail::to_signed(b)) \
  DOVETAIL_MEANING(TYPE##_le_u,   std::uint32_t, (U a, U b), a <= b)                               \
  DOVETAIL_MEANING(TYPE##_ge_s,   std::uint32_t, (U a, U b), detail::to_signed(a) >= detail::to_signed(b)) \
  DOVETAIL_MEANING(TYPE##_ge_u,   std::uint32_t, (U a, U b), a >= b)                               \
  DOVETAIL_MEANING(TYPE##_clz,    U, (U a),      static_cast<U>(std::countl_zero(a)))              \
  DOVETAIL_MEANING(TYPE##_ctz,    U, (U a),      static_cast<U>(std::countr_zero(a)))              \
  DOVETAIL_MEANING(TYPE##_popcnt, U, (U a),      static_cast<U>(std::popcount(a)))                 \
  DOVETAIL_MEANING(TYPE##_add,    U, (U a, U b), a + b)                                            \
  DOVETAIL_MEANING(TYPE##_sub,    U, (U a, U b), a - b)                                            \
  DOVETAIL_MEANING(TYPE##_mul,    U, (U a, U b), a * b)                                            \
  DOVETAIL_MEANING(TYPE##_and,    U, (U a, U b), a & b)                                            \
  DOVETAIL_MEANING(TYPE##_or,     U, (U a, U b), a | b)                                            \
  DOVETAIL_MEANING(TYPE##_xor,    U, (U a, U b), a ^ b)                                            \
  DOVETAIL_MEANING(TYPE##_shl,    U, (U a, U b), a << detail::shift_count(b))                      \
  DOVETAIL_MEANING(TYPE##_shr_u,  U, (U a, U b), a >> detail::shift_count(b))                      \
  DOVETAIL_MEANING(TYPE##_shr_s,  U, (U a, U b),                                                   \
                   static_cast<U>(detail::to_signed(a) >> detail::shift_count(b)))                 \
  DOVETAIL_MEANING(TYPE##_rotl,   U, (U a, U b), std::rotl(a, static_cast<int>(detail::shift_count(b)))) \
  DOVETAIL_MEANING(TYPE##_rotr,   U, (U a, U b), std::rotr(a, static_cast<int>(detail::shift_count(b)))) \
  DOVETAIL_TRAPPING(TYPE##_div_s, U, (U a, U b), detail::check_signed_division(a, b),              \
                    static_cast<U>(detail::to_signed(a) / detail::to_signed(b)))                   \
  DOVETAIL_TRAPPING(TYPE##_div_u, U, (U a, U b), detail::check_divisor(a, b), a / b)               \
  DOVETAIL_TRAPPING(TYPE##_rem_s, U, (U a, U b), detail::check_divisor(a, b), detail::signed_remainder(a, b)) \
  DOVETAIL_TRAPPING(TYPE##_rem_u, U, (U a, U b), detail::check_divisor(a, b), a % b)
DOVETAIL_INTEGER(i32, std::uint32_t)
DOVETAIL_INTEGER(i64, std::uint64_t)
#undef DOVETAIL_INTEGER

#undef DOVETAIL_FOLDS
#define DOVETAIL_FOLDS
#define DOVETAIL_FLOAT(TYPE, F)                                                                    \
  DOVETAIL_MEANING(TYPE##_eq,       std::uint32_t, (F a, F b), a == b)                             \
  DOVETAIL_MEANING(TYPE##_ne,       std::uint32_t, (F a, F b), a != b)                             \
  DOVETAIL_MEANING(TYPE##_lt,       std::uint32_t, (F a, F b), a < b)                              \
  DOVETAIL_MEANING(TYPE##_gt,       std::uint32_t, (F a, F b), a > b)                              \
  DOVETAIL_MEANING(TYPE##_le,       std::uint32_t, (F a, F b), a <= b)                             \
  DOVETAIL_MEANING(TYPE##_ge,       std::uint32_t, (F a, F b), a >= b)                             \
  DOVETAIL_MEANING(TYPE##_abs,      F, (F a),      detail::from_bits<F>(detail::to_bits(a) & ~detail::sign_bit<F>)) \
  DOVETAIL_MEANING(TYPE##_neg,      F, (F a),      detail::from_bits<F>(detail::to_bits(a) ^ detail::sign_bit<F>)) \
  DOVETAIL_MEANING(TYPE##_ceil,     F, (F a),      detail::rounded(a, [](F x) { return std::ceil(x); })) \
  DOVETAIL_MEANING(TYPE##_floor,    F, (F a),      detail::rounded(a, [](F x) { return std::floor(x); })) \
  DOVETAIL_MEANING(TYPE##_trunc,    F, (F a),      detail::rounded(a, [](F x) { return std::trunc(x); })) \
  DOVETAIL_MEANING(TYPE##_nearest,  F, (F a),      detail::rounded(a, [](F x) { return std::nearbyint(x); })) \
  DOVETAIL_MEANING(TYPE##_sqrt,     F, (F a),      DOVETAIL_SQRT(a))                               \
  DOVETAIL_MEANING(TYPE##_add,      F, (F a, F b), a + b)                                          \
  DOVETAIL_MEANING(TYPE##_sub,      F, (F a, F b), a - b)                                          \
  DOVETAIL_MEANING(TYPE##_mul,      F, (F a, F b), a * b)                                          \
  DOVETAIL_MEANING(TYPE##_div,      F, (F a, F b), a / b)                                          \
  DOVETAIL_MEANING(TYPE##_min,      F, (F a, F b), detail::minimum(a, b))                          \
  DOVETAIL_MEANING(TYPE##_max,      F, (F a, F b), detail::maximum(a, b))                          \
  DOVETAIL_MEANING(TYPE##_copysign, F, (F a, F b), detail::from_bits<F>(                           \
      (detail::to_bits(a) & ~detail::sign_bit<F>) | (detail::to_bits(b) & detail::sign_bit<F>)))
DOVETAIL_FLOAT(f32, float)
DOVETAIL_FLOAT(f64, double)
#undef DOVETAIL_FLOAT

#define DOVETAIL_TRUNCATION(NAME, SATURATED, I, F)                                                 \
  DOVETAIL_TRAPPING(NAME, std::make_unsigned_t<I>, (F a), detail::check_truncation<I>(a), detail::truncate<I>(a)) \
  DOVETAIL_MEANING(SATURATED, std::make_unsigned_t<I>, (F a), detail::truncate_saturated<I>(a))
DOVETAIL_TRUNCATION(i32_trunc_f32_s, i32_trunc_sat_f32_s, std::int32_t,  float)
DOVETAIL_TRUNCATION(i32_trunc_f32_u, i32_trunc_sat_f32_u, std::uint32_t, float)
DOVETAIL_TRUNCATION(i32_trunc_f64_s, i32_trunc_sat_f64_s, std::int32_t,  double)
DOVETAIL_TRUNCATION(i32_trunc_f64_u, i32_trunc_sat_f64_u, std::uint32_t, double)
DOVETAIL_TRUNCATION(i64_trunc_f32_s, i64_trunc_sat_f32_s, std::int64_t,  float)
DOVETAIL_TRUNCATION(i64_trunc_f32_u, i64_trunc_sat_f32_u, std::uint64_t, float)
DOVETAIL_TRUNCATION(i64_trunc_f64_s, i64_trunc_sat_f64_s, std::int64_t,  double)
DOVETAIL_TRUNCATION(i64_trunc_f64_u, i64_trunc_sat_f64_u, std::uint64_t, double)
#undef DOVETAIL_TRUNCATION

DOVETAIL_MEANING(i32_wrap_i64,        std::uint32_t, (std::uint64_t a), static_cast<std::uint32_t>(a))
DOVETAIL_MEANING(i64_extend_i32_s,    std::uint64_t, (std::uint32_t a), detail::extend<std::int32_t>(std::uint64_t{a}))
DOVETAIL_MEANING(i64_extend_i32_u,    std::uint64_t, (std::uint32_t a), a)
DOVETAIL_MEANING(i32_extend8_s,       std::uint32_t, (std::uint32_t a), detail::extend<std::int8_t>(a))
DOVETAIL_MEANING(i32_extend16_s,      std::uint32_t, (std::uint32_t a), detail::extend<std::int16_t>(a))
DOVETAIL_MEANING(i64_extend8_s,       std::uint64_t, (std::uint64_t a), detail::extend<std::int8_t>(a))
DOVETAIL_MEANING(i64_extend16_s,      std::uint64_t, (std::uint64_t a), detail::extend<std::int16_t>(a))
DOVETAIL_MEANING(i64_extend32_s,      std::uint64_t, (std::uint64_t a), detail::extend<std::int32_t>(a))
DOVETAIL_MEANING(f32_convert_i32_s,   float,  (std::uint32_t a), static_cast<float>(detail::to_signed(a)))
DOVETAIL_MEANING(f32_convert_i32_u,   float,  (std::uint32_t a), static_cast<float>(a))
DOVETAIL_MEANING(f32_convert_i64_s,   float,  (std::uint64_t a), static_cast<float>(detail::to_signed(a)))
DOVETAIL_MEANING(f32_convert_i64_u,   float,  (std::uint64_t a), static_cast<float>(a))
DOVETAIL_MEANING(f32_demote_f64,      float,  (double a),        static_cast<float>(a))
DOVETAIL_MEANING(f64_convert_i32_s,   double, (std::uint32_t a), static_cast<double>(detail::to_signed(a)))
DOVETAIL_MEANING(f64_convert_i32_u,   double, (std::uint32_t a), static_cast<double>(a))
DOVETAIL_MEANING(f64_convert_i64_s,   double, (std::uint64_t a), static_cast<double>(detail::to_signed(a)))
DOVETAIL_MEANING(f64_convert_i64_u,   double, (std::uint64_t a), static_cast<double>(a))
DOVETAIL_MEANING(f64_promote_f32,     double, (float a),         static_cast<double>(a))
DOVETAIL_MEANING(i32_reinterpret_f32, std::uint32_t, (float a),  std::bit_cast<std::uint32_t>(a))
DOVETAIL_MEANING(i64_reinterpret_f64, std::uint64_t, (double a), std::bit_cast<std::uint64_t>(a))
DOVETAIL_MEANING(f32_reinterpret_i32, float,  (std::uint32_t a), std::bit_cast<float>(a))
DOVETAIL_MEANING(f64_reinterpret_i64, double, (std::uint64_t a), std::bit_cast<double>(a))
#undef DOVETAIL_MEANING
#undef DOVETAIL_FOLDS
#undef DOVETAIL_TRAPPING
// clang-format on

}  // namespace dovetail
