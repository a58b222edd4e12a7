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
  using stacks::e_, stacks::executable, stacks::executes, stacks::live_, stacks::m_, stacks::pop,
      stacks::pop_any, stacks::push, stacks::s_, stacks::stack, stacks::stands_for;
  using typename stacks::V;

  using stacks::stacks;

  // Variable instructions (3.3.5).
  DOVETAIL_ALWAYS_INLINE status operate(op_constant<op::local_get>, local_index local) {
    if (local.value >= s_.locals.size()) return status::unknown_local;
    const value_type type = s_.locals[local.value];
    if (stacks::is_unset(local, type)) [[unlikely]]
      return status::uninitialized_local;
    return push(type, live_ ? e_.local_get(local, type, stack()) : V{});
  }
  status operate(op_constant<op::local_set>, local_index local) {
    if (local.value >= s_.locals.size()) return status::unknown_local;
    const value_type type = s_.locals[local.value];
    V value{};
    DOVETAIL_TRY(pop(type, value));
    DOVETAIL_TRY(stacks::note_set(local, type));
    if (live_) e_.local_set(local, type, value, stack());
    return status::ok;
  }
  status operate(op_constant<op::local_tee>, local_index local) {
    if (local.value >= s_.locals.size()) return status::unknown_local;
    const value_type type = s_.locals[local.value];
    V value{};
    DOVETAIL_TRY(pop(type, value));
    DOVETAIL_TRY(stacks::note_set(local, type));
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
    if constexpr (stacks::has_typed_references) DOVETAIL_TRY(m_.resolve(type));
    return push(type, live_ ? e_.constant(type, 0) : V{});
  }
  status operate(op_constant<op::ref_is_null>, no_immediate) {
    operand<V> reference;
    DOVETAIL_TRY(pop_reference(reference));
    return push(value_type::i32, live_ ? e_.ref_is_null(reference.value, stack()) : V{});
  }
  status operate(op_constant<op::ref_as_non_null>, no_immediate) {
    operand<V> reference;
    DOVETAIL_TRY(pop_reference(reference));
    V same{};
    if (live_) same = e_.ref_as_non_null(reference.value, stack());
    return push(reference.type.as_non_null(), same);
  }
  status operate(op_constant<op::ref_func>, function_index function) {
    if (function.value >= m_.functions.size()) return status::unknown_function;
    if (!m_.declared[function.value]) return status::undeclared_function_reference;
    value_type type = value_type::funcref;
    if constexpr (stacks::has_typed_references)
      type = m_.reference(m_.functions[function.value], false);
    return push(type, live_ ? e_.ref_func(function, stack()) : V{});
  }
  // Pops a reference of any type.
  status pop_reference(operand<V>& out) {
    DOVETAIL_TRY(pop_any(out));
    if (out.type == value_type::unknown) out.type = value_type::unknown_reference;
    return out.type.is_reference() ? status::ok : status::type_mismatch;
  }

  // Table instructions (3.3.6).
  status operate(op_constant<op::table_get>, table_index table) {
    V at{};
    DOVETAIL_TRY(demand(table));
    DOVETAIL_TRY(pop(index_of(table), at));
    return push(m_.tables[table.value].element, live_ ? e_.table_get(table, at, stack()) : V{});
  }
  status operate(op_constant<op::table_set>, table_index table) {
    V at{}, reference{};
    DOVETAIL_TRY(demand(table));
    DOVETAIL_TRY(pop(m_.tables[table.value].element, reference));
    DOVETAIL_TRY(pop(index_of(table), at));
    if (live_) e_.table_set(table, at, reference, stack());
    return status::ok;
  }
  status operate(op_constant<op::table_size>, table_index table) {
    DOVETAIL_TRY(demand(table));
    return push(index_of(table), live_ ? e_.table_size(table, stack()) : V{});
  }
  status operate(op_constant<op::table_grow>, table_index table) {
    V reference{}, delta{};
    DOVETAIL_TRY(demand(table));
    DOVETAIL_TRY(pop(index_of(table), delta));
    DOVETAIL_TRY(pop(m_.tables[table.value].element, reference));
    return push(index_of(table), live_ ? e_.table_grow(table, reference, delta, stack()) : V{});
  }
  status operate(op_constant<op::table_fill>, table_index table) {
    V at{}, reference{}, count{};
    DOVETAIL_TRY(demand(table));
    DOVETAIL_TRY(pop(index_of(table), count));
    DOVETAIL_TRY(pop(m_.tables[table.value].element, reference));
    DOVETAIL_TRY(pop(index_of(table), at));
    if (live_) e_.table_fill(table, at, reference, count, stack());
    return status::ok;
  }
  status operate(op_constant<op::table_copy>, const two_tables& tables) {
    DOVETAIL_TRY(demand(tables.destination));
    DOVETAIL_TRY(demand(tables.source));
    if (!stands_for(m_.tables[tables.source.value].element,
                    m_.tables[tables.destination.value].element)) {
      return status::type_mismatch;
    }
    V v[3]{};
    DOVETAIL_TRY(pop_range(v, index_of(tables.destination), index_of(tables.source)));
    if (live_) e_.table_copy(tables, v[0], v[1], v[2], stack());
    return status::ok;
  }
  status operate(op_constant<op::table_init>, const element_and_table& init) {
    DOVETAIL_TRY(demand(init.table));
    DOVETAIL_TRY(demand(init.element));
    if (!stands_for(m_.element_segments[init.element.value].type,
                    m_.tables[init.table.value].element)) {
      return status::type_mismatch;
    }
    V v[3]{};
    DOVETAIL_TRY(pop_range(v, index_of(init.table), value_type::i32));
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
    return push(address_of(memory), live_ ? e_.memory_size(memory, stack()) : V{});
  }
  status operate(op_constant<op::memory_grow>, memory_index memory) {
    V delta{};
    DOVETAIL_TRY(demand(memory));
    DOVETAIL_TRY(pop(address_of(memory), delta));
    return push(address_of(memory), live_ ? e_.memory_grow(memory, delta, stack()) : V{});
  }
  status operate(op_constant<op::memory_fill>, memory_index memory) {
    V at{}, byte{}, count{};
    DOVETAIL_TRY(demand(memory));
    DOVETAIL_TRY(pop(address_of(memory), count));
    DOVETAIL_TRY(pop(value_type::i32, byte));
    DOVETAIL_TRY(pop(address_of(memory), at));
    if (live_) e_.memory_fill(memory, at, byte, count, stack());
    return status::ok;
  }
  status operate(op_constant<op::memory_copy>, const two_memories& memories) {
    V v[3]{};
    DOVETAIL_TRY(demand(memories.destination));
    DOVETAIL_TRY(demand(memories.source));
    DOVETAIL_TRY(pop_range(v, address_of(memories.destination), address_of(memories.source)));
    if (live_) e_.memory_copy(memories, v[0], v[1], v[2], stack());
    return status::ok;
  }
  status operate(op_constant<op::memory_init>, const data_and_memory& init) {
    V v[3]{};
    DOVETAIL_TRY(demand(init.memory));
    DOVETAIL_TRY(demand(init.data));
    DOVETAIL_TRY(pop_range(v, address_of(init.memory), value_type::i32));
    if (live_) e_.memory_init(init, v[0], v[1], v[2], stack());
    return status::ok;
  }
  status operate(op_constant<op::data_drop>, data_index data) {
    DOVETAIL_TRY(demand(data));
    if (live_) e_.data_drop(data);
    return status::ok;
  }

  // Whether an operator with this immediate has an address that may be an i64.
  template <class Immediate>
  static constexpr bool has_address = stacks::has_64_bit_memories &&
                                      (std::is_same_v<Immediate, memory_argument> ||
                                       std::is_same_v<Immediate, memory_lane_argument>);

  // The type of addresses and indices (2.3.9).
  [[nodiscard]] static constexpr value_type address_type(bool is_64) {
    return stacks::has_64_bit_memories && is_64 ? value_type::i64 : value_type::i32;
  }
  [[nodiscard]] value_type address_of(memory_index i) const {
    return address_type(m_.memories[i.value].is_64);
  }
  [[nodiscard]] value_type index_of(table_index i) const {
    return address_type(m_.tables[i.value].is_64);
  }

  // Objects that an operator uses must exist, and be of a kind that the emitter can use.
  [[nodiscard]] status demand(table_index i) const {
    if (i.value >= m_.tables.size()) return status::unknown_table;
    if constexpr (stacks::has_64_bit_memories && !executes(feature::memory64)) {
      if (m_.tables[i.value].is_64) return not_executable(feature::memory64);
    }
    return status::ok;
  }
  [[nodiscard]] DOVETAIL_ALWAYS_INLINE status demand(memory_index i) const {
    if (i.value >= m_.memories.size()) return status::unknown_memory;
    if constexpr (Accept.has(feature::multi_memory) && !executes(feature::multi_memory)) {
      if (i.value != 0) return not_executable(feature::multi_memory);
    }
    if constexpr (stacks::has_64_bit_memories && !executes(feature::memory64)) {
      if (m_.memories[i.value].is_64) return not_executable(feature::memory64);
    }
    return status::ok;
  }

 private:
  [[nodiscard]] status demand(element_index i) const {
    return i.value < m_.element_segments.size() ? status::ok : status::unknown_element_segment;
  }
  // Bodies come before data segments: their number must have been announced (5.5.16).
  [[nodiscard]] status demand(data_index i) const {
    if (!m_.has_data_count) return status::data_count_required;
    return i.value < m_.data_count ? status::ok : status::unknown_data_segment;
  }
  // Destination, source and count of a bulk operator between two objects: the count has the smaller
  // type.
  [[nodiscard]] status pop_range(V (&v)[3], value_type destination, value_type source) {
    const bool is_64 = destination == value_type::i64 && source == value_type::i64;
    DOVETAIL_TRY(pop(address_type(is_64), v[2]));
    DOVETAIL_TRY(pop(source, v[1]));
    return pop(destination, v[0]);
  }
};

}  // namespace dovetail
