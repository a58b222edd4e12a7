// The x86-64 compiler with memory that it does not check.
#include <dovetail/x64.hpp>

#include "configurations.hpp"
#include "run_script.hpp"

namespace spec::DOVETAIL_SPEC_FEATURES {
namespace {

using dovetail::guarded_memory, dovetail::unchecked_memory;
using dovetail::traps_returned, dovetail::traps_thrown;
template <class Memory, class Traps>
using with = configured<dovetail::x64, Memory, Traps>;

}  // namespace

void run_x64_guarded(const script& s, const run_options& options, report& r) {
  run_script<with<guarded_memory, traps_returned>>(s, options, r);
}

#ifdef DOVETAIL_SPEC_ALL
void run_x64_guarded_thrown(const script& s, const run_options& options, report& r) {
  run_script<with<guarded_memory, traps_thrown>>(s, options, r);
}

void run_x64_unchecked(const script& s, const run_options& options, report& r) {
  run_script<with<unchecked_memory, traps_returned>>(s, options, r);
}
#endif

}  // namespace spec::DOVETAIL_SPEC_FEATURES
