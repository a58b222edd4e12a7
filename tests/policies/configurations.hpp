// The configurations that the tests of budgets and collection run under.
#pragma once

#include <type_traits>

#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>
#ifdef DOVETAIL_WITH_X64
#include <dovetail/x64.hpp>
#endif

namespace controlled {

struct checked_interpreter : dovetail::defaults {
  using backend = dovetail::interpreter;
};
struct guarded_interpreter : checked_interpreter {
  using memory = std::conditional_t<dovetail::platform::is_64_bit && dovetail::platform::can_land,
                                    dovetail::guarded_memory, dovetail::checked_memory>;
};
#ifdef DOVETAIL_WITH_X64
struct checked_x64 : dovetail::defaults {
  using backend = dovetail::x64;
};
struct guarded_x64 : checked_x64 {
  using memory = dovetail::guarded_memory;
};
#define ALL_CONFIGS checked_interpreter, guarded_interpreter, checked_x64, guarded_x64
#else
#define ALL_CONFIGS checked_interpreter, guarded_interpreter
#endif

}  // namespace controlled
