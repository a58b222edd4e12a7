// Making, judging and describing values.
#include "values.hpp"

#include <algorithm>
#include <cstdio>

namespace spec {
namespace {

using dovetail::value;
using dovetail::value_type;

constexpr value_type known_types[] = {
    value_type::i32,  value_type::i64,     value_type::f32,       value_type::f64,
    value_type::v128, value_type::funcref, value_type::externref,
};

std::optional<value_type> type_of(const std::string& type_name) {
  for (const value_type type : known_types) {
    if (name(type) == type_name) return type;
  }
  return std::nullopt;
}

/// Null is zero in the library, so host reference N travels as N + 1.
constexpr std::uint64_t host_bits(const constant& c) { return c.low + 1; }

struct float_layout {
  std::uint64_t magnitude;  // every bit but the sign
  std::uint64_t canonical;  // the exponent and the quiet bit
};

constexpr float_layout layout_of(unsigned bits) {
  if (bits == 32) return {0x7fff'ffff, 0x7fc0'0000};
  return {0x7fff'ffff'ffff'ffff, 0x7ff8'0000'0000'0000};
}

/// The two classes of NaN results: core specification 4.3.3, "NaN propagation".
bool is_nan_of(nan_class wanted, std::uint64_t lane, unsigned bits) {
  const float_layout layout = layout_of(bits);
  if (wanted == nan_class::canonical) return (lane & layout.magnitude) == layout.canonical;
  return (lane & layout.canonical) == layout.canonical;
}

constexpr std::uint64_t lane_of(std::uint64_t low, std::uint64_t high, unsigned index,
                                unsigned bits) {
  const unsigned shift = index * bits;
  const std::uint64_t lane = (shift < 64 ? low : high) >> (shift % 64);
  return bits == 64 ? lane : lane & ((std::uint64_t{1} << bits) - 1);
}

bool has_nan_pattern(const constant& c) {
  return std::any_of(c.nan.begin(), c.nan.end(), [](nan_class n) { return n != nan_class::none; });
}

bool bits_match(const constant& expected, const value& actual) {
  if (!has_nan_pattern(expected)) {
    return expected.low == actual.bits() && expected.high == actual.high_bits();
  }
  const unsigned width = expected.type == "v128" ? 128 : expected.lane_bits;
  for (unsigned index = 0; index < width / expected.lane_bits; ++index) {
    const std::uint64_t lane =
        lane_of(actual.bits(), actual.high_bits(), index, expected.lane_bits);
    const nan_class wanted = expected.nan[index];
    const bool fits = wanted == nan_class::none
                          ? lane == lane_of(expected.low, expected.high, index, expected.lane_bits)
                          : is_nan_of(wanted, lane, expected.lane_bits);
    if (!fits) return false;
  }
  return true;
}

std::string hex(std::uint64_t bits) {
  char text[24];
  std::snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(bits));
  return text;
}

std::string hex(std::uint64_t low, std::uint64_t high) {
  char text[40];
  std::snprintf(text, sizeof text, "0x%016llx%016llx", static_cast<unsigned long long>(high),
                static_cast<unsigned long long>(low));
  return text;
}

std::string describe_bits(const constant& c) {
  if (!has_nan_pattern(c)) return c.type == "v128" ? hex(c.low, c.high) : hex(c.low);
  const unsigned width = c.type == "v128" ? 128 : c.lane_bits;
  std::string text;
  for (unsigned index = 0; index < width / c.lane_bits; ++index) {
    if (index != 0) text += ',';
    switch (c.nan[index]) {
      case nan_class::none: text += hex(lane_of(c.low, c.high, index, c.lane_bits)); break;
      case nan_class::canonical: text += "nan:canonical"; break;
      case nan_class::arithmetic: text += "nan:arithmetic"; break;
    }
  }
  return text;
}

}  // namespace

std::optional<value> to_value(const constant& from) {
  const auto type = type_of(from.type);
  if (!type) return std::nullopt;
  switch (from.kind) {
    case constant_kind::bits: return value::from_bits(*type, from.low, from.high);
    case constant_kind::null: return value::null(*type);
    case constant_kind::host_reference: return value::from_bits(*type, host_bits(from));
    default: return std::nullopt;
  }
}

// The script names the top of the hierarchy that a reference is of.
bool is_of(const std::string& expected, value_type type) {
  if (expected == "funcref") return type.is_function_reference();
  if (expected == "externref") return type.is_reference() && !type.is_function_reference();
  return expected == name(type);
}

bool matches(const constant& expected, const value& actual) {
  if (expected.kind == constant_kind::either) {
    return std::any_of(expected.alternatives.begin(), expected.alternatives.end(),
                       [&](const constant& one) { return matches(one, actual); });
  }
  if (expected.kind == constant_kind::any_null) {
    return actual.type().is_reference() && actual.bits() == 0;
  }
  if (!is_of(expected.type, actual.type())) return false;
  switch (expected.kind) {
    case constant_kind::bits: return bits_match(expected, actual);
    case constant_kind::null: return actual.bits() == 0;
    case constant_kind::host_reference: return actual.bits() == host_bits(expected);
    case constant_kind::any_reference: return actual.bits() != 0;
    default: return false;
  }
}

bool matches(std::span<const constant> expected, std::span<const value> actual) {
  return std::equal(expected.begin(), expected.end(), actual.begin(), actual.end(),
                    [](const constant& e, const value& a) { return matches(e, a); });
}

std::string describe(const constant& c) {
  switch (c.kind) {
    case constant_kind::bits: return c.type + ":" + describe_bits(c);
    case constant_kind::null: return c.type + ":null";
    case constant_kind::host_reference: return c.type + ":" + std::to_string(c.low);
    case constant_kind::any_reference: return c.type + ":not null";
    case constant_kind::any_null: return "null";
    case constant_kind::either: return "either" + describe_all(c.alternatives);
  }
  return c.type;
}

std::string describe(const value& v) {
  const std::string type{name(v.type())};
  if (v.type() == value_type::v128) return type + ":" + hex(v.bits(), v.high_bits());
  if (!v.type().is_reference()) return type + ":" + hex(v.bits());
  if (v.bits() == 0) return type + ":null";
  if (v.type() == value_type::externref) return type + ":" + std::to_string(v.bits() - 1);
  return type + ":not null";
}

}  // namespace spec
