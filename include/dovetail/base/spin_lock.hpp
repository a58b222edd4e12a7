// A lock for the rare places where threads share an engine. No operating system call, no
// allocation.
#pragma once

#include <cstdint>

#include <dovetail/base/platform.hpp>

namespace dovetail {

/// Held for the few instructions of a look-up.
class spin_lock {
 public:
  void lock() {
    while (platform::atomic_exchange(taken_, 1) != 0) {
      while (platform::atomic_load(taken_) != 0) {}
    }
  }
  void unlock() { platform::atomic_exchange(taken_, 0); }

  /// Holds the lock for a scope.
  class guard {
   public:
    explicit guard(spin_lock& lock) : lock_(lock) { lock_.lock(); }
    ~guard() { lock_.unlock(); }
    guard(const guard&) = delete;
    guard& operator=(const guard&) = delete;

   private:
    spin_lock& lock_;
  };

 private:
  std::uint32_t taken_ = 0;
};

}  // namespace dovetail
