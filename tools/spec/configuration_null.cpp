// Decoding and validation alone.
#include <dovetail/null.hpp>

#include "configurations.hpp"
#include "validating_runner.hpp"

namespace spec::DOVETAIL_SPEC_FEATURES {
namespace {

struct validation : dovetail::defaults {
  static constexpr dovetail::features accept = dovetail::features::DOVETAIL_SPEC_FEATURES();
  using backend = dovetail::null;
};

}  // namespace

void run_null(const script& s, const run_options& options, report& r) {
  validating_runner<validation>(options).run(s, r);
}

}  // namespace spec::DOVETAIL_SPEC_FEATURES
