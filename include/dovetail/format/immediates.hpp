// The immediates of operators, one type a kind, and how each is read (core specification 5.4). Used
// by the body decoder and everything that receives operators from it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include <dovetail/base/features.hpp>
#include <dovetail/base/index.hpp>
#include <dovetail/base/status.hpp>
#include <dovetail/base/value_type.hpp>
#include <dovetail/format/byte_reader.hpp>
#include <dovetail/format/operators.hpp>

namespace dovetail {

/// A block type: nothing, one result, or a function type by index.
struct block_type {
  bool is_index = false;
  bool has_result = false;
  value_type result{};
  type_index type{};
};

/// The targets of `br_table`: `count` labels, then the default, still encoded.
struct label_table {
  std::uint32_t count = 0;
  byte_cursor entries;

  /// The next label; the decoder has already read all of them once.
  constexpr label_index next() {
    std::uint32_t depth = 0;
    static_cast<void>(entries.u32(depth));
    return {depth};
  }
};

struct indirect_call {
  type_index type{};
  table_index table{};
};
/// The type list of a typed `select`: its length and its first type.
struct type_list {
  std::uint32_t count = 0;
  value_type first{};
};
struct memory_argument {
  std::uint64_t offset = 0;
  memory_index memory{};
  std::uint32_t alignment = 0;  ///< log2 of bytes
};
static_assert(sizeof(memory_argument) == 16, "travels in registers");
struct memory_lane_argument {
  memory_argument access;
  std::uint8_t lane = 0;
};
struct lane_index {
  std::uint8_t lane = 0;
};
struct two_tables {
  table_index destination{}, source{};
};
struct element_and_table {
  element_index element{};
  table_index table{};
};
struct two_memories {
  memory_index destination{}, source{};
};
struct data_and_memory {
  data_index data{};
  memory_index memory{};
};
struct no_immediate {};

namespace detail {

// Heap types of the features that are recognised to be refused by name.
constexpr status refuse_heap_type(std::uint8_t code) {
  if (code == 0x69 || code == 0x74) return not_accepted(feature::exception_handling);
  return (code >= 0x6a && code <= 0x6e) || code == 0x71 ? not_accepted(feature::gc)
                                                        : status::malformed_reference_type;
}
constexpr bool is_heap_type(std::uint8_t code) {
  return code == 0x70 || code == 0x6f || code == 0x73 || code == 0x72;
}

// A heap type: a type index, or the code of an abstract one as a negative s33 of one byte (5.3.3).
constexpr status read_heap_type(byte_cursor& r, bool is_nullable, value_type& out) {
  std::int64_t code = 0;
  const std::uint8_t* const from = r.position();
  DOVETAIL_TRY(r.s33(code));
  if (code >= 0) {
    const bool can_exist = code <= value_type::most_defined;
    out = value_type::reference(
        can_exist ? static_cast<std::uint32_t>(code) : value_type::most_defined, is_nullable);
    return status::ok;
  }
  const auto byte = static_cast<std::uint8_t>(code & 0x7f);
  if (r.position() != from + 1) return status::malformed_heap_type;
  if (!is_heap_type(byte)) return refuse_heap_type(byte);
  out = value_type{byte};
  if (!is_nullable) out = out.as_non_null();
  return status::ok;
}

// What follows the first byte of a reference type.
template <features Accept>
constexpr status read_reference_type(byte_cursor& r, std::uint8_t code, value_type& out,
                                     status otherwise) {
  out = value_type{code};
  if (code == 0x70 || code == 0x6f) return status::ok;
  if constexpr (Accept.has(feature::function_references)) {
    if (code == 0x63 || code == 0x64) return read_heap_type(r, code == 0x63, out);
    if (is_heap_type(code)) return status::ok;
    if (const status s = refuse_heap_type(code); is_not_accepted(s)) return s;
  }
  return otherwise;
}

}  // namespace detail

/// Reads a value type. References to defined types hold the index of the type.
template <features Accept>
[[nodiscard]] constexpr status read_value_type(byte_cursor& r, value_type& out) {
  std::uint8_t code = 0;
  DOVETAIL_TRY(r.u8(code));
  if (code >= 0x7b && code <= 0x7f) return out = value_type{code}, status::ok;
  return detail::read_reference_type<Accept>(r, code, out, status::malformed_value_type);
}

template <features Accept>
[[nodiscard]] constexpr status read_reference_type(byte_cursor& r, value_type& out) {
  std::uint8_t code = 0;
  DOVETAIL_TRY(r.u8(code));
  return detail::read_reference_type<Accept>(r, code, out, status::malformed_reference_type);
}

namespace detail {

template <class Space>
constexpr status read(byte_cursor& r, index<Space>& out) {
  return r.u32(out.value);
}

// A block type is one byte (0x40 or a value type), a reference type, or a type index as a
// non-negative s33 (5.4.1).
template <features Accept>
constexpr status read(byte_cursor& r, block_type& out) {
  std::int64_t code = 0;
  const std::uint8_t* const from = r.position();
  DOVETAIL_TRY(r.s33(code));
  if (code >= 0) {
    out.is_index = true;
    out.type = {static_cast<std::uint32_t>(code)};
    return status::ok;
  }
  const auto byte = static_cast<std::uint8_t>(code & 0x7f);
  if (r.position() != from + 1) return status::malformed_block_type;
  if (byte == 0x40) return status::ok;
  out.has_result = true;
  out.result = value_type{byte};
  if (byte >= 0x7b) return status::ok;
  return read_reference_type<Accept>(r, byte, out.result, status::malformed_block_type);
}

constexpr status read(byte_cursor& r, label_table& out) {
  DOVETAIL_TRY(r.u32(out.count));
  if (out.count > r.remaining()) return status::length_out_of_bounds;
  out.entries = r;
  for (std::uint64_t i = 0; i <= out.count; ++i) {
    std::uint32_t depth = 0;
    DOVETAIL_TRY(r.u32(depth));
  }
  return status::ok;
}

constexpr status read(byte_cursor& r, indirect_call& out) {
  DOVETAIL_TRY(r.u32(out.type.value));
  return r.u32(out.table.value);
}

template <features Accept>
constexpr status read(byte_cursor& r, type_list& out) {
  DOVETAIL_TRY(r.u32(out.count));
  if (out.count > r.remaining()) return status::length_out_of_bounds;
  for (std::uint32_t i = 0; i < out.count; ++i) {
    value_type type{};
    DOVETAIL_TRY(read_value_type<Accept>(r, type));
    if (i == 0) out.first = type;
  }
  return status::ok;
}

// The flags hold the alignment, and in bit 6 whether a memory index follows (5.4.6). Before
// multiple memories there is the alignment alone; 2^32 and above is malformed.
template <features Accept>
constexpr status read(byte_cursor& r, memory_argument& out) {
  DOVETAIL_TRY(r.u32(out.alignment));
  if constexpr (Accept.has(feature::multi_memory)) {
    if (out.alignment >= 128) return status::malformed_memop_flags;
    if ((out.alignment & 64) != 0) {
      out.alignment &= 63;
      DOVETAIL_TRY(r.u32(out.memory.value));
    }
  } else {
    if (out.alignment >= 32) return status::malformed_memop_flags;
  }
  if constexpr (Accept.has(feature::memory64)) {
    return r.u64(out.offset);
  } else {
    std::uint32_t offset = 0;
    DOVETAIL_TRY(r.u32(offset));
    out.offset = offset;
    return status::ok;
  }
}

constexpr status read(byte_cursor& r, lane_index& out) { return r.u8(out.lane); }

template <features Accept>
constexpr status read(byte_cursor& r, memory_lane_argument& out) {
  DOVETAIL_TRY(read<Accept>(r, out.access));
  return r.u8(out.lane);
}

constexpr status read(byte_cursor& r, v128& out) {
  if (r.remaining() < 16) return status::unexpected_end;
  for (std::uint8_t& byte : out.bytes) DOVETAIL_TRY(r.u8(byte));
  return status::ok;
}

// The heap type of a null reference.
template <features Accept>
constexpr status read(byte_cursor& r, value_type& out) {
  if constexpr (Accept.has(feature::function_references)) {
    return read_heap_type(r, true, out);
  } else {
    return dovetail::read_reference_type<Accept>(r, out);
  }
}
constexpr status read(byte_cursor&, no_immediate&) { return status::ok; }
constexpr status read(byte_cursor& r, std::int32_t& out) { return r.s32(out); }
constexpr status read(byte_cursor& r, std::int64_t& out) { return r.s64(out); }
constexpr status read(byte_cursor& r, std::uint32_t& out) { return r.fixed(out); }
constexpr status read(byte_cursor& r, std::uint64_t& out) { return r.fixed(out); }

// Before multiple memories an operator names its memory with a zero byte, not an integer.
template <features Accept>
constexpr status read(byte_cursor& r, memory_index& out) {
  if constexpr (Accept.has(feature::multi_memory)) {
    return r.u32(out.value);
  } else {
    std::uint8_t zero = 0;
    DOVETAIL_TRY(r.u8(zero));
    return zero == 0 ? status::ok : status::zero_byte_expected;
  }
}
template <features Accept>
constexpr status read(byte_cursor& r, two_memories& out) {
  DOVETAIL_TRY(read<Accept>(r, out.destination));
  return read<Accept>(r, out.source);
}
template <features Accept>
constexpr status read(byte_cursor& r, data_and_memory& out) {
  DOVETAIL_TRY(r.u32(out.data.value));
  return read<Accept>(r, out.memory);
}
constexpr status read(byte_cursor& r, two_tables& out) {
  DOVETAIL_TRY(r.u32(out.destination.value));
  return r.u32(out.source.value);
}
constexpr status read(byte_cursor& r, element_and_table& out) {
  DOVETAIL_TRY(r.u32(out.element.value));
  return r.u32(out.table.value);
}

// Most immediates of more than an integer, where they are short: nothing but the cursor's two words
// is touched. What these leave is read by the functions above.
template <features Accept>
DOVETAIL_ALWAYS_INLINE constexpr bool read_short(byte_cursor& r, memory_argument& out) {
  if (r.remaining() < 2) return false;
  const unsigned both = r.position()[0] | static_cast<unsigned>(r.position()[1]) << 8;
  // An alignment that `read` accepts without a look at features, and one byte of offset.
  if ((both & 0x80e0) != 0) return false;
  out.alignment = both & 0x1f;
  out.offset = both >> 8;
  r.skip(2);
  return true;
}
template <features Accept>
DOVETAIL_ALWAYS_INLINE constexpr bool read_short(byte_cursor& r, block_type& out) {
  const std::uint8_t byte = r.peek();
  const bool is_number = byte >= 0x7b && byte <= 0x7f;
  if (!is_number && byte != 0x40) return false;
  out.has_result = is_number;
  out.result = value_type{byte};
  r.skip(1);
  return true;
}

/// Reads an immediate as the accepted features have it.
template <features Accept, class Immediate>
constexpr status read_immediate(byte_cursor& r, Immediate& out) {
  if constexpr (requires { read<Accept>(r, out); }) {
    return read<Accept>(r, out);
  } else {
    return read(r, out);
  }
}

template <immediate_kind>
struct immediate;
#define DOVETAIL_IMMEDIATE(KIND, TYPE)     \
  template <>                              \
  struct immediate<immediate_kind::KIND> { \
    using type = TYPE;                     \
  };
DOVETAIL_IMMEDIATE(none, no_immediate)
DOVETAIL_IMMEDIATE(block_type, dovetail::block_type)
DOVETAIL_IMMEDIATE(label, label_index)
DOVETAIL_IMMEDIATE(label_table, dovetail::label_table)
DOVETAIL_IMMEDIATE(function, function_index)
DOVETAIL_IMMEDIATE(type, type_index)
DOVETAIL_IMMEDIATE(call_indirect, indirect_call)
DOVETAIL_IMMEDIATE(value_types, type_list)
DOVETAIL_IMMEDIATE(local, local_index)
DOVETAIL_IMMEDIATE(global, global_index)
DOVETAIL_IMMEDIATE(table, table_index)
DOVETAIL_IMMEDIATE(table_table, two_tables)
DOVETAIL_IMMEDIATE(element, element_index)
DOVETAIL_IMMEDIATE(element_table, element_and_table)
DOVETAIL_IMMEDIATE(memory, memory_index)
DOVETAIL_IMMEDIATE(memory_memory, two_memories)
DOVETAIL_IMMEDIATE(data, data_index)
DOVETAIL_IMMEDIATE(data_memory, data_and_memory)
DOVETAIL_IMMEDIATE(memarg, memory_argument)
DOVETAIL_IMMEDIATE(memarg_lane, memory_lane_argument)
DOVETAIL_IMMEDIATE(lane, lane_index)
DOVETAIL_IMMEDIATE(shuffle, dovetail::v128)
DOVETAIL_IMMEDIATE(heap_type, value_type)
DOVETAIL_IMMEDIATE(i32, std::int32_t)
DOVETAIL_IMMEDIATE(i64, std::int64_t)
DOVETAIL_IMMEDIATE(f32, std::uint32_t)
DOVETAIL_IMMEDIATE(f64, std::uint64_t)
DOVETAIL_IMMEDIATE(v128, dovetail::v128)
#undef DOVETAIL_IMMEDIATE

}  // namespace detail

/// The type of an operator's immediate.
template <op O>
using immediate_of = typename detail::immediate<row_of(O).immediate>::type;

}  // namespace dovetail
