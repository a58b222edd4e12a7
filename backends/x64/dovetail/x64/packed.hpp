// Opcodes of packed instructions, and which of them vector operators are.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include <dovetail/format/operators.hpp>
#include <dovetail/x64/encoder.hpp>

namespace dovetail::x64_jit {

namespace packed {

// Instructions that sequences are made of (Intel SDM volume 2).
inline constexpr opcode pshufb{0x66, 0x0f38, 0x00}, pmaddubsw{0x66, 0x0f38, 0x04},
    pmulhrsw{0x66, 0x0f38, 0x0b}, ptest{0x66, 0x0f38, 0x17}, pmuldq{0x66, 0x0f38, 0x28},
    pcmpeqq{0x66, 0x0f38, 0x29}, pcmpgtq{0x66, 0x0f38, 0x37}, pmaxsd{0x66, 0x0f38, 0x3d};
inline constexpr opcode pblendw{0x66, 0x0f3a, 0x0e}, palignr{0x66, 0x0f3a, 0x0f},
    roundps{0x66, 0x0f3a, 0x08}, roundpd{0x66, 0x0f3a, 0x09}, insertps{0x66, 0x0f3a, 0x21};
inline constexpr opcode pextrb{0x66, 0x0f3a, 0x14}, pextrw{0x66, 0x0f3a, 0x15},
    pextrd{0x66, 0x0f3a, 0x16}, pinsrb{0x66, 0x0f3a, 0x20}, pinsrw{0x66, 0x0f, 0xc4},
    pinsrd{0x66, 0x0f3a, 0x22};
// AVX and FMA alone: lanes of 1, 4 and 8 bytes chosen by the signs of a mask, and products with a
// sum, of f32 lanes or, wide, of f64 lanes.
inline constexpr opcode vpblendvb{0x66, 0x0f3a, 0x4c}, vblendvps{0x66, 0x0f3a, 0x4a},
    vblendvpd{0x66, 0x0f3a, 0x4b}, vfmadd231{0x66, 0x0f38, 0xb8}, vfnmadd231{0x66, 0x0f38, 0xbc};
inline constexpr opcode punpcklbw{0x66, 0x0f, 0x60}, punpcklwd{0x66, 0x0f, 0x61},
    punpckldq{0x66, 0x0f, 0x62}, packsswb{0x66, 0x0f, 0x63}, punpckhbw{0x66, 0x0f, 0x68},
    punpckhwd{0x66, 0x0f, 0x69}, punpckhdq{0x66, 0x0f, 0x6a}, punpcklqdq{0x66, 0x0f, 0x6c},
    punpckhqdq{0x66, 0x0f, 0x6d}, pshufd{0x66, 0x0f, 0x70}, pshuflw{0xf2, 0x0f, 0x70},
    pshufhw{0xf3, 0x0f, 0x70};
inline constexpr opcode pcmpgtd{0x66, 0x0f, 0x66}, pcmpeqb{0x66, 0x0f, 0x74},
    pcmpeqw{0x66, 0x0f, 0x75}, pcmpeqd{0x66, 0x0f, 0x76}, pand{0x66, 0x0f, 0xdb},
    pandn{0x66, 0x0f, 0xdf}, por{0x66, 0x0f, 0xeb}, pxor{0x66, 0x0f, 0xef};
inline constexpr opcode paddb{0x66, 0x0f, 0xfc}, paddd{0x66, 0x0f, 0xfe}, paddq{0x66, 0x0f, 0xd4},
    paddusb{0x66, 0x0f, 0xdc}, psubb{0x66, 0x0f, 0xf8}, psubw{0x66, 0x0f, 0xf9},
    psubd{0x66, 0x0f, 0xfa}, psubq{0x66, 0x0f, 0xfb}, pmullw{0x66, 0x0f, 0xd5},
    pmulhw{0x66, 0x0f, 0xe5}, pmulhuw{0x66, 0x0f, 0xe4}, pmuludq{0x66, 0x0f, 0xf4},
    pmaddwd{0x66, 0x0f, 0xf5}, paddsw{0x66, 0x0f, 0xed}, pmovmskb{0x66, 0x0f, 0xd7};
inline constexpr opcode cvtdq2ps{0, 0x0f, 0x5b}, cvttps2dq{0xf3, 0x0f, 0x5b},
    cvtdq2pd{0xf3, 0x0f, 0xe6}, cvttpd2dq{0x66, 0x0f, 0xe6}, cvtps2pd{0, 0x0f, 0x5a},
    cvtpd2ps{0x66, 0x0f, 0x5a}, unpcklps{0, 0x0f, 0x14}, shufps{0, 0x0f, 0xc6},
    movlhps{0, 0x0f, 0x16}, movss{0xf3, 0x0f, 0x10}, movsd{0xf2, 0x0f, 0x10},
    movddup{0xf2, 0x0f, 0x12}, movups{0, 0x0f, 0x10}, movups_store{0, 0x0f, 0x11},
    movss_store{0xf3, 0x0f, 0x11}, movsd_store{0xf2, 0x0f, 0x11}, movhps_store{0, 0x0f, 0x17};

/// A float instruction of whole vectors: no prefix for f32, one for f64.
[[nodiscard]] constexpr opcode of_floats(kind lane, std::uint8_t byte) {
  return {static_cast<std::uint8_t>(lane == kind::f64 ? 0x66 : 0), 0x0f, byte};
}
inline constexpr std::uint8_t and_bits = 0x54, andn_bits = 0x55, or_bits = 0x56, xor_bits = 0x57,
                              sqrt_lanes = 0x51, add_lanes = 0x58, mul_lanes = 0x59,
                              sub_lanes = 0x5c, min_lanes = 0x5d, max_lanes = 0x5f,
                              cmp_lanes = 0xc2;
/// What cmp_lanes asks.
inline constexpr unsigned cmp_eq = 0, cmp_unordered = 3, cmp_not_less = 5, cmp_ordered = 7;

/// Shifts of lanes: by a constant, an opcode and its extension; by a register, one opcode.
struct shift_form {
  std::uint8_t group;
  std::uint8_t extension;
  std::uint8_t by_register;
};
inline constexpr shift_form psllw{0x71, 6, 0xf1}, psrlw{0x71, 2, 0xd1}, psraw{0x71, 4, 0xe1},
    pslld{0x72, 6, 0xf2}, psrld{0x72, 2, 0xd2}, psrad{0x72, 4, 0xe2}, psllq{0x73, 6, 0xf3},
    psrlq{0x73, 2, 0xd3};
[[nodiscard]] constexpr opcode by_register(shift_form f) { return {0x66, 0x0f, f.by_register}; }

}  // namespace packed

/// The instruction that an operator of two vectors is, if it is one.
struct packed_form {
  opcode code{0, 0, 0};
  bool commutes = false;
  bool has_immediate = false;
  std::uint8_t immediate = 0;
  bool needs_avx = false;
  bool exists = false;
};

[[nodiscard]] constexpr packed_form packed_form_of(op o) {
  constexpr bool commutes = true;
  const auto sse = [](std::uint8_t byte, bool can_exchange = false) {
    return packed_form{{0x66, 0x0f, byte}, can_exchange, false, 0, false, true};
  };
  const auto sse41 = [](std::uint8_t byte, bool can_exchange = false) {
    return packed_form{{0x66, 0x0f38, byte}, can_exchange, false, 0, false, true};
  };
  const auto floats = [](kind k, std::uint8_t byte, bool can_exchange = false) {
    return packed_form{packed::of_floats(k, byte), can_exchange, false, 0, false, true};
  };
  // The questions beyond the first eight are AVX's.
  const auto question = [](kind k, std::uint8_t which, bool can_exchange = false) {
    return packed_form{
        packed::of_floats(k, packed::cmp_lanes), can_exchange, true, which, which >= 8, true};
  };
  constexpr kind f = kind::f32, d = kind::f64;
  // clang-format off
  switch (o) {
    case op::i8x16_eq:               return sse(0x74, commutes);
    case op::i16x8_eq:               return sse(0x75, commutes);
    case op::i32x4_eq:               return sse(0x76, commutes);
    case op::i64x2_eq:               return sse41(0x29, commutes);
    case op::i8x16_gt_s:             return sse(0x64);
    case op::i16x8_gt_s:             return sse(0x65);
    case op::i32x4_gt_s:             return sse(0x66);
    case op::i64x2_gt_s:             return {packed::pcmpgtq, false, false, 0, true, true};
    case op::v128_and:               return sse(0xdb, commutes);
    case op::v128_or:                return sse(0xeb, commutes);
    case op::v128_xor:               return sse(0xef, commutes);
    case op::i8x16_narrow_i16x8_s:   return sse(0x63);
    case op::i8x16_narrow_i16x8_u:   return sse(0x67);
    case op::i16x8_narrow_i32x4_s:   return sse(0x6b);
    case op::i16x8_narrow_i32x4_u:   return sse41(0x2b);
    case op::i8x16_add:              return sse(0xfc, commutes);
    case op::i16x8_add:              return sse(0xfd, commutes);
    case op::i32x4_add:              return sse(0xfe, commutes);
    case op::i64x2_add:              return sse(0xd4, commutes);
    case op::i8x16_sub:              return sse(0xf8);
    case op::i16x8_sub:              return sse(0xf9);
    case op::i32x4_sub:              return sse(0xfa);
    case op::i64x2_sub:              return sse(0xfb);
    case op::i8x16_add_sat_s:        return sse(0xec, commutes);
    case op::i16x8_add_sat_s:        return sse(0xed, commutes);
    case op::i8x16_add_sat_u:        return sse(0xdc, commutes);
    case op::i16x8_add_sat_u:        return sse(0xdd, commutes);
    case op::i8x16_sub_sat_s:        return sse(0xe8);
    case op::i16x8_sub_sat_s:        return sse(0xe9);
    case op::i8x16_sub_sat_u:        return sse(0xd8);
    case op::i16x8_sub_sat_u:        return sse(0xd9);
    case op::i16x8_mul:              return sse(0xd5, commutes);
    case op::i32x4_mul:              return sse41(0x40, commutes);
    case op::i32x4_dot_i16x8_s:      return sse(0xf5, commutes);
    case op::i8x16_avgr_u:           return sse(0xe0, commutes);
    case op::i16x8_avgr_u:           return sse(0xe3, commutes);
    case op::i8x16_min_s:            return sse41(0x38, commutes);
    case op::i16x8_min_s:            return sse(0xea, commutes);
    case op::i32x4_min_s:            return sse41(0x39, commutes);
    case op::i8x16_max_s:            return sse41(0x3c, commutes);
    case op::i16x8_max_s:            return sse(0xee, commutes);
    case op::i32x4_max_s:            return sse41(0x3d, commutes);
    case op::i8x16_min_u:            return sse(0xda, commutes);
    case op::i16x8_min_u:            return sse41(0x3a, commutes);
    case op::i32x4_min_u:            return sse41(0x3b, commutes);
    case op::i8x16_max_u:            return sse(0xde, commutes);
    case op::i16x8_max_u:            return sse41(0x3e, commutes);
    case op::i32x4_max_u:            return sse41(0x3f, commutes);
    case op::f32x4_add:              return floats(f, 0x58, commutes);
    case op::f64x2_add:              return floats(d, 0x58, commutes);
    case op::f32x4_mul:              return floats(f, 0x59, commutes);
    case op::f64x2_mul:              return floats(d, 0x59, commutes);
    case op::f32x4_sub:              return floats(f, 0x5c);
    case op::f64x2_sub:              return floats(d, 0x5c);
    case op::f32x4_div:              return floats(f, 0x5e);
    case op::f64x2_div:              return floats(d, 0x5e);
    case op::f32x4_eq:               return question(f, 0x00, commutes);
    case op::f64x2_eq:               return question(d, 0x00, commutes);
    case op::f32x4_lt:               return question(f, 0x01);
    case op::f64x2_lt:               return question(d, 0x01);
    case op::f32x4_le:               return question(f, 0x02);
    case op::f64x2_le:               return question(d, 0x02);
    case op::f32x4_ne:               return question(f, 0x04, commutes);
    case op::f64x2_ne:               return question(d, 0x04, commutes);
    case op::f32x4_ge:               return question(f, 0x0d);
    case op::f64x2_ge:               return question(d, 0x0d);
    case op::f32x4_gt:               return question(f, 0x0e);
    case op::f64x2_gt:               return question(d, 0x0e);
    default:                         return {};
  }
  // clang-format on
}

namespace detail {

constexpr auto packed_forms_by_code() {
  std::array<packed_form, 256> forms{};
  for (std::size_t i = 0; i < op_count; ++i) {
    const op_row& row = row_of(static_cast<op>(i));
    const std::size_t code = row.code;
    if (row.prefix == 0xfd && code < forms.size()) forms[code] = packed_form_of(static_cast<op>(i));
  }
  return forms;
}

}  // namespace detail

/// The same by the operator's number behind its prefix.
inline constexpr auto packed_forms = detail::packed_forms_by_code();

}  // namespace dovetail::x64_jit
