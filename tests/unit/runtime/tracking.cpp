// What is known of memories between snapshots.
#include <dovetail/runtime/tracking.hpp>

#include <dovetail/runtime/objects.hpp>
#include <dovetail/validate/signatures.hpp>

#include <cstring>
#include <optional>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_runtime_tracking {

using namespace dovetail;
using namespace dovetail::detail;

namespace {

/// A store with one memory of a policy.
template <class Policy>
struct world {
  testing::watched_heap heap;
  limits most;
  signature_table signatures{heap};
  std::optional<vm::store> store;
  vm::memory_instance* memory = nullptr;
  tracked_memory* tracked = nullptr;

  explicit world(std::uint64_t pages) {
    store.emplace(heap, most, signatures);
    memory_type type;
    type.limits.minimum = pages;
    REQUIRE(vm::make_memory<Policy>(*store, type, memory) == status::ok);
    store_tracking* const tracking = tracking_of(*store);
    REQUIRE(tracking != nullptr);
    CHECK(tracking_of(*store) == tracking);
    tracked = track<Policy>(*tracking, *memory);
    REQUIRE(tracked != nullptr);
    CHECK(track<Policy>(*tracking, *memory) == tracked);
  }
  ~world() {
    vm::release_objects(*store);
    store.reset();
    CHECK(heap.is_clean());
  }
  world(const world&) = delete;
  world& operator=(const world&) = delete;

  array<page_group*> take() {
    array<page_group*> out(heap);
    REQUIRE(save(*tracked, out) == status::ok);
    return out;
  }
  void write(std::uint64_t at, int value) {
    *const_cast<volatile std::byte*>(memory->base + at) = static_cast<std::byte>(value);
  }
};
void give_back(const array<page_group*>& groups) {
  for (page_group* g : groups) release(g);
}

}  // namespace

TEMPLATE_TEST_CASE("tracking: only what was written is copied", "", checked_memory,
                   unchecked_memory, guarded_memory) {
  world<TestType> w(9);
  const bool is_watched = w.tracked->protect != nullptr;
#if defined(__linux__)
  CHECK(is_watched == TestType::is_guarded);
#endif
  w.write(0, 1);
  w.write(9 * 65'536 - 1, 2);
  const auto first = w.take();
  REQUIRE(first.size() == 3);
  CHECK(page_of(first[0], 0) != nullptr);
  CHECK(page_of(first[0], 1) == nullptr);
  CHECK(first[1] == nullptr);
  CHECK(page_of(first[2], 15) != nullptr);
  if (is_watched) CHECK((w.tracked->groups[0].open & 1) == 0);

  w.write(granule + 5, 3);
  if (is_watched) CHECK(w.tracked->groups[0].open == 2);
  const auto second = w.take();
  CHECK(second[0] != first[0]);
  CHECK(page_of(second[0], 0) == page_of(first[0], 0));
  CHECK(second[2] == first[2]);
  // What was written stays open until it is found unchanged.
  if (is_watched) CHECK(w.tracked->groups[0].open == 2);
  give_back(w.take());
  if (is_watched) CHECK(w.tracked->groups[0].open == 0);

  w.write(0, 7);
  load(*w.tracked, first.data());
  CHECK(w.memory->base[0] == std::byte{1});
  CHECK(w.memory->base[granule + 5] == std::byte{0});
  load(*w.tracked, second.data());
  CHECK(w.memory->base[granule + 5] == std::byte{3});
  give_back(first);
  give_back(second);
}

TEMPLATE_TEST_CASE("tracking: memories that grow and shrink", "", checked_memory, guarded_memory) {
  world<TestType> w(1);
  w.write(65'535, 1);
  const auto small = w.take();
  REQUIRE(w.memory->grow(*w.memory, 6) == status::ok);
  w.write(65'536, 2);
  w.write(6 * 65'536 - 1, 2);
  const auto big = w.take();
  REQUIRE(big.size() == 2);
  CHECK(page_of(big[0], 16) != nullptr);
  give_back(w.take());  // found unchanged, and closed where it is watched
  REQUIRE(shrink_memory<TestType>(*w.memory, 65'536) == status::ok);
  REQUIRE(cover(*w.tracked) == status::ok);
  CHECK(w.memory->size == 65'536);
  CHECK(w.memory->base[65'535] == std::byte{1});
  REQUIRE(w.memory->grow(*w.memory, 6) == status::ok);
  REQUIRE(cover(*w.tracked) == status::ok);
  CHECK(w.memory->base[65'536] == std::byte{0});
  load(*w.tracked, big.data());
  CHECK(w.memory->base[65'536] == std::byte{2});
  CHECK(w.memory->base[6 * 65'536 - 1] == std::byte{2});
  REQUIRE(shrink_memory<TestType>(*w.memory, 0) == status::ok);
  REQUIRE(cover(*w.tracked) == status::ok);
  CHECK(w.memory->size == 0);
  REQUIRE(w.memory->grow(*w.memory, 1) == status::ok);
  CHECK(w.memory->base[65'535] == std::byte{0});
  give_back(small);
  give_back(big);
}

TEST_CASE("tracking: a refusal loses nothing") {
  world<checked_memory> w(5);
  for (std::uint64_t at = 0; at < 5 * 65'536; at += 5'000) w.write(at, 1);
  for (std::size_t granted = 0;; ++granted) {
    array<page_group*> out(w.heap);
    w.heap.requests_left = granted;
    const status s = save(*w.tracked, out);
    w.heap.requests_left = testing::watched_heap::unlimited;
    if (s == status::ok) {
      CHECK(granted > 50);
      std::memset(w.memory->base, 0, 5 * 65'536);
      load(*w.tracked, out.data());
      for (std::uint64_t at = 0; at < 5 * 65'536; at += 5'000)
        REQUIRE(w.memory->base[at] == std::byte{1});
      give_back(out);
      break;
    }
    REQUIRE(granted < 200);
    give_back(out);
  }
}

TEST_CASE("tracking: who refers to it outlives the store") {
  store_tracking* kept = nullptr;
  testing::watched_heap heap;
  {
    limits most;
    signature_table signatures{heap};
    vm::store store(heap, most, signatures);
    kept = retain(tracking_of(store));
    CHECK(kept->home == &store);
    vm::release_objects(store);
  }
  CHECK(kept->home == nullptr);
  release(kept);
  CHECK(heap.is_clean());
}

}  // namespace unit_runtime_tracking
