"""Plays examples/game without a user, in a window of Xvfb and of SDL's dummy driver: looks at its
picture and at the text on its screen. Arguments: the program, a folder for pictures; with --update
it writes docs/game.png, the picture of the README."""

import os
import pathlib
import shutil
import struct
import subprocess
import sys
import zlib

README_PICTURE = pathlib.Path(__file__).resolve().parent.parent.parent / "docs/game.png"
PLAN = ["--frames", "300", "--at", "10", "left", "--at", "60", "up", "--at", "90", "halt",
        "--at", "150", "loop", "--at", "170", "stray", "--at", "200", "right"]  # as in the README
STOPPED = ["bee STOPPED: out of fuel", "mole STOPPED: out of bounds memory access"]
SIZE = (960, 600)
BARS = (828, 468)  # right of and below this it depends on the compiler how much fuel a mod takes


class Checks:
    """Counts, and says what was not so."""

    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def check(self, what, holds):
        self.passed += bool(holds)
        self.failed += not holds
        if not holds:
            print(f"FAILED: {what}")

    def absent(self, what):
        self.skipped += 1
        print(f"absent: {what}")

    def finish(self):
        print(f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped")
        sys.exit(self.failed != 0)


def play(program, picture, driver, plan=tuple(PLAN)):
    """The lines of text at the end and the picture's bytes."""
    picture.unlink(missing_ok=True)
    command = [program, *plan, "--picture", str(picture)]
    if driver == "x11":
        command = ["xvfb-run", "-a", *command]
    done = subprocess.run(command, text=True, stdout=subprocess.PIPE, timeout=240,
                          env={**os.environ, "SDL_VIDEODRIVER": driver})
    print(f"{driver}: exit status {done.returncode}\n{done.stdout}", end="")
    lines = done.stdout.splitlines() if done.returncode == 0 else []
    return lines, picture.read_bytes() if picture.exists() else b""


def size_of(picture):
    return struct.unpack_from("<2s16xii", picture)[1:] if picture[:2] == b"BM" else None


def rows_of(picture):
    """The rows of a BMP of 24 bits a pixel, from the top, as lists of colours."""
    start, = struct.unpack_from("<10xI", picture)
    width, height = SIZE  # a row is a multiple of four bytes
    return [[picture[at:at + 3][::-1] for at in
             range(start + y * width * 3, start + (y + 1) * width * 3, 3)]
            for y in reversed(range(height))]


def png_of(rows):
    """A PNG with a palette."""
    palette = sorted({colour for row in rows for colour in row})
    number = {colour: bytes([i]) for i, colour in enumerate(palette)}

    def chunk(name, data):
        return (struct.pack(">I", len(data)) + name + data
                + struct.pack(">I", zlib.crc32(name + data)))

    lines = b"".join(b"\0" + b"".join(map(number.get, row)) for row in rows)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", *SIZE, 8, 3, 0, 0, 0))
            + chunk(b"PLTE", b"".join(palette)) + chunk(b"IDAT", zlib.compress(lines, 9))
            + chunk(b"IEND", b""))


def rows_of_png(png):
    """The rows of what png_of made."""
    chunks, at = {}, 8
    while at < len(png):
        size, name = struct.unpack_from(">I4s", png, at)
        chunks[name] = png[at + 8:at + 8 + size]
        at += 12 + size
    palette = [chunks[b"PLTE"][i:i + 3] for i in range(0, len(chunks[b"PLTE"]), 3)]
    lines, width = zlib.decompress(chunks[b"IDAT"]), SIZE[0] + 1
    return [[palette[i] for i in lines[y * width + 1:(y + 1) * width]] for y in range(SIZE[1])]


def without_bars(rows):
    return [row[:BARS[0]] if y >= BARS[1] else row for y, row in enumerate(rows)]


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    checks = Checks()
    lines, picture = play(program, folder / "dummy.bmp", "dummy")
    checks.check("it plays 300 frames", lines and lines[0].startswith("frame 300,"))
    for text in STOPPED:
        checks.check(text, text in lines)
    checks.check("the other mods run", len(lines) == 5 and not any("STOPPED" in line or
                 "late" in line for line in lines[3:]))
    has_size = bool(picture) and size_of(picture) == SIZE
    checks.check("the picture has its size", has_size)
    rows = rows_of(picture) if has_size else []
    checks.check("the picture is not blank", len({c for row in rows for c in row}) > 8)
    if "--update" in sys.argv and rows:
        README_PICTURE.write_bytes(png_of(rows))
    checks.check("it is the one of the README, or --update", without_bars(rows)
                 == without_bars(rows_of_png(README_PICTURE.read_bytes())))

    _, again = play(program, folder / "again.bmp", "dummy")
    checks.check("the same keys, the same picture", picture and again == picture)
    # A second back from frame 160: the bee has not yet been told to loop.
    lines, other = play(program, folder / "back.bmp", "dummy",
                        PLAN[:-3] + ["--at", "160", "back", "--at", "220", "back"])
    checks.check("back by two seconds", lines and lines[0].startswith("frame 180,"))
    checks.check("no mod is stopped after going back", lines and
                 not any("STOPPED" in line for line in lines))
    checks.check("another game, another picture", other and other != picture)

    if shutil.which("xvfb-run") is None:
        checks.absent("xvfb-run")
    else:
        _, shown = play(program, folder / "x11.bmp", "x11")
        checks.check("a window of X shows the same picture", picture and shown == picture)
    checks.finish()


if __name__ == "__main__":
    main()
