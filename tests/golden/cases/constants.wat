;; Integer constants fold; those that 32 bits of a cell do not hold go to a slot first.
(module
  (func $folded (result i32) (i32.add (i32.mul (i32.const 6) (i32.const 7)) (i32.const 0)))
  (func $folded_wide (result i64) (i64.shl (i64.const 1) (i64.const 40)))
  (func $not_folded_traps (result i32) (i32.div_u (i32.const 1) (i32.const 0)))
  (func $floats_do_not_fold (result f64) (f64.add (f64.const 1) (f64.const 2)))
  (func $fits_signed (param i64) (result i64) (i64.add (local.get 0) (i64.const -2147483648)))
  (func $too_wide (param i64) (result i64) (i64.add (local.get 0) (i64.const 2147483648)))
  (func $float_of_32_bits (param f64) (result f64) (f64.mul (local.get 0) (f64.const 0.5)))
  (func $float_of_64_bits (param f64) (result f64) (f64.mul (local.get 0) (f64.const 0.1)))
  (func $nan (param f64) (result f64) (f64.add (local.get 0) (f64.const nan))))
