// Lanes: the plain class does what the compiler's vectors do, and lane 0 is the first byte.
#include <dovetail/format/lanes.hpp>

#include <bit>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "support/catch.hpp"

namespace unit_format_lanes {

using namespace dovetail;

namespace {

template <class T>
plain_lanes<T> plain(const v128& v) {
  plain_lanes<T> r;
  const lanes<T> all = split<T>(v);
  for (unsigned i = 0; i < lane_count<T>; ++i) r[i] = all[i];
  return r;
}

const v128 samples[] = {v128::of_halves(0, ~slot{0}),
                        v128::of_halves(0x0102'0408'1020'4080, 0x8000'7fff'0001'ffff),
                        v128::of_halves(0x3f80'0000'bf80'0000, 0x4049'0fdb'c2f6'e979),
                        v128::of_halves(0x3ff0'0000'0000'0000, 0xc004'0000'0000'0000)};

template <class T, class F>
bool same(F apply) {
  for (const v128& v : samples) {
    for (const v128& w : samples) {
      if (!(join(apply(split<T>(v), split<T>(w))) == join(apply(plain<T>(v), plain<T>(w)))))
        return false;
    }
  }
  return true;
}
template <class T>
void check_comparisons() {
  CHECK(same<T>([](const auto& a, const auto& b) { return a == b; }));
  CHECK(same<T>([](const auto& a, const auto& b) { return a != b; }));
  CHECK(same<T>([](const auto& a, const auto& b) { return a < b; }));
  CHECK(same<T>([](const auto& a, const auto& b) { return a > b; }));
  CHECK(same<T>([](const auto& a, const auto& b) { return a <= b; }));
  CHECK(same<T>([](const auto& a, const auto& b) { return a >= b; }));
}
// Signed lanes wrap around to the bits that unsigned ones have; those of the compiler may not.
template <class S, class F>
bool wraps(F apply) {
  using U = std::make_unsigned_t<S>;
  for (const v128& v : samples) {
    for (const v128& w : samples) {
      if (!(join(apply(plain<S>(v), plain<S>(w))) == join(apply(split<U>(v), split<U>(w)))))
        return false;
    }
  }
  return true;
}
template <class S>
void check_wrapping() {
  CHECK(wraps<S>([](const auto& a, const auto& b) { return a + b; }));
  CHECK(wraps<S>([](const auto& a, const auto& b) { return a - b; }));
  CHECK(wraps<S>([](const auto& a, const auto& b) { return a * b; }));
  plain_lanes<S> low, one;
  for (unsigned i = 0; i < lane_count<S>; ++i) low[i] = std::numeric_limits<S>::min(), one[i] = 1;
  CHECK((low - one)[0] == std::numeric_limits<S>::max());
  CHECK((low * low)[0] == 0);
  CHECK((low << one)[0] == 0);
}
template <class T>
void check_integers() {
  CHECK(same<T>([](const auto& a, const auto& b) { return a + b; }));
  CHECK(same<T>([](const auto& a, const auto& b) { return a - b; }));
  CHECK(same<T>([](const auto& a, const auto& b) { return a * b; }));
  CHECK(same<T>([](const auto& a, const auto& b) { return a & b; }));
  CHECK(same<T>([](const auto& a, const auto& b) { return a | b; }));
  CHECK(same<T>([](const auto& a, const auto& b) { return a ^ b; }));
  check_comparisons<T>();
}

}  // namespace

TEST_CASE("lanes: lane 0 is the first byte on every host") {
  v128 v;
  for (std::uint8_t i = 0; i < 16; ++i) v.bytes[i] = i;
  CHECK(split<std::uint8_t>(v)[3] == 3);
  CHECK(split<std::uint16_t>(v)[1] == 0x0302);
  CHECK(split<std::uint32_t>(v)[3] == 0x0f0e'0d0c);
  CHECK(split<std::uint64_t>(v)[0] == 0x0706'0504'0302'0100);
  CHECK(join(split<std::uint16_t>(v)) == v);
  CHECK(join(split<float>(v)) == v);
  CHECK(join(all_lanes(std::uint16_t{0x1234})).bytes[14] == 0x34);
}

TEST_CASE("lanes: plain ones compute as the compiler's do") {
  check_integers<std::uint8_t>();
  check_integers<std::uint16_t>();
  check_integers<std::uint32_t>();
  check_integers<std::uint64_t>();
  check_wrapping<std::int8_t>();
  check_wrapping<std::int16_t>();
  check_wrapping<std::int32_t>();
  check_wrapping<std::int64_t>();
  check_comparisons<std::int8_t>();
  check_comparisons<std::int32_t>();
  check_comparisons<float>();
  check_comparisons<double>();
  CHECK(same<float>([](const auto& a, const auto& b) { return a + b; }));
  CHECK(same<double>([](const auto& a, const auto& b) { return a * b; }));
  plain_lanes<std::uint16_t> counts;
  for (unsigned i = 0; i < 8; ++i) counts[i] = 3;
  CHECK((plain<std::uint16_t>(samples[1]) << counts)[0] == static_cast<std::uint16_t>(0x4080 << 3));
  CHECK((plain<std::uint16_t>(samples[1]) >> counts)[0] == 0x4080 >> 3);
}

}  // namespace unit_format_lanes
