// The interpreter's emitter: turns what the pass tells into cells in one walk. Numbers, memory,
// variables, tables; control is in emitter_control.hpp.
#pragma once

#include <cstddef>
#include <cstdint>

#include <dovetail/format/meaning.hpp>
#include <dovetail/interpreter/emitter_vector.hpp>
#include <dovetail/validate/emitter.hpp>

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
