// Value types, slots and the typed values that tools pass around. Used by every floor.
#pragma once

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <dovetail/base/platform.hpp>

namespace dovetail {

/// A value type (core specification 2.3). Of a number or vector type it is the binary code. Of a
/// reference type:
///
///     bits 0-7    the code of the abstract heap type, or 0x63 for a defined type
///     bit  8      the reference is not nullable
///     bits 9-30   which defined type: in a module that is being decoded its index there,
///     everywhere
///                 else the number of the canonical type (signature::id)
///     bit  31     the number counts from the start of the recursion group at hand
///
/// Canonical types are equal exactly if their bits are.
struct value_type {
  std::uint32_t bits = 0;

  static const value_type i32, i64, f32, f64, v128, funcref, externref, nullfuncref, nullexternref;
  /// The bottom type of the validation algorithm: matches anything; never a type of a module.
  static const value_type unknown;
  /// The bottom of all references, which dead code has too.
  static const value_type unknown_reference;

  /// More types than these cannot be told apart.
  static constexpr std::uint32_t most_defined = (1u << 22) - 1;

  /// A reference to a defined type.
  [[nodiscard]] static constexpr value_type reference(std::uint32_t defined, bool is_nullable) {
    return {0x63 | (is_nullable ? 0 : non_null) | defined << 9};
  }

  [[nodiscard]] constexpr std::uint8_t code() const { return static_cast<std::uint8_t>(bits); }
  [[nodiscard]] constexpr bool is_vector() const { return code() == 0x7b; }
  [[nodiscard]] constexpr bool is_reference() const { return code() >= 0x60 && code() <= 0x74; }
  /// Whether null is a value of this reference type.
  [[nodiscard]] constexpr bool is_nullable() const { return (bits & non_null) == 0; }
  /// Whether locals of this type begin with a value (3.2.3).
  [[nodiscard]] constexpr bool is_defaultable() const { return is_nullable(); }
  [[nodiscard]] constexpr value_type as_nullable() const { return {bits & ~non_null}; }
  [[nodiscard]] constexpr value_type as_non_null() const { return {bits | non_null}; }
  /// Whether it refers to a type that a module defines, and which.
  [[nodiscard]] constexpr bool is_defined() const { return code() == 0x63; }
  [[nodiscard]] constexpr std::uint32_t defined() const { return bits >> 9 & most_defined; }
  [[nodiscard]] constexpr bool is_relative() const { return (bits & relative_bit) != 0; }
  /// The same reference to another defined type.
  [[nodiscard]] constexpr value_type with_defined(std::uint32_t other) const {
    return {(bits & 0x1ff) | other << 9};
  }
  /// The same reference to member `member` of the recursion group at hand.
  [[nodiscard]] constexpr value_type with_relative(std::uint32_t member) const {
    return {(bits & 0x1ff) | member << 9 | relative_bit};
  }
  /// Whether its references are null or functions: every defined type is one of functions.
  [[nodiscard]] constexpr bool is_function_reference() const {
    return code() == 0x70 || code() == 0x73 || code() == 0x63;
  }

  friend constexpr bool operator==(value_type, value_type) = default;

  static constexpr std::uint32_t non_null = 0x100;
  static constexpr std::uint32_t relative_bit = 1u << 31;
};

inline constexpr value_type value_type::unknown{0x00};
inline constexpr value_type value_type::i32{0x7f};
inline constexpr value_type value_type::i64{0x7e};
inline constexpr value_type value_type::f32{0x7d};
inline constexpr value_type value_type::f64{0x7c};
inline constexpr value_type value_type::v128{0x7b};
inline constexpr value_type value_type::funcref{0x70};
inline constexpr value_type value_type::externref{0x6f};
inline constexpr value_type value_type::nullfuncref{0x73};
inline constexpr value_type value_type::nullexternref{0x72};
inline constexpr value_type value_type::unknown_reference{0x60 | value_type::non_null};

/// The name of a type in the text format ("i32", "funcref"); defined types are called `$t`.
[[nodiscard]] constexpr std::string_view name(value_type type) {
  if (!type.is_nullable()) {
    switch (type.code()) {
      case 0x73: return "(ref nofunc)";
      case 0x72: return "(ref noextern)";
      case 0x70: return "(ref func)";
      case 0x6f: return "(ref extern)";
      case 0x63: return "(ref $t)";
      default: return "unknown";
    }
  }
  switch (type.code()) {
    case 0x7f: return "i32";
    case 0x7e: return "i64";
    case 0x7d: return "f32";
    case 0x7c: return "f64";
    case 0x7b: return "v128";
    case 0x70: return "funcref";
    case 0x6f: return "externref";
    case 0x73: return "nullfuncref";
    case 0x72: return "nullexternref";
    case 0x63: return "(ref null $t)";
    default: return "unknown";
  }
}

/// One cell of the operand stack, a table or a global: the value's bits, zero-extended. Null
/// references are zero. A vector takes two: its lower half, then its upper, as integers of the
/// host.
using slot = std::uint64_t;

/// How many slots a value takes.
[[nodiscard]] constexpr std::uint32_t slots_of(value_type type) { return type.is_vector() ? 2 : 1; }
[[nodiscard]] constexpr std::uint32_t slots_of(std::span<const value_type> types) {
  std::uint32_t count = 0;
  for (const value_type t : types) count += slots_of(t);
  return count;
}

namespace vm {
struct function_instance;
}

/// A reference to a host object that guests can hold and pass on but not look into. A null pointer
/// is `ref.null extern`.
struct externref {
  void* pointer = nullptr;
  friend constexpr bool operator==(externref, externref) = default;
};

/// A reference to a function of some store; equal exactly if it is the same function (core
/// specification 4.2.11).
struct funcref {
  vm::function_instance* pointer = nullptr;
  friend constexpr bool operator==(funcref, funcref) = default;
};

/// A 128-bit vector, lane 0 first, in little-endian byte order on every host.
struct v128 {
  std::array<std::uint8_t, 16> bytes{};

  constexpr v128() = default;
  constexpr v128(const std::array<std::uint8_t, 16>& b) : bytes(b) {}
  /// The vector whose halves are these integers.
  [[nodiscard]] static constexpr v128 of_halves(slot low, slot high) {
    v128 v;
    for (unsigned i = 0; i < 8; ++i) {
      v.bytes[i] = static_cast<std::uint8_t>(low >> 8 * i);
      v.bytes[8 + i] = static_cast<std::uint8_t>(high >> 8 * i);
    }
    return v;
  }
  [[nodiscard]] constexpr slot low() const { return half(0); }
  [[nodiscard]] constexpr slot high() const { return half(8); }

  /// Made of an `__m128i` and turned into one, where the compiler has it: `native` is what that is
  /// an alias of.
  // clang-format off
  DOVETAIL_IF_SSE2(
    using native = long long __attribute__((vector_size(16)));
    v128(native v) : bytes(std::bit_cast<std::array<std::uint8_t, 16>>(v)) {}
    operator native() const { return std::bit_cast<native>(bytes); })
  // clang-format on

  friend constexpr bool operator==(const v128&, const v128&) = default;

 private:
  [[nodiscard]] constexpr slot half(unsigned from) const {
    slot s = 0;
    for (unsigned i = 0; i < 8; ++i) s |= slot{bytes[from + i]} << 8 * i;
    return s;
  }
};

/// A value with its type, for tools and tests that learn signatures at run time. Typed calls never
/// make one.
class value {
 public:
  constexpr value() = default;
  constexpr value(std::int32_t v) : value(value_type::i32, static_cast<std::uint32_t>(v)) {}
  constexpr value(std::uint32_t v) : value(value_type::i32, v) {}
  constexpr value(std::int64_t v) : value(value_type::i64, static_cast<std::uint64_t>(v)) {}
  constexpr value(std::uint64_t v) : value(value_type::i64, v) {}
  constexpr value(float v) : value(value_type::f32, std::bit_cast<std::uint32_t>(v)) {}
  constexpr value(double v) : value(value_type::f64, std::bit_cast<std::uint64_t>(v)) {}
  constexpr value(const v128& v) : value(value_type::v128, v.low(), v.high()) {}
  value(dovetail::externref v)
      : value(value_type::externref, reinterpret_cast<std::uintptr_t>(v.pointer)) {}
  value(dovetail::funcref v)
      : value(value_type::funcref, reinterpret_cast<std::uintptr_t>(v.pointer)) {}

  /// The value of `type` with these bits: floats as their IEEE 754 encoding, vectors as two
  /// little-endian halves.
  [[nodiscard]] static constexpr value from_bits(value_type type, slot low, slot high = 0) {
    return {type, low, high};
  }
  /// The null reference of `type`, or the zero of a number type.
  [[nodiscard]] static constexpr value null(value_type type) { return {type, 0}; }

  [[nodiscard]] constexpr value_type type() const { return type_; }
  [[nodiscard]] constexpr slot bits() const { return low_; }
  [[nodiscard]] constexpr slot high_bits() const { return high_; }

  /// The value as a C++ type of the same width and kind: `as<std::int32_t>()`, `as<double>()`,
  /// `as<externref>()`.
  template <class T>
  [[nodiscard]] constexpr T as() const;

  friend constexpr bool operator==(const value&, const value&) = default;

 private:
  constexpr value(value_type type, slot low, slot high = 0) : low_(low), high_(high), type_(type) {}

  slot low_ = 0;
  slot high_ = 0;
  value_type type_ = value_type::i32;
};

}  // namespace dovetail
