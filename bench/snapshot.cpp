// What does a snapshot a frame cost: of a memory of 64 MB, after 100 of its pages of 4 KiB were
// written, and the way back? The last eight snapshots are kept. "same" writes the same pages in
// every frame, "moving" others. The native row copies 100 pages. Divide by 100 for a page.
#include <dovetail/dovetail.hpp>
#include <dovetail/null.hpp>
#include <dovetail/snapshot.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ratios.hpp"

namespace {

constexpr std::size_t written = 100, page = 4096, pages = 16'384, kept = 8;

// (module (memory (export "memory") 1024))
constexpr std::uint8_t module_bytes[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x05, 0x04, 0x01, 0x00, 0x80,
    0x08, 0x07, 0x0a, 0x01, 0x06, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 0x02, 0x00,
};

template <class Memory>
struct config : dovetail::defaults {
  using backend = dovetail::null;
  using memory = Memory;
};

// An odd number, so that every page has its turn.
std::size_t place(std::size_t frame, std::size_t k, bool moves) {
  return (k * 163 + (moves ? frame * 7919 : 0)) % pages * page;
}

template <class Memory>
void frames(benchmark::State& state, bool moves, bool goes_back) {
  using rt = dovetail::runtime<config<Memory>>;
  typename rt::engine engine;
  typename rt::store store{engine};
  const auto module = engine.compile(std::as_bytes(std::span(module_bytes)));
  const auto instance = store.instantiate(*module);
  if (!instance) return state.SkipWithError("does not instantiate");
  const auto bytes = instance->template get<dovetail::memory_view>("memory")->bytes();
  std::memset(bytes.data(), 1, bytes.size());
  std::array<std::optional<dovetail::snapshot>, kept> last;
  std::size_t frame = 0;
  const auto take = [&] {
    auto taken = take_snapshot(*instance);
    if (taken) last[frame % kept].emplace(std::move(*taken));
    return taken.has_value();
  };
  if (!take()) return state.SkipWithError("takes no snapshot");
  for (auto _ : state) {
    if (!goes_back) ++frame;
    for (std::size_t k = 0; k < written; ++k)
      bytes[place(frame, k, moves)] = static_cast<std::byte>(k + frame * 3 + 1);
    const bool is_done = goes_back ? restore(*instance, *last[0]).has_value() : take();
    if (!is_done) return state.SkipWithError("refused");
  }
}

void native(benchmark::State& state) {
  std::vector<std::byte> from(pages * page, std::byte{1}), to(written * page);
  for (auto _ : state) {
    for (std::size_t k = 0; k < written; ++k)
      std::memcpy(to.data() + k * page, from.data() + place(0, k, false), page);
    benchmark::DoNotOptimize(to.data());
    benchmark::ClobberMemory();
  }
}

template <class Memory>
void row(const std::string& question, const char* name, bool moves, bool goes_back) {
  benchmark::RegisterBenchmark((question + "/" + name).c_str(), frames<Memory>, moves, goes_back)
      ->Unit(benchmark::kMicrosecond);
}

[[maybe_unused]] const bool registered = [] {
  for (const std::string question : {"same", "moving", "restore"}) {
    const bool moves = question == "moving", goes_back = question == "restore";
    benchmark::RegisterBenchmark((question + "/native").c_str(), native)
        ->Unit(benchmark::kMicrosecond);
    row<dovetail::guarded_memory>(question, "guarded", moves, goes_back);
    row<dovetail::checked_memory>(question, "checked", moves, goes_back);
  }
  return true;
}();

}  // namespace
