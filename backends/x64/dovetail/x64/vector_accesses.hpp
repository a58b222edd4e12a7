// Vector operators that access memory: whole vectors, lanes, and loads that spread or extend.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <dovetail/format/immediates.hpp>
#include <dovetail/x64/objects.hpp>

namespace dovetail::x64_jit {

template <code_options Options>
class vector_access_emitter : public object_emitter<Options> {
  using base = object_emitter<Options>;

 protected:
  using base::a_, base::cpu_, base::next_, base::offset_;
  using base::access, base::note_access, base::start, base::release, base::use, base::fresh,
      base::wanted, base::register_of, base::is_free_temporary, base::over, base::made,
      base::put_immediate, base::spread_lowest, base::insertion_of, base::copy;

 public:
  using base::base, base::vector;

  // Loads.
  name vector(op o, const memory_argument& m, std::span<const name> operands, live_names below) {
    name at = operands[0];
    start(below, at);
    const reg hint = wanted(kind::v128);
    const address from = access(m, row_of(o).width, at, reg::none);
    if (o == op::v128_load && from.base == memory_register && from.index != scratch &&
        is_operand_of_next()) {
      return access_name(kind::v128, from.index, is_free_temporary(at), from.displacement, offset_);
    }
    release(at);
    const reg to = fresh(kind::v128, hint);
    note_access();
    put_vector_load(o, to, from);
    return temporary_name(kind::v128, to);
  }
  name vector(op o, const memory_lane_argument& m, std::span<const name> operands,
              live_names below) {
    name at = operands[0], v = operands[1];
    start(below, at, v);
    const unsigned width = row_of(o).width;
    const reg x = use(v), to = over(v);
    const address from = access(m.access, width, at, reg::none);
    if (!cpu_.has_avx) copy(to, x);
    note_access();
    if (cpu_.has_avx) {
      a_.vex_rm(insertion_of(width), width == 8, to, x, from);
    } else {
      a_.op_rm(insertion_of(width), width == 8, to, from);
    }
    a_.store(m.lane, 1);
    release(at);
    return made(to, v);
  }

  // Stores.
  void vector_store(op o, const memory_argument& m, name at, name v, live_names below) {
    start(below, at, v);
    const reg x = use(v);
    const address to = access(m, row_of(o).width, at, reg::none);
    note_access();
    a_.op_rm(packed::movups_store, false, x, to);
    release(at), release(v);
  }
  void vector_store(op o, const memory_lane_argument& m, name at, name v, live_names below) {
    start(below, at, v);
    const unsigned width = row_of(o).width;
    const reg x = use(v);
    const address to = access(m.access, width, at, reg::none);
    note_access();
    if (m.lane == 0 && width >= 4) {
      a_.op_rm(width == 4 ? packed::movss_store : packed::movsd_store, false, x, to);
    } else if (width == 8) {
      a_.op_rm(packed::movhps_store, false, x, to);
    } else {
      const opcode e = width == 1 ? packed::pextrb : width == 2 ? packed::pextrw : packed::pextrd;
      a_.op_rm(e, false, x, to);
      a_.store(m.lane, 1);
    }
    release(at), release(v);
  }

 private:
  void put_from_memory(opcode o, reg to, const address& from) {
    if (cpu_.has_avx) {
      a_.vex_rm(o, false, to, encoder::no_operand, from);
    } else {
      a_.op_rm(o, false, to, from);
    }
  }
  void put_vector_load(op o, reg to, const address& from) {
    // clang-format off
    switch (o) {
      case op::v128_load:         return a_.op_rm(packed::movups, false, to, from);
      case op::v128_load8x8_s:    return put_from_memory({0x66, 0x0f38, 0x20}, to, from);
      case op::v128_load8x8_u:    return put_from_memory({0x66, 0x0f38, 0x30}, to, from);
      case op::v128_load16x4_s:   return put_from_memory({0x66, 0x0f38, 0x23}, to, from);
      case op::v128_load16x4_u:   return put_from_memory({0x66, 0x0f38, 0x33}, to, from);
      case op::v128_load32x2_s:   return put_from_memory({0x66, 0x0f38, 0x25}, to, from);
      case op::v128_load32x2_u:   return put_from_memory({0x66, 0x0f38, 0x35}, to, from);
      case op::v128_load32_zero:  return a_.op_rm(packed::movss, false, to, from);
      case op::v128_load64_zero:  return a_.op_rm(packed::movsd, false, to, from);
      case op::v128_load64_splat: return put_from_memory(packed::movddup, to, from);
      default: break;
    }
    // clang-format on
    const unsigned width = row_of(o).width;
    if (width == 4 ? cpu_.has_avx : cpu_.has_avx2) {
      // vbroadcastss, vpbroadcastb, vpbroadcastw
      const std::uint8_t byte = width == 4 ? 0x18 : width == 1 ? 0x78 : 0x79;
      return a_.vex_rm({0x66, 0x0f38, byte}, false, to, encoder::no_operand, from);
    }
    if (width == 4) {
      a_.op_rm(packed::movss, false, to, from);
    } else {
      a_.op_rm(insertion_of(width), false, to, from);
      a_.store(0, 1);
    }
    spread_lowest(width, to);
  }

  // Whether what follows is one instruction that may have an operand in memory, wherever it lies.
  [[nodiscard]] bool is_operand_of_next() const {
    if (!cpu_.has_avx || next_->what != told::vector || next_->pushed != 0) return false;
    const auto code = row_of(next_->operation).code;
    return code <= 0xff && packed_forms[code].exists;
  }
};

}  // namespace dovetail::x64_jit
