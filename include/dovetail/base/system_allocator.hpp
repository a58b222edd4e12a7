// The allocator policy that `defaults` picks: the C library's heap.
#pragma once

#include <cstddef>
#include <cstdlib>

#include <dovetail/base/allocator.hpp>

namespace dovetail {

/// The allocator of `defaults`: the C library's.
struct system_allocator {
  void* resize(void* block, std::size_t, std::size_t new_size) noexcept {
    if (new_size == 0) {
      std::free(block);
      return nullptr;
    }
    return std::realloc(block, new_size);
  }
};
static_assert(allocator_policy<system_allocator>);

}  // namespace dovetail
