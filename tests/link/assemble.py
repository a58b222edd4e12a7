"""Assembles the modules of the linking tests: every R"wat(...)wat" in the given sources goes
through wat2wasm, every R"invalid(...)invalid" does unchecked. Writes a table from text to bytes.

assemble.py WAT2WASM OUTPUT SOURCE..."""

import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile

FEATURES = ["--enable-tail-call", "--enable-multi-memory", "--enable-memory64"]
MODULE = re.compile(r'R"(wat|invalid)\((.*?)\)\1"', re.DOTALL)


def assemble(assembler, kind, text, place):
    """The bytes of one module, or an exit with the assembler's words and the line of the source."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = pathlib.Path(folder) / "module.wat", pathlib.Path(folder) / "module.wasm"
        source.write_bytes(text.encode())
        unchecked = ["--no-check"] if kind == "invalid" else []
        done = subprocess.run(
            [assembler, *FEATURES, *unchecked, str(source), "-o", str(target)], text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode != 0:
            sys.exit(f"{place}: {done.stdout}")
        return target.read_bytes()


def modules_of(path):
    """(kind, text, place) of every module in a source."""
    source = pathlib.Path(path).read_text(encoding="utf-8")
    for found in MODULE.finditer(source):
        yield found[1], found[2], f"{path}:{source.count(chr(10), 0, found.start()) + 1}"


def table(modules):
    lines = ["// Made by assemble.py.", '#include "modules.hpp"', "", "namespace linking {", ""]
    rows = []
    for number, (text, data) in enumerate(modules.items()):
        lines.append(f"static constexpr unsigned char bytes_{number}[] = {{")
        for start in range(0, len(data), 24):
            lines.append("    " + " ".join(f"{byte}," for byte in data[start:start + 24]))
        lines.append("};")
        rows.append(f'    {{R"wat({text})wat", bytes_{number}, sizeof bytes_{number}}},')
    lines += ["", "const assembled assembled_modules[] = {", *rows, "};",
              f"const std::size_t assembled_count = {len(modules)};", "", "}  // namespace linking"]
    return "\n".join(lines) + "\n"


def main():
    assembler, output, *sources = sys.argv[1:]
    found = [module for path in sources for module in modules_of(path)]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        data = list(pool.map(lambda module: assemble(assembler, *module), found))
    modules = {text: bytes for (_, text, _), bytes in zip(found, data)}
    pathlib.Path(output).write_text(table(modules), encoding="utf-8")


if __name__ == "__main__":
    main()
