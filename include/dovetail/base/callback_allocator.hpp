// An allocator policy that asks a function of the host.
#pragma once

#include <cstddef>

#include <dovetail/base/allocator.hpp>

namespace dovetail {

/// Calls `function(context, block, old_size, new_size)`, which does what the policy's `resize`
/// must: a new block for null, none for a new size of 0, null if there is no memory; aligned to 16
/// bytes. It must not throw, and must bear calls by every thread that uses the engine or its
/// stores.
class callback_allocator {
 public:
  using function = void* (*)(void* context, void* block, std::size_t old_size,
                             std::size_t new_size);

  explicit callback_allocator(function f, void* context = nullptr)
      : function_(f), context_(context) {}

  void* resize(void* block, std::size_t old_size, std::size_t new_size) noexcept {
    return function_(context_, block, old_size, new_size);
  }

 private:
  function function_;
  void* context_;
};
static_assert(allocator_policy<callback_allocator>);

}  // namespace dovetail
