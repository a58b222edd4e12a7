;; backends: x64 x64-guarded
;; Stores of each width, of constants and of registers; floats.
(module
  (memory 1)
  (func $byte (param i32 i32) (i32.store8 (local.get 0) (local.get 1)))
  (func $half (param i32 i32) (i32.store16 offset=2 (local.get 0) (local.get 1)))
  (func $word (param i32 i32) (i32.store (local.get 0) (local.get 1)))
  (func $wide (param i32 i64) (i64.store (local.get 0) (local.get 1)))
  (func $float (param i32 f32 f64)
    (f32.store (local.get 0) (local.get 1))
    (f64.store offset=8 (local.get 0) (local.get 2)))
  (func $constants (param i32)
    (i32.store8 (local.get 0) (i32.const -1))
    (i32.store16 (local.get 0) (i32.const 300))
    (i32.store (local.get 0) (i32.const 7))
    (i64.store (local.get 0) (i64.const -1))
    (i64.store (local.get 0) (i64.const 0x123456789)))
  (func $copy (param i32 i32) (i32.store (local.get 0) (i32.load (local.get 1)))))
