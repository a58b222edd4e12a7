// The meaning of numeric operators, at the values where implementations go wrong. The whole table
// is compared with a second implementation in diff/ and with the official suite in spec/.
#include <dovetail/format/meaning.hpp>

#include <bit>
#include <cstdint>
#include <limits>

#include "support/catch.hpp"

namespace unit_format_meaning {

using dovetail::meaning;
using dovetail::op;
using dovetail::trap_code;

namespace {

constexpr std::uint32_t least32 = 0x8000'0000, ones32 = 0xffff'ffff;
constexpr std::uint64_t least64 = 0x8000'0000'0000'0000, ones64 = ~std::uint64_t{0};

std::uint32_t bits(float v) { return std::bit_cast<std::uint32_t>(v); }
std::uint64_t bits(double v) { return std::bit_cast<std::uint64_t>(v); }
float single(std::uint32_t v) { return std::bit_cast<float>(v); }
double twice(std::uint64_t v) { return std::bit_cast<double>(v); }

constexpr float inf = std::numeric_limits<float>::infinity();
const float quiet = std::numeric_limits<float>::quiet_NaN();
const float signalling = single(0x7fa0'0000);

// Any quiet NaN, of either sign (core specification 4.3.3).
bool is_arithmetic_nan(float v) { return (bits(v) & 0x7fc0'0000) == 0x7fc0'0000; }
bool is_arithmetic_nan(double v) {
  return (bits(v) & 0x7ff8'0000'0000'0000) == 0x7ff8'0000'0000'0000;
}

}  // namespace

TEST_CASE("meaning: division traps on zero and on the one quotient that does not fit") {
  CHECK(meaning<op::i32_div_s>::trap_on(1, 0) == trap_code::integer_divide_by_zero);
  CHECK(meaning<op::i32_div_s>::trap_on(least32, 0) == trap_code::integer_divide_by_zero);
  CHECK(meaning<op::i32_div_s>::trap_on(least32, ones32) == trap_code::integer_overflow);
  CHECK(meaning<op::i32_div_s>::trap_on(least32 + 1, ones32) == trap_code::none);
  CHECK(meaning<op::i64_div_s>::trap_on(least64, ones64) == trap_code::integer_overflow);
  CHECK(meaning<op::i64_div_s>::trap_on(least32, ones32) == trap_code::none);
  CHECK(meaning<op::i32_div_u>::trap_on(least32, ones32) == trap_code::none);
  CHECK(meaning<op::i32_rem_s>::trap_on(least32, ones32) == trap_code::none);
  CHECK(meaning<op::i64_rem_u>::trap_on(0, 0) == trap_code::integer_divide_by_zero);
  CHECK(meaning<op::i32_div_s>::of(static_cast<std::uint32_t>(-7), 2) ==
        static_cast<std::uint32_t>(-3));
  CHECK(meaning<op::i32_rem_s>::of(static_cast<std::uint32_t>(-7), 2) == ones32);
  CHECK(meaning<op::i32_rem_s>::of(least32, ones32) == 0);
  CHECK(meaning<op::i64_rem_s>::of(least64, ones64) == 0);
  CHECK(meaning<op::i32_div_u>::of(ones32, 2) == 0x7fff'ffff);
}

TEST_CASE("meaning: shifts and rotations take their count modulo the width") {
  CHECK(meaning<op::i32_shl>::of(1, 31) == least32);
  CHECK(meaning<op::i32_shl>::of(1, 32) == 1);
  CHECK(meaning<op::i32_shr_s>::of(least32, 31) == ones32);
  CHECK(meaning<op::i32_shr_u>::of(least32, 63) == 1);
  CHECK(meaning<op::i64_shl>::of(1, 63) == least64);
  CHECK(meaning<op::i64_shl>::of(1, ones64) == least64);
  CHECK(meaning<op::i64_shr_s>::of(least64, 64) == least64);
  CHECK(meaning<op::i32_rotl>::of(0x8000'0001, 1) == 3);
  CHECK(meaning<op::i32_rotr>::of(0x8000'0001, 33) == 0xc000'0000);
  CHECK(meaning<op::i64_rotl>::of(least64, 65) == 1);
  CHECK(meaning<op::i64_rotr>::of(1, 0) == 1);
}

TEST_CASE("meaning: counting bits, also where there are none") {
  CHECK(meaning<op::i32_clz>::of(0) == 32);
  CHECK(meaning<op::i32_ctz>::of(0) == 32);
  CHECK(meaning<op::i64_clz>::of(1) == 63);
  CHECK(meaning<op::i64_ctz>::of(least64) == 63);
  CHECK(meaning<op::i64_popcnt>::of(ones64) == 64);
  CHECK(meaning<op::i64_eqz>::of(0) == 1);
  CHECK(meaning<op::i32_eqz>::of(least32) == 0);
}

TEST_CASE("meaning: integers compare by the sign of the operator, and wrap") {
  CHECK(meaning<op::i32_lt_s>::of(ones32, 0) == 1);
  CHECK(meaning<op::i32_lt_u>::of(ones32, 0) == 0);
  CHECK(meaning<op::i64_gt_u>::of(least64, 1) == 1);
  CHECK(meaning<op::i64_ge_s>::of(least64, 1) == 0);
  CHECK(meaning<op::i32_mul>::of(0xffff, 0x1'0001) == ones32);
  CHECK(meaning<op::i32_mul>::of(ones32, ones32) == 1);
  CHECK(meaning<op::i64_sub>::of(0, 1) == ones64);
}

TEST_CASE("meaning: extensions and wraps look at the low bits alone") {
  CHECK(meaning<op::i32_extend8_s>::of(0x1234'5680) == 0xffff'ff80);
  CHECK(meaning<op::i32_extend8_s>::of(0xffff'ff7f) == 0x7f);
  CHECK(meaning<op::i32_extend16_s>::of(0x0001'8000) == 0xffff'8000);
  CHECK(meaning<op::i64_extend32_s>::of(0x1'8000'0000) == 0xffff'ffff'8000'0000);
  CHECK(meaning<op::i64_extend8_s>::of(0xff) == ones64);
  CHECK(meaning<op::i64_extend_i32_s>::of(least32) == 0xffff'ffff'8000'0000);
  CHECK(meaning<op::i64_extend_i32_u>::of(least32) == 0x8000'0000);
  CHECK(meaning<op::i32_wrap_i64>::of(0xabcd'ffff'ffff) == ones32);
}

TEST_CASE("meaning: minimum and maximum tell zeros apart and hand on NaNs, quieted") {
  CHECK(bits(meaning<op::f32_min>::of(0.0f, -0.0f)) == least32);
  CHECK(bits(meaning<op::f32_min>::of(-0.0f, 0.0f)) == least32);
  CHECK(bits(meaning<op::f32_max>::of(0.0f, -0.0f)) == 0);
  CHECK(bits(meaning<op::f64_max>::of(-0.0, -0.0)) == least64);
  CHECK(meaning<op::f32_min>::of(inf, -inf) == -inf);
  CHECK(meaning<op::f64_max>::of(1.0, 2.0) == 2.0);
  CHECK(is_arithmetic_nan(meaning<op::f32_min>::of(quiet, -inf)));
  CHECK(is_arithmetic_nan(meaning<op::f32_max>::of(1.0f, signalling)));
}

TEST_CASE("meaning: rounding keeps signs of zero, ties go to even, NaNs come out quiet") {
  CHECK(meaning<op::f32_nearest>::of(0.5f) == 0.0f);
  CHECK(meaning<op::f32_nearest>::of(1.5f) == 2.0f);
  CHECK(meaning<op::f32_nearest>::of(2.5f) == 2.0f);
  CHECK(bits(meaning<op::f32_nearest>::of(-0.5f)) == least32);
  CHECK(bits(meaning<op::f64_ceil>::of(-0.3)) == least64);
  CHECK(bits(meaning<op::f32_trunc>::of(-0.9f)) == least32);
  CHECK(meaning<op::f64_floor>::of(-0.1) == -1.0);
  CHECK(meaning<op::f64_nearest>::of(4503599627370497.5) == 4503599627370498.0);
  CHECK(meaning<op::f32_ceil>::of(-inf) == -inf);
  CHECK(is_arithmetic_nan(meaning<op::f32_floor>::of(signalling)));
  CHECK(is_arithmetic_nan(meaning<op::f32_nearest>::of(signalling)));
  CHECK(is_arithmetic_nan(meaning<op::f64_sqrt>::of(-1.0)));
  CHECK(bits(meaning<op::f32_sqrt>::of(-0.0f)) == least32);
}

TEST_CASE("meaning: signs are bits, whatever they stand before") {
  CHECK(bits(meaning<op::f32_abs>::of(-0.0f)) == 0);
  CHECK(bits(meaning<op::f64_neg>::of(twice(0x7ff8'0000'0000'1234))) == 0xfff8'0000'0000'1234);
  CHECK(bits(meaning<op::f64_abs>::of(twice(0xfff8'0000'0000'1234))) == 0x7ff8'0000'0000'1234);
  CHECK(bits(meaning<op::f32_copysign>::of(1.0f, -0.0f)) == 0xbf80'0000);
  CHECK(bits(meaning<op::f32_copysign>::of(single(0xffc0'0001), 1.0f)) == 0x7fc0'0001);
}

TEST_CASE("meaning: comparisons with NaN are false, but for ne") {
  CHECK(meaning<op::f32_eq>::of(quiet, quiet) == 0);
  CHECK(meaning<op::f32_ne>::of(quiet, quiet) == 1);
  CHECK(meaning<op::f32_le>::of(quiet, inf) == 0);
  CHECK(meaning<op::f32_ge>::of(inf, quiet) == 0);
  CHECK(meaning<op::f64_eq>::of(0.0, -0.0) == 1);
}

TEST_CASE("meaning: truncation traps exactly where the integer does not fit") {
  const auto s32 = [](double v) { return meaning<op::i32_trunc_f64_s>::trap_on(v); };
  CHECK(s32(2147483647.9) == trap_code::none);
  CHECK(s32(2147483648.0) == trap_code::integer_overflow);
  CHECK(s32(-2147483648.9) == trap_code::none);
  CHECK(s32(-2147483649.0) == trap_code::integer_overflow);
  const auto u32 = [](double v) { return meaning<op::i32_trunc_f64_u>::trap_on(v); };
  CHECK(u32(4294967295.9) == trap_code::none);
  CHECK(u32(4294967296.0) == trap_code::integer_overflow);
  CHECK(u32(-0.9) == trap_code::none);
  CHECK(u32(-1.0) == trap_code::integer_overflow);
  const auto narrow = [](float v) { return meaning<op::i32_trunc_f32_s>::trap_on(v); };
  CHECK(narrow(2147483520.0f) == trap_code::none);
  CHECK(narrow(2147483648.0f) == trap_code::integer_overflow);
  CHECK(narrow(-2147483648.0f) == trap_code::none);
  CHECK(narrow(-2147483904.0f) == trap_code::integer_overflow);
  const auto wide = [](double v) { return meaning<op::i64_trunc_f64_s>::trap_on(v); };
  CHECK(wide(9223372036854774784.0) == trap_code::none);
  CHECK(wide(9223372036854775808.0) == trap_code::integer_overflow);
  CHECK(wide(-9223372036854775808.0) == trap_code::none);
  CHECK(wide(-9223372036854777856.0) == trap_code::integer_overflow);
  const auto wide_unsigned = [](float v) { return meaning<op::i64_trunc_f32_u>::trap_on(v); };
  CHECK(wide_unsigned(18446742974197923840.0f) == trap_code::none);
  CHECK(wide_unsigned(18446744073709551616.0f) == trap_code::integer_overflow);
  CHECK(narrow(quiet) == trap_code::invalid_conversion);
  CHECK(wide_unsigned(inf) == trap_code::integer_overflow);
}

TEST_CASE("meaning: truncation goes to zero, saturated it goes to the nearest end") {
  CHECK(meaning<op::i32_trunc_f64_s>::of(-2147483648.9) == least32);
  CHECK(meaning<op::i32_trunc_f32_u>::of(-0.9f) == 0);
  CHECK(meaning<op::i64_trunc_f64_u>::of(18446744073709549568.0) == 0xffff'ffff'ffff'f800);
  CHECK(meaning<op::i32_trunc_sat_f32_s>::of(quiet) == 0);
  CHECK(meaning<op::i32_trunc_sat_f32_s>::of(inf) == 0x7fff'ffff);
  CHECK(meaning<op::i32_trunc_sat_f32_s>::of(-inf) == least32);
  CHECK(meaning<op::i32_trunc_sat_f64_u>::of(-1.0) == 0);
  CHECK(meaning<op::i32_trunc_sat_f64_u>::of(4294967296.0) == ones32);
  CHECK(meaning<op::i64_trunc_sat_f32_s>::of(9223372036854775808.0f) == least64 - 1);
  CHECK(meaning<op::i64_trunc_sat_f64_u>::of(1e300) == ones64);
  CHECK(meaning<op::i64_trunc_sat_f64_s>::of(-1.9) == ones64);
}

TEST_CASE("meaning: conversions round to nearest even; reinterpretation keeps all bits") {
  CHECK(meaning<op::f32_convert_i32_s>::of(ones32) == -1.0f);
  CHECK(meaning<op::f32_convert_i32_u>::of(ones32) == 4294967296.0f);
  CHECK(meaning<op::f32_convert_i32_s>::of(16'777'217) == 16777216.0f);
  CHECK(meaning<op::f32_convert_i64_u>::of(0x8000'0080'0000'0001) == single(0x5f00'0001));
  CHECK(meaning<op::f64_convert_i64_u>::of(ones64) == 18446744073709551616.0);
  CHECK(meaning<op::f64_convert_i64_s>::of(least64) == -9223372036854775808.0);
  CHECK(meaning<op::f32_demote_f64>::of(1e300) == inf);
  CHECK(is_arithmetic_nan(meaning<op::f64_promote_f32>::of(signalling)));
  CHECK(bits(meaning<op::f64_reinterpret_i64>::of(0x7ff0'0000'0000'0001)) == 0x7ff0'0000'0000'0001);
  CHECK(meaning<op::i32_reinterpret_f32>::of(-0.0f) == least32);
}

}  // namespace unit_format_meaning
