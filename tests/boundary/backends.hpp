// The runtimes whose boundary is tested: every backend with every memory policy that keeps a guest
// in.
#pragma once

#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>
#ifdef DOVETAIL_WITH_X64
#include <dovetail/x64.hpp>
#endif

#include "support/compiled_once.hpp"
#include "support/configurations.hpp"

namespace boundary {

using testing::config;
using interpreter_checked = config<dovetail::interpreter, dovetail::checked_memory>;
using interpreter_guarded = config<dovetail::interpreter, dovetail::guarded_memory>;
using interpreter_unhandled =
    config<dovetail::interpreter, dovetail::guarded_memory_without_handler>;
#ifdef DOVETAIL_WITH_X64
using x64_unhandled = config<dovetail::x64, dovetail::guarded_memory_without_handler>;
#define BOUNDARY_UNHANDLED boundary::interpreter_unhandled, boundary::x64_unhandled
using x64_checked = config<dovetail::x64, dovetail::checked_memory>;
using x64_guarded = config<dovetail::x64, dovetail::guarded_memory>;
#define BOUNDARY_GUARDED boundary::interpreter_guarded, boundary::x64_guarded
#define BOUNDARY_ALL BOUNDARY_GUARDED, boundary::interpreter_checked, boundary::x64_checked
#else
#define BOUNDARY_UNHANDLED boundary::interpreter_unhandled
#define BOUNDARY_GUARDED boundary::interpreter_guarded
#define BOUNDARY_ALL BOUNDARY_GUARDED, boundary::interpreter_checked
#endif

}  // namespace boundary
