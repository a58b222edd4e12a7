;; backends: x64 x64-guarded x64-win64
;; A callee of the instance that needs no more of its caller's frame is a jump. Others ask behind
;; their return address whether they may replace the frame, and call if they may not.
(module
  (type $binary (func (param i32 i64) (result i32)))
  (import "env" "f" (func $imported (type $binary)))
  (table 4 funcref)
  (func $leaf (param i32 i64) (result i32)
    (if (result i32) (local.get 0)
      (then (return_call $leaf (i32.sub (local.get 0) (i32.const 1))
        (i64.add (local.get 1) (i64.const 2))))
      (else (i32.wrap_i64 (local.get 1)))))
  (func $frame (param i32 i64) (result i32)
    (return_call $leaf (call $leaf (local.get 0) (local.get 1)) (local.get 1)))
  (func $import (param i32 i64) (result i32) (return_call $imported (local.get 0) (local.get 1)))
  (func $indirect (param i32 i64) (result i32)
    (return_call_indirect (type $binary) (local.get 0) (local.get 1) (local.get 0)))
  (func $more (param i64) (result i64)
    (return_call $seven (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4) (i64.const 5)
      (i64.const 6) (local.get 0)))
  (func $seven (param i64 i64 i64 i64 i64 i64 i64) (result i64)
    (return_call $seven (local.get 1) (local.get 2) (local.get 3) (local.get 4) (local.get 5)
      (local.get 6) (local.get 0))))
