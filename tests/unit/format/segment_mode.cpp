// Segment modes: a segment that nobody says more of is passive.
#include <dovetail/format/segment_mode.hpp>

#include <dovetail/format/section_sink.hpp>

#include "support/catch.hpp"

namespace unit_format_segment_mode {

using namespace dovetail;

TEST_CASE("segment mode: passive is what a segment begins as, in every kind of segment") {
  CHECK(segment_mode{} == segment_mode::passive);
  CHECK(element_segment_head{}.mode == segment_mode::passive);
  CHECK(data_segment_head{}.mode == segment_mode::passive);
}

}  // namespace unit_format_segment_mode
