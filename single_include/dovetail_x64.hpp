// Dovetail 0.1.0, the x86-64 backend, and what shows its code to tools; needs xbyak, in one file. Made by single_include/amalgamate.py from
// include/ and backends/; change those. Licence: MIT, see the file LICENSE.
#pragma once

#include "dovetail.hpp"

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

// ---- dovetail/x64/layout.hpp

// Where machine code finds what it reads and writes: members of the run-time structures, as
// displacements.

namespace dovetail::x64_jit::offset {

inline constexpr std::int32_t control_call = offsetof(vm::control_block, call);
inline constexpr std::int32_t control_stop = offsetof(vm::control_block, stop);
inline constexpr std::int32_t function_instance_code = offsetof(vm::function_instance, code);
inline constexpr std::int32_t function_instance_native = offsetof(vm::function_instance, host) +
                                                         offsetof(vm::host_function, native) +
                                                         offsetof(vm::native_target, address);
inline constexpr std::int32_t function_instance_native_form =
    offsetof(vm::function_instance, host) + offsetof(vm::host_function, native) +
    offsetof(vm::native_target, form);
inline constexpr std::int32_t function_instance_home = offsetof(vm::function_instance, home);
inline constexpr std::int32_t function_instance_owner = offsetof(vm::function_instance, owner);
inline constexpr std::int32_t function_instance_signature =
    offsetof(vm::function_instance, signature);
inline constexpr std::int32_t global_instance_low = offsetof(vm::global_instance, low);
inline constexpr std::int32_t instance_control = offsetof(vm::controlled_instance, control);
inline constexpr std::int32_t instance_dropped_data = offsetof(vm::instance, dropped_data);
inline constexpr std::int32_t instance_dropped_elements = offsetof(vm::instance, dropped_elements);
inline constexpr std::int32_t instance_functions = offsetof(vm::instance, functions);
inline constexpr std::int32_t instance_globals = offsetof(vm::instance, globals);
inline constexpr std::int32_t instance_home = offsetof(vm::instance, home);
inline constexpr std::int32_t instance_memories = offsetof(vm::instance, memories);
inline constexpr std::int32_t instance_memory0 = offsetof(vm::instance, memory0);
inline constexpr std::int32_t instance_native_limit = offsetof(vm::instance, native_limit);
inline constexpr std::int32_t instance_page = offsetof(vm::controlled_instance, page);
inline constexpr std::int32_t instance_tables = offsetof(vm::instance, tables);
inline constexpr std::int32_t memory_instance_base = offsetof(vm::memory_instance, base);
inline constexpr std::int32_t memory_instance_size = offsetof(vm::memory_instance, size);
inline constexpr std::int32_t signature_depth = offsetof(signature, depth);
inline constexpr std::int32_t signature_display = offsetof(signature, display);
inline constexpr std::int32_t store_fuel = offsetof(vm::store, fuel);
inline constexpr std::int32_t store_host_trap =
    offsetof(vm::store, host_trap) + offsetof(trap, code);
inline constexpr std::int32_t store_native_entry = offsetof(vm::store, native_entry);
inline constexpr std::int32_t store_report = offsetof(vm::store, report);
inline constexpr std::int32_t table_instance_elements = offsetof(vm::table_instance, elements);
inline constexpr std::int32_t table_instance_size = offsetof(vm::table_instance, size);

}  // namespace dovetail::x64_jit::offset

// ---- dovetail/x64/library.hpp

// What compiled code calls in C++: operators too long for machine code of their own. All have one
// signature; operands lie in consecutive slots of the caller's frame.

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

// ---- dovetail/x64/code_memory.hpp

// Where machine code is written and how it comes to run: policies of the x64 backend. Memory is
// writable or executable, never both, under all of them.

namespace dovetail {

/// A piece of address space that holds a module's code.
struct code_region {
  std::uint8_t* base = nullptr;          ///< where code is: written first, run later
  std::size_t reserved = 0;              ///< bytes of address space
  std::intptr_t object = os::no_object;  ///< the memory behind it, while that has a name
};

/// A region so long will hold about a megabyte of code: it is written in large pages.
inline constexpr std::size_t many_bytes = std::size_t{1} << 25;

/// How memory becomes code.
template <class M>
concept code_memory_policy = requires(code_region& r, std::size_t bytes) {
  // Whether this process may have such memory now.
  { M::is_available() } -> std::same_as<bool>;
  // Makes an empty region one of so many bytes, to be written as far as os::commit was told.
  { M::reserve(r, bytes) } -> std::same_as<status>;
  // What was written in the first bytes is done. It runs at `base`, maybe a new one, and nobody can
  // write it; false if refused.
  { M::make_executable(r, bytes) } -> std::same_as<bool>;
  // Gives a region back, whatever was done with it.
  { M::release(r) } -> std::same_as<void>;
};

/// Memory that is written and then made executable where it is.
struct reprotected_code {
  static bool is_available() { return os::may_execute(); }
  static status reserve(code_region& r, std::size_t bytes) {
    r.base = static_cast<std::uint8_t*>(bytes < many_bytes ? os::reserve(bytes)
                                                           : os::reserve_in_large_pages(bytes));
    r.reserved = bytes;
    return r.base != nullptr ? status::ok : status::out_of_memory;
  }
  static bool make_executable(code_region& r, std::size_t bytes) {
    return os::make_executable(r.base, bytes);
  }
  static void release(code_region& r) {
    if (r.base != nullptr) os::release(r.base, r.reserved);
  }
};

/// A memory object that is mapped twice: to be written, and, when that mapping is gone, to run. For
/// systems that refuse to make executable what was writable. Linux and Windows.
struct dual_mapped_code {
  static bool is_available() {
    constexpr std::size_t page = 65'536;
    code_region r;
    const bool answer =
        reserve(r, page) == status::ok && os::commit(r.base, page) && make_executable(r, page);
    release(r);
    return answer;
  }
  static status reserve(code_region& r, std::size_t bytes) {
    r.base = static_cast<std::uint8_t*>(os::reserve_object(bytes, r.object));
    r.reserved = bytes;
    return r.base != nullptr ? status::ok : status::executable_memory_refused;
  }
  static bool make_executable(code_region& r, std::size_t bytes) {
    r.base = static_cast<std::uint8_t*>(os::run_object(r.base, r.reserved, r.object, bytes));
    r.reserved = bytes;
    r.object = os::no_object;
    return r.base != nullptr;
  }
  static void release(code_region& r) {
    if (r.base != nullptr) os::release_object(r.base, r.reserved, r.object);
  }
};

}  // namespace dovetail

// ---- dovetail/x64/type_stubs.hpp

// Which stubs the types of a module get: one set a canonical signature, and of each set only what
// something can reach.

namespace dovetail::x64_jit {

/// The stubs of a type, by position in the code region; 0: there is none.
struct type_stubs {
  std::uint32_t entry = 0;         ///< how the host enters
  std::uint32_t native_entry = 0;  ///< for typed handles
  std::uint32_t host_call = 0;     ///< how host functions are called
};

/// What is written, worked out before the first byte is.
class stub_plan {
 public:
  /// For one stub at most, whatever it is for: what a stub without values takes, and each value.
  static constexpr std::size_t fixed_bytes = 1024, value_bytes = 40;
  /// For what is shared and belongs to no type, at most.
  static constexpr std::size_t shared_bytes = 8192;

  explicit stub_plan(allocator& a) : rows_(a) {}

  [[nodiscard]] status make(const module_env& env) {
    DOVETAIL_TRY(rows_.resize(env.types.size()));
    // Whom the host can name: exports, elements, globals, what `ref.func` may name; and the start.
    for (std::uint32_t f = env.imported_functions; f < env.functions.size(); ++f)
      if (env.declared[f] || f == env.start) rows_[env.functions[f].value].has_entry = true;
    for (std::uint32_t f = 0; f < env.imported_functions; ++f)
      rows_[env.functions[f].value].has_host_call = true;
    DOVETAIL_TRY(find_firsts(env));
    const bool has_all = may_receive_functions(env);
    for (std::uint32_t i = 0; i < rows_.size(); ++i) {
      row& first = rows_[rows_[i].first];
      first.has_entry |= rows_[i].has_entry;
      first.has_host_call |= has_all | rows_[i].has_host_call;
    }
    for (std::uint32_t i = 0; i < rows_.size(); ++i) {
      const row& r = rows_[i];
      if (r.first == i) room_ += (r.has_entry * 2u + r.has_host_call) * bytes_of(env.type({i}));
    }
    return status::ok;
  }

  /// The first type that is the same as this one.
  [[nodiscard]] std::uint32_t first(std::uint32_t type) const { return rows_[type].first; }
  /// Of a first one: whether the host can hold functions of the type that are the module's own.
  [[nodiscard]] bool has_entry(std::uint32_t type) const { return rows_[type].has_entry; }
  /// Of a first one: whether the module can call functions of the type that are the host's.
  [[nodiscard]] bool has_host_call(std::uint32_t type) const { return rows_[type].has_host_call; }
  /// No fewer bytes than all that functions share takes.
  [[nodiscard]] std::size_t room() const { return room_; }

  [[nodiscard]] static std::size_t bytes_of(const function_type& type) {
    return fixed_bytes + value_bytes * (type.parameters.size() + type.results.size());
  }

 private:
  struct row {
    std::uint32_t first = 0;
    bool has_entry = false;
    bool has_host_call = false;
  };

  [[nodiscard]] status find_firsts(const module_env& env) {
    constexpr std::size_t few = 8;
    const std::size_t count = rows_.size();
    if (count > few) return find_among_many(env);
    for (std::uint32_t i = 0; i < count; ++i) {
      std::uint32_t k = 0;
      while (env.types[k] != env.types[i]) ++k;
      rows_[i].first = k;
    }
    return status::ok;
  }
  [[nodiscard]] status find_among_many(const module_env& env) {
    array<std::uint32_t> table(*env.memory);  // a type, plus one
    const std::size_t size = std::bit_ceil(2 * rows_.size());
    DOVETAIL_TRY(table.resize(size));
    const auto shift = static_cast<unsigned>(64 - std::countr_zero(size));
    for (std::uint32_t i = 0; i < rows_.size(); ++i) {
      std::size_t at = env.types[i]->id * std::uint64_t{0x9e37'79b9'7f4a'7c15} >> shift;
      while (table[at] != 0 && env.types[table[at] - 1] != env.types[i]) at = (at + 1) & (size - 1);
      if (table[at] == 0) table[at] = i + 1;
      rows_[i].first = table[at] - 1;
    }
    return status::ok;
  }
  // Whether calls by reference can meet a function of the host's: its type may then be any, as a
  // subtype of what the call names.
  [[nodiscard]] static bool may_receive_functions(const module_env& env) {
    if (!env.tables.empty()) return true;
    for (std::uint32_t f = 0; f < env.imported_functions; ++f)
      if (env.declared[f]) return true;
    for (const global_entry& g : env.globals)
      if (g.type.type.is_function_reference()) return true;
    for (const signature* s : env.types) {
      for (const auto& list : {s->type.parameters, s->type.results})
        for (const value_type t : list)
          if (t.is_function_reference()) return true;
    }
    return false;
  }

  array<row> rows_;
  std::size_t room_ = shared_bytes;
};

}  // namespace dovetail::x64_jit

// ---- dovetail/x64/code.hpp

// Compiled modules: machine code in a region of its own, and the tables that explain it. Read by
// stubs, by traps, by whoever walks frames; nothing here is on a hot path.

namespace dovetail::x64_jit {

/// A place in the code that has a place in the module: behind a call, or at an access that may
/// fault.
struct code_site {
  std::uint32_t position = 0;  ///< in the code region
  std::uint32_t offset = 0;    ///< in the module's bytes
};

/// Where a thread stands: behind a call, or at an access that faulted.
struct code_place {
  std::uint32_t position = 0;
  bool is_access = false;
};

/// What code from a position on is, up to the next note. Kept for those who read code, if
/// `code_options::is_annotated`.
struct code_note {
  enum class kind : std::uint8_t {
    prologue,   ///< the entry of a function
    operation,  ///< of the operator at `offset`
    trap,       ///< the call of a trap's stub, for the operator at `offset`
    distances,  ///< no code: four bytes for each target of the operator at `offset`
    constants,  ///< no code: eight bytes each
  };
  std::uint32_t position = 0;  ///< in the code region
  std::uint32_t offset = 0;    ///< in the module's bytes
  kind what = kind::operation;
};

/// A compiled function.
struct function_code {
  std::uint32_t entry = 0;  ///< position in the code region
  std::uint32_t end = 0;    ///< behind its last instruction
  std::uint32_t frame = 0;  ///< bytes between its lowest address and its return address
  /// Where in the frame its instance is, if it calls what may belong to another one.
  std::uint32_t instance = no_instance;
  static constexpr std::uint32_t no_instance = 0xffff'ffff;
};

/// What all functions of a module share: offsets of small pieces of code.
struct shared_stubs {
  /// The place of one that is no trap's: where a fault at a checkpoint's page continues.
  static constexpr std::size_t at_page = 31;
  std::uint32_t traps[32] = {};      ///< by trap code: called where a trap happens
  std::uint32_t fault = 0;           ///< where a fault in guarded memory continues
  std::uint32_t thrown = 0;          ///< where an exception of the host does
  std::uint32_t enter_instance = 0;  ///< see stubs.hpp
  std::uint32_t reload_memory = 0;
  std::uint32_t vectors = 0;  ///< shared_vectors.hpp, sixteen bytes each
};

struct module_code : code_region {
  explicit module_code(allocator& a) : functions(a), sites(a), notes(a), by_type(a) {}
  module_code(const module_code&) = delete;
  module_code& operator=(const module_code&) = delete;
  ~module_code() {
    if (range.size != 0) os::remove_code(range);
    if (catching.size != 0) os::remove_catching_code(catching);
    if (release_region != nullptr) release_region(*this);
  }

  void (*release_region)(code_region&) = nullptr;
  std::size_t size = 0;
  bool keeps_places = false;       ///< see code_options
  array<function_code> functions;  ///< the module's own
  array<code_site> sites;          ///< by position
  array<code_note> notes;          ///< by position; of several at one the last counts
  array<type_stubs> by_type;       ///< equal types have the same
  shared_stubs stubs;
  os::code_range range;        ///< as the fault handler knows it
  os::catching_code catching;  ///< as the unwinder does

  [[nodiscard]] const std::uint8_t* at(std::uint32_t position) const { return base + position; }

  /// The function that the instruction at a position belongs to, or the number of functions.
  [[nodiscard]] std::size_t function_at(std::uint32_t position) const {
    const std::size_t f =
        first(functions, [=](const function_code& one) { return one.end > position; });
    return f < functions.size() && functions[f].entry <= position ? f : functions.size();
  }
  /// The function of a place, or the number of functions. Where one function ends with a call and
  /// the next one begins at once, both places are one position.
  [[nodiscard]] std::size_t function_of(code_place p) const {
    return p.is_access ? function_at(p.position) : function_at(p.position - 1);
  }
  /// The site of a place, or null.
  [[nodiscard]] const code_site* site_of(code_place p) const {
    std::size_t s = first(sites, [=](const code_site& one) { return one.position >= p.position; });
    while (p.is_access && s + 1 < sites.size() && sites[s + 1].position == p.position) ++s;
    return s < sites.size() && sites[s].position == p.position ? &sites[s] : nullptr;
  }
  /// Whether an address lies in the region.
  [[nodiscard]] bool holds(std::uintptr_t address) const {
    return address - reinterpret_cast<std::uintptr_t>(base) < size;
  }
  /// Whether a position lies before all functions, in what they share.
  [[nodiscard]] bool is_shared(std::uint32_t position) const {
    return functions.empty() || position < functions[0].entry;
  }
  /// Whether what ends at a position is a call of `target`.
  [[nodiscard]] bool is_call_of(std::uint32_t position, std::uint32_t target) const {
    std::uint32_t distance;
    std::memcpy(&distance, at(position - 4), 4);
    return *at(position - 5) == 0xe8 && position + distance == target;
  }

 private:
  // The first of those in order that `is_beyond` holds for.
  template <class T, class IsBeyond>
  static std::size_t first(const array<T>& all, IsBeyond is_beyond) {
    std::size_t low = 0, high = all.size();
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      is_beyond(all[middle]) ? high = middle : low = middle + 1;
    }
    return low;
  }
};

}  // namespace dovetail::x64_jit

// ---- dovetail/x64/ranges.hpp

// What is known of the size of 32-bit numbers: of constants, of what is computed from them, and of
// locals that loops count with. Accesses that surely are inside a memory need no comparison.

namespace dovetail::x64_jit {

/// A 32-bit number is one of these; all of them if nothing is known.
struct range {
  static constexpr std::uint32_t most = 0xffff'ffff;
  std::uint32_t least = 0;
  std::uint32_t greatest = most;

  [[nodiscard]] static constexpr range of(std::uint32_t v) { return {v, v}; }
  [[nodiscard]] constexpr bool is_known() const { return least != 0 || greatest != most; }
  [[nodiscard]] constexpr bool is_single() const { return least == greatest; }

  /// As a word of a name: 0 if nothing is known.
  [[nodiscard]] constexpr std::uint64_t packed() const {
    return least | std::uint64_t{~greatest} << 32;
  }
  [[nodiscard]] static constexpr range unpacked(std::uint64_t bits) {
    return {static_cast<std::uint32_t>(bits), ~static_cast<std::uint32_t>(bits >> 32)};
  }
};

// Results of operators, for all operands in their ranges.

/// i32.add: unless some sums wrap around and others do not.
[[nodiscard]] constexpr range sum(range a, range b) {
  const std::uint64_t least = std::uint64_t{a.least} + b.least,
                      greatest = std::uint64_t{a.greatest} + b.greatest;
  if (least >> 32 != greatest >> 32) return {};
  return {static_cast<std::uint32_t>(least), static_cast<std::uint32_t>(greatest)};
}
/// i32.and: no greater than either.
[[nodiscard]] constexpr range masked(range a, range b) {
  return {0, a.greatest < b.greatest ? a.greatest : b.greatest};
}
/// i32.or: no less than either, and no greater than the sum.
[[nodiscard]] constexpr range joined(range a, range b) {
  const std::uint64_t greatest = std::uint64_t{a.greatest} + b.greatest;
  return {a.least > b.least ? a.least : b.least,
          greatest < range::most ? static_cast<std::uint32_t>(greatest) : range::most};
}
/// i32.mul: unless a product may wrap around.
[[nodiscard]] constexpr range product(range a, range b) {
  if (std::uint64_t{a.greatest} * b.greatest > range::most) return {};
  return {a.least * b.least, a.greatest * b.greatest};
}
/// i32.shl: by a constant, unless a bit that may be set is lost.
[[nodiscard]] constexpr range shifted_left(range a, range count) {
  const std::uint32_t bits = count.least & 31;
  if (!count.is_single() || a.greatest > range::most >> bits) return {};
  return {a.least << bits, a.greatest << bits};
}
/// i32.shr_u: by a constant, or by what makes no number greater.
[[nodiscard]] constexpr range shifted_right(range a, range count) {
  if (!count.is_single()) return {0, a.greatest};
  return {a.least >> (count.least & 31), a.greatest >> (count.least & 31)};
}

/// A local that a loop adds a constant to, once a turn at most.
struct counted_local {
  std::uint32_t index = 0;
  std::uint32_t step = 0;
};

/// How many locals of a function are looked at: the first ones.
inline constexpr std::uint32_t most_ranged = 64;

/// What the first pass tells of a loop.
struct loop_facts {
  std::uint64_t sets = ~std::uint64_t{0};  ///< locals that are set in it, a bit each
  /// The first of `counted` is set in each turn that reaches the loop's end, which goes back to its
  /// head unless the local is `limit` now.
  std::uint32_t limit = 0;
  std::uint32_t count = 0;  ///< of `counted`; 0 if the loop does not count like that
  counted_local counted[3];

  /// How often its body is executed if the first local begins as `first`: 0 if that is not known.
  [[nodiscard]] constexpr std::uint64_t turns(std::uint32_t first) const {
    const std::uint32_t distance = limit - first, step = counted[0].step;
    if (step == 0 || distance == 0 || distance % step != 0) return 0;
    return distance / step;
  }
};

/// The range at the head of a loop of what is `before` it and gets `step` more in each turn but the
/// last, if that does not wrap around.
[[nodiscard]] constexpr range counted_range(range before, std::uint32_t step, std::uint64_t turns) {
  const std::uint64_t greatest = before.greatest + (turns - 1) * step;
  if (greatest > range::most) return {};
  return {before.least, static_cast<std::uint32_t>(greatest)};
}

}  // namespace dovetail::x64_jit

// ---- dovetail/x64/registers.hpp

// The registers of x86-64 and what this backend uses each for. Everything of the backend sees it.

namespace dovetail::x64_jit {

/// A register: 0 to 15 are the integer ones as the processor numbers them, 16 to 31 xmm0 to xmm15.
enum class reg : std::uint8_t {
  rax,
  rcx,
  rdx,
  rbx,
  rsp,
  rbp,
  rsi,
  rdi,
  r8,
  r9,
  r10,
  r11,
  r12,
  r13,
  r14,
  r15,
  xmm0,
  xmm1,
  xmm2,
  xmm3,
  xmm4,
  xmm5,
  xmm6,
  xmm7,
  xmm8,
  xmm9,
  xmm10,
  xmm11,
  xmm12,
  xmm13,
  xmm14,
  xmm15,
  none = 0xff
};

/// The number an instruction knows a register by.
[[nodiscard]] constexpr unsigned number(reg r) { return static_cast<unsigned>(r) & 15; }
[[nodiscard]] constexpr bool is_float(reg r) { return static_cast<unsigned>(r) >= 16; }

/// A set of registers.
using reg_set = std::uint32_t;
[[nodiscard]] constexpr reg_set set_of(reg r) {
  return r == reg::none ? 0 : reg_set{1} << static_cast<unsigned>(r);
}
template <class... R>
[[nodiscard]] constexpr reg_set set_of(reg first, R... rest) {
  return set_of(first) | set_of(rest...);
}

// Registers that mean the same thing in all generated code.
inline constexpr reg instance_register = reg::r15;  ///< vm::instance* of the running code
inline constexpr reg memory_register = reg::r14;    ///< base of its memory 0
inline constexpr reg size_register = reg::r13;      ///< its size in bytes, checked memory only
inline constexpr reg scratch = reg::r11;            ///< free between any two instructions
inline constexpr reg float_scratch = reg::xmm15;    ///< likewise

/// Where functions find their arguments: integers and references, then floats; the rest lies in
/// the caller's frame, 8 bytes each. The first integer ones are homes of locals, so that a leaf
/// keeps them where they came.
inline constexpr reg integer_arguments[] = {reg::r8,  reg::r9,  reg::r10,
                                            reg::rdi, reg::rsi, reg::rdx};
inline constexpr reg float_arguments[] = {reg::xmm6,  reg::xmm7,  reg::xmm8,  reg::xmm9,
                                          reg::xmm10, reg::xmm11, reg::xmm12, reg::xmm13};
/// Where the first result of a kind is, and the second; others lie where arguments in memory do.
inline constexpr reg integer_results[] = {reg::rax, reg::rdx};
inline constexpr reg float_results[] = {reg::xmm0, reg::xmm1};

/// Registers that hold temporaries, dearest last.
inline constexpr reg_set integer_temporaries =
    set_of(reg::rax, reg::rcx, reg::rdx, reg::rsi, reg::rdi, reg::r8, reg::r9, reg::r10);
inline constexpr reg_set float_temporaries =
    set_of(reg::xmm0, reg::xmm1, reg::xmm2, reg::xmm3, reg::xmm4, reg::xmm5, reg::xmm6, reg::xmm7,
           reg::xmm8, reg::xmm9, reg::xmm10, reg::xmm11, reg::xmm12, reg::xmm13, reg::xmm14);

/// Homes of locals: these survive calls,
inline constexpr reg saved_homes[] = {reg::rbx, reg::rbp, reg::r12, reg::r13};
/// these do not.
inline constexpr reg unsaved_homes[] = {reg::r8, reg::r9, reg::r10, reg::rsi, reg::rdi};
inline constexpr reg float_homes[] = {reg::xmm6,  reg::xmm7,  reg::xmm8,  reg::xmm9, reg::xmm10,
                                      reg::xmm11, reg::xmm12, reg::xmm13, reg::xmm14};

/// The registers a callee preserves.
inline constexpr reg_set preserved = set_of(reg::rbx, reg::rbp, reg::r12, reg::r13);

/// The two calling conventions of hosts.
enum class abi : std::uint8_t { sysv, win64 };
inline constexpr abi native_abi = platform::is_windows ? abi::win64 : abi::sysv;

/// The host's integer argument registers (System V ABI 3.2.3; Windows x64 calling convention).
[[nodiscard]] constexpr reg host_argument(abi a, std::size_t i) {
  constexpr reg sysv[] = {reg::rdi, reg::rsi, reg::rdx, reg::rcx};
  constexpr reg win64[] = {reg::rcx, reg::rdx, reg::r8, reg::r9};
  return a == abi::sysv ? sysv[i] : win64[i];
}
/// Bytes a caller leaves for its callee below the stack arguments.
[[nodiscard]] constexpr std::uint32_t shadow_space(abi a) { return a == abi::win64 ? 32 : 0; }

/// A memory operand: [base + index * 2^scale + displacement].
struct address {
  reg base = reg::none;
  reg index = reg::none;
  std::uint8_t scale = 0;
  std::int32_t displacement = 0;
};

/// What generated code distinguishes between values.
enum class kind : std::uint8_t { i32, i64, f32, f64, v128 };
[[nodiscard]] constexpr kind kind_of(value_type t) {
  switch (t.code()) {
    case 0x7f: return kind::i32;
    case 0x7d: return kind::f32;
    case 0x7c: return kind::f64;
    case 0x7b: return kind::v128;
    default: return kind::i64;  // references too
  }
}
[[nodiscard]] constexpr bool is_float(kind k) { return k >= kind::f32; }
[[nodiscard]] constexpr bool is_wide(kind k) { return k == kind::i64 || k == kind::f64; }
/// How many words of memory a value takes.
[[nodiscard]] constexpr std::uint32_t words_of(kind k) { return k == kind::v128 ? 2 : 1; }

}  // namespace dovetail::x64_jit

// ---- dovetail/x64/facts.hpp

// The first pass: what the second wants to know of a body before its first instruction.

namespace dovetail::x64_jit {

/// How often code runs is guessed from the loops around it: eight times as often in each.
[[nodiscard]] constexpr std::uint32_t weight_at(std::uint32_t depth) {
  return std::uint32_t{1} << (depth < 7 ? depth * 3 : 21);
}

struct body_facts {
  std::span<const std::uint32_t> weights;  ///< of each local: its uses, by how often they run
  std::span<const loop_facts> loops;       ///< in the order they are entered
  std::uint64_t call_weight = 0;  ///< of calls: what survives none of them costs this much to keep
  std::uint32_t most_operands = 0;  ///< the operand stack's greatest height, in slots
  std::uint32_t frame_words = 0;    ///< the most arguments or results that lie in memory at a call
  bool has_calls = false;           ///< of any kind, into the library too; jumps do not count
  bool leaves_instance = false;     ///< calls what may belong to another instance
};

/// How many of `types` do not fit the registers that `integers` and `floats` are numbers of.
[[nodiscard]] inline std::uint32_t words_in_memory(std::span<const value_type> types,
                                                   std::size_t integers, std::size_t floats) {
  if (types.size() <= integers && types.size() <= floats) return 0;
  std::uint32_t words = 0;
  for (const value_type t : types) {
    std::size_t& left = is_float(kind_of(t)) ? floats : integers;
    if (left == 0) {
      words += words_of(kind_of(t));
    } else {
      --left;
    }
  }
  return words;
}
[[nodiscard]] inline std::uint32_t argument_words(const function_type& type) {
  return words_in_memory(type.parameters, std::size(integer_arguments), std::size(float_arguments));
}
[[nodiscard]] inline std::uint32_t result_words(const function_type& type) {
  return words_in_memory(type.results, std::size(integer_results), std::size(float_results));
}

/// What a function of this type has above its return address for both.
[[nodiscard]] inline std::uint32_t own_words(const function_type& type) {
  const std::uint32_t in = argument_words(type), out = result_words(type);
  return in > out ? in : out;
}

/// What this backend executes.
inline constexpr features executed = features::wasm3();

/// Records bodies while the module's validator reads them, and collects the facts.
template <bool Metered, const price_list* Price = nullptr>
class collector : public recorder<executed, true, Metered> {
  using base = recorder<executed, true, Metered>;

 public:
  using typename base::label, typename base::value, typename base::values;
  static constexpr const price_list* price = Price;

  explicit collector(allocator& a) : base(a), weights_(a), loops_(a), bodies_(a) {}

  /// The facts of the next body, in the order they were collected. Good until the next batch.
  [[nodiscard]] body_facts next() {
    const collected& next = bodies_[taken_++];
    body_facts facts = next.facts;
    facts.weights = {weights_.data() + next.first_weight, next.weight_count};
    facts.loops = {loops_.data() + next.first_loop, next.loop_count};
    return facts;
  }

  void begin_batch() {
    base::begin_batch();
    weights_.clear();
    loops_.clear();
    bodies_.clear();
    taken_ = 0;
  }
  void begin(const function_body& body) {
    base::begin(body);
    depth_ = 0;
    weight_ = weight_at(0);
    first_loop_ = loops_.size();
    sets_ = often_ = 0;
    facts_ = {};
    first_weight_ = weights_.size();
    base::keep(weights_.resize(first_weight_ + body.locals.size()));
    weights_of_body_ = weights_.data() + first_weight_;
    imported_ = body.module->imported_functions;
    type_ = body.type;
  }
  status finish() {
    facts_.most_operands = base::most_operands();
    DOVETAIL_TRY(bodies_.push({facts_, first_weight_, weights_.size() - first_weight_, first_loop_,
                               loops_.size() - first_loop_}));
    return base::finish();
  }

  value memory_grow(memory_index i, value v, values below) {
    return call(), base::memory_grow(i, v, below);
  }
  void memory_fill(memory_index i, value a, value b, value c, values below) {
    call(), base::memory_fill(i, a, b, c, below);
  }
  void memory_copy(two_memories i, value a, value b, value c, values below) {
    call(), base::memory_copy(i, a, b, c, below);
  }
  void memory_init(data_and_memory i, value a, value b, value c, values below) {
    call(), base::memory_init(i, a, b, c, below);
  }
  value table_grow(table_index i, value a, value b, values below) {
    return call(), base::table_grow(i, a, b, below);
  }
  void table_fill(table_index i, value a, value b, value c, values below) {
    call(), base::table_fill(i, a, b, c, below);
  }
  void table_copy(two_tables i, value a, value b, value c, values below) {
    call(), base::table_copy(i, a, b, c, below);
  }
  void table_init(element_and_table i, value a, value b, value c, values below) {
    call(), base::table_init(i, a, b, c, below);
  }
  value ref_func(function_index i, values below) { return call(), base::ref_func(i, below); }

  DOVETAIL_ALWAYS_INLINE value local_get(local_index i, value_type type, values below) {
    return use(i), base::local_get(i, type, below);
  }
  void local_set(local_index i, value_type type, value v, values below) {
    use(i), set(i), base::local_set(i, type, v, below);
  }
  value local_tee(local_index i, value_type type, value v, values below) {
    return use(i), set(i), base::local_tee(i, type, v, below);
  }

  label enter(const block_shape& shape, values stack) {
    if (shape.kind == block_kind::loop) enter_loop();
    return base::enter(shape, stack);
  }
  void leave(label& l, bool reachable, values stack) {
    if (l.is_loop) leave_loop(l, reachable);
    base::leave(l, reachable, stack);
  }

  void call(function_index callee, const function_type& type, values stack) {
    call_function(type, stack);
    if (callee.value < imported_) facts_.leaves_instance = true;
    base::call(callee, type, stack);
  }
  void call_indirect(indirect_call c, const function_type& type, value index, values stack) {
    call_function(type, stack);
    facts_.leaves_instance = true;
    base::call_indirect(c, type, index, stack);
  }
  void call_ref(type_index callee, const function_type& type, value v, values stack) {
    call_function(type, stack);
    facts_.leaves_instance = true;
    base::call_ref(callee, type, v, stack);
  }
  void return_call(function_index callee, const function_type& type, values stack) {
    be_replaced(type, stack, callee.value >= imported_);
    base::return_call(callee, type, stack);
  }
  void return_call_indirect(indirect_call c, const function_type& type, value index, values stack) {
    be_replaced(type, stack, false);
    base::return_call_indirect(c, type, index, stack);
  }
  void return_call_ref(type_index callee, const function_type& type, value v, values stack) {
    be_replaced(type, stack, false);
    base::return_call_ref(callee, type, v, stack);
  }

 private:
  DOVETAIL_ALWAYS_INLINE void use(local_index i) {
    std::uint32_t& w = weights_of_body_[i.value];
    w = w > 0xffff'ffff - weight_ ? 0xffff'ffff : w + weight_;
  }
  // A local is about to be set.
  DOVETAIL_ALWAYS_INLINE void set(local_index i) {
    if (i.value >= most_ranged) return;
    const std::uint64_t bit = std::uint64_t{1} << i.value;
    often_ |= sets_ & bit;
    sets_ |= bit;
    last_sets_[i.value] = {base::call_count(), base::push_count(), base::depth()};
  }
  void enter_loop() {
    weight_ = weight_at(depth_ + 1);
    if (depth_ < std::size(open_)) {
      open_[depth_] = {loops_.size(), sets_, often_};
      sets_ = often_ = 0;
    } else {
      often_ = ~std::uint64_t{0};  // as sets of loops inside are
    }
    ++depth_;
    base::keep(loops_.push({}));
  }
  void leave_loop(const label& l, bool reachable) {
    weight_ = weight_at(--depth_);
    if (depth_ >= std::size(open_) || base::begun() != status::ok) return;
    const open_loop& outer = open_[depth_];
    loop_facts& facts = loops_[outer.number];
    facts.sets = sets_;
    if (reachable) count_turns(l, facts);
    often_ = outer.often | sets_;  // any number of times for one of the loop around
    sets_ |= outer.sets;
  }
  // Whether the loop ends by going back unless a local that it adds a constant to is another
  // constant now; and which other locals it adds constants to.
  void count_turns(const label& l, loop_facts& facts) {
    std::size_t at = base::call_count() - 1;
    const recorded_call& back = base::call_at(at);
    if (back.what != told::branch_if || back.pushed != 0 || back.get<std::uint32_t>() != l.index)
      return;
    const recorded_call* before = &base::call_at(--at);
    const std::size_t pushes = base::push_count() - base::pending();
    slot limit = 0;
    std::size_t compared = 0;  // values pushed for it
    if (before->what == told::binary) {
      compared = before->pushed;
      if (before->operation != op::i32_ne || compared - 1 > 1) return;
      if (!base::is_constant(base::pushed_at(pushes - 1), limit)) return;
      before = &base::call_at(--at);
    }
    if (compared != 2 && before->what != told::local_tee) return;
    const std::uint32_t first =
        compared == 2 ? base::pushed_at(pushes - 2) : before->template get<local_index>().value;
    counted_local counting{first, 0};
    if (first >= most_ranged || (sets_ >> first & 1) == 0 || !is_counted(counting)) return;
    // Turns that go back elsewhere, or leave out a block, may be without the set if that is not
    // the last thing they do.
    const last_set& set = last_sets_[first];
    if (set.call != at && (l.branches != 1 || set.depth != l.index + 1)) return;
    facts.limit = static_cast<std::uint32_t>(limit);
    facts.counted[facts.count++] = counting;
    // What others get is known if no turn is without the set of the first.
    if (l.branches != 1) return;
    for (std::uint64_t left = sets_ & ~often_; left != 0; left &= left - 1) {
      counting.index = static_cast<std::uint32_t>(std::countr_zero(left));
      if (facts.count == std::size(facts.counted)) return;
      if (counting.index != first && is_counted(counting)) facts.counted[facts.count++] = counting;
    }
  }
  // Whether a local is set in one place of the loop alone, to its own value plus a constant.
  [[nodiscard]] bool is_counted(counted_local& l) const {
    const last_set& at = last_sets_[l.index];
    if ((often_ >> l.index & 1) != 0 || at.call == 0 || base::call_at(at.call).pushed != 0)
      return false;
    const recorded_call& add = base::call_at(at.call - 1);
    if (add.what != told::binary || add.operation != op::i32_add || add.pushed != 2) return false;
    slot added = 0;
    if (base::pushed_at(at.pushes - 2) != l.index ||
        !base::is_constant(base::pushed_at(at.pushes - 1), added)) {
      return false;
    }
    l.step = static_cast<std::uint32_t>(added);
    return true;
  }

  void call() {
    facts_.has_calls = true;
    facts_.call_weight += weight_;
  }
  void call_function(const function_type& type, values stack) {
    base::reach(height_of(stack) + 1);
    keep_words(own_words(type));
    call();
  }
  void keep_words(std::uint32_t words) {
    if (words > facts_.frame_words) facts_.frame_words = words;
  }
  // No value outlives a tail call. Unless it must find its place (tail_calls.hpp) it is a jump.
  void be_replaced(const function_type& callee, values stack, bool is_own) {
    base::reach(height_of(stack) + 1);
    if (is_own && argument_words(callee) <= own_words(type_)) return;
    keep_words(own_words(callee));
    facts_.has_calls = facts_.leaves_instance = true;
  }

  struct collected {
    body_facts facts;
    std::size_t first_weight = 0, weight_count = 0;
    std::size_t first_loop = 0, loop_count = 0;
  };
  // Where a local was set last: how many calls and values had been recorded, how many blocks open.
  struct last_set {
    std::size_t call = 0, pushes = 0;
    std::uint32_t depth = 0;
  };
  // A loop that is open: which locals had been set before it, in those around it.
  struct open_loop {
    std::size_t number = 0;
    std::uint64_t sets = 0, often = 0;
  };

  array<std::uint32_t> weights_;  // of all bodies
  array<loop_facts> loops_;       // likewise
  array<collected> bodies_;
  body_facts facts_;  // of the body at hand
  std::size_t first_weight_ = 0, first_loop_ = 0;
  std::size_t taken_ = 0;
  std::uint32_t* weights_of_body_ = nullptr;
  std::uint32_t depth_ = 0;   // loops around the operator at hand
  std::uint32_t weight_ = 1;  // of what stands there
  std::uint64_t sets_ = 0;    // locals set in the innermost loop so far,
  std::uint64_t often_ = 0;   // and more than once
  last_set last_sets_[most_ranged];
  open_loop open_[16];  // others are not looked at
  std::uint32_t imported_ = 0;
  function_type type_;  // of the body at hand
};

}  // namespace dovetail::x64_jit

// ---- dovetail/x64/frame.hpp

// The plan of a function's frame: which locals live in registers, where everything else lies.

namespace dovetail::x64_jit {

/// Where a local lives.
struct local_place {
  reg home = reg::none;  ///< its register, if it has one
  kind type = kind::i32;
  bool is_lane_mask = false;    ///< what it holds now, see value_emitter::is_lane_mask
  std::int32_t slot = no_slot;  ///< its place in the frame, if it has one

  static constexpr std::int32_t no_slot = INT32_MIN;
  [[nodiscard]] bool has_slot() const { return slot != no_slot; }
};

//     above     arguments in memory            [rsp + size + pushed + 8 ...]
//               return address
//               pushed homes                   in the order they were pushed
//     size      operands at canonical slots    [rsp + operands + 8 * slot]
//               locals in memory               [rsp + its own place]
//               the instance, if code leaves it
//     rsp       arguments of callees           8 bytes each; the host's shadow space
//
// A leaf with few slots has them below rsp, where the System V ABI (3.2.2) keeps 128 bytes from
// signal handlers: its size is 0, and their places are negative.
struct frame_plan {
  explicit frame_plan(allocator& a) : locals(a) {}

  array<local_place> locals;
  std::uint32_t size = 0;          ///< bytes below the pushed homes
  std::int32_t operands = 0;       ///< where canonical slots begin
  std::uint32_t words = 0;         ///< 8 bytes each for arguments of callees
  std::uint32_t instance = 0;      ///< where the instance is kept
  std::uint32_t pushed = 0;        ///< homes that the prologue saves
  reg saved[4] = {};               ///< which
  reg_set homes = 0;               ///< registers that locals live in
  std::uint32_t unsaved[18] = {};  ///< the locals in those of them that a call does not preserve
  std::size_t unsaved_count = 0;
  bool is_leaf = true;

  [[nodiscard]] address slot_of(std::uint32_t slot) const {
    return {reg::rsp, reg::none, 0, operands + static_cast<std::int32_t>(8 * slot)};
  }
  [[nodiscard]] address incoming(std::uint32_t word) const {
    return {reg::rsp, reg::none, 0, static_cast<std::int32_t>(size + 8 * pushed + 8 + 8 * word)};
  }

  /// Makes the plan. `pinned_homes` are those of the `saved_homes` that code keeps for itself;
  /// `pushes` is code that moves rsp.
  [[nodiscard]] status make(const function_body& body, const body_facts& facts, abi host,
                            std::size_t pinned_homes, bool pushes) {
    is_leaf = !facts.has_calls;
    homes = 0;
    pushed = 0;
    unsaved_count = 0;
    DOVETAIL_TRY(locals.resize(body.locals.size()));
    for (std::size_t i = 0; i < body.locals.size(); ++i)
      locals[i] = {reg::none, kind_of(body.locals[i])};
    choose_homes(facts, pinned_homes);
    lay_out(facts, host);
    constexpr std::uint32_t red_zone = 128;
    if (is_leaf && !pushes && host == abi::sysv && size <= red_zone) go_below();
    return status::ok;
  }

 private:
  // The heaviest locals first, each to the best register left that pays.
  void choose_homes(const body_facts& facts, std::size_t pinned_homes) {
    std::size_t integers_left = 9, floats_left = std::size(float_homes);
    std::size_t saved_used = 0, unsaved_used = 0, floats_used = 0;
    const std::size_t saved_count = std::size(saved_homes) - pinned_homes;
    // Whoever calls nothing, or is replaced by all it calls.
    const bool spares_homes = facts.call_weight == 0;
    rank(facts);
    for (std::size_t r = 0; r < ranked_; ++r) {
      const std::uint32_t i = order_[r];
      local_place& l = locals[i];
      const std::uint64_t weight = facts.weights[i];
      if (integers_left == 0 && floats_left == 0) break;
      // Whatever a call does not preserve is stored before it and loaded after it.
      const bool pays_unsaved = spares_homes || weight > 2 * facts.call_weight;
      if (is_float(l.type)) {
        if (floats_left == 0 || !pays_unsaved) continue;
        l.home = float_homes[floats_used++];
        --floats_left;
      } else {
        const bool has_unsaved = pays_unsaved && unsaved_used < std::size(unsaved_homes);
        const bool has_saved = saved_used < saved_count && weight > 2;
        if (spares_homes ? has_unsaved : has_unsaved && !has_saved) {
          l.home = unsaved_homes[unsaved_used++];
        } else if (has_saved) {
          l.home = saved_homes[saved_used++];
          saved[pushed++] = l.home;
        } else {
          continue;
        }
        --integers_left;
      }
      homes |= set_of(l.home);
      if ((set_of(l.home) & preserved) == 0) unsaved[unsaved_count++] = i;
    }
  }

  // The locals that are used, heaviest first: twice as many as there are homes, since those of one
  // kind may find theirs all taken.
  void rank(const body_facts& facts) {
    ranked_ = 0;
    for (std::uint32_t i = 0; i < locals.size(); ++i) {
      if (facts.weights[i] == 0) continue;
      std::size_t at = ranked_;
      while (at > 0 && facts.weights[order_[at - 1]] < facts.weights[i]) --at;
      if (at == std::size(order_)) continue;
      if (ranked_ < std::size(order_)) ++ranked_;
      for (std::size_t k = ranked_ - 1; k > at; --k) order_[k] = order_[k - 1];
      order_[at] = i;
    }
  }

  void lay_out(const body_facts& facts, abi host) {
    words = facts.frame_words;
    std::uint32_t at = words * 8;
    if (facts.has_calls && at < shadow_space(host)) at = shadow_space(host);
    instance = at;
    if (facts.leaves_instance) at += 8;
    for (std::size_t i = 0; i < locals.size(); ++i) {
      local_place& l = locals[i];
      const bool needs_slot = l.home == reg::none
                                  ? facts.weights[i] != 0
                                  : facts.call_weight != 0 && (set_of(l.home) & preserved) == 0;
      if (!needs_slot) continue;
      l.slot = static_cast<std::int32_t>(at);
      at += 8 * words_of(l.type);
    }
    operands = static_cast<std::int32_t>(at);
    at += facts.most_operands * 8;
    // Calls want the stack pointer aligned to 16 bytes (System V ABI 3.2.2).
    if (!is_leaf && (at + 8 * pushed + 8) % 16 != 0) at += 8;
    size = at;
  }

  void go_below() {
    const auto by = static_cast<std::int32_t>(size);
    operands -= by;
    for (local_place& l : locals) {
      if (l.has_slot()) l.slot -= by;
    }
    size = 0;
  }

  static constexpr std::size_t most_homes = 9 + std::size(float_homes);
  std::uint32_t order_[2 * most_homes] = {};
  std::size_t ranked_ = 0;
};

}  // namespace dovetail::x64_jit

// ---- dovetail/x64/encoder.hpp

// The instruction forms that compiled code is made of, each written with one or two stores.
// Positions are offsets from the start of the code region. Nothing is allocated here, and nothing
// looks at where the buffer ends: whoever writes makes room first.

namespace dovetail::x64_jit {

/// The eight operations of the first opcode rows, by their number in the opcode.
enum class alu : std::uint8_t { add, or_, adc, sbb, and_, sub, xor_, cmp };
/// Shifts and rotates, by their number in the opcode extension.
enum class shift : std::uint8_t { rol = 0, ror = 1, shl = 4, shr = 5, sar = 7 };

/// Conditions as opcodes number them, and two that float comparisons need: equal and not unordered,
/// and its opposite.
enum class condition : std::uint8_t {
  o,
  no,
  b,
  ae,
  e,
  ne,
  be,
  a,
  s,
  ns,
  p,
  np,
  l,
  ge,
  le,
  g,
  float_e,
  float_ne
};
[[nodiscard]] constexpr condition opposite(condition c) {
  return static_cast<condition>(static_cast<unsigned>(c) ^ 1);
}
/// The condition with the operands of the comparison exchanged.
[[nodiscard]] constexpr condition exchanged(condition c) {
  switch (c) {
    case condition::b: return condition::a;
    case condition::a: return condition::b;
    case condition::ae: return condition::be;
    case condition::be: return condition::ae;
    case condition::l: return condition::g;
    case condition::g: return condition::l;
    case condition::ge: return condition::le;
    case condition::le: return condition::ge;
    default: return c;
  }
}

/// An opcode: mandatory prefix (0 if none), escape (0, 0x0f, 0x0f38 or 0x0f3a), the byte itself.
/// Kept as the bytes that stand before and behind a REX prefix.
struct opcode {
  constexpr opcode(std::uint8_t before, std::uint16_t escape, std::uint8_t byte,
                   bool is_of_bytes = false)
      : tail(escape == 0      ? std::uint32_t{byte}
             : escape <= 0xff ? std::uint32_t{escape} | std::uint32_t{byte} << 8
                              : 0x0fu | (escape & 0xffu) << 8 | std::uint32_t{byte} << 16),
        tail_bits(escape == 0      ? 8
                  : escape <= 0xff ? 16
                                   : 24),
        prefix(before),
        prefix_bits(before == 0 ? 0 : 8),
        is_byte_operation(is_of_bytes) {}

  std::uint32_t tail;
  std::uint8_t tail_bits;
  std::uint8_t prefix;
  std::uint8_t prefix_bits;
  bool is_byte_operation;  ///< spl to dil need a REX prefix
};
static_assert(sizeof(opcode) == 8, "travels in a register");

class encoder {
 public:
  /// Writes to a buffer of the caller's.
  explicit encoder(std::uint8_t* buffer) : top_(buffer) {}

  [[nodiscard]] std::uint32_t here() const { return static_cast<std::uint32_t>(size_); }
  [[nodiscard]] std::uint8_t* at(std::uint32_t position) { return top_ + position; }
  void rewind(std::uint32_t position) { size_ = position; }

  // Instructions that do nothing, up to a multiple of `bytes` (Intel SDM volume 2, NOP).
  void align(std::uint32_t bytes) {
    static constexpr std::uint64_t nops[] = {0,
                                             0x90,
                                             0x9066,
                                             0x001f0f,
                                             0x00401f0f,
                                             0x0000441f0f,
                                             0x00'0044'1f0f'66,
                                             0x00'0000'0080'1f0f,
                                             0x0000'0000'0084'1f0f};
    for (std::uint32_t left = (bytes - here() % bytes) % bytes; left != 0;) {
      const std::uint32_t once = left < 8 ? left : 8;
      store(nops[once], once);
      left -= once;
    }
  }

  // Operands in registers. `wide` is a 64-bit operation.
  DOVETAIL_NEVER_INLINE void op_rr(opcode o, bool wide, reg r, reg rm) {
    put_registers(o, wide, number(r), rm);
  }
  // An operand in memory.
  DOVETAIL_ALWAYS_INLINE void op_rm(opcode o, bool wide, reg r, address m) {
    if (m.base == memory_register && m.index != reg::none && m.scale == 0)
      return op_access(o, wide, r, m.index, m.displacement);
    op_nm(o, wide, number(r), m, is_narrow(o, r));
  }
  // A register or an opcode extension, and an operand in memory; `trailing` bytes follow.
  DOVETAIL_NEVER_INLINE void op_nm(opcode o, bool wide, unsigned n_reg, address m,
                                   bool needs_rex = false) {
    const memory_form f(n_reg, m);
    const unsigned index = m.index == reg::none ? 0 : number(m.index);
    put(o, rex_of(wide, n_reg, index, number(m.base)), needs_rex, f.bytes, f.bits);
    store(static_cast<std::uint32_t>(m.displacement), f.displacement_bytes);
  }
  // An opcode extension and a register.
  DOVETAIL_NEVER_INLINE void op_nr(opcode o, bool wide, unsigned extension, reg rm) {
    put_registers(o, wide, extension, rm);
  }
  // A register and a constant in the code, whose place is returned: see set_constant_place.
  std::uint32_t op_rc(opcode o, bool wide, reg r) {
    put(o, rex_of(wide, number(r), 0, 0), false, (number(r) & 7) << 3 | 5, 8);
    store(0, 4);
    return here() - 4;
  }

  // As AVX encodes them: with a third register, an operand, or, where an instruction has none,
  // `no_operand` (Intel SDM volume 2, 2.3).
  static constexpr reg no_operand = reg::xmm0;
  DOVETAIL_NEVER_INLINE void vex_rr(opcode o, bool wide, reg r, reg v, reg rm) {
    put_vex(o, wide, number(r), 0, number(rm), v, 0xc0 | (number(r) & 7) << 3 | (number(rm) & 7),
            8);
  }
  DOVETAIL_NEVER_INLINE void vex_rm(opcode o, bool wide, reg r, reg v, address m) {
    const memory_form f(number(r), m);
    const unsigned index = m.index == reg::none ? 0 : number(m.index);
    put_vex(o, wide, number(r), index, number(m.base), v, f.bytes, f.bits);
    store(static_cast<std::uint32_t>(m.displacement), f.displacement_bytes);
  }
  /// With an opcode extension: `v` is what is written.
  void vex_nr(opcode o, unsigned extension, reg v, reg rm) {
    put_vex(o, false, extension, 0, number(rm), v, 0xc0 | extension << 3 | (number(rm) & 7), 8);
  }
  std::uint32_t vex_rc(opcode o, bool wide, reg r, reg v) {
    put_vex(o, wide, number(r), 0, 0, v, (number(r) & 7) << 3 | 5, 8);
    store(0, 4);
    return here() - 4;
  }

  // Moves.
  void mov_rr(bool wide, reg to, reg from) { byte_rr(0x89, wide, from, to); }
  DOVETAIL_ALWAYS_INLINE void mov_rm(bool wide, reg to, address m) {
    is_in_frame(m) ? byte_slot(0x8b, wide, to, m.displacement) : op_rm({0, 0, 0x8b}, wide, to, m);
  }
  DOVETAIL_ALWAYS_INLINE void mov_mr(bool wide, address m, reg from) {
    is_in_frame(m) ? byte_slot(0x89, wide, from, m.displacement)
                   : op_rm({0, 0, 0x89}, wide, from, m);
  }
  /// A constant in the shortest form that leaves the flags alone.
  DOVETAIL_NEVER_INLINE void mov_ri(reg to, std::uint64_t v) {
    if (v <= 0xffff'ffff) {
      const unsigned n = number(to) >> 3;
      const std::uint64_t code = 0xb8 | (number(to) & 7);
      store(n * 0x41u | code << 8 * n | v << 8 * (n + 1), n + 5);
    } else if (static_cast<std::int64_t>(v) == static_cast<std::int32_t>(v)) {
      byte_nr(0xc7, true, 0, to);
      store(static_cast<std::uint32_t>(v), 4);
    } else {
      store(0x48u | number(to) >> 3 | (0xb8u | (number(to) & 7)) << 8, 2);
      store(v, 8);
    }
  }
  /// A sign-extended constant of 32 bits to memory.
  DOVETAIL_NEVER_INLINE void mov_mi(bool wide, address m, std::int32_t v) {
    op_nm({0, 0, 0xc7}, wide, 0, m);
    store(static_cast<std::uint32_t>(v), 4);
  }
  void lea(bool wide, reg to, address m) { op_rm({0, 0, 0x8d}, wide, to, m); }
  void movzx8(reg to, reg from) { op_rr({0, 0x0f, 0xb6, true}, false, to, from); }

  // Arithmetic.
  void alu_rr(alu o, bool wide, reg to, reg from) { byte_rr(opcode_of(o, 1), wide, from, to); }
  DOVETAIL_ALWAYS_INLINE void alu_rm(alu o, bool wide, reg to, address m) {
    is_in_frame(m) ? byte_slot(opcode_of(o, 3), wide, to, m.displacement)
                   : op_rm({0, 0, opcode_of(o, 3)}, wide, to, m);
  }
  DOVETAIL_NEVER_INLINE void alu_ri(alu o, bool wide, reg to, std::int32_t v) {
    const bool is_short = v == static_cast<std::int8_t>(v);
    if (!is_short && to == reg::rax) {
      put_to_rax(opcode_of(o, 5), wide);
    } else {
      byte_nr(is_short ? 0x83 : 0x81, wide, static_cast<unsigned>(o), to);
    }
    store(static_cast<std::uint32_t>(v), is_short ? 1 : 4);
  }
  DOVETAIL_NEVER_INLINE void alu_mi(alu o, bool wide, address m, std::int32_t v) {
    const bool is_short = v == static_cast<std::int8_t>(v);
    op_nm({0, 0, static_cast<std::uint8_t>(is_short ? 0x83 : 0x81)}, wide, static_cast<unsigned>(o),
          m);
    store(static_cast<std::uint32_t>(v), is_short ? 1 : 4);
  }
  void test_rr(bool wide, reg a, reg b) { byte_rr(0x85, wide, b, a); }
  void imul_rr(bool wide, reg to, reg from) { op_rr({0, 0x0f, 0xaf}, wide, to, from); }
  void imul_rm(bool wide, reg to, address m) { op_rm({0, 0x0f, 0xaf}, wide, to, m); }
  void imul_rri(bool wide, reg to, reg from, std::int32_t v) {
    const bool is_short = v == static_cast<std::int8_t>(v);
    op_rr({0, 0, static_cast<std::uint8_t>(is_short ? 0x6b : 0x69)}, wide, to, from);
    store(static_cast<std::uint32_t>(v), is_short ? 1 : 4);
  }
  void shift_ri(shift o, bool wide, reg to, unsigned count) {
    byte_nr(count == 1 ? 0xd1 : 0xc1, wide, static_cast<unsigned>(o), to);
    if (count != 1) store(count, 1);
  }
  void shift_rcx(shift o, bool wide, reg to) { byte_nr(0xd3, wide, static_cast<unsigned>(o), to); }
  void neg_r(bool wide, reg to) { byte_nr(0xf7, wide, 3, to); }

  // Conditions. `c` is one of the processor's.
  void setcc_r(condition c, reg to) {
    op_nr({0, 0x0f, static_cast<std::uint8_t>(0x90 | static_cast<unsigned>(c)), true}, false, 0,
          to);
  }
  void cmov_rr(condition c, bool wide, reg to, reg from) {
    op_rr({0, 0x0f, static_cast<std::uint8_t>(0x40 | static_cast<unsigned>(c))}, wide, to, from);
  }

  // Jumps and calls. Those to come return the place of their distance, which ends them.
  std::uint32_t jump_forward() {
    store(0xe9, 5);
    return here() - 4;
  }
  std::uint32_t jump_forward(condition c) {
    store(0x0f | (0x80u | static_cast<unsigned>(c)) << 8, 6);
    return here() - 4;
  }
  void jump_back(std::uint32_t target) {
    const std::int64_t distance = std::int64_t{target} - here() - 2;
    if (distance >= -128) {
      store(0xeb | (static_cast<std::uint64_t>(distance) & 0xff) << 8, 2);
    } else {
      set_distance(jump_forward(), target);
    }
  }
  void jump_back(condition c, std::uint32_t target) {
    const std::int64_t distance = std::int64_t{target} - here() - 2;
    if (distance >= -128) {
      store(0x70u | static_cast<unsigned>(c) | (static_cast<std::uint64_t>(distance) & 0xff) << 8,
            2);
    } else {
      set_distance(jump_forward(c), target);
    }
  }
  /// A short forward jump over a few instructions; returns the place of its distance.
  std::uint32_t skip(condition c) {
    store(0x70u | static_cast<unsigned>(c), 2);
    return here() - 1;
  }
  void end_skip(std::uint32_t place) { *at(place) = static_cast<std::uint8_t>(here() - place - 1); }
  std::uint32_t call_forward() {
    store(0xe8, 5);
    return here() - 4;
  }
  void call_to(std::uint32_t target) { set_distance(call_forward(), target); }
  void call_r(reg r) { op_nr({0, 0, 0xff}, false, 2, r); }
  void call_m(address m) { op_nm({0, 0, 0xff}, false, 2, m); }
  void jump_r(reg r) { op_nr({0, 0, 0xff}, false, 4, r); }
  void jump_m(address m) { op_nm({0, 0, 0xff}, false, 4, m); }
  void return_() { store(0xc3, 1); }
  void push_r(reg r) { push_or_pop(0x50, r); }
  void pop_r(reg r) { push_or_pop(0x58, r); }
  void push_i(std::int8_t v) { store(0x6a | std::uint64_t{static_cast<std::uint8_t>(v)} << 8, 2); }

  [[nodiscard]] std::uint32_t word(std::uint32_t place) const {
    std::uint32_t v;
    std::memcpy(&v, top_ + place, 4);
    return v;
  }
  void set_word(std::uint32_t place, std::uint32_t v) { std::memcpy(top_ + place, &v, 4); }
  /// The distance at `place`, which ends its instruction, leads to `target`.
  void set_distance(std::uint32_t place, std::uint32_t target) {
    set_word(place, target - place - 4);
  }

  // What `op_rm` writes of the memory's base plus a register plus a constant.
  DOVETAIL_NEVER_INLINE void op_access(opcode o, bool wide, reg r, reg index, std::int32_t d) {
    const unsigned mode = d == 0 ? 0 : d == static_cast<std::int8_t>(d) ? 1 : 2;
    const unsigned rex = rex_of(wide, number(r), number(index), number(memory_register));
    const std::uint64_t operands = (mode << 6 | (number(r) & 7) << 3 | 4) |
                                   ((number(index) & 7) << 3 | (number(memory_register) & 7)) << 8;
    // The base is one of the registers that need a REX prefix, so there always is one.
    std::uint8_t* to = top_ + size_;
    *to = o.prefix;
    to += o.prefix_bits / 8;
    const unsigned bits = o.tail_bits;
    const std::uint64_t bytes = rex | std::uint64_t{o.tail} << 8 | operands << (8 + bits);
    std::memcpy(to, &bytes, 8);
    to += 3 + bits / 8;
    std::memcpy(to, &d, 4);
    size_ = static_cast<std::size_t>(to + mode * mode - top_);
  }
  /// Compares `index` plus a constant that is not zero with the memory's size; a jump to come is
  /// taken if it is above. Returns the place of the jump's distance.
  DOVETAIL_NEVER_INLINE std::uint32_t check_access(reg index, std::int32_t d) {
    // lea r11, [index + d]; cmp r11, r13; ja
    const bool is_short = d == static_cast<std::int8_t>(d);
    const unsigned low = number(index) & 7;
    const std::uint64_t lea = (0x4cu | number(index) >> 3) | 0x8d00u |
                              ((is_short ? 0x58u : 0x98u) | low) << 16 | 0x2400'0000u;
    std::uint8_t* to = top_ + size_;
    std::memcpy(to, &lea, 8);
    to += 3 + (low == 4);
    std::memcpy(to, &d, 4);
    to += is_short ? 1 : 4;
    constexpr std::uint64_t compare_and_jump = 0x870f'eb39'4d;
    static_assert(scratch == reg::r11 && size_register == reg::r13);
    std::memcpy(to, &compare_and_jump, 8);
    size_ = static_cast<std::size_t>(to + 9 - top_);
    return here() - 4;
  }

  // Floats: the mandatory prefix tells the width; there is none for whole registers.
  static constexpr std::uint8_t float_prefix(kind k) {
    return k == kind::f32 ? 0xf3 : k == kind::f64 ? 0xf2 : 0;
  }
  void float_rr(kind k, std::uint8_t code, reg to, reg from) {
    op_rr({float_prefix(k), 0x0f, code}, false, to, from);
  }
  void float_rm(kind k, std::uint8_t code, reg to, address m) {
    op_rm({float_prefix(k), 0x0f, code}, false, to, m);
  }
  void movaps(reg to, reg from) { op_rr({0, 0x0f, 0x28}, false, to, from); }
  /// Packed bit operations: andps 54, andnps 55, orps 56, xorps 57.
  void bits_rr(std::uint8_t code, reg to, reg from) { op_rr({0, 0x0f, code}, false, to, from); }
  void ucomis_rr(kind k, reg a, reg b) {
    op_rr({static_cast<std::uint8_t>(k == kind::f64 ? 0x66 : 0), 0x0f, 0x2e}, false, a, b);
  }
  /// Bits between an integer register and a float one.
  void to_float(bool wide, reg to, reg from) { op_rr({0x66, 0x0f, 0x6e}, wide, to, from); }
  void from_float(bool wide, reg to, reg from) { op_rr({0x66, 0x0f, 0x7e}, wide, from, to); }

  // Loads and stores of values by kind.
  DOVETAIL_ALWAYS_INLINE void load(kind k, reg to, address m) {
    is_float(k) ? float_rm(k, 0x10, to, m) : mov_rm(is_wide(k), to, m);
  }
  DOVETAIL_ALWAYS_INLINE void store_value(kind k, address m, reg from) {
    is_float(k) ? float_rm(k, 0x11, from, m) : mov_mr(is_wide(k), m, from);
  }
  void move(kind k, reg to, reg from) {
    is_float(k) ? movaps(to, from) : mov_rr(is_wide(k), to, from);
  }

  /// Whole words from memory to memory, through a scratch register.
  void copy_words(kind k, address to, address from) {
    if (k == kind::v128) {
      load(k, float_scratch, from);
      return store_value(k, to, float_scratch);
    }
    mov_rm(true, scratch, from);
    mov_mr(true, to, scratch);
  }

  /// Appends up to eight bytes.
  DOVETAIL_ALWAYS_INLINE void store(std::uint64_t bits, unsigned count) {
    std::memcpy(top_ + size_, &bits, 8);
    size_ += count;
  }

 private:
  static constexpr std::uint8_t opcode_of(alu o, unsigned form) {
    return static_cast<std::uint8_t>(static_cast<unsigned>(o) << 3 | form);
  }
  // What most instructions are: an opcode of one byte and integer registers, or a register and a
  // slot of the frame.
  void byte_rr(std::uint8_t code, bool wide, reg r, reg rm) { byte_nr(code, wide, number(r), rm); }
  DOVETAIL_NEVER_INLINE void byte_nr(std::uint8_t code, bool wide, unsigned r, reg rm) {
    const unsigned rex = rex_of(wide, r, 0, number(rm)), rex_bits = rex != 0x40 ? 8 : 0;
    const unsigned bits = code | (0xc0 | (r & 7) << 3 | (number(rm) & 7)) << 8;
    store(bits << rex_bits | (rex_bits != 0 ? rex : 0), 2 + rex_bits / 8);
  }
  static bool is_in_frame(address m) { return m.base == reg::rsp && m.index == reg::none; }
  DOVETAIL_NEVER_INLINE void byte_slot(std::uint8_t code, bool wide, reg r, std::int32_t d) {
    const unsigned rex = rex_of(wide, number(r), 0, 0), rex_bits = rex != 0x40 ? 8 : 0;
    const unsigned mode = d == 0 ? 0 : d == static_cast<std::int8_t>(d) ? 1 : 2;
    const unsigned head = code | (mode << 6 | (number(r) & 7) << 3 | 4) << 8 | 0x24'0000;
    const std::uint64_t bits = head | std::uint64_t{static_cast<std::uint32_t>(d)} << 24;
    store(bits << rex_bits | (rex_bits != 0 ? rex : 0), 3 + rex_bits / 8 + mode * mode);
  }
  void put_to_rax(std::uint8_t code, bool wide) {
    store(wide ? 0x48u | unsigned{code} << 8 : code, wide ? 2 : 1);
  }
  // sil, dil, spl and bpl are there only with a REX prefix.
  static bool is_narrow(opcode o, reg r) { return o.is_byte_operation & (number(r) >= 4); }

  // ModRM, SIB if there is one, and how long the displacement is.
  struct memory_form {
    DOVETAIL_ALWAYS_INLINE memory_form(unsigned n_reg, const address& m) {
      const unsigned base = number(m.base);
      const std::int32_t d = m.displacement;
      // Without a branch: how long a displacement is cannot be foreseen.
      const bool is_zero = d == 0 && (base & 7) != 5, is_short = d == static_cast<std::int8_t>(d);
      const unsigned mode = is_zero ? 0u : is_short ? 1u : 2u;
      const unsigned modrm = mode << 6 | (n_reg & 7) << 3;
      if (m.index == reg::none) {
        // Where rsp or r12 would be stands a SIB byte without an index (Intel SDM volume 2, 2.1.5).
        bytes = modrm | (base & 7) | 0x2400;
        bits = (base & 7) == 4 ? 16 : 8;
      } else {
        bytes = modrm | 4 | (unsigned{m.scale} << 6 | (number(m.index) & 7) << 3 | (base & 7)) << 8;
        bits = 16;
      }
      displacement_bytes = mode * mode;
    }
    unsigned bytes, bits, displacement_bytes;
  };

  // A VEX prefix of two bytes where that suffices, the opcode and what follows it.
  DOVETAIL_ALWAYS_INLINE void put_vex(opcode o, bool wide, unsigned r, unsigned x, unsigned b,
                                      reg v, unsigned operands, unsigned operand_bits) {
    const unsigned escape = o.tail_bits == 16 ? 1u : (o.tail >> 8 & 0xff) == 0x38 ? 2u : 3u;
    const unsigned prefix = o.prefix == 0 ? 0u : o.prefix == 0x66 ? 1u : o.prefix == 0xf3 ? 2u : 3u;
    const unsigned last = (~number(v) & 15) << 3 | prefix;
    const std::uint64_t rest = o.tail >> (o.tail_bits - 8) | operands << 8;
    if (escape == 1 && !wide && ((x | b) & 8) == 0) {
      store(0xc5u | ((~r & 8) << 4 | last) << 8 | rest << 16, 3 + operand_bits / 8);
    } else {
      const unsigned first = (~r & 8) << 4 | (~x & 8) << 3 | (~b & 8) << 2 | escape;
      store(0xc4u | first << 8 | (unsigned{wide} << 7 | last) << 16 | rest << 24,
            4 + operand_bits / 8);
    }
  }

  static constexpr unsigned rex_of(bool wide, unsigned r, unsigned x, unsigned b) {
    return 0x40u | unsigned{wide} << 3 | (r >> 3) << 2 | (x >> 3) << 1 | b >> 3;
  }
  // Prefixes, opcode and what follows it, up to seven bytes. Which registers need a REX prefix
  // cannot be foreseen, so there is no branch.
  DOVETAIL_ALWAYS_INLINE void put(opcode o, unsigned rex, bool needs_rex, std::uint64_t operands,
                                  unsigned operand_bits) {
    const unsigned rex_bits = (rex != 0x40 || needs_rex) ? 8 : 0;
    std::uint64_t bits = operands << o.tail_bits | o.tail;
    bits = bits << rex_bits | (rex_bits != 0 ? rex : 0);
    bits = bits << o.prefix_bits | o.prefix;
    store(bits, (operand_bits + o.tail_bits + rex_bits + o.prefix_bits) / 8);
  }
  DOVETAIL_ALWAYS_INLINE void put_registers(opcode o, bool wide, unsigned r, reg rm) {
    put(o, rex_of(wide, r, 0, number(rm)), is_narrow(o, rm), 0xc0 | (r & 7) << 3 | (number(rm) & 7),
        8);
  }

  void push_or_pop(unsigned code, reg r) {
    if (number(r) >= 8) {
      store(0x41u | (code | (number(r) & 7)) << 8, 2);
    } else {
      store(code | number(r), 1);
    }
  }

  std::uint8_t* top_;
  std::size_t size_ = 0;
};

}  // namespace dovetail::x64_jit

// ---- dovetail/x64/names.hpp

// What values and labels are called while code is emitted.

namespace dovetail::x64_jit {

/// Where a value is, or how it will be made when something needs it.
enum class place : std::uint8_t {
  constant,   ///< `bits`; of a vector its number, see value_emitter::number_of
  local,      ///< of number `index`: in its home or its slot, as long as nobody sets it
  temporary,  ///< in a register of its own
  spilled,    ///< on the operand stack, from its slot `index` on
  flags,      ///< in the processor's flags: true if `is_true` holds
  access,     ///< in memory 0, at a checked address, for the operator that follows
  scaled,     ///< a register shifted left by `index`, for the addition that follows
  sum,        ///< a local of number `bits` plus `index`, for the access that follows
};

/// What `name::is_true` says of a vector whose bytes are all ones or all zeros.
inline constexpr condition lane_mask = condition::o;

/// A value's name.
struct name {
  place what = place::constant;
  kind type = kind::i32;
  reg where = reg::none;  ///< the register it is in: a temporary's own, a local's home
  condition is_true = condition::e;
  std::uint32_t index = 0;
  std::uint64_t bits = 0;

  [[nodiscard]] bool is_constant() const { return what == place::constant; }
  [[nodiscard]] bool is_lane_mask() const { return type == kind::v128 && is_true == lane_mask; }
  [[nodiscard]] bool is_local(std::uint32_t i) const { return what == place::local && index == i; }
  /// The constant as a sign-extended immediate, if it is one.
  [[nodiscard]] bool fits_immediate() const {
    const auto v = static_cast<std::int64_t>(bits);
    return is_constant() && type != kind::v128 &&
           (type == kind::i32 || v == static_cast<std::int32_t>(v));
  }
  [[nodiscard]] std::int32_t immediate() const { return static_cast<std::int32_t>(bits); }
};
static_assert(sizeof(name) == 16);

// Names are written as two words, since they are read as such: a load that spans stores of single
// fields waits for all of them.
[[nodiscard]] inline name name_of(place what, kind type, reg where, condition c,
                                  std::uint32_t index, std::uint64_t bits) {
  struct words {
    std::uint64_t head, bits;
  };
  return std::bit_cast<name>(
      words{static_cast<std::uint64_t>(what) | static_cast<std::uint64_t>(type) << 8 |
                static_cast<std::uint64_t>(where) << 16 | static_cast<std::uint64_t>(c) << 24 |
                std::uint64_t{index} << 32,
            bits});
}
[[nodiscard]] inline name constant_name(kind type, std::uint64_t bits) {
  return name_of(place::constant, type, reg::none, condition::e, 0, bits);
}
[[nodiscard]] inline name local_name(kind type, std::uint32_t index, reg home) {
  return name_of(place::local, type, home, condition::e, index, 0);
}
[[nodiscard]] inline name temporary_name(kind type, reg where) {
  return name_of(place::temporary, type, where, condition::e, 0, 0);
}
[[nodiscard]] inline name spilled_name(kind type, std::uint32_t slot) {
  return name_of(place::spilled, type, reg::none, condition::e, slot, 0);
}
[[nodiscard]] inline name flags_name(condition c) {
  return name_of(place::flags, kind::i32, reg::none, c, 0, 0);
}

/// What lies in the memory, at its base plus `index`, if there is one, plus `displacement`. The
/// index may be a register of its own. A fault belongs to the operator at `offset`.
[[nodiscard]] inline name access_name(kind type, reg index, bool is_own, std::int32_t displacement,
                                      std::uint32_t offset) {
  return name_of(
      place::access, type, reg::none, condition::e, static_cast<std::uint32_t>(displacement),
      static_cast<std::uint64_t>(index) | std::uint64_t{is_own} << 8 | std::uint64_t{offset} << 32);
}
[[nodiscard]] inline reg index_of_access(const name& n) { return static_cast<reg>(n.bits & 0xff); }

/// A register shifted left by one to three bits. It may be a register of its own.
[[nodiscard]] inline name scaled_name(kind type, reg where, unsigned count, bool is_own) {
  return name_of(place::scaled, type, where, condition::e, count | (is_own ? 4u : 0), 0);
}
[[nodiscard]] inline unsigned count_of_scaled(const name& n) { return n.index & 3; }
[[nodiscard]] inline bool is_own_scaled(const name& n) { return n.index > 3; }

/// A sum of 32 bits that does not wrap around.
[[nodiscard]] inline name sum_name(std::uint32_t local, reg home, std::uint32_t constant) {
  return name_of(place::sum, kind::i32, home, condition::e, constant, local);
}

using live_names = live<name>;

/// A chain of forward jumps, threaded through their distances; 0 is its end.
using chain = std::uint32_t;

/// An open block.
struct block_label {
  std::uint32_t height = 0;      ///< operands below those the label carries
  std::uint32_t first_slot = 0;  ///< of those, on the operand stack
  std::uint32_t arity = 0;       ///< operands the label carries
  std::uint32_t head = 0;        ///< of a loop: where it begins
  chain waiting = 0;             ///< jumps to the end
  chain alternative = 0;         ///< of an if: the jump to its second arm
  kind type = kind::i32;         ///< of the one operand, if arity is 1
  bool is_loop = false;
  bool is_function = false;
};

}  // namespace dovetail::x64_jit

// ---- dovetail/x64/xbyak.hpp

// The one place that includes xbyak: it tells what the processor has, and tests compare every form
// of the encoder with its assembler's bytes. The assembler itself allocates beside the config's
// allocator, so nothing is compiled with it. Without exceptions in the program it has none either.

#if !defined(__cpp_exceptions) && !defined(_CPPUNWIND) && !defined(XBYAK_NO_EXCEPTION)
#define XBYAK_NO_EXCEPTION
#endif
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#endif
#if defined(__x86_64__) || defined(_M_X64)
#include <xbyak/xbyak.h>
#include <xbyak/xbyak_util.h>
#else
#error "dovetail/x64.hpp is for x86-64: name dovetail::interpreter as the backend elsewhere"
#endif
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

// ---- dovetail/x64/values.hpp

// Values while code is emitted: which register holds what, how a name becomes an operand, and what
// is put down when registers run out. The lowest layer of the emitter.

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

// ---- dovetail/x64/integers.hpp

// Integer operators: arithmetic, shifts, comparisons, division.

namespace dovetail::x64_jit {

class integer_emitter : public value_emitter {
 public:
  using value_emitter::value_emitter;

 protected:
  // Operators of two operands that the processor has as one instruction. Operands that `arithmetic`
  // and `compared` change are not used again: they are references, as registers are too few.
  name arithmetic(alu o, kind k, name& a, name& b) {
    if (o == alu::and_ && is_tested_next(k)) return tested(k, a, b);
    if (a.what == place::scaled || b.what == place::scaled) return scaled_sum(k, a, b);
    const bool commutes = o != alu::sub;
    const reg hint = wanted(k);
    if (commutes && should_exchange(a, b, hint)) std::swap(a, b);
    if (b.is_constant()) {
      if (const auto done = with_constant(o, k, a, b, hint); done.what == place::temporary)
        return done;
    } else if (o == alu::add) {
      // A sum into a third register is an address.
      const reg x = register_of(a), y = register_of(b);
      if (x != reg::none && y != reg::none && hint != x && hint != y &&
          (hint != reg::none || (!is_free_temporary(a) && !is_free_temporary(b)))) {
        const reg to = fresh(k, hint);
        a_.lea(is_wide(k), to, {x, y, 0, 0});
        release(a), release(b);
        return temporary_name(k, to);
      }
    }
    const reg to = own(a, hint, b);
    alu_operand(o, k, to, b);
    release(b);
    return result(k, to);
  }

  name multiplication(kind k, name a, name b) {
    const reg hint = wanted(k);
    if (should_exchange(a, b, hint)) std::swap(a, b);
    if (b.fits_immediate()) {
      const bool wide = is_wide(k);
      const std::uint64_t v = wide ? b.bits : static_cast<std::uint32_t>(b.bits);
      if (std::has_single_bit(v)) {
        return shift_by(shift::shl, k, a, static_cast<unsigned>(std::countr_zero(v)), hint);
      }
      const reg from = use(a);
      release(a);
      const reg to = hint != reg::none ? hint : allocate(k);
      if (v == 3 || v == 5 || v == 9) {
        a_.lea(wide, to, {from, from, static_cast<std::uint8_t>(v == 3 ? 1 : v == 5 ? 2 : 3), 0});
      } else {
        a_.imul_rri(wide, to, from, b.immediate());
      }
      return temporary_name(k, to);
    }
    const reg to = own(a, hint, b);
    if (is_in_memory(b)) {
      a_.imul_rm(is_wide(k), to, memory_of(b));
    } else {
      a_.imul_rr(is_wide(k), to, use(b));
    }
    release(b);
    return temporary_name(k, to);
  }

  name shifted(shift o, kind k, name a, name b) {
    const reg hint = wanted(k);
    const unsigned mask = is_wide(k) ? 63 : 31;
    if (b.is_constant()) return shift_by(o, k, a, static_cast<unsigned>(b.bits) & mask, hint);
    if (cpu_.has_shlx && o >= shift::shl) {
      const reg count = use(b), from = use(a, set_of(count));
      release(a), release(b);
      const reg to = fresh(k, hint);
      put_shlx(o, is_wide(k), to, from, count);
      return temporary_name(k, to);
    }
    return shift_by_rcx(o, k, a, b, hint);
  }

  name compared(condition c, kind k, name& a, name& b) {
    if ((a.is_constant() && !b.is_constant()) ||
        (a.what == place::access && register_of(b) != reg::none)) {
      std::swap(a, b);
      c = exchanged(c);
    }
    if (b.fits_immediate() && is_in_memory(a)) {
      a_.alu_mi(alu::cmp, is_wide(k), memory_of(a), b.immediate());
    } else if (const reg x = use(a); b.is_constant() && b.bits == 0) {
      a_.test_rr(is_wide(k), x, x);
    } else {
      alu_operand(alu::cmp, k, x, b);
    }
    release(a), release(b);
    flags_pending_ = true;
    return flags_name(c);
  }
  // Whether bits that are not zero.
  name tested(kind k, name a, name b) {
    if (a.is_constant() || is_in_memory(a)) std::swap(a, b);
    const reg x = use(a);
    if (b.fits_immediate()) {
      a_.op_nr({0, 0, 0xf7}, is_wide(k), 0, x);
      a_.store(static_cast<std::uint32_t>(b.immediate()), 4);
    } else if (is_in_memory(b)) {
      a_.op_rm({0, 0, 0x85}, is_wide(k), x, memory_of(b));
    } else {
      const reg y = b.is_constant() ? scratch : register_of(b);
      if (b.is_constant()) a_.mov_ri(scratch, b.bits);
      a_.test_rr(is_wide(k), x, y);
    }
    release(a), release(b);
    flags_pending_ = true;
    return flags_name(condition::ne);
  }
  // eqz of a comparison is its opposite.
  name is_zero(kind k, name a) {
    if (a.what == place::flags) {
      a.is_true = opposite(a.is_true);
      return a;
    }
    name zero = constant_name(k, 0);
    return compared(condition::e, k, a, zero);
  }

  // Division (core specification 4.3.2). The processor divides rdx:rax.
  name divided(kind k, bool is_signed, bool wants_remainder, name a, name b) {
    const bool wide = is_wide(k);
    if (b.is_constant()) {
      const name quick = divided_by_constant(k, is_signed, wants_remainder, a, b);
      if (quick.what == place::temporary) return quick;
    }
    const bool may_be_zero = !b.is_constant() || b.bits == 0;
    const bool may_overflow = is_signed && (!b.is_constant() || is_minus_one(k, b));
    // The divisor out of the way: rax and rdx are the dividend's.
    reg divisor = register_of(b);
    if (divisor == reg::none || divisor == reg::rax || divisor == reg::rdx) {
      divisor = scratch;
      move_to(scratch, b);
      release(b);
      b = constant_name(k, 0);
    }
    if (register_of(a) != reg::rax) {
      take(reg::rax);
      move_to(reg::rax, a);
      release(a);
    }
    take(reg::rdx);
    if (may_be_zero) {
      a_.test_rr(wide, divisor, divisor);
      trap_if(condition::e, trap_code::integer_divide_by_zero);
    }
    std::uint32_t around = 0;
    if (may_overflow) {
      a_.alu_ri(alu::cmp, wide, divisor, -1);
      const std::uint32_t usual = a_.skip(condition::ne);
      if (wants_remainder) {
        a_.alu_rr(alu::xor_, false, reg::rdx, reg::rdx);
      } else {
        a_.neg_r(wide, reg::rax);
        trap_if(condition::o, trap_code::integer_overflow);
      }
      around = a_.jump_forward();
      a_.end_skip(usual);
    }
    if (is_signed) {
      a_.store(wide ? 0x9948 : 0x99, wide ? 2 : 1);  // cdq, cqo
    } else {
      a_.alu_rr(alu::xor_, false, reg::rdx, reg::rdx);
    }
    a_.op_nr({0, 0, 0xf7}, wide, is_signed ? 7 : 6, divisor);
    if (around != 0) a_.set_distance(around, a_.here());
    release(b);
    release(wants_remainder ? reg::rax : reg::rdx);
    return temporary_name(k, wants_remainder ? reg::rdx : reg::rax);
  }

  name counted(op o, kind k, name a) {
    const bool wide = is_wide(k);
    const reg hint = wanted(k);
    const unsigned bits = wide ? 64 : 32;
    const bool is_native = o == op::i32_popcnt || o == op::i64_popcnt ? cpu_.has_popcnt
                           : o == op::i32_clz || o == op::i64_clz     ? cpu_.has_lzcnt
                                                                      : cpu_.has_tzcnt;
    const reg from = use(a);
    if (is_native) {
      release(a);
      const reg to = fresh(k, hint);
      const std::uint8_t byte = o == op::i32_popcnt || o == op::i64_popcnt ? 0xb8
                                : o == op::i32_clz || o == op::i64_clz     ? 0xbd
                                                                           : 0xbc;
      // The processor believes that the old value of the destination matters.
      if (to != from) a_.alu_rr(alu::xor_, false, to, to);
      a_.op_rr({0xf3, 0x0f, byte}, wide, to, from);
      return temporary_name(k, to);
    }
    const reg to = allocate(k);
    if (o == op::i32_popcnt || o == op::i64_popcnt) {
      count_bits(wide, to, from);
    } else if (o == op::i32_clz || o == op::i64_clz) {
      // bsr leaves its destination alone for zero, on every processor.
      a_.mov_ri(to, 2 * bits - 1);
      a_.op_rr({0, 0x0f, 0xbd}, wide, scratch, from);
      a_.cmov_rr(condition::ne, true, to, scratch);
      a_.alu_ri(alu::xor_, false, to, static_cast<std::int32_t>(bits - 1));
    } else {
      a_.mov_ri(to, bits);
      a_.op_rr({0, 0x0f, 0xbc}, wide, scratch, from);
      a_.cmov_rr(condition::ne, true, to, scratch);
    }
    release(a);
    return temporary_name(k, to);
  }

  // Sign and zero extension: one instruction that reads any register or memory.
  name extended(opcode o, bool wide, kind to_kind, name a) {
    const reg hint = wanted(to_kind);
    if (is_in_memory(a)) {
      const reg to = fresh(to_kind, hint);
      o.is_byte_operation = false;  // the byte is in memory
      a_.op_rm(o, wide, to, memory_of(a));
      return temporary_name(to_kind, to);
    }
    const reg from = use(a);
    release(a);
    const reg to = fresh(to_kind, hint);
    a_.op_rr(o, wide, to, from);
    return temporary_name(to_kind, to);
  }

  void alu_operand(alu o, kind k, reg to, name& b) {
    if (b.fits_immediate()) {
      a_.alu_ri(o, is_wide(k), to, b.immediate());
    } else if (b.is_constant()) {
      a_.mov_ri(scratch, b.bits);
      a_.alu_rr(o, is_wide(k), to, scratch);
    } else if (is_in_memory(b)) {
      a_.alu_rm(o, is_wide(k), to, memory_of(b));
    } else {
      a_.alu_rr(o, is_wide(k), to, register_of(b));
    }
  }

  // The result's flags compare it with zero.
  name result(kind k, reg to) {
    if (k == kind::i32) {
      result_flags_ = to;
      result_end_ = a_.here();
    }
    return temporary_name(k, to);
  }

 private:
  [[nodiscard]] bool should_exchange(const name& a, const name& b, reg hint) const {
    if (a.is_constant()) return !b.is_constant();
    if (b.is_constant()) return false;
    if (hint != reg::none && reads(b, hint)) return !reads(a, hint);
    if (hint != reg::none && reads(a, hint)) return false;
    return is_free_temporary(b) && !is_free_temporary(a);
  }

  // Sums with a constant into another register are addresses, masks of whole bytes are extensions.
  name with_constant(alu o, kind k, name& a, const name& b, reg hint) {
    const bool wide = is_wide(k);
    if ((o != alu::add && o != alu::sub) || !b.fits_immediate()) {
      // An access is read as wide as it is, since that may fault.
      if (o == alu::and_ && (b.bits == 0xff || b.bits == 0xffff) && a.what != place::access) {
        return b.bits == 0xff ? extended({0, 0x0f, 0xb6, true}, false, k, a)
                              : extended({0, 0x0f, 0xb7}, false, k, a);
      }
      if (o == alu::and_ && wide && b.bits == 0xffff'ffff) {
        const reg from = use(a);
        release(a);
        const reg to = fresh(k, hint);
        a_.mov_rr(false, to, from);
        return temporary_name(k, to);
      }
      return {};
    }
    const std::int32_t v = b.immediate();
    if (o == alu::sub && v == INT32_MIN) return {};
    const reg from = register_of(a);
    if (from == reg::none || hint == from || (hint == reg::none && is_free_temporary(a))) return {};
    release(a);
    const reg to = fresh(k, hint);
    a_.lea(wide, to, {from, reg::none, 0, o == alu::sub ? -v : v});
    return temporary_name(k, to);
  }

  // Whether the operator that follows adds the result to something.
  [[nodiscard]] bool is_added_next(kind k) const {
    return next_->what == told::binary && next_->pushed < 2 &&
           next_->operation == (is_wide(k) ? op::i64_add : op::i32_add);
  }
  name scaled_sum(kind k, name a, name b) {
    if (b.what == place::scaled) std::swap(a, b);
    const reg hint = wanted(k), index = a.where, base = register_of(b);
    const unsigned count = count_of_scaled(a);
    const bool is_own = is_own_scaled(a);
    if (base != reg::none) {
      if (is_own) release(index);
      release(b);
      const reg to = fresh(k, hint);
      a_.lea(is_wide(k), to, {base, index, static_cast<std::uint8_t>(count), 0});
      return temporary_name(k, to);
    }
    reg to = index;
    if (hint != reg::none && !reads(b, hint)) {
      to = hint;
      if (is_own) release(index);
    } else if (!is_own) {
      to = allocate(k);
    }
    if (to != index) a_.move(k, to, index);
    a_.shift_ri(shift::shl, is_wide(k), to, count);
    alu_operand(alu::add, k, to, b);
    release(b);
    return result(k, to);
  }

  name shift_by(shift o, kind k, name a, unsigned count, reg hint) {
    if (o == shift::shl && count - 1 < 3 && is_added_next(k)) {
      const reg index = use(a);
      return scaled_name(k, index, count, is_free_temporary(a));
    }
    const reg to = own(a, hint);
    if (count != 0) a_.shift_ri(o, is_wide(k), to, count);
    return temporary_name(k, to);
  }

  // shlx, shrx and sarx take their count from any register and leave the flags alone (BMI2).
  void put_shlx(shift o, bool wide, reg to, reg from, reg count) {
    const unsigned prefix = o == shift::shl ? 1 : o == shift::shr ? 3 : 2;
    const std::uint64_t bits =
        0xc4 | (0x42ull | (number(to) < 8 ? 0x80u : 0) | (number(from) < 8 ? 0x20u : 0)) << 8 |
        ((wide ? 0x80ull : 0) | (~number(count) & 15) << 3 | prefix) << 16 | 0xf7ull << 24 |
        (0xc0ull | (number(to) & 7) << 3 | (number(from) & 7)) << 32;
    a_.store(bits, 5);
  }

  name shift_by_rcx(shift o, kind k, name a, name b, reg hint) {
    // What is shifted may lie where the count must be.
    if (register_of(a) == reg::rcx) {
      const reg other = allocate(k, set_of(reg::rcx));
      a_.move(k, other, reg::rcx);
      a = temporary_name(k, other);
      free_ &= ~set_of(reg::rcx);
      move_to(reg::rcx, b);
      release(b);
    } else if (register_of(b) != reg::rcx) {
      take(reg::rcx);
      move_to(reg::rcx, b);
      release(b);
    }
    const reg to = own(a, hint, temporary_name(k, reg::rcx));
    a_.shift_rcx(o, is_wide(k), to);
    release(reg::rcx);
    return temporary_name(k, to);
  }

  [[nodiscard]] static bool is_minus_one(kind k, const name& n) {
    return is_wide(k) ? n.bits == ~std::uint64_t{0}
                      : static_cast<std::uint32_t>(n.bits) == 0xffff'ffff;
  }

  // Whether the operator that follows asks no more of a result than whether it is zero.
  [[nodiscard]] bool is_tested_next(kind k) const {
    if (next_->pushed != 0) return false;
    if (next_->what == told::unary)
      return next_->operation == (is_wide(k) ? op::i64_eqz : op::i32_eqz);
    return !is_wide(k) && (next_->what == told::branch_if || next_->what == told::enter_if ||
                           next_->what == told::select);
  }

  // Powers of two, and 32-bit numbers. What is neither has no quick form here: an empty name.
  name divided_by_constant(kind k, bool is_signed, bool wants_remainder, name& a, const name& b) {
    const bool wide = is_wide(k);
    const std::uint64_t v = wide ? b.bits : static_cast<std::uint32_t>(b.bits);
    if (is_signed || !std::has_single_bit(v)) {
      if (v == 0 || (is_signed && is_minus_one(k, b))) return {};
      if (!is_signed && v > (wide ? std::uint64_t{1} << 63 : 0x8000'0000)) return {};
      if (wide) return v == 1 ? name{} : divided_by_wide_product(is_signed, wants_remainder, a, v);
      return divided_by_product(is_signed, wants_remainder, a, static_cast<std::uint32_t>(v));
    }
    const auto shift_count = static_cast<unsigned>(std::countr_zero(v));
    const reg hint = wanted(k);
    if (!wants_remainder) return shift_by(shift::shr, k, a, shift_count, hint);
    const reg to = own(a, hint);
    name mask = constant_name(k, wide ? v - 1 : static_cast<std::uint32_t>(v - 1));
    alu_operand(alu::and_, k, to, mask);
    return result(k, to);
  }

  // The quotient as the upper bits of a product with the divisor's reciprocal (Granlund and
  // Montgomery, Division by Invariant Integers using Multiplication, PLDI 1994, figures 4.2 and
  // 5.2), in 64 bits.
  name divided_by_product(bool is_signed, bool wants_remainder, name& a, std::uint32_t divisor) {
    const reg from = use(a);
    const reg hint = wanted(kind::i32);
    const reg to = hint != reg::none && hint != from ? hint : allocate(kind::i32);
    is_signed ? put_signed_quotient(to, from, static_cast<std::int32_t>(divisor))
              : put_unsigned_quotient(to, from, divisor);
    if (wants_remainder) {
      a_.imul_rri(false, to, to, static_cast<std::int32_t>(divisor));
      a_.neg_r(false, to);
      a_.alu_rr(alu::add, false, to, from);
    }
    release(a);
    return temporary_name(kind::i32, to);
  }
  // The same in 128 bits, whose upper half the processor leaves in rdx.
  name divided_by_wide_product(bool is_signed, bool wants_remainder, name& a,
                               std::uint64_t divisor) {
    move_to(scratch, a);
    release(a);
    take(reg::rax);
    take(reg::rdx);
    const bool is_negative = is_signed && divisor >> 63 != 0;
    const std::uint64_t size = is_negative ? -divisor : divisor;
    const auto bits = static_cast<unsigned>(std::bit_width(size - 1));
    std::uint64_t rest = 0;
    const std::uint64_t factor = quotient_of_power(bits - 1, size, rest) + 1;
    if (is_signed) {
      put_upper_product(5, factor);  // which is taken for less than it is, by 2^64
      a_.alu_rr(alu::add, true, reg::rdx, scratch);
      if (bits > 1) a_.shift_ri(shift::sar, true, reg::rdx, bits - 1);
      // Towards zero: one more if the dividend is negative.
      a_.mov_rr(true, reg::rax, scratch);
      a_.shift_ri(shift::shr, true, reg::rax, 63);
      a_.alu_rr(alu::add, true, reg::rdx, reg::rax);
      if (is_negative) a_.neg_r(true, reg::rdx);
    } else if (size - rest <= std::uint64_t{1} << (bits - 1)) {
      put_upper_product(4, factor);
      if (bits > 1) a_.shift_ri(shift::shr, true, reg::rdx, bits - 1);
    } else {
      // It has 65 bits: half the difference is added before the shift.
      const std::uint64_t doubled = 2 * (factor - 1) + (rest >= size - rest ? 1 : 0);
      put_upper_product(4, doubled + 1);
      a_.mov_rr(true, reg::rax, scratch);
      a_.alu_rr(alu::sub, true, reg::rax, reg::rdx);
      a_.shift_ri(shift::shr, true, reg::rax, 1);
      a_.alu_rr(alu::add, true, reg::rdx, reg::rax);
      a_.shift_ri(shift::shr, true, reg::rdx, bits - 1);
    }
    if (wants_remainder) {
      a_.mov_ri(reg::rax, divisor);
      a_.imul_rr(true, reg::rax, reg::rdx);
      a_.neg_r(true, reg::rax);
      a_.alu_rr(alu::add, true, reg::rax, scratch);
    }
    release(wants_remainder ? reg::rdx : reg::rax);
    return temporary_name(kind::i64, wants_remainder ? reg::rax : reg::rdx);
  }
  // rdx is the upper half of the factor's product with the scratch register: mul 4, imul 5.
  void put_upper_product(unsigned extension, std::uint64_t factor) {
    a_.mov_ri(reg::rax, factor);
    a_.op_nr({0, 0, 0xf7}, true, extension, scratch);
  }
  // 2^(64 + `power`) divided by a greater number than 2^`power`.
  [[nodiscard]] static std::uint64_t quotient_of_power(unsigned power, std::uint64_t divisor,
                                                       std::uint64_t& rest) {
    std::uint64_t quotient = 0;
    rest = std::uint64_t{1} << power;
    for (unsigned i = 0; i < 64; ++i) {
      const bool is_greater = rest >= divisor - rest;
      rest = is_greater ? rest - (divisor - rest) : 2 * rest;
      quotient = 2 * quotient + (is_greater ? 1 : 0);
    }
    return quotient;
  }
  void put_product(reg to, reg from, std::uint64_t factor) {
    if (factor <= 0x7fff'ffff)
      return a_.imul_rri(true, to, from, static_cast<std::int32_t>(factor));
    a_.mov_ri(to, factor);
    a_.imul_rr(true, to, from);
  }
  void put_signed_quotient(reg to, reg from, std::int32_t divisor) {
    const std::int64_t wide = divisor;
    const auto size = static_cast<std::uint64_t>(wide < 0 ? -wide : wide);
    const auto bits = static_cast<unsigned>(std::bit_width(size - 1));
    a_.op_rr({0, 0, 0x63}, true, scratch, from);
    put_product(to, scratch, (std::uint64_t{1} << (31 + bits)) / size + 1);
    a_.shift_ri(shift::sar, true, to, 31 + bits);
    // Towards zero: one more if the dividend is negative.
    a_.shift_ri(shift::shr, true, scratch, 63);
    a_.alu_rr(alu::add, false, to, scratch);
    if (divisor < 0) a_.neg_r(false, to);
  }
  void put_unsigned_quotient(reg to, reg from, std::uint32_t divisor) {
    // The smallest factor that is exact for every dividend.
    std::uint64_t factor = 0;
    unsigned bits = 0;
    for (;; ++bits) {
      const std::uint64_t power = std::uint64_t{1} << (32 + bits);
      factor = (power - 1) / divisor + 1;
      if (factor * divisor - power <= std::uint64_t{1} << bits) break;
    }
    if (factor <= 0xffff'ffff) {
      put_product(to, from, factor);
      a_.shift_ri(shift::shr, true, to, 32 + bits);
      return;
    }
    // It has 33 bits: half the difference is added before the shift.
    put_product(to, from, factor - (std::uint64_t{1} << 32));
    a_.shift_ri(shift::shr, true, to, 32);
    a_.mov_rr(false, scratch, from);
    a_.alu_rr(alu::sub, false, scratch, to);
    a_.shift_ri(shift::shr, false, scratch, 1);
    a_.alu_rr(alu::add, false, to, scratch);
    a_.shift_ri(shift::shr, false, to, bits - 1);
  }

  // The sum of bits by halves (for processors without popcnt).
  void count_bits(bool wide, reg to, reg from) {
    const std::uint64_t ones = wide ? ~std::uint64_t{0} : 0xffff'ffff;
    const auto masked = [&](reg r, std::uint64_t mask) {
      const reg other = r == to ? scratch : to;
      a_.push_r(other);
      a_.mov_ri(other, mask & ones);
      a_.alu_rr(alu::and_, wide, r, other);
      a_.pop_r(other);
    };
    a_.mov_rr(wide, to, from);
    a_.mov_rr(wide, scratch, from);
    a_.shift_ri(shift::shr, wide, scratch, 1);
    masked(scratch, 0x5555'5555'5555'5555);
    a_.alu_rr(alu::sub, wide, to, scratch);
    a_.mov_rr(wide, scratch, to);
    a_.shift_ri(shift::shr, wide, scratch, 2);
    masked(scratch, 0x3333'3333'3333'3333);
    masked(to, 0x3333'3333'3333'3333);
    a_.alu_rr(alu::add, wide, to, scratch);
    a_.mov_rr(wide, scratch, to);
    a_.shift_ri(shift::shr, wide, scratch, 4);
    a_.alu_rr(alu::add, wide, to, scratch);
    masked(to, 0x0f0f'0f0f'0f0f'0f0f);
    a_.mov_ri(scratch, 0x0101'0101'0101'0101 & ones);
    a_.imul_rr(wide, to, scratch);
    a_.shift_ri(shift::shr, wide, to, wide ? 56 : 24);
  }
};

}  // namespace dovetail::x64_jit

// ---- dovetail/x64/floats.hpp

// Float operators, and conversions between all kinds of numbers.

namespace dovetail::x64_jit {

class float_emitter : public integer_emitter {
 public:
  using integer_emitter::integer_emitter;

 protected:
  static constexpr std::uint64_t sign_of(kind k) {
    return k == kind::f32 ? 0x8000'0000 : 0x8000'0000'0000'0000;
  }

  // add 58, mul 59, sub 5c, div 5e, sqrt 51.
  name float_arithmetic(std::uint8_t byte, kind k, name a, name b) {
    const reg hint = wanted(k);
    const bool commutes = byte == 0x58 || byte == 0x59;
    if (commutes && ((hint != reg::none && reads(b, hint)) ||
                     (is_free_temporary(b) && !is_free_temporary(a)))) {
      std::swap(a, b);
    }
    const reg to = own(a, hint, b);
    float_operand({a_.float_prefix(k), 0x0f, byte}, to, b);
    release(b);
    return temporary_name(k, to);
  }
  name square_root(kind k, name a) {
    const reg hint = wanted(k);
    if (is_in_memory(a)) {
      const reg to = fresh(k, hint);
      // Reading its own old value would make it wait for it.
      a_.bits_rr(0x57, to, to);
      a_.float_rm(k, 0x51, to, memory_of(a));
      return temporary_name(k, to);
    }
    const reg from = use(a);
    release(a);
    const reg to = fresh(k, hint);
    a_.float_rr(k, 0x51, to, from);
    return temporary_name(k, to);
  }
  // roundss and roundsd (SSE4.1): 8 nearest, 9 down, 10 up, 11 to zero, without exceptions.
  name rounded(std::uint8_t mode, kind k, name a) {
    const reg hint = wanted(k);
    const reg from = use(a);
    release(a);
    const reg to = fresh(k, hint);
    a_.op_rr({0x66, 0x0f3a, static_cast<std::uint8_t>(k == kind::f32 ? 0x0a : 0x0b)}, false, to,
             from);
    a_.store(mode, 1);
    return temporary_name(k, to);
  }

  // min and max: the processor's instruction answers with its second operand when they are equal or
  // unordered, where the specification wants the lesser zero, or a NaN (4.3.3).
  name least_or_greatest(bool is_min, kind k, name a, name b) {
    const reg x = use(b);
    const reg to = own(a, reg::none, b);
    const std::uint8_t packed = k == kind::f64 ? 0x66 : 0;
    a_.ucomis_rr(k, to, x);
    const std::uint32_t differ = a_.skip(condition::ne);  // and are ordered
    const std::uint32_t unordered = a_.skip(condition::p);
    a_.op_rr({packed, 0x0f, static_cast<std::uint8_t>(is_min ? 0x56 : 0x54)}, false, to, x);
    const std::uint32_t done = short_jump();
    a_.end_skip(unordered);
    a_.float_rr(k, 0x58, to, x);  // the sum of NaNs is a quiet NaN
    const std::uint32_t done_too = short_jump();
    a_.end_skip(differ);
    a_.float_rr(k, is_min ? 0x5d : 0x5f, to, x);
    a_.end_skip(done);
    a_.end_skip(done_too);
    release(b);
    return temporary_name(k, to);
  }

  // abs, neg and copysign work on the bits, NaNs included (4.3.3).
  name absolute(kind k, name a) { return with_bits(0x54, ~sign_of(k), k, a); }
  name negated(kind k, name a) { return with_bits(0x57, sign_of(k), k, a); }
  name with_sign_of(kind k, name a, name b) {
    const reg sign = use(b);
    const reg to = own(a, reg::none, b);
    load_mask(k, ~sign_of(k));
    a_.bits_rr(0x54, to, float_scratch);
    a_.op_rr({0, 0x0f, 0x55}, false, float_scratch, sign);  // andnps: not the mask, and b
    a_.bits_rr(0x56, to, float_scratch);
    release(b);
    return temporary_name(k, to);
  }

  // Comparisons: unordered sets carry, zero and parity, so "above" is false for it.
  name float_compared(op o, kind k, name a, name b) {
    condition c = condition::a;
    switch (o) {
      case op::f32_lt:
      case op::f64_lt: std::swap(a, b); break;
      case op::f32_le:
      case op::f64_le:
        std::swap(a, b);
        c = condition::ae;
        break;
      case op::f32_ge:
      case op::f64_ge: c = condition::ae; break;
      case op::f32_eq:
      case op::f64_eq: c = condition::float_e; break;
      case op::f32_ne:
      case op::f64_ne: c = condition::float_ne; break;
      default: break;
    }
    const reg x = use(a);
    float_operand({static_cast<std::uint8_t>(k == kind::f64 ? 0x66 : 0), 0x0f, 0x2e}, x, b);
    release(a), release(b);
    flags_pending_ = true;
    return flags_name(c);
  }

  name from_signed(kind to_kind, kind from_kind, name a) {
    const reg hint = wanted(to_kind);
    const reg to = hint != reg::none ? hint : allocate(to_kind);
    // cvtsi2sd leaves the upper half alone, and so waits for whoever wrote it last.
    a_.bits_rr(0x57, to, to);
    convert_integer(to_kind, is_wide(from_kind), to, a);
    return temporary_name(to_kind, to);
  }
  name from_unsigned_32(kind to_kind, name a) {
    const reg hint = wanted(to_kind);
    const reg to = hint != reg::none ? hint : allocate(to_kind);
    a_.bits_rr(0x57, to, to);
    const reg from = use(a);  // its upper half is zero, so it is a positive 64-bit number
    a_.op_rr({a_.float_prefix(to_kind), 0x0f, 0x2a}, true, to, from);
    release(a);
    return temporary_name(to_kind, to);
  }
  // Numbers of 64 bits are halved, with the lost bit kept for rounding, converted and doubled.
  name from_unsigned_64(kind to_kind, name a) {
    const reg to = allocate(to_kind);
    const reg from = use(a);
    const reg odd = allocate(false);  // not where the ways have parted: others may be put down
    const std::uint8_t prefix = a_.float_prefix(to_kind);
    a_.bits_rr(0x57, to, to);
    a_.test_rr(true, from, from);
    const std::uint32_t big = a_.skip(condition::s);
    a_.op_rr({prefix, 0x0f, 0x2a}, true, to, from);
    const std::uint32_t done = short_jump();
    a_.end_skip(big);
    a_.mov_rr(true, scratch, from);
    a_.mov_rr(false, odd, from);
    a_.alu_ri(alu::and_, false, odd, 1);
    a_.shift_ri(shift::shr, true, scratch, 1);
    a_.alu_rr(alu::or_, true, scratch, odd);
    a_.op_rr({prefix, 0x0f, 0x2a}, true, to, scratch);
    a_.float_rr(to_kind, 0x58, to, to);
    a_.end_skip(done);
    release(odd), release(a);
    return temporary_name(to_kind, to);
  }

  name changed_width(kind to_kind, kind from_kind, name a) {
    const reg hint = wanted(to_kind);
    const reg from = use(a);
    release(a);
    const reg to = fresh(to_kind, hint);
    if (to != from) a_.bits_rr(0x57, to, to);
    a_.float_rr(from_kind, 0x5a, to, from);
    return temporary_name(to_kind, to);
  }
  name reinterpreted(kind to_kind, name a) {
    if (is_in_memory(a) || a.is_constant()) {
      a.type = to_kind;
      if (a.is_constant()) return a;
      const reg to = fresh(to_kind, wanted(to_kind));
      a_.load(to_kind, to, memory_of(a));
      return temporary_name(to_kind, to);
    }
    const reg hint = wanted(to_kind);
    const reg from = use(a);
    const reg to = fresh(to_kind, hint);
    if (is_float(to_kind)) {
      a_.to_float(is_wide(to_kind), to, from);
    } else {
      a_.from_float(is_wide(to_kind), to, from);
    }
    release(a);
    return temporary_name(to_kind, to);
  }

  // Truncation to integers (4.3.3): a conversion that answers outside the range is looked at again
  // on a path of its own.
  name truncated(kind to_kind, bool is_signed, bool saturates, kind from_kind, name a) {
    const reg from = use(a);
    const reg to = allocate(to_kind);
    if (is_signed || to_kind == kind::i32) {
      truncate_in_range(to_kind, is_signed, saturates, from_kind, to, from);
    } else {
      truncate_unsigned_64(saturates, from_kind, to, from);
    }
    release(a);
    return temporary_name(to_kind, to);
  }

  std::uint32_t short_jump() {
    a_.store(0xeb, 2);
    return a_.here() - 1;
  }

 private:
  void float_operand(opcode o, reg to, name& b) {
    if (b.is_constant() && b.bits != 0) {
      use_constant(b.bits, a_.op_rc(o, false, to));
    } else if (is_in_memory(b)) {
      a_.op_rm(o, false, to, memory_of(b));
    } else {
      a_.op_rr(o, false, to, use(b, set_of(to)));
    }
  }
  // A constant in the float scratch register.
  void load_mask(kind k, std::uint64_t bits) {
    if (k == kind::f32) bits &= 0xffff'ffff;
    use_constant(bits, a_.op_rc({a_.float_prefix(k), 0x0f, 0x10}, false, float_scratch));
  }
  name with_bits(std::uint8_t byte, std::uint64_t mask, kind k, name a) {
    const reg to = own(a, wanted(k));
    load_mask(k, mask);
    a_.bits_rr(byte, to, float_scratch);
    return temporary_name(k, to);
  }
  void convert_integer(kind to_kind, bool wide, reg to, name& a) {
    const opcode o{a_.float_prefix(to_kind), 0x0f, 0x2a};
    if (is_in_memory(a)) {
      a_.op_rm(o, wide, to, memory_of(a));
    } else {
      a_.op_rr(o, wide, to, use(a));
      release(a);
    }
  }

  void convert_float(kind k, bool wide, reg to, reg from) {
    a_.op_rr({a_.float_prefix(k), 0x0f, 0x2c}, wide, to, from);
  }

  // All but unsigned 64-bit ones: the conversion to 64 bits is exact, or answers with the least
  // number there is.
  void truncate_in_range(kind to_kind, bool is_signed, bool saturates, kind k, reg to, reg from) {
    convert_float(k, true, to, from);
    condition is_fine = condition::e;
    if (to_kind == kind::i64) {
      a_.alu_ri(alu::cmp, true, to, 1);  // overflows for the least number alone
      is_fine = condition::no;
    } else if (is_signed) {
      a_.op_rr({0, 0, 0x63}, true, scratch, to);
      a_.alu_rr(alu::cmp, true, scratch, to);
    } else {
      a_.mov_rr(false, scratch, to);
      a_.alu_rr(alu::cmp, true, scratch, to);
    }
    const std::uint32_t fine = skip_far(is_fine);
    const std::uint64_t least = !is_signed             ? 0
                                : to_kind == kind::i64 ? 0x8000'0000'0000'0000
                                                       : 0x8000'0000;
    const std::uint64_t greatest = to_kind == kind::i64 ? 0x7fff'ffff'ffff'ffff
                                   : is_signed          ? 0x7fff'ffff
                                                        : 0xffff'ffff;
    if (saturates) {
      saturate(k, to, from, least, greatest);
    } else if (to_kind == kind::i64) {
      // The least number may be right.
      a_.ucomis_rr(k, from, from);
      trap_if(condition::p, trap_code::invalid_conversion);
      load_mask(k, k == kind::f32 ? 0xdf00'0000 : 0xc3e0'0000'0000'0000);  // -2^63
      a_.ucomis_rr(k, from, float_scratch);
      trap_if(condition::ne, trap_code::integer_overflow);
    } else {
      a_.ucomis_rr(k, from, from);
      trap_if(condition::p, trap_code::invalid_conversion);
      trap_if(condition::np, trap_code::integer_overflow);
    }
    a_.set_distance(fine, a_.here());
    if (to_kind == kind::i32) a_.mov_rr(false, to, to);
  }

  // Below 2^63 like signed ones; from there on less 2^63.
  void truncate_unsigned_64(bool saturates, kind k, reg to, reg from) {
    const reg rest = allocate(true);  // not where the ways have parted
    load_mask(k, k == kind::f32 ? 0x5f00'0000 : 0x43e0'0000'0000'0000);  // 2^63
    a_.ucomis_rr(k, from, float_scratch);
    const std::uint32_t big = skip_far(condition::ae);  // carry is set below and for NaN
    convert_float(k, true, to, from);
    a_.test_rr(true, to, to);
    const std::uint32_t done = skip_far(condition::ns);
    if (saturates) {
      a_.alu_rr(alu::xor_, false, to, to);  // negative, or not a number
    } else {
      a_.ucomis_rr(k, from, from);
      trap_if(condition::p, trap_code::invalid_conversion);
      trap_if(condition::np, trap_code::integer_overflow);
    }
    const std::uint32_t around = a_.jump_forward();
    a_.set_distance(big, a_.here());
    a_.movaps(rest, from);
    a_.float_rr(k, 0x5c, rest, float_scratch);
    convert_float(k, true, to, rest);
    release(rest);
    a_.test_rr(true, to, to);
    if (saturates) {
      const std::uint32_t in_range = a_.skip(condition::ns);
      a_.mov_ri(to, ~std::uint64_t{0});
      const std::uint32_t saturated = short_jump();
      a_.end_skip(in_range);
      flip_sign(to);
      a_.end_skip(saturated);
    } else {
      trap_if(condition::s, trap_code::integer_overflow);
      flip_sign(to);
    }
    a_.set_distance(done, a_.here());
    a_.set_distance(around, a_.here());
  }
  void flip_sign(reg to) {
    a_.mov_ri(scratch, 0x8000'0000'0000'0000);
    a_.alu_rr(alu::xor_, true, to, scratch);
  }

  // NaN is 0, the others the bound they are beyond.
  void saturate(kind k, reg to, reg from, std::uint64_t least, std::uint64_t greatest) {
    a_.bits_rr(0x57, float_scratch, float_scratch);
    a_.ucomis_rr(k, from, float_scratch);
    a_.mov_ri(to, 0);
    const std::uint32_t is_nan = a_.skip(condition::p);
    a_.mov_ri(to, greatest);
    const std::uint32_t is_above = a_.skip(condition::a);
    a_.mov_ri(to, least);
    a_.end_skip(is_nan);
    a_.end_skip(is_above);
  }

  std::uint32_t skip_far(condition c) { return a_.jump_forward(c); }
};

}  // namespace dovetail::x64_jit

// ---- dovetail/x64/numbers.hpp

// Numeric operators by number, and select: which form each has.

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

// ---- dovetail/x64/packed.hpp

// Opcodes of packed instructions, and which of them vector operators are.

namespace dovetail::x64_jit {

namespace packed {

// Instructions that sequences are made of (Intel SDM volume 2).
inline constexpr opcode pshufb{0x66, 0x0f38, 0x00}, pmaddubsw{0x66, 0x0f38, 0x04},
    pmulhrsw{0x66, 0x0f38, 0x0b}, ptest{0x66, 0x0f38, 0x17}, pmuldq{0x66, 0x0f38, 0x28},
    pcmpeqq{0x66, 0x0f38, 0x29}, pcmpgtq{0x66, 0x0f38, 0x37}, pmaxsd{0x66, 0x0f38, 0x3d};
inline constexpr opcode pblendw{0x66, 0x0f3a, 0x0e}, palignr{0x66, 0x0f3a, 0x0f},
    roundps{0x66, 0x0f3a, 0x08}, roundpd{0x66, 0x0f3a, 0x09}, insertps{0x66, 0x0f3a, 0x21};
inline constexpr opcode pextrb{0x66, 0x0f3a, 0x14}, pextrw{0x66, 0x0f3a, 0x15},
    pextrd{0x66, 0x0f3a, 0x16}, pinsrb{0x66, 0x0f3a, 0x20}, pinsrw{0x66, 0x0f, 0xc4},
    pinsrd{0x66, 0x0f3a, 0x22};
// AVX and FMA alone: lanes of 1, 4 and 8 bytes chosen by the signs of a mask, and products with a
// sum, of f32 lanes or, wide, of f64 lanes.
inline constexpr opcode vpblendvb{0x66, 0x0f3a, 0x4c}, vblendvps{0x66, 0x0f3a, 0x4a},
    vblendvpd{0x66, 0x0f3a, 0x4b}, vfmadd231{0x66, 0x0f38, 0xb8}, vfnmadd231{0x66, 0x0f38, 0xbc};
inline constexpr opcode punpcklbw{0x66, 0x0f, 0x60}, punpcklwd{0x66, 0x0f, 0x61},
    punpckldq{0x66, 0x0f, 0x62}, packsswb{0x66, 0x0f, 0x63}, punpckhbw{0x66, 0x0f, 0x68},
    punpckhwd{0x66, 0x0f, 0x69}, punpckhdq{0x66, 0x0f, 0x6a}, punpcklqdq{0x66, 0x0f, 0x6c},
    punpckhqdq{0x66, 0x0f, 0x6d}, pshufd{0x66, 0x0f, 0x70}, pshuflw{0xf2, 0x0f, 0x70},
    pshufhw{0xf3, 0x0f, 0x70};
inline constexpr opcode pcmpgtd{0x66, 0x0f, 0x66}, pcmpeqb{0x66, 0x0f, 0x74},
    pcmpeqw{0x66, 0x0f, 0x75}, pcmpeqd{0x66, 0x0f, 0x76}, pand{0x66, 0x0f, 0xdb},
    pandn{0x66, 0x0f, 0xdf}, por{0x66, 0x0f, 0xeb}, pxor{0x66, 0x0f, 0xef};
inline constexpr opcode paddb{0x66, 0x0f, 0xfc}, paddd{0x66, 0x0f, 0xfe}, paddq{0x66, 0x0f, 0xd4},
    paddusb{0x66, 0x0f, 0xdc}, psubb{0x66, 0x0f, 0xf8}, psubw{0x66, 0x0f, 0xf9},
    psubd{0x66, 0x0f, 0xfa}, psubq{0x66, 0x0f, 0xfb}, pmullw{0x66, 0x0f, 0xd5},
    pmulhw{0x66, 0x0f, 0xe5}, pmulhuw{0x66, 0x0f, 0xe4}, pmuludq{0x66, 0x0f, 0xf4},
    pmaddwd{0x66, 0x0f, 0xf5}, paddsw{0x66, 0x0f, 0xed}, pmovmskb{0x66, 0x0f, 0xd7};
inline constexpr opcode cvtdq2ps{0, 0x0f, 0x5b}, cvttps2dq{0xf3, 0x0f, 0x5b},
    cvtdq2pd{0xf3, 0x0f, 0xe6}, cvttpd2dq{0x66, 0x0f, 0xe6}, cvtps2pd{0, 0x0f, 0x5a},
    cvtpd2ps{0x66, 0x0f, 0x5a}, unpcklps{0, 0x0f, 0x14}, shufps{0, 0x0f, 0xc6},
    movlhps{0, 0x0f, 0x16}, movss{0xf3, 0x0f, 0x10}, movsd{0xf2, 0x0f, 0x10},
    movddup{0xf2, 0x0f, 0x12}, movups{0, 0x0f, 0x10}, movups_store{0, 0x0f, 0x11},
    movss_store{0xf3, 0x0f, 0x11}, movsd_store{0xf2, 0x0f, 0x11}, movhps_store{0, 0x0f, 0x17};

/// A float instruction of whole vectors: no prefix for f32, one for f64.
[[nodiscard]] constexpr opcode of_floats(kind lane, std::uint8_t byte) {
  return {static_cast<std::uint8_t>(lane == kind::f64 ? 0x66 : 0), 0x0f, byte};
}
inline constexpr std::uint8_t and_bits = 0x54, andn_bits = 0x55, or_bits = 0x56, xor_bits = 0x57,
                              sqrt_lanes = 0x51, add_lanes = 0x58, mul_lanes = 0x59,
                              sub_lanes = 0x5c, min_lanes = 0x5d, max_lanes = 0x5f,
                              cmp_lanes = 0xc2;
/// What cmp_lanes asks.
inline constexpr unsigned cmp_eq = 0, cmp_unordered = 3, cmp_not_less = 5, cmp_ordered = 7;

/// Shifts of lanes: by a constant, an opcode and its extension; by a register, one opcode.
struct shift_form {
  std::uint8_t group;
  std::uint8_t extension;
  std::uint8_t by_register;
};
inline constexpr shift_form psllw{0x71, 6, 0xf1}, psrlw{0x71, 2, 0xd1}, psraw{0x71, 4, 0xe1},
    pslld{0x72, 6, 0xf2}, psrld{0x72, 2, 0xd2}, psrad{0x72, 4, 0xe2}, psllq{0x73, 6, 0xf3},
    psrlq{0x73, 2, 0xd3};
[[nodiscard]] constexpr opcode by_register(shift_form f) { return {0x66, 0x0f, f.by_register}; }

}  // namespace packed

/// The instruction that an operator of two vectors is, if it is one.
struct packed_form {
  opcode code{0, 0, 0};
  bool commutes = false;
  bool has_immediate = false;
  std::uint8_t immediate = 0;
  bool needs_avx = false;
  bool exists = false;
};

[[nodiscard]] constexpr packed_form packed_form_of(op o) {
  constexpr bool commutes = true;
  const auto sse = [](std::uint8_t byte, bool can_exchange = false) {
    return packed_form{{0x66, 0x0f, byte}, can_exchange, false, 0, false, true};
  };
  const auto sse41 = [](std::uint8_t byte, bool can_exchange = false) {
    return packed_form{{0x66, 0x0f38, byte}, can_exchange, false, 0, false, true};
  };
  const auto floats = [](kind k, std::uint8_t byte, bool can_exchange = false) {
    return packed_form{packed::of_floats(k, byte), can_exchange, false, 0, false, true};
  };
  // The questions beyond the first eight are AVX's.
  const auto question = [](kind k, std::uint8_t which, bool can_exchange = false) {
    return packed_form{
        packed::of_floats(k, packed::cmp_lanes), can_exchange, true, which, which >= 8, true};
  };
  constexpr kind f = kind::f32, d = kind::f64;
  // clang-format off
  switch (o) {
    case op::i8x16_eq:               return sse(0x74, commutes);
    case op::i16x8_eq:               return sse(0x75, commutes);
    case op::i32x4_eq:               return sse(0x76, commutes);
    case op::i64x2_eq:               return sse41(0x29, commutes);
    case op::i8x16_gt_s:             return sse(0x64);
    case op::i16x8_gt_s:             return sse(0x65);
    case op::i32x4_gt_s:             return sse(0x66);
    case op::i64x2_gt_s:             return {packed::pcmpgtq, false, false, 0, true, true};
    case op::v128_and:               return sse(0xdb, commutes);
    case op::v128_or:                return sse(0xeb, commutes);
    case op::v128_xor:               return sse(0xef, commutes);
    case op::i8x16_narrow_i16x8_s:   return sse(0x63);
    case op::i8x16_narrow_i16x8_u:   return sse(0x67);
    case op::i16x8_narrow_i32x4_s:   return sse(0x6b);
    case op::i16x8_narrow_i32x4_u:   return sse41(0x2b);
    case op::i8x16_add:              return sse(0xfc, commutes);
    case op::i16x8_add:              return sse(0xfd, commutes);
    case op::i32x4_add:              return sse(0xfe, commutes);
    case op::i64x2_add:              return sse(0xd4, commutes);
    case op::i8x16_sub:              return sse(0xf8);
    case op::i16x8_sub:              return sse(0xf9);
    case op::i32x4_sub:              return sse(0xfa);
    case op::i64x2_sub:              return sse(0xfb);
    case op::i8x16_add_sat_s:        return sse(0xec, commutes);
    case op::i16x8_add_sat_s:        return sse(0xed, commutes);
    case op::i8x16_add_sat_u:        return sse(0xdc, commutes);
    case op::i16x8_add_sat_u:        return sse(0xdd, commutes);
    case op::i8x16_sub_sat_s:        return sse(0xe8);
    case op::i16x8_sub_sat_s:        return sse(0xe9);
    case op::i8x16_sub_sat_u:        return sse(0xd8);
    case op::i16x8_sub_sat_u:        return sse(0xd9);
    case op::i16x8_mul:              return sse(0xd5, commutes);
    case op::i32x4_mul:              return sse41(0x40, commutes);
    case op::i32x4_dot_i16x8_s:      return sse(0xf5, commutes);
    case op::i8x16_avgr_u:           return sse(0xe0, commutes);
    case op::i16x8_avgr_u:           return sse(0xe3, commutes);
    case op::i8x16_min_s:            return sse41(0x38, commutes);
    case op::i16x8_min_s:            return sse(0xea, commutes);
    case op::i32x4_min_s:            return sse41(0x39, commutes);
    case op::i8x16_max_s:            return sse41(0x3c, commutes);
    case op::i16x8_max_s:            return sse(0xee, commutes);
    case op::i32x4_max_s:            return sse41(0x3d, commutes);
    case op::i8x16_min_u:            return sse(0xda, commutes);
    case op::i16x8_min_u:            return sse41(0x3a, commutes);
    case op::i32x4_min_u:            return sse41(0x3b, commutes);
    case op::i8x16_max_u:            return sse(0xde, commutes);
    case op::i16x8_max_u:            return sse41(0x3e, commutes);
    case op::i32x4_max_u:            return sse41(0x3f, commutes);
    case op::f32x4_add:              return floats(f, 0x58, commutes);
    case op::f64x2_add:              return floats(d, 0x58, commutes);
    case op::f32x4_mul:              return floats(f, 0x59, commutes);
    case op::f64x2_mul:              return floats(d, 0x59, commutes);
    case op::f32x4_sub:              return floats(f, 0x5c);
    case op::f64x2_sub:              return floats(d, 0x5c);
    case op::f32x4_div:              return floats(f, 0x5e);
    case op::f64x2_div:              return floats(d, 0x5e);
    case op::f32x4_eq:               return question(f, 0x00, commutes);
    case op::f64x2_eq:               return question(d, 0x00, commutes);
    case op::f32x4_lt:               return question(f, 0x01);
    case op::f64x2_lt:               return question(d, 0x01);
    case op::f32x4_le:               return question(f, 0x02);
    case op::f64x2_le:               return question(d, 0x02);
    case op::f32x4_ne:               return question(f, 0x04, commutes);
    case op::f64x2_ne:               return question(d, 0x04, commutes);
    case op::f32x4_ge:               return question(f, 0x0d);
    case op::f64x2_ge:               return question(d, 0x0d);
    case op::f32x4_gt:               return question(f, 0x0e);
    case op::f64x2_gt:               return question(d, 0x0e);
    default:                         return {};
  }
  // clang-format on
}

namespace detail {

constexpr auto packed_forms_by_code() {
  std::array<packed_form, 256> forms{};
  for (std::size_t i = 0; i < op_count; ++i) {
    const op_row& row = row_of(static_cast<op>(i));
    const std::size_t code = row.code;
    if (row.prefix == 0xfd && code < forms.size()) forms[code] = packed_form_of(static_cast<op>(i));
  }
  return forms;
}

}  // namespace detail

/// The same by the operator's number behind its prefix.
inline constexpr auto packed_forms = detail::packed_forms_by_code();

}  // namespace dovetail::x64_jit

// ---- dovetail/x64/shared_vectors.hpp

// Vector constants that instruction sequences read: written once a module, beside its stubs.

namespace dovetail::x64_jit {

// The name, and the two halves of 64 bits, low one first.
// clang-format off
#define DOVETAIL_SHARED_VECTORS(ROW)                                                           \
  ROW(f32_signs,         0x8000'0000'8000'0000, 0x8000'0000'8000'0000)                         \
  ROW(f32_magnitudes,    0x7fff'ffff'7fff'ffff, 0x7fff'ffff'7fff'ffff)                         \
  ROW(f64_signs,         0x8000'0000'0000'0000, 0x8000'0000'0000'0000) /* of i64 too */        \
  ROW(f64_magnitudes,    0x7fff'ffff'ffff'ffff, 0x7fff'ffff'ffff'ffff)                         \
  ROW(i16_signs,         0x8000'8000'8000'8000, 0x8000'8000'8000'8000)                         \
  ROW(i8_ones,           0x0101'0101'0101'0101, 0x0101'0101'0101'0101)                         \
  ROW(i16_ones,          0x0001'0001'0001'0001, 0x0001'0001'0001'0001)                         \
  ROW(low_nibbles,       0x0f0f'0f0f'0f0f'0f0f, 0x0f0f'0f0f'0f0f'0f0f)                         \
  ROW(low_words,         0x0000'ffff'0000'ffff, 0x0000'ffff'0000'ffff)                         \
  ROW(bits_of_nibble,    0x0302'0201'0201'0100, 0x0403'0302'0302'0201) /* by the nibble */     \
  ROW(beyond_lanes,      0x7070'7070'7070'7070, 0x7070'7070'7070'7070) /* 128 less 16 */       \
  ROW(f32_2_23,          0x4b00'0000'4b00'0000, 0x4b00'0000'4b00'0000) /* 2^23 */              \
  ROW(f32_2_39,          0x5300'0000'5300'0000, 0x5300'0000'5300'0000)                         \
  ROW(f32_2_39_and_2_23, 0x5300'0080'5300'0080, 0x5300'0080'5300'0080) /* their sum */         \
  ROW(f32_2_31,          0x4f00'0000'4f00'0000, 0x4f00'0000'4f00'0000)                         \
  ROW(f64_most_i32,      0x41df'ffff'ffc0'0000, 0x41df'ffff'ffc0'0000) /* 2^31 - 1 */          \
  ROW(f64_most_u32,      0x41ef'ffff'ffe0'0000, 0x41ef'ffff'ffe0'0000) /* 2^32 - 1 */          \
  ROW(f64_2_52,          0x4330'0000'0000'0000, 0x4330'0000'0000'0000)                         \
  ROW(f64_2_52_above,    0x4330'0000'4330'0000, 0x4330'0000'4330'0000) /* its upper half */    \
  /* What a shift of bytes leaves of words shifted so far: left by 0 to 7, right by 0 to 7. */ \
  ROW(i8_shl,            0xffff'ffff'ffff'ffff, 0xffff'ffff'ffff'ffff)                         \
  ROW(i8_shl_1,          0xfefe'fefe'fefe'fefe, 0xfefe'fefe'fefe'fefe)                         \
  ROW(i8_shl_2,          0xfcfc'fcfc'fcfc'fcfc, 0xfcfc'fcfc'fcfc'fcfc)                         \
  ROW(i8_shl_3,          0xf8f8'f8f8'f8f8'f8f8, 0xf8f8'f8f8'f8f8'f8f8)                         \
  ROW(i8_shl_4,          0xf0f0'f0f0'f0f0'f0f0, 0xf0f0'f0f0'f0f0'f0f0)                         \
  ROW(i8_shl_5,          0xe0e0'e0e0'e0e0'e0e0, 0xe0e0'e0e0'e0e0'e0e0)                         \
  ROW(i8_shl_6,          0xc0c0'c0c0'c0c0'c0c0, 0xc0c0'c0c0'c0c0'c0c0)                         \
  ROW(i8_shl_7,          0x8080'8080'8080'8080, 0x8080'8080'8080'8080)                         \
  ROW(i8_shr,            0xffff'ffff'ffff'ffff, 0xffff'ffff'ffff'ffff)                         \
  ROW(i8_shr_1,          0x7f7f'7f7f'7f7f'7f7f, 0x7f7f'7f7f'7f7f'7f7f)                         \
  ROW(i8_shr_2,          0x3f3f'3f3f'3f3f'3f3f, 0x3f3f'3f3f'3f3f'3f3f)                         \
  ROW(i8_shr_3,          0x1f1f'1f1f'1f1f'1f1f, 0x1f1f'1f1f'1f1f'1f1f)                         \
  ROW(i8_shr_4,          0x0f0f'0f0f'0f0f'0f0f, 0x0f0f'0f0f'0f0f'0f0f)                         \
  ROW(i8_shr_5,          0x0707'0707'0707'0707, 0x0707'0707'0707'0707)                         \
  ROW(i8_shr_6,          0x0303'0303'0303'0303, 0x0303'0303'0303'0303)                         \
  ROW(i8_shr_7,          0x0101'0101'0101'0101, 0x0101'0101'0101'0101)
// clang-format on

#define DOVETAIL_NAME(NAME, LOW, HIGH) NAME,
/// Which of them.
enum class shared_vector : std::uint8_t { DOVETAIL_SHARED_VECTORS(DOVETAIL_NAME) };
#undef DOVETAIL_NAME

#define DOVETAIL_HALVES(NAME, LOW, HIGH) {LOW, HIGH},
/// All of them, by number.
inline constexpr std::uint64_t shared_vectors[][2] = {DOVETAIL_SHARED_VECTORS(DOVETAIL_HALVES)};
#undef DOVETAIL_HALVES

/// What readers of code call one.
[[nodiscard]] constexpr std::string_view text_of(shared_vector v) {
#define DOVETAIL_TEXT(NAME, LOW, HIGH) #NAME,
  constexpr std::string_view names[] = {DOVETAIL_SHARED_VECTORS(DOVETAIL_TEXT)};
#undef DOVETAIL_TEXT
  return names[static_cast<std::size_t>(v)];
}
#undef DOVETAIL_SHARED_VECTORS

static_assert(std::size(shared_vectors) < 256);

/// The one that is so many rows behind another.
[[nodiscard]] constexpr shared_vector row_behind(shared_vector first, unsigned rows) {
  return static_cast<shared_vector>(static_cast<unsigned>(first) + rows);
}

}  // namespace dovetail::x64_jit

// ---- dovetail/x64/vectors.hpp

// Vectors in registers: the forms of their instructions, and the operators that are one
// instruction. The lowest layer of vector operators.

namespace dovetail::x64_jit {

class vector_emitter : public number_emitter {
 public:
  using number_emitter::number_emitter;

  name vector_constant(const v128& v) { return constant_name(kind::v128, number_of(v)); }

 protected:
  // Instructions. With AVX three operands are three; without, the first is moved to the result.
  // `to` must not be `y` then, unless it is `x` too.
  void put(opcode o, reg to, reg x, reg y) {
    if (cpu_.has_avx) return a_.vex_rr(o, false, to, x, y);
    DOVETAIL_ASSERT(to == x || to != y);
    copy(to, x);
    a_.op_rr(o, false, to, y);
  }
  void put(opcode o, reg to, reg x, shared_vector y, unsigned trailing = 0) {
    std::uint32_t at;
    if (cpu_.has_avx) {
      at = a_.vex_rc(o, false, to, x);
    } else {
      copy(to, x);
      at = a_.op_rc(o, false, to);
    }
    lead_to(at, y, trailing);
  }
  void put(opcode o, reg to, reg x) {
    cpu_.has_avx ? a_.vex_rr(o, false, to, encoder::no_operand, x) : a_.op_rr(o, false, to, x);
  }
  // A constant of this function's own.
  void put_constant(opcode o, reg to, reg x, const name& constant, unsigned trailing = 0) {
    if (!cpu_.has_avx) copy(to, x);
    const std::uint32_t at = cpu_.has_avx ? a_.vex_rc(o, false, to, x) : a_.op_rc(o, false, to);
    use_vector(constant.bits, at, trailing);
  }
  // With a constant at the end.
  void put(opcode o, reg to, reg x, reg y, unsigned immediate) {
    put(o, to, x, y);
    a_.store(immediate, 1);
  }
  void put_immediate(opcode o, reg to, reg x, unsigned immediate) {
    put(o, to, x);
    a_.store(immediate, 1);
  }
  void put_immediate(opcode o, reg to, reg x, shared_vector y, unsigned immediate) {
    put(o, to, x, y, 1);
    a_.store(immediate, 1);
  }
  // Shifts by a constant: the opcode's extension says which.
  void put_shift(packed::shift_form f, reg to, reg x, unsigned count) {
    if (cpu_.has_avx) {
      a_.vex_nr({0x66, 0x0f, f.group}, f.extension, to, x);
    } else {
      copy(to, x);
      a_.op_nr({0x66, 0x0f, f.group}, false, f.extension, to);
    }
    a_.store(count, 1);
  }
  void copy(reg to, reg from) {
    if (to != from) a_.movaps(to, from);
  }
  void clear_vector(reg to) { a_.bits_rr(0x57, to, to); }
  void fill_vector(reg to) { put(packed::pcmpeqd, to, to, to); }
  void load_shared(reg to, shared_vector v) { lead_to(a_.op_rc({0, 0x0f, 0x28}, false, to), v, 0); }
  // Makes the distance at a place lead to a shared vector; `trailing` bytes end the instruction.
  void lead_to(std::uint32_t place, shared_vector v, unsigned trailing) {
    if (failure_ != status::ok) return;
    a_.set_distance(place, code_.stubs.vectors + 16 * static_cast<std::uint32_t>(v) - trailing);
  }

  // Registers for results. One that `a` may be read from and `b` may not,
  [[nodiscard]] reg over(const name& a, const name& b) {
    const reg hint = wanted(kind::v128);
    if (hint != reg::none && !reads(b, hint)) return hint;
    return is_free_temporary(a) && is_float(a.where) ? a.where : allocate(kind::v128);
  }
  [[nodiscard]] reg over(const name& a) { return over(a, constant_name(kind::v128, 0)); }
  // one that neither is read from,
  [[nodiscard]] reg beside(const name& a, const name& b) {
    const reg hint = wanted(kind::v128);
    return hint != reg::none && !reads(a, hint) && !reads(b, hint) ? hint : allocate(kind::v128);
  }
  [[nodiscard]] reg beside(const name& a) { return beside(a, a); }
  // and one that either may be read from, if instructions have three operands.
  [[nodiscard]] reg anywhere(const name& a, const name& b) {
    if (!cpu_.has_avx) return over(a, b);
    const reg hint = wanted(kind::v128);
    if (hint != reg::none) return hint;
    if (!is_free_temporary(a) && is_free_temporary(b) && is_float(b.where)) return b.where;
    return over(a);
  }
  // A vector in a register, its operands given back but for that one.
  name made(reg to, const name& a) {
    if (a.where != to) release(a);
    return temporary_name(kind::v128, to);
  }
  name made(reg to, const name& a, const name& b) {
    if (b.where != to) release(b);
    return made(to, a);
  }

  // Operators of one instruction: with one operand,
  name changed(opcode o, name a) {
    const reg x = use(a), to = over(a);
    put(o, to, x);
    return made(to, a);
  }
  name changed(opcode o, name a, unsigned immediate) {
    const reg x = use(a), to = over(a);
    put_immediate(o, to, x, immediate);
    return made(to, a);
  }
  name changed(opcode o, name a, shared_vector b) {
    const reg x = use(a), to = over(a);
    put(o, to, x, b);
    return made(to, a);
  }
  // with two, the second maybe in memory.
  name combined(packed_form f, name a, name b) {
    if (f.commutes && should_come_second(a, b)) std::swap(a, b);
    const reg x = use(a);
    const reg to = anywhere(a, b);
    put_operand(f, to, x, b);
    return made(to, a, b);
  }
  // Operators of two operands that are read from registers.
  struct register_pair {
    reg x, y;
  };
  register_pair use_both(name& a, name& b) {
    const reg x = use(a);
    return {x, use(b)};
  }

  // A register's 32 bits, less those that a shift of lanes ignores, in a vector register.
  void put_count(reg to, name& count, unsigned lane_bits, unsigned more = 0) {
    move_to(scratch, count);
    a_.alu_ri(alu::and_, false, scratch, static_cast<std::int32_t>(lane_bits - 1));
    if (more != 0) a_.alu_ri(alu::add, false, scratch, static_cast<std::int32_t>(more));
    a_.to_float(false, to, scratch);
    release(count);
  }

 private:
  // Whether an operand had better be the second one: it is in memory, or the result may go where
  // the other one is.
  [[nodiscard]] bool should_come_second(const name& a, const name& b) {
    const bool a_is_register = register_of(a) != reg::none;
    if (register_of(b) == reg::none) return false;
    if (!a_is_register) return true;
    if (cpu_.has_avx) return false;
    const reg hint = wanted(kind::v128);
    if (hint != reg::none) return reads(b, hint);
    return !is_free_temporary(a) && is_free_temporary(b);
  }
  void put_operand(const packed_form& f, reg to, reg x, name& b) {
    const opcode o = f.code;
    if (b.is_constant() && b.bits != 0) {
      put_constant(o, to, x, b, f.has_immediate ? 1 : 0);
    } else if (is_in_memory(b) && cpu_.has_avx) {
      a_.vex_rm(o, false, to, x, memory_of(b));
    } else {
      reg y = register_of(b);
      if (y == reg::none) move_to(y = float_scratch, b);
      put(o, to, x, y);
    }
    if (f.has_immediate) a_.store(f.immediate, 1);
  }
};

}  // namespace dovetail::x64_jit

// ---- dovetail/x64/vector_lanes.hpp

// Vector operators that move lanes: splat, extract, replace, shuffle, swizzle.

namespace dovetail::x64_jit {

/// The bytes that a shuffle takes, and what they have in common.
struct lane_pattern {
  std::array<std::uint8_t, 16> bytes{};

  /// Whether byte i is `first` + i.
  [[nodiscard]] constexpr bool is_run(unsigned first) const {
    for (unsigned i = 0; i < 16; ++i) {
      if (bytes[i] != first + i) return false;
    }
    return true;
  }
  /// Whether lanes of so many bytes stay together.
  [[nodiscard]] constexpr bool has_lanes(unsigned width) const {
    for (unsigned i = 0; i < 16; ++i) {
      if (bytes[i] % width != i % width || bytes[i] / width != bytes[i - i % width] / width)
        return false;
    }
    return true;
  }
  /// The number of the lane that is at a lane's place.
  [[nodiscard]] constexpr unsigned lane(unsigned width, unsigned i) const {
    return bytes[i * width] / width;
  }
  /// Whether lanes come from both vectors in turn, beginning with lane `first` of either.
  [[nodiscard]] constexpr bool is_interleaved(unsigned width, unsigned first) const {
    if (!has_lanes(width)) return false;
    for (unsigned i = 0; i < 16 / width; ++i) {
      if (lane(width, i) != first + i / 2 + i % 2 * (16 / width)) return false;
    }
    return true;
  }
  /// Whether every byte keeps its place in one or the other vector.
  [[nodiscard]] constexpr bool is_blend() const {
    for (unsigned i = 0; i < 16; ++i) {
      if (bytes[i] % 16 != i) return false;
    }
    return true;
  }
  /// Whether the bytes from one to another keep their places,
  [[nodiscard]] constexpr bool keeps(unsigned begin, unsigned end) const {
    for (unsigned i = begin; i < end; ++i) {
      if (bytes[i] != i) return false;
    }
    return true;
  }
  /// or come from those places.
  [[nodiscard]] constexpr bool is_within(unsigned begin, unsigned end) const {
    for (unsigned i = begin; i < end; ++i) {
      if (bytes[i] < begin || bytes[i] >= end) return false;
    }
    return true;
  }
  /// Whether one vector goes round, byte `first` first.
  [[nodiscard]] constexpr bool is_rotation(unsigned first) const {
    for (unsigned i = 0; i < 16; ++i) {
      if (bytes[i] != (first + i) % 16) return false;
    }
    return true;
  }
  /// Whether all bytes are of one vector, the first or the second.
  [[nodiscard]] constexpr bool is_of(unsigned vector) const {
    for (const std::uint8_t b : bytes) {
      if (b / 16 != vector) return false;
    }
    return true;
  }
  /// The same with the vectors exchanged.
  [[nodiscard]] constexpr lane_pattern exchanged() const {
    lane_pattern p = *this;
    for (std::uint8_t& b : p.bytes) b = static_cast<std::uint8_t>(b ^ 16);
    return p;
  }
  /// The same if both vectors are one.
  [[nodiscard]] constexpr lane_pattern of_one() const {
    lane_pattern p = *this;
    for (std::uint8_t& b : p.bytes) b = static_cast<std::uint8_t>(b & 15);
    return p;
  }
  /// The numbers of the bytes that come from one of the vectors, none where the other one's are.
  [[nodiscard]] constexpr v128 taken_from(unsigned vector) const {
    v128 numbers;
    for (unsigned i = 0; i < 16; ++i)
      numbers.bytes[i] = bytes[i] / 16 == vector ? bytes[i] & 15 : 0x80;
    return numbers;
  }
  /// Two bits for each of four lanes, as shuffles of the processor want them.
  [[nodiscard]] constexpr unsigned four(unsigned width, unsigned first = 0) const {
    unsigned bits = 0;
    for (unsigned i = 0; i < 4; ++i) bits |= (lane(width, first + i) & 3) << 2 * i;
    return bits;
  }
};

class lane_emitter : public vector_emitter {
 public:
  using vector_emitter::vector_emitter;

 protected:
  // Splats, extractions, replacements: integers by the bytes of a lane, floats by their kind.
  name splat_float(kind lane, name a) {
    if (a.is_constant()) return splat_constant(lane == kind::f64 ? 8 : 4, a.bits);
    const reg hint = wanted(kind::v128);
    const reg from = use(a);
    release(a);
    const reg to = fresh(kind::v128, hint);
    if (lane == kind::f64) {
      put(packed::movddup, to, from);
    } else {
      put(packed::shufps, to, from, from, 0);
    }
    return temporary_name(kind::v128, to);
  }
  name splat_integer(unsigned width, name a) {
    if (a.is_constant()) return splat_constant(width, a.bits);
    const reg hint = wanted(kind::v128);
    const reg from = use(a);
    const reg to = fresh(kind::v128, hint);
    a_.to_float(width == 8, to, from);
    release(a);
    spread_lowest(width, to);
    return temporary_name(kind::v128, to);
  }
  // The lowest lane to all lanes.
  void spread_lowest(unsigned width, reg to) {
    if (cpu_.has_avx2 && width < 4)
      return put({0x66, 0x0f38, static_cast<std::uint8_t>(width == 1 ? 0x78 : 0x79)}, to, to);
    switch (width) {
      case 1: clear_vector(float_scratch); return put(packed::pshufb, to, to, float_scratch);
      case 2: put_immediate(packed::pshuflw, to, to, 0); return put(packed::punpcklqdq, to, to, to);
      case 4: return put_immediate(packed::pshufd, to, to, 0);
      default: return put(packed::punpcklqdq, to, to, to);
    }
  }
  name splat_constant(unsigned width, std::uint64_t bits) {
    v128 all;
    for (unsigned i = 0; i < 16; ++i)
      all.bytes[i] = static_cast<std::uint8_t>(bits >> 8 * (i % width));
    return vector_constant(all);
  }

  // The lowest lane of floats is a float already.
  name extracted_float(kind lane, unsigned i, name a) {
    const unsigned width = lane == kind::f64 ? 8 : 4;
    if (a.is_constant()) {
      const v128 v = vector_of(a);
      const std::uint64_t bits = i * width < 8 ? v.low() : v.high();
      return constant_name(lane, width == 8 ? bits : bits >> 32 * (i & 1) & 0xffff'ffff);
    }
    if (i == 0) return a.type = lane, a;
    const reg hint = wanted(lane);
    if (is_in_memory(a)) {
      const reg to = fresh(lane, hint);
      a_.load(lane, to, lane_in_memory(a, i * width));
      return temporary_name(lane, to);
    }
    const reg from = use(a);
    release(a);
    const reg to = fresh(lane, hint);
    const unsigned four = lane == kind::f64 ? 0xee : 0xe4 | i;
    if (cpu_.has_avx) {
      put_immediate({0x66, 0x0f3a, 0x04}, to, from, four);  // vpermilps
    } else {
      put_immediate(packed::pshufd, to, from, four);
    }
    return temporary_name(lane, to);
  }
  name extracted(unsigned width, bool is_signed, unsigned i, name a) {
    const kind k = width == 8 ? kind::i64 : kind::i32;
    const reg hint = wanted(k);
    if (is_in_memory(a)) {
      const reg to = fresh(k, hint);
      const address m = lane_in_memory(a, i * width);
      if (width >= 4) {
        a_.mov_rm(width == 8, to, m);
      } else {
        const unsigned code = (is_signed ? 0xbeu : 0xb6u) | width >> 1;
        a_.op_rm({0, 0x0f, static_cast<std::uint8_t>(code)}, false, to, m);
      }
      return temporary_name(k, to);
    }
    const reg from = use(a);
    const reg to = fresh(k, hint);
    if (width >= 4 && i == 0) {
      a_.from_float(width == 8, to, from);
    } else {
      const opcode o = width == 1 ? packed::pextrb : width == 2 ? packed::pextrw : packed::pextrd;
      a_.op_rr(o, width == 8, from, to);
      a_.store(i, 1);
    }
    if (is_signed) {
      const opcode o{0, 0x0f, static_cast<std::uint8_t>(width == 1 ? 0xbe : 0xbf), width == 1};
      a_.op_rr(o, false, to, to);
    }
    release(a);
    return temporary_name(k, to);
  }

  name replaced_float(kind lane, unsigned i, name a, name b) {
    const auto [x, y] = use_both(a, b);
    const reg to = over(a, b);
    if (i == 0) {
      put(lane == kind::f64 ? packed::movsd : packed::movss, to, x, y);
    } else if (lane == kind::f64) {
      put(packed::movlhps, to, x, y);
    } else {
      put(packed::insertps, to, x, y, i << 4);
    }
    return made(to, a, b);
  }
  name replaced(unsigned width, unsigned i, name a, name b) {
    const reg x = use(a);
    const reg y = use(b);
    const reg to = over(a);
    const opcode o = insertion_of(width);
    if (cpu_.has_avx) {
      a_.vex_rr(o, width == 8, to, x, y);
    } else {
      copy(to, x);
      a_.op_rr(o, width == 8, to, y);
    }
    a_.store(i, 1);
    release(b);
    return made(to, a);
  }
  static opcode insertion_of(unsigned width) {
    return width == 1 ? packed::pinsrb : width == 2 ? packed::pinsrw : packed::pinsrd;
  }

  // Shuffles: of one vector or of two, the cheapest form that does.
  name shuffled(const v128& pattern, name a, name b) {
    lane_pattern p{pattern.bytes};
    if (is_same_value(a, b)) p = p.of_one();
    if (p.is_of(1)) {
      std::swap(a, b);
      p = p.exchanged();
    }
    if (p.is_of(0)) {
      release(b);
      return rearranged(p, a);
    }
    if (p.bytes[0] >= 16) {
      std::swap(a, b);
      p = p.exchanged();
    }
    return merged(p, a, b);
  }
  // Lanes by the numbers in another vector; none if there is no such lane.
  name swizzled(name a, name b) {
    if (b.is_constant()) {
      lane_pattern p;
      const v128 lanes = vector_of(b);
      bool is_shuffle = true;
      for (unsigned i = 0; i < 16; ++i) {
        is_shuffle &= lanes.bytes[i] < 16;
        p.bytes[i] = lanes.bytes[i] < 16 ? lanes.bytes[i] : 0x80;
      }
      if (is_shuffle) return rearranged(p, a);
      return combined(plain(packed::pshufb), a, vector_constant({p.bytes}));
    }
    const auto [x, y] = use_both(a, b);
    put(packed::paddusb, float_scratch, y, shared_vector::beyond_lanes);
    const reg to = over(a);
    put(packed::pshufb, to, x, float_scratch);
    return made(to, a, b);
  }

  name with_immediate(const opcode& o, name a, name b, unsigned immediate) {
    return combined({o, false, true, static_cast<std::uint8_t>(immediate), false, true}, a, b);
  }
  static packed_form plain(const opcode& o) { return {o, false, false, 0, false, true}; }

 private:
  static bool is_same_value(const name& a, const name& b) {
    return a.what == b.what && ((a.what == place::local && a.index == b.index) ||
                                (a.what == place::constant && a.bits == b.bits));
  }
  [[nodiscard]] address lane_in_memory(const name& n, unsigned byte) {
    address m = memory_of(n);
    m.displacement += static_cast<std::int32_t>(byte);
    return m;
  }

  // Of one vector.
  name rearranged(const lane_pattern& p, name a) {
    if (p.is_run(0)) return a;
    if (p.has_lanes(4)) return changed(packed::pshufd, a, p.four(4));
    if (p.has_lanes(2)) {
      if (p.keeps(8, 16) && p.is_within(0, 8)) return changed(packed::pshuflw, a, p.four(2));
      if (p.keeps(0, 8) && p.is_within(8, 16)) return changed(packed::pshufhw, a, p.four(2, 4));
    }
    if (const unsigned first = p.bytes[0]; p.is_rotation(first)) {
      const reg x = use(a), to = over(a);
      put(packed::palignr, to, x, x, first);
      return made(to, a);
    }
    return combined(plain(packed::pshufb), a, vector_constant({p.bytes}));
  }
  // Of two, the first byte from the first.
  name merged(const lane_pattern& p, name a, name b) {
    if (const opcode* o = interleaving(p); o != nullptr) return combined(plain(*o), a, b);
    if (p.has_lanes(4) && p.lane(4, 1) < 4 && p.lane(4, 2) >= 4 && p.lane(4, 3) >= 4)
      return with_immediate(packed::shufps, a, b, p.four(4));
    if (p.is_run(p.bytes[0])) return with_immediate(packed::palignr, b, a, p.bytes[0]);
    if (p.has_lanes(2) && p.is_blend()) {
      unsigned from_second = 0;
      for (unsigned i = 0; i < 8; ++i) from_second |= unsigned{p.lane(2, i) >= 8} << i;
      return with_immediate(packed::pblendw, a, b, from_second);
    }
    if (b.is_constant() && b.bits == 0) {
      if (const std::uint8_t byte = zero_extension(p); byte != 0)
        return changed({0x66, 0x0f38, byte}, a);
    }
    if (p.has_lanes(4)) return merged_lanes(p, a, b);
    const name of_a = vector_constant(p.taken_from(0)), of_b = vector_constant(p.taken_from(1));
    if (b.is_constant() && b.bits == 0) return combined(plain(packed::pshufb), a, of_a);
    if (a.is_constant() && a.bits == 0) return combined(plain(packed::pshufb), b, of_b);
    const auto [x, y] = use_both(a, b);
    put_constant(packed::pshufb, float_scratch, y, of_b);
    const reg to = over(a);
    put_constant(packed::pshufb, to, x, of_a);
    put(packed::por, to, to, float_scratch);
    return made(to, a, b);
  }
  // Lanes of 32 bits. One that is put among others,
  name merged_lanes(const lane_pattern& p, name a, name b) {
    unsigned count[2] = {}, chosen[2][4] = {}, order = 0, blend = 0, last = 0;
    bool is_in_place[2] = {true, true};
    for (unsigned i = 0; i < 4; ++i) {
      const unsigned lane = p.lane(4, i), of = lane / 4, number = lane % 4;
      unsigned k = 0;
      while (k < count[of] && chosen[of][k] != number) ++k;
      if (k == count[of]) chosen[of][count[of]++] = number;
      order |= (2 * of + (k & 1)) << 2 * i;
      is_in_place[of] &= number == i;
      if (of == 1) blend |= 3u << 2 * i, last = i;
    }
    const auto [x, y] = use_both(a, b);
    if (is_in_place[0] && blend == 3u << 2 * last)
      return with_immediate(packed::insertps, a, b, p.lane(4, last) % 4 << 6 | last << 4);
    const reg to = over(a, b);
    // two of each at most, chosen and then put in order,
    if (count[0] <= 2 && count[1] <= 2) {
      const auto pick = [&](unsigned of) {
        return chosen[of][0] | chosen[of][count[of] == 2 ? 1 : 0] << 2;
      };
      put(packed::shufps, to, x, y, pick(0) | pick(1) << 4);
      if (order != 0xe4) put(packed::shufps, to, to, to, order);
      return made(to, a, b);
    }
    // or all put in order and chosen.
    reg from = y;
    if (!is_in_place[1]) put_immediate(packed::pshufd, from = float_scratch, y, p.four(4));
    if (!is_in_place[0]) put_immediate(packed::pshufd, to, x, p.four(4));
    put(packed::pblendw, to, is_in_place[0] ? x : to, from, blend);
    return made(to, a, b);
  }
  // The instruction that extends lanes by zeros, which are the second vector: pmovzx; or 0.
  static std::uint8_t zero_extension(const lane_pattern& p) {
    struct form {
      unsigned from, to;
      std::uint8_t byte;
    };
    static constexpr form forms[] = {{1, 2, 0x30}, {1, 4, 0x31}, {1, 8, 0x32},
                                     {2, 4, 0x33}, {2, 8, 0x34}, {4, 8, 0x35}};
    for (const form& f : forms) {
      bool fits = true;
      for (unsigned i = 0; i < 16; ++i) {
        const unsigned within = i % f.to, number = i / f.to * f.from + within;
        fits &= within < f.from ? p.bytes[i] == number : p.bytes[i] >= 16;
      }
      if (fits) return f.byte;
    }
    return 0;
  }
  static const opcode* interleaving(const lane_pattern& p) {
    static constexpr opcode low[] = {packed::punpcklbw, packed::punpcklwd, packed::punpckldq,
                                     packed::punpcklqdq};
    static constexpr opcode high[] = {packed::punpckhbw, packed::punpckhwd, packed::punpckhdq,
                                      packed::punpckhqdq};
    for (unsigned i = 0; i < 4; ++i) {
      const unsigned width = 1u << i;
      if (p.is_interleaved(width, 0)) return &low[i];
      if (p.is_interleaved(width, 8 / width)) return &high[i];
    }
    return nullptr;
  }
};

}  // namespace dovetail::x64_jit

// ---- dovetail/x64/vector_integers.hpp

// Vector operators on integer lanes that take more than one instruction.

namespace dovetail::x64_jit {

class vector_integer_emitter : public lane_emitter {
 public:
  using lane_emitter::lane_emitter;

 protected:
  // Bits.
  name inverted(name a) {
    const reg x = use(a), to = over(a);
    fill_vector(float_scratch);
    put(packed::pxor, to, x, float_scratch);
    return made(to, a);
  }
  // A condition, as comparisons of numbers are.
  name is_any_true(name a) {
    const reg x = use(a);
    put(packed::ptest, x, x);
    release(a);
    flags_pending_ = true;
    return flags_name(condition::ne);
  }
  name are_all_true(opcode equal, name a) {
    const reg x = use(a);
    clear_vector(float_scratch);
    put(equal, float_scratch, float_scratch, x);
    put(packed::ptest, float_scratch, float_scratch);
    release(a);
    flags_pending_ = true;
    return flags_name(condition::e);
  }
  // Lanes by a mask that has all bits of them or none: pblendvb, with a fourth register. Others are
  // ((a ^ b) & c) ^ b.
  name selected_bits(name a, name b, name c) {
    if (a.is_constant() && a.bits == 0) return combined(plain(packed::pandn), c, b);
    if (b.is_constant() && b.bits == 0) return combined(packed_form_of(op::v128_and), a, c);
    if (is_lane_mask(c) && cpu_.has_avx) {
      const reg mask = use(c);
      const name result = with_immediate(packed::vpblendvb, b, a, number(mask) << 4);
      if (mask != result.where) release(c);
      return result;
    }
    const auto [x, y] = use_both(a, b);
    const reg z = use(c);
    put(packed::pxor, float_scratch, x, y);
    put(packed::pand, float_scratch, float_scratch, z);
    const reg to = over(b);
    put(packed::pxor, to, y, float_scratch);
    if (c.where != to) release(c);
    return made(to, b, a);
  }
  // The sign of every lane.
  name signs(unsigned width, name a) {
    const reg hint = wanted(kind::i32);
    reg x = use(a);
    const reg to = fresh(kind::i32, hint);
    if (width == 2) {
      put(packed::packsswb, float_scratch, x, x);
      x = float_scratch;
    }
    const opcode o =
        width <= 2 ? packed::pmovmskb : packed::of_floats(width == 4 ? kind::f32 : kind::f64, 0x50);
    put(o, to, x);
    if (width == 2) a_.movzx8(to, to);
    release(a);
    return temporary_name(kind::i32, to);
  }

  // Comparisons. What the processor has no instruction for is the opposite of what it has one for,
  name differ(packed_form equal, name a, name b) { return inverted(combined(equal, a, b)); }
  name exceeds(packed_form greater, bool is_opposite, name a, name b) {
    return is_opposite ? inverted(combined(greater, a, b)) : combined(greater, a, b);
  }
  // or asks whether the greater or lesser one of both is the first.
  name is_extreme(packed_form extreme, opcode equal, bool is_opposite, name a, name b) {
    const reg x = use(a);
    static_cast<void>(use(b));
    const reg to = over(b, a);
    put(extreme.code, to, b.where, x);
    put(equal, to, to, x);
    if (is_opposite) {
      fill_vector(float_scratch);
      put(packed::pxor, to, to, float_scratch);
    }
    return made(to, b, a);
  }
  // a > b of 64 bits. Without pcmpgtq: upper halves are greater, or equal while the difference of
  // the whole borrows from them.
  name exceeds_64(bool is_opposite, name a, name b) {
    if (cpu_.has_avx) return exceeds(packed_form_of(op::i64x2_gt_s), is_opposite, a, b);
    const auto [x, y] = use_both(a, b);
    const reg to = beside(a, b);
    put(packed::psubq, float_scratch, y, x);
    put(packed::pcmpeqd, to, x, y);
    put(packed::pand, to, to, float_scratch);
    put(packed::pcmpgtd, float_scratch, x, y);
    put(packed::por, to, to, float_scratch);
    put_immediate(packed::pshufd, to, to, 0xf5);
    const name result = made(to, a, b);
    return is_opposite ? inverted(result) : result;
  }

  // Arithmetic.
  name negated_lanes(opcode subtract, name a) {
    const reg x = use(a);
    if (cpu_.has_avx) {
      clear_vector(float_scratch);
      const reg to = over(a);
      put(subtract, to, float_scratch, x);
      return made(to, a);
    }
    const reg to = beside(a);
    clear_vector(to);
    put(subtract, to, to, x);
    return made(to, a);
  }
  name absolute_64(name a) {
    const reg x = use(a), to = over(a);
    put_immediate(packed::pshufd, float_scratch, x, 0xf5);
    put_shift(packed::psrad, float_scratch, float_scratch, 31);
    put(packed::pxor, to, x, float_scratch);
    put(packed::psubq, to, to, float_scratch);
    return made(to, a);
  }
  // Bits of every byte: those of its two halves, by a table.
  name counted_bits(name a) {
    const reg x = use(a), high = allocate(kind::v128), of_high = allocate(kind::v128);
    const reg to = over(a);
    load_shared(float_scratch, shared_vector::low_nibbles);
    put_shift(packed::psrlw, high, x, 4);
    put(packed::pand, high, high, float_scratch);
    put(packed::pand, to, x, float_scratch);
    load_shared(of_high, shared_vector::bits_of_nibble);
    copy(float_scratch, of_high);
    put(packed::pshufb, float_scratch, float_scratch, to);
    put(packed::pshufb, of_high, of_high, high);
    put(packed::paddb, to, float_scratch, of_high);
    release(high), release(of_high);
    return made(to, a);
  }
  // The one product that is out of range, of the least number and itself, comes out negative.
  name rounded_product(name a, name b) {
    const auto [x, y] = use_both(a, b);
    const reg to = over(a, b);
    put(packed::pmulhrsw, to, x, y);
    load_shared(float_scratch, shared_vector::i16_signs);
    put(packed::pcmpeqw, float_scratch, float_scratch, to);
    put(packed::pxor, to, to, float_scratch);
    return made(to, a, b);
  }
  // Products of the halves that do not overflow; those of lower and upper ones are moved up.
  name product_64(name a, name b) {
    const auto [x, y] = use_both(a, b);
    const reg other = allocate(kind::v128), to = over(a, b);
    put_shift(packed::psrlq, float_scratch, x, 32);
    put(packed::pmuludq, float_scratch, float_scratch, y);
    put_shift(packed::psrlq, other, y, 32);
    put(packed::pmuludq, other, other, x);
    put(packed::paddq, float_scratch, float_scratch, other);
    put_shift(packed::psllq, float_scratch, float_scratch, 32);
    put(packed::pmuludq, to, x, y);
    put(packed::paddq, to, to, float_scratch);
    release(other);
    return made(to, a, b);
  }

  // Lanes twice as wide, of the lower or the upper half: pmovsx and pmovzx.
  name extended_lanes(std::uint8_t byte, bool is_high, name a) {
    const opcode o{0x66, 0x0f38, byte};
    if (!is_high) return changed(o, a);
    const reg x = use(a), to = over(a);
    extend_high(o, to, x);
    return made(to, a);
  }
  void extend_high(opcode o, reg to, reg from) {
    put_immediate(packed::pshufd, to, from, 0xee);
    put(o, to, to);
  }
  name extended_product_8(bool is_signed, bool is_high, name a, name b) {
    const opcode extend{0x66, 0x0f38, static_cast<std::uint8_t>(is_signed ? 0x20 : 0x30)};
    const auto [x, y] = use_both(a, b);
    if (is_high) {
      extend_high(extend, float_scratch, y);
    } else {
      put(extend, float_scratch, y);
    }
    const reg to = over(a);
    if (is_high) {
      extend_high(extend, to, x);
    } else {
      put(extend, to, x);
    }
    put(packed::pmullw, to, to, float_scratch);
    return made(to, a, b);
  }
  name extended_product_16(bool is_signed, bool is_high, name a, name b) {
    const auto [x, y] = use_both(a, b);
    const reg to = over(a, b);
    put(is_signed ? packed::pmulhw : packed::pmulhuw, float_scratch, x, y);
    put(packed::pmullw, to, x, y);
    put(is_high ? packed::punpckhwd : packed::punpcklwd, to, to, float_scratch);
    return made(to, a, b);
  }
  name extended_product_32(bool is_signed, bool is_high, name a, name b) {
    const auto [x, y] = use_both(a, b);
    const unsigned both = is_high ? 0xfa : 0x50;
    put_immediate(packed::pshufd, float_scratch, y, both);
    const reg to = over(a);
    put_immediate(packed::pshufd, to, x, both);
    put(is_signed ? packed::pmuldq : packed::pmuludq, to, to, float_scratch);
    return made(to, a, b);
  }
  // Sums of neighbours: products with one, or of what is shifted down and what is masked.
  name pairwise_sums_8(bool is_signed, name a) {
    const reg x = use(a);
    if (!is_signed) {
      const reg to = over(a);
      put(packed::pmaddubsw, to, x, shared_vector::i8_ones);
      return made(to, a);
    }
    const reg to = beside(a);
    load_shared(to, shared_vector::i8_ones);
    put(packed::pmaddubsw, to, to, x);
    return made(to, a);
  }
  name pairwise_sums_16(bool is_signed, name a) {
    if (is_signed) return changed(packed::pmaddwd, a, shared_vector::i16_ones);
    const reg x = use(a), to = over(a);
    put_shift(packed::psrld, float_scratch, x, 16);
    put(packed::pand, to, x, shared_vector::low_words);
    put(packed::paddd, to, to, float_scratch);
    return made(to, a);
  }

  // Shifts.
  name shifted_lanes(packed::shift_form f, unsigned lane_bits, name a, name count) {
    if (count.is_constant()) {
      const unsigned n = static_cast<unsigned>(count.bits) & (lane_bits - 1);
      if (n == 0) return a;
      const reg x = use(a), to = over(a);
      put_shift(f, to, x, n);
      return made(to, a);
    }
    put_count(float_scratch, count, lane_bits);
    const reg x = use(a), to = over(a);
    put(packed::by_register(f), to, x, float_scratch);
    return made(to, a);
  }
  // Bytes are shifted as words; what came from the neighbour goes.
  name shifted_bytes(packed::shift_form f, shared_vector masks, name a, name count) {
    if (count.is_constant()) {
      const unsigned n = static_cast<unsigned>(count.bits) & 7;
      if (n == 0) return a;
      const reg x = use(a), to = over(a);
      put_shift(f, to, x, n);
      put(packed::pand, to, to, row_behind(masks, n));
      return made(to, a);
    }
    const reg table = allocate(false);
    put_count(float_scratch, count, 8);
    const reg x = use(a), to = over(a);
    put(packed::by_register(f), to, x, float_scratch);
    lead_to(a_.op_rc({0, 0, 0x8d}, true, table), masks, 0);
    a_.shift_ri(shift::shl, false, scratch, 4);
    const address mask{table, scratch, 0, 0};
    if (cpu_.has_avx) {
      a_.vex_rm(packed::pand, false, to, to, mask);
    } else {
      a_.op_rm(packed::pand, false, to, mask);
    }
    release(table);
    return made(to, a);
  }
  // With their sign, as the upper halves of words.
  name shifted_bytes_signed(name a, name count) {
    if (count.is_constant() && (count.bits & 7) == 0) return a;
    const bool is_constant = count.is_constant();
    const unsigned n = static_cast<unsigned>(count.bits & 7) + 8;
    const reg by = is_constant ? reg::none : allocate(kind::v128);
    if (!is_constant) put_count(by, count, 8, 8);
    const reg x = use(a), to = over(a);
    put(packed::punpckhbw, float_scratch, x, x);
    put(packed::punpcklbw, to, x, x);
    for (const reg r : {to, float_scratch}) {
      if (is_constant) {
        put_shift(packed::psraw, r, r, n);
      } else {
        put(packed::by_register(packed::psraw), r, r, by);
      }
    }
    put(packed::packsswb, to, to, float_scratch);
    release(by);
    return made(to, a);
  }
  // The sign bit, shifted as well, taken away where it was flipped.
  name shifted_64_signed(name a, name count) {
    if (count.is_constant() && (count.bits & 63) == 0) return a;
    const bool is_constant = count.is_constant();
    const unsigned n = static_cast<unsigned>(count.bits & 63);
    const reg by = is_constant ? reg::none : allocate(kind::v128);
    if (!is_constant) put_count(by, count, 64);
    const reg x = use(a), to = over(a);
    load_shared(float_scratch, shared_vector::f64_signs);
    if (is_constant) {
      put_shift(packed::psrlq, float_scratch, float_scratch, n);
      put_shift(packed::psrlq, to, x, n);
    } else {
      put(packed::by_register(packed::psrlq), float_scratch, float_scratch, by);
      put(packed::by_register(packed::psrlq), to, x, by);
    }
    put(packed::pxor, to, to, float_scratch);
    put(packed::psubq, to, to, float_scratch);
    release(by);
    return made(to, a);
  }
};

}  // namespace dovetail::x64_jit

// ---- dovetail/x64/vector_floats.hpp

// Vector operators on float lanes, and conversions of lanes, that take more than one instruction.

namespace dovetail::x64_jit {

class vector_float_emitter : public vector_integer_emitter {
 public:
  using vector_integer_emitter::vector_integer_emitter;

 protected:
  // Either operand first, since the processor answers with the second one for zeros and NaNs: the
  // lesser zero is the union of bits, the greater one their intersection. NaNs become all ones,
  // less what is not in the canonical one (4.3.3).
  name least_or_greatest_lanes(bool is_min, kind lane, name a, name b) {
    const auto [x, y] = use_both(a, b);
    const reg to = beside(a, b);
    const opcode choose = packed::of_floats(lane, is_min ? packed::min_lanes : packed::max_lanes);
    put(choose, float_scratch, x, y);
    put(choose, to, y, x);
    put(packed::of_floats(lane, is_min ? packed::or_bits : packed::and_bits), float_scratch,
        float_scratch, to);
    put(packed::of_floats(lane, packed::cmp_lanes), to, x, y, packed::cmp_unordered);
    put(packed::of_floats(lane, packed::or_bits), float_scratch, float_scratch, to);
    put_shift(lane == kind::f32 ? packed::psrld : packed::psrlq, to, to,
              lane == kind::f32 ? 10 : 13);
    put(packed::of_floats(lane, packed::andn_bits), to, to, float_scratch);
    return made(to, a, b);
  }
  // The second operand if it is less (or greater), the first one otherwise: the processor's own
  // with the operands exchanged.
  name pseudo_extreme(bool is_min, kind lane, name a, name b) {
    const opcode o = packed::of_floats(lane, is_min ? packed::min_lanes : packed::max_lanes);
    return combined(plain(o), b, a);
  }

  // Truncation: NaN is 0, the others the bound they are beyond (4.3.3). The processor answers with
  // the least number where it cannot.
  name truncated_f32(name a) {
    const reg x = use(a), to = over(a);
    put(packed::of_floats(kind::f32, packed::cmp_lanes), float_scratch, x, x, packed::cmp_eq);
    put(packed::of_floats(kind::f32, packed::and_bits), to, x, float_scratch);
    put_immediate(packed::of_floats(kind::f32, packed::cmp_lanes), float_scratch, to,
                  shared_vector::f32_2_31, packed::cmp_not_less);
    put(packed::cvttps2dq, to, to);
    put(packed::pxor, to, to, float_scratch);
    return made(to, a);
  }
  // What is beyond 2^31 is the sum of what the processor answers, 2^31, and the rest.
  name truncated_f32_unsigned(name a) {
    const reg x = use(a), rest = allocate(kind::v128), to = over(a);
    clear_vector(float_scratch);
    put(packed::of_floats(kind::f32, packed::max_lanes), to, x, float_scratch);
    put(packed::of_floats(kind::f32, packed::sub_lanes), rest, to, shared_vector::f32_2_31);
    put_immediate(packed::of_floats(kind::f32, packed::cmp_lanes), float_scratch, rest,
                  shared_vector::f32_2_31, packed::cmp_not_less);
    put(packed::cvttps2dq, rest, rest);
    put(packed::pxor, rest, rest, float_scratch);
    clear_vector(float_scratch);
    put(packed::pmaxsd, rest, rest, float_scratch);
    put(packed::cvttps2dq, to, to);
    put(packed::paddd, to, to, rest);
    release(rest);
    return made(to, a);
  }
  name truncated_f64(name a) {
    const reg x = use(a), to = over(a);
    put(packed::of_floats(kind::f64, packed::cmp_lanes), float_scratch, x, x, packed::cmp_eq);
    put(packed::of_floats(kind::f64, packed::and_bits), float_scratch, float_scratch,
        shared_vector::f64_most_i32);
    put(packed::of_floats(kind::f64, packed::min_lanes), to, x, float_scratch);
    put(packed::cvttpd2dq, to, to);
    return made(to, a);
  }
  // Whole numbers are the lower bits of their sum with 2^52.
  name truncated_f64_unsigned(name a) {
    const reg x = use(a), to = over(a);
    clear_vector(float_scratch);
    put(packed::of_floats(kind::f64, packed::max_lanes), to, x, float_scratch);
    put(packed::of_floats(kind::f64, packed::min_lanes), to, to, shared_vector::f64_most_u32);
    put_immediate(packed::roundpd, to, to, 11);
    put(packed::of_floats(kind::f64, packed::add_lanes), to, to, shared_vector::f64_2_52);
    put(packed::shufps, to, to, float_scratch, 0x88);
    return made(to, a);
  }

  // Halves of a number are the lower bits of 2^23 and of 2^39; their sum is rounded once.
  name f32_from_unsigned(name a) {
    const reg x = use(a), to = over(a);
    put_shift(packed::psrld, float_scratch, x, 16);
    put_immediate(packed::pblendw, to, x, shared_vector::f32_2_23, 0xaa);
    put_immediate(packed::pblendw, float_scratch, float_scratch, shared_vector::f32_2_39, 0xaa);
    put(packed::of_floats(kind::f32, packed::sub_lanes), float_scratch, float_scratch,
        shared_vector::f32_2_39_and_2_23);
    put(packed::of_floats(kind::f32, packed::add_lanes), to, to, float_scratch);
    return made(to, a);
  }
  name f64_from_unsigned(name a) {
    const reg x = use(a), to = over(a);
    put(packed::unpcklps, to, x, shared_vector::f64_2_52_above);
    put(packed::of_floats(kind::f64, packed::sub_lanes), to, to, shared_vector::f64_2_52);
    return made(to, a);
  }
};

}  // namespace dovetail::x64_jit

// ---- dovetail/x64/vector_relaxed.hpp

// Relaxed vector operators: as the deterministic profile has them, or as the processor does.

namespace dovetail::x64_jit {

class vector_relaxed_emitter : public vector_float_emitter {
 public:
  using vector_float_emitter::vector_float_emitter;

 protected:
  // The instruction that an operator of one or two vectors is, if it may be the processor's.
  [[nodiscard]] packed_form native_form_of(op o) const {
    if (!is_native_) return {};
    const auto floats = [](kind lane, std::uint8_t byte) {
      return plain(packed::of_floats(lane, byte));
    };
    // clang-format off
    switch (o) {
      case op::i8x16_relaxed_swizzle:            return plain(packed::pshufb);
      case op::i16x8_relaxed_q15mulr_s:          return plain(packed::pmulhrsw);
      case op::i32x4_relaxed_trunc_f32x4_s:      return plain(packed::cvttps2dq);
      case op::i32x4_relaxed_trunc_f64x2_s_zero: return plain(packed::cvttpd2dq);
      case op::f32x4_relaxed_min:                return floats(kind::f32, packed::min_lanes);
      case op::f32x4_relaxed_max:                return floats(kind::f32, packed::max_lanes);
      case op::f64x2_relaxed_min:                return floats(kind::f64, packed::min_lanes);
      case op::f64x2_relaxed_max:                return floats(kind::f64, packed::max_lanes);
      default:                                   return {};
    }
    // clang-format on
  }

  // The operator that it is otherwise.
  [[nodiscard]] static op deterministic(op o) {
    DOVETAIL_ASSERT(settled(o) != o);
    return settled(o);
  }

  name relaxed_dot(name a, name b) {
    if (is_native_) return combined(plain(packed::pmaddubsw), b, a);
    const auto [x, y] = use_both(a, b);
    const reg other = allocate(kind::v128), to = over(a, b);
    put_dot(to, other, x, y);
    release(other);
    return made(to, a, b);
  }
  name put_relaxed_ternary(op o, name a, name b, name c) {
    switch (o) {
      case op::f32x4_relaxed_madd: return product_and_sum(kind::f32, false, a, b, c);
      case op::f64x2_relaxed_madd: return product_and_sum(kind::f64, false, a, b, c);
      case op::f32x4_relaxed_nmadd: return product_and_sum(kind::f32, true, a, b, c);
      case op::f64x2_relaxed_nmadd: return product_and_sum(kind::f64, true, a, b, c);
      case op::i32x4_relaxed_dot_i8x16_i7x16_add_s: return relaxed_dot_sum(a, b, c);
      default: break;
    }
    DOVETAIL_ASSERT(deterministic(o) == op::v128_bitselect);
    return is_native_ && cpu_.has_avx ? selected_lanes(o, a, b, c) : selected_bits(a, b, c);
  }

  bool is_native_ = false;  // what processors differ in may be this one's

 private:
  // Products of the odd bytes, and of the even ones, which are moved up and down for their signs.
  void put_dot(reg to, reg other, reg x, reg y) {
    put_shift(packed::psraw, other, x, 8);
    put_shift(packed::psraw, float_scratch, y, 8);
    put(packed::pmullw, other, other, float_scratch);
    put_shift(packed::psllw, float_scratch, y, 8);
    put_shift(packed::psraw, float_scratch, float_scratch, 8);
    put_shift(packed::psllw, to, x, 8);
    put_shift(packed::psraw, to, to, 8);
    put(packed::pmullw, to, to, float_scratch);
    put(packed::paddsw, to, to, other);
  }
  name relaxed_dot_sum(name a, name b, name c) {
    const auto [x, y] = use_both(a, b);
    const reg z = use(c);
    if (is_native_) {
      put(packed::pmaddubsw, float_scratch, y, x);
    } else {
      const reg other = allocate(kind::v128), sums = allocate(kind::v128);
      put_dot(sums, other, x, y);
      copy(float_scratch, sums);
      release(other), release(sums);
    }
    put(packed::pmaddwd, float_scratch, float_scratch, shared_vector::i16_ones);
    const reg to = over(c);
    put(packed::paddd, to, z, float_scratch);
    return made_of_three(to, a, b, c);
  }

  name product_and_sum(kind lane, bool is_negative, name a, name b, name c) {
    const auto [x, y] = use_both(a, b);
    if (is_native_ && cpu_.has_fma) {
      const reg hint = wanted(kind::v128);
      const reg to = own(c, reads(b, hint) ? reg::none : hint, a);
      a_.vex_rr(is_negative ? packed::vfnmadd231 : packed::vfmadd231, lane == kind::f64, to, x, y);
      return made(to, a, b);
    }
    const reg z = use(c);
    put(packed::of_floats(lane, packed::mul_lanes), float_scratch, x, y);
    const reg to = over(c);
    put(packed::of_floats(lane, is_negative ? packed::sub_lanes : packed::add_lanes), to, z,
        float_scratch);
    return made_of_three(to, a, b, c);
  }
  name made_of_three(reg to, const name& a, const name& b, const name& c) {
    if (c.where != to) release(c);
    return made(to, a, b);
  }

  // By the signs of a mask's lanes, which are those of its bytes once words have been filled.
  name selected_lanes(op o, name a, name b, name c) {
    reg mask = use(c);
    opcode choose = packed::vpblendvb;
    if (o == op::i16x8_relaxed_laneselect) {
      put_shift(packed::psraw, float_scratch, mask, 15);
      release(c);
      mask = float_scratch;
    } else if (o == op::i32x4_relaxed_laneselect) {
      choose = packed::vblendvps;
    } else if (o == op::i64x2_relaxed_laneselect) {
      choose = packed::vblendvpd;
    }
    const name result = with_immediate(choose, b, a, number(mask) << 4);
    if (mask != float_scratch && mask != result.where) release(c);
    return result;
  }
};

}  // namespace dovetail::x64_jit

// ---- dovetail/x64/vector_operators.hpp

// Vector operators by number: which form each has. Those that access memory are elsewhere.

namespace dovetail::x64_jit {

class vector_operator_emitter : public vector_relaxed_emitter {
 public:
  using vector_relaxed_emitter::vector_relaxed_emitter;

  name vector(op o, no_immediate, std::span<const name> operands, live_names below) {
    name a = operands[0];
    if (operands.size() == 1) {
      start(below, a);
      const bool is_mask = is_lane_mask(a) && o == op::v128_not;
      return marked(is_mask, put_unary_vector(o, a));
    }
    name b = operands[1];
    if (operands.size() == 3) {
      start(below, a, b);
      return o == op::v128_bitselect ? selected_bits(a, b, operands[2])
                                     : put_relaxed_ternary(o, a, b, operands[2]);
    }
    start(below, a, b);
    const packed_form form = packed_form_of(o);
    const bool is_mask = compares(o) || (is_lane_mask(a) && is_lane_mask(b) && combines_bits(o));
    return marked(is_mask, form.exists && (!form.needs_avx || cpu_.has_avx)
                               ? combined(form, a, b)
                               : put_binary_vector(o, a, b));
  }
  name vector(op, const v128& pattern, std::span<const name> operands, live_names below) {
    name a = operands[0], b = operands[1];
    start(below, a, b);
    return shuffled(pattern, a, b);
  }
  name vector(op o, lane_index i, std::span<const name> operands, live_names below) {
    name a = operands[0];
    if (operands.size() == 1) {
      start(below, a);
      return put_extraction(o, i.lane, a);
    }
    name b = operands[1];
    start(below, a, b);
    return put_replacement(o, i.lane, a, b);
  }

 private:
  // Comparisons, and what makes masks of masks.
  static constexpr bool compares(op o) { return o >= op::i8x16_eq && o <= op::f64x2_ge; }
  static constexpr bool combines_bits(op o) { return o >= op::v128_and && o <= op::v128_xor; }
  static name marked(bool is_mask, name n) {
    if (is_mask && n.what == place::temporary) n.is_true = lane_mask;
    return n;
  }

  name put_extraction(op o, unsigned i, name a) {
    switch (o) {
      case op::f32x4_extract_lane: return extracted_float(kind::f32, i, a);
      case op::f64x2_extract_lane: return extracted_float(kind::f64, i, a);
      default: break;
    }
    const bool is_signed = o == op::i8x16_extract_lane_s || o == op::i16x8_extract_lane_s;
    return extracted(row_of(o).width, is_signed, i, a);
  }
  name put_replacement(op o, unsigned i, name a, name b) {
    switch (o) {
      case op::f32x4_replace_lane: return replaced_float(kind::f32, i, a, b);
      case op::f64x2_replace_lane: return replaced_float(kind::f64, i, a, b);
      default: return replaced(row_of(o).width, i, a, b);
    }
  }

  name put_unary_vector(op o, name a) {
    using namespace packed;
    constexpr kind f = kind::f32, d = kind::f64;
    using shared = shared_vector;
    // clang-format off
    switch (o) {
      case op::i8x16_splat:                   return splat_integer(1, a);
      case op::i16x8_splat:                   return splat_integer(2, a);
      case op::i32x4_splat:                   return splat_integer(4, a);
      case op::i64x2_splat:                   return splat_integer(8, a);
      case op::f32x4_splat:                   return splat_float(f, a);
      case op::f64x2_splat:                   return splat_float(d, a);
      case op::v128_not:                      return inverted(a);
      case op::v128_any_true:                 return is_any_true(a);
      case op::i8x16_all_true:                return are_all_true(pcmpeqb, a);
      case op::i16x8_all_true:                return are_all_true(pcmpeqw, a);
      case op::i32x4_all_true:                return are_all_true(pcmpeqd, a);
      case op::i64x2_all_true:                return are_all_true(pcmpeqq, a);
      case op::i8x16_bitmask:                 return signs(1, a);
      case op::i16x8_bitmask:                 return signs(2, a);
      case op::i32x4_bitmask:                 return signs(4, a);
      case op::i64x2_bitmask:                 return signs(8, a);
      case op::i8x16_abs:                     return changed({0x66, 0x0f38, 0x1c}, a);
      case op::i16x8_abs:                     return changed({0x66, 0x0f38, 0x1d}, a);
      case op::i32x4_abs:                     return changed({0x66, 0x0f38, 0x1e}, a);
      case op::i64x2_abs:                     return absolute_64(a);
      case op::i8x16_neg:                     return negated_lanes(psubb, a);
      case op::i16x8_neg:                     return negated_lanes(psubw, a);
      case op::i32x4_neg:                     return negated_lanes(psubd, a);
      case op::i64x2_neg:                     return negated_lanes(psubq, a);
      case op::i8x16_popcnt:                  return counted_bits(a);
      case op::i16x8_extadd_pairwise_i8x16_s: return pairwise_sums_8(true, a);
      case op::i16x8_extadd_pairwise_i8x16_u: return pairwise_sums_8(false, a);
      case op::i32x4_extadd_pairwise_i16x8_s: return pairwise_sums_16(true, a);
      case op::i32x4_extadd_pairwise_i16x8_u: return pairwise_sums_16(false, a);
      case op::i16x8_extend_low_i8x16_s:      return extended_lanes(0x20, false, a);
      case op::i16x8_extend_high_i8x16_s:     return extended_lanes(0x20, true, a);
      case op::i16x8_extend_low_i8x16_u:      return extended_lanes(0x30, false, a);
      case op::i16x8_extend_high_i8x16_u:     return extended_lanes(0x30, true, a);
      case op::i32x4_extend_low_i16x8_s:      return extended_lanes(0x23, false, a);
      case op::i32x4_extend_high_i16x8_s:     return extended_lanes(0x23, true, a);
      case op::i32x4_extend_low_i16x8_u:      return extended_lanes(0x33, false, a);
      case op::i32x4_extend_high_i16x8_u:     return extended_lanes(0x33, true, a);
      case op::i64x2_extend_low_i32x4_s:      return extended_lanes(0x25, false, a);
      case op::i64x2_extend_high_i32x4_s:     return extended_lanes(0x25, true, a);
      case op::i64x2_extend_low_i32x4_u:      return extended_lanes(0x35, false, a);
      case op::i64x2_extend_high_i32x4_u:     return extended_lanes(0x35, true, a);
      case op::f32x4_nearest:                 return changed(roundps, a, 8);
      case op::f32x4_floor:                   return changed(roundps, a, 9);
      case op::f32x4_ceil:                    return changed(roundps, a, 10);
      case op::f32x4_trunc:                   return changed(roundps, a, 11);
      case op::f64x2_nearest:                 return changed(roundpd, a, 8);
      case op::f64x2_floor:                   return changed(roundpd, a, 9);
      case op::f64x2_ceil:                    return changed(roundpd, a, 10);
      case op::f64x2_trunc:                   return changed(roundpd, a, 11);
      case op::f32x4_abs:    return changed(of_floats(f, and_bits), a, shared::f32_magnitudes);
      case op::f64x2_abs:    return changed(of_floats(d, and_bits), a, shared::f64_magnitudes);
      case op::f32x4_neg:    return changed(of_floats(f, xor_bits), a, shared::f32_signs);
      case op::f64x2_neg:    return changed(of_floats(d, xor_bits), a, shared::f64_signs);
      case op::f32x4_sqrt:                    return changed(of_floats(f, sqrt_lanes), a);
      case op::f64x2_sqrt:                    return changed(of_floats(d, sqrt_lanes), a);
      case op::i32x4_trunc_sat_f32x4_s:       return truncated_f32(a);
      case op::i32x4_trunc_sat_f32x4_u:       return truncated_f32_unsigned(a);
      case op::i32x4_trunc_sat_f64x2_s_zero:  return truncated_f64(a);
      case op::i32x4_trunc_sat_f64x2_u_zero:  return truncated_f64_unsigned(a);
      case op::f32x4_convert_i32x4_s:         return changed(cvtdq2ps, a);
      case op::f32x4_convert_i32x4_u:         return f32_from_unsigned(a);
      case op::f64x2_convert_low_i32x4_s:     return changed(cvtdq2pd, a);
      case op::f64x2_convert_low_i32x4_u:     return f64_from_unsigned(a);
      case op::f32x4_demote_f64x2_zero:       return changed(cvtpd2ps, a);
      case op::f64x2_promote_low_f32x4:       return changed(cvtps2pd, a);
      default:
        if (const packed_form n = native_form_of(o); n.exists) return changed(n.code, a);
        return put_unary_vector(deterministic(o), a);
    }
    // clang-format on
  }

  // Those that packed_form has no row for.
  name put_binary_vector(op o, name a, name b) {
    using namespace packed;
    constexpr kind f = kind::f32, d = kind::f64;
    using shared = shared_vector;
    const auto row = [](op which) { return packed_form_of(which); };
    constexpr bool is_opposite = true, is_signed = true, is_high = true, is_min = true;
    // clang-format off
    switch (o) {
      case op::i8x16_swizzle: return swizzled(a, b);
      case op::i8x16_ne:      return differ(row(op::i8x16_eq), a, b);
      case op::i16x8_ne:      return differ(row(op::i16x8_eq), a, b);
      case op::i32x4_ne:      return differ(row(op::i32x4_eq), a, b);
      case op::i64x2_ne:      return differ(row(op::i64x2_eq), a, b);
      case op::i8x16_lt_s:    return combined(row(op::i8x16_gt_s), b, a);
      case op::i16x8_lt_s:    return combined(row(op::i16x8_gt_s), b, a);
      case op::i32x4_lt_s:    return combined(row(op::i32x4_gt_s), b, a);
      case op::i64x2_gt_s:    return exceeds_64(!is_opposite, a, b);
      case op::i64x2_lt_s:    return exceeds_64(!is_opposite, b, a);
      case op::i64x2_le_s:    return exceeds_64(is_opposite, a, b);
      case op::i64x2_ge_s:    return exceeds_64(is_opposite, b, a);
      case op::i8x16_le_s:    return is_extreme(row(op::i8x16_min_s), pcmpeqb, !is_opposite, a, b);
      case op::i16x8_le_s:    return is_extreme(row(op::i16x8_min_s), pcmpeqw, !is_opposite, a, b);
      case op::i32x4_le_s:    return is_extreme(row(op::i32x4_min_s), pcmpeqd, !is_opposite, a, b);
      case op::i8x16_ge_s:    return is_extreme(row(op::i8x16_max_s), pcmpeqb, !is_opposite, a, b);
      case op::i16x8_ge_s:    return is_extreme(row(op::i16x8_max_s), pcmpeqw, !is_opposite, a, b);
      case op::i32x4_ge_s:    return is_extreme(row(op::i32x4_max_s), pcmpeqd, !is_opposite, a, b);
      case op::i8x16_le_u:    return is_extreme(row(op::i8x16_min_u), pcmpeqb, !is_opposite, a, b);
      case op::i16x8_le_u:    return is_extreme(row(op::i16x8_min_u), pcmpeqw, !is_opposite, a, b);
      case op::i32x4_le_u:    return is_extreme(row(op::i32x4_min_u), pcmpeqd, !is_opposite, a, b);
      case op::i8x16_ge_u:    return is_extreme(row(op::i8x16_max_u), pcmpeqb, !is_opposite, a, b);
      case op::i16x8_ge_u:    return is_extreme(row(op::i16x8_max_u), pcmpeqw, !is_opposite, a, b);
      case op::i32x4_ge_u:    return is_extreme(row(op::i32x4_max_u), pcmpeqd, !is_opposite, a, b);
      case op::i8x16_gt_u:    return is_extreme(row(op::i8x16_min_u), pcmpeqb, is_opposite, a, b);
      case op::i16x8_gt_u:    return is_extreme(row(op::i16x8_min_u), pcmpeqw, is_opposite, a, b);
      case op::i32x4_gt_u:    return is_extreme(row(op::i32x4_min_u), pcmpeqd, is_opposite, a, b);
      case op::i8x16_lt_u:    return is_extreme(row(op::i8x16_max_u), pcmpeqb, is_opposite, a, b);
      case op::i16x8_lt_u:    return is_extreme(row(op::i16x8_max_u), pcmpeqw, is_opposite, a, b);
      case op::i32x4_lt_u:    return is_extreme(row(op::i32x4_max_u), pcmpeqd, is_opposite, a, b);
      case op::f32x4_gt:      return combined(row(op::f32x4_lt), b, a);
      case op::f64x2_gt:      return combined(row(op::f64x2_lt), b, a);
      case op::f32x4_ge:      return combined(row(op::f32x4_le), b, a);
      case op::f64x2_ge:      return combined(row(op::f64x2_le), b, a);
      case op::v128_andnot:   return combined(plain(pandn), b, a);
      case op::f32x4_min:     return least_or_greatest_lanes(is_min, f, a, b);
      case op::f64x2_min:     return least_or_greatest_lanes(is_min, d, a, b);
      case op::f32x4_max:     return least_or_greatest_lanes(!is_min, f, a, b);
      case op::f64x2_max:     return least_or_greatest_lanes(!is_min, d, a, b);
      case op::f32x4_pmin:    return pseudo_extreme(is_min, f, a, b);
      case op::f64x2_pmin:    return pseudo_extreme(is_min, d, a, b);
      case op::f32x4_pmax:    return pseudo_extreme(!is_min, f, a, b);
      case op::f64x2_pmax:    return pseudo_extreme(!is_min, d, a, b);
      case op::i16x8_q15mulr_sat_s: return rounded_product(a, b);
      case op::i64x2_mul:           return product_64(a, b);
      case op::i16x8_extmul_low_i8x16_s:  return extended_product_8(is_signed, !is_high, a, b);
      case op::i16x8_extmul_high_i8x16_s: return extended_product_8(is_signed, is_high, a, b);
      case op::i16x8_extmul_low_i8x16_u:  return extended_product_8(!is_signed, !is_high, a, b);
      case op::i16x8_extmul_high_i8x16_u: return extended_product_8(!is_signed, is_high, a, b);
      case op::i32x4_extmul_low_i16x8_s:  return extended_product_16(is_signed, !is_high, a, b);
      case op::i32x4_extmul_high_i16x8_s: return extended_product_16(is_signed, is_high, a, b);
      case op::i32x4_extmul_low_i16x8_u:  return extended_product_16(!is_signed, !is_high, a, b);
      case op::i32x4_extmul_high_i16x8_u: return extended_product_16(!is_signed, is_high, a, b);
      case op::i64x2_extmul_low_i32x4_s:  return extended_product_32(is_signed, !is_high, a, b);
      case op::i64x2_extmul_high_i32x4_s: return extended_product_32(is_signed, is_high, a, b);
      case op::i64x2_extmul_low_i32x4_u:  return extended_product_32(!is_signed, !is_high, a, b);
      case op::i64x2_extmul_high_i32x4_u: return extended_product_32(!is_signed, is_high, a, b);
      case op::i8x16_shl:   return shifted_bytes(psllw, shared::i8_shl, a, b);
      case op::i8x16_shr_u: return shifted_bytes(psrlw, shared::i8_shr, a, b);
      case op::i8x16_shr_s: return shifted_bytes_signed(a, b);
      case op::i16x8_shl:   return shifted_lanes(psllw, 16, a, b);
      case op::i16x8_shr_u: return shifted_lanes(psrlw, 16, a, b);
      case op::i16x8_shr_s: return shifted_lanes(psraw, 16, a, b);
      case op::i32x4_shl:   return shifted_lanes(pslld, 32, a, b);
      case op::i32x4_shr_u: return shifted_lanes(psrld, 32, a, b);
      case op::i32x4_shr_s: return shifted_lanes(psrad, 32, a, b);
      case op::i64x2_shl:   return shifted_lanes(psllq, 64, a, b);
      case op::i64x2_shr_u: return shifted_lanes(psrlq, 64, a, b);
      case op::i64x2_shr_s: return shifted_64_signed(a, b);
      case op::i16x8_relaxed_dot_i8x16_i7x16_s: return relaxed_dot(a, b);
      default:
        if (const packed_form n = native_form_of(o); n.exists) return combined(n, a, b);
        return put_binary_vector(deterministic(o), a, b);
    }
    // clang-format on
  }
};

}  // namespace dovetail::x64_jit

// ---- dovetail/x64/memories.hpp

// Accesses to memories whose base and size are in no registers, and to 64-bit ones. The first
// memory, if it is 32-bit, is the affair of objects.hpp.

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

// ---- dovetail/x64/objects.hpp

// Memories, variables, tables and references.

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

// ---- dovetail/x64/vector_accesses.hpp

// Vector operators that access memory: whole vectors, lanes, and loads that spread or extend.

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

// ---- dovetail/x64/open_results.hpp

// The policies of results that the specification leaves open: NaNs, which become the canonical one
// behind the operators that make them, and relaxed operators. The layer above numbers and vectors.

namespace dovetail::x64_jit {

template <code_options Options>
class open_result_emitter : public vector_access_emitter<Options> {
  using base = vector_access_emitter<Options>;

 protected:
  using base::a_, base::cpu_;

 public:
  open_result_emitter(encoder& a, module_code& code, const processor& cpu,
                      const module_data& module)
      : base(a, code, cpu, module) {
    base::is_native_ = Options.has_native_relaxed;
  }

  name unary(op o, name a, live_names below) { return finished(o, base::unary(o, a, below)); }
  name binary(op o, name a, name b, live_names below) {
    return finished(o, base::binary(o, a, b, below));
  }
  template <class Immediate>
  name vector(op o, const Immediate& imm, std::span<const name> operands, live_names below) {
    return finished(o, base::vector(o, imm, operands, below));
  }

 private:
  static name finished(op o, const name& made) requires(!Options.has_canonical_nans) {
    static_cast<void>(o);
    return made;
  }
  // What such operators make is in a register of its own, or in that of the local it is set to.
  name finished(op o, const name& made) requires(Options.has_canonical_nans) {
    if (!leaves_nan_open(o)) return made;
    DOVETAIL_ASSERT(made.what == place::temporary && x64_jit::is_float(made.where));
    const kind lane = kind_of(float_of(o));
    if (made.type == kind::v128) {
      put_canonical_lanes(lane, made.where);
    } else {
      put_canonical(lane, made.where);
    }
    return made;
  }

  void put_canonical(kind k, reg r) {
    a_.ucomis_rr(k, r, r);
    const std::uint32_t is_number = a_.skip(condition::np);
    const std::uint64_t bits = k == kind::f32 ? canonical_nan<float> : canonical_nan<double>;
    base::use_constant(bits, a_.op_rc({a_.float_prefix(k), 0x0f, 0x10}, false, r));
    a_.end_skip(is_number);
  }
  void put_canonical_lanes(kind lane, reg r) {
    const bool is_f32 = lane == kind::f32;
    const name nans = base::vector_constant(is_f32 ? join(all_lanes(canonical_nan<float>))
                                                   : join(all_lanes(canonical_nan<double>)));
    const opcode compare = packed::of_floats(lane, packed::cmp_lanes);
    if (cpu_.has_avx) {
      base::put(compare, float_scratch, r, r, packed::cmp_unordered);
      base::put_constant(is_f32 ? packed::vblendvps : packed::vblendvpd, r, r, nans, 1);
      return a_.store(number(float_scratch) << 4, 1);
    }
    base::put(compare, float_scratch, r, r, packed::cmp_ordered);
    base::put(packed::of_floats(lane, packed::and_bits), r, r, float_scratch);
    base::put_constant(packed::of_floats(lane, packed::andn_bits), float_scratch, float_scratch,
                       nans);
    base::put(packed::of_floats(lane, packed::or_bits), r, r, float_scratch);
  }
};

}  // namespace dovetail::x64_jit

// ---- dovetail/x64/places.hpp

// Where arguments and results go, by our convention and by the host's.

namespace dovetail::x64_jit {

/// Moves between registers that happen at once: no source is overwritten before it was read.
class parallel_moves {
 public:
  void add(kind k, reg to, reg from) {
    if (to == from) return;
    moves_[count_++] = {k, to, from};
    written_ |= set_of(to);
    read_ |= set_of(from);
  }
  void write_to(encoder& a) {
    if ((written_ & read_) == 0) {
      for (std::size_t i = 0; i < count_; ++i) a.move(moves_[i].type, moves_[i].to, moves_[i].from);
      count_ = 0;
    }
    while (count_ != 0) {
      if (!emit_one(a)) break_cycle(a);
    }
  }

 private:
  struct move {
    kind type;
    reg to, from;
  };
  bool emit_one(encoder& a) {
    for (std::size_t i = 0; i < count_; ++i) {
      if (is_read(moves_[i].to)) continue;
      a.move(moves_[i].type, moves_[i].to, moves_[i].from);
      moves_[i] = moves_[--count_];
      return true;
    }
    return false;
  }
  [[nodiscard]] bool is_read(reg r) const {
    for (std::size_t i = 0; i < count_; ++i) {
      if (moves_[i].from == r) return true;
    }
    return false;
  }
  // Every destination is a source: one source moves to a register that nobody has.
  void break_cycle(encoder& a) {
    const reg from = moves_[0].from;
    const reg to = is_float(from) ? float_scratch : scratch;
    a.move(is_float(from) ? kind::f64 : kind::i64, to, from);
    for (std::size_t i = 0; i < count_; ++i) {
      if (moves_[i].from == from) moves_[i].from = to;
    }
  }

  reg_set written_ = 0, read_ = 0;
  move moves_[std::size(integer_arguments) + std::size(float_arguments) + 2] = {};
  std::size_t count_ = 0;
};

/// Gives each parameter or result its place: a register, or a word in memory.
class places {
 public:
  struct place_of_value {
    reg where = reg::none;
    std::uint32_t word = 0;  ///< if there is no register
  };
  static places of_arguments() {
    return {integer_arguments, float_arguments, std::size(integer_arguments),
            std::size(float_arguments)};
  }
  static places of_results() {
    return {integer_results, float_results, std::size(integer_results), std::size(float_results)};
  }

  [[nodiscard]] place_of_value next(kind k) {
    const bool is_second = is_float(k);
    if (left_[is_second] == 0) {
      const std::uint32_t word = words_;
      words_ += words_of(k);
      return {reg::none, word};
    }
    --left_[is_second];
    return {*next_[is_second]++, 0};
  }

 private:
  places(const reg* integers, const reg* floats, std::size_t integer_count, std::size_t float_count)
      : next_{integers, floats}, left_{integer_count, float_count} {}
  const reg* next_[2];  // for integers, and for floats
  std::size_t left_[2];
  std::uint32_t words_ = 0;
};

/// Gives each argument of a host's call its register (System V ABI 3.2.3; Windows x64 calling
/// convention, where the position chooses, whatever the kind).
class native_places {
 public:
  explicit native_places(abi host) : host_(host) {}

  /// Whether a function can be called with all its arguments in registers, after an instance and a
  /// function instance or without them.
  [[nodiscard]] static bool fit(const function_type& type, abi host, bool has_context) {
    if (type.results.size() > 1) return false;
    if (!type.results.empty() && type.results[0].is_vector()) return false;
    native_places to(host);
    if (has_context) static_cast<void>(to.next(kind::i64)), static_cast<void>(to.next(kind::i64));
    places from = places::of_arguments();
    for (const value_type t : type.parameters) {
      if (t.is_vector()) return false;
      if (from.next(kind_of(t)).where == reg::none || to.next(kind_of(t)) == reg::none)
        return false;
    }
    return true;
  }
  /// The moves from where functions find their arguments.
  void add_moves(const function_type& type, parallel_moves& moves) {
    places from = places::of_arguments();
    for (const value_type t : type.parameters) {
      const kind k = kind_of(t);
      moves.add(k, next(k), from.next(k).where);
    }
  }

  [[nodiscard]] reg next(kind k) {
    constexpr reg sysv[] = {reg::rdi, reg::rsi, reg::rdx, reg::rcx, reg::r8, reg::r9};
    std::size_t& at = is_float(k) ? floats_ : integers_;
    const std::size_t position = at++;
    if (host_ == abi::win64) {
      floats_ = integers_ = at;
      if (position >= 4) return reg::none;
      return is_float(k) ? float_register(position) : host_argument(host_, position);
    }
    if (is_float(k)) return position < 8 ? float_register(position) : reg::none;
    return position < std::size(sysv) ? sysv[position] : reg::none;
  }

 private:
  static reg float_register(std::size_t i) {
    return static_cast<reg>(static_cast<std::size_t>(reg::xmm0) + i);
  }

  abi host_;
  std::size_t integers_ = 0, floats_ = 0;
};

}  // namespace dovetail::x64_jit

// ---- dovetail/x64/calls.hpp

// Calls: of the module's functions, of imported ones, through tables, into the library.

namespace dovetail::x64_jit {

/// Loads what code keeps of memory 0 in registers. Overwrites the scratch register.
template <code_options Options>
void load_memory(encoder& a) {
  const address memory{instance_register, reg::none, 0, offset::instance_memory0};
  a.mov_rm(true, scratch, memory);
  a.mov_rm(true, memory_register, {scratch, reg::none, 0, offset::memory_instance_base});
  if constexpr (Options.is_checked)
    a.mov_rm(true, size_register, {scratch, reg::none, 0, offset::memory_instance_size});
}
/// Metered code has its fuel in a register, and other code in the store: before a call of C++ it is
/// written there, and read behind. Both leave the store in the scratch register, and flags alone.
template <code_options Options>
void write_fuel(encoder& a) {
  if constexpr (Options.is_metered) {
    a.mov_rm(true, scratch, {instance_register, reg::none, 0, offset::instance_home});
    a.mov_mr(true, {scratch, reg::none, 0, offset::store_fuel}, Options.fuel_register());
  }
}
template <code_options Options>
void read_fuel(encoder& a) {
  if constexpr (Options.is_metered) {
    a.mov_rm(true, scratch, {instance_register, reg::none, 0, offset::instance_home});
    a.mov_rm(true, Options.fuel_register(), {scratch, reg::none, 0, offset::store_fuel});
  }
}
/// After a call of a host's function itself. What is above a number of 32 bits is the callee's
/// affair, so it is cleared; the host may have let a memory grow, and a guarded one stays where it
/// is.
template <code_options Options>
void finish_plain_call(encoder& a, const function_type& type) {
  if (!type.results.empty() && kind_of(type.results[0]) == kind::i32)
    a.mov_rr(false, reg::rax, reg::rax);
  read_fuel<Options>(a);
  if constexpr (!Options.is_guarded) load_memory<Options>(a);
}
/// Whether the function instance in rax is to be called by itself.
inline void compare_with_plain(encoder& a) {
  a.op_nm({0, 0, 0x80}, false, static_cast<unsigned>(alu::cmp),
          {reg::rax, reg::none, 0, offset::function_instance_native_form});
  a.store(static_cast<std::uint64_t>(vm::native_form::plain), 1);
}

/// Whether a host function that just returned wants a trap instead; the scratch register is then
/// the store.
template <code_options Options>
void compare_host_trap(encoder& a) {
  read_fuel<Options>(a);
  if constexpr (!Options.is_metered)
    a.mov_rm(true, scratch, {instance_register, reg::none, 0, offset::instance_home});
  a.op_nm({0, 0, 0x80}, false, static_cast<unsigned>(alu::cmp),
          {scratch, reg::none, 0, offset::store_host_trap});
  a.store(0, 1);
}

/// Whether the stub of a trap returns if the trap need not be.
template <code_options Options>
[[nodiscard]] constexpr bool resumes(trap_code t) {
  return (Options.stops == interrupt::polled && t == trap_code::interrupted) ||
         (Options.asks_for_fuel && t == trap_code::out_of_fuel);
}

template <code_options Options>
class call_emitter : public open_result_emitter<Options> {
  using base = open_result_emitter<Options>;

 protected:
  using base::a_, base::below_, base::code_, base::plan_, base::floor_, base::free_, base::failure_,
      base::offset_, base::temporaries_, base::flags_pending_;
  using base::start, base::put_down, base::release, base::use, base::move_to, base::store_to,
      base::register_of, base::trap_if, base::add_site, base::make_room, base::keep, base::wanted,
      base::fresh, base::load_table, base::settle, base::module_, base::is_64,
      base::kind_of_address;

 public:
  call_emitter(encoder& a, module_code& code, const processor& cpu, const module_data& module)
      : base(a, code, cpu, module), waiting_(*module.env.memory), outlined_(*module.env.memory) {}

  void call(function_index callee, const function_type& type, live_names stack) {
    start(stack);
    const std::uint32_t imported = module_.env.imported_functions;
    before_call(stack, type.parameters.size());
    pass_arguments(type, stack, nullptr);
    if (callee.value >= imported) {
      call_own(callee.value - imported);
    } else {
      load_function(callee);
      call_imported(module_.env.functions[callee.value], type);
    }
    after_call();
  }

  // A table's element is a function: what it is must be known before it is called (4.4.8.11).
  void call_indirect(indirect_call c, const function_type& type, name index, live_names stack) {
    start(stack, index);
    before_call(stack, type.parameters.size());
    pass_arguments(type, stack, &index);
    find_element(c);
    call_found(c.type);
  }
  void call_ref(type_index t, const function_type& type, name reference, live_names stack) {
    start(stack, reference);
    before_call(stack, type.parameters.size());
    pass_arguments(type, stack, &reference);
    check_reference();
    call_found(t);
  }

  void name_results(std::size_t count, live_names stack) {
    below_ = stack;
    places to = places::of_results();
    for (std::size_t i = stack.size() - count; i < stack.size(); ++i) {
      const kind k = kind_of(stack[i].type);
      const auto at = to.next(k);
      if (at.where != reg::none) {
        free_ &= ~set_of(at.where);
        stack[i].value = temporary_name(k, at.where);
      } else {
        a_.copy_words(k, plan_.slot_of(stack[i].slot()), word(at.word));
        stack[i].value = spilled_name(k, stack[i].slot());
      }
      make_room();
    }
  }

  // Bulk operators and their like.
  static constexpr library::habits how{Options.is_metered, Options.asks_for_fuel,
                                       Options.stops != interrupt::none};
  name memory_grow(memory_index m, name delta, live_names below) {
    call_library(&library::grow_memory, {m.value, 0}, {&delta, 1}, below);
    if constexpr (!Options.is_guarded) reload_memory();
    return answer(kind_of_address(is_64(m)));
  }
  void memory_fill(memory_index m, name to, name byte, name count, live_names below) {
    bulk(&library::fill_memory<how>, {m.value, 0}, to, byte, count, below);
  }
  void memory_copy(two_memories m, name to, name from, name count, live_names below) {
    bulk(&library::copy_memory<how>, {m.destination.value, m.source.value}, to, from, count, below);
  }
  void memory_init(data_and_memory m, name to, name from, name count, live_names below) {
    bulk(&library::init_memory<how>, {m.memory.value, m.data.value}, to, from, count, below);
  }
  void data_drop(data_index d) { mark_dropped(offset::instance_dropped_data, d.value); }
  name table_grow(table_index t, name initial, name delta, live_names below) {
    name operands[] = {initial, delta};
    call_library(&library::grow_table<how>, {t.value, 0}, operands, below);
    if constexpr (Options.is_metered) {
      a_.alu_ri(alu::cmp, true, reg::rax, -1);
      trap_if(condition::l, trap_code::none);
    }
    return answer(kind_of_address(is_64(t)));
  }
  void table_fill(table_index t, name to, name v, name count, live_names below) {
    bulk(&library::fill_table<how>, {t.value, 0}, to, v, count, below);
  }
  void table_copy(two_tables t, name to, name from, name count, live_names below) {
    bulk(&library::copy_table<how>, {t.destination.value, t.source.value}, to, from, count, below);
  }
  void table_init(element_and_table t, name to, name from, name count, live_names below) {
    bulk(&library::init_table<how>, {t.table.value, t.element.value}, to, from, count, below);
  }
  void element_drop(element_index e) { mark_dropped(offset::instance_dropped_elements, e.value); }
  name ref_func(function_index f, live_names below) {
    call_library(&library::function_reference, {f.value, 0}, {}, below);
    a_.test_rr(true, reg::rax, reg::rax);
    trap_if(condition::e, trap_code::out_of_memory);
    return answer(kind::i64);
  }

 protected:
  struct immediates {
    std::uint64_t first, second;
  };
  static address field(reg base_register, std::int32_t offset) {
    return {base_register, reg::none, 0, offset};
  }
  // A callee's argument or result in memory, from its caller's side.
  static address word(std::uint32_t i) {
    return {reg::rsp, reg::none, 0, static_cast<std::int32_t>(8 * i)};
  }

  // The same, or if the callee `replaces` the function, from its caller's side.
  [[nodiscard]] address words_of_callee(std::uint32_t i, bool replaces) const {
    return replaces ? plan_.incoming(i) : word(i);
  }

  // Nothing but homes that callees preserve outlives a call: the operands below the arguments go to
  // their slots, and other homes to theirs.
  void before_call(live_names stack, std::size_t arguments) {
    make_room(64 * (arguments + 8) + 16 * stack.size());
    const std::size_t first = stack.size() - arguments;
    for (std::size_t i = floor_; i < first; ++i) {
      if (stack[i].value.what == place::temporary) put_down(stack[i]);
    }
    move_homes(true);
  }
  void after_call() {
    free_ = temporaries_;
    move_homes(false);
  }
  void annotate(code_note::kind what, std::uint32_t offset) {
    if constexpr (Options.is_annotated) keep(code_.notes.push({a_.here(), offset, what}));
  }
  // Homes to their slots, or back.
  void move_homes(bool to_slots) {
    for (std::size_t i = 0; i < plan_.unsaved_count; ++i) {
      const local_place& l = plan_.locals[plan_.unsaved[i]];
      const address slot{reg::rsp, reg::none, 0, l.slot};
      if (to_slots) {
        a_.store_value(l.type, slot, l.home);
      } else {
        a_.load(l.type, l.home, slot);
      }
    }
  }

  // An imported function to rax.
  void load_function(function_index callee) {
    a_.mov_rm(true, reg::rax, field(instance_register, offset::instance_functions));
    a_.mov_rm(true, reg::rax, field(reg::rax, static_cast<std::int32_t>(8 * callee.value)));
  }
  // From an index in rax to a function in rax. Overwrites rcx, which has no argument.
  void find_element(indirect_call c) {
    load_table(c.table);
    base::compare_index(c.table, reg::rax, reg::rcx);
    trap_if(condition::ae, trap_code::undefined_element);
    a_.mov_rm(true, scratch, field(scratch, offset::table_instance_elements));
    a_.mov_rm(true, reg::rax, {scratch, reg::rax, 3, 0});
    a_.test_rr(true, reg::rax, reg::rax);
    trap_if(condition::e, trap_code::uninitialized_element);
    const signature& expected = *module_.env.types[c.type.value];
    a_.mov_ri(scratch, reinterpret_cast<std::uintptr_t>(&expected));
    if (!expected.is_final) return check_subtype(expected);
    a_.alu_rm(alu::cmp, true, scratch, field(reg::rax, offset::function_instance_signature));
    trap_if(condition::ne, trap_code::indirect_call_type_mismatch);
  }
  // See `is_subtype`. A type is at its own depth of its display, too.
  void check_subtype(const signature& expected) {
    a_.mov_rm(true, reg::rcx, field(reg::rax, offset::function_instance_signature));
    a_.alu_mi(alu::cmp, false, field(reg::rcx, offset::signature_depth),
              static_cast<std::int32_t>(expected.depth));
    trap_if(condition::b, trap_code::indirect_call_type_mismatch);
    a_.mov_rm(true, reg::rcx, field(reg::rcx, offset::signature_display));
    a_.alu_rm(alu::cmp, true, scratch,
              field(reg::rcx, static_cast<std::int32_t>(8 * expected.depth)));
    trap_if(condition::ne, trap_code::indirect_call_type_mismatch);
  }
  void check_reference() {
    a_.test_rr(true, reg::rax, reg::rax);
    trap_if(condition::e, trap_code::null_function_reference);
  }
  // Calls the function in rax, which is mostly one of this instance.
  void call_found(type_index type) {
    a_.alu_rm(alu::cmp, true, instance_register, field(reg::rax, offset::function_instance_owner));
    const std::uint32_t foreign = a_.jump_forward(condition::ne);
    a_.call_m(field(reg::rax, offset::function_instance_code));
    add_site(a_.here());
    outline(foreign, type);
    after_call();
  }

  // The arguments on top of the stack to where callees look for them, and what chooses the callee
  // to rax. A callee that `replaces` the function will look above its frame.
  void pass_arguments(const function_type& type, live_names stack, name* index,
                      bool replaces = false) {
    const std::size_t count = type.parameters.size(), first = stack.size() - count;
    // What is in no register comes last, when it overwrites none that is still to be read.
    struct late_argument {
      reg to;
      const name* from;
    };
    late_argument late[std::size(integer_arguments) + std::size(float_arguments)];
    std::size_t late_count = 0;
    parallel_moves moves;
    places to = places::of_arguments();
    for (std::size_t i = 0; i < count; ++i) {
      const name& n = stack[first + i].value;
      const auto at = to.next(n.type);
      if (at.where == reg::none) {
        store_to(words_of_callee(at.word, replaces), n);
        make_room();
      } else if (const reg from = register_of(n); from != reg::none) {
        moves.add(n.type, at.where, from);
      } else {
        late[late_count++] = {at.where, &n};
      }
    }
    if (index != nullptr && register_of(*index) != reg::none)
      moves.add(index->type, reg::rax, register_of(*index));
    moves.write_to(a_);
    for (std::size_t i = 0; i < late_count; ++i) move_to(late[i].to, *late[i].from);
    if (index != nullptr && register_of(*index) == reg::none) move_to(reg::rax, *index);
    free_ = temporaries_;
  }

  void call_own(std::uint32_t defined) {
    reach_own(a_.call_forward(), defined);
    add_site(a_.here());
  }
  void jump_own(std::uint32_t defined) { reach_own(a_.jump_forward(), defined); }
  void reach_own(std::uint32_t where, std::uint32_t defined) {
    const std::uint32_t own = defined - first_defined_;
    if (own < code_.functions.size()) {
      a_.set_distance(where, code_.functions[own].entry);
    } else {
      a_.set_word(where, waiting_[defined]);
      waiting_[defined] = where;
    }
  }

  // Calls the function in rax, which is mostly one of the host's.
  void call_imported(type_index index, const function_type& type) {
    if (Options.keeps_places || !native_places::fit(type, Options.host, false))
      return call_anywhere(index);
    compare_with_plain(a_);
    const std::uint32_t other = a_.jump_forward(condition::ne);
    native_places to(Options.host);
    parallel_moves moves;
    to.add_moves(type, moves);
    moves.write_to(a_);
    write_fuel<Options>(a_);
    a_.call_m(field(reg::rax, offset::function_instance_native));
    add_site(a_.here());
    finish_plain_call<Options>(a_, type);
    put_checkpoint();
    outline(other, index, true);
  }
  // The jump at `place` leads to a call of whatever is in rax, and from there back to here.
  void outline(std::uint32_t place, type_index type, bool is_compared = false) {
    keep(outlined_.push({place, a_.here(), base::offset_, type, is_compared}));
  }
  void write_outlined() {
    for (const auto& call : outlined_) {
      make_room();
      base::offset_ = call.offset;
      annotate(code_note::kind::operation, call.offset);
      a_.set_distance(call.place, a_.here());
      const function_type type = module_.env.type(call.type);
      if (call.is_compared && native_places::fit(type, Options.host, true))
        call_contextual(type, call.back);
      call_anywhere(call.type);
      a_.jump_back(call.back);
    }
    outlined_.clear();
  }
  // Behind a comparison with plain functions: calls one that wants to know its caller, may throw or
  // trap, and goes on at `back`.
  void call_contextual(const function_type& type, std::uint32_t back) {
    const std::uint32_t other = a_.jump_forward(condition::b);
    native_places to(Options.host);
    parallel_moves moves;
    moves.add(kind::i64, to.next(kind::i64), instance_register);
    moves.add(kind::i64, to.next(kind::i64), reg::rax);
    to.add_moves(type, moves);
    moves.write_to(a_);
    write_fuel<Options>(a_);
    a_.call_m(field(host_argument(Options.host, 1), offset::function_instance_native));
    add_site(a_.here());
    compare_host_trap<Options>(a_);
    const std::uint32_t trapped = a_.jump_forward(condition::ne);
    if constexpr (!Options.is_guarded) load_memory<Options>(a_);
    put_checkpoint();
    a_.jump_back(back);
    a_.set_distance(trapped, a_.here());
    a_.op_rm({0, 0x0f, 0xb6}, false, reg::rax, field(scratch, offset::store_host_trap));
    a_.call_to(code_.stubs.traps[0]);
    add_site(a_.here());
    a_.set_distance(other, a_.here());
  }
  // Calls the function in rax, of the host or of any instance. The last call of a function has a
  // landmark (tail_calls.hpp).
  void call_anywhere(type_index type, bool is_last = false) {
    a_.alu_mi(alu::cmp, true, field(reg::rax, offset::function_instance_owner), 0);
    const std::uint32_t of_instance = a_.jump_forward(condition::ne);
    a_.call_to(code_.by_type[type.value].host_call);
    add_site(a_.here());
    put_checkpoint();
    const std::uint32_t done = a_.jump_forward();
    a_.set_distance(of_instance, a_.here());
    a_.call_to(code_.stubs.enter_instance);
    a_.call_m(field(reg::rax, offset::function_instance_code));
    add_site(a_.here());
    if (is_last) put_landmark();
    restore_instance();
    a_.set_distance(done, a_.here());
  }
  // nop dword [rax + rax + disp32]: alignment has no other displacement than 0.
  static constexpr std::int32_t landmark = 0x0084'1f0f;
  void put_landmark() { a_.store(landmark | std::uint64_t{plan_.words + 1} << 32, 8); }
  void restore_instance() {
    a_.mov_rm(true, instance_register, field(reg::rsp, static_cast<std::int32_t>(plan_.instance)));
    reload_memory();
  }
  void reload_memory() { a_.call_to(code_.stubs.reload_memory); }

  void write_traps() {
    for (const auto& t : base::traps_) {
      make_room();
      annotate(code_note::kind::trap, t.offset);
      a_.set_distance(t.place, a_.here());
      a_.call_to(code_.stubs.traps[static_cast<std::size_t>(t.code)]);
      add_site(a_.here(), t.offset);
      if (resumes<Options>(t.code)) a_.jump_back(t.place + 4);  // behind the jump
    }
  }

  // Where a guest may be stopped. Overwrites the flags and the scratch register alone. At a page
  // it is one load: all instances that code can reach without an entry are of the store.
  void put_checkpoint() {
    if constexpr (Options.stops == interrupt::polled) {
      make_room();
      a_.mov_rm(true, scratch, field(instance_register, offset::instance_control));
      a_.alu_mi(alu::cmp, true, field(scratch, offset::control_stop), 0);
      trap_if(condition::ne, trap_code::interrupted);
    } else if constexpr (Options.stops == interrupt::page) {
      make_room();
      add_site(a_.here());
      a_.op_rm({0, 0, 0x85}, false, reg::rax, field(Options.page_register(), 0));  // test
    }
  }

  // Adds one to the count of this place. Overwrites the same.
  void put_count(function_index f) {
    counted_place* const place = module_.counts->add(f, base::offset_);
    if (place == nullptr) return keep(status::out_of_memory);
    make_room();
    a_.mov_ri(scratch, reinterpret_cast<std::uintptr_t>(&place->times));
    a_.alu_mi(alu::add, true, field(scratch, 0), 1);
  }

  // Operands go to consecutive slots from the first free one on.
  void call_library(library_function f, immediates values, std::span<name> operands,
                    live_names below) {
    below_ = below;
    make_room(1024 + 16 * below.size());
    if (flags_pending_) settle_for_library(operands);
    for (std::size_t i = floor_; i < below.size(); ++i) {
      if (below[i].value.what == place::temporary) put_down(below[i]);
    }
    for (std::uint32_t i = 0; i < operands.size(); ++i) {
      store_to(plan_.slot_of(height_of(below) + i), operands[i]);
      release(operands[i]);
    }
    move_homes(true);
    a_.lea(true, host_argument(Options.host, 1), plan_.slot_of(height_of(below)));
    a_.mov_ri(host_argument(Options.host, 2), values.first);
    a_.mov_ri(host_argument(Options.host, 3), values.second);
    a_.mov_rr(true, host_argument(Options.host, 0), instance_register);
    a_.mov_ri(reg::rax, reinterpret_cast<std::uintptr_t>(f));
    write_fuel<Options>(a_);
    a_.call_r(reg::rax);
    add_site(a_.here());
    read_fuel<Options>(a_);
    free_ = temporaries_;
    move_homes(false);
  }
  void settle_for_library(std::span<name> operands) {
    for (name& n : operands) {
      if (base::settle_operand(n)) return;
    }
    settle();
  }
  void bulk(library_function f, immediates values, name to, name from, name count,
            live_names below) {
    name operands[] = {to, from, count};
    call_library(f, values, operands, below);
    a_.test_rr(false, reg::rax, reg::rax);
    trap_if(condition::ne, trap_code::none);
  }
  name answer(kind k) {
    free_ &= ~set_of(reg::rax);
    return temporary_name(k, reg::rax);
  }
  // Sets a segment's flag. Leaves the processor's alone.
  void mark_dropped(std::int32_t list, std::uint32_t segment) {
    make_room();
    a_.mov_rm(true, scratch, field(instance_register, list));
    a_.op_nm({0, 0, 0xc6}, false, 0, field(scratch, static_cast<std::int32_t>(segment)));
    a_.store(1, 1);
  }

  // A call that is rarely made, to be written behind the function.
  struct outlined_call {
    std::uint32_t place = 0;
    std::uint32_t back = 0;
    std::uint32_t offset = 0;
    type_index type{};
    bool is_compared = false;  // with plain functions
  };

  array<chain> waiting_;             // calls of functions that come later, or of other parts
  std::uint32_t first_defined_ = 0;  // the first of this emitter's functions
  array<outlined_call> outlined_;
};

}  // namespace dovetail::x64_jit

// ---- dovetail/x64/tail_calls.hpp

// Tail calls: a callee takes the place of the function that calls it.

namespace dovetail::x64_jit {

// A caller relies on two things when a function of its own instance returns: the registers of the
// instance are as they were, and the callee wrote no more words above its return address than its
// type has, since the caller keeps no more. A callee that cannot be trusted with both does not
// replace its caller's frame at first: it is called, from a frame that stays and restores what the
// next one relies on. What follows this call is a landmark, an instruction that does nothing and
// tells how many words lie there. Whoever finds it behind its own return address may be replaced by
// a function of any instance with so many words. So a chain of tail calls leaves one frame where it
// first leaves its instance, and one wherever it needs more words than ever before: its depth has a
// bound, however long it is. Functions without tail calls, and their calls, know nothing of this.
template <code_options Options>
class tail_call_emitter : public call_emitter<Options> {
  using base = call_emitter<Options>;

 protected:
  using base::a_, base::code_, base::plan_, base::module_, base::free_, base::offset_;
  using base::start, base::make_room, base::keep, base::field, base::word, base::wait, base::bind,
      base::annotate, base::pass_arguments, base::find_element, base::check_reference,
      base::words_of_callee, base::jump_own, base::call_own, base::call_anywhere,
      base::call_imported, base::put_landmark, base::restore_instance;

 public:
  tail_call_emitter(encoder& a, module_code& code, const processor& cpu, const module_data& module)
      : base(a, code, cpu, module), tails_(*module.env.memory) {}

  void return_call(function_index callee, const function_type& type, live_names stack) {
    start(stack);
    const std::uint32_t imported = module_.env.imported_functions;
    const bool is_own = callee.value >= imported, fits = is_own && has_room(type);
    pass(type, stack, nullptr, fits);
    const type_index index = module_.env.functions[callee.value];
    if (fits) {
      leave_frame();
      jump_own(callee.value - imported);
    } else if (is_own) {
      outline(a_.jump_forward(), index, fits, callee.value - imported);
    } else {
      base::load_function(callee);
      a_.alu_mi(alu::cmp, true, field(reg::rax, offset::function_instance_owner), 0);
      outline(a_.jump_forward(condition::ne), index, fits);
      call_imported(index, type);
      return_results(type);
    }
  }
  void return_call_indirect(indirect_call c, const function_type& type, name index,
                            live_names stack) {
    start(stack, index);
    const bool fits = has_room(type);
    pass(type, stack, &index, fits);
    find_element(c);
    be_replaced(c.type, fits);
  }
  void return_call_ref(type_index t, const function_type& type, name reference, live_names stack) {
    start(stack, reference);
    const bool fits = has_room(type);
    pass(type, stack, &reference, fits);
    check_reference();
    be_replaced(t, fits);
  }

 protected:
  /// The function that comes next is of this type.
  void begin_tail_calls(const function_type& own) {
    own_type_ = own;
    tails_.clear();
  }
  void write_tail_calls() {
    for (const tail_call& t : tails_) write(t);
  }
  void leave_frame() {
    if (plan_.size != 0) a_.alu_ri(alu::add, true, reg::rsp, static_cast<std::int32_t>(plan_.size));
    for (std::size_t i = plan_.pushed; i-- > 0;) a_.pop_r(plan_.saved[i]);
  }

 private:
  static constexpr std::uint32_t none = 0xffff'ffff;
  // What is left to do behind the function when arguments are in their places: in memory those of
  // the caller's frame, or those of this one.
  struct tail_call {
    std::uint32_t place = 0;
    std::uint32_t offset = 0;
    type_index type{};
    std::uint32_t own = none;  // the number of the module's function; otherwise rax has it
    bool is_placed = false;
  };

  [[nodiscard]] bool has_room(const function_type& callee) const {
    return argument_words(callee) <= own_words(own_type_);
  }
  void pass(const function_type& type, live_names stack, name* index, bool replaces) {
    make_room(64 * (type.parameters.size() + 8));
    pass_arguments(type, stack, index, replaces);
    make_room(1024);
  }
  void outline(std::uint32_t place, type_index type, bool is_placed, std::uint32_t own = none) {
    keep(tails_.push({place, offset_, type, own, is_placed}));
  }
  // By the function in rax.
  void be_replaced(type_index type, bool fits) {
    if (!fits) return outline(a_.jump_forward(), type, fits);
    a_.alu_rm(alu::cmp, true, instance_register, field(reg::rax, offset::function_instance_owner));
    outline(a_.jump_forward(condition::ne), type, fits);
    leave_frame();
    a_.jump_m(field(reg::rax, offset::function_instance_code));
  }

  void write(const tail_call& t) {
    make_room(1024);
    offset_ = t.offset;
    annotate(code_note::kind::operation, t.offset);
    a_.set_distance(t.place, a_.here());
    const function_type type = module_.env.type(t.type);
    const std::uint32_t words = argument_words(type);
    chain by_call = 0;
    if (t.own == none) {
      a_.alu_mi(alu::cmp, true, field(reg::rax, offset::function_instance_owner), 0);
      wait(by_call, a_.jump_forward(condition::e));
    }
    address back = plan_.incoming(0);
    back.displacement -= 8;
    a_.mov_rm(true, scratch, back);
    a_.alu_mi(alu::cmp, false, field(scratch, 0), base::landmark);
    wait(by_call, a_.jump_forward(condition::ne));
    a_.alu_mi(alu::cmp, false, field(scratch, 4), static_cast<std::int32_t>(words + 1));
    wait(by_call, a_.jump_forward(condition::b));
    if (!t.is_placed) copy_words(words, true);
    leave_frame();
    if (t.own != none) {
      jump_own(t.own);
    } else {
      a_.call_to(code_.stubs.enter_instance);
      a_.jump_m(field(reg::rax, offset::function_instance_code));
    }
    bind(by_call);
    if (t.is_placed) copy_words(words, false);
    if (t.own != none) {
      call_own(t.own);
      put_landmark();
      restore_instance();
    } else {
      call_anywhere(t.type, true);
    }
    return_results(type);
  }
  // Results in registers are where they belong.
  void return_results(const function_type& type) {
    copy_words(result_words(type), true);
    leave_frame();
    a_.return_();
  }
  // Words between what this function's callees have and what its caller has.
  void copy_words(std::uint32_t count, bool up) {
    for (std::uint32_t i = 0; i < count; ++i) {
      make_room();
      a_.copy_words(kind::i64, words_of_callee(i, up), words_of_callee(i, !up));
    }
    make_room();
  }

  function_type own_type_;
  array<tail_call> tails_;
};

}  // namespace dovetail::x64_jit

// ---- dovetail/x64/emitter.hpp

// The emitter of the x64 backend: numbers by operator, control, and the function around them.

namespace dovetail::x64_jit {

template <code_options Options>
class emitter : public tail_call_emitter<Options> {
  using base = tail_call_emitter<Options>;
  using base::a_, base::below_, base::code_, base::plan_, base::floor_, base::floors_, base::free_,
      base::failure_, base::offset_, base::temporaries_, base::flags_pending_, base::next_,
      base::result_end_, base::traps_, base::constants_, base::waiting_, base::module_;
  using base::annotate, base::start, base::put_down, base::release, base::use, base::move_to,
      base::store_to, base::register_of, base::trap_if, base::add_site, base::make_room, base::keep,
      base::wanted, base::fresh, base::test, base::wait, base::bind, base::own, base::allocate,
      base::take, base::clear, base::settle, base::is_in_memory, base::memory_of, base::field,
      base::is_free_temporary, base::reads;

 public:
  using value = name;
  using label = block_label;
  using meter = std::uint32_t;
  static constexpr bool has_vectors = true;
  static constexpr bool places_operands = true;
  static constexpr features executes = executed;
  static constexpr bool is_metered = Options.is_told_of_blocks();

  emitter(encoder& a, module_code& code, const processor& cpu, const module_data& module,
          collector<Options.is_told_of_blocks(), Options.price>& collected)
      : base(a, code, cpu, module), collector_(collected) {}

  /// Functions from the module's own number `first` on come next, written from here on, up to `end`
  /// at most. There is memory up to `committed`, and up to `mapped` it need only be brought in.
  [[nodiscard]] status prepare(std::size_t first, std::size_t committed, std::size_t mapped,
                               std::size_t end) {
    const std::size_t defined = module_.env.functions.size() - module_.env.imported_functions;
    base::first_defined_ = static_cast<std::uint32_t>(first);
    base::begin_ = a_.here();
    base::committed_ = committed;
    base::mapped_ = mapped;
    base::notes_accesses_ = Options.is_guarded;
    base::end_of_room_ = end;
    DOVETAIL_TRY(code_.functions.reserve(defined - first));
    return waiting_.resize(defined);
  }
  void end_at(std::size_t end) { base::end_of_room_ = end; }
  /// Calls of functions that other emitters wrote, now that all have been.
  void link(const array<function_code>& all) {
    for (std::size_t i = 0; i < waiting_.size(); ++i) {
      for (chain c = waiting_[i]; c != 0;) {
        const std::uint32_t where = c;
        c = a_.word(where);
        a_.set_distance(where, all[i].entry);
      }
    }
  }

  void begin(const function_body& body) {
    body_ = body;
    facts_ = collector_.next();
    base::begin_tail_calls(body.type);
    keep(plan_.make(body, facts_, Options.host, Options.pinned_homes(),
                    Options.resumes() || !base::cpu_.has_popcnt));
    temporaries_ = (integer_temporaries | float_temporaries) & ~plan_.homes;
    free_ = temporaries_;
    floor_ = 0;
    floors_.clear();
    traps_.clear();
    constants_.clear();
    base::vectors_.clear();
    below_ = {};
    flags_pending_ = false;
    base::begin_locals(facts_);
    result_end_ = 0;
    make_room(4096);
    if (failure_ != status::ok) return;
    a_.align(16);
    keep(code_.functions.push(
        {a_.here(), 0, plan_.size + 8 * plan_.pushed,
         facts_.leaves_instance ? plan_.instance : function_code::no_instance}));
    if (failure_ != status::ok) return;
    bind(waiting_[base::first_defined_ + code_.functions.size() - 1]);
    annotate(code_note::kind::prologue, 0);
    prologue();
  }

  /// Nothing is emitted without a plan.
  status begun() const { return failure_; }
  status finish() {
    base::write_tail_calls();
    base::write_outlined();
    base::write_traps();
    write_vectors();
    write_constants();
    if (failure_ == status::ok) code_.functions.back().end = a_.here();
    return failure_;
  }

  void position(std::size_t offset) {
    offset_ = static_cast<std::uint32_t>(offset);
    annotate(code_note::kind::operation, offset_);
  }
  /// What follows the operator at hand.
  void upcoming(const recorded_call& next) { next_ = &next; }

  // Control.
  label enter(const block_shape& shape, live_names stack) {
    label l = label_of(shape, stack);
    if (l.is_function) {
      if constexpr (Options.counts == counting::functions) base::put_count(body_.index);
      return base::put_checkpoint(), keep(floors_.push(0)), l;
    }
    start(stack);
    save(stack, shape.kind == block_kind::loop ? stack.size() : shape.height);
    if (l.is_loop) {
      base::begin_loop();
      for (std::size_t i = shape.height; i < stack.size(); ++i) into_slot(stack[i]);
      a_.align(16);
      l.head = a_.here();
      base::put_checkpoint();
      result_end_ = 0;
    }
    open(shape.height);
    return l;
  }
  label enter_if(const block_shape& shape, name c, live_names stack) {
    start_condition(stack, c);
    label l = label_of(shape, stack);
    save(stack, shape.height);
    for (std::size_t i = shape.height; i < stack.size(); ++i) into_slot(stack[i]);
    jump_unless(c, l.alternative);
    open(shape.height);
    return l;
  }
  void else_(label& l, bool reachable, live_names stack) {
    if (!reachable) return;
    start(stack);
    carry(l, stack);
    wait(l.waiting, a_.jump_forward());
  }
  void enter_else(label& l, live_names stack) {
    make_room();
    flags_pending_ = false;
    bind(l.alternative);
    base::forget_locals();
    free_ = temporaries_;
    for (std::size_t i = l.height; i < stack.size(); ++i)
      stack[i].value = spilled_name(kind_of(stack[i].type), stack[i].slot());
  }
  void leave(label& l, bool reachable, live_names stack) {
    if (l.is_function) return leave_function(l, reachable, stack);
    make_room();
    if (reachable) {
      start(stack);
    } else {
      flags_pending_ = false;
    }
    close();
    const bool is_merge = l.waiting != 0 || l.alternative != 0;
    if (reachable && !is_merge) return;
    base::forget_locals();
    if (reachable) carry(l, stack);
    if (l.alternative != 0) bind_alternative(l, reachable);
    bind(l.waiting);
    name_carried(l, stack);
  }

  void branch(label& l, live_names stack) {
    start(stack);
    if (l.is_function) return return_with(l, stack);
    carry(l, stack);
    jump(l);
  }
  void branch_if(label& l, name c, live_names stack) {
    start_condition(stack, c);
    if (l.arity > 1 || (l.is_loop && l.arity != 0)) {
      chain around = 0;
      jump_unless(c, around);
      branch_with_moves(l, stack);
      bind(around);
      return;
    }
    const condition is_taken = test(c);
    if (l.arity == 1) top_into_result(l.type, stack);
    jump_if(is_taken, l);
  }
  void branch_table(name index, std::span<label* const> targets, live_names stack) {
    start(stack, index);
    make_room(1024 + 8 * targets.size());
    const label& any = *targets.back();
    const reg result = is_float(any.type) ? float_results[0] : integer_results[0];
    reg at = own(index, reg::none);
    if (any.arity == 1) {
      if (at == result) {
        at = allocate(false, set_of(result));
        a_.mov_rr(false, at, result);
        release(result);
      }
      top_into_result(any.type, stack);
    }
    const auto last = static_cast<std::uint32_t>(targets.size() - 1);
    a_.alu_ri(alu::cmp, false, at, static_cast<std::int32_t>(last));
    const std::uint32_t beyond = a_.jump_forward(condition::ae);
    const std::uint32_t table = a_.op_rc({0, 0, 0x8d}, true, scratch);
    // An entry is the distance from its own end to its target.
    a_.lea(true, scratch, {scratch, at, 2, 4});
    a_.op_rm({0, 0, 0x63}, true, at, {scratch, reg::none, 0, -4});
    a_.alu_rr(alu::add, true, scratch, at);
    a_.jump_r(scratch);
    a_.set_distance(table, a_.here());
    const std::uint32_t first = a_.here();
    annotate(code_note::kind::distances, offset_);
    for (std::uint32_t i = 0; i < last; ++i) a_.store(0, 4);
    annotate(code_note::kind::operation, offset_);
    release(at);
    for (std::uint32_t i = 0; i <= last; ++i)
      send(i == last ? beyond : first + 4 * i, *targets[i], stack);
  }
  // A branch that is taken if a reference is null, and on without it otherwise.
  name branch_on_null(label& l, name v, live_names stack) {
    start(stack, v);
    reg r = use(v);
    if (l.arity > 1 || (l.is_loop && l.arity != 0)) {
      a_.test_rr(true, r, r);
      chain around = a_.jump_forward(condition::ne);
      branch_with_moves(l, stack);
      bind(around);
      return v;
    }
    if (l.arity == 1) {
      if (r == result_of(l.type)) {
        const reg other = allocate(false, set_of(r));
        a_.mov_rr(true, other, r);
        release(r);
        v = temporary_name(kind::i64, r = other);
      }
      top_into_result(l.type, stack);
    }
    a_.test_rr(true, r, r);
    jump_if(condition::e, l);
    return v;
  }
  // The reference is the topmost operand of the label.
  void branch_on_non_null(label& l, name, live_names stack) {
    start(stack);
    name& v = stack.back().value;
    if (l.arity > 1 || l.is_loop) {
      const reg r = use(v);
      a_.test_rr(true, r, r);
      chain around = a_.jump_forward(condition::e);
      branch_with_moves(l, stack);
      bind(around);
    } else {
      const reg r = result_of(l.type);
      top_into_result(l.type, stack);
      a_.test_rr(true, r, r);
      jump_if(condition::ne, l);
    }
    release(v);
  }
  void unreachable() {
    make_room();
    flags_pending_ = false;
    a_.call_to(code_.stubs.traps[static_cast<std::size_t>(trap_code::unreachable)]);
    add_site(a_.here());
  }

  // Fuel: subtract at the head of the block, stop if there was not enough.
  meter open_meter() {
    if constexpr (Options.counts == counting::blocks) base::put_count(body_.index);
    if constexpr (!Options.is_metered) return 0;
    make_room();
    a_.op_nr({0, 0, 0x81}, true, static_cast<unsigned>(alu::sub), Options.fuel_register());
    a_.store(0, 4);
    const std::uint32_t at = a_.here() - 4;
    return trap_if(condition::l, trap_code::out_of_fuel), at;
  }
  void close_meter(meter at, std::uint32_t operators) {
    if (Options.is_metered && failure_ == status::ok) a_.set_word(at, operators);
  }

 private:
  [[nodiscard]] static label label_of(const block_shape& shape, live_names stack) {
    label l;
    const auto types = shape.label_types();
    l.height = static_cast<std::uint32_t>(shape.height);
    l.first_slot = height_of(stack.first(shape.height));
    l.arity = static_cast<std::uint32_t>(types.size());
    if (!types.empty()) l.type = kind_of(types[0]);
    l.is_loop = shape.kind == block_kind::loop;
    l.is_function = shape.kind == block_kind::function;
    return l;
  }
  void open(std::size_t height) {
    keep(floors_.push(static_cast<std::uint32_t>(height)));
    floor_ = height;
  }
  void close() {
    if (failure_ != status::ok) return;
    floors_.pop();
    floor_ = floors_.back();
  }
  // Like start, for an operator whose condition may be in the flags.
  void start_condition(live_names stack, const name& c) {
    below_ = stack;
    make_room(512 + 16 * (stack.size() - floor_));
    if (flags_pending_ && c.what != place::flags) settle();
  }

  // Before the ways part: operands up to `height` to their slots, constants excepted.
  void save(live_names stack, std::size_t height) {
    make_room(512 + 16 * (stack.size() - floor_));
    for (std::size_t i = floor_; i < height; ++i) {
      if (!stack[i].value.is_constant()) into_slot(stack[i]);
    }
  }
  void into_slot(operand<name>& o) {
    if (o.value.what == place::spilled && o.value.index == o.slot()) return;
    put_down(o);
  }

  // Jumps on conditions; equality of floats takes two.
  template <class Jump>
  void jumps_if(condition c, Jump jump) {
    if (c == condition::float_e) {
      const std::uint32_t unordered = a_.skip(condition::p);
      jump(condition::e);
      a_.end_skip(unordered);
    } else if (c == condition::float_ne) {
      jump(condition::p);
      jump(condition::ne);
    } else {
      jump(c);
    }
  }
  void jump_if(condition c, label& l) {
    jumps_if(c, [&](condition one) {
      if (l.is_loop) {
        a_.jump_back(one, l.head);
      } else {
        wait(l.waiting, a_.jump_forward(one));
      }
    });
  }
  void jump_unless(name& c, chain& to) {
    jumps_if(opposite(test(c)), [&](condition one) { wait(to, a_.jump_forward(one)); });
  }
  void jump(label& l) {
    if (l.is_loop) {
      a_.jump_back(l.head);
    } else {
      wait(l.waiting, a_.jump_forward());
    }
  }

  // A single operand of a label that lies ahead travels in the register of its kind's results,
  // others in their slots.
  [[nodiscard]] static bool is_in_register(const label& l) { return l.arity == 1 && !l.is_loop; }
  [[nodiscard]] static reg result_of(kind k) {
    return is_float(k) ? float_results[0] : integer_results[0];
  }
  // Moves what a label carries there, without renaming anything.
  void carry(const label& l, live_names stack) {
    if (is_in_register(l)) return move_to(result_of(l.type), stack.back().value);
    std::uint32_t to = l.first_slot;
    for (const operand<name>& o : stack.last(l.arity)) {
      make_room();
      // Each goes to its own place or a lower one: going up overwrites nothing still to come.
      if (o.value.what != place::spilled || o.value.index != to)
        store_to(plan_.slot_of(to), o.value);
      to += slots_of(o.type);
    }
  }
  void name_carried(const label& l, live_names stack) {
    free_ = temporaries_;
    if (is_in_register(l)) {
      take_result(result_of(l.type), stack);
    } else {
      for (std::size_t i = l.height; i < stack.size(); ++i)
        stack[i].value = spilled_name(kind_of(stack[i].type), stack[i].slot());
    }
  }
  void take_result(reg r, live_names stack) {
    free_ &= ~set_of(r);
    stack.back().value = temporary_name(kind_of(stack.back().type), r);
  }
  // The top operand into the result register, whether or not it stays there. Leaves the flags
  // alone.
  void top_into_result(kind k, live_names stack) {
    const reg r = result_of(k);
    name& n = stack.back().value;
    if (n.what == place::temporary && n.where == r) return;
    clear(r);
    move_to(r, n);
    if (n.what != place::temporary) return;
    release(n);
    take_result(r, stack);
  }
  void bind_alternative(label& l, bool reachable) {
    const bool has_value = is_in_register(l);
    const std::uint32_t around = has_value && reachable ? a_.jump_forward() : 0;
    bind(l.alternative);
    if (has_value) a_.load(l.type, result_of(l.type), plan_.slot_of(l.first_slot));
    if (around != 0) a_.set_distance(around, a_.here());
  }
  void branch_with_moves(label& l, live_names stack) {
    if (l.is_function) return return_with(l, stack);
    carry(l, stack);
    jump(l);
  }
  void send(std::uint32_t where, label& l, live_names stack) {
    if (l.arity > 1 || (l.is_loop && l.arity != 0)) {
      a_.set_distance(where, a_.here());
      branch_with_moves(l, stack);
    } else if (l.is_loop) {
      a_.set_distance(where, l.head);
    } else {
      wait(l.waiting, where);
    }
  }

  // The function around its operators.
  void prologue() {
    const std::uint32_t bytes = plan_.size + 8 * plan_.pushed;
    const address limit = field(instance_register, offset::instance_native_limit);
    if (bytes > 1024) {
      a_.lea(true, scratch, field(reg::rsp, -static_cast<std::int32_t>(bytes)));
      a_.alu_rm(alu::cmp, true, scratch, limit);
      trap_if(condition::b, trap_code::stack_exhausted);
    } else if (!plan_.is_leaf) {
      a_.alu_rm(alu::cmp, true, reg::rsp, limit);
      trap_if(condition::b, trap_code::stack_exhausted);
    }
    for (std::size_t i = 0; i < plan_.pushed; ++i) a_.push_r(plan_.saved[i]);
    if (plan_.size != 0) a_.alu_ri(alu::sub, true, reg::rsp, static_cast<std::int32_t>(plan_.size));
    if (facts_.leaves_instance) {
      a_.mov_mr(true, field(reg::rsp, static_cast<std::int32_t>(plan_.instance)),
                instance_register);
    }
    receive_parameters();
    clear_locals();
  }
  void epilogue() {
    base::leave_frame();
    a_.return_();
  }

  [[nodiscard]] address slot_of_local(const local_place& l) const {
    return field(reg::rsp, l.slot);
  }
  void receive_parameters() {
    places from = places::of_arguments();
    parallel_moves moves;
    const std::size_t count = body_.type.parameters.size();
    for (std::size_t i = 0; i < count; ++i) {
      const local_place& l = plan_.locals[i];
      const auto at = from.next(l.type);
      make_room();
      if (at.where == reg::none) {
        if (l.home != reg::none || !l.has_slot()) continue;
        a_.copy_words(l.type, slot_of_local(l), plan_.incoming(at.word));
      } else if (l.home != reg::none) {
        moves.add(l.type, l.home, at.where);
      } else if (l.has_slot()) {
        a_.store_value(l.type, slot_of_local(l), at.where);
      }
    }
    moves.write_to(a_);
    places again = places::of_arguments();
    for (std::size_t i = 0; i < count; ++i) {
      const local_place& l = plan_.locals[i];
      const auto at = again.next(l.type);
      if (at.where == reg::none && l.home != reg::none)
        a_.load(l.type, l.home, plan_.incoming(at.word));
    }
  }
  // Other locals begin as zero.
  void clear_locals() {
    std::int32_t first = local_place::no_slot, last = first;
    for (std::size_t i = body_.type.parameters.size(); i < plan_.locals.size(); ++i) {
      const local_place& l = plan_.locals[i];
      if (l.home != reg::none) {
        is_float(l.type) ? a_.bits_rr(0x57, l.home, l.home)
                         : a_.alu_rr(alu::xor_, false, l.home, l.home);
      } else if (l.has_slot()) {
        if (first == local_place::no_slot) first = l.slot;
        last = l.slot + 8 * static_cast<std::int32_t>(words_of(l.type) - 1);
      }
    }
    make_room();
    if (first == local_place::no_slot) return;
    if (last - first < 8 * 8) {
      for (std::int32_t at = first; at <= last; at += 8) a_.mov_mi(true, field(reg::rsp, at), 0);
      return;
    }
    a_.alu_rr(alu::xor_, false, reg::rax, reg::rax);
    a_.mov_ri(reg::rcx, static_cast<std::uint64_t>((last - first) / 8 + 1));
    const std::uint32_t again = a_.here();
    a_.mov_mr(true, {reg::rsp, reg::rcx, 3, first - 8}, reg::rax);
    a_.alu_ri(alu::sub, false, reg::rcx, 1);
    a_.jump_back(condition::ne, again);
  }

  // Results to where the caller looks for them.
  void put_results(live_names stack) {
    const std::size_t count = body_.type.results.size(), first = stack.size() - count;
    places in_memory = places::of_results();
    parallel_moves moves;
    for (std::size_t i = 0; i < count; ++i) {
      const name& n = stack[first + i].value;
      const auto to = in_memory.next(n.type);
      make_room();
      if (to.where == reg::none) {
        store_to(plan_.incoming(to.word), n);
      } else if (const reg from = register_of(n); from != reg::none) {
        moves.add(n.type, to.where, from);
      }
    }
    moves.write_to(a_);
    places rest = places::of_results();
    for (std::size_t i = 0; i < count; ++i) {
      const name& n = stack[first + i].value;
      const auto to = rest.next(n.type);
      if (to.where != reg::none && register_of(n) == reg::none) move_to(to.where, n);
    }
  }
  void return_with(label& l, live_names stack) {
    put_results(stack);
    if (plan_.pushed <= 2) {
      epilogue();
    } else {
      wait(l.waiting, a_.jump_forward());
    }
  }
  void leave_function(label& l, bool reachable, live_names stack) {
    make_room();
    if (reachable) {
      start(stack);
      put_results(stack);
    }
    if (!reachable && l.waiting == 0) return;
    bind(l.waiting);
    epilogue();
  }

  // Vectors that instructions read from behind the function. Without AVX they must be aligned.
  void write_vectors() {
    bool is_first = true;
    for (auto& one : base::vectors_) {
      if (one.uses == 0) continue;
      make_room();
      if (is_first) {
        a_.align(16);
        annotate(code_note::kind::constants, 0);
        is_first = false;
      }
      while (one.uses != 0 && failure_ == status::ok) {
        const std::uint32_t where = one.uses & 0x7fff'ffff, trailing = one.uses >> 31;
        one.uses = a_.word(where);
        a_.set_distance(where, a_.here() - trailing);
      }
      a_.store(one.value.low(), 8);
      a_.store(one.value.high(), 8);
    }
  }
  // Constants behind the function; one that was just written serves again.
  void write_constants() {
    constexpr std::size_t remembered = 32;
    std::uint64_t bits[remembered];
    std::uint32_t positions[remembered];
    std::size_t count = 0;
    annotate(code_note::kind::constants, 0);
    for (const auto& one : constants_) {
      make_room();
      std::size_t i = 0;
      const std::size_t known = count < remembered ? count : remembered;
      while (i < known && bits[i] != one.bits) ++i;
      if (i == known) {
        i = count++ % remembered;
        bits[i] = one.bits;
        positions[i] = a_.here();
        a_.store(one.bits, 8);
      }
      if (failure_ == status::ok) a_.set_distance(one.place, positions[i]);
    }
  }

  collector<Options.is_told_of_blocks(), Options.price>& collector_;
  body_facts facts_;
  function_body body_;
};

}  // namespace dovetail::x64_jit

// ---- dovetail/x64/frames.hpp

// Visits of guest frames by the tables of compiled code. What a trap or a host function is asked
// about; nothing is written for it on a path that runs often.

namespace dovetail::x64_jit {

//   The native stack while guests run, downwards:
//
//     entry from the host     what native_entry points to: landing, limit, entry before (stubs.hpp)
//     frames of functions     return address, then function_code::frame bytes
//     host function           called by a stub; the return address above the stub's frame is the
//                             guest's, and the word below the entry's record says where it is
//     entry from the host     ...
//
// Stubs between functions have no frames: they are left before the callee begins. A function knows
// its instance by its callee's, unless it calls what may belong to another one: then its frame
// holds it.
class frame_walk {
 public:
  explicit frame_walk(const vm::store& s) : store_(s), entry_(s.native_entry) {}

  template <frame_visitor Visit>
  visit_end visit(Visit& visit) {
    // A store whose guests are interpreted has no entries.
    if (entry_ == nullptr)
      return store_.native_outermost == 0 ? visit_end::complete : visit_end::unknown;
    bool is_known = store_.trapped.running != nullptr ? begin_at_trap() : begin_at_host_call();
    while (is_known) {
      const code_site* site = code_->site_of(place_);
      if (site == nullptr) return visit_end::unknown;
      const auto function =
          static_cast<std::uint32_t>(instance_->module->env.imported_functions + function_);
      if (!visit(guest_frame{instance_, {function}, site->offset})) return visit_end::stopped;
      const step next = leave_frame();
      if (next == step::nowhere) return visit_end::unknown;
      if (next == step::function) continue;
      entry_ = reinterpret_cast<const std::uintptr_t*>(entry_[2]);
      if (entry_ == nullptr) return visit_end::complete;
      is_known = begin_at_host_call();
    }
    return visit_end::unknown;
  }

 private:
  // What a return address leads to.
  enum class step : std::uint8_t { function, host, nowhere };

  static std::uintptr_t word_at(std::uintptr_t address) {
    return *reinterpret_cast<const std::uintptr_t*>(address);
  }
  static const module_code& code_of(const vm::instance& i) {
    return *static_cast<const module_code*>(i.code);
  }

  bool begin_at_trap() {
    const vm::native_place& p = store_.trapped;
    instance_ = p.running;
    code_ = &code_of(*instance_);
    stack_ = p.stack;
    stand_at(p.pc, p.is_access);
    return function_ < code_->functions.size();
  }
  // The innermost call of this entry is one of a host function, if somebody asks.
  bool begin_at_host_call() {
    if (store_.instances == nullptr || !code_of(*store_.instances).keeps_places) return false;
    const std::uintptr_t stack = entry_[-1];
    if (stack == 0) return false;
    instance_ = nullptr;
    code_ = nullptr;
    return return_to(stack) == step::function;
  }
  // To the caller of the frame at hand.
  step leave_frame() {
    return return_to(stack_ + (has_no_frame_yet() ? 0 : code_->functions[function_].frame));
  }
  // A function finds that the stack does not suffice before it takes any.
  [[nodiscard]] bool has_no_frame_yet() const {
    return !place_.is_access &&
           code_->is_call_of(
               place_.position,
               code_->stubs.traps[static_cast<std::size_t>(trap_code::stack_exhausted)]);
  }
  // To where the return address at `address` leads.
  step return_to(std::uintptr_t address) {
    const std::uintptr_t pc = word_at(address);
    stack_ = address + 8;
    if (code_ == nullptr || !code_->holds(pc)) {
      // Some instance of this module; its own frame says which.
      instance_ = store_.instances;
      while (instance_ != nullptr && !code_of(*instance_).holds(pc)) instance_ = instance_->next;
      if (instance_ == nullptr) return step::nowhere;
      code_ = &code_of(*instance_);
    }
    stand_at(pc, false);
    if (function_ == code_->functions.size()) return step::host;
    if (const std::uint32_t at = code_->functions[function_].instance;
        at != function_code::no_instance) {
      instance_ = reinterpret_cast<const vm::instance*>(word_at(stack_ + at));
    }
    return step::function;
  }
  void stand_at(std::uintptr_t pc, bool is_access) {
    const auto begin = reinterpret_cast<std::uintptr_t>(code_->base);
    place_ = {static_cast<std::uint32_t>(pc - begin), is_access};
    function_ = code_->function_of(place_);
  }

  const vm::store& store_;
  const std::uintptr_t* entry_;
  const vm::instance* instance_ = nullptr;
  const module_code* code_ = nullptr;
  std::uintptr_t stack_ = 0;
  code_place place_;
  std::size_t function_ = 0;
};

}  // namespace dovetail::x64_jit

// ---- dovetail/x64/execution.hpp

// Between the host and compiled code: entering it, host functions called from it, traps on their
// way out.

namespace dovetail::x64_jit {

/// How the host enters: arguments are read from the frame, results written over them. `limit` is
/// the lowest address that the native stack may reach.
using entry_function = trap_code (*)(const void* code, slot* frame, vm::instance* i,
                                     std::uintptr_t limit);

/// What `raise` is given for a fault; its low byte is the trap.
[[nodiscard]] constexpr std::uint64_t fault_code_of(trap_code t) {
  return 0x100 | static_cast<std::uint64_t>(t);
}
inline constexpr std::uint64_t fault_code = fault_code_of(trap_code::memory_out_of_bounds);

/// Called by the trap stubs: writes the store's report and answers where the native stack was at
/// the entry that the trap ends. `pc` is behind the call that trapped, or at the access that
/// faulted, `stack` the lowest address of the function's frame.
inline const void* raise(vm::instance& i, std::uint64_t code, std::uintptr_t pc,
                         std::uintptr_t stack) {
  vm::store& s = *i.home;
  s.report = {static_cast<trap_code>(code), s.host_trap.detail, false, 0, 0, i.module};
  s.host_trap = {};
  if (s.report.code == trap_code::out_of_fuel) s.fuel = 0;
  const auto& m = *static_cast<const module_code*>(i.code);
  const code_place place{static_cast<std::uint32_t>(pc - reinterpret_cast<std::uintptr_t>(m.base)),
                         (code & 0x100) != 0};
  const std::size_t f = m.function_of(place);
  if (const code_site* site = m.site_of(place); site != nullptr && f < m.functions.size()) {
    s.report.has_place = true;
    s.report.function = i.module->env.imported_functions + static_cast<std::uint32_t>(f);
    s.report.offset = site->offset;
  }
  if (s.on_trap != nullptr) {
    s.trapped = {&i, pc, stack, place.is_access};
    s.on_trap(s, s.trap_context);
    s.trapped = {};
  }
  return s.native_entry;
}

/// Called where exceptions of the host's functions land; otherwise like `raise`. `pc` may be in the
/// stub that a guest calls such a function by: then the guest's own place is behind `gap`.
inline const void* raise_thrown(vm::instance& i, void* exception, std::uintptr_t pc,
                                std::uintptr_t stack) {
  constexpr std::uintptr_t gap = 8 + shadow_space(abi::sysv);
  i.home->exception = os::catch_thrown(exception);
  const auto& m = *static_cast<const module_code*>(i.code);
  if (m.is_shared(static_cast<std::uint32_t>(pc - reinterpret_cast<std::uintptr_t>(m.base)))) {
    pc = *reinterpret_cast<const std::uintptr_t*>(stack + gap);
    stack += gap + 8;
  }
  return raise(i, static_cast<std::uint64_t>(trap_code::host_exception), pc, stack);
}

/// Called where a guest may go on behind a checkpoint: 0, or the code that `raise` is given.
inline std::uint64_t reconsider(vm::instance& i, std::uint64_t code) {
  vm::store& s = *i.home;
  if (code == static_cast<std::uint64_t>(trap_code::out_of_fuel)) return vm::refill(s) ? 0 : code;
  vm::control_block& c = vm::control_of(s);
  return (c.page == nullptr ? vm::must_stop(c) : vm::must_stop_at_page(c)) ? code : 0;
}

/// Called by the stubs of host functions: 0, or the code of the trap.
inline std::uint64_t call_host(vm::instance& i, vm::function_instance& f, slot* frame) {
  caller from(*i.home, &i);
  const trap t = f.host.call(f.host.object, from, frame);
  if (t) [[unlikely]]
    i.home->host_trap = t;
  return static_cast<std::uint64_t>(t.code);
}

/// Where a fault in the code of this instance goes on: an access to its guarded memories, or to the
/// page of its store; 0 if it is neither.
template <bool HasPage>
std::uintptr_t landing_of_fault(const os::code_range& range, std::uintptr_t instance,
                                std::uintptr_t address) {
  const auto& i = *reinterpret_cast<const vm::instance*>(instance);
  if constexpr (HasPage) {
    const auto& page = reinterpret_cast<const vm::controlled_instance&>(i).page;
    if (address - reinterpret_cast<std::uintptr_t>(page) < vm::page_size) {
      const auto& m = *static_cast<const module_code*>(i.code);
      return reinterpret_cast<std::uintptr_t>(m.at(m.stubs.traps[shared_stubs::at_page]));
    }
  }
  for (const vm::memory_instance* m = i.home->memories; m != nullptr; m = m->next) {
    if (address - reinterpret_cast<std::uintptr_t>(m->base) < m->reserved) return range.landing;
  }
  return 0;
}

/// What an outermost call may use of the native stack: what an instruction can subtract, at most.
[[nodiscard]] inline std::uint32_t stack_below(const limits& most) {
  return most.native_stack < 0x7fff'0000 ? most.native_stack : 0x7fff'0000;
}

DOVETAIL_COLD inline trap_code refuse(vm::store& s, trap_code t) {
  s.report = {t, 0, false, 0, 0, nullptr};
  return t;
}

/// Runs a function with its arguments in `frame`, where its results are afterwards. The native
/// stack is measured from the outermost call, which has the limit beside its entry; every nested
/// one must stay above it.
template <bool Stops = false>
trap_code run(vm::function_instance& f, slot* frame) {
  vm::store& s = *f.home;
  char here = 0;
  const auto at = reinterpret_cast<std::uintptr_t>(&here);
  std::uintptr_t limit = at - stack_below(*s.most);
  if (s.native_entry != nullptr) {
    limit = s.native_entry[1];
    if (at < limit) [[unlikely]]
      return refuse(s, trap_code::stack_exhausted);
  } else if constexpr (Stops) {
    vm::begin_call(s);
  }
  f.owner->native_limit = limit;
  return reinterpret_cast<entry_function>(const_cast<void*>(f.entry))(f.code, frame, f.owner,
                                                                      limit);
}

/// How many slots the results of a C++ function take.
template <class R>
inline constexpr std::size_t result_slots_of = slots_of(value_type_of<R>());
template <>
inline constexpr std::size_t result_slots_of<void> = 0;
template <class... R>
inline constexpr std::size_t result_slots_of<std::tuple<R...>> = (slots_of(value_type_of<R>()) +
                                                                  ... + std::size_t{0});

}  // namespace dovetail::x64_jit

// ---- dovetail/x64/host_calls.hpp

// How host functions are called: a stub a signature, with the arguments where the host's own
// convention has them if the function can be called so, else through a frame of slots.

namespace dovetail::x64_jit {

template <code_options Options>
class host_call_writer {
 public:
  host_call_writer(encoder& a, module_code& code) : a_(a), code_(code) {}

  // Called with a function instance of the host in rax and its arguments where every function finds
  // them.
  [[nodiscard]] std::uint32_t write_host_call(const function_type& type) {
    a_.align(16);
    const std::uint32_t begin = a_.here();
    if constexpr (Options.keeps_places) keep_place();
    const bool is_plain = native_places::fit(type, Options.host, false),
               is_contextual = native_places::fit(type, Options.host, true);
    std::uint32_t plain = 0, by_frame = 0;
    if (is_plain) {
      compare_with_plain(a_);
      plain = a_.jump_forward(condition::e);
      if (is_contextual) by_frame = a_.jump_forward(condition::b);
    }
    if (is_contextual) {
      write_contextual_call(type);
      a_.set_distance(by_frame, a_.here());
    }
    write_frame_call(type);
    if (is_plain) {
      a_.set_distance(plain, a_.here());
      write_plain_call(type);
    }
    return begin;
  }

 protected:
  static_assert(static_cast<int>(vm::native_form::none) <
                    static_cast<int>(vm::native_form::plain) &&
                static_cast<int>(vm::native_form::contextual) >
                    static_cast<int>(vm::native_form::plain));

  static address at(reg base_register, std::int32_t displacement) {
    return {base_register, reg::none, 0, displacement};
  }
  void load_memory() { x64_jit::load_memory<Options>(a_); }
  // The stack at this call goes below the entry's record: see write_entry.
  void keep_place() {
    a_.mov_rm(true, scratch, at(instance_register, offset::instance_home));
    a_.mov_rm(true, scratch, at(scratch, offset::store_native_entry));
    a_.mov_mr(true, at(scratch, -8), reg::rsp);
  }
  void call_native(std::uintptr_t function) {
    a_.mov_ri(reg::rax, function);
    a_.call_r(reg::rax);
  }

  // Values between a frame of slots and where functions have them. Slots are zero above 32-bit
  // values. rax and rcx keep what they hold when values go to registers, unless they are results.
  void copy_values(std::span<const value_type> types, places where, address frame, address memory,
                   bool to_frame) {
    for (const value_type t : types) {
      const kind k = kind_of(t);
      const auto place = where.next(k);
      const address word =
          at(memory.base, memory.displacement + static_cast<std::int32_t>(8 * place.word));
      if (place.where == reg::none && k == kind::v128) {
        a_.copy_words(k, to_frame ? frame : word, to_frame ? word : frame);
      } else if (place.where == reg::none) {
        a_.mov_rm(is_wide(k), scratch, to_frame ? word : frame);
        a_.mov_mr(true, to_frame ? frame : word, scratch);
      } else if (!to_frame) {
        a_.load(k, place.where, frame);
      } else if (k == kind::f32) {
        a_.from_float(false, scratch, place.where);
        a_.mov_mr(true, frame, scratch);
      } else {
        a_.store_value(is_float(k) ? k : kind::i64, frame, place.where);
      }
      frame.displacement += 8 * static_cast<std::int32_t>(words_of(k));
    }
  }

  encoder& a_;
  module_code& code_;
  std::uint32_t raise_ = 0;  // with the code in rax, and the stack as behind a function's call

 private:
  // The stack is aligned to 16 bytes where calls are, and 8 off behind them.
  static constexpr auto gap = static_cast<std::int32_t>(8 + shadow_space(Options.host));

  void move_arguments(const function_type& type, native_places& to, parallel_moves& moves) {
    to.add_moves(type, moves);
    moves.write_to(a_);
    a_.alu_ri(alu::sub, true, reg::rsp, gap);
  }
  void leave() {
    if constexpr (!Options.is_guarded) load_memory();
    a_.alu_ri(alu::add, true, reg::rsp, gap);
    a_.return_();
  }

  // The function itself.
  void write_plain_call(const function_type& type) {
    native_places to(Options.host);
    parallel_moves moves;
    move_arguments(type, to, moves);
    write_fuel<Options>(a_);
    a_.call_m(at(reg::rax, offset::function_instance_native));
    finish_plain_call<Options>(a_, type);
    a_.alu_ri(alu::add, true, reg::rsp, gap);
    a_.return_();
  }
  void write_contextual_call(const function_type& type) {
    native_places to(Options.host);
    parallel_moves moves;
    moves.add(kind::i64, to.next(kind::i64), instance_register);
    moves.add(kind::i64, to.next(kind::i64), reg::rax);
    move_arguments(type, to, moves);
    write_fuel<Options>(a_);
    a_.call_m(at(host_argument(Options.host, 1), offset::function_instance_native));
    compare_host_trap<Options>(a_);
    const std::uint32_t trapped = a_.jump_forward(condition::ne);
    leave();
    a_.set_distance(trapped, a_.here());
    a_.op_rm({0, 0x0f, 0xb6}, false, reg::rax, at(scratch, offset::store_host_trap));
    a_.alu_ri(alu::add, true, reg::rsp, gap);
    a_.jump_back(raise_);
  }
  void write_frame_call(const function_type& type) {
    const std::uint32_t in = slots_of(type.parameters), out = slots_of(type.results);
    const auto frame = static_cast<std::int32_t>(shadow_space(Options.host));
    auto size =
        static_cast<std::int32_t>(frame) + 8 * static_cast<std::int32_t>((in > out ? in : out) + 1);
    if (size % 16 != 8) size += 8;
    a_.alu_ri(alu::sub, true, reg::rsp, size);
    copy_values(type.parameters, places::of_arguments(), at(reg::rsp, frame),
                at(reg::rsp, size + 8), true);
    a_.lea(true, host_argument(Options.host, 2), at(reg::rsp, frame));
    a_.mov_rr(true, host_argument(Options.host, 1), reg::rax);
    a_.mov_rr(true, host_argument(Options.host, 0), instance_register);
    write_fuel<Options>(a_);
    call_native(reinterpret_cast<std::uintptr_t>(&call_host));
    read_fuel<Options>(a_);
    a_.test_rr(false, reg::rax, reg::rax);
    const std::uint32_t trapped = a_.jump_forward(condition::ne);
    load_memory();
    copy_values(type.results, places::of_results(), at(reg::rsp, frame), at(reg::rsp, size + 8),
                false);
    a_.alu_ri(alu::add, true, reg::rsp, size);
    a_.return_();
    a_.set_distance(trapped, a_.here());
    a_.alu_ri(alu::add, true, reg::rsp, size);
    a_.jump_back(raise_);
  }
};

}  // namespace dovetail::x64_jit

// ---- dovetail/x64/stubs.hpp

// The pieces of code that every function of a module shares, and how the host enters: a stub a
// signature.

namespace dovetail::x64_jit {

template <code_options Options>
class stub_writer : public host_call_writer<Options> {
  using base = host_call_writer<Options>;

 protected:
  using base::a_, base::code_, base::raise_;
  using base::at, base::load_memory, base::call_native, base::copy_values;

 public:
  using base::base;

  /// What does not depend on signatures. Nothing begins at position 0, which means "none".
  void write_shared() {
    // nop dword ptr [rax + rax + 0], of eight bytes
    for (int half = 0; half < 2; ++half) a_.store(0x0000'0000'0084'1f0f, 8);
    write_raise();
    write_instance_changes();
  }

  /// What vector operators read.
  void write_vectors() {
    a_.align(16);
    code_.stubs.vectors = a_.here();
    for (const auto& halves : shared_vectors) {
      a_.store(halves[0], 8);
      a_.store(halves[1], 8);
    }
  }

  // An entry_function for one signature. The stack behind it, from the store's native_entry up:
  // where a trap lands, the limit, the entry before, the frame, the host's registers. If places
  // are kept, the word below it is where the stack was at the last call of a host function.
  [[nodiscard]] std::uint32_t write_entry(const function_type& type) {
    a_.align(16);
    const std::uint32_t begin = a_.here();
    const reg code = host_argument(Options.host, 0), frame = host_argument(Options.host, 1),
              instance = host_argument(Options.host, 2), limit = host_argument(Options.host, 3);
    save_host_registers();
    a_.push_r(frame);
    a_.mov_rr(true, instance_register, instance);
    a_.mov_rm(true, reg::rax, at(instance_register, offset::instance_home));
    a_.op_nm({0, 0, 0xff}, false, 6, at(reg::rax, offset::store_native_entry));
    a_.push_r(limit);
    load_memory();
    const std::uint32_t landing = a_.op_rc({0, 0, 0x8d}, true, scratch);
    a_.push_r(scratch);
    a_.mov_mr(true, at(reg::rax, offset::store_native_entry), reg::rsp);
    if constexpr (Options.is_metered)
      a_.mov_rm(true, Options.fuel_register(), at(reg::rax, offset::store_fuel));
    if constexpr (Options.stops == interrupt::page)
      a_.mov_rm(true, Options.page_register(), at(instance_register, offset::instance_page));
    a_.mov_rr(true, reg::rax, code);
    a_.mov_rr(true, reg::rcx, frame);
    std::uint32_t words = argument_words(type);
    if (result_words(type) > words) words = result_words(type);
    if constexpr (Options.keeps_places) ++words;
    const std::int32_t area = static_cast<std::int32_t>(8 * (words | 1));
    a_.alu_ri(alu::sub, true, reg::rsp, area);
    if constexpr (Options.keeps_places) a_.mov_mi(true, at(reg::rsp, area - 8), 0);
    copy_values(type.parameters, places::of_arguments(), at(reg::rcx, 0), at(reg::rsp, 0), false);
    a_.call_r(reg::rax);
    a_.mov_rm(true, reg::rcx, at(reg::rsp, area + 24));
    copy_values(type.results, places::of_results(), at(reg::rcx, 0), at(reg::rsp, 0), true);
    write_fuel<Options>(a_);
    a_.alu_rr(alu::xor_, false, reg::rax, reg::rax);
    a_.alu_ri(alu::add, true, reg::rsp, area + 8);
    const std::uint32_t leave = a_.here();
    a_.mov_rm(true, reg::rcx, at(instance_register, offset::instance_home));
    a_.pop_r(scratch);
    a_.pop_r(scratch);
    a_.mov_mr(true, at(reg::rcx, offset::store_native_entry), scratch);
    a_.pop_r(scratch);
    restore_host_registers();
    a_.return_();
    a_.set_distance(landing, a_.here());
    a_.mov_rm(true, reg::rcx, at(instance_register, offset::instance_home));
    a_.op_rm({0, 0x0f, 0xb6}, false, reg::rax, at(reg::rcx, offset::store_report));
    a_.jump_back(leave);
    return begin;
  }

 protected:
  static_assert(sizeof(trap_code) == 1);
  static constexpr reg host_saved[] = {reg::rbx, reg::rbp, reg::r12, reg::r13, reg::r14, reg::r15};
  static constexpr std::int32_t float_area = 160;

  // Where traps go. A trap stub is called, so that the return address tells the place.
  void write_raise() {
    const std::uint32_t common = a_.here();
    raise_ = code_.stubs.traps[0] = common;
    a_.pop_r(host_argument(Options.host, 2));
    const std::uint32_t with_place = a_.here();
    a_.mov_rr(true, host_argument(Options.host, 3), reg::rsp);
    a_.mov_rr(false, host_argument(Options.host, 1), reg::rax);
    a_.mov_rr(true, host_argument(Options.host, 0), instance_register);
    write_fuel<Options>(a_);
    a_.alu_ri(alu::and_, true, reg::rsp, -16);
    if (shadow_space(Options.host) != 0)
      a_.alu_ri(alu::sub, true, reg::rsp, static_cast<std::int32_t>(shadow_space(Options.host)));
    call_native(reinterpret_cast<std::uintptr_t>(&raise));
    a_.mov_rr(true, reg::rsp, reg::rax);
    a_.pop_r(scratch);
    a_.jump_r(scratch);
    for (std::uint32_t t = 1; t < std::size(code_.stubs.traps); ++t) {
      code_.stubs.traps[t] = a_.here();
      a_.mov_ri(reg::rax, t);
      a_.jump_back(common);
    }
    // The fault handler sends a thread here with the fault's address in the scratch register.
    code_.stubs.fault = a_.here();
    a_.mov_ri(reg::rax, fault_code);
    a_.mov_rr(true, host_argument(Options.host, 2), scratch);
    a_.jump_back(with_place);
    if constexpr (Options.catches()) write_landing();
    if constexpr (Options.resumes()) write_reconsider();
  }
  // See os::catching_code; the call's return address is where the third argument is. The store has
  // the fuel since that call.
  void write_landing() {
    code_.stubs.thrown = a_.here();
    a_.mov_rr(true, host_argument(Options.host, 3), reg::rsp);
    a_.mov_rr(true, host_argument(Options.host, 1), reg::rax);
    a_.mov_rr(true, host_argument(Options.host, 0), instance_register);
    a_.alu_ri(alu::and_, true, reg::rsp, -16);
    call_native(reinterpret_cast<std::uintptr_t>(&raise_thrown));
    a_.mov_rr(true, reg::rsp, reg::rax);
    a_.pop_r(scratch);
    a_.jump_r(scratch);
  }

  // Called in place of a trap's stub where the guest may go on: all registers but the scratch one
  // stay then. Code that has such places keeps nothing below its stack pointer.
  void write_reconsider() {
    using enum reg;
    static constexpr reg kept[] = {rax, rcx, rdx, rsi, rdi, r8, r9, r10};
    static constexpr std::int32_t floats = 15;  // xmm15 is free
    constexpr auto shadow = static_cast<std::int32_t>(shadow_space(Options.host));
    const auto float_at = [](std::int32_t i) { return at(rsp, shadow + 16 * i); };
    const std::uint32_t common = a_.here();
    for (const reg r : kept) a_.push_r(r);
    a_.mov_rr(true, rax, rsp);
    a_.alu_ri(alu::sub, true, rsp, shadow + 16 * floats + 32);
    a_.alu_ri(alu::and_, true, rsp, -16);
    const address stack = at(rsp, shadow + 16 * floats), code = at(rsp, shadow + 16 * floats + 8);
    a_.mov_mr(true, stack, rax);
    a_.mov_mr(true, code, scratch);
    for (std::int32_t i = 0; i < floats; ++i)
      a_.op_nm({0, 0x0f, 0x11}, false, static_cast<unsigned>(i), float_at(i));
    a_.mov_rr(true, host_argument(Options.host, 1), scratch);
    a_.mov_rr(true, host_argument(Options.host, 0), instance_register);
    write_fuel<Options>(a_);
    call_native(reinterpret_cast<std::uintptr_t>(&reconsider));
    read_fuel<Options>(a_);
    a_.test_rr(false, rax, rax);
    const std::uint32_t trapped = a_.jump_forward(condition::ne);
    for (std::int32_t i = 0; i < floats; ++i)
      a_.op_nm({0, 0x0f, 0x10}, false, static_cast<unsigned>(i), float_at(i));
    a_.mov_rm(true, rsp, stack);
    for (std::size_t i = std::size(kept); i-- > 0;) a_.pop_r(kept[i]);
    a_.return_();
    a_.set_distance(trapped, a_.here());
    a_.mov_rm(true, rax, code);
    a_.mov_rm(true, rsp, stack);
    a_.alu_ri(alu::add, true, rsp, 8 * static_cast<std::int32_t>(std::size(kept)));
    a_.jump_back(raise_);
    const auto write = [&](trap_code t) {
      code_.stubs.traps[static_cast<std::size_t>(t)] = a_.here();
      a_.mov_ri(scratch, static_cast<std::uint64_t>(t));
      a_.jump_back(common);
    };
    if constexpr (Options.stops == interrupt::polled) write(trap_code::interrupted);
    if constexpr (Options.asks_for_fuel) write(trap_code::out_of_fuel);
    if constexpr (Options.stops == interrupt::page) {
      code_.stubs.traps[shared_stubs::at_page] = a_.here();
      a_.push_r(scratch);
      a_.mov_ri(scratch, fault_code_of(trap_code::interrupted));
      a_.jump_back(common);
    }
  }

  void write_instance_changes() {
    const address limit{instance_register, reg::none, 0, offset::instance_native_limit};
    code_.stubs.enter_instance = a_.here();
    a_.mov_rm(true, scratch, limit);
    a_.mov_rm(true, instance_register, {reg::rax, reg::none, 0, offset::function_instance_owner});
    a_.mov_mr(true, limit, scratch);
    code_.stubs.reload_memory = a_.here();
    load_memory();
    a_.return_();
  }
  void save_host_registers() {
    for (const reg r : host_saved) a_.push_r(r);
    if constexpr (Options.host == abi::win64) {
      a_.push_r(reg::rdi);
      a_.push_r(reg::rsi);
      a_.alu_ri(alu::sub, true, reg::rsp, float_area);
      for (unsigned i = 0; i < 10; ++i) a_.op_nm({0, 0x0f, 0x11}, false, 6 + i, saved_float(i));
    }
  }
  static constexpr std::int32_t saved_bytes() {
    return 8 * static_cast<std::int32_t>(std::size(host_saved)) +
           (Options.host == abi::win64 ? 16 + float_area : 0);
  }
  void restore_host_registers() {
    if constexpr (Options.host == abi::win64) {
      for (unsigned i = 0; i < 10; ++i) a_.op_nm({0, 0x0f, 0x10}, false, 6 + i, saved_float(i));
      a_.alu_ri(alu::add, true, reg::rsp, float_area);
      a_.pop_r(reg::rsi);
      a_.pop_r(reg::rdi);
    }
    for (std::size_t i = std::size(host_saved); i-- > 0;) a_.pop_r(host_saved[i]);
  }
  static address saved_float(unsigned i) {
    return {reg::rsp, reg::none, 0, static_cast<std::int32_t>(16 * i)};
  }
};

}  // namespace dovetail::x64_jit

// ---- dovetail/x64/typed_entry.hpp

// Native entries: a C++ call of a typed handle arrives in machine code that knows its signature,
// and returns as its convention has it. For vectors, and for compilers whose convention is another
// one, the frame of slots serves.

namespace dovetail::x64_jit {

/// Whether a C++ type travels as its value type does, whole registers included.
template <class T>
inline constexpr bool is_native = std::is_same_v<T, float> || std::is_same_v<T, double> ||
                                  std::is_same_v<T, externref> || std::is_same_v<T, funcref> ||
                                  (native_integer<T> && sizeof(T) >= 4);
template <>
inline constexpr bool is_native<void> = true;

/// Whether a C++ result stands for more than one.
template <class R>
inline constexpr bool is_several = false;
template <class First, class Second, class... Rest>
inline constexpr bool is_several<std::tuple<First, Second, Rest...>> = true;
/// Whether results travel as their value types do.
template <class R>
inline constexpr bool are_native = is_native<R>;
template <class First, class Second, class... Rest>
inline constexpr bool are_native<std::tuple<First, Second, Rest...>> =
    is_native<First>&& is_native<Second> && (is_native<Rest> && ...);

/// Whether a native entry can serve a C++ signature. Must agree with `has_native_entry`.
template <class R, class... A>
inline constexpr bool has_native_signature =
    platform::returns_classes_in_registers&& are_native<R> && (is_native<A> && ...);

[[nodiscard]] inline bool has_native_entry(const function_type& type) {
  const auto has_vectors = [](std::span<const value_type> types) {
    for (const value_type t : types) {
      if (t.is_vector()) return true;
    }
    return false;
  };
  return !has_vectors(type.parameters) && !has_vectors(type.results);
}

/// Calls the native entry of a function with several results, and makes a tuple of them: how one
/// travels, and where its members lie, is the C++ library's affair.
template <class R, class... A>
struct call_of_several;
template <class First, class... Rest, class... A>
struct call_of_several<std::tuple<First, Rest...>, A...> {
  using raw_entry = result<First, trap> (*)(vm::function_instance&, slot* others, A...);
  static result<std::tuple<First, Rest...>, trap> call(vm::function_instance& f, A... arguments) {
    slot others[sizeof...(Rest)];
    const auto enter = reinterpret_cast<raw_entry>(const_cast<void*>(f.native_entry));
    const result<First, trap> first = enter(f, others, arguments...);
    if (!first) [[unlikely]]
      return first.error();
    return with_others(*first, others, std::index_sequence_for<Rest...>{});
  }

 private:
  template <std::size_t... I>
  static std::tuple<First, Rest...> with_others(First first, const slot* others,
                                                std::index_sequence<I...>) {
    return {first, from_slot<Rest>(others[I])...};
  }
};

// What a native entry returns is result<R, trap> (result.hpp). System V: the value in its register,
// the trap in the next one that integers are returned in. Windows: two words in memory, at an
// address that comes before the other arguments and is returned; one word in rax. Of several
// results that is the first; an argument behind the function says where the slots of the others
// are.
static_assert(sizeof(result<int, trap>) == 16 && sizeof(result<float, trap>) == 16 &&
              sizeof(result<void, trap>) == 8);

/// What a native entry ends with, by a jump from where its caller's registers are as they were, so
/// that an exception of the host finds the host's frames alone.
template <class R>
result<R, trap> end_trapped(vm::store& s) {
  return vm::surface(s.report.code, s);
}
/// The same, when a nested call begins beyond the stack's limit.
template <class R>
result<R, trap> end_refused(vm::store& s) {
  return trap{refuse(s, trap_code::stack_exhausted), 0};
}

template <code_options Options>
class native_entry_writer : public stub_writer<Options> {
  using base = stub_writer<Options>;
  using base::a_, base::at, base::load_memory, base::copy_values, base::save_host_registers,
      base::restore_host_registers;

 public:
  using base::base;

  /// The entry of a signature that has_native_entry; `below` is what an outermost call may use of
  /// the stack. The stack behind it, from the store's native_entry up: where a trap lands, the
  /// limit, the entry before, on Windows the address of the result, or nothing, and where other
  /// results go, if either is there, the host's registers; below it what write_entry says.
  /// Outermost calls and nested ones are written apart: an outermost one knows what to put back,
  /// and does not wait for what it read.
  [[nodiscard]] std::uint32_t write_native_entry(const function_type& type, std::uint32_t below) {
    a_.align(16);
    const std::uint32_t begin = a_.here();
    const reg function = function_register(type);
    save_host_registers();
    a_.mov_rm(true, instance_register, at(function, offset::function_instance_owner));
    a_.mov_rm(true, scratch, at(function, offset::function_instance_home));
    a_.alu_mi(alu::cmp, true, at(scratch, offset::store_native_entry), 0);
    const std::uint32_t nested = a_.jump_forward(condition::ne);
    a_.lea(true, limit, at(reg::rsp, -static_cast<std::int32_t>(below)));
    if constexpr (Options.stops != interrupt::none) {
      a_.mov_rm(true, reg::rax, at(instance_register, offset::instance_control));
      a_.alu_mi(alu::add, true, at(reg::rax, offset::control_call), 1);
    }
    const std::uint32_t first_landing = write_call(type, true);

    a_.set_distance(nested, a_.here());
    a_.mov_rm(true, reg::rax, at(scratch, offset::store_native_entry));
    a_.mov_rm(true, limit, at(reg::rax, 8));
    a_.alu_rr(alu::cmp, true, reg::rsp, limit);
    const std::uint32_t refused = a_.jump_forward(condition::b);
    const std::uint32_t second_landing = write_call(type, false);

    a_.set_distance(first_landing, a_.here());
    a_.set_distance(second_landing, a_.here());
    a_.alu_ri(alu::sub, true, reg::rsp, 8);
    if (is_in_memory(type)) a_.mov_rm(true, reg::rcx, at(reg::rsp, 24));
    leave_entry(false);
    a_.alu_ri(alu::add, true, reg::rsp, record(type));
    end_in(type, [](auto r) { return &end_trapped<typename decltype(r)::type>; });
    a_.set_distance(refused, a_.here());
    end_in(type, [](auto r) { return &end_refused<typename decltype(r)::type>; });
    return begin;
  }

 private:
  static constexpr reg limit = reg::r10;
  static constexpr bool is_windows = Options.host == abi::win64;
  static bool has_others(const function_type& type) { return type.results.size() > 1; }
  // Bytes between the entry and the host's registers, an odd number of words.
  static std::int32_t record(const function_type& type) {
    return is_windows || has_others(type) ? 40 : 24;
  }

  static bool is_in_memory(const function_type& type) {
    return is_windows && !type.results.empty();
  }
  static reg function_register(const function_type& type) {
    return host_argument(Options.host, is_in_memory(type) ? 1 : 0);
  }

  // From where the limit is known to the return; `scratch` is the store, and rax the entry before,
  // unless there is none. Answers the place of the distance to where a trap lands.
  [[nodiscard]] std::uint32_t write_call(const function_type& type, bool is_outermost) {
    if (record(type) == 40) {
      a_.alu_ri(alu::sub, true, reg::rsp, 16);
      if (is_in_memory(type)) a_.mov_mr(true, at(reg::rsp, 0), reg::rcx);
      if (has_others(type))
        a_.mov_mr(true, at(reg::rsp, 8), host_argument(Options.host, is_windows ? 2 : 1));
    }
    is_outermost ? a_.push_i(0) : a_.push_r(reg::rax);
    a_.push_r(limit);
    a_.mov_mr(true, at(instance_register, offset::instance_native_limit), limit);
    const std::uint32_t landing = a_.op_rc({0, 0, 0x8d}, true, limit);
    a_.push_r(limit);
    a_.mov_mr(true, at(scratch, offset::store_native_entry), reg::rsp);
    const std::int32_t below = below_record(type);
    if (below != 0) a_.alu_ri(alu::sub, true, reg::rsp, below);
    if constexpr (Options.keeps_places) a_.mov_mi(true, at(reg::rsp, below - 8), 0);
    if constexpr (Options.is_metered)
      a_.mov_rm(true, Options.fuel_register(), at(scratch, offset::store_fuel));
    if constexpr (Options.stops == interrupt::page)
      a_.mov_rm(true, Options.page_register(), at(instance_register, offset::instance_page));
    load_memory();
    call_function(type);
    if (has_others(type)) copy_others(type);
    if (below != 0) a_.alu_ri(alu::add, true, reg::rsp, below);
    put_no_trap(type);
    leave_entry(is_outermost);
    if constexpr (Options.is_metered)
      a_.mov_mr(true, at(scratch, offset::store_fuel), Options.fuel_register());
    return_from_entry(type);
    return landing;
  }
  void call_function(const function_type& type) {
    const address code = at(function_register(type), offset::function_instance_code);
    bool is_overwritten = false;
    places to = places::of_arguments();
    for (const value_type t : type.parameters)
      is_overwritten |= to.next(kind_of(t)).where == code.base;
    if (is_overwritten) a_.mov_rm(true, reg::rax, code);
    pass_arguments(type);
    is_overwritten ? a_.call_r(reg::rax) : a_.call_m(code);
  }
  // The entry before is the innermost again; rax, rcx, rdx and xmm0 stay.
  void leave_entry(bool is_outermost) {
    a_.mov_rm(true, scratch, at(instance_register, offset::instance_home));
    const address innermost = at(scratch, offset::store_native_entry);
    if (is_outermost) return a_.mov_mi(true, innermost, 0);
    a_.mov_rm(true, limit, at(reg::rsp, 16));
    a_.mov_mr(true, innermost, limit);
  }
  // Functions preserve most of what System V wants preserved, traps nothing.
  void return_from_entry(const function_type& type) {
    const std::int32_t above = record(type);
    if constexpr (is_windows) {
      a_.alu_ri(alu::add, true, reg::rsp, above);
      restore_host_registers();
    } else {
      a_.mov_rm(true, reg::r15, at(reg::rsp, above));
      a_.mov_rm(true, reg::r14, at(reg::rsp, above + 8));
      std::int32_t saved = above + 16;
      for (std::size_t i = 0; i < Options.pinned_homes(); ++i, saved += 8)
        a_.mov_rm(true, saved_homes[std::size(saved_homes) - 1 - i], at(reg::rsp, saved));
      a_.alu_ri(alu::add, true, reg::rsp, above + base::saved_bytes());
    }
    a_.return_();
  }

  // Moves of 32 bits clear what the host left above a number.
  void pass_arguments(const function_type& type) {
    native_places from = behind_function(type);
    places to = places::of_arguments();
    parallel_moves moves;
    for (const value_type t : type.parameters) {
      const kind k = kind_of(t);
      const reg source = from.next(k), target = to.next(k).where;
      if (source != reg::none) moves.add(k, target, source);
    }
    moves.write_to(a_);
    copy_arguments(type);
  }
  // Those that the host's convention has no registers for lie behind the return address, on Windows
  // behind the callee's shadow space too; some have none in ours either.
  void copy_arguments(const function_type& type) {
    std::int32_t from = below_record(type) + record(type) + base::saved_bytes() + 8 +
                        static_cast<std::int32_t>(shadow_space(Options.host));
    native_places registers = behind_function(type);
    places to = places::of_arguments();
    for (const value_type t : type.parameters) {
      const kind k = kind_of(t);
      const auto target = to.next(k);
      if (registers.next(k) != reg::none) continue;
      if (target.where != reg::none) {
        a_.load(k, target.where, at(reg::rsp, from));
      } else {
        a_.mov_rm(is_wide(k), scratch, at(reg::rsp, from));
        a_.mov_mr(true, at(reg::rsp, 8 * static_cast<std::int32_t>(target.word)), scratch);
      }
      from += 8;
    }
  }
  // A multiple of 16 bytes: what write_entry says, arguments and results that have no registers.
  static std::int32_t below_record(const function_type& type) {
    const std::uint32_t in = argument_words(type), out = result_words(type);
    const std::uint32_t words = ((in > out ? in : out) + 1) & ~1u;
    return static_cast<std::int32_t>(8 * words) + (Options.keeps_places ? 16 : 0);
  }
  static native_places behind_function(const function_type& type) {
    native_places p(Options.host);
    static_cast<void>(p.next(kind::i64));
    if (is_in_memory(type)) static_cast<void>(p.next(kind::i64));
    if (has_others(type)) static_cast<void>(p.next(kind::i64));
    return p;
  }
  // All results but the first, to slots. What the first one is in stays.
  void copy_others(const function_type& type) {
    a_.mov_rm(true, reg::rcx, at(reg::rsp, below_record(type) + 32));
    places from = places::of_results();
    static_cast<void>(from.next(kind_of(type.results[0])));
    copy_values(type.results.subspan(1), from, at(reg::rcx, 0), at(reg::rsp, 0), true);
  }

  void put_no_trap(const function_type& type) {
    if (is_in_memory(type)) {
      const kind k = kind_of(type.results[0]);
      const bool has_float = is_float(k);
      a_.mov_rm(true, reg::rcx, at(reg::rsp, 24));
      a_.store_value(has_float ? k : kind::i64, at(reg::rcx, 0), has_float ? reg::xmm0 : reg::rax);
      a_.mov_mi(true, at(reg::rcx, 8), 0);
      return a_.mov_rr(true, reg::rax, reg::rcx);
    }
    const bool is_beside = !type.results.empty() && !is_float(kind_of(type.results[0]));
    const reg to = is_beside ? reg::rdx : reg::rax;
    a_.alu_rr(alu::xor_, false, to, to);
  }
  // Jumps to a function of the store that returns what the caller waits for.
  template <class Choose>
  void end_in(const function_type& type, Choose function) {
    std::uintptr_t to = 0;
    if (type.results.empty()) {
      to = reinterpret_cast<std::uintptr_t>(function(std::type_identity<void>{}));
    } else if (is_float(kind_of(type.results[0]))) {
      to = reinterpret_cast<std::uintptr_t>(function(std::type_identity<double>{}));
    } else {
      to = reinterpret_cast<std::uintptr_t>(function(std::type_identity<std::int64_t>{}));
    }
    a_.mov_rm(true, function_register(type), at(instance_register, offset::instance_home));
    restore_host_registers();
    a_.mov_ri(reg::rax, to);
    a_.jump_r(reg::rax);
  }
};

}  // namespace dovetail::x64_jit

// ---- dovetail/x64.hpp

// The x86-64 backend: machine code, in two quick passes over each body. Include it beside
// dovetail/dovetail.hpp and name `dovetail::x64` in a config. Needs xbyak, and
// dovetail/implementation.hpp in one unit.

namespace dovetail {

namespace x64_jit {

/// Compiles some of a module's functions, beside others that compile the rest.
template <code_options Options>
class module_part {
 public:
  explicit module_part(module_data& module)
      : module_(module), collector_(*module.env.memory), code_(*module.env.memory) {}

  /// The first of its functions, and its range of the region that `shared` is all of.
  [[nodiscard]] status start(const module_code& shared, const processor& cpu, std::size_t first,
                             std::size_t begin, std::size_t end) {
    code_.base = shared.base;
    code_.stubs = shared.stubs;
    DOVETAIL_TRY(code_.by_type.append({shared.by_type.data(), shared.by_type.size()}));
    constexpr std::size_t at_once = 65'536;
    if (!os::commit(code_.base + begin, at_once)) return status::out_of_memory;
    assembler_.emplace(code_.base);
    assembler_->rewind(static_cast<std::uint32_t>(begin));
    emitter_.emplace(*assembler_, code_, cpu, module_, collector_);
    return emitter_->prepare(first, begin + at_once, begin + at_once, end);
  }
  [[nodiscard]] x64_jit::collector<Options.is_told_of_blocks(), Options.price>& collector() {
    return collector_;
  }
  [[nodiscard]] x64_jit::emitter<Options>& emitter() { return *emitter_; }

  /// Adds its functions to those of the parts before it.
  [[nodiscard]] status join(module_code& all) const {
    all.size = assembler_->here();
    DOVETAIL_TRY(all.functions.append({code_.functions.data(), code_.functions.size()}));
    DOVETAIL_TRY(all.notes.append({code_.notes.data(), code_.notes.size()}));
    return all.sites.append({code_.sites.data(), code_.sites.size()});
  }

 private:
  module_data& module_;
  x64_jit::collector<Options.is_told_of_blocks(), Options.price> collector_;
  module_code code_;
  std::optional<encoder> assembler_;
  std::optional<x64_jit::emitter<Options>> emitter_;
};

/// Compiles one module into a region of its own, which becomes executable, and nothing else, when
/// all is written.
template <code_options Options, code_memory_policy CodeMemory = reprotected_code>
class module_compiler {
  using part_type = module_part<Options>;

 public:
  explicit module_compiler(module_data& module)
      : module_(module),
        collector_(*module.env.memory),
        plan_(*module.env.memory),
        parts_(*module.env.memory) {}
  module_compiler(const module_compiler&) = delete;
  module_compiler& operator=(const module_compiler&) = delete;
  ~module_compiler() {
    for (part_type* p : parts_) module_.env.memory->destroy(p);
    module_.env.memory->destroy(code_);
  }

  /// Makes the region and what all functions share.
  [[nodiscard]] status start() {
    if constexpr (Options.counts != counting::none) DOVETAIL_TRY(begin_counting(module_));
    cpu_ = Options.target;
    if (!Options.target.is_supported || !Options.is_annotated) {
      // Code to be read may be for any processor.
      const processor here = processor::here();
      if (!here.runs_code_for(Options.target)) return status::processor_not_supported;
      if (!Options.target.is_supported) cpu_ = here;
    }
    code_ = module_.env.memory->make<module_code>(*module_.env.memory);
    if (code_ == nullptr) return status::out_of_memory;
    code_->keeps_places = Options.keeps_places;
    code_->release_region = &CodeMemory::release;
    DOVETAIL_TRY(plan_.make(module_.env));
    const std::size_t shared = whole_pages(plan_.room());
    if (shared > most_bytes - page) return status::module_too_large;
    DOVETAIL_TRY(CodeMemory::reserve(*code_, region_size(shared)));
    const std::size_t mapped = value_emitter::end_of_mapping(shared, 0, code_->reserved);
    if (!os::commit(code_->base, mapped)) return status::out_of_memory;
    assembler_.emplace(code_->base);
    emitter_.emplace(*assembler_, *code_, cpu_, module_, collector_);
    DOVETAIL_TRY(write_stubs());
    shared_ = whole_pages(assembler_->here());
    DOVETAIL_ASSERT(shared_ <= shared);
    return emitter_->prepare(0, shared_, mapped, code_->reserved);
  }
  /// The emitter of the first pass.
  [[nodiscard]] x64_jit::collector<Options.is_told_of_blocks(), Options.price>& collector() {
    return collector_;
  }
  [[nodiscard]] x64_jit::emitter<Options>& emitter() { return *emitter_; }

  /// Bodies from each of these on are another part's, with a range of the region as long as its
  /// share of the bytes.
  [[nodiscard]] status split(std::span<const std::size_t> firsts) {
    std::size_t all = 0;
    for (const body_range& b : module_.env.bodies) all += b.size;
    const std::size_t pages = (code_->reserved - shared_) / page;
    const auto begin_of = [&](std::size_t body) {
      std::size_t before = 0;
      for (std::size_t k = 0; k < body; ++k) before += module_.env.bodies[k].size;
      return shared_ + pages * before / all * page;
    };
    for (std::size_t i = 0; i < firsts.size(); ++i) {
      auto* p = module_.env.memory->make<part_type>(module_);
      if (p == nullptr) return status::out_of_memory;
      if (const status s = parts_.push(p); s != status::ok)
        return module_.env.memory->destroy(p), s;
      const std::size_t begin = begin_of(firsts[i]);
      if (i == 0) emitter_->end_at(begin);
      const std::size_t end = i + 1 < firsts.size() ? begin_of(firsts[i + 1]) : code_->reserved;
      DOVETAIL_TRY(p->start(*code_, cpu_, firsts[i], begin, end));
    }
    return status::ok;
  }
  [[nodiscard]] part_type& part(std::size_t k) { return *parts_[k - 1]; }

  [[nodiscard]] status finish() {
    code_->size = assembler_->here();
    for (const part_type* p : parts_) DOVETAIL_TRY(p->join(*code_));
    if (!parts_.empty()) {
      emitter_->link(code_->functions);
      for (part_type* p : parts_) p->emitter().link(code_->functions);
    }
    code_->sites.shrink_to_fit();
    if (!CodeMemory::make_executable(*code_, code_->size)) return status::executable_memory_refused;
    if constexpr (Options.is_guarded || Options.stops == interrupt::page) {
      code_->range = {reinterpret_cast<std::uintptr_t>(code_->base), code_->size,
                      reinterpret_cast<std::uintptr_t>(code_->at(code_->stubs.fault)),
                      &landing_of_fault<Options.stops == interrupt::page>};
      os::add_code(code_->range);
    }
    if constexpr (Options.catches()) {
      code_->catching.begin = reinterpret_cast<std::uintptr_t>(code_->base);
      code_->catching.size = code_->size;
      code_->catching.landing = reinterpret_cast<std::uintptr_t>(code_->at(code_->stubs.thrown));
      os::add_catching_code(code_->catching);
    }
    module_.code = code_;
    module_.release_code = [](module_data& m) {
      m.env.memory->destroy(static_cast<module_code*>(m.code));
    };
    code_ = nullptr;
    return status::ok;
  }

 private:
  static constexpr std::size_t page = 65'536;
  static constexpr std::size_t most_bytes = (std::size_t{1} << 31) - page;  // jumps reach so far
  [[nodiscard]] static std::size_t whole_pages(std::size_t bytes) {
    return (bytes + page - 1) / page * page;
  }
  // More than any code takes, but for contrived modules, which are refused. Address space alone.
  [[nodiscard]] std::size_t region_size(std::size_t shared) const {
    std::size_t bodies = 0;
    for (const body_range& b : module_.env.bodies) bodies += b.size * 96 + 1024;
    const std::size_t all = shared + whole_pages(bodies) + 4 * page;
    return all < most_bytes ? all : most_bytes;
  }
  [[nodiscard]] status write_stubs() {
    native_entry_writer<Options> stubs(*assembler_, *code_);
    stubs.write_shared();
    const std::uint32_t below = stack_below(*module_.most);
    const std::size_t count = module_.env.types.size();
    DOVETAIL_TRY(code_->by_type.reserve(count));
    for (std::uint32_t i = 0; i < count; ++i) {
      type_stubs made;
      if (const std::uint32_t first = plan_.first(i); first != i) {
        made = code_->by_type[first];
      } else {
        const function_type type = module_.env.type({i});
        if (plan_.has_host_call(i)) made.host_call = stubs.write_host_call(type);
        if (plan_.has_entry(i)) {
          made.entry = stubs.write_entry(type);
          if (has_native_entry(type)) made.native_entry = stubs.write_native_entry(type, below);
        }
      }
      DOVETAIL_TRY(code_->by_type.push(made));
    }
    stubs.write_vectors();
    return status::ok;
  }

  module_data& module_;
  processor cpu_{};
  x64_jit::collector<Options.is_told_of_blocks(), Options.price> collector_;
  stub_plan plan_;
  std::size_t shared_ = 0;  // bytes before what functions take
  module_code* code_ = nullptr;
  array<part_type*> parts_;
  std::optional<encoder> assembler_;
  std::optional<x64_jit::emitter<Options>> emitter_;
};

}  // namespace x64_jit

/// What processors code of the x64 backend is for.
namespace processors {
using x64_jit::processor;
/// The one that it runs on.
inline constexpr processor this_one{};
/// The least there must be.
inline constexpr processor sse4_1{.is_supported = true};
/// Those of about 2011,
inline constexpr processor avx{.is_supported = true, .has_popcnt = true, .has_avx = true};
/// and of about 2013 (x86-64-v3).
inline constexpr processor avx2{.is_supported = true,
                                .has_lzcnt = true,
                                .has_tzcnt = true,
                                .has_popcnt = true,
                                .has_shlx = true,
                                .has_avx = true,
                                .has_avx2 = true,
                                .has_fma = true};
}  // namespace processors

/// The x86-64 just-in-time compiler, with a policy of x64/code_memory.hpp. The same code comes of a
/// module on every processor if it is said which one it is for.
template <code_memory_policy CodeMemory, x64_jit::processor Target = processors::this_one>
struct basic_x64 {
  static constexpr controls control{};

  /// Whether this processor has the instructions, and this process may have executable memory.
  [[nodiscard]] static bool is_available() {
    return x64_jit::processor::here().runs_code_for(Target) && CodeMemory::is_available();
  }

  /// Compiles one module.
  template <memory_policy Memory, controls Control>
  using compiler =
      x64_jit::module_compiler<x64_jit::options_of<Memory>(Control, Target), CodeMemory>;

  template <memory_policy Memory, controls Control>
  static bool make_function(vm::store&, vm::instance& i, vm::function_instance& f) {
    const auto& code = *static_cast<const x64_jit::module_code*>(i.code);
    const module_env& env = i.module->env;
    f.code = code.at(code.functions[f.index - env.imported_functions].entry);
    const auto& stubs = code.by_type[env.functions[f.index].value];
    f.entry = code.at(stubs.entry);
    f.native_entry = stubs.native_entry != 0 ? code.at(stubs.native_entry) : nullptr;
    f.invoke = &x64_jit::run<Control.stops != interrupt::none>;
    return true;
  }

  /// Machine code that takes the arguments where the host puts them, if the signature fits.
  template <memory_policy Memory, controls Control, class R, class... A>
  static auto entry(vm::function_instance& f) -> result<R, trap> (*)(vm::function_instance&, A...) {
    using typed = result<R, trap> (*)(vm::function_instance&, A...);
    if constexpr (x64_jit::has_native_signature<R, A...>) {
      if (f.native_entry != nullptr) {
        if constexpr (x64_jit::is_several<R>) {
          return &x64_jit::call_of_several<R, A...>::call;
        } else {
          return reinterpret_cast<typed>(const_cast<void*>(f.native_entry));
        }
      }
    }
    return &call<Control.stops != interrupt::none, R, A...>;
  }

  /// The frames of a store's guests, the innermost first: see backtraces.hpp.
  template <frame_visitor Visit>
  static visit_end visit_frames(const vm::store& s, Visit& visit) {
    return x64_jit::frame_walk(s).visit(visit);
  }

  // For perf_map, gdb_jit and the like: what functions share, then the functions.
  static constexpr std::uint16_t elf_machine = 62;
  static std::size_t count_pieces(const module_data& m) {
    return static_cast<const x64_jit::module_code*>(m.code)->functions.size() + 1;
  }
  static code_piece piece(const module_data& m, std::size_t i) {
    const auto& code = *static_cast<const x64_jit::module_code*>(m.code);
    const auto begin = reinterpret_cast<std::uintptr_t>(code.base);
    if (i == 0) {
      const std::size_t size = code.functions.empty() ? code.size : code.functions[0].entry;
      return {begin, size, code_piece::shared};
    }
    const x64_jit::function_code& f = code.functions[i - 1];
    return {begin + f.entry, f.end - f.entry,
            m.env.imported_functions + static_cast<std::uint32_t>(i - 1)};
  }

 private:
  // Through a frame of slots; no list of types is looked at.
  template <bool Stops, class R, class... A>
  static result<R, trap> call(vm::function_instance& f, A... arguments) {
    constexpr std::size_t parameters = (slots_of(value_type_of<A>()) + ... + std::size_t{0});
    constexpr std::size_t results = x64_jit::result_slots_of<R>;
    slot frame[(parameters > results ? parameters : results) + 1];
    [[maybe_unused]] slot* to = frame;
    ((to = write_slots(to, arguments)), ...);
    const trap_code t = x64_jit::run<Stops>(f, frame);
    if (t != trap_code::none) [[unlikely]]
      return vm::surface(t, *f.home);
    return from_frame<R>(frame);
  }
};

/// The backend as most use it: code is written and made executable where it is.
using x64 = basic_x64<reprotected_code>;

}  // namespace dovetail

// ---- dovetail/perf_map.hpp

// Names for Linux perf: a mixin over a backend that writes machine code. Needs
// dovetail/implementation.hpp in one unit.

namespace dovetail {

namespace detail {

// A line a piece, "START SIZE NAME", numbers in hexadecimal (Linux, tools/perf/Documentation/
// jit-interface.txt).
template <makes_machine_code B>
status write_perf_map(const module_data& m, array<char>& text) {
  const auto number = [&text](std::uint64_t n) {
    char digits[17];
    std::size_t first = sizeof digits;
    digits[--first] = ' ';
    do {
      digits[--first] = "0123456789abcdef"[n % 16];
      n /= 16;
    } while (n != 0);
    return text.append({digits + first, sizeof digits - first});
  };
  function_names names(*m.env.memory);
  DOVETAIL_TRY(names.read(m.env));
  for (std::size_t i = 0; i < B::count_pieces(m); ++i) {
    const code_piece piece = B::piece(m, i);
    if (piece.size == 0) continue;
    DOVETAIL_TRY(number(piece.begin));
    DOVETAIL_TRY(number(piece.size));
    if (piece.function == code_piece::shared) {
      DOVETAIL_TRY(text.append(std::string_view("wasm[shared]")));
    } else {
      DOVETAIL_TRY(names.append_to(text, {piece.function}));
    }
    DOVETAIL_TRY(text.push('\n'));
  }
  return status::ok;
}

template <makes_machine_code B>
DOVETAIL_COLD void append_perf_map(module_data& m) {
  array<char> text(*m.env.memory);
  if (write_perf_map<B>(m, text) != status::ok) return;
  static_cast<void>(os::append_to_perf_map(text.data(), text.size()));
}

}  // namespace detail

/// Tells perf the functions of every module: `using backend = dovetail::perf_map<dovetail::x64>`
/// appends lines to /tmp/perf-PID.map when a module is compiled. A module compiles whether or not
/// they can be written; they stay when it goes.
template <makes_machine_code B>
struct perf_map : B {
  template <memory_policy Memory, controls Control>
  using compiler =
      watched_compiler<typename B::template compiler<Memory, Control>, &detail::append_perf_map<B>>;
};

}  // namespace dovetail

// ---- dovetail/gdb_jit.hpp

// Names for gdb and lldb: a mixin over a backend that writes machine code, and the interface that
// these debuggers watch ("JIT Compilation Interface" of gdb's manual).

namespace dovetail {

namespace gdb {

// Layouts and names are the debugger's.
struct code_entry {
  code_entry* next = nullptr;
  code_entry* previous = nullptr;
  const char* file = nullptr;
  std::uint64_t size = 0;
};
enum class action : std::uint32_t { none, registered, removed };
struct descriptor {
  std::uint32_t version = 1;
  action what = action::none;
  code_entry* which = nullptr;
  code_entry* first = nullptr;
};

extern "C" {
inline descriptor __jit_debug_descriptor;
/// The debugger stops here and reads the descriptor.
DOVETAIL_NEVER_INLINE inline void __jit_debug_register_code() {
  static_cast<void>(*static_cast<volatile std::uint32_t*>(&__jit_debug_descriptor.version));
}
}

/// What is known of a module while a debugger knows it.
struct known_module : code_entry {
  explicit known_module(module_data& m)
      : image(*m.env.memory), code(m.code), release_code(m.release_code) {}
  array<char> image;
  void* code;
  void (*release_code)(module_data&);
  known_module* next_known = nullptr;
};

/// The modules of all engines of the program: the debugger has one list of a program, too.
class registry {
 public:
  void add(known_module& m) {
    const spin_lock::guard held(lock_);
    m.file = m.image.data();
    m.size = m.image.size();
    m.next_known = first_;
    first_ = &m;
    descriptor& d = __jit_debug_descriptor;
    m.next = d.first;
    if (d.first != nullptr) d.first->previous = &m;
    d.first = &m;
    tell(action::registered, m);
  }
  /// Takes out the module with this code, which is there.
  known_module* remove(const void* code) {
    const spin_lock::guard held(lock_);
    known_module** at = &first_;
    while ((*at)->code != code) at = &(*at)->next_known;
    known_module* const m = *at;
    *at = m->next_known;
    (m->previous != nullptr ? m->previous->next : __jit_debug_descriptor.first) = m->next;
    if (m->next != nullptr) m->next->previous = m->previous;
    tell(action::removed, *m);
    return m;
  }

 private:
  static void tell(action what, code_entry& e) {
    __jit_debug_descriptor.what = what;
    __jit_debug_descriptor.which = &e;
    __jit_debug_register_code();
    __jit_debug_descriptor.what = action::none;
    __jit_debug_descriptor.which = nullptr;
  }

  spin_lock lock_;
  known_module* first_ = nullptr;
};
inline constinit registry all_modules;

inline void forget(module_data& m) {
  known_module* const known = all_modules.remove(m.code);
  const auto release = known->release_code;
  m.env.memory->destroy(known);
  release(m);
}

template <makes_machine_code B>
DOVETAIL_COLD void remember(module_data& m) {
  auto* known = m.env.memory->make<known_module>(m);
  if (known == nullptr) return;
  if (elf_symbols<B>(m).write_to(known->image) != status::ok) return m.env.memory->destroy(known);
  all_modules.add(*known);
  m.release_code = &forget;
}

}  // namespace gdb

/// Shows a debugger the functions of every module, by name, for as long as it lives:
/// `using backend = dovetail::gdb_jit<dovetail::x64>`. A module compiles whether or not there is
/// memory for the names.
template <makes_machine_code B>
struct gdb_jit : B {
  template <memory_policy Memory, controls Control>
  using compiler =
      watched_compiler<typename B::template compiler<Memory, Control>, &gdb::remember<B>>;
};

}  // namespace dovetail
