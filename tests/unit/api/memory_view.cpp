// The host's view of a memory, on a memory made by hand.
#include <dovetail/api/memory_view.hpp>

#include <dovetail/runtime/memory_policy.hpp>
#include <dovetail/validate/signatures.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_api_memory_view {

using namespace dovetail;

namespace {

constexpr std::uint64_t huge = ~std::uint64_t{0};

struct world {
  testing::watched_heap heap;
  limits most;
  signature_table signatures{heap};
  vm::store store{heap, most, signatures};
  memory_view view;
  explicit world(limits_type l = {1, 3}) {
    vm::memory_instance* m = nullptr;
    CHECK(vm::make_memory<checked_memory>(store, {l}, m) == status::ok);
    view = memory_view(m);
  }
  ~world() { vm::release_objects(store); }
};

constexpr std::uint64_t end = vm::page_size;

struct pair {
  std::uint8_t first, second;
};
enum class wide : std::uint16_t { value = 0x0102 };

}  // namespace

TEST_CASE("memory view: an empty one has no bytes, and says so to everything") {
  const memory_view none;
  CHECK_FALSE(none);
  CHECK(none.size() == 0);
  CHECK(none.pages() == 0);
  CHECK(none.bytes().empty());
  CHECK(none.span(0, 0).has_value());
  CHECK(none.string(0, 0).value().empty());
  CHECK(none.view<std::uint32_t>(0, 0).value().size() == 0);
  CHECK_FALSE(none.span(0, 1).has_value());
  CHECK_FALSE(none.read<std::uint8_t>(0).has_value());
  CHECK(none.write<std::uint8_t>(0, 1));
  CHECK_FALSE(none.view<std::uint8_t>(0, 1).has_value());
  CHECK(none.grow(0).error().code == status::memory_refused);
}

TEST_CASE("memory view: numbers are little-endian on every host, at any address") {
  world w;
  CHECK_FALSE(w.view.write<std::uint32_t>(1, 0x0403'0201));
  for (std::uint8_t i = 1; i <= 4; ++i) CHECK(w.view.bytes()[i] == std::byte{i});
  CHECK(*w.view.read<std::uint32_t>(1) == 0x0403'0201);
  CHECK(*w.view.read<std::uint16_t>(2) == 0x0302);
  CHECK(*w.view.read<std::int64_t>(0) == 0x0004'0302'0100);
  CHECK_FALSE(w.view.write<double>(9, 1.0));
  CHECK(w.view.bytes()[16] == std::byte{0x3f});
  CHECK(w.view.bytes()[15] == std::byte{0xf0});
  CHECK(*w.view.read<double>(9) == 1.0);
  CHECK_FALSE(w.view.write<wide>(20, wide::value));
  CHECK(w.view.bytes()[20] == std::byte{2});
  CHECK(*w.view.read<wide>(20) == wide::value);
}

TEST_CASE("memory view: structs are their bytes") {
  world w;
  CHECK_FALSE(w.view.write(8, pair{1, 2}));
  CHECK(w.view.bytes()[8] == std::byte{1});
  CHECK(w.view.read<pair>(8)->second == 2);
}

TEST_CASE("memory view: accesses end where the memory ends, and sums do not wrap") {
  world w;
  CHECK(w.view.read<std::uint32_t>(end - 4).has_value());
  CHECK_FALSE(w.view.read<std::uint32_t>(end - 3).has_value());
  CHECK(w.view.read<std::uint8_t>(end - 1).has_value());
  CHECK(w.view.read<std::uint8_t>(end).error().code == trap_code::memory_out_of_bounds);
  CHECK_FALSE(w.view.read<std::uint64_t>(huge - 3).has_value());
  CHECK_FALSE(w.view.write<std::uint64_t>(end - 8, 1));
  CHECK(w.view.write<std::uint64_t>(end - 7, ~std::uint64_t{0}).code ==
        trap_code::memory_out_of_bounds);
  CHECK(w.view.bytes()[end - 7] == std::byte{0});
}

TEST_CASE("memory view: spans and strings, empty ones up to the very end") {
  world w;
  std::memcpy(w.view.bytes().data() + 10, "text", 4);
  CHECK(*w.view.string(10, 4) == "text");
  CHECK(w.view.span(10, 4)->data() == w.view.bytes().data() + 10);
  CHECK(w.view.span(0, end)->size() == end);
  CHECK(w.view.span(end, 0).has_value());
  CHECK_FALSE(w.view.span(end + 1, 0).has_value());
  CHECK_FALSE(w.view.span(1, end).has_value());
  CHECK_FALSE(w.view.span(1, huge).has_value());
  CHECK_FALSE(w.view.string(huge, 2).has_value());
}

TEST_CASE("memory view: typed views are aligned, in bounds, and good after growth") {
  world w;
  const auto view = w.view.view<std::uint32_t>(end - 8, 2);
  REQUIRE(view.has_value());
  CHECK(view->size() == 2);
  view->set(1, 0x0403'0201);
  CHECK((*view)[1] == 0x0403'0201);
  CHECK((*view)[0] == 0);
  CHECK(w.view.bytes()[end - 4] == std::byte{1});
  CHECK(w.view.grow(2).value() == 1);
  CHECK((*view)[1] == 0x0403'0201);  // the block may have moved
  view->set(0, 9);
  CHECK(*w.view.read<std::uint32_t>(end - 8) == 9);
  for (const std::uint64_t odd : {1u, 2u, 3u}) CHECK_FALSE(w.view.view<std::uint32_t>(odd, 1));
  CHECK_FALSE(w.view.view<std::uint64_t>(4, 1).has_value());
  CHECK(w.view.view<pair>(3, 1).has_value());  // aligned to one byte
}

TEST_CASE("memory view: a typed view of nothing at the end, and of too much anywhere") {
  world w;
  CHECK(w.view.view<std::uint64_t>(end, 0)->size() == 0);
  CHECK_FALSE(w.view.view<std::uint64_t>(end + 8, 0).has_value());
  CHECK_FALSE(w.view.view<std::uint64_t>(end, 1).has_value());
  CHECK(w.view.view<std::uint64_t>(0, end / 8).has_value());
  CHECK_FALSE(w.view.view<std::uint64_t>(0, end / 8 + 1).has_value());
  CHECK_FALSE(w.view.view<std::uint64_t>(0, (huge >> 3) + 2).has_value());  // times 8 it wraps
  CHECK(typed_view<int>().size() == 0);
}

TEST_CASE("memory view: growth tells the pages before, or is refused") {
  world w;
  CHECK(w.view.type() == memory_type{{1, 3}});
  CHECK(w.view.grow(0).value() == 1);
  CHECK(w.view.grow(1).value() == 1);
  CHECK(w.view.pages() == 2);
  CHECK(w.view.type() == memory_type{{2, 3}});
  CHECK(w.view.grow(2).error().code == status::memory_refused);
  CHECK(w.view.grow(huge).error().code == status::memory_refused);
  CHECK(w.view.size() == 2 * end);
}

}  // namespace unit_api_memory_view
