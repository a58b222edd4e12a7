// Rule 4.11: the limits of the implementation, each met and each passed by one.
#include <algorithm>

#include "guest.hpp"
#include "support/writer.hpp"

namespace linking {

namespace {

using testing::byte_writer;
using testing::code;
using testing::module_writer;
using testing::type_list;
using bytes = std::vector<std::uint8_t>;

struct limit_row {
  std::string_view limit;
  std::string_view met;
  std::string_view passed;
};
// By the numbers of `bounded`. Imports count with what they are imports of.
constexpr limit_row limit_rows[] = {
    {"types", R"wat((module (type (func)) (type (func)) (type (func)) (type (func))))wat",
     R"wat((module (type (func)) (type (func)) (type (func)) (type (func)) (type (func))))wat"},
    {"functions", R"wat((module (import "" "" (func)) (func) (func)))wat",
     R"wat((module (import "" "" (func)) (func) (func) (func)))wat"},
    {"imports", R"wat((module (import "" "" (func)) (import "" "" (global i32))
       (import "" "" (func)) (import "" "" (memory 1)) (import "" "" (table 1 funcref))))wat",
     R"wat((module (import "" "" (func)) (import "" "" (global i32))
       (import "" "" (func)) (import "" "" (memory 1)) (import "" "" (table 1 funcref))
       (import "" "" (global i32))))wat"},
    {"exports", R"wat((module (func (export "1") (export "2") (export "3"))))wat",
     R"wat((module (func (export "1") (export "2") (export "3") (export "4"))))wat"},
    {"globals", R"wat((module (import "" "" (global i32)) (global i32 (i32.const 1))
       (global i32 (i32.const 2)) (global i32 (i32.const 3))))wat",
     R"wat((module (import "" "" (global i32)) (global i32 (i32.const 1))
       (global i32 (i32.const 2)) (global i32 (i32.const 3)) (global i32 (i32.const 4))))wat"},
    {"tables", R"wat((module (import "" "" (table 1 funcref)) (table 1 funcref)
       (table 1 funcref)))wat",
     R"wat((module (import "" "" (table 1 funcref)) (table 1 funcref) (table 1 funcref)
       (table 1 funcref)))wat"},
    {"memories", R"wat((module (import "" "" (memory 1)) (memory 1)))wat",
     R"wat((module (import "" "" (memory 1)) (memory 1) (memory 1)))wat"},
    {"element_segments", R"wat((module (elem func) (elem func)))wat",
     R"wat((module (elem func) (elem func) (elem func)))wat"},
    {"data_segments", R"wat((module (data "") (data "") (data "")))wat",
     R"wat((module (data "") (data "") (data "") (data "")))wat"},
    {"segment_elements", R"wat((module (func $f) (elem func $f $f $f $f)))wat",
     R"wat((module (func $f) (elem func $f $f $f $f $f)))wat"},
    {"parameters", R"wat((module (type (func (param i32 i32)))))wat",
     R"wat((module (type (func (param i32 i32 i32)))))wat"},
    {"results", R"wat((module (type (func (result i32 i32 i32)))))wat",
     R"wat((module (type (func (result i32 i32 i32 i32)))))wat"},
    // Parameters do not count.
    {"locals", R"wat((module (func (param i32) (local i32 i64 i64 i64 i64))))wat",
     R"wat((module (func (param i32) (local i32 i64 i64 i64 i64 i64))))wat"},
    // One byte says that there are no locals, one is the end.
    {"body_bytes", R"wat((module (func nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop
       nop nop nop)))wat",
     R"wat((module (func nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop
       nop)))wat"},
    {"branch_targets", R"wat((module (func (br_table 0 0 0 0 (i32.const 0)))))wat",
     R"wat((module (func (br_table 0 0 0 0 0 (i32.const 0)))))wat"},
};

// How a module compiles.
template <class C>
status outcome(world<C>& w, const bytes& module) {
  const auto made = w.engine.compile(testing::as_bytes(module));
  return made.has_value() ? status::ok : made.error().code;
}

bytes with_tags(std::uint32_t count) {
  byte_writer tags;
  tags.u32(count);
  for (std::uint32_t i = 0; i < count; ++i) tags.byte(0).u32(0);
  return testing::raw_module({{1, {1, 0x60, 0, 0}}, {13, tags.bytes()}});
}

// A module of a size, all of it a custom section.
bytes of_size(std::size_t size) {
  byte_writer content;
  content.name("").append(bytes(size - 12));
  return testing::raw_module({{0, content.bytes()}});
}

bytes with_locals(std::uint32_t count) {
  module_writer m;
  m.function(m.type({value_type::i32}, {}), {}, {{count, value_type::i64}});
  return m.bytes();
}

bytes with_type(std::size_t parameters, std::size_t results) {
  module_writer m;
  m.type(type_list(parameters, value_type::i32), type_list(results, value_type::f64));
  return m.bytes();
}

}  // namespace

TEMPLATE_TEST_CASE("rule 4.11: a module may have so many of each, and not one more", "", bounded,
                   bounded_guarded) {
  world<TestType> w;
  for (const limit_row& r : limit_rows) {
    INFO(std::string(r.limit));
    w.compile(r.met);
    const error e = w.reject(r.passed);
    CHECK(e.code == status::limit_exceeded);
    CHECK(e.stage() == stage::decode);
  }
  CHECK(outcome(w, with_tags(2)) == status::ok);
  CHECK(outcome(w, with_tags(3)) == status::limit_exceeded);
  REQUIRE(of_size(200).size() == 200);
  CHECK(outcome(w, of_size(200)) == status::ok);
  CHECK(outcome(w, of_size(201)) == status::limit_exceeded);
}

TEMPLATE_TEST_CASE("rule 4.11: what a configuration does not bound has the default limits", "",
                   checked, guarded) {
  world<TestType> w;
  CHECK(outcome(w, with_locals(50'000)) == status::ok);
  CHECK(outcome(w, with_locals(50'001)) == status::limit_exceeded);
  CHECK(outcome(w, with_type(1'000, 1'000)) == status::ok);
  CHECK(outcome(w, with_type(1'001, 0)) == status::limit_exceeded);
  CHECK(outcome(w, with_type(0, 1'001)) == status::limit_exceeded);
}

TEST_CASE("rule 4.11: memories and tables beyond a limit compile, and are refused when made") {
  world<small> w;
  const auto guest = w.instantiate(R"wat((module
      (memory (export "m") 3 65536)
      (table $t (export "t") 99 0xffffffff funcref)
      (func (export "grow memory") (param i32) (result i32) (memory.grow (local.get 0)))
      (func (export "grow table") (param i32) (result i32)
        (table.grow $t (ref.null func) (local.get 0)))))wat");
  CHECK(call<i32(i32)>(guest, "grow memory", 2) == -1);
  CHECK(call<i32(i32)>(guest, "grow memory", 1) == 3);
  CHECK(call<i32(i32)>(guest, "grow memory", 1) == -1);
  CHECK(call<i32(i32)>(guest, "grow table", 2) == -1);
  CHECK(call<i32(i32)>(guest, "grow table", 1) == 99);
  CHECK(call<i32(i32)>(guest, "grow table", 1) == -1);
  w.instantiate(R"wat((module (memory 4) (table 100 funcref)))wat");
  CHECK(w.refuse(R"wat((module (memory 5)))wat").code == status::memory_refused);
  CHECK(w.refuse(R"wat((module (table 101 funcref)))wat").code == status::table_refused);
  CHECK(w.store.make_memory({{5}}).error().code == status::memory_refused);
  CHECK(w.store.make_table({value_type::funcref, {101}}).error().code == status::table_refused);
}

}  // namespace linking
