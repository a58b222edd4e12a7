// What runs is counted alike on every backend: blocks and entries of functions, with controls or
// without, and nothing where nobody asks. Modules in parts are in parts.cpp.
#include <dovetail/coverage.hpp>

#include <algorithm>
#include <compare>
#include <cstdint>
#include <vector>

#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>
#include <dovetail/null.hpp>
#ifdef DOVETAIL_WITH_X64
#include <dovetail/x64_or_interpreter.hpp>
#endif

#include "support/catch.hpp"

namespace {

using dovetail::counting;
using dovetail::covered;
using dovetail::fuel;
using dovetail::interpreter;
using dovetail::profiled;
using dovetail::trap_code;
using i32 = std::int32_t;
using u32 = std::uint32_t;

static_assert(interpreter::control.counts == counting::none);
static_assert(covered<profiled<interpreter>>::control == profiled<covered<interpreter>>::control);
static_assert(profiled<interpreter>::control.counts == counting::functions);
static_assert(!covered<interpreter>::control.is_metered);

template <class Backend>
struct config : dovetail::defaults {
  using backend = Backend;
};
template <class C>
concept reads_counts = requires(const dovetail::basic_module<C>& m) {
  dovetail::visit_counts(m, [](dovetail::function_index, u32, std::uint64_t) {});
  dovetail::reset_counts(m);
};
static_assert(reads_counts<config<covered<interpreter>>> && !reads_counts<config<interpreter>> &&
              reads_counts<config<covered<dovetail::null>>>);

// (module
//   (type $f (func (param i32) (result i32)))
//   (table 2 2 funcref)
//   (elem (i32.const 0) $fib $even)
//   (func $fib (export "fib") (type $f)
//     (if (result i32) (i32.lt_s (local.get 0) (i32.const 2))
//       (then (local.get 0))
//       (else (i32.add (call $fib (i32.sub (local.get 0) (i32.const 1)))
//         (call_indirect (type $f) (i32.sub (local.get 0) (i32.const 2)) (i32.const 0))))))
//   (func $even (export "even") (type $f)
//     (if (i32.eqz (local.get 0)) (then (return (i32.const 1))))
//     (return_call $odd (i32.sub (local.get 0) (i32.const 1))))
//   (func $odd (type $f)
//     (if (i32.eqz (local.get 0)) (then (return (i32.const 0))))
//     (return_call $even (i32.sub (local.get 0) (i32.const 1))))
//   (func (export "sum") (type $f)
//     (local $s i32)
//     (block $done
//       (loop $again
//         (br_if $done (i32.eqz (local.get 0)))
//         (if (i32.and (local.get 0) (i32.const 1))
//           (then (local.set $s (i32.add (local.get $s) (local.get 0)))))
//         (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
//         (br_if $again (i32.lt_u (local.get 0) (i32.const 1000000)))
//         (unreachable)))
//     (local.get $s))
//   (func (export "spin") (type $f)
//     (loop $again
//       (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
//       (br_if $again (local.get 0)))
//     (i32.div_u (i32.const 1) (local.get 0)))
//   (func $nothing)
//   (func (export "empty") (type $f) (call $nothing) (local.get 0)))
constexpr std::uint8_t guest[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x09, 0x02, 0x60, 0x01, 0x7f, 0x01, 0x7f,
    0x60, 0x00, 0x00, 0x03, 0x08, 0x07, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01, 0x00, 0x04, 0x05, 0x01,
    0x70, 0x01, 0x02, 0x02, 0x07, 0x23, 0x05, 0x03, 0x66, 0x69, 0x62, 0x00, 0x00, 0x04, 0x65, 0x76,
    0x65, 0x6e, 0x00, 0x01, 0x03, 0x73, 0x75, 0x6d, 0x00, 0x03, 0x04, 0x73, 0x70, 0x69, 0x6e, 0x00,
    0x04, 0x05, 0x65, 0x6d, 0x70, 0x74, 0x79, 0x00, 0x06, 0x09, 0x08, 0x01, 0x00, 0x41, 0x00, 0x0b,
    0x02, 0x00, 0x01, 0x0a, 0x99, 0x01, 0x07, 0x1f, 0x00, 0x20, 0x00, 0x41, 0x02, 0x48, 0x04, 0x7f,
    0x20, 0x00, 0x05, 0x20, 0x00, 0x41, 0x01, 0x6b, 0x10, 0x00, 0x20, 0x00, 0x41, 0x02, 0x6b, 0x41,
    0x00, 0x11, 0x00, 0x00, 0x6a, 0x0b, 0x0b, 0x12, 0x00, 0x20, 0x00, 0x45, 0x04, 0x40, 0x41, 0x01,
    0x0f, 0x0b, 0x20, 0x00, 0x41, 0x01, 0x6b, 0x12, 0x02, 0x0b, 0x12, 0x00, 0x20, 0x00, 0x45, 0x04,
    0x40, 0x41, 0x00, 0x0f, 0x0b, 0x20, 0x00, 0x41, 0x01, 0x6b, 0x12, 0x01, 0x0b, 0x31, 0x01, 0x01,
    0x7f, 0x02, 0x40, 0x03, 0x40, 0x20, 0x00, 0x45, 0x0d, 0x01, 0x20, 0x00, 0x41, 0x01, 0x71, 0x04,
    0x40, 0x20, 0x01, 0x20, 0x00, 0x6a, 0x21, 0x01, 0x0b, 0x20, 0x00, 0x41, 0x01, 0x6b, 0x21, 0x00,
    0x20, 0x00, 0x41, 0xc0, 0x84, 0x3d, 0x49, 0x0d, 0x00, 0x00, 0x0b, 0x0b, 0x20, 0x01, 0x0b, 0x15,
    0x00, 0x03, 0x40, 0x20, 0x00, 0x41, 0x01, 0x6b, 0x21, 0x00, 0x20, 0x00, 0x0d, 0x00, 0x0b, 0x41,
    0x01, 0x20, 0x00, 0x6e, 0x0b, 0x02, 0x00, 0x0b, 0x06, 0x00, 0x10, 0x05, 0x20, 0x00, 0x0b,
};
enum function : u32 { fib, even, odd, sum, spin, nothing, empty };

struct counted {
  u32 function = 0, offset = 0;
  std::uint64_t times = 0;
  friend auto operator<=>(const counted&, const counted&) = default;
};
using counts = std::vector<counted>;

template <class Module>
counts counts_of(const Module& m) {
  counts all;
  dovetail::visit_counts(m, [&](dovetail::function_index f, u32 offset, std::uint64_t times) {
    all.push_back({f.value, offset, times});
  });
  std::sort(all.begin(), all.end());
  return all;
}
std::uint64_t entries(const counts& all, u32 function) {
  const auto first = std::find_if(all.begin(), all.end(),
                                  [=](const counted& c) { return c.function == function; });
  return first == all.end() ? 0 : first->times;
}

template <class Backend>
counts run() {
  using rt = dovetail::runtime<config<Backend>>;
  typename rt::engine engine;
  const auto module = engine.compile(std::as_bytes(std::span(guest))).value();
  // Two stores: a module counts for all of its instances.
  for (const i32 n : {10, 3}) {
    typename rt::store store{engine};
    store.set_fuel(1'000'000);
    const auto made = store.instantiate(module).value();
    const auto call = [&](const char* name, i32 argument) {
      return made.template get<i32(i32)>(name).value()(argument);
    };
    CHECK(call("fib", n).value() == (n == 10 ? 55 : 2));
    CHECK(call("even", n).value() == (n == 10 ? 1 : 0));
    CHECK(call("sum", n).value() == (n == 10 ? 25 : 4));
    CHECK(call("spin", n).error().code == trap_code::integer_divide_by_zero);
    CHECK(call("empty", n).value() == n);
  }
  const counts all = counts_of(module);
  dovetail::reset_counts(module);
  for (const counted& c : counts_of(module)) CHECK(c.times == 0);
  return all;
}

template <class Backend>
void check_alike() {
  const counts blocks = run<covered<interpreter>>();
  CHECK(blocks.size() > 20);
  CHECK(entries(blocks, fib) == 177 + 5);
  CHECK(entries(blocks, even) == 6 + 2);
  CHECK(entries(blocks, odd) == 5 + 2);
  CHECK(entries(blocks, sum) == 2);
  CHECK(entries(blocks, nothing) == 2);
  // A loop's head is a block of its own.
  const auto of_spin = std::find_if(blocks.begin(), blocks.end(),
                                    [](const counted& c) { return c.function == spin; });
  CHECK(of_spin->times == 2);
  CHECK((of_spin + 1)->times == 10 + 3);
  CHECK(run<covered<Backend>>() == blocks);
  CHECK(run<covered<fuel<Backend>>>() == blocks);
  CHECK(run<dovetail::interruptible<fuel<covered<Backend>>>>() == blocks);
  const counts functions = run<profiled<Backend>>();
  REQUIRE(functions.size() == 7);
  for (u32 f = 0; f < 7; ++f) {
    CHECK(functions[f].function == f);
    CHECK(functions[f].times == entries(blocks, f));
  }
  CHECK(run<profiled<fuel<Backend>>>() == functions);
  CHECK(run<dovetail::interruptible<profiled<Backend>>>() == functions);
  CHECK(run<profiled<covered<Backend>>>() == blocks);
}

}  // namespace

TEST_CASE("coverage: blocks and functions are counted, by interpreters") {
  check_alike<interpreter>();
  check_alike<dovetail::basic_interpreter<dovetail::interpreting::switch_dispatch>>();
}

#ifdef DOVETAIL_WITH_X64
TEST_CASE("coverage: blocks and functions are counted, by machine code") {
  check_alike<dovetail::x64>();
  check_alike<dovetail::x64_or_interpreter>();
}
#endif

TEST_CASE("coverage: modules are as they were where nobody counts") {
  dovetail::runtime<config<interpreter>>::engine engine;
  const auto module = engine.compile(std::as_bytes(std::span(guest))).value();
  CHECK(module.data().counts == nullptr);
}
