// A bound on bytes: what counts, what is refused, and that a refusal changes nothing.
#include <dovetail/base/byte_budget.hpp>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_base_byte_budget {

using dovetail::byte_budget;

TEST_CASE("byte_budget: blocks count by the byte, as they come, change and go") {
  testing::watched_heap heap;
  byte_budget budget(heap, 100);
  CHECK(budget.most() == 100);
  CHECK(budget.used() == 0);
  void* block = budget.erased().allocate(60);
  REQUIRE(block != nullptr);
  CHECK(budget.used() == 60);
  block = budget.resize(block, 60, 100);
  REQUIRE(block != nullptr);
  CHECK(budget.used() == 100);
  block = budget.resize(block, 100, 10);
  REQUIRE(block != nullptr);
  CHECK(budget.used() == 10);
  CHECK(heap.bytes == 10);
  budget.release(block, 10);
  CHECK(budget.used() == 0);
  CHECK(budget.refusals() == 0);
  CHECK(heap.is_clean());
}

TEST_CASE("byte_budget: what is too much is refused, and nobody else is asked") {
  testing::watched_heap heap;
  byte_budget budget(heap, 100);
  void* block = budget.resize(nullptr, 0, 50);
  REQUIRE(block != nullptr);
  const std::size_t requests = heap.requests;
  CHECK(budget.resize(nullptr, 0, 51) == nullptr);
  CHECK(budget.resize(nullptr, 0, ~std::size_t{0}) == nullptr);
  CHECK(budget.resize(block, 50, 101) == nullptr);
  CHECK(heap.requests == requests);
  CHECK(budget.refusals() == 3);
  CHECK(budget.used() == 50);
  budget.set_most(20);  // less than what is out
  CHECK(budget.resize(nullptr, 0, 1) == nullptr);
  CHECK_FALSE(budget.charge(1));
  block = budget.resize(block, 50, 30);
  REQUIRE(block != nullptr);
  CHECK(budget.used() == 30);
  budget.set_most(~std::uint64_t{0});
  void* other = budget.resize(nullptr, 0, 1000);
  CHECK(budget.used() == 1030);
  budget.release(other, 1000);
  budget.release(block, 30);
  CHECK(heap.is_clean());
}

TEST_CASE("byte_budget: what the allocator below refuses does not count, and is no refusal here") {
  testing::watched_heap heap;
  byte_budget budget(heap, 100);
  void* block = budget.resize(nullptr, 0, 10);
  heap.requests_left = 0;
  CHECK(budget.resize(nullptr, 0, 10) == nullptr);
  CHECK(budget.resize(block, 10, 20) == nullptr);
  CHECK(budget.resize(block, 10, 5) == nullptr);
  CHECK(budget.used() == 10);
  CHECK(budget.refusals() == 0);
  heap.requests_left = testing::watched_heap::unlimited;
  budget.release(block, 10);
  CHECK(heap.is_clean());
}

TEST_CASE("byte_budget: what lies elsewhere is charged by hand") {
  testing::watched_heap heap;
  byte_budget budget(heap, 100);
  CHECK(budget.charge(100));
  CHECK_FALSE(budget.charge(1));
  CHECK(budget.charge(0));
  CHECK_FALSE(budget.charge(~std::uint64_t{0}));
  CHECK(budget.resize(nullptr, 0, 1) == nullptr);
  budget.give_back(40);
  CHECK(budget.used() == 60);
  CHECK(budget.charge(40));
}

}  // namespace unit_base_byte_budget
