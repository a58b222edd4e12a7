// The meaning of vector operators, at the values where implementations go wrong. The whole table is
// compared with a reference in diff/ and with the official suite in spec/.
#include <dovetail/format/meaning_vector.hpp>

#include <array>
#include <bit>
#include <cstdint>
#include <limits>

#include "support/catch.hpp"

namespace unit_format_meaning_vector {

using dovetail::op;
using dovetail::v128;
using dovetail::vector_meaning;

namespace {

template <class T, std::size_t N>
v128 of(const std::array<T, N>& lanes) {
  static_assert(N * sizeof(T) == 16);
  dovetail::lanes<T> all{};
  for (unsigned i = 0; i < N; ++i) all[i] = lanes[i];
  return dovetail::join(all);
}
template <class T>
T lane(const v128& v, unsigned i) {
  return dovetail::split<T>(v)[i];
}
v128 bytes(std::uint8_t b) { return dovetail::join(dovetail::all_lanes(b)); }

using words = std::array<std::uint32_t, 4>;
using halves = std::array<std::int16_t, 8>;
using singles = std::array<float, 4>;

constexpr float inf = std::numeric_limits<float>::infinity();
const float quiet = std::numeric_limits<float>::quiet_NaN();

}  // namespace

TEST_CASE("meaning of vectors: sums and differences saturate at the ends of their type") {
  CHECK(vector_meaning<op::i8x16_add_sat_s>::of(bytes(0x7f), bytes(1)) == bytes(0x7f));
  CHECK(vector_meaning<op::i8x16_add_sat_s>::of(bytes(0x80), bytes(0xff)) == bytes(0x80));
  CHECK(vector_meaning<op::i8x16_add_sat_u>::of(bytes(0xff), bytes(1)) == bytes(0xff));
  CHECK(vector_meaning<op::i8x16_sub_sat_u>::of(bytes(1), bytes(2)) == bytes(0));
  CHECK(vector_meaning<op::i8x16_sub_sat_s>::of(bytes(0x80), bytes(1)) == bytes(0x80));
  CHECK(vector_meaning<op::i8x16_sub_sat_s>::of(bytes(0), bytes(0x80)) == bytes(0x7f));
  CHECK(vector_meaning<op::i8x16_avgr_u>::of(bytes(255), bytes(254)) == bytes(255));
}

TEST_CASE("meaning of vectors: the one product that does not fit 16 bits saturates") {
  const v128 least = of(halves{-32768, -32768, 1, 0, 0, 0, 0, 0});
  const v128 r = vector_meaning<op::i16x8_q15mulr_sat_s>::of(least, least);
  CHECK(lane<std::int16_t>(r, 0) == 32767);
  CHECK(lane<std::int16_t>(r, 2) == 0);
  CHECK(lane<std::uint32_t>(vector_meaning<op::i32x4_dot_i16x8_s>::of(least, least), 0) ==
        0x8000'0000);
}

TEST_CASE("meaning of vectors: shifts take their count modulo the width of a lane") {
  CHECK(vector_meaning<op::i8x16_shl>::of(bytes(1), 8) == bytes(1));
  CHECK(vector_meaning<op::i8x16_shl>::of(bytes(0x81), 9) == bytes(2));
  CHECK(vector_meaning<op::i8x16_shr_s>::of(bytes(0x81), 15) == bytes(0xff));
  CHECK(vector_meaning<op::i8x16_shr_u>::of(bytes(0x81), 7) == bytes(1));
  CHECK(lane<std::uint32_t>(vector_meaning<op::i32x4_shr_s>::of(bytes(0x80), 63), 1) == ~0u);
}

TEST_CASE("meaning of vectors: minima know NaNs and zeros, pseudo-minima take the first") {
  const v128 a = of(singles{-0.0f, quiet, 1, inf}), b = of(singles{0.0f, 1, quiet, -inf});
  const v128 least = vector_meaning<op::f32x4_min>::of(b, a);
  CHECK(lane<std::uint32_t>(least, 0) == 0x8000'0000);
  CHECK((lane<std::uint32_t>(least, 1) & 0x7fc0'0000) == 0x7fc0'0000);
  CHECK((lane<std::uint32_t>(least, 2) & 0x7fc0'0000) == 0x7fc0'0000);
  CHECK(lane<float>(least, 3) == -inf);
  CHECK(lane<std::uint32_t>(vector_meaning<op::f32x4_max>::of(a, b), 0) == 0);
  CHECK(lane<std::uint32_t>(vector_meaning<op::f32x4_pmin>::of(a, b), 0) == 0x8000'0000);
  CHECK(lane<float>(vector_meaning<op::f32x4_pmin>::of(b, a), 1) == 1);
  CHECK(lane<float>(vector_meaning<op::f32x4_pmax>::of(a, b), 2) == 1);
  CHECK(lane<float>(vector_meaning<op::f32x4_nearest>::of(of(singles{2.5f, -0.5f, 0, 0})), 0) == 2);
}

TEST_CASE("meaning of vectors: conversions saturate, and leave zeros where there are no lanes") {
  const v128 a = of(singles{quiet, inf, -inf, -1.5f});
  CHECK(vector_meaning<op::i32x4_trunc_sat_f32x4_s>::of(a) ==
        of(words{0, 0x7fff'ffff, 0x8000'0000, ~0u}));
  CHECK(vector_meaning<op::i32x4_trunc_sat_f32x4_u>::of(a) == of(words{0, ~0u, 0, 0}));
  const v128 d = of(std::array<double, 2>{-1e300, 7.9});
  CHECK(vector_meaning<op::i32x4_trunc_sat_f64x2_s_zero>::of(d) == of(words{0x8000'0000, 7, 0, 0}));
  CHECK(vector_meaning<op::f32x4_demote_f64x2_zero>::of(d) == of(singles{-inf, 7.9f, 0, 0}));
}

TEST_CASE("meaning of vectors: shuffles, swizzles and masks") {
  v128 a, b, at;
  for (std::uint8_t i = 0; i < 16; ++i) {
    a.bytes[i] = i;
    b.bytes[i] = static_cast<std::uint8_t>(100 + i);
    at.bytes[i] = static_cast<std::uint8_t>(31 - i);
  }
  const v128 shuffled = vector_meaning<op::i8x16_shuffle>::of(a, b, at);
  CHECK(shuffled.bytes[0] == 115);
  CHECK(shuffled.bytes[15] == 100);
  const v128 swizzled = vector_meaning<op::i8x16_swizzle>::of(b, at);
  CHECK(swizzled.bytes[15] == 0);
  CHECK(vector_meaning<op::i8x16_swizzle>::of(b, a) == b);
  CHECK(vector_meaning<op::i8x16_bitmask>::of(of(words{0x80, 0, 0, 0x8000'0000})) == 0x8001);
  CHECK(vector_meaning<op::i64x2_all_true>::of(of(words{0, 1, 1, 0})) == 1);
  CHECK(vector_meaning<op::i32x4_all_true>::of(of(words{0, 1, 1, 0})) == 0);
  CHECK(vector_meaning<op::i8x16_popcnt>::of(bytes(0xfe)) == bytes(7));
}

}  // namespace unit_format_meaning_vector
