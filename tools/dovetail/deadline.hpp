// `--timeout`: stops whatever runs in a store once its time is over.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include <dovetail/runtime/interruption.hpp>

namespace command {

/// Holds the button from a moment on, until it ends.
class deadline {
 public:
  deadline(dovetail::stop_button button, std::chrono::steady_clock::time_point end)
      : button_(button), thread_([this, end] { wait(end); }) {}
  ~deadline() {
    {
      const std::lock_guard locked(mutex_);
      is_over_ = true;
    }
    changed_.notify_one();
    thread_.join();
    button_.release();
  }
  deadline(const deadline&) = delete;
  deadline& operator=(const deadline&) = delete;

 private:
  void wait(std::chrono::steady_clock::time_point end) {
    std::unique_lock locked(mutex_);
    if (!changed_.wait_until(locked, end, [this] { return is_over_; })) button_.hold();
  }

  dovetail::stop_button button_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_over_ = false;
  std::thread thread_;
};

}  // namespace command
