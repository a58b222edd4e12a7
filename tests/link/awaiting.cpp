// Coroutines of the host around calls, and within their host functions.
#include <dovetail/awaiting.hpp>

#include <coroutine>
#include <stdexcept>

#include "guest.hpp"

namespace linking {

namespace {

using dovetail::await;
using dovetail::pausable_call;

/// What happens once, with a number.
class event {
 public:
  struct waiter {
    event& of;
    [[nodiscard]] bool await_ready() const { return of.has_happened_; }
    void await_suspend(std::coroutine_handle<> h) {
      of.waiting_ = h;
      ++of.waits;
    }
    i32 await_resume() const {
#ifdef __cpp_exceptions
      if (of.fails) throw std::runtime_error("the event");
#endif
      return of.number_;
    }
    ~waiter() { of.waiting_ = nullptr; }
  };
  waiter operator co_await() { return {*this}; }

  void happen(i32 number) {
    has_happened_ = true;
    number_ = number;
    if (waiting_) std::exchange(waiting_, nullptr).resume();
  }
  [[nodiscard]] bool is_awaited() const { return waiting_ != nullptr; }
  i32 waits = 0;
  bool fails = false;

 private:
  bool has_happened_ = false;
  i32 number_ = 0;
  std::coroutine_handle<> waiting_;
};

/// A coroutine that runs as far as it can.
struct job {
  struct promise_type {
    job get_return_object() const { return {}; }
    [[nodiscard]] std::suspend_never initial_suspend() const noexcept { return {}; }
    [[nodiscard]] std::suspend_never final_suspend() const noexcept { return {}; }
    void return_void() const {}
    void unhandled_exception() const { dovetail::platform::end_program(); }
  };
};

constexpr std::string_view adding = R"wat((module
    (import "env" "next" (func $next (param i32) (result i32)))
    (func (export "both") (result i32)
      (i32.add (call $next (i32.const 0)) (call $next (i32.const 1))))
    (func (export "three") (result i32) (i32.const 3))))wat";

template <class C>
struct adder : world<C> {
  event events[2];
  typename world<C>::instance guest;

  adder() : guest(make()) {}

 private:
  typename world<C>::instance make() {
    imports env = {bind("env", "next", [this](caller& from, i32 which) -> result<i32, trap> {
      return await(from, events[which]);
    })};
    return world<C>::instantiate(adding, env);
  }
};

template <class C>
job run(adder<C>& w, result<i32, trap>& out, i32& ended) {
  pausable_call call(w.store, exported<i32()>(w.guest, "both"));
  if (!call.start().has_value()) co_return;
  out = co_await call;
  ++ended;
}

}  // namespace

TEMPLATE_TEST_CASE("awaiting: a coroutine waits for a guest that waits for events", "", checked,
                   guarded) {
  adder<TestType> w;
  result<i32, trap> out = 0;
  i32 ended = 0;
  run(w, out, ended);
  CHECK(w.events[0].is_awaited());
  CHECK(call<i32()>(w.guest, "three") == 3);
  w.events[0].happen(40);
  CHECK(ended == 0);
  CHECK(w.events[1].is_awaited());
  w.events[1].happen(2);
  CHECK(ended == 1);
  CHECK(need(out) == 42);
}

TEMPLATE_TEST_CASE("awaiting: what is there already is not waited for", "", checked, guarded) {
  adder<TestType> w;
  w.events[0].happen(1);
  w.events[1].happen(2);
  result<i32, trap> out = 0;
  i32 ended = 0;
  run(w, out, ended);
  CHECK(ended == 1);
  CHECK(need(out) == 3);
  CHECK(w.events[0].waits + w.events[1].waits == 0);
}

TEMPLATE_TEST_CASE("awaiting: only pausable calls wait", "", checked, guarded) {
  adder<TestType> w;
  CHECK(trap_of<i32()>(w.guest, "both") == trap_code::not_pausable);
  CHECK(w.events[0].waits == 0);
}

TEMPLATE_TEST_CASE("awaiting: resumed too early, a host function waits on", "", checked, guarded) {
  adder<TestType> w;
  pausable_call call(w.store, exported<i32()>(w.guest, "both"));
  REQUIRE(call.start().has_value());
  REQUIRE(call.resume().has_value());
  CHECK(call.is_paused());
  w.events[0].happen(4);
  w.events[1].happen(5);
  REQUIRE(call.is_done());
  CHECK(need(call.outcome()) == 9);
}

TEMPLATE_TEST_CASE("awaiting: a dropped call waits for nothing", "", checked, guarded) {
  adder<TestType> w;
  {
    pausable_call call(w.store, exported<i32()>(w.guest, "both"));
    REQUIRE(call.start().has_value());
    CHECK(w.events[0].is_awaited());
  }
  CHECK(!w.events[0].is_awaited());
  w.events[0].happen(1);
  CHECK(w.events[1].waits == 0);
}

#ifdef __cpp_exceptions
TEMPLATE_TEST_CASE("awaiting: an exception of what is awaited goes through the guest", "", checked,
                   guarded) {
  adder<TestType> w;
  w.events[1].fails = true;
  pausable_call call(w.store, exported<i32()>(w.guest, "both"));
  REQUIRE(call.start().has_value());
  w.events[0].happen(1);
  w.events[1].happen(2);
  REQUIRE(call.is_done());
  CHECK_THROWS_AS(static_cast<void>(call.outcome()), std::runtime_error);
}
#endif

}  // namespace linking
