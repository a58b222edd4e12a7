;; Where memory 0 has 64-bit addresses an access is one cell, with the operands in slots.
(module
  (memory i64 1)
  (func $loads (param $a i64) (result i64)
    (i64.add
      (i64.load offset=0xffffffff (local.get $a))
      (i64.load (i64.add (local.get $a) (i64.const 8)))))
  (func $constant (result i64) (i64.load offset=8 (i64.const 100)))
  (func $stores (param $a i64) (param $v f64)
    (f64.store offset=8 (local.get $a) (local.get $v))
    (f64.store (i64.add (local.get $a) (i64.const 8)) (f64.neg (local.get $v)))
    (i64.store8 (i64.const -1) (i64.const 3)))
  (func $objects (param i64) (result i64)
    (i64.add (memory.size) (memory.grow (local.get 0)))))
