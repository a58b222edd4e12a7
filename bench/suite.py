"""Every workload on every backend and memory policy, over native code of the same source: clang at
-O2 without its vectorisers (guests have no vectors here) and with them. The engines take turns,
medians are kept, checksums must agree. Writes BUILD/bench/suite.{txt,json,html}."""

import argparse
import contextlib
import html
import io
import json
import os
import subprocess
import sys

import measuring

OURS = ["x64-guarded", "x64-checked", "x64-unchecked", "interpreter-guarded",
        "interpreter-checked"]
SCALAR, VECTOR = "native", "native-vector"
COLOURS = ["#3b6fb6", "#d98032", "#4b9b62", "#8a62b0", "#b34d5c", "#777777"]
PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Dovetail: the workloads over native code</title>
<style>
 :root {{ color-scheme: light dark; }}
 body {{ font: 15px/1.5 system-ui, sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; }}
 table {{ border-collapse: collapse; font-variant-numeric: tabular-nums; }}
 td, th {{ padding: .15em .8em; text-align: right; }} td:first-child {{ text-align: left; }}
 tr:last-child td {{ border-top: 1px solid; font-weight: bold; }}
 svg {{ width: 100%; }} svg text {{ font: 12px system-ui, sans-serif; fill: currentColor; }}
</style>
<h1>The workloads over native code</h1>
<p>{about}</p>
{plots}
<h2>Ratios</h2>
{ratios}
<h2>Times</h2>
{times}
</html>
"""


def engines(place):
    def native(program):
        return lambda question, module, name, argument: [place / program, name]

    def ours(engine):
        return lambda *words: [place / "bench-peer", engine, *words]

    return {SCALAR: native("bench-native-scalar"), VECTOR: native("bench-native-vector"),
            **{engine: ours(engine) for engine in OURS}}


def plot(title, names, ratios, means):
    """Bars: a group for each workload and one for the means, a line at 1."""
    chosen = list(ratios)
    groups = [(name, [ratios[e][name] for e in chosen]) for name in names]
    groups.append(("geometric mean", [means[e] for e in chosen]))
    widest = max(value for _, values in groups for value in values)
    left, width, bar, y = 130, 620, 9, 30
    parts = []
    for number, engine in enumerate(chosen):
        x = left + 150 * number
        parts.append(f'<rect x="{x}" y="4" width="10" height="10" fill="{COLOURS[number]}"/>'
                     f'<text x="{x + 15}" y="13">{html.escape(engine)}</text>')
    for name, values in groups:
        parts.append(f'<text x="{left - 8}" y="{y + bar * len(values) / 2 + 4}" '
                     f'text-anchor="end">{html.escape(name)}</text>')
        for number, value in enumerate(values):
            long = width * value / widest
            parts.append(f'<rect x="{left}" y="{y}" width="{long:.1f}" height="{bar - 1}" '
                         f'fill="{COLOURS[number]}"/><text x="{left + long + 5:.1f}" '
                         f'y="{y + bar - 1}" style="font-size:9px">{value:.2f}</text>')
            y += bar
        y += 8
    one = left + width / widest
    parts.append(f'<line x1="{one:.1f}" y1="24" x2="{one:.1f}" y2="{y}" stroke="currentColor" '
                 'stroke-dasharray="3 3"/>')
    return (f"<h2>{html.escape(title)}</h2>\n"
            f'<svg viewBox="0 0 {left + width + 60} {y}" role="img">{"".join(parts)}</svg>\n')


def html_table(heads, rows):
    def line(tag, cells):
        return "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells) + "</tr>\n"

    return ("<table>\n" + line("th", ["", *heads])
            + "".join(line("td", [name, *cells]) for name, cells in rows) + "</table>\n")


def page(about, rows, ratios, means):
    names = list(rows)
    every = list(ratios)
    ratio_rows = [(name, [f"{ratios[e][name]:.2f}" for e in every]) for name in names]
    ratio_rows.append(("geometric mean", [f"{means[e]:.2f}" for e in every]))
    time_rows = [(name, [measuring.text_of(t) for t in row["median"].values()])
                 for name, row in rows.items()]
    plots = "".join(
        plot(title, names, {e: ratios[e] for e in every if e.startswith(prefix)}, means)
        for title, prefix in (("x64, by memory policy", "x64"), ("Interpreter", "interpreter")))
    return PAGE.format(about=html.escape(about), plots=plots,
                       ratios=html_table(every, ratio_rows),
                       times=html_table([SCALAR, *every], time_rows))


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
    result = {"about": about, "rounds": options.rounds, "seconds": options.seconds,
              "rows": bench.rows, "geometric_means": {SCALAR: means, VECTOR: vector_means}}
    for ending, content in (
            ("txt", text.getvalue()), ("json", json.dumps(result, indent=1) + "\n"),
            ("html", page(about, bench.rows, measuring.ratios(bench.rows, SCALAR), means))):
        target = folder / f"suite.{ending}"
        target.write_text(content, encoding="utf-8")
        print(os.path.relpath(target))


if __name__ == "__main__":
    main()
