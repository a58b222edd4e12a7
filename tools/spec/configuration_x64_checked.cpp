// The x86-64 compiler with checked memory under every trap policy, and metered.
#include <dovetail/x64.hpp>

#include "configurations.hpp"
#include "run_script.hpp"

namespace spec::DOVETAIL_SPEC_FEATURES {
namespace {

using dovetail::checked_memory;
using dovetail::traps_fatal, dovetail::traps_returned, dovetail::traps_thrown;
template <class Memory, class Traps>
using with = configured<dovetail::x64, Memory, Traps>;

}  // namespace

void run_x64_checked(const script& s, const run_options& options, report& r) {
  run_script<with<checked_memory, traps_returned>>(s, options, r);
}

#ifdef DOVETAIL_SPEC_ALL
void run_x64_checked_thrown(const script& s, const run_options& options, report& r) {
  run_script<with<checked_memory, traps_thrown>>(s, options, r);
}

void run_x64_checked_fatal(const script& s, const run_options& options, report& r) {
  run_script<with<checked_memory, traps_fatal>>(s, options, r);
}

void run_x64_fuel(const script& s, const run_options& options, report& r) {
  using metered = configured<dovetail::fuel<dovetail::x64>, checked_memory, traps_returned>;
  run_script<metered>(s, options, r);
}
#endif

}  // namespace spec::DOVETAIL_SPEC_FEATURES
