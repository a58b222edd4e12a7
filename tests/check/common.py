"""What the checks share: the list of headers, who includes whom, compiling a snippet, the verdict
line "N passed, N failed, N skipped" that tools/test adds up."""

import concurrent.futures
import functools
import hashlib
import os
import pathlib
import re
import subprocess
import sys

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = pathlib.Path(os.environ.get("DOVETAIL_BUILD", SOURCE / "build")).resolve()
ROOTS = ["include", "backends/null", "backends/interpreter", "backends/x64"]  # as in meson.build
COMPILERS = ["g++", "clang++"]
STRICT = ["-std=c++20", "-Wall", "-Wextra", "-Wconversion", "-Wshadow", "-Werror"]
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)


class Report:
    """Collects verdicts; finish() prints them and gives the exit status."""

    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def check(self, name, problems):
        """One verdict: passed if there are no problems, otherwise they are printed."""
        problems = list(problems)
        if not problems:
            self.passed += 1
            return
        self.failed += 1
        print(f"FAILED: {name}")
        for problem in problems[:50]:
            print("  " + str(problem).rstrip().replace("\n", "\n  "))
        if len(problems) > 50:
            print(f"  ... and {len(problems) - 50} more")

    def skip(self, name, kind="skipped"):
        self.skipped += 1
        print(f"{kind}: {name}")

    def finish(self):
        print(f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped")
        sys.exit(1 if self.failed else 0)


def tree(*folders, suffixes=None):
    """The files of these folders, as paths from the source root. Nothing generated or hidden."""
    found = []
    for folder in folders:
        for path in sorted((SOURCE / folder).rglob("*")):
            inside = path.relative_to(SOURCE)
            if path.is_file() and not any(part.startswith((".", "__")) for part in inside.parts):
                if suffixes is None or path.suffix in suffixes:
                    found.append(inside)
    return found


def headers(suffixes=(".hpp",)):
    return tree(*ROOTS, suffixes=suffixes)


def include_name(path):
    """include/dovetail/base/status.hpp -> dovetail/base/status.hpp"""
    for root in ROOTS:
        if path.is_relative_to(root):
            return path.relative_to(root).as_posix()
    return None


@functools.cache
def read(path):
    return (SOURCE / path).read_text(encoding="utf-8")


@functools.cache
def resolve(includer, quote, name):
    """The file of this tree that an include names, or None."""
    places = [pathlib.Path(root) for root in ROOTS]
    if quote == '"':
        places.insert(0, includer.parent)
    for place in places:
        path = pathlib.Path(os.path.normpath(place / name))
        if (SOURCE / path).is_file():
            return path
    return None


@functools.cache
def includes(path):
    """What a file includes: pairs of the name as written and the file of this tree, or None."""
    return [(name, resolve(path, quote, name)) for quote, name in INCLUDE.findall(read(path))]


@functools.cache
def reach(path):
    """All files of this tree that a file includes, itself among them."""
    seen, todo = {path}, [path]
    while todo:
        for _, target in includes(todo.pop()):
            if target is not None and target not in seen:
                seen.add(target)
                todo.append(target)
    return frozenset(seen)


def outside(paths):
    """The names these files include that are not of this tree."""
    return sorted({name for path in paths for name, target in includes(path) if target is None})


def include_flags():
    return [f"-I{SOURCE / root}" for root in ROOTS]


def compile_text(compiler, text, flags=()):
    """Compiles a snippet without making code; returns whether it compiles and what was said."""
    done = subprocess.run([compiler, *include_flags(), *flags, "-fsyntax-only", "-x", "c++", "-"],
                          input=text, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    return done.returncode == 0, done.stdout


@functools.cache
def compiler_version(compiler):
    return subprocess.run([compiler, "--version"], check=True, text=True,
                          stdout=subprocess.PIPE).stdout


def remembered(parts, work):
    """work() -> problems; a result without problems is remembered for the same parts."""
    key = hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()
    mark = BUILD / "checked" / key
    if mark.exists():
        return []
    problems = work()
    if not problems:
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()
    return problems


def text_behind(path):
    """Everything that compiling this file of ours reads from this tree."""
    return "".join(f"{part}\n{read(part)}" for part in sorted(reach(path)))


def in_parallel(work, items):
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return list(pool.map(work, items))
