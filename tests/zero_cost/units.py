"""`extern template` keeps the compiler and the interpreter's handlers out of a unit: its object has
neither, with and without optimisation, and runs with the unit that has them."""

import pathlib
import platform
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "check"))
import common  # noqa: E402

MADE_ONCE = re.compile(r"decode_operators|emitter<|::pass<|_dispatch::(step|loop)<|module_builder")


def compile_unit(compiler, level, name, folder):
    """The object of a unit."""
    target = folder / f"{name}{level}.o"
    subprocess.run([compiler, *common.STRICT, level, *common.include_flags(),
                    "-c", HERE / f"{name}.cpp", "-o", target], check=True)
    return target


def made_in(target):
    """What of the compiler and the handlers is in an object."""
    names = subprocess.run(["nm", "-C", "--defined-only", target], check=True, text=True,
                           stdout=subprocess.PIPE).stdout.splitlines()
    return [name[:200] for name in names if MADE_ONCE.search(name)]


def program_fails(compiler, using, making, folder):
    subprocess.run([compiler, using, making, "-o", folder / "units"], check=True)
    code = subprocess.run([folder / "units"]).returncode
    return [] if code == 0 else [f"exit status {code}"]


def main():
    report = common.Report()
    if platform.machine() != "x86_64" or shutil.which("nm") is None:
        report.skip("units: x86-64 and nm are not both here")
        report.finish()
    for compiler in common.COMPILERS:
        if shutil.which(compiler) is None:
            report.skip(f"units: no {compiler}", "absent")
            continue
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            making = compile_unit(compiler, "-O0", "units_making", folder)
            report.check(f"{compiler}: one unit has them",
                         [] if made_in(making) else ["it has none"])
            for level in ["-O0", "-O2"]:
                using = compile_unit(compiler, level, "units_using", folder)
                report.check(f"{compiler} {level}: the other has none", made_in(using))
                report.check(f"{compiler} {level}: they work together",
                             program_fails(compiler, using, making, folder))
    report.finish()


if __name__ == "__main__":
    main()
