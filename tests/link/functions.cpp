// Rules 2.7, 2.8, 2.17, 2.20: ways to call a function, canonical types, and calls between
// instances.
#include "guest.hpp"

namespace linking {

namespace {

// Every way that a guest can call an imported function.
constexpr std::string_view caller_of_f = R"wat((module
    (type $t (func (param i32 i64 f32 f64) (result f64 f32 i64 i32)))
    (import "env" "f" (func $f (type $t)))
    (table $t funcref (elem $f))
    (global $g (export "g") funcref (ref.func $f))
    (table $empty 1 funcref)
    (func (export "direct") (type $t)
      (call $f (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
    (func (export "through table") (type $t)
      (call_indirect $t (type $t)
        (local.get 0) (local.get 1) (local.get 2) (local.get 3) (i32.const 0)))
    (func (export "through global") (type $t)
      (table.set $empty (i32.const 0) (global.get $g))
      (call_indirect $empty (type $t)
        (local.get 0) (local.get 1) (local.get 2) (local.get 3) (i32.const 0)))
    (func (export "through ref.func") (type $t)
      (table.set $empty (i32.const 0) (ref.func $f))
      (call_indirect $empty (type $t)
        (local.get 0) (local.get 1) (local.get 2) (local.get 3) (i32.const 0)))
    (export "itself" (func $f))))wat";

using quadruple = std::tuple<double, float, i64, i32>(i32, i64, float, double);

template <class Instance>
void every_way_reverses(const Instance& guest) {
  for (const char* way :
       {"direct", "through table", "through global", "through ref.func", "itself"}) {
    CHECK((call<quadruple>(guest, way, 1, i64{-2}, 3.5F, -4.5) ==
           std::tuple{-4.5, 3.5F, i64{-2}, 1}));
  }
  const function_handle itself = exported<function_handle>(guest, "itself");
  const value arguments[] = {value(i32{7}), value(i64{8}), value(9.0F), value(10.0)};
  value results[4];
  need(itself.call(arguments, results));
  CHECK(results[0] == value(10.0));
  CHECK(results[1] == value(9.0F));
  CHECK(results[2] == value(i64{8}));
  CHECK(results[3] == value(i32{7}));
}

}  // namespace

TEMPLATE_TEST_CASE("rule 2.7, L26, L42: all ways to call a function give the same", "", checked,
                   guarded) {
  world<TestType> w;
  SECTION("a host function") {
    imports env = {bind<[](i32 a, i64 b, float c, double d) {
      return std::tuple{d, c, b, a};
    }>("env", "f")};
    every_way_reverses(w.instantiate(caller_of_f, env));
  }
  SECTION("a function of another guest, and of one further away") {
    const auto guest = w.instantiate(R"wat((module
        (func (export "f") (param i32 i64 f32 f64) (result f64 f32 i64 i32)
          (local.get 3) (local.get 2) (local.get 1) (local.get 0))))wat");
    imports env = {provide("env", "f", exported<function_handle>(guest, "f"))};
    const auto first = w.instantiate(caller_of_f, env);
    every_way_reverses(first);
    imports again = {provide("env", "f", exported<function_handle>(first, "through table"))};
    every_way_reverses(w.instantiate(caller_of_f, again));
  }
}

TEMPLATE_TEST_CASE("rule 2.7: no, one, and many parameters and results, of all types", "", checked,
                   guarded) {
  world<TestType> w;
  const auto guest = w.instantiate(R"wat((module
      (global $calls (export "calls") (mut i32) (i32.const 0))
      (func (export "none") (global.set $calls (i32.add (global.get $calls) (i32.const 1))))
      (func (export "i32") (param i32) (result i32) local.get 0)
      (func (export "i64") (param i64) (result i64) local.get 0)
      (func (export "f32") (param f32) (result f32) local.get 0)
      (func (export "f64") (param f64) (result f64) local.get 0)
      (func (export "funcref") (param funcref) (result funcref) local.get 0)
      (func (export "externref") (param externref) (result externref) local.get 0)
      (func (export "sum") (param i32 i32 i32 i32 i32 i32 i32 i32) (param i64)
          (param f64 f64 f64 f64 f64 f64 f64 f64 f64 f64) (param f32) (result f64)
        (f64.convert_i32_s (i32.sub (local.get 7) (local.get 0)))
        (f64.convert_i64_s (local.get 8)) f64.add
        (f64.sub (local.get 18) (local.get 9)) f64.add
        (f64.promote_f32 (local.get 19)) f64.add)
      (func (export "many") (param i32 f64)
          (result i32 f64 i32 f64 i32 f64 i32 f64 i32 f64 i32 f64 i32 f64 i32 f64 i32 f64)
        (local.get 0) (local.get 1) (i32.const 2) (f64.const 3) (i32.const 4) (f64.const 5)
        (i32.const 6) (f64.const 7) (i32.const 8) (f64.const 9) (i32.const 10) (f64.const 11)
        (i32.const 12) (f64.const 13) (i32.const 14) (f64.const 15)
        (local.get 0) (local.get 1))))wat");
  call<void()>(guest, "none");
  CHECK(exported<global<i32>>(guest, "calls") == 1);
  for (const i32 v : {0, 1, -1, std::numeric_limits<i32>::min(), std::numeric_limits<i32>::max()})
    CHECK(call<i32(i32)>(guest, "i32", v) == v);
  for (const i64 v : {i64{0}, i64{-1}, std::numeric_limits<i64>::min(),
                      std::numeric_limits<i64>::max(), i64{0xffff'ffff}}) {
    CHECK(call<i64(i64)>(guest, "i64", v) == v);
  }
  CHECK(call<u32(u32)>(guest, "i32", 0xffff'ffffU) == 0xffff'ffff);
  CHECK(call<float(float)>(guest, "f32", -0.5F) == -0.5F);
  CHECK(call<double(double)>(guest, "f64", 1e300) == 1e300);
  i32 object = 0;
  CHECK((call<externref(externref)>(guest, "externref", externref{&object}) == externref{&object}));
  CHECK((call<externref(externref)>(guest, "externref", externref{}) == externref{}));
  CHECK((call<funcref(funcref)>(guest, "funcref", reference_to(guest, "none")) ==
         reference_to(guest, "none")));
  using sum = double(i32, i32, i32, i32, i32, i32, i32, i32, i64, double, double, double, double,
                     double, double, double, double, double, double, float);
  CHECK(call<sum>(guest, "sum", 1, 0, 0, 0, 0, 0, 0, 100, i64{1000}, 10000.0, 0.0, 0.0, 0.0, 0.0,
                  0.0, 0.0, 0.0, 0.0, 110000.0, 0.5F) == 99 + 1000 + 100000 + 0.5);
  const function_handle many = exported<function_handle>(guest, "many");
  const value arguments[] = {value(i32{-1}), value(-1.5)};
  std::array<value, 18> results;
  need(many.call(arguments, results));
  CHECK(results[0] == value(i32{-1}));
  CHECK(results[1] == value(-1.5));
  for (i32 i = 2; i < 16; i += 2) {
    CHECK(results[static_cast<u32>(i)] == value(i));
    CHECK(results[static_cast<u32>(i) + 1] == value(static_cast<double>(i + 1)));
  }
  CHECK(results[16] == value(i32{-1}));
  CHECK(results[17] == value(-1.5));
}

TEMPLATE_TEST_CASE("rule 2.17: an untyped call with wrong arguments is an error value", "", checked,
                   guarded) {
  world<TestType> w;
  const auto guest = w.instantiate(R"wat((module
      (global (export "calls") (mut i32) (i32.const 0))
      (func (export "f") (param i32 externref) (result i64)
        (global.set 0 (i32.add (global.get 0) (i32.const 1))) (i64.const 1))
      (func (export "g") (param funcref))))wat");
  const function_handle f = exported<function_handle>(guest, "f");
  const value good[] = {value(i32{1}), value(externref{})};
  const value swapped[] = {value(externref{}), value(i32{1})};
  const value more[] = {value(i32{1}), value(externref{}), value(i32{1})};
  value out[2];
  const auto code = [](result<void, trap> r) { return r.error().code; };
  CHECK(code(f.call(good, std::span(out, 2))) == trap_code::bad_call);
  CHECK(code(f.call(good, {})) == trap_code::bad_call);
  CHECK(code(f.call({}, std::span(out, 1))) == trap_code::bad_call);
  CHECK(code(f.call(more, std::span(out, 1))) == trap_code::bad_call);
  CHECK(code(f.call(swapped, std::span(out, 1))) == trap_code::bad_call);
  CHECK(exported<global<i32>>(guest, "calls") == 0);
  CHECK(code(f.call(good, std::span(out, 1))) == trap_code::none);
  CHECK(out[0] == value(i64{1}));
  CHECK(exported<global<i32>>(guest, "calls") == 1);
  const value not_a_function[] = {value(externref{})};
  CHECK(code(exported<function_handle>(guest, "g").call(not_a_function, {})) ==
        trap_code::bad_call);
}

TEMPLATE_TEST_CASE("rule 2.8, L53: equal types are one type, whatever their index or module", "",
                   checked, guarded) {
  world<TestType> w;
  const auto owner = w.instantiate(R"wat((module
      (type (func (param f32)))
      (type (func (param f64)))
      (type $here (func (param i32 i32) (result i32)))
      (table (export "t") 4 funcref)
      (func $sub (type $here) (i32.sub (local.get 0) (local.get 1)))
      (func $other (param i32) (param i64) (result i32) (i32.const -1))
      (elem (i32.const 0) $sub $other)))wat");
  imports env = {provide("env", "t", exported<table_handle>(owner, "t")),
                 bind<[](i32 a, i32 b) { return a * b; }>("env", "times")};
  const auto user = w.instantiate(R"wat((module
      (type $there (func (param i32 i32) (result i32)))
      (type $twice (func (param i32) (param i32) (result i32)))
      (type $no_result (func (param i32 i32)))
      (type $wide (func (param i32 i64) (result i32)))
      (import "env" "t" (table 4 funcref))
      (import "env" "times" (func $times (type $twice)))
      (elem (i32.const 2) $times)
      (func (export "there") (param i32) (result i32)
        (call_indirect (type $there) (i32.const 7) (i32.const 2) (local.get 0)))
      (func (export "twice") (param i32) (result i32)
        (call_indirect (type $twice) (i32.const 7) (i32.const 2) (local.get 0)))
      (func (export "no result") (param i32)
        (call_indirect (type $no_result) (i32.const 7) (i32.const 2) (local.get 0)))
      (func (export "wide") (param i32) (result i32)
        (call_indirect (type $wide) (i32.const 7) (i64.const 2) (local.get 0)))))wat",
                                  env);
  CHECK(call<i32(i32)>(user, "there", 0) == 5);
  CHECK(call<i32(i32)>(user, "twice", 0) == 5);
  CHECK(call<i32(i32)>(user, "there", 2) == 14);
  CHECK(call<i32(i32)>(user, "twice", 2) == 14);
  CHECK(call<i32(i32)>(user, "wide", 1) == -1);
  constexpr auto mismatch = trap_code::indirect_call_type_mismatch;
  CHECK(trap_of<void(i32)>(user, "no result", 0) == mismatch);
  CHECK(trap_of<void(i32)>(user, "no result", 2) == mismatch);
  CHECK(trap_of<i32(i32)>(user, "wide", 0) == mismatch);
  CHECK(trap_of<i32(i32)>(user, "there", 1) == mismatch);
  CHECK(trap_of<i32(i32)>(user, "there", 3) == trap_code::uninitialized_element);
  CHECK(trap_of<i32(i32)>(user, "there", 4) == trap_code::undefined_element);
  CHECK(trap_of<i32(i32)>(user, "there", -1) == trap_code::undefined_element);
}

TEMPLATE_TEST_CASE("rule 2.20, L42: a function runs in the instance that defines it", "", checked,
                   guarded) {
  world<TestType> w;
  const auto counting = w.compile(R"wat((module
      (import "env" "next" (func $next (param i32) (result i32)))
      (memory (export "m") 1)
      (global $id (export "id") (mut i32) (i32.const 0))
      (table $t 1 funcref)
      (elem (i32.const 0) $next)
      (type $f (func (param i32) (result i32)))
      ;; Calls on, both ways, and writes its own memory and global before and after.
      (func (export "f") (param i32) (result i32)
        (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.const 1)))
        (if (i32.eqz (local.get 0)) (then (return (global.get $id))))
        (i32.add
          (i32.mul
            (call $next (i32.sub (local.get 0) (i32.const 1)))
            (i32.const 10))
          (global.get $id))
        (i32.store (i32.const 4) (i32.add (i32.load (i32.const 4)) (global.get $id)))
        (drop (call_indirect (type $f) (i32.const 0) (i32.const 0))))))wat");
  imports end = {bind<[](i32) { return 9; }>("env", "next")};
  const auto a = need(w.store.instantiate(counting, end));
  imports to_a = {provide("env", "next", exported<function_handle>(a, "f"))};
  const auto b = need(w.store.instantiate(counting, to_a));
  imports to_b = {provide("env", "next", exported<function_handle>(b, "f"))};
  const auto c = need(w.store.instantiate(counting, to_b));
  exported<global<i32>>(a, "id") = 1;
  exported<global<i32>>(b, "id") = 2;
  exported<global<i32>>(c, "id") = 3;
  const auto in = [](const auto& guest, u64 address) {
    const memory_view m = exported<memory_view>(guest, "m");
    return *m.read<i32>(address);
  };
  // c: 3, b: 2, a: 1, the host's: 9
  CHECK(call<i32(i32)>(c, "f", 3) == 9123);
  CHECK(in(c, 0) == 1);
  CHECK(in(c, 4) == 3);
  CHECK(in(b, 0) == 2);  // by c, and by its last indirect call
  CHECK(in(b, 4) == 2);
  CHECK(in(a, 0) == 2);
  CHECK(in(a, 4) == 1);
}

}  // namespace linking
