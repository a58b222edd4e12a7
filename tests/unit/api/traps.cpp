// The trap policies. That traps_fatal ends the program is not tried here.
#include <dovetail/api/traps.hpp>

#include <dovetail/validate/signatures.hpp>

#include <string_view>
#include <type_traits>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_api_traps {

using namespace dovetail;

namespace {

struct world {
  testing::watched_heap heap;
  limits most;
  signature_table signatures{heap};
  vm::store store{heap, most, signatures};
};

}  // namespace

static_assert(trap_policy<traps_returned> && trap_policy<traps_fatal> && trap_policy<traps_thrown>);
static_assert(!trap_policy<int>);
static_assert(std::is_same_v<traps_fatal::outcome<void>, void>);

TEST_CASE("traps: a value reaches the caller under every policy") {
  world w;
  CHECK(*traps_returned::deliver<int>(5, w.store) == 5);
  CHECK(traps_fatal::deliver<int>(5, w.store) == 5);
  CHECK(traps_thrown::deliver<int>(5, w.store) == 5);
  traps_fatal::deliver<void>({}, w.store);
  traps_thrown::deliver<void>({}, w.store);
  CHECK(traps_returned::deliver<void>({}, w.store).has_value());
}

TEST_CASE("traps: returned as they are") {
  world w;
  CHECK(traps_returned::deliver<int>(trap::exit(3), w.store).error() == trap::exit(3));
}

#ifdef __cpp_exceptions
TEST_CASE("traps: thrown with the reason and the store's report") {
  world w;
  w.store.report = {trap_code::unreachable, 0, true, 4, 99, nullptr};
  try {
    static_cast<void>(traps_thrown::deliver<int>(trap{trap_code::unreachable}, w.store));
    FAIL("nothing was thrown");
  } catch (const trap_exception& e) {
    CHECK(e.reason().code == trap_code::unreachable);
    CHECK(e.report().offset == 99);
    CHECK(std::string_view(e.what()) == "unreachable");
  }
}
#endif

}  // namespace unit_api_traps
