// L42 of 3.0: tail calls and calls through references, within an instance, between instances and to
// the host. Neither stack grows, and whoever called first goes on as it was.
#include "guest.hpp"
#include "support/writer.hpp"

namespace linking {

namespace {

using dovetail::op;
using testing::code;

constexpr std::string_view loops = R"wat((module
    (type $t (func (param i64 i64) (result i64)))
    (table $t funcref (elem $indirect))
    (global $steps (export "steps") (mut i64) (i64.const 0))
    (func $direct (export "direct") (type $t)
      (if (result i64) (i64.eqz (local.get 0))
        (then (local.get 1))
        (else (return_call $direct
          (i64.sub (local.get 0) (i64.const 1)) (i64.add (local.get 1) (local.get 0))))))
    (func $indirect (export "indirect") (type $t)
      (if (i64.eqz (local.get 0)) (then (return (local.get 1))))
      (return_call_indirect $t (type $t)
        (i64.sub (local.get 0) (i64.const 1)) (i64.add (local.get 1) (local.get 0))
        (i32.const 0)))
    ;; Frames of different sizes in turns, with more arguments than the first caller has.
    (func $narrow (export "turns") (param $n i64) (result i64)
      (global.set $steps (i64.add (global.get $steps) (i64.const 1)))
      (if (i64.eqz (local.get $n)) (then (return (global.get $steps))))
      (return_call $wide
        (i64.sub (local.get $n) (i64.const 1)) (i64.const 2) (f32.const 3) (f64.const 4)
        (i64.const 5) (i64.const 6) (i64.const 7) (i64.const 8) (i64.const 9) (i64.const 10)
        (i64.const 11) (f64.const 12) (f64.const 13) (f64.const 14) (f64.const 15)
        (f64.const 16) (f64.const 17) (f64.const 18) (f64.const 19) (f64.const 20)))
    (func $wide
      (param $n i64) (param i64 f32 f64 i64 i64 i64 i64 i64 i64 i64)
      (param f64 f64 f64 f64 f64 f64 f64 f64 f64) (result i64)
      (local $zero i64) (local $nought f64)
      (if (i64.ne (local.get $zero) (i64.const 0)) (then unreachable))
      (if (f64.ne (local.get $nought) (f64.const 0)) (then unreachable))
      (local.set $zero (i64.const -1))
      (local.set $nought (f64.const -1))
      (if (i64.ne
            (i64.add (local.get 1) (i64.add (local.get 4) (i64.add (local.get 5)
              (i64.add (local.get 6) (i64.add (local.get 7) (i64.add (local.get 8)
                (i64.add (local.get 9) (local.get 10))))))))
            (i64.const 58))
        (then unreachable))
      (if (f64.ne
            (f64.add (local.get 3) (f64.add (local.get 11) (f64.add (local.get 12)
              (f64.add (local.get 13) (f64.add (local.get 14) (f64.add (local.get 15)
                (f64.add (local.get 16) (f64.add (local.get 17) (f64.add (local.get 18)
                  (f64.add (local.get 19) (f64.promote_f32 (local.get 2))))))))))))
            (f64.const 151))
        (then unreachable))
      (return_call $narrow (local.get $n)))
    ;; Arguments that change places.
    (func $swap (export "swap") (param i32 i32 i32) (result i32 i32)
      (if (i32.eqz (local.get 2)) (then (return (local.get 0) (local.get 1))))
      (return_call $swap
        (local.get 1) (local.get 0) (i32.sub (local.get 2) (i32.const 1))))
    (func (export "swap again") (param i32 i32 i32) (result i32 i32)
      (return_call $swap (local.get 0) (local.get 1) (local.get 2)))))wat";

// Two instances that go through each other's table element; each counts in its memory.
constexpr std::string_view there_and_back = R"wat((module
    (type $t (func (param i32) (result i32)))
    (import "env" "t" (table $t 2 funcref))
    (import "env" "own" (global $own i32))
    (memory (export "m") 1)
    (func $f (export "f") (type $t)
      (i32.store (i32.const 16) (i32.add (i32.load (i32.const 16)) (i32.const 1)))
      (if (i32.eqz (local.get 0)) (then (return (i32.load (i32.const 20)))))
      (return_call_indirect $t (type $t)
        (i32.sub (local.get 0) (i32.const 1)) (i32.sub (i32.const 1) (global.get $own))))
    ;; Whoever ends the chain, the memory is ours afterwards.
    (func (export "own afterwards") (param i32) (result i32)
      (i32.add
        (i32.mul (call $f (local.get 0)) (i32.const 1000))
        (i32.load (i32.const 20))))))wat";

constexpr std::string_view caller_of_others = R"wat((module
    (type $t (func (param i32 i32 i32 i32 i32) (result i32 i32)))
    (import "env" "f" (func $f (type $t)))
    (import "env" "grow" (func $grow (param i32) (result i32)))
    (memory (export "m") 1)
    (table funcref (elem $f))
    (func $few (result i32 i32)
      (return_call $f
        (i32.const 1) (i32.const 2) (i32.const 3) (i32.const 4) (i32.const 5)))
    (func $through_table (param i32) (result i32 i32)
      (return_call_indirect (type $t)
        (i32.const 1) (i32.const 2) (i32.const 3) (i32.const 4) (i32.const 5)
        (local.get 0)))
    (func (export "few") (result i32 i32) (return_call $few))
    (func (export "through table") (result i32 i32) (call $through_table (i32.const 0)))
    (func $grow_last (result i32) (return_call $grow (i32.const 1)))
    (func (export "grown") (result i32)
      (i32.store offset=0x10000 (i32.mul (call $grow_last) (i32.const 0)) (i32.const 77))
      (i32.load (i32.const 0x10000)))))wat";

}  // namespace

TEMPLATE_TEST_CASE("L42: ten million tail calls take no room", "", latest, latest_guarded) {
  world<TestType> w;
  const auto guest = w.instantiate(loops);
  constexpr i64 many = 10'000'000;
  CHECK((call<i64(i64, i64)>(guest, "direct", many, 0)) == many * (many + 1) / 2);
  CHECK((call<i64(i64, i64)>(guest, "indirect", many / 10, 0)) == many / 10 * (many / 10 + 1) / 2);
}

TEMPLATE_TEST_CASE("L42: tail calls with more arguments than the caller has, and fewer", "", latest,
                   latest_guarded) {
  world<TestType> w;
  const auto guest = w.instantiate(loops);
  CHECK(call<i64(i64)>(guest, "turns", 100'000) == 100'001);
  for (const i32 times : {0, 1, 2, 1001}) {
    using pair = std::tuple<i32, i32>(i32, i32, i32);
    const std::tuple expected = times % 2 == 0 ? std::tuple{5, 6} : std::tuple{6, 5};
    CHECK((call<pair>(guest, "swap", 5, 6, times)) == expected);
    CHECK((call<pair>(guest, "swap again", 5, 6, times)) == expected);
  }
}

TEMPLATE_TEST_CASE("B-28, L42, rule 2.20: two instances end in each other a million times", "",
                   latest, latest_guarded) {
  world<TestType> w;
  const auto table = need(w.store.make_table({value_type::funcref, {2, 2}}));
  const auto instance_of = [&](i32 own) {
    imports env = {provide("env", "t", table),
                   provide("env", "own", need(w.store.make_global(own, false)))};
    const auto made = w.instantiate(there_and_back, env);
    CHECK(table.set(static_cast<u64>(own), value(reference_to(made, "f"))) == status::ok);
    CHECK_FALSE(exported<memory_view>(made, "m").write(20, own + 1));
    return made;
  };
  const auto a = instance_of(0), b = instance_of(1);
  CHECK(call<i32(i32)>(a, "f", 1'000'000) == 1);
  CHECK(read<i32>(exported<memory_view>(a, "m"), 16) == 500'001);
  CHECK(read<i32>(exported<memory_view>(b, "m"), 16) == 500'000);
  CHECK(call<i32(i32)>(a, "own afterwards", 7) == 2001);
  CHECK(call<i32(i32)>(a, "own afterwards", 8) == 1001);
  CHECK(call<i32(i32)>(b, "own afterwards", 7) == 1002);
}

TEMPLATE_TEST_CASE("L42: a trap behind tail calls is reported where it happened", "", latest,
                   latest_guarded) {
  world<TestType> w;
  const auto last = w.instantiate(R"wat((module
      (memory 1)
      (func (export "other"))
      (func (export "f") (param i32) (result i32) (i32.load offset=3 (local.get 0)))))wat");
  imports env = {provide("env", "f", exported<function_handle>(last, "f"))};
  const auto first = w.instantiate(R"wat((module
      (import "env" "f" (func $f (param i32) (result i32)))
      (memory 2)
      (func $through (param i32) (result i32) (return_call $f (local.get 0)))
      (func (export "f") (param i32) (result i32)
        (i32.add (call $through (local.get 0)) (i32.load (local.get 0))))))wat",
                                   env);
  CHECK(call<i32(i32)>(first, "f", 8) == 0);
  CHECK(trap_of<i32(i32)>(first, "f", 65530) == trap_code::memory_out_of_bounds);
  const auto& report = w.store.last_trap();
  REQUIRE(report.has_place);
  CHECK(report.function == 1);
  CHECK(report.module == &w.compiled(0).data());
  CHECK(call<i32(i32)>(first, "f", 8) == 0);
}

TEMPLATE_TEST_CASE("L42: tail calls of host functions, with more arguments than the caller has", "",
                   latest, latest_guarded) {
  world<TestType> w;
  bool fails = false;
  imports env = {bind("env", "f",
                      [&](i32 a, i32 b, i32 c, i32 d, i32 e) -> result<std::tuple<i32, i32>, trap> {
                        if (fails) return trap::host(9);
                        return std::tuple{a * 10000 + b * 1000 + c * 100 + d * 10 + e, a - e};
                      }),
                 bind<[](caller& from, i32 pages) -> i32 {
                   return from.memory().grow(static_cast<u64>(pages)).has_value() ? 1 : 0;
                 }>("env", "grow")};
  const auto guest = w.instantiate(caller_of_others, env);
  for (const char* way : {"few", "through table"}) {
    fails = false;
    CHECK((call<std::tuple<i32, i32>()>(guest, way)) == std::tuple{12345, -4});
    fails = true;
    CHECK((trap_of<std::tuple<i32, i32>()>(guest, way)) == trap_code::host_trap);
    CHECK(w.store.last_trap().detail == 9);
    CHECK(w.store.last_trap().has_place);
    CHECK(w.store.last_trap().function == (way[0] == 'f' ? 2 : 3));
  }
  CHECK(call<i32()>(guest, "grown") == 77);
}

TEMPLATE_TEST_CASE("L42: calls through references of another instance's function", "", latest,
                   latest_guarded) {
  world<TestType> w;
  const auto last = w.instantiate(R"wat((module
      (memory 1)
      (data (i32.const 4) "\07")
      (func (export "f") (param i32) (result i32) (i32.load8_u (local.get 0)))))wat");
  imports env = {provide("env", "f", exported<function_handle>(last, "f"))};
  testing::module_writer m;
  const std::uint32_t type = m.type({value_type::i32}, {value_type::i32});
  const std::uint32_t f = m.import_function("env", "f", type);
  m.memory(1, 1);
  m.data(4, "\x05");
  m.export_as("itself", 0, f);
  const auto local = [](code& c) -> code& { return c.put(op::local_get, {0}); };
  code calls, last_calls, null, last_null;
  local(calls).put(op::ref_func, {f}).put(op::call_ref, {type});
  local(calls).put(op::i32_load8_u, {0, 0}).put(op::i32_sub);
  local(last_calls).put(op::ref_func, {f}).put(op::return_call_ref, {type});
  local(null).put(op::ref_null, {type}).put(op::call_ref, {type});
  local(last_null).put(op::ref_null, {type}).put(op::return_call_ref, {type});
  m.export_as("calls", 0, m.function(type, calls));
  m.export_as("last calls", 0, m.function(type, last_calls));
  m.export_as("null", 0, m.function(type, null));
  m.export_as("last null", 0, m.function(type, last_null));
  const auto bytes = m.bytes();
  const auto guest = need(w.store.instantiate(w.compile(testing::as_bytes(bytes)), env));
  CHECK(call<i32(i32)>(guest, "calls", 4) == 2);
  CHECK(call<i32(i32)>(guest, "last calls", 4) == 7);
  CHECK(trap_of<i32(i32)>(guest, "calls", 65536) == trap_code::memory_out_of_bounds);
  CHECK(trap_of<i32(i32)>(guest, "last calls", 65536) == trap_code::memory_out_of_bounds);
  CHECK(trap_of<i32(i32)>(guest, "null", 4) == trap_code::null_function_reference);
  CHECK(w.store.last_trap().function == 3);
  CHECK(trap_of<i32(i32)>(guest, "last null", 4) == trap_code::null_function_reference);
  CHECK(w.store.last_trap().function == 4);
}

TEST_CASE("L42: a tail call costs one operator") {
  world<latest_with_fuel> w;
  const auto guest = w.instantiate(R"wat((module
      (func $f (export "f") (param i32)
        (br_if 0 (i32.eqz (local.get 0)))
        (return_call $f (i32.sub (local.get 0) (i32.const 1))))))wat");
  w.store.set_fuel(1000);
  need(exported<void(i32)>(guest, "f")(10));
  // Three to the branch and four behind it, and three at last.
  CHECK(w.store.fuel() == 1000 - (10 * 7 + 3));
  w.store.set_fuel(1000);
  CHECK(trap_of<void(i32)>(guest, "f", -1) == trap_code::out_of_fuel);
}

}  // namespace linking
