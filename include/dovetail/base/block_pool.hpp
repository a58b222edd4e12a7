// Blocks that stores gave back, kept by the engine for the next stores: their arenas, stacks, heap
// memories and tables.
#pragma once

#include <cstddef>
#include <cstdint>

#include <dovetail/base/allocator.hpp>
#include <dovetail/base/spin_lock.hpp>

namespace dovetail {

/// An allocator over another one that keeps released blocks of a few sizes, at most so many bytes
/// in all. Any thread may use it; a kept block is given out again as it was left. Blocks of less
/// than `smallest` bytes are the other allocator's alone.
class block_pool : public allocator {
 public:
  static constexpr std::size_t smallest = 1024;

  block_pool(allocator& below, std::size_t most_bytes)
      : allocator{&call}, below_(&below), most_(most_bytes) {}
  block_pool(const block_pool&) = delete;
  block_pool& operator=(const block_pool&) = delete;
  ~block_pool() {
    for (shelf& s : shelves_) release_all(clear(s));
  }

  /// The bytes that wait for a taker.
  [[nodiscard]] std::size_t kept_bytes() const { return kept_; }

 private:
  struct kept_block {
    kept_block* next;
  };
  // Blocks of one size; a shelf without blocks has none.
  struct shelf {
    std::size_t size = 0;
    kept_block* first = nullptr;
  };
  static constexpr std::size_t shelf_count = 8;

  static void* call(allocator& self, void* block, std::size_t old_size, std::size_t new_size) {
    auto& pool = static_cast<block_pool&>(self);
    if (block == nullptr && new_size >= smallest) {
      if (void* kept = pool.take(new_size)) return kept;
    } else if (new_size == 0 && old_size >= smallest) {
      pool.give(block, old_size);
      return nullptr;
    }
    return pool.below_->resize(block, old_size, new_size);
  }

  void* take(std::size_t size) {
    const spin_lock::guard guard(lock_);
    for (shelf& s : shelves_) {
      if (s.size != size || s.first == nullptr) continue;
      kept_block* block = s.first;
      s.first = block->next;
      kept_ -= size;
      return block;
    }
    return nullptr;
  }

  // Makes room by emptying shelves in turn, so that sizes nobody wants any more do not stay.
  void give(void* block, std::size_t size) {
    if (size > most_) return below_->release(block, size);
    shelf emptied[shelf_count];
    {
      const spin_lock::guard guard(lock_);
      shelf* to = nullptr;
      std::size_t turns = 0;
      while ((kept_ + size > most_ || (to = shelf_for(size)) == nullptr) && turns < shelf_count) {
        emptied[turns++] = clear(shelves_[next_]);
        next_ = (next_ + 1) % shelf_count;
      }
      if (to == nullptr) to = shelf_for(size);
      to->size = size;
      to->first = ::new (block) kept_block{to->first};
      kept_ += size;
    }
    for (const shelf& s : emptied) release_all(s);
  }

  shelf* shelf_for(std::size_t size) {
    shelf* empty = nullptr;
    for (shelf& s : shelves_) {
      if (s.first == nullptr) {
        if (empty == nullptr) empty = &s;
      } else if (s.size == size) {
        return &s;
      }
    }
    return empty;
  }
  shelf clear(shelf& s) {
    const shelf was = s;
    for (kept_block* b = s.first; b != nullptr; b = b->next) kept_ -= s.size;
    s.first = nullptr;
    return was;
  }
  void release_all(const shelf& s) {
    for (kept_block* b = s.first; b != nullptr;) {
      kept_block* next = b->next;
      below_->release(b, s.size);
      b = next;
    }
  }

  allocator* below_;
  std::size_t most_;
  std::size_t kept_ = 0;
  std::size_t next_ = 0;  // the shelf that makes room first
  shelf shelves_[shelf_count];
  spin_lock lock_;
};

}  // namespace dovetail
