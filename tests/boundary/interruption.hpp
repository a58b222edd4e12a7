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
// Types of their own, since the names of the others are long. Every so many'th round is enough for
// some of them.
#define INTERRUPTION_CONFIG(NAME, PART, BACKEND, HOW, MEMORY)                                \
  struct NAME : config<dovetail::interruptible<BACKEND, dovetail::interrupt::HOW>, MEMORY> { \
    static constexpr const char* name = #NAME;                                               \
    static constexpr int part = PART;                                                        \
  };
INTERRUPTION_CONFIG(interpreter_checked, 1, dovetail::interpreter, polled, dovetail::checked_memory)
INTERRUPTION_CONFIG(interpreter_guarded, 10, dovetail::interpreter, polled,
                    dovetail::guarded_memory)
#ifdef DOVETAIL_WITH_X64
INTERRUPTION_CONFIG(x64_checked, 10, dovetail::x64, polled, dovetail::checked_memory)
INTERRUPTION_CONFIG(x64_guarded, 1, dovetail::x64, polled, dovetail::guarded_memory)
INTERRUPTION_CONFIG(x64_checked_page, 1, dovetail::x64, page, dovetail::checked_memory)
INTERRUPTION_CONFIG(x64_guarded_page, 10, dovetail::x64_or_interpreter, page,
                    dovetail::guarded_memory)
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
