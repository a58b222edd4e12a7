"""A page of plots and tables: one file of HTML that asks nothing of a network, light and dark."""

import html
from typing import NamedTuple


class Section(NamedTuple):
    """Any of the parts may be empty; `plot` and `table` are HTML."""
    title: str
    text: str = ""
    plot: str = ""
    table: str = ""


# The colours stand in the order of the series of a plot; the second list is for dark pages.
LIGHT = ["#2f62ad", "#c8701c", "#35864a", "#7d52a8", "#ad3a4c", "#5f6b76", "#93792a", "#1c8a93"]
DARK = ["#7aa7ec", "#eda25c", "#77c78b", "#b996de", "#e58391", "#a9b4be", "#d3ba68", "#62c6cd"]
STYLE = """
 :root { color-scheme: light dark; --line: #d5d9de; --soft: #5b6570; --stripe: #f4f6f8; %s }
 @media (prefers-color-scheme: dark) {
  :root { --line: #3b434c; --soft: #a3adb8; --stripe: #22272d; %s }
 }
 body { font: 15px/1.5 system-ui, sans-serif; max-width: 64em; margin: 2em auto;
        padding: 0 1em; }
 h2 { margin: 2.2em 0 .3em; border-bottom: 1px solid var(--line); }
 p { max-width: 48em; }
 .wide { overflow-x: auto; margin: .8em 0; }
 table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 14px; }
 td, th { padding: .15em .8em; text-align: right; white-space: nowrap; }
 th { white-space: normal; vertical-align: bottom; max-width: 7em; font-weight: 600;
      border-bottom: 1px solid var(--line); }
 td:first-child, th:first-child { text-align: left; padding-left: .3em; }
 tr:nth-child(odd) td { background: var(--stripe); }
 tr.mean td { border-top: 1px solid var(--line); font-weight: bold; }
 svg { width: 100%%; min-width: 40em; height: auto; }
 svg text { font: 12px system-ui, sans-serif; fill: currentColor; }
 svg .value { font-size: 10px; fill: var(--soft); stroke: Canvas; stroke-width: 3px;
              paint-order: stroke; }
 svg .tick { font-size: 10px; fill: var(--soft); text-anchor: middle; }
 svg .grid { stroke: var(--line); }
 svg .one { stroke: currentColor; stroke-dasharray: 4 3; }
 svg .mean { font-weight: bold; }
%s
"""


def style():
    def variables(colours):
        return " ".join(f"--c{i}: {colour};" for i, colour in enumerate(colours))

    fills = "\n".join(f" .c{i} {{ fill: var(--c{i}); }}" for i in range(len(LIGHT)))
    return STYLE % (variables(LIGHT), variables(DARK), fills)


def text_width(text, size=12):
    """About how wide a text is: letters of a sans serif are half as wide as high, and a bit."""
    return len(text) * size * 0.56


def ticks(widest):
    """Round numbers from 0 up to the widest, four to eight of them."""
    step = 1e-12
    while True:
        for times in (1, 2, 5):
            if widest / (step * times) <= 8:
                count = int(widest / (step * times))
                return [step * times * i for i in range(count + 1)]
        step *= 10


def legend(series, colours, left, width):
    """The SVG of the names of the series, in lines of at most `width`, and its height."""
    parts, x, y = [], left, 14
    for colour, name in zip(colours, series):
        needs = 15 + text_width(name) + 18
        if x > left and x + needs > left + width:
            x, y = left, y + 18
        parts.append(f'<rect class="c{colour}" x="{x:.1f}" y="{y - 9}" width="10" '
                     f'height="10" rx="2"/><text x="{x + 15:.1f}" y="{y}">'
                     f'{html.escape(name)}</text>')
        x += needs
    return parts, y + 12


def bars(series, groups, mark=None, means=(), known=(), limit=None, text_of="{:.2f}".format):
    """Groups of bars, as SVG: `groups` are (name, a value for each of the series); None is a value
    that is missing, and says so. A dashed line at `mark`; `means` name the groups set in bold.
    `known` are the series of all plots of a page, so that each has one colour; bars are cut at
    `limit`."""
    widest = max([value for _, values in groups for value in values if value is not None],
                 default=0)
    if not widest:
        return ""
    widest = max(min(widest, limit or widest), mark or 0)
    known = [*known, *(name for name in series if name not in known)]
    colours = [known.index(name) % len(LIGHT) for name in series]
    left = 16 + max(text_width(name) * (1.1 if name in means else 1) for name, _ in groups)
    bar, gap, whole = 11, 9, 860
    width = whole - left - 16 - max(text_width(text_of(widest) + " \u2192", 10), 36)
    parts, top = legend(series, colours, left, whole - left)
    bottom = top + 14 + sum(bar * len(values) + gap for _, values in groups)
    for tick in ticks(widest):
        x = left + width * tick / widest
        parts.append(f'<line class="grid" x1="{x:.1f}" y1="{top + 8}" x2="{x:.1f}" '
                     f'y2="{bottom}"/><text class="tick" x="{x:.1f}" y="{top + 4}">'
                     f'{tick:.4g}</text>')
    y, numbers = top + 14, []  # the numbers lie over the line
    for name, values in groups:
        kind = ' class="mean"' if name in means else ""
        parts.append(f'<text{kind} x="{left - 8:.1f}" y="{y + bar * len(values) / 2 + 4:.1f}" '
                     f'text-anchor="end">{html.escape(name)}</text>')
        for number, value in enumerate(values):
            cut = value is not None and value > widest
            long = 0 if value is None else width * min(value, widest) / widest
            said = "absent" if value is None else text_of(value) + (" \u2192" if cut else "")
            parts.append(f'<rect class="c{colours[number]}" x="{left:.1f}" y="{y}" '
                         f'width="{long:.1f}" height="{bar - 1}"><title>'
                         f'{html.escape(f"{name}, {series[number]}: {said}")}</title></rect>')
            numbers.append(f'<text class="value" x="{left + long + 4:.1f}" y="{y + bar - 2}">'
                         f'{html.escape(said)}</text>')
            y += bar
        y += gap
    if mark is not None:
        x = left + width * mark / widest
        parts.append(f'<line class="one" x1="{x:.1f}" y1="{top + 8}" x2="{x:.1f}" '
                     f'y2="{bottom}"/>')
    parts += numbers
    return (f'<div class="wide"><svg viewBox="0 0 {whole} {bottom + 4}" role="img">'
            f'{"".join(parts)}</svg></div>\n')


def table(heads, rows, means=()):
    """Rows are (name, cells of text); the names in `means` are set apart."""
    def line(tag, cells, kind=""):
        return (f"<tr{kind}>"
                + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells) + "</tr>\n")

    return ('<div class="wide"><table>\n' + line("th", ["", *heads])
            + "".join(line("td", [name, *cells], ' class="mean"' if name in means else "")
                      for name, cells in rows) + "</table></div>\n")


def page(title, about, sections, absent=()):
    """`absent` are lines about what is not there."""
    parts = [f"<p><b>absent:</b> {html.escape(line)}</p>\n" for line in absent]
    for part in sections:
        parts.append(f"<h2>{html.escape(part.title)}</h2>\n")
        if part.text:
            parts.append(f"<p>{html.escape(part.text)}</p>\n")
        parts += [part.plot, part.table]
    return ('<!doctype html>\n<html lang="en"><meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width">\n'
            f"<title>{html.escape(title)}</title>\n<style>{style()}</style>\n"
            f"<h1>{html.escape(title)}</h1>\n<p>{html.escape(about)}</p>\n"
            f"{''.join(parts)}</html>\n")
