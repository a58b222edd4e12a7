// Handlers of tail calls: what they leave of the frame and the return records of their caller.
#include <dovetail/interpreter/handlers_tail_calls.hpp>

#include "machine.hpp"

namespace unit_interpreter_handlers_tail_calls {

using namespace dovetail;
using testing::machine;
namespace interpreting = dovetail::interpreting;
using interpreting::cell;

namespace {

// A guest function, of the machine's instance or of another one, whose frame a caller has entered
// from slot 4 on.
struct entered : machine {
  const cell body[1] = {}, caller[1] = {};
  interpreting::function_code code_of_f;
  vm::function_instance f;
  vm::instance other;
  vm::memory_instance other_memory;
  std::byte other_bytes[8] = {};
  const signature wanted, unlike;

  entered() {
    code_of_f.entry = body;
    code_of_f.frame_slots = 8;
    x.codes = &code_of_f;
    f.code = &code_of_f;
    f.owner = &instance;
    f.home = &store;
    f.signature = &wanted;
    other_memory.base = other_bytes;
    other_memory.size = sizeof other_bytes;
    other.memory0 = &other_memory;
    other.home = &store;
    other.module = &module;
    other.code = &code;
    *x.top++ = {caller, stack, &instance};
    r.frame = stack + 4;
    x.elsewhere_last.d = 1;
  }
  [[nodiscard]] bool has_left_for(const vm::function_instance& callee, const cell* site) const {
    return r.pc == &x.elsewhere_last && x.callee == &callee && x.call_site == site;
  }
};

}  // namespace

TEST_CASE("handlers: arguments come down over the frame, whatever their number") {
  for (std::uint32_t base : {0u, 1u, 2u, 3u, 5u, 9u}) {
    for (std::uint32_t count = 0; count < 12; ++count) {
      entered m;
      m.code_of_f.parameters = count;
      for (slot i = 0; i < 24; ++i) m.r.frame[i] = 100 + i;
      const cell c[] = {{0, 0, 0, 0}, {0, static_cast<std::uint16_t>(count), 0, base}};
      REQUIRE(m.run<interpreting::return_call>(c));
      CHECK(m.r.pc == m.body);
      CHECK(m.r.frame == m.stack + 4);
      CHECK(m.x.top == m.records + 1);
      for (std::uint32_t i = 0; i < count; ++i) CHECK(m.r.frame[i] == 100 + base + i);
    }
  }
}

TEST_CASE("handlers: a tail call clears the callee's locals, which arguments may have been") {
  entered m;
  m.code_of_f.parameters = 1;
  m.code_of_f.zeroed = 3;
  for (slot i = 0; i < 8; ++i) m.r.frame[i] = 100 + i;
  const cell c[] = {{0, 0, 0, 0}, {0, 1, 0, 2}};
  REQUIRE(m.run<interpreting::return_call>(c));
  CHECK(m.r.frame[0] == 102);
  CHECK(m.r.frame[1] == 0);
  CHECK(m.r.frame[3] == 0);
}

TEST_CASE("handlers: a tail call needs no record, and room for the callee's frame") {
  entered m;
  const cell c[] = {{0, 0, 0, 0}, {0, 0, 0, 0}};
  m.x.top = m.x.records_end;
  m.code_of_f.frame_slots = 28;
  CHECK(m.run<interpreting::return_call>(c));
  m.code_of_f.frame_slots = 29;
  CHECK_FALSE(m.run<interpreting::return_call>(c));
  CHECK(m.x.trap == trap_code::stack_exhausted);
  CHECK(m.x.trap_pc == c);
}

TEST_CASE("handlers: a tail call into another instance, which returns to the caller's") {
  entered m;
  m.f.owner = &m.other;
  vm::function_instance* functions[] = {&m.f};
  m.instance.functions = functions;
  const cell c[] = {{0, 0, 0, 0}, {0, 1, 0, 3}};
  m.r.frame[3] = 42;
  CHECK(m.run<interpreting::return_call_imported>(c));
  REQUIRE(m.has_left_for(m.f, c));
  CHECK(interpreting::return_call_elsewhere<false>::run(m.r));
  CHECK(m.r.pc == m.body);
  CHECK(m.r.frame[0] == 42);
  CHECK(m.x.instance == &m.other);
  CHECK(m.r.memory == m.other_bytes);
  CHECK(m.r.memory_size == sizeof m.other_bytes);
  CHECK(interpreting::return_here::run(m.r));
  CHECK(m.r.pc == m.caller);
  CHECK(m.r.frame == m.stack);
  CHECK(m.x.instance == &m.instance);
  CHECK(m.r.memory == m.bytes);
  CHECK(m.x.top == m.records);
}

TEST_CASE("handlers: a tail call of a host function returns to the caller at once") {
  entered m;
  m.f.owner = nullptr;
  m.f.host.call = [](void*, caller& from, slot* frame) {
    return frame[0] += from.instance() != nullptr ? 5 : 6, trap{};
  };
  vm::function_instance* functions[] = {&m.f};
  m.instance.functions = functions;
  const cell c[] = {{0, 0, 0, 0}, {0, 1, 0, 3}};
  m.r.frame[3] = 40;
  CHECK(m.run<interpreting::return_call_imported>(c));
  CHECK(interpreting::return_call_elsewhere<false>::run(m.r));
  CHECK(m.stack[4] == 45);
  CHECK(m.r.integer == 45);
  CHECK(m.r.pc == m.caller);
  CHECK(m.r.frame == m.stack);

  entered n;
  n.f.owner = nullptr;
  n.f.host.call = [](void*, caller&, slot*) { return trap::host(-8); };
  n.instance.functions = functions;
  functions[0] = &n.f;
  CHECK(n.run<interpreting::return_call_imported>(c));
  CHECK_FALSE(interpreting::return_call_elsewhere<false>::run(n.r));
  CHECK(n.x.trap == trap_code::host_trap);
  CHECK(n.x.trap_detail == -8);
  CHECK(n.x.trap_pc == c);
}

TEST_CASE("handlers: tail calls through tables and references find what other calls would") {
  entered m;
  slot elements[] = {0, to_slot(&m.f)};
  vm::table_instance table;
  table.elements = elements;
  table.size = 2;
  vm::table_instance* tables[] = {&table};
  m.instance.tables = tables;
  cell c[] = {{0, 2, 0, 0}, {reinterpret_cast<std::uintptr_t>(&m.unlike), 1, 0, 3}};
  using indirect = interpreting::return_call_indirect;
  m.r.frame[2] = 2;
  CHECK_FALSE(m.run<indirect>(c));
  CHECK(m.x.trap == trap_code::undefined_element);
  m.r.frame[2] = 0;
  CHECK_FALSE(m.run<indirect>(c));
  CHECK(m.x.trap == trap_code::uninitialized_element);
  m.r.frame[2] = 1;
  CHECK_FALSE(m.run<indirect>(c));
  CHECK(m.x.trap == trap_code::indirect_call_type_mismatch);
  c[1].head = reinterpret_cast<std::uintptr_t>(&m.wanted);
  m.r.frame[3] = 7;
  CHECK(m.run<indirect>(c));
  CHECK(m.r.pc == m.body);
  CHECK(m.r.frame[0] == 7);

  // The slot of a reference says who is called, and may be one that arguments go to.
  using through = interpreting::return_call_ref;
  c[0].d = 0;
  m.r.frame[0] = 0;
  CHECK_FALSE(m.run<through>(c));
  CHECK(m.x.trap == trap_code::null_function_reference);
  m.r.frame[0] = to_slot(&m.f);
  m.r.frame[3] = 8;
  CHECK(m.run<through>(c));
  CHECK(m.r.pc == m.body);
  CHECK(m.r.frame[0] == 8);
  m.f.owner = &m.other;
  m.r.frame[0] = to_slot(&m.f);
  CHECK(m.run<through>(c));
  CHECK(m.has_left_for(m.f, c));
}

}  // namespace unit_interpreter_handlers_tail_calls
