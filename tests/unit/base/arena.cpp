// The bump allocator of a store's objects.
#include <dovetail/base/arena.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_base_arena {

using dovetail::arena;
using testing::watched_heap;

namespace {

bool is_zero(const void* at, std::size_t size) {
  const auto* bytes = static_cast<const unsigned char*>(at);
  for (std::size_t i = 0; i < size; ++i) {
    if (bytes[i] != 0) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("arena: pieces are zeroed, aligned to 16 and apart from each other") {
  watched_heap heap;
  {
    arena pieces(heap, 256);
    unsigned char* previous = nullptr;
    for (const std::size_t size : {1u, 16u, 17u, 100u, 240u, 256u, 5000u, 3u}) {
      auto* piece = static_cast<unsigned char*>(pieces.allocate(size));
      REQUIRE(piece != nullptr);
      CHECK(reinterpret_cast<std::uintptr_t>(piece) % 16 == 0);
      CHECK(is_zero(piece, size));
      std::memset(piece, 0xff, size);
      if (previous != nullptr) CHECK(*previous == 0xff);
      previous = piece;
    }
    CHECK(heap.blocks > 1);
  }
  CHECK(heap.is_clean());
}

TEST_CASE("arena: many small pieces share a block, one that is larger has its own") {
  watched_heap heap;
  arena pieces(heap, 1024);
  CHECK(heap.blocks == 0);
  for (int i = 0; i < 64; ++i) REQUIRE(pieces.allocate(16) != nullptr);
  CHECK(heap.blocks == 1);
  REQUIRE(pieces.allocate(1) != nullptr);
  CHECK(heap.blocks == 2);
  REQUIRE(pieces.allocate(100'000) != nullptr);
  CHECK(heap.blocks == 3);
}

TEST_CASE("arena: what does not fit into an address space is refused, not wrapped") {
  watched_heap heap;
  arena pieces(heap);
  const std::size_t all = ~std::size_t{0};
  for (const std::size_t size : {all, all - 15, all - 63, all - 64, all - 65, all / 2}) {
    CHECK(pieces.allocate(size) == nullptr);
  }
  CHECK(pieces.make_array<std::uint64_t>(all / 8 + 1) == nullptr);
  CHECK(pieces.make_array<std::uint64_t>(all / 8) == nullptr);
  CHECK(heap.blocks == 0);
}

TEST_CASE("arena: a refusal of memory is null, and what there is stays") {
  watched_heap heap;
  {
    arena pieces(heap, 64);
    auto* first = pieces.make<std::uint64_t>(7u);
    REQUIRE(first != nullptr);
    heap.requests_left = 0;
    CHECK(pieces.allocate(48) != nullptr);
    CHECK(pieces.allocate(16) == nullptr);
    CHECK(pieces.make<std::uint64_t>(8u) == nullptr);
    CHECK(*first == 7);
    heap.requests_left = watched_heap::unlimited;
    CHECK(pieces.allocate(16) != nullptr);
  }
  CHECK(heap.is_clean());
}

TEST_CASE("arena: arrays are zeroed; an empty one is not a refusal") {
  watched_heap heap;
  arena pieces(heap);
  CHECK(pieces.make_array<std::uint32_t>(0) != nullptr);
  const auto* numbers = pieces.make_array<std::uint32_t>(2000);
  REQUIRE(numbers != nullptr);
  CHECK(is_zero(numbers, 2000 * sizeof(std::uint32_t)));
  CHECK(&pieces.memory() == &heap);
}

TEST_CASE(
    "arena: blocks double until they are of the most, and begin anew when all is given back") {
  testing::watched_heap heap;
  {
    arena pieces(heap, 256, 1024);
    std::size_t bytes = 0;
    for (const std::size_t size : {256u, 512u, 1024u, 1024u}) {
      REQUIRE(pieces.allocate(16) != nullptr);
      bytes += 16 + size;
      CHECK(heap.bytes == bytes);
      REQUIRE(pieces.allocate(size - 16) != nullptr);
      CHECK(heap.bytes == bytes);
    }
    pieces.clear();
    CHECK(heap.is_clean());
    REQUIRE(pieces.allocate(16) != nullptr);
    CHECK(heap.bytes == 272);
  }
  CHECK(heap.is_clean());
}

TEST_CASE("arena: wiped pieces are zeros, wherever they lie") {
  testing::watched_heap heap;
  arena pieces(heap, 64);
  auto* const first = static_cast<unsigned char*>(pieces.allocate(64));
  auto* const second = static_cast<unsigned char*>(pieces.allocate(500));
  REQUIRE(first != nullptr);
  REQUIRE(second != nullptr);
  std::memset(first, 7, 64);
  std::memset(second, 7, 500);
  pieces.wipe();
  CHECK(is_zero(first, 64));
  CHECK(is_zero(second, 500));
  REQUIRE(pieces.allocate(16) != nullptr);
}

}  // namespace unit_base_arena
