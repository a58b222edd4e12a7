// How quickly is a module there: bytes a second of real modules from npm, and the time of an
// operator, for decoding alone, with validation, and compiled by each backend, on one thread and
// in two parts, with a thread made for the second? The native row adds up the same bytes.
#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>
#ifdef DOVETAIL_WITH_X64
#include <dovetail/x64.hpp>
#endif

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "ratios.hpp"

namespace {

template <class Backend>
struct config : dovetail::defaults {
  using backend = Backend;
};

/// The decoder's sinks, which look at nothing and count operators.
struct counting_sink : dovetail::null_sink {
  constexpr void at(std::size_t) { ++operators; }
  std::size_t operators = 0;
};
struct counting_sections : dovetail::null_sections {
  constexpr dovetail::status code(const dovetail::byte_reader& body) {
    dovetail::byte_reader r = body;
    counting_sink sink;
    const dovetail::status s = dovetail::binary_decoder::body(r, sink);
    operators += sink.operators;
    return s;
  }
  std::size_t operators = 0;
};

dovetail::status decode(std::span<const char> bytes, counting_sections& sections) {
  dovetail::byte_reader r({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  return dovetail::binary_decoder::sections(r, sections);
}

/// A row: `work` takes the bytes of a module, and says why not.
template <class Work>
void measure(benchmark::State& state, const std::string& name, const Work& work) {
  auto bytes = bench::file("DOVETAIL_REAL", name + ".wasm");
  if (bytes.empty()) bytes = bench::file("DOVETAIL_REAL_LARGE", name + ".wasm");
  if (bytes.empty()) return state.SkipWithError("not here; bench/axes.py takes it from npm");
  for (auto _ : state) {
    const std::string refusal = work(std::span<const char>(bytes));
    if (!refusal.empty()) return state.SkipWithError(refusal.c_str());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes.size()));
  counting_sections sections;
  if (decode(bytes, sections) != dovetail::status::ok) return;
  using benchmark::Counter;
  state.counters["an_operator"] = Counter(static_cast<double>(sections.operators),
                                          Counter::kIsIterationInvariantRate | Counter::kInvert);
}

template <class Outcome>
std::string why_not(const Outcome& outcome) {
  char text[200];
  return outcome ? std::string() : std::string(outcome.error().format(text));
}

std::string add_up(std::span<const char> bytes) {
  benchmark::DoNotOptimize(std::accumulate(bytes.begin(), bytes.end(), 0u));
  return {};
}
std::string decode_alone(std::span<const char> bytes) {
  counting_sections sections;
  const dovetail::status s = decode(bytes, sections);
  return std::string(s == dovetail::status::ok ? "" : dovetail::error{s}.message());
}
std::string validate(std::span<const char> bytes) {
  dovetail::runtime<config<dovetail::interpreter>>::engine engine;
  return why_not(engine.validate(std::as_bytes(bytes)));
}
template <class Backend>
std::string compile(std::span<const char> bytes) {
  typename dovetail::runtime<config<Backend>>::engine engine;
  return why_not(engine.compile(std::as_bytes(bytes)));
}

template <class Backend>
std::string compile_on_two(std::span<const char> bytes) {
  typename dovetail::runtime<config<Backend>>::engine engine;
  return why_not(engine.compile(std::as_bytes(bytes), 2, [](std::size_t count, auto& task) {
    if (count == 1) return task(0);
    std::thread second([&task] { task(1); });
    task(0);
    second.join();
  }));
}

void rows(const char* question, const char* name) {
  const auto row = [&](const char* kind, auto work) {
    benchmark::RegisterBenchmark((std::string(question) + "/" + kind).c_str(),
                                 [=](benchmark::State& state) { measure(state, name, work); });
  };
  row("native", add_up);
  row("decode", decode_alone);
  row("validate", validate);
#ifdef DOVETAIL_WITH_X64
  row("x64", compile<dovetail::x64>);
#endif
  row("interpreter", compile<dovetail::interpreter>);
  const auto timed_row = [&](const char* kind, auto work) {
    benchmark::RegisterBenchmark((std::string(question) + "/" + kind).c_str(),
                                 [=](benchmark::State& state) { measure(state, name, work); })
        ->UseRealTime();
  };
#ifdef DOVETAIL_WITH_X64
  timed_row("x64-on-two", compile_on_two<dovetail::x64>);
#endif
  timed_row("interpreter-on-two", compile_on_two<dovetail::interpreter>);
}

[[maybe_unused]] const bool registered = [] {
#define LOAD(QUESTION, NAME) rows(#QUESTION, NAME);
#include "load.def"
#undef LOAD
  return true;
}();

}  // namespace
