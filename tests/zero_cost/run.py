"""Reading a global, calling an export: what the compilers make of host code at -O2 is counted. The
line `// costs: 2 loads, 1 call, return` above a function of host_code.cpp says how much its usual
path may hold: loads, stores and calls exactly ("up to 3 loads": at most), everything else at most.
Nothing may go to the stack but saved registers; a call that is not indirect counts by itself.

With the compilers whose listings lie beside this file, what they make is also exactly that;
--update writes the listings anew."""

import collections
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "check"))
import common  # noqa: E402

FLAGS = ["-std=c++20", "-O2", "-DNDEBUG", "-fno-asynchronous-unwind-tables",
         "-fcf-protection=none", "-fno-pic", "-fno-stack-protector"]
EXACT = ["load", "store", "call", "spill", "direct call", "return", "jump"]
INEXACT = ["test", "branch", "frame", "other"]
COSTS = re.compile(r"^// costs: (.*)\n(?:[\w:<>, ]|\n)*?\b(\w+)\(", re.MULTILINE)


def expectations():
    """Function -> what its usual path may hold."""
    found = {}
    for text, name in COSTS.findall((HERE / "host_code.cpp").read_text(encoding="utf-8")):
        counts = collections.Counter()
        for part in text.split(", "):
            is_most = part.startswith("up to ")
            number, _, word = part.removeprefix("up to ").rpartition(" ")
            kind = re.sub("(?<=ch)es$|s$", "", word)
            counts[("up to ", kind) if is_most else kind] = int(number or 1)
        found[name] = counts
    return found


def disassemble(compiler):
    """Function -> [(address, instruction)], as objdump writes them."""
    with tempfile.TemporaryDirectory() as folder:
        target = pathlib.Path(folder) / "host_code.o"
        subprocess.run([compiler, *FLAGS, *common.include_flags(), "-c", HERE / "host_code.cpp",
                        "-o", target], check=True)
        text = subprocess.run(["objdump", "-d", "-r", "-C", "-Mintel", "--no-show-raw-insn",
                               target], check=True, stdout=subprocess.PIPE, text=True).stdout
    functions, body = {}, None
    for line in text.splitlines():
        head = re.match(r"^[0-9a-f]+ <zero_cost::(\w+)\(.*\)>:$", line)
        if head:
            body = functions.setdefault(head.group(1), [])
        elif re.match(r"^[0-9a-f]+ <", line):
            body = None
        row = re.match(r"^\s+([0-9a-f]+):\t(.*)$", line)
        if row and body is not None and not row.group(2).startswith("R_"):
            instruction = re.sub(r"\s+", " ", row.group(2).split("#")[0]).strip()
            body.append((int(row.group(1), 16), re.sub(r" <.*>$", "", instruction)))
    return functions


def kinds(instruction):
    """What one instruction counts as."""
    word, _, operands = instruction.partition(" ")
    touches = "[" in operands and word not in ("lea", "nop")
    on_stack = bool(re.search(r"\[[^\]]*rsp", operands))
    if word in ("nop", "nopw", "xchg", "data16", "cs", "endbr64"):
        return []
    if word in ("push", "pop") or re.match(r"(sub|add) rsp,", instruction):
        return ["frame"]
    if touches and on_stack:
        return ["spill"]
    if word == "call":
        if re.fullmatch(r"[0-9a-f]+", operands):
            return ["direct call"]
        return ["load", "call"] if touches else ["call"]
    if word == "ret":
        return ["return"]
    if word == "jmp":
        return ["load", "jump"] if touches else ["jump"]
    if word.startswith("j"):
        return ["branch"]
    if word in ("cmp", "test"):
        return ["load", "test"] if touches else ["test"]
    if touches:
        is_store = word.startswith("mov") and "[" in operands.split(",")[0]
        is_load = word.startswith("mov")
        return ["store"] if is_store else ["load"] if is_load else ["load", "other"]
    return ["other"]


def usual_path(body):
    """From the first instruction on, branches not taken, to where it leaves."""
    places = {address: index for index, (address, _) in enumerate(body)}
    path, at = [], 0
    while at < len(body) and len(path) < 200:
        instruction = body[at][1]
        path.append(instruction)
        word, _, target = instruction.partition(" ")
        if word == "ret":
            break
        if word == "jmp":
            there = int(target, 16) if re.fullmatch(r"[0-9a-f]+", target) else None
            if there not in places:
                break
            path.pop()
            at = places[there]
        else:
            at += 1
    return path


def problems_of(body, allowed):
    path = usual_path(body)
    counts = collections.Counter(kind for instruction in path for kind in kinds(instruction))
    problems = []
    for kind in [*EXACT, *INEXACT]:
        most = allowed[kind] or allowed["up to ", kind]
        least = allowed[kind] if kind in EXACT else 0
        if not least <= counts[kind] <= most:
            problems.append(f"{counts[kind]} of {kind}, not {least} to {most}")
    return problems + ["  " + instruction for instruction in path] if problems else []


def listing_of(functions, names):
    lines = []
    for name in names:
        lines.append(f"{name}:")
        start = functions[name][0][0]
        for address, instruction in functions[name]:
            if kinds(instruction):
                word, _, target = instruction.partition(" ")
                if word.startswith("j") and re.fullmatch(r"[0-9a-f]+", target):
                    inside = int(target, 16)
                    near = any(inside == a for a, _ in functions[name])
                    target = f"+{inside - start:x}" if near else "elsewhere"
                if word == "call" and re.fullmatch(r"[0-9a-f]+", target):
                    target = "elsewhere"
                lines.append(f"  {address - start:3x}  {word} {target}".rstrip())
    return "\n".join(lines) + "\n"


def main():
    report = common.Report()
    if platform.machine() != "x86_64" or shutil.which("objdump") is None:
        report.skip("zero cost: x86-64 and objdump are not both here")
        report.finish()
    wanted = expectations()
    for compiler in common.COMPILERS:
        if shutil.which(compiler) is None:
            report.skip(f"zero cost: no {compiler}", "absent")
            continue
        functions = disassemble(compiler)
        report.check(f"{compiler}: every function has its costs written above it",
                     sorted(set(functions) ^ set(wanted)))
        for name in wanted:
            report.check(f"{compiler}: {name}", problems_of(functions.get(name, []), wanted[name]))
        major = re.search(r"(\d+)\.\d+\.\d+", common.compiler_version(compiler)).group(1)
        golden = HERE / f"{compiler}-{major}.txt"
        made = listing_of(functions, wanted)
        if "--update" in sys.argv:
            golden.write_text(made, encoding="utf-8")
        if golden.exists():
            expected = golden.read_text(encoding="utf-8")
            report.check(f"{compiler}: the code is {golden.name}, or see --update",
                         [] if made == expected else made.splitlines())
        else:
            report.skip(f"zero cost: no listing of {compiler} {major}")
    report.finish()


if __name__ == "__main__":
    main()
