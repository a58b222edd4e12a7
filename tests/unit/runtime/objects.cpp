// Objects of a store: made, grown, filled, copied, released; every bound at its edge.
#include <dovetail/runtime/memory_policy.hpp>
#include <dovetail/runtime/objects.hpp>

#include <dovetail/validate/signatures.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_runtime_objects {

using namespace dovetail;
using testing::watched_heap;

namespace {

constexpr std::uint64_t page = vm::page_size, no_growth = ~std::uint64_t{0};
constexpr std::uint64_t no_place = ~std::uint64_t{0};
constexpr std::uint64_t huge = ~std::uint64_t{0};

struct world {
  watched_heap heap;
  limits most{.memory_pages = 4, .table_elements = 100};
  signature_table signatures{heap};
  vm::store store{heap, most, signatures};
  ~world() { vm::release_objects(store); }

  status memory(limits_type l, vm::memory_instance*& out) {
    return vm::make_memory<checked_memory>(store, {l}, out);
  }
  vm::memory_instance& memory(limits_type l) {
    vm::memory_instance* m = nullptr;
    REQUIRE(memory(l, m) == status::ok);
    return *m;
  }
  status table(limits_type l, slot initial, vm::table_instance*& out) {
    return vm::make_table(store, {value_type::externref, l}, initial, out);
  }
  vm::table_instance& table(limits_type l, slot initial = 0) {
    vm::table_instance* t = nullptr;
    REQUIRE(table(l, initial, t) == status::ok);
    return *t;
  }
};

std::vector<slot> elements(const vm::table_instance& t) {
  return {t.elements, t.elements + t.size};
}
void number(vm::table_instance& t) {
  for (std::uint32_t i = 0; i < t.size; ++i) t.elements[i] = i;
}

// An instance of a module with one data and one element segment: "abcd", and 5, 6, 7.
struct with_segments : world {
  module_data module{heap};
  vm::instance instance;
  bool dropped_data[1] = {}, dropped_elements[1] = {};
  with_segments() {
    for (const char c : {'x', 'a', 'b', 'c', 'd'})
      CHECK(module.env.data_bytes.push(static_cast<std::uint8_t>(c)) == status::ok);
    CHECK(module.env.data_segments.push({segment_mode::passive, {}, {}, 1, 4}) == status::ok);
    for (slot s = 4; s < 8; ++s) {
      CHECK(module.env.elements.push(
                {constant_expression::kind::value, value_type::externref, 0, s, 0}) == status::ok);
    }
    CHECK(module.env.element_segments.push(
              {segment_mode::passive, value_type::externref, {}, {}, 1, 3}) == status::ok);
    instance.module = &module;
    instance.home = &store;
    instance.dropped_data = dropped_data;
    instance.dropped_elements = dropped_elements;
  }
};

}  // namespace

TEST_CASE("objects: ranges fit up to their end, and sums do not wrap") {
  CHECK(vm::fits(0, 10, 10));
  CHECK(vm::fits(10, 0, 10));
  CHECK(vm::fits(3, 7, 10));
  CHECK_FALSE(vm::fits(3, 8, 10));
  CHECK_FALSE(vm::fits(11, 0, 10));
  CHECK_FALSE(vm::fits(huge, 2, 10));
  CHECK_FALSE(vm::fits(2, huge, 10));
  CHECK(vm::fits(0, 0, 0));
}

TEST_CASE("objects: memories grow to the lower of their maximum and the store's limit") {
  world w;
  vm::memory_instance& own = w.memory({1, 3});
  CHECK(vm::grow_memory(own, 0) == 1);
  CHECK(vm::grow_memory(own, 3) == no_growth);
  CHECK(vm::grow_memory(own, 2) == 1);
  CHECK(vm::grow_memory(own, 1) == no_growth);
  CHECK(vm::grow_memory(own, 0) == 3);
  CHECK(vm::grow_memory(own, huge) == no_growth);
  vm::memory_instance& open = w.memory({0});
  CHECK(vm::grow_memory(open, 5) == no_growth);
  CHECK(vm::grow_memory(open, 4) == 0);
  vm::memory_instance& wide = w.memory({0, 65'536});
  CHECK(vm::grow_memory(wide, 5) == no_growth);
  CHECK(vm::grow_memory(wide, 4) == 0);
}

TEST_CASE("objects: a memory beyond the store's limit is refused, and refusals leave no trace") {
  world w;
  vm::memory_instance* m = nullptr;
  CHECK(w.memory({5}, m) == status::memory_refused);
  CHECK(w.memory({4}, m) == status::ok);
  vm::memory_instance* none = nullptr;
  w.heap.requests_left = 0;
  CHECK(w.memory({1}, none) == status::memory_refused);
  CHECK(none == nullptr);
  CHECK(w.store.memories == m);
  CHECK(vm::grow_memory(*m, 1) == no_growth);
  world empty;
  empty.heap.requests_left = 0;
  CHECK(empty.memory({1}, none) == status::store_out_of_memory);
}

TEST_CASE("objects: tables begin filled and grow to the lower of maximum and limit") {
  world w;
  vm::table_instance& t = w.table({2, 5}, 9);
  CHECK(elements(t) == std::vector<slot>{9, 9});
  CHECK(vm::grow_table(t, 0, 1) == 2);
  CHECK(vm::grow_table(t, 3, 7) == 2);
  CHECK(elements(t) == std::vector<slot>{9, 9, 7, 7, 7});
  CHECK(vm::grow_table(t, 1, 7) == no_place);
  CHECK(vm::grow_table(t, huge, 7) == no_place);
  CHECK(t.size == 5);
  vm::table_instance& open = w.table({0});
  CHECK(vm::grow_table(open, 101, 0) == no_place);
  CHECK(vm::grow_table(open, 100, 0) == 0);
  CHECK(vm::grow_table(open, 1, 0) == no_place);
}

TEST_CASE("objects: a table grown one by one keeps its elements and asks for memory rarely") {
  world w;
  vm::table_instance& t = w.table({0});
  const std::size_t before = w.heap.requests;
  for (std::uint32_t i = 0; i < 100; ++i) CHECK(vm::grow_table(t, 1, i) == i);
  for (std::uint32_t i = 0; i < 100; ++i) CHECK(t.elements[i] == i);
  CHECK(w.heap.requests - before < 15);
}

TEST_CASE("objects: a table beyond the store's limit, or without memory, is refused") {
  world w;
  vm::table_instance *t = nullptr, *none = nullptr;
  CHECK(w.table({101}, 0, none) == status::table_refused);
  CHECK(w.table({100}, 3, t) == status::ok);
  w.heap.requests_left = 0;
  CHECK(w.table({1}, 0, none) == status::table_refused);
  CHECK(none == nullptr);
  CHECK(w.store.tables == t);
  vm::table_instance* small = nullptr;
  w.heap.requests_left = 1;
  CHECK(w.table({1}, 3, small) == status::ok);
  CHECK(vm::grow_table(*small, 50, 4) == no_place);
  CHECK(elements(*small) == std::vector<slot>{3});
  world empty;
  empty.heap.requests_left = 0;
  CHECK(empty.table({1}, 0, none) == status::store_out_of_memory);
}

TEST_CASE("objects: globals hold both halves of a value") {
  world w;
  vm::global_instance* g = nullptr;
  CHECK(vm::make_global(w.store, {value_type::v128, true}, 1, 2, g) == status::ok);
  CHECK(g->low == 1);
  CHECK(g->high == 2);
  CHECK(g->type == global_type{value_type::v128, true});
  CHECK(g->home == &w.store);
  world empty;
  empty.heap.requests_left = 0;
  CHECK(vm::make_global(empty.store, {}, 1, 2, g) == status::store_out_of_memory);
}

TEST_CASE("objects: memory.fill and memory.copy do all or nothing") {
  world w;
  vm::memory_instance& m = w.memory({1});
  CHECK(vm::fill_memory(m, page - 2, 0xab, 2) == trap_code::none);
  CHECK(m.base[page - 3] == std::byte{0});
  CHECK(m.base[page - 2] == std::byte{0xab});
  CHECK(m.base[page - 1] == std::byte{0xab});
  CHECK(vm::fill_memory(m, page - 3, 0xcd, 4) == trap_code::memory_out_of_bounds);
  CHECK(m.base[page - 3] == std::byte{0});
  CHECK(vm::fill_memory(m, page, 1, 0) == trap_code::none);
  CHECK(vm::fill_memory(m, page + 1, 1, 0) == trap_code::memory_out_of_bounds);
  vm::memory_instance& other = w.memory({1});
  CHECK(vm::copy_memory(other, 0, m, page - 2, 2) == trap_code::none);
  CHECK(other.base[1] == std::byte{0xab});
  CHECK(vm::copy_memory(other, page - 1, m, page - 2, 2) == trap_code::memory_out_of_bounds);
  CHECK(other.base[page - 1] == std::byte{0});
  CHECK(vm::copy_memory(other, 0, m, page - 1, 2) == trap_code::memory_out_of_bounds);
  CHECK(vm::copy_memory(other, page, m, page, 0) == trap_code::none);
  CHECK(vm::copy_memory(other, page + 1, m, 0, 0) == trap_code::memory_out_of_bounds);
  CHECK(vm::copy_memory(other, 0, m, page + 1, 0) == trap_code::memory_out_of_bounds);
  // In an empty memory there is room for nothing, which is allowed.
  vm::memory_instance& empty = w.memory({0});
  CHECK(vm::fill_memory(empty, 0, 1, 0) == trap_code::none);
  CHECK(vm::fill_memory(empty, 0, 1, 1) == trap_code::memory_out_of_bounds);
  CHECK(vm::copy_memory(empty, 0, empty, 0, 0) == trap_code::none);
}

TEST_CASE("objects: overlapping copies behave as if through a third place") {
  world w;
  vm::memory_instance& m = w.memory({1});
  for (unsigned i = 0; i < 8; ++i) m.base[i] = static_cast<std::byte>(i);
  CHECK(vm::copy_memory(m, 2, m, 0, 6) == trap_code::none);
  CHECK(m.base[7] == std::byte{5});
  CHECK(m.base[3] == std::byte{1});
  vm::table_instance& t = w.table({5});
  number(t);
  CHECK(vm::copy_table(t, 1, t, 0, 4) == trap_code::none);
  CHECK(elements(t) == std::vector<slot>{0, 0, 1, 2, 3});
  number(t);
  CHECK(vm::copy_table(t, 0, t, 2, 3) == trap_code::none);
  CHECK(elements(t) == std::vector<slot>{2, 3, 4, 3, 4});
}

TEST_CASE("objects: table.fill and table.copy do all or nothing") {
  world w;
  vm::table_instance& t = w.table({3});
  CHECK(vm::fill_table(t, 1, 8, 2) == trap_code::none);
  CHECK(vm::fill_table(t, 0, 9, 4) == trap_code::table_out_of_bounds);
  CHECK(vm::fill_table(t, 3, 9, 0) == trap_code::none);
  CHECK(vm::fill_table(t, 4, 9, 0) == trap_code::table_out_of_bounds);
  CHECK(vm::fill_table(t, huge, 9, 2) == trap_code::table_out_of_bounds);
  CHECK(elements(t) == std::vector<slot>{0, 8, 8});
  vm::table_instance& other = w.table({2}, 1);
  CHECK(vm::copy_table(other, 0, t, 1, 2) == trap_code::none);
  CHECK(elements(other) == std::vector<slot>{8, 8});
  CHECK(vm::copy_table(other, 0, t, 0, 3) == trap_code::table_out_of_bounds);
  CHECK(vm::copy_table(other, 0, t, 2, 2) == trap_code::table_out_of_bounds);
  CHECK(vm::copy_table(other, 2, t, 3, 0) == trap_code::none);
  CHECK(vm::copy_table(other, 3, t, 0, 0) == trap_code::table_out_of_bounds);
  CHECK(vm::copy_table(other, 0, t, 4, 0) == trap_code::table_out_of_bounds);
  CHECK(elements(other) == std::vector<slot>{8, 8});
}

TEST_CASE("objects: memory.init reads its segment, which is empty once dropped") {
  with_segments w;
  vm::memory_instance& m = w.memory({1});
  const auto init = [&](std::uint64_t to, std::uint64_t from, std::uint64_t n) {
    return vm::init_memory(w.instance, m, 0, to, from, n);
  };
  CHECK(init(page - 3, 1, 3) == trap_code::none);
  CHECK(m.base[page - 3] == std::byte{'b'});
  CHECK(m.base[page - 1] == std::byte{'d'});
  CHECK(init(0, 2, 3) == trap_code::memory_out_of_bounds);
  CHECK(m.base[0] == std::byte{0});
  CHECK(init(page - 1, 0, 2) == trap_code::memory_out_of_bounds);
  CHECK(init(page, 4, 0) == trap_code::none);
  CHECK(init(0, 5, 0) == trap_code::memory_out_of_bounds);
  w.dropped_data[0] = true;
  CHECK(init(0, 0, 0) == trap_code::none);
  CHECK(init(0, 0, 1) == trap_code::memory_out_of_bounds);
  CHECK(init(0, 1, 0) == trap_code::memory_out_of_bounds);
}

TEST_CASE("objects: table.init reads its segment, which is empty once dropped") {
  with_segments w;
  vm::table_instance& t = w.table({3});
  const auto init = [&](std::uint64_t to, std::uint64_t from, std::uint64_t n) {
    return vm::init_table(w.instance, t, 0, to, from, n);
  };
  CHECK(init(1, 1, 2) == trap_code::none);
  CHECK(elements(t) == std::vector<slot>{0, 6, 7});
  CHECK(init(0, 2, 2) == trap_code::table_out_of_bounds);
  CHECK(init(2, 0, 2) == trap_code::table_out_of_bounds);
  CHECK(init(3, 3, 0) == trap_code::none);
  CHECK(init(4, 0, 0) == trap_code::table_out_of_bounds);
  CHECK(init(0, 4, 0) == trap_code::table_out_of_bounds);
  w.dropped_elements[0] = true;
  CHECK(init(0, 0, 1) == trap_code::table_out_of_bounds);
  CHECK(init(0, 0, 0) == trap_code::none);
  CHECK(elements(t) == std::vector<slot>{0, 6, 7});
}

TEST_CASE("objects: constant expressions are values, globals or functions, which may be refused") {
  with_segments w;
  vm::global_instance global{11, 12, {}, &w.store};
  vm::global_instance* globals[] = {&global};
  vm::function_instance* functions[1] = {};
  w.instance.globals = globals;
  w.instance.functions = functions;
  CHECK(w.module.env.functions.push({0}) == status::ok);
  CHECK(w.module.env.types.push(nullptr) == status::ok);
  w.store.make_function = [](vm::store&, vm::instance&, vm::function_instance&) { return false; };
  using kind = constant_expression::kind;
  slot low = 0, high = 99;
  CHECK(vm::evaluate(w.instance, {kind::value, value_type::i64, 0, 5, 0}, low, high));
  CHECK(low == 5);
  CHECK(high == 0);
  CHECK(vm::evaluate(w.instance, {kind::global, value_type::v128, 0, 0, 0}, low, high));
  CHECK(low == 11);
  CHECK(high == 12);
  const constant_expression function{kind::function, value_type::funcref, 0, 0, 0};
  CHECK_FALSE(vm::evaluate(w.instance, function, low, high));
  w.store.make_function = [](vm::store&, vm::instance&, vm::function_instance&) { return true; };
  CHECK(vm::evaluate(w.instance, function, low, high));
  CHECK(low == to_slot(functions[0]));
}

TEST_CASE("objects: everything of a store goes when it is released, closures once each") {
  watched_heap heap;
  static int ended = 0;
  {
    const limits most;
    signature_table signatures(heap);
    vm::store store(heap, most, signatures);
    auto* module = heap.make<module_data>(heap);
    REQUIRE(module != nullptr);
    vm::instance instance;
    instance.module = module;
    store.instances = &instance;
    vm::closure second{nullptr, [](void*) { ++ended; }, nullptr};
    vm::closure first{nullptr, [](void*) { ++ended; }, &second};
    store.closures = &first;
    vm::memory_instance* m = nullptr;
    vm::table_instance* t = nullptr;
    for (int i = 0; i < 3; ++i) {
      CHECK(vm::make_memory<checked_memory>(store, {{1}}, m) == status::ok);
      CHECK(vm::make_table(store, {value_type::funcref, {10}}, 0, t) == status::ok);
    }
    vm::release_objects(store);
    CHECK(ended == 2);
  }
  CHECK(heap.is_clean());
}

TEST_CASE("objects: 64-bit memories and tables grow to what the store allows") {
  world w;
  vm::memory_instance* m = nullptr;
  CHECK(vm::make_memory<checked_memory>(w.store, {{1}, true}, m) == status::ok);
  CHECK(m->type.is_64);
  CHECK(m->most_pages == 4);
  CHECK(vm::grow_memory(*m, std::uint64_t{1} << 40) == no_growth);
  CHECK(vm::grow_memory(*m, ~std::uint64_t{0}) == no_growth);
  CHECK(vm::grow_memory(*m, 3) == 1);
  vm::memory_instance* big = nullptr;
  CHECK(vm::make_memory<checked_memory>(w.store, {{std::uint64_t{1} << 48}, true}, big) ==
        status::memory_refused);
  vm::table_instance* t = nullptr;
  CHECK(vm::make_table(w.store, {value_type::funcref, {1}, true}, 0, t) == status::ok);
  CHECK(t->most == 100);
  CHECK(vm::grow_table(*t, ~std::uint64_t{0}, 0) == no_place);
  CHECK(vm::grow_table(*t, std::uint64_t{1} << 32, 0) == no_place);
  CHECK(vm::grow_table(*t, 99, 5) == 1);
  CHECK(vm::make_table(w.store, {value_type::funcref, {~std::uint64_t{0}}, true}, 0, t) ==
        status::table_refused);
}

TEST_CASE("objects: constant expressions that are programs work modulo their width") {
  with_segments w;
  vm::global_instance global{0xffff'ffff, 0, {}, &w.store};
  vm::global_instance* globals[] = {&global};
  w.instance.globals = globals;
  w.instance.home = &w.store;
  using step = constant_step::kind;
  auto& code = w.module.env.constant_code;
  for (const constant_step& s :
       {constant_step{step::global, false, 0, 0}, constant_step{step::value, false, 0, 2},
        constant_step{step::add, false, 0, 0}, constant_step{step::global, false, 0, 0},
        constant_step{step::value, true, 0, 3}, constant_step{step::multiply, true, 0, 0},
        constant_step{step::value, false, 0, 5}, constant_step{step::global, false, 0, 0},
        constant_step{step::subtract, false, 0, 0}})
    CHECK(code.push(s) == status::ok);
  const auto run = [&](std::uint32_t first) {
    slot low = 0, high = 0;
    CHECK(vm::evaluate(
        w.instance, {constant_expression::kind::program, value_type::i32, first, 3, 0}, low, high));
    return low;
  };
  CHECK(run(0) == 1);
  CHECK(run(3) == 0x2'ffff'fffd);
  CHECK(run(6) == 6);
}

}  // namespace unit_runtime_objects
