"""The sections of the model card that commands write: what stands between a pair of marks.

    <!-- begin: headline -->
    …
    <!-- end: headline -->

As a command it puts its standard input into one of them.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

CARD = Path("model/README.md")


class CardError(Exception):
    """The card lacks a pair of marks; the message names it."""


def write_section(name: str, text: str, card: Path = CARD) -> None:
    """Replace what stands between the marks of that name."""
    begin, end = f"<!-- begin: {name} -->\n", f"<!-- end: {name} -->"
    whole = card.read_text(encoding="utf-8")
    start = whole.find(begin)
    stop = whole.find(end, start)
    if start < 0 or stop < 0:
        raise CardError(f"{card} has no section between {begin.strip()} and {end}")
    card.write_text(f"{whole[: start + len(begin)]}{text.strip()}\n{whole[stop:]}", encoding="utf-8")


def main() -> None:
    """Command line of the card."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("section", help="name between the marks")
    parser.add_argument("--card", type=Path, default=CARD)
    args = parser.parse_args()
    write_section(args.section, sys.stdin.read(), args.card)


if __name__ == "__main__":
    main()
