// Ranges of 32-bit numbers: every result of an operator is in the range that is told of it.
#include <dovetail/x64/ranges.hpp>

#include <cstdint>

#include "support/catch.hpp"

namespace unit_x64_ranges {

namespace {

using dovetail::x64_jit::range;

constexpr std::uint32_t edges[] = {0,           1,           2,           31,
                                   255,         4096,        0x7fff'ffff, 0x8000'0000,
                                   0x8000'0001, 0xffff'0000, 0xffff'fffe, 0xffff'ffff};

bool holds(range r, std::uint32_t v) { return r.least <= v && v <= r.greatest; }

// Both ends of every range of two edges, and what lies in the middle.
template <class Visit>
void for_each_range(Visit visit) {
  for (const std::uint32_t least : edges) {
    for (const std::uint32_t greatest : edges) {
      if (least <= greatest) visit(range{least, greatest});
    }
  }
}
template <class Result, class Meaning>
std::size_t wrong(Result result, Meaning meaning) {
  std::size_t count = 0;
  for_each_range([&](range a) {
    for_each_range([&](range b) {
      const range r = result(a, b);
      for (const std::uint32_t x : {a.least, a.least + (a.greatest - a.least) / 2, a.greatest}) {
        for (const std::uint32_t y : {b.least, b.least + (b.greatest - b.least) / 3, b.greatest})
          count += holds(r, meaning(x, y)) ? 0 : 1;
      }
    });
  });
  return count;
}

}  // namespace

TEST_CASE("ranges: the results of operators are in them", "[x64]") {
  using namespace dovetail::x64_jit;
  using u = std::uint32_t;
  CHECK(wrong(sum, [](u a, u b) { return a + b; }) == 0);
  CHECK(wrong(product, [](u a, u b) { return a * b; }) == 0);
  CHECK(wrong(masked, [](u a, u b) { return a & b; }) == 0);
  CHECK(wrong(joined, [](u a, u b) { return a | b; }) == 0);
  CHECK(wrong(shifted_left, [](u a, u b) { return a << (b & 31); }) == 0);
  CHECK(wrong(shifted_right, [](u a, u b) { return a >> (b & 31); }) == 0);
}

TEST_CASE("ranges: what is known stays known", "[x64]") {
  using namespace dovetail::x64_jit;
  const range small{16, 1024}, unknown{};
  const auto is = [](range r, std::uint32_t least, std::uint32_t greatest) {
    return r.least == least && r.greatest == greatest;
  };
  CHECK(is(sum(small, range::of(5)), 21, 1029));
  CHECK(is(sum(range{0xffff'c000, 0xffff'fff0}, range::of(0x1'8400)), 0x1'4400, 0x1'83f0));
  CHECK(is(product(small, range::of(12)), 192, 12'288));
  CHECK(is(masked(unknown, range::of(255)), 0, 255));
  CHECK(is(joined(small, range::of(0x40)), 64, 1088));
  CHECK(is(shifted_left(small, range::of(6)), 1024, 65'536));
  CHECK(is(shifted_right(unknown, range::of(24)), 0, 255));
  CHECK_FALSE(sum(unknown, range::of(1)).is_known());
  CHECK_FALSE(shifted_left(range{0, 0x8000'0000}, range::of(1)).is_known());
}

TEST_CASE("ranges: as words of names", "[x64]") {
  CHECK(range{}.packed() == 0);
  for_each_range([](range r) {
    const range again = range::unpacked(r.packed());
    CHECK((again.least == r.least && again.greatest == r.greatest));
  });
}

TEST_CASE("ranges: turns of loops", "[x64]") {
  using namespace dovetail::x64_jit;
  loop_facts loop;
  loop.limit = 80;
  loop.count = 1;
  loop.counted[0] = {0, 4};
  CHECK(loop.turns(0) == 20);
  CHECK(loop.turns(76) == 1);
  CHECK(loop.turns(2) == 0);             // never meets its limit
  CHECK(loop.turns(80) == 0);            // not before it was everywhere
  CHECK(loop.turns(0xffff'fffc) == 21);  // through zero
  CHECK(loop.turns(84) == 0x3fff'ffff);
  loop.counted[0].step = 0;
  CHECK(loop.turns(0) == 0);
  CHECK(counted_range(range::of(0), 4, 20).greatest == 76);
  CHECK(counted_range(range{8, 16}, 0x100, 254).greatest == 16 + 253 * 0x100);
  CHECK_FALSE(counted_range(range::of(0xffff'fffc), 4, 21).is_known());
}

}  // namespace unit_x64_ranges
