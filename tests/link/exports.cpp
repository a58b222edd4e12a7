// Rules 2.1 to 2.5, 2.11 to 2.13: modules that are shared, export names, and what an exported
// table, memory or global is. README.md has the numbers.
#include "guest.hpp"

namespace linking {

TEMPLATE_TEST_CASE("rule 2.1, L01, L40: instances of one module keep their own imports and state",
                   "", checked, guarded) {
  world<TestType> w;
  const auto module = w.compile(R"wat((module
      (import "env" "value" (func $value (result i32)))
      (import "env" "shared" (global $shared (mut i32)))
      (memory (export "memory") 1)
      (table (export "table") 1 funcref)
      (global $count (export "count") (mut i32) (i32.const 0))
      (func (export "read") (result i32) call $value)
      (func (export "next") (result i32)
        (global.set $count (i32.add (global.get $count) (i32.const 1)))
        (global.set $shared (i32.add (global.get $shared) (i32.const 1)))
        (global.get $count))
    ))wat");
  const auto shared = need(w.store.make_global(i32{0}));
  imports one = {bind<[] { return 1; }>("env", "value"), provide("env", "shared", shared)};
  imports two = {bind<[] { return 2; }>("env", "value"), provide("env", "shared", shared)};
  const auto first = need(w.store.instantiate(module, one));
  const auto second = need(w.store.instantiate(module, two));

  CHECK(call<i32()>(first, "read") == 1);
  CHECK(call<i32()>(second, "read") == 2);
  CHECK(call<i32()>(first, "read") == 1);
  CHECK(call<i32()>(first, "next") == 1);
  CHECK(call<i32()>(first, "next") == 2);
  CHECK(call<i32()>(second, "next") == 1);
  CHECK(shared.get() == 3);

  CHECK(object_of(first, "memory").object != object_of(second, "memory").object);
  CHECK(object_of(first, "table").object != object_of(second, "table").object);
  CHECK(object_of(first, "count").object != object_of(second, "count").object);
  CHECK(reference_to(first, "read") != reference_to(second, "read"));
  CHECK_FALSE(exported<memory_view>(first, "memory").write(8, i32{7}));
  const memory_view other = exported<memory_view>(second, "memory");
  CHECK(*other.read<i32>(8) == 0);
}

TEMPLATE_TEST_CASE("rule 2.2: guest and host see the same items in every index space", "", checked,
                   guarded) {
  world<TestType> w;
  SECTION("none of any space") {
    const auto none = w.instantiate(R"wat((module))wat");
    CHECK(none.exports().size() == 0);
    CHECK_FALSE(none.find("").has_value());
  }
  SECTION("many of each, imported ones first") {
    const auto given_table = need(w.store.make_table({value_type::externref, {3}}));
    const auto given_global = need(w.store.make_global(i64{100}));
    imports env = {provide("env", "t", given_table), provide("env", "g", given_global),
                   bind<[] { return 40; }>("env", "f")};
    const auto guest = w.instantiate(R"wat((module
        (import "env" "t" (table $t0 3 externref))
        (import "env" "g" (global $g0 (mut i64)))
        (import "env" "f" (func $f0 (result i32)))
        (table $t1 (export "t1") 5 funcref)
        (table $t2 (export "t2") 7 9 externref)
        (global $g1 (export "g1") i32 (i32.const 1))
        (global $g2 (export "g2") (mut f32) (f32.const 2))
        (global $g3 (export "g3") (mut f64) (f64.const 3))
        (memory (export "m") 2)
        (func $f1 (export "f1") (result i32) i32.const 41)
        (func $f2 (export "f2") (result i32) i32.const 42)
        (func (export "calls") (result i32)
          (i32.add (call $f0) (i32.add (call $f1) (call $f2))))
        (func (export "sizes") (result i32 i32 i32 i32)
          (table.size $t0) (table.size $t1) (table.size $t2) (memory.size))
        (func (export "write")
          (global.set $g0 (i64.const -1))
          (global.set $g2 (f32.const 20))
          (global.set $g3 (f64.const 30)))
      ))wat",
                                     env);
    CHECK(call<i32()>(guest, "calls") == 40 + 41 + 42);
    CHECK((call<std::tuple<i32, i32, i32, i32>()>(guest, "sizes") == std::tuple{3, 5, 7, 2}));
    CHECK(exported<table_handle>(guest, "t1").size() == 5);
    CHECK(exported<table_handle>(guest, "t2").size() == 7);
    CHECK(exported<memory_view>(guest, "m").pages() == 2);
    CHECK(exported<global<i32>>(guest, "g1") == 1);
    CHECK(exported<global<float>>(guest, "g2") == 2);
    CHECK(exported<global<double>>(guest, "g3") == 3);
    call<void()>(guest, "write");
    CHECK(given_global.get() == -1);
    CHECK(exported<global<float>>(guest, "g2") == 20);
    CHECK(exported<global<double>>(guest, "g3") == 30);
  }
}

TEMPLATE_TEST_CASE("rule 2.3: a module that failed to link links when its imports are right", "",
                   checked, guarded) {
  world<TestType> w;
  const auto module = w.compile(R"wat((module
      (import "env" "f" (func $f (result i32)))
      (func (export "g") (result i32) call $f)))wat");
  CHECK_FALSE(w.store.instantiate(module).has_value());
  imports wrong = {bind<[](i32) {}>("env", "f")};
  CHECK_FALSE(w.store.instantiate(module, wrong).has_value());
  imports right = {bind<[] { return 5; }>("env", "f")};
  CHECK(call<i32()>(need(w.store.instantiate(module, right)), "g") == 5);
}

TEMPLATE_TEST_CASE("rule 2.4, L25: exports by name, by place, and what is not one", "", checked,
                   guarded) {
  world<TestType> w;
  const auto guest = w.instantiate(R"wat((module
      (func (export "f") (param i32) (result i32) local.get 0)
      (table (export "t") 1 funcref)
      (memory (export "m") 1)
      (global (export "g") f64 (f64.const 1))))wat");
  SECTION("every kind by name and by place") {
    const std::string_view names[] = {"f", "t", "m", "g"};
    const external_kind kinds[] = {external_kind::function, external_kind::table,
                                   external_kind::memory, external_kind::global};
    for (u32 i = 0; i < 4; ++i) {
      const auto by_name = guest.find(names[i]);
      const auto by_place = guest.export_at(i);
      REQUIRE(by_name.has_value());
      REQUIRE(by_place.has_value());
      CHECK(by_name->kind() == kinds[i]);
      CHECK(by_name->object().object == by_place->object().object);
      CHECK(guest.exports()[i].name == names[i]);
      CHECK(guest.exports()[i].type.kind == kinds[i]);
      CHECK(bool(by_name->as_function()) == (i == 0));
      CHECK(bool(by_name->as_table()) == (i == 1));
      CHECK(bool(by_name->as_memory()) == (i == 2));
      CHECK(bool(by_name->as_global()) == (i == 3));
    }
  }
  SECTION("an unknown name is an error value") {
    CHECK_FALSE(guest.find("h").has_value());
    CHECK_FALSE(guest.find("").has_value());
    CHECK_FALSE(guest.find("ff").has_value());
    CHECK(get_status<memory_view>(guest, "h") == status::unknown_export);
    CHECK(stage_of(status::unknown_export) == stage::api);
  }
  SECTION("a place that this instance does not have, as of another module") {
    CHECK_FALSE(guest.export_at(4).has_value());
    CHECK_FALSE(guest.export_at(0xffff'ffff).has_value());
  }
  SECTION("the wrong kind or type is an error value") {
    CHECK(get_status<memory_view>(guest, "f") == status::export_type_mismatch);
    CHECK(get_status<table_handle>(guest, "m") == status::export_type_mismatch);
    CHECK(get_status<global_handle>(guest, "t") == status::export_type_mismatch);
    CHECK(get_status<function_handle>(guest, "g") == status::export_type_mismatch);
    CHECK(get_status<i32(i32)>(guest, "g") == status::export_type_mismatch);
    CHECK(get_status<i32()>(guest, "f") == status::export_type_mismatch);
    CHECK(get_status<void(i32)>(guest, "f") == status::export_type_mismatch);
    CHECK(get_status<i32(i64)>(guest, "f") == status::export_type_mismatch);
    CHECK(get_status<float(i32)>(guest, "f") == status::export_type_mismatch);
    CHECK(get_status<global<i32>>(guest, "g") == status::export_type_mismatch);
    CHECK(get_status<global<double>>(guest, "g") == status::ok);
    CHECK(get_status<u32(i32)>(guest, "f") == status::ok);
  }
}

TEMPLATE_TEST_CASE("rule 2.5, L03: exports keep their order; any name will do, but once", "",
                   checked, guarded) {
  world<TestType> w;
  const auto guest = w.instantiate(R"wat((module
      (func $one (export "z") (result i32) i32.const 1)
      (func (export "a\00b") (result i32) i32.const 2)
      (func (export "a") (result i32) i32.const 3)
      (func (export "") (result i32) i32.const 4)
      (func (export "\00") (result i32) i32.const 5)
      (func (export "\e2\82\ac") (result i32) i32.const 6)
      (func (export "a\00c") (result i32) i32.const 7)
      (func (export "1") (result i32) i32.const 8)
      (memory (export "y") 1)
      (export "again" (func $one))))wat");
  using namespace std::string_view_literals;
  const std::string_view names[] = {"z"sv,  "a\0b"sv,         "a"sv,    ""sv,
                                    "\0"sv, "\xe2\x82\xac"sv, "a\0c"sv, "1"sv};
  u32 place = 0;
  for (const std::string_view name : names) {
    CHECK(guest.exports()[place].name == name);
    CHECK(call<i32()>(guest, name) == static_cast<i32>(++place));
  }
  CHECK(guest.exports().size() == 10);
  CHECK(guest.exports()[8].name == "y");
  CHECK(guest.exports()[9].name == "again");
  CHECK(reference_to(guest, "z") == reference_to(guest, "again"));
  CHECK_FALSE(guest.find("a\0"sv).has_value());
  CHECK_FALSE(guest.find("\0\0"sv).has_value());

  const error same = w.reject(R"invalid((module
      (memory (export "x") 1) (func (export "x"))))invalid");
  CHECK(same.message() == "duplicate export name");
  CHECK(same.stage() == stage::validate);
  w.instantiate(R"wat((module (func (export "x")) (func (export "X")) (func (export "x "))))wat");
}

TEMPLATE_TEST_CASE("rule 2.11, L29, L41: an exported table is the table itself", "", checked,
                   guarded) {
  world<TestType> w;
  const auto owner = w.instantiate(R"wat((module
      (table $t (export "one") 2 10 funcref)
      (export "two" (table $t))
      (func $f (export "f") (result i32) i32.const 11)
      (elem (i32.const 1) $f)
      (func (export "grow") (param i32) (result i32)
        (table.grow $t (ref.null func) (local.get 0)))
      (func (export "size") (result i32) (table.size $t))
      (func (export "is_null") (param i32) (result i32)
        (ref.is_null (table.get $t (local.get 0))))))wat");
  CHECK(object_of(owner, "one").object == object_of(owner, "two").object);
  const table_handle table = exported<table_handle>(owner, "one");
  imports env = {provide("env", "t", table)};
  const auto user = w.instantiate(R"wat((module
      (import "env" "t" (table $t 2 funcref))
      (type $get (func (result i32)))
      (export "passed on" (table $t))
      (func $g (export "g") (result i32) i32.const 12)
      (elem declare func $g)
      (func (export "put") (param i32) (table.set $t (local.get 0) (ref.func $g)))
      (func (export "call") (param i32) (result i32)
        (call_indirect $t (type $get) (local.get 0)))
      (func (export "grow") (param i32) (result i32)
        (table.grow $t (ref.null func) (local.get 0)))
      (func (export "size") (result i32) (table.size $t))))wat",
                                  env);
  CHECK(object_of(user, "passed on").object == object_of(owner, "one").object);
  CHECK(call<i32(i32)>(user, "call", 1) == 11);
  CHECK(call<i32(i32)>(owner, "is_null", 0) == 1);
  call<void(i32)>(user, "put", 0);
  CHECK(call<i32(i32)>(owner, "is_null", 0) == 0);
  CHECK(function_at(table, 0) == reference_to(user, "g"));

  CHECK(call<i32(i32)>(user, "grow", 3) == 2);
  CHECK(call<i32()>(owner, "size") == 5);
  CHECK(call<i32(i32)>(owner, "grow", 1) == 5);
  CHECK(call<i32()>(user, "size") == 6);
  CHECK(need(table.grow(1, value(reference_to(owner, "f")))) == 6);
  CHECK(call<i32(i32)>(user, "call", 6) == 11);
  CHECK(table.type().limits.minimum == 7);
  CHECK(table.type().limits.maximum == 10);
  CHECK(call<i32(i32)>(owner, "grow", 4) == -1);
  CHECK_FALSE(table.grow(4, value::null(value_type::funcref)).has_value());
  CHECK(call<i32()>(user, "size") == 7);
}

TEMPLATE_TEST_CASE("rule 2.12, L28, L41: an exported memory is the memory itself", "", checked,
                   guarded) {
  world<TestType> w;
  const auto owner = w.instantiate(R"wat((module
      (memory $m (export "one") 1 10)
      (export "two" (memory $m))
      (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
      (func (export "size") (result i32) memory.size)
      (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))))wat");
  const memory_view memory = exported<memory_view>(owner, "one");
  imports env = {provide("env", "m", memory)};
  const auto user = w.instantiate(R"wat((module
      (import "env" "m" (memory 1))
      (export "passed on" (memory 0))
      (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
      (func (export "size") (result i32) memory.size)
      (func (export "store") (param i32 i32) (i32.store (local.get 0) (local.get 1)))
      (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))))wat",
                                  env);
  CHECK(object_of(owner, "two").object == object_of(user, "passed on").object);
  call<void(i32, i32)>(user, "store", 100, 5);
  CHECK(call<i32(i32)>(owner, "load", 100) == 5);
  CHECK(*memory.read<i32>(100) == 5);

  const auto all_see = [&](i32 pages) {
    CHECK(call<i32()>(owner, "size") == pages);
    CHECK(call<i32()>(user, "size") == pages);
    CHECK(memory.pages() == static_cast<u64>(pages));
    const i32 last = pages * 65536 - 4;
    call<void(i32, i32)>(user, "store", last, pages);
    CHECK(call<i32(i32)>(owner, "load", last) == pages);
    CHECK(*memory.read<i32>(static_cast<u64>(last)) == pages);
    CHECK(memory.read<i32>(static_cast<u64>(last) + 1).error().code ==
          trap_code::memory_out_of_bounds);
    CHECK(trap_of<i32(i32)>(owner, "load", last + 1) == trap_code::memory_out_of_bounds);
    CHECK(trap_of<i32(i32)>(user, "load", last + 1) == trap_code::memory_out_of_bounds);
    CHECK(call<i32(i32)>(owner, "load", 100) == 5);
  };
  all_see(1);
  CHECK(call<i32(i32)>(owner, "grow", 1) == 1);
  all_see(2);
  CHECK(call<i32(i32)>(user, "grow", 2) == 2);
  all_see(4);
  CHECK(need(memory.grow(1)) == 4);
  all_see(5);
  CHECK(call<i32(i32)>(user, "grow", 6) == -1);
  CHECK_FALSE(memory.grow(6).has_value());
  all_see(5);
}

TEMPLATE_TEST_CASE("rule 2.13, L27: an exported global is its cell", "", checked, guarded) {
  world<TestType> w;
  const auto guest = w.instantiate(R"wat((module
      (import "env" "between" (func $between))
      (global $m (export "m") (mut i32) (i32.const 1))
      (global (export "c") i32 (i32.const 2))
      (func (export "get") (result i32) global.get $m)
      (func (export "watch") (result i32)
        (local $seen i32)
        (loop $again
          (call $between)
          (local.set $seen (i32.add (local.get $seen) (i32.const 1)))
          (br_if $again (i32.lt_s (global.get $m) (i32.const 10))))
        (local.get $seen))))wat",
                                   imports{bind<[](caller& from) {
                                     const auto m = from.find("m")->as_global();
                                     const i32 now = m.get().as<i32>();
                                     static_cast<void>(m.set(value(now + 3)));
                                   }>("env", "between")});
  const global<i32> m = exported<global<i32>>(guest, "m");
  const global_handle c = exported<global_handle>(guest, "c");
  SECTION("the host writes, the guest reads") {
    m.set(77);
    CHECK(call<i32()>(guest, "get") == 77);
    CHECK(m.is_mutable());
  }
  SECTION("the guest sees the host's write in a running loop") {
    CHECK(call<i32()>(guest, "watch") == 3);
    CHECK(m.get() == 10);
  }
  SECTION("writing a constant, or another type, is an error") {
    CHECK(c.set(value(i32{3})) == status::immutable);
    CHECK(c.get() == value(i32{2}));
    CHECK_FALSE(exported<global<i32>>(guest, "c").is_mutable());
    const global_handle untyped = exported<global_handle>(guest, "m");
    CHECK(untyped.set(value(i64{3})) == status::value_type_mismatch);
    CHECK(untyped.set(value(1.0F)) == status::value_type_mismatch);
    CHECK(untyped.set(value(externref{})) == status::value_type_mismatch);
    CHECK(untyped.get() == value(i32{1}));
    CHECK(untyped.set(value(i32{4})) == status::ok);
    CHECK(m.get() == 4);
  }
}

}  // namespace linking
