// Backtraces of guests: visits of the calls that have not returned, from a host function or while a
// trap is on its way out. Over a backend that can tell them.
#pragma once

#include <utility>

#include <dovetail/runtime/backend.hpp>
#include <dovetail/runtime/caller.hpp>
#include <dovetail/runtime/guest_frames.hpp>

namespace dovetail {

/// Lets host functions visit the frames of the guests that called them:
/// `using backend = dovetail::backtraces<dovetail::x64>`. A call of a host function takes a few
/// instructions more. Visits during traps reach beyond host functions with it alone.
template <tells_frames B>
struct backtraces : B {
  static constexpr controls control = [] {
    controls c = B::control;
    c.keeps_places = true;
    return c;
  }();
};

/// Visits the guests' calls below a host function, the innermost first, across instances and other
/// host functions. `visit` takes a guest_frame and answers whether it wants more. Nothing is
/// allocated.
template <class B, frame_visitor Visit>
  requires(tells_frames<B>&& B::control.keeps_places)
visit_end visit_frames(const caller& from, Visit&& visit) {
  return B::visit_frames(from.store(), visit);
}

/// Has a store call `told` for every trap of a guest while its frames are still there, and before
/// any host code sees the trap. A trap that host functions hand on is told once for each call from
/// the host into a guest that it ends, the innermost first. `told` must not call guests.
inline void watch_traps(vm::store& s, void (*told)(vm::store&, void* context) noexcept,
                        void* context = nullptr) {
  s.on_trap = told;
  s.trap_context = context;
}
/// The frames at the trap that a watcher is told of: see above. Without the mixin `backtraces` it
/// ends as `unknown` at the first host function.
template <tells_frames B, frame_visitor Visit>
visit_end visit_frames(const vm::store& s, Visit&& visit) {
  return B::visit_frames(s, visit);
}

}  // namespace dovetail
