// The allocator policy and its erased form.
#include <dovetail/base/allocator.hpp>

#include <cstddef>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_base_allocator {

using dovetail::allocator;
using dovetail::allocator_of;

namespace {

// Writes down the last request and answers with what it was told.
struct recording {
  void* answer = nullptr;
  void* block = nullptr;
  std::size_t old_size = 0, new_size = 0, calls = 0;
  void* resize(void* b, std::size_t o, std::size_t n) noexcept {
    block = b, old_size = o, new_size = n;
    ++calls;
    return answer;
  }
};

struct alignas(16) counted {
  counted(int& alive, int value) : alive_(&alive), value_(value) { ++alive; }
  ~counted() { --*alive_; }
  int* alive_;
  int value_;
};

}  // namespace

TEST_CASE("allocator: the erased form hands every request to the policy") {
  int place = 0, other = 0;
  allocator_of<recording> made(recording{&place});
  allocator& erased = made;
  CHECK(erased.resize(&other, 3, 7) == &place);
  CHECK(made.policy.block == &other);
  CHECK(made.policy.old_size == 3);
  CHECK(made.policy.new_size == 7);
  CHECK(erased.allocate(9) == &place);
  CHECK(made.policy.block == nullptr);
  CHECK(made.policy.old_size == 0);
  CHECK(made.policy.new_size == 9);
  erased.release(&other, 5);
  CHECK(made.policy.block == &other);
  CHECK(made.policy.old_size == 5);
  CHECK(made.policy.new_size == 0);
  CHECK(made.policy.calls == 3);
}

TEST_CASE("allocator: there is nothing to release of null") {
  allocator_of<recording> made;
  made.release(nullptr, 0);
  made.destroy<int>(nullptr);
  CHECK(made.policy.calls == 0);
}

TEST_CASE("allocator: objects are made in its memory and ended there") {
  testing::watched_heap heap;
  int alive = 0;
  counted* one = heap.make<counted>(alive, 42);
  REQUIRE(one != nullptr);
  CHECK(alive == 1);
  CHECK(one->value_ == 42);
  CHECK(heap.bytes == sizeof(counted));
  heap.destroy(one);
  CHECK(alive == 0);
  CHECK(heap.is_clean());
}

TEST_CASE("allocator: an object without memory is null and never begins") {
  testing::watched_heap heap;
  heap.requests_left = 0;
  int alive = 0;
  CHECK(heap.make<counted>(alive, 1) == nullptr);
  CHECK(alive == 0);
}

}  // namespace unit_base_allocator
