// Native stacks that a store's calls are moved to: switching, what is exchanged, reuse.
#include <dovetail/runtime/fiber.hpp>

#include <cfenv>
#include <cstdint>
#include <vector>

#include <dovetail/base/limits.hpp>
#include <dovetail/base/system_allocator.hpp>
#include <dovetail/runtime/objects.hpp>
#include <dovetail/validate/signatures.hpp>

#include "support/catch.hpp"

namespace unit_runtime_fiber {

using namespace dovetail;

namespace {

constexpr limits most{};

struct world {
  allocator_of<system_allocator> heap{system_allocator{}};
  signature_table signatures{heap};
  vm::store store{heap, most, signatures};

  world() = default;
  world(const world&) = delete;
  world& operator=(const world&) = delete;
  ~world() { vm::release_objects(store); }

  /// A call on a stack of its own, to its first pause or its end.
  vm::fiber& begin(void (*work)(void*) noexcept, void* context) {
    vm::fiber* f = vm::take_fiber(store);
    REQUIRE(f != nullptr);
    f->work = work;
    f->context = context;
    vm::switch_to(*f);
    return *f;
  }
};

struct counter {
  vm::store& store;
  std::vector<int> seen;
  trap last;
  double half = 0;
  int steps = 3;

  static void run(void* raw) noexcept {
    auto& self = *static_cast<counter*>(raw);
    volatile double half = 0.25;
    volatile std::uint64_t words[2'000];  // well into the stack
    for (int k = 0; k < self.steps; ++k) {
      words[k] = static_cast<std::uint64_t>(k);
      half = half + 0.25;
      self.seen.push_back(static_cast<int>(words[k]));
      self.last = vm::pause_running(self.store);
    }
    self.half = half;
  }
};

}  // namespace

TEST_CASE("fiber: a call is left and gone on with where it was") {
  world w;
  counter c{w.store, {}, {}};
  vm::fiber& f = w.begin(&counter::run, &c);
  for (int k = 1; k <= 3; ++k) {
    CHECK(f.where == vm::fiber::place::paused);
    CHECK(c.seen.size() == static_cast<std::size_t>(k));
    CHECK(w.store.fibers->paused == 1);
    CHECK(!vm::is_at_rest(w.store));
    CHECK(!vm::is_running(w.store));
    vm::switch_to(f);
  }
  CHECK(f.where == vm::fiber::place::ended);
  CHECK(c.seen == std::vector<int>{0, 1, 2});
  CHECK(c.half == 1.0);
  CHECK(!c.last);
  CHECK(vm::is_at_rest(w.store));
  vm::keep_fiber(f);
  CHECK(vm::take_fiber(w.store) == &f);
  vm::keep_fiber(f);
}

TEST_CASE("fiber: what the store has of a running call goes along") {
  world w;
  struct call {
    vm::store& store;
    bool was_clean = false, came_back = false;
    static void run(void* raw) noexcept {
      auto& self = *static_cast<call*>(raw);
      self.was_clean = !vm::is_running(self.store);
      self.store.native_outermost = 7;
      static_cast<void>(vm::pause_running(self.store));
      self.came_back = self.store.native_outermost == 7;
      self.store.native_outermost = 0;
    }
  } c{w.store};
  vm::fiber& f = w.begin(&call::run, &c);
  CHECK(c.was_clean);
  CHECK(w.store.native_outermost == 0);
  vm::switch_to(f);
  CHECK(c.came_back);
  vm::keep_fiber(f);
}

TEST_CASE("fiber: two calls take turns, and a dropped one is told so") {
  world w;
  counter a{w.store, {}, {}}, b{w.store, {}, {}};
  vm::fiber& first = w.begin(&counter::run, &a);
  vm::fiber& second = w.begin(&counter::run, &b);
  CHECK(w.store.fibers->paused == 2);
  vm::switch_to(first);
  CHECK(a.seen.size() == 2);
  CHECK(b.seen.size() == 1);
  second.is_dropped = true;
  vm::switch_to(second);  // the next pauses return at once
  CHECK(second.where == vm::fiber::place::ended);
  CHECK(b.last.code == trap_code::interrupted);
  CHECK(b.seen.size() == 3);
  vm::switch_to(first);
  vm::switch_to(first);
  CHECK(first.where == vm::fiber::place::ended);
  vm::keep_fiber(first);
  vm::keep_fiber(second);
  CHECK(!second.is_dropped);
}

TEST_CASE("fiber: outside of one nothing is paused") {
  world w;
  CHECK(vm::pause_running(w.store).code == trap_code::not_pausable);
  counter c{w.store, {}, {}};
  vm::fiber& f = w.begin(&counter::run, &c);
  CHECK(vm::pause_running(w.store).code == trap_code::not_pausable);
  c.steps = 0;
  f.is_dropped = true;
  vm::switch_to(f);
  vm::keep_fiber(f);
}

TEST_CASE("fiber: the modes of floating point are a line's own") {
  world w;
  struct call {
    vm::store& store;
    int after = -1;
    static void run(void* raw) noexcept {
      auto& self = *static_cast<call*>(raw);
      static_cast<void>(vm::pause_running(self.store));
      self.after = std::fegetround();
    }
  } c{w.store};
  vm::fiber& f = w.begin(&call::run, &c);
  const int before = std::fegetround();
  vm::switch_to(f);
  CHECK(c.after == FE_TONEAREST);
  CHECK(std::fegetround() == before);
  vm::keep_fiber(f);
}

}  // namespace unit_runtime_fiber
