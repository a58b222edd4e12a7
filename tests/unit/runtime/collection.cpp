// Places of instances, what reaches them, and how they go, without any code.
#include <dovetail/runtime/collection.hpp>
#include <dovetail/runtime/memory_policy.hpp>
#include <dovetail/validate/signatures.hpp>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_runtime_collection {

namespace {

using namespace dovetail;

struct world {
  world() { module->most = &most; }
  ~world() {
    vm::release_objects(store);
    module->release();
  }

  vm::instance* add() {
    auto* i = vm::make_place<vm::instance>(store);
    REQUIRE(i != nullptr);
    vm::add_instance(store, *i, *module);
    i->memory0 = store.empty_memory;
    return i;
  }
  bool has(const vm::instance* wanted) const {
    for (const vm::instance* i = store.instances; i != nullptr; i = i->next)
      if (i == wanted) return true;
    return false;
  }

  testing::watched_heap heap;
  limits most;
  signature_table signatures{heap};
  vm::store store{heap, most, signatures};
  module_data* module = heap.make<module_data>(heap);
};

}  // namespace

TEST_CASE("collection: an instance has a serial number of its own, and its place is used again") {
  world w;
  vm::instance *const first = w.add(), *const second = w.add();
  CHECK(first->serial == 1);
  CHECK(second->serial == 2);
  CHECK(w.store.instance_count == 2);
  CHECK(w.module->references == 3);
  vm::discard(*first);
  CHECK(first->serial == 0);
  CHECK(first->module == nullptr);
  CHECK(w.store.instance_count == 1);
  CHECK(w.module->references == 2);
  CHECK_FALSE(w.has(first));
  CHECK(w.has(second));
  vm::instance* const third = w.add();
  CHECK(third == first);
  CHECK(third->serial == 3);
  CHECK(third->objects != nullptr);
  CHECK_FALSE(third->is_released);
}

TEST_CASE("collection: what an instance made goes with it, callables once each") {
  world w;
  vm::instance* const i = w.add();
  vm::memory_instance *m = nullptr, *kept = nullptr;
  vm::table_instance* t = nullptr;
  vm::global_instance* g = nullptr;
  REQUIRE(vm::make_memory<checked_memory>(w.store, {{1}}, kept) == status::ok);
  const std::uint64_t used = w.store.budget.used();
  REQUIRE(vm::make_memory<checked_memory>(w.store, {{2}}, m, i) == status::ok);
  REQUIRE(vm::make_table(w.store, {value_type::funcref, {10}}, 0, t, i) == status::ok);
  REQUIRE(vm::make_global(w.store, {value_type::i32, true}, 5, 0, g, i) == status::ok);
  static int ended = 0;
  auto* c = i->objects->make<vm::closure>();
  REQUIRE(c != nullptr);
  *c = {nullptr, [](void*) { ++ended; }, nullptr};
  i->closures = c;
  static int forgotten = 0;
  w.store.forget_memory = [](vm::store&, vm::memory_instance&) { ++forgotten; };
  CHECK(vm::collect(w.store) == collected{});
  i->is_released = true;
  w.store.report.module = w.module;
  const collected freed = vm::collect(w.store);
  CHECK(freed.instances == 1);
  CHECK(freed.bytes >= 2 * vm::page_size + 10 * sizeof(slot));
  CHECK(ended == 1);
  CHECK(forgotten == 1);
  CHECK(w.store.report.module == nullptr);
  CHECK(w.store.memories == kept);
  CHECK(kept->next == nullptr);
  CHECK(w.store.tables == nullptr);
  CHECK(w.store.budget.used() == used);
  CHECK(vm::collect(w.store) == collected{});
}

TEST_CASE("collection: a function in a table or global of the host reaches its instance") {
  world w;
  vm::instance* const i = w.add();
  i->is_released = true;
  vm::function_instance* const f = i->objects->make<vm::function_instance>();
  REQUIRE(f != nullptr);
  f->lives_with = i;
  vm::table_instance *t = nullptr, *objects = nullptr;
  vm::global_instance *g = nullptr, *number = nullptr;
  REQUIRE(vm::make_table(w.store, {value_type::funcref, {3}}, 0, t) == status::ok);
  REQUIRE(vm::make_table(w.store, {value_type::externref, {1}}, 1, objects) == status::ok);
  REQUIRE(vm::make_global(w.store, {value_type::funcref, true}, 0, 0, g) == status::ok);
  REQUIRE(vm::make_global(w.store, {value_type::i64, true}, 1, 0, number) == status::ok);
  t->elements[2] = to_slot(f);
  CHECK(vm::collect(w.store).instances == 0);
  t->elements[2] = 0;
  g->low = to_slot(f);
  CHECK(vm::collect(w.store).instances == 0);
  g->low = 0;
  // A function of the host that goes with the store keeps nothing.
  vm::function_instance host;
  t->elements[0] = to_slot(&host);
  CHECK(vm::collect(w.store).instances == 1);
}

TEST_CASE("collection: what the backend knows of instances is forgotten, if one went") {
  world w;
  static int forgotten = 0;
  static vm::backend_state state{[](vm::backend_state&) {},
                                 [](vm::backend_state&) { ++forgotten; }};
  w.store.backend = &state;
  vm::instance *const first = w.add(), *const second = w.add();
  CHECK(vm::collect(w.store).instances == 0);
  CHECK(forgotten == 0);
  first->is_released = second->is_released = true;
  CHECK(vm::collect(w.store).instances == 2);
  CHECK(forgotten == 1);
  // One that never ran is nothing to forget: guests may be running.
  vm::discard(*w.add());
  CHECK(forgotten == 1);
}

TEST_CASE("collection: a refused place is null and costs nothing") {
  world w;
  w.store.budget.set_most(0);
  w.add();  // the first one's place is in the store
  CHECK(vm::make_place<vm::instance>(w.store) == nullptr);
  CHECK(w.store.budget.used() == 0);
}

}  // namespace unit_runtime_collection
