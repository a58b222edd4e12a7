// Bugs that other engines had, B-01 to B-19: one test each, in the shape that showed them. Those
// of 3.0's rules are in third_version.cpp: B-06, B-07, B-18, B-23, parts of B-08, B-13 to B-17,
// of B-24 and of B-26. What waits for more to be accepted:
//
//   B-19  a type that is no function's, imported as one   GC types; an unknown type index is below
//   B-22  the type of a try_table                         exceptions
#include "guest.hpp"

namespace linking {

namespace {

i32 nineteen() { return 19; }

}  // namespace

TEMPLATE_TEST_CASE("B-01: exporting an imported function", "", checked, guarded) {
  world<TestType> w;
  const auto owner = w.instantiate(R"wat((module
      (func (export "f") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))))wat");
  imports in = {bind<nineteen>("in", "host"),
                provide("in", "wasm", exported<function_handle>(owner, "f"))};
  const auto guest = w.instantiate(R"wat((module
      (import "in" "host" (func $host (result i32)))
      (import "in" "wasm" (func $wasm (param i32) (result i32)))
      (export "host" (func $host))
      (export "wasm" (func $wasm))
      (func (export "both") (result i32) (call $wasm (call $host)))))wat",
                                   in);
  CHECK(call<i32()>(guest, "host") == 19);
  CHECK(call<i32(i32)>(guest, "wasm", 4) == 5);
  CHECK(call<i32()>(guest, "both") == 20);
}

TEMPLATE_TEST_CASE("B-02: an exported function and the same one in a table", "", checked, guarded) {
  world<TestType> w;
  const auto table = need(w.store.make_table({value_type::funcref, {6}}));
  imports in = {provide("in", "t", table), bind<nineteen>("in", "f")};
  const auto guest = w.instantiate(R"wat((module
      (import "in" "t" (table $imported 6 funcref))
      (import "in" "f" (func $f (result i32)))
      (table $own (export "own") 2 funcref)
      (func $g (export "g"))
      (export "f" (func $f))
      (elem (table $imported) (i32.const 1) func $f $g $f)
      (elem (table $own) (i32.const 0) func $g $f)))wat",
                                   in);
  const funcref f = reference_to(guest, "f"), g = reference_to(guest, "g");
  const table_handle own = exported<table_handle>(guest, "own");
  CHECK(function_at(table, 1) == f);
  CHECK(function_at(table, 2) == g);
  CHECK(function_at(table, 3) == f);
  CHECK(function_at(own, 0) == g);
  CHECK(function_at(own, 1) == f);
}

TEMPLATE_TEST_CASE("B-03: start names an import", "", checked, guarded) {
  world<TestType> w;
  i32 calls = 0;
  imports env = {bind("env", "f", [&calls] { ++calls; }), bind<nineteen>("env", "g")};
  w.instantiate(R"wat((module (import "env" "f" (func $f)) (start $f)))wat", env);
  CHECK(calls == 1);
  w.instantiate(R"wat((module
      (import "env" "g" (func (result i32)))
      (import "env" "f" (func $f))
      (func (param i32))
      (start $f)))wat",
                env);
  CHECK(calls == 2);
  const auto owner = w.instantiate(R"wat((module
      (import "env" "f" (func $f)) (func (export "f") (call $f) (call $f))))wat",
                                   env);
  imports in = {provide("env", "f", exported<function_handle>(owner, "f"))};
  w.instantiate(R"wat((module (import "env" "f" (func $f)) (start $f)))wat", in);
  CHECK(calls == 4);
}

TEMPLATE_TEST_CASE("B-04: a module without function bodies", "", checked, guarded) {
  world<TestType> w;
  i32 calls = 0;
  imports env = {bind("env", "start", [&calls] { ++calls; }), bind<nineteen>("env", "f")};
  const auto bare = w.instantiate(R"wat((module
      (import "env" "start" (func $start))
      (import "env" "f" (func $f (result i32)))
      (export "f" (func $f))
      (export "start" (func $start))
      (table (export "t") 2 funcref)
      (elem (i32.const 0) $f $start)
      (start $start)))wat",
                                  env);
  CHECK(calls == 1);
  CHECK(call<i32()>(bare, "f") == 19);
  imports in = {provide("in", "t", exported<table_handle>(bare, "t")),
                provide("in", "f", exported<function_handle>(bare, "f"))};
  const auto user = w.instantiate(R"wat((module
      (type $s (func)) (type $f (func (result i32)))
      (import "in" "t" (table 2 funcref))
      (import "in" "f" (func $direct (result i32)))
      (func (export "f") (result i32)
        (call_indirect (type $s) (i32.const 1))
        (i32.add (call $direct) (call_indirect (type $f) (i32.const 0))))))wat",
                                  in);
  CHECK(call<i32()>(user, "f") == 38);
  CHECK(calls == 2);
  imports again = {provide("env", "start", exported<function_handle>(bare, "start"))};
  w.instantiate(R"wat((module (import "env" "start" (func $s)) (start $s)))wat", again);
  CHECK(calls == 3);
}

TEMPLATE_TEST_CASE("B-05: import matching uses the current size", "", checked, guarded) {
  world<TestType> w;
  const auto owner = w.instantiate(R"wat((module
      (memory (export "m") 1)
      (table $t (export "t") 1 funcref)
      (func (export "grow") (param i32) (result i32)
        (drop (memory.grow (local.get 0)))
        (table.grow $t (ref.null func) (local.get 0)))))wat");
  imports in = {provide("in", "m", exported<memory_view>(owner, "m")),
                provide("in", "t", exported<table_handle>(owner, "t"))};
  constexpr std::string_view memory_3 = R"wat((module (import "in" "m" (memory 3))))wat";
  constexpr std::string_view table_3 = R"wat((module (import "in" "t" (table 3 funcref))))wat";
  constexpr std::string_view memory_4 = R"wat((module (import "in" "m" (memory 4))))wat";
  constexpr std::string_view table_4 = R"wat((module (import "in" "t" (table 4 funcref))))wat";
  CHECK(w.refuse(memory_3, in).code == status::incompatible_import);
  CHECK(w.refuse(table_3, in).code == status::incompatible_import);
  CHECK(call<i32(i32)>(owner, "grow", 2) == 1);  // by the guest
  w.instantiate(memory_3, in);
  w.instantiate(table_3, in);
  CHECK(w.refuse(memory_4, in).code == status::incompatible_import);
  CHECK(w.refuse(table_4, in).code == status::incompatible_import);
  need(exported<memory_view>(owner, "m").grow(1));  // and by the host
  need(exported<table_handle>(owner, "t").grow(1, value::null(value_type::funcref)));
  w.instantiate(memory_4, in);
  w.instantiate(table_4, in);
}

TEMPLATE_TEST_CASE("B-08: what is exported again or twice is the same, of every kind", "", checked,
                   guarded) {
  world<TestType> w;
  constexpr std::string_view passing_on = R"wat((module
      (import "in" "f" (func $f))
      (import "in" "t" (table $t 1 externref))
      (import "in" "m" (memory $m 1))
      (import "in" "c" (global $c i32))
      (import "in" "g" (global $g (mut i32)))
      (export "f" (func $f)) (export "f2" (func $f))
      (export "t" (table $t)) (export "t2" (table $t))
      (export "m" (memory $m)) (export "m2" (memory $m))
      (export "c" (global $c)) (export "c2" (global $c))
      (export "g" (global $g)) (export "g2" (global $g))))wat";
  const auto owner = w.instantiate(R"wat((module
      (func (export "f") (export "f2"))
      (table (export "t") (export "t2") 1 externref)
      (memory (export "m") (export "m2") 1)
      (global (export "c") (export "c2") i32 (i32.const 5))
      (global (export "g") (export "g2") (mut i32) (i32.const 6))))wat");
  const auto link = [&](const auto& from) {
    dovetail::basic_linker<TestType> l{w.engine};
    CHECK(l.define_instance("in", from) == status::ok);
    return w.instantiate(passing_on, l);
  };
  const auto second = link(owner);
  const auto third = link(second);
  for (const std::string name : {"f", "t", "m", "c", "g"}) {
    INFO(name);
    void* const object = object_of(owner, name).object;
    CHECK(object_of(owner, name + "2").object == object);
    CHECK(object_of(second, name).object == object);
    CHECK(object_of(second, name + "2").object == object);
    CHECK(object_of(third, name).object == object);
  }
}

TEMPLATE_TEST_CASE("B-09: a host function known at compile time has a function object", "", checked,
                   guarded) {
  world<TestType> w;
  imports env = {bind<nineteen>("env", "f")};
  const auto guest = w.instantiate(R"wat((module
      (type $f (func (result i32)))
      (import "env" "f" (func $f (type $f)))
      (export "f" (func $f))
      (table $t (export "t") 3 funcref)
      (elem (i32.const 0) $f)
      (global (export "g") funcref (ref.func $f))
      (func (export "set") (table.set $t (i32.const 1) (ref.func $f)))
      (func (export "call") (param i32) (result i32)
        (call_indirect $t (type $f) (local.get 0)))))wat",
                                   env);
  const funcref f = reference_to(guest, "f");
  const table_handle t = exported<table_handle>(guest, "t");
  CHECK(function_at(t, 0) == f);
  CHECK((exported<global<funcref>>(guest, "g").get() == f));
  call<void()>(guest, "set");
  CHECK(function_at(t, 1) == f);
  CHECK(t.set(2, value(f)) == status::ok);
  for (i32 i = 0; i < 3; ++i) CHECK(call<i32(i32)>(guest, "call", i) == 19);
  // One that was never imported.
  const function_handle made = need(w.store.make_function(bind<nineteen>("", "")));
  CHECK(t.set(2, value(made.reference())) == status::ok);
  CHECK(call<i32(i32)>(guest, "call", 2) == 19);
  CHECK(made.reference() != f);
}

TEMPLATE_TEST_CASE("B-10: what a table gives back is what is exported", "", checked, guarded) {
  world<TestType> w;
  const auto owner = w.instantiate(R"wat((module (table (export "t") 4 funcref)))wat");
  imports in = {provide("in", "t", exported<table_handle>(owner, "t"))};
  const auto module = w.compile(R"wat((module
      (import "in" "t" (table $imported 4 funcref))
      (table $own (export "own") 4 funcref)
      (func $f (export "f") (result i32) i32.const 1)
      (func $g (export "g") (result i32) i32.const 2)
      (elem (table $imported) (i32.const 0) func $f $g)
      (elem (table $own) (i32.const 2) func $g $f)))wat");
  const auto first = need(w.store.instantiate(module, in));
  const table_handle shared = exported<table_handle>(owner, "t");
  const table_handle own = exported<table_handle>(first, "own");
  CHECK(function_at(shared, 0) == reference_to(first, "f"));
  CHECK(function_at(shared, 1) == reference_to(first, "g"));
  CHECK(function_at(own, 2) == reference_to(first, "g"));
  CHECK(function_at(own, 3) == reference_to(first, "f"));
  // A second instance writes over the shared table, and not over the other one's own.
  const auto second = need(w.store.instantiate(module, in));
  CHECK(function_at(shared, 0) == reference_to(second, "f"));
  CHECK(function_at(shared, 0) != reference_to(first, "f"));
  CHECK(function_at(own, 3) == reference_to(first, "f"));
}

TEMPLATE_TEST_CASE("B-11: typed and untyped host functions of one type are interchangeable", "",
                   checked, guarded) {
  world<TestType> w;
  static constexpr value_type parameters[] = {value_type::i32, value_type::f64};
  static constexpr value_type results[] = {value_type::f64};
  imports env = {bind<[](i32 a, double b) { return a + b; }>("env", "typed"),
                 bind("env", "untyped", dovetail::function_type{parameters, results},
                      [](caller&, std::span<const value> in, std::span<value> out) {
                        out[0] = value(in[0].as<i32>() + in[1].as<double>());
                      })};
  const auto guest = w.instantiate(R"wat((module
      (type $other (func (param i32 f64)))
      (type $f (func (param i32 f64) (result f64)))
      (import "env" "typed" (func $a (type $f)))
      (import "env" "untyped" (func $b (type $f)))
      (func $c (type $f) (f64.add (f64.convert_i32_s (local.get 0)) (local.get 1)))
      (table funcref (elem $a $b $c))
      (export "a" (func $a))
      (export "b" (func $b))
      (func (export "call") (param i32) (result f64)
        (call_indirect (type $f) (i32.const 2) (f64.const 0.5) (local.get 0)))))wat",
                                   env);
  for (i32 i = 0; i < 3; ++i) CHECK(call<double(i32)>(guest, "call", i) == 2.5);
  const function_handle a = exported<function_handle>(guest, "a");
  const function_handle b = exported<function_handle>(guest, "b");
  CHECK(a.type() == b.type());
  CHECK(call<double(i32, double)>(guest, "a", 1, 1.0) == 2);
  CHECK(call<double(i32, double)>(guest, "b", 1, 1.0) == 2);
}

TEMPLATE_TEST_CASE("B-12: a link that fails half way leaves nothing registered anywhere", "",
                   checked, guarded) {
  world<TestType> w;
  const auto memory = need(w.store.make_memory({{1, 10}}));
  const auto table = need(w.store.make_table({value_type::funcref, {1, 10}}));
  const auto cell = need(w.store.make_global(i64{1}));
  imports env = {provide("env", "m", memory), provide("env", "t", table),
                 provide("env", "g", cell)};
  for (const std::string_view text : {
           R"wat((module (import "env" "m" (memory 1)) (import "env" "t" (table 11 funcref))))wat",
           R"wat((module (import "env" "t" (table 1 funcref)) (import "env" "m" (memory 99))))wat",
           R"wat((module (import "env" "m" (memory 1)) (import "env" "t" (table 1 funcref))
                  (import "env" "g" (global i64))))wat",
           R"wat((module (import "env" "g" (global (mut i64))) (import "env" "m" (memory 1))
                  (import "env" "nothing" (func))))wat",
       }) {
    CHECK(w.refuse(text, env).stage() == stage::link);
    need(memory.grow(1));
    need(table.grow(1, value::null(value_type::funcref)));
    cell.set(cell.get() + 1);
  }
  CHECK(memory.pages() == 5);
  CHECK(table.size() == 5);
  const auto guest = w.instantiate(R"wat((module
      (import "env" "m" (memory 5)) (import "env" "t" (table $t 5 funcref))
      (import "env" "g" (global $g (mut i64)))
      (func (export "f") (result i64)
        (drop (memory.grow (i32.const 1)))
        (drop (table.grow $t (ref.null func) (i32.const 1)))
        (i64.store (i32.const 393208) (global.get $g))
        (i64.load (i32.const 393208)))))wat",
                                   env);
  CHECK(call<i64()>(guest, "f") == 5);
  CHECK(memory.pages() == 6);
}

TEMPLATE_TEST_CASE("B-13: an instance without memory, with imports, beside one that grows", "",
                   checked, guarded) {
  world<TestType> w;
  imports env = {
      bind<[](caller& from) { return static_cast<i32>(from.memory().size()); }>("env", "size")};
  const auto owner = w.instantiate(R"wat((module
      (memory (export "m") 1)
      (func (export "grow") (result i32) (memory.grow (i32.const 1)))
      (func (export "store") (param i32 i32) (i32.store (local.get 0) (local.get 1)))
      (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))))wat");
  dovetail::basic_linker<TestType> l{w.engine};
  CHECK(l.define_instance("owner", owner) == status::ok);
  const auto bare = w.instantiate(R"wat((module
      (type $load (func (param i32) (result i32)))
      (import "env" "size" (func $size (result i32)))
      (import "owner" "grow" (func $grow (result i32)))
      (import "owner" "store" (func $store (param i32 i32)))
      (import "owner" "load" (func $load (type $load)))
      (table funcref (elem $load))
      (func (export "size") (result i32) call $size)
      (func (export "f") (result i32)
        (local $last i32)
        (local.set $last (i32.mul (i32.add (call $grow) (i32.const 1)) (i32.const 65536)))
        (call $store (i32.sub (local.get $last) (i32.const 4)) (local.get $last))
        (drop (call $size))
        (i32.sub
          (call_indirect (type $load)
            (i32.sub (local.get $last) (i32.const 4)) (i32.const 0))
          (call $size)))))wat",
                                  l, env);
  CHECK(call<i32()>(bare, "size") == 0);
  CHECK(call<i32()>(bare, "f") == 131072);
  CHECK(call<i32()>(bare, "f") == 196608);
  CHECK(call<i32()>(bare, "size") == 0);
}

TEMPLATE_TEST_CASE("B-14: the host writes the wrong type of reference into a table", "", checked,
                   guarded) {
  world<TestType> w;
  const auto guest = w.instantiate(R"wat((module
      (type $f (func (result i32)))
      (table $t (export "t") 2 funcref)
      (func $f (export "f") (result i32) i32.const 1)
      (elem (i32.const 0) $f)
      (func (export "call") (param i32) (result i32)
        (call_indirect (type $f) (local.get 0)))))wat");
  const table_handle t = exported<table_handle>(guest, "t");
  i32 object = 0;
  for (const value wrong : {value(externref{&object}), value(externref{}), value(i32{1}),
                            value(i64{1}), value(1.0), value::null(value_type::externref)}) {
    CHECK(t.set(0, wrong) == status::value_type_mismatch);
    CHECK(t.set(1, wrong) == status::value_type_mismatch);
    CHECK(t.grow(1, wrong).error().code == status::value_type_mismatch);
  }
  CHECK(t.size() == 2);
  CHECK(call<i32(i32)>(guest, "call", 0) == 1);
  CHECK(trap_of<i32(i32)>(guest, "call", 1) == trap_code::uninitialized_element);
}

TEMPLATE_TEST_CASE("B-15: data at 2^31 and above", "", checked, guarded) {
  world<TestType> w;
  const auto traps = [&](std::string_view text) { return w.refuse(text).reason.code; };
  CHECK(traps(R"wat((module (memory 1) (data (i32.const 0x80000000) "x")))wat") ==
        trap_code::memory_out_of_bounds);
  CHECK(traps(R"wat((module (memory 1) (data (i32.const 0xffffffff) "x")))wat") ==
        trap_code::memory_out_of_bounds);
  CHECK(traps(R"wat((module (memory 1) (data (i32.const 0xffff0000) "")))wat") ==
        trap_code::memory_out_of_bounds);
  CHECK(w.reject(R"invalid((module
      (memory 1) (data (i32.xor (i32.const 1) (i32.const 2)) "x")))invalid")
            .message() == "constant expression required");
  // Two GiB of memory: only where they are not touched.
  if constexpr (TestType::memory::is_guarded) {
    auto made = w.store.instantiate(w.compile(R"wat((module
        (memory (export "m") 32769)
        (data (i32.const 0x80000000) "abc")
        (func (export "load") (param i32) (result i32) (i32.load8_u (local.get 0)))))wat"));
    if (!made) {
      CHECK(made.error().code == status::memory_refused);
      return testing::skip("two GiB of memory are refused here");
    }
    CHECK(call<u32(u32)>(*made, "load", 0x8000'0001U) == 'b');
    CHECK(*exported<memory_view>(*made, "m").template read<char>(0x8000'0002U) == 'c');
    CHECK(trap_of<u32(u32)>(*made, "load", 0x8001'0000U) == trap_code::memory_out_of_bounds);
  }
}

TEMPLATE_TEST_CASE("B-16: a table that is too large compiles, tells its type, and is refused", "",
                   checked, guarded) {
  world<TestType> w;
  const auto module = w.compile(R"wat((module
      (table (export "min") 0xffffffff funcref)
      (table (export "both") 0xfffffffe 0xffffffff externref)
      (table (export "max") 0 0xffffffff funcref)))wat");
  CHECK(module.exports()[0].type.table.limits == dovetail::limits_type{0xffff'ffff});
  CHECK(module.exports()[1].type.table.limits == dovetail::limits_type{0xffff'fffe, 0xffff'ffff});
  CHECK(module.exports()[2].type.table.limits == dovetail::limits_type{0, 0xffff'ffff});
  const auto made = w.store.instantiate(module);
  REQUIRE_FALSE(made.has_value());
  CHECK(made.error().code == status::table_refused);
  CHECK(made.error().stage() == stage::instantiate);
  const auto guest = w.instantiate(R"wat((module
      (table $t (export "t") 1 0xffffffff funcref)
      (func (export "grow") (param i32) (result i32)
        (table.grow $t (ref.null func) (local.get 0)))
      (func (export "size") (result i32) (table.size $t))))wat");
  CHECK(call<i32(i32)>(guest, "grow", -1) == -1);
  CHECK(call<i32(i32)>(guest, "grow", -2) == -1);
  CHECK(call<i32()>(guest, "size") == 1);
  CHECK(exported<table_handle>(guest, "t").type().limits == dovetail::limits_type{1, 0xffff'ffff});
  CHECK(call<i32(i32)>(guest, "grow", 3) == 1);
}

TEMPLATE_TEST_CASE("B-17: the largest memory is a legal one", "", checked, guarded) {
  world<TestType> w;
  const auto module = w.compile(R"wat((module
      (memory (export "m") 65536 65536)
      (func (export "size") (result i32) memory.size)
      (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
      (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))))wat");
  CHECK(module.exports()[0].type.memory.limits == dovetail::limits_type{65536, 65536});
  const auto small_one = w.instantiate(R"wat((module
      (memory (export "m") 0 65536)
      (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))))wat");
  CHECK(exported<memory_view>(small_one, "m").type().limits == dovetail::limits_type{0, 65536});
  CHECK(call<i32(i32)>(small_one, "grow", 65537) == -1);
  CHECK(call<i32(i32)>(small_one, "grow", -1) == -1);
  CHECK(call<i32(i32)>(small_one, "grow", 0) == 0);
  if constexpr (TestType::memory::is_guarded) {
    auto made = w.store.instantiate(module);
    if (!made) {
      CHECK(made.error().code == status::memory_refused);
      return testing::skip("four GiB of memory are refused here");
    }
    CHECK(call<i32()>(*made, "size") == 65536);
    CHECK(call<i32(i32)>(*made, "grow", 0) == 65536);
    CHECK(call<i32(i32)>(*made, "grow", 1) == -1);
    CHECK(call<i32(i32)>(*made, "load", -4) == 0);
    CHECK(trap_of<i32(i32)>(*made, "load", -3) == trap_code::memory_out_of_bounds);
  }
}

TEST_CASE("B-17: the largest memory is refused where the limit is lower") {
  world<small> w;
  CHECK(w.refuse(R"wat((module (memory 65536 65536)))wat").code == status::memory_refused);
}

TEMPLATE_TEST_CASE("B-19: a function import with a type that is not there", "", checked, guarded) {
  world<TestType> w;
  CHECK(w.reject(R"invalid((module (type (func)) (import "a" "b" (func (type 1)))))invalid")
            .message() == "unknown type");
}

}  // namespace linking
