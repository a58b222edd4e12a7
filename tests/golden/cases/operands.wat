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
  (func $unary (param i32) (result i32) (i32.clz (i32.ctz (local.get 0)))))
