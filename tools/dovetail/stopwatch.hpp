// The times that --time prints.
#pragma once

#include <chrono>
#include <cstdio>

namespace command {

/// Prints laps to the standard error stream if asked to.
class stopwatch {
 public:
  explicit stopwatch(bool prints) : prints_(prints) {}

  /// Prints the time since the last lap, or since the start.
  void lap(const char* what) {
    const auto now = clock::now();
    if (prints_) {
      const std::chrono::duration<double, std::milli> time = now - last_;
      std::fprintf(stderr, "%-11s %10.3f ms\n", what, time.count());
    }
    last_ = now;
  }

 private:
  using clock = std::chrono::steady_clock;
  bool prints_;
  clock::time_point last_ = clock::now();
};

}  // namespace command
