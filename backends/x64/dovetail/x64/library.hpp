// What compiled code calls in C++: operators too long for machine code of their own. All have one
// signature; operands lie in consecutive slots of the caller's frame.
#pragma once

#include <cstdint>

#include <dovetail/runtime/backend.hpp>
#include <dovetail/runtime/interruption.hpp>
#include <dovetail/runtime/objects.hpp>

namespace dovetail::x64_jit {

/// `first` and `second` are immediates. The answer is a value, or the trap code, by function.
using library_function = std::uint64_t (*)(vm::instance& i, slot* operands, std::uint64_t first,
                                           std::uint64_t second);

namespace library {

[[nodiscard]] inline std::uint32_t word(slot s) { return static_cast<std::uint32_t>(s); }
[[nodiscard]] inline std::uint64_t answer(trap_code t) { return static_cast<std::uint64_t>(t); }

// An address, an index or a count: what is above 32 bits in a slot means nothing, unless the memory
// or table is 64-bit.
[[nodiscard]] inline std::uint64_t number(slot s, bool is_64) { return is_64 ? s : word(s); }
template <class Object>
[[nodiscard]] std::uint64_t number(slot s, const Object& o) {
  return number(s, o.type.is_64);
}
template <class Object>
[[nodiscard]] std::uint64_t number(slot s, const Object& a, const Object& b) {
  return number(s, a.type.is_64 && b.type.is_64);
}

/// What bulk operators do besides their work.
struct habits {
  bool is_metered = false;
  bool asks_for_fuel = false;
  bool stops = false;  ///< they have checkpoints
};

// Fuel: bulk operators pay by length before they begin.
template <habits How, auto Price>
[[nodiscard]] bool pays(vm::instance& i, std::uint64_t count) {
  if constexpr (How.is_metered) {
    std::int64_t& left = i.home->fuel;
    const std::uint64_t price = Price(count);
    if constexpr (How.asks_for_fuel) {
      left -= static_cast<std::int64_t>(price);
      return left >= 0 || vm::refill(*i.home);
    }
    if (left < 0 || price > static_cast<std::uint64_t>(left)) return false;
    left -= static_cast<std::int64_t>(price);
  }
  return true;
}

inline std::uint64_t grow_memory(vm::instance& i, slot* o, std::uint64_t first, std::uint64_t) {
  vm::memory_instance& m = *i.memories[first];
  return number(vm::grow_memory(m, number(o[0], m)), m);
}
template <habits How>
std::uint64_t fill_memory(vm::instance& i, slot* o, std::uint64_t first, std::uint64_t) {
  vm::memory_instance& m = *i.memories[first];
  const std::uint64_t count = number(o[2], m);
  if (!pays<How, fuel_for_bytes>(i, count)) return answer(trap_code::out_of_fuel);
  return answer(
      vm::bulk<How.stops>::fill_memory(m, number(o[0], m), static_cast<std::uint8_t>(o[1]), count));
}
template <habits How>
std::uint64_t copy_memory(vm::instance& i, slot* o, std::uint64_t to, std::uint64_t from) {
  vm::memory_instance &a = *i.memories[to], &b = *i.memories[from];
  const std::uint64_t count = number(o[2], a, b);
  if (!pays<How, fuel_for_bytes>(i, count)) return answer(trap_code::out_of_fuel);
  return answer(vm::bulk<How.stops>::copy_memory(a, number(o[0], a), b, number(o[1], b), count));
}
template <habits How>
std::uint64_t init_memory(vm::instance& i, slot* o, std::uint64_t memory, std::uint64_t segment) {
  vm::memory_instance& m = *i.memories[memory];
  if (!pays<How, fuel_for_bytes>(i, word(o[2]))) return answer(trap_code::out_of_fuel);
  return answer(vm::bulk<How.stops>::init_memory(i, m, word(segment), number(o[0], m), word(o[1]),
                                                 word(o[2])));
}

/// A trap is below every other answer, all of which are sizes or -1.
inline constexpr std::uint64_t trapped = std::uint64_t{1} << 63;
template <habits How>
std::uint64_t grow_table(vm::instance& i, slot* o, std::uint64_t table, std::uint64_t) {
  vm::table_instance& t = *i.tables[table];
  const std::uint64_t count = number(o[1], t);
  if (!pays<How, fuel_for_elements>(i, count)) return trapped | answer(trap_code::out_of_fuel);
  return number(vm::grow_table(t, count, o[0]), t);
}
template <habits How>
std::uint64_t fill_table(vm::instance& i, slot* o, std::uint64_t table, std::uint64_t) {
  vm::table_instance& t = *i.tables[table];
  const std::uint64_t count = number(o[2], t);
  if (!pays<How, fuel_for_elements>(i, count)) return answer(trap_code::out_of_fuel);
  return answer(vm::bulk<How.stops>::fill_table(t, number(o[0], t), o[1], count));
}
template <habits How>
std::uint64_t copy_table(vm::instance& i, slot* o, std::uint64_t to, std::uint64_t from) {
  vm::table_instance &a = *i.tables[to], &b = *i.tables[from];
  const std::uint64_t count = number(o[2], a, b);
  if (!pays<How, fuel_for_elements>(i, count)) return answer(trap_code::out_of_fuel);
  return answer(vm::bulk<How.stops>::copy_table(a, number(o[0], a), b, number(o[1], b), count));
}
template <habits How>
std::uint64_t init_table(vm::instance& i, slot* o, std::uint64_t table, std::uint64_t segment) {
  vm::table_instance& t = *i.tables[table];
  if (!pays<How, fuel_for_elements>(i, word(o[2]))) return answer(trap_code::out_of_fuel);
  return answer(vm::bulk<How.stops>::init_table(i, t, word(segment), number(o[0], t), word(o[1]),
                                                word(o[2])));
}
/// Null if memory is refused.
inline std::uint64_t function_reference(vm::instance& i, slot*, std::uint64_t f, std::uint64_t) {
  return to_slot(vm::function_of(i, word(f)));
}

}  // namespace library
}  // namespace dovetail::x64_jit
