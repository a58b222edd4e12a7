;; local.get and constants cost nothing, local.set changes the destination of the cell before it,
;; and a local that is still an operand is saved before it changes.
(module
  (func $redirected (param i32 i32) (local i32)
    (local.set 2 (i32.add (local.get 0) (local.get 1))))
  (func $onto_an_operand (param i32 i32) (local.set 0 (i32.sub (local.get 0) (local.get 1))))
  (func $tee (param i32) (result i32) (local i32)
    (i32.mul (local.tee 1 (i32.add (local.get 0) (i32.const 1))) (local.get 1)))
  (func $copied (param i32) (local i32) (local.set 1 (local.get 0)))
  (func $copied_in_pairs (param i32 i64) (local i32 i64)
    (local.set 2 (local.get 0)) (local.set 3 (local.get 1)))
  (func $constant (local i32 i64) (local.set 0 (i32.const -1)) (local.set 1 (i64.const -1)))
  (func $pending (param i32) (result i32)
    (local.get 0)
    (local.set 0 (i32.const 5))
    (i32.sub (local.get 0)))
  (func $pending_and_computed (param i32 i32) (result i32)
    (local.get 0)
    (local.set 0 (i32.add (local.get 0) (local.get 1)))
    (i32.sub (local.get 0)))
  ;; What was computed before a label is not changed behind it.
  (func $behind_a_label (param i32 i32) (local i32)
    (block (result i32) (br_if 0 (i32.add (local.get 0) (i32.const 1)) (local.get 1)))
    (local.set 2))
  (func $dropped (param i32) (drop (i32.add (local.get 0) (i32.const 1))))
  ;; Pointers and counters step together, and the last one with its branch.
  (func $steps (param $p i32) (param $q i32) (param $n i32)
    (loop
      (local.set $p (i32.add (local.get $p) (i32.const 4)))
      (local.set $q (i32.sub (local.get $q) (i32.const 1)))
      (br_if 0 (local.tee $n (i32.add (local.get $n) (i32.const -1)))))))
