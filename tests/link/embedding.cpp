// Feature L54: the operations of the specification's appendix on embedding, by their names there.
// Tags: rule 4.7 in third_version.cpp. Not offered: module_parse (wabt does it), tag_alloc,
// exn_alloc, exn_tag, exn_read.
#include <cstring>

#include <dovetail/link/matching.hpp>

#include "guest.hpp"

namespace linking {

namespace {

constexpr std::string_view guest_text = R"wat((module
    (import "env" "tick" (func $tick (param i32) (result i32)))
    (memory (export "memory") 1 2)
    (table (export "table") 2 4 funcref)
    (global (export "counter") (mut i64) (i64.const 40))
    (func (export "double") (param i32) (result i32)
      (call $tick (i32.mul (local.get 0) (i32.const 2))))
    (func (export "trap") (unreachable))))wat";

i32 tick(i32 n) { return n + 1; }

}  // namespace

TEMPLATE_TEST_CASE("L54: module_decode, module_validate, module_imports, module_exports", "",
                   checked, guarded) {
  world<TestType> w;  // store_init
  CHECK(w.engine.validate(binary(guest_text)));
  CHECK(w.engine.compile(binary(guest_text).first(20)).error().code != status::ok);
  const auto module = w.compile(guest_text);
  REQUIRE(module.imports().size() == 1);
  CHECK(module.imports()[0].module == "env");
  CHECK(module.imports()[0].name == "tick");
  CHECK(module.imports()[0].type.kind == external_kind::function);
  REQUIRE(module.exports().size() == 5);
  CHECK(module.exports()[0].name == "memory");
  CHECK(module.exports()[0].type.kind == external_kind::memory);
  CHECK(module.exports()[2].type.global.is_mutable);
}

TEMPLATE_TEST_CASE("L54: module_instantiate, instance_export, func_alloc, func_type, func_invoke",
                   "", checked, guarded) {
  world<TestType> w;
  const function_handle made = need(w.store.make_function(bind<tick>("", "")));
  CHECK(made.type().parameters.size() == 1);
  CHECK(made.type().results[0] == value_type::i32);
  imports env = {provide("env", "tick", made)};
  const auto guest = w.instantiate(guest_text, env);
  CHECK(w.refuse(guest_text).stage() == stage::link);
  CHECK_FALSE(guest.find("no such export"));
  const function_handle f = guest.find("double")->as_function();
  const value argument(i32{21});
  value out;
  need(f.call({&argument, 1}, {&out, 1}));
  CHECK(out == value(i32{43}));
  CHECK(guest.find("trap")->as_function().call({}, {}).error().code == trap_code::unreachable);
}

TEMPLATE_TEST_CASE("L54: table_alloc, table_type, table_read, table_write, table_size, table_grow",
                   "", checked, guarded) {
  world<TestType> w;
  const table_handle table = need(w.store.make_table({value_type::funcref, {2, 4}}));
  CHECK(table.type().element == value_type::funcref);
  CHECK(table.type().limits.minimum == 2);
  CHECK(table.size() == 2);
  CHECK(function_at(table, 1) == funcref{});
  const funcref f = need(w.store.make_function(bind<tick>("", ""))).reference();
  CHECK(table.set(1, value(f)) == status::ok);
  CHECK(function_at(table, 1) == f);
  CHECK(table.set(2, value(f)) != status::ok);
  CHECK_FALSE(table.get(2));
  CHECK(table.set(0, value(externref{})) != status::ok);
  CHECK(need(table.grow(2, value(f))) == 2);
  CHECK(table.size() == 4);
  CHECK(table.type().limits.minimum == 4);  // the type of a table follows its size
  CHECK(function_at(table, 3) == f);
  CHECK_FALSE(table.grow(1, value(f)));
}

TEMPLATE_TEST_CASE("L54: mem_alloc, mem_type, mem_read, mem_write, mem_size, mem_grow", "", checked,
                   guarded) {
  world<TestType> w;
  const memory_view memory = need(w.store.make_memory({{1, 2}}));
  CHECK(memory.type().limits.minimum == 1);
  CHECK(memory.pages() == 1);
  const auto last = memory.span(65'535, 1);
  REQUIRE(last);
  (*last)[0] = std::byte{200};
  CHECK(read<std::uint8_t>(memory, 65'535) == 200);
  CHECK_FALSE(memory.span(65'535, 2));
  CHECK_FALSE(memory.read<std::uint8_t>(65'536));
  CHECK(need(memory.grow(1)) == 1);
  CHECK(memory.type().limits.minimum == 2);
  CHECK(read<std::uint8_t>(memory, 65'535) == 200);
  CHECK(read<std::uint8_t>(memory, 131'071) == 0);
  CHECK_FALSE(memory.grow(1));
}

TEMPLATE_TEST_CASE("L54: global_alloc, global_type, global_read, global_write", "", checked,
                   guarded) {
  world<TestType> w;
  const global_handle cell = need(w.store.make_global({value_type::i64, true}, value(i64{7})));
  CHECK(cell.type().type == value_type::i64);
  CHECK(cell.get() == value(i64{7}));
  CHECK(cell.set(value(i64{-7})) == status::ok);
  CHECK(cell.get() == value(i64{-7}));
  CHECK(cell.set(value(i32{1})) != status::ok);
  const global_handle fixed = need(w.store.make_global({value_type::f32, false}, value(1.5F)));
  CHECK(fixed.set(value(2.5F)) != status::ok);
  CHECK(fixed.get() == value(1.5F));
}

TEMPLATE_TEST_CASE("L54: ref_type, val_default, match_valtype, match_externtype", "", checked,
                   guarded) {
  world<TestType> w;
  const auto guest = w.instantiate(
      R"wat((module (func (export "f") (result i32) (i32.const 1))
        (memory (export "memory") 2 3)))wat");
  const value reference(reference_to(guest, "f"));
  CHECK(reference.type() == value_type::funcref);
  CHECK(value(funcref{}).as<funcref>() == funcref{});
  CHECK(value().bits() == 0);
  auto& types = w.engine.signatures();
  CHECK(types.matches(value_type::funcref, value_type::funcref));
  CHECK_FALSE(types.matches(value_type::funcref, value_type::externref));
  CHECK_FALSE(types.matches(value_type::i32, value_type::i64));
  const auto is = guest.find("memory")->type();
  auto wanted = is;
  CHECK(dovetail::matches(is, wanted, types));
  wanted.memory.limits.minimum = 3;
  CHECK_FALSE(dovetail::matches(is, wanted, types));
  wanted.kind = external_kind::table;
  CHECK_FALSE(dovetail::matches(is, wanted, types));
}

}  // namespace linking
