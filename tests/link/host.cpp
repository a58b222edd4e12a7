// Rule 3.6: host functions: what crosses the boundary, both ways, bit by bit.
#include <limits>

#include "guest.hpp"

namespace linking {

namespace {

enum class colour : std::uint8_t { red = 1, blue = 200 };

i32 free_function(i32 a, i32 b) { return a - b; }

}  // namespace

TEMPLATE_TEST_CASE("rule 3.6, L06: signatures are deduced from every native type", "", checked,
                   guarded) {
  world<TestType> w;
  imports env = {
      bind<free_function>("env", "free"),
      bind<[](bool b) { return !b; }>("env", "bool"),
      bind<[](std::int8_t n) { return static_cast<std::int8_t>(n - 1); }>("env", "s8"),
      bind<[](std::uint16_t n) { return static_cast<std::uint16_t>(n + 1); }>("env", "u16"),
      bind<[](colour c) { return c == colour::red ? colour::blue : colour::red; }>("env", "enum"),
      bind<[](u64 n) { return n / 2; }>("env", "u64"),
      bind<[](float a, double b) { return static_cast<double>(a) * b; }>("env", "floats"),
      bind<[](const i32& n) { return n; }>("env", "const reference"),
      bind<[](caller&) {}>("env", "nothing"),
  };
  const auto guest = w.instantiate(R"wat((module
      (import "env" "free" (func $free (param i32 i32) (result i32)))
      (import "env" "bool" (func $bool (param i32) (result i32)))
      (import "env" "s8" (func $s8 (param i32) (result i32)))
      (import "env" "u16" (func $u16 (param i32) (result i32)))
      (import "env" "enum" (func $enum (param i32) (result i32)))
      (import "env" "u64" (func $u64 (param i64) (result i64)))
      (import "env" "floats" (func $floats (param f32 f64) (result f64)))
      (import "env" "const reference" (func $reference (param i32) (result i32)))
      (import "env" "nothing" (func $nothing))
      (func (export "free") (param i32 i32) (result i32)
        (call $free (local.get 0) (local.get 1)))
      (func (export "bool") (param i32) (result i32) (call $bool (local.get 0)))
      (func (export "s8") (param i32) (result i32) (call $s8 (local.get 0)))
      (func (export "u16") (param i32) (result i32) (call $u16 (local.get 0)))
      (func (export "enum") (param i32) (result i32) (call $enum (local.get 0)))
      (func (export "u64") (param i64) (result i64) (call $u64 (local.get 0)))
      (func (export "floats") (param f32 f64) (result f64)
        (call $floats (local.get 0) (local.get 1)))
      (func (export "reference") (param i32) (result i32) (call $reference (local.get 0)))
      (func (export "nothing") (call $nothing))))wat",
                                   env);
  CHECK(call<i32(i32, i32)>(guest, "free", 5, 7) == -2);
  CHECK(call<i32(i32)>(guest, "bool", 0) == 1);
  CHECK(call<i32(i32)>(guest, "bool", 0x100) == 0);
  CHECK(call<i32(i32)>(guest, "s8", 0x7fffff80) == 127);  // only the low byte counts
  CHECK(call<i32(i32)>(guest, "s8", 0) == -1);            // a negative result is extended
  CHECK(call<i32(i32)>(guest, "u16", -2) == 0xffff);
  CHECK(call<i32(i32)>(guest, "u16", -1) == 0);
  CHECK(call<i32(i32)>(guest, "enum", 1) == 200);
  CHECK(call<i32(i32)>(guest, "enum", 2) == 1);
  CHECK(call<u64(u64)>(guest, "u64", ~u64{0}) == ~u64{0} / 2);
  CHECK(call<double(float, double)>(guest, "floats", 0.5F, 3.0) == 1.5);
  CHECK(call<i32(i32)>(guest, "reference", -9) == -9);
  call<void()>(guest, "nothing");
}

TEMPLATE_TEST_CASE("rule 3.6: several results, more than parameters, with live values around", "",
                   checked, guarded) {
  world<TestType> w;
  imports env = {
      bind<[] { return std::tuple{1, i64{2}, 3.0F, 4.0, 5, i64{6}, 7.0F, 8.0, 9, 10, 11, 12}; }>(
          "env", "twelve"),
      bind<[](i32 a, i32 b) {
        return std::tuple{b, a};
      }>("env", "swap"),
      bind<[](i32 a) { return std::tuple<i32>{a + 1}; }>("env", "one"),
      bind<[](i32, i32, i32, i32, i32 e) { return e; }>("env", "last")};
  const auto guest = w.instantiate(R"wat((module
      (type $twelve (func (result i32 i64 f32 f64 i32 i64 f32 f64 i32 i32 i32 i32)))
      (import "env" "twelve" (func $twelve (type $twelve)))
      (import "env" "swap" (func $swap (param i32 i32) (result i32 i32)))
      (import "env" "one" (func $one (param i32) (result i32)))
      (import "env" "last" (func $last (param i32 i32 i32 i32 i32) (result i32)))
      (func (export "sum") (param i32) (result f64)
        (local $a i32) (local $b i64) (local $c f32) (local $d f64)
        (local.set $a (i32.const 1000)) (local.set $b (i64.const 2000))
        (local.set $c (f32.const 3000)) (local.set $d (f64.const 4000))
        (f64.convert_i32_s (local.get 0))  ;; lies below the arguments during the calls
        (call $twelve)
        (i32.add) (i32.add) (i32.add)
        (local.set $a (i32.add (local.get $a)))
        (local.set $d (f64.add (local.get $d)))
        (local.set $c (f32.add (local.get $c)))
        (local.set $b (i64.add (local.get $b)))
        (local.set $a (i32.add (local.get $a)))
        (local.set $d (f64.add (local.get $d)))
        (local.set $c (f32.add (local.get $c)))
        (local.set $b (i64.add (local.get $b)))
        (local.set $a (i32.add (local.get $a)))
        (f64.add (f64.convert_i32_s (local.get $a)))
        (f64.add (f64.convert_i64_s (local.get $b)))
        (f64.add (f64.promote_f32 (local.get $c)))
        (f64.add (local.get $d)))
      (func (export "pass on") (type $twelve) (call $twelve))
      (func (export "swap") (param i32 i32) (result i32)
        (i32.sub (call $swap (local.get 0) (call $one (local.get 1)))))
      (func (export "last") (param i32) (result i32)
        (i32.mul (i32.const 3)
          (call $last (i32.const 1) (i32.const 2) (i32.const 3) (i32.const 4)
            (local.get 0))))))wat",
                                   env);
  CHECK(call<double(i32)>(guest, "sum", 50000) == 60078);
  const function_handle pass_on = exported<function_handle>(guest, "pass on");
  std::array<value, 12> out;
  need(pass_on.call({}, out));
  CHECK(out[0] == value(i32{1}));
  CHECK(out[1] == value(i64{2}));
  CHECK(out[2] == value(3.0F));
  CHECK(out[7] == value(8.0));
  CHECK(out[11] == value(i32{12}));
  CHECK(call<i32(i32, i32)>(guest, "swap", 5, 7) == 8 - 5);
  CHECK(call<i32(i32)>(guest, "last", 7) == 21);
}

TEMPLATE_TEST_CASE("rule 3.6, L06: untyped host functions see values and give values", "", checked,
                   guarded) {
  world<TestType> w;
  static constexpr value_type parameters[] = {value_type::i64, value_type::f32,
                                              value_type::externref};
  static constexpr value_type results[] = {value_type::externref, value_type::f64, value_type::i32};
  const dovetail::function_type type{parameters, results};
  using arguments = std::span<const value>;
  using answers = std::span<value>;
  i32 object = 0;
  const auto guest_of = [&](auto&& host) {
    imports env = {bind("env", "f", type, host)};
    return w.instantiate(R"wat((module
        (type $f (func (param i64 f32 externref) (result externref f64 i32)))
        (import "env" "f" (func $f (type $f)))
        (func (export "f") (type $f) (call $f (local.get 0) (local.get 1) (local.get 2)))))wat",
                         env);
  };
  const auto call_f = [&](const auto& guest, std::array<value, 3>& out) {
    const function_handle f = exported<function_handle>(guest, "f");
    const value in[] = {value(i64{-5}), value(1.5F), value(externref{&object})};
    return f.call(in, out).error().code;
  };
  std::array<value, 3> out;
  SECTION("values of the right types") {
    const auto guest = guest_of([](caller&, arguments in, answers answer) {
      answer[0] = in[2];
      answer[1] = value(static_cast<double>(in[1].as<float>()) * 2);
      answer[2] = value(static_cast<i32>(in[0].as<i64>()));
    });
    CHECK(call_f(guest, out) == trap_code::none);
    CHECK(out[0] == value(externref{&object}));
    CHECK(out[1] == value(3.0));
    CHECK(out[2] == value(i32{-5}));
  }
  SECTION("results that are not given are zero and null") {
    CHECK(call_f(guest_of([](caller&, arguments, answers) {}), out) == trap_code::none);
    CHECK(out[0] == value(externref{}));
    CHECK(out[1] == value(0.0));
    CHECK(out[2] == value(i32{0}));
  }
  SECTION("a result of another type is a trap") {
    const auto guest =
        guest_of([](caller&, arguments, answers answer) { answer[2] = value(i64{1}); });
    CHECK(call_f(guest, out) == trap_code::bad_call);
  }
  SECTION("it may trap") {
    const auto guest = guest_of([](caller&, arguments, answers) { return trap::host(7); });
    CHECK(call_f(guest, out) == trap_code::host_trap);
    CHECK(w.store.last_trap().detail == 7);
  }
  SECTION("its state is its own") {
    const auto guest =
        guest_of([n = 0](caller&, arguments, answers answer) mutable { answer[2] = value(++n); });
    CHECK(call_f(guest, out) == trap_code::none);
    CHECK(call_f(guest, out) == trap_code::none);
    CHECK(out[2] == value(i32{2}));
  }
}

TEMPLATE_TEST_CASE("rule 3.6: traps of host functions reach the call with their number", "",
                   checked, guarded) {
  world<TestType> w;
  imports env = {bind<[](i32 n) { return n == 0 ? trap{} : trap::host(n); }>("env", "trap"),
                 bind<[](i32 n) -> result<i32, trap> {
                   if (n < 0) return trap::exit(n);
                   return n * 2;
                 }>("env", "double"),
                 bind<[](i32 n) -> result<void, trap> {
                   if (n != 0) return trap{trap_code::unreachable};
                   return {};
                 }>("env", "maybe"),
                 bind<[](i32 n) -> result<std::tuple<i32, i32>, trap> {
                   if (n == 0) return trap::host();
                   return std::tuple{n, -n};
                 }>("env", "both")};
  const auto guest = w.instantiate(R"wat((module
      (import "env" "trap" (func $trap (param i32)))
      (import "env" "double" (func $double (param i32) (result i32)))
      (import "env" "maybe" (func $maybe (param i32)))
      (import "env" "both" (func $both (param i32) (result i32 i32)))
      (global (export "after") (mut i32) (i32.const 0))
      (func $step (global.set 0 (i32.add (global.get 0) (i32.const 1))))
      (func (export "trap") (param i32) (call $trap (local.get 0)) (call $step))
      (func (export "double") (param i32) (result i32) (call $double (local.get 0)) (call $step))
      (func (export "maybe") (param i32) (call $maybe (local.get 0)) (call $step))
      (func (export "both") (param i32) (result i32 i32) (call $both (local.get 0)))))wat",
                                   env);
  const auto after = exported<global<i32>>(guest, "after");
  const auto trap_f = exported<void(i32)>(guest, "trap");
  CHECK(trap_f(5).error() == trap::host(5));
  CHECK(w.store.last_trap().code == trap_code::host_trap);
  CHECK(w.store.last_trap().detail == 5);
  CHECK(w.store.last_trap().has_place);
  CHECK(w.store.last_trap().function == 5);
  CHECK(after == 0);
  CHECK(trap_f(0).has_value());
  CHECK(after == 1);
  CHECK(exported<i32(i32)>(guest, "double")(-3).error() == trap::exit(-3));
  CHECK(call<i32(i32)>(guest, "double", 4) == 8);
  CHECK(trap_of<void(i32)>(guest, "maybe", 1) == trap_code::unreachable);
  call<void(i32)>(guest, "maybe", 0);
  CHECK(after == 3);
  using pair = std::tuple<i32, i32>;
  CHECK(trap_of<pair(i32)>(guest, "both", 0) == trap_code::host_trap);
  CHECK((call<pair(i32)>(guest, "both", 6) == pair{6, -6}));
  // A host function that the host calls itself.
  const function_handle made =
      need(w.store.make_function(bind<[](i32 n) { return trap::host(n); }>("", "")));
  const value arguments[] = {value(i32{9})};
  CHECK(made.call(arguments, {}).error() == trap::host(9));
  CHECK_FALSE(w.store.last_trap().has_place);
}

TEMPLATE_TEST_CASE("rule 2.13, 3.6: NaN payloads, extreme integers and null cross unchanged", "",
                   checked, guarded) {
  world<TestType> w;
  static constexpr value_type all[] = {value_type::i32, value_type::i64,     value_type::f32,
                                       value_type::f64, value_type::funcref, value_type::externref};
  const dovetail::function_type type{all, all};
  imports env = {
      bind<[](i32 a, i64 b, float c, double d, funcref e, externref f) {
        return std::tuple{a, b, c, d, e, f};
      }>("env", "typed"),
      bind("env", "untyped", type, [](caller&, std::span<const value> in, std::span<value> out) {
        for (std::size_t i = 0; i < in.size(); ++i) out[i] = in[i];
      })};
  const auto guest = w.instantiate(R"wat((module
      (type $same (func (param i32 i64 f32 f64 funcref externref)
        (result i32 i64 f32 f64 funcref externref)))
      (import "env" "typed" (func $typed (type $same)))
      (import "env" "untyped" (func $untyped (type $same)))
      (global $i (export "i") (mut i32) (i32.const 0))
      (global $l (export "l") (mut i64) (i64.const 0))
      (global $f (export "f") (mut f32) (f32.const 0))
      (global $d (export "d") (mut f64) (f64.const 0))
      (global $r (export "r") (mut funcref) (ref.null func))
      (global $e (export "e") (mut externref) (ref.null extern))
      (func (export "typed") (type $same)
        (call $typed (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4)
          (local.get 5)))
      (func (export "untyped") (type $same)
        (call $untyped (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4)
          (local.get 5)))
      (func (export "globals") (type $same)
        (global.set $i (local.get 0)) (global.set $l (local.get 1)) (global.set $f (local.get 2))
        (global.set $d (local.get 3)) (global.set $r (local.get 4)) (global.set $e (local.get 5))
        (global.get $i) (global.get $l) (global.get $f) (global.get $d) (global.get $r)
        (global.get $e))
      (func (export "f32 bits") (param i32) (result i32)
        (i32.reinterpret_f32 (f32.reinterpret_i32 (local.get 0))))
      (func (export "nulls") (param funcref externref) (result i32)
        (i32.add (ref.is_null (local.get 0)) (ref.is_null (local.get 1))))))wat",
                                   env);
  i32 object = 0;
  const u64 floats[] = {0x7fa0'0001, 0xffa0'1234, 0x7fc0'0000, 0xffff'ffff, 0x8000'0000, 1};
  const u64 doubles[] = {0x7ff4'0000'0000'0001, 0xfff4'1234'5678'9abc,
                         0x7ff8'0000'0000'0000, ~u64{0},
                         u64{1} << 63,          1};
  const i32 ints[] = {
      std::numeric_limits<i32>::min(), std::numeric_limits<i32>::max(), -1, 0, 1, 2};
  const i64 longs[] = {std::numeric_limits<i64>::min(),
                       std::numeric_limits<i64>::max(),
                       -1,
                       0,
                       i64{1} << 32,
                       (i64{1} << 32) - 1};
  const auto same = [](const std::array<value, 6>& a, const std::array<value, 6>& b) {
    for (std::size_t i = 0; i < 6; ++i) {
      CHECK(a[i].type() == b[i].type());
      CHECK(a[i].bits() == b[i].bits());
    }
  };
  for (std::size_t k = 0; k < 6; ++k) {
    const std::array<value, 6> in = {
        value(ints[k]),
        value(longs[k]),
        value::from_bits(value_type::f32, floats[k]),
        value::from_bits(value_type::f64, doubles[k]),
        value(k % 2 == 0 ? funcref{} : reference_to(guest, "nulls")),
        value(k % 3 == 0 ? externref{} : externref{&object}),
    };
    for (const char* name : {"typed", "untyped", "globals"}) {
      std::array<value, 6> out;
      need(exported<function_handle>(guest, name).call(in, out));
      same(in, out);
    }
    const global_handle f = exported<global_handle>(guest, "f");
    CHECK(f.get().bits() == floats[k]);
    CHECK(exported<global_handle>(guest, "d").get().bits() == doubles[k]);
    CHECK(exported<global<i64>>(guest, "l") == longs[k]);
    CHECK(f.set(value::from_bits(value_type::f32, 0x7fbf'ffff)) == status::ok);
    CHECK(f.get().bits() == 0x7fbf'ffff);
    const auto typed = exported<global<double>>(guest, "d");
    typed.set(std::bit_cast<double>(doubles[5 - k]));
    CHECK(std::bit_cast<u64>(typed.get()) == doubles[5 - k]);
    const u64 bits =
        static_cast<u32>(call<i32(i32)>(guest, "f32 bits", static_cast<i32>(floats[k])));
    CHECK(bits == floats[k]);
  }
  CHECK(call<i32(funcref, externref)>(guest, "nulls", funcref{}, externref{}) == 2);
  CHECK(call<i32(funcref, externref)>(guest, "nulls", reference_to(guest, "nulls"),
                                      externref{&object}) == 0);
}

}  // namespace linking
