;; backends: x64 x64-oldest
;; Integer forms: sums as addresses, constants, shifts by what the processor offers, bit counts, and
;; divisions with their traps.
(module
  (func $sum (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func $sum_with_constant (param i64) (result i64) (i64.add (local.get 0) (i64.const 5)))
  (func $wide_constant (param i64) (result i64) (i64.xor (local.get 0) (i64.const 0x123456789a)))
  (func $low_half (param i64) (result i64) (i64.and (local.get 0) (i64.const 0xffffffff)))
  (func $scaled_sums (param i32 i32) (result i32)
    (i32.mul
      (i32.add (local.get 0) (i32.shl (local.get 1) (i32.const 2)))
      (i32.add (i32.mul (i32.sub (local.get 1) (local.get 0)) (i32.const 8)) (local.get 0))))
  (func $products (param i32) (result i32)
    (i32.mul (i32.mul (i32.mul (local.get 0) (i32.const 8)) (i32.const 5)) (i32.const 100)))
  (func $in_place (param i32) (result i32)
    (local.set 0 (i32.add (local.get 0) (i32.const 1)))
    (local.set 0 (i32.sub (i32.const 7) (local.get 0)))
    (local.get 0))
  (func $shift (param i32 i32) (result i32) (i32.shl (local.get 0) (local.get 1)))
  (func $rotate (param i64 i64) (result i64) (i64.rotl (local.get 0) (local.get 1)))
  (func $counts (param i32) (result i32)
    (i32.add (i32.add (i32.clz (local.get 0)) (i32.ctz (local.get 0))) (i32.popcnt (local.get 0))))
  (func $divide (param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1)))
  (func $remainder (param i64 i64) (result i64) (i64.rem_u (local.get 0) (local.get 1)))
  (func $divide_by_constants (param i32) (result i32)
    (i32.add (i32.div_u (local.get 0) (i32.const 16)) (i32.rem_s (local.get 0) (i32.const 10))))
  (func $divide_by_wide_constants (param i64) (result i64)
    (i64.add (i64.div_s (local.get 0) (i64.const -7)) (i64.rem_u (local.get 0) (i64.const 7)))))
