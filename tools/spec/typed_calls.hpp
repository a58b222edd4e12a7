// Calls through typed handles, so that the suite runs what programs run: the trap policy and the
// native passing of values. Covers the signatures that make up most of the suite; the rest goes
// through untyped handles.
#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <dovetail/dovetail.hpp>

#include "call.hpp"

namespace spec {

template <class... Signatures>
struct signature_list {};

using i32 = std::int32_t;
using i64 = std::int64_t;
using f32 = float;
using f64 = double;
using ref = dovetail::externref;

// clang-format off
using common_signatures = signature_list<
    void(),     i32(),         i64(),         f32(),         f64(),         ref(),
    void(i32),  i32(i32),      i64(i32),      f32(i32),      f64(i32),      ref(i32),
    void(i64),  i32(i64),      i64(i64),      f32(i64),      f64(i64),
    void(f32),  i32(f32),      i64(f32),      f32(f32),      f64(f32),      i32(ref),
    void(f64),  i32(f64),      i64(f64),      f32(f64),      f64(f64),
    void(i32, i32), i32(i32, i32), i64(i32, i32), i32(i64, i64), i64(i64, i64),
    i32(f32, f32),  f32(f32, f32), i32(f64, f64), f64(f64, f64),
    void(i32, i64), void(i32, f32), void(i32, f64), void(i32, ref),
    std::tuple<i32, i32>(i32), std::tuple<i32, i64>(i32), std::tuple<i64, i32>(i64, i64, i32)>;
// clang-format on

/// How the results of a typed call become values.
template <class R>
struct typed_results {
  static constexpr std::array types{dovetail::value_type_of<R>()};
  static void append(call_outcome& to, const R& from) { to.results.emplace_back(from); }
};
template <>
struct typed_results<void> {
  static constexpr std::array<dovetail::value_type, 0> types{};
};
template <class... R>
struct typed_results<std::tuple<R...>> {
  static constexpr std::array types{dovetail::value_type_of<R>()...};
  static void append(call_outcome& to, const std::tuple<R...>& from) {
    std::apply([&](const R&... one) { (to.results.emplace_back(one), ...); }, from);
  }
};

/// Runs `call`, which gives a plain `R`.
template <class R, class Call>
[[nodiscard]] call_outcome collect(Call call) {
  call_outcome result;
  if constexpr (std::is_void_v<R>) {
    call();
  } else {
    typed_results<R>::append(result, call());
  }
  return result;
}

/// Runs `call` and undoes what the trap policy did with a trap.
template <class Traps, class R, class Call>
[[nodiscard]] call_outcome deliver(Call call) {
  if constexpr (std::same_as<Traps, dovetail::traps_returned>) {
    auto result = call();
    if (!result) return call_outcome::trapped(result.error());
    return collect<R>([&]() -> R {
      if constexpr (!std::is_void_v<R>) return *result;
    });
  } else if constexpr (std::same_as<Traps, dovetail::traps_thrown>) {
    try {
      return collect<R>(call);
    } catch (const dovetail::trap_exception& e) {
      return call_outcome::trapped(e.reason());
    }
  } else {
    return collect<R>(call);
  }
}

template <class Instance, class Traps, class Signature>
struct typed_call;

template <class Instance, class Traps, class R, class... A>
struct typed_call<Instance, Traps, R(A...)> {
  static constexpr std::array<dovetail::value_type, sizeof...(A)> parameters{
      dovetail::value_type_of<A>()...};

  [[nodiscard]] static bool fits(const dovetail::function_type& type) {
    return std::ranges::equal(type.parameters, parameters) &&
           std::ranges::equal(type.results, typed_results<R>::types);
  }

  [[nodiscard]] static call_outcome call(Instance& instance, std::string_view name,
                                         std::span<const dovetail::value> arguments) {
    auto function = instance.template get<R(A...)>(name);
    if (!function) return call_outcome::refused(std::string(function.error().message()));
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return deliver<Traps, R>([&] { return (*function)(arguments[I].template as<A>()...); });
    }
    (std::index_sequence_for<A...>{});
  }
};

/// Calls the export through a typed handle if its signature is one of the list.
template <class Instance, class Traps, class... Signatures>
[[nodiscard]] std::optional<call_outcome> call_typed(Instance& instance, std::string_view name,
                                                     const dovetail::function_type& type,
                                                     std::span<const dovetail::value> arguments,
                                                     signature_list<Signatures...>) {
  struct row {
    bool (*fits)(const dovetail::function_type&);
    call_outcome (*call)(Instance&, std::string_view, std::span<const dovetail::value>);
  };
  static constexpr row rows[] = {{&typed_call<Instance, Traps, Signatures>::fits,
                                  &typed_call<Instance, Traps, Signatures>::call}...};
  for (const row& one : rows) {
    if (one.fits(type)) return one.call(instance, name, arguments);
  }
  return std::nullopt;
}

}  // namespace spec
