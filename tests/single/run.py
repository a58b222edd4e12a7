"""The single headers: they are what amalgamate.py makes of the tree, the same each time; each
compiles alone and twice; two units with nothing but them run a WASI program in guarded memory, on
every backend."""

import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "check"))
import common  # noqa: E402

HERE = common.SOURCE / "tests/single"
SINGLE = common.SOURCE / "single_include"
NAMES = ["dovetail.hpp", "dovetail_interpreter.hpp", "dovetail_x64.hpp", "dovetail_boundary.hpp",
         "dovetail_watchdog.hpp", "dovetail_wasi.hpp"]
UNITS = ["one.cpp", "two.cpp"]


def run(*command, given=None):
    """What went wrong, as a list of problems."""
    done = subprocess.run([str(word) for word in command], input=given, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return [] if done.returncode == 0 else [done.stdout[:3000]]


def same_each_time(work):
    """Made twice, the second time from another place; compared byte for byte."""
    problems = []
    for folder in ("first", "second"):
        problems += run(sys.executable, SINGLE / "amalgamate.py", "--output", work / folder)
    return problems or [
        f"{name} differs" for name in NAMES
        if (work / "first" / name).read_bytes() != (work / "second" / name).read_bytes()]


def remembered(compiler, what, sources, work):
    """As common.remembered, for work that depends on the single headers and these sources."""
    texts = [(SINGLE / name).read_text() for name in NAMES if (SINGLE / name).is_file()]
    texts += [path.read_text() for path in sources]
    return common.remembered(["single", common.compiler_version(compiler), what, *texts], work)


def alone(compiler, name, define):
    """Included twice in a unit that includes nothing else."""
    given = f"{define}#include \"{name}\"\n#include \"{name}\"\n"
    return remembered(compiler, given, [], lambda: run(
        compiler, *common.STRICT, "-fno-exceptions", "-fno-rtti", f"-I{SINGLE}",
        "-fsyntax-only", "-x", "c++", "-", given=given))


def two_units(compiler, work):
    """The second unit sees no implementation; the program runs."""
    sources = [HERE / unit for unit in UNITS] + [HERE / "program.hpp"]
    program = work / f"program-{compiler}"

    def build_and_run():
        return (run(compiler, *common.STRICT, f"-I{SINGLE}", "-o", program, *sources[:2])
                or run(program))

    return remembered(compiler, "units", sources, build_and_run)


def main():
    report = common.Report()
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        report.check("single_include/ is what amalgamate.py makes",
                     run(sys.executable, SINGLE / "amalgamate.py", "--check"))
        report.check("made twice, the same bytes", same_each_time(work))
        for compiler in common.COMPILERS:
            for name in NAMES:
                for define in ("", "#define DOVETAIL_IMPLEMENTATION\n"):
                    report.check(f"{compiler}: {define and 'implementation of '}{name} alone",
                                 alone(compiler, name, define))
            report.check(f"{compiler}: two units run a WASI program in guarded memory",
                         two_units(compiler, work))
    report.finish()


if __name__ == "__main__":
    main()
