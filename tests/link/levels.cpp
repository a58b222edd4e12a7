// Rule 3.6, L38: host and guest call each other a thousand deep, and something goes wrong at every
// level: traps, exceptions, the one made of the other.
#include "guest.hpp"

namespace linking {

namespace {

// "f" asks the host for n - 1, and below zero traps on its own; "after" counts what came back.
constexpr std::string_view descending = R"wat((module
    (import "env" "down" (func $down (param i32) (result i32)))
    (memory 1)
    (global $after (export "after") (mut i32) (i32.const 0))
    (func (export "f") (param $n i32) (result i32)
      (local $got i32)
      (if (i32.eqz (local.get $n)) (then (return (i32.load (i32.const -1)))))
      (local.set $got (call $down (i32.sub (local.get $n) (i32.const 1))))
      (global.set $after (i32.add (global.get $after) (i32.const 1)))
      (i32.add (local.get $got) (i32.const 1)))
    (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))))wat";

constexpr auto out_of_bounds = trap_code::memory_out_of_bounds;

// What every level does besides: a guest call that traps and one that does not. How many were not
// as they should be.
i32 wrong_around(caller& from) {
  const function_handle load = from.find("load")->as_function();
  value in[] = {value(i32{-4})}, out[] = {value(i32{-1})};
  const bool traps = load.call(in, out).error().code == out_of_bounds;
  in[0] = value(i32{8});
  const bool loads = load.call(in, out).has_value() && out[0].as<i32>() == 0;
  return (traps ? 0 : 1) + (loads ? 0 : 1);
}

result<i32, trap> call_f(caller& from, i32 n) {
  value in[] = {value(n)}, out[1];
  const auto done = from.find("f")->as_function().call(in, out);
  if (!done) return done.error();
  return out[0].as<i32>();
}

}  // namespace

TEMPLATE_TEST_CASE("rule 3.6, L38: a trap is handled at the innermost of a thousand levels", "",
                   deep, deep_guarded) {
  world<TestType> w;
  i32 wrong = 0;
  imports env = {bind("env", "down", [&wrong](caller& from, i32 n) -> result<i32, trap> {
    wrong += wrong_around(from);
    const auto got = call_f(from, n);
    wrong += wrong_around(from);
    if (got) return got;
    wrong += n == 0 && got.error().code == out_of_bounds ? 0 : 1;
    return 100;
  })};
  const auto guest = w.instantiate(descending, env);
  CHECK(call<i32(i32)>(guest, "f", levels) == levels + 100);
  CHECK(wrong == 0);
  CHECK(exported<global<i32>>(guest, "after") == levels);
}

TEMPLATE_TEST_CASE("rule 3.6, L38: a trap is another one at each of a thousand levels", "", deep,
                   deep_guarded) {
  world<TestType> w;
  i32 wrong = 0;
  imports env = {bind("env", "down", [&wrong](caller& from, i32 n) -> result<i32, trap> {
    const trap got = call_f(from, n).error();
    wrong += n == 0 ? got.code != out_of_bounds : got != trap::host(n);
    wrong += wrong_around(from);
    return trap::host(n + 1);
  })};
  const auto guest = w.instantiate(descending, env);
  for (i32 round = 0; round < 3; ++round) {
    CHECK(exported<i32(i32)>(guest, "f")(levels).error() == trap::host(levels));
    CHECK(w.store.last_trap().detail == levels);
    CHECK(trap_of<i32(i32)>(guest, "load", -1) == out_of_bounds);
  }
  CHECK(wrong == 0);
  CHECK(exported<global<i32>>(guest, "after") == 0);
}

#ifdef __cpp_exceptions

namespace {

struct own_exception {
  i32 number;
};

}  // namespace

TEMPLATE_TEST_CASE("rule 3.6, L38: an exception is another one at each of a thousand levels", "",
                   deep, deep_guarded) {
  world<TestType> w;
  i32 wrong = 0;
  imports env = {bind("env", "down", [&wrong](caller& from, i32 n) -> result<i32, trap> {
    if (n == 0) throw own_exception{1};
    try {
      static_cast<void>(call_f(from, n));
      ++wrong;
    } catch (const own_exception& e) {
      wrong += e.number == n ? 0 : 1;
      wrong += wrong_around(from);
      throw own_exception{n + 1};
    }
    return 0;
  })};
  const auto guest = w.instantiate(descending, env);
  for (i32 round = 0; round < 3; ++round) {
    i32 seen = 0;
    try {
      static_cast<void>(exported<i32(i32)>(guest, "f")(levels));
    } catch (const own_exception& e) {
      seen = e.number;
    }
    CHECK(seen == levels);
    CHECK(trap_of<i32(i32)>(guest, "load", -1) == out_of_bounds);
  }
  CHECK(wrong == 0);
  CHECK(exported<global<i32>>(guest, "after") == 0);
}

TEMPLATE_TEST_CASE("rule 3.6, L38: exceptions become traps and traps exceptions, a thousand levels",
                   "", deep, deep_guarded) {
  world<TestType> w;
  i32 wrong = 0;
  imports env = {bind("env", "down", [&wrong](caller& from, i32 n) -> result<i32, trap> {
    const bool makes_exception = n % 2 == 0;
    try {
      const trap got = call_f(from, n).error();
      wrong += makes_exception ? 0 : 1;
      wrong += n == 0 ? got.code != out_of_bounds : got != trap::host(n);
    } catch (const own_exception& e) {
      wrong += makes_exception ? 1 : 0;
      wrong += e.number == n ? 0 : 1;
      wrong += wrong_around(from);
      // Another one comes and goes while this one is handled.
      try {
        static_cast<void>(call_f(from, 1));
        ++wrong;
      } catch (const own_exception& other) {
        wrong += other.number == 1 ? 0 : 1;
      }
      return trap::host(e.number + 1);
    }
    wrong += wrong_around(from);
    throw own_exception{n + 1};
  })};
  const auto guest = w.instantiate(descending, env);
  for (i32 round = 0; round < 3; ++round) {
    // `levels` is even: the outermost host function has an odd number, and traps.
    CHECK(exported<i32(i32)>(guest, "f")(levels).error() == trap::host(levels));
    CHECK(trap_of<i32(i32)>(guest, "load", -1) == out_of_bounds);
  }
  CHECK(wrong == 0);
  CHECK(exported<global<i32>>(guest, "after") == 0);
}

#endif

}  // namespace linking
