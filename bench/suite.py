"""Every workload on every backend and memory policy, over native code of the same source: clang at
-O2 without its vectorisers (guests have no vectors here) and with them. The engines take turns,
medians are kept, checksums must agree. Writes BUILD/bench/suite.{txt,json,html}."""

import argparse
import contextlib
import io
import json
import os
import subprocess
import sys

import measuring
import page

OURS = ["x64-guarded", "x64-checked", "x64-unchecked", "interpreter-guarded",
        "interpreter-checked"]
SCALAR, VECTOR = "native", "native-vector"
MEAN = "geometric mean"


def engines(place):
    def native(program):
        return lambda question, module, name, argument: [place / program, name]

    def ours(engine):
        return lambda *words: [place / "bench-peer", engine, *words]

    return {SCALAR: native("bench-native-scalar"), VECTOR: native("bench-native-vector"),
            **{engine: ours(engine) for engine in OURS}}


def sections(rows, ratios, means):
    """What the page shows of the workloads; other axes append theirs."""
    engines = list(ratios)
    groups = {name: [ratios[e][name] for e in engines] for name in rows}
    groups[MEAN] = [means[e] for e in engines]

    def plot(prefix):
        chosen = [i for i, e in enumerate(engines) if e.startswith(prefix)]
        return page.bars([engines[i] for i in chosen],
                         [(name, [values[i] for i in chosen]) for name, values in groups.items()],
                         mark=1, means=[MEAN])

    over = f"Time over {SCALAR}, which is the dashed line; less is better."
    return [
        page.Section("x64, by memory policy", over, plot("x64")),
        page.Section("Interpreter, by memory policy", over, plot("interpreter")),
        page.Section(f"Ratios over {SCALAR}", table=page.table(
            engines, [(name, [f"{value:.2f}" for value in values])
                      for name, values in groups.items()], means=[MEAN])),
        page.Section("Times", table=page.table(
            [SCALAR, *engines], [(name, [measuring.text_of(t) for t in row["median"].values()])
                                 for name, row in rows.items()]))]


def progress(done, count, name):
    end = "\n" if done == count or not sys.stdout.isatty() else "\r"
    print(f"[{done:2}/{count}] {name:24}", end=end, flush=True)


def main():
    options = measuring.options_of(
        argparse.ArgumentParser(prog="tools/bench", description=__doc__.split(":")[0] + "."))
    folder = options.build / "bench"
    place = measuring.build(folder, options.jobs,
                            ["bench-peer", "bench-native-scalar", "bench-native-vector"])
    bench = measuring.Bench(engines(place), options)
    all_workloads = measuring.workloads()
    for done, (name, argument) in enumerate(all_workloads.items()):
        progress(done, len(all_workloads), name)
        bench.ask(name, "workload", place / f"{name}.wasm", name, argument)
    progress(len(all_workloads), len(all_workloads), "done")

    compiler = subprocess.run([os.environ.get("CXX", "clang++"), "--version"], check=True,
                              text=True, stdout=subprocess.PIPE).stdout.splitlines()[0]
    about = (f"{len(all_workloads)} C programs, compiled to WebAssembly by clang -O2 and "
             f"natively by {compiler} -O2, without vectorisers ({SCALAR}) and with them "
             f"({VECTOR}). Processor time, medians of {options.rounds} rounds in turns; over "
             f"{SCALAR}, less is better.")
    text = io.StringIO()
    with contextlib.redirect_stdout(text):
        print(about)
        measuring.print_times(bench.rows)
        means = measuring.print_ratios(bench.rows, SCALAR)
        vector_means = measuring.print_ratios(bench.rows, VECTOR)
    print(text.getvalue())
    parts = sections(bench.rows, measuring.ratios(bench.rows, SCALAR), means)
    result = {"about": about, "rounds": options.rounds, "seconds": options.seconds,
              "rows": bench.rows, "geometric_means": {SCALAR: means, VECTOR: vector_means}}
    for ending, content in (
            ("txt", text.getvalue()), ("json", json.dumps(result, indent=1) + "\n"),
            ("html", page.page("The workloads over native code", about, parts))):
        target = folder / f"suite.{ending}"
        target.write_text(content, encoding="utf-8")
        print(os.path.relpath(target))


if __name__ == "__main__":
    main()
