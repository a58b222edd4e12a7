// Vectors as lanes that the operators of C++ apply to: the compiler's own vectors, or a plain class
// where it has none. Used by the meanings of the vector operators.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include <dovetail/base/platform.hpp>
#include <dovetail/base/value_type.hpp>

namespace dovetail {

/// Sixteen bytes of `T`, with the operators that the compiler's vectors have: lane by lane, and a
/// comparison gives all ones or all zeros.
template <class T>
struct plain_lanes {
  static constexpr std::size_t count = 16 / sizeof(T);
  T lane[count]{};

  using truth = std::conditional_t<
      sizeof(T) == 1, std::int8_t,
      std::conditional_t<sizeof(T) == 2, std::int16_t,
                         std::conditional_t<sizeof(T) == 4, std::int32_t, std::int64_t>>>;

  // What lanes wrap around in. Narrow ones would be promoted to int, which overflows: so does the
  // product of two std::uint16_t.
  using wrapping =
      std::conditional_t<std::is_floating_point_v<T>, T,
                         std::conditional_t<sizeof(T) == 8, std::uint64_t, std::uint32_t>>;

  constexpr T& operator[](std::size_t i) { return lane[i]; }
  constexpr const T& operator[](std::size_t i) const { return lane[i]; }

#define DOVETAIL_LANES(OPERATOR)                                                               \
  friend constexpr plain_lanes operator OPERATOR(const plain_lanes& a, const plain_lanes& b) { \
    plain_lanes r;                                                                             \
    for (std::size_t i = 0; i < count; ++i)                                                    \
      r.lane[i] = static_cast<T>(a.lane[i] OPERATOR b.lane[i]);                                \
    return r;                                                                                  \
  }
  DOVETAIL_LANES(/)
  DOVETAIL_LANES(&)
  DOVETAIL_LANES(|)
  DOVETAIL_LANES(^)
  DOVETAIL_LANES(>>)
#undef DOVETAIL_LANES
#define DOVETAIL_LANES(OPERATOR)                                                               \
  friend constexpr plain_lanes operator OPERATOR(const plain_lanes& a, const plain_lanes& b) { \
    plain_lanes r;                                                                             \
    for (std::size_t i = 0; i < count; ++i)                                                    \
      r.lane[i] = static_cast<T>(static_cast<wrapping>(a.lane[i])                              \
                                     OPERATOR static_cast<wrapping>(b.lane[i]));               \
    return r;                                                                                  \
  }
  DOVETAIL_LANES(+)
  DOVETAIL_LANES(-)
  DOVETAIL_LANES(*)
  DOVETAIL_LANES(<<)
#undef DOVETAIL_LANES
#define DOVETAIL_LANES(OPERATOR)                                                        \
  friend constexpr auto operator OPERATOR(const plain_lanes& a, const plain_lanes& b) { \
    plain_lanes<truth> r;                                                               \
    for (std::size_t i = 0; i < count; ++i)                                             \
      r.lane[i] = static_cast<truth>(a.lane[i] OPERATOR b.lane[i] ? -1 : 0);            \
    return r;                                                                           \
  }
  DOVETAIL_LANES(==)
  DOVETAIL_LANES(!=)
  DOVETAIL_LANES(<)
  DOVETAIL_LANES(>)
  DOVETAIL_LANES(<=)
  DOVETAIL_LANES(>=)
#undef DOVETAIL_LANES
};

/// The lanes that operators are computed with.
template <class T>
using lanes = typename std::conditional_t<platform::has_vectors, platform::vector_of<T>,
                                          std::type_identity<plain_lanes<T>>>::type;
template <class T>
inline constexpr unsigned lane_count = 16 / sizeof(T);

namespace detail {
// The bytes of lanes in the order of the other kind of host.
template <std::size_t Width>
constexpr std::array<std::uint8_t, 16> swapped_lanes(const std::array<std::uint8_t, 16>& from) {
  std::array<std::uint8_t, 16> to{};
  for (std::size_t i = 0; i < 16; ++i) to[i] = from[i / Width * Width + (Width - 1 - i % Width)];
  return to;
}
}  // namespace detail

/// A vector's lanes of type `T`.
template <class T>
DOVETAIL_ALWAYS_INLINE lanes<T> split(const v128& v) {
  if constexpr (platform::is_little_endian || sizeof(T) == 1) {
    return std::bit_cast<lanes<T>>(v.bytes);
  } else {
    return std::bit_cast<lanes<T>>(detail::swapped_lanes<sizeof(T)>(v.bytes));
  }
}
/// The vector of these lanes.
template <class Lanes>
DOVETAIL_ALWAYS_INLINE v128 join(const Lanes& all) {
  const auto bytes = std::bit_cast<std::array<std::uint8_t, 16>>(all);
  if constexpr (platform::is_little_endian || sizeof(all[0]) == 1) {
    return v128(bytes);
  } else {
    return v128(detail::swapped_lanes<sizeof(all[0])>(bytes));
  }
}
/// The same value in every lane.
template <class T>
DOVETAIL_ALWAYS_INLINE lanes<T> all_lanes(T v) {
  lanes<T> all{};
  for (unsigned i = 0; i < lane_count<T>; ++i) all[i] = v;
  return all;
}
/// Lanes of another type with the same bits.
template <class T, class Lanes>
DOVETAIL_ALWAYS_INLINE lanes<T> as_lanes(const Lanes& from) {
  return std::bit_cast<lanes<T>>(from);
}

}  // namespace dovetail
