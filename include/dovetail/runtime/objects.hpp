// Making, growing and freeing the objects of a store (core specification 4.5.3), and the bulk
// operators on them, which all backends and the host share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include <dovetail/runtime/vm.hpp>

namespace dovetail::vm {

/// `memory.grow` (4.4.7): the old number of pages, or all ones if it cannot grow by `delta`.
[[nodiscard]] inline std::uint64_t grow_memory(memory_instance& m, std::uint64_t delta) {
  const std::uint64_t before = m.pages();
  if (delta > m.most_pages - before) return ~std::uint64_t{0};
  return m.grow(m, before + delta) == status::ok ? before : ~std::uint64_t{0};
}

/// Room for so many elements in all, if there is memory for them.
[[nodiscard]] inline bool reserve(table_instance& t, std::uint64_t count) {
  void* block =
      t.home->budget.resize(t.elements, static_cast<std::size_t>(t.capacity) * sizeof(slot),
                            static_cast<std::size_t>(count) * sizeof(slot));
  if (block == nullptr) return false;
  t.elements = static_cast<slot*>(block);
  t.capacity = count;
  return true;
}
inline void release(table_instance& t) {
  t.home->budget.release(t.elements, static_cast<std::size_t>(t.capacity) * sizeof(slot));
  t.elements = nullptr;
  t.size = t.capacity = 0;
}

/// `table.grow`: the old size, or all ones if it cannot grow by `delta`. New elements are
/// `initial`.
[[nodiscard]] inline std::uint64_t grow_table(table_instance& t, std::uint64_t delta,
                                              slot initial) {
  constexpr std::uint64_t refused = ~std::uint64_t{0};
  if (delta > t.most - t.size) return refused;
  const std::uint64_t before = t.size;
  const std::uint64_t wanted = before + delta;
  if (wanted > t.capacity) {
    std::uint64_t room = t.capacity == 0 ? wanted : t.capacity + t.capacity / 2;
    if (room < wanted) room = wanted;
    if (room > t.most) room = t.most;
    // The budget may have room for what is wanted, though not for what may be wanted later.
    if (!reserve(t, room) && (room == wanted || !reserve(t, wanted))) return refused;
  }
  for (std::uint64_t i = before; i < wanted; ++i) t.elements[i] = initial;
  t.size = wanted;
  return before;
}

/// Allocates a table of `type` filled with `initial` (4.5.3.4), which goes with `owner`.
[[nodiscard]] inline status make_table(store& s, const table_type& type, slot initial,
                                       table_instance*& out, instance* owner = nullptr) {
  if (type.limits.minimum > s.most->table_elements) return status::table_refused;
  auto* t = objects_of(s, owner).make<table_instance>();
  if (t == nullptr) return status::store_out_of_memory;
  t->type = type;
  t->home = &s;
  t->owner = owner;
  const std::uint64_t declared = type.limits.has_maximum() ? type.limits.maximum : 0xffff'ffff;
  t->most = declared < s.most->table_elements ? declared : s.most->table_elements;
  if (grow_table(*t, type.limits.minimum, initial) == ~std::uint64_t{0})
    return status::table_refused;
  t->next = s.tables;
  s.tables = t;
  out = t;
  return status::ok;
}

[[nodiscard]] inline status make_global(store& s, const global_type& type, slot low, slot high,
                                        global_instance*& out, instance* owner = nullptr) {
  out = objects_of(s, owner).make<global_instance>(
      global_instance{low, high, type, &s, owner, nullptr});
  if (out == nullptr) return status::store_out_of_memory;
  if (owner == nullptr && type.type.is_function_reference()) {
    out->next = s.globals;
    s.globals = out;
  }
  return status::ok;
}

inline void end_all(const closure* first) {
  for (const closure* c = first; c != nullptr; c = c->next) c->destroy(c->object);
}
/// Frees everything of a store but the arena, which frees itself.
inline void release_objects(store& s) {
  if (s.fibers != nullptr) s.fibers->release(*s.fibers);
  if (s.backend != nullptr) s.backend->release(*s.backend);
  end_all(s.closures);
  for (const instance* i = s.instances; i != nullptr; i = i->next) end_all(i->closures);
  for (memory_instance* m = s.memories; m != nullptr; m = m->next) m->release(*m);
  for (table_instance* t = s.tables; t != nullptr; t = t->next) release(*t);
  for (instance* i = s.instances; i != nullptr; i = i->next) {
    i->module->release();
    if (i->objects != nullptr) i->objects->clear();
  }
}

/// Whether `count` units from `from` lie within `size`.
[[nodiscard]] constexpr bool fits(std::uint64_t from, std::uint64_t count, std::uint64_t size) {
  return from <= size && count <= size - from;
}

// The bulk operators (4.4.6 and 4.4.7): all or nothing.

[[nodiscard]] inline trap_code fill_memory(memory_instance& m, std::uint64_t to, std::uint8_t byte,
                                           std::uint64_t n) {
  if (!fits(to, n, m.size)) return trap_code::memory_out_of_bounds;
  if (n != 0) std::memset(m.base + to, byte, static_cast<std::size_t>(n));
  return trap_code::none;
}
[[nodiscard]] inline trap_code copy_memory(memory_instance& d, std::uint64_t to,
                                           const memory_instance& s, std::uint64_t from,
                                           std::uint64_t n) {
  if (!fits(from, n, s.size) || !fits(to, n, d.size)) return trap_code::memory_out_of_bounds;
  if (n != 0) std::memmove(d.base + to, s.base + from, static_cast<std::size_t>(n));
  return trap_code::none;
}
[[nodiscard]] inline trap_code init_memory(instance& i, memory_instance& m, std::uint32_t segment,
                                           std::uint64_t to, std::uint64_t from, std::uint64_t n) {
  const module_env& env = i.module->env;
  const data_segment& data = env.data_segments[segment];
  const std::size_t size = i.dropped_data[segment] ? 0 : data.size;
  if (!fits(from, n, size) || !fits(to, n, m.size)) return trap_code::memory_out_of_bounds;
  if (n != 0) {
    std::memcpy(m.base + to, env.data_bytes.data() + data.first + static_cast<std::size_t>(from),
                static_cast<std::size_t>(n));
  }
  return trap_code::none;
}

[[nodiscard]] inline trap_code fill_table(table_instance& t, std::uint64_t to, slot value,
                                          std::uint64_t n) {
  if (!fits(to, n, t.size)) return trap_code::table_out_of_bounds;
  for (std::uint64_t k = 0; k < n; ++k) t.elements[to + k] = value;
  return trap_code::none;
}
[[nodiscard]] inline trap_code copy_table(table_instance& d, std::uint64_t to,
                                          const table_instance& s, std::uint64_t from,
                                          std::uint64_t n) {
  if (!fits(from, n, s.size) || !fits(to, n, d.size)) return trap_code::table_out_of_bounds;
  if (n != 0)
    std::memmove(d.elements + to, s.elements + from, static_cast<std::size_t>(n) * sizeof(slot));
  return trap_code::none;
}

/// The value of a constant expression in an instance whose imports and earlier globals are there
/// (4.5.4). False if a function it refers to could not be made.
[[nodiscard]] DOVETAIL_COLD inline bool run_program(instance& i, const constant_expression& e,
                                                    slot& result) {
  array<slot> values(*i.home->memory);
  for (slot k = 0; k < e.low; ++k) {
    const constant_step& s = i.module->env.constant_code[e.index + static_cast<std::size_t>(k)];
    slot v = s.low;
    switch (s.what) {
      case constant_step::kind::value: break;
      case constant_step::kind::global: v = i.globals[s.index]->low; break;
      case constant_step::kind::function: v = to_slot(function_of(i, s.index)); break;
      default:
        v = work_out(s, values[values.size() - 2], values.back());
        values.truncate(values.size() - 2);
        break;
    }
    if (values.push(v) != status::ok) return false;
  }
  result = values.back();
  return true;
}
[[nodiscard]] inline bool evaluate(instance& i, const constant_expression& e, slot& low,
                                   slot& high) {
  high = 0;
  switch (e.what) {
    case constant_expression::kind::value:
      low = e.low;
      high = e.high;
      return true;
    case constant_expression::kind::global:
      low = i.globals[e.index]->low;
      high = i.globals[e.index]->high;
      return true;
    case constant_expression::kind::function: {
      function_instance* f = function_of(i, e.index);
      low = to_slot(f);
      return f != nullptr;
    }
    case constant_expression::kind::program: return run_program(i, e, low);
  }
  return false;
}

/// `table.init`, also what active element segments do at instantiation.
[[nodiscard]] inline trap_code init_table(instance& i, table_instance& t, std::uint32_t segment,
                                          std::uint64_t to, std::uint64_t from, std::uint64_t n) {
  const module_env& env = i.module->env;
  const element_segment& elements = env.element_segments[segment];
  const std::uint32_t size = i.dropped_elements[segment] ? 0 : elements.count;
  if (!fits(from, n, size) || !fits(to, n, t.size)) return trap_code::table_out_of_bounds;
  // Every function is made first, so that a refusal of memory leaves the table as it was.
  slot low = 0, high = 0;
  for (std::uint64_t k = 0; k < n; ++k) {
    if (!evaluate(i, env.elements[elements.first + from + k], low, high))
      return trap_code::out_of_memory;
  }
  for (std::uint64_t k = 0; k < n; ++k) {
    static_cast<void>(evaluate(i, env.elements[elements.first + from + k], low, high));
    t.elements[to + k] = low;
  }
  return trap_code::none;
}

}  // namespace dovetail::vm
