#!/usr/bin/env python3
"""Judging itself: what a NaN's bits may change is forgiven, and nothing else."""

import sys

import judging

AGREED = ["  f 1", "  g long 7fc00000", "  memory m 65536 abc"]
NEGATIVE = ["  f 1", "  g long ffc00000", "  memory m 65536 abc"]
CANONICAL = {"x64": AGREED, "interpreter": AGREED}


def with_line(lines, row, text):
    return [*lines[:row], text, *lines[row + 1:]]


def logs(x64, interpreter, v8):
    return {"x64": x64, "interpreter": interpreter, "v8": v8}


# What engines say, what ours say under canonical NaNs, and the judgement.
CASES = {
    "all agree": (logs(NEGATIVE, NEGATIVE, NEGATIVE), CANONICAL, "agreed"),
    "V8 chooses another NaN": (logs(NEGATIVE, NEGATIVE, AGREED), CANONICAL, "forgiven"),
    "a backend of ours does": (logs(NEGATIVE, AGREED, AGREED), CANONICAL, "forgiven"),
    "what no NaN changes": (logs(AGREED, AGREED, NEGATIVE), CANONICAL, "reported"),
    "another line than the NaN's":
        (logs(NEGATIVE, NEGATIVE, with_line(NEGATIVE, 0, "  f 2")), CANONICAL, "reported"),
    "the NaN's line and another":
        (logs(NEGATIVE, NEGATIVE, with_line(AGREED, 2, "  memory m 65536 abd")), CANONICAL,
         "reported"),
    "a line too many": (logs(NEGATIVE, NEGATIVE, [*AGREED, "  global k 1"]), CANONICAL,
                        "reported"),
    "backends that disagree when told": (logs(NEGATIVE, NEGATIVE, AGREED),
                                         {"x64": AGREED, "interpreter": NEGATIVE}, "reported"),
    "an engine that ended":
        (logs(NEGATIVE, NEGATIVE, ["  f 1", "  the engine ended with status -11"]), CANONICAL,
         "reported"),
    "one that ends when told":
        (logs(NEGATIVE, NEGATIVE, AGREED),
         {"x64": AGREED, "interpreter": ["  f 1", "  the engine hung"]}, "reported"),
    "what comes when ours are at their end":
        (logs(NEGATIVE, NEGATIVE, AGREED), {"x64": AGREED[:1], "interpreter": AGREED[:1]},
         "reported"),
    "what follows exhaustion": (logs(AGREED, AGREED, ["  f trap: exhausted"]), CANONICAL,
                                "agreed"),
}


def judgement(of_module, canonical):
    if judging.disagreement(of_module) is None:
        return "agreed"
    return "forgiven" if judging.depends_on_nans(of_module, canonical) else "reported"


def main():
    failed = 0
    for name, (of_module, canonical, expected) in CASES.items():
        found = judgement(of_module, canonical)
        if found != expected:
            failed += 1
            print(f"FAILED: {name}: {found}, not {expected}")
    print(f"{len(CASES) - failed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
