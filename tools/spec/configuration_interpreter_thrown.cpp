// The interpreter with explicit bounds checks and traps as exceptions.
#include <dovetail/interpreter.hpp>

#include "configurations.hpp"
#include "run_script.hpp"

namespace spec {

void run_interpreter_thrown(const script& s, const run_options& options, report& r) {
  using config =
      configured<dovetail::interpreter, dovetail::checked_memory, dovetail::traps_thrown>;
  run_script<config>(s, options, r);
}

}  // namespace spec
