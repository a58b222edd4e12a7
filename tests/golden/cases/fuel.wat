;; backends: interpreter-with-fuel
;; One charge at the entry of each basic block; operators on ranges pay for their length besides.
(module
  (memory 1)
  (func $straight (param i32) (result i32)
    (i32.add (i32.mul (local.get 0) (local.get 0)) (i32.const 1)))
  (func $loop (param $n i32) (local $i i32)
    (loop (br_if 0 (i32.lt_s (local.tee $i (i32.add (local.get $i) (i32.const 1)))
                             (local.get $n)))))
  (func $arms (param i32) (result i32)
    (if (result i32) (local.get 0) (then (i32.const 1)) (else (i32.const 2))))
  (func $labels (param i32)
    (block (br_if 0 (local.get 0)) (nop))
    (block (nop)))
  (func $range (param i32) (memory.fill (local.get 0) (i32.const 0) (local.get 0)))
  (func $empty))
