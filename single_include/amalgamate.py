#!/usr/bin/env python3
"""Makes the single headers from include/ and backends/, the same bytes every time; with --check,
says whether the ones here are what it would make.

1. A file is put in once, where it is first included, its own includes before it.
2. What an include inside a preprocessor conditional brought counts only inside that branch.
3. A .def file is put in at each of its includes.
4. Standard headers are gathered at the top, those inside conditionals stay where they are.
5. #pragma once and includes of this tree disappear; everything else stays as written.
6. dovetail.hpp holds all floors of the core and the null backend; the others include it and add.
7. Implementation files stand at the end, behind #ifdef DOVETAIL_IMPLEMENTATION.
8. Every header of the tree is in exactly one single header, or in LEFT_OUT with a reason.
"""

import argparse
import pathlib
import re
import sys

SOURCE = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(SOURCE / "tests/check"))
import common  # noqa: E402

OUTPUTS = {  # name: what it says of itself, headers, implementation headers
    "dovetail.hpp": (
        "the core and the null backend",
        ["dovetail/dovetail.hpp", "dovetail/handles.hpp", "dovetail/null.hpp",
         "dovetail/backtraces.hpp", "dovetail/coverage.hpp"],
        ["dovetail/implementation.hpp"]),
    "dovetail_interpreter.hpp": (
        "the interpreter backend", ["dovetail/interpreter.hpp"], []),
    "dovetail_x64.hpp": (
        "the x86-64 backend, and what shows its code to tools; needs xbyak",
        ["dovetail/x64.hpp", "dovetail/perf_map.hpp", "dovetail/gdb_jit.hpp"], []),
    "dovetail_boundary.hpp": (
        "contracts, embedded modules, snapshots, paused calls, the host's globals and objects",
        ["dovetail/awaiting.hpp", "dovetail/contract.hpp", "dovetail/embed.hpp",
         "dovetail/guest_types.hpp", "dovetail/host_global.hpp", "dovetail/host_objects.hpp",
         "dovetail/pausing.hpp", "dovetail/snapshot.hpp"], []),
    "dovetail_watchdog.hpp": (
        "time limits on calls; has a thread", ["dovetail/watchdog.hpp"], []),
    "dovetail_wasi.hpp": (
        "WASI preview 1", ["dovetail/wasi.hpp"], []),
}
FLOORS = ["base", "format", "validate", "module", "runtime", "link", "api"]
LEFT_OUT = {
    "dovetail/x64_or_interpreter.hpp": "one line over two of these headers",
}

LINE_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"].*$')
CONDITION = re.compile(r"^[ \t]*#[ \t]*(if|ifdef|ifndef|else|elif|endif)\b")


class Amalgam:
    """One single header in the making; `seen` starts with what it can rely on."""

    def __init__(self, seen):
        self.seen = set(seen)
        self.standard = set()
        self.lines = []
        self.contents = set()  # every file put in, also inside conditionals
        self.branches = []     # what was seen where each open conditional began

    def add(self, path):
        """Puts a header in, unless it is there."""
        if path in self.seen:
            return
        self.seen.add(path)
        self.contents.add(path)
        body = [line for line in common.read(path).rstrip("\n").split("\n")
                if line.strip() != "#pragma once"]
        # Unconditional includes of ours lead the file, so what they bring goes before its banner.
        start = len(self.branches)
        mine = []
        for line in body:
            self.line(path, line, start, mine)
        self.flush(path, mine)

    def line(self, path, line, start, mine):
        found = LINE_INCLUDE.match(line)
        if not found:
            self.follow(line)
            mine.append(line)
            return
        target = common.resolve(path, found.group(1), found.group(2))
        if target is None:
            if self.branches:
                mine.append(line)
            else:
                self.standard.add(found.group(2))
        elif target.suffix == ".def":
            self.contents.add(target)  # and each time also what it includes itself
            for inner in common.read(target).rstrip("\n").split("\n"):
                self.line(target, inner, start, mine)
        elif len(self.branches) == start and not any(is_code(text) for text in mine):
            self.add(target)
        else:
            self.flush(path, mine)
            self.add(target)

    def follow(self, line):
        """Keeps account of conditionals: a branch does not see what its neighbour brought."""
        found = CONDITION.match(line)
        if not found:
            return
        kind = found.group(1)
        if kind in ("if", "ifdef", "ifndef"):
            self.branches.append(set(self.seen))
        elif kind == "endif":
            self.seen = self.branches.pop()
        else:
            self.seen = set(self.branches[-1])

    def flush(self, path, mine):
        """Writes what has been gathered of a file, and forgets it."""
        text = "\n".join(mine).strip("\n")
        mine.clear()
        if text:
            self.lines += ["", f"// ---- {common.include_name(path)}", ""]
            self.lines += re.sub(r"\n{3,}", "\n\n", text).split("\n")


def is_code(line):
    return bool(line.strip()) and not line.lstrip().startswith("//")


def find(name):
    path = common.resolve(pathlib.Path("include/dovetail"), "<", name)
    if path is None:
        raise SystemExit(f"amalgamate: <{name}> is not in the tree")
    return path


def version():
    return re.search(r"version: '([^']+)'", (SOURCE / "meson.build").read_text()).group(1)


def make(name, core):
    """The text of a single header, and the files in it; core: what dovetail.hpp has already."""
    title, headers, implementation = OUTPUTS[name]
    amalgam = Amalgam(core)
    for header in headers:
        amalgam.add(find(header))
    if not core:
        for path in common.headers():
            if path.parent.name in FLOORS and not path.name.startswith("os_"):
                amalgam.add(path)
    visible = set(amalgam.seen)
    behind = Amalgam(amalgam.seen)
    behind.branches.append(set(behind.seen))  # all of it is inside a conditional
    for header in implementation:
        behind.add(find(header))
    lines = [
        f"// Dovetail {version()}, {title}, in one file. Made by single_include/amalgamate.py from",
        "// include/ and backends/; change those. Licence: MIT, see the file LICENSE.",
        "#pragma once",
        ""]
    if core:
        lines += ['#include "dovetail.hpp"', ""]
    lines += [f"#include <{other}>" for other in sorted(amalgam.standard)] + amalgam.lines
    if behind.lines:
        lines += ["", "#ifdef DOVETAIL_IMPLEMENTATION", *behind.lines, "",
                  "#endif  // DOVETAIL_IMPLEMENTATION"]
    return "\n".join(lines) + "\n", visible, amalgam.contents | behind.contents


def make_all():
    """All single headers, by name; and what is wrong with the choice of files."""
    texts, where, core = {}, {}, set()
    problems = []
    for name in OUTPUTS:
        texts[name], visible, contents = make(name, core)
        core = core or visible
        for path in contents:
            if path.suffix == ".hpp" and path in where:
                problems.append(f"{path} is in {where[path]} and in {name}")
            where.setdefault(path, name)
    for path in common.headers((".hpp", ".def")):
        if path not in where and common.include_name(path) not in LEFT_OUT:
            problems.append(f"{path} is in no single header")
    return texts, problems


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--check", action="store_true", help="compare, do not write")
    parser.add_argument("--output", type=pathlib.Path, default=SOURCE / "single_include")
    options = parser.parse_args()
    texts, problems = make_all()
    for name, text in texts.items():
        file = options.output / name
        if not options.check:
            options.output.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
            print(f"{name}: {text.count(chr(10))} lines")
        elif not file.is_file() or file.read_text(encoding="utf-8") != text:
            problems.append(f"{file.name} is not what single_include/amalgamate.py makes")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
