;; backends: x64
;; More operands than registers: the deepest goes to its slot.
(module
  (func (param i32) (result i32)
    (i32.xor (i32.clz (local.get 0)) (i32.xor (i32.clz (local.get 0)) (i32.xor
      (i32.clz (local.get 0)) (i32.xor (i32.clz (local.get 0)) (i32.xor (i32.clz (local.get 0))
        (i32.xor (i32.clz (local.get 0)) (i32.xor (i32.clz (local.get 0))
          (i32.xor (i32.clz (local.get 0)) (i32.clz (local.get 0)))))))))))
  (func $division_takes_rax (param i32 i32) (result i32)
    (i32.sub (i32.mul (local.get 0) (local.get 1)) (i32.div_u (local.get 0) (local.get 1)))))
