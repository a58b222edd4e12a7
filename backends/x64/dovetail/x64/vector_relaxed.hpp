// Relaxed vector operators: as the deterministic profile has them, or as the processor does.
#pragma once

#include <cstdint>

#include <dovetail/format/open_results.hpp>
#include <dovetail/x64/vector_floats.hpp>

namespace dovetail::x64_jit {

class vector_relaxed_emitter : public vector_float_emitter {
 public:
  using vector_float_emitter::vector_float_emitter;

 protected:
  // The instruction that an operator of one or two vectors is, if it may be the processor's.
  [[nodiscard]] packed_form native_form_of(op o) const {
    if (!is_native_) return {};
    const auto floats = [](kind lane, std::uint8_t byte) {
      return plain(packed::of_floats(lane, byte));
    };
    // clang-format off
    switch (o) {
      case op::i8x16_relaxed_swizzle:            return plain(packed::pshufb);
      case op::i16x8_relaxed_q15mulr_s:          return plain(packed::pmulhrsw);
      case op::i32x4_relaxed_trunc_f32x4_s:      return plain(packed::cvttps2dq);
      case op::i32x4_relaxed_trunc_f64x2_s_zero: return plain(packed::cvttpd2dq);
      case op::f32x4_relaxed_min:                return floats(kind::f32, packed::min_lanes);
      case op::f32x4_relaxed_max:                return floats(kind::f32, packed::max_lanes);
      case op::f64x2_relaxed_min:                return floats(kind::f64, packed::min_lanes);
      case op::f64x2_relaxed_max:                return floats(kind::f64, packed::max_lanes);
      default:                                   return {};
    }
    // clang-format on
  }

  // The operator that it is otherwise.
  [[nodiscard]] static op deterministic(op o) {
    DOVETAIL_ASSERT(settled(o) != o);
    return settled(o);
  }

  name relaxed_dot(name a, name b) {
    if (is_native_) return combined(plain(packed::pmaddubsw), b, a);
    const auto [x, y] = use_both(a, b);
    const reg other = allocate(kind::v128), to = over(a, b);
    put_dot(to, other, x, y);
    release(other);
    return made(to, a, b);
  }
  name put_relaxed_ternary(op o, name a, name b, name c) {
    switch (o) {
      case op::f32x4_relaxed_madd: return product_and_sum(kind::f32, false, a, b, c);
      case op::f64x2_relaxed_madd: return product_and_sum(kind::f64, false, a, b, c);
      case op::f32x4_relaxed_nmadd: return product_and_sum(kind::f32, true, a, b, c);
      case op::f64x2_relaxed_nmadd: return product_and_sum(kind::f64, true, a, b, c);
      case op::i32x4_relaxed_dot_i8x16_i7x16_add_s: return relaxed_dot_sum(a, b, c);
      default: break;
    }
    DOVETAIL_ASSERT(deterministic(o) == op::v128_bitselect);
    return is_native_ && cpu_.has_avx ? selected_lanes(o, a, b, c) : selected_bits(a, b, c);
  }

  bool is_native_ = false;  // what processors differ in may be this one's

 private:
  // Products of the odd bytes, and of the even ones, which are moved up and down for their signs.
  void put_dot(reg to, reg other, reg x, reg y) {
    put_shift(packed::psraw, other, x, 8);
    put_shift(packed::psraw, float_scratch, y, 8);
    put(packed::pmullw, other, other, float_scratch);
    put_shift(packed::psllw, float_scratch, y, 8);
    put_shift(packed::psraw, float_scratch, float_scratch, 8);
    put_shift(packed::psllw, to, x, 8);
    put_shift(packed::psraw, to, to, 8);
    put(packed::pmullw, to, to, float_scratch);
    put(packed::paddsw, to, to, other);
  }
  name relaxed_dot_sum(name a, name b, name c) {
    const auto [x, y] = use_both(a, b);
    const reg z = use(c);
    if (is_native_) {
      put(packed::pmaddubsw, float_scratch, y, x);
    } else {
      const reg other = allocate(kind::v128), sums = allocate(kind::v128);
      put_dot(sums, other, x, y);
      copy(float_scratch, sums);
      release(other), release(sums);
    }
    put(packed::pmaddwd, float_scratch, float_scratch, shared_vector::i16_ones);
    const reg to = over(c);
    put(packed::paddd, to, z, float_scratch);
    return made_of_three(to, a, b, c);
  }

  name product_and_sum(kind lane, bool is_negative, name a, name b, name c) {
    const auto [x, y] = use_both(a, b);
    if (is_native_ && cpu_.has_fma) {
      const reg hint = wanted(kind::v128);
      const reg to = own(c, reads(b, hint) ? reg::none : hint, a);
      a_.vex_rr(is_negative ? packed::vfnmadd231 : packed::vfmadd231, lane == kind::f64, to, x, y);
      return made(to, a, b);
    }
    const reg z = use(c);
    put(packed::of_floats(lane, packed::mul_lanes), float_scratch, x, y);
    const reg to = over(c);
    put(packed::of_floats(lane, is_negative ? packed::sub_lanes : packed::add_lanes), to, z,
        float_scratch);
    return made_of_three(to, a, b, c);
  }
  name made_of_three(reg to, const name& a, const name& b, const name& c) {
    if (c.where != to) release(c);
    return made(to, a, b);
  }

  // By the signs of a mask's lanes, which are those of its bytes once words have been filled.
  name selected_lanes(op o, name a, name b, name c) {
    reg mask = use(c);
    opcode choose = packed::vpblendvb;
    if (o == op::i16x8_relaxed_laneselect) {
      put_shift(packed::psraw, float_scratch, mask, 15);
      release(c);
      mask = float_scratch;
    } else if (o == op::i32x4_relaxed_laneselect) {
      choose = packed::vblendvps;
    } else if (o == op::i64x2_relaxed_laneselect) {
      choose = packed::vblendvpd;
    }
    const name result = with_immediate(choose, b, a, number(mask) << 4);
    if (mask != float_scratch && mask != result.where) release(c);
    return result;
  }
};

}  // namespace dovetail::x64_jit
