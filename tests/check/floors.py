"""A header includes its own floor and the floors below, never above, never in a circle; what comes
from the operating system or allocates in secret is included by nobody but those who may."""

import re

import common

FLOORS = ["base", "format", "validate", "module", "runtime", "link", "api"]
TOP = len(FLOORS)        # umbrellas, wasi: above everything
BACKEND_SEES = 4         # a backend may include floors 0 to 4, and itself

# Files of a floor that may include one thing from above, and why.
EXCEPTIONS = {
    # (file, included): reason
    ("backends/x64/dovetail/x64_or_interpreter.hpp",
     "backends/interpreter/dovetail/interpreter.hpp"): "it chooses between the two",
}

OPERATING_SYSTEM = re.compile(
    r"^(windows|winsock2?|ws2tcpip|io|direct|process|memoryapi|psapi|bcrypt|intrin|excpt|eh)\.h$|"
    r"^(sys|linux|mach|asm|arpa|netinet)/|"
    r"^(unistd|fcntl|signal|ucontext|setjmp|pthread|dlfcn|poll|dirent|sched|execinfo)\.h$|"
    r"^(csignal|csetjmp|thread|filesystem|fstream)$")
ALLOCATES_OR_PRINTS = re.compile(
    r"^(vector|string|deque|list|forward_list|map|set|unordered_map|unordered_set|queue|stack|"
    r"functional|any|iostream|ostream|istream|sstream|fstream|locale|regex|cstdio|stdio\.h|"
    r"format|iomanip|future|valarray)$")


# What brings the operating system along, and says so where it is included; a watchdog is a thread.
WITH_SYSTEM = {"dovetail/implementation.hpp", "dovetail/wasi.hpp", "dovetail/watchdog.hpp"}


def talks_to_system(path):
    """The files that may include headers of the operating system."""
    return path.name.startswith("os_") or path.name in ("implementation.hpp", "watchdog.hpp")


def place(path):
    """Where a header lies: (kind, number or name)."""
    if path.parts[0] == "backends":
        return "backend", path.parts[1]
    folder = path.parts[2] if len(path.parts) > 3 else path.stem
    return "floor", FLOORS.index(folder) if folder in FLOORS else TOP


def may_include(path, target):
    kind, where = place(path)
    target_kind, target_where = place(target)
    if (path.as_posix(), target.as_posix()) in EXCEPTIONS:
        return True
    if kind == "backend":
        if target_kind == "backend":
            return where == target_where
        return target_where <= BACKEND_SEES
    if target_kind == "backend":
        return where >= FLOORS.index("api")
    return target_where <= where


def circle(path, stack, done):
    """The first circle of includes through path, as a list, or None."""
    if path in stack:
        return stack[stack.index(path):] + [path]
    if path in done:
        return None
    for _, target in common.includes(path):
        if target is not None and target.suffix == ".hpp":
            found = circle(target, stack + [path], done)
            if found:
                return found
    done.add(path)
    return None


def umbrellas(files):
    """What programs include: name -> file."""
    names = {common.include_name(path): path for path in files}
    return {name: path for name, path in sorted(names.items()) if name.count("/") == 1}


def main():
    report = common.Report()
    files = common.headers((".hpp", ".def"))
    report.check("headers are there at all", [] if files else ["none found"])

    for path in files:
        report.check(f"floors: {path}", [
            f"{path} includes {name}, which is above it" for name, target in common.includes(path)
            if target is not None and not may_include(path, target)])

    done = set()
    circles = {frozenset(found): found for found in (circle(path, [], done) for path in files)
               if found}
    report.check("no circles", [" -> ".join(map(str, found)) for found in circles.values()])

    report.check("what is included exists", [
        f"{path} includes {name}" for path in files for name, target in common.includes(path)
        if target is None and ("dovetail" in name or name.endswith((".hpp", ".def")))])

    report.check("the operating system stays in os_*, implementation.hpp and watchdog.hpp", [
        f"{path} includes <{name}>" for path in files for name, target in common.includes(path)
        if target is None and OPERATING_SYSTEM.search(name) and not talks_to_system(path)])

    report.check("nothing that allocates or prints on its own", [
        f"{path} includes <{name}>" for path in files for name, target in common.includes(path)
        if target is None and ALLOCATES_OR_PRINTS.search(name) and not talks_to_system(path)])

    for name in ("dovetail/handles.hpp", "dovetail/dovetail.hpp"):
        report.check(f"<{name}> exists", [] if name in umbrellas(files) else ["not there"])
    for name, path in umbrellas(files).items():
        if name not in WITH_SYSTEM:
            report.check(f"no operating system behind <{name}>", [
                f"{reached} includes <{header}>" for reached in sorted(common.reach(path))
                for header in common.outside([reached]) if OPERATING_SYSTEM.search(header)])
    report.finish()


if __name__ == "__main__":
    main()
