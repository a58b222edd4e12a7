;; backends: x64
;; Tables, references to functions, and what they trap for.
(module
  (table $t 4 funcref)
  (elem $e func $get)
  (func $get (param i32) (result funcref) (table.get $t (local.get 0)))
  (func $set (param i32 funcref) (table.set $t (local.get 0) (local.get 1)))
  (func $size (result i32) (table.size $t))
  (func $grow (param funcref i32) (result i32) (table.grow $t (local.get 0) (local.get 1)))
  (func $init (table.init $t $e (i32.const 0) (i32.const 0) (i32.const 1)))
  (func $reference (result funcref) (ref.func $get))
  (func $is_null (param funcref) (result i32) (ref.is_null (local.get 0))))
