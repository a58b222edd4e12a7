// What does the host pay to look into an instance: a global read and written, a number at an
// address, an array in memory summed? Native rows do the same to variables of C++, behind pointers.
// No guest runs, so one backend stands for all.
#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include "ratios.hpp"

namespace {

using i32 = std::int32_t;
using benchmark::DoNotOptimize;

// (module
//   (memory (export "memory") 1)
//   (global (export "global") (mut i32) (i32.const 7)))
constexpr std::uint8_t module_bytes[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x05, 0x03, 0x01, 0x00, 0x01, 0x06,
    0x06, 0x01, 0x7f, 0x01, 0x41, 0x07, 0x0b, 0x07, 0x13, 0x02, 0x06, 0x6d, 0x65, 0x6d,
    0x6f, 0x72, 0x79, 0x02, 0x00, 0x06, 0x67, 0x6c, 0x6f, 0x62, 0x61, 0x6c, 0x03, 0x00,
};

struct config : dovetail::defaults {
  using backend = dovetail::interpreter;
};

constexpr std::uint32_t times = 1000;    // of one iteration
constexpr std::uint32_t numbers = 4096;  // of an array
constexpr std::uint32_t at = 1024;       // where it lies

void count(benchmark::State& state, std::uint32_t accesses = times) {
  using benchmark::Counter;
  state.counters["an_access"] =
      Counter(accesses, Counter::kIsIterationInvariantRate | Counter::kInvert);
}

/// A row of a thousand times `once`, each of which the compiler must make.
template <class Once>
void repeat(benchmark::State& state, const Once& once) {
  for (auto _ : state) {
    for (std::uint32_t i = 0; i < times; ++i) {
      once(i);
      benchmark::ClobberMemory();
    }
  }
  count(state);
}

/// A row of a sum over the array.
template <class Sum>
void repeat_sum(benchmark::State& state, const Sum& sum) {
  for (auto _ : state) {
    i32 all = sum();
    DoNotOptimize(all);
  }
  count(state, numbers);
}

// Variables of C++, at a place that the compiler does not know.
struct native_world {
  std::vector<i32> array = std::vector<i32>(numbers, 3);
  i32* pointer = array.data();
  native_world() { DoNotOptimize(pointer); }
};

struct guest_world {
  using rt = dovetail::runtime<config>;
  rt::engine engine;
  rt::store store{engine};
  rt::instance instance = make();
  dovetail::memory_view memory = instance.get<dovetail::memory_view>("memory").value();
  dovetail::global<i32> global = instance.get<dovetail::global<i32>>("global").value();
  dovetail::global_handle untyped = instance.get<dovetail::global_handle>("global").value();
  dovetail::typed_view<i32> view = memory.view<i32>(at, numbers).value();

  guest_world() {
    for (std::uint32_t i = 0; i < numbers; ++i) view.set(i, 3);
  }
  rt::instance make() {
    const auto compiled = engine.compile(std::as_bytes(std::span(module_bytes)));
    return store.instantiate(compiled.value()).value();
  }
};

template <class Body>
void native(const char* question, const Body& body) {
  benchmark::RegisterBenchmark((std::string(question) + "/native").c_str(),
                               [body](benchmark::State& state) {
                                 const native_world w;
                                 body(state, w.pointer);
                               });
}
template <class Body>
void guest(const char* name, const Body& body) {
  benchmark::RegisterBenchmark(name, [body](benchmark::State& state) {
    guest_world w;
    body(state, w);
  });
}

void global_rows() {
  native("global_read", [](benchmark::State& state, i32* p) {
    repeat(state, [=](std::uint32_t) { DoNotOptimize(i32{*p}); });
  });
  guest("global_read/typed", [](benchmark::State& state, const guest_world& w) {
    repeat(state, [g = w.global](std::uint32_t) { DoNotOptimize(i32{g.get()}); });
  });
  guest("global_read/untyped", [](benchmark::State& state, const guest_world& w) {
    repeat(state, [g = w.untyped](std::uint32_t) { DoNotOptimize(g.get()); });
  });
  native("global_write", [](benchmark::State& state, i32* p) {
    repeat(state, [=](std::uint32_t i) { *p = static_cast<i32>(i); });
  });
  guest("global_write/typed", [](benchmark::State& state, const guest_world& w) {
    repeat(state, [g = w.global](std::uint32_t i) { g.set(static_cast<i32>(i)); });
  });
  guest("global_write/untyped", [](benchmark::State& state, const guest_world& w) {
    repeat(state, [g = w.untyped](std::uint32_t i) { DoNotOptimize(g.set(i)); });
  });
}

void number_rows() {
  native("memory_read", [](benchmark::State& state, const i32* p) {
    repeat(state, [=](std::uint32_t i) { DoNotOptimize(i32{p[i]}); });
  });
  guest("memory_read/view", [](benchmark::State& state, const guest_world& w) {
    repeat(state, [v = w.view](std::uint32_t i) { DoNotOptimize(i32{v[i]}); });
  });
  guest("memory_read/any_address", [](benchmark::State& state, const guest_world& w) {
    repeat(state, [m = w.memory](std::uint32_t i) {
      DoNotOptimize(i32{*m.read<i32>(at + i * sizeof(i32))});
    });
  });
  native("memory_write", [](benchmark::State& state, i32* p) {
    repeat(state, [=](std::uint32_t i) { p[i] = static_cast<i32>(i); });
  });
  guest("memory_write/view", [](benchmark::State& state, const guest_world& w) {
    repeat(state, [v = w.view](std::uint32_t i) { v.set(i, static_cast<i32>(i)); });
  });
  guest("memory_write/any_address", [](benchmark::State& state, const guest_world& w) {
    repeat(state, [m = w.memory](std::uint32_t i) {
      DoNotOptimize(m.write(at + i * sizeof(i32), static_cast<i32>(i)));
    });
  });
}

i32 sum_of(std::span<const std::byte> bytes) {
  i32 sum = 0;
  for (std::size_t i = 0; i < bytes.size(); i += sizeof(i32)) {
    i32 number;
    std::memcpy(&number, bytes.data() + i, sizeof number);
    sum += number;
  }
  return sum;
}

void sum_rows() {
  native("memory_sum", [](benchmark::State& state, const i32* p) {
    repeat_sum(state, [=] { return std::accumulate(p, p + numbers, i32{0}); });
  });
  guest("memory_sum/view", [](benchmark::State& state, const guest_world& w) {
    repeat_sum(state, [v = w.view] {
      i32 sum = 0;
      for (std::uint64_t i = 0; i < v.size(); ++i) sum += v[i];
      return sum;
    });
  });
  guest("memory_sum/span", [](benchmark::State& state, const guest_world& w) {
    repeat_sum(state, [m = w.memory] { return sum_of(*m.span(at, numbers * sizeof(i32))); });
  });
}

[[maybe_unused]] const bool registered = [] {
  global_rows();
  number_rows();
  sum_rows();
  return true;
}();

}  // namespace
