// How quickly does a guest compute? The workloads of workloads/, compiled twice: by the compiler of
// this file, without its vectorisers where it has switches for them, and by clang for wasm32.
#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>
#ifdef DOVETAIL_WITH_X64
#include <dovetail/x64.hpp>
#endif

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "ratios.hpp"

namespace {

namespace native {
#include "workloads/all.hpp"
}  // namespace native

using function = unsigned (*)(unsigned);

struct workload {
  const char* name;
  function in_cpp;
  unsigned argument;
};
constexpr workload workloads[] = {
#define WORKLOAD(NAME, ARGUMENT) {#NAME, native::NAME, ARGUMENT},
#include "workloads/workloads.def"
#undef WORKLOAD
};

template <class Backend, class Memory>
struct config : dovetail::defaults {
  using backend = Backend;
  using memory = Memory;
};

void run_native(benchmark::State& state, const workload& w) {
  function volatile compute = w.in_cpp;
  for (auto _ : state) benchmark::DoNotOptimize(compute(w.argument));
}

template <class Backend, class Memory>
void run_guest(benchmark::State& state, const workload& w) {
  using rt = dovetail::runtime<config<Backend, Memory>>;
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

template <class Backend>
void rows(const char* backend, const workload& w) {
  const std::string prefix = std::string(w.name) + "/" + backend + "_";
  benchmark::RegisterBenchmark((prefix + "checked").c_str(),
                               run_guest<Backend, dovetail::checked_memory>, w);
  benchmark::RegisterBenchmark((prefix + "guarded").c_str(),
                               run_guest<Backend, dovetail::guarded_memory>, w);
}

[[maybe_unused]] const bool registered = [] {
  for (const workload& w : workloads) {
    benchmark::RegisterBenchmark((std::string(w.name) + "/native").c_str(), run_native, w);
#ifdef DOVETAIL_WITH_X64
    rows<dovetail::x64>("x64", w);
#endif
    rows<dovetail::interpreter>("interpreter", w);
  }
  return true;
}();

}  // namespace
