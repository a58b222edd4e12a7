// Bugs that other engines had, B-22 to B-38; B-20 and B-21 are in operators.cpp. See bugs.cpp for
// those that wait for 3.0.
#include <algorithm>
#include <limits>
#include <optional>

#include "guest.hpp"

namespace linking {

namespace {

i32 host_number() { return 19; }

// wat2wasm does not know global.get as an item of an element segment. The text has another constant
// expression of three bytes there; this puts (global.get `global`) for the first one found.
void put_global_get(std::vector<std::byte>& module, std::uint8_t op, std::uint8_t operand,
                    std::uint8_t global) {
  const std::array before = {std::byte{op}, std::byte{operand}, std::byte{0x0b}};
  const auto at = std::search(module.begin(), module.end(), before.begin(), before.end());
  REQUIRE(at != module.end());
  at[0] = std::byte{0x23};
  at[1] = std::byte{global};
}
constexpr std::uint8_t ref_func = 0xd2, ref_null = 0xd0;
std::vector<std::byte> copy_of(std::string_view text) {
  const auto bytes = binary(text);
  return {bytes.begin(), bytes.end()};
}

}  // namespace

TEMPLATE_TEST_CASE("B-22: parameters of blocks are checked", "", checked, guarded) {
  world<TestType> w;
  for (const std::string_view text : {
           R"invalid((module (func (i32.const 1) (block (param i64) drop))))invalid",
           R"invalid((module (func (i32.const 1) (loop (param f32) drop))))invalid",
           R"invalid((module (func (i64.const 1) (i32.const 0)
               (if (param i32) (then drop) (else drop)))))invalid",
           R"invalid((module (func (block (param i32) drop))))invalid",
           R"invalid((module (func (i32.const 1) (block (param i32)))))invalid",
           R"invalid((module (func (i32.const 1) (loop (param i32) (result i64)) drop)))invalid",
           R"invalid((module (func (i32.const 1) (i32.const 0)
               (if (param i32) (result i64) (then drop (i64.const 1)))
               drop)))invalid",
           R"invalid((module (func (block (param i32) (result i32)) drop)))invalid",
       }) {
    INFO(std::string(text));
    CHECK(w.reject(text).message() == "type mismatch");
  }
  const auto guest = w.instantiate(R"wat((module
      (func (export "f") (param i32) (result i32)
        (i64.const 5) (local.get 0)
        (block (param i64 i32) (result i32)
          (loop (param i64 i32) (result i32)
            (if (param i64) (result i32) (then i32.wrap_i64) (else drop i32.const 7)))))))wat");
  CHECK(call<i32(i32)>(guest, "f", 1) == 5);
  CHECK(call<i32(i32)>(guest, "f", 0) == 7);
}

TEMPLATE_TEST_CASE("B-24: globals initialised through a chain of modules", "", checked, guarded) {
  world<TestType> w;
  const auto first = w.instantiate(R"wat((module
      (global (export "g") i32 (i32.const 3))
      (global (export "r") funcref (ref.func $f))
      (func $f (export "f") (result i32) i32.const 33)))wat");
  // The element is written as function 0, which stands for global 1.
  auto bytes = copy_of(R"wat((module
      (import "in" "g" (global $g i32))
      (import "in" "r" (global $r funcref))
      (type $f (func (result i32)))
      (global $own (export "g") i32 (global.get $g))
      (global (export "r") funcref (global.get $r))
      (table $t 5 funcref)
      (memory (export "m") 1)
      (func $stand_in) (elem (table $t) (global.get $g) funcref
        (ref.func $stand_in) (ref.null func))
      (data (global.get $g) "\05")
      (func (export "call") (result i32) (call_indirect $t (type $f) (global.get $own)))))wat");
  put_global_get(bytes, ref_func, 0, 1);
  const auto link = w.compile(bytes);
  dovetail::basic_linker<TestType> l{w.engine};
  CHECK(l.define_instance("in", first) == status::ok);
  const auto second = need(w.store.instantiate(link, l));
  dovetail::basic_linker<TestType> l2{w.engine};
  CHECK(l2.define_instance("in", second) == status::ok);
  const auto third = need(w.store.instantiate(link, l2));
  CHECK(exported<global<i32>>(third, "g") == 3);
  CHECK(call<i32()>(third, "call") == 33);
  CHECK((exported<global<funcref>>(third, "r").get() == reference_to(first, "f")));
  const memory_view m = exported<memory_view>(third, "m");
  CHECK(*m.read<char>(3) == 5);
}

TEMPLATE_TEST_CASE("B-25: element segments with items of every form", "", checked, guarded) {
  world<TestType> w;
  const auto owner = w.instantiate(R"wat((module
      (func (export "f") (result i32) i32.const 1)))wat");
  i32 object = 0;
  const auto f = need(w.store.make_global(reference_to(owner, "f"), false));
  const auto e = need(w.store.make_global(externref{&object}, false));
  const auto null = need(w.store.make_global(funcref{}, false));
  imports in = {provide("in", "f", f), provide("in", "e", e), provide("in", "null", null),
                bind<host_number>("in", "host")};
  // Globals 0, 1 and 2 in place of the functions $f, $null and two of the externs.
  auto bytes = copy_of(R"wat((module
      (import "in" "f" (global $f funcref))
      (import "in" "e" (global $e externref))
      (import "in" "null" (global $null funcref))
      (import "in" "host" (func $host (result i32)))
      (table $t (export "t") 10 funcref)
      (table $x (export "x") 4 externref)
      (func $own (export "own"))
      (func $for_f)
      (func $for_null)
      (export "host" (func $host))
      (elem (table $t) (i32.const 1) funcref
        (ref.func $for_f) (ref.func $own) (ref.null func) (ref.func $host) (ref.func $for_null))
      (elem (table $x) (i32.const 0) externref (ref.null extern) (ref.null extern))
      (elem $passive funcref (ref.null func) (ref.func $for_f) (ref.func $own))
      (func (export "init")
        (table.init $t $passive (i32.const 7) (i32.const 0) (i32.const 3)))))wat");
  put_global_get(bytes, ref_func, 2, 0);
  put_global_get(bytes, ref_func, 2, 0);
  put_global_get(bytes, ref_func, 3, 2);
  put_global_get(bytes, ref_null, 0x6f, 1);
  const auto guest = need(w.store.instantiate(w.compile(bytes), in));
  const table_handle t = exported<table_handle>(guest, "t");
  const table_handle x = exported<table_handle>(guest, "x");
  const auto at = [&](u64 i) { return function_at(t, i); };
  const funcref other = reference_to(owner, "f"), own = reference_to(guest, "own"), none{};
  CHECK((at(0) == none && at(1) == other && at(2) == own && at(3) == none));
  CHECK((at(4) == reference_to(guest, "host") && at(5) == none && at(6) == none));
  CHECK(need(x.get(0)) == value(externref{&object}));
  CHECK(need(x.get(1)) == value(externref{}));
  CHECK(need(x.get(2)) == value(externref{}));
  call<void()>(guest, "init");
  CHECK((at(7) == none && at(8) == other && at(9) == own));
}

TEMPLATE_TEST_CASE("B-26: one call site, one slot, several types", "", checked, guarded) {
  world<TestType> w;
  const auto guest = w.instantiate(R"wat((module
      (type $a (func (result i32)))
      (type $b (func (result i64)))
      (table $t (export "t") 3 funcref)
      (func $f (type $a) i32.const 1)
      (func $g (type $b) i64.const 2)
      (func (export "put f") (param i32) (table.set $t (local.get 0) (ref.func $f)))
      (func (export "put g") (param i32) (table.set $t (local.get 0) (ref.func $g)))
      (func (export "clear") (param i32) (table.set $t (local.get 0) (ref.null func)))
      (elem declare func $f $g)
      (func (export "as a") (param i32) (result i32)
        (call_indirect $t (type $a) (local.get 0)))
      (func (export "as b") (param i32) (result i64)
        (call_indirect $t (type $b) (local.get 0)))
      (func (export "ten times") (param i32) (result i32)
        (local $n i32) (local $sum i32)
        (loop $again
          (local.set $sum (i32.add (local.get $sum) (call_indirect $t (type $a) (local.get 0))))
          (local.set $n (i32.add (local.get $n) (i32.const 1)))
          (if (i32.eq (local.get $n) (i32.const 8))
            (then (table.set $t (local.get 0) (ref.func $g))))
          (br_if $again (i32.lt_s (local.get $n) (i32.const 10))))
        (local.get $sum))))wat");
  constexpr auto mismatch = trap_code::indirect_call_type_mismatch;
  for (i32 round = 0; round < 3; ++round) {
    call<void(i32)>(guest, "put f", 1);
    CHECK(call<i32(i32)>(guest, "as a", 1) == 1);
    CHECK(trap_of<i64(i32)>(guest, "as b", 1) == mismatch);
    CHECK(call<i32(i32)>(guest, "as a", 1) == 1);
    call<void(i32)>(guest, "put g", 1);
    CHECK(trap_of<i32(i32)>(guest, "as a", 1) == mismatch);
    CHECK(call<i64(i32)>(guest, "as b", 1) == 2);
    call<void(i32)>(guest, "clear", 1);
    CHECK(trap_of<i32(i32)>(guest, "as a", 1) == trap_code::uninitialized_element);
    CHECK(trap_of<i64(i32)>(guest, "as b", 3) == trap_code::undefined_element);
    call<void(i32)>(guest, "put f", 0);
    CHECK(trap_of<i32(i32)>(guest, "ten times", 0) == mismatch);
  }
}

TEMPLATE_TEST_CASE("B-27: after a call through a table the caller's own things are back", "",
                   checked, guarded) {
  world<TestType> w;
  const auto b = w.instantiate(R"wat((module
      (memory (export "m") 3)
      (global $g (export "g") (mut i32) (i32.const 2000))
      (table $t 5 externref)
      (func (export "f") (param i32) (result i32)
        (i32.store (i32.const 0) (local.get 0))
        (i32.store (i32.const 190000) (local.get 0))
        (global.set $g (i32.add (global.get $g) (i32.const 1)))
        (i32.add (global.get $g) (table.size $t)))))wat");
  const auto table = need(w.store.make_table({value_type::funcref, {2}}));
  CHECK(table.set(1, value(reference_to(b, "f"))) == status::ok);
  imports in = {provide("in", "t", table), provide("in", "f", exported<function_handle>(b, "f"))};
  const auto a = w.instantiate(R"wat((module
      (type $f (func (param i32) (result i32)))
      (import "in" "t" (table $t 2 funcref))
      (import "in" "f" (func $f (type $f)))
      (memory (export "m") 1)
      (global $g (export "g") (mut i32) (i32.const 1000))
      (func $local (param i32) (result i32) (i32.add (local.get 0) (global.get $g)))
      (func (export "indirect") (result i32)
        (i32.store (i32.const 0) (i32.const 11))
        (call_indirect $t (type $f) (i32.const 77) (i32.const 1))
        (global.set $g (i32.add (global.get $g) (i32.load (i32.const 0))))
        (i32.add (call $local (table.size $t))))
      (func (export "direct") (result i32)
        (i32.store (i32.const 0) (i32.const 11))
        (call $f (i32.const 78))
        (global.set $g (i32.add (global.get $g) (i32.load (i32.const 0))))
        (i32.add (call $local (memory.size))))
      (func (export "past own end") (result i32)
        (drop (call_indirect $t (type $f) (i32.const 79) (i32.const 1)))
        (i32.load (i32.const 190000)))))wat",
                               in);
  CHECK(call<i32()>(a, "indirect") == 2001 + 5 + 2 + 1011);
  CHECK(call<i32()>(a, "direct") == 2002 + 5 + 1 + 1022);
  CHECK(trap_of<i32()>(a, "past own end") == trap_code::memory_out_of_bounds);
  const memory_view own = exported<memory_view>(a, "m"), others = exported<memory_view>(b, "m");
  CHECK(*own.read<i32>(0) == 11);
  CHECK(*others.read<i32>(0) == 79);
  CHECK(exported<global<i32>>(a, "g") == 1022);
  CHECK(exported<global<i32>>(b, "g") == 2003);
}

TEMPLATE_TEST_CASE("B-29: one cell, memory and table for three importers and the host", "", checked,
                   guarded) {
  world<TestType> w;
  const auto cell = need(w.store.make_global(i32{0}));
  const auto memory = need(w.store.make_memory({{1}}));
  const auto table = need(w.store.make_table({value_type::funcref, {1}}));
  imports in = {provide("in", "g", cell), provide("in", "m", memory), provide("in", "t", table)};
  const auto module = w.compile(R"wat((module
      (type $f (func (result i32)))
      (import "in" "g" (global $g (mut i32)))
      (import "in" "m" (memory 1))
      (import "in" "t" (table $t 1 funcref))
      (func $me (result i32) (global.get $g))
      (elem declare func $me)
      (func (export "grow all") (result i32)
        (global.set $g (i32.add (global.get $g) (i32.const 1)))
        (drop (memory.grow (i32.const 1)))
        (drop (table.grow $t (ref.func $me) (i32.const 1)))
        (i32.store (i32.sub (i32.mul (memory.size) (i32.const 65536)) (i32.const 4))
          (global.get $g))
        (global.get $g))
      (func (export "look") (result i32 i32 i32 i32)
        (global.get $g)
        (memory.size)
        (table.size $t)
        (i32.load (i32.sub (i32.mul (memory.size) (i32.const 65536)) (i32.const 4))))
      (func (export "call last") (result i32)
        (call_indirect $t (type $f) (i32.sub (table.size $t) (i32.const 1))))))wat");
  std::vector<typename world<TestType>::instance> guests;
  for (i32 i = 0; i < 3; ++i) guests.push_back(need(w.store.instantiate(module, in)));
  i32 expected = 0, size = 1;
  for (i32 round = 0; round < 2; ++round) {
    for (const auto& growing : guests) {
      CHECK(call<i32()>(growing, "grow all") == ++expected);
      ++size;
      for (const auto& guest : guests) {
        CHECK((call<std::tuple<i32, i32, i32, i32>()>(guest, "look") ==
               std::tuple{expected, size, size, expected}));
        CHECK(call<i32()>(guest, "call last") == expected);
      }
      CHECK(cell.get() == expected);
    }
    cell.set(expected += 10);  // and the host, four cells at once
    need(memory.grow(2));
    need(table.grow(2, need(table.get(1))));
    size += 2;
    CHECK_FALSE(memory.write(memory.size() - 4, expected));
    for (const auto& guest : guests) {
      CHECK((call<std::tuple<i32, i32, i32, i32>()>(guest, "look") ==
             std::tuple{expected, size, size, expected}));
      CHECK(call<i32()>(guest, "call last") == expected);
    }
  }
}

TEMPLATE_TEST_CASE("B-30: two modules in two stores, in the opposite order", "", checked, guarded) {
  world<TestType> w;
  typename world<TestType>::rt::store one{w.engine}, two{w.engine};
  const auto a = w.compile(R"wat((module
      (type $f (func (result i32)))
      (import "env" "f" (func $f (type $f)))
      (memory (export "m") 1)
      (table $t 1 funcref)
      (global $g (export "g") (mut i32) (i32.const 1))
      (elem (i32.const 0) $f)
      (data (i32.const 0) "\01")
      (func (export "run") (result i32)
        (global.set $g (i32.add (global.get $g) (i32.load8_u (i32.const 0))))
        (i32.mul (global.get $g)
          (i32.add (call $f) (call_indirect (type $f) (i32.const 0)))))))wat");
  const auto b = w.compile(R"wat((module
      (type $other (func (param i64)))
      (type $f (func (result i32)))
      (import "env" "other" (func $other (type $other)))
      (import "env" "f" (func $f (type $f)))
      (table $t 4 funcref)
      (memory 2)
      (global $g (export "g") (mut i32) (i32.const 10))
      (elem (i32.const 2) $f $f)
      (data (i32.const 0) "\02")
      (func (export "run") (result i32)
        (call $other (i64.const 1))
        (global.set $g (i32.add (global.get $g) (i32.load8_u (i32.const 0))))
        (i32.mul (global.get $g) (call_indirect (type $f) (i32.const 2))))))wat");
  imports in_one = {bind<[] { return 3; }>("env", "f"), bind<[](i64) {}>("env", "other")};
  imports in_two = {bind("env", "f", [n = 5] { return n; }), bind<[](i64) {}>("env", "other")};
  const auto a1 = need(one.instantiate(a, in_one));
  const auto b2 = need(two.instantiate(b, in_two));
  const auto b1 = need(one.instantiate(b, in_one));
  const auto a2 = need(two.instantiate(a, in_two));
  for (i32 k = 1; k <= 3; ++k) {
    CHECK(call<i32()>(a1, "run") == (1 + k) * 6);
    CHECK(call<i32()>(b2, "run") == (10 + 2 * k) * 5);
    CHECK(call<i32()>(a2, "run") == (1 + k) * 10);
    CHECK(call<i32()>(b1, "run") == (10 + 2 * k) * 3);
  }
}

TEMPLATE_TEST_CASE("B-31: functions of an instance that never came to be", "", checked, guarded) {
  world<TestType> w;
  const auto table = need(w.store.make_table({value_type::funcref, {4}}));
  imports in = {provide("in", "t", table), bind("in", "f", [n = 0]() mutable { return ++n; })};
  const auto user = w.instantiate(R"wat((module
      (type $f (func (result i32)))
      (import "in" "t" (table 4 funcref))
      (func (export "call") (param i32) (result i32) (call_indirect (type $f) (local.get 0)))))wat",
                                  in);
  {
    // Neither the module nor the instance has an owner afterwards, but the store.
    const auto module = need(w.engine.compile(binary(R"wat((module
        (import "in" "t" (table 4 funcref))
        (import "in" "f" (func $host (result i32)))
        (memory 1)
        (global $g (mut i32) (i32.const 40))
        (data $d "\07")
        (func $f (result i32)
          (memory.init $d (i32.const 100) (i32.const 0) (i32.const 1))
          (global.set $g (i32.add (global.get $g) (i32.load8_u (i32.const 100))))
          (i32.add (call $inner) (i32.load8_u (i32.const 0))))
        (func $inner (result i32) (i32.add (global.get $g) (call $host)))
        (data (i32.const 0) "\64")
        (elem (i32.const 0) $f $host)
        (elem (i32.const 3) $f $f)))wat")));
    CHECK(w.store.instantiate(module, in).error().reason.code == trap_code::table_out_of_bounds);
  }
  // The data segment came after the elements: it was not written.
  CHECK(call<i32(i32)>(user, "call", 0) == 47 + 1);
  CHECK(call<i32(i32)>(user, "call", 0) == 54 + 2);
  CHECK(call<i32(i32)>(user, "call", 1) == 3);
  {
    const auto module = need(w.engine.compile(binary(R"wat((module
        (import "in" "t" (table 4 funcref))
        (memory 1)
        (func $f (result i32) (i32.load8_u (i32.const 0)))
        (data (i32.const 0) "\09")
        (elem (i32.const 2) $f)
        (func $main unreachable)
        (start $main)))wat")));
    CHECK(w.store.instantiate(module, in).error().reason.code == trap_code::unreachable);
  }
  CHECK(call<i32(i32)>(user, "call", 2) == 9);
  CHECK(call<i32(i32)>(user, "call", 0) == 61 + 4);
}

TEMPLATE_TEST_CASE("B-32: exports outlive the handles of their instance and module", "", checked,
                   guarded) {
  world<TestType> w;
  std::optional<dovetail::function<i32(i32)>> typed;
  function_handle f;
  table_handle t;
  memory_view m;
  global_handle g;
  global<i64> g64;
  {
    auto module = need(w.engine.compile(binary(R"wat((module
        (import "env" "f" (func $f (param i32) (result i32)))
        (memory (export "m") 1 3)
        (table (export "t") 2 funcref)
        (global $g (export "g") (mut i64) (i64.const 5))
        (data $d "kept")
        (func $own (export "f") (param i32) (result i32)
          (memory.init $d (i32.const 8) (i32.const 0) (i32.const 4))
          (global.set $g (i64.add (global.get $g) (i64.const 1)))
          (i32.add (call $f (local.get 0)) (i32.const 1)))
        (elem (i32.const 1) $own)))wat")));
    const std::string text = "state of its own";
    imports env = {bind("env", "f", [text](i32 n) { return n + static_cast<i32>(text.size()); })};
    auto instance = need(w.store.instantiate(module, env));
    typed = exported<i32(i32)>(instance, "f");
    f = exported<function_handle>(instance, "f");
    t = exported<table_handle>(instance, "t");
    m = exported<memory_view>(instance, "m");
    g = exported<global_handle>(instance, "g");
    g64 = exported<global<i64>>(instance, "g");
  }
  CHECK(need((*typed)(3)) == 20);
  value in[] = {value(i32{4})}, out[1];
  need(f.call(in, out));
  CHECK(out[0] == value(i32{21}));
  CHECK(function_at(t, 1) == f.reference());
  CHECK(*m.string(8, 4) == "kept");
  need(m.grow(1));
  CHECK(m.type().limits == dovetail::limits_type{2, 3});
  CHECK(g.get() == value(i64{7}));
  CHECK(g64.get() == 7);
  imports again = {provide("in", "f", f), provide("in", "m", m)};
  const auto user = w.instantiate(R"wat((module
      (import "in" "f" (func $f (param i32) (result i32)))
      (import "in" "m" (memory 2))
      (func (export "f") (result i32) (call $f (i32.load8_u (i32.const 8))))))wat",
                                  again);
  CHECK(call<i32()>(user, "f") == 'k' + 17);
}

TEMPLATE_TEST_CASE("B-33: what kind of failure it was", "", checked, guarded) {
  world<TestType> w;
  imports wrong = {bind<[](i32) {}>("env", "f")};
  imports right = {bind<[] {}>("env", "f")};
  constexpr std::string_view text = R"wat((module
      (import "env" "f" (func $f)) (memory 1)
      (func $main (call $f) (drop (i32.load (i32.const 65533))))
      (start $main)))wat";
  CHECK(w.refuse(text, wrong).stage() == stage::link);
  CHECK(w.refuse(text).stage() == stage::link);
  const error start = w.refuse(text, right);
  CHECK(start.stage() == stage::instantiate);
  CHECK(start.reason.code == trap_code::memory_out_of_bounds);
  CHECK(w.store.last_trap().has_place);
  CHECK(w.store.last_trap().function == 1);
  const error segment = w.refuse(R"wat((module (memory 1) (data (i32.const 65533) "abcd")))wat");
  CHECK(segment.stage() == stage::instantiate);
  CHECK(segment.reason.code == trap_code::memory_out_of_bounds);
  CHECK_FALSE(w.store.last_trap().has_place);
}

TEMPLATE_TEST_CASE("B-34: import names that appear twice", "", checked, guarded) {
  world<TestType> w;
  imports env = {bind<[](i32 n) { return n * 2; }>("env", "f")};
  const auto guest = w.instantiate(R"wat((module
      (import "env" "f" (func $a (param i32) (result i32)))
      (import "env" "f" (func $b (param i32) (result i32)))
      (import "env" "f" (func $c (param i32) (result i32)))
      (func (export "f") (param i32) (result i32)
        (call $a (call $b (call $c (local.get 0)))))))wat",
                                   env);
  CHECK(call<i32(i32)>(guest, "f", 1) == 8);
  // The type does not choose between definitions.
  imports more = {bind<[](i64) { return 0; }>("env", "f")};
  const error e =
      w.refuse(R"wat((module (import "env" "f" (func (param i64) (result i32)))))wat", env, more);
  CHECK(e.code == status::duplicate_definition);
}

TEMPLATE_TEST_CASE("B-35: an import of an import of an import, after growth", "", checked,
                   guarded) {
  world<TestType> w;
  const auto owner = w.instantiate(R"wat((module
      (memory (export "m") 1 9)
      (table $t (export "t") 1 9 funcref)
      (func (export "grow") (drop (memory.grow (i32.const 3)))
        (drop (table.grow $t (ref.null func) (i32.const 3))))))wat");
  constexpr std::string_view passing_on = R"wat((module
      (import "in" "m" (memory 1)) (import "in" "t" (table 1 funcref))
      (export "m" (memory 0)) (export "t" (table 0))
      (func (export "size") (result i32) (i32.mul (memory.size) (table.size 0)))))wat";
  const auto link = [&](const auto& from) {
    imports in = {provide("in", "m", exported<memory_view>(from, "m")),
                  provide("in", "t", exported<table_handle>(from, "t"))};
    return w.instantiate(passing_on, in);
  };
  const auto second = link(owner);
  const auto third = link(second);
  call<void()>(owner, "grow");
  const auto fourth = link(third);
  imports last = {provide("in", "m", exported<memory_view>(fourth, "m")),
                  provide("in", "t", exported<table_handle>(fourth, "t"))};
  w.instantiate(R"wat((module
      (import "in" "m" (memory 4 9)) (import "in" "t" (table 4 9 funcref))))wat",
                last);
  CHECK(w.refuse(R"wat((module (import "in" "m" (memory 5))))wat", last).code ==
        status::incompatible_import);
  CHECK(w.refuse(R"wat((module (import "in" "t" (table 4 8 funcref))))wat", last).code ==
        status::incompatible_import);
  CHECK(w.refuse(R"wat((module (import "in" "t" (memory 1))))wat", last).code ==
        status::incompatible_import);
  for (const auto& guest : {second, third, fourth}) CHECK(call<i32()>(guest, "size") == 16);
}

TEMPLATE_TEST_CASE("B-36: references that nobody wrote are null", "", checked, guarded) {
  world<TestType> w;
  const auto guest = w.instantiate(R"wat((module
      (func $zero (export "zero") (result i32) i32.const 100)
      (table $t 3 funcref)
      (table $x 3 externref)
      (global $g (mut funcref) (ref.null func))
      ;; Leaves values where the next call has its locals.
      (func $dirty (export "dirty") (param i64 i64 i64 i64 i64 i64) (result i64)
        (local i64 i64 i64 i64)
        (local.set 6 (i64.const -1)) (local.set 7 (i64.const -1))
        (local.set 8 (i64.const -1)) (local.set 9 (i64.const -1))
        (i64.add (local.get 6) (i64.add (local.get 7) (i64.add (local.get 8) (local.get 9)))))
      (func (export "locals") (result i32)
        (local $f funcref) (local $e externref) (local $n i64)
        (i32.add
          (i32.add (ref.is_null (local.get $f)) (ref.is_null (local.get $e)))
          (i64.eqz (local.get $n))))
      (func (export "tables") (result i32)
        (i32.add
          (ref.is_null (table.get $t (i32.const 0)))
          (i32.add
            (ref.is_null (table.get $x (i32.const 2)))
            (ref.is_null (global.get $g)))))
      (func (export "given") (param funcref) (result i32) (ref.is_null (local.get 0)))))wat");
  using six = i64(i64, i64, i64, i64, i64, i64);
  CHECK(call<six>(guest, "dirty", 1, 2, 3, 4, 5, 6) == -4);
  CHECK(call<i32()>(guest, "locals") == 3);
  CHECK(call<i32()>(guest, "tables") == 3);
  CHECK(call<i32(funcref)>(guest, "given", funcref{}) == 1);
  CHECK(call<i32(funcref)>(guest, "given", reference_to(guest, "zero")) == 0);
}

TEMPLATE_TEST_CASE("B-37: i64 globals, constant and mutable", "", checked, guarded) {
  world<TestType> w;
  const auto guest = w.instantiate(R"wat((module
      (global (export "min") i64 (i64.const 0x8000000000000000))
      (global (export "max") i64 (i64.const 0x7fffffffffffffff))
      (global $m (export "m") (mut i64) (i64.const -1))
      (func (export "turn") (global.set $m (i64.rotl (global.get $m) (i64.const 4))))))wat");
  CHECK(exported<global<i64>>(guest, "min") == std::numeric_limits<i64>::min());
  CHECK(exported<global<i64>>(guest, "max") == std::numeric_limits<i64>::max());
  CHECK(exported<global<u64>>(guest, "m") == ~u64{0});
  exported<global<u64>>(guest, "m") = 0xfedc'ba98'7654'3210;
  call<void()>(guest, "turn");
  CHECK(exported<global<u64>>(guest, "m") == 0xedcb'a987'6543'210f);
}

TEMPLATE_TEST_CASE("B-38: the host's view of a memory that grows inside the call", "", checked,
                   guarded) {
  world<TestType> w;
  bool was_right = false;
  imports env = {bind("env", "look", [&was_right](caller& from) {
    const memory_view memory = from.memory();
    const auto numbers = memory.view<i32>(0, 4);
    const std::uint64_t before = memory.size();
    if (!numbers) return;
    // The guest grows its memory, several times, and writes.
    value out[1];
    for (i32 k = 0; k < 20; ++k) need(from.find("grow")->as_function().call({}, out));
    was_right = memory.size() == before + 20 * 65536 && (*numbers)[2] == 20 &&
                *memory.read<i32>(8) == 20 && *memory.read<i32>(memory.size() - 4) == 20 &&
                memory.bytes().size() == memory.size() && memory.span(before, 4).has_value() &&
                memory.string(8, 1)->front() == 20;
    numbers->set(3, 33);
  })};
  const auto guest = w.instantiate(R"wat((module
      (import "env" "look" (func $look))
      (memory (export "m") 1)
      (func (export "grow") (result i32)
        (i32.store (i32.const 8) (i32.add (i32.load (i32.const 8)) (i32.const 1)))
        (memory.grow (i32.const 1))
        (i32.store (i32.sub (i32.mul (memory.size) (i32.const 65536)) (i32.const 4))
          (i32.load (i32.const 8))))
      (func (export "f") (result i32)
        (call $look)
        (i32.load (i32.const 12)))))wat",
                                   env);
  CHECK(call<i32()>(guest, "f") == 33);
  CHECK(was_right);
}

}  // namespace linking
