"""Figures and tables in Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable

NOTHING = "-"  # where there is no figure


def number(value: float | None, digits: int = 3) -> str:
    """A figure, or a dash where there is none."""
    return NOTHING if value is None else f"{value:.{digits}f}"


def signed(value: float | None) -> str:
    """A difference, with its sign."""
    return NOTHING if value is None else f"{value:+.3f}"


def ranged(estimate: dict | None, show: Callable[[float], str] = number) -> str:
    """A figure with its interval."""
    if estimate is None or estimate["value"] is None:
        return NOTHING
    return f"{show(estimate['value'])} ({show(estimate['low'])} to {show(estimate['high'])})"


def percent(value: float | None) -> str:
    """A share in per cent."""
    return NOTHING if value is None else f"{100 * value:.1f} %"


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table; all columns but the first are aligned to the right."""
    names = list(head)
    lines = ["| " + " | ".join(names) + " |", "| --- |" + " ---: |" * (len(names) - 1)]
    return "\n".join([*lines, *("| " + " | ".join(str(c) for c in row) + " |" for row in rows)])
