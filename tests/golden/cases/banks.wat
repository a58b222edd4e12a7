;; Integers, f32 and f64 have an accumulator each: one kind leaves the others alone.
(module
  (func $each_keeps_its_own (param f32 f64 i32) (result f64)
    (f64.add
      (f64.mul (local.get 1) (local.get 1))
      (f64.promote_f32 (f32.mul (local.get 0) (local.get 0)))))
  (func $behind_an_integer (param f64 i32) (result i32)
    (i32.add
      (i32.trunc_sat_f64_s (f64.neg (local.get 0)))
      (i32.const 1)))
  (func $float_survives_integer (param f64 i32) (result f64)
    (f64.sub
      (f64.abs (local.get 0))
      (f64.convert_i32_s (i32.shl (local.get 1) (i32.const 2))))))
