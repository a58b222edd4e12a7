// The configurations that the rules are tested under. They are instantiated once, in runtimes.cpp,
// so that the tests compile quickly.
#pragma once

#include <cstddef>
#include <cstdint>

#include <dovetail/dovetail.hpp>
#ifdef LINKING_X64
#include <dovetail/x64.hpp>
#else
#include <dovetail/interpreter.hpp>
#endif

#include "support/compiled_once.hpp"

namespace linking {

#ifdef LINKING_X64
using backend_under_test = dovetail::x64;
#else
using backend_under_test = dovetail::interpreter;
#endif

struct checked : dovetail::defaults {
  using backend = backend_under_test;
};
struct guarded : checked {
  using memory = dovetail::guarded_memory;
};

// WebAssembly 3.0.
struct latest : checked {
  static constexpr dovetail::features accept = dovetail::features::wasm3();
};
struct latest_guarded : latest {
  using memory = dovetail::guarded_memory;
};
struct latest_with_fuel : latest {
  using backend = dovetail::fuel<backend_under_test>;
};

// Linker policies.
struct by_position : checked {
  using linker = dovetail::link_by_position;
};
struct shadowing : checked {
  using linker = dovetail::allow_shadowing;
};
struct stubbing : checked {
  using linker = dovetail::trap_unknown_functions<dovetail::link_by_name>;
};
struct stubbing_and_shadowing : checked {
  using linker = dovetail::trap_unknown_functions<dovetail::allow_shadowing>;
};

// Limits: small ones, and room for a thousand nested calls of host and guest.
struct small : checked {
  static constexpr dovetail::limits limit{.memory_pages = 4, .table_elements = 100};
};
// One number of its own for every list that a module may have too long.
struct bounded : checked {
  static constexpr dovetail::limits limit{.module_bytes = 200,
                                          .types = 4,
                                          .functions = 3,
                                          .imports = 5,
                                          .exports = 3,
                                          .globals = 4,
                                          .tags = 2,
                                          .tables = 3,
                                          .memories = 2,
                                          .element_segments = 2,
                                          .data_segments = 3,
                                          .segment_elements = 4,
                                          .parameters = 2,
                                          .results = 3,
                                          .locals = 5,
                                          .body_bytes = 20,
                                          .branch_targets = 3};
};
struct bounded_guarded : bounded {
  using memory = dovetail::guarded_memory;
};
// A few dozen frames, on whichever stack the backend puts them.
struct shallow : checked {
#ifdef LINKING_X64
  static constexpr dovetail::limits limit{.native_stack = 2048};
#else
  static constexpr dovetail::limits limit{.stack_slots = 64};
#endif
};
struct deep : checked {
  static constexpr dovetail::limits limit{.native_stack = 6 << 20};
};
struct deep_guarded : deep {
  using memory = dovetail::guarded_memory;
};

/// An allocator that refuses after a number of requests, and knows what it has given out. Its state
/// belongs to the test.
struct budget {
  std::size_t requests_left = ~std::size_t{0};
  std::size_t blocks = 0;
  std::size_t bytes = 0;
};
struct budget_allocator {
  budget* state;
  void* resize(void* block, std::size_t old_size, std::size_t new_size) noexcept;
};
struct refusing : checked {
  using allocator = budget_allocator;
};
struct refusing_guarded : guarded {
  using allocator = budget_allocator;
};

#ifdef __cpp_exceptions
struct thrown : checked {
  using traps = dovetail::traps_thrown;
};
struct thrown_guarded : guarded {
  using traps = dovetail::traps_thrown;
};
#endif

}  // namespace linking

// What takes long to compile; runtimes.cpp makes the same lines definitions.
#ifndef LINKING_EXTERN
#define LINKING_EXTERN extern
#endif

namespace dovetail {

LINKING_EXTERN template class detail::instantiation<link_by_name, checked_memory>;
LINKING_EXTERN template class detail::instantiation<link_by_name, guarded_memory>;

LINKING_EXTERN template class basic_engine<linking::checked>;
LINKING_EXTERN template class basic_store<linking::checked>;
LINKING_EXTERN template class basic_engine<linking::guarded>;
LINKING_EXTERN template class basic_store<linking::guarded>;
LINKING_EXTERN template class basic_engine<linking::latest>;
LINKING_EXTERN template class basic_store<linking::latest>;
LINKING_EXTERN template class basic_engine<linking::latest_guarded>;
LINKING_EXTERN template class basic_store<linking::latest_guarded>;
LINKING_EXTERN template class basic_engine<linking::latest_with_fuel>;
LINKING_EXTERN template class basic_store<linking::latest_with_fuel>;
LINKING_EXTERN template class basic_engine<linking::by_position>;
LINKING_EXTERN template class basic_store<linking::by_position>;
LINKING_EXTERN template class basic_engine<linking::shadowing>;
LINKING_EXTERN template class basic_store<linking::shadowing>;
LINKING_EXTERN template class basic_engine<linking::stubbing>;
LINKING_EXTERN template class basic_store<linking::stubbing>;
LINKING_EXTERN template class basic_engine<linking::stubbing_and_shadowing>;
LINKING_EXTERN template class basic_store<linking::stubbing_and_shadowing>;
LINKING_EXTERN template class basic_engine<linking::small>;
LINKING_EXTERN template class basic_store<linking::small>;
LINKING_EXTERN template class basic_engine<linking::bounded>;
LINKING_EXTERN template class basic_store<linking::bounded>;
LINKING_EXTERN template class basic_engine<linking::bounded_guarded>;
LINKING_EXTERN template class basic_store<linking::bounded_guarded>;
LINKING_EXTERN template class basic_engine<linking::shallow>;
LINKING_EXTERN template class basic_store<linking::shallow>;
LINKING_EXTERN template class basic_engine<linking::deep>;
LINKING_EXTERN template class basic_store<linking::deep>;
LINKING_EXTERN template class basic_engine<linking::deep_guarded>;
LINKING_EXTERN template class basic_store<linking::deep_guarded>;
LINKING_EXTERN template class basic_engine<linking::refusing>;
LINKING_EXTERN template class basic_store<linking::refusing>;
LINKING_EXTERN template class basic_engine<linking::refusing_guarded>;
LINKING_EXTERN template class basic_store<linking::refusing_guarded>;
#ifdef __cpp_exceptions
LINKING_EXTERN template class basic_engine<linking::thrown>;
LINKING_EXTERN template class basic_store<linking::thrown>;
LINKING_EXTERN template class basic_engine<linking::thrown_guarded>;
LINKING_EXTERN template class basic_store<linking::thrown_guarded>;
#endif

}  // namespace dovetail
