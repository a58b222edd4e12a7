// Vectors everywhere a value can be: mixed with numbers among parameters, locals, results, operands
// of blocks and branches, arguments of every kind of call, and in frames beyond 16-bit slots.
#include "support/catch.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>

#include "support/writer.hpp"

namespace unit_interpreter_vectors {

namespace {

using dovetail::op;
using dovetail::v128;
using dovetail::value_type;
using testing::code;
using testing::type_list;

constexpr value_type i32 = value_type::i32, i64 = value_type::i64, vector = value_type::v128;

struct configuration : dovetail::defaults {
  using backend = dovetail::interpreter;
};
struct metered : dovetail::defaults {
  using backend = dovetail::fuel<dovetail::interpreter>;
};
struct without_vectors : configuration {
  static constexpr dovetail::features accept =
      dovetail::features::wasm2() - dovetail::feature::simd;
};

v128 lanes(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  return v128::of_halves(a | std::uint64_t{b} << 32, c | std::uint64_t{d} << 32);
}
code& get(code& c, std::uint32_t local) { return c.put(op::local_get, {local}); }
code& set(code& c, std::uint32_t local) { return c.put(op::local_set, {local}); }

/// An instance of a module with whatever the host gives.
template <class Config>
struct world {
  using rt = dovetail::runtime<Config>;
  typename rt::engine engine;
  typename rt::store store{engine};
  std::optional<typename rt::instance> instance;

  template <class Imports>
  world(const testing::module_writer& m, Imports imports) {
    const std::vector<std::uint8_t> bytes = m.bytes();
    auto compiled = engine.compile(std::as_bytes(std::span(bytes)));
    REQUIRE(compiled);
    auto made = store.instantiate(*compiled, imports);
    REQUIRE(made);
    instance.emplace(*made);
  }
  explicit world(const testing::module_writer& m) : world(m, dovetail::imports<>{}) {}
};

// Calls the function `f` of a module that is this body.
template <class R, class... A>
R run(R (*)(A...), const type_list& in, const type_list& out, const code& body,
      std::initializer_list<testing::locals_group> locals, A... arguments) {
  testing::module_writer m;
  m.memory(1, 1);
  m.export_as("f", 0, m.function(m.type(in, out), body, locals));
  world<configuration> w(m);
  auto f = w.instance->get<R(A...)>("f");
  REQUIRE(f);
  auto result = (*f)(arguments...);
  REQUIRE(result);
  return *result;
}
template <class R, class... A>
using plain = R (*)(A...);

}  // namespace

TEST_CASE("vectors: parameters, locals and results between numbers") {
  code c;
  get(c, 1).i32(7).put(op::i32x4_splat).put(op::i32x4_add);
  set(c, 4);
  get(c, 0).i32(1).put(op::i32_add);
  set(c, 3);
  get(c, 3);
  get(c, 4);
  get(c, 2);
  get(c, 5);
  using results = std::tuple<std::int32_t, v128, std::int64_t, v128>;
  const auto [a, b, d, e] = run(plain<results, std::int32_t, v128, std::int64_t>{},
                                {i32, vector, i64}, {i32, vector, i64, vector}, c,
                                {{1, i32}, {2, vector}}, 5, lanes(1, 2, 3, 4), std::int64_t{-9});
  CHECK(a == 6);
  CHECK(b == lanes(8, 9, 10, 11));
  CHECK(d == -9);
  CHECK(e == v128{});
}

TEST_CASE("vectors: a local's earlier value survives, and results go straight to locals") {
  code c;
  get(c, 0);
  get(c, 0).v128(1, 1).put(op::i64x2_add);
  set(c, 0);
  get(c, 0).put(op::i64x2_sub);
  get(c, 1);
  get(c, 1);
  set(c, 0);
  get(c, 0).put(op::v128_xor).put(op::v128_or);
  CHECK(run(plain<v128, v128, v128>{}, {vector, vector}, {vector}, c, {}, v128::of_halves(40, 50),
            v128::of_halves(7, 8)) == v128::of_halves(~std::uint64_t{0}, ~std::uint64_t{0}));
}

TEST_CASE("vectors: blocks, branches with operands and tables carry them") {
  testing::module_writer m;
  const std::uint32_t type = m.type({i32, vector}, {vector, i64});
  const std::uint32_t results = m.type({}, {vector, i64});
  code c;
  c.open_typed(op::block, results).open_typed(op::block, results).i32(99);
  get(c, 1).i64(3);
  get(c, 0).put(op::br_table, {2, 0, 1, 1}).end();
  c.i64(10).put(op::i64_add);
  set(c, 2);
  get(c, 1).put(op::v128_not).put(op::v128_and);
  get(c, 2).end();
  m.export_as("f", 0, m.function(type, c, {{1, i64}}));
  world<configuration> w(m);
  auto f = w.instance->get<std::tuple<v128, std::int64_t>(std::int32_t, v128)>("f");
  REQUIRE(f);
  const v128 v = lanes(1, 2, 3, 4);
  CHECK(*(*f)(0, v) == std::tuple(v128{}, std::int64_t{13}));
  CHECK(*(*f)(1, v) == std::tuple(v, std::int64_t{3}));
  CHECK(*(*f)(7, v) == std::tuple(v, std::int64_t{3}));
}

TEST_CASE("vectors: loops with parameters, ifs with results, select and tee") {
  code c;
  testing::module_writer m;
  const std::uint32_t type = m.type({i32, vector}, {vector});
  const std::uint32_t step = m.type({vector}, {vector});
  get(c, 1);
  c.open_typed(op::loop, step);
  get(c, 1).put(op::i32x4_add).put(op::local_tee, {2});
  get(c, 0).i32(1).put(op::i32_sub).put(op::local_tee, {0}).put(op::br_if, {0}).end();
  c.put(op::drop);
  get(c, 0).open_typed(op::if_, m.type({}, {vector})).v128(1, 2).put(op::else_);
  get(c, 2).end();
  get(c, 1).i32(1).put(op::select).put(op::local_set, {2}).v128(1, 2).v128(5, 6);
  get(c, 0).put(op::select_typed);
  c.u32(1).byte(0x7b);
  get(c, 2).put(op::i32x4_add);
  m.export_as("f", 0, m.function(type, c, {{1, vector}}));
  world<configuration> w(m);
  auto f = w.instance->get<v128(std::int32_t, v128)>("f");
  REQUIRE(f);
  CHECK(*(*f)(3, lanes(1, 2, 3, 4)) == lanes(4 + 5, 8, 12 + 6, 16));
}

TEST_CASE("vectors: calls of the module, through tables, of the host, and from the host") {
  testing::module_writer m;
  const std::uint32_t type = m.type({i32, vector, i32}, {i32, vector});
  const std::uint32_t host = m.import_function("env", "host", type);
  code swap;
  get(swap, 2);
  get(swap, 1);
  get(swap, 0).put(op::i32x4_splat).put(op::i32x4_sub);
  const std::uint32_t own = m.function(type, swap);
  m.table(2, 2);
  const std::uint32_t elements[] = {own, host};
  m.elements(0, elements);
  for (const std::uint32_t callee : {own, host, 2u, 3u}) {
    code c;
    c.i64(1);
    get(c, 0);
    get(c, 1);
    get(c, 2);
    if (callee < 2) c.put(op::call, {callee});
    if (callee >= 2) c.i32(static_cast<std::int32_t>(callee) - 2).put(op::call_indirect, {type, 0});
    c.put(op::i32x4_extract_lane).byte(3);
    c.put(op::i32_add).put(op::i64_extend_i32_u).put(op::i64_add);
    m.export_as(std::to_string(callee), 0, m.function(m.type({i32, vector, i32}, {i64}), c));
  }
  m.export_as("own", 0, own);
  int calls = 0;
  dovetail::imports env = {
      dovetail::bind("env", "host", [&calls](std::int32_t a, v128 v, std::int32_t b) {
        ++calls;
        return std::tuple<std::int32_t, v128>{a * b, v};
      })};
  world<configuration> w(m, env);
  const v128 v = lanes(1, 2, 3, 40);
  const auto sum = [&](const char* name) {
    auto f = w.instance->get<std::int64_t(std::int32_t, v128, std::int32_t)>(name);
    REQUIRE(f);
    return *(*f)(5, v, 6);
  };
  const std::string own_name = std::to_string(own), host_name = std::to_string(host);
  CHECK(sum(own_name.c_str()) == 1 + 6 + 35);
  CHECK(sum(host_name.c_str()) == 1 + 30 + 40);
  CHECK(sum("2") == 1 + 6 + 35);
  CHECK(sum("3") == 1 + 30 + 40);
  CHECK(calls == 2);
  // Untyped, with vectors as values.
  const dovetail::value arguments[] = {std::int32_t{5}, v, std::int32_t{6}};
  dovetail::value results[2];
  REQUIRE(w.instance->find("own")->as_function().call(arguments, results));
  CHECK(results[0].as<std::int32_t>() == 6);
  CHECK(results[1].as<v128>() == lanes(~3u, ~2u, ~1u, 35));
}

TEST_CASE("vectors: globals of the guest and of the host") {
  testing::module_writer m;
  const std::uint32_t imported = m.import_global("env", "g", vector, true);
  const std::uint32_t own = m.global(vector, true, code().v128(3, 4));
  code c;
  c.put(op::global_get, {imported}).put(op::global_get, {own}).put(op::i64x2_add);
  c.put(op::global_set, {imported}).put(op::global_get, {imported}).put(op::global_set, {own});
  m.export_as("f", 0, m.function(m.type({}, {}), c));
  m.export_as("own", 3, own);
  const std::vector<std::uint8_t> bytes = m.bytes();
  using rt = dovetail::runtime<configuration>;
  rt::engine engine;
  rt::store store{engine};
  auto g = store.make_global(v128::of_halves(10, 20));
  REQUIRE(g);
  dovetail::imports env = {dovetail::provide("env", "g", *g)};
  auto compiled = engine.compile(std::as_bytes(std::span(bytes)));
  REQUIRE(compiled);
  auto instance = store.instantiate(*compiled, env);
  REQUIRE(instance);
  REQUIRE((*instance->get<void()>("f"))());
  CHECK(g->get() == v128::of_halves(13, 24));
  auto exported = instance->get<dovetail::global<v128>>("own");
  REQUIRE(exported);
  CHECK(exported->get() == v128::of_halves(13, 24));
  exported->set(v128::of_halves(1, 0));
  REQUIRE((*instance->get<void()>("f"))());
  CHECK(g->get() == v128::of_halves(14, 24));
}

TEST_CASE("vectors: operators work on far locals and far temporaries") {
  constexpr std::uint32_t most = 40'000;
  code c;
  // Far locals: slots from 80,000 on.
  get(c, 0).v128(1, 2).put(op::i64x2_add);
  set(c, most);
  for (std::uint32_t i = 0; i < 100; ++i) get(c, most);
  get(c, most);
  get(c, 0);
  get(c, 0).put(op::v128_bitselect);
  c.i32(3).put(op::i64x2_shl).i32(16);
  get(c, most).put(op::v128_store, {4, 0}).i32(16);
  get(c, most).put(op::v128_load64_lane, {3, 0}).byte(1);
  get(c, most);
  get(c, most).put(op::i8x16_shuffle).fixed(std::uint64_t{0x0706'0504'0302'0100});
  c.fixed(std::uint64_t{0x0f0e'0d0c'0b0a'0908});
  get(c, most).i32(1).put(op::select).put(op::drop);
  for (std::uint32_t i = 0; i < 101; ++i) c.put(op::i64x2_add);
  get(c, most).put(op::i64x2_extract_lane).byte(0);
  c.put(op::i64x2_splat).put(op::i64x2_add);
  const v128 r =
      run(plain<v128, v128>{}, {vector}, {vector}, c, {{most, vector}}, v128::of_halves(10, 20));
  // bitselect(11|22, 10|20, 10|20): 10 & 11 | 10 & ~10 = 10, 20 & 22 = 20; shifted by 3.
  CHECK(r == v128::of_halves(80 + 100 * 11 + 11 + 11, 160 + 100 * 22 + 11 + 11));
}

TEST_CASE("vectors: fuel counts their operators") {
  testing::module_writer m;
  code c;
  get(c, 0);
  get(c, 0).put(op::i8x16_add);
  m.export_as("f", 0, m.function(m.type({vector}, {vector}), c));
  world<metered> w(m);
  auto f = w.instance->get<v128(v128)>("f");
  REQUIRE(f);
  w.store.set_fuel(2);
  REQUIRE_FALSE((*f)(v128{}));
  CHECK(w.store.last_trap().code == dovetail::trap_code::out_of_fuel);
  w.store.set_fuel(100);
  CHECK(*(*f)(lanes(1, 2, 3, 4)) == lanes(2, 4, 6, 8));
  CHECK(w.store.fuel() == 100 - 4);  // the end is one too
}

TEST_CASE("vectors: a config that does not accept them refuses them, with the offset") {
  testing::module_writer m;
  code c;
  get(c, 0).put(op::i32x4_splat).put(op::drop);
  m.function(m.type({i32}, {}), c);
  const std::vector<std::uint8_t> bytes = m.bytes();
  dovetail::runtime<without_vectors>::engine engine;
  auto compiled = engine.compile(std::as_bytes(std::span(bytes)));
  REQUIRE_FALSE(compiled);
  CHECK(compiled.error().code == dovetail::status::feature_not_accepted);
}

}  // namespace unit_interpreter_vectors
