// An allocator policy over memory of the caller: for hosts that set aside what a runtime may have.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include <dovetail/base/allocator.hpp>
#include <dovetail/base/spin_lock.hpp>

namespace dovetail {

/// Gives out a span of bytes from its beginning to its end, and refuses what is more. Blocks that
/// are freed are not given out again, but the newest one grows and shrinks where it is. The engine
/// keeps blocks of ended stores for later ones as ever. The bytes must outlive the engine; any
/// thread may use it.
class monotonic_arena {
 public:
  explicit monotonic_arena(std::span<std::byte> bytes) : begin_(bytes.data()), all_(bytes.size()) {
    const std::size_t off = reinterpret_cast<std::uintptr_t>(begin_) % alignment;
    if (off != 0) used_ = all_ < alignment - off ? all_ : alignment - off;
  }
  /// For engines, before anything is allocated there.
  monotonic_arena(monotonic_arena&& other) noexcept
      : begin_(other.begin_), all_(other.all_), used_(other.used_), newest_(other.newest_) {
    other.all_ = other.used_ = 0;
  }
  monotonic_arena& operator=(monotonic_arena&&) = delete;

  /// Bytes that were given out, or lost between blocks.
  [[nodiscard]] std::size_t used() const { return used_; }
  [[nodiscard]] std::size_t left() const { return all_ - used_; }

  void* resize(void* block, std::size_t old_size, std::size_t new_size) noexcept {
    const spin_lock::guard guard(lock_);
    const bool is_newest = block != nullptr && block == newest_;
    if (new_size == 0 && !is_newest) return nullptr;
    if (is_newest) used_ = static_cast<std::size_t>(newest_ - begin_);
    if (new_size == 0) return newest_ = nullptr;
    // What is smaller stays where it is.
    if (!is_newest && block != nullptr && new_size <= old_size) return block;
    if (new_size > all_ - used_) {
      if (is_newest) used_ += rounded(old_size);
      return nullptr;
    }
    std::byte* const at = begin_ + used_;
    used_ += rounded(new_size);
    newest_ = at;
    if (block != nullptr && !is_newest) std::memcpy(at, block, old_size);
    return at;
  }

 private:
  static constexpr std::size_t alignment = 16;

  // The last block of all may end where the bytes do.
  [[nodiscard]] std::size_t rounded(std::size_t size) const {
    const std::size_t room = all_ - used_, up = (alignment - size % alignment) % alignment;
    return up < room - size ? size + up : room;
  }

  std::byte* begin_;
  std::size_t all_;
  std::size_t used_ = 0;
  std::byte* newest_ = nullptr;
  spin_lock lock_;
};
static_assert(allocator_policy<monotonic_arena>);

}  // namespace dovetail
