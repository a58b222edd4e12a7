// Blocks that are kept for the next taker.
#include <dovetail/base/block_pool.hpp>

#include <cstddef>
#include <cstring>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_base_block_pool {

using dovetail::block_pool;
using testing::watched_heap;

TEST_CASE("block pool: a released block is the next one of its size, and of no other") {
  watched_heap heap;
  {
    block_pool pool(heap, 100'000);
    void* const first = pool.allocate(4096);
    REQUIRE(first != nullptr);
    pool.release(first, 4096);
    CHECK(heap.blocks == 1);
    CHECK(pool.kept_bytes() == 4096);
    void* const other = pool.allocate(4112);
    CHECK(other != first);
    void* const again = pool.allocate(4096);
    CHECK(again == first);
    CHECK(pool.kept_bytes() == 0);
    CHECK(heap.requests == 2);
    pool.release(again, 4096);
    pool.release(other, 4112);
    CHECK(pool.kept_bytes() == 4096 + 4112);
  }
  CHECK(heap.is_clean());
}

TEST_CASE("block pool: small blocks and growing ones are the allocator's") {
  watched_heap heap;
  {
    block_pool pool(heap, 100'000);
    pool.release(pool.allocate(block_pool::smallest - 1), block_pool::smallest - 1);
    CHECK(heap.blocks == 0);
    auto* block = static_cast<char*>(pool.allocate(2000));
    block[1999] = 'x';
    block = static_cast<char*>(pool.resize(block, 2000, 3000));
    REQUIRE(block != nullptr);
    CHECK(block[1999] == 'x');
    pool.release(block, 3000);
    CHECK(pool.kept_bytes() == 3000);
    heap.requests_left = 0;
    CHECK(pool.allocate(4000) == nullptr);
    void* const kept = pool.allocate(3000);
    CHECK(kept != nullptr);
    CHECK(pool.resize(kept, 3000, 5000) == nullptr);
    pool.release(kept, 3000);
  }
  CHECK(heap.is_clean());
}

TEST_CASE("block pool: keeps no more than it may, and what is asked for now rather than before") {
  watched_heap heap;
  {
    block_pool pool(heap, 10'000);
    pool.release(pool.allocate(20'000), 20'000);
    CHECK(heap.blocks == 0);
    for (std::size_t size = 2000; size < 2020; ++size) pool.release(pool.allocate(size), size);
    CHECK(pool.kept_bytes() <= 10'000);
    CHECK(heap.bytes == pool.kept_bytes());
    void* const latest = pool.allocate(2019);
    CHECK(heap.requests == 1 + 20);
    pool.release(latest, 2019);
    // More sizes than it has shelves, none too large.
    for (std::size_t size = 1024; size < 1044; ++size) pool.release(pool.allocate(size), size);
    CHECK(pool.kept_bytes() <= 10'000);
    CHECK(heap.bytes == pool.kept_bytes());
  }
  CHECK(heap.is_clean());
}

TEST_CASE("block pool: one that may keep nothing keeps nothing") {
  watched_heap heap;
  block_pool pool(heap, 0);
  pool.release(pool.allocate(4096), 4096);
  CHECK(heap.is_clean());
}

}  // namespace unit_base_block_pool
