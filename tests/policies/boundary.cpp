// C++ at the boundary, in running guests: contracts, variables of the host as globals. On every
// backend and memory policy there is.
#include <dovetail/contract.hpp>
#include <dovetail/dovetail.hpp>
#include <dovetail/host_global.hpp>
#include <dovetail/interpreter.hpp>
#ifdef DOVETAIL_WITH_X64
#include <dovetail/x64.hpp>
#endif

#include <cstdint>
#include <span>

#include "support/catch.hpp"

namespace {

using namespace dovetail;

template <class Backend, class Memory>
struct config : defaults {
  using backend = Backend;
  using memory = Memory;
};

// Runs `body<runtime>()` of every configuration.
template <class Body>
void in_every_runtime(Body body) {
  body(runtime<config<interpreter, checked_memory>>{});
#ifdef DOVETAIL_WITH_X64
  body(runtime<config<x64, checked_memory>>{});
  body(runtime<config<x64, guarded_memory>>{});
#endif
}

// clang-format off
// (module
//   (import "env" "gravity" (global $gravity (mut f64)))
//   (import "env" "level" (global $level i32))
//   (global $copy (export "copy") i32 (global.get $level))
//   (func (export "fall") (param f64) (result f64)
//     (f64.mul (global.get $gravity) (local.get 0)))
//   (func (export "scale") (param f64) (result f64)
//     (local $n i32)
//     (loop $again
//       (global.set $gravity (f64.add (global.get $gravity) (local.get 0)))
//       (local.set $n (i32.add (local.get $n) (i32.const 1)))
//       (br_if $again (i32.lt_s (local.get $n) (global.get $level))))
//     (global.get $gravity)))
constexpr std::uint8_t falling[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x06, 0x01, 0x60, 0x01, 0x7c, 0x01,
    0x7c, 0x02, 0x1d, 0x02, 0x03, 0x65, 0x6e, 0x76, 0x07, 0x67, 0x72, 0x61, 0x76, 0x69, 0x74,
    0x79, 0x03, 0x7c, 0x01, 0x03, 0x65, 0x6e, 0x76, 0x05, 0x6c, 0x65, 0x76, 0x65, 0x6c, 0x03,
    0x7f, 0x00, 0x03, 0x03, 0x02, 0x00, 0x00, 0x06, 0x06, 0x01, 0x7f, 0x00, 0x23, 0x01, 0x0b,
    0x07, 0x17, 0x03, 0x04, 0x63, 0x6f, 0x70, 0x79, 0x03, 0x02, 0x04, 0x66, 0x61, 0x6c, 0x6c,
    0x00, 0x00, 0x05, 0x73, 0x63, 0x61, 0x6c, 0x65, 0x00, 0x01, 0x0a, 0x28, 0x02, 0x07, 0x00,
    0x23, 0x00, 0x20, 0x00, 0xa2, 0x0b, 0x1e, 0x01, 0x01, 0x7f, 0x03, 0x40, 0x23, 0x00, 0x20,
    0x00, 0xa0, 0x24, 0x00, 0x20, 0x01, 0x41, 0x01, 0x6a, 0x21, 0x01, 0x20, 0x01, 0x23, 0x01,
    0x48, 0x0d, 0x00, 0x0b, 0x23, 0x00, 0x0b,
};
// clang-format on
using falling_contract = module_contract<
    exports<exported<"fall", double(double)>, exported<"scale", double(double)>,
            exported<"copy", read_only<int>>>,
    imports<imported<"env", "gravity", global<double>>, imported<"env", "level", read_only<int>>>>;

}  // namespace

TEST_CASE("boundary: guests read and write a variable of the host, from two stores in turn") {
  in_every_runtime([]<class Runtime>(Runtime) {
    typename Runtime::engine engine;
    const auto code = engine.compile(std::as_bytes(std::span(falling)));
    REQUIRE(code.has_value());
    const auto accepted = falling_contract::accept(*code);
    REQUIRE(accepted.has_value());
    host_global<double> gravity = 9.5;
    host_global<const int> level = 4;
    imports env = {bind("env", "gravity", gravity), bind("env", "level", level)};
    typename Runtime::store one(engine), two(engine);
    const auto first = accepted->instantiate(one, env);
    const auto second = accepted->instantiate(two, env);
    REQUIRE(first.has_value());
    REQUIRE(second.has_value());
    const auto fall = first->template get<"fall">();
    const auto scale = second->template get<"scale">();
    const int copied = first->template get<"copy">();
    CHECK(copied == 4);
    CHECK(fall(2.0).value_or(0) == 19.0);
    gravity = 1.5;
    CHECK(fall(2.0).value_or(0) == 3.0);
    CHECK(scale(0.25).value_or(0) == 2.5);
    CHECK(gravity == 2.5);
    CHECK(fall(2.0).value_or(0) == 5.0);
  });
}
