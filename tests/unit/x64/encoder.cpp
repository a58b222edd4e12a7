// Every instruction form of the encoder against xbyak's bytes: all registers, scales, and sizes of
// displacements and constants.
#include <dovetail/x64/encoder.hpp>

#include <cstdint>
#include <cstring>
#include <string>

#include <dovetail/x64/xbyak.hpp>

#include "support/catch.hpp"

namespace unit_x64_encoder {

using namespace dovetail::x64_jit;

namespace {

constexpr reg integers[] = {reg::rax, reg::rcx, reg::rdx, reg::rbx, reg::rsp, reg::rbp,
                            reg::rsi, reg::rdi, reg::r8,  reg::r9,  reg::r10, reg::r11,
                            reg::r12, reg::r13, reg::r14, reg::r15};
constexpr reg floats[] = {reg::xmm0,  reg::xmm1,  reg::xmm2,  reg::xmm3, reg::xmm4,  reg::xmm5,
                          reg::xmm6,  reg::xmm7,  reg::xmm8,  reg::xmm9, reg::xmm10, reg::xmm11,
                          reg::xmm12, reg::xmm13, reg::xmm14, reg::xmm15};
constexpr std::int32_t displacements[] = {0, 1, -1, 127, -128, 128, -129, 0x7fff'ffff, INT32_MIN};
constexpr std::int32_t constants[] = {0, 1, -1, 127, -128, 128, -129, INT32_MAX, INT32_MIN};

Xbyak::Reg32 r32(reg r) { return Xbyak::Reg32(static_cast<int>(number(r))); }
Xbyak::Reg64 r64(reg r) { return Xbyak::Reg64(static_cast<int>(number(r))); }
Xbyak::Reg8 low(reg r) {
  const auto n = static_cast<int>(number(r));
  return Xbyak::Reg8(n, n >= 4 && n < 8);
}
Xbyak::Xmm xmm(reg r) { return Xbyak::Xmm(static_cast<int>(number(r))); }

// The conditions of the processor.
#define EACH_CONDITION(X) \
  X(o) X(no) X(b) X(ae) X(e) X(ne) X(be) X(a) X(s) X(ns) X(p) X(np) X(l) X(ge) X(le) X(g)

/// Two buffers: ours and xbyak's.
class bench {
 public:
  encoder ours{ours_};
  Xbyak::CodeGenerator theirs{sizeof theirs_, theirs_};

  /// Whether both hold the same bytes since the last call.
  bool same() {
    ++count;
    const std::size_t n = theirs.getSize();
    const bool equal = ours.here() == n && std::memcmp(ours_, theirs_, n) == 0;
    clear();
    return equal;
  }
  void clear() {
    ours.rewind(0);
    theirs.setSize(0);
  }
  std::size_t count = 0;

 private:
  std::uint8_t ours_[2048] = {};
  std::uint8_t theirs_[2048] = {};
};

template <class F>
void each_pair(F f) {
  for (const reg a : integers) {
    for (const reg b : integers) f(a, b);
  }
}
template <class F>
void each_address(F f) {
  for (const reg base : integers) {
    for (const std::int32_t d : displacements) {
      f(address{base, reg::none, 0, d}, r64(base) + static_cast<std::size_t>(std::int64_t{d}));
      for (const reg index : integers) {
        if (index == reg::rsp) continue;
        for (std::uint8_t scale = 0; scale < 4; ++scale) {
          f(address{base, index, scale, d},
            r64(base) + r64(index) * (1 << scale) + static_cast<std::size_t>(std::int64_t{d}));
        }
      }
    }
  }
}

}  // namespace

TEST_CASE("encoder: operators on registers") {
  bench b;
  bool good = true;
  each_pair([&](reg to, reg from) {
#define DOVETAIL_BOTH(OURS, THEIRS)                                                    \
  b.ours.OURS(false, to, from), b.theirs.THEIRS(r32(to), r32(from)), good &= b.same(); \
  b.ours.OURS(true, to, from), b.theirs.THEIRS(r64(to), r64(from)), good &= b.same()
    DOVETAIL_BOTH(mov_rr, mov);
    DOVETAIL_BOTH(test_rr, test);
    DOVETAIL_BOTH(imul_rr, imul);
#undef DOVETAIL_BOTH
#define DOVETAIL_BOTH(WHICH, THEIRS)                                               \
  b.ours.alu_rr(alu::WHICH, false, to, from), b.theirs.THEIRS(r32(to), r32(from)), \
      good &= b.same();                                                            \
  b.ours.alu_rr(alu::WHICH, true, to, from), b.theirs.THEIRS(r64(to), r64(from)), good &= b.same()
    DOVETAIL_BOTH(add, add);
    DOVETAIL_BOTH(or_, or_);
    DOVETAIL_BOTH(adc, adc);
    DOVETAIL_BOTH(sbb, sbb);
    DOVETAIL_BOTH(and_, and_);
    DOVETAIL_BOTH(sub, sub);
    DOVETAIL_BOTH(xor_, xor_);
    DOVETAIL_BOTH(cmp, cmp);
#undef DOVETAIL_BOTH
    b.ours.movzx8(to, from), b.theirs.movzx(r32(to), low(from)), good &= b.same();
#define DOVETAIL_BOTH(WHICH)                                  \
  b.ours.cmov_rr(condition::WHICH, false, to, from);          \
  b.theirs.cmov##WHICH(r32(to), r32(from)), good &= b.same(); \
  b.ours.cmov_rr(condition::WHICH, true, to, from);           \
  b.theirs.cmov##WHICH(r64(to), r64(from)), good &= b.same();
    EACH_CONDITION(DOVETAIL_BOTH)
#undef DOVETAIL_BOTH
  });
  CHECK(good);
  CHECK(b.count == 256 * (3 * 2 + 8 * 2 + 1 + 16 * 2));
}

TEST_CASE("encoder: operators on a register and a constant") {
  bench b;
  bool good = true;
  for (const reg to : integers) {
    for (const std::int32_t v : constants) {
#define DOVETAIL_BOTH(WHICH, THEIRS)                                                               \
  b.ours.alu_ri(alu::WHICH, false, to, v),                                                         \
      b.theirs.THEIRS(r32(to), static_cast<std::uint32_t>(v));                                     \
  good &= b.same();                                                                                \
  b.ours.alu_ri(alu::WHICH, true, to, v), b.theirs.THEIRS(r64(to), static_cast<std::uint32_t>(v)); \
  good &= b.same()
      DOVETAIL_BOTH(add, add);
      DOVETAIL_BOTH(or_, or_);
      DOVETAIL_BOTH(adc, adc);
      DOVETAIL_BOTH(sbb, sbb);
      DOVETAIL_BOTH(and_, and_);
      DOVETAIL_BOTH(sub, sub);
      DOVETAIL_BOTH(xor_, xor_);
      DOVETAIL_BOTH(cmp, cmp);
#undef DOVETAIL_BOTH
      b.ours.imul_rri(true, to, reg::r9, v), b.theirs.imul(r64(to), r64(reg::r9), v);
      good &= b.same();
      b.ours.imul_rri(false, reg::rsi, to, v), b.theirs.imul(r32(reg::rsi), r32(to), v);
      good &= b.same();
    }
#define DOVETAIL_BOTH(WHICH)                                                           \
  for (int n = 1; n < 32; ++n) {                                                       \
    b.ours.shift_ri(shift::WHICH, false, to, static_cast<unsigned>(n));                \
    b.theirs.WHICH(r32(to), n), good &= b.same();                                      \
  }                                                                                    \
  for (int n = 1; n < 64; ++n) {                                                       \
    b.ours.shift_ri(shift::WHICH, true, to, static_cast<unsigned>(n));                 \
    b.theirs.WHICH(r64(to), n), good &= b.same();                                      \
  }                                                                                    \
  b.ours.shift_rcx(shift::WHICH, false, to), b.theirs.WHICH(r32(to), Xbyak::util::cl); \
  good &= b.same();                                                                    \
  b.ours.shift_rcx(shift::WHICH, true, to), b.theirs.WHICH(r64(to), Xbyak::util::cl);  \
  good &= b.same()
    DOVETAIL_BOTH(rol);
    DOVETAIL_BOTH(ror);
    DOVETAIL_BOTH(shl);
    DOVETAIL_BOTH(shr);
    DOVETAIL_BOTH(sar);
#undef DOVETAIL_BOTH
    b.ours.neg_r(false, to), b.theirs.neg(r32(to)), good &= b.same();
    b.ours.neg_r(true, to), b.theirs.neg(r64(to)), good &= b.same();
#define DOVETAIL_ONE(WHICH) \
  b.ours.setcc_r(condition::WHICH, to), b.theirs.set##WHICH(low(to)), good &= b.same();
    EACH_CONDITION(DOVETAIL_ONE)
#undef DOVETAIL_ONE
    b.ours.push_r(to), b.theirs.push(r64(to)), good &= b.same();
    b.ours.pop_r(to), b.theirs.pop(r64(to)), good &= b.same();
    b.ours.call_r(to), b.theirs.call(r64(to)), good &= b.same();
    b.ours.jump_r(to), b.theirs.jmp(r64(to)), good &= b.same();
    for (const std::uint64_t v : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{0x7fff'ffff},
                                  std::uint64_t{0xffff'ffff}, std::uint64_t{0x1'0000'0000},
                                  ~std::uint64_t{0}, std::uint64_t{0x8000'0000'0000'0000}}) {
      b.ours.mov_ri(to, v), b.theirs.mov(r64(to), v), good &= b.same();
    }
  }
  CHECK(good);
}

TEST_CASE("encoder: operands in memory") {
  bench b;
  bool good = true;
  using namespace Xbyak::util;
  each_address([&](const address& m, const Xbyak::RegExp& e) {
    for (const reg r : integers) {
      b.ours.mov_rm(false, r, m), b.theirs.mov(r32(r), dword[e]), good &= b.same();
      b.ours.mov_rm(true, r, m), b.theirs.mov(r64(r), qword[e]), good &= b.same();
      b.ours.mov_mr(false, m, r), b.theirs.mov(dword[e], r32(r)), good &= b.same();
      b.ours.mov_mr(true, m, r), b.theirs.mov(qword[e], r64(r)), good &= b.same();
      b.ours.lea(true, r, m), b.theirs.lea(r64(r), ptr[e]), good &= b.same();
      b.ours.lea(false, r, m), b.theirs.lea(r32(r), ptr[e]), good &= b.same();
      b.ours.imul_rm(false, r, m), b.theirs.imul(r32(r), dword[e]), good &= b.same();
      b.ours.imul_rm(true, r, m), b.theirs.imul(r64(r), qword[e]), good &= b.same();
#define DOVETAIL_BOTH(WHICH)                                                                  \
  b.ours.alu_rm(alu::WHICH, false, r, m), b.theirs.WHICH(r32(r), dword[e]), good &= b.same(); \
  b.ours.alu_rm(alu::WHICH, true, r, m), b.theirs.WHICH(r64(r), qword[e]), good &= b.same()
      DOVETAIL_BOTH(add);
      DOVETAIL_BOTH(or_);
      DOVETAIL_BOTH(adc);
      DOVETAIL_BOTH(sbb);
      DOVETAIL_BOTH(and_);
      DOVETAIL_BOTH(sub);
      DOVETAIL_BOTH(xor_);
      DOVETAIL_BOTH(cmp);
#undef DOVETAIL_BOTH
      b.ours.op_rm({0, 0x0f, 0xb6}, false, r, m), b.theirs.movzx(r32(r), byte[e]);
      good &= b.same();
      b.ours.op_rm({0, 0, 0x88, true}, false, r, m), b.theirs.mov(byte[e], low(r));
      good &= b.same();
    }
    for (const reg r : floats) {
      b.ours.load(kind::f32, r, m), b.theirs.movss(xmm(r), dword[e]), good &= b.same();
      b.ours.load(kind::f64, r, m), b.theirs.movsd(xmm(r), qword[e]), good &= b.same();
      b.ours.load(kind::v128, r, m), b.theirs.movups(xmm(r), xword[e]), good &= b.same();
      b.ours.store_value(kind::f32, m, r), b.theirs.movss(dword[e], xmm(r)), good &= b.same();
      b.ours.store_value(kind::f64, m, r), b.theirs.movsd(qword[e], xmm(r)), good &= b.same();
      b.ours.store_value(kind::v128, m, r), b.theirs.movups(xword[e], xmm(r)), good &= b.same();
      b.ours.float_rm(kind::f32, 0x58, r, m), b.theirs.addss(xmm(r), dword[e]), good &= b.same();
      b.ours.float_rm(kind::f64, 0x58, r, m), b.theirs.addsd(xmm(r), qword[e]), good &= b.same();
    }
    b.ours.call_m(m), b.theirs.call(qword[e]), good &= b.same();
    b.ours.jump_m(m), b.theirs.jmp(qword[e]), good &= b.same();
  });
  CHECK(good);
  CHECK(b.count == std::size_t{16} * 9 * (1 + 15 * 4) * (26 * 16 + 8 * 16 + 2));
}

TEST_CASE("encoder: constants to operands in memory") {
  bench b;
  bool good = true;
  using namespace Xbyak::util;
  each_address([&](const address& m, const Xbyak::RegExp& e) {
    for (const std::int32_t v : constants) {
      const auto bits = static_cast<std::uint32_t>(v);
      const auto wide = static_cast<std::uint64_t>(std::int64_t{v});
      b.ours.mov_mi(false, m, v), b.theirs.mov(dword[e], bits), good &= b.same();
      b.ours.mov_mi(true, m, v), b.theirs.mov(qword[e], wide), good &= b.same();
#define DOVETAIL_BOTH(WHICH)                                                                \
  b.ours.alu_mi(alu::WHICH, false, m, v), b.theirs.WHICH(dword[e], bits), good &= b.same(); \
  b.ours.alu_mi(alu::WHICH, true, m, v), b.theirs.WHICH(qword[e], bits), good &= b.same()
      DOVETAIL_BOTH(add);
      DOVETAIL_BOTH(or_);
      DOVETAIL_BOTH(adc);
      DOVETAIL_BOTH(sbb);
      DOVETAIL_BOTH(and_);
      DOVETAIL_BOTH(sub);
      DOVETAIL_BOTH(xor_);
      DOVETAIL_BOTH(cmp);
#undef DOVETAIL_BOTH
    }
  });
  CHECK(good);
  CHECK(b.count == std::size_t{16} * 9 * (1 + 15 * 4) * 9 * 18);
}

TEST_CASE("encoder: operands behind the instruction") {
  bench b;
  bool good = true;
  using namespace Xbyak::util;
  // xbyak takes the distance from the end of the instruction, as set_distance counts it.
  for (const reg r : floats) {
    for (const std::uint8_t code : {std::uint8_t{0x54}, std::uint8_t{0x57}, std::uint8_t{0x58}}) {
      b.ours.op_rc({0, 0x0f, code}, false, r);
      code == 0x54   ? b.theirs.andps(xmm(r), ptr[rip])
      : code == 0x57 ? b.theirs.xorps(xmm(r), ptr[rip])
                     : b.theirs.addps(xmm(r), ptr[rip]);
      good &= b.same();
    }
    b.ours.op_rc({0x66, 0x0f38, 0x00}, false, r), b.theirs.pshufb(xmm(r), ptr[rip]),
        good &= b.same();
    b.ours.op_rc({0xf2, 0x0f, 0x10}, false, r), b.theirs.movsd(xmm(r), ptr[rip]), good &= b.same();
  }
  for (const reg r : integers) {
    b.ours.op_rc({0, 0, 0x8b}, false, r), b.theirs.mov(r32(r), dword[rip]), good &= b.same();
    b.ours.op_rc({0, 0, 0x8b}, true, r), b.theirs.mov(r64(r), qword[rip]), good &= b.same();
  }
  CHECK(good);
  CHECK(b.count == 16 * 7);
}

TEST_CASE("encoder: jumps and calls, near and far") {
  bench b;
  bool good = true;
  using Xbyak::CodeGenerator;
  const auto go = [&](int between, auto ours, auto theirs) {
    ours(between), theirs(between);
    good &= b.same();
  };
  const auto fill_ours = [&](int n) {
    for (int i = 0; i < n; ++i) b.ours.store(0x90, 1);
  };
  const auto fill_theirs = [&](int n) {
    for (int i = 0; i < n; ++i) b.theirs.nop();
  };
  // Backwards, a jump is short where it can be: at 126 bytes between, two more make -128.
  for (const int between : {0, 1, 100, 125, 126, 127, 128, 1000}) {
    go(
        between, [&](int n) { fill_ours(n), b.ours.jump_back(0); },
        [&](int n) {
          Xbyak::Label start;
          b.theirs.L(start), fill_theirs(n), b.theirs.jmp(start);
        });
    go(
        between,
        [&](int n) {
          const std::uint32_t place = b.ours.jump_forward();
          fill_ours(n), b.ours.set_distance(place, b.ours.here());
        },
        [&](int n) {
          Xbyak::Label end;
          b.theirs.jmp(end, CodeGenerator::T_NEAR), fill_theirs(n), b.theirs.L(end);
        });
    go(
        between, [&](int n) { fill_ours(n), b.ours.call_to(0); },
        [&](int n) {
          Xbyak::Label start;
          b.theirs.L(start), fill_theirs(n), b.theirs.call(start);
        });
    go(
        between,
        [&](int n) {
          const std::uint32_t place = b.ours.call_forward();
          fill_ours(n), b.ours.set_distance(place, b.ours.here());
        },
        [&](int n) {
          Xbyak::Label end;
          b.theirs.call(end), fill_theirs(n), b.theirs.L(end);
        });
#define DOVETAIL_JUMPS(WHICH)                                                              \
  go(                                                                                      \
      between, [&](int n) { fill_ours(n), b.ours.jump_back(condition::WHICH, 0); },        \
      [&](int n) {                                                                         \
        Xbyak::Label start;                                                                \
        b.theirs.L(start), fill_theirs(n), b.theirs.j##WHICH(start);                       \
      });                                                                                  \
  go(                                                                                      \
      between,                                                                             \
      [&](int n) {                                                                         \
        const std::uint32_t place = b.ours.jump_forward(condition::WHICH);                 \
        fill_ours(n), b.ours.set_distance(place, b.ours.here());                           \
      },                                                                                   \
      [&](int n) {                                                                         \
        Xbyak::Label end;                                                                  \
        b.theirs.j##WHICH(end, CodeGenerator::T_NEAR), fill_theirs(n), b.theirs.L(end);    \
      });                                                                                  \
  if (between <= 127)                                                                      \
    go(                                                                                    \
        between,                                                                           \
        [&](int n) {                                                                       \
          const std::uint32_t place = b.ours.skip(condition::WHICH);                       \
          fill_ours(n), b.ours.end_skip(place);                                            \
        },                                                                                 \
        [&](int n) {                                                                       \
          Xbyak::Label end;                                                                \
          b.theirs.j##WHICH(end, CodeGenerator::T_SHORT), fill_theirs(n), b.theirs.L(end); \
        });
    EACH_CONDITION(DOVETAIL_JUMPS)
#undef DOVETAIL_JUMPS
  }
  CHECK(good);
  CHECK(b.count == 8 * (4 + 16 * 2) + 6 * 16);
}

TEST_CASE("encoder: what has no operand, and alignment") {
  bench b;
  bool good = true;
  b.ours.return_(), b.theirs.ret(), good &= b.same();
  for (int v = -128; v < 128; ++v) {
    b.ours.push_i(static_cast<std::int8_t>(v)), b.theirs.push(static_cast<std::uint32_t>(v)),
        good &= b.same();
  }
  CHECK(good);
  CHECK(b.count == 257);
  for (const std::uint32_t bytes : {8u, 16u, 32u, 64u}) {
    for (std::uint32_t from = 0; from < bytes; ++from) {
      b.clear();
      for (std::uint32_t i = 0; i < from; ++i) b.ours.store(0xc3, 1);
      b.ours.align(bytes);
      CHECK(b.ours.here() == (from == 0 ? 0 : bytes));
      // In blocks of eight, each one instruction of Intel's table.
      for (std::uint32_t i = 0; i < from; ++i) b.theirs.ret();
      for (std::uint32_t left = b.ours.here() - from; left != 0;) {
        const std::uint32_t once = left < 8 ? left : 8;
        b.theirs.nop(once);
        left -= once;
      }
      good &= b.same();
    }
  }
  CHECK(good);
}

TEST_CASE("encoder: the check of an access") {
  bench b;
  bool good = true;
  for (const reg index : integers) {
    for (const std::int32_t d : displacements) {
      if (d == 0) continue;
      const std::uint32_t place = b.ours.check_access(index, d);
      b.ours.set_distance(place, b.ours.here());
      b.theirs.lea(r64(scratch),
                   Xbyak::util::ptr[r64(index) + static_cast<std::size_t>(std::int64_t{d})]);
      b.theirs.cmp(r64(scratch), r64(size_register));
      Xbyak::Label next;
      b.theirs.ja(next, Xbyak::CodeGenerator::T_NEAR);
      b.theirs.L(next);
      good &= b.same();
    }
  }
  CHECK(good);
  CHECK(b.count == std::size_t{16} * 8);
}

TEST_CASE("encoder: floats") {
  bench b;
  bool good = true;
  for (const reg to : floats) {
    for (const reg from : floats) {
      const Xbyak::Xmm x = xmm(to), y = xmm(from);
      b.ours.movaps(to, from), b.theirs.movaps(x, y), good &= b.same();
      b.ours.float_rr(kind::f64, 0x59, to, from), b.theirs.mulsd(x, y), good &= b.same();
      b.ours.float_rr(kind::f32, 0x5e, to, from), b.theirs.divss(x, y), good &= b.same();
      b.ours.float_rr(kind::f64, 0x51, to, from), b.theirs.sqrtsd(x, y), good &= b.same();
      b.ours.float_rr(kind::f32, 0x5a, to, from), b.theirs.cvtss2sd(x, y), good &= b.same();
      b.ours.bits_rr(0x57, to, from), b.theirs.xorps(x, y), good &= b.same();
      b.ours.ucomis_rr(kind::f64, to, from), b.theirs.ucomisd(x, y), good &= b.same();
      b.ours.ucomis_rr(kind::f32, to, from), b.theirs.ucomiss(x, y), good &= b.same();
    }
    for (const reg from : integers) {
      b.ours.to_float(false, to, from), b.theirs.movd(xmm(to), r32(from)), good &= b.same();
      b.ours.to_float(true, to, from), b.theirs.movq(xmm(to), r64(from)), good &= b.same();
      b.ours.from_float(false, from, to), b.theirs.movd(r32(from), xmm(to)), good &= b.same();
      b.ours.from_float(true, from, to), b.theirs.movq(r64(from), xmm(to)), good &= b.same();
    }
  }
  CHECK(good);
}

TEST_CASE("encoder: three operands, as AVX encodes them") {
  bench b;
  bool good = true;
  using namespace Xbyak::util;
  for (const reg r : floats) {
    for (const reg v : floats) {
      for (const reg m : floats) {
        const Xbyak::Xmm x = xmm(r), y = xmm(v), z = xmm(m);
        b.ours.vex_rr({0, 0x0f, 0x58}, false, r, v, m), b.theirs.vaddps(x, y, z);
        good &= b.same();
        b.ours.vex_rr({0x66, 0x0f, 0xfe}, false, r, v, m), b.theirs.vpaddd(x, y, z);
        good &= b.same();
        b.ours.vex_rr({0xf3, 0x0f, 0x10}, false, r, v, m), b.theirs.vmovss(x, y, z);
        good &= b.same();
        b.ours.vex_rr({0xf2, 0x0f, 0x58}, false, r, v, m), b.theirs.vaddsd(x, y, z);
        good &= b.same();
        b.ours.vex_rr({0x66, 0x0f38, 0x00}, false, r, v, m), b.theirs.vpshufb(x, y, z);
        good &= b.same();
        b.ours.vex_rr({0x66, 0x0f3a, 0x0f}, false, r, v, m), b.ours.store(7, 1);
        b.theirs.vpalignr(x, y, z, 7), good &= b.same();
      }
      const Xbyak::Xmm x = xmm(r), y = xmm(v);
      b.ours.vex_rr({0x66, 0x0f38, 0x20}, false, r, encoder::no_operand, v);
      b.theirs.vpmovsxbw(x, y), good &= b.same();
      b.ours.vex_nr({0x66, 0x0f, 0x72}, 2, r, v), b.ours.store(9, 1);
      b.theirs.vpsrld(x, y, 9), good &= b.same();
      for (const reg from : integers) {
        b.ours.vex_rr({0x66, 0x0f3a, 0x22}, true, r, v, from), b.ours.store(1, 1);
        b.theirs.vpinsrq(x, y, r64(from), 1), good &= b.same();
      }
    }
  }
  CHECK(good);
  CHECK(b.count == 16 * 16 * (16 * 6 + 2 + 16));
}

TEST_CASE("encoder: three operands, one of them in memory") {
  bench b;
  bool good = true;
  using namespace Xbyak::util;
  each_address([&](const address& m, const Xbyak::RegExp& e) {
    for (const reg r : floats) {
      const reg v = floats[(number(r) + 7) % 16];
      b.ours.vex_rm({0, 0x0f, 0x59}, false, r, v, m), b.theirs.vmulps(xmm(r), xmm(v), ptr[e]);
      good &= b.same();
      b.ours.vex_rm({0x66, 0x0f38, 0x40}, false, r, v, m), b.theirs.vpmulld(xmm(r), xmm(v), ptr[e]);
      good &= b.same();
      b.ours.vex_rm({0x66, 0x0f3a, 0x22}, true, r, v, m), b.ours.store(0, 1);
      b.theirs.vpinsrq(xmm(r), xmm(v), ptr[e], 0), good &= b.same();
    }
  });
  CHECK(good);
  for (const reg r : floats) {
    b.ours.vex_rc({0x66, 0x0f, 0xdb}, false, r, reg::xmm3);
    b.theirs.vpand(xmm(r), xmm(reg::xmm3), ptr[rip]), good &= b.same();
  }
  CHECK(good);
}

}  // namespace unit_x64_encoder
