// The policies of float results: what they ask of a backend, beside what its mixins ask.
#include <dovetail/runtime/float_policy.hpp>

#include <dovetail/null.hpp>

#include "support/catch.hpp"

namespace unit_runtime_float_policy {

using namespace dovetail;

namespace {

struct nothing {};

static_assert(nan_policy<open_nans> && nan_policy<canonical_nans> && !nan_policy<nothing>);
static_assert(relaxed_policy<deterministic_relaxed> && relaxed_policy<native_relaxed> &&
              !relaxed_policy<nothing>);

}  // namespace

TEST_CASE("float policy: nothing is asked for by default") {
  CHECK(controls_under<null, open_nans, deterministic_relaxed> == controls{});
}

TEST_CASE("float policy: each asks for its own, and mixins stay") {
  CHECK(controls_under<null, canonical_nans, deterministic_relaxed> ==
        controls{.has_canonical_nans = true});
  CHECK(controls_under<null, open_nans, native_relaxed> == controls{.has_native_relaxed = true});
  CHECK(controls_under<fuel<null>, canonical_nans, native_relaxed> ==
        controls{.is_metered = true, .has_canonical_nans = true, .has_native_relaxed = true});
}

}  // namespace unit_runtime_float_policy
