// The interpreter with guard pages and traps as values.
#include <dovetail/interpreter.hpp>

#include "configurations.hpp"
#include "run_script.hpp"

namespace spec {

void run_interpreter_guarded(const script& s, const run_options& options, report& r) {
  using config =
      configured<dovetail::interpreter, dovetail::guarded_memory, dovetail::traps_returned>;
  run_script<config>(s, options, r);
}

}  // namespace spec
