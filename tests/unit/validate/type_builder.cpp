// Recursion groups become canonical: equal ones are the same types, in one module and in another.
#include <dovetail/validate/type_builder.hpp>

#include <dovetail/validate/signatures.hpp>

#include <initializer_list>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_validate_type_builder {

using namespace dovetail;
using testing::watched_heap;

namespace {

constexpr features accept = features::wasm3();
constexpr subtype alone{}, open{false, false, {}};
constexpr subtype below(std::uint32_t super, bool is_final = true) {
  return {is_final, true, {super}};
}
value_type reference(std::uint32_t index) { return value_type::reference(index, true); }

struct member {
  subtype place;
  std::initializer_list<value_type> parameters, results;
};

struct module_of_types {
  module_env env;
  type_builder types{env};
  module_of_types(allocator& heap, signature_table& canonical) : env(heap) {
    env.canonical = &canonical;
  }
  status group(std::initializer_list<member> members, std::uint32_t most = 100) {
    DOVETAIL_TRY(types.begin(static_cast<std::uint32_t>(members.size()), most));
    for (const member& m : members) {
      DOVETAIL_TRY(types.add(m.place));
      for (const value_type t : m.parameters) DOVETAIL_TRY(types.parameter<accept>(t));
      for (const value_type t : m.results) DOVETAIL_TRY(types.result<accept>(t));
    }
    return types.finish();
  }
  const signature* operator[](std::size_t i) const { return env.types[i]; }
};

struct world {
  watched_heap heap;
  signature_table canonical{heap};
  module_of_types first{heap, canonical}, second{heap, canonical};
};

constexpr value_type i32 = value_type::i32, i64 = value_type::i64;

}  // namespace

TEST_CASE("types: a type by itself is the one that hosts intern") {
  world w;
  CHECK(w.first.group({{alone, {i32}, {i64}}}) == status::ok);
  const value_type a[] = {i32}, b[] = {i64};
  CHECK(w.first[0] == w.canonical.intern({a, b}));
  CHECK(w.first[0]->is_final);
}

TEST_CASE(
    "types: groups are the same at other places, in other modules, and referring to themselves") {
  world w;
  CHECK(w.first.group({{alone, {}, {}}}) == status::ok);
  CHECK(w.first.group({{alone, {reference(2)}, {}}, {alone, {reference(1)}, {}}}) == status::ok);
  CHECK(w.first.group({{alone, {reference(4)}, {}}, {alone, {reference(3)}, {}}}) == status::ok);
  CHECK(w.second.group({{alone, {reference(1)}, {}}, {alone, {reference(0)}, {}}}) == status::ok);
  CHECK(w.first[1] == w.first[3]);
  CHECK(w.first[2] == w.first[4]);
  CHECK(w.first[1] != w.first[2]);
  CHECK(w.second[0] == w.first[1]);
  CHECK(w.second[1] == w.first[2]);
  CHECK(w.first[1]->type.parameters[0] == value_type::reference(w.first[2]->id, true));
}

TEST_CASE("types: what stands in another group, or at another place of one, is another type") {
  world w;
  CHECK(w.first.group({{alone, {}, {}}}) == status::ok);
  CHECK(w.first.group({{alone, {}, {}}, {alone, {i32}, {}}}) == status::ok);
  CHECK(w.first.group({{alone, {i32}, {}}, {alone, {}, {}}}) == status::ok);
  CHECK(w.first.group({{alone, {}, {}}, {alone, {}, {}}}) == status::ok);
  for (std::size_t i = 0; i < 7; ++i) {
    for (std::size_t k = 0; k < i; ++k) CHECK(w.first[i] != w.first[k]);
  }
}

TEST_CASE("types: to be final and to have a supertype belong to the type") {
  world w;
  CHECK(w.first.group({{alone, {}, {}}}) == status::ok);
  CHECK(w.first.group({{open, {}, {}}}) == status::ok);
  CHECK(w.first.group({{below(1), {}, {}}}) == status::ok);
  CHECK(w.first.group({{below(1, false), {}, {}}}) == status::ok);
  CHECK(w.first.group({{below(3), {}, {}}}) == status::ok);
  for (std::size_t i = 0; i < 5; ++i) {
    for (std::size_t k = 0; k < i; ++k) CHECK(w.first[i] != w.first[k]);
  }
  CHECK(w.second.group({{open, {}, {}}}) == status::ok);
  CHECK(w.second.group({{below(0, false), {}, {}}}) == status::ok);
  CHECK(w.second.group({{below(1), {}, {}}}) == status::ok);
  CHECK(w.second[2] == w.first[4]);
  CHECK(w.first[4]->depth == 2);
  CHECK(is_subtype(*w.first[4], *w.first[1]));
  CHECK_FALSE(is_subtype(*w.first[4], *w.first[2]));
}

TEST_CASE("types: a supertype is open, earlier, and takes and gives no less") {
  const auto verdict = [](const member& super, const member& sub) {
    world w;
    CHECK(w.first.group({super}) == status::ok);
    return w.first.group({sub});
  };
  CHECK(verdict({open, {}, {}}, {below(0), {}, {}}) == status::ok);
  CHECK(verdict({alone, {}, {}}, {below(0), {}, {}}) == status::not_a_subtype);
  CHECK(verdict({open, {}, {}}, {below(1), {}, {}}) == status::unknown_type);
  CHECK(verdict({open, {i32}, {}}, {below(0), {i64}, {}}) == status::not_a_subtype);
  CHECK(verdict({open, {i32}, {}}, {below(0), {}, {}}) == status::not_a_subtype);
  const value_type funcref = value_type::funcref, some = funcref.as_non_null();
  CHECK(verdict({open, {some}, {funcref}}, {below(0), {funcref}, {some}}) == status::ok);
  CHECK(verdict({open, {funcref}, {}}, {below(0), {some}, {}}) == status::not_a_subtype);
  CHECK(verdict({open, {}, {some}}, {below(0), {}, {funcref}}) == status::not_a_subtype);
}

TEST_CASE("types: a chain of supertypes has a most length") {
  world w;
  CHECK(w.first.group({{open, {}, {}}}) == status::ok);
  for (std::uint32_t depth = 1; depth <= 63; ++depth)
    REQUIRE(w.first.group({{below(depth - 1, false), {}, {}}}) == status::ok);
  CHECK(w.first.group({{below(63, false), {}, {}}}) == status::limit_exceeded);
  CHECK(w.first.group({{below(62, false), {}, {}}}) == status::ok);
}

TEST_CASE("types: references reach to the end of their group, and groups to the limit") {
  world w;
  CHECK(w.first.group({{alone, {reference(1)}, {}}}) == status::unknown_type);
  CHECK(w.first.group({{alone, {reference(0)}, {}}}) == status::ok);
  CHECK(w.first.group({{alone, {}, {}}, {alone, {}, {}}}, 2) == status::limit_exceeded);
  CHECK(w.first.group({}) == status::ok);
  CHECK(w.first.env.types.size() == 1);
}

TEST_CASE("types: refused memory is a status, and nothing leaks") {
  watched_heap heap;
  {
    signature_table canonical(heap);
    for (std::uint64_t requests = 0; requests < 12; ++requests) {
      module_of_types m(heap, canonical);
      heap.requests_left = requests;
      const status s = m.group({{open, {i32}, {}}, {below(0), {i32}, {}}});
      CHECK((s == status::ok || s == status::out_of_memory));
      if (requests == 0) CHECK(s == status::out_of_memory);
      if (requests == 11) CHECK(s == status::ok);
      heap.requests_left = watched_heap::unlimited;
    }
  }
  CHECK(heap.is_clean());
}

}  // namespace unit_validate_type_builder
