// Rules 2.15 and L37: the start function, whatever it is.
#include "guest.hpp"

namespace linking {

TEMPLATE_TEST_CASE("rule 2.15, L37: start may be internal, and exported too; it runs once, last",
                   "", checked, guarded) {
  world<TestType> w;
  const auto module = w.compile(R"wat((module
      (memory (export "m") 1)
      (table (export "t") funcref (elem $main))
      (global $g (export "g") (mut i32) (i32.const 0))
      (data (i32.const 0) "\07")
      (func $main (export "main")
        (global.set $g (i32.add (global.get $g) (i32.load8_u (i32.const 0)))))
      (start $main)))wat");
  const auto guest = need(w.store.instantiate(module));
  CHECK(exported<global<i32>>(guest, "g") == 7);
  call<void()>(guest, "main");
  CHECK(exported<global<i32>>(guest, "g") == 14);
  const auto twin = need(w.store.instantiate(module));
  CHECK(exported<global<i32>>(twin, "g") == 7);
  CHECK(exported<global<i32>>(guest, "g") == 14);
}

TEMPLATE_TEST_CASE("rule 2.15, L37: start = a host function that is imported", "", checked,
                   guarded) {
  world<TestType> w;
  i32 calls = 0, size = -1;
  imports env = {bind("env", "start", [&](caller& from) {
    ++calls;
    size = static_cast<i32>(from.memory().size());
  })};
  const auto guest = w.instantiate(R"wat((module
      (import "env" "start" (func $start))
      (memory 2)
      (start $start)
      (export "start" (func $start))))wat",
                                   env);
  CHECK(calls == 1);
  // The instance that is being made is the caller: the module has the call in its start section.
  CHECK(size == 131072);
  call<void()>(guest, "start");
  CHECK(calls == 2);
  CHECK(size == 0);
  SECTION("a module that has nothing else") {
    w.instantiate(R"wat((module (import "env" "start" (func $s)) (start $s)))wat", env);
    CHECK(calls == 3);
  }
  SECTION("not the first import") {
    imports more = {bind<[](i32) { return 1; }>("env", "other")};
    w.instantiate(R"wat((module
        (import "env" "other" (func (param i32) (result i32)))
        (import "env" "start" (func $s))
        (func) (func (param i32))
        (start $s)))wat",
                  env, more);
    CHECK(calls == 3);
  }
}

TEMPLATE_TEST_CASE("rule 2.15, L37: start = a function of another instance, in its own context", "",
                   checked, guarded) {
  world<TestType> w;
  const auto owner = w.instantiate(R"wat((module
      (memory (export "m") 1)
      (global $g (export "g") (mut i32) (i32.const 1))
      (func (export "f")
        (global.set $g (i32.mul (global.get $g) (i32.const 2)))
        (i32.store8 (global.get $g) (i32.const 1)))))wat");
  imports in = {provide("in", "f", exported<function_handle>(owner, "f"))};
  const auto guest = w.instantiate(R"wat((module
      (import "in" "f" (func $f))
      (memory (export "m") 1)
      (global (export "g") (mut i32) (i32.const 100))
      (start $f)))wat",
                                   in);
  CHECK(exported<global<i32>>(owner, "g") == 2);
  CHECK(exported<global<i32>>(guest, "g") == 100);
  const memory_view own = exported<memory_view>(owner, "m");
  const memory_view others = exported<memory_view>(guest, "m");
  CHECK(*own.read<char>(2) == 1);
  CHECK(*others.read<char>(2) == 0);
}

TEMPLATE_TEST_CASE("rule 2.15: a start that re-enters host and guest", "", checked, guarded) {
  world<TestType> w;
  imports env = {bind<[](caller& from, i32 n) {
    const value in[] = {value(n - 1)};
    if (n != 0) need(from.find("step")->as_function().call(in, {}));
  }>("env", "again")};
  const auto guest = w.instantiate(R"wat((module
      (import "env" "again" (func $again (param i32)))
      (memory 1)
      (global $steps (export "steps") (mut i32) (i32.const 0))
      (func $step (export "step") (param i32)
        (global.set $steps (i32.add (global.get $steps) (i32.const 1)))
        (call $again (local.get 0)))
      (func $main (call $step (i32.const 5)))
      (start $main)))wat",
                                   env);
  CHECK(exported<global<i32>>(guest, "steps") == 6);
}

TEMPLATE_TEST_CASE("rule 2.15: a start that instantiates another module, into the same store", "",
                   checked, guarded) {
  world<TestType> w;
  const auto inner = w.compile(R"wat((module
      (memory 1) (global (export "g") (mut i32) (i32.const 0))
      (func $main (global.set 0 (i32.const 9))) (start $main)))wat");
  i32 seen = 0;
  imports env = {bind("env", "make", [&] {
    const auto made = need(w.store.instantiate(inner));
    seen = exported<global<i32>>(made, "g");
  })};
  const auto guest = w.instantiate(R"wat((module
      (import "env" "make" (func $make))
      (memory 2)
      (global (export "g") (mut i32) (i32.const 0))
      (func $main
        (i32.store (i32.const 131064) (i32.const 4))
        (call $make)
        (global.set 0 (i32.load (i32.const 131064))))
      (start $main)))wat",
                                   env);
  CHECK(seen == 9);
  CHECK(exported<global<i32>>(guest, "g") == 4);
}

TEMPLATE_TEST_CASE("rule 2.15, L38: a start that traps is a trap, not a link error", "", checked,
                   guarded) {
  world<TestType> w;
  const auto fails = [&](std::string_view text, trap_code code, auto&... sources) {
    const error e = w.refuse(text, sources...);
    CHECK(e.stage() == stage::instantiate);
    CHECK(e.code == status::trapped);
    CHECK(e.reason.code == code);
    CHECK(w.store.last_trap().code == code);
  };
  fails(R"wat((module (func $f unreachable) (start $f)))wat", trap_code::unreachable);
  fails(R"wat((module
      (memory 1) (func $f (drop (i32.load (i32.const -1)))) (start $f)))wat",
        trap_code::memory_out_of_bounds);
  fails(R"wat((module (func $f (call $f)) (start $f)))wat", trap_code::stack_exhausted);
  imports env = {bind<[] { return trap::exit(3); }>("env", "exit")};
  constexpr std::string_view exits = R"wat((module
      (import "env" "exit" (func $exit)) (start $exit)))wat";
  fails(exits, trap_code::exit, env);
  CHECK(w.refuse(exits, env).reason == trap::exit(3));
  const auto other = w.instantiate(R"wat((module (func (export "f") unreachable)))wat");
  imports in = {provide("in", "f", exported<function_handle>(other, "f"))};
  fails(R"wat((module (import "in" "f" (func $f)) (start $f)))wat", trap_code::unreachable, in);
}

TEMPLATE_TEST_CASE("rule 2.15: what cannot be a start function", "", checked, guarded) {
  world<TestType> w;
  const auto says = [&](std::string_view text, std::string_view message) {
    const error e = w.reject(text);
    CHECK(e.stage() == stage::validate);
    CHECK(e.message() == message);
  };
  says(R"invalid((module (func $f (param i32)) (start $f)))invalid", "start function");
  says(R"invalid((module (func $f (result i32) i32.const 1) (start $f)))invalid", "start function");
  says(R"invalid((module (import "a" "b" (func $f (param i64))) (start $f)))invalid",
       "start function");
  says(R"invalid((module (func) (start 1)))invalid", "unknown function");
  // Two start sections.
  constexpr unsigned char twice[] = {0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00,  //
                                     0x01, 0x04, 0x01, 0x60, 0x00, 0x00,              // () -> ()
                                     0x03, 0x02, 0x01, 0x00,                          // one
                                     0x08, 0x01, 0x00, 0x08, 0x01, 0x00,              // start 0
                                     0x0a, 0x04, 0x01, 0x02, 0x00, 0x0b};
  const auto made = w.engine.compile(std::as_bytes(std::span(twice)));
  REQUIRE_FALSE(made.has_value());
  CHECK(made.error().stage() == stage::decode);
}

}  // namespace linking
