"""What the scripts of this folder share: the workloads, an optimised build, measuring engines in
turns, ratios."""

import json
import math
import os
import pathlib
import re
import statistics
import subprocess
import sys

SOURCE = pathlib.Path(__file__).resolve().parent.parent
BUILD = pathlib.Path(os.environ.get("DOVETAIL_BUILD", SOURCE / "build"))
# The variants of string functions that the C library chooses by processor; valgrind hides some
# features itself, and shows others where the machine has them.
PLAIN_LIBRARY = ("glibc.cpu.hwcaps=-AVX2,-AVX,-AVX512F,-AVX512VL,-AVX512BW,-ERMS,-FSRM,-BMI2,"
                 "-RTM,-MOVBE,-LZCNT,-SSSE3,-SSE4_1,-SSE4_2,-Fast_Unaligned_Copy:"
                 "glibc.cpu.x86_data_cache_size=32768:glibc.cpu.x86_shared_cache_size=1048576")


def workloads():
    """Name -> argument."""
    text = (SOURCE / "bench/workloads/workloads.def").read_text(encoding="utf-8")
    return {name: int(argument.replace("'", ""))
            for name, argument in re.findall(r"^WORKLOAD\((\w+), ([\d']+)\)", text, re.MULTILINE)}


def build(folder, jobs, programs):
    """Our programs and the workloads, optimised; the folder they lie in."""
    compiler = os.environ.get("CXX", "clang++")
    if not (folder / "build.ninja").exists():
        subprocess.run(["meson", "setup", folder, SOURCE, "-Dbuildtype=release",
                        "-Doptimization=2", "-Dtests=disabled", "-Dtools=disabled",
                        "-Dexamples=disabled", "-Dbench=enabled"],
                       check=True, stdout=subprocess.DEVNULL,
                       env={**os.environ, "CXX": compiler})
    subprocess.run(["ninja", "-C", folder, "-j", str(jobs),
                    *(f"bench/{name}" for name in programs),
                    *(f"bench/{name}.wasm" for name in [*workloads(), "add", "vectors"])],
                   check=True, stdout=subprocess.DEVNULL)
    return folder / "bench"


def count(program, row):
    """Instructions of a row of count.cpp under valgrind, or what went wrong."""
    environment = {"PATH": os.environ["PATH"], "DOVETAIL_WORKLOADS": str(program.parent),
                   "GLIBC_TUNABLES": PLAIN_LIBRARY}
    done = subprocess.run(
        ["setarch", "-R", "valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
         "--toggle-collect=dovetail_counted", program, row],
        env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    found = re.search(r"Collected : (\d+)", done.stdout)
    if done.returncode != 0 or not found:
        return None, done.stdout
    return int(found.group(1)), ""


def options_of(parser):
    parser.add_argument("--build", type=pathlib.Path, metavar="FOLDER", default=BUILD)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.2, help="a measurement, after warm-up")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only", action="append", default=[], metavar="ROW")
    options = parser.parse_args()
    options.build = options.build.resolve()
    return options


def answer_of(text):
    """As a number where it is one, for engines write numbers in different ways."""
    try:
        return round(float(text), 3)
    except ValueError:
        return text


class Bench:
    """Rows of medians. An engine is a function from a question and its words to a command."""

    def __init__(self, engines, options):
        self.engines, self.options = engines, options
        self.rows = {}

    def ask(self, name, question, *words):
        """Every engine in turn, round by round; their answers must agree."""
        if self.options.only and name not in self.options.only:
            return
        times, answers = {engine: [] for engine in self.engines}, {}
        for _ in range(self.options.rounds):
            for engine, command in self.engines.items():
                done = subprocess.run([*map(str, command(question, *words)),
                                       str(self.options.seconds)],
                                      stdout=subprocess.PIPE, text=True)
                if done.returncode != 0:
                    sys.exit(f"{engine}: {name}: exit status {done.returncode}")
                said = json.loads(done.stdout)
                times[engine].append(said["seconds"])
                answers[engine] = answer_of(said["answer"])
        if len(set(answers.values())) != 1:
            sys.exit(f"{name}: the engines do not agree: {answers}")
        self.rows[name] = {"question": question, "answer": said["answer"], "all": times,
                           "median": {e: statistics.median(t) for e, t in times.items()}}


def geometric(values):
    return math.exp(statistics.fmean(map(math.log, values)))


def ratios(rows, over):
    """Engine -> row -> its time over that of another engine."""
    engines = next(iter(rows.values()))["median"]
    return {e: {name: row["median"][e] / row["median"][over] for name, row in rows.items()}
            for e in engines if e != over}


def text_of(seconds):
    for unit, size in (("s", 1), ("ms", 1e-3), ("us", 1e-6), ("ns", 1e-9)):
        if seconds >= size or unit == "ns":
            return f"{seconds / size:.3g} {unit}"


def means(rows, over):
    """Label -> engine -> geometric mean: of the workloads, and of them with the programs."""
    def of(chosen):
        return {e: geometric(r.values()) for e, r in ratios(chosen, over).items()}

    small = {name: row for name, row in rows.items() if row["question"] == "workload"}
    programs = [name for name, row in rows.items() if row["question"] == "program"]
    found = {"geometric mean": of(small)} if len(small) > 1 else {}
    if small and programs:
        found["with " + " and ".join(programs)] = of(
            {**small, **{name: rows[name] for name in programs}})
    return found


def lines_of(absent):
    return [f"{name} ({reason})" for name, reason in absent.items()]


def print_times(rows):
    engines = next(iter(rows.values()))["median"]
    print(f"\n{'':24}" + "".join(f"{engine:>20}" for engine in engines))
    for name, row in rows.items():
        print(f"{name:24}" + "".join(f"{text_of(row['median'][e]):>20}" for e in engines))


def print_ratios(rows, over):
    """The table, and the geometric means, which it returns."""
    all_ratios, all_means = ratios(rows, over), means(rows, over)
    print(f"\n{'over ' + over:24.24}" + "".join(f"{engine:>20}" for engine in all_ratios))
    for name in rows:
        print(f"{name:24}" + "".join(f"{r[name]:20.2f}" for r in all_ratios.values()))
    for label, values in all_means.items():
        print(f"{label:24}" + "".join(f"{mean:20.2f}" for mean in values.values()))
    return all_means
