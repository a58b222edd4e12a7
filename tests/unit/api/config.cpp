// What is a configuration: the rules between its numbers and policies. The policies one by one are
// in static/configurations.cpp.
#include <dovetail/api/config.hpp>

#include <dovetail/null.hpp>

#include "support/catch.hpp"

namespace unit_api_config {

using namespace dovetail;

namespace {

struct smallest : defaults {
  using backend = null;
};
template <limits Limit>
struct limited : smallest {
  static constexpr limits limit = Limit;
};
struct guarded : smallest {
  using memory = guarded_memory;
};
struct thrown : smallest {
  using traps = traps_thrown;
};
struct without_a_backend : defaults {};
struct with_features_of_bits : smallest {
  static constexpr std::uint32_t accept = 3;
};

}  // namespace

TEST_CASE("config: a backend is all that must be named") {
  CHECK(config<smallest>);
  CHECK_FALSE(config<without_a_backend>);
  CHECK_FALSE(config<with_features_of_bits>);
  CHECK_FALSE(config<null>);
}

TEST_CASE("config: limits as far as the format and the library's layouts go") {
  CHECK(config<limited<limits{.parameters = 65'535, .results = 65'535, .locals = 1'000'000}>>);
  CHECK_FALSE(config<limited<limits{.parameters = 65'536}>>);
  CHECK_FALSE(config<limited<limits{.results = 65'536}>>);
  CHECK_FALSE(config<limited<limits{.locals = 1'000'001}>>);
  CHECK(config<limited<limits{.memory_pages = 65'536}>>);
  CHECK_FALSE(config<limited<limits{.types = 1u << 22}>>);
}

TEST_CASE("config: policies need what the platform may not have") {
  CHECK(config<guarded> == (platform::is_64_bit && platform::can_land));
  CHECK(config<thrown> == platform::has_exceptions);
}

}  // namespace unit_api_config
