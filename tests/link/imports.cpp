// Rules 2.18 and 3.1 to 3.5: how imports are found, what errors say, and that nothing happens
// before every import has matched.
#include "guest.hpp"

namespace linking {

using namespace std::string_view_literals;

TEMPLATE_TEST_CASE("rule 3.1, L04: both names decide, byte by byte", "", checked, guarded) {
  world<TestType> w;
  imports env = {
      bind<[] { return 1; }>("ab", "c"),
      bind<[] { return 2; }>("a", "bc"),
      bind<[] { return 3; }>("", "abc"),
      bind<[] { return 4; }>("abc", ""),
      bind<[] { return 5; }>("", ""),
      bind<[] { return 6; }>("a\0b"sv, "c"),
      bind<[] { return 7; }>("a", "\0"sv),
      bind<[] { return 8; }>("AB", "c"),
      bind<[] { return 9; }>("\xe2\x82\xac", "\xc3\xa9"),
  };
  const auto guest = w.instantiate(R"wat((module
      (import "" "" (func $5 (result i32)))
      (import "abc" "" (func $4 (result i32)))
      (import "\e2\82\ac" "\c3\a9" (func $9 (result i32)))
      (import "ab" "c" (func $1 (result i32)))
      (import "a" "bc" (func $2 (result i32)))
      (import "AB" "c" (func $8 (result i32)))
      (import "" "abc" (func $3 (result i32)))
      (import "a\00b" "c" (func $6 (result i32)))
      (import "a" "\00" (func $7 (result i32)))
      (export "1" (func $1)) (export "2" (func $2)) (export "3" (func $3))
      (export "4" (func $4)) (export "5" (func $5)) (export "6" (func $6))
      (export "7" (func $7)) (export "8" (func $8)) (export "9" (func $9))))wat",
                                   env);
  for (i32 i = 1; i <= 9; ++i) CHECK(call<i32()>(guest, std::to_string(i)) == i);
  // "e" with an accent in two characters is another name.
  const error e = w.refuse(R"wat((module
      (import "\e2\82\ac" "e\cc\81" (func (result i32)))))wat",
                           env);
  CHECK(e.code == status::unknown_import);
  CHECK(w.refuse(R"wat((module (import "a" "" (func (result i32)))))wat", env).code ==
        status::unknown_import);
}

TEMPLATE_TEST_CASE("rule 3.2: an item may be imported several times, each matched on its own", "",
                   checked, guarded) {
  world<TestType> w;
  const auto cell = need(w.store.make_global(i32{3}));
  const auto memory = need(w.store.make_memory({{1, 2}}));
  imports env = {bind<[](i32 n) { return n + 1; }>("env", "f"), provide("env", "g", cell),
                 provide("env", "m", memory)};
  const auto guest = w.instantiate(R"wat((module
      (import "env" "f" (func $a (param i32) (result i32)))
      (import "env" "g" (global $x (mut i32)))
      (import "env" "f" (func $b (param i32) (result i32)))
      (import "env" "g" (global $y (mut i32)))
      (func (export "f") (result i32)
        (global.set $x (i32.const 20))
        (call $a (call $b (global.get $y))))))wat",
                                   env);
  CHECK(call<i32()>(guest, "f") == 22);
  CHECK(cell.get() == 20);
  const error e = w.refuse(R"wat((module
      (import "env" "f" (func (param i32) (result i32)))
      (import "env" "f" (func (param i64) (result i32)))
      (import "env" "f" (func (param i32) (result i32)))))wat",
                           env);
  CHECK(e.code == status::incompatible_import);
  CHECK(e.import_ordinal == 1);
  const error kind = w.refuse(R"wat((module
      (import "env" "g" (global (mut i32)))
      (import "env" "g" (memory 1))))wat",
                              env);
  CHECK(kind.code == status::incompatible_import);
  CHECK(kind.import_ordinal == 1);
}

TEMPLATE_TEST_CASE("rule 3.3, L19: a link error says where, what was wanted and what was there", "",
                   checked, guarded) {
  world<TestType> w;
  const auto memory = need(w.store.make_memory({{1, 8}}));
  const auto table = need(w.store.make_table({value_type::externref, {3, 4}}));
  const auto cell = need(w.store.make_global(i64{3}));
  imports env = {bind<[](i32, float) { return 1.5; }>("env", "f"), provide("env", "m", memory),
                 provide("env", "t", table), provide("env", "g", cell)};
  const auto is = [](const error& e, status code, u32 ordinal, std::string_view line) {
    CHECK(e.code == code);
    CHECK(e.stage() == stage::link);
    CHECK(e.import_ordinal == ordinal);
    CHECK(e.import_module == "env");
    CHECK(line_of(e) == line);
  };
  constexpr auto wrong = status::incompatible_import;
  SECTION("unknown") {
    const error e = w.refuse(R"wat((module
        (import "env" "f" (func (param i32 f32) (result f64)))
        (import "env" "nobody" (func (param i32 i64) (result externref)))))wat",
                             env);
    is(e, status::unknown_import, 1,
       "link: unknown import, import 1 \"env\" \"nobody\": "
       "expected function [i32 i64] -> [externref]");
    CHECK(e.import_name == "nobody");
    CHECK_FALSE(e.has_provided);
    CHECK(e.message() == "unknown import");
    CHECK(e.expected.kind == external_kind::function);
    CHECK(e.expected.function.parameters.size() == 2);
  }
  SECTION("another function type") {
    const error e =
        w.refuse(R"wat((module (import "env" "f" (func (param i32) (result f64)))))wat", env);
    is(e, wrong, 0,
       "link: incompatible import type, import 0 \"env\" \"f\": expected function [i32] -> [f64], "
       "provided function [i32 f32] -> [f64]");
    CHECK(e.has_provided);
    CHECK(e.provided.function.parameters.size() == 2);
    CHECK(e.message() == "incompatible import type");
  }
  SECTION("another kind") {
    is(w.refuse(R"wat((module (import "env" "m" (func))))wat", env), wrong, 0,
       "link: incompatible import type, import 0 \"env\" \"m\": expected function [] -> [], "
       "provided memory 1..8");
    is(w.refuse(R"wat((module (import "env" "f" (memory 1))))wat", env), wrong, 0,
       "link: incompatible import type, import 0 \"env\" \"f\": expected memory 1, "
       "provided function [i32 f32] -> [f64]");
    is(w.refuse(R"wat((module (import "env" "t" (global i32))))wat", env), wrong, 0,
       "link: incompatible import type, import 0 \"env\" \"t\": expected global i32, "
       "provided table 3..4 externref");
    is(w.refuse(R"wat((module (import "env" "g" (table 1 funcref))))wat", env), wrong, 0,
       "link: incompatible import type, import 0 \"env\" \"g\": expected table 1 funcref, "
       "provided global mut i64");
  }
  SECTION("limits, as they are now") {
    need(memory.grow(2));
    is(w.refuse(R"wat((module (import "env" "m" (memory 4 8))))wat", env), wrong, 0,
       "link: incompatible import type, import 0 \"env\" \"m\": expected memory 4..8, "
       "provided memory 3..8");
    is(w.refuse(R"wat((module (import "env" "t" (table 3 3 externref))))wat", env), wrong, 0,
       "link: incompatible import type, import 0 \"env\" \"t\": expected table 3..3 externref, "
       "provided table 3..4 externref");
  }
  SECTION("mutability, element and value types") {
    is(w.refuse(R"wat((module (import "env" "g" (global i64))))wat", env), wrong, 0,
       "link: incompatible import type, import 0 \"env\" \"g\": expected global i64, "
       "provided global mut i64");
    is(w.refuse(R"wat((module (import "env" "g" (global (mut i32)))))wat", env), wrong, 0,
       "link: incompatible import type, import 0 \"env\" \"g\": expected global mut i32, "
       "provided global mut i64");
    is(w.refuse(R"wat((module (import "env" "t" (table 3 4 funcref))))wat", env), wrong, 0,
       "link: incompatible import type, import 0 \"env\" \"t\": expected table 3..4 funcref, "
       "provided table 3..4 externref");
  }
}

TEMPLATE_TEST_CASE("rule 3.3, L38: link error, trap, refusal: the stage tells them apart", "",
                   checked, guarded) {
  world<TestType> w;
  SECTION("a trap of a segment") {
    const error elem = w.refuse(R"wat((module
        (table 1 funcref) (func $f) (elem (i32.const 1) $f)))wat");
    CHECK(elem.stage() == stage::instantiate);
    CHECK(elem.code == status::trapped);
    CHECK(elem.reason.code == trap_code::table_out_of_bounds);
    CHECK(line_of(elem) == "instantiate: trap: out of bounds table access");
    const error data = w.refuse(R"wat((module
        (memory 1) (data (i32.const 65536) "x")))wat");
    CHECK(data.stage() == stage::instantiate);
    CHECK(data.code == status::trapped);
    CHECK(data.reason.code == trap_code::memory_out_of_bounds);
    CHECK(line_of(data) == "instantiate: trap: out of bounds memory access");
    CHECK(w.store.last_trap().code == trap_code::memory_out_of_bounds);
  }
  SECTION("a trap of the start function") {
    const error e = w.refuse(R"wat((module (func $f unreachable) (start $f)))wat");
    CHECK(e.stage() == stage::instantiate);
    CHECK(e.reason.code == trap_code::unreachable);
    CHECK(w.store.last_trap().code == trap_code::unreachable);
  }
  SECTION("a trap of a host function") {
    imports env = {bind<[] { return trap::host(12); }>("env", "f")};
    const error e = w.refuse(R"wat((module
        (import "env" "f" (func $f)) (func $g (call $f)) (start $g)))wat",
                             env);
    CHECK(e.stage() == stage::instantiate);
    CHECK(e.reason == trap::host(12));
  }
}

TEST_CASE("rule 3.3: a refused memory or table is neither a link error nor a trap") {
  world<small> w;  // at most 4 pages and 100 elements
  const error memory = w.refuse(R"wat((module (memory 5)))wat");
  CHECK(memory.stage() == stage::instantiate);
  CHECK(memory.code == status::memory_refused);
  CHECK_FALSE(memory.reason);
  const error table = w.refuse(R"wat((module (table 101 funcref)))wat");
  CHECK(table.stage() == stage::instantiate);
  CHECK(table.code == status::table_refused);
  const auto guest = w.instantiate(R"wat((module
      (memory 4 10)
      (table $t 100 200 funcref)
      (func (export "memory") (result i32) (memory.grow (i32.const 1)))
      (func (export "table") (result i32) (table.grow $t (ref.null func) (i32.const 1)))))wat");
  CHECK(call<i32()>(guest, "memory") == -1);
  CHECK(call<i32()>(guest, "table") == -1);
  CHECK(w.store.make_memory({{5, 5}}).error().code == status::memory_refused);
  CHECK(w.store.make_table({value_type::funcref, {101, 101}}).error().code ==
        status::table_refused);
}

TEMPLATE_TEST_CASE("rule 3.4, L20: the first import that is wrong is the one reported", "", checked,
                   guarded) {
  world<TestType> w;
  imports env = {bind<[] {}>("env", "good"), bind<[](i32) {}>("env", "other type")};
  const error mismatch_first = w.refuse(R"wat((module
      (import "env" "good" (func))
      (import "env" "other type" (func (param i64)))
      (import "env" "unknown" (func))
      (import "env" "good" (memory 1))))wat",
                                        env);
  CHECK(mismatch_first.import_ordinal == 1);
  CHECK(mismatch_first.code == status::incompatible_import);
  const error unknown_first = w.refuse(R"wat((module
      (import "env" "unknown" (func))
      (import "env" "good" (memory 1))))wat",
                                       env);
  CHECK(unknown_first.import_ordinal == 0);
  CHECK(unknown_first.code == status::unknown_import);
  const error kind_first = w.refuse(R"wat((module
      (import "env" "good" (func))
      (import "env" "good" (global i32))
      (import "env" "unknown" (global i32))))wat",
                                    env);
  CHECK(kind_first.import_ordinal == 1);
  CHECK(kind_first.code == status::incompatible_import);
  // Ordinals count imports of all kinds, in the order of the module.
  const error last = w.refuse(R"wat((module
      (import "env" "good" (func))
      (import "env" "good" (func))
      (import "env" "other type" (func (param i32)))
      (import "env" "nothing" (table 0 externref))))wat",
                              env);
  CHECK(last.import_ordinal == 3);
}

TEMPLATE_TEST_CASE("rule 3.4: a name that is defined twice is refused, by either policy of tools",
                   "", checked, guarded) {
  world<TestType> w;
  imports one = {bind<[] { return 1; }>("env", "f")};
  imports two = {bind<[] { return 2; }>("env", "f"), bind<[] { return 3; }>("env", "g")};
  const error e = w.refuse(R"wat((module
      (import "env" "g" (func (result i32)))
      (import "env" "f" (func (result i32)))))wat",
                           one, two);
  CHECK(e.code == status::duplicate_definition);
  CHECK(e.stage() == stage::link);
  CHECK(e.import_ordinal == 1);
  CHECK(e.import_name == "f");
  // What no import asks for may be there twice.
  w.instantiate(R"wat((module (import "env" "g" (func (result i32)))))wat", one, two);
}

namespace {

// Counts what becomes of the copies of a host function's state.
struct counted {
  i32* alive;
  explicit counted(i32& count) : alive(&count) { ++count; }
  counted(const counted& other) : alive(other.alive) { ++*alive; }
  counted& operator=(const counted&) = delete;
  ~counted() { --*alive; }
  void operator()() const {}
};

}  // namespace

TEMPLATE_TEST_CASE("rule 3.5, L21: a failed match touches nothing", "", checked, guarded) {
  i32 alive = 0, calls = 0;
  {
    world<TestType> w;
    const auto memory = need(w.store.make_memory({{1, 4}}));
    const auto table = need(w.store.make_table({value_type::funcref, {4, 8}}));
    const auto cell = need(w.store.make_global(i32{5}));
    imports env = {provide("env", "m", memory), provide("env", "t", table),
                   provide("env", "g", cell), bind("env", "counted", counted(alive)),
                   bind("env", "called", [&calls] { ++calls; })};
    const i32 before = alive;
    constexpr std::string_view last_is_unknown = R"wat((module
        (import "env" "m" (memory 1))
        (import "env" "t" (table 4 funcref))
        (import "env" "g" (global $g (mut i32)))
        (import "env" "counted" (func $counted))
        (import "env" "called" (func $called))
        (import "env" "unknown" (func))
        (func $f (global.set $g (i32.const 6)) (call $called))
        (elem (i32.const 0) $f $f)
        (data (i32.const 0) "written")
        (start $f)))wat";
    for (i32 k = 0; k < 3; ++k) {
      CHECK(w.refuse(last_is_unknown, env).code == status::unknown_import);
      CHECK(alive == before);
      CHECK(calls == 0);
      CHECK(cell.get() == 5);
      CHECK(need(table.get(0)) == value::null(value_type::funcref));
      CHECK(*memory.template read<u64>(0) == 0);
      CHECK(w.store.data().instances == nullptr);
    }
    need(memory.grow(3));
    need(table.grow(4, value::null(value_type::funcref)));
    CHECK(memory.pages() == 4);
    w.instantiate(R"wat((module (import "env" "counted" (func))))wat", env);
    CHECK(alive == before + 1);
  }
  CHECK(alive == 0);
}

TEMPLATE_TEST_CASE("rule 2.18: imports from lists, linkers and instances, mixed", "", checked,
                   guarded) {
  world<TestType> w;
  const auto library = w.instantiate(R"wat((module
      (func (export "f") (result i32) i32.const 1)
      (global (export "g") (mut i32) (i32.const 2))
      (memory (export "m") 1)
      (table (export "t") 2 funcref)))wat");
  dovetail::basic_linker<TestType> l{w.engine};
  CHECK(l.define_instance("library", library) == status::ok);
  CHECK(l.define("alias", "f", exported<function_handle>(library, "f")) == status::ok);
  CHECK(l.define(bind<[] { return 3; }>("host", "f")) == status::ok);
  const auto cell = need(w.store.make_global(i32{4}));
  imports env = {provide("list", "g", cell), provide("list", "external", *library.find("m"))};
  const auto guest = w.instantiate(R"wat((module
      (import "library" "f" (func $library (result i32)))
      (import "host" "f" (func $host (result i32)))
      (import "list" "g" (global $list (mut i32)))
      (import "alias" "f" (func $alias (result i32)))
      (import "library" "g" (global $g (mut i32)))
      (import "list" "external" (memory 1))
      (import "library" "t" (table 2 funcref))
      (export "m" (memory 0))
      (export "library" (func $library))
      (export "alias" (func $alias))
      (func (export "sum") (result i32)
        (i32.add (i32.add (call $library) (call $host))
          (i32.add (global.get $list) (global.get $g))))))wat",
                                   l, env);
  CHECK(call<i32()>(guest, "sum") == 1 + 3 + 4 + 2);
  CHECK(reference_to(guest, "library") == reference_to(guest, "alias"));
  CHECK(object_of(guest, "m").object == object_of(library, "m").object);
}

TEMPLATE_TEST_CASE("rule 2.1, L02: a module tells what it imports and exports, with types", "",
                   checked, guarded) {
  world<TestType> w;
  const auto module = w.compile(R"wat((module
      (import "a" "f" (func (param i32) (result i64)))
      (import "b" "t" (table 1 2 externref))
      (import "c" "m" (memory 1))
      (import "d" "g" (global (mut f32)))
      (export "out" (func 0))
      (export "t" (table 0))
      (export "m" (memory 0))
      (export "g" (global 0))))wat");
  const std::string_view imported[] = {"a f function [i32] -> [i64]", "b t table 1..2 externref",
                                       "c m memory 1", "d g global mut f32"};
  const std::string_view exported_as[] = {"out function [i32] -> [i64]", "t table 1..2 externref",
                                          "m memory 1", "g global mut f32"};
  std::array<char, 100> buffer;
  std::size_t k = 0;
  for (const auto& i : module.imports()) {
    CHECK(std::string(i.module) + " " + std::string(i.name) + " " +
              std::string(format(i.type, buffer)) ==
          imported[k++]);
  }
  CHECK(k == 4);
  k = 0;
  for (const auto& e : module.exports())
    CHECK(std::string(e.name) + " " + std::string(format(e.type, buffer)) == exported_as[k++]);
  CHECK(k == 4);
}

}  // namespace linking
