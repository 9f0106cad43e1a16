#!/usr/bin/env python3
"""Draws the figures that bench.py --json has written as one SVG: a bar for each server and load.

  bench.py confab raw-netty socket.io --json figures.json
  plot.py figures.json docs/plots/deliveries.svg

A bar is as long as the median of all rounds, and the line across its end goes from the lowest round to the highest.
Servers keep the order in which they were measured. The picture follows the reader's choice of light or dark.
"""
import argparse
import json
import os
import statistics
import sys
from xml.sax.saxutils import escape

# Load, the figures of which the first that a server has is taken, what to divide them by, title, unit.
PANELS = [
    ('w1-k1', ['cpu_us_del'], 1, 'A room of 1,000, one message at a time (w1-k1)', 'µs of CPU per delivery'),
    ('w1-k4', ['cpu_us_del'], 1, 'The same, four messages at a time (w1-k4)', 'µs of CPU per delivery'),
    ('w1-open20', ['cpu_us_del'], 1, 'The same, 20 messages a second (w1-open20)', 'µs of CPU per delivery'),
    ('w2', ['cpu_us_del'], 1, '500 rooms of 4, everybody speaks (w2)', 'µs of CPU per delivery'),
    ('w1-open20', ['p99_us'], 1000, '20 messages a second (w1-open20)', 'ms until 99 % of deliveries are there'),
    ('w3', ['kb_per_conn_after_cmd', 'kb_per_conn'], 1, '10,000 quiet connections (w3)', 'KiB each; Java after a collection'),
]

COLUMN, NAMES, VALUES, MARGIN = 470, 108, 62, 28
BAR, ROW, HEAD, GAP, TOP = 15, 24, 46, 30, 22

STYLE = '''<style>
svg { color-scheme: light dark; --paper: #ffffff; --ink: #1c2430; --faint: #5b6573; --line: #dde2e8;
  --confab: #1a63b8; --floor: #9aa5b4; --other: #c77a2e }
@media (prefers-color-scheme: dark) { svg { --paper: #14181e; --ink: #e6eaf0; --faint: #9aa5b4; --line: #303844;
  --confab: #6aa9f7; --floor: #6b7686; --other: #d98f47 } }
.paper { fill: var(--paper) } .axis { stroke: var(--line) } .spread { stroke: var(--ink); stroke-width: 1.5 }
.confab { fill: var(--confab) } .floor { fill: var(--floor) } .other { fill: var(--other) }
text { font: 13px system-ui, sans-serif; fill: var(--ink) }
.title { font-size: 14px; font-weight: 600 } .unit { font-size: 12px; fill: var(--faint) } .value { font-variant-numeric: tabular-nums }
</style>'''


def figures(rows, server, load, keys):
    """One figure per round: the first of the keys that the server has."""
    rows = [row for row in rows if row['server'] == server and row['load'] == load]
    for key in keys:
        values = [float(row[key]) for row in rows if key in row]
        if values:
            return values
    return []


def kind(server):
    return 'confab' if server == 'confab' else 'floor' if server.startswith('raw-') else 'other'


def said(value):
    return f'{value:.0f}' if value >= 100 else f'{value:.1f}' if value >= 10 else f'{value:.2f}'


def text(style, x, y, anchor, words):
    return f'<text class="{style}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def line(style, x1, y1, x2, y2):
    return f'<line class="{style}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def bar(server, values, left, y, scale):
    """A server's bar with its name before it, its median behind it, and its spread across its end."""
    middle, mean = statistics.median(values), y + BAR / 2
    low, high = left + min(values) * scale, left + max(values) * scale
    yield text('name', left - 8, mean + 4.5, 'end', server)
    yield f'<rect class="{kind(server)}" x="{left}" y="{y}" width="{max(middle * scale, 1):.1f}" height="{BAR}" rx="2"/>'
    yield line('spread', low, mean, high, mean)
    yield from (line('spread', end, mean - 4, end, mean + 4) for end in (low, high))
    yield text('value', max(high, left + middle * scale) + 8, mean + 4.5, 'start', said(middle))


def panel(title, unit, measured, x, y):
    left, width = x + NAMES, COLUMN - NAMES - VALUES - MARGIN
    scale = width / max(max(values) for values in measured.values())
    yield text('title', x, y + 14, 'start', title)
    yield text('unit', x, y + 31, 'start', unit)
    yield line('axis', left, y + HEAD - 4, left, y + HEAD + ROW * len(measured) - 4)
    for place, (server, values) in enumerate(measured.items()):
        yield from bar(server, values, left, y + HEAD + place * ROW, scale)


def picture(rows):
    servers = list(dict.fromkeys(row['server'] for row in rows))
    found = []
    for load, keys, divisor, title, unit in PANELS:
        measured = {server: [value / divisor for value in figures(rows, server, load, keys)] for server in servers}
        measured = {server: values for server, values in measured.items() if values}
        if measured:
            found.append((title, unit, measured))
    if not found:
        sys.exit('plot.py: no figures that it knows')
    rounds = 1 + max(row['round'] for row in rows)
    high = HEAD + ROW * max(len(measured) for _, _, measured in found) + GAP
    width, height = MARGIN + 2 * COLUMN, TOP + high * ((len(found) + 1) // 2) + 14
    note = 'One round' if rounds == 1 else f'Median of {rounds} rounds; the lines go from the lowest to the highest'
    yield (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img"'
           f' aria-label="What a delivery and a quiet connection cost: {escape(", ".join(servers))}">')
    yield STYLE
    yield '<rect class="paper" width="100%" height="100%"/>'
    for place, (title, unit, measured) in enumerate(found):
        yield from panel(title, unit, measured, MARGIN + place % 2 * COLUMN, TOP + place // 2 * high)
    yield text('unit', MARGIN, height - 14, 'start', f'{note}. Shorter is better.')
    yield '</svg>'


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('figures', help='what bench.py --json has written')
    parser.add_argument('svg', help='the picture')
    options = parser.parse_args()
    with open(options.figures) as file:
        rows = json.load(file)
    os.makedirs(os.path.dirname(os.path.abspath(options.svg)), exist_ok=True)
    with open(options.svg, 'w') as file:
        file.write('\n'.join(picture(rows)) + '\n')


if __name__ == '__main__':
    main()
