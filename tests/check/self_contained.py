"""Every header compiles alone, with both compilers, without exceptions and RTTI, without a warning.
A header that has not changed since it last compiled, nor anything behind it, is not compiled."""

import common

FLAGS = [*common.STRICT, "-fno-exceptions", "-fno-rtti"]


def problems_of(case):
    compiler, path = case

    def work():
        good, said = common.compile_text(
            compiler, f"#include <{common.include_name(path)}>\n", FLAGS)
        return [] if good else [said[:1500]]

    return common.remembered(["self-contained", common.compiler_version(compiler), FLAGS,
                              common.text_behind(path)], work)


def main():
    report = common.Report()
    cases = [(compiler, path) for path in common.headers() for compiler in common.COMPILERS
             if "windows" not in path.stem]
    for (compiler, path), problems in zip(cases, common.in_parallel(problems_of, cases)):
        report.check(f"{compiler}: {path} compiles alone", problems)
    report.finish()


if __name__ == "__main__":
    main()
