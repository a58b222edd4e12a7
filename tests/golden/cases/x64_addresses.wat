;; backends: x64 x64-guarded
;; What an access reads its address from. Checked memory compares the end of the access with the
;; size in r13, but for constants in the pages there always are, and for what was compared through
;; the same local since ways met; guarded memory leaves it to the fault.
(module
  (memory 1)
  (func $constant (result i32) (i32.load offset=8 (i32.const 16)))
  (func $constant_of_later_pages (result i32) (i32.load offset=65536 (i32.const 16)))
  (func $constant_beyond_31_bits (result i32)
    (i32.load offset=0x7fffffff (i32.const 0x10)))
  (func $local (param i32) (result i32) (i32.load (local.get 0)))
  (func $offset (param i32) (result i64) (i64.load offset=24 (local.get 0)))
  (func $large_offset (param i32) (result i32) (i32.load8_u offset=0x7ffffff0 (local.get 0)))
  (func $offset_beyond_31_bits (param i32) (result i32)
    (i32.load16_s offset=0x80000000 (local.get 0)))
  (func $sum (param i32) (result i32)
    (i32.load offset=4 (i32.add (local.get 0) (i32.const 100))))
  (func $scaled (param i32 i32) (result f64)
    (f64.load (i32.add (local.get 0) (i32.shl (local.get 1) (i32.const 3)))))
  (func $twice (param i32) (result i32)
    (i32.add (i32.load (local.get 0)) (i32.load (local.get 0))))
  (func $fields (param i32) (result i32)
    (i32.store offset=8 (local.get 0) (i32.const 1))
    (if (i32.load offset=4 (local.get 0))
      (then (local.set 0 (i32.load (local.get 0)))))
    (i32.add (i32.load (local.get 0)) (i32.load offset=12 (local.get 0)))))
