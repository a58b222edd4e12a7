"""What bench/count and bench/controls share: counting rows under valgrind, and comparing the counts
with a baseline. They depend on compilers, so a baseline says whose counts it holds."""

import argparse
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess

import measuring

ALLOWED = 0.03


def arguments(description, only):
    parser = argparse.ArgumentParser(description=description.split(":")[0] + ".")
    parser.add_argument("--accept", action="store_true", help="write the baseline")
    parser.add_argument("--only", action="append", default=[], metavar=only)
    parser.add_argument("--build", type=pathlib.Path, metavar="FOLDER", default=measuring.BUILD)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    return parser


def missing_tool():
    return next((tool for tool in ("valgrind", "setarch", "g++", "meson")
                 if shutil.which(tool) is None), "")


def build(folder, jobs, programs):
    """The programs, by g++ with this tree's flags alone; the folder with them and the workloads."""
    for name in ("CXXFLAGS", "CPPFLAGS", "CFLAGS", "LDFLAGS"):
        os.environ.pop(name, None)
    os.environ["CXX"] = "g++"
    return measuring.build(folder, jobs, programs)


def rows_of(program):
    return subprocess.run([program], check=True, text=True, stdout=subprocess.PIPE).stdout.split()


def version(tool, name=None):
    """The tool and its version, as in "g++ 12.2.0"."""
    said = subprocess.run([tool, "--version"], check=True, text=True, stdout=subprocess.PIPE)
    return f"{name or tool} {re.search(r'[0-9]+[.][0-9]+[.][0-9]+', said.stdout).group()}"


def digest(place):
    """Of all workloads as modules."""
    modules = sorted(place / f"{name}.wasm" for name in measuring.workloads())
    return hashlib.sha256(b"".join(module.read_bytes() for module in modules)).hexdigest()[:16]


def key_of(place):
    """Whose counts these are."""
    return {"compiler": version("g++"), "valgrind": version("valgrind"),
            "library": os.confstr("CS_GNU_LIBC_VERSION"),
            "guests": version(shutil.which("clang-14") or "clang", "clang"),
            "modules": digest(place)}


class Judge:
    """Counts rows, compares them with a baseline or makes one of them, and has the last word."""

    def __init__(self, place, baseline, accept, command):
        self.baseline, self.accept, self.command = baseline, accept, command
        self.key = key_of(place)
        self.before = json.loads(baseline.read_text()) if baseline.exists() else {}
        self.passed = self.failed = 0

    def why_not(self):
        """Why counts cannot be compared with those of the baseline, if so."""
        for part in ("compiler", "guests", "valgrind", "library"):
            if not self.accept and self.before.get(part) != self.key[part]:
                return f"baseline is of {self.before.get(part)}, this is {self.key[part]}"
        return ""

    def skip(self, rows, why):
        print("".join(f"skipped: {row}: {why}\n" for row in rows)
              + f"0 passed, 0 failed, {len(rows)} skipped")
        return 0

    def count(self, rows, program_of, jobs, is_all):
        """Row -> instructions or None."""
        with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
            counts = dict(zip(rows, pool.map(
                lambda row: measuring.count(program_of(row), row), rows)))
        if self.accept and all(now is not None for now, _ in counts.values()):
            kept = {} if is_all else self.before.get("rows", {})
            kept.update((row, now) for row, (now, _) in counts.items())
            self.before = {**self.key, "rows": kept}
            self.baseline.write_text(json.dumps(self.before, indent=1) + "\n")
        for row, (now, said) in counts.items():
            self.compare(row, now, said)
        if self.before.get("modules") != self.key["modules"]:
            self.report(False, "the workloads are not those of the baseline; " + self.command)
        return {row: now for row, (now, _) in counts.items()}

    def compare(self, row, now, said):
        was = self.before.get("rows", {}).get(row)
        if now is None:
            self.report(False, f"{row}: not counted\n{said}")
        elif was is None:
            self.report(False, f"{row}: {now}, not in the baseline; {self.command}")
        elif now > was * (1 + ALLOWED):
            self.report(False, f"{row}: {now}, was {was} ({now / was - 1:+.1%})")
        elif now < was * (1 - ALLOWED):
            self.report(True, f"{row}: {now}, was {was} ({now / was - 1:+.1%}); keep the gain with "
                              + self.command)
        else:
            self.report(True, f"{row}: {now} ({now / was - 1:+.2%})")

    def report(self, is_good, text):
        self.passed, self.failed = self.passed + is_good, self.failed + (not is_good)
        print(text if is_good else f"FAILED: {text}")

    def verdict(self):
        print(f"{self.passed} passed, {self.failed} failed, 0 skipped")
        return 1 if self.failed else 0
