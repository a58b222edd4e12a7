// How quickly does a guest compute? Two workloads of workloads/, compiled twice: by the compiler of
// this file, and by clang for wasm32.
#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "ratios.hpp"

namespace {

namespace native {
#include "workloads/fib.c"
#include "workloads/sha256.c"
}  // namespace native

using function = unsigned (*)(unsigned);

struct workload {
  const char* name;
  function in_cpp;
  unsigned argument;
};
constexpr workload fib = {"fib", native::fib, 24};
constexpr workload sha256 = {"sha256", native::sha256, 16384};

template <class Memory>
struct config : dovetail::defaults {
  using backend = dovetail::interpreter;
  using memory = Memory;
};

void run_native(benchmark::State& state, const workload& w) {
  function volatile compute = w.in_cpp;
  for (auto _ : state) benchmark::DoNotOptimize(compute(w.argument));
}

template <class Memory>
void run_guest(benchmark::State& state, const workload& w) {
  using rt = dovetail::runtime<config<Memory>>;
  const auto bytes = bench::file("DOVETAIL_WORKLOADS", std::string(w.name) + ".wasm");
  if (bytes.empty()) return state.SkipWithError("not compiled for wasm32");
  typename rt::engine engine;
  typename rt::store store(engine);
  const auto compiled = engine.compile(std::as_bytes(std::span(bytes)));
  if (!compiled) return state.SkipWithError("does not compile");
  const auto instance = store.instantiate(*compiled);
  if (!instance) return state.SkipWithError("does not instantiate");
  const auto compute = instance->template get<unsigned(unsigned)>(w.name).value();
  const auto first = compute(w.argument);
  if (!first || *first != w.in_cpp(w.argument)) return state.SkipWithError("computes nonsense");
  for (auto _ : state) benchmark::DoNotOptimize(*compute(w.argument));
}

void checked(benchmark::State& state, const workload& w) {
  run_guest<dovetail::checked_memory>(state, w);
}
void guarded(benchmark::State& state, const workload& w) {
  run_guest<dovetail::guarded_memory>(state, w);
}

}  // namespace

BENCHMARK_CAPTURE(run_native, fib, fib)->Name("fib/native");
BENCHMARK_CAPTURE(checked, fib, fib)->Name("fib/checked");
BENCHMARK_CAPTURE(guarded, fib, fib)->Name("fib/guarded");
BENCHMARK_CAPTURE(run_native, sha256, sha256)->Name("sha256/native");
BENCHMARK_CAPTURE(checked, sha256, sha256)->Name("sha256/checked");
BENCHMARK_CAPTURE(guarded, sha256, sha256)->Name("sha256/guarded");
