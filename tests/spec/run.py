"""Runs dovetail-spec on a folder of the official suite, or on some of its scripts; where the folder
is not there, says so by name. `--without-accesses-out-of-bounds` leaves out the scripts that expect
such a trap of a memory, for configurations without checks, which have undefined behaviour there.
`--table FILE` has the tool close with its table of counts, and looks for it in a file of prose.
Usage: run.py FOLDER [--only SCRIPT,SCRIPT... | --without-accesses-out-of-bounds | --table FILE]
COMMAND..."""

import json
import os
import pathlib
import re
import subprocess
import sys


def accesses_out_of_bounds(script):
    return any(command["type"].startswith("assert_") and
               command.get("text", "").startswith("out of bounds memory access")
               for command in json.loads(script.read_text())["commands"])


def with_more(verdict, kind, count):
    """A verdict line with more cases of a kind: "1 passed, 0 failed, 0 skipped"."""
    return re.sub(rf"(\d+) {kind}", lambda found: f"{int(found[1]) + count} {kind}", verdict)


def run_with_table(prose, command):
    """Runs all; that the table is in the file as the tool prints it is one case more."""
    done = subprocess.run([*command, "--markdown"], text=True, stdout=subprocess.PIPE)
    lines = done.stdout.rstrip("\n").split("\n")
    table = [line for line in lines if line.startswith("|")]
    is_there = len(table) > 2 and "\n".join(table) in prose.read_text()
    if not is_there:
        print(f"FAILED: {prose.name} has another table than the tool prints")
    lines[-1] = with_more(lines[-1], "passed" if is_there else "failed", 1)
    print("\n".join(lines))
    return done.returncode if is_there else 1


def run_without(folder, command):
    """Runs the scripts that stay in bounds; each of the others counts as one case skipped."""
    inside, outside = [], []
    for script in sorted(folder.rglob("*.json")):
        (outside if accesses_out_of_bounds(script) else inside).append(script)
    for script in outside:
        print(f"skipped: {script.stem}: accesses out of bounds are undefined here")
    done = subprocess.run([*command, *map(str, inside)], text=True, stdout=subprocess.PIPE)
    lines = done.stdout.rstrip("\n").rsplit("\n", 1)
    verdict = re.fullmatch(r".*, \d+ skipped", lines[-1])
    if verdict:
        lines[-1] = with_more(lines[-1], "skipped", len(outside))
    print("\n".join(lines))
    return done.returncode if verdict and outside and inside else 1


def main():
    folder, command = pathlib.Path(sys.argv[1]), sys.argv[2:]
    places = [folder]
    if command[0] == "--only":
        places = [folder / name / f"{pathlib.Path(name).name}.json"
                  for name in command[1].split(",")]
        command = command[2:]
    prose = None
    if command[0] == "--table":
        prose, command = pathlib.Path(command[1]), command[2:]
    stays_inside = command[0] == "--without-accesses-out-of-bounds"
    command = command[stays_inside:]
    gone = [place for place in places if not place.exists()]
    if gone:
        name = f"official suite {folder.name}"
        print(f"absent: {name}{'' if gone == [folder] or not folder.exists() else f': {gone[0]}'}")
        required = "DOVETAIL_REQUIRE_DATA" in os.environ
        print("0 passed, 1 failed, 0 skipped" if required else "0 passed, 0 failed, 1 skipped")
        return 1 if required else 0
    # An emulator, when the tool is built for another machine.
    wrapper = os.environ.get("DOVETAIL_EXE_WRAPPER", "").split()
    if stays_inside:
        return run_without(folder, [*wrapper, *command])
    if prose is not None:
        return run_with_table(prose, [*wrapper, *command, *map(str, places)])
    return subprocess.run([*wrapper, *command, *map(str, places)]).returncode


if __name__ == "__main__":
    sys.exit(main())
