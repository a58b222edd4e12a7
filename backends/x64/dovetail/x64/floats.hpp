// Float operators, and conversions between all kinds of numbers.
#pragma once

#include <bit>
#include <cstdint>
#include <utility>

#include <dovetail/x64/integers.hpp>

namespace dovetail::x64_jit {

class float_emitter : public integer_emitter {
 public:
  using integer_emitter::integer_emitter;

 protected:
  static constexpr std::uint64_t sign_of(kind k) {
    return k == kind::f32 ? 0x8000'0000 : 0x8000'0000'0000'0000;
  }

  // add 58, mul 59, sub 5c, div 5e, sqrt 51.
  name float_arithmetic(std::uint8_t byte, kind k, name a, name b) {
    const reg hint = wanted(k);
    const bool commutes = byte == 0x58 || byte == 0x59;
    if (commutes && ((hint != reg::none && reads(b, hint)) ||
                     (is_free_temporary(b) && !is_free_temporary(a)))) {
      std::swap(a, b);
    }
    const reg to = own(a, hint, b);
    float_operand({a_.float_prefix(k), 0x0f, byte}, to, b);
    release(b);
    return temporary_name(k, to);
  }
  name square_root(kind k, name a) {
    const reg hint = wanted(k);
    if (is_in_memory(a)) {
      const reg to = fresh(k, hint);
      // Reading its own old value would make it wait for it.
      a_.bits_rr(0x57, to, to);
      a_.float_rm(k, 0x51, to, memory_of(a));
      return temporary_name(k, to);
    }
    const reg from = use(a);
    release(a);
    const reg to = fresh(k, hint);
    a_.float_rr(k, 0x51, to, from);
    return temporary_name(k, to);
  }
  // roundss and roundsd (SSE4.1): 8 nearest, 9 down, 10 up, 11 to zero, without exceptions.
  name rounded(std::uint8_t mode, kind k, name a) {
    const reg hint = wanted(k);
    const reg from = use(a);
    release(a);
    const reg to = fresh(k, hint);
    a_.op_rr({0x66, 0x0f3a, static_cast<std::uint8_t>(k == kind::f32 ? 0x0a : 0x0b)}, false, to,
             from);
    a_.store(mode, 1);
    return temporary_name(k, to);
  }

  // min and max: the processor's instruction answers with its second operand when they are equal or
  // unordered, where the specification wants the lesser zero, or a NaN (4.3.3).
  name least_or_greatest(bool is_min, kind k, name a, name b) {
    const reg x = use(b);
    const reg to = own(a, reg::none, b);
    const std::uint8_t packed = k == kind::f64 ? 0x66 : 0;
    a_.ucomis_rr(k, to, x);
    const std::uint32_t differ = a_.skip(condition::ne);  // and are ordered
    const std::uint32_t unordered = a_.skip(condition::p);
    a_.op_rr({packed, 0x0f, static_cast<std::uint8_t>(is_min ? 0x56 : 0x54)}, false, to, x);
    const std::uint32_t done = short_jump();
    a_.end_skip(unordered);
    a_.float_rr(k, 0x58, to, x);  // the sum of NaNs is a quiet NaN
    const std::uint32_t done_too = short_jump();
    a_.end_skip(differ);
    a_.float_rr(k, is_min ? 0x5d : 0x5f, to, x);
    a_.end_skip(done);
    a_.end_skip(done_too);
    release(b);
    return temporary_name(k, to);
  }

  // abs, neg and copysign work on the bits, NaNs included (4.3.3).
  name absolute(kind k, name a) { return with_bits(0x54, ~sign_of(k), k, a); }
  name negated(kind k, name a) { return with_bits(0x57, sign_of(k), k, a); }
  name with_sign_of(kind k, name a, name b) {
    const reg sign = use(b);
    const reg to = own(a, reg::none, b);
    load_mask(k, ~sign_of(k));
    a_.bits_rr(0x54, to, float_scratch);
    a_.op_rr({0, 0x0f, 0x55}, false, float_scratch, sign);  // andnps: not the mask, and b
    a_.bits_rr(0x56, to, float_scratch);
    release(b);
    return temporary_name(k, to);
  }

  // Comparisons: unordered sets carry, zero and parity, so "above" is false for it.
  name float_compared(op o, kind k, name a, name b) {
    condition c = condition::a;
    switch (o) {
      case op::f32_lt:
      case op::f64_lt: std::swap(a, b); break;
      case op::f32_le:
      case op::f64_le:
        std::swap(a, b);
        c = condition::ae;
        break;
      case op::f32_ge:
      case op::f64_ge: c = condition::ae; break;
      case op::f32_eq:
      case op::f64_eq: c = condition::float_e; break;
      case op::f32_ne:
      case op::f64_ne: c = condition::float_ne; break;
      default: break;
    }
    const reg x = use(a);
    float_operand({static_cast<std::uint8_t>(k == kind::f64 ? 0x66 : 0), 0x0f, 0x2e}, x, b);
    release(a), release(b);
    flags_pending_ = true;
    return flags_name(c);
  }

  name from_signed(kind to_kind, kind from_kind, name a) {
    const reg hint = wanted(to_kind);
    const reg to = hint != reg::none ? hint : allocate(to_kind);
    // cvtsi2sd leaves the upper half alone, and so waits for whoever wrote it last.
    a_.bits_rr(0x57, to, to);
    convert_integer(to_kind, is_wide(from_kind), to, a);
    return temporary_name(to_kind, to);
  }
  name from_unsigned_32(kind to_kind, name a) {
    const reg hint = wanted(to_kind);
    const reg to = hint != reg::none ? hint : allocate(to_kind);
    a_.bits_rr(0x57, to, to);
    const reg from = use(a);  // its upper half is zero, so it is a positive 64-bit number
    a_.op_rr({a_.float_prefix(to_kind), 0x0f, 0x2a}, true, to, from);
    release(a);
    return temporary_name(to_kind, to);
  }
  // Numbers of 64 bits are halved, with the lost bit kept for rounding, converted and doubled.
  name from_unsigned_64(kind to_kind, name a) {
    const reg to = allocate(to_kind);
    const reg from = use(a);
    const reg odd = allocate(false);  // not where the ways have parted: others may be put down
    const std::uint8_t prefix = a_.float_prefix(to_kind);
    a_.bits_rr(0x57, to, to);
    a_.test_rr(true, from, from);
    const std::uint32_t big = a_.skip(condition::s);
    a_.op_rr({prefix, 0x0f, 0x2a}, true, to, from);
    const std::uint32_t done = short_jump();
    a_.end_skip(big);
    a_.mov_rr(true, scratch, from);
    a_.mov_rr(false, odd, from);
    a_.alu_ri(alu::and_, false, odd, 1);
    a_.shift_ri(shift::shr, true, scratch, 1);
    a_.alu_rr(alu::or_, true, scratch, odd);
    a_.op_rr({prefix, 0x0f, 0x2a}, true, to, scratch);
    a_.float_rr(to_kind, 0x58, to, to);
    a_.end_skip(done);
    release(odd), release(a);
    return temporary_name(to_kind, to);
  }

  name changed_width(kind to_kind, kind from_kind, name a) {
    const reg hint = wanted(to_kind);
    const reg from = use(a);
    release(a);
    const reg to = fresh(to_kind, hint);
    if (to != from) a_.bits_rr(0x57, to, to);
    a_.float_rr(from_kind, 0x5a, to, from);
    return temporary_name(to_kind, to);
  }
  name reinterpreted(kind to_kind, name a) {
    if (is_in_memory(a) || a.is_constant()) {
      a.type = to_kind;
      if (a.is_constant()) return a;
      const reg to = fresh(to_kind, wanted(to_kind));
      a_.load(to_kind, to, memory_of(a));
      return temporary_name(to_kind, to);
    }
    const reg hint = wanted(to_kind);
    const reg from = use(a);
    const reg to = fresh(to_kind, hint);
    if (is_float(to_kind)) {
      a_.to_float(is_wide(to_kind), to, from);
    } else {
      a_.from_float(is_wide(to_kind), to, from);
    }
    release(a);
    return temporary_name(to_kind, to);
  }

  // Truncation to integers (4.3.3): a conversion that answers outside the range is looked at again
  // on a path of its own.
  name truncated(kind to_kind, bool is_signed, bool saturates, kind from_kind, name a) {
    const reg from = use(a);
    const reg to = allocate(to_kind);
    if (is_signed || to_kind == kind::i32) {
      truncate_in_range(to_kind, is_signed, saturates, from_kind, to, from);
    } else {
      truncate_unsigned_64(saturates, from_kind, to, from);
    }
    release(a);
    return temporary_name(to_kind, to);
  }

  std::uint32_t short_jump() {
    a_.store(0xeb, 2);
    return a_.here() - 1;
  }

 private:
  void float_operand(opcode o, reg to, name& b) {
    if (b.is_constant() && b.bits != 0) {
      use_constant(b.bits, a_.op_rc(o, false, to));
    } else if (is_in_memory(b)) {
      a_.op_rm(o, false, to, memory_of(b));
    } else {
      a_.op_rr(o, false, to, use(b, set_of(to)));
    }
  }
  // A constant in the float scratch register.
  void load_mask(kind k, std::uint64_t bits) {
    if (k == kind::f32) bits &= 0xffff'ffff;
    use_constant(bits, a_.op_rc({a_.float_prefix(k), 0x0f, 0x10}, false, float_scratch));
  }
  name with_bits(std::uint8_t byte, std::uint64_t mask, kind k, name a) {
    const reg to = own(a, wanted(k));
    load_mask(k, mask);
    a_.bits_rr(byte, to, float_scratch);
    return temporary_name(k, to);
  }
  void convert_integer(kind to_kind, bool wide, reg to, name& a) {
    const opcode o{a_.float_prefix(to_kind), 0x0f, 0x2a};
    if (is_in_memory(a)) {
      a_.op_rm(o, wide, to, memory_of(a));
    } else {
      a_.op_rr(o, wide, to, use(a));
      release(a);
    }
  }

  void convert_float(kind k, bool wide, reg to, reg from) {
    a_.op_rr({a_.float_prefix(k), 0x0f, 0x2c}, wide, to, from);
  }

  // All but unsigned 64-bit ones: the conversion to 64 bits is exact, or answers with the least
  // number there is.
  void truncate_in_range(kind to_kind, bool is_signed, bool saturates, kind k, reg to, reg from) {
    convert_float(k, true, to, from);
    condition is_fine = condition::e;
    if (to_kind == kind::i64) {
      a_.alu_ri(alu::cmp, true, to, 1);  // overflows for the least number alone
      is_fine = condition::no;
    } else if (is_signed) {
      a_.op_rr({0, 0, 0x63}, true, scratch, to);
      a_.alu_rr(alu::cmp, true, scratch, to);
    } else {
      a_.mov_rr(false, scratch, to);
      a_.alu_rr(alu::cmp, true, scratch, to);
    }
    const std::uint32_t fine = skip_far(is_fine);
    const std::uint64_t least = !is_signed             ? 0
                                : to_kind == kind::i64 ? 0x8000'0000'0000'0000
                                                       : 0x8000'0000;
    const std::uint64_t greatest = to_kind == kind::i64 ? 0x7fff'ffff'ffff'ffff
                                   : is_signed          ? 0x7fff'ffff
                                                        : 0xffff'ffff;
    if (saturates) {
      saturate(k, to, from, least, greatest);
    } else if (to_kind == kind::i64) {
      // The least number may be right.
      a_.ucomis_rr(k, from, from);
      trap_if(condition::p, trap_code::invalid_conversion);
      load_mask(k, k == kind::f32 ? 0xdf00'0000 : 0xc3e0'0000'0000'0000);  // -2^63
      a_.ucomis_rr(k, from, float_scratch);
      trap_if(condition::ne, trap_code::integer_overflow);
    } else {
      a_.ucomis_rr(k, from, from);
      trap_if(condition::p, trap_code::invalid_conversion);
      trap_if(condition::np, trap_code::integer_overflow);
    }
    a_.set_distance(fine, a_.here());
    if (to_kind == kind::i32) a_.mov_rr(false, to, to);
  }

  // Below 2^63 like signed ones; from there on less 2^63.
  void truncate_unsigned_64(bool saturates, kind k, reg to, reg from) {
    const reg rest = allocate(true);  // not where the ways have parted
    load_mask(k, k == kind::f32 ? 0x5f00'0000 : 0x43e0'0000'0000'0000);  // 2^63
    a_.ucomis_rr(k, from, float_scratch);
    const std::uint32_t big = skip_far(condition::ae);  // carry is set below and for NaN
    convert_float(k, true, to, from);
    a_.test_rr(true, to, to);
    const std::uint32_t done = skip_far(condition::ns);
    if (saturates) {
      a_.alu_rr(alu::xor_, false, to, to);  // negative, or not a number
    } else {
      a_.ucomis_rr(k, from, from);
      trap_if(condition::p, trap_code::invalid_conversion);
      trap_if(condition::np, trap_code::integer_overflow);
    }
    const std::uint32_t around = a_.jump_forward();
    a_.set_distance(big, a_.here());
    a_.movaps(rest, from);
    a_.float_rr(k, 0x5c, rest, float_scratch);
    convert_float(k, true, to, rest);
    release(rest);
    a_.test_rr(true, to, to);
    if (saturates) {
      const std::uint32_t in_range = a_.skip(condition::ns);
      a_.mov_ri(to, ~std::uint64_t{0});
      const std::uint32_t saturated = short_jump();
      a_.end_skip(in_range);
      flip_sign(to);
      a_.end_skip(saturated);
    } else {
      trap_if(condition::s, trap_code::integer_overflow);
      flip_sign(to);
    }
    a_.set_distance(done, a_.here());
    a_.set_distance(around, a_.here());
  }
  void flip_sign(reg to) {
    a_.mov_ri(scratch, 0x8000'0000'0000'0000);
    a_.alu_rr(alu::xor_, true, to, scratch);
  }

  // NaN is 0, the others the bound they are beyond.
  void saturate(kind k, reg to, reg from, std::uint64_t least, std::uint64_t greatest) {
    a_.bits_rr(0x57, float_scratch, float_scratch);
    a_.ucomis_rr(k, from, float_scratch);
    a_.mov_ri(to, 0);
    const std::uint32_t is_nan = a_.skip(condition::p);
    a_.mov_ri(to, greatest);
    const std::uint32_t is_above = a_.skip(condition::a);
    a_.mov_ri(to, least);
    a_.end_skip(is_nan);
    a_.end_skip(is_above);
  }

  std::uint32_t skip_far(condition c) { return a_.jump_forward(c); }
};

}  // namespace dovetail::x64_jit
