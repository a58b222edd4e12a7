// What does accepting 3.0 cost a module that needs nothing of it? The workloads, all of 1.0,
// validated and compiled with `features::wasm1()` and with `features::wasm3()`. The native row adds
// up the same bytes. `features.py` says what code is larger.
#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>
#ifdef DOVETAIL_WITH_X64
#include <dovetail/x64.hpp>
#endif

#include <cstdint>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include "ratios.hpp"

namespace {

template <class Backend, dovetail::features Accept>
struct config : dovetail::defaults {
  using backend = Backend;
  static constexpr dovetail::features accept = Accept;
};

std::vector<std::vector<char>> modules() {
  std::vector<std::vector<char>> all;
#define WORKLOAD(NAME, ARGUMENT) all.push_back(bench::file("DOVETAIL_WORKLOADS", #NAME ".wasm"));
#include "workloads/workloads.def"
#undef WORKLOAD
  return all;
}

// `work` takes the bytes of a module, and tells whether it was done.
template <class Work>
void measure(benchmark::State& state, const Work& work) {
  const auto all = modules();
  std::int64_t bytes = 0;
  for (const auto& one : all) {
    if (one.empty()) return state.SkipWithError("no workloads (clang and wasm-ld make them)");
    bytes += static_cast<std::int64_t>(one.size());
  }
  for (auto _ : state) {
    for (const auto& one : all) {
      if (!work(std::as_bytes(std::span(one)))) return state.SkipWithError("refused");
    }
  }
  state.SetBytesProcessed(state.iterations() * bytes);
}

bool add_up(std::span<const std::byte> bytes) {
  const auto add = [](unsigned sum, std::byte b) { return sum + static_cast<unsigned>(b); };
  benchmark::DoNotOptimize(std::accumulate(bytes.begin(), bytes.end(), 0u, add));
  return true;
}

template <dovetail::features Accept>
void validate(benchmark::State& state) {
  typename dovetail::runtime<config<dovetail::interpreter, Accept>>::engine engine;
  measure(state, [&](auto bytes) { return engine.validate(bytes).has_value(); });
}
template <class Backend, dovetail::features Accept>
void compile(benchmark::State& state) {
  typename dovetail::runtime<config<Backend, Accept>>::engine engine;
  measure(state, [&](auto bytes) { return engine.compile(bytes).has_value(); });
}

[[maybe_unused]] const bool registered = [] {
  constexpr auto first = dovetail::features::wasm1(), third = dovetail::features::wasm3();
  const auto rows = [](const std::string& question, auto with_first, auto with_third) {
    benchmark::RegisterBenchmark((question + "/native").c_str(),
                                 [](benchmark::State& state) { measure(state, add_up); });
    benchmark::RegisterBenchmark((question + "/wasm1").c_str(), with_first);
    benchmark::RegisterBenchmark((question + "/wasm3").c_str(), with_third);
  };
  rows("validate", validate<first>, validate<third>);
  using dovetail::interpreter;
  rows("interpreter", compile<interpreter, first>, compile<interpreter, third>);
#ifdef DOVETAIL_WITH_X64
  using dovetail::x64;
  rows("x64", compile<x64, first>, compile<x64, third>);
#endif
  return true;
}();

}  // namespace
