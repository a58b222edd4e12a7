// How references are numbers in a saved state.
#include <dovetail/runtime/saved_state.hpp>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_runtime_saved_state {

using namespace dovetail;
using namespace dovetail::detail;

TEST_CASE("saved state: kinds of slots") {
  CHECK(kind_of(value_type::i64) == reference_kind::none);
  CHECK(kind_of(value_type::v128) == reference_kind::none);
  CHECK(kind_of(value_type::funcref) == reference_kind::function);
  CHECK(kind_of(value_type::reference(3, false)) == reference_kind::function);
  CHECK(kind_of(value_type::externref) == reference_kind::host);
}

TEST_CASE("saved state: functions as slots") {
  const slot s = saved_function::of(saved_function::most_instances - 1, 0xffff'fffe);
  CHECK(!saved_function::is_foreign(s));
  CHECK(saved_function::instance(s) == saved_function::most_instances - 1);
  CHECK(saved_function::index(s) == 0xffff'fffe);
  CHECK(saved_function::of(0, 0) != 0);
  CHECK(saved_function::is_foreign(saved_function::foreign | 1));
}

TEST_CASE("saved state: gives back what it refers to") {
  testing::watched_heap heap;
  {
    saved_state s(heap);
    REQUIRE(s.groups.push(copy_group(heap, nullptr)) == status::ok);
    REQUIRE(s.groups.push(nullptr) == status::ok);
    s.origin = heap.make<store_tracking>(&heap, nullptr);
  }
  CHECK(heap.is_clean());
  saved_memory m;
  CHECK(m.groups() == 0);
  m.size = group_bytes + vm::page_size;
  CHECK(m.groups() == 2);
}

}  // namespace unit_runtime_saved_state
