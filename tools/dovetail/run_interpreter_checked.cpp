// The interpreter with explicit bounds checks, plain and metered, and again with a timeout: two
// share their handlers.
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

int run_interpreter_checked_timeout(const run_options& options) {
  using backend = dovetail::interruptible<dovetail::interpreter>;
  return program<configured<backend, dovetail::checked_memory>>(options).run();
}

int run_interpreter_checked_fuel_timeout(const run_options& options) {
  using backend = dovetail::interruptible<dovetail::fuel<dovetail::interpreter>>;
  return program<configured<backend, dovetail::checked_memory>>(options).run();
}

}  // namespace command
