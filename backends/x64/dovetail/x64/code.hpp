// Compiled modules: machine code in a region of its own, and the tables that explain it. Read by
// stubs, by traps, by whoever walks frames; nothing here is on a hot path.
#pragma once

#include <cstddef>
#include <cstdint>

#include <dovetail/base/array.hpp>
#include <dovetail/base/status.hpp>
#include <dovetail/runtime/os.hpp>

namespace dovetail::x64_jit {

/// A place in the code that has a place in the module: behind a call, or at an access that may
/// fault.
struct code_site {
  std::uint32_t position = 0;  ///< in the code region
  std::uint32_t offset = 0;    ///< in the module's bytes
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
};

/// What all functions of a module share: offsets of small pieces of code.
struct shared_stubs {
  std::uint32_t traps[32] = {};      ///< by trap code: called where a trap happens
  std::uint32_t fault = 0;           ///< where a fault in guarded memory continues
  std::uint32_t enter_instance = 0;  ///< see stubs.hpp
  std::uint32_t reload_memory = 0;
};

struct module_code {
  explicit module_code(allocator& a)
      : functions(a), sites(a), notes(a), entries(a), native_entries(a), host_calls(a) {}
  module_code(const module_code&) = delete;
  module_code& operator=(const module_code&) = delete;
  ~module_code() {
    if (range.size != 0) os::remove_code(range);
    if (base != nullptr) os::release(base, reserved);
  }

  std::uint8_t* base = nullptr;
  std::size_t reserved = 0;
  std::size_t size = 0;
  array<function_code> functions;       ///< the module's own
  array<code_site> sites;               ///< by position
  array<code_note> notes;               ///< by position; of several at one the last counts
  array<std::uint32_t> entries;         ///< by type: how the host enters
  array<std::uint32_t> native_entries;  ///< by type: for typed handles; 0 if there is none
  array<std::uint32_t> host_calls;      ///< by type: how host functions are called
  shared_stubs stubs;
  os::code_range range;  ///< as the fault handler knows it

  [[nodiscard]] const std::uint8_t* at(std::uint32_t position) const { return base + position; }

  /// The function that a position lies in, or the number of functions.
  [[nodiscard]] std::size_t function_at(std::uint32_t position) const {
    std::size_t low = 0, high = functions.size();
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      if (functions[middle].end < position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < functions.size() && functions[low].entry <= position ? low : functions.size();
  }
  /// The site at exactly this position, or null.
  [[nodiscard]] const code_site* site_at(std::uint32_t position) const {
    std::size_t low = 0, high = sites.size();
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      if (sites[middle].position < position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < sites.size() && sites[low].position == position ? &sites[low] : nullptr;
  }
};

}  // namespace dovetail::x64_jit
