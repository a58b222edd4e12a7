// Handlers of vectors: two slots each, constants that fill a cell, lanes to and from memory. What
// the operators mean is tested with format/meaning_vector.hpp.
#include <dovetail/interpreter/handlers_vector.hpp>

#include <dovetail/runtime/memory_policy.hpp>

#include "machine.hpp"

namespace unit_interpreter_handlers_vector {

using namespace dovetail;
using testing::machine;
namespace interpreting = dovetail::interpreting;
using interpreting::cell;
using interpreting::two;

TEST_CASE("handlers: vectors move by two slots, constants fill the next cell") {
  machine m;
  m.stack[4] = 7;
  m.stack[5] = 8;
  const cell copy[] = {{0, 2, 4, 0}};
  CHECK(m.run<interpreting::copy_vector>(copy));
  CHECK(m.stack[2] == 7);
  CHECK(m.stack[3] == 8);
  CHECK(m.moved == 1);
  const cell constant[] = {{0, 6, 0, 0}, {0x0123'4567'89ab'cdef, 0x3210, 0x7654, 0xfedc'ba98}};
  CHECK(m.run<interpreting::vector_constant>(constant));
  CHECK(m.stack[6] == 0x0123'4567'89ab'cdef);
  CHECK(m.stack[7] == 0xfedc'ba98'7654'3210);
  CHECK(m.moved == 2);
  const cell choice[] = {{0, 10, 4, two(6, 9)}};
  CHECK(m.run<interpreting::select_vector>(choice));
  CHECK(m.stack[10] == m.stack[6]);
  m.stack[9] = 1;
  CHECK(m.run<interpreting::select_vector>(choice));
  CHECK(m.stack[11] == 8);
}

TEST_CASE("handlers: operators find vectors and numbers in slots") {
  machine m;
  m.stack[0] = 1;
  m.stack[1] = 2;
  m.stack[2] = 30;
  const cell splat[] = {{0, 4, 2, 0}};
  CHECK(m.run<interpreting::vector_splat<op::i64x2_splat>>(splat));
  const cell sum[] = {{0, 4, 4, two(0, 0)}};
  CHECK(m.run<interpreting::vector_binary<op::i64x2_add>>(sum));
  CHECK(m.stack[4] == 31);
  CHECK(m.stack[5] == 32);
  m.stack[2] = 1;
  const cell shifted[] = {{0, 4, 4, two(2, 0)}};
  CHECK(m.run<interpreting::vector_shift<op::i64x2_shl>>(shifted));
  CHECK(m.stack[5] == 64);
  const cell lane[] = {{0, 6, 4, 1}};
  CHECK(m.run<interpreting::vector_extract<op::i64x2_extract_lane>>(lane));
  CHECK(m.stack[6] == 64);
  CHECK(m.r.integer == 64);
  const cell replaced[] = {{0, 8, 4, two(2, 0)}};
  CHECK(m.run<interpreting::vector_replace<op::i64x2_replace_lane>>(replaced));
  CHECK(m.stack[8] == 1);
  CHECK(m.stack[9] == 64);
}

TEST_CASE("handlers: vectors and lanes go to memory and come back, within bounds") {
  machine m;
  m.stack[2] = 0x0706'0504'0302'0100;
  m.stack[3] = 0x0f0e'0d0c'0b0a'0908;
  const cell store[] = {{0, 2, 0, 0}};
  CHECK(m.run<
        interpreting::vector_store<checked_memory, op::v128_store, interpreting::address::slot>>(
      store));
  CHECK(m.bytes[1] == std::byte{1});
  CHECK(m.bytes[15] == std::byte{15});
  m.stack[0] = 2;
  const cell load[] = {{0, 4, 0, 5}};
  CHECK(m.run<interpreting::vector_load<checked_memory, op::v128_load16_splat,
                                        interpreting::address::slot>>(load));
  CHECK(m.stack[5] == 0x0807'0807'0807'0807);
  const cell into[] = {{0, 6, 0, 1}, {0, 0, 2, 2}};
  CHECK(m.run<interpreting::vector_load_lane<checked_memory, op::v128_load32_lane,
                                             interpreting::address::slot>>(into));
  CHECK(m.stack[6] == m.stack[2]);
  CHECK(m.stack[7] == 0x0f0e'0d0c'0605'0403);
  CHECK(m.moved == 2);
  const cell out[] = {{0, 2, 0, 10}, {0, 0, 0, 3}};
  CHECK(m.run<interpreting::vector_store_lane<checked_memory, op::v128_store8_lane,
                                              interpreting::address::slot>>(out));
  CHECK(m.bytes[12] == std::byte{3});
  const cell beyond[] = {{0, 4, 0, 0}};
  m.stack[0] = 1;
  CHECK_FALSE(
      m.run<interpreting::vector_load<checked_memory, op::v128_load, interpreting::address::slot>>(
          beyond));
  CHECK(m.x.trap == trap_code::memory_out_of_bounds);
}

}  // namespace unit_interpreter_handlers_vector
