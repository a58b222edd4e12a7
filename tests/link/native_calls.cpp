// Rule 3.6 again, for backends that call host functions by the host's own convention: every way an
// argument can travel, and what must be as it was behind the call.
#include <tuple>

#include "guest.hpp"

namespace linking {

namespace {

// Each argument counts differently, so that none can stand in another one's place.
i64 six_integers(i32 a, i64 b, u32 c, i32 d, i64 e, i32 f) noexcept {
  return a + 10 * b + 100 * static_cast<i64>(c) + 1000 * d + 10'000 * e + 100'000 * f;
}
double all_kinds(float a, i32 b, double c, i64 d, float e, u32 f, double g, u64 h, float i,
                 double j, float k, double l) noexcept {
  return static_cast<double>(a) + 2 * b + 3 * c + 4 * static_cast<double>(d) +
         5 * static_cast<double>(e) + 6.0 * f + 7 * g + 8 * static_cast<double>(h) +
         9 * static_cast<double>(i) + 10 * j + 11 * static_cast<double>(k) + 12 * l;
}
i32 low_half(i64 n) noexcept { return static_cast<i32>(n); }
float half(float n) noexcept { return n / 2; }
i32 counted = 0;
void count(i32 n) noexcept { counted += n; }

}  // namespace

TEMPLATE_TEST_CASE("rule 3.6: functions that cannot fail get each argument where they look for it",
                   "", checked, guarded) {
  world<TestType> w;
  imports env = {bind<six_integers>("env", "integers"), bind<all_kinds>("env", "kinds"),
                 bind<low_half>("env", "low"), bind<half>("env", "half"),
                 bind<count>("env", "count")};
  const auto guest = w.instantiate(R"wat((module
      (import "env" "integers"
        (func $integers (param i32 i64 i32 i32 i64 i32) (result i64)))
      (import "env" "kinds" (func $kinds
        (param f32 i32 f64 i64 f32 i32 f64 i64 f32 f64 f32 f64) (result f64)))
      (import "env" "low" (func $low (param i64) (result i32)))
      (import "env" "half" (func $half (param f32) (result f32)))
      (import "env" "count" (func $count (param i32)))
      (memory 1)
      (data (i32.const 65528) "\01\02\03\04\05\06\07\08")
      (func (export "integers") (param i32 i64 i32 i32 i64 i32) (result i64)
        (call $integers (local.get 0) (local.get 1) (local.get 2)
          (local.get 3) (local.get 4) (local.get 5)))
      (func (export "reversed") (param i32 i64 i32 i32 i64 i32) (result i64)
        (call $integers (local.get 5) (local.get 4) (local.get 3)
          (local.get 2) (local.get 1) (local.get 0)))
      (func (export "kinds") (param i32) (result f64)
        (call $kinds (f32.const 1) (local.get 0) (f64.const 3) (i64.const 4) (f32.const 5)
          (i32.const 6) (f64.const 7) (i64.const 8) (f32.const 9) (f64.const 10) (f32.const 11)
          (f64.const 12)))
      ;; What is above the low half must not reach an address or a wider number.
      (func (export "low") (param i64) (result i64)
        (i64.add (i64.extend_i32_u (call $low (local.get 0)))
          (i64.load (call $low (i64.const 0x7_0000fff8)))))
      (func (export "half") (param f32) (result i32) (local f32 f64 i64)
        (local.set 1 (f32.const 0.25)) (local.set 2 (f64.const 8)) (local.set 3 (i64.const 16))
        (call $count (i32.const 3))
        (local.set 0 (call $half (local.get 0)))
        (i32.trunc_f64_s (f64.add (f64.add
          (f64.promote_f32 (f32.div (local.get 0) (local.get 1))) (local.get 2))
          (f64.convert_i64_s (local.get 3)))))))wat",
                                   env);
  CHECK(call<i64(i32, i64, u32, i32, i64, i32)>(guest, "integers", 1, 2, 3U, 4, 5, 6) == 654'321);
  CHECK(call<i64(i32, i64, u32, i32, i64, i32)>(guest, "reversed", 1, 2, 3U, 4, 5, 6) == 123'456);
  CHECK(call<double(i32)>(guest, "kinds", 2) == 650.0);
  CHECK(call<double(i32)>(guest, "kinds", -2) == 642.0);
  CHECK(call<u64(u64)>(guest, "low", 0xffff'ffff'8000'0001) == 0x8000'0001 + 0x0807'0605'0403'0201);
  counted = 0;
  CHECK(call<i32(float)>(guest, "half", 3.0F) == 6 + 8 + 16);
  CHECK(counted == 3);
}

TEMPLATE_TEST_CASE("rule 3.6: four integers beside the context, five, and floats without end", "",
                   checked, guarded) {
  world<TestType> w;
  imports env = {
      bind<[](i32 a, i64 b, i32 c, i64 d) { return a + 2 * b + 3 * c + 4 * d; }>("env", "four"),
      bind<[](caller& c, i32 a, i64 b, i32 d, i64 e) {
        return c.instance() != nullptr ? a + 2 * b + 3 * d + 4 * e : 0;
      }>("env", "from"),
      bind<[](i32 a, i64 b, i32 c, i64 d, i32 e) { return a + 2 * b + 3 * c + 4 * d + 5 * e; }>(
          "env", "five"),
      bind<[](float a, float b, float c, float d, float e, float f, float g, float h) {
        return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h;
      }>("env", "eight"),
      bind<[](double a, double b, double c, double d, double e, double f, double g, double h,
              double i) {
        return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h + 9 * i;
      }>("env", "nine")};
  const auto guest = w.instantiate(R"wat((module
      (import "env" "four" (func $four (param i32 i64 i32 i64) (result i64)))
      (import "env" "from" (func $from (param i32 i64 i32 i64) (result i64)))
      (import "env" "five" (func $five (param i32 i64 i32 i64 i32) (result i64)))
      (import "env" "eight" (func $eight (param f32 f32 f32 f32 f32 f32 f32 f32) (result f32)))
      (import "env" "nine"
        (func $nine (param f64 f64 f64 f64 f64 f64 f64 f64 f64) (result f64)))
      (func (export "four") (param i32 i64 i32 i64) (result i64)
        (i64.add (call $four (local.get 0) (local.get 1) (local.get 2) (local.get 3))
          (call $from (local.get 2) (local.get 3) (local.get 0) (local.get 1))))
      (func (export "five") (param i32 i64 i32 i64 i32) (result i64)
        (call $five (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4)))
      (func (export "floats") (param f32 f64) (result f64)
        (f64.add
          (f64.promote_f32 (call $eight (local.get 0) (f32.const 2) (f32.const 3) (f32.const 4)
            (f32.const 5) (f32.const 6) (f32.const 7) (local.get 0)))
          (call $nine (local.get 1) (f64.const 2) (f64.const 3) (f64.const 4)
            (f64.const 5) (f64.const 6) (f64.const 7) (f64.const 8) (local.get 1))))))wat",
                                   env);
  CHECK(call<i64(i32, i64, i32, i64)>(guest, "four", 1, 2, 3, 4) == 30 + 3 + 8 + 3 + 8);
  CHECK(call<i64(i32, i64, i32, i64, i32)>(guest, "five", 1, 2, 3, 4, 5) == 55);
  CHECK(call<double(float, double)>(guest, "floats", 1.0F, 9.0) ==
        (1 + 4 + 9 + 16 + 25 + 36 + 49 + 8) + (9 + 4 + 9 + 16 + 25 + 36 + 49 + 64 + 81));
}

TEMPLATE_TEST_CASE("rule 3.6: a host function that grows the memory, and one that fails", "",
                   checked, guarded) {
  world<TestType> w;
  i32 failures = 0;
  imports env = {
      bind("env", "grow",
           [](caller& c, i32 pages) -> i32 {
             return static_cast<i32>(c.memory().grow(static_cast<u64>(pages)).value_or(99));
           }),
      bind("env", "fail", [&failures](i32 detail) -> result<float, trap> {
        ++failures;
        if (detail != 0) return trap::host(detail);
        return 0.5F;
      })};
  const auto guest = w.instantiate(R"wat((module
      (import "env" "grow" (func $grow (param i32) (result i32)))
      (import "env" "fail" (func $fail (param i32) (result f32)))
      (memory 1 3)
      (func (export "grow") (param i32) (result i32)
        (i32.store (i32.const 8) (i32.const 5))
        (drop (call $grow (local.get 0)))
        (i32.store (i32.const 65536) (i32.const 37))
        (i32.add (i32.load (i32.const 8)) (i32.load (i32.const 65536))))
      (func (export "fail") (param i32) (result f32)
        (f32.add (call $fail (local.get 0)) (call $fail (i32.const 0))))))wat",
                                   env);
  CHECK(call<i32(i32)>(guest, "grow", 1) == 42);
  CHECK(call<float(i32)>(guest, "fail", 0) == 1.0F);
  const auto fail = guest.template get<float(i32)>("fail").value();
  for (const i32 detail : {7, -8}) {
    const auto outcome = fail(detail);
    REQUIRE(!outcome.has_value());
    CHECK(outcome.error() == trap::host(detail));
    CHECK(w.store.last_trap().detail == detail);
    CHECK(w.store.last_trap().has_place);
  }
  CHECK(call<float(i32)>(guest, "fail", 0) == 1.0F);
  CHECK(failures == 6);
}

}  // namespace linking
