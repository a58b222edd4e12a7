// What is asked of the operating system: address space, memory, faults.
#include <dovetail/runtime/os.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>

#include <dovetail/runtime/vm.hpp>

#include "support/catch.hpp"

namespace unit_runtime_os {

namespace os = dovetail::os;

namespace {

constexpr std::size_t page = dovetail::vm::page_size;

struct region {
  std::byte* base;
  std::size_t size;
};

bool lies_in(const os::guard_frame& guard, std::uintptr_t address) {
  const auto& r = *static_cast<const region*>(guard.context);
  return address - reinterpret_cast<std::uintptr_t>(r.base) < r.size;
}

// A frame as a guest call has it.
struct guarded {
  os::guard_frame frame;
  explicit guarded(region& r) {
    frame.owns = &lies_in;
    frame.context = &r;
    frame.previous = os::current_guard();
    os::current_guard() = &frame;
    frame.in_guest = true;
  }
  ~guarded() { os::current_guard() = frame.previous; }
  guarded(const guarded&) = delete;
  guarded& operator=(const guarded&) = delete;
};

DOVETAIL_NEVER_INLINE void touch(volatile std::byte* at) { *at = std::byte{1}; }

// Whether an access faults, and the fault comes back here.
DOVETAIL_NEVER_INLINE bool faults(guarded& guard, std::byte* at) {
  if (DOVETAIL_LAND(guard.frame.landing) == 0) {
    touch(at);
    return false;
  }
  return true;
}

}  // namespace

TEST_CASE("os: reserved address space becomes zeroed memory piece by piece, and goes again") {
  constexpr std::size_t size = 64 * page;
  auto* base = static_cast<std::byte*>(os::reserve(size));
  REQUIRE(base != nullptr);
  CHECK(reinterpret_cast<std::uintptr_t>(base) % 4096 == 0);
  REQUIRE(os::commit(base, page));
  bool is_zero = true;
  for (std::size_t i = 0; i < page; ++i) is_zero &= base[i] == std::byte{0};
  CHECK(is_zero);
  std::memset(base, 0x77, page);
  REQUIRE(os::commit(base + page, 2 * page));
  CHECK(base[page - 1] == std::byte{0x77});  // what was there stays
  CHECK(base[page] == std::byte{0});
  CHECK(base[3 * page - 1] == std::byte{0});
  base[3 * page - 1] = std::byte{5};
  os::release(base, size);
}

TEST_CASE("os: an object is written piece by piece, and then seen again as it was left") {
  std::intptr_t object = os::no_object;
  constexpr std::size_t size = 64 * page;
  auto* base = static_cast<std::byte*>(os::reserve_object(size, object));
  if (base == nullptr) return testing::skip("no memory objects here");
  CHECK(object != os::no_object);
  REQUIRE(os::commit(base, page));
  CHECK(base[page - 1] == std::byte{0});
  std::memset(base, 0x77, page);
  REQUIRE(os::commit(base + page, 2 * page));
  CHECK(base[page - 1] == std::byte{0x77});
  base[2 * page] = std::byte{5};
  auto* seen = static_cast<std::byte*>(os::run_object(base, size, object, 3 * page));
  REQUIRE(seen != nullptr);
  CHECK(seen[0] == std::byte{0x77});
  CHECK(seen[page] == std::byte{0});
  CHECK(seen[2 * page] == std::byte{5});
  os::release_object(seen, 3 * page, os::no_object);
  // One that nobody ran.
  base = static_cast<std::byte*>(os::reserve_object(size, object));
  REQUIRE(base != nullptr);
  REQUIRE(os::commit(base, page));
  os::release_object(base, size, object);
}

TEST_CASE("os: an object that nobody changes takes the place of memory, for each to write") {
  const char text[] = "text";
  const std::intptr_t object = os::make_object(
      2 * page,
      [](const void* context, std::byte* at) { std::memcpy(at + page, context, sizeof text); },
      text);
  if (object == os::no_object) return testing::skip("no objects to map here");
  constexpr std::size_t size = 4 * page;
  std::byte* places[2] = {};
  for (std::byte*& at : places) {
    at = static_cast<std::byte*>(os::reserve(size));
    REQUIRE(at != nullptr);
    REQUIRE(os::commit(at, 3 * page));
    std::memset(at, 0x55, 3 * page);
    REQUIRE(os::map_object(at + page, 2 * page, object));
    CHECK(at[page - 1] == std::byte{0x55});
    CHECK(at[page] == std::byte{0});
    CHECK(std::memcmp(at + 2 * page, text, sizeof text) == 0);
  }
  std::memset(places[0] + page, 0x66, 2 * page);
  CHECK(std::memcmp(places[1] + 2 * page, text, sizeof text) == 0);
  os::close_object(object);
  // What is refused leaves a place that can be committed again.
  CHECK_FALSE(os::map_object(places[1] + page, page, os::no_object));
  REQUIRE(os::commit(places[1] + page, page));
  CHECK(places[1][page] == std::byte{0});
  CHECK(std::memcmp(places[1] + 2 * page, text, sizeof text) == 0);
  for (std::byte* at : places) os::release(at, size);
}

TEST_CASE("os: what may have large pages is written, brought in and released like any other") {
  constexpr std::size_t size = 5 * os::large_page + page;
  auto* base = static_cast<std::byte*>(os::reserve_in_large_pages(size));
  REQUIRE(base != nullptr);
  if (!dovetail::platform::is_windows)
    CHECK(reinterpret_cast<std::uintptr_t>(base) % os::large_page == 0);
  REQUIRE(os::commit(base, os::large_page));
  os::bring_in(base, 3 * page);
  CHECK(base[os::large_page - 1] == std::byte{0});
  // The last page is there, the one behind it is another's.
  REQUIRE(os::commit(base + size - page, page));
  base[size - 1] = std::byte{7};
  CHECK(base[size - 1] == std::byte{7});
  os::release(base, size);
  CHECK(os::reserve_in_large_pages(~std::size_t{0} - page + 1) == nullptr);
}

TEST_CASE("os: two reservations are apart, and more than there is, is refused") {
  auto* a = static_cast<std::byte*>(os::reserve(16 * page));
  auto* b = static_cast<std::byte*>(os::reserve(16 * page));
  REQUIRE(a != nullptr);
  REQUIRE(b != nullptr);
  CHECK((a + 16 * page <= b || b + 16 * page <= a));
  os::release(a, 16 * page);
  os::release(b, 16 * page);
  CHECK(os::reserve(~std::size_t{0} - page + 1) == nullptr);
}

TEST_CASE("os: a fault belongs to the innermost guest of the thread, if the address is its own") {
  std::byte bytes[8];
  region all{bytes, 4};
  const auto at = reinterpret_cast<std::uintptr_t>(&bytes[0]);
  CHECK(os::current_guard() == nullptr);
  CHECK(os::find_guard(at) == nullptr);
  {
    guarded guard(all);
    CHECK(os::find_guard(at) == &guard.frame);
    CHECK(os::find_guard(at + 3) == &guard.frame);
    CHECK(os::find_guard(at + 4) == nullptr);
    CHECK(os::find_guard(0) == nullptr);
    guard.frame.in_guest = false;  // a host function runs: its faults are its own
    CHECK(os::find_guard(at) == nullptr);
    guard.frame.in_guest = true;
    region none{bytes, 0};
    const guarded inner(none);
    CHECK(os::find_guard(at) == nullptr);
  }
  CHECK(os::current_guard() == nullptr);
}

TEST_CASE(
    "os: faults in what is reserved come back to the guest, what is committed does not fault") {
  if (!dovetail::platform::can_land) return testing::skip("no landings with this compiler");
  REQUIRE(os::install_fault_handler());
  REQUIRE(os::install_fault_handler());  // once more is no harm
  region all{static_cast<std::byte*>(os::reserve(4 * page)), 4 * page};
  REQUIRE(all.base != nullptr);
  REQUIRE(os::commit(all.base, page));
  {
    guarded guard(all);
    CHECK_FALSE(faults(guard, all.base));
    CHECK_FALSE(faults(guard, all.base + page - 1));
    CHECK(faults(guard, all.base + page));
    CHECK(faults(guard, all.base + 4 * page - 1));
    CHECK(faults(guard, all.base + page));  // and again: no signal is left blocked
    REQUIRE(os::commit(all.base + page, page));
    CHECK_FALSE(faults(guard, all.base + page));
    CHECK(faults(guard, all.base + 2 * page));
  }
  os::release(all.base, all.size);
}

}  // namespace unit_runtime_os
