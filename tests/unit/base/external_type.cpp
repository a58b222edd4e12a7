// The types of imports and exports.
#include <dovetail/base/external_type.hpp>

#include "support/catch.hpp"

namespace unit_base_external_type {

using namespace dovetail;

TEST_CASE("function types are equal by structure") {
  const value_type a[] = {value_type::i32, value_type::f64};
  const value_type b[] = {value_type::i32, value_type::f64};
  const value_type c[] = {value_type::f64, value_type::i32};
  const auto first = [](const auto& list) { return std::span<const value_type>(list).first(1); };
  CHECK(function_type{a, b} == function_type{b, a});
  CHECK_FALSE(function_type{a, {}} == function_type{c, {}});
  CHECK_FALSE(function_type{a, {}} == function_type{{}, a});
  CHECK_FALSE(function_type{a, {}} == function_type{first(a), {}});
  CHECK_FALSE(function_type{{}, a} == function_type{{}, first(a)});
  CHECK(function_type{first(a), {}} == function_type{first(b), {}});
  CHECK(function_type{} == function_type{});
}

TEST_CASE("limits have a maximum only if one was given, and 0 is one") {
  CHECK_FALSE(limits_type{1}.has_maximum());
  CHECK(limits_type{0, 0}.has_maximum());
  CHECK(limits_type{0, 0xffff'ffff}.has_maximum());
  CHECK_FALSE(limits_type{1, 2} == limits_type{1});
  CHECK_FALSE(limits_type{1, 2} == limits_type{0, 2});
  CHECK(limits_type{1, 2} == limits_type{1, 2});
}

TEST_CASE("types of objects differ in each of their parts") {
  CHECK(table_type{value_type::funcref, {1}} == table_type{value_type::funcref, {1}});
  CHECK_FALSE(table_type{value_type::funcref, {1}} == table_type{value_type::externref, {1}});
  CHECK_FALSE(table_type{value_type::funcref, {1}} == table_type{value_type::funcref, {2}});
  CHECK_FALSE(memory_type{{1, 2}} == memory_type{{1, 3}});
  CHECK_FALSE(global_type{value_type::i32, true} == global_type{value_type::i32, false});
  CHECK_FALSE(global_type{value_type::i32, true} == global_type{value_type::i64, true});
}

TEST_CASE("external kinds have the codes of the binary format and the names of the text format") {
  CHECK(static_cast<int>(external_kind::function) == 0);
  CHECK(static_cast<int>(external_kind::table) == 1);
  CHECK(static_cast<int>(external_kind::memory) == 2);
  CHECK(static_cast<int>(external_kind::global) == 3);
  CHECK(name(external_kind::function) == "function");
  CHECK(name(external_kind::table) == "table");
  CHECK(name(external_kind::memory) == "memory");
  CHECK(name(external_kind::global) == "global");
  CHECK(name(external_kind::tag) == "tag");
}

}  // namespace unit_base_external_type
