// The vector operators once more, from their names: lane by lane, byte by byte, in 64-bit integers.
// Knows nothing of format/meaning_vector.hpp; lanes that are floats are the scalar operators'.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <dovetail/base/value_type.hpp>
#include <dovetail/format/operators.hpp>

#include "nans.hpp"
#include "reference_numbers.hpp"

namespace testing::reference {

using dovetail::v128;

/// What goes in: vectors, a number, a lane.
struct vector_operands {
  v128 a, b, c;
  slot number = 0;
  unsigned lane = 0;
};

// Lanes by their bytes.
inline std::uint64_t lane(const v128& v, unsigned bits, unsigned i) {
  std::uint64_t value = 0;
  for (unsigned k = bits / 8; k-- > 0;) value = value << 8 | v.bytes[i * bits / 8 + k];
  return value;
}
inline void set_lane(v128& v, unsigned bits, unsigned i, std::uint64_t value) {
  for (unsigned k = 0; k < bits / 8; ++k)
    v.bytes[i * bits / 8 + k] = static_cast<std::uint8_t>(value >> 8 * k);
}
inline std::int64_t extended(std::uint64_t value, unsigned bits, bool is_signed) {
  if (bits == 64) return static_cast<std::int64_t>(value);
  const std::uint64_t sign = std::uint64_t{1} << (bits - 1);
  return static_cast<std::int64_t>(is_signed && (value & sign) != 0 ? value | ~(2 * sign - 1)
                                                                    : value);
}

/// The name of an operator, taken apart: "i16x8.extend_low_i8x16_s" has lanes of 16 bits, of other
/// lanes of 8, is signed, and its word is "extend_low".
struct vector_name {
  std::string word;
  unsigned bits = 0, other_bits = 0;
  bool is_float = false, is_signed = false, is_unsigned = false;

  explicit vector_name(op o) {
    const std::string text(dovetail::name(o));
    const std::size_t point = text.find('.');
    word = text.substr(point + 1);
    is_float = text[0] == 'f';
    if (text[0] != 'v') bits = static_cast<unsigned>(std::stoul(text.substr(1)));
    if (word.ends_with("_zero")) word.resize(word.size() - 5);
    is_signed = word.ends_with("_s");
    is_unsigned = word.ends_with("_u");
    if (is_signed || is_unsigned) word.resize(word.size() - 2);
    for (const std::string_view type :
         {"_i8x16", "_i16x8", "_i32x4", "_i64x2", "_f32x4", "_f64x2"}) {
      if (!word.ends_with(type)) continue;
      other_bits = static_cast<unsigned>(std::stoul(std::string(type.substr(2))));
      word.resize(word.size() - type.size());
      break;
    }
  }
};

inline const vector_name& parts_of(op o) {
  static std::map<op, vector_name> known;
  return known.try_emplace(o, o).first->second;
}

inline std::uint64_t scalar(const std::string& text, std::initializer_list<slot> operands) {
  static const auto all = [] {
    std::unordered_map<std::string, op> found;
    for (std::size_t i = 0; i < dovetail::op_count; ++i)
      found.emplace(dovetail::name(static_cast<op>(i)), static_cast<op>(i));
    return found;
  }();
  stack s = operands;
  apply(all.at(text), s);
  return s.back();
}

/// The integer operators of two lanes; false if the word is none of them.
inline bool integer_of_two(const vector_name& n, std::uint64_t a, std::uint64_t b,
                           std::uint64_t& out) {
  const std::int64_t x = extended(a, n.bits, !n.is_unsigned),
                     y = extended(b, n.bits, !n.is_unsigned);
  // Lanes of 64 bits are never unsigned where that matters.
  const std::int64_t low = n.is_unsigned ? 0 : -(std::int64_t{1} << (n.bits - 1) % 63);
  const std::int64_t high = n.is_unsigned ? (std::int64_t{1} << n.bits % 64) - 1
                                          : (std::int64_t{1} << (n.bits - 1) % 63) - 1;
  const auto truth = [](bool is_true) { return is_true ? ~std::uint64_t{0} : 0; };
  if (n.word == "eq") return out = truth(a == b), true;
  if (n.word == "ne") return out = truth(a != b), true;
  if (n.word == "lt") return out = truth(x < y), true;
  if (n.word == "gt") return out = truth(x > y), true;
  if (n.word == "le") return out = truth(x <= y), true;
  if (n.word == "ge") return out = truth(x >= y), true;
  if (n.word == "add") return out = a + b, true;
  if (n.word == "sub") return out = a - b, true;
  if (n.word == "mul") return out = a * b, true;
  if (n.word == "min") return out = static_cast<std::uint64_t>(std::min(x, y)), true;
  if (n.word == "max") return out = static_cast<std::uint64_t>(std::max(x, y)), true;
  if (n.word == "avgr") return out = static_cast<std::uint64_t>((x + y + 1) / 2), true;
  if (n.word == "add_sat")
    return out = static_cast<std::uint64_t>(std::clamp(x + y, low, high)), true;
  if (n.word == "sub_sat")
    return out = static_cast<std::uint64_t>(std::clamp(x - y, low, high)), true;
  if (n.word == "q15mulr_sat")
    return out = static_cast<std::uint64_t>(std::clamp((x * y + 0x4000) >> 15, low, high)), true;
  return false;
}

/// Floats: what the scalar operator gives, but for the two that are vectors' alone.
inline std::uint64_t float_of_two(const vector_name& n, std::uint64_t a, std::uint64_t b) {
  const std::string type = n.bits == 32 ? "f32." : "f64.";
  if (n.word == "pmin") return scalar(type + "lt", {b, a}) != 0 ? b : a;
  if (n.word == "pmax") return scalar(type + "lt", {a, b}) != 0 ? b : a;
  const std::uint64_t result = scalar(type + n.word, {a, b});
  return n.word.size() == 2 ? 0 - result : result;  // comparisons have names of two letters
}

/// The result where it is a number.
inline slot number_of_vector(op o, const vector_operands& in) {
  const vector_name& n = parts_of(o);
  if (n.word == "any_true") return std::ranges::any_of(in.a.bytes, [](auto b) { return b != 0; });
  if (n.word == "extract_lane") {
    const auto value = extended(lane(in.a, n.bits, in.lane), n.bits, n.is_signed);
    return n.bits == 64 ? static_cast<slot>(value) : static_cast<std::uint32_t>(value);
  }
  slot mask = 0;
  bool all = true;
  for (unsigned i = 0; i < 128 / n.bits; ++i) {
    const std::uint64_t l = lane(in.a, n.bits, i);
    all = all && l != 0;
    mask |= (l >> (n.bits - 1)) << i;
  }
  return n.word == "all_true" ? slot{all} : mask;
}

/// The result where it is a vector.
inline v128 vector_of(op o, const vector_operands& in) {
  const vector_name& n = parts_of(o);
  v128 r;
  if (n.bits == 0 || n.word == "shuffle" || n.word == "swizzle") {
    for (unsigned i = 0; i < 16; ++i) {
      const unsigned a = in.a.bytes[i], b = in.b.bytes[i], c = in.c.bytes[i];
      const unsigned byte = n.word == "not"         ? ~a
                            : n.word == "and"       ? a & b
                            : n.word == "andnot"    ? a & ~b
                            : n.word == "or"        ? a | b
                            : n.word == "xor"       ? a ^ b
                            : n.word == "bitselect" ? (a & c) | (b & ~c)
                            : n.word == "swizzle"   ? (b < 16 ? in.a.bytes[b] : 0u)
                            : c < 16                ? in.a.bytes[c]
                                                    : in.b.bytes[c % 16];
      r.bytes[i] = static_cast<std::uint8_t>(byte);
    }
    return r;
  }
  const unsigned count = 128 / n.bits, half = n.bits / 2;
  for (unsigned i = 0; i < count; ++i) {
    const std::uint64_t a = lane(in.a, n.bits, i), b = lane(in.b, n.bits, i);
    const unsigned by = static_cast<unsigned>(in.number) % n.bits;
    const auto of_half = [&](const v128& v, unsigned k) {
      return extended(lane(v, half, k), half, n.is_signed);
    };
    const unsigned high = n.word.ends_with("_high") ? count : 0;
    std::uint64_t out = 0;
    if (n.word == "splat") {
      out = in.number;
    } else if (n.word == "replace_lane") {
      out = i == in.lane ? in.number : a;
    } else if (n.word == "shl") {
      out = a << by;
    } else if (n.word == "shr") {
      out = n.is_signed ? static_cast<std::uint64_t>(extended(a, n.bits, true) >> by) : a >> by;
    } else if (n.word == "popcnt") {
      for (unsigned k = 0; k < 8; ++k) out += a >> k & 1;
    } else if (n.word.starts_with("narrow")) {
      const unsigned wide = n.bits * 2, k = i % (count / 2);
      const std::int64_t v = extended(lane(i < count / 2 ? in.a : in.b, wide, k), wide, true);
      const std::int64_t span = std::int64_t{1} << n.bits;
      out = static_cast<std::uint64_t>(n.is_signed ? std::clamp(v, -span / 2, span / 2 - 1)
                                                   : std::clamp(v, std::int64_t{0}, span - 1));
    } else if (n.word.starts_with("extend_")) {
      out = static_cast<std::uint64_t>(of_half(in.a, high + i));
    } else if (n.word.starts_with("extmul_")) {
      out = static_cast<std::uint64_t>(of_half(in.a, high + i)) *
            static_cast<std::uint64_t>(of_half(in.b, high + i));
    } else if (n.word == "extadd_pairwise") {
      out = static_cast<std::uint64_t>(of_half(in.a, 2 * i) + of_half(in.a, 2 * i + 1));
    } else if (n.word == "dot") {
      out = static_cast<std::uint64_t>(of_half(in.a, 2 * i) * of_half(in.b, 2 * i) +
                                       of_half(in.a, 2 * i + 1) * of_half(in.b, 2 * i + 1));
    } else if (n.other_bits != 0) {
      // A conversion of the first lanes, with zeros behind them.
      if (i >= 128 / n.other_bits) break;
      const std::string to = (n.is_float ? "f" : "i") + std::to_string(n.bits),
                        from = (n.is_float && (n.word.starts_with("convert")) ? "i" : "f") +
                               std::to_string(n.other_bits),
                        sign = n.is_signed     ? "_s"
                               : n.is_unsigned ? "_u"
                                               : "",
                        word = n.word.substr(0, n.word.find("_low"));
      out = scalar(to + "." + word + "_" + from + sign, {lane(in.a, n.other_bits, i)});
    } else if (!n.is_float && n.word == "abs") {
      out = extended(a, n.bits, true) < 0 ? 0 - a : a;
    } else if (!n.is_float && n.word == "neg") {
      out = 0 - a;
    } else if (n.is_float) {
      const bool is_unary = dovetail::row_of(o).shape == dovetail::shape::v_v;
      out =
          is_unary ? scalar((n.bits == 32 ? "f32." : "f64.") + n.word, {a}) : float_of_two(n, a, b);
    } else if (!integer_of_two(n, a, b, out)) {
      out = 0xbad;
    }
    set_lane(r, n.bits, i, out);
  }
  return r;
}

/// Whether lanes are floats that were computed, not moved: which NaN they are is open.
inline bool has_open_nans(const vector_name& n) {
  const bool moves = n.word == "abs" || n.word == "neg" || n.word == "pmin" || n.word == "pmax" ||
                     n.word == "splat" || n.word == "replace_lane";
  const bool compares = n.word.size() == 2;
  return n.is_float && !moves && !compares;
}
inline nan_layout nan_of_lanes(const vector_name& n) {
  return nan_of(n.bits == 32 ? dovetail::value_type::f32 : dovetail::value_type::f64);
}
/// A result with the canonical NaN in place of those that are open.
inline v128 with_canonical_nans(op o, v128 v) {
  const vector_name& n = parts_of(o);
  if (!has_open_nans(n)) return v;
  const nan_layout layout = nan_of_lanes(n);
  for (unsigned i = 0; i < 128 / n.bits; ++i) {
    if (layout.is_nan(lane(v, n.bits, i))) set_lane(v, n.bits, i, layout.exponent | layout.quiet);
  }
  return v;
}
/// Whether two results are the same: where both lanes are NaNs it does not matter which.
inline bool same_vector(op o, const v128& got, const v128& want) {
  const vector_name& n = parts_of(o);
  if (!has_open_nans(n)) return got == want;
  const nan_layout layout = nan_of_lanes(n);
  for (unsigned i = 0; i < 128 / n.bits; ++i) {
    const std::uint64_t a = lane(got, n.bits, i), b = lane(want, n.bits, i);
    if (a != b && !(layout.is_arithmetic(a) && layout.is_arithmetic(b) && layout.is_nan(a)))
      return false;
  }
  return true;
}

}  // namespace testing::reference
