// Memory that is given out in pieces and taken back all at once: the store's objects live in one.
#pragma once

#include <cstddef>
#include <cstring>
#include <new>
#include <utility>

#include <dovetail/base/allocator.hpp>

namespace dovetail {

/// A bump allocator over blocks of the config's allocator. Pieces are aligned to 16 bytes and
/// zeroed.
class arena {
 public:
  explicit arena(allocator& memory, std::size_t block_size = 4096)
      : arena(memory, block_size, block_size) {}
  /// Blocks double in size until they are of the most.
  explicit arena(allocator& memory, std::size_t first_size, std::size_t most_size)
      : memory_(&memory), block_size_(first_size), first_size_(first_size), most_size_(most_size) {}
  arena(const arena&) = delete;
  arena& operator=(const arena&) = delete;
  ~arena() { clear(); }

  /// Gives everything back.
  void clear() {
    while (blocks_ != nullptr) {
      block* next = blocks_->next;
      memory_->release(blocks_, blocks_->size);
      blocks_ = next;
    }
    at_ = nullptr;
    left_ = 0;
    block_size_ = first_size_;
  }

  /// Makes zeros of all pieces, so that who still has one finds nothing.
  void wipe() {
    for (block* b = blocks_; b != nullptr; b = b->next) {
      std::memset(reinterpret_cast<std::byte*>(b) + sizeof(block), 0, b->size - sizeof(block));
    }
  }

  [[nodiscard]] allocator& memory() const { return *memory_; }

  /// `size` zeroed bytes, or null.
  [[nodiscard]] void* allocate(std::size_t size) {
    if (size > ~std::size_t{0} - 64) return nullptr;
    size = (size + 15) & ~std::size_t{15};
    if ((size > left_ || at_ == nullptr) && !refill(size)) return nullptr;
    void* piece = at_;
    at_ += size;
    left_ -= size;
    return std::memset(piece, 0, size);
  }

  /// A `T` that is never destroyed: it must need no destructor.
  template <class T, class... Arguments>
  [[nodiscard]] T* make(Arguments&&... arguments) {
    static_assert(std::is_trivially_destructible_v<T> && alignof(T) <= 16);
    void* piece = allocate(sizeof(T));
    return piece == nullptr ? nullptr : ::new (piece) T{std::forward<Arguments>(arguments)...};
  }
  /// `count` zeroed elements, or null; `count` 0 gives a pointer that must not be read.
  template <class T>
  [[nodiscard]] T* make_array(std::size_t count) {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= 16);
    if (count > (~std::size_t{0} - 64) / sizeof(T)) return nullptr;
    return static_cast<T*>(allocate(count * sizeof(T)));
  }

 private:
  struct alignas(16) block {
    block* next;
    std::size_t size;
  };

  bool refill(std::size_t size) {
    const std::size_t wanted = sizeof(block) + (size > block_size_ ? size : block_size_);
    void* memory = memory_->allocate(wanted);
    if (memory == nullptr) return false;
    blocks_ = ::new (memory) block{blocks_, wanted};
    at_ = static_cast<std::byte*>(memory) + sizeof(block);
    left_ = wanted - sizeof(block);
    if (block_size_ < most_size_) block_size_ *= 2;
    return true;
  }

  allocator* memory_;
  block* blocks_ = nullptr;
  std::byte* at_ = nullptr;
  std::size_t left_ = 0;
  std::size_t block_size_;
  std::size_t first_size_;
  std::size_t most_size_;
};

}  // namespace dovetail
