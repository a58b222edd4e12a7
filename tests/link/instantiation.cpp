// Section 5: the order of instantiation, what persists when it fails, and resources that run out.
#include "guest.hpp"

namespace linking {

namespace {

// A table of 10 and a memory of one page that other modules write into.
constexpr std::string_view shared_items = R"wat((module
    (type $f (func (result i32)))
    (table $t (export "t") 10 funcref)
    (memory (export "m") 1)
    (func (export "call") (param i32) (result i32) (call_indirect $t (type $f) (local.get 0)))
    (func (export "load") (param i32) (result i32) (i32.load8_u (local.get 0)))))wat";

constexpr auto out_of_table = trap_code::table_out_of_bounds;
constexpr auto out_of_memory = trap_code::memory_out_of_bounds;

}  // namespace

TEMPLATE_TEST_CASE(
    "rule 2.16, 5.1, 5.2, L36: a segment that traps writes nothing, earlier ones stay", "", checked,
    guarded) {
  world<TestType> w;
  const auto shared = w.instantiate(shared_items);
  dovetail::basic_linker<TestType> l{w.engine};
  CHECK(l.define_instance("shared", shared) == status::ok);
  SECTION("element segments") {
    const error e = w.refuse(R"wat((module
        (import "shared" "t" (table 10 funcref))
        (func $f (result i32) i32.const 1)
        (elem (i32.const 7) $f)
        (elem (i32.const 8) $f $f $f)
        (elem (i32.const 0) $f)))wat",
                             l);
    CHECK(e.reason.code == out_of_table);
    CHECK(call<i32(i32)>(shared, "call", 7) == 1);
    CHECK(trap_of<i32(i32)>(shared, "call", 8) == trap_code::uninitialized_element);
    CHECK(trap_of<i32(i32)>(shared, "call", 0) == trap_code::uninitialized_element);
  }
  SECTION("data segments") {
    const error e = w.refuse(R"wat((module
        (import "shared" "m" (memory 1))
        (data (i32.const 0) "abc")
        (data (i32.const 65534) "def")
        (data (i32.const 3) "ghi")))wat",
                             l);
    CHECK(e.reason.code == out_of_memory);
    CHECK(call<i32(i32)>(shared, "load", 0) == 'a');
    CHECK(call<i32(i32)>(shared, "load", 2) == 'c');
    CHECK(call<i32(i32)>(shared, "load", 3) == 0);
    CHECK(call<i32(i32)>(shared, "load", 65534) == 0);
    CHECK(call<i32(i32)>(shared, "load", 65535) == 0);
  }
}

TEMPLATE_TEST_CASE("rule 5.3: elements come before data: no data if an element segment traps", "",
                   checked, guarded) {
  world<TestType> w;
  const auto shared = w.instantiate(shared_items);
  dovetail::basic_linker<TestType> l{w.engine};
  CHECK(l.define_instance("shared", shared) == status::ok);
  const error e = w.refuse(R"wat((module
      (import "shared" "m" (memory 1))
      (import "shared" "t" (table 10 funcref))
      (func $f (result i32) i32.const 2)
      (data (i32.const 100) "fresh")
      (elem (i32.const 4) $f)
      (elem (i32.const 10) $f)))wat",
                           l);
  CHECK(e.reason.code == out_of_table);
  CHECK(call<i32(i32)>(shared, "load", 100) == 0);
  CHECK(call<i32(i32)>(shared, "call", 4) == 2);
  // And an element segment is written although a data segment traps, start does not run.
  i32 calls = 0;
  imports env = {bind("env", "count", [&calls] { ++calls; })};
  const error data = w.refuse(R"wat((module
      (import "shared" "m" (memory 1))
      (import "shared" "t" (table 10 funcref))
      (import "env" "count" (func $count))
      (func $f (result i32) i32.const 3)
      (data (i32.const 65536) "x")
      (elem (i32.const 5) $f)
      (start $count)))wat",
                              l, env);
  CHECK(data.reason.code == out_of_memory);
  CHECK(call<i32(i32)>(shared, "call", 5) == 3);
  CHECK(calls == 0);
}

TEMPLATE_TEST_CASE("rule 5.4: an empty segment at the end fits, one further does not", "", checked,
                   guarded) {
  world<TestType> w;
  w.instantiate(R"wat((module (memory 1) (data (i32.const 65536) "")))wat");
  w.instantiate(R"wat((module (memory 0) (data (i32.const 0) "")))wat");
  w.instantiate(R"wat((module (memory 1) (data (i32.const 65535) "x")))wat");
  w.instantiate(R"wat((module (table 3 funcref) (elem (i32.const 3))))wat");
  w.instantiate(R"wat((module (table 0 funcref) (elem (i32.const 0))))wat");
  w.instantiate(R"wat((module (table 3 funcref) (func $f) (elem (i32.const 2) $f)))wat");
  const auto traps = [&](std::string_view text) { return w.refuse(text).reason.code; };
  CHECK(traps(R"wat((module (memory 1) (data (i32.const 65537) "")))wat") == out_of_memory);
  CHECK(traps(R"wat((module (memory 0) (data (i32.const 1) "")))wat") == out_of_memory);
  CHECK(traps(R"wat((module (memory 0) (data (i32.const 0) "x")))wat") == out_of_memory);
  CHECK(traps(R"wat((module (memory 1) (data (i32.const 65535) "xy")))wat") == out_of_memory);
  CHECK(traps(R"wat((module (table 3 funcref) (elem (i32.const 4))))wat") == out_of_table);
  CHECK(traps(R"wat((module (table 0 funcref) (elem (i32.const 1))))wat") == out_of_table);
  CHECK(traps(R"wat((module (table 3 funcref) (func $f) (elem (i32.const 2) $f $f)))wat") ==
        out_of_table);
  // Without the object there is nothing to fit into.
  CHECK(w.reject(R"invalid((module (data (i32.const 0) "")))invalid").message() ==
        "unknown memory");
  CHECK(w.reject(R"invalid((module (elem (i32.const 0) func)))invalid").message() ==
        "unknown table");
}

TEMPLATE_TEST_CASE("rule 5.4: bounds are those of the imported object now", "", checked, guarded) {
  world<TestType> w;
  const auto shared = w.instantiate(shared_items);
  dovetail::basic_linker<TestType> l{w.engine};
  CHECK(l.define_instance("shared", shared) == status::ok);
  constexpr std::string_view data = R"wat((module
      (import "shared" "m" (memory 0)) (data (i32.const 131071) "z")))wat";
  constexpr std::string_view elem = R"wat((module
      (import "shared" "t" (table 0 funcref)) (func $f) (elem (i32.const 11) $f)))wat";
  CHECK(w.refuse(data, l).reason.code == out_of_memory);
  CHECK(w.refuse(elem, l).reason.code == out_of_table);
  const memory_view m = exported<memory_view>(shared, "m");
  const table_handle t = exported<table_handle>(shared, "t");
  need(m.grow(1));
  need(t.grow(2, value::null(value_type::funcref)));
  w.instantiate(data, l);
  w.instantiate(elem, l);
  CHECK(*m.read<char>(131071) == 'z');
}

TEMPLATE_TEST_CASE("rule 5.5: offsets are unsigned, and may be imported globals", "", checked,
                   guarded) {
  world<TestType> w;
  CHECK(w.refuse(R"wat((module (memory 1) (data (i32.const -1) "")))wat").reason.code ==
        out_of_memory);
  CHECK(w.refuse(R"wat((module (memory 1) (data (i32.const -65536) "x")))wat").reason.code ==
        out_of_memory);
  CHECK(w.refuse(R"wat((module (table 1 funcref) (elem (i32.const -1))))wat").reason.code ==
        out_of_table);
  CHECK(w.refuse(R"wat((module (table 1 funcref) (func $f) (elem (i32.const 0x80000000) $f)))wat")
            .reason.code == out_of_table);
  constexpr std::string_view by_global = R"wat((module
      (import "env" "at" (global $at i32))
      (memory (export "m") 1)
      (table (export "t") 10 funcref)
      (func $f)
      (data (global.get $at) "abc")
      (elem (global.get $at) $f)))wat";
  const auto at = [&](i32 offset) {
    const auto g = need(w.store.make_global(offset, false));
    imports env = {provide("env", "at", g)};
    return w.store.instantiate(w.compile(by_global), env);
  };
  const auto made = need(at(9));
  const memory_view m = exported<memory_view>(made, "m");
  CHECK(*m.read<char>(9) == 'a');
  CHECK(at(10).error().reason.code == out_of_table);
  CHECK(at(-1).error().reason.code == out_of_table);
}

TEMPLATE_TEST_CASE("rule 5.6, L39: what a failed instantiation did stays, and works", "", checked,
                   guarded) {
  world<TestType> w;
  const auto shared = w.instantiate(shared_items);
  dovetail::basic_linker<TestType> l{w.engine};
  CHECK(l.define_instance("shared", shared) == status::ok);
  const error e = w.refuse(R"wat((module
      (import "shared" "m" (memory 1))
      (import "shared" "t" (table 10 funcref))
      (global $own (mut i32) (i32.const 70))
      (func $f (result i32)
        (global.set $own (i32.add (global.get $own) (i32.const 1)))
        (i32.store8 (i32.const 1) (global.get $own))
        (global.get $own))
      (func $main (i32.store8 (i32.const 2) (i32.const 9)) unreachable)
      (elem (i32.const 0) $f)
      (data (i32.const 0) "s")
      (start $main)))wat",
                           l);
  CHECK(e.reason.code == trap_code::unreachable);
  CHECK(call<i32(i32)>(shared, "load", 0) == 's');
  CHECK(call<i32(i32)>(shared, "load", 2) == 9);
  CHECK(call<i32(i32)>(shared, "call", 0) == 71);
  CHECK(call<i32(i32)>(shared, "call", 0) == 72);
  CHECK(call<i32(i32)>(shared, "load", 1) == 72);
}

TEMPLATE_TEST_CASE("rule 5.7: during start the instance is complete", "", checked, guarded) {
  world<TestType> w;
  i32 seen_data = 0, seen_call = 0, seen_export = 0;
  const auto shared = w.instantiate(shared_items);
  const auto through_table = exported<i32(i32)>(shared, "call");
  dovetail::basic_linker<TestType> l{w.engine};
  CHECK(l.define_instance("shared", shared) == status::ok);
  imports env = {bind("env", "look", [&](caller& from) {
    seen_data = *from.memory().read<i32>(8);
    seen_call = need(through_table(3));
    value out[1];
    need(from.find("own")->as_function().call({}, out));
    seen_export = out[0].as<i32>();
  })};
  const auto guest = w.instantiate(R"wat((module
      (import "shared" "t" (table 10 funcref))
      (import "env" "look" (func $look))
      (memory (export "m") 1)
      (global $g (export "g") (mut i32) (i32.const 5))
      (func $own (export "own") (result i32)
        (global.set $g (i32.add (global.get $g) (i32.const 1))) (global.get $g))
      (func $main (call $look))
      (elem (i32.const 3) $own)
      (data (i32.const 8) "\2a\00\00\00")
      (start $main)))wat",
                                   l, env);
  CHECK(seen_data == 42);
  CHECK(seen_call == 6);
  CHECK(seen_export == 7);
  CHECK(exported<global<i32>>(guest, "g") == 7);
}

TEMPLATE_TEST_CASE("rule 5.8, L40: instances are generative, imports and exports are not", "",
                   checked, guarded) {
  world<TestType> w;
  const auto shared = w.instantiate(shared_items);
  const auto module = w.compile(R"wat((module
      (import "shared" "m" (memory 1))
      (global (export "own") (mut i32) (i32.const 0))
      (table (export "t") 1 funcref)
      (export "m" (memory 0))))wat");
  imports in = {provide("shared", "m", exported<memory_view>(shared, "m"))};
  const auto a = need(w.store.instantiate(module, in));
  const auto b = need(w.store.instantiate(module, in));
  CHECK(object_of(a, "m").object == object_of(b, "m").object);
  CHECK(object_of(a, "own").object != object_of(b, "own").object);
  CHECK(object_of(a, "t").object != object_of(b, "t").object);
  exported<global<i32>>(a, "own") = 1;
  CHECK(exported<global<i32>>(b, "own") == 0);
}

TEMPLATE_TEST_CASE("rule 5.9, L33-L35: segments are dropped after use, declarative ones at once",
                   "", checked, guarded) {
  world<TestType> w;
  const auto guest = w.instantiate(R"wat((module
      (memory (export "m") 1)
      (table $t (export "t") 10 funcref)
      (func $f)
      (data $active (i32.const 0) "ab")
      (data $passive "cd")
      (elem $used (table $t) (i32.const 0) func $f)
      (elem $kept func $f $f)
      (elem $declared declare func $f)
      (func (export "active data") (param i32)
        (memory.init $active (i32.const 10) (i32.const 0) (local.get 0)))
      (func (export "passive data") (param i32)
        (memory.init $passive (i32.const 10) (i32.const 0) (local.get 0)))
      (func (export "active elem") (param i32)
        (table.init $t $used (i32.const 1) (i32.const 0) (local.get 0)))
      (func (export "declared elem") (param i32)
        (table.init $t $declared (i32.const 1) (i32.const 0) (local.get 0)))
      (func (export "passive elem") (param i32)
        (table.init $t $kept (i32.const 1) (i32.const 0) (local.get 0)))
      (func (export "drop")
        (data.drop $active) (data.drop $passive) (elem.drop $used) (elem.drop $kept)
        (elem.drop $declared))))wat");
  const auto twin = [&](const char* name, i32 n) { return exported<void(i32)>(guest, name)(n); };
  const auto nothing_fits = [&](std::initializer_list<const char*> names) {
    for (const char* name : names) {
      INFO(std::string(name));
      CHECK(twin(name, 0).has_value());
      CHECK_FALSE(twin(name, 1).has_value());
    }
  };
  nothing_fits({"active data", "active elem", "declared elem"});
  CHECK(twin("active data", 1).error().code == out_of_memory);
  CHECK(twin("active elem", 1).error().code == out_of_table);
  for (i32 round = 0; round < 2; ++round) {
    CHECK(twin("passive data", 2).has_value());
    CHECK(twin("passive elem", 2).has_value());
    CHECK(twin("passive data", 3).error().code == out_of_memory);
    CHECK(twin("passive elem", 3).error().code == out_of_table);
  }
  call<void()>(guest, "drop");
  call<void()>(guest, "drop");
  nothing_fits({"active data", "active elem", "declared elem", "passive data", "passive elem"});
  const memory_view m = exported<memory_view>(guest, "m");
  CHECK(*m.read<char>(0) == 'a');
  CHECK(*m.read<char>(11) == 'd');
}

TEMPLATE_TEST_CASE("rule 5.9: dropping is an instance's own matter", "", checked, guarded) {
  world<TestType> w;
  const auto module = w.compile(R"wat((module
      (memory 1)
      (table $t 2 funcref)
      (func $f)
      (data $d "x")
      (elem $e func $f)
      (func (export "drop") (data.drop $d) (elem.drop $e))
      (func (export "init")
        (memory.init $d (i32.const 0) (i32.const 0) (i32.const 1))
        (table.init $t $e (i32.const 0) (i32.const 0) (i32.const 1)))))wat");
  const auto a = need(w.store.instantiate(module));
  call<void()>(a, "drop");
  CHECK(trap_of<void()>(a, "init") == out_of_memory);
  const auto b = need(w.store.instantiate(module));
  call<void()>(b, "init");
}

TEMPLATE_TEST_CASE("rule 5.10, L45: memory refused at any step leaves nothing half made", "",
                   refusing, refusing_guarded) {
  constexpr std::string_view text = R"wat((module
      (type $f (func (result i32)))
      (import "env" "t" (table $t 4 funcref))
      (import "env" "m" (memory 1))
      (import "env" "closure" (func $closure (param i32) (result i32)))
      (import "env" "seventh" (func $seventh (param i32 i32 i32 i32 i32 i32 i32) (result i32)))
      (global $g (export "g") (mut i32) (i32.const 3))
      (global funcref (ref.func $h))
      (table $own (export "own") 100 funcref)
      (func $h (export "h") (result i32) (call $closure (global.get $g)))
      (elem (table $own) (i32.const 0) func $h $seventh $h)
      (elem (table $t) (i32.const 1) func $h)
      (data (i32.const 0) "written")
      (func $main (global.set $g (call $h)))
      (start $main)))wat";
  budget b;
  std::size_t refusals = 0;
  bool is_done = false;
  for (std::size_t limit = 0; !is_done && limit < 2000; ++limit) {
    INFO("requests: " << limit);
    {
      dovetail::basic_engine<TestType> engine{budget_allocator{&b}};
      dovetail::basic_store<TestType> store{engine};
      auto module = need(engine.compile(binary(text)));
      const auto table = need(store.make_table({value_type::funcref, {4, 4}}));
      const auto memory = need(store.make_memory({{1, 1}}));
      imports env = {provide("env", "t", table), provide("env", "m", memory),
                     bind("env", "closure", [&b](i32 n) { return n + static_cast<i32>(b.blocks); }),
                     bind<[](i32, i32, i32, i32, i32, i32, i32 n) { return n; }>("env", "seventh")};
      b.requests_left = limit;
      auto made = store.instantiate(module, env);
      b.requests_left = ~std::size_t{0};
      if (made.has_value()) {
        is_done = true;
      } else {
        ++refusals;
        const error& e = made.error();
        CHECK((e.stage() == stage::instantiate || e.code == status::out_of_memory));
        CHECK((e.code != status::trapped || e.reason.code == trap_code::out_of_memory));
        // The store is good for another try, the shared objects for use.
        CHECK(table.size() == 4);
        CHECK(memory.pages() == 1);
        made = store.instantiate(module, env);
        REQUIRE(made.has_value());
      }
      CHECK(call<i32()>(*made, "h") > 3);
      const value written = need(table.get(1));
      CHECK(written == value(reference_to(*made, "h")));
      const memory_view bytes = memory;
      CHECK(*bytes.read<char>(0) == 'w');
    }
    CHECK(b.blocks == 0);
    CHECK(b.bytes == 0);
  }
  CHECK(is_done);
  CHECK(refusals > 3);
}

TEMPLATE_TEST_CASE("rule 5.10: memory refused while compiling", "", refusing, refusing_guarded) {
  constexpr std::string_view text = R"wat((module
      (import "env" "f" (func $f (param i32) (result i32)))
      (memory 1) (table 3 funcref) (global i32 (i32.const 1))
      (func $g (export "g") (param i32) (result i32) (local i64 f64)
        (block (result i32) (loop (br_if 0 (local.get 0))) (call $f (local.get 0))))
      (elem (i32.const 0) $g $f)
      (data (i32.const 1) "some data")
      (export "another name" (func $g))))wat";
  budget b;
  bool is_done = false;
  for (std::size_t limit = 0; !is_done && limit < 2000; ++limit) {
    {
      dovetail::basic_engine<TestType> engine{budget_allocator{&b}};
      b.requests_left = limit;
      auto made = engine.compile(binary(text));
      b.requests_left = ~std::size_t{0};
      is_done = made.has_value();
      if (!is_done) CHECK(made.error().code == status::out_of_memory);
      CHECK(engine.compile(binary(text)).has_value());
    }
    CHECK(b.blocks == 0);
    CHECK(b.bytes == 0);
  }
  CHECK(is_done);
}

}  // namespace linking
