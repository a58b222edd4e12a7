// A bound on the bytes of one owner: a store's memories, tables and objects are allocated through
// one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include <dovetail/base/allocator.hpp>

namespace dovetail {

/// An allocator over another one that knows how many bytes are out, and gives no more than so many.
/// What is allocated elsewhere is charged by hand. By one thread at a time.
class byte_budget {
 public:
  explicit byte_budget(allocator& below, std::uint64_t most)
      : erased_{&call}, below_(&below), most_(most) {}
  byte_budget(const byte_budget&) = delete;
  byte_budget& operator=(const byte_budget&) = delete;

  [[nodiscard]] std::uint64_t used() const { return used_; }
  [[nodiscard]] std::uint64_t most() const { return most_; }
  /// Takes nothing away of what is out.
  void set_most(std::uint64_t bytes) { most_ = bytes; }
  /// How often it refused, which tells its refusals from those of the allocator below.
  [[nodiscard]] std::uint32_t refusals() const { return refusals_; }

  /// Counts bytes from elsewhere; false if they are too many.
  [[nodiscard]] bool charge(std::uint64_t bytes) {
    if (bytes > most_ || used_ > most_ - bytes) [[unlikely]]
      return ++refusals_, false;
    used_ += bytes;
    return true;
  }
  void give_back(std::uint64_t bytes) { used_ -= bytes; }

  /// As an allocator has them.
  [[nodiscard]] void* resize(void* block, std::size_t old_size, std::size_t new_size) {
    if (new_size > old_size && !charge(new_size - old_size)) return nullptr;
    void* made = below_->resize(block, old_size, new_size);
    if (new_size > old_size) {
      if (made == nullptr) give_back(new_size - old_size);
    } else if (made != nullptr || new_size == 0) {
      give_back(old_size - new_size);
    }
    return made;
  }
  void release(void* block, std::size_t size) {
    if (block != nullptr) static_cast<void>(resize(block, size, 0));
  }
  [[nodiscard]] allocator& erased() { return erased_; }

 private:
  static void* call(allocator& self, void* block, std::size_t old_size, std::size_t new_size) {
    return reinterpret_cast<byte_budget&>(self).resize(block, old_size, new_size);
  }

  allocator erased_;  // the first member: its address is the budget's
  allocator* below_;
  std::uint64_t most_;
  std::uint64_t used_ = 0;
  std::uint32_t refusals_ = 0;
};
static_assert(std::is_standard_layout_v<byte_budget>, "code knows offsets in what it is a part of");

}  // namespace dovetail
