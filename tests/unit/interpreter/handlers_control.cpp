// Handlers of moves, branches, calls and fuel, one by one.
#include <dovetail/interpreter/handlers_control.hpp>

#include "machine.hpp"

namespace unit_interpreter_handlers_control {

using namespace dovetail;
using testing::machine;
namespace interpreting = dovetail::interpreting;
using interpreting::cell;
using interpreting::source;
using interpreting::two;

TEST_CASE("handlers: moves") {
  machine m;
  m.stack[1] = 11;
  m.stack[2] = 22;
  const cell one[] = {{0, 3, 1, two(4, 2)}}, wide[] = {{0, 0, 0, 5}, {0, 0, 0, 2}};
  const cell constant[] = {{0, 6, 0, 0xffff'ffff}, {~std::uint64_t{1}, 0, 0, 0}};
  CHECK(m.run<interpreting::copy>(one));
  CHECK(m.stack[3] == 11);
  CHECK(m.run<interpreting::copy_two>(one));
  CHECK(m.stack[4] == 22);
  CHECK(m.run<interpreting::copy_wide>(wide));
  CHECK(m.stack[5] == 22);
  CHECK(m.moved == 2);
  CHECK(m.run<interpreting::constant_32>(constant));
  CHECK(m.stack[6] == 0xffff'ffff);
  CHECK(m.run<interpreting::constant_64>(constant));
  CHECK(m.stack[6] == ~std::uint64_t{1});
  CHECK(m.moved == 2);
}

TEST_CASE("handlers: select takes the first operand if the condition's low 32 bits are not zero") {
  machine m;
  m.stack[1] = 11;
  m.stack[2] = 22;
  const cell c[] = {{0, 4, 1, two(2, 3)}};
  using select = interpreting::select<source::slot, std::uint64_t>;
  for (const slot condition : {slot{1}, slot{0x8000'0000}}) {
    m.stack[3] = condition;
    CHECK(m.run<select>(c));
    CHECK(m.stack[4] == 11);
  }
  m.stack[3] = 0;
  CHECK(m.run<select>(c));
  CHECK(m.stack[4] == 22);
}

TEST_CASE("handlers: a branch table has an entry a cell, the last for every index beyond") {
  machine m;
  // Three targets and the default: distances from the entries' own cells.
  const cell table[] = {
      {0, 0, 1, 3}, {0, 0, 0, 20}, {0, 0, 0, 10}, {0, 0, 0, 30}, {0, 0, 0, 0xffff'fffc}};
  const std::ptrdiff_t expected[] = {21, 12, 33, 0, 0};
  const slot indices[] = {0, 1, 2, 3, 0xffff'ffff};
  for (int i = 0; i < 5; ++i) {
    m.stack[1] = indices[i];
    CHECK(m.run<interpreting::branch_table<source::slot>>(table));
    CHECK(m.moved == expected[i]);
  }
}

TEST_CASE("handlers: fuel is spent exactly, and none is left by what it does not suffice for") {
  machine m;
  const cell block[] = {{0, 0, 0, 10}};
  m.store.fuel = 25;
  CHECK(m.run<interpreting::charge<false>>(block));
  CHECK(m.run<interpreting::charge<false>>(block));
  CHECK(m.store.fuel == 5);
  CHECK_FALSE(m.run<interpreting::charge<false>>(block));
  CHECK(m.x.trap == trap_code::out_of_fuel);
  CHECK(m.store.fuel == 0);
  m.store.fuel = 10;
  CHECK(m.run<interpreting::charge<false>>(block));
  CHECK(m.store.fuel == 0);
}

TEST_CASE("handlers: a call clears locals and is undone by the return") {
  machine m;
  const cell body[] = {{0, 0, 2, 0}};
  interpreting::function_code f;
  f.entry = body;
  f.parameters = 1;
  f.zeroed = 2;
  f.frame_slots = 4;
  m.x.codes = &f;
  m.stack[3] = 42;
  m.stack[4] = m.stack[5] = m.stack[8] = 99;  // cleared by fours
  const cell call[] = {{0, 0, 3, 0}};
  CHECK(m.run<interpreting::call<false>>(call));
  CHECK(m.r.pc == body);
  CHECK(m.r.frame == m.stack + 3);
  CHECK(m.stack[4] == 0);
  CHECK(m.stack[5] == 0);
  CHECK(m.stack[8] == 99);
  m.stack[5] = 7;
  CHECK(interpreting::return_one<source::slot>::run(m.r));
  CHECK(m.r.pc == call + 1);
  CHECK(m.r.frame == m.stack);
  CHECK(m.stack[3] == 7);
  CHECK(m.x.top == m.records);
}

TEST_CASE("handlers: the last slot and the last record can be used, one more is exhaustion") {
  machine m;
  interpreting::function_code f;
  f.frame_slots = 4;
  m.x.codes = &f;
  const cell fits[] = {{0, 0, 28, 0}}, beyond[] = {{0, 0, 29, 0}};
  CHECK_FALSE(m.run<interpreting::call<false>>(beyond));
  CHECK(m.x.trap == trap_code::stack_exhausted);
  CHECK(m.x.exhausted == &f);
  CHECK(m.x.top == m.records + 1);  // for whoever looks at frames
  CHECK(m.records[0].pc == beyond + 1);
  m.x.top = m.records;
  f.entry = fits;
  CHECK(m.run<interpreting::call<false>>(fits));
  m.r.frame = m.stack;
  m.x.top = m.x.records_end;
  CHECK_FALSE(m.run<interpreting::call<false>>(fits));
  CHECK(m.x.trap == trap_code::stack_exhausted);
}

TEST_CASE("handlers: an indirect call checks bounds, null and signature, in this order") {
  machine m;
  const signature wanted, other;
  vm::function_instance f;
  f.signature = &other;
  slot elements[] = {0, to_slot(&f)};
  vm::table_instance table;
  table.elements = elements;
  table.size = 2;
  vm::table_instance* tables[] = {&table};
  m.instance.tables = tables;
  const cell call[] = {{0, 1, 2, 0}, {reinterpret_cast<std::uintptr_t>(&wanted), 0, 0, 2}};
  using call_indirect = interpreting::call_indirect<false>;
  m.stack[1] = 2;
  CHECK_FALSE(m.run<call_indirect>(call));
  CHECK(m.x.trap == trap_code::undefined_element);
  m.stack[1] = 0;
  CHECK_FALSE(m.run<call_indirect>(call));
  CHECK(m.x.trap == trap_code::uninitialized_element);
  m.stack[1] = 1;
  CHECK_FALSE(m.run<call_indirect>(call));
  CHECK(m.x.trap == trap_code::indirect_call_type_mismatch);
  const signature* const below_wanted[] = {&wanted, nullptr};
  signature sub;
  sub.display = below_wanted;
  sub.depth = 1;
  f.signature = &sub;
  f.owner = nullptr;
  CHECK(m.run<call_indirect>(call));  // a subtype of what is expected
  CHECK(m.r.pc == &m.x.elsewhere);
  f.signature = &wanted;
  f.home = &m.store;
  f.host.call = [](void*, caller& from, slot* frame) {
    return frame[0] = from.instance() != nullptr ? 5 : 6, trap{};
  };
  CHECK(m.run<call_indirect>(call));
  CHECK(m.r.pc == &m.x.elsewhere);
  CHECK(interpreting::call_elsewhere<false>::run(m.r));
  CHECK(m.stack[2] == 5);
  CHECK(m.r.pc == call + 2);
  f.host.call = [](void*, caller&, slot*) { return trap::host(-8); };
  CHECK(m.run<call_indirect>(call));
  CHECK_FALSE(interpreting::call_elsewhere<false>::run(m.r));
  CHECK(m.x.trap == trap_code::host_trap);
  CHECK(m.x.trap_detail == -8);
  CHECK(m.x.trap_pc == call);
  CHECK(m.x.free == m.stack);
}

TEST_CASE("handlers: a call through a reference needs one") {
  machine m;
  const cell body[1] = {}, call[] = {{0, 1, 0, 0}, {0, 0, 0, 3}};
  interpreting::function_code compiled;
  compiled.entry = body;
  compiled.frame_slots = 1;
  vm::function_instance f;
  f.owner = &m.instance;
  f.code = &compiled;
  CHECK_FALSE(m.run<interpreting::call_ref>(call));
  CHECK(m.x.trap == trap_code::null_function_reference);
  CHECK(m.x.trap_pc == call);
  m.stack[1] = to_slot(&f);
  CHECK(m.run<interpreting::call_ref>(call));
  CHECK(m.r.pc == body);
  CHECK(m.r.frame == m.stack + 3);
  CHECK(m.records[0].pc == call + 2);
  f.owner = nullptr;
  m.r.frame = m.stack;
  CHECK(m.run<interpreting::call_ref>(call));
  CHECK(m.r.pc == &m.x.elsewhere);
  CHECK(m.x.call_site == call);
}

}  // namespace unit_interpreter_handlers_control
