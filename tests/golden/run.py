"""The code that backends make of small modules: cases/NAME.wat, and beside it what is expected,
NAME.BACKEND.txt. A first line ";; backends: A B" says which backends list the case; without it the
interpreter does. Differences are shown as a diff; --update rewrites the expected files, which are
then to be read as a change of the backend. Usage: run.py [--update] LIST_CODE."""

import difflib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

CASES = pathlib.Path(__file__).resolve().parent / "cases"
ASSEMBLED_FEATURES = ["--enable-tail-call", "--enable-multi-memory", "--enable-memory64",
                      "--enable-relaxed-simd"]


def backends_of(case):
    found = re.match(r";; backends: (.+)\n", case.read_text())
    return found.group(1).split() if found else ["interpreter"]


def listing(list_code, backend, case, folder):
    module = pathlib.Path(folder) / "module.wasm"
    for command in (["wat2wasm", *ASSEMBLED_FEATURES, str(case), "-o", str(module)],
                    [*list_code, backend, str(module)]):
        done = subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode != 0:
            return None, done.stdout
    return done.stdout, ""


def main():
    update = "--update" in sys.argv[1:]
    program = [argument for argument in sys.argv[1:] if argument != "--update"]
    if len(program) != 1:
        sys.exit(__doc__)
    list_code = os.environ.get("DOVETAIL_EXE_WRAPPER", "").split() + program
    if shutil.which("wat2wasm") is None:
        print("absent: wat2wasm is not here\n0 passed, 0 failed, 1 skipped")
        return 0
    known = subprocess.run(list_code, check=True, text=True, stdout=subprocess.PIPE).stdout.split()
    passed = failed = skipped = 0
    with tempfile.TemporaryDirectory() as folder:
        for case in sorted(CASES.glob("*.wat")):
            for backend in backends_of(case):
                name = f"{case.stem} for {backend}"
                if backend not in known:
                    print(f"skipped: {name}: this build has no such backend")
                    skipped += 1
                    continue
                made, problem = listing(list_code, backend, case, folder)
                expected = CASES / f"{case.stem}.{backend}.txt"
                if update and made is not None:
                    expected.write_text(made)
                there = expected.read_text() if expected.exists() else ""
                if made == there:
                    passed += 1
                    continue
                failed += 1
                print(f"FAILED: {name}\n{problem}")
                if made is not None:
                    sys.stdout.writelines(difflib.unified_diff(
                        there.splitlines(True), made.splitlines(True), "expected", "made"))
    expected = {f"{case.stem}.{backend}" for case in CASES.glob("*.wat")
                for backend in backends_of(case)}
    for stray in sorted(CASES.glob("*.txt")):
        if stray.stem not in expected:
            failed += 1
            print(f"FAILED: {stray.name} belongs to no case")
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
