// How handlers read operands and write results: slots, accumulators, constants in the cell.
#pragma once

#include <bit>
#include <cstdint>
#include <type_traits>

#include <dovetail/base/native_value.hpp>
#include <dovetail/format/meaning.hpp>
#include <dovetail/interpreter/execution.hpp>

namespace dovetail::interpreting {

/// Where an operand comes from: a slot, the accumulator of its type, or the cell's constant.
enum class source : std::uint8_t { slot, accumulator, constant };

template <class T>
DOVETAIL_ALWAYS_INLINE T from_accumulator(const registers& r) {
  if constexpr (std::is_same_v<T, float>) {
    return r.f32;
  } else if constexpr (std::is_same_v<T, double>) {
    return r.f64;
  } else {
    return static_cast<T>(r.integer);
  }
}

template <class T>
DOVETAIL_ALWAYS_INLINE T from_frame(const registers& r, std::uint32_t at) {
  return from_slot<T>(r.frame[at]);
}

/// 32 bits of constant: i64 is sign-extended, f64 is a float that was exact.
template <class T>
DOVETAIL_ALWAYS_INLINE T from_constant(std::uint32_t k) {
  if constexpr (std::is_same_v<T, float>) {
    return std::bit_cast<float>(k);
  } else if constexpr (std::is_same_v<T, double>) {
    return static_cast<double>(std::bit_cast<float>(k));
  } else {
    return static_cast<T>(static_cast<std::int64_t>(static_cast<std::int32_t>(k)));
  }
}

template <source S, class T>
DOVETAIL_ALWAYS_INLINE T read(const registers& r, std::uint32_t at, std::uint32_t k) {
  if constexpr (S == source::slot) {
    return from_frame<T>(r, at);
  } else if constexpr (S == source::accumulator) {
    return from_accumulator<T>(r);
  } else {
    return from_constant<T>(k);
  }
}

/// Writes a result to its slot and its accumulator.
template <class T>
DOVETAIL_ALWAYS_INLINE void write(registers& r, std::uint32_t at, T v) {
  r.frame[at] = to_slot(v);
  if constexpr (std::is_same_v<T, float>) {
    r.f32 = v;
  } else if constexpr (std::is_same_v<T, double>) {
    r.f64 = v;
  } else {
    r.integer = v;
  }
}

/// Parameter types of a meaning.
template <class F>
struct meaning_types;
template <class R, class A>
struct meaning_types<R (*)(A)> {
  using result = R;
  using first = A;
};
template <class R, class A, class B>
struct meaning_types<R (*)(A, B)> {
  using result = R;
  using first = A;
  using second = B;
};
template <class R, class A, class B, class C>
struct meaning_types<R (*)(A, B, C)> {
  using result = R;
  using first = A;
  using second = B;
};
template <op O>
using types_of_meaning = meaning_types<decltype(&meaning<O>::of)>;

}  // namespace dovetail::interpreting
