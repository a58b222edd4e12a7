;; backends: x64
;; Constants lie behind the function, once each; conversions that may trap.
(module
  (func $constants (param f64) (result f64)
    (f64.add (f64.mul (local.get 0) (f64.const 0.5)) (f64.sub (local.get 0) (f64.const 0.5))))
  (func $zero (result f32) (f32.const 0))
  (func $signs (param f32) (result f32) (f32.copysign (f32.abs (local.get 0)) (f32.neg (local.get 0))))
  (func $smaller (param f64 f64) (result f64) (f64.min (local.get 0) (local.get 1)))
  (func $round (param f32) (result f32) (f32.floor (f32.sqrt (local.get 0))))
  (func $truncate (param f64) (result i32) (i32.trunc_f64_s (local.get 0)))
  (func $saturate (param f32) (result i32) (i32.trunc_sat_f32_s (local.get 0)))
  (func $convert (param i32 i64) (result f64)
    (f64.add (f64.convert_i32_u (local.get 0)) (f64.convert_i64_u (local.get 1)))))
