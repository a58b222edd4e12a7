// Vector operators by number: which form each has. Those that access memory are elsewhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <dovetail/format/immediates.hpp>
#include <dovetail/x64/vector_relaxed.hpp>

namespace dovetail::x64_jit {

class vector_operator_emitter : public vector_relaxed_emitter {
 public:
  using vector_relaxed_emitter::vector_relaxed_emitter;

  name vector(op o, no_immediate, std::span<const name> operands, live_names below) {
    name a = operands[0];
    if (operands.size() == 1) {
      start(below, a);
      const bool is_mask = is_lane_mask(a) && o == op::v128_not;
      return marked(is_mask, put_unary_vector(o, a));
    }
    name b = operands[1];
    if (operands.size() == 3) {
      start(below, a, b);
      return o == op::v128_bitselect ? selected_bits(a, b, operands[2])
                                     : put_relaxed_ternary(o, a, b, operands[2]);
    }
    start(below, a, b);
    const packed_form form = packed_form_of(o);
    const bool is_mask = compares(o) || (is_lane_mask(a) && is_lane_mask(b) && combines_bits(o));
    return marked(is_mask, form.exists && (!form.needs_avx || cpu_.has_avx)
                               ? combined(form, a, b)
                               : put_binary_vector(o, a, b));
  }
  name vector(op, const v128& pattern, std::span<const name> operands, live_names below) {
    name a = operands[0], b = operands[1];
    start(below, a, b);
    return shuffled(pattern, a, b);
  }
  name vector(op o, lane_index i, std::span<const name> operands, live_names below) {
    name a = operands[0];
    if (operands.size() == 1) {
      start(below, a);
      return put_extraction(o, i.lane, a);
    }
    name b = operands[1];
    start(below, a, b);
    return put_replacement(o, i.lane, a, b);
  }

 private:
  // Comparisons, and what makes masks of masks.
  static constexpr bool compares(op o) { return o >= op::i8x16_eq && o <= op::f64x2_ge; }
  static constexpr bool combines_bits(op o) { return o >= op::v128_and && o <= op::v128_xor; }
  static name marked(bool is_mask, name n) {
    if (is_mask && n.what == place::temporary) n.is_true = lane_mask;
    return n;
  }

  name put_extraction(op o, unsigned i, name a) {
    switch (o) {
      case op::f32x4_extract_lane: return extracted_float(kind::f32, i, a);
      case op::f64x2_extract_lane: return extracted_float(kind::f64, i, a);
      default: break;
    }
    const bool is_signed = o == op::i8x16_extract_lane_s || o == op::i16x8_extract_lane_s;
    return extracted(row_of(o).width, is_signed, i, a);
  }
  name put_replacement(op o, unsigned i, name a, name b) {
    switch (o) {
      case op::f32x4_replace_lane: return replaced_float(kind::f32, i, a, b);
      case op::f64x2_replace_lane: return replaced_float(kind::f64, i, a, b);
      default: return replaced(row_of(o).width, i, a, b);
    }
  }

  name put_unary_vector(op o, name a) {
    using namespace packed;
    constexpr kind f = kind::f32, d = kind::f64;
    using shared = shared_vector;
    // clang-format off
    switch (o) {
      case op::i8x16_splat:                   return splat_integer(1, a);
      case op::i16x8_splat:                   return splat_integer(2, a);
      case op::i32x4_splat:                   return splat_integer(4, a);
      case op::i64x2_splat:                   return splat_integer(8, a);
      case op::f32x4_splat:                   return splat_float(f, a);
      case op::f64x2_splat:                   return splat_float(d, a);
      case op::v128_not:                      return inverted(a);
      case op::v128_any_true:                 return is_any_true(a);
      case op::i8x16_all_true:                return are_all_true(pcmpeqb, a);
      case op::i16x8_all_true:                return are_all_true(pcmpeqw, a);
      case op::i32x4_all_true:                return are_all_true(pcmpeqd, a);
      case op::i64x2_all_true:                return are_all_true(pcmpeqq, a);
      case op::i8x16_bitmask:                 return signs(1, a);
      case op::i16x8_bitmask:                 return signs(2, a);
      case op::i32x4_bitmask:                 return signs(4, a);
      case op::i64x2_bitmask:                 return signs(8, a);
      case op::i8x16_abs:                     return changed({0x66, 0x0f38, 0x1c}, a);
      case op::i16x8_abs:                     return changed({0x66, 0x0f38, 0x1d}, a);
      case op::i32x4_abs:                     return changed({0x66, 0x0f38, 0x1e}, a);
      case op::i64x2_abs:                     return absolute_64(a);
      case op::i8x16_neg:                     return negated_lanes(psubb, a);
      case op::i16x8_neg:                     return negated_lanes(psubw, a);
      case op::i32x4_neg:                     return negated_lanes(psubd, a);
      case op::i64x2_neg:                     return negated_lanes(psubq, a);
      case op::i8x16_popcnt:                  return counted_bits(a);
      case op::i16x8_extadd_pairwise_i8x16_s: return pairwise_sums_8(true, a);
      case op::i16x8_extadd_pairwise_i8x16_u: return pairwise_sums_8(false, a);
      case op::i32x4_extadd_pairwise_i16x8_s: return pairwise_sums_16(true, a);
      case op::i32x4_extadd_pairwise_i16x8_u: return pairwise_sums_16(false, a);
      case op::i16x8_extend_low_i8x16_s:      return extended_lanes(0x20, false, a);
      case op::i16x8_extend_high_i8x16_s:     return extended_lanes(0x20, true, a);
      case op::i16x8_extend_low_i8x16_u:      return extended_lanes(0x30, false, a);
      case op::i16x8_extend_high_i8x16_u:     return extended_lanes(0x30, true, a);
      case op::i32x4_extend_low_i16x8_s:      return extended_lanes(0x23, false, a);
      case op::i32x4_extend_high_i16x8_s:     return extended_lanes(0x23, true, a);
      case op::i32x4_extend_low_i16x8_u:      return extended_lanes(0x33, false, a);
      case op::i32x4_extend_high_i16x8_u:     return extended_lanes(0x33, true, a);
      case op::i64x2_extend_low_i32x4_s:      return extended_lanes(0x25, false, a);
      case op::i64x2_extend_high_i32x4_s:     return extended_lanes(0x25, true, a);
      case op::i64x2_extend_low_i32x4_u:      return extended_lanes(0x35, false, a);
      case op::i64x2_extend_high_i32x4_u:     return extended_lanes(0x35, true, a);
      case op::f32x4_nearest:                 return changed(roundps, a, 8);
      case op::f32x4_floor:                   return changed(roundps, a, 9);
      case op::f32x4_ceil:                    return changed(roundps, a, 10);
      case op::f32x4_trunc:                   return changed(roundps, a, 11);
      case op::f64x2_nearest:                 return changed(roundpd, a, 8);
      case op::f64x2_floor:                   return changed(roundpd, a, 9);
      case op::f64x2_ceil:                    return changed(roundpd, a, 10);
      case op::f64x2_trunc:                   return changed(roundpd, a, 11);
      case op::f32x4_abs:    return changed(of_floats(f, and_bits), a, shared::f32_magnitudes);
      case op::f64x2_abs:    return changed(of_floats(d, and_bits), a, shared::f64_magnitudes);
      case op::f32x4_neg:    return changed(of_floats(f, xor_bits), a, shared::f32_signs);
      case op::f64x2_neg:    return changed(of_floats(d, xor_bits), a, shared::f64_signs);
      case op::f32x4_sqrt:                    return changed(of_floats(f, sqrt_lanes), a);
      case op::f64x2_sqrt:                    return changed(of_floats(d, sqrt_lanes), a);
      case op::i32x4_trunc_sat_f32x4_s:       return truncated_f32(a);
      case op::i32x4_trunc_sat_f32x4_u:       return truncated_f32_unsigned(a);
      case op::i32x4_trunc_sat_f64x2_s_zero:  return truncated_f64(a);
      case op::i32x4_trunc_sat_f64x2_u_zero:  return truncated_f64_unsigned(a);
      case op::f32x4_convert_i32x4_s:         return changed(cvtdq2ps, a);
      case op::f32x4_convert_i32x4_u:         return f32_from_unsigned(a);
      case op::f64x2_convert_low_i32x4_s:     return changed(cvtdq2pd, a);
      case op::f64x2_convert_low_i32x4_u:     return f64_from_unsigned(a);
      case op::f32x4_demote_f64x2_zero:       return changed(cvtpd2ps, a);
      case op::f64x2_promote_low_f32x4:       return changed(cvtps2pd, a);
      default:
        if (const packed_form n = native_form_of(o); n.exists) return changed(n.code, a);
        return put_unary_vector(deterministic(o), a);
    }
    // clang-format on
  }

  // Those that packed_form has no row for.
  name put_binary_vector(op o, name a, name b) {
    using namespace packed;
    constexpr kind f = kind::f32, d = kind::f64;
    using shared = shared_vector;
    const auto row = [](op which) { return packed_form_of(which); };
    constexpr bool is_opposite = true, is_signed = true, is_high = true, is_min = true;
    // clang-format off
    switch (o) {
      case op::i8x16_swizzle: return swizzled(a, b);
      case op::i8x16_ne:      return differ(row(op::i8x16_eq), a, b);
      case op::i16x8_ne:      return differ(row(op::i16x8_eq), a, b);
      case op::i32x4_ne:      return differ(row(op::i32x4_eq), a, b);
      case op::i64x2_ne:      return differ(row(op::i64x2_eq), a, b);
      case op::i8x16_lt_s:    return combined(row(op::i8x16_gt_s), b, a);
      case op::i16x8_lt_s:    return combined(row(op::i16x8_gt_s), b, a);
      case op::i32x4_lt_s:    return combined(row(op::i32x4_gt_s), b, a);
      case op::i64x2_gt_s:    return exceeds_64(!is_opposite, a, b);
      case op::i64x2_lt_s:    return exceeds_64(!is_opposite, b, a);
      case op::i64x2_le_s:    return exceeds_64(is_opposite, a, b);
      case op::i64x2_ge_s:    return exceeds_64(is_opposite, b, a);
      case op::i8x16_le_s:    return is_extreme(row(op::i8x16_min_s), pcmpeqb, !is_opposite, a, b);
      case op::i16x8_le_s:    return is_extreme(row(op::i16x8_min_s), pcmpeqw, !is_opposite, a, b);
      case op::i32x4_le_s:    return is_extreme(row(op::i32x4_min_s), pcmpeqd, !is_opposite, a, b);
      case op::i8x16_ge_s:    return is_extreme(row(op::i8x16_max_s), pcmpeqb, !is_opposite, a, b);
      case op::i16x8_ge_s:    return is_extreme(row(op::i16x8_max_s), pcmpeqw, !is_opposite, a, b);
      case op::i32x4_ge_s:    return is_extreme(row(op::i32x4_max_s), pcmpeqd, !is_opposite, a, b);
      case op::i8x16_le_u:    return is_extreme(row(op::i8x16_min_u), pcmpeqb, !is_opposite, a, b);
      case op::i16x8_le_u:    return is_extreme(row(op::i16x8_min_u), pcmpeqw, !is_opposite, a, b);
      case op::i32x4_le_u:    return is_extreme(row(op::i32x4_min_u), pcmpeqd, !is_opposite, a, b);
      case op::i8x16_ge_u:    return is_extreme(row(op::i8x16_max_u), pcmpeqb, !is_opposite, a, b);
      case op::i16x8_ge_u:    return is_extreme(row(op::i16x8_max_u), pcmpeqw, !is_opposite, a, b);
      case op::i32x4_ge_u:    return is_extreme(row(op::i32x4_max_u), pcmpeqd, !is_opposite, a, b);
      case op::i8x16_gt_u:    return is_extreme(row(op::i8x16_min_u), pcmpeqb, is_opposite, a, b);
      case op::i16x8_gt_u:    return is_extreme(row(op::i16x8_min_u), pcmpeqw, is_opposite, a, b);
      case op::i32x4_gt_u:    return is_extreme(row(op::i32x4_min_u), pcmpeqd, is_opposite, a, b);
      case op::i8x16_lt_u:    return is_extreme(row(op::i8x16_max_u), pcmpeqb, is_opposite, a, b);
      case op::i16x8_lt_u:    return is_extreme(row(op::i16x8_max_u), pcmpeqw, is_opposite, a, b);
      case op::i32x4_lt_u:    return is_extreme(row(op::i32x4_max_u), pcmpeqd, is_opposite, a, b);
      case op::f32x4_gt:      return combined(row(op::f32x4_lt), b, a);
      case op::f64x2_gt:      return combined(row(op::f64x2_lt), b, a);
      case op::f32x4_ge:      return combined(row(op::f32x4_le), b, a);
      case op::f64x2_ge:      return combined(row(op::f64x2_le), b, a);
      case op::v128_andnot:   return combined(plain(pandn), b, a);
      case op::f32x4_min:     return least_or_greatest_lanes(is_min, f, a, b);
      case op::f64x2_min:     return least_or_greatest_lanes(is_min, d, a, b);
      case op::f32x4_max:     return least_or_greatest_lanes(!is_min, f, a, b);
      case op::f64x2_max:     return least_or_greatest_lanes(!is_min, d, a, b);
      case op::f32x4_pmin:    return pseudo_extreme(is_min, f, a, b);
      case op::f64x2_pmin:    return pseudo_extreme(is_min, d, a, b);
      case op::f32x4_pmax:    return pseudo_extreme(!is_min, f, a, b);
      case op::f64x2_pmax:    return pseudo_extreme(!is_min, d, a, b);
      case op::i16x8_q15mulr_sat_s: return rounded_product(a, b);
      case op::i64x2_mul:           return product_64(a, b);
      case op::i16x8_extmul_low_i8x16_s:  return extended_product_8(is_signed, !is_high, a, b);
      case op::i16x8_extmul_high_i8x16_s: return extended_product_8(is_signed, is_high, a, b);
      case op::i16x8_extmul_low_i8x16_u:  return extended_product_8(!is_signed, !is_high, a, b);
      case op::i16x8_extmul_high_i8x16_u: return extended_product_8(!is_signed, is_high, a, b);
      case op::i32x4_extmul_low_i16x8_s:  return extended_product_16(is_signed, !is_high, a, b);
      case op::i32x4_extmul_high_i16x8_s: return extended_product_16(is_signed, is_high, a, b);
      case op::i32x4_extmul_low_i16x8_u:  return extended_product_16(!is_signed, !is_high, a, b);
      case op::i32x4_extmul_high_i16x8_u: return extended_product_16(!is_signed, is_high, a, b);
      case op::i64x2_extmul_low_i32x4_s:  return extended_product_32(is_signed, !is_high, a, b);
      case op::i64x2_extmul_high_i32x4_s: return extended_product_32(is_signed, is_high, a, b);
      case op::i64x2_extmul_low_i32x4_u:  return extended_product_32(!is_signed, !is_high, a, b);
      case op::i64x2_extmul_high_i32x4_u: return extended_product_32(!is_signed, is_high, a, b);
      case op::i8x16_shl:   return shifted_bytes(psllw, shared::i8_shl, a, b);
      case op::i8x16_shr_u: return shifted_bytes(psrlw, shared::i8_shr, a, b);
      case op::i8x16_shr_s: return shifted_bytes_signed(a, b);
      case op::i16x8_shl:   return shifted_lanes(psllw, 16, a, b);
      case op::i16x8_shr_u: return shifted_lanes(psrlw, 16, a, b);
      case op::i16x8_shr_s: return shifted_lanes(psraw, 16, a, b);
      case op::i32x4_shl:   return shifted_lanes(pslld, 32, a, b);
      case op::i32x4_shr_u: return shifted_lanes(psrld, 32, a, b);
      case op::i32x4_shr_s: return shifted_lanes(psrad, 32, a, b);
      case op::i64x2_shl:   return shifted_lanes(psllq, 64, a, b);
      case op::i64x2_shr_u: return shifted_lanes(psrlq, 64, a, b);
      case op::i64x2_shr_s: return shifted_64_signed(a, b);
      case op::i16x8_relaxed_dot_i8x16_i7x16_s: return relaxed_dot(a, b);
      default:
        if (const packed_form n = native_form_of(o); n.exists) return combined(n, a, b);
        return put_binary_vector(deterministic(o), a, b);
    }
    // clang-format on
  }
};

}  // namespace dovetail::x64_jit
