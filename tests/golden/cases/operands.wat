;; Where operands come from: slots (s), the accumulator (a), a constant of the cell (k).
(module
  (func $slots (param i32 i32) (result i32) (i32.sub (local.get 0) (local.get 1)))
  (func $constant (param i32) (result i32) (i32.sub (local.get 0) (i32.const 7)))
  (func $accumulator_first (param i32 i32) (result i32)
    (i32.sub (i32.mul (local.get 0) (local.get 1)) (local.get 1)))
  (func $accumulator_second (param i32 i32) (result i32)
    (i32.sub (local.get 1) (i32.mul (local.get 0) (local.get 1))))
  (func $accumulator_constant (param i64) (result i64)
    (i64.sub (i64.mul (local.get 0) (local.get 0)) (i64.const -9)))
  ;; A constant on the left goes to the right if the operator allows it, else to a slot.
  (func $swapped (param i32) (result i32) (i32.add (i32.const 3) (local.get 0)))
  (func $not_swapped (param i32) (result i32) (i32.sub (i32.const 3) (local.get 0)))
  ;; Both in accumulators: only one bank for integers.
  (func $two_results (param i32 i32) (result i32)
    (i32.xor (i32.add (local.get 0) (local.get 1)) (i32.mul (local.get 0) (local.get 1))))
  (func $unary (param i32) (result i32) (i32.clz (i32.ctz (local.get 0))))
  ;; A constant as the first operand, and one of 64 bits.
  (func $of_constants (param $a i32) (param $f f32) (result f32)
    (f32.div (f32.const 1)
             (f32.sub (f32.const 0.1) (f32.convert_i32_s (i32.shl (i32.const 1) (local.get $a))))))
  (func $wide_constants (param $a i64) (param $d f64) (result f64)
    (local.set $a (i64.mul (i64.xor (local.get $a) (i64.const 0x100000000))
                           (i64.const 0x100000001b3)))
    (f64.mul (local.get $d) (f64.const 0.1)))
  (func $bit_field (param $a i32) (result i32)
    (i32.and (i32.shr_u (local.get $a) (i32.const 7)) (i32.const 0xff)))
  (func $wide_mask (param $a i32) (result i32)
    (i32.and (i32.shr_u (local.get $a) (i32.const 2)) (i32.const 0x0fffffff))))
