// Vector constants that instruction sequences read: written once a module, beside its stubs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>

#include <dovetail/base/value_type.hpp>

namespace dovetail::x64_jit {

// The name, and the two halves of 64 bits, low one first.
// clang-format off
#define DOVETAIL_SHARED_VECTORS(ROW)                                                           \
  ROW(f32_signs,         0x8000'0000'8000'0000, 0x8000'0000'8000'0000)                         \
  ROW(f32_magnitudes,    0x7fff'ffff'7fff'ffff, 0x7fff'ffff'7fff'ffff)                         \
  ROW(f64_signs,         0x8000'0000'0000'0000, 0x8000'0000'0000'0000) /* of i64 too */        \
  ROW(f64_magnitudes,    0x7fff'ffff'ffff'ffff, 0x7fff'ffff'ffff'ffff)                         \
  ROW(i16_signs,         0x8000'8000'8000'8000, 0x8000'8000'8000'8000)                         \
  ROW(i8_ones,           0x0101'0101'0101'0101, 0x0101'0101'0101'0101)                         \
  ROW(i16_ones,          0x0001'0001'0001'0001, 0x0001'0001'0001'0001)                         \
  ROW(low_nibbles,       0x0f0f'0f0f'0f0f'0f0f, 0x0f0f'0f0f'0f0f'0f0f)                         \
  ROW(low_words,         0x0000'ffff'0000'ffff, 0x0000'ffff'0000'ffff)                         \
  ROW(bits_of_nibble,    0x0302'0201'0201'0100, 0x0403'0302'0302'0201) /* by the nibble */     \
  ROW(beyond_lanes,      0x7070'7070'7070'7070, 0x7070'7070'7070'7070) /* 128 less 16 */       \
  ROW(f32_2_23,          0x4b00'0000'4b00'0000, 0x4b00'0000'4b00'0000) /* 2^23 */              \
  ROW(f32_2_39,          0x5300'0000'5300'0000, 0x5300'0000'5300'0000)                         \
  ROW(f32_2_39_and_2_23, 0x5300'0080'5300'0080, 0x5300'0080'5300'0080) /* their sum */         \
  ROW(f32_2_31,          0x4f00'0000'4f00'0000, 0x4f00'0000'4f00'0000)                         \
  ROW(f64_most_i32,      0x41df'ffff'ffc0'0000, 0x41df'ffff'ffc0'0000) /* 2^31 - 1 */          \
  ROW(f64_most_u32,      0x41ef'ffff'ffe0'0000, 0x41ef'ffff'ffe0'0000) /* 2^32 - 1 */          \
  ROW(f64_2_52,          0x4330'0000'0000'0000, 0x4330'0000'0000'0000)                         \
  ROW(f64_2_52_above,    0x4330'0000'4330'0000, 0x4330'0000'4330'0000) /* its upper half */    \
  /* What a shift of bytes leaves of words shifted so far: left by 0 to 7, right by 0 to 7. */ \
  ROW(i8_shl,            0xffff'ffff'ffff'ffff, 0xffff'ffff'ffff'ffff)                         \
  ROW(i8_shl_1,          0xfefe'fefe'fefe'fefe, 0xfefe'fefe'fefe'fefe)                         \
  ROW(i8_shl_2,          0xfcfc'fcfc'fcfc'fcfc, 0xfcfc'fcfc'fcfc'fcfc)                         \
  ROW(i8_shl_3,          0xf8f8'f8f8'f8f8'f8f8, 0xf8f8'f8f8'f8f8'f8f8)                         \
  ROW(i8_shl_4,          0xf0f0'f0f0'f0f0'f0f0, 0xf0f0'f0f0'f0f0'f0f0)                         \
  ROW(i8_shl_5,          0xe0e0'e0e0'e0e0'e0e0, 0xe0e0'e0e0'e0e0'e0e0)                         \
  ROW(i8_shl_6,          0xc0c0'c0c0'c0c0'c0c0, 0xc0c0'c0c0'c0c0'c0c0)                         \
  ROW(i8_shl_7,          0x8080'8080'8080'8080, 0x8080'8080'8080'8080)                         \
  ROW(i8_shr,            0xffff'ffff'ffff'ffff, 0xffff'ffff'ffff'ffff)                         \
  ROW(i8_shr_1,          0x7f7f'7f7f'7f7f'7f7f, 0x7f7f'7f7f'7f7f'7f7f)                         \
  ROW(i8_shr_2,          0x3f3f'3f3f'3f3f'3f3f, 0x3f3f'3f3f'3f3f'3f3f)                         \
  ROW(i8_shr_3,          0x1f1f'1f1f'1f1f'1f1f, 0x1f1f'1f1f'1f1f'1f1f)                         \
  ROW(i8_shr_4,          0x0f0f'0f0f'0f0f'0f0f, 0x0f0f'0f0f'0f0f'0f0f)                         \
  ROW(i8_shr_5,          0x0707'0707'0707'0707, 0x0707'0707'0707'0707)                         \
  ROW(i8_shr_6,          0x0303'0303'0303'0303, 0x0303'0303'0303'0303)                         \
  ROW(i8_shr_7,          0x0101'0101'0101'0101, 0x0101'0101'0101'0101)
// clang-format on

#define DOVETAIL_NAME(NAME, LOW, HIGH) NAME,
/// Which of them.
enum class shared_vector : std::uint8_t { DOVETAIL_SHARED_VECTORS(DOVETAIL_NAME) };
#undef DOVETAIL_NAME

#define DOVETAIL_HALVES(NAME, LOW, HIGH) {LOW, HIGH},
/// All of them, by number.
inline constexpr std::uint64_t shared_vectors[][2] = {DOVETAIL_SHARED_VECTORS(DOVETAIL_HALVES)};
#undef DOVETAIL_HALVES

/// What readers of code call one.
[[nodiscard]] constexpr std::string_view text_of(shared_vector v) {
#define DOVETAIL_TEXT(NAME, LOW, HIGH) #NAME,
  constexpr std::string_view names[] = {DOVETAIL_SHARED_VECTORS(DOVETAIL_TEXT)};
#undef DOVETAIL_TEXT
  return names[static_cast<std::size_t>(v)];
}
#undef DOVETAIL_SHARED_VECTORS

static_assert(std::size(shared_vectors) < 256);

/// The one that is so many rows behind another.
[[nodiscard]] constexpr shared_vector row_behind(shared_vector first, unsigned rows) {
  return static_cast<shared_vector>(static_cast<unsigned>(first) + rows);
}

}  // namespace dovetail::x64_jit
