;; backends: x64 x64-guarded
;; Which locals live in registers: the heaviest, and across calls only what outweighs them. Checked
;; memory keeps one register for its size.
(module
  (memory 1)
  (func $callee)
  (func $sum (param $at i32) (param $end i32) (result i32) (local $sum i32)
    (loop
      (local.set $sum (i32.add (local.get $sum) (i32.load (local.get $at))))
      (br_if 0 (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4)))
                         (local.get $end))))
    (local.get $sum))
  (func $floats (param $n i32) (param $x f64) (result f64) (local $y f64)
    (loop
      (local.set $y (f64.add (f64.mul (local.get $y) (local.get $x)) (f64.const 1)))
      (br_if 0 (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $y))
  (func $across_calls (param $n i32) (param $x f64) (result f64)
    (loop
      (call $callee)
      (local.set $x (f64.add (local.get $x) (local.get $x)))
      (br_if 0 (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $x))
  (func $cleared (local i32 i64 f32 f64)
    (local.set 0 (i32.wrap_i64 (local.get 1)))
    (local.set 3 (f64.promote_f32 (local.get 2))))
  (func $many (result i64)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (i64.add (local.get 11) (i64.add (local.get 0) (i64.add (local.get 1) (i64.add (local.get 2)
      (i64.add (local.get 3) (i64.add (local.get 4) (i64.add (local.get 5) (i64.add (local.get 6)
        (i64.add (local.get 7) (i64.add (local.get 8) (i64.add (local.get 9) (local.get 10))))))))))))))
