#!/usr/bin/env python3
"""Our engines and V8 side by side: the workloads of bench/, Lua and SQLite, calls from the host,
compiling quickjs, and real modules from npm: digests of hash-wasm, undici's llhttp, quickjs and
CPython. V8 comes from npm, with node. Every measurement is a process of its own that warms up and
then reports processor time; the engines take turns, round by round, and medians are kept. Writes
BUILD/peers/peers.{txt,json,html}."""

import argparse
import contextlib
import io
import json
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parent.parent
sys.path[:0] = [str(HERE.parent), str(SOURCE / "tests/real")]
import fetch  # noqa: E402
import measuring  # noqa: E402
import node_package  # noqa: E402
import page  # noqa: E402
import programs  # noqa: E402

OURS = ["x64-guarded", "x64-checked", "interpreter-guarded"]
PEERS = {"liftoff": ["--liftoff-only"], "turbofan": ["--no-liftoff"]}
# Every time anew, on one thread; compile: at once and wholly, not when a function is first called.
ANEW = ["--single-threaded", "--no-wasm-native-module-cache"]
MORE_FLAGS = {"compile": ["--no-wasm-lazy-compilation", *ANEW], "first_result": ANEW}
# Digests: module, Hash_Init's argument, Hash_Final's, bytes of the digest.
DIGESTS = [("crc32", 0xedb88320, 0, 4), ("xxhash64", 0, 0, 8), ("md5", 0, 0, 16),
           ("sha1", 0, 0, 20), ("sha256", 256, 0, 32), ("sha512", 512, 0, 64),
           ("sha3", 256, 6, 32), ("blake2b", 512, 0, 64), ("whirlpool", 0, 0, 64)]


def engines(node, ours):
    """Name -> the command of a question."""
    def peer_of_ours(name):
        return lambda question, *words: [ours, name, question, *words]

    def peer_of_v8(flags):
        return lambda question, *words: [
            node, "--no-warnings", *flags, *MORE_FLAGS.get(question, []), HERE / "peer.mjs",
            question, *words]

    return {**{name: peer_of_ours(name) for name in OURS},
            **{name: peer_of_v8(flags) for name, flags in PEERS.items()}}


def questions(options, place, absent):
    """(row, question, words...); what cannot be asked is noted in `absent`."""
    wanted = options.only
    for name, argument in measuring.workloads().items():
        yield name, "workload", place / f"{name}.wasm", name, argument
    guests = options.build / "programs"
    for name, reason in programs.build(guests, guests_of(wanted), natively=False).items():
        if reason:
            absent[name] = reason
            continue
        yield name, "program", guests / f"{name}.wasm", name, programs.PROGRAMS[name]
        if name == "sqlite":
            yield "first_result", "first_result", guests / "sqlite.wasm", "sqlite_first"
    yield "call", "call", place / "add.wasm", "add"

    cache = options.build / "real"
    real = [(f"hash-wasm {name}", f"hash-wasm/{name}", "digest", init, final, size)
            for name, init, final, size in DIGESTS]
    script = (HERE / "script.py").read_text(encoding="utf-8")
    real += [("llhttp", "undici/llhttp", "llhttp"),
             ("compile quickjs", "quickjs-wasi/quickjs", "compile"),
             ("quickjs", "quickjs-wasi/quickjs", "quickjs", HERE / "script.js"),
             ("python start", "python-wasi/python", "python", "print(1 + 1)"),
             ("python", "python-wasi/python", "python", script)]
    real = [row for row in real if not wanted or row[0] in wanted]
    if real:
        fetch.fetch(cache, sorted({module for _, module, *_ in real}))
    for name, module, question, *words in real:
        file = cache / f"{module}.wasm"
        if file.exists():
            yield name, question, file, *words
        else:
            absent[name] = f"{module} could not be fetched"


def guests_of(wanted):
    return wanted and [*wanted, *(["sqlite"] if "first_result" in wanted else [])]


START = ("first_result", "compile")  # V8's liftoff is made for these, turbofan is not


def sections(rows):
    """What the page shows: plots over the tier of V8 that suits the question, tables of it all."""
    def plot(chosen, over, engines, limit=None):
        if not chosen:
            return ""
        ratios, means = measuring.ratios(chosen, over), measuring.means(chosen, over)
        groups = [(name, [ratios[e][name] for e in engines]) for name in chosen]
        groups += [(label, [mean[e] for e in engines]) for label, mean in means.items()]
        return page.bars(engines, groups, mark=1, means=means, known=[*OURS, *PEERS], limit=limit)

    def those(*wanted):
        return {name: row for name, row in rows.items() if row["question"] in wanted}

    computing = those("workload", "program")
    start = those(*START)
    real = {name: row for name, row in rows.items() if name not in {**computing, **start}}
    fast, slow = ["x64-guarded", "x64-checked"], ["interpreter-guarded"]
    tiers = [*fast, "liftoff"]
    line = "The dashed line is V8's {}; less is better. An arrow: the bar is cut."
    drawn = [
        ("Workloads and programs", "turbofan", plot(computing, "turbofan", tiers, limit=3)),
        ("Calls, and modules from npm", "turbofan", plot(real, "turbofan", tiers, limit=3)),
        ("To start", "liftoff", plot(start, "liftoff", [*fast, *slow])),
        ("The interpreter", "liftoff", plot({**computing, **real}, "liftoff", slow))]
    parts = [page.Section(title, line.format(over), drawing)
             for title, over, drawing in drawn if drawing]
    for over in PEERS if rows else ():
        ratios = measuring.ratios(rows, over)
        parts.append(page.Section(f"Ratios over {over}", table=page.table(
            list(ratios), [(name, [f"{r[name]:.2f}" for r in ratios.values()]) for name in rows])))
    if rows:
        parts.append(page.Section("Times", table=page.table(
            list(next(iter(rows.values()))["median"]),
            [(name, [measuring.text_of(t) for t in row["median"].values()])
             for name, row in rows.items()])))
    return parts


def main():
    options = measuring.options_of(
        argparse.ArgumentParser(description=__doc__.split(".")[0] + "."))
    folder = options.build / "peers"
    node, reason = node_package.take(folder)
    if node is None:
        sys.exit(f"absent: {node_package.NODE} ({reason})")
    place = measuring.build(options.build / "bench", options.jobs, ["bench-peer"])
    version = subprocess.run([node, "-p", "process.versions.v8"], check=True, text=True,
                             stdout=subprocess.PIPE).stdout.strip()
    about = (f"V8 {version} of {node_package.NODE}; {options.rounds} rounds of "
             f"{options.seconds} s, medians of the thread's processor time.")
    print(about, flush=True)
    bench, absent = measuring.Bench(engines(node, place / "bench-peer"), options), {}
    for name, *words in questions(options, place, absent):
        if not options.only or name in options.only:
            print(f"  {name}", flush=True)
            bench.ask(name, *words)

    computing = {n: r for n, r in bench.rows.items() if r["question"] in ("workload", "program")}
    other = {n: r for n, r in bench.rows.items() if n not in computing}
    text, means = io.StringIO(), {}
    with contextlib.redirect_stdout(text):
        print(about)
        for line in measuring.lines_of(absent):
            print("absent:", line)
        if bench.rows:
            measuring.print_times(bench.rows)
        for peer in PEERS:
            if computing:
                means[peer] = measuring.print_ratios(computing, peer)
            if other:
                measuring.print_ratios(other, peer)
    print("\n" + text.getvalue())
    result = {"v8": version, "package": node_package.NODE, "rounds": options.rounds,
              "seconds": options.seconds, "flags": PEERS, "more_flags": MORE_FLAGS,
              "absent": absent, "rows": bench.rows, "geometric_means": means}
    for ending, content in (
            ("txt", text.getvalue()), ("json", json.dumps(result, indent=1) + "\n"),
            ("html", page.page("Dovetail beside V8", about, sections(bench.rows),
                               measuring.lines_of(absent)))):
        target = folder / f"peers.{ending}"
        target.write_text(content, encoding="utf-8")
        print(os.path.relpath(target))


if __name__ == "__main__":
    main()
