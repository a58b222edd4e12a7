"""Runs every test, stage by stage; tools/test starts it. A test is a program or script whose last
line is "N passed, N failed[, N skipped]"; "skipped: NAME" and "absent: NAME" lines name what did
not run. The tests that meson builds are asked from `meson introspect`, the scripts are found."""

import argparse
import ast
import concurrent.futures
import configparser
import dataclasses
import fnmatch
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import time

SOURCE = pathlib.Path(__file__).resolve().parent.parent
BUILD = pathlib.Path(os.environ.get("DOVETAIL_BUILD", SOURCE / "build")).resolve()
JOBS = os.cpu_count() or 1
VERDICT = re.compile(r"^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$", re.MULTILINE)
NAMED = re.compile(r"^(skipped|absent): (.*)$", re.MULTILINE)
HOSTED_INCLUDES = ["catch2", "nlohmann", "CLI", "xbyak"]  # header-only, so good for any machine

# Test builds want a short way from edit to result: little or no optimisation, no debug information.
FAST = ["-Ddebug=false", "-Db_ndebug=false", "-Dwerror=true", "-Dtests=enabled", "-Dtools=enabled"]
FEW = "-Dspec_all=false"  # where a slice of the suite is enough


@dataclasses.dataclass
class Stage:
    """A build and which of its suites run, or scripts."""
    name: str
    headline: str
    cxx: str = ""
    options: list = dataclasses.field(default_factory=list)
    optimisation: int = 0    # an interpreter takes g++ 5 s without, 12 s with; clang 3 s and 12 s
    suites: list = None      # or tests, by name; None: all but the slice, which is part of spec
    build_all: bool = False  # also what no chosen test needs
    read_all: bool = False   # the compiler reads the rest: all its warnings, in half the time
    cross: str = ""          # a file of tools/cross
    slowness: float = 1.0    # factor on time limits
    environment: dict = dataclasses.field(default_factory=dict)
    before: list = None      # a command to run alone, before the tests run side by side
    scripts: list = None     # globs, with arguments, instead of a build
    quick: bool = False      # part of --quick


# In this order: where time is short, what only others find goes last.
STAGES = [
    Stage("gcc", "GCC: everything builds without a warning, every suite runs",
          cxx="g++", build_all=True, quick=True, optimisation=1,
          options=["-Dbench=disabled"]),  # clang builds it sooner, the stage count what it counts
    Stage("check", "Checks of the tree: floors, style, budgets, names",
          scripts=["tests/check/*.py"], quick=True),
    Stage("promise", "What must compile, what must not and says why, what must cost nothing",
          scripts=["tests/fail/*.py", "tests/zero_cost/*.py"]),
    Stage("count", "Instructions of fixed work, and what controls cost, under valgrind",
          scripts=["bench/count", "bench/controls --only x64_guarded"]),
    # Machine code made at run time is not watched. A fault in an interpreted guest leaves its
    # handler by a jump; the sanitizer takes all that follows for a part of the handler.
    Stage("threads", "The thread sanitizer over eight threads on every backend",
          cxx="clang++", slowness=6, optimisation=1,
          options=["-Db_sanitize=thread", "-Db_lundef=false", "-Dcpp_args=-g1", FEW],
          suites=["threads"],
          environment={"TSAN_OPTIONS": "halt_on_error=1:report_signal_unsafe=0",
                       "TSAN_SYMBOLIZER_PATH": "/usr/lib/llvm-14/bin/llvm-symbolizer"}),
    Stage("package", "The single headers, and consumers of an installed Dovetail",
          scripts=["tests/single/*.py", "tests/install/*.py"]),
    Stage("clang", "clang: no warning anywhere; tests without exceptions and RTTI",
          cxx="clang++", options=["-Dbare=true", "-Dbench=enabled"], read_all=True,
          # Where it matters what the platform has; the rest is run by clang under sanitizers.
          suites=["unit-base", "unit-runtime", "unit-interpreter", "unit-x64", "unit-api",
                  "golden", "odr", "boundary"]),
    Stage("sanitize", "Address and undefined-behaviour sanitizers",
          cxx="clang++", slowness=6,
          options=["-Db_sanitize=address,undefined", "-Db_lundef=false", FEW,
                   "-Dcpp_args=-fno-sanitize-recover=all -fno-omit-frame-pointer -g1"],
          # Machine code is not watched; what is around it is in units and policies. Of operators,
          # the slice runs every one.
          suites=["unit", "table", "link", "policies", "wasi", "robustness", "slice"],
          environment={"ASAN_OPTIONS": "detect_leaks=1:detect_stack_use_after_return=0",
                       "UBSAN_OPTIONS": "print_stacktrace=1",
                       "ASAN_SYMBOLIZER_PATH": "/usr/lib/llvm-14/bin/llvm-symbolizer"}),
    Stage("s390x", "Big-endian s390x under qemu-user: unit tests and a slice of the suite",
          cross="s390x", slowness=10, options=[FEW],
          suites=["unit", "table", "operators", "wasi", "slice"]),
    Stage("windows", "Windows x86-64 under wine: unit tests and a slice of the suite",
          cross="windows", slowness=10, options=[FEW],
          optimisation=1,  # without, objects have more sections than COFF counts
          suites=["unit-base", "unit-runtime", "unit-interpreter", "unit-x64", "unit-api", "x64",
                  "boundary", "wasi", "slice"],
          # Two first starts of wine in one prefix race for the server's folder, and one dies.
          before=["wine", "wineboot", "--init"],
          environment={"WINEDEBUG": "-all", "WINEPREFIX": str(BUILD / "wine"),
                       "WINEDLLOVERRIDES": "mscoree,mshtml="}),
    Stage("fuzz", "Random modules in every backend and V8, and changed ones under sanitizers",
          scripts=["tests/fuzz/judging_test.py", "tests/fuzz/run.py"]),
    Stage("aarch64", "64-bit ARM under qemu-user: unit tests and a slice of the suite",
          cross="aarch64", slowness=10, options=[FEW],  # what else depends on a machine: s390x
          suites=["unit-base", "unit-runtime", "unit-interpreter", "slice"]),
]


class Clock:
    """When to stop. What has not run by then is skipped by name: too little, but not wrong."""

    def __init__(self):
        self.began = time.monotonic()
        self.end = float("inf")

    def stop_after(self, minutes):
        self.end = self.began + minutes * 60

    def left(self):
        return max(0.0, self.end - time.monotonic())

    def is_over(self):
        return self.left() == 0

    def seconds(self):
        return time.monotonic() - self.began


CLOCK = Clock()


@dataclasses.dataclass
class Test:
    name: str
    command: list
    environment: dict = dataclasses.field(default_factory=dict)
    limit: float = 600
    alone: bool = False
    folder: pathlib.Path = SOURCE  # where it runs
    by_status: bool = False  # an example: its exit status is its verdict


class Tally:
    """What happened so far, in all stages."""

    def __init__(self, require_data):
        self.passed = self.failed = self.skipped = 0
        self.failures = []
        self.named = []
        self.unfinished = []
        self.require_data = require_data

    def absent(self, name):
        """Something that should be here is not: a skip, or a failure where data is required."""
        self.named.append(f"absent: {name}")
        if self.require_data:
            self.fail(f"{name} (absent)")
        else:
            self.skipped += 1

    def late(self, name):
        """Something that the clock stopped, or kept from starting."""
        self.unfinished.append(name)
        self.skipped += 1

    def fail(self, name):
        self.failed += 1
        self.failures.append(name)

    def add(self, name, output, code, by_status=False):
        """Counts a finished test by its last verdict line; returns what to print of it."""
        verdicts = VERDICT.findall(output)
        if by_status and not verdicts:
            verdicts = [("1", "0", "") if code == 0 else ("0", "1", "")]
        if not verdicts:
            self.fail(f"{name} (no verdict, exit status {code})")
            return f"no verdict, exit status {code}", False
        passed, failed, skipped = (int(part or 0) for part in verdicts[-1])
        self.passed += passed
        self.failed += failed
        self.skipped += skipped
        if failed:
            self.failures.append(f"{name} ({failed})")
        elif code != 0:
            self.fail(f"{name} (exit status {code})")
        for kind, what in NAMED.findall(output):
            self.named.append(f"{kind}: {name}: {what}")
            if kind == "absent" and self.require_data and not failed:
                self.fail(f"{name}: {what} (absent)")
        said = f"{passed} passed, {failed} failed, {skipped} skipped"
        return said, failed == 0 and code == 0


def say(text):
    print(text, flush=True)


def log_of(name):
    folder = BUILD / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / (name.replace("/", ".") + ".log")


def run_logged(name, command, environment=None, limit=None, cwd=SOURCE):
    """Runs to the end or the time limit; returns the output and the exit status, which is None if
    the clock stopped it."""
    if CLOCK.is_over():
        return "", None
    log = log_of(name)
    limit = min(limit or CLOCK.left(), CLOCK.left())
    with open(log, "wb") as output:
        try:
            code = subprocess.run(command, stdout=output, stderr=subprocess.STDOUT, cwd=cwd,
                                  stdin=subprocess.DEVNULL,
                                  timeout=None if limit == float("inf") else limit,
                                  env={**os.environ, **(environment or {})}).returncode
        except subprocess.TimeoutExpired:
            output.write(f"\nstopped after {limit:.0f} s\n".encode())
            code = None if CLOCK.is_over() else -9
        except OSError as failure:
            output.write(f"{failure}\n".encode())
            code = 127
    return log.read_text(errors="replace").replace("\r\n", "\n"), code


def exe_wrapper(cross):
    if not cross:
        return []
    ini = configparser.ConfigParser()
    ini.read(SOURCE / "tools/cross" / f"{cross}.ini")
    return ast.literal_eval(ini["binaries"]["exe_wrapper"])


def missing_tools(stage):
    if not stage.cross:
        return []
    ini = configparser.ConfigParser()
    ini.read(SOURCE / "tools/cross" / f"{stage.cross}.ini")
    compiler = ast.literal_eval(ini["binaries"]["cpp"])
    return [tool for tool in (compiler, exe_wrapper(stage.cross)[0]) if not shutil.which(tool)]


def hosted_includes():
    """A folder with the header-only packages alone: a cross compiler must not see the rest."""
    folder = BUILD / "hosted"
    folder.mkdir(parents=True, exist_ok=True)
    for name in HOSTED_INCLUDES:
        if not (folder / name).exists():
            (folder / name).symlink_to(pathlib.Path("/usr/include") / name)
    return folder


def configure(stage):
    """Configures the stage's build folder, anew if its options changed; returns it or None."""
    folder = BUILD / stage.name
    options = [f"-Doptimization={stage.optimisation}", *FAST, *stage.options]
    if stage.cross:
        options += [f"--cross-file={SOURCE}/tools/cross/{stage.cross}.ini",
                    f"-Dcpp_args=-isystem {hosted_includes()}"]
    if os.environ.get("DOVETAIL_SPEC_DIR"):
        options += [f"-Dspec_dir={os.environ['DOVETAIL_SPEC_DIR']}"]
    stamp = folder / "dovetail-options"
    wanted = "\n".join([stage.cxx, *options])
    if stamp.exists() and stamp.read_text() == wanted and (folder / "build.ninja").exists():
        command = ["ninja", "-C", str(folder), "build.ninja"]
    else:
        command = ["meson", "setup", str(folder), str(SOURCE), *options]
        if folder.exists():
            shutil.rmtree(folder)
    cached = "ccache " if shutil.which("ccache") else ""  # meson finds it only where CXX is not set
    environment = {"CXX": cached + stage.cxx} if stage.cxx else {}
    output, code = run_logged(f"{stage.name}.configure", command, environment)
    if code != 0:
        say(output[-3000:])
        return None
    stamp.write_text(wanted)
    for name in ("real", "guests"):  # what was taken from elsewhere outlives a build folder
        (BUILD / name).mkdir(exist_ok=True)
        if not (folder / name).exists():
            (folder / name).symlink_to(BUILD / name)
    return folder


def introspect(folder, what):
    return json.loads(subprocess.run(["meson", "introspect", str(folder), what], check=True,
                                     stdout=subprocess.PIPE).stdout)


def built_tests(stage, folder):
    """The tests of a build, and the files that ninja must make for each."""
    files = {target["id"]: target["filename"] for target in introspect(folder, "--targets")}
    found = []
    for entry in introspect(folder, "--tests"):
        suites = {suite.split(":")[-1] for suite in entry["suite"]}
        if suites == {"slice"} if stage.suites is None else not (
                suites | {entry["name"]}) & set(stage.suites):
            continue
        wrapper = exe_wrapper(stage.cross)  # for our programs; a script hands it on itself
        ours = pathlib.Path(entry["cmd"][0]).is_relative_to(folder)
        test = Test(entry["name"], (wrapper if ours else []) + entry["cmd"],
                    {**entry["env"], **stage.environment,
                     "DOVETAIL_EXE_WRAPPER": " ".join(wrapper)},
                    entry["timeout"] * stage.slowness, not entry["is_parallel"],
                    pathlib.Path(entry["workdir"] or folder), "examples" in suites)
        needs = [os.path.relpath(file, folder) for target in entry["depends"]
                 for file in files.get(target, [])]
        found.append((test, needs))
    return found


def script_tests(stage):
    found = []
    for entry in stage.scripts:
        pattern, *arguments = entry.split()
        for path in sorted(SOURCE.glob(pattern)):
            if path.name != "common.py":
                name = path.parent.name if path.stem == "run" else f"{path.parent.name}-{path.stem}"
                command = [sys.executable, str(path), *arguments]
                found.append((Test(name, command, {}, 1500), []))
    return found


def run_tests(stage, tests, tally):
    def one(test):
        began = time.monotonic()
        output, code = run_logged(f"{stage.name}.{test.name}", test.command,
                                  test.environment, test.limit, test.folder)
        return test, output, code, time.monotonic() - began

    def report(outcome):
        test, output, code, seconds = outcome
        if code is None:
            tally.late(f"{stage.name}/{test.name}")
            return
        said, good = tally.add(f"{stage.name}/{test.name}", output, code, test.by_status)
        say(f"  {'ok  ' if good else 'FAIL'} {test.name:32} {said}  ({seconds:.1f} s)")
        if not good:
            say("\n".join("    | " + line for line in output.splitlines()[-60:]))

    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        # The longest first, so that none of them runs when the others have ended.
        together = [pool.submit(one, test) for test in sorted(tests, key=lambda test: -test.limit)
                    if not test.alone]
        for future in concurrent.futures.as_completed(together):
            report(future.result())
    for test in tests:
        if test.alone:
            report(one(test))


def build(stage, folder, wanted):
    """Builds all, or what the wanted tests need. Keeps going, so that one broken file does not
    hide the rest; a test whose program could not be made fails by itself. Returns whether nothing
    is wrong."""
    targets = [] if stage.build_all and wanted is None else sorted(set(wanted or []))
    if wanted is not None and not targets and not stage.build_all:
        return True
    output, code = run_logged(f"{stage.name}.build",
                              ["ninja", "-C", str(folder), "-k", "0", "-j", str(JOBS), *targets],
                              # What ccache asks of who uses precompiled headers.
                              {"CCACHE_SLOPPINESS": "pch_defines,time_macros"})
    if code:
        failed = [line for line in output.splitlines()
                  if re.search(r"error|FAILED|warning", line)]
        say("\n".join("    | " + line for line in failed[:60]))
    return not code


def read_rest(stage, folder, wanted):
    """Lets the compiler read each file that it did not compile for the wanted tests: errors and
    warnings are all there without code. Returns whether there are none."""
    made = [os.path.relpath(file, folder) for target in introspect(folder, "--targets")
            if target["type"] == "custom" for file in target["filename"] if file.endswith(".cpp")]
    if made:
        run_logged(f"{stage.name}.sources", ["ninja", "-C", str(folder), *made])
    needed = set(subprocess.run(["ninja", "-C", str(folder), "-t", "inputs", *sorted(set(wanted))],
                                check=True, stdout=subprocess.PIPE, text=True).stdout.split())
    units = json.loads((folder / "compile_commands.json").read_text())
    compiled = {entry["file"] for entry in units if entry["output"] in needed}
    rest = list({entry["file"]: entry for entry in units if entry["file"] not in compiled}.values())

    def read(entry):
        command = re.sub(r" -(o|MQ|MF|include-pch) \S+| -MD", "", entry["command"])
        return run_logged(f"{stage.name}.read.{entry['output']}",
                          [*shlex.split(command), "-fsyntax-only"], limit=600, cwd=folder)

    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        outcomes = list(pool.map(read, rest))
    for output, code in outcomes:
        if code:
            say("\n".join("    | " + line for line in output.splitlines()[:30]))
    say(f"  read {sum(code is not None for _, code in outcomes)} of {len(rest)} files more")
    return not any(code for _, code in outcomes)


def run_stage(stage, chosen, tally):
    """Runs the stage's tests for which chosen(name) holds."""
    missing = missing_tools(stage)
    if missing:
        tally.absent(f"{stage.name}: no {' and no '.join(missing)}")
        return
    if stage.scripts is not None:
        run_tests(stage, [test for test, _ in script_tests(stage) if chosen(test.name)], tally)
        return
    folder = None if CLOCK.is_over() else configure(stage)
    if CLOCK.is_over():
        tally.late(stage.name)
        return
    if folder is None:
        tally.fail(f"{stage.name}: does not configure")
        return
    found = built_tests(stage, folder)
    selected = [(test, needs) for test, needs in found if chosen(test.name)]
    everything = stage.build_all and len(selected) == len(found)
    wanted = None if everything else [need for _, needs in selected for need in needs]
    began = time.monotonic()
    if not build(stage, folder, wanted):
        tally.fail(f"{stage.name}: does not build")
    if stage.read_all and len(selected) == len(found) and not read_rest(stage, folder, wanted):
        tally.fail(f"{stage.name}: not read without an error")
    if CLOCK.is_over():
        tally.late(f"{stage.name}: what was left to compile and to read")
    say(f"  built  ({time.monotonic() - began:.1f} s)")
    if stage.before and selected:
        output, code = run_logged(f"{stage.name}.before", stage.before, stage.environment, 600)
        if code:
            tally.fail(f"{stage.name}: {' '.join(stage.before)} (exit status {code})")
            say("\n".join("    | " + line for line in output.splitlines()[-20:]))
    run_tests(stage, [test for test, _ in selected], tally)


def chooser(patterns):
    """From the --only patterns, a function that tells whether stage/name is wanted."""
    names = {stage.name for stage in STAGES}

    def chosen(stage, name):
        for pattern in patterns:
            if "/" in pattern:
                if fnmatch.fnmatch(f"{stage.name}/{name}", pattern):
                    return True
            elif pattern in names:
                if pattern == stage.name:
                    return True
            elif (stage.name == "gcc" or stage.scripts) and fnmatch.fnmatch(name, pattern):
                return True
        return not patterns

    def possible(stage):
        return not patterns or any(
            fnmatch.fnmatch(stage.name, pattern.split("/")[0]) if "/" in pattern
            else pattern == stage.name or pattern not in names
            and (stage.name == "gcc" or stage.scripts is not None)
            for pattern in patterns)

    return chosen, possible


def list_tests(stages, chosen):
    for stage in stages:
        say(f"{stage.name}: {stage.headline}")
        if missing_tools(stage):
            say(f"  (no {' and no '.join(missing_tools(stage))})")
            continue
        folder = None if stage.scripts is not None else configure(stage)
        found = script_tests(stage) if folder is None else built_tests(stage, folder)
        for test, _ in found:
            if chosen(stage, test.name):
                say(f"  {stage.name}/{test.name}")


def close(tally):
    say("")
    for text in tally.named[:200]:
        say(text)
    if len(tally.named) > 200:
        say(f"... and {len(tally.named) - 200} more; see the logs")
    for name in tally.unfinished:
        say(f"out of time: {name}")
    for failure in tally.failures:
        say(f"FAILED: {failure}")
    say(f"logs: {os.path.relpath(BUILD / 'logs')}, {CLOCK.seconds() / 60:.1f} minutes")
    say(f"{tally.passed} passed, {tally.failed} failed, {tally.skipped} skipped")
    return 1 if tally.failed else 0


def main():
    parser = argparse.ArgumentParser(
        prog="tools/test", description="Builds and runs the tests of Dovetail.",
        epilog="stages: " + ", ".join(stage.name for stage in STAGES))
    parser.add_argument("--quick", action="store_true",
                        help="only " + ", ".join(s.name for s in STAGES if s.quick))
    parser.add_argument("--only", action="append", default=[], metavar="PATTERN",
                        help="a stage, a test (in gcc and the scripts), or STAGE/TEST, with *")
    parser.add_argument("--list", action="store_true", help="name the tests; run none")
    parser.add_argument("--require-data", action="store_true",
                        help="absent test data is a failure, not a skip")
    parser.add_argument("--minutes", type=float, metavar="N",
                        help="stop after N: what has not run by then is skipped, by name")
    options = parser.parse_args()
    if options.minutes is not None:
        CLOCK.stop_after(options.minutes)
    if options.require_data:
        os.environ["DOVETAIL_REQUIRE_DATA"] = "1"
    os.environ["DOVETAIL_BUILD"] = str(BUILD)
    BUILD.mkdir(parents=True, exist_ok=True)

    chosen, possible = chooser(options.only)
    stages = [stage for stage in STAGES
              if possible(stage) and (stage.quick or not options.quick)]
    if options.list:
        list_tests(stages, chosen)
        return 0

    tally = Tally(options.require_data)
    for stage in stages:
        say(f"== {stage.name}: {stage.headline}")
        stage_began = time.monotonic()
        run_stage(stage, lambda name: chosen(stage, name), tally)
        say(f"   {time.monotonic() - stage_began:.0f} s")
    return close(tally)


if __name__ == "__main__":
    sys.exit(main())
