#!/usr/bin/env python3
"""What code accepted features cost: bytes of instructions (.text) of a tiny program that compiles a
module and calls one of its functions, at -O2, by version of WebAssembly and by backend."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import measuring

sys.path.append(str(measuring.SOURCE / "tests/check"))
import common  # noqa: E402

VERSIONS = ["wasm1", "wasm2", "wasm3"]
# Name -> header of the backend; the first validates and never runs.
BACKENDS = {"null": "null.hpp", "interpreter": "interpreter.hpp", "x64": "x64.hpp"}
PROGRAM = """
#include <dovetail/dovetail.hpp>
#include <dovetail/implementation.hpp>
#include <dovetail/{header}>
#include <cstdio>
#include <iterator>
#include <vector>
struct tiny : dovetail::defaults {{
  using backend = dovetail::{backend};
  static constexpr dovetail::features accept = dovetail::features::{version}();
}};
int main() {{
  std::vector<char> bytes(1 << 16);
  bytes.resize(std::fread(bytes.data(), 1, bytes.size(), stdin));
  dovetail::runtime<tiny>::engine engine;
  const auto code = engine.compile(std::as_bytes(std::span(bytes)));
  if (!code) return 1;
  dovetail::runtime<tiny>::store store{{engine}};
  const auto guest = store.instantiate(*code);
  if (!guest) return 2;
  const auto tick = guest->get<int(int)>("tick");
  return tick ? (*tick)(1).value_or(4) : 3;
}}
"""


def text_bytes(compiler, backend, version, folder):
    """Size of the program's .text, or None if it does not compile here."""
    program = pathlib.Path(folder) / f"{backend}-{version}"
    source = PROGRAM.format(header=BACKENDS[backend], backend=backend, version=version)
    done = subprocess.run([compiler, "-std=c++20", "-O2", "-DNDEBUG", *common.include_flags(),
                           "-x", "c++", "-", "-o", program], input=source, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode != 0:
        return None
    said = subprocess.run(["size", "-A", program], check=True, text=True, stdout=subprocess.PIPE)
    return int(re.search(r"^\.text\s+(\d+)", said.stdout, re.MULTILINE).group(1))


def rows():
    """Backend -> version -> bytes."""
    compiler = os.environ.get("CXX", "clang++")
    if shutil.which("size") is None:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        return {backend: {version: text_bytes(compiler, backend, version, folder)
                          for version in VERSIONS} for backend in BACKENDS}


def table(found):
    """Heads, and rows of a name and cells."""
    lines = [(backend, ["does not compile" if size is None else f"{size:,}"
                        for size in sizes.values()]) for backend, sizes in found.items()]
    return VERSIONS, lines


def main():
    heads, lines = table(rows())
    print(f"{'.text, bytes':16}" + "".join(f"{head:>18}" for head in heads))
    for name, cells in lines:
        print(f"{name:16}" + "".join(f"{cell:>18}" for cell in cells))


if __name__ == "__main__":
    main()
