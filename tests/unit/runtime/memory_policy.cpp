// The memory policies: first pages, growth, refusal.
#include <dovetail/runtime/memory_policy.hpp>

#include <dovetail/validate/signatures.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_runtime_memory_policy {

using namespace dovetail;
using testing::watched_heap;

namespace {

constexpr std::uint64_t page = vm::page_size;

// A memory without a type, in a store.
struct world {
  watched_heap heap;
  limits most;
  signature_table signatures{heap};
  vm::store store{heap, most, signatures};
  vm::memory_instance memory;
  explicit world(std::uint64_t most_pages) {
    memory.home = &store;
    memory.most_pages = most_pages;
  }
  ~world() {
    if (memory.release != nullptr) memory.release(memory);
    CHECK(memory.base == nullptr);
    CHECK(memory.size == 0);
    CHECK(heap.is_clean());
  }
  world(const world&) = delete;
  world& operator=(const world&) = delete;

  [[nodiscard]] bool is_zero(std::uint64_t from, std::uint64_t to) const {
    for (std::uint64_t i = from; i < to; ++i) {
      if (memory.base[i] != std::byte{0}) return false;
    }
    return true;
  }
};

template <class Policy>
bool is_usable() {
  return !Policy::is_guarded || platform::is_64_bit;
}

}  // namespace

TEMPLATE_TEST_CASE("memory policy: pages are zeroed, at first and when it grows; bytes stay", "",
                   checked_memory, unchecked_memory, guarded_memory) {
  if (!is_usable<TestType>()) return testing::skip("needs 64-bit addresses");
  world w(4);
  REQUIRE(TestType::create(w.memory, 1) == status::ok);
  CHECK(w.memory.size == page);
  CHECK(w.memory.pages() == 1);
  CHECK(w.is_zero(0, page));
  std::memset(w.memory.base, 0xee, page);
  CHECK(w.memory.grow(w.memory, 3) == status::ok);
  CHECK(w.memory.size == 3 * page);
  CHECK(w.memory.base[0] == std::byte{0xee});
  CHECK(w.memory.base[page - 1] == std::byte{0xee});
  CHECK(w.is_zero(page, 3 * page));
}

TEMPLATE_TEST_CASE("memory policy: up to the most pages and no further, which leaves it as it was",
                   "", checked_memory, unchecked_memory, guarded_memory) {
  if (!is_usable<TestType>()) return testing::skip("needs 64-bit addresses");
  world w(3);
  REQUIRE(TestType::create(w.memory, 2) == status::ok);
  w.memory.base[5] = std::byte{7};
  for (const std::uint64_t pages : {std::uint64_t{4}, std::uint64_t{65'537}, ~std::uint64_t{0}}) {
    CHECK(w.memory.grow(w.memory, pages) == status::memory_refused);
    CHECK(w.memory.size == 2 * page);
    CHECK(w.memory.base[5] == std::byte{7});
  }
  CHECK(w.memory.grow(w.memory, 2) == status::ok);
  CHECK(w.memory.grow(w.memory, 3) == status::ok);
  CHECK(w.memory.pages() == 3);
}

TEMPLATE_TEST_CASE("memory policy: no pages are a memory too", "", checked_memory, unchecked_memory,
                   guarded_memory) {
  if (!is_usable<TestType>()) return testing::skip("needs 64-bit addresses");
  world w(1);
  REQUIRE(TestType::create(w.memory, 0) == status::ok);
  CHECK(w.memory.size == 0);
  CHECK(w.heap.requests == 0);
  CHECK(w.memory.grow(w.memory, 0) == status::ok);
  CHECK(w.memory.grow(w.memory, 1) == status::ok);
  CHECK(w.is_zero(0, page));
}

TEMPLATE_TEST_CASE("memory policy: what the allocator refuses leaves the memory as it was", "",
                   checked_memory, unchecked_memory) {
  world none(4);
  none.heap.requests_left = 0;
  CHECK(TestType::create(none.memory, 1) == status::memory_refused);
  CHECK(none.memory.size == 0);
  world w(4);
  REQUIRE(TestType::create(w.memory, 1) == status::ok);
  w.memory.base[9] = std::byte{1};
  w.heap.requests_left = 0;
  CHECK(w.memory.grow(w.memory, 2) == status::memory_refused);
  CHECK(w.memory.size == page);
  CHECK(w.memory.base[9] == std::byte{1});
}

TEST_CASE("memory policy: guarded memory is address space that never moves, not of the allocator") {
  if (!platform::is_64_bit) return testing::skip("needs 64-bit addresses");
  world w(65'536);
  REQUIRE(guarded_memory::create(w.memory, 1) == status::ok);
  const std::byte* const base = w.memory.base;
  CHECK(w.memory.reserved >= (std::uint64_t{8} << 30));
  CHECK(w.memory.grow(w.memory, 1000) == status::ok);
  CHECK(w.memory.base == base);
  CHECK(w.heap.requests == 0);
}

TEST_CASE("memory policy: a guarded memory takes over what another one left, cleared") {
  if (!platform::is_64_bit) return testing::skip("needs 64-bit addresses");
  guarded_memory::pool kept(std::uint64_t{1} << 20);
  world w(4);
  w.store.memory_pool = &kept;
  REQUIRE(guarded_memory::create(w.memory, 2) == status::ok);
  const std::byte* const base = w.memory.base;
  std::memset(w.memory.base, 0xee, 2 * page);
  w.memory.release(w.memory);
  CHECK(w.memory.base == nullptr);
  REQUIRE(guarded_memory::create(w.memory, 3) == status::ok);
  CHECK(w.memory.base == base);
  CHECK(w.memory.size == 3 * page);
  CHECK(w.is_zero(0, 3 * page));
  // Too small now: what is beyond the last page must fault.
  w.memory.release(w.memory);
  REQUIRE(guarded_memory::create(w.memory, 1) == status::ok);
  CHECK(w.memory.base != base);
  CHECK(w.memory.size == page);
  w.memory.release(w.memory);
  CHECK(guarded_memory::create(w.memory, 5) == status::memory_refused);
  CHECK(w.memory.base == nullptr);
}

// What a policy cannot guard is checked, memory by memory.
static_assert(checks<checked_memory>({{1}}) && checks<checked_memory>({{1}, true}));
static_assert(!checks<guarded_memory>({{1}}) && guards<guarded_memory>({{1}}));
static_assert(checks<guarded_memory>({{1}, true}) && !guards<guarded_memory>({{1}, true}));
static_assert(!checks<unchecked_memory>({{1}, true}) && !guards<unchecked_memory>({{1}, true}));

}  // namespace unit_runtime_memory_policy
