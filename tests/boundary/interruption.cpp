// Calls that never end, stopped from another thread a thousand times in a row, under the thread
// sanitizer too, by a watchdog, and by a signal; the store works afterwards.
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstdio>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#if defined(__unix__)
#include <signal.h>
#include <sys/time.h>
#endif

#include <dovetail/watchdog.hpp>

#include "interruption.hpp"
#include "support/catch.hpp"

namespace {

using dovetail::bind;
using dovetail::trap_code;
using i32 = std::int32_t;
using std::chrono::steady_clock;

// How often each is stopped; a tenth as often what is much like another.
constexpr int rounds = 1000;

// (module
//   (type $void (func))
//   (import "host" "work" (func $work (param i32) (result i32)))
//   (import "host" "reenter" (func $reenter))
//   (memory (export "memory") 1024 1024)
//   (table $t 100000 funcref)
//   (elem (i32.const 0) $work)
//   (elem $passive func $work $work)
//   (func (export "loop") (loop $again (br $again)))
//   (func $fib (param i32) (result i32)
//     (if (result i32) (i32.lt_s (local.get 0) (i32.const 2))
//       (then (local.get 0))
//       (else
//         (i32.add (call $fib (i32.sub (local.get 0) (i32.const 1)))
//                  (call $fib (i32.sub (local.get 0) (i32.const 2)))))))
//   (func (export "recursion") (drop (call $fib (i32.const 1000))))
//   (func (export "host calls")
//     (loop $again (drop (call $work (i32.const 1))) (br $again)))
//   (func (export "indirect host calls")
//     (loop $again
//       (drop (call_indirect (param i32) (result i32) (i32.const 1) (i32.const 0)))
//       (br $again)))
//   (func (export "memory.fill")
//     (loop $again
//       (memory.fill (i32.const 0) (i32.const 7) (i32.const 67108864))
//       (br $again)))
//   (func (export "memory.copy")
//     (loop $again
//       (memory.copy (i32.const 0) (i32.const 4096) (i32.const 67100000))
//       (br $again)))
//   (func (export "table.fill")
//     (loop $again
//       (table.fill $t (i32.const 1) (ref.null func) (i32.const 99999))
//       (br $again)))
//   (func (export "table.copy")
//     (loop $again
//       (table.copy $t $t (i32.const 2) (i32.const 1) (i32.const 99998))
//       (br $again)))
//   (func (export "nested") (loop $again (call $reenter) (br $again)))
//   (func (export "sum") (param i32) (result i32)
//     (local i32)
//     (loop $again
//       (local.set 1 (i32.add (local.get 1) (local.get 0)))
//       (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
//     (local.get 1)))
constexpr std::uint8_t endless[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x09, 0x02, 0x60, 0x00, 0x00, 0x60, 0x01,
    0x7f, 0x01, 0x7f, 0x02, 0x1c, 0x02, 0x04, 0x68, 0x6f, 0x73, 0x74, 0x04, 0x77, 0x6f, 0x72, 0x6b,
    0x00, 0x01, 0x04, 0x68, 0x6f, 0x73, 0x74, 0x07, 0x72, 0x65, 0x65, 0x6e, 0x74, 0x65, 0x72, 0x00,
    0x00, 0x03, 0x0c, 0x0b, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01, 0x04,
    0x06, 0x01, 0x70, 0x00, 0xa0, 0x8d, 0x06, 0x05, 0x06, 0x01, 0x01, 0x80, 0x08, 0x80, 0x08, 0x07,
    0x85, 0x01, 0x0b, 0x06, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 0x02, 0x00, 0x04, 0x6c, 0x6f, 0x6f,
    0x70, 0x00, 0x02, 0x09, 0x72, 0x65, 0x63, 0x75, 0x72, 0x73, 0x69, 0x6f, 0x6e, 0x00, 0x04, 0x0a,
    0x68, 0x6f, 0x73, 0x74, 0x20, 0x63, 0x61, 0x6c, 0x6c, 0x73, 0x00, 0x05, 0x13, 0x69, 0x6e, 0x64,
    0x69, 0x72, 0x65, 0x63, 0x74, 0x20, 0x68, 0x6f, 0x73, 0x74, 0x20, 0x63, 0x61, 0x6c, 0x6c, 0x73,
    0x00, 0x06, 0x0b, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 0x2e, 0x66, 0x69, 0x6c, 0x6c, 0x00, 0x07,
    0x0b, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 0x2e, 0x63, 0x6f, 0x70, 0x79, 0x00, 0x08, 0x0a, 0x74,
    0x61, 0x62, 0x6c, 0x65, 0x2e, 0x66, 0x69, 0x6c, 0x6c, 0x00, 0x09, 0x0a, 0x74, 0x61, 0x62, 0x6c,
    0x65, 0x2e, 0x63, 0x6f, 0x70, 0x79, 0x00, 0x0a, 0x06, 0x6e, 0x65, 0x73, 0x74, 0x65, 0x64, 0x00,
    0x0b, 0x03, 0x73, 0x75, 0x6d, 0x00, 0x0c, 0x09, 0x0c, 0x02, 0x00, 0x41, 0x00, 0x0b, 0x01, 0x00,
    0x01, 0x00, 0x02, 0x00, 0x00, 0x0a, 0xc1, 0x01, 0x0b, 0x07, 0x00, 0x03, 0x40, 0x0c, 0x00, 0x0b,
    0x0b, 0x1c, 0x00, 0x20, 0x00, 0x41, 0x02, 0x48, 0x04, 0x7f, 0x20, 0x00, 0x05, 0x20, 0x00, 0x41,
    0x01, 0x6b, 0x10, 0x03, 0x20, 0x00, 0x41, 0x02, 0x6b, 0x10, 0x03, 0x6a, 0x0b, 0x0b, 0x08, 0x00,
    0x41, 0xe8, 0x07, 0x10, 0x03, 0x1a, 0x0b, 0x0c, 0x00, 0x03, 0x40, 0x41, 0x01, 0x10, 0x00, 0x1a,
    0x0c, 0x00, 0x0b, 0x0b, 0x0f, 0x00, 0x03, 0x40, 0x41, 0x01, 0x41, 0x00, 0x11, 0x01, 0x00, 0x1a,
    0x0c, 0x00, 0x0b, 0x0b, 0x13, 0x00, 0x03, 0x40, 0x41, 0x00, 0x41, 0x07, 0x41, 0x80, 0x80, 0x80,
    0x20, 0xfc, 0x0b, 0x00, 0x0c, 0x00, 0x0b, 0x0b, 0x15, 0x00, 0x03, 0x40, 0x41, 0x00, 0x41, 0x80,
    0x20, 0x41, 0xe0, 0xba, 0xff, 0x1f, 0xfc, 0x0a, 0x00, 0x00, 0x0c, 0x00, 0x0b, 0x0b, 0x12, 0x00,
    0x03, 0x40, 0x41, 0x01, 0xd0, 0x70, 0x41, 0x9f, 0x8d, 0x06, 0xfc, 0x11, 0x00, 0x0c, 0x00, 0x0b,
    0x0b, 0x13, 0x00, 0x03, 0x40, 0x41, 0x02, 0x41, 0x01, 0x41, 0x9e, 0x8d, 0x06, 0xfc, 0x0e, 0x00,
    0x00, 0x0c, 0x00, 0x0b, 0x0b, 0x09, 0x00, 0x03, 0x40, 0x10, 0x01, 0x0c, 0x00, 0x0b, 0x0b, 0x19,
    0x01, 0x01, 0x7f, 0x03, 0x40, 0x20, 0x01, 0x20, 0x00, 0x6a, 0x21, 0x01, 0x20, 0x00, 0x41, 0x01,
    0x6b, 0x22, 0x00, 0x0d, 0x00, 0x0b, 0x20, 0x01, 0x0b,
};

// (module
//   (func $start (loop $again (br $again)))
//   (start $start))
constexpr std::uint8_t endless_start[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x04, 0x01, 0x60, 0x00, 0x00, 0x03, 0x02,
    0x01, 0x00, 0x08, 0x01, 0x00, 0x0a, 0x09, 0x01, 0x07, 0x00, 0x03, 0x40, 0x0c, 0x00, 0x0b, 0x0b,
};

std::span<const std::byte> bytes_of(std::span<const std::uint8_t> module) {
  return std::as_bytes(module);
}

// The other thread: presses the button for the call that it is told of, most times a moment after
// the call began. It sleeps at a condition variable: of std::atomic, libstdc++ 12 loses wake-ups
// where there is no futex.
class presser {
 public:
  explicit presser(dovetail::vm::store& store)
      : button_(store), begun_(dovetail::vm::control_of(store).call), thread_([this] { run(); }) {}
  ~presser() {
    ask(over);
    thread_.join();
  }
  presser(const presser&) = delete;
  presser& operator=(const presser&) = delete;

  void stop(dovetail::call_ticket call) {
    pressed_.store(0);
    ask(call.number);
  }
  // How long ago it pressed.
  std::int64_t nanoseconds() const { return now() - pressed_.load(); }

 private:
  static constexpr std::uint64_t over = ~std::uint64_t{0};
  static std::int64_t now() {
    return std::chrono::nanoseconds(steady_clock::now().time_since_epoch()).count();
  }
  void ask(std::uint64_t call) {
    {
      const std::lock_guard held(mutex_);
      wanted_ = call;
    }
    asked_.notify_one();
  }
  std::uint64_t next() {
    std::unique_lock held(mutex_);
    asked_.wait(held, [this] { return wanted_ != 0; });
    return std::exchange(wanted_, 0);
  }
  // Sleeps if the call does not begin: whoever only yields to a guest, where both share a
  // processor, waits until the guest has had all of its turn.
  void wait_for(std::uint64_t call) const {
    for (const std::int64_t begin = now(); begun_.load() < call;) {
      if (now() - begin > 50'000) std::this_thread::sleep_for(std::chrono::microseconds(50));
    }
  }
  void run() {
    for (int round = 0;; ++round) {
      const std::uint64_t call = next();
      if (call == over) return;
      if (const std::int64_t moment = round % 8 * 5'000; moment != 0) {
        wait_for(call);
        for (const std::int64_t begin = now(); now() - begin < moment;) {}
      }
      pressed_.store(now());
      button_.press(dovetail::call_ticket{call});
    }
  }

  dovetail::stop_button button_;
  const dovetail::platform::shared_number& begun_;
  std::mutex mutex_;
  std::condition_variable asked_;
  std::uint64_t wanted_ = 0;
  std::atomic<std::int64_t> pressed_{0};
  std::thread thread_;
};

void report(const char* what, const std::string& on, std::vector<std::int64_t>& nanoseconds) {
  std::sort(nanoseconds.begin(), nanoseconds.end());
  std::printf("%s on %s: %zu stopped, median %lld ns, last %lld ns\n", what, on.c_str(),
              nanoseconds.size(), static_cast<long long>(nanoseconds[nanoseconds.size() / 2]),
              static_cast<long long>(nanoseconds.back()));
  std::fflush(stdout);  // so that a run that hangs says how far it came
}

template <class C>
struct world {
  dovetail::basic_engine<C> engine;
  dovetail::basic_store<C> store{engine};
  std::optional<dovetail::basic_instance<C>> guest;
  std::optional<dovetail::function<void()>> inner;
  int ended_inside = 0;

  world() {
    const auto module = engine.compile(bytes_of(endless));
    REQUIRE(module.has_value());
    dovetail::imports host = {bind("host", "work", [](i32 n) { return n + 1; }),
                              bind("host", "reenter", [this] {
                                const auto outcome = (*inner)();
                                ended_inside += outcome.error().code == trap_code::interrupted;
                              })};
    const auto made = store.instantiate(*module, host);
    REQUIRE(made.has_value());
    guest = *made;
    inner = function<void()>("loop");
  }
  template <class Type>
  auto function(const char* name) {
    return guest->template get<Type>(name).value();
  }
  bool works() {
    const auto sum = function<i32(i32)>("sum")(100);
    return sum.has_value() && *sum == 5050;
  }
};

}  // namespace

TEMPLATE_TEST_CASE("interruption: what never ends is stopped, again and again", "",
                   INTERRUPTION_ALL) {
  world<TestType> w;
  const auto button = w.store.stop_button();
  presser other(w.store.data());
  struct kind {
    const char* name;
    int part;  // of the rounds
  };
  for (const auto& [name, part] :
       {kind{"loop", 1}, kind{"recursion", 1}, kind{"host calls", 1}, kind{"memory.fill", 1},
        kind{"indirect host calls", 10}, kind{"memory.copy", 10}, kind{"table.fill", 10},
        kind{"table.copy", 10}, kind{"nested", 10}}) {
    const auto f = w.template function<void()>(name);
    std::vector<std::int64_t> latencies;
    int wrong = 0;
    for (int round = 0; round < rounds / part; ++round) {
      other.stop(button.ticket());
      const auto outcome = f();
      latencies.push_back(other.nanoseconds());
      wrong += outcome.error().code == trap_code::interrupted &&
                       w.store.last_trap().code == trap_code::interrupted && w.works()
                   ? 0
                   : 1;
    }
    CHECK(wrong == 0);
    report(name, TestType::name, latencies);
  }
  CHECK(w.ended_inside > 0);
}

TEMPLATE_TEST_CASE("interruption: a start function that never ends is stopped", "",
                   INTERRUPTION_ALL) {
  dovetail::basic_engine<TestType> engine;
  const auto module = engine.compile(bytes_of(endless_start));
  const auto good = engine.compile(bytes_of(endless));
  REQUIRE((module.has_value() && good.has_value()));
  std::vector<std::int64_t> latencies;
  int wrong = 0;
  dovetail::basic_store<TestType> store{engine};
  const auto button = store.stop_button();
  presser other(store.data());
  for (int round = 0; round < rounds; ++round) {
    other.stop(button.ticket());
    dovetail::imports none;
    const auto made = store.instantiate(*module, none);
    latencies.push_back(other.nanoseconds());
    wrong += !made.has_value() && made.error().reason.code == trap_code::interrupted ? 0 : 1;
  }
  CHECK(wrong == 0);
  report("start", TestType::name, latencies);
}

TEMPLATE_TEST_CASE("interruption: a fill of 4 GiB is stopped", "", INTERRUPTION_GUARDED) {
  // (module
  //   (memory 65536 65536)
  //   (func (export "fill")
  //     (memory.fill (i32.const 0) (i32.const 7) (i32.const -1))))
  constexpr std::uint8_t whole[] = {
      0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x04, 0x01, 0x60, 0x00, 0x00,
      0x03, 0x02, 0x01, 0x00, 0x05, 0x08, 0x01, 0x01, 0x80, 0x80, 0x04, 0x80, 0x80, 0x04,
      0x07, 0x08, 0x01, 0x04, 0x66, 0x69, 0x6c, 0x6c, 0x00, 0x00, 0x0a, 0x0d, 0x01, 0x0b,
      0x00, 0x41, 0x00, 0x41, 0x07, 0x41, 0x7f, 0xfc, 0x0b, 0x00, 0x0b,
  };
  dovetail::basic_engine<TestType> engine;
  const auto module = engine.compile(bytes_of(whole));
  REQUIRE(module.has_value());
  dovetail::basic_store<TestType> store{engine};
  dovetail::imports none;
  const auto made = store.instantiate(*module, none);
  if (!made) return testing::skip("no 4 GiB here");
  const auto fill = made->template get<void()>("fill").value();
  const auto button = store.stop_button();
  presser other(store.data());
  std::vector<std::int64_t> latencies;
  int stopped = 0;
  for (int round = 0; round < rounds; ++round) {
    other.stop(button.ticket());
    const auto outcome = fill();
    latencies.push_back(other.nanoseconds());
    stopped += outcome.error().code == trap_code::interrupted ? 1 : 0;
  }
  CHECK(stopped == rounds);
  report("fill of 4 GiB", TestType::name, latencies);
}

TEMPLATE_TEST_CASE("interruption: whoever presses for a call that has ended hits no other", "",
                   INTERRUPTION_ALL) {
  world<TestType> w;
  const auto button = w.store.stop_button();
  const auto sum = w.template function<i32(i32)>("sum");
  // Between calls.
  button.press();
  CHECK(w.works());
  const dovetail::call_ticket before = button.ticket();
  CHECK(w.works());
  button.press(before);
  CHECK(w.works());
  CHECK(button.ticket() != before);
  // An instantiation is a call too, with a start function or without.
  const auto module = w.engine.compile(bytes_of(endless));
  const dovetail::call_ticket loading = button.ticket();
  dovetail::imports host = {bind("host", "work", [](i32 n) { return n; }),
                            bind("host", "reenter", [] {})};
  REQUIRE(w.store.instantiate(*module, host).has_value());
  button.press(loading);
  CHECK(w.works());
  // Before a call begins is not too early.
  button.press(button.ticket());
  CHECK(sum(3).error().code == trap_code::interrupted);
  CHECK(w.works());
  // While others run, all the time: false alarms change nothing.
  std::atomic<std::uint64_t> ended{0};
  std::atomic<bool> is_over{false};
  std::thread late([&] {
    while (!is_over.load()) button.press(dovetail::call_ticket{ended.load()});
  });
  int wrong = 0;
  for (int round = 0; round < 10 * rounds; ++round) {
    const dovetail::call_ticket now = button.ticket();
    const auto outcome = sum(200);
    wrong += outcome.has_value() && *outcome == 20'100 ? 0 : 1;
    ended.store(now.number);
  }
  is_over.store(true);
  late.join();
  CHECK(wrong == 0);
}

TEMPLATE_TEST_CASE("interruption: a button that is held stops every call until it is released", "",
                   INTERRUPTION_ALL) {
  world<TestType> w;
  const auto button = w.store.stop_button();
  const auto sum = w.template function<i32(i32)>("sum");
  button.hold();
  CHECK(sum(3).error().code == trap_code::interrupted);
  CHECK(sum(3).error().code == trap_code::interrupted);
  button.release();
  CHECK(w.works());
  button.hold();
  button.press();
  button.release();
  CHECK(w.works());
}

TEMPLATE_TEST_CASE("watchdog: what takes too long is stopped, and nothing after it", "",
                   INTERRUPTION_ALL) {
  using namespace std::chrono_literals;
  world<TestType> w;
  const auto start = w.engine.compile(bytes_of(endless_start));
  REQUIRE(start.has_value());
  const auto loop = w.template function<void()>("loop");
  dovetail::watchdog dog;
  int wrong = 0;
  for (int round = 0; round < rounds / 10; ++round) {
    {
      const auto watch = dog.watch_for(w.store.stop_button(), 50us);
      wrong += loop().error().code == trap_code::interrupted && watch.is_over() ? 0 : 1;
      // The time is that of all calls together.
      wrong += loop().error().code == trap_code::interrupted ? 0 : 1;
      const auto made = w.store.instantiate(*start);
      wrong += !made && made.error().reason.code == trap_code::interrupted ? 0 : 1;
    }
    wrong += w.works() ? 0 : 1;
    { const auto watch = dog.watch_for(w.store.stop_button(), 1us); }
    wrong += w.works() ? 0 : 1;
  }
  CHECK(wrong == 0);
}

TEMPLATE_TEST_CASE("watchdog: what ends in time is not stopped", "", INTERRUPTION_ALL) {
  using namespace std::chrono_literals;
  world<TestType> w, other;
  dovetail::watchdog dog;
  int wrong = 0;
  for (int round = 0; round < rounds / 10; ++round) {
    const auto watch =
        dog.watch_for(w.store.stop_button(), dovetail::watchdog::clock::duration::max());
    wrong += w.works() && !watch.is_over() ? 0 : 1;
  }
  CHECK(wrong == 0);
  // The limit of one store is not that of another, whichever comes first.
  const auto late = dog.watch_for(w.store.stop_button(), 1h);
  const auto soon = dog.watch_for(other.store.stop_button(), 1ms);
  CHECK(other.template function<void()>("loop")().error().code == trap_code::interrupted);
  CHECK((w.works() && !late.is_over() && soon.is_over()));
}

TEMPLATE_TEST_CASE("watchdog: one watches the stores of several threads", "", INTERRUPTION_ALL) {
  std::array<world<TestType>, 3> worlds;
  dovetail::watchdog dog;
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < worlds.size(); ++i) {
    threads.emplace_back([&, i] {
      world<TestType>& w = worlds[i];
      const auto loop = w.template function<void()>("loop");
      for (int round = 0; round < rounds / 10; ++round) {
        {
          const std::chrono::microseconds time(100 * i);
          const auto watch = dog.watch_for(w.store.stop_button(), time);
          if (loop().error().code != trap_code::interrupted) ++wrong;
        }
        if (!w.works()) ++wrong;
      }
    });
  }
  for (std::thread& one : threads) one.join();
  CHECK(wrong == 0);
}

#if defined(__unix__)
namespace {

#if defined(__SANITIZE_THREAD__)
constexpr bool is_watched = true;
#elif defined(__has_feature)
constexpr bool is_watched = __has_feature(thread_sanitizer);
#else
constexpr bool is_watched = false;
#endif

std::atomic<const dovetail::stop_button*> pressed_by_signal{nullptr};
void on_alarm(int) {
  if (const auto* button = pressed_by_signal.load()) button->press();
}

}  // namespace

TEMPLATE_TEST_CASE("interruption: a signal handler stops what runs", "", INTERRUPTION_ALL) {
  if (is_watched)
    return testing::skip("the thread sanitizer holds signals back until a call of libc");
  world<TestType> w;
  const auto button = w.store.stop_button();
  pressed_by_signal.store(&button);
  struct sigaction action = {}, before = {};
  action.sa_handler = &on_alarm;
  action.sa_flags = SA_RESTART;
  REQUIRE(sigaction(SIGALRM, &action, &before) == 0);
  const itimerval every_millisecond = {{0, 1000}, {0, 1000}}, never = {};
  const auto f = w.template function<void()>("loop");
  setitimer(ITIMER_REAL, &every_millisecond, nullptr);
  int wrong = 0;
  for (int round = 0; round < 20; ++round)
    wrong += f().error().code == trap_code::interrupted ? 0 : 1;
  setitimer(ITIMER_REAL, &never, nullptr);
  sigaction(SIGALRM, &before, nullptr);
  pressed_by_signal.store(nullptr);
  CHECK(wrong == 0);
  CHECK(w.works());
}
#endif
