"""tests/run.py --minutes: what does not run in time is named and skipped, and nothing fails."""

import os
import subprocess
import sys
import tempfile

import common

# Stopped before it begins, and while it runs: clang-format reads the tree for many seconds.
CASES = {"0": "check/check-rules", "0.01": "check/check-format"}


def problems_of(minutes, test):
    with tempfile.TemporaryDirectory() as build:
        done = subprocess.run(
            [sys.executable, str(common.SOURCE / "tests/run.py"), "--minutes", minutes,
             "--only", test], text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env={**os.environ, "DOVETAIL_BUILD": build})
    lines = done.stdout.splitlines()
    good = (done.returncode == 0 and f"out of time: {test}" in lines
            and lines[-1] == "0 passed, 0 failed, 1 skipped")
    return [] if good else [done.stdout[-1000:]]


def main():
    report = common.Report()
    for minutes, test in CASES.items():
        report.check(f"{test} with {minutes} minutes", problems_of(minutes, test))
    report.finish()


if __name__ == "__main__":
    main()
