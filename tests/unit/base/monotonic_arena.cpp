// Memory of the caller, given out once: order, alignment, the newest block, the end.
#include <dovetail/base/monotonic_arena.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <random>
#include <utility>
#include <vector>

#include "support/catch.hpp"

namespace unit_base_monotonic_arena {

using dovetail::monotonic_arena;

namespace {

bool is_aligned(const void* block) { return reinterpret_cast<std::uintptr_t>(block) % 16 == 0; }

}  // namespace

TEST_CASE("monotonic_arena: blocks come one after the other, aligned, from the bytes") {
  alignas(16) std::array<std::byte, 256> bytes{};
  monotonic_arena arena(bytes);
  CHECK(arena.left() == 256);
  void* const first = arena.resize(nullptr, 0, 1);
  void* const second = arena.resize(nullptr, 0, 17);
  void* const third = arena.resize(nullptr, 0, 16);
  CHECK(first == bytes.data());
  CHECK(second == bytes.data() + 16);
  CHECK(third == bytes.data() + 48);
  CHECK(arena.used() == 64);
  CHECK(arena.resize(first, 1, 0) == nullptr);  // not the newest
  CHECK(arena.used() == 64);
  CHECK(arena.resize(nullptr, 0, 193) == nullptr);
  CHECK(arena.resize(nullptr, 0, ~std::size_t{0}) == nullptr);
  CHECK(arena.resize(nullptr, 0, 192) == bytes.data() + 64);
  CHECK(arena.left() == 0);
  CHECK(arena.resize(nullptr, 0, 1) == nullptr);
}

TEST_CASE("monotonic_arena: bytes may begin and end anywhere, and be none") {
  alignas(16) std::array<std::byte, 64> bytes{};
  monotonic_arena odd{std::span(bytes).subspan(3, 47)};
  void* const block = odd.resize(nullptr, 0, 34);
  CHECK(block == bytes.data() + 16);
  CHECK(odd.left() == 0);  // 50 is the end
  monotonic_arena small{std::span(bytes).subspan(1, 5)};
  CHECK(small.resize(nullptr, 0, 1) == nullptr);
  monotonic_arena none{std::span<std::byte>{}};
  CHECK(none.resize(nullptr, 0, 1) == nullptr);
  CHECK(none.left() == 0);
}

TEST_CASE("monotonic_arena: the newest block changes where it is, others move") {
  alignas(16) std::array<std::byte, 256> bytes{};
  monotonic_arena arena(bytes);
  auto* const first = static_cast<char*>(arena.resize(nullptr, 0, 16));
  std::memcpy(first, "0123456789abcdef", 16);
  CHECK(arena.resize(first, 16, 100) == first);
  CHECK(arena.used() == 112);
  CHECK(arena.resize(first, 100, 300) == nullptr);  // left as it was
  CHECK(arena.used() == 112);
  CHECK(arena.resize(first, 100, 16) == first);
  CHECK(arena.used() == 16);
  void* const second = arena.resize(nullptr, 0, 16);
  CHECK(arena.resize(first, 16, 8) == first);  // smaller, where it is
  auto* const moved = static_cast<char*>(arena.resize(first, 8, 32));
  CHECK(moved == static_cast<void*>(bytes.data() + 32));
  CHECK(std::memcmp(moved, "01234567", 8) == 0);
  CHECK(arena.resize(moved, 32, 0) == nullptr);
  CHECK(arena.used() == 32);
  CHECK(arena.resize(second, 16, 0) == nullptr);  // nothing is the newest now
  CHECK(arena.used() == 32);
}

TEST_CASE("monotonic_arena: an engine takes it over") {
  alignas(16) std::array<std::byte, 64> bytes{};
  monotonic_arena first(bytes);
  CHECK(first.resize(nullptr, 0, 16) == bytes.data());
  monotonic_arena second(std::move(first));
  CHECK(second.resize(nullptr, 0, 16) == bytes.data() + 16);
  CHECK(first.left() == 0);
}

TEST_CASE("monotonic_arena: random blocks keep what was written") {
  std::vector<std::byte> bytes(1 << 16);
  monotonic_arena arena(bytes);
  std::mt19937 random(7);
  struct block {
    unsigned char* at;
    std::size_t size;
    unsigned char mark;
  };
  std::vector<block> blocks;
  unsigned char mark = 0;
  for (int k = 0; k < 3000; ++k) {
    const std::size_t size = random() % 200 + 1;
    if (blocks.empty() || random() % 3 == 0) {
      void* made = arena.resize(nullptr, 0, size);
      if (made == nullptr) continue;
      blocks.push_back({static_cast<unsigned char*>(made), size, ++mark});
    } else {
      block& b = random() % 2 == 0 ? blocks.back() : blocks[random() % blocks.size()];
      void* made = arena.resize(b.at, b.size, size);
      if (made == nullptr) continue;
      b.at = static_cast<unsigned char*>(made);
      for (std::size_t i = 0; i < b.size && i < size; ++i) REQUIRE(b.at[i] == b.mark);
      b.size = size;
    }
    block& b = blocks.back();
    for (block& each : blocks) {
      if (each.size != 0) std::memset(each.at, each.mark, each.size);
    }
    REQUIRE(is_aligned(b.at));
  }
  for (const block& b : blocks) {
    for (std::size_t i = 0; i < b.size; ++i) REQUIRE(b.at[i] == b.mark);
  }
  CHECK(blocks.size() > 50);
}

}  // namespace unit_base_monotonic_arena
