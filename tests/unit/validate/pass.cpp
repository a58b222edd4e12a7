// The pass: control, calls, numbers, parametric instructions, and what an emitter is told.
#include <dovetail/validate/pass.hpp>

#include <string>
#include <vector>

#include <dovetail/format/decoder.hpp>
#include <dovetail/validate/signatures.hpp>

#include "checking.hpp"
#include "numbering.hpp"
#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_validate_pass {

using namespace dovetail;
using namespace testing;

namespace {

constexpr value_type i32 = value_type::i32, i64 = value_type::i64, f32 = value_type::f32,
                     vector = value_type::v128, callable = value_type::funcref;

// Writes down what it is told, and counts basic blocks.
struct listener : numbering {
  static constexpr bool is_metered = true;
  std::string told;
  std::uint32_t next = 0;

  void say(const std::string& what) { told += (told.empty() ? "" : " ") + what; }
  value named(const std::string& what) {
    say(what + "=" + std::to_string(next));
    return next++;
  }
  static std::string text(value v) { return std::to_string(v); }

  void begin(const function_body& f) { say("begin" + std::to_string(f.locals.size())); }
  value constant(value_type, slot bits) { return named("const" + std::to_string(bits)); }
  value unary(op o, value a, live<value>) { return named(std::string(name(o)) + text(a)); }
  value binary(op o, value a, value b, live<value>) {
    return named(std::string(name(o)) + text(a) + "," + text(b));
  }
  value select(value_type, value a, value b, value c, live<value>) {
    return named("select" + text(a) + "," + text(b) + "," + text(c));
  }
  void drop(value v) { say("drop" + text(v)); }
  value local_get(local_index l, value_type, live<value>) { return named("get" + text(l.value)); }
  label enter(const block_shape& s, live<value>) {
    return say("enter" + std::to_string(s.height)), label{};
  }
  label enter_if(const block_shape&, value c, live<value>) { return say("if" + text(c)), label{}; }
  void else_(label&, bool reachable, live<value>) { say(reachable ? "else" : "dead-else"); }
  void enter_else(label&, live<value>) { say("enter-else"); }
  void leave(label&, bool reachable, live<value>) { say(reachable ? "leave" : "dead-leave"); }
  void branch(label&, live<value>) { say("branch"); }
  void branch_if(label&, value c, live<value>) { say("branch-if" + text(c)); }
  void branch_table(value, std::span<label* const> targets, live<value>) {
    say("table" + std::to_string(targets.size()));
  }
  void unreachable() { say("unreachable"); }
  void call(function_index, const function_type&, live<value>) { say("call"); }
  void call_indirect(indirect_call, const function_type&, value, live<value>) { say("indirect"); }
  void name_results(std::size_t count, live<value> stack) {
    say("results" + std::to_string(count));
    for (std::size_t i = stack.size() - count; i < stack.size(); ++i) stack[i].value = next++;
  }
  meter open_meter() { return {}; }
  void close_meter(meter, std::uint32_t count) { say("{" + std::to_string(count) + "}"); }
};

struct pass_of {
  watched_heap heap;
  signature_table canonical{heap};
  module_env env{heap};
  listener emitter;
  pass_storage<listener> storage{heap};
  limits most;
  full_validation::pass<listener, features::wasm2()> pass{env, emitter, storage, most};

  // Type 0 and function 0: [i32] -> [i32].
  pass_of() {
    const value_type one[] = {i32};
    env.canonical = &canonical;
    CHECK(env.types.push(canonical.intern({one, one})) == status::ok);
    CHECK(env.functions.push({0}) == status::ok);
    CHECK(env.tables.push({}) == status::ok);
  }
  status read(code c, std::size_t locals = 0) {
    code whole;
    whole.u32(locals == 0 ? 0 : 1);
    if (locals != 0) whole.u32(locals).byte(0x7f);
    whole.append(c.end().bytes());
    CHECK(pass.begin({0}, whole.bytes().size()) == status::ok);
    byte_reader r(whole.bytes());
    return binary_decoder::body(r, pass);
  }
};
std::string said(const code& c, std::size_t locals = 0) {
  pass_of p;
  CHECK(p.read(c, locals) == status::ok);
  return p.emitter.told;
}

}  // namespace

TEST_CASE("pass: an emitter is told of live operators, with the names it gave itself") {
  code c;
  c.put(op::local_get, {0}).i32(5).put(op::i32_add).put(op::i32_eqz);
  CHECK(said(c) == "begin1 enter0 get0=0 const5=1 i32.add0,1=2 i32.eqz2=3 {5} leave");
  code select;
  select.i32(1).i32(2).i32(3).put(op::select).put(op::drop).i32(4);
  CHECK(said(select, 2) ==
        "begin3 enter0 const1=0 const2=1 const3=2 select0,1,2=3 drop3 const4=4 {7} leave");
}

TEST_CASE("pass: dead code is checked and not told, and does not count as executed") {
  code c;
  c.put(op::unreachable).i32(1).put(op::drop).open(op::block).put(op::br, {0}).end().i32(2);
  CHECK(said(c) == "begin1 enter0 unreachable {1} dead-leave");
  code back;
  back.open(op::block).put(op::br, {0}).put(op::nop).end().i32(2);
  CHECK(said(back) == "begin1 enter0 enter0 branch {2} dead-leave const2=0 {2} leave");
}

TEST_CASE("pass: the arms of an if, each a basic block") {
  code c;
  c.i32(1).open(op::if_, 0x7f).i32(2).put(op::else_).put(op::unreachable).end();
  CHECK(said(c) ==
        "begin1 enter0 const1=0 {2} if0 const2=1 {2} else enter-else unreachable {1} dead-leave "
        "{1} leave");
  code dead;
  dead.i32(1).open(op::if_).put(op::unreachable).put(op::else_).end().i32(0);
  CHECK(said(dead) ==
        "begin1 enter0 const1=0 {2} if0 unreachable {1} dead-else enter-else leave const0=1 {3} "
        "leave");  // one way leads on: no basic block ends there
}

TEST_CASE("pass: branches, tables and calls end or name what they should") {
  code loop;
  loop.open(op::loop).i32(1).put(op::br_if, {0}).end().i32(0);
  CHECK(said(loop) == "begin1 enter0 {1} enter0 const1=0 {2} branch-if0 leave const0=1 {3} leave");
  code table;
  table.i32(7).i32(0).put(op::br_table).u32(1).u32(0).u32(0);
  CHECK(said(table) == "begin1 enter0 const7=0 const0=1 table2 {3} dead-leave");
  code call;
  call.i32(7).put(op::call, {0}).i32(0).put(op::call_indirect, {0, 0});
  CHECK(said(call) == "begin1 enter0 const7=0 call results1 const0=2 indirect results1 {5} leave");
}

TEST_CASE("pass: a block leaves exactly its results, whichever way") {
  const auto block = [](std::initializer_list<std::int32_t> values, unsigned type) {
    code c;
    c.open(op::block, type);
    for (const std::int32_t v : values) c.i32(v);
    return c.end(), c;
  };
  CHECK(check_body(block({1}, 0x7f), {}, {i32}) == status::ok);
  CHECK(check_body(block({}, 0x7f), {}, {i32}) == status::type_mismatch);
  CHECK(check_body(block({1, 2}, 0x7f), {}, {i32}) == status::type_mismatch);
  CHECK(check_body(block({1}, 0x7e), {}, {i64}) == status::type_mismatch);
  CHECK(check_body(block({1}, 0x40)) == status::type_mismatch);
  code deep;  // operands below a block are not its own
  deep.i32(1).open(op::block).put(op::drop).end();
  CHECK(check_body(deep) == status::type_mismatch);
}

TEST_CASE("pass: blocks with parameters, and an if without else gives what it takes") {
  code swap;  // type 2 is [i32 i64] -> [i64 i32]
  swap.i32(1).i64(2).open_typed(op::block, 2).put(op::drop).put(op::drop).i64(3).i32(4).end();
  CHECK(check_body(swap, {}, {i64, i32}) == status::ok);
  code missing;
  missing.i64(2).open_typed(op::block, 2).put(op::unreachable).end();
  CHECK(check_body(missing, {}, {i64, i32}) == status::type_mismatch);
  code lone;
  lone.i32(1).i64(2).i32(0).open_typed(op::if_, 2).put(op::unreachable).end();
  CHECK(check_body(lone, {}, {i64, i32}) == status::type_mismatch);
  code result;
  result.i32(0).open(op::if_, 0x7f).i32(1).end();
  CHECK(check_body(result, {}, {i32}) == status::type_mismatch);
  code unknown;
  unknown.open_typed(op::block, 4).end();
  CHECK(check_body(unknown) == status::unknown_type);
}

TEST_CASE("pass: else stands once, in an if") {
  code stray, twice, fine;
  stray.open(op::block).put(op::else_).end();
  CHECK(check_body(stray) == status::end_opcode_expected);
  twice.i32(1).open(op::if_).put(op::else_).put(op::else_).end();
  CHECK(check_body(twice) == status::end_opcode_expected);
  fine.i32(1).open(op::if_, 0x7f).i32(1).put(op::else_).i32(2).end();
  CHECK(check_body(fine, {}, {i32}) == status::ok);
  code arms;  // the second arm has another type
  arms.i32(1).open(op::if_, 0x7f).i32(1).put(op::else_).i64(2).end();
  CHECK(check_body(arms, {}, {i32}) == status::type_mismatch);
}

TEST_CASE("pass: branches carry what their label wants") {
  const auto branch = [](op o, std::uint64_t depth, bool has_value) {
    code c;
    c.open(op::block, 0x7f);
    if (has_value) c.i32(1);
    if (o == op::br_if) c.i32(1);
    c.put(o, {depth});
    return c.end(), c;
  };
  CHECK(check_body(branch(op::br, 0, true), {}, {i32}) == status::ok);
  CHECK(check_body(branch(op::br, 0, false), {}, {i32}) == status::type_mismatch);
  CHECK(check_body(branch(op::br, 1, true), {}, {i32}) == status::ok);
  CHECK(check_body(branch(op::br, 2, true), {}, {i32}) == status::unknown_label);
  CHECK(check_body(branch(op::br_if, 0, true), {}, {i32}) == status::ok);
  CHECK(check_body(branch(op::br_if, 0, false), {}, {i32}) == status::type_mismatch);
  code loop;  // the label of a loop wants its parameters, of which there are none
  loop.open(op::loop, 0x7f).put(op::br, {0}).end();
  CHECK(check_body(loop, {}, {i32}) == status::ok);
  code back;
  back.put(op::return_).i32(1);
  CHECK(check_body(back, {}, {i32}) == status::type_mismatch);
}

TEST_CASE("pass: the targets of a branch table agree in number, and each with the stack") {
  const auto table = [](std::initializer_list<std::uint64_t> targets, bool is_dead) {
    code c;
    c.open(op::block, 0x7f).open(op::block).open(op::block, 0x7e);
    if (is_dead) {
      c.put(op::unreachable);
    } else {
      c.i32(1).i32(0);
    }
    c.put(op::br_table).u32(targets.size() - 1);
    for (const std::uint64_t t : targets) c.u32(t);
    return c.end().put(op::drop).end().i32(1).end(), c;
  };
  CHECK(check_body(table({2, 3, 2}, false), {}, {i32}) == status::ok);
  CHECK(check_body(table({2}, false), {}, {i32}) == status::ok);
  CHECK(check_body(table({2, 1}, false), {}, {i32}) == status::type_mismatch);
  CHECK(check_body(table({2, 0}, false), {}, {i32}) == status::type_mismatch);
  CHECK(check_body(table({2, 4}, false), {}, {i32}) == status::unknown_label);
  // In dead code one operand may stand for an i32 and an i64; the number still counts.
  CHECK(check_body(table({2, 0}, true), {}, {i32}) == status::ok);
  CHECK(check_body(table({2, 1}, true), {}, {i32}) == status::type_mismatch);
}

TEST_CASE("pass: branch tables and locals are bounded, parameters not counted") {
  limits most;
  most.branch_targets = 2;
  most.locals = 3;
  code two, three;
  two.i32(0).put(op::br_table).u32(2).u32(0).u32(0).u32(0);
  three.i32(0).put(op::br_table).u32(3).u32(0).u32(0).u32(0).u32(0);
  CHECK(check(with_body(two), most).code == status::ok);
  CHECK(check(with_body(three), most).code == status::limit_exceeded);
  const testing::type_list parameters(5, i64);
  CHECK(check(with_body({}, parameters, {}, {{1, i32}, {2, f32}}), most).code == status::ok);
  CHECK(check(with_body({}, parameters, {}, {{1, i32}, {3, f32}}), most).code ==
        status::limit_exceeded);
  CHECK(check(with_body({}, parameters, {}, {{0xffff'ffff, i32}}), most).code ==
        status::limit_exceeded);
}

TEST_CASE("pass: calls") {
  code direct, indirect, result, other, table, type;
  direct.i32(1).put(op::call, {0});
  CHECK(check_body(direct, {}, {i64}) == status::ok);
  CHECK(check_body(direct, {}, {i32}) == status::type_mismatch);
  result.i64(1).put(op::call, {0});
  CHECK(check_body(result, {}, {i64}) == status::type_mismatch);
  other.i32(1).put(op::call, {2});
  CHECK(check_body(other, {}, {i64}) == status::unknown_function);
  indirect.i32(1).i32(0).put(op::call_indirect, {1, 0});
  CHECK(check_body(indirect, {}, {i64}) == status::ok);
  table.i32(1).i32(0).put(op::call_indirect, {1, 1});
  CHECK(check_body(table, {}, {i64}) == status::type_mismatch);
  table.put(op::call_indirect, {1, 2});
  type.i32(1).i32(0).put(op::call_indirect, {4, 0});
  CHECK(check_body(type, {}, {i64}) == status::unknown_type);
}

TEST_CASE("pass: select without a type takes numbers and vectors of one kind") {
  const auto select = [](value_type a, value_type b) {
    code c;
    c.constant(a, 0).constant(b, 0);
    c.i32(1).put(op::select).put(op::drop);
    return check_body(c);
  };
  CHECK(select(i64, i64) == status::ok);
  CHECK(select(vector, vector) == status::ok);
  CHECK(select(i64, i32) == status::type_mismatch);
  CHECK(select(callable, callable) == status::type_mismatch);
  code dead;
  dead.put(op::unreachable).i64(1).i32(1).put(op::select);
  CHECK(check_body(dead, {}, {i64}) == status::ok);
  CHECK(check_body(dead, {}, {i32}) == status::type_mismatch);
  code unknown;  // both come of nothing: what comes out fits anything
  unknown.put(op::unreachable).put(op::select).put(op::i32_eqz);
  CHECK(check_body(unknown, {}, {i32}) == status::ok);
}

TEST_CASE("pass: select with a type takes exactly one, references too") {
  const auto select = [](std::initializer_list<unsigned> types) {
    code c;
    c.constant(callable, 0).constant(callable, 0).i32(1).put(op::select_typed).u32(types.size());
    for (const unsigned t : types) c.byte(t);
    return c.put(op::drop), check_body(c);
  };
  CHECK(select({0x70}) == status::ok);
  CHECK(select({0x6f}) == status::type_mismatch);
  CHECK(select({}) == status::invalid_result_arity);
  CHECK(select({0x70, 0x70}) == status::invalid_result_arity);
}

TEST_CASE("pass: alignments and lanes") {
  const auto load = [](op o, std::initializer_list<std::uint64_t> immediates) {
    code c;
    c.i32(0).put(o, immediates).put(op::drop);
    return check_body(c);
  };
  CHECK(load(op::i32_load16_u, {1, 0}) == status::ok);
  CHECK(load(op::i32_load16_u, {2, 0}) == status::alignment_too_large);
  CHECK(load(op::i64_load, {31, 0}) == status::alignment_too_large);
  code lane;
  lane.v128(0, 0).put(op::i64x2_extract_lane, {1}).put(op::drop);
  CHECK(check_body(lane) == status::ok);
  code beyond;
  beyond.v128(0, 0).put(op::i64x2_extract_lane, {2}).put(op::drop);
  CHECK(check_body(beyond) == status::invalid_lane_index);
}

TEST_CASE("pass: an emitter without vectors is not told of any, in dead code neither") {
  pass_of p;
  code constant, dead, block;
  constant.v128(0, 0).put(op::drop).i32(1);
  CHECK(p.read(constant) == status::simd_not_executable);
  dead.put(op::unreachable).put(op::i8x16_add).put(op::drop);
  CHECK(p.read(dead) == status::simd_not_executable);
  block.open(op::block, 0x7b).put(op::unreachable).end().put(op::drop).i32(1);
  CHECK(p.read(block) == status::simd_not_executable);
}

TEST_CASE("pass: an error stands at its operator") {
  pass_of p;
  code c;
  c.i32(1).i64(2).put(op::i32_add);
  CHECK(p.read(c) == status::type_mismatch);
  CHECK(p.pass.position() == 5);
}

TEST_CASE("pass: trusted code is not checked but told all the same") {
  pass_of p;
  trusted::pass<listener, features::wasm2()> taking{p.env, p.emitter, p.storage, p.most};
  code c;
  c.u32(0);
  c.i64(1).put(op::i32_eqz).end();  // an i64 where an i32 is wanted
  CHECK(taking.begin({0}, c.bytes().size()) == status::ok);
  byte_reader r(c.bytes());
  CHECK(binary_decoder::body(r, taking) == status::ok);
  CHECK(p.emitter.told == "begin1 enter0 const1=0 i32.eqz0=1 {3} leave");
}

TEST_CASE("pass: refused memory is a status") {
  pass_of p;
  code c;
  for (int i = 0; i < 100; ++i) c.i32(i);
  p.heap.requests_left = 3;
  CHECK(p.read(c) == status::out_of_memory);
}

TEST_CASE("pass: what is accepted and not executed is refused where it stands, by its feature") {
  const auto verdict = [](const code& operators) {
    watched_heap heap;
    signature_table canonical(heap);
    module_env env(heap);
    env.canonical = &canonical;
    const type_definition open{{}, false};
    const signature* made[2] = {canonical.intern({}), nullptr};
    CHECK(canonical.intern({&open, 1}, {&made[1], 1}));
    for (const signature* s : made) CHECK(env.types.push(s) == status::ok);
    CHECK(env.functions.push({0}) == status::ok);
    for (const bool is_64 : {false, true}) {
      CHECK(env.memories.push({{1}, is_64}) == status::ok);
      CHECK(env.tables.push({value_type::funcref, {1}, is_64}) == status::ok);
    }
    numbering emitter;  // executes 2.0 without vectors
    pass_storage<numbering> storage(heap);
    const limits most;
    full_validation::pass<numbering, features::wasm3()> pass(env, emitter, storage, most);
    code whole;
    whole.u32(0).append(operators.bytes());
    whole.byte(0x0b);
    CHECK(pass.begin({0}, whole.bytes().size()) == status::ok);
    byte_reader r(whole.bytes());
    return binary_decoder::body(r, pass);
  };
  code c[8];
  CHECK(verdict(c[0].put(op::return_call, {0})) == not_executable(feature::tail_call));
  CHECK(verdict(c[1].put(op::ref_as_non_null)) == not_executable(feature::function_references));
  CHECK(verdict(c[2].i32(0).put(op::i32_load, {0x40, 1, 0})) ==
        not_executable(feature::multi_memory));
  CHECK(verdict(c[3].put(op::memory_size, {1})) == not_executable(feature::multi_memory));
  CHECK(verdict(c[4].put(op::table_size, {1})) == not_executable(feature::memory64));
  CHECK(verdict(c[5].i32(0).put(op::call_indirect, {1, 0})) ==
        not_executable(feature::function_references));
  CHECK(verdict(c[6].i32(0).put(op::call_indirect, {0, 0})) == status::ok);
  CHECK(verdict(c[7].put(op::unreachable).put(op::i16x8_relaxed_q15mulr_s)) ==
        not_executable(feature::relaxed_simd));
}

}  // namespace unit_validate_pass
