// What the questions about calls share: the engines they are asked of, and what a row says of a
// call. Every row is a loop of a thousand calls; nothing is subtracted.
#pragma once

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

namespace bench {

template <class Backend, class Memory>
struct config : dovetail::defaults {
  using backend = Backend;
  using memory = Memory;
};

/// Calls `rows.template operator()<Config>(name)` for every engine.
template <class Rows>
void each_engine(const Rows& rows) {
#ifdef DOVETAIL_WITH_X64
  rows.template operator()<config<dovetail::x64, dovetail::checked_memory>>("x64_checked");
  rows.template operator()<config<dovetail::x64, dovetail::guarded_memory>>("x64_guarded");
#endif
  using dovetail::interpreter;
  rows.template operator()<config<interpreter, dovetail::checked_memory>>("interpreter_checked");
  rows.template operator()<config<interpreter, dovetail::guarded_memory>>("interpreter_guarded");
}

constexpr std::int32_t calls = 1000;  // of one iteration of a row

/// The column "a_call": the time of one call, with its share of the loop.
inline void count_calls(benchmark::State& state) {
  state.counters["a_call"] = benchmark::Counter(
      calls, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

/// An instance with what it needs, empty if that did not come to be.
template <class Config>
struct world {
  using rt = dovetail::runtime<Config>;
  typename rt::engine engine;
  typename rt::store store{engine};

  template <class... Imports>
  std::optional<typename rt::instance> make(std::span<const std::uint8_t> bytes,
                                            Imports&&... imports) {
    const auto compiled = engine.compile(std::as_bytes(bytes));
    if (!compiled) return std::nullopt;
    auto made = store.instantiate(*compiled, imports...);
    if (!made) return std::nullopt;
    return *made;
  }
};

/// A row whose thousand calls are made by a loop of the guest, `int NAME(int times)`, and add up
/// the numbers from a thousand down.
template <class Instance>
void guest_loop(benchmark::State& state, const Instance& guest, const char* name) {
  const auto loop = guest.template get<std::int32_t(std::int32_t)>(name);
  if (!loop) return state.SkipWithError("no such loop");
  const auto sum = (*loop)(calls);
  if (!sum || *sum != calls * (calls + 1) / 2) return state.SkipWithError("computes nonsense");
  for (auto _ : state) benchmark::DoNotOptimize(*(*loop)(calls));
  count_calls(state);
}

/// The same loop in C++, over a function behind a pointer.
inline void native_loop(benchmark::State& state, std::int32_t (*add)(std::int32_t, std::int32_t)) {
  std::int32_t (*volatile function)(std::int32_t, std::int32_t) = add;
  for (auto _ : state) {
    std::int32_t sum = 0;
    for (std::int32_t i = calls; i != 0; --i) sum = function(sum, i);
    benchmark::DoNotOptimize(sum);
  }
  count_calls(state);
}

}  // namespace bench
