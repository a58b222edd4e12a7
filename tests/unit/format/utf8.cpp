// UTF-8 validity, against the definition: decode, then look at the number.
#include <dovetail/format/utf8.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <vector>

#include "support/catch.hpp"

namespace unit_format_utf8 {

using dovetail::is_utf8;
using bytes = std::vector<std::uint8_t>;

namespace {

// The definition (core specification 5.2.4): the shortest form of a scalar value.
bool is_scalar(std::uint32_t c) { return c < 0xd800 || (c >= 0xe000 && c < 0x11'0000); }

std::size_t encode(std::uint32_t c, std::uint8_t* out) {
  if (c < 0x80) return out[0] = static_cast<std::uint8_t>(c), 1u;
  const std::size_t length = c < 0x800 ? 2 : c < 0x1'0000 ? 3 : 4;
  for (std::size_t i = length - 1; i > 0; --i, c >>= 6)
    out[i] = static_cast<std::uint8_t>(0x80 | (c & 0x3f));
  out[0] = static_cast<std::uint8_t>((0xf00u >> length & 0xff) | c);
  return length;
}

static_assert(is_utf8(std::array<std::uint8_t, 2>{0xc3, 0xa9}));
static_assert(!is_utf8(std::array<std::uint8_t, 2>{0xc0, 0x80}));

}  // namespace

TEST_CASE("utf8: exactly the scalar values are well-formed, cut ones are not") {
  std::uint32_t wrong = 0, first_wrong = 0;
  for (std::uint32_t c = 0; c < 0x20'0000; c += c < 0x1'1000 || c > 0x10'f000 ? 1 : 61) {
    std::uint8_t form[4];
    const std::span<const std::uint8_t> all(form, encode(c, form));
    bool good = is_utf8(all) == is_scalar(c);
    for (std::size_t cut = 1; cut < all.size(); ++cut)
      good &= !is_utf8(all.first(cut)) && !is_utf8(all.subspan(cut));
    if (!good && wrong++ == 0) first_wrong = c;
  }
  INFO("first at U+" << std::hex << first_wrong);
  CHECK(wrong == 0);
}

TEST_CASE("utf8: the edges of every row of the Unicode standard's table 3-7") {
  const std::initializer_list<bytes> good = {
      {},
      {0x00},
      {0x7f},
      {0xc2, 0x80},
      {0xdf, 0xbf},
      {0xe0, 0xa0, 0x80},
      {0xec, 0xbf, 0xbf},
      {0xed, 0x9f, 0xbf},
      {0xee, 0x80, 0x80},
      {0xef, 0xbf, 0xbf},
      {0xf0, 0x90, 0x80, 0x80},
      {0xf3, 0xbf, 0xbf, 0xbf},
      {0xf4, 0x8f, 0xbf, 0xbf},
  };
  const std::initializer_list<bytes> bad = {
      {0x80},  // a continuation alone
      {0xbf},
      {0xc0, 0x80},  // overlong
      {0xc1, 0xbf},
      {0xe0, 0x80, 0x80},
      {0xe0, 0x9f, 0xbf},
      {0xf0, 0x80, 0x80, 0x80},
      {0xf0, 0x8f, 0xbf, 0xbf},
      {0xed, 0xa0, 0x80},  // surrogates
      {0xed, 0xbf, 0xbf},
      {0xf4, 0x90, 0x80, 0x80},  // beyond U+10FFFF
      {0xf5, 0x80, 0x80, 0x80},
      {0xf8, 0x88, 0x80, 0x80, 0x80},
      {0xfe},
      {0xff},
      {0xc2, 0x7f},  // no continuation
      {0xc2, 0xc0},
      {0xe1, 0x80, 0x7f},
      {0xe1, 0x80, 0xc0},
      {0xf1, 0x80, 0x80, 0x41},
      {0xf1, 0x80, 0xc0, 0x80},
      {0xf1, 0x7f, 0x80, 0x80},
  };
  for (const bytes& b : good) CHECK(is_utf8(b));
  for (const bytes& b : bad) {
    CHECK_FALSE(is_utf8(b));
    bytes within = {'a', 0xc3, 0xa9};
    within.insert(within.end(), b.begin(), b.end());
    CHECK_FALSE(is_utf8(within));
    within.push_back('z');
    CHECK_FALSE(is_utf8(within));
  }
}

}  // namespace unit_format_utf8
