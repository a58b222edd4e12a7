// What does a call from the host into a guest cost, by signature, typed and untyped? The native row
// calls a function of the same signature behind a pointer.
#include <array>
#include <cstdint>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "calling.hpp"

namespace {

using i32 = std::int32_t;
using i64 = std::int64_t;

// (module
//   (memory 1)
//   (func (export "none"))
//   (func (export "ints_2") (param i32 i32) (result i32)
//     local.get 0
//     local.get 1
//     i32.add)
//   (func (export "ints_6") (param i32 i64 i32 i64 i32 i64) (result i64)
//     local.get 0
//     local.get 2
//     i32.add
//     local.get 4
//     i32.add
//     i64.extend_i32_s
//     local.get 1
//     i64.add
//     local.get 3
//     i64.add
//     local.get 5
//     i64.add)
//   (func (export "floats_2") (param f64 f64) (result f64)
//     local.get 0
//     local.get 1
//     f64.add)
//   (func (export "floats_4") (param f32 f64 f32 f64) (result f32)
//     local.get 0
//     local.get 2
//     f32.add
//     local.get 1
//     local.get 3
//     f64.add
//     f32.demote_f64
//     f32.add)
//   (func (export "two_results") (param i32 i32) (result i32 i32)
//     local.get 1
//     local.get 0))
constexpr std::uint8_t module_bytes[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x29, 0x06, 0x60, 0x00, 0x00, 0x60,
    0x02, 0x7f, 0x7f, 0x01, 0x7f, 0x60, 0x06, 0x7f, 0x7e, 0x7f, 0x7e, 0x7f, 0x7e, 0x01, 0x7e,
    0x60, 0x02, 0x7c, 0x7c, 0x01, 0x7c, 0x60, 0x04, 0x7d, 0x7c, 0x7d, 0x7c, 0x01, 0x7d, 0x60,
    0x02, 0x7f, 0x7f, 0x02, 0x7f, 0x7f, 0x03, 0x07, 0x06, 0x00, 0x01, 0x02, 0x03, 0x04, 0x05,
    0x05, 0x03, 0x01, 0x00, 0x01, 0x07, 0x3e, 0x06, 0x04, 0x6e, 0x6f, 0x6e, 0x65, 0x00, 0x00,
    0x06, 0x69, 0x6e, 0x74, 0x73, 0x5f, 0x32, 0x00, 0x01, 0x06, 0x69, 0x6e, 0x74, 0x73, 0x5f,
    0x36, 0x00, 0x02, 0x08, 0x66, 0x6c, 0x6f, 0x61, 0x74, 0x73, 0x5f, 0x32, 0x00, 0x03, 0x08,
    0x66, 0x6c, 0x6f, 0x61, 0x74, 0x73, 0x5f, 0x34, 0x00, 0x04, 0x0b, 0x74, 0x77, 0x6f, 0x5f,
    0x72, 0x65, 0x73, 0x75, 0x6c, 0x74, 0x73, 0x00, 0x05, 0x0a, 0x3f, 0x06, 0x02, 0x00, 0x0b,
    0x07, 0x00, 0x20, 0x00, 0x20, 0x01, 0x6a, 0x0b, 0x14, 0x00, 0x20, 0x00, 0x20, 0x02, 0x6a,
    0x20, 0x04, 0x6a, 0xac, 0x20, 0x01, 0x7c, 0x20, 0x03, 0x7c, 0x20, 0x05, 0x7c, 0x0b, 0x07,
    0x00, 0x20, 0x00, 0x20, 0x01, 0xa0, 0x0b, 0x0e, 0x00, 0x20, 0x00, 0x20, 0x02, 0x92, 0x20,
    0x01, 0x20, 0x03, 0xa0, 0xb6, 0x92, 0x0b, 0x06, 0x00, 0x20, 0x01, 0x20, 0x00, 0x0b,
};

[[gnu::noinline]] void none() { asm volatile(""); }
[[gnu::noinline]] i32 ints_2(i32 a, i32 b) { return a + b; }
[[gnu::noinline]] i64 ints_6(i32 a, i64 b, i32 c, i64 d, i32 e, i64 f) {
  return a + c + e + b + d + f;
}
[[gnu::noinline]] double floats_2(double a, double b) { return a + b; }
[[gnu::noinline]] float floats_4(float a, double b, float c, double d) {
  return a + c + static_cast<float>(b + d);
}
[[gnu::noinline]] std::pair<i32, i32> two_results(i32 a, i32 b) { return {b, a}; }

/// Arguments that no compiler knows.
template <class... A>
std::tuple<A...> ones() {
  std::tuple<A...> arguments(static_cast<A>(1)...);
  if constexpr (sizeof...(A) != 0) benchmark::DoNotOptimize(arguments);
  return arguments;
}

/// Makes a compiler have a result. Of several each is read by itself, as a program would: a tuple
/// that is copied as a whole, right after its members were written, waits for the store buffer.
template <class T>
void look_at(const T& result) {
  if constexpr (requires { std::tuple_size<T>::value; }) {
    std::apply([](auto... each) { (benchmark::DoNotOptimize(each), ...); }, result);
  } else {
    auto copy = result;
    benchmark::DoNotOptimize(copy);
  }
}

template <class R, class... A>
void native(benchmark::State& state, R (*target)(A...)) {
  R (*volatile function)(A...) = target;
  auto arguments = ones<A...>();
  for (auto _ : state) {
    for (i32 i = 0; i < bench::calls; ++i) {
      if constexpr (std::is_void_v<R>) {
        std::apply(function, arguments);
      } else {
        look_at(std::apply(function, arguments));
      }
    }
  }
  bench::count_calls(state);
}

template <class Config, class R, class... A>
void typed(benchmark::State& state, const char* name) {
  bench::world<Config> w;
  const auto guest = w.make(module_bytes);
  if (!guest) return state.SkipWithError("the module does not run");
  const auto function = guest->template get<R(A...)>(name);
  if (!function) return state.SkipWithError("the function has another type");
  const auto arguments = ones<A...>();
  for (auto _ : state) {
    for (i32 i = 0; i < bench::calls; ++i) {
      auto outcome = std::apply(*function, arguments);
      if (!outcome) return state.SkipWithError("trapped");
      if constexpr (!std::is_void_v<R>) look_at(*outcome);
    }
  }
  bench::count_calls(state);
}

template <class Config, class R, class... A>
void untyped(benchmark::State& state, const char* name) {
  bench::world<Config> w;
  const auto guest = w.make(module_bytes);
  if (!guest) return state.SkipWithError("the module does not run");
  const auto function = guest->find(name)->as_function();
  std::vector<dovetail::value> results;
  for (const auto type : function.type().results) results.push_back(dovetail::value::null(type));
  for (auto _ : state) {
    for (i32 i = 0; i < bench::calls; ++i) {
      const std::array<dovetail::value, sizeof...(A)> arguments = {static_cast<A>(i)...};
      if (!function.call(arguments, results)) return state.SkipWithError("trapped");
      benchmark::DoNotOptimize(results.data());
    }
  }
  bench::count_calls(state);
}

/// One signature: a native row, and two rows of each engine. A guest's function may answer with a
/// tuple where the native one answers with a pair.
template <class R, class Native, class... A>
void rows(const char* name, Native (*target)(A...)) {
  const std::string question = std::string("host_to_guest_") + name + "/";
  const auto add = [](const std::string& row, auto function, auto of) {
    benchmark::RegisterBenchmark(row.c_str(), function, of);
  };
  add(question + "native", native<Native, A...>, target);
  bench::each_engine([&]<class Config>(const std::string& engine) {
    add(question + engine, typed<Config, R, A...>, name);
    add(question + engine + "_untyped", untyped<Config, R, A...>, name);
  });
}

[[maybe_unused]] const bool registered = [] {
  rows<void>("none", none);
  rows<i32>("ints_2", ints_2);
  rows<i64>("ints_6", ints_6);
  rows<double>("floats_2", floats_2);
  rows<float>("floats_4", floats_4);
  rows<std::tuple<i32, i32>>("two_results", two_results);
  return true;
}();

}  // namespace
