"""Fuel that each program of the tests of real modules uses, the same on every backend: fuel.py
PROGRAM PROGRAM..., the tests as programs, with fuel."""

import os
import subprocess
import sys


def used(program):
    """What each guest used, by name, in order; what the program said if it failed."""
    wrapper = os.environ.get("DOVETAIL_EXE_WRAPPER", "").split()
    done = subprocess.run([*wrapper, program], text=True, stdout=subprocess.PIPE)
    lines = done.stdout.splitlines()
    rows = [tuple(line.removeprefix("fuel ").rsplit(": ", 1)) for line in lines
            if line.startswith("fuel ")]
    for line in lines:
        if line.startswith(("absent: ", "skipped: ")):
            print(line)
    return rows, "" if done.returncode == 0 else done.stdout[-2000:]


def main():
    first, problem = used(sys.argv[1])
    failures = [f"{sys.argv[1]}: {problem}"] if problem else []
    passed = skipped = total = 0
    for program in sys.argv[2:]:
        other, problem = used(program)
        failures += [f"{program}: {problem}"] if problem else []
        if [name for name, _ in first] != [name for name, _ in other]:
            failures.append(f"{program}: other guests ran: {len(first)} against {len(other)}")
            continue
        for (name, here), (_, there) in zip(first, other):
            if here != there:
                failures.append(f"{program}: {name}: {there} against {here}")
            else:
                total += int(here)
                passed += 1
    if not passed and not failures:
        print("absent: every module")
        skipped += 1
    for failure in failures:
        print(f"FAILED: {failure}")
    print(f"{total} operators of {passed} guests")
    print(f"{passed} passed, {len(failures)} failed, {skipped} skipped")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
