"""Plots as SVG, written by hand: a few hundred lines of text each, the same bytes for the same figures.

They follow the reader's light or dark scheme and carry a ground of their own, so that they can be
read on any page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

import numpy as np

# Told apart without colour vision too (after Okabe and Ito); the second is for a dark ground.
COLOURS = (
    ("#0072b2", "#56b4e9"),
    ("#d55e00", "#ff8a3d"),
    ("#009e73", "#2cc99a"),
    ("#8a5a00", "#e6a817"),
    ("#b0307a", "#e58fc0"),
    ("#444444", "#c8c8c8"),
    ("#5b3fb5", "#a795f0"),
    ("#007f8c", "#4fd0dd"),
)
DASHES = ("", "6 3", "2 3", "8 3 2 3", "", "6 3", "2 3", "8 3 2 3")
WIDTH, HEIGHT = 560, 420
LEFT, RIGHT, TOP, BOTTOM = 64, 150, 40, 52


@dataclass(frozen=True)
class Line:
    """One curve: its name in the key, its points, and whether each point is marked."""

    name: str
    x: Sequence[float]
    y: Sequence[float]
    marks: bool = False


@dataclass(frozen=True)
class Axis:
    """What an axis shows, from where to where, and where its ticks are."""

    title: str
    low: float
    high: float
    ticks: Sequence[float]
    names: Sequence[str] = field(default=())  # in place of the numbers

    def place(self, value: float, start: float, length: float) -> float:
        """Where a value lies on an axis that starts at `start` and is `length` long (negative: upwards)."""
        return start + length * (value - self.low) / (self.high - self.low)

    def labels(self) -> Sequence[str]:
        """What is written at the ticks."""
        return self.names or [f"{tick:g}" for tick in self.ticks]


def style() -> str:
    """Colours of both schemes; series are classes c0, c1, …"""

    def scheme(dark: int) -> str:
        ground, ink, faint = (("#ffffff", "#1a1a1a", "#d9d9d9"), ("#16181c", "#ececec", "#3a3d44"))[dark]
        series = "".join(f".c{i}{{stroke:{pair[dark]};fill:{pair[dark]}}}" for i, pair in enumerate(COLOURS))
        cell = ("#0072b2", "#1f6fa8")[dark]
        return (
            f".ground{{fill:{ground}}}text{{fill:{ink}}}.axis{{stroke:{ink}}}.grid{{stroke:{faint}}}"
            f".cell{{fill:{cell}}}.on{{fill:#ffffff}}{series}"
        )

    return (
        "<style>text{font:12px system-ui,sans-serif}.title{font-size:14px;font-weight:600}"
        ".axis,.grid{fill:none}polyline{fill:none!important;stroke-width:1.8}"
        f"{scheme(0)}@media (prefers-color-scheme:dark){{{scheme(1)}}}</style>"
    )


def text(x: float, y: float, content: str, anchor: str = "middle", kind: str = "", turn: int = 0) -> str:
    """A line of text; `anchor` says which of its ends is at x."""
    turned = f' transform="rotate({turn} {x:.1f} {y:.1f})"' if turn else ""
    named = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{named}{turned}>{escape(content)}</text>'


def document(title: str, about: str, parts: list[str], width: int = WIDTH, height: int = HEIGHT) -> str:
    """The whole file; `about` is for those who cannot see it."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img"><title>{escape(title)}</title><desc>{escape(about)}</desc>{style()}'
        f'<rect class="ground" width="{width}" height="{height}"/>'
    )
    return "\n".join([head, text(LEFT, 22, title, "start", "title"), *parts, "</svg>", ""])


def frame(x: Axis, y: Axis) -> list[str]:
    """Grid, ticks and names of both axes."""
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    parts = []
    for tick, name in zip(x.ticks, x.labels(), strict=True):
        at = x.place(tick, LEFT, right - LEFT)
        parts += [f'<path class="grid" d="M{at:.1f} {TOP}V{bottom}"/>', text(at, bottom + 18, name)]
    for tick, name in zip(y.ticks, y.labels(), strict=True):
        at = y.place(tick, bottom, TOP - bottom)
        parts += [f'<path class="grid" d="M{LEFT} {at:.1f}H{right}"/>', text(LEFT - 8, at + 4, name, "end")]
    parts.append(f'<path class="axis" d="M{LEFT} {TOP}V{bottom}H{right}"/>')
    parts.append(text((LEFT + right) / 2, HEIGHT - 12, x.title))
    parts.append(text(18, (TOP + bottom) / 2, y.title, turn=-90))
    return parts


def thin(points: list[tuple[float, float]], least: float = 0.7) -> list[tuple[float, float]]:
    """The points of a curve that can be told apart: neighbours at least that far from each other, and both ends."""
    kept = points[:1]
    for point in points[1:-1]:
        if np.hypot(point[0] - kept[-1][0], point[1] - kept[-1][1]) >= least:
            kept.append(point)
    return kept + points[-1:] if len(points) > 1 else kept


def lines(title: str, about: str, x: Axis, y: Axis, series: list[Line], diagonal: bool = False) -> str:
    """Curves over common axes, with a key beside them."""
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    parts = frame(x, y)
    if diagonal:
        parts.append(f'<path class="axis" stroke-dasharray="3 4" d="M{LEFT} {bottom}L{right} {TOP}"/>')
    for i, line in enumerate(series):
        places = [
            (x.place(a, LEFT, right - LEFT), y.place(b, bottom, TOP - bottom))
            for a, b in zip(line.x, line.y, strict=True)
        ]
        points = " ".join(f"{a:.1f},{b:.1f}" for a, b in thin(places))
        parts.append(f'<polyline class="c{i}" stroke-dasharray="{DASHES[i]}" points="{points}"/>')
        if line.marks:
            parts += [f'<circle class="c{i}" cx="{a:.1f}" cy="{b:.1f}" r="3"/>' for a, b in places]
        at = TOP + 10 + 20 * i
        parts.append(f'<path class="c{i}" stroke-width="2" stroke-dasharray="{DASHES[i]}" d="M{right + 12} {at}h24"/>')
        parts.append(text(right + 42, at + 4, line.name, "start"))
    return document(title, about, parts)


def matrix(title: str, about: str, names: Sequence[str], counts: np.ndarray) -> str:
    """A confusion matrix: counts, shaded by their share of the row."""
    cell, left, top = 52, 96, 70
    shares = counts / np.maximum(counts.sum(1, keepdims=True), 1)
    size = cell * len(names)
    parts = [text(left + size / 2, top - 26, "answer"), text(18, top + size / 2, "truth", turn=-90)]
    for i, name in enumerate(names):
        parts.append(text(left + cell * (i + 0.5), top - 8, name))
        parts.append(text(left - 8, top + cell * (i + 0.5) + 4, name, "end"))
        for j in range(len(names)):
            x, y, shade = left + cell * j, top + cell * i, shares[i, j]
            parts.append(
                f'<rect class="cell" fill-opacity="{shade:.2f}" x="{x}" y="{y}" width="{cell - 2}" '
                f'height="{cell - 2}"/>'
            )
            kind = "on" if shade > 0.6 else ""
            parts.append(text(x + cell / 2 - 1, y + cell / 2 + 3, str(int(counts[i, j])), kind=kind))
    return document(title, about, parts, left + size + 24, top + size + 24)
