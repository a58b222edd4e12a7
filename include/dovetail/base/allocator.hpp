// The allocator policy and its erased form. Every allocation of the library goes through it and may
// fail.
#pragma once

#include <concepts>
#include <cstddef>
#include <new>
#include <utility>

#include <dovetail/base/platform.hpp>

namespace dovetail {

/// What a config's `allocator` provides: one function for all of an allocation's life.
template <class A>
concept allocator_policy = requires(A& a, void* block, std::size_t size) {
  // Returns a block of `new_size` bytes, aligned to 16, that begins with the bytes of `block`
  // (null: a new block); new_size 0 releases `block`. On failure returns null and leaves `block` as
  // it was. Never throws.
  { a.resize(block, size, size) }
  noexcept->std::same_as<void*>;
};

/// An allocator without its type, so that code and data do not depend on it. Allocation is rare:
/// one indirect call.
struct allocator {
  void* (*resize_function)(allocator& self, void* block, std::size_t old_size,
                           std::size_t new_size);

  [[nodiscard]] void* resize(void* block, std::size_t old_size, std::size_t new_size) {
    return resize_function(*this, block, old_size, new_size);
  }
  [[nodiscard]] void* allocate(std::size_t size) { return resize(nullptr, 0, size); }
  void release(void* block, std::size_t size) {
    if (block != nullptr) static_cast<void>(resize(block, size, 0));
  }

  /// Makes a `T` in memory of this allocator; null if there is none.
  template <class T, class... Arguments>
  [[nodiscard]] T* make(Arguments&&... arguments);
  /// Ends a `T` that `make` made.
  template <class T>
  void destroy(T* object);
};

/// A policy behind the erased form; lives in the engine.
template <allocator_policy A>
struct allocator_of : allocator {
  explicit allocator_of(A made = {}) : allocator{&call}, policy(static_cast<A&&>(made)) {}
  A policy;

 private:
  static void* call(allocator& self, void* block, std::size_t old_size, std::size_t new_size) {
    return static_cast<allocator_of&>(self).policy.resize(block, old_size, new_size);
  }
};

template <class T, class... Arguments>
T* allocator::make(Arguments&&... arguments) {
  static_assert(alignof(T) <= 16, "blocks are aligned to 16 bytes");
  void* block = allocate(sizeof(T));
  return block == nullptr ? nullptr : ::new (block) T{std::forward<Arguments>(arguments)...};
}

template <class T>
void allocator::destroy(T* object) {
  if (object == nullptr) return;
  object->~T();
  release(object, sizeof(T));
}

}  // namespace dovetail
