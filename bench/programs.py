"""Lua and SQLite as workloads: Debian's sources with the drivers of programs/, compiled for wasm
with wasi-libc and natively without vectorisers and with them. Built once into a folder; what
cannot be had is named with the reason, and the rest goes on."""

import os
import pathlib

import sources
from sources import Absent, run

HERE = pathlib.Path(__file__).resolve().parent / "programs"
# Name -> argument, as of the workloads.
PROGRAMS = {"lua": 4, "sqlite": 3000}
SCALAR, VECTOR = "scalar", "vector"
# Guests have no vectors here: the same as meson.build says. After -O2, which clang takes for a wish
# to have them.
WITHOUT_VECTORS = ["-fno-vectorize", "-fno-slp-vectorize"]
WITHOUT_VECTORS_GCC = ["-fno-tree-vectorize", "-fno-tree-slp-vectorize"]
GUEST = ["--target=wasm32-wasi", "-mexec-model=reactor", "-Wl,-z,stack-size=1048576"]


def newer(target, *others):
    return target.exists() and all(target.stat().st_mtime >= o.stat().st_mtime for o in others)


def noted(file, text):
    """A file with this text, new only where the text is."""
    if not file.exists() or file.read_text(encoding="utf-8") != text:
        file.write_text(text, encoding="utf-8")
    return file


def lua(folder):
    """Its headers and files as they are; the script as a list of bytes."""
    script, header = HERE / "script.lua", folder / "lua_script.h"
    source = sources.take("lua5.4", folder) / "src"
    if not newer(header, script):
        header.write_text(",".join(map(str, script.read_bytes())) + "\n", encoding="utf-8")
    return [HERE / "include", source, folder], [script]


def sqlite(folder):
    """The amalgamation, which SQLite's own scripts make of its source."""
    source, made = sources.take("sqlite3", folder), folder / "sqlite3.made"
    if not (made / "sqlite3.c").exists():
        print("making sqlite3.c", flush=True)
        run(["tclsh"], input="")  # Absent by its own name; make would complain of a file
        made.mkdir(exist_ok=True)
        run(["sh", source / "configure", "--disable-tcl", "--disable-readline"], cwd=made)
        run(["make", "sqlite3.c"], cwd=made)
    return [made], []


def compile_program(name, folder, natively):
    """The guest and the two native programs, where they are older than what they are made of."""
    includes, inputs = {"lua": lua, "sqlite": sqlite}[name](folder)
    driver = HERE / f"{name}.c"
    inputs = [*inputs, driver, HERE / "native.cpp", HERE.parent / "peers/measure.hpp",
              pathlib.Path(__file__)]
    linker = os.environ.get("CXX", "clang++")
    compiler = os.environ.get("CC", linker.replace("clang++", "clang").replace("g++", "gcc"))
    version = run([compiler, "--version"])
    inputs.append(noted(folder / "compiler", f"{compiler}\n{linker}\n{version}"))
    # -w: the sources are what they are.
    common = ["-O2", "-w", *(f"-I{place}" for place in includes), driver]
    guest = folder / f"{name}.wasm"
    if not newer(guest, *inputs):
        print(f"compiling {guest.name}", flush=True)
        part = folder / f"{name}.wasm.part"
        run(["clang", *GUEST, *common, "-o", part])
        part.replace(guest)
    without = WITHOUT_VECTORS if "clang" in version else WITHOUT_VECTORS_GCC
    for kind, flags in ((SCALAR, without), (VECTOR, [])) if natively else ():
        native = folder / f"{name}-{kind}"
        if newer(native, *inputs):
            continue
        print(f"compiling {native.name}", flush=True)
        compiled = folder / f"{name}-{kind}.o"
        run([compiler, *common, *flags, "-c", "-o", compiled])
        run([linker, "-std=c++20", "-O2", f"-DPROGRAM={name}", HERE / "native.cpp", compiled,
             "-lm", "-o", native])


def build(folder, only=(), natively=True):
    """Name -> None, or why it is absent. Guests are NAME.wasm, native programs NAME-KIND."""
    folder.mkdir(parents=True, exist_ok=True)
    result = {}
    for name in PROGRAMS:
        if only and name not in only:
            continue
        try:
            compile_program(name, folder, natively)
            result[name] = None
        except Absent as reason:
            result[name] = str(reason)
            print(f"absent: {name} ({reason})", flush=True)
    return result
