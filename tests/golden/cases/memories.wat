;; A first memory of 32 bits is reached as ever; others by their number, in two cells.
(module
  (memory $first 1)
  (memory $second 1)
  (memory $wide i64 1)
  (func $loads (param $a i32) (param $b i64) (result i32)
    (i32.add
      (i32.add (i32.load $first offset=4 (local.get $a)) (i32.load $second offset=4 (local.get $a)))
      (i32.load8_u $wide offset=0xffffffff (local.get $b))))
  (func $constants (result f64)
    (f64.add (f64.load $first offset=8 (i32.const 8)) (f64.load $second offset=8 (i32.const 8))))
  ;; What goes to a local is loaded into it.
  (func $to_local (param $a i32) (param $b i64) (local $c i64)
    (local.set $c (i64.load $second (local.get $a)))
    (local.set $c (i64.load $wide (i64.add (local.get $b) (local.get $c)))))
  (func $stores (param $a i32) (param $b i64)
    (i32.store $second offset=1 (local.get $a) (i32.const 5))
    (i64.store32 $wide (i64.add (local.get $b) (i64.const 8)) (local.get $b))
    (f32.store $second (i32.const 0) (f32.const 1)))
  (func $objects (param $a i32) (param $b i64)
    (drop (memory.size $wide))
    (drop (memory.grow $wide (local.get $b)))
    (memory.fill $second (local.get $a) (i32.const 0) (i32.const 5))
    (memory.copy $wide $second (local.get $b) (local.get $a) (i32.const 5))))
