// Vector operators on integer lanes that take more than one instruction.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include <dovetail/x64/vector_lanes.hpp>

namespace dovetail::x64_jit {

class vector_integer_emitter : public lane_emitter {
 public:
  using lane_emitter::lane_emitter;

 protected:
  // Bits.
  name inverted(name a) {
    const reg x = use(a), to = over(a);
    fill_vector(float_scratch);
    put(packed::pxor, to, x, float_scratch);
    return made(to, a);
  }
  // A condition, as comparisons of numbers are.
  name is_any_true(name a) {
    const reg x = use(a);
    put(packed::ptest, x, x);
    release(a);
    flags_pending_ = true;
    return flags_name(condition::ne);
  }
  name are_all_true(opcode equal, name a) {
    const reg x = use(a);
    clear_vector(float_scratch);
    put(equal, float_scratch, float_scratch, x);
    put(packed::ptest, float_scratch, float_scratch);
    release(a);
    flags_pending_ = true;
    return flags_name(condition::e);
  }
  // Lanes by a mask that has all bits of them or none: pblendvb, with a fourth register. Others are
  // ((a ^ b) & c) ^ b.
  name selected_bits(name a, name b, name c) {
    if (a.is_constant() && a.bits == 0) return combined(plain(packed::pandn), c, b);
    if (b.is_constant() && b.bits == 0) return combined(packed_form_of(op::v128_and), a, c);
    if (is_lane_mask(c) && cpu_.has_avx) {
      const reg mask = use(c);
      const name result = with_immediate(packed::vpblendvb, b, a, number(mask) << 4);
      if (mask != result.where) release(c);
      return result;
    }
    const auto [x, y] = use_both(a, b);
    const reg z = use(c);
    put(packed::pxor, float_scratch, x, y);
    put(packed::pand, float_scratch, float_scratch, z);
    const reg to = over(b);
    put(packed::pxor, to, y, float_scratch);
    if (c.where != to) release(c);
    return made(to, b, a);
  }
  // The sign of every lane.
  name signs(unsigned width, name a) {
    const reg hint = wanted(kind::i32);
    reg x = use(a);
    const reg to = fresh(kind::i32, hint);
    if (width == 2) {
      put(packed::packsswb, float_scratch, x, x);
      x = float_scratch;
    }
    const opcode o =
        width <= 2 ? packed::pmovmskb : packed::of_floats(width == 4 ? kind::f32 : kind::f64, 0x50);
    put(o, to, x);
    if (width == 2) a_.movzx8(to, to);
    release(a);
    return temporary_name(kind::i32, to);
  }

  // Comparisons. What the processor has no instruction for is the opposite of what it has one for,
  name differ(packed_form equal, name a, name b) { return inverted(combined(equal, a, b)); }
  name exceeds(packed_form greater, bool is_opposite, name a, name b) {
    return is_opposite ? inverted(combined(greater, a, b)) : combined(greater, a, b);
  }
  // or asks whether the greater or lesser one of both is the first.
  name is_extreme(packed_form extreme, opcode equal, bool is_opposite, name a, name b) {
    const reg x = use(a);
    static_cast<void>(use(b));
    const reg to = over(b, a);
    put(extreme.code, to, b.where, x);
    put(equal, to, to, x);
    if (is_opposite) {
      fill_vector(float_scratch);
      put(packed::pxor, to, to, float_scratch);
    }
    return made(to, b, a);
  }
  // a > b of 64 bits. Without pcmpgtq: upper halves are greater, or equal while the difference of
  // the whole borrows from them.
  name exceeds_64(bool is_opposite, name a, name b) {
    if (cpu_.has_avx) return exceeds(packed_form_of(op::i64x2_gt_s), is_opposite, a, b);
    const auto [x, y] = use_both(a, b);
    const reg to = beside(a, b);
    put(packed::psubq, float_scratch, y, x);
    put(packed::pcmpeqd, to, x, y);
    put(packed::pand, to, to, float_scratch);
    put(packed::pcmpgtd, float_scratch, x, y);
    put(packed::por, to, to, float_scratch);
    put_immediate(packed::pshufd, to, to, 0xf5);
    const name result = made(to, a, b);
    return is_opposite ? inverted(result) : result;
  }

  // Arithmetic.
  name negated_lanes(opcode subtract, name a) {
    const reg x = use(a);
    if (cpu_.has_avx) {
      clear_vector(float_scratch);
      const reg to = over(a);
      put(subtract, to, float_scratch, x);
      return made(to, a);
    }
    const reg to = beside(a);
    clear_vector(to);
    put(subtract, to, to, x);
    return made(to, a);
  }
  name absolute_64(name a) {
    const reg x = use(a), to = over(a);
    put_immediate(packed::pshufd, float_scratch, x, 0xf5);
    put_shift(packed::psrad, float_scratch, float_scratch, 31);
    put(packed::pxor, to, x, float_scratch);
    put(packed::psubq, to, to, float_scratch);
    return made(to, a);
  }
  // Bits of every byte: those of its two halves, by a table.
  name counted_bits(name a) {
    const reg x = use(a), high = allocate(kind::v128), of_high = allocate(kind::v128);
    const reg to = over(a);
    load_shared(float_scratch, shared_vector::low_nibbles);
    put_shift(packed::psrlw, high, x, 4);
    put(packed::pand, high, high, float_scratch);
    put(packed::pand, to, x, float_scratch);
    load_shared(of_high, shared_vector::bits_of_nibble);
    copy(float_scratch, of_high);
    put(packed::pshufb, float_scratch, float_scratch, to);
    put(packed::pshufb, of_high, of_high, high);
    put(packed::paddb, to, float_scratch, of_high);
    release(high), release(of_high);
    return made(to, a);
  }
  // The one product that is out of range, of the least number and itself, comes out negative.
  name rounded_product(name a, name b) {
    const auto [x, y] = use_both(a, b);
    const reg to = over(a, b);
    put(packed::pmulhrsw, to, x, y);
    load_shared(float_scratch, shared_vector::i16_signs);
    put(packed::pcmpeqw, float_scratch, float_scratch, to);
    put(packed::pxor, to, to, float_scratch);
    return made(to, a, b);
  }
  // Products of the halves that do not overflow; those of lower and upper ones are moved up.
  name product_64(name a, name b) {
    const auto [x, y] = use_both(a, b);
    const reg other = allocate(kind::v128), to = over(a, b);
    put_shift(packed::psrlq, float_scratch, x, 32);
    put(packed::pmuludq, float_scratch, float_scratch, y);
    put_shift(packed::psrlq, other, y, 32);
    put(packed::pmuludq, other, other, x);
    put(packed::paddq, float_scratch, float_scratch, other);
    put_shift(packed::psllq, float_scratch, float_scratch, 32);
    put(packed::pmuludq, to, x, y);
    put(packed::paddq, to, to, float_scratch);
    release(other);
    return made(to, a, b);
  }

  // Lanes twice as wide, of the lower or the upper half: pmovsx and pmovzx.
  name extended_lanes(std::uint8_t byte, bool is_high, name a) {
    const opcode o{0x66, 0x0f38, byte};
    if (!is_high) return changed(o, a);
    const reg x = use(a), to = over(a);
    extend_high(o, to, x);
    return made(to, a);
  }
  void extend_high(opcode o, reg to, reg from) {
    put_immediate(packed::pshufd, to, from, 0xee);
    put(o, to, to);
  }
  name extended_product_8(bool is_signed, bool is_high, name a, name b) {
    const opcode extend{0x66, 0x0f38, static_cast<std::uint8_t>(is_signed ? 0x20 : 0x30)};
    const auto [x, y] = use_both(a, b);
    if (is_high) {
      extend_high(extend, float_scratch, y);
    } else {
      put(extend, float_scratch, y);
    }
    const reg to = over(a);
    if (is_high) {
      extend_high(extend, to, x);
    } else {
      put(extend, to, x);
    }
    put(packed::pmullw, to, to, float_scratch);
    return made(to, a, b);
  }
  name extended_product_16(bool is_signed, bool is_high, name a, name b) {
    const auto [x, y] = use_both(a, b);
    const reg to = over(a, b);
    put(is_signed ? packed::pmulhw : packed::pmulhuw, float_scratch, x, y);
    put(packed::pmullw, to, x, y);
    put(is_high ? packed::punpckhwd : packed::punpcklwd, to, to, float_scratch);
    return made(to, a, b);
  }
  name extended_product_32(bool is_signed, bool is_high, name a, name b) {
    const auto [x, y] = use_both(a, b);
    const unsigned both = is_high ? 0xfa : 0x50;
    put_immediate(packed::pshufd, float_scratch, y, both);
    const reg to = over(a);
    put_immediate(packed::pshufd, to, x, both);
    put(is_signed ? packed::pmuldq : packed::pmuludq, to, to, float_scratch);
    return made(to, a, b);
  }
  // Sums of neighbours: products with one, or of what is shifted down and what is masked.
  name pairwise_sums_8(bool is_signed, name a) {
    const reg x = use(a);
    if (!is_signed) {
      const reg to = over(a);
      put(packed::pmaddubsw, to, x, shared_vector::i8_ones);
      return made(to, a);
    }
    const reg to = beside(a);
    load_shared(to, shared_vector::i8_ones);
    put(packed::pmaddubsw, to, to, x);
    return made(to, a);
  }
  name pairwise_sums_16(bool is_signed, name a) {
    if (is_signed) return changed(packed::pmaddwd, a, shared_vector::i16_ones);
    const reg x = use(a), to = over(a);
    put_shift(packed::psrld, float_scratch, x, 16);
    put(packed::pand, to, x, shared_vector::low_words);
    put(packed::paddd, to, to, float_scratch);
    return made(to, a);
  }

  // Shifts.
  name shifted_lanes(packed::shift_form f, unsigned lane_bits, name a, name count) {
    if (count.is_constant()) {
      const unsigned n = static_cast<unsigned>(count.bits) & (lane_bits - 1);
      if (n == 0) return a;
      const reg x = use(a), to = over(a);
      put_shift(f, to, x, n);
      return made(to, a);
    }
    put_count(float_scratch, count, lane_bits);
    const reg x = use(a), to = over(a);
    put(packed::by_register(f), to, x, float_scratch);
    return made(to, a);
  }
  // Bytes are shifted as words; what came from the neighbour goes.
  name shifted_bytes(packed::shift_form f, shared_vector masks, name a, name count) {
    if (count.is_constant()) {
      const unsigned n = static_cast<unsigned>(count.bits) & 7;
      if (n == 0) return a;
      const reg x = use(a), to = over(a);
      put_shift(f, to, x, n);
      put(packed::pand, to, to, row_behind(masks, n));
      return made(to, a);
    }
    const reg table = allocate(false);
    put_count(float_scratch, count, 8);
    const reg x = use(a), to = over(a);
    put(packed::by_register(f), to, x, float_scratch);
    lead_to(a_.op_rc({0, 0, 0x8d}, true, table), masks, 0);
    a_.shift_ri(shift::shl, false, scratch, 4);
    const address mask{table, scratch, 0, 0};
    if (cpu_.has_avx) {
      a_.vex_rm(packed::pand, false, to, to, mask);
    } else {
      a_.op_rm(packed::pand, false, to, mask);
    }
    release(table);
    return made(to, a);
  }
  // With their sign, as the upper halves of words.
  name shifted_bytes_signed(name a, name count) {
    if (count.is_constant() && (count.bits & 7) == 0) return a;
    const bool is_constant = count.is_constant();
    const unsigned n = static_cast<unsigned>(count.bits & 7) + 8;
    const reg by = is_constant ? reg::none : allocate(kind::v128);
    if (!is_constant) put_count(by, count, 8, 8);
    const reg x = use(a), to = over(a);
    put(packed::punpckhbw, float_scratch, x, x);
    put(packed::punpcklbw, to, x, x);
    for (const reg r : {to, float_scratch}) {
      if (is_constant) {
        put_shift(packed::psraw, r, r, n);
      } else {
        put(packed::by_register(packed::psraw), r, r, by);
      }
    }
    put(packed::packsswb, to, to, float_scratch);
    release(by);
    return made(to, a);
  }
  // The sign bit, shifted as well, taken away where it was flipped.
  name shifted_64_signed(name a, name count) {
    if (count.is_constant() && (count.bits & 63) == 0) return a;
    const bool is_constant = count.is_constant();
    const unsigned n = static_cast<unsigned>(count.bits & 63);
    const reg by = is_constant ? reg::none : allocate(kind::v128);
    if (!is_constant) put_count(by, count, 64);
    const reg x = use(a), to = over(a);
    load_shared(float_scratch, shared_vector::f64_signs);
    if (is_constant) {
      put_shift(packed::psrlq, float_scratch, float_scratch, n);
      put_shift(packed::psrlq, to, x, n);
    } else {
      put(packed::by_register(packed::psrlq), float_scratch, float_scratch, by);
      put(packed::by_register(packed::psrlq), to, x, by);
    }
    put(packed::pxor, to, to, float_scratch);
    put(packed::psubq, to, to, float_scratch);
    release(by);
    return made(to, a);
  }
};

}  // namespace dovetail::x64_jit
