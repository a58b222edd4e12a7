// The allocator policies that come with the library: whole runs in memory of the caller and by a
// function of the host, nothing allocated beside them, and a refusal anywhere is an error.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <span>
#include <vector>

#include <dovetail/base/callback_allocator.hpp>
#include <dovetail/base/monotonic_arena.hpp>

#include "configurations.hpp"
#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace {
std::size_t news = 0;  // calls of operator new, whoever made them

void* counted_new(std::size_t size) noexcept {
  ++news;
  return std::malloc(size != 0 ? size : 1);
}
void* needed_new(std::size_t size) {
  void* made = counted_new(size);
  if (made == nullptr) std::abort();
  return made;
}
}  // namespace

// The others of the standard library come down to these.
void* operator new(std::size_t size) { return needed_new(size); }
void* operator new[](std::size_t size) { return needed_new(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return counted_new(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return counted_new(size); }
void operator delete(void* block) noexcept { std::free(block); }
void operator delete[](void* block) noexcept { std::free(block); }
void operator delete(void* block, std::size_t) noexcept { std::free(block); }
void operator delete[](void* block, std::size_t) noexcept { std::free(block); }

namespace {

using namespace controlled;
using dovetail::bind;
using dovetail::imports;
using dovetail::status;
using i32 = std::int32_t;

// (module
//   (type $none_i (func (result i32)))
//   (import "host" "ten" (func $ten (result i32)))
//   (memory (export "memory") 1 3)
//   (table $t 4 20 funcref)
//   (global $g (mut funcref) (ref.func $seven))
//   (elem (i32.const 0) $seven $ten)
//   (data (i32.const 8) "\14")
//   (func $seven (result i32) (i32.const 7))
//   (func (export "run") (param i32) (result i32)
//     (drop (memory.grow (i32.const 1)))
//     (drop (table.grow $t (ref.func $seven) (i32.const 2)))
//     (i32.add (i32.load8_u (i32.const 8))
//       (i32.add (local.get 0)
//         (i32.add (call_indirect $t (type $none_i) (i32.const 0))
//           (call_indirect $t (type $none_i) (i32.const 1)))))))
constexpr unsigned char guest_bytes[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x0a, 0x02, 0x60, 0x00, 0x01, 0x7f, 0x60,
    0x01, 0x7f, 0x01, 0x7f, 0x02, 0x0c, 0x01, 0x04, 0x68, 0x6f, 0x73, 0x74, 0x03, 0x74, 0x65, 0x6e,
    0x00, 0x00, 0x03, 0x03, 0x02, 0x00, 0x01, 0x04, 0x05, 0x01, 0x70, 0x01, 0x04, 0x14, 0x05, 0x04,
    0x01, 0x01, 0x01, 0x03, 0x06, 0x06, 0x01, 0x70, 0x01, 0xd2, 0x01, 0x0b, 0x07, 0x10, 0x02, 0x06,
    0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 0x02, 0x00, 0x03, 0x72, 0x75, 0x6e, 0x00, 0x02, 0x09, 0x08,
    0x01, 0x00, 0x41, 0x00, 0x0b, 0x02, 0x01, 0x00, 0x0a, 0x2a, 0x02, 0x04, 0x00, 0x41, 0x07, 0x0b,
    0x23, 0x00, 0x41, 0x01, 0x40, 0x00, 0x1a, 0xd2, 0x01, 0x41, 0x02, 0xfc, 0x0f, 0x00, 0x1a, 0x41,
    0x08, 0x2d, 0x00, 0x00, 0x20, 0x00, 0x41, 0x00, 0x11, 0x00, 0x00, 0x41, 0x01, 0x11, 0x00, 0x00,
    0x6a, 0x6a, 0x6a, 0x0b, 0x0b, 0x07, 0x01, 0x00, 0x41, 0x08, 0x0b, 0x01, 0x14,
};

template <class Config, class Allocator>
struct allocating : Config {
  using allocator = Allocator;
  static constexpr dovetail::limits limit{.call_depth = 100, .stack_slots = 1000};
};

bool is_of_memory(const dovetail::error& e) {
  if (e.code == status::trapped) return e.reason.code == dovetail::trap_code::out_of_memory;
  return e.code == status::out_of_memory || e.code == status::store_out_of_memory ||
         e.code == status::memory_refused || e.code == status::table_refused;
}

// Whatever fails must be a refusal.
bool refused(bool is_refusal) {
  CHECK(is_refusal);
  return false;
}

// From bytes to the result of a call; whether all went well. What does not is a refusal of memory.
template <class Config, class Allocator>
bool run(Allocator&& memory) {
  using rt = dovetail::runtime<allocating<Config, std::remove_cvref_t<Allocator>>>;
  typename rt::engine engine(std::forward<Allocator>(memory));
  const auto module = engine.compile(std::as_bytes(std::span(guest_bytes)));
  if (!module) return refused(is_of_memory(module.error()));
  // Twice in a store of its own: the second takes what the first left.
  for (int k = 0; k < 2; ++k) {
    typename rt::store store{engine};
    imports env = {bind<[] { return 10; }>("host", "ten")};
    const auto guest = store.instantiate(*module, env);
    if (!guest) return refused(is_of_memory(guest.error()));
    const auto f = guest->template get<i32(i32)>("run");
    // Its function could not be made.
    if (!f) return refused(f.error().code == status::unknown_export);
    const auto result = (*f)(5);
    if (!result) return refused(result.error().code == dovetail::trap_code::out_of_memory);
    CHECK(*result == 20 + 5 + 7 + 10);
  }
  return true;
}

void* from_heap(void* context, void* block, std::size_t old_size, std::size_t new_size) {
  return static_cast<testing::watched_heap*>(context)->change(block, old_size, new_size);
}

}  // namespace

TEMPLATE_TEST_CASE("allocators: a whole run in memory of the caller, and nothing beside it", "",
                   ALL_CONFIGS) {
  std::vector<std::byte> bytes(4 << 20);
  const std::size_t before = news;
  const bool went_well = run<TestType>(dovetail::monotonic_arena(bytes));
  const std::size_t after = news;
  CHECK(went_well);
  CHECK(after == before);
}

TEMPLATE_TEST_CASE("allocators: too little memory of the caller is an error, wherever it ends", "",
                   ALL_CONFIGS) {
  std::vector<std::byte> bytes(4 << 20);
  std::size_t refused = 0, size = 0;
  // Closely where little is asked for, then in steps.
  for (;; size += size < 40'000 ? 208 : 4096) {
    REQUIRE(size < bytes.size());
    if (run<TestType>(dovetail::monotonic_arena(std::span(bytes).first(size)))) break;
    ++refused;
  }
  CHECK(refused > 20);
}

TEMPLATE_TEST_CASE("allocators: a whole run by a function of the host, and every refusal", "",
                   ALL_CONFIGS) {
  testing::watched_heap heap;
  const std::size_t before = news;
  const bool went_well = run<TestType>(dovetail::callback_allocator(&from_heap, &heap));
  const std::size_t after = news;
  CHECK(went_well);
  CHECK(after == before);
  CHECK(heap.is_clean());
  const std::size_t requests = heap.requests;
  CHECK(requests > 20);
  // All requests but the first ones are refused. Some may be done without.
  std::size_t refused = 0;
  for (std::size_t granted = 0; granted < requests; ++granted) {
    heap.requests_left = granted;
    refused += run<TestType>(dovetail::callback_allocator(&from_heap, &heap)) ? 0 : 1;
    REQUIRE(heap.is_clean());
  }
  CHECK(refused > requests / 2);
}
