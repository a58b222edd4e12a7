#!/usr/bin/env python3
"""The README's program: its first C++ block is compiled exactly as printed, linked with a mod, and
run; examples/quick_start.cpp holds the same function. Its other blocks are units with includes of
their own, and bodies of functions; they compile as printed too."""
import re
import subprocess
import tempfile
from pathlib import Path

import common

MAIN = r"""
#include <cstddef>
#include <cstdio>
#include <span>

int run_mod(std::span<const std::byte> wasm, int& score);

// (module (import "env" "score" (func (param i32)))
//   (func (export "tick") (param f32) (result i32)
//     i32.const 7  call 0  local.get 0  f32.const 1000  f32.mul  i32.trunc_f32_s))
constexpr unsigned char mod[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x0a, 0x02, 0x60, 0x01, 0x7f, 0x00,
    0x60, 0x01, 0x7d, 0x01, 0x7f, 0x02, 0x0d, 0x01, 0x03, 'e',  'n',  'v',  0x05, 's',  'c',
    'o',  'r',  'e',  0x00, 0x00, 0x03, 0x02, 0x01, 0x01, 0x07, 0x08, 0x01, 0x04, 't',  'i',
    'c',  'k',  0x00, 0x01, 0x0a, 0x11, 0x01, 0x0f, 0x00, 0x41, 0x07, 0x10, 0x00, 0x20, 0x00,
    0x43, 0x00, 0x00, 0x7a, 0x44, 0x94, 0xa8, 0x0b};

int main() {
  int score = 0;
  const int ticked = run_mod(std::as_bytes(std::span(mod)), score);
  std::printf("%d %d", ticked, score);
}
"""

# What the other blocks use: the first one's names, with a backend that has every control they show.
AROUND = r"""
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <span>
#include <thread>
#include <dovetail/awaiting.hpp>
#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>
#include <dovetail/pausing.hpp>
#include <dovetail/watchdog.hpp>

using namespace std::chrono_literals;

struct modding : dovetail::defaults {
  using backend = dovetail::interruptible<dovetail::refillable_fuel<dovetail::interpreter>>;
};
using rt = dovetail::runtime<modding>;
struct reading {
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  std::span<const std::byte> await_resume();
};
struct file_system {
  reading read(const char* name);
} files;
"""
BODY = """
%s body_%d([[maybe_unused]] dovetail::caller& from, [[maybe_unused]] rt::store& world,
           [[maybe_unused]] const dovetail::result<rt::instance>& mod,
           [[maybe_unused]] dovetail::result<dovetail::function<int(float)>>& tick) {
%s%s}
"""
# Result, and how the function ends, for each block.
BODIES = [('void', ''), ('void', ''), ('dovetail::trap', 'return {};\n')]


def words(text):
    """The code without comments and white space."""
    return re.sub(r'\s+', '', re.sub(r'//[^\n]*', '', text))


def function(text):
    begin = text.index('int run_mod')
    return words(text[begin:text.index('\n}\n', begin) + 2])


def main():
    readme = (common.SOURCE / 'README.md').read_text()
    block, *others = re.findall(r'```cpp\n(.*?)```', readme, re.S)
    report = common.Report()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        (folder / 'readme.cpp').write_text(block)
        (folder / 'main.cpp').write_text(MAIN)
        build = subprocess.run(
            ['g++', '-std=c++20', '-O0', '-Wall', '-Wextra', '-Werror', *common.include_flags(),
             'readme.cpp', 'main.cpp', '-o', 'program'],
            cwd=folder, capture_output=True, text=True)
        report.check('the README compiles as printed', [build.stderr] if build.returncode else [])
        if build.returncode == 0:
            run = subprocess.run([folder / 'program'], capture_output=True, text=True)
            report.check('and gives the right answer', [run.stdout] if run.stdout != '16 7' else [])
    units = [other for other in others if '#include' in other]
    others = [other for other in others if '#include' not in other]
    for compiler in common.COMPILERS:
        for number, unit in enumerate(units):
            compiles, said = common.compile_text(compiler, unit, ['-std=c++20', '-Wall', '-Werror'])
            report.check(f'unit {number} compiles with {compiler}', [] if compiles else [said])
    report.check('every other C++ block of the README is a body that this script knows',
                 [] if len(others) == len(BODIES) else [f'{len(others)}, not {len(BODIES)}'])
    text = AROUND + ''.join(BODY % (result, number, body, end) for number, (body, (result, end))
                            in enumerate(zip(others, BODIES)))
    for compiler in common.COMPILERS:
        compiles, said = common.compile_text(compiler, text, ['-std=c++20', '-Wall', '-Werror',
                                                              '-Wno-unused-variable',
                                                              '-Wno-unused-but-set-variable'])
        report.check(f'the other blocks compile with {compiler}', [] if compiles else [said])
    example = (common.SOURCE / 'examples/quick_start.cpp').read_text()
    report.check('examples/quick_start.cpp holds the same function',
                 ['they differ'] if function(block) != function(example) else [])
    report.finish()


if __name__ == '__main__':
    main()
