// The interpreter without bounds checks and traps as values.
#include <dovetail/interpreter.hpp>

#include "configurations.hpp"
#include "run_script.hpp"

namespace spec::DOVETAIL_SPEC_FEATURES {

void run_interpreter_unchecked(const script& s, const run_options& options, report& r) {
  using config =
      configured<dovetail::interpreter, dovetail::unchecked_memory, dovetail::traps_returned>;
  run_script<config>(s, options, r);
}

}  // namespace spec::DOVETAIL_SPEC_FEATURES
