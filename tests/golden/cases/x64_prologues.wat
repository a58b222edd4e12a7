;; backends: x64 x64-win64
;; What a function does before its first operator: nothing, room for slots, the check of the stack,
;; homes that callees preserve, locals to clear.
(module
  (func $nothing)
  (func $leaf (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
  (func $calls (call $nothing))
  (func $saves (param i32)
    (loop (call $nothing)
      (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
  (func $large_frame (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (call $nothing)
    (local.set 0 (local.get 15)) (local.set 1 (local.get 14)) (local.set 2 (local.get 13))
    (local.set 3 (local.get 12)) (local.set 4 (local.get 11)) (local.set 5 (local.get 10))
    (local.set 6 (local.get 9)) (local.set 7 (local.get 8))))
