;; backends: x64-oldest x64-avx2 x64-native-relaxed
;; Relaxed operators: as the deterministic profile has them, or the processor.
(module
  (func $products (param v128 v128 v128) (result v128)
    (local.set 0 (f32x4.relaxed_madd (local.get 0) (local.get 1) (local.get 2)))
    (local.set 2 (f32x4.relaxed_nmadd (local.get 0) (local.get 1) (local.get 2)))
    (f64x2.relaxed_madd (local.get 0) (local.get 1) (local.get 2)))
  (func $choices (param v128 v128 v128) (result v128)
    (local.set 0 (i8x16.relaxed_laneselect (local.get 0) (local.get 1) (local.get 2)))
    (local.set 0 (i16x8.relaxed_laneselect (local.get 0) (local.get 1) (local.get 2)))
    (i64x2.relaxed_laneselect (local.get 0) (local.get 1) (local.get 2)))
  (func $extremes (param v128 v128) (result v128)
    (f64x2.relaxed_max (f32x4.relaxed_min (local.get 0) (local.get 1)) (local.get 1)))
  (func $others (param v128 v128) (result v128)
    (i8x16.relaxed_swizzle (local.get 0) (i32x4.relaxed_trunc_f32x4_s (local.get 1)))))
