// Mutants that are still valid are run: every export, with zeros, under checked memory and bounded
// fuel, beside a host that is not kind. Whatever they do stays in their sandbox. Run under
// sanitizers.
#include <array>
#include <bitset>
#include <cstdio>
#include <cstring>
#include <memory>
#include <span>

#include <dovetail/interpreter.hpp>
#ifdef DOVETAIL_WITH_X64
#include <dovetail/x64.hpp>
#endif

#include "host.hpp"
#include "support/catch.hpp"
#include "watching.hpp"

namespace {

using namespace testing;

constexpr std::size_t mutants_wanted = 100'000;
constexpr std::size_t mutants_of_real = 6'000;
constexpr std::uint64_t seed = 3;
constexpr std::uint64_t fuel = 20'000;

template <class Backend>
struct sandbox : dovetail::defaults {
  using backend = dovetail::fuel<Backend>;
  using decoder = watching_decoder;
  using linker = dovetail::link_by_position;
  using allocator = counted_allocator;
  static constexpr dovetail::limits limit{.functions = 20'000,
                                          .segment_elements = 100'000,
                                          .memory_pages = 64,
                                          .table_elements = 10'000,
                                          .call_depth = 300,
                                          .stack_slots = 16 * 1024};
};
template <class Backend>
using runtime_of = dovetail::runtime<sandbox<Backend>>;

struct totals {
  std::size_t mutants = 0;
  std::size_t compiled = 0;
  std::size_t instantiated = 0;
  std::size_t calls = 0;
  std::size_t returned = 0;
  std::array<std::size_t, 256> traps{};
  std::bitset<dovetail::op_count> operators;  // of modules that ran
};

template <class Runtime>
void call_exports(typename Runtime::store& world, const typename Runtime::instance& instance,
                  totals& sum) {
  for (std::uint32_t k = 0; k < instance.exports().size() && k < 40; ++k) {
    const auto found = instance.export_at(k);
    if (!found || !found->as_function()) continue;
    world.set_fuel(fuel);
    const dovetail::trap t = call_with_zeros(found->as_function());
    ++sum.calls;
    sum.returned += t ? 0 : 1;
    ++sum.traps[static_cast<std::size_t>(t.code)];
  }
}

template <class Runtime>
void run_one(typename Runtime::engine& engine, const mutant& m, totals& sum) {
  const std::unique_ptr<std::byte[]> block(new std::byte[m.data.size()]);
  if (!m.data.empty()) std::memcpy(block.get(), m.data.data(), m.data.size());
  seen = {};
  ++sum.mutants;
  const auto module = engine.compile({block.get(), m.data.size()});
  if (!module) return;
  ++sum.compiled;
  typename Runtime::store world(engine);
  typename Runtime::linker linker(engine);
  unkind_host host;
  if (!provide_imports<Runtime>(world, *module, linker, host)) return;
  world.set_fuel(fuel);
  const auto instance = world.instantiate(*module, linker);
  if (!instance) return;
  ++sum.instantiated;
  sum.operators |= seen.operators;
  call_exports<Runtime>(world, *instance, sum);
}

template <class Runtime>
void run_all(const std::vector<specimen>& from, std::size_t wanted, totals& sum) {
  random_numbers random(seed);
  for (std::size_t i = 0; i < from.size(); ++i) {
    const std::size_t share = wanted / from.size() + (i < wanted % from.size() ? 1 : 0);
    counted_memory memory;
    {
      typename Runtime::engine engine(counted_allocator{&memory});
      const mutant unchanged{from[i].data, from[i].data.size()};
      run_one<Runtime>(engine, unchanged, sum);
      for (std::size_t k = 1; k < share; ++k)
        run_one<Runtime>(engine, mutate(from[i], random), sum);
    }
    INFO(from[i].name);
    CHECK(memory.is_clean());
  }
}

template <class Backend>
void check_runs(const char* backend) {
  const std::vector<specimen> suite = suite_specimens(), real = real_specimens();
  if (suite.empty()) return absent("the official suite");
  totals sum;
  run_all<runtime_of<Backend>>(real, real.empty() ? 0 : mutants_of_real, sum);
  run_all<runtime_of<Backend>>(suite, mutants_wanted - sum.mutants, sum);
  std::printf("%s, %zu mutants: %zu compiled, %zu instantiated, %zu calls, %zu of them returned\n",
              backend, sum.mutants, sum.compiled, sum.instantiated, sum.calls, sum.returned);
  std::printf("coverage: %zu of %zu operators in modules that ran; traps:", sum.operators.count(),
              dovetail::op_count);
  for (std::size_t code = 1; code < sum.traps.size(); ++code) {
    if (sum.traps[code] == 0) continue;
    const std::string_view name = dovetail::message(static_cast<dovetail::trap_code>(code));
    std::printf(" %.*s %zu,", static_cast<int>(name.size()), name.data(), sum.traps[code]);
  }
  std::printf("\n");
  CHECK(sum.calls > 10'000);
}

}  // namespace

TEST_CASE("runs: valid mutants stay in their sandbox, interpreted", "[robustness]") {
  check_runs<dovetail::interpreter>("interpreter");
}

#ifdef DOVETAIL_WITH_X64
TEST_CASE("runs: valid mutants stay in their sandbox, in machine code", "[robustness]") {
  check_runs<dovetail::x64>("x64");
}
#endif
