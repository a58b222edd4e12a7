#!/usr/bin/env python3
"""Every control is tested everywhere: a row of the README's table of controls has a case of
tests/policies/controls_everywhere.cpp, under all of its configurations, and a row of the table in
tests/README.md, whose cases of tests/fail exist and whose error values the case looks for."""

import pathlib
import re

import common

CASES = pathlib.Path("tests/policies/controls_everywhere.cpp")
CASE = re.compile(r'^(?:TEMPLATE_)?TEST_CASE\(\s*((?:"[^"]*"\s*)+),?([^{]*)\)\s*\{(.*?)^\}',
                  re.MULTILINE | re.DOTALL)
NAMED = "names for perf and gdb"  # interpreters have no machine code


def rows(path, heading):
    """The cells of the first table below a heading, without its head."""
    below = common.read(pathlib.Path(path)).split(f"\n## {heading}\n", 1)[1]
    table = re.search(r"^\|.*\n\|[-|]*\n((?:\|.*\n)+)", below, re.MULTILINE).group(1)
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]


def cases():
    """By control: the list of configurations of its case, and what it does."""
    found = {}
    for title, under, body in CASE.findall(common.read(CASES)):
        found["".join(re.findall(r'"([^"]*)"', title))] = (under.split(",")[-1].strip(), body)
    return {name.removeprefix("everywhere: "): case for name, case in found.items()}


def misuse_problems(compile_errors, values, body):
    if not compile_errors and not values:
        yield "no misuse is a compile error or an error value"
    for entry in re.findall(r"`([^`]*)`", compile_errors):
        name, *numbers = entry.split()
        path = pathlib.Path("tests/fail", name + ".cpp")
        text = common.read(path) if (common.SOURCE / path).is_file() else ""
        if not numbers:
            yield f"{entry} names no case"
        for number in numbers:
            if not re.search(rf"^// {number}: ", text, re.MULTILINE):
                yield f"{path} has no case {number}"
    for value in re.findall(r"`([^`]*)`", values):
        if not re.search(rf"(status|trap_code)::{value}\b", body):
            yield f"its case does not look for {value}"


def main():
    report = common.Report()
    tested = cases()
    controls = [row[0] for row in rows("README.md", "Controls")]
    misuses = {row[0]: row[1:] for row in rows("tests/README.md", "Controls and their misuse")}
    for control in controls:
        under, body = tested.get(control, ("", ""))
        wanted = "EVERYWHERE_MACHINE_CODE" if control == NAMED else "EVERYWHERE"
        report.check(f"tested everywhere: {control}", [] if under == wanted else [
            f"{CASES} has no such case for {wanted}"])
        report.check(f"misused: {control}", misuse_problems(*misuses.get(control, ["", ""]), body))
    report.check("no case and no row without a control",
                 sorted((set(tested) | set(misuses)) - set(controls)))
    report.finish()


if __name__ == "__main__":
    main()
