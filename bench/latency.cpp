// How long does a call go on after another thread pressed the stop button, until it has returned?
// A thousand times each for guests that never end: a loop, a recursion, a loop of calls of the
// host, fills, a start function. The native row is a loop of C++ that looks at an atomic number. A
// row's time is the mean; median and worst stand beside it.
#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>
#ifdef DOVETAIL_WITH_X64
#include <dovetail/x64.hpp>
#endif

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "ratios.hpp"

namespace {

using std::chrono::steady_clock;

constexpr std::size_t times = 1000;

// (module
//   (import "host" "work" (func $work))
//   (memory 1024 1024)
//   (func (export "loop") (loop $again (br $again)))
//   (func $fib (param i32) (result i32)
//     (if (result i32) (i32.lt_s (local.get 0) (i32.const 2))
//       (then (local.get 0))
//       (else
//         (i32.add (call $fib (i32.sub (local.get 0) (i32.const 1)))
//                  (call $fib (i32.sub (local.get 0) (i32.const 2)))))))
//   (func (export "recursion") (drop (call $fib (i32.const 1000))))
//   (func (export "host_calls") (loop $again (call $work) (br $again)))
//   (func (export "fill")
//     (loop $again
//       (memory.fill (i32.const 0) (i32.const 7) (i32.const 67108864))
//       (br $again))))
constexpr std::uint8_t endless[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x09, 0x02, 0x60, 0x00, 0x00, 0x60, 0x01,
    0x7f, 0x01, 0x7f, 0x02, 0x0d, 0x01, 0x04, 0x68, 0x6f, 0x73, 0x74, 0x04, 0x77, 0x6f, 0x72, 0x6b,
    0x00, 0x00, 0x03, 0x06, 0x05, 0x00, 0x01, 0x00, 0x00, 0x00, 0x05, 0x06, 0x01, 0x01, 0x80, 0x08,
    0x80, 0x08, 0x07, 0x28, 0x04, 0x04, 0x6c, 0x6f, 0x6f, 0x70, 0x00, 0x01, 0x09, 0x72, 0x65, 0x63,
    0x75, 0x72, 0x73, 0x69, 0x6f, 0x6e, 0x00, 0x03, 0x0a, 0x68, 0x6f, 0x73, 0x74, 0x5f, 0x63, 0x61,
    0x6c, 0x6c, 0x73, 0x00, 0x04, 0x04, 0x66, 0x69, 0x6c, 0x6c, 0x00, 0x05, 0x0a, 0x4d, 0x05, 0x07,
    0x00, 0x03, 0x40, 0x0c, 0x00, 0x0b, 0x0b, 0x1c, 0x00, 0x20, 0x00, 0x41, 0x02, 0x48, 0x04, 0x7f,
    0x20, 0x00, 0x05, 0x20, 0x00, 0x41, 0x01, 0x6b, 0x10, 0x02, 0x20, 0x00, 0x41, 0x02, 0x6b, 0x10,
    0x02, 0x6a, 0x0b, 0x0b, 0x08, 0x00, 0x41, 0xe8, 0x07, 0x10, 0x02, 0x1a, 0x0b, 0x09, 0x00, 0x03,
    0x40, 0x10, 0x00, 0x0c, 0x00, 0x0b, 0x0b, 0x13, 0x00, 0x03, 0x40, 0x41, 0x00, 0x41, 0x07, 0x41,
    0x80, 0x80, 0x80, 0x20, 0xfc, 0x0b, 0x00, 0x0c, 0x00, 0x0b, 0x0b,
};

// (module
//   (memory 65536 65536)
//   (func (export "fill")
//     (memory.fill (i32.const 0) (i32.const 7) (i32.const -1))))
constexpr std::uint8_t large_fill[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x04, 0x01, 0x60, 0x00, 0x00,
    0x03, 0x02, 0x01, 0x00, 0x05, 0x08, 0x01, 0x01, 0x80, 0x80, 0x04, 0x80, 0x80, 0x04,
    0x07, 0x08, 0x01, 0x04, 0x66, 0x69, 0x6c, 0x6c, 0x00, 0x00, 0x0a, 0x0d, 0x01, 0x0b,
    0x00, 0x41, 0x00, 0x41, 0x07, 0x41, 0x7f, 0xfc, 0x0b, 0x00, 0x0b,
};

// (module
//   (func $start (loop $again (br $again)))
//   (start $start))
constexpr std::uint8_t endless_start[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x04, 0x01, 0x60, 0x00, 0x00, 0x03, 0x02,
    0x01, 0x00, 0x08, 0x01, 0x00, 0x0a, 0x09, 0x01, 0x07, 0x00, 0x03, 0x40, 0x0c, 0x00, 0x0b, 0x0b,
};

/// The other thread: presses for the call that it is told of, a moment after it was.
class presser {
 public:
  using press = void (*)(void* button, std::uint64_t call);

  presser(press how, void* button) : press_(how), button_(button), thread_([this] { run(); }) {}
  presser(const presser&) = delete;
  presser& operator=(const presser&) = delete;
  ~presser() {
    stop(over);
    thread_.join();
  }

  void stop(std::uint64_t call) {
    wanted_.store(call);
    wanted_.notify_one();
  }
  [[nodiscard]] double seconds_since() const {
    const steady_clock::duration since = steady_clock::now().time_since_epoch() - pressed_.load();
    return std::chrono::duration<double>(since).count();
  }

 private:
  static constexpr std::uint64_t over = ~std::uint64_t{0};

  void run() {
    for (unsigned round = 0;; ++round) {
      wanted_.wait(0);
      const std::uint64_t call = wanted_.exchange(0);
      if (call == over) return;
      // Long enough that the guest runs, and not always as long.
      std::this_thread::sleep_for(std::chrono::microseconds(50 + round * 7 % 100));
      pressed_.store(steady_clock::now().time_since_epoch());
      press_(button_, call);
    }
  }

  press press_;
  void* button_;
  std::atomic<std::uint64_t> wanted_{0};
  std::atomic<steady_clock::duration> pressed_{};
  std::thread thread_;
};

/// `call(k)` says whether the other thread's press ended it.
template <class Call>
void measure(benchmark::State& state, presser& other, const Call& call) {
  for (auto _ : state) {
    std::vector<double> all;
    for (std::size_t k = 0; k < times; ++k) {
      if (!call()) return state.SkipWithError("was not stopped");
      all.push_back(other.seconds_since());
    }
    std::sort(all.begin(), all.end());
    state.SetIterationTime(std::accumulate(all.begin(), all.end(), 0.0) / times);
    state.counters["tenth"] = all[times / 10];
    state.counters["median"] = all[times / 2];
    state.counters["worst"] = all.back();
    state.counters["count"] = times;
  }
}

void native(benchmark::State& state) {
  std::atomic<std::uint64_t> stop{0};
  presser other(
      [](void* at, std::uint64_t call) {
        static_cast<std::atomic<std::uint64_t>*>(at)->store(call);
      },
      &stop);
  std::uint64_t call = 0;
  measure(state, other, [&] {
    other.stop(++call);
    while (stop.load() != call) {}
    return true;
  });
}

template <class Backend, class Memory, dovetail::interrupt How>
struct config : dovetail::defaults {
  using backend = dovetail::interruptible<Backend, How>;
  using memory = Memory;
};

template <class Config>
struct stopped {
  using rt = dovetail::runtime<Config>;

  typename rt::engine engine;
  typename rt::store store{engine};
  dovetail::stop_button button = store.stop_button();
  presser other{[](void* b, std::uint64_t call) {
                  static_cast<const dovetail::stop_button*>(b)->press(dovetail::call_ticket{call});
                },
                &button};

  void tell() { other.stop(button.ticket().number); }

  static void call(benchmark::State& state, std::span<const std::uint8_t> bytes, const char* name) {
    stopped s;
    const auto module = s.engine.compile(std::as_bytes(bytes));
    if (!module) return state.SkipWithError("does not compile");
    dovetail::imports host = {dovetail::bind("host", "work", [] {})};
    const auto guest = s.store.instantiate(*module, host);
    if (!guest) return state.SkipWithError("no room for the memory");
    const auto function = guest->template get<void()>(name).value();
    measure(state, s.other, [&] {
      s.tell();
      const auto outcome = function();
      return !outcome && outcome.error().code == dovetail::trap_code::interrupted;
    });
  }

  static void start(benchmark::State& state) {
    stopped s;
    const auto module = s.engine.compile(std::as_bytes(std::span(endless_start)));
    if (!module) return state.SkipWithError("does not compile");
    measure(state, s.other, [&] {
      s.tell();
      const auto made = s.store.instantiate(*module);
      return !made && made.error().reason.code == dovetail::trap_code::interrupted;
    });
  }
};

template <class Body, class... Arguments>
void row(const std::string& name, const Body& body, Arguments... arguments) {
  benchmark::RegisterBenchmark(name.c_str(), body, arguments...)
      ->Iterations(1)
      ->UseManualTime()
      ->Unit(benchmark::kMicrosecond);
}

template <class Config>
void rows(const std::string& engine) {
  for (const char* name : {"loop", "recursion", "host_calls", "fill"}) {
    row(name + ("/" + engine), stopped<Config>::call, std::span<const std::uint8_t>(endless), name);
  }
  if (Config::memory::is_guarded) {
    row("large_fill/" + engine, stopped<Config>::call, std::span<const std::uint8_t>(large_fill),
        "fill");
  }
  row("start/" + engine, stopped<Config>::start);
}

[[maybe_unused]] const bool registered = [] {
  using dovetail::checked_memory, dovetail::guarded_memory, dovetail::interpreter;
  using dovetail::interrupt;
  row("loop/native", native);
#ifdef DOVETAIL_WITH_X64
  rows<config<dovetail::x64, checked_memory, interrupt::polled>>("x64_checked_polled");
  rows<config<dovetail::x64, guarded_memory, interrupt::polled>>("x64_guarded_polled");
  rows<config<dovetail::x64, checked_memory, interrupt::page>>("x64_checked_page");
  rows<config<dovetail::x64, guarded_memory, interrupt::page>>("x64_guarded_page");
#endif
  rows<config<interpreter, checked_memory, interrupt::polled>>("interpreter_checked");
  rows<config<interpreter, guarded_memory, interrupt::polled>>("interpreter_guarded");
  return true;
}();

}  // namespace
