// Rules 3.6 and 5.7, L43: host and guest calling each other, how deep that goes, and what is left
// when it goes wrong.
#include <limits>

#include "guest.hpp"

namespace linking {

namespace {

// Counts down through the host, or alone; or never ends.
constexpr std::string_view descent = R"wat((module
    (import "env" "down" (func $down (param i32) (result i32)))
    (memory (export "m") 1)
    (global $depth (export "depth") (mut i32) (i32.const 0))
    (func $f (export "f") (param $n i32) (result i32)
      (if (i32.eqz (local.get $n)) (then (return (i32.const 0))))
      (i32.add (i32.const 1) (call $down (i32.sub (local.get $n) (i32.const 1)))))
    (func $alone (export "alone") (param $n i32) (result i32)
      (if (i32.eqz (local.get $n)) (then (return (i32.const 0))))
      (i32.add (i32.const 1) (call $alone (i32.sub (local.get $n) (i32.const 1)))))
    (func $forever (export "forever") (result i32)
      (global.set $depth (i32.add (global.get $depth) (i32.const 1)))
      (i32.add (i32.const 1) (call $forever)))
    (func $wide (export "wide") (param i64 i64 i64 i64) (result i64)
      (i64.add (local.get 0)
        (call $wide (local.get 3) (local.get 2) (local.get 1) (local.get 0))))
    (func (export "endless down") (result i32) (call $down (i32.const 0x7fffffff)))
    (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))))wat";

// A host function that calls "f" of its caller again.
result<i32, trap> down(caller& from, i32 n) {
  value in[] = {value(n)}, out[1];
  const auto done = from.find("f")->as_function().call(in, out);
  if (!done) return done.error();
  return out[0].as<i32>();
}

template <class Instance>
void works(const Instance& guest) {
  CHECK(call<i32(i32)>(guest, "alone", 1000) == 1000);
  CHECK(call<i32(i32)>(guest, "f", 2) == 2);
  CHECK(call<i32(i32)>(guest, "load", 0) == 0);
  CHECK(trap_of<i32(i32)>(guest, "load", 65536) == trap_code::memory_out_of_bounds);
}

}  // namespace

TEMPLATE_TEST_CASE("rule 3.6, L43: host and guest nest a thousand deep", "", deep, deep_guarded) {
  world<TestType> w;
  SECTION("by typed handles") {
    dovetail::function<i32(i32)> f;
    imports env = {bind("env", "down", [&f](i32 n) { return f(n); })};
    const auto guest = w.instantiate(descent, env);
    f = exported<i32(i32)>(guest, "f");
    CHECK(call<i32(i32)>(guest, "f", levels) == levels);
    works(guest);
  }
  SECTION("by untyped handles") {
    imports env = {bind<down>("env", "down")};
    const auto guest = w.instantiate(descent, env);
    CHECK(call<i32(i32)>(guest, "f", levels) == levels);
    works(guest);
  }
}

TEMPLATE_TEST_CASE("rule 3.6, L46: exhausted stacks are traps, and the instance works on", "",
                   checked, guarded) {
  world<TestType> w;
  imports env = {bind<down>("env", "down")};
  const auto guest = w.instantiate(descent, env);
  constexpr auto exhausted = trap_code::stack_exhausted;
  for (i32 round = 0; round < 3; ++round) {
    CHECK(trap_of<i32()>(guest, "forever") == exhausted);
    CHECK(w.store.last_trap().code == exhausted);
    works(guest);
    CHECK(trap_of<i64(i64, i64, i64, i64)>(guest, "wide", 1, 2, 3, 4) == exhausted);
    works(guest);
    CHECK(trap_of<i32(i32)>(guest, "f", std::numeric_limits<i32>::max()) == exhausted);
    works(guest);
    CHECK(trap_of<i32()>(guest, "endless down") == exhausted);
    works(guest);
  }
  CHECK(exported<global<i32>>(guest, "depth") > 3000);
}

TEMPLATE_TEST_CASE(
    "rule 3.6, L46: a host function in the middle can go on after an exhausted stack", "", checked,
    guarded) {
  world<TestType> w;
  imports env = {bind<[](caller& from, i32 n) {
    value out[1];
    const auto done = from.find("forever")->as_function().call({}, out);
    if (done || done.error().code != trap_code::stack_exhausted) return -1;
    value in[] = {value(i32{100})};
    if (!from.find("alone")->as_function().call(in, out)) return -2;
    return n + out[0].as<i32>();
  }>("env", "down")};
  const auto guest = w.instantiate(descent, env);
  // 1 + (what the host gives for 4)
  CHECK(call<i32(i32)>(guest, "f", 5) == 1 + 4 + 100);
  CHECK(call<i32(i32)>(guest, "f", 5) == 1 + 4 + 100);
}

TEST_CASE("rule 3.6, L46: host calls at the very end of the stack stay within it") {
  world<shallow> w;
  const function_handle* back = nullptr;
  imports env = {
      bind<[] { return std::tuple{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}; }>("env", "twelve"),
      bind("env", "back", [&back](i32 n) -> result<i32, trap> {
        std::array<value, 9> in;
        in.fill(value(n));
        value out[1];
        const auto done = back->call(in, out);
        if (!done) return done.error();
        return out[0].as<i32>();
      })};
  const auto guest = w.instantiate(R"wat((module
      (import "env" "twelve" (func $twelve
        (result i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)))
      (import "env" "back" (func $back (param i32) (result i32)))
      (func $results (export "results") (param $n i32) (result i32)
        (if (local.get $n)
          (then (return (call $results (i32.sub (local.get $n) (i32.const 1))))))
        (call $twelve)
        i32.add i32.add i32.add i32.add i32.add i32.add i32.add i32.add i32.add i32.add i32.add)
      (func $through (export "through") (param $n i32) (result i32)
        (if (local.get $n)
          (then (return (call $through (i32.sub (local.get $n) (i32.const 1))))))
        (call $back (i32.const 3)))
      (func (export "nine") (param i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)
        (local i64 i64)
        (i32.add (local.get 0) (i32.mul (local.get 8) (i32.const 2))))))wat",
                                   env);
  const function_handle nine = exported<function_handle>(guest, "nine");
  back = &nine;
  bool has_fitted = false, was_exhausted = false;
  for (i32 n = 0; n < 64; ++n) {
    for (const char* name : {"results", "through"}) {
      const auto outcome = exported<i32(i32)>(guest, name)(n);
      if (outcome) {
        has_fitted = true;
        CHECK(*outcome == (name == std::string_view("results") ? 78 : 9));
      } else {
        was_exhausted = true;
        CHECK(outcome.error().code == trap_code::stack_exhausted);
      }
    }
  }
  CHECK(has_fitted);
  CHECK(was_exhausted);
}

TEMPLATE_TEST_CASE("rule 3.6, 5.6: an instantiation that fails inside a host function", "", checked,
                   guarded) {
  world<TestType> w;
  const auto failing = w.compile(R"wat((module
      (memory 1) (func $main (drop (i32.load (i32.const -1)))) (start $main)))wat");
  imports env = {bind("env", "down", [&](i32 n) {
    const auto made = w.store.instantiate(failing);
    const auto mismatched = w.store.instantiate(w.compile(descent));
    const bool is_right = !made && made.error().reason.code == trap_code::memory_out_of_bounds &&
                          !mismatched && mismatched.error().stage() == stage::link;
    return is_right ? n : -1000;
  })};
  const auto guest = w.instantiate(descent, env);
  for (i32 round = 0; round < 3; ++round) CHECK(call<i32(i32)>(guest, "f", 8) == 8);
  CHECK(call<i32(i32)>(guest, "alone", 100) == 100);
  CHECK(trap_of<i32(i32)>(guest, "load", -1) == trap_code::memory_out_of_bounds);
}

TEMPLATE_TEST_CASE("rule 3.6, L44: a host function grows the table of its caller", "", checked,
                   guarded) {
  world<TestType> w;
  imports env = {bind<[](caller& from) {
    const table_handle t = from.find("t")->as_table();
    const value f(from.find("f")->as_function().reference());
    for (i32 k = 0; k < 100; ++k) need(t.grow(10, f));
    return static_cast<i32>(t.size());
  }>("env", "grow")};
  const auto guest = w.instantiate(R"wat((module
      (type $f (func (result i32)))
      (import "env" "grow" (func $grow (result i32)))
      (table $t (export "t") 1 funcref)
      (func $f (export "f") (result i32) i32.const 21)
      (func (export "run") (result i32)
        (local $last i32)
        (local.set $last (i32.sub (call $grow) (i32.const 1)))
        (i32.add (call_indirect $t (type $f) (local.get $last)) (table.size $t)))))wat",
                                   env);
  CHECK(call<i32()>(guest, "run") == 21 + 1001);
  CHECK(call<i32()>(guest, "run") == 21 + 2001);
}

TEMPLATE_TEST_CASE("rule 3.6: a trap in a nested call stops there if the host says so", "", checked,
                   guarded) {
  world<TestType> w;
  imports env = {bind<[](caller& from, i32 address) {
    value in[] = {value(address)}, out[1];
    const auto done = from.find("load")->as_function().call(in, out);
    return done ? out[0].as<i32>() : -static_cast<i32>(done.error().code);
  }>("env", "down")};
  const auto guest = w.instantiate(descent, env);
  CHECK_FALSE(exported<memory_view>(guest, "m").write(8, i32{500}));
  CHECK(call<i32(i32)>(guest, "f", 9) == 501);
  CHECK(call<i32(i32)>(guest, "f", 65534) == 1 - static_cast<i32>(trap_code::memory_out_of_bounds));
  CHECK(call<i32(i32)>(guest, "f", 9) == 501);
  CHECK(trap_of<i32(i32)>(guest, "load", -1) == trap_code::memory_out_of_bounds);
}

TEMPLATE_TEST_CASE("rule 3.6, L38: a trap passes through nested calls, with its number", "",
                   checked, guarded) {
  world<TestType> w;
  imports env = {bind<[](caller& from, i32 n) -> result<i32, trap> {
    if (n == 0) return trap::exit(42);
    return down(from, n);
  }>("env", "down")};
  const auto guest = w.instantiate(descent, env);
  const auto outcome = exported<i32(i32)>(guest, "f")(5);
  CHECK(outcome.error() == trap::exit(42));
  CHECK(w.store.last_trap().code == trap_code::exit);
  CHECK(w.store.last_trap().detail == 42);
  // A trap without a number does not keep an old one.
  CHECK(exported<i32(i32)>(guest, "load")(-1).error() == trap{trap_code::memory_out_of_bounds, 0});
  CHECK(w.store.last_trap().detail == 0);
}

TEMPLATE_TEST_CASE("L38: the report of a trap names the function that trapped", "", checked,
                   guarded) {
  world<TestType> w;
  const auto guest = w.instantiate(R"wat((module
      (memory 1)
      (func (export "unreachable") unreachable)
      (func $load (export "load") (param i32) (result i32) (i32.load (local.get 0)))
      (func (export "nested") (param i32) (result i32)
        (i32.add (i32.const 1) (call $load (local.get 0))))
      (func (export "divide") (param i32) (result i32) (i32.div_s (i32.const 1) (local.get 0)))
      (func $forever (export "forever") (call $forever))))wat");
  const auto place = [&](u32 function) {
    CHECK(w.store.last_trap().has_place);
    CHECK(w.store.last_trap().function == function);
  };
  CHECK(trap_of<void()>(guest, "unreachable") == trap_code::unreachable);
  place(0);
  CHECK(trap_of<i32(i32)>(guest, "load", -1) == trap_code::memory_out_of_bounds);
  place(1);
  CHECK(trap_of<i32(i32)>(guest, "divide", 0) == trap_code::integer_divide_by_zero);
  place(3);
  CHECK(trap_of<i32(i32)>(guest, "nested", -1) == trap_code::memory_out_of_bounds);
  place(1);
  CHECK(trap_of<void()>(guest, "forever") == trap_code::stack_exhausted);
  place(4);
  // The function of another module, if it was there.
  const auto module = w.compile(R"wat((module
      (import "in" "load" (func $load (param i32) (result i32)))
      (func) (func) (func)
      (func (export "load") (param i32) (result i32) (call $load (local.get 0)))
      (func (export "unreachable") unreachable)))wat");
  imports in = {provide("in", "load", exported<function_handle>(guest, "load"))};
  const auto user = need(w.store.instantiate(module, in));
  CHECK(trap_of<i32(i32)>(user, "load", -1) == trap_code::memory_out_of_bounds);
  place(1);
  CHECK(w.store.last_trap().module == guest.data().module);
  CHECK(trap_of<void()>(user, "unreachable") == trap_code::unreachable);
  place(5);
  CHECK(w.store.last_trap().module == user.data().module);
}

#ifdef __cpp_exceptions

namespace {

struct host_exception {
  i32 number;
  std::string text;
};

// Something of the host's frames that must be ended on the way.
struct tracker {
  i32& ended;
  ~tracker() { ++ended; }
};

}  // namespace

TEMPLATE_TEST_CASE("rule 3.6, L38: an exception of a host function reaches the nearest host call",
                   "", checked, guarded, thrown, thrown_guarded) {
  world<TestType> w;
  i32 ended = 0;
  imports env = {bind("env", "throw",
                      [&ended](i32 n) -> i32 {
                        const tracker frame{ended};
                        throw host_exception{n, "from the host"};
                      }),
                 bind("env", "again",
                      [&ended](caller& from, i32 n) {
                        const tracker frame{ended};
                        value in[] = {value(n)}, out[1];
                        need(from.find("f")->as_function().call(in, out));
                        return out[0].as<i32>();
                      }),
                 bind("env", "catch", [](caller& from, i32 n) {
                   value in[] = {value(n)}, out[1];
                   try {
                     static_cast<void>(from.find("f")->as_function().call(in, out));
                   } catch (const host_exception& e) {
                     return e.number + 1000;
                   }
                   return -1;
                 })};
  const auto guest = w.instantiate(R"wat((module
      (import "env" "throw" (func $throw (param i32) (result i32)))
      (import "env" "again" (func $again (param i32) (result i32)))
      (import "env" "catch" (func $catch (param i32) (result i32)))
      (memory 1)
      (global $after (export "after") (mut i32) (i32.const 0))
      (func (export "f") (param i32) (result i32)
        (call $deeper (local.get 0))
        (global.set $after (i32.add (global.get $after) (i32.const 1))))
      (func $deeper (param i32) (result i32)
        (i32.add (i32.const 1) (call $throw (local.get 0)))
        (global.set $after (i32.add (global.get $after) (i32.const 1))))
      (func (export "twice") (param i32) (result i32) (call $again (local.get 0))
        (global.set $after (i32.add (global.get $after) (i32.const 1))))
      (func (export "caught") (param i32) (result i32)
        (i32.add (i32.const 1) (call $catch (local.get 0))))
      (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))))wat",
                                   env);
  const auto f = exported<i32(i32)>(guest, "f");
  const auto twice = exported<i32(i32)>(guest, "twice");
  const auto caught = exported<i32(i32)>(guest, "caught");
  const auto thrown_by = [](auto&& code) {
    try {
      static_cast<void>(code());
    } catch (const host_exception& e) {
      CHECK(e.text == "from the host");
      return e.number;
    }
    return -1;
  };
  for (i32 round = 0; round < 100; ++round) {
    ended = 0;
    CHECK(thrown_by([&] { return f(7); }) == 7);
    CHECK(ended == 1);
    CHECK(thrown_by([&] { return twice(8); }) == 8);
    CHECK(ended == 3);
    if constexpr (std::same_as<typename TestType::traps, dovetail::traps_returned>) {
      CHECK(need(caught(9)) == 1010);
    } else {
      CHECK(caught(9) == 1010);
    }
    CHECK(ended == 4);
    const function_handle untyped = exported<function_handle>(guest, "twice");
    value in[] = {value(i32{10})}, out[1];
    CHECK(thrown_by([&] { return untyped.call(in, out); }) == 10);
  }
  CHECK(exported<global<i32>>(guest, "after") == 0);
  // No exception is left behind for a trap that follows.
  value in[] = {value(i32{-1})}, out[1];
  const auto outcome = exported<function_handle>(guest, "load").call(in, out);
  CHECK(outcome.error().code == trap_code::memory_out_of_bounds);
}

TEMPLATE_TEST_CASE("rule 3.6: traps and exceptions reach typed calls of every result type", "",
                   checked, guarded) {
  world<TestType> w;
  imports env = {bind<[](i32 n) -> result<void, trap> {
    if (n < 0) throw host_exception{n, "typed"};
    if (n != 0) return trap::host(n);
    return {};
  }>("env", "fail")};
  const auto guest = w.instantiate(R"wat((module
      (import "env" "fail" (func $fail (param i32)))
      (func (export "void") (param i32) (call $fail (local.get 0)))
      (func (export "i32") (param i32) (result i32) (call $fail (local.get 0)) (i32.const -5))
      (func (export "i64") (param i32) (result i64) (call $fail (local.get 0)) (i64.const -6))
      (func (export "f32") (param i32) (result f32) (call $fail (local.get 0)) (f32.const -7))
      (func (export "f64") (param i32) (result f64) (call $fail (local.get 0)) (f64.const -8))
      (func (export "ref") (param i32) (result funcref) (call $fail (local.get 0))
        (ref.null func))
      (func (export "two") (param i32) (result i32 f64) (call $fail (local.get 0))
        (i32.const -9) (f64.const -10))))wat",
                                   env);
  const auto try_one = [&](const auto& f, const auto& expected) {
    for (i32 round = 1; round < 4; ++round) {
      CHECK(f(round).error() == trap::host(round));
      i32 seen = 0;
      try {
        static_cast<void>(f(-round));
      } catch (const host_exception& e) {
        seen = e.number;
      }
      CHECK(seen == -round);
      CHECK(expected(f(0)));
    }
  };
  const auto is = [](auto wanted) { return [=](const auto& r) { return need(r) == wanted; }; };
  try_one(exported<void(i32)>(guest, "void"), [](const auto& r) { return r.has_value(); });
  try_one(exported<i32(i32)>(guest, "i32"), is(i32{-5}));
  try_one(exported<i64(i32)>(guest, "i64"), is(i64{-6}));
  try_one(exported<float(i32)>(guest, "f32"), is(-7.0F));
  try_one(exported<double(i32)>(guest, "f64"), is(-8.0));
  try_one(exported<funcref(i32)>(guest, "ref"), is(funcref{}));
  try_one(exported<std::tuple<i32, double>(i32)>(guest, "two"), is(std::tuple{i32{-9}, -10.0}));
}

TEMPLATE_TEST_CASE("rule 3.6: exceptions cross instances, tables and stores", "", checked,
                   guarded) {
  world<TestType> w, other;
  imports env = {bind<[](i32 n) { throw host_exception{n, "far away"}; }>("env", "f")};
  constexpr std::string_view passing = R"wat((module
      (type $t (func (param i32)))
      (import "env" "f" (func $f (param i32)))
      (table funcref (elem $f))
      (func (export "f") (param i32)
        (call_indirect (type $t) (local.get 0) (i32.const 0)))))wat";
  const auto a = w.instantiate(passing, env);
  imports to_a = {provide("env", "f", exported<function_handle>(a, "f"))};
  const auto b = w.instantiate(passing, to_a);
  const auto inner = exported<void(i32)>(b, "f");
  imports to_store = {bind("env", "f", [inner](i32 n) { need(inner(n)); })};
  const auto c = other.instantiate(passing, to_store);
  const auto f = exported<void(i32)>(c, "f");
  for (i32 n = 0; n < 3; ++n) {
    i32 seen = -1;
    try {
      static_cast<void>(f(n));
    } catch (const host_exception& e) {
      seen = e.number;
    }
    CHECK(seen == n);
  }
}

TEMPLATE_TEST_CASE("rule 3.3, L38: an exception of a start function leaves instantiate", "",
                   checked, guarded, thrown) {
  world<TestType> w;
  imports env = {bind<[] { throw host_exception{3, "start"}; }>("env", "f")};
  const auto through_guest = w.compile(R"wat((module
      (import "env" "f" (func $f)) (func $g (call $f)) (start $g)))wat");
  const auto direct = w.compile(R"wat((module (import "env" "f" (func $f)) (start $f)))wat");
  for (const auto& module : {through_guest, direct}) {
    i32 seen = 0;
    try {
      static_cast<void>(w.store.instantiate(module, env));
    } catch (const host_exception& e) {
      seen = e.number;
    }
    CHECK(seen == 3);
  }
  imports fine = {bind<[] {}>("env", "f")};
  need(w.store.instantiate(direct, fine));
}

TEMPLATE_TEST_CASE("L38: thrown traps say what and where, and pass through host functions", "",
                   thrown, thrown_guarded) {
  world<TestType> w;
  // Under this policy a typed call throws; the host function does not catch it.
  dovetail::function<i32(i32), dovetail::traps_thrown> load;
  imports env = {bind("env", "load", [&load](i32 n) { return load(n); })};
  const auto guest = w.instantiate(R"wat((module
      (import "env" "load" (func $host (param i32) (result i32)))
      (memory 1)
      (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))
      (func (export "through host") (param i32) (result i32)
        (i32.add (i32.const 1) (call $host (local.get 0))))
      (func (export "nothing"))))wat",
                                   env);
  load = exported<i32(i32)>(guest, "load");
  for (const char* name : {"load", "through host"}) {
    const auto f = exported<i32(i32)>(guest, name);
    CHECK(f(8) == (name == std::string_view("load") ? 0 : 1));
    bool is_caught = false;
    try {
      static_cast<void>(f(65536));
    } catch (const dovetail::trap_exception& e) {
      is_caught = true;
      CHECK(e.reason().code == trap_code::memory_out_of_bounds);
      CHECK(e.report().code == trap_code::memory_out_of_bounds);
      CHECK(e.report().function == 1);
      CHECK(std::string(e.what()) == "out of bounds memory access");
    }
    CHECK(is_caught);
  }
  exported<void()>(guest, "nothing")();
}

#endif

}  // namespace linking
