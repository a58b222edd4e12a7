// What takes long to compile and many programs use is compiled once, in compiled_once.cpp, which
// makes the same lines definitions.
#pragma once

#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>
#include <dovetail/null.hpp>
#ifdef DOVETAIL_WITH_X64
#include <dovetail/x64.hpp>
#endif

#ifndef COMPILED_ONCE
#define COMPILED_ONCE extern
#endif

namespace testing {

using plain_interpreter = dovetail::basic_interpreter<dovetail::interpreting::switch_dispatch>;
#ifdef DOVETAIL_WITH_X64
using oldest_x64 = dovetail::basic_x64<dovetail::reprotected_code, dovetail::processors::sse4_1>;
#endif

}  // namespace testing

namespace dovetail {

// From bytes to code: what a configuration's traps, allocator and linker are does not matter.
#define COMPILES(...)                                                                      \
  COMPILED_ONCE template class detail::module_compilation<binary_decoder, full_validation, \
                                                          defaults::accept, __VA_ARGS__>;
COMPILES(detail::null_compiler)
COMPILES(null::compiler<checked_memory, controls{}>)
COMPILES(interpreter::compiler<checked_memory, controls{}>)
COMPILES(interpreter::compiler<guarded_memory, controls{}>)
COMPILES(interpreter::compiler<checked_memory, controls{.is_metered = true}>)
COMPILES(interpreter::compiler<guarded_memory, controls{.is_metered = true}>)
COMPILES(interpreter::compiler<checked_memory, controls{.keeps_places = true}>)
COMPILES(testing::plain_interpreter::compiler<checked_memory, controls{}>)
COMPILES(testing::plain_interpreter::compiler<guarded_memory, controls{}>)
#ifdef DOVETAIL_WITH_X64
COMPILES(x64::compiler<checked_memory, controls{}>)
COMPILES(x64::compiler<guarded_memory, controls{}>)
COMPILES(x64::compiler<checked_memory, controls{.is_metered = true}>)
COMPILES(x64::compiler<guarded_memory, controls{.is_metered = true}>)
COMPILES(x64::compiler<checked_memory, controls{.keeps_places = true}>)
COMPILES(testing::oldest_x64::compiler<checked_memory, controls{}>)
COMPILES(testing::oldest_x64::compiler<guarded_memory, controls{}>)
#endif
#undef COMPILES

COMPILED_ONCE template class detail::instantiation<link_by_name, checked_memory>;
COMPILED_ONCE template class detail::instantiation<link_by_name, guarded_memory>;

// The interpreter's handlers.
#define EXECUTES(MEMORY, DISPATCH, ...)                                             \
  COMPILED_ONCE template class interpreting::activation<                            \
      MEMORY, interpreting::DISPATCH, interpreting::handler_controls{__VA_ARGS__}>; \
  COMPILED_ONCE template interpreting::heads                                        \
  interpreting::DISPATCH::table<MEMORY, interpreting::handler_controls{__VA_ARGS__}>();
EXECUTES(checked_memory, default_dispatch)
EXECUTES(guarded_memory, default_dispatch)
EXECUTES(checked_memory, switch_dispatch)
EXECUTES(guarded_memory, switch_dispatch)
EXECUTES(checked_memory, default_dispatch, .stops = true)
EXECUTES(guarded_memory, default_dispatch, .stops = true)
EXECUTES(checked_memory, default_dispatch, .keeps_places = true)
#undef EXECUTES

}  // namespace dovetail
