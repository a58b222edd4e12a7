// Handlers of globals, references and whole memories and tables. What the bulk operators do is
// tested with runtime/objects.hpp; here that the right cells and slots reach them.
#include <dovetail/interpreter/handlers_objects.hpp>

#include "machine.hpp"

namespace unit_interpreter_handlers_objects {

using namespace dovetail;
using testing::machine;
namespace interpreting = dovetail::interpreting;
using interpreting::cell;

namespace {

struct with_tables : machine {
  slot first_elements[4] = {1, 2, 3, 4}, second_elements[2] = {8, 9};
  vm::table_instance first, second;
  vm::table_instance* tables[2] = {&first, &second};
  with_tables() {
    first.elements = first_elements;
    first.size = first.most = first.capacity = 4;
    second.elements = second_elements;
    second.size = second.most = second.capacity = 2;
    instance.tables = tables;
  }
};

}  // namespace

TEST_CASE("handlers: globals") {
  machine m;
  vm::global_instance g{5, 0, {}, nullptr};
  vm::global_instance* globals[] = {nullptr, &g};
  m.instance.globals = globals;
  const cell c[] = {{0, 3, 2, 1}};
  CHECK(m.run<interpreting::global_get>(c));
  CHECK(m.stack[3] == 5);
  CHECK(m.r.integer == 5);
  m.stack[2] = 9;
  CHECK(m.run<interpreting::global_set>(c));
  CHECK(g.low == 9);
}

TEST_CASE("handlers: a global goes down and up by constants, modulo 32 bits") {
  machine m;
  vm::global_instance g{5, 0, {}, nullptr};
  vm::global_instance* globals[] = {nullptr, &g};
  m.instance.globals = globals;
  const cell by_a[] = {{0, 3, 0xfff0, 1}}, by_d[] = {{0, 16, 3, 1}};
  CHECK(m.run<interpreting::global_plus>(by_a));
  CHECK(m.stack[3] == 0xffff'fff5);
  CHECK(g.low == 5);
  CHECK(m.run<interpreting::global_move>(by_a));
  CHECK(g.low == 0xffff'fff5);
  CHECK(m.r.integer == 0xffff'fff5);
  CHECK(m.run<interpreting::global_set_plus>(by_d));
  CHECK(g.low == 5);
  CHECK(m.moved == 1);
}

TEST_CASE("handlers: table elements, within bounds") {
  with_tables m;
  const cell c[] = {{0, 3, 2, 1}};  // table 1, at slot 2, slot 3
  m.stack[2] = 1;
  CHECK(m.run<interpreting::table_get>(c));
  CHECK(m.stack[3] == 9);
  m.stack[3] = 7;
  CHECK(m.run<interpreting::table_set>(c));
  CHECK(m.second_elements[1] == 7);
  m.stack[2] = 2;
  CHECK_FALSE(m.run<interpreting::table_get>(c));
  CHECK(m.x.trap == trap_code::table_out_of_bounds);
  CHECK_FALSE(m.run<interpreting::table_set>(c));
  CHECK(m.x.trap_pc == c);
  CHECK(m.run<interpreting::table_size>(c));
  CHECK(m.stack[3] == 2);
  CHECK(m.run<interpreting::table_grow>(c));  // by slot 3, which is 2: more than it may have
  CHECK(m.stack[3] == 0xffff'ffff);
}

TEST_CASE("handlers: indices and lengths have as many bits as there are") {
  with_tables m;
  const cell at[] = {{0, 3, 2, 1}}, copy[] = {{0, 0, 1, 0}, {0, 0, 0, 1}};
  m.stack[2] = slot{1} << 32;  // 0 in its lower half
  CHECK_FALSE(m.run<interpreting::table_get>(at));
  CHECK_FALSE(m.run<interpreting::table_set>(at));
  m.stack[1] = 0;
  m.stack[2] = 0;
  m.stack[3] = slot{1} << 32;
  CHECK_FALSE(m.run<interpreting::table_copy<false>>(copy));
  CHECK_FALSE(m.run<interpreting::memory_fill<false>>(copy));
  m.stack[3] = ~slot{0};
  m.stack[1] = 2;
  CHECK_FALSE(m.run<interpreting::table_copy<false>>(copy));
  CHECK(m.x.trap == trap_code::table_out_of_bounds);
}

TEST_CASE("handlers: what cannot grow answers in the type of its addresses") {
  with_tables m;
  const cell table[] = {{0, 5, 2, 1}}, memory[] = {{0, 5, 2, 0}};
  m.stack[2] = m.stack[3] = slot{1} << 32;
  for (const bool is_64 : {false, true}) {
    const slot refusal = is_64 ? ~slot{0} : 0xffff'ffff;
    m.second.type.is_64 = m.memory.type.is_64 = is_64;
    CHECK(m.run<interpreting::table_grow>(table));
    CHECK(m.stack[5] == refusal);
    CHECK(m.run<interpreting::memory_grow>(memory));
    CHECK(m.stack[5] == refusal);
    CHECK(m.r.integer == refusal);
  }
}

TEST_CASE("handlers: a null reference is not passed on") {
  machine m;
  const cell c[] = {{0, 0, 2, 0}};
  m.r.integer = 5;
  m.stack[2] = 1;
  CHECK(m.run<interpreting::ref_as_non_null>(c));
  CHECK(m.moved == 1);
  CHECK(m.r.integer == 5);
  m.stack[2] = 0;
  CHECK_FALSE(m.run<interpreting::ref_as_non_null>(c));
  CHECK(m.x.trap == trap_code::null_reference);
  CHECK(m.x.trap_pc == c);
}

TEST_CASE("handlers: bulk operators take destination, source and count from three slots") {
  with_tables m;
  m.stack[1] = 2;
  m.stack[2] = 0;
  m.stack[3] = 2;
  const cell copy[] = {{0, 0, 1, 0}, {0, 0, 0, 1}};  // table 0 from table 1
  CHECK(m.run<interpreting::table_copy<false>>(copy));
  CHECK(m.moved == 2);
  CHECK(m.first_elements[1] == 2);
  CHECK(m.first_elements[2] == 8);
  CHECK(m.first_elements[3] == 9);
  m.stack[2] = 6;
  CHECK(m.run<interpreting::table_fill<false>>(copy));
  CHECK(m.first_elements[3] == 6);
  CHECK(m.run<interpreting::memory_fill<false>>(copy));
  CHECK(m.bytes[1] == std::byte{0});
  CHECK(m.bytes[2] == std::byte{6});
  CHECK(m.bytes[4] == std::byte{0});
  m.stack[1] = 15;
  CHECK_FALSE(m.run<interpreting::memory_fill<false>>(copy));
  CHECK(m.x.trap == trap_code::memory_out_of_bounds);
  CHECK(m.bytes[15] == std::byte{0});
}

TEST_CASE("handlers: segments are dropped one by one") {
  machine m;
  bool data[2] = {}, elements[2] = {};
  m.instance.dropped_data = data;
  m.instance.dropped_elements = elements;
  const cell c[] = {{0, 0, 0, 1}};
  CHECK(m.run<interpreting::data_drop>(c));
  CHECK((data[1] && !data[0]));
  CHECK(m.run<interpreting::element_drop>(c));
  CHECK((elements[1] && !elements[0]));
}

}  // namespace unit_interpreter_handlers_objects
