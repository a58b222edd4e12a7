// Numeric operators by number, and select: which form each has.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include <dovetail/x64/floats.hpp>

namespace dovetail::x64_jit {

class number_emitter : public float_emitter {
 public:
  using float_emitter::float_emitter;

  name constant(value_type type, slot bits) { return constant_name(kind_of(type), bits); }
  name unary(op o, name a, live_names below) {
    if (o == op::i32_eqz && a.what == place::flags) {
      a.is_true = opposite(a.is_true);
      return a;
    }
    start(below, a);
    return put_unary(o, a);
  }
  name binary(op o, name a, name b, live_names below) {
    below_ = below;
    make_room();
    if (flags_pending_) [[unlikely]]
      return settled_binary(o, a, b);
    return put_binary(o, a, b);
  }
  name select(value_type type, name a, name b, name c, live_names below) {
    below_ = below;
    make_room();
    // A condition in the flags stays there: taking registers leaves them alone.
    if (flags_pending_ && c.what != place::flags)
      settle_operand(a) || settle_operand(b) || settle();
    const kind k = kind_of(type);
    const bool is_equality = c.what == place::flags && c.is_true == condition::float_e;
    if (is_equality) {
      std::swap(a, b);
      c.is_true = condition::float_ne;
    }
    return is_float(k) ? select_float(k, a, b, c) : select_integer(k, a, b, c);
  }
  void drop(name v) {
    if (v.what == place::flags) flags_pending_ = false;
    release(v);
  }

 private:
  // Starts with b and overwrites it with a where the condition holds.
  name select_integer(kind k, name a, name b, name c) {
    reg hint = wanted(k);
    if (hint != reg::none && reads(c, hint)) hint = reg::none;
    if (!is_in_memory(a)) static_cast<void>(use(a));
    const reg to = own(b, hint, a);
    const condition is_a = test(c);
    const bool twice = is_a == condition::float_ne;
    const condition first = twice ? condition::ne : is_a;
    move_if(first, k, to, a);
    if (twice) move_if(condition::p, k, to, a);
    release(a);
    return temporary_name(k, to);
  }
  void move_if(condition c, kind k, reg to, const name& a) {
    const opcode o{0, 0x0f, static_cast<std::uint8_t>(0x40 | static_cast<unsigned>(c))};
    if (is_in_memory(a)) {
      a_.op_rm(o, is_wide(k), to, memory_of(a));
    } else {
      a_.op_rr(o, is_wide(k), to, register_of(a));
    }
  }
  name select_float(kind k, name a, name b, name c) {
    const reg from = use(a);
    const reg to = own(b, wanted(k), a);
    const condition is_a = test(c);
    if (is_a == condition::float_ne) {
      const std::uint32_t unordered = a_.skip(condition::p);
      const std::uint32_t equal = a_.skip(condition::e);
      a_.end_skip(unordered);
      a_.movaps(to, from);
      a_.end_skip(equal);
    } else {
      const std::uint32_t is_b = a_.skip(opposite(is_a));
      a_.movaps(to, from);
      a_.end_skip(is_b);
    }
    release(a);
    return temporary_name(k, to);
  }

  // A local plus a constant is part of the access it is for, if it surely does not wrap around.
  name added(name& a, name& b) {
    const range r = range_of(a);
    if (!r.is_known()) return arithmetic(alu::add, kind::i32, a, b);  // nor is the sum
    const range more = range_of(b);
    if (b.is_constant() && a.what == place::local && a.where != reg::none &&
        more.greatest <= 0x7fff'ffff && more.greatest <= range::most - r.greatest &&
        is_address(a.index)) {
      return sum_name(a.index, a.where, more.greatest);
    }
    return ranged(sum(r, more), alu::add, a, b);
  }
  // Of 32 bits; what the operands were is asked before they change.
  name ranged(range r, alu o, name& a, name& b) {
    return within(r, arithmetic(o, kind::i32, a, b));
  }
  // Whether what is made now is the address of an access, and until then ways neither part nor
  // meet, nothing is called, and the local keeps its value.
  [[nodiscard]] bool is_address(std::uint32_t local) const {
    constexpr std::size_t farthest = 64;
    std::size_t above = 0;  // operands that came after it
    for (std::size_t i = 0; i < farthest; ++i) {
      const recorded_call& c = next_[i];
      const bool is_access = row_of(c.operation).immediate == immediate_kind::memarg;
      above += c.pushed;
      std::size_t taken = 1, given = 1;
      switch (c.what) {
        case told::load:
          if (above == 0) return true;
          break;
        case told::vector:
          if (above == 0) return is_access;
          taken = operand_counts[static_cast<std::size_t>(c.operation)];
          if (taken == 0) return false;
          break;
        case told::store:
        case told::vector_store:
          if (above == 1) return is_access;
          taken = 2, given = 0;
          break;
        case told::vector_constant: taken = 0; break;
        case told::unary: break;
        case told::binary: taken = 2; break;
        case told::select: taken = 3; break;
        case told::local_set: given = 0; [[fallthrough]];
        case told::local_tee:
          if (c.get<local_index>().value == local) return false;
          break;
        default: return false;
      }
      if (above < taken) return false;
      above += given - taken;
    }
    return false;
  }
  // Of vector operators; 0 of those whose types are not in their rows.
  static constexpr auto operand_counts = [] {
    std::array<std::uint8_t, op_count> counts{};
    for (std::size_t i = 0; i < op_count; ++i)
      counts[i] = types_of(row_of(static_cast<op>(i)).shape).operand_count;
    return counts;
  }();

  // Apart, so that operands stay in registers where nothing is in the flags.
  DOVETAIL_NEVER_INLINE name settled_binary(op o, name a, name b) {
    start(below_, a, b);
    return put_binary(o, a, b);
  }

  name put_unary(op o, name a) {
    constexpr kind w = kind::i32, l = kind::i64, f = kind::f32, d = kind::f64;
    // clang-format off
    switch (o) {
      case op::i32_eqz:             return is_zero(w, a);
      case op::i64_eqz:             return is_zero(l, a);
      case op::i32_clz: case op::i32_ctz: case op::i32_popcnt: return counted(o, w, a);
      case op::i64_clz: case op::i64_ctz: case op::i64_popcnt: return counted(o, l, a);
      case op::i32_wrap_i64:        return extended({0, 0, 0x8b}, false, w, a);
      case op::i64_extend_i32_u:    return extended({0, 0, 0x8b}, false, l, a);
      case op::i64_extend_i32_s: case op::i64_extend32_s:
                                    return extended({0, 0, 0x63}, true, l, a);
      case op::i32_extend8_s:       return extended({0, 0x0f, 0xbe, true}, false, w, a);
      case op::i32_extend16_s:      return extended({0, 0x0f, 0xbf}, false, w, a);
      case op::i64_extend8_s:       return extended({0, 0x0f, 0xbe, true}, true, l, a);
      case op::i64_extend16_s:      return extended({0, 0x0f, 0xbf}, true, l, a);
      case op::f32_abs:             return absolute(f, a);
      case op::f64_abs:             return absolute(d, a);
      case op::f32_neg:             return negated(f, a);
      case op::f64_neg:             return negated(d, a);
      case op::f32_nearest:         return rounded(8, f, a);
      case op::f64_nearest:         return rounded(8, d, a);
      case op::f32_floor:           return rounded(9, f, a);
      case op::f64_floor:           return rounded(9, d, a);
      case op::f32_ceil:            return rounded(10, f, a);
      case op::f64_ceil:            return rounded(10, d, a);
      case op::f32_trunc:           return rounded(11, f, a);
      case op::f64_trunc:           return rounded(11, d, a);
      case op::f32_sqrt:            return square_root(f, a);
      case op::f64_sqrt:            return square_root(d, a);
      case op::f32_convert_i32_s:   return from_signed(f, w, a);
      case op::f32_convert_i64_s:   return from_signed(f, l, a);
      case op::f64_convert_i32_s:   return from_signed(d, w, a);
      case op::f64_convert_i64_s:   return from_signed(d, l, a);
      case op::f32_convert_i32_u:   return from_unsigned_32(f, a);
      case op::f64_convert_i32_u:   return from_unsigned_32(d, a);
      case op::f32_convert_i64_u:   return from_unsigned_64(f, a);
      case op::f64_convert_i64_u:   return from_unsigned_64(d, a);
      case op::f32_demote_f64:      return changed_width(f, d, a);
      case op::f64_promote_f32:     return changed_width(d, f, a);
      case op::i32_reinterpret_f32: return reinterpreted(w, a);
      case op::i64_reinterpret_f64: return reinterpreted(l, a);
      case op::f32_reinterpret_i32: return reinterpreted(f, a);
      case op::f64_reinterpret_i64: return reinterpreted(d, a);
      case op::i32_trunc_f32_s:     return truncated(w, true, false, f, a);
      case op::i32_trunc_f32_u:     return truncated(w, false, false, f, a);
      case op::i32_trunc_f64_s:     return truncated(w, true, false, d, a);
      case op::i32_trunc_f64_u:     return truncated(w, false, false, d, a);
      case op::i64_trunc_f32_s:     return truncated(l, true, false, f, a);
      case op::i64_trunc_f32_u:     return truncated(l, false, false, f, a);
      case op::i64_trunc_f64_s:     return truncated(l, true, false, d, a);
      case op::i64_trunc_f64_u:     return truncated(l, false, false, d, a);
      case op::i32_trunc_sat_f32_s: return truncated(w, true, true, f, a);
      case op::i32_trunc_sat_f32_u: return truncated(w, false, true, f, a);
      case op::i32_trunc_sat_f64_s: return truncated(w, true, true, d, a);
      case op::i32_trunc_sat_f64_u: return truncated(w, false, true, d, a);
      case op::i64_trunc_sat_f32_s: return truncated(l, true, true, f, a);
      case op::i64_trunc_sat_f32_u: return truncated(l, false, true, f, a);
      case op::i64_trunc_sat_f64_s: return truncated(l, true, true, d, a);
      case op::i64_trunc_sat_f64_u: return truncated(l, false, true, d, a);
      default: DOVETAIL_UNREACHABLE();
    }
    // clang-format on
  }

  DOVETAIL_NEVER_INLINE name put_binary(op o, name a, name b) {
    constexpr kind w = kind::i32, l = kind::i64, f = kind::f32, d = kind::f64;
    using c = condition;
    // clang-format off
    switch (o) {
      case op::i32_add:   return added(a, b);
      case op::i64_add:   return arithmetic(alu::add, l, a, b);
      case op::i32_sub:   return arithmetic(alu::sub, w, a, b);
      case op::i64_sub:   return arithmetic(alu::sub, l, a, b);
      case op::i32_and:
        return ranged(masked(range_of(a), range_of(b)), alu::and_, a, b);
      case op::i64_and:   return arithmetic(alu::and_, l, a, b);
      case op::i32_or:
        return ranged(joined(range_of(a), range_of(b)), alu::or_, a, b);
      case op::i64_or:    return arithmetic(alu::or_, l, a, b);
      case op::i32_xor:   return arithmetic(alu::xor_, w, a, b);
      case op::i64_xor:   return arithmetic(alu::xor_, l, a, b);
      case op::i32_mul:
        return within(product(range_of(a), range_of(b)), multiplication(w, a, b));
      case op::i64_mul:   return multiplication(l, a, b);
      case op::i32_shl:
        return within(shifted_left(range_of(a), range_of(b)), shifted(shift::shl, w, a, b));
      case op::i64_shl:   return shifted(shift::shl, l, a, b);
      case op::i32_shr_u:
        return within(shifted_right(range_of(a), range_of(b)), shifted(shift::shr, w, a, b));
      case op::i64_shr_u: return shifted(shift::shr, l, a, b);
      case op::i32_shr_s: return shifted(shift::sar, w, a, b);
      case op::i64_shr_s: return shifted(shift::sar, l, a, b);
      case op::i32_rotl:  return shifted(shift::rol, w, a, b);
      case op::i64_rotl:  return shifted(shift::rol, l, a, b);
      case op::i32_rotr:  return shifted(shift::ror, w, a, b);
      case op::i64_rotr:  return shifted(shift::ror, l, a, b);
      case op::i32_div_s: return divided(w, true, false, a, b);
      case op::i32_div_u: return divided(w, false, false, a, b);
      case op::i32_rem_s: return divided(w, true, true, a, b);
      case op::i32_rem_u: return divided(w, false, true, a, b);
      case op::i64_div_s: return divided(l, true, false, a, b);
      case op::i64_div_u: return divided(l, false, false, a, b);
      case op::i64_rem_s: return divided(l, true, true, a, b);
      case op::i64_rem_u: return divided(l, false, true, a, b);
      case op::i32_eq:    return compared(c::e, w, a, b);
      case op::i64_eq:    return compared(c::e, l, a, b);
      case op::i32_ne:    return compared(c::ne, w, a, b);
      case op::i64_ne:    return compared(c::ne, l, a, b);
      case op::i32_lt_s:  return compared(c::l, w, a, b);
      case op::i64_lt_s:  return compared(c::l, l, a, b);
      case op::i32_lt_u:  return compared(c::b, w, a, b);
      case op::i64_lt_u:  return compared(c::b, l, a, b);
      case op::i32_gt_s:  return compared(c::g, w, a, b);
      case op::i64_gt_s:  return compared(c::g, l, a, b);
      case op::i32_gt_u:  return compared(c::a, w, a, b);
      case op::i64_gt_u:  return compared(c::a, l, a, b);
      case op::i32_le_s:  return compared(c::le, w, a, b);
      case op::i64_le_s:  return compared(c::le, l, a, b);
      case op::i32_le_u:  return compared(c::be, w, a, b);
      case op::i64_le_u:  return compared(c::be, l, a, b);
      case op::i32_ge_s:  return compared(c::ge, w, a, b);
      case op::i64_ge_s:  return compared(c::ge, l, a, b);
      case op::i32_ge_u:  return compared(c::ae, w, a, b);
      case op::i64_ge_u:  return compared(c::ae, l, a, b);
      case op::f32_add:   return float_arithmetic(0x58, f, a, b);
      case op::f64_add:   return float_arithmetic(0x58, d, a, b);
      case op::f32_mul:   return float_arithmetic(0x59, f, a, b);
      case op::f64_mul:   return float_arithmetic(0x59, d, a, b);
      case op::f32_sub:   return float_arithmetic(0x5c, f, a, b);
      case op::f64_sub:   return float_arithmetic(0x5c, d, a, b);
      case op::f32_div:   return float_arithmetic(0x5e, f, a, b);
      case op::f64_div:   return float_arithmetic(0x5e, d, a, b);
      case op::f32_min:   return least_or_greatest(true, f, a, b);
      case op::f64_min:   return least_or_greatest(true, d, a, b);
      case op::f32_max:   return least_or_greatest(false, f, a, b);
      case op::f64_max:   return least_or_greatest(false, d, a, b);
      case op::f32_copysign: return with_sign_of(f, a, b);
      case op::f64_copysign: return with_sign_of(d, a, b);
      case op::f32_eq: case op::f32_ne: case op::f32_lt: case op::f32_gt: case op::f32_le:
      case op::f32_ge:    return float_compared(o, f, a, b);
      case op::f64_eq: case op::f64_ne: case op::f64_lt: case op::f64_gt: case op::f64_le:
      case op::f64_ge:    return float_compared(o, d, a, b);
      default: DOVETAIL_UNREACHABLE();
    }
    // clang-format on
  }
};

}  // namespace dovetail::x64_jit
