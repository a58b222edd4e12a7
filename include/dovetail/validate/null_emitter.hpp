// The emitter that emits nothing: each function says what an emitter is told, and when. The base of
// emitters that care for a few operators, such as constant expressions, counters and collectors.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <dovetail/base/features.hpp>
#include <dovetail/base/index.hpp>
#include <dovetail/base/status.hpp>
#include <dovetail/base/value_type.hpp>
#include <dovetail/format/immediates.hpp>
#include <dovetail/format/operators.hpp>
#include <dovetail/validate/stacks.hpp>

namespace dovetail {

/// Every parameter called `below` or `stack` is the live part of the operand stack: `below` without
/// the operator's operands, `stack` with them. A result named now lies at position `below.size()`,
/// from slot `height_of(below)` on.
struct null_emitter {
  /// A name for a value: at most 16 bytes, trivially copyable.
  struct value {};
  /// What the emitter keeps of a block while it is open.
  struct label {};
  /// A place where the cost of a basic block will be filled in.
  struct meter {};

  /// Whether vector operators can be emitted; otherwise the pass answers `simd_not_executable`.
  static constexpr bool has_vectors = true;
  /// Whether the pass keeps the slots of operands for this emitter (see `operand`).
  static constexpr bool places_operands = false;
  /// The other features whose operators can be emitted. What a configuration accepts beyond them is
  /// validated, and refused where it is used (`feature_not_executable`, with the feature's name).
  /// An emitter needs the members of the features that it claims, and no others.
  static constexpr features executes = features::wasm3();
  /// Whether the pass counts operators for this emitter (see `open_meter`).
  static constexpr bool is_metered = false;

  // A function: begin, everything else, finish. Failures inside (memory) are kept until `finish`
  // reports them; an emitter that cannot go on without what `begin` makes has a `status begun()`
  // too.
  void begin(const function_body&) {}
  status finish() { return status::ok; }
  /// The offset of the operator that the next calls belong to.
  void position(std::size_t) {}

  // Numbers.
  value constant(value_type, slot) { return {}; }
  value unary(op, value, live<value> /*below*/) { return {}; }
  value binary(op, value, value, live<value> /*below*/) { return {}; }
  value select(value_type, value, value, value /*condition*/, live<value> /*below*/) { return {}; }
  void drop(value) {}

  // Vectors: constants, operators with up to three operands and perhaps a lane or a pattern, loads
  // and stores of lanes.
  value vector_constant(const v128&) { return {}; }
  template <class Immediate>
  value vector(op, const Immediate&, std::span<const value>, live<value> /*below*/) {
    return {};
  }
  template <class Immediate>
  void vector_store(op, const Immediate&, value /*address*/, value, live<value> /*below*/) {}

  // Memories. An address is of the type that the memory says (`module_env::memories[i].is_64`): i32
  // or i64. So are sizes, and what bulk operators count; between two memories (or tables) the count
  // is i64 only if both are 64-bit. Segments are always indexed by i32. Only emitters that execute
  // `multi_memory` see other memories than the first, and only those that execute `memory64` see
  // 64-bit memories and tables.
  value load(op, const memory_argument&, value /*address*/, live<value> /*below*/) { return {}; }
  void store(op, const memory_argument&, value /*address*/, value, live<value> /*below*/) {}
  value memory_size(memory_index, live<value> /*below*/) { return {}; }
  value memory_grow(memory_index, value, live<value> /*below*/) { return {}; }
  void memory_fill(memory_index, value, value, value, live<value> /*below*/) {}
  void memory_copy(two_memories, value, value, value, live<value> /*below*/) {}
  void memory_init(data_and_memory, value, value, value, live<value> /*below*/) {}
  void data_drop(data_index) {}

  // Variables. A local's earlier value may still be named in `below`: setting it must not change
  // those names' values.
  value local_get(local_index, value_type, live<value> /*below*/) { return {}; }
  void local_set(local_index, value_type, value, live<value> /*below*/) {}
  value local_tee(local_index, value_type, value, live<value> /*below*/) { return {}; }
  value global_get(global_index, value_type, live<value> /*below*/) { return {}; }
  void global_set(global_index, value_type, value, live<value> /*below*/) {}

  // Tables and references. Indices and sizes are i64 in tables that are `is_64`.
  value table_get(table_index, value, live<value> /*below*/) { return {}; }
  void table_set(table_index, value, value, live<value> /*below*/) {}
  value table_size(table_index, live<value> /*below*/) { return {}; }
  value table_grow(table_index, value /*initial*/, value /*delta*/, live<value> /*below*/) {
    return {};
  }
  void table_fill(table_index, value, value, value, live<value> /*below*/) {}
  void table_copy(two_tables, value, value, value, live<value> /*below*/) {}
  void table_init(element_and_table, value, value, value, live<value> /*below*/) {}
  void element_drop(element_index) {}
  value ref_func(function_index, live<value> /*below*/) { return {}; }
  value ref_is_null(value, live<value> /*below*/) { return {}; }
  /// `function_references`: traps if the reference is null; the result is the same reference.
  value ref_as_non_null(value, live<value> /*below*/) { return {}; }

  // Control. A block's parameters are the top of `stack` when it is entered, its results when it is
  // left. At a label the operands it carries have the emitter's canonical name for their position,
  // whichever way control came.
  label enter(const block_shape&, live<value> /*stack*/) { return {}; }
  label enter_if(const block_shape&, value /*condition*/, live<value> /*stack*/) { return {}; }
  /// The first arm of an `if` ends, with its results on top of `stack` if its end can be reached.
  void else_(label&, bool /*reachable*/, live<value> /*stack*/) {}
  /// The second arm begins: name the parameters on top of `stack`.
  void enter_else(label&, live<value> /*stack*/) {}
  /// The block ends with its results on top of `stack`. If its end cannot be reached they have no
  /// names yet; afterwards they must have.
  void leave(label&, bool /*reachable*/, live<value> /*stack*/) {}
  void branch(label&, live<value> /*stack*/) {}
  void branch_if(label&, value /*condition*/, live<value> /*stack*/) {}
  /// The last target is the default.
  void branch_table(value /*index*/, std::span<label* const>, live<value> /*stack*/) {}
  /// `function_references`: branches if the reference is null, without it; `stack` is what the
  /// label carries. Where control goes on the reference is on top of it: its name is the result.
  value branch_on_null(label&, value, live<value> /*stack*/) { return {}; }
  /// `function_references`: branches if the reference is not null, which is then the topmost
  /// operand that the label carries and is on top of `stack`. Where control goes on it is gone.
  void branch_on_non_null(label&, value, live<value> /*stack*/) {}
  void unreachable() {}

  // Calls: arguments on top of `stack`; then, when the pass has replaced them by the results,
  // `name_results`. An indirect call compares the function's signature with the expected one; if
  // that is not final (only emitters that execute `function_references` see such), subtypes are
  // accepted too (`is_subtype` in signatures.hpp).
  void call(function_index, const function_type&, live<value> /*stack*/) {}
  void call_indirect(indirect_call, const function_type&, value /*index*/, live<value> /*stack*/) {}
  /// `function_references`: calls the function that the reference is, which traps if it is null.
  /// Its type is known: there is nothing else to check.
  void call_ref(type_index, const function_type&, value /*reference*/, live<value> /*stack*/) {}
  /// `tail_call`: the call takes the place of the function that makes it, whose results its results
  /// are. Nothing is named afterwards, the code behind is not reached. With `function_references`
  /// there is one through a reference.
  void return_call(function_index, const function_type&, live<value> /*stack*/) {}
  void return_call_indirect(indirect_call, const function_type&, value /*index*/,
                            live<value> /*stack*/) {}
  void return_call_ref(type_index, const function_type&, value /*reference*/,
                       live<value> /*stack*/) {}
  void name_results(std::size_t /*count*/, live<value> /*stack*/) {}

  // Metering: a meter is opened where a basic block begins and closed, with its number of
  // operators, where it ends.
  meter open_meter() { return {}; }
  void close_meter(meter, std::uint32_t) {}
};

}  // namespace dovetail
