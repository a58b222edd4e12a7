;; local += constant, compare, branch back: one cell, if all of it fits.
(module
  (func $up_to_local (param $n i32) (result i32) (local $i i32) (local $sum i32)
    (loop
      (local.set $sum (i32.add (local.get $sum) (local.get $i)))
      (br_if 0 (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
    (local.get $sum))
  (func $down_to_zero (param $n i32)
    (loop
      (local.set $n (i32.add (local.get $n) (i32.const -1)))
      (br_if 0 (i32.ne (local.get $n) (i32.const 0)))))
  ;; Not these: a step beyond 16 bits, a subtraction, an i64.
  (func $large_step (param $n i32)
    (loop (br_if 0 (i32.lt_s (local.tee $n (i32.add (local.get $n) (i32.const 40000)))
                             (i32.const 9)))))
  (func $subtraction (param $n i32)
    (loop (br_if 0 (i32.gt_s (local.tee $n (i32.sub (local.get $n) (i32.const 1)))
                             (i32.const 9)))))
  (func $until_zero (param $n i32)
    (loop (br_if 0 (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
  (func $wide (param $n i64)
    (loop (br_if 0 (i64.lt_s (local.tee $n (i64.add (local.get $n) (i64.const 1)))
                             (i64.const 9))))))
