// Which provided type may stand for which declared one (core specification 3.3.1).
#include <dovetail/link/matching.hpp>

#include "support/catch.hpp"

using namespace dovetail;

namespace {

external_type of(const function_type& t) {
  external_type out;
  out.function = t;
  return out;
}
external_type of(const table_type& t) {
  external_type out;
  out.kind = external_kind::table;
  out.table = t;
  return out;
}
external_type of(const memory_type& t) {
  external_type out;
  out.kind = external_kind::memory;
  out.memory = t;
  return out;
}
external_type of(const global_type& t) {
  external_type out;
  out.kind = external_kind::global;
  out.global = t;
  return out;
}

constexpr std::uint64_t most = 0xffff'ffff;

}  // namespace

// Usable at compile time.
static_assert(matches(limits_type{2, 3}, limits_type{1, 4}));

TEST_CASE("matching: limits must be at least as tight as declared") {
  const limits_type declared{2, 5};
  CHECK(matches({2, 5}, declared));
  CHECK(matches({3, 4}, declared));
  CHECK(matches({5, 5}, declared));
  CHECK_FALSE(matches({1, 5}, declared));
  CHECK_FALSE(matches({2, 6}, declared));
  CHECK_FALSE(matches(limits_type{2}, declared));
  CHECK_FALSE(matches({2, most}, declared));
}

TEST_CASE("matching: without a declared maximum any will do, and one that is 0 is declared") {
  CHECK(matches(limits_type{2}, limits_type{2}));
  CHECK(matches(limits_type{3, 3}, limits_type{2}));
  CHECK_FALSE(matches(limits_type{1}, limits_type{2}));
  CHECK(matches(limits_type{0, 0}, limits_type{0, 0}));
  CHECK_FALSE(matches(limits_type{0, 1}, limits_type{0, 0}));
  CHECK(matches(limits_type{0, most}, limits_type{0, most}));
  CHECK_FALSE(matches(limits_type{0}, limits_type{0, most}));
}

TEST_CASE("matching: element types, value types and mutability are invariant") {
  const table_type funcs{value_type::funcref, {1}}, externs{value_type::externref, {1}};
  CHECK(matches(of(funcs), of(funcs)));
  CHECK_FALSE(matches(of(funcs), of(externs)));
  CHECK_FALSE(matches(of(funcs), of(table_type{value_type::funcref, {2}})));
  CHECK(matches(of(memory_type{{2}}), of(memory_type{{1}})));
  CHECK_FALSE(matches(of(memory_type{{1}}), of(memory_type{{2}})));
  const global_type constant{value_type::i32, false}, variable{value_type::i32, true};
  CHECK(matches(of(constant), of(constant)));
  CHECK_FALSE(matches(of(constant), of(variable)));
  CHECK_FALSE(matches(of(variable), of(constant)));
  CHECK_FALSE(matches(of(constant), of(global_type{value_type::i64, false})));
}

TEST_CASE("matching: addresses and indices of 64 bits are not those of 32") {
  const memory_type narrow{{1}, false}, wide{{1}, true};
  CHECK(matches(of(wide), of(wide)));
  CHECK_FALSE(matches(of(wide), of(narrow)));
  CHECK_FALSE(matches(of(narrow), of(wide)));
  const table_type few{value_type::funcref, {1}, false}, many{value_type::funcref, {1}, true};
  CHECK(matches(of(many), of(many)));
  CHECK_FALSE(matches(of(many), of(few)));
  CHECK_FALSE(matches(of(few), of(many)));
}

TEST_CASE("matching: functions by their whole type, kinds by themselves") {
  const value_type one[] = {value_type::i32}, two[] = {value_type::i32, value_type::i32};
  CHECK(matches(of(function_type{one, two}), of(function_type{one, two})));
  CHECK_FALSE(matches(of(function_type{one, two}), of(function_type{two, two})));
  CHECK_FALSE(matches(of(function_type{one, two}), of(function_type{one, one})));
  const external_type all[] = {of(function_type{}), of(table_type{}), of(memory_type{}),
                               of(global_type{})};
  for (const external_type& a : all) {
    for (const external_type& b : all) CHECK(matches(a, b) == (&a == &b));
  }
}
