// The one growable array.
#include <dovetail/base/array.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_base_array {

using dovetail::status;
using testing::watched_heap;
using numbers = dovetail::array<std::uint32_t>;

namespace {

bool counts_up(const numbers& a, std::size_t size) {
  if (a.size() != size) return false;
  std::uint32_t next = 0;
  for (const std::uint32_t n : a) {
    if (n != next++) return false;
  }
  return true;
}

status fill(numbers& a, std::uint32_t count) {
  for (std::uint32_t i = 0; i < count; ++i) DOVETAIL_TRY(a.push(i));
  return status::ok;
}

}  // namespace

TEST_CASE("array: push keeps what there was, and asks for memory rarely") {
  watched_heap heap;
  {
    numbers a(heap);
    CHECK(a.empty());
    CHECK(a.begin() == a.end());
    CHECK(heap.requests == 0);
    REQUIRE(fill(a, 1000) == status::ok);
    CHECK(counts_up(a, 1000));
    CHECK(a.back() == 999);
    CHECK(a[500] == 500);
    CHECK(heap.requests <= 8);
    CHECK(heap.blocks == 1);
  }
  CHECK(heap.is_clean());
}

TEST_CASE("array: an element of itself may be pushed while it grows") {
  watched_heap heap;
  numbers a(heap);
  REQUIRE(a.push(7) == status::ok);
  for (int i = 0; i < 100; ++i) REQUIRE(a.push(a[0]) == status::ok);
  for (const std::uint32_t n : a) REQUIRE(n == 7);
}

TEST_CASE("array: what was taken off leaves room for what comes instead") {
  watched_heap heap;
  numbers list(heap);
  REQUIRE(list.push(1) == status::ok);
  REQUIRE(list.push(2) == status::ok);
  list.pop();
  list.push_reserved(3);
  CHECK(list.size() == 2);
  CHECK(list.back() == 3);
  CHECK(list[0] == 1);
}

TEST_CASE("array: append, also of nothing") {
  watched_heap heap;
  numbers a(heap);
  REQUIRE(a.append({}) == status::ok);
  CHECK(a.empty());
  CHECK(heap.requests == 0);
  const std::array<std::uint32_t, 3> some{0, 1, 2};
  REQUIRE(a.append(some) == status::ok);
  REQUIRE(a.append(std::array<std::uint32_t, 2>{3, 4}) == status::ok);
  CHECK(counts_up(a, 5));
}

TEST_CASE("array: resize value-initialises what is new, also where something was before") {
  watched_heap heap;
  numbers a(heap);
  REQUIRE(fill(a, 20) == status::ok);
  REQUIRE(a.resize(5) == status::ok);
  CHECK(counts_up(a, 5));
  REQUIRE(a.resize(40) == status::ok);
  CHECK(a[4] == 4);
  for (std::size_t i = 5; i < 40; ++i) REQUIRE(a[i] == 0);
}

TEST_CASE("array: within what was reserved nothing is asked for and nothing moves") {
  watched_heap heap;
  numbers a(heap);
  REQUIRE(a.reserve(100) == status::ok);
  CHECK(a.empty());
  const std::uint32_t* const at = a.data();
  heap.requests_left = 0;
  REQUIRE(fill(a, 100) == status::ok);
  CHECK(a.data() == at);
  CHECK(a.push(100) == status::out_of_memory);
}

TEST_CASE("array: pop, truncate and clear keep the memory") {
  watched_heap heap;
  numbers a(heap);
  REQUIRE(fill(a, 10) == status::ok);
  a.pop();
  CHECK(counts_up(a, 9));
  a.truncate(9);
  CHECK(counts_up(a, 9));
  a.truncate(2);
  CHECK(counts_up(a, 2));
  a.clear();
  CHECK(a.empty());
  heap.requests_left = 0;
  CHECK(fill(a, 10) == status::ok);
}

TEST_CASE("array: a refusal is a status and leaves the array as it was") {
  watched_heap heap;
  {
    numbers a(heap);
    REQUIRE(fill(a, 8) == status::ok);
    REQUIRE(a.reserve(8) == status::ok);
    a.shrink_to_fit();
    heap.requests_left = 0;
    CHECK(a.push(8) == status::out_of_memory);
    CHECK(a.append(std::array<std::uint32_t, 1>{}) == status::out_of_memory);
    CHECK(a.resize(9) == status::out_of_memory);
    CHECK(a.reserve(9) == status::out_of_memory);
    CHECK(counts_up(a, 8));
    heap.requests_left = 1;
    CHECK(a.push(8) == status::ok);
    CHECK(counts_up(a, 9));
  }
  CHECK(heap.is_clean());
}

TEST_CASE("array: sizes that no address space has are refused without asking") {
  watched_heap heap;
  numbers a(heap);
  const std::size_t all = ~std::size_t{0};
  for (const std::size_t count : {all, all / 2, all / 4, all / 8 + 1})
    CHECK(a.reserve(count) == status::out_of_memory);
  CHECK(heap.requests == 0);
}

TEST_CASE("array: shrinks to its elements, or keeps its block if that is refused") {
  watched_heap heap;
  {
    numbers a(heap);
    REQUIRE(a.reserve(1000) == status::ok);
    CHECK(heap.bytes == 1000 * sizeof(std::uint32_t));
    a.shrink_to_fit();
    CHECK(heap.bytes == 0);
    REQUIRE(a.reserve(1000) == status::ok);
    REQUIRE(fill(a, 3) == status::ok);
    heap.requests_left = 0;
    a.shrink_to_fit();
    CHECK(heap.bytes == 1000 * sizeof(std::uint32_t));
    heap.requests_left = watched_heap::unlimited;
    a.shrink_to_fit();
    CHECK(heap.bytes == 3 * sizeof(std::uint32_t));
    CHECK(counts_up(a, 3));
    REQUIRE(a.push(3) == status::ok);
    CHECK(counts_up(a, 4));
  }
  CHECK(heap.is_clean());
}

TEST_CASE("array: moves take the memory along, of whichever allocator it is") {
  watched_heap heap, other;
  {
    numbers a(heap);
    REQUIRE(fill(a, 30) == status::ok);
    const std::uint32_t* const at = a.data();
    numbers b(std::move(a));
    CHECK(b.data() == at);
    CHECK(counts_up(b, 30));
    CHECK(a.empty());  // NOLINT: what was moved from is empty
    REQUIRE(fill(a, 2) == status::ok);
    numbers c(other);
    REQUIRE(fill(c, 5) == status::ok);
    c = std::move(b);
    CHECK(c.data() == at);
    CHECK(counts_up(c, 30));
  }
  CHECK(heap.is_clean());
  CHECK(other.is_clean());
}

}  // namespace unit_base_array
