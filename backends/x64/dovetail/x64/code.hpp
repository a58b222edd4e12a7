// Compiled modules: machine code in a region of its own, and the tables that explain it. Read by
// stubs, by traps, by whoever walks frames; nothing here is on a hot path.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include <dovetail/base/array.hpp>
#include <dovetail/base/status.hpp>
#include <dovetail/runtime/os.hpp>
#include <dovetail/x64/code_memory.hpp>
#include <dovetail/x64/type_stubs.hpp>

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
