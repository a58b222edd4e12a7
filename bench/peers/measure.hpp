// How the programs of this folder measure: processor time of the thread, or elapsed
// time, after a warm-up.
#pragma once

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <string_view>

namespace peers {

[[noreturn]] inline void give_up(std::string_view why) {
  std::fprintf(stderr, "%.*s\n", static_cast<int>(why.size()), why.data());
  std::exit(1);
}

inline double now() {
#ifdef CLOCK_THREAD_CPUTIME_ID
  std::timespec t = {};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
#else
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
#endif
}

inline double elapsed() {
  const auto t = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double>(t).count();
}

inline double number(std::string_view text) {
  return std::strtod(std::string(text).c_str(), nullptr);
}

/// Seconds a unit, after a warm-up of a third of the time; `work` does `units` of them.
template <class Work>
double measure(std::string_view seconds, double units, const Work& work, double (*clock)() = &now) {
  const double limit = number(seconds);
  for (const double begin = clock(); clock() - begin < limit / 3;) work();
  double spent = 0, done = 0;
  for (const double begin = clock(); spent < limit; spent = clock() - begin, done += units) work();
  return spent / done;
}

/// What a script reads.
inline void say(double seconds, const std::string& answer) {
  std::printf("{\"seconds\": %.12g, \"answer\": \"%s\"}\n", seconds, answer.c_str());
}

}  // namespace peers
