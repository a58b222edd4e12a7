// Features as a set.
#include <dovetail/base/features.hpp>

#include "support/catch.hpp"

using dovetail::feature;
using dovetail::features;

namespace {

constexpr feature all[] = {feature::mvp,
                           feature::multi_value,
                           feature::sign_extension,
                           feature::saturating_conversion,
                           feature::bulk_memory,
                           feature::reference_types,
                           feature::simd,
                           feature::multi_memory};

}  // namespace

TEST_CASE("features: a set has what was put in, and nothing else") {
  for (const feature one : all) {
    for (const feature other : all) {
      CHECK(features(one).has(other) == (one == other));
      CHECK((features(one) + other).has(other));
      CHECK((features(one) + other).has(one));
      CHECK_FALSE((features(one) + other - other).has(other));
      CHECK((features(one) - other).has(one) == (one != other));
    }
    CHECK_FALSE(features().has(one));
    CHECK(features(one) + one == features(one));
    CHECK(features() - one == features());
  }
}

TEST_CASE("features: 1.0 is the MVP; 2.0 adds what its change log lists") {
  for (const feature one : all) {
    CHECK(features::wasm1().has(one) == (one == feature::mvp));
    CHECK(features::wasm2().has(one) == (one != feature::multi_memory));
  }
}
