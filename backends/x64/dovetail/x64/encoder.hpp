// The instruction forms that compiled code is made of, each written with one or two stores.
// Positions are offsets from the start of the code region. Nothing is allocated here, and nothing
// looks at where the buffer ends: whoever writes makes room first.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include <dovetail/base/platform.hpp>
#include <dovetail/x64/registers.hpp>

namespace dovetail::x64_jit {

/// The eight operations of the first opcode rows, by their number in the opcode.
enum class alu : std::uint8_t { add, or_, adc, sbb, and_, sub, xor_, cmp };
/// Shifts and rotates, by their number in the opcode extension.
enum class shift : std::uint8_t { rol = 0, ror = 1, shl = 4, shr = 5, sar = 7 };

/// Conditions as opcodes number them, and two that float comparisons need: equal and not unordered,
/// and its opposite.
enum class condition : std::uint8_t {
  o,
  no,
  b,
  ae,
  e,
  ne,
  be,
  a,
  s,
  ns,
  p,
  np,
  l,
  ge,
  le,
  g,
  float_e,
  float_ne
};
[[nodiscard]] constexpr condition opposite(condition c) {
  return static_cast<condition>(static_cast<unsigned>(c) ^ 1);
}
/// The condition with the operands of the comparison exchanged.
[[nodiscard]] constexpr condition exchanged(condition c) {
  switch (c) {
    case condition::b: return condition::a;
    case condition::a: return condition::b;
    case condition::ae: return condition::be;
    case condition::be: return condition::ae;
    case condition::l: return condition::g;
    case condition::g: return condition::l;
    case condition::ge: return condition::le;
    case condition::le: return condition::ge;
    default: return c;
  }
}

/// An opcode: mandatory prefix (0 if none), escape (0, 0x0f, 0x0f38 or 0x0f3a), the byte itself.
/// Kept as the bytes that stand before and behind a REX prefix.
struct opcode {
  constexpr opcode(std::uint8_t before, std::uint16_t escape, std::uint8_t byte,
                   bool is_of_bytes = false)
      : tail(escape == 0      ? std::uint32_t{byte}
             : escape <= 0xff ? std::uint32_t{escape} | std::uint32_t{byte} << 8
                              : 0x0fu | (escape & 0xffu) << 8 | std::uint32_t{byte} << 16),
        tail_bits(escape == 0      ? 8
                  : escape <= 0xff ? 16
                                   : 24),
        prefix(before),
        prefix_bits(before == 0 ? 0 : 8),
        is_byte_operation(is_of_bytes) {}

  std::uint32_t tail;
  std::uint8_t tail_bits;
  std::uint8_t prefix;
  std::uint8_t prefix_bits;
  bool is_byte_operation;  ///< spl to dil need a REX prefix
};
static_assert(sizeof(opcode) == 8, "travels in a register");

class encoder {
 public:
  /// Writes to a buffer of the caller's.
  explicit encoder(std::uint8_t* buffer) : top_(buffer) {}

  [[nodiscard]] std::uint32_t here() const { return static_cast<std::uint32_t>(size_); }
  [[nodiscard]] std::uint8_t* at(std::uint32_t position) { return top_ + position; }
  void rewind(std::uint32_t position) { size_ = position; }

  // Instructions that do nothing, up to a multiple of `bytes` (Intel SDM volume 2, NOP).
  void align(std::uint32_t bytes) {
    static constexpr std::uint64_t nops[] = {0,
                                             0x90,
                                             0x9066,
                                             0x001f0f,
                                             0x00401f0f,
                                             0x0000441f0f,
                                             0x00'0044'1f0f'66,
                                             0x00'0000'0080'1f0f,
                                             0x0000'0000'0084'1f0f};
    for (std::uint32_t left = (bytes - here() % bytes) % bytes; left != 0;) {
      const std::uint32_t once = left < 8 ? left : 8;
      store(nops[once], once);
      left -= once;
    }
  }

  // Operands in registers. `wide` is a 64-bit operation.
  DOVETAIL_NEVER_INLINE void op_rr(opcode o, bool wide, reg r, reg rm) {
    put_registers(o, wide, number(r), rm);
  }
  // An operand in memory.
  DOVETAIL_ALWAYS_INLINE void op_rm(opcode o, bool wide, reg r, address m) {
    if (m.base == memory_register && m.index != reg::none && m.scale == 0)
      return op_access(o, wide, r, m.index, m.displacement);
    op_nm(o, wide, number(r), m, is_narrow(o, r));
  }
  // A register or an opcode extension, and an operand in memory; `trailing` bytes follow.
  DOVETAIL_NEVER_INLINE void op_nm(opcode o, bool wide, unsigned n_reg, address m,
                                   bool needs_rex = false) {
    const memory_form f(n_reg, m);
    const unsigned index = m.index == reg::none ? 0 : number(m.index);
    put(o, rex_of(wide, n_reg, index, number(m.base)), needs_rex, f.bytes, f.bits);
    store(static_cast<std::uint32_t>(m.displacement), f.displacement_bytes);
  }
  // An opcode extension and a register.
  DOVETAIL_NEVER_INLINE void op_nr(opcode o, bool wide, unsigned extension, reg rm) {
    put_registers(o, wide, extension, rm);
  }
  // A register and a constant in the code, whose place is returned: see set_constant_place.
  std::uint32_t op_rc(opcode o, bool wide, reg r) {
    put(o, rex_of(wide, number(r), 0, 0), false, (number(r) & 7) << 3 | 5, 8);
    store(0, 4);
    return here() - 4;
  }

  // As AVX encodes them: with a third register, an operand, or, where an instruction has none,
  // `no_operand` (Intel SDM volume 2, 2.3).
  static constexpr reg no_operand = reg::xmm0;
  DOVETAIL_NEVER_INLINE void vex_rr(opcode o, bool wide, reg r, reg v, reg rm) {
    put_vex(o, wide, number(r), 0, number(rm), v, 0xc0 | (number(r) & 7) << 3 | (number(rm) & 7),
            8);
  }
  DOVETAIL_NEVER_INLINE void vex_rm(opcode o, bool wide, reg r, reg v, address m) {
    const memory_form f(number(r), m);
    const unsigned index = m.index == reg::none ? 0 : number(m.index);
    put_vex(o, wide, number(r), index, number(m.base), v, f.bytes, f.bits);
    store(static_cast<std::uint32_t>(m.displacement), f.displacement_bytes);
  }
  /// With an opcode extension: `v` is what is written.
  void vex_nr(opcode o, unsigned extension, reg v, reg rm) {
    put_vex(o, false, extension, 0, number(rm), v, 0xc0 | extension << 3 | (number(rm) & 7), 8);
  }
  std::uint32_t vex_rc(opcode o, bool wide, reg r, reg v) {
    put_vex(o, wide, number(r), 0, 0, v, (number(r) & 7) << 3 | 5, 8);
    store(0, 4);
    return here() - 4;
  }

  // Moves.
  void mov_rr(bool wide, reg to, reg from) { byte_rr(0x89, wide, from, to); }
  DOVETAIL_ALWAYS_INLINE void mov_rm(bool wide, reg to, address m) {
    is_in_frame(m) ? byte_slot(0x8b, wide, to, m.displacement) : op_rm({0, 0, 0x8b}, wide, to, m);
  }
  DOVETAIL_ALWAYS_INLINE void mov_mr(bool wide, address m, reg from) {
    is_in_frame(m) ? byte_slot(0x89, wide, from, m.displacement)
                   : op_rm({0, 0, 0x89}, wide, from, m);
  }
  /// A constant in the shortest form that leaves the flags alone.
  DOVETAIL_NEVER_INLINE void mov_ri(reg to, std::uint64_t v) {
    if (v <= 0xffff'ffff) {
      const unsigned n = number(to) >> 3;
      const std::uint64_t code = 0xb8 | (number(to) & 7);
      store(n * 0x41u | code << 8 * n | v << 8 * (n + 1), n + 5);
    } else if (static_cast<std::int64_t>(v) == static_cast<std::int32_t>(v)) {
      byte_nr(0xc7, true, 0, to);
      store(static_cast<std::uint32_t>(v), 4);
    } else {
      store(0x48u | number(to) >> 3 | (0xb8u | (number(to) & 7)) << 8, 2);
      store(v, 8);
    }
  }
  /// A sign-extended constant of 32 bits to memory.
  DOVETAIL_NEVER_INLINE void mov_mi(bool wide, address m, std::int32_t v) {
    op_nm({0, 0, 0xc7}, wide, 0, m);
    store(static_cast<std::uint32_t>(v), 4);
  }
  void lea(bool wide, reg to, address m) { op_rm({0, 0, 0x8d}, wide, to, m); }
  void movzx8(reg to, reg from) { op_rr({0, 0x0f, 0xb6, true}, false, to, from); }

  // Arithmetic.
  void alu_rr(alu o, bool wide, reg to, reg from) { byte_rr(opcode_of(o, 1), wide, from, to); }
  DOVETAIL_ALWAYS_INLINE void alu_rm(alu o, bool wide, reg to, address m) {
    is_in_frame(m) ? byte_slot(opcode_of(o, 3), wide, to, m.displacement)
                   : op_rm({0, 0, opcode_of(o, 3)}, wide, to, m);
  }
  DOVETAIL_NEVER_INLINE void alu_ri(alu o, bool wide, reg to, std::int32_t v) {
    const bool is_short = v == static_cast<std::int8_t>(v);
    if (!is_short && to == reg::rax) {
      put_to_rax(opcode_of(o, 5), wide);
    } else {
      byte_nr(is_short ? 0x83 : 0x81, wide, static_cast<unsigned>(o), to);
    }
    store(static_cast<std::uint32_t>(v), is_short ? 1 : 4);
  }
  DOVETAIL_NEVER_INLINE void alu_mi(alu o, bool wide, address m, std::int32_t v) {
    const bool is_short = v == static_cast<std::int8_t>(v);
    op_nm({0, 0, static_cast<std::uint8_t>(is_short ? 0x83 : 0x81)}, wide, static_cast<unsigned>(o),
          m);
    store(static_cast<std::uint32_t>(v), is_short ? 1 : 4);
  }
  void test_rr(bool wide, reg a, reg b) { byte_rr(0x85, wide, b, a); }
  void imul_rr(bool wide, reg to, reg from) { op_rr({0, 0x0f, 0xaf}, wide, to, from); }
  void imul_rm(bool wide, reg to, address m) { op_rm({0, 0x0f, 0xaf}, wide, to, m); }
  void imul_rri(bool wide, reg to, reg from, std::int32_t v) {
    const bool is_short = v == static_cast<std::int8_t>(v);
    op_rr({0, 0, static_cast<std::uint8_t>(is_short ? 0x6b : 0x69)}, wide, to, from);
    store(static_cast<std::uint32_t>(v), is_short ? 1 : 4);
  }
  void shift_ri(shift o, bool wide, reg to, unsigned count) {
    byte_nr(count == 1 ? 0xd1 : 0xc1, wide, static_cast<unsigned>(o), to);
    if (count != 1) store(count, 1);
  }
  void shift_rcx(shift o, bool wide, reg to) { byte_nr(0xd3, wide, static_cast<unsigned>(o), to); }
  void neg_r(bool wide, reg to) { byte_nr(0xf7, wide, 3, to); }

  // Conditions. `c` is one of the processor's.
  void setcc_r(condition c, reg to) {
    op_nr({0, 0x0f, static_cast<std::uint8_t>(0x90 | static_cast<unsigned>(c)), true}, false, 0,
          to);
  }
  void cmov_rr(condition c, bool wide, reg to, reg from) {
    op_rr({0, 0x0f, static_cast<std::uint8_t>(0x40 | static_cast<unsigned>(c))}, wide, to, from);
  }

  // Jumps and calls. Those to come return the place of their distance, which ends them.
  std::uint32_t jump_forward() {
    store(0xe9, 5);
    return here() - 4;
  }
  std::uint32_t jump_forward(condition c) {
    store(0x0f | (0x80u | static_cast<unsigned>(c)) << 8, 6);
    return here() - 4;
  }
  void jump_back(std::uint32_t target) {
    const std::int64_t distance = std::int64_t{target} - here() - 2;
    if (distance >= -128) {
      store(0xeb | (static_cast<std::uint64_t>(distance) & 0xff) << 8, 2);
    } else {
      set_distance(jump_forward(), target);
    }
  }
  void jump_back(condition c, std::uint32_t target) {
    const std::int64_t distance = std::int64_t{target} - here() - 2;
    if (distance >= -128) {
      store(0x70u | static_cast<unsigned>(c) | (static_cast<std::uint64_t>(distance) & 0xff) << 8,
            2);
    } else {
      set_distance(jump_forward(c), target);
    }
  }
  /// A short forward jump over a few instructions; returns the place of its distance.
  std::uint32_t skip(condition c) {
    store(0x70u | static_cast<unsigned>(c), 2);
    return here() - 1;
  }
  void end_skip(std::uint32_t place) { *at(place) = static_cast<std::uint8_t>(here() - place - 1); }
  std::uint32_t call_forward() {
    store(0xe8, 5);
    return here() - 4;
  }
  void call_to(std::uint32_t target) { set_distance(call_forward(), target); }
  void call_r(reg r) { op_nr({0, 0, 0xff}, false, 2, r); }
  void call_m(address m) { op_nm({0, 0, 0xff}, false, 2, m); }
  void jump_r(reg r) { op_nr({0, 0, 0xff}, false, 4, r); }
  void jump_m(address m) { op_nm({0, 0, 0xff}, false, 4, m); }
  void return_() { store(0xc3, 1); }
  void push_r(reg r) { push_or_pop(0x50, r); }
  void pop_r(reg r) { push_or_pop(0x58, r); }
  void push_i(std::int8_t v) { store(0x6a | std::uint64_t{static_cast<std::uint8_t>(v)} << 8, 2); }

  [[nodiscard]] std::uint32_t word(std::uint32_t place) const {
    std::uint32_t v;
    std::memcpy(&v, top_ + place, 4);
    return v;
  }
  void set_word(std::uint32_t place, std::uint32_t v) { std::memcpy(top_ + place, &v, 4); }
  /// The distance at `place`, which ends its instruction, leads to `target`.
  void set_distance(std::uint32_t place, std::uint32_t target) {
    set_word(place, target - place - 4);
  }

  // What `op_rm` writes of the memory's base plus a register plus a constant.
  DOVETAIL_NEVER_INLINE void op_access(opcode o, bool wide, reg r, reg index, std::int32_t d) {
    const unsigned mode = d == 0 ? 0 : d == static_cast<std::int8_t>(d) ? 1 : 2;
    const unsigned rex = rex_of(wide, number(r), number(index), number(memory_register));
    const std::uint64_t operands = (mode << 6 | (number(r) & 7) << 3 | 4) |
                                   ((number(index) & 7) << 3 | (number(memory_register) & 7)) << 8;
    // The base is one of the registers that need a REX prefix, so there always is one.
    std::uint8_t* to = top_ + size_;
    *to = o.prefix;
    to += o.prefix_bits / 8;
    const unsigned bits = o.tail_bits;
    const std::uint64_t bytes = rex | std::uint64_t{o.tail} << 8 | operands << (8 + bits);
    std::memcpy(to, &bytes, 8);
    to += 3 + bits / 8;
    std::memcpy(to, &d, 4);
    size_ = static_cast<std::size_t>(to + mode * mode - top_);
  }
  /// Compares `index` plus a constant that is not zero with the memory's size; a jump to come is
  /// taken if it is above. Returns the place of the jump's distance.
  DOVETAIL_NEVER_INLINE std::uint32_t check_access(reg index, std::int32_t d) {
    // lea r11, [index + d]; cmp r11, r13; ja
    const bool is_short = d == static_cast<std::int8_t>(d);
    const unsigned low = number(index) & 7;
    const std::uint64_t lea = (0x4cu | number(index) >> 3) | 0x8d00u |
                              ((is_short ? 0x58u : 0x98u) | low) << 16 | 0x2400'0000u;
    std::uint8_t* to = top_ + size_;
    std::memcpy(to, &lea, 8);
    to += 3 + (low == 4);
    std::memcpy(to, &d, 4);
    to += is_short ? 1 : 4;
    constexpr std::uint64_t compare_and_jump = 0x870f'eb39'4d;
    static_assert(scratch == reg::r11 && size_register == reg::r13);
    std::memcpy(to, &compare_and_jump, 8);
    size_ = static_cast<std::size_t>(to + 9 - top_);
    return here() - 4;
  }

  // Floats: the mandatory prefix tells the width; there is none for whole registers.
  static constexpr std::uint8_t float_prefix(kind k) {
    return k == kind::f32 ? 0xf3 : k == kind::f64 ? 0xf2 : 0;
  }
  void float_rr(kind k, std::uint8_t code, reg to, reg from) {
    op_rr({float_prefix(k), 0x0f, code}, false, to, from);
  }
  void float_rm(kind k, std::uint8_t code, reg to, address m) {
    op_rm({float_prefix(k), 0x0f, code}, false, to, m);
  }
  void movaps(reg to, reg from) { op_rr({0, 0x0f, 0x28}, false, to, from); }
  /// Packed bit operations: andps 54, andnps 55, orps 56, xorps 57.
  void bits_rr(std::uint8_t code, reg to, reg from) { op_rr({0, 0x0f, code}, false, to, from); }
  void ucomis_rr(kind k, reg a, reg b) {
    op_rr({static_cast<std::uint8_t>(k == kind::f64 ? 0x66 : 0), 0x0f, 0x2e}, false, a, b);
  }
  /// Bits between an integer register and a float one.
  void to_float(bool wide, reg to, reg from) { op_rr({0x66, 0x0f, 0x6e}, wide, to, from); }
  void from_float(bool wide, reg to, reg from) { op_rr({0x66, 0x0f, 0x7e}, wide, from, to); }

  // Loads and stores of values by kind.
  DOVETAIL_ALWAYS_INLINE void load(kind k, reg to, address m) {
    is_float(k) ? float_rm(k, 0x10, to, m) : mov_rm(is_wide(k), to, m);
  }
  DOVETAIL_ALWAYS_INLINE void store_value(kind k, address m, reg from) {
    is_float(k) ? float_rm(k, 0x11, from, m) : mov_mr(is_wide(k), m, from);
  }
  void move(kind k, reg to, reg from) {
    is_float(k) ? movaps(to, from) : mov_rr(is_wide(k), to, from);
  }

  /// Whole words from memory to memory, through a scratch register.
  void copy_words(kind k, address to, address from) {
    if (k == kind::v128) {
      load(k, float_scratch, from);
      return store_value(k, to, float_scratch);
    }
    mov_rm(true, scratch, from);
    mov_mr(true, to, scratch);
  }

  /// Appends up to eight bytes.
  DOVETAIL_ALWAYS_INLINE void store(std::uint64_t bits, unsigned count) {
    std::memcpy(top_ + size_, &bits, 8);
    size_ += count;
  }

 private:
  static constexpr std::uint8_t opcode_of(alu o, unsigned form) {
    return static_cast<std::uint8_t>(static_cast<unsigned>(o) << 3 | form);
  }
  // What most instructions are: an opcode of one byte and integer registers, or a register and a
  // slot of the frame.
  void byte_rr(std::uint8_t code, bool wide, reg r, reg rm) { byte_nr(code, wide, number(r), rm); }
  DOVETAIL_NEVER_INLINE void byte_nr(std::uint8_t code, bool wide, unsigned r, reg rm) {
    const unsigned rex = rex_of(wide, r, 0, number(rm)), rex_bits = rex != 0x40 ? 8 : 0;
    const unsigned bits = code | (0xc0 | (r & 7) << 3 | (number(rm) & 7)) << 8;
    store(bits << rex_bits | (rex_bits != 0 ? rex : 0), 2 + rex_bits / 8);
  }
  static bool is_in_frame(address m) { return m.base == reg::rsp && m.index == reg::none; }
  DOVETAIL_NEVER_INLINE void byte_slot(std::uint8_t code, bool wide, reg r, std::int32_t d) {
    const unsigned rex = rex_of(wide, number(r), 0, 0), rex_bits = rex != 0x40 ? 8 : 0;
    const unsigned mode = d == 0 ? 0 : d == static_cast<std::int8_t>(d) ? 1 : 2;
    const unsigned head = code | (mode << 6 | (number(r) & 7) << 3 | 4) << 8 | 0x24'0000;
    const std::uint64_t bits = head | std::uint64_t{static_cast<std::uint32_t>(d)} << 24;
    store(bits << rex_bits | (rex_bits != 0 ? rex : 0), 3 + rex_bits / 8 + mode * mode);
  }
  void put_to_rax(std::uint8_t code, bool wide) {
    store(wide ? 0x48u | unsigned{code} << 8 : code, wide ? 2 : 1);
  }
  // sil, dil, spl and bpl are there only with a REX prefix.
  static bool is_narrow(opcode o, reg r) { return o.is_byte_operation & (number(r) >= 4); }

  // ModRM, SIB if there is one, and how long the displacement is.
  struct memory_form {
    DOVETAIL_ALWAYS_INLINE memory_form(unsigned n_reg, const address& m) {
      const unsigned base = number(m.base);
      const std::int32_t d = m.displacement;
      // Without a branch: how long a displacement is cannot be foreseen.
      const bool is_zero = d == 0 && (base & 7) != 5, is_short = d == static_cast<std::int8_t>(d);
      const unsigned mode = is_zero ? 0u : is_short ? 1u : 2u;
      const unsigned modrm = mode << 6 | (n_reg & 7) << 3;
      if (m.index == reg::none) {
        // Where rsp or r12 would be stands a SIB byte without an index (Intel SDM volume 2, 2.1.5).
        bytes = modrm | (base & 7) | 0x2400;
        bits = (base & 7) == 4 ? 16 : 8;
      } else {
        bytes = modrm | 4 | (unsigned{m.scale} << 6 | (number(m.index) & 7) << 3 | (base & 7)) << 8;
        bits = 16;
      }
      displacement_bytes = mode * mode;
    }
    unsigned bytes, bits, displacement_bytes;
  };

  // A VEX prefix of two bytes where that suffices, the opcode and what follows it.
  DOVETAIL_ALWAYS_INLINE void put_vex(opcode o, bool wide, unsigned r, unsigned x, unsigned b,
                                      reg v, unsigned operands, unsigned operand_bits) {
    const unsigned escape = o.tail_bits == 16 ? 1u : (o.tail >> 8 & 0xff) == 0x38 ? 2u : 3u;
    const unsigned prefix = o.prefix == 0 ? 0u : o.prefix == 0x66 ? 1u : o.prefix == 0xf3 ? 2u : 3u;
    const unsigned last = (~number(v) & 15) << 3 | prefix;
    const std::uint64_t rest = o.tail >> (o.tail_bits - 8) | operands << 8;
    if (escape == 1 && !wide && ((x | b) & 8) == 0) {
      store(0xc5u | ((~r & 8) << 4 | last) << 8 | rest << 16, 3 + operand_bits / 8);
    } else {
      const unsigned first = (~r & 8) << 4 | (~x & 8) << 3 | (~b & 8) << 2 | escape;
      store(0xc4u | first << 8 | (unsigned{wide} << 7 | last) << 16 | rest << 24,
            4 + operand_bits / 8);
    }
  }

  static constexpr unsigned rex_of(bool wide, unsigned r, unsigned x, unsigned b) {
    return 0x40u | unsigned{wide} << 3 | (r >> 3) << 2 | (x >> 3) << 1 | b >> 3;
  }
  // Prefixes, opcode and what follows it, up to seven bytes. Which registers need a REX prefix
  // cannot be foreseen, so there is no branch.
  DOVETAIL_ALWAYS_INLINE void put(opcode o, unsigned rex, bool needs_rex, std::uint64_t operands,
                                  unsigned operand_bits) {
    const unsigned rex_bits = (rex != 0x40 || needs_rex) ? 8 : 0;
    std::uint64_t bits = operands << o.tail_bits | o.tail;
    bits = bits << rex_bits | (rex_bits != 0 ? rex : 0);
    bits = bits << o.prefix_bits | o.prefix;
    store(bits, (operand_bits + o.tail_bits + rex_bits + o.prefix_bits) / 8);
  }
  DOVETAIL_ALWAYS_INLINE void put_registers(opcode o, bool wide, unsigned r, reg rm) {
    put(o, rex_of(wide, r, 0, number(rm)), is_narrow(o, rm), 0xc0 | (r & 7) << 3 | (number(rm) & 7),
        8);
  }

  void push_or_pop(unsigned code, reg r) {
    if (number(r) >= 8) {
      store(0x41u | (code | (number(r) & 7)) << 8, 2);
    } else {
      store(code | number(r), 1);
    }
  }

  std::uint8_t* top_;
  std::size_t size_ = 0;
};

}  // namespace dovetail::x64_jit
