// Memories, variables, tables and references.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>

#include <dovetail/format/immediates.hpp>
#include <dovetail/runtime/vm.hpp>
#include <dovetail/x64/layout.hpp>
#include <dovetail/x64/library.hpp>
#include <dovetail/x64/memories.hpp>

namespace dovetail::x64_jit {

template <code_options Options>
class object_emitter : public memory_emitter<Options> {
  using base = memory_emitter<Options>;

 protected:
  using base::a_, base::below_, base::plan_, base::floor_, base::free_, base::flags_pending_,
      base::offset_, base::has_masks_, base::ranged_;
  using base::start, base::ready, base::put_down, base::release, base::use, base::move_to,
      base::store_to, base::register_of, base::trap_if, base::trap_at, base::is_operand_next,
      base::add_site, base::make_room, base::wanted, base::fresh, base::own, base::allocate,
      base::memory_of, base::name_of_local, base::is_free_temporary, base::is_zero, base::is_64,
      base::has_wide_tables, base::kind_of_address;

 public:
  using base::base;

  // Locals.
  name local_get(local_index i, value_type, live_names) {
    return name_of_local(plan_.locals[i.value].type, i.value);
  }
  DOVETAIL_ALWAYS_INLINE void local_set(local_index i, value_type type, name v, live_names below) {
    below_ = below;
    set_local(i.value, type, v);
  }
  DOVETAIL_ALWAYS_INLINE name local_tee(local_index i, value_type type, name v, live_names below) {
    below_ = below;
    return tee_local(i.value, type, v);
  }

  // Globals: the instance's list of them, the global, its value.
  name global_get(global_index i, value_type type, live_names below) {
    start(below);
    const kind k = kind_of(type);
    const address cell = global_cell(i);
    const reg to = fresh(k, wanted(k));
    a_.load(k, to, cell);
    return temporary_name(k, to);
  }
  void global_set(global_index i, value_type type, name v, live_names below) {
    start(below, v);
    const kind k = kind_of(type);
    // The upper half of a 32-bit global's cell is zero and stays so.
    if (v.is_constant() && !v.fits_immediate()) static_cast<void>(use(v));
    if (v.is_constant()) {
      const address cell = global_cell(i);
      a_.mov_mi(is_wide(k), cell, v.immediate());
      return;
    }
    const reg from = use(v);
    a_.store_value(k, global_cell(i), from);
    release(v);
  }

  // Loads and stores.
  DOVETAIL_ALWAYS_INLINE name load(op o, const memory_argument& m, name at, live_names below) {
    below_ = below;
    return put_load(o, m, at);
  }
  DOVETAIL_ALWAYS_INLINE void store(op o, const memory_argument& m, name at, name v,
                                    live_names below) {
    below_ = below;
    put_store(o, m, at, v);
  }

  // Tables.
  name table_get(table_index t, name at, live_names below) {
    start(below, at);
    const reg index = own(at, reg::none);
    check_element(t, index, set_of(index));
    a_.mov_rm(true, scratch, {scratch, reg::none, 0, offset::table_instance_elements});
    a_.mov_rm(true, index, {scratch, index, 3, 0});
    return temporary_name(kind::i64, index);
  }
  void table_set(table_index t, name at, name v, live_names below) {
    start(below, at, v);
    const reg index = use(at), from = use(v, set_of(index));
    check_element(t, index, set_of(index, from));
    a_.mov_rm(true, scratch, {scratch, reg::none, 0, offset::table_instance_elements});
    a_.mov_mr(true, {scratch, index, 3, 0}, from);
    release(at), release(v);
  }
  name table_size(table_index t, live_names below) {
    start(below);
    const kind k = kind_of_address(is_64(t));
    const reg to = fresh(k, wanted(k));
    load_table(t);
    a_.mov_rm(has_wide_tables && is_wide(k), to,
              {scratch, reg::none, 0, offset::table_instance_size});
    return temporary_name(k, to);
  }
  name ref_is_null(name v, live_names below) {
    start(below, v);
    return is_zero(kind::i64, v);
  }
  name ref_as_non_null(name v, live_names below) {
    start(below, v);
    const reg r = use(v);
    a_.test_rr(true, r, r);
    trap_if(condition::e, trap_code::null_reference);
    return v;
  }

 protected:
  void load_table(table_index t) {
    a_.mov_rm(true, scratch, {instance_register, reg::none, 0, offset::instance_tables});
    a_.mov_rm(true, scratch, {scratch, reg::none, 0, static_cast<std::int32_t>(8 * t.value)});
  }

  // The operand of an access at `at` plus the offset, after its check if there is one. The address
  // is a 32-bit number in a 64-bit register, so that the sum cannot wrap around. `busy` is read
  // later.
  [[nodiscard]] address access(memory_argument m, std::uint32_t width, name& at, reg busy) {
    if (at.what == place::sum) {
      m.offset += at.index;
      at = local_name(kind::i32, static_cast<std::uint32_t>(at.bits), at.where);
    }
    if (!base::is_plain(m.memory)) [[unlikely]]
      return base::access_elsewhere(m, width, at, busy);
    std::uint64_t offset = m.offset;
    if (at.is_constant()) {
      offset += static_cast<std::uint32_t>(at.bits);
      if (Options.is_checked && !is_always_inside(offset + width)) compare_end(offset + width);
      if (offset <= 0x7fff'ffff)
        return {memory_register, reg::none, 0, static_cast<std::int32_t>(offset)};
      a_.mov_ri(scratch, offset);
      return {memory_register, scratch, 0, 0};
    }
    const bool is_inside =
        Options.is_checked && (is_always_inside(base::range_of(at).greatest + offset + width) ||
                               was_compared(at, offset + width));
    const reg index = use(at, set_of(busy));
    if (offset + width <= 0x7fff'ffff) {
      if (Options.is_checked && !is_inside) {
        trap_at(a_.check_access(index, static_cast<std::int32_t>(offset + width)),
                trap_code::memory_out_of_bounds);
      }
      return {memory_register, index, 0, static_cast<std::int32_t>(offset)};
    }
    a_.mov_ri(scratch, offset);
    a_.alu_rr(alu::add, true, scratch, index);
    if constexpr (Options.is_checked) {
      a_.alu_ri(alu::add, true, scratch, static_cast<std::int32_t>(width));
      a_.alu_rr(alu::cmp, true, scratch, size_register);
      trap_if(condition::a, trap_code::memory_out_of_bounds);
      return {memory_register, scratch, 0, -static_cast<std::int32_t>(width)};
    }
    return {memory_register, scratch, 0, 0};
  }
  void note_access() {
    if constexpr (Options.is_guarded) add_site(a_.here());
  }

  // Ways meet: what was known of the values of locals is not known any more.
  void forget_locals() {
    base::forget_masks();
    ranged_ = 0;
    for (compared_local& c : compared_) c = {};
  }

  void begin_locals(const body_facts& facts) {
    forget_locals();
    loops_ = facts.loops;
  }
  // What is known before a loop holds in it, of locals that it leaves alone or counts with.
  void begin_loop() {
    DOVETAIL_ASSERT(!loops_.empty());
    const loop_facts& loop = loops_.front();
    loops_ = loops_.subspan(1);
    const std::uint64_t before = ranged_;
    forget_locals();
    ranged_ = before & ~loop.sets;
    std::uint64_t turns = 0;
    for (std::uint32_t i = 0; i < loop.count; ++i) {
      const counted_local& l = loop.counted[i];
      range& r = base::ranges_[l.index];
      if ((before >> l.index & 1) == 0) {
        if (i == 0) return;
        continue;
      }
      if (i == 0) turns = r.is_single() ? loop.turns(r.least) : 0;
      if (turns == 0) return;
      r = counted_range(r, l.step, turns);
      ranged_ |= std::uint64_t{r.is_known()} << l.index;
    }
  }

  // Apart, so that what is live need not be passed: operands then travel in registers.
  DOVETAIL_NEVER_INLINE void set_local(std::uint32_t i, value_type type, name v) {
    start_local(i, v);
    write_local(i, kind_of(type), v);
    release(v);
  }
  DOVETAIL_NEVER_INLINE name tee_local(std::uint32_t i, value_type type, name v) {
    start_local(i, v);
    const kind k = kind_of(type);
    write_local(i, k, v);
    if (plan_.locals[i].home != reg::none || v.what == place::constant) {
      release(v);
      return v.is_constant() ? v : name_of_local(k, i);
    }
    return is_free_temporary(v) ? v : name_of_local(k, i);
  }
  DOVETAIL_NEVER_INLINE name put_load(op o, memory_argument m, name at) {
    ready(at);
    const kind k = load_kind(o);
    const reg hint = wanted(k);
    const address from = access(m, row_of(o).width, at, reg::none);
    if (o <= op::f64_load && from.base == memory_register && from.index != scratch &&
        is_operand_next()) {
      return access_name(k, from.index, is_free_temporary(at), from.displacement, offset_);
    }
    release(at);
    const reg to = fresh(k, hint);
    note_access();
    load_from(o, k, to, from);
    if (o == op::i32_load8_u) return base::within({0, 0xff}, temporary_name(k, to));
    if (o == op::i32_load16_u) return base::within({0, 0xffff}, temporary_name(k, to));
    return temporary_name(k, to);
  }

  DOVETAIL_NEVER_INLINE void put_store(op o, const memory_argument& m, name& at, name& v) {
    ready(at, v);
    const bool wide = o == op::i64_store;
    const bool as_constant = v.is_constant() && o != op::f32_store && o != op::f64_store &&
                             (!wide || v.fits_immediate());
    if (!as_constant) static_cast<void>(use(v));
    const address to = access(m, row_of(o).width, at, register_of(v));
    note_access();
    if (as_constant) {
      put_constant_store(row_of(o).width, to, static_cast<std::uint32_t>(v.bits));
    } else {
      store_from(o, to, register_of(v));
    }
    release(at), release(v);
  }

  // A truth value can go from the flags to a home at once.
  void start_local(std::uint32_t i, name& v) {
    if (v.what != place::flags || plan_.locals[i].home == reg::none) return ready(v);
    make_room();
    flags_pending_ = false;
  }
  // The local's earlier value may still be wanted by operands below: they get one of their own.
  void write_local(std::uint32_t i, kind k, const name& v) {
    local_place& l = plan_.locals[i];
    for (std::size_t p = floor_; p < below_.size(); ++p) {
      if (below_[p].value.is_local(i)) keep_value(below_[p]);
    }
    if (v.is_local(i)) return;
    for (compared_local& c : compared_) {
      if (c.index == i) c = {};
    }
    if (k == kind::i32 && i < most_ranged) {
      const range r = base::range_of(v);
      ranged_ = (ranged_ & ~(std::uint64_t{1} << i)) | std::uint64_t{r.is_known()} << i;
      base::ranges_[i] = r;
    }
    l.is_lane_mask = base::is_lane_mask(v);
    has_masks_ |= l.is_lane_mask;
    if (l.home == reg::none) {
      store_to(memory_of(name_of_local(k, i)), v);
    } else if (v.what == place::constant && v.bits == 0) {
      is_float(k) ? a_.bits_rr(0x57, l.home, l.home) : a_.alu_rr(alu::xor_, false, l.home, l.home);
    } else {
      move_to(l.home, v);
    }
  }
  void keep_value(operand<name>& o) {
    name& n = o.value;
    const reg_set bank = is_float(n.type) ? float_temporaries : integer_temporaries;
    if ((free_ & bank) == 0) {
      store_to(plan_.slot_of(o.slot()), n);
      n = spilled_name(n.type, o.slot());
      return;
    }
    const reg to = allocate(n.type);
    move_to(to, n);
    n = temporary_name(n.type, to);
  }

 private:
  // An address in a local, and how many bytes from it on an access was let through: no memory gets
  // smaller, so another one is too.
  struct compared_local {
    static constexpr std::uint32_t none = ~std::uint32_t{0};
    std::uint32_t index = none;
    std::uint32_t bytes = 0;
  };
  // Whether an access of so many bytes from the address on is known to be inside; if not, it will
  // be after the comparison that is now due.
  [[nodiscard]] bool was_compared(const name& at, std::uint64_t bytes) {
    if (at.what != place::local || bytes > 0x7fff'ffff) return false;
    for (compared_local& c : compared_) {
      if (c.index != at.index) continue;
      if (c.bytes >= bytes) return true;
      c.bytes = static_cast<std::uint32_t>(bytes);
      return false;
    }
    compared_[next_compared_++ % std::size(compared_)] = {at.index,
                                                          static_cast<std::uint32_t>(bytes)};
    return false;
  }
  void compare_end(std::uint64_t end) {
    if (end <= 0x7fff'ffff) {
      a_.alu_ri(alu::cmp, true, size_register, static_cast<std::int32_t>(end));
    } else {
      a_.mov_ri(scratch, end);
      a_.alu_rr(alu::cmp, true, size_register, scratch);
    }
    trap_if(condition::b, trap_code::memory_out_of_bounds);
  }
  [[nodiscard]] bool is_always_inside(std::uint64_t end) const {
    const auto& memories = base::module_.env.memories;
    return !memories.empty() && end <= memories[0].limits.minimum * vm::page_size;
  }

  static kind load_kind(op o) {
    switch (o) {
      case op::f32_load: return kind::f32;
      case op::f64_load: return kind::f64;
      default: {
        const shape s = row_of(o).shape;
        return s == shape::i_i ? kind::i32 : kind::i64;
      }
    }
  }

  [[nodiscard]] address global_cell(global_index i) {
    a_.mov_rm(true, scratch, {instance_register, reg::none, 0, offset::instance_globals});
    a_.mov_rm(true, scratch, {scratch, reg::none, 0, static_cast<std::int32_t>(8 * i.value)});
    return {scratch, reg::none, 0, offset::global_instance_low};
  }
  // Leaves the table in the scratch register.
  void check_element(table_index t, reg index, reg_set busy) {
    const reg free = is_64(t) ? allocate(false, busy) : reg::none;
    load_table(t);
    base::compare_index(t, index, free);
    if (free != reg::none) release(free);
    trap_if(condition::ae, trap_code::table_out_of_bounds);
  }

  void load_from(op o, kind k, reg to, const address& from) {
    switch (o) {
      case op::i32_load8_s: return a_.op_rm({0, 0x0f, 0xbe}, false, to, from);
      case op::i32_load8_u:
      case op::i64_load8_u: return a_.op_rm({0, 0x0f, 0xb6}, false, to, from);
      case op::i32_load16_s: return a_.op_rm({0, 0x0f, 0xbf}, false, to, from);
      case op::i32_load16_u:
      case op::i64_load16_u: return a_.op_rm({0, 0x0f, 0xb7}, false, to, from);
      case op::i64_load8_s: return a_.op_rm({0, 0x0f, 0xbe}, true, to, from);
      case op::i64_load16_s: return a_.op_rm({0, 0x0f, 0xbf}, true, to, from);
      case op::i64_load32_s: return a_.op_rm({0, 0, 0x63}, true, to, from);
      case op::i64_load32_u: return a_.mov_rm(false, to, from);
      default: return a_.load(k, to, from);
    }
  }
  void store_from(op o, const address& to, reg from) {
    switch (o) {
      case op::i32_store8:
      case op::i64_store8: return a_.op_rm({0, 0, 0x88, true}, false, from, to);
      case op::i32_store16:
      case op::i64_store16: return a_.op_rm({0x66, 0, 0x89}, false, from, to);
      case op::i64_store: return a_.mov_mr(true, to, from);
      case op::f32_store: return a_.store_value(kind::f32, to, from);
      case op::f64_store: return a_.store_value(kind::f64, to, from);
      default: return a_.mov_mr(false, to, from);
    }
  }
  void put_constant_store(std::uint32_t width, const address& to, std::uint32_t v) {
    switch (width) {
      case 1: a_.op_nm({0, 0, 0xc6}, false, 0, to); return a_.store(v & 0xff, 1);
      case 2: a_.op_nm({0x66, 0, 0xc7}, false, 0, to); return a_.store(v & 0xffff, 2);
      default: return a_.mov_mi(width == 8, to, static_cast<std::int32_t>(v));
    }
  }

  compared_local compared_[4] = {};
  std::size_t next_compared_ = 0;
  std::span<const loop_facts> loops_;  // those to come
};

}  // namespace dovetail::x64_jit
