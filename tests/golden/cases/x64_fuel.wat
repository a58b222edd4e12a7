;; backends: x64-with-fuel
;; Each basic block pays as it begins.
(module
  (memory 1)
  (func $straight (param i32) (result i32) (i32.mul (local.get 0) (local.get 0)))
  (func $loop (param i32)
    (loop (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
  (func $range (param i32) (memory.fill (local.get 0) (i32.const 0) (local.get 0))))
