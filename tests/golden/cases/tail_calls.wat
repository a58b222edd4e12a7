;; A tail call's arguments come down to the beginning of the frame; nothing follows it.
(module
  (type $t (func (param i32 i64) (result i32)))
  (import "env" "host" (func $host (param i32 i64) (result i32)))
  (table $table 4 funcref)
  (func $none (result i32) (return_call $none))
  (func $own (type $t) (return_call $own (i32.const 7) (i64.mul (local.get 1) (local.get 1))))
  (func $imported (type $t) (return_call $host (local.get 0) (local.get 1)))
  ;; More arguments than parameters.
  (func $more (param $n i32) (result i32)
    (return_call $imported (local.get $n) (i64.extend_i32_u (local.get $n))))
  ;; The index lies in a local that an argument will overwrite.
  (func $indirect (param $a i32) (param $index i32) (result i32) (local f64)
    (return_call_indirect $table (type $t) (local.get $a) (i64.const -1) (local.get $index)))
  ;; In one arm of an if.
  (func $sum (param $n i32) (param $sum i64) (result i32)
    (if (result i32) (local.get $n)
      (then (return_call $sum
        (i32.sub (local.get $n) (i32.const 1))
        (i64.add (local.get $sum) (i64.const 3))))
      (else (i32.wrap_i64 (local.get $sum))))))
