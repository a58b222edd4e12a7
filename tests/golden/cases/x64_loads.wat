;; backends: x64-guarded
;; Loads of each width and sign; a load as the operand of another operator.
(module
  (memory 1)
  (func $i32_8s (param i32) (result i32) (i32.load8_s (local.get 0)))
  (func $i32_16u (param i32) (result i32) (i32.load16_u (local.get 0)))
  (func $i64_8s (param i32) (result i64) (i64.load8_s (local.get 0)))
  (func $i64_16s (param i32) (result i64) (i64.load16_s (local.get 0)))
  (func $i64_32s (param i32) (result i64) (i64.load32_s (local.get 0)))
  (func $i64_32u (param i32) (result i64) (i64.load32_u (local.get 0)))
  (func $f32 (param i32) (result f32) (f32.load (local.get 0)))
  (func $added (param i32 i32) (result i32) (i32.add (local.get 1) (i32.load (local.get 0))))
  (func $compared (param i32 i32) (result i32) (i32.lt_u (local.get 1) (i32.load (local.get 0))))
  (func $multiplied (param i32 f64) (result f64) (f64.mul (local.get 1) (f64.load (local.get 0))))
  (func $compared_with_constant (param i32) (result i32)
    (i32.gt_s (i32.load (local.get 0)) (i32.const 9)))
  (func $branched_on (param i32) (result i32)
    (if (result i32) (i32.load offset=4 (local.get 0)) (then (i32.const 1)) (else (i32.const 2))))
  (func $tested (param i32) (result i32) (i64.eqz (i64.load (local.get 0)))))
