// What does a call from a guest to the host cost, by the kind of C++ callable? The native row is
// the guest's loop in C++, over a function behind a pointer.
#include <cstdint>
#include <span>
#include <string>

#include "calling.hpp"

namespace {

using i32 = std::int32_t;
using dovetail::value_type;

// (module
//   (import "host" "add" (func $host_add (param i32 i32) (result i32)))
//   (memory 1)
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
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x0c, 0x02, 0x60, 0x02, 0x7f, 0x7f, 0x01,
    0x7f, 0x60, 0x01, 0x7f, 0x01, 0x7f, 0x02, 0x0c, 0x01, 0x04, 0x68, 0x6f, 0x73, 0x74, 0x03, 0x61,
    0x64, 0x64, 0x00, 0x00, 0x03, 0x03, 0x02, 0x01, 0x01, 0x05, 0x03, 0x01, 0x00, 0x01, 0x07, 0x15,
    0x02, 0x09, 0x63, 0x61, 0x6c, 0x6c, 0x5f, 0x68, 0x6f, 0x73, 0x74, 0x00, 0x01, 0x05, 0x63, 0x6f,
    0x75, 0x6e, 0x74, 0x00, 0x02, 0x0a, 0x36, 0x02, 0x1a, 0x01, 0x01, 0x7f, 0x03, 0x40, 0x20, 0x01,
    0x20, 0x00, 0x10, 0x00, 0x21, 0x01, 0x20, 0x00, 0x41, 0x01, 0x6b, 0x22, 0x00, 0x0d, 0x00, 0x0b,
    0x20, 0x01, 0x0b, 0x19, 0x01, 0x01, 0x7f, 0x03, 0x40, 0x20, 0x01, 0x20, 0x00, 0x6a, 0x21, 0x01,
    0x20, 0x00, 0x41, 0x01, 0x6b, 0x22, 0x00, 0x0d, 0x00, 0x0b, 0x20, 0x01, 0x0b,
};

[[gnu::noinline]] i32 add(i32 a, i32 b) { return a + b; }
[[gnu::noinline]] i32 add_noexcept(i32 a, i32 b) noexcept { return a + b; }

struct adder {
  i32 more = 0;
  i32 add(i32 a, i32 b) const { return a + b + more; }
};
const adder an_adder;

i32 int_of(const dovetail::value& v) { return dovetail::from_slot<i32>(v.bits()); }

/// What "add" is bound to.
struct function {
  static auto item() { return dovetail::bind<add>("host", "add"); }
};
struct noexcept_function {
  static auto item() { return dovetail::bind<add_noexcept>("host", "add"); }
};
struct member {
  static auto item() { return dovetail::bind<&adder::add>("host", "add", an_adder); }
};
struct lambda {
  static auto item() {
    return dovetail::bind("host", "add",
                          [&more = an_adder.more](i32 a, i32 b) { return a + b + more; });
  }
};
struct untyped {
  static auto item() {
    static constexpr value_type two[] = {value_type::i32, value_type::i32};
    static constexpr dovetail::function_type type{two, std::span(two).first(1)};
    return dovetail::bind("host", "add", type,
                          [](dovetail::caller&, std::span<const dovetail::value> arguments,
                             std::span<dovetail::value> results) {
                            results[0] = int_of(arguments[0]) + int_of(arguments[1]);
                          });
  }
};

template <class Config, class Callable>
void call(benchmark::State& state, const char* loop) {
  bench::world<Config> w;
  dovetail::imports host = {Callable::item()};
  const auto guest = w.make(module_bytes, host);
  if (!guest) return state.SkipWithError("the module does not run");
  bench::guest_loop(state, *guest, loop);
}

[[maybe_unused]] const bool registered = [] {
  const auto row = [](const std::string& name, auto body, auto of) {
    benchmark::RegisterBenchmark(("guest_to_host/" + name).c_str(), body, of);
  };
  row("native", bench::native_loop, add);
  bench::each_engine([&]<class Config>(const std::string& engine) {
    row(engine + "_noexcept_function", call<Config, noexcept_function>, "call_host");
    row(engine + "_function", call<Config, function>, "call_host");
    row(engine + "_member", call<Config, member>, "call_host");
    row(engine + "_lambda", call<Config, lambda>, "call_host");
    row(engine + "_untyped", call<Config, untyped>, "call_host");
    row(engine + "_the_loop_alone", call<Config, function>, "count");
  });
  return true;
}();

}  // namespace
