// Features as a set.
#include <dovetail/base/features.hpp>

#include <iterator>
#include <set>
#include <string_view>

#include "support/catch.hpp"

namespace unit_base_features {

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
                           feature::multi_memory,
                           feature::tail_call,
                           feature::extended_const,
                           feature::memory64,
                           feature::function_references,
                           feature::relaxed_simd,
                           feature::tags,
                           feature::gc,
                           feature::exception_handling};

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

TEST_CASE("features: 1.0 is the MVP; 2.0 and 3.0 add what their change logs list") {
  for (const feature one : all) {
    CHECK(features::wasm1().has(one) == (one == feature::mvp));
    CHECK(features::wasm2().has(one) == (one < feature::multi_memory));
    CHECK(features::wasm3().has(one) == (one < feature::gc));
  }
}

TEST_CASE("features: each has a name of its own") {
  std::set<std::string_view> names;
  for (const feature one : all) names.insert(name(one));
  CHECK(names.size() == std::size(all));
  CHECK(name(feature::tail_call) == "tail calls");
}

}  // namespace unit_base_features
