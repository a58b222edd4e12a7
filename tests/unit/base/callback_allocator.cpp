// A function of the host as the allocator.
#include <dovetail/base/callback_allocator.hpp>

#include <cstddef>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_base_callback_allocator {

using dovetail::callback_allocator;

namespace {

void* from_heap(void* context, void* block, std::size_t old_size, std::size_t new_size) {
  return static_cast<testing::watched_heap*>(context)->change(block, old_size, new_size);
}

}  // namespace

TEST_CASE("callback_allocator: the function gets the context and whatever is asked for") {
  testing::watched_heap heap;
  callback_allocator made(&from_heap, &heap);
  void* block = made.resize(nullptr, 0, 10);
  REQUIRE(block != nullptr);
  CHECK(heap.bytes == 10);
  block = made.resize(block, 10, 30);
  CHECK(heap.bytes == 30);
  CHECK(made.resize(block, 30, 0) == nullptr);
  CHECK(heap.is_clean());
  heap.requests_left = 0;
  CHECK(made.resize(nullptr, 0, 1) == nullptr);
}

TEST_CASE("callback_allocator: serves behind the erased form") {
  testing::watched_heap heap;
  dovetail::allocator_of<callback_allocator> erased(callback_allocator(&from_heap, &heap));
  int* number = erased.make<int>(3);
  REQUIRE(number != nullptr);
  CHECK(*number == 3);
  CHECK(heap.bytes == sizeof(int));
  erased.destroy(number);
  CHECK(heap.is_clean());
}

}  // namespace unit_base_callback_allocator
