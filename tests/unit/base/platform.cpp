// Facts of the platform: that what is claimed of it is so.
#include <dovetail/base/platform.hpp>

#include <cstdint>
#include <cstring>

#include "support/catch.hpp"

namespace unit_base_platform {

namespace platform = dovetail::platform;

namespace {

void* words[8];
int returns = 0;

DOVETAIL_NEVER_INLINE void go_back() { DOVETAIL_RETURN_TO(words); }

// Sets a landing and has somebody below return to it.
DOVETAIL_NEVER_INLINE int land() {
  if (DOVETAIL_LAND(words) == 0) {
    if (platform::can_land) go_back();
    return 0;
  }
  return ++returns;
}

}  // namespace

TEST_CASE("platform: byte order, pointers and exceptions are what they are said to be") {
  const std::uint16_t number = 1;
  unsigned char first = 0;
  std::memcpy(&first, &number, 1);
  CHECK(platform::is_little_endian == (first == 1));
  CHECK(platform::is_64_bit == (sizeof(std::uintptr_t) == 8));
#ifdef __cpp_exceptions
  CHECK(platform::has_exceptions);
#else
  CHECK_FALSE(platform::has_exceptions);
#endif
}

TEST_CASE("platform: atomic words tell what they were") {
  std::uint32_t word = 5;
  CHECK(platform::atomic_add(word, 3) == 5);
  CHECK(platform::atomic_add(word, ~std::uint32_t{0}) == 8);
  CHECK(platform::atomic_load(word) == 7);
  CHECK(platform::atomic_exchange(word, 1) == 7);
  CHECK(platform::atomic_load(word) == 1);
}

TEST_CASE("platform: a landing is returned to once it was left") {
  if (!platform::can_land) return testing::skip("no landings with this compiler");
  CHECK(land() == 1);
  CHECK(land() == 2);
}

TEST_CASE("platform: host code in a try block runs, and what it throws is caught") {
  int step = 0;
  DOVETAIL_TRY_HOST { step = 1; }
  DOVETAIL_CATCH_HOST { step = 2; }
  CHECK(step == 1);
  if constexpr (platform::has_exceptions) {
    DOVETAIL_TRY_HOST { DOVETAIL_THROW(7); }
    DOVETAIL_CATCH_HOST { step = 3; }
    CHECK(step == 3);
  }
}

}  // namespace unit_base_platform
