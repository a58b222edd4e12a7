// What the two units of the single-header test share. Nothing of Dovetail but its single headers
// is within reach of the compiler; they are included twice, on purpose.
#pragma once

#include "dovetail.hpp"
#include "dovetail_interpreter.hpp"
#include "dovetail_wasi.hpp"

#include "dovetail.hpp"
#include "dovetail_interpreter.hpp"
#include "dovetail_wasi.hpp"

#include <cstddef>
#include <span>
#include <string>

struct guarded : dovetail::defaults {
  using backend = dovetail::interpreter;
  using memory = dovetail::guarded_memory;
  using traps = dovetail::traps_returned;
};
using rt = dovetail::runtime<guarded>;

/// Runs a WASI program and returns what it printed and how it ended, from the other unit.
std::string run_program(std::span<const std::byte> bytes);
