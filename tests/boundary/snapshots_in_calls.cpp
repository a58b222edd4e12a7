// Snapshots that a host function takes while the guest that called it waits: what comes back, what
// the guest goes on with, and what is refused.
#include "snapshots.hpp"

#include <functional>
#include <optional>

#include <dovetail/pausing.hpp>

#include "support/catch.hpp"

namespace {

using namespace snapshots;
using dovetail::caller;
using dovetail::snapshot;
using dovetail::status;

// (module
//   (import "env" "hook" (func $hook (param i32) (result i32)))
//   (memory (export "memory") 1 8)
//   (global $count (mut i32) (i32.const 5))
//   (func $put (export "put") (param i32)
//     (i32.store (i32.const 70000) (local.get 0))
//     (global.set $count (i32.add (global.get $count) (local.get 0))))
//   (func (export "sum") (result i32)
//     (i32.add (i32.load (i32.const 70000)) (global.get $count)))
//   (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
//   (func (export "run") (param $n i32) (result i32)
//     (local $before i32) (local $answer i32)
//     (drop (memory.grow (i32.const 1)))
//     (call $put (local.get $n))
//     (local.set $before (i32.add (i32.load (i32.const 70000)) (global.get $count)))
//     (local.set $answer (call $hook (local.get $n)))
//     (i32.add
//       (i32.add (i32.mul (i32.const 1000) (local.get $before)) (local.get $answer))
//       (i32.add
//         (i32.mul (i32.const 100) (i32.sub (local.get $before)
//           (i32.add (i32.load (i32.const 70000)) (global.get $count))))
//         (call $hook (i32.const -1))))))
constexpr unsigned char waiting_guest[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x0e, 0x03, 0x60, 0x01, 0x7f, 0x01, 0x7f,
    0x60, 0x01, 0x7f, 0x00, 0x60, 0x00, 0x01, 0x7f, 0x02, 0x0c, 0x01, 0x03, 0x65, 0x6e, 0x76, 0x04,
    0x68, 0x6f, 0x6f, 0x6b, 0x00, 0x00, 0x03, 0x05, 0x04, 0x01, 0x02, 0x00, 0x00, 0x05, 0x04, 0x01,
    0x01, 0x01, 0x08, 0x06, 0x06, 0x01, 0x7f, 0x01, 0x41, 0x05, 0x0b, 0x07, 0x23, 0x05, 0x06, 0x6d,
    0x65, 0x6d, 0x6f, 0x72, 0x79, 0x02, 0x00, 0x03, 0x70, 0x75, 0x74, 0x00, 0x01, 0x03, 0x73, 0x75,
    0x6d, 0x00, 0x02, 0x04, 0x67, 0x72, 0x6f, 0x77, 0x00, 0x03, 0x03, 0x72, 0x75, 0x6e, 0x00, 0x04,
    0x0a, 0x68, 0x04, 0x12, 0x00, 0x41, 0xf0, 0xa2, 0x04, 0x20, 0x00, 0x36, 0x02, 0x00, 0x23, 0x00,
    0x20, 0x00, 0x6a, 0x24, 0x00, 0x0b, 0x0c, 0x00, 0x41, 0xf0, 0xa2, 0x04, 0x28, 0x02, 0x00, 0x23,
    0x00, 0x6a, 0x0b, 0x06, 0x00, 0x20, 0x00, 0x40, 0x00, 0x0b, 0x3f, 0x01, 0x02, 0x7f, 0x41, 0x01,
    0x40, 0x00, 0x1a, 0x20, 0x00, 0x10, 0x01, 0x41, 0xf0, 0xa2, 0x04, 0x28, 0x02, 0x00, 0x23, 0x00,
    0x6a, 0x21, 0x01, 0x20, 0x00, 0x10, 0x00, 0x21, 0x02, 0x41, 0xe8, 0x07, 0x20, 0x01, 0x6c, 0x20,
    0x02, 0x6a, 0x41, 0xe4, 0x00, 0x20, 0x01, 0x41, 0xf0, 0xa2, 0x04, 0x28, 0x02, 0x00, 0x23, 0x00,
    0x6a, 0x6b, 0x6c, 0x41, 0x7f, 0x10, 0x00, 0x6a, 0x6a, 0x0b,
};

/// An instance whose guest waits for `hook`, which may take snapshots. What `run(n)` gives, if
/// nothing has changed when `hook` is back and it was the first: 1000 (2 n + 5), and both answers.
template <class Config>
struct waiting {
  using rt = dovetail::runtime<Config>;

  explicit waiting(typename rt::engine& engine)
      : store(engine), module(*engine.compile(code())), instance(make()) {}
  static std::span<const std::byte> code() { return std::as_bytes(std::span(waiting_guest)); }
  typename rt::instance make() {
    dovetail::imports env = {dovetail::bind("env", "hook", [this](caller& from, i32 n) {
      const auto chosen = n < 0 ? again : hook;  // a copy: hooks put others in their place
      return chosen(from);
    })};
    return *store.instantiate(module, env);
  }

  i32 run(i32 n) { return instance.template get<i32(i32)>("run").value()(n).value_or(-1); }
  i32 sum() { return instance.template get<i32()>("sum").value()().value_or(-1); }
  void put(i32 n) { REQUIRE(instance.template get<void(i32)>("put").value()(n).has_value()); }
  void grow() { REQUIRE(instance.template get<i32(i32)>("grow").value()(1).value_or(-1) > 0); }

  typename rt::store store;
  typename rt::module module;
  std::function<i32(caller&)> hook = [](caller&) { return 0; };
  std::function<i32(caller&)> again = [](caller&) { return 0; };
  typename rt::instance instance;
};

template <class Config>
using engine_of = typename dovetail::runtime<Config>::engine;

}  // namespace

TEMPLATE_TEST_CASE("snapshots in calls: the state comes back, and the guest goes on", "",
                   BOUNDARY_ALL) {
  engine_of<TestType> engine;
  waiting<TestType> w(engine);
  w.hook = [&](caller& from) {
    return dovetail::with_snapshots(from, [&] {
      const auto taken = take_snapshot(w.instance);
      REQUIRE(taken.has_value());
      for (int round = 0; round < 3; ++round) {
        w.put(100 + round);
        w.grow();
        CHECK(w.sum() == 100 + round + 9 + 100 + round);
        const auto later = take_snapshot(w.store);
        REQUIRE(later.has_value());
        REQUIRE(code_of(restore(w.instance, *taken)) == status::ok);
        CHECK(w.sum() == 4 + 9);
        CHECK(from.memory().size() == 2 * 65'536);
        REQUIRE(code_of(restore(w.store, *later)) == status::ok);
        CHECK(w.sum() == 100 + round + 9 + 100 + round);
        CHECK(from.memory().size() == 3 * 65'536);
        REQUIRE(code_of(restore(w.instance, *taken)) == status::ok);
      }
      return 7;
    });
  };
  CHECK(w.run(4) == 13'000 + 7);
  CHECK(w.sum() == 13);
}

TEMPLATE_TEST_CASE("snapshots in calls: tables, segments and references too", "", BOUNDARY_ALL) {
  engine_of<TestType> engine;
  typename dovetail::runtime<TestType>::store store{engine};
  const auto module = *engine.compile(bytes());
  std::function<void(caller&)> hook;
  dovetail::imports env = {
      dovetail::bind("env", "hook", [&](caller& from, i32 v) { return hook(from), v + 1; })};
  const auto instance = *store.instantiate(module, env);
  typename world<TestType>::functions f(instance);
  REQUIRE(f.install(0, 1).has_value());
  hook = [&](caller& from) {
    dovetail::with_snapshots(from, [&] {
      const auto taken = take_snapshot(instance);
      REQUIRE(taken.has_value());
      REQUIRE(f.install(0, 0).has_value());
      REQUIRE(f.install(3, 1).has_value());
      REQUIRE(f.grow_table(2).value_or(-1) == 4);
      REQUIRE(f.choose(0).has_value());
      REQUIRE(f.set(99).has_value());
      REQUIRE(f.drop().has_value());
      REQUIRE(code_of(restore(instance, *taken)) == status::ok);
    });
  };
  CHECK(f.hook(4).value_or(0) == 5);
  CHECK(f.indirect(0).value_or(0) == 8);
  CHECK(f.indirect(3).error().code == dovetail::trap_code::uninitialized_element);
  CHECK(f.table.size() == 4);
  CHECK(f.chosen().value_or(7) == 1);
  CHECK(f.secret().value_or(0) == 7);
  CHECK(f.text(40'000).has_value());
  CHECK(f.install(1, 0).has_value());
}

TEMPLATE_TEST_CASE("snapshots in calls: good in the host call that took them alone", "",
                   BOUNDARY_ALL) {
  engine_of<TestType> engine;
  waiting<TestType> w(engine);
  const auto before = take_snapshot(w.instance);
  REQUIRE(before.has_value());
  std::optional<snapshot> kept;
  const auto refuses = [&](const snapshot& s) {
    const i32 sum = w.sum();
    dovetail::imports env = {dovetail::bind("env", "hook", [](i32 n) { return n; })};
    return code_of(restore(w.instance, s)) == status::call_in_progress &&
           code_of(restore(w.store, s)) == status::call_in_progress &&
           code_of(fork(w.store, w.module, s, env)) == status::call_in_progress && sum == w.sum();
  };
  const auto takes_none = [&] {
    return code_of(take_snapshot(w.instance)) == status::call_in_progress &&
           code_of(take_snapshot(w.store)) == status::call_in_progress &&
           code_of(fork(w.instance)) == status::call_in_progress;
  };
  const auto begin = w.hook = [&](caller& from) {
    CHECK(takes_none());
    dovetail::with_snapshots(from, [&] {
      auto taken = take_snapshot(w.instance);
      REQUIRE(taken.has_value());
      CHECK(refuses(*before));
      // A call in this one, with such a part of its own and without.
      w.hook = [&](caller& inner) {
        CHECK(takes_none());
        CHECK(refuses(*taken));
        dovetail::with_snapshots(inner, [&] {
          const auto own = take_snapshot(w.instance);
          REQUIRE(own.has_value());
          CHECK(refuses(*taken));
          CHECK(code_of(restore(w.instance, *own)) == status::ok);
        });
        return 1;
      };
      CHECK(w.run(1) != -1);
      // Another part of this very host function.
      dovetail::with_snapshots(from, [&] { CHECK(refuses(*taken)); });
      CHECK(code_of(restore(w.instance, *taken)) == status::ok);
      kept.emplace(std::move(*taken));
    });
    CHECK(takes_none());
    CHECK(refuses(*kept));
    CHECK(code_of(to_bytes(*kept, waiting<TestType>::code())) == status::call_in_progress);
    dovetail::with_snapshots(from, [&] { CHECK(refuses(*kept)); });
    return 7;
  };
  // The next host function that the same guest calls, from the same frame.
  w.again = [&](caller& from) {
    if (!kept) return 0;
    CHECK(takes_none());
    CHECK(refuses(*kept));
    dovetail::with_snapshots(from, [&] { CHECK(refuses(*kept)); });
    return 0;
  };
  CHECK(w.run(4) == 13'000 + 7);
  REQUIRE(kept.has_value());
  CHECK(refuses(*kept));
  // A part of another store with the same number.
  waiting<TestType> other(engine);
  other.hook = [&](caller& from) {
    return dovetail::with_snapshots(from, [&] {
      return code_of(restore(other.instance, *kept)) == status::call_in_progress ? 1 : 2;
    });
  };
  CHECK(other.run(4) == 13'001);
  // Everything is as always between calls.
  CHECK(code_of(restore(w.instance, *before)) == status::ok);
  CHECK(w.sum() == -1);  // its one page again: it reads beyond
  w.hook = begin;
  kept.reset();
  CHECK(w.run(4) == 13'007);
}

TEMPLATE_TEST_CASE("snapshots in calls: an instance is forked in the middle", "", BOUNDARY_ALL) {
  engine_of<TestType> engine;
  waiting<TestType> w(engine);
  std::optional<typename dovetail::runtime<TestType>::instance> made;
  w.hook = [&](caller& from) {
    return dovetail::with_snapshots(from, [&] {
      auto copy = fork(w.instance);
      REQUIRE(copy.has_value());
      made.emplace(*copy);
      w.put(50);
      CHECK(made->template get<i32()>("sum").value()().value_or(0) == 13);
      CHECK(w.sum() == 50 + 9 + 50);
      return 0;
    });
  };
  CHECK(w.run(4) == 13'000 + 100 * (13 - 109));
  CHECK(made->template get<i32()>("sum").value()().value_or(0) == 13);
  w.hook = [](caller&) { return 3; };
  const i32 again = made->template get<i32(i32)>("run").value()(2).value_or(-1);
  CHECK(again == 1000 * (2 + 9 + 2) + 3);
}

TEMPLATE_TEST_CASE("snapshots in calls: while calls are paused there are none", "", BOUNDARY_ALL) {
  if constexpr (!dovetail::platform::can_switch_stacks)
    return testing::skip("no second stack here");
  engine_of<TestType> engine;
  waiting<TestType> w(engine);
  status in_another = status::ok, while_paused = status::ok;
  w.hook = [&](caller& from) {
    return dovetail::with_snapshots(from, [&] {
      const auto taken = take_snapshot(w.instance);
      REQUIRE(taken.has_value());
      if (dovetail::pause(from)) return -100;
      // What others did meanwhile is undone as well.
      CHECK(w.sum() != 13);
      CHECK(code_of(restore(w.instance, *taken)) == status::ok);
      return 7;
    });
  };
  dovetail::pausable_call call(w.store, w.instance.template get<i32(i32)>("run").value());
  REQUIRE(call.start(4).has_value());
  REQUIRE(call.is_paused());
  while_paused = code_of(take_snapshot(w.instance));
  w.hook = [&](caller& from) {
    dovetail::with_snapshots(from, [&] { in_another = code_of(take_snapshot(w.instance)); });
    return 0;
  };
  CHECK(w.run(1) != -1);
  CHECK(while_paused == status::call_in_progress);
  CHECK(in_another == status::call_in_progress);
  REQUIRE(call.resume().has_value());
  REQUIRE(call.is_done());
  CHECK(call.outcome().value_or(-1) == 13'007);
}

#ifdef __cpp_exceptions
TEMPLATE_TEST_CASE("snapshots in calls: an exception ends them", "", BOUNDARY_ALL) {
  engine_of<TestType> engine;
  waiting<TestType> w(engine);
  std::optional<snapshot> kept;
  w.hook = [&](caller& from) -> i32 {
    dovetail::with_snapshots(from, [&] {
      auto taken = take_snapshot(w.instance);
      REQUIRE(taken.has_value());
      kept.emplace(std::move(*taken));
      throw 17;
    });
    return 0;
  };
  int thrown = 0;
  try {
    w.run(4);
  } catch (int what) {
    thrown = what;
  }
  CHECK(thrown == 17);
  w.hook = [&](caller& from) {
    return dovetail::with_snapshots(from, [&] {
      return code_of(restore(w.instance, *kept)) == status::call_in_progress ? 1 : 2;
    });
  };
  CHECK(w.run(4) % 10 == 1);
  CHECK(take_snapshot(w.instance).has_value());
}
#endif
