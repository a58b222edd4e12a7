"""The command lines of `dovetail` and `dovetail-spec`: exit codes, error lines, options.
Usage: cli.py DOVETAIL DOVETAIL-SPEC; both are paths of the built programs, with what runs them in
front if they cannot run by themselves (one argument, words separated by spaces)."""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import programs


class Checks:
    """Counts, and prints what fails."""

    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def skip(self, what):
        self.skipped += 1
        print(f"skipped: {what}")

    def that(self, what, holds, detail=""):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED: {what}\n{detail}".rstrip())


class Command:
    """A program whose runs are checked."""

    def __init__(self, words, checks):
        self.words = words
        self.checks = checks

    def run(self, *arguments, code=0, out=None, err=None, out_has=(), err_has=(), given=b""):
        """Runs it once. `out` and `err` are whole outputs, `..._has` patterns to find in them."""
        done = subprocess.run([*self.words, *map(str, arguments)], input=given, timeout=60,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        stdout = done.stdout.decode(errors="replace").replace("\r\n", "\n")
        stderr = done.stderr.decode(errors="replace").replace("\r\n", "\n")
        fits = (done.returncode == code
                and (out is None or stdout == out) and (err is None or stderr == err)
                and all(re.search(one, stdout, re.MULTILINE) for one in out_has)
                and all(re.search(one, stderr, re.MULTILINE) for one in err_has))
        shown = " ".join(str(one) for one in arguments)
        self.checks.that(f"{pathlib.Path(self.words[-1]).name} {shown}", fits,
                         f"  wanted: {code} {out!r} {err!r} {out_has} {err_has}\n"
                         f"  got:    {done.returncode} {stdout!r} {stderr!r}")
        return stdout

    def refuses(self, *arguments, code, says):
        """A failure is one line that begins with the program's name; calls of a guest follow it."""
        calls = r"(  #\d+ .*, offset \d+\n|  and \d+ more\n)*" if code == 6 else ""
        self.run(*arguments, code=code, out="", err_has=[rf"\A[\w-]+: .*{says}.*\n{calls}\Z"])


def check_usage(dovetail):
    dovetail.run("--help", out_has=[r"^  0  success", r"^  8  --invoke", "inspect", "validate"])
    dovetail.run("run", "--help", out_has=["FILE", "--dir HOST", "TEXT=interpreter +interp",
                                           r"^  6  the guest trapped"])
    dovetail.refuses(code=1, says="subcommand")
    dovetail.refuses("fly", code=1, says="subcommand|not expected")
    dovetail.refuses("run", code=1, says="FILE")
    dovetail.refuses("run", "--swim", "x.wasm", code=1, says="--swim")
    dovetail.refuses("run", "--memory", "odd", "x.wasm", code=1, says="memory policy odd")
    dovetail.refuses("run", "--backend", "null", "x.wasm", code=1, says="backend null")
    dovetail.refuses("run", "--env", "=x", "x.wasm", code=1, says="NAME=VALUE")
    dovetail.refuses("run", "--fuel", "much", "x.wasm", code=1, says="fuel")
    dovetail.refuses("run", "--fuel", 1, "--memory", "unchecked", "x.wasm", code=1,
                     says="not built in")
    dovetail.refuses("run", "--timeout", "1s", "--memory", "unchecked", "x.wasm", code=1,
                     says="not built in.*timeout")
    dovetail.refuses("inspect", code=1, says="FILE")
    dovetail.refuses("inspect", "a", "b", code=1, says="not expected")
    dovetail.refuses("validate", code=1, says="FILE")


def check_refusals(dovetail, made):
    """Every stage has its exit code, and its line says where."""
    missing = made.folder / "missing.wasm"
    for word in ("run", "inspect", "validate"):
        dovetail.refuses(word, missing, code=2, says=r"missing\.wasm: No such file")
        dovetail.refuses(word, made.folder, code=2, says=": ")
        dovetail.refuses(word, made.empty, code=3, says="empty.wasm: malformed: unexpected end")
        dovetail.refuses(word, made.cut, code=3,
                         says=r"cut.wasm: malformed: .*code section, offset \d+")
        dovetail.refuses(word, made.invalid, code=4,
                         says=r"invalid.wasm: invalid: type mismatch.*code section, offset \d+")
    dovetail.refuses("run", made.unlinkable, code=5,
                     says=r'unknown import, import 0 "env" "missing": expected function \[i32\]')
    dovetail.refuses("run", made.mistyped, code=5, says="incompatible import type")
    dovetail.refuses("run", made.start_traps, code=6,
                     says=r"trap: unreachable, function 0, offset \d+")
    dovetail.run("run", made.simd, out="", err="")
    dovetail.refuses("run", made.huge, code=7, says="table refused")
    dovetail.refuses("run", made.numbers, code=8, says="_start")


def check_invoke(dovetail, made):
    def invoke(name, *arguments, **wanted):
        dovetail.run("run", "--invoke", name, made.numbers, *arguments, **wanted)

    invoke("add", 2, 3, out="5\n", err="")
    invoke("add", -1, "0xffffffff", out="-2\n")
    invoke("add64", "-9223372036854775808", "0xffffffffffffffff", out="9223372036854775807\n")
    invoke("half32", "5", out="2.5\n")
    invoke("half64", "0x1p-1", out="0.25\n")
    invoke("half64", "-inf", out="-inf\n")
    invoke("half64", "nan", out="nan\n")
    invoke("swap", 1, "0.1", out="0.1\n1\n")
    invoke("same", "null", out="null\n")
    invoke("nothing", out="")
    for arguments in ((), (1,), (1, 2, 3), (1, "x"), (1, "1.5"), (1, 4294967296), (1, "")):
        dovetail.refuses("run", "--invoke", "add", made.numbers, *arguments, code=8,
                         says="arguments|type i32")
    dovetail.refuses("run", "--invoke", "sub", made.numbers, code=8, says="sub")
    dovetail.refuses("run", "--invoke", "memory", made.numbers, code=8, says="memory")


def check_policies(dovetail, made):
    for memory in ("checked", "guarded", "unchecked"):
        dovetail.run("run", "--backend", "interpreter", "--memory", memory, "--invoke", "load",
                     made.numbers, 65532, out="0\n")
    for memory in ("checked", "guarded"):
        dovetail.refuses("run", "--memory", memory, "--invoke", "load", made.numbers, 65533,
                         code=6, says=r"out of bounds memory access, function \d+, offset \d+")
    dovetail.refuses("run", "--invoke", "divide", made.numbers, 1, 0, code=6,
                     says="integer divide by zero")
    dovetail.refuses("run", "--invoke", "deep", made.numbers, code=6, says="call stack exhausted")
    for memory in ("checked", "guarded"):
        dovetail.refuses("run", "--memory", memory, "--fuel", 10000, "--invoke", "forever",
                         made.numbers, code=6, says="out of fuel")
        dovetail.run("run", "--memory", memory, "--fuel", 10000, "--invoke", "add", made.numbers,
                     1, 1, out="2\n")
    check_timeout(dovetail, made)
    dovetail.run("run", "--time", "--invoke", "add", made.numbers, 1, 1, out="2\n",
                 err_has=[r"^load +[\d.]+ ms$", r"^instantiate +[\d.]+ ms$", r"^run +[\d.]+ ms$"])


def backends_of(dovetail, made):
    tried = subprocess.run([*dovetail.words, "run", "--backend", "x64", "--invoke", "add",
                            str(made.numbers), "1", "1"], timeout=60,
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return ["interpreter"] if b"unknown backend" in tried.stderr else ["interpreter", "x64"]


def check_timeout(dovetail, made):
    for backend in backends_of(dovetail, made):
        for memory in ("checked", "guarded"):
            policies = ("run", "--backend", backend, "--memory", memory)
            dovetail.refuses(*policies, "--timeout", "50ms", "--invoke", "forever", made.numbers,
                             code=6, says=r"trap: interrupted, function \d+, offset \d+")
            dovetail.refuses(*policies, "--timeout", "1min", "--fuel", 10000, "--invoke", "forever",
                             made.numbers, code=6, says="trap: out of fuel")
            dovetail.refuses(*policies, "--timeout", "20 ms", "--fuel", 10**18, "--invoke",
                             "forever", made.numbers, code=6, says="trap: interrupted")
            dovetail.run(*policies, "--timeout", "1min", "--invoke", "add", made.numbers, 1, 1,
                         out="2\n")
            dovetail.run(*policies, "--timeout=60s", made.hello, out="hello\n", err="")
    dovetail.refuses("run", "--timeout", "5ms", made.start_forever, code=6,
                     says="trap: interrupted")
    dovetail.refuses("run", "--timeout", "0us", "--invoke", "forever", made.numbers, code=6,
                     says="trap: interrupted")
    for wrong in ("soon", "200", "200 parsecs", "-1s", "999999999min"):
        dovetail.refuses("run", "--timeout", wrong, made.numbers, code=1, says="timeout")


LINES = """int divide(int a, int b) {
  return a /
         b;
}
__attribute__((noinline)) static int half(int n) {

  return divide(n, 0) + 1;
}
#line 100 "other.c"
int start(int n) { return half(n) + 1; }
int forever(volatile int n) {
  for (;;) {
    n = n + 1;
  }
}
"""


def check_backtraces(dovetail, made):
    """A line a call: its name, its offset, and its place in the source if the module tells it."""
    for backend in backends_of(dovetail, made):
        policies = ("run", "--backend", backend)
        dovetail.run(*policies, "--invoke", "divide", made.numbers, 1, 0, code=6, out="",
                     err_has=[r"\A.*: trap: integer divide by zero.*\n  #0 divide, offset \d+\n\Z"])
        dovetail.run(*policies, "--invoke", "deep", made.numbers, code=6, out="",
                     err_has=[r"\A.*\n(  #\d+ deep, offset \d+\n){30}  and \d+ more\n\Z"])
        dovetail.run(*policies, made.start_traps, code=6, err_has=[r"\n  #0 func\[0\], offset"])
        dovetail.run(*policies, made.exits, code=42, err="")
    clang, linker = (shutil.which(one) for one in ("clang", "wasm-ld"))
    if not clang or not linker:
        print("absent: clang for wasm32")
        dovetail.checks.skipped += 1
        return
    source = made.folder / "lines.c"
    source.write_text(LINES)
    for version in (4, 5):
        guest = made.folder / f"lines{version}.wasm"
        done = subprocess.run(
            [clang, "--target=wasm32", "-O0", "-g", f"-gdwarf-{version}", "-nostdlib",
             "-Wl,--no-entry", "-Wl,--export=start", "-Wl,--export=forever", "lines.c",
             "-o", guest],
            cwd=made.folder, stderr=subprocess.PIPE, text=True)
        dovetail.checks.that(f"clang -gdwarf-{version}", done.returncode == 0, done.stderr)
        for backend in backends_of(dovetail, made):
            policies = ("run", "--backend", backend)
            dovetail.run(*policies, "--invoke", "start", guest, 7, code=6, out="",
                         err_has=[r"\A.*: trap: integer divide by zero.*\n"
                                  r"  #0 divide, offset \d+, (/.*/)?lines\.c:2\n"
                                  r"  #1 half, offset \d+, (/.*/)?lines\.c:7\n"
                                  r"  #2 start, offset \d+, (/.*/)?other\.c:100\n\Z"])
            for limit in (("--timeout", "50ms"), ("--fuel", 1000)):
                dovetail.run(*policies, *limit, "--invoke", "forever", guest, 1, code=6, out="",
                             err_has=[r"\A.*: trap: (interrupted|out of fuel).*\n"
                                      r"  #0 forever, offset \d+, (/.*/)?other\.c:10[1-4]\n\Z"])
        # Sections that end early or say nonsense cost no more than the lines.
        whole = guest.read_bytes()
        at = whole.index(b"\x0b.debug_line") + 12
        for where in range(at, min(at + 60, len(whole)), 7):
            for byte in (0x00, 0x7f, 0xff):
                broken = made.folder / "broken.wasm"
                broken.write_bytes(whole[:where] + bytes([byte]) + whole[where + 1:])
                dovetail.run("run", "--invoke", "start", broken, 7, code=6, out="",
                             err_has=[r"\n  #0 divide, offset \d+"])


def check_wasi(dovetail, made):
    dovetail.run("run", made.hello, out="hello\n", err="")
    dovetail.run("run", made.exits, code=42, out="")
    dovetail.run("run", made.arguments, "--time", "-h", "", "--", "[]", "a b",
                 out=f"{made.arguments}\0--time\0-h\0\0--\0[]\0a b\0")
    dovetail.run("run", "--env", "A=1", "--env=B=x=[y]", made.environment, "--env", "C=2",
                 out="A=1\0B=x=[y]\0")
    dovetail.run("run", "--dir", f"{made.data}::/seen", made.file, out="text of a file\n")
    dovetail.run("run", "--dir", made.data, "--", made.file, out="text of a file\n")
    dovetail.run("run", made.file, code=9, out="")
    dovetail.refuses("run", "--dir", made.folder / "nowhere", made.file, code=2, says="nowhere")
    dovetail.run("run", "--invoke", "after", made.reactor, out="1\n")


def check_examination(dovetail, made):
    dovetail.run("validate", made.hello, made.numbers, made.simd, made.unlinkable, out="", err="")
    dovetail.run("validate", made.hello, made.invalid, made.empty, code=4, out="",
                 err_has=[r"^dovetail: .*invalid.wasm: invalid", r"^dovetail: .*empty.wasm: malf"])
    dovetail.run("inspect", made.numbers, err="",
                 out_has=[r"numbers.wasm: \d+ bytes$", r"^ +\d+ +\d+  type$", r"^ +\d+ +\d+  code$",
                          r'^  "add" function \[i32 i32\] -> \[i32\]$',
                          r'^  "swap" function \[i32 f64\] -> \[f64 i32\]$',
                          r'^  "memory" memory 1\.\.2$', r'^  "table" table 3 funcref$',
                          r'^  "counter" global mut i64$', r'^  "odd\\x00\\x0aname" global i32$'])
    dovetail.run("inspect", made.hello,
                 out_has=[r'^  "wasi_snapshot_preview1" "fd_write" function \[i32 i32 i32 i32\]'])
    dovetail.run("inspect", made.simd, out_has=[r'"_start" function'])


def check_disassembly(dovetail, made):
    dovetail.refuses("disassemble", code=1, says="FILE")
    dovetail.refuses("disassemble", "--memory", "odd", "x.wasm", code=1, says="odd")
    dovetail.refuses("disassemble", "--abi", "odd", "x.wasm", code=1, says="odd")
    tried = subprocess.run([*dovetail.words, "disassemble", str(made.numbers)], timeout=60,
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if b"built without a disassembler" in tried.stderr:
        dovetail.refuses("disassemble", made.numbers, code=7, says="Zydis")
        dovetail.checks.skip("dovetail disassemble: this build has no disassembler")
        return
    sum_of_two = [r'^function \d+ "add", \d+ bytes$', r"^ +[0-9a-f]+  lea eax, .*@\d+ i32.add$",
                  r"^ +[0-9a-f]+  ret +@\d+ end$"]
    for memory in ("checked", "guarded"):
        for abi in ("sysv", "win64"):
            dovetail.run("disassemble", "--memory", memory, "--abi", abi, made.numbers, err="",
                         out_has=sum_of_two)
    one = dovetail.run("disassemble", made.numbers, "--function", "add", out_has=sum_of_two)
    number = re.match(r"function (\d+)", one).group(1)
    dovetail.run("disassemble", made.numbers, "--function", number, out=one)
    dovetail.run("disassemble", "--shared", made.numbers, "--function", "add",
                 out_has=["^entry of type 0, ", "^host call of type 0, ", "^trap: unreachable, "])
    dovetail.run("disassemble", "--abi", "win64", "--shared", made.numbers,
                 out_has=[r"movups \[rsp\], xmm6$"])
    dovetail.refuses("disassemble", made.numbers, "--function", "sub", code=8, says="function sub")
    dovetail.refuses("disassemble", made.numbers, "--function", "memory", code=8, says="memory")
    dovetail.refuses("disassemble", made.hello, "--function", "0", code=8, says="imported")
    dovetail.refuses("disassemble", made.folder / "missing.wasm", code=2, says="No such file")
    dovetail.refuses("disassemble", made.invalid, code=4, says="invalid: type mismatch")
    dovetail.run("disassemble", made.simd, out_has=[r"psub.*i8x16.neg$"])


def script(made, name, commands, folder="suite"):
    """Writes a script in the schema of the suite."""
    where = made.folder / folder / name
    where.mkdir(parents=True, exist_ok=True)
    for number, command in enumerate(commands):
        command.setdefault("line", number + 1)
        if isinstance(command.get("filename"), pathlib.Path):
            shutil.copy(command["filename"], where)
            command["filename"] = command["filename"].name
    text = json.dumps({"source_filename": name + ".wast", "commands": commands})
    (where / f"{name}.json").write_text(text)
    return where


def invoke(field, *arguments, **more):
    constants = [dict(zip(("type", "value"), one.split(":"))) for one in arguments]
    return {"type": "invoke", "field": field, "args": constants, **more}


def returns(action, *expected, **more):
    constants = [dict(zip(("type", "value"), one.split(":", 1))) for one in expected]
    return {"type": "assert_return", "action": action, "expected": constants, **more}


def check_spec_judgement(runner, made):
    """What passes, what fails, and why."""
    module = {"type": "module", "filename": made.numbers}
    add = invoke("add", "i32:1", "i32:2")
    good = script(made, "good", [
        dict(module), returns(add, "i32:3"), returns(invoke("nan32"), "f32:nan:canonical"),
        returns(invoke("same", "externref:7"), "externref:7"),
        returns(invoke("same", "externref:null"), "externref:null"),
        {"type": "assert_trap", "action": invoke("divide", "i32:1", "i32:0"),
         "text": "integer divide by zero"},
        {"type": "assert_exhaustion", "action": invoke("deep"), "text": "call stack exhausted"},
        {"type": "action", "action": {"type": "get", "field": "odd\0\nname"}},
        {"type": "assert_malformed", "filename": made.empty, "text": "unexpected end",
         "module_type": "binary"},
        {"type": "assert_invalid", "filename": made.invalid, "text": "type mismatch",
         "module_type": "binary"},
        {"type": "assert_unlinkable", "filename": made.unlinkable, "text": "unknown import",
         "module_type": "binary"},
        {"type": "assert_uninstantiable", "filename": made.start_traps, "text": "unreachable",
         "module_type": "binary"},
        {"type": "module", "filename": made.counts, "name": "$counts"},
        returns(invoke("next", module="$counts"), "i32:1"),
        {"type": "register", "as": "counts", "name": "$counts"},
        {"type": "module", "filename": made.uses_counts},
        returns(invoke("next_of_other"), "i32:2"), returns(invoke("print_it")),
        returns({"type": "get", "field": "global_i64"}, "i64:666")])
    for traps in ("returned", "thrown", "fatal"):
        for more in ((), ("--untyped",)):
            runner.run("--traps", traps, *more, good, out="19 passed, 0 failed, 0 skipped\n")
    for memory in ("checked", "guarded", "unchecked"):
        runner.run("--memory", memory, good, out="19 passed, 0 failed, 0 skipped\n")
    runner.run("--fuel", 10**9, good, out="19 passed, 0 failed, 0 skipped\n")
    runner.run("--fuel", 1, good, code=1, out_has=["out of fuel"])
    for more in (("--backend", "null"), ("--validate-only",)):
        runner.run(*more, good, out_has=[r"^skipped: good: \d+, validation only$",
                                         r"^5 passed, 0 failed, 14 skipped$"])

    def wrong(why, *commands, **more):
        where = script(made, "wrong", [dict(module), *commands], "wrong")
        runner.run(where, code=1, out_has=[rf"^wrong:2: .*{why}", r"passed, 1 failed, 0 skipped$"])

    wrong(r'"add": expected \[i32:0x4\], got \[i32:0x3\]', returns(add, "i32:4"))
    wrong(r"expected \[\], got \[i32:0x3\]", returns(add))
    wrong("trap: integer divide", returns(invoke("divide", "i32:1", "i32:0"), "i32:4"))
    wrong("no such exported function", returns(invoke("sub"), "i32:4"))
    wrong("no such instance", returns(invoke("add", module="$other"), "i32:4"))
    wrong("nan:canonical", returns(invoke("half32", "f32:0"), "f32:nan:canonical"))
    wrong('expected trap "unreachable", got "integer', {
        "type": "assert_trap", "text": "unreachable",
        "action": invoke("divide", "i32:1", "i32:0")})
    wrong('expected trap "unreachable", got \\[i32', {
        "type": "assert_trap", "text": "unreachable", "action": add})

    def rejected(kind, file, text, why, *more):
        where = script(made, "wrong", [{"type": kind, "filename": file, "text": text,
                                        "module_type": "binary"}], "wrong")
        lines = [rf"^wrong:1: .*{why}"] if why else [r"^1 passed, 0 failed"]
        runner.run(*more, where, code=1 if why else 0, out_has=lines)

    rejected("assert_malformed", made.numbers, "unexpected end", "is valid")
    rejected("assert_malformed", made.invalid, "type mismatch", "expected malformed .*got invalid")
    rejected("assert_invalid", made.empty, "unexpected end", "expected invalid .*got malformed")
    rejected("assert_invalid", made.invalid, "unknown local", "got invalid: type mismatch")
    rejected("assert_invalid", made.invalid, "unknown local", "", "--lenient-text")
    rejected("assert_invalid", made.empty, "x", "expected invalid", "--lenient-text")
    rejected("assert_unlinkable", made.numbers, "unknown import", "was instantiated")
    rejected("assert_unlinkable", made.start_traps, "unreachable", "expected link")
    rejected("assert_uninstantiable", made.unlinkable, "unknown import", "expected trap")
    rejected("assert_uninstantiable", made.invalid, "unreachable", "refused: invalid")
    rejected("module", made.invalid, "", "refused: invalid: type mismatch")


def check_spec_vectors(runner, made):
    """Modules with vectors, and modules that import from them."""
    where = script(made, "simd", [
        {"type": "module", "filename": made.simd, "name": "$simd"},
        returns(invoke("_start")),
        {"type": "register", "as": "simd"},
        {"type": "module", "filename": made.uses_simd},
        returns(invoke("start")),
        {"type": "assert_invalid", "filename": made.invalid_simd, "text": "invalid lane index",
         "module_type": "binary"},
        {"type": "module", "filename": made.numbers},
        returns(invoke("nothing"))], "simd")
    runner.run(where, out="8 passed, 0 failed, 0 skipped\n")


def check_spec_lists(runner, made):
    """Known failures, filters, and what cannot be read."""
    bad = returns(invoke("add", "i32:1", "i32:2"), "i32:4")
    module = {"type": "module", "filename": made.numbers}
    script(made, "one", [dict(module), dict(bad), dict(bad)], "lists")
    script(made, "two", [dict(module), dict(bad, line=7)], "lists/deeper")
    suite = made.folder / "lists"
    known = made.folder / "known.txt"
    runner.run(suite, code=1, out_has=["^lists/one:2:", "^lists/one:3:", "^lists/deeper/two:7:",
                                       "^2 passed, 3 failed, 0 skipped$"])
    runner.run("--filter", "deeper", suite, code=1, out_has=["^1 passed, 1 failed, 0 skipped$"])
    runner.run("--filter", "*/one", suite, code=1, out_has=["^1 passed, 2 failed, 0 skipped$"])
    runner.run("--filter", "nowhere", suite, code=1, out="0 passed, 0 failed, 0 skipped\n")
    runner.run("--verbose", suite, code=1, out_has=["^lists/one: 1 passed, 2 failed, 0 skipped$"])

    known.write_text("# a comment\none:2\nlists/one:3 # why\n\ndeeper/two:7\nelsewhere:1\n")
    runner.run("--known-failures", known, suite,
               out="skipped: lists/deeper/two: 1, known failures\n"
                   "skipped: lists/one: 2, known failures\n"
                   "2 passed, 0 failed, 3 skipped\n")
    known.write_text("one:1\none:2\none:3\nwo:7\n")
    runner.run("--known-failures", known, suite, code=1,
               out_has=["^one:1: listed as a known failure", "^lists/deeper/two:7:",
                        "^2 passed, 2 failed, 2 skipped$"])
    known.write_text("one\n")
    runner.refuses("--known-failures", known, suite, code=2, says="not SCRIPT:LINE")
    runner.refuses("--known-failures", made.folder / "none", suite, code=2, says="read")

    (suite / "odd.json").write_text('{"commands": [{"type": "assert_odd", "line": 1}]}')
    (suite / "text.json").write_text("no JSON")
    runner.run(suite, code=1, out_has=["^lists/odd: .*assert_odd", "^lists/text: ",
                                       "^2 passed, 5 failed, 0 skipped$"])
    runner.refuses(code=2, says="paths")
    runner.refuses(made.folder / "nowhere", code=2, says="nowhere")
    runner.refuses(made.data, code=2, says="no scripts")
    for option in ("--backend", "--memory", "--traps", "--features"):
        runner.refuses(option, "odd", suite, code=2, says="unknown .*odd")
    runner.refuses("--memory", "unchecked", "--traps", "fatal", suite, code=2, says="not built in")
    runner.run("--help", out_has=["Exit code", "--known-failures"])


def main():
    if not shutil.which("wat2wasm"):
        print("absent: wat2wasm\n0 passed, 0 failed, 1 skipped")
        return 0
    checks = Checks()
    dovetail, runner = (Command(one.split(), checks) for one in sys.argv[1:3])
    with tempfile.TemporaryDirectory() as folder:
        made = programs.make(pathlib.Path(folder))
        check_usage(dovetail)
        check_refusals(dovetail, made)
        check_invoke(dovetail, made)
        check_policies(dovetail, made)
        check_backtraces(dovetail, made)
        check_wasi(dovetail, made)
        check_examination(dovetail, made)
        check_disassembly(dovetail, made)
        check_spec_judgement(runner, made)
        check_spec_vectors(runner, made)
        check_spec_lists(runner, made)
    print(f"{checks.passed} passed, {checks.failed} failed, {checks.skipped} skipped")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
