// Variables of the host: references belong to a store, constants stay, temporaries are not kept.
// 1: host_variable
// 2: host_variable
// 3: requires is_mutable
// 4: lvalue
// 4: host_global<float>
// 5: host_global(const host_global&) = delete
// 6: h.object()
#include <cstdint>

#include <dovetail/dovetail.hpp>
#include <dovetail/host_global.hpp>
#include <dovetail/null.hpp>

using namespace dovetail;

host_global<float> gravity = 9.81f;
host_global<const int> level = 3;
imports given = {bind("env", "gravity", gravity), bind("env", "level", level)};

void use() {
  gravity += 1.0f;
#if DOVETAIL_FAIL == 1
  host_global<externref> bad;
#elif DOVETAIL_FAIL == 2
  host_global<funcref> bad;
#elif DOVETAIL_FAIL == 3
  level = 4;
#elif DOVETAIL_FAIL == 4
  // Guests would keep the address of something that is gone.
  auto bad = bind("env", "gravity", host_global<float>(1.0f));
#elif DOVETAIL_FAIL == 5
  // A variable has an identity.
  host_global<float> bad(gravity);
#elif DOVETAIL_FAIL == 6
  auto bad = provide("env", "gravity", host_global<float>(1.0f));
#endif
}
