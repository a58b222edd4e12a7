;; backends: x64 x64-guarded
;; A first memory that is 64-bit: its registers serve where everything is compared.
(module
  (memory i64 1)
  (func $load (param i64) (result i32) (i32.load offset=8 (local.get 0)))
  (func $far (param i64) (result i32) (i32.load offset=0x80000000 (local.get 0)))
  (func $constant (param i64) (i64.store (i64.const 8) (local.get 0)))
  (func $size (result i64) (memory.size)))
