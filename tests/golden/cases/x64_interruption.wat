;; backends: x64-polled x64-page
;; Checkpoints: at the entry of a function, at the head of a loop, and where a host function returns.
(module
  (import "env" "f" (func $host (param i32) (result i32)))
  (func $leaf (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
  (func $loop (param i32)
    (loop (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
  (func $out (param i32) (result i32) (call $host (local.get 0))))
