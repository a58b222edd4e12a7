// Opcodes of packed instructions against xbyak's, in both encodings, and what vector operators are
// one of.
#include <dovetail/x64/packed.hpp>

#include <cstdint>
#include <cstring>

#include <dovetail/x64/xbyak.hpp>

#include "support/catch.hpp"

namespace unit_x64_packed {

using namespace dovetail::x64_jit;

namespace {

class bench {
 public:
  encoder ours{ours_};
  Xbyak::CodeGenerator theirs{sizeof theirs_, theirs_};

  bool same() {
    const std::size_t n = theirs.getSize();
    const bool equal = n != 0 && ours.here() == n && std::memcmp(ours_, theirs_, n) == 0;
    ours.rewind(0);
    theirs.setSize(0);
    return equal;
  }

 private:
  std::uint8_t ours_[64] = {};
  std::uint8_t theirs_[64] = {};
};

constexpr reg r = reg::xmm1, v = reg::xmm2, m = reg::xmm9;
const Xbyak::Xmm x1(1), x2(2), x9(9);

}  // namespace

TEST_CASE("packed: instructions of two operands") {
  bench b;
#define DOVETAIL_SAME(NAME)                    \
  INFO(#NAME);                                 \
  b.ours.op_rr(packed::NAME, false, r, m);     \
  b.theirs.NAME(x1, x9);                       \
  CHECK(b.same());                             \
  b.ours.vex_rr(packed::NAME, false, r, v, m); \
  b.theirs.v##NAME(x1, x2, x9);                \
  CHECK(b.same())
  DOVETAIL_SAME(pshufb);
  DOVETAIL_SAME(pmaddubsw);
  DOVETAIL_SAME(paddsw);
  DOVETAIL_SAME(pmulhrsw);
  DOVETAIL_SAME(pmuldq);
  DOVETAIL_SAME(pcmpeqq);
  DOVETAIL_SAME(pcmpgtq);
  DOVETAIL_SAME(pmaxsd);
  DOVETAIL_SAME(punpcklbw);
  DOVETAIL_SAME(punpcklwd);
  DOVETAIL_SAME(punpckldq);
  DOVETAIL_SAME(punpcklqdq);
  DOVETAIL_SAME(punpckhbw);
  DOVETAIL_SAME(punpckhwd);
  DOVETAIL_SAME(punpckhdq);
  DOVETAIL_SAME(punpckhqdq);
  DOVETAIL_SAME(packsswb);
  DOVETAIL_SAME(pcmpgtd);
  DOVETAIL_SAME(pcmpeqb);
  DOVETAIL_SAME(pcmpeqw);
  DOVETAIL_SAME(pcmpeqd);
  DOVETAIL_SAME(pand);
  DOVETAIL_SAME(pandn);
  DOVETAIL_SAME(por);
  DOVETAIL_SAME(pxor);
  DOVETAIL_SAME(paddb);
  DOVETAIL_SAME(paddd);
  DOVETAIL_SAME(paddq);
  DOVETAIL_SAME(paddusb);
  DOVETAIL_SAME(psubb);
  DOVETAIL_SAME(psubw);
  DOVETAIL_SAME(psubd);
  DOVETAIL_SAME(psubq);
  DOVETAIL_SAME(pmullw);
  DOVETAIL_SAME(pmulhw);
  DOVETAIL_SAME(pmulhuw);
  DOVETAIL_SAME(pmuludq);
  DOVETAIL_SAME(pmaddwd);
  DOVETAIL_SAME(unpcklps);
  DOVETAIL_SAME(movss);
  DOVETAIL_SAME(movsd);
#undef DOVETAIL_SAME
}

TEST_CASE("packed: instructions of one operand") {
  bench b;
#define DOVETAIL_SAME(NAME)                                      \
  INFO(#NAME);                                                   \
  b.ours.op_rr(packed::NAME, false, r, m);                       \
  b.theirs.NAME(x1, x9);                                         \
  CHECK(b.same());                                               \
  b.ours.vex_rr(packed::NAME, false, r, encoder::no_operand, m); \
  b.theirs.v##NAME(x1, x9);                                      \
  CHECK(b.same())
  DOVETAIL_SAME(ptest);
  DOVETAIL_SAME(cvtdq2ps);
  DOVETAIL_SAME(cvttps2dq);
  DOVETAIL_SAME(cvtdq2pd);
  DOVETAIL_SAME(cvttpd2dq);
  DOVETAIL_SAME(cvtps2pd);
  DOVETAIL_SAME(cvtpd2ps);
  DOVETAIL_SAME(movddup);
#undef DOVETAIL_SAME
}

TEST_CASE("packed: instructions with a constant") {
  bench b;
#define DOVETAIL_SAME(NAME)                                                          \
  INFO(#NAME);                                                                       \
  b.ours.op_rr(packed::NAME, false, r, m), b.ours.store(5, 1);                       \
  b.theirs.NAME(x1, x9, 5);                                                          \
  CHECK(b.same());                                                                   \
  b.ours.vex_rr(packed::NAME, false, r, encoder::no_operand, m), b.ours.store(5, 1); \
  b.theirs.v##NAME(x1, x9, 5);                                                       \
  CHECK(b.same())
  DOVETAIL_SAME(pshufd);
  DOVETAIL_SAME(pshuflw);
  DOVETAIL_SAME(pshufhw);
  DOVETAIL_SAME(roundps);
  DOVETAIL_SAME(roundpd);
#undef DOVETAIL_SAME
#define DOVETAIL_SAME(NAME)                                        \
  INFO(#NAME);                                                     \
  b.ours.op_rr(packed::NAME, false, r, m), b.ours.store(5, 1);     \
  b.theirs.NAME(x1, x9, 5);                                        \
  CHECK(b.same());                                                 \
  b.ours.vex_rr(packed::NAME, false, r, v, m), b.ours.store(5, 1); \
  b.theirs.v##NAME(x1, x2, x9, 5);                                 \
  CHECK(b.same())
  DOVETAIL_SAME(pblendw);
  DOVETAIL_SAME(palignr);
  DOVETAIL_SAME(shufps);
  DOVETAIL_SAME(insertps);
#undef DOVETAIL_SAME
#define DOVETAIL_SAME(NAME)                                                         \
  INFO(#NAME);                                                                      \
  b.ours.op_nr({0x66, 0x0f, packed::NAME.group}, false, packed::NAME.extension, m); \
  b.ours.store(5, 1);                                                               \
  b.theirs.NAME(x9, 5);                                                             \
  CHECK(b.same());                                                                  \
  b.ours.vex_nr({0x66, 0x0f, packed::NAME.group}, packed::NAME.extension, r, m);    \
  b.ours.store(5, 1);                                                               \
  b.theirs.v##NAME(x1, x9, 5);                                                      \
  CHECK(b.same());                                                                  \
  b.ours.op_rr(packed::by_register(packed::NAME), false, r, m);                     \
  b.theirs.NAME(x1, x9);                                                            \
  CHECK(b.same())
  DOVETAIL_SAME(psllw);
  DOVETAIL_SAME(psrlw);
  DOVETAIL_SAME(psraw);
  DOVETAIL_SAME(pslld);
  DOVETAIL_SAME(psrld);
  DOVETAIL_SAME(psrad);
  DOVETAIL_SAME(psllq);
  DOVETAIL_SAME(psrlq);
#undef DOVETAIL_SAME
}

TEST_CASE("packed: lanes to integers and back, and to memory") {
  using namespace Xbyak::util;
  bench b;
  const address at{reg::rsi, reg::none, 0, 8};
#define DOVETAIL_SAME(NAME, WIDE, REGISTER)                          \
  INFO(#NAME);                                                       \
  b.ours.op_rr(packed::NAME, WIDE, r, reg::r10), b.ours.store(1, 1); \
  b.theirs.REGISTER;                                                 \
  CHECK(b.same())
  DOVETAIL_SAME(pextrb, false, pextrb(r10d, x1, 1));
  DOVETAIL_SAME(pextrd, false, pextrd(r10d, x1, 1));
  DOVETAIL_SAME(pextrd, true, pextrq(r10, x1, 1));
  DOVETAIL_SAME(pinsrb, false, pinsrb(x1, r10d, 1));
  DOVETAIL_SAME(pinsrw, false, pinsrw(x1, r10d, 1));
  DOVETAIL_SAME(pinsrd, false, pinsrd(x1, r10d, 1));
  DOVETAIL_SAME(pinsrd, true, pinsrq(x1, r10, 1));
#undef DOVETAIL_SAME
#define DOVETAIL_SAME(NAME, TO_MEMORY)      \
  INFO(#NAME);                              \
  b.ours.op_rm(packed::NAME, false, r, at); \
  b.theirs.TO_MEMORY;                       \
  CHECK(b.same())
  DOVETAIL_SAME(movups, movups(x1, ptr[rsi + 8]));
  DOVETAIL_SAME(movups_store, movups(ptr[rsi + 8], x1));
  DOVETAIL_SAME(movss_store, movss(ptr[rsi + 8], x1));
  DOVETAIL_SAME(movsd_store, movsd(ptr[rsi + 8], x1));
  DOVETAIL_SAME(movhps_store, movhps(ptr[rsi + 8], x1));
#undef DOVETAIL_SAME
  b.ours.op_rm(packed::pextrw, false, r, at), b.ours.store(3, 1);
  b.theirs.pextrw(ptr[rsi + 8], x1, 3);
  CHECK(b.same());
  b.ours.op_rr(packed::pmovmskb, false, reg::r10, m), b.theirs.pmovmskb(r10d, x9);
  CHECK(b.same());
  b.ours.vex_rr(packed::movlhps, false, r, v, m), b.theirs.vmovlhps(x1, x2, x9);
  CHECK(b.same());
}

TEST_CASE("packed: choices by a mask, and products with a sum") {
  bench b;
#define DOVETAIL_SAME(NAME)                                                             \
  b.ours.vex_rr(packed::NAME, false, r, v, m), b.ours.store(number(reg::xmm9) << 4, 1); \
  b.theirs.NAME(x1, x2, x9, x9);                                                        \
  CHECK(b.same())
  DOVETAIL_SAME(vpblendvb);
  DOVETAIL_SAME(vblendvps);
  DOVETAIL_SAME(vblendvpd);
#undef DOVETAIL_SAME
  b.ours.vex_rr(packed::vfmadd231, false, r, v, m), b.theirs.vfmadd231ps(x1, x2, x9);
  CHECK(b.same());
  b.ours.vex_rr(packed::vfmadd231, true, r, v, m), b.theirs.vfmadd231pd(x1, x2, x9);
  CHECK(b.same());
  b.ours.vex_rr(packed::vfnmadd231, false, r, v, m), b.theirs.vfnmadd231ps(x1, x2, x9);
  CHECK(b.same());
  b.ours.vex_rr(packed::vfnmadd231, true, r, v, m), b.theirs.vfnmadd231pd(x1, x2, x9);
  CHECK(b.same());
}

TEST_CASE("packed: operators that are one instruction") {
  using dovetail::op;
  std::size_t count = 0;
  for (std::size_t i = 0; i < dovetail::op_count; ++i) {
    const auto o = static_cast<op>(i);
    const packed_form f = packed_form_of(o);
    if (!f.exists) continue;
    ++count;
    INFO(dovetail::name(o));
    CHECK(dovetail::row_of(o).shape == dovetail::shape::vv_v);
    CHECK(packed_forms[dovetail::row_of(o).code].exists);
  }
  CHECK(count == 68);
  CHECK(!packed_forms[dovetail::row_of(op::i8x16_swizzle).code].exists);
}

}  // namespace unit_x64_packed
