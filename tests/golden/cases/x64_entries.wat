;; backends: x64-stubs x64-win64-stubs x64-backtraces-stubs
;; What functions share, and for each type: how the host enters, with a frame of slots or by its own
;; convention, and how functions of the host are called.
(module
  (type (func))
  (type (func (param i32 i64 f32 f64) (result f64)))
  (type (func (param i64 i64 i64 i64 i64 i64 i64) (result i32 i32 i32))))
