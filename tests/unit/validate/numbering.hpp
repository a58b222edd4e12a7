// An emitter that emits nothing and whose values are numbers, for tests that look at names.
#pragma once

#include <cstdint>

#include <dovetail/validate/null_emitter.hpp>

namespace testing {

struct numbering : dovetail::null_emitter {
  using value = std::uint32_t;
  static constexpr bool has_vectors = false;
  static constexpr dovetail::features executes = dovetail::features::wasm2();

  value constant(dovetail::value_type, dovetail::slot) { return 0; }
  value vector_constant(const dovetail::v128&) { return 0; }
  value unary(dovetail::op, value, dovetail::live<value>) { return 0; }
  value binary(dovetail::op, value, value, dovetail::live<value>) { return 0; }
  value select(dovetail::value_type, value, value, value, dovetail::live<value>) { return 0; }
  void drop(value) {}
  value load(dovetail::op, const dovetail::memory_argument&, value, dovetail::live<value>) {
    return 0;
  }
  void store(dovetail::op, const dovetail::memory_argument&, value, value, dovetail::live<value>) {}
  value memory_size(dovetail::memory_index, dovetail::live<value>) { return 0; }
  value memory_grow(dovetail::memory_index, value, dovetail::live<value>) { return 0; }
  void memory_fill(dovetail::memory_index, value, value, value, dovetail::live<value>) {}
  void memory_copy(dovetail::two_memories, value, value, value, dovetail::live<value>) {}
  void memory_init(dovetail::data_and_memory, value, value, value, dovetail::live<value>) {}
  value local_get(dovetail::local_index, dovetail::value_type, dovetail::live<value>) { return 0; }
  void local_set(dovetail::local_index, dovetail::value_type, value, dovetail::live<value>) {}
  value local_tee(dovetail::local_index, dovetail::value_type, value, dovetail::live<value>) {
    return 0;
  }
  value global_get(dovetail::global_index, dovetail::value_type, dovetail::live<value>) {
    return 0;
  }
  void global_set(dovetail::global_index, dovetail::value_type, value, dovetail::live<value>) {}
  value table_get(dovetail::table_index, value, dovetail::live<value>) { return 0; }
  void table_set(dovetail::table_index, value, value, dovetail::live<value>) {}
  value table_size(dovetail::table_index, dovetail::live<value>) { return 0; }
  value table_grow(dovetail::table_index, value, value, dovetail::live<value>) { return 0; }
  void table_fill(dovetail::table_index, value, value, value, dovetail::live<value>) {}
  void table_copy(dovetail::two_tables, value, value, value, dovetail::live<value>) {}
  void table_init(dovetail::element_and_table, value, value, value, dovetail::live<value>) {}
  value ref_func(dovetail::function_index, dovetail::live<value>) { return 0; }
  value ref_is_null(value, dovetail::live<value>) { return 0; }
  label enter(const dovetail::block_shape&, dovetail::live<value>) { return {}; }
  label enter_if(const dovetail::block_shape&, value, dovetail::live<value>) { return {}; }
  void else_(label&, bool, dovetail::live<value>) {}
  void enter_else(label&, dovetail::live<value>) {}
  void leave(label&, bool, dovetail::live<value>) {}
  void branch(label&, dovetail::live<value>) {}
  void branch_if(label&, value, dovetail::live<value>) {}
  void branch_table(value, std::span<label* const>, dovetail::live<value>) {}
  void call(dovetail::function_index, const dovetail::function_type&, dovetail::live<value>) {}
  void call_indirect(dovetail::indirect_call, const dovetail::function_type&, value,
                     dovetail::live<value>) {}
  void name_results(std::size_t, dovetail::live<value>) {}
};

}  // namespace testing
