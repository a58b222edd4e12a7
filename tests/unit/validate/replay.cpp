// What is told from a record is what the pass tells: one emitter writes down both.
#include <dovetail/validate/replay.hpp>

#include <string>
#include <vector>

#include <dovetail/format/decoder.hpp>
#include <dovetail/validate/module_builder.hpp>
#include <dovetail/validate/pass.hpp>
#include <dovetail/validate/signatures.hpp>

#include "checking.hpp"
#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_validate_replay {

using namespace dovetail;
using namespace testing;

namespace {

constexpr value_type i32 = value_type::i32, f64 = value_type::f64;

// Writes down every call with its operands, where it is, and the stack. Values have names: of a
// local or a constant whatever its number or bits are, else the number of the call.
template <bool Vectors>
struct writer {
  struct value {
    char kind = '?';
    std::uint64_t number = 0;
  };
  struct label {
    std::uint32_t number = 0;
  };
  using meter = std::size_t;
  using values = live<value>;
  static constexpr features executes = features::wasm3();
  static constexpr bool has_vectors = Vectors;
  static constexpr bool places_operands = true;
  static constexpr bool is_metered = true;

  std::string text;
  std::vector<std::uint32_t> costs;
  std::size_t offset = 0;
  std::uint64_t next = 0;
  std::uint32_t blocks = 0;

  void add(value v) { text += std::string(" ") + v.kind + std::to_string(v.number); }
  void add(std::uint64_t n) { text += " " + std::to_string(n); }
  void add(op o) { text += " " + std::string(dovetail::name(o)); }
  void add(value_type t) { add(t.code()); }
  void add(no_immediate) {}
  void add(lane_index l) { add(l.lane); }
  template <class Space>
  void add(dovetail::index<Space> i) {
    add(i.value);
  }
  void add(const memory_argument& m) { add(m.offset), add(m.memory), add(m.alignment); }
  void add(const memory_lane_argument& m) { add(m.access), add(m.lane); }
  void add(const v128& v) {
    for (const std::uint8_t b : v.bytes) add(b);
  }
  void add(indirect_call c) { add(c.type), add(c.table); }
  void add(two_tables t) { add(t.destination), add(t.source); }
  void add(two_memories t) { add(t.destination), add(t.source); }
  void add(element_and_table t) { add(t.element), add(t.table); }
  void add(data_and_memory t) { add(t.data), add(t.memory); }
  void add(values stack) {
    text += " [";
    // References are of one kind in a record.
    for (const auto& o : stack)
      add(o.type.is_reference() ? value_type::funcref : o.type), add(o.end), add(o.value);
    text += " ]";
  }
  void add(std::span<const value> operands) {
    for (const value v : operands) add(v);
  }
  template <class... T>
  value note(const char* what, const T&... all) {
    text += "\n" + std::to_string(offset) + " " + what;
    (add(all), ...);
    return {'v', next++};
  }

  void begin(const function_body& f) {
    note("begin", f.index, std::uint64_t{f.size});
    for (const value_type t : f.locals) add(t);
  }
  status finish() { return note("finish"), status::ok; }
  void position(std::size_t at) { offset = at; }
  value constant(value_type, slot bits) { return {'c', bits}; }
  value local_get(local_index i, value_type, values) { return {'l', i.value}; }
  value unary(op o, value a, values s) { return note("unary", o, a, s); }
  value binary(op o, value a, value b, values s) { return note("binary", o, a, b, s); }
  value select(value_type t, value a, value b, value c, values s) {
    return note("select", t, a, b, c, s);
  }
  void drop(value v) { note("drop", v); }
  value vector_constant(const v128& v) { return note("constant", v); }
  template <class Immediate>
  value vector(op o, const Immediate& imm, std::span<const value> operands, values s) {
    return note("vector", o, imm, operands, s);
  }
  template <class Immediate>
  void vector_store(op o, const Immediate& imm, value at, value v, values s) {
    note("vector_store", o, imm, at, v, s);
  }
  value load(op o, const memory_argument& m, value at, values s) {
    return note("load", o, m, at, s);
  }
  void store(op o, const memory_argument& m, value at, value v, values s) {
    note("store", o, m, at, v, s);
  }
  void local_set(local_index i, value_type t, value v, values s) { note("set", i, t, v, s); }
  value local_tee(local_index i, value_type t, value v, values s) {
    return note("tee", i, t, v, s);
  }
  value global_get(global_index i, value_type t, values s) { return note("global", i, t, s); }
  void global_set(global_index i, value_type t, value v, values s) {
    note("set_global", i, t, v, s);
  }
  void data_drop(data_index i) { note("data_drop", i); }
  void element_drop(element_index i) { note("element_drop", i); }
  value ref_is_null(value v, values s) { return note("is_null", v, s); }
  value ref_as_non_null(value v, values s) { return note("as_non_null", v, s); }
#define CALL(NAME)              \
  template <class... T>         \
  value NAME(const T&... all) { \
    return note(#NAME, all...); \
  }
  CALL(memory_size)
  CALL(memory_grow)
  CALL(memory_fill)
  CALL(memory_copy)
  CALL(memory_init)
  CALL(table_get)
  CALL(table_size)
  CALL(table_grow)
  CALL(table_fill)
  CALL(table_copy)
  CALL(table_init)
  CALL(ref_func)
#undef CALL
  void table_set(table_index t, value at, value v, values s) { note("table_set", t, at, v, s); }

  label enter(const block_shape& shape, values s) {
    note("enter", std::uint64_t{shape.height}, std::uint64_t(shape.kind), s);
    return {++blocks};
  }
  label enter_if(const block_shape& shape, value c, values s) {
    note("if", std::uint64_t{shape.height}, c, s);
    return {++blocks};
  }
  void rename(values s, std::size_t count) {
    for (std::size_t i = s.size() - count; i < s.size(); ++i) s[i].value = {'r', next++};
  }
  void else_(label& l, bool reachable, values s) {
    note("else", std::uint64_t{l.number}, std::uint64_t{s.size()});
    if (reachable) add(s);
  }
  void enter_else(label& l, values s) { note("enter_else", std::uint64_t{l.number}, s); }
  void leave(label& l, bool reachable, values s) {
    // Where the end cannot be reached nothing has a name yet.
    note("leave", std::uint64_t{l.number}, std::uint64_t{s.size()});
    if (reachable) add(s);
    if (!reachable && !s.empty()) rename(s, 1);
  }
  void branch(label& l, values s) { note("branch", std::uint64_t{l.number}, s); }
  void branch_if(label& l, value c, values s) { note("if", std::uint64_t{l.number}, c, s); }
  void branch_table(value v, std::span<label* const> targets, values s) {
    note("table", v, s);
    for (const label* l : targets) add(std::uint64_t{l->number});
  }
  void unreachable() { note("unreachable"); }
  void call(function_index f, const function_type& t, values s) {
    note("call", f, std::uint64_t{t.parameters.size()}, s);
  }
  void call_indirect(indirect_call c, const function_type& t, value v, values s) {
    note("indirect", c, std::uint64_t{t.results.size()}, v, s);
  }
  void call_ref(type_index c, const function_type& t, value v, values s) {
    note("call_ref", c, std::uint64_t{t.results.size()}, v, s);
  }
  void return_call(function_index f, const function_type& t, values s) {
    note("return_call", f, std::uint64_t{t.parameters.size()}, s);
  }
  void return_call_indirect(indirect_call c, const function_type& t, value v, values s) {
    note("return_indirect", c, std::uint64_t{t.results.size()}, v, s);
  }
  void return_call_ref(type_index c, const function_type& t, value v, values s) {
    note("return_ref", c, std::uint64_t{t.results.size()}, v, s);
  }
  value branch_on_null(label& l, value v, values s) {
    return note("on_null", std::uint64_t{l.number}, v, s);
  }
  void branch_on_non_null(label& l, value v, values s) {
    note("on_non_null", std::uint64_t{l.number}, v, s);
  }
  void name_results(std::size_t count, values s) { note("results", s), rename(s, count); }
  meter open_meter() {
    note("meter");
    costs.push_back(0);
    return costs.size() - 1;
  }
  void close_meter(meter m, std::uint32_t operators) { costs[m] = operators; }
};

/// A module's bodies told by the pass, and from the record of all of them.
template <bool Vectors>
struct twice {
  using E = writer<Vectors>;
  using R = recorder<features::wasm3(), Vectors, true>;
  static constexpr features accept = features::wasm3();
  watched_heap heap;
  E direct, told;
  status problem = status::ok;

  explicit twice(const std::vector<std::uint8_t>& bytes) {
    signature_table signatures(heap);
    module_env env(heap);
    env.canonical = &signatures;
    const limits most;
    byte_reader r(bytes);
    module_builder<binary_decoder, accept> builder(env, most);
    keep(binary_decoder::sections(r, builder));
    R recorded(heap);
    pass_storage<E> storage(heap);
    pass_storage<R> recorder_storage(heap);
    full_validation::pass<E, accept> one(env, direct, storage, most);
    full_validation::pass<R, accept> two(env, recorded, recorder_storage, most);
    replay again(recorded, told);
    for (int batch = 0; batch < 2; ++batch) {
      recorded.begin_batch();
      for (std::size_t k = 0; k < env.bodies.size(); ++k) {
        body(bytes, env, k, one), keep(direct.finish());
        body(bytes, env, k, two), keep(recorded.finish());
      }
      again.begin_batch();
      for (std::size_t k = 0; k < env.bodies.size(); ++k) keep(again.body()), keep(told.finish());
    }
  }
  void keep(status s) {
    if (problem == status::ok) problem = s;
  }
  template <class Pass>
  void body(const std::vector<std::uint8_t>& bytes, const module_env& env, std::size_t k,
            Pass& pass) {
    const body_range& range = env.bodies[k];
    byte_reader whole(bytes), r, skipped;
    keep(whole.part(range.offset, skipped));
    keep(whole.part(range.size, r));
    keep(pass.begin({static_cast<std::uint32_t>(env.imported_functions + k)}, range.size));
    keep(binary_decoder::body(r, pass));
  }
};

template <bool Vectors = true>
bool is_told_alike(const code& body, const testing::type_list& parameters = {},
                   const testing::type_list& results = {},
                   std::initializer_list<locals_group> locals = {}) {
  const twice<Vectors> both(with_body(body, parameters, results, locals));
  CHECK(both.problem == status::ok);
  CHECK(both.told.text == both.direct.text);
  CHECK(both.told.costs == both.direct.costs);
  // Function 0 and this one.
  return both.direct.text.find("begin 1 ") != std::string::npos;
}

}  // namespace

TEST_CASE("replay: numbers, locals and globals") {
  code c;
  c.put(op::local_get, {0}).i32(7).put(op::i32_add).put(op::local_tee, {2});
  c.put(op::i32_eqz).put(op::local_get, {0}).put(op::local_get, {2}).put(op::local_get, {0});
  c.put(op::select).put(op::drop).put(op::drop);
  c.put(op::global_get, {0}).put(op::local_set, {2});
  c.i64(-1).put(op::global_set, {1}).f64(3).put(op::local_set, {1});
  c.put(op::local_get, {1}).put(op::f64_neg).put(op::drop);
  CHECK(is_told_alike(c, {i32, f64}, {}, {{1, i32}}));
}

TEST_CASE("replay: accesses, whatever their offset") {
  code c;
  for (const std::uint64_t offset : {std::uint64_t{0}, std::uint64_t{0xffff'ffff}}) {
    c.i32(1).put(op::i32_load, {2, offset}).put(op::drop);
    c.i32(1).i64(2).put(op::i64_store, {3, offset});
    c.i32(1).v128(5, 6).put(op::v128_store, {4, offset});
    c.i32(1).v128(5, 6).put(op::v128_load8_lane, {0, offset}).byte(15);
    c.put(op::drop);
  }
  CHECK(is_told_alike(c));
  code v;
  v.v128(1, 2).v128(3, 4).put(op::i8x16_shuffle);
  for (unsigned i = 0; i < 16; ++i) v.byte(i);
  v.put(op::i32x4_extract_lane).byte(3);
  CHECK(is_told_alike(v, {}, {i32}));
}

TEST_CASE("replay: tables, memories and references") {
  code c;
  c.i32(0).i32(1).i32(2).put(op::memory_fill, {0});
  c.i32(0).i32(1).i32(2).put(op::memory_copy, {0, 0});
  c.i32(0).i32(1).i32(2).put(op::memory_init, {0, 0}).put(op::data_drop, {0});
  c.put(op::memory_size, {0}).put(op::memory_grow, {0}).put(op::drop);
  c.i32(0).put(op::table_get, {1}).put(op::ref_is_null).put(op::drop);
  c.i32(0).put(op::ref_func, {0}).put(op::table_set, {0});
  c.constant(value_type::funcref, 0).put(op::table_size, {0}).put(op::table_grow, {0});
  c.put(op::drop);
  c.i32(0).constant(value_type::externref, 0).i32(2).put(op::table_fill, {1});
  c.i32(0).i32(1).i32(2).put(op::table_copy, {0, 0});
  c.i32(0).i32(1).i32(2).put(op::table_init, {0, 0}).put(op::elem_drop, {0});
  CHECK(is_told_alike<false>(c));
}

TEST_CASE("replay: blocks, branches and calls, and what is dead among them") {
  code c;
  c.open(op::block, 0x7f).i32(1).put(op::local_get, {0}).put(op::br_if, {0});
  c.open(op::loop).put(op::local_get, {0}).put(op::br_if, {0}).end();
  c.put(op::local_get, {0}).open(op::if_, 0x7f).i32(2).put(op::br, {1});
  c.open(op::block).i32(5).put(op::drop).end().put(op::else_).put(op::unreachable).end();
  c.put(op::drop).end().put(op::drop);
  c.open(op::block).open(op::block).put(op::local_get, {0}).put(op::br_table, {2, 0, 1, 0});
  c.i32(1).put(op::drop).end().end();
  c.put(op::local_get, {0}).i64(2).open_typed(op::block, 2);
  c.put(op::drop).put(op::drop).i64(3).i32(4).end().put(op::drop).put(op::drop);
  c.put(op::local_get, {0}).put(op::call, {0}).put(op::drop);
  c.put(op::local_get, {0}).i32(1).put(op::call_indirect, {1, 0}).put(op::drop);
  c.i32(4).put(op::return_).open(op::loop).put(op::br, {0}).end().put(op::drop);
  CHECK(is_told_alike(c, {i32}, {i32}));
}

TEST_CASE("replay: references to functions, and calls in a caller's place") {
  code c;
  c.open(op::block).put(op::ref_func, {0}).put(op::ref_as_non_null).put(op::br_on_null, {0});
  c.put(op::drop).end();
  c.open(op::block, 0x70).put(op::ref_func, {0}).put(op::br_on_non_null, {0});
  c.put(op::ref_null).byte(0x70);
  c.end().put(op::drop);
  c.put(op::local_get, {0}).put(op::ref_func, {0}).put(op::call_ref, {1}).put(op::drop);
  c.put(op::local_get, {0}).open(op::if_);
  c.put(op::local_get, {0}).put(op::return_call, {0}).end();
  c.put(op::local_get, {0}).open(op::if_);
  c.put(op::local_get, {0}).i32(1).put(op::return_call_indirect, {1, 0}).end();
  c.put(op::local_get, {0}).put(op::ref_func, {0}).put(op::return_call_ref, {1});
  CHECK(is_told_alike(c, {i32}, {value_type::i64}));
}

TEST_CASE("replay: vectors among the others, which take two slots") {
  code c;
  c.put(op::local_get, {0}).put(op::local_get, {1}).v128(1, 2).put(op::local_tee, {1});
  c.put(op::i32x4_extract_lane).byte(1);
  c.put(op::drop).put(op::v128_not).put(op::local_set, {1}).put(op::drop);
  CHECK(is_told_alike(c, {i32, value_type::v128}));
}

TEST_CASE("replay: more values than a call counts, and than there is room for") {
  code c;
  for (int i = 0; i < 1000; ++i) c.put(op::local_get, {0});
  for (int i = 0; i < 999; ++i) c.put(op::i32_add);
  CHECK(is_told_alike(c, {i32}, {i32}));
  code unused;
  for (int i = 0; i < 600; ++i) unused.i32(i);
  unused.put(op::unreachable);
  CHECK(is_told_alike(unused));
}

}  // namespace unit_validate_replay
