// What does it take to have a running instance: a store made, a module instantiated in it, the
// store ended? The native row clears new pages and fills them. "store" is a store alone.
#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>
#ifdef DOVETAIL_WITH_X64
#include <dovetail/x64.hpp>
#endif

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include "../tests/support/writer.hpp"
#include "ratios.hpp"

namespace {

using dovetail::op;
using dovetail::value_type;
using testing::code;
using testing::module_writer;

template <class Backend, class Memory>
struct config : dovetail::defaults {
  using backend = Backend;
  using memory = Memory;
};

constexpr std::size_t page = 65'536;

// A function, a memory of one page, a global, 5 bytes of data; then more of one thing.
std::vector<std::uint8_t> module_of(unsigned functions, unsigned elements, std::size_t data) {
  module_writer m;
  const std::uint32_t i_i = m.type({value_type::i32}, {value_type::i32});
  m.memory(1 + static_cast<std::uint32_t>(data / page), 100);
  m.global(value_type::i32, true, code().i32(7));
  const std::uint32_t first = m.function(i_i, code().put(op::local_get, {0}));
  for (unsigned i = 1; i < functions; ++i) m.function(i_i, code().put(op::local_get, {0}));
  if (elements != 0) {
    m.table(elements, elements);
    m.elements(0, std::vector<std::uint32_t>(elements, first));
  }
  m.data(0, std::string(data, 'x'));
  m.export_as("f", 0, first);
  return m.bytes();
}

template <class Backend, class Memory>
void start(benchmark::State& state, const std::vector<std::uint8_t>& bytes) {
  using rt = dovetail::runtime<config<Backend, Memory>>;
  typename rt::engine engine;
  const auto module = engine.compile(std::as_bytes(std::span(bytes)));
  if (!module) return state.SkipWithError("does not compile");
  for (auto _ : state) {
    typename rt::store store{engine};
    const auto instance = store.instantiate(*module);
    if (!instance) return state.SkipWithError("does not instantiate");
    benchmark::DoNotOptimize(instance->template get<std::int32_t(std::int32_t)>("f"));
  }
}

template <class Backend, class Memory>
void store_alone(benchmark::State& state, const std::vector<std::uint8_t>&) {
  using rt = dovetail::runtime<config<Backend, Memory>>;
  typename rt::engine engine;
  for (auto _ : state) {
    typename rt::store store{engine};
    benchmark::DoNotOptimize(&store);
  }
}

// What any implementation does: clear the pages, fill the table, copy the data.
void native(benchmark::State& state, unsigned elements, std::size_t data) {
  const std::size_t size = page * (1 + data / page);
  const std::string content(data, 'x');
  for (auto _ : state) {
    void* memory = std::malloc(size);
    benchmark::DoNotOptimize(std::memset(memory, 0, size));
    std::memcpy(memory, content.data(), data);
    auto** table = static_cast<void**>(std::malloc(sizeof(void*) * (elements + 1)));
    std::fill_n(table, elements, memory);
    benchmark::DoNotOptimize(table);
    benchmark::ClobberMemory();
    std::free(table);
    std::free(memory);
  }
}

template <class Backend, class Memory>
void row(const std::string& name, const std::vector<std::uint8_t>& bytes) {
  const auto body = bytes.empty() ? store_alone<Backend, Memory> : start<Backend, Memory>;
  benchmark::RegisterBenchmark(name.c_str(), body, bytes);
}

template <class Backend>
void rows(const std::string& question, const char* backend,
          const std::vector<std::uint8_t>& bytes) {
  const std::string prefix = question + "/" + backend;
  row<Backend, dovetail::checked_memory>(prefix + "_checked", bytes);
  row<Backend, dovetail::guarded_memory>(prefix + "_guarded", bytes);
}

void rows(const char* question, unsigned functions, unsigned elements, std::size_t data) {
  benchmark::RegisterBenchmark((std::string(question) + "/native").c_str(), native, elements, data);
  const std::vector<std::uint8_t> bytes =
      functions == 0 ? std::vector<std::uint8_t>() : module_of(functions, elements, data);
#ifdef DOVETAIL_WITH_X64
  rows<dovetail::x64>(question, "x64", bytes);
#endif
  rows<dovetail::interpreter>(question, "interpreter", bytes);
}

[[maybe_unused]] const bool registered = [] {
  rows("store", 0, 0, 0);
  rows("tiny", 1, 0, 5);
  rows("functions_1000", 1000, 0, 5);
  rows("elements_10000", 1, 10'000, 5);
  rows("data_1_MB", 1, 0, 1'000'000);
  rows("data_4_MB", 1, 0, 4'000'000);  // more than pools keep
  return true;
}();

}  // namespace
