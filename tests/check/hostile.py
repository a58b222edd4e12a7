"""The umbrellas compile where an engine, Windows or X11 has made macros of common words. The
standard headers we use come first, as they do there; whatever of ours says such a word breaks."""

import common

FUNCTION_LIKE = {  # as windows.h, Unreal, Arduino and old libraries have them
    "min": "(a, b) (((a) < (b)) ? (a) : (b))",
    "max": "(a, b) (((a) > (b)) ? (a) : (b))",
    "check": "(expression) not_for_you(expression)",
    "verify": "(expression) not_for_you(expression)",
    "require": "(expression) not_for_you(expression)",
    "ensure": "(expression) not_for_you(expression)",
    "TEXT": "(text) L##text",
    "CHECK": "(expression) not_for_you(expression)",
    "ASSERT": "(expression) not_for_you(expression)",
    "assume": "(expression) not_for_you(expression)",
    "abs": "(x) ((x) > 0 ? (x) : -(x))",
    "round": "(x) ((long)((x) + 0.5))",
    "major": "(device) not_for_you(device)",
    "minor": "(device) not_for_you(device)",
    "isnan": "(x) ((x) != (x))",
}
OBJECT_LIKE = """
    min max near far small hyper interface IN OUT OPTIONAL ERROR NO_ERROR DELETE STRICT CONST VOID
    TRUE FALSE TEXT IGNORE INFINITE NULL_ PASCAL None Status Bool True False Success Always Never
    Above Below Unsorted Complex Convex KeyPress KeyRelease FocusIn FocusOut CursorShape GrayScale
    check verify require ensure CHECK assume PI DEBUG NDEBUG_ signals slots emit foreach forever
    unix linux i386 BIG_ENDIAN LITTLE_ENDIAN OVERFLOW UNDERFLOW DOMAIN YES NO
    """.split()


def umbrellas():
    names = {common.include_name(path) for path in common.headers()}
    return sorted(name for name in names
                  if name.count("/") == 1 and name != "dovetail/implementation.hpp")


def snippet(name, defines):
    header = next(path for path in common.headers() if common.include_name(path) == name)
    standard = "".join(f"#include <{other}>\n" for other in
                       common.outside(path for path in common.reach(header)
                                      if not path.name.startswith("os_")))
    undefined = "".join(f"#undef {word}\n" for word in [*FUNCTION_LIKE, *OBJECT_LIKE])
    return f"{standard}{undefined}{defines}#include <{name}>\n"


def main():
    report = common.Report()
    function_like = "".join(f"#define {word}{rest}\n" for word, rest in FUNCTION_LIKE.items())
    object_like = "".join(f"#define {word} not a word for us\n" for word in OBJECT_LIKE)
    empty = "".join(f"#define {word}\n" for word in OBJECT_LIKE)
    cases = [(compiler, name, kind, defines) for name in umbrellas()
             for kind, defines in (("function-like", function_like),
                                   ("object-like", object_like), ("empty", empty))
             for compiler in common.COMPILERS]

    def problems_of(case):
        compiler, name, _, defines = case
        text = snippet(name, defines)
        header = next(path for path in common.headers() if common.include_name(path) == name)

        def work():
            good, said = common.compile_text(compiler, text, ["-std=c++20"])
            return [] if good else [said[:1500]]

        return common.remembered(["hostile", common.compiler_version(compiler), text,
                                  common.text_behind(header)], work)

    for (compiler, name, kind, _), problems in zip(cases, common.in_parallel(problems_of, cases)):
        report.check(f"{compiler}: <{name}> after {kind} macros", problems)
    report.finish()


if __name__ == "__main__":
    main()
