// What compiled code calls in C++: operators too long for machine code of their own. All have one
// signature; operands lie in consecutive slots of the caller's frame.
#pragma once

#include <cstdint>

#include <dovetail/runtime/backend.hpp>
#include <dovetail/runtime/objects.hpp>

namespace dovetail::x64_jit {

/// `first` and `second` are immediates. The answer is a value, or the trap code, by function.
using library_function = std::uint64_t (*)(vm::instance& i, slot* operands, std::uint64_t first,
                                           std::uint64_t second);

namespace library {

[[nodiscard]] inline std::uint32_t word(slot s) { return static_cast<std::uint32_t>(s); }
[[nodiscard]] inline std::uint64_t answer(trap_code t) { return static_cast<std::uint64_t>(t); }

// Fuel: bulk operators pay by length before they begin.
template <bool IsMetered, auto Price>
[[nodiscard]] bool pays(vm::instance& i, std::uint32_t count) {
  if constexpr (IsMetered) {
    std::int64_t& left = i.home->fuel;
    const auto price = static_cast<std::int64_t>(Price(count));
    if (price > left) return false;
    left -= price;
  }
  return true;
}

inline std::uint64_t grow_memory(vm::instance& i, slot* o, std::uint64_t first, std::uint64_t) {
  return word(vm::grow_memory(*i.memories[first], word(o[0])));
}
template <bool M>
std::uint64_t fill_memory(vm::instance& i, slot* o, std::uint64_t first, std::uint64_t) {
  if (!pays<M, fuel_for_bytes>(i, word(o[2]))) return answer(trap_code::out_of_fuel);
  return answer(
      vm::fill_memory(*i.memories[first], word(o[0]), static_cast<std::uint8_t>(o[1]), word(o[2])));
}
template <bool M>
std::uint64_t copy_memory(vm::instance& i, slot* o, std::uint64_t to, std::uint64_t from) {
  if (!pays<M, fuel_for_bytes>(i, word(o[2]))) return answer(trap_code::out_of_fuel);
  return answer(
      vm::copy_memory(*i.memories[to], word(o[0]), *i.memories[from], word(o[1]), word(o[2])));
}
template <bool M>
std::uint64_t init_memory(vm::instance& i, slot* o, std::uint64_t memory, std::uint64_t segment) {
  if (!pays<M, fuel_for_bytes>(i, word(o[2]))) return answer(trap_code::out_of_fuel);
  return answer(
      vm::init_memory(i, *i.memories[memory], word(segment), word(o[0]), word(o[1]), word(o[2])));
}

/// A trap has a bit of its own beside its code.
inline constexpr std::uint64_t trapped = std::uint64_t{1} << 32;
template <bool M>
std::uint64_t grow_table(vm::instance& i, slot* o, std::uint64_t table, std::uint64_t) {
  if (!pays<M, fuel_for_elements>(i, word(o[1]))) return trapped | answer(trap_code::out_of_fuel);
  return static_cast<std::uint32_t>(vm::grow_table(*i.tables[table], word(o[1]), o[0]));
}
template <bool M>
std::uint64_t fill_table(vm::instance& i, slot* o, std::uint64_t table, std::uint64_t) {
  if (!pays<M, fuel_for_elements>(i, word(o[2]))) return answer(trap_code::out_of_fuel);
  return answer(vm::fill_table(*i.tables[table], word(o[0]), o[1], word(o[2])));
}
template <bool M>
std::uint64_t copy_table(vm::instance& i, slot* o, std::uint64_t to, std::uint64_t from) {
  if (!pays<M, fuel_for_elements>(i, word(o[2]))) return answer(trap_code::out_of_fuel);
  return answer(vm::copy_table(*i.tables[to], word(o[0]), *i.tables[from], word(o[1]), word(o[2])));
}
template <bool M>
std::uint64_t init_table(vm::instance& i, slot* o, std::uint64_t table, std::uint64_t segment) {
  if (!pays<M, fuel_for_elements>(i, word(o[2]))) return answer(trap_code::out_of_fuel);
  return answer(
      vm::init_table(i, *i.tables[table], word(segment), word(o[0]), word(o[1]), word(o[2])));
}
/// Null if memory is refused.
inline std::uint64_t function_reference(vm::instance& i, slot*, std::uint64_t f, std::uint64_t) {
  return to_slot(vm::function_of(i, word(f)));
}

}  // namespace library
}  // namespace dovetail::x64_jit
