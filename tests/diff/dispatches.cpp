// How many cells the interpreter dispatches for each WebAssembly operator on our own workloads: a
// count, not a time. Fuel counts the operators, a dispatch policy of this file counts the cells.
#include "support/catch.hpp"

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <vector>

#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>

namespace {

std::uint64_t dispatched = 0;

struct counting_dispatch {
  template <class Memory, dovetail::interpreting::handler_controls Control>
  static dovetail::interpreting::heads table() {
    return dovetail::interpreting::switch_dispatch::table<Memory, Control>();
  }
  template <class Memory, dovetail::interpreting::handler_controls Control>
  static void run(dovetail::interpreting::execution& x, const dovetail::interpreting::cell* pc,
                  dovetail::slot* frame) {
    dovetail::interpreting::registers r{pc, frame, nullptr, 0, &x, 0, 0, 0};
    r.load_memory();
    do {
      ++dispatched;
    } while (dovetail::interpreting::switch_dispatch::step<Memory, Control>(r));
  }
};

struct counting : dovetail::defaults {
  using backend = dovetail::basic_interpreter<counting_dispatch>;
};
struct metered : dovetail::defaults {
  using backend = dovetail::fuel<dovetail::basic_interpreter<counting_dispatch>>;
};

std::vector<char> workload(const std::string& name) {
  const char* folder = std::getenv("DOVETAIL_WORKLOADS");
  std::ifstream file(std::string(folder == nullptr ? "." : folder) + "/" + name + ".wasm",
                     std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Runs `name(argument)` of the workload of that name; returns the operators that fuel counted.
template <class C>
std::uint64_t run(const std::vector<char>& bytes, const char* name, std::uint32_t argument) {
  typename dovetail::runtime<C>::engine engine;
  auto code = engine.compile(std::as_bytes(std::span(bytes)));
  REQUIRE(code);
  typename dovetail::runtime<C>::store store{engine};
  constexpr std::uint64_t plenty = std::uint64_t{1} << 40;
  store.set_fuel(plenty);
  auto instance = store.instantiate(*code);
  REQUIRE(instance);
  auto f = instance->template get<std::uint32_t(std::uint32_t)>(name);
  REQUIRE(f);
  dispatched = 0;
  REQUIRE((*f)(argument));
  return plenty - store.fuel();
}

double dispatches_per_operator(const char* name, std::uint32_t argument) {
  const std::vector<char> bytes = workload(name);
  if (bytes.empty()) {
    testing::absent(std::string(name) + ".wasm (clang and wasm-ld make it)");
    return 0;
  }
  const std::uint64_t operators = run<metered>(bytes, name, argument);
  run<counting>(bytes, name, argument);
  INFO(name << ": " << dispatched << " dispatches, " << operators << " operators");
  CHECK(operators > 10'000);
  return static_cast<double>(dispatched) / static_cast<double>(operators);
}

}  // namespace

TEST_CASE("fib takes at most 0.6 dispatches an operator") {
  const double ratio = dispatches_per_operator("fib", 20);
  WARN("fib: " << ratio);
  CHECK(ratio <= 0.6);
}

TEST_CASE("sha256 takes at most 0.6 dispatches an operator") {
  const double ratio = dispatches_per_operator("sha256", 4096);
  WARN("sha256: " << ratio);
  CHECK(ratio <= 0.6);
}
