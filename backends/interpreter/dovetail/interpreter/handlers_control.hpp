// Handlers of branches, calls, returns and moves.
#pragma once

#include <cstdint>
#include <cstring>

#include <dovetail/interpreter/operands.hpp>
#include <dovetail/runtime/caller.hpp>
#include <dovetail/runtime/interruption.hpp>

namespace dovetail::interpreting {

// Moves. They leave the accumulators alone.
struct copy {  // d = a
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    r.frame[r.pc->d] = r.frame[r.pc->a];
    ++r.pc;
    return true;
  }
};
struct copy_two {  // d = a, then b = c
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    r.frame[c.d] = r.frame[c.a];
    r.frame[c.b()] = r.frame[c.c()];
    ++r.pc;
    return true;
  }
};
struct copy_wide {  // slot k = slot of the next cell's k: for frames beyond 16-bit slots
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    r.frame[r.pc[0].k] = r.frame[r.pc[1].k];
    r.pc += 2;
    return true;
  }
};
struct constant_32 {  // d = k, zero-extended
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    r.frame[r.pc->d] = r.pc->k;
    ++r.pc;
    return true;
  }
};
struct constant_64 {  // d = the next cell's head
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    r.frame[r.pc->d] = r.pc[1].head;
    r.pc += 2;
    return true;
  }
};
template <source C, class T>
struct select {  // d = c ? a : b, by type so that the right accumulator follows
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    const std::uint32_t condition = read<C, std::uint32_t>(r, c.c(), 0);
    const slot a = r.frame[c.a], b = r.frame[c.b()];
    write(r, c.d, from_slot<T>(condition != 0 ? a : b));
    ++r.pc;
    return true;
  }
};

// Branches.
struct branch {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    r.pc += r.pc->distance();
    return true;
  }
};
// By a plus the 16-bit d. Entries are the cells behind this one: k is a distance from the entry's
// own cell, for nothing should lie between an index and where it leads. The last is the default.
template <source A>
struct branch_table {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    const auto added = static_cast<std::uint32_t>(static_cast<std::int16_t>(c.d));
    std::uint32_t index = read<A, std::uint32_t>(r, c.a, 0) + added;
    r.pc += 1 + std::size_t{index < c.k ? index : c.k};
    r.pc += r.pc->distance();
    return true;
  }
};
struct unreachable {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) { return stop(r, trap_code::unreachable); }
};
struct finish {  // the end of a call from the host
  DOVETAIL_ALWAYS_INLINE static bool run(registers&) { return false; }
};

// Back to the caller's cell, frame and instance.
DOVETAIL_ALWAYS_INLINE bool go_back(registers& r) {
  const return_record& to = *--r.x->top;
  r.pc = to.pc;
  r.frame = to.frame;
  if (to.instance != r.x->instance) [[unlikely]] {
    r.x->enter(*to.instance);
    r.load_memory();
  }
  return true;
}
struct return_here {  // results are in place
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    r.integer = r.frame[0];
    return go_back(r);
  }
};
template <source A>
struct return_one {  // the result is a; an integer one is the accumulator afterwards
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    if constexpr (A == source::slot) {
      r.integer = r.frame[c.a];
    } else if constexpr (A == source::constant) {
      r.integer = c.k;
    }
    r.frame[0] = r.integer;
    return go_back(r);
  }
};

// Stops where a function has no room. It has been called for those who look at frames: the stack of
// records has one more than there may be calls.
DOVETAIL_ALWAYS_INLINE bool exhaust(registers& r, const function_code& f) {
  execution& x = *r.x;
  *x.top++ = {r.pc, r.frame, x.instance};
  x.exhausted = &f;
  return stop(r, trap_code::stack_exhausted);
}

// Enters a function of the current instance whose arguments lie at `arguments`.
DOVETAIL_ALWAYS_INLINE bool enter_function(registers& r, const function_code& f, slot* arguments) {
  execution& x = *r.x;
  if (static_cast<std::size_t>(x.stack_end - arguments) < f.frame_slots || x.top == x.records_end)
      [[unlikely]]
    return exhaust(r, f);
  *x.top++ = {r.pc, r.frame, x.instance};
  clear_locals(arguments + f.parameters, f.zeroed);
  r.frame = arguments;
  r.pc = f.entry;
  r.integer = 0;  // nobody counts on it: a register less to keep
  return true;
}

// Calls a host function; the frame of its arguments is free for calls it makes itself. Where
// somebody may ask for frames `call_site` is where it is called: an argument would be a register
// more to fill in guests without that control.
template <bool KeepsPlaces>
DOVETAIL_NEVER_INLINE trap call_host_function(execution& x, vm::function_instance& f,
                                              slot* arguments) {
  [[maybe_unused]] host_call here;
  if constexpr (KeepsPlaces) {
    here = {x.calls_of_host, x.call_site, x.instance};
    x.calls_of_host = &here;
  }
  caller from(*x.home, x.instance);
  slot* const free = x.free;
  x.free = arguments + f.signature->frame_slots;
  if (x.guard != nullptr) x.guard->in_guest = false;
  const trap t = f.host.call(f.host.object, from, arguments);
  if (x.guard != nullptr) x.guard->in_guest = true;
  x.free = free;
  if constexpr (KeepsPlaces) x.calls_of_host = here.outer;
  return t;
}

// Calls any function: of this instance, of another one, or of the host. `r.pc` is where it returns
// to.
template <bool Stops, bool KeepsPlaces>
DOVETAIL_ALWAYS_INLINE bool call_function(registers& r, vm::function_instance& f, slot* arguments,
                                          const cell* site) {
  execution& x = *r.x;
  if (f.owner == nullptr) {
    if constexpr (KeepsPlaces) x.call_site = site;
    const trap t = call_host_function<KeepsPlaces>(x, f, arguments);
    if (t) [[unlikely]] {
      x.trap_detail = t.detail;
      r.pc = site;
      return stop(r, t.code);
    }
    if constexpr (Stops) {
      if (vm::is_interrupted(*x.home)) [[unlikely]]
        return r.pc = site, stop(r, trap_code::interrupted);
    }
    r.load_memory();
    r.integer = arguments[0];
    return true;
  }
  vm::instance* const from = x.instance;
  if (!enter_function(r, *static_cast<const function_code*>(f.code), arguments)) [[unlikely]] {
    platform::compiler_fence();  // else the owner is kept in a register from where it is compared
    x.enter(*f.owner);
    return false;
  }
  if (f.owner != from) {
    x.enter(*f.owner);
    r.load_memory();
  }
  return true;
}

// Calls find their arguments from slot a, or from the slot in the next cell's k if that is Far
// beyond 16 bits.
template <bool Far>
DOVETAIL_ALWAYS_INLINE slot* arguments_of(const registers& r, const cell& c) {
  return r.frame + (Far ? (&c)[1].k : c.a);
}
template <bool Far>
struct call {  // a defined function k of this instance
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    r.pc += Far ? 2 : 1;
    return enter_function(r, r.x->codes[c.k], arguments_of<Far>(r, c));
  }
};
template <bool Far, bool Stops = false, bool KeepsPlaces = false>
struct call_imported {  // function k of the index space
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    r.pc += Far ? 2 : 1;
    return call_function<Stops, KeepsPlaces>(r, *r.x->instance->functions[c.k],
                                             arguments_of<Far>(r, c), &c);
  }
};
// Calls by references. The next cell's k is where the arguments lie.
DOVETAIL_ALWAYS_INLINE bool call_found(registers& r, vm::function_instance& f, slot* arguments) {
  const cell* const site = r.pc;
  if (f.owner != r.x->instance) [[unlikely]] {
    r.x->callee = &f;
    r.x->call_site = site;
    r.pc = &r.x->elsewhere;
    return true;
  }
  r.pc += 2;
  return enter_function(r, *static_cast<const function_code*>(f.code), arguments);
}
// The element at slot d of table k, if its signature is the one in the next cell's head or a
// subtype: of a final one there is none (signature::is_final).
DOVETAIL_ALWAYS_INLINE bool find_element(registers& r, vm::function_instance*& f) {
  const cell& c = *r.pc;
  const vm::table_instance& table = *r.x->instance->tables[c.k];
  const std::uint64_t index = r.frame[c.d];
  if (index >= table.size) [[unlikely]]
    return stop(r, trap_code::undefined_element);
  f = to_function(table.elements[index]);
  if (f == nullptr) [[unlikely]]
    return stop(r, trap_code::uninitialized_element);
  if (reinterpret_cast<std::uintptr_t>(f->signature) != r.pc[1].head) [[unlikely]] {
    const auto expected = static_cast<std::uintptr_t>(r.pc[1].head);
    if (!is_subtype(*f->signature, *reinterpret_cast<const signature*>(expected)))
      return stop(r, trap_code::indirect_call_type_mismatch);
  }
  return true;
}
// The function that slot d refers to.
DOVETAIL_ALWAYS_INLINE bool find_referent(registers& r, vm::function_instance*& f) {
  f = to_function(r.frame[r.pc->d]);
  if (f == nullptr) [[unlikely]]
    return stop(r, trap_code::null_function_reference);
  return true;
}
template <bool Far>
struct call_indirect {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    vm::function_instance* f = nullptr;
    return find_element(r, f) && call_found(r, *f, arguments_of<Far>(r, *r.pc));
  }
};
struct call_ref {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    vm::function_instance* f = nullptr;
    return find_referent(r, f) && call_found(r, *f, r.frame + r.pc[1].k);
  }
};
// The rest of a call by reference that leaves the instance. It is a handler of its own so that the
// call of a host function does not make every such call save registers.
template <bool Stops, bool KeepsPlaces = false>
struct call_elsewhere {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell* const site = r.x->call_site;
    r.pc = site + 2;
    return call_function<Stops, KeepsPlaces>(r, *r.x->callee, r.frame + site[1].k, site);
  }
};

struct checkpoint {  // the head of a loop, or of a function, of a guest that can be stopped
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    if (vm::is_interrupted(*r.x->home)) [[unlikely]]
      return stop(r, trap_code::interrupted);
    ++r.pc;
    return true;
  }
};

struct count_here {  // adds one to the number at the address in the other 64 bits of the cell
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    const std::uint64_t at = c.d | std::uint64_t{c.a} << 16 | std::uint64_t{c.k} << 32;
    platform::count_one(*reinterpret_cast<std::uint64_t*>(static_cast<std::uintptr_t>(at)));
    ++r.pc;
    return true;
  }
};

// Fuel.
template <bool Asks>
DOVETAIL_ALWAYS_INLINE bool spend(registers& r, std::uint64_t operators) {
  std::int64_t& left = r.x->home->fuel;
  if constexpr (Asks) {
    left -= static_cast<std::int64_t>(operators);
    if (left < 0 && !vm::refill(*r.x->home)) [[unlikely]]
      return stop(r, trap_code::out_of_fuel);
    ++r.pc;
    return true;
  }
  if (static_cast<std::int64_t>(operators) > left) [[unlikely]] {
    left = 0;
    return stop(r, trap_code::out_of_fuel);
  }
  left -= static_cast<std::int64_t>(operators);
  ++r.pc;
  return true;
}
template <bool Asks>
struct charge {  // a basic block that costs k
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) { return spend<Asks>(r, r.pc->k); }
};
template <auto Price, bool Asks>
struct charge_bulk {  // for the length in slot a
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    return spend<Asks>(r, Price(r.frame[r.pc->a]));
  }
};

}  // namespace dovetail::interpreting
