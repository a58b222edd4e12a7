;; Arguments become the first slots of the callee's frame; results lie there, and an integer one is
;; in the accumulator.
(module
  (type $binary (func (param i32 i32) (result i32)))
  (import "env" "f" (func $imported (type $binary)))
  (table 4 funcref)
  (func $direct (param i32 i32) (result i32)
    (i32.add (call $direct (local.get 1) (i32.const 3)) (local.get 0)))
  (func $arguments_in_place (param i32 i32) (result i32)
    (call $direct (i32.mul (local.get 0) (local.get 1)) (i32.sub (local.get 0) (local.get 1))))
  (func $host (param i32) (result i32) (call $imported (local.get 0) (local.get 0)))
  (func $indirect (param i32 i32) (result i32)
    (call_indirect (type $binary)
      (local.get 0) (local.get 1) (i32.and (local.get 0) (i32.const 3))))
  (func $above_a_value (param i32) (result i32)
    (i32.sub (i32.shl (local.get 0) (i32.const 1)) (call $host (local.get 0))))
  (func $nested (result i32) (call $host (call $host (i32.const 1))))
  (func $float (param f64) (result f64) (f64.neg (call $float (local.get 0)))))
