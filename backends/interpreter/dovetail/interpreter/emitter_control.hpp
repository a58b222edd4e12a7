// The interpreter's emitter, second half: blocks, branches, calls, and the beginning and end of a
// function.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <dovetail/format/open_results.hpp>
#include <dovetail/interpreter/emitter.hpp>
#include <dovetail/module/execution_counts.hpp>

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
