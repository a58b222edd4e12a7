"""Every workload on every backend and memory policy, over native code of the same source: clang at
-O2 without its vectorisers (guests have no vectors here) and with them. Lua and SQLite join them
where their sources can be had. The engines take turns, medians are kept, checksums must agree. The
other axes follow, by axes.py. Writes BUILD/bench/suite.{txt,json,html}."""

import argparse
import contextlib
import io
import json
import os
import subprocess
import sys

import axes
import measuring
import page
import programs

OURS = ["x64-guarded", "x64-checked", "x64-unchecked", "interpreter-guarded",
        "interpreter-checked"]
SCALAR, VECTOR = "native", "native-vector"
FIRST = "first_result"


def engines(place, guests):
    def native(kind):
        def command(question, module, name, argument):
            if question == "program":
                return [guests / f"{name}-{kind}", argument]
            return [place / f"bench-native-{kind}", name]
        return command

    return {SCALAR: native(programs.SCALAR), VECTOR: native(programs.VECTOR),
            **ours(place)}


def ours(place):
    def one(engine):
        return lambda *words: [place / "bench-peer", engine, *words]

    return {engine: one(engine) for engine in OURS}


def computing_sections(rows):
    """What the page shows of the workloads and programs."""
    ratios, means = measuring.ratios(rows, SCALAR), measuring.means(rows, SCALAR)
    chosen = list(ratios)
    groups = {name: [ratios[e][name] for e in chosen] for name in rows}
    groups.update({label: [mean[e] for e in chosen] for label, mean in means.items()})

    def plot(prefix):
        drawn = [i for i, e in enumerate(chosen) if e.startswith(prefix)]
        return page.bars([chosen[i] for i in drawn],
                         [(name, [values[i] for i in drawn]) for name, values in groups.items()],
                         mark=1, means=means, known=OURS)

    over = f"Time over {SCALAR}, which is the dashed line; less is better."
    return [
        page.Section("x64, by memory policy", over, plot("x64")),
        page.Section("Interpreter, by memory policy", over, plot("interpreter")),
        page.Section(f"Ratios over {SCALAR}", table=page.table(
            chosen, [(name, [f"{value:.2f}" for value in values])
                     for name, values in groups.items()], means)),
        page.Section("Times", table=page.table(
            [SCALAR, *chosen], [(name, [measuring.text_of(t) for t in row["median"].values()])
                                for name, row in rows.items()]))]


def first_sections(rows):
    times = {e: [1e3 * row["median"][e] for row in rows.values()] for e in OURS}
    return [page.Section(
        "SQLite: from its bytes to the first result",
        "Milliseconds to read the module, compile it, instantiate it, and create a table, insert "
        "three rows and select them, once; compiled on one thread, and on two.",
        page.bars(list(rows), list(times.items())))]


def progress(done, count, name):
    end = "\n" if done == count or not sys.stdout.isatty() else "\r"
    print(f"[{done:2}/{count}] {name:24}", end=end, flush=True)


def main():
    options = measuring.options_of(
        argparse.ArgumentParser(prog="tools/bench", description=__doc__.split(":")[0] + "."))
    folder = options.build / "bench"
    place = measuring.build(folder, options.jobs,
                            ["bench-peer", "bench-native-scalar", "bench-native-vector"])
    guests = options.build / "programs"
    built = programs.build(guests, options.only and [*options.only, *(
        ["sqlite"] if any(one.startswith(FIRST) for one in options.only) else [])])
    absent = {name: reason for name, reason in built.items() if reason}

    bench = measuring.Bench(engines(place, guests), options)
    first = measuring.Bench(ours(place), options)
    asked = [(bench, name, "workload", place / f"{name}.wasm", name, argument)
             for name, argument in measuring.workloads().items()]
    asked += [(bench, name, "program", guests / f"{name}.wasm", name, programs.PROGRAMS[name])
              for name in built if name not in absent]
    if "sqlite" in built and "sqlite" not in absent:
        asked += [(first, name, name, guests / "sqlite.wasm", "sqlite_first")
                  for name in (FIRST, FIRST + "_on_two")]
    for done, (who, name, *words) in enumerate(asked):
        progress(done, len(asked), name)
        who.ask(name, *words)
    progress(len(asked), len(asked), "done")
    beside = axes.measure(options, progress)

    compiler = subprocess.run([os.environ.get("CXX", "clang++"), "--version"], check=True,
                              text=True, stdout=subprocess.PIPE).stdout.splitlines()[0]
    small = len(measuring.workloads())
    about = (f"{small} C programs, Lua and SQLite, compiled to WebAssembly by clang -O2 and "
             f"natively by {compiler} -O2, without vectorisers ({SCALAR}) and with them "
             f"({VECTOR}). Processor time, medians of {options.rounds} rounds in turns; over "
             f"{SCALAR}, less is better.")
    text = io.StringIO()
    means = {}
    parts = []
    with contextlib.redirect_stdout(text):
        print(about)
        for line in measuring.lines_of(absent):
            print("absent:", line)
        if bench.rows:
            measuring.print_times(bench.rows)
            means = {over: measuring.print_ratios(bench.rows, over) for over in (SCALAR, VECTOR)}
            parts += computing_sections(bench.rows)
        if first.rows:
            measuring.print_times(first.rows)
            parts += first_sections(first.rows)
        axes.print_tables(beside)
        parts += axes.sections(beside)
    print(text.getvalue())
    result = {"about": about, "rounds": options.rounds, "seconds": options.seconds,
              "absent": absent, "rows": bench.rows, "first_result": first.rows, "axes": beside,
              "geometric_means": means}
    for ending, content in (
            ("txt", text.getvalue()), ("json", json.dumps(result, indent=1) + "\n"),
            ("html", page.page("Dovetail over native code", about, parts,
                               measuring.lines_of(absent)))):
        target = folder / f"suite.{ending}"
        target.write_text(content, encoding="utf-8")
        print(os.path.relpath(target))


if __name__ == "__main__":
    main()
