// Address space of guarded memories that ended, kept by the engine for the next ones: making room
// for a memory anew costs more than clearing a small one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include <dovetail/base/spin_lock.hpp>
#include <dovetail/runtime/os.hpp>

namespace dovetail {

/// Reservations with their first bytes committed and zeroed. Any thread may use it.
class reservation_pool {
 public:
  static constexpr std::size_t most_kept = 16;
  /// A memory that grew beyond this goes back to the system: clearing it would cost more.
  static constexpr std::uint64_t largest = std::uint64_t{1} << 20;

  struct reservation {
    std::byte* base = nullptr;
    std::uint64_t committed = 0;  ///< bytes from `base` that are readable, writable and zero
  };

  /// Keeps at most `most_bytes` of committed memory, and `reserved` bytes of addresses each.
  reservation_pool(std::uint64_t most_bytes, std::uint64_t reserved)
      : most_(most_bytes), reserved_(reserved) {}
  reservation_pool(const reservation_pool&) = delete;
  reservation_pool& operator=(const reservation_pool&) = delete;
  ~reservation_pool() {
    for (std::size_t i = 0; i < count_; ++i) release(kept_[i].base);
  }

  /// A kept reservation with at most `bytes` committed, as many as there is; else a new one; a null
  /// base if the system refuses.
  [[nodiscard]] reservation take(std::uint64_t bytes) {
    if (const reservation kept = take_kept(bytes); kept.base != nullptr) return kept;
    return {static_cast<std::byte*>(os::reserve(static_cast<std::size_t>(reserved_))), 0};
  }
  /// Whether it would keep a memory of so many bytes, were there room.
  [[nodiscard]] bool may_keep(std::uint64_t bytes) const {
    return bytes <= largest && bytes <= most_;
  }
  void give(std::byte* base, std::uint64_t committed) {
    if (!may_keep(committed)) return release(base);
    if (committed != 0) std::memset(base, 0, static_cast<std::size_t>(committed));
    if (!keep({base, committed})) release(base);
  }

 private:
  [[nodiscard]] reservation take_kept(std::uint64_t bytes) {
    const spin_lock::guard guard(lock_);
    std::size_t best = count_;
    for (std::size_t i = count_; i-- > 0;) {
      if (kept_[i].committed > bytes) continue;
      if (best == count_ || kept_[i].committed > kept_[best].committed) best = i;
      if (kept_[i].committed == bytes) break;
    }
    if (best == count_) return {};
    const reservation found = kept_[best];
    kept_[best] = kept_[--count_];
    kept_bytes_ -= found.committed;
    return found;
  }
  [[nodiscard]] bool keep(const reservation& r) {
    const spin_lock::guard guard(lock_);
    if (count_ == most_kept || kept_bytes_ + r.committed > most_) return false;
    kept_[count_++] = r;
    kept_bytes_ += r.committed;
    return true;
  }
  void release(std::byte* base) { os::release(base, static_cast<std::size_t>(reserved_)); }

  std::uint64_t most_;
  std::uint64_t reserved_;
  std::uint64_t kept_bytes_ = 0;
  std::size_t count_ = 0;
  reservation kept_[most_kept];
  spin_lock lock_;
};

}  // namespace dovetail
