// Calls that are paused in a host function: what they keep, what else may happen meanwhile, how
// they end, and what is refused.
#include <dovetail/pausing.hpp>

#include <memory>
#include <stdexcept>

#include "guest.hpp"

namespace linking {

namespace {

using dovetail::pausable_call;
using dovetail::pause;

// "sum" asks the host for a number n times; "deep" does so below n frames of guests, "through" in
// the middle of a call of a host function that calls it back.
constexpr std::string_view asking = R"wat((module
    (import "env" "ask" (func $ask (param i32) (result i32)))
    (import "env" "again" (func $again (param i32) (result i32)))
    (memory (export "memory") 1 10)
    (global $count (export "count") (mut i32) (i32.const 0))
    (table 1 funcref)
    (elem (i32.const 0) $ask)
    (func $sum (export "sum") (param $n i32) (result i32)
      (local $total i32) (local $weight f64)
      (local.set $weight (f64.const 0.5))
      (loop $more
        (local.set $total (i32.add (local.get $total) (call $ask (local.get $n))))
        (local.set $weight (f64.add (local.get $weight) (f64.const 1)))
        (global.set $count (i32.add (global.get $count) (i32.const 1)))
        (br_if $more (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (i32.add (local.get $total) (i32.trunc_f64_s (local.get $weight))))
    (func $deep (export "deep") (param $n i32) (result i32)
      (if (result i32) (local.get $n)
        (then (i32.add (i32.const 1) (call $deep (i32.sub (local.get $n) (i32.const 1)))))
        (else (call_indirect (param i32) (result i32) (i32.const 7) (i32.const 0)))))
    (func (export "through") (param i32) (result i32)
      (i32.add (i32.const 1000) (call $again (local.get 0))))
    (func (export "load after") (param i32) (result i32)
      (i32.load (call $ask (local.get 0))))
    (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
    (func (export "endless") (result i32) (i32.add (call $endless) (i32.const 1)))
    (func $endless (result i32) (i32.add (call $endless) (i32.const 1)))
    (func (export "plus one") (param i32) (result i32)
      (i32.add (local.get 0) (i32.const 1)))))wat";

/// A guest whose questions pause the call; `answer` is what they give afterwards.
template <class C>
struct asked : world<C> {
  using typename world<C>::instance;
  i32 answer = 0, question = -1, ended = 0;
  bool throws = false;
  instance guest;

  asked() : guest(make()) {}

  auto calling(std::string_view name) {
    return pausable_call(this->store, exported<i32(i32)>(guest, name));
  }

 private:
  struct leaving {
    i32& count;
    ~leaving() { ++count; }
  };
  instance make() {
    imports env = {bind("env", "ask",
                        [this](caller& from, i32 n) -> result<i32, trap> {
                          const leaving at_end{ended};
                          question = n;
                          if (const trap t = pause(from)) return t;
#ifdef __cpp_exceptions
                          if (throws) throw std::runtime_error("after a pause");
#endif
                          return answer;
                        }),
                   bind("env", "again", [this](caller& from, i32 n) -> result<i32, trap> {
                     const leaving at_end{ended};
                     value in[] = {value(n)}, out[1];
                     const auto done = from.find("sum")->as_function().call(in, out);
                     if (!done) return done.error();
                     return out[0].as<i32>() + 1;
                   })};
    return world<C>::instantiate(asking, env);
  }
};

template <class R>
status status_of(const result<R>& r) {
  return r.has_value() ? status::ok : r.error().code;
}

}  // namespace

TEMPLATE_TEST_CASE("pausing: a call goes on where it was", "", checked, guarded) {
  asked<TestType> w;
  auto call = w.calling("sum");
  CHECK(!call.is_paused());
  CHECK(!call.is_done());
  CHECK(status_of(call.resume()) == status::call_in_progress);
  REQUIRE(call.start(3).has_value());
  for (i32 n = 3; n > 0; --n) {
    CHECK(call.is_paused());
    CHECK(!call.is_done());
    CHECK(w.question == n);
    CHECK(exported<global<i32>>(w.guest, "count") == 3 - n);
    w.answer = n * 10;
    REQUIRE(call.resume().has_value());
  }
  CHECK(!call.is_paused());
  REQUIRE(call.is_done());
  CHECK(need(call.outcome()) == 63);
  CHECK(status_of(call.resume()) == status::call_in_progress);

  REQUIRE(call.start(1).has_value());
  CHECK(!call.is_done());
  CHECK(status_of(call.start(1)) == status::call_in_progress);
  REQUIRE(call.resume().has_value());
  CHECK(need(call.outcome()) == 11);
}

TEMPLATE_TEST_CASE("pausing: below frames of guest and host", "", checked, guarded) {
  asked<TestType> w;
  auto deep = w.calling("deep"), through = w.calling("through");
  REQUIRE(deep.start(500).has_value());
  REQUIRE(through.start(2).has_value());
  CHECK(w.question == 2);
  w.answer = 5;
  REQUIRE(through.resume().has_value());
  REQUIRE(deep.resume().has_value());
  REQUIRE(deep.is_done());
  CHECK(need(deep.outcome()) == 505);
  CHECK(through.is_paused());
  REQUIRE(through.resume().has_value());
  CHECK(need(through.outcome()) == 1000 + 5 + 5 + 2 + 1);
  CHECK(w.ended == 4);
}

TEMPLATE_TEST_CASE("pausing: the store works meanwhile", "", checked, guarded) {
  asked<TestType> w;
  auto call = w.calling("load after");
  REQUIRE(call.start(0).has_value());
  // Other calls, also of what they reach beyond the first page, more instances, and the stack's
  // end.
  CHECK(linking::call<i32(i32)>(w.guest, "plus one", 4) == 5);
  CHECK(linking::call<i32(i32)>(w.guest, "grow", 3) == 1);
  const memory_view memory = exported<memory_view>(w.guest, "memory");
  CHECK(!memory.write<i32>(200'000, 77));
  CHECK(trap_of<i32()>(w.guest, "endless") == trap_code::stack_exhausted);
  const auto other = w.store.instantiate(w.compiled(0));
  CHECK(status_of(other) == status::unknown_import);
  const auto collected = w.store.collect();  // a frame may be all that knows an instance
  CHECK((collected ? status::ok : collected.error().code) == status::call_in_progress);
  // A host function outside of every pausable call cannot pause.
  CHECK(trap_of<i32(i32)>(w.guest, "sum", 1) == trap_code::not_pausable);
  w.answer = 200'000;
  REQUIRE(call.resume().has_value());
  CHECK(need(call.outcome()) == 77);
}

TEMPLATE_TEST_CASE("pausing: many calls wait side by side", "", checked, guarded) {
  asked<TestType> w;
  constexpr i32 many = 20;
  std::vector<std::unique_ptr<pausable_call<i32(i32)>>> calls;
  for (i32 n = 1; n <= many; ++n) {
    calls.push_back(
        std::make_unique<pausable_call<i32(i32)>>(w.store, exported<i32(i32)>(w.guest, "sum")));
    REQUIRE(calls.back()->start(n).has_value());
  }
  for (i32 round = 1; round <= many; ++round) {
    for (i32 n = many; n >= round; --n) {
      w.answer = n;
      auto& one = *calls[static_cast<std::size_t>(n - 1)];
      REQUIRE(one.is_paused());
      REQUIRE(one.resume().has_value());
    }
  }
  for (i32 n = 1; n <= many; ++n)
    CHECK(need(calls[static_cast<std::size_t>(n - 1)]->outcome()) == n * n + n);
}

TEMPLATE_TEST_CASE("pausing: traps, exceptions and the stack's end come out of it", "", checked,
                   guarded) {
  asked<TestType> w;
  auto call = w.calling("load after");
  REQUIRE(call.start(0).has_value());
  w.answer = -1;
  REQUIRE(call.resume().has_value());
  REQUIRE(call.is_done());
  CHECK(call.outcome().error().code == trap_code::memory_out_of_bounds);
  CHECK(w.store.last_trap().has_place);

  auto deep = w.calling("deep");
  REQUIRE(deep.start(100'000'000).has_value());
  REQUIRE(deep.is_done());
  CHECK(deep.outcome().error().code == trap_code::stack_exhausted);
  auto endless = pausable_call(w.store, exported<i32()>(w.guest, "endless"));
  REQUIRE(endless.start().has_value());
  CHECK(endless.outcome().error().code == trap_code::stack_exhausted);

#ifdef __cpp_exceptions
  for (const char* name : {"sum", "through"}) {
    auto thrown = w.calling(name);
    w.throws = true;
    REQUIRE(thrown.start(2).has_value());
    try {
      throw 1;  // what the host handles meanwhile is its own
    } catch (int) {
      REQUIRE(thrown.resume().has_value());
      REQUIRE(std::current_exception() != nullptr);
    }
    REQUIRE(thrown.is_done());
    CHECK_THROWS_AS(static_cast<void>(thrown.outcome()), std::runtime_error);
    CHECK(thrown.is_done());
    CHECK_THROWS_AS(static_cast<void>(thrown.outcome()), std::runtime_error);
    w.throws = false;
  }
#endif
  CHECK(linking::call<i32(i32)>(w.guest, "plus one", 4) == 5);
}

TEMPLATE_TEST_CASE("pausing: a paused call is dropped", "", checked, guarded) {
  asked<TestType> w;
  {
    auto call = w.calling("through");
    REQUIRE(call.start(2).has_value());
    CHECK(w.ended == 0);
  }
  CHECK(w.ended == 2);  // the host's frames were left
  auto call = w.calling("sum");
  REQUIRE(call.start(2).has_value());
  REQUIRE(call.drop().has_value());
  REQUIRE(call.is_done());
  CHECK(call.outcome().error().code == trap_code::interrupted);
  CHECK(w.ended == 3);
  REQUIRE(call.start(1).has_value());
  REQUIRE(call.resume().has_value());
  CHECK(call.outcome().has_value());
}

TEMPLATE_TEST_CASE("pausing: calls within a call are refused", "", checked, guarded) {
  world<TestType> w;
  status started = status::ok;
  pausable_call<i32(i32)>* inner = nullptr;
  imports env = {bind("env", "ask", [&](i32 n) {
    started = status_of(inner->start(n));
    return n;
  })};
  const auto guest = w.instantiate(R"wat((module
      (import "env" "ask" (func $ask (param i32) (result i32)))
      (func (export "f") (param i32) (result i32) (call $ask (local.get 0)))))wat",
                                   env);
  pausable_call call(w.store, exported<i32(i32)>(guest, "f"));
  inner = &call;
  CHECK(linking::call<i32(i32)>(guest, "f", 3) == 3);
  CHECK(started == status::call_in_progress);
  REQUIRE(call.start(4).has_value());
  CHECK(started == status::call_in_progress);
  CHECK(need(call.outcome()) == 4);
}

}  // namespace linking
