// Which provided type may stand for which declared one (core specification 3.3.1).
#include <dovetail/link/matching.hpp>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_link_matching {

using namespace dovetail;

namespace {

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

TEST_CASE("matching: element types, address types, mutability and what is mutable are invariant") {
  testing::watched_heap heap;
  signature_table types(heap);
  const auto match = [&](const auto& a, const auto& b) { return matches(of(a), of(b), types); };
  const table_type funcs{value_type::funcref, {1}}, externs{value_type::externref, {1}};
  CHECK(match(funcs, funcs));
  CHECK_FALSE(match(funcs, externs));
  CHECK_FALSE(match(funcs, table_type{value_type::funcref, {2}}));
  const table_type never_null{value_type::funcref.as_non_null(), {1}};
  CHECK_FALSE(match(funcs, never_null));
  CHECK_FALSE(match(never_null, funcs));
  CHECK(match(memory_type{{2}}, memory_type{{1}}));
  CHECK_FALSE(match(memory_type{{1}}, memory_type{{2}}));
  CHECK_FALSE(match(memory_type{{2}, true}, memory_type{{1}}));
  CHECK_FALSE(match(memory_type{{2}}, memory_type{{1}, true}));
  CHECK(match(memory_type{{2}, true}, memory_type{{1}, true}));
  CHECK_FALSE(match(table_type{value_type::funcref, {1}, true}, funcs));
  CHECK_FALSE(match(funcs, table_type{value_type::funcref, {1}, true}));
  const global_type constant{value_type::i32, false}, variable{value_type::i32, true};
  CHECK(match(constant, constant));
  CHECK_FALSE(match(constant, variable));
  CHECK_FALSE(match(variable, constant));
  CHECK_FALSE(match(constant, global_type{value_type::i64, false}));
}

TEST_CASE("matching: constant globals are covariant") {
  testing::watched_heap heap;
  signature_table types(heap);
  const signature* const t = types.intern({});
  REQUIRE(t != nullptr);
  const value_type func = value_type::funcref, some = func.as_non_null();
  const value_type typed = value_type::reference(t->id, true);
  const auto match = [&](value_type a, value_type b, bool is_mutable) {
    return matches(of(global_type{a, is_mutable}), of(global_type{b, is_mutable}), types);
  };
  CHECK(match(some, func, false));
  CHECK(match(typed, func, false));
  CHECK(match(typed.as_non_null(), some, false));
  CHECK(match(value_type::nullfuncref, typed, false));
  CHECK_FALSE(match(func, some, false));
  CHECK_FALSE(match(func, typed, false));
  CHECK_FALSE(match(typed, value_type::externref, false));
  CHECK_FALSE(match(some, func, true));
  CHECK_FALSE(match(typed, func, true));
}

TEST_CASE("matching: kinds by themselves") {
  testing::watched_heap heap;
  signature_table types(heap);
  const external_type all[] = {of(table_type{}), of(memory_type{}), of(global_type{})};
  for (const external_type& a : all) {
    for (const external_type& b : all) CHECK(matches(a, b, types) == (&a == &b));
  }
}

}  // namespace unit_link_matching
