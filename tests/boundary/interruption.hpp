// The runtimes whose calls are stopped: both ways, on every backend and memory policy that keeps a
// guest in.
#pragma once

#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>
#ifdef DOVETAIL_WITH_X64
#include <dovetail/x64_or_interpreter.hpp>
#endif

#include "support/configurations.hpp"

namespace interruption {

using testing::config;
// Types of their own, since the names of the others are long.
#define INTERRUPTION_CONFIG(NAME, BACKEND, HOW, MEMORY)                                      \
  struct NAME : config<dovetail::interruptible<BACKEND, dovetail::interrupt::HOW>, MEMORY> { \
    static constexpr const char* name = #NAME;                                               \
  };
INTERRUPTION_CONFIG(interpreter_checked, dovetail::interpreter, polled, dovetail::checked_memory)
INTERRUPTION_CONFIG(interpreter_guarded, dovetail::interpreter, polled, dovetail::guarded_memory)
#ifdef DOVETAIL_WITH_X64
INTERRUPTION_CONFIG(x64_checked, dovetail::x64, polled, dovetail::checked_memory)
INTERRUPTION_CONFIG(x64_guarded, dovetail::x64, polled, dovetail::guarded_memory)
INTERRUPTION_CONFIG(x64_checked_page, dovetail::x64, page, dovetail::checked_memory)
INTERRUPTION_CONFIG(x64_guarded_page, dovetail::x64_or_interpreter, page, dovetail::guarded_memory)
#define INTERRUPTION_GUARDED \
  interruption::interpreter_guarded, interruption::x64_guarded, interruption::x64_guarded_page
#define INTERRUPTION_ALL                                                              \
  INTERRUPTION_GUARDED, interruption::interpreter_checked, interruption::x64_checked, \
      interruption::x64_checked_page
#else
#define INTERRUPTION_GUARDED interruption::interpreter_guarded
#define INTERRUPTION_ALL INTERRUPTION_GUARDED, interruption::interpreter_checked
#endif
#undef INTERRUPTION_CONFIG

}  // namespace interruption
