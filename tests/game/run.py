"""Plays examples/game without a user, in a window of Xvfb and of SDL's dummy driver: looks at its
picture and at the text on its screen. Arguments: the program, a folder for pictures."""

import os
import pathlib
import shutil
import struct
import subprocess
import sys

PLAN = ["--frames", "300", "--at", "10", "left", "--at", "60", "up", "--at", "90", "halt",
        "--at", "150", "loop", "--at", "170", "stray", "--at", "200", "right"]
STOPPED = ["bee STOPPED: out of fuel", "mole STOPPED: out of bounds memory access"]
SIZE = (960, 600)


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


def colours_of(picture):
    """How many colours a BMP of 24 bits a pixel has."""
    start, = struct.unpack_from("<10xI", picture)
    return len({picture[at:at + 3] for at in range(start, len(picture) - 2, 3)})


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    checks = Checks()
    lines, picture = play(program, folder / "dummy.bmp", "dummy")
    checks.check("it plays 300 frames", lines and lines[0].startswith("frame 300,"))
    for text in STOPPED:
        checks.check(text, text in lines)
    checks.check("the other mods run", len(lines) == 5 and not any("STOPPED" in line or
                 "late" in line for line in lines[3:]))
    checks.check("the picture has its size", picture and size_of(picture) == SIZE)
    checks.check("the picture is not blank", picture and colours_of(picture) > 8)

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
