// The interpreter's emitter: accesses of the memories that are not a first one of 32 bits, and what
// depends on the type of addresses.
#pragma once

#include <cstdint>

#include <dovetail/interpreter/labels.hpp>
#include <dovetail/module/module_data.hpp>

namespace dovetail::interpreting {

class memory_emitter : public label_writer {
 public:
  memory_emitter(module_code& code, heads table, const module_data& module)
      : label_writer(code, table, *module.env.memory),
        module_(module),
        has_narrow_memory_(module.env.memories.empty() || !module.env.memories[0].is_64) {}

 protected:
  // The type of addresses or indices.
  template <class T>
  [[nodiscard]] static value_type type_of(const T& memory_or_table) {
    return memory_or_table.is_64 ? value_type::i64 : value_type::i32;
  }
  [[nodiscard]] value_type type_of(memory_index memory) const {
    return type_of(module_.env.memories[memory.value]);
  }
  [[nodiscard]] value_type type_of(table_index table) const {
    return type_of(module_.env.tables[table.value]);
  }

  [[nodiscard]] bool is_elsewhere(memory_index memory) const {
    return memory.value != 0 || !has_narrow_memory_;
  }
  // The handlers of such accesses take operands from slots; `wide` and `elsewhere` are their places
  // among each operator's.
  name load_elsewhere(op o, const memory_argument& access, const name& address, std::uint32_t at) {
    constexpr unsigned wide = 6, elsewhere = 7;
    const std::uint32_t dest = temporary(at), a = reach(in_slot(address, at), 0);
    const std::uint32_t d = reach_result(dest);
    note_position();
    remember(handler_of(o, is_wide(access) ? wide : elsewhere), o, operands::ss, dest);
    put_elsewhere(newest_.what, access, d, a);
    newest_.cells = cell_count() - newest_.at;
    mirror(d, bank_of(result_type(o)));
    if (d != dest) settle(dest);
    return slot_name(dest, result_type(o));
  }
  void store_elsewhere(op o, const memory_argument& access, const name& address, const name& v,
                       std::uint32_t at) {
    constexpr unsigned wide = 11, elsewhere = 12;
    const std::uint32_t from = in_slot(address, at), stored = in_slot(v, at + 1);
    const std::uint32_t a = reach(from, 0), d = reach(stored, 1);
    note_position();
    put_elsewhere(handler_of(o, is_wide(access) ? wide : elsewhere), access, d, a);
  }
  // The head of the second cell. No memory is so large that half of the largest offset lies within.
  [[nodiscard]] static std::uint64_t far_offset(const memory_argument& access) {
    constexpr std::uint64_t outside = std::uint64_t{1} << 63;
    return access.offset < outside ? access.offset : outside;
  }

  const module_data& module_;

 private:
  [[nodiscard]] static bool is_wide(const memory_argument& access) {
    return access.memory.value == 0 && access.offset <= 0xffff'ffff;
  }
  void put_elsewhere(handler h, const memory_argument& access, std::uint32_t d, std::uint32_t a) {
    if (is_wide(access)) {
      put(h, d, a, static_cast<std::uint32_t>(access.offset));
    } else {
      put(h, d, a, access.memory.value);
      raw(far_offset(access), 0, 0, 0);
    }
  }

  bool has_narrow_memory_;
};

}  // namespace dovetail::interpreting
