#!/usr/bin/env python3
"""What including Dovetail costs: lines that are left by the preprocessor and not blank, and the
processor time of compiling a unit that has the include and nothing else, at -O2. Every umbrella and
every single header, by g++ and clang++; <vector>, for the scale."""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys

import measuring

sys.path.append(str(measuring.SOURCE / "tests/check"))
import common  # noqa: E402

SCALE = "vector"


def headers():
    """Name -> the flag for the folder of a single header; none for the others."""
    names = {common.include_name(path) for path in common.headers()}
    found = {SCALE: []}
    found.update((name, []) for name in sorted(names)
                 if name.count("/") == 1 and name != "dovetail/implementation.hpp")
    single = measuring.SOURCE / "single_include"
    found.update((path.name, [f"-I{single}"]) for path in sorted(single.glob("*.hpp")))
    return found


def run(compiler, name, place, flags):
    """Output and the processor time of the compiler, or None if it does not compile."""
    folders = place or common.include_flags()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([compiler, "-std=c++20", *folders, *flags, "-x", "c++", "-"],
                          input=f"#include <{name}>\n", text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return (done.stdout, seconds) if done.returncode == 0 else (None, 0)


def measure(compiler, name, place, rounds):
    """Lines and seconds, or None if the header does not compile here."""
    text, _ = run(compiler, name, place, ["-E", "-P"])
    if text is None:
        return None
    times = []
    for _ in range(rounds):
        said, seconds = run(compiler, name, place, ["-O2", "-c", "-o", os.devnull])
        if said is None:
            return None
        times.append(seconds)
    return {"lines": sum(1 for line in text.split("\n") if line.strip()),
            "seconds": statistics.median(times)}


def rows(rounds, progress=lambda name: None):
    """Header -> compiler -> lines and seconds."""
    compilers = [compiler for compiler in common.COMPILERS if shutil.which(compiler)]
    found = {}
    for name, place in headers().items():
        progress(name)
        found[name] = {compiler: measure(compiler, name, place, rounds) for compiler in compilers}
    return found


def table(found):
    """Heads, and rows of a name and cells."""
    compilers = next(iter(found.values()))
    heads = [f"{compiler} {what}" for compiler in compilers for what in ("lines", "seconds")]
    lines = []
    for name, by_compiler in found.items():
        cells = []
        for one in by_compiler.values():
            cells += ["does not compile", ""] if one is None else [
                f"{one['lines']:,}", f"{one['seconds']:.2f}"]
        lines.append((f"<{name}>", cells))
    return heads, lines


def main():
    parser = argparse.ArgumentParser(description=__doc__.split(":")[0] + ".")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    heads, lines = table(rows(options.rounds))
    print(f"{'':40}" + "".join(f"{head:>18}" for head in heads))
    for name, cells in lines:
        print(f"{name:40}" + "".join(f"{cell:>18}" for cell in cells))


if __name__ == "__main__":
    main()
