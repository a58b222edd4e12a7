// What the tests of this folder compare. Another backend is one include, one element of `backends`,
// and, where it should not be compiled in every program, its lines in support/compiled_once.hpp.
#pragma once

#include <tuple>
#include <utility>

#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>
#ifdef DOVETAIL_WITH_X64
#include <dovetail/x64.hpp>
#endif

#include "support/compiled_once.hpp"
#include "support/configurations.hpp"

namespace testing {

/// The backends that are held against the meaning of the operators and against the reference.
#ifdef DOVETAIL_WITH_X64
using backends = std::tuple<dovetail::interpreter, dovetail::x64>;
#else
using backends = std::tuple<dovetail::interpreter>;
#endif

/// The backend that is held against another: the same values, traps, remaining fuel and memory.
template <class Left, class Right>
struct rivals {
  using left = Left;
  using right = Right;
};
/// Of interpreters, the quickest dispatch and the plainest. A JIT's row is `rivals<interpreter,
/// jit>`.
using pairs_of_backends = std::tuple<rivals<dovetail::interpreter, plain_interpreter>
#ifdef DOVETAIL_WITH_X64
                                     ,
                                     rivals<dovetail::interpreter, dovetail::x64>
#endif
                                     >;

namespace detail {

inline constexpr bool has_guarded_memory =
    dovetail::platform::is_64_bit && dovetail::platform::can_land;

template <class Backend, bool IsGuarded = has_guarded_memory>
struct memories_of {
  using type = std::tuple<config<Backend, dovetail::checked_memory>,
                          config<Backend, dovetail::guarded_memory>>;
};
template <class Backend>
struct memories_of<Backend, false> {
  using type = std::tuple<config<Backend, dovetail::checked_memory>>;
};

template <class List>
struct with_memories;
template <class... Backend>
struct with_memories<std::tuple<Backend...>> {
  using type = decltype(std::tuple_cat(std::declval<typename memories_of<Backend>::type>()...));
};

}  // namespace detail

/// The backends that execute vectors: of machine code, that for this processor and for the oldest.
using vector_configurations =
    detail::with_memories<std::tuple<dovetail::interpreter, plain_interpreter
#ifdef DOVETAIL_WITH_X64
                                     ,
                                     dovetail::x64, oldest_x64
#endif
                                     >>::type;

/// The backends whose code these policies change: for this processor and for older ones.
using policy_backends =
    std::tuple<config<dovetail::interpreter, dovetail::checked_memory>
#ifdef DOVETAIL_WITH_X64
               ,
               config<dovetail::x64, dovetail::checked_memory>,
               config<dovetail::basic_x64<dovetail::reprotected_code, dovetail::processors::avx>,
                      dovetail::checked_memory>,
               config<oldest_x64, dovetail::checked_memory>
#endif
               >;

/// Every backend under each memory policy that this platform has; unchecked memory is for code
/// that needs no test.
using configurations = detail::with_memories<backends>::type;

namespace detail {
template <template <class> class Policy, class List>
struct with_policy;
template <template <class> class Policy, class... Config>
struct with_policy<Policy, std::tuple<Config...>> {
  using type = std::tuple<Policy<Config>...>;
};
}  // namespace detail

/// A list under a policy.
template <template <class> class Policy, class List>
using each_under = typename detail::with_policy<Policy, List>::type;

/// The backends that execute vectors, as they are and under the policies of what is left open.
using policy_configurations =
    decltype(std::tuple_cat(std::declval<vector_configurations>(),
                            std::declval<each_under<with_canonical_nans, policy_backends>>(),
                            std::declval<each_under<with_native_relaxed, policy_backends>>()));

}  // namespace testing
