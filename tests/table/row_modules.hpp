// Modules around one operator: what its row says about operands, result and immediate makes a
// module that is valid; with one of them changed, one that is not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include <dovetail/format/operators.hpp>

#include "support/writer.hpp"

namespace testing {

inline dovetail::op op_at(std::size_t i) { return static_cast<dovetail::op>(i); }

/// The types of a row.
inline dovetail::shape_types types_of(dovetail::op o) {
  return dovetail::switch_on(
      o, [](auto which) { return dovetail::types_of<dovetail::row_of(which.value).shape>(); });
}
inline bool is_special(dovetail::op o) {
  return dovetail::row_of(o).shape == dovetail::shape::special;
}
inline bool is_access(dovetail::op o) {
  return dovetail::row_of(o).immediate == dovetail::immediate_kind::memarg ||
         dovetail::row_of(o).immediate == dovetail::immediate_kind::memarg_lane;
}
inline unsigned log_of(unsigned width) { return width <= 1 ? 0 : 1 + log_of(width / 2); }

/// The operator with the plainest immediate of its kind. Structured ones are not closed.
inline code encoded(dovetail::op o) {
  using dovetail::immediate_kind;
  code c;
  c.put(o);
  switch (dovetail::row_of(o).immediate) {
    case immediate_kind::none: break;
    case immediate_kind::block_type: c.byte(0x40); break;
    case immediate_kind::value_types: c.u32(1).byte(0x7f); break;
    case immediate_kind::heap_type: c.byte(0x70); break;
    case immediate_kind::i32:
    case immediate_kind::i64: c.s64(-3); break;
    case immediate_kind::f32: c.fixed(std::uint32_t{0x3f80'0000}); break;
    case immediate_kind::f64: c.fixed(std::uint64_t{0x3ff0'0000'0000'0000}); break;
    case immediate_kind::v128:
    case immediate_kind::shuffle: c.fixed(std::uint64_t{1}).fixed(std::uint64_t{2}); break;
    case immediate_kind::lane: c.byte(0); break;
    case immediate_kind::memarg: c.u32(0).u32(8); break;
    case immediate_kind::memarg_lane: c.u32(0).u32(8).byte(0); break;
    case immediate_kind::label_table:
    case immediate_kind::call_indirect:
    case immediate_kind::table_table:
    case immediate_kind::element_table:
    case immediate_kind::memory_memory:
    case immediate_kind::data_memory: c.u32(0).u32(0); break;
    default: c.u32(0); break;  // one index
  }
  return c;
}

/// A module whose one function applies `body` to parameters of these types.
inline std::vector<std::uint8_t> module_of(const type_list& parameters, const type_list& results,
                                           const code& body) {
  module_writer m;
  const std::uint32_t type = m.type(parameters, results);
  m.memory(1, 1);
  code whole;
  for (std::size_t i = 0; i < parameters.size(); ++i) whole.put(dovetail::op::local_get, {i});
  whole.append(body.bytes());
  m.function(type, whole);
  return m.bytes();
}

inline type_list operands_of(dovetail::op o) {
  const dovetail::shape_types types = types_of(o);
  return {types.operands.begin(), types.operands.begin() + types.operand_count};
}
inline type_list results_of(dovetail::op o) {
  const dovetail::shape_types types = types_of(o);
  return types.has_result ? type_list{types.result} : type_list{};
}
/// Another type of numbers.
inline dovetail::value_type other_than(dovetail::value_type type) {
  return type == dovetail::value_type::i32 ? dovetail::value_type::i64 : dovetail::value_type::i32;
}

}  // namespace testing
