// The interpreter counting fuel, with explicit bounds checks.
#include <dovetail/interpreter.hpp>

#include "configurations.hpp"
#include "run.hpp"

namespace command {

int run_interpreter_checked_fuel(const run_options& options) {
  using config = configured<dovetail::fuel<dovetail::interpreter>, dovetail::checked_memory>;
  return program<config>(options).run();
}

}  // namespace command
