// The run-time structures: functions made when first referred to, references that may enter.
#include <dovetail/runtime/vm.hpp>

#include <dovetail/validate/signatures.hpp>

#include <stdexcept>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_runtime_vm {

using namespace dovetail;
using testing::watched_heap;

namespace {

// A store and an instance of a module with two functions.
struct world {
  watched_heap heap;
  limits most;
  signature_table signatures{heap};
  vm::store store{heap, most, signatures};
  module_data module{heap};
  vm::instance instance;
  vm::function_instance* functions[2] = {};
  int made = 0;
  bool refuses = false;

  world() {
    CHECK(module.env.types.push(signatures.intern({})) == status::ok);
    for (int i = 0; i < 2; ++i) CHECK(module.env.functions.push({0}) == status::ok);
    instance.home = &store;
    instance.module = &module;
    instance.functions = functions;
    instance.code = this;
    store.make_function = [](vm::store&, vm::instance& i, vm::function_instance& f) {
      auto& self = *static_cast<world*>(const_cast<void*>(i.code));
      ++self.made;
      f.code = &self;
      return !self.refuses;
    };
  }
};

}  // namespace

TEST_CASE("vm: a function is made once, when it is first referred to, with all it needs") {
  world w;
  vm::function_instance* f = vm::function_of(w.instance, 1);
  REQUIRE(f != nullptr);
  CHECK(f->owner == &w.instance);
  CHECK(f->home == &w.store);
  CHECK(f->index == 1);
  CHECK(f->signature == w.signatures.intern({}));
  CHECK(f->code == &w);
  CHECK(vm::function_of(w.instance, 1) == f);
  CHECK(vm::function_of(w.instance, 0) != f);
  CHECK(w.made == 2);
}

TEST_CASE("vm: a function that could not be made is null, and can be made later") {
  world w;
  w.heap.requests_left = 0;
  CHECK(vm::function_of(w.instance, 0) == nullptr);
  CHECK(w.made == 0);
  w.heap.requests_left = watched_heap::unlimited;
  w.refuses = true;
  CHECK(vm::function_of(w.instance, 0) == nullptr);
  w.refuses = false;
  CHECK(vm::function_of(w.instance, 0) != nullptr);
}

TEST_CASE("vm: references to functions enter their own store alone") {
  world w, other;
  const slot own = to_slot(vm::function_of(w.instance, 0));
  const slot foreign = to_slot(vm::function_of(other.instance, 0));
  CHECK(vm::may_enter(w.store, value_type::funcref, own));
  CHECK_FALSE(vm::may_enter(w.store, value_type::funcref, foreign));
  CHECK(vm::may_enter(w.store, value_type::funcref, 0));
  CHECK(vm::may_enter(w.store, value_type::externref, foreign));  // any bits of the host
  CHECK(vm::may_enter(w.store, value_type::i64, foreign));
}

TEST_CASE("vm: functions as slots") {
  vm::function_instance f;
  CHECK(to_function(to_slot(&f)) == &f);
  CHECK(to_slot(static_cast<const vm::function_instance*>(nullptr)) == 0);
  CHECK(to_function(0) == nullptr);
}

TEST_CASE("vm: a memory's pages") {
  vm::memory_instance m;
  CHECK(m.pages() == 0);
  m.size = std::uint64_t{65'536} * vm::page_size;
  CHECK(m.pages() == 65'536);
}

TEST_CASE("vm: what surfaces of a trap is its code and the store's number") {
  world w;
  w.store.report.detail = 3;
  CHECK(vm::surface(trap_code::exit, w.store) == trap::exit(3));
  // A host function may say so without an exception.
  CHECK(vm::surface(trap_code::host_exception, w.store) == trap{trap_code::host_exception, 3});
}

#ifdef __cpp_exceptions
TEST_CASE("vm: what surfaces of an exception of a host function is itself, once") {
  world w;
  w.store.exception = std::make_exception_ptr(std::runtime_error("mine"));
  CHECK_THROWS_AS(vm::surface(trap_code::host_exception, w.store), std::runtime_error);
  CHECK(w.store.exception == nullptr);
  CHECK(vm::surface(trap_code::host_exception, w.store).code == trap_code::host_exception);
  w.store.exception = std::make_exception_ptr(std::runtime_error("mine"));
  CHECK(vm::surface(trap_code::unreachable, w.store).code == trap_code::unreachable);
  CHECK(w.store.exception != nullptr);
}
#endif

TEST_CASE("vm: what may come into a store as a value of a reference type") {
  world w;
  world other;
  const type_definition open{{}, false};
  const signature *super = nullptr, *sub = nullptr;
  REQUIRE(w.signatures.intern({&open, 1}, {&super, 1}));
  const type_definition below{{}, true, true, value_type::reference(super->id, true)};
  REQUIRE(w.signatures.intern({&below, 1}, {&sub, 1}));
  vm::function_instance f;
  f.signature = sub;
  f.home = &w.store;
  const slot bits = to_slot(&f);
  const value_type func = value_type::funcref;
  CHECK(vm::may_enter(w.store, func, bits));
  CHECK_FALSE(vm::may_enter(other.store, func, bits));
  CHECK(vm::may_enter(w.store, func, 0));
  CHECK_FALSE(vm::may_enter(w.store, func.as_non_null(), 0));
  CHECK(vm::may_enter(w.store, value_type::reference(super->id, true), bits));
  CHECK(vm::may_enter(w.store, value_type::reference(sub->id, false), bits));
  CHECK_FALSE(vm::may_enter(w.store, value_type::reference(99, true), bits));
  CHECK_FALSE(vm::may_enter(w.store, value_type::nullfuncref, bits));
  f.signature = super;
  CHECK_FALSE(vm::may_enter(w.store, value_type::reference(sub->id, true), bits));
  CHECK(vm::may_enter(w.store, value_type::externref, 7));
  CHECK(vm::may_enter(w.store, value_type::i32, 7));
}

}  // namespace unit_runtime_vm
