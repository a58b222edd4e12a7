// The configurations that tests put together themselves: a backend and a memory, and policies over
// them of what the specification leaves open.
#pragma once

#include <dovetail/dovetail.hpp>

namespace testing {

/// A config of a backend and a memory.
template <class Backend, class Memory = dovetail::checked_memory>
struct config : dovetail::defaults {
  using backend = Backend;
  using memory = Memory;
};
template <class Config>
struct with_canonical_nans : Config {
  using nans = dovetail::canonical_nans;
};
template <class Config>
struct with_native_relaxed : Config {
  using relaxed_simd = dovetail::native_relaxed;
};

}  // namespace testing
