"""Fuel that each command of the official suite costs, the same on every backend: run.py's words for
FOLDER and COMMAND, and then after `--` the words of each configuration, separated by `--`. Commands
that exhaust the stack are not compared: how deep it is differs."""

import os
import pathlib
import subprocess
import sys


def totals(command, words, folder):
    """The lines that say what each command cost; how the run ended."""
    done = subprocess.run([*command, *words, "--fuel-used", str(folder)], text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    lines = [line for line in done.stdout.splitlines() if line.startswith("fuel ")]
    return lines, "" if done.returncode == 0 else done.stdout[-2000:] + done.stderr[-2000:]


def main():
    folder, words = pathlib.Path(sys.argv[1]), sys.argv[2:]
    if not folder.exists():
        print(f"absent: official suite {folder.name}")
        required = "DOVETAIL_REQUIRE_DATA" in os.environ
        print("0 passed, 1 failed, 0 skipped" if required else "0 passed, 0 failed, 1 skipped")
        return 1 if required else 0
    groups = [[]]
    for word in words:
        if word == "--":
            groups.append([])
        else:
            groups[-1].append(word)
    command = os.environ.get("DOVETAIL_EXE_WRAPPER", "").split() + groups[0]
    expected, problem = totals(command, groups[1], folder)
    if problem or not expected:
        print(f"FAILED: {' '.join(groups[1])}\n{problem}\n0 passed, 1 failed, 0 skipped")
        return 1
    passed = failed = 0
    for group in groups[2:]:
        found, problem = totals(command, group, folder)
        wrong = [f"{a} against {b}" for a, b in zip(expected, found) if a != b]
        wrong += [problem] if problem else []
        if len(found) != len(expected):
            wrong.append(f"{len(expected)} commands against {len(found)}")
        passed += len(expected) - len(wrong)
        failed += len(wrong)
        for line in wrong[:20]:
            print(f"FAILED: {' '.join(group)}: {line}")
    used = sum(int(line.split()[-1]) for line in expected)
    print(f"{used} operators in {len(expected)} commands")
    print(f"{passed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
