// Handlers of globals, references, and the operators on whole memories and tables.
#pragma once

#include <cstdint>

#include <dovetail/interpreter/operands.hpp>
#include <dovetail/runtime/interruption.hpp>
#include <dovetail/runtime/objects.hpp>

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
