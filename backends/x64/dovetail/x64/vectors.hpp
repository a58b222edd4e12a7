// Vectors in registers: the forms of their instructions, and the operators that are one
// instruction. The lowest layer of vector operators.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include <dovetail/x64/numbers.hpp>
#include <dovetail/x64/packed.hpp>
#include <dovetail/x64/shared_vectors.hpp>

namespace dovetail::x64_jit {

class vector_emitter : public number_emitter {
 public:
  using number_emitter::number_emitter;

  name vector_constant(const v128& v) { return constant_name(kind::v128, number_of(v)); }

 protected:
  // Instructions. With AVX three operands are three; without, the first is moved to the result.
  // `to` must not be `y` then, unless it is `x` too.
  void put(opcode o, reg to, reg x, reg y) {
    if (cpu_.has_avx) return a_.vex_rr(o, false, to, x, y);
    DOVETAIL_ASSERT(to == x || to != y);
    copy(to, x);
    a_.op_rr(o, false, to, y);
  }
  void put(opcode o, reg to, reg x, shared_vector y, unsigned trailing = 0) {
    std::uint32_t at;
    if (cpu_.has_avx) {
      at = a_.vex_rc(o, false, to, x);
    } else {
      copy(to, x);
      at = a_.op_rc(o, false, to);
    }
    lead_to(at, y, trailing);
  }
  void put(opcode o, reg to, reg x) {
    cpu_.has_avx ? a_.vex_rr(o, false, to, encoder::no_operand, x) : a_.op_rr(o, false, to, x);
  }
  // A constant of this function's own.
  void put_constant(opcode o, reg to, reg x, const name& constant, unsigned trailing = 0) {
    if (!cpu_.has_avx) copy(to, x);
    const std::uint32_t at = cpu_.has_avx ? a_.vex_rc(o, false, to, x) : a_.op_rc(o, false, to);
    use_vector(constant.bits, at, trailing);
  }
  // With a constant at the end.
  void put(opcode o, reg to, reg x, reg y, unsigned immediate) {
    put(o, to, x, y);
    a_.store(immediate, 1);
  }
  void put_immediate(opcode o, reg to, reg x, unsigned immediate) {
    put(o, to, x);
    a_.store(immediate, 1);
  }
  void put_immediate(opcode o, reg to, reg x, shared_vector y, unsigned immediate) {
    put(o, to, x, y, 1);
    a_.store(immediate, 1);
  }
  // Shifts by a constant: the opcode's extension says which.
  void put_shift(packed::shift_form f, reg to, reg x, unsigned count) {
    if (cpu_.has_avx) {
      a_.vex_nr({0x66, 0x0f, f.group}, f.extension, to, x);
    } else {
      copy(to, x);
      a_.op_nr({0x66, 0x0f, f.group}, false, f.extension, to);
    }
    a_.store(count, 1);
  }
  void copy(reg to, reg from) {
    if (to != from) a_.movaps(to, from);
  }
  void clear_vector(reg to) { a_.bits_rr(0x57, to, to); }
  void fill_vector(reg to) { put(packed::pcmpeqd, to, to, to); }
  void load_shared(reg to, shared_vector v) { lead_to(a_.op_rc({0, 0x0f, 0x28}, false, to), v, 0); }
  // Makes the distance at a place lead to a shared vector; `trailing` bytes end the instruction.
  void lead_to(std::uint32_t place, shared_vector v, unsigned trailing) {
    if (failure_ != status::ok) return;
    a_.set_distance(place, code_.stubs.vectors + 16 * static_cast<std::uint32_t>(v) - trailing);
  }

  // Registers for results. One that `a` may be read from and `b` may not,
  [[nodiscard]] reg over(const name& a, const name& b) {
    const reg hint = wanted(kind::v128);
    if (hint != reg::none && !reads(b, hint)) return hint;
    return is_free_temporary(a) && is_float(a.where) ? a.where : allocate(kind::v128);
  }
  [[nodiscard]] reg over(const name& a) { return over(a, constant_name(kind::v128, 0)); }
  // one that neither is read from,
  [[nodiscard]] reg beside(const name& a, const name& b) {
    const reg hint = wanted(kind::v128);
    return hint != reg::none && !reads(a, hint) && !reads(b, hint) ? hint : allocate(kind::v128);
  }
  [[nodiscard]] reg beside(const name& a) { return beside(a, a); }
  // and one that either may be read from, if instructions have three operands.
  [[nodiscard]] reg anywhere(const name& a, const name& b) {
    if (!cpu_.has_avx) return over(a, b);
    const reg hint = wanted(kind::v128);
    if (hint != reg::none) return hint;
    if (!is_free_temporary(a) && is_free_temporary(b) && is_float(b.where)) return b.where;
    return over(a);
  }
  // A vector in a register, its operands given back but for that one.
  name made(reg to, const name& a) {
    if (a.where != to) release(a);
    return temporary_name(kind::v128, to);
  }
  name made(reg to, const name& a, const name& b) {
    if (b.where != to) release(b);
    return made(to, a);
  }

  // Operators of one instruction: with one operand,
  name changed(opcode o, name a) {
    const reg x = use(a), to = over(a);
    put(o, to, x);
    return made(to, a);
  }
  name changed(opcode o, name a, unsigned immediate) {
    const reg x = use(a), to = over(a);
    put_immediate(o, to, x, immediate);
    return made(to, a);
  }
  name changed(opcode o, name a, shared_vector b) {
    const reg x = use(a), to = over(a);
    put(o, to, x, b);
    return made(to, a);
  }
  // with two, the second maybe in memory.
  name combined(packed_form f, name a, name b) {
    if (f.commutes && should_come_second(a, b)) std::swap(a, b);
    const reg x = use(a);
    const reg to = anywhere(a, b);
    put_operand(f, to, x, b);
    return made(to, a, b);
  }
  // Operators of two operands that are read from registers.
  struct register_pair {
    reg x, y;
  };
  register_pair use_both(name& a, name& b) {
    const reg x = use(a);
    return {x, use(b)};
  }

  // A register's 32 bits, less those that a shift of lanes ignores, in a vector register.
  void put_count(reg to, name& count, unsigned lane_bits, unsigned more = 0) {
    move_to(scratch, count);
    a_.alu_ri(alu::and_, false, scratch, static_cast<std::int32_t>(lane_bits - 1));
    if (more != 0) a_.alu_ri(alu::add, false, scratch, static_cast<std::int32_t>(more));
    a_.to_float(false, to, scratch);
    release(count);
  }

 private:
  // Whether an operand had better be the second one: it is in memory, or the result may go where
  // the other one is.
  [[nodiscard]] bool should_come_second(const name& a, const name& b) {
    if (b.what == place::access) return false;
    const bool a_is_register = register_of(a) != reg::none;
    if (register_of(b) == reg::none) return false;
    if (!a_is_register) return true;
    if (cpu_.has_avx) return false;
    const reg hint = wanted(kind::v128);
    if (hint != reg::none) return reads(b, hint);
    return !is_free_temporary(a) && is_free_temporary(b);
  }
  void put_operand(const packed_form& f, reg to, reg x, name& b) {
    const opcode o = f.code;
    if (b.what == place::access) {
      if (b.index != 0) add_site(a_.here(), b.index);
      a_.vex_rm(o, false, to, x, {memory_register, b.where, 0, static_cast<std::int32_t>(b.bits)});
      release(b.where);
    } else if (b.is_constant() && b.bits != 0) {
      put_constant(o, to, x, b, f.has_immediate ? 1 : 0);
    } else if (is_in_memory(b) && cpu_.has_avx) {
      a_.vex_rm(o, false, to, x, memory_of(b));
    } else {
      reg y = register_of(b);
      if (y == reg::none) move_to(y = float_scratch, b);
      put(o, to, x, y);
    }
    if (f.has_immediate) a_.store(f.immediate, 1);
  }
};

}  // namespace dovetail::x64_jit
