// The interpreter without bounds checks.
#include <dovetail/interpreter.hpp>

#include "configurations.hpp"
#include "run.hpp"

namespace command {

int run_interpreter_unchecked(const run_options& options) {
  using config = configured<dovetail::interpreter, dovetail::unchecked_memory>;
  return program<config>(options).run();
}

}  // namespace command
