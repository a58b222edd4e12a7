// The lock of an engine's tables.
#include <dovetail/base/spin_lock.hpp>

#include <thread>
#include <vector>

#include "support/catch.hpp"

namespace unit_base_spin_lock {

TEST_CASE("spin lock: additions of several threads are all there") {
  dovetail::spin_lock lock;
  std::uint64_t sum = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 5'000; ++i) {
        const dovetail::spin_lock::guard guard(lock);
        ++sum;
      }
    });
  }
  for (std::thread& t : threads) t.join();
  CHECK(sum == 20'000);
}

TEST_CASE("spin lock: a guard lets go at its end, so that the lock can be taken again") {
  dovetail::spin_lock lock;
  int times = 0;
  for (int i = 0; i < 3; ++i) {
    const dovetail::spin_lock::guard guard(lock);
    ++times;
  }
  lock.lock();
  lock.unlock();
  CHECK(times == 3);
}

}  // namespace unit_base_spin_lock
