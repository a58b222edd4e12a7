// The interpreter with explicit bounds checks, under every trap policy, and metered: all share its
// handlers.
#include <dovetail/interpreter.hpp>

#include "configurations.hpp"
#include "run_script.hpp"

namespace spec::DOVETAIL_SPEC_FEATURES {
namespace {

template <class Traps>
using checked = configured<dovetail::interpreter, dovetail::checked_memory, Traps>;

}  // namespace

void run_interpreter_checked(const script& s, const run_options& options, report& r) {
  run_script<checked<dovetail::traps_returned>>(s, options, r);
}

#ifdef DOVETAIL_SPEC_ALL
void run_interpreter_checked_thrown(const script& s, const run_options& options, report& r) {
  run_script<checked<dovetail::traps_thrown>>(s, options, r);
}

void run_interpreter_checked_fatal(const script& s, const run_options& options, report& r) {
  run_script<checked<dovetail::traps_fatal>>(s, options, r);
}

void run_interpreter_fuel(const script& s, const run_options& options, report& r) {
  using metered = configured<dovetail::fuel<dovetail::interpreter>, dovetail::checked_memory,
                             dovetail::traps_returned>;
  run_script<metered>(s, options, r);
}

void run_interpreter_canonical(const script& s, const run_options& options, report& r) {
  run_script<canonical<checked<dovetail::traps_returned>>>(s, options, r);
}
#endif

}  // namespace spec::DOVETAIL_SPEC_FEATURES
