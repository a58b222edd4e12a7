// What does a call cost, from the host to a guest and from a guest to the host?
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

template <class Backend>
struct config : dovetail::defaults {
  using backend = Backend;
};

// (module
//   (import "host" "add" (func $host_add (param i32 i32) (result i32)))
//   (func (export "add") (param i32 i32) (result i32)
//     local.get 0
//     local.get 1
//     i32.add)
//   (func (export "call_host") (param $times i32) (result i32)
//     (local $sum i32)
//     loop $again
//       local.get $sum
//       local.get $times
//       call $host_add
//       local.set $sum
//       local.get $times
//       i32.const 1
//       i32.sub
//       local.tee $times
//       br_if $again
//     end
//     local.get $sum)
//   (func (export "count") (param $times i32) (result i32)
//     (local $sum i32)
//     loop $again
//       local.get $sum
//       local.get $times
//       i32.add
//       local.set $sum
//       local.get $times
//       i32.const 1
//       i32.sub
//       local.tee $times
//       br_if $again
//     end
//     local.get $sum))
constexpr std::uint8_t module_bytes[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x0c, 0x02, 0x60, 0x02, 0x7f, 0x7f,
    0x01, 0x7f, 0x60, 0x01, 0x7f, 0x01, 0x7f, 0x02, 0x0c, 0x01, 0x04, 0x68, 0x6f, 0x73, 0x74,
    0x03, 0x61, 0x64, 0x64, 0x00, 0x00, 0x03, 0x04, 0x03, 0x00, 0x01, 0x01, 0x07, 0x1b, 0x03,
    0x03, 0x61, 0x64, 0x64, 0x00, 0x01, 0x09, 0x63, 0x61, 0x6c, 0x6c, 0x5f, 0x68, 0x6f, 0x73,
    0x74, 0x00, 0x02, 0x05, 0x63, 0x6f, 0x75, 0x6e, 0x74, 0x00, 0x03, 0x0a, 0x3e, 0x03, 0x07,
    0x00, 0x20, 0x00, 0x20, 0x01, 0x6a, 0x0b, 0x1a, 0x01, 0x01, 0x7f, 0x03, 0x40, 0x20, 0x01,
    0x20, 0x00, 0x10, 0x00, 0x21, 0x01, 0x20, 0x00, 0x41, 0x01, 0x6b, 0x22, 0x00, 0x0d, 0x00,
    0x0b, 0x20, 0x01, 0x0b, 0x19, 0x01, 0x01, 0x7f, 0x03, 0x40, 0x20, 0x01, 0x20, 0x00, 0x6a,
    0x21, 0x01, 0x20, 0x00, 0x41, 0x01, 0x6b, 0x22, 0x00, 0x0d, 0x00, 0x0b, 0x20, 0x01, 0x0b,
};

constexpr std::int32_t calls = 1000;  // of the host in one call of the guest

[[gnu::noinline]] std::int32_t add(std::int32_t a, std::int32_t b) { return a + b; }

template <class Backend>
struct world {
  using rt = dovetail::runtime<config<Backend>>;
  typename rt::engine engine;
  typename rt::store store{engine};
  std::optional<typename rt::instance> instance;

  world() {
    const auto compiled = engine.compile(std::as_bytes(std::span(module_bytes)));
    if (!compiled) return;
    dovetail::imports host = {dovetail::bind<add>("host", "add")};
    auto made = store.instantiate(*compiled, host);
    if (made) instance.emplace(*made);
  }
};

void native(benchmark::State& state) {
  std::int32_t (*volatile function)(std::int32_t, std::int32_t) = add;
  std::int32_t sum = 0;
  for (auto _ : state) {
    sum = function(sum, 1);
    benchmark::DoNotOptimize(sum);
  }
}

template <class Backend>
void host_to_guest(benchmark::State& state) {
  world<Backend> w;
  if (!w.instance) return state.SkipWithError("the module does not run");
  const auto guest_add =
      w.instance->template get<std::int32_t(std::int32_t, std::int32_t)>("add").value();
  std::int32_t sum = 0;
  for (auto _ : state) {
    sum = *guest_add(sum, 1);
    benchmark::DoNotOptimize(sum);
  }
}

template <class Backend>
void untyped(benchmark::State& state) {
  world<Backend> w;
  if (!w.instance) return state.SkipWithError("the module does not run");
  const auto guest_add = w.instance->find("add")->as_function();
  dovetail::value arguments[] = {std::int32_t{0}, std::int32_t{1}}, results[] = {std::int32_t{0}};
  for (auto _ : state) {
    benchmark::DoNotOptimize(guest_add.call(arguments, results).has_value());
    arguments[0] = results[0];
  }
}

void native_calls(benchmark::State& state) {
  std::int32_t (*volatile function)(std::int32_t, std::int32_t) = add;
  for (auto _ : state) {
    std::int32_t sum = 0;
    for (std::int32_t i = calls; i != 0; --i) sum = function(sum, i);
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(state.iterations() * calls);
}

// The same loop with the call and without: the difference, over `calls`, is what a call costs.
template <class Backend>
void guest_loop(benchmark::State& state, const char* name) {
  world<Backend> w;
  if (!w.instance) return state.SkipWithError("the module does not run");
  const auto loop = w.instance->template get<std::int32_t(std::int32_t)>(name).value();
  for (auto _ : state) benchmark::DoNotOptimize(*loop(calls));
  state.SetItemsProcessed(state.iterations() * calls);
}

template <class Backend>
void rows(const std::string& backend) {
  using benchmark::RegisterBenchmark;
  RegisterBenchmark(("host_to_guest/" + backend + "_typed").c_str(), host_to_guest<Backend>);
  RegisterBenchmark(("host_to_guest/" + backend + "_untyped").c_str(), untyped<Backend>);
  RegisterBenchmark(("guest_to_host/" + backend + "_thousand_calls").c_str(), guest_loop<Backend>,
                    "call_host");
  RegisterBenchmark(("guest_to_host/" + backend + "_the_loop_alone").c_str(), guest_loop<Backend>,
                    "count");
}

[[maybe_unused]] const bool registered = [] {
  benchmark::RegisterBenchmark("host_to_guest/native", native);
  benchmark::RegisterBenchmark("guest_to_host/native", native_calls);
#ifdef DOVETAIL_WITH_X64
  rows<dovetail::x64>("x64");
#endif
  rows<dovetail::interpreter>("interpreter");
  return true;
}();

}  // namespace
