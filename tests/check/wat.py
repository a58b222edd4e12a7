"""A module in bytes has its text above it, and they agree: a comment that begins with "(module"
directly above `... = {0x00, 0x61, ...};` is assembled again by wat2wasm. --update rewrites the
bytes. Bytes without such a comment are made on purpose and not looked at."""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import common

FOLDERS = ["tests", "examples", "bench", "tools"]
EMBEDDED = re.compile(
    r"^(?P<text>[ \t]*// \(module.*\n(?:[ \t]*//.*\n)*)"
    r"(?P<head>(?!\s*//)[^\n;{}]*\{\n?)(?P<bytes>[\s0-9a-fA-Fx,]*)\};", re.MULTILINE)


def assemble(text):
    """The module that a comment describes: its bytes, or what wat2wasm said."""
    source = re.sub(r"^[ \t]*// ?", "", text, flags=re.MULTILINE)
    with tempfile.TemporaryDirectory() as folder:
        wat, wasm = pathlib.Path(folder) / "module.wat", pathlib.Path(folder) / "module.wasm"
        wat.write_text(source)
        command = ["wat2wasm", "--enable-tail-call", str(wat), "-o", str(wasm)]
        done = subprocess.run(command, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return (wasm.read_bytes(), "") if done.returncode == 0 else (None, done.stdout)


def as_rows(data):
    rows = [data[start:start + 15] for start in range(0, len(data), 15)]
    return "".join("    " + " ".join(f"0x{byte:02x}," for byte in row) + "\n" for row in rows)


def main():
    report = common.Report()
    if shutil.which("wat2wasm") is None:
        report.skip("wat2wasm is not here", "absent")
        report.finish()
    update = "--update" in sys.argv[1:]
    for path in common.tree(*FOLDERS, suffixes={".cpp", ".hpp"}):
        text = common.read(path)
        for found in EMBEDDED.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            data, said = assemble(found["text"])
            there = bytes(int(byte, 16) for byte in re.findall(r"0x([0-9a-fA-F]{2})\b",
                                                               found["bytes"]))
            if update and data is not None and data != there:
                file = common.SOURCE / path
                file.write_text(file.read_text().replace(
                    found.group(), f"{found['text']}{found['head'].rstrip()}\n{as_rows(data)}}};"))
                there = data
            report.check(f"{path}:{line}: the bytes are the text above them",
                         [said] if data is None else [] if data == there else
                         ["tests/check/wat.py --update writes them anew"])
    report.finish()


if __name__ == "__main__":
    main()
