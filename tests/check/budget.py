"""What including us costs: the lines of `-E -P` output that are not blank, with both compilers,
stay within a budget; and no header of the operating system comes along. Seconds are reported."""

import re
import subprocess
import time

import common

BUDGET = {"handles.hpp": 20_000, "dovetail.hpp": 45_000}
SYSTEM = re.compile(r"(^|/include/(c\+\+/\d+/)?)(windows\.h|sys/mman\.h|sys/ucontext\.h|"
                    r"ucontext\.h|signal\.h|csignal|setjmp\.h|csetjmp|unistd\.h|fcntl\.h|"
                    r"dlfcn\.h|sys/stat\.h|poll\.h|dirent\.h)$")


def preprocess(compiler, header, flags):
    done = subprocess.run([compiler, "-std=c++20", *common.include_flags(), *flags,
                           "-x", "c++", "-"],
                          input=f"#include <dovetail/{header}>\n", text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return done.stdout, done.stderr


def main():
    report = common.Report()
    for header, budget in BUDGET.items():
        for compiler in common.COMPILERS:
            text, errors = preprocess(compiler, header, ["-E", "-P"])
            count = sum(1 for line in text.split("\n") if line.strip())
            began = time.monotonic()
            common.compile_text(compiler, f"#include <dovetail/{header}>\n", ["-std=c++20"])
            print(f"{header} with {compiler}: {count} of {budget} lines, "
                  f"{time.monotonic() - began:.2f} s to include")
            report.check(f"{header} with {compiler} within {budget} lines",
                         [errors] if errors else
                         [f"{count} lines"] if count > budget else [])
            depends, errors = preprocess(compiler, header, ["-M"])
            files = depends.replace("\\\n", " ").split()
            report.check(f"{header} with {compiler} brings no header of the system",
                         [errors] if errors else [name for name in files if SYSTEM.search(name)])
    report.finish()


if __name__ == "__main__":
    main()
