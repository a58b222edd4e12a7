// How quick are vectors: a C program that clang made vectors of (-msimd128 -O3), over the same
// source as this compiler makes it for the oldest processor that x64 takes (-O3 -msse4.1).
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "calling.hpp"

namespace {

namespace native {
#include "workloads/vectors.c"
}

using computation = std::uint32_t(std::uint32_t);

struct question {
  const char* name;
  const char* exported;
  computation* twin;
  std::uint32_t times;
};
constexpr question questions[] = {
    {"matrices", "vectors_of_matrices", native::vectors_of_matrices, 100},
    {"particles", "vectors_of_particles", native::vectors_of_particles, 50},
    {"pixels", "vectors_of_pixels", native::vectors_of_pixels, 20},
};

void ask_native(benchmark::State& state, const question& q) {
  computation* volatile compute = q.twin;
  for (auto _ : state) benchmark::DoNotOptimize(compute(q.times));
}

template <class Config>
void ask(benchmark::State& state, const question& q) {
  const auto bytes = bench::file("DOVETAIL_WORKLOADS", "vectors.wasm");
  if (bytes.empty()) return state.SkipWithError("no vectors.wasm (clang and wasm-ld make it)");
  bench::world<Config> world;
  const auto guest =
      world.make({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  if (!guest) return state.SkipWithError("does not start");
  const auto compute = guest->template get<computation>(q.exported);
  if (!compute) return state.SkipWithError("no such function");
  for (auto _ : state) {
    const auto answer = (*compute)(q.times);
    if (!answer) return state.SkipWithError("trap");
    benchmark::DoNotOptimize(*answer);
  }
  const auto answer = (*compute)(q.times);
  if (!answer || *answer != q.twin(q.times)) state.SkipWithError("not the answer of native code");
}

[[maybe_unused]] const bool registered = [] {
  for (const question& q : questions) {
    const std::string prefix = std::string(q.name) + "/";
    benchmark::RegisterBenchmark((prefix + "native").c_str(),
                                 [&q](benchmark::State& state) { ask_native(state, q); });
    bench::each_engine([&]<class Config>(const char* engine) {
      benchmark::RegisterBenchmark((prefix + engine).c_str(),
                                   [&q](benchmark::State& state) { ask<Config>(state, q); });
    });
  }
  return true;
}();

}  // namespace
