#!/usr/bin/env python3
"""Looks for modules that Dovetail gets wrong; tools/fuzz starts it. Random modules, of binaryen and
of a generator of ours for what binaryen does not make, run on every backend and in V8, and what
they do is compared line by line. libFuzzer feeds changed modules to decoder and validator, and to
both backends side by side, under sanitizers. What disagrees is kept, and reduced, in
BUILD/fuzz/found."""

import argparse
import collections
import concurrent.futures
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parent.parent
sys.path[:0] = [str(SOURCE / "bench/peers"), str(HERE)]
import judging  # noqa: E402
import node_package  # noqa: E402
import reduction  # noqa: E402

BUILD = pathlib.Path(os.environ.get("DOVETAIL_BUILD", SOURCE / "build")).resolve()
# What Debian's binaryen makes soundly; --denan keeps NaNs of scalars from being told apart.
BINARYEN = ["-ttf", "--denan", "--enable-sign-ext", "--enable-mutable-globals",
            "--enable-nontrapping-float-to-int", "--enable-bulk-memory", "--enable-multivalue"]
BINARYEN_KINDS = {"binaryen": [], "binaryen-simd": ["--enable-simd"]}
LIBFUZZER = {"decode": "fuzz-decode", "execute": "fuzz-execute"}
KINDS = ["modern", *BINARYEN_KINDS, *LIBFUZZER]
BATCH = 100  # modules that one process of an engine runs
JOBS = os.cpu_count() or 1


def say(text):
    print(text, flush=True)


def setup(folder, compiler, options):
    if not (folder / "build.ninja").exists():
        subprocess.run(["meson", "setup", folder, SOURCE, "-Dfuzz=enabled", "-Dtests=enabled",
                        "-Dexamples=disabled", "-Ddebug=false", *options],
                       check=True, stdout=subprocess.DEVNULL, env={**os.environ, "CXX": compiler})


def make(folder, *programs):
    began = time.monotonic()
    done = subprocess.run(["ninja", "-C", folder, *(f"tests/fuzz/{name}" for name in programs)],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode != 0:
        sys.exit(done.stdout.decode(errors="replace"))
    say(f"  built {', '.join(programs)}  ({time.monotonic() - began:.0f} s)")
    return [folder / "tests/fuzz" / name for name in programs]


def plain_build():
    folder = BUILD / "fuzz/differential"
    setup(folder, os.environ.get("CXX", "g++"), ["-Doptimization=1"])
    return folder


class Engines:
    """Everything that runs a list of modules and writes what they do."""

    def __init__(self, node):
        self.maker, runner = make(plain_build(), "fuzz-make", "fuzz-run")
        names = subprocess.run([runner, "--list"], check=True, text=True,
                               stdout=subprocess.PIPE).stdout.split()
        self.commands = {name: [runner, name, "open"] for name in names}
        self.commands["v8"] = [node, "--no-warnings", HERE / "run.mjs"]
        self.canonical = {name: [runner, name, "canonical"] for name in names}

    def run(self, command, files):
        """Module -> lines. A module at which an engine ended or hung has the line that says so."""
        logs, left = {}, list(files)
        while left:
            with tempfile.NamedTemporaryFile("w", suffix=".txt") as listing:
                listing.write("".join(f"{file}\n" for file in left))
                listing.flush()
                how = "ended"
                try:
                    done = subprocess.run([*command, listing.name], timeout=120,
                                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
                    output, how = done.stdout, f"ended with status {done.returncode}"
                except subprocess.TimeoutExpired as late:
                    output, how = late.stdout or b"", "hung"
            before = len(logs)
            current, lines = None, []
            for line in output.decode(errors="replace").splitlines():
                if line.startswith("module "):
                    current, lines = line[7:], []
                elif line == "end":
                    logs[current] = lines
                    current = None
                else:
                    lines.append(line)
            if current is not None:
                logs[current] = [*lines, f"  the engine {how}"]
            elif len(logs) == before:
                logs[left[0].name] = [f"  the engine {how}"]
            left = [file for file in left if file.name not in logs]
        return logs

    def run_all(self, files, commands=None):
        """By module: the lines of each engine."""
        commands = commands or self.commands
        with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
            logs = dict(zip(commands, pool.map(lambda command: self.run(command, files),
                                               commands.values())))
        return {file.name: {name: log.get(file.name, []) for name, log in logs.items()}
                for file in files}

    def difference(self, file, logs):
        """What the engines do not agree on, as text; and whether that is a NaN's doing."""
        found = judging.disagreement(logs)
        return found, found is not None and judging.depends_on_nans(
            logs, self.run_all([file], self.canonical)[file.name])


class Differential:
    def __init__(self, options, node):
        self.options = options
        self.engines = Engines(node)
        self.found = BUILD / "fuzz/found"
        self.found.mkdir(parents=True, exist_ok=True)
        self.compared = collections.Counter()
        self.unfinished = collections.Counter()
        self.calls = collections.Counter()
        self.forgiven = collections.Counter()
        self.failures = []

    def make(self, kind, seed, folder):
        if kind == "modern":
            subprocess.run([self.engines.maker, folder, str(seed), str(BATCH)], check=True)
        else:
            def one(number):
                # The size of the seed bounds that of the module.
                source = random.Random(number).randbytes(200 + number % 7 * 300)
                (folder / f"{number}.seed").write_bytes(source)
                subprocess.run(["wasm-opt", folder / f"{number}.seed", *BINARYEN,
                                *BINARYEN_KINDS[kind], "-o", folder / f"{kind}-{number}.wasm"],
                               check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
                list(pool.map(one, range(seed, seed + BATCH)))
        return sorted(folder.glob("*.wasm"))

    def batch(self, kind, seed):
        with tempfile.TemporaryDirectory() as place:
            files = self.make(kind, seed, pathlib.Path(place))
            logs = self.engines.run_all(files)
            for file in files:
                self.count(kind, logs[file.name]["v8"])
                difference, is_a_nan = self.engines.difference(file, logs[file.name])
                if is_a_nan:
                    self.forgiven[kind] += 1
                elif difference is not None:
                    self.keep(file, difference)

    def count(self, kind, lines):
        self.compared[kind] += 1
        self.unfinished[kind] += any(line.endswith("exhausted") for line in lines)
        for line in lines:
            if line.strip() in ("invalid", "not run"):
                self.failures.append(f"{kind}: V8 does not run a module: {line.strip()}")
            words = line.split()
            if words[0] not in ("log", "memory", "global"):
                self.calls["trap" if "trap:" in line else "return"] += 1

    def keep(self, file, difference):
        target = self.found / file.name
        shutil.copy(file, target)
        target.with_suffix(".txt").write_text(difference + "\n", encoding="utf-8")
        say(f"  disagreement: {os.path.relpath(target)}")
        say("\n".join("    | " + line for line in difference.splitlines()))
        self.failures.append(file.name)
        size = reduction.reduce(target, self.differs, 60)
        say(f"    reduced to {size} bytes: {os.path.relpath(reduction.name_of(target))}")

    def differs(self, file):
        logs = self.engines.run_all([file])[file.name]
        if logs["v8"] == ["  invalid"]:
            return False
        difference, is_a_nan = self.engines.difference(file, logs)
        return difference is not None and not is_a_nan

    def run(self, kinds, seconds, modules):
        """Until the time is up, or so many modules of each kind were compared."""
        began, round_ = time.monotonic(), 0
        while len(self.failures) < 20:
            left = [kind for kind in kinds if not modules or self.compared[kind] < modules]
            if not left or (not modules and time.monotonic() - began >= seconds):
                break
            for kind in left:
                self.batch(kind, self.options.seed + round_ * BATCH)
            round_ += 1
        for kind in kinds:
            say(f"  {kind}: {self.compared[kind]} modules in {len(self.engines.commands)} engines, "
                f"{self.unfinished[kind]} up to where stack or memory ran out, "
                f"{self.forgiven[kind]} forgiven: they differ where the choice of a NaN shows")
        say(f"  calls: {self.calls['return']} returned, {self.calls['trap']} trapped")
        return sum(self.compared.values()) - len(self.failures), len(self.failures)


def corpus():
    """The suite's modules, if they are there, and some of the generator's."""
    folder = BUILD / "fuzz/corpus"
    if not folder.exists():
        made = folder.with_suffix(".part")
        made.mkdir(parents=True, exist_ok=True)
        spec = pathlib.Path(os.environ.get("DOVETAIL_SPEC_DIR", SOURCE.parent / "shared/spec"))
        for number, file in enumerate(sorted(spec.glob("[23].0/**/*.wasm"))):
            if file.stat().st_size <= 64 * 1024:
                shutil.copy(file, made / f"{number}.wasm")
        maker, = make(plain_build(), "fuzz-make")
        subprocess.run([maker, made, "1000000", "300"], check=True)
        made.replace(folder)
    return folder


def libfuzzer(kind, seconds):
    folder = BUILD / "fuzz/sanitized"
    setup(folder, "clang++", ["-Doptimization=1", "-Db_sanitize=address,undefined",
                              "-Db_lundef=false",
                              "-Dcpp_args=-fno-sanitize-recover=all -fno-omit-frame-pointer -g1"])
    program, = make(folder, LIBFUZZER[kind])
    grown = BUILD / "fuzz" / f"{kind}-corpus"
    artifacts = BUILD / "fuzz/found"
    for needed in (grown, artifacts):
        needed.mkdir(parents=True, exist_ok=True)
    done = subprocess.run([program, f"-max_total_time={seconds:.0f}", "-max_len=65536",
                           "-rss_limit_mb=4096", "-timeout=30", "-print_final_stats=1",
                           f"-artifact_prefix={artifacts}/{kind}-", grown, corpus()],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          env={**os.environ, "ASAN_OPTIONS": "detect_leaks=1:"
                               "detect_stack_use_after_return=0:handle_segv=1"})
    output = done.stdout.decode(errors="replace")
    runs = next((line.split()[-1] for line in output.splitlines()
                 if line.startswith("stat::number_of_executed_units")), "0")
    say(f"  {kind}: {runs} inputs in {seconds:.0f} s")
    if done.returncode != 0:
        say("\n".join("    | " + line for line in output.splitlines()[-60:]))
        return 0, 1
    return int(runs), 0


def main():
    parser = argparse.ArgumentParser(prog="tools/fuzz", description=__doc__.split(";")[0] + ".")
    parser.add_argument("--minutes", type=float, default=2, help="in all, building aside")
    parser.add_argument("--modules", type=int, default=0, metavar="N",
                        help="so many of each kind that V8 runs too, however long it takes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", action="append", choices=KINDS, default=[])
    options = parser.parse_args()
    kinds = options.only or KINDS
    compared = [kind for kind in kinds if kind not in LIBFUZZER]
    fed = [kind for kind in kinds if kind in LIBFUZZER]
    passed = failed = skipped = 0
    seconds = options.minutes * 60
    if compared:
        share = seconds / 2 if fed else seconds
        node, reason = node_package.take(BUILD / "fuzz")
        if node is None:
            say(f"absent: {node_package.NODE} ({reason})")
            skipped = len(compared)
        else:
            passed, failed = Differential(options, node).run(compared, share, options.modules)
        seconds -= share
    for kind in fed:
        good, bad = libfuzzer(kind, seconds / len(fed))
        passed, failed = passed + good, failed + bad
    say(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
