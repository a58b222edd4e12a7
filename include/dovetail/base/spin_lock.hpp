// A lock for the rare places where threads share an engine. No operating system call, no
// allocation.
#pragma once

#include <atomic>

namespace dovetail {

/// Held for the few instructions of a look-up.
class spin_lock {
 public:
  void lock() {
    while (flag_.test_and_set(std::memory_order_acquire)) {
      while (flag_.test(std::memory_order_relaxed)) {}
    }
  }
  void unlock() { flag_.clear(std::memory_order_release); }

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
  std::atomic_flag flag_;
};

}  // namespace dovetail
