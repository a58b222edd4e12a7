// Vectors that tell where they come from.
#pragma once

#include <cstdint>

#include <dovetail/base/value_type.hpp>

namespace testing {

/// No two are the same, nor their sums.
inline dovetail::v128 crowd_vector(std::uint32_t k) {
  return dovetail::v128::of_halves(0x0101'0101'0101'0101u * (k + 1),
                                   0x1111'2222'3333'4444u * (2 * k + 1));
}
inline dovetail::v128 exclusive_or(const dovetail::v128& a, const dovetail::v128& b) {
  return dovetail::v128::of_halves(a.low() ^ b.low(), a.high() ^ b.high());
}

}  // namespace testing
