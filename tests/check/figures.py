#!/usr/bin/env python3
"""The README's table of controls gives the figures of bench/controls.baseline: x64 with guarded
memory, over the same work without a control."""

import json

import common

ENGINE = "x64_guarded"
WORKS = ("sha256", "switch_machine", "fib")


def percent(rows, work, control):
    over = rows[f"{work}/{ENGINE}/{control}"] / rows[f"{work}/{ENGINE}/none"] - 1
    return f"{100 * over:+.1f} %"


def three(rows, control):
    return ", ".join(percent(rows, work, control) for work in WORKS)


def one(rows, work, control, over="none"):
    """Of a thousand."""
    counts = (rows[f"thousand_{work}/{ENGINE}/{name}"] for name in (control, over))
    return f"{round((next(counts) - next(counts)) / 1000):,}"


def figures(rows):
    """What a row of the table begins with, and what it must say."""
    def out(control, over="none"):
        return one(rows, "calls_out", control, over)

    yield "stop a call", f"`polled` {three(rows, 'polled')}; `page` {three(rows, 'page')};"
    yield "stop a call", f"of a `watchdog` {one(rows, 'calls_in', 'watched')} a call |"
    yield "count operators", f"| {three(rows, 'fuel')}; {out('fuel')} a call of the host;"
    yield "ask the host", f"asked every 10,000 operators {three(rows, 'refilled_fuel')} |"
    yield "pause a call", f"be paused: {one(rows, 'calls_in', 'pausable')}; a pause and its end:"
    yield "pause a call", f"a pause and its end: {out('paused')};"
    yield "count how often each function", f"| {three(rows, 'profiled')}; {out('profiled')} a call"
    yield "count how often each basic", f"| {three(rows, 'covered')}; {out('covered')} a call"
    yield "see the callers", f"| {three(rows, 'backtraces')}; {out('backtraces')} a call"
    yield "give the library memory", percent(rows, "hundred_stores", "callback_allocator")
    yield "save, restore", f"`with_snapshots`: {out('with_snapshots')} over a plain one,"
    yield "save, restore", f"one, and {out('snapshots', 'with_snapshots')} a snapshot of"
    yield "objects of the host", f"| `find`: {one(rows, 'objects', 'host_objects')} over a plain"
    yield "names for perf", ", ".join(percent(rows, "compile", name)
                                      for name in ("perf_map", "gdb_jit"))


def main():
    report = common.Report()
    rows = json.loads(common.read("bench/controls.baseline"))["rows"]
    lines = common.read("README.md").splitlines()
    for begin, said in figures(rows):
        found = [line for line in lines if line.startswith(f"| {begin}")]
        report.check(f"the README on: {begin}",
                     [f"{said!r} is not in {len(found)} rows"]
                     if len(found) != 1 or said not in found[0] else [])
    report.finish()


if __name__ == "__main__":
    main()
