;; backends: x64 x64-guarded x64-win64
;; Calls of what is known at run time alone: functions of the host or of other instances, imported
;; or through a table. The instance and its memory are there again afterwards.
(module
  (type $binary (func (param i32 i32) (result i32)))
  (import "env" "f" (func $imported (type $binary)))
  (memory 1)
  (table 4 funcref)
  (func $import (param i32) (result i32) (call $imported (local.get 0) (i32.const 1)))
  (func $indirect (param i32 i32) (result i32)
    (call_indirect (type $binary) (local.get 0) (local.get 0) (local.get 1))))
