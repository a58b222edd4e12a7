// Dovetail 0.1.0, the interpreter backend, in one file. Made by single_include/amalgamate.py from
// include/ and backends/; change those. Licence: MIT, see the file LICENSE.
#pragma once

#include "dovetail.hpp"

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>

// ---- dovetail/interpreter/cell.hpp

// The interpreter's internal code: cells, functions, and the module's code they belong to. Written
// by the emitter, read by the handlers.

namespace dovetail::interpreting {

/// One instruction: what the dispatch jumps to, then operands.
///
///      0        8    10   12       16
///      | head   | d  | a  | k      |      d: destination slot   a: first operand slot
///                         | b | c  |      k: constant, offset or branch distance; or two more
///                         slots
struct cell {
  std::uint64_t head = 0;
  std::uint16_t d = 0;
  std::uint16_t a = 0;
  std::uint32_t k = 0;

  [[nodiscard]] std::uint16_t b() const { return static_cast<std::uint16_t>(k); }
  [[nodiscard]] std::uint16_t c() const { return static_cast<std::uint16_t>(k >> 16); }
  [[nodiscard]] std::int32_t distance() const { return static_cast<std::int32_t>(k); }
};
static_assert(sizeof(cell) == 16 && std::is_trivially_copyable_v<cell>);

/// Two slots in `k`.
[[nodiscard]] constexpr std::uint32_t two(std::uint32_t b, std::uint32_t c) { return b | c << 16; }

/// A compiled function. Its frame: parameters, other locals, temporaries; results are left in its
/// first slots.
struct function_code {
  const cell* entry = nullptr;
  std::uint32_t parameters = 0;
  std::uint32_t zeroed = 0;       ///< slots after the parameters that a call clears
  std::uint32_t frame_slots = 0;  ///< slots a call needs, callees' arguments included
  std::uint32_t first_cell = 0;   ///< of the module's cells
  std::uint32_t offset = 0;       ///< of its first operator, in the module's bytes
};

/// Where a cell that can trap comes from.
struct position {
  std::uint32_t cell = 0;    ///< of the module's cells
  std::uint32_t offset = 0;  ///< in the module's bytes
};

/// The code of a module.
struct module_code {
  explicit module_code(allocator& a) : cells(a), functions(a), positions(a) {}
  array<cell> cells;
  array<function_code> functions;  ///< defined ones
  array<position> positions;       ///< in the order of cells

  /// Adds the functions that follow these.
  [[nodiscard]] status append(const module_code& more) {
    const auto before = static_cast<std::uint32_t>(cells.size());
    DOVETAIL_TRY(cells.append({more.cells.data(), more.cells.size()}));
    for (function_code f : more.functions) {
      f.first_cell += before;
      DOVETAIL_TRY(functions.push(f));
    }
    for (position p : more.positions) {
      p.cell += before;
      DOVETAIL_TRY(positions.push(p));
    }
    return status::ok;
  }

  [[nodiscard]] bool holds(const cell* at) const { return at >= cells.begin() && at < cells.end(); }
  /// The function that a cell of this code is of, among those defined.
  [[nodiscard]] std::uint32_t function_of(const cell* at) const {
    const auto index = static_cast<std::uint32_t>(at - cells.begin());
    std::size_t low = 0, high = functions.size();
    while (high - low > 1) {
      const std::size_t middle = (low + high) / 2;
      (functions[middle].first_cell <= index ? low : high) = middle;
    }
    return static_cast<std::uint32_t>(low);
  }
  /// The byte offset of a cell of this code that can trap.
  [[nodiscard]] std::uint32_t offset_of(const cell* at) const {
    const std::size_t p = position_from(static_cast<std::uint32_t>(at - cells.begin()));
    return p < positions.size() ? positions[p].offset : 0;
  }
  /// That of the call which returns to a cell.
  [[nodiscard]] std::uint32_t offset_of_call_before(const cell* at) const {
    const std::size_t p = position_from(static_cast<std::uint32_t>(at - cells.begin()));
    return p != 0 ? positions[p - 1].offset : 0;
  }

 private:
  // The first position of a cell that is not before this one.
  [[nodiscard]] std::size_t position_from(std::uint32_t index) const {
    std::size_t low = 0, high = positions.size();
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      if (positions[middle].cell < index) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
};

}  // namespace dovetail::interpreting

// ---- dovetail/interpreter/execution.hpp

// The interpreter's running state: value stack, return records, and the registers that handlers
// pass along.

namespace dovetail::interpreting {

/// Where a call returns to.
struct return_record {
  const cell* pc = nullptr;
  slot* frame = nullptr;
  vm::instance* instance = nullptr;
};

/// A call of a host function that has not returned, where somebody may ask for frames.
struct host_call {
  const host_call* outer = nullptr;
  const cell* site = nullptr;
  const vm::instance* instance = nullptr;  ///< whose code calls
};

/// The stacks of a store's calls, made at its first one. Frames overlap: a callee's parameters are
/// its caller's arguments.
struct execution : vm::backend_state {
  vm::store* home = nullptr;
  vm::instance* instance = nullptr;      ///< whose code runs, or ran last
  const function_code* codes = nullptr;  ///< of that instance
  return_record* top = nullptr;          ///< one past the innermost record
  return_record* records_end = nullptr;
  slot* stack_end = nullptr;
  slot* free = nullptr;  ///< where the next call from the host puts its arguments
  std::size_t room = 0;  ///< one more than an outermost call may have of slots; 0 for none at all
  cell end;              ///< where calls from the host return to
  cell elsewhere;        ///< runs `call_elsewhere` with the next two
  cell elsewhere_last;   ///< runs `return_call_elsewhere` with them
  vm::function_instance* callee = nullptr;
  const cell* call_site = nullptr;
  const cell* trap_pc = nullptr;
  const function_code* exhausted = nullptr;  ///< had no room to begin: then there is no trap_pc
  trap_code trap = trap_code::none;          ///< of the call that stopped; none between calls
  std::int32_t trap_detail = 0;
  os::guard_frame* guard = nullptr;  ///< of the innermost guest call, with guarded memory
  os::guard_frame outermost_guard;   ///< what that is outside of nested calls
  return_record* records = nullptr;
  slot* stack = nullptr;
  const host_call* calls_of_host = nullptr;  ///< the innermost; kept under `keeps_places` alone

  void enter(vm::instance& i) {
    instance = &i;
    codes = static_cast<const module_code*>(i.code)->functions.data();
  }
};

/// Slots behind the last frame: a return without results may read one, locals are cleared by four,
/// and arguments of the host are written before anybody looks whether a frame fits.
inline constexpr std::size_t stack_padding = 16;

/// What lives in machine registers while handlers run. The accumulators hold the last result of
/// their kind, which also lies in its slot: a consumer that follows at once need not wait for
/// memory.
struct registers {
  const cell* pc;
  slot* frame;
  std::byte* memory;  ///< base of memory 0
  std::uint64_t integer;
  execution* x;
  std::uint64_t memory_size;
  float f32;
  double f64;

  DOVETAIL_ALWAYS_INLINE void load_memory() {
    memory = x->instance->memory0->base;
    memory_size = x->instance->memory0->size;
  }
};

/// Clears a frame's locals, four slots at a time: what lies behind them is not in use yet, and the
/// stack is padded. Compilers must not make this a call of memset, around which a handler would
/// have to save every register.
DOVETAIL_ALWAYS_INLINE void clear_locals(slot* at, std::uint32_t count) {
  for (const slot* const end = at + count; at < end; at += 4) {
    std::memset(at, 0, 4 * sizeof(slot));
    platform::compiler_fence();
  }
}

/// Stops with a trap at the current cell. Whatever takes `registers&` is inlined: a reference that
/// left a handler would keep all of them in memory.
DOVETAIL_ALWAYS_INLINE bool stop(registers& r, trap_code t) {
  r.x->trap = t;
  r.x->trap_pc = r.pc;
  return false;
}

}  // namespace dovetail::interpreting

// ---- dovetail/interpreter/operands.hpp

// How handlers read operands and write results: slots, accumulators, constants in the cell.

namespace dovetail::interpreting {

/// Where an operand comes from: a slot, the accumulator of its type, or the cell's constant.
enum class source : std::uint8_t { slot, accumulator, constant };

template <class T>
DOVETAIL_ALWAYS_INLINE T from_accumulator(const registers& r) {
  if constexpr (std::is_same_v<T, float>) {
    return r.f32;
  } else if constexpr (std::is_same_v<T, double>) {
    return r.f64;
  } else {
    return static_cast<T>(r.integer);
  }
}

template <class T>
DOVETAIL_ALWAYS_INLINE T from_frame(const registers& r, std::uint32_t at) {
  return from_slot<T>(r.frame[at]);
}

/// 32 bits of constant: i64 is sign-extended, f64 is a float that was exact.
template <class T>
DOVETAIL_ALWAYS_INLINE T from_constant(std::uint32_t k) {
  if constexpr (std::is_same_v<T, float>) {
    return std::bit_cast<float>(k);
  } else if constexpr (std::is_same_v<T, double>) {
    return static_cast<double>(std::bit_cast<float>(k));
  } else {
    return static_cast<T>(static_cast<std::int64_t>(static_cast<std::int32_t>(k)));
  }
}

template <source S, class T>
DOVETAIL_ALWAYS_INLINE T read(const registers& r, std::uint32_t at, std::uint32_t k) {
  if constexpr (S == source::slot) {
    return from_frame<T>(r, at);
  } else if constexpr (S == source::accumulator) {
    return from_accumulator<T>(r);
  } else {
    return from_constant<T>(k);
  }
}

/// Writes a result to its slot and its accumulator.
template <class T>
DOVETAIL_ALWAYS_INLINE void write(registers& r, std::uint32_t at, T v) {
  r.frame[at] = to_slot(v);
  if constexpr (std::is_same_v<T, float>) {
    r.f32 = v;
  } else if constexpr (std::is_same_v<T, double>) {
    r.f64 = v;
  } else {
    r.integer = v;
  }
}

/// Parameter types of a meaning.
template <class F>
struct meaning_types;
template <class R, class A>
struct meaning_types<R (*)(A)> {
  using result = R;
  using first = A;
};
template <class R, class A, class B>
struct meaning_types<R (*)(A, B)> {
  using result = R;
  using first = A;
  using second = B;
};
template <class R, class A, class B, class C>
struct meaning_types<R (*)(A, B, C)> {
  using result = R;
  using first = A;
  using second = B;
};
template <op O>
using types_of_meaning = meaning_types<decltype(&meaning<O>::of)>;

}  // namespace dovetail::interpreting

// ---- dovetail/interpreter/handlers_control.hpp

// Handlers of branches, calls, returns and moves.

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

// ---- dovetail/interpreter/handlers_numeric.hpp

// Handlers of numeric operators, comparisons that branch, loads and stores: templates over the
// operator and where its operands come from.

namespace dovetail::interpreting {

// d = op(a, b). A constant stands in k; otherwise b is a slot there.
template <op O, source A, source B>
struct binary {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    using types = types_of_meaning<O>;
    const cell& c = *r.pc;
    const auto a = read<A, typename types::first>(r, c.a, 0);
    const auto b = read<B, typename types::second>(r, c.b(), c.k);
    if constexpr (can_trap<O>) {
      if (const trap_code t = meaning<O>::trap_on(a, b); t != trap_code::none) [[unlikely]]
        return stop(r, t);
    }
    write(r, c.d, meaning<O>::of(a, b));
    ++r.pc;
    return true;
  }
};

// d = (a << shift) + b, as elements of arrays are found. A slot b is followed by the shift, in c; a
// constant stands above the shift's three bits of k.
template <source A, source B>
struct shifted_sum {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    const auto a = read<A, std::uint32_t>(r, c.a, 0);
    if constexpr (B == source::constant) {
      write(r, c.d, (a << (c.k & 7)) + static_cast<std::uint32_t>(c.distance() >> 3));
    } else {
      write(r, c.d, (a << c.c()) + from_frame<std::uint32_t>(r, c.b()));
    }
    ++r.pc;
    return true;
  }
};

// d = op(k, a): a constant to subtract from, divide or shift.
template <op O>
struct binary_of_constant {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    using types = types_of_meaning<O>;
    const cell& c = *r.pc;
    const auto b = from_frame<typename types::second>(r, c.a);
    write(r, c.d, meaning<O>::of(from_constant<typename types::first>(c.k), b));
    ++r.pc;
    return true;
  }
};

// d = op(a, the next cell's head): a constant of 64 bits.
template <op O, source A>
struct binary_wide {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    using types = types_of_meaning<O>;
    const cell& c = *r.pc;
    const auto a = read<A, typename types::first>(r, c.a, 0);
    write(r, c.d, meaning<O>::of(a, from_slot<typename types::second>(r.pc[1].head)));
    r.pc += 2;
    return true;
  }
};

// d = a >> shift & mask, a bit-field. The shift is the lower five bits of k, the mask the others.
template <source A>
struct bit_field {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    write(r, c.d, read<A, std::uint32_t>(r, c.a, 0) >> (c.k & 31) & c.k >> 5);
    ++r.pc;
    return true;
  }
};

// d += the 16-bit b, then a += the 16-bit c: the pointers and counters of a loop.
struct step_two {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    const auto first = static_cast<std::uint32_t>(static_cast<std::int16_t>(c.b()));
    const auto second = static_cast<std::uint32_t>(c.distance() >> 16);
    r.frame[c.d] = to_slot(from_frame<std::uint32_t>(r, c.d) + first);
    write(r, c.a, from_frame<std::uint32_t>(r, c.a) + second);
    ++r.pc;
    return true;
  }
};

// d = op(a)
template <op O, source A>
struct unary {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    const auto a = read<A, typename types_of_meaning<O>::first>(r, c.a, 0);
    if constexpr (can_trap<O>) {
      if (const trap_code t = meaning<O>::trap_on(a); t != trap_code::none) [[unlikely]]
        return stop(r, t);
    }
    write(r, c.d, meaning<O>::of(a));
    ++r.pc;
    return true;
  }
};

// The constant that a branch compares with. After the accumulator it has the 32 bits of d and a;
// after a slot those of a, sign-extended or the upper half of a float.
template <source A, class T>
DOVETAIL_ALWAYS_INLINE T compared_constant(const cell& c) {
  if constexpr (A == source::accumulator) {
    return from_constant<T>(c.d | std::uint32_t{c.a} << 16);
  } else if constexpr (std::is_floating_point_v<T>) {
    return from_constant<T>(std::uint32_t{c.a} << 16);
  } else {
    return from_constant<T>(static_cast<std::uint32_t>(static_cast<std::int16_t>(c.a)));
  }
}

// Branches by k if op(d, a) is Sense.
template <op O, source A, source B, bool Sense>
struct compare_branch {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    using types = types_of_meaning<O>;
    const cell& c = *r.pc;
    using second = typename types::second;
    const auto a = read<A, typename types::first>(r, c.d, 0);
    second b;
    if constexpr (B == source::constant) {
      b = compared_constant<A, second>(c);
    } else {
      b = read<B, second>(r, c.a, 0);
    }
    r.pc += (meaning<O>::of(a, b) != 0) == Sense ? c.distance() : 1;
    return true;
  }
};

// Branches by k if op(a) is Sense.
template <op O, source A, bool Sense>
struct test_branch {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    const auto a = read<A, typename types_of_meaning<O>::first>(r, c.a, 0);
    r.pc += (meaning<O>::of(a) != 0) == Sense ? c.distance() : 1;
    return true;
  }
};

// The end of a counting loop: local d += a, then branch by the 16-bit c if op(local, b).
template <op O, source B>
struct count_branch {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    const std::uint32_t counted = from_frame<std::uint32_t>(r, c.d) +
                                  static_cast<std::uint32_t>(static_cast<std::int16_t>(c.a));
    write(r, c.d, counted);
    const auto extended = static_cast<std::uint32_t>(static_cast<std::int16_t>(c.b()));
    const auto b = read<B, std::uint32_t>(r, c.b(), extended);
    r.pc += meaning<O>::of(counted, b) != 0 ? static_cast<std::int16_t>(c.c()) : 1;
    return true;
  }
};

// What a load or store moves: the type in memory and the type on the stack.
template <op O>
struct access;
#define DOVETAIL_ACCESS(NAME, MEMORY, STACK) \
  template <>                                \
  struct access<op::NAME> {                  \
    using memory = MEMORY;                   \
    using stack = STACK;                     \
  };
DOVETAIL_ACCESS(i32_load, std::uint32_t, std::uint32_t)
DOVETAIL_ACCESS(i64_load, std::uint64_t, std::uint64_t)
DOVETAIL_ACCESS(f32_load, std::uint32_t, float)
DOVETAIL_ACCESS(f64_load, std::uint64_t, double)
DOVETAIL_ACCESS(i32_load8_s, std::int8_t, std::uint32_t)
DOVETAIL_ACCESS(i32_load8_u, std::uint8_t, std::uint32_t)
DOVETAIL_ACCESS(i32_load16_s, std::int16_t, std::uint32_t)
DOVETAIL_ACCESS(i32_load16_u, std::uint16_t, std::uint32_t)
DOVETAIL_ACCESS(i64_load8_s, std::int8_t, std::uint64_t)
DOVETAIL_ACCESS(i64_load8_u, std::uint8_t, std::uint64_t)
DOVETAIL_ACCESS(i64_load16_s, std::int16_t, std::uint64_t)
DOVETAIL_ACCESS(i64_load16_u, std::uint16_t, std::uint64_t)
DOVETAIL_ACCESS(i64_load32_s, std::int32_t, std::uint64_t)
DOVETAIL_ACCESS(i64_load32_u, std::uint32_t, std::uint64_t)
DOVETAIL_ACCESS(i32_store, std::uint32_t, std::uint32_t)
DOVETAIL_ACCESS(i64_store, std::uint64_t, std::uint64_t)
DOVETAIL_ACCESS(f32_store, std::uint32_t, float)
DOVETAIL_ACCESS(f64_store, std::uint64_t, double)
DOVETAIL_ACCESS(i32_store8, std::uint8_t, std::uint32_t)
DOVETAIL_ACCESS(i32_store16, std::uint16_t, std::uint32_t)
DOVETAIL_ACCESS(i64_store8, std::uint8_t, std::uint64_t)
DOVETAIL_ACCESS(i64_store16, std::uint16_t, std::uint64_t)
DOVETAIL_ACCESS(i64_store32, std::uint32_t, std::uint64_t)
#undef DOVETAIL_ACCESS

template <class T>
DOVETAIL_ALWAYS_INLINE T swap_unless_little_endian(T v) {
  if constexpr (platform::is_little_endian || sizeof(T) == 1) {
    return v;
  } else {
    using U = std::make_unsigned_t<T>;
    U out = 0;
    for (unsigned i = 0; i < sizeof(T); ++i) {
      out = static_cast<U>(out << 8 | (static_cast<U>(v) >> (8 * i) & 0xff));
    }
    return static_cast<T>(out);
  }
}

// Finds where an access of `Width` bytes goes; false if it is out of bounds. With guard pages the
// fault needs to know where it happened.
template <class Memory, unsigned Width>
DOVETAIL_ALWAYS_INLINE bool locate(registers& r, std::uint32_t address, std::uint32_t offset,
                                   std::byte*& out) {
  const std::uint64_t at = std::uint64_t{address} + offset;
  if constexpr (Memory::is_checked) {
    if (at + Width > r.memory_size) [[unlikely]]
      return false;
  } else if constexpr (Memory::is_guarded) {
    r.x->trap_pc = r.pc;
    platform::compiler_fence();
  }
  out = r.memory + at;
  return true;
}

// The same with 64 bits of address and offset, whose sum could wrap around. The emitter sees to it
// that `offset + Width` does not. No guard pages are behind such memories.
template <class Memory, unsigned Width>
DOVETAIL_ALWAYS_INLINE bool locate(std::byte* base, std::uint64_t size, std::uint64_t address,
                                   std::uint64_t offset, std::byte*& out) {
  if constexpr (Memory::is_checked || Memory::is_guarded) {
    const std::uint64_t behind = offset + Width;
    if (behind > size || address > size - behind) [[unlikely]]
      return false;
  }
  out = base + (address + offset);
  return true;
}

/// Addresses: a slot, the accumulator, nothing but the offset, the sum of two slots, or the 32-bit
/// sum of a slot or the accumulator and k, without an offset; and a slot, for memory 0 if it is a
/// 64-bit one, or for any memory.
enum class address : std::uint8_t {
  slot,
  accumulator,
  none,
  sum,
  slot_plus,
  accumulator_plus,
  wide,
  elsewhere
};

[[nodiscard]] constexpr bool is_plus(address a) {
  return a == address::slot_plus || a == address::accumulator_plus;
}

template <address A>
DOVETAIL_ALWAYS_INLINE std::uint32_t address_of(const registers& r, const cell& c,
                                                std::uint32_t slot_at) {
  if constexpr (A == address::slot) {
    return from_frame<std::uint32_t>(r, slot_at);
  } else if constexpr (A == address::accumulator) {
    return static_cast<std::uint32_t>(r.integer);
  } else if constexpr (A == address::sum) {
    return from_frame<std::uint32_t>(r, slot_at) + from_frame<std::uint32_t>(r, c.b());
  } else if constexpr (A == address::slot_plus) {
    return from_frame<std::uint32_t>(r, slot_at) + c.k;
  } else if constexpr (A == address::accumulator_plus) {
    return static_cast<std::uint32_t>(r.integer) + c.k;
  } else {
    return 0;
  }
}

// Where the access at hand goes; false if it is out of bounds. One elsewhere has the memory in k
// and the offset in the next cell's head.
template <class Memory, address A, unsigned Width>
DOVETAIL_ALWAYS_INLINE bool find(registers& r, std::byte*& out) {
  const cell& c = *r.pc;
  if constexpr (A == address::wide) {
    return locate<Memory, Width>(r.memory, r.memory_size, r.frame[c.a], c.k, out);
  } else if constexpr (A == address::elsewhere) {
    const vm::memory_instance& m = *r.x->instance->memories[c.k];
    return locate<Memory, Width>(m.base, m.size, r.frame[c.a], r.pc[1].head, out);
  } else {
    const std::uint32_t offset = A == address::sum ? c.c() : is_plus(A) ? 0 : c.k;
    return locate<Memory, Width>(r, address_of<A>(r, c, c.a), offset, out);
  }
}
// The cells that an access takes.
[[nodiscard]] constexpr int length_of(address a) { return a == address::elsewhere ? 2 : 1; }

// d = memory[a + k]; with a sum the offset is the 16-bit c.
template <class Memory, op O, address A>
struct load {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    using types = access<O>;
    const cell& c = *r.pc;
    typename types::memory v;
    std::byte* at;
    if (!find<Memory, A, sizeof v>(r, at)) [[unlikely]]
      return stop(r, trap_code::memory_out_of_bounds);
    std::memcpy(&v, at, sizeof v);
    v = swap_unless_little_endian(v);
    if constexpr (std::is_floating_point_v<typename types::stack>) {
      write(r, c.d, std::bit_cast<typename types::stack>(v));
    } else {
      write(r, c.d, static_cast<typename types::stack>(v));
    }
    r.pc += length_of(A);
    return true;
  }
};

// memory[a + k] = d; a constant value is the 16 bits of d, sign-extended.
template <class Memory, op O, address A, source V>
struct store {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    using types = access<O>;
    using stack = typename types::stack;
    const cell& c = *r.pc;
    typename types::memory v;
    if constexpr (V == source::constant) {
      v = static_cast<typename types::memory>(static_cast<std::int16_t>(c.d));
    } else if constexpr (std::is_floating_point_v<stack>) {
      v = std::bit_cast<typename types::memory>(read<V, stack>(r, c.d, 0));
    } else {
      v = static_cast<typename types::memory>(read<V, stack>(r, c.d, 0));
    }
    std::byte* at;
    if (!find<Memory, A, sizeof v>(r, at)) [[unlikely]]
      return stop(r, trap_code::memory_out_of_bounds);
    v = swap_unless_little_endian(v);
    std::memcpy(at, &v, sizeof v);
    r.pc += length_of(A);
    return true;
  }
};

}  // namespace dovetail::interpreting

// ---- dovetail/interpreter/handlers_objects.hpp

// Handlers of globals, references, and the operators on whole memories and tables.

namespace dovetail::interpreting {

struct global_get {  // d = global k; an integer is the accumulator afterwards
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    r.integer = r.x->instance->globals[r.pc->k]->low;
    r.frame[r.pc->d] = r.integer;
    ++r.pc;
    return true;
  }
};
struct global_set {  // global k = a
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    r.x->instance->globals[r.pc->k]->low = r.frame[r.pc->a];
    ++r.pc;
    return true;
  }
};

// A guest's stack pointer is a global that goes down and up by constants. They are the 16 bits of
// a, or of d.
struct global_plus {  // d = global k + constant
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    const auto step = static_cast<std::uint32_t>(static_cast<std::int16_t>(c.a));
    write(r, c.d, static_cast<std::uint32_t>(r.x->instance->globals[c.k]->low) + step);
    ++r.pc;
    return true;
  }
};
struct global_move {  // d = global k += constant
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    std::uint64_t& global = r.x->instance->globals[c.k]->low;
    const auto step = static_cast<std::uint32_t>(static_cast<std::int16_t>(c.a));
    const std::uint32_t moved = static_cast<std::uint32_t>(global) + step;
    global = moved;
    write(r, c.d, moved);
    ++r.pc;
    return true;
  }
};
struct global_set_plus {  // global k = a + constant
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    const auto step = static_cast<std::uint32_t>(static_cast<std::int16_t>(c.d));
    r.x->instance->globals[c.k]->low = from_frame<std::uint32_t>(r, c.a) + step;
    ++r.pc;
    return true;
  }
};

struct ref_func {  // d = function k
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    vm::function_instance* f = vm::function_of(*r.x->instance, r.pc->k);
    if (f == nullptr) [[unlikely]]
      return stop(r, trap_code::out_of_memory);
    r.frame[r.pc->d] = to_slot(f);
    ++r.pc;
    return true;
  }
};

struct ref_as_non_null {  // slot a must refer to something
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    if (r.frame[r.pc->a] == 0) [[unlikely]]
      return stop(r, trap_code::null_reference);
    ++r.pc;
    return true;
  }
};

// Addresses and sizes are whole slots, whatever the type of the memory or table: an i32 in a slot
// is zero-extended. This is what is left of a 64-bit one.
DOVETAIL_ALWAYS_INLINE std::uint64_t address_of_type(bool is_64, std::uint64_t v) {
  return is_64 ? v : static_cast<std::uint32_t>(v);
}

struct memory_size {  // d = pages of memory k
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    write(r, r.pc->d, r.x->instance->memories[r.pc->k]->pages());
    ++r.pc;
    return true;
  }
};
struct memory_grow {  // d = memory k grown by slot a
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    vm::memory_instance& m = *r.x->instance->memories[c.k];
    write(r, c.d, address_of_type(m.type.is_64, vm::grow_memory(m, r.frame[c.a])));
    r.load_memory();
    ++r.pc;
    return true;
  }
};

// Bulk operators find their three operands in slots a, a + 1, a + 2, and their objects in d and k.
// Those that can be stopped look after every part.
struct range {
  std::uint64_t to, from, count;
};
DOVETAIL_ALWAYS_INLINE range range_of(const registers& r) {
  const slot* const a = r.frame + r.pc->a;
  return {a[0], a[1], a[2]};
}
DOVETAIL_ALWAYS_INLINE bool done(registers& r, trap_code t) {
  if (t != trap_code::none) [[unlikely]]
    return stop(r, t);
  r.pc += 2;
  return true;
}

template <bool Stops>
struct memory_fill {  // memory k
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const range o = range_of(r);
    return done(r, vm::bulk<Stops>::fill_memory(*r.x->instance->memories[r.pc->k], o.to,
                                                static_cast<std::uint8_t>(o.from), o.count));
  }
};
template <bool Stops>
struct memory_copy {  // memory k from the next cell's k
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const range o = range_of(r);
    vm::memory_instance** m = r.x->instance->memories;
    return done(r, vm::bulk<Stops>::copy_memory(*m[r.pc->k], o.to, *m[r.pc[1].k], o.from, o.count));
  }
};
template <bool Stops>
struct memory_init {  // memory k from the data segment of the next cell's k
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const range o = range_of(r);
    vm::instance& i = *r.x->instance;
    return done(
        r, vm::bulk<Stops>::init_memory(i, *i.memories[r.pc->k], r.pc[1].k, o.to, o.from, o.count));
  }
};
struct data_drop {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    r.x->instance->dropped_data[r.pc->k] = true;
    ++r.pc;
    return true;
  }
};

struct table_get {  // d = table k at slot a
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    const vm::table_instance& t = *r.x->instance->tables[c.k];
    const std::uint64_t at = r.frame[c.a];
    if (at >= t.size) [[unlikely]]
      return stop(r, trap_code::table_out_of_bounds);
    r.frame[c.d] = t.elements[at];
    ++r.pc;
    return true;
  }
};
struct table_set {  // table k at slot a = slot d
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    vm::table_instance& t = *r.x->instance->tables[c.k];
    const std::uint64_t at = r.frame[c.a];
    if (at >= t.size) [[unlikely]]
      return stop(r, trap_code::table_out_of_bounds);
    t.elements[at] = r.frame[c.d];
    ++r.pc;
    return true;
  }
};
struct table_size {  // d = size of table k
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    write(r, r.pc->d, std::uint64_t{r.x->instance->tables[r.pc->k]->size});
    ++r.pc;
    return true;
  }
};
struct table_grow {  // slot a = table k grown by slot a + 1 elements that are slot a
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    const std::uint64_t delta = r.frame[c.a + 1u];
    vm::table_instance& t = *r.x->instance->tables[c.k];
    write(r, c.d, address_of_type(t.type.is_64, vm::grow_table(t, delta, r.frame[c.a])));
    ++r.pc;
    return true;
  }
};
template <bool Stops>
struct table_fill {  // table k
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const range o = range_of(r);
    return done(r, vm::bulk<Stops>::fill_table(*r.x->instance->tables[r.pc->k], o.to,
                                               r.frame[r.pc->a + 1], o.count));
  }
};
template <bool Stops>
struct table_copy {  // table k from the next cell's k
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const range o = range_of(r);
    vm::table_instance** t = r.x->instance->tables;
    return done(r, vm::bulk<Stops>::copy_table(*t[r.pc->k], o.to, *t[r.pc[1].k], o.from, o.count));
  }
};
template <bool Stops>
struct table_init {  // table k from the element segment of the next cell's k
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const range o = range_of(r);
    vm::instance& i = *r.x->instance;
    return done(
        r, vm::bulk<Stops>::init_table(i, *i.tables[r.pc->k], r.pc[1].k, o.to, o.from, o.count));
  }
};
struct element_drop {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    r.x->instance->dropped_elements[r.pc->k] = true;
    ++r.pc;
    return true;
  }
};

}  // namespace dovetail::interpreting

// ---- dovetail/interpreter/handlers_tail_calls.hpp

// Handlers of tail calls: the callee gets the frame and the return record of the function that
// calls it, so that neither stack grows.

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

// ---- dovetail/interpreter/handlers_vector.hpp

// Handlers of vector operators. A vector lies in two slots, named by the first; there is no
// accumulator for vectors, and one form of each operator.

namespace dovetail::interpreting {

// Where slots are little-endian words they are the vector's bytes.
DOVETAIL_ALWAYS_INLINE v128 vector_at(const slot* at) {
  if constexpr (platform::is_little_endian) {
    std::array<std::uint8_t, 16> bytes;
    std::memcpy(&bytes, at, sizeof bytes);
    return v128(bytes);
  } else {
    return read_slots<v128>(at);
  }
}
DOVETAIL_ALWAYS_INLINE v128 vector_in_frame(const registers& r, std::uint32_t at) {
  return vector_at(r.frame + at);
}
DOVETAIL_ALWAYS_INLINE void write_vector(registers& r, std::uint32_t at, const v128& v) {
  if constexpr (platform::is_little_endian) {
    std::memcpy(r.frame + at, &v.bytes, sizeof v.bytes);
  } else {
    write_slots(r.frame + at, v);
  }
}
// A whole cell that is a constant.
DOVETAIL_ALWAYS_INLINE v128 vector_in_cell(const cell& c) {
  return v128::of_halves(c.head, c.d | std::uint64_t{c.a} << 16 | std::uint64_t{c.k} << 32);
}

// Moves.
struct copy_vector {  // d = a
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    write_vector(r, r.pc->d, vector_in_frame(r, r.pc->a));
    ++r.pc;
    return true;
  }
};
struct vector_constant {  // d = the next cell
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    write_vector(r, r.pc->d, vector_in_cell(r.pc[1]));
    r.pc += 2;
    return true;
  }
};
struct select_vector {  // d = c ? a : b
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    const bool first = from_frame<std::uint32_t>(r, c.c()) != 0;
    write_vector(r, c.d, vector_in_frame(r, first ? c.a : c.b()));
    ++r.pc;
    return true;
  }
};
struct global_get_vector {  // d = global k
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const vm::global_instance& g = *r.x->instance->globals[r.pc->k];
    r.frame[r.pc->d] = g.low;
    r.frame[r.pc->d + 1] = g.high;
    ++r.pc;
    return true;
  }
};
struct global_set_vector {  // global k = a
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    vm::global_instance& g = *r.x->instance->globals[r.pc->k];
    g.low = r.frame[r.pc->a];
    g.high = r.frame[r.pc->a + 1];
    ++r.pc;
    return true;
  }
};

template <op O>
using types_of_vector_meaning = meaning_types<decltype(&vector_meaning<O>::of)>;

// d = op(a)
template <op O>
struct vector_unary {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    write_vector(r, r.pc->d, vector_meaning<O>::of(vector_in_frame(r, r.pc->a)));
    ++r.pc;
    return true;
  }
};
// d = op(a, b)
template <op O>
struct vector_binary {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    const v128 a = vector_in_frame(r, c.a), b = vector_in_frame(r, c.b());
    write_vector(r, c.d, vector_meaning<O>::of(a, b));
    ++r.pc;
    return true;
  }
};
// d = op(a, b, c)
template <op O>
struct vector_ternary {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    const v128 a = vector_in_frame(r, c.a), b = vector_in_frame(r, c.b());
    write_vector(r, c.d, vector_meaning<O>::of(a, b, vector_in_frame(r, c.c())));
    ++r.pc;
    return true;
  }
};
// d = op(a, b, the next cell)
template <op O>
struct vector_shuffle {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    const v128 a = vector_in_frame(r, c.a), b = vector_in_frame(r, c.b());
    write_vector(r, c.d, vector_meaning<O>::of(a, b, vector_in_cell(r.pc[1])));
    r.pc += 2;
    return true;
  }
};
// d = op(a, count b)
template <op O>
struct vector_shift {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    const auto count = from_frame<std::uint32_t>(r, c.b());
    write_vector(r, c.d, vector_meaning<O>::of(vector_in_frame(r, c.a), count));
    ++r.pc;
    return true;
  }
};
// d = op(a), a number of a vector
template <op O>
struct vector_test {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    write(r, r.pc->d, vector_meaning<O>::of(vector_in_frame(r, r.pc->a)));
    ++r.pc;
    return true;
  }
};
// d = op(a), a vector of a number
template <op O>
struct vector_splat {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    using number = typename types_of_vector_meaning<O>::first;
    write_vector(r, r.pc->d, vector_meaning<O>::of(from_frame<number>(r, r.pc->a)));
    ++r.pc;
    return true;
  }
};
// d = lane k of a
template <op O>
struct vector_extract {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    write(r, c.d, vector_meaning<O>::of(vector_in_frame(r, c.a), c.k));
    ++r.pc;
    return true;
  }
};
// d = a with b in lane c
template <op O>
struct vector_replace {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    using number = typename types_of_vector_meaning<O>::second;
    const cell& c = *r.pc;
    const auto by = from_frame<number>(r, c.b());
    write_vector(r, c.d, vector_meaning<O>::of(vector_in_frame(r, c.a), by, c.c()));
    ++r.pc;
    return true;
  }
};

// What lies in memory, as a number of the host or as bytes.
template <class T>
DOVETAIL_ALWAYS_INLINE T from_memory(const std::byte* at) {
  if constexpr (std::is_same_v<T, v128>) {
    std::array<std::uint8_t, 16> bytes;
    std::memcpy(&bytes, at, sizeof bytes);
    return v128(bytes);
  } else {
    T v;
    std::memcpy(&v, at, sizeof v);
    return swap_unless_little_endian(v);
  }
}
// Whether the compiler is sure to make one instruction of the store of a `T`, which writes all of
// it or nothing.
template <class T>
inline constexpr bool is_stored_whole = sizeof(T) == 1 ||
                                        (DOVETAIL_HAS_X86_64 && sizeof(T) <= sizeof(std::uint64_t));
// clang-format off
DOVETAIL_IF_SSE2(
  template <>
  inline constexpr bool is_stored_whole<v128> = true;)
// clang-format on
DOVETAIL_ALWAYS_INLINE void put_whole(std::byte* at, const v128& v) {
  // clang-format off
  DOVETAIL_IF_SSE2(
    struct __attribute__((packed, may_alias)) unaligned { v128::native value; };
    reinterpret_cast<unaligned*>(at)->value = v;
    return;)
  // clang-format on
  std::memcpy(at, &v.bytes, sizeof v.bytes);
}
// A store that traps writes nothing (core specification 4.6.10). Where a guarded memory may end
// inside one that is made in parts, its last byte is read before: what faults then has not begun.
template <class Memory, class T>
DOVETAIL_ALWAYS_INLINE void to_memory(std::byte* at, T v) {
  if constexpr (Memory::is_guarded && !is_stored_whole<T>) {
    static_cast<void>(*const_cast<const volatile std::byte*>(at + sizeof(T) - 1));
    platform::compiler_fence();
  }
  if constexpr (std::is_same_v<T, v128>) {
    put_whole(at, v);
  } else {
    v = swap_unless_little_endian(v);
    std::memcpy(at, &v, sizeof v);
  }
}

// d = memory[a + k], extended or in every lane.
template <class Memory, op O, address A>
struct vector_load {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    using moved = typename vector_access<O>::memory;
    const cell& c = *r.pc;
    std::byte* at;
    if (!find<Memory, A, sizeof(moved)>(r, at)) [[unlikely]]
      return stop(r, trap_code::memory_out_of_bounds);
    write_vector(r, c.d, vector_access<O>::of(from_memory<moved>(at)));
    r.pc += length_of(A);
    return true;
  }
};
// memory[a + k] = d
template <class Memory, op O, address A>
struct vector_store {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    using moved = typename vector_access<O>::memory;
    const cell& c = *r.pc;
    std::byte* at;
    if (!find<Memory, A, sizeof(moved)>(r, at)) [[unlikely]]
      return stop(r, trap_code::memory_out_of_bounds);
    to_memory<Memory, moved>(at, vector_access<O>::of(vector_in_frame(r, c.d)));
    r.pc += length_of(A);
    return true;
  }
};
// d = the vector in slot a of the next cell, with memory[a + k] in the lane that is the next k.
template <class Memory, op O, address A>
struct vector_load_lane {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    using moved = typename vector_access<O>::memory;
    const cell& c = *r.pc;
    std::byte* at;
    if (!find<Memory, A, sizeof(moved)>(r, at)) [[unlikely]]
      return stop(r, trap_code::memory_out_of_bounds);
    const v128 into = vector_in_frame(r, r.pc[1].a);
    write_vector(r, c.d, vector_access<O>::of(from_memory<moved>(at), into, r.pc[1].k));
    r.pc += 2;
    return true;
  }
};
// memory[a + k] = the lane of d that is the next cell's k.
template <class Memory, op O, address A>
struct vector_store_lane {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    using moved = typename vector_access<O>::memory;
    const cell& c = *r.pc;
    std::byte* at;
    if (!find<Memory, A, sizeof(moved)>(r, at)) [[unlikely]]
      return stop(r, trap_code::memory_out_of_bounds);
    to_memory<Memory, moved>(at, vector_access<O>::of(vector_in_frame(r, c.d), r.pc[1].k));
    r.pc += 2;
    return true;
  }
};

// What an operator has just made, with the canonical NaN for any other: the accumulator of a kind
// of float, or the lanes of a.
template <class F>
struct canonical_scalar {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    write(r, r.pc->d, canonical(read<source::accumulator, F>(r, 0, 0)));
    ++r.pc;
    return true;
  }
};
template <class F>
struct canonical_vector {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    write_vector(r, r.pc->d, canonical_lanes<F>(vector_in_frame(r, r.pc->a)));
    ++r.pc;
    return true;
  }
};

// The result is the vector at a, which goes to the first slots.
struct return_vector {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    write_vector(r, 0, vector_in_frame(r, r.pc->a));
    r.integer = 0;
    return go_back(r);
  }
};

}  // namespace dovetail::interpreting

// ---- dovetail/interpreter/handlers.hpp

// The closed set of handlers, generated from the operator table: their enumeration, and the type
// behind each name.

namespace dovetail::interpreting {

/// What handlers do besides their work.
struct handler_controls {
  bool stops = false;          ///< calls of host functions and bulk operators have checkpoints
  bool asks_for_fuel = false;  ///< the host may give more
  bool keeps_places = false;   ///< calls of host functions say where they are
  friend constexpr bool operator==(handler_controls, handler_controls) = default;
};
[[nodiscard]] constexpr handler_controls handler_controls_of(controls c) {
  return {c.stops != interrupt::none, c.asks_for_fuel, c.keeps_places};
}

namespace detail {
inline constexpr auto price_of_bytes = [](std::uint64_t n) { return fuel_for_bytes(n); };
inline constexpr auto price_of_elements = [](std::uint64_t n) { return fuel_for_elements(n); };
}  // namespace detail

/// Every handler, in the order of the dispatch tables.
enum class handler : std::uint16_t {
#define DOVETAIL_H(NAME, ...) NAME,
// Every handler, a row each: DOVETAIL_H(NAME, TYPE). First those of no numeric operator, then,
// for each row of the operator table, DOVETAIL_OPERATOR(NAME) and its handlers. Whoever includes
// this defines the macros; they are undefined afterwards.

// clang-format off
#ifndef DOVETAIL_OPERATOR
#define DOVETAIL_OPERATOR(NAME)
#endif

// Which handlers an operator has follows from its signature. H(NAME, TYPE...) is called for each;
// types may use `Memory`, the memory policy, and `Control`. Two operands: slot slot, slot constant, accumulator
// slot, accumulator constant, slot accumulator.
#define DOVETAIL_S ::dovetail::interpreting::source::slot
#define DOVETAIL_A ::dovetail::interpreting::source::accumulator
#define DOVETAIL_K ::dovetail::interpreting::source::constant

#define DOVETAIL_BINARY(H, O)                      \
  H(O##_ss, binary<op::O, DOVETAIL_S, DOVETAIL_S>) \
  H(O##_sk, binary<op::O, DOVETAIL_S, DOVETAIL_K>) \
  H(O##_as, binary<op::O, DOVETAIL_A, DOVETAIL_S>) \
  H(O##_ak, binary<op::O, DOVETAIL_A, DOVETAIL_K>) \
  H(O##_sa, binary<op::O, DOVETAIL_S, DOVETAIL_A>)
#define DOVETAIL_UNARY(H, O)         \
  H(O##_s, unary<op::O, DOVETAIL_S>) \
  H(O##_a, unary<op::O, DOVETAIL_A>)
#define DOVETAIL_BRANCHING(H, O, PREFIX, SENSE)                           \
  H(O##PREFIX##_ss, compare_branch<op::O, DOVETAIL_S, DOVETAIL_S, SENSE>) \
  H(O##PREFIX##_sk, compare_branch<op::O, DOVETAIL_S, DOVETAIL_K, SENSE>) \
  H(O##PREFIX##_as, compare_branch<op::O, DOVETAIL_A, DOVETAIL_S, SENSE>) \
  H(O##PREFIX##_ak, compare_branch<op::O, DOVETAIL_A, DOVETAIL_K, SENSE>) \
  H(O##PREFIX##_sa, compare_branch<op::O, DOVETAIL_S, DOVETAIL_A, SENSE>)
#define DOVETAIL_COMPARISON(H, O) \
  DOVETAIL_BINARY(H, O)           \
  DOVETAIL_BRANCHING(H, O, _then, true) DOVETAIL_BRANCHING(H, O, _else, false)
#define DOVETAIL_TEST(H, O)                            \
  DOVETAIL_UNARY(H, O)                                 \
  H(O##_then_s, test_branch<op::O, DOVETAIL_S, true>)  \
  H(O##_then_a, test_branch<op::O, DOVETAIL_A, true>)  \
  H(O##_else_s, test_branch<op::O, DOVETAIL_S, false>) \
  H(O##_else_a, test_branch<op::O, DOVETAIL_A, false>)
#define DOVETAIL_COUNTING(H, O)                   \
  H(O##_count_s, count_branch<op::O, DOVETAIL_S>) \
  H(O##_count_k, count_branch<op::O, DOVETAIL_K>)
#define DOVETAIL_LOADING(H, O)                        \
  H(O##_s, load<Memory, op::O, address::slot>)        \
  H(O##_a, load<Memory, op::O, address::accumulator>) \
  H(O##_n, load<Memory, op::O, address::none>)        \
  H(O##_x, load<Memory, op::O, address::sum>)           \
  H(O##_ps, load<Memory, op::O, address::slot_plus>)    \
  H(O##_pa, load<Memory, op::O, address::accumulator_plus>) \
  H(O##_w, load<Memory, op::O, address::wide>)              \
  H(O##_f, load<Memory, op::O, address::elsewhere>)
#define DOVETAIL_STORING(H, O)                                      \
  H(O##_ss, store<Memory, op::O, address::slot, DOVETAIL_S>)        \
  H(O##_sa, store<Memory, op::O, address::slot, DOVETAIL_A>)        \
  H(O##_sk, store<Memory, op::O, address::slot, DOVETAIL_K>)        \
  H(O##_as, store<Memory, op::O, address::accumulator, DOVETAIL_S>) \
  H(O##_ak, store<Memory, op::O, address::accumulator, DOVETAIL_K>) \
  H(O##_ns, store<Memory, op::O, address::none, DOVETAIL_S>)        \
  H(O##_na, store<Memory, op::O, address::none, DOVETAIL_A>)        \
  H(O##_pss, store<Memory, op::O, address::slot_plus, DOVETAIL_S>)  \
  H(O##_psk, store<Memory, op::O, address::slot_plus, DOVETAIL_K>)  \
  H(O##_pas, store<Memory, op::O, address::accumulator_plus, DOVETAIL_S>) \
  H(O##_pak, store<Memory, op::O, address::accumulator_plus, DOVETAIL_K>) \
  H(O##_ws, store<Memory, op::O, address::wide, DOVETAIL_S>)              \
  H(O##_fs, store<Memory, op::O, address::elsewhere, DOVETAIL_S>)
#define DOVETAIL_NEAR_AND_FAR(H, O, NEAR, ACCESS)      \
  H(O##NEAR, ACCESS<Memory, op::O, address::slot>)     \
  H(O##_f, ACCESS<Memory, op::O, address::elsewhere>)

#define DOVETAIL_HANDLERS_special(H, O)
#define DOVETAIL_HANDLERS_ii_i(H, O) DOVETAIL_BINARY(H, O)
#define DOVETAIL_HANDLERS_ll_l(H, O) DOVETAIL_BINARY(H, O)
#define DOVETAIL_HANDLERS_ff_f(H, O) DOVETAIL_BINARY(H, O)
#define DOVETAIL_HANDLERS_dd_d(H, O) DOVETAIL_BINARY(H, O)
#define DOVETAIL_HANDLERS_ii_b(H, O) DOVETAIL_COMPARISON(H, O) DOVETAIL_COUNTING(H, O)
#define DOVETAIL_HANDLERS_ll_b(H, O) DOVETAIL_COMPARISON(H, O)
#define DOVETAIL_HANDLERS_ff_b(H, O) DOVETAIL_COMPARISON(H, O)
#define DOVETAIL_HANDLERS_dd_b(H, O) DOVETAIL_COMPARISON(H, O)
#define DOVETAIL_HANDLERS_i_b(H, O) DOVETAIL_TEST(H, O)
#define DOVETAIL_HANDLERS_l_b(H, O) DOVETAIL_TEST(H, O)
#define DOVETAIL_HANDLERS_i_i(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_l_l(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_f_f(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_d_d(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_i_l(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_i_f(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_i_d(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_l_i(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_l_f(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_l_d(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_f_i(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_f_l(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_f_d(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_d_i(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_d_l(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_d_f(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_i_v(H, O) H(O##_s, vector_splat<op::O>)
#define DOVETAIL_HANDLERS_l_v(H, O) H(O##_s, vector_splat<op::O>)
#define DOVETAIL_HANDLERS_f_v(H, O) H(O##_s, vector_splat<op::O>)
#define DOVETAIL_HANDLERS_d_v(H, O) H(O##_s, vector_splat<op::O>)
#define DOVETAIL_HANDLERS_v_i(H, O) H(O##_s, vector_test<op::O>)
#define DOVETAIL_HANDLERS_v_v(H, O) H(O##_s, vector_unary<op::O>)
#define DOVETAIL_HANDLERS_vv_v(H, O) H(O##_ss, vector_binary<op::O>)
#define DOVETAIL_HANDLERS_vi_v(H, O) H(O##_ss, vector_shift<op::O>)
#define DOVETAIL_HANDLERS_vvv_v(H, O) H(O##_sss, vector_ternary<op::O>)
#define DOVETAIL_ACCESS_i_i(H, O) DOVETAIL_LOADING(H, O)
#define DOVETAIL_ACCESS_i_l(H, O) DOVETAIL_LOADING(H, O)
#define DOVETAIL_ACCESS_i_f(H, O) DOVETAIL_LOADING(H, O)
#define DOVETAIL_ACCESS_i_d(H, O) DOVETAIL_LOADING(H, O)
#define DOVETAIL_ACCESS_ii_n(H, O) DOVETAIL_STORING(H, O)
#define DOVETAIL_ACCESS_il_n(H, O) DOVETAIL_STORING(H, O)
#define DOVETAIL_ACCESS_if_n(H, O) DOVETAIL_STORING(H, O)
#define DOVETAIL_ACCESS_id_n(H, O) DOVETAIL_STORING(H, O)
#define DOVETAIL_ACCESS_i_v(H, O) DOVETAIL_NEAR_AND_FAR(H, O, _s, vector_load)
#define DOVETAIL_ACCESS_iv_n(H, O) DOVETAIL_NEAR_AND_FAR(H, O, _ss, vector_store)
#define DOVETAIL_LANE_ACCESS_iv_v(H, O) DOVETAIL_NEAR_AND_FAR(H, O, _ss, vector_load_lane)
#define DOVETAIL_LANE_ACCESS_iv_n(H, O) DOVETAIL_NEAR_AND_FAR(H, O, _ss, vector_store_lane)
#define DOVETAIL_LANE_v_i(H, O) H(O##_s, vector_extract<op::O>)
#define DOVETAIL_LANE_v_l(H, O) H(O##_s, vector_extract<op::O>)
#define DOVETAIL_LANE_v_f(H, O) H(O##_s, vector_extract<op::O>)
#define DOVETAIL_LANE_v_d(H, O) H(O##_s, vector_extract<op::O>)
#define DOVETAIL_LANE_vi_v(H, O) H(O##_ss, vector_replace<op::O>)
#define DOVETAIL_LANE_vl_v(H, O) H(O##_ss, vector_replace<op::O>)
#define DOVETAIL_LANE_vf_v(H, O) H(O##_ss, vector_replace<op::O>)
#define DOVETAIL_LANE_vd_v(H, O) H(O##_ss, vector_replace<op::O>)

// Immediates decide first: none is numeric, memarg an access, a lane has its own, the rest have
// handlers by hand.
#define DOVETAIL_WITH_none(H, O, SIGNATURE) DOVETAIL_HANDLERS_##SIGNATURE(H, O)
#define DOVETAIL_WITH_memarg(H, O, SIGNATURE) DOVETAIL_ACCESS_##SIGNATURE(H, O)
#define DOVETAIL_WITH_block_type(H, O, SIGNATURE)
#define DOVETAIL_WITH_label(H, O, SIGNATURE)
#define DOVETAIL_WITH_label_table(H, O, SIGNATURE)
#define DOVETAIL_WITH_function(H, O, SIGNATURE)
#define DOVETAIL_WITH_type(H, O, SIGNATURE)
#define DOVETAIL_WITH_call_indirect(H, O, SIGNATURE)
#define DOVETAIL_WITH_value_types(H, O, SIGNATURE)
#define DOVETAIL_WITH_local(H, O, SIGNATURE)
#define DOVETAIL_WITH_global(H, O, SIGNATURE)
#define DOVETAIL_WITH_table(H, O, SIGNATURE)
#define DOVETAIL_WITH_table_table(H, O, SIGNATURE)
#define DOVETAIL_WITH_element(H, O, SIGNATURE)
#define DOVETAIL_WITH_element_table(H, O, SIGNATURE)
#define DOVETAIL_WITH_memory(H, O, SIGNATURE)
#define DOVETAIL_WITH_memory_memory(H, O, SIGNATURE)
#define DOVETAIL_WITH_data(H, O, SIGNATURE)
#define DOVETAIL_WITH_data_memory(H, O, SIGNATURE)
#define DOVETAIL_WITH_memarg_lane(H, O, SIGNATURE) DOVETAIL_LANE_ACCESS_##SIGNATURE(H, O)
#define DOVETAIL_WITH_lane(H, O, SIGNATURE) DOVETAIL_LANE_##SIGNATURE(H, O)
#define DOVETAIL_WITH_shuffle(H, O, SIGNATURE) H(O##_ss, vector_shuffle<op::O>)
#define DOVETAIL_WITH_heap_type(H, O, SIGNATURE)
#define DOVETAIL_WITH_i32(H, O, SIGNATURE)
#define DOVETAIL_WITH_i64(H, O, SIGNATURE)
#define DOVETAIL_WITH_f32(H, O, SIGNATURE)
#define DOVETAIL_WITH_f64(H, O, SIGNATURE)
#define DOVETAIL_WITH_v128(H, O, SIGNATURE)

#define DOVETAIL_OF_mvp(...) __VA_ARGS__
#define DOVETAIL_OF_multi_value(...) __VA_ARGS__
#define DOVETAIL_OF_sign_extension(...) __VA_ARGS__
#define DOVETAIL_OF_saturating_conversion(...) __VA_ARGS__
#define DOVETAIL_OF_bulk_memory(...) __VA_ARGS__
#define DOVETAIL_OF_reference_types(...) __VA_ARGS__
#define DOVETAIL_OF_simd(...) __VA_ARGS__
#define DOVETAIL_OF_multi_memory(...) __VA_ARGS__
#define DOVETAIL_OF_tail_call(...) __VA_ARGS__
#define DOVETAIL_OF_extended_const(...) __VA_ARGS__
#define DOVETAIL_OF_memory64(...) __VA_ARGS__
#define DOVETAIL_OF_function_references(...) __VA_ARGS__
#define DOVETAIL_OF_relaxed_simd(...) __VA_ARGS__

// Handlers that belong to no numeric operator.
#define DOVETAIL_OTHER_HANDLERS(H)                           \
  H(copy, copy)                                              \
  H(copy_two, copy_two)                                      \
  H(copy_wide, copy_wide)                                    \
  H(constant_32, constant_32)                                \
  H(constant_64, constant_64)                                \
  H(select_i_s, select<DOVETAIL_S, std::uint64_t>)           \
  H(select_i_a, select<DOVETAIL_A, std::uint64_t>)           \
  H(select_f_s, select<DOVETAIL_S, float>)                   \
  H(select_f_a, select<DOVETAIL_A, float>)                   \
  H(select_d_s, select<DOVETAIL_S, double>)                  \
  H(select_d_a, select<DOVETAIL_A, double>)                  \
  DOVETAIL_BRANCHING(H, i32_and, _then, true)                \
  DOVETAIL_BRANCHING(H, i32_and, _else, false)               \
  H(branch, branch)                                          \
  H(branch_table_s, branch_table<DOVETAIL_S>)                \
  H(branch_table_a, branch_table<DOVETAIL_A>)                \
  H(unreachable, unreachable)                                \
  H(finish, finish)                                          \
  H(return_here, return_here)                                \
  H(return_s, return_one<DOVETAIL_S>)                        \
  H(return_a, return_one<DOVETAIL_A>)                        \
  H(return_k, return_one<DOVETAIL_K>)                        \
  H(call, call<false>)                                       \
  H(call_imported, call_imported<false, Control.stops, Control.keeps_places>)      \
  H(call_indirect, call_indirect<false>)                     \
  H(call_far, call<true>)                                    \
  H(call_imported_far, call_imported<true, Control.stops, Control.keeps_places>)   \
  H(call_indirect_far, call_indirect<true>)                  \
  H(call_elsewhere, call_elsewhere<Control.stops, Control.keeps_places>)           \
  H(call_ref, call_ref)                                      \
  H(return_call, return_call)                                \
  H(return_call_imported, return_call_imported)              \
  H(return_call_indirect, return_call_indirect)              \
  H(return_call_ref, return_call_ref)                        \
  H(return_call_elsewhere, return_call_elsewhere<Control.stops, Control.keeps_places>) \
  H(ref_as_non_null, ref_as_non_null)                        \
  H(checkpoint, checkpoint)                                  \
  H(count_here, count_here)                                  \
  H(charge, charge<Control.asks_for_fuel>)                   \
  H(charge_bytes, charge_bulk<detail::price_of_bytes, Control.asks_for_fuel>) \
  H(charge_elements, charge_bulk<detail::price_of_elements, Control.asks_for_fuel>) \
  H(global_get, global_get)                                  \
  H(global_set, global_set)                                  \
  H(global_plus, global_plus)                                \
  H(global_move, global_move)                                \
  H(global_set_plus, global_set_plus)                        \
  H(i32_index_ss, shifted_sum<DOVETAIL_S, DOVETAIL_S>)             \
  H(i32_index_as, shifted_sum<DOVETAIL_A, DOVETAIL_S>)             \
  H(i32_index_sk, shifted_sum<DOVETAIL_S, DOVETAIL_K>)             \
  H(i32_index_ak, shifted_sum<DOVETAIL_A, DOVETAIL_K>)             \
  H(i32_bit_field_s, bit_field<DOVETAIL_S>)                  \
  H(i32_bit_field_a, bit_field<DOVETAIL_A>)                  \
  H(i32_step_two, step_two)                                  \
  H(ref_func, ref_func)                                      \
  H(memory_size, memory_size)                                \
  H(memory_grow, memory_grow)                                \
  H(memory_fill, memory_fill<Control.stops>)                 \
  H(memory_copy, memory_copy<Control.stops>)                 \
  H(memory_init, memory_init<Control.stops>)                 \
  H(data_drop, data_drop)                                    \
  H(table_get, table_get)                                    \
  H(table_set, table_set)                                    \
  H(table_size, table_size)                                  \
  H(table_grow, table_grow)                                  \
  H(table_fill, table_fill<Control.stops>)                   \
  H(table_copy, table_copy<Control.stops>)                   \
  H(table_init, table_init<Control.stops>)                   \
  H(element_drop, element_drop)                              \
  H(copy_vector, copy_vector)                                \
  H(vector_constant, vector_constant)                        \
  H(select_vector, select_vector)                            \
  H(global_get_vector, global_get_vector)                    \
  H(global_set_vector, global_set_vector)                    \
  H(return_vector, return_vector)                            \
  H(canonical_f32, canonical_scalar<float>)                  \
  H(canonical_f64, canonical_scalar<double>)                 \
  H(canonical_f32x4, canonical_vector<float>)                \
  H(canonical_f64x2, canonical_vector<double>)

DOVETAIL_OTHER_HANDLERS(DOVETAIL_H)

#define DOVETAIL_OF_CONSTANT(O) DOVETAIL_H(O##_ks, binary_of_constant<op::O>)
#define DOVETAIL_WIDE(O)                             \
  DOVETAIL_H(O##_sw, binary_wide<op::O, DOVETAIL_S>) \
  DOVETAIL_H(O##_aw, binary_wide<op::O, DOVETAIL_A>)
// Operators with handlers for certain constants: DOVETAIL_OF_CONSTANT(NAME) for a first operand of
// 32 bits, DOVETAIL_WIDE(NAME) for a second one of 64 bits, as hashes have, and numbers that are no
// float. Whoever includes this defines both macros.

// clang-format off
DOVETAIL_OF_CONSTANT(i32_sub)
DOVETAIL_OF_CONSTANT(i32_shl)
DOVETAIL_OF_CONSTANT(i64_sub)
DOVETAIL_OF_CONSTANT(i64_shl)
DOVETAIL_OF_CONSTANT(f32_sub)
DOVETAIL_OF_CONSTANT(f32_div)
DOVETAIL_OF_CONSTANT(f64_sub)
DOVETAIL_OF_CONSTANT(f64_div)
DOVETAIL_WIDE(i64_add)
DOVETAIL_WIDE(i64_mul)
DOVETAIL_WIDE(i64_and)
DOVETAIL_WIDE(i64_or)
DOVETAIL_WIDE(i64_xor)
DOVETAIL_WIDE(f64_add)
DOVETAIL_WIDE(f64_sub)
DOVETAIL_WIDE(f64_mul)
DOVETAIL_WIDE(f64_div)
// clang-format on
#undef DOVETAIL_OF_CONSTANT
#undef DOVETAIL_WIDE

#define DOVETAIL_OP(NAME, TEXT, PREFIX, CODE, IMMEDIATE, SIGNATURE, WIDTH, FEATURE) \
  DOVETAIL_OPERATOR(NAME)                                                           \
  DOVETAIL_OF_##FEATURE(DOVETAIL_WITH_##IMMEDIATE(DOVETAIL_H, NAME, SIGNATURE))
// Every operator of 3.0 but garbage collection and exceptions: NAME, TEXT, PREFIX, CODE, IMMEDIATE,
// SIGNATURE, WIDTH, FEATURE. A signature lists operand, then result types (i l f d v: i32 i64 f32
// f64 v128, b: an i32 that is a truth value, n: none); the pass types "special" rows.

// clang-format off

// Control instructions (core specification 5.4.1).
DOVETAIL_OP(unreachable,   "unreachable",   0x00, 0x00, none,          special, 0, mvp)
DOVETAIL_OP(nop,           "nop",           0x00, 0x01, none,          special, 0, mvp)
DOVETAIL_OP(block,         "block",         0x00, 0x02, block_type,    special, 0, mvp)
DOVETAIL_OP(loop,          "loop",          0x00, 0x03, block_type,    special, 0, mvp)
DOVETAIL_OP(if_,           "if",            0x00, 0x04, block_type,    special, 0, mvp)
DOVETAIL_OP(else_,         "else",          0x00, 0x05, none,          special, 0, mvp)
DOVETAIL_OP(end,           "end",           0x00, 0x0b, none,          special, 0, mvp)
DOVETAIL_OP(br,            "br",            0x00, 0x0c, label,         special, 0, mvp)
DOVETAIL_OP(br_if,         "br_if",         0x00, 0x0d, label,         special, 0, mvp)
DOVETAIL_OP(br_table,      "br_table",      0x00, 0x0e, label_table,   special, 0, mvp)
DOVETAIL_OP(return_,       "return",        0x00, 0x0f, none,          special, 0, mvp)
DOVETAIL_OP(call,          "call",          0x00, 0x10, function,      special, 0, mvp)
DOVETAIL_OP(call_indirect, "call_indirect", 0x00, 0x11, call_indirect, special, 0, mvp)

DOVETAIL_OP(return_call,          "return_call",          0x00, 0x12, function,      special, 0, tail_call)
DOVETAIL_OP(return_call_indirect, "return_call_indirect", 0x00, 0x13, call_indirect, special, 0, tail_call)
DOVETAIL_OP(call_ref,             "call_ref",             0x00, 0x14, type,          special, 0, function_references)
DOVETAIL_OP(return_call_ref,      "return_call_ref",      0x00, 0x15, type,          special, 0, function_references)
DOVETAIL_OP(br_on_null,           "br_on_null",           0x00, 0xd5, label,         special, 0, function_references)
DOVETAIL_OP(br_on_non_null,       "br_on_non_null",       0x00, 0xd6, label,         special, 0, function_references)

// Reference instructions (5.4.2).
DOVETAIL_OP(ref_null,    "ref.null",    0x00, 0xd0, heap_type, special, 0, reference_types)
DOVETAIL_OP(ref_is_null, "ref.is_null", 0x00, 0xd1, none,      special, 0, reference_types)
DOVETAIL_OP(ref_func,    "ref.func",    0x00, 0xd2, function,  special, 0, reference_types)
DOVETAIL_OP(ref_as_non_null, "ref.as_non_null", 0x00, 0xd4, none, special, 0, function_references)

// Parametric instructions (5.4.3).
DOVETAIL_OP(drop,         "drop",   0x00, 0x1a, none,        special, 0, mvp)
DOVETAIL_OP(select,       "select", 0x00, 0x1b, none,        special, 0, mvp)
DOVETAIL_OP(select_typed, "select", 0x00, 0x1c, value_types, special, 0, reference_types)

// Variable instructions (5.4.4).
DOVETAIL_OP(local_get,  "local.get",  0x00, 0x20, local,  special, 0, mvp)
DOVETAIL_OP(local_set,  "local.set",  0x00, 0x21, local,  special, 0, mvp)
DOVETAIL_OP(local_tee,  "local.tee",  0x00, 0x22, local,  special, 0, mvp)
DOVETAIL_OP(global_get, "global.get", 0x00, 0x23, global, special, 0, mvp)
DOVETAIL_OP(global_set, "global.set", 0x00, 0x24, global, special, 0, mvp)

// Table instructions (5.4.5).
DOVETAIL_OP(table_get,  "table.get",  0x00, 0x25, table,         special, 0, reference_types)
DOVETAIL_OP(table_set,  "table.set",  0x00, 0x26, table,         special, 0, reference_types)
DOVETAIL_OP(table_init, "table.init", 0xfc, 0x0c, element_table, special, 0, bulk_memory)
DOVETAIL_OP(elem_drop,  "elem.drop",  0xfc, 0x0d, element,       special, 0, bulk_memory)
DOVETAIL_OP(table_copy, "table.copy", 0xfc, 0x0e, table_table,   special, 0, bulk_memory)
DOVETAIL_OP(table_grow, "table.grow", 0xfc, 0x0f, table,         special, 0, reference_types)
DOVETAIL_OP(table_size, "table.size", 0xfc, 0x10, table,         special, 0, reference_types)
DOVETAIL_OP(table_fill, "table.fill", 0xfc, 0x11, table,         special, 0, reference_types)

// Memory instructions (5.4.6): an address and an offset, then the width of the access in bytes.
DOVETAIL_OP(i32_load,     "i32.load",     0x00, 0x28, memarg,        i_i,     4, mvp)
DOVETAIL_OP(i64_load,     "i64.load",     0x00, 0x29, memarg,        i_l,     8, mvp)
DOVETAIL_OP(f32_load,     "f32.load",     0x00, 0x2a, memarg,        i_f,     4, mvp)
DOVETAIL_OP(f64_load,     "f64.load",     0x00, 0x2b, memarg,        i_d,     8, mvp)
DOVETAIL_OP(i32_load8_s,  "i32.load8_s",  0x00, 0x2c, memarg,        i_i,     1, mvp)
DOVETAIL_OP(i32_load8_u,  "i32.load8_u",  0x00, 0x2d, memarg,        i_i,     1, mvp)
DOVETAIL_OP(i32_load16_s, "i32.load16_s", 0x00, 0x2e, memarg,        i_i,     2, mvp)
DOVETAIL_OP(i32_load16_u, "i32.load16_u", 0x00, 0x2f, memarg,        i_i,     2, mvp)
DOVETAIL_OP(i64_load8_s,  "i64.load8_s",  0x00, 0x30, memarg,        i_l,     1, mvp)
DOVETAIL_OP(i64_load8_u,  "i64.load8_u",  0x00, 0x31, memarg,        i_l,     1, mvp)
DOVETAIL_OP(i64_load16_s, "i64.load16_s", 0x00, 0x32, memarg,        i_l,     2, mvp)
DOVETAIL_OP(i64_load16_u, "i64.load16_u", 0x00, 0x33, memarg,        i_l,     2, mvp)
DOVETAIL_OP(i64_load32_s, "i64.load32_s", 0x00, 0x34, memarg,        i_l,     4, mvp)
DOVETAIL_OP(i64_load32_u, "i64.load32_u", 0x00, 0x35, memarg,        i_l,     4, mvp)
DOVETAIL_OP(i32_store,    "i32.store",    0x00, 0x36, memarg,        ii_n,    4, mvp)
DOVETAIL_OP(i64_store,    "i64.store",    0x00, 0x37, memarg,        il_n,    8, mvp)
DOVETAIL_OP(f32_store,    "f32.store",    0x00, 0x38, memarg,        if_n,    4, mvp)
DOVETAIL_OP(f64_store,    "f64.store",    0x00, 0x39, memarg,        id_n,    8, mvp)
DOVETAIL_OP(i32_store8,   "i32.store8",   0x00, 0x3a, memarg,        ii_n,    1, mvp)
DOVETAIL_OP(i32_store16,  "i32.store16",  0x00, 0x3b, memarg,        ii_n,    2, mvp)
DOVETAIL_OP(i64_store8,   "i64.store8",   0x00, 0x3c, memarg,        il_n,    1, mvp)
DOVETAIL_OP(i64_store16,  "i64.store16",  0x00, 0x3d, memarg,        il_n,    2, mvp)
DOVETAIL_OP(i64_store32,  "i64.store32",  0x00, 0x3e, memarg,        il_n,    4, mvp)
DOVETAIL_OP(memory_size,  "memory.size",  0x00, 0x3f, memory,        special, 0, mvp)
DOVETAIL_OP(memory_grow,  "memory.grow",  0x00, 0x40, memory,        special, 0, mvp)
DOVETAIL_OP(memory_init,  "memory.init",  0xfc, 0x08, data_memory,   special, 0, bulk_memory)
DOVETAIL_OP(data_drop,    "data.drop",    0xfc, 0x09, data,          special, 0, bulk_memory)
DOVETAIL_OP(memory_copy,  "memory.copy",  0xfc, 0x0a, memory_memory, special, 0, bulk_memory)
DOVETAIL_OP(memory_fill,  "memory.fill",  0xfc, 0x0b, memory,        special, 0, bulk_memory)

// Numeric instructions (5.4.7): constants.
DOVETAIL_OP(i32_const, "i32.const", 0x00, 0x41, i32, n_i, 0, mvp)
DOVETAIL_OP(i64_const, "i64.const", 0x00, 0x42, i64, n_l, 0, mvp)
DOVETAIL_OP(f32_const, "f32.const", 0x00, 0x43, f32, n_f, 0, mvp)
DOVETAIL_OP(f64_const, "f64.const", 0x00, 0x44, f64, n_d, 0, mvp)

// Integer comparisons.
DOVETAIL_OP(i32_eqz,  "i32.eqz",  0x00, 0x45, none, i_b,  0, mvp)
DOVETAIL_OP(i32_eq,   "i32.eq",   0x00, 0x46, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ne,   "i32.ne",   0x00, 0x47, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_lt_s, "i32.lt_s", 0x00, 0x48, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_lt_u, "i32.lt_u", 0x00, 0x49, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_gt_s, "i32.gt_s", 0x00, 0x4a, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_gt_u, "i32.gt_u", 0x00, 0x4b, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_le_s, "i32.le_s", 0x00, 0x4c, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_le_u, "i32.le_u", 0x00, 0x4d, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ge_s, "i32.ge_s", 0x00, 0x4e, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ge_u, "i32.ge_u", 0x00, 0x4f, none, ii_b, 0, mvp)
DOVETAIL_OP(i64_eqz,  "i64.eqz",  0x00, 0x50, none, l_b,  0, mvp)
DOVETAIL_OP(i64_eq,   "i64.eq",   0x00, 0x51, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ne,   "i64.ne",   0x00, 0x52, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_lt_s, "i64.lt_s", 0x00, 0x53, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_lt_u, "i64.lt_u", 0x00, 0x54, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_gt_s, "i64.gt_s", 0x00, 0x55, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_gt_u, "i64.gt_u", 0x00, 0x56, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_le_s, "i64.le_s", 0x00, 0x57, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_le_u, "i64.le_u", 0x00, 0x58, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ge_s, "i64.ge_s", 0x00, 0x59, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ge_u, "i64.ge_u", 0x00, 0x5a, none, ll_b, 0, mvp)

// Float comparisons.
DOVETAIL_OP(f32_eq, "f32.eq", 0x00, 0x5b, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_ne, "f32.ne", 0x00, 0x5c, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_lt, "f32.lt", 0x00, 0x5d, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_gt, "f32.gt", 0x00, 0x5e, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_le, "f32.le", 0x00, 0x5f, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_ge, "f32.ge", 0x00, 0x60, none, ff_b, 0, mvp)
DOVETAIL_OP(f64_eq, "f64.eq", 0x00, 0x61, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_ne, "f64.ne", 0x00, 0x62, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_lt, "f64.lt", 0x00, 0x63, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_gt, "f64.gt", 0x00, 0x64, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_le, "f64.le", 0x00, 0x65, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_ge, "f64.ge", 0x00, 0x66, none, dd_b, 0, mvp)

// Integer arithmetic.
DOVETAIL_OP(i32_clz,    "i32.clz",    0x00, 0x67, none, i_i,  0, mvp)
DOVETAIL_OP(i32_ctz,    "i32.ctz",    0x00, 0x68, none, i_i,  0, mvp)
DOVETAIL_OP(i32_popcnt, "i32.popcnt", 0x00, 0x69, none, i_i,  0, mvp)
DOVETAIL_OP(i32_add,    "i32.add",    0x00, 0x6a, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_sub,    "i32.sub",    0x00, 0x6b, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_mul,    "i32.mul",    0x00, 0x6c, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_div_s,  "i32.div_s",  0x00, 0x6d, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_div_u,  "i32.div_u",  0x00, 0x6e, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rem_s,  "i32.rem_s",  0x00, 0x6f, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rem_u,  "i32.rem_u",  0x00, 0x70, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_and,    "i32.and",    0x00, 0x71, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_or,     "i32.or",     0x00, 0x72, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_xor,    "i32.xor",    0x00, 0x73, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shl,    "i32.shl",    0x00, 0x74, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shr_s,  "i32.shr_s",  0x00, 0x75, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shr_u,  "i32.shr_u",  0x00, 0x76, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rotl,   "i32.rotl",   0x00, 0x77, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rotr,   "i32.rotr",   0x00, 0x78, none, ii_i, 0, mvp)
DOVETAIL_OP(i64_clz,    "i64.clz",    0x00, 0x79, none, l_l,  0, mvp)
DOVETAIL_OP(i64_ctz,    "i64.ctz",    0x00, 0x7a, none, l_l,  0, mvp)
DOVETAIL_OP(i64_popcnt, "i64.popcnt", 0x00, 0x7b, none, l_l,  0, mvp)
DOVETAIL_OP(i64_add,    "i64.add",    0x00, 0x7c, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_sub,    "i64.sub",    0x00, 0x7d, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_mul,    "i64.mul",    0x00, 0x7e, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_div_s,  "i64.div_s",  0x00, 0x7f, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_div_u,  "i64.div_u",  0x00, 0x80, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rem_s,  "i64.rem_s",  0x00, 0x81, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rem_u,  "i64.rem_u",  0x00, 0x82, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_and,    "i64.and",    0x00, 0x83, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_or,     "i64.or",     0x00, 0x84, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_xor,    "i64.xor",    0x00, 0x85, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shl,    "i64.shl",    0x00, 0x86, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shr_s,  "i64.shr_s",  0x00, 0x87, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shr_u,  "i64.shr_u",  0x00, 0x88, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rotl,   "i64.rotl",   0x00, 0x89, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rotr,   "i64.rotr",   0x00, 0x8a, none, ll_l, 0, mvp)

// Float arithmetic.
DOVETAIL_OP(f32_abs,      "f32.abs",      0x00, 0x8b, none, f_f,  0, mvp)
DOVETAIL_OP(f32_neg,      "f32.neg",      0x00, 0x8c, none, f_f,  0, mvp)
DOVETAIL_OP(f32_ceil,     "f32.ceil",     0x00, 0x8d, none, f_f,  0, mvp)
DOVETAIL_OP(f32_floor,    "f32.floor",    0x00, 0x8e, none, f_f,  0, mvp)
DOVETAIL_OP(f32_trunc,    "f32.trunc",    0x00, 0x8f, none, f_f,  0, mvp)
DOVETAIL_OP(f32_nearest,  "f32.nearest",  0x00, 0x90, none, f_f,  0, mvp)
DOVETAIL_OP(f32_sqrt,     "f32.sqrt",     0x00, 0x91, none, f_f,  0, mvp)
DOVETAIL_OP(f32_add,      "f32.add",      0x00, 0x92, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_sub,      "f32.sub",      0x00, 0x93, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_mul,      "f32.mul",      0x00, 0x94, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_div,      "f32.div",      0x00, 0x95, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_min,      "f32.min",      0x00, 0x96, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_max,      "f32.max",      0x00, 0x97, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_copysign, "f32.copysign", 0x00, 0x98, none, ff_f, 0, mvp)
DOVETAIL_OP(f64_abs,      "f64.abs",      0x00, 0x99, none, d_d,  0, mvp)
DOVETAIL_OP(f64_neg,      "f64.neg",      0x00, 0x9a, none, d_d,  0, mvp)
DOVETAIL_OP(f64_ceil,     "f64.ceil",     0x00, 0x9b, none, d_d,  0, mvp)
DOVETAIL_OP(f64_floor,    "f64.floor",    0x00, 0x9c, none, d_d,  0, mvp)
DOVETAIL_OP(f64_trunc,    "f64.trunc",    0x00, 0x9d, none, d_d,  0, mvp)
DOVETAIL_OP(f64_nearest,  "f64.nearest",  0x00, 0x9e, none, d_d,  0, mvp)
DOVETAIL_OP(f64_sqrt,     "f64.sqrt",     0x00, 0x9f, none, d_d,  0, mvp)
DOVETAIL_OP(f64_add,      "f64.add",      0x00, 0xa0, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_sub,      "f64.sub",      0x00, 0xa1, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_mul,      "f64.mul",      0x00, 0xa2, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_div,      "f64.div",      0x00, 0xa3, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_min,      "f64.min",      0x00, 0xa4, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_max,      "f64.max",      0x00, 0xa5, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_copysign, "f64.copysign", 0x00, 0xa6, none, dd_d, 0, mvp)

// Conversions.
DOVETAIL_OP(i32_wrap_i64,        "i32.wrap_i64",        0x00, 0xa7, none, l_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f32_s,     "i32.trunc_f32_s",     0x00, 0xa8, none, f_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f32_u,     "i32.trunc_f32_u",     0x00, 0xa9, none, f_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f64_s,     "i32.trunc_f64_s",     0x00, 0xaa, none, d_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f64_u,     "i32.trunc_f64_u",     0x00, 0xab, none, d_i, 0, mvp)
DOVETAIL_OP(i64_extend_i32_s,    "i64.extend_i32_s",    0x00, 0xac, none, i_l, 0, mvp)
DOVETAIL_OP(i64_extend_i32_u,    "i64.extend_i32_u",    0x00, 0xad, none, i_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f32_s,     "i64.trunc_f32_s",     0x00, 0xae, none, f_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f32_u,     "i64.trunc_f32_u",     0x00, 0xaf, none, f_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f64_s,     "i64.trunc_f64_s",     0x00, 0xb0, none, d_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f64_u,     "i64.trunc_f64_u",     0x00, 0xb1, none, d_l, 0, mvp)
DOVETAIL_OP(f32_convert_i32_s,   "f32.convert_i32_s",   0x00, 0xb2, none, i_f, 0, mvp)
DOVETAIL_OP(f32_convert_i32_u,   "f32.convert_i32_u",   0x00, 0xb3, none, i_f, 0, mvp)
DOVETAIL_OP(f32_convert_i64_s,   "f32.convert_i64_s",   0x00, 0xb4, none, l_f, 0, mvp)
DOVETAIL_OP(f32_convert_i64_u,   "f32.convert_i64_u",   0x00, 0xb5, none, l_f, 0, mvp)
DOVETAIL_OP(f32_demote_f64,      "f32.demote_f64",      0x00, 0xb6, none, d_f, 0, mvp)
DOVETAIL_OP(f64_convert_i32_s,   "f64.convert_i32_s",   0x00, 0xb7, none, i_d, 0, mvp)
DOVETAIL_OP(f64_convert_i32_u,   "f64.convert_i32_u",   0x00, 0xb8, none, i_d, 0, mvp)
DOVETAIL_OP(f64_convert_i64_s,   "f64.convert_i64_s",   0x00, 0xb9, none, l_d, 0, mvp)
DOVETAIL_OP(f64_convert_i64_u,   "f64.convert_i64_u",   0x00, 0xba, none, l_d, 0, mvp)
DOVETAIL_OP(f64_promote_f32,     "f64.promote_f32",     0x00, 0xbb, none, f_d, 0, mvp)
DOVETAIL_OP(i32_reinterpret_f32, "i32.reinterpret_f32", 0x00, 0xbc, none, f_i, 0, mvp)
DOVETAIL_OP(i64_reinterpret_f64, "i64.reinterpret_f64", 0x00, 0xbd, none, d_l, 0, mvp)
DOVETAIL_OP(f32_reinterpret_i32, "f32.reinterpret_i32", 0x00, 0xbe, none, i_f, 0, mvp)
DOVETAIL_OP(f64_reinterpret_i64, "f64.reinterpret_i64", 0x00, 0xbf, none, l_d, 0, mvp)
DOVETAIL_OP(i32_extend8_s,       "i32.extend8_s",       0x00, 0xc0, none, i_i, 0, sign_extension)
DOVETAIL_OP(i32_extend16_s,      "i32.extend16_s",      0x00, 0xc1, none, i_i, 0, sign_extension)
DOVETAIL_OP(i64_extend8_s,       "i64.extend8_s",       0x00, 0xc2, none, l_l, 0, sign_extension)
DOVETAIL_OP(i64_extend16_s,      "i64.extend16_s",      0x00, 0xc3, none, l_l, 0, sign_extension)
DOVETAIL_OP(i64_extend32_s,      "i64.extend32_s",      0x00, 0xc4, none, l_l, 0, sign_extension)
DOVETAIL_OP(i32_trunc_sat_f32_s, "i32.trunc_sat_f32_s", 0xfc, 0x00, none, f_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f32_u, "i32.trunc_sat_f32_u", 0xfc, 0x01, none, f_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f64_s, "i32.trunc_sat_f64_s", 0xfc, 0x02, none, d_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f64_u, "i32.trunc_sat_f64_u", 0xfc, 0x03, none, d_i, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f32_s, "i64.trunc_sat_f32_s", 0xfc, 0x04, none, f_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f32_u, "i64.trunc_sat_f32_u", 0xfc, 0x05, none, f_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f64_s, "i64.trunc_sat_f64_s", 0xfc, 0x06, none, d_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f64_u, "i64.trunc_sat_f64_u", 0xfc, 0x07, none, d_l, 0, saturating_conversion)

// Vector instructions (5.4.8): memory, constants, lanes. The width of a lane access is the lane.
DOVETAIL_OP(v128_load,            "v128.load",            0xfd, 0x00, memarg,      i_v,  16, simd)
DOVETAIL_OP(v128_load8x8_s,       "v128.load8x8_s",       0xfd, 0x01, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load8x8_u,       "v128.load8x8_u",       0xfd, 0x02, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load16x4_s,      "v128.load16x4_s",      0xfd, 0x03, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load16x4_u,      "v128.load16x4_u",      0xfd, 0x04, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32x2_s,      "v128.load32x2_s",      0xfd, 0x05, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32x2_u,      "v128.load32x2_u",      0xfd, 0x06, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load8_splat,     "v128.load8_splat",     0xfd, 0x07, memarg,      i_v,  1,  simd)
DOVETAIL_OP(v128_load16_splat,    "v128.load16_splat",    0xfd, 0x08, memarg,      i_v,  2,  simd)
DOVETAIL_OP(v128_load32_splat,    "v128.load32_splat",    0xfd, 0x09, memarg,      i_v,  4,  simd)
DOVETAIL_OP(v128_load64_splat,    "v128.load64_splat",    0xfd, 0x0a, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32_zero,     "v128.load32_zero",     0xfd, 0x5c, memarg,      i_v,  4,  simd)
DOVETAIL_OP(v128_load64_zero,     "v128.load64_zero",     0xfd, 0x5d, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_store,           "v128.store",           0xfd, 0x0b, memarg,      iv_n, 16, simd)
DOVETAIL_OP(v128_load8_lane,      "v128.load8_lane",      0xfd, 0x54, memarg_lane, iv_v, 1,  simd)
DOVETAIL_OP(v128_load16_lane,     "v128.load16_lane",     0xfd, 0x55, memarg_lane, iv_v, 2,  simd)
DOVETAIL_OP(v128_load32_lane,     "v128.load32_lane",     0xfd, 0x56, memarg_lane, iv_v, 4,  simd)
DOVETAIL_OP(v128_load64_lane,     "v128.load64_lane",     0xfd, 0x57, memarg_lane, iv_v, 8,  simd)
DOVETAIL_OP(v128_store8_lane,     "v128.store8_lane",     0xfd, 0x58, memarg_lane, iv_n, 1,  simd)
DOVETAIL_OP(v128_store16_lane,    "v128.store16_lane",    0xfd, 0x59, memarg_lane, iv_n, 2,  simd)
DOVETAIL_OP(v128_store32_lane,    "v128.store32_lane",    0xfd, 0x5a, memarg_lane, iv_n, 4,  simd)
DOVETAIL_OP(v128_store64_lane,    "v128.store64_lane",    0xfd, 0x5b, memarg_lane, iv_n, 8,  simd)
DOVETAIL_OP(v128_const,           "v128.const",           0xfd, 0x0c, v128,        n_v,  0,  simd)
DOVETAIL_OP(i8x16_shuffle,        "i8x16.shuffle",        0xfd, 0x0d, shuffle,     vv_v, 1,  simd)
DOVETAIL_OP(i8x16_swizzle,        "i8x16.swizzle",        0xfd, 0x0e, none,        vv_v, 0,  simd)
DOVETAIL_OP(i8x16_splat,          "i8x16.splat",          0xfd, 0x0f, none,        i_v,  0,  simd)
DOVETAIL_OP(i16x8_splat,          "i16x8.splat",          0xfd, 0x10, none,        i_v,  0,  simd)
DOVETAIL_OP(i32x4_splat,          "i32x4.splat",          0xfd, 0x11, none,        i_v,  0,  simd)
DOVETAIL_OP(i64x2_splat,          "i64x2.splat",          0xfd, 0x12, none,        l_v,  0,  simd)
DOVETAIL_OP(f32x4_splat,          "f32x4.splat",          0xfd, 0x13, none,        f_v,  0,  simd)
DOVETAIL_OP(f64x2_splat,          "f64x2.splat",          0xfd, 0x14, none,        d_v,  0,  simd)
DOVETAIL_OP(i8x16_extract_lane_s, "i8x16.extract_lane_s", 0xfd, 0x15, lane,        v_i,  1,  simd)
DOVETAIL_OP(i8x16_extract_lane_u, "i8x16.extract_lane_u", 0xfd, 0x16, lane,        v_i,  1,  simd)
DOVETAIL_OP(i8x16_replace_lane,   "i8x16.replace_lane",   0xfd, 0x17, lane,        vi_v, 1,  simd)
DOVETAIL_OP(i16x8_extract_lane_s, "i16x8.extract_lane_s", 0xfd, 0x18, lane,        v_i,  2,  simd)
DOVETAIL_OP(i16x8_extract_lane_u, "i16x8.extract_lane_u", 0xfd, 0x19, lane,        v_i,  2,  simd)
DOVETAIL_OP(i16x8_replace_lane,   "i16x8.replace_lane",   0xfd, 0x1a, lane,        vi_v, 2,  simd)
DOVETAIL_OP(i32x4_extract_lane,   "i32x4.extract_lane",   0xfd, 0x1b, lane,        v_i,  4,  simd)
DOVETAIL_OP(i32x4_replace_lane,   "i32x4.replace_lane",   0xfd, 0x1c, lane,        vi_v, 4,  simd)
DOVETAIL_OP(i64x2_extract_lane,   "i64x2.extract_lane",   0xfd, 0x1d, lane,        v_l,  8,  simd)
DOVETAIL_OP(i64x2_replace_lane,   "i64x2.replace_lane",   0xfd, 0x1e, lane,        vl_v, 8,  simd)
DOVETAIL_OP(f32x4_extract_lane,   "f32x4.extract_lane",   0xfd, 0x1f, lane,        v_f,  4,  simd)
DOVETAIL_OP(f32x4_replace_lane,   "f32x4.replace_lane",   0xfd, 0x20, lane,        vf_v, 4,  simd)
DOVETAIL_OP(f64x2_extract_lane,   "f64x2.extract_lane",   0xfd, 0x21, lane,        v_d,  8,  simd)
DOVETAIL_OP(f64x2_replace_lane,   "f64x2.replace_lane",   0xfd, 0x22, lane,        vd_v, 8,  simd)

// Vector comparisons.
DOVETAIL_OP(i8x16_eq,   "i8x16.eq",   0xfd, 0x23, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ne,   "i8x16.ne",   0xfd, 0x24, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_lt_s, "i8x16.lt_s", 0xfd, 0x25, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_lt_u, "i8x16.lt_u", 0xfd, 0x26, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_gt_s, "i8x16.gt_s", 0xfd, 0x27, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_gt_u, "i8x16.gt_u", 0xfd, 0x28, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_le_s, "i8x16.le_s", 0xfd, 0x29, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_le_u, "i8x16.le_u", 0xfd, 0x2a, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ge_s, "i8x16.ge_s", 0xfd, 0x2b, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ge_u, "i8x16.ge_u", 0xfd, 0x2c, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_eq,   "i16x8.eq",   0xfd, 0x2d, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ne,   "i16x8.ne",   0xfd, 0x2e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_lt_s, "i16x8.lt_s", 0xfd, 0x2f, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_lt_u, "i16x8.lt_u", 0xfd, 0x30, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_gt_s, "i16x8.gt_s", 0xfd, 0x31, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_gt_u, "i16x8.gt_u", 0xfd, 0x32, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_le_s, "i16x8.le_s", 0xfd, 0x33, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_le_u, "i16x8.le_u", 0xfd, 0x34, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ge_s, "i16x8.ge_s", 0xfd, 0x35, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ge_u, "i16x8.ge_u", 0xfd, 0x36, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_eq,   "i32x4.eq",   0xfd, 0x37, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ne,   "i32x4.ne",   0xfd, 0x38, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_lt_s, "i32x4.lt_s", 0xfd, 0x39, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_lt_u, "i32x4.lt_u", 0xfd, 0x3a, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_gt_s, "i32x4.gt_s", 0xfd, 0x3b, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_gt_u, "i32x4.gt_u", 0xfd, 0x3c, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_le_s, "i32x4.le_s", 0xfd, 0x3d, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_le_u, "i32x4.le_u", 0xfd, 0x3e, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ge_s, "i32x4.ge_s", 0xfd, 0x3f, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ge_u, "i32x4.ge_u", 0xfd, 0x40, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_eq,   "i64x2.eq",   0xfd, 0xd6, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_ne,   "i64x2.ne",   0xfd, 0xd7, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_lt_s, "i64x2.lt_s", 0xfd, 0xd8, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_gt_s, "i64x2.gt_s", 0xfd, 0xd9, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_le_s, "i64x2.le_s", 0xfd, 0xda, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_ge_s, "i64x2.ge_s", 0xfd, 0xdb, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_eq,   "f32x4.eq",   0xfd, 0x41, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_ne,   "f32x4.ne",   0xfd, 0x42, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_lt,   "f32x4.lt",   0xfd, 0x43, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_gt,   "f32x4.gt",   0xfd, 0x44, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_le,   "f32x4.le",   0xfd, 0x45, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_ge,   "f32x4.ge",   0xfd, 0x46, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_eq,   "f64x2.eq",   0xfd, 0x47, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_ne,   "f64x2.ne",   0xfd, 0x48, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_lt,   "f64x2.lt",   0xfd, 0x49, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_gt,   "f64x2.gt",   0xfd, 0x4a, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_le,   "f64x2.le",   0xfd, 0x4b, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_ge,   "f64x2.ge",   0xfd, 0x4c, none, vv_v, 0, simd)

// Vector bitwise instructions.
DOVETAIL_OP(v128_not,       "v128.not",       0xfd, 0x4d, none, v_v,   0, simd)
DOVETAIL_OP(v128_and,       "v128.and",       0xfd, 0x4e, none, vv_v,  0, simd)
DOVETAIL_OP(v128_andnot,    "v128.andnot",    0xfd, 0x4f, none, vv_v,  0, simd)
DOVETAIL_OP(v128_or,        "v128.or",        0xfd, 0x50, none, vv_v,  0, simd)
DOVETAIL_OP(v128_xor,       "v128.xor",       0xfd, 0x51, none, vv_v,  0, simd)
DOVETAIL_OP(v128_bitselect, "v128.bitselect", 0xfd, 0x52, none, vvv_v, 0, simd)
DOVETAIL_OP(v128_any_true,  "v128.any_true",  0xfd, 0x53, none, v_i,   0, simd)

// Vector integer arithmetic.
DOVETAIL_OP(i8x16_abs,                     "i8x16.abs",                     0xfd, 0x60, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_neg,                     "i8x16.neg",                     0xfd, 0x61, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_popcnt,                  "i8x16.popcnt",                  0xfd, 0x62, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_all_true,                "i8x16.all_true",                0xfd, 0x63, none, v_i,  0, simd)
DOVETAIL_OP(i8x16_bitmask,                 "i8x16.bitmask",                 0xfd, 0x64, none, v_i,  0, simd)
DOVETAIL_OP(i8x16_narrow_i16x8_s,          "i8x16.narrow_i16x8_s",          0xfd, 0x65, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_narrow_i16x8_u,          "i8x16.narrow_i16x8_u",          0xfd, 0x66, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_shl,                     "i8x16.shl",                     0xfd, 0x6b, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_shr_s,                   "i8x16.shr_s",                   0xfd, 0x6c, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_shr_u,                   "i8x16.shr_u",                   0xfd, 0x6d, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_add,                     "i8x16.add",                     0xfd, 0x6e, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_add_sat_s,               "i8x16.add_sat_s",               0xfd, 0x6f, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_add_sat_u,               "i8x16.add_sat_u",               0xfd, 0x70, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub,                     "i8x16.sub",                     0xfd, 0x71, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub_sat_s,               "i8x16.sub_sat_s",               0xfd, 0x72, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub_sat_u,               "i8x16.sub_sat_u",               0xfd, 0x73, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_min_s,                   "i8x16.min_s",                   0xfd, 0x76, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_min_u,                   "i8x16.min_u",                   0xfd, 0x77, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_max_s,                   "i8x16.max_s",                   0xfd, 0x78, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_max_u,                   "i8x16.max_u",                   0xfd, 0x79, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_avgr_u,                  "i8x16.avgr_u",                  0xfd, 0x7b, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extadd_pairwise_i8x16_s, "i16x8.extadd_pairwise_i8x16_s", 0xfd, 0x7c, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extadd_pairwise_i8x16_u, "i16x8.extadd_pairwise_i8x16_u", 0xfd, 0x7d, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extadd_pairwise_i16x8_s, "i32x4.extadd_pairwise_i16x8_s", 0xfd, 0x7e, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extadd_pairwise_i16x8_u, "i32x4.extadd_pairwise_i16x8_u", 0xfd, 0x7f, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_abs,                     "i16x8.abs",                     0xfd, 0x80, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_neg,                     "i16x8.neg",                     0xfd, 0x81, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_q15mulr_sat_s,           "i16x8.q15mulr_sat_s",           0xfd, 0x82, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_all_true,                "i16x8.all_true",                0xfd, 0x83, none, v_i,  0, simd)
DOVETAIL_OP(i16x8_bitmask,                 "i16x8.bitmask",                 0xfd, 0x84, none, v_i,  0, simd)
DOVETAIL_OP(i16x8_narrow_i32x4_s,          "i16x8.narrow_i32x4_s",          0xfd, 0x85, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_narrow_i32x4_u,          "i16x8.narrow_i32x4_u",          0xfd, 0x86, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extend_low_i8x16_s,      "i16x8.extend_low_i8x16_s",      0xfd, 0x87, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_high_i8x16_s,     "i16x8.extend_high_i8x16_s",     0xfd, 0x88, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_low_i8x16_u,      "i16x8.extend_low_i8x16_u",      0xfd, 0x89, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_high_i8x16_u,     "i16x8.extend_high_i8x16_u",     0xfd, 0x8a, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_shl,                     "i16x8.shl",                     0xfd, 0x8b, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_shr_s,                   "i16x8.shr_s",                   0xfd, 0x8c, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_shr_u,                   "i16x8.shr_u",                   0xfd, 0x8d, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_add,                     "i16x8.add",                     0xfd, 0x8e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_add_sat_s,               "i16x8.add_sat_s",               0xfd, 0x8f, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_add_sat_u,               "i16x8.add_sat_u",               0xfd, 0x90, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub,                     "i16x8.sub",                     0xfd, 0x91, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub_sat_s,               "i16x8.sub_sat_s",               0xfd, 0x92, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub_sat_u,               "i16x8.sub_sat_u",               0xfd, 0x93, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_mul,                     "i16x8.mul",                     0xfd, 0x95, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_min_s,                   "i16x8.min_s",                   0xfd, 0x96, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_min_u,                   "i16x8.min_u",                   0xfd, 0x97, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_max_s,                   "i16x8.max_s",                   0xfd, 0x98, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_max_u,                   "i16x8.max_u",                   0xfd, 0x99, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_avgr_u,                  "i16x8.avgr_u",                  0xfd, 0x9b, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_low_i8x16_s,      "i16x8.extmul_low_i8x16_s",      0xfd, 0x9c, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_high_i8x16_s,     "i16x8.extmul_high_i8x16_s",     0xfd, 0x9d, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_low_i8x16_u,      "i16x8.extmul_low_i8x16_u",      0xfd, 0x9e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_high_i8x16_u,     "i16x8.extmul_high_i8x16_u",     0xfd, 0x9f, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_abs,                     "i32x4.abs",                     0xfd, 0xa0, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_neg,                     "i32x4.neg",                     0xfd, 0xa1, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_all_true,                "i32x4.all_true",                0xfd, 0xa3, none, v_i,  0, simd)
DOVETAIL_OP(i32x4_bitmask,                 "i32x4.bitmask",                 0xfd, 0xa4, none, v_i,  0, simd)
DOVETAIL_OP(i32x4_extend_low_i16x8_s,      "i32x4.extend_low_i16x8_s",      0xfd, 0xa7, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_high_i16x8_s,     "i32x4.extend_high_i16x8_s",     0xfd, 0xa8, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_low_i16x8_u,      "i32x4.extend_low_i16x8_u",      0xfd, 0xa9, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_high_i16x8_u,     "i32x4.extend_high_i16x8_u",     0xfd, 0xaa, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_shl,                     "i32x4.shl",                     0xfd, 0xab, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_shr_s,                   "i32x4.shr_s",                   0xfd, 0xac, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_shr_u,                   "i32x4.shr_u",                   0xfd, 0xad, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_add,                     "i32x4.add",                     0xfd, 0xae, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_sub,                     "i32x4.sub",                     0xfd, 0xb1, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_mul,                     "i32x4.mul",                     0xfd, 0xb5, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_min_s,                   "i32x4.min_s",                   0xfd, 0xb6, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_min_u,                   "i32x4.min_u",                   0xfd, 0xb7, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_max_s,                   "i32x4.max_s",                   0xfd, 0xb8, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_max_u,                   "i32x4.max_u",                   0xfd, 0xb9, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_dot_i16x8_s,             "i32x4.dot_i16x8_s",             0xfd, 0xba, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_low_i16x8_s,      "i32x4.extmul_low_i16x8_s",      0xfd, 0xbc, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_high_i16x8_s,     "i32x4.extmul_high_i16x8_s",     0xfd, 0xbd, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_low_i16x8_u,      "i32x4.extmul_low_i16x8_u",      0xfd, 0xbe, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_high_i16x8_u,     "i32x4.extmul_high_i16x8_u",     0xfd, 0xbf, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_abs,                     "i64x2.abs",                     0xfd, 0xc0, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_neg,                     "i64x2.neg",                     0xfd, 0xc1, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_all_true,                "i64x2.all_true",                0xfd, 0xc3, none, v_i,  0, simd)
DOVETAIL_OP(i64x2_bitmask,                 "i64x2.bitmask",                 0xfd, 0xc4, none, v_i,  0, simd)
DOVETAIL_OP(i64x2_extend_low_i32x4_s,      "i64x2.extend_low_i32x4_s",      0xfd, 0xc7, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_high_i32x4_s,     "i64x2.extend_high_i32x4_s",     0xfd, 0xc8, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_low_i32x4_u,      "i64x2.extend_low_i32x4_u",      0xfd, 0xc9, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_high_i32x4_u,     "i64x2.extend_high_i32x4_u",     0xfd, 0xca, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_shl,                     "i64x2.shl",                     0xfd, 0xcb, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_shr_s,                   "i64x2.shr_s",                   0xfd, 0xcc, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_shr_u,                   "i64x2.shr_u",                   0xfd, 0xcd, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_add,                     "i64x2.add",                     0xfd, 0xce, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_sub,                     "i64x2.sub",                     0xfd, 0xd1, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_mul,                     "i64x2.mul",                     0xfd, 0xd5, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_low_i32x4_s,      "i64x2.extmul_low_i32x4_s",      0xfd, 0xdc, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_high_i32x4_s,     "i64x2.extmul_high_i32x4_s",     0xfd, 0xdd, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_low_i32x4_u,      "i64x2.extmul_low_i32x4_u",      0xfd, 0xde, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_high_i32x4_u,     "i64x2.extmul_high_i32x4_u",     0xfd, 0xdf, none, vv_v, 0, simd)

// Vector float arithmetic.
DOVETAIL_OP(f32x4_ceil,    "f32x4.ceil",    0xfd, 0x67, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_floor,   "f32x4.floor",   0xfd, 0x68, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_trunc,   "f32x4.trunc",   0xfd, 0x69, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_nearest, "f32x4.nearest", 0xfd, 0x6a, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_ceil,    "f64x2.ceil",    0xfd, 0x74, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_floor,   "f64x2.floor",   0xfd, 0x75, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_trunc,   "f64x2.trunc",   0xfd, 0x7a, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_nearest, "f64x2.nearest", 0xfd, 0x94, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_abs,     "f32x4.abs",     0xfd, 0xe0, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_neg,     "f32x4.neg",     0xfd, 0xe1, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_sqrt,    "f32x4.sqrt",    0xfd, 0xe3, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_add,     "f32x4.add",     0xfd, 0xe4, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_sub,     "f32x4.sub",     0xfd, 0xe5, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_mul,     "f32x4.mul",     0xfd, 0xe6, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_div,     "f32x4.div",     0xfd, 0xe7, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_min,     "f32x4.min",     0xfd, 0xe8, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_max,     "f32x4.max",     0xfd, 0xe9, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_pmin,    "f32x4.pmin",    0xfd, 0xea, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_pmax,    "f32x4.pmax",    0xfd, 0xeb, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_abs,     "f64x2.abs",     0xfd, 0xec, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_neg,     "f64x2.neg",     0xfd, 0xed, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_sqrt,    "f64x2.sqrt",    0xfd, 0xef, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_add,     "f64x2.add",     0xfd, 0xf0, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_sub,     "f64x2.sub",     0xfd, 0xf1, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_mul,     "f64x2.mul",     0xfd, 0xf2, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_div,     "f64x2.div",     0xfd, 0xf3, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_min,     "f64x2.min",     0xfd, 0xf4, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_max,     "f64x2.max",     0xfd, 0xf5, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_pmin,    "f64x2.pmin",    0xfd, 0xf6, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_pmax,    "f64x2.pmax",    0xfd, 0xf7, none, vv_v, 0, simd)

// Vector conversions.
DOVETAIL_OP(i32x4_trunc_sat_f32x4_s,      "i32x4.trunc_sat_f32x4_s",      0xfd, 0xf8, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f32x4_u,      "i32x4.trunc_sat_f32x4_u",      0xfd, 0xf9, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_convert_i32x4_s,        "f32x4.convert_i32x4_s",        0xfd, 0xfa, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_convert_i32x4_u,        "f32x4.convert_i32x4_u",        0xfd, 0xfb, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f64x2_s_zero, "i32x4.trunc_sat_f64x2_s_zero", 0xfd, 0xfc, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f64x2_u_zero, "i32x4.trunc_sat_f64x2_u_zero", 0xfd, 0xfd, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_convert_low_i32x4_s,    "f64x2.convert_low_i32x4_s",    0xfd, 0xfe, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_convert_low_i32x4_u,    "f64x2.convert_low_i32x4_u",    0xfd, 0xff, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_demote_f64x2_zero,      "f32x4.demote_f64x2_zero",      0xfd, 0x5e, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_promote_low_f32x4,      "f64x2.promote_low_f32x4",      0xfd, 0x5f, none, v_v, 0, simd)

// Relaxed vector instructions: results that processors differ in.
DOVETAIL_OP(i8x16_relaxed_swizzle,               "i8x16.relaxed_swizzle",               0xfd, 0x100, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f32x4_s,         "i32x4.relaxed_trunc_f32x4_s",         0xfd, 0x101, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f32x4_u,         "i32x4.relaxed_trunc_f32x4_u",         0xfd, 0x102, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f64x2_s_zero,    "i32x4.relaxed_trunc_f64x2_s_zero",    0xfd, 0x103, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f64x2_u_zero,    "i32x4.relaxed_trunc_f64x2_u_zero",    0xfd, 0x104, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_madd,                  "f32x4.relaxed_madd",                  0xfd, 0x105, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_nmadd,                 "f32x4.relaxed_nmadd",                 0xfd, 0x106, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_madd,                  "f64x2.relaxed_madd",                  0xfd, 0x107, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_nmadd,                 "f64x2.relaxed_nmadd",                 0xfd, 0x108, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i8x16_relaxed_laneselect,            "i8x16.relaxed_laneselect",            0xfd, 0x109, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_laneselect,            "i16x8.relaxed_laneselect",            0xfd, 0x10a, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_laneselect,            "i32x4.relaxed_laneselect",            0xfd, 0x10b, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i64x2_relaxed_laneselect,            "i64x2.relaxed_laneselect",            0xfd, 0x10c, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_min,                   "f32x4.relaxed_min",                   0xfd, 0x10d, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_max,                   "f32x4.relaxed_max",                   0xfd, 0x10e, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_min,                   "f64x2.relaxed_min",                   0xfd, 0x10f, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_max,                   "f64x2.relaxed_max",                   0xfd, 0x110, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_q15mulr_s,             "i16x8.relaxed_q15mulr_s",             0xfd, 0x111, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_dot_i8x16_i7x16_s,     "i16x8.relaxed_dot_i8x16_i7x16_s",     0xfd, 0x112, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_dot_i8x16_i7x16_add_s, "i32x4.relaxed_dot_i8x16_i7x16_add_s", 0xfd, 0x113, none, vvv_v, 0, relaxed_simd)
// clang-format on
#undef DOVETAIL_OP

#undef DOVETAIL_H
#undef DOVETAIL_OPERATOR
#undef DOVETAIL_S
#undef DOVETAIL_A
#undef DOVETAIL_K
#undef DOVETAIL_BINARY
#undef DOVETAIL_UNARY
#undef DOVETAIL_BRANCHING
#undef DOVETAIL_COMPARISON
#undef DOVETAIL_TEST
#undef DOVETAIL_COUNTING
#undef DOVETAIL_LOADING
#undef DOVETAIL_STORING
#undef DOVETAIL_NEAR_AND_FAR
#undef DOVETAIL_HANDLERS_special
#undef DOVETAIL_HANDLERS_ii_i
#undef DOVETAIL_HANDLERS_ll_l
#undef DOVETAIL_HANDLERS_ff_f
#undef DOVETAIL_HANDLERS_dd_d
#undef DOVETAIL_HANDLERS_ii_b
#undef DOVETAIL_HANDLERS_ll_b
#undef DOVETAIL_HANDLERS_ff_b
#undef DOVETAIL_HANDLERS_dd_b
#undef DOVETAIL_HANDLERS_i_b
#undef DOVETAIL_HANDLERS_l_b
#undef DOVETAIL_HANDLERS_i_i
#undef DOVETAIL_HANDLERS_l_l
#undef DOVETAIL_HANDLERS_f_f
#undef DOVETAIL_HANDLERS_d_d
#undef DOVETAIL_HANDLERS_i_l
#undef DOVETAIL_HANDLERS_i_f
#undef DOVETAIL_HANDLERS_i_d
#undef DOVETAIL_HANDLERS_l_i
#undef DOVETAIL_HANDLERS_l_f
#undef DOVETAIL_HANDLERS_l_d
#undef DOVETAIL_HANDLERS_f_i
#undef DOVETAIL_HANDLERS_f_l
#undef DOVETAIL_HANDLERS_f_d
#undef DOVETAIL_HANDLERS_d_i
#undef DOVETAIL_HANDLERS_d_l
#undef DOVETAIL_HANDLERS_d_f
#undef DOVETAIL_HANDLERS_i_v
#undef DOVETAIL_HANDLERS_l_v
#undef DOVETAIL_HANDLERS_f_v
#undef DOVETAIL_HANDLERS_d_v
#undef DOVETAIL_HANDLERS_v_i
#undef DOVETAIL_HANDLERS_v_v
#undef DOVETAIL_HANDLERS_vv_v
#undef DOVETAIL_HANDLERS_vi_v
#undef DOVETAIL_HANDLERS_vvv_v
#undef DOVETAIL_ACCESS_i_i
#undef DOVETAIL_ACCESS_i_l
#undef DOVETAIL_ACCESS_i_f
#undef DOVETAIL_ACCESS_i_d
#undef DOVETAIL_ACCESS_ii_n
#undef DOVETAIL_ACCESS_il_n
#undef DOVETAIL_ACCESS_if_n
#undef DOVETAIL_ACCESS_id_n
#undef DOVETAIL_ACCESS_i_v
#undef DOVETAIL_ACCESS_iv_n
#undef DOVETAIL_LANE_ACCESS_iv_v
#undef DOVETAIL_LANE_ACCESS_iv_n
#undef DOVETAIL_LANE_v_i
#undef DOVETAIL_LANE_v_l
#undef DOVETAIL_LANE_v_f
#undef DOVETAIL_LANE_v_d
#undef DOVETAIL_LANE_vi_v
#undef DOVETAIL_LANE_vl_v
#undef DOVETAIL_LANE_vf_v
#undef DOVETAIL_LANE_vd_v
#undef DOVETAIL_WITH_none
#undef DOVETAIL_WITH_memarg
#undef DOVETAIL_WITH_block_type
#undef DOVETAIL_WITH_label
#undef DOVETAIL_WITH_label_table
#undef DOVETAIL_WITH_function
#undef DOVETAIL_WITH_type
#undef DOVETAIL_WITH_call_indirect
#undef DOVETAIL_WITH_value_types
#undef DOVETAIL_WITH_local
#undef DOVETAIL_WITH_global
#undef DOVETAIL_WITH_table
#undef DOVETAIL_WITH_table_table
#undef DOVETAIL_WITH_element
#undef DOVETAIL_WITH_element_table
#undef DOVETAIL_WITH_memory
#undef DOVETAIL_WITH_memory_memory
#undef DOVETAIL_WITH_data
#undef DOVETAIL_WITH_data_memory
#undef DOVETAIL_WITH_memarg_lane
#undef DOVETAIL_WITH_lane
#undef DOVETAIL_WITH_shuffle
#undef DOVETAIL_WITH_heap_type
#undef DOVETAIL_WITH_i32
#undef DOVETAIL_WITH_i64
#undef DOVETAIL_WITH_f32
#undef DOVETAIL_WITH_f64
#undef DOVETAIL_WITH_v128
#undef DOVETAIL_OTHER_HANDLERS
#undef DOVETAIL_OF_mvp
#undef DOVETAIL_OF_multi_value
#undef DOVETAIL_OF_sign_extension
#undef DOVETAIL_OF_saturating_conversion
#undef DOVETAIL_OF_bulk_memory
#undef DOVETAIL_OF_reference_types
#undef DOVETAIL_OF_simd
#undef DOVETAIL_OF_multi_memory
#undef DOVETAIL_OF_tail_call
#undef DOVETAIL_OF_extended_const
#undef DOVETAIL_OF_memory64
#undef DOVETAIL_OF_function_references
#undef DOVETAIL_OF_relaxed_simd
// clang-format on
};

namespace detail {

// How many handlers each operator has, behind how many belong to none.
inline constexpr std::uint16_t handler_counts[] = {0
#define DOVETAIL_OPERATOR(NAME) , 0
#define DOVETAIL_H(NAME, ...) +1
// Every handler, a row each: DOVETAIL_H(NAME, TYPE). First those of no numeric operator, then,
// for each row of the operator table, DOVETAIL_OPERATOR(NAME) and its handlers. Whoever includes
// this defines the macros; they are undefined afterwards.

// clang-format off
#ifndef DOVETAIL_OPERATOR
#define DOVETAIL_OPERATOR(NAME)
#endif

// Which handlers an operator has follows from its signature. H(NAME, TYPE...) is called for each;
// types may use `Memory`, the memory policy, and `Control`. Two operands: slot slot, slot constant, accumulator
// slot, accumulator constant, slot accumulator.
#define DOVETAIL_S ::dovetail::interpreting::source::slot
#define DOVETAIL_A ::dovetail::interpreting::source::accumulator
#define DOVETAIL_K ::dovetail::interpreting::source::constant

#define DOVETAIL_BINARY(H, O)                      \
  H(O##_ss, binary<op::O, DOVETAIL_S, DOVETAIL_S>) \
  H(O##_sk, binary<op::O, DOVETAIL_S, DOVETAIL_K>) \
  H(O##_as, binary<op::O, DOVETAIL_A, DOVETAIL_S>) \
  H(O##_ak, binary<op::O, DOVETAIL_A, DOVETAIL_K>) \
  H(O##_sa, binary<op::O, DOVETAIL_S, DOVETAIL_A>)
#define DOVETAIL_UNARY(H, O)         \
  H(O##_s, unary<op::O, DOVETAIL_S>) \
  H(O##_a, unary<op::O, DOVETAIL_A>)
#define DOVETAIL_BRANCHING(H, O, PREFIX, SENSE)                           \
  H(O##PREFIX##_ss, compare_branch<op::O, DOVETAIL_S, DOVETAIL_S, SENSE>) \
  H(O##PREFIX##_sk, compare_branch<op::O, DOVETAIL_S, DOVETAIL_K, SENSE>) \
  H(O##PREFIX##_as, compare_branch<op::O, DOVETAIL_A, DOVETAIL_S, SENSE>) \
  H(O##PREFIX##_ak, compare_branch<op::O, DOVETAIL_A, DOVETAIL_K, SENSE>) \
  H(O##PREFIX##_sa, compare_branch<op::O, DOVETAIL_S, DOVETAIL_A, SENSE>)
#define DOVETAIL_COMPARISON(H, O) \
  DOVETAIL_BINARY(H, O)           \
  DOVETAIL_BRANCHING(H, O, _then, true) DOVETAIL_BRANCHING(H, O, _else, false)
#define DOVETAIL_TEST(H, O)                            \
  DOVETAIL_UNARY(H, O)                                 \
  H(O##_then_s, test_branch<op::O, DOVETAIL_S, true>)  \
  H(O##_then_a, test_branch<op::O, DOVETAIL_A, true>)  \
  H(O##_else_s, test_branch<op::O, DOVETAIL_S, false>) \
  H(O##_else_a, test_branch<op::O, DOVETAIL_A, false>)
#define DOVETAIL_COUNTING(H, O)                   \
  H(O##_count_s, count_branch<op::O, DOVETAIL_S>) \
  H(O##_count_k, count_branch<op::O, DOVETAIL_K>)
#define DOVETAIL_LOADING(H, O)                        \
  H(O##_s, load<Memory, op::O, address::slot>)        \
  H(O##_a, load<Memory, op::O, address::accumulator>) \
  H(O##_n, load<Memory, op::O, address::none>)        \
  H(O##_x, load<Memory, op::O, address::sum>)           \
  H(O##_ps, load<Memory, op::O, address::slot_plus>)    \
  H(O##_pa, load<Memory, op::O, address::accumulator_plus>) \
  H(O##_w, load<Memory, op::O, address::wide>)              \
  H(O##_f, load<Memory, op::O, address::elsewhere>)
#define DOVETAIL_STORING(H, O)                                      \
  H(O##_ss, store<Memory, op::O, address::slot, DOVETAIL_S>)        \
  H(O##_sa, store<Memory, op::O, address::slot, DOVETAIL_A>)        \
  H(O##_sk, store<Memory, op::O, address::slot, DOVETAIL_K>)        \
  H(O##_as, store<Memory, op::O, address::accumulator, DOVETAIL_S>) \
  H(O##_ak, store<Memory, op::O, address::accumulator, DOVETAIL_K>) \
  H(O##_ns, store<Memory, op::O, address::none, DOVETAIL_S>)        \
  H(O##_na, store<Memory, op::O, address::none, DOVETAIL_A>)        \
  H(O##_pss, store<Memory, op::O, address::slot_plus, DOVETAIL_S>)  \
  H(O##_psk, store<Memory, op::O, address::slot_plus, DOVETAIL_K>)  \
  H(O##_pas, store<Memory, op::O, address::accumulator_plus, DOVETAIL_S>) \
  H(O##_pak, store<Memory, op::O, address::accumulator_plus, DOVETAIL_K>) \
  H(O##_ws, store<Memory, op::O, address::wide, DOVETAIL_S>)              \
  H(O##_fs, store<Memory, op::O, address::elsewhere, DOVETAIL_S>)
#define DOVETAIL_NEAR_AND_FAR(H, O, NEAR, ACCESS)      \
  H(O##NEAR, ACCESS<Memory, op::O, address::slot>)     \
  H(O##_f, ACCESS<Memory, op::O, address::elsewhere>)

#define DOVETAIL_HANDLERS_special(H, O)
#define DOVETAIL_HANDLERS_ii_i(H, O) DOVETAIL_BINARY(H, O)
#define DOVETAIL_HANDLERS_ll_l(H, O) DOVETAIL_BINARY(H, O)
#define DOVETAIL_HANDLERS_ff_f(H, O) DOVETAIL_BINARY(H, O)
#define DOVETAIL_HANDLERS_dd_d(H, O) DOVETAIL_BINARY(H, O)
#define DOVETAIL_HANDLERS_ii_b(H, O) DOVETAIL_COMPARISON(H, O) DOVETAIL_COUNTING(H, O)
#define DOVETAIL_HANDLERS_ll_b(H, O) DOVETAIL_COMPARISON(H, O)
#define DOVETAIL_HANDLERS_ff_b(H, O) DOVETAIL_COMPARISON(H, O)
#define DOVETAIL_HANDLERS_dd_b(H, O) DOVETAIL_COMPARISON(H, O)
#define DOVETAIL_HANDLERS_i_b(H, O) DOVETAIL_TEST(H, O)
#define DOVETAIL_HANDLERS_l_b(H, O) DOVETAIL_TEST(H, O)
#define DOVETAIL_HANDLERS_i_i(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_l_l(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_f_f(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_d_d(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_i_l(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_i_f(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_i_d(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_l_i(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_l_f(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_l_d(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_f_i(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_f_l(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_f_d(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_d_i(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_d_l(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_d_f(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_i_v(H, O) H(O##_s, vector_splat<op::O>)
#define DOVETAIL_HANDLERS_l_v(H, O) H(O##_s, vector_splat<op::O>)
#define DOVETAIL_HANDLERS_f_v(H, O) H(O##_s, vector_splat<op::O>)
#define DOVETAIL_HANDLERS_d_v(H, O) H(O##_s, vector_splat<op::O>)
#define DOVETAIL_HANDLERS_v_i(H, O) H(O##_s, vector_test<op::O>)
#define DOVETAIL_HANDLERS_v_v(H, O) H(O##_s, vector_unary<op::O>)
#define DOVETAIL_HANDLERS_vv_v(H, O) H(O##_ss, vector_binary<op::O>)
#define DOVETAIL_HANDLERS_vi_v(H, O) H(O##_ss, vector_shift<op::O>)
#define DOVETAIL_HANDLERS_vvv_v(H, O) H(O##_sss, vector_ternary<op::O>)
#define DOVETAIL_ACCESS_i_i(H, O) DOVETAIL_LOADING(H, O)
#define DOVETAIL_ACCESS_i_l(H, O) DOVETAIL_LOADING(H, O)
#define DOVETAIL_ACCESS_i_f(H, O) DOVETAIL_LOADING(H, O)
#define DOVETAIL_ACCESS_i_d(H, O) DOVETAIL_LOADING(H, O)
#define DOVETAIL_ACCESS_ii_n(H, O) DOVETAIL_STORING(H, O)
#define DOVETAIL_ACCESS_il_n(H, O) DOVETAIL_STORING(H, O)
#define DOVETAIL_ACCESS_if_n(H, O) DOVETAIL_STORING(H, O)
#define DOVETAIL_ACCESS_id_n(H, O) DOVETAIL_STORING(H, O)
#define DOVETAIL_ACCESS_i_v(H, O) DOVETAIL_NEAR_AND_FAR(H, O, _s, vector_load)
#define DOVETAIL_ACCESS_iv_n(H, O) DOVETAIL_NEAR_AND_FAR(H, O, _ss, vector_store)
#define DOVETAIL_LANE_ACCESS_iv_v(H, O) DOVETAIL_NEAR_AND_FAR(H, O, _ss, vector_load_lane)
#define DOVETAIL_LANE_ACCESS_iv_n(H, O) DOVETAIL_NEAR_AND_FAR(H, O, _ss, vector_store_lane)
#define DOVETAIL_LANE_v_i(H, O) H(O##_s, vector_extract<op::O>)
#define DOVETAIL_LANE_v_l(H, O) H(O##_s, vector_extract<op::O>)
#define DOVETAIL_LANE_v_f(H, O) H(O##_s, vector_extract<op::O>)
#define DOVETAIL_LANE_v_d(H, O) H(O##_s, vector_extract<op::O>)
#define DOVETAIL_LANE_vi_v(H, O) H(O##_ss, vector_replace<op::O>)
#define DOVETAIL_LANE_vl_v(H, O) H(O##_ss, vector_replace<op::O>)
#define DOVETAIL_LANE_vf_v(H, O) H(O##_ss, vector_replace<op::O>)
#define DOVETAIL_LANE_vd_v(H, O) H(O##_ss, vector_replace<op::O>)

// Immediates decide first: none is numeric, memarg an access, a lane has its own, the rest have
// handlers by hand.
#define DOVETAIL_WITH_none(H, O, SIGNATURE) DOVETAIL_HANDLERS_##SIGNATURE(H, O)
#define DOVETAIL_WITH_memarg(H, O, SIGNATURE) DOVETAIL_ACCESS_##SIGNATURE(H, O)
#define DOVETAIL_WITH_block_type(H, O, SIGNATURE)
#define DOVETAIL_WITH_label(H, O, SIGNATURE)
#define DOVETAIL_WITH_label_table(H, O, SIGNATURE)
#define DOVETAIL_WITH_function(H, O, SIGNATURE)
#define DOVETAIL_WITH_type(H, O, SIGNATURE)
#define DOVETAIL_WITH_call_indirect(H, O, SIGNATURE)
#define DOVETAIL_WITH_value_types(H, O, SIGNATURE)
#define DOVETAIL_WITH_local(H, O, SIGNATURE)
#define DOVETAIL_WITH_global(H, O, SIGNATURE)
#define DOVETAIL_WITH_table(H, O, SIGNATURE)
#define DOVETAIL_WITH_table_table(H, O, SIGNATURE)
#define DOVETAIL_WITH_element(H, O, SIGNATURE)
#define DOVETAIL_WITH_element_table(H, O, SIGNATURE)
#define DOVETAIL_WITH_memory(H, O, SIGNATURE)
#define DOVETAIL_WITH_memory_memory(H, O, SIGNATURE)
#define DOVETAIL_WITH_data(H, O, SIGNATURE)
#define DOVETAIL_WITH_data_memory(H, O, SIGNATURE)
#define DOVETAIL_WITH_memarg_lane(H, O, SIGNATURE) DOVETAIL_LANE_ACCESS_##SIGNATURE(H, O)
#define DOVETAIL_WITH_lane(H, O, SIGNATURE) DOVETAIL_LANE_##SIGNATURE(H, O)
#define DOVETAIL_WITH_shuffle(H, O, SIGNATURE) H(O##_ss, vector_shuffle<op::O>)
#define DOVETAIL_WITH_heap_type(H, O, SIGNATURE)
#define DOVETAIL_WITH_i32(H, O, SIGNATURE)
#define DOVETAIL_WITH_i64(H, O, SIGNATURE)
#define DOVETAIL_WITH_f32(H, O, SIGNATURE)
#define DOVETAIL_WITH_f64(H, O, SIGNATURE)
#define DOVETAIL_WITH_v128(H, O, SIGNATURE)

#define DOVETAIL_OF_mvp(...) __VA_ARGS__
#define DOVETAIL_OF_multi_value(...) __VA_ARGS__
#define DOVETAIL_OF_sign_extension(...) __VA_ARGS__
#define DOVETAIL_OF_saturating_conversion(...) __VA_ARGS__
#define DOVETAIL_OF_bulk_memory(...) __VA_ARGS__
#define DOVETAIL_OF_reference_types(...) __VA_ARGS__
#define DOVETAIL_OF_simd(...) __VA_ARGS__
#define DOVETAIL_OF_multi_memory(...) __VA_ARGS__
#define DOVETAIL_OF_tail_call(...) __VA_ARGS__
#define DOVETAIL_OF_extended_const(...) __VA_ARGS__
#define DOVETAIL_OF_memory64(...) __VA_ARGS__
#define DOVETAIL_OF_function_references(...) __VA_ARGS__
#define DOVETAIL_OF_relaxed_simd(...) __VA_ARGS__

// Handlers that belong to no numeric operator.
#define DOVETAIL_OTHER_HANDLERS(H)                           \
  H(copy, copy)                                              \
  H(copy_two, copy_two)                                      \
  H(copy_wide, copy_wide)                                    \
  H(constant_32, constant_32)                                \
  H(constant_64, constant_64)                                \
  H(select_i_s, select<DOVETAIL_S, std::uint64_t>)           \
  H(select_i_a, select<DOVETAIL_A, std::uint64_t>)           \
  H(select_f_s, select<DOVETAIL_S, float>)                   \
  H(select_f_a, select<DOVETAIL_A, float>)                   \
  H(select_d_s, select<DOVETAIL_S, double>)                  \
  H(select_d_a, select<DOVETAIL_A, double>)                  \
  DOVETAIL_BRANCHING(H, i32_and, _then, true)                \
  DOVETAIL_BRANCHING(H, i32_and, _else, false)               \
  H(branch, branch)                                          \
  H(branch_table_s, branch_table<DOVETAIL_S>)                \
  H(branch_table_a, branch_table<DOVETAIL_A>)                \
  H(unreachable, unreachable)                                \
  H(finish, finish)                                          \
  H(return_here, return_here)                                \
  H(return_s, return_one<DOVETAIL_S>)                        \
  H(return_a, return_one<DOVETAIL_A>)                        \
  H(return_k, return_one<DOVETAIL_K>)                        \
  H(call, call<false>)                                       \
  H(call_imported, call_imported<false, Control.stops, Control.keeps_places>)      \
  H(call_indirect, call_indirect<false>)                     \
  H(call_far, call<true>)                                    \
  H(call_imported_far, call_imported<true, Control.stops, Control.keeps_places>)   \
  H(call_indirect_far, call_indirect<true>)                  \
  H(call_elsewhere, call_elsewhere<Control.stops, Control.keeps_places>)           \
  H(call_ref, call_ref)                                      \
  H(return_call, return_call)                                \
  H(return_call_imported, return_call_imported)              \
  H(return_call_indirect, return_call_indirect)              \
  H(return_call_ref, return_call_ref)                        \
  H(return_call_elsewhere, return_call_elsewhere<Control.stops, Control.keeps_places>) \
  H(ref_as_non_null, ref_as_non_null)                        \
  H(checkpoint, checkpoint)                                  \
  H(count_here, count_here)                                  \
  H(charge, charge<Control.asks_for_fuel>)                   \
  H(charge_bytes, charge_bulk<detail::price_of_bytes, Control.asks_for_fuel>) \
  H(charge_elements, charge_bulk<detail::price_of_elements, Control.asks_for_fuel>) \
  H(global_get, global_get)                                  \
  H(global_set, global_set)                                  \
  H(global_plus, global_plus)                                \
  H(global_move, global_move)                                \
  H(global_set_plus, global_set_plus)                        \
  H(i32_index_ss, shifted_sum<DOVETAIL_S, DOVETAIL_S>)             \
  H(i32_index_as, shifted_sum<DOVETAIL_A, DOVETAIL_S>)             \
  H(i32_index_sk, shifted_sum<DOVETAIL_S, DOVETAIL_K>)             \
  H(i32_index_ak, shifted_sum<DOVETAIL_A, DOVETAIL_K>)             \
  H(i32_bit_field_s, bit_field<DOVETAIL_S>)                  \
  H(i32_bit_field_a, bit_field<DOVETAIL_A>)                  \
  H(i32_step_two, step_two)                                  \
  H(ref_func, ref_func)                                      \
  H(memory_size, memory_size)                                \
  H(memory_grow, memory_grow)                                \
  H(memory_fill, memory_fill<Control.stops>)                 \
  H(memory_copy, memory_copy<Control.stops>)                 \
  H(memory_init, memory_init<Control.stops>)                 \
  H(data_drop, data_drop)                                    \
  H(table_get, table_get)                                    \
  H(table_set, table_set)                                    \
  H(table_size, table_size)                                  \
  H(table_grow, table_grow)                                  \
  H(table_fill, table_fill<Control.stops>)                   \
  H(table_copy, table_copy<Control.stops>)                   \
  H(table_init, table_init<Control.stops>)                   \
  H(element_drop, element_drop)                              \
  H(copy_vector, copy_vector)                                \
  H(vector_constant, vector_constant)                        \
  H(select_vector, select_vector)                            \
  H(global_get_vector, global_get_vector)                    \
  H(global_set_vector, global_set_vector)                    \
  H(return_vector, return_vector)                            \
  H(canonical_f32, canonical_scalar<float>)                  \
  H(canonical_f64, canonical_scalar<double>)                 \
  H(canonical_f32x4, canonical_vector<float>)                \
  H(canonical_f64x2, canonical_vector<double>)

DOVETAIL_OTHER_HANDLERS(DOVETAIL_H)

#define DOVETAIL_OF_CONSTANT(O) DOVETAIL_H(O##_ks, binary_of_constant<op::O>)
#define DOVETAIL_WIDE(O)                             \
  DOVETAIL_H(O##_sw, binary_wide<op::O, DOVETAIL_S>) \
  DOVETAIL_H(O##_aw, binary_wide<op::O, DOVETAIL_A>)
// Operators with handlers for certain constants: DOVETAIL_OF_CONSTANT(NAME) for a first operand of
// 32 bits, DOVETAIL_WIDE(NAME) for a second one of 64 bits, as hashes have, and numbers that are no
// float. Whoever includes this defines both macros.

// clang-format off
DOVETAIL_OF_CONSTANT(i32_sub)
DOVETAIL_OF_CONSTANT(i32_shl)
DOVETAIL_OF_CONSTANT(i64_sub)
DOVETAIL_OF_CONSTANT(i64_shl)
DOVETAIL_OF_CONSTANT(f32_sub)
DOVETAIL_OF_CONSTANT(f32_div)
DOVETAIL_OF_CONSTANT(f64_sub)
DOVETAIL_OF_CONSTANT(f64_div)
DOVETAIL_WIDE(i64_add)
DOVETAIL_WIDE(i64_mul)
DOVETAIL_WIDE(i64_and)
DOVETAIL_WIDE(i64_or)
DOVETAIL_WIDE(i64_xor)
DOVETAIL_WIDE(f64_add)
DOVETAIL_WIDE(f64_sub)
DOVETAIL_WIDE(f64_mul)
DOVETAIL_WIDE(f64_div)
// clang-format on
#undef DOVETAIL_OF_CONSTANT
#undef DOVETAIL_WIDE

#define DOVETAIL_OP(NAME, TEXT, PREFIX, CODE, IMMEDIATE, SIGNATURE, WIDTH, FEATURE) \
  DOVETAIL_OPERATOR(NAME)                                                           \
  DOVETAIL_OF_##FEATURE(DOVETAIL_WITH_##IMMEDIATE(DOVETAIL_H, NAME, SIGNATURE))
// Every operator of 3.0 but garbage collection and exceptions: NAME, TEXT, PREFIX, CODE, IMMEDIATE,
// SIGNATURE, WIDTH, FEATURE. A signature lists operand, then result types (i l f d v: i32 i64 f32
// f64 v128, b: an i32 that is a truth value, n: none); the pass types "special" rows.

// clang-format off

// Control instructions (core specification 5.4.1).
DOVETAIL_OP(unreachable,   "unreachable",   0x00, 0x00, none,          special, 0, mvp)
DOVETAIL_OP(nop,           "nop",           0x00, 0x01, none,          special, 0, mvp)
DOVETAIL_OP(block,         "block",         0x00, 0x02, block_type,    special, 0, mvp)
DOVETAIL_OP(loop,          "loop",          0x00, 0x03, block_type,    special, 0, mvp)
DOVETAIL_OP(if_,           "if",            0x00, 0x04, block_type,    special, 0, mvp)
DOVETAIL_OP(else_,         "else",          0x00, 0x05, none,          special, 0, mvp)
DOVETAIL_OP(end,           "end",           0x00, 0x0b, none,          special, 0, mvp)
DOVETAIL_OP(br,            "br",            0x00, 0x0c, label,         special, 0, mvp)
DOVETAIL_OP(br_if,         "br_if",         0x00, 0x0d, label,         special, 0, mvp)
DOVETAIL_OP(br_table,      "br_table",      0x00, 0x0e, label_table,   special, 0, mvp)
DOVETAIL_OP(return_,       "return",        0x00, 0x0f, none,          special, 0, mvp)
DOVETAIL_OP(call,          "call",          0x00, 0x10, function,      special, 0, mvp)
DOVETAIL_OP(call_indirect, "call_indirect", 0x00, 0x11, call_indirect, special, 0, mvp)

DOVETAIL_OP(return_call,          "return_call",          0x00, 0x12, function,      special, 0, tail_call)
DOVETAIL_OP(return_call_indirect, "return_call_indirect", 0x00, 0x13, call_indirect, special, 0, tail_call)
DOVETAIL_OP(call_ref,             "call_ref",             0x00, 0x14, type,          special, 0, function_references)
DOVETAIL_OP(return_call_ref,      "return_call_ref",      0x00, 0x15, type,          special, 0, function_references)
DOVETAIL_OP(br_on_null,           "br_on_null",           0x00, 0xd5, label,         special, 0, function_references)
DOVETAIL_OP(br_on_non_null,       "br_on_non_null",       0x00, 0xd6, label,         special, 0, function_references)

// Reference instructions (5.4.2).
DOVETAIL_OP(ref_null,    "ref.null",    0x00, 0xd0, heap_type, special, 0, reference_types)
DOVETAIL_OP(ref_is_null, "ref.is_null", 0x00, 0xd1, none,      special, 0, reference_types)
DOVETAIL_OP(ref_func,    "ref.func",    0x00, 0xd2, function,  special, 0, reference_types)
DOVETAIL_OP(ref_as_non_null, "ref.as_non_null", 0x00, 0xd4, none, special, 0, function_references)

// Parametric instructions (5.4.3).
DOVETAIL_OP(drop,         "drop",   0x00, 0x1a, none,        special, 0, mvp)
DOVETAIL_OP(select,       "select", 0x00, 0x1b, none,        special, 0, mvp)
DOVETAIL_OP(select_typed, "select", 0x00, 0x1c, value_types, special, 0, reference_types)

// Variable instructions (5.4.4).
DOVETAIL_OP(local_get,  "local.get",  0x00, 0x20, local,  special, 0, mvp)
DOVETAIL_OP(local_set,  "local.set",  0x00, 0x21, local,  special, 0, mvp)
DOVETAIL_OP(local_tee,  "local.tee",  0x00, 0x22, local,  special, 0, mvp)
DOVETAIL_OP(global_get, "global.get", 0x00, 0x23, global, special, 0, mvp)
DOVETAIL_OP(global_set, "global.set", 0x00, 0x24, global, special, 0, mvp)

// Table instructions (5.4.5).
DOVETAIL_OP(table_get,  "table.get",  0x00, 0x25, table,         special, 0, reference_types)
DOVETAIL_OP(table_set,  "table.set",  0x00, 0x26, table,         special, 0, reference_types)
DOVETAIL_OP(table_init, "table.init", 0xfc, 0x0c, element_table, special, 0, bulk_memory)
DOVETAIL_OP(elem_drop,  "elem.drop",  0xfc, 0x0d, element,       special, 0, bulk_memory)
DOVETAIL_OP(table_copy, "table.copy", 0xfc, 0x0e, table_table,   special, 0, bulk_memory)
DOVETAIL_OP(table_grow, "table.grow", 0xfc, 0x0f, table,         special, 0, reference_types)
DOVETAIL_OP(table_size, "table.size", 0xfc, 0x10, table,         special, 0, reference_types)
DOVETAIL_OP(table_fill, "table.fill", 0xfc, 0x11, table,         special, 0, reference_types)

// Memory instructions (5.4.6): an address and an offset, then the width of the access in bytes.
DOVETAIL_OP(i32_load,     "i32.load",     0x00, 0x28, memarg,        i_i,     4, mvp)
DOVETAIL_OP(i64_load,     "i64.load",     0x00, 0x29, memarg,        i_l,     8, mvp)
DOVETAIL_OP(f32_load,     "f32.load",     0x00, 0x2a, memarg,        i_f,     4, mvp)
DOVETAIL_OP(f64_load,     "f64.load",     0x00, 0x2b, memarg,        i_d,     8, mvp)
DOVETAIL_OP(i32_load8_s,  "i32.load8_s",  0x00, 0x2c, memarg,        i_i,     1, mvp)
DOVETAIL_OP(i32_load8_u,  "i32.load8_u",  0x00, 0x2d, memarg,        i_i,     1, mvp)
DOVETAIL_OP(i32_load16_s, "i32.load16_s", 0x00, 0x2e, memarg,        i_i,     2, mvp)
DOVETAIL_OP(i32_load16_u, "i32.load16_u", 0x00, 0x2f, memarg,        i_i,     2, mvp)
DOVETAIL_OP(i64_load8_s,  "i64.load8_s",  0x00, 0x30, memarg,        i_l,     1, mvp)
DOVETAIL_OP(i64_load8_u,  "i64.load8_u",  0x00, 0x31, memarg,        i_l,     1, mvp)
DOVETAIL_OP(i64_load16_s, "i64.load16_s", 0x00, 0x32, memarg,        i_l,     2, mvp)
DOVETAIL_OP(i64_load16_u, "i64.load16_u", 0x00, 0x33, memarg,        i_l,     2, mvp)
DOVETAIL_OP(i64_load32_s, "i64.load32_s", 0x00, 0x34, memarg,        i_l,     4, mvp)
DOVETAIL_OP(i64_load32_u, "i64.load32_u", 0x00, 0x35, memarg,        i_l,     4, mvp)
DOVETAIL_OP(i32_store,    "i32.store",    0x00, 0x36, memarg,        ii_n,    4, mvp)
DOVETAIL_OP(i64_store,    "i64.store",    0x00, 0x37, memarg,        il_n,    8, mvp)
DOVETAIL_OP(f32_store,    "f32.store",    0x00, 0x38, memarg,        if_n,    4, mvp)
DOVETAIL_OP(f64_store,    "f64.store",    0x00, 0x39, memarg,        id_n,    8, mvp)
DOVETAIL_OP(i32_store8,   "i32.store8",   0x00, 0x3a, memarg,        ii_n,    1, mvp)
DOVETAIL_OP(i32_store16,  "i32.store16",  0x00, 0x3b, memarg,        ii_n,    2, mvp)
DOVETAIL_OP(i64_store8,   "i64.store8",   0x00, 0x3c, memarg,        il_n,    1, mvp)
DOVETAIL_OP(i64_store16,  "i64.store16",  0x00, 0x3d, memarg,        il_n,    2, mvp)
DOVETAIL_OP(i64_store32,  "i64.store32",  0x00, 0x3e, memarg,        il_n,    4, mvp)
DOVETAIL_OP(memory_size,  "memory.size",  0x00, 0x3f, memory,        special, 0, mvp)
DOVETAIL_OP(memory_grow,  "memory.grow",  0x00, 0x40, memory,        special, 0, mvp)
DOVETAIL_OP(memory_init,  "memory.init",  0xfc, 0x08, data_memory,   special, 0, bulk_memory)
DOVETAIL_OP(data_drop,    "data.drop",    0xfc, 0x09, data,          special, 0, bulk_memory)
DOVETAIL_OP(memory_copy,  "memory.copy",  0xfc, 0x0a, memory_memory, special, 0, bulk_memory)
DOVETAIL_OP(memory_fill,  "memory.fill",  0xfc, 0x0b, memory,        special, 0, bulk_memory)

// Numeric instructions (5.4.7): constants.
DOVETAIL_OP(i32_const, "i32.const", 0x00, 0x41, i32, n_i, 0, mvp)
DOVETAIL_OP(i64_const, "i64.const", 0x00, 0x42, i64, n_l, 0, mvp)
DOVETAIL_OP(f32_const, "f32.const", 0x00, 0x43, f32, n_f, 0, mvp)
DOVETAIL_OP(f64_const, "f64.const", 0x00, 0x44, f64, n_d, 0, mvp)

// Integer comparisons.
DOVETAIL_OP(i32_eqz,  "i32.eqz",  0x00, 0x45, none, i_b,  0, mvp)
DOVETAIL_OP(i32_eq,   "i32.eq",   0x00, 0x46, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ne,   "i32.ne",   0x00, 0x47, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_lt_s, "i32.lt_s", 0x00, 0x48, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_lt_u, "i32.lt_u", 0x00, 0x49, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_gt_s, "i32.gt_s", 0x00, 0x4a, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_gt_u, "i32.gt_u", 0x00, 0x4b, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_le_s, "i32.le_s", 0x00, 0x4c, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_le_u, "i32.le_u", 0x00, 0x4d, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ge_s, "i32.ge_s", 0x00, 0x4e, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ge_u, "i32.ge_u", 0x00, 0x4f, none, ii_b, 0, mvp)
DOVETAIL_OP(i64_eqz,  "i64.eqz",  0x00, 0x50, none, l_b,  0, mvp)
DOVETAIL_OP(i64_eq,   "i64.eq",   0x00, 0x51, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ne,   "i64.ne",   0x00, 0x52, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_lt_s, "i64.lt_s", 0x00, 0x53, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_lt_u, "i64.lt_u", 0x00, 0x54, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_gt_s, "i64.gt_s", 0x00, 0x55, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_gt_u, "i64.gt_u", 0x00, 0x56, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_le_s, "i64.le_s", 0x00, 0x57, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_le_u, "i64.le_u", 0x00, 0x58, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ge_s, "i64.ge_s", 0x00, 0x59, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ge_u, "i64.ge_u", 0x00, 0x5a, none, ll_b, 0, mvp)

// Float comparisons.
DOVETAIL_OP(f32_eq, "f32.eq", 0x00, 0x5b, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_ne, "f32.ne", 0x00, 0x5c, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_lt, "f32.lt", 0x00, 0x5d, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_gt, "f32.gt", 0x00, 0x5e, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_le, "f32.le", 0x00, 0x5f, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_ge, "f32.ge", 0x00, 0x60, none, ff_b, 0, mvp)
DOVETAIL_OP(f64_eq, "f64.eq", 0x00, 0x61, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_ne, "f64.ne", 0x00, 0x62, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_lt, "f64.lt", 0x00, 0x63, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_gt, "f64.gt", 0x00, 0x64, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_le, "f64.le", 0x00, 0x65, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_ge, "f64.ge", 0x00, 0x66, none, dd_b, 0, mvp)

// Integer arithmetic.
DOVETAIL_OP(i32_clz,    "i32.clz",    0x00, 0x67, none, i_i,  0, mvp)
DOVETAIL_OP(i32_ctz,    "i32.ctz",    0x00, 0x68, none, i_i,  0, mvp)
DOVETAIL_OP(i32_popcnt, "i32.popcnt", 0x00, 0x69, none, i_i,  0, mvp)
DOVETAIL_OP(i32_add,    "i32.add",    0x00, 0x6a, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_sub,    "i32.sub",    0x00, 0x6b, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_mul,    "i32.mul",    0x00, 0x6c, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_div_s,  "i32.div_s",  0x00, 0x6d, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_div_u,  "i32.div_u",  0x00, 0x6e, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rem_s,  "i32.rem_s",  0x00, 0x6f, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rem_u,  "i32.rem_u",  0x00, 0x70, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_and,    "i32.and",    0x00, 0x71, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_or,     "i32.or",     0x00, 0x72, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_xor,    "i32.xor",    0x00, 0x73, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shl,    "i32.shl",    0x00, 0x74, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shr_s,  "i32.shr_s",  0x00, 0x75, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shr_u,  "i32.shr_u",  0x00, 0x76, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rotl,   "i32.rotl",   0x00, 0x77, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rotr,   "i32.rotr",   0x00, 0x78, none, ii_i, 0, mvp)
DOVETAIL_OP(i64_clz,    "i64.clz",    0x00, 0x79, none, l_l,  0, mvp)
DOVETAIL_OP(i64_ctz,    "i64.ctz",    0x00, 0x7a, none, l_l,  0, mvp)
DOVETAIL_OP(i64_popcnt, "i64.popcnt", 0x00, 0x7b, none, l_l,  0, mvp)
DOVETAIL_OP(i64_add,    "i64.add",    0x00, 0x7c, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_sub,    "i64.sub",    0x00, 0x7d, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_mul,    "i64.mul",    0x00, 0x7e, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_div_s,  "i64.div_s",  0x00, 0x7f, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_div_u,  "i64.div_u",  0x00, 0x80, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rem_s,  "i64.rem_s",  0x00, 0x81, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rem_u,  "i64.rem_u",  0x00, 0x82, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_and,    "i64.and",    0x00, 0x83, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_or,     "i64.or",     0x00, 0x84, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_xor,    "i64.xor",    0x00, 0x85, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shl,    "i64.shl",    0x00, 0x86, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shr_s,  "i64.shr_s",  0x00, 0x87, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shr_u,  "i64.shr_u",  0x00, 0x88, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rotl,   "i64.rotl",   0x00, 0x89, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rotr,   "i64.rotr",   0x00, 0x8a, none, ll_l, 0, mvp)

// Float arithmetic.
DOVETAIL_OP(f32_abs,      "f32.abs",      0x00, 0x8b, none, f_f,  0, mvp)
DOVETAIL_OP(f32_neg,      "f32.neg",      0x00, 0x8c, none, f_f,  0, mvp)
DOVETAIL_OP(f32_ceil,     "f32.ceil",     0x00, 0x8d, none, f_f,  0, mvp)
DOVETAIL_OP(f32_floor,    "f32.floor",    0x00, 0x8e, none, f_f,  0, mvp)
DOVETAIL_OP(f32_trunc,    "f32.trunc",    0x00, 0x8f, none, f_f,  0, mvp)
DOVETAIL_OP(f32_nearest,  "f32.nearest",  0x00, 0x90, none, f_f,  0, mvp)
DOVETAIL_OP(f32_sqrt,     "f32.sqrt",     0x00, 0x91, none, f_f,  0, mvp)
DOVETAIL_OP(f32_add,      "f32.add",      0x00, 0x92, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_sub,      "f32.sub",      0x00, 0x93, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_mul,      "f32.mul",      0x00, 0x94, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_div,      "f32.div",      0x00, 0x95, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_min,      "f32.min",      0x00, 0x96, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_max,      "f32.max",      0x00, 0x97, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_copysign, "f32.copysign", 0x00, 0x98, none, ff_f, 0, mvp)
DOVETAIL_OP(f64_abs,      "f64.abs",      0x00, 0x99, none, d_d,  0, mvp)
DOVETAIL_OP(f64_neg,      "f64.neg",      0x00, 0x9a, none, d_d,  0, mvp)
DOVETAIL_OP(f64_ceil,     "f64.ceil",     0x00, 0x9b, none, d_d,  0, mvp)
DOVETAIL_OP(f64_floor,    "f64.floor",    0x00, 0x9c, none, d_d,  0, mvp)
DOVETAIL_OP(f64_trunc,    "f64.trunc",    0x00, 0x9d, none, d_d,  0, mvp)
DOVETAIL_OP(f64_nearest,  "f64.nearest",  0x00, 0x9e, none, d_d,  0, mvp)
DOVETAIL_OP(f64_sqrt,     "f64.sqrt",     0x00, 0x9f, none, d_d,  0, mvp)
DOVETAIL_OP(f64_add,      "f64.add",      0x00, 0xa0, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_sub,      "f64.sub",      0x00, 0xa1, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_mul,      "f64.mul",      0x00, 0xa2, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_div,      "f64.div",      0x00, 0xa3, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_min,      "f64.min",      0x00, 0xa4, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_max,      "f64.max",      0x00, 0xa5, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_copysign, "f64.copysign", 0x00, 0xa6, none, dd_d, 0, mvp)

// Conversions.
DOVETAIL_OP(i32_wrap_i64,        "i32.wrap_i64",        0x00, 0xa7, none, l_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f32_s,     "i32.trunc_f32_s",     0x00, 0xa8, none, f_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f32_u,     "i32.trunc_f32_u",     0x00, 0xa9, none, f_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f64_s,     "i32.trunc_f64_s",     0x00, 0xaa, none, d_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f64_u,     "i32.trunc_f64_u",     0x00, 0xab, none, d_i, 0, mvp)
DOVETAIL_OP(i64_extend_i32_s,    "i64.extend_i32_s",    0x00, 0xac, none, i_l, 0, mvp)
DOVETAIL_OP(i64_extend_i32_u,    "i64.extend_i32_u",    0x00, 0xad, none, i_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f32_s,     "i64.trunc_f32_s",     0x00, 0xae, none, f_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f32_u,     "i64.trunc_f32_u",     0x00, 0xaf, none, f_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f64_s,     "i64.trunc_f64_s",     0x00, 0xb0, none, d_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f64_u,     "i64.trunc_f64_u",     0x00, 0xb1, none, d_l, 0, mvp)
DOVETAIL_OP(f32_convert_i32_s,   "f32.convert_i32_s",   0x00, 0xb2, none, i_f, 0, mvp)
DOVETAIL_OP(f32_convert_i32_u,   "f32.convert_i32_u",   0x00, 0xb3, none, i_f, 0, mvp)
DOVETAIL_OP(f32_convert_i64_s,   "f32.convert_i64_s",   0x00, 0xb4, none, l_f, 0, mvp)
DOVETAIL_OP(f32_convert_i64_u,   "f32.convert_i64_u",   0x00, 0xb5, none, l_f, 0, mvp)
DOVETAIL_OP(f32_demote_f64,      "f32.demote_f64",      0x00, 0xb6, none, d_f, 0, mvp)
DOVETAIL_OP(f64_convert_i32_s,   "f64.convert_i32_s",   0x00, 0xb7, none, i_d, 0, mvp)
DOVETAIL_OP(f64_convert_i32_u,   "f64.convert_i32_u",   0x00, 0xb8, none, i_d, 0, mvp)
DOVETAIL_OP(f64_convert_i64_s,   "f64.convert_i64_s",   0x00, 0xb9, none, l_d, 0, mvp)
DOVETAIL_OP(f64_convert_i64_u,   "f64.convert_i64_u",   0x00, 0xba, none, l_d, 0, mvp)
DOVETAIL_OP(f64_promote_f32,     "f64.promote_f32",     0x00, 0xbb, none, f_d, 0, mvp)
DOVETAIL_OP(i32_reinterpret_f32, "i32.reinterpret_f32", 0x00, 0xbc, none, f_i, 0, mvp)
DOVETAIL_OP(i64_reinterpret_f64, "i64.reinterpret_f64", 0x00, 0xbd, none, d_l, 0, mvp)
DOVETAIL_OP(f32_reinterpret_i32, "f32.reinterpret_i32", 0x00, 0xbe, none, i_f, 0, mvp)
DOVETAIL_OP(f64_reinterpret_i64, "f64.reinterpret_i64", 0x00, 0xbf, none, l_d, 0, mvp)
DOVETAIL_OP(i32_extend8_s,       "i32.extend8_s",       0x00, 0xc0, none, i_i, 0, sign_extension)
DOVETAIL_OP(i32_extend16_s,      "i32.extend16_s",      0x00, 0xc1, none, i_i, 0, sign_extension)
DOVETAIL_OP(i64_extend8_s,       "i64.extend8_s",       0x00, 0xc2, none, l_l, 0, sign_extension)
DOVETAIL_OP(i64_extend16_s,      "i64.extend16_s",      0x00, 0xc3, none, l_l, 0, sign_extension)
DOVETAIL_OP(i64_extend32_s,      "i64.extend32_s",      0x00, 0xc4, none, l_l, 0, sign_extension)
DOVETAIL_OP(i32_trunc_sat_f32_s, "i32.trunc_sat_f32_s", 0xfc, 0x00, none, f_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f32_u, "i32.trunc_sat_f32_u", 0xfc, 0x01, none, f_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f64_s, "i32.trunc_sat_f64_s", 0xfc, 0x02, none, d_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f64_u, "i32.trunc_sat_f64_u", 0xfc, 0x03, none, d_i, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f32_s, "i64.trunc_sat_f32_s", 0xfc, 0x04, none, f_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f32_u, "i64.trunc_sat_f32_u", 0xfc, 0x05, none, f_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f64_s, "i64.trunc_sat_f64_s", 0xfc, 0x06, none, d_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f64_u, "i64.trunc_sat_f64_u", 0xfc, 0x07, none, d_l, 0, saturating_conversion)

// Vector instructions (5.4.8): memory, constants, lanes. The width of a lane access is the lane.
DOVETAIL_OP(v128_load,            "v128.load",            0xfd, 0x00, memarg,      i_v,  16, simd)
DOVETAIL_OP(v128_load8x8_s,       "v128.load8x8_s",       0xfd, 0x01, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load8x8_u,       "v128.load8x8_u",       0xfd, 0x02, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load16x4_s,      "v128.load16x4_s",      0xfd, 0x03, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load16x4_u,      "v128.load16x4_u",      0xfd, 0x04, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32x2_s,      "v128.load32x2_s",      0xfd, 0x05, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32x2_u,      "v128.load32x2_u",      0xfd, 0x06, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load8_splat,     "v128.load8_splat",     0xfd, 0x07, memarg,      i_v,  1,  simd)
DOVETAIL_OP(v128_load16_splat,    "v128.load16_splat",    0xfd, 0x08, memarg,      i_v,  2,  simd)
DOVETAIL_OP(v128_load32_splat,    "v128.load32_splat",    0xfd, 0x09, memarg,      i_v,  4,  simd)
DOVETAIL_OP(v128_load64_splat,    "v128.load64_splat",    0xfd, 0x0a, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32_zero,     "v128.load32_zero",     0xfd, 0x5c, memarg,      i_v,  4,  simd)
DOVETAIL_OP(v128_load64_zero,     "v128.load64_zero",     0xfd, 0x5d, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_store,           "v128.store",           0xfd, 0x0b, memarg,      iv_n, 16, simd)
DOVETAIL_OP(v128_load8_lane,      "v128.load8_lane",      0xfd, 0x54, memarg_lane, iv_v, 1,  simd)
DOVETAIL_OP(v128_load16_lane,     "v128.load16_lane",     0xfd, 0x55, memarg_lane, iv_v, 2,  simd)
DOVETAIL_OP(v128_load32_lane,     "v128.load32_lane",     0xfd, 0x56, memarg_lane, iv_v, 4,  simd)
DOVETAIL_OP(v128_load64_lane,     "v128.load64_lane",     0xfd, 0x57, memarg_lane, iv_v, 8,  simd)
DOVETAIL_OP(v128_store8_lane,     "v128.store8_lane",     0xfd, 0x58, memarg_lane, iv_n, 1,  simd)
DOVETAIL_OP(v128_store16_lane,    "v128.store16_lane",    0xfd, 0x59, memarg_lane, iv_n, 2,  simd)
DOVETAIL_OP(v128_store32_lane,    "v128.store32_lane",    0xfd, 0x5a, memarg_lane, iv_n, 4,  simd)
DOVETAIL_OP(v128_store64_lane,    "v128.store64_lane",    0xfd, 0x5b, memarg_lane, iv_n, 8,  simd)
DOVETAIL_OP(v128_const,           "v128.const",           0xfd, 0x0c, v128,        n_v,  0,  simd)
DOVETAIL_OP(i8x16_shuffle,        "i8x16.shuffle",        0xfd, 0x0d, shuffle,     vv_v, 1,  simd)
DOVETAIL_OP(i8x16_swizzle,        "i8x16.swizzle",        0xfd, 0x0e, none,        vv_v, 0,  simd)
DOVETAIL_OP(i8x16_splat,          "i8x16.splat",          0xfd, 0x0f, none,        i_v,  0,  simd)
DOVETAIL_OP(i16x8_splat,          "i16x8.splat",          0xfd, 0x10, none,        i_v,  0,  simd)
DOVETAIL_OP(i32x4_splat,          "i32x4.splat",          0xfd, 0x11, none,        i_v,  0,  simd)
DOVETAIL_OP(i64x2_splat,          "i64x2.splat",          0xfd, 0x12, none,        l_v,  0,  simd)
DOVETAIL_OP(f32x4_splat,          "f32x4.splat",          0xfd, 0x13, none,        f_v,  0,  simd)
DOVETAIL_OP(f64x2_splat,          "f64x2.splat",          0xfd, 0x14, none,        d_v,  0,  simd)
DOVETAIL_OP(i8x16_extract_lane_s, "i8x16.extract_lane_s", 0xfd, 0x15, lane,        v_i,  1,  simd)
DOVETAIL_OP(i8x16_extract_lane_u, "i8x16.extract_lane_u", 0xfd, 0x16, lane,        v_i,  1,  simd)
DOVETAIL_OP(i8x16_replace_lane,   "i8x16.replace_lane",   0xfd, 0x17, lane,        vi_v, 1,  simd)
DOVETAIL_OP(i16x8_extract_lane_s, "i16x8.extract_lane_s", 0xfd, 0x18, lane,        v_i,  2,  simd)
DOVETAIL_OP(i16x8_extract_lane_u, "i16x8.extract_lane_u", 0xfd, 0x19, lane,        v_i,  2,  simd)
DOVETAIL_OP(i16x8_replace_lane,   "i16x8.replace_lane",   0xfd, 0x1a, lane,        vi_v, 2,  simd)
DOVETAIL_OP(i32x4_extract_lane,   "i32x4.extract_lane",   0xfd, 0x1b, lane,        v_i,  4,  simd)
DOVETAIL_OP(i32x4_replace_lane,   "i32x4.replace_lane",   0xfd, 0x1c, lane,        vi_v, 4,  simd)
DOVETAIL_OP(i64x2_extract_lane,   "i64x2.extract_lane",   0xfd, 0x1d, lane,        v_l,  8,  simd)
DOVETAIL_OP(i64x2_replace_lane,   "i64x2.replace_lane",   0xfd, 0x1e, lane,        vl_v, 8,  simd)
DOVETAIL_OP(f32x4_extract_lane,   "f32x4.extract_lane",   0xfd, 0x1f, lane,        v_f,  4,  simd)
DOVETAIL_OP(f32x4_replace_lane,   "f32x4.replace_lane",   0xfd, 0x20, lane,        vf_v, 4,  simd)
DOVETAIL_OP(f64x2_extract_lane,   "f64x2.extract_lane",   0xfd, 0x21, lane,        v_d,  8,  simd)
DOVETAIL_OP(f64x2_replace_lane,   "f64x2.replace_lane",   0xfd, 0x22, lane,        vd_v, 8,  simd)

// Vector comparisons.
DOVETAIL_OP(i8x16_eq,   "i8x16.eq",   0xfd, 0x23, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ne,   "i8x16.ne",   0xfd, 0x24, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_lt_s, "i8x16.lt_s", 0xfd, 0x25, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_lt_u, "i8x16.lt_u", 0xfd, 0x26, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_gt_s, "i8x16.gt_s", 0xfd, 0x27, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_gt_u, "i8x16.gt_u", 0xfd, 0x28, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_le_s, "i8x16.le_s", 0xfd, 0x29, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_le_u, "i8x16.le_u", 0xfd, 0x2a, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ge_s, "i8x16.ge_s", 0xfd, 0x2b, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ge_u, "i8x16.ge_u", 0xfd, 0x2c, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_eq,   "i16x8.eq",   0xfd, 0x2d, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ne,   "i16x8.ne",   0xfd, 0x2e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_lt_s, "i16x8.lt_s", 0xfd, 0x2f, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_lt_u, "i16x8.lt_u", 0xfd, 0x30, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_gt_s, "i16x8.gt_s", 0xfd, 0x31, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_gt_u, "i16x8.gt_u", 0xfd, 0x32, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_le_s, "i16x8.le_s", 0xfd, 0x33, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_le_u, "i16x8.le_u", 0xfd, 0x34, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ge_s, "i16x8.ge_s", 0xfd, 0x35, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ge_u, "i16x8.ge_u", 0xfd, 0x36, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_eq,   "i32x4.eq",   0xfd, 0x37, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ne,   "i32x4.ne",   0xfd, 0x38, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_lt_s, "i32x4.lt_s", 0xfd, 0x39, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_lt_u, "i32x4.lt_u", 0xfd, 0x3a, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_gt_s, "i32x4.gt_s", 0xfd, 0x3b, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_gt_u, "i32x4.gt_u", 0xfd, 0x3c, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_le_s, "i32x4.le_s", 0xfd, 0x3d, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_le_u, "i32x4.le_u", 0xfd, 0x3e, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ge_s, "i32x4.ge_s", 0xfd, 0x3f, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ge_u, "i32x4.ge_u", 0xfd, 0x40, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_eq,   "i64x2.eq",   0xfd, 0xd6, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_ne,   "i64x2.ne",   0xfd, 0xd7, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_lt_s, "i64x2.lt_s", 0xfd, 0xd8, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_gt_s, "i64x2.gt_s", 0xfd, 0xd9, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_le_s, "i64x2.le_s", 0xfd, 0xda, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_ge_s, "i64x2.ge_s", 0xfd, 0xdb, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_eq,   "f32x4.eq",   0xfd, 0x41, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_ne,   "f32x4.ne",   0xfd, 0x42, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_lt,   "f32x4.lt",   0xfd, 0x43, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_gt,   "f32x4.gt",   0xfd, 0x44, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_le,   "f32x4.le",   0xfd, 0x45, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_ge,   "f32x4.ge",   0xfd, 0x46, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_eq,   "f64x2.eq",   0xfd, 0x47, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_ne,   "f64x2.ne",   0xfd, 0x48, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_lt,   "f64x2.lt",   0xfd, 0x49, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_gt,   "f64x2.gt",   0xfd, 0x4a, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_le,   "f64x2.le",   0xfd, 0x4b, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_ge,   "f64x2.ge",   0xfd, 0x4c, none, vv_v, 0, simd)

// Vector bitwise instructions.
DOVETAIL_OP(v128_not,       "v128.not",       0xfd, 0x4d, none, v_v,   0, simd)
DOVETAIL_OP(v128_and,       "v128.and",       0xfd, 0x4e, none, vv_v,  0, simd)
DOVETAIL_OP(v128_andnot,    "v128.andnot",    0xfd, 0x4f, none, vv_v,  0, simd)
DOVETAIL_OP(v128_or,        "v128.or",        0xfd, 0x50, none, vv_v,  0, simd)
DOVETAIL_OP(v128_xor,       "v128.xor",       0xfd, 0x51, none, vv_v,  0, simd)
DOVETAIL_OP(v128_bitselect, "v128.bitselect", 0xfd, 0x52, none, vvv_v, 0, simd)
DOVETAIL_OP(v128_any_true,  "v128.any_true",  0xfd, 0x53, none, v_i,   0, simd)

// Vector integer arithmetic.
DOVETAIL_OP(i8x16_abs,                     "i8x16.abs",                     0xfd, 0x60, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_neg,                     "i8x16.neg",                     0xfd, 0x61, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_popcnt,                  "i8x16.popcnt",                  0xfd, 0x62, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_all_true,                "i8x16.all_true",                0xfd, 0x63, none, v_i,  0, simd)
DOVETAIL_OP(i8x16_bitmask,                 "i8x16.bitmask",                 0xfd, 0x64, none, v_i,  0, simd)
DOVETAIL_OP(i8x16_narrow_i16x8_s,          "i8x16.narrow_i16x8_s",          0xfd, 0x65, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_narrow_i16x8_u,          "i8x16.narrow_i16x8_u",          0xfd, 0x66, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_shl,                     "i8x16.shl",                     0xfd, 0x6b, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_shr_s,                   "i8x16.shr_s",                   0xfd, 0x6c, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_shr_u,                   "i8x16.shr_u",                   0xfd, 0x6d, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_add,                     "i8x16.add",                     0xfd, 0x6e, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_add_sat_s,               "i8x16.add_sat_s",               0xfd, 0x6f, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_add_sat_u,               "i8x16.add_sat_u",               0xfd, 0x70, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub,                     "i8x16.sub",                     0xfd, 0x71, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub_sat_s,               "i8x16.sub_sat_s",               0xfd, 0x72, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub_sat_u,               "i8x16.sub_sat_u",               0xfd, 0x73, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_min_s,                   "i8x16.min_s",                   0xfd, 0x76, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_min_u,                   "i8x16.min_u",                   0xfd, 0x77, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_max_s,                   "i8x16.max_s",                   0xfd, 0x78, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_max_u,                   "i8x16.max_u",                   0xfd, 0x79, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_avgr_u,                  "i8x16.avgr_u",                  0xfd, 0x7b, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extadd_pairwise_i8x16_s, "i16x8.extadd_pairwise_i8x16_s", 0xfd, 0x7c, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extadd_pairwise_i8x16_u, "i16x8.extadd_pairwise_i8x16_u", 0xfd, 0x7d, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extadd_pairwise_i16x8_s, "i32x4.extadd_pairwise_i16x8_s", 0xfd, 0x7e, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extadd_pairwise_i16x8_u, "i32x4.extadd_pairwise_i16x8_u", 0xfd, 0x7f, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_abs,                     "i16x8.abs",                     0xfd, 0x80, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_neg,                     "i16x8.neg",                     0xfd, 0x81, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_q15mulr_sat_s,           "i16x8.q15mulr_sat_s",           0xfd, 0x82, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_all_true,                "i16x8.all_true",                0xfd, 0x83, none, v_i,  0, simd)
DOVETAIL_OP(i16x8_bitmask,                 "i16x8.bitmask",                 0xfd, 0x84, none, v_i,  0, simd)
DOVETAIL_OP(i16x8_narrow_i32x4_s,          "i16x8.narrow_i32x4_s",          0xfd, 0x85, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_narrow_i32x4_u,          "i16x8.narrow_i32x4_u",          0xfd, 0x86, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extend_low_i8x16_s,      "i16x8.extend_low_i8x16_s",      0xfd, 0x87, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_high_i8x16_s,     "i16x8.extend_high_i8x16_s",     0xfd, 0x88, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_low_i8x16_u,      "i16x8.extend_low_i8x16_u",      0xfd, 0x89, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_high_i8x16_u,     "i16x8.extend_high_i8x16_u",     0xfd, 0x8a, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_shl,                     "i16x8.shl",                     0xfd, 0x8b, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_shr_s,                   "i16x8.shr_s",                   0xfd, 0x8c, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_shr_u,                   "i16x8.shr_u",                   0xfd, 0x8d, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_add,                     "i16x8.add",                     0xfd, 0x8e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_add_sat_s,               "i16x8.add_sat_s",               0xfd, 0x8f, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_add_sat_u,               "i16x8.add_sat_u",               0xfd, 0x90, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub,                     "i16x8.sub",                     0xfd, 0x91, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub_sat_s,               "i16x8.sub_sat_s",               0xfd, 0x92, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub_sat_u,               "i16x8.sub_sat_u",               0xfd, 0x93, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_mul,                     "i16x8.mul",                     0xfd, 0x95, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_min_s,                   "i16x8.min_s",                   0xfd, 0x96, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_min_u,                   "i16x8.min_u",                   0xfd, 0x97, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_max_s,                   "i16x8.max_s",                   0xfd, 0x98, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_max_u,                   "i16x8.max_u",                   0xfd, 0x99, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_avgr_u,                  "i16x8.avgr_u",                  0xfd, 0x9b, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_low_i8x16_s,      "i16x8.extmul_low_i8x16_s",      0xfd, 0x9c, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_high_i8x16_s,     "i16x8.extmul_high_i8x16_s",     0xfd, 0x9d, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_low_i8x16_u,      "i16x8.extmul_low_i8x16_u",      0xfd, 0x9e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_high_i8x16_u,     "i16x8.extmul_high_i8x16_u",     0xfd, 0x9f, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_abs,                     "i32x4.abs",                     0xfd, 0xa0, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_neg,                     "i32x4.neg",                     0xfd, 0xa1, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_all_true,                "i32x4.all_true",                0xfd, 0xa3, none, v_i,  0, simd)
DOVETAIL_OP(i32x4_bitmask,                 "i32x4.bitmask",                 0xfd, 0xa4, none, v_i,  0, simd)
DOVETAIL_OP(i32x4_extend_low_i16x8_s,      "i32x4.extend_low_i16x8_s",      0xfd, 0xa7, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_high_i16x8_s,     "i32x4.extend_high_i16x8_s",     0xfd, 0xa8, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_low_i16x8_u,      "i32x4.extend_low_i16x8_u",      0xfd, 0xa9, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_high_i16x8_u,     "i32x4.extend_high_i16x8_u",     0xfd, 0xaa, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_shl,                     "i32x4.shl",                     0xfd, 0xab, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_shr_s,                   "i32x4.shr_s",                   0xfd, 0xac, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_shr_u,                   "i32x4.shr_u",                   0xfd, 0xad, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_add,                     "i32x4.add",                     0xfd, 0xae, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_sub,                     "i32x4.sub",                     0xfd, 0xb1, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_mul,                     "i32x4.mul",                     0xfd, 0xb5, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_min_s,                   "i32x4.min_s",                   0xfd, 0xb6, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_min_u,                   "i32x4.min_u",                   0xfd, 0xb7, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_max_s,                   "i32x4.max_s",                   0xfd, 0xb8, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_max_u,                   "i32x4.max_u",                   0xfd, 0xb9, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_dot_i16x8_s,             "i32x4.dot_i16x8_s",             0xfd, 0xba, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_low_i16x8_s,      "i32x4.extmul_low_i16x8_s",      0xfd, 0xbc, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_high_i16x8_s,     "i32x4.extmul_high_i16x8_s",     0xfd, 0xbd, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_low_i16x8_u,      "i32x4.extmul_low_i16x8_u",      0xfd, 0xbe, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_high_i16x8_u,     "i32x4.extmul_high_i16x8_u",     0xfd, 0xbf, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_abs,                     "i64x2.abs",                     0xfd, 0xc0, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_neg,                     "i64x2.neg",                     0xfd, 0xc1, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_all_true,                "i64x2.all_true",                0xfd, 0xc3, none, v_i,  0, simd)
DOVETAIL_OP(i64x2_bitmask,                 "i64x2.bitmask",                 0xfd, 0xc4, none, v_i,  0, simd)
DOVETAIL_OP(i64x2_extend_low_i32x4_s,      "i64x2.extend_low_i32x4_s",      0xfd, 0xc7, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_high_i32x4_s,     "i64x2.extend_high_i32x4_s",     0xfd, 0xc8, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_low_i32x4_u,      "i64x2.extend_low_i32x4_u",      0xfd, 0xc9, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_high_i32x4_u,     "i64x2.extend_high_i32x4_u",     0xfd, 0xca, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_shl,                     "i64x2.shl",                     0xfd, 0xcb, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_shr_s,                   "i64x2.shr_s",                   0xfd, 0xcc, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_shr_u,                   "i64x2.shr_u",                   0xfd, 0xcd, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_add,                     "i64x2.add",                     0xfd, 0xce, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_sub,                     "i64x2.sub",                     0xfd, 0xd1, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_mul,                     "i64x2.mul",                     0xfd, 0xd5, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_low_i32x4_s,      "i64x2.extmul_low_i32x4_s",      0xfd, 0xdc, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_high_i32x4_s,     "i64x2.extmul_high_i32x4_s",     0xfd, 0xdd, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_low_i32x4_u,      "i64x2.extmul_low_i32x4_u",      0xfd, 0xde, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_high_i32x4_u,     "i64x2.extmul_high_i32x4_u",     0xfd, 0xdf, none, vv_v, 0, simd)

// Vector float arithmetic.
DOVETAIL_OP(f32x4_ceil,    "f32x4.ceil",    0xfd, 0x67, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_floor,   "f32x4.floor",   0xfd, 0x68, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_trunc,   "f32x4.trunc",   0xfd, 0x69, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_nearest, "f32x4.nearest", 0xfd, 0x6a, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_ceil,    "f64x2.ceil",    0xfd, 0x74, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_floor,   "f64x2.floor",   0xfd, 0x75, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_trunc,   "f64x2.trunc",   0xfd, 0x7a, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_nearest, "f64x2.nearest", 0xfd, 0x94, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_abs,     "f32x4.abs",     0xfd, 0xe0, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_neg,     "f32x4.neg",     0xfd, 0xe1, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_sqrt,    "f32x4.sqrt",    0xfd, 0xe3, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_add,     "f32x4.add",     0xfd, 0xe4, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_sub,     "f32x4.sub",     0xfd, 0xe5, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_mul,     "f32x4.mul",     0xfd, 0xe6, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_div,     "f32x4.div",     0xfd, 0xe7, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_min,     "f32x4.min",     0xfd, 0xe8, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_max,     "f32x4.max",     0xfd, 0xe9, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_pmin,    "f32x4.pmin",    0xfd, 0xea, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_pmax,    "f32x4.pmax",    0xfd, 0xeb, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_abs,     "f64x2.abs",     0xfd, 0xec, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_neg,     "f64x2.neg",     0xfd, 0xed, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_sqrt,    "f64x2.sqrt",    0xfd, 0xef, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_add,     "f64x2.add",     0xfd, 0xf0, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_sub,     "f64x2.sub",     0xfd, 0xf1, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_mul,     "f64x2.mul",     0xfd, 0xf2, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_div,     "f64x2.div",     0xfd, 0xf3, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_min,     "f64x2.min",     0xfd, 0xf4, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_max,     "f64x2.max",     0xfd, 0xf5, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_pmin,    "f64x2.pmin",    0xfd, 0xf6, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_pmax,    "f64x2.pmax",    0xfd, 0xf7, none, vv_v, 0, simd)

// Vector conversions.
DOVETAIL_OP(i32x4_trunc_sat_f32x4_s,      "i32x4.trunc_sat_f32x4_s",      0xfd, 0xf8, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f32x4_u,      "i32x4.trunc_sat_f32x4_u",      0xfd, 0xf9, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_convert_i32x4_s,        "f32x4.convert_i32x4_s",        0xfd, 0xfa, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_convert_i32x4_u,        "f32x4.convert_i32x4_u",        0xfd, 0xfb, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f64x2_s_zero, "i32x4.trunc_sat_f64x2_s_zero", 0xfd, 0xfc, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f64x2_u_zero, "i32x4.trunc_sat_f64x2_u_zero", 0xfd, 0xfd, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_convert_low_i32x4_s,    "f64x2.convert_low_i32x4_s",    0xfd, 0xfe, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_convert_low_i32x4_u,    "f64x2.convert_low_i32x4_u",    0xfd, 0xff, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_demote_f64x2_zero,      "f32x4.demote_f64x2_zero",      0xfd, 0x5e, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_promote_low_f32x4,      "f64x2.promote_low_f32x4",      0xfd, 0x5f, none, v_v, 0, simd)

// Relaxed vector instructions: results that processors differ in.
DOVETAIL_OP(i8x16_relaxed_swizzle,               "i8x16.relaxed_swizzle",               0xfd, 0x100, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f32x4_s,         "i32x4.relaxed_trunc_f32x4_s",         0xfd, 0x101, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f32x4_u,         "i32x4.relaxed_trunc_f32x4_u",         0xfd, 0x102, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f64x2_s_zero,    "i32x4.relaxed_trunc_f64x2_s_zero",    0xfd, 0x103, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f64x2_u_zero,    "i32x4.relaxed_trunc_f64x2_u_zero",    0xfd, 0x104, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_madd,                  "f32x4.relaxed_madd",                  0xfd, 0x105, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_nmadd,                 "f32x4.relaxed_nmadd",                 0xfd, 0x106, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_madd,                  "f64x2.relaxed_madd",                  0xfd, 0x107, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_nmadd,                 "f64x2.relaxed_nmadd",                 0xfd, 0x108, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i8x16_relaxed_laneselect,            "i8x16.relaxed_laneselect",            0xfd, 0x109, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_laneselect,            "i16x8.relaxed_laneselect",            0xfd, 0x10a, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_laneselect,            "i32x4.relaxed_laneselect",            0xfd, 0x10b, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i64x2_relaxed_laneselect,            "i64x2.relaxed_laneselect",            0xfd, 0x10c, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_min,                   "f32x4.relaxed_min",                   0xfd, 0x10d, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_max,                   "f32x4.relaxed_max",                   0xfd, 0x10e, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_min,                   "f64x2.relaxed_min",                   0xfd, 0x10f, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_max,                   "f64x2.relaxed_max",                   0xfd, 0x110, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_q15mulr_s,             "i16x8.relaxed_q15mulr_s",             0xfd, 0x111, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_dot_i8x16_i7x16_s,     "i16x8.relaxed_dot_i8x16_i7x16_s",     0xfd, 0x112, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_dot_i8x16_i7x16_add_s, "i32x4.relaxed_dot_i8x16_i7x16_add_s", 0xfd, 0x113, none, vvv_v, 0, relaxed_simd)
// clang-format on
#undef DOVETAIL_OP

#undef DOVETAIL_H
#undef DOVETAIL_OPERATOR
#undef DOVETAIL_S
#undef DOVETAIL_A
#undef DOVETAIL_K
#undef DOVETAIL_BINARY
#undef DOVETAIL_UNARY
#undef DOVETAIL_BRANCHING
#undef DOVETAIL_COMPARISON
#undef DOVETAIL_TEST
#undef DOVETAIL_COUNTING
#undef DOVETAIL_LOADING
#undef DOVETAIL_STORING
#undef DOVETAIL_NEAR_AND_FAR
#undef DOVETAIL_HANDLERS_special
#undef DOVETAIL_HANDLERS_ii_i
#undef DOVETAIL_HANDLERS_ll_l
#undef DOVETAIL_HANDLERS_ff_f
#undef DOVETAIL_HANDLERS_dd_d
#undef DOVETAIL_HANDLERS_ii_b
#undef DOVETAIL_HANDLERS_ll_b
#undef DOVETAIL_HANDLERS_ff_b
#undef DOVETAIL_HANDLERS_dd_b
#undef DOVETAIL_HANDLERS_i_b
#undef DOVETAIL_HANDLERS_l_b
#undef DOVETAIL_HANDLERS_i_i
#undef DOVETAIL_HANDLERS_l_l
#undef DOVETAIL_HANDLERS_f_f
#undef DOVETAIL_HANDLERS_d_d
#undef DOVETAIL_HANDLERS_i_l
#undef DOVETAIL_HANDLERS_i_f
#undef DOVETAIL_HANDLERS_i_d
#undef DOVETAIL_HANDLERS_l_i
#undef DOVETAIL_HANDLERS_l_f
#undef DOVETAIL_HANDLERS_l_d
#undef DOVETAIL_HANDLERS_f_i
#undef DOVETAIL_HANDLERS_f_l
#undef DOVETAIL_HANDLERS_f_d
#undef DOVETAIL_HANDLERS_d_i
#undef DOVETAIL_HANDLERS_d_l
#undef DOVETAIL_HANDLERS_d_f
#undef DOVETAIL_HANDLERS_i_v
#undef DOVETAIL_HANDLERS_l_v
#undef DOVETAIL_HANDLERS_f_v
#undef DOVETAIL_HANDLERS_d_v
#undef DOVETAIL_HANDLERS_v_i
#undef DOVETAIL_HANDLERS_v_v
#undef DOVETAIL_HANDLERS_vv_v
#undef DOVETAIL_HANDLERS_vi_v
#undef DOVETAIL_HANDLERS_vvv_v
#undef DOVETAIL_ACCESS_i_i
#undef DOVETAIL_ACCESS_i_l
#undef DOVETAIL_ACCESS_i_f
#undef DOVETAIL_ACCESS_i_d
#undef DOVETAIL_ACCESS_ii_n
#undef DOVETAIL_ACCESS_il_n
#undef DOVETAIL_ACCESS_if_n
#undef DOVETAIL_ACCESS_id_n
#undef DOVETAIL_ACCESS_i_v
#undef DOVETAIL_ACCESS_iv_n
#undef DOVETAIL_LANE_ACCESS_iv_v
#undef DOVETAIL_LANE_ACCESS_iv_n
#undef DOVETAIL_LANE_v_i
#undef DOVETAIL_LANE_v_l
#undef DOVETAIL_LANE_v_f
#undef DOVETAIL_LANE_v_d
#undef DOVETAIL_LANE_vi_v
#undef DOVETAIL_LANE_vl_v
#undef DOVETAIL_LANE_vf_v
#undef DOVETAIL_LANE_vd_v
#undef DOVETAIL_WITH_none
#undef DOVETAIL_WITH_memarg
#undef DOVETAIL_WITH_block_type
#undef DOVETAIL_WITH_label
#undef DOVETAIL_WITH_label_table
#undef DOVETAIL_WITH_function
#undef DOVETAIL_WITH_type
#undef DOVETAIL_WITH_call_indirect
#undef DOVETAIL_WITH_value_types
#undef DOVETAIL_WITH_local
#undef DOVETAIL_WITH_global
#undef DOVETAIL_WITH_table
#undef DOVETAIL_WITH_table_table
#undef DOVETAIL_WITH_element
#undef DOVETAIL_WITH_element_table
#undef DOVETAIL_WITH_memory
#undef DOVETAIL_WITH_memory_memory
#undef DOVETAIL_WITH_data
#undef DOVETAIL_WITH_data_memory
#undef DOVETAIL_WITH_memarg_lane
#undef DOVETAIL_WITH_lane
#undef DOVETAIL_WITH_shuffle
#undef DOVETAIL_WITH_heap_type
#undef DOVETAIL_WITH_i32
#undef DOVETAIL_WITH_i64
#undef DOVETAIL_WITH_f32
#undef DOVETAIL_WITH_f64
#undef DOVETAIL_WITH_v128
#undef DOVETAIL_OTHER_HANDLERS
#undef DOVETAIL_OF_mvp
#undef DOVETAIL_OF_multi_value
#undef DOVETAIL_OF_sign_extension
#undef DOVETAIL_OF_saturating_conversion
#undef DOVETAIL_OF_bulk_memory
#undef DOVETAIL_OF_reference_types
#undef DOVETAIL_OF_simd
#undef DOVETAIL_OF_multi_memory
#undef DOVETAIL_OF_tail_call
#undef DOVETAIL_OF_extended_const
#undef DOVETAIL_OF_memory64
#undef DOVETAIL_OF_function_references
#undef DOVETAIL_OF_relaxed_simd
// clang-format on
};
// Where the handlers of each operator begin, and the end.
inline constexpr auto handler_places = [] {
  std::array<std::uint16_t, op_count + 1> first{};
  std::uint16_t at = 0;
  for (std::size_t i = 0; i <= op_count; ++i) {
    at = static_cast<std::uint16_t>(at + handler_counts[i]);
    first[i] = at;
  }
  return first;
}();

}  // namespace detail

/// How many handlers there are.
inline constexpr std::size_t handler_count = detail::handler_places[op_count];

/// The handler of an operator with this place among its own, in the order of handlers.def.
[[nodiscard]] constexpr handler handler_of(op o, unsigned place) {
  return static_cast<handler>(detail::handler_places[static_cast<std::size_t>(o)] + place);
}

static_assert(handler_of(op::i32_add, 1) == handler::i32_add_sk &&
              handler_of(op::f64_ge, 5) == handler::f64_ge_then_ss);

}  // namespace dovetail::interpreting

// ---- dovetail/interpreter/dispatch.hpp

// The dispatch policies: how control gets from one handler to the next. The same handlers serve all
// three.

namespace dovetail::interpreting {

/// What the first 8 bytes of every cell mean to a dispatch policy, by handler.
using heads = const std::uint64_t*;

/// Every handler is a function that ends in a guaranteed tail call of the next: registers stay
/// where they are.
struct tail_call_dispatch {
  using function = void (*)(const cell*, slot*, std::byte*, std::uint64_t, execution*,
                            std::uint64_t, float, double);

  template <class Memory, handler_controls Control = handler_controls{}>
  static heads table();

  /// Runs until a handler stops; the trap is in the execution.
  template <class Memory, handler_controls Control = handler_controls{}>
  static void run(execution& x, const cell* pc, slot* frame) {
    const vm::memory_instance& m = *x.instance->memory0;
    to_function(pc)(pc, frame, m.base, 0, &x, m.size, 0, 0);
  }

 private:
  DOVETAIL_ALWAYS_INLINE static function to_function(const cell* pc) {
    return reinterpret_cast<function>(static_cast<std::uintptr_t>(pc->head));
  }
  // Most handlers fit a line of the instruction cache, and are in one: what a handler takes must
  // not depend on how long those before it are.
  template <class Handler>
  DOVETAIL_OWN_CACHE_LINE static void step(const cell* pc, slot* frame, std::byte* memory,
                                           std::uint64_t integer, execution* x,
                                           std::uint64_t memory_size, float f32, double f64) {
    registers r{pc, frame, memory, integer, x, memory_size, f32, f64};
    if (!Handler::run(r)) return;
    DOVETAIL_MUSTTAIL return to_function(r.pc)(r.pc, r.frame, r.memory, r.integer, r.x,
                                               r.memory_size, r.f32, r.f64);
  }
};

// Not inline, nor are the tables below: `extern template` keeps a unit from making all handlers
// once more ([temp.explicit]/13 excepts what is inline).
template <class Memory, handler_controls Control>
heads tail_call_dispatch::table() {
  static const std::array<std::uint64_t, handler_count> all = {
#define DOVETAIL_H(NAME, ...) reinterpret_cast<std::uintptr_t>(&step<__VA_ARGS__>),
// Every handler, a row each: DOVETAIL_H(NAME, TYPE). First those of no numeric operator, then,
// for each row of the operator table, DOVETAIL_OPERATOR(NAME) and its handlers. Whoever includes
// this defines the macros; they are undefined afterwards.

// clang-format off
#ifndef DOVETAIL_OPERATOR
#define DOVETAIL_OPERATOR(NAME)
#endif

// Which handlers an operator has follows from its signature. H(NAME, TYPE...) is called for each;
// types may use `Memory`, the memory policy, and `Control`. Two operands: slot slot, slot constant, accumulator
// slot, accumulator constant, slot accumulator.
#define DOVETAIL_S ::dovetail::interpreting::source::slot
#define DOVETAIL_A ::dovetail::interpreting::source::accumulator
#define DOVETAIL_K ::dovetail::interpreting::source::constant

#define DOVETAIL_BINARY(H, O)                      \
  H(O##_ss, binary<op::O, DOVETAIL_S, DOVETAIL_S>) \
  H(O##_sk, binary<op::O, DOVETAIL_S, DOVETAIL_K>) \
  H(O##_as, binary<op::O, DOVETAIL_A, DOVETAIL_S>) \
  H(O##_ak, binary<op::O, DOVETAIL_A, DOVETAIL_K>) \
  H(O##_sa, binary<op::O, DOVETAIL_S, DOVETAIL_A>)
#define DOVETAIL_UNARY(H, O)         \
  H(O##_s, unary<op::O, DOVETAIL_S>) \
  H(O##_a, unary<op::O, DOVETAIL_A>)
#define DOVETAIL_BRANCHING(H, O, PREFIX, SENSE)                           \
  H(O##PREFIX##_ss, compare_branch<op::O, DOVETAIL_S, DOVETAIL_S, SENSE>) \
  H(O##PREFIX##_sk, compare_branch<op::O, DOVETAIL_S, DOVETAIL_K, SENSE>) \
  H(O##PREFIX##_as, compare_branch<op::O, DOVETAIL_A, DOVETAIL_S, SENSE>) \
  H(O##PREFIX##_ak, compare_branch<op::O, DOVETAIL_A, DOVETAIL_K, SENSE>) \
  H(O##PREFIX##_sa, compare_branch<op::O, DOVETAIL_S, DOVETAIL_A, SENSE>)
#define DOVETAIL_COMPARISON(H, O) \
  DOVETAIL_BINARY(H, O)           \
  DOVETAIL_BRANCHING(H, O, _then, true) DOVETAIL_BRANCHING(H, O, _else, false)
#define DOVETAIL_TEST(H, O)                            \
  DOVETAIL_UNARY(H, O)                                 \
  H(O##_then_s, test_branch<op::O, DOVETAIL_S, true>)  \
  H(O##_then_a, test_branch<op::O, DOVETAIL_A, true>)  \
  H(O##_else_s, test_branch<op::O, DOVETAIL_S, false>) \
  H(O##_else_a, test_branch<op::O, DOVETAIL_A, false>)
#define DOVETAIL_COUNTING(H, O)                   \
  H(O##_count_s, count_branch<op::O, DOVETAIL_S>) \
  H(O##_count_k, count_branch<op::O, DOVETAIL_K>)
#define DOVETAIL_LOADING(H, O)                        \
  H(O##_s, load<Memory, op::O, address::slot>)        \
  H(O##_a, load<Memory, op::O, address::accumulator>) \
  H(O##_n, load<Memory, op::O, address::none>)        \
  H(O##_x, load<Memory, op::O, address::sum>)           \
  H(O##_ps, load<Memory, op::O, address::slot_plus>)    \
  H(O##_pa, load<Memory, op::O, address::accumulator_plus>) \
  H(O##_w, load<Memory, op::O, address::wide>)              \
  H(O##_f, load<Memory, op::O, address::elsewhere>)
#define DOVETAIL_STORING(H, O)                                      \
  H(O##_ss, store<Memory, op::O, address::slot, DOVETAIL_S>)        \
  H(O##_sa, store<Memory, op::O, address::slot, DOVETAIL_A>)        \
  H(O##_sk, store<Memory, op::O, address::slot, DOVETAIL_K>)        \
  H(O##_as, store<Memory, op::O, address::accumulator, DOVETAIL_S>) \
  H(O##_ak, store<Memory, op::O, address::accumulator, DOVETAIL_K>) \
  H(O##_ns, store<Memory, op::O, address::none, DOVETAIL_S>)        \
  H(O##_na, store<Memory, op::O, address::none, DOVETAIL_A>)        \
  H(O##_pss, store<Memory, op::O, address::slot_plus, DOVETAIL_S>)  \
  H(O##_psk, store<Memory, op::O, address::slot_plus, DOVETAIL_K>)  \
  H(O##_pas, store<Memory, op::O, address::accumulator_plus, DOVETAIL_S>) \
  H(O##_pak, store<Memory, op::O, address::accumulator_plus, DOVETAIL_K>) \
  H(O##_ws, store<Memory, op::O, address::wide, DOVETAIL_S>)              \
  H(O##_fs, store<Memory, op::O, address::elsewhere, DOVETAIL_S>)
#define DOVETAIL_NEAR_AND_FAR(H, O, NEAR, ACCESS)      \
  H(O##NEAR, ACCESS<Memory, op::O, address::slot>)     \
  H(O##_f, ACCESS<Memory, op::O, address::elsewhere>)

#define DOVETAIL_HANDLERS_special(H, O)
#define DOVETAIL_HANDLERS_ii_i(H, O) DOVETAIL_BINARY(H, O)
#define DOVETAIL_HANDLERS_ll_l(H, O) DOVETAIL_BINARY(H, O)
#define DOVETAIL_HANDLERS_ff_f(H, O) DOVETAIL_BINARY(H, O)
#define DOVETAIL_HANDLERS_dd_d(H, O) DOVETAIL_BINARY(H, O)
#define DOVETAIL_HANDLERS_ii_b(H, O) DOVETAIL_COMPARISON(H, O) DOVETAIL_COUNTING(H, O)
#define DOVETAIL_HANDLERS_ll_b(H, O) DOVETAIL_COMPARISON(H, O)
#define DOVETAIL_HANDLERS_ff_b(H, O) DOVETAIL_COMPARISON(H, O)
#define DOVETAIL_HANDLERS_dd_b(H, O) DOVETAIL_COMPARISON(H, O)
#define DOVETAIL_HANDLERS_i_b(H, O) DOVETAIL_TEST(H, O)
#define DOVETAIL_HANDLERS_l_b(H, O) DOVETAIL_TEST(H, O)
#define DOVETAIL_HANDLERS_i_i(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_l_l(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_f_f(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_d_d(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_i_l(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_i_f(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_i_d(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_l_i(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_l_f(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_l_d(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_f_i(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_f_l(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_f_d(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_d_i(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_d_l(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_d_f(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_i_v(H, O) H(O##_s, vector_splat<op::O>)
#define DOVETAIL_HANDLERS_l_v(H, O) H(O##_s, vector_splat<op::O>)
#define DOVETAIL_HANDLERS_f_v(H, O) H(O##_s, vector_splat<op::O>)
#define DOVETAIL_HANDLERS_d_v(H, O) H(O##_s, vector_splat<op::O>)
#define DOVETAIL_HANDLERS_v_i(H, O) H(O##_s, vector_test<op::O>)
#define DOVETAIL_HANDLERS_v_v(H, O) H(O##_s, vector_unary<op::O>)
#define DOVETAIL_HANDLERS_vv_v(H, O) H(O##_ss, vector_binary<op::O>)
#define DOVETAIL_HANDLERS_vi_v(H, O) H(O##_ss, vector_shift<op::O>)
#define DOVETAIL_HANDLERS_vvv_v(H, O) H(O##_sss, vector_ternary<op::O>)
#define DOVETAIL_ACCESS_i_i(H, O) DOVETAIL_LOADING(H, O)
#define DOVETAIL_ACCESS_i_l(H, O) DOVETAIL_LOADING(H, O)
#define DOVETAIL_ACCESS_i_f(H, O) DOVETAIL_LOADING(H, O)
#define DOVETAIL_ACCESS_i_d(H, O) DOVETAIL_LOADING(H, O)
#define DOVETAIL_ACCESS_ii_n(H, O) DOVETAIL_STORING(H, O)
#define DOVETAIL_ACCESS_il_n(H, O) DOVETAIL_STORING(H, O)
#define DOVETAIL_ACCESS_if_n(H, O) DOVETAIL_STORING(H, O)
#define DOVETAIL_ACCESS_id_n(H, O) DOVETAIL_STORING(H, O)
#define DOVETAIL_ACCESS_i_v(H, O) DOVETAIL_NEAR_AND_FAR(H, O, _s, vector_load)
#define DOVETAIL_ACCESS_iv_n(H, O) DOVETAIL_NEAR_AND_FAR(H, O, _ss, vector_store)
#define DOVETAIL_LANE_ACCESS_iv_v(H, O) DOVETAIL_NEAR_AND_FAR(H, O, _ss, vector_load_lane)
#define DOVETAIL_LANE_ACCESS_iv_n(H, O) DOVETAIL_NEAR_AND_FAR(H, O, _ss, vector_store_lane)
#define DOVETAIL_LANE_v_i(H, O) H(O##_s, vector_extract<op::O>)
#define DOVETAIL_LANE_v_l(H, O) H(O##_s, vector_extract<op::O>)
#define DOVETAIL_LANE_v_f(H, O) H(O##_s, vector_extract<op::O>)
#define DOVETAIL_LANE_v_d(H, O) H(O##_s, vector_extract<op::O>)
#define DOVETAIL_LANE_vi_v(H, O) H(O##_ss, vector_replace<op::O>)
#define DOVETAIL_LANE_vl_v(H, O) H(O##_ss, vector_replace<op::O>)
#define DOVETAIL_LANE_vf_v(H, O) H(O##_ss, vector_replace<op::O>)
#define DOVETAIL_LANE_vd_v(H, O) H(O##_ss, vector_replace<op::O>)

// Immediates decide first: none is numeric, memarg an access, a lane has its own, the rest have
// handlers by hand.
#define DOVETAIL_WITH_none(H, O, SIGNATURE) DOVETAIL_HANDLERS_##SIGNATURE(H, O)
#define DOVETAIL_WITH_memarg(H, O, SIGNATURE) DOVETAIL_ACCESS_##SIGNATURE(H, O)
#define DOVETAIL_WITH_block_type(H, O, SIGNATURE)
#define DOVETAIL_WITH_label(H, O, SIGNATURE)
#define DOVETAIL_WITH_label_table(H, O, SIGNATURE)
#define DOVETAIL_WITH_function(H, O, SIGNATURE)
#define DOVETAIL_WITH_type(H, O, SIGNATURE)
#define DOVETAIL_WITH_call_indirect(H, O, SIGNATURE)
#define DOVETAIL_WITH_value_types(H, O, SIGNATURE)
#define DOVETAIL_WITH_local(H, O, SIGNATURE)
#define DOVETAIL_WITH_global(H, O, SIGNATURE)
#define DOVETAIL_WITH_table(H, O, SIGNATURE)
#define DOVETAIL_WITH_table_table(H, O, SIGNATURE)
#define DOVETAIL_WITH_element(H, O, SIGNATURE)
#define DOVETAIL_WITH_element_table(H, O, SIGNATURE)
#define DOVETAIL_WITH_memory(H, O, SIGNATURE)
#define DOVETAIL_WITH_memory_memory(H, O, SIGNATURE)
#define DOVETAIL_WITH_data(H, O, SIGNATURE)
#define DOVETAIL_WITH_data_memory(H, O, SIGNATURE)
#define DOVETAIL_WITH_memarg_lane(H, O, SIGNATURE) DOVETAIL_LANE_ACCESS_##SIGNATURE(H, O)
#define DOVETAIL_WITH_lane(H, O, SIGNATURE) DOVETAIL_LANE_##SIGNATURE(H, O)
#define DOVETAIL_WITH_shuffle(H, O, SIGNATURE) H(O##_ss, vector_shuffle<op::O>)
#define DOVETAIL_WITH_heap_type(H, O, SIGNATURE)
#define DOVETAIL_WITH_i32(H, O, SIGNATURE)
#define DOVETAIL_WITH_i64(H, O, SIGNATURE)
#define DOVETAIL_WITH_f32(H, O, SIGNATURE)
#define DOVETAIL_WITH_f64(H, O, SIGNATURE)
#define DOVETAIL_WITH_v128(H, O, SIGNATURE)

#define DOVETAIL_OF_mvp(...) __VA_ARGS__
#define DOVETAIL_OF_multi_value(...) __VA_ARGS__
#define DOVETAIL_OF_sign_extension(...) __VA_ARGS__
#define DOVETAIL_OF_saturating_conversion(...) __VA_ARGS__
#define DOVETAIL_OF_bulk_memory(...) __VA_ARGS__
#define DOVETAIL_OF_reference_types(...) __VA_ARGS__
#define DOVETAIL_OF_simd(...) __VA_ARGS__
#define DOVETAIL_OF_multi_memory(...) __VA_ARGS__
#define DOVETAIL_OF_tail_call(...) __VA_ARGS__
#define DOVETAIL_OF_extended_const(...) __VA_ARGS__
#define DOVETAIL_OF_memory64(...) __VA_ARGS__
#define DOVETAIL_OF_function_references(...) __VA_ARGS__
#define DOVETAIL_OF_relaxed_simd(...) __VA_ARGS__

// Handlers that belong to no numeric operator.
#define DOVETAIL_OTHER_HANDLERS(H)                           \
  H(copy, copy)                                              \
  H(copy_two, copy_two)                                      \
  H(copy_wide, copy_wide)                                    \
  H(constant_32, constant_32)                                \
  H(constant_64, constant_64)                                \
  H(select_i_s, select<DOVETAIL_S, std::uint64_t>)           \
  H(select_i_a, select<DOVETAIL_A, std::uint64_t>)           \
  H(select_f_s, select<DOVETAIL_S, float>)                   \
  H(select_f_a, select<DOVETAIL_A, float>)                   \
  H(select_d_s, select<DOVETAIL_S, double>)                  \
  H(select_d_a, select<DOVETAIL_A, double>)                  \
  DOVETAIL_BRANCHING(H, i32_and, _then, true)                \
  DOVETAIL_BRANCHING(H, i32_and, _else, false)               \
  H(branch, branch)                                          \
  H(branch_table_s, branch_table<DOVETAIL_S>)                \
  H(branch_table_a, branch_table<DOVETAIL_A>)                \
  H(unreachable, unreachable)                                \
  H(finish, finish)                                          \
  H(return_here, return_here)                                \
  H(return_s, return_one<DOVETAIL_S>)                        \
  H(return_a, return_one<DOVETAIL_A>)                        \
  H(return_k, return_one<DOVETAIL_K>)                        \
  H(call, call<false>)                                       \
  H(call_imported, call_imported<false, Control.stops, Control.keeps_places>)      \
  H(call_indirect, call_indirect<false>)                     \
  H(call_far, call<true>)                                    \
  H(call_imported_far, call_imported<true, Control.stops, Control.keeps_places>)   \
  H(call_indirect_far, call_indirect<true>)                  \
  H(call_elsewhere, call_elsewhere<Control.stops, Control.keeps_places>)           \
  H(call_ref, call_ref)                                      \
  H(return_call, return_call)                                \
  H(return_call_imported, return_call_imported)              \
  H(return_call_indirect, return_call_indirect)              \
  H(return_call_ref, return_call_ref)                        \
  H(return_call_elsewhere, return_call_elsewhere<Control.stops, Control.keeps_places>) \
  H(ref_as_non_null, ref_as_non_null)                        \
  H(checkpoint, checkpoint)                                  \
  H(count_here, count_here)                                  \
  H(charge, charge<Control.asks_for_fuel>)                   \
  H(charge_bytes, charge_bulk<detail::price_of_bytes, Control.asks_for_fuel>) \
  H(charge_elements, charge_bulk<detail::price_of_elements, Control.asks_for_fuel>) \
  H(global_get, global_get)                                  \
  H(global_set, global_set)                                  \
  H(global_plus, global_plus)                                \
  H(global_move, global_move)                                \
  H(global_set_plus, global_set_plus)                        \
  H(i32_index_ss, shifted_sum<DOVETAIL_S, DOVETAIL_S>)             \
  H(i32_index_as, shifted_sum<DOVETAIL_A, DOVETAIL_S>)             \
  H(i32_index_sk, shifted_sum<DOVETAIL_S, DOVETAIL_K>)             \
  H(i32_index_ak, shifted_sum<DOVETAIL_A, DOVETAIL_K>)             \
  H(i32_bit_field_s, bit_field<DOVETAIL_S>)                  \
  H(i32_bit_field_a, bit_field<DOVETAIL_A>)                  \
  H(i32_step_two, step_two)                                  \
  H(ref_func, ref_func)                                      \
  H(memory_size, memory_size)                                \
  H(memory_grow, memory_grow)                                \
  H(memory_fill, memory_fill<Control.stops>)                 \
  H(memory_copy, memory_copy<Control.stops>)                 \
  H(memory_init, memory_init<Control.stops>)                 \
  H(data_drop, data_drop)                                    \
  H(table_get, table_get)                                    \
  H(table_set, table_set)                                    \
  H(table_size, table_size)                                  \
  H(table_grow, table_grow)                                  \
  H(table_fill, table_fill<Control.stops>)                   \
  H(table_copy, table_copy<Control.stops>)                   \
  H(table_init, table_init<Control.stops>)                   \
  H(element_drop, element_drop)                              \
  H(copy_vector, copy_vector)                                \
  H(vector_constant, vector_constant)                        \
  H(select_vector, select_vector)                            \
  H(global_get_vector, global_get_vector)                    \
  H(global_set_vector, global_set_vector)                    \
  H(return_vector, return_vector)                            \
  H(canonical_f32, canonical_scalar<float>)                  \
  H(canonical_f64, canonical_scalar<double>)                 \
  H(canonical_f32x4, canonical_vector<float>)                \
  H(canonical_f64x2, canonical_vector<double>)

DOVETAIL_OTHER_HANDLERS(DOVETAIL_H)

#define DOVETAIL_OF_CONSTANT(O) DOVETAIL_H(O##_ks, binary_of_constant<op::O>)
#define DOVETAIL_WIDE(O)                             \
  DOVETAIL_H(O##_sw, binary_wide<op::O, DOVETAIL_S>) \
  DOVETAIL_H(O##_aw, binary_wide<op::O, DOVETAIL_A>)
// Operators with handlers for certain constants: DOVETAIL_OF_CONSTANT(NAME) for a first operand of
// 32 bits, DOVETAIL_WIDE(NAME) for a second one of 64 bits, as hashes have, and numbers that are no
// float. Whoever includes this defines both macros.

// clang-format off
DOVETAIL_OF_CONSTANT(i32_sub)
DOVETAIL_OF_CONSTANT(i32_shl)
DOVETAIL_OF_CONSTANT(i64_sub)
DOVETAIL_OF_CONSTANT(i64_shl)
DOVETAIL_OF_CONSTANT(f32_sub)
DOVETAIL_OF_CONSTANT(f32_div)
DOVETAIL_OF_CONSTANT(f64_sub)
DOVETAIL_OF_CONSTANT(f64_div)
DOVETAIL_WIDE(i64_add)
DOVETAIL_WIDE(i64_mul)
DOVETAIL_WIDE(i64_and)
DOVETAIL_WIDE(i64_or)
DOVETAIL_WIDE(i64_xor)
DOVETAIL_WIDE(f64_add)
DOVETAIL_WIDE(f64_sub)
DOVETAIL_WIDE(f64_mul)
DOVETAIL_WIDE(f64_div)
// clang-format on
#undef DOVETAIL_OF_CONSTANT
#undef DOVETAIL_WIDE

#define DOVETAIL_OP(NAME, TEXT, PREFIX, CODE, IMMEDIATE, SIGNATURE, WIDTH, FEATURE) \
  DOVETAIL_OPERATOR(NAME)                                                           \
  DOVETAIL_OF_##FEATURE(DOVETAIL_WITH_##IMMEDIATE(DOVETAIL_H, NAME, SIGNATURE))
// Every operator of 3.0 but garbage collection and exceptions: NAME, TEXT, PREFIX, CODE, IMMEDIATE,
// SIGNATURE, WIDTH, FEATURE. A signature lists operand, then result types (i l f d v: i32 i64 f32
// f64 v128, b: an i32 that is a truth value, n: none); the pass types "special" rows.

// clang-format off

// Control instructions (core specification 5.4.1).
DOVETAIL_OP(unreachable,   "unreachable",   0x00, 0x00, none,          special, 0, mvp)
DOVETAIL_OP(nop,           "nop",           0x00, 0x01, none,          special, 0, mvp)
DOVETAIL_OP(block,         "block",         0x00, 0x02, block_type,    special, 0, mvp)
DOVETAIL_OP(loop,          "loop",          0x00, 0x03, block_type,    special, 0, mvp)
DOVETAIL_OP(if_,           "if",            0x00, 0x04, block_type,    special, 0, mvp)
DOVETAIL_OP(else_,         "else",          0x00, 0x05, none,          special, 0, mvp)
DOVETAIL_OP(end,           "end",           0x00, 0x0b, none,          special, 0, mvp)
DOVETAIL_OP(br,            "br",            0x00, 0x0c, label,         special, 0, mvp)
DOVETAIL_OP(br_if,         "br_if",         0x00, 0x0d, label,         special, 0, mvp)
DOVETAIL_OP(br_table,      "br_table",      0x00, 0x0e, label_table,   special, 0, mvp)
DOVETAIL_OP(return_,       "return",        0x00, 0x0f, none,          special, 0, mvp)
DOVETAIL_OP(call,          "call",          0x00, 0x10, function,      special, 0, mvp)
DOVETAIL_OP(call_indirect, "call_indirect", 0x00, 0x11, call_indirect, special, 0, mvp)

DOVETAIL_OP(return_call,          "return_call",          0x00, 0x12, function,      special, 0, tail_call)
DOVETAIL_OP(return_call_indirect, "return_call_indirect", 0x00, 0x13, call_indirect, special, 0, tail_call)
DOVETAIL_OP(call_ref,             "call_ref",             0x00, 0x14, type,          special, 0, function_references)
DOVETAIL_OP(return_call_ref,      "return_call_ref",      0x00, 0x15, type,          special, 0, function_references)
DOVETAIL_OP(br_on_null,           "br_on_null",           0x00, 0xd5, label,         special, 0, function_references)
DOVETAIL_OP(br_on_non_null,       "br_on_non_null",       0x00, 0xd6, label,         special, 0, function_references)

// Reference instructions (5.4.2).
DOVETAIL_OP(ref_null,    "ref.null",    0x00, 0xd0, heap_type, special, 0, reference_types)
DOVETAIL_OP(ref_is_null, "ref.is_null", 0x00, 0xd1, none,      special, 0, reference_types)
DOVETAIL_OP(ref_func,    "ref.func",    0x00, 0xd2, function,  special, 0, reference_types)
DOVETAIL_OP(ref_as_non_null, "ref.as_non_null", 0x00, 0xd4, none, special, 0, function_references)

// Parametric instructions (5.4.3).
DOVETAIL_OP(drop,         "drop",   0x00, 0x1a, none,        special, 0, mvp)
DOVETAIL_OP(select,       "select", 0x00, 0x1b, none,        special, 0, mvp)
DOVETAIL_OP(select_typed, "select", 0x00, 0x1c, value_types, special, 0, reference_types)

// Variable instructions (5.4.4).
DOVETAIL_OP(local_get,  "local.get",  0x00, 0x20, local,  special, 0, mvp)
DOVETAIL_OP(local_set,  "local.set",  0x00, 0x21, local,  special, 0, mvp)
DOVETAIL_OP(local_tee,  "local.tee",  0x00, 0x22, local,  special, 0, mvp)
DOVETAIL_OP(global_get, "global.get", 0x00, 0x23, global, special, 0, mvp)
DOVETAIL_OP(global_set, "global.set", 0x00, 0x24, global, special, 0, mvp)

// Table instructions (5.4.5).
DOVETAIL_OP(table_get,  "table.get",  0x00, 0x25, table,         special, 0, reference_types)
DOVETAIL_OP(table_set,  "table.set",  0x00, 0x26, table,         special, 0, reference_types)
DOVETAIL_OP(table_init, "table.init", 0xfc, 0x0c, element_table, special, 0, bulk_memory)
DOVETAIL_OP(elem_drop,  "elem.drop",  0xfc, 0x0d, element,       special, 0, bulk_memory)
DOVETAIL_OP(table_copy, "table.copy", 0xfc, 0x0e, table_table,   special, 0, bulk_memory)
DOVETAIL_OP(table_grow, "table.grow", 0xfc, 0x0f, table,         special, 0, reference_types)
DOVETAIL_OP(table_size, "table.size", 0xfc, 0x10, table,         special, 0, reference_types)
DOVETAIL_OP(table_fill, "table.fill", 0xfc, 0x11, table,         special, 0, reference_types)

// Memory instructions (5.4.6): an address and an offset, then the width of the access in bytes.
DOVETAIL_OP(i32_load,     "i32.load",     0x00, 0x28, memarg,        i_i,     4, mvp)
DOVETAIL_OP(i64_load,     "i64.load",     0x00, 0x29, memarg,        i_l,     8, mvp)
DOVETAIL_OP(f32_load,     "f32.load",     0x00, 0x2a, memarg,        i_f,     4, mvp)
DOVETAIL_OP(f64_load,     "f64.load",     0x00, 0x2b, memarg,        i_d,     8, mvp)
DOVETAIL_OP(i32_load8_s,  "i32.load8_s",  0x00, 0x2c, memarg,        i_i,     1, mvp)
DOVETAIL_OP(i32_load8_u,  "i32.load8_u",  0x00, 0x2d, memarg,        i_i,     1, mvp)
DOVETAIL_OP(i32_load16_s, "i32.load16_s", 0x00, 0x2e, memarg,        i_i,     2, mvp)
DOVETAIL_OP(i32_load16_u, "i32.load16_u", 0x00, 0x2f, memarg,        i_i,     2, mvp)
DOVETAIL_OP(i64_load8_s,  "i64.load8_s",  0x00, 0x30, memarg,        i_l,     1, mvp)
DOVETAIL_OP(i64_load8_u,  "i64.load8_u",  0x00, 0x31, memarg,        i_l,     1, mvp)
DOVETAIL_OP(i64_load16_s, "i64.load16_s", 0x00, 0x32, memarg,        i_l,     2, mvp)
DOVETAIL_OP(i64_load16_u, "i64.load16_u", 0x00, 0x33, memarg,        i_l,     2, mvp)
DOVETAIL_OP(i64_load32_s, "i64.load32_s", 0x00, 0x34, memarg,        i_l,     4, mvp)
DOVETAIL_OP(i64_load32_u, "i64.load32_u", 0x00, 0x35, memarg,        i_l,     4, mvp)
DOVETAIL_OP(i32_store,    "i32.store",    0x00, 0x36, memarg,        ii_n,    4, mvp)
DOVETAIL_OP(i64_store,    "i64.store",    0x00, 0x37, memarg,        il_n,    8, mvp)
DOVETAIL_OP(f32_store,    "f32.store",    0x00, 0x38, memarg,        if_n,    4, mvp)
DOVETAIL_OP(f64_store,    "f64.store",    0x00, 0x39, memarg,        id_n,    8, mvp)
DOVETAIL_OP(i32_store8,   "i32.store8",   0x00, 0x3a, memarg,        ii_n,    1, mvp)
DOVETAIL_OP(i32_store16,  "i32.store16",  0x00, 0x3b, memarg,        ii_n,    2, mvp)
DOVETAIL_OP(i64_store8,   "i64.store8",   0x00, 0x3c, memarg,        il_n,    1, mvp)
DOVETAIL_OP(i64_store16,  "i64.store16",  0x00, 0x3d, memarg,        il_n,    2, mvp)
DOVETAIL_OP(i64_store32,  "i64.store32",  0x00, 0x3e, memarg,        il_n,    4, mvp)
DOVETAIL_OP(memory_size,  "memory.size",  0x00, 0x3f, memory,        special, 0, mvp)
DOVETAIL_OP(memory_grow,  "memory.grow",  0x00, 0x40, memory,        special, 0, mvp)
DOVETAIL_OP(memory_init,  "memory.init",  0xfc, 0x08, data_memory,   special, 0, bulk_memory)
DOVETAIL_OP(data_drop,    "data.drop",    0xfc, 0x09, data,          special, 0, bulk_memory)
DOVETAIL_OP(memory_copy,  "memory.copy",  0xfc, 0x0a, memory_memory, special, 0, bulk_memory)
DOVETAIL_OP(memory_fill,  "memory.fill",  0xfc, 0x0b, memory,        special, 0, bulk_memory)

// Numeric instructions (5.4.7): constants.
DOVETAIL_OP(i32_const, "i32.const", 0x00, 0x41, i32, n_i, 0, mvp)
DOVETAIL_OP(i64_const, "i64.const", 0x00, 0x42, i64, n_l, 0, mvp)
DOVETAIL_OP(f32_const, "f32.const", 0x00, 0x43, f32, n_f, 0, mvp)
DOVETAIL_OP(f64_const, "f64.const", 0x00, 0x44, f64, n_d, 0, mvp)

// Integer comparisons.
DOVETAIL_OP(i32_eqz,  "i32.eqz",  0x00, 0x45, none, i_b,  0, mvp)
DOVETAIL_OP(i32_eq,   "i32.eq",   0x00, 0x46, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ne,   "i32.ne",   0x00, 0x47, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_lt_s, "i32.lt_s", 0x00, 0x48, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_lt_u, "i32.lt_u", 0x00, 0x49, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_gt_s, "i32.gt_s", 0x00, 0x4a, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_gt_u, "i32.gt_u", 0x00, 0x4b, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_le_s, "i32.le_s", 0x00, 0x4c, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_le_u, "i32.le_u", 0x00, 0x4d, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ge_s, "i32.ge_s", 0x00, 0x4e, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ge_u, "i32.ge_u", 0x00, 0x4f, none, ii_b, 0, mvp)
DOVETAIL_OP(i64_eqz,  "i64.eqz",  0x00, 0x50, none, l_b,  0, mvp)
DOVETAIL_OP(i64_eq,   "i64.eq",   0x00, 0x51, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ne,   "i64.ne",   0x00, 0x52, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_lt_s, "i64.lt_s", 0x00, 0x53, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_lt_u, "i64.lt_u", 0x00, 0x54, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_gt_s, "i64.gt_s", 0x00, 0x55, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_gt_u, "i64.gt_u", 0x00, 0x56, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_le_s, "i64.le_s", 0x00, 0x57, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_le_u, "i64.le_u", 0x00, 0x58, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ge_s, "i64.ge_s", 0x00, 0x59, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ge_u, "i64.ge_u", 0x00, 0x5a, none, ll_b, 0, mvp)

// Float comparisons.
DOVETAIL_OP(f32_eq, "f32.eq", 0x00, 0x5b, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_ne, "f32.ne", 0x00, 0x5c, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_lt, "f32.lt", 0x00, 0x5d, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_gt, "f32.gt", 0x00, 0x5e, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_le, "f32.le", 0x00, 0x5f, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_ge, "f32.ge", 0x00, 0x60, none, ff_b, 0, mvp)
DOVETAIL_OP(f64_eq, "f64.eq", 0x00, 0x61, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_ne, "f64.ne", 0x00, 0x62, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_lt, "f64.lt", 0x00, 0x63, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_gt, "f64.gt", 0x00, 0x64, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_le, "f64.le", 0x00, 0x65, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_ge, "f64.ge", 0x00, 0x66, none, dd_b, 0, mvp)

// Integer arithmetic.
DOVETAIL_OP(i32_clz,    "i32.clz",    0x00, 0x67, none, i_i,  0, mvp)
DOVETAIL_OP(i32_ctz,    "i32.ctz",    0x00, 0x68, none, i_i,  0, mvp)
DOVETAIL_OP(i32_popcnt, "i32.popcnt", 0x00, 0x69, none, i_i,  0, mvp)
DOVETAIL_OP(i32_add,    "i32.add",    0x00, 0x6a, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_sub,    "i32.sub",    0x00, 0x6b, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_mul,    "i32.mul",    0x00, 0x6c, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_div_s,  "i32.div_s",  0x00, 0x6d, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_div_u,  "i32.div_u",  0x00, 0x6e, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rem_s,  "i32.rem_s",  0x00, 0x6f, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rem_u,  "i32.rem_u",  0x00, 0x70, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_and,    "i32.and",    0x00, 0x71, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_or,     "i32.or",     0x00, 0x72, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_xor,    "i32.xor",    0x00, 0x73, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shl,    "i32.shl",    0x00, 0x74, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shr_s,  "i32.shr_s",  0x00, 0x75, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shr_u,  "i32.shr_u",  0x00, 0x76, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rotl,   "i32.rotl",   0x00, 0x77, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rotr,   "i32.rotr",   0x00, 0x78, none, ii_i, 0, mvp)
DOVETAIL_OP(i64_clz,    "i64.clz",    0x00, 0x79, none, l_l,  0, mvp)
DOVETAIL_OP(i64_ctz,    "i64.ctz",    0x00, 0x7a, none, l_l,  0, mvp)
DOVETAIL_OP(i64_popcnt, "i64.popcnt", 0x00, 0x7b, none, l_l,  0, mvp)
DOVETAIL_OP(i64_add,    "i64.add",    0x00, 0x7c, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_sub,    "i64.sub",    0x00, 0x7d, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_mul,    "i64.mul",    0x00, 0x7e, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_div_s,  "i64.div_s",  0x00, 0x7f, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_div_u,  "i64.div_u",  0x00, 0x80, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rem_s,  "i64.rem_s",  0x00, 0x81, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rem_u,  "i64.rem_u",  0x00, 0x82, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_and,    "i64.and",    0x00, 0x83, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_or,     "i64.or",     0x00, 0x84, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_xor,    "i64.xor",    0x00, 0x85, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shl,    "i64.shl",    0x00, 0x86, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shr_s,  "i64.shr_s",  0x00, 0x87, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shr_u,  "i64.shr_u",  0x00, 0x88, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rotl,   "i64.rotl",   0x00, 0x89, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rotr,   "i64.rotr",   0x00, 0x8a, none, ll_l, 0, mvp)

// Float arithmetic.
DOVETAIL_OP(f32_abs,      "f32.abs",      0x00, 0x8b, none, f_f,  0, mvp)
DOVETAIL_OP(f32_neg,      "f32.neg",      0x00, 0x8c, none, f_f,  0, mvp)
DOVETAIL_OP(f32_ceil,     "f32.ceil",     0x00, 0x8d, none, f_f,  0, mvp)
DOVETAIL_OP(f32_floor,    "f32.floor",    0x00, 0x8e, none, f_f,  0, mvp)
DOVETAIL_OP(f32_trunc,    "f32.trunc",    0x00, 0x8f, none, f_f,  0, mvp)
DOVETAIL_OP(f32_nearest,  "f32.nearest",  0x00, 0x90, none, f_f,  0, mvp)
DOVETAIL_OP(f32_sqrt,     "f32.sqrt",     0x00, 0x91, none, f_f,  0, mvp)
DOVETAIL_OP(f32_add,      "f32.add",      0x00, 0x92, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_sub,      "f32.sub",      0x00, 0x93, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_mul,      "f32.mul",      0x00, 0x94, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_div,      "f32.div",      0x00, 0x95, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_min,      "f32.min",      0x00, 0x96, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_max,      "f32.max",      0x00, 0x97, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_copysign, "f32.copysign", 0x00, 0x98, none, ff_f, 0, mvp)
DOVETAIL_OP(f64_abs,      "f64.abs",      0x00, 0x99, none, d_d,  0, mvp)
DOVETAIL_OP(f64_neg,      "f64.neg",      0x00, 0x9a, none, d_d,  0, mvp)
DOVETAIL_OP(f64_ceil,     "f64.ceil",     0x00, 0x9b, none, d_d,  0, mvp)
DOVETAIL_OP(f64_floor,    "f64.floor",    0x00, 0x9c, none, d_d,  0, mvp)
DOVETAIL_OP(f64_trunc,    "f64.trunc",    0x00, 0x9d, none, d_d,  0, mvp)
DOVETAIL_OP(f64_nearest,  "f64.nearest",  0x00, 0x9e, none, d_d,  0, mvp)
DOVETAIL_OP(f64_sqrt,     "f64.sqrt",     0x00, 0x9f, none, d_d,  0, mvp)
DOVETAIL_OP(f64_add,      "f64.add",      0x00, 0xa0, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_sub,      "f64.sub",      0x00, 0xa1, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_mul,      "f64.mul",      0x00, 0xa2, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_div,      "f64.div",      0x00, 0xa3, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_min,      "f64.min",      0x00, 0xa4, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_max,      "f64.max",      0x00, 0xa5, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_copysign, "f64.copysign", 0x00, 0xa6, none, dd_d, 0, mvp)

// Conversions.
DOVETAIL_OP(i32_wrap_i64,        "i32.wrap_i64",        0x00, 0xa7, none, l_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f32_s,     "i32.trunc_f32_s",     0x00, 0xa8, none, f_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f32_u,     "i32.trunc_f32_u",     0x00, 0xa9, none, f_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f64_s,     "i32.trunc_f64_s",     0x00, 0xaa, none, d_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f64_u,     "i32.trunc_f64_u",     0x00, 0xab, none, d_i, 0, mvp)
DOVETAIL_OP(i64_extend_i32_s,    "i64.extend_i32_s",    0x00, 0xac, none, i_l, 0, mvp)
DOVETAIL_OP(i64_extend_i32_u,    "i64.extend_i32_u",    0x00, 0xad, none, i_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f32_s,     "i64.trunc_f32_s",     0x00, 0xae, none, f_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f32_u,     "i64.trunc_f32_u",     0x00, 0xaf, none, f_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f64_s,     "i64.trunc_f64_s",     0x00, 0xb0, none, d_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f64_u,     "i64.trunc_f64_u",     0x00, 0xb1, none, d_l, 0, mvp)
DOVETAIL_OP(f32_convert_i32_s,   "f32.convert_i32_s",   0x00, 0xb2, none, i_f, 0, mvp)
DOVETAIL_OP(f32_convert_i32_u,   "f32.convert_i32_u",   0x00, 0xb3, none, i_f, 0, mvp)
DOVETAIL_OP(f32_convert_i64_s,   "f32.convert_i64_s",   0x00, 0xb4, none, l_f, 0, mvp)
DOVETAIL_OP(f32_convert_i64_u,   "f32.convert_i64_u",   0x00, 0xb5, none, l_f, 0, mvp)
DOVETAIL_OP(f32_demote_f64,      "f32.demote_f64",      0x00, 0xb6, none, d_f, 0, mvp)
DOVETAIL_OP(f64_convert_i32_s,   "f64.convert_i32_s",   0x00, 0xb7, none, i_d, 0, mvp)
DOVETAIL_OP(f64_convert_i32_u,   "f64.convert_i32_u",   0x00, 0xb8, none, i_d, 0, mvp)
DOVETAIL_OP(f64_convert_i64_s,   "f64.convert_i64_s",   0x00, 0xb9, none, l_d, 0, mvp)
DOVETAIL_OP(f64_convert_i64_u,   "f64.convert_i64_u",   0x00, 0xba, none, l_d, 0, mvp)
DOVETAIL_OP(f64_promote_f32,     "f64.promote_f32",     0x00, 0xbb, none, f_d, 0, mvp)
DOVETAIL_OP(i32_reinterpret_f32, "i32.reinterpret_f32", 0x00, 0xbc, none, f_i, 0, mvp)
DOVETAIL_OP(i64_reinterpret_f64, "i64.reinterpret_f64", 0x00, 0xbd, none, d_l, 0, mvp)
DOVETAIL_OP(f32_reinterpret_i32, "f32.reinterpret_i32", 0x00, 0xbe, none, i_f, 0, mvp)
DOVETAIL_OP(f64_reinterpret_i64, "f64.reinterpret_i64", 0x00, 0xbf, none, l_d, 0, mvp)
DOVETAIL_OP(i32_extend8_s,       "i32.extend8_s",       0x00, 0xc0, none, i_i, 0, sign_extension)
DOVETAIL_OP(i32_extend16_s,      "i32.extend16_s",      0x00, 0xc1, none, i_i, 0, sign_extension)
DOVETAIL_OP(i64_extend8_s,       "i64.extend8_s",       0x00, 0xc2, none, l_l, 0, sign_extension)
DOVETAIL_OP(i64_extend16_s,      "i64.extend16_s",      0x00, 0xc3, none, l_l, 0, sign_extension)
DOVETAIL_OP(i64_extend32_s,      "i64.extend32_s",      0x00, 0xc4, none, l_l, 0, sign_extension)
DOVETAIL_OP(i32_trunc_sat_f32_s, "i32.trunc_sat_f32_s", 0xfc, 0x00, none, f_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f32_u, "i32.trunc_sat_f32_u", 0xfc, 0x01, none, f_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f64_s, "i32.trunc_sat_f64_s", 0xfc, 0x02, none, d_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f64_u, "i32.trunc_sat_f64_u", 0xfc, 0x03, none, d_i, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f32_s, "i64.trunc_sat_f32_s", 0xfc, 0x04, none, f_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f32_u, "i64.trunc_sat_f32_u", 0xfc, 0x05, none, f_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f64_s, "i64.trunc_sat_f64_s", 0xfc, 0x06, none, d_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f64_u, "i64.trunc_sat_f64_u", 0xfc, 0x07, none, d_l, 0, saturating_conversion)

// Vector instructions (5.4.8): memory, constants, lanes. The width of a lane access is the lane.
DOVETAIL_OP(v128_load,            "v128.load",            0xfd, 0x00, memarg,      i_v,  16, simd)
DOVETAIL_OP(v128_load8x8_s,       "v128.load8x8_s",       0xfd, 0x01, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load8x8_u,       "v128.load8x8_u",       0xfd, 0x02, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load16x4_s,      "v128.load16x4_s",      0xfd, 0x03, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load16x4_u,      "v128.load16x4_u",      0xfd, 0x04, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32x2_s,      "v128.load32x2_s",      0xfd, 0x05, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32x2_u,      "v128.load32x2_u",      0xfd, 0x06, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load8_splat,     "v128.load8_splat",     0xfd, 0x07, memarg,      i_v,  1,  simd)
DOVETAIL_OP(v128_load16_splat,    "v128.load16_splat",    0xfd, 0x08, memarg,      i_v,  2,  simd)
DOVETAIL_OP(v128_load32_splat,    "v128.load32_splat",    0xfd, 0x09, memarg,      i_v,  4,  simd)
DOVETAIL_OP(v128_load64_splat,    "v128.load64_splat",    0xfd, 0x0a, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32_zero,     "v128.load32_zero",     0xfd, 0x5c, memarg,      i_v,  4,  simd)
DOVETAIL_OP(v128_load64_zero,     "v128.load64_zero",     0xfd, 0x5d, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_store,           "v128.store",           0xfd, 0x0b, memarg,      iv_n, 16, simd)
DOVETAIL_OP(v128_load8_lane,      "v128.load8_lane",      0xfd, 0x54, memarg_lane, iv_v, 1,  simd)
DOVETAIL_OP(v128_load16_lane,     "v128.load16_lane",     0xfd, 0x55, memarg_lane, iv_v, 2,  simd)
DOVETAIL_OP(v128_load32_lane,     "v128.load32_lane",     0xfd, 0x56, memarg_lane, iv_v, 4,  simd)
DOVETAIL_OP(v128_load64_lane,     "v128.load64_lane",     0xfd, 0x57, memarg_lane, iv_v, 8,  simd)
DOVETAIL_OP(v128_store8_lane,     "v128.store8_lane",     0xfd, 0x58, memarg_lane, iv_n, 1,  simd)
DOVETAIL_OP(v128_store16_lane,    "v128.store16_lane",    0xfd, 0x59, memarg_lane, iv_n, 2,  simd)
DOVETAIL_OP(v128_store32_lane,    "v128.store32_lane",    0xfd, 0x5a, memarg_lane, iv_n, 4,  simd)
DOVETAIL_OP(v128_store64_lane,    "v128.store64_lane",    0xfd, 0x5b, memarg_lane, iv_n, 8,  simd)
DOVETAIL_OP(v128_const,           "v128.const",           0xfd, 0x0c, v128,        n_v,  0,  simd)
DOVETAIL_OP(i8x16_shuffle,        "i8x16.shuffle",        0xfd, 0x0d, shuffle,     vv_v, 1,  simd)
DOVETAIL_OP(i8x16_swizzle,        "i8x16.swizzle",        0xfd, 0x0e, none,        vv_v, 0,  simd)
DOVETAIL_OP(i8x16_splat,          "i8x16.splat",          0xfd, 0x0f, none,        i_v,  0,  simd)
DOVETAIL_OP(i16x8_splat,          "i16x8.splat",          0xfd, 0x10, none,        i_v,  0,  simd)
DOVETAIL_OP(i32x4_splat,          "i32x4.splat",          0xfd, 0x11, none,        i_v,  0,  simd)
DOVETAIL_OP(i64x2_splat,          "i64x2.splat",          0xfd, 0x12, none,        l_v,  0,  simd)
DOVETAIL_OP(f32x4_splat,          "f32x4.splat",          0xfd, 0x13, none,        f_v,  0,  simd)
DOVETAIL_OP(f64x2_splat,          "f64x2.splat",          0xfd, 0x14, none,        d_v,  0,  simd)
DOVETAIL_OP(i8x16_extract_lane_s, "i8x16.extract_lane_s", 0xfd, 0x15, lane,        v_i,  1,  simd)
DOVETAIL_OP(i8x16_extract_lane_u, "i8x16.extract_lane_u", 0xfd, 0x16, lane,        v_i,  1,  simd)
DOVETAIL_OP(i8x16_replace_lane,   "i8x16.replace_lane",   0xfd, 0x17, lane,        vi_v, 1,  simd)
DOVETAIL_OP(i16x8_extract_lane_s, "i16x8.extract_lane_s", 0xfd, 0x18, lane,        v_i,  2,  simd)
DOVETAIL_OP(i16x8_extract_lane_u, "i16x8.extract_lane_u", 0xfd, 0x19, lane,        v_i,  2,  simd)
DOVETAIL_OP(i16x8_replace_lane,   "i16x8.replace_lane",   0xfd, 0x1a, lane,        vi_v, 2,  simd)
DOVETAIL_OP(i32x4_extract_lane,   "i32x4.extract_lane",   0xfd, 0x1b, lane,        v_i,  4,  simd)
DOVETAIL_OP(i32x4_replace_lane,   "i32x4.replace_lane",   0xfd, 0x1c, lane,        vi_v, 4,  simd)
DOVETAIL_OP(i64x2_extract_lane,   "i64x2.extract_lane",   0xfd, 0x1d, lane,        v_l,  8,  simd)
DOVETAIL_OP(i64x2_replace_lane,   "i64x2.replace_lane",   0xfd, 0x1e, lane,        vl_v, 8,  simd)
DOVETAIL_OP(f32x4_extract_lane,   "f32x4.extract_lane",   0xfd, 0x1f, lane,        v_f,  4,  simd)
DOVETAIL_OP(f32x4_replace_lane,   "f32x4.replace_lane",   0xfd, 0x20, lane,        vf_v, 4,  simd)
DOVETAIL_OP(f64x2_extract_lane,   "f64x2.extract_lane",   0xfd, 0x21, lane,        v_d,  8,  simd)
DOVETAIL_OP(f64x2_replace_lane,   "f64x2.replace_lane",   0xfd, 0x22, lane,        vd_v, 8,  simd)

// Vector comparisons.
DOVETAIL_OP(i8x16_eq,   "i8x16.eq",   0xfd, 0x23, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ne,   "i8x16.ne",   0xfd, 0x24, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_lt_s, "i8x16.lt_s", 0xfd, 0x25, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_lt_u, "i8x16.lt_u", 0xfd, 0x26, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_gt_s, "i8x16.gt_s", 0xfd, 0x27, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_gt_u, "i8x16.gt_u", 0xfd, 0x28, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_le_s, "i8x16.le_s", 0xfd, 0x29, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_le_u, "i8x16.le_u", 0xfd, 0x2a, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ge_s, "i8x16.ge_s", 0xfd, 0x2b, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ge_u, "i8x16.ge_u", 0xfd, 0x2c, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_eq,   "i16x8.eq",   0xfd, 0x2d, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ne,   "i16x8.ne",   0xfd, 0x2e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_lt_s, "i16x8.lt_s", 0xfd, 0x2f, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_lt_u, "i16x8.lt_u", 0xfd, 0x30, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_gt_s, "i16x8.gt_s", 0xfd, 0x31, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_gt_u, "i16x8.gt_u", 0xfd, 0x32, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_le_s, "i16x8.le_s", 0xfd, 0x33, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_le_u, "i16x8.le_u", 0xfd, 0x34, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ge_s, "i16x8.ge_s", 0xfd, 0x35, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ge_u, "i16x8.ge_u", 0xfd, 0x36, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_eq,   "i32x4.eq",   0xfd, 0x37, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ne,   "i32x4.ne",   0xfd, 0x38, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_lt_s, "i32x4.lt_s", 0xfd, 0x39, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_lt_u, "i32x4.lt_u", 0xfd, 0x3a, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_gt_s, "i32x4.gt_s", 0xfd, 0x3b, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_gt_u, "i32x4.gt_u", 0xfd, 0x3c, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_le_s, "i32x4.le_s", 0xfd, 0x3d, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_le_u, "i32x4.le_u", 0xfd, 0x3e, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ge_s, "i32x4.ge_s", 0xfd, 0x3f, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ge_u, "i32x4.ge_u", 0xfd, 0x40, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_eq,   "i64x2.eq",   0xfd, 0xd6, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_ne,   "i64x2.ne",   0xfd, 0xd7, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_lt_s, "i64x2.lt_s", 0xfd, 0xd8, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_gt_s, "i64x2.gt_s", 0xfd, 0xd9, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_le_s, "i64x2.le_s", 0xfd, 0xda, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_ge_s, "i64x2.ge_s", 0xfd, 0xdb, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_eq,   "f32x4.eq",   0xfd, 0x41, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_ne,   "f32x4.ne",   0xfd, 0x42, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_lt,   "f32x4.lt",   0xfd, 0x43, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_gt,   "f32x4.gt",   0xfd, 0x44, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_le,   "f32x4.le",   0xfd, 0x45, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_ge,   "f32x4.ge",   0xfd, 0x46, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_eq,   "f64x2.eq",   0xfd, 0x47, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_ne,   "f64x2.ne",   0xfd, 0x48, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_lt,   "f64x2.lt",   0xfd, 0x49, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_gt,   "f64x2.gt",   0xfd, 0x4a, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_le,   "f64x2.le",   0xfd, 0x4b, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_ge,   "f64x2.ge",   0xfd, 0x4c, none, vv_v, 0, simd)

// Vector bitwise instructions.
DOVETAIL_OP(v128_not,       "v128.not",       0xfd, 0x4d, none, v_v,   0, simd)
DOVETAIL_OP(v128_and,       "v128.and",       0xfd, 0x4e, none, vv_v,  0, simd)
DOVETAIL_OP(v128_andnot,    "v128.andnot",    0xfd, 0x4f, none, vv_v,  0, simd)
DOVETAIL_OP(v128_or,        "v128.or",        0xfd, 0x50, none, vv_v,  0, simd)
DOVETAIL_OP(v128_xor,       "v128.xor",       0xfd, 0x51, none, vv_v,  0, simd)
DOVETAIL_OP(v128_bitselect, "v128.bitselect", 0xfd, 0x52, none, vvv_v, 0, simd)
DOVETAIL_OP(v128_any_true,  "v128.any_true",  0xfd, 0x53, none, v_i,   0, simd)

// Vector integer arithmetic.
DOVETAIL_OP(i8x16_abs,                     "i8x16.abs",                     0xfd, 0x60, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_neg,                     "i8x16.neg",                     0xfd, 0x61, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_popcnt,                  "i8x16.popcnt",                  0xfd, 0x62, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_all_true,                "i8x16.all_true",                0xfd, 0x63, none, v_i,  0, simd)
DOVETAIL_OP(i8x16_bitmask,                 "i8x16.bitmask",                 0xfd, 0x64, none, v_i,  0, simd)
DOVETAIL_OP(i8x16_narrow_i16x8_s,          "i8x16.narrow_i16x8_s",          0xfd, 0x65, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_narrow_i16x8_u,          "i8x16.narrow_i16x8_u",          0xfd, 0x66, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_shl,                     "i8x16.shl",                     0xfd, 0x6b, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_shr_s,                   "i8x16.shr_s",                   0xfd, 0x6c, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_shr_u,                   "i8x16.shr_u",                   0xfd, 0x6d, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_add,                     "i8x16.add",                     0xfd, 0x6e, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_add_sat_s,               "i8x16.add_sat_s",               0xfd, 0x6f, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_add_sat_u,               "i8x16.add_sat_u",               0xfd, 0x70, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub,                     "i8x16.sub",                     0xfd, 0x71, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub_sat_s,               "i8x16.sub_sat_s",               0xfd, 0x72, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub_sat_u,               "i8x16.sub_sat_u",               0xfd, 0x73, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_min_s,                   "i8x16.min_s",                   0xfd, 0x76, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_min_u,                   "i8x16.min_u",                   0xfd, 0x77, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_max_s,                   "i8x16.max_s",                   0xfd, 0x78, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_max_u,                   "i8x16.max_u",                   0xfd, 0x79, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_avgr_u,                  "i8x16.avgr_u",                  0xfd, 0x7b, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extadd_pairwise_i8x16_s, "i16x8.extadd_pairwise_i8x16_s", 0xfd, 0x7c, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extadd_pairwise_i8x16_u, "i16x8.extadd_pairwise_i8x16_u", 0xfd, 0x7d, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extadd_pairwise_i16x8_s, "i32x4.extadd_pairwise_i16x8_s", 0xfd, 0x7e, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extadd_pairwise_i16x8_u, "i32x4.extadd_pairwise_i16x8_u", 0xfd, 0x7f, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_abs,                     "i16x8.abs",                     0xfd, 0x80, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_neg,                     "i16x8.neg",                     0xfd, 0x81, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_q15mulr_sat_s,           "i16x8.q15mulr_sat_s",           0xfd, 0x82, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_all_true,                "i16x8.all_true",                0xfd, 0x83, none, v_i,  0, simd)
DOVETAIL_OP(i16x8_bitmask,                 "i16x8.bitmask",                 0xfd, 0x84, none, v_i,  0, simd)
DOVETAIL_OP(i16x8_narrow_i32x4_s,          "i16x8.narrow_i32x4_s",          0xfd, 0x85, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_narrow_i32x4_u,          "i16x8.narrow_i32x4_u",          0xfd, 0x86, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extend_low_i8x16_s,      "i16x8.extend_low_i8x16_s",      0xfd, 0x87, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_high_i8x16_s,     "i16x8.extend_high_i8x16_s",     0xfd, 0x88, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_low_i8x16_u,      "i16x8.extend_low_i8x16_u",      0xfd, 0x89, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_high_i8x16_u,     "i16x8.extend_high_i8x16_u",     0xfd, 0x8a, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_shl,                     "i16x8.shl",                     0xfd, 0x8b, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_shr_s,                   "i16x8.shr_s",                   0xfd, 0x8c, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_shr_u,                   "i16x8.shr_u",                   0xfd, 0x8d, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_add,                     "i16x8.add",                     0xfd, 0x8e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_add_sat_s,               "i16x8.add_sat_s",               0xfd, 0x8f, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_add_sat_u,               "i16x8.add_sat_u",               0xfd, 0x90, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub,                     "i16x8.sub",                     0xfd, 0x91, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub_sat_s,               "i16x8.sub_sat_s",               0xfd, 0x92, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub_sat_u,               "i16x8.sub_sat_u",               0xfd, 0x93, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_mul,                     "i16x8.mul",                     0xfd, 0x95, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_min_s,                   "i16x8.min_s",                   0xfd, 0x96, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_min_u,                   "i16x8.min_u",                   0xfd, 0x97, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_max_s,                   "i16x8.max_s",                   0xfd, 0x98, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_max_u,                   "i16x8.max_u",                   0xfd, 0x99, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_avgr_u,                  "i16x8.avgr_u",                  0xfd, 0x9b, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_low_i8x16_s,      "i16x8.extmul_low_i8x16_s",      0xfd, 0x9c, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_high_i8x16_s,     "i16x8.extmul_high_i8x16_s",     0xfd, 0x9d, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_low_i8x16_u,      "i16x8.extmul_low_i8x16_u",      0xfd, 0x9e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_high_i8x16_u,     "i16x8.extmul_high_i8x16_u",     0xfd, 0x9f, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_abs,                     "i32x4.abs",                     0xfd, 0xa0, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_neg,                     "i32x4.neg",                     0xfd, 0xa1, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_all_true,                "i32x4.all_true",                0xfd, 0xa3, none, v_i,  0, simd)
DOVETAIL_OP(i32x4_bitmask,                 "i32x4.bitmask",                 0xfd, 0xa4, none, v_i,  0, simd)
DOVETAIL_OP(i32x4_extend_low_i16x8_s,      "i32x4.extend_low_i16x8_s",      0xfd, 0xa7, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_high_i16x8_s,     "i32x4.extend_high_i16x8_s",     0xfd, 0xa8, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_low_i16x8_u,      "i32x4.extend_low_i16x8_u",      0xfd, 0xa9, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_high_i16x8_u,     "i32x4.extend_high_i16x8_u",     0xfd, 0xaa, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_shl,                     "i32x4.shl",                     0xfd, 0xab, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_shr_s,                   "i32x4.shr_s",                   0xfd, 0xac, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_shr_u,                   "i32x4.shr_u",                   0xfd, 0xad, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_add,                     "i32x4.add",                     0xfd, 0xae, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_sub,                     "i32x4.sub",                     0xfd, 0xb1, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_mul,                     "i32x4.mul",                     0xfd, 0xb5, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_min_s,                   "i32x4.min_s",                   0xfd, 0xb6, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_min_u,                   "i32x4.min_u",                   0xfd, 0xb7, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_max_s,                   "i32x4.max_s",                   0xfd, 0xb8, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_max_u,                   "i32x4.max_u",                   0xfd, 0xb9, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_dot_i16x8_s,             "i32x4.dot_i16x8_s",             0xfd, 0xba, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_low_i16x8_s,      "i32x4.extmul_low_i16x8_s",      0xfd, 0xbc, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_high_i16x8_s,     "i32x4.extmul_high_i16x8_s",     0xfd, 0xbd, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_low_i16x8_u,      "i32x4.extmul_low_i16x8_u",      0xfd, 0xbe, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_high_i16x8_u,     "i32x4.extmul_high_i16x8_u",     0xfd, 0xbf, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_abs,                     "i64x2.abs",                     0xfd, 0xc0, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_neg,                     "i64x2.neg",                     0xfd, 0xc1, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_all_true,                "i64x2.all_true",                0xfd, 0xc3, none, v_i,  0, simd)
DOVETAIL_OP(i64x2_bitmask,                 "i64x2.bitmask",                 0xfd, 0xc4, none, v_i,  0, simd)
DOVETAIL_OP(i64x2_extend_low_i32x4_s,      "i64x2.extend_low_i32x4_s",      0xfd, 0xc7, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_high_i32x4_s,     "i64x2.extend_high_i32x4_s",     0xfd, 0xc8, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_low_i32x4_u,      "i64x2.extend_low_i32x4_u",      0xfd, 0xc9, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_high_i32x4_u,     "i64x2.extend_high_i32x4_u",     0xfd, 0xca, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_shl,                     "i64x2.shl",                     0xfd, 0xcb, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_shr_s,                   "i64x2.shr_s",                   0xfd, 0xcc, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_shr_u,                   "i64x2.shr_u",                   0xfd, 0xcd, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_add,                     "i64x2.add",                     0xfd, 0xce, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_sub,                     "i64x2.sub",                     0xfd, 0xd1, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_mul,                     "i64x2.mul",                     0xfd, 0xd5, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_low_i32x4_s,      "i64x2.extmul_low_i32x4_s",      0xfd, 0xdc, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_high_i32x4_s,     "i64x2.extmul_high_i32x4_s",     0xfd, 0xdd, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_low_i32x4_u,      "i64x2.extmul_low_i32x4_u",      0xfd, 0xde, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_high_i32x4_u,     "i64x2.extmul_high_i32x4_u",     0xfd, 0xdf, none, vv_v, 0, simd)

// Vector float arithmetic.
DOVETAIL_OP(f32x4_ceil,    "f32x4.ceil",    0xfd, 0x67, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_floor,   "f32x4.floor",   0xfd, 0x68, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_trunc,   "f32x4.trunc",   0xfd, 0x69, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_nearest, "f32x4.nearest", 0xfd, 0x6a, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_ceil,    "f64x2.ceil",    0xfd, 0x74, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_floor,   "f64x2.floor",   0xfd, 0x75, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_trunc,   "f64x2.trunc",   0xfd, 0x7a, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_nearest, "f64x2.nearest", 0xfd, 0x94, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_abs,     "f32x4.abs",     0xfd, 0xe0, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_neg,     "f32x4.neg",     0xfd, 0xe1, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_sqrt,    "f32x4.sqrt",    0xfd, 0xe3, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_add,     "f32x4.add",     0xfd, 0xe4, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_sub,     "f32x4.sub",     0xfd, 0xe5, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_mul,     "f32x4.mul",     0xfd, 0xe6, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_div,     "f32x4.div",     0xfd, 0xe7, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_min,     "f32x4.min",     0xfd, 0xe8, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_max,     "f32x4.max",     0xfd, 0xe9, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_pmin,    "f32x4.pmin",    0xfd, 0xea, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_pmax,    "f32x4.pmax",    0xfd, 0xeb, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_abs,     "f64x2.abs",     0xfd, 0xec, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_neg,     "f64x2.neg",     0xfd, 0xed, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_sqrt,    "f64x2.sqrt",    0xfd, 0xef, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_add,     "f64x2.add",     0xfd, 0xf0, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_sub,     "f64x2.sub",     0xfd, 0xf1, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_mul,     "f64x2.mul",     0xfd, 0xf2, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_div,     "f64x2.div",     0xfd, 0xf3, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_min,     "f64x2.min",     0xfd, 0xf4, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_max,     "f64x2.max",     0xfd, 0xf5, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_pmin,    "f64x2.pmin",    0xfd, 0xf6, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_pmax,    "f64x2.pmax",    0xfd, 0xf7, none, vv_v, 0, simd)

// Vector conversions.
DOVETAIL_OP(i32x4_trunc_sat_f32x4_s,      "i32x4.trunc_sat_f32x4_s",      0xfd, 0xf8, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f32x4_u,      "i32x4.trunc_sat_f32x4_u",      0xfd, 0xf9, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_convert_i32x4_s,        "f32x4.convert_i32x4_s",        0xfd, 0xfa, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_convert_i32x4_u,        "f32x4.convert_i32x4_u",        0xfd, 0xfb, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f64x2_s_zero, "i32x4.trunc_sat_f64x2_s_zero", 0xfd, 0xfc, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f64x2_u_zero, "i32x4.trunc_sat_f64x2_u_zero", 0xfd, 0xfd, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_convert_low_i32x4_s,    "f64x2.convert_low_i32x4_s",    0xfd, 0xfe, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_convert_low_i32x4_u,    "f64x2.convert_low_i32x4_u",    0xfd, 0xff, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_demote_f64x2_zero,      "f32x4.demote_f64x2_zero",      0xfd, 0x5e, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_promote_low_f32x4,      "f64x2.promote_low_f32x4",      0xfd, 0x5f, none, v_v, 0, simd)

// Relaxed vector instructions: results that processors differ in.
DOVETAIL_OP(i8x16_relaxed_swizzle,               "i8x16.relaxed_swizzle",               0xfd, 0x100, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f32x4_s,         "i32x4.relaxed_trunc_f32x4_s",         0xfd, 0x101, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f32x4_u,         "i32x4.relaxed_trunc_f32x4_u",         0xfd, 0x102, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f64x2_s_zero,    "i32x4.relaxed_trunc_f64x2_s_zero",    0xfd, 0x103, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f64x2_u_zero,    "i32x4.relaxed_trunc_f64x2_u_zero",    0xfd, 0x104, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_madd,                  "f32x4.relaxed_madd",                  0xfd, 0x105, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_nmadd,                 "f32x4.relaxed_nmadd",                 0xfd, 0x106, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_madd,                  "f64x2.relaxed_madd",                  0xfd, 0x107, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_nmadd,                 "f64x2.relaxed_nmadd",                 0xfd, 0x108, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i8x16_relaxed_laneselect,            "i8x16.relaxed_laneselect",            0xfd, 0x109, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_laneselect,            "i16x8.relaxed_laneselect",            0xfd, 0x10a, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_laneselect,            "i32x4.relaxed_laneselect",            0xfd, 0x10b, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i64x2_relaxed_laneselect,            "i64x2.relaxed_laneselect",            0xfd, 0x10c, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_min,                   "f32x4.relaxed_min",                   0xfd, 0x10d, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_max,                   "f32x4.relaxed_max",                   0xfd, 0x10e, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_min,                   "f64x2.relaxed_min",                   0xfd, 0x10f, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_max,                   "f64x2.relaxed_max",                   0xfd, 0x110, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_q15mulr_s,             "i16x8.relaxed_q15mulr_s",             0xfd, 0x111, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_dot_i8x16_i7x16_s,     "i16x8.relaxed_dot_i8x16_i7x16_s",     0xfd, 0x112, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_dot_i8x16_i7x16_add_s, "i32x4.relaxed_dot_i8x16_i7x16_add_s", 0xfd, 0x113, none, vvv_v, 0, relaxed_simd)
// clang-format on
#undef DOVETAIL_OP

#undef DOVETAIL_H
#undef DOVETAIL_OPERATOR
#undef DOVETAIL_S
#undef DOVETAIL_A
#undef DOVETAIL_K
#undef DOVETAIL_BINARY
#undef DOVETAIL_UNARY
#undef DOVETAIL_BRANCHING
#undef DOVETAIL_COMPARISON
#undef DOVETAIL_TEST
#undef DOVETAIL_COUNTING
#undef DOVETAIL_LOADING
#undef DOVETAIL_STORING
#undef DOVETAIL_NEAR_AND_FAR
#undef DOVETAIL_HANDLERS_special
#undef DOVETAIL_HANDLERS_ii_i
#undef DOVETAIL_HANDLERS_ll_l
#undef DOVETAIL_HANDLERS_ff_f
#undef DOVETAIL_HANDLERS_dd_d
#undef DOVETAIL_HANDLERS_ii_b
#undef DOVETAIL_HANDLERS_ll_b
#undef DOVETAIL_HANDLERS_ff_b
#undef DOVETAIL_HANDLERS_dd_b
#undef DOVETAIL_HANDLERS_i_b
#undef DOVETAIL_HANDLERS_l_b
#undef DOVETAIL_HANDLERS_i_i
#undef DOVETAIL_HANDLERS_l_l
#undef DOVETAIL_HANDLERS_f_f
#undef DOVETAIL_HANDLERS_d_d
#undef DOVETAIL_HANDLERS_i_l
#undef DOVETAIL_HANDLERS_i_f
#undef DOVETAIL_HANDLERS_i_d
#undef DOVETAIL_HANDLERS_l_i
#undef DOVETAIL_HANDLERS_l_f
#undef DOVETAIL_HANDLERS_l_d
#undef DOVETAIL_HANDLERS_f_i
#undef DOVETAIL_HANDLERS_f_l
#undef DOVETAIL_HANDLERS_f_d
#undef DOVETAIL_HANDLERS_d_i
#undef DOVETAIL_HANDLERS_d_l
#undef DOVETAIL_HANDLERS_d_f
#undef DOVETAIL_HANDLERS_i_v
#undef DOVETAIL_HANDLERS_l_v
#undef DOVETAIL_HANDLERS_f_v
#undef DOVETAIL_HANDLERS_d_v
#undef DOVETAIL_HANDLERS_v_i
#undef DOVETAIL_HANDLERS_v_v
#undef DOVETAIL_HANDLERS_vv_v
#undef DOVETAIL_HANDLERS_vi_v
#undef DOVETAIL_HANDLERS_vvv_v
#undef DOVETAIL_ACCESS_i_i
#undef DOVETAIL_ACCESS_i_l
#undef DOVETAIL_ACCESS_i_f
#undef DOVETAIL_ACCESS_i_d
#undef DOVETAIL_ACCESS_ii_n
#undef DOVETAIL_ACCESS_il_n
#undef DOVETAIL_ACCESS_if_n
#undef DOVETAIL_ACCESS_id_n
#undef DOVETAIL_ACCESS_i_v
#undef DOVETAIL_ACCESS_iv_n
#undef DOVETAIL_LANE_ACCESS_iv_v
#undef DOVETAIL_LANE_ACCESS_iv_n
#undef DOVETAIL_LANE_v_i
#undef DOVETAIL_LANE_v_l
#undef DOVETAIL_LANE_v_f
#undef DOVETAIL_LANE_v_d
#undef DOVETAIL_LANE_vi_v
#undef DOVETAIL_LANE_vl_v
#undef DOVETAIL_LANE_vf_v
#undef DOVETAIL_LANE_vd_v
#undef DOVETAIL_WITH_none
#undef DOVETAIL_WITH_memarg
#undef DOVETAIL_WITH_block_type
#undef DOVETAIL_WITH_label
#undef DOVETAIL_WITH_label_table
#undef DOVETAIL_WITH_function
#undef DOVETAIL_WITH_type
#undef DOVETAIL_WITH_call_indirect
#undef DOVETAIL_WITH_value_types
#undef DOVETAIL_WITH_local
#undef DOVETAIL_WITH_global
#undef DOVETAIL_WITH_table
#undef DOVETAIL_WITH_table_table
#undef DOVETAIL_WITH_element
#undef DOVETAIL_WITH_element_table
#undef DOVETAIL_WITH_memory
#undef DOVETAIL_WITH_memory_memory
#undef DOVETAIL_WITH_data
#undef DOVETAIL_WITH_data_memory
#undef DOVETAIL_WITH_memarg_lane
#undef DOVETAIL_WITH_lane
#undef DOVETAIL_WITH_shuffle
#undef DOVETAIL_WITH_heap_type
#undef DOVETAIL_WITH_i32
#undef DOVETAIL_WITH_i64
#undef DOVETAIL_WITH_f32
#undef DOVETAIL_WITH_f64
#undef DOVETAIL_WITH_v128
#undef DOVETAIL_OTHER_HANDLERS
#undef DOVETAIL_OF_mvp
#undef DOVETAIL_OF_multi_value
#undef DOVETAIL_OF_sign_extension
#undef DOVETAIL_OF_saturating_conversion
#undef DOVETAIL_OF_bulk_memory
#undef DOVETAIL_OF_reference_types
#undef DOVETAIL_OF_simd
#undef DOVETAIL_OF_multi_memory
#undef DOVETAIL_OF_tail_call
#undef DOVETAIL_OF_extended_const
#undef DOVETAIL_OF_memory64
#undef DOVETAIL_OF_function_references
#undef DOVETAIL_OF_relaxed_simd
// clang-format on
  };
  return all.data();
}

#if DOVETAIL_HAS_COMPUTED_GOTO
/// All handlers are one function, and every cell holds the address of its label.
struct computed_goto_dispatch {
  template <class Memory, handler_controls Control = handler_controls{}>
  static heads table();
  template <class Memory, handler_controls Control = handler_controls{}>
  static void run(execution& x, const cell* pc, slot* frame) {
    loop<Memory, Control>(&x, pc, frame);
  }

 private:
  template <class Memory, handler_controls Control>
  DOVETAIL_NEVER_INLINE static heads loop(execution* x, const cell* pc, slot* frame) {
    if (x == nullptr) {
      static std::uint64_t all[handler_count];
      // Through a volatile pointer: a constant image of the labels would be local to its unit, and
      // linkers drop all but one unit's copy of this function.
      volatile std::uint64_t* at = all;
#define DOVETAIL_H(NAME, ...) *at++ = reinterpret_cast<std::uintptr_t>(&&at_##NAME);
// Every handler, a row each: DOVETAIL_H(NAME, TYPE). First those of no numeric operator, then,
// for each row of the operator table, DOVETAIL_OPERATOR(NAME) and its handlers. Whoever includes
// this defines the macros; they are undefined afterwards.

// clang-format off
#ifndef DOVETAIL_OPERATOR
#define DOVETAIL_OPERATOR(NAME)
#endif

// Which handlers an operator has follows from its signature. H(NAME, TYPE...) is called for each;
// types may use `Memory`, the memory policy, and `Control`. Two operands: slot slot, slot constant, accumulator
// slot, accumulator constant, slot accumulator.
#define DOVETAIL_S ::dovetail::interpreting::source::slot
#define DOVETAIL_A ::dovetail::interpreting::source::accumulator
#define DOVETAIL_K ::dovetail::interpreting::source::constant

#define DOVETAIL_BINARY(H, O)                      \
  H(O##_ss, binary<op::O, DOVETAIL_S, DOVETAIL_S>) \
  H(O##_sk, binary<op::O, DOVETAIL_S, DOVETAIL_K>) \
  H(O##_as, binary<op::O, DOVETAIL_A, DOVETAIL_S>) \
  H(O##_ak, binary<op::O, DOVETAIL_A, DOVETAIL_K>) \
  H(O##_sa, binary<op::O, DOVETAIL_S, DOVETAIL_A>)
#define DOVETAIL_UNARY(H, O)         \
  H(O##_s, unary<op::O, DOVETAIL_S>) \
  H(O##_a, unary<op::O, DOVETAIL_A>)
#define DOVETAIL_BRANCHING(H, O, PREFIX, SENSE)                           \
  H(O##PREFIX##_ss, compare_branch<op::O, DOVETAIL_S, DOVETAIL_S, SENSE>) \
  H(O##PREFIX##_sk, compare_branch<op::O, DOVETAIL_S, DOVETAIL_K, SENSE>) \
  H(O##PREFIX##_as, compare_branch<op::O, DOVETAIL_A, DOVETAIL_S, SENSE>) \
  H(O##PREFIX##_ak, compare_branch<op::O, DOVETAIL_A, DOVETAIL_K, SENSE>) \
  H(O##PREFIX##_sa, compare_branch<op::O, DOVETAIL_S, DOVETAIL_A, SENSE>)
#define DOVETAIL_COMPARISON(H, O) \
  DOVETAIL_BINARY(H, O)           \
  DOVETAIL_BRANCHING(H, O, _then, true) DOVETAIL_BRANCHING(H, O, _else, false)
#define DOVETAIL_TEST(H, O)                            \
  DOVETAIL_UNARY(H, O)                                 \
  H(O##_then_s, test_branch<op::O, DOVETAIL_S, true>)  \
  H(O##_then_a, test_branch<op::O, DOVETAIL_A, true>)  \
  H(O##_else_s, test_branch<op::O, DOVETAIL_S, false>) \
  H(O##_else_a, test_branch<op::O, DOVETAIL_A, false>)
#define DOVETAIL_COUNTING(H, O)                   \
  H(O##_count_s, count_branch<op::O, DOVETAIL_S>) \
  H(O##_count_k, count_branch<op::O, DOVETAIL_K>)
#define DOVETAIL_LOADING(H, O)                        \
  H(O##_s, load<Memory, op::O, address::slot>)        \
  H(O##_a, load<Memory, op::O, address::accumulator>) \
  H(O##_n, load<Memory, op::O, address::none>)        \
  H(O##_x, load<Memory, op::O, address::sum>)           \
  H(O##_ps, load<Memory, op::O, address::slot_plus>)    \
  H(O##_pa, load<Memory, op::O, address::accumulator_plus>) \
  H(O##_w, load<Memory, op::O, address::wide>)              \
  H(O##_f, load<Memory, op::O, address::elsewhere>)
#define DOVETAIL_STORING(H, O)                                      \
  H(O##_ss, store<Memory, op::O, address::slot, DOVETAIL_S>)        \
  H(O##_sa, store<Memory, op::O, address::slot, DOVETAIL_A>)        \
  H(O##_sk, store<Memory, op::O, address::slot, DOVETAIL_K>)        \
  H(O##_as, store<Memory, op::O, address::accumulator, DOVETAIL_S>) \
  H(O##_ak, store<Memory, op::O, address::accumulator, DOVETAIL_K>) \
  H(O##_ns, store<Memory, op::O, address::none, DOVETAIL_S>)        \
  H(O##_na, store<Memory, op::O, address::none, DOVETAIL_A>)        \
  H(O##_pss, store<Memory, op::O, address::slot_plus, DOVETAIL_S>)  \
  H(O##_psk, store<Memory, op::O, address::slot_plus, DOVETAIL_K>)  \
  H(O##_pas, store<Memory, op::O, address::accumulator_plus, DOVETAIL_S>) \
  H(O##_pak, store<Memory, op::O, address::accumulator_plus, DOVETAIL_K>) \
  H(O##_ws, store<Memory, op::O, address::wide, DOVETAIL_S>)              \
  H(O##_fs, store<Memory, op::O, address::elsewhere, DOVETAIL_S>)
#define DOVETAIL_NEAR_AND_FAR(H, O, NEAR, ACCESS)      \
  H(O##NEAR, ACCESS<Memory, op::O, address::slot>)     \
  H(O##_f, ACCESS<Memory, op::O, address::elsewhere>)

#define DOVETAIL_HANDLERS_special(H, O)
#define DOVETAIL_HANDLERS_ii_i(H, O) DOVETAIL_BINARY(H, O)
#define DOVETAIL_HANDLERS_ll_l(H, O) DOVETAIL_BINARY(H, O)
#define DOVETAIL_HANDLERS_ff_f(H, O) DOVETAIL_BINARY(H, O)
#define DOVETAIL_HANDLERS_dd_d(H, O) DOVETAIL_BINARY(H, O)
#define DOVETAIL_HANDLERS_ii_b(H, O) DOVETAIL_COMPARISON(H, O) DOVETAIL_COUNTING(H, O)
#define DOVETAIL_HANDLERS_ll_b(H, O) DOVETAIL_COMPARISON(H, O)
#define DOVETAIL_HANDLERS_ff_b(H, O) DOVETAIL_COMPARISON(H, O)
#define DOVETAIL_HANDLERS_dd_b(H, O) DOVETAIL_COMPARISON(H, O)
#define DOVETAIL_HANDLERS_i_b(H, O) DOVETAIL_TEST(H, O)
#define DOVETAIL_HANDLERS_l_b(H, O) DOVETAIL_TEST(H, O)
#define DOVETAIL_HANDLERS_i_i(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_l_l(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_f_f(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_d_d(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_i_l(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_i_f(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_i_d(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_l_i(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_l_f(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_l_d(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_f_i(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_f_l(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_f_d(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_d_i(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_d_l(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_d_f(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_i_v(H, O) H(O##_s, vector_splat<op::O>)
#define DOVETAIL_HANDLERS_l_v(H, O) H(O##_s, vector_splat<op::O>)
#define DOVETAIL_HANDLERS_f_v(H, O) H(O##_s, vector_splat<op::O>)
#define DOVETAIL_HANDLERS_d_v(H, O) H(O##_s, vector_splat<op::O>)
#define DOVETAIL_HANDLERS_v_i(H, O) H(O##_s, vector_test<op::O>)
#define DOVETAIL_HANDLERS_v_v(H, O) H(O##_s, vector_unary<op::O>)
#define DOVETAIL_HANDLERS_vv_v(H, O) H(O##_ss, vector_binary<op::O>)
#define DOVETAIL_HANDLERS_vi_v(H, O) H(O##_ss, vector_shift<op::O>)
#define DOVETAIL_HANDLERS_vvv_v(H, O) H(O##_sss, vector_ternary<op::O>)
#define DOVETAIL_ACCESS_i_i(H, O) DOVETAIL_LOADING(H, O)
#define DOVETAIL_ACCESS_i_l(H, O) DOVETAIL_LOADING(H, O)
#define DOVETAIL_ACCESS_i_f(H, O) DOVETAIL_LOADING(H, O)
#define DOVETAIL_ACCESS_i_d(H, O) DOVETAIL_LOADING(H, O)
#define DOVETAIL_ACCESS_ii_n(H, O) DOVETAIL_STORING(H, O)
#define DOVETAIL_ACCESS_il_n(H, O) DOVETAIL_STORING(H, O)
#define DOVETAIL_ACCESS_if_n(H, O) DOVETAIL_STORING(H, O)
#define DOVETAIL_ACCESS_id_n(H, O) DOVETAIL_STORING(H, O)
#define DOVETAIL_ACCESS_i_v(H, O) DOVETAIL_NEAR_AND_FAR(H, O, _s, vector_load)
#define DOVETAIL_ACCESS_iv_n(H, O) DOVETAIL_NEAR_AND_FAR(H, O, _ss, vector_store)
#define DOVETAIL_LANE_ACCESS_iv_v(H, O) DOVETAIL_NEAR_AND_FAR(H, O, _ss, vector_load_lane)
#define DOVETAIL_LANE_ACCESS_iv_n(H, O) DOVETAIL_NEAR_AND_FAR(H, O, _ss, vector_store_lane)
#define DOVETAIL_LANE_v_i(H, O) H(O##_s, vector_extract<op::O>)
#define DOVETAIL_LANE_v_l(H, O) H(O##_s, vector_extract<op::O>)
#define DOVETAIL_LANE_v_f(H, O) H(O##_s, vector_extract<op::O>)
#define DOVETAIL_LANE_v_d(H, O) H(O##_s, vector_extract<op::O>)
#define DOVETAIL_LANE_vi_v(H, O) H(O##_ss, vector_replace<op::O>)
#define DOVETAIL_LANE_vl_v(H, O) H(O##_ss, vector_replace<op::O>)
#define DOVETAIL_LANE_vf_v(H, O) H(O##_ss, vector_replace<op::O>)
#define DOVETAIL_LANE_vd_v(H, O) H(O##_ss, vector_replace<op::O>)

// Immediates decide first: none is numeric, memarg an access, a lane has its own, the rest have
// handlers by hand.
#define DOVETAIL_WITH_none(H, O, SIGNATURE) DOVETAIL_HANDLERS_##SIGNATURE(H, O)
#define DOVETAIL_WITH_memarg(H, O, SIGNATURE) DOVETAIL_ACCESS_##SIGNATURE(H, O)
#define DOVETAIL_WITH_block_type(H, O, SIGNATURE)
#define DOVETAIL_WITH_label(H, O, SIGNATURE)
#define DOVETAIL_WITH_label_table(H, O, SIGNATURE)
#define DOVETAIL_WITH_function(H, O, SIGNATURE)
#define DOVETAIL_WITH_type(H, O, SIGNATURE)
#define DOVETAIL_WITH_call_indirect(H, O, SIGNATURE)
#define DOVETAIL_WITH_value_types(H, O, SIGNATURE)
#define DOVETAIL_WITH_local(H, O, SIGNATURE)
#define DOVETAIL_WITH_global(H, O, SIGNATURE)
#define DOVETAIL_WITH_table(H, O, SIGNATURE)
#define DOVETAIL_WITH_table_table(H, O, SIGNATURE)
#define DOVETAIL_WITH_element(H, O, SIGNATURE)
#define DOVETAIL_WITH_element_table(H, O, SIGNATURE)
#define DOVETAIL_WITH_memory(H, O, SIGNATURE)
#define DOVETAIL_WITH_memory_memory(H, O, SIGNATURE)
#define DOVETAIL_WITH_data(H, O, SIGNATURE)
#define DOVETAIL_WITH_data_memory(H, O, SIGNATURE)
#define DOVETAIL_WITH_memarg_lane(H, O, SIGNATURE) DOVETAIL_LANE_ACCESS_##SIGNATURE(H, O)
#define DOVETAIL_WITH_lane(H, O, SIGNATURE) DOVETAIL_LANE_##SIGNATURE(H, O)
#define DOVETAIL_WITH_shuffle(H, O, SIGNATURE) H(O##_ss, vector_shuffle<op::O>)
#define DOVETAIL_WITH_heap_type(H, O, SIGNATURE)
#define DOVETAIL_WITH_i32(H, O, SIGNATURE)
#define DOVETAIL_WITH_i64(H, O, SIGNATURE)
#define DOVETAIL_WITH_f32(H, O, SIGNATURE)
#define DOVETAIL_WITH_f64(H, O, SIGNATURE)
#define DOVETAIL_WITH_v128(H, O, SIGNATURE)

#define DOVETAIL_OF_mvp(...) __VA_ARGS__
#define DOVETAIL_OF_multi_value(...) __VA_ARGS__
#define DOVETAIL_OF_sign_extension(...) __VA_ARGS__
#define DOVETAIL_OF_saturating_conversion(...) __VA_ARGS__
#define DOVETAIL_OF_bulk_memory(...) __VA_ARGS__
#define DOVETAIL_OF_reference_types(...) __VA_ARGS__
#define DOVETAIL_OF_simd(...) __VA_ARGS__
#define DOVETAIL_OF_multi_memory(...) __VA_ARGS__
#define DOVETAIL_OF_tail_call(...) __VA_ARGS__
#define DOVETAIL_OF_extended_const(...) __VA_ARGS__
#define DOVETAIL_OF_memory64(...) __VA_ARGS__
#define DOVETAIL_OF_function_references(...) __VA_ARGS__
#define DOVETAIL_OF_relaxed_simd(...) __VA_ARGS__

// Handlers that belong to no numeric operator.
#define DOVETAIL_OTHER_HANDLERS(H)                           \
  H(copy, copy)                                              \
  H(copy_two, copy_two)                                      \
  H(copy_wide, copy_wide)                                    \
  H(constant_32, constant_32)                                \
  H(constant_64, constant_64)                                \
  H(select_i_s, select<DOVETAIL_S, std::uint64_t>)           \
  H(select_i_a, select<DOVETAIL_A, std::uint64_t>)           \
  H(select_f_s, select<DOVETAIL_S, float>)                   \
  H(select_f_a, select<DOVETAIL_A, float>)                   \
  H(select_d_s, select<DOVETAIL_S, double>)                  \
  H(select_d_a, select<DOVETAIL_A, double>)                  \
  DOVETAIL_BRANCHING(H, i32_and, _then, true)                \
  DOVETAIL_BRANCHING(H, i32_and, _else, false)               \
  H(branch, branch)                                          \
  H(branch_table_s, branch_table<DOVETAIL_S>)                \
  H(branch_table_a, branch_table<DOVETAIL_A>)                \
  H(unreachable, unreachable)                                \
  H(finish, finish)                                          \
  H(return_here, return_here)                                \
  H(return_s, return_one<DOVETAIL_S>)                        \
  H(return_a, return_one<DOVETAIL_A>)                        \
  H(return_k, return_one<DOVETAIL_K>)                        \
  H(call, call<false>)                                       \
  H(call_imported, call_imported<false, Control.stops, Control.keeps_places>)      \
  H(call_indirect, call_indirect<false>)                     \
  H(call_far, call<true>)                                    \
  H(call_imported_far, call_imported<true, Control.stops, Control.keeps_places>)   \
  H(call_indirect_far, call_indirect<true>)                  \
  H(call_elsewhere, call_elsewhere<Control.stops, Control.keeps_places>)           \
  H(call_ref, call_ref)                                      \
  H(return_call, return_call)                                \
  H(return_call_imported, return_call_imported)              \
  H(return_call_indirect, return_call_indirect)              \
  H(return_call_ref, return_call_ref)                        \
  H(return_call_elsewhere, return_call_elsewhere<Control.stops, Control.keeps_places>) \
  H(ref_as_non_null, ref_as_non_null)                        \
  H(checkpoint, checkpoint)                                  \
  H(count_here, count_here)                                  \
  H(charge, charge<Control.asks_for_fuel>)                   \
  H(charge_bytes, charge_bulk<detail::price_of_bytes, Control.asks_for_fuel>) \
  H(charge_elements, charge_bulk<detail::price_of_elements, Control.asks_for_fuel>) \
  H(global_get, global_get)                                  \
  H(global_set, global_set)                                  \
  H(global_plus, global_plus)                                \
  H(global_move, global_move)                                \
  H(global_set_plus, global_set_plus)                        \
  H(i32_index_ss, shifted_sum<DOVETAIL_S, DOVETAIL_S>)             \
  H(i32_index_as, shifted_sum<DOVETAIL_A, DOVETAIL_S>)             \
  H(i32_index_sk, shifted_sum<DOVETAIL_S, DOVETAIL_K>)             \
  H(i32_index_ak, shifted_sum<DOVETAIL_A, DOVETAIL_K>)             \
  H(i32_bit_field_s, bit_field<DOVETAIL_S>)                  \
  H(i32_bit_field_a, bit_field<DOVETAIL_A>)                  \
  H(i32_step_two, step_two)                                  \
  H(ref_func, ref_func)                                      \
  H(memory_size, memory_size)                                \
  H(memory_grow, memory_grow)                                \
  H(memory_fill, memory_fill<Control.stops>)                 \
  H(memory_copy, memory_copy<Control.stops>)                 \
  H(memory_init, memory_init<Control.stops>)                 \
  H(data_drop, data_drop)                                    \
  H(table_get, table_get)                                    \
  H(table_set, table_set)                                    \
  H(table_size, table_size)                                  \
  H(table_grow, table_grow)                                  \
  H(table_fill, table_fill<Control.stops>)                   \
  H(table_copy, table_copy<Control.stops>)                   \
  H(table_init, table_init<Control.stops>)                   \
  H(element_drop, element_drop)                              \
  H(copy_vector, copy_vector)                                \
  H(vector_constant, vector_constant)                        \
  H(select_vector, select_vector)                            \
  H(global_get_vector, global_get_vector)                    \
  H(global_set_vector, global_set_vector)                    \
  H(return_vector, return_vector)                            \
  H(canonical_f32, canonical_scalar<float>)                  \
  H(canonical_f64, canonical_scalar<double>)                 \
  H(canonical_f32x4, canonical_vector<float>)                \
  H(canonical_f64x2, canonical_vector<double>)

DOVETAIL_OTHER_HANDLERS(DOVETAIL_H)

#define DOVETAIL_OF_CONSTANT(O) DOVETAIL_H(O##_ks, binary_of_constant<op::O>)
#define DOVETAIL_WIDE(O)                             \
  DOVETAIL_H(O##_sw, binary_wide<op::O, DOVETAIL_S>) \
  DOVETAIL_H(O##_aw, binary_wide<op::O, DOVETAIL_A>)
// Operators with handlers for certain constants: DOVETAIL_OF_CONSTANT(NAME) for a first operand of
// 32 bits, DOVETAIL_WIDE(NAME) for a second one of 64 bits, as hashes have, and numbers that are no
// float. Whoever includes this defines both macros.

// clang-format off
DOVETAIL_OF_CONSTANT(i32_sub)
DOVETAIL_OF_CONSTANT(i32_shl)
DOVETAIL_OF_CONSTANT(i64_sub)
DOVETAIL_OF_CONSTANT(i64_shl)
DOVETAIL_OF_CONSTANT(f32_sub)
DOVETAIL_OF_CONSTANT(f32_div)
DOVETAIL_OF_CONSTANT(f64_sub)
DOVETAIL_OF_CONSTANT(f64_div)
DOVETAIL_WIDE(i64_add)
DOVETAIL_WIDE(i64_mul)
DOVETAIL_WIDE(i64_and)
DOVETAIL_WIDE(i64_or)
DOVETAIL_WIDE(i64_xor)
DOVETAIL_WIDE(f64_add)
DOVETAIL_WIDE(f64_sub)
DOVETAIL_WIDE(f64_mul)
DOVETAIL_WIDE(f64_div)
// clang-format on
#undef DOVETAIL_OF_CONSTANT
#undef DOVETAIL_WIDE

#define DOVETAIL_OP(NAME, TEXT, PREFIX, CODE, IMMEDIATE, SIGNATURE, WIDTH, FEATURE) \
  DOVETAIL_OPERATOR(NAME)                                                           \
  DOVETAIL_OF_##FEATURE(DOVETAIL_WITH_##IMMEDIATE(DOVETAIL_H, NAME, SIGNATURE))
// Every operator of 3.0 but garbage collection and exceptions: NAME, TEXT, PREFIX, CODE, IMMEDIATE,
// SIGNATURE, WIDTH, FEATURE. A signature lists operand, then result types (i l f d v: i32 i64 f32
// f64 v128, b: an i32 that is a truth value, n: none); the pass types "special" rows.

// clang-format off

// Control instructions (core specification 5.4.1).
DOVETAIL_OP(unreachable,   "unreachable",   0x00, 0x00, none,          special, 0, mvp)
DOVETAIL_OP(nop,           "nop",           0x00, 0x01, none,          special, 0, mvp)
DOVETAIL_OP(block,         "block",         0x00, 0x02, block_type,    special, 0, mvp)
DOVETAIL_OP(loop,          "loop",          0x00, 0x03, block_type,    special, 0, mvp)
DOVETAIL_OP(if_,           "if",            0x00, 0x04, block_type,    special, 0, mvp)
DOVETAIL_OP(else_,         "else",          0x00, 0x05, none,          special, 0, mvp)
DOVETAIL_OP(end,           "end",           0x00, 0x0b, none,          special, 0, mvp)
DOVETAIL_OP(br,            "br",            0x00, 0x0c, label,         special, 0, mvp)
DOVETAIL_OP(br_if,         "br_if",         0x00, 0x0d, label,         special, 0, mvp)
DOVETAIL_OP(br_table,      "br_table",      0x00, 0x0e, label_table,   special, 0, mvp)
DOVETAIL_OP(return_,       "return",        0x00, 0x0f, none,          special, 0, mvp)
DOVETAIL_OP(call,          "call",          0x00, 0x10, function,      special, 0, mvp)
DOVETAIL_OP(call_indirect, "call_indirect", 0x00, 0x11, call_indirect, special, 0, mvp)

DOVETAIL_OP(return_call,          "return_call",          0x00, 0x12, function,      special, 0, tail_call)
DOVETAIL_OP(return_call_indirect, "return_call_indirect", 0x00, 0x13, call_indirect, special, 0, tail_call)
DOVETAIL_OP(call_ref,             "call_ref",             0x00, 0x14, type,          special, 0, function_references)
DOVETAIL_OP(return_call_ref,      "return_call_ref",      0x00, 0x15, type,          special, 0, function_references)
DOVETAIL_OP(br_on_null,           "br_on_null",           0x00, 0xd5, label,         special, 0, function_references)
DOVETAIL_OP(br_on_non_null,       "br_on_non_null",       0x00, 0xd6, label,         special, 0, function_references)

// Reference instructions (5.4.2).
DOVETAIL_OP(ref_null,    "ref.null",    0x00, 0xd0, heap_type, special, 0, reference_types)
DOVETAIL_OP(ref_is_null, "ref.is_null", 0x00, 0xd1, none,      special, 0, reference_types)
DOVETAIL_OP(ref_func,    "ref.func",    0x00, 0xd2, function,  special, 0, reference_types)
DOVETAIL_OP(ref_as_non_null, "ref.as_non_null", 0x00, 0xd4, none, special, 0, function_references)

// Parametric instructions (5.4.3).
DOVETAIL_OP(drop,         "drop",   0x00, 0x1a, none,        special, 0, mvp)
DOVETAIL_OP(select,       "select", 0x00, 0x1b, none,        special, 0, mvp)
DOVETAIL_OP(select_typed, "select", 0x00, 0x1c, value_types, special, 0, reference_types)

// Variable instructions (5.4.4).
DOVETAIL_OP(local_get,  "local.get",  0x00, 0x20, local,  special, 0, mvp)
DOVETAIL_OP(local_set,  "local.set",  0x00, 0x21, local,  special, 0, mvp)
DOVETAIL_OP(local_tee,  "local.tee",  0x00, 0x22, local,  special, 0, mvp)
DOVETAIL_OP(global_get, "global.get", 0x00, 0x23, global, special, 0, mvp)
DOVETAIL_OP(global_set, "global.set", 0x00, 0x24, global, special, 0, mvp)

// Table instructions (5.4.5).
DOVETAIL_OP(table_get,  "table.get",  0x00, 0x25, table,         special, 0, reference_types)
DOVETAIL_OP(table_set,  "table.set",  0x00, 0x26, table,         special, 0, reference_types)
DOVETAIL_OP(table_init, "table.init", 0xfc, 0x0c, element_table, special, 0, bulk_memory)
DOVETAIL_OP(elem_drop,  "elem.drop",  0xfc, 0x0d, element,       special, 0, bulk_memory)
DOVETAIL_OP(table_copy, "table.copy", 0xfc, 0x0e, table_table,   special, 0, bulk_memory)
DOVETAIL_OP(table_grow, "table.grow", 0xfc, 0x0f, table,         special, 0, reference_types)
DOVETAIL_OP(table_size, "table.size", 0xfc, 0x10, table,         special, 0, reference_types)
DOVETAIL_OP(table_fill, "table.fill", 0xfc, 0x11, table,         special, 0, reference_types)

// Memory instructions (5.4.6): an address and an offset, then the width of the access in bytes.
DOVETAIL_OP(i32_load,     "i32.load",     0x00, 0x28, memarg,        i_i,     4, mvp)
DOVETAIL_OP(i64_load,     "i64.load",     0x00, 0x29, memarg,        i_l,     8, mvp)
DOVETAIL_OP(f32_load,     "f32.load",     0x00, 0x2a, memarg,        i_f,     4, mvp)
DOVETAIL_OP(f64_load,     "f64.load",     0x00, 0x2b, memarg,        i_d,     8, mvp)
DOVETAIL_OP(i32_load8_s,  "i32.load8_s",  0x00, 0x2c, memarg,        i_i,     1, mvp)
DOVETAIL_OP(i32_load8_u,  "i32.load8_u",  0x00, 0x2d, memarg,        i_i,     1, mvp)
DOVETAIL_OP(i32_load16_s, "i32.load16_s", 0x00, 0x2e, memarg,        i_i,     2, mvp)
DOVETAIL_OP(i32_load16_u, "i32.load16_u", 0x00, 0x2f, memarg,        i_i,     2, mvp)
DOVETAIL_OP(i64_load8_s,  "i64.load8_s",  0x00, 0x30, memarg,        i_l,     1, mvp)
DOVETAIL_OP(i64_load8_u,  "i64.load8_u",  0x00, 0x31, memarg,        i_l,     1, mvp)
DOVETAIL_OP(i64_load16_s, "i64.load16_s", 0x00, 0x32, memarg,        i_l,     2, mvp)
DOVETAIL_OP(i64_load16_u, "i64.load16_u", 0x00, 0x33, memarg,        i_l,     2, mvp)
DOVETAIL_OP(i64_load32_s, "i64.load32_s", 0x00, 0x34, memarg,        i_l,     4, mvp)
DOVETAIL_OP(i64_load32_u, "i64.load32_u", 0x00, 0x35, memarg,        i_l,     4, mvp)
DOVETAIL_OP(i32_store,    "i32.store",    0x00, 0x36, memarg,        ii_n,    4, mvp)
DOVETAIL_OP(i64_store,    "i64.store",    0x00, 0x37, memarg,        il_n,    8, mvp)
DOVETAIL_OP(f32_store,    "f32.store",    0x00, 0x38, memarg,        if_n,    4, mvp)
DOVETAIL_OP(f64_store,    "f64.store",    0x00, 0x39, memarg,        id_n,    8, mvp)
DOVETAIL_OP(i32_store8,   "i32.store8",   0x00, 0x3a, memarg,        ii_n,    1, mvp)
DOVETAIL_OP(i32_store16,  "i32.store16",  0x00, 0x3b, memarg,        ii_n,    2, mvp)
DOVETAIL_OP(i64_store8,   "i64.store8",   0x00, 0x3c, memarg,        il_n,    1, mvp)
DOVETAIL_OP(i64_store16,  "i64.store16",  0x00, 0x3d, memarg,        il_n,    2, mvp)
DOVETAIL_OP(i64_store32,  "i64.store32",  0x00, 0x3e, memarg,        il_n,    4, mvp)
DOVETAIL_OP(memory_size,  "memory.size",  0x00, 0x3f, memory,        special, 0, mvp)
DOVETAIL_OP(memory_grow,  "memory.grow",  0x00, 0x40, memory,        special, 0, mvp)
DOVETAIL_OP(memory_init,  "memory.init",  0xfc, 0x08, data_memory,   special, 0, bulk_memory)
DOVETAIL_OP(data_drop,    "data.drop",    0xfc, 0x09, data,          special, 0, bulk_memory)
DOVETAIL_OP(memory_copy,  "memory.copy",  0xfc, 0x0a, memory_memory, special, 0, bulk_memory)
DOVETAIL_OP(memory_fill,  "memory.fill",  0xfc, 0x0b, memory,        special, 0, bulk_memory)

// Numeric instructions (5.4.7): constants.
DOVETAIL_OP(i32_const, "i32.const", 0x00, 0x41, i32, n_i, 0, mvp)
DOVETAIL_OP(i64_const, "i64.const", 0x00, 0x42, i64, n_l, 0, mvp)
DOVETAIL_OP(f32_const, "f32.const", 0x00, 0x43, f32, n_f, 0, mvp)
DOVETAIL_OP(f64_const, "f64.const", 0x00, 0x44, f64, n_d, 0, mvp)

// Integer comparisons.
DOVETAIL_OP(i32_eqz,  "i32.eqz",  0x00, 0x45, none, i_b,  0, mvp)
DOVETAIL_OP(i32_eq,   "i32.eq",   0x00, 0x46, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ne,   "i32.ne",   0x00, 0x47, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_lt_s, "i32.lt_s", 0x00, 0x48, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_lt_u, "i32.lt_u", 0x00, 0x49, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_gt_s, "i32.gt_s", 0x00, 0x4a, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_gt_u, "i32.gt_u", 0x00, 0x4b, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_le_s, "i32.le_s", 0x00, 0x4c, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_le_u, "i32.le_u", 0x00, 0x4d, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ge_s, "i32.ge_s", 0x00, 0x4e, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ge_u, "i32.ge_u", 0x00, 0x4f, none, ii_b, 0, mvp)
DOVETAIL_OP(i64_eqz,  "i64.eqz",  0x00, 0x50, none, l_b,  0, mvp)
DOVETAIL_OP(i64_eq,   "i64.eq",   0x00, 0x51, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ne,   "i64.ne",   0x00, 0x52, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_lt_s, "i64.lt_s", 0x00, 0x53, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_lt_u, "i64.lt_u", 0x00, 0x54, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_gt_s, "i64.gt_s", 0x00, 0x55, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_gt_u, "i64.gt_u", 0x00, 0x56, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_le_s, "i64.le_s", 0x00, 0x57, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_le_u, "i64.le_u", 0x00, 0x58, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ge_s, "i64.ge_s", 0x00, 0x59, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ge_u, "i64.ge_u", 0x00, 0x5a, none, ll_b, 0, mvp)

// Float comparisons.
DOVETAIL_OP(f32_eq, "f32.eq", 0x00, 0x5b, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_ne, "f32.ne", 0x00, 0x5c, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_lt, "f32.lt", 0x00, 0x5d, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_gt, "f32.gt", 0x00, 0x5e, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_le, "f32.le", 0x00, 0x5f, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_ge, "f32.ge", 0x00, 0x60, none, ff_b, 0, mvp)
DOVETAIL_OP(f64_eq, "f64.eq", 0x00, 0x61, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_ne, "f64.ne", 0x00, 0x62, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_lt, "f64.lt", 0x00, 0x63, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_gt, "f64.gt", 0x00, 0x64, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_le, "f64.le", 0x00, 0x65, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_ge, "f64.ge", 0x00, 0x66, none, dd_b, 0, mvp)

// Integer arithmetic.
DOVETAIL_OP(i32_clz,    "i32.clz",    0x00, 0x67, none, i_i,  0, mvp)
DOVETAIL_OP(i32_ctz,    "i32.ctz",    0x00, 0x68, none, i_i,  0, mvp)
DOVETAIL_OP(i32_popcnt, "i32.popcnt", 0x00, 0x69, none, i_i,  0, mvp)
DOVETAIL_OP(i32_add,    "i32.add",    0x00, 0x6a, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_sub,    "i32.sub",    0x00, 0x6b, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_mul,    "i32.mul",    0x00, 0x6c, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_div_s,  "i32.div_s",  0x00, 0x6d, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_div_u,  "i32.div_u",  0x00, 0x6e, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rem_s,  "i32.rem_s",  0x00, 0x6f, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rem_u,  "i32.rem_u",  0x00, 0x70, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_and,    "i32.and",    0x00, 0x71, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_or,     "i32.or",     0x00, 0x72, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_xor,    "i32.xor",    0x00, 0x73, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shl,    "i32.shl",    0x00, 0x74, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shr_s,  "i32.shr_s",  0x00, 0x75, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shr_u,  "i32.shr_u",  0x00, 0x76, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rotl,   "i32.rotl",   0x00, 0x77, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rotr,   "i32.rotr",   0x00, 0x78, none, ii_i, 0, mvp)
DOVETAIL_OP(i64_clz,    "i64.clz",    0x00, 0x79, none, l_l,  0, mvp)
DOVETAIL_OP(i64_ctz,    "i64.ctz",    0x00, 0x7a, none, l_l,  0, mvp)
DOVETAIL_OP(i64_popcnt, "i64.popcnt", 0x00, 0x7b, none, l_l,  0, mvp)
DOVETAIL_OP(i64_add,    "i64.add",    0x00, 0x7c, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_sub,    "i64.sub",    0x00, 0x7d, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_mul,    "i64.mul",    0x00, 0x7e, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_div_s,  "i64.div_s",  0x00, 0x7f, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_div_u,  "i64.div_u",  0x00, 0x80, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rem_s,  "i64.rem_s",  0x00, 0x81, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rem_u,  "i64.rem_u",  0x00, 0x82, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_and,    "i64.and",    0x00, 0x83, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_or,     "i64.or",     0x00, 0x84, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_xor,    "i64.xor",    0x00, 0x85, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shl,    "i64.shl",    0x00, 0x86, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shr_s,  "i64.shr_s",  0x00, 0x87, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shr_u,  "i64.shr_u",  0x00, 0x88, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rotl,   "i64.rotl",   0x00, 0x89, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rotr,   "i64.rotr",   0x00, 0x8a, none, ll_l, 0, mvp)

// Float arithmetic.
DOVETAIL_OP(f32_abs,      "f32.abs",      0x00, 0x8b, none, f_f,  0, mvp)
DOVETAIL_OP(f32_neg,      "f32.neg",      0x00, 0x8c, none, f_f,  0, mvp)
DOVETAIL_OP(f32_ceil,     "f32.ceil",     0x00, 0x8d, none, f_f,  0, mvp)
DOVETAIL_OP(f32_floor,    "f32.floor",    0x00, 0x8e, none, f_f,  0, mvp)
DOVETAIL_OP(f32_trunc,    "f32.trunc",    0x00, 0x8f, none, f_f,  0, mvp)
DOVETAIL_OP(f32_nearest,  "f32.nearest",  0x00, 0x90, none, f_f,  0, mvp)
DOVETAIL_OP(f32_sqrt,     "f32.sqrt",     0x00, 0x91, none, f_f,  0, mvp)
DOVETAIL_OP(f32_add,      "f32.add",      0x00, 0x92, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_sub,      "f32.sub",      0x00, 0x93, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_mul,      "f32.mul",      0x00, 0x94, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_div,      "f32.div",      0x00, 0x95, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_min,      "f32.min",      0x00, 0x96, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_max,      "f32.max",      0x00, 0x97, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_copysign, "f32.copysign", 0x00, 0x98, none, ff_f, 0, mvp)
DOVETAIL_OP(f64_abs,      "f64.abs",      0x00, 0x99, none, d_d,  0, mvp)
DOVETAIL_OP(f64_neg,      "f64.neg",      0x00, 0x9a, none, d_d,  0, mvp)
DOVETAIL_OP(f64_ceil,     "f64.ceil",     0x00, 0x9b, none, d_d,  0, mvp)
DOVETAIL_OP(f64_floor,    "f64.floor",    0x00, 0x9c, none, d_d,  0, mvp)
DOVETAIL_OP(f64_trunc,    "f64.trunc",    0x00, 0x9d, none, d_d,  0, mvp)
DOVETAIL_OP(f64_nearest,  "f64.nearest",  0x00, 0x9e, none, d_d,  0, mvp)
DOVETAIL_OP(f64_sqrt,     "f64.sqrt",     0x00, 0x9f, none, d_d,  0, mvp)
DOVETAIL_OP(f64_add,      "f64.add",      0x00, 0xa0, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_sub,      "f64.sub",      0x00, 0xa1, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_mul,      "f64.mul",      0x00, 0xa2, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_div,      "f64.div",      0x00, 0xa3, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_min,      "f64.min",      0x00, 0xa4, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_max,      "f64.max",      0x00, 0xa5, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_copysign, "f64.copysign", 0x00, 0xa6, none, dd_d, 0, mvp)

// Conversions.
DOVETAIL_OP(i32_wrap_i64,        "i32.wrap_i64",        0x00, 0xa7, none, l_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f32_s,     "i32.trunc_f32_s",     0x00, 0xa8, none, f_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f32_u,     "i32.trunc_f32_u",     0x00, 0xa9, none, f_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f64_s,     "i32.trunc_f64_s",     0x00, 0xaa, none, d_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f64_u,     "i32.trunc_f64_u",     0x00, 0xab, none, d_i, 0, mvp)
DOVETAIL_OP(i64_extend_i32_s,    "i64.extend_i32_s",    0x00, 0xac, none, i_l, 0, mvp)
DOVETAIL_OP(i64_extend_i32_u,    "i64.extend_i32_u",    0x00, 0xad, none, i_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f32_s,     "i64.trunc_f32_s",     0x00, 0xae, none, f_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f32_u,     "i64.trunc_f32_u",     0x00, 0xaf, none, f_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f64_s,     "i64.trunc_f64_s",     0x00, 0xb0, none, d_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f64_u,     "i64.trunc_f64_u",     0x00, 0xb1, none, d_l, 0, mvp)
DOVETAIL_OP(f32_convert_i32_s,   "f32.convert_i32_s",   0x00, 0xb2, none, i_f, 0, mvp)
DOVETAIL_OP(f32_convert_i32_u,   "f32.convert_i32_u",   0x00, 0xb3, none, i_f, 0, mvp)
DOVETAIL_OP(f32_convert_i64_s,   "f32.convert_i64_s",   0x00, 0xb4, none, l_f, 0, mvp)
DOVETAIL_OP(f32_convert_i64_u,   "f32.convert_i64_u",   0x00, 0xb5, none, l_f, 0, mvp)
DOVETAIL_OP(f32_demote_f64,      "f32.demote_f64",      0x00, 0xb6, none, d_f, 0, mvp)
DOVETAIL_OP(f64_convert_i32_s,   "f64.convert_i32_s",   0x00, 0xb7, none, i_d, 0, mvp)
DOVETAIL_OP(f64_convert_i32_u,   "f64.convert_i32_u",   0x00, 0xb8, none, i_d, 0, mvp)
DOVETAIL_OP(f64_convert_i64_s,   "f64.convert_i64_s",   0x00, 0xb9, none, l_d, 0, mvp)
DOVETAIL_OP(f64_convert_i64_u,   "f64.convert_i64_u",   0x00, 0xba, none, l_d, 0, mvp)
DOVETAIL_OP(f64_promote_f32,     "f64.promote_f32",     0x00, 0xbb, none, f_d, 0, mvp)
DOVETAIL_OP(i32_reinterpret_f32, "i32.reinterpret_f32", 0x00, 0xbc, none, f_i, 0, mvp)
DOVETAIL_OP(i64_reinterpret_f64, "i64.reinterpret_f64", 0x00, 0xbd, none, d_l, 0, mvp)
DOVETAIL_OP(f32_reinterpret_i32, "f32.reinterpret_i32", 0x00, 0xbe, none, i_f, 0, mvp)
DOVETAIL_OP(f64_reinterpret_i64, "f64.reinterpret_i64", 0x00, 0xbf, none, l_d, 0, mvp)
DOVETAIL_OP(i32_extend8_s,       "i32.extend8_s",       0x00, 0xc0, none, i_i, 0, sign_extension)
DOVETAIL_OP(i32_extend16_s,      "i32.extend16_s",      0x00, 0xc1, none, i_i, 0, sign_extension)
DOVETAIL_OP(i64_extend8_s,       "i64.extend8_s",       0x00, 0xc2, none, l_l, 0, sign_extension)
DOVETAIL_OP(i64_extend16_s,      "i64.extend16_s",      0x00, 0xc3, none, l_l, 0, sign_extension)
DOVETAIL_OP(i64_extend32_s,      "i64.extend32_s",      0x00, 0xc4, none, l_l, 0, sign_extension)
DOVETAIL_OP(i32_trunc_sat_f32_s, "i32.trunc_sat_f32_s", 0xfc, 0x00, none, f_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f32_u, "i32.trunc_sat_f32_u", 0xfc, 0x01, none, f_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f64_s, "i32.trunc_sat_f64_s", 0xfc, 0x02, none, d_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f64_u, "i32.trunc_sat_f64_u", 0xfc, 0x03, none, d_i, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f32_s, "i64.trunc_sat_f32_s", 0xfc, 0x04, none, f_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f32_u, "i64.trunc_sat_f32_u", 0xfc, 0x05, none, f_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f64_s, "i64.trunc_sat_f64_s", 0xfc, 0x06, none, d_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f64_u, "i64.trunc_sat_f64_u", 0xfc, 0x07, none, d_l, 0, saturating_conversion)

// Vector instructions (5.4.8): memory, constants, lanes. The width of a lane access is the lane.
DOVETAIL_OP(v128_load,            "v128.load",            0xfd, 0x00, memarg,      i_v,  16, simd)
DOVETAIL_OP(v128_load8x8_s,       "v128.load8x8_s",       0xfd, 0x01, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load8x8_u,       "v128.load8x8_u",       0xfd, 0x02, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load16x4_s,      "v128.load16x4_s",      0xfd, 0x03, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load16x4_u,      "v128.load16x4_u",      0xfd, 0x04, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32x2_s,      "v128.load32x2_s",      0xfd, 0x05, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32x2_u,      "v128.load32x2_u",      0xfd, 0x06, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load8_splat,     "v128.load8_splat",     0xfd, 0x07, memarg,      i_v,  1,  simd)
DOVETAIL_OP(v128_load16_splat,    "v128.load16_splat",    0xfd, 0x08, memarg,      i_v,  2,  simd)
DOVETAIL_OP(v128_load32_splat,    "v128.load32_splat",    0xfd, 0x09, memarg,      i_v,  4,  simd)
DOVETAIL_OP(v128_load64_splat,    "v128.load64_splat",    0xfd, 0x0a, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32_zero,     "v128.load32_zero",     0xfd, 0x5c, memarg,      i_v,  4,  simd)
DOVETAIL_OP(v128_load64_zero,     "v128.load64_zero",     0xfd, 0x5d, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_store,           "v128.store",           0xfd, 0x0b, memarg,      iv_n, 16, simd)
DOVETAIL_OP(v128_load8_lane,      "v128.load8_lane",      0xfd, 0x54, memarg_lane, iv_v, 1,  simd)
DOVETAIL_OP(v128_load16_lane,     "v128.load16_lane",     0xfd, 0x55, memarg_lane, iv_v, 2,  simd)
DOVETAIL_OP(v128_load32_lane,     "v128.load32_lane",     0xfd, 0x56, memarg_lane, iv_v, 4,  simd)
DOVETAIL_OP(v128_load64_lane,     "v128.load64_lane",     0xfd, 0x57, memarg_lane, iv_v, 8,  simd)
DOVETAIL_OP(v128_store8_lane,     "v128.store8_lane",     0xfd, 0x58, memarg_lane, iv_n, 1,  simd)
DOVETAIL_OP(v128_store16_lane,    "v128.store16_lane",    0xfd, 0x59, memarg_lane, iv_n, 2,  simd)
DOVETAIL_OP(v128_store32_lane,    "v128.store32_lane",    0xfd, 0x5a, memarg_lane, iv_n, 4,  simd)
DOVETAIL_OP(v128_store64_lane,    "v128.store64_lane",    0xfd, 0x5b, memarg_lane, iv_n, 8,  simd)
DOVETAIL_OP(v128_const,           "v128.const",           0xfd, 0x0c, v128,        n_v,  0,  simd)
DOVETAIL_OP(i8x16_shuffle,        "i8x16.shuffle",        0xfd, 0x0d, shuffle,     vv_v, 1,  simd)
DOVETAIL_OP(i8x16_swizzle,        "i8x16.swizzle",        0xfd, 0x0e, none,        vv_v, 0,  simd)
DOVETAIL_OP(i8x16_splat,          "i8x16.splat",          0xfd, 0x0f, none,        i_v,  0,  simd)
DOVETAIL_OP(i16x8_splat,          "i16x8.splat",          0xfd, 0x10, none,        i_v,  0,  simd)
DOVETAIL_OP(i32x4_splat,          "i32x4.splat",          0xfd, 0x11, none,        i_v,  0,  simd)
DOVETAIL_OP(i64x2_splat,          "i64x2.splat",          0xfd, 0x12, none,        l_v,  0,  simd)
DOVETAIL_OP(f32x4_splat,          "f32x4.splat",          0xfd, 0x13, none,        f_v,  0,  simd)
DOVETAIL_OP(f64x2_splat,          "f64x2.splat",          0xfd, 0x14, none,        d_v,  0,  simd)
DOVETAIL_OP(i8x16_extract_lane_s, "i8x16.extract_lane_s", 0xfd, 0x15, lane,        v_i,  1,  simd)
DOVETAIL_OP(i8x16_extract_lane_u, "i8x16.extract_lane_u", 0xfd, 0x16, lane,        v_i,  1,  simd)
DOVETAIL_OP(i8x16_replace_lane,   "i8x16.replace_lane",   0xfd, 0x17, lane,        vi_v, 1,  simd)
DOVETAIL_OP(i16x8_extract_lane_s, "i16x8.extract_lane_s", 0xfd, 0x18, lane,        v_i,  2,  simd)
DOVETAIL_OP(i16x8_extract_lane_u, "i16x8.extract_lane_u", 0xfd, 0x19, lane,        v_i,  2,  simd)
DOVETAIL_OP(i16x8_replace_lane,   "i16x8.replace_lane",   0xfd, 0x1a, lane,        vi_v, 2,  simd)
DOVETAIL_OP(i32x4_extract_lane,   "i32x4.extract_lane",   0xfd, 0x1b, lane,        v_i,  4,  simd)
DOVETAIL_OP(i32x4_replace_lane,   "i32x4.replace_lane",   0xfd, 0x1c, lane,        vi_v, 4,  simd)
DOVETAIL_OP(i64x2_extract_lane,   "i64x2.extract_lane",   0xfd, 0x1d, lane,        v_l,  8,  simd)
DOVETAIL_OP(i64x2_replace_lane,   "i64x2.replace_lane",   0xfd, 0x1e, lane,        vl_v, 8,  simd)
DOVETAIL_OP(f32x4_extract_lane,   "f32x4.extract_lane",   0xfd, 0x1f, lane,        v_f,  4,  simd)
DOVETAIL_OP(f32x4_replace_lane,   "f32x4.replace_lane",   0xfd, 0x20, lane,        vf_v, 4,  simd)
DOVETAIL_OP(f64x2_extract_lane,   "f64x2.extract_lane",   0xfd, 0x21, lane,        v_d,  8,  simd)
DOVETAIL_OP(f64x2_replace_lane,   "f64x2.replace_lane",   0xfd, 0x22, lane,        vd_v, 8,  simd)

// Vector comparisons.
DOVETAIL_OP(i8x16_eq,   "i8x16.eq",   0xfd, 0x23, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ne,   "i8x16.ne",   0xfd, 0x24, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_lt_s, "i8x16.lt_s", 0xfd, 0x25, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_lt_u, "i8x16.lt_u", 0xfd, 0x26, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_gt_s, "i8x16.gt_s", 0xfd, 0x27, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_gt_u, "i8x16.gt_u", 0xfd, 0x28, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_le_s, "i8x16.le_s", 0xfd, 0x29, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_le_u, "i8x16.le_u", 0xfd, 0x2a, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ge_s, "i8x16.ge_s", 0xfd, 0x2b, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ge_u, "i8x16.ge_u", 0xfd, 0x2c, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_eq,   "i16x8.eq",   0xfd, 0x2d, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ne,   "i16x8.ne",   0xfd, 0x2e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_lt_s, "i16x8.lt_s", 0xfd, 0x2f, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_lt_u, "i16x8.lt_u", 0xfd, 0x30, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_gt_s, "i16x8.gt_s", 0xfd, 0x31, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_gt_u, "i16x8.gt_u", 0xfd, 0x32, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_le_s, "i16x8.le_s", 0xfd, 0x33, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_le_u, "i16x8.le_u", 0xfd, 0x34, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ge_s, "i16x8.ge_s", 0xfd, 0x35, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ge_u, "i16x8.ge_u", 0xfd, 0x36, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_eq,   "i32x4.eq",   0xfd, 0x37, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ne,   "i32x4.ne",   0xfd, 0x38, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_lt_s, "i32x4.lt_s", 0xfd, 0x39, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_lt_u, "i32x4.lt_u", 0xfd, 0x3a, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_gt_s, "i32x4.gt_s", 0xfd, 0x3b, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_gt_u, "i32x4.gt_u", 0xfd, 0x3c, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_le_s, "i32x4.le_s", 0xfd, 0x3d, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_le_u, "i32x4.le_u", 0xfd, 0x3e, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ge_s, "i32x4.ge_s", 0xfd, 0x3f, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ge_u, "i32x4.ge_u", 0xfd, 0x40, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_eq,   "i64x2.eq",   0xfd, 0xd6, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_ne,   "i64x2.ne",   0xfd, 0xd7, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_lt_s, "i64x2.lt_s", 0xfd, 0xd8, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_gt_s, "i64x2.gt_s", 0xfd, 0xd9, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_le_s, "i64x2.le_s", 0xfd, 0xda, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_ge_s, "i64x2.ge_s", 0xfd, 0xdb, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_eq,   "f32x4.eq",   0xfd, 0x41, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_ne,   "f32x4.ne",   0xfd, 0x42, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_lt,   "f32x4.lt",   0xfd, 0x43, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_gt,   "f32x4.gt",   0xfd, 0x44, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_le,   "f32x4.le",   0xfd, 0x45, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_ge,   "f32x4.ge",   0xfd, 0x46, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_eq,   "f64x2.eq",   0xfd, 0x47, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_ne,   "f64x2.ne",   0xfd, 0x48, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_lt,   "f64x2.lt",   0xfd, 0x49, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_gt,   "f64x2.gt",   0xfd, 0x4a, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_le,   "f64x2.le",   0xfd, 0x4b, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_ge,   "f64x2.ge",   0xfd, 0x4c, none, vv_v, 0, simd)

// Vector bitwise instructions.
DOVETAIL_OP(v128_not,       "v128.not",       0xfd, 0x4d, none, v_v,   0, simd)
DOVETAIL_OP(v128_and,       "v128.and",       0xfd, 0x4e, none, vv_v,  0, simd)
DOVETAIL_OP(v128_andnot,    "v128.andnot",    0xfd, 0x4f, none, vv_v,  0, simd)
DOVETAIL_OP(v128_or,        "v128.or",        0xfd, 0x50, none, vv_v,  0, simd)
DOVETAIL_OP(v128_xor,       "v128.xor",       0xfd, 0x51, none, vv_v,  0, simd)
DOVETAIL_OP(v128_bitselect, "v128.bitselect", 0xfd, 0x52, none, vvv_v, 0, simd)
DOVETAIL_OP(v128_any_true,  "v128.any_true",  0xfd, 0x53, none, v_i,   0, simd)

// Vector integer arithmetic.
DOVETAIL_OP(i8x16_abs,                     "i8x16.abs",                     0xfd, 0x60, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_neg,                     "i8x16.neg",                     0xfd, 0x61, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_popcnt,                  "i8x16.popcnt",                  0xfd, 0x62, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_all_true,                "i8x16.all_true",                0xfd, 0x63, none, v_i,  0, simd)
DOVETAIL_OP(i8x16_bitmask,                 "i8x16.bitmask",                 0xfd, 0x64, none, v_i,  0, simd)
DOVETAIL_OP(i8x16_narrow_i16x8_s,          "i8x16.narrow_i16x8_s",          0xfd, 0x65, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_narrow_i16x8_u,          "i8x16.narrow_i16x8_u",          0xfd, 0x66, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_shl,                     "i8x16.shl",                     0xfd, 0x6b, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_shr_s,                   "i8x16.shr_s",                   0xfd, 0x6c, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_shr_u,                   "i8x16.shr_u",                   0xfd, 0x6d, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_add,                     "i8x16.add",                     0xfd, 0x6e, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_add_sat_s,               "i8x16.add_sat_s",               0xfd, 0x6f, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_add_sat_u,               "i8x16.add_sat_u",               0xfd, 0x70, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub,                     "i8x16.sub",                     0xfd, 0x71, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub_sat_s,               "i8x16.sub_sat_s",               0xfd, 0x72, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub_sat_u,               "i8x16.sub_sat_u",               0xfd, 0x73, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_min_s,                   "i8x16.min_s",                   0xfd, 0x76, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_min_u,                   "i8x16.min_u",                   0xfd, 0x77, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_max_s,                   "i8x16.max_s",                   0xfd, 0x78, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_max_u,                   "i8x16.max_u",                   0xfd, 0x79, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_avgr_u,                  "i8x16.avgr_u",                  0xfd, 0x7b, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extadd_pairwise_i8x16_s, "i16x8.extadd_pairwise_i8x16_s", 0xfd, 0x7c, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extadd_pairwise_i8x16_u, "i16x8.extadd_pairwise_i8x16_u", 0xfd, 0x7d, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extadd_pairwise_i16x8_s, "i32x4.extadd_pairwise_i16x8_s", 0xfd, 0x7e, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extadd_pairwise_i16x8_u, "i32x4.extadd_pairwise_i16x8_u", 0xfd, 0x7f, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_abs,                     "i16x8.abs",                     0xfd, 0x80, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_neg,                     "i16x8.neg",                     0xfd, 0x81, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_q15mulr_sat_s,           "i16x8.q15mulr_sat_s",           0xfd, 0x82, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_all_true,                "i16x8.all_true",                0xfd, 0x83, none, v_i,  0, simd)
DOVETAIL_OP(i16x8_bitmask,                 "i16x8.bitmask",                 0xfd, 0x84, none, v_i,  0, simd)
DOVETAIL_OP(i16x8_narrow_i32x4_s,          "i16x8.narrow_i32x4_s",          0xfd, 0x85, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_narrow_i32x4_u,          "i16x8.narrow_i32x4_u",          0xfd, 0x86, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extend_low_i8x16_s,      "i16x8.extend_low_i8x16_s",      0xfd, 0x87, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_high_i8x16_s,     "i16x8.extend_high_i8x16_s",     0xfd, 0x88, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_low_i8x16_u,      "i16x8.extend_low_i8x16_u",      0xfd, 0x89, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_high_i8x16_u,     "i16x8.extend_high_i8x16_u",     0xfd, 0x8a, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_shl,                     "i16x8.shl",                     0xfd, 0x8b, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_shr_s,                   "i16x8.shr_s",                   0xfd, 0x8c, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_shr_u,                   "i16x8.shr_u",                   0xfd, 0x8d, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_add,                     "i16x8.add",                     0xfd, 0x8e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_add_sat_s,               "i16x8.add_sat_s",               0xfd, 0x8f, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_add_sat_u,               "i16x8.add_sat_u",               0xfd, 0x90, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub,                     "i16x8.sub",                     0xfd, 0x91, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub_sat_s,               "i16x8.sub_sat_s",               0xfd, 0x92, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub_sat_u,               "i16x8.sub_sat_u",               0xfd, 0x93, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_mul,                     "i16x8.mul",                     0xfd, 0x95, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_min_s,                   "i16x8.min_s",                   0xfd, 0x96, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_min_u,                   "i16x8.min_u",                   0xfd, 0x97, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_max_s,                   "i16x8.max_s",                   0xfd, 0x98, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_max_u,                   "i16x8.max_u",                   0xfd, 0x99, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_avgr_u,                  "i16x8.avgr_u",                  0xfd, 0x9b, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_low_i8x16_s,      "i16x8.extmul_low_i8x16_s",      0xfd, 0x9c, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_high_i8x16_s,     "i16x8.extmul_high_i8x16_s",     0xfd, 0x9d, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_low_i8x16_u,      "i16x8.extmul_low_i8x16_u",      0xfd, 0x9e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_high_i8x16_u,     "i16x8.extmul_high_i8x16_u",     0xfd, 0x9f, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_abs,                     "i32x4.abs",                     0xfd, 0xa0, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_neg,                     "i32x4.neg",                     0xfd, 0xa1, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_all_true,                "i32x4.all_true",                0xfd, 0xa3, none, v_i,  0, simd)
DOVETAIL_OP(i32x4_bitmask,                 "i32x4.bitmask",                 0xfd, 0xa4, none, v_i,  0, simd)
DOVETAIL_OP(i32x4_extend_low_i16x8_s,      "i32x4.extend_low_i16x8_s",      0xfd, 0xa7, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_high_i16x8_s,     "i32x4.extend_high_i16x8_s",     0xfd, 0xa8, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_low_i16x8_u,      "i32x4.extend_low_i16x8_u",      0xfd, 0xa9, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_high_i16x8_u,     "i32x4.extend_high_i16x8_u",     0xfd, 0xaa, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_shl,                     "i32x4.shl",                     0xfd, 0xab, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_shr_s,                   "i32x4.shr_s",                   0xfd, 0xac, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_shr_u,                   "i32x4.shr_u",                   0xfd, 0xad, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_add,                     "i32x4.add",                     0xfd, 0xae, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_sub,                     "i32x4.sub",                     0xfd, 0xb1, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_mul,                     "i32x4.mul",                     0xfd, 0xb5, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_min_s,                   "i32x4.min_s",                   0xfd, 0xb6, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_min_u,                   "i32x4.min_u",                   0xfd, 0xb7, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_max_s,                   "i32x4.max_s",                   0xfd, 0xb8, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_max_u,                   "i32x4.max_u",                   0xfd, 0xb9, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_dot_i16x8_s,             "i32x4.dot_i16x8_s",             0xfd, 0xba, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_low_i16x8_s,      "i32x4.extmul_low_i16x8_s",      0xfd, 0xbc, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_high_i16x8_s,     "i32x4.extmul_high_i16x8_s",     0xfd, 0xbd, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_low_i16x8_u,      "i32x4.extmul_low_i16x8_u",      0xfd, 0xbe, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_high_i16x8_u,     "i32x4.extmul_high_i16x8_u",     0xfd, 0xbf, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_abs,                     "i64x2.abs",                     0xfd, 0xc0, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_neg,                     "i64x2.neg",                     0xfd, 0xc1, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_all_true,                "i64x2.all_true",                0xfd, 0xc3, none, v_i,  0, simd)
DOVETAIL_OP(i64x2_bitmask,                 "i64x2.bitmask",                 0xfd, 0xc4, none, v_i,  0, simd)
DOVETAIL_OP(i64x2_extend_low_i32x4_s,      "i64x2.extend_low_i32x4_s",      0xfd, 0xc7, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_high_i32x4_s,     "i64x2.extend_high_i32x4_s",     0xfd, 0xc8, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_low_i32x4_u,      "i64x2.extend_low_i32x4_u",      0xfd, 0xc9, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_high_i32x4_u,     "i64x2.extend_high_i32x4_u",     0xfd, 0xca, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_shl,                     "i64x2.shl",                     0xfd, 0xcb, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_shr_s,                   "i64x2.shr_s",                   0xfd, 0xcc, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_shr_u,                   "i64x2.shr_u",                   0xfd, 0xcd, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_add,                     "i64x2.add",                     0xfd, 0xce, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_sub,                     "i64x2.sub",                     0xfd, 0xd1, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_mul,                     "i64x2.mul",                     0xfd, 0xd5, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_low_i32x4_s,      "i64x2.extmul_low_i32x4_s",      0xfd, 0xdc, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_high_i32x4_s,     "i64x2.extmul_high_i32x4_s",     0xfd, 0xdd, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_low_i32x4_u,      "i64x2.extmul_low_i32x4_u",      0xfd, 0xde, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_high_i32x4_u,     "i64x2.extmul_high_i32x4_u",     0xfd, 0xdf, none, vv_v, 0, simd)

// Vector float arithmetic.
DOVETAIL_OP(f32x4_ceil,    "f32x4.ceil",    0xfd, 0x67, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_floor,   "f32x4.floor",   0xfd, 0x68, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_trunc,   "f32x4.trunc",   0xfd, 0x69, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_nearest, "f32x4.nearest", 0xfd, 0x6a, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_ceil,    "f64x2.ceil",    0xfd, 0x74, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_floor,   "f64x2.floor",   0xfd, 0x75, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_trunc,   "f64x2.trunc",   0xfd, 0x7a, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_nearest, "f64x2.nearest", 0xfd, 0x94, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_abs,     "f32x4.abs",     0xfd, 0xe0, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_neg,     "f32x4.neg",     0xfd, 0xe1, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_sqrt,    "f32x4.sqrt",    0xfd, 0xe3, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_add,     "f32x4.add",     0xfd, 0xe4, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_sub,     "f32x4.sub",     0xfd, 0xe5, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_mul,     "f32x4.mul",     0xfd, 0xe6, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_div,     "f32x4.div",     0xfd, 0xe7, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_min,     "f32x4.min",     0xfd, 0xe8, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_max,     "f32x4.max",     0xfd, 0xe9, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_pmin,    "f32x4.pmin",    0xfd, 0xea, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_pmax,    "f32x4.pmax",    0xfd, 0xeb, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_abs,     "f64x2.abs",     0xfd, 0xec, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_neg,     "f64x2.neg",     0xfd, 0xed, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_sqrt,    "f64x2.sqrt",    0xfd, 0xef, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_add,     "f64x2.add",     0xfd, 0xf0, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_sub,     "f64x2.sub",     0xfd, 0xf1, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_mul,     "f64x2.mul",     0xfd, 0xf2, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_div,     "f64x2.div",     0xfd, 0xf3, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_min,     "f64x2.min",     0xfd, 0xf4, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_max,     "f64x2.max",     0xfd, 0xf5, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_pmin,    "f64x2.pmin",    0xfd, 0xf6, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_pmax,    "f64x2.pmax",    0xfd, 0xf7, none, vv_v, 0, simd)

// Vector conversions.
DOVETAIL_OP(i32x4_trunc_sat_f32x4_s,      "i32x4.trunc_sat_f32x4_s",      0xfd, 0xf8, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f32x4_u,      "i32x4.trunc_sat_f32x4_u",      0xfd, 0xf9, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_convert_i32x4_s,        "f32x4.convert_i32x4_s",        0xfd, 0xfa, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_convert_i32x4_u,        "f32x4.convert_i32x4_u",        0xfd, 0xfb, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f64x2_s_zero, "i32x4.trunc_sat_f64x2_s_zero", 0xfd, 0xfc, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f64x2_u_zero, "i32x4.trunc_sat_f64x2_u_zero", 0xfd, 0xfd, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_convert_low_i32x4_s,    "f64x2.convert_low_i32x4_s",    0xfd, 0xfe, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_convert_low_i32x4_u,    "f64x2.convert_low_i32x4_u",    0xfd, 0xff, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_demote_f64x2_zero,      "f32x4.demote_f64x2_zero",      0xfd, 0x5e, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_promote_low_f32x4,      "f64x2.promote_low_f32x4",      0xfd, 0x5f, none, v_v, 0, simd)

// Relaxed vector instructions: results that processors differ in.
DOVETAIL_OP(i8x16_relaxed_swizzle,               "i8x16.relaxed_swizzle",               0xfd, 0x100, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f32x4_s,         "i32x4.relaxed_trunc_f32x4_s",         0xfd, 0x101, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f32x4_u,         "i32x4.relaxed_trunc_f32x4_u",         0xfd, 0x102, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f64x2_s_zero,    "i32x4.relaxed_trunc_f64x2_s_zero",    0xfd, 0x103, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f64x2_u_zero,    "i32x4.relaxed_trunc_f64x2_u_zero",    0xfd, 0x104, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_madd,                  "f32x4.relaxed_madd",                  0xfd, 0x105, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_nmadd,                 "f32x4.relaxed_nmadd",                 0xfd, 0x106, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_madd,                  "f64x2.relaxed_madd",                  0xfd, 0x107, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_nmadd,                 "f64x2.relaxed_nmadd",                 0xfd, 0x108, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i8x16_relaxed_laneselect,            "i8x16.relaxed_laneselect",            0xfd, 0x109, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_laneselect,            "i16x8.relaxed_laneselect",            0xfd, 0x10a, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_laneselect,            "i32x4.relaxed_laneselect",            0xfd, 0x10b, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i64x2_relaxed_laneselect,            "i64x2.relaxed_laneselect",            0xfd, 0x10c, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_min,                   "f32x4.relaxed_min",                   0xfd, 0x10d, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_max,                   "f32x4.relaxed_max",                   0xfd, 0x10e, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_min,                   "f64x2.relaxed_min",                   0xfd, 0x10f, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_max,                   "f64x2.relaxed_max",                   0xfd, 0x110, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_q15mulr_s,             "i16x8.relaxed_q15mulr_s",             0xfd, 0x111, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_dot_i8x16_i7x16_s,     "i16x8.relaxed_dot_i8x16_i7x16_s",     0xfd, 0x112, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_dot_i8x16_i7x16_add_s, "i32x4.relaxed_dot_i8x16_i7x16_add_s", 0xfd, 0x113, none, vvv_v, 0, relaxed_simd)
// clang-format on
#undef DOVETAIL_OP

#undef DOVETAIL_H
#undef DOVETAIL_OPERATOR
#undef DOVETAIL_S
#undef DOVETAIL_A
#undef DOVETAIL_K
#undef DOVETAIL_BINARY
#undef DOVETAIL_UNARY
#undef DOVETAIL_BRANCHING
#undef DOVETAIL_COMPARISON
#undef DOVETAIL_TEST
#undef DOVETAIL_COUNTING
#undef DOVETAIL_LOADING
#undef DOVETAIL_STORING
#undef DOVETAIL_NEAR_AND_FAR
#undef DOVETAIL_HANDLERS_special
#undef DOVETAIL_HANDLERS_ii_i
#undef DOVETAIL_HANDLERS_ll_l
#undef DOVETAIL_HANDLERS_ff_f
#undef DOVETAIL_HANDLERS_dd_d
#undef DOVETAIL_HANDLERS_ii_b
#undef DOVETAIL_HANDLERS_ll_b
#undef DOVETAIL_HANDLERS_ff_b
#undef DOVETAIL_HANDLERS_dd_b
#undef DOVETAIL_HANDLERS_i_b
#undef DOVETAIL_HANDLERS_l_b
#undef DOVETAIL_HANDLERS_i_i
#undef DOVETAIL_HANDLERS_l_l
#undef DOVETAIL_HANDLERS_f_f
#undef DOVETAIL_HANDLERS_d_d
#undef DOVETAIL_HANDLERS_i_l
#undef DOVETAIL_HANDLERS_i_f
#undef DOVETAIL_HANDLERS_i_d
#undef DOVETAIL_HANDLERS_l_i
#undef DOVETAIL_HANDLERS_l_f
#undef DOVETAIL_HANDLERS_l_d
#undef DOVETAIL_HANDLERS_f_i
#undef DOVETAIL_HANDLERS_f_l
#undef DOVETAIL_HANDLERS_f_d
#undef DOVETAIL_HANDLERS_d_i
#undef DOVETAIL_HANDLERS_d_l
#undef DOVETAIL_HANDLERS_d_f
#undef DOVETAIL_HANDLERS_i_v
#undef DOVETAIL_HANDLERS_l_v
#undef DOVETAIL_HANDLERS_f_v
#undef DOVETAIL_HANDLERS_d_v
#undef DOVETAIL_HANDLERS_v_i
#undef DOVETAIL_HANDLERS_v_v
#undef DOVETAIL_HANDLERS_vv_v
#undef DOVETAIL_HANDLERS_vi_v
#undef DOVETAIL_HANDLERS_vvv_v
#undef DOVETAIL_ACCESS_i_i
#undef DOVETAIL_ACCESS_i_l
#undef DOVETAIL_ACCESS_i_f
#undef DOVETAIL_ACCESS_i_d
#undef DOVETAIL_ACCESS_ii_n
#undef DOVETAIL_ACCESS_il_n
#undef DOVETAIL_ACCESS_if_n
#undef DOVETAIL_ACCESS_id_n
#undef DOVETAIL_ACCESS_i_v
#undef DOVETAIL_ACCESS_iv_n
#undef DOVETAIL_LANE_ACCESS_iv_v
#undef DOVETAIL_LANE_ACCESS_iv_n
#undef DOVETAIL_LANE_v_i
#undef DOVETAIL_LANE_v_l
#undef DOVETAIL_LANE_v_f
#undef DOVETAIL_LANE_v_d
#undef DOVETAIL_LANE_vi_v
#undef DOVETAIL_LANE_vl_v
#undef DOVETAIL_LANE_vf_v
#undef DOVETAIL_LANE_vd_v
#undef DOVETAIL_WITH_none
#undef DOVETAIL_WITH_memarg
#undef DOVETAIL_WITH_block_type
#undef DOVETAIL_WITH_label
#undef DOVETAIL_WITH_label_table
#undef DOVETAIL_WITH_function
#undef DOVETAIL_WITH_type
#undef DOVETAIL_WITH_call_indirect
#undef DOVETAIL_WITH_value_types
#undef DOVETAIL_WITH_local
#undef DOVETAIL_WITH_global
#undef DOVETAIL_WITH_table
#undef DOVETAIL_WITH_table_table
#undef DOVETAIL_WITH_element
#undef DOVETAIL_WITH_element_table
#undef DOVETAIL_WITH_memory
#undef DOVETAIL_WITH_memory_memory
#undef DOVETAIL_WITH_data
#undef DOVETAIL_WITH_data_memory
#undef DOVETAIL_WITH_memarg_lane
#undef DOVETAIL_WITH_lane
#undef DOVETAIL_WITH_shuffle
#undef DOVETAIL_WITH_heap_type
#undef DOVETAIL_WITH_i32
#undef DOVETAIL_WITH_i64
#undef DOVETAIL_WITH_f32
#undef DOVETAIL_WITH_f64
#undef DOVETAIL_WITH_v128
#undef DOVETAIL_OTHER_HANDLERS
#undef DOVETAIL_OF_mvp
#undef DOVETAIL_OF_multi_value
#undef DOVETAIL_OF_sign_extension
#undef DOVETAIL_OF_saturating_conversion
#undef DOVETAIL_OF_bulk_memory
#undef DOVETAIL_OF_reference_types
#undef DOVETAIL_OF_simd
#undef DOVETAIL_OF_multi_memory
#undef DOVETAIL_OF_tail_call
#undef DOVETAIL_OF_extended_const
#undef DOVETAIL_OF_memory64
#undef DOVETAIL_OF_function_references
#undef DOVETAIL_OF_relaxed_simd
// clang-format on
      return all;
    }
    registers r{pc, frame, nullptr, 0, x, 0, 0, 0};
    r.load_memory();
    goto* reinterpret_cast<void*>(static_cast<std::uintptr_t>(r.pc->head));
#define DOVETAIL_H(NAME, ...)                           \
  at_##NAME : if (!__VA_ARGS__::run(r)) return nullptr; \
  goto* reinterpret_cast<void*>(static_cast<std::uintptr_t>(r.pc->head));
// Every handler, a row each: DOVETAIL_H(NAME, TYPE). First those of no numeric operator, then,
// for each row of the operator table, DOVETAIL_OPERATOR(NAME) and its handlers. Whoever includes
// this defines the macros; they are undefined afterwards.

// clang-format off
#ifndef DOVETAIL_OPERATOR
#define DOVETAIL_OPERATOR(NAME)
#endif

// Which handlers an operator has follows from its signature. H(NAME, TYPE...) is called for each;
// types may use `Memory`, the memory policy, and `Control`. Two operands: slot slot, slot constant, accumulator
// slot, accumulator constant, slot accumulator.
#define DOVETAIL_S ::dovetail::interpreting::source::slot
#define DOVETAIL_A ::dovetail::interpreting::source::accumulator
#define DOVETAIL_K ::dovetail::interpreting::source::constant

#define DOVETAIL_BINARY(H, O)                      \
  H(O##_ss, binary<op::O, DOVETAIL_S, DOVETAIL_S>) \
  H(O##_sk, binary<op::O, DOVETAIL_S, DOVETAIL_K>) \
  H(O##_as, binary<op::O, DOVETAIL_A, DOVETAIL_S>) \
  H(O##_ak, binary<op::O, DOVETAIL_A, DOVETAIL_K>) \
  H(O##_sa, binary<op::O, DOVETAIL_S, DOVETAIL_A>)
#define DOVETAIL_UNARY(H, O)         \
  H(O##_s, unary<op::O, DOVETAIL_S>) \
  H(O##_a, unary<op::O, DOVETAIL_A>)
#define DOVETAIL_BRANCHING(H, O, PREFIX, SENSE)                           \
  H(O##PREFIX##_ss, compare_branch<op::O, DOVETAIL_S, DOVETAIL_S, SENSE>) \
  H(O##PREFIX##_sk, compare_branch<op::O, DOVETAIL_S, DOVETAIL_K, SENSE>) \
  H(O##PREFIX##_as, compare_branch<op::O, DOVETAIL_A, DOVETAIL_S, SENSE>) \
  H(O##PREFIX##_ak, compare_branch<op::O, DOVETAIL_A, DOVETAIL_K, SENSE>) \
  H(O##PREFIX##_sa, compare_branch<op::O, DOVETAIL_S, DOVETAIL_A, SENSE>)
#define DOVETAIL_COMPARISON(H, O) \
  DOVETAIL_BINARY(H, O)           \
  DOVETAIL_BRANCHING(H, O, _then, true) DOVETAIL_BRANCHING(H, O, _else, false)
#define DOVETAIL_TEST(H, O)                            \
  DOVETAIL_UNARY(H, O)                                 \
  H(O##_then_s, test_branch<op::O, DOVETAIL_S, true>)  \
  H(O##_then_a, test_branch<op::O, DOVETAIL_A, true>)  \
  H(O##_else_s, test_branch<op::O, DOVETAIL_S, false>) \
  H(O##_else_a, test_branch<op::O, DOVETAIL_A, false>)
#define DOVETAIL_COUNTING(H, O)                   \
  H(O##_count_s, count_branch<op::O, DOVETAIL_S>) \
  H(O##_count_k, count_branch<op::O, DOVETAIL_K>)
#define DOVETAIL_LOADING(H, O)                        \
  H(O##_s, load<Memory, op::O, address::slot>)        \
  H(O##_a, load<Memory, op::O, address::accumulator>) \
  H(O##_n, load<Memory, op::O, address::none>)        \
  H(O##_x, load<Memory, op::O, address::sum>)           \
  H(O##_ps, load<Memory, op::O, address::slot_plus>)    \
  H(O##_pa, load<Memory, op::O, address::accumulator_plus>) \
  H(O##_w, load<Memory, op::O, address::wide>)              \
  H(O##_f, load<Memory, op::O, address::elsewhere>)
#define DOVETAIL_STORING(H, O)                                      \
  H(O##_ss, store<Memory, op::O, address::slot, DOVETAIL_S>)        \
  H(O##_sa, store<Memory, op::O, address::slot, DOVETAIL_A>)        \
  H(O##_sk, store<Memory, op::O, address::slot, DOVETAIL_K>)        \
  H(O##_as, store<Memory, op::O, address::accumulator, DOVETAIL_S>) \
  H(O##_ak, store<Memory, op::O, address::accumulator, DOVETAIL_K>) \
  H(O##_ns, store<Memory, op::O, address::none, DOVETAIL_S>)        \
  H(O##_na, store<Memory, op::O, address::none, DOVETAIL_A>)        \
  H(O##_pss, store<Memory, op::O, address::slot_plus, DOVETAIL_S>)  \
  H(O##_psk, store<Memory, op::O, address::slot_plus, DOVETAIL_K>)  \
  H(O##_pas, store<Memory, op::O, address::accumulator_plus, DOVETAIL_S>) \
  H(O##_pak, store<Memory, op::O, address::accumulator_plus, DOVETAIL_K>) \
  H(O##_ws, store<Memory, op::O, address::wide, DOVETAIL_S>)              \
  H(O##_fs, store<Memory, op::O, address::elsewhere, DOVETAIL_S>)
#define DOVETAIL_NEAR_AND_FAR(H, O, NEAR, ACCESS)      \
  H(O##NEAR, ACCESS<Memory, op::O, address::slot>)     \
  H(O##_f, ACCESS<Memory, op::O, address::elsewhere>)

#define DOVETAIL_HANDLERS_special(H, O)
#define DOVETAIL_HANDLERS_ii_i(H, O) DOVETAIL_BINARY(H, O)
#define DOVETAIL_HANDLERS_ll_l(H, O) DOVETAIL_BINARY(H, O)
#define DOVETAIL_HANDLERS_ff_f(H, O) DOVETAIL_BINARY(H, O)
#define DOVETAIL_HANDLERS_dd_d(H, O) DOVETAIL_BINARY(H, O)
#define DOVETAIL_HANDLERS_ii_b(H, O) DOVETAIL_COMPARISON(H, O) DOVETAIL_COUNTING(H, O)
#define DOVETAIL_HANDLERS_ll_b(H, O) DOVETAIL_COMPARISON(H, O)
#define DOVETAIL_HANDLERS_ff_b(H, O) DOVETAIL_COMPARISON(H, O)
#define DOVETAIL_HANDLERS_dd_b(H, O) DOVETAIL_COMPARISON(H, O)
#define DOVETAIL_HANDLERS_i_b(H, O) DOVETAIL_TEST(H, O)
#define DOVETAIL_HANDLERS_l_b(H, O) DOVETAIL_TEST(H, O)
#define DOVETAIL_HANDLERS_i_i(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_l_l(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_f_f(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_d_d(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_i_l(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_i_f(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_i_d(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_l_i(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_l_f(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_l_d(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_f_i(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_f_l(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_f_d(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_d_i(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_d_l(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_d_f(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_i_v(H, O) H(O##_s, vector_splat<op::O>)
#define DOVETAIL_HANDLERS_l_v(H, O) H(O##_s, vector_splat<op::O>)
#define DOVETAIL_HANDLERS_f_v(H, O) H(O##_s, vector_splat<op::O>)
#define DOVETAIL_HANDLERS_d_v(H, O) H(O##_s, vector_splat<op::O>)
#define DOVETAIL_HANDLERS_v_i(H, O) H(O##_s, vector_test<op::O>)
#define DOVETAIL_HANDLERS_v_v(H, O) H(O##_s, vector_unary<op::O>)
#define DOVETAIL_HANDLERS_vv_v(H, O) H(O##_ss, vector_binary<op::O>)
#define DOVETAIL_HANDLERS_vi_v(H, O) H(O##_ss, vector_shift<op::O>)
#define DOVETAIL_HANDLERS_vvv_v(H, O) H(O##_sss, vector_ternary<op::O>)
#define DOVETAIL_ACCESS_i_i(H, O) DOVETAIL_LOADING(H, O)
#define DOVETAIL_ACCESS_i_l(H, O) DOVETAIL_LOADING(H, O)
#define DOVETAIL_ACCESS_i_f(H, O) DOVETAIL_LOADING(H, O)
#define DOVETAIL_ACCESS_i_d(H, O) DOVETAIL_LOADING(H, O)
#define DOVETAIL_ACCESS_ii_n(H, O) DOVETAIL_STORING(H, O)
#define DOVETAIL_ACCESS_il_n(H, O) DOVETAIL_STORING(H, O)
#define DOVETAIL_ACCESS_if_n(H, O) DOVETAIL_STORING(H, O)
#define DOVETAIL_ACCESS_id_n(H, O) DOVETAIL_STORING(H, O)
#define DOVETAIL_ACCESS_i_v(H, O) DOVETAIL_NEAR_AND_FAR(H, O, _s, vector_load)
#define DOVETAIL_ACCESS_iv_n(H, O) DOVETAIL_NEAR_AND_FAR(H, O, _ss, vector_store)
#define DOVETAIL_LANE_ACCESS_iv_v(H, O) DOVETAIL_NEAR_AND_FAR(H, O, _ss, vector_load_lane)
#define DOVETAIL_LANE_ACCESS_iv_n(H, O) DOVETAIL_NEAR_AND_FAR(H, O, _ss, vector_store_lane)
#define DOVETAIL_LANE_v_i(H, O) H(O##_s, vector_extract<op::O>)
#define DOVETAIL_LANE_v_l(H, O) H(O##_s, vector_extract<op::O>)
#define DOVETAIL_LANE_v_f(H, O) H(O##_s, vector_extract<op::O>)
#define DOVETAIL_LANE_v_d(H, O) H(O##_s, vector_extract<op::O>)
#define DOVETAIL_LANE_vi_v(H, O) H(O##_ss, vector_replace<op::O>)
#define DOVETAIL_LANE_vl_v(H, O) H(O##_ss, vector_replace<op::O>)
#define DOVETAIL_LANE_vf_v(H, O) H(O##_ss, vector_replace<op::O>)
#define DOVETAIL_LANE_vd_v(H, O) H(O##_ss, vector_replace<op::O>)

// Immediates decide first: none is numeric, memarg an access, a lane has its own, the rest have
// handlers by hand.
#define DOVETAIL_WITH_none(H, O, SIGNATURE) DOVETAIL_HANDLERS_##SIGNATURE(H, O)
#define DOVETAIL_WITH_memarg(H, O, SIGNATURE) DOVETAIL_ACCESS_##SIGNATURE(H, O)
#define DOVETAIL_WITH_block_type(H, O, SIGNATURE)
#define DOVETAIL_WITH_label(H, O, SIGNATURE)
#define DOVETAIL_WITH_label_table(H, O, SIGNATURE)
#define DOVETAIL_WITH_function(H, O, SIGNATURE)
#define DOVETAIL_WITH_type(H, O, SIGNATURE)
#define DOVETAIL_WITH_call_indirect(H, O, SIGNATURE)
#define DOVETAIL_WITH_value_types(H, O, SIGNATURE)
#define DOVETAIL_WITH_local(H, O, SIGNATURE)
#define DOVETAIL_WITH_global(H, O, SIGNATURE)
#define DOVETAIL_WITH_table(H, O, SIGNATURE)
#define DOVETAIL_WITH_table_table(H, O, SIGNATURE)
#define DOVETAIL_WITH_element(H, O, SIGNATURE)
#define DOVETAIL_WITH_element_table(H, O, SIGNATURE)
#define DOVETAIL_WITH_memory(H, O, SIGNATURE)
#define DOVETAIL_WITH_memory_memory(H, O, SIGNATURE)
#define DOVETAIL_WITH_data(H, O, SIGNATURE)
#define DOVETAIL_WITH_data_memory(H, O, SIGNATURE)
#define DOVETAIL_WITH_memarg_lane(H, O, SIGNATURE) DOVETAIL_LANE_ACCESS_##SIGNATURE(H, O)
#define DOVETAIL_WITH_lane(H, O, SIGNATURE) DOVETAIL_LANE_##SIGNATURE(H, O)
#define DOVETAIL_WITH_shuffle(H, O, SIGNATURE) H(O##_ss, vector_shuffle<op::O>)
#define DOVETAIL_WITH_heap_type(H, O, SIGNATURE)
#define DOVETAIL_WITH_i32(H, O, SIGNATURE)
#define DOVETAIL_WITH_i64(H, O, SIGNATURE)
#define DOVETAIL_WITH_f32(H, O, SIGNATURE)
#define DOVETAIL_WITH_f64(H, O, SIGNATURE)
#define DOVETAIL_WITH_v128(H, O, SIGNATURE)

#define DOVETAIL_OF_mvp(...) __VA_ARGS__
#define DOVETAIL_OF_multi_value(...) __VA_ARGS__
#define DOVETAIL_OF_sign_extension(...) __VA_ARGS__
#define DOVETAIL_OF_saturating_conversion(...) __VA_ARGS__
#define DOVETAIL_OF_bulk_memory(...) __VA_ARGS__
#define DOVETAIL_OF_reference_types(...) __VA_ARGS__
#define DOVETAIL_OF_simd(...) __VA_ARGS__
#define DOVETAIL_OF_multi_memory(...) __VA_ARGS__
#define DOVETAIL_OF_tail_call(...) __VA_ARGS__
#define DOVETAIL_OF_extended_const(...) __VA_ARGS__
#define DOVETAIL_OF_memory64(...) __VA_ARGS__
#define DOVETAIL_OF_function_references(...) __VA_ARGS__
#define DOVETAIL_OF_relaxed_simd(...) __VA_ARGS__

// Handlers that belong to no numeric operator.
#define DOVETAIL_OTHER_HANDLERS(H)                           \
  H(copy, copy)                                              \
  H(copy_two, copy_two)                                      \
  H(copy_wide, copy_wide)                                    \
  H(constant_32, constant_32)                                \
  H(constant_64, constant_64)                                \
  H(select_i_s, select<DOVETAIL_S, std::uint64_t>)           \
  H(select_i_a, select<DOVETAIL_A, std::uint64_t>)           \
  H(select_f_s, select<DOVETAIL_S, float>)                   \
  H(select_f_a, select<DOVETAIL_A, float>)                   \
  H(select_d_s, select<DOVETAIL_S, double>)                  \
  H(select_d_a, select<DOVETAIL_A, double>)                  \
  DOVETAIL_BRANCHING(H, i32_and, _then, true)                \
  DOVETAIL_BRANCHING(H, i32_and, _else, false)               \
  H(branch, branch)                                          \
  H(branch_table_s, branch_table<DOVETAIL_S>)                \
  H(branch_table_a, branch_table<DOVETAIL_A>)                \
  H(unreachable, unreachable)                                \
  H(finish, finish)                                          \
  H(return_here, return_here)                                \
  H(return_s, return_one<DOVETAIL_S>)                        \
  H(return_a, return_one<DOVETAIL_A>)                        \
  H(return_k, return_one<DOVETAIL_K>)                        \
  H(call, call<false>)                                       \
  H(call_imported, call_imported<false, Control.stops, Control.keeps_places>)      \
  H(call_indirect, call_indirect<false>)                     \
  H(call_far, call<true>)                                    \
  H(call_imported_far, call_imported<true, Control.stops, Control.keeps_places>)   \
  H(call_indirect_far, call_indirect<true>)                  \
  H(call_elsewhere, call_elsewhere<Control.stops, Control.keeps_places>)           \
  H(call_ref, call_ref)                                      \
  H(return_call, return_call)                                \
  H(return_call_imported, return_call_imported)              \
  H(return_call_indirect, return_call_indirect)              \
  H(return_call_ref, return_call_ref)                        \
  H(return_call_elsewhere, return_call_elsewhere<Control.stops, Control.keeps_places>) \
  H(ref_as_non_null, ref_as_non_null)                        \
  H(checkpoint, checkpoint)                                  \
  H(count_here, count_here)                                  \
  H(charge, charge<Control.asks_for_fuel>)                   \
  H(charge_bytes, charge_bulk<detail::price_of_bytes, Control.asks_for_fuel>) \
  H(charge_elements, charge_bulk<detail::price_of_elements, Control.asks_for_fuel>) \
  H(global_get, global_get)                                  \
  H(global_set, global_set)                                  \
  H(global_plus, global_plus)                                \
  H(global_move, global_move)                                \
  H(global_set_plus, global_set_plus)                        \
  H(i32_index_ss, shifted_sum<DOVETAIL_S, DOVETAIL_S>)             \
  H(i32_index_as, shifted_sum<DOVETAIL_A, DOVETAIL_S>)             \
  H(i32_index_sk, shifted_sum<DOVETAIL_S, DOVETAIL_K>)             \
  H(i32_index_ak, shifted_sum<DOVETAIL_A, DOVETAIL_K>)             \
  H(i32_bit_field_s, bit_field<DOVETAIL_S>)                  \
  H(i32_bit_field_a, bit_field<DOVETAIL_A>)                  \
  H(i32_step_two, step_two)                                  \
  H(ref_func, ref_func)                                      \
  H(memory_size, memory_size)                                \
  H(memory_grow, memory_grow)                                \
  H(memory_fill, memory_fill<Control.stops>)                 \
  H(memory_copy, memory_copy<Control.stops>)                 \
  H(memory_init, memory_init<Control.stops>)                 \
  H(data_drop, data_drop)                                    \
  H(table_get, table_get)                                    \
  H(table_set, table_set)                                    \
  H(table_size, table_size)                                  \
  H(table_grow, table_grow)                                  \
  H(table_fill, table_fill<Control.stops>)                   \
  H(table_copy, table_copy<Control.stops>)                   \
  H(table_init, table_init<Control.stops>)                   \
  H(element_drop, element_drop)                              \
  H(copy_vector, copy_vector)                                \
  H(vector_constant, vector_constant)                        \
  H(select_vector, select_vector)                            \
  H(global_get_vector, global_get_vector)                    \
  H(global_set_vector, global_set_vector)                    \
  H(return_vector, return_vector)                            \
  H(canonical_f32, canonical_scalar<float>)                  \
  H(canonical_f64, canonical_scalar<double>)                 \
  H(canonical_f32x4, canonical_vector<float>)                \
  H(canonical_f64x2, canonical_vector<double>)

DOVETAIL_OTHER_HANDLERS(DOVETAIL_H)

#define DOVETAIL_OF_CONSTANT(O) DOVETAIL_H(O##_ks, binary_of_constant<op::O>)
#define DOVETAIL_WIDE(O)                             \
  DOVETAIL_H(O##_sw, binary_wide<op::O, DOVETAIL_S>) \
  DOVETAIL_H(O##_aw, binary_wide<op::O, DOVETAIL_A>)
// Operators with handlers for certain constants: DOVETAIL_OF_CONSTANT(NAME) for a first operand of
// 32 bits, DOVETAIL_WIDE(NAME) for a second one of 64 bits, as hashes have, and numbers that are no
// float. Whoever includes this defines both macros.

// clang-format off
DOVETAIL_OF_CONSTANT(i32_sub)
DOVETAIL_OF_CONSTANT(i32_shl)
DOVETAIL_OF_CONSTANT(i64_sub)
DOVETAIL_OF_CONSTANT(i64_shl)
DOVETAIL_OF_CONSTANT(f32_sub)
DOVETAIL_OF_CONSTANT(f32_div)
DOVETAIL_OF_CONSTANT(f64_sub)
DOVETAIL_OF_CONSTANT(f64_div)
DOVETAIL_WIDE(i64_add)
DOVETAIL_WIDE(i64_mul)
DOVETAIL_WIDE(i64_and)
DOVETAIL_WIDE(i64_or)
DOVETAIL_WIDE(i64_xor)
DOVETAIL_WIDE(f64_add)
DOVETAIL_WIDE(f64_sub)
DOVETAIL_WIDE(f64_mul)
DOVETAIL_WIDE(f64_div)
// clang-format on
#undef DOVETAIL_OF_CONSTANT
#undef DOVETAIL_WIDE

#define DOVETAIL_OP(NAME, TEXT, PREFIX, CODE, IMMEDIATE, SIGNATURE, WIDTH, FEATURE) \
  DOVETAIL_OPERATOR(NAME)                                                           \
  DOVETAIL_OF_##FEATURE(DOVETAIL_WITH_##IMMEDIATE(DOVETAIL_H, NAME, SIGNATURE))
// Every operator of 3.0 but garbage collection and exceptions: NAME, TEXT, PREFIX, CODE, IMMEDIATE,
// SIGNATURE, WIDTH, FEATURE. A signature lists operand, then result types (i l f d v: i32 i64 f32
// f64 v128, b: an i32 that is a truth value, n: none); the pass types "special" rows.

// clang-format off

// Control instructions (core specification 5.4.1).
DOVETAIL_OP(unreachable,   "unreachable",   0x00, 0x00, none,          special, 0, mvp)
DOVETAIL_OP(nop,           "nop",           0x00, 0x01, none,          special, 0, mvp)
DOVETAIL_OP(block,         "block",         0x00, 0x02, block_type,    special, 0, mvp)
DOVETAIL_OP(loop,          "loop",          0x00, 0x03, block_type,    special, 0, mvp)
DOVETAIL_OP(if_,           "if",            0x00, 0x04, block_type,    special, 0, mvp)
DOVETAIL_OP(else_,         "else",          0x00, 0x05, none,          special, 0, mvp)
DOVETAIL_OP(end,           "end",           0x00, 0x0b, none,          special, 0, mvp)
DOVETAIL_OP(br,            "br",            0x00, 0x0c, label,         special, 0, mvp)
DOVETAIL_OP(br_if,         "br_if",         0x00, 0x0d, label,         special, 0, mvp)
DOVETAIL_OP(br_table,      "br_table",      0x00, 0x0e, label_table,   special, 0, mvp)
DOVETAIL_OP(return_,       "return",        0x00, 0x0f, none,          special, 0, mvp)
DOVETAIL_OP(call,          "call",          0x00, 0x10, function,      special, 0, mvp)
DOVETAIL_OP(call_indirect, "call_indirect", 0x00, 0x11, call_indirect, special, 0, mvp)

DOVETAIL_OP(return_call,          "return_call",          0x00, 0x12, function,      special, 0, tail_call)
DOVETAIL_OP(return_call_indirect, "return_call_indirect", 0x00, 0x13, call_indirect, special, 0, tail_call)
DOVETAIL_OP(call_ref,             "call_ref",             0x00, 0x14, type,          special, 0, function_references)
DOVETAIL_OP(return_call_ref,      "return_call_ref",      0x00, 0x15, type,          special, 0, function_references)
DOVETAIL_OP(br_on_null,           "br_on_null",           0x00, 0xd5, label,         special, 0, function_references)
DOVETAIL_OP(br_on_non_null,       "br_on_non_null",       0x00, 0xd6, label,         special, 0, function_references)

// Reference instructions (5.4.2).
DOVETAIL_OP(ref_null,    "ref.null",    0x00, 0xd0, heap_type, special, 0, reference_types)
DOVETAIL_OP(ref_is_null, "ref.is_null", 0x00, 0xd1, none,      special, 0, reference_types)
DOVETAIL_OP(ref_func,    "ref.func",    0x00, 0xd2, function,  special, 0, reference_types)
DOVETAIL_OP(ref_as_non_null, "ref.as_non_null", 0x00, 0xd4, none, special, 0, function_references)

// Parametric instructions (5.4.3).
DOVETAIL_OP(drop,         "drop",   0x00, 0x1a, none,        special, 0, mvp)
DOVETAIL_OP(select,       "select", 0x00, 0x1b, none,        special, 0, mvp)
DOVETAIL_OP(select_typed, "select", 0x00, 0x1c, value_types, special, 0, reference_types)

// Variable instructions (5.4.4).
DOVETAIL_OP(local_get,  "local.get",  0x00, 0x20, local,  special, 0, mvp)
DOVETAIL_OP(local_set,  "local.set",  0x00, 0x21, local,  special, 0, mvp)
DOVETAIL_OP(local_tee,  "local.tee",  0x00, 0x22, local,  special, 0, mvp)
DOVETAIL_OP(global_get, "global.get", 0x00, 0x23, global, special, 0, mvp)
DOVETAIL_OP(global_set, "global.set", 0x00, 0x24, global, special, 0, mvp)

// Table instructions (5.4.5).
DOVETAIL_OP(table_get,  "table.get",  0x00, 0x25, table,         special, 0, reference_types)
DOVETAIL_OP(table_set,  "table.set",  0x00, 0x26, table,         special, 0, reference_types)
DOVETAIL_OP(table_init, "table.init", 0xfc, 0x0c, element_table, special, 0, bulk_memory)
DOVETAIL_OP(elem_drop,  "elem.drop",  0xfc, 0x0d, element,       special, 0, bulk_memory)
DOVETAIL_OP(table_copy, "table.copy", 0xfc, 0x0e, table_table,   special, 0, bulk_memory)
DOVETAIL_OP(table_grow, "table.grow", 0xfc, 0x0f, table,         special, 0, reference_types)
DOVETAIL_OP(table_size, "table.size", 0xfc, 0x10, table,         special, 0, reference_types)
DOVETAIL_OP(table_fill, "table.fill", 0xfc, 0x11, table,         special, 0, reference_types)

// Memory instructions (5.4.6): an address and an offset, then the width of the access in bytes.
DOVETAIL_OP(i32_load,     "i32.load",     0x00, 0x28, memarg,        i_i,     4, mvp)
DOVETAIL_OP(i64_load,     "i64.load",     0x00, 0x29, memarg,        i_l,     8, mvp)
DOVETAIL_OP(f32_load,     "f32.load",     0x00, 0x2a, memarg,        i_f,     4, mvp)
DOVETAIL_OP(f64_load,     "f64.load",     0x00, 0x2b, memarg,        i_d,     8, mvp)
DOVETAIL_OP(i32_load8_s,  "i32.load8_s",  0x00, 0x2c, memarg,        i_i,     1, mvp)
DOVETAIL_OP(i32_load8_u,  "i32.load8_u",  0x00, 0x2d, memarg,        i_i,     1, mvp)
DOVETAIL_OP(i32_load16_s, "i32.load16_s", 0x00, 0x2e, memarg,        i_i,     2, mvp)
DOVETAIL_OP(i32_load16_u, "i32.load16_u", 0x00, 0x2f, memarg,        i_i,     2, mvp)
DOVETAIL_OP(i64_load8_s,  "i64.load8_s",  0x00, 0x30, memarg,        i_l,     1, mvp)
DOVETAIL_OP(i64_load8_u,  "i64.load8_u",  0x00, 0x31, memarg,        i_l,     1, mvp)
DOVETAIL_OP(i64_load16_s, "i64.load16_s", 0x00, 0x32, memarg,        i_l,     2, mvp)
DOVETAIL_OP(i64_load16_u, "i64.load16_u", 0x00, 0x33, memarg,        i_l,     2, mvp)
DOVETAIL_OP(i64_load32_s, "i64.load32_s", 0x00, 0x34, memarg,        i_l,     4, mvp)
DOVETAIL_OP(i64_load32_u, "i64.load32_u", 0x00, 0x35, memarg,        i_l,     4, mvp)
DOVETAIL_OP(i32_store,    "i32.store",    0x00, 0x36, memarg,        ii_n,    4, mvp)
DOVETAIL_OP(i64_store,    "i64.store",    0x00, 0x37, memarg,        il_n,    8, mvp)
DOVETAIL_OP(f32_store,    "f32.store",    0x00, 0x38, memarg,        if_n,    4, mvp)
DOVETAIL_OP(f64_store,    "f64.store",    0x00, 0x39, memarg,        id_n,    8, mvp)
DOVETAIL_OP(i32_store8,   "i32.store8",   0x00, 0x3a, memarg,        ii_n,    1, mvp)
DOVETAIL_OP(i32_store16,  "i32.store16",  0x00, 0x3b, memarg,        ii_n,    2, mvp)
DOVETAIL_OP(i64_store8,   "i64.store8",   0x00, 0x3c, memarg,        il_n,    1, mvp)
DOVETAIL_OP(i64_store16,  "i64.store16",  0x00, 0x3d, memarg,        il_n,    2, mvp)
DOVETAIL_OP(i64_store32,  "i64.store32",  0x00, 0x3e, memarg,        il_n,    4, mvp)
DOVETAIL_OP(memory_size,  "memory.size",  0x00, 0x3f, memory,        special, 0, mvp)
DOVETAIL_OP(memory_grow,  "memory.grow",  0x00, 0x40, memory,        special, 0, mvp)
DOVETAIL_OP(memory_init,  "memory.init",  0xfc, 0x08, data_memory,   special, 0, bulk_memory)
DOVETAIL_OP(data_drop,    "data.drop",    0xfc, 0x09, data,          special, 0, bulk_memory)
DOVETAIL_OP(memory_copy,  "memory.copy",  0xfc, 0x0a, memory_memory, special, 0, bulk_memory)
DOVETAIL_OP(memory_fill,  "memory.fill",  0xfc, 0x0b, memory,        special, 0, bulk_memory)

// Numeric instructions (5.4.7): constants.
DOVETAIL_OP(i32_const, "i32.const", 0x00, 0x41, i32, n_i, 0, mvp)
DOVETAIL_OP(i64_const, "i64.const", 0x00, 0x42, i64, n_l, 0, mvp)
DOVETAIL_OP(f32_const, "f32.const", 0x00, 0x43, f32, n_f, 0, mvp)
DOVETAIL_OP(f64_const, "f64.const", 0x00, 0x44, f64, n_d, 0, mvp)

// Integer comparisons.
DOVETAIL_OP(i32_eqz,  "i32.eqz",  0x00, 0x45, none, i_b,  0, mvp)
DOVETAIL_OP(i32_eq,   "i32.eq",   0x00, 0x46, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ne,   "i32.ne",   0x00, 0x47, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_lt_s, "i32.lt_s", 0x00, 0x48, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_lt_u, "i32.lt_u", 0x00, 0x49, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_gt_s, "i32.gt_s", 0x00, 0x4a, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_gt_u, "i32.gt_u", 0x00, 0x4b, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_le_s, "i32.le_s", 0x00, 0x4c, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_le_u, "i32.le_u", 0x00, 0x4d, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ge_s, "i32.ge_s", 0x00, 0x4e, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ge_u, "i32.ge_u", 0x00, 0x4f, none, ii_b, 0, mvp)
DOVETAIL_OP(i64_eqz,  "i64.eqz",  0x00, 0x50, none, l_b,  0, mvp)
DOVETAIL_OP(i64_eq,   "i64.eq",   0x00, 0x51, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ne,   "i64.ne",   0x00, 0x52, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_lt_s, "i64.lt_s", 0x00, 0x53, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_lt_u, "i64.lt_u", 0x00, 0x54, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_gt_s, "i64.gt_s", 0x00, 0x55, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_gt_u, "i64.gt_u", 0x00, 0x56, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_le_s, "i64.le_s", 0x00, 0x57, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_le_u, "i64.le_u", 0x00, 0x58, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ge_s, "i64.ge_s", 0x00, 0x59, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ge_u, "i64.ge_u", 0x00, 0x5a, none, ll_b, 0, mvp)

// Float comparisons.
DOVETAIL_OP(f32_eq, "f32.eq", 0x00, 0x5b, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_ne, "f32.ne", 0x00, 0x5c, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_lt, "f32.lt", 0x00, 0x5d, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_gt, "f32.gt", 0x00, 0x5e, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_le, "f32.le", 0x00, 0x5f, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_ge, "f32.ge", 0x00, 0x60, none, ff_b, 0, mvp)
DOVETAIL_OP(f64_eq, "f64.eq", 0x00, 0x61, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_ne, "f64.ne", 0x00, 0x62, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_lt, "f64.lt", 0x00, 0x63, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_gt, "f64.gt", 0x00, 0x64, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_le, "f64.le", 0x00, 0x65, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_ge, "f64.ge", 0x00, 0x66, none, dd_b, 0, mvp)

// Integer arithmetic.
DOVETAIL_OP(i32_clz,    "i32.clz",    0x00, 0x67, none, i_i,  0, mvp)
DOVETAIL_OP(i32_ctz,    "i32.ctz",    0x00, 0x68, none, i_i,  0, mvp)
DOVETAIL_OP(i32_popcnt, "i32.popcnt", 0x00, 0x69, none, i_i,  0, mvp)
DOVETAIL_OP(i32_add,    "i32.add",    0x00, 0x6a, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_sub,    "i32.sub",    0x00, 0x6b, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_mul,    "i32.mul",    0x00, 0x6c, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_div_s,  "i32.div_s",  0x00, 0x6d, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_div_u,  "i32.div_u",  0x00, 0x6e, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rem_s,  "i32.rem_s",  0x00, 0x6f, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rem_u,  "i32.rem_u",  0x00, 0x70, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_and,    "i32.and",    0x00, 0x71, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_or,     "i32.or",     0x00, 0x72, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_xor,    "i32.xor",    0x00, 0x73, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shl,    "i32.shl",    0x00, 0x74, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shr_s,  "i32.shr_s",  0x00, 0x75, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shr_u,  "i32.shr_u",  0x00, 0x76, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rotl,   "i32.rotl",   0x00, 0x77, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rotr,   "i32.rotr",   0x00, 0x78, none, ii_i, 0, mvp)
DOVETAIL_OP(i64_clz,    "i64.clz",    0x00, 0x79, none, l_l,  0, mvp)
DOVETAIL_OP(i64_ctz,    "i64.ctz",    0x00, 0x7a, none, l_l,  0, mvp)
DOVETAIL_OP(i64_popcnt, "i64.popcnt", 0x00, 0x7b, none, l_l,  0, mvp)
DOVETAIL_OP(i64_add,    "i64.add",    0x00, 0x7c, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_sub,    "i64.sub",    0x00, 0x7d, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_mul,    "i64.mul",    0x00, 0x7e, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_div_s,  "i64.div_s",  0x00, 0x7f, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_div_u,  "i64.div_u",  0x00, 0x80, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rem_s,  "i64.rem_s",  0x00, 0x81, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rem_u,  "i64.rem_u",  0x00, 0x82, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_and,    "i64.and",    0x00, 0x83, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_or,     "i64.or",     0x00, 0x84, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_xor,    "i64.xor",    0x00, 0x85, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shl,    "i64.shl",    0x00, 0x86, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shr_s,  "i64.shr_s",  0x00, 0x87, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shr_u,  "i64.shr_u",  0x00, 0x88, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rotl,   "i64.rotl",   0x00, 0x89, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rotr,   "i64.rotr",   0x00, 0x8a, none, ll_l, 0, mvp)

// Float arithmetic.
DOVETAIL_OP(f32_abs,      "f32.abs",      0x00, 0x8b, none, f_f,  0, mvp)
DOVETAIL_OP(f32_neg,      "f32.neg",      0x00, 0x8c, none, f_f,  0, mvp)
DOVETAIL_OP(f32_ceil,     "f32.ceil",     0x00, 0x8d, none, f_f,  0, mvp)
DOVETAIL_OP(f32_floor,    "f32.floor",    0x00, 0x8e, none, f_f,  0, mvp)
DOVETAIL_OP(f32_trunc,    "f32.trunc",    0x00, 0x8f, none, f_f,  0, mvp)
DOVETAIL_OP(f32_nearest,  "f32.nearest",  0x00, 0x90, none, f_f,  0, mvp)
DOVETAIL_OP(f32_sqrt,     "f32.sqrt",     0x00, 0x91, none, f_f,  0, mvp)
DOVETAIL_OP(f32_add,      "f32.add",      0x00, 0x92, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_sub,      "f32.sub",      0x00, 0x93, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_mul,      "f32.mul",      0x00, 0x94, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_div,      "f32.div",      0x00, 0x95, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_min,      "f32.min",      0x00, 0x96, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_max,      "f32.max",      0x00, 0x97, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_copysign, "f32.copysign", 0x00, 0x98, none, ff_f, 0, mvp)
DOVETAIL_OP(f64_abs,      "f64.abs",      0x00, 0x99, none, d_d,  0, mvp)
DOVETAIL_OP(f64_neg,      "f64.neg",      0x00, 0x9a, none, d_d,  0, mvp)
DOVETAIL_OP(f64_ceil,     "f64.ceil",     0x00, 0x9b, none, d_d,  0, mvp)
DOVETAIL_OP(f64_floor,    "f64.floor",    0x00, 0x9c, none, d_d,  0, mvp)
DOVETAIL_OP(f64_trunc,    "f64.trunc",    0x00, 0x9d, none, d_d,  0, mvp)
DOVETAIL_OP(f64_nearest,  "f64.nearest",  0x00, 0x9e, none, d_d,  0, mvp)
DOVETAIL_OP(f64_sqrt,     "f64.sqrt",     0x00, 0x9f, none, d_d,  0, mvp)
DOVETAIL_OP(f64_add,      "f64.add",      0x00, 0xa0, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_sub,      "f64.sub",      0x00, 0xa1, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_mul,      "f64.mul",      0x00, 0xa2, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_div,      "f64.div",      0x00, 0xa3, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_min,      "f64.min",      0x00, 0xa4, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_max,      "f64.max",      0x00, 0xa5, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_copysign, "f64.copysign", 0x00, 0xa6, none, dd_d, 0, mvp)

// Conversions.
DOVETAIL_OP(i32_wrap_i64,        "i32.wrap_i64",        0x00, 0xa7, none, l_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f32_s,     "i32.trunc_f32_s",     0x00, 0xa8, none, f_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f32_u,     "i32.trunc_f32_u",     0x00, 0xa9, none, f_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f64_s,     "i32.trunc_f64_s",     0x00, 0xaa, none, d_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f64_u,     "i32.trunc_f64_u",     0x00, 0xab, none, d_i, 0, mvp)
DOVETAIL_OP(i64_extend_i32_s,    "i64.extend_i32_s",    0x00, 0xac, none, i_l, 0, mvp)
DOVETAIL_OP(i64_extend_i32_u,    "i64.extend_i32_u",    0x00, 0xad, none, i_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f32_s,     "i64.trunc_f32_s",     0x00, 0xae, none, f_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f32_u,     "i64.trunc_f32_u",     0x00, 0xaf, none, f_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f64_s,     "i64.trunc_f64_s",     0x00, 0xb0, none, d_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f64_u,     "i64.trunc_f64_u",     0x00, 0xb1, none, d_l, 0, mvp)
DOVETAIL_OP(f32_convert_i32_s,   "f32.convert_i32_s",   0x00, 0xb2, none, i_f, 0, mvp)
DOVETAIL_OP(f32_convert_i32_u,   "f32.convert_i32_u",   0x00, 0xb3, none, i_f, 0, mvp)
DOVETAIL_OP(f32_convert_i64_s,   "f32.convert_i64_s",   0x00, 0xb4, none, l_f, 0, mvp)
DOVETAIL_OP(f32_convert_i64_u,   "f32.convert_i64_u",   0x00, 0xb5, none, l_f, 0, mvp)
DOVETAIL_OP(f32_demote_f64,      "f32.demote_f64",      0x00, 0xb6, none, d_f, 0, mvp)
DOVETAIL_OP(f64_convert_i32_s,   "f64.convert_i32_s",   0x00, 0xb7, none, i_d, 0, mvp)
DOVETAIL_OP(f64_convert_i32_u,   "f64.convert_i32_u",   0x00, 0xb8, none, i_d, 0, mvp)
DOVETAIL_OP(f64_convert_i64_s,   "f64.convert_i64_s",   0x00, 0xb9, none, l_d, 0, mvp)
DOVETAIL_OP(f64_convert_i64_u,   "f64.convert_i64_u",   0x00, 0xba, none, l_d, 0, mvp)
DOVETAIL_OP(f64_promote_f32,     "f64.promote_f32",     0x00, 0xbb, none, f_d, 0, mvp)
DOVETAIL_OP(i32_reinterpret_f32, "i32.reinterpret_f32", 0x00, 0xbc, none, f_i, 0, mvp)
DOVETAIL_OP(i64_reinterpret_f64, "i64.reinterpret_f64", 0x00, 0xbd, none, d_l, 0, mvp)
DOVETAIL_OP(f32_reinterpret_i32, "f32.reinterpret_i32", 0x00, 0xbe, none, i_f, 0, mvp)
DOVETAIL_OP(f64_reinterpret_i64, "f64.reinterpret_i64", 0x00, 0xbf, none, l_d, 0, mvp)
DOVETAIL_OP(i32_extend8_s,       "i32.extend8_s",       0x00, 0xc0, none, i_i, 0, sign_extension)
DOVETAIL_OP(i32_extend16_s,      "i32.extend16_s",      0x00, 0xc1, none, i_i, 0, sign_extension)
DOVETAIL_OP(i64_extend8_s,       "i64.extend8_s",       0x00, 0xc2, none, l_l, 0, sign_extension)
DOVETAIL_OP(i64_extend16_s,      "i64.extend16_s",      0x00, 0xc3, none, l_l, 0, sign_extension)
DOVETAIL_OP(i64_extend32_s,      "i64.extend32_s",      0x00, 0xc4, none, l_l, 0, sign_extension)
DOVETAIL_OP(i32_trunc_sat_f32_s, "i32.trunc_sat_f32_s", 0xfc, 0x00, none, f_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f32_u, "i32.trunc_sat_f32_u", 0xfc, 0x01, none, f_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f64_s, "i32.trunc_sat_f64_s", 0xfc, 0x02, none, d_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f64_u, "i32.trunc_sat_f64_u", 0xfc, 0x03, none, d_i, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f32_s, "i64.trunc_sat_f32_s", 0xfc, 0x04, none, f_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f32_u, "i64.trunc_sat_f32_u", 0xfc, 0x05, none, f_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f64_s, "i64.trunc_sat_f64_s", 0xfc, 0x06, none, d_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f64_u, "i64.trunc_sat_f64_u", 0xfc, 0x07, none, d_l, 0, saturating_conversion)

// Vector instructions (5.4.8): memory, constants, lanes. The width of a lane access is the lane.
DOVETAIL_OP(v128_load,            "v128.load",            0xfd, 0x00, memarg,      i_v,  16, simd)
DOVETAIL_OP(v128_load8x8_s,       "v128.load8x8_s",       0xfd, 0x01, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load8x8_u,       "v128.load8x8_u",       0xfd, 0x02, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load16x4_s,      "v128.load16x4_s",      0xfd, 0x03, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load16x4_u,      "v128.load16x4_u",      0xfd, 0x04, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32x2_s,      "v128.load32x2_s",      0xfd, 0x05, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32x2_u,      "v128.load32x2_u",      0xfd, 0x06, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load8_splat,     "v128.load8_splat",     0xfd, 0x07, memarg,      i_v,  1,  simd)
DOVETAIL_OP(v128_load16_splat,    "v128.load16_splat",    0xfd, 0x08, memarg,      i_v,  2,  simd)
DOVETAIL_OP(v128_load32_splat,    "v128.load32_splat",    0xfd, 0x09, memarg,      i_v,  4,  simd)
DOVETAIL_OP(v128_load64_splat,    "v128.load64_splat",    0xfd, 0x0a, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32_zero,     "v128.load32_zero",     0xfd, 0x5c, memarg,      i_v,  4,  simd)
DOVETAIL_OP(v128_load64_zero,     "v128.load64_zero",     0xfd, 0x5d, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_store,           "v128.store",           0xfd, 0x0b, memarg,      iv_n, 16, simd)
DOVETAIL_OP(v128_load8_lane,      "v128.load8_lane",      0xfd, 0x54, memarg_lane, iv_v, 1,  simd)
DOVETAIL_OP(v128_load16_lane,     "v128.load16_lane",     0xfd, 0x55, memarg_lane, iv_v, 2,  simd)
DOVETAIL_OP(v128_load32_lane,     "v128.load32_lane",     0xfd, 0x56, memarg_lane, iv_v, 4,  simd)
DOVETAIL_OP(v128_load64_lane,     "v128.load64_lane",     0xfd, 0x57, memarg_lane, iv_v, 8,  simd)
DOVETAIL_OP(v128_store8_lane,     "v128.store8_lane",     0xfd, 0x58, memarg_lane, iv_n, 1,  simd)
DOVETAIL_OP(v128_store16_lane,    "v128.store16_lane",    0xfd, 0x59, memarg_lane, iv_n, 2,  simd)
DOVETAIL_OP(v128_store32_lane,    "v128.store32_lane",    0xfd, 0x5a, memarg_lane, iv_n, 4,  simd)
DOVETAIL_OP(v128_store64_lane,    "v128.store64_lane",    0xfd, 0x5b, memarg_lane, iv_n, 8,  simd)
DOVETAIL_OP(v128_const,           "v128.const",           0xfd, 0x0c, v128,        n_v,  0,  simd)
DOVETAIL_OP(i8x16_shuffle,        "i8x16.shuffle",        0xfd, 0x0d, shuffle,     vv_v, 1,  simd)
DOVETAIL_OP(i8x16_swizzle,        "i8x16.swizzle",        0xfd, 0x0e, none,        vv_v, 0,  simd)
DOVETAIL_OP(i8x16_splat,          "i8x16.splat",          0xfd, 0x0f, none,        i_v,  0,  simd)
DOVETAIL_OP(i16x8_splat,          "i16x8.splat",          0xfd, 0x10, none,        i_v,  0,  simd)
DOVETAIL_OP(i32x4_splat,          "i32x4.splat",          0xfd, 0x11, none,        i_v,  0,  simd)
DOVETAIL_OP(i64x2_splat,          "i64x2.splat",          0xfd, 0x12, none,        l_v,  0,  simd)
DOVETAIL_OP(f32x4_splat,          "f32x4.splat",          0xfd, 0x13, none,        f_v,  0,  simd)
DOVETAIL_OP(f64x2_splat,          "f64x2.splat",          0xfd, 0x14, none,        d_v,  0,  simd)
DOVETAIL_OP(i8x16_extract_lane_s, "i8x16.extract_lane_s", 0xfd, 0x15, lane,        v_i,  1,  simd)
DOVETAIL_OP(i8x16_extract_lane_u, "i8x16.extract_lane_u", 0xfd, 0x16, lane,        v_i,  1,  simd)
DOVETAIL_OP(i8x16_replace_lane,   "i8x16.replace_lane",   0xfd, 0x17, lane,        vi_v, 1,  simd)
DOVETAIL_OP(i16x8_extract_lane_s, "i16x8.extract_lane_s", 0xfd, 0x18, lane,        v_i,  2,  simd)
DOVETAIL_OP(i16x8_extract_lane_u, "i16x8.extract_lane_u", 0xfd, 0x19, lane,        v_i,  2,  simd)
DOVETAIL_OP(i16x8_replace_lane,   "i16x8.replace_lane",   0xfd, 0x1a, lane,        vi_v, 2,  simd)
DOVETAIL_OP(i32x4_extract_lane,   "i32x4.extract_lane",   0xfd, 0x1b, lane,        v_i,  4,  simd)
DOVETAIL_OP(i32x4_replace_lane,   "i32x4.replace_lane",   0xfd, 0x1c, lane,        vi_v, 4,  simd)
DOVETAIL_OP(i64x2_extract_lane,   "i64x2.extract_lane",   0xfd, 0x1d, lane,        v_l,  8,  simd)
DOVETAIL_OP(i64x2_replace_lane,   "i64x2.replace_lane",   0xfd, 0x1e, lane,        vl_v, 8,  simd)
DOVETAIL_OP(f32x4_extract_lane,   "f32x4.extract_lane",   0xfd, 0x1f, lane,        v_f,  4,  simd)
DOVETAIL_OP(f32x4_replace_lane,   "f32x4.replace_lane",   0xfd, 0x20, lane,        vf_v, 4,  simd)
DOVETAIL_OP(f64x2_extract_lane,   "f64x2.extract_lane",   0xfd, 0x21, lane,        v_d,  8,  simd)
DOVETAIL_OP(f64x2_replace_lane,   "f64x2.replace_lane",   0xfd, 0x22, lane,        vd_v, 8,  simd)

// Vector comparisons.
DOVETAIL_OP(i8x16_eq,   "i8x16.eq",   0xfd, 0x23, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ne,   "i8x16.ne",   0xfd, 0x24, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_lt_s, "i8x16.lt_s", 0xfd, 0x25, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_lt_u, "i8x16.lt_u", 0xfd, 0x26, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_gt_s, "i8x16.gt_s", 0xfd, 0x27, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_gt_u, "i8x16.gt_u", 0xfd, 0x28, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_le_s, "i8x16.le_s", 0xfd, 0x29, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_le_u, "i8x16.le_u", 0xfd, 0x2a, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ge_s, "i8x16.ge_s", 0xfd, 0x2b, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ge_u, "i8x16.ge_u", 0xfd, 0x2c, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_eq,   "i16x8.eq",   0xfd, 0x2d, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ne,   "i16x8.ne",   0xfd, 0x2e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_lt_s, "i16x8.lt_s", 0xfd, 0x2f, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_lt_u, "i16x8.lt_u", 0xfd, 0x30, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_gt_s, "i16x8.gt_s", 0xfd, 0x31, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_gt_u, "i16x8.gt_u", 0xfd, 0x32, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_le_s, "i16x8.le_s", 0xfd, 0x33, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_le_u, "i16x8.le_u", 0xfd, 0x34, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ge_s, "i16x8.ge_s", 0xfd, 0x35, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ge_u, "i16x8.ge_u", 0xfd, 0x36, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_eq,   "i32x4.eq",   0xfd, 0x37, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ne,   "i32x4.ne",   0xfd, 0x38, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_lt_s, "i32x4.lt_s", 0xfd, 0x39, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_lt_u, "i32x4.lt_u", 0xfd, 0x3a, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_gt_s, "i32x4.gt_s", 0xfd, 0x3b, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_gt_u, "i32x4.gt_u", 0xfd, 0x3c, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_le_s, "i32x4.le_s", 0xfd, 0x3d, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_le_u, "i32x4.le_u", 0xfd, 0x3e, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ge_s, "i32x4.ge_s", 0xfd, 0x3f, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ge_u, "i32x4.ge_u", 0xfd, 0x40, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_eq,   "i64x2.eq",   0xfd, 0xd6, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_ne,   "i64x2.ne",   0xfd, 0xd7, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_lt_s, "i64x2.lt_s", 0xfd, 0xd8, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_gt_s, "i64x2.gt_s", 0xfd, 0xd9, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_le_s, "i64x2.le_s", 0xfd, 0xda, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_ge_s, "i64x2.ge_s", 0xfd, 0xdb, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_eq,   "f32x4.eq",   0xfd, 0x41, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_ne,   "f32x4.ne",   0xfd, 0x42, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_lt,   "f32x4.lt",   0xfd, 0x43, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_gt,   "f32x4.gt",   0xfd, 0x44, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_le,   "f32x4.le",   0xfd, 0x45, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_ge,   "f32x4.ge",   0xfd, 0x46, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_eq,   "f64x2.eq",   0xfd, 0x47, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_ne,   "f64x2.ne",   0xfd, 0x48, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_lt,   "f64x2.lt",   0xfd, 0x49, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_gt,   "f64x2.gt",   0xfd, 0x4a, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_le,   "f64x2.le",   0xfd, 0x4b, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_ge,   "f64x2.ge",   0xfd, 0x4c, none, vv_v, 0, simd)

// Vector bitwise instructions.
DOVETAIL_OP(v128_not,       "v128.not",       0xfd, 0x4d, none, v_v,   0, simd)
DOVETAIL_OP(v128_and,       "v128.and",       0xfd, 0x4e, none, vv_v,  0, simd)
DOVETAIL_OP(v128_andnot,    "v128.andnot",    0xfd, 0x4f, none, vv_v,  0, simd)
DOVETAIL_OP(v128_or,        "v128.or",        0xfd, 0x50, none, vv_v,  0, simd)
DOVETAIL_OP(v128_xor,       "v128.xor",       0xfd, 0x51, none, vv_v,  0, simd)
DOVETAIL_OP(v128_bitselect, "v128.bitselect", 0xfd, 0x52, none, vvv_v, 0, simd)
DOVETAIL_OP(v128_any_true,  "v128.any_true",  0xfd, 0x53, none, v_i,   0, simd)

// Vector integer arithmetic.
DOVETAIL_OP(i8x16_abs,                     "i8x16.abs",                     0xfd, 0x60, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_neg,                     "i8x16.neg",                     0xfd, 0x61, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_popcnt,                  "i8x16.popcnt",                  0xfd, 0x62, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_all_true,                "i8x16.all_true",                0xfd, 0x63, none, v_i,  0, simd)
DOVETAIL_OP(i8x16_bitmask,                 "i8x16.bitmask",                 0xfd, 0x64, none, v_i,  0, simd)
DOVETAIL_OP(i8x16_narrow_i16x8_s,          "i8x16.narrow_i16x8_s",          0xfd, 0x65, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_narrow_i16x8_u,          "i8x16.narrow_i16x8_u",          0xfd, 0x66, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_shl,                     "i8x16.shl",                     0xfd, 0x6b, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_shr_s,                   "i8x16.shr_s",                   0xfd, 0x6c, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_shr_u,                   "i8x16.shr_u",                   0xfd, 0x6d, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_add,                     "i8x16.add",                     0xfd, 0x6e, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_add_sat_s,               "i8x16.add_sat_s",               0xfd, 0x6f, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_add_sat_u,               "i8x16.add_sat_u",               0xfd, 0x70, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub,                     "i8x16.sub",                     0xfd, 0x71, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub_sat_s,               "i8x16.sub_sat_s",               0xfd, 0x72, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub_sat_u,               "i8x16.sub_sat_u",               0xfd, 0x73, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_min_s,                   "i8x16.min_s",                   0xfd, 0x76, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_min_u,                   "i8x16.min_u",                   0xfd, 0x77, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_max_s,                   "i8x16.max_s",                   0xfd, 0x78, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_max_u,                   "i8x16.max_u",                   0xfd, 0x79, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_avgr_u,                  "i8x16.avgr_u",                  0xfd, 0x7b, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extadd_pairwise_i8x16_s, "i16x8.extadd_pairwise_i8x16_s", 0xfd, 0x7c, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extadd_pairwise_i8x16_u, "i16x8.extadd_pairwise_i8x16_u", 0xfd, 0x7d, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extadd_pairwise_i16x8_s, "i32x4.extadd_pairwise_i16x8_s", 0xfd, 0x7e, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extadd_pairwise_i16x8_u, "i32x4.extadd_pairwise_i16x8_u", 0xfd, 0x7f, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_abs,                     "i16x8.abs",                     0xfd, 0x80, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_neg,                     "i16x8.neg",                     0xfd, 0x81, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_q15mulr_sat_s,           "i16x8.q15mulr_sat_s",           0xfd, 0x82, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_all_true,                "i16x8.all_true",                0xfd, 0x83, none, v_i,  0, simd)
DOVETAIL_OP(i16x8_bitmask,                 "i16x8.bitmask",                 0xfd, 0x84, none, v_i,  0, simd)
DOVETAIL_OP(i16x8_narrow_i32x4_s,          "i16x8.narrow_i32x4_s",          0xfd, 0x85, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_narrow_i32x4_u,          "i16x8.narrow_i32x4_u",          0xfd, 0x86, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extend_low_i8x16_s,      "i16x8.extend_low_i8x16_s",      0xfd, 0x87, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_high_i8x16_s,     "i16x8.extend_high_i8x16_s",     0xfd, 0x88, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_low_i8x16_u,      "i16x8.extend_low_i8x16_u",      0xfd, 0x89, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_high_i8x16_u,     "i16x8.extend_high_i8x16_u",     0xfd, 0x8a, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_shl,                     "i16x8.shl",                     0xfd, 0x8b, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_shr_s,                   "i16x8.shr_s",                   0xfd, 0x8c, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_shr_u,                   "i16x8.shr_u",                   0xfd, 0x8d, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_add,                     "i16x8.add",                     0xfd, 0x8e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_add_sat_s,               "i16x8.add_sat_s",               0xfd, 0x8f, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_add_sat_u,               "i16x8.add_sat_u",               0xfd, 0x90, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub,                     "i16x8.sub",                     0xfd, 0x91, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub_sat_s,               "i16x8.sub_sat_s",               0xfd, 0x92, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub_sat_u,               "i16x8.sub_sat_u",               0xfd, 0x93, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_mul,                     "i16x8.mul",                     0xfd, 0x95, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_min_s,                   "i16x8.min_s",                   0xfd, 0x96, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_min_u,                   "i16x8.min_u",                   0xfd, 0x97, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_max_s,                   "i16x8.max_s",                   0xfd, 0x98, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_max_u,                   "i16x8.max_u",                   0xfd, 0x99, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_avgr_u,                  "i16x8.avgr_u",                  0xfd, 0x9b, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_low_i8x16_s,      "i16x8.extmul_low_i8x16_s",      0xfd, 0x9c, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_high_i8x16_s,     "i16x8.extmul_high_i8x16_s",     0xfd, 0x9d, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_low_i8x16_u,      "i16x8.extmul_low_i8x16_u",      0xfd, 0x9e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_high_i8x16_u,     "i16x8.extmul_high_i8x16_u",     0xfd, 0x9f, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_abs,                     "i32x4.abs",                     0xfd, 0xa0, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_neg,                     "i32x4.neg",                     0xfd, 0xa1, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_all_true,                "i32x4.all_true",                0xfd, 0xa3, none, v_i,  0, simd)
DOVETAIL_OP(i32x4_bitmask,                 "i32x4.bitmask",                 0xfd, 0xa4, none, v_i,  0, simd)
DOVETAIL_OP(i32x4_extend_low_i16x8_s,      "i32x4.extend_low_i16x8_s",      0xfd, 0xa7, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_high_i16x8_s,     "i32x4.extend_high_i16x8_s",     0xfd, 0xa8, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_low_i16x8_u,      "i32x4.extend_low_i16x8_u",      0xfd, 0xa9, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_high_i16x8_u,     "i32x4.extend_high_i16x8_u",     0xfd, 0xaa, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_shl,                     "i32x4.shl",                     0xfd, 0xab, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_shr_s,                   "i32x4.shr_s",                   0xfd, 0xac, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_shr_u,                   "i32x4.shr_u",                   0xfd, 0xad, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_add,                     "i32x4.add",                     0xfd, 0xae, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_sub,                     "i32x4.sub",                     0xfd, 0xb1, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_mul,                     "i32x4.mul",                     0xfd, 0xb5, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_min_s,                   "i32x4.min_s",                   0xfd, 0xb6, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_min_u,                   "i32x4.min_u",                   0xfd, 0xb7, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_max_s,                   "i32x4.max_s",                   0xfd, 0xb8, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_max_u,                   "i32x4.max_u",                   0xfd, 0xb9, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_dot_i16x8_s,             "i32x4.dot_i16x8_s",             0xfd, 0xba, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_low_i16x8_s,      "i32x4.extmul_low_i16x8_s",      0xfd, 0xbc, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_high_i16x8_s,     "i32x4.extmul_high_i16x8_s",     0xfd, 0xbd, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_low_i16x8_u,      "i32x4.extmul_low_i16x8_u",      0xfd, 0xbe, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_high_i16x8_u,     "i32x4.extmul_high_i16x8_u",     0xfd, 0xbf, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_abs,                     "i64x2.abs",                     0xfd, 0xc0, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_neg,                     "i64x2.neg",                     0xfd, 0xc1, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_all_true,                "i64x2.all_true",                0xfd, 0xc3, none, v_i,  0, simd)
DOVETAIL_OP(i64x2_bitmask,                 "i64x2.bitmask",                 0xfd, 0xc4, none, v_i,  0, simd)
DOVETAIL_OP(i64x2_extend_low_i32x4_s,      "i64x2.extend_low_i32x4_s",      0xfd, 0xc7, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_high_i32x4_s,     "i64x2.extend_high_i32x4_s",     0xfd, 0xc8, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_low_i32x4_u,      "i64x2.extend_low_i32x4_u",      0xfd, 0xc9, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_high_i32x4_u,     "i64x2.extend_high_i32x4_u",     0xfd, 0xca, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_shl,                     "i64x2.shl",                     0xfd, 0xcb, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_shr_s,                   "i64x2.shr_s",                   0xfd, 0xcc, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_shr_u,                   "i64x2.shr_u",                   0xfd, 0xcd, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_add,                     "i64x2.add",                     0xfd, 0xce, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_sub,                     "i64x2.sub",                     0xfd, 0xd1, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_mul,                     "i64x2.mul",                     0xfd, 0xd5, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_low_i32x4_s,      "i64x2.extmul_low_i32x4_s",      0xfd, 0xdc, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_high_i32x4_s,     "i64x2.extmul_high_i32x4_s",     0xfd, 0xdd, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_low_i32x4_u,      "i64x2.extmul_low_i32x4_u",      0xfd, 0xde, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_high_i32x4_u,     "i64x2.extmul_high_i32x4_u",     0xfd, 0xdf, none, vv_v, 0, simd)

// Vector float arithmetic.
DOVETAIL_OP(f32x4_ceil,    "f32x4.ceil",    0xfd, 0x67, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_floor,   "f32x4.floor",   0xfd, 0x68, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_trunc,   "f32x4.trunc",   0xfd, 0x69, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_nearest, "f32x4.nearest", 0xfd, 0x6a, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_ceil,    "f64x2.ceil",    0xfd, 0x74, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_floor,   "f64x2.floor",   0xfd, 0x75, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_trunc,   "f64x2.trunc",   0xfd, 0x7a, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_nearest, "f64x2.nearest", 0xfd, 0x94, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_abs,     "f32x4.abs",     0xfd, 0xe0, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_neg,     "f32x4.neg",     0xfd, 0xe1, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_sqrt,    "f32x4.sqrt",    0xfd, 0xe3, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_add,     "f32x4.add",     0xfd, 0xe4, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_sub,     "f32x4.sub",     0xfd, 0xe5, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_mul,     "f32x4.mul",     0xfd, 0xe6, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_div,     "f32x4.div",     0xfd, 0xe7, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_min,     "f32x4.min",     0xfd, 0xe8, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_max,     "f32x4.max",     0xfd, 0xe9, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_pmin,    "f32x4.pmin",    0xfd, 0xea, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_pmax,    "f32x4.pmax",    0xfd, 0xeb, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_abs,     "f64x2.abs",     0xfd, 0xec, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_neg,     "f64x2.neg",     0xfd, 0xed, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_sqrt,    "f64x2.sqrt",    0xfd, 0xef, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_add,     "f64x2.add",     0xfd, 0xf0, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_sub,     "f64x2.sub",     0xfd, 0xf1, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_mul,     "f64x2.mul",     0xfd, 0xf2, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_div,     "f64x2.div",     0xfd, 0xf3, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_min,     "f64x2.min",     0xfd, 0xf4, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_max,     "f64x2.max",     0xfd, 0xf5, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_pmin,    "f64x2.pmin",    0xfd, 0xf6, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_pmax,    "f64x2.pmax",    0xfd, 0xf7, none, vv_v, 0, simd)

// Vector conversions.
DOVETAIL_OP(i32x4_trunc_sat_f32x4_s,      "i32x4.trunc_sat_f32x4_s",      0xfd, 0xf8, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f32x4_u,      "i32x4.trunc_sat_f32x4_u",      0xfd, 0xf9, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_convert_i32x4_s,        "f32x4.convert_i32x4_s",        0xfd, 0xfa, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_convert_i32x4_u,        "f32x4.convert_i32x4_u",        0xfd, 0xfb, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f64x2_s_zero, "i32x4.trunc_sat_f64x2_s_zero", 0xfd, 0xfc, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f64x2_u_zero, "i32x4.trunc_sat_f64x2_u_zero", 0xfd, 0xfd, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_convert_low_i32x4_s,    "f64x2.convert_low_i32x4_s",    0xfd, 0xfe, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_convert_low_i32x4_u,    "f64x2.convert_low_i32x4_u",    0xfd, 0xff, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_demote_f64x2_zero,      "f32x4.demote_f64x2_zero",      0xfd, 0x5e, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_promote_low_f32x4,      "f64x2.promote_low_f32x4",      0xfd, 0x5f, none, v_v, 0, simd)

// Relaxed vector instructions: results that processors differ in.
DOVETAIL_OP(i8x16_relaxed_swizzle,               "i8x16.relaxed_swizzle",               0xfd, 0x100, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f32x4_s,         "i32x4.relaxed_trunc_f32x4_s",         0xfd, 0x101, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f32x4_u,         "i32x4.relaxed_trunc_f32x4_u",         0xfd, 0x102, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f64x2_s_zero,    "i32x4.relaxed_trunc_f64x2_s_zero",    0xfd, 0x103, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f64x2_u_zero,    "i32x4.relaxed_trunc_f64x2_u_zero",    0xfd, 0x104, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_madd,                  "f32x4.relaxed_madd",                  0xfd, 0x105, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_nmadd,                 "f32x4.relaxed_nmadd",                 0xfd, 0x106, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_madd,                  "f64x2.relaxed_madd",                  0xfd, 0x107, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_nmadd,                 "f64x2.relaxed_nmadd",                 0xfd, 0x108, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i8x16_relaxed_laneselect,            "i8x16.relaxed_laneselect",            0xfd, 0x109, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_laneselect,            "i16x8.relaxed_laneselect",            0xfd, 0x10a, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_laneselect,            "i32x4.relaxed_laneselect",            0xfd, 0x10b, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i64x2_relaxed_laneselect,            "i64x2.relaxed_laneselect",            0xfd, 0x10c, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_min,                   "f32x4.relaxed_min",                   0xfd, 0x10d, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_max,                   "f32x4.relaxed_max",                   0xfd, 0x10e, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_min,                   "f64x2.relaxed_min",                   0xfd, 0x10f, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_max,                   "f64x2.relaxed_max",                   0xfd, 0x110, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_q15mulr_s,             "i16x8.relaxed_q15mulr_s",             0xfd, 0x111, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_dot_i8x16_i7x16_s,     "i16x8.relaxed_dot_i8x16_i7x16_s",     0xfd, 0x112, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_dot_i8x16_i7x16_add_s, "i32x4.relaxed_dot_i8x16_i7x16_add_s", 0xfd, 0x113, none, vvv_v, 0, relaxed_simd)
// clang-format on
#undef DOVETAIL_OP

#undef DOVETAIL_H
#undef DOVETAIL_OPERATOR
#undef DOVETAIL_S
#undef DOVETAIL_A
#undef DOVETAIL_K
#undef DOVETAIL_BINARY
#undef DOVETAIL_UNARY
#undef DOVETAIL_BRANCHING
#undef DOVETAIL_COMPARISON
#undef DOVETAIL_TEST
#undef DOVETAIL_COUNTING
#undef DOVETAIL_LOADING
#undef DOVETAIL_STORING
#undef DOVETAIL_NEAR_AND_FAR
#undef DOVETAIL_HANDLERS_special
#undef DOVETAIL_HANDLERS_ii_i
#undef DOVETAIL_HANDLERS_ll_l
#undef DOVETAIL_HANDLERS_ff_f
#undef DOVETAIL_HANDLERS_dd_d
#undef DOVETAIL_HANDLERS_ii_b
#undef DOVETAIL_HANDLERS_ll_b
#undef DOVETAIL_HANDLERS_ff_b
#undef DOVETAIL_HANDLERS_dd_b
#undef DOVETAIL_HANDLERS_i_b
#undef DOVETAIL_HANDLERS_l_b
#undef DOVETAIL_HANDLERS_i_i
#undef DOVETAIL_HANDLERS_l_l
#undef DOVETAIL_HANDLERS_f_f
#undef DOVETAIL_HANDLERS_d_d
#undef DOVETAIL_HANDLERS_i_l
#undef DOVETAIL_HANDLERS_i_f
#undef DOVETAIL_HANDLERS_i_d
#undef DOVETAIL_HANDLERS_l_i
#undef DOVETAIL_HANDLERS_l_f
#undef DOVETAIL_HANDLERS_l_d
#undef DOVETAIL_HANDLERS_f_i
#undef DOVETAIL_HANDLERS_f_l
#undef DOVETAIL_HANDLERS_f_d
#undef DOVETAIL_HANDLERS_d_i
#undef DOVETAIL_HANDLERS_d_l
#undef DOVETAIL_HANDLERS_d_f
#undef DOVETAIL_HANDLERS_i_v
#undef DOVETAIL_HANDLERS_l_v
#undef DOVETAIL_HANDLERS_f_v
#undef DOVETAIL_HANDLERS_d_v
#undef DOVETAIL_HANDLERS_v_i
#undef DOVETAIL_HANDLERS_v_v
#undef DOVETAIL_HANDLERS_vv_v
#undef DOVETAIL_HANDLERS_vi_v
#undef DOVETAIL_HANDLERS_vvv_v
#undef DOVETAIL_ACCESS_i_i
#undef DOVETAIL_ACCESS_i_l
#undef DOVETAIL_ACCESS_i_f
#undef DOVETAIL_ACCESS_i_d
#undef DOVETAIL_ACCESS_ii_n
#undef DOVETAIL_ACCESS_il_n
#undef DOVETAIL_ACCESS_if_n
#undef DOVETAIL_ACCESS_id_n
#undef DOVETAIL_ACCESS_i_v
#undef DOVETAIL_ACCESS_iv_n
#undef DOVETAIL_LANE_ACCESS_iv_v
#undef DOVETAIL_LANE_ACCESS_iv_n
#undef DOVETAIL_LANE_v_i
#undef DOVETAIL_LANE_v_l
#undef DOVETAIL_LANE_v_f
#undef DOVETAIL_LANE_v_d
#undef DOVETAIL_LANE_vi_v
#undef DOVETAIL_LANE_vl_v
#undef DOVETAIL_LANE_vf_v
#undef DOVETAIL_LANE_vd_v
#undef DOVETAIL_WITH_none
#undef DOVETAIL_WITH_memarg
#undef DOVETAIL_WITH_block_type
#undef DOVETAIL_WITH_label
#undef DOVETAIL_WITH_label_table
#undef DOVETAIL_WITH_function
#undef DOVETAIL_WITH_type
#undef DOVETAIL_WITH_call_indirect
#undef DOVETAIL_WITH_value_types
#undef DOVETAIL_WITH_local
#undef DOVETAIL_WITH_global
#undef DOVETAIL_WITH_table
#undef DOVETAIL_WITH_table_table
#undef DOVETAIL_WITH_element
#undef DOVETAIL_WITH_element_table
#undef DOVETAIL_WITH_memory
#undef DOVETAIL_WITH_memory_memory
#undef DOVETAIL_WITH_data
#undef DOVETAIL_WITH_data_memory
#undef DOVETAIL_WITH_memarg_lane
#undef DOVETAIL_WITH_lane
#undef DOVETAIL_WITH_shuffle
#undef DOVETAIL_WITH_heap_type
#undef DOVETAIL_WITH_i32
#undef DOVETAIL_WITH_i64
#undef DOVETAIL_WITH_f32
#undef DOVETAIL_WITH_f64
#undef DOVETAIL_WITH_v128
#undef DOVETAIL_OTHER_HANDLERS
#undef DOVETAIL_OF_mvp
#undef DOVETAIL_OF_multi_value
#undef DOVETAIL_OF_sign_extension
#undef DOVETAIL_OF_saturating_conversion
#undef DOVETAIL_OF_bulk_memory
#undef DOVETAIL_OF_reference_types
#undef DOVETAIL_OF_simd
#undef DOVETAIL_OF_multi_memory
#undef DOVETAIL_OF_tail_call
#undef DOVETAIL_OF_extended_const
#undef DOVETAIL_OF_memory64
#undef DOVETAIL_OF_function_references
#undef DOVETAIL_OF_relaxed_simd
// clang-format on
  }
};

template <class Memory, handler_controls Control>
heads computed_goto_dispatch::table() {
  static const heads all = loop<Memory, Control>(nullptr, nullptr, nullptr);
  return all;
}
#endif

/// A loop over a switch: standard C++, for compilers that have neither of the others.
struct switch_dispatch {
  template <class Memory, handler_controls Control = handler_controls{}>
  static heads table() {
    static const std::array<std::uint64_t, handler_count> all = [] {
      std::array<std::uint64_t, handler_count> numbers{};
      for (std::size_t i = 0; i < handler_count; ++i) numbers[i] = i;
      return numbers;
    }();
    return all.data();
  }
  template <class Memory, handler_controls Control = handler_controls{}>
  static void run(execution& x, const cell* pc, slot* frame) {
    registers r{pc, frame, nullptr, 0, &x, 0, 0, 0};
    r.load_memory();
    while (step<Memory, Control>(r)) {}
  }

  /// One cell: false if its handler stopped.
  template <class Memory, handler_controls Control = handler_controls{}>
  DOVETAIL_ALWAYS_INLINE static bool step(registers& r) {
    switch (static_cast<handler>(r.pc->head)) {
// clang-format off
#define DOVETAIL_H(NAME, ...) \
  case handler::NAME: return __VA_ARGS__::run(r);
// Every handler, a row each: DOVETAIL_H(NAME, TYPE). First those of no numeric operator, then,
// for each row of the operator table, DOVETAIL_OPERATOR(NAME) and its handlers. Whoever includes
// this defines the macros; they are undefined afterwards.

// clang-format off
#ifndef DOVETAIL_OPERATOR
#define DOVETAIL_OPERATOR(NAME)
#endif

// Which handlers an operator has follows from its signature. H(NAME, TYPE...) is called for each;
// types may use `Memory`, the memory policy, and `Control`. Two operands: slot slot, slot constant, accumulator
// slot, accumulator constant, slot accumulator.
#define DOVETAIL_S ::dovetail::interpreting::source::slot
#define DOVETAIL_A ::dovetail::interpreting::source::accumulator
#define DOVETAIL_K ::dovetail::interpreting::source::constant

#define DOVETAIL_BINARY(H, O)                      \
  H(O##_ss, binary<op::O, DOVETAIL_S, DOVETAIL_S>) \
  H(O##_sk, binary<op::O, DOVETAIL_S, DOVETAIL_K>) \
  H(O##_as, binary<op::O, DOVETAIL_A, DOVETAIL_S>) \
  H(O##_ak, binary<op::O, DOVETAIL_A, DOVETAIL_K>) \
  H(O##_sa, binary<op::O, DOVETAIL_S, DOVETAIL_A>)
#define DOVETAIL_UNARY(H, O)         \
  H(O##_s, unary<op::O, DOVETAIL_S>) \
  H(O##_a, unary<op::O, DOVETAIL_A>)
#define DOVETAIL_BRANCHING(H, O, PREFIX, SENSE)                           \
  H(O##PREFIX##_ss, compare_branch<op::O, DOVETAIL_S, DOVETAIL_S, SENSE>) \
  H(O##PREFIX##_sk, compare_branch<op::O, DOVETAIL_S, DOVETAIL_K, SENSE>) \
  H(O##PREFIX##_as, compare_branch<op::O, DOVETAIL_A, DOVETAIL_S, SENSE>) \
  H(O##PREFIX##_ak, compare_branch<op::O, DOVETAIL_A, DOVETAIL_K, SENSE>) \
  H(O##PREFIX##_sa, compare_branch<op::O, DOVETAIL_S, DOVETAIL_A, SENSE>)
#define DOVETAIL_COMPARISON(H, O) \
  DOVETAIL_BINARY(H, O)           \
  DOVETAIL_BRANCHING(H, O, _then, true) DOVETAIL_BRANCHING(H, O, _else, false)
#define DOVETAIL_TEST(H, O)                            \
  DOVETAIL_UNARY(H, O)                                 \
  H(O##_then_s, test_branch<op::O, DOVETAIL_S, true>)  \
  H(O##_then_a, test_branch<op::O, DOVETAIL_A, true>)  \
  H(O##_else_s, test_branch<op::O, DOVETAIL_S, false>) \
  H(O##_else_a, test_branch<op::O, DOVETAIL_A, false>)
#define DOVETAIL_COUNTING(H, O)                   \
  H(O##_count_s, count_branch<op::O, DOVETAIL_S>) \
  H(O##_count_k, count_branch<op::O, DOVETAIL_K>)
#define DOVETAIL_LOADING(H, O)                        \
  H(O##_s, load<Memory, op::O, address::slot>)        \
  H(O##_a, load<Memory, op::O, address::accumulator>) \
  H(O##_n, load<Memory, op::O, address::none>)        \
  H(O##_x, load<Memory, op::O, address::sum>)           \
  H(O##_ps, load<Memory, op::O, address::slot_plus>)    \
  H(O##_pa, load<Memory, op::O, address::accumulator_plus>) \
  H(O##_w, load<Memory, op::O, address::wide>)              \
  H(O##_f, load<Memory, op::O, address::elsewhere>)
#define DOVETAIL_STORING(H, O)                                      \
  H(O##_ss, store<Memory, op::O, address::slot, DOVETAIL_S>)        \
  H(O##_sa, store<Memory, op::O, address::slot, DOVETAIL_A>)        \
  H(O##_sk, store<Memory, op::O, address::slot, DOVETAIL_K>)        \
  H(O##_as, store<Memory, op::O, address::accumulator, DOVETAIL_S>) \
  H(O##_ak, store<Memory, op::O, address::accumulator, DOVETAIL_K>) \
  H(O##_ns, store<Memory, op::O, address::none, DOVETAIL_S>)        \
  H(O##_na, store<Memory, op::O, address::none, DOVETAIL_A>)        \
  H(O##_pss, store<Memory, op::O, address::slot_plus, DOVETAIL_S>)  \
  H(O##_psk, store<Memory, op::O, address::slot_plus, DOVETAIL_K>)  \
  H(O##_pas, store<Memory, op::O, address::accumulator_plus, DOVETAIL_S>) \
  H(O##_pak, store<Memory, op::O, address::accumulator_plus, DOVETAIL_K>) \
  H(O##_ws, store<Memory, op::O, address::wide, DOVETAIL_S>)              \
  H(O##_fs, store<Memory, op::O, address::elsewhere, DOVETAIL_S>)
#define DOVETAIL_NEAR_AND_FAR(H, O, NEAR, ACCESS)      \
  H(O##NEAR, ACCESS<Memory, op::O, address::slot>)     \
  H(O##_f, ACCESS<Memory, op::O, address::elsewhere>)

#define DOVETAIL_HANDLERS_special(H, O)
#define DOVETAIL_HANDLERS_ii_i(H, O) DOVETAIL_BINARY(H, O)
#define DOVETAIL_HANDLERS_ll_l(H, O) DOVETAIL_BINARY(H, O)
#define DOVETAIL_HANDLERS_ff_f(H, O) DOVETAIL_BINARY(H, O)
#define DOVETAIL_HANDLERS_dd_d(H, O) DOVETAIL_BINARY(H, O)
#define DOVETAIL_HANDLERS_ii_b(H, O) DOVETAIL_COMPARISON(H, O) DOVETAIL_COUNTING(H, O)
#define DOVETAIL_HANDLERS_ll_b(H, O) DOVETAIL_COMPARISON(H, O)
#define DOVETAIL_HANDLERS_ff_b(H, O) DOVETAIL_COMPARISON(H, O)
#define DOVETAIL_HANDLERS_dd_b(H, O) DOVETAIL_COMPARISON(H, O)
#define DOVETAIL_HANDLERS_i_b(H, O) DOVETAIL_TEST(H, O)
#define DOVETAIL_HANDLERS_l_b(H, O) DOVETAIL_TEST(H, O)
#define DOVETAIL_HANDLERS_i_i(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_l_l(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_f_f(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_d_d(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_i_l(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_i_f(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_i_d(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_l_i(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_l_f(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_l_d(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_f_i(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_f_l(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_f_d(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_d_i(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_d_l(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_d_f(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_i_v(H, O) H(O##_s, vector_splat<op::O>)
#define DOVETAIL_HANDLERS_l_v(H, O) H(O##_s, vector_splat<op::O>)
#define DOVETAIL_HANDLERS_f_v(H, O) H(O##_s, vector_splat<op::O>)
#define DOVETAIL_HANDLERS_d_v(H, O) H(O##_s, vector_splat<op::O>)
#define DOVETAIL_HANDLERS_v_i(H, O) H(O##_s, vector_test<op::O>)
#define DOVETAIL_HANDLERS_v_v(H, O) H(O##_s, vector_unary<op::O>)
#define DOVETAIL_HANDLERS_vv_v(H, O) H(O##_ss, vector_binary<op::O>)
#define DOVETAIL_HANDLERS_vi_v(H, O) H(O##_ss, vector_shift<op::O>)
#define DOVETAIL_HANDLERS_vvv_v(H, O) H(O##_sss, vector_ternary<op::O>)
#define DOVETAIL_ACCESS_i_i(H, O) DOVETAIL_LOADING(H, O)
#define DOVETAIL_ACCESS_i_l(H, O) DOVETAIL_LOADING(H, O)
#define DOVETAIL_ACCESS_i_f(H, O) DOVETAIL_LOADING(H, O)
#define DOVETAIL_ACCESS_i_d(H, O) DOVETAIL_LOADING(H, O)
#define DOVETAIL_ACCESS_ii_n(H, O) DOVETAIL_STORING(H, O)
#define DOVETAIL_ACCESS_il_n(H, O) DOVETAIL_STORING(H, O)
#define DOVETAIL_ACCESS_if_n(H, O) DOVETAIL_STORING(H, O)
#define DOVETAIL_ACCESS_id_n(H, O) DOVETAIL_STORING(H, O)
#define DOVETAIL_ACCESS_i_v(H, O) DOVETAIL_NEAR_AND_FAR(H, O, _s, vector_load)
#define DOVETAIL_ACCESS_iv_n(H, O) DOVETAIL_NEAR_AND_FAR(H, O, _ss, vector_store)
#define DOVETAIL_LANE_ACCESS_iv_v(H, O) DOVETAIL_NEAR_AND_FAR(H, O, _ss, vector_load_lane)
#define DOVETAIL_LANE_ACCESS_iv_n(H, O) DOVETAIL_NEAR_AND_FAR(H, O, _ss, vector_store_lane)
#define DOVETAIL_LANE_v_i(H, O) H(O##_s, vector_extract<op::O>)
#define DOVETAIL_LANE_v_l(H, O) H(O##_s, vector_extract<op::O>)
#define DOVETAIL_LANE_v_f(H, O) H(O##_s, vector_extract<op::O>)
#define DOVETAIL_LANE_v_d(H, O) H(O##_s, vector_extract<op::O>)
#define DOVETAIL_LANE_vi_v(H, O) H(O##_ss, vector_replace<op::O>)
#define DOVETAIL_LANE_vl_v(H, O) H(O##_ss, vector_replace<op::O>)
#define DOVETAIL_LANE_vf_v(H, O) H(O##_ss, vector_replace<op::O>)
#define DOVETAIL_LANE_vd_v(H, O) H(O##_ss, vector_replace<op::O>)

// Immediates decide first: none is numeric, memarg an access, a lane has its own, the rest have
// handlers by hand.
#define DOVETAIL_WITH_none(H, O, SIGNATURE) DOVETAIL_HANDLERS_##SIGNATURE(H, O)
#define DOVETAIL_WITH_memarg(H, O, SIGNATURE) DOVETAIL_ACCESS_##SIGNATURE(H, O)
#define DOVETAIL_WITH_block_type(H, O, SIGNATURE)
#define DOVETAIL_WITH_label(H, O, SIGNATURE)
#define DOVETAIL_WITH_label_table(H, O, SIGNATURE)
#define DOVETAIL_WITH_function(H, O, SIGNATURE)
#define DOVETAIL_WITH_type(H, O, SIGNATURE)
#define DOVETAIL_WITH_call_indirect(H, O, SIGNATURE)
#define DOVETAIL_WITH_value_types(H, O, SIGNATURE)
#define DOVETAIL_WITH_local(H, O, SIGNATURE)
#define DOVETAIL_WITH_global(H, O, SIGNATURE)
#define DOVETAIL_WITH_table(H, O, SIGNATURE)
#define DOVETAIL_WITH_table_table(H, O, SIGNATURE)
#define DOVETAIL_WITH_element(H, O, SIGNATURE)
#define DOVETAIL_WITH_element_table(H, O, SIGNATURE)
#define DOVETAIL_WITH_memory(H, O, SIGNATURE)
#define DOVETAIL_WITH_memory_memory(H, O, SIGNATURE)
#define DOVETAIL_WITH_data(H, O, SIGNATURE)
#define DOVETAIL_WITH_data_memory(H, O, SIGNATURE)
#define DOVETAIL_WITH_memarg_lane(H, O, SIGNATURE) DOVETAIL_LANE_ACCESS_##SIGNATURE(H, O)
#define DOVETAIL_WITH_lane(H, O, SIGNATURE) DOVETAIL_LANE_##SIGNATURE(H, O)
#define DOVETAIL_WITH_shuffle(H, O, SIGNATURE) H(O##_ss, vector_shuffle<op::O>)
#define DOVETAIL_WITH_heap_type(H, O, SIGNATURE)
#define DOVETAIL_WITH_i32(H, O, SIGNATURE)
#define DOVETAIL_WITH_i64(H, O, SIGNATURE)
#define DOVETAIL_WITH_f32(H, O, SIGNATURE)
#define DOVETAIL_WITH_f64(H, O, SIGNATURE)
#define DOVETAIL_WITH_v128(H, O, SIGNATURE)

#define DOVETAIL_OF_mvp(...) __VA_ARGS__
#define DOVETAIL_OF_multi_value(...) __VA_ARGS__
#define DOVETAIL_OF_sign_extension(...) __VA_ARGS__
#define DOVETAIL_OF_saturating_conversion(...) __VA_ARGS__
#define DOVETAIL_OF_bulk_memory(...) __VA_ARGS__
#define DOVETAIL_OF_reference_types(...) __VA_ARGS__
#define DOVETAIL_OF_simd(...) __VA_ARGS__
#define DOVETAIL_OF_multi_memory(...) __VA_ARGS__
#define DOVETAIL_OF_tail_call(...) __VA_ARGS__
#define DOVETAIL_OF_extended_const(...) __VA_ARGS__
#define DOVETAIL_OF_memory64(...) __VA_ARGS__
#define DOVETAIL_OF_function_references(...) __VA_ARGS__
#define DOVETAIL_OF_relaxed_simd(...) __VA_ARGS__

// Handlers that belong to no numeric operator.
#define DOVETAIL_OTHER_HANDLERS(H)                           \
  H(copy, copy)                                              \
  H(copy_two, copy_two)                                      \
  H(copy_wide, copy_wide)                                    \
  H(constant_32, constant_32)                                \
  H(constant_64, constant_64)                                \
  H(select_i_s, select<DOVETAIL_S, std::uint64_t>)           \
  H(select_i_a, select<DOVETAIL_A, std::uint64_t>)           \
  H(select_f_s, select<DOVETAIL_S, float>)                   \
  H(select_f_a, select<DOVETAIL_A, float>)                   \
  H(select_d_s, select<DOVETAIL_S, double>)                  \
  H(select_d_a, select<DOVETAIL_A, double>)                  \
  DOVETAIL_BRANCHING(H, i32_and, _then, true)                \
  DOVETAIL_BRANCHING(H, i32_and, _else, false)               \
  H(branch, branch)                                          \
  H(branch_table_s, branch_table<DOVETAIL_S>)                \
  H(branch_table_a, branch_table<DOVETAIL_A>)                \
  H(unreachable, unreachable)                                \
  H(finish, finish)                                          \
  H(return_here, return_here)                                \
  H(return_s, return_one<DOVETAIL_S>)                        \
  H(return_a, return_one<DOVETAIL_A>)                        \
  H(return_k, return_one<DOVETAIL_K>)                        \
  H(call, call<false>)                                       \
  H(call_imported, call_imported<false, Control.stops, Control.keeps_places>)      \
  H(call_indirect, call_indirect<false>)                     \
  H(call_far, call<true>)                                    \
  H(call_imported_far, call_imported<true, Control.stops, Control.keeps_places>)   \
  H(call_indirect_far, call_indirect<true>)                  \
  H(call_elsewhere, call_elsewhere<Control.stops, Control.keeps_places>)           \
  H(call_ref, call_ref)                                      \
  H(return_call, return_call)                                \
  H(return_call_imported, return_call_imported)              \
  H(return_call_indirect, return_call_indirect)              \
  H(return_call_ref, return_call_ref)                        \
  H(return_call_elsewhere, return_call_elsewhere<Control.stops, Control.keeps_places>) \
  H(ref_as_non_null, ref_as_non_null)                        \
  H(checkpoint, checkpoint)                                  \
  H(count_here, count_here)                                  \
  H(charge, charge<Control.asks_for_fuel>)                   \
  H(charge_bytes, charge_bulk<detail::price_of_bytes, Control.asks_for_fuel>) \
  H(charge_elements, charge_bulk<detail::price_of_elements, Control.asks_for_fuel>) \
  H(global_get, global_get)                                  \
  H(global_set, global_set)                                  \
  H(global_plus, global_plus)                                \
  H(global_move, global_move)                                \
  H(global_set_plus, global_set_plus)                        \
  H(i32_index_ss, shifted_sum<DOVETAIL_S, DOVETAIL_S>)             \
  H(i32_index_as, shifted_sum<DOVETAIL_A, DOVETAIL_S>)             \
  H(i32_index_sk, shifted_sum<DOVETAIL_S, DOVETAIL_K>)             \
  H(i32_index_ak, shifted_sum<DOVETAIL_A, DOVETAIL_K>)             \
  H(i32_bit_field_s, bit_field<DOVETAIL_S>)                  \
  H(i32_bit_field_a, bit_field<DOVETAIL_A>)                  \
  H(i32_step_two, step_two)                                  \
  H(ref_func, ref_func)                                      \
  H(memory_size, memory_size)                                \
  H(memory_grow, memory_grow)                                \
  H(memory_fill, memory_fill<Control.stops>)                 \
  H(memory_copy, memory_copy<Control.stops>)                 \
  H(memory_init, memory_init<Control.stops>)                 \
  H(data_drop, data_drop)                                    \
  H(table_get, table_get)                                    \
  H(table_set, table_set)                                    \
  H(table_size, table_size)                                  \
  H(table_grow, table_grow)                                  \
  H(table_fill, table_fill<Control.stops>)                   \
  H(table_copy, table_copy<Control.stops>)                   \
  H(table_init, table_init<Control.stops>)                   \
  H(element_drop, element_drop)                              \
  H(copy_vector, copy_vector)                                \
  H(vector_constant, vector_constant)                        \
  H(select_vector, select_vector)                            \
  H(global_get_vector, global_get_vector)                    \
  H(global_set_vector, global_set_vector)                    \
  H(return_vector, return_vector)                            \
  H(canonical_f32, canonical_scalar<float>)                  \
  H(canonical_f64, canonical_scalar<double>)                 \
  H(canonical_f32x4, canonical_vector<float>)                \
  H(canonical_f64x2, canonical_vector<double>)

DOVETAIL_OTHER_HANDLERS(DOVETAIL_H)

#define DOVETAIL_OF_CONSTANT(O) DOVETAIL_H(O##_ks, binary_of_constant<op::O>)
#define DOVETAIL_WIDE(O)                             \
  DOVETAIL_H(O##_sw, binary_wide<op::O, DOVETAIL_S>) \
  DOVETAIL_H(O##_aw, binary_wide<op::O, DOVETAIL_A>)
// Operators with handlers for certain constants: DOVETAIL_OF_CONSTANT(NAME) for a first operand of
// 32 bits, DOVETAIL_WIDE(NAME) for a second one of 64 bits, as hashes have, and numbers that are no
// float. Whoever includes this defines both macros.

// clang-format off
DOVETAIL_OF_CONSTANT(i32_sub)
DOVETAIL_OF_CONSTANT(i32_shl)
DOVETAIL_OF_CONSTANT(i64_sub)
DOVETAIL_OF_CONSTANT(i64_shl)
DOVETAIL_OF_CONSTANT(f32_sub)
DOVETAIL_OF_CONSTANT(f32_div)
DOVETAIL_OF_CONSTANT(f64_sub)
DOVETAIL_OF_CONSTANT(f64_div)
DOVETAIL_WIDE(i64_add)
DOVETAIL_WIDE(i64_mul)
DOVETAIL_WIDE(i64_and)
DOVETAIL_WIDE(i64_or)
DOVETAIL_WIDE(i64_xor)
DOVETAIL_WIDE(f64_add)
DOVETAIL_WIDE(f64_sub)
DOVETAIL_WIDE(f64_mul)
DOVETAIL_WIDE(f64_div)
// clang-format on
#undef DOVETAIL_OF_CONSTANT
#undef DOVETAIL_WIDE

#define DOVETAIL_OP(NAME, TEXT, PREFIX, CODE, IMMEDIATE, SIGNATURE, WIDTH, FEATURE) \
  DOVETAIL_OPERATOR(NAME)                                                           \
  DOVETAIL_OF_##FEATURE(DOVETAIL_WITH_##IMMEDIATE(DOVETAIL_H, NAME, SIGNATURE))
// Every operator of 3.0 but garbage collection and exceptions: NAME, TEXT, PREFIX, CODE, IMMEDIATE,
// SIGNATURE, WIDTH, FEATURE. A signature lists operand, then result types (i l f d v: i32 i64 f32
// f64 v128, b: an i32 that is a truth value, n: none); the pass types "special" rows.

// clang-format off

// Control instructions (core specification 5.4.1).
DOVETAIL_OP(unreachable,   "unreachable",   0x00, 0x00, none,          special, 0, mvp)
DOVETAIL_OP(nop,           "nop",           0x00, 0x01, none,          special, 0, mvp)
DOVETAIL_OP(block,         "block",         0x00, 0x02, block_type,    special, 0, mvp)
DOVETAIL_OP(loop,          "loop",          0x00, 0x03, block_type,    special, 0, mvp)
DOVETAIL_OP(if_,           "if",            0x00, 0x04, block_type,    special, 0, mvp)
DOVETAIL_OP(else_,         "else",          0x00, 0x05, none,          special, 0, mvp)
DOVETAIL_OP(end,           "end",           0x00, 0x0b, none,          special, 0, mvp)
DOVETAIL_OP(br,            "br",            0x00, 0x0c, label,         special, 0, mvp)
DOVETAIL_OP(br_if,         "br_if",         0x00, 0x0d, label,         special, 0, mvp)
DOVETAIL_OP(br_table,      "br_table",      0x00, 0x0e, label_table,   special, 0, mvp)
DOVETAIL_OP(return_,       "return",        0x00, 0x0f, none,          special, 0, mvp)
DOVETAIL_OP(call,          "call",          0x00, 0x10, function,      special, 0, mvp)
DOVETAIL_OP(call_indirect, "call_indirect", 0x00, 0x11, call_indirect, special, 0, mvp)

DOVETAIL_OP(return_call,          "return_call",          0x00, 0x12, function,      special, 0, tail_call)
DOVETAIL_OP(return_call_indirect, "return_call_indirect", 0x00, 0x13, call_indirect, special, 0, tail_call)
DOVETAIL_OP(call_ref,             "call_ref",             0x00, 0x14, type,          special, 0, function_references)
DOVETAIL_OP(return_call_ref,      "return_call_ref",      0x00, 0x15, type,          special, 0, function_references)
DOVETAIL_OP(br_on_null,           "br_on_null",           0x00, 0xd5, label,         special, 0, function_references)
DOVETAIL_OP(br_on_non_null,       "br_on_non_null",       0x00, 0xd6, label,         special, 0, function_references)

// Reference instructions (5.4.2).
DOVETAIL_OP(ref_null,    "ref.null",    0x00, 0xd0, heap_type, special, 0, reference_types)
DOVETAIL_OP(ref_is_null, "ref.is_null", 0x00, 0xd1, none,      special, 0, reference_types)
DOVETAIL_OP(ref_func,    "ref.func",    0x00, 0xd2, function,  special, 0, reference_types)
DOVETAIL_OP(ref_as_non_null, "ref.as_non_null", 0x00, 0xd4, none, special, 0, function_references)

// Parametric instructions (5.4.3).
DOVETAIL_OP(drop,         "drop",   0x00, 0x1a, none,        special, 0, mvp)
DOVETAIL_OP(select,       "select", 0x00, 0x1b, none,        special, 0, mvp)
DOVETAIL_OP(select_typed, "select", 0x00, 0x1c, value_types, special, 0, reference_types)

// Variable instructions (5.4.4).
DOVETAIL_OP(local_get,  "local.get",  0x00, 0x20, local,  special, 0, mvp)
DOVETAIL_OP(local_set,  "local.set",  0x00, 0x21, local,  special, 0, mvp)
DOVETAIL_OP(local_tee,  "local.tee",  0x00, 0x22, local,  special, 0, mvp)
DOVETAIL_OP(global_get, "global.get", 0x00, 0x23, global, special, 0, mvp)
DOVETAIL_OP(global_set, "global.set", 0x00, 0x24, global, special, 0, mvp)

// Table instructions (5.4.5).
DOVETAIL_OP(table_get,  "table.get",  0x00, 0x25, table,         special, 0, reference_types)
DOVETAIL_OP(table_set,  "table.set",  0x00, 0x26, table,         special, 0, reference_types)
DOVETAIL_OP(table_init, "table.init", 0xfc, 0x0c, element_table, special, 0, bulk_memory)
DOVETAIL_OP(elem_drop,  "elem.drop",  0xfc, 0x0d, element,       special, 0, bulk_memory)
DOVETAIL_OP(table_copy, "table.copy", 0xfc, 0x0e, table_table,   special, 0, bulk_memory)
DOVETAIL_OP(table_grow, "table.grow", 0xfc, 0x0f, table,         special, 0, reference_types)
DOVETAIL_OP(table_size, "table.size", 0xfc, 0x10, table,         special, 0, reference_types)
DOVETAIL_OP(table_fill, "table.fill", 0xfc, 0x11, table,         special, 0, reference_types)

// Memory instructions (5.4.6): an address and an offset, then the width of the access in bytes.
DOVETAIL_OP(i32_load,     "i32.load",     0x00, 0x28, memarg,        i_i,     4, mvp)
DOVETAIL_OP(i64_load,     "i64.load",     0x00, 0x29, memarg,        i_l,     8, mvp)
DOVETAIL_OP(f32_load,     "f32.load",     0x00, 0x2a, memarg,        i_f,     4, mvp)
DOVETAIL_OP(f64_load,     "f64.load",     0x00, 0x2b, memarg,        i_d,     8, mvp)
DOVETAIL_OP(i32_load8_s,  "i32.load8_s",  0x00, 0x2c, memarg,        i_i,     1, mvp)
DOVETAIL_OP(i32_load8_u,  "i32.load8_u",  0x00, 0x2d, memarg,        i_i,     1, mvp)
DOVETAIL_OP(i32_load16_s, "i32.load16_s", 0x00, 0x2e, memarg,        i_i,     2, mvp)
DOVETAIL_OP(i32_load16_u, "i32.load16_u", 0x00, 0x2f, memarg,        i_i,     2, mvp)
DOVETAIL_OP(i64_load8_s,  "i64.load8_s",  0x00, 0x30, memarg,        i_l,     1, mvp)
DOVETAIL_OP(i64_load8_u,  "i64.load8_u",  0x00, 0x31, memarg,        i_l,     1, mvp)
DOVETAIL_OP(i64_load16_s, "i64.load16_s", 0x00, 0x32, memarg,        i_l,     2, mvp)
DOVETAIL_OP(i64_load16_u, "i64.load16_u", 0x00, 0x33, memarg,        i_l,     2, mvp)
DOVETAIL_OP(i64_load32_s, "i64.load32_s", 0x00, 0x34, memarg,        i_l,     4, mvp)
DOVETAIL_OP(i64_load32_u, "i64.load32_u", 0x00, 0x35, memarg,        i_l,     4, mvp)
DOVETAIL_OP(i32_store,    "i32.store",    0x00, 0x36, memarg,        ii_n,    4, mvp)
DOVETAIL_OP(i64_store,    "i64.store",    0x00, 0x37, memarg,        il_n,    8, mvp)
DOVETAIL_OP(f32_store,    "f32.store",    0x00, 0x38, memarg,        if_n,    4, mvp)
DOVETAIL_OP(f64_store,    "f64.store",    0x00, 0x39, memarg,        id_n,    8, mvp)
DOVETAIL_OP(i32_store8,   "i32.store8",   0x00, 0x3a, memarg,        ii_n,    1, mvp)
DOVETAIL_OP(i32_store16,  "i32.store16",  0x00, 0x3b, memarg,        ii_n,    2, mvp)
DOVETAIL_OP(i64_store8,   "i64.store8",   0x00, 0x3c, memarg,        il_n,    1, mvp)
DOVETAIL_OP(i64_store16,  "i64.store16",  0x00, 0x3d, memarg,        il_n,    2, mvp)
DOVETAIL_OP(i64_store32,  "i64.store32",  0x00, 0x3e, memarg,        il_n,    4, mvp)
DOVETAIL_OP(memory_size,  "memory.size",  0x00, 0x3f, memory,        special, 0, mvp)
DOVETAIL_OP(memory_grow,  "memory.grow",  0x00, 0x40, memory,        special, 0, mvp)
DOVETAIL_OP(memory_init,  "memory.init",  0xfc, 0x08, data_memory,   special, 0, bulk_memory)
DOVETAIL_OP(data_drop,    "data.drop",    0xfc, 0x09, data,          special, 0, bulk_memory)
DOVETAIL_OP(memory_copy,  "memory.copy",  0xfc, 0x0a, memory_memory, special, 0, bulk_memory)
DOVETAIL_OP(memory_fill,  "memory.fill",  0xfc, 0x0b, memory,        special, 0, bulk_memory)

// Numeric instructions (5.4.7): constants.
DOVETAIL_OP(i32_const, "i32.const", 0x00, 0x41, i32, n_i, 0, mvp)
DOVETAIL_OP(i64_const, "i64.const", 0x00, 0x42, i64, n_l, 0, mvp)
DOVETAIL_OP(f32_const, "f32.const", 0x00, 0x43, f32, n_f, 0, mvp)
DOVETAIL_OP(f64_const, "f64.const", 0x00, 0x44, f64, n_d, 0, mvp)

// Integer comparisons.
DOVETAIL_OP(i32_eqz,  "i32.eqz",  0x00, 0x45, none, i_b,  0, mvp)
DOVETAIL_OP(i32_eq,   "i32.eq",   0x00, 0x46, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ne,   "i32.ne",   0x00, 0x47, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_lt_s, "i32.lt_s", 0x00, 0x48, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_lt_u, "i32.lt_u", 0x00, 0x49, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_gt_s, "i32.gt_s", 0x00, 0x4a, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_gt_u, "i32.gt_u", 0x00, 0x4b, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_le_s, "i32.le_s", 0x00, 0x4c, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_le_u, "i32.le_u", 0x00, 0x4d, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ge_s, "i32.ge_s", 0x00, 0x4e, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ge_u, "i32.ge_u", 0x00, 0x4f, none, ii_b, 0, mvp)
DOVETAIL_OP(i64_eqz,  "i64.eqz",  0x00, 0x50, none, l_b,  0, mvp)
DOVETAIL_OP(i64_eq,   "i64.eq",   0x00, 0x51, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ne,   "i64.ne",   0x00, 0x52, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_lt_s, "i64.lt_s", 0x00, 0x53, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_lt_u, "i64.lt_u", 0x00, 0x54, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_gt_s, "i64.gt_s", 0x00, 0x55, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_gt_u, "i64.gt_u", 0x00, 0x56, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_le_s, "i64.le_s", 0x00, 0x57, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_le_u, "i64.le_u", 0x00, 0x58, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ge_s, "i64.ge_s", 0x00, 0x59, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ge_u, "i64.ge_u", 0x00, 0x5a, none, ll_b, 0, mvp)

// Float comparisons.
DOVETAIL_OP(f32_eq, "f32.eq", 0x00, 0x5b, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_ne, "f32.ne", 0x00, 0x5c, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_lt, "f32.lt", 0x00, 0x5d, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_gt, "f32.gt", 0x00, 0x5e, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_le, "f32.le", 0x00, 0x5f, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_ge, "f32.ge", 0x00, 0x60, none, ff_b, 0, mvp)
DOVETAIL_OP(f64_eq, "f64.eq", 0x00, 0x61, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_ne, "f64.ne", 0x00, 0x62, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_lt, "f64.lt", 0x00, 0x63, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_gt, "f64.gt", 0x00, 0x64, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_le, "f64.le", 0x00, 0x65, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_ge, "f64.ge", 0x00, 0x66, none, dd_b, 0, mvp)

// Integer arithmetic.
DOVETAIL_OP(i32_clz,    "i32.clz",    0x00, 0x67, none, i_i,  0, mvp)
DOVETAIL_OP(i32_ctz,    "i32.ctz",    0x00, 0x68, none, i_i,  0, mvp)
DOVETAIL_OP(i32_popcnt, "i32.popcnt", 0x00, 0x69, none, i_i,  0, mvp)
DOVETAIL_OP(i32_add,    "i32.add",    0x00, 0x6a, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_sub,    "i32.sub",    0x00, 0x6b, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_mul,    "i32.mul",    0x00, 0x6c, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_div_s,  "i32.div_s",  0x00, 0x6d, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_div_u,  "i32.div_u",  0x00, 0x6e, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rem_s,  "i32.rem_s",  0x00, 0x6f, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rem_u,  "i32.rem_u",  0x00, 0x70, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_and,    "i32.and",    0x00, 0x71, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_or,     "i32.or",     0x00, 0x72, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_xor,    "i32.xor",    0x00, 0x73, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shl,    "i32.shl",    0x00, 0x74, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shr_s,  "i32.shr_s",  0x00, 0x75, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shr_u,  "i32.shr_u",  0x00, 0x76, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rotl,   "i32.rotl",   0x00, 0x77, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rotr,   "i32.rotr",   0x00, 0x78, none, ii_i, 0, mvp)
DOVETAIL_OP(i64_clz,    "i64.clz",    0x00, 0x79, none, l_l,  0, mvp)
DOVETAIL_OP(i64_ctz,    "i64.ctz",    0x00, 0x7a, none, l_l,  0, mvp)
DOVETAIL_OP(i64_popcnt, "i64.popcnt", 0x00, 0x7b, none, l_l,  0, mvp)
DOVETAIL_OP(i64_add,    "i64.add",    0x00, 0x7c, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_sub,    "i64.sub",    0x00, 0x7d, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_mul,    "i64.mul",    0x00, 0x7e, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_div_s,  "i64.div_s",  0x00, 0x7f, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_div_u,  "i64.div_u",  0x00, 0x80, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rem_s,  "i64.rem_s",  0x00, 0x81, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rem_u,  "i64.rem_u",  0x00, 0x82, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_and,    "i64.and",    0x00, 0x83, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_or,     "i64.or",     0x00, 0x84, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_xor,    "i64.xor",    0x00, 0x85, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shl,    "i64.shl",    0x00, 0x86, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shr_s,  "i64.shr_s",  0x00, 0x87, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shr_u,  "i64.shr_u",  0x00, 0x88, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rotl,   "i64.rotl",   0x00, 0x89, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rotr,   "i64.rotr",   0x00, 0x8a, none, ll_l, 0, mvp)

// Float arithmetic.
DOVETAIL_OP(f32_abs,      "f32.abs",      0x00, 0x8b, none, f_f,  0, mvp)
DOVETAIL_OP(f32_neg,      "f32.neg",      0x00, 0x8c, none, f_f,  0, mvp)
DOVETAIL_OP(f32_ceil,     "f32.ceil",     0x00, 0x8d, none, f_f,  0, mvp)
DOVETAIL_OP(f32_floor,    "f32.floor",    0x00, 0x8e, none, f_f,  0, mvp)
DOVETAIL_OP(f32_trunc,    "f32.trunc",    0x00, 0x8f, none, f_f,  0, mvp)
DOVETAIL_OP(f32_nearest,  "f32.nearest",  0x00, 0x90, none, f_f,  0, mvp)
DOVETAIL_OP(f32_sqrt,     "f32.sqrt",     0x00, 0x91, none, f_f,  0, mvp)
DOVETAIL_OP(f32_add,      "f32.add",      0x00, 0x92, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_sub,      "f32.sub",      0x00, 0x93, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_mul,      "f32.mul",      0x00, 0x94, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_div,      "f32.div",      0x00, 0x95, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_min,      "f32.min",      0x00, 0x96, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_max,      "f32.max",      0x00, 0x97, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_copysign, "f32.copysign", 0x00, 0x98, none, ff_f, 0, mvp)
DOVETAIL_OP(f64_abs,      "f64.abs",      0x00, 0x99, none, d_d,  0, mvp)
DOVETAIL_OP(f64_neg,      "f64.neg",      0x00, 0x9a, none, d_d,  0, mvp)
DOVETAIL_OP(f64_ceil,     "f64.ceil",     0x00, 0x9b, none, d_d,  0, mvp)
DOVETAIL_OP(f64_floor,    "f64.floor",    0x00, 0x9c, none, d_d,  0, mvp)
DOVETAIL_OP(f64_trunc,    "f64.trunc",    0x00, 0x9d, none, d_d,  0, mvp)
DOVETAIL_OP(f64_nearest,  "f64.nearest",  0x00, 0x9e, none, d_d,  0, mvp)
DOVETAIL_OP(f64_sqrt,     "f64.sqrt",     0x00, 0x9f, none, d_d,  0, mvp)
DOVETAIL_OP(f64_add,      "f64.add",      0x00, 0xa0, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_sub,      "f64.sub",      0x00, 0xa1, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_mul,      "f64.mul",      0x00, 0xa2, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_div,      "f64.div",      0x00, 0xa3, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_min,      "f64.min",      0x00, 0xa4, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_max,      "f64.max",      0x00, 0xa5, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_copysign, "f64.copysign", 0x00, 0xa6, none, dd_d, 0, mvp)

// Conversions.
DOVETAIL_OP(i32_wrap_i64,        "i32.wrap_i64",        0x00, 0xa7, none, l_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f32_s,     "i32.trunc_f32_s",     0x00, 0xa8, none, f_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f32_u,     "i32.trunc_f32_u",     0x00, 0xa9, none, f_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f64_s,     "i32.trunc_f64_s",     0x00, 0xaa, none, d_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f64_u,     "i32.trunc_f64_u",     0x00, 0xab, none, d_i, 0, mvp)
DOVETAIL_OP(i64_extend_i32_s,    "i64.extend_i32_s",    0x00, 0xac, none, i_l, 0, mvp)
DOVETAIL_OP(i64_extend_i32_u,    "i64.extend_i32_u",    0x00, 0xad, none, i_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f32_s,     "i64.trunc_f32_s",     0x00, 0xae, none, f_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f32_u,     "i64.trunc_f32_u",     0x00, 0xaf, none, f_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f64_s,     "i64.trunc_f64_s",     0x00, 0xb0, none, d_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f64_u,     "i64.trunc_f64_u",     0x00, 0xb1, none, d_l, 0, mvp)
DOVETAIL_OP(f32_convert_i32_s,   "f32.convert_i32_s",   0x00, 0xb2, none, i_f, 0, mvp)
DOVETAIL_OP(f32_convert_i32_u,   "f32.convert_i32_u",   0x00, 0xb3, none, i_f, 0, mvp)
DOVETAIL_OP(f32_convert_i64_s,   "f32.convert_i64_s",   0x00, 0xb4, none, l_f, 0, mvp)
DOVETAIL_OP(f32_convert_i64_u,   "f32.convert_i64_u",   0x00, 0xb5, none, l_f, 0, mvp)
DOVETAIL_OP(f32_demote_f64,      "f32.demote_f64",      0x00, 0xb6, none, d_f, 0, mvp)
DOVETAIL_OP(f64_convert_i32_s,   "f64.convert_i32_s",   0x00, 0xb7, none, i_d, 0, mvp)
DOVETAIL_OP(f64_convert_i32_u,   "f64.convert_i32_u",   0x00, 0xb8, none, i_d, 0, mvp)
DOVETAIL_OP(f64_convert_i64_s,   "f64.convert_i64_s",   0x00, 0xb9, none, l_d, 0, mvp)
DOVETAIL_OP(f64_convert_i64_u,   "f64.convert_i64_u",   0x00, 0xba, none, l_d, 0, mvp)
DOVETAIL_OP(f64_promote_f32,     "f64.promote_f32",     0x00, 0xbb, none, f_d, 0, mvp)
DOVETAIL_OP(i32_reinterpret_f32, "i32.reinterpret_f32", 0x00, 0xbc, none, f_i, 0, mvp)
DOVETAIL_OP(i64_reinterpret_f64, "i64.reinterpret_f64", 0x00, 0xbd, none, d_l, 0, mvp)
DOVETAIL_OP(f32_reinterpret_i32, "f32.reinterpret_i32", 0x00, 0xbe, none, i_f, 0, mvp)
DOVETAIL_OP(f64_reinterpret_i64, "f64.reinterpret_i64", 0x00, 0xbf, none, l_d, 0, mvp)
DOVETAIL_OP(i32_extend8_s,       "i32.extend8_s",       0x00, 0xc0, none, i_i, 0, sign_extension)
DOVETAIL_OP(i32_extend16_s,      "i32.extend16_s",      0x00, 0xc1, none, i_i, 0, sign_extension)
DOVETAIL_OP(i64_extend8_s,       "i64.extend8_s",       0x00, 0xc2, none, l_l, 0, sign_extension)
DOVETAIL_OP(i64_extend16_s,      "i64.extend16_s",      0x00, 0xc3, none, l_l, 0, sign_extension)
DOVETAIL_OP(i64_extend32_s,      "i64.extend32_s",      0x00, 0xc4, none, l_l, 0, sign_extension)
DOVETAIL_OP(i32_trunc_sat_f32_s, "i32.trunc_sat_f32_s", 0xfc, 0x00, none, f_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f32_u, "i32.trunc_sat_f32_u", 0xfc, 0x01, none, f_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f64_s, "i32.trunc_sat_f64_s", 0xfc, 0x02, none, d_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f64_u, "i32.trunc_sat_f64_u", 0xfc, 0x03, none, d_i, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f32_s, "i64.trunc_sat_f32_s", 0xfc, 0x04, none, f_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f32_u, "i64.trunc_sat_f32_u", 0xfc, 0x05, none, f_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f64_s, "i64.trunc_sat_f64_s", 0xfc, 0x06, none, d_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f64_u, "i64.trunc_sat_f64_u", 0xfc, 0x07, none, d_l, 0, saturating_conversion)

// Vector instructions (5.4.8): memory, constants, lanes. The width of a lane access is the lane.
DOVETAIL_OP(v128_load,            "v128.load",            0xfd, 0x00, memarg,      i_v,  16, simd)
DOVETAIL_OP(v128_load8x8_s,       "v128.load8x8_s",       0xfd, 0x01, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load8x8_u,       "v128.load8x8_u",       0xfd, 0x02, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load16x4_s,      "v128.load16x4_s",      0xfd, 0x03, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load16x4_u,      "v128.load16x4_u",      0xfd, 0x04, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32x2_s,      "v128.load32x2_s",      0xfd, 0x05, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32x2_u,      "v128.load32x2_u",      0xfd, 0x06, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load8_splat,     "v128.load8_splat",     0xfd, 0x07, memarg,      i_v,  1,  simd)
DOVETAIL_OP(v128_load16_splat,    "v128.load16_splat",    0xfd, 0x08, memarg,      i_v,  2,  simd)
DOVETAIL_OP(v128_load32_splat,    "v128.load32_splat",    0xfd, 0x09, memarg,      i_v,  4,  simd)
DOVETAIL_OP(v128_load64_splat,    "v128.load64_splat",    0xfd, 0x0a, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32_zero,     "v128.load32_zero",     0xfd, 0x5c, memarg,      i_v,  4,  simd)
DOVETAIL_OP(v128_load64_zero,     "v128.load64_zero",     0xfd, 0x5d, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_store,           "v128.store",           0xfd, 0x0b, memarg,      iv_n, 16, simd)
DOVETAIL_OP(v128_load8_lane,      "v128.load8_lane",      0xfd, 0x54, memarg_lane, iv_v, 1,  simd)
DOVETAIL_OP(v128_load16_lane,     "v128.load16_lane",     0xfd, 0x55, memarg_lane, iv_v, 2,  simd)
DOVETAIL_OP(v128_load32_lane,     "v128.load32_lane",     0xfd, 0x56, memarg_lane, iv_v, 4,  simd)
DOVETAIL_OP(v128_load64_lane,     "v128.load64_lane",     0xfd, 0x57, memarg_lane, iv_v, 8,  simd)
DOVETAIL_OP(v128_store8_lane,     "v128.store8_lane",     0xfd, 0x58, memarg_lane, iv_n, 1,  simd)
DOVETAIL_OP(v128_store16_lane,    "v128.store16_lane",    0xfd, 0x59, memarg_lane, iv_n, 2,  simd)
DOVETAIL_OP(v128_store32_lane,    "v128.store32_lane",    0xfd, 0x5a, memarg_lane, iv_n, 4,  simd)
DOVETAIL_OP(v128_store64_lane,    "v128.store64_lane",    0xfd, 0x5b, memarg_lane, iv_n, 8,  simd)
DOVETAIL_OP(v128_const,           "v128.const",           0xfd, 0x0c, v128,        n_v,  0,  simd)
DOVETAIL_OP(i8x16_shuffle,        "i8x16.shuffle",        0xfd, 0x0d, shuffle,     vv_v, 1,  simd)
DOVETAIL_OP(i8x16_swizzle,        "i8x16.swizzle",        0xfd, 0x0e, none,        vv_v, 0,  simd)
DOVETAIL_OP(i8x16_splat,          "i8x16.splat",          0xfd, 0x0f, none,        i_v,  0,  simd)
DOVETAIL_OP(i16x8_splat,          "i16x8.splat",          0xfd, 0x10, none,        i_v,  0,  simd)
DOVETAIL_OP(i32x4_splat,          "i32x4.splat",          0xfd, 0x11, none,        i_v,  0,  simd)
DOVETAIL_OP(i64x2_splat,          "i64x2.splat",          0xfd, 0x12, none,        l_v,  0,  simd)
DOVETAIL_OP(f32x4_splat,          "f32x4.splat",          0xfd, 0x13, none,        f_v,  0,  simd)
DOVETAIL_OP(f64x2_splat,          "f64x2.splat",          0xfd, 0x14, none,        d_v,  0,  simd)
DOVETAIL_OP(i8x16_extract_lane_s, "i8x16.extract_lane_s", 0xfd, 0x15, lane,        v_i,  1,  simd)
DOVETAIL_OP(i8x16_extract_lane_u, "i8x16.extract_lane_u", 0xfd, 0x16, lane,        v_i,  1,  simd)
DOVETAIL_OP(i8x16_replace_lane,   "i8x16.replace_lane",   0xfd, 0x17, lane,        vi_v, 1,  simd)
DOVETAIL_OP(i16x8_extract_lane_s, "i16x8.extract_lane_s", 0xfd, 0x18, lane,        v_i,  2,  simd)
DOVETAIL_OP(i16x8_extract_lane_u, "i16x8.extract_lane_u", 0xfd, 0x19, lane,        v_i,  2,  simd)
DOVETAIL_OP(i16x8_replace_lane,   "i16x8.replace_lane",   0xfd, 0x1a, lane,        vi_v, 2,  simd)
DOVETAIL_OP(i32x4_extract_lane,   "i32x4.extract_lane",   0xfd, 0x1b, lane,        v_i,  4,  simd)
DOVETAIL_OP(i32x4_replace_lane,   "i32x4.replace_lane",   0xfd, 0x1c, lane,        vi_v, 4,  simd)
DOVETAIL_OP(i64x2_extract_lane,   "i64x2.extract_lane",   0xfd, 0x1d, lane,        v_l,  8,  simd)
DOVETAIL_OP(i64x2_replace_lane,   "i64x2.replace_lane",   0xfd, 0x1e, lane,        vl_v, 8,  simd)
DOVETAIL_OP(f32x4_extract_lane,   "f32x4.extract_lane",   0xfd, 0x1f, lane,        v_f,  4,  simd)
DOVETAIL_OP(f32x4_replace_lane,   "f32x4.replace_lane",   0xfd, 0x20, lane,        vf_v, 4,  simd)
DOVETAIL_OP(f64x2_extract_lane,   "f64x2.extract_lane",   0xfd, 0x21, lane,        v_d,  8,  simd)
DOVETAIL_OP(f64x2_replace_lane,   "f64x2.replace_lane",   0xfd, 0x22, lane,        vd_v, 8,  simd)

// Vector comparisons.
DOVETAIL_OP(i8x16_eq,   "i8x16.eq",   0xfd, 0x23, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ne,   "i8x16.ne",   0xfd, 0x24, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_lt_s, "i8x16.lt_s", 0xfd, 0x25, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_lt_u, "i8x16.lt_u", 0xfd, 0x26, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_gt_s, "i8x16.gt_s", 0xfd, 0x27, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_gt_u, "i8x16.gt_u", 0xfd, 0x28, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_le_s, "i8x16.le_s", 0xfd, 0x29, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_le_u, "i8x16.le_u", 0xfd, 0x2a, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ge_s, "i8x16.ge_s", 0xfd, 0x2b, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ge_u, "i8x16.ge_u", 0xfd, 0x2c, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_eq,   "i16x8.eq",   0xfd, 0x2d, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ne,   "i16x8.ne",   0xfd, 0x2e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_lt_s, "i16x8.lt_s", 0xfd, 0x2f, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_lt_u, "i16x8.lt_u", 0xfd, 0x30, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_gt_s, "i16x8.gt_s", 0xfd, 0x31, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_gt_u, "i16x8.gt_u", 0xfd, 0x32, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_le_s, "i16x8.le_s", 0xfd, 0x33, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_le_u, "i16x8.le_u", 0xfd, 0x34, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ge_s, "i16x8.ge_s", 0xfd, 0x35, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ge_u, "i16x8.ge_u", 0xfd, 0x36, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_eq,   "i32x4.eq",   0xfd, 0x37, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ne,   "i32x4.ne",   0xfd, 0x38, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_lt_s, "i32x4.lt_s", 0xfd, 0x39, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_lt_u, "i32x4.lt_u", 0xfd, 0x3a, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_gt_s, "i32x4.gt_s", 0xfd, 0x3b, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_gt_u, "i32x4.gt_u", 0xfd, 0x3c, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_le_s, "i32x4.le_s", 0xfd, 0x3d, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_le_u, "i32x4.le_u", 0xfd, 0x3e, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ge_s, "i32x4.ge_s", 0xfd, 0x3f, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ge_u, "i32x4.ge_u", 0xfd, 0x40, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_eq,   "i64x2.eq",   0xfd, 0xd6, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_ne,   "i64x2.ne",   0xfd, 0xd7, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_lt_s, "i64x2.lt_s", 0xfd, 0xd8, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_gt_s, "i64x2.gt_s", 0xfd, 0xd9, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_le_s, "i64x2.le_s", 0xfd, 0xda, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_ge_s, "i64x2.ge_s", 0xfd, 0xdb, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_eq,   "f32x4.eq",   0xfd, 0x41, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_ne,   "f32x4.ne",   0xfd, 0x42, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_lt,   "f32x4.lt",   0xfd, 0x43, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_gt,   "f32x4.gt",   0xfd, 0x44, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_le,   "f32x4.le",   0xfd, 0x45, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_ge,   "f32x4.ge",   0xfd, 0x46, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_eq,   "f64x2.eq",   0xfd, 0x47, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_ne,   "f64x2.ne",   0xfd, 0x48, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_lt,   "f64x2.lt",   0xfd, 0x49, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_gt,   "f64x2.gt",   0xfd, 0x4a, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_le,   "f64x2.le",   0xfd, 0x4b, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_ge,   "f64x2.ge",   0xfd, 0x4c, none, vv_v, 0, simd)

// Vector bitwise instructions.
DOVETAIL_OP(v128_not,       "v128.not",       0xfd, 0x4d, none, v_v,   0, simd)
DOVETAIL_OP(v128_and,       "v128.and",       0xfd, 0x4e, none, vv_v,  0, simd)
DOVETAIL_OP(v128_andnot,    "v128.andnot",    0xfd, 0x4f, none, vv_v,  0, simd)
DOVETAIL_OP(v128_or,        "v128.or",        0xfd, 0x50, none, vv_v,  0, simd)
DOVETAIL_OP(v128_xor,       "v128.xor",       0xfd, 0x51, none, vv_v,  0, simd)
DOVETAIL_OP(v128_bitselect, "v128.bitselect", 0xfd, 0x52, none, vvv_v, 0, simd)
DOVETAIL_OP(v128_any_true,  "v128.any_true",  0xfd, 0x53, none, v_i,   0, simd)

// Vector integer arithmetic.
DOVETAIL_OP(i8x16_abs,                     "i8x16.abs",                     0xfd, 0x60, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_neg,                     "i8x16.neg",                     0xfd, 0x61, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_popcnt,                  "i8x16.popcnt",                  0xfd, 0x62, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_all_true,                "i8x16.all_true",                0xfd, 0x63, none, v_i,  0, simd)
DOVETAIL_OP(i8x16_bitmask,                 "i8x16.bitmask",                 0xfd, 0x64, none, v_i,  0, simd)
DOVETAIL_OP(i8x16_narrow_i16x8_s,          "i8x16.narrow_i16x8_s",          0xfd, 0x65, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_narrow_i16x8_u,          "i8x16.narrow_i16x8_u",          0xfd, 0x66, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_shl,                     "i8x16.shl",                     0xfd, 0x6b, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_shr_s,                   "i8x16.shr_s",                   0xfd, 0x6c, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_shr_u,                   "i8x16.shr_u",                   0xfd, 0x6d, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_add,                     "i8x16.add",                     0xfd, 0x6e, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_add_sat_s,               "i8x16.add_sat_s",               0xfd, 0x6f, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_add_sat_u,               "i8x16.add_sat_u",               0xfd, 0x70, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub,                     "i8x16.sub",                     0xfd, 0x71, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub_sat_s,               "i8x16.sub_sat_s",               0xfd, 0x72, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub_sat_u,               "i8x16.sub_sat_u",               0xfd, 0x73, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_min_s,                   "i8x16.min_s",                   0xfd, 0x76, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_min_u,                   "i8x16.min_u",                   0xfd, 0x77, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_max_s,                   "i8x16.max_s",                   0xfd, 0x78, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_max_u,                   "i8x16.max_u",                   0xfd, 0x79, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_avgr_u,                  "i8x16.avgr_u",                  0xfd, 0x7b, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extadd_pairwise_i8x16_s, "i16x8.extadd_pairwise_i8x16_s", 0xfd, 0x7c, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extadd_pairwise_i8x16_u, "i16x8.extadd_pairwise_i8x16_u", 0xfd, 0x7d, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extadd_pairwise_i16x8_s, "i32x4.extadd_pairwise_i16x8_s", 0xfd, 0x7e, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extadd_pairwise_i16x8_u, "i32x4.extadd_pairwise_i16x8_u", 0xfd, 0x7f, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_abs,                     "i16x8.abs",                     0xfd, 0x80, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_neg,                     "i16x8.neg",                     0xfd, 0x81, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_q15mulr_sat_s,           "i16x8.q15mulr_sat_s",           0xfd, 0x82, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_all_true,                "i16x8.all_true",                0xfd, 0x83, none, v_i,  0, simd)
DOVETAIL_OP(i16x8_bitmask,                 "i16x8.bitmask",                 0xfd, 0x84, none, v_i,  0, simd)
DOVETAIL_OP(i16x8_narrow_i32x4_s,          "i16x8.narrow_i32x4_s",          0xfd, 0x85, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_narrow_i32x4_u,          "i16x8.narrow_i32x4_u",          0xfd, 0x86, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extend_low_i8x16_s,      "i16x8.extend_low_i8x16_s",      0xfd, 0x87, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_high_i8x16_s,     "i16x8.extend_high_i8x16_s",     0xfd, 0x88, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_low_i8x16_u,      "i16x8.extend_low_i8x16_u",      0xfd, 0x89, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_high_i8x16_u,     "i16x8.extend_high_i8x16_u",     0xfd, 0x8a, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_shl,                     "i16x8.shl",                     0xfd, 0x8b, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_shr_s,                   "i16x8.shr_s",                   0xfd, 0x8c, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_shr_u,                   "i16x8.shr_u",                   0xfd, 0x8d, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_add,                     "i16x8.add",                     0xfd, 0x8e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_add_sat_s,               "i16x8.add_sat_s",               0xfd, 0x8f, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_add_sat_u,               "i16x8.add_sat_u",               0xfd, 0x90, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub,                     "i16x8.sub",                     0xfd, 0x91, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub_sat_s,               "i16x8.sub_sat_s",               0xfd, 0x92, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub_sat_u,               "i16x8.sub_sat_u",               0xfd, 0x93, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_mul,                     "i16x8.mul",                     0xfd, 0x95, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_min_s,                   "i16x8.min_s",                   0xfd, 0x96, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_min_u,                   "i16x8.min_u",                   0xfd, 0x97, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_max_s,                   "i16x8.max_s",                   0xfd, 0x98, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_max_u,                   "i16x8.max_u",                   0xfd, 0x99, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_avgr_u,                  "i16x8.avgr_u",                  0xfd, 0x9b, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_low_i8x16_s,      "i16x8.extmul_low_i8x16_s",      0xfd, 0x9c, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_high_i8x16_s,     "i16x8.extmul_high_i8x16_s",     0xfd, 0x9d, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_low_i8x16_u,      "i16x8.extmul_low_i8x16_u",      0xfd, 0x9e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_high_i8x16_u,     "i16x8.extmul_high_i8x16_u",     0xfd, 0x9f, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_abs,                     "i32x4.abs",                     0xfd, 0xa0, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_neg,                     "i32x4.neg",                     0xfd, 0xa1, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_all_true,                "i32x4.all_true",                0xfd, 0xa3, none, v_i,  0, simd)
DOVETAIL_OP(i32x4_bitmask,                 "i32x4.bitmask",                 0xfd, 0xa4, none, v_i,  0, simd)
DOVETAIL_OP(i32x4_extend_low_i16x8_s,      "i32x4.extend_low_i16x8_s",      0xfd, 0xa7, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_high_i16x8_s,     "i32x4.extend_high_i16x8_s",     0xfd, 0xa8, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_low_i16x8_u,      "i32x4.extend_low_i16x8_u",      0xfd, 0xa9, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_high_i16x8_u,     "i32x4.extend_high_i16x8_u",     0xfd, 0xaa, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_shl,                     "i32x4.shl",                     0xfd, 0xab, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_shr_s,                   "i32x4.shr_s",                   0xfd, 0xac, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_shr_u,                   "i32x4.shr_u",                   0xfd, 0xad, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_add,                     "i32x4.add",                     0xfd, 0xae, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_sub,                     "i32x4.sub",                     0xfd, 0xb1, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_mul,                     "i32x4.mul",                     0xfd, 0xb5, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_min_s,                   "i32x4.min_s",                   0xfd, 0xb6, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_min_u,                   "i32x4.min_u",                   0xfd, 0xb7, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_max_s,                   "i32x4.max_s",                   0xfd, 0xb8, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_max_u,                   "i32x4.max_u",                   0xfd, 0xb9, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_dot_i16x8_s,             "i32x4.dot_i16x8_s",             0xfd, 0xba, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_low_i16x8_s,      "i32x4.extmul_low_i16x8_s",      0xfd, 0xbc, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_high_i16x8_s,     "i32x4.extmul_high_i16x8_s",     0xfd, 0xbd, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_low_i16x8_u,      "i32x4.extmul_low_i16x8_u",      0xfd, 0xbe, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_high_i16x8_u,     "i32x4.extmul_high_i16x8_u",     0xfd, 0xbf, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_abs,                     "i64x2.abs",                     0xfd, 0xc0, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_neg,                     "i64x2.neg",                     0xfd, 0xc1, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_all_true,                "i64x2.all_true",                0xfd, 0xc3, none, v_i,  0, simd)
DOVETAIL_OP(i64x2_bitmask,                 "i64x2.bitmask",                 0xfd, 0xc4, none, v_i,  0, simd)
DOVETAIL_OP(i64x2_extend_low_i32x4_s,      "i64x2.extend_low_i32x4_s",      0xfd, 0xc7, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_high_i32x4_s,     "i64x2.extend_high_i32x4_s",     0xfd, 0xc8, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_low_i32x4_u,      "i64x2.extend_low_i32x4_u",      0xfd, 0xc9, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_high_i32x4_u,     "i64x2.extend_high_i32x4_u",     0xfd, 0xca, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_shl,                     "i64x2.shl",                     0xfd, 0xcb, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_shr_s,                   "i64x2.shr_s",                   0xfd, 0xcc, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_shr_u,                   "i64x2.shr_u",                   0xfd, 0xcd, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_add,                     "i64x2.add",                     0xfd, 0xce, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_sub,                     "i64x2.sub",                     0xfd, 0xd1, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_mul,                     "i64x2.mul",                     0xfd, 0xd5, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_low_i32x4_s,      "i64x2.extmul_low_i32x4_s",      0xfd, 0xdc, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_high_i32x4_s,     "i64x2.extmul_high_i32x4_s",     0xfd, 0xdd, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_low_i32x4_u,      "i64x2.extmul_low_i32x4_u",      0xfd, 0xde, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_high_i32x4_u,     "i64x2.extmul_high_i32x4_u",     0xfd, 0xdf, none, vv_v, 0, simd)

// Vector float arithmetic.
DOVETAIL_OP(f32x4_ceil,    "f32x4.ceil",    0xfd, 0x67, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_floor,   "f32x4.floor",   0xfd, 0x68, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_trunc,   "f32x4.trunc",   0xfd, 0x69, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_nearest, "f32x4.nearest", 0xfd, 0x6a, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_ceil,    "f64x2.ceil",    0xfd, 0x74, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_floor,   "f64x2.floor",   0xfd, 0x75, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_trunc,   "f64x2.trunc",   0xfd, 0x7a, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_nearest, "f64x2.nearest", 0xfd, 0x94, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_abs,     "f32x4.abs",     0xfd, 0xe0, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_neg,     "f32x4.neg",     0xfd, 0xe1, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_sqrt,    "f32x4.sqrt",    0xfd, 0xe3, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_add,     "f32x4.add",     0xfd, 0xe4, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_sub,     "f32x4.sub",     0xfd, 0xe5, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_mul,     "f32x4.mul",     0xfd, 0xe6, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_div,     "f32x4.div",     0xfd, 0xe7, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_min,     "f32x4.min",     0xfd, 0xe8, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_max,     "f32x4.max",     0xfd, 0xe9, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_pmin,    "f32x4.pmin",    0xfd, 0xea, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_pmax,    "f32x4.pmax",    0xfd, 0xeb, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_abs,     "f64x2.abs",     0xfd, 0xec, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_neg,     "f64x2.neg",     0xfd, 0xed, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_sqrt,    "f64x2.sqrt",    0xfd, 0xef, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_add,     "f64x2.add",     0xfd, 0xf0, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_sub,     "f64x2.sub",     0xfd, 0xf1, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_mul,     "f64x2.mul",     0xfd, 0xf2, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_div,     "f64x2.div",     0xfd, 0xf3, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_min,     "f64x2.min",     0xfd, 0xf4, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_max,     "f64x2.max",     0xfd, 0xf5, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_pmin,    "f64x2.pmin",    0xfd, 0xf6, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_pmax,    "f64x2.pmax",    0xfd, 0xf7, none, vv_v, 0, simd)

// Vector conversions.
DOVETAIL_OP(i32x4_trunc_sat_f32x4_s,      "i32x4.trunc_sat_f32x4_s",      0xfd, 0xf8, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f32x4_u,      "i32x4.trunc_sat_f32x4_u",      0xfd, 0xf9, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_convert_i32x4_s,        "f32x4.convert_i32x4_s",        0xfd, 0xfa, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_convert_i32x4_u,        "f32x4.convert_i32x4_u",        0xfd, 0xfb, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f64x2_s_zero, "i32x4.trunc_sat_f64x2_s_zero", 0xfd, 0xfc, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f64x2_u_zero, "i32x4.trunc_sat_f64x2_u_zero", 0xfd, 0xfd, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_convert_low_i32x4_s,    "f64x2.convert_low_i32x4_s",    0xfd, 0xfe, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_convert_low_i32x4_u,    "f64x2.convert_low_i32x4_u",    0xfd, 0xff, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_demote_f64x2_zero,      "f32x4.demote_f64x2_zero",      0xfd, 0x5e, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_promote_low_f32x4,      "f64x2.promote_low_f32x4",      0xfd, 0x5f, none, v_v, 0, simd)

// Relaxed vector instructions: results that processors differ in.
DOVETAIL_OP(i8x16_relaxed_swizzle,               "i8x16.relaxed_swizzle",               0xfd, 0x100, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f32x4_s,         "i32x4.relaxed_trunc_f32x4_s",         0xfd, 0x101, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f32x4_u,         "i32x4.relaxed_trunc_f32x4_u",         0xfd, 0x102, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f64x2_s_zero,    "i32x4.relaxed_trunc_f64x2_s_zero",    0xfd, 0x103, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f64x2_u_zero,    "i32x4.relaxed_trunc_f64x2_u_zero",    0xfd, 0x104, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_madd,                  "f32x4.relaxed_madd",                  0xfd, 0x105, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_nmadd,                 "f32x4.relaxed_nmadd",                 0xfd, 0x106, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_madd,                  "f64x2.relaxed_madd",                  0xfd, 0x107, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_nmadd,                 "f64x2.relaxed_nmadd",                 0xfd, 0x108, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i8x16_relaxed_laneselect,            "i8x16.relaxed_laneselect",            0xfd, 0x109, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_laneselect,            "i16x8.relaxed_laneselect",            0xfd, 0x10a, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_laneselect,            "i32x4.relaxed_laneselect",            0xfd, 0x10b, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i64x2_relaxed_laneselect,            "i64x2.relaxed_laneselect",            0xfd, 0x10c, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_min,                   "f32x4.relaxed_min",                   0xfd, 0x10d, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_max,                   "f32x4.relaxed_max",                   0xfd, 0x10e, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_min,                   "f64x2.relaxed_min",                   0xfd, 0x10f, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_max,                   "f64x2.relaxed_max",                   0xfd, 0x110, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_q15mulr_s,             "i16x8.relaxed_q15mulr_s",             0xfd, 0x111, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_dot_i8x16_i7x16_s,     "i16x8.relaxed_dot_i8x16_i7x16_s",     0xfd, 0x112, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_dot_i8x16_i7x16_add_s, "i32x4.relaxed_dot_i8x16_i7x16_add_s", 0xfd, 0x113, none, vvv_v, 0, relaxed_simd)
// clang-format on
#undef DOVETAIL_OP

#undef DOVETAIL_H
#undef DOVETAIL_OPERATOR
#undef DOVETAIL_S
#undef DOVETAIL_A
#undef DOVETAIL_K
#undef DOVETAIL_BINARY
#undef DOVETAIL_UNARY
#undef DOVETAIL_BRANCHING
#undef DOVETAIL_COMPARISON
#undef DOVETAIL_TEST
#undef DOVETAIL_COUNTING
#undef DOVETAIL_LOADING
#undef DOVETAIL_STORING
#undef DOVETAIL_NEAR_AND_FAR
#undef DOVETAIL_HANDLERS_special
#undef DOVETAIL_HANDLERS_ii_i
#undef DOVETAIL_HANDLERS_ll_l
#undef DOVETAIL_HANDLERS_ff_f
#undef DOVETAIL_HANDLERS_dd_d
#undef DOVETAIL_HANDLERS_ii_b
#undef DOVETAIL_HANDLERS_ll_b
#undef DOVETAIL_HANDLERS_ff_b
#undef DOVETAIL_HANDLERS_dd_b
#undef DOVETAIL_HANDLERS_i_b
#undef DOVETAIL_HANDLERS_l_b
#undef DOVETAIL_HANDLERS_i_i
#undef DOVETAIL_HANDLERS_l_l
#undef DOVETAIL_HANDLERS_f_f
#undef DOVETAIL_HANDLERS_d_d
#undef DOVETAIL_HANDLERS_i_l
#undef DOVETAIL_HANDLERS_i_f
#undef DOVETAIL_HANDLERS_i_d
#undef DOVETAIL_HANDLERS_l_i
#undef DOVETAIL_HANDLERS_l_f
#undef DOVETAIL_HANDLERS_l_d
#undef DOVETAIL_HANDLERS_f_i
#undef DOVETAIL_HANDLERS_f_l
#undef DOVETAIL_HANDLERS_f_d
#undef DOVETAIL_HANDLERS_d_i
#undef DOVETAIL_HANDLERS_d_l
#undef DOVETAIL_HANDLERS_d_f
#undef DOVETAIL_HANDLERS_i_v
#undef DOVETAIL_HANDLERS_l_v
#undef DOVETAIL_HANDLERS_f_v
#undef DOVETAIL_HANDLERS_d_v
#undef DOVETAIL_HANDLERS_v_i
#undef DOVETAIL_HANDLERS_v_v
#undef DOVETAIL_HANDLERS_vv_v
#undef DOVETAIL_HANDLERS_vi_v
#undef DOVETAIL_HANDLERS_vvv_v
#undef DOVETAIL_ACCESS_i_i
#undef DOVETAIL_ACCESS_i_l
#undef DOVETAIL_ACCESS_i_f
#undef DOVETAIL_ACCESS_i_d
#undef DOVETAIL_ACCESS_ii_n
#undef DOVETAIL_ACCESS_il_n
#undef DOVETAIL_ACCESS_if_n
#undef DOVETAIL_ACCESS_id_n
#undef DOVETAIL_ACCESS_i_v
#undef DOVETAIL_ACCESS_iv_n
#undef DOVETAIL_LANE_ACCESS_iv_v
#undef DOVETAIL_LANE_ACCESS_iv_n
#undef DOVETAIL_LANE_v_i
#undef DOVETAIL_LANE_v_l
#undef DOVETAIL_LANE_v_f
#undef DOVETAIL_LANE_v_d
#undef DOVETAIL_LANE_vi_v
#undef DOVETAIL_LANE_vl_v
#undef DOVETAIL_LANE_vf_v
#undef DOVETAIL_LANE_vd_v
#undef DOVETAIL_WITH_none
#undef DOVETAIL_WITH_memarg
#undef DOVETAIL_WITH_block_type
#undef DOVETAIL_WITH_label
#undef DOVETAIL_WITH_label_table
#undef DOVETAIL_WITH_function
#undef DOVETAIL_WITH_type
#undef DOVETAIL_WITH_call_indirect
#undef DOVETAIL_WITH_value_types
#undef DOVETAIL_WITH_local
#undef DOVETAIL_WITH_global
#undef DOVETAIL_WITH_table
#undef DOVETAIL_WITH_table_table
#undef DOVETAIL_WITH_element
#undef DOVETAIL_WITH_element_table
#undef DOVETAIL_WITH_memory
#undef DOVETAIL_WITH_memory_memory
#undef DOVETAIL_WITH_data
#undef DOVETAIL_WITH_data_memory
#undef DOVETAIL_WITH_memarg_lane
#undef DOVETAIL_WITH_lane
#undef DOVETAIL_WITH_shuffle
#undef DOVETAIL_WITH_heap_type
#undef DOVETAIL_WITH_i32
#undef DOVETAIL_WITH_i64
#undef DOVETAIL_WITH_f32
#undef DOVETAIL_WITH_f64
#undef DOVETAIL_WITH_v128
#undef DOVETAIL_OTHER_HANDLERS
#undef DOVETAIL_OF_mvp
#undef DOVETAIL_OF_multi_value
#undef DOVETAIL_OF_sign_extension
#undef DOVETAIL_OF_saturating_conversion
#undef DOVETAIL_OF_bulk_memory
#undef DOVETAIL_OF_reference_types
#undef DOVETAIL_OF_simd
#undef DOVETAIL_OF_multi_memory
#undef DOVETAIL_OF_tail_call
#undef DOVETAIL_OF_extended_const
#undef DOVETAIL_OF_memory64
#undef DOVETAIL_OF_function_references
#undef DOVETAIL_OF_relaxed_simd
// clang-format on
      // clang-format on
    }
    DOVETAIL_UNREACHABLE();
  }
};

namespace detail {
template <bool HasTailCalls>
struct best_dispatch {
  using type = tail_call_dispatch;
};
template <>
struct best_dispatch<false> {
#if DOVETAIL_HAS_COMPUTED_GOTO
  using type = computed_goto_dispatch;
#else
  using type = switch_dispatch;
#endif
};
}  // namespace detail

/// The quickest the compiler can guarantee.
using default_dispatch = detail::best_dispatch<platform::has_tail_calls>::type;

/// A dispatch policy.
template <class D>
concept dispatch_policy = requires(execution& x, const cell* pc, slot* frame) {
  { D::template table<checked_memory, handler_controls{}>() } -> std::same_as<heads>;
  D::template run<checked_memory, handler_controls{}>(x, pc, frame);
};

}  // namespace dovetail::interpreting

// ---- dovetail/interpreter/names.hpp

// What the emitter calls values, and which accumulator they use.

namespace dovetail::interpreting {

/// The accumulators.
enum class bank : std::uint8_t { integer, f32, f64 };
inline constexpr std::size_t bank_count = 3;

[[nodiscard]] constexpr bank bank_of(value_type type) {
  return type == value_type::f32 ? bank::f32 : type == value_type::f64 ? bank::f64 : bank::integer;
}

/// A value: a slot of the frame (a local or a temporary), or a constant that no code has been
/// emitted for.
struct name {
  std::uint64_t bits = 0;  ///< of a constant
  std::uint32_t slot = 0;
  bool is_constant = false;
  bank home = bank::integer;  ///< the accumulator of its type
  bool is_wide = false;       ///< a constant of 64 bits
  bool is_vector = false;     ///< two slots, or a constant whose number is `bits`
};
static_assert(sizeof(name) == 16 && std::is_trivially_copyable_v<name>);

[[nodiscard]] constexpr name slot_name(std::uint32_t slot, value_type type) {
  return {0, slot, false, bank_of(type), false, type.is_vector()};
}
[[nodiscard]] constexpr name constant_name(std::uint64_t bits, value_type type) {
  return {bits,
          0,
          true,
          bank_of(type),
          type != value_type::i32 && type != value_type::f32,
          type.is_vector()};
}

/// Whether a constant fits the 32 bits of a cell (see operands.hpp), and those bits.
[[nodiscard]] inline bool fits_cell(const name& n, std::uint32_t& k) {
  if (n.home == bank::f64) {
    const auto v = std::bit_cast<double>(n.bits);
    const auto narrow = static_cast<float>(v);
    k = std::bit_cast<std::uint32_t>(narrow);
    // NaNs and what a float rounds do not come back as they were.
    return std::bit_cast<std::uint64_t>(static_cast<double>(narrow)) == n.bits && narrow == narrow;
  }
  k = static_cast<std::uint32_t>(n.bits);
  if (!n.is_wide) return true;
  return static_cast<std::uint64_t>(static_cast<std::int64_t>(static_cast<std::int32_t>(k))) ==
         n.bits;
}
/// Whether a number fits 16 bits, sign-extended.
[[nodiscard]] constexpr bool is_half(std::int64_t k) { return k >= -32'768 && k <= 32'767; }
/// Whether an integer constant does.
[[nodiscard]] inline bool fits_half(const name& n) {
  const std::int64_t v = n.is_wide ? static_cast<std::int64_t>(n.bits)
                                   : static_cast<std::int32_t>(static_cast<std::uint32_t>(n.bits));
  return n.home == bank::integer && is_half(v);
}

namespace detail {
constexpr value_type result_of(std::string_view signature) {
  if (signature == "special") return value_type::i32;
  const shape_types types = dovetail::detail::parse_shape(signature);
  return types.has_result ? types.result : value_type::i32;
}
inline constexpr value_type result_types[] = {
#define DOVETAIL_OP(NAME, TEXT, PREFIX, CODE, IMMEDIATE, SIGNATURE, WIDTH, FEATURE) \
  result_of(#SIGNATURE),
// Every operator of 3.0 but garbage collection and exceptions: NAME, TEXT, PREFIX, CODE, IMMEDIATE,
// SIGNATURE, WIDTH, FEATURE. A signature lists operand, then result types (i l f d v: i32 i64 f32
// f64 v128, b: an i32 that is a truth value, n: none); the pass types "special" rows.

// clang-format off

// Control instructions (core specification 5.4.1).
DOVETAIL_OP(unreachable,   "unreachable",   0x00, 0x00, none,          special, 0, mvp)
DOVETAIL_OP(nop,           "nop",           0x00, 0x01, none,          special, 0, mvp)
DOVETAIL_OP(block,         "block",         0x00, 0x02, block_type,    special, 0, mvp)
DOVETAIL_OP(loop,          "loop",          0x00, 0x03, block_type,    special, 0, mvp)
DOVETAIL_OP(if_,           "if",            0x00, 0x04, block_type,    special, 0, mvp)
DOVETAIL_OP(else_,         "else",          0x00, 0x05, none,          special, 0, mvp)
DOVETAIL_OP(end,           "end",           0x00, 0x0b, none,          special, 0, mvp)
DOVETAIL_OP(br,            "br",            0x00, 0x0c, label,         special, 0, mvp)
DOVETAIL_OP(br_if,         "br_if",         0x00, 0x0d, label,         special, 0, mvp)
DOVETAIL_OP(br_table,      "br_table",      0x00, 0x0e, label_table,   special, 0, mvp)
DOVETAIL_OP(return_,       "return",        0x00, 0x0f, none,          special, 0, mvp)
DOVETAIL_OP(call,          "call",          0x00, 0x10, function,      special, 0, mvp)
DOVETAIL_OP(call_indirect, "call_indirect", 0x00, 0x11, call_indirect, special, 0, mvp)

DOVETAIL_OP(return_call,          "return_call",          0x00, 0x12, function,      special, 0, tail_call)
DOVETAIL_OP(return_call_indirect, "return_call_indirect", 0x00, 0x13, call_indirect, special, 0, tail_call)
DOVETAIL_OP(call_ref,             "call_ref",             0x00, 0x14, type,          special, 0, function_references)
DOVETAIL_OP(return_call_ref,      "return_call_ref",      0x00, 0x15, type,          special, 0, function_references)
DOVETAIL_OP(br_on_null,           "br_on_null",           0x00, 0xd5, label,         special, 0, function_references)
DOVETAIL_OP(br_on_non_null,       "br_on_non_null",       0x00, 0xd6, label,         special, 0, function_references)

// Reference instructions (5.4.2).
DOVETAIL_OP(ref_null,    "ref.null",    0x00, 0xd0, heap_type, special, 0, reference_types)
DOVETAIL_OP(ref_is_null, "ref.is_null", 0x00, 0xd1, none,      special, 0, reference_types)
DOVETAIL_OP(ref_func,    "ref.func",    0x00, 0xd2, function,  special, 0, reference_types)
DOVETAIL_OP(ref_as_non_null, "ref.as_non_null", 0x00, 0xd4, none, special, 0, function_references)

// Parametric instructions (5.4.3).
DOVETAIL_OP(drop,         "drop",   0x00, 0x1a, none,        special, 0, mvp)
DOVETAIL_OP(select,       "select", 0x00, 0x1b, none,        special, 0, mvp)
DOVETAIL_OP(select_typed, "select", 0x00, 0x1c, value_types, special, 0, reference_types)

// Variable instructions (5.4.4).
DOVETAIL_OP(local_get,  "local.get",  0x00, 0x20, local,  special, 0, mvp)
DOVETAIL_OP(local_set,  "local.set",  0x00, 0x21, local,  special, 0, mvp)
DOVETAIL_OP(local_tee,  "local.tee",  0x00, 0x22, local,  special, 0, mvp)
DOVETAIL_OP(global_get, "global.get", 0x00, 0x23, global, special, 0, mvp)
DOVETAIL_OP(global_set, "global.set", 0x00, 0x24, global, special, 0, mvp)

// Table instructions (5.4.5).
DOVETAIL_OP(table_get,  "table.get",  0x00, 0x25, table,         special, 0, reference_types)
DOVETAIL_OP(table_set,  "table.set",  0x00, 0x26, table,         special, 0, reference_types)
DOVETAIL_OP(table_init, "table.init", 0xfc, 0x0c, element_table, special, 0, bulk_memory)
DOVETAIL_OP(elem_drop,  "elem.drop",  0xfc, 0x0d, element,       special, 0, bulk_memory)
DOVETAIL_OP(table_copy, "table.copy", 0xfc, 0x0e, table_table,   special, 0, bulk_memory)
DOVETAIL_OP(table_grow, "table.grow", 0xfc, 0x0f, table,         special, 0, reference_types)
DOVETAIL_OP(table_size, "table.size", 0xfc, 0x10, table,         special, 0, reference_types)
DOVETAIL_OP(table_fill, "table.fill", 0xfc, 0x11, table,         special, 0, reference_types)

// Memory instructions (5.4.6): an address and an offset, then the width of the access in bytes.
DOVETAIL_OP(i32_load,     "i32.load",     0x00, 0x28, memarg,        i_i,     4, mvp)
DOVETAIL_OP(i64_load,     "i64.load",     0x00, 0x29, memarg,        i_l,     8, mvp)
DOVETAIL_OP(f32_load,     "f32.load",     0x00, 0x2a, memarg,        i_f,     4, mvp)
DOVETAIL_OP(f64_load,     "f64.load",     0x00, 0x2b, memarg,        i_d,     8, mvp)
DOVETAIL_OP(i32_load8_s,  "i32.load8_s",  0x00, 0x2c, memarg,        i_i,     1, mvp)
DOVETAIL_OP(i32_load8_u,  "i32.load8_u",  0x00, 0x2d, memarg,        i_i,     1, mvp)
DOVETAIL_OP(i32_load16_s, "i32.load16_s", 0x00, 0x2e, memarg,        i_i,     2, mvp)
DOVETAIL_OP(i32_load16_u, "i32.load16_u", 0x00, 0x2f, memarg,        i_i,     2, mvp)
DOVETAIL_OP(i64_load8_s,  "i64.load8_s",  0x00, 0x30, memarg,        i_l,     1, mvp)
DOVETAIL_OP(i64_load8_u,  "i64.load8_u",  0x00, 0x31, memarg,        i_l,     1, mvp)
DOVETAIL_OP(i64_load16_s, "i64.load16_s", 0x00, 0x32, memarg,        i_l,     2, mvp)
DOVETAIL_OP(i64_load16_u, "i64.load16_u", 0x00, 0x33, memarg,        i_l,     2, mvp)
DOVETAIL_OP(i64_load32_s, "i64.load32_s", 0x00, 0x34, memarg,        i_l,     4, mvp)
DOVETAIL_OP(i64_load32_u, "i64.load32_u", 0x00, 0x35, memarg,        i_l,     4, mvp)
DOVETAIL_OP(i32_store,    "i32.store",    0x00, 0x36, memarg,        ii_n,    4, mvp)
DOVETAIL_OP(i64_store,    "i64.store",    0x00, 0x37, memarg,        il_n,    8, mvp)
DOVETAIL_OP(f32_store,    "f32.store",    0x00, 0x38, memarg,        if_n,    4, mvp)
DOVETAIL_OP(f64_store,    "f64.store",    0x00, 0x39, memarg,        id_n,    8, mvp)
DOVETAIL_OP(i32_store8,   "i32.store8",   0x00, 0x3a, memarg,        ii_n,    1, mvp)
DOVETAIL_OP(i32_store16,  "i32.store16",  0x00, 0x3b, memarg,        ii_n,    2, mvp)
DOVETAIL_OP(i64_store8,   "i64.store8",   0x00, 0x3c, memarg,        il_n,    1, mvp)
DOVETAIL_OP(i64_store16,  "i64.store16",  0x00, 0x3d, memarg,        il_n,    2, mvp)
DOVETAIL_OP(i64_store32,  "i64.store32",  0x00, 0x3e, memarg,        il_n,    4, mvp)
DOVETAIL_OP(memory_size,  "memory.size",  0x00, 0x3f, memory,        special, 0, mvp)
DOVETAIL_OP(memory_grow,  "memory.grow",  0x00, 0x40, memory,        special, 0, mvp)
DOVETAIL_OP(memory_init,  "memory.init",  0xfc, 0x08, data_memory,   special, 0, bulk_memory)
DOVETAIL_OP(data_drop,    "data.drop",    0xfc, 0x09, data,          special, 0, bulk_memory)
DOVETAIL_OP(memory_copy,  "memory.copy",  0xfc, 0x0a, memory_memory, special, 0, bulk_memory)
DOVETAIL_OP(memory_fill,  "memory.fill",  0xfc, 0x0b, memory,        special, 0, bulk_memory)

// Numeric instructions (5.4.7): constants.
DOVETAIL_OP(i32_const, "i32.const", 0x00, 0x41, i32, n_i, 0, mvp)
DOVETAIL_OP(i64_const, "i64.const", 0x00, 0x42, i64, n_l, 0, mvp)
DOVETAIL_OP(f32_const, "f32.const", 0x00, 0x43, f32, n_f, 0, mvp)
DOVETAIL_OP(f64_const, "f64.const", 0x00, 0x44, f64, n_d, 0, mvp)

// Integer comparisons.
DOVETAIL_OP(i32_eqz,  "i32.eqz",  0x00, 0x45, none, i_b,  0, mvp)
DOVETAIL_OP(i32_eq,   "i32.eq",   0x00, 0x46, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ne,   "i32.ne",   0x00, 0x47, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_lt_s, "i32.lt_s", 0x00, 0x48, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_lt_u, "i32.lt_u", 0x00, 0x49, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_gt_s, "i32.gt_s", 0x00, 0x4a, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_gt_u, "i32.gt_u", 0x00, 0x4b, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_le_s, "i32.le_s", 0x00, 0x4c, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_le_u, "i32.le_u", 0x00, 0x4d, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ge_s, "i32.ge_s", 0x00, 0x4e, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ge_u, "i32.ge_u", 0x00, 0x4f, none, ii_b, 0, mvp)
DOVETAIL_OP(i64_eqz,  "i64.eqz",  0x00, 0x50, none, l_b,  0, mvp)
DOVETAIL_OP(i64_eq,   "i64.eq",   0x00, 0x51, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ne,   "i64.ne",   0x00, 0x52, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_lt_s, "i64.lt_s", 0x00, 0x53, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_lt_u, "i64.lt_u", 0x00, 0x54, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_gt_s, "i64.gt_s", 0x00, 0x55, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_gt_u, "i64.gt_u", 0x00, 0x56, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_le_s, "i64.le_s", 0x00, 0x57, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_le_u, "i64.le_u", 0x00, 0x58, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ge_s, "i64.ge_s", 0x00, 0x59, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ge_u, "i64.ge_u", 0x00, 0x5a, none, ll_b, 0, mvp)

// Float comparisons.
DOVETAIL_OP(f32_eq, "f32.eq", 0x00, 0x5b, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_ne, "f32.ne", 0x00, 0x5c, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_lt, "f32.lt", 0x00, 0x5d, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_gt, "f32.gt", 0x00, 0x5e, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_le, "f32.le", 0x00, 0x5f, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_ge, "f32.ge", 0x00, 0x60, none, ff_b, 0, mvp)
DOVETAIL_OP(f64_eq, "f64.eq", 0x00, 0x61, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_ne, "f64.ne", 0x00, 0x62, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_lt, "f64.lt", 0x00, 0x63, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_gt, "f64.gt", 0x00, 0x64, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_le, "f64.le", 0x00, 0x65, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_ge, "f64.ge", 0x00, 0x66, none, dd_b, 0, mvp)

// Integer arithmetic.
DOVETAIL_OP(i32_clz,    "i32.clz",    0x00, 0x67, none, i_i,  0, mvp)
DOVETAIL_OP(i32_ctz,    "i32.ctz",    0x00, 0x68, none, i_i,  0, mvp)
DOVETAIL_OP(i32_popcnt, "i32.popcnt", 0x00, 0x69, none, i_i,  0, mvp)
DOVETAIL_OP(i32_add,    "i32.add",    0x00, 0x6a, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_sub,    "i32.sub",    0x00, 0x6b, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_mul,    "i32.mul",    0x00, 0x6c, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_div_s,  "i32.div_s",  0x00, 0x6d, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_div_u,  "i32.div_u",  0x00, 0x6e, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rem_s,  "i32.rem_s",  0x00, 0x6f, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rem_u,  "i32.rem_u",  0x00, 0x70, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_and,    "i32.and",    0x00, 0x71, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_or,     "i32.or",     0x00, 0x72, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_xor,    "i32.xor",    0x00, 0x73, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shl,    "i32.shl",    0x00, 0x74, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shr_s,  "i32.shr_s",  0x00, 0x75, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shr_u,  "i32.shr_u",  0x00, 0x76, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rotl,   "i32.rotl",   0x00, 0x77, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rotr,   "i32.rotr",   0x00, 0x78, none, ii_i, 0, mvp)
DOVETAIL_OP(i64_clz,    "i64.clz",    0x00, 0x79, none, l_l,  0, mvp)
DOVETAIL_OP(i64_ctz,    "i64.ctz",    0x00, 0x7a, none, l_l,  0, mvp)
DOVETAIL_OP(i64_popcnt, "i64.popcnt", 0x00, 0x7b, none, l_l,  0, mvp)
DOVETAIL_OP(i64_add,    "i64.add",    0x00, 0x7c, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_sub,    "i64.sub",    0x00, 0x7d, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_mul,    "i64.mul",    0x00, 0x7e, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_div_s,  "i64.div_s",  0x00, 0x7f, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_div_u,  "i64.div_u",  0x00, 0x80, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rem_s,  "i64.rem_s",  0x00, 0x81, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rem_u,  "i64.rem_u",  0x00, 0x82, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_and,    "i64.and",    0x00, 0x83, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_or,     "i64.or",     0x00, 0x84, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_xor,    "i64.xor",    0x00, 0x85, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shl,    "i64.shl",    0x00, 0x86, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shr_s,  "i64.shr_s",  0x00, 0x87, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shr_u,  "i64.shr_u",  0x00, 0x88, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rotl,   "i64.rotl",   0x00, 0x89, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rotr,   "i64.rotr",   0x00, 0x8a, none, ll_l, 0, mvp)

// Float arithmetic.
DOVETAIL_OP(f32_abs,      "f32.abs",      0x00, 0x8b, none, f_f,  0, mvp)
DOVETAIL_OP(f32_neg,      "f32.neg",      0x00, 0x8c, none, f_f,  0, mvp)
DOVETAIL_OP(f32_ceil,     "f32.ceil",     0x00, 0x8d, none, f_f,  0, mvp)
DOVETAIL_OP(f32_floor,    "f32.floor",    0x00, 0x8e, none, f_f,  0, mvp)
DOVETAIL_OP(f32_trunc,    "f32.trunc",    0x00, 0x8f, none, f_f,  0, mvp)
DOVETAIL_OP(f32_nearest,  "f32.nearest",  0x00, 0x90, none, f_f,  0, mvp)
DOVETAIL_OP(f32_sqrt,     "f32.sqrt",     0x00, 0x91, none, f_f,  0, mvp)
DOVETAIL_OP(f32_add,      "f32.add",      0x00, 0x92, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_sub,      "f32.sub",      0x00, 0x93, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_mul,      "f32.mul",      0x00, 0x94, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_div,      "f32.div",      0x00, 0x95, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_min,      "f32.min",      0x00, 0x96, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_max,      "f32.max",      0x00, 0x97, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_copysign, "f32.copysign", 0x00, 0x98, none, ff_f, 0, mvp)
DOVETAIL_OP(f64_abs,      "f64.abs",      0x00, 0x99, none, d_d,  0, mvp)
DOVETAIL_OP(f64_neg,      "f64.neg",      0x00, 0x9a, none, d_d,  0, mvp)
DOVETAIL_OP(f64_ceil,     "f64.ceil",     0x00, 0x9b, none, d_d,  0, mvp)
DOVETAIL_OP(f64_floor,    "f64.floor",    0x00, 0x9c, none, d_d,  0, mvp)
DOVETAIL_OP(f64_trunc,    "f64.trunc",    0x00, 0x9d, none, d_d,  0, mvp)
DOVETAIL_OP(f64_nearest,  "f64.nearest",  0x00, 0x9e, none, d_d,  0, mvp)
DOVETAIL_OP(f64_sqrt,     "f64.sqrt",     0x00, 0x9f, none, d_d,  0, mvp)
DOVETAIL_OP(f64_add,      "f64.add",      0x00, 0xa0, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_sub,      "f64.sub",      0x00, 0xa1, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_mul,      "f64.mul",      0x00, 0xa2, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_div,      "f64.div",      0x00, 0xa3, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_min,      "f64.min",      0x00, 0xa4, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_max,      "f64.max",      0x00, 0xa5, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_copysign, "f64.copysign", 0x00, 0xa6, none, dd_d, 0, mvp)

// Conversions.
DOVETAIL_OP(i32_wrap_i64,        "i32.wrap_i64",        0x00, 0xa7, none, l_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f32_s,     "i32.trunc_f32_s",     0x00, 0xa8, none, f_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f32_u,     "i32.trunc_f32_u",     0x00, 0xa9, none, f_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f64_s,     "i32.trunc_f64_s",     0x00, 0xaa, none, d_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f64_u,     "i32.trunc_f64_u",     0x00, 0xab, none, d_i, 0, mvp)
DOVETAIL_OP(i64_extend_i32_s,    "i64.extend_i32_s",    0x00, 0xac, none, i_l, 0, mvp)
DOVETAIL_OP(i64_extend_i32_u,    "i64.extend_i32_u",    0x00, 0xad, none, i_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f32_s,     "i64.trunc_f32_s",     0x00, 0xae, none, f_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f32_u,     "i64.trunc_f32_u",     0x00, 0xaf, none, f_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f64_s,     "i64.trunc_f64_s",     0x00, 0xb0, none, d_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f64_u,     "i64.trunc_f64_u",     0x00, 0xb1, none, d_l, 0, mvp)
DOVETAIL_OP(f32_convert_i32_s,   "f32.convert_i32_s",   0x00, 0xb2, none, i_f, 0, mvp)
DOVETAIL_OP(f32_convert_i32_u,   "f32.convert_i32_u",   0x00, 0xb3, none, i_f, 0, mvp)
DOVETAIL_OP(f32_convert_i64_s,   "f32.convert_i64_s",   0x00, 0xb4, none, l_f, 0, mvp)
DOVETAIL_OP(f32_convert_i64_u,   "f32.convert_i64_u",   0x00, 0xb5, none, l_f, 0, mvp)
DOVETAIL_OP(f32_demote_f64,      "f32.demote_f64",      0x00, 0xb6, none, d_f, 0, mvp)
DOVETAIL_OP(f64_convert_i32_s,   "f64.convert_i32_s",   0x00, 0xb7, none, i_d, 0, mvp)
DOVETAIL_OP(f64_convert_i32_u,   "f64.convert_i32_u",   0x00, 0xb8, none, i_d, 0, mvp)
DOVETAIL_OP(f64_convert_i64_s,   "f64.convert_i64_s",   0x00, 0xb9, none, l_d, 0, mvp)
DOVETAIL_OP(f64_convert_i64_u,   "f64.convert_i64_u",   0x00, 0xba, none, l_d, 0, mvp)
DOVETAIL_OP(f64_promote_f32,     "f64.promote_f32",     0x00, 0xbb, none, f_d, 0, mvp)
DOVETAIL_OP(i32_reinterpret_f32, "i32.reinterpret_f32", 0x00, 0xbc, none, f_i, 0, mvp)
DOVETAIL_OP(i64_reinterpret_f64, "i64.reinterpret_f64", 0x00, 0xbd, none, d_l, 0, mvp)
DOVETAIL_OP(f32_reinterpret_i32, "f32.reinterpret_i32", 0x00, 0xbe, none, i_f, 0, mvp)
DOVETAIL_OP(f64_reinterpret_i64, "f64.reinterpret_i64", 0x00, 0xbf, none, l_d, 0, mvp)
DOVETAIL_OP(i32_extend8_s,       "i32.extend8_s",       0x00, 0xc0, none, i_i, 0, sign_extension)
DOVETAIL_OP(i32_extend16_s,      "i32.extend16_s",      0x00, 0xc1, none, i_i, 0, sign_extension)
DOVETAIL_OP(i64_extend8_s,       "i64.extend8_s",       0x00, 0xc2, none, l_l, 0, sign_extension)
DOVETAIL_OP(i64_extend16_s,      "i64.extend16_s",      0x00, 0xc3, none, l_l, 0, sign_extension)
DOVETAIL_OP(i64_extend32_s,      "i64.extend32_s",      0x00, 0xc4, none, l_l, 0, sign_extension)
DOVETAIL_OP(i32_trunc_sat_f32_s, "i32.trunc_sat_f32_s", 0xfc, 0x00, none, f_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f32_u, "i32.trunc_sat_f32_u", 0xfc, 0x01, none, f_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f64_s, "i32.trunc_sat_f64_s", 0xfc, 0x02, none, d_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f64_u, "i32.trunc_sat_f64_u", 0xfc, 0x03, none, d_i, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f32_s, "i64.trunc_sat_f32_s", 0xfc, 0x04, none, f_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f32_u, "i64.trunc_sat_f32_u", 0xfc, 0x05, none, f_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f64_s, "i64.trunc_sat_f64_s", 0xfc, 0x06, none, d_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f64_u, "i64.trunc_sat_f64_u", 0xfc, 0x07, none, d_l, 0, saturating_conversion)

// Vector instructions (5.4.8): memory, constants, lanes. The width of a lane access is the lane.
DOVETAIL_OP(v128_load,            "v128.load",            0xfd, 0x00, memarg,      i_v,  16, simd)
DOVETAIL_OP(v128_load8x8_s,       "v128.load8x8_s",       0xfd, 0x01, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load8x8_u,       "v128.load8x8_u",       0xfd, 0x02, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load16x4_s,      "v128.load16x4_s",      0xfd, 0x03, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load16x4_u,      "v128.load16x4_u",      0xfd, 0x04, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32x2_s,      "v128.load32x2_s",      0xfd, 0x05, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32x2_u,      "v128.load32x2_u",      0xfd, 0x06, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load8_splat,     "v128.load8_splat",     0xfd, 0x07, memarg,      i_v,  1,  simd)
DOVETAIL_OP(v128_load16_splat,    "v128.load16_splat",    0xfd, 0x08, memarg,      i_v,  2,  simd)
DOVETAIL_OP(v128_load32_splat,    "v128.load32_splat",    0xfd, 0x09, memarg,      i_v,  4,  simd)
DOVETAIL_OP(v128_load64_splat,    "v128.load64_splat",    0xfd, 0x0a, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32_zero,     "v128.load32_zero",     0xfd, 0x5c, memarg,      i_v,  4,  simd)
DOVETAIL_OP(v128_load64_zero,     "v128.load64_zero",     0xfd, 0x5d, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_store,           "v128.store",           0xfd, 0x0b, memarg,      iv_n, 16, simd)
DOVETAIL_OP(v128_load8_lane,      "v128.load8_lane",      0xfd, 0x54, memarg_lane, iv_v, 1,  simd)
DOVETAIL_OP(v128_load16_lane,     "v128.load16_lane",     0xfd, 0x55, memarg_lane, iv_v, 2,  simd)
DOVETAIL_OP(v128_load32_lane,     "v128.load32_lane",     0xfd, 0x56, memarg_lane, iv_v, 4,  simd)
DOVETAIL_OP(v128_load64_lane,     "v128.load64_lane",     0xfd, 0x57, memarg_lane, iv_v, 8,  simd)
DOVETAIL_OP(v128_store8_lane,     "v128.store8_lane",     0xfd, 0x58, memarg_lane, iv_n, 1,  simd)
DOVETAIL_OP(v128_store16_lane,    "v128.store16_lane",    0xfd, 0x59, memarg_lane, iv_n, 2,  simd)
DOVETAIL_OP(v128_store32_lane,    "v128.store32_lane",    0xfd, 0x5a, memarg_lane, iv_n, 4,  simd)
DOVETAIL_OP(v128_store64_lane,    "v128.store64_lane",    0xfd, 0x5b, memarg_lane, iv_n, 8,  simd)
DOVETAIL_OP(v128_const,           "v128.const",           0xfd, 0x0c, v128,        n_v,  0,  simd)
DOVETAIL_OP(i8x16_shuffle,        "i8x16.shuffle",        0xfd, 0x0d, shuffle,     vv_v, 1,  simd)
DOVETAIL_OP(i8x16_swizzle,        "i8x16.swizzle",        0xfd, 0x0e, none,        vv_v, 0,  simd)
DOVETAIL_OP(i8x16_splat,          "i8x16.splat",          0xfd, 0x0f, none,        i_v,  0,  simd)
DOVETAIL_OP(i16x8_splat,          "i16x8.splat",          0xfd, 0x10, none,        i_v,  0,  simd)
DOVETAIL_OP(i32x4_splat,          "i32x4.splat",          0xfd, 0x11, none,        i_v,  0,  simd)
DOVETAIL_OP(i64x2_splat,          "i64x2.splat",          0xfd, 0x12, none,        l_v,  0,  simd)
DOVETAIL_OP(f32x4_splat,          "f32x4.splat",          0xfd, 0x13, none,        f_v,  0,  simd)
DOVETAIL_OP(f64x2_splat,          "f64x2.splat",          0xfd, 0x14, none,        d_v,  0,  simd)
DOVETAIL_OP(i8x16_extract_lane_s, "i8x16.extract_lane_s", 0xfd, 0x15, lane,        v_i,  1,  simd)
DOVETAIL_OP(i8x16_extract_lane_u, "i8x16.extract_lane_u", 0xfd, 0x16, lane,        v_i,  1,  simd)
DOVETAIL_OP(i8x16_replace_lane,   "i8x16.replace_lane",   0xfd, 0x17, lane,        vi_v, 1,  simd)
DOVETAIL_OP(i16x8_extract_lane_s, "i16x8.extract_lane_s", 0xfd, 0x18, lane,        v_i,  2,  simd)
DOVETAIL_OP(i16x8_extract_lane_u, "i16x8.extract_lane_u", 0xfd, 0x19, lane,        v_i,  2,  simd)
DOVETAIL_OP(i16x8_replace_lane,   "i16x8.replace_lane",   0xfd, 0x1a, lane,        vi_v, 2,  simd)
DOVETAIL_OP(i32x4_extract_lane,   "i32x4.extract_lane",   0xfd, 0x1b, lane,        v_i,  4,  simd)
DOVETAIL_OP(i32x4_replace_lane,   "i32x4.replace_lane",   0xfd, 0x1c, lane,        vi_v, 4,  simd)
DOVETAIL_OP(i64x2_extract_lane,   "i64x2.extract_lane",   0xfd, 0x1d, lane,        v_l,  8,  simd)
DOVETAIL_OP(i64x2_replace_lane,   "i64x2.replace_lane",   0xfd, 0x1e, lane,        vl_v, 8,  simd)
DOVETAIL_OP(f32x4_extract_lane,   "f32x4.extract_lane",   0xfd, 0x1f, lane,        v_f,  4,  simd)
DOVETAIL_OP(f32x4_replace_lane,   "f32x4.replace_lane",   0xfd, 0x20, lane,        vf_v, 4,  simd)
DOVETAIL_OP(f64x2_extract_lane,   "f64x2.extract_lane",   0xfd, 0x21, lane,        v_d,  8,  simd)
DOVETAIL_OP(f64x2_replace_lane,   "f64x2.replace_lane",   0xfd, 0x22, lane,        vd_v, 8,  simd)

// Vector comparisons.
DOVETAIL_OP(i8x16_eq,   "i8x16.eq",   0xfd, 0x23, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ne,   "i8x16.ne",   0xfd, 0x24, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_lt_s, "i8x16.lt_s", 0xfd, 0x25, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_lt_u, "i8x16.lt_u", 0xfd, 0x26, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_gt_s, "i8x16.gt_s", 0xfd, 0x27, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_gt_u, "i8x16.gt_u", 0xfd, 0x28, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_le_s, "i8x16.le_s", 0xfd, 0x29, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_le_u, "i8x16.le_u", 0xfd, 0x2a, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ge_s, "i8x16.ge_s", 0xfd, 0x2b, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ge_u, "i8x16.ge_u", 0xfd, 0x2c, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_eq,   "i16x8.eq",   0xfd, 0x2d, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ne,   "i16x8.ne",   0xfd, 0x2e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_lt_s, "i16x8.lt_s", 0xfd, 0x2f, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_lt_u, "i16x8.lt_u", 0xfd, 0x30, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_gt_s, "i16x8.gt_s", 0xfd, 0x31, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_gt_u, "i16x8.gt_u", 0xfd, 0x32, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_le_s, "i16x8.le_s", 0xfd, 0x33, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_le_u, "i16x8.le_u", 0xfd, 0x34, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ge_s, "i16x8.ge_s", 0xfd, 0x35, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ge_u, "i16x8.ge_u", 0xfd, 0x36, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_eq,   "i32x4.eq",   0xfd, 0x37, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ne,   "i32x4.ne",   0xfd, 0x38, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_lt_s, "i32x4.lt_s", 0xfd, 0x39, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_lt_u, "i32x4.lt_u", 0xfd, 0x3a, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_gt_s, "i32x4.gt_s", 0xfd, 0x3b, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_gt_u, "i32x4.gt_u", 0xfd, 0x3c, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_le_s, "i32x4.le_s", 0xfd, 0x3d, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_le_u, "i32x4.le_u", 0xfd, 0x3e, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ge_s, "i32x4.ge_s", 0xfd, 0x3f, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ge_u, "i32x4.ge_u", 0xfd, 0x40, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_eq,   "i64x2.eq",   0xfd, 0xd6, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_ne,   "i64x2.ne",   0xfd, 0xd7, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_lt_s, "i64x2.lt_s", 0xfd, 0xd8, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_gt_s, "i64x2.gt_s", 0xfd, 0xd9, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_le_s, "i64x2.le_s", 0xfd, 0xda, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_ge_s, "i64x2.ge_s", 0xfd, 0xdb, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_eq,   "f32x4.eq",   0xfd, 0x41, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_ne,   "f32x4.ne",   0xfd, 0x42, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_lt,   "f32x4.lt",   0xfd, 0x43, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_gt,   "f32x4.gt",   0xfd, 0x44, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_le,   "f32x4.le",   0xfd, 0x45, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_ge,   "f32x4.ge",   0xfd, 0x46, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_eq,   "f64x2.eq",   0xfd, 0x47, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_ne,   "f64x2.ne",   0xfd, 0x48, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_lt,   "f64x2.lt",   0xfd, 0x49, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_gt,   "f64x2.gt",   0xfd, 0x4a, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_le,   "f64x2.le",   0xfd, 0x4b, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_ge,   "f64x2.ge",   0xfd, 0x4c, none, vv_v, 0, simd)

// Vector bitwise instructions.
DOVETAIL_OP(v128_not,       "v128.not",       0xfd, 0x4d, none, v_v,   0, simd)
DOVETAIL_OP(v128_and,       "v128.and",       0xfd, 0x4e, none, vv_v,  0, simd)
DOVETAIL_OP(v128_andnot,    "v128.andnot",    0xfd, 0x4f, none, vv_v,  0, simd)
DOVETAIL_OP(v128_or,        "v128.or",        0xfd, 0x50, none, vv_v,  0, simd)
DOVETAIL_OP(v128_xor,       "v128.xor",       0xfd, 0x51, none, vv_v,  0, simd)
DOVETAIL_OP(v128_bitselect, "v128.bitselect", 0xfd, 0x52, none, vvv_v, 0, simd)
DOVETAIL_OP(v128_any_true,  "v128.any_true",  0xfd, 0x53, none, v_i,   0, simd)

// Vector integer arithmetic.
DOVETAIL_OP(i8x16_abs,                     "i8x16.abs",                     0xfd, 0x60, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_neg,                     "i8x16.neg",                     0xfd, 0x61, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_popcnt,                  "i8x16.popcnt",                  0xfd, 0x62, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_all_true,                "i8x16.all_true",                0xfd, 0x63, none, v_i,  0, simd)
DOVETAIL_OP(i8x16_bitmask,                 "i8x16.bitmask",                 0xfd, 0x64, none, v_i,  0, simd)
DOVETAIL_OP(i8x16_narrow_i16x8_s,          "i8x16.narrow_i16x8_s",          0xfd, 0x65, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_narrow_i16x8_u,          "i8x16.narrow_i16x8_u",          0xfd, 0x66, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_shl,                     "i8x16.shl",                     0xfd, 0x6b, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_shr_s,                   "i8x16.shr_s",                   0xfd, 0x6c, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_shr_u,                   "i8x16.shr_u",                   0xfd, 0x6d, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_add,                     "i8x16.add",                     0xfd, 0x6e, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_add_sat_s,               "i8x16.add_sat_s",               0xfd, 0x6f, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_add_sat_u,               "i8x16.add_sat_u",               0xfd, 0x70, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub,                     "i8x16.sub",                     0xfd, 0x71, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub_sat_s,               "i8x16.sub_sat_s",               0xfd, 0x72, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub_sat_u,               "i8x16.sub_sat_u",               0xfd, 0x73, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_min_s,                   "i8x16.min_s",                   0xfd, 0x76, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_min_u,                   "i8x16.min_u",                   0xfd, 0x77, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_max_s,                   "i8x16.max_s",                   0xfd, 0x78, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_max_u,                   "i8x16.max_u",                   0xfd, 0x79, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_avgr_u,                  "i8x16.avgr_u",                  0xfd, 0x7b, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extadd_pairwise_i8x16_s, "i16x8.extadd_pairwise_i8x16_s", 0xfd, 0x7c, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extadd_pairwise_i8x16_u, "i16x8.extadd_pairwise_i8x16_u", 0xfd, 0x7d, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extadd_pairwise_i16x8_s, "i32x4.extadd_pairwise_i16x8_s", 0xfd, 0x7e, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extadd_pairwise_i16x8_u, "i32x4.extadd_pairwise_i16x8_u", 0xfd, 0x7f, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_abs,                     "i16x8.abs",                     0xfd, 0x80, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_neg,                     "i16x8.neg",                     0xfd, 0x81, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_q15mulr_sat_s,           "i16x8.q15mulr_sat_s",           0xfd, 0x82, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_all_true,                "i16x8.all_true",                0xfd, 0x83, none, v_i,  0, simd)
DOVETAIL_OP(i16x8_bitmask,                 "i16x8.bitmask",                 0xfd, 0x84, none, v_i,  0, simd)
DOVETAIL_OP(i16x8_narrow_i32x4_s,          "i16x8.narrow_i32x4_s",          0xfd, 0x85, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_narrow_i32x4_u,          "i16x8.narrow_i32x4_u",          0xfd, 0x86, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extend_low_i8x16_s,      "i16x8.extend_low_i8x16_s",      0xfd, 0x87, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_high_i8x16_s,     "i16x8.extend_high_i8x16_s",     0xfd, 0x88, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_low_i8x16_u,      "i16x8.extend_low_i8x16_u",      0xfd, 0x89, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_high_i8x16_u,     "i16x8.extend_high_i8x16_u",     0xfd, 0x8a, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_shl,                     "i16x8.shl",                     0xfd, 0x8b, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_shr_s,                   "i16x8.shr_s",                   0xfd, 0x8c, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_shr_u,                   "i16x8.shr_u",                   0xfd, 0x8d, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_add,                     "i16x8.add",                     0xfd, 0x8e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_add_sat_s,               "i16x8.add_sat_s",               0xfd, 0x8f, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_add_sat_u,               "i16x8.add_sat_u",               0xfd, 0x90, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub,                     "i16x8.sub",                     0xfd, 0x91, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub_sat_s,               "i16x8.sub_sat_s",               0xfd, 0x92, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub_sat_u,               "i16x8.sub_sat_u",               0xfd, 0x93, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_mul,                     "i16x8.mul",                     0xfd, 0x95, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_min_s,                   "i16x8.min_s",                   0xfd, 0x96, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_min_u,                   "i16x8.min_u",                   0xfd, 0x97, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_max_s,                   "i16x8.max_s",                   0xfd, 0x98, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_max_u,                   "i16x8.max_u",                   0xfd, 0x99, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_avgr_u,                  "i16x8.avgr_u",                  0xfd, 0x9b, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_low_i8x16_s,      "i16x8.extmul_low_i8x16_s",      0xfd, 0x9c, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_high_i8x16_s,     "i16x8.extmul_high_i8x16_s",     0xfd, 0x9d, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_low_i8x16_u,      "i16x8.extmul_low_i8x16_u",      0xfd, 0x9e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_high_i8x16_u,     "i16x8.extmul_high_i8x16_u",     0xfd, 0x9f, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_abs,                     "i32x4.abs",                     0xfd, 0xa0, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_neg,                     "i32x4.neg",                     0xfd, 0xa1, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_all_true,                "i32x4.all_true",                0xfd, 0xa3, none, v_i,  0, simd)
DOVETAIL_OP(i32x4_bitmask,                 "i32x4.bitmask",                 0xfd, 0xa4, none, v_i,  0, simd)
DOVETAIL_OP(i32x4_extend_low_i16x8_s,      "i32x4.extend_low_i16x8_s",      0xfd, 0xa7, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_high_i16x8_s,     "i32x4.extend_high_i16x8_s",     0xfd, 0xa8, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_low_i16x8_u,      "i32x4.extend_low_i16x8_u",      0xfd, 0xa9, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_high_i16x8_u,     "i32x4.extend_high_i16x8_u",     0xfd, 0xaa, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_shl,                     "i32x4.shl",                     0xfd, 0xab, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_shr_s,                   "i32x4.shr_s",                   0xfd, 0xac, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_shr_u,                   "i32x4.shr_u",                   0xfd, 0xad, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_add,                     "i32x4.add",                     0xfd, 0xae, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_sub,                     "i32x4.sub",                     0xfd, 0xb1, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_mul,                     "i32x4.mul",                     0xfd, 0xb5, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_min_s,                   "i32x4.min_s",                   0xfd, 0xb6, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_min_u,                   "i32x4.min_u",                   0xfd, 0xb7, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_max_s,                   "i32x4.max_s",                   0xfd, 0xb8, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_max_u,                   "i32x4.max_u",                   0xfd, 0xb9, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_dot_i16x8_s,             "i32x4.dot_i16x8_s",             0xfd, 0xba, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_low_i16x8_s,      "i32x4.extmul_low_i16x8_s",      0xfd, 0xbc, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_high_i16x8_s,     "i32x4.extmul_high_i16x8_s",     0xfd, 0xbd, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_low_i16x8_u,      "i32x4.extmul_low_i16x8_u",      0xfd, 0xbe, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_high_i16x8_u,     "i32x4.extmul_high_i16x8_u",     0xfd, 0xbf, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_abs,                     "i64x2.abs",                     0xfd, 0xc0, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_neg,                     "i64x2.neg",                     0xfd, 0xc1, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_all_true,                "i64x2.all_true",                0xfd, 0xc3, none, v_i,  0, simd)
DOVETAIL_OP(i64x2_bitmask,                 "i64x2.bitmask",                 0xfd, 0xc4, none, v_i,  0, simd)
DOVETAIL_OP(i64x2_extend_low_i32x4_s,      "i64x2.extend_low_i32x4_s",      0xfd, 0xc7, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_high_i32x4_s,     "i64x2.extend_high_i32x4_s",     0xfd, 0xc8, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_low_i32x4_u,      "i64x2.extend_low_i32x4_u",      0xfd, 0xc9, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_high_i32x4_u,     "i64x2.extend_high_i32x4_u",     0xfd, 0xca, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_shl,                     "i64x2.shl",                     0xfd, 0xcb, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_shr_s,                   "i64x2.shr_s",                   0xfd, 0xcc, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_shr_u,                   "i64x2.shr_u",                   0xfd, 0xcd, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_add,                     "i64x2.add",                     0xfd, 0xce, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_sub,                     "i64x2.sub",                     0xfd, 0xd1, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_mul,                     "i64x2.mul",                     0xfd, 0xd5, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_low_i32x4_s,      "i64x2.extmul_low_i32x4_s",      0xfd, 0xdc, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_high_i32x4_s,     "i64x2.extmul_high_i32x4_s",     0xfd, 0xdd, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_low_i32x4_u,      "i64x2.extmul_low_i32x4_u",      0xfd, 0xde, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_high_i32x4_u,     "i64x2.extmul_high_i32x4_u",     0xfd, 0xdf, none, vv_v, 0, simd)

// Vector float arithmetic.
DOVETAIL_OP(f32x4_ceil,    "f32x4.ceil",    0xfd, 0x67, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_floor,   "f32x4.floor",   0xfd, 0x68, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_trunc,   "f32x4.trunc",   0xfd, 0x69, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_nearest, "f32x4.nearest", 0xfd, 0x6a, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_ceil,    "f64x2.ceil",    0xfd, 0x74, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_floor,   "f64x2.floor",   0xfd, 0x75, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_trunc,   "f64x2.trunc",   0xfd, 0x7a, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_nearest, "f64x2.nearest", 0xfd, 0x94, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_abs,     "f32x4.abs",     0xfd, 0xe0, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_neg,     "f32x4.neg",     0xfd, 0xe1, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_sqrt,    "f32x4.sqrt",    0xfd, 0xe3, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_add,     "f32x4.add",     0xfd, 0xe4, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_sub,     "f32x4.sub",     0xfd, 0xe5, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_mul,     "f32x4.mul",     0xfd, 0xe6, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_div,     "f32x4.div",     0xfd, 0xe7, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_min,     "f32x4.min",     0xfd, 0xe8, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_max,     "f32x4.max",     0xfd, 0xe9, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_pmin,    "f32x4.pmin",    0xfd, 0xea, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_pmax,    "f32x4.pmax",    0xfd, 0xeb, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_abs,     "f64x2.abs",     0xfd, 0xec, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_neg,     "f64x2.neg",     0xfd, 0xed, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_sqrt,    "f64x2.sqrt",    0xfd, 0xef, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_add,     "f64x2.add",     0xfd, 0xf0, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_sub,     "f64x2.sub",     0xfd, 0xf1, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_mul,     "f64x2.mul",     0xfd, 0xf2, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_div,     "f64x2.div",     0xfd, 0xf3, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_min,     "f64x2.min",     0xfd, 0xf4, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_max,     "f64x2.max",     0xfd, 0xf5, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_pmin,    "f64x2.pmin",    0xfd, 0xf6, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_pmax,    "f64x2.pmax",    0xfd, 0xf7, none, vv_v, 0, simd)

// Vector conversions.
DOVETAIL_OP(i32x4_trunc_sat_f32x4_s,      "i32x4.trunc_sat_f32x4_s",      0xfd, 0xf8, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f32x4_u,      "i32x4.trunc_sat_f32x4_u",      0xfd, 0xf9, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_convert_i32x4_s,        "f32x4.convert_i32x4_s",        0xfd, 0xfa, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_convert_i32x4_u,        "f32x4.convert_i32x4_u",        0xfd, 0xfb, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f64x2_s_zero, "i32x4.trunc_sat_f64x2_s_zero", 0xfd, 0xfc, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f64x2_u_zero, "i32x4.trunc_sat_f64x2_u_zero", 0xfd, 0xfd, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_convert_low_i32x4_s,    "f64x2.convert_low_i32x4_s",    0xfd, 0xfe, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_convert_low_i32x4_u,    "f64x2.convert_low_i32x4_u",    0xfd, 0xff, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_demote_f64x2_zero,      "f32x4.demote_f64x2_zero",      0xfd, 0x5e, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_promote_low_f32x4,      "f64x2.promote_low_f32x4",      0xfd, 0x5f, none, v_v, 0, simd)

// Relaxed vector instructions: results that processors differ in.
DOVETAIL_OP(i8x16_relaxed_swizzle,               "i8x16.relaxed_swizzle",               0xfd, 0x100, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f32x4_s,         "i32x4.relaxed_trunc_f32x4_s",         0xfd, 0x101, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f32x4_u,         "i32x4.relaxed_trunc_f32x4_u",         0xfd, 0x102, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f64x2_s_zero,    "i32x4.relaxed_trunc_f64x2_s_zero",    0xfd, 0x103, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f64x2_u_zero,    "i32x4.relaxed_trunc_f64x2_u_zero",    0xfd, 0x104, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_madd,                  "f32x4.relaxed_madd",                  0xfd, 0x105, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_nmadd,                 "f32x4.relaxed_nmadd",                 0xfd, 0x106, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_madd,                  "f64x2.relaxed_madd",                  0xfd, 0x107, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_nmadd,                 "f64x2.relaxed_nmadd",                 0xfd, 0x108, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i8x16_relaxed_laneselect,            "i8x16.relaxed_laneselect",            0xfd, 0x109, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_laneselect,            "i16x8.relaxed_laneselect",            0xfd, 0x10a, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_laneselect,            "i32x4.relaxed_laneselect",            0xfd, 0x10b, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i64x2_relaxed_laneselect,            "i64x2.relaxed_laneselect",            0xfd, 0x10c, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_min,                   "f32x4.relaxed_min",                   0xfd, 0x10d, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_max,                   "f32x4.relaxed_max",                   0xfd, 0x10e, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_min,                   "f64x2.relaxed_min",                   0xfd, 0x10f, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_max,                   "f64x2.relaxed_max",                   0xfd, 0x110, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_q15mulr_s,             "i16x8.relaxed_q15mulr_s",             0xfd, 0x111, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_dot_i8x16_i7x16_s,     "i16x8.relaxed_dot_i8x16_i7x16_s",     0xfd, 0x112, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_dot_i8x16_i7x16_add_s, "i32x4.relaxed_dot_i8x16_i7x16_add_s", 0xfd, 0x113, none, vvv_v, 0, relaxed_simd)
// clang-format on
#undef DOVETAIL_OP
};
inline constexpr bool trapping[] = {
#define DOVETAIL_OP(NAME, TEXT, PREFIX, CODE, IMMEDIATE, SIGNATURE, WIDTH, FEATURE) \
  can_trap<op::NAME>,
// Every operator of 3.0 but garbage collection and exceptions: NAME, TEXT, PREFIX, CODE, IMMEDIATE,
// SIGNATURE, WIDTH, FEATURE. A signature lists operand, then result types (i l f d v: i32 i64 f32
// f64 v128, b: an i32 that is a truth value, n: none); the pass types "special" rows.

// clang-format off

// Control instructions (core specification 5.4.1).
DOVETAIL_OP(unreachable,   "unreachable",   0x00, 0x00, none,          special, 0, mvp)
DOVETAIL_OP(nop,           "nop",           0x00, 0x01, none,          special, 0, mvp)
DOVETAIL_OP(block,         "block",         0x00, 0x02, block_type,    special, 0, mvp)
DOVETAIL_OP(loop,          "loop",          0x00, 0x03, block_type,    special, 0, mvp)
DOVETAIL_OP(if_,           "if",            0x00, 0x04, block_type,    special, 0, mvp)
DOVETAIL_OP(else_,         "else",          0x00, 0x05, none,          special, 0, mvp)
DOVETAIL_OP(end,           "end",           0x00, 0x0b, none,          special, 0, mvp)
DOVETAIL_OP(br,            "br",            0x00, 0x0c, label,         special, 0, mvp)
DOVETAIL_OP(br_if,         "br_if",         0x00, 0x0d, label,         special, 0, mvp)
DOVETAIL_OP(br_table,      "br_table",      0x00, 0x0e, label_table,   special, 0, mvp)
DOVETAIL_OP(return_,       "return",        0x00, 0x0f, none,          special, 0, mvp)
DOVETAIL_OP(call,          "call",          0x00, 0x10, function,      special, 0, mvp)
DOVETAIL_OP(call_indirect, "call_indirect", 0x00, 0x11, call_indirect, special, 0, mvp)

DOVETAIL_OP(return_call,          "return_call",          0x00, 0x12, function,      special, 0, tail_call)
DOVETAIL_OP(return_call_indirect, "return_call_indirect", 0x00, 0x13, call_indirect, special, 0, tail_call)
DOVETAIL_OP(call_ref,             "call_ref",             0x00, 0x14, type,          special, 0, function_references)
DOVETAIL_OP(return_call_ref,      "return_call_ref",      0x00, 0x15, type,          special, 0, function_references)
DOVETAIL_OP(br_on_null,           "br_on_null",           0x00, 0xd5, label,         special, 0, function_references)
DOVETAIL_OP(br_on_non_null,       "br_on_non_null",       0x00, 0xd6, label,         special, 0, function_references)

// Reference instructions (5.4.2).
DOVETAIL_OP(ref_null,    "ref.null",    0x00, 0xd0, heap_type, special, 0, reference_types)
DOVETAIL_OP(ref_is_null, "ref.is_null", 0x00, 0xd1, none,      special, 0, reference_types)
DOVETAIL_OP(ref_func,    "ref.func",    0x00, 0xd2, function,  special, 0, reference_types)
DOVETAIL_OP(ref_as_non_null, "ref.as_non_null", 0x00, 0xd4, none, special, 0, function_references)

// Parametric instructions (5.4.3).
DOVETAIL_OP(drop,         "drop",   0x00, 0x1a, none,        special, 0, mvp)
DOVETAIL_OP(select,       "select", 0x00, 0x1b, none,        special, 0, mvp)
DOVETAIL_OP(select_typed, "select", 0x00, 0x1c, value_types, special, 0, reference_types)

// Variable instructions (5.4.4).
DOVETAIL_OP(local_get,  "local.get",  0x00, 0x20, local,  special, 0, mvp)
DOVETAIL_OP(local_set,  "local.set",  0x00, 0x21, local,  special, 0, mvp)
DOVETAIL_OP(local_tee,  "local.tee",  0x00, 0x22, local,  special, 0, mvp)
DOVETAIL_OP(global_get, "global.get", 0x00, 0x23, global, special, 0, mvp)
DOVETAIL_OP(global_set, "global.set", 0x00, 0x24, global, special, 0, mvp)

// Table instructions (5.4.5).
DOVETAIL_OP(table_get,  "table.get",  0x00, 0x25, table,         special, 0, reference_types)
DOVETAIL_OP(table_set,  "table.set",  0x00, 0x26, table,         special, 0, reference_types)
DOVETAIL_OP(table_init, "table.init", 0xfc, 0x0c, element_table, special, 0, bulk_memory)
DOVETAIL_OP(elem_drop,  "elem.drop",  0xfc, 0x0d, element,       special, 0, bulk_memory)
DOVETAIL_OP(table_copy, "table.copy", 0xfc, 0x0e, table_table,   special, 0, bulk_memory)
DOVETAIL_OP(table_grow, "table.grow", 0xfc, 0x0f, table,         special, 0, reference_types)
DOVETAIL_OP(table_size, "table.size", 0xfc, 0x10, table,         special, 0, reference_types)
DOVETAIL_OP(table_fill, "table.fill", 0xfc, 0x11, table,         special, 0, reference_types)

// Memory instructions (5.4.6): an address and an offset, then the width of the access in bytes.
DOVETAIL_OP(i32_load,     "i32.load",     0x00, 0x28, memarg,        i_i,     4, mvp)
DOVETAIL_OP(i64_load,     "i64.load",     0x00, 0x29, memarg,        i_l,     8, mvp)
DOVETAIL_OP(f32_load,     "f32.load",     0x00, 0x2a, memarg,        i_f,     4, mvp)
DOVETAIL_OP(f64_load,     "f64.load",     0x00, 0x2b, memarg,        i_d,     8, mvp)
DOVETAIL_OP(i32_load8_s,  "i32.load8_s",  0x00, 0x2c, memarg,        i_i,     1, mvp)
DOVETAIL_OP(i32_load8_u,  "i32.load8_u",  0x00, 0x2d, memarg,        i_i,     1, mvp)
DOVETAIL_OP(i32_load16_s, "i32.load16_s", 0x00, 0x2e, memarg,        i_i,     2, mvp)
DOVETAIL_OP(i32_load16_u, "i32.load16_u", 0x00, 0x2f, memarg,        i_i,     2, mvp)
DOVETAIL_OP(i64_load8_s,  "i64.load8_s",  0x00, 0x30, memarg,        i_l,     1, mvp)
DOVETAIL_OP(i64_load8_u,  "i64.load8_u",  0x00, 0x31, memarg,        i_l,     1, mvp)
DOVETAIL_OP(i64_load16_s, "i64.load16_s", 0x00, 0x32, memarg,        i_l,     2, mvp)
DOVETAIL_OP(i64_load16_u, "i64.load16_u", 0x00, 0x33, memarg,        i_l,     2, mvp)
DOVETAIL_OP(i64_load32_s, "i64.load32_s", 0x00, 0x34, memarg,        i_l,     4, mvp)
DOVETAIL_OP(i64_load32_u, "i64.load32_u", 0x00, 0x35, memarg,        i_l,     4, mvp)
DOVETAIL_OP(i32_store,    "i32.store",    0x00, 0x36, memarg,        ii_n,    4, mvp)
DOVETAIL_OP(i64_store,    "i64.store",    0x00, 0x37, memarg,        il_n,    8, mvp)
DOVETAIL_OP(f32_store,    "f32.store",    0x00, 0x38, memarg,        if_n,    4, mvp)
DOVETAIL_OP(f64_store,    "f64.store",    0x00, 0x39, memarg,        id_n,    8, mvp)
DOVETAIL_OP(i32_store8,   "i32.store8",   0x00, 0x3a, memarg,        ii_n,    1, mvp)
DOVETAIL_OP(i32_store16,  "i32.store16",  0x00, 0x3b, memarg,        ii_n,    2, mvp)
DOVETAIL_OP(i64_store8,   "i64.store8",   0x00, 0x3c, memarg,        il_n,    1, mvp)
DOVETAIL_OP(i64_store16,  "i64.store16",  0x00, 0x3d, memarg,        il_n,    2, mvp)
DOVETAIL_OP(i64_store32,  "i64.store32",  0x00, 0x3e, memarg,        il_n,    4, mvp)
DOVETAIL_OP(memory_size,  "memory.size",  0x00, 0x3f, memory,        special, 0, mvp)
DOVETAIL_OP(memory_grow,  "memory.grow",  0x00, 0x40, memory,        special, 0, mvp)
DOVETAIL_OP(memory_init,  "memory.init",  0xfc, 0x08, data_memory,   special, 0, bulk_memory)
DOVETAIL_OP(data_drop,    "data.drop",    0xfc, 0x09, data,          special, 0, bulk_memory)
DOVETAIL_OP(memory_copy,  "memory.copy",  0xfc, 0x0a, memory_memory, special, 0, bulk_memory)
DOVETAIL_OP(memory_fill,  "memory.fill",  0xfc, 0x0b, memory,        special, 0, bulk_memory)

// Numeric instructions (5.4.7): constants.
DOVETAIL_OP(i32_const, "i32.const", 0x00, 0x41, i32, n_i, 0, mvp)
DOVETAIL_OP(i64_const, "i64.const", 0x00, 0x42, i64, n_l, 0, mvp)
DOVETAIL_OP(f32_const, "f32.const", 0x00, 0x43, f32, n_f, 0, mvp)
DOVETAIL_OP(f64_const, "f64.const", 0x00, 0x44, f64, n_d, 0, mvp)

// Integer comparisons.
DOVETAIL_OP(i32_eqz,  "i32.eqz",  0x00, 0x45, none, i_b,  0, mvp)
DOVETAIL_OP(i32_eq,   "i32.eq",   0x00, 0x46, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ne,   "i32.ne",   0x00, 0x47, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_lt_s, "i32.lt_s", 0x00, 0x48, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_lt_u, "i32.lt_u", 0x00, 0x49, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_gt_s, "i32.gt_s", 0x00, 0x4a, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_gt_u, "i32.gt_u", 0x00, 0x4b, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_le_s, "i32.le_s", 0x00, 0x4c, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_le_u, "i32.le_u", 0x00, 0x4d, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ge_s, "i32.ge_s", 0x00, 0x4e, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ge_u, "i32.ge_u", 0x00, 0x4f, none, ii_b, 0, mvp)
DOVETAIL_OP(i64_eqz,  "i64.eqz",  0x00, 0x50, none, l_b,  0, mvp)
DOVETAIL_OP(i64_eq,   "i64.eq",   0x00, 0x51, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ne,   "i64.ne",   0x00, 0x52, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_lt_s, "i64.lt_s", 0x00, 0x53, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_lt_u, "i64.lt_u", 0x00, 0x54, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_gt_s, "i64.gt_s", 0x00, 0x55, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_gt_u, "i64.gt_u", 0x00, 0x56, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_le_s, "i64.le_s", 0x00, 0x57, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_le_u, "i64.le_u", 0x00, 0x58, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ge_s, "i64.ge_s", 0x00, 0x59, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ge_u, "i64.ge_u", 0x00, 0x5a, none, ll_b, 0, mvp)

// Float comparisons.
DOVETAIL_OP(f32_eq, "f32.eq", 0x00, 0x5b, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_ne, "f32.ne", 0x00, 0x5c, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_lt, "f32.lt", 0x00, 0x5d, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_gt, "f32.gt", 0x00, 0x5e, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_le, "f32.le", 0x00, 0x5f, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_ge, "f32.ge", 0x00, 0x60, none, ff_b, 0, mvp)
DOVETAIL_OP(f64_eq, "f64.eq", 0x00, 0x61, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_ne, "f64.ne", 0x00, 0x62, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_lt, "f64.lt", 0x00, 0x63, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_gt, "f64.gt", 0x00, 0x64, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_le, "f64.le", 0x00, 0x65, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_ge, "f64.ge", 0x00, 0x66, none, dd_b, 0, mvp)

// Integer arithmetic.
DOVETAIL_OP(i32_clz,    "i32.clz",    0x00, 0x67, none, i_i,  0, mvp)
DOVETAIL_OP(i32_ctz,    "i32.ctz",    0x00, 0x68, none, i_i,  0, mvp)
DOVETAIL_OP(i32_popcnt, "i32.popcnt", 0x00, 0x69, none, i_i,  0, mvp)
DOVETAIL_OP(i32_add,    "i32.add",    0x00, 0x6a, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_sub,    "i32.sub",    0x00, 0x6b, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_mul,    "i32.mul",    0x00, 0x6c, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_div_s,  "i32.div_s",  0x00, 0x6d, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_div_u,  "i32.div_u",  0x00, 0x6e, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rem_s,  "i32.rem_s",  0x00, 0x6f, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rem_u,  "i32.rem_u",  0x00, 0x70, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_and,    "i32.and",    0x00, 0x71, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_or,     "i32.or",     0x00, 0x72, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_xor,    "i32.xor",    0x00, 0x73, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shl,    "i32.shl",    0x00, 0x74, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shr_s,  "i32.shr_s",  0x00, 0x75, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shr_u,  "i32.shr_u",  0x00, 0x76, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rotl,   "i32.rotl",   0x00, 0x77, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rotr,   "i32.rotr",   0x00, 0x78, none, ii_i, 0, mvp)
DOVETAIL_OP(i64_clz,    "i64.clz",    0x00, 0x79, none, l_l,  0, mvp)
DOVETAIL_OP(i64_ctz,    "i64.ctz",    0x00, 0x7a, none, l_l,  0, mvp)
DOVETAIL_OP(i64_popcnt, "i64.popcnt", 0x00, 0x7b, none, l_l,  0, mvp)
DOVETAIL_OP(i64_add,    "i64.add",    0x00, 0x7c, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_sub,    "i64.sub",    0x00, 0x7d, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_mul,    "i64.mul",    0x00, 0x7e, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_div_s,  "i64.div_s",  0x00, 0x7f, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_div_u,  "i64.div_u",  0x00, 0x80, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rem_s,  "i64.rem_s",  0x00, 0x81, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rem_u,  "i64.rem_u",  0x00, 0x82, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_and,    "i64.and",    0x00, 0x83, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_or,     "i64.or",     0x00, 0x84, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_xor,    "i64.xor",    0x00, 0x85, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shl,    "i64.shl",    0x00, 0x86, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shr_s,  "i64.shr_s",  0x00, 0x87, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shr_u,  "i64.shr_u",  0x00, 0x88, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rotl,   "i64.rotl",   0x00, 0x89, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rotr,   "i64.rotr",   0x00, 0x8a, none, ll_l, 0, mvp)

// Float arithmetic.
DOVETAIL_OP(f32_abs,      "f32.abs",      0x00, 0x8b, none, f_f,  0, mvp)
DOVETAIL_OP(f32_neg,      "f32.neg",      0x00, 0x8c, none, f_f,  0, mvp)
DOVETAIL_OP(f32_ceil,     "f32.ceil",     0x00, 0x8d, none, f_f,  0, mvp)
DOVETAIL_OP(f32_floor,    "f32.floor",    0x00, 0x8e, none, f_f,  0, mvp)
DOVETAIL_OP(f32_trunc,    "f32.trunc",    0x00, 0x8f, none, f_f,  0, mvp)
DOVETAIL_OP(f32_nearest,  "f32.nearest",  0x00, 0x90, none, f_f,  0, mvp)
DOVETAIL_OP(f32_sqrt,     "f32.sqrt",     0x00, 0x91, none, f_f,  0, mvp)
DOVETAIL_OP(f32_add,      "f32.add",      0x00, 0x92, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_sub,      "f32.sub",      0x00, 0x93, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_mul,      "f32.mul",      0x00, 0x94, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_div,      "f32.div",      0x00, 0x95, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_min,      "f32.min",      0x00, 0x96, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_max,      "f32.max",      0x00, 0x97, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_copysign, "f32.copysign", 0x00, 0x98, none, ff_f, 0, mvp)
DOVETAIL_OP(f64_abs,      "f64.abs",      0x00, 0x99, none, d_d,  0, mvp)
DOVETAIL_OP(f64_neg,      "f64.neg",      0x00, 0x9a, none, d_d,  0, mvp)
DOVETAIL_OP(f64_ceil,     "f64.ceil",     0x00, 0x9b, none, d_d,  0, mvp)
DOVETAIL_OP(f64_floor,    "f64.floor",    0x00, 0x9c, none, d_d,  0, mvp)
DOVETAIL_OP(f64_trunc,    "f64.trunc",    0x00, 0x9d, none, d_d,  0, mvp)
DOVETAIL_OP(f64_nearest,  "f64.nearest",  0x00, 0x9e, none, d_d,  0, mvp)
DOVETAIL_OP(f64_sqrt,     "f64.sqrt",     0x00, 0x9f, none, d_d,  0, mvp)
DOVETAIL_OP(f64_add,      "f64.add",      0x00, 0xa0, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_sub,      "f64.sub",      0x00, 0xa1, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_mul,      "f64.mul",      0x00, 0xa2, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_div,      "f64.div",      0x00, 0xa3, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_min,      "f64.min",      0x00, 0xa4, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_max,      "f64.max",      0x00, 0xa5, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_copysign, "f64.copysign", 0x00, 0xa6, none, dd_d, 0, mvp)

// Conversions.
DOVETAIL_OP(i32_wrap_i64,        "i32.wrap_i64",        0x00, 0xa7, none, l_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f32_s,     "i32.trunc_f32_s",     0x00, 0xa8, none, f_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f32_u,     "i32.trunc_f32_u",     0x00, 0xa9, none, f_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f64_s,     "i32.trunc_f64_s",     0x00, 0xaa, none, d_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f64_u,     "i32.trunc_f64_u",     0x00, 0xab, none, d_i, 0, mvp)
DOVETAIL_OP(i64_extend_i32_s,    "i64.extend_i32_s",    0x00, 0xac, none, i_l, 0, mvp)
DOVETAIL_OP(i64_extend_i32_u,    "i64.extend_i32_u",    0x00, 0xad, none, i_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f32_s,     "i64.trunc_f32_s",     0x00, 0xae, none, f_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f32_u,     "i64.trunc_f32_u",     0x00, 0xaf, none, f_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f64_s,     "i64.trunc_f64_s",     0x00, 0xb0, none, d_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f64_u,     "i64.trunc_f64_u",     0x00, 0xb1, none, d_l, 0, mvp)
DOVETAIL_OP(f32_convert_i32_s,   "f32.convert_i32_s",   0x00, 0xb2, none, i_f, 0, mvp)
DOVETAIL_OP(f32_convert_i32_u,   "f32.convert_i32_u",   0x00, 0xb3, none, i_f, 0, mvp)
DOVETAIL_OP(f32_convert_i64_s,   "f32.convert_i64_s",   0x00, 0xb4, none, l_f, 0, mvp)
DOVETAIL_OP(f32_convert_i64_u,   "f32.convert_i64_u",   0x00, 0xb5, none, l_f, 0, mvp)
DOVETAIL_OP(f32_demote_f64,      "f32.demote_f64",      0x00, 0xb6, none, d_f, 0, mvp)
DOVETAIL_OP(f64_convert_i32_s,   "f64.convert_i32_s",   0x00, 0xb7, none, i_d, 0, mvp)
DOVETAIL_OP(f64_convert_i32_u,   "f64.convert_i32_u",   0x00, 0xb8, none, i_d, 0, mvp)
DOVETAIL_OP(f64_convert_i64_s,   "f64.convert_i64_s",   0x00, 0xb9, none, l_d, 0, mvp)
DOVETAIL_OP(f64_convert_i64_u,   "f64.convert_i64_u",   0x00, 0xba, none, l_d, 0, mvp)
DOVETAIL_OP(f64_promote_f32,     "f64.promote_f32",     0x00, 0xbb, none, f_d, 0, mvp)
DOVETAIL_OP(i32_reinterpret_f32, "i32.reinterpret_f32", 0x00, 0xbc, none, f_i, 0, mvp)
DOVETAIL_OP(i64_reinterpret_f64, "i64.reinterpret_f64", 0x00, 0xbd, none, d_l, 0, mvp)
DOVETAIL_OP(f32_reinterpret_i32, "f32.reinterpret_i32", 0x00, 0xbe, none, i_f, 0, mvp)
DOVETAIL_OP(f64_reinterpret_i64, "f64.reinterpret_i64", 0x00, 0xbf, none, l_d, 0, mvp)
DOVETAIL_OP(i32_extend8_s,       "i32.extend8_s",       0x00, 0xc0, none, i_i, 0, sign_extension)
DOVETAIL_OP(i32_extend16_s,      "i32.extend16_s",      0x00, 0xc1, none, i_i, 0, sign_extension)
DOVETAIL_OP(i64_extend8_s,       "i64.extend8_s",       0x00, 0xc2, none, l_l, 0, sign_extension)
DOVETAIL_OP(i64_extend16_s,      "i64.extend16_s",      0x00, 0xc3, none, l_l, 0, sign_extension)
DOVETAIL_OP(i64_extend32_s,      "i64.extend32_s",      0x00, 0xc4, none, l_l, 0, sign_extension)
DOVETAIL_OP(i32_trunc_sat_f32_s, "i32.trunc_sat_f32_s", 0xfc, 0x00, none, f_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f32_u, "i32.trunc_sat_f32_u", 0xfc, 0x01, none, f_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f64_s, "i32.trunc_sat_f64_s", 0xfc, 0x02, none, d_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f64_u, "i32.trunc_sat_f64_u", 0xfc, 0x03, none, d_i, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f32_s, "i64.trunc_sat_f32_s", 0xfc, 0x04, none, f_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f32_u, "i64.trunc_sat_f32_u", 0xfc, 0x05, none, f_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f64_s, "i64.trunc_sat_f64_s", 0xfc, 0x06, none, d_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f64_u, "i64.trunc_sat_f64_u", 0xfc, 0x07, none, d_l, 0, saturating_conversion)

// Vector instructions (5.4.8): memory, constants, lanes. The width of a lane access is the lane.
DOVETAIL_OP(v128_load,            "v128.load",            0xfd, 0x00, memarg,      i_v,  16, simd)
DOVETAIL_OP(v128_load8x8_s,       "v128.load8x8_s",       0xfd, 0x01, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load8x8_u,       "v128.load8x8_u",       0xfd, 0x02, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load16x4_s,      "v128.load16x4_s",      0xfd, 0x03, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load16x4_u,      "v128.load16x4_u",      0xfd, 0x04, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32x2_s,      "v128.load32x2_s",      0xfd, 0x05, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32x2_u,      "v128.load32x2_u",      0xfd, 0x06, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load8_splat,     "v128.load8_splat",     0xfd, 0x07, memarg,      i_v,  1,  simd)
DOVETAIL_OP(v128_load16_splat,    "v128.load16_splat",    0xfd, 0x08, memarg,      i_v,  2,  simd)
DOVETAIL_OP(v128_load32_splat,    "v128.load32_splat",    0xfd, 0x09, memarg,      i_v,  4,  simd)
DOVETAIL_OP(v128_load64_splat,    "v128.load64_splat",    0xfd, 0x0a, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32_zero,     "v128.load32_zero",     0xfd, 0x5c, memarg,      i_v,  4,  simd)
DOVETAIL_OP(v128_load64_zero,     "v128.load64_zero",     0xfd, 0x5d, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_store,           "v128.store",           0xfd, 0x0b, memarg,      iv_n, 16, simd)
DOVETAIL_OP(v128_load8_lane,      "v128.load8_lane",      0xfd, 0x54, memarg_lane, iv_v, 1,  simd)
DOVETAIL_OP(v128_load16_lane,     "v128.load16_lane",     0xfd, 0x55, memarg_lane, iv_v, 2,  simd)
DOVETAIL_OP(v128_load32_lane,     "v128.load32_lane",     0xfd, 0x56, memarg_lane, iv_v, 4,  simd)
DOVETAIL_OP(v128_load64_lane,     "v128.load64_lane",     0xfd, 0x57, memarg_lane, iv_v, 8,  simd)
DOVETAIL_OP(v128_store8_lane,     "v128.store8_lane",     0xfd, 0x58, memarg_lane, iv_n, 1,  simd)
DOVETAIL_OP(v128_store16_lane,    "v128.store16_lane",    0xfd, 0x59, memarg_lane, iv_n, 2,  simd)
DOVETAIL_OP(v128_store32_lane,    "v128.store32_lane",    0xfd, 0x5a, memarg_lane, iv_n, 4,  simd)
DOVETAIL_OP(v128_store64_lane,    "v128.store64_lane",    0xfd, 0x5b, memarg_lane, iv_n, 8,  simd)
DOVETAIL_OP(v128_const,           "v128.const",           0xfd, 0x0c, v128,        n_v,  0,  simd)
DOVETAIL_OP(i8x16_shuffle,        "i8x16.shuffle",        0xfd, 0x0d, shuffle,     vv_v, 1,  simd)
DOVETAIL_OP(i8x16_swizzle,        "i8x16.swizzle",        0xfd, 0x0e, none,        vv_v, 0,  simd)
DOVETAIL_OP(i8x16_splat,          "i8x16.splat",          0xfd, 0x0f, none,        i_v,  0,  simd)
DOVETAIL_OP(i16x8_splat,          "i16x8.splat",          0xfd, 0x10, none,        i_v,  0,  simd)
DOVETAIL_OP(i32x4_splat,          "i32x4.splat",          0xfd, 0x11, none,        i_v,  0,  simd)
DOVETAIL_OP(i64x2_splat,          "i64x2.splat",          0xfd, 0x12, none,        l_v,  0,  simd)
DOVETAIL_OP(f32x4_splat,          "f32x4.splat",          0xfd, 0x13, none,        f_v,  0,  simd)
DOVETAIL_OP(f64x2_splat,          "f64x2.splat",          0xfd, 0x14, none,        d_v,  0,  simd)
DOVETAIL_OP(i8x16_extract_lane_s, "i8x16.extract_lane_s", 0xfd, 0x15, lane,        v_i,  1,  simd)
DOVETAIL_OP(i8x16_extract_lane_u, "i8x16.extract_lane_u", 0xfd, 0x16, lane,        v_i,  1,  simd)
DOVETAIL_OP(i8x16_replace_lane,   "i8x16.replace_lane",   0xfd, 0x17, lane,        vi_v, 1,  simd)
DOVETAIL_OP(i16x8_extract_lane_s, "i16x8.extract_lane_s", 0xfd, 0x18, lane,        v_i,  2,  simd)
DOVETAIL_OP(i16x8_extract_lane_u, "i16x8.extract_lane_u", 0xfd, 0x19, lane,        v_i,  2,  simd)
DOVETAIL_OP(i16x8_replace_lane,   "i16x8.replace_lane",   0xfd, 0x1a, lane,        vi_v, 2,  simd)
DOVETAIL_OP(i32x4_extract_lane,   "i32x4.extract_lane",   0xfd, 0x1b, lane,        v_i,  4,  simd)
DOVETAIL_OP(i32x4_replace_lane,   "i32x4.replace_lane",   0xfd, 0x1c, lane,        vi_v, 4,  simd)
DOVETAIL_OP(i64x2_extract_lane,   "i64x2.extract_lane",   0xfd, 0x1d, lane,        v_l,  8,  simd)
DOVETAIL_OP(i64x2_replace_lane,   "i64x2.replace_lane",   0xfd, 0x1e, lane,        vl_v, 8,  simd)
DOVETAIL_OP(f32x4_extract_lane,   "f32x4.extract_lane",   0xfd, 0x1f, lane,        v_f,  4,  simd)
DOVETAIL_OP(f32x4_replace_lane,   "f32x4.replace_lane",   0xfd, 0x20, lane,        vf_v, 4,  simd)
DOVETAIL_OP(f64x2_extract_lane,   "f64x2.extract_lane",   0xfd, 0x21, lane,        v_d,  8,  simd)
DOVETAIL_OP(f64x2_replace_lane,   "f64x2.replace_lane",   0xfd, 0x22, lane,        vd_v, 8,  simd)

// Vector comparisons.
DOVETAIL_OP(i8x16_eq,   "i8x16.eq",   0xfd, 0x23, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ne,   "i8x16.ne",   0xfd, 0x24, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_lt_s, "i8x16.lt_s", 0xfd, 0x25, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_lt_u, "i8x16.lt_u", 0xfd, 0x26, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_gt_s, "i8x16.gt_s", 0xfd, 0x27, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_gt_u, "i8x16.gt_u", 0xfd, 0x28, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_le_s, "i8x16.le_s", 0xfd, 0x29, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_le_u, "i8x16.le_u", 0xfd, 0x2a, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ge_s, "i8x16.ge_s", 0xfd, 0x2b, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ge_u, "i8x16.ge_u", 0xfd, 0x2c, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_eq,   "i16x8.eq",   0xfd, 0x2d, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ne,   "i16x8.ne",   0xfd, 0x2e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_lt_s, "i16x8.lt_s", 0xfd, 0x2f, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_lt_u, "i16x8.lt_u", 0xfd, 0x30, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_gt_s, "i16x8.gt_s", 0xfd, 0x31, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_gt_u, "i16x8.gt_u", 0xfd, 0x32, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_le_s, "i16x8.le_s", 0xfd, 0x33, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_le_u, "i16x8.le_u", 0xfd, 0x34, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ge_s, "i16x8.ge_s", 0xfd, 0x35, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ge_u, "i16x8.ge_u", 0xfd, 0x36, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_eq,   "i32x4.eq",   0xfd, 0x37, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ne,   "i32x4.ne",   0xfd, 0x38, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_lt_s, "i32x4.lt_s", 0xfd, 0x39, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_lt_u, "i32x4.lt_u", 0xfd, 0x3a, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_gt_s, "i32x4.gt_s", 0xfd, 0x3b, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_gt_u, "i32x4.gt_u", 0xfd, 0x3c, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_le_s, "i32x4.le_s", 0xfd, 0x3d, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_le_u, "i32x4.le_u", 0xfd, 0x3e, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ge_s, "i32x4.ge_s", 0xfd, 0x3f, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ge_u, "i32x4.ge_u", 0xfd, 0x40, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_eq,   "i64x2.eq",   0xfd, 0xd6, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_ne,   "i64x2.ne",   0xfd, 0xd7, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_lt_s, "i64x2.lt_s", 0xfd, 0xd8, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_gt_s, "i64x2.gt_s", 0xfd, 0xd9, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_le_s, "i64x2.le_s", 0xfd, 0xda, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_ge_s, "i64x2.ge_s", 0xfd, 0xdb, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_eq,   "f32x4.eq",   0xfd, 0x41, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_ne,   "f32x4.ne",   0xfd, 0x42, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_lt,   "f32x4.lt",   0xfd, 0x43, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_gt,   "f32x4.gt",   0xfd, 0x44, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_le,   "f32x4.le",   0xfd, 0x45, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_ge,   "f32x4.ge",   0xfd, 0x46, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_eq,   "f64x2.eq",   0xfd, 0x47, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_ne,   "f64x2.ne",   0xfd, 0x48, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_lt,   "f64x2.lt",   0xfd, 0x49, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_gt,   "f64x2.gt",   0xfd, 0x4a, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_le,   "f64x2.le",   0xfd, 0x4b, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_ge,   "f64x2.ge",   0xfd, 0x4c, none, vv_v, 0, simd)

// Vector bitwise instructions.
DOVETAIL_OP(v128_not,       "v128.not",       0xfd, 0x4d, none, v_v,   0, simd)
DOVETAIL_OP(v128_and,       "v128.and",       0xfd, 0x4e, none, vv_v,  0, simd)
DOVETAIL_OP(v128_andnot,    "v128.andnot",    0xfd, 0x4f, none, vv_v,  0, simd)
DOVETAIL_OP(v128_or,        "v128.or",        0xfd, 0x50, none, vv_v,  0, simd)
DOVETAIL_OP(v128_xor,       "v128.xor",       0xfd, 0x51, none, vv_v,  0, simd)
DOVETAIL_OP(v128_bitselect, "v128.bitselect", 0xfd, 0x52, none, vvv_v, 0, simd)
DOVETAIL_OP(v128_any_true,  "v128.any_true",  0xfd, 0x53, none, v_i,   0, simd)

// Vector integer arithmetic.
DOVETAIL_OP(i8x16_abs,                     "i8x16.abs",                     0xfd, 0x60, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_neg,                     "i8x16.neg",                     0xfd, 0x61, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_popcnt,                  "i8x16.popcnt",                  0xfd, 0x62, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_all_true,                "i8x16.all_true",                0xfd, 0x63, none, v_i,  0, simd)
DOVETAIL_OP(i8x16_bitmask,                 "i8x16.bitmask",                 0xfd, 0x64, none, v_i,  0, simd)
DOVETAIL_OP(i8x16_narrow_i16x8_s,          "i8x16.narrow_i16x8_s",          0xfd, 0x65, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_narrow_i16x8_u,          "i8x16.narrow_i16x8_u",          0xfd, 0x66, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_shl,                     "i8x16.shl",                     0xfd, 0x6b, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_shr_s,                   "i8x16.shr_s",                   0xfd, 0x6c, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_shr_u,                   "i8x16.shr_u",                   0xfd, 0x6d, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_add,                     "i8x16.add",                     0xfd, 0x6e, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_add_sat_s,               "i8x16.add_sat_s",               0xfd, 0x6f, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_add_sat_u,               "i8x16.add_sat_u",               0xfd, 0x70, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub,                     "i8x16.sub",                     0xfd, 0x71, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub_sat_s,               "i8x16.sub_sat_s",               0xfd, 0x72, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub_sat_u,               "i8x16.sub_sat_u",               0xfd, 0x73, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_min_s,                   "i8x16.min_s",                   0xfd, 0x76, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_min_u,                   "i8x16.min_u",                   0xfd, 0x77, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_max_s,                   "i8x16.max_s",                   0xfd, 0x78, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_max_u,                   "i8x16.max_u",                   0xfd, 0x79, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_avgr_u,                  "i8x16.avgr_u",                  0xfd, 0x7b, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extadd_pairwise_i8x16_s, "i16x8.extadd_pairwise_i8x16_s", 0xfd, 0x7c, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extadd_pairwise_i8x16_u, "i16x8.extadd_pairwise_i8x16_u", 0xfd, 0x7d, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extadd_pairwise_i16x8_s, "i32x4.extadd_pairwise_i16x8_s", 0xfd, 0x7e, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extadd_pairwise_i16x8_u, "i32x4.extadd_pairwise_i16x8_u", 0xfd, 0x7f, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_abs,                     "i16x8.abs",                     0xfd, 0x80, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_neg,                     "i16x8.neg",                     0xfd, 0x81, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_q15mulr_sat_s,           "i16x8.q15mulr_sat_s",           0xfd, 0x82, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_all_true,                "i16x8.all_true",                0xfd, 0x83, none, v_i,  0, simd)
DOVETAIL_OP(i16x8_bitmask,                 "i16x8.bitmask",                 0xfd, 0x84, none, v_i,  0, simd)
DOVETAIL_OP(i16x8_narrow_i32x4_s,          "i16x8.narrow_i32x4_s",          0xfd, 0x85, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_narrow_i32x4_u,          "i16x8.narrow_i32x4_u",          0xfd, 0x86, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extend_low_i8x16_s,      "i16x8.extend_low_i8x16_s",      0xfd, 0x87, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_high_i8x16_s,     "i16x8.extend_high_i8x16_s",     0xfd, 0x88, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_low_i8x16_u,      "i16x8.extend_low_i8x16_u",      0xfd, 0x89, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_high_i8x16_u,     "i16x8.extend_high_i8x16_u",     0xfd, 0x8a, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_shl,                     "i16x8.shl",                     0xfd, 0x8b, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_shr_s,                   "i16x8.shr_s",                   0xfd, 0x8c, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_shr_u,                   "i16x8.shr_u",                   0xfd, 0x8d, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_add,                     "i16x8.add",                     0xfd, 0x8e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_add_sat_s,               "i16x8.add_sat_s",               0xfd, 0x8f, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_add_sat_u,               "i16x8.add_sat_u",               0xfd, 0x90, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub,                     "i16x8.sub",                     0xfd, 0x91, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub_sat_s,               "i16x8.sub_sat_s",               0xfd, 0x92, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub_sat_u,               "i16x8.sub_sat_u",               0xfd, 0x93, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_mul,                     "i16x8.mul",                     0xfd, 0x95, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_min_s,                   "i16x8.min_s",                   0xfd, 0x96, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_min_u,                   "i16x8.min_u",                   0xfd, 0x97, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_max_s,                   "i16x8.max_s",                   0xfd, 0x98, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_max_u,                   "i16x8.max_u",                   0xfd, 0x99, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_avgr_u,                  "i16x8.avgr_u",                  0xfd, 0x9b, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_low_i8x16_s,      "i16x8.extmul_low_i8x16_s",      0xfd, 0x9c, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_high_i8x16_s,     "i16x8.extmul_high_i8x16_s",     0xfd, 0x9d, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_low_i8x16_u,      "i16x8.extmul_low_i8x16_u",      0xfd, 0x9e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_high_i8x16_u,     "i16x8.extmul_high_i8x16_u",     0xfd, 0x9f, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_abs,                     "i32x4.abs",                     0xfd, 0xa0, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_neg,                     "i32x4.neg",                     0xfd, 0xa1, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_all_true,                "i32x4.all_true",                0xfd, 0xa3, none, v_i,  0, simd)
DOVETAIL_OP(i32x4_bitmask,                 "i32x4.bitmask",                 0xfd, 0xa4, none, v_i,  0, simd)
DOVETAIL_OP(i32x4_extend_low_i16x8_s,      "i32x4.extend_low_i16x8_s",      0xfd, 0xa7, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_high_i16x8_s,     "i32x4.extend_high_i16x8_s",     0xfd, 0xa8, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_low_i16x8_u,      "i32x4.extend_low_i16x8_u",      0xfd, 0xa9, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_high_i16x8_u,     "i32x4.extend_high_i16x8_u",     0xfd, 0xaa, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_shl,                     "i32x4.shl",                     0xfd, 0xab, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_shr_s,                   "i32x4.shr_s",                   0xfd, 0xac, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_shr_u,                   "i32x4.shr_u",                   0xfd, 0xad, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_add,                     "i32x4.add",                     0xfd, 0xae, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_sub,                     "i32x4.sub",                     0xfd, 0xb1, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_mul,                     "i32x4.mul",                     0xfd, 0xb5, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_min_s,                   "i32x4.min_s",                   0xfd, 0xb6, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_min_u,                   "i32x4.min_u",                   0xfd, 0xb7, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_max_s,                   "i32x4.max_s",                   0xfd, 0xb8, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_max_u,                   "i32x4.max_u",                   0xfd, 0xb9, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_dot_i16x8_s,             "i32x4.dot_i16x8_s",             0xfd, 0xba, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_low_i16x8_s,      "i32x4.extmul_low_i16x8_s",      0xfd, 0xbc, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_high_i16x8_s,     "i32x4.extmul_high_i16x8_s",     0xfd, 0xbd, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_low_i16x8_u,      "i32x4.extmul_low_i16x8_u",      0xfd, 0xbe, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_high_i16x8_u,     "i32x4.extmul_high_i16x8_u",     0xfd, 0xbf, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_abs,                     "i64x2.abs",                     0xfd, 0xc0, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_neg,                     "i64x2.neg",                     0xfd, 0xc1, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_all_true,                "i64x2.all_true",                0xfd, 0xc3, none, v_i,  0, simd)
DOVETAIL_OP(i64x2_bitmask,                 "i64x2.bitmask",                 0xfd, 0xc4, none, v_i,  0, simd)
DOVETAIL_OP(i64x2_extend_low_i32x4_s,      "i64x2.extend_low_i32x4_s",      0xfd, 0xc7, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_high_i32x4_s,     "i64x2.extend_high_i32x4_s",     0xfd, 0xc8, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_low_i32x4_u,      "i64x2.extend_low_i32x4_u",      0xfd, 0xc9, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_high_i32x4_u,     "i64x2.extend_high_i32x4_u",     0xfd, 0xca, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_shl,                     "i64x2.shl",                     0xfd, 0xcb, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_shr_s,                   "i64x2.shr_s",                   0xfd, 0xcc, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_shr_u,                   "i64x2.shr_u",                   0xfd, 0xcd, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_add,                     "i64x2.add",                     0xfd, 0xce, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_sub,                     "i64x2.sub",                     0xfd, 0xd1, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_mul,                     "i64x2.mul",                     0xfd, 0xd5, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_low_i32x4_s,      "i64x2.extmul_low_i32x4_s",      0xfd, 0xdc, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_high_i32x4_s,     "i64x2.extmul_high_i32x4_s",     0xfd, 0xdd, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_low_i32x4_u,      "i64x2.extmul_low_i32x4_u",      0xfd, 0xde, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_high_i32x4_u,     "i64x2.extmul_high_i32x4_u",     0xfd, 0xdf, none, vv_v, 0, simd)

// Vector float arithmetic.
DOVETAIL_OP(f32x4_ceil,    "f32x4.ceil",    0xfd, 0x67, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_floor,   "f32x4.floor",   0xfd, 0x68, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_trunc,   "f32x4.trunc",   0xfd, 0x69, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_nearest, "f32x4.nearest", 0xfd, 0x6a, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_ceil,    "f64x2.ceil",    0xfd, 0x74, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_floor,   "f64x2.floor",   0xfd, 0x75, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_trunc,   "f64x2.trunc",   0xfd, 0x7a, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_nearest, "f64x2.nearest", 0xfd, 0x94, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_abs,     "f32x4.abs",     0xfd, 0xe0, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_neg,     "f32x4.neg",     0xfd, 0xe1, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_sqrt,    "f32x4.sqrt",    0xfd, 0xe3, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_add,     "f32x4.add",     0xfd, 0xe4, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_sub,     "f32x4.sub",     0xfd, 0xe5, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_mul,     "f32x4.mul",     0xfd, 0xe6, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_div,     "f32x4.div",     0xfd, 0xe7, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_min,     "f32x4.min",     0xfd, 0xe8, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_max,     "f32x4.max",     0xfd, 0xe9, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_pmin,    "f32x4.pmin",    0xfd, 0xea, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_pmax,    "f32x4.pmax",    0xfd, 0xeb, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_abs,     "f64x2.abs",     0xfd, 0xec, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_neg,     "f64x2.neg",     0xfd, 0xed, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_sqrt,    "f64x2.sqrt",    0xfd, 0xef, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_add,     "f64x2.add",     0xfd, 0xf0, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_sub,     "f64x2.sub",     0xfd, 0xf1, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_mul,     "f64x2.mul",     0xfd, 0xf2, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_div,     "f64x2.div",     0xfd, 0xf3, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_min,     "f64x2.min",     0xfd, 0xf4, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_max,     "f64x2.max",     0xfd, 0xf5, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_pmin,    "f64x2.pmin",    0xfd, 0xf6, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_pmax,    "f64x2.pmax",    0xfd, 0xf7, none, vv_v, 0, simd)

// Vector conversions.
DOVETAIL_OP(i32x4_trunc_sat_f32x4_s,      "i32x4.trunc_sat_f32x4_s",      0xfd, 0xf8, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f32x4_u,      "i32x4.trunc_sat_f32x4_u",      0xfd, 0xf9, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_convert_i32x4_s,        "f32x4.convert_i32x4_s",        0xfd, 0xfa, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_convert_i32x4_u,        "f32x4.convert_i32x4_u",        0xfd, 0xfb, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f64x2_s_zero, "i32x4.trunc_sat_f64x2_s_zero", 0xfd, 0xfc, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f64x2_u_zero, "i32x4.trunc_sat_f64x2_u_zero", 0xfd, 0xfd, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_convert_low_i32x4_s,    "f64x2.convert_low_i32x4_s",    0xfd, 0xfe, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_convert_low_i32x4_u,    "f64x2.convert_low_i32x4_u",    0xfd, 0xff, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_demote_f64x2_zero,      "f32x4.demote_f64x2_zero",      0xfd, 0x5e, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_promote_low_f32x4,      "f64x2.promote_low_f32x4",      0xfd, 0x5f, none, v_v, 0, simd)

// Relaxed vector instructions: results that processors differ in.
DOVETAIL_OP(i8x16_relaxed_swizzle,               "i8x16.relaxed_swizzle",               0xfd, 0x100, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f32x4_s,         "i32x4.relaxed_trunc_f32x4_s",         0xfd, 0x101, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f32x4_u,         "i32x4.relaxed_trunc_f32x4_u",         0xfd, 0x102, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f64x2_s_zero,    "i32x4.relaxed_trunc_f64x2_s_zero",    0xfd, 0x103, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f64x2_u_zero,    "i32x4.relaxed_trunc_f64x2_u_zero",    0xfd, 0x104, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_madd,                  "f32x4.relaxed_madd",                  0xfd, 0x105, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_nmadd,                 "f32x4.relaxed_nmadd",                 0xfd, 0x106, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_madd,                  "f64x2.relaxed_madd",                  0xfd, 0x107, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_nmadd,                 "f64x2.relaxed_nmadd",                 0xfd, 0x108, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i8x16_relaxed_laneselect,            "i8x16.relaxed_laneselect",            0xfd, 0x109, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_laneselect,            "i16x8.relaxed_laneselect",            0xfd, 0x10a, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_laneselect,            "i32x4.relaxed_laneselect",            0xfd, 0x10b, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i64x2_relaxed_laneselect,            "i64x2.relaxed_laneselect",            0xfd, 0x10c, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_min,                   "f32x4.relaxed_min",                   0xfd, 0x10d, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_max,                   "f32x4.relaxed_max",                   0xfd, 0x10e, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_min,                   "f64x2.relaxed_min",                   0xfd, 0x10f, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_max,                   "f64x2.relaxed_max",                   0xfd, 0x110, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_q15mulr_s,             "i16x8.relaxed_q15mulr_s",             0xfd, 0x111, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_dot_i8x16_i7x16_s,     "i16x8.relaxed_dot_i8x16_i7x16_s",     0xfd, 0x112, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_dot_i8x16_i7x16_add_s, "i32x4.relaxed_dot_i8x16_i7x16_add_s", 0xfd, 0x113, none, vvv_v, 0, relaxed_simd)
// clang-format on
#undef DOVETAIL_OP
};
}  // namespace detail

/// The type of a numeric operator's or load's result.
[[nodiscard]] constexpr value_type result_type(op o) {
  return detail::result_types[static_cast<std::size_t>(o)];
}
/// Whether a numeric operator can trap.
[[nodiscard]] constexpr bool traps(op o) { return detail::trapping[static_cast<std::size_t>(o)]; }

// The order of each operator's handlers (see handlers.hpp).
enum class operands : std::uint8_t { ss, sk, as, ak, sa };
inline constexpr unsigned then_handlers = 5;  ///< after the five that give a value
inline constexpr unsigned else_handlers = 10;
inline constexpr unsigned count_handlers = 15;
inline constexpr unsigned test_then_handlers = 2;
inline constexpr unsigned test_else_handlers = 4;

/// The handler of an operator with a constant of 32 bits for its first operand, if it has one.
[[nodiscard]] constexpr bool handler_of_constant(op o, handler& out) {
  switch (o) {
#define DOVETAIL_WIDE(NAME)
#define DOVETAIL_OF_CONSTANT(NAME) \
  case op::NAME:                   \
    out = handler::NAME##_ks;      \
    return true;
// Operators with handlers for certain constants: DOVETAIL_OF_CONSTANT(NAME) for a first operand of
// 32 bits, DOVETAIL_WIDE(NAME) for a second one of 64 bits, as hashes have, and numbers that are no
// float. Whoever includes this defines both macros.

// clang-format off
DOVETAIL_OF_CONSTANT(i32_sub)
DOVETAIL_OF_CONSTANT(i32_shl)
DOVETAIL_OF_CONSTANT(i64_sub)
DOVETAIL_OF_CONSTANT(i64_shl)
DOVETAIL_OF_CONSTANT(f32_sub)
DOVETAIL_OF_CONSTANT(f32_div)
DOVETAIL_OF_CONSTANT(f64_sub)
DOVETAIL_OF_CONSTANT(f64_div)
DOVETAIL_WIDE(i64_add)
DOVETAIL_WIDE(i64_mul)
DOVETAIL_WIDE(i64_and)
DOVETAIL_WIDE(i64_or)
DOVETAIL_WIDE(i64_xor)
DOVETAIL_WIDE(f64_add)
DOVETAIL_WIDE(f64_sub)
DOVETAIL_WIDE(f64_mul)
DOVETAIL_WIDE(f64_div)
// clang-format on
#undef DOVETAIL_OF_CONSTANT
#undef DOVETAIL_WIDE
    default: return false;
  }
}
/// The handler with a constant of 64 bits for its second operand, if it has one; the one behind it
/// takes the first operand from the accumulator.
[[nodiscard]] constexpr bool handler_of_wide(op o, handler& out) {
  switch (o) {
#define DOVETAIL_OF_CONSTANT(NAME)
#define DOVETAIL_WIDE(NAME)   \
  case op::NAME:              \
    out = handler::NAME##_sw; \
    return true;
// Operators with handlers for certain constants: DOVETAIL_OF_CONSTANT(NAME) for a first operand of
// 32 bits, DOVETAIL_WIDE(NAME) for a second one of 64 bits, as hashes have, and numbers that are no
// float. Whoever includes this defines both macros.

// clang-format off
DOVETAIL_OF_CONSTANT(i32_sub)
DOVETAIL_OF_CONSTANT(i32_shl)
DOVETAIL_OF_CONSTANT(i64_sub)
DOVETAIL_OF_CONSTANT(i64_shl)
DOVETAIL_OF_CONSTANT(f32_sub)
DOVETAIL_OF_CONSTANT(f32_div)
DOVETAIL_OF_CONSTANT(f64_sub)
DOVETAIL_OF_CONSTANT(f64_div)
DOVETAIL_WIDE(i64_add)
DOVETAIL_WIDE(i64_mul)
DOVETAIL_WIDE(i64_and)
DOVETAIL_WIDE(i64_or)
DOVETAIL_WIDE(i64_xor)
DOVETAIL_WIDE(f64_add)
DOVETAIL_WIDE(f64_sub)
DOVETAIL_WIDE(f64_mul)
DOVETAIL_WIDE(f64_div)
// clang-format on
#undef DOVETAIL_OF_CONSTANT
#undef DOVETAIL_WIDE
    default: return false;
  }
}

[[nodiscard]] constexpr handler handler_of(op o, operands from, unsigned group = 0) {
  return handler_of(o, group + static_cast<unsigned>(from));
}

}  // namespace dovetail::interpreting

// ---- dovetail/interpreter/writer.hpp

// The lower half of the emitter: writes cells, places operands in slots, remembers what the
// accumulators hold and what was written last, so that the upper half can fold and fuse.

namespace dovetail::interpreting {

/// A cell that may still change because nothing has come to depend on it.
struct written {
  std::uint32_t at = no_cell;  ///< its place; it counts only while it is the newest
  handler what{};
  op operation{};
  operands from{};
  std::uint32_t dest = 0;
  std::uint32_t cells = 1;
  std::uint32_t mirrors[bank_count] = {};  ///< what the accumulators held before it
  static constexpr std::uint32_t no_cell = 0xffff'ffff;
};

class writer {
 public:
  static constexpr std::uint32_t no_slot = 0xffff'ffff;

  writer(module_code& code, heads table, allocator& memory)
      : code_(code), table_(table), local_slots_(memory), vector_constants_(memory) {}

 protected:
  using live = dovetail::live<name>;

  // The frame: parameters, scratch slots if some slot may be beyond 16 bits, locals, then the
  // temporaries.
  void lay_out(const function_body& f) {
    const std::size_t locals = slots_of(f.locals);
    // No operator pushes more values than the longest result list, and each takes a byte at least.
    const std::size_t results = f.module->most_results,
                      widest = f.module->has_vector_types ? 2 * results : results;
    is_wide_ = locals + f.size * (widest > 1 ? widest : 1) > 65'000;
    scratch_ = slots_of(f.type.parameters);
    // Scratch slots come before the other locals, where 16 bits always reach.
    shifted_from_ = is_wide_ ? scratch_ : no_slot;
    first_temporary_ = static_cast<std::uint32_t>(locals) + (is_wide_ ? scratch_slots : 0);
    local_slots_.clear();
    vector_constants_.clear();
    if (locals != f.locals.size()) [[unlikely]]
      place_locals(f.locals);
    frame_slots_ = first_temporary_;
    start_ = cell_count();
    forget_accumulators();
    newest_ = {};
    before_newest_ = {};
    first_pending_ = 0;
  }

  // Where there are vectors among them, the number of a local is not its slot.
  DOVETAIL_COLD void place_locals(std::span<const value_type> types) {
    if (const status s = local_slots_.resize(types.size()); s != status::ok) return fail(s);
    std::uint32_t at = 0;
    for (std::size_t i = 0; i < types.size(); ++i) {
      local_slots_[i] = at;
      at += slots_of(types[i]);
    }
  }
  [[nodiscard]] std::uint32_t slot_of(local_index local) const {
    const std::uint32_t slot = local_slots_.empty() ? local.value : local_slots_[local.value];
    return slot >= shifted_from_ ? slot + scratch_slots : slot;
  }
  // The slot of the frame for a slot of the operand stack.
  [[nodiscard]] std::uint32_t temporary(std::uint32_t at, std::uint32_t count = 1) {
    const std::uint32_t slot = first_temporary_ + at;
    use(slot + count);
    return slot;
  }
  [[nodiscard]] std::uint32_t temporary_of(const operand<name>& o) {
    use(first_temporary_ + o.end);
    return first_temporary_ + o.slot();
  }
  void use(std::uint32_t count) {
    if (count > frame_slots_) frame_slots_ = count;
  }
  [[nodiscard]] bool is_local(const name& n) const {
    return !n.is_constant && n.slot < first_temporary_;
  }

  // Cells.
  [[nodiscard]] std::uint32_t cell_count() const {
    return static_cast<std::uint32_t>(code_.cells.size());
  }

  std::uint32_t raw(std::uint64_t head, std::uint32_t d, std::uint32_t a, std::uint32_t k) {
    const std::uint32_t at = cell_count();
    DOVETAIL_ASSERT(d <= 0xffff && a <= 0xffff);
    const status s =
        code_.cells.push({head, static_cast<std::uint16_t>(d), static_cast<std::uint16_t>(a), k});
    if (s != status::ok) [[unlikely]]
      fail(s);
    if (at > most_cells) [[unlikely]]
      fail(status::function_too_large);
    return at;
  }
  std::uint32_t put(handler h, std::uint32_t d, std::uint32_t a, std::uint32_t k) {
    return raw(table_[static_cast<std::size_t>(h)], d, a, k);
  }
  /// A cell that may trap: its offset is kept.
  std::uint32_t put_trapping(handler h, std::uint32_t d, std::uint32_t a, std::uint32_t k) {
    note_position();
    return put(h, d, a, k);
  }
  void note_position() {
    const status s = code_.positions.push({cell_count(), static_cast<std::uint32_t>(offset_)});
    if (s != status::ok) [[unlikely]]
      fail(s);
  }
  void fail(status s) {
    if (failure_ == status::ok) failure_ = s;
  }

  // Takes back the newest cell.
  void take_back() {
    for (std::uint32_t i = 0; i < newest_.cells; ++i) {
      if (failure_ == status::ok) code_.cells.pop();
    }
    for (std::size_t b = 0; b < bank_count; ++b) mirrors_[b] = newest_.mirrors[b];
    newest_ = before_newest_;
    before_newest_ = {};
  }
  [[nodiscard]] bool is_newest(const written& w, std::uint32_t cells_after = 0) const {
    return w.at != written::no_cell && w.at + w.cells + cells_after == cell_count() &&
           failure_ == status::ok;
  }
  // Whether the newest cell has computed this, for nobody else.
  [[nodiscard]] bool is_made_by_newest(const name& n) const {
    return !n.is_constant && !is_local(n) && is_newest(newest_) && newest_.dest == n.slot;
  }
  // Whether it adds a constant of 32 bits to a slot or the accumulator.
  [[nodiscard]] static bool adds_constant(const written& w) {
    return (w.operation == op::i32_add || w.operation == op::i32_sub) &&
           (w.from == operands::sk || w.from == operands::ak);
  }
  // Whether the newest cell has added a constant to a slot or the accumulator, for nobody but `n`.
  [[nodiscard]] bool is_sum_with_constant(const name& n) const {
    return is_made_by_newest(n) && adds_constant(newest_);
  }
  // Takes that cell back; k is what it added.
  [[nodiscard]] cell take_back_sum() {
    cell sum = cell_at(newest_.at);
    if (newest_.operation == op::i32_sub) sum.k = 0 - sum.k;
    take_back();
    return sum;
  }
  // A constant of 16 bits that the newest cell has added for `n`; `n` is then what it was added to.
  // 0 if there is none.
  [[nodiscard]] std::uint32_t added_to(name& n) {
    if (!is_sum_with_constant(n)) return 0;
    const auto k = std::int64_t{static_cast<std::int32_t>(cell_at(newest_.at).k)};
    if (!is_half(newest_.operation == op::i32_sub ? -k : k)) return 0;
    const cell sum = take_back_sum();
    n = slot_name(sum.a, value_type::i32);
    return sum.k & 0xffff;
  }
  // The newest cell is another handler's, with the same operands and result.
  void rewrite_newest(handler h) {
    cell_at(newest_.at).head = table_[static_cast<std::size_t>(h)];
    newest_.what = h;
  }
  [[nodiscard]] cell& cell_at(std::uint32_t at) { return code_.cells[at]; }

  // A place that control can come to from elsewhere: nothing before it may be changed or counted
  // on.
  void barrier() {
    forget_accumulators();
    newest_ = {};
    before_newest_ = {};
  }

  // The accumulators.
  [[nodiscard]] bool is_mirrored(const name& n) const {
    return !n.is_constant && mirrors_[static_cast<std::size_t>(n.home)] == n.slot;
  }
  void forget_accumulators() {
    for (std::uint32_t& m : mirrors_) m = no_slot;
  }
  void forget_accumulator(bank b) { mirrors_[static_cast<std::size_t>(b)] = no_slot; }
  // A slot got another value by something that leaves the accumulators alone.
  void overwritten(std::uint32_t slot) {
    for (std::uint32_t& m : mirrors_) {
      if (m == slot) m = no_slot;
    }
  }
  void mirror(std::uint32_t slot, bank b) {
    overwritten(slot);
    mirrors_[static_cast<std::size_t>(b)] = slot;
  }

  // Operands. A slot beyond 16 bits is brought to a scratch slot first, one for each operand of a
  // cell.
  [[nodiscard]] std::uint32_t reach(std::uint32_t slot, unsigned scratch) {
    if (slot <= 0xffff) [[likely]]
      return slot;
    const std::uint32_t at = scratch_ + scratch;
    copy_far(at, slot);
    return at;
  }
  // Where the result for `slot` can be written; `settle` brings it home.
  [[nodiscard]] std::uint32_t reach_result(std::uint32_t slot) const {
    return slot <= 0xffff ? slot : scratch_ + 3;
  }
  void settle(std::uint32_t slot) {
    if (slot > 0xffff) [[unlikely]]
      copy_far(slot, scratch_ + 3);
  }
  // The same for vectors, whose scratch slots come after those of numbers.
  [[nodiscard]] std::uint32_t reach_vector(std::uint32_t slot, unsigned scratch) {
    if (slot <= 0xffff) [[likely]]
      return slot;
    const std::uint32_t at = vector_scratch(scratch);
    copy_far(at, slot);
    copy_far(at + 1, slot + 1);
    return at;
  }
  [[nodiscard]] std::uint32_t vector_scratch(unsigned scratch) const {
    return scratch_ + 4 + 2 * scratch;
  }
  void copy_far(std::uint32_t to, std::uint32_t from) {
    put(handler::copy_wide, 0, 0, to);
    raw(0, 0, 0, from);
    overwritten(to);
  }

  // Copies a value to a slot.
  void move_to(std::uint32_t to, const name& n) {
    if (n.is_vector) [[unlikely]]
      return move_vector_to(to, n);
    if (n.is_constant) {
      const std::uint32_t d = reach_result(to);
      if (n.bits <= 0xffff'ffff) {
        put(handler::constant_32, d, 0, static_cast<std::uint32_t>(n.bits));
      } else {
        put(handler::constant_64, d, 0, 0);
        raw(n.bits, 0, 0, 0);
      }
      overwritten(d);
      overwritten(to);
      settle(to);
    } else if (n.slot != to) {
      copy_slot(to, n.slot);
    }
  }
  DOVETAIL_NEVER_INLINE void move_vector_to(std::uint32_t to, const name& n) {
    if (!n.is_constant && n.slot == to) return;
    if (n.is_constant) {
      static_cast<void>(
          put_vector(handler::vector_constant, to, 0, 0, constant_cell(vector_constants_[n.bits])));
    } else {
      static_cast<void>(put_vector(handler::copy_vector, to, reach_vector(n.slot, 0), 0));
    }
  }
  // A cell whose result is a vector, and perhaps one more that belongs to it.
  name put_vector(handler h, std::uint32_t dest, std::uint32_t a, std::uint32_t k) {
    const std::uint32_t d = dest <= 0xffff ? dest : vector_scratch(3);
    remember(h, op{}, operands::ss, dest);
    put(h, d, a, k);
    return settle_vector(dest, d);
  }
  name put_vector(handler h, std::uint32_t dest, std::uint32_t a, std::uint32_t k,
                  const cell& more) {
    const std::uint32_t d = dest <= 0xffff ? dest : vector_scratch(3);
    remember(h, op{}, operands::ss, dest);
    newest_.cells = 2;
    put(h, d, a, k);
    raw(more.head, more.d, more.a, more.k);
    return settle_vector(dest, d);
  }
  name settle_vector(std::uint32_t dest, std::uint32_t d) {
    overwritten_vector(dest);
    if (dest != d) [[unlikely]] {
      copy_far(dest, d);
      copy_far(dest + 1, d + 1);
    }
    return slot_name(dest, value_type::v128);
  }
  void overwritten_vector(std::uint32_t slot) {
    overwritten(slot);
    overwritten(slot + 1);
  }
  [[nodiscard]] static cell constant_cell(const v128& v) {
    const slot high = v.high();
    return {v.low(), static_cast<std::uint16_t>(high), static_cast<std::uint16_t>(high >> 16),
            static_cast<std::uint32_t>(high >> 32)};
  }
  // Constants of a body wait here until something needs one in a slot.
  [[nodiscard]] name vector_constant_name(const v128& v) {
    const std::size_t number = vector_constants_.size();
    if (const status s = vector_constants_.push(v); s != status::ok) {
      fail(s);
      return slot_name(0, value_type::v128);
    }
    return constant_name(number, value_type::v128);
  }
  // The result of a vector operator, on the operand stack from slot `at` on.
  template <class... More>
  name vector_result(handler h, std::uint32_t at, std::uint32_t a, std::uint32_t k,
                     const More&... more) {
    return put_vector(h, temporary(at, 2), a, k, more...);
  }

  void copy_slot(std::uint32_t to, std::uint32_t from) {
    if (to > 0xffff || from > 0xffff) [[unlikely]] {
      copy_far(to, from);
      return;
    }
    // Two copies in a row are one cell, if the second does not read what the first has written.
    if (is_newest(newest_) && newest_.what == handler::copy) {
      const cell first = cell_at(newest_.at);
      if (first.d != from) {
        take_back();
        put(handler::copy_two, first.d, first.a, two(to, from));
        overwritten(first.d);
        overwritten(to);
        return;
      }
    }
    remember(handler::copy, op{}, operands::ss, to);
    put(handler::copy, to, from, 0);
    overwritten(to);
  }

  // The slot of a value: a constant is written to its place on the stack.
  [[nodiscard]] std::uint32_t in_slot(const name& n, std::uint32_t at) {
    if (!n.is_constant) return n.slot;
    const std::uint32_t slot = temporary(at, n.is_vector ? 2 : 1);
    move_to(slot, n);
    return slot;
  }

  // Puts a value where every path expects the operand.
  void make_canonical(operand<name>& o) {
    const std::uint32_t slot = temporary_of(o);
    move_to(slot, o.value);
    o.value = slot_name(slot, o.type);
  }

  // Remembers the cell that is about to be written.
  void remember(handler h, op o, operands from, std::uint32_t dest) {
    before_newest_ = newest_;
    newest_.at = cell_count();
    newest_.what = h;
    newest_.operation = o;
    newest_.from = from;
    newest_.dest = dest;
    newest_.cells = 1;
    for (std::size_t b = 0; b < bank_count; ++b) newest_.mirrors[b] = mirrors_[b];
  }

  // Writes a cell with a result that follows into its accumulator.
  name result(handler h, op o, operands from, std::uint32_t dest, std::uint32_t a, std::uint32_t k,
              value_type type) {
    const std::uint32_t d = reach_result(dest);
    remember(h, o, from, dest);
    put(h, d, a, k);
    mirror(d, bank_of(type));
    if (dest != d) settle(dest);
    return slot_name(dest, type);
  }

  // Operands that name a local are copied out before the local changes. Only the newest few are
  // left pending, so that a body cannot make this search long.
  void save_pending(std::uint32_t local, live stack) {
    for (std::size_t i = pending_from(stack); i < stack.size(); ++i) {
      if (!stack[i].value.is_constant && stack[i].value.slot == local) make_canonical(stack[i]);
    }
  }
  [[nodiscard]] bool is_pending(std::uint32_t local, live stack) const {
    for (std::size_t i = pending_from(stack); i < stack.size(); ++i) {
      if (!stack[i].value.is_constant && stack[i].value.slot == local) return true;
    }
    return false;
  }
  // An operand that names a local is about to be pushed on `stack`.
  void expect_pending(live stack) {
    constexpr std::size_t most_pending = 32;
    if (first_pending_ > stack.size()) first_pending_ = stack.size();
    while (stack.size() - first_pending_ > most_pending) {
      if (is_local(stack[first_pending_].value)) make_canonical(stack[first_pending_]);
      ++first_pending_;
    }
  }
  [[nodiscard]] std::size_t pending_from(live stack) const {
    return first_pending_ < stack.size() ? first_pending_ : stack.size();
  }
  // Before control may split: no operand names a local any more, since one of the ways may change
  // it.
  void save_all_pending(live stack) {
    for (std::size_t i = pending_from(stack); i < stack.size(); ++i) {
      if (is_local(stack[i].value)) make_canonical(stack[i]);
    }
    first_pending_ = stack.size();
  }

  // Three operands and a result, of numbers and of vectors.
  static constexpr std::uint32_t scratch_slots = 4 + 8;
  static constexpr std::uint32_t most_cells = 1u << 28;

  module_code& code_;
  heads table_;
  std::size_t offset_ = 0;
  std::uint32_t start_ = 0;
  std::uint32_t scratch_ = 0;
  std::uint32_t shifted_from_ = no_slot;
  std::uint32_t first_temporary_ = 0;
  std::uint32_t frame_slots_ = 0;
  std::size_t first_pending_ = 0;
  array<std::uint32_t> local_slots_;  // of each local, if some are vectors
  array<v128> vector_constants_;
  std::uint32_t mirrors_[bank_count] = {};
  written newest_;
  written before_newest_;
  status failure_ = status::ok;
  bool is_wide_ = false;
};

}  // namespace dovetail::interpreting

// ---- dovetail/interpreter/labels.hpp

// Labels of the interpreter's emitter: forward branches wait in a chain through the words they will
// be written to.

namespace dovetail::interpreting {

/// An open block.
struct block_label {
  std::uint32_t height = 0;       ///< operands below those the label carries
  std::uint32_t first_slot = 0;   ///< of those, on the operand stack
  std::uint32_t arity = 0;        ///< operands the label carries
  std::uint32_t head = 0;         ///< of a loop: its first cell
  std::uint32_t waiting = 0;      ///< chain of branches to the end, 0 if none
  std::uint32_t alternative = 0;  ///< of an if: the branch to its second arm
  std::uint32_t stub_of = 0;      ///< the branch table that last used `stub`, plus one
  std::uint32_t stub = 0;         ///< the cell where that table's entries for this label go
  bool is_loop = false;
  bool is_function = false;
};

/// Chains and distances. A site is a word of a cell: 0 and 1 are the halves of the head, 3 is k.
class label_writer : public writer {
 public:
  using writer::writer;

 protected:
  [[nodiscard]] static std::uint32_t site_of(std::uint32_t at, std::uint32_t word) {
    return at * 4 + word;
  }

  [[nodiscard]] std::uint32_t word(std::uint32_t site) const {
    const cell& c = code_.cells[site / 4];
    return site % 4 == 3 ? c.k : static_cast<std::uint32_t>(c.head >> (site % 4 * 32));
  }
  void set_word(std::uint32_t site, std::uint32_t v) {
    cell& c = code_.cells[site / 4];
    if (site % 4 == 3) {
      c.k = v;
    } else {
      const unsigned shift = site % 4 * 32;
      c.head = (c.head & ~(std::uint64_t{0xffff'ffff} << shift)) | std::uint64_t{v} << shift;
    }
  }
  void set_target(std::uint32_t site, std::uint32_t target) {
    if (failure_ == status::ok) set_word(site, target - site / 4);
  }

  /// Adds a site to a chain of forward branches.
  void wait(std::uint32_t& chain, std::uint32_t site) {
    if (failure_ != status::ok) return;
    set_word(site, chain);
    chain = site + 1;
  }
  /// All branches of a chain lead here.
  void bind(std::uint32_t& chain) {
    while (chain != 0 && failure_ == status::ok) {
      const std::uint32_t site = chain - 1;
      chain = word(site);
      set_target(site, cell_count());
    }
    chain = 0;
    barrier();
  }
  /// Sends a site to a label.
  void send(std::uint32_t site, block_label& to) {
    if (to.is_loop) {
      set_target(site, to.head);
    } else {
      wait(to.waiting, site);
    }
  }

  // Whether the operands a label carries would have to move on the way to it.
  [[nodiscard]] bool needs_moves(const block_label& to, live stack) {
    std::uint32_t at = to.first_slot;
    for (const operand<name>& o : stack.last(to.arity)) {
      if (o.value.is_constant || o.value.slot != temporary(at)) return true;
      at += slots_of(o.type);
    }
    return false;
  }
  // Moves them. Each goes to its own place or a lower one, so that going up overwrites nothing that
  // is still to come.
  void move_operands(const block_label& to, live stack) {
    std::uint32_t at = to.first_slot;
    for (const operand<name>& o : stack.last(to.arity)) {
      move_to(temporary(at, slots_of(o.type)), o.value);
      at += slots_of(o.type);
    }
  }

  // Returns with the operands on top of `stack`.
  void put_return(std::size_t arity, live stack) {
    if (arity == 0) {
      put(handler::return_here, 0, 0, 0);
    } else if (arity == 1) {
      return_one(stack[stack.size() - 1].value);
    } else {
      // The first slots may hold locals that are results too: all go to their temporaries first.
      const live results = stack.last(arity);
      for (const operand<name>& o : results) move_to(temporary_of(o), o.value);
      const std::uint32_t first = results[0].slot(), count = results.back().end - first;
      for (std::uint32_t i = 0; i < count; ++i) {
        use(i + 1);
        copy_slot(i, temporary(first + i));
      }
      put(handler::return_here, 0, 0, 0);
    }
  }
  void return_one(const name& n) {
    use(n.is_vector ? 2 : 1);
    if (n.is_vector && !n.is_constant) {
      put(handler::return_vector, 0, reach_vector(n.slot, 0), 0);
      return;
    }
    if (n.is_constant && n.bits <= 0xffff'ffff && !n.is_vector) {
      put(handler::return_k, 0, 0, static_cast<std::uint32_t>(n.bits));
    } else if (n.is_constant) {
      move_to(0, n);
      put(handler::return_here, 0, 0, 0);
    } else if (n.home == bank::integer && is_mirrored(n)) {
      put(handler::return_a, 0, 0, 0);
    } else {
      put(handler::return_s, 0, reach(n.slot, 0), 0);
    }
  }
};

}  // namespace dovetail::interpreting

// ---- dovetail/interpreter/emitter_memory.hpp

// The interpreter's emitter: accesses of the memories that are not a first one of 32 bits, and what
// depends on the type of addresses.

namespace dovetail::interpreting {

class memory_emitter : public label_writer {
 public:
  memory_emitter(module_code& code, heads table, const module_data& module)
      : label_writer(code, table, *module.env.memory),
        module_(module),
        has_narrow_memory_(module.env.memories.empty() || !module.env.memories[0].is_64) {}

 protected:
  // The type of addresses or indices.
  template <class T>
  [[nodiscard]] static value_type type_of(const T& memory_or_table) {
    return memory_or_table.is_64 ? value_type::i64 : value_type::i32;
  }
  [[nodiscard]] value_type type_of(memory_index memory) const {
    return type_of(module_.env.memories[memory.value]);
  }
  [[nodiscard]] value_type type_of(table_index table) const {
    return type_of(module_.env.tables[table.value]);
  }

  [[nodiscard]] bool is_elsewhere(memory_index memory) const {
    return memory.value != 0 || !has_narrow_memory_;
  }
  // The handlers of such accesses take operands from slots; `wide` and `elsewhere` are their places
  // among each operator's.
  name load_elsewhere(op o, const memory_argument& access, const name& address, std::uint32_t at) {
    constexpr unsigned wide = 6, elsewhere = 7;
    const std::uint32_t dest = temporary(at), a = reach(in_slot(address, at), 0);
    const std::uint32_t d = reach_result(dest);
    note_position();
    remember(handler_of(o, is_wide(access) ? wide : elsewhere), o, operands::ss, dest);
    put_elsewhere(newest_.what, access, d, a);
    newest_.cells = cell_count() - newest_.at;
    mirror(d, bank_of(result_type(o)));
    if (d != dest) settle(dest);
    return slot_name(dest, result_type(o));
  }
  void store_elsewhere(op o, const memory_argument& access, const name& address, const name& v,
                       std::uint32_t at) {
    constexpr unsigned wide = 11, elsewhere = 12;
    const std::uint32_t from = in_slot(address, at), stored = in_slot(v, at + 1);
    const std::uint32_t a = reach(from, 0), d = reach(stored, 1);
    note_position();
    put_elsewhere(handler_of(o, is_wide(access) ? wide : elsewhere), access, d, a);
  }
  // The head of the second cell. No memory is so large that half of the largest offset lies within.
  [[nodiscard]] static std::uint64_t far_offset(const memory_argument& access) {
    constexpr std::uint64_t outside = std::uint64_t{1} << 63;
    return access.offset < outside ? access.offset : outside;
  }

  const module_data& module_;

 private:
  [[nodiscard]] static bool is_wide(const memory_argument& access) {
    return access.memory.value == 0 && access.offset <= 0xffff'ffff;
  }
  void put_elsewhere(handler h, const memory_argument& access, std::uint32_t d, std::uint32_t a) {
    if (is_wide(access)) {
      put(h, d, a, static_cast<std::uint32_t>(access.offset));
    } else {
      put(h, d, a, access.memory.value);
      raw(far_offset(access), 0, 0, 0);
    }
  }

  bool has_narrow_memory_;
};

}  // namespace dovetail::interpreting

// ---- dovetail/interpreter/emitter_vector.hpp

// The interpreter's emitter: vector operators and constants. One cell each, or two where an
// immediate does not fit.

namespace dovetail::interpreting {

class vector_emitter : public memory_emitter {
 public:
  using value = name;
  using live = dovetail::live<name>;

  using memory_emitter::memory_emitter;

  value vector_constant(const v128& v) { return vector_constant_name(v); }

  template <class Immediate>
  value vector(op o, const Immediate& imm, std::span<const value> operands, live below) {
    const shape s = row_of(o).shape;
    const handler h = handler_of(o, 0);
    const std::uint32_t at = height_of(below);
    if constexpr (std::is_same_v<Immediate, memory_argument>) {
      const std::uint32_t a = reach(in_slot(operands[0], at), 0);
      note_position();
      if (is_elsewhere(imm.memory)) {
        return vector_result(handler_of(o, elsewhere), at, a, imm.memory.value,
                             cell{far_offset(imm), 0, 0, 0});
      }
      return vector_result(h, at, a, static_cast<std::uint32_t>(imm.offset));
    } else if constexpr (std::is_same_v<Immediate, memory_lane_argument>) {
      const std::uint32_t a = reach(in_slot(operands[0], at), 0),
                          v = reach_vector(in_slot(operands[1], at + 1), 1);
      cell more{0, 0, static_cast<std::uint16_t>(v), imm.lane};
      note_position();
      if (is_elsewhere(imm.access.memory)) {
        more.head = far_offset(imm.access);
        return vector_result(handler_of(o, elsewhere), at, a, imm.access.memory.value, more);
      }
      return vector_result(h, at, a, static_cast<std::uint32_t>(imm.access.offset), more);
    } else if constexpr (std::is_same_v<Immediate, lane_index>) {
      const std::uint32_t a = reach_vector(in_slot(operands[0], at), 0);
      if (operands.size() == 1)
        return result(h, o, interpreting::operands::ss, temporary(at), a, imm.lane, result_type(o));
      const std::uint32_t b = reach(in_slot(operands[1], at + 2), 1);
      return vector_result(h, at, a, two(b, imm.lane));
    } else if constexpr (std::is_same_v<Immediate, v128>) {
      const std::uint32_t a = reach_vector(in_slot(operands[0], at), 0),
                          b = reach_vector(in_slot(operands[1], at + 2), 1);
      return vector_result(h, at, a, b, constant_cell(imm));
    } else {
      return vector_of_slots(o, s, h, operands, at);
    }
  }

  template <class Immediate>
  void vector_store(op o, const Immediate& imm, value address, value v, live below) {
    const std::uint32_t at = height_of(below);
    const std::uint32_t a = reach(in_slot(address, at), 0), d = reach_vector(in_slot(v, at + 1), 1);
    if constexpr (std::is_same_v<Immediate, memory_lane_argument>) {
      put_store(o, imm.access, d, a);
      const bool is_far = is_elsewhere(imm.access.memory);
      raw(is_far ? far_offset(imm.access) : 0, 0, 0, imm.lane);
    } else if constexpr (std::is_same_v<Immediate, memory_argument>) {
      put_store(o, imm, d, a);
      if (is_elsewhere(imm.memory)) raw(far_offset(imm), 0, 0, 0);
    }
  }

 protected:
  value select_vector(value a, value b, value condition, live below) {
    const std::uint32_t at = height_of(below);
    const std::uint32_t first = reach_vector(in_slot(a, at), 0),
                        second = reach_vector(in_slot(b, at + 2), 1),
                        third = reach(in_slot(condition, at + 4), 2);
    return vector_result(handler::select_vector, at, first, two(second, third));
  }
  value get_vector_global(global_index global, live below) {
    return vector_result(handler::global_get_vector, height_of(below), 0, global.value);
  }
  void set_vector_global(global_index global, const value& v, live below) {
    put(handler::global_set_vector, 0, reach_vector(in_slot(v, height_of(below)), 0), global.value);
  }

 private:
  // The place of an access's second handler.
  static constexpr unsigned elsewhere = 1;
  // Its first cell.
  void put_store(op o, const memory_argument& access, std::uint32_t d, std::uint32_t a) {
    const bool is_far = is_elsewhere(access.memory);
    put_trapping(handler_of(o, is_far ? elsewhere : 0), d, a,
                 is_far ? access.memory.value : static_cast<std::uint32_t>(access.offset));
  }

  // Operators whose operands are all in slots.
  value vector_of_slots(op o, shape s, handler h, std::span<const value> in, std::uint32_t at) {
    switch (s) {
      case shape::i_v:
      case shape::l_v:
      case shape::f_v:
      case shape::d_v: return vector_result(h, at, reach(in_slot(in[0], at), 0), 0);
      case shape::v_i:
        return result(h, o, operands::ss, temporary(at), reach_vector(in_slot(in[0], at), 0), 0,
                      value_type::i32);
      default: break;
    }
    const std::uint32_t a = reach_vector(in_slot(in[0], at), 0);
    if (in.size() == 1) return vector_result(h, at, a, 0);
    const std::uint32_t in_b = in_slot(in[1], at + 2),
                        b = s == shape::vi_v ? reach(in_b, 1) : reach_vector(in_b, 1);
    if (in.size() == 2) return vector_result(h, at, a, b);
    return vector_result(h, at, a, two(b, reach_vector(in_slot(in[2], at + 4), 2)));
  }
};

}  // namespace dovetail::interpreting

// ---- dovetail/interpreter/emitter.hpp

// The interpreter's emitter: turns what the pass tells into cells in one walk. Numbers, memory,
// variables, tables; control is in emitter_control.hpp.

namespace dovetail::interpreting {

class object_emitter : public vector_emitter {
 public:
  using value = name;
  using live = dovetail::live<name>;
  static constexpr bool has_vectors = true;
  static constexpr bool places_operands = true;
  static constexpr features executes = features::wasm3();

  using vector_emitter::vector_emitter;

  void position(std::size_t offset) { offset_ = offset; }

  // Numbers.
  value constant(value_type type, slot bits) { return constant_name(bits, type); }

  value unary(op o, value a, live below) {
    if (a.is_constant) {
      value folded;
      if (fold(o, a, folded)) return folded;
      a = slot_name(in_slot(a, height_of(below)), type_of_bank(a));
    }
    const bool accumulated = is_mirrored(a);
    const handler h = handler_of(o, accumulated ? 1u : 0u);
    if (traps(o)) note_position();
    return result(h, o, accumulated ? operands::as : operands::ss, temporary(height_of(below)),
                  reach(a.slot, 0), 0, result_type(o));
  }

  value binary(op o, value a, value b, live below) {
    // Where an operand lies if it must be written: its place on the stack, which moves with it.
    std::uint32_t at_a = height_of(below), at_b = at_a + 1;
    if (a.is_constant) {
      value folded;
      if (b.is_constant && fold(o, a, b, folded)) return folded;
      if (!b.is_constant && is_commutative(o)) {
        std::swap(a, b);
        std::swap(at_a, at_b);
      }
    }
    const std::uint32_t dest = temporary(height_of(below));
    value made;
    if (a.is_constant) {
      if (put_of_constant(o, a, b, dest, made)) return made;
      a = slot_name(in_slot(a, at_a), type_of_bank(a));
    }
    if (can_fuse() && fuse(o, a, b, dest, made)) return made;
    std::uint32_t k = 0;
    const bool fits = b.is_constant && fits_cell(b, k);
    if (b.is_constant && !fits && put_wide(o, a, b, dest, made)) return made;
    if (b.is_constant && !fits) b = slot_name(in_slot(b, at_b), type_of_bank(b));
    const operands from = is_mirrored(a)   ? (fits ? operands::ak : operands::as)
                          : fits           ? operands::sk
                          : is_mirrored(b) ? operands::sa
                                           : operands::ss;
    const std::uint32_t first = reach(a.slot, 0);
    if (!fits) k = reach(b.slot, 1);
    if (traps(o)) note_position();
    return result(handler_of(o, from), o, from, dest, first, k, result_type(o));
  }

  value select(value_type type, value a, value b, value condition, live below) {
    if (type.is_vector()) return select_vector(a, b, condition, below);
    const std::uint32_t at = height_of(below);
    const std::uint32_t first = in_slot(a, at), second = in_slot(b, at + 1),
                        third = in_slot(condition, at + 2);
    const bool accumulated =
        is_mirrored(slot_name(third, value_type::i32)) && !condition.is_constant;
    const handler base = bank_of(type) == bank::integer ? handler::select_i_s
                         : bank_of(type) == bank::f32   ? handler::select_f_s
                                                        : handler::select_d_s;
    const auto h = static_cast<handler>(static_cast<unsigned>(base) + (accumulated ? 1 : 0));
    const std::uint32_t near_a = reach(first, 0);
    const std::uint32_t k = two(reach(second, 1), reach(third, 2));
    return result(h, op::select, operands::ss, temporary(at), near_a, k, type);
  }
  void drop(value) {}

  // Memories. What memory 0 is reached by if its addresses have 32 bits fills one cell; the others
  // have the plain forms alone.
  value load(op o, const memory_argument& access, value address, live below) {
    if (is_elsewhere(access.memory)) [[unlikely]]
      return load_elsewhere(o, access, address, height_of(below));
    const auto offset = static_cast<std::uint32_t>(access.offset);
    const std::uint32_t dest = temporary(height_of(below));
    const value_type type = result_type(o);
    if (const std::uint64_t sum = address.bits + offset;
        address.is_constant && sum <= 0xffff'ffff) {
      note_position();
      return result(handler_of(o, 2), o, operands::ss, dest, 0, static_cast<std::uint32_t>(sum),
                    type);
    }
    address = slot_name(in_slot(address, height_of(below)), value_type::i32);
    if (offset <= 0xffff && is_newest(newest_) && newest_.what == handler::i32_add_ss &&
        newest_.dest == address.slot && !is_local(address)) {
      const cell sum = cell_at(newest_.at);
      take_back();
      note_position();
      return result(handler_of(o, 3), o, operands::ss, dest, sum.a, two(sum.b(), offset), type);
    }
    if (offset == 0 && is_sum_with_constant(address)) {
      const bool from_accumulator = newest_.from == operands::ak;
      const cell sum = take_back_sum();
      note_position();
      return result(handler_of(o, from_accumulator ? 5u : 4u), o, operands::ss, dest, sum.a, sum.k,
                    type);
    }
    const bool accumulated = is_mirrored(address);
    const std::uint32_t a = reach(address.slot, 0);
    note_position();
    return result(handler_of(o, accumulated ? 1u : 0u), o, operands::ss, dest, a, offset, type);
  }

  void store(op o, const memory_argument& access, value address, value v, live below) {
    if (is_elsewhere(access.memory)) [[unlikely]]
      return store_elsewhere(o, access, address, v, height_of(below));
    auto offset = static_cast<std::uint32_t>(access.offset);
    const std::uint32_t at = height_of(below);
    const bool is_small = v.is_constant && (fits_half(v) || v.bits == 0);
    // The places of each store's handlers: ss sa sk as ak ns na pss psk pas pak.
    if (const std::uint64_t sum = address.bits + offset;
        address.is_constant && sum <= 0xffff'ffff) {
      const bool accumulated = is_mirrored(v);
      const std::uint32_t d = reach(in_slot(v, at + 1), 0);
      put_trapping(handler_of(o, accumulated ? 6u : 5u), d, 0, static_cast<std::uint32_t>(sum));
      return;
    }
    if (offset == 0 && is_sum_with_constant(address)) {
      const unsigned place = newest_.from == operands::ak ? 9u : 7u;
      const cell sum = take_back_sum();
      if (is_small) {
        put_trapping(handler_of(o, place + 1), static_cast<std::uint16_t>(v.bits), sum.a, sum.k);
      } else {
        put_trapping(handler_of(o, place), reach(in_slot(v, at + 1), 1), sum.a, sum.k);
      }
      return;
    }
    address = slot_name(in_slot(address, at), value_type::i32);
    const std::uint32_t a = reach(address.slot, 0);
    const bool address_accumulated = is_mirrored(address);
    if (is_small) {
      put_trapping(handler_of(o, address_accumulated ? 4u : 2u), static_cast<std::uint16_t>(v.bits),
                   a, offset);
      return;
    }
    const std::uint32_t d = reach(in_slot(v, at + 1), 1);
    const unsigned place = is_mirrored(address) ? 3u : !v.is_constant && is_mirrored(v) ? 1u : 0u;
    put_trapping(handler_of(o, place), d, a, offset);
  }

  value memory_size(memory_index memory, live below) {
    return result(handler::memory_size, op::memory_size, operands::ss, temporary(height_of(below)),
                  0, memory.value, type_of(memory));
  }
  value memory_grow(memory_index memory, value delta, live below) {
    const std::uint32_t a = reach(in_slot(delta, height_of(below)), 0);
    return result(handler::memory_grow, op::memory_grow, operands::ss, temporary(height_of(below)),
                  a, memory.value, type_of(memory));
  }
  void memory_fill(memory_index memory, value to, value byte, value count, live below) {
    bulk(handler::memory_fill, handler::charge_bytes, memory.value, 0, {to, byte, count}, below);
  }
  void memory_copy(two_memories m, value to, value from, value count, live below) {
    bulk(handler::memory_copy, handler::charge_bytes, m.destination.value, m.source.value,
         {to, from, count}, below);
  }
  void memory_init(data_and_memory i, value to, value from, value count, live below) {
    bulk(handler::memory_init, handler::charge_bytes, i.memory.value, i.data.value,
         {to, from, count}, below);
  }
  void data_drop(data_index data) { put(handler::data_drop, 0, 0, data.value); }

  // Variables.
  value local_get(local_index local, value_type type, live below) {
    expect_pending(below);
    return slot_name(slot_of(local), type);
  }
  void local_set(local_index local, value_type, value v, live below) {
    set_local(slot_of(local), v, below);
  }
  value local_tee(local_index local, value_type type, value v, live below) {
    if (v.is_constant) {
      set_local(slot_of(local), v, below);
      return v;
    }
    expect_pending(below);
    set_local(slot_of(local), v, below);
    return slot_name(slot_of(local), type);
  }
  value global_get(global_index global, value_type type, live below) {
    if (type.is_vector()) return get_vector_global(global, below);
    const std::uint32_t dest = temporary(height_of(below));
    const std::uint32_t d = reach_result(dest);
    remember(handler::global_get, op::global_get, operands::ss, dest);
    put(handler::global_get, d, 0, global.value);
    forget_accumulator(bank::integer);
    if (bank_of(type) == bank::integer) {
      mirror(d, bank::integer);
    } else {
      overwritten(d);
    }
    if (d != dest) settle(dest);
    return slot_name(dest, type);
  }
  void global_set(global_index global, value_type type, value v, live below) {
    if (type.is_vector()) return set_vector_global(global, v, below);
    if (newest_.what == handler::global_plus && is_newest(newest_) && !v.is_constant &&
        newest_.dest == v.slot && cell_at(newest_.at).k == global.value) {
      rewrite_newest(handler::global_move);
      return;
    }
    if (const std::uint32_t added = added_to(v); added != 0) {
      put(handler::global_set_plus, added, reach(v.slot, 0), global.value);
      return;
    }
    put(handler::global_set, 0, reach(in_slot(v, height_of(below)), 0), global.value);
  }

  // Tables and references.
  value table_get(table_index table, value index, live below) {
    const std::uint32_t a = reach(in_slot(index, height_of(below)), 0);
    const std::uint32_t dest = temporary(height_of(below));
    put_trapping(handler::table_get, reach_result(dest), a, table.value);
    overwritten(reach_result(dest));
    settle(dest);
    return slot_name(dest, value_type::funcref);
  }
  void table_set(table_index table, value index, value v, live below) {
    const std::uint32_t a = reach(in_slot(index, height_of(below)), 0);
    put_trapping(handler::table_set, reach(in_slot(v, height_of(below) + 1), 1), a, table.value);
  }
  value table_size(table_index table, live below) {
    return result(handler::table_size, op::table_size, operands::ss, temporary(height_of(below)), 0,
                  table.value, type_of(table));
  }
  value table_grow(table_index table, value initial, value delta, live below) {
    const std::uint32_t at = height_of(below);
    const std::uint32_t a = in_range({initial, delta, constant_name(0, value_type::i32)}, at);
    charge_for(handler::charge_elements, a + 1);
    return result(handler::table_grow, op::table_grow, operands::ss, temporary(at), a, table.value,
                  type_of(table));
  }
  void table_fill(table_index table, value to, value v, value count, live below) {
    bulk(handler::table_fill, handler::charge_elements, table.value, 0, {to, v, count}, below);
  }
  void table_copy(two_tables t, value to, value from, value count, live below) {
    bulk(handler::table_copy, handler::charge_elements, t.destination.value, t.source.value,
         {to, from, count}, below);
  }
  void table_init(element_and_table i, value to, value from, value count, live below) {
    bulk(handler::table_init, handler::charge_elements, i.table.value, i.element.value,
         {to, from, count}, below);
  }
  void element_drop(element_index element) { put(handler::element_drop, 0, 0, element.value); }
  value ref_func(function_index function, live below) {
    const std::uint32_t dest = temporary(height_of(below));
    put_trapping(handler::ref_func, reach_result(dest), 0, function.value);
    overwritten(reach_result(dest));
    settle(dest);
    return slot_name(dest, value_type::funcref);
  }
  // A reference is null exactly if its slot is zero.
  value ref_is_null(value reference, live below) { return unary(op::i64_eqz, reference, below); }
  value ref_as_non_null(value reference, live below) {
    const std::uint32_t slot = in_slot(reference, height_of(below));
    put_trapping(handler::ref_as_non_null, 0, reach(slot, 0), 0);
    return slot_name(slot, value_type::funcref);
  }

 protected:
  /// Whether bulk operators pay for their length; set by emitters that are metered.
  bool is_paying_ = false;

 private:
  [[nodiscard]] static value_type type_of_bank(const name& n) {
    if (n.home == bank::f32) return value_type::f32;
    if (n.home == bank::f64) return value_type::f64;
    return n.is_wide ? value_type::i64 : value_type::i32;
  }
  [[nodiscard]] static constexpr bool folds_one(shape s) {
    return s == shape::i_i || s == shape::l_l || s == shape::i_l || s == shape::l_i ||
           s == shape::i_b || s == shape::l_b;
  }
  [[nodiscard]] static constexpr bool folds_two(shape s) {
    return s == shape::ii_i || s == shape::ll_l || s == shape::ii_b || s == shape::ll_b;
  }
  // Folds integer operators on constants; floats are left alone, since their NaNs are the
  // machine's.
  [[nodiscard]] static bool fold(op o, const name& a, name& out) {
    return switch_among<folds_one>(o, false, [&](auto which) {
      constexpr op O = decltype(which)::value;
      if constexpr (has_meaning<O> && !can_trap<O>) {
        using types = types_of_meaning<O>;
        out = constant_name(meaning<O>::of(static_cast<typename types::first>(a.bits)),
                            result_type(O));
        return true;
      }
      return false;
    });
  }
  [[nodiscard]] static bool fold(op o, const name& a, const name& b, name& out) {
    return switch_among<folds_two>(o, false, [&](auto which) {
      constexpr op O = decltype(which)::value;
      if constexpr (has_meaning<O>) {
        using U = typename types_of_meaning<O>::first;
        const U x = static_cast<U>(a.bits), y = static_cast<U>(b.bits);
        if constexpr (can_trap<O>) {
          if (meaning<O>::trap_on(x, y) != trap_code::none) return false;
        }
        out = constant_name(meaning<O>::of(x, y), result_type(O));
        return true;
      }
      return false;
    });
  }

  // Whether the newest cell may be one that a binary operator is joined with.
  [[nodiscard]] bool can_fuse() const {
    return newest_.operation == op::i32_shl || newest_.operation == op::i32_shr_u ||
           newest_.what == handler::global_get;
  }
  [[nodiscard]] bool fuse(op o, const name& a, const name& b, std::uint32_t dest, name& out) {
    if (o == op::i32_and) return b.is_constant && mask_shifted(a, b, dest, out);
    return (o == op::i32_add || o == op::i32_sub) && add_fused(o, a, b, dest, out);
  }
  [[nodiscard]] bool put_of_constant(op o, const name& a, const name& b, std::uint32_t dest,
                                     name& out) {
    handler h{};
    std::uint32_t k = 0;
    if (b.is_constant || !handler_of_constant(o, h) || !fits_cell(a, k)) return false;
    out = result(h, op{}, operands::ss, dest, reach(b.slot, 0), k, result_type(o));
    return true;
  }
  [[nodiscard]] bool put_wide(op o, const name& a, const name& b, std::uint32_t dest, name& out) {
    handler h{};
    if (dest > 0xffff || !handler_of_wide(o, h)) return false;
    const unsigned accumulated = is_mirrored(a) ? 1 : 0;
    out = result(static_cast<handler>(static_cast<unsigned>(h) + accumulated), op{}, operands::ss,
                 dest, reach(a.slot, 0), 0, result_type(o));
    raw(b.bits, 0, 0, 0);
    newest_.cells = 2;
    return true;
  }
  // A bit-field: what the newest cell has shifted is masked.
  [[nodiscard]] bool mask_shifted(const name& a, const name& mask, std::uint32_t dest, name& out) {
    if (newest_.operation != op::i32_shr_u || !is_made_by_newest(a) || mask.bits >= 1u << 27 ||
        (newest_.from != operands::sk && newest_.from != operands::ak)) {
      return false;
    }
    const bool accumulated = newest_.from == operands::ak;
    const cell shifted = cell_at(newest_.at);
    take_back();
    const handler h = accumulated ? handler::i32_bit_field_a : handler::i32_bit_field_s;
    const auto bits = static_cast<std::uint32_t>(mask.bits);
    out = result(h, op{}, operands::ss, dest, shifted.a, bits << 5 | (shifted.k & 31),
                 value_type::i32);
    return true;
  }
  // Additions to what the newest cell has made: of a constant to a global, and to a shifted index.
  [[nodiscard]] bool add_fused(op o, const name& a, const name& b, std::uint32_t dest, name& out) {
    if (newest_.what == handler::global_get && b.is_constant && is_made_by_newest(a)) {
      const auto k = std::int64_t{static_cast<std::int32_t>(b.bits)};
      const std::int64_t step = o == op::i32_sub ? -k : k;
      if (!is_half(step)) return false;
      const std::uint32_t global = cell_at(newest_.at).k;
      take_back();
      out = result(handler::global_plus, op{}, operands::ss, dest, static_cast<std::uint16_t>(step),
                   global, value_type::i32);
      return true;
    }
    if (o == op::i32_sub || newest_.operation != op::i32_shl) return false;
    return is_made_by_newest(a) ? add_to_shifted(b, dest, out)
                                : is_made_by_newest(b) && add_to_shifted(a, dest, out);
  }
  [[nodiscard]] bool add_to_shifted(const name& to, std::uint32_t dest, name& out) {
    if (newest_.from != operands::sk && newest_.from != operands::ak) return false;
    const bool accumulated = newest_.from == operands::ak;
    const cell shifted = cell_at(newest_.at);
    const std::uint32_t shift = shifted.k & 31;
    const auto constant = static_cast<std::int32_t>(to.bits);
    if (to.is_constant ? shift > 7 || constant < -(1 << 28) || constant >= 1 << 28
                       : to.slot > 0xffff) {
      return false;
    }
    take_back();
    const handler h = to.is_constant ? accumulated ? handler::i32_index_ak : handler::i32_index_sk
                      : accumulated  ? handler::i32_index_as
                                     : handler::i32_index_ss;
    const std::uint32_t k =
        to.is_constant ? static_cast<std::uint32_t>(constant) << 3 | shift : two(to.slot, shift);
    out = result(h, op{}, operands::ss, dest, shifted.a, k, value_type::i32);
    return true;
  }

  // local = v. If v is what the newest cell has just computed, that cell writes the local instead.
  void set_local(std::uint32_t local, const name& v, live below) {
    if (!v.is_constant && v.slot == local) return;
    const bool can_redirect = !v.is_constant && !is_local(v) && is_newest(newest_) &&
                              newest_.dest == v.slot && v.slot <= 0xffff && local <= 0xffff &&
                              !is_pending(local, below);
    if (can_redirect) {
      cell_at(newest_.at).d = static_cast<std::uint16_t>(local);
      newest_.dest = local;
      const bool was_mirrored = is_mirrored(v);
      overwritten(local);
      if (v.is_vector) overwritten(local + 1);
      if (was_mirrored) mirror(local, v.home);
      if (adds_constant(newest_) && adds_constant(before_newest_)) join_steps();
      return;
    }
    save_pending(local, below);
    move_to(local, v);
  }

  // Two locals that step by constants one after the other do so in one cell.
  void join_steps() {
    if (!is_step(newest_) || !is_newest(before_newest_, 1) || !is_step(before_newest_)) return;
    const cell second = take_back_sum(), first = take_back_sum();
    remember(handler::i32_step_two, op{}, operands::ss, second.d);
    put(handler::i32_step_two, first.d, second.d, two(first.k & 0xffff, second.k & 0xffff));
    overwritten(first.d);
    mirror(second.d, bank::integer);
  }
  [[nodiscard]] bool is_step(const written& w) {
    if (!adds_constant(w)) return false;
    const cell& c = cell_at(w.at);
    const auto k = std::int64_t{static_cast<std::int32_t>(c.k)};
    return c.d == c.a && c.d < first_temporary_ && is_half(w.operation == op::i32_sub ? -k : k);
  }

  // Three operands in a row of slots.
  struct three {
    name v[3];
  };
  [[nodiscard]] std::uint32_t in_range(const three& o, std::uint32_t at) {
    for (std::uint32_t i = 0; i < 3; ++i) move_to(temporary(at + i), o.v[i]);
    const std::uint32_t first = temporary(at);
    if (first + 2 <= 0xffff) return first;
    for (unsigned i = 0; i < 3; ++i) copy_far(scratch_ + i, first + i);
    return scratch_;
  }
  void bulk(handler h, handler price, std::uint32_t k, std::uint32_t k2, const three& o,
            live below) {
    const std::uint32_t a = in_range(o, height_of(below));
    charge_for(price, a + 2);
    put_trapping(h, 0, a, k);
    raw(0, 0, 0, k2);
  }
  void charge_for(handler price, std::uint32_t count_slot) {
    if (is_paying_) put_trapping(price, 0, count_slot, 0);
  }
};

}  // namespace dovetail::interpreting

// ---- dovetail/interpreter/emitter_control.hpp

// The interpreter's emitter, second half: blocks, branches, calls, and the beginning and end of a
// function.

namespace dovetail::interpreting {

/// The emitter of the interpreter; where NaNs are canonical it has a cell behind each operator that
/// leaves its NaN open.
template <controls Control>
class emitter : public object_emitter {
 public:
  using label = block_label;
  using meter = std::uint32_t;
  static constexpr bool is_metered =
      Control.is_metered || Control.counts == counting::blocks;  // by basic block
  static constexpr const price_list* price = Control.price;

  emitter(module_code& code, heads table, const module_data& module)
      : object_emitter(code, table, module) {
    is_paying_ = Control.is_metered;
  }

  void begin(const function_body& f) {
    lay_out(f);
    body_ = f;
    begin_ = offset_;
  }

  status finish() {
    if (failure_ != status::ok) return failure_;
    const std::uint32_t parameters = slots_of(body_.type.parameters);
    use(slots_of(body_.type.results));
    function_code f;
    f.parameters = parameters;
    f.zeroed = first_temporary_ - parameters;
    f.frame_slots = frame_slots_;
    f.first_cell = start_;
    f.offset = static_cast<std::uint32_t>(begin_);
    return code_.functions.push(f);
  }

  value unary(op o, value a, live below) { return finished(o, object_emitter::unary(o, a, below)); }
  value binary(op o, value a, value b, live below) {
    return finished(o, object_emitter::binary(o, a, b, below));
  }
  template <class Immediate>
  value vector(op o, const Immediate& imm, std::span<const value> operands, live below) {
    return finished(o, object_emitter::vector(o, imm, operands, below));
  }

  // Blocks.
  label enter(const block_shape& shape, live stack) {
    label l = label_of(shape, stack);
    if (shape.kind == block_kind::function) {
      if constexpr (Control.counts == counting::functions) put_count();
      return put_checkpoint(), l;
    }
    save_all_pending(stack);
    if (shape.kind == block_kind::loop) {
      for (std::size_t i = shape.height; i < stack.size(); ++i) make_canonical(stack[i]);
      barrier();
      l.head = cell_count();
      put_checkpoint();
    }
    return l;
  }
  label enter_if(const block_shape& shape, value condition, live stack) {
    label l = label_of(shape, stack);
    save(shape.height, stack);
    l.alternative = branch_on(condition, false, height_of(stack)) + 1;
    return l;
  }
  void else_(label& l, bool reachable, live stack) {
    if (reachable) {
      move_operands(l, stack);
      wait(l.waiting, site_of(put(handler::branch, 0, 0, 0), 3));
    }
    bind_alternative(l);
  }
  void enter_else(label& l, live stack) {
    for (std::size_t i = l.height; i < stack.size(); ++i) {
      stack[i].value = slot_name(temporary_of(stack[i]), stack[i].type);
    }
  }
  void leave(label& l, bool reachable, live stack) {
    if (l.is_function) return leave_function(l, reachable, stack);
    const bool is_merge = l.waiting != 0 || l.alternative != 0;
    if (is_merge && reachable) move_operands(l, stack);
    if (l.alternative != 0) bind_alternative(l);
    if (l.waiting != 0) bind(l.waiting);
    if (reachable && !is_merge) return;
    for (std::size_t i = l.height; i < stack.size(); ++i)
      stack[i].value = slot_name(temporary_of(stack[i]), stack[i].type);
  }

  // Branches.
  void branch(label& l, live stack) {
    if (l.is_function) {
      put_return(l.arity, stack);
    } else {
      move_operands(l, stack);
      send(site_of(put(handler::branch, 0, 0, 0), 3), l);
    }
  }
  void branch_if(label& l, value condition, live stack) {
    const bool is_plain = !l.is_function && !needs_moves(l, stack);
    if (is_plain && l.is_loop && count_and_branch(l, condition)) return;
    branch_where(l, stack, is_plain,
                 [&](bool sense) { return branch_on(condition, sense, height_of(stack)); });
  }
  value branch_on_null(label& l, value reference, live stack) {
    const std::uint32_t at = in_slot(reference, height_of(stack));
    const value tested = slot_name(at, value_type::funcref);
    branch_where(l, stack, !l.is_function && !needs_moves(l, stack),
                 [&](bool sense) { return branch_on_zero(tested, sense); });
    return tested;
  }
  void branch_on_non_null(label& l, value reference, live stack) {
    const std::uint32_t at = in_slot(reference, stack.back().slot());
    const value tested = slot_name(at, value_type::funcref);
    branch_where(l, stack, !l.is_function && !needs_moves(l, stack),
                 [&](bool sense) { return branch_on_zero(tested, !sense); });
  }
  void branch_table(value index, std::span<label* const> targets, live stack) {
    const std::uint32_t added = added_to(index);
    const std::uint32_t slot = in_slot(index, height_of(stack));
    const bool accumulated = !index.is_constant && is_mirrored(index);
    const std::uint32_t a = reach(slot, 0);
    const auto count = static_cast<std::uint32_t>(targets.size());
    const std::uint32_t table =
        put(accumulated ? handler::branch_table_a : handler::branch_table_s, added, a, count - 1);
    for (std::uint32_t i = 0; i < count; ++i) raw(0, 0, 0, 0);
    std::uint32_t kept[bank_count];
    for (std::size_t b = 0; b < bank_count; ++b) kept[b] = mirrors_[b];
    for (std::uint32_t i = 0; i < count; ++i) {
      for (std::size_t b = 0; b < bank_count; ++b) mirrors_[b] = kept[b];
      table_entry(table, site_of(table + 1 + i, 3), *targets[i], stack);
    }
    barrier();
  }
  void unreachable() { put_trapping(handler::unreachable, 0, 0, 0); }

  // Calls: arguments become the first slots of the callee's frame, and its results lie there
  // afterwards.
  void call(function_index callee, const function_type& type, live stack) {
    const std::uint32_t base = arguments(type, stack);
    const std::uint32_t imported = body_.module->imported_functions;
    const bool is_own = callee.value >= imported;
    put_call(is_own ? handler::call : handler::call_imported, 0, base,
             is_own ? callee.value - imported : callee.value);
    if (base > 0xffff) raw(0, 0, 0, base);
  }
  void call_indirect(indirect_call c, const function_type& type, value index, live stack) {
    const std::uint32_t index_slot = in_slot(index, height_of(stack));
    const std::uint32_t base = arguments(type, stack);
    put_call(handler::call_indirect, reach(index_slot, 1), base, c.table.value);
    raw(reinterpret_cast<std::uintptr_t>(module_.env.types[c.type.value]), 0, 0, base);
  }
  void call_ref(type_index, const function_type& type, value reference, live stack) {
    const std::uint32_t slot = in_slot(reference, height_of(stack));
    const std::uint32_t base = arguments(type, stack);
    put_trapping(handler::call_ref, reach(slot, 1), 0, 0);
    raw(0, 0, 0, base);
    forget_accumulators();
    call_base_ = base;
  }
  void name_results(std::size_t count, live stack) {
    for (std::size_t i = stack.size() - count; i < stack.size(); ++i) {
      stack[i].value = slot_name(temporary_of(stack[i]), stack[i].type);
    }
    // An integer result is the accumulator after every return (see go_back and call_function).
    if (count == 1 && stack.back().value.home == bank::integer && !stack.back().value.is_vector &&
        call_base_ == stack.back().value.slot) {
      mirror(stack.back().value.slot, bank::integer);
    }
  }

  // Tail calls: see handlers_tail_calls.hpp.
  void return_call(function_index callee, const function_type& type, live stack) {
    const std::uint32_t base = arguments(type, stack);
    const std::uint32_t imported = body_.module->imported_functions;
    if (callee.value >= imported) {
      put_trapping(handler::return_call, 0, 0, callee.value - imported);
    } else {
      put_trapping(handler::return_call_imported, 0, 0, callee.value);
    }
    take_arguments(type, base, 0);
  }
  void return_call_indirect(indirect_call c, const function_type& type, value index, live stack) {
    const std::uint32_t slot = in_slot(index, height_of(stack));
    const std::uint32_t base = arguments(type, stack);
    put_trapping(handler::return_call_indirect, reach(slot, 1), 0, c.table.value);
    take_arguments(type, base, reinterpret_cast<std::uintptr_t>(module_.env.types[c.type.value]));
  }
  void return_call_ref(type_index, const function_type& type, value reference, live stack) {
    const std::uint32_t slot = in_slot(reference, height_of(stack));
    const std::uint32_t base = arguments(type, stack);
    put_trapping(handler::return_call_ref, reach(slot, 1), 0, 0);
    take_arguments(type, base, 0);
  }

  // Fuel.
  meter open_meter() {
    if constexpr (Control.counts == counting::blocks) put_count();
    if constexpr (!Control.is_metered) return 0;
    return put_trapping(handler::charge, 0, 0, 0);
  }
  void close_meter(meter at, std::uint32_t operators) {
    if (Control.is_metered && failure_ == status::ok) cell_at(at).k = operators;
  }

 private:
  // What an operator made, as the policy wants it.
  value finished(op o, const value& made) {
    if constexpr (Control.has_canonical_nans) {
      if (leaves_nan_open(o)) return canonical(row_of(o).prefix == 0xfd, float_of(o), made);
    }
    return made;
  }
  value canonical(bool is_vector, value_type type, const value& made) {
    const bool is_f32 = type == value_type::f32;
    if (is_vector) {
      const handler h = is_f32 ? handler::canonical_f32x4 : handler::canonical_f64x2;
      return put_vector(h, made.slot, reach_vector(made.slot, 0), 0);
    }
    return result(is_f32 ? handler::canonical_f32 : handler::canonical_f64, op{}, operands::ss,
                  made.slot, 0, 0, type);
  }

  // Adds one to the count of this place.
  void put_count() {
    counted_place* const place =
        module_.counts->add(body_.index, static_cast<std::uint32_t>(offset_));
    if (place == nullptr) return fail(status::out_of_memory);
    const std::uint64_t at = reinterpret_cast<std::uintptr_t>(&place->times);
    put(handler::count_here, at & 0xffff, at >> 16 & 0xffff, static_cast<std::uint32_t>(at >> 32));
  }
  void put_checkpoint() {
    if constexpr (Control.stops != interrupt::none) put_trapping(handler::checkpoint, 0, 0, 0);
  }
  [[nodiscard]] static label label_of(const block_shape& shape, live stack) {
    label l;
    l.height = static_cast<std::uint32_t>(shape.height);
    l.first_slot = height_of(stack.first(shape.height));
    l.arity = static_cast<std::uint32_t>(shape.label_types().size());
    l.is_loop = shape.kind == block_kind::loop;
    l.is_function = shape.kind == block_kind::function;
    return l;
  }

  void bind_alternative(label& l) {
    std::uint32_t chain = 0;
    wait(chain, l.alternative - 1);
    bind(chain);
    l.alternative = 0;
  }

  void leave_function(label& l, bool reachable, live stack) {
    if (reachable) put_return(l.arity, stack);
    if (l.waiting == 0) return;
    bind(l.waiting);
    put(handler::return_here, 0, 0, 0);
  }

  // Before the ways part no operand names a local, and the block's parameters are in place. Where
  // nothing is to be done, which is the rule, a comparison stays next to its branch.
  void save(std::size_t height, live stack) {
    save_all_pending(stack);
    for (std::size_t i = height; i < stack.size(); ++i) {
      if (!is_canonical(stack[i])) make_canonical(stack[i]);
    }
  }
  [[nodiscard]] bool is_canonical(const operand<name>& o) {
    return !o.value.is_constant && o.value.slot == temporary_of(o);
  }

  // A branch to `l` that `test(sense)` writes, which returns its site; `is_plain` says that nothing
  // has to move on the way.
  template <class Test>
  void branch_where(label& l, live stack, bool is_plain, const Test& test) {
    if (is_plain) return send(test(true), l);
    if (l.is_function && l.arity == 0) return wait(l.waiting, test(true));
    std::uint32_t around = 0;
    wait(around, test(false));
    std::uint32_t kept[bank_count];
    for (std::size_t b = 0; b < bank_count; ++b) kept[b] = mirrors_[b];
    branch(l, stack);
    bind(around);
    // Whoever falls through has not run the moves: the accumulators are as they were.
    for (std::size_t b = 0; b < bank_count; ++b) mirrors_[b] = kept[b];
  }
  // A branch that is taken if it is `sense` that a reference is null. Returns its site.
  [[nodiscard]] std::uint32_t branch_on_zero(const name& reference, bool sense) {
    const unsigned group = sense ? test_then_handlers : test_else_handlers;
    const handler h = handler_of(op::i64_eqz, group + (is_mirrored(reference) ? 1 : 0));
    return site_of(put(h, 0, reach(reference.slot, 0), 0), 3);
  }

  // Writes a branch that is taken if the condition is `sense`, fused with the comparison that made
  // the condition if that is the newest cell. Returns its site.
  [[nodiscard]] std::uint32_t branch_on(const name& condition, bool sense, std::uint32_t at) {
    if (is_made_by_newest(condition) && can_branch(newest_.operation)) {
      if (newest_.operation == op::i32_eqz) {
        const name tested = slot_name(cell_at(newest_.at).a, value_type::i32);
        take_back();
        return branch_on(tested, !sense, at);
      }
      const std::uint32_t site = fused_branch(sense);
      if (site != no_site) return site;
    }
    const std::uint32_t slot = in_slot(condition, at);
    const bool accumulated = !condition.is_constant && is_mirrored(condition);
    // A condition is true if it is not zero: eqz with the sense turned around.
    const unsigned group = sense ? test_else_handlers : test_then_handlers;
    const handler h = handler_of(op::i32_eqz, group + (accumulated ? 1 : 0));
    return site_of(put(h, 0, reach(slot, 0), 0), 3);
  }
  // Comparisons, and tests of bits.
  [[nodiscard]] static bool can_branch(op o) { return is_comparison(o) || o == op::i32_and; }
  [[nodiscard]] static handler branching(op o, operands from, bool sense) {
    if (o != op::i32_and) return handler_of(o, from, sense ? then_handlers : else_handlers);
    const handler first = sense ? handler::i32_and_then_ss : handler::i32_and_else_ss;
    return static_cast<handler>(static_cast<unsigned>(first) + static_cast<unsigned>(from));
  }
  [[nodiscard]] std::uint32_t fused_branch(bool sense) {
    const written w = newest_;
    const cell c = cell_at(w.at);
    const shape s = row_of(w.operation).shape;
    if (s == shape::i_b || s == shape::l_b) {
      take_back();
      const unsigned group = sense ? test_then_handlers : test_else_handlers;
      return site_of(
          put(handler_of(w.operation, group + (w.from == operands::as ? 1 : 0)), 0, c.a, 0), 3);
    }
    std::uint32_t first = c.a, second = c.b();
    if (w.from == operands::ak) {
      first = c.k & 0xffff;
      second = c.k >> 16;
    } else if (w.from == operands::sk && !fits_branch(s, c.k, second)) {
      return no_site;
    }
    take_back();
    return site_of(put(branching(w.operation, w.from, sense), first, second, 0), 3);
  }
  // Whether a branch has room for what a slot is compared with (see compared_constant).
  [[nodiscard]] static bool fits_branch(shape s, std::uint32_t k, std::uint32_t& half) {
    if (s == shape::ff_b || s == shape::dd_b) {
      half = k >> 16;
      return (k & 0xffff) == 0;
    }
    half = k & 0xffff;
    return is_half(static_cast<std::int32_t>(k));
  }

  // local += constant; compare it; branch back: one cell if everything fits. Without a comparison
  // the local itself is the condition, and compared with zero.
  [[nodiscard]] bool count_and_branch(const label& l, const name& condition) {
    const bool is_compared = is_made_by_newest(condition) && is_comparison(newest_.operation) &&
                             row_of(newest_.operation).shape == shape::ii_b;
    const written compare = newest_, add = is_compared ? before_newest_ : newest_;
    if (condition.is_constant || !is_newest(add, is_compared ? 1u : 0u) || !adds_constant(add)) {
      return false;
    }
    const cell a = cell_at(add.at);
    const auto k = std::int64_t{static_cast<std::int32_t>(a.k)};
    const std::int64_t step = add.operation == op::i32_sub ? -k : k;
    const std::int64_t distance = std::int64_t{l.head} - add.at;
    if (a.d != a.a || a.d >= first_temporary_ || !is_half(step) || !is_half(distance)) return false;
    op comparison = op::i32_ne;
    bool against_constant = true;
    std::uint32_t bound = 0;
    if (is_compared) {
      const cell c = cell_at(compare.at);
      comparison = compare.operation;
      against_constant = compare.from == operands::ak || compare.from == operands::sk;
      bound = against_constant ? c.k : c.b();
      if (c.a != a.d || compare.from == operands::sa ||
          (against_constant ? !is_half(static_cast<std::int32_t>(c.k)) : bound == a.d)) {
        return false;
      }
      take_back();
    } else if (condition.slot != a.d) {
      return false;
    }
    take_back();
    put(handler_of(comparison, count_handlers + (against_constant ? 1 : 0)), a.d,
        static_cast<std::uint16_t>(step),
        two(bound & 0xffff, static_cast<std::uint16_t>(distance)));
    mirror(a.d, bank::integer);
    return true;
  }

  void table_entry(std::uint32_t table, std::uint32_t site, label& l, live stack) {
    if (!l.is_function && !needs_moves(l, stack)) return send(site, l);
    if (l.stub_of == table + 1) return set_target(site, l.stub);
    l.stub_of = table + 1;
    l.stub = cell_count();
    set_target(site, l.stub);
    branch(l, stack);
  }

  // Brings arguments to consecutive temporaries; returns the first.
  [[nodiscard]] std::uint32_t arguments(const function_type& type, live stack) {
    const std::size_t first = stack.size() - type.parameters.size();
    for (std::size_t i = first; i < stack.size(); ++i) {
      if (!is_canonical(stack[i])) make_canonical(stack[i]);
    }
    const std::uint32_t in = slots_of(type.parameters), out = slots_of(type.results);
    const std::uint32_t base = temporary(height_of(stack.first(first)));
    use(base + (in > out ? in : out));
    return base;
  }
  // The second cell of a tail call.
  void take_arguments(const function_type& type, std::uint32_t base, std::uint64_t head) {
    const std::uint32_t count = slots_of(type.parameters);
    raw(head, count & 0xffff, count >> 16, base);
  }
  // The handlers of far slots stand three places behind the others.
  void put_call(handler h, std::uint32_t d, std::uint32_t base, std::uint32_t k) {
    const bool is_far = base > 0xffff;
    put_trapping(static_cast<handler>(static_cast<unsigned>(h) + (is_far ? 3 : 0)), d,
                 is_far ? 0 : base, k);
    forget_accumulators();
    call_base_ = base;
  }
  static_assert(static_cast<unsigned>(handler::call_far) ==
                    static_cast<unsigned>(handler::call) + 3 &&
                static_cast<unsigned>(handler::call_indirect_far) ==
                    static_cast<unsigned>(handler::call_indirect) + 3);

  static constexpr std::uint32_t no_site = 0xffff'ffff;

  function_body body_;
  std::size_t begin_ = 0;
  std::uint32_t call_base_ = 0;
};

}  // namespace dovetail::interpreting

// ---- dovetail/interpreter/frames.hpp

// Visits of guest frames: what a trap or a host function is asked about. The stack of return
// records has them; calls of host functions are chained where somebody asks for frames.

namespace dovetail::interpreting {

/// Where the guest trapped that an execution stopped in.
[[nodiscard]] inline guest_frame trapped_frame(const execution& x) {
  const auto& code = *static_cast<const module_code*>(x.instance->code);
  const std::uint32_t imported = x.instance->module->env.imported_functions;
  if (x.exhausted != nullptr) {
    const auto f = static_cast<std::uint32_t>(x.exhausted - code.functions.data());
    return {x.instance, {imported + f}, x.exhausted->offset};
  }
  if (!code.holds(x.trap_pc)) return {};
  return {x.instance, {imported + code.function_of(x.trap_pc)}, code.offset_of(x.trap_pc)};
}

/// The frames of a store, the innermost first. A record whose cell is `end` is where the host
/// called: the guest that called the host is known by `calls_of_host` alone.
template <frame_visitor Visit>
visit_end visit_frames(const vm::store& s, Visit& visit) {
  // A store whose guests are machine code has no calls here.
  if (s.native_outermost == 0)
    return s.native_entry == nullptr ? visit_end::complete : visit_end::unknown;
  const auto& x = *static_cast<const execution*>(s.backend);
  const host_call* host = x.calls_of_host;
  const auto place_of = [](const vm::instance& i, const cell* at, bool is_return) -> guest_frame {
    const auto& code = *static_cast<const module_code*>(i.code);
    return {&i,
            {i.module->env.imported_functions + code.function_of(is_return ? at - 1 : at)},
            is_return ? code.offset_of_call_before(at) : code.offset_of(at)};
  };
  guest_frame f;
  if (x.trap != trap_code::none) {
    f = trapped_frame(x);
    if (f.instance == nullptr) return visit_end::unknown;
  } else {
    if (host == nullptr) return visit_end::unknown;
    f = place_of(*host->instance, host->site, false);
    host = host->outer;
  }
  for (const return_record* to = x.top;;) {
    if (!visit(static_cast<const guest_frame&>(f))) return visit_end::stopped;
    --to;
    if (to->pc != &x.end) {
      f = place_of(*to->instance, to->pc, true);
      continue;
    }
    if (to == x.records) return visit_end::complete;
    if (host == nullptr) return visit_end::unknown;
    f = place_of(*host->instance, host->site, false);
    host = host->outer;
  }
}

}  // namespace dovetail::interpreting

// ---- dovetail/interpreter/run.hpp

// Entering the interpreter from the host: stacks made at a store's first call, limits, guards, and
// what is left of a trap.

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

// ---- dovetail/interpreter.hpp

// The interpreter backend: portable, needs no executable memory. Bodies become register-slot code
// in one pass while they are validated. Include it beside dovetail/dovetail.hpp and name
// `dovetail::interpreter` in a config.

namespace dovetail {

/// The interpreter with a dispatch policy of `dovetail/interpreter/dispatch.hpp`.
template <interpreting::dispatch_policy Dispatch>
struct basic_interpreter {
  static constexpr controls control{};

  /// Compiles one module.
  template <memory_policy Memory, controls Control>
  class compiler {
   public:
    explicit compiler(module_data& module)
        : module_(module),
          code_(module.env.memory->make<interpreting::module_code>(*module.env.memory)),
          emitter_(code_ == nullptr ? nothing(module) : *code_,
                   Dispatch::template table<Memory, interpreting::handler_controls_of(Control)>(),
                   module),
          parts_(*module.env.memory) {}
    compiler(const compiler&) = delete;
    compiler& operator=(const compiler&) = delete;
    ~compiler() {
      for (compiler* p : parts_) module_.env.memory->destroy(p);
      module_.env.memory->destroy(code_);
    }

    [[nodiscard]] status start() {
      if constexpr (Control.counts != counting::none) return begin_counting(module_);
      return status::ok;
    }
    [[nodiscard]] auto& emitter() { return emitter_; }
    /// Some of the bodies are to be compiled beside the others.
    [[nodiscard]] status split(std::span<const std::size_t> firsts) {
      for (std::size_t i = 0; i < firsts.size(); ++i) {
        auto* p = module_.env.memory->template make<compiler>(module_);
        if (p == nullptr) return status::out_of_memory;
        if (const status s = parts_.push(p); s != status::ok)
          return module_.env.memory->destroy(p), s;
      }
      return status::ok;
    }
    [[nodiscard]] compiler& part(std::size_t k) { return *parts_[k - 1]; }
    [[nodiscard]] status finish() {
      if (code_ == nullptr) return status::out_of_memory;
      for (const compiler* p : parts_) {
        if (p->code_ == nullptr) return status::out_of_memory;
        DOVETAIL_TRY(code_->append(*p->code_));
      }
      code_->cells.shrink_to_fit();
      code_->positions.shrink_to_fit();
      code_->functions.shrink_to_fit();
      for (interpreting::function_code& f : code_->functions)
        f.entry = code_->cells.data() + f.first_cell;
      module_.code = code_;
      module_.release_code = [](module_data& m) {
        m.env.memory->destroy(static_cast<interpreting::module_code*>(m.code));
      };
      code_ = nullptr;
      return status::ok;
    }

   private:
    interpreting::module_code& nothing(module_data& module) {
      return spare_.emplace(*module.env.memory);
    }

    module_data& module_;
    interpreting::module_code* code_;
    std::optional<interpreting::module_code> spare_;
    interpreting::emitter<Control> emitter_;
    array<compiler*> parts_;
  };

  template <memory_policy Memory, controls Control>
  static bool make_function(vm::store&, vm::instance& i, vm::function_instance& f) {
    const auto& code = *static_cast<const interpreting::module_code*>(i.code);
    f.code = &code.functions[f.index - i.module->env.imported_functions];
    f.invoke = &invoke<Memory, interpreting::handler_controls_of(Control)>;
    return true;
  }

  /// The typed entry: arguments go straight to the stack, results come straight from it.
  template <memory_policy Memory, controls Control, class R, class... A>
  static auto entry(vm::function_instance&) -> result<R, trap> (*)(vm::function_instance&, A...) {
    return &call<Memory, interpreting::handler_controls_of(Control), R, A...>;
  }

  /// Visits the guests' calls (runtime/guest_frames.hpp): at a trap up to the first host function;
  /// with `controls::keeps_places` beyond it, and from host functions.
  template <frame_visitor Visit>
  static visit_end visit_frames(const vm::store& s, Visit& visit) {
    return interpreting::visit_frames(s, visit);
  }

 private:
  // Nothing is kept over the call but the function: whatever else is, is saved and restored.
  template <memory_policy Memory, interpreting::handler_controls Control, class R, class... A>
  static result<R, trap> call(vm::function_instance& f, A... arguments) {
    if (f.home->backend == nullptr) [[unlikely]]
      return call_first<Memory, Control, R, A...>(f, arguments...);
    interpreting::execution& x = interpreting::execution_of(*f.home);
    constexpr std::size_t parameters = (slots_of(value_type_of<A>()) + ... + std::size_t{0});
    if (parameters <= interpreting::stack_padding ||
        static_cast<std::size_t>(x.stack_end - x.free) >= parameters) {
      [[maybe_unused]] slot* to = x.free;
      ((to = write_slots(to, arguments)), ...);
    }
    const trap_code t = interpreting::activation<Memory, Dispatch, Control>::run(x, f);
    if (t != trap_code::none) [[unlikely]]
      return vm::surface(t, *f.home);
    return from_frame<R>(interpreting::execution_of(*f.home).free);
  }
  template <memory_policy Memory, interpreting::handler_controls Control, class R, class... A>
  DOVETAIL_COLD static result<R, trap> call_first(vm::function_instance& f, A... arguments) {
    if (!interpreting::is_ready<Memory, Dispatch, Control>(*f.home)) return trap{refuse(f)};
    return call<Memory, Control, R, A...>(f, arguments...);
  }

  DOVETAIL_COLD static trap_code refuse(vm::function_instance& f) {
    f.home->report = {trap_code::out_of_memory, 0, false, 0, 0, nullptr};
    return trap_code::out_of_memory;
  }

  // The generic entry: arguments and results are copied between the caller's frame and the stack.
  template <class Memory, interpreting::handler_controls Control>
  static trap_code invoke(vm::function_instance& f, slot* frame) {
    if (!interpreting::is_ready<Memory, Dispatch, Control>(*f.home)) [[unlikely]]
      return refuse(f);
    interpreting::execution& x = interpreting::execution_of(*f.home);
    const signature& type = *f.signature;
    slot* at = x.free;
    if (static_cast<std::size_t>(x.stack_end - at) >= type.parameter_slots) {
      for (std::size_t i = 0; i < type.parameter_slots; ++i) at[i] = frame[i];
    }
    const trap_code t = interpreting::activation<Memory, Dispatch, Control>::run(x, f);
    if (t == trap_code::none) {
      for (std::size_t i = 0; i < type.result_slots; ++i) frame[i] = at[i];
    }
    return t;
  }
};

/// The interpreter with the quickest dispatch that the compiler guarantees.
using interpreter = basic_interpreter<interpreting::default_dispatch>;

}  // namespace dovetail
