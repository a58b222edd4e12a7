// Host functions come into a store: their callables are copied, ended, and their traps reported.
#include <dovetail/link/host_function.hpp>

#include <cstdint>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_link_host_function {

using namespace dovetail;
using testing::watched_heap;

namespace {

struct world {
  watched_heap heap;
  limits most;
  signature_table signatures{heap};
  vm::store store{heap, most, signatures};
  ~world() { vm::release_objects(store); }
};

// A callable that counts its copies and calls.
struct counted {
  int* copies;
  int value;
  explicit counted(int& c, int v) : copies(&c), value(v) {}
  counted(const counted& other) : copies(other.copies), value(other.value) { ++*copies; }
  ~counted() { --*copies; }
};
trap add_value(void* object, caller&, slot* frame) {
  frame[0] += static_cast<slot>(static_cast<counted*>(object)->value);
  return {};
}
trap fail(void*, caller&, slot*) { return trap::host(-3); }

host_recipe recipe_of(counted& c, const function_type& type) {
  return {
      type,
      &add_value,
      &c,
      sizeof(counted),
      [](void* to, const void* from) { ::new (to) counted(*static_cast<const counted*>(from)); },
      [](void* at) { static_cast<counted*>(at)->~counted(); }};
}

constexpr value_type one[] = {value_type::i32};

}  // namespace

TEST_CASE("host function: a store keeps a copy of a callable with state, and ends it") {
  int copies = 0;
  {
    world w;
    vm::function_instance* f = nullptr;
    {
      counted original(copies, 5);
      ++copies;
      CHECK(vm::make_host_function(w.store, recipe_of(original, {one, one}), f) == status::ok);
    }
    REQUIRE(f != nullptr);
    CHECK(copies == 1);
    CHECK(f->owner == nullptr);
    CHECK(f->home == &w.store);
    CHECK(f->signature == w.signatures.intern({one, one}));
    slot frame[] = {37};
    CHECK(f->invoke(*f, frame) == trap_code::none);
    CHECK(frame[0] == 42);
  }
  CHECK(copies == 0);
}

TEST_CASE(
    "host function: a trap of a host function that the host called is reported without a place") {
  world w;
  vm::function_instance* f = nullptr;
  CHECK(vm::make_host_function(w.store, {{}, &fail}, f) == status::ok);
  w.store.report = {trap_code::unreachable, 1, true, 2, 3, nullptr};
  slot frame[1] = {};
  CHECK(f->invoke(*f, frame) == trap_code::host_trap);
  CHECK(w.store.report.code == trap_code::host_trap);
  CHECK(w.store.report.detail == -3);
  CHECK_FALSE(w.store.report.has_place);
}

TEST_CASE("host function: refused memory makes no host function and loses none") {
  int copies = 0;
  watched_heap heap;
  {
    const limits most;
    signature_table signatures(heap);
    counted original(copies, 1);
    ++copies;
    for (std::size_t granted = 0;; ++granted) {
      vm::store store(heap, most, signatures);
      vm::function_instance* f = nullptr;
      heap.requests_left = granted;
      const status s = vm::make_host_function(store, recipe_of(original, {one, one}), f);
      heap.requests_left = watched_heap::unlimited;
      CHECK((s == status::ok) == (f != nullptr));
      CHECK(copies == (s == status::ok ? 2 : 1));
      vm::release_objects(store);
      if (s == status::ok) break;
      CHECK(s == status::store_out_of_memory);
    }
  }
  CHECK(copies == 0);
  CHECK(heap.is_clean());
}

}  // namespace unit_link_host_function
