;; backends: interpreter-with-fuel
;; A tail call ends a basic block, and counts as one operator.
(module
  (func $down (param $n i32)
    (br_if 0 (i32.eqz (local.get $n)))
    (return_call $down (i32.sub (local.get $n) (i32.const 1)))))
