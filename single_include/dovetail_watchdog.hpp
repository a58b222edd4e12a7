// Dovetail 0.1.0, time limits on calls; has a thread, in one file. Made by single_include/amalgamate.py from
// include/ and backends/; change those. Licence: MIT, see the file LICENSE.
#pragma once

#include "dovetail.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

// ---- dovetail/watchdog.hpp

// Time limits on calls: a thread that holds the buttons of stores whose time is over.

namespace dovetail {

/// Stops calls that take too long, those of any number of stores and threads:
/// `const auto watch = dog.watch_for(store.stop_button(), 2ms);` before a call. Has a thread of its
/// own, which sleeps until the first of the limits. Throws what std::thread throws where there are
/// no more threads.
class watchdog {
 public:
  using clock = std::chrono::steady_clock;

  /// While it lives, calls of the store have until the end of its time together; then the one that
  /// runs ends with `trap_code::interrupted` at its next checkpoint, and so does every further one.
  /// The watchdog and the store outlive it. It holds and releases the button, so that a store is
  /// watched once at a time, and not held by others.
  class [[nodiscard]] watch {
   public:
    watch(watchdog& dog, stop_button button, clock::time_point end)
        : dog_(dog), button_(button), end_(end) {
      dog_.add(*this);
    }
    ~watch() { dog_.remove(*this); }
    watch(const watch&) = delete;
    watch& operator=(const watch&) = delete;

    /// Whether the time is over and calls were stopped, or would have been.
    [[nodiscard]] bool is_over() const {
      const std::lock_guard locked(dog_.mutex_);
      return is_over_;
    }

   private:
    friend watchdog;
    watchdog& dog_;
    stop_button button_;
    clock::time_point end_;
    bool is_over_ = false;
    watch** link_ = nullptr;  // what refers to this: the first one's place, or `next_` of another
    watch* next_ = nullptr;
  };

  watchdog() : thread_([this] { run(); }) {}
  /// No watch may be left.
  ~watchdog() {
    {
      const std::lock_guard locked(mutex_);
      DOVETAIL_ASSERT(first_ == nullptr);
      is_over_ = true;
    }
    changed_.notify_one();
    thread_.join();
  }
  watchdog(const watchdog&) = delete;
  watchdog& operator=(const watchdog&) = delete;

  /// Limits the calls of a store from now on.
  watch watch_until(stop_button button, clock::time_point end) { return {*this, button, end}; }
  /// At most a hundred years.
  watch watch_for(stop_button button, clock::duration time) {
    constexpr clock::duration most = std::chrono::hours(24 * 365 * 100);
    return {*this, button, clock::now() + (time < most ? time : most)};
  }

 private:
  void add(watch& w) {
    bool is_sooner = false;
    {
      const std::lock_guard locked(mutex_);
      w.link_ = &first_;
      w.next_ = first_;
      if (first_ != nullptr) first_->link_ = &w.next_;
      first_ = &w;
      // Otherwise it wakes up in time anyway: a game that watches every frame seldom wakes it.
      is_sooner = set_alarm(w.end_);
    }
    if (is_sooner) changed_.notify_one();
  }
  void remove(watch& w) {
    const std::lock_guard locked(mutex_);
    *w.link_ = w.next_;
    if (w.next_ != nullptr) w.next_->link_ = w.link_;
    if (w.is_over_) w.button_.release();
  }

  /// Whether the thread is to wake up sooner than it would.
  bool set_alarm(clock::time_point at) {
    if (alarm_ && *alarm_ <= at) return false;
    alarm_ = at;
    return true;
  }

  void run() {
    std::unique_lock locked(mutex_);
    while (!is_over_) {
      const clock::time_point now = clock::now();
      alarm_.reset();
      for (watch* w = first_; w != nullptr; w = w->next_) {
        if (!w->is_over_ && w->end_ <= now) {
          w->is_over_ = true;
          w->button_.hold();
        }
        if (!w->is_over_) set_alarm(w->end_);
      }
      if (alarm_) {
        changed_.wait_until(locked, clock::time_point(*alarm_));  // a copy: it changes meanwhile
      } else {
        changed_.wait(locked);
      }
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<clock::time_point> alarm_;  // until when the thread waits, if it does not for ever
  bool is_over_ = false;
  watch* first_ = nullptr;
  std::thread thread_;
};

}  // namespace dovetail
