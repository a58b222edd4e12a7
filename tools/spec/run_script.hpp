// The body of a configuration's unit: an engine and a store for each script.
#pragma once

#include "runner.hpp"

namespace spec {

/// A configuration of the tool: three policies by name.
template <class Backend, class Memory, class Traps>
struct configured : dovetail::defaults {
  using backend = Backend;
  using memory = Memory;
  using traps = Traps;
};

/// Runs one script under `C`.
template <dovetail::config C>
void run_script(const script& s, const run_options& options, report& r) {
  typename dovetail::runtime<C>::engine engine;
  runner<C>(engine, options).run(s, r);
}

}  // namespace spec
