// Handlers of tail calls: the callee gets the frame and the return record of the function that
// calls it, so that neither stack grows.
#pragma once

#include <cstdint>
#include <cstring>

#include <dovetail/interpreter/handlers_control.hpp>

namespace dovetail::interpreting {

// A tail call is two cells: the first says who is called, the second's k where the arguments lie,
// and its d and a how many slots they take. They come down to where the frame begins, four at a
// time; what that writes beyond them is of no use to anyone any more, or padding (see
// clear_locals).
DOVETAIL_ALWAYS_INLINE void move_arguments(registers& r, const cell& arguments) {
  const slot* from = r.frame + arguments.k;
  const slot* const end = r.frame + (arguments.d | std::uint32_t{arguments.a} << 16);
  for (slot* to = r.frame; to < end; to += 4, from += 4) {
    slot four[4];
    std::memcpy(four, from, sizeof four);
    std::memcpy(to, four, sizeof four);
    platform::compiler_fence();
  }
}

// Goes on with a function of the current instance.
DOVETAIL_ALWAYS_INLINE bool become(registers& r, const function_code& f) {
  if (static_cast<std::size_t>(r.x->stack_end - r.frame) < f.frame_slots) [[unlikely]] {
    r.x->exhausted = &f;
    return stop(r, trap_code::stack_exhausted);
  }
  move_arguments(r, r.pc[1]);
  clear_locals(r.frame + f.parameters, f.zeroed);
  r.pc = f.entry;
  r.integer = 0;  // as in enter_function
  return true;
}
// Goes on with any function.
DOVETAIL_ALWAYS_INLINE bool leave_for(registers& r, vm::function_instance& f) {
  r.x->callee = &f;
  r.x->call_site = r.pc;
  r.pc = &r.x->elsewhere_last;
  return true;
}
DOVETAIL_ALWAYS_INLINE bool become_found(registers& r, vm::function_instance& f) {
  if (f.owner != r.x->instance) [[unlikely]]
    return leave_for(r, f);
  return become(r, *static_cast<const function_code*>(f.code));
}

struct return_call {  // a defined function k of this instance
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) { return become(r, r.x->codes[r.pc->k]); }
};
struct return_call_imported {  // function k of the index space
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    return leave_for(r, *r.x->instance->functions[r.pc->k]);
  }
};
struct return_call_indirect {  // see find_element
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    vm::function_instance* f = nullptr;
    return find_element(r, f) && become_found(r, *f);
  }
};
struct return_call_ref {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    vm::function_instance* f = nullptr;
    return find_referent(r, f) && become_found(r, *f);
  }
};
// The rest of a tail call that leaves the instance. After a host function the caller of the guest
// function goes on, with its own instance.
template <bool Stops, bool KeepsPlaces = false>
struct return_call_elsewhere {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    execution& x = *r.x;
    vm::function_instance& f = *x.callee;
    r.pc = x.call_site;
    if (f.owner == nullptr) {
      move_arguments(r, r.pc[1]);
      const trap t = call_host_function<KeepsPlaces>(x, f, r.frame);
      if (t) [[unlikely]] {
        x.trap_detail = t.detail;
        return stop(r, t.code);
      }
      if constexpr (Stops) {
        if (vm::is_interrupted(*x.home)) [[unlikely]]
          return stop(r, trap_code::interrupted);
      }
      r.load_memory();
      r.integer = r.frame[0];
      return go_back(r);
    }
    const bool has_room = become(r, *static_cast<const function_code*>(f.code));
    x.enter(*f.owner);
    if (!has_room) [[unlikely]]
      return false;
    r.load_memory();
    return true;
  }
};

}  // namespace dovetail::interpreting
