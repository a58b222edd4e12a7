// How quickly is a module there: bytes a second, validated and compiled, of real modules from npm?
// The native row adds up the same bytes.
#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>
#ifdef DOVETAIL_WITH_X64
#include <dovetail/x64.hpp>
#endif

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>

#include "ratios.hpp"

namespace {

template <class Backend>
struct config : dovetail::defaults {
  using backend = Backend;
};
using rt = dovetail::runtime<config<dovetail::interpreter>>;

/// The code section says more than the file: some modules are mostly data or debug information.
template <class Module>
std::size_t code_size(const Module& module) {
  std::size_t size = 0;
  for (const auto section : module.sections()) {
    if (section.id == dovetail::section_id::code) size += section.size;
  }
  return size;
}

template <class Backend>
void load(benchmark::State& state, const char* name) {
  const auto bytes = bench::file("DOVETAIL_REAL", name);
  if (bytes.empty()) return state.SkipWithError("not in the cache: tests/real/fetch.py");
  const auto module = std::as_bytes(std::span(bytes));
  std::size_t code = 0;
  for (auto _ : state) {
    typename dovetail::runtime<config<Backend>>::engine engine;
    const auto compiled = engine.compile(module);
    if (!compiled) return state.SkipWithError("does not compile");
    code = code_size(*compiled);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes.size()));
  state.counters["code_bytes"] =
      benchmark::Counter(static_cast<double>(code) * static_cast<double>(state.iterations()),
                         benchmark::Counter::kIsRate, benchmark::Counter::kIs1024);
}

void validate(benchmark::State& state, const char* name) {
  const auto bytes = bench::file("DOVETAIL_REAL", name);
  if (bytes.empty()) return state.SkipWithError("not in the cache: tests/real/fetch.py");
  for (auto _ : state) {
    rt::engine engine;
    if (!engine.validate(std::as_bytes(std::span(bytes)))) {
      return state.SkipWithError("is not valid");
    }
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes.size()));
}

void read(benchmark::State& state, const char* name) {
  const auto bytes = bench::file("DOVETAIL_REAL", name);
  if (bytes.empty()) return state.SkipWithError("not in the cache: tests/real/fetch.py");
  for (auto _ : state) benchmark::DoNotOptimize(std::accumulate(bytes.begin(), bytes.end(), 0u));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes.size()));
}

void rows(const char* question, const char* name) {
  const std::string prefix = std::string(question) + "/";
  benchmark::RegisterBenchmark((prefix + "native").c_str(), read, name);
  benchmark::RegisterBenchmark((prefix + "validate").c_str(), validate, name);
#ifdef DOVETAIL_WITH_X64
  benchmark::RegisterBenchmark((prefix + "x64").c_str(), load<dovetail::x64>, name);
#endif
  benchmark::RegisterBenchmark((prefix + "interpreter").c_str(), load<dovetail::interpreter>, name);
}

[[maybe_unused]] const bool registered = [] {
  rows("brotli", "brotli-dec-wasm/brotli.wasm");
  rows("quickjs", "quickjs-wasi/quickjs.wasm");
  rows("sqlite", "sqlite-wasm/sqlite3.wasm");
  rows("rapier", "rapier3d/rapier.wasm");
  rows("python", "python-wasi/python.wasm");
  return true;
}();

}  // namespace
