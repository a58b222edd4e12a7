// Accesses to memories whose base and size are in no registers, and to 64-bit ones. The first
// memory, if it is 32-bit, is the affair of objects.hpp.
#pragma once

#include <cstddef>
#include <cstdint>

#include <dovetail/format/immediates.hpp>
#include <dovetail/module/module_data.hpp>
#include <dovetail/runtime/vm.hpp>
#include <dovetail/x64/layout.hpp>
#include <dovetail/x64/vector_operators.hpp>

namespace dovetail::x64_jit {

template <code_options Options>
class memory_emitter : public vector_operator_emitter {
 public:
  memory_emitter(encoder& a, module_code& code, const processor& cpu, const module_data& module)
      : vector_operator_emitter(a, code, cpu, *module.env.memory),
        module_(module),
        is_first_plain_(module.env.memories.empty() || !module.env.memories[0].is_64) {}

  name memory_size(memory_index m, live_names below) {
    start(below);
    const kind k = kind_of_address(is_64(m));
    const reg to = fresh(k, wanted(k));
    if (Options.is_checked && m.value == 0) {
      a_.mov_rr(true, to, size_register);
    } else {
      load_instance(to, m);
      a_.mov_rm(true, to, {to, reg::none, 0, offset::memory_instance_size});
    }
    a_.shift_ri(shift::shr, true, to, 16);
    return temporary_name(k, to);
  }

 protected:
  [[nodiscard]] static kind kind_of_address(bool is_64) { return is_64 ? kind::i64 : kind::i32; }
  [[nodiscard]] bool is_64(memory_index m) const { return module_.env.memories[m.value].is_64; }
  [[nodiscard]] bool is_64(table_index t) const { return module_.env.tables[t.value].is_64; }
  /// Whether it is the first one, and 32-bit.
  [[nodiscard]] bool is_plain(memory_index m) const { return m.value == 0 && is_first_plain_; }

  /// What `access` is for a memory that is not plain. The address may be in a register that belongs
  /// to nobody: it is good until the next one is taken and written.
  [[nodiscard]] address access_elsewhere(const memory_argument& m, std::uint32_t width, name& at,
                                         reg busy) {
    const bool wide = is_64(m.memory), compared = is_compared(m.memory);
    const bool has_registers = m.memory.value == 0 && (Options.is_checked || !compared);
    std::uint64_t offset = m.offset;
    if (at.is_constant())
      offset = sum(offset, wide ? at.bits : static_cast<std::uint32_t>(at.bits));
    const std::uint64_t end = sum(offset, width);
    const reg index = at.is_constant() ? reg::none : use(at, set_of(busy));
    reg base = memory_register;
    if (!has_registers) {
      base = allocate(false, set_of(index) | set_of(busy));
      release(base);
      load_instance(base, m.memory);
    }
    const bool is_near = end <= 0x7fff'ffff;
    if (compared) {
      put_end(index, end, wide);
      if (has_registers) {
        a_.alu_rr(alu::cmp, true, scratch, size_register);
      } else {
        a_.alu_rm(alu::cmp, true, scratch, {base, reg::none, 0, offset::memory_instance_size});
      }
      trap_if(condition::a, trap_code::memory_out_of_bounds);
    }
    if (!has_registers) a_.mov_rm(true, base, {base, reg::none, 0, offset::memory_instance_base});
    if (is_near) return {base, index, 0, static_cast<std::int32_t>(offset)};
    // An end that was compared is an address still.
    if (compared) return {base, scratch, 0, -static_cast<std::int32_t>(width)};
    a_.mov_ri(scratch, offset);
    if (index != reg::none) a_.alu_rr(alu::add, true, scratch, index);
    return {base, scratch, 0, 0};
  }

  /// Compares an index with a table, which is in the scratch register: below if it is one of its
  /// elements. `free` may be overwritten if the table is 64-bit.
  void compare_index(table_index t, reg index, reg free) {
    const address size{scratch, reg::none, 0, offset::table_instance_size};
    if (!is_64(t)) return a_.alu_rm(alu::cmp, false, index, size);
    a_.mov_rm(has_wide_tables, free, size);
    a_.alu_rr(alu::cmp, true, index, free);
  }
  static constexpr bool has_wide_tables = sizeof(vm::table_instance::size) == 8;

  const module_data& module_;

 private:
  // Guard pages end where 32-bit addresses do.
  [[nodiscard]] bool is_compared(memory_index m) const {
    return Options.is_checked || (Options.is_guarded && is_64(m));
  }
  static constexpr std::uint64_t sum(std::uint64_t a, std::uint64_t b) {
    return a + b < a ? ~std::uint64_t{0} : a + b;  // no memory is so large
  }
  void load_instance(reg to, memory_index m) {
    if (m.value == 0)
      return a_.mov_rm(true, to, {instance_register, reg::none, 0, offset::instance_memory0});
    a_.mov_rm(true, to, {instance_register, reg::none, 0, offset::instance_memories});
    a_.mov_rm(true, to, {to, reg::none, 0, static_cast<std::int32_t>(8 * m.value)});
  }
  // The end of an access in the scratch register. A sum of two 64-bit numbers may wrap around.
  void put_end(reg index, std::uint64_t end, bool wide) {
    if (index == reg::none) return a_.mov_ri(scratch, end);
    if (end <= 0x7fff'ffff && !wide)
      return a_.lea(true, scratch, {index, reg::none, 0, static_cast<std::int32_t>(end)});
    if (end <= 0x7fff'ffff) {
      a_.mov_rr(true, scratch, index);
      a_.alu_ri(alu::add, true, scratch, static_cast<std::int32_t>(end));
    } else {
      a_.mov_ri(scratch, end);
      a_.alu_rr(alu::add, true, scratch, index);
    }
    if (wide) trap_if(condition::b, trap_code::memory_out_of_bounds);
  }

  const bool is_first_plain_;
};

}  // namespace dovetail::x64_jit
