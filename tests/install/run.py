"""Other people's projects: one program, built against Dovetail as a meson subproject, through
pkg-config from where it was installed, and through CMake after the installed tree was moved."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "check"))
import common  # noqa: E402

CONSUMER = common.SOURCE / "tests/install/consumer"
PROGRAMS = ["consumer", "consumer-of-headers"]


class Failed(Exception):
    """A step that did not work; the text is what it said."""


def run(*command, cwd=None, **environment):
    done = subprocess.run([str(word) for word in command], cwd=cwd, text=True,
                          env={**os.environ, **environment},
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode != 0:
        raise Failed(f"{' '.join(map(str, command))}\n{done.stdout[-3000:]}")
    return done.stdout


def as_subproject(work):
    """Without a single development package: nothing but the compiler and meson is needed."""
    project = work / "project"
    shutil.copytree(CONSUMER, project)
    (project / "subprojects").mkdir()
    (project / "subprojects/dovetail").symlink_to(common.SOURCE)
    nothing = {"PKG_CONFIG_LIBDIR": "/nonexistent", "PKG_CONFIG_PATH": "/nonexistent"}
    said = run("meson", "setup", work / "build", project, "--buildtype=debug",
               f"-Dcmake_prefix_path={work}", **nothing)
    run("ninja", "-C", work / "build")
    for program in PROGRAMS:
        run(work / "build" / program)
    targets = run("ninja", "-C", work / "build", "-t", "targets", "all")
    for unwanted in ("test_main", "dovetail-spec", "dovetail.p"):
        if unwanted in targets:
            raise Failed(f"a subproject builds {unwanted}\n{said}")


def install(work):
    """The prefix that `meson install` filled."""
    prefix = work / "prefix"
    run("meson", "setup", work / "install-build", common.SOURCE, f"--prefix={prefix}",
        "-Dtests=disabled", "-Dtools=disabled", "-Dexamples=disabled", "-Dbench=disabled")
    run("meson", "install", "-C", work / "install-build")
    return prefix


def what_is_installed(prefix):
    """Every header, no more."""
    root = prefix / "include"
    there = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    wanted = {common.include_name(path) for path in common.headers((".hpp", ".def"))}
    problems = [f"{name} is not installed" for name in sorted(wanted - there)]
    problems += [f"{name} is installed" for name in sorted(there - wanted)]
    if problems:
        raise Failed("\n".join(problems))


def through_pkg_config(prefix, work):
    files = list(prefix.rglob("dovetail.pc"))
    if len(files) != 1:
        raise Failed(f"dovetail.pc is there {len(files)} times")
    places = {"PKG_CONFIG_PATH": str(files[0].parent)}
    for compiler, package, program, define in (
            ("g++", "dovetail-implementation", "consumer", []),
            ("clang++", "dovetail", "consumer-of-headers",
             ["-DCONSUMER_INCLUDES_IMPLEMENTATION"])):
        flags = run("pkg-config", "--cflags", "--libs", package, **places).split()
        run(compiler, "-std=c++20", "-Wall", "-Wextra", "-Werror", CONSUMER / "main.cpp",
            "-o", work / program, *define, *flags)
        run(work / program)


def through_cmake(prefix, work):
    """The tree was moved meanwhile: nothing in it knows where it was installed."""
    moved = work / "moved"
    prefix.rename(moved)
    try:
        run("cmake", "-S", CONSUMER, "-B", work / "cmake", "-G", "Ninja",
            f"-DCMAKE_PREFIX_PATH={moved}", "-DCMAKE_BUILD_TYPE=Debug")
        run("cmake", "--build", work / "cmake")
        for program in PROGRAMS:
            run(work / "cmake" / program)
    finally:
        moved.rename(prefix)


def main():
    report = common.Report()
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)

        def step(name, action, *arguments):
            try:
                result = action(*arguments)
                report.check(name, [])
                return result
            except Failed as failure:
                report.check(name, [failure])
                return None

        step("consumer as a meson subproject", as_subproject, work)
        prefix = step("meson install", install, work)
        if prefix is not None:
            step("what is installed", what_is_installed, prefix)
            step("consumer through pkg-config", through_pkg_config, prefix, work)
            if shutil.which("cmake") is None:
                report.skip("consumer through CMake: no cmake", "absent")
            else:
                step("consumer through CMake", through_cmake, prefix, work)
    report.finish()


if __name__ == "__main__":
    main()
