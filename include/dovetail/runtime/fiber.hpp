// Calls on native stacks of their own, which a host function can leave in the middle and come back
// to: what a store keeps of them, and how the store itself changes with the running one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include <dovetail/base/status.hpp>
#include <dovetail/base/trap.hpp>
#include <dovetail/runtime/os.hpp>
#include <dovetail/runtime/vm.hpp>

namespace dovetail::vm {

/// A native stack, and the call on it. Kept by its store for later calls.
struct fiber {
  enum class place : std::uint8_t { ended, running, paused };

  store* home = nullptr;
  fiber* next = nullptr;  ///< in the list of those without a call
  place where = place::ended;
  bool is_dropped = false;  ///< the call is to end without more ado
  void (*work)(void* context) noexcept = nullptr;
  void* context = nullptr;
  os::stack_context inside, outside;
  void* reserved = nullptr;
  // What the store has of a running call, while this one does not run.
  const std::uintptr_t* native_entry = nullptr;
  std::uintptr_t native_outermost = 0;
  backend_state* backend = nullptr;
  os::guard_frame* guard = nullptr;
};

struct fiber_pool : fiber_state {
  fiber* running = nullptr;
  fiber* idle = nullptr;
};
[[nodiscard]] inline fiber_pool& fibers_of(store& s) { return static_cast<fiber_pool&>(*s.fibers); }

/// The fiber whose call runs, or null: none does, or one that cannot be paused.
[[nodiscard]] inline fiber* running_fiber(store& s) {
  return s.fibers == nullptr ? nullptr : fibers_of(s).running;
}

/// Host functions may use so much of a stack beyond what guests may.
inline constexpr std::size_t host_stack = 256 * 1024;
/// Below a stack, where nothing may be written.
inline constexpr std::size_t stack_guard = page_size;
[[nodiscard]] inline std::size_t fiber_stack(const store& s) {
  return (s.most->native_stack + host_stack + page_size - 1) / page_size * page_size;
}

namespace detail {

inline void run_fiber(void* raw) {
  auto& f = *static_cast<fiber*>(raw);
  for (;;) {
    f.work(f.context);
    f.where = fiber::place::ended;
    os::switch_context(f.inside, f.outside);
  }
}

inline void release_fibers(fiber_state& state) {
  auto& all = static_cast<fiber_pool&>(state);
  DOVETAIL_ASSERT(all.paused == 0 && all.running == nullptr);
  for (fiber* f = all.idle; f != nullptr; f = f->next) {
    if (f->backend != nullptr) f->backend->release(*f->backend);
    os::forget_context(f->inside);
    os::release(f->reserved, stack_guard + fiber_stack(*f->home));
  }
}

inline void forget_instances(fiber_state& state) {
  for (fiber* f = static_cast<fiber_pool&>(state).idle; f != nullptr; f = f->next) {
    if (f->backend != nullptr && f->backend->forget != nullptr) f->backend->forget(*f->backend);
  }
}

// The running call's parts of the store, exchanged for those of the fiber.
inline void exchange(store& s, fiber& f) {
  std::swap(s.native_entry, f.native_entry);
  std::swap(s.native_outermost, f.native_outermost);
  std::swap(s.backend, f.backend);
  std::swap(os::current_guard(), f.guard);
}

}  // namespace detail

/// A fiber without a call, kept or new; null if memory is refused, or there is no second
/// stack on this machine.
[[nodiscard]] inline fiber* take_fiber(store& s) {
  if constexpr (!platform::can_switch_stacks) return nullptr;
  if (s.fibers == nullptr) {
    auto* made = s.objects.make<fiber_pool>();
    if (made == nullptr) return nullptr;
    made->release = &detail::release_fibers;
    made->forget = &detail::forget_instances;
    s.fibers = made;
  }
  fiber_pool& all = fibers_of(s);
  if (all.idle != nullptr) return std::exchange(all.idle, all.idle->next);
  auto* f = s.objects.make<fiber>();
  if (f == nullptr) return nullptr;
  const std::size_t size = fiber_stack(s);
  auto* at = static_cast<std::byte*>(os::reserve(stack_guard + size));
  if (at == nullptr) return nullptr;
  if (!os::commit(at + stack_guard, size)) {
    os::release(at, stack_guard + size);
    return nullptr;
  }
  f->home = &s;
  f->reserved = at;
  os::prepare_context(f->inside, at + stack_guard, size, &detail::run_fiber, f);
  return f;
}
/// Gives back a fiber whose call has ended.
inline void keep_fiber(fiber& f) {
  fiber_pool& all = fibers_of(*f.home);
  f.is_dropped = false;
  f.next = std::exchange(all.idle, &f);
}

/// Begins or goes on with a fiber's call, in a store that runs none, until it ends or is paused.
inline void switch_to(fiber& f) {
  store& s = *f.home;
  fiber_pool& all = fibers_of(s);
  if (f.where == fiber::place::paused) --all.paused;
  f.where = fiber::place::running;
  all.running = &f;
  detail::exchange(s, f);
  // Other calls may have been in the same instances.
  if (s.native_entry != nullptr) {
    for (instance* i = s.instances; i != nullptr; i = i->next) i->native_limit = s.native_entry[1];
  }
  os::switch_context(f.outside, f.inside);
  detail::exchange(s, f);
  all.running = nullptr;
  if (f.where == fiber::place::paused) ++all.paused;
}

/// Leaves the running call, a host function's, until somebody goes on with it. The trap is what
/// the host function has to return: the call was dropped, or is none that can be paused.
[[nodiscard]] inline trap pause_running(store& s) {
  fiber* const f = running_fiber(s);
  if (f == nullptr) return {trap_code::not_pausable, 0};
  if (!f->is_dropped) {
    f->where = fiber::place::paused;
    os::switch_context(f->inside, f->outside);
  }
  return f->is_dropped ? trap{trap_code::interrupted, 0} : trap{};
}

}  // namespace dovetail::vm
