// Which call runs, and where snapshots can be taken in it.
#include <dovetail/runtime/running_call.hpp>

#include <cstdint>
#include <optional>

#include <dovetail/base/limits.hpp>
#include <dovetail/runtime/objects.hpp>
#include <dovetail/validate/signatures.hpp>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_runtime_running_call {

using namespace dovetail;
using namespace dovetail::detail;

namespace {

struct world {
  testing::watched_heap heap;
  limits most;
  signature_table signatures{heap};
  std::optional<vm::store> store{std::in_place, heap, most, signatures};
  vm::fiber_state fibers{[](vm::fiber_state&) {}};

  world() = default;
  world(const world&) = delete;
  world& operator=(const world&) = delete;
  ~world() {
    store->native_entry = nullptr;
    store->native_outermost = 0;
    store->backend = nullptr;
    store->fibers = nullptr;
    vm::release_objects(*store);
    store.reset();
    CHECK(heap.is_clean());
  }

  /// The number of the scope that snapshots can be taken in, if they can.
  std::optional<std::uint64_t> scope() const {
    std::uint64_t number = 77;
    return can_save(*store, number) ? std::optional(number) : std::nullopt;
  }
};

constexpr std::uintptr_t native_entries[2] = {};

}  // namespace

TEST_CASE("running call: its name") {
  world w;
  CHECK(innermost_call(*w.store) == 0);
  w.store->native_entry = &native_entries[1];
  CHECK(innermost_call(*w.store) == reinterpret_cast<std::uintptr_t>(&native_entries[1]));
  w.store->native_entry = nullptr;
  w.store->native_outermost = 5;
  CHECK(innermost_call(*w.store) == 0);
  static vm::backend_state silent,
      telling{nullptr, nullptr, [](const vm::backend_state&) { return std::uintptr_t{9}; }};
  w.store->backend = &silent;
  CHECK(innermost_call(*w.store) == 0);
  w.store->backend = &telling;
  CHECK(innermost_call(*w.store) == 9);
}

TEST_CASE("running call: snapshots between calls, and in scopes of the innermost call") {
  world w;
  CHECK(w.scope() == 0);
  {
    const call_scope at_rest(*w.store);
    CHECK(w.scope() == 0);
  }
  w.store->native_entry = &native_entries[0];
  CHECK(w.scope() == std::nullopt);
  std::optional<call_scope> outer(std::in_place, *w.store), second(std::in_place, *w.store);
  CHECK(w.scope() == second->number);
  CHECK(outer->number != second->number);
  w.store->native_entry = &native_entries[1];
  CHECK(w.scope() == std::nullopt);
  std::optional<call_scope> inner(std::in_place, *w.store);
  CHECK(w.scope() == inner->number);
  // Paused calls end in any order.
  second.reset();
  CHECK(w.scope() == inner->number);
  w.store->native_entry = &native_entries[0];
  CHECK(w.scope() == outer->number);
  w.store->fibers = &w.fibers;
  w.fibers.paused = 1;
  CHECK(w.scope() == std::nullopt);
  w.fibers.paused = 0;
  outer.reset();
  CHECK(w.scope() == std::nullopt);
  w.store->native_entry = &native_entries[1];
  CHECK(w.scope() == inner->number);
  inner.reset();
  CHECK(w.scope() == std::nullopt);
  w.store->native_entry = nullptr;
  CHECK(w.scope() == 0);
}

TEST_CASE("running call: no scope where memory is refused") {
  world w;
  w.store->native_entry = &native_entries[0];
  w.heap.requests_left = 0;
  {
    const call_scope none(*w.store);
    CHECK(none.number == 0);
    CHECK(w.scope() == std::nullopt);
  }
  w.heap.requests_left = w.heap.unlimited;
}

}  // namespace unit_runtime_running_call
