// Integer operators: arithmetic, shifts, comparisons, division.
#pragma once

#include <bit>
#include <cstdint>
#include <utility>

#include <dovetail/format/operators.hpp>
#include <dovetail/x64/values.hpp>

namespace dovetail::x64_jit {

class integer_emitter : public value_emitter {
 public:
  using value_emitter::value_emitter;

 protected:
  // Operators of two operands that the processor has as one instruction. Operands that `arithmetic`
  // and `compared` change are not used again: they are references, as registers are too few.
  name arithmetic(alu o, kind k, name& a, name& b) {
    if (o == alu::and_ && is_tested_next(k)) return tested(k, a, b);
    if (a.what == place::scaled || b.what == place::scaled) return scaled_sum(k, a, b);
    const bool commutes = o != alu::sub;
    const reg hint = wanted(k);
    if (commutes && should_exchange(a, b, hint)) std::swap(a, b);
    if (b.is_constant()) {
      if (const auto done = with_constant(o, k, a, b, hint); done.what == place::temporary)
        return done;
    } else if (o == alu::add) {
      // A sum into a third register is an address.
      const reg x = register_of(a), y = register_of(b);
      if (x != reg::none && y != reg::none && hint != x && hint != y &&
          (hint != reg::none || (!is_free_temporary(a) && !is_free_temporary(b)))) {
        const reg to = fresh(k, hint);
        a_.lea(is_wide(k), to, {x, y, 0, 0});
        release(a), release(b);
        return temporary_name(k, to);
      }
    }
    const reg to = own(a, hint, b);
    alu_operand(o, k, to, b);
    release(b);
    return result(k, to);
  }

  name multiplication(kind k, name a, name b) {
    const reg hint = wanted(k);
    if (should_exchange(a, b, hint)) std::swap(a, b);
    if (b.fits_immediate()) {
      const bool wide = is_wide(k);
      const std::uint64_t v = wide ? b.bits : static_cast<std::uint32_t>(b.bits);
      if (std::has_single_bit(v)) {
        return shift_by(shift::shl, k, a, static_cast<unsigned>(std::countr_zero(v)), hint);
      }
      const reg from = use(a);
      release(a);
      const reg to = hint != reg::none ? hint : allocate(k);
      if (v == 3 || v == 5 || v == 9) {
        a_.lea(wide, to, {from, from, static_cast<std::uint8_t>(v == 3 ? 1 : v == 5 ? 2 : 3), 0});
      } else {
        a_.imul_rri(wide, to, from, b.immediate());
      }
      return temporary_name(k, to);
    }
    const reg to = own(a, hint, b);
    if (is_in_memory(b)) {
      a_.imul_rm(is_wide(k), to, memory_of(b));
    } else {
      a_.imul_rr(is_wide(k), to, use(b));
    }
    release(b);
    return temporary_name(k, to);
  }

  name shifted(shift o, kind k, name a, name b) {
    const reg hint = wanted(k);
    const unsigned mask = is_wide(k) ? 63 : 31;
    if (b.is_constant()) return shift_by(o, k, a, static_cast<unsigned>(b.bits) & mask, hint);
    if (cpu_.has_shlx && o >= shift::shl) {
      const reg count = use(b), from = use(a, set_of(count));
      release(a), release(b);
      const reg to = fresh(k, hint);
      put_shlx(o, is_wide(k), to, from, count);
      return temporary_name(k, to);
    }
    return shift_by_rcx(o, k, a, b, hint);
  }

  name compared(condition c, kind k, name& a, name& b) {
    if ((a.is_constant() && !b.is_constant()) ||
        (a.what == place::access && register_of(b) != reg::none)) {
      std::swap(a, b);
      c = exchanged(c);
    }
    if (b.fits_immediate() && is_in_memory(a)) {
      a_.alu_mi(alu::cmp, is_wide(k), memory_of(a), b.immediate());
    } else if (const reg x = use(a); b.is_constant() && b.bits == 0) {
      a_.test_rr(is_wide(k), x, x);
    } else {
      alu_operand(alu::cmp, k, x, b);
    }
    release(a), release(b);
    flags_pending_ = true;
    return flags_name(c);
  }
  // Whether bits that are not zero.
  name tested(kind k, name a, name b) {
    if (a.is_constant() || is_in_memory(a)) std::swap(a, b);
    const reg x = use(a);
    if (b.fits_immediate()) {
      a_.op_nr({0, 0, 0xf7}, is_wide(k), 0, x);
      a_.store(static_cast<std::uint32_t>(b.immediate()), 4);
    } else if (is_in_memory(b)) {
      a_.op_rm({0, 0, 0x85}, is_wide(k), x, memory_of(b));
    } else {
      const reg y = b.is_constant() ? scratch : register_of(b);
      if (b.is_constant()) a_.mov_ri(scratch, b.bits);
      a_.test_rr(is_wide(k), x, y);
    }
    release(a), release(b);
    flags_pending_ = true;
    return flags_name(condition::ne);
  }
  // eqz of a comparison is its opposite.
  name is_zero(kind k, name a) {
    if (a.what == place::flags) {
      a.is_true = opposite(a.is_true);
      return a;
    }
    name zero = constant_name(k, 0);
    return compared(condition::e, k, a, zero);
  }

  // Division (core specification 4.3.2). The processor divides rdx:rax.
  name divided(kind k, bool is_signed, bool wants_remainder, name a, name b) {
    const bool wide = is_wide(k);
    if (b.is_constant()) {
      const name quick = divided_by_constant(k, is_signed, wants_remainder, a, b);
      if (quick.what == place::temporary) return quick;
    }
    const bool may_be_zero = !b.is_constant() || b.bits == 0;
    const bool may_overflow = is_signed && (!b.is_constant() || is_minus_one(k, b));
    // The divisor out of the way: rax and rdx are the dividend's.
    reg divisor = register_of(b);
    if (divisor == reg::none || divisor == reg::rax || divisor == reg::rdx) {
      divisor = scratch;
      move_to(scratch, b);
      release(b);
      b = constant_name(k, 0);
    }
    if (register_of(a) != reg::rax) {
      take(reg::rax);
      move_to(reg::rax, a);
      release(a);
    }
    take(reg::rdx);
    if (may_be_zero) {
      a_.test_rr(wide, divisor, divisor);
      trap_if(condition::e, trap_code::integer_divide_by_zero);
    }
    std::uint32_t around = 0;
    if (may_overflow) {
      a_.alu_ri(alu::cmp, wide, divisor, -1);
      const std::uint32_t usual = a_.skip(condition::ne);
      if (wants_remainder) {
        a_.alu_rr(alu::xor_, false, reg::rdx, reg::rdx);
      } else {
        a_.neg_r(wide, reg::rax);
        trap_if(condition::o, trap_code::integer_overflow);
      }
      around = a_.jump_forward();
      a_.end_skip(usual);
    }
    if (is_signed) {
      a_.store(wide ? 0x9948 : 0x99, wide ? 2 : 1);  // cdq, cqo
    } else {
      a_.alu_rr(alu::xor_, false, reg::rdx, reg::rdx);
    }
    a_.op_nr({0, 0, 0xf7}, wide, is_signed ? 7 : 6, divisor);
    if (around != 0) a_.set_distance(around, a_.here());
    release(b);
    release(wants_remainder ? reg::rax : reg::rdx);
    return temporary_name(k, wants_remainder ? reg::rdx : reg::rax);
  }

  name counted(op o, kind k, name a) {
    const bool wide = is_wide(k);
    const reg hint = wanted(k);
    const unsigned bits = wide ? 64 : 32;
    const bool is_native = o == op::i32_popcnt || o == op::i64_popcnt ? cpu_.has_popcnt
                           : o == op::i32_clz || o == op::i64_clz     ? cpu_.has_lzcnt
                                                                      : cpu_.has_tzcnt;
    const reg from = use(a);
    if (is_native) {
      release(a);
      const reg to = fresh(k, hint);
      const std::uint8_t byte = o == op::i32_popcnt || o == op::i64_popcnt ? 0xb8
                                : o == op::i32_clz || o == op::i64_clz     ? 0xbd
                                                                           : 0xbc;
      // The processor believes that the old value of the destination matters.
      if (to != from) a_.alu_rr(alu::xor_, false, to, to);
      a_.op_rr({0xf3, 0x0f, byte}, wide, to, from);
      return temporary_name(k, to);
    }
    const reg to = allocate(k);
    if (o == op::i32_popcnt || o == op::i64_popcnt) {
      count_bits(wide, to, from);
    } else if (o == op::i32_clz || o == op::i64_clz) {
      // bsr leaves its destination alone for zero, on every processor.
      a_.mov_ri(to, 2 * bits - 1);
      a_.op_rr({0, 0x0f, 0xbd}, wide, scratch, from);
      a_.cmov_rr(condition::ne, true, to, scratch);
      a_.alu_ri(alu::xor_, false, to, static_cast<std::int32_t>(bits - 1));
    } else {
      a_.mov_ri(to, bits);
      a_.op_rr({0, 0x0f, 0xbc}, wide, scratch, from);
      a_.cmov_rr(condition::ne, true, to, scratch);
    }
    release(a);
    return temporary_name(k, to);
  }

  // Sign and zero extension: one instruction that reads any register or memory.
  name extended(opcode o, bool wide, kind to_kind, name a) {
    const reg hint = wanted(to_kind);
    if (is_in_memory(a)) {
      const reg to = fresh(to_kind, hint);
      o.is_byte_operation = false;  // the byte is in memory
      a_.op_rm(o, wide, to, memory_of(a));
      return temporary_name(to_kind, to);
    }
    const reg from = use(a);
    release(a);
    const reg to = fresh(to_kind, hint);
    a_.op_rr(o, wide, to, from);
    return temporary_name(to_kind, to);
  }

  void alu_operand(alu o, kind k, reg to, name& b) {
    if (b.fits_immediate()) {
      a_.alu_ri(o, is_wide(k), to, b.immediate());
    } else if (b.is_constant()) {
      a_.mov_ri(scratch, b.bits);
      a_.alu_rr(o, is_wide(k), to, scratch);
    } else if (is_in_memory(b)) {
      a_.alu_rm(o, is_wide(k), to, memory_of(b));
    } else {
      a_.alu_rr(o, is_wide(k), to, register_of(b));
    }
  }

  // The result's flags compare it with zero.
  name result(kind k, reg to) {
    if (k == kind::i32) {
      result_flags_ = to;
      result_end_ = a_.here();
    }
    return temporary_name(k, to);
  }

 private:
  [[nodiscard]] bool should_exchange(const name& a, const name& b, reg hint) const {
    if (a.is_constant()) return !b.is_constant();
    if (b.is_constant()) return false;
    if (hint != reg::none && reads(b, hint)) return !reads(a, hint);
    if (hint != reg::none && reads(a, hint)) return false;
    return is_free_temporary(b) && !is_free_temporary(a);
  }

  // Sums with a constant into another register are addresses, masks of whole bytes are extensions.
  name with_constant(alu o, kind k, name& a, const name& b, reg hint) {
    const bool wide = is_wide(k);
    if ((o != alu::add && o != alu::sub) || !b.fits_immediate()) {
      // An access is read as wide as it is, since that may fault.
      if (o == alu::and_ && (b.bits == 0xff || b.bits == 0xffff) && a.what != place::access) {
        return b.bits == 0xff ? extended({0, 0x0f, 0xb6, true}, false, k, a)
                              : extended({0, 0x0f, 0xb7}, false, k, a);
      }
      if (o == alu::and_ && wide && b.bits == 0xffff'ffff) {
        const reg from = use(a);
        release(a);
        const reg to = fresh(k, hint);
        a_.mov_rr(false, to, from);
        return temporary_name(k, to);
      }
      return {};
    }
    const std::int32_t v = b.immediate();
    if (o == alu::sub && v == INT32_MIN) return {};
    const reg from = register_of(a);
    if (from == reg::none || hint == from || (hint == reg::none && is_free_temporary(a))) return {};
    release(a);
    const reg to = fresh(k, hint);
    a_.lea(wide, to, {from, reg::none, 0, o == alu::sub ? -v : v});
    return temporary_name(k, to);
  }

  // Whether the operator that follows adds the result to something.
  [[nodiscard]] bool is_added_next(kind k) const {
    return next_->what == told::binary && next_->pushed < 2 &&
           next_->operation == (is_wide(k) ? op::i64_add : op::i32_add);
  }
  name scaled_sum(kind k, name a, name b) {
    if (b.what == place::scaled) std::swap(a, b);
    const reg hint = wanted(k), index = a.where, base = register_of(b);
    const unsigned count = count_of_scaled(a);
    const bool is_own = is_own_scaled(a);
    if (base != reg::none) {
      if (is_own) release(index);
      release(b);
      const reg to = fresh(k, hint);
      a_.lea(is_wide(k), to, {base, index, static_cast<std::uint8_t>(count), 0});
      return temporary_name(k, to);
    }
    reg to = index;
    if (hint != reg::none && !reads(b, hint)) {
      to = hint;
      if (is_own) release(index);
    } else if (!is_own) {
      to = allocate(k);
    }
    if (to != index) a_.move(k, to, index);
    a_.shift_ri(shift::shl, is_wide(k), to, count);
    alu_operand(alu::add, k, to, b);
    release(b);
    return result(k, to);
  }

  name shift_by(shift o, kind k, name a, unsigned count, reg hint) {
    if (o == shift::shl && count - 1 < 3 && is_added_next(k)) {
      const reg index = use(a);
      return scaled_name(k, index, count, is_free_temporary(a));
    }
    const reg to = own(a, hint);
    if (count != 0) a_.shift_ri(o, is_wide(k), to, count);
    return temporary_name(k, to);
  }

  // shlx, shrx and sarx take their count from any register and leave the flags alone (BMI2).
  void put_shlx(shift o, bool wide, reg to, reg from, reg count) {
    const unsigned prefix = o == shift::shl ? 1 : o == shift::shr ? 3 : 2;
    const std::uint64_t bits =
        0xc4 | (0x42ull | (number(to) < 8 ? 0x80u : 0) | (number(from) < 8 ? 0x20u : 0)) << 8 |
        ((wide ? 0x80ull : 0) | (~number(count) & 15) << 3 | prefix) << 16 | 0xf7ull << 24 |
        (0xc0ull | (number(to) & 7) << 3 | (number(from) & 7)) << 32;
    a_.store(bits, 5);
  }

  name shift_by_rcx(shift o, kind k, name a, name b, reg hint) {
    // What is shifted may lie where the count must be.
    if (register_of(a) == reg::rcx) {
      const reg other = allocate(k, set_of(reg::rcx));
      a_.move(k, other, reg::rcx);
      a = temporary_name(k, other);
      free_ &= ~set_of(reg::rcx);
      move_to(reg::rcx, b);
      release(b);
    } else if (register_of(b) != reg::rcx) {
      take(reg::rcx);
      move_to(reg::rcx, b);
      release(b);
    }
    const reg to = own(a, hint, temporary_name(k, reg::rcx));
    a_.shift_rcx(o, is_wide(k), to);
    release(reg::rcx);
    return temporary_name(k, to);
  }

  [[nodiscard]] static bool is_minus_one(kind k, const name& n) {
    return is_wide(k) ? n.bits == ~std::uint64_t{0}
                      : static_cast<std::uint32_t>(n.bits) == 0xffff'ffff;
  }

  // Whether the operator that follows asks no more of a result than whether it is zero.
  [[nodiscard]] bool is_tested_next(kind k) const {
    if (next_->pushed != 0) return false;
    if (next_->what == told::unary)
      return next_->operation == (is_wide(k) ? op::i64_eqz : op::i32_eqz);
    return !is_wide(k) && (next_->what == told::branch_if || next_->what == told::enter_if ||
                           next_->what == told::select);
  }

  // Powers of two, and 32-bit numbers. What is neither has no quick form here: an empty name.
  name divided_by_constant(kind k, bool is_signed, bool wants_remainder, name& a, const name& b) {
    const bool wide = is_wide(k);
    const std::uint64_t v = wide ? b.bits : static_cast<std::uint32_t>(b.bits);
    if (is_signed || !std::has_single_bit(v)) {
      if (v == 0 || (is_signed && is_minus_one(k, b))) return {};
      if (!is_signed && v > (wide ? std::uint64_t{1} << 63 : 0x8000'0000)) return {};
      if (wide) return v == 1 ? name{} : divided_by_wide_product(is_signed, wants_remainder, a, v);
      return divided_by_product(is_signed, wants_remainder, a, static_cast<std::uint32_t>(v));
    }
    const auto shift_count = static_cast<unsigned>(std::countr_zero(v));
    const reg hint = wanted(k);
    if (!wants_remainder) return shift_by(shift::shr, k, a, shift_count, hint);
    const reg to = own(a, hint);
    name mask = constant_name(k, wide ? v - 1 : static_cast<std::uint32_t>(v - 1));
    alu_operand(alu::and_, k, to, mask);
    return result(k, to);
  }

  // The quotient as the upper bits of a product with the divisor's reciprocal (Granlund and
  // Montgomery, Division by Invariant Integers using Multiplication, PLDI 1994, figures 4.2 and
  // 5.2), in 64 bits.
  name divided_by_product(bool is_signed, bool wants_remainder, name& a, std::uint32_t divisor) {
    const reg from = use(a);
    const reg hint = wanted(kind::i32);
    const reg to = hint != reg::none && hint != from ? hint : allocate(kind::i32);
    is_signed ? put_signed_quotient(to, from, static_cast<std::int32_t>(divisor))
              : put_unsigned_quotient(to, from, divisor);
    if (wants_remainder) {
      a_.imul_rri(false, to, to, static_cast<std::int32_t>(divisor));
      a_.neg_r(false, to);
      a_.alu_rr(alu::add, false, to, from);
    }
    release(a);
    return temporary_name(kind::i32, to);
  }
  // The same in 128 bits, whose upper half the processor leaves in rdx.
  name divided_by_wide_product(bool is_signed, bool wants_remainder, name& a,
                               std::uint64_t divisor) {
    move_to(scratch, a);
    release(a);
    take(reg::rax);
    take(reg::rdx);
    const bool is_negative = is_signed && divisor >> 63 != 0;
    const std::uint64_t size = is_negative ? -divisor : divisor;
    const auto bits = static_cast<unsigned>(std::bit_width(size - 1));
    std::uint64_t rest = 0;
    const std::uint64_t factor = quotient_of_power(bits - 1, size, rest) + 1;
    if (is_signed) {
      put_upper_product(5, factor);  // which is taken for less than it is, by 2^64
      a_.alu_rr(alu::add, true, reg::rdx, scratch);
      if (bits > 1) a_.shift_ri(shift::sar, true, reg::rdx, bits - 1);
      // Towards zero: one more if the dividend is negative.
      a_.mov_rr(true, reg::rax, scratch);
      a_.shift_ri(shift::shr, true, reg::rax, 63);
      a_.alu_rr(alu::add, true, reg::rdx, reg::rax);
      if (is_negative) a_.neg_r(true, reg::rdx);
    } else if (size - rest <= std::uint64_t{1} << (bits - 1)) {
      put_upper_product(4, factor);
      if (bits > 1) a_.shift_ri(shift::shr, true, reg::rdx, bits - 1);
    } else {
      // It has 65 bits: half the difference is added before the shift.
      const std::uint64_t doubled = 2 * (factor - 1) + (rest >= size - rest ? 1 : 0);
      put_upper_product(4, doubled + 1);
      a_.mov_rr(true, reg::rax, scratch);
      a_.alu_rr(alu::sub, true, reg::rax, reg::rdx);
      a_.shift_ri(shift::shr, true, reg::rax, 1);
      a_.alu_rr(alu::add, true, reg::rdx, reg::rax);
      a_.shift_ri(shift::shr, true, reg::rdx, bits - 1);
    }
    if (wants_remainder) {
      a_.mov_ri(reg::rax, divisor);
      a_.imul_rr(true, reg::rax, reg::rdx);
      a_.neg_r(true, reg::rax);
      a_.alu_rr(alu::add, true, reg::rax, scratch);
    }
    release(wants_remainder ? reg::rdx : reg::rax);
    return temporary_name(kind::i64, wants_remainder ? reg::rax : reg::rdx);
  }
  // rdx is the upper half of the factor's product with the scratch register: mul 4, imul 5.
  void put_upper_product(unsigned extension, std::uint64_t factor) {
    a_.mov_ri(reg::rax, factor);
    a_.op_nr({0, 0, 0xf7}, true, extension, scratch);
  }
  // 2^(64 + `power`) divided by a greater number than 2^`power`.
  [[nodiscard]] static std::uint64_t quotient_of_power(unsigned power, std::uint64_t divisor,
                                                       std::uint64_t& rest) {
    std::uint64_t quotient = 0;
    rest = std::uint64_t{1} << power;
    for (unsigned i = 0; i < 64; ++i) {
      const bool is_greater = rest >= divisor - rest;
      rest = is_greater ? rest - (divisor - rest) : 2 * rest;
      quotient = 2 * quotient + (is_greater ? 1 : 0);
    }
    return quotient;
  }
  void put_product(reg to, reg from, std::uint64_t factor) {
    if (factor <= 0x7fff'ffff)
      return a_.imul_rri(true, to, from, static_cast<std::int32_t>(factor));
    a_.mov_ri(to, factor);
    a_.imul_rr(true, to, from);
  }
  void put_signed_quotient(reg to, reg from, std::int32_t divisor) {
    const std::int64_t wide = divisor;
    const auto size = static_cast<std::uint64_t>(wide < 0 ? -wide : wide);
    const auto bits = static_cast<unsigned>(std::bit_width(size - 1));
    a_.op_rr({0, 0, 0x63}, true, scratch, from);
    put_product(to, scratch, (std::uint64_t{1} << (31 + bits)) / size + 1);
    a_.shift_ri(shift::sar, true, to, 31 + bits);
    // Towards zero: one more if the dividend is negative.
    a_.shift_ri(shift::shr, true, scratch, 63);
    a_.alu_rr(alu::add, false, to, scratch);
    if (divisor < 0) a_.neg_r(false, to);
  }
  void put_unsigned_quotient(reg to, reg from, std::uint32_t divisor) {
    // The smallest factor that is exact for every dividend.
    std::uint64_t factor = 0;
    unsigned bits = 0;
    for (;; ++bits) {
      const std::uint64_t power = std::uint64_t{1} << (32 + bits);
      factor = (power - 1) / divisor + 1;
      if (factor * divisor - power <= std::uint64_t{1} << bits) break;
    }
    if (factor <= 0xffff'ffff) {
      put_product(to, from, factor);
      a_.shift_ri(shift::shr, true, to, 32 + bits);
      return;
    }
    // It has 33 bits: half the difference is added before the shift.
    put_product(to, from, factor - (std::uint64_t{1} << 32));
    a_.shift_ri(shift::shr, true, to, 32);
    a_.mov_rr(false, scratch, from);
    a_.alu_rr(alu::sub, false, scratch, to);
    a_.shift_ri(shift::shr, false, scratch, 1);
    a_.alu_rr(alu::add, false, to, scratch);
    a_.shift_ri(shift::shr, false, to, bits - 1);
  }

  // The sum of bits by halves (for processors without popcnt).
  void count_bits(bool wide, reg to, reg from) {
    const std::uint64_t ones = wide ? ~std::uint64_t{0} : 0xffff'ffff;
    const auto masked = [&](reg r, std::uint64_t mask) {
      const reg other = r == to ? scratch : to;
      a_.push_r(other);
      a_.mov_ri(other, mask & ones);
      a_.alu_rr(alu::and_, wide, r, other);
      a_.pop_r(other);
    };
    a_.mov_rr(wide, to, from);
    a_.mov_rr(wide, scratch, from);
    a_.shift_ri(shift::shr, wide, scratch, 1);
    masked(scratch, 0x5555'5555'5555'5555);
    a_.alu_rr(alu::sub, wide, to, scratch);
    a_.mov_rr(wide, scratch, to);
    a_.shift_ri(shift::shr, wide, scratch, 2);
    masked(scratch, 0x3333'3333'3333'3333);
    masked(to, 0x3333'3333'3333'3333);
    a_.alu_rr(alu::add, wide, to, scratch);
    a_.mov_rr(wide, scratch, to);
    a_.shift_ri(shift::shr, wide, scratch, 4);
    a_.alu_rr(alu::add, wide, to, scratch);
    masked(to, 0x0f0f'0f0f'0f0f'0f0f);
    a_.mov_ri(scratch, 0x0101'0101'0101'0101 & ones);
    a_.imul_rr(wide, to, scratch);
    a_.shift_ri(shift::shr, wide, to, wide ? 56 : 24);
  }
};

}  // namespace dovetail::x64_jit
