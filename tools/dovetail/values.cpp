// Reading and printing values.
#include "values.hpp"

#include <bit>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>

namespace command {
namespace {

using dovetail::value;
using dovetail::value_type;

std::optional<std::uint64_t> parse_digits(std::string_view text, int base) {
  std::uint64_t number = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (text.empty() || code != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// The two's complement of a number from -2^(bits-1) to 2^bits - 1.
std::optional<std::uint64_t> parse_integer(std::string_view text, unsigned bits) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const bool hex = text.starts_with("0x");
  if (hex) text.remove_prefix(2);
  const auto magnitude = parse_digits(text, hex ? 16 : 10);
  if (!magnitude) return std::nullopt;
  const std::uint64_t greatest =
      negative ? std::uint64_t{1} << (bits - 1) : ~std::uint64_t{0} >> (64 - bits);
  if (*magnitude > greatest) return std::nullopt;
  const std::uint64_t number = negative ? 0 - *magnitude : *magnitude;
  return number & (~std::uint64_t{0} >> (64 - bits));
}

/// `parse` is strtof or strtod. Overflow to infinity is refused; an infinity that is written so is
/// not.
template <class T>
std::optional<T> parse_float(const std::string& text, T (*parse)(const char*, char**)) {
  char* end = nullptr;
  errno = 0;
  const T number = parse(text.c_str(), &end);
  const bool overflow = errno == ERANGE && std::isinf(number);
  const bool space = !text.empty() && (text.front() == ' ' || text.front() == '\t');
  if (text.empty() || space || end != text.c_str() + text.size() || overflow) return std::nullopt;
  return number;
}

std::optional<value> parse_vector(std::string_view text) {
  if (text.size() != 34 || !text.starts_with("0x")) return std::nullopt;
  const auto high = parse_digits(text.substr(2, 16), 16);
  const auto low = parse_digits(text.substr(18), 16);
  if (!high || !low) return std::nullopt;
  return value::from_bits(value_type::v128, *low, *high);
}

/// NaN as the text format writes it: with the payload where it is not the canonical one.
std::string nan_text(bool negative, std::uint64_t payload, std::uint64_t canonical) {
  std::string text = negative ? "-nan" : "nan";
  if (payload == canonical) return text;
  char digits[24];
  std::snprintf(digits, sizeof digits, ":0x%llx", static_cast<unsigned long long>(payload));
  return text + digits;
}

template <class T, class Bits>
std::string float_text(Bits bits) {
  constexpr int fraction = std::numeric_limits<T>::digits - 1;
  const T number = std::bit_cast<T>(bits);
  if (std::isnan(number)) {
    const Bits payload = bits & ((Bits{1} << fraction) - 1);
    return nan_text(std::signbit(number), payload, Bits{1} << (fraction - 1));
  }
  char digits[32];
  return {digits, std::to_chars(digits, digits + sizeof digits, number).ptr};
}

std::string vector_text(const value& v) {
  char digits[40];
  std::snprintf(digits, sizeof digits, "0x%016llx%016llx",
                static_cast<unsigned long long>(v.high_bits()),
                static_cast<unsigned long long>(v.bits()));
  return digits;
}

}  // namespace

std::optional<value> parse_value(value_type type, const std::string& text) {
  std::optional<std::uint64_t> bits;
  if (type == value_type::i32) {
    bits = parse_integer(text, 32);
  } else if (type == value_type::i64) {
    bits = parse_integer(text, 64);
  } else if (type == value_type::f32) {
    if (const auto number = parse_float<float>(text, std::strtof)) return value(*number);
  } else if (type == value_type::f64) {
    if (const auto number = parse_float<double>(text, std::strtod)) return value(*number);
  } else if (type == value_type::v128) {
    return parse_vector(text);
  } else if (text == "null") {
    return value::null(type);
  }
  if (!bits) return std::nullopt;
  return value::from_bits(type, *bits);
}

std::string to_text(const value& v) {
  const value_type type = v.type();
  if (type == value_type::i32) {
    return std::to_string(static_cast<std::int32_t>(static_cast<std::uint32_t>(v.bits())));
  }
  if (type == value_type::i64) return std::to_string(static_cast<std::int64_t>(v.bits()));
  if (type == value_type::f32) return float_text<float>(static_cast<std::uint32_t>(v.bits()));
  if (type == value_type::f64) return float_text<double>(v.bits());
  if (type == value_type::v128) return vector_text(v);
  return v.bits() == 0 ? "null" : std::string(name(type));
}

}  // namespace command
