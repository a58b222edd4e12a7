// What the bytes of a shuffle have in common.
#include <dovetail/x64/vector_lanes.hpp>

#include "support/catch.hpp"

namespace unit_x64_vector_lanes {

using dovetail::x64_jit::lane_pattern;

TEST_CASE("lanes: runs, rotations, and bytes that stay") {
  constexpr lane_pattern identity{{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}};
  constexpr lane_pattern across{{3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18}};
  constexpr lane_pattern around{{3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2}};
  static_assert(identity.is_run(0) && !identity.is_run(1) && identity.is_rotation(0));
  static_assert(across.is_run(3) && !across.is_rotation(3));
  static_assert(around.is_rotation(3) && !around.is_run(3));
  static_assert(across.of_one().bytes == around.bytes);
  static_assert(identity.keeps(0, 16) && identity.is_within(4, 8) && !around.is_within(0, 8));
  static_assert(identity.is_of(0) && !across.is_of(0) && !across.is_of(1));
  static_assert(identity.exchanged().is_of(1));
  constexpr dovetail::v128 of_second = across.taken_from(1);
  static_assert(of_second.bytes[12] == 0x80 && of_second.bytes[13] == 0);
}

TEST_CASE("lanes: wider ones") {
  constexpr lane_pattern dwords{{4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 16, 17, 18, 19}};
  static_assert(dwords.has_lanes(1) && dwords.has_lanes(2) && dwords.has_lanes(4));
  static_assert(!dwords.has_lanes(8));
  static_assert(dwords.lane(4, 0) == 1 && dwords.lane(4, 3) == 4);
  static_assert(dwords.four(4) == (1 | 0 << 2 | 3 << 4 | 0 << 6));
  constexpr lane_pattern words{{0, 1, 18, 19, 4, 5, 6, 7, 24, 25, 10, 11, 12, 13, 30, 31}};
  static_assert(words.is_blend() && !dwords.is_blend());
}

TEST_CASE("lanes: interleaved ones") {
  constexpr lane_pattern low{{0, 1, 16, 17, 2, 3, 18, 19, 4, 5, 20, 21, 6, 7, 22, 23}};
  constexpr lane_pattern high{{8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31}};
  static_assert(low.is_interleaved(2, 0) && !low.is_interleaved(1, 0));
  static_assert(!low.is_interleaved(2, 4));
  static_assert(high.is_interleaved(1, 8) && !high.is_interleaved(1, 0));
}

}  // namespace unit_x64_vector_lanes
