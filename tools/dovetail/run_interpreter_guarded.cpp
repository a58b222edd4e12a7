// The interpreter with guard pages, plain and metered: both share its handlers.
#include <dovetail/interpreter.hpp>

#include "configurations.hpp"
#include "run.hpp"

namespace command {

int run_interpreter_guarded(const run_options& options) {
  using config = configured<dovetail::interpreter, dovetail::guarded_memory>;
  return program<config>(options).run();
}

int run_interpreter_guarded_fuel(const run_options& options) {
  using config = configured<dovetail::fuel<dovetail::interpreter>, dovetail::guarded_memory>;
  return program<config>(options).run();
}

}  // namespace command
