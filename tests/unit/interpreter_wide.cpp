// Frames beyond 16-bit slots: 50,000 locals and temporaries above them, through every form of
// operand that a cell has.
#include "support/catch.hpp"

#include <cstdint>
#include <span>
#include <vector>

#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>

#include "support/writer.hpp"

namespace unit_interpreter_wide {

namespace {

using dovetail::op;
using dovetail::value_type;
using testing::code;

struct configuration : dovetail::defaults {
  using backend = dovetail::interpreter;
  static constexpr dovetail::features accept = dovetail::features::wasm3();
};
using rt = dovetail::runtime<configuration>;

constexpr std::uint32_t most_locals = 50'000;
constexpr std::uint32_t pushed = 20'000;  // the temporaries reach slot 70,000

code& get(code& c, std::uint32_t local) { return c.put(op::local_get, {local}); }
code& set(code& c, std::uint32_t local) { return c.put(op::local_set, {local}); }

// A function (param i64) (result i64) with that many more i64 locals.
std::vector<std::uint8_t> module_of(const code& body, std::uint32_t locals = most_locals) {
  testing::module_writer m;
  const std::uint32_t type = m.type({value_type::i64}, {value_type::i64});
  m.memory(1, 1);
  m.memory(1, 1);
  m.memory(1, 1, true);
  code triple;
  get(triple, 0).i64(3).put(op::i64_mul);
  m.function(type, triple);
  m.table(1, 1);
  const std::uint32_t functions[] = {0};
  m.elements(0, functions);
  m.export_as("f", 0, m.function(type, body, {{locals, value_type::i64}}));
  return m.bytes();
}

std::int64_t run(const code& body, std::int64_t argument) {
  const std::vector<std::uint8_t> bytes = module_of(body);
  rt::engine engine;
  auto compiled = engine.compile(std::as_bytes(std::span(bytes)));
  REQUIRE(compiled);
  rt::store store{engine};
  auto instance = store.instantiate(*compiled);
  REQUIRE(instance);
  auto f = instance->get<std::int64_t(std::int64_t)>("f");
  REQUIRE(f);
  const auto result = (*f)(argument);
  REQUIRE(result);
  return *result;
}

// Pushes many copies of the argument, runs `inner` above them, adds everything up.
code above(const code& inner) {
  code c;
  for (std::uint32_t i = 0; i < pushed; ++i) get(c, 0);
  c.append(inner.bytes());
  for (std::uint32_t i = 0; i < pushed; ++i) c.put(op::i64_add);
  return c;
}

// The same pushes, and an end that does not come back to them.
code after(const code& inner) {
  code c;
  for (std::uint32_t i = 0; i < pushed; ++i) get(c, 0);
  return c.append(inner.bytes()), c;
}

}  // namespace

TEST_CASE("the last of 50,000 locals holds its value") {
  code c;
  for (const std::uint32_t local : {1u, 32'768u, 49'999u, most_locals})
    set(get(c, 0).i64(local).put(op::i64_mul), local);
  get(c, 1);
  for (const std::uint32_t local : {32'768u, 49'999u, most_locals}) get(c, local).put(op::i64_add);
  CHECK(run(c, 2) == 2 * (1 + 32'768 + 49'999 + std::int64_t{most_locals}));
}

TEST_CASE("locals start as zero, also those that are far") {
  code c;
  get(c, most_locals).put(op::i64_eqz).put(op::i64_extend_i32_u);
  CHECK(run(c, 7) == 1);
}

TEST_CASE("more locals than the limit are refused, with the offset of their declaration") {
  rt::engine engine;
  const std::vector<std::uint8_t> bytes = module_of(code().i64(0), most_locals + 1);
  auto compiled = engine.compile(std::as_bytes(std::span(bytes)));
  REQUIRE_FALSE(compiled);
  CHECK(compiled.error().code == dovetail::status::limit_exceeded);
  CHECK(compiled.error().section == dovetail::section_id::code);
}

TEST_CASE("operators, selects, loads and stores work on far temporaries") {
  code c;
  c.i32(8);
  get(c, 0).i64(5).put(op::i64_add).put(op::i64_store, {3, 0});
  c.i32(8).put(op::i64_load, {3, 0});
  get(c, 0).i64(1).put(op::i64_sub);
  get(c, 0).i64(10).put(op::i64_gt_s).put(op::select);
  CHECK(run(above(c), 11) == 11 * std::int64_t{pushed} + 16);
  CHECK(run(above(c), 9) == 9 * std::int64_t{pushed} + 8);
}

TEST_CASE("branches carry far temporaries") {
  code c;
  c.open(op::block, 0x7e);
  get(c, 0).i64(100).put(op::i64_add);
  get(c, 0).put(op::i64_eqz).put(op::br_if, {0});
  c.i64(1).put(op::i64_mul).end();
  CHECK(run(above(c), 3) == 3 * std::int64_t{pushed} + 103);
  CHECK(run(above(c), 0) == 100);
}

TEST_CASE("calls of every kind take far arguments and leave far results") {
  code direct;
  get(direct, 0).put(op::call, {0});
  CHECK(run(above(direct), 4) == 4 * std::int64_t{pushed} + 12);
  code indirect;
  get(indirect, 0).i32(0).put(op::call_indirect, {0, 0});
  CHECK(run(above(indirect), 4) == 4 * std::int64_t{pushed} + 12);
}

TEST_CASE("tail calls of every kind take far arguments, and leave where the caller's would be") {
  code direct;
  get(direct, 0).put(op::return_call, {0});
  CHECK(run(after(direct), 4) == 12);
  code indirect;
  get(indirect, 0).i32(0).put(op::return_call_indirect, {0, 0});
  CHECK(run(after(indirect), 4) == 12);
  code reference;
  get(reference, 0).put(op::ref_func, {0}).put(op::return_call_ref, {0});
  CHECK(run(after(reference), 4) == 12);
}

TEST_CASE("references are far temporaries too") {
  code c;
  get(c, 0).put(op::ref_func, {0}).put(op::ref_as_non_null).put(op::call_ref, {0});
  CHECK(run(above(c), 4) == 4 * std::int64_t{pushed} + 12);
  code null;
  null.open(op::block, 0x40).put(op::ref_null, {0}).put(op::br_on_null, {0});
  null.put(op::drop).put(op::unreachable).end().i64(7);
  CHECK(run(above(null), 4) == 4 * std::int64_t{pushed} + 7);
  code other;
  other.open(op::block, 0x70).put(op::ref_func, {0}).put(op::br_on_non_null, {0});
  other.put(op::unreachable).end().put(op::ref_is_null).put(op::i64_extend_i32_u);
  CHECK(run(above(other), 4) == 4 * std::int64_t{pushed});
}

TEST_CASE("further and 64-bit memories are reached from far temporaries") {
  for (const std::uint64_t memory : {1u, 2u}) {
    code c;
    const auto address = [&] { memory == 1 ? c.i32(8) : c.i64(8); };
    address();
    get(c, 0).put(op::i64_store, {64 | 3, memory, 8});
    address();
    c.put(op::i64_load, {64 | 3, memory, 8});
    CHECK(run(above(c), 11) == 11 * std::int64_t{pushed} + 11);
  }
}

TEST_CASE("a far local counts a loop") {
  code c;
  c.i64(0).put(op::local_set, {most_locals});
  c.open(op::loop);
  get(c, most_locals).i64(1).put(op::i64_add).put(op::local_tee, {most_locals});
  get(c, 0).put(op::i64_lt_s).put(op::br_if, {0}).end();
  get(c, most_locals);
  CHECK(run(c, 1000) == 1000);
}

}  // namespace unit_interpreter_wide
