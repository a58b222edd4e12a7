// Machine code where it may run, the interpreter elsewhere: on other processors, and where the
// system refuses executable memory. The backend to begin with.
#pragma once

#include <dovetail/base/platform.hpp>
#include <dovetail/interpreter.hpp>
#if DOVETAIL_HAS_X86_64
#include <dovetail/x64.hpp>
#endif

namespace dovetail {

#if DOVETAIL_HAS_X86_64
/// The x86-64 just-in-time compiler, or the interpreter if an engine finds that it may not run.
using x64_or_interpreter = first_available<x64, interpreter>;
#else
/// The interpreter: machine code is for x86-64.
using x64_or_interpreter = interpreter;
#endif

}  // namespace dovetail
