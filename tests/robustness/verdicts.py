"""Whether the library and wasm-validate (wabt) agree about which modules are valid: of the official
suite, and of 5,000 mutants of it and 1,500 of real modules. That is a sample of the 200,000 that
mutants.cpp makes: wabt's answer takes a process for each. verdicts.txt lists where they differ,
with reasons; every other difference, a row that no longer differs, and one without a module, is a
failure.

    verdicts.py PROGRAM     PROGRAM is write_mutants"""

import concurrent.futures
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
COMMAND = "wasm-validate"  # without options what 1.0.32 accepts is WebAssembly 2.0
# A name section that makes no sense does not make a module invalid (core specification 7.4.1). This
# option forgives more, such as a custom section without a name, so it is only the second question.
FORGIVING = "--ignore-custom-section-errors"


def reviewed():
    """Rows of verdicts.txt: the file, then the reason."""
    rows = {}
    for line in (HERE / "verdicts.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            name, reason = line.split(maxsplit=1)
            rows[name] = reason
    return rows


def asked(path, *options):
    done = subprocess.run([COMMAND, *options, str(path)], stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE)
    said = done.stderr.decode(errors="replace").strip().splitlines() or [""]
    return done.returncode == 0, said[0].replace(str(path), path.name)


def other_verdict(path, we_accept):
    is_valid, said = asked(path)
    if we_accept and not is_valid and asked(path, FORGIVING)[0]:
        return True, ""
    return is_valid, said


def compare(folder, lines):
    """The files on which the verdicts differ, each with what was said."""
    ours = [line.split(" ", 1) for line in lines]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        theirs = pool.map(
            lambda each: other_verdict(folder / each[0], each[1] == "valid"), ours)
    different = {}
    for (name, verdict), (is_valid, said) in zip(ours, theirs):
        if (verdict == "valid") != is_valid:
            different[name] = f"we say {verdict}; wabt says {'valid' if is_valid else said}"
    return different


def main():
    if shutil.which(COMMAND) is None:
        print("absent: wasm-validate of wabt\n0 passed, 0 failed, 1 skipped")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([*os.environ.get("DOVETAIL_EXE_WRAPPER", "").split(), sys.argv[1],
                               folder], stdout=subprocess.PIPE, text=True, check=True)
        lines = done.stdout.splitlines()
        if not lines:
            print("absent: the official suite\n0 passed, 0 failed, 1 skipped")
            return 0
        different = compare(pathlib.Path(folder), lines)
    names = {line.split(" ", 1)[0] for line in lines}
    rows = reviewed()
    problems = [f"{name}: {said}" for name, said in different.items() if name not in rows]
    problems += [f"{name}: verdicts.txt says that they differ, but they agree"
                 for name in rows if name in names and name not in different]
    has_real = any(name.startswith("real-") for name in names)  # they need npm
    problems += [f"{name}: verdicts.txt has a row for it, but there is no such module"
                 for name in rows
                 if name not in names and (has_real or not name.startswith("real-"))]
    for problem in problems:
        print(f"FAILED: {problem}")
    valid = sum(line.endswith(" valid") for line in lines)
    print(f"{len(lines)} modules, {valid} of them valid; {len(different)} verdicts differ, "
          f"{len(rows)} reviewed")
    print(f"{len(lines) - len(problems)} passed, {len(problems)} failed")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
