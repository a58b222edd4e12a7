// The interpreter with guard pages, plain and metered, and again with a timeout: two share
// their handlers.
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

int run_interpreter_guarded_timeout(const run_options& options) {
  using backend = dovetail::interruptible<dovetail::interpreter>;
  return program<configured<backend, dovetail::guarded_memory>>(options).run();
}

int run_interpreter_guarded_fuel_timeout(const run_options& options) {
  using backend = dovetail::interruptible<dovetail::fuel<dovetail::interpreter>>;
  return program<configured<backend, dovetail::guarded_memory>>(options).run();
}

}  // namespace command
