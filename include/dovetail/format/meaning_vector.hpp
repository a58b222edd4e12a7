// The meaning of every vector operator (core specification 4.3.4 and 4.4.3), said once: backends
// and the tests use these. What moves lanes to and from memory is in vector_access.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <type_traits>

#include <dovetail/base/value_type.hpp>
#include <dovetail/format/lanes.hpp>
#include <dovetail/format/meaning.hpp>
#include <dovetail/format/open_results.hpp>
#include <dovetail/format/operators.hpp>

namespace dovetail {

/// `vector_meaning<O>::of(operands...)` is the result of operator `O`; what has a lane takes it
/// last, a shuffle its pattern. Numbers travel as they do in `meaning`.
template <op O>
struct vector_meaning;
/// What a load or store of `O` moves: `memory`, an integer or the whole vector, and how a vector is
/// made of it (`of(memory)`, or `of(memory, vector, lane)`), or it of a vector (`of(vector)`,
/// `of(vector, lane)`).
template <op O>
struct vector_access;

/// Whether an operator has a meaning here: those on vectors without memory access.
template <op O>
concept has_vector_meaning = requires {
  &vector_meaning<O>::of;
};
/// Whether an operator moves a vector or a lane to or from memory.
template <op O>
concept has_vector_access = requires {
  &vector_access<O>::of;
};

namespace detail {

template <class T>
using signed_of = std::make_signed_t<T>;
template <class T>
inline constexpr unsigned bits_in = 8 * sizeof(T);
// The ends of a type of at most 16 bits.
template <class T>
inline constexpr T lowest_of = std::is_signed_v<T>
                                   ? static_cast<T>(std::int32_t{-1} << (bits_in<T> - 1))
                                   : T{0};
template <class T>
inline constexpr T highest_of = static_cast<T>(~lowest_of<T>);

// Lanes of `a` where the mask is ones, else of `b`.
template <class Lanes>
DOVETAIL_ALWAYS_INLINE Lanes chosen(const Lanes& mask, const Lanes& a, const Lanes& b) {
  return (a & mask) | (b & ~mask);
}
template <class T>
DOVETAIL_ALWAYS_INLINE plain_lanes<T> operator~(const plain_lanes<T>& a) {
  plain_lanes<T> r;
  for (std::size_t i = 0; i < a.count; ++i) r.lane[i] = static_cast<T>(~a.lane[i]);
  return r;
}

// Integers. `U` is the lanes' unsigned type.
template <class U>
DOVETAIL_ALWAYS_INLINE v128 absolute(const v128& v) {
  const lanes<U> a = split<U>(v);
  const lanes<U> sign = as_lanes<U>(split<signed_of<U>>(v) < lanes<signed_of<U>>{});
  return join((a ^ sign) - sign);
}
template <class T, bool Least>
DOVETAIL_ALWAYS_INLINE v128 extreme(const v128& v, const v128& w) {
  using U = std::make_unsigned_t<T>;
  const lanes<T> a = split<T>(v), b = split<T>(w);
  return join(chosen(as_lanes<U>(Least ? a < b : a > b), as_lanes<U>(a), as_lanes<U>(b)));
}
// What overflows has the sign that neither operand has (of a difference: not the first one's).
template <class U, bool Subtracts>
DOVETAIL_ALWAYS_INLINE v128 saturated_signed(const v128& v, const v128& w) {
  using S = signed_of<U>;
  const lanes<U> a = split<U>(v), b = split<U>(w);
  const lanes<U> r = Subtracts ? a - b : a + b;
  const lanes<U> overflow = (a ^ r) & (Subtracts ? a ^ b : b ^ r);
  const lanes<U> mask = as_lanes<U>(as_lanes<S>(overflow) < lanes<S>{});
  const lanes<U> sign = as_lanes<U>(as_lanes<S>(a) < lanes<S>{});
  return join(chosen(mask, sign ^ all_lanes(static_cast<U>(highest_of<S>)), r));
}
template <class U, bool Subtracts>
DOVETAIL_ALWAYS_INLINE v128 saturated_unsigned(const v128& v, const v128& w) {
  const lanes<U> a = split<U>(v), b = split<U>(w);
  if constexpr (Subtracts) return join((a - b) & as_lanes<U>(a > b));
  const lanes<U> r = a + b;
  return join(r | as_lanes<U>(r < a));
}
// Shifts of bytes, which processors do not have: of pairs of bytes, without what comes over from
// the other one.
using bytes_of_vector = lanes<std::uint8_t>;
DOVETAIL_ALWAYS_INLINE bytes_of_vector shifted_right(const bytes_of_vector& a, unsigned by) {
  const auto pairs = as_lanes<std::uint16_t>(a) >> all_lanes(static_cast<std::uint16_t>(by));
  return as_lanes<std::uint8_t>(pairs) & all_lanes(static_cast<std::uint8_t>(0xff >> by));
}
inline v128 shifted_bytes_left(const v128& v, std::uint32_t count) {
  const unsigned by = count & 7;
  const auto pairs = split<std::uint16_t>(v) << all_lanes(static_cast<std::uint16_t>(by));
  return join(split<std::uint8_t>(join(pairs)) & all_lanes(static_cast<std::uint8_t>(0xff << by)));
}
inline v128 shifted_bytes_right(const v128& v, std::uint32_t count) {
  return join(shifted_right(split<std::uint8_t>(v), count & 7));
}
inline v128 shifted_signed_bytes(const v128& v, std::uint32_t count) {
  const unsigned by = count & 7;
  const bytes_of_vector sign = all_lanes(static_cast<std::uint8_t>(0x80 >> by));
  return join((shifted_right(split<std::uint8_t>(v), by) ^ sign) - sign);
}

template <class U>
DOVETAIL_ALWAYS_INLINE v128 average(const v128& v, const v128& w) {
  const lanes<U> a = split<U>(v), b = split<U>(w);
  if constexpr (sizeof(U) == 1) return join((a | b) - shifted_right(a ^ b, 1));
  return join((a | b) - ((a ^ b) >> all_lanes<U>(1)));
}
inline v128 count_ones(const v128& v) {
  using U = std::uint8_t;
  const lanes<U> a = split<U>(v), third = all_lanes<U>(0x33);
  const lanes<U> pairs = a - (shifted_right(a, 1) & all_lanes<U>(0x55));
  const lanes<U> fours = (pairs & third) + (shifted_right(pairs, 2) & third);
  return join((fours + shifted_right(fours, 4)) & all_lanes<U>(0x0f));
}
template <class T>
DOVETAIL_ALWAYS_INLINE lanes<T> shift_lanes(std::uint32_t count) {
  return all_lanes<T>(static_cast<T>(count & (bits_in<T> - 1)));
}
template <class U>
DOVETAIL_ALWAYS_INLINE std::uint32_t all_true(const v128& v) {
  const lanes<U> a = split<U>(v);
  bool all = true;
  for (unsigned i = 0; i < lane_count<U>; ++i) all &= a[i] != 0;
  return all;
}
template <class U>
DOVETAIL_ALWAYS_INLINE std::uint32_t sign_mask(const v128& v) {
  const lanes<U> a = split<U>(v);
  std::uint32_t mask = 0;
  for (unsigned i = 0; i < lane_count<U>; ++i)
    mask |= static_cast<std::uint32_t>(a[i] >> (bits_in<U> - 1)) << i;
  return mask;
}

// Between widths. `To` has lanes of twice the width of `From`, or of half of it.
template <class To, class From, bool High>
DOVETAIL_ALWAYS_INLINE lanes<To> extended(const v128& v) {
  const lanes<From> a = split<From>(v);
  lanes<To> r{};
  for (unsigned i = 0; i < lane_count<To>; ++i)
    r[i] = static_cast<To>(a[High ? lane_count<To> + i : i]);
  return r;
}
template <class To, class From, bool High>
DOVETAIL_ALWAYS_INLINE v128 extended_product(const v128& v, const v128& w) {
  using U = std::make_unsigned_t<To>;
  return join(as_lanes<U>(extended<To, From, High>(v)) * as_lanes<U>(extended<To, From, High>(w)));
}
template <class To, class From>
DOVETAIL_ALWAYS_INLINE v128 pairwise_sum(const v128& v) {
  const lanes<From> a = split<From>(v);
  lanes<To> r{};
  for (unsigned i = 0; i < lane_count<To>; ++i)
    r[i] = static_cast<To>(To{a[2 * i]} + To{a[2 * i + 1]});
  return join(r);
}
template <class To, class From>
constexpr To saturated(From v) {
  if (v < From{lowest_of<To>}) return lowest_of<To>;
  if (v > From{highest_of<To>}) return highest_of<To>;
  return static_cast<To>(v);
}
template <class To, class From>
DOVETAIL_ALWAYS_INLINE v128 narrowed(const v128& v, const v128& w) {
  const lanes<From> a = split<From>(v), b = split<From>(w);
  lanes<To> r{};
  for (unsigned i = 0; i < lane_count<From>; ++i) {
    r[i] = saturated<To>(a[i]);
    r[lane_count<From> + i] = saturated<To>(b[i]);
  }
  return join(r);
}
inline v128 rounded_q15_product(const v128& v, const v128& w) {
  const lanes<std::int16_t> a = split<std::int16_t>(v), b = split<std::int16_t>(w);
  lanes<std::int16_t> r{};
  for (unsigned i = 0; i < 8; ++i)
    r[i] = saturated<std::int16_t>((std::int32_t{a[i]} * std::int32_t{b[i]} + 0x4000) >> 15);
  return join(r);
}
// The sum of two products of -32768 by itself wraps around (4.3.4, idot).
inline v128 dot_product(const v128& v, const v128& w) {
  const lanes<std::int16_t> a = split<std::int16_t>(v), b = split<std::int16_t>(w);
  lanes<std::uint32_t> r{};
  for (unsigned i = 0; i < 4; ++i) {
    r[i] = static_cast<std::uint32_t>(std::int32_t{a[2 * i]} * std::int32_t{b[2 * i]}) +
           static_cast<std::uint32_t>(std::int32_t{a[2 * i + 1]} * std::int32_t{b[2 * i + 1]});
  }
  return join(r);
}

// Relaxed operators are what the deterministic profile makes of them. Sums of two products of bytes
// are saturated (4.3.4, ivdotsat),
inline v128 relaxed_dot_product(const v128& v, const v128& w) {
  const lanes<std::int8_t> a = split<std::int8_t>(v), b = split<std::int8_t>(w);
  lanes<std::int16_t> r{};
  for (unsigned i = 0; i < 8; ++i)
    r[i] = saturated<std::int16_t>(std::int32_t{a[2 * i]} * std::int32_t{b[2 * i]} +
                                   std::int32_t{a[2 * i + 1]} * std::int32_t{b[2 * i + 1]});
  return join(r);
}
inline v128 relaxed_dot_sum(const v128& v, const v128& w, const v128& c) {
  using U = std::uint32_t;
  const v128 pairs = pairwise_sum<std::int32_t, std::int16_t>(relaxed_dot_product(v, w));
  return join(split<U>(pairs) + split<U>(c));
}
// and products are rounded before they are added.
template <class F, bool Subtracts>
DOVETAIL_ALWAYS_INLINE v128 unfused(const v128& v, const v128& w, const v128& c) {
  lanes<F> product = split<F>(v) * split<F>(w);
  platform::keep_apart(product);
  return Subtracts ? join(split<F>(c) - product) : join(product + split<F>(c));
}

// Lanes by number.
inline v128 shuffled(const v128& a, const v128& b, const v128& pattern) {
  std::uint8_t both[32];
  for (unsigned i = 0; i < 16; ++i) {
    both[i] = a.bytes[i];
    both[16 + i] = b.bytes[i];
  }
  v128 r;
  for (unsigned i = 0; i < 16; ++i) r.bytes[i] = both[pattern.bytes[i] & 31];
  return r;
}
inline v128 swizzled(const v128& a, const v128& at) {
  v128 r;
  for (unsigned i = 0; i < 16; ++i) {
    const std::uint8_t from = at.bytes[i];
    r.bytes[i] = from < 16 ? a.bytes[from] : std::uint8_t{0};
  }
  return r;
}
template <class T>
DOVETAIL_ALWAYS_INLINE T lane_of(const v128& v, unsigned lane) {
  return split<T>(v)[lane & (lane_count<T> - 1)];
}
template <class T>
DOVETAIL_ALWAYS_INLINE v128 replaced(const v128& v, T by, unsigned lane) {
  lanes<T> a = split<T>(v);
  a[lane & (lane_count<T> - 1)] = by;
  return join(a);
}

// Floats. A lane's result is that of the scalar operator where it does not matter which NaN it is.
template <class F, op Scalar>
DOVETAIL_ALWAYS_INLINE v128 each_float(const v128& v) {
  const lanes<F> a = split<F>(v);
  lanes<F> r{};
  for (unsigned i = 0; i < lane_count<F>; ++i) r[i] = meaning<Scalar>::of(a[i]);
  return join(r);
}
// As `minimum` and `maximum`, lane by lane.
template <class F, bool Least>
DOVETAIL_ALWAYS_INLINE v128 extreme_float(const v128& v, const v128& w) {
  using U = bits_of<F>;
  const lanes<F> a = split<F>(v), b = split<F>(w);
  const lanes<U> x = as_lanes<U>(a), y = as_lanes<U>(b);
  const lanes<U> nearer = as_lanes<U>(Least ? a < b : a > b);
  const lanes<U> equal = as_lanes<U>(a == b);
  const lanes<U> unordered = as_lanes<U>(a != a) | as_lanes<U>(b != b);
  const lanes<U> ordered = chosen(equal, Least ? x | y : x & y, chosen(nearer, x, y));
  return join(chosen(unordered, as_lanes<U>(a + b), ordered));
}
// The second operand if it is nearer, else the first, whatever NaNs there are (4.3.3, fpmin).
template <class F, bool Least>
DOVETAIL_ALWAYS_INLINE v128 pseudo_extreme(const v128& v, const v128& w) {
  using U = bits_of<F>;
  const lanes<F> a = split<F>(v), b = split<F>(w);
  return join(chosen(as_lanes<U>(Least ? b < a : a < b), as_lanes<U>(b), as_lanes<U>(a)));
}
// Conversions of the first lanes: those of the result that have none are zero.
template <class To, class From, op Scalar>
DOVETAIL_ALWAYS_INLINE v128 converted(const v128& v) {
  constexpr unsigned count = lane_count<To> < lane_count<From> ? lane_count<To> : lane_count<From>;
  const lanes<From> a = split<From>(v);
  lanes<To> r{};
  for (unsigned i = 0; i < count; ++i) r[i] = meaning<Scalar>::of(a[i]);
  return join(r);
}

}  // namespace detail

// clang-format off
#define DOVETAIL_MEANING(NAME, RESULT, PARAMETERS, EXPRESSION)                                     \
  template <> struct vector_meaning<op::NAME> {                                                    \
    DOVETAIL_ALWAYS_INLINE static RESULT of PARAMETERS { return EXPRESSION; }                      \
  };
#define DOVETAIL_ONE(NAME, EXPRESSION) DOVETAIL_MEANING(NAME, v128, (const v128& a), EXPRESSION)
#define DOVETAIL_TWO(NAME, EXPRESSION)                                                             \
  DOVETAIL_MEANING(NAME, v128, (const v128& a, const v128& b), EXPRESSION)
#define DOVETAIL_SHIFT(NAME, T, OPERATOR)                                                          \
  DOVETAIL_MEANING(NAME, v128, (const v128& a, std::uint32_t count),                               \
                   join(split<T>(a) OPERATOR detail::shift_lanes<T>(count)))
#define DOVETAIL_LANEWISE(NAME, T, OPERATOR)                                                       \
  DOVETAIL_TWO(NAME, join(split<T>(a) OPERATOR split<T>(b)))

DOVETAIL_ONE(v128_not,    join(split<std::uint64_t>(a) ^ all_lanes(~std::uint64_t{0})))
DOVETAIL_LANEWISE(v128_and, std::uint64_t, &)
DOVETAIL_LANEWISE(v128_or,  std::uint64_t, |)
DOVETAIL_LANEWISE(v128_xor, std::uint64_t, ^)
DOVETAIL_TWO(v128_andnot, join(split<std::uint64_t>(a) & ~split<std::uint64_t>(b)))
DOVETAIL_MEANING(v128_bitselect, v128, (const v128& a, const v128& b, const v128& mask),
                 join(detail::chosen(split<std::uint64_t>(mask), split<std::uint64_t>(a), split<std::uint64_t>(b))))
DOVETAIL_MEANING(v128_any_true, std::uint32_t, (const v128& a), (a.low() | a.high()) != 0)

#define DOVETAIL_INTEGER(TYPE, U, S)                                                               \
  DOVETAIL_LANEWISE(TYPE##_eq,   U, ==)                                                            \
  DOVETAIL_LANEWISE(TYPE##_ne,   U, !=)                                                            \
  DOVETAIL_LANEWISE(TYPE##_lt_s, S, <)                                                             \
  DOVETAIL_LANEWISE(TYPE##_gt_s, S, >)                                                             \
  DOVETAIL_LANEWISE(TYPE##_le_s, S, <=)                                                            \
  DOVETAIL_LANEWISE(TYPE##_ge_s, S, >=)                                                            \
  DOVETAIL_LANEWISE(TYPE##_add,  U, +)                                                             \
  DOVETAIL_LANEWISE(TYPE##_sub,  U, -)                                                             \
  DOVETAIL_ONE(TYPE##_abs, detail::absolute<U>(a))                                                 \
  DOVETAIL_ONE(TYPE##_neg, join(lanes<U>{} - split<U>(a)))                                         \
  DOVETAIL_MEANING(TYPE##_all_true, std::uint32_t, (const v128& a), detail::all_true<U>(a))        \
  DOVETAIL_MEANING(TYPE##_bitmask,  std::uint32_t, (const v128& a), detail::sign_mask<U>(a))
DOVETAIL_INTEGER(i8x16, std::uint8_t,  std::int8_t)
DOVETAIL_INTEGER(i16x8, std::uint16_t, std::int16_t)
DOVETAIL_INTEGER(i32x4, std::uint32_t, std::int32_t)
DOVETAIL_INTEGER(i64x2, std::uint64_t, std::int64_t)
#undef DOVETAIL_INTEGER

#define DOVETAIL_SHIFTS(TYPE, U, S)                                                                \
  DOVETAIL_SHIFT(TYPE##_shl,   U, <<)                                                              \
  DOVETAIL_SHIFT(TYPE##_shr_s, S, >>)                                                              \
  DOVETAIL_SHIFT(TYPE##_shr_u, U, >>)
DOVETAIL_SHIFTS(i16x8, std::uint16_t, std::int16_t)
DOVETAIL_SHIFTS(i32x4, std::uint32_t, std::int32_t)
DOVETAIL_SHIFTS(i64x2, std::uint64_t, std::int64_t)
#undef DOVETAIL_SHIFTS
DOVETAIL_MEANING(i8x16_shl,   v128, (const v128& a, std::uint32_t count), detail::shifted_bytes_left(a, count))
DOVETAIL_MEANING(i8x16_shr_s, v128, (const v128& a, std::uint32_t count), detail::shifted_signed_bytes(a, count))
DOVETAIL_MEANING(i8x16_shr_u, v128, (const v128& a, std::uint32_t count), detail::shifted_bytes_right(a, count))

#define DOVETAIL_ORDERED(TYPE, U, S)                                                               \
  DOVETAIL_LANEWISE(TYPE##_lt_u, U, <)                                                             \
  DOVETAIL_LANEWISE(TYPE##_gt_u, U, >)                                                             \
  DOVETAIL_LANEWISE(TYPE##_le_u, U, <=)                                                            \
  DOVETAIL_LANEWISE(TYPE##_ge_u, U, >=)                                                            \
  DOVETAIL_TWO(TYPE##_min_s, (detail::extreme<S, true>(a, b)))                                     \
  DOVETAIL_TWO(TYPE##_min_u, (detail::extreme<U, true>(a, b)))                                     \
  DOVETAIL_TWO(TYPE##_max_s, (detail::extreme<S, false>(a, b)))                                    \
  DOVETAIL_TWO(TYPE##_max_u, (detail::extreme<U, false>(a, b)))
DOVETAIL_ORDERED(i8x16, std::uint8_t,  std::int8_t)
DOVETAIL_ORDERED(i16x8, std::uint16_t, std::int16_t)
DOVETAIL_ORDERED(i32x4, std::uint32_t, std::int32_t)
#undef DOVETAIL_ORDERED

#define DOVETAIL_SATURATING(TYPE, U)                                                               \
  DOVETAIL_TWO(TYPE##_add_sat_s, (detail::saturated_signed<U, false>(a, b)))                       \
  DOVETAIL_TWO(TYPE##_add_sat_u, (detail::saturated_unsigned<U, false>(a, b)))                     \
  DOVETAIL_TWO(TYPE##_sub_sat_s, (detail::saturated_signed<U, true>(a, b)))                        \
  DOVETAIL_TWO(TYPE##_sub_sat_u, (detail::saturated_unsigned<U, true>(a, b)))                      \
  DOVETAIL_TWO(TYPE##_avgr_u, detail::average<U>(a, b))
DOVETAIL_SATURATING(i8x16, std::uint8_t)
DOVETAIL_SATURATING(i16x8, std::uint16_t)
#undef DOVETAIL_SATURATING

DOVETAIL_LANEWISE(i16x8_mul, std::uint16_t, *)
DOVETAIL_LANEWISE(i32x4_mul, std::uint32_t, *)
DOVETAIL_LANEWISE(i64x2_mul, std::uint64_t, *)
DOVETAIL_ONE(i8x16_popcnt, detail::count_ones(a))
DOVETAIL_TWO(i16x8_q15mulr_sat_s, detail::rounded_q15_product(a, b))
DOVETAIL_TWO(i32x4_dot_i16x8_s,   detail::dot_product(a, b))

#define DOVETAIL_WIDENING(TO, FROM, T, F, SIGN)                                                    \
  DOVETAIL_ONE(TO##_extend_low_##FROM##_##SIGN,  join(detail::extended<T, F, false>(a)))           \
  DOVETAIL_ONE(TO##_extend_high_##FROM##_##SIGN, join(detail::extended<T, F, true>(a)))            \
  DOVETAIL_TWO(TO##_extmul_low_##FROM##_##SIGN,  (detail::extended_product<T, F, false>(a, b)))    \
  DOVETAIL_TWO(TO##_extmul_high_##FROM##_##SIGN, (detail::extended_product<T, F, true>(a, b)))
DOVETAIL_WIDENING(i16x8, i8x16, std::int16_t,  std::int8_t,   s)
DOVETAIL_WIDENING(i16x8, i8x16, std::uint16_t, std::uint8_t,  u)
DOVETAIL_WIDENING(i32x4, i16x8, std::int32_t,  std::int16_t,  s)
DOVETAIL_WIDENING(i32x4, i16x8, std::uint32_t, std::uint16_t, u)
DOVETAIL_WIDENING(i64x2, i32x4, std::int64_t,  std::int32_t,  s)
DOVETAIL_WIDENING(i64x2, i32x4, std::uint64_t, std::uint32_t, u)
#undef DOVETAIL_WIDENING

DOVETAIL_ONE(i16x8_extadd_pairwise_i8x16_s, (detail::pairwise_sum<std::int16_t, std::int8_t>(a)))
DOVETAIL_ONE(i16x8_extadd_pairwise_i8x16_u, (detail::pairwise_sum<std::uint16_t, std::uint8_t>(a)))
DOVETAIL_ONE(i32x4_extadd_pairwise_i16x8_s, (detail::pairwise_sum<std::int32_t, std::int16_t>(a)))
DOVETAIL_ONE(i32x4_extadd_pairwise_i16x8_u, (detail::pairwise_sum<std::uint32_t, std::uint16_t>(a)))
DOVETAIL_TWO(i8x16_narrow_i16x8_s, (detail::narrowed<std::int8_t, std::int16_t>(a, b)))
DOVETAIL_TWO(i8x16_narrow_i16x8_u, (detail::narrowed<std::uint8_t, std::int16_t>(a, b)))
DOVETAIL_TWO(i16x8_narrow_i32x4_s, (detail::narrowed<std::int16_t, std::int32_t>(a, b)))
DOVETAIL_TWO(i16x8_narrow_i32x4_u, (detail::narrowed<std::uint16_t, std::int32_t>(a, b)))

#define DOVETAIL_FLOAT(TYPE, F, SCALAR)                                                            \
  DOVETAIL_LANEWISE(TYPE##_eq,  F, ==)                                                             \
  DOVETAIL_LANEWISE(TYPE##_ne,  F, !=)                                                             \
  DOVETAIL_LANEWISE(TYPE##_lt,  F, <)                                                              \
  DOVETAIL_LANEWISE(TYPE##_gt,  F, >)                                                              \
  DOVETAIL_LANEWISE(TYPE##_le,  F, <=)                                                             \
  DOVETAIL_LANEWISE(TYPE##_ge,  F, >=)                                                             \
  DOVETAIL_LANEWISE(TYPE##_add, F, +)                                                              \
  DOVETAIL_LANEWISE(TYPE##_sub, F, -)                                                              \
  DOVETAIL_LANEWISE(TYPE##_mul, F, *)                                                              \
  DOVETAIL_LANEWISE(TYPE##_div, F, /)                                                              \
  DOVETAIL_ONE(TYPE##_abs, join(split<detail::bits_of<F>>(a) & all_lanes(static_cast<detail::bits_of<F>>(~detail::sign_bit<F>)))) \
  DOVETAIL_ONE(TYPE##_neg, join(split<detail::bits_of<F>>(a) ^ all_lanes(detail::sign_bit<F>)))    \
  DOVETAIL_ONE(TYPE##_sqrt,    (detail::each_float<F, op::SCALAR##_sqrt>(a)))                      \
  DOVETAIL_ONE(TYPE##_ceil,    (detail::each_float<F, op::SCALAR##_ceil>(a)))                      \
  DOVETAIL_ONE(TYPE##_floor,   (detail::each_float<F, op::SCALAR##_floor>(a)))                     \
  DOVETAIL_ONE(TYPE##_trunc,   (detail::each_float<F, op::SCALAR##_trunc>(a)))                     \
  DOVETAIL_ONE(TYPE##_nearest, (detail::each_float<F, op::SCALAR##_nearest>(a)))                   \
  DOVETAIL_TWO(TYPE##_min,  (detail::extreme_float<F, true>(a, b)))                                \
  DOVETAIL_TWO(TYPE##_max,  (detail::extreme_float<F, false>(a, b)))                               \
  DOVETAIL_TWO(TYPE##_pmin, (detail::pseudo_extreme<F, true>(a, b)))                               \
  DOVETAIL_TWO(TYPE##_pmax, (detail::pseudo_extreme<F, false>(a, b)))
DOVETAIL_FLOAT(f32x4, float,  f32)
DOVETAIL_FLOAT(f64x2, double, f64)
#undef DOVETAIL_FLOAT

#define DOVETAIL_CONVERSION(NAME, TO, FROM, SCALAR)                                                \
  DOVETAIL_ONE(NAME, (detail::converted<TO, FROM, op::SCALAR>(a)))
DOVETAIL_CONVERSION(i32x4_trunc_sat_f32x4_s,      std::uint32_t, float,         i32_trunc_sat_f32_s)
DOVETAIL_CONVERSION(i32x4_trunc_sat_f32x4_u,      std::uint32_t, float,         i32_trunc_sat_f32_u)
DOVETAIL_CONVERSION(i32x4_trunc_sat_f64x2_s_zero, std::uint32_t, double,        i32_trunc_sat_f64_s)
DOVETAIL_CONVERSION(i32x4_trunc_sat_f64x2_u_zero, std::uint32_t, double,        i32_trunc_sat_f64_u)
DOVETAIL_CONVERSION(f32x4_convert_i32x4_s,        float,         std::uint32_t, f32_convert_i32_s)
DOVETAIL_CONVERSION(f32x4_convert_i32x4_u,        float,         std::uint32_t, f32_convert_i32_u)
DOVETAIL_CONVERSION(f64x2_convert_low_i32x4_s,    double,        std::uint32_t, f64_convert_i32_s)
DOVETAIL_CONVERSION(f64x2_convert_low_i32x4_u,    double,        std::uint32_t, f64_convert_i32_u)
DOVETAIL_CONVERSION(f32x4_demote_f64x2_zero,      float,         double,        f32_demote_f64)
DOVETAIL_CONVERSION(f64x2_promote_low_f32x4,      double,        float,         f64_promote_f32)
#undef DOVETAIL_CONVERSION

// Lanes by number.
DOVETAIL_MEANING(i8x16_shuffle, v128, (const v128& a, const v128& b, const v128& pattern), detail::shuffled(a, b, pattern))
DOVETAIL_TWO(i8x16_swizzle, detail::swizzled(a, b))
#define DOVETAIL_LANE(TYPE, EXTRACT, T, STACK)                                                     \
  DOVETAIL_MEANING(TYPE##_splat, v128, (STACK a), join(all_lanes(static_cast<T>(a))))              \
  DOVETAIL_MEANING(TYPE##_replace_lane, v128, (const v128& a, STACK by, unsigned lane),            \
                   detail::replaced(a, static_cast<T>(by), lane))                                  \
  DOVETAIL_MEANING(EXTRACT, STACK, (const v128& a, unsigned lane),                                 \
                   static_cast<STACK>(detail::lane_of<T>(a, lane)))
DOVETAIL_LANE(i8x16, i8x16_extract_lane_u, std::uint8_t,  std::uint32_t)
DOVETAIL_LANE(i16x8, i16x8_extract_lane_u, std::uint16_t, std::uint32_t)
DOVETAIL_LANE(i32x4, i32x4_extract_lane,   std::uint32_t, std::uint32_t)
DOVETAIL_LANE(i64x2, i64x2_extract_lane,   std::uint64_t, std::uint64_t)
DOVETAIL_LANE(f32x4, f32x4_extract_lane,   float,         float)
DOVETAIL_LANE(f64x2, f64x2_extract_lane,   double,        double)
#undef DOVETAIL_LANE
DOVETAIL_MEANING(i8x16_extract_lane_s, std::uint32_t, (const v128& a, unsigned lane), static_cast<std::uint32_t>(detail::lane_of<std::int8_t>(a, lane)))
DOVETAIL_MEANING(i16x8_extract_lane_s, std::uint32_t, (const v128& a, unsigned lane), static_cast<std::uint32_t>(detail::lane_of<std::int16_t>(a, lane)))

#define DOVETAIL_THREE(NAME, EXPRESSION)                                                           \
  DOVETAIL_MEANING(NAME, v128, (const v128& a, const v128& b, const v128& c), EXPRESSION)
DOVETAIL_THREE(f32x4_relaxed_madd,  (detail::unfused<float, false>(a, b, c)))
DOVETAIL_THREE(f32x4_relaxed_nmadd, (detail::unfused<float, true>(a, b, c)))
DOVETAIL_THREE(f64x2_relaxed_madd,  (detail::unfused<double, false>(a, b, c)))
DOVETAIL_THREE(f64x2_relaxed_nmadd, (detail::unfused<double, true>(a, b, c)))
DOVETAIL_TWO(i16x8_relaxed_dot_i8x16_i7x16_s, detail::relaxed_dot_product(a, b))
DOVETAIL_THREE(i32x4_relaxed_dot_i8x16_i7x16_add_s, detail::relaxed_dot_sum(a, b, c))
template <op O>
  requires(settled(O) != O)
struct vector_meaning<O> : vector_meaning<settled(O)> {};
#undef DOVETAIL_THREE
#undef DOVETAIL_MEANING
#undef DOVETAIL_ONE
#undef DOVETAIL_TWO
#undef DOVETAIL_SHIFT
#undef DOVETAIL_LANEWISE

// Memory.
#define DOVETAIL_ACCESS(NAME, MEMORY, RESULT, PARAMETERS, EXPRESSION)                              \
  template <> struct vector_access<op::NAME> {                                                     \
    using memory = MEMORY;                                                                         \
    DOVETAIL_ALWAYS_INLINE static RESULT of PARAMETERS { return EXPRESSION; }                      \
  };
#define DOVETAIL_LOAD(NAME, MEMORY, EXPRESSION) DOVETAIL_ACCESS(NAME, MEMORY, v128, (const MEMORY& m), EXPRESSION)
DOVETAIL_LOAD(v128_load, v128, m)
DOVETAIL_ACCESS(v128_store, v128, v128, (const v128& v), v)
#define DOVETAIL_EXTENDING(NAME, OPERATOR)                                                         \
  DOVETAIL_LOAD(NAME, std::uint64_t, vector_meaning<op::OPERATOR>::of(v128::of_halves(m, 0)))
DOVETAIL_EXTENDING(v128_load8x8_s,  i16x8_extend_low_i8x16_s)
DOVETAIL_EXTENDING(v128_load8x8_u,  i16x8_extend_low_i8x16_u)
DOVETAIL_EXTENDING(v128_load16x4_s, i32x4_extend_low_i16x8_s)
DOVETAIL_EXTENDING(v128_load16x4_u, i32x4_extend_low_i16x8_u)
DOVETAIL_EXTENDING(v128_load32x2_s, i64x2_extend_low_i32x4_s)
DOVETAIL_EXTENDING(v128_load32x2_u, i64x2_extend_low_i32x4_u)
#undef DOVETAIL_EXTENDING
DOVETAIL_LOAD(v128_load32_zero, std::uint32_t, v128::of_halves(m, 0))
DOVETAIL_LOAD(v128_load64_zero, std::uint64_t, v128::of_halves(m, 0))
#define DOVETAIL_OF_WIDTH(WIDTH, U)                                                                \
  DOVETAIL_LOAD(v128_load##WIDTH##_splat, U, join(all_lanes(m)))                                   \
  DOVETAIL_ACCESS(v128_load##WIDTH##_lane, U, v128, (const U& m, const v128& v, unsigned lane),    \
                  detail::replaced(v, m, lane))                                                    \
  DOVETAIL_ACCESS(v128_store##WIDTH##_lane, U, U, (const v128& v, unsigned lane), detail::lane_of<U>(v, lane))
DOVETAIL_OF_WIDTH(8,  std::uint8_t)
DOVETAIL_OF_WIDTH(16, std::uint16_t)
DOVETAIL_OF_WIDTH(32, std::uint32_t)
DOVETAIL_OF_WIDTH(64, std::uint64_t)
#undef DOVETAIL_OF_WIDTH
#undef DOVETAIL_LOAD
#undef DOVETAIL_ACCESS
// clang-format on

}  // namespace dovetail
