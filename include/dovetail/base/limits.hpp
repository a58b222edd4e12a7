// Every number that bounds untrusted input, in one policy struct. Read by the decoder, the store
// and the backends.
#pragma once

#include <cstdint>

namespace dovetail {

/// Bounds on modules (the implementation limits of the JavaScript embedding) and on what a running
/// store may use. A config overrides some: `static constexpr limits limit{.memory_pages = 256};`
struct limits {
  std::uint32_t module_bytes = 1u << 30;
  std::uint32_t types = 1'000'000;
  std::uint32_t functions = 1'000'000;
  std::uint32_t imports = 1'000'000;
  std::uint32_t exports = 1'000'000;
  std::uint32_t globals = 1'000'000;
  std::uint32_t tags = 1'000'000;
  std::uint32_t tables = 100'000;
  std::uint32_t memories = 100;
  std::uint32_t element_segments = 10'000'000;
  std::uint32_t data_segments = 100'000;
  std::uint32_t segment_elements = 10'000'000;
  std::uint32_t parameters = 1'000;
  std::uint32_t results = 1'000;
  std::uint32_t locals = 50'000;
  std::uint32_t body_bytes = 7'654'321;
  /// Entries of one `br_table`.
  std::uint32_t branch_targets = 65'520;

  /// Pages of 64 KiB that one memory may hold, whatever its type allows: 65,536 at most unless its
  /// addresses are i64.
  std::uint32_t memory_pages = 65'536;
  /// Elements that one table may hold, whatever its type allows.
  std::uint32_t table_elements = 10'000'000;
  /// Nested guest calls.
  std::uint32_t call_depth = 50'000;
  /// Slots of the interpreter's value stack, 8 bytes each; touched only as far as used.
  std::uint32_t stack_slots = 512 * 1024;
  /// Bytes of native stack below the outermost call from the host.
  std::uint32_t native_stack = 512 * 1024;
  /// Bytes that an engine keeps of ended stores for later ones, of blocks and of guarded memories
  /// each; 0 keeps nothing.
  std::uint32_t pooled_bytes = 16 * 1024 * 1024;
  /// Bytes of a store's memories, tables and instances together, unless `store.set_budget` says
  /// otherwise.
  std::uint64_t store_bytes = ~std::uint64_t{0};
  /// Instances of a store, unless `store.set_instance_limit` says otherwise.
  std::uint32_t instances = ~std::uint32_t{0};
};

}  // namespace dovetail
