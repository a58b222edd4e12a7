// The relaxed vector operators from the specification (4.3, Relaxed Operations): for each lane what
// every choice of an implementation makes of it, the deterministic profile's first.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <string>

#include "reference_vectors.hpp"

namespace testing::reference {

inline constexpr unsigned most_choices = 4;
/// What an operator may give in one lane, by the number of the choice.
using outcomes = std::array<std::uint64_t, most_choices>;

inline bool is_relaxed(op o) {
  return dovetail::row_of(o).feature == dovetail::feature::relaxed_simd;
}
/// The bits of the lanes that the result has.
inline unsigned lane_bits(op o) { return parts_of(o).bits; }

/// Fewer than four choices: the last one again.
inline outcomes any_of(std::uint64_t first, std::uint64_t second) {
  return {first, second, second, second};
}
inline outcomes only(std::uint64_t value) { return any_of(value, value); }

template <class F, class U>
std::uint64_t fused(std::uint64_t a, std::uint64_t b, std::uint64_t c) {
  const auto f = [](std::uint64_t bits) { return std::bit_cast<F>(static_cast<U>(bits)); };
  return std::bit_cast<U>(std::fma(f(a), f(b), f(c)));
}
inline outcomes product_and_sum(unsigned bits, std::uint64_t a, std::uint64_t b, std::uint64_t c) {
  const std::string type = bits == 32 ? "f32." : "f64.";
  return any_of(
      scalar(type + "add", {scalar(type + "mul", {a, b}), c}),
      bits == 32 ? fused<float, std::uint32_t>(a, b, c) : fused<double, std::uint64_t>(a, b, c));
}
inline outcomes extreme(bool is_min, unsigned bits, std::uint64_t a, std::uint64_t b) {
  const nan_layout nan = nan_of(bits == 32 ? dovetail::value_type::f32 : dovetail::value_type::f64);
  const std::string type = bits == 32 ? "f32." : "f64.";
  const std::uint64_t plain = scalar(type + (is_min ? "min" : "max"), {a, b});
  if (nan.is_nan(a)) return {plain, nan.exponent | nan.quiet, b, b};
  if (nan.is_nan(b)) return {plain, a, b, a};
  if ((a & ~nan.sign) == 0 && (b & ~nan.sign) == 0 && a != b)
    return {plain, a, b, is_min ? nan.sign : 0};
  return only(plain);
}
inline outcomes truncation(bool is_signed, unsigned from_bits, std::uint64_t a) {
  const double value = from_bits == 64
                           ? std::bit_cast<double>(a)
                           : double{std::bit_cast<float>(static_cast<std::uint32_t>(a))};
  const std::uint64_t saturated = scalar(
      std::string("i32.trunc_sat_") + (from_bits == 32 ? "f32" : "f64") + (is_signed ? "_s" : "_u"),
      {a});
  const double whole = std::trunc(value);
  const bool fits = is_signed ? whole >= -0x1p31 && whole < 0x1p31 : whole >= 0 && whole < 0x1p32;
  if (fits) return only(saturated);
  if (is_signed) return any_of(saturated, 0x8000'0000);
  return {saturated, 0xffff'ffff, 0xffff'fffe, 0x8000'0000};
}
/// Lane i of 16 bits: by signed bytes, and by signed and unsigned ones.
inline outcomes dot(const v128& a, const v128& b, unsigned i) {
  const auto sum = [&](bool is_signed) {
    std::int64_t all = 0;
    for (unsigned k = 2 * i; k < 2 * i + 2; ++k)
      all += extended(a.bytes[k], 8, true) * extended(b.bytes[k], 8, is_signed);
    return static_cast<std::uint64_t>(std::clamp(all, std::int64_t{-0x8000}, std::int64_t{0x7fff}));
  };
  return any_of(sum(true), sum(false));
}

/// What the result's lane i may be.
inline outcomes outcomes_of(op o, const vector_operands& in, unsigned i) {
  const std::string text(dovetail::name(o));
  const auto has = [&](const char* word) { return text.find(word) != text.npos; };
  const unsigned bits = lane_bits(o);
  const std::uint64_t a = lane(in.a, bits, i), b = lane(in.b, bits, i), c = lane(in.c, bits, i);
  const std::uint64_t sign = std::uint64_t{1} << (bits - 1);
  if (has("swizzle")) {
    const std::uint64_t at = in.a.bytes[b & 15];
    return b < 16 ? only(at) : b >= 128 ? only(0) : any_of(0, at);
  }
  if (has("trunc")) {
    const unsigned from = has("f64x2") ? 64 : 32;
    return i < 128 / from ? truncation(has("_s"), from, lane(in.a, from, i)) : only(0);
  }
  if (has("nmadd")) return product_and_sum(bits, a ^ sign, b, c);
  if (has("madd")) return product_and_sum(bits, a, b, c);
  if (has("laneselect")) return any_of((a & c) | (b & ~c), (c & sign) != 0 ? a : b);
  if (has("min") || has("max")) return extreme(has("min"), bits, a, b);
  if (has("q15mulr")) {
    const std::int64_t x = extended(a, 16, true), y = extended(b, 16, true);
    const std::int64_t product = (x * y + 0x4000) >> 15;
    return any_of(static_cast<std::uint64_t>(std::min(product, std::int64_t{0x7fff})),
                  static_cast<std::uint64_t>(product));
  }
  if (!has("_add_")) return dot(in.a, in.b, i);
  const outcomes low = dot(in.a, in.b, 2 * i), high = dot(in.a, in.b, 2 * i + 1);
  outcomes sums;
  for (unsigned k = 0; k < most_choices; ++k) sums[k] = low[k] + high[k] + c;
  return sums;
}

/// What one choice makes of all lanes.
inline v128 relaxed_vector_of(op o, const vector_operands& in, unsigned choice = 0) {
  const unsigned bits = lane_bits(o);
  v128 r;
  for (unsigned i = 0; i < 128 / bits; ++i) set_lane(r, bits, i, outcomes_of(o, in, i)[choice]);
  return r;
}
/// Whether some choice makes this of all lanes.
inline bool is_allowed(op o, const v128& got, const vector_operands& in) {
  for (unsigned choice = 0; choice < most_choices; ++choice) {
    if (same_vector(o, got, relaxed_vector_of(o, in, choice))) return true;
  }
  return false;
}

/// The result of any operator under a configuration.
template <class Config>
bool is_right(op o, const v128& got, const vector_operands& in) {
  if (is_relaxed(o) && Config::relaxed_simd::is_native) return is_allowed(o, got, in);
  const v128 want = is_relaxed(o) ? relaxed_vector_of(o, in) : vector_of(o, in);
  return Config::nans::are_canonical ? got == with_canonical_nans(o, want)
                                     : same_vector(o, got, want);
}

}  // namespace testing::reference
