;; backends: x64 x64-guarded
;; Numbers whose size is known, and masks and sums that are one instruction.
(module
  (memory 1)

  ;; Nothing is compared, and the sum is part of the access.
  (func (param $sum i32) (result i32) (local $i i32)
    (local.set $i (i32.const 0))
    (loop $again
      (local.set $sum
        (i32.add (i32.load (i32.add (local.get $i) (i32.const 1000))) (local.get $sum)))
      (i32.store (i32.add (local.get $i) (i32.const 2000)) (local.get $sum))
      (br_if $again
        (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 4))) (i32.const 400))))
    (local.get $sum))

  ;; The last turn is beyond the memory.
  (func (param $sum i32) (result i32) (local $i i32)
    (local.set $i (i32.const 65136))
    (loop $again
      (local.set $sum (i32.add (i32.load (local.get $i)) (local.get $sum)))
      (br_if $again
        (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 4))) (i32.const 65540))))
    (local.get $sum))

  ;; A second set: nothing is known.
  (func (param $sum i32) (result i32) (local $i i32)
    (local.set $i (i32.const 0))
    (loop $again
      (local.set $sum (i32.add (i32.load (local.get $i)) (local.get $sum)))
      (local.set $i (i32.mul (local.get $i) (local.get $sum)))
      (br_if $again
        (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 4))) (i32.const 400))))
    (local.get $sum))

  ;; Masks of whole bytes, from registers and where an access must be as wide as it is.
  (func (param $a i32) (param $b i32) (result i32)
    (i32.load8_u
      (i32.add (i32.and (local.get $a) (i32.const 255))
               (i32.and (local.get $b) (i32.const 65535)))))
  (func (param $a i32) (result i32)
    (i32.and (i32.const 255) (i32.load (local.get $a))))

  ;; Sums into another home.
  (func (param $a i32) (param $b i32) (param $c i32) (result i32)
    (local.set $c (i32.add (i32.mul (local.get $a) (local.get $b)) (i32.const 8)))
    (local.set $a (i32.add (i32.mul (local.get $b) (local.get $c)) (local.get $c)))
    (i32.xor (local.get $a) (local.get $c)))

  ;; Counted first and tested last; the sum waits for the store without a register.
  (func (param $sum i32) (result i32) (local $i i32)
    (local.set $i (i32.const 0))
    (loop $again
      (local.set $i (i32.add (local.get $i) (i32.const 4)))
      (i32.store (i32.add (local.get $i) (i32.const 2000))
        (local.tee $sum
          (i32.add (i32.load (i32.add (local.get $i) (i32.const 1000))) (local.get $sum))))
      (br_if $again (i32.ne (local.get $i) (i32.const 400))))
    (local.get $sum)))
