// The x86-64 compiler with code for the oldest processor that it takes, and for one with AVX alone,
// whatever processor this is; and under the policies of what the specification leaves open.
#include <dovetail/x64.hpp>

#include "configurations.hpp"
#include "run_script.hpp"

namespace spec::DOVETAIL_SPEC_FEATURES {
namespace {

using dovetail::checked_memory, dovetail::guarded_memory;
using dovetail::traps_returned, dovetail::traps_thrown;
template <class Memory, class Traps>
using on_sse4_1 =
    configured<dovetail::basic_x64<dovetail::reprotected_code, dovetail::processors::sse4_1>,
               Memory, Traps>;
template <class Memory, class Traps>
using on_avx =
    configured<dovetail::basic_x64<dovetail::reprotected_code, dovetail::processors::avx>, Memory,
               Traps>;

}  // namespace

void run_x64_sse4_1_checked(const script& s, const run_options& options, report& r) {
  run_script<on_sse4_1<checked_memory, traps_returned>>(s, options, r);
}

void run_x64_sse4_1_checked_thrown(const script& s, const run_options& options, report& r) {
  run_script<on_sse4_1<checked_memory, traps_thrown>>(s, options, r);
}

void run_x64_sse4_1_guarded(const script& s, const run_options& options, report& r) {
  run_script<on_sse4_1<guarded_memory, traps_returned>>(s, options, r);
}

void run_x64_sse4_1_guarded_thrown(const script& s, const run_options& options, report& r) {
  run_script<on_sse4_1<guarded_memory, traps_thrown>>(s, options, r);
}

void run_x64_avx_guarded(const script& s, const run_options& options, report& r) {
  run_script<on_avx<guarded_memory, traps_returned>>(s, options, r);
}

void run_x64_canonical(const script& s, const run_options& options, report& r) {
  run_script<canonical<configured<dovetail::x64, checked_memory, traps_returned>>>(s, options, r);
}

void run_x64_native(const script& s, const run_options& options, report& r) {
  run_script<native<configured<dovetail::x64, checked_memory, traps_returned>>>(s, options, r);
}

void run_x64_avx_native(const script& s, const run_options& options, report& r) {
  run_script<native<on_avx<checked_memory, traps_returned>>>(s, options, r);
}

void run_x64_sse4_1_native(const script& s, const run_options& options, report& r) {
  run_script<native<on_sse4_1<checked_memory, traps_returned>>>(s, options, r);
}

}  // namespace spec::DOVETAIL_SPEC_FEATURES
