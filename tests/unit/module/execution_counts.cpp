// Counted places: where they are once made, and memory that is refused.
#include <dovetail/module/execution_counts.hpp>

#include <cstdint>
#include <vector>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_module_execution_counts {

using namespace dovetail;

TEST_CASE("execution counts: places stay where they are, and all are visited once") {
  testing::watched_heap heap;
  execution_counts counts(heap);
  std::vector<counted_place*> places;
  for (std::uint32_t n = 0; n < 1000; ++n) {
    places.push_back(counts.add({n % 7}, n));
    REQUIRE(places.back() != nullptr);
  }
  for (std::uint32_t n = 0; n < 1000; ++n) {
    for (std::uint32_t k = 0; k < n % 3; ++k) platform::count_one(places[n]->times);
  }
  std::vector<bool> seen(1000);
  counts.visit([&](const counted_place& p) {
    CHECK(&p == places[p.offset]);
    CHECK(p.function.value == p.offset % 7);
    CHECK(platform::read_count(p.times) == p.offset % 3);
    CHECK_FALSE(seen[p.offset]);
    seen[p.offset] = true;
  });
  CHECK(seen == std::vector<bool>(1000, true));
  platform::write_count(places[1]->times, 0xffff'ffff'ffff'ffff);
  platform::count_one(places[1]->times);
  CHECK(platform::read_count(places[1]->times) == 0);
}

TEST_CASE("execution counts: memory that is refused is no place") {
  testing::watched_heap heap;
  execution_counts counts(heap);
  heap.requests_left = 1;
  std::uint32_t made = 0;
  while (counts.add({0}, made) != nullptr) ++made;
  CHECK(made > 0);
  std::uint32_t visited = 0;
  counts.visit([&](const counted_place&) { ++visited; });
  CHECK(visited == made);
}

}  // namespace unit_module_execution_counts
