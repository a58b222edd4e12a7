;; backends: x64-stubs x64-win64-stubs x64-backtraces-stubs
;; What functions share, and for each type: how the host enters, with a frame of slots or by its own
;; convention, and how functions of the host are called. Equal types share, and there is nothing for
;; types that nothing reaches.
(module
  (type (func))
  (type (func (param i32 i64 f32 f64) (result f64)))
  (type (func (param i64 i64 i64 i64 i64 i64 i64) (result i32 i32 i32)))
  (type (func (param i64 i64 i64)))
  (type (func))
  (import "host" "none" (func (type 4)))
  (import "host" "four" (func (type 1)))
  (import "host" "seven" (func (type 2)))
  (func (export "a") (type 0))
  (func (export "b") (type 1) (unreachable))
  (func (export "c") (type 2) (unreachable))
  (func (type 3)))
