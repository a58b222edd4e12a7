// Strong index types: one for each index space of a module (core specification 2.5.1). Used by
// every floor.
#pragma once

#include <cstdint>

namespace dovetail {

/// An index into the space that `Space` names. It converts to a number only when asked, by
/// `.value`.
template <class Space>
struct index {
  std::uint32_t value = 0;
  friend constexpr bool operator==(index, index) = default;
};

using type_index = index<struct type_space>;
using function_index = index<struct function_space>;
using table_index = index<struct table_space>;
using memory_index = index<struct memory_space>;
using global_index = index<struct global_space>;
using element_index = index<struct element_space>;
using data_index = index<struct data_space>;
using local_index = index<struct local_space>;
/// A relative depth: 0 is the innermost enclosing block.
using label_index = index<struct label_space>;

}  // namespace dovetail
