;; backends: x64
;; A global is a cell that the instance has the address of.
(module
  (import "env" "g" (global $imported i32))
  (global $i (mut i32) (i32.const 0))
  (global $d (mut f64) (f64.const 0))
  (func $get (result i32) (i32.add (global.get $imported) (global.get $i)))
  (func $set (param i32) (global.set $i (local.get 0)))
  (func $set_constant (global.set $i (i32.const 5)))
  (func $count (global.set $i (i32.add (global.get $i) (i32.const 1))))
  (func $float (result f64) (global.set $d (f64.const 0.5)) (global.get $d)))
