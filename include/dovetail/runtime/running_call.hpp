// Which call of a store runs, and whether its host function lets snapshots be taken in it. For
// snapshots alone: calls themselves keep no account.
#pragma once

#include <cstdint>

#include <dovetail/runtime/tracking.hpp>
#include <dovetail/runtime/vm.hpp>

namespace dovetail::detail {

/// Names the innermost call from the host into a store, while it lasts; 0: none runs, or the
/// backend does not say.
[[nodiscard]] inline std::uintptr_t innermost_call(const vm::store& s) {
  if (s.native_entry != nullptr) return reinterpret_cast<std::uintptr_t>(s.native_entry);
  if (s.native_outermost == 0 || s.backend == nullptr || s.backend->innermost == nullptr) return 0;
  return s.backend->innermost(*s.backend);
}

/// A part of a host function in which snapshots can be taken of the guests that wait for it. It
/// lives on the native stack, so that it ends before the host function returns. What waits may have
/// compared addresses with a size: what is restored here was taken here, and no memory or table is
/// smaller in it than it was when the host function was called.
struct call_scope {
  explicit call_scope(vm::store& s) : call(innermost_call(s)), tracking(tracking_of(s)) {
    if (tracking == nullptr) return;
    number = ++tracking->newest_scope;
    outer = tracking->scopes;
    tracking->scopes = this;
  }
  call_scope(const call_scope&) = delete;
  call_scope& operator=(const call_scope&) = delete;
  // Those of calls that were paused in between end in any order.
  ~call_scope() {
    if (tracking == nullptr) return;
    call_scope** at = &tracking->scopes;
    while (*at != this) at = &(*at)->outer;
    *at = outer;
  }

  std::uintptr_t call;
  store_tracking* tracking;
  std::uint64_t number = 0;  ///< no other one of its store has the same
  call_scope* outer = nullptr;
};

/// Between calls, or in a scope of the call that runs: then `scope` is its number, else 0. While a
/// call is paused, neither: its frames rely on what a snapshot would change.
[[nodiscard]] inline bool can_save(const vm::store& s, std::uint64_t& scope) {
  scope = 0;
  if (vm::is_at_rest(s)) return true;
  const bool is_any_paused = s.fibers != nullptr && s.fibers->paused != 0;
  const std::uintptr_t call = innermost_call(s);
  if (is_any_paused || call == 0 || s.tracking == nullptr) return false;
  for (const call_scope* c = static_cast<store_tracking*>(s.tracking)->scopes; c != nullptr;
       c = c->outer) {
    if (c->call == call) return scope = c->number, true;
  }
  return false;
}

}  // namespace dovetail::detail
