;; Select by type, the condition in a slot or just computed. Comparisons do not fuse with it.
(module
  (func $integer (param i32 i32 i32) (result i32)
    (select (local.get 0) (local.get 1) (local.get 2)))
  (func $compared (param i64 i64) (result i64)
    (select (local.get 0) (local.get 1) (i64.lt_s (local.get 0) (local.get 1))))
  (func $constants (param i32) (result i32)
    (select (i32.const 1) (i32.const 2) (local.get 0)))
  (func $float (param f32 f32 i32) (result f32)
    (f32.neg (select (local.get 0) (local.get 1) (local.get 2))))
  (func $double (param f64 i32) (result f64)
    (select (local.get 0) (f64.const 0) (i32.eqz (local.get 1))))
  (func $reference (param externref i32) (result externref)
    (select (result externref) (ref.null extern) (local.get 0) (local.get 1))))
