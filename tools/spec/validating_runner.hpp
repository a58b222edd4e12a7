// Runs a script as far as bytes go: every module is decoded and validated, nothing is instantiated.
#pragma once

#include "checks.hpp"
#include "options.hpp"
#include "report.hpp"
#include "script.hpp"

namespace spec {

template <dovetail::config C>
class validating_runner {
 public:
  explicit validating_runner(const run_options& options) : options_(options) {}

  void run(const script& s, report& r) {
    for (const command& c : s.commands) r.record(c, run(c));
  }

 private:
  outcome run(const command& c) {
    switch (c.kind) {
      case command_kind::assert_malformed:
      case command_kind::assert_invalid: return check_rejection(engine_, c, options_);
      case command_kind::module:
      case command_kind::module_definition: return check(c);
      case command_kind::assert_unlinkable:
      case command_kind::assert_uninstantiable: {
        const outcome valid = check(c);
        return valid.verdict == verdict::passed ? outcome::skipped("validation only") : valid;
      }
      default: return outcome::skipped("validation only");
    }
  }

  outcome check(const command& c) {
    const auto code = read_bytes(c.file);
    return code ? check_valid(engine_, *code) : outcome::failed("the module cannot be read");
  }

  const run_options& options_;
  typename dovetail::runtime<C>::engine engine_;
};

}  // namespace spec
