#!/usr/bin/env python3
"""The axes beside computing: calls, access by the host, loading, starting, waiting, headers. Runs
the programs of bench/ that ask them, whose rows take turns, keeps medians of processor time, and
sets each row over the native row of the same run. Modules to load come from npm. Prints tables and
writes BUILD/bench/axes.json; tools/bench does the same and makes a page of it. `--only` takes
names of axes."""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
from typing import NamedTuple

import features
import headers
import measuring
import page

sys.path.append(str(measuring.SOURCE / "tests/real"))
import fetch  # noqa: E402


class Axis(NamedTuple):
    program: str
    title: str
    text: str
    plotted: str = "over native"  # or a counter
    unit: str = ""


AXES = [
    Axis("call", "Calls from the host into a guest", "By signature; a call is a thousandth of a "
         "loop of a thousand, natively over a function behind a pointer."),
    Axis("call_host", "Calls from a guest to the host", "By the kind of C++ callable; a thousand "
         "calls in a loop, beside the same loop in C++ over a function behind a pointer."),
    Axis("call_guest", "Calls from a guest to a guest", "Within an instance, to another instance, "
         "and through tables; a thousand calls in a loop, beside the same loop in C++."),
    Axis("host_access", "The host reads and writes globals and memory",
         "Beside the same with variables of C++."),
    Axis("load", "Loading", "Modules of 3 kB to 32 MB, decoded, validated, compiled on one "
         "thread and on two; natively the bytes are added up.", "bytes_per_second", "MB/s"),
    Axis("vectors", "Vectors", "A C program compiled with -msimd128 -O3: products of matrices, an "
         "update of particles, a filter over an image; natively with -O3 -msse4.1."),
    Axis("features", "What accepted features cost", "The workloads of 1.0, validated and compiled "
         "where 1.0 alone is accepted and where 3.0 is; natively the bytes are added up.",
         "bytes_per_second", "MB/s"),
    Axis("start", "Starting", "A store made, a module instantiated, the store ended; natively the "
         "same pages cleared, the same data copied."),
    Axis("snapshot", "Snapshots", "A frame: 100 pages of 4 KiB of a memory of 64 MB written, the "
         "same ones or others, and a snapshot taken, or the last one restored; natively 100 pages "
         "are copied."),
    Axis("idle", "Waiting", "10,000 instances of one module with a page of memory, in one store "
         "or each in its own; time to make one, resident bytes and address space of one, and how "
         "many there are.", "resident", "KiB"),
    Axis("latency", "Stopping", "From the press of a stop button in another thread to the return "
         "of the call, a thousand times: mean, median and worst. Natively a loop looks at an "
         "atomic number.", "median", "us"),
]
HEADERS = "headers"
FEATURE_SIZES = "feature_sizes"
SCALE = {"MB/s": 1e6, "KiB": 1024, "us": 1e-6, "": 1}
# What a row has that is no counter.
KNOWN = {"name", "family_index", "per_family_instance_index", "run_name", "run_type",
         "repetitions", "repetition_index", "threads", "iterations", "real_time", "cpu_time",
         "time_unit", "error_occurred", "error_message", "label"}


def take_modules(build):
    """What load.def names, from npm; the environment in which programs find it."""
    table = measuring.SOURCE / "bench/large.txt"
    names = re.findall(r'^LOAD\(\w+, "([^"]+)"\)',
                       (measuring.SOURCE / "bench/load.def").read_text(), re.MULTILINE)
    fetch.fetch(build / "real", [n for n in names if n in {row.name for row in fetch.rows()}])
    fetch.fetch(build / "real-large",
                [n for n in names if n in {row.name for row in fetch.rows(table)}], table)
    return {"DOVETAIL_REAL": str(build / "real"),
            "DOVETAIL_REAL_LARGE": str(build / "real-large")}


def run(program, out, options, environment):
    """The program's rows as it writes them."""
    subprocess.run([program, f"--benchmark_out={out}", "--benchmark_out_format=json",
                    f"--benchmark_repetitions={options.rounds}",
                    f"--benchmark_min_time={options.seconds}",
                    "--benchmark_enable_random_interleaving=true"],
                   check=True, env={**os.environ, **environment},
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return json.loads(out.read_text())["benchmarks"]


def rows_of(said):
    """Name -> medians of seconds and counters and the ratio over native, or why there is none."""
    found = {}
    said = [one for one in said if one["run_type"] == "iteration"]
    for one in sorted(said, key=lambda one: one["family_index"]):  # they took turns at random
        name = "/".join(one["name"].split("/")[:2])
        row = found.setdefault(name, {"all": [], "counters": {}})
        if one.get("error_occurred"):
            row["refused"] = one["error_message"]
        else:
            time = ("real_time" if one["name"].endswith(("/manual_time", "/real_time"))
                    else "cpu_time")
            row["all"].append(one[time] * {"ns": 1e-9, "us": 1e-6, "ms": 1e-3}[one["time_unit"]])
            for key in one.keys() - KNOWN:
                row["counters"].setdefault(key, []).append(one[key])
    for row in found.values():
        row["counters"] = {k: statistics.median(v) for k, v in sorted(row["counters"].items())}
        if row["all"]:
            row["seconds"] = statistics.median(row["all"])
    for name, row in found.items():
        native = found.get(name.split("/")[0] + "/native", {})
        if "seconds" in row and "seconds" in native and not name.endswith("/native"):
            row["over native"] = row["seconds"] / native["seconds"]
    return found


def wanted(options):
    names = [axis.program for axis in AXES] + [HEADERS, FEATURE_SIZES]
    return [name for name in names if not options.only or name in options.only]


def measure(options, progress):
    """Axis -> its rows; `progress(done, count, name)` is told of each."""
    names = wanted(options)
    programs = [name for name in names if name not in (HEADERS, FEATURE_SIZES)]
    place = measuring.build(options.build / "bench", options.jobs,
                            [f"bench-{name}" for name in programs]) if programs else None
    environment = take_modules(options.build) if "load" in names else {}
    if place:
        environment["DOVETAIL_WORKLOADS"] = str(place)
    found = {}
    for done, name in enumerate(names):
        progress(done, len(names), name)
        if name == HEADERS:
            found[name] = headers.rows(min(options.rounds, 3))  # it is minutes, and steady
        elif name == FEATURE_SIZES:
            found[name] = features.rows()
        else:
            found[name] = rows_of(run(place / f"bench-{name}",
                                      options.build / "bench" / f"{name}.json", options,
                                      environment))
    if names:
        progress(len(names), len(names), "done")
    return found


def text_of(counter, value):
    if counter in ("resident", "reserved"):
        for unit, size in (("GiB", 2**30), ("MiB", 2**20), ("KiB", 2**10), ("B", 1)):
            if value >= size or size == 1:
                return f"{value / size:.3g} {unit}"
    if counter == "bytes_per_second":
        return f"{value / 1e6:.4g} MB/s"
    return f"{value:,.0f}" if counter == "count" else measuring.text_of(value)


def table(rows):
    """Heads, and rows of a name and cells."""
    counters = sorted({key for row in rows.values() for key in row["counters"]})
    lines = []
    for name, row in rows.items():
        if "seconds" not in row:
            lines.append((name, ["refused"] + [""] * (1 + len(counters))))
            continue
        ratio = f"{row['over native']:.2f}" if "over native" in row else ""
        lines.append((name, [measuring.text_of(row["seconds"]), ratio] + [
            text_of(c, row["counters"][c]) if c in row["counters"] else "" for c in counters]))
    return ["time", "over native", *(counter.replace("_", " ") for counter in counters)], lines


def refusals(rows):
    """What could not be measured, and why, a line each."""
    return [f"refused: {name}: {row['refused']}" for name, row in rows.items() if "refused" in row]


def tables(found):
    """Title, heads and lines of each axis, and what was refused."""
    for axis in AXES:
        if axis.program in found:
            rows = found[axis.program]
            yield axis.title, *table(rows), refusals(rows)
    if HEADERS in found:
        yield "Headers", *headers.table(found[HEADERS]), []
    if found.get(FEATURE_SIZES):
        yield "Bytes of code by accepted features", *features.table(found[FEATURE_SIZES]), []


def print_tables(found):
    for title, heads, lines, refused in tables(found):
        width = max(len(name) for name, _ in lines)
        print(f"\n{title}\n{'':{width}}" + "".join(f"{head:>18}" for head in heads))
        for name, cells in lines:
            print(f"{name:{width}}" + "".join(f"{cell:>18}" for cell in cells).rstrip())
        for line in refused:
            print(line)


def plotted(axis):
    what = "time over native, which is the dashed line" if axis.plotted == "over native" else (
        f"{axis.plotted.replace('_', ' ')}, {axis.unit}")
    return f"{axis.text} The bars are {what}."


def plot(axis, rows):
    """A group for each question, a bar for each of its rows, if all questions have the same rows;
    else a group for each row."""
    shown = {}
    for name, row in rows.items():
        value = row.get(axis.plotted, row["counters"].get(axis.plotted))
        if not name.endswith("/native"):
            shown[name] = None if value is None else value / SCALE[axis.unit]
    questions = list(dict.fromkeys(name.split("/")[0] for name in shown))
    kinds = list(dict.fromkeys(name.split("/")[1] for name in shown))
    mark = 1 if axis.plotted == "over native" else None
    if len(questions) == 1 or len(shown) != len(questions) * len(kinds):
        return page.bars(["a row"], [(name, [value]) for name, value in shown.items()], mark)
    return page.bars(kinds, [(q, [shown[f"{q}/{k}"] for k in kinds]) for q in questions], mark)


def sections(found):
    """What the page shows."""
    parts = []
    for axis in AXES:
        if axis.program in found:
            rows = found[axis.program]
            said = "; ".join([plotted(axis).removesuffix("."), *refusals(rows)]) + "."
            parts.append(page.Section(axis.title, said, plot(axis, rows),
                                      page.table(*table(rows))))
    if HEADERS in found:
        parts.append(page.Section(
            "Headers", "Lines that are left by the preprocessor and not blank, and the time of "
            "compiling a unit with the include alone.",
            table=page.table(*headers.table(found[HEADERS]))))
    if found.get(FEATURE_SIZES):
        parts.append(page.Section(
            "Bytes of code by accepted features", "The instructions (.text) of a tiny program that "
            "compiles a module and calls it, by version of WebAssembly.",
            table=page.table(*features.table(found[FEATURE_SIZES]))))
    return parts


def main():
    options = measuring.options_of(argparse.ArgumentParser(description=__doc__.split(":")[0] + "."))
    found = measure(options, lambda done, count, name: print(f"[{done}/{count}] {name}",
                                                             flush=True))
    print_tables(found)
    target = options.build / "bench/axes.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print("\n" + os.path.relpath(target))


if __name__ == "__main__":
    main()
