// Which C++ types stand for which value types, and how they travel in slots. Used by host functions
// and typed handles.
#pragma once

#include <bit>
#include <concepts>
#include <cstdint>
#include <type_traits>

#include <dovetail/base/value_type.hpp>

namespace dovetail {

/// Integers and enumerations of at most 32 bits, and bool, are i32; 64-bit ones are i64.
template <class T>
concept native_integer = (std::is_integral_v<T> || std::is_enum_v<T>)&&sizeof(T) <= 8;

namespace detail {
// Not a chain of concepts, so that the compiler's refusal of a type stays short.
template <class T, class... Types>
inline constexpr bool is_one_of = (std::is_same_v<T, Types> || ...);
}  // namespace detail

/// A C++ type that travels as one of its integers, such as guest_pointer.
template <class T>
concept native_wrapper = requires(const T& v) {
  requires native_integer<typename T::native_type>;
  { v.to_native() } -> std::same_as<typename T::native_type>;
  { T::from_native(v.to_native()) } -> std::same_as<T>;
};

/// A C++ type whose values take one slot.
template <class T>
concept slot_value = native_integer<T> || detail::is_one_of<T, float, double, externref, funcref> ||
    native_wrapper<T>;

/// A C++ type that a value can be passed as, by value, across the boundary.
template <class T>
concept native_value = slot_value<T> || std::same_as<T, v128>;

/// The value type a C++ type stands for.
template <native_value T>
[[nodiscard]] constexpr value_type value_type_of() {
  if constexpr (std::same_as<T, v128>) {
    return value_type::v128;
  } else if constexpr (std::same_as<T, float>) {
    return value_type::f32;
  } else if constexpr (std::same_as<T, double>) {
    return value_type::f64;
  } else if constexpr (std::same_as<T, externref>) {
    return value_type::externref;
  } else if constexpr (std::same_as<T, funcref>) {
    return value_type::funcref;
  } else if constexpr (native_wrapper<T>) {
    return value_type_of<typename T::native_type>();
  } else {
    return sizeof(T) == 8 ? value_type::i64 : value_type::i32;
  }
}

/// The bits of `v` as a slot. Narrow integers are extended by their own signedness to 32 bits
/// first.
template <slot_value T>
[[nodiscard]] DOVETAIL_ALWAYS_INLINE constexpr slot to_slot(T v) {
  if constexpr (std::same_as<T, float>) {
    return std::bit_cast<std::uint32_t>(v);
  } else if constexpr (std::same_as<T, double>) {
    return std::bit_cast<std::uint64_t>(v);
  } else if constexpr (std::same_as<T, externref> || std::same_as<T, funcref>) {
    return reinterpret_cast<std::uintptr_t>(v.pointer);
  } else if constexpr (native_wrapper<T>) {
    return to_slot(v.to_native());
  } else if constexpr (sizeof(T) == 8) {
    return static_cast<std::uint64_t>(v);
  } else {
    return static_cast<std::uint32_t>(v);
  }
}

/// The value a slot holds. Integers narrower than 32 bits keep their low bits; bool is "not zero".
template <slot_value T>
[[nodiscard]] DOVETAIL_ALWAYS_INLINE constexpr T from_slot(slot s) {
  if constexpr (std::same_as<T, float>) {
    return std::bit_cast<float>(static_cast<std::uint32_t>(s));
  } else if constexpr (std::same_as<T, double>) {
    return std::bit_cast<double>(s);
  } else if constexpr (std::same_as<T, externref>) {
    return {reinterpret_cast<void*>(static_cast<std::uintptr_t>(s))};
  } else if constexpr (std::same_as<T, funcref>) {
    return {reinterpret_cast<vm::function_instance*>(static_cast<std::uintptr_t>(s))};
  } else if constexpr (native_wrapper<T>) {
    return T::from_native(from_slot<typename T::native_type>(s));
  } else if constexpr (std::same_as<T, bool>) {
    return static_cast<std::uint32_t>(s) != 0;
  } else {
    return static_cast<T>(s);
  }
}

/// Writes the slots of a value of any type; what follows them.
template <native_value T>
DOVETAIL_ALWAYS_INLINE constexpr slot* write_slots(slot* to, const T& v) {
  if constexpr (std::same_as<T, v128>) {
    *to++ = v.low();
    *to++ = v.high();
  } else {
    *to++ = to_slot(v);
  }
  return to;
}
/// The value whose first slot is at `from`.
template <native_value T>
[[nodiscard]] DOVETAIL_ALWAYS_INLINE constexpr T read_slots(const slot* from) {
  if constexpr (std::same_as<T, v128>) {
    return v128::of_halves(from[0], from[1]);
  } else {
    return from_slot<T>(*from);
  }
}

/// How machine code passes a C++ type: without regard to its sign, and never less than 32 bits.
template <native_value T>
using machine_value = std::conditional_t<
    std::floating_point<T> || std::same_as<T, v128>, T,
    std::conditional_t<value_type_of<T>() == value_type::i32, std::uint32_t, std::uint64_t>>;

template <class T>
constexpr T value::as() const {
  DOVETAIL_ASSERT(value_type_of<T>() == type_);
  const slot halves[] = {low_, high_};
  return read_slots<T>(halves);
}

}  // namespace dovetail
