// The lower half of the emitter: writes cells, places operands in slots, remembers what the
// accumulators hold and what was written last, so that the upper half can fold and fuse.
#pragma once

#include <cstddef>
#include <cstdint>

#include <dovetail/base/array.hpp>
#include <dovetail/interpreter/dispatch.hpp>
#include <dovetail/interpreter/names.hpp>
#include <dovetail/validate/stacks.hpp>

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

  writer(module_code& code, heads table) : code_(code), table_(table) {}

 protected:
  using live = dovetail::live<name>;

  // The frame: parameters, locals, four scratch slots if some slot may be beyond 16 bits, then the
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
    first_temporary_ = static_cast<std::uint32_t>(locals) + (is_wide_ ? 4 : 0);
    frame_slots_ = first_temporary_;
    start_ = cell_count();
    forget_accumulators();
    newest_ = {};
    before_newest_ = {};
    first_pending_ = 0;
  }

  [[nodiscard]] std::uint32_t slot_of(local_index local) const {
    return local.value >= shifted_from_ ? local.value + 4 : local.value;
  }
  // The slot of the frame for a slot of the operand stack.
  [[nodiscard]] std::uint32_t temporary(std::uint32_t at) {
    const std::uint32_t slot = first_temporary_ + at;
    use(slot + 1);
    return slot;
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
  void copy_far(std::uint32_t to, std::uint32_t from) {
    put(handler::copy_wide, 0, 0, to);
    raw(0, 0, 0, from);
    overwritten(to);
  }

  // Copies a value to a slot.
  void move_to(std::uint32_t to, const name& n) {
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
    const std::uint32_t slot = temporary(at);
    move_to(slot, n);
    return slot;
  }

  // Puts a value where every path expects the operand.
  void make_canonical(operand<name>& o) {
    const std::uint32_t slot = temporary(o.slot());
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
  std::uint32_t mirrors_[bank_count] = {};
  written newest_;
  written before_newest_;
  status failure_ = status::ok;
  bool is_wide_ = false;
};

}  // namespace dovetail::interpreting
