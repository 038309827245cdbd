"""Checks that no file of src/ calls itself by a detour: what its object file takes from others, and those from it.

    python3 circles.py FILE.o …

Includes alone do not tell: files that share a header can call each other in a circle.
"""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from rooms import find_circle

UNDEFINED = "U"


def symbols(files: list[str]) -> Iterable[tuple[str, str, str]]:
    """Each global symbol of the object files: the file, nm's letter for its kind, its name."""
    run = subprocess.run(
        ["nm", "--extern-only", "--print-file-name", *files], check=True, capture_output=True, text=True
    )
    for line in run.stdout.splitlines():
        file, _, rest = line.rpartition(":")
        *_, kind, name = rest.split()
        yield file, kind, name


def find_calls(files: list[str]) -> dict[str, set[str]]:
    """The files whose symbols each file takes."""
    found = list(symbols(files))
    home = {name: file for file, kind, name in found if kind != UNDEFINED}
    calls: dict[str, set[str]] = {file: set() for file in files}
    for file, kind, name in found:
        if kind == UNDEFINED and home.get(name, file) != file:
            calls[file].add(home[name])
    return calls


def main() -> int:
    files = sys.argv[1:]
    circle = find_circle(find_calls(files))
    if not circle:
        return 0
    print(
        f"src/: files that call each other in a circle: {' -> '.join(Path(file).stem for file in circle)}",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
