// What the two units of the single-header test share. Nothing of Dovetail but its single headers
// is within reach of the compiler; they are included twice, on purpose.
#pragma once

#include "dovetail.hpp"
#include "dovetail_interpreter.hpp"
#include "dovetail_wasi.hpp"

#include "dovetail.hpp"
#include "dovetail_interpreter.hpp"
#include "dovetail_wasi.hpp"

#if defined(__x86_64__) && __has_include(<xbyak/xbyak.h>)
#include "dovetail_x64.hpp"
#define SINGLE_HAS_X64
#include "dovetail_x64.hpp"
#endif

#include <cstddef>
#include <span>
#include <string>

template <class Backend>
struct guarded : dovetail::defaults {
  using backend = Backend;
  using memory = dovetail::guarded_memory;
  using traps = dovetail::traps_returned;
};

/// Runs a WASI program and returns what it printed and how it ended, from the other unit.
using runner = std::string(std::span<const std::byte> bytes);
runner run_by_interpreter;
#ifdef SINGLE_HAS_X64
runner run_by_x64;
#endif
