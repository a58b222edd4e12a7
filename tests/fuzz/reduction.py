"""Makes a module that engines disagree on smaller: functions lose their bodies, and exports go."""

import pathlib
import tempfile
import time


def name_of(file):
    return file.with_name(file.stem + ".reduced.wasm")


def number(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7f) << shift
        shift += 7
        if byte < 0x80:
            return value, at


def written(value):
    out = bytearray()
    while True:
        out.append(value & 0x7f | (0x80 if value > 0x7f else 0))
        value >>= 7
        if value == 0:
            return bytes(out)


def sections(data):
    """(id, content) of each."""
    at, found = 8, []
    while at < len(data):
        size, begin = number(data, at + 1)
        found.append((data[at], data[begin:begin + size]))
        at = begin + size
    return found


def module(parts):
    return b"\0asm\1\0\0\0" + b"".join(
        bytes([which]) + written(len(content)) + content for which, content in parts)


def vector(content, entry):
    """The entries of a section whose `entry(content, at)` tells where one ends."""
    count, at = number(content, 0)
    entries = []
    for _ in range(count):
        end = entry(content, at)
        entries.append(content[at:end])
        at = end
    return entries


def end_of_body(content, at):
    size, begin = number(content, at)
    return begin + size


def end_of_export(content, at):
    size, begin = number(content, at)
    _, end = number(content, begin + size + 1)
    return end


# No locals; unreachable, end: good for every type.
NO_BODY = written(3) + b"\0\0\x0b"


def candidates(data):
    """Modules with one body or export less."""
    parts = sections(data)
    for index, (which, content) in enumerate(parts):
        if which not in (7, 10):
            continue
        entries = vector(content, end_of_export if which == 7 else end_of_body)
        for i, entry in enumerate(entries):
            if which == 10 and entry == NO_BODY:
                continue
            less = entries[:i] + ([NO_BODY] if which == 10 else []) + entries[i + 1:]
            yield module(parts[:index] + [(which, written(len(less)) + b"".join(less))]
                         + parts[index + 1:])


def reduce(file, differs, seconds):
    """Writes the smallest module found for which `differs(file)` holds beside `file`; its size."""
    until = time.monotonic() + seconds
    best = file.read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        trial = pathlib.Path(folder) / "trial.wasm"
        smaller = True
        while smaller and time.monotonic() < until:
            smaller = False
            for candidate in candidates(best):
                trial.write_bytes(candidate)
                if time.monotonic() >= until:
                    break
                if differs(trial):
                    best, smaller = candidate, True
                    break
    name_of(file).write_bytes(best)
    return len(best)
