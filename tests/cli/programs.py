"""The modules that the command lines are tried on, made from their text by wat2wasm."""

import subprocess
import types

NUMBERS = r"""(module
  (memory (export "memory") 1 2)
  (table (export "table") 3 funcref)
  (global (export "counter") (mut i64) (i64.const 5))
  (global (export "odd\00\nname") i32 (i32.const 7))
  (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func (export "add64") (param i64 i64) (result i64) (i64.add (local.get 0) (local.get 1)))
  (func (export "divide") (param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1)))
  (func (export "half32") (param f32) (result f32) (f32.mul (local.get 0) (f32.const 0.5)))
  (func (export "half64") (param f64) (result f64) (f64.mul (local.get 0) (f64.const 0.5)))
  (func (export "nan32") (result f32) (f32.div (f32.const 0) (f32.const 0)))
  (func (export "swap") (param i32 f64) (result f64 i32) (local.get 1) (local.get 0))
  (func (export "same") (param externref) (result externref) (local.get 0))
  (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "nothing"))
  (func $deep (export "deep") (call $deep))
  (func (export "forever") (loop (br 0))))"""

# Writes its standard output from memory: $say(address, size).
SAY = r"""
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (func $say (param i32 i32)
    (i32.store (i32.const 0) (local.get 0))
    (i32.store (i32.const 4) (local.get 1))
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))"""

# What WASI lists, arguments or environment: $NAME_sizes_get and $NAME_get, then printed.
LISTING = r"""(module
  (import "wasi_snapshot_preview1" "%(name)s_sizes_get" (func $sizes (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "%(name)s_get" (func $get (param i32 i32) (result i32)))
  %(say)s
  (memory (export "memory") 1)
  (func (export "_start")
    (drop (call $sizes (i32.const 16) (i32.const 20)))
    (drop (call $get (i32.const 64) (i32.const 8192)))
    (call $say (i32.const 8192) (i32.load (i32.const 20)))))"""

TEXTS = {
    "numbers": NUMBERS,
    "empty": None,
    "invalid": "(module (func (result i32) (f32.const 0)))",
    "unlinkable": '(module (import "env" "missing" (func (param i32))))',
    "mistyped": '(module (import "wasi_snapshot_preview1" "fd_write" (func (param i32))))',
    "start_forever": "(module (func $f (loop $again (br $again))) (start $f))",
    "start_traps": "(module (func $f unreachable) (start $f))",
    "simd": '(module (func (export "_start") (drop (i8x16.neg (v128.const i64x2 0 0)))))',
    "uses_simd": '(module (import "simd" "_start" (func $f)) (func (export "start") (call $f)))',
    "huge": '(module (table 0xffffffff funcref) (func (export "_start")))',
    "hello": "(module" + SAY + r"""
      (memory (export "memory") 1)
      (data (i32.const 64) "hello\n")
      (func (export "_start") (call $say (i32.const 64) (i32.const 6))))""",
    "exits": r"""(module
      (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
      (memory (export "memory") 1)
      (func (export "_start") (call $exit (i32.const 42)) unreachable))""",
    "arguments": LISTING % {"name": "args", "say": SAY},
    "environment": LISTING % {"name": "environ", "say": SAY},
    # Opens data.txt in the first preopened folder and prints it; exits with 9 if it cannot.
    "file": r"""(module
      (import "wasi_snapshot_preview1" "path_open"
        (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
      (import "wasi_snapshot_preview1" "fd_read"
        (func $read (param i32 i32 i32 i32) (result i32)))
      (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))""" + SAY + r"""
      (memory (export "memory") 1)
      (data (i32.const 64) "data.txt")
      (func (export "_start")
        (if (call $open (i32.const 3) (i32.const 0) (i32.const 64) (i32.const 8) (i32.const 0)
                        (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 16))
          (then (call $exit (i32.const 9))))
        (i32.store (i32.const 24) (i32.const 1024))
        (i32.store (i32.const 28) (i32.const 1024))
        (drop (call $read (i32.load (i32.const 16)) (i32.const 24) (i32.const 1) (i32.const 32)))
        (call $say (i32.const 1024) (i32.load (i32.const 32)))))""",
    "reactor": r"""(module
      (memory (export "memory") 1)
      (global $ready (mut i32) (i32.const 0))
      (func (export "_initialize") (global.set $ready (i32.const 1)))
      (func (export "after") (result i32) (global.get $ready)))""",
    "counts": r"""(module
      (global $at (mut i32) (i32.const 0))
      (func (export "next") (result i32)
        (global.set $at (i32.add (global.get $at) (i32.const 1)))
        (global.get $at)))""",
    "uses_counts": r"""(module
      (import "counts" "next" (func $next (result i32)))
      (import "spectest" "print_i32" (func $print (param i32)))
      (import "spectest" "global_i64" (global $g i64))
      (export "global_i64" (global $g))
      (func (export "next_of_other") (result i32) (call $next))
      (func (export "print_it") (call $print (i32.const 1))))""",
}
# What the assembler would not let through: i8x16.extract_lane_u of lane 16.
INVALID_SIMD = bytes.fromhex("0061736d01000000" "010401600000" "03020100" "0a0c010a00"
                             "41" "00" "fd0f" "fd1610" "1a" "0b")


def make(folder):
    """Writes every module to `folder`; the names become paths."""
    made = types.SimpleNamespace(folder=folder)
    for name, text in TEXTS.items():
        path = folder / f"{name}.wasm"
        if text is None:
            path.write_bytes(b"")
        else:
            source = folder / f"{name}.wat"
            source.write_text(text)
            subprocess.run(["wat2wasm", "--no-check", source, "-o", path],
                           check=True)
        setattr(made, name, path)
    made.cut = folder / "cut.wasm"
    made.cut.write_bytes(made.numbers.read_bytes()[:-7])
    made.invalid_simd = folder / "invalid_simd.wasm"
    made.invalid_simd.write_bytes(INVALID_SIMD)
    made.data = folder / "data"
    made.data.mkdir()
    (made.data / "data.txt").write_text("text of a file\n")
    return made
