// Snapshots and forks in stores whose calls can be stopped and are metered: fuel and requests to
// stop are the store's, and no part of a state.
#include "snapshots.hpp"

#include <functional>
#include <utility>

#include "interruption.hpp"
#include "support/catch.hpp"

namespace {

using namespace snapshots;
using dovetail::caller;
using dovetail::interrupt;
using dovetail::status;
using dovetail::trap_code;
using testing::config;

template <class Backend, interrupt How>
using both = dovetail::fuel<dovetail::interruptible<Backend, How>>;
struct interpreter_polled : config<both<dovetail::interpreter, interrupt::polled>> {};
struct interpreter_guarded
    : config<both<dovetail::interpreter, interrupt::polled>, dovetail::guarded_memory> {};
#ifdef DOVETAIL_WITH_X64
struct x64_polled : config<both<dovetail::x64, interrupt::polled>> {};
struct x64_page : config<both<dovetail::x64, interrupt::page>, dovetail::guarded_memory> {};
#define CONTROLLED interpreter_polled, interpreter_guarded, x64_polled, x64_page
#else
#define CONTROLLED interpreter_polled, interpreter_guarded
#endif

constexpr std::uint64_t plenty = 1'000'000;

template <class Config>
struct controlled {
  using rt = dovetail::runtime<Config>;
  explicit controlled(typename rt::engine& engine)
      : store(engine), module(*engine.compile(bytes())), instance(make()), f(instance) {}
  typename rt::instance make() {
    store.set_fuel(plenty);
    dovetail::imports env = {
        dovetail::bind("env", "hook", [this](caller& from, i32) { return hook(from); })};
    return *store.instantiate(module, env);
  }

  typename rt::store store;
  typename rt::module module;
  std::function<i32(caller&)> hook = [](caller&) { return 0; };
  typename rt::instance instance;
  typename world<Config>::functions f;
};

template <class Config>
using engine_of = typename dovetail::runtime<Config>::engine;

}  // namespace

TEMPLATE_TEST_CASE("snapshots controlled: fuel is not given back", "", CONTROLLED) {
  engine_of<TestType> engine;
  controlled<TestType> w(engine);
  REQUIRE(w.f.put(0, 1).has_value());
  const std::uint64_t before = w.store.fuel();
  CHECK(before < plenty);
  const auto taken = take_snapshot(w.instance);
  REQUIRE(taken.has_value());
  CHECK(w.store.fuel() == before);
  REQUIRE(w.f.put(0, 2).has_value());
  const std::uint64_t after = w.store.fuel();
  CHECK(after < before);
  REQUIRE(code_of(restore(w.instance, *taken)) == status::ok);
  CHECK(w.f.memory.template read<u32>(0).value_or(0) == 1);
  CHECK(w.store.fuel() == after);
  // Nor where nothing is left.
  w.store.set_fuel(0);
  REQUIRE(code_of(restore(w.instance, *taken)) == status::ok);
  CHECK(w.f.put(0, 3).error().code == trap_code::out_of_fuel);
  // Nor in the middle of a call.
  w.store.set_fuel(plenty);
  std::uint64_t inside = 0;
  w.hook = [&](caller& from) {
    return dovetail::with_snapshots(from, [&] {
      const auto now = take_snapshot(w.instance);
      REQUIRE(now.has_value());
      REQUIRE(w.f.put(0, 4).has_value());
      inside = w.store.fuel();
      CHECK(code_of(restore(w.instance, *now)) == status::ok);
      CHECK(w.store.fuel() == inside);
      return 1;
    });
  };
  CHECK(w.f.hook(0).value_or(0) == 1);
  CHECK(inside < plenty);
  CHECK(w.store.fuel() <= inside);
}

TEMPLATE_TEST_CASE("snapshots controlled: a fork burns what its store has", "", CONTROLLED) {
  engine_of<TestType> engine;
  controlled<TestType> w(engine), other(engine);
  REQUIRE(w.f.put(0, 1).has_value());
  const std::uint64_t before = w.store.fuel();
  const auto copy = fork(w.instance);
  REQUIRE(copy.has_value());
  CHECK(w.store.fuel() == before);
  typename world<TestType>::functions f(*copy);
  REQUIRE(f.put(0, 2).has_value());
  const std::uint64_t price = before - w.store.fuel();
  CHECK(price > 0);
  CHECK(w.f.get(0).value_or(0) == 1);
  // In another store: that one's, and as much.
  const auto taken = take_snapshot(w.instance);
  REQUIRE(taken.has_value());
  const std::uint64_t here = w.store.fuel();
  other.store.set_fuel(500);
  dovetail::imports env = {dovetail::bind("env", "hook", [](i32 v) { return v; })};
  const auto there = fork(other.store, w.module, *taken, env);
  REQUIRE(there.has_value());
  CHECK(other.store.fuel() == 500);
  typename world<TestType>::functions g(*there);
  REQUIRE(g.put(0, 3).has_value());
  CHECK(other.store.fuel() == 500 - price);
  CHECK(w.store.fuel() == here);
  other.store.set_fuel(price - 1);
  CHECK(g.put(0, 4).error().code == trap_code::out_of_fuel);
}

TEMPLATE_TEST_CASE("snapshots controlled: a request to stop stays what it was", "", CONTROLLED) {
  engine_of<TestType> engine;
  controlled<TestType> w(engine);
  const auto button = w.store.stop_button();
  const auto taken = take_snapshot(w.instance);
  REQUIRE(taken.has_value());
  // Taking, restoring and forking are no calls: the next one is the one that was meant.
  const auto next = button.ticket();
  button.press(next);
  REQUIRE(take_snapshot(w.store).has_value());
  REQUIRE(code_of(restore(w.instance, *taken)) == status::ok);
  const auto copy = fork(w.instance);
  REQUIRE(copy.has_value());
  CHECK(button.ticket() == next);
  typename world<TestType>::functions f(*copy);
  CHECK(f.put(0, 1).error().code == trap_code::interrupted);
  CHECK(f.put(0, 1).has_value());
  CHECK(w.f.put(0, 1).has_value());
  // Of a store that is held, all calls of all instances.
  button.hold();
  const auto held = fork(w.instance);
  REQUIRE(held.has_value());
  CHECK(code_of(restore(w.instance, *taken)) == status::ok);
  typename world<TestType>::functions g(*held);
  CHECK(g.put(0, 1).error().code == trap_code::interrupted);
  CHECK(w.f.put(0, 1).error().code == trap_code::interrupted);
  button.release();
  CHECK(g.put(0, 1).has_value());
}

TEMPLATE_TEST_CASE("snapshots controlled: a call that is stopped is not saved by a restore", "",
                   CONTROLLED) {
  engine_of<TestType> engine;
  controlled<TestType> w(engine);
  REQUIRE(w.f.put(0, 1).has_value());
  w.hook = [&](caller& from) {
    return dovetail::with_snapshots(from, [&] {
      const auto taken = take_snapshot(w.instance);
      REQUIRE(taken.has_value());
      REQUIRE(w.f.put(0, 2).has_value());
      w.store.stop_button().press();
      CHECK(code_of(restore(w.instance, *taken)) == status::ok);
      return 1;
    });
  };
  // It ends where the host function returns, with the state of then.
  CHECK(w.f.hook(0).error().code == trap_code::interrupted);
  CHECK(w.f.get(0).value_or(0) == 1);
}

#ifdef DOVETAIL_WITH_X64
TEST_CASE("snapshots controlled: no fork where a store has no page to read") {
  engine_of<x64_page> engine;
  controlled<x64_page> w(engine), other(engine);
  const auto taken = take_snapshot(w.instance);
  REQUIRE(taken.has_value());
  dovetail::imports env = {dovetail::bind("env", "hook", [](i32 v) { return v; })};
  auto& control = dovetail::vm::control_of(other.store.data());
  void* const page = std::exchange(control.page, nullptr);
  CHECK(code_of(fork(other.store, w.module, *taken, env)) == status::memory_refused);
  control.page = page;
  CHECK(code_of(fork(other.store, w.module, *taken, env)) == status::ok);
}
#endif
