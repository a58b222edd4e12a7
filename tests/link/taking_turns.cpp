// Tail calls that take turns: constant space within an instance and between two, whatever the
// callee's arguments need; the caller's own things are back afterwards.
#include "guest.hpp"

using namespace linking;

namespace {

constexpr i32 many = 1'000'000;

// Both of a pair have this module: each is at its place of the table, and calls the other place.
// They differ in what their memory holds.
constexpr std::string_view turn_taker = R"wat((module
  (type $turn (func (param i32 i64) (result i64)))
  (import "env" "table" (table 2 funcref))
  (import "env" "mine" (global $mine i32))
  (import "env" "other" (global $other i32))
  (memory 1)
  (func (export "put") (param i64)
    (i64.store (i32.const 8) (local.get 0)))
  (elem (global.get $mine) $turn)
  (func $turn (export "turn") (type $turn)
    (if (result i64) (i32.eqz (local.get 0))
      (then (local.get 1))
      (else (return_call_indirect (type $turn)
        (i32.sub (local.get 0) (i32.const 1))
        (i64.add (local.get 1) (i64.load (i32.const 8)))
        (global.get $other)))))
  (func (export "run") (param i32) (result i64)
    (i64.add
      (i64.mul (call $turn (local.get 0) (i64.const 0)) (i64.const 1000))
      (i64.load (i32.const 8))))
))wat";

template <class C>
struct two_turn_takers {
  world<C> w;
  table_handle table = need(w.store.make_table({value_type::funcref, {2}}));
  global_handle zero = need(w.store.make_global({value_type::i32, false}, value(0)));
  global_handle one = need(w.store.make_global({value_type::i32, false}, value(1)));
  typename world<C>::instance first = make(zero, one);
  typename world<C>::instance second = make(one, zero);

  auto make(const global_handle& mine, const global_handle& other) {
    imports env = {provide("env", "table", table), provide("env", "mine", mine),
                   provide("env", "other", other)};
    return w.instantiate(turn_taker, env);
  }
};

}  // namespace

TEMPLATE_TEST_CASE("L42: two instances of a module take turns a million times", "", latest,
                   latest_guarded) {
  two_turn_takers<TestType> two;
  call<void(i64)>(two.first, "put", i64{3});
  call<void(i64)>(two.second, "put", i64{5});
  CHECK(call<i64(i32)>(two.first, "run", many) == i64{8} * (many / 2) * 1000 + 3);
  CHECK(call<i64(i32)>(two.second, "run", many + 1) == (i64{8} * (many / 2) + 5) * 1000 + 5);
  CHECK(call<i64(i32, i64)>(two.first, "turn", many, i64{7}) == i64{8} * (many / 2) + 7);
}

TEMPLATE_TEST_CASE("L42: two modules take turns, with ever other needs of the stack", "", latest,
                   latest_guarded) {
  // The first passes 26 integers and 12 floats, of which 24 lie in memory; the second nothing but a
  // number. Ten results, six of them in memory.
  world<TestType> w;
  auto first = w.instantiate(R"wat((module
    (type $few (func (param i32) (result i64 i64 i64 i64 i64 f64 f64 f64 f64 f64)))
    (type $lots (func
      (param i32 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64
        i64 i64 i64 i64 i64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64)
      (result i64 i64 i64 i64 i64 f64 f64 f64 f64 f64)))
    (table (export "table") 1 funcref)
    (memory 1)
    (data (i32.const 0) "\07")
    (global $turns (export "turns") (mut i32) (i32.const 0))
    (func $few (export "few") (type $few)
      (global.set $turns (i32.add (global.get $turns) (i32.const 1)))
      (return_call_indirect (type $lots)
        (local.get 0)
        (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4) (i64.const 5)
        (i64.const 6) (i64.const 7) (i64.const 8) (i64.const 9) (i64.const 10)
        (i64.const 11) (i64.const 12) (i64.const 13) (i64.const 14) (i64.const 15)
        (i64.const 16) (i64.const 17) (i64.const 18) (i64.const 19) (i64.const 20)
        (i64.const 21) (i64.const 22) (i64.const 23) (i64.const 24) (i64.const 25)
        (f64.const 1.5) (f64.const 2.5) (f64.const 3.5) (f64.const 4.5) (f64.const 5.5)
        (f64.const 6.5) (f64.const 7.5) (f64.const 8.5) (f64.const 9.5) (f64.const 10.5)
        (f64.const 11.5) (f64.const 12.5)
        (i32.const 0)))
    (func (export "run") (param i32) (result i64 f64)
      (local $sum i64) (local $floats f64)
      (call $few (local.get 0))
      (local.set $floats (f64.add (f64.add (f64.add (f64.add)))))
      (local.set $sum (i64.add (i64.add (i64.add (i64.add)))))
      (i64.add (local.get $sum) (i64.load8_u (i32.const 0)))
      (local.get $floats))
  ))wat");
  imports env = {provide("first", "few", exported<function_handle>(first, "few")),
                 provide("first", "table", exported<table_handle>(first, "table"))};
  auto second = w.instantiate(R"wat((module
    (type $few (func (param i32) (result i64 i64 i64 i64 i64 f64 f64 f64 f64 f64)))
    (import "first" "few" (func $few (type $few)))
    (import "first" "table" (table 1 funcref))
    (global $turns (export "turns") (mut i32) (i32.const 0))
    (elem (i32.const 0) $lots)
    (func $lots
      (param i32 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64
        i64 i64 i64 i64 i64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64)
      (result i64 i64 i64 i64 i64 f64 f64 f64 f64 f64)
      (global.set $turns (i32.add (global.get $turns) (i32.const 1)))
      (if (local.get 0)
        (then (return_call $few (i32.sub (local.get 0) (i32.const 1)))))
      (local.get 1) (local.get 6) (local.get 15) (local.get 20) (local.get 25)
      (local.get 26) (local.get 33) (local.get 34) (local.get 36) (local.get 37))
  ))wat",
                              env);
  using both = std::tuple<i64, double>;
  const both answer = call<both(i32)>(first, "run", many);
  CHECK(std::get<0>(answer) == 1 + 6 + 15 + 20 + 25 + 7);
  CHECK(std::get<1>(answer) == 1.5 + 8.5 + 9.5 + 11.5 + 12.5);
  CHECK(exported<global<i32>>(first, "turns").get() == many + 1);
  CHECK(exported<global<i32>>(second, "turns").get() == many + 1);
}

TEMPLATE_TEST_CASE("L42: within an instance, with ever other needs of the stack", "", latest,
                   latest_guarded) {
  world<TestType> w;
  auto guest = w.instantiate(R"wat((module
    (type $to (func (param i32 i64) (result i64)))
    (table funcref (elem $one $two))
    (func $one (export "one") (type $to)
      (if (i32.eqz (local.get 0)) (then (return (local.get 1))))
      (return_call $two_of_nine (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4)
        (i64.const 5) (i64.const 6) (i64.const 7)
        (i32.sub (local.get 0) (i32.const 1)) (local.get 1)))
    (func $two_of_nine (param i64 i64 i64 i64 i64 i64 i64 i32 i64) (result i64)
      (return_call_indirect (type $to) (local.get 7)
        (i64.add (local.get 8) (local.get 6)) (i32.const 1)))
    (func $two (type $to)
      (local $a i64) (local $b i64) (local $c i64)
      (if (i32.eqz (local.get 0)) (then (return (local.get 1))))
      (local.set $a (call $plus_one (local.get 1)))
      (local.set $b (call $plus_one (local.get $a)))
      (local.set $c (i64.add (local.get $a) (call $plus_one (local.get $b))))
      (return_call $one (i32.sub (local.get 0) (i32.const 1))
        (i64.sub (local.get $c) (local.get $b))))
    (func $plus_one (param i64) (result i64) (i64.add (local.get 0) (i64.const 1)))
    (func (export "swap") (param i32 i64 i64) (result i64)
      (if (i32.eqz (local.get 0))
        (then (return (i64.sub (i64.mul (local.get 1) (i64.const 10)) (local.get 2)))))
      (return_call 4 (i32.sub (local.get 0) (i32.const 1)) (local.get 2) (local.get 1)))
  ))wat");
  // Two steps add 7 and 2: a = x + 1, b = x + 2, c = 2x + 4.
  CHECK(call<i64(i32, i64)>(guest, "one", many, i64{1}) == 1 + i64{9} * (many / 2));
  CHECK(call<i64(i32, i64, i64)>(guest, "swap", many + 1, i64{4}, i64{9}) == 86);
}

TEMPLATE_TEST_CASE("L42: a trap in a callee tells its place", "", latest, latest_guarded) {
  two_turn_takers<TestType> two;
  world<TestType>& w = two.w;
  imports env = {provide("env", "table", two.table)};
  w.instantiate(R"wat((module
    (type $turn (func (param i32 i64) (result i64)))
    (import "env" "table" (table 2 funcref))
    (elem (i32.const 1) $turn)
    (func $nothing)
    (func $turn (type $turn)
      (if (i32.lt_u (local.get 0) (i32.const 100)) (then (unreachable)))
      (return_call_indirect (type $turn)
        (i32.sub (local.get 0) (i32.const 1)) (local.get 1) (i32.const 0)))
  ))wat",
                env);
  CHECK(trap_of<i64(i32)>(two.first, "run", 1000) == trap_code::unreachable);
  CHECK(w.store.last_trap().function == 1);
  // Afterwards everything is as it was.
  CHECK(call<i64(i32)>(two.first, "run", 0) == 0);
  CHECK(two.table.set(1, value(funcref{})) == status::ok);
  CHECK(trap_of<i64(i32)>(two.first, "run", 1000) == trap_code::uninitialized_element);
}

TEMPLATE_TEST_CASE("L42: functions of the host", "", latest, latest_guarded) {
  world<TestType> w;
  i64 seen = 0;
  imports env = {bind("env", "plain", [](i32 a, i64 b) { return a + b; }),
                 bind("env", "with_caller",
                      [&seen](caller& from, i64 a, double b) {
                        seen += a;
                        return from.memory().size() == 65'536 ? b * 2 : -1;
                      }),
                 bind("env", "many_arguments",
                      [](i64 a, i64 b, i64 c, i64 d, i64 e, i64 f, i64 g, i64 h, i64 i) {
                        return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h + 9 * i;
                      }),
                 bind("env", "trapping", [](i32 a) { return trap::host(a); })};
  auto guest = w.instantiate(R"wat((module
    (import "env" "plain" (func $plain (param i32 i64) (result i64)))
    (import "env" "with_caller" (func $with_caller (param i64 f64) (result f64)))
    (import "env" "many_arguments" (func $many_arguments
      (param i64 i64 i64 i64 i64 i64 i64 i64 i64) (result i64)))
    (import "env" "trapping" (func $trapping (param i32)))
    (memory (export "memory") 1)
    (table funcref (elem $plain $many_arguments))
    (type $plain (func (param i32 i64) (result i64)))
    (func (export "plain") (param i64 i32) (result i64)
      (return_call $plain (local.get 1) (local.get 0)))
    (func (export "plain_in_table") (param i64 i32) (result i64)
      (return_call_indirect (type $plain) (local.get 1) (local.get 0) (i32.const 0)))
    (func (export "with_caller") (param f64) (result f64)
      (return_call $with_caller (i64.const 5) (local.get 0)))
    (func (export "many_arguments") (param i64) (result i64)
      (return_call $many_arguments (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4)
        (i64.const 5) (i64.const 6) (i64.const 7) (i64.const 8) (local.get 0)))
    (func (export "many_in_table") (param i64) (result i64)
      (return_call_indirect (param i64 i64 i64 i64 i64 i64 i64 i64 i64) (result i64)
        (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4)
        (i64.const 5) (i64.const 6) (i64.const 7) (i64.const 8) (local.get 0) (i32.const 1)))
    (func (export "trapping") (return_call $trapping (i32.const 12)))
  ))wat",
                             env);
  CHECK(call<i64(i64, i32)>(guest, "plain", i64{30}, 12) == 42);
  CHECK(call<i64(i64, i32)>(guest, "plain_in_table", i64{30}, -1) == 29);
  CHECK(call<double(double)>(guest, "with_caller", 1.25) == 2.5);
  CHECK(seen == 5);
  CHECK(call<i64(i64)>(guest, "many_arguments", i64{10}) == 204 + 90);
  CHECK(call<i64(i64)>(guest, "many_in_table", i64{10}) == 204 + 90);
  CHECK(trap_of<void()>(guest, "trapping") == trap_code::host_trap);
}
