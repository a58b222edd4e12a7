;; backends: x64 x64-guarded x64-win64
;; Size, and the operators that are functions of the host's: operands lie in slots, traps come back
;; as a number. Growing may change where checked memory lies.
(module
  (memory 1)
  (data $d "abc")
  (func $size (result i32) (memory.size))
  (func $grow (param i32) (result i32) (memory.grow (local.get 0)))
  (func $fill (param i32) (memory.fill (local.get 0) (i32.const 7) (i32.const 100)))
  (func $copy (param i32 i32 i32) (memory.copy (local.get 0) (local.get 1) (local.get 2)))
  (func $init (memory.init $d (i32.const 0) (i32.const 0) (i32.const 3)))
  (func $drop (data.drop $d)))
