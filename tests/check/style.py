"""The rules of include/README.md (house style) that a script can see: size and shape of files,
macros, conditionals, words that are not used here, umbrellas, names, what the builds list."""

import collections
import os
import pathlib
import re

import common

FOLDERS = ["include", "backends", "tests", "tools", "bench", "examples", "packaging", ".ci"]
GENERATED = re.compile(r"^single_include/.*\.hpp$")
BINARY = {".wasm", ".png", ".bin"}
DATA = {".wat", ".wast", ".json", ".txt", ".expected", ".svg"}  # no limit on width or length
CODE = {".hpp", ".cpp", ".def", ".h", ".c"}

# Headers that an umbrella leaves out on purpose.
NOT_IN_UMBRELLA = {
    # "dovetail/....hpp": why
}
# Macros that outlive the header that defines them: the library's own vocabulary.
LASTING_MACROS = {"DOVETAIL_TRY", "DOVETAIL_ASSERT"}
# What headers of the system want to be told.
SYSTEM_MACROS = {"WIN32_LEAN_AND_MEAN", "NOMINMAX", "_WIN32_WINNT", "XBYAK_NO_EXCEPTION"}
# Files whose conditionals are their business.
CONDITIONAL = re.compile(r"(^|/)(platform|implementation|os|os_\w+|xbyak)\.hpp$")

NOT_HERE = {  # in include/ and backends/
    r"\bvirtual\b": "virtual",
    r"std::function\b": "std::function",
    r"\bdynamic_cast\b": "dynamic_cast",
    r"\btypeid\b": "typeid",
    r"\benable_if": "SFINAE",
    r"\bthread_local\b": "thread-local state",
    r"\bstd::(cout|cerr|printf|puts)\b": "printing",
    r"\b(f|s)?printf\s*\(": "printing",
}
# (file name, word): where a policy asks for it.
ALLOWED = {
    ("os_posix.hpp", "thread-local state"),    # the guest call that a fault returns to
    ("os_windows.hpp", "thread-local state"),
}


def strip_comments(text):
    """Without comments and string literals, line for line."""
    pattern = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"', re.DOTALL)
    return pattern.sub(lambda found: "\n" * found.group().count("\n"), text)


def lines_with(paths, pattern, text_of=common.read):
    found = []
    for path in paths:
        for number, line in enumerate(text_of(path).split("\n"), 1):
            if re.search(pattern, line):
                found.append(f"{path}:{number}: {line.strip()[:90]}")
    return found


def everything():
    top = [path.relative_to(common.SOURCE) for path in sorted(common.SOURCE.iterdir())
           if path.is_file() and path.name not in ("LICENSE", ".git")]  # .git: a worktree
    found = top + common.tree(*FOLDERS, "docs", "single_include")
    ci = [path.relative_to(common.SOURCE) for path in (common.SOURCE / ".ci").rglob("*")]
    return [path for path in found + ci if path.suffix not in BINARY
            and not GENERATED.match(path.as_posix())]


def opening(path):
    """The comment lines a file begins with."""
    taken = []
    for line in common.read(path).split("\n"):
        if not line.startswith("//"):
            break
        taken.append(line)
    return taken


def opens_well(path):
    text = common.read(path)
    if path.suffix in CODE:
        return text.startswith(("//", "/*"))
    if path.suffix == ".py":
        return text.startswith(('"""', "#!"))
    if path.suffix in (".ini", ".in") or path.name in ("meson.build", "meson_options.txt"):
        return text.startswith("#")
    return True


def macro_problems(path):
    text = strip_comments(common.read(path))
    behind = text + "".join(strip_comments(common.read(target))
                            for _, target in common.includes(path)
                            if target is not None and target.suffix == ".def")
    for name in re.findall(r"^[ \t]*#[ \t]*define[ \t]+(\w+)", text, re.MULTILINE):
        if name in SYSTEM_MACROS and path.name.startswith(("os_", "xbyak")):
            continue
        if not name.startswith("DOVETAIL_"):
            yield f"{path}: macro {name} does not begin with DOVETAIL_"
        elif (name not in LASTING_MACROS and path.name != "platform.hpp"
              and not re.search(rf"#[ \t]*undef[ \t]+{name}\b", behind)):
            yield f"{path}: macro {name} is not undefined after use"


def conditional_problems(path):
    """Facts of the platform come as constants, or as macros of ours from base/platform.hpp."""
    if CONDITIONAL.search(path.as_posix()):
        return
    for number, line in enumerate(common.read(path).split("\n"), 1):
        found = re.match(r"\s*#\s*(ifdef|ifndef|if|elif)\b(.*)", line)
        if not found:
            continue
        kind, condition = found.groups()
        if kind in ("if", "elif") and re.fullmatch(r"[\s!()&|]*(DOVETAIL_HAS_\w+[\s!()&|]*)+",
                                                   condition):
            continue
        if path.suffix == ".def" and kind == "ifndef":
            continue  # a table's default for a column nobody asked for
        yield f"{path}:{number}: {line.strip()}"


def umbrella_problems():
    """Every header is behind an umbrella: its folder's, if there is one, or any other."""
    umbrellas = {path for path in common.headers() if common.include_name(path).count("/") == 1}
    behind_any = {path for umbrella in umbrellas for path in common.reach(umbrella)}
    for path in common.headers():
        name = common.include_name(path)
        own = path.parent.with_suffix(".hpp")
        if path in umbrellas or path.name.startswith("os") or name in NOT_IN_UMBRELLA:
            continue
        if path not in (common.reach(own) if own in umbrellas else behind_any):
            yield f"no umbrella leads to <{name}>"


def name_problems():
    """A name says one thing: no two headers of the core, of wasi, or of one backend, share it."""
    seen = collections.defaultdict(list)
    for path in common.headers((".hpp", ".def")):
        if common.include_name(path).count("/") == 1:
            continue  # an umbrella may be called as what it holds
        root = "core" if path.parts[0] == "include" else path.parts[1]
        if "wasi" in path.parts:
            root = "wasi"
        seen[root, path.name].append(path)
    for paths in seen.values():
        if len(paths) > 1:
            yield " and ".join(map(str, paths))


def named_files(path):
    """What a build or script names in quotes: from its folder, one of its name, or the root."""
    for name in re.findall(r"""['"]([^'"\n]*)['"]""", re.sub(r"#.*", "", common.read(path))):
        for folder in (path.parent, path.parent / path.stem, ""):
            yield os.path.normpath(os.path.join(folder, name))


def unlisted_sources():
    """Every unit of the test tree is in some meson.build, or a script compiles it."""
    listed = set()
    for path in everything():
        if path.name == "meson.build" or path.suffix == ".py":
            listed.update(named_files(path))
    for path in common.tree("tests", "tools", "bench", "examples", suffixes={".cpp"}):
        by_script = path.parts[1] in ("fail", "static", "install", "single", "zero_cost")
        if not by_script and not listed & {path.as_posix(), path.with_suffix("").as_posix()}:
            yield f"{path} is in no meson.build"


def too_wide(path):
    """Lines of more than 100 columns outside of `clang-format off` blocks."""
    is_table = False
    for number, line in enumerate(common.read(path).split("\n"), 1):
        is_table = "clang-format off" in line or (is_table and "clang-format on" not in line)
        if len(line) > 100 and not is_table:
            yield f"{path}:{number}: {line}"


def places_of_this_machine():
    known = [str(common.SOURCE) + "/", str(common.SOURCE.parent) + "/", os.path.expanduser("~/")]
    known = [place for place in known if place != "/tmp/"]  # every machine has one
    known = [r"(?<![\w/])" + re.escape(place) for place in known if place.count("/") > 1]
    return lines_with(everything(), "|".join(known)) if known else []


def main():
    report = common.Report()
    files = everything()
    code = [path for path in files if path.suffix in CODE]
    library = common.headers((".hpp", ".def"))
    prose = {".md"}
    shaped = [path for path in files if path.suffix not in DATA]

    report.check("at most 600 lines", [
        f"{path}: {len(common.read(path).splitlines())} lines" for path in shaped
        if len(common.read(path).splitlines()) > 600])
    report.check("at most 100 columns, but for tables aligned by hand", [
        line for path in shaped if path.suffix not in prose for line in too_wide(path)])
    report.check("no tabs", lines_with(shaped, r"\t"))
    report.check("no space at the end of a line", lines_with(
        [path for path in shaped if path.suffix not in prose], r"[ \t]$"))
    report.check("a newline at the end", [
        str(path) for path in shaped if common.read(path) and not common.read(path).endswith("\n")])
    report.check("a file opens with a comment: what it holds, who uses it", [
        str(path) for path in files if not opens_well(path)])
    report.check("a header's opening has at most three lines", [
        f"{path}: {len(opening(path))} lines" for path in library if len(opening(path)) > 3])
    report.check("#pragma once after the opening", [
        str(path) for path in code if path.suffix == ".hpp"
        and not re.match(r"(//[^\n]*\n)+\n?#pragma once\n", common.read(path))])

    limits = common.SOURCE / "docs/known-limits.md"
    known = limits.read_text() if limits.is_file() else ""
    this_file = pathlib.Path("tests/check/style.py")
    report.check("no left-over marks without a row in docs/known-limits.md", [
        line for line in lines_with([path for path in files if path != this_file],
                                    r"\b(TODO|FIXME|XXX|HACK)\b")
        if line.split(":")[0] not in known])

    report.check("macros begin with DOVETAIL_ and are undefined after use", [
        problem for path in library for problem in macro_problems(path)])
    report.check("conditionals only in platform.hpp, os_* and xbyak.hpp", [
        problem for path in library for problem in conditional_problems(path)])
    for pattern, word in NOT_HERE.items():
        report.check(f"no {word}", [
            line for line in lines_with(library, pattern,
                                        lambda path: strip_comments(common.read(path)))
            if (pathlib.Path(line.split(":")[0]).name, word) not in ALLOWED])
    report.check("umbrellas are complete", umbrella_problems())
    report.check("no two headers have one name", name_problems())
    report.check("every test and tool is built", unlisted_sources())
    report.check("no place of this machine in the tree", places_of_this_machine())
    report.finish()


if __name__ == "__main__":
    main()
