// Decoding and validation alone.
#include "configurations.hpp"
#include "validating_runner.hpp"

namespace spec {
namespace {

struct null : dovetail::defaults {
  using backend = dovetail::null_backend;
};

}  // namespace

void run_null(const script& s, const run_options& options, report& r) {
  validating_runner<null>(options).run(s, r);
}

}  // namespace spec
