;; backends: x64-with-fuel-guarded x64-win64-with-fuel x64-refillable-stubs x64-win64-refillable-stubs
;; The store has the fuel wherever C++ runs, in the host's functions and in the library, and it is in
;; a register wherever guests do, those of other instances too. Entries read and write it, traps
;; write it.
(module
  (type $f (func (param i32) (result i32)))
  (import "env" "f" (func $imported (type $f)))
  (memory 1)
  (table 4 funcref)
  (func $own (type $f) (i32.load (local.get 0)))
  (func $calls (export "calls") (param i32) (result i32)
    (call $own (call $imported (call_indirect (type $f) (local.get 0) (local.get 0)))))
  (func $grow (result i32) (memory.grow (i32.const 1))))
