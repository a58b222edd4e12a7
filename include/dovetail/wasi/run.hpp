// Running a WASI program: its start function, and how it ended. Part of wasi.hpp.
#pragma once

#include <concepts>
#include <cstdint>
#include <string_view>

#include <dovetail/handles.hpp>

namespace dovetail::wasi {

/// An instance that can be run: its exports are found by name and called without their types.
template <class I>
concept runnable = requires(I& instance, std::string_view name) {
  { instance.find(name)->as_function().call({}, {}).error() } -> std::convertible_to<trap>;
};

/// How a call of a program's start function ended.
struct ending {
  enum class kind : std::uint8_t {
    exited,         ///< it returned, which is exit code 0, or called `proc_exit`
    trapped,        ///< `cause` says why
    no_entry_point  ///< the instance exports no such function without parameters and results
  };
  kind how = kind::exited;
  std::uint32_t exit_code = 0;
  trap cause{};

  /// Whether the program ended with exit code 0.
  [[nodiscard]] constexpr explicit operator bool() const {
    return how == kind::exited && exit_code == 0;
  }
};

/// Calls the exported function `name`, which has neither parameters nor results, whatever the trap
/// policy is.
template <runnable I>
[[nodiscard]] ending run_function(I& instance, std::string_view name) {
  const auto found = instance.find(name);
  const bool is_callable = found.has_value() && found->kind() == external_kind::function &&
                           found->as_function().type() == function_type{};
  if (!is_callable) return {ending::kind::no_entry_point, 0, {}};
  const auto returned = found->as_function().call({}, {});
  if (returned) return {};
  const trap cause = returned.error();
  if (cause.code != trap_code::exit) return {ending::kind::trapped, 0, cause};
  return {ending::kind::exited, static_cast<std::uint32_t>(cause.detail), cause};
}

/// Runs a command: calls its `_start`. An instance runs once.
template <runnable I>
[[nodiscard]] ending run(I& instance) {
  return run_function(instance, "_start");
}

/// Prepares a reactor: calls its `_initialize`, before any other export. One without has nothing to
/// prepare.
template <runnable I>
[[nodiscard]] ending initialize(I& instance) {
  const ending ended = run_function(instance, "_initialize");
  return ended.how == ending::kind::no_entry_point ? ending{} : ended;
}

}  // namespace dovetail::wasi
