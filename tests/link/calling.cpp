// Rule 3.7: a host function sees who calls it; rules 3.6, 5.7: it may grow memories and call back.
#include "guest.hpp"

namespace linking {

namespace {

constexpr std::string_view telling_guest = R"wat((module
    (import "env" "who" (func $who (result i32)))
    (memory (export "memory") 1)
    (global (export "id") (mut i32) (i32.const 0))
    (type $t (func (result i32)))
    (table $t (export "t") 2 funcref)
    (elem (i32.const 0) $who)
    (export "who" (func $who))
    (func (export "direct") (result i32) call $who)
    (func (export "indirect") (param i32) (result i32)
      (call_indirect $t (type $t) (local.get 0)))))wat";

// The global "id" of the caller; -1 without one. Its memory says the same, at address 0.
i32 who(caller& from) {
  const auto id = from.find("id");
  if (!id) return from.instance() == nullptr && from.memory().size() == 0 ? -1 : -2;
  const i32 number = id->as_global().get().as<i32>();
  const auto there = from.memory().read<i32>(0);
  return there && *there == number ? number : -3;
}

template <class Instance>
void name(const Instance& guest, i32 id) {
  exported<global<i32>>(guest, "id") = id;
  CHECK_FALSE(exported<memory_view>(guest, "memory").write(0, id));
}

}  // namespace

TEMPLATE_TEST_CASE("rule 3.7: a host function that two instances import sees the right caller", "",
                   checked, guarded) {
  world<TestType> w;
  const function_handle made = need(w.store.make_function(bind<who>("", "")));
  imports env = {provide("env", "who", made)};
  const auto a = w.instantiate(telling_guest, env);
  const auto b = w.instantiate(telling_guest, env);
  name(a, 1);
  name(b, 2);
  CHECK(call<i32()>(a, "direct") == 1);
  CHECK(call<i32()>(b, "direct") == 2);
  CHECK(call<i32(i32)>(a, "indirect", 0) == 1);
  CHECK(call<i32(i32)>(b, "indirect", 0) == 2);
  SECTION("whose code has the call counts, not whose table or import it came from") {
    const table_handle t = exported<table_handle>(b, "t");
    CHECK(t.set(1, value(reference_to(a, "direct"))) == status::ok);
    CHECK(call<i32(i32)>(b, "indirect", 1) == 1);  // a's code calls
    CHECK(t.set(1, value(reference_to(a, "who"))) == status::ok);
    CHECK(call<i32(i32)>(b, "indirect", 1) == 2);  // b's code calls what a exported
  }
  SECTION("without a guest there is no instance") {
    value out[1];
    need(made.call({}, out));
    CHECK(out[0] == value(i32{-1}));
    CHECK(call<i32()>(a, "who") == -1);
  }
  SECTION("a guest without memory or exports") {
    const auto bare = w.instantiate(R"wat((module
        (import "env" "who" (func $who (result i32)))
        (func (export "f") (result i32) call $who)))wat",
                                    env);
    CHECK(call<i32()>(bare, "f") == -2);  // an instance, but no "id"
  }
}

TEMPLATE_TEST_CASE("rule 3.7: the caller is right again after nested calls", "", checked, guarded) {
  world<TestType> w;
  std::vector<i32> seen;
  std::vector<dovetail::function<i32()>> next;
  imports env = {bind("env", "who", [&](caller& from) {
    seen.push_back(who(from));
    if (!next.empty()) {
      const auto f = next.back();
      next.pop_back();
      need(f());
    }
    seen.push_back(who(from));
    return seen.back();
  })};
  const auto a = w.instantiate(telling_guest, env);
  const auto b = w.instantiate(telling_guest, env);
  name(a, 1);
  name(b, 2);
  const auto f = exported<i32()>(a, "direct"), g = exported<i32()>(b, "direct");
  next = {g, f, f, g};
  CHECK(need(f()) == 1);
  CHECK((seen == std::vector<i32>{1, 2, 1, 1, 2, 2, 1, 1, 2, 1}));
}

TEMPLATE_TEST_CASE("rule 3.7: an imported memory is the caller's memory", "", checked, guarded) {
  world<TestType> w;
  const auto memory = need(w.store.make_memory({{1, 2}}));
  imports env = {provide("env", "m", memory), bind<[](caller& from) {
                   return from.memory().object().object == from.find("m")->object().object;
                 }>("env", "same")};
  const auto guest = w.instantiate(R"wat((module
      (import "env" "same" (func $same (result i32)))
      (import "env" "m" (memory 1))
      (export "m" (memory 0))
      (func (export "f") (result i32) call $same)))wat",
                                   env);
  CHECK(call<i32()>(guest, "f") == 1);
  CHECK(exported<memory_view>(guest, "m").object().object == memory.object().object);
}

TEMPLATE_TEST_CASE("rule 3.6, L44: a host function grows the memory of its caller", "", checked,
                   guarded) {
  world<TestType> w;
  imports env = {bind<[](caller& from, i32 pages) {
    const auto before = from.memory().grow(static_cast<u32>(pages));
    if (!before) return -1;
    // The host's own view follows.
    if (from.memory().write(from.memory().size() - 4, i32{77})) return -2;
    return static_cast<i32>(*before);
  }>("env", "grow")};
  const auto guest = w.instantiate(R"wat((module
      (import "env" "grow" (func $grow (param i32) (result i32)))
      (memory (export "m") 1 20)
      (func (export "f") (param $pages i32) (result i32)
        (local $before i32)
        (i32.store (i32.const 0) (i32.const 5))
        (i32.store (i32.const 65532) (i32.const 6))
        (local.set $before (call $grow (local.get $pages)))
        ;; What was there is there; the new end can be read and written at once.
        (if (i32.ne (i32.load (i32.const 0)) (i32.const 5)) (then unreachable))
        (if (i32.ne (i32.load (i32.const 65532)) (i32.const 6)) (then unreachable))
        (if (i32.ne
              (i32.load (i32.sub (i32.mul (memory.size) (i32.const 65536)) (i32.const 4)))
              (i32.const 77))
          (then unreachable))
        (i32.store (i32.sub (i32.mul (memory.size) (i32.const 65536)) (i32.const 8))
          (i32.const 8))
        (i32.add (i32.mul (local.get $before) (i32.const 100)) (memory.size)))
      (func (export "past the end") (result i32)
        (drop (call $grow (i32.const 1)))
        (i32.load (i32.sub (i32.mul (memory.size) (i32.const 65536)) (i32.const 3))))))wat",
                                   env);
  CHECK(call<i32(i32)>(guest, "f", 1) == 102);
  CHECK(call<i32(i32)>(guest, "f", 10) == 212);
  CHECK(trap_of<i32()>(guest, "past the end") == trap_code::memory_out_of_bounds);
  CHECK(exported<memory_view>(guest, "m").pages() == 13);
}

TEMPLATE_TEST_CASE("rule 3.6, L43: a host function calls back into the same instance", "", checked,
                   guarded) {
  world<TestType> w;
  imports env = {bind<[](caller& from, i32 n) -> result<i32, trap> {
    // n! by host and guest in turns
    value in[] = {value(n)}, out[1];
    const auto done = from.find("factorial")->as_function().call(in, out);
    if (!done) return done.error();
    return out[0].as<i32>();
  }>("env", "again")};
  const auto guest = w.instantiate(R"wat((module
      (import "env" "again" (func $again (param i32) (result i32)))
      (memory 1)
      (global $depth (export "depth") (mut i32) (i32.const 0))
      (func (export "factorial") (param $n i32) (result i32)
        (local $a i32) (local $b i64) (local $c f64)
        (global.set $depth (i32.add (global.get $depth) (i32.const 1)))
        (if (i32.eqz (local.get $n)) (then (return (i32.const 1))))
        (local.set $a (i32.mul (local.get $n) (i32.const 7)))
        (local.set $b (i64.extend_i32_s (local.get $n)))
        (local.set $c (f64.convert_i32_s (local.get $n)))
        (i32.store (i32.mul (local.get $n) (i32.const 4)) (local.get $n))
        (i32.mul
          (local.get $n)
          (call $again (i32.sub (local.get $n) (i32.const 1))))
        ;; Every local and the memory are as they were.
        (if (i32.ne (local.get $a) (i32.mul (local.get $n) (i32.const 7))) (then unreachable))
        (if (i64.ne (local.get $b) (i64.extend_i32_s (local.get $n))) (then unreachable))
        (if (f64.ne (local.get $c) (f64.convert_i32_s (local.get $n))) (then unreachable))
        (if (i32.ne (i32.load (i32.mul (local.get $n) (i32.const 4))) (local.get $n))
          (then unreachable)))))wat",
                                   env);
  CHECK(call<i32(i32)>(guest, "factorial", 10) == 3628800);
  CHECK(exported<global<i32>>(guest, "depth") == 11);
}

TEMPLATE_TEST_CASE("rule 3.6: a host function runs a guest of another store", "", checked,
                   guarded) {
  world<TestType> outer, inner;
  const auto helper = inner.instantiate(R"wat((module
      (memory (export "m") 1)
      (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))))wat");
  CHECK_FALSE(exported<memory_view>(helper, "m").write(8, i32{42}));
  const auto load = exported<i32(i32)>(helper, "load");
  imports env = {bind("env", "load", [load](i32 address) {
    const auto got = load(address);
    return got ? *got : -static_cast<i32>(got.error().code);
  })};
  const auto guest = outer.instantiate(R"wat((module
      (import "env" "load" (func $load (param i32) (result i32)))
      (memory 2)
      (func (export "f") (param i32 i32) (result i32)
        (i32.store (i32.const 8) (i32.const 1))
        (i32.add (call $load (local.get 0)) (i32.load (local.get 1))))))wat",
                                       env);
  constexpr i32 out = static_cast<i32>(trap_code::memory_out_of_bounds);
  CHECK(call<i32(i32, i32)>(guest, "f", 8, 8) == 43);
  CHECK(call<i32(i32, i32)>(guest, "f", 65536, 8) == 1 - out);  // a trap in the inner store
  CHECK(call<i32(i32, i32)>(guest, "f", 8, 65536) == 42);       // no trap in the outer one
  CHECK(trap_of<i32(i32, i32)>(guest, "f", 8, 131072) == trap_code::memory_out_of_bounds);
  CHECK(trap_of<i32(i32, i32)>(guest, "f", 65536, 131072) == trap_code::memory_out_of_bounds);
  CHECK(call<i32(i32, i32)>(guest, "f", 8, 8) == 43);
}

}  // namespace linking
