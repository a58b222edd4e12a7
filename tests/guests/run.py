#!/usr/bin/env python3
"""Builds C and C++ programs with clang and wasi-libc and runs them under `dovetail run`.

    run.py DOVETAIL CACHE [--backends NAME...] [--only NAME]

The last line is "N passed, N failed, N skipped"; what misses its tools is named.
"""
import argparse
import dataclasses
import itertools
import pathlib
import subprocess
import sys
import tempfile

import build

HERE = build.HERE
WAIT = 300  # seconds for one run, sanitizers included


@dataclasses.dataclass(frozen=True)
class Case:
    """A guest, what it is given, and what must come of it. /data is a fresh folder."""
    name: str
    build: object                 # cache -> path of the module
    arguments: tuple = ()
    code: int = 0
    output: str = ''              # a file of expected/
    error: str = ''               # what standard error must hold
    input: str = ''
    files: dict = dataclasses.field(default_factory=dict)     # made in /data before
    written: dict = dataclasses.field(default_factory=dict)   # a file of /data: one of expected/


BOOKS = '''The Left Hand of Darkness;Le Guin;1969;8.99
A Wizard of Earthsea;Le Guin;1968;7.5
Solaris;Lem;1961;9.25
The Cyberiad;Lem;1965;10
this is not a book
Dune;Herbert;1965;11.40
Kindred;Butler;1979;12.75
The Dispossessed;Le Guin;1974;9
'''
TEXT = ''.join('the guest reads and Writes files; line %d in a folder, that its HOST granted.\n'
               % (i * 7 % 13) for i in range(1, 61))


def lua_case(name, script, unwinding, **more):
    return Case(name, lambda cache: build.lua(cache, unwinding), arguments=('/data/' + script,),
                files={script: (HERE / 'lua' / script).read_text(), 'input.txt': TEXT}, **more)


CASES = [
    Case('files in C',
         lambda cache: build.build(cache, 'files', [HERE / 'files.c'],
                                   ['-Wall', '-Wextra', '-Werror']),
         arguments=('/data', 'two words', '', '--dir'), code=3, output='files.txt',
         error='on standard error\n', input='a\nbb\n'),
    Case('the standard library of C++',
         lambda cache: build.build(cache, 'catalogue', [HERE / 'catalogue.cpp'],
                                   ['-std=c++20', '-fno-exceptions', '-Wall', '-Wextra', '-Werror'],
                                   ['-lc-printscan-long-double'], language='c++'),
         arguments=('/data',), code=42, output='catalogue.txt',
         error='/data/books.txt:5: not a book\n',
         files={'books.txt': BOOKS}, written={'index.txt': 'catalogue-index.txt'}),
    lua_case('Lua with files', 'files.lua', False, output='lua-files.txt',
             written={'renamed.txt': 'lua-report.txt'}),
    lua_case('Lua with files, unwinding', 'files.lua', True, output='lua-files.txt',
             written={'renamed.txt': 'lua-report.txt'}),
    lua_case('Lua with errors and coroutines', 'errors.lua', True, code=1, output='lua-errors.txt',
             error='/data/errors.lua:79: nobody catches this\nstack traceback:\n'),
]
MEMORIES = ('checked', 'guarded')


def differences(case, done, folder):
    """What is not as it must be, a line each."""
    found = []
    if done.returncode != case.code:
        found.append('exit code %d instead of %d' % (done.returncode, case.code))
    if case.error not in done.stderr or (not case.error and done.stderr):
        found.append('standard error: %s' % done.stderr.strip()[-500:])
    compared = [('standard output', done.stdout, case.output)]
    for name, expected in case.written.items():
        path = folder / name
        compared.append((name, path.read_text() if path.is_file() else '(not written)', expected))
    for name, text, expected in compared:
        wanted = (HERE / 'expected' / expected).read_text()
        if text != wanted:
            lines, wanted_lines = text.splitlines(), wanted.splitlines()
            at = next((i for i, pair in enumerate(zip(lines, wanted_lines)) if pair[0] != pair[1]),
                      min(len(lines), len(wanted_lines)))
            found.append('%s, line %d: %r instead of %r' % (
                name, at + 1, ''.join(lines[at:at + 1]), ''.join(wanted_lines[at:at + 1])))
    return found


def attempt(case, backend, memory, dovetail, module):
    with tempfile.TemporaryDirectory() as above:
        folder = pathlib.Path(above) / 'granted'
        folder.mkdir()
        (pathlib.Path(above) / 'outside.txt').write_text('not granted\n')
        (folder / 'out').symlink_to('../outside.txt')
        for name, text in case.files.items():
            (folder / name).write_text(text)
        command = [dovetail, 'run', '--backend', backend, '--memory', memory,
                   '--dir', '%s::/data' % folder, '--env', 'GUEST_VARIABLE=of the host', module,
                   *case.arguments]
        try:
            done = subprocess.run([str(word) for word in command], input=case.input,
                                  capture_output=True, text=True, timeout=WAIT)
        except subprocess.TimeoutExpired:
            return ['no end after %d s' % WAIT]
        return differences(case, done, folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('dovetail', type=pathlib.Path)
    parser.add_argument('cache', type=pathlib.Path)
    parser.add_argument('--backends', nargs='+', default=['interpreter'])
    parser.add_argument('--only', metavar='NAME', help='the cases whose names hold this')
    options = parser.parse_args()
    passed = failed = skipped = 0
    for case in CASES:
        if options.only and options.only not in case.name:
            continue
        try:
            module = case.build(options.cache.resolve())
        except build.Absent as missing:
            print('absent: %s: %s' % (case.name, missing))
            skipped += len(MEMORIES) * len(options.backends)
            continue
        for backend, memory in itertools.product(options.backends, MEMORIES):
            problems = attempt(case, backend, memory, options.dovetail.resolve(), module)
            print('%s: %s, %s, %s memory' % ('failed' if problems else 'passed', case.name,
                                             backend, memory), flush=True)
            for problem in problems:
                print('  ' + problem)
            failed += bool(problems)
            passed += not problems
    print('%d passed, %d failed, %d skipped' % (passed, failed, skipped))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
