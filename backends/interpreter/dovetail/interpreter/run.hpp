// Entering the interpreter from the host: stacks made at a store's first call, limits, guards, and
// what is left of a trap.
#pragma once

#include <cstddef>
#include <cstdint>

#include <dovetail/interpreter/dispatch.hpp>
#include <dovetail/interpreter/execution.hpp>
#include <dovetail/interpreter/frames.hpp>
#include <dovetail/runtime/os.hpp>

namespace dovetail::interpreting {

/// Whether a fault in the guest calls of an execution is an access to its store's guarded memories.
inline bool owns_fault(const os::guard_frame& guard, std::uintptr_t address) {
  const auto& x = *static_cast<const execution*>(guard.context);
  for (const vm::memory_instance* m = x.home->memories; m != nullptr; m = m->next) {
    if (address - reinterpret_cast<std::uintptr_t>(m->base) < m->reserved) return true;
  }
  return false;
}

/// The calls of a store's guests, made when the first happens; null if memory is refused.
[[nodiscard]] DOVETAIL_COLD inline execution* make_execution(vm::store& s, heads table,
                                                             bool is_guarded) {
  auto* x = s.objects.make<execution>();
  if (x == nullptr) return nullptr;
  const std::size_t room = s.most->stack_slots, depth = s.most->call_depth;
  x->stack = static_cast<slot*>(s.memory->allocate((room + stack_padding) * sizeof(slot)));
  x->records = static_cast<return_record*>(s.memory->allocate((depth + 1) * sizeof(return_record)));
  x->home = &s;
  x->release = [](vm::backend_state& state) {
    auto& self = static_cast<execution&>(state);
    const limits& most = *self.home->most;
    self.home->memory->release(self.stack, (most.stack_slots + stack_padding) * sizeof(slot));
    self.home->memory->release(self.records,
                               (most.call_depth + std::size_t{1}) * sizeof(return_record));
  };
  x->forget = [](vm::backend_state& state) {
    auto& self = static_cast<execution&>(state);
    self.instance = nullptr;
    self.codes = nullptr;
    self.records->instance = nullptr;
  };
  x->innermost = [](const vm::backend_state& state) {
    return reinterpret_cast<std::uintptr_t>(static_cast<const execution&>(state).top);
  };
  if (x->stack == nullptr || x->records == nullptr) {
    x->release(*x);
    return nullptr;
  }
  x->end.head = table[static_cast<std::size_t>(handler::finish)];
  x->elsewhere.head = table[static_cast<std::size_t>(handler::call_elsewhere)];
  x->elsewhere_last.head = table[static_cast<std::size_t>(handler::return_call_elsewhere)];
  x->free = x->stack;
  x->stack_end = x->stack + room;
  x->top = x->records;
  x->records_end = x->records + depth;
  x->room = depth != 0 ? room + 1 : 0;
  *x->records = {&x->end, x->stack, nullptr};
  if (is_guarded) {
    x->outermost_guard.owns = &owns_fault;
    x->outermost_guard.context = x;
    x->outermost_guard.in_guest = true;
    x->guard = &x->outermost_guard;
  }
  s.backend = x;
  return x;
}
/// Whether a store has its calls, which are made at the first.
template <class Memory, class Dispatch, handler_controls Control = handler_controls{}>
[[nodiscard]] DOVETAIL_ALWAYS_INLINE bool is_ready(vm::store& s) {
  return s.backend != nullptr || make_execution(s, Dispatch::template table<Memory, Control>(),
                                                Memory::is_guarded) != nullptr;
}
[[nodiscard]] DOVETAIL_ALWAYS_INLINE execution& execution_of(vm::store& s) {
  return *static_cast<execution*>(s.backend);
}

/// Writes the store's report of a trap in the guest, whose frames are still there, and tells
/// whoever watches.
DOVETAIL_COLD inline void report_trap(execution& x, trap_code t) {
  vm::store& s = *x.home;
  const guest_frame place = trapped_frame(x);
  s.report = {t,
              x.trap_detail,
              place.instance != nullptr,
              place.function.value,
              place.offset,
              x.instance->module};
  if (s.on_trap != nullptr) s.on_trap(s, s.trap_context);
  x.trap = trap_code::none;
  x.trap_detail = 0;
  x.exhausted = nullptr;
}

/// Runs `code` of `f` with its arguments at the free end of the stack, where its results are
/// afterwards.
template <class Memory, class Dispatch, handler_controls Control = handler_controls{}>
class activation {
 public:
  /// The native stack is measured from the outermost call; every nested one must stay above the
  /// limit.
  DOVETAIL_ALWAYS_INLINE static trap_code run(execution& x, vm::function_instance& f) {
    if (f.home->native_outermost == 0) [[likely]]
      return run_outermost(x, f);
    return run_nested(x, f);
  }

 private:
  DOVETAIL_COLD static trap_code refuse(vm::store& s) {
    s.report = {trap_code::stack_exhausted, 0, false, 0, 0, nullptr};
    return trap_code::stack_exhausted;
  }

  // Knows what it puts back, and does not wait for what the call before it wrote. The record it
  // returns by is the first one, which keeps its cell and its frame. Between calls the instance is
  // that of the first record, so that only calls of another one write either.
  static trap_code run_outermost(execution& x, vm::function_instance& f);
  // Within a call of the same store, or, with guarded memory, of any.
  static trap_code run_nested(execution& x, vm::function_instance& f);
  static trap_code start(execution& x, vm::function_instance& f) {
    const function_code& code = *static_cast<const function_code*>(f.code);
    slot* const frame = x.free;
    return_record* const top = x.top;
    if (static_cast<std::size_t>(x.stack_end - frame) < code.frame_slots || top == x.records_end)
        [[unlikely]] {
      return refuse(*x.home);
    }
    *x.top++ = {&x.end, frame, f.owner};
    clear_locals(frame + code.parameters, code.zeroed);
    x.enter(*f.owner);
    if constexpr (Memory::is_guarded) {
      run_guarded(x, code.entry, frame);
    } else {
      Dispatch::template run<Memory, Control>(x, code.entry, frame);
    }
    const trap_code t = x.trap;
    if (t != trap_code::none) [[unlikely]] {
      report_trap(x, t);
      x.top = top;
    }
    return t;
  }

  // A fault in guarded memory comes back here as a second return of the landing.
  DOVETAIL_NEVER_INLINE static void run_guarded(execution& x, const cell* pc, slot* frame) {
    os::guard_frame guard;
    guard.owns = &owns_fault;
    guard.context = &x;
    os::guard_frame*& innermost = os::current_guard();
    guard.previous = innermost;
    os::guard_frame* const outer = x.guard;
    x.guard = &guard;
    innermost = &guard;
    guard.in_guest = true;
    if (DOVETAIL_LAND(guard.landing) == 0) {
      Dispatch::template run<Memory, Control>(x, pc, frame);
    } else {
      x.trap = trap_code::memory_out_of_bounds;
    }
    innermost = guard.previous;
    x.guard = outer;
  }
};

// Neither is inline: `extern template` keeps the handlers out of a unit ([temp.explicit]/13).
template <class Memory, class Dispatch, handler_controls Control>
DOVETAIL_NEVER_INLINE trap_code
activation<Memory, Dispatch, Control>::run_outermost(execution& x, vm::function_instance& f) {
  if constexpr (Memory::is_guarded) {
    if (os::current_guard() != nullptr) [[unlikely]]
      return run_nested(x, f);
  }
  const function_code& code = *static_cast<const function_code*>(f.code);
  if (code.frame_slots >= x.room) [[unlikely]]
    return refuse(*x.home);
  if constexpr (Control.stops) vm::begin_call(*x.home);
  char here;  // its address is all that is wanted of it
  x.home->native_outermost = reinterpret_cast<std::uintptr_t>(&here);
  if (x.instance != f.owner) [[unlikely]] {
    x.records->instance = f.owner;
    x.enter(*f.owner);
  }
  x.top = x.records + 1;
  clear_locals(x.stack + code.parameters, code.zeroed);
  if constexpr (Memory::is_guarded) {
    os::guard_frame& guard = x.outermost_guard;
    os::current_guard() = &guard;
    if (DOVETAIL_LAND(guard.landing) == 0) {
      Dispatch::template run<Memory, Control>(x, code.entry, x.stack);
    } else {
      x.trap = trap_code::memory_out_of_bounds;
    }
    os::current_guard() = nullptr;
  } else {
    Dispatch::template run<Memory, Control>(x, code.entry, x.stack);
  }
  const trap_code t = x.trap;
  if (t != trap_code::none) [[unlikely]] {
    report_trap(x, t);
    x.top = x.records;
    x.enter(*x.records->instance);
  }
  x.home->native_outermost = 0;
  return t;
}

template <class Memory, class Dispatch, handler_controls Control>
DOVETAIL_NEVER_INLINE trap_code
activation<Memory, Dispatch, Control>::run_nested(execution& x, vm::function_instance& f) {
  vm::store& s = *x.home;
  char here;
  const auto at = reinterpret_cast<std::uintptr_t>(&here);
  const std::uintptr_t outermost = s.native_outermost;
  if (outermost == 0) {
    if constexpr (Control.stops) vm::begin_call(s);
    s.native_outermost = at;
    x.records->instance = f.owner;
  } else if (at < outermost && outermost - at > s.most->native_stack) [[unlikely]] {
    return refuse(s);
  }
  vm::instance& outer = outermost != 0 ? *x.instance : *f.owner;
  const trap_code t = start(x, f);
  if (x.instance != &outer) x.enter(outer);
  s.native_outermost = outermost;
  return t;
}

}  // namespace dovetail::interpreting
