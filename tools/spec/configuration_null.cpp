// Decoding and validation alone.
#include <dovetail/null.hpp>

#include "configurations.hpp"
#include "validating_runner.hpp"

namespace spec {
namespace {

struct validation : dovetail::defaults {
  using backend = dovetail::null;
};

}  // namespace

void run_null(const script& s, const run_options& options, report& r) {
  validating_runner<validation>(options).run(s, r);
}

}  // namespace spec
