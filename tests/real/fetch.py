#!/usr/bin/env python3
"""Take the modules that modules.txt names from npm into a cache folder, once.

A name in the cache is NAME.wasm with the size and SHA-256 of its row; what is there already is not
taken again. `--only NAME` takes one module, `--then COMMAND...` runs a program with the folder in
DOVETAIL_REAL, so that one test both takes and runs. Without npm or a network the rest still runs,
and names what it misses.
"""
import argparse
import base64
import dataclasses
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile

HERE = pathlib.Path(__file__).resolve().parent


@dataclasses.dataclass(frozen=True)
class Row:
    package: str
    file: str
    how: str
    name: str
    size: int
    sha256: str

    def path(self, cache):
        return cache / (self.name + '.wasm')

    def fits(self, data):
        return len(data) == self.size and hashlib.sha256(data).hexdigest() == self.sha256


def rows(table=HERE / 'modules.txt'):
    result = []
    for line in table.read_text().splitlines():
        if line and not line.startswith('#'):
            package, file, how, name, size, digest = line.split()
            result.append(Row(package, file, how, name, int(size), digest))
    return result


def present(row, cache):
    # The size alone: the digest was checked when the file was written, under another name.
    path = row.path(cache)
    return path.is_file() and path.stat().st_size == row.size


def pack(package, folder):
    """The tarball of one package at one version, or a reason why not."""
    npm = shutil.which('npm')
    if npm is None:
        return None, 'npm is not installed'
    run = subprocess.run([npm, 'pack', '--loglevel=error', '--pack-destination', folder, package],
                         capture_output=True, text=True, cwd=folder)
    tarballs = list(pathlib.Path(folder).glob('*.tgz'))
    if run.returncode != 0 or len(tarballs) != 1:
        complaint = (run.stderr.strip() or run.stdout.strip() or 'no tarball').splitlines()
        return None, 'npm pack: ' + complaint[0]
    return tarballs[0], None


def from_base64(text, index):
    """The modules in a script are string literals; "\\0asm\\1" in base64 begins with AGFzbQ."""
    literals = list(dict.fromkeys(re.findall(rb'AGFzbQ[A-Za-z0-9+/=]+', text)))
    return base64.b64decode(literals[index])


def from_text(text, variable):
    """A character is a digit below 64: a to z, A to Z, then 0 and up. A digit below 60 stands for
    a frequent byte, by the table beside it; one of 60 and above begins a byte of two digits."""
    table = re.search(r'wasmpack = new Uint8Array\(\[([0-9, \n\t]+)\]\)', text).group(1)
    frequent = [int(number) for number in table.replace(',', ' ').split()]
    digits = re.search(r"var %s =\s*'([^']+)'" % re.escape(variable), text).group(1)
    values = iter([ord(c) - 97 if c >= 'a' else ord(c) - 39 if c >= 'A' else ord(c) + 4
                   for c in digits])
    return bytes(frequent[v] if v < 60 else (v - 60) * 64 + next(values) for v in values)


def extract(row, data):
    kind, _, detail = row.how.partition(':')
    if kind == 'base64':
        return from_base64(data, int(detail))
    if kind == 'text':
        return from_text(data.decode('latin-1'), detail)
    return data


def take(package, wanted, cache):
    """Returns what went wrong; a network that is away is `absent`, other bytes are `wrong`."""
    with tempfile.TemporaryDirectory() as folder:
        tarball, reason = pack(package, folder)
        if tarball is None:
            return 'absent: %s (%s)' % (package, reason)
        with tarfile.open(tarball) as archive:
            for row in wanted:
                member = archive.extractfile('package/' + row.file)
                module = extract(row, member.read())
                if not row.fits(module):
                    return 'wrong: %s %s is not the module it was' % (package, row.file)
                row.path(cache).parent.mkdir(parents=True, exist_ok=True)
                part = row.path(cache).with_suffix('.part%d' % os.getpid())
                part.write_bytes(module)
                part.replace(row.path(cache))
            keep_for_answers(package, archive, cache)
    return None


def keep_for_answers(package, archive, cache):
    """answers.mjs runs these two packages under node as they are."""
    kept = {'hash-wasm': 'dist/index.umd.min.js', 'xxhash-wasm': 'cjs/xxhash-wasm.cjs'}
    file = kept.get(package.rpartition('@')[0])
    if file is not None:
        target = cache / 'packages' / (package.rpartition('@')[0] + '.cjs')
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(archive.extractfile('package/' + file).read())


def answers(cache):
    """What node says: its crypto and zlib, and V8 running the packages."""
    target = cache / 'answers'
    script = HERE / 'answers.mjs'
    if (target / 'done').is_file() and (target / 'done').read_bytes() == script.read_bytes():
        return None
    node = shutil.which('node')
    if node is None:
        return 'absent: answers (node is not installed)'
    if not (cache / 'packages' / 'hash-wasm.cjs').is_file():
        return 'absent: answers (hash-wasm is not there)'
    target.mkdir(parents=True, exist_ok=True)
    run = subprocess.run([node, str(script), str(cache / 'packages'), str(target)],
                         capture_output=True, text=True)
    if run.returncode != 0:
        return 'wrong: answers: ' + (run.stderr.strip().splitlines() or ['node failed'])[-1]
    (target / 'done').write_bytes(script.read_bytes())
    return None


def fetch(cache, only=(), table=HERE / 'modules.txt'):
    """Takes what is missing; True unless something is there but wrong."""
    cache.mkdir(parents=True, exist_ok=True)
    everything = [row for row in rows(table) if not only or row.name in only]
    missing = {}
    for row in everything:
        if not present(row, cache):
            missing.setdefault(row.package, []).append(row)
    good = True
    for package, wanted in missing.items():
        print('npm pack', package, flush=True)
        problem = take(package, wanted, cache)
        if problem:
            print(problem)
            good = good and problem.startswith('absent')
    problem = None if only else answers(cache)
    if problem:
        print(problem)
        good = good and problem.startswith('absent')
    there = sum(present(row, cache) for row in everything)
    print('%d of %d modules in the cache' % (there, len(everything)), flush=True)
    return good


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('cache', type=pathlib.Path)
    parser.add_argument('--only', action='append', default=[], metavar='NAME')
    parser.add_argument('--then', nargs=argparse.REMAINDER, default=[], metavar='COMMAND')
    options = parser.parse_args()
    cache = options.cache.resolve()
    good = fetch(cache, options.only)
    if options.then:
        code = subprocess.run(options.then, env={**os.environ, 'DOVETAIL_REAL': str(cache)})
        return code.returncode or (0 if good else 1)
    return 0 if good else 1


if __name__ == '__main__':
    sys.exit(main())
