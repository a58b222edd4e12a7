// Values while code is emitted: which register holds what, how a name becomes an operand, and what
// is put down when registers run out. The lowest layer of the emitter.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>

#include <dovetail/base/trap.hpp>
#include <dovetail/runtime/backend.hpp>
#include <dovetail/x64/code.hpp>
#include <dovetail/x64/frame.hpp>
#include <dovetail/x64/names.hpp>
#include <dovetail/x64/ranges.hpp>
#include <dovetail/x64/xbyak.hpp>

namespace dovetail::x64_jit {

/// What the processor offers beyond SSE4.1, which is the least this backend runs on.
struct processor {
  bool is_supported = false;
  bool has_lzcnt = false;
  bool has_tzcnt = false;
  bool has_popcnt = false;
  bool has_shlx = false;
  bool has_avx = false;
  bool has_avx2 = false;
  bool has_fma = false;

  /// Whether code for another processor runs on this one.
  [[nodiscard]] constexpr bool runs_code_for(const processor& other) const {
    return is_supported && has_lzcnt >= other.has_lzcnt && has_tzcnt >= other.has_tzcnt &&
           has_popcnt >= other.has_popcnt && has_shlx >= other.has_shlx &&
           has_avx >= other.has_avx && has_avx2 >= other.has_avx2 && has_fma >= other.has_fma;
  }
  /// Three questions (Intel SDM volume 2, CPUID): virtual machines take microseconds for each, so
  /// xbyak's list of everything is not asked.
  [[nodiscard]] static processor here() {
    const auto bit = [](const unsigned(&words)[4], unsigned word, unsigned n) {
      return (words[word] >> n & 1) != 0;
    };
    unsigned basic[4] = {}, extended[4] = {}, more[4] = {};
    Xbyak::util::Cpu::getCpuid(1, basic);
    Xbyak::util::Cpu::getCpuidEx(7, 0, extended);
    Xbyak::util::Cpu::getCpuid(0x8000'0001, more);
    // AVX is there if the system keeps the registers: bit 27 says that it tells (volume 1, 14.3).
    const bool has_avx =
        bit(basic, 2, 28) && bit(basic, 2, 27) && (Xbyak::util::Cpu::getXfeature() & 6) == 6;
    return {bit(basic, 2, 19),
            bit(more, 2, 5),
            bit(extended, 1, 3),
            bit(basic, 2, 23),
            bit(extended, 1, 8),
            has_avx,
            has_avx && bit(extended, 1, 5),
            has_avx && bit(basic, 2, 12)};
  }
};

/// What code is made for: all that the emitter knows of a configuration.
struct code_options {
  bool is_checked = false;  ///< every access is compared with the memory's size
  bool is_guarded = false;  ///< an access may fault
  bool is_metered = false;
  abi host = native_abi;
  bool keeps_places = false;  ///< calls of host functions say where the stack is
  bool is_annotated = false;  ///< code is to be read: say which operator each piece comes from
  bool has_canonical_nans = false;  ///< of controls, as is
  bool has_native_relaxed = false;  ///< this
  processor target{};  ///< if supported, code is for it, whatever processor this one is
  interrupt stops = interrupt::none;  ///< what checkpoints do
  bool asks_for_fuel = false;
  const price_list* price = nullptr;
  counting counts = counting::none;

  /// Whether the emitter is told of basic blocks.
  [[nodiscard]] constexpr bool is_told_of_blocks() const {
    return is_metered || counts == counting::blocks;
  }
  /// Whether exceptions of host functions arrive in the code.
  [[nodiscard]] constexpr bool catches() const {
    return platform::catches_by_tables && host == abi::sysv;
  }
  /// Whether code may go on behind what looks like a trap.
  [[nodiscard]] constexpr bool resumes() const { return stops != interrupt::none || asks_for_fuel; }
  /// How many of the homes that survive calls, the last ones, code keeps for itself.
  [[nodiscard]] constexpr std::size_t pinned_homes() const {
    return std::size_t{is_checked} + std::size_t{is_metered} + (stops == interrupt::page ? 1 : 0);
  }
  /// Where metered code has what is left of the store's fuel.
  [[nodiscard]] constexpr reg fuel_register() const {
    return saved_homes[std::size(saved_homes) - (is_checked ? 2 : 1)];
  }
  /// Where code under `interrupt::page` has the address of its store's page.
  [[nodiscard]] constexpr reg page_register() const {
    return saved_homes[std::size(saved_homes) - pinned_homes()];
  }
};

/// What code of a configuration is made for.
template <memory_policy Memory>
[[nodiscard]] constexpr code_options options_of(controls c, processor target = {},
                                                abi host = native_abi) {
  return {.is_checked = Memory::is_checked,
          .is_guarded = Memory::is_guarded,
          .is_metered = c.is_metered,
          .host = host,
          .keeps_places = c.keeps_places,
          .has_canonical_nans = c.has_canonical_nans,
          .has_native_relaxed = c.has_native_relaxed,
          .target = target,
          .stops = c.stops,
          .asks_for_fuel = c.asks_for_fuel,
          .price = c.price,
          .counts = c.counts};
}

// Which operands of an operator may lie in memory: 1 the right one, 2 the left one, beside a
// constant or a local.
inline constexpr auto memory_operands = [] {
  std::array<std::uint8_t, op_count> all{};
  for (std::size_t i = 0; i < op_count; ++i) {
    const auto o = static_cast<op>(i);
    const shape s = row_of(o).shape;
    if (is_comparison(o)) all[i] = s == shape::ii_b || s == shape::ll_b ? 3 : 1;
  }
  for (const op o :
       {op::i32_add, op::i32_sub, op::i32_mul, op::i32_and, op::i32_or,  op::i32_xor, op::i64_add,
        op::i64_sub, op::i64_mul, op::i64_and, op::i64_or,  op::i64_xor, op::f32_add, op::f32_sub,
        op::f32_mul, op::f32_div, op::f64_add, op::f64_sub, op::f64_mul, op::f64_div}) {
    all[static_cast<std::size_t>(o)] = 1;
  }
  return all;
}();

class value_emitter {
 public:
  /// Where memory ends that is committed at once, of the room from `begin` to `end`, when it must
  /// reach to `wanted`: large pages of much room.
  [[nodiscard]] static std::size_t end_of_mapping(std::size_t wanted, std::size_t begin,
                                                  std::size_t end) {
    const std::size_t step = end - begin < many_bytes ? 256 * 1024 : os::large_page;
    const std::size_t whole = (wanted + step - 1) / step * step;
    return whole < end ? whole : end;
  }

  value_emitter(encoder& a, module_code& code, const processor& cpu, allocator& memory)
      : a_(a),
        code_(code),
        plan_(memory),
        traps_(memory),
        constants_(memory),
        vectors_(memory),
        floors_(memory),
        cpu_(cpu) {}

 protected:
  // A jump to a trap, to be written behind the function.
  struct trap_jump {
    std::uint32_t place = 0;
    std::uint32_t offset = 0;
    trap_code code = trap_code::none;
  };
  // An instruction that reads a constant behind the function.
  struct constant_use {
    std::uint32_t place = 0;
    std::uint64_t bits = 0;
  };

  // A vector behind the function, and the instructions that read it.
  struct vector_cell {
    v128 value;
    chain uses = 0;
  };

  void keep(status s) {
    if (failure_ == status::ok) failure_ = s;
  }

  // Room for any one operator but calls, which ask for more. Once there is no more memory code is
  // written over the start of the region, and nobody ever runs it.
  void make_room(std::size_t bytes = 512) {
    if (a_.here() + bytes <= committed_) [[likely]]
      return;
    commit(bytes);
  }
  DOVETAIL_COLD void commit(std::size_t bytes) {
    constexpr std::size_t step = 256 * 1024;
    const std::size_t wanted = a_.here() + bytes;
    if (failure_ == status::ok && bytes < step && wanted <= end_of_room_ && may_write(wanted)) {
      // Not all that may be written: that is more than is needed where there are no large pages.
      const std::size_t whole = (wanted + step - 1) / step * step;
      const std::size_t until = whole < mapped_ ? whole : mapped_;
      os::bring_in(code_.base + committed_, until - committed_);
      committed_ = until;
      return;
    }
    keep(wanted > end_of_room_ ? status::function_too_large : status::out_of_memory);
    a_.rewind(begin_);
  }
  [[nodiscard]] bool may_write(std::size_t wanted) {
    if (wanted <= mapped_) return true;
    const std::size_t until = end_of_mapping(wanted, begin_, end_of_room_);
    if (!os::commit(code_.base + mapped_, until - mapped_)) return false;
    mapped_ = until;
    return true;
  }
  // Registers.
  [[nodiscard]] reg allocate(bool floating, reg_set avoid = 0) {
    const reg_set bank = floating ? float_temporaries : integer_temporaries;
    const reg_set choice = free_ & bank & ~avoid;
    if (choice != 0) [[likely]] {
      const auto r = static_cast<reg>(std::countr_zero(choice));
      free_ &= ~set_of(r);
      return r;
    }
    return put_down_one(floating, avoid);
  }
  [[nodiscard]] reg allocate(kind k, reg_set avoid = 0) { return allocate(is_float(k), avoid); }

  // The deepest operand in a register of the bank goes to its slot.
  DOVETAIL_COLD reg put_down_one(bool floating, reg_set avoid) {
    for (std::size_t i = floor_; i < below_.size(); ++i) {
      const name& n = below_[i].value;
      if (n.what != place::temporary || is_float(n.type) != floating ||
          (set_of(n.where) & avoid) != 0) {
        continue;
      }
      const reg r = n.where;
      put_down(below_[i]);
      free_ &= ~set_of(r);
      return r;
    }
    DOVETAIL_ASSERT(false);
    return floating ? reg::xmm0 : reg::rax;
  }
  // Makes a register free whatever operand it holds.
  void clear(reg r) {
    if ((free_ & set_of(r)) != 0) return;
    for (std::size_t i = floor_; i < below_.size(); ++i) {
      const name& n = below_[i].value;
      if (n.what == place::temporary && n.where == r) return put_down(below_[i]);
    }
  }
  // Makes it free and takes it.
  void take(reg r) {
    clear(r);
    free_ &= ~set_of(r);
  }

  void release(reg r) { free_ |= set_of(r) & temporaries_; }
  void release(const name& n) {
    if (n.what == place::temporary) release(n.where);
    if (n.what == place::access && (n.bits & 0x100) != 0) release(index_of_access(n));
  }

  // Writes an operand to its canonical slot. Leaves the flags alone.
  void put_down(operand<name>& o) {
    name& n = o.value;
    store_to(plan_.slot_of(o.slot()), n);
    release(n);
    n = spilled_name(n.type, o.slot());
  }

  // The memory that holds a value, for names that are in memory.
  [[nodiscard]] bool is_in_memory(const name& n) const {
    return n.where == reg::none && n.what != place::constant && n.what != place::flags;
  }
  // To be read by the next instruction: if it faults, that is an access's fault.
  [[nodiscard]] address memory_of(const name& n) {
    if (n.what == place::access) [[unlikely]]
      return accessed(n);
    return slot_of(n);
  }
  [[nodiscard]] address slot_of(const name& n) const {
    return n.what == place::spilled ? plan_.slot_of(n.index)
                                    : address{reg::rsp, reg::none, 0, plan_.locals[n.index].slot};
  }
  DOVETAIL_NEVER_INLINE address accessed(const name& n) {
    if (notes_accesses_) add_site(a_.here(), static_cast<std::uint32_t>(n.bits >> 32));
    return {memory_register, index_of_access(n), 0, static_cast<std::int32_t>(n.index)};
  }
  // The register a value is in already, or none.
  [[nodiscard]] static reg register_of(const name& n) { return n.where; }
  [[nodiscard]] name name_of_local(kind k, std::uint32_t i) const {
    return local_name(k, i, plan_.locals[i].home);
  }
  // Whether a vector's bytes are all ones or all zeros. A local's name does not tell: it is older
  // than what the local holds.
  [[nodiscard]] bool is_lane_mask(const name& n) const {
    return n.what == place::local ? plan_.locals[n.index].is_lane_mask : n.is_lane_mask();
  }
  // Ways meet: what locals hold is not known any more.
  void forget_masks() {
    if (!has_masks_) [[likely]]
      return;
    for (local_place& l : plan_.locals) l.is_lane_mask = false;
    has_masks_ = false;
  }

  // What is known of an i32.
  [[nodiscard]] range range_of(const name& n) const {
    switch (n.what) {
      case place::constant: return range::of(static_cast<std::uint32_t>(n.bits));
      case place::temporary:
      case place::scaled: return range::unpacked(n.bits);
      case place::local: return is_ranged(n.index) ? ranges_[n.index] : range{};
      default: return {};
    }
  }
  [[nodiscard]] bool is_ranged(std::uint32_t local) const {
    return local < most_ranged && (ranged_ >> local & 1) != 0;
  }
  // An i32 that was just made is in the range.
  [[nodiscard]] static name within(range r, name n) {
    if (n.what == place::temporary || n.what == place::scaled) n.bits = r.packed();
    return n;
  }

  // Writes a value into a register. Leaves the flags alone, unless the value is in them.
  void move_to(reg to, const name& n) {
    switch (n.what) {
      case place::constant: return constant_to(to, n);
      case place::flags: return flags_to(to, n.is_true);
      case place::access: return load_accessed(to, n);
      default: break;
    }
    const reg from = register_of(n);
    if (from == to) return;
    if (from != reg::none) {
      a_.move(n.type, to, from);
    } else {
      a_.load(n.type, to, slot_of(n));
    }
  }
  DOVETAIL_NEVER_INLINE void load_accessed(reg to, const name& n) {
    a_.load(n.type, to, accessed(n));
  }
  void constant_to(reg to, const name& n) {
    if (!is_float(to)) return a_.mov_ri(to, n.bits);
    if (n.bits == 0) return a_.bits_rr(0x57, to, to);
    const std::uint32_t where = a_.op_rc({a_.float_prefix(n.type), 0x0f, 0x10}, false, to);
    n.type == kind::v128 ? use_vector(n.bits, where) : use_constant(n.bits, where);
  }
  // What the name of a vector constant says: 0 for the zero vector, else the place in the list that
  // a vector is in, and one more.
  [[nodiscard]] std::uint64_t number_of(const v128& v) {
    if (v == v128{}) return 0;
    constexpr std::size_t remembered = 32;
    const std::size_t count = vectors_.size();
    for (std::size_t i = count; i > 0 && i + remembered > count; --i) {
      if (vectors_[i - 1].value == v) return i;
    }
    const status s = vectors_.push({v, 0});
    keep(s);
    return s == status::ok ? count + 1 : 0;
  }
  [[nodiscard]] v128 vector_of(const name& n) const {
    return n.bits == 0 ? v128{} : vectors_[n.bits - 1].value;
  }
  // The distance at a place leads to a vector; `trailing` bytes, one at most, end the instruction.
  void use_vector(std::uint64_t number, std::uint32_t where, unsigned trailing = 0) {
    chain& uses = vectors_[number - 1].uses;
    a_.set_word(where, uses);
    uses = where | trailing << 31;
  }
  void use_constant(std::uint64_t bits, std::uint32_t where) {
    keep(constants_.push({where, bits}));
  }
  // A truth value out of the flags, without changing them (Intel SDM, UCOMISD: unordered sets
  // parity).
  void flags_to(reg to, condition c) {
    if (c < condition::float_e) {
      a_.setcc_r(c, to);
      a_.movzx8(to, to);
      return;
    }
    const bool equal = c == condition::float_e;
    a_.setcc_r(equal ? condition::np : condition::p, to);
    a_.movzx8(to, to);
    a_.mov_ri(scratch, equal ? 0 : 1);
    a_.cmov_rr(condition::ne, false, to, scratch);
  }

  // Writes a value to memory. Leaves the flags alone.
  void store_to(const address& m, const name& n) {
    if (n.type == kind::v128 && register_of(n) == reg::none) {
      move_to(float_scratch, n);
      return a_.store_value(n.type, m, float_scratch);
    }
    if (n.is_constant()) {
      const auto v = static_cast<std::int64_t>(n.bits);
      if (!is_wide(n.type) || v == static_cast<std::int32_t>(v)) {
        a_.mov_mi(is_wide(n.type), m, static_cast<std::int32_t>(v));
        return;
      }
      a_.mov_ri(scratch, n.bits);
      a_.mov_mr(true, m, scratch);
      return;
    }
    const reg from = register_of(n);
    if (from != reg::none) {
      a_.store_value(n.type, m, from);
    } else {
      a_.mov_rm(is_wide(n.type), scratch, slot_of(n));
      a_.mov_mr(is_wide(n.type), m, scratch);
    }
  }

  // An operand to read from a register: the one it is in, or a new temporary.
  [[nodiscard]] DOVETAIL_ALWAYS_INLINE reg use(name& n, reg_set avoid = 0) {
    const reg r = register_of(n);
    return r != reg::none ? r : bring(n, avoid);
  }
  DOVETAIL_NEVER_INLINE reg bring(name& n, reg_set avoid) {
    release(n);  // an index may be where the value comes
    const reg to = allocate(n.type, avoid);
    move_to(to, n);
    n = temporary_name(n.type, to);
    return to;
  }
  // Whether a register is read through this name.
  [[nodiscard]] bool reads(const name& n, reg r) const {
    return register_of(n) == r || (n.what == place::access && index_of_access(n) == r);
  }
  // Whether an operand's register is its own to overwrite.
  [[nodiscard]] bool is_free_temporary(const name& n) const {
    return n.what == place::temporary && (temporaries_ & set_of(n.where)) != 0;
  }
  // A register with the operand's value, to be overwritten with the result: `wanted` unless that is
  // none or `other` is still read from it.
  [[nodiscard]] reg own(name& n, reg wanted, const name& other) {
    reg to = wanted;
    if (to == reg::none || reads(other, to)) {
      if (is_free_temporary(n)) return n.where;
      to = allocate(n.type);
    }
    if (register_of(n) != to) {
      move_to(to, n);
      release(n);
    }
    n = temporary_name(n.type, to);
    return to;
  }
  [[nodiscard]] reg own(name& n, reg wanted) { return own(n, wanted, constant_name(n.type, 0)); }
  // A register for a result that no operand needs to be moved to first.
  [[nodiscard]] reg fresh(kind k, reg wanted) { return wanted != reg::none ? wanted : allocate(k); }

  // Flags are true only until the next instruction that writes them. Every operator but the
  // consumer of a comparison begins with one of these.
  template <class... Names>
  void start(live_names below, Names&... operands) {
    below_ = below;
    ready(operands...);
  }
  template <class... Names>
  void ready(Names&... operands) {
    make_room();
    if (flags_pending_) [[unlikely]]
      static_cast<void>((settle_operand(operands) || ... || settle()));
  }
  bool settle_operand(name& n) {
    if (n.what != place::flags) return false;
    const reg to = allocate(false);
    flags_to(to, n.is_true);
    n = temporary_name(kind::i32, to);
    flags_pending_ = false;
    return true;
  }
  bool settle() {
    for (std::size_t i = below_.size(); i-- > 0;) {
      if (settle_operand(below_[i].value)) return true;
    }
    flags_pending_ = false;
    return true;
  }

  // Turns a condition into flags: true if the returned condition holds. Gives its register back.
  [[nodiscard]] condition test(name& n) {
    if (n.what == place::flags) {
      flags_pending_ = false;
      return n.is_true;
    }
    if (is_in_memory(n)) {
      a_.alu_mi(alu::cmp, false, memory_of(n), 0);
      release(n);
      return condition::ne;
    }
    const reg r = use(n);
    if (result_flags_ != r || result_end_ != a_.here()) a_.test_rr(false, r, r);
    release(n);
    return condition::ne;
  }

  // Traps.
  void trap_if(condition c, trap_code code) { trap_at(a_.jump_forward(c), code); }
  // The jump whose distance is at `place` leads to the trap.
  void trap_at(std::uint32_t place, trap_code code) { keep(traps_.push({place, offset_, code})); }
  void add_site(std::uint32_t position) { keep(code_.sites.push({position, offset_})); }
  void add_site(std::uint32_t position, std::uint32_t offset) {
    keep(code_.sites.push({position, offset}));
  }

  // Chains of jumps forward.
  void wait(chain& c, std::uint32_t where) {
    a_.set_word(where, c);
    c = where;
  }
  void bind(chain& c) {
    const std::uint32_t target = a_.here();
    while (c != 0 && failure_ == status::ok) {
      const std::uint32_t where = c;
      c = a_.word(where);
      a_.set_distance(where, target);
    }
    c = 0;
    result_end_ = 0;
  }

  // The home of the local that the next operator will set to the result of this one, or none. `k`
  // is the result's kind. Nothing in `below_` may still want the local's value from its home.
  [[nodiscard]] reg wanted(kind k) {
    if (next_->what != told::local_set && next_->what != told::local_tee) return reg::none;
    if (next_->pushed != 0) return reg::none;
    const std::uint32_t index = next_->get<local_index>().value;
    const local_place& l = plan_.locals[index];
    if (l.home == reg::none || is_float(l.home) != is_float(k)) return reg::none;
    for (std::size_t i = floor_; i < below_.size(); ++i) {
      if (below_[i].value.is_local(index)) return reg::none;
    }
    return l.home;
  }

  // Whether the operator that follows reads what a whole load gave as an operand in memory. Nothing
  // comes between, so it traps where it did.
  [[nodiscard]] bool is_operand_next() const {
    const recorded_call& next = *next_;
    if (next.what == told::binary)
      return next.pushed < 2 &&
             (memory_operands[static_cast<std::size_t>(next.operation)] >> next.pushed & 1) != 0;
    if (next.pushed != 0) return false;
    if (next.what == told::unary)
      return next.operation == op::i32_eqz || next.operation == op::i64_eqz;
    return next.what == told::branch_if || next.what == told::enter_if;
  }

  encoder& a_;
  module_code& code_;
  frame_plan plan_;
  array<trap_jump> traps_;
  array<constant_use> constants_;
  array<vector_cell> vectors_;
  array<std::uint32_t> floors_;  // heights of the open blocks
  const processor cpu_;
  live_names below_;                     // the operands under the operator's own
  std::size_t floor_ = 0;                // from here on operands may be in registers
  std::size_t committed_ = 0;            // memory that may be written, and is there,
  std::size_t mapped_ = 0;               // and that may be written
  std::uint32_t begin_ = 0;              // of what this emitter may write,
  std::size_t end_of_room_ = 0;          // and its end
  reg_set temporaries_ = 0;              // registers that operands may have
  reg_set free_ = 0;                     // those that none has
  std::uint32_t offset_ = 0;             // of the operator in the module
  std::uint32_t result_end_ = 0;         // the flags behind this position are those of
  reg result_flags_ = reg::none;         // this register's value compared with zero
  const recorded_call* next_ = nullptr;  // what follows the operator at hand
  bool flags_pending_ = false;
  bool notes_accesses_ = false;  // accesses may fault
  bool has_masks_ = false;       // some local is a lane mask
  status failure_ = status::ok;
  std::uint64_t ranged_ = 0;  // locals of which something is known now: a bit each
  range ranges_[most_ranged];
};

}  // namespace dovetail::x64_jit
