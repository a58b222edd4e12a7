// Section 4: whether what is provided may stand for what an import declares.
#include "guest.hpp"

namespace linking {

TEMPLATE_TEST_CASE("rule 4.1, L12: functions match if their types are equal", "", checked,
                   guarded) {
  world<TestType> w;
  const auto guest = w.instantiate(R"wat((module
      (type (func (param f64)))
      (func (export "f") (param i32) (result i64) i64.const 0)
      (func (export "none"))
      (func (export "ref") (param funcref) (result externref) (ref.null extern))))wat");
  imports in = {provide("in", "f", exported<function_handle>(guest, "f")),
                provide("in", "none", exported<function_handle>(guest, "none")),
                provide("in", "ref", exported<function_handle>(guest, "ref"))};
  w.instantiate(R"wat((module
      (type (func)) (type (func (param i32))) (type $t (func (param i32) (result i64)))
      (import "in" "f" (func (type $t)))
      (import "in" "none" (func))
      (import "in" "ref" (func (param funcref) (result externref)))))wat",
                in);
  for (const std::string_view wrong : {
           R"wat((module (import "in" "f" (func (param i32)))))wat",
           R"wat((module (import "in" "f" (func (result i64)))))wat",
           R"wat((module (import "in" "f" (func (param i32) (result i32)))))wat",
           R"wat((module (import "in" "f" (func (param i64) (result i64)))))wat",
           R"wat((module (import "in" "f" (func (param i32 i32) (result i64)))))wat",
           R"wat((module (import "in" "f" (func (param i32) (result i64 i64)))))wat",
           R"wat((module (import "in" "f" (func))))wat",
           R"wat((module (import "in" "none" (func (param i32)))))wat",
           R"wat((module (import "in" "none" (func (result i32)))))wat",
           R"wat((module (import "in" "ref" (func (param externref) (result externref)))))wat",
           R"wat((module (import "in" "ref" (func (param funcref) (result funcref)))))wat",
       }) {
    INFO(std::string(wrong));
    CHECK(w.refuse(wrong, in).code == status::incompatible_import);
  }
}

TEMPLATE_TEST_CASE("rule 4.4, L17: limits: (minimum, maximum) provided against declared", "",
                   checked, guarded) {
  const auto one = [](std::string_view text, dovetail::limits_type provided) {
    world<TestType> w;
    const auto table = need(w.store.make_table({value_type::funcref, provided}));
    const auto memory = need(w.store.make_memory({provided}));
    imports in = {provide("in", "t", table), provide("in", "m", memory)};
    auto made = w.store.instantiate(w.compile(text), in);
    if (!made) CHECK(made.error().code == status::incompatible_import);
    return made.has_value();
  };
  constexpr std::string_view ten = R"wat((module (import "in" "t" (table 10 funcref))))wat";
  constexpr std::string_view ten_m = R"wat((module (import "in" "m" (memory 10))))wat";
  constexpr std::string_view to_20 = R"wat((module (import "in" "t" (table 10 20 funcref))))wat";
  constexpr std::string_view to_20_m = R"wat((module (import "in" "m" (memory 10 20))))wat";
  constexpr std::string_view zero = R"wat((module (import "in" "t" (table 0 0 funcref))))wat";
  constexpr std::string_view zero_m = R"wat((module (import "in" "m" (memory 0 0))))wat";
  for (const std::string_view declared : {ten, ten_m}) {
    CHECK(one(declared, {10}));
    CHECK(one(declared, {11}));
    CHECK(one(declared, {10, 10}));
    CHECK(one(declared, {12, 1000}));
    CHECK_FALSE(one(declared, {9}));
    CHECK_FALSE(one(declared, {9, 20}));
    CHECK_FALSE(one(declared, {0}));
  }
  for (const std::string_view declared : {to_20, to_20_m}) {
    CHECK(one(declared, {10, 20}));
    CHECK(one(declared, {10, 18}));
    CHECK(one(declared, {15, 15}));
    CHECK(one(declared, {20, 20}));
    CHECK_FALSE(one(declared, {10}));
    CHECK_FALSE(one(declared, {10, 21}));
    CHECK_FALSE(one(declared, {10, 25}));
    CHECK_FALSE(one(declared, {9, 20}));
    CHECK_FALSE(one(declared, {21, 21}));
    CHECK_FALSE(one(declared, {21}));
  }
  for (const std::string_view declared : {zero, zero_m}) {
    CHECK(one(declared, {0, 0}));
    CHECK_FALSE(one(declared, {0}));
    CHECK_FALSE(one(declared, {0, 1}));
    CHECK_FALSE(one(declared, {1, 1}));
  }
}

TEMPLATE_TEST_CASE("rule 4.2, L13: tables match by their length now and the same element type", "",
                   checked, guarded) {
  world<TestType> w;
  const auto table = need(w.store.make_table({value_type::funcref, {2, 10}}));
  const auto external_table = need(w.store.make_table({value_type::externref, {2, 10}}));
  imports in = {provide("in", "f", table), provide("in", "e", external_table)};
  constexpr std::string_view five = R"wat((module (import "in" "f" (table 5 10 funcref))))wat";
  CHECK(w.refuse(five, in).code == status::incompatible_import);
  need(table.grow(3, value::null(value_type::funcref)));
  w.instantiate(five, in);
  CHECK(w.refuse(R"wat((module (import "in" "f" (table 6 funcref))))wat", in).code ==
        status::incompatible_import);
  // The maximum stays the declared one.
  CHECK(w.refuse(R"wat((module (import "in" "f" (table 5 9 funcref))))wat", in).code ==
        status::incompatible_import);
  CHECK(w.refuse(R"wat((module (import "in" "f" (table 2 10 externref))))wat", in).code ==
        status::incompatible_import);
  CHECK(w.refuse(R"wat((module (import "in" "e" (table 2 10 funcref))))wat", in).code ==
        status::incompatible_import);
  w.instantiate(R"wat((module (import "in" "e" (table 2 10 externref))))wat", in);
}

TEMPLATE_TEST_CASE("rule 2.22, 4.3, L14: memories match by their size now", "", checked, guarded) {
  world<TestType> w;
  const auto owner = w.instantiate(R"wat((module
      (memory (export "m") 0 5)
      (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))))wat");
  imports in = {provide("in", "m", exported<memory_view>(owner, "m"))};
  constexpr std::string_view one_to_8 = R"wat((module (import "in" "m" (memory 1 8))))wat";
  CHECK(w.refuse(one_to_8, in).code == status::incompatible_import);
  CHECK(call<i32(i32)>(owner, "grow", 1) == 0);
  w.instantiate(one_to_8, in);  // provided: 1 to 5
  w.instantiate(R"wat((module (import "in" "m" (memory 1 5))))wat", in);
  w.instantiate(R"wat((module (import "in" "m" (memory 0))))wat", in);
  CHECK(w.refuse(R"wat((module (import "in" "m" (memory 1 4))))wat", in).code ==
        status::incompatible_import);
  CHECK(w.refuse(R"wat((module (import "in" "m" (memory 2 5))))wat", in).code ==
        status::incompatible_import);
  CHECK(call<i32(i32)>(owner, "grow", 4) == 1);
  w.instantiate(R"wat((module (import "in" "m" (memory 5 5))))wat", in);
  w.instantiate(R"wat((module (import "in" "m" (memory 5 65536))))wat", in);
  CHECK(w.refuse(R"wat((module (import "in" "m" (memory 6))))wat", in).code ==
        status::incompatible_import);
  // An importer of the importer sees the same.
  const auto middle = w.instantiate(R"wat((module
      (import "in" "m" (memory 1 100)) (export "m" (memory 0))))wat",
                                    in);
  imports again = {provide("in", "m", exported<memory_view>(middle, "m"))};
  w.instantiate(R"wat((module (import "in" "m" (memory 5 5))))wat", again);
  CHECK(exported<memory_view>(middle, "m").type().limits.maximum == 5);
}

TEMPLATE_TEST_CASE("rule 4.5, 4.6, L15: globals match in mutability and type exactly", "", checked,
                   guarded) {
  world<TestType> w;
  const std::array<value_type, 6> types = {value_type::i32,     value_type::i64,
                                           value_type::f32,     value_type::f64,
                                           value_type::funcref, value_type::externref};
  const std::array<std::array<std::string_view, 2>, 6> modules = {{
      {R"wat((module (import "in" "g" (global i32))))wat",
       R"wat((module (import "in" "g" (global (mut i32)))))wat"},
      {R"wat((module (import "in" "g" (global i64))))wat",
       R"wat((module (import "in" "g" (global (mut i64)))))wat"},
      {R"wat((module (import "in" "g" (global f32))))wat",
       R"wat((module (import "in" "g" (global (mut f32)))))wat"},
      {R"wat((module (import "in" "g" (global f64))))wat",
       R"wat((module (import "in" "g" (global (mut f64)))))wat"},
      {R"wat((module (import "in" "g" (global funcref))))wat",
       R"wat((module (import "in" "g" (global (mut funcref)))))wat"},
      {R"wat((module (import "in" "g" (global externref))))wat",
       R"wat((module (import "in" "g" (global (mut externref)))))wat"},
  }};
  for (std::size_t provided = 0; provided < 6; ++provided) {
    for (const bool is_mutable : {false, true}) {
      const auto g =
          need(w.store.make_global({types[provided], is_mutable}, value::null(types[provided])));
      imports in = {provide("in", "g", g)};
      for (std::size_t declared = 0; declared < 6; ++declared) {
        for (const bool wants_mutable : {false, true}) {
          const auto made =
              w.store.instantiate(w.compile(modules[declared][wants_mutable ? 1 : 0]), in);
          CHECK(made.has_value() == (provided == declared && is_mutable == wants_mutable));
        }
      }
    }
  }
}

TEMPLATE_TEST_CASE("rule 4.8, L07: the host defines globals, tables and memories", "", checked,
                   guarded) {
  world<TestType> w;
  const auto seven = need(w.store.make_global(i32{7}, false));
  const auto cell = need(w.store.make_global(2.5));
  const auto guest =
      w.instantiate(R"wat((module (func (export "f") (result i32) i32.const 1)))wat");
  const funcref f = reference_to(guest, "f");
  const auto table = need(w.store.make_table({value_type::funcref, {3}}, value(f)));
  i32 object = 0;
  const auto objects =
      need(w.store.make_table({value_type::externref, {1, 2}}, value(externref{&object})));
  const auto memory = need(w.store.make_memory({{1, 2}}));
  CHECK_FALSE(memory.write(4, i32{55}));
  imports in = {provide("in", "seven", seven), provide("in", "cell", cell),
                provide("in", "t", table), provide("in", "o", objects), provide("in", "m", memory)};
  const auto user = w.instantiate(R"wat((module
      (type $f (func (result i32)))
      (import "in" "seven" (global $seven i32))
      (import "in" "cell" (global $cell (mut f64)))
      (import "in" "t" (table $t 3 funcref))
      (import "in" "o" (table $o 1 externref))
      (import "in" "m" (memory 1))
      (func (export "sum") (result f64)
        (global.set $cell (f64.add (global.get $cell) (f64.const 1)))
        (f64.add
          (f64.convert_i32_s (i32.add (global.get $seven) (i32.load (i32.const 4))))
          (f64.convert_i32_s (call_indirect $t (type $f) (i32.const 2)))))
      (func (export "object") (result externref) (table.get $o (i32.const 0)))))wat",
                                  in);
  CHECK(call<double()>(user, "sum") == 7 + 55 + 1);
  CHECK(cell.get() == 3.5);
  CHECK((call<externref()>(user, "object") == externref{&object}));

  CHECK_FALSE(w.store.make_memory({{2, 1}}).has_value());
  CHECK_FALSE(w.store.make_memory({{65537}}).has_value());
  CHECK_FALSE(w.store.make_memory({{0, 65537}}).has_value());
  CHECK_FALSE(w.store.make_table({value_type::funcref, {2, 1}}).has_value());
  CHECK_FALSE(w.store.make_table({value_type::funcref, {0, u64{1} << 32}}).has_value());
  CHECK(w.store.make_table({value_type::funcref, {1}}, value(i32{1})).error().code ==
        status::value_type_mismatch);
  CHECK(w.store.make_table({value_type::funcref, {1}}, value(externref{})).error().code ==
        status::value_type_mismatch);
  CHECK(w.store.make_global({value_type::i64, true}, value(i32{1})).error().code ==
        status::value_type_mismatch);
}

TEMPLATE_TEST_CASE("rule 4.9, L29: what the host writes into tables and globals is checked", "",
                   checked, guarded) {
  world<TestType> w;
  const auto guest = w.instantiate(R"wat((module
      (func (export "f"))
      (table (export "f table") 2 4 funcref)
      (table (export "e table") 2 4 externref)
      (global (export "f global") (mut funcref) (ref.null func))
      (global (export "e global") (mut externref) (ref.null extern))))wat");
  const table_handle functions = exported<table_handle>(guest, "f table");
  const table_handle objects = exported<table_handle>(guest, "e table");
  const global_handle function = exported<global_handle>(guest, "f global");
  const global_handle object = exported<global_handle>(guest, "e global");
  const value f(reference_to(guest, "f")), e(externref{&w}), one(i32{1}), l(i64{1});
  constexpr auto mismatch = status::value_type_mismatch;
  CHECK(functions.set(0, e) == mismatch);
  CHECK(functions.set(0, one) == mismatch);
  CHECK(functions.set(0, l) == mismatch);
  CHECK(objects.set(0, f) == mismatch);
  CHECK(objects.set(0, one) == mismatch);
  CHECK(objects.set(0, value::null(value_type::funcref)) == mismatch);
  CHECK(functions.grow(1, e).error().code == mismatch);
  CHECK(objects.grow(1, f).error().code == mismatch);
  CHECK(function.set(e) == mismatch);
  CHECK(function.set(l) == mismatch);
  CHECK(object.set(f) == mismatch);
  CHECK(functions.size() == 2);
  CHECK(need(functions.get(0)) == value::null(value_type::funcref));
  CHECK(function.get() == value::null(value_type::funcref));

  CHECK(functions.set(0, f) == status::ok);
  CHECK(functions.set(2, f) == status::out_of_bounds);
  CHECK(functions.set(~u64{0}, f) == status::out_of_bounds);
  CHECK(functions.get(2).error().code == status::out_of_bounds);
  CHECK(functions.get(u64{1} << 32).error().code == status::out_of_bounds);
  CHECK(need(functions.grow(2, f)) == 2);
  CHECK(functions.grow(1, f).error().code == status::table_refused);
  CHECK(functions.grow(~u64{0}, f).error().code == status::table_refused);
  CHECK(functions.set(3, value::null(value_type::funcref)) == status::ok);
  CHECK(objects.set(1, e) == status::ok);
  CHECK(need(objects.get(1)) == e);
  CHECK(function.set(f) == status::ok);
  CHECK(object.set(e) == status::ok);
  CHECK(object.set(value(externref{})) == status::ok);
}

TEMPLATE_TEST_CASE("rule 4.10: limits that are legal compile, and others do not", "", checked,
                   guarded) {
  world<TestType> w;
  w.compile(R"wat((module (memory 0 65536)))wat");
  w.compile(R"wat((module (memory 65536 65536)))wat");
  w.compile(R"wat((module (table 0 0xffffffff funcref)))wat");
  w.compile(R"wat((module (table 0xffffffff 0xffffffff funcref)))wat");
  w.instantiate(R"wat((module (memory 0 0) (table 0 0 funcref)))wat");
  w.instantiate(R"wat((module (memory 1 65536) (table 1 0xffffffff funcref)))wat");
  const auto says = [&](std::string_view text, std::string_view message) {
    const error e = w.reject(text);
    CHECK(e.message() == message);
  };
  constexpr std::string_view pages = "memory size must be at most 65536 pages (4GiB)";
  says(R"invalid((module (memory 65537)))invalid", pages);
  says(R"invalid((module (memory 0 65537)))invalid", pages);
  says(R"invalid((module (import "a" "b" (memory 0 65537))))invalid", pages);
  constexpr std::string_view order = "size minimum must not be greater than maximum";
  says(R"invalid((module (memory 2 1)))invalid", order);
  says(R"invalid((module (table 2 1 funcref)))invalid", order);
  says(R"invalid((module (import "a" "b" (table 0xffffffff 1 funcref))))invalid", order);
}

}  // namespace linking
