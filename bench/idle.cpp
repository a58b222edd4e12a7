// What does an instance take that waits: resident bytes and address space of each of 10,000 of one
// module, in one store and in stores of their own, and how many guarded memories fit? The native
// row asks the C library for 10,000 cleared blocks of one guest page. A row is measured in a
// process of its own, whose memory nobody used before.
#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>
#ifdef DOVETAIL_WITH_X64
#include <dovetail/x64.hpp>
#endif

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "ratios.hpp"

namespace {

constexpr std::size_t many = 10'000, most = 100'000, page = 65'536;

// (module
//   (memory (export "memory") 1 100)
//   (global (mut i32) (i32.const 7))
//   (data (i32.const 1024) "hello")
//   (func (export "f") (param i32) (result i32)
//     local.get 0))
constexpr std::uint8_t module_bytes[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x06, 0x01, 0x60, 0x01, 0x7f, 0x01,
    0x7f, 0x03, 0x02, 0x01, 0x00, 0x05, 0x04, 0x01, 0x01, 0x01, 0x64, 0x06, 0x06, 0x01, 0x7f,
    0x01, 0x41, 0x07, 0x0b, 0x07, 0x0e, 0x02, 0x06, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 0x02,
    0x00, 0x01, 0x66, 0x00, 0x00, 0x0a, 0x06, 0x01, 0x04, 0x00, 0x20, 0x00, 0x0b, 0x0b, 0x0c,
    0x01, 0x00, 0x41, 0x80, 0x08, 0x0b, 0x05, 0x68, 0x65, 0x6c, 0x6c, 0x6f,
};

template <class Backend, class Memory>
struct config : dovetail::defaults {
  using backend = Backend;
  using memory = Memory;
};

struct outcome {
  double seconds = 0, resident = 0, reserved = 0, count = 0;
};

/// Pages of this process: reserved ones, then resident ones.
outcome memory_now() {
  std::ifstream statm("/proc/self/statm");
  outcome now;
  statm >> now.reserved >> now.resident;
  const auto bytes = static_cast<double>(sysconf(_SC_PAGESIZE));
  now.reserved *= bytes;
  now.resident *= bytes;
  return now;
}

/// What `make` did: it makes up to `wanted` of something, keeps them, and says how many there are.
template <class Make>
outcome measured(const Make& make) {
  const outcome before = memory_now();
  const auto begin = std::chrono::steady_clock::now();
  outcome after;
  const std::size_t count = make([&] {
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    after = memory_now();
    after.seconds = seconds.count();
  });
  after.count = static_cast<double>(count);
  after.resident -= before.resident;
  after.reserved -= before.reserved;
  return after;
}

/// The same in a new process; no count if that failed.
template <class Make>
outcome in_child(const Make& make) {
  int ends[2] = {};
  outcome said;
  if (pipe(ends) != 0) return said;
  const pid_t child = fork();
  if (child == 0) {
    const outcome done = measured(make);
    const bool is_said = write(ends[1], &done, sizeof done) == sizeof done;
    _exit(is_said ? 0 : 1);
  }
  close(ends[1]);
  if (read(ends[0], &said, sizeof said) != sizeof said) said = {};
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  return said;
}

template <class Make>
void report(benchmark::State& state, const Make& make) {
  for (auto _ : state) {
    const outcome done = in_child(make);
    if (done.count == 0) return state.SkipWithError("not one of them");
    state.SetIterationTime(done.seconds / done.count);
    using benchmark::Counter;
    state.counters["count"] = done.count;
    state.counters["resident"] =
        Counter(done.resident / done.count, Counter::kDefaults, Counter::kIs1024);
    state.counters["reserved"] =
        Counter(done.reserved / done.count, Counter::kDefaults, Counter::kIs1024);
  }
}

void native(benchmark::State& state) {
  report(state, [](const auto& all_are_there) {
    std::vector<void*> blocks(many);
    for (void*& block : blocks) {
      block = std::calloc(1, page);
      if (block == nullptr) return std::size_t{0};
      benchmark::DoNotOptimize(block);
    }
    all_are_there();
    return blocks.size();
  });
}

template <class Config>
struct idle {
  using rt = dovetail::runtime<Config>;

  static bool call(const typename rt::instance& instance) {
    const auto f = instance.template get<std::int32_t(std::int32_t)>("f");
    return f && (*f)(1).has_value();
  }

  template <std::size_t Wanted>
  static void in_one_store(benchmark::State& state) {
    report(state, [](const auto& all_are_there) {
      typename rt::engine engine;
      const auto module = engine.compile(std::as_bytes(std::span(module_bytes)));
      typename rt::store store{engine};
      std::size_t made = 0;
      while (module && made < Wanted && store.instantiate(*module)) ++made;
      all_are_there();
      return made;
    });
  }

  template <bool IsCalled>
  static void in_own_stores(benchmark::State& state) {
    report(state, [](const auto& all_are_there) {
      typename rt::engine engine;
      const auto module = engine.compile(std::as_bytes(std::span(module_bytes)));
      std::vector<std::unique_ptr<typename rt::store>> stores;
      std::size_t made = 0;
      while (module && made < many) {
        stores.push_back(std::make_unique<typename rt::store>(engine));
        const auto instance = stores.back()->instantiate(*module);
        if (!instance || (IsCalled && !call(*instance))) break;
        ++made;
      }
      all_are_there();
      return made;
    });
  }
};

void row(const std::string& name, void (*body)(benchmark::State&)) {
  benchmark::RegisterBenchmark(name.c_str(), body)->Iterations(1)->UseManualTime();
}

template <class Config>
void rows(const std::string& engine) {
  row("one_store/" + engine, idle<Config>::template in_one_store<many>);
  row("own_stores/" + engine, idle<Config>::template in_own_stores<false>);
  row("own_stores_called/" + engine, idle<Config>::template in_own_stores<true>);
  if (Config::memory::is_guarded) {
    row("until_refused/" + engine, idle<Config>::template in_one_store<most>);
  }
}

[[maybe_unused]] const bool registered = [] {
  using dovetail::checked_memory, dovetail::guarded_memory, dovetail::interpreter;
  for (const char* question : {"one_store", "own_stores", "own_stores_called"}) {
    row(std::string(question) + "/native", native);
  }
#ifdef DOVETAIL_WITH_X64
  rows<config<dovetail::x64, checked_memory>>("x64_checked");
  rows<config<dovetail::x64, guarded_memory>>("x64_guarded");
#endif
  rows<config<interpreter, checked_memory>>("interpreter_checked");
  rows<config<interpreter, guarded_memory>>("interpreter_guarded");
  return true;
}();

}  // namespace
