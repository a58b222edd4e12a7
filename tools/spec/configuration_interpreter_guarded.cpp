// The interpreter with guard pages, under two trap policies: they share its handlers.
#include <dovetail/interpreter.hpp>

#include "configurations.hpp"
#include "run_script.hpp"

namespace spec::DOVETAIL_SPEC_FEATURES {
namespace {

template <class Traps>
using guarded = configured<dovetail::interpreter, dovetail::guarded_memory, Traps>;

}  // namespace

void run_interpreter_guarded(const script& s, const run_options& options, report& r) {
  run_script<guarded<dovetail::traps_returned>>(s, options, r);
}

#ifdef DOVETAIL_SPEC_ALL
void run_interpreter_guarded_thrown(const script& s, const run_options& options, report& r) {
  run_script<guarded<dovetail::traps_thrown>>(s, options, r);
}
#endif

}  // namespace spec::DOVETAIL_SPEC_FEATURES
