// Host objects behind references: what comes back is the object, or an error value.
#include <dovetail/host_objects.hpp>

#include <cstdint>
#include <random>
#include <utility>
#include <vector>

#include "world.hpp"

namespace unit_api_host_objects {

using namespace dovetail;
using namespace testing;

namespace {

struct entity {
  int hit_points = 10;
};
struct sound {
  float loudness = 0.5f;
};
using objects = host_objects<entity, const sound>;

template <class T>
trap_code refusal(const objects& o, externref reference) {
  const auto found = o.find<T>(reference);
  return found.has_value() ? trap_code::none : found.error().code;
}
externref bits(std::uintptr_t b) { return {reinterpret_cast<void*>(b)}; }

}  // namespace

TEST_CASE("host objects: a reference is the object again, and of its type alone") {
  watched_heap heap;
  objects o(heap);
  entity e;
  const sound s;
  const externref of_e = o.add(e).value(), of_s = o.add(s).value();
  CHECK(o.size() == 2);
  CHECK(of_e.pointer != nullptr);
  CHECK_FALSE(of_e == of_s);
  CHECK(*o.find<entity>(of_e) == &e);
  CHECK(*o.find<const sound>(of_s) == &s);
  CHECK(refusal<const sound>(o, of_e) == trap_code::reference_type_mismatch);
  CHECK(refusal<entity>(o, of_s) == trap_code::reference_type_mismatch);
}

TEST_CASE("host objects: what is gone, null or never was is an error value") {
  watched_heap heap;
  objects o(heap);
  entity first, second;
  const externref old = o.add(first).value();
  CHECK(o.remove(old));
  CHECK_FALSE(o.remove(old));
  CHECK(refusal<entity>(o, old) == trap_code::stale_reference);
  // The place is used again, the reference is not.
  const externref now = o.add(second).value();
  CHECK_FALSE(now == old);
  CHECK(refusal<entity>(o, old) == trap_code::stale_reference);
  CHECK_FALSE(o.remove(old));
  CHECK(*o.find<entity>(now) == &second);
  for (const externref r : {externref{}, bits(~std::uintptr_t{0}), bits(2), bits(0xdead'beef),
                            bits(reinterpret_cast<std::uintptr_t>(&first)),
                            bits(reinterpret_cast<std::uintptr_t>(now.pointer) + 1)}) {
    CHECK(refusal<entity>(o, r) == trap_code::stale_reference);
    CHECK_FALSE(o.remove(r));
  }
  CHECK(o.size() == 1);
}

TEST_CASE("host objects: a lease ends the reference, wherever it was moved") {
  watched_heap heap;
  {
    objects o(heap);
    entity e;
    externref seen;
    {
      objects::lease kept;
      CHECK(kept.reference() == externref{});
      {
        auto made = o.lend(e);
        REQUIRE(made.has_value());
        kept = *std::move(made);
      }
      objects::lease moved = std::move(kept);
      seen = moved.reference();
      CHECK(*o.find<entity>(seen) == &e);
      CHECK(o.size() == 1);
    }
    CHECK(o.size() == 0);
    CHECK(refusal<entity>(o, seen) == trap_code::stale_reference);
  }
  CHECK(heap.is_clean());
}

TEST_CASE("host objects: refused memory is an error, and the table as it was") {
  watched_heap heap;
  heap.requests_left = 0;
  objects o(heap);
  entity e;
  CHECK(o.add(e).error().code == status::out_of_memory);
  CHECK(o.lend(e).error().code == status::out_of_memory);
  CHECK(o.size() == 0);
  heap.requests_left = 1;
  CHECK(o.add(e).has_value());
}

TEST_CASE("host objects: thousands come and go, every reference is told apart") {
  watched_heap heap;
  objects o(heap);
  std::vector<entity> all(500);
  std::vector<std::pair<externref, entity*>> good;
  std::vector<externref> gone;
  std::mt19937 random(7);
  for (int step = 0; step < 5000; ++step) {
    if (good.empty() || random() % 2 == 0) {
      entity& e = all[random() % all.size()];
      good.emplace_back(o.add(e).value(), &e);
    } else {
      const std::size_t k = random() % good.size();
      CHECK(o.remove(good[k].first));
      gone.push_back(good[k].first);
      good[k] = good.back();
      good.pop_back();
    }
  }
  CHECK(o.size() == good.size());
  for (const auto& [reference, object] : good) CHECK(*o.find<entity>(reference) == object);
  for (const externref r : gone) CHECK(refusal<entity>(o, r) == trap_code::stale_reference);
}

TEST_CASE("host objects: a place whose numbers are used up stays empty, as does a full table") {
  watched_heap heap;
  detail::handle_table<2, 3> table(heap);  // at most 2 places, 8 numbers each
  int object = 0;
  std::vector<externref> seen;
  externref r;
  while (table.add(&object, 0, r) == status::ok) {
    for (const externref before : seen) CHECK_FALSE(r == before);
    seen.push_back(r);
    CHECK(*table.find(r, 0) == &object);
    CHECK(table.remove(r));
  }
  CHECK(seen.size() == 16);
  for (const externref before : seen) CHECK_FALSE(table.find(before, 0).has_value());
  detail::handle_table<2, 3> full(heap);
  CHECK(full.add(&object, 0, r) == status::ok);
  CHECK(full.add(&object, 0, r) == status::ok);
  CHECK(full.add(&object, 0, r) == status::out_of_memory);
  CHECK(full.size() == 2);
}

}  // namespace unit_api_host_objects
