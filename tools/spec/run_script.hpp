// The body of a configuration's unit: an engine and a store for each script.
#pragma once

#include "runner.hpp"

namespace spec {

// The units of configurations are compiled once for each version of the language, whose name is the
// macro DOVETAIL_SPEC_FEATURES.
namespace DOVETAIL_SPEC_FEATURES {

/// A configuration of the tool: three policies by name.
template <class Backend, class Memory, class Traps>
struct configured : dovetail::defaults {
  static constexpr dovetail::features accept = dovetail::features::DOVETAIL_SPEC_FEATURES();
  using backend = Backend;
  using memory = Memory;
  using traps = Traps;
};
/// One with policies of what the specification leaves open.
template <class Config>
struct canonical : Config {
  using nans = dovetail::canonical_nans;
};
template <class Config>
struct native : Config {
  using relaxed_simd = dovetail::native_relaxed;
};

}  // namespace DOVETAIL_SPEC_FEATURES

/// Runs one script under `C`.
template <dovetail::config C>
void run_script(const script& s, const run_options& options, report& r) {
  typename dovetail::runtime<C>::engine engine;
  runner<C>(engine, options).run(s, r);
}

}  // namespace spec
