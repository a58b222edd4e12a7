// The interpreter's emitter: vector operators and constants. One cell each, or two where an
// immediate does not fit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

#include <dovetail/interpreter/emitter_memory.hpp>
#include <dovetail/validate/emitter.hpp>

namespace dovetail::interpreting {

class vector_emitter : public memory_emitter {
 public:
  using value = name;
  using live = dovetail::live<name>;

  using memory_emitter::memory_emitter;

  value vector_constant(const v128& v) { return vector_constant_name(v); }

  template <class Immediate>
  value vector(op o, const Immediate& imm, std::span<const value> operands, live below) {
    const shape s = row_of(o).shape;
    const handler h = handler_of(o, 0);
    const std::uint32_t at = height_of(below);
    if constexpr (std::is_same_v<Immediate, memory_argument>) {
      const std::uint32_t a = reach(in_slot(operands[0], at), 0);
      note_position();
      if (is_elsewhere(imm.memory)) {
        return vector_result(handler_of(o, elsewhere), at, a, imm.memory.value,
                             cell{far_offset(imm), 0, 0, 0});
      }
      return vector_result(h, at, a, static_cast<std::uint32_t>(imm.offset));
    } else if constexpr (std::is_same_v<Immediate, memory_lane_argument>) {
      const std::uint32_t a = reach(in_slot(operands[0], at), 0),
                          v = reach_vector(in_slot(operands[1], at + 1), 1);
      cell more{0, 0, static_cast<std::uint16_t>(v), imm.lane};
      note_position();
      if (is_elsewhere(imm.access.memory)) {
        more.head = far_offset(imm.access);
        return vector_result(handler_of(o, elsewhere), at, a, imm.access.memory.value, more);
      }
      return vector_result(h, at, a, static_cast<std::uint32_t>(imm.access.offset), more);
    } else if constexpr (std::is_same_v<Immediate, lane_index>) {
      const std::uint32_t a = reach_vector(in_slot(operands[0], at), 0);
      if (operands.size() == 1)
        return result(h, o, interpreting::operands::ss, temporary(at), a, imm.lane, result_type(o));
      const std::uint32_t b = reach(in_slot(operands[1], at + 2), 1);
      return vector_result(h, at, a, two(b, imm.lane));
    } else if constexpr (std::is_same_v<Immediate, v128>) {
      const std::uint32_t a = reach_vector(in_slot(operands[0], at), 0),
                          b = reach_vector(in_slot(operands[1], at + 2), 1);
      return vector_result(h, at, a, b, constant_cell(imm));
    } else {
      return vector_of_slots(o, s, h, operands, at);
    }
  }

  template <class Immediate>
  void vector_store(op o, const Immediate& imm, value address, value v, live below) {
    const std::uint32_t at = height_of(below);
    const std::uint32_t a = reach(in_slot(address, at), 0), d = reach_vector(in_slot(v, at + 1), 1);
    if constexpr (std::is_same_v<Immediate, memory_lane_argument>) {
      put_store(o, imm.access, d, a);
      const bool is_far = is_elsewhere(imm.access.memory);
      raw(is_far ? far_offset(imm.access) : 0, 0, 0, imm.lane);
    } else if constexpr (std::is_same_v<Immediate, memory_argument>) {
      put_store(o, imm, d, a);
      if (is_elsewhere(imm.memory)) raw(far_offset(imm), 0, 0, 0);
    }
  }

 protected:
  value select_vector(value a, value b, value condition, live below) {
    const std::uint32_t at = height_of(below);
    const std::uint32_t first = reach_vector(in_slot(a, at), 0),
                        second = reach_vector(in_slot(b, at + 2), 1),
                        third = reach(in_slot(condition, at + 4), 2);
    return vector_result(handler::select_vector, at, first, two(second, third));
  }
  value get_vector_global(global_index global, live below) {
    return vector_result(handler::global_get_vector, height_of(below), 0, global.value);
  }
  void set_vector_global(global_index global, const value& v, live below) {
    put(handler::global_set_vector, 0, reach_vector(in_slot(v, height_of(below)), 0), global.value);
  }

 private:
  // The place of an access's second handler.
  static constexpr unsigned elsewhere = 1;
  // Its first cell.
  void put_store(op o, const memory_argument& access, std::uint32_t d, std::uint32_t a) {
    const bool is_far = is_elsewhere(access.memory);
    put_trapping(handler_of(o, is_far ? elsewhere : 0), d, a,
                 is_far ? access.memory.value : static_cast<std::uint32_t>(access.offset));
  }

  // Operators whose operands are all in slots.
  value vector_of_slots(op o, shape s, handler h, std::span<const value> in, std::uint32_t at) {
    switch (s) {
      case shape::i_v:
      case shape::l_v:
      case shape::f_v:
      case shape::d_v: return vector_result(h, at, reach(in_slot(in[0], at), 0), 0);
      case shape::v_i:
        return result(h, o, operands::ss, temporary(at), reach_vector(in_slot(in[0], at), 0), 0,
                      value_type::i32);
      default: break;
    }
    const std::uint32_t a = reach_vector(in_slot(in[0], at), 0);
    if (in.size() == 1) return vector_result(h, at, a, 0);
    const std::uint32_t in_b = in_slot(in[1], at + 2),
                        b = s == shape::vi_v ? reach(in_b, 1) : reach_vector(in_b, 1);
    if (in.size() == 2) return vector_result(h, at, a, b);
    return vector_result(h, at, a, two(b, reach_vector(in_slot(in[2], at + 4), 2)));
  }
};

}  // namespace dovetail::interpreting
