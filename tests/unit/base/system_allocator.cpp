// The allocator of `defaults`.
#include <dovetail/base/system_allocator.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "support/catch.hpp"

namespace unit_base_system_allocator {

TEST_CASE("system allocator: blocks are aligned, keep their bytes when resized, and are released") {
  dovetail::system_allocator heap;
  for (const std::size_t size : {1u, 15u, 16u, 17u, 1000u, 100'000u}) {
    auto* block = static_cast<unsigned char*>(heap.resize(nullptr, 0, size));
    REQUIRE(block != nullptr);
    CHECK(reinterpret_cast<std::uintptr_t>(block) % 16 == 0);
    std::memset(block, 0x5a, size);
    block = static_cast<unsigned char*>(heap.resize(block, size, 50 * size));
    REQUIRE(block != nullptr);
    CHECK(reinterpret_cast<std::uintptr_t>(block) % 16 == 0);
    CHECK(block[0] == 0x5a);
    CHECK(block[size - 1] == 0x5a);
    block = static_cast<unsigned char*>(heap.resize(block, 50 * size, 1));
    REQUIRE(block != nullptr);
    CHECK(block[0] == 0x5a);
    CHECK(heap.resize(block, 1, 0) == nullptr);
  }
}

}  // namespace unit_base_system_allocator
