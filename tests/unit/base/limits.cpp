// The limits of `defaults` are the JavaScript embedding's, so that what runs in a browser compiles.
// That each is enforced, and where, is tested with what reads it.
#include <dovetail/base/limits.hpp>

#include "support/catch.hpp"

namespace unit_base_limits {

TEST_CASE("limits: defaults are the implementation limits of the JavaScript embedding") {
  constexpr dovetail::limits most;
  CHECK(most.module_bytes == 1'073'741'824);
  CHECK(most.types == 1'000'000);
  CHECK(most.functions == 1'000'000);
  CHECK(most.imports == 1'000'000);
  CHECK(most.exports == 1'000'000);
  CHECK(most.globals == 1'000'000);
  CHECK(most.data_segments == 100'000);
  CHECK(most.tables == 100'000);
  CHECK(most.memories == 100);
  CHECK(most.table_elements == 10'000'000);
  CHECK(most.segment_elements == 10'000'000);
  CHECK(most.body_bytes == 7'654'321);
  CHECK(most.locals == 50'000);
  CHECK(most.parameters == 1'000);
  CHECK(most.results == 1'000);
  CHECK(most.memory_pages == 65'536);
}

TEST_CASE("limits: one is overridden by name, the others stay") {
  constexpr dovetail::limits most{.memory_pages = 16};
  CHECK(most.memory_pages == 16);
  CHECK(most.table_elements == dovetail::limits{}.table_elements);
}

}  // namespace unit_base_limits
