// What a configuration may fix of float and vector results that the specification leaves open.
#pragma once

#include <concepts>

#include <dovetail/runtime/backend.hpp>

namespace dovetail {

/// NaNs are those that the processor makes. Costs nothing.
struct open_nans {
  static constexpr bool are_canonical = false;
};
/// Every operator whose NaN the specification leaves open gives the canonical, positive one, on
/// every backend and machine. What moves bits keeps them: loads, constants, reinterpretation, neg,
/// abs, copysign, pmin and pmax.
struct canonical_nans {
  static constexpr bool are_canonical = true;
};
/// A policy of NaNs.
template <class N>
concept nan_policy = requires {
  { N::are_canonical } -> std::convertible_to<bool>;
};

/// Relaxed vector operators give what the deterministic profile prescribes, on every backend and
/// machine: no fused multiplication, saturation, zeros for indices out of range.
struct deterministic_relaxed {
  static constexpr bool is_native = false;
};
/// Relaxed vector operators give what takes the processor least, among what the specification
/// allows. A backend without shorter code for one gives the deterministic result.
struct native_relaxed {
  static constexpr bool is_native = true;
};
/// A policy of relaxed vector operators.
template <class R>
concept relaxed_policy = requires {
  { R::is_native } -> std::convertible_to<bool>;
};

/// What the code of a backend is asked to do under these policies, besides what its mixins ask.
template <class B, nan_policy Nans, relaxed_policy Relaxed>
inline constexpr controls controls_under = [] {
  controls c = B::control;
  c.has_canonical_nans |= bool{Nans::are_canonical};
  c.has_native_relaxed |= bool{Relaxed::is_native};
  return c;
}();

}  // namespace dovetail
