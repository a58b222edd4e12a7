// The canonical NaN takes the place of all others, and of nothing else.
#include <dovetail/format/canonical_nan.hpp>

#include <bit>
#include <cstdint>

#include "support/catch.hpp"

namespace unit_format_canonical_nan {

using namespace dovetail;

namespace {

std::uint32_t bits_32(std::uint32_t bits) {
  return std::bit_cast<std::uint32_t>(canonical(std::bit_cast<float>(bits)));
}
std::uint64_t bits_64(std::uint64_t bits) {
  return std::bit_cast<std::uint64_t>(canonical(std::bit_cast<double>(bits)));
}

}  // namespace

TEST_CASE("canonical: any NaN becomes the positive one without a payload") {
  for (const std::uint32_t nan : {0x7fc0'0000u, 0xffc0'0000u, 0x7f80'0001u, 0xffff'ffffu})
    CHECK(bits_32(nan) == 0x7fc0'0000u);
  for (const std::uint64_t nan : {0x7ff8'0000'0000'0000u, 0xfff8'0000'0000'0000u,
                                  0x7ff0'0000'0000'0001u, 0xffff'ffff'ffff'ffffu})
    CHECK(bits_64(nan) == 0x7ff8'0000'0000'0000u);
}

TEST_CASE("canonical: numbers stay as they are") {
  for (const std::uint32_t number :
       {0u, 0x8000'0000u, 1u, 0x7f80'0000u, 0xff80'0000u, 0x3f80'0000u})
    CHECK(bits_32(number) == number);
  for (const std::uint64_t number :
       {std::uint64_t{0}, 0x8000'0000'0000'0000u, 0x7ff0'0000'0000'0000u, 0xfff0'0000'0000'0000u})
    CHECK(bits_64(number) == number);
}

TEST_CASE("canonical: lanes each for themselves") {
  CHECK(canonical_lanes<float>(v128::of_halves(0xffc0'0001'8000'0000u, 0x7f80'0000'7f80'0001u)) ==
        v128::of_halves(0x7fc0'0000'8000'0000u, 0x7f80'0000'7fc0'0000u));
  CHECK(canonical_lanes<double>(v128::of_halves(0xfff0'0000'0000'0000u, 0xfff0'0000'0000'0001u)) ==
        v128::of_halves(0xfff0'0000'0000'0000u, 0x7ff8'0000'0000'0000u));
}

}  // namespace unit_format_canonical_nan
