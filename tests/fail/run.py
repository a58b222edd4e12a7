"""Promises kept at compile time, with both compilers. tests/static/*.cpp must compile. A file of
tests/fail holds cases:

    // 1: guard_pages_have_a_fault_handler
    // 2: no matching function
    #if DOVETAIL_FAIL == 1
    ...
    #elif DOVETAIL_FAIL == 2
    ...
    #endif

With DOVETAIL_FAIL 0 it compiles without a warning, so that it cannot rot; with N it does not
compile, and the compiler's output holds the text of line N (both, if two lines have that N)."""

import collections
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "check"))
import common  # noqa: E402

MOST_LINES = 60  # of error, for a case whose file does not say otherwise: "// lines: 200"


def promised(path):
    """The cases of a file: number -> texts."""
    cases = collections.defaultdict(list)
    for number, text in re.findall(r"^// (\d+): (.+)$", common.read(path), re.MULTILINE):
        cases[int(number)].append(text.strip())
    return cases


def compile_file(compiler, path, defines):
    return common.compile_text(compiler, common.read(path),
                               [*common.STRICT, f"-I{common.SOURCE / path.parent}",
                                f"-I{common.SOURCE / 'tests'}", *defines])


def problems_of(case):
    compiler, path, number, texts = case

    def work():
        good, said = compile_file(compiler, path, [f"-DDOVETAIL_FAIL={number}"])
        if number == 0:
            return [] if good else [said[:2000]]
        if good:
            return ["it compiles"]
        problems = [f"the output does not hold: {text}" for text in texts if text not in said]
        limit = re.search(r"^// lines: (\d+)$", common.read(path), re.MULTILINE)
        most = int(limit.group(1)) if limit else MOST_LINES
        if said.count("\n") > most:
            problems.append(f"{said.count(chr(10))} lines of error, more than {most}")
        return problems + [said[:2000]] if problems else []

    return common.remembered(["fail", common.compiler_version(compiler), number, texts,
                              MOST_LINES, common.text_behind(path)], work)


def main():
    report = common.Report()
    cases = []
    for path in common.tree("tests/static", suffixes={".cpp"}):
        cases += [(compiler, path, 0, []) for compiler in common.COMPILERS]
    for path in common.tree("tests/fail", suffixes={".cpp"}):
        report.check(f"{path} has cases", [] if promised(path) else ["no line // N: text"])
        for compiler in common.COMPILERS:
            cases.append((compiler, path, 0, []))
            cases += [(compiler, path, number, texts) for number, texts in promised(path).items()]
    for (compiler, path, number, _), problems in zip(cases,
                                                     common.in_parallel(problems_of, cases)):
        what = f"case {number} fails as promised" if number else "compiles"
        report.check(f"{compiler}: {path} {what}", problems)
    report.finish()


if __name__ == "__main__":
    main()
