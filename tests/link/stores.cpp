// Rules 2.17, 3.3 and L22: objects of another store, modules of another engine, and null handles
// are refused; nothing the user of the API gets wrong becomes undefined behaviour.
#include "guest.hpp"

namespace linking {

namespace {

// One item of each kind.
constexpr std::string_view items = R"wat((module
    (func $f (export "f"))
    (table (export "t") 1 funcref)
    (memory (export "m") 1)
    (global (export "g") (mut i32) (i32.const 0))
    (global (export "r") (mut funcref) (ref.null func))
    (func (export "take") (param funcref))
    (func (export "give") (param funcref) (result funcref) (local.get 0))))wat";

}  // namespace

TEMPLATE_TEST_CASE("rule 3.3, L22: objects of another store are refused, of every kind", "",
                   checked, guarded) {
  world<TestType> w;
  typename world<TestType>::rt::store other{w.engine};
  const auto foreign = need(other.instantiate(w.compile(items)));
  const auto refuses = [&](std::string_view text, auto&& handle) {
    imports in = {bind<[] {}>("in", "own"), provide("in", "x", handle)};
    const error e = w.refuse(text, in);
    CHECK(e.code == status::wrong_store);
    CHECK(e.stage() == stage::link);
    CHECK(e.import_ordinal == 1);
    CHECK(e.import_name == "x");
    dovetail::basic_linker<TestType> l{w.engine};
    static_cast<void>(l.define(bind<[] {}>("in", "own")));
    CHECK(l.define("in", "x", handle) == status::ok);  // it is the store's to say
    CHECK(w.refuse(text, l).code == status::wrong_store);
  };
  refuses(R"wat((module (import "in" "own" (func)) (import "in" "x" (func))))wat",
          exported<function_handle>(foreign, "f"));
  refuses(R"wat((module (import "in" "own" (func)) (import "in" "x" (table 1 funcref))))wat",
          exported<table_handle>(foreign, "t"));
  refuses(R"wat((module (import "in" "own" (func)) (import "in" "x" (memory 1))))wat",
          exported<memory_view>(foreign, "m"));
  refuses(R"wat((module (import "in" "own" (func)) (import "in" "x" (global (mut i32)))))wat",
          exported<global_handle>(foreign, "g"));
  refuses(R"wat((module (import "in" "own" (func)) (import "in" "x" (func))))wat",
          need(other.make_function(bind<[] {}>("", ""))));
}

TEMPLATE_TEST_CASE("rule 4.9, L22: function references of another store are refused as values", "",
                   checked, guarded) {
  world<TestType> w;
  typename world<TestType>::rt::store other{w.engine};
  const auto module = w.compile(items);
  const auto guest = need(w.store.instantiate(module));
  const auto foreign = need(other.instantiate(module));
  const funcref alien = reference_to(foreign, "f");
  const value v(alien);
  SECTION("tables and globals") {
    const table_handle t = exported<table_handle>(guest, "t");
    const global_handle r = exported<global_handle>(guest, "r");
    CHECK(t.set(0, v) == status::value_type_mismatch);
    CHECK(t.grow(1, v).error().code == status::value_type_mismatch);
    CHECK(r.set(v) == status::value_type_mismatch);
    CHECK(t.size() == 1);
    CHECK(need(t.get(0)) == value::null(value_type::funcref));
    CHECK(w.store.make_table({value_type::funcref, {1}}, v).error().code ==
          status::value_type_mismatch);
    CHECK(w.store.make_global({value_type::funcref, true}, v).error().code ==
          status::value_type_mismatch);
    CHECK_FALSE(w.store.make_global(alien).has_value());
  }
  SECTION("arguments of an untyped call") {
    const value in[] = {v};
    CHECK(exported<function_handle>(guest, "take").call(in, {}).error().code ==
          trap_code::bad_call);
  }
  SECTION("arguments of a typed call") {
    CHECK(trap_of<void(funcref)>(guest, "take", alien) == trap_code::bad_call);
    CHECK(trap_of<funcref(funcref)>(guest, "give", alien) == trap_code::bad_call);
    CHECK((call<funcref(funcref)>(guest, "give", reference_to(guest, "f")) ==
           reference_to(guest, "f")));
  }
  constexpr std::string_view asks = R"wat((module
      (import "env" "f" (func $f (result funcref)))
      (table $t (export "t") 1 funcref)
      (func (export "ask") (table.set $t (i32.const 0) (call $f)))))wat";
  SECTION("results of a typed host function") {
    imports env = {bind("env", "f", [alien] { return alien; })};
    const auto asker = w.instantiate(asks, env);
    CHECK(trap_of<void()>(asker, "ask") == trap_code::bad_call);
    CHECK(need(exported<table_handle>(asker, "t").get(0)) == value::null(value_type::funcref));
  }
  SECTION("results of an untyped host function") {
    static constexpr value_type one[] = {value_type::funcref};
    imports env = {
        bind("env", "f", dovetail::function_type{{}, one},
             [v](caller&, std::span<const value>, std::span<value> out) { out[0] = v; })};
    const auto asker = w.instantiate(asks, env);
    CHECK(trap_of<void()>(asker, "ask") == trap_code::bad_call);
    CHECK(need(exported<table_handle>(asker, "t").get(0)) == value::null(value_type::funcref));
  }
}

TEMPLATE_TEST_CASE("rule 2.17, L22: a module of another engine is refused", "", checked, guarded) {
  world<TestType> w, other;
  const auto module =
      other.compile(R"wat((module (func (export "f") (result i32) i32.const 1)))wat");
  const auto made = w.store.instantiate(module);
  REQUIRE_FALSE(made.has_value());
  CHECK(made.error().stage() == stage::link);
  CHECK(call<i32()>(need(other.store.instantiate(module)), "f") == 1);
}

TEMPLATE_TEST_CASE("rule 2.17: null handles are refused, of every kind", "", checked, guarded) {
  world<TestType> w;
  const auto refuses = [&](std::string_view text, auto handle) {
    imports in = {provide("in", "x", handle)};
    const error e = w.refuse(text, in);
    CHECK(e.stage() == stage::link);
    CHECK(e.import_name == "x");
    CHECK_FALSE(line_of(e).empty());
  };
  refuses(R"wat((module (import "in" "x" (memory 1))))wat", memory_view{});
  refuses(R"wat((module (import "in" "x" (memory 0))))wat", memory_view{});
  refuses(R"wat((module (import "in" "x" (table 0 funcref))))wat", table_handle{});
  refuses(R"wat((module (import "in" "x" (global i32))))wat", global_handle{});
  refuses(R"wat((module (import "in" "x" (func (param i32)))))wat", function_handle{});
  refuses(R"wat((module (import "in" "x" (func))))wat", function_handle{});
  refuses(R"wat((module (import "in" "x" (func $x)) (start $x)))wat", memory_view{});
  dovetail::basic_linker<TestType> l{w.engine};
  static_cast<void>(l.define("in", "x", function_handle{}));
  CHECK(w.refuse(R"wat((module (import "in" "x" (func $x)) (start $x)))wat", l).stage() ==
        stage::link);
}

TEMPLATE_TEST_CASE("rule 2.17: a module that is moved from, assigned and copied", "", checked,
                   guarded) {
  world<TestType> w;
  auto a = w.compile(R"wat((module (func (export "f") (result i32) i32.const 1)))wat");
  auto b = w.compile(R"wat((module (func (export "f") (result i32) i32.const 2)))wat");
  auto c = a;
  a = b;
  auto d = std::move(b);
  b = c;
  CHECK(call<i32()>(need(w.store.instantiate(a)), "f") == 2);
  CHECK(call<i32()>(need(w.store.instantiate(b)), "f") == 1);
  CHECK(call<i32()>(need(w.store.instantiate(c)), "f") == 1);
  CHECK(call<i32()>(need(w.store.instantiate(d)), "f") == 2);
}

}  // namespace linking
