// Handlers of numbers, comparisons that branch, loads and stores, one by one.
#include <dovetail/interpreter/handlers_numeric.hpp>
#include <dovetail/runtime/memory_policy.hpp>

#include "machine.hpp"

namespace unit_interpreter_handlers_numeric {

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

TEST_CASE("handlers: a branch has 32 bits of constant behind the accumulator, 16 behind a slot") {
  machine m;
  m.r.integer = 0x1234'5678;
  const cell integer[] = {{0, 0x5678, 0x1234, 9}};
  CHECK(m.run<compare_branch<op::i32_eq, in_accumulator, in_cell, true>>(integer));
  CHECK(m.moved == 9);
  m.r.f64 = m.r.f32 = 0.5f;
  m.stack[1] = to_slot(0.5);
  const cell whole[] = {{0, 0, 0x3f00, 9}}, half[] = {{0, 1, 0x3f00, 9}};
  CHECK(m.run<compare_branch<op::f32_eq, in_accumulator, in_cell, true>>(whole));
  CHECK(m.moved == 9);
  CHECK(m.run<compare_branch<op::f64_eq, in_accumulator, in_cell, true>>(whole));
  CHECK(m.moved == 9);
  CHECK(m.run<compare_branch<op::f64_eq, in_slot, in_cell, true>>(half));
  CHECK(m.moved == 9);
}

TEST_CASE("handlers: an index is shifted and added, modulo 32 bits") {
  machine m;
  m.stack[1] = 3;
  m.stack[2] = 0xffff'fff0;
  m.r.integer = 2;
  const cell slots[] = {{0, 4, 1, two(2, 9)}};
  const cell constant[] = {{0, 4, 1, static_cast<std::uint32_t>(-40) << 3 | 2}};
  CHECK(m.run<shifted_sum<in_slot, in_slot>>(slots));
  CHECK(m.stack[4] == 1520);
  m.r.integer = 2;
  CHECK(m.run<shifted_sum<in_accumulator, in_slot>>(slots));
  CHECK(m.stack[4] == 1008);
  CHECK(m.run<shifted_sum<in_slot, in_cell>>(constant));
  CHECK(m.stack[4] == 0xffff'ffe4);
  CHECK(m.r.integer == 0xffff'ffe4);
}

TEST_CASE("handlers: operators of constants, of 32 bits first and of 64 bits second") {
  machine m;
  m.stack[1] = 3;
  m.r.integer = 5;
  const cell of_constant[] = {{0, 4, 1, 0xffff'ffff}};
  CHECK(m.run<binary_of_constant<op::i64_sub>>(of_constant));
  CHECK(m.stack[4] == static_cast<slot>(-4));
  const cell wide[] = {{0, 4, 1, 0}, {0x1'0000'0001, 0, 0, 0}};
  CHECK(m.run<binary_wide<op::i64_mul, in_slot>>(wide));
  CHECK(m.stack[4] == 0x3'0000'0003);
  CHECK(m.moved == 2);
  m.r.integer = 5;
  CHECK(m.run<binary_wide<op::i64_add, in_accumulator>>(wide));
  CHECK(m.stack[4] == 0x1'0000'0006);
}

TEST_CASE("handlers: bit-fields, and two locals that step") {
  machine m;
  m.stack[1] = 0xabcd'1234;
  m.stack[2] = 7;
  const cell field[] = {{0, 4, 1, 0xffu << 5 | 8}}, steps[] = {{0, 1, 2, two(0xffff, 0x8000)}};
  CHECK(m.run<bit_field<in_slot>>(field));
  CHECK(m.stack[4] == 0x12);
  CHECK(m.run<step_two>(steps));
  CHECK(m.stack[1] == 0xabcd'1233);
  CHECK(m.stack[2] == 0xffff'8007);
  CHECK(m.r.integer == 0xffff'8007);
}

TEST_CASE("handlers: an address is a sum of 32 bits, checked afterwards") {
  machine m;
  m.bytes[3] = std::byte{77};
  m.stack[1] = m.r.integer = 5;
  const cell back[] = {{0, 2, 1, 0xffff'fffe}}, beyond[] = {{0, 2, 1, 11}};
  using by_slot = load<checked_memory, op::i32_load8_u, address::slot_plus>;
  CHECK(m.run<by_slot>(back));
  CHECK(m.stack[2] == 77);
  CHECK_FALSE(m.run<by_slot>(beyond));
  CHECK(m.x.trap == trap_code::memory_out_of_bounds);
  m.r.integer = 5;
  CHECK(m.run<store<checked_memory, op::i32_store8, address::accumulator_plus, in_cell>>(back));
  CHECK(m.bytes[3] == std::byte{2});
}

TEST_CASE("handlers: 64 bits of address and offset do not wrap around") {
  machine m;  // a memory of 16 bytes
  m.bytes[12] = std::byte{77};
  const auto is_found = [&](std::uint64_t address, std::uint64_t offset) {
    const cell close_by[] = {{0, 2, 1, static_cast<std::uint32_t>(offset)}};
    const cell away[] = {{0, 2, 1, 0}, {offset, 0, 0, 0}};
    m.stack[1] = address;
    m.stack[2] = 0;
    const bool found = m.run<load<checked_memory, op::i32_load, address::elsewhere>>(away);
    CHECK(m.stack[2] == (found ? 77 : 0));
    if (found) CHECK(m.moved == 2);
    if (offset <= 0xffff'ffff) {
      CHECK(m.run<load<checked_memory, op::i32_load, address::wide>>(close_by) == found);
      CHECK(m.run<load<guarded_memory, op::i32_load, address::wide>>(close_by) == found);
    }
    CHECK(m.run<load<guarded_memory, op::i32_load, address::elsewhere>>(away) == found);
    CHECK(m.run<store<guarded_memory, op::i32_store, address::elsewhere, in_slot>>(away) == found);
    return found;
  };
  CHECK(is_found(12, 0));
  CHECK(is_found(0, 12));
  CHECK(is_found(5, 7));
  CHECK_FALSE(is_found(13, 0));
  CHECK_FALSE(is_found(0, 13));
  CHECK_FALSE(is_found(1, 12));
  CHECK_FALSE(is_found(16, 0));
  CHECK_FALSE(is_found(std::uint64_t{1} << 32, 12));
  CHECK_FALSE(is_found(~std::uint64_t{0} - 3, 16));   // the sum is 12
  CHECK_FALSE(is_found(~std::uint64_t{0} - 15, 28));  // and here
  CHECK_FALSE(is_found(16, std::uint64_t{1} << 63));  // the largest offset there is
  CHECK_FALSE(is_found(std::uint64_t{1} << 63, std::uint64_t{1} << 63));
  CHECK_FALSE(is_found((std::uint64_t{1} << 63) + 12, std::uint64_t{1} << 63));
}

TEST_CASE("handlers: an access names its memory") {
  machine m;
  std::byte more_bytes[8] = {};
  vm::memory_instance more;
  more.base = more_bytes;
  more.size = sizeof more_bytes;
  vm::memory_instance* both[] = {&m.memory, &more};
  m.instance.memories = both;
  m.stack[1] = 4;
  m.stack[2] = 0x1234;
  const cell c[] = {{0, 2, 1, 1}, {2, 0, 0, 0}};
  CHECK(m.run<store<checked_memory, op::i32_store16, address::elsewhere, in_slot>>(c));
  CHECK(m.moved == 2);
  CHECK(more_bytes[6] == std::byte{0x34});
  CHECK(more_bytes[7] == std::byte{0x12});
  CHECK_FALSE(m.run<store<checked_memory, op::i32_store, address::elsewhere, in_slot>>(c));
  CHECK(m.x.trap == trap_code::memory_out_of_bounds);
  CHECK(m.x.trap_pc == c);
  const cell one[] = {{0, 3, 1, 1}, {2, 0, 0, 0}};
  CHECK(m.run<load<checked_memory, op::i64_load16_u, address::elsewhere>>(one));
  CHECK(m.stack[3] == 0x1234);
  CHECK(m.r.integer == 0x1234);
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

}  // namespace unit_interpreter_handlers_numeric
