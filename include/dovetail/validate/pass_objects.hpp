// The part of the pass that types the instructions on a module's objects: variables, references,
// tables, memories. The pass adds control and numbers.
#pragma once

#include <cstddef>
#include <cstdint>

#include <dovetail/validate/pass_stacks.hpp>

namespace dovetail {

template <emitter E, bool Checked, features Accept>
class pass_objects : protected pass_stacks<E, Checked, Accept> {
 protected:
  using stacks = pass_stacks<E, Checked, Accept>;
  using stacks::e_, stacks::executable, stacks::live_, stacks::m_, stacks::pop, stacks::pop_any,
      stacks::push, stacks::s_, stacks::stack;
  using typename stacks::V;

  using stacks::stacks;

  // Variable instructions (3.3.5).
  DOVETAIL_ALWAYS_INLINE status operate(op_constant<op::local_get>, local_index local) {
    if (local.value >= s_.locals.size()) return status::unknown_local;
    const value_type type = s_.locals[local.value];
    return push(type, live_ ? e_.local_get(local, type, stack()) : V{});
  }
  status operate(op_constant<op::local_set>, local_index local) {
    if (local.value >= s_.locals.size()) return status::unknown_local;
    const value_type type = s_.locals[local.value];
    V value{};
    DOVETAIL_TRY(pop(type, value));
    if (live_) e_.local_set(local, type, value, stack());
    return status::ok;
  }
  status operate(op_constant<op::local_tee>, local_index local) {
    if (local.value >= s_.locals.size()) return status::unknown_local;
    const value_type type = s_.locals[local.value];
    V value{};
    DOVETAIL_TRY(pop(type, value));
    return push(type, live_ ? e_.local_tee(local, type, value, stack()) : V{});
  }
  status operate(op_constant<op::global_get>, global_index global) {
    if (global.value >= m_.globals.size()) return status::unknown_global;
    const value_type type = m_.globals[global.value].type.type;
    DOVETAIL_TRY(executable(type));
    return push(type, live_ ? e_.global_get(global, type, stack()) : V{});
  }
  status operate(op_constant<op::global_set>, global_index global) {
    if (global.value >= m_.globals.size()) return status::unknown_global;
    const global_type& type = m_.globals[global.value].type;
    if (!type.is_mutable) return status::global_is_immutable;
    V value{};
    DOVETAIL_TRY(pop(type.type, value));
    if (live_) e_.global_set(global, type.type, value, stack());
    return status::ok;
  }

  // Reference instructions (3.3.3).
  status operate(op_constant<op::ref_null>, value_type type) {
    return push(type, live_ ? e_.constant(type, 0) : V{});
  }
  status operate(op_constant<op::ref_is_null>, no_immediate) {
    operand<V> reference;
    DOVETAIL_TRY(pop_any(reference));
    if (reference.type != value_type::unknown && !reference.type.is_reference())
      return status::type_mismatch;
    return push(value_type::i32, live_ ? e_.ref_is_null(reference.value, stack()) : V{});
  }
  status operate(op_constant<op::ref_func>, function_index function) {
    if (function.value >= m_.functions.size()) return status::unknown_function;
    if (!m_.declared[function.value]) return status::undeclared_function_reference;
    return push(value_type::funcref, live_ ? e_.ref_func(function, stack()) : V{});
  }

  // Table instructions (3.3.6).
  status operate(op_constant<op::table_get>, table_index table) {
    V at{};
    DOVETAIL_TRY(demand(table));
    DOVETAIL_TRY(pop(value_type::i32, at));
    return push(m_.tables[table.value].element, live_ ? e_.table_get(table, at, stack()) : V{});
  }
  status operate(op_constant<op::table_set>, table_index table) {
    V at{}, reference{};
    DOVETAIL_TRY(demand(table));
    DOVETAIL_TRY(pop(m_.tables[table.value].element, reference));
    DOVETAIL_TRY(pop(value_type::i32, at));
    if (live_) e_.table_set(table, at, reference, stack());
    return status::ok;
  }
  status operate(op_constant<op::table_size>, table_index table) {
    DOVETAIL_TRY(demand(table));
    return push(value_type::i32, live_ ? e_.table_size(table, stack()) : V{});
  }
  status operate(op_constant<op::table_grow>, table_index table) {
    V delta{}, initial{};
    DOVETAIL_TRY(demand(table));
    DOVETAIL_TRY(pop(value_type::i32, delta));
    DOVETAIL_TRY(pop(m_.tables[table.value].element, initial));
    return push(value_type::i32, live_ ? e_.table_grow(table, initial, delta, stack()) : V{});
  }
  status operate(op_constant<op::table_fill>, table_index table) {
    V at{}, reference{}, count{};
    DOVETAIL_TRY(demand(table));
    DOVETAIL_TRY(pop(value_type::i32, count));
    DOVETAIL_TRY(pop(m_.tables[table.value].element, reference));
    DOVETAIL_TRY(pop(value_type::i32, at));
    if (live_) e_.table_fill(table, at, reference, count, stack());
    return status::ok;
  }
  status operate(op_constant<op::table_copy>, const two_tables& tables) {
    DOVETAIL_TRY(demand(tables.destination));
    DOVETAIL_TRY(demand(tables.source));
    if (m_.tables[tables.destination.value].element != m_.tables[tables.source.value].element) {
      return status::type_mismatch;
    }
    V v[3]{};
    DOVETAIL_TRY(pop_range(v));
    if (live_) e_.table_copy(tables, v[0], v[1], v[2], stack());
    return status::ok;
  }
  status operate(op_constant<op::table_init>, const element_and_table& init) {
    DOVETAIL_TRY(demand(init.table));
    DOVETAIL_TRY(demand(init.element));
    if (m_.tables[init.table.value].element != m_.element_segments[init.element.value].type) {
      return status::type_mismatch;
    }
    V v[3]{};
    DOVETAIL_TRY(pop_range(v));
    if (live_) e_.table_init(init, v[0], v[1], v[2], stack());
    return status::ok;
  }
  status operate(op_constant<op::elem_drop>, element_index element) {
    DOVETAIL_TRY(demand(element));
    if (live_) e_.element_drop(element);
    return status::ok;
  }

  // Memory instructions (3.3.7) other than loads and stores.
  status operate(op_constant<op::memory_size>, memory_index memory) {
    DOVETAIL_TRY(demand(memory));
    return push(value_type::i32, live_ ? e_.memory_size(memory, stack()) : V{});
  }
  status operate(op_constant<op::memory_grow>, memory_index memory) {
    V delta{};
    DOVETAIL_TRY(demand(memory));
    DOVETAIL_TRY(pop(value_type::i32, delta));
    return push(value_type::i32, live_ ? e_.memory_grow(memory, delta, stack()) : V{});
  }
  status operate(op_constant<op::memory_fill>, memory_index memory) {
    V v[3]{};
    DOVETAIL_TRY(demand(memory));
    DOVETAIL_TRY(pop_range(v));
    if (live_) e_.memory_fill(memory, v[0], v[1], v[2], stack());
    return status::ok;
  }
  status operate(op_constant<op::memory_copy>, const two_memories& memories) {
    V v[3]{};
    DOVETAIL_TRY(demand(memories.destination));
    DOVETAIL_TRY(demand(memories.source));
    DOVETAIL_TRY(pop_range(v));
    if (live_) e_.memory_copy(memories, v[0], v[1], v[2], stack());
    return status::ok;
  }
  status operate(op_constant<op::memory_init>, const data_and_memory& init) {
    V v[3]{};
    DOVETAIL_TRY(demand(init.memory));
    DOVETAIL_TRY(demand(init.data));
    DOVETAIL_TRY(pop_range(v));
    if (live_) e_.memory_init(init, v[0], v[1], v[2], stack());
    return status::ok;
  }
  status operate(op_constant<op::data_drop>, data_index data) {
    DOVETAIL_TRY(demand(data));
    if (live_) e_.data_drop(data);
    return status::ok;
  }

 private:
  [[nodiscard]] status demand(table_index i) const {
    return i.value < m_.tables.size() ? status::ok : status::unknown_table;
  }
  [[nodiscard]] status demand(memory_index i) const {
    return i.value < m_.memories.size() ? status::ok : status::unknown_memory;
  }
  [[nodiscard]] status demand(element_index i) const {
    return i.value < m_.element_segments.size() ? status::ok : status::unknown_element_segment;
  }
  // Bodies come before data segments: their number must have been announced (5.5.16).
  [[nodiscard]] status demand(data_index i) const {
    if (!m_.has_data_count) return status::data_count_required;
    return i.value < m_.data_count ? status::ok : status::unknown_data_segment;
  }
  // Destination, source (or value) and count of a bulk operator, all i32.
  [[nodiscard]] status pop_range(V (&v)[3]) {
    for (std::size_t i = 3; i-- > 0;) DOVETAIL_TRY(pop(value_type::i32, v[i]));
    return status::ok;
  }
};

}  // namespace dovetail
