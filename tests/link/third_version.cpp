// The rules of linking that 3.0 adds, and the bugs that other engines had with them, on each
// backend: LINKING_BACKEND says which. The modules are bytes, since wat2wasm does not know all of
// what they have.
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <type_traits>
#include <vector>

#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>
#include <dovetail/null.hpp>
#ifdef DOVETAIL_WITH_X64
#include <dovetail/x64.hpp>
#endif

#include "support/catch.hpp"
#include "support/compiled_once.hpp"
#include "support/writer.hpp"

using namespace dovetail;
using testing::raw_module;

namespace {

struct third : defaults {
  using backend = LINKING_BACKEND;
  static constexpr features accept = features::wasm3();
  static constexpr limits limit{.memory_pages = 8, .table_elements = 100};
};
using rt = runtime<third>;
using bytes = std::vector<std::uint8_t>;
using sections = std::initializer_list<testing::raw_section>;

struct world {
  rt::engine engine;
  rt::store store{engine};
  rt::linker linker{engine};

  rt::module compile(sections all) {
    auto made = engine.compile(testing::as_bytes(raw_module(all)));
    if (!made) {
      char line[300];
      FAIL(made.error().format(line));
    }
    return *std::move(made);
  }
  rt::instance instantiate(sections all) {
    auto made = store.instantiate(compile(all), linker);
    if (!made) {
      char line[300];
      FAIL(made.error().format(line));
    }
    return *std::move(made);
  }
  /// Makes what the sections export importable from "m".
  rt::instance provide(sections all) {
    rt::instance made = instantiate(all);
    CHECK(linker.define_instance("m", made) == status::ok);
    return made;
  }
  /// How instantiation ends.
  status link(sections all) {
    const auto made = store.instantiate(compile(all), linker);
    return made ? status::ok : made.error().code;
  }
};

// An import of "m" "x", or an export of index 0 as "x".
bytes import_x(bytes description) {
  bytes out = {1, 1, 'm', 1, 'x'};
  out.insert(out.end(), description.begin(), description.end());
  return out;
}
testing::raw_section export_x(std::uint8_t kind) { return {7, {1, 1, 'x', kind, 0}}; }

constexpr std::uint8_t a_function = 0, a_table = 1, a_memory = 2, a_global = 3, a_tag = 4;
constexpr status incompatible = status::incompatible_import;

// Types 0 open [] -> [], 1 below it and open, 2 below that, 3 final [] -> [].
const testing::raw_section chain{
    1, {4, 0x50, 0, 0x60, 0, 0, 0x50, 1, 0, 0x60, 0, 0, 0x4f, 1, 1, 0x60, 0, 0, 0x60, 0, 0}};
const testing::raw_section one_body{10, {1, 2, 0, 0x0b}};

// A body that gives its parameter to an indirect call by a type.
void append_body(bytes& code, std::uint8_t op, std::uint8_t type) {
  for (const unsigned b : {7u, 0u, 0x20u, 0u, unsigned{op}, unsigned{type}, 0u, 0x0bu})
    code.push_back(static_cast<std::uint8_t>(b));
}

}  // namespace

TEST_CASE("rule 4, functions: a supertype may be declared, nothing else") {
  world w;
  w.provide({chain, {3, {1, 1}}, export_x(a_function), one_body});
  const auto as = [&](std::uint8_t type) {
    return w.link({chain, {2, import_x({a_function, type})}});
  };
  CHECK(as(0) == status::ok);
  CHECK(as(1) == status::ok);
  CHECK(as(2) == incompatible);
  CHECK(as(3) == incompatible);
}

TEST_CASE("rule 4, functions: a host's function has the final type, and no other of its shape") {
  world w;
  CHECK(w.linker.define(bind<[] {}>("m", "x")) == status::ok);
  CHECK(w.link({chain, {2, import_x({a_function, 3})}}) == status::ok);
  CHECK(w.link({chain, {2, import_x({a_function, 0})}}) == incompatible);
  CHECK(w.link({chain, {2, import_x({a_function, 2})}}) == incompatible);
}

TEST_CASE("rule 4, functions: a type is its recursion group's and its place's in it") {
  world w;
  const testing::raw_section pair{1, {1, 0x4e, 2, 0x60, 0, 0, 0x60, 0, 0}};
  const testing::raw_section later{1, {2, 0x60, 1, 0x7f, 0, 0x4e, 2, 0x60, 0, 0, 0x60, 0, 0}};
  w.provide({pair, {3, {1, 0}}, export_x(a_function), one_body});
  CHECK(w.link({pair, {2, import_x({a_function, 0})}}) == status::ok);
  CHECK(w.link({pair, {2, import_x({a_function, 1})}}) == incompatible);
  CHECK(w.link({later, {2, import_x({a_function, 1})}}) == status::ok);
  CHECK(w.link({later, {2, import_x({a_function, 2})}}) == incompatible);
  CHECK(w.link({{1, {1, 0x60, 0, 0}}, {2, import_x({a_function, 0})}}) == incompatible);
}

TEST_CASE("rule 4, B-07: address types of memories and tables are compared") {
  const auto verdict = [](std::uint8_t kind, bytes provided, bytes declared) {
    world w;
    const unsigned id = kind == a_memory ? 5 : 4;
    bytes own = {1};
    own.insert(own.end(), provided.begin(), provided.end());
    declared.insert(declared.begin(), kind);
    w.provide({{id, own}, export_x(kind)});
    return w.link({{2, import_x(declared)}});
  };
  CHECK(verdict(a_memory, {4, 1}, {4, 1}) == status::ok);
  CHECK(verdict(a_memory, {4, 1}, {0, 1}) == incompatible);
  CHECK(verdict(a_memory, {0, 1}, {4, 1}) == incompatible);
  CHECK(verdict(a_table, {0x70, 4, 1}, {0x70, 4, 1}) == status::ok);
  CHECK(verdict(a_table, {0x70, 4, 1}, {0x70, 0, 1}) == incompatible);
  CHECK(verdict(a_table, {0x70, 0, 1}, {0x70, 4, 1}) == incompatible);
  // Limits beyond 32 bits are compared as they are.
  const bytes most = {0xff, 0xff, 0xff, 0xff, 0x1f};
  const auto limited = [&](bytes start, std::uint8_t last) {
    start.insert(start.end(), most.begin(), most.end() - 1);
    return start.push_back(last), start;
  };
  CHECK(verdict(a_memory, limited({5, 1}, 0x1f), limited({5, 1}, 0x1f)) == status::ok);
  CHECK(verdict(a_memory, limited({5, 1}, 0x1f), limited({5, 1}, 0x0f)) == incompatible);
}

TEST_CASE("rule 4, B-06: constant globals are covariant, variables and tables are not") {
  const auto verdict = [](std::uint8_t is_mutable, bytes provided, bytes declared) {
    world w;
    bytes own = {1};
    own.insert(own.end(), provided.begin(), provided.end());
    for (const unsigned b : {unsigned{is_mutable}, 0xd2u, 0u, 0x0bu})
      own.push_back(static_cast<std::uint8_t>(b));
    declared.insert(declared.begin(), a_global);
    declared.push_back(is_mutable);
    w.provide(
        {chain, {3, {1, 3}}, {6, own}, {7, {2, 1, 'x', a_global, 0, 1, 'f', 0, 0}}, one_body});
    return w.link({chain, {2, import_x(declared)}});
  };
  const bytes funcref = {0x70}, some = {0x64, 0x70}, typed = {0x64, 3}, other = {0x64, 0};
  CHECK(verdict(0, some, funcref) == status::ok);
  CHECK(verdict(0, typed, some) == status::ok);
  CHECK(verdict(0, typed, funcref) == status::ok);
  CHECK(verdict(0, funcref, some) == incompatible);
  CHECK(verdict(0, typed, other) == incompatible);
  CHECK(verdict(1, some, some) == status::ok);
  CHECK(verdict(1, some, funcref) == incompatible);
  CHECK(verdict(1, funcref, some) == incompatible);
  world w;
  w.provide({{4, {1, 0x70, 0, 1}}, export_x(a_table)});
  CHECK(w.link({chain, {2, import_x({a_table, 0x63, 3, 0, 1})}}) == incompatible);
}

TEST_CASE("rule 4.7, B-08: tags have the same type, and one identity under all their names") {
  world w;
  const rt::instance first = w.provide({chain, {13, {1, 0, 3}}, export_x(a_tag)});
  CHECK(w.link({chain, {2, import_x({a_tag, 0, 3})}}) == status::ok);
  CHECK(w.link({chain, {2, import_x({a_tag, 0, 0})}}) == incompatible);
  CHECK(w.link({{1, {1, 0x4e, 1, 0x60, 0, 0}}, {2, import_x({a_tag, 0, 0})}}) == status::ok);
  CHECK(w.link({{1, {1, 0x4e, 2, 0x60, 0, 0, 0x60, 0, 0}}, {2, import_x({a_tag, 0, 0})}}) ==
        incompatible);
  const rt::instance again = w.instantiate(
      {chain, {2, import_x({a_tag, 0, 3})}, {7, {2, 1, 'a', a_tag, 0, 1, 'b', a_tag, 0}}});
  CHECK(again.find("a")->object().object == first.find("x")->object().object);
  CHECK(again.find("b")->object().object == first.find("x")->object().object);
  CHECK(again.find("a")->type().kind == external_kind::tag);
}

TEST_CASE("B-13: memories that grow beside each other, and beside others of their instances") {
  if constexpr (std::is_same_v<third::backend, null>)
    return testing::skip("the null backend runs nothing");
  // Of memory k, "gk" grows by pages and "lk" loads a byte.
  const testing::raw_section types{1, {1, 0x60, 1, 0x7f, 1, 0x7f}}, functions{3, {4, 0, 0, 0, 0}};
  const bytes exports = {4, 2,   'g', '0', 0, 0, 2,   'g', '1', 0, 1,
                         2, 'l', '0', 0,   2, 2, 'l', '1', 0,   3};
  bytes also_x = exports;
  also_x[0] = 5;
  also_x.insert(also_x.end(), {1, 'x', a_memory, 1});
  const testing::raw_section bodies{
      10, {4,    6, 0,    0x20, 0, 0x40, 0,    0x0b, 6, 0,    0x20, 0,    0x40, 1, 0x0b, 8,   0,
           0x20, 0, 0x2d, 0x40, 0, 0,    0x0b, 8,    0, 0x20, 0,    0x2d, 0x40, 1, 0,    0x0b}};
  world w;
  const rt::instance owner =
      w.provide({types, functions, {5, {2, 0, 1, 0, 1}}, {7, also_x}, bodies});
  // The owner's second memory is the first one here.
  const rt::instance user = w.instantiate(
      {types, {2, import_x({a_memory, 0, 1})}, functions, {5, {1, 0, 1}}, {7, exports}, bodies});
  const auto call = [](const rt::instance& of, const char* name, std::int32_t argument) {
    return (*of.get<std::int32_t(std::int32_t)>(name))(argument);
  };
  const auto pages = [&](const rt::instance& of, const char* name) {
    std::int32_t count = 0;
    while (call(of, name, count * 65'536).has_value()) ++count;
    return count;
  };
  const auto are = [&](std::int32_t first, std::int32_t shared, std::int32_t last) {
    return pages(owner, "l0") == first && pages(owner, "l1") == shared &&
           pages(user, "l0") == shared && pages(user, "l1") == last;
  };
  CHECK(are(1, 1, 1));
  CHECK(call(user, "g1", 2).value_or(-1) == 1);
  CHECK(are(1, 1, 3));
  CHECK(call(owner, "g1", 1).value_or(-1) == 1);
  CHECK(are(1, 2, 3));
  CHECK(call(user, "g0", 3).value_or(-1) == 2);
  CHECK(are(1, 5, 3));
  CHECK(call(owner, "g0", 6).value_or(-1) == 1);
  CHECK(are(7, 5, 3));
}

TEST_CASE("B-14: the host cannot put into a global or table what its type does not allow") {
  world w;
  const rt::instance i =
      w.instantiate({chain,
                     {3, {2, 3, 0}},
                     {4, {1, 0x40, 0, 0x64, 3, 0, 1, 0xd2, 0, 0x0b}},
                     {6, {1, 0x64, 3, 1, 0xd2, 0, 0x0b}},
                     {7, {4, 1, 'f', 0, 0, 1, 'o', 0, 1, 1, 't', a_table, 0, 1, 'g', a_global, 0}},
                     {10, {2, 2, 0, 0x0b, 2, 0, 0x0b}}});
  const value right{funcref{i.find("f")->object().function()}};
  const value wrong{funcref{i.find("o")->object().function()}};
  const auto t = i.find("t")->as_table();
  const auto g = i.find("g")->as_global();
  CHECK(t.get(0)->bits() == right.bits());
  CHECK(t.set(0, right) == status::ok);
  CHECK(t.set(0, wrong) == status::value_type_mismatch);
  CHECK(t.set(0, value::null(value_type::funcref)) == status::value_type_mismatch);
  CHECK_FALSE(t.grow(1, wrong).has_value());
  CHECK(t.grow(1, right).has_value());
  CHECK(g.set(right) == status::ok);
  CHECK(g.set(wrong) == status::value_type_mismatch);
  CHECK(g.set(value::null(value_type::funcref)) == status::value_type_mismatch);
  CHECK(g.set(value::null(value_type::externref)) == status::value_type_mismatch);
}

TEST_CASE("B-15: offsets are unsigned, and arithmetic of i32 wraps") {
  const auto ends = [](bytes offset) {
    world w;
    bytes data = {1, 0};
    data.insert(data.end(), offset.begin(), offset.end());
    data.insert(data.end(), {0x0b, 1, 'd'});
    const auto made = w.store.instantiate(
        w.compile({{5, {1, 0, 1}}, {7, {1, 1, 'x', a_memory, 0}}, {11, data}}), w.linker);
    return made ? std::string_view("ok") : made.error().reason.message();
  };
  CHECK(ends({0x41, 0x7f}) == "out of bounds memory access");
  CHECK(ends({0x41, 0x7f, 0x41, 3, 0x6a}) == "ok");  // -1 + 3
  CHECK(ends({0x41, 0, 0x41, 1, 0x6b}) == "out of bounds memory access");
}

TEST_CASE(
    "B-16, B-17, B-18: what is declared too big is compiled as it is, and refused when made") {
  world w;
  const bytes pages = {1,    5,    0xff, 0xff, 0xff, 0xff, 0x0f,
                       0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x40};
  const rt::module big = w.compile({{5, pages}, export_x(a_memory)});
  CHECK(big.exports()[0].type.memory == memory_type{{0xffff'ffff, std::uint64_t{1} << 48}, true});
  const auto refused = w.store.instantiate(big, w.linker);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == status::memory_refused);
  const bytes elements = {1, 0x70, 4, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01};
  const rt::module wide = w.compile({{4, elements}, export_x(a_table)});
  CHECK(wide.exports()[0].type.table == table_type{value_type::funcref, {~std::uint64_t{0}}, true});
  const auto too_wide = w.store.instantiate(wide, w.linker);
  REQUIRE_FALSE(too_wide.has_value());
  CHECK(too_wide.error().code == status::table_refused);
}

TEST_CASE("B-23: active data goes to the memory that it names, by that memory's addresses") {
  world w;
  const rt::instance i =
      w.instantiate({{5, {2, 0, 1, 4, 1}},
                     {7, {2, 1, 'a', a_memory, 0, 1, 'b', a_memory, 1}},
                     {11, {2, 0, 0x41, 1, 0x0b, 1, 'A', 2, 1, 0x42, 2, 0x0b, 1, 'B'}}});
  const auto a = i.find("a")->as_memory(), b = i.find("b")->as_memory();
  CHECK(a.read<std::uint8_t>(1).value() == 'A');
  CHECK(a.read<std::uint8_t>(2).value() == 0);
  CHECK(b.read<std::uint8_t>(1).value() == 0);
  CHECK(b.read<std::uint8_t>(2).value() == 'B');
  CHECK(b.type().is_64);
}

TEST_CASE("B-24: a global sees those before it, a table's initialiser only imported ones") {
  world w;
  const rt::instance i =
      w.instantiate({{6, {3, 0x7f, 0,    0x41, 5, 0x0b, 0x7f, 0,    0x23, 0,    0x41,
                          2, 0x6c, 0x0b, 0x7f, 0, 0x23, 1,    0x23, 0,    0x6a, 0x0b}},
                     {7, {1, 1, 'g', a_global, 2}}});
  CHECK(i.find("g")->as_global().get().as<std::int32_t>() == 15);
  const bytes own = {1, 0x40, 0, 0x70, 0, 1, 0x23, 0, 0x0b};
  const auto refused = w.engine.validate(
      testing::as_bytes(raw_module({{4, own}, {6, {1, 0x70, 0, 0xd0, 0x70, 0x0b}}})));
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == status::unknown_global);
}

TEST_CASE("B-26: an indirect call takes subtypes of its type, and nothing else") {
  if constexpr (std::is_same_v<third::backend, null>)
    return testing::skip("the null backend runs nothing");
  // Functions 0 to 3 have the types of `chain`; 4 to 7 call by these, and 8 to 11 by a tail call.
  bytes code = {12}, exports = {8};
  for (int k = 0; k < 4; ++k) code.insert(code.end(), {2, 0, 0x0b});
  for (const std::uint8_t op : {std::uint8_t{0x11}, std::uint8_t{0x13}})
    for (std::uint8_t type = 0; type < 4; ++type) append_body(code, op, type);
  for (std::uint8_t k = 0; k < 8; ++k)
    exports.insert(exports.end(), {1, static_cast<std::uint8_t>('0' + k), a_function,
                                   static_cast<std::uint8_t>(4 + k)});
  bytes types = chain.content;
  types[0] = 5;
  types.insert(types.end(), {0x60, 1, 0x7f, 0});
  world w;
  const rt::instance i = w.instantiate({{1, types},
                                        {3, {12, 0, 1, 2, 3, 4, 4, 4, 4, 4, 4, 4, 4}},
                                        {4, {1, 0x70, 0, 5}},
                                        {7, exports},
                                        {9, {1, 0, 0x41, 0, 0x0b, 4, 0, 1, 2, 3}},
                                        {10, code}});
  for (int by = 0; by < 8; ++by) {
    const char name[] = {static_cast<char>('0' + by), 0};
    const auto call = i.get<void(std::int32_t)>(name);
    REQUIRE(call.has_value());
    for (int callee = 0; callee < 4; ++callee) {
      INFO("a function of type " << callee << ", called by " << by);
      const int type = by % 4;
      const bool is_subtype = type == callee || (type < callee && callee < 3);
      const auto ended = (*call)(callee);
      CHECK(ended.has_value() == is_subtype);
      if (!ended) CHECK(ended.error().code == trap_code::indirect_call_type_mismatch);
    }
    CHECK((*call)(4).error().code == trap_code::uninitialized_element);
    CHECK((*call)(5).error().code == trap_code::undefined_element);
  }
}

TEST_CASE("host objects of 64 bits are imported as such") {
  world w;
  const auto m = w.store.make_memory({{1, 2}, true});
  const auto t = w.store.make_table({value_type::funcref, {3}, true});
  REQUIRE((m.has_value() && t.has_value()));
  CHECK(w.linker.define(provide("m", "x", *m)) == status::ok);
  CHECK(w.linker.define(provide("m", "t", *t)) == status::ok);
  CHECK(w.link({{2, import_x({a_memory, 5, 1, 2})}}) == status::ok);
  CHECK(w.link({{2, import_x({a_memory, 1, 1, 2})}}) == incompatible);
  CHECK(w.link({{2, {1, 1, 'm', 1, 't', a_table, 0x70, 4, 3}}}) == status::ok);
  CHECK(w.link({{2, {1, 1, 'm', 1, 't', a_table, 0x70, 0, 3}}}) == incompatible);
}

TEST_CASE("what a configuration does not accept is refused by its name and place") {
  world w;
  const auto refused = w.engine.compile(testing::as_bytes(
      raw_module({{1, {1, 0x60, 0, 0}}, {3, {1, 0}}, {10, {1, 3, 0, 0x08, 0x0b}}})));
  REQUIRE_FALSE(refused.has_value());
  char line[200];
  CHECK(refused.error().format(line) ==
        "malformed: feature not accepted by the configuration: exception handling, code section, "
        "offset 24");
}
