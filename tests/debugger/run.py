"""gdb sees the functions of a guest by name while its module lives, and no longer.
Usage: run.py PROGRAM; it is tests/debugger/guest.cpp, built."""

import re
import shutil
import subprocess
import sys

COMMANDS = [
    "set confirm off", "set pagination off", "set width 0", "set disable-randomization off",
    "set debuginfod enabled off",
    "set breakpoint pending on", "break guest_inner", "break after_the_module", "run",
    "echo \\n=inner\\n", "info symbol $pc", "disassemble $pc,+1", "info symbol guest_outer",
    "echo \\n=end\\n", "continue",
    "echo \\n=after\\n", "info symbol $pc", "info line *guest_inner", "info address guest_inner",
    "echo \\n=end\\n", "continue"]


def main():
    program = sys.argv[1]
    if shutil.which("gdb") is None:
        print("absent: gdb\n0 passed, 0 failed, 1 skipped")
        return 0
    words = ["gdb", "-nx", "-q", "--batch"]
    for command in COMMANDS:
        words += ["-ex", command]
    done = subprocess.run([*words, program], text=True, timeout=100, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said = done.stdout
    if re.search(r"ptrace.*(not permitted|denied)|[Cc]ould not trace", said):
        print("skipped: no permission to trace programs\n0 passed, 0 failed, 1 skipped")
        return 0

    def part(name):
        found = re.search(rf"^={name}$(.*?)^=end$", said, re.MULTILINE | re.DOTALL)
        return found.group(1) if found else ""

    checks = {
        "a breakpoint on a guest's function, from the name section, is met":
            re.search(r"Breakpoint 1, 0x[0-9a-f]+ in guest_inner \(\)", said),
        "its address has its name": re.search(r"^guest_inner( \+ \d+)? in section \.text",
                                              part("inner"), re.MULTILINE),
        "its code is read by name": re.search(r"<guest_inner\+\d+>", part("inner")),
        "an export's name serves, too": re.search(r"^guest_outer in section \.text", part("inner"),
                                                  re.MULTILINE),
        "the host's own names stay": re.search(r"^after_the_module( \+ \d+)? in section",
                                               part("after"), re.MULTILINE),
        "the names go with the module": "Breakpoint 2, " in said
            and re.search(r'No symbol "guest_inner"', part("after")),
        "the guest answers, and the program ends": "41" in said and "exited normally" in said,
    }
    passed = sum(bool(holds) for holds in checks.values())
    for what, holds in checks.items():
        if not holds:
            print(f"FAILED: {what}")
    if passed != len(checks):
        print(said)
    print(f"{passed} passed, {len(checks) - passed} failed, 0 skipped")
    return 0 if passed == len(checks) else 1


if __name__ == "__main__":
    sys.exit(main())
