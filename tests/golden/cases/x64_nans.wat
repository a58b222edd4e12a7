;; backends: x64-canonical-nans x64-oldest-canonical-nans
;; The canonical NaN takes the place of any that an operator makes; what moves bits is left alone.
(module
  (func $scalars (param f32 f64) (result f64)
    (local.set 0 (f32.add (local.get 0) (f32.const 1)))
    (f64.sqrt (f64.promote_f32 (local.get 0))))
  (func $moves (param f32) (result f32) (f32.neg (f32.abs (local.get 0))))
  (func $compares (param f64 f64) (result i32) (f64.lt (local.get 0) (local.get 1)))
  (func $vectors (param v128 v128) (result v128)
    (local.set 0 (f32x4.mul (local.get 0) (local.get 1)))
    (f64x2.add (f64x2.neg (local.get 0)) (local.get 1)))
  (func $lanes_move (param v128 v128) (result v128)
    (f32x4.pmin (f32x4.abs (local.get 0)) (local.get 1))))
