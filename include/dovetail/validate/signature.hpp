// A canonical function type: one object for each member of each recursion group, engine-wide, so
// that a signature check is one comparison of addresses across modules and stores (core
// specification 3.2 and 3.3). Used by validation, the linker and every backend.
#pragma once

#include <cstddef>
#include <cstdint>

#include <dovetail/base/external_type.hpp>

namespace dovetail {

/// A canonical function type. Two function types are the same exactly if their addresses are.
struct signature {
  function_type type;
  std::uint32_t hash = 0;
  std::uint32_t parameter_slots = 0;
  std::uint32_t result_slots = 0;
  std::uint32_t frame_slots = 0;  ///< the larger of the two
  std::size_t size = 0;           ///< bytes of the allocation
  signature* next = nullptr;
  /// The supertypes from the outermost one, then the type itself: `depth + 1` of them.
  const signature* const* display = nullptr;
  std::uint32_t depth = 0;
  std::uint32_t id = 0;          ///< what references to it call it (value_type::defined)
  std::uint32_t group_size = 1;  ///< of its recursion group, whose members' ids follow each other
  bool is_final = true;          ///< no type can have it as its supertype

  [[nodiscard]] const signature* supertype() const {
    return depth == 0 ? nullptr : display[depth - 1];
  }
};

/// Whether values of the type `s` are of the type that references call `id` too.
[[nodiscard]] inline bool is_subtype(const signature& s, std::uint32_t id) {
  for (std::uint32_t k = 0; k <= s.depth; ++k) {
    if (s.display[k]->id == id) return true;
  }
  return false;
}

/// Whether values of the type `s` are of the type `of` too (3.3.4). If `of` is final this is one
/// comparison of addresses.
[[nodiscard]] inline bool is_subtype(const signature& s, const signature& of) {
  return &s == &of || (s.depth > of.depth && s.display[of.depth] == &of);
}

}  // namespace dovetail
