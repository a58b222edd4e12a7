"""Judges what engines say of one module: its lines by engine, which must be the same."""


def comparable(logs):
    """The lines that engines must agree on: up to where one of them ran out of stack or memory."""
    shortest = min((next((i for i, line in enumerate(lines) if line.endswith("exhausted")),
                         len(lines)) for lines in logs), default=0)
    if any(line.endswith("exhausted") for lines in logs for line in lines):
        return [lines[:shortest] for lines in logs]
    return logs


def rows(logs):
    """The lines that engines must agree on, side by side."""
    lines = comparable(list(logs.values()))
    for row in range(max(map(len, lines), default=0)):
        yield [log[row].strip() if row < len(log) else "nothing" for log in lines]


def stopped(logs):
    """Whether an engine ended or hung."""
    return any("the engine" in line for lines in logs.values() for line in lines[-1:])


def disagreement(logs):
    """What engines do not agree on in one module, as text; None if they agree."""
    if stopped(logs):
        return "\n".join(f"{name}: {lines[-1].strip()}" for name, lines in logs.items() if lines)
    for texts in rows(logs):
        if len(set(texts)) > 1:
            return "\n".join(f"{name}: {text}" for name, text in zip(logs, texts))
    return None


def depends_on_nans(logs, canonical):
    """Whether engines may disagree like that, since they choose bits of NaNs (core specification
    4.3.3): `canonical` are the logs of those of them that can be told which to choose, under one
    choice. They must agree then, and each line in dispute must be one that the choice changes."""
    if stopped(logs) or disagreement(canonical) is not None:
        return False
    disputed = [(row, dict(zip(logs, texts))) for row, texts in enumerate(rows(logs))
                if len(set(texts)) > 1]

    def changes(row, name, text):
        lines = canonical[name]
        return row < len(lines) and lines[row].strip() != text

    return disputed != [] and all(any(changes(row, name, texts[name]) for name in canonical)
                                  for row, texts in disputed)
