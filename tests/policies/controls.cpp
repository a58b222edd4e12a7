// Fuel with prices and from a host that gives more, beside the stop button: the same totals and
// results on every backend, and whatever code keeps in registers outlives a checkpoint.
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>
#ifdef DOVETAIL_WITH_X64
#include <dovetail/x64.hpp>
#endif

#include "support/catch.hpp"
#include "support/configurations.hpp"

namespace testing {

using dovetail::op;

// Constants and locals are free, calls dear. Its namespace has a name, since GCC 12 takes no
// function of one without as an argument of a template.
inline constexpr std::uint16_t price(op o) {
  switch (o) {
    case op::local_get:
    case op::local_set:
    case op::local_tee:
    case op::i32_const:
    case op::end: return 0;
    case op::call: return 50;
    case op::i32_mul: return 65'535;
    default: return 3;
  }
}

}  // namespace testing

namespace {

using dovetail::bind;
using dovetail::fuel, dovetail::refillable_fuel, dovetail::interruptible, dovetail::interrupt;
using dovetail::op;
using dovetail::trap_code;
using testing::price;
using i32 = std::int32_t;
using i64 = std::int64_t;

// (module
//   (import "host" "work" (func $work (param i32) (result i32)))
//   (memory (export "memory") 4 4)
//   (table $t 1000 funcref)
//   (func (export "sum") (param i32) (result i32)
//     (local i32)
//     (loop $again
//       (local.set 1 (i32.add (local.get 1) (local.get 0)))
//       (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
//     (local.get 1))
//   (func (export "free") (param i32) (result i32) (local.get 0))
//   (func (export "dear") (param i32) (result i32)
//     (i32.mul (i32.mul (local.get 0) (local.get 0)) (call $work (local.get 0))))
//   (func (export "bulk") (param i32) (result i32)
//     (memory.fill (i32.const 0) (i32.const 1) (local.get 0))
//     (memory.copy (i32.const 1) (i32.const 0) (local.get 0))
//     (table.fill $t (i32.const 0) (ref.null func) (i32.const 1000))
//     (i32.load8_u (local.get 0)))
//   (func (export "many") (param i32) (result i32)
//     (local $a i64) (local $b i64) (local $c i64) (local $d i64) (local $e i64) (local $f i64)
//     (local $g i64) (local $h i64) (local $i i64) (local $j i64) (local $k i64)
//     (local $x f64) (local $y f64) (local $z f32) (local $v v128) (local $w v128)
//     (local.set $x (f64.const 1))
//     (local.set $v (v128.const i32x4 1 2 3 4))
//     (loop $again
//       (local.set $a (i64.add (local.get $a) (i64.extend_i32_u (local.get 0))))
//       (local.set $b (i64.add (local.get $b) (local.get $a)))
//       (local.set $c (i64.xor (local.get $c) (local.get $b)))
//       (local.set $d (i64.add (local.get $d) (local.get $c)))
//       (local.set $e (i64.xor (local.get $e) (local.get $d)))
//       (local.set $f (i64.add (local.get $f) (local.get $e)))
//       (local.set $g (i64.xor (local.get $g) (local.get $f)))
//       (local.set $h (i64.add (local.get $h) (local.get $g)))
//       (local.set $i (i64.xor (local.get $i) (local.get $h)))
//       (local.set $j (i64.add (local.get $j) (local.get $i)))
//       (local.set $k (i64.xor (local.get $k) (local.get $j)))
//       (local.set $x (f64.add (local.get $x) (f64.const 0.5)))
//       (local.set $y (f64.add (local.get $y) (local.get $x)))
//       (local.set $z (f32.add (local.get $z) (f32.const 0.25)))
//       (local.set $w (i32x4.add (local.get $w) (local.get $v)))
//       (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
//     (i32.add
//       (i32.add (i32.wrap_i64 (local.get $k)) (i32.trunc_f64_s (local.get $y)))
//       (i32.add (i32.trunc_f32_s (local.get $z)) (i32x4.extract_lane 3 (local.get $w))))))
constexpr std::uint8_t module_bytes[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x06, 0x01, 0x60, 0x01, 0x7f, 0x01, 0x7f,
    0x02, 0x0d, 0x01, 0x04, 0x68, 0x6f, 0x73, 0x74, 0x04, 0x77, 0x6f, 0x72, 0x6b, 0x00, 0x00, 0x03,
    0x06, 0x05, 0x00, 0x00, 0x00, 0x00, 0x00, 0x04, 0x05, 0x01, 0x70, 0x00, 0xe8, 0x07, 0x05, 0x04,
    0x01, 0x01, 0x04, 0x04, 0x07, 0x2c, 0x06, 0x06, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 0x02, 0x00,
    0x03, 0x73, 0x75, 0x6d, 0x00, 0x01, 0x04, 0x66, 0x72, 0x65, 0x65, 0x00, 0x02, 0x04, 0x64, 0x65,
    0x61, 0x72, 0x00, 0x03, 0x04, 0x62, 0x75, 0x6c, 0x6b, 0x00, 0x04, 0x04, 0x6d, 0x61, 0x6e, 0x79,
    0x00, 0x05, 0x0a, 0x90, 0x02, 0x05, 0x19, 0x01, 0x01, 0x7f, 0x03, 0x40, 0x20, 0x01, 0x20, 0x00,
    0x6a, 0x21, 0x01, 0x20, 0x00, 0x41, 0x01, 0x6b, 0x22, 0x00, 0x0d, 0x00, 0x0b, 0x20, 0x01, 0x0b,
    0x04, 0x00, 0x20, 0x00, 0x0b, 0x0c, 0x00, 0x20, 0x00, 0x20, 0x00, 0x6c, 0x20, 0x00, 0x10, 0x00,
    0x6c, 0x0b, 0x24, 0x00, 0x41, 0x00, 0x41, 0x01, 0x20, 0x00, 0xfc, 0x0b, 0x00, 0x41, 0x01, 0x41,
    0x00, 0x20, 0x00, 0xfc, 0x0a, 0x00, 0x00, 0x41, 0x00, 0xd0, 0x70, 0x41, 0xe8, 0x07, 0xfc, 0x11,
    0x00, 0x20, 0x00, 0x2d, 0x00, 0x00, 0x0b, 0xbc, 0x01, 0x04, 0x0b, 0x7e, 0x02, 0x7c, 0x01, 0x7d,
    0x02, 0x7b, 0x44, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xf0, 0x3f, 0x21, 0x0c, 0xfd, 0x0c, 0x01,
    0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00, 0x03, 0x00, 0x00, 0x00, 0x04, 0x00, 0x00, 0x00, 0x21,
    0x0f, 0x03, 0x40, 0x20, 0x01, 0x20, 0x00, 0xad, 0x7c, 0x21, 0x01, 0x20, 0x02, 0x20, 0x01, 0x7c,
    0x21, 0x02, 0x20, 0x03, 0x20, 0x02, 0x85, 0x21, 0x03, 0x20, 0x04, 0x20, 0x03, 0x7c, 0x21, 0x04,
    0x20, 0x05, 0x20, 0x04, 0x85, 0x21, 0x05, 0x20, 0x06, 0x20, 0x05, 0x7c, 0x21, 0x06, 0x20, 0x07,
    0x20, 0x06, 0x85, 0x21, 0x07, 0x20, 0x08, 0x20, 0x07, 0x7c, 0x21, 0x08, 0x20, 0x09, 0x20, 0x08,
    0x85, 0x21, 0x09, 0x20, 0x0a, 0x20, 0x09, 0x7c, 0x21, 0x0a, 0x20, 0x0b, 0x20, 0x0a, 0x85, 0x21,
    0x0b, 0x20, 0x0c, 0x44, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xe0, 0x3f, 0xa0, 0x21, 0x0c, 0x20,
    0x0d, 0x20, 0x0c, 0xa0, 0x21, 0x0d, 0x20, 0x0e, 0x43, 0x00, 0x00, 0x80, 0x3e, 0x92, 0x21, 0x0e,
    0x20, 0x10, 0x20, 0x0f, 0xfd, 0xae, 0x01, 0x21, 0x10, 0x20, 0x00, 0x41, 0x01, 0x6b, 0x22, 0x00,
    0x0d, 0x00, 0x0b, 0x20, 0x0b, 0xa7, 0x20, 0x0d, 0xaa, 0x6a, 0x20, 0x0e, 0xa8, 0x20, 0x10, 0xfd,
    0x1b, 0x03, 0x6a, 0x6a, 0x0b,
};

constexpr std::array names = {"sum", "free", "dear", "bulk", "many"};

using testing::config;

// What came of each function, and the fuel that was left.
struct outcome {
  i32 result = 0;
  trap_code trap = trap_code::none;
  std::uint64_t left = 0;
  friend bool operator==(const outcome&, const outcome&) = default;
};

constexpr std::uint64_t plenty = 10'000'000;

template <class C>
struct guest {
  dovetail::basic_engine<C> engine;
  dovetail::basic_store<C> store{engine};
  std::optional<dovetail::basic_instance<C>> instance;

  guest() {
    const auto module = engine.compile(std::as_bytes(std::span(module_bytes)));
    REQUIRE(module.has_value());
    dovetail::imports host = {bind("host", "work", [](i32 n) { return n + 1; })};
    const auto made = store.instantiate(*module, host);
    REQUIRE(made.has_value());
    instance = *made;
  }
  outcome call(const char* name, i32 argument) {
    const auto done = instance->template get<i32(i32)>(name).value()(argument);
    return {done.has_value() ? *done : 0, done.has_value() ? trap_code::none : done.error().code,
            store.fuel()};
  }
};

template <template <class> class Fuel, class Backend, class Memory>
std::vector<outcome> outcomes(std::uint64_t given) {
  guest<config<Fuel<Backend>, Memory>> g;
  std::vector<outcome> all;
  for (const char* name : names) {
    g.store.set_fuel(given);
    all.push_back(g.call(name, 100));
  }
  return all;
}

template <class B>
using plain = fuel<B>;
template <class B>
using priced = fuel<B, &price>;
template <class B>
using priced_and_stopped = interruptible<fuel<B, &price>>;
template <class B>
using priced_with_page = interruptible<fuel<B, &price>, interrupt::page>;
template <class B>
using refilled = refillable_fuel<B, &price>;
template <class B>
using refilled_and_stopped = interruptible<refillable_fuel<B, &price>>;
template <class B>
using refilled_with_page = interruptible<refillable_fuel<B, &price>, interrupt::page>;

#ifdef DOVETAIL_WITH_X64
#define CONTROLS_BACKENDS dovetail::interpreter, dovetail::x64
#else
#define CONTROLS_BACKENDS dovetail::interpreter
#endif

}  // namespace

TEMPLATE_TEST_CASE("controls: prices are what operators cost, the same everywhere", "",
                   CONTROLS_BACKENDS) {
  using dovetail::checked_memory, dovetail::guarded_memory;
  const auto expected = outcomes<priced, dovetail::interpreter, checked_memory>(plenty);
  CHECK(expected[0].result == 5050);
  // loop, add, sub and br_if: the loop itself once.
  CHECK(expected[0].left == plenty - 3 - 100 * 9);
  CHECK(expected[1].left == plenty);
  CHECK(expected[2].left == plenty - 50 - 2 * 65'535);
  CHECK(expected[3].left == plenty - 3 * 5 - 1 - 1 - 1000 / 8);
  for (const outcome& one : expected) CHECK(one.trap == trap_code::none);
  CHECK(outcomes<priced, TestType, checked_memory>(plenty) == expected);
  CHECK(outcomes<priced, TestType, guarded_memory>(plenty) == expected);
  CHECK(outcomes<priced_and_stopped, TestType, checked_memory>(plenty) == expected);
  CHECK(outcomes<priced_and_stopped, TestType, guarded_memory>(plenty) == expected);
  CHECK(outcomes<priced_with_page, TestType, checked_memory>(plenty) == expected);
  CHECK(outcomes<priced_with_page, TestType, guarded_memory>(plenty) == expected);
  CHECK(outcomes<plain, TestType, checked_memory>(plenty)[0].left ==
        outcomes<plain, dovetail::interpreter, checked_memory>(plenty)[0].left);
  for (const std::uint64_t little : {0u, 2u, 3u, 100u, 1000u, 70'000u}) {
    CHECK(outcomes<priced, TestType, guarded_memory>(little) ==
          outcomes<priced, dovetail::interpreter, checked_memory>(little));
    // Nobody gives more.
    CHECK(outcomes<refilled, TestType, checked_memory>(little) ==
          outcomes<priced, dovetail::interpreter, checked_memory>(little));
  }
}

namespace {

// Every function with fuel for a few blocks at a time: how often the host was asked, for how much.
template <template <class> class Fuel, class Backend, class Memory>
std::vector<std::uint64_t> refills(const std::vector<outcome>& expected) {
  guest<config<Fuel<Backend>, Memory>> g;
  std::vector<std::uint64_t> asked;
  auto source = [&](std::uint64_t missing) noexcept {
    asked.push_back(missing);
    return missing + 10;
  };
  g.store.refill_with(source);
  for (std::size_t i = 0; i < names.size(); ++i) {
    g.store.set_fuel(7);
    const outcome now = g.call(names[i], 100);
    CHECK(now.result == expected[i].result);
    CHECK(now.trap == trap_code::none);
    asked.push_back(now.left);
  }
  return asked;
}

}  // namespace

TEMPLATE_TEST_CASE("controls: a host that gives more is asked alike, and guests do not notice", "",
                   CONTROLS_BACKENDS) {
  using dovetail::checked_memory, dovetail::guarded_memory;
  const auto expected = outcomes<priced, dovetail::interpreter, checked_memory>(plenty);
  const auto asked = refills<refilled, dovetail::interpreter, checked_memory>(expected);
  CHECK(asked.size() > 100);
  CHECK(refills<refilled, TestType, checked_memory>(expected) == asked);
  CHECK(refills<refilled, TestType, guarded_memory>(expected) == asked);
  CHECK(refills<refilled_and_stopped, TestType, guarded_memory>(expected) == asked);
  CHECK(refills<refilled_with_page, TestType, checked_memory>(expected) == asked);
}

TEMPLATE_TEST_CASE("controls: a host that gives too little lets the guest trap", "",
                   CONTROLS_BACKENDS) {
  guest<config<refilled<TestType>, dovetail::checked_memory>> g;
  int left = 5;
  auto source = [&](std::uint64_t missing) noexcept -> std::uint64_t {
    return left-- > 0 ? missing : missing - 1;
  };
  g.store.refill_with(source);
  g.store.set_fuel(0);
  CHECK(g.call("sum", 100).trap == trap_code::out_of_fuel);
  CHECK(left == -1);
  CHECK(g.store.fuel() == 0);
  CHECK(g.store.last_trap().has_place);
  g.store.add_fuel(plenty);
  CHECK(g.call("sum", 100).result == 5050);
}

TEMPLATE_TEST_CASE("controls: fuel is added up to the most there is", "", CONTROLS_BACKENDS) {
  guest<config<plain<TestType>, dovetail::checked_memory>> g;
  constexpr std::uint64_t most = ~std::uint64_t{0} >> 1;
  g.store.set_fuel(5);
  g.store.add_fuel(6);
  CHECK(g.store.fuel() == 11);
  g.store.add_fuel(most);
  CHECK(g.store.fuel() == most);
  g.store.set_fuel(~std::uint64_t{0});
  CHECK(g.store.fuel() == most);
}
