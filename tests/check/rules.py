#!/usr/bin/env python3
"""The table of tests/link/README.md and the test cases agree: a rule or bug is named by a case of
every file that the table gives it, and by no other."""

import pathlib
import re

import common

FOLDER = "tests/link"
CASE = re.compile(r'TEST_CASE\(\s*"([^"]*)"')
BUGS = [f"B-{number:02}" for number in range(1, 39)]


def named(title):
    """The rules and bugs that a test case carries, before its colon: "rule 2.13, 3.6, B-01: ..."""
    return re.findall(r"\b(?:[2-5]\.\d+|B-\d\d)\b", title.split(":")[0])


def main():
    report = common.Report()
    shown = {}  # by id: the files whose cases carry it
    for path in common.tree(FOLDER, suffixes={".cpp"}):
        for title in CASE.findall(common.read(path)):
            for rule in named(title):
                shown.setdefault(rule, set()).add(path.stem)
    readme = common.read(pathlib.Path(FOLDER, "README.md"))
    told = {}
    for rules, files in re.findall(r"^\| (\d[\d. ]*) \|[^|]*\| ([^|]*) \|$", readme, re.MULTILINE):
        for rule in rules.split():
            told[rule] = set(files.split())
    for rule in sorted(told | {r: 0 for r in shown if r not in BUGS}):
        there, listed = shown.get(rule, set()), told.get(rule, set())
        report.check(f"rule {rule}",
                     [f"the table says {sorted(listed)}, the cases are in {sorted(there)}"]
                     if not there or there != listed else [])
    for bug in BUGS:
        report.check(bug, [] if bug in shown else [f"no test case of {FOLDER} carries it"])
    report.finish()


if __name__ == "__main__":
    main()
