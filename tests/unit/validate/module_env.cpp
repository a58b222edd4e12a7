// What is known of a module, filled by hand.
#include <dovetail/validate/module_env.hpp>
#include <dovetail/validate/signatures.hpp>

#include <string_view>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_validate_module_env {

using namespace dovetail;

namespace {

struct filled {
  testing::watched_heap heap;
  signature_table canonical{heap};
  module_env env{heap};
  filled() {
    // [i32 i64] -> [f32] and [] -> [f64 i32]
    const value_type all[] = {value_type::i32, value_type::i64, value_type::f32, value_type::f64,
                              value_type::i32};
    const std::span list(all);
    CHECK(env.types.push(canonical.intern({list.first(2), list.subspan(2, 1)})) == status::ok);
    CHECK(env.types.push(canonical.intern({{}, list.last(2)})) == status::ok);
    CHECK(env.functions.push({1}) == status::ok);
    CHECK(env.functions.push({0}) == status::ok);
    CHECK(env.tables.push({value_type::externref, {1, 2}}) == status::ok);
    CHECK(env.memories.push({{3}}) == status::ok);
    CHECK(env.globals.push({{value_type::f64, true}, {}}) == status::ok);
    name("one", 0);
    name("", 1);
    name("on", 2);
  }
  void name(std::string_view text, std::uint32_t number) {
    const text_range range{static_cast<std::uint32_t>(env.text.size()),
                           static_cast<std::uint32_t>(text.size())};
    CHECK(env.text.append(text) == status::ok);
    CHECK(env.exports.push({range, external_kind::function, number}) == status::ok);
    CHECK(env.export_index.insert(env.export_index.hash(text), number) == status::ok);
  }
};

}  // namespace

TEST_CASE("module: function types are those of the canonical types") {
  const filled m;
  const value_type first[] = {value_type::i32, value_type::i64}, second[] = {value_type::f32};
  const value_type third[] = {value_type::f64, value_type::i32};
  CHECK(m.env.type({0}) == function_type{first, second});
  CHECK(m.env.type({1}) == function_type{{}, third});
  CHECK(m.env.function({0}) == m.env.type({1}));
  CHECK(m.env.function({1}) == m.env.type({0}));
}

TEST_CASE("module: the type of what is imported or exported, of every kind") {
  const filled m;
  const external_type f = m.env.external(external_kind::function, 1);
  CHECK(f.kind == external_kind::function);
  CHECK(f.function == m.env.type({0}));
  CHECK(m.env.external(external_kind::table, 0).table == m.env.tables[0]);
  CHECK(m.env.external(external_kind::memory, 0).memory == memory_type{{3}});
  CHECK(m.env.external(external_kind::global, 0).global == global_type{value_type::f64, true});
  CHECK(m.env.external(external_kind::global, 0).kind == external_kind::global);
}

TEST_CASE("module: exports are found by their whole name") {
  const filled m;
  CHECK(m.env.find_export("one") == 0);
  CHECK(m.env.find_export("") == 1);
  CHECK(m.env.find_export("on") == 2);
  CHECK(m.env.find_export("o") == name_table::none);
  CHECK(m.env.find_export("one ") == name_table::none);
  CHECK(m.env.view(m.env.exports[2].name) == "on");
}

}  // namespace unit_validate_module_env
