// The interpreter with explicit bounds checks, plain and metered: both share its handlers.
#include <dovetail/interpreter.hpp>

#include "configurations.hpp"
#include "run.hpp"

namespace command {

int run_interpreter_checked(const run_options& options) {
  using config = configured<dovetail::interpreter, dovetail::checked_memory>;
  return program<config>(options).run();
}

int run_interpreter_checked_fuel(const run_options& options) {
  using config = configured<dovetail::fuel<dovetail::interpreter>, dovetail::checked_memory>;
  return program<config>(options).run();
}

}  // namespace command
