// Pages that snapshots share, counted.
#include <dovetail/runtime/saved_pages.hpp>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_runtime_saved_pages {

using namespace dovetail::detail;

TEST_CASE("saved pages: groups share pages until the last reference") {
  testing::watched_heap heap;
  std::byte bytes[granule] = {};
  CHECK(is_zero(bytes));
  bytes[granule - 1] = std::byte{1};
  CHECK(!is_zero(bytes));
  page_group* first = copy_group(heap, nullptr);
  REQUIRE(first != nullptr);
  first->pages[63] = save_page(heap, bytes);
  REQUIRE(first->pages[63] != nullptr);
  page_group* second = copy_group(heap, first);
  CHECK(page_of(second, 63) == first->pages[63]);
  CHECK(heap.blocks == 3);
  release(retain(first));
  release(first);
  CHECK(heap.blocks == 2);
  CHECK(bytes_of(page_of(second, 63))[granule - 1] == std::byte{1});
  CHECK(bytes_of(page_of(second, 0)) == zero_granule);
  CHECK(page_of(nullptr, 3) == nullptr);
  release(second);
  CHECK(heap.is_clean());
}

TEST_CASE("saved pages: refused memory") {
  testing::watched_heap heap;
  heap.requests_left = 0;
  CHECK(save_page(heap, zero_granule) == nullptr);
  CHECK(copy_group(heap, nullptr) == nullptr);
}

}  // namespace unit_runtime_saved_pages
