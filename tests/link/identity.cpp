// Rules 2.6, 2.9, 2.10, 2.19, 2.25: a function is one function wherever it turns up, by whatever
// name, and whoever asks for it first.
#include <dovetail/module/function_names.hpp>

#include "guest.hpp"
#include "support/writer.hpp"

namespace linking {

namespace {

// Takes a function in, and hands it on every way there is.
constexpr std::string_view passing_on = R"wat((module
    (import "in" "f" (func $f (result i32)))
    (export "f" (func $f))
    (table (export "t") funcref (elem $f))
    (global (export "g") funcref (ref.func $f))
    (func (export "r") (result funcref) (ref.func $f))
    (func (export "call") (result i32) (call $f))))wat";

template <class Instance>
void all_are(const Instance& guest, funcref f) {
  CHECK(reference_to(guest, "f") == f);
  const table_handle t = exported<table_handle>(guest, "t");
  CHECK(function_at(t, 0) == f);
  const global_handle g = exported<global_handle>(guest, "g");
  CHECK(g.get().as<funcref>() == f);
  CHECK((call<funcref()>(guest, "r") == f));
}

i32 fifty() { return 50; }

// What the module of a function calls it.
std::string name_of(const dovetail::module_data& m, u32 function) {
  dovetail::function_names names(*m.env.memory);
  dovetail::array<char> word(*m.env.memory);
  CHECK(names.read(m.env) == status::ok);
  CHECK(names.append_to(word, {function}) == status::ok);
  return {word.data(), word.size()};
}

// A module with a name section behind everything else (core specification 7.4).
std::vector<std::uint8_t> with_names(std::string_view text, const testing::byte_writer& functions) {
  const auto module = binary(text);
  const auto* first = reinterpret_cast<const std::uint8_t*>(module.data());
  testing::byte_writer section, all;
  section.name("name").byte(1).sized(functions.bytes());
  all.append({first, module.size()}).byte(0).sized(section.bytes());
  return all.bytes();
}

}  // namespace

TEMPLATE_TEST_CASE("rule 2.10, L24: export, table, global and ref.func give one function", "",
                   checked, guarded) {
  world<TestType> w;
  const auto module = w.compile(R"wat((module
      (func $f (export "f") (export "again") (result i32) i32.const 1)
      (func $other (export "other") (result i32) i32.const 2)
      (table (export "t") funcref (elem $f $other))
      (table (export "t2") 3 funcref)
      (elem (table 1) (i32.const 1) func $f)
      (elem $passive func $f)
      (global (export "g") funcref (ref.func $f))
      (func (export "r") (result funcref) (ref.func $f))
      (func (export "init") (table.init 1 $passive (i32.const 2) (i32.const 0) (i32.const 1)))
      (func (export "same") (param funcref) (result funcref) (local.get 0))))wat");
  const auto guest = need(w.store.instantiate(module));
  const funcref f = reference_to(guest, "f");
  SECTION("within an instance") {
    all_are(guest, f);
    CHECK(reference_to(guest, "again") == f);
    CHECK(reference_to(guest, "other") != f);
    CHECK(object_of(guest, "f").object == object_of(guest, "again").object);
    const table_handle t2 = exported<table_handle>(guest, "t2");
    CHECK(function_at(t2, 1) == f);
    CHECK(function_at(t2, 2) == funcref{});
    call<void()>(guest, "init");
    CHECK(function_at(t2, 2) == f);
    CHECK((call<funcref(funcref)>(guest, "same", f) == f));
    CHECK((call<funcref(funcref)>(guest, "same", funcref{}) == funcref{}));
    CHECK(exported<i32()>(guest, "f") == exported<i32()>(guest, "again"));
    CHECK(exported<function_handle>(guest, "f") == exported<function_handle>(guest, "again"));
  }
  SECTION("through another instance") {
    imports in = {provide("in", "f", exported<function_handle>(guest, "again"))};
    const auto next = w.instantiate(passing_on, in);
    all_are(next, f);
    CHECK(call<i32()>(next, "call") == 1);
    CHECK((call<funcref(funcref)>(guest, "same", call<funcref()>(next, "r")) == f));
  }
  SECTION("another instance of the module has its own") {
    const auto twin = need(w.store.instantiate(module));
    const funcref g = reference_to(twin, "f");
    CHECK(f != g);
    all_are(twin, g);
    all_are(guest, f);
  }
  SECTION("whichever way is asked first") {
    const auto late = need(w.store.instantiate(module));
    const funcref from_ref_func = call<funcref()>(late, "r");
    call<void()>(late, "init");
    all_are(late, from_ref_func);
    CHECK(reference_to(late, "again") == from_ref_func);
  }
}

TEMPLATE_TEST_CASE("rule 2.6, 2.19, L23: an import that is exported again is the same function", "",
                   checked, guarded) {
  world<TestType> w;
  const auto chain = [&](auto& first_source) {
    const auto first = w.instantiate(passing_on, first_source);
    const funcref f = reference_to(first, "f");
    all_are(first, f);
    imports from_table = {provide("in", "f", exported<function_handle>(first, "f"))};
    const auto second = w.instantiate(passing_on, from_table);
    all_are(second, f);
    dovetail::basic_linker<TestType> l{w.engine};
    CHECK(l.define_instance("in", second) == status::ok);
    const auto third = w.instantiate(passing_on, l);
    all_are(third, f);
    CHECK(call<i32()>(third, "call") == 50);
    CHECK(call<i32()>(third, "f") == 50);
    return f;
  };
  SECTION("a function of a guest") {
    const auto guest =
        w.instantiate(R"wat((module (func (export "f") (result i32) i32.const 50)))wat");
    imports in = {provide("in", "f", exported<function_handle>(guest, "f"))};
    CHECK(chain(in) == reference_to(guest, "f"));
  }
  SECTION("a constant host function") {
    imports in = {bind<fifty>("in", "f")};
    chain(in);
  }
  SECTION("a host function with state") {
    imports in = {bind("in", "f", [n = 49] { return n + 1; })};
    chain(in);
  }
  SECTION("a host function made beforehand") {
    const function_handle made = need(w.store.make_function(bind<fifty>("", "")));
    imports in = {provide("in", "f", made)};
    CHECK(chain(in) == made.reference());
  }
}

TEMPLATE_TEST_CASE("rule 2.10, 3.2: one definition that serves two imports is one function", "",
                   checked, guarded) {
  world<TestType> w;
  imports env = {bind("env", "f", [calls = 0]() mutable { return ++calls; })};
  const auto guest = w.instantiate(R"wat((module
      (import "env" "f" (func $a (result i32)))
      (import "env" "f" (func $b (result i32)))
      (export "a" (func $a))
      (export "b" (func $b))
      (func (export "both") (result i32 i32) (call $a) (call $b))))wat",
                                   env);
  CHECK(reference_to(guest, "a") == reference_to(guest, "b"));
  CHECK((call<std::tuple<i32, i32>()>(guest, "both") == std::tuple{1, 2}));
}

TEMPLATE_TEST_CASE("rule 2.6: the type of a re-exported function is its own", "", checked,
                   guarded) {
  world<TestType> w;
  imports env = {bind<[](i32, i64, float, double) { return std::tuple{1.5, 2}; }>("env", "f")};
  const auto guest = w.instantiate(R"wat((module
      (type $unused (func))
      (type $other (func (param f64)))
      (import "env" "f" (func $f (param i32 i64 f32 f64) (result f64 i32)))
      (export "f" (func $f))))wat",
                                   env);
  using signature = std::tuple<double, i32>(i32, i64, float, double);
  CHECK((get_status<signature>(guest, "f") == status::ok));
  CHECK((call<signature>(guest, "f", 1, i64{2}, 3.0F, 4.0) == std::tuple{1.5, 2}));
  CHECK(exported<function_handle>(guest, "f").type().parameters.size() == 4);
  imports in = {provide("in", "f", exported<function_handle>(guest, "f"))};
  const error wrong = w.refuse(R"wat((module
      (import "in" "f" (func (param i32 i64 f32 f64) (result i32 f64)))))wat",
                               in);
  CHECK(wrong.code == status::incompatible_import);
  w.instantiate(R"wat((module
      (type (func (result i64)))
      (import "in" "f" (func (param i32 i64 f32 f64) (result f64 i32)))))wat",
                in);
}

TEMPLATE_TEST_CASE("rule 2.10: functions of a table keep their identity through copies", "",
                   checked, guarded) {
  world<TestType> w;
  const auto guest = w.instantiate(R"wat((module
      (table $a (export "a") 6 funcref)
      (table $b (export "b") 6 funcref)
      (func $f (export "f"))
      (func $g (export "g"))
      (elem (table $a) (i32.const 0) func $f $g $f)
      (func (export "copy") (param i32 i32 i32)
        (table.copy $b $a (local.get 0) (local.get 1) (local.get 2)))
      (func (export "shift") (param i32 i32 i32)
        (table.copy $a $a (local.get 0) (local.get 1) (local.get 2)))
      (func (export "move") (param i32 i32)
        (table.set $b (local.get 0) (table.get $a (local.get 1))))
      (func (export "fill") (table.fill $b (i32.const 3) (ref.func $g) (i32.const 2)))
      (func (export "grow") (result i32) (table.grow $b (ref.func $f) (i32.const 1)))))wat");
  const funcref f = reference_to(guest, "f"), g = reference_to(guest, "g");
  const auto at = [&](std::string_view name, u64 i) {
    const table_handle t = exported<table_handle>(guest, name);
    return function_at(t, i);
  };
  call<void(i32, i32, i32)>(guest, "copy", 0, 0, 3);
  CHECK((at("b", 0) == f && at("b", 1) == g && at("b", 2) == f && at("b", 3) == funcref{}));
  call<void(i32, i32, i32)>(guest, "shift", 1, 0, 3);  // overlaps upwards
  CHECK((at("a", 0) == f && at("a", 1) == f && at("a", 2) == g && at("a", 3) == f));
  call<void(i32, i32, i32)>(guest, "shift", 0, 1, 3);  // and downwards
  CHECK((at("a", 0) == f && at("a", 1) == g && at("a", 2) == f && at("a", 3) == f));
  call<void(i32, i32)>(guest, "move", 5, 1);
  CHECK(at("b", 5) == g);
  call<void()>(guest, "fill");
  CHECK((at("b", 3) == g && at("b", 4) == g && at("b", 5) == g));
  CHECK(call<i32()>(guest, "grow") == 6);
  CHECK(at("b", 6) == f);
}

TEMPLATE_TEST_CASE("rule 2.9, L52: a function is called what its own module calls it", "", checked,
                   guarded) {
  constexpr std::string_view text = R"wat((module
      (import "env" "host" (func $host))
      (func $twice unreachable)
      (export "first" (func $twice))
      (export "last" (func $twice))
      (func $private unreachable)
      (func (export "enter") (call $private))))wat";
  world<TestType> w;
  imports env = {bind("env", "host", [] {})};
  const auto plain = w.instantiate(text, env);
  testing::byte_writer functions;
  functions.u32(3).u32(0).name("imported").u32(1).name("twice").u32(2).name("private");
  const auto bytes = with_names(text, functions);
  const auto named = need(w.store.instantiate(w.compile(testing::as_bytes(bytes)), env));
  // By the report of a trap: the function itself, whatever name it was called by.
  const auto trapped_in = [&](const auto& guest, std::string_view name) {
    CHECK(trap_of<void()>(guest, name) == trap_code::unreachable);
    REQUIRE(w.store.last_trap().has_place);
    return name_of(*w.store.last_trap().module, w.store.last_trap().function);
  };
  for (const std::string_view name : {"first", "last"}) {
    CHECK(trapped_in(plain, name) == "first");
    CHECK(trapped_in(named, name) == "twice");
  }
  CHECK(trapped_in(plain, "enter") == "wasm[2]");
  CHECK(trapped_in(named, "enter") == "private");
  CHECK(name_of(*plain.data().module, 0) == "wasm[0]");
  CHECK(name_of(*named.data().module, 0) == "imported");
  // Nor does a module that exports it again rename it.
  for (const auto& [guest, called] : {std::pair{plain, "first"}, std::pair{named, "twice"}}) {
    imports in = {provide("in", "f", exported<function_handle>(guest, "last"))};
    const auto user = w.instantiate(R"wat((module
        (import "in" "f" (func $f)) (export "renamed" (func $f))))wat",
                                    in);
    CHECK(trapped_in(user, "renamed") == called);
  }
}

TEMPLATE_TEST_CASE("rule 2.25, L51: functions are made when first asked for, whoever asks", "",
                   checked, guarded) {
  world<TestType> w;
  const auto module = w.compile(R"wat((module
      (table (export "t") 1 funcref)
      (func $called (result i32) i32.const 1)
      (func $caller (export "caller") (result i32) (call $called))
      (func $referred (export "referred"))
      (func (export "refer") (result funcref) (ref.func $referred))
      (func $placed)
      (elem (i32.const 0) $placed)))wat");
  const auto made = [](const auto& guest) {
    std::vector<bool> all;
    for (std::size_t f = 0; f < 5; ++f) all.push_back(guest.data().functions[f] != nullptr);
    return all;
  };
  using list = std::vector<bool>;
  // Instantiation makes what it writes into tables, and no export.
  const auto a = need(w.store.instantiate(module));
  CHECK(made(a) == list{false, false, false, false, true});
  // A call between functions of an instance refers to neither.
  CHECK(call<i32()>(a, "caller") == 1);
  CHECK(made(a) == list{false, true, false, false, true});
  // The host asks first, or the guest.
  const funcref by_host = reference_to(a, "referred");
  CHECK(made(a) == list{false, true, true, false, true});
  CHECK((call<funcref()>(a, "refer") == by_host));
  const auto b = need(w.store.instantiate(module));
  const funcref by_guest = call<funcref()>(b, "refer");
  CHECK(made(b) == list{false, false, true, true, true});
  CHECK(reference_to(b, "referred") == by_guest);
  CHECK_FALSE(by_host == by_guest);
}

}  // namespace linking
