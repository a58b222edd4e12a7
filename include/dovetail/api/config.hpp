// The configuration: one struct of types and numbers that names every policy, and the rules between
// them.
#pragma once

#include <concepts>
#include <type_traits>

#include <dovetail/api/traps.hpp>
#include <dovetail/base/callback_allocator.hpp>
#include <dovetail/base/features.hpp>
#include <dovetail/base/limits.hpp>
#include <dovetail/base/monotonic_arena.hpp>
#include <dovetail/base/system_allocator.hpp>
#include <dovetail/format/decoder.hpp>
#include <dovetail/link/linker_policy.hpp>
#include <dovetail/runtime/backend.hpp>
#include <dovetail/runtime/float_policy.hpp>
#include <dovetail/runtime/memory_policy.hpp>
#include <dovetail/validate/pass.hpp>

namespace dovetail {

/// What a config inherits and overrides by name. The backend is the one choice it cannot make: each
/// is an include of its own.
struct defaults {
  using decoder = binary_decoder;
  using validator = full_validation;
  using linker = link_by_name;
  using memory = checked_memory;
  using traps = traps_returned;
  using allocator = system_allocator;
  using nans = open_nans;
  using relaxed_simd = deterministic_relaxed;
  static constexpr features accept = features::wasm3();
  static constexpr limits limit{};
};

/// A validator policy names a pass: a sink of the body decoder that tells an emitter what it reads.
template <class V>
concept validator_policy = requires {
  typename V::template pass<null_emitter, features::wasm2()>;
};

// Rules between policies, named as the sentences they are.

template <class C>
concept guarded_memory_needs_64_bit_addresses = !C::memory::is_guarded || platform::is_64_bit;

template <class C>
concept guarded_memory_needs_a_way_back_from_faults = !C::memory::is_guarded || platform::can_land;

template <class C>
concept thrown_traps_need_exceptions =
    !std::same_as<typename C::traps, traps_thrown> || platform::has_exceptions;

template <class C>
concept limits_fit_the_format =
    C::limit.types <= value_type::most_defined&& C::limit.parameters <= 65'535 &&
    C::limit.results <= 65'535 && C::limit.locals <= 1'000'000;

/// A configuration: every policy is there, satisfies its concept, and they go together.
template <class C>
concept config = requires {
  requires decoder_policy<typename C::decoder>;
  requires validator_policy<typename C::validator>;
  requires memory_policy<typename C::memory>;
  requires backend_policy<typename C::backend, typename C::memory>;
  requires linker_policy<typename C::linker>;
  requires trap_policy<typename C::traps>;
  requires allocator_policy<typename C::allocator>;
  requires nan_policy<typename C::nans>;
  requires relaxed_policy<typename C::relaxed_simd>;
  requires std::same_as<const features, decltype(C::accept)>;
  requires std::same_as<const limits, decltype(C::limit)>;
}
&&guarded_memory_needs_64_bit_addresses<C>&& guarded_memory_needs_a_way_back_from_faults<C>&&
    thrown_traps_need_exceptions<C>&& limits_fit_the_format<C>;

namespace detail {

/// What a configuration's backend is asked to do.
template <class C>
inline constexpr controls controls_of =
    controls_under<typename C::backend, typename C::nans, typename C::relaxed_simd>;

}  // namespace detail

}  // namespace dovetail
