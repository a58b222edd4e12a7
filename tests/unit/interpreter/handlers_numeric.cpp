// Handlers of numbers, comparisons that branch, loads and stores, one by one.
#include <dovetail/interpreter/handlers_numeric.hpp>

#include "machine.hpp"

using namespace dovetail;
using namespace dovetail::interpreting;
using testing::machine;

namespace {

constexpr auto in_slot = source::slot, in_accumulator = source::accumulator,
               in_cell = source::constant;

}  // namespace

TEST_CASE("handlers: binary operators from every source, into slot and accumulator") {
  machine m;
  m.stack[1] = 50;
  m.stack[2] = 8;
  m.r.integer = 100;
  const cell slots[] = {{0, 3, 1, 2}}, constant[] = {{0, 3, 1, 0xffff'ffff}};
  CHECK(m.run<binary<op::i32_sub, in_slot, in_slot>>(slots));
  CHECK(m.stack[3] == 42);
  CHECK(m.r.integer == 42);
  CHECK(m.moved == 1);
  CHECK(m.run<binary<op::i32_sub, in_slot, in_cell>>(constant));
  CHECK(m.stack[3] == 51);
  CHECK(m.run<binary<op::i32_sub, in_accumulator, in_slot>>(slots));
  CHECK(m.stack[3] == 43);
  CHECK(m.run<binary<op::i64_sub, in_slot, in_accumulator>>(slots));
  CHECK(m.stack[3] == 7);
}

TEST_CASE("handlers: an operator that traps writes nothing and stops at its cell") {
  machine m;
  m.stack[3] = 77;
  const cell by_zero[] = {{0, 3, 1, 2}};
  CHECK_FALSE(m.run<binary<op::i32_div_u, in_slot, in_slot>>(by_zero));
  CHECK(m.x.trap == trap_code::integer_divide_by_zero);
  CHECK(m.x.trap_pc == by_zero);
  CHECK(m.stack[3] == 77);
  m.stack[1] = to_slot(1e20f);
  CHECK_FALSE(m.run<unary<op::i32_trunc_f32_s, in_slot>>(by_zero));
  CHECK(m.x.trap == trap_code::integer_overflow);
}

TEST_CASE("handlers: comparisons branch by a signed distance if they are what was asked") {
  machine m;
  m.stack[1] = 5;
  m.stack[2] = 0xffff'ffff;
  const cell slots[] = {{0, 1, 2, 9}}, constant[] = {{0, 1, 0xffff, 9}};
  CHECK(m.run<compare_branch<op::i32_gt_s, in_slot, in_slot, true>>(slots));
  CHECK(m.moved == 9);
  CHECK(m.run<compare_branch<op::i32_gt_s, in_slot, in_slot, false>>(slots));
  CHECK(m.moved == 1);
  CHECK(m.run<compare_branch<op::i32_gt_s, in_slot, in_cell, true>>(constant));  // 5 > -1
  CHECK(m.moved == 9);
  CHECK(m.run<test_branch<op::i32_eqz, in_slot, true>>(slots));
  CHECK(m.moved == 1);
}

TEST_CASE("handlers: a counting loop adds 16 bits and compares the sum") {
  machine m;
  m.stack[1] = 10;
  m.stack[2] = 9;
  const cell down[] = {{0, 1, 0xffff, two(2, 5)}};
  CHECK(m.run<count_branch<op::i32_ne, in_slot>>(down));
  CHECK(m.stack[1] == 9);
  CHECK(m.moved == 1);
  CHECK(m.run<count_branch<op::i32_ne, in_slot>>(down));
  CHECK(m.stack[1] == 8);
  CHECK(m.moved == 5);
}
