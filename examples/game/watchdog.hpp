// A thread that stops a mod's call when it takes too long, whatever it does. Used around each tick.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <thread>

#include <dovetail/dovetail.hpp>

namespace game {

class watchdog {
 public:
  /// Stops what takes longer than `patience`, before it has taken twice as long.
  explicit watchdog(std::chrono::milliseconds patience)
      : patience_(patience), thread_([this] { run(); }) {}
  ~watchdog() {
    {
      const std::lock_guard locked(mutex_);
      is_over_ = true;
    }
    over_.notify_one();
    thread_.join();
  }
  watchdog(const watchdog&) = delete;
  watchdog& operator=(const watchdog&) = delete;

  void begin(dovetail::stop_button button, dovetail::call_ticket call) {
    const std::lock_guard locked(mutex_);
    watched_ = {button, call};
    ++turn_;
  }
  void end() {
    const std::lock_guard locked(mutex_);
    watched_.reset();
  }

 private:
  struct watched {
    dovetail::stop_button button;
    dovetail::call_ticket call;
  };

  // The ticket names one call: pressing for it cannot hit the mod's next one.
  void run() {
    std::unique_lock locked(mutex_);
    std::uint64_t seen = 0;
    while (!over_.wait_for(locked, patience_, [this] { return is_over_; })) {
      if (watched_ && turn_ == seen) watched_->button.press(watched_->call);
      seen = turn_;
    }
  }

  std::chrono::milliseconds patience_;
  std::mutex mutex_;
  std::condition_variable over_;
  bool is_over_ = false;
  std::optional<watched> watched_;
  std::uint64_t turn_ = 0;
  std::thread thread_;
};

}  // namespace game
