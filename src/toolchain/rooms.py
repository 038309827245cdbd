"""Checks that the includes of src/ keep to its rooms: which each may use, and no file uses itself by a detour.

    python3 rooms.py SRC

A file stands for its .c and its .h together, where both have one name. lentigo.h is apart: every room may use it, and
it uses none.
"""

import re
import sys
from pathlib import Path

# What each room may include besides itself and lentigo.h, from the bottom up; "" is the façade, src/*.c.
MAY_USE: dict[str, set[str]] = {
    "base": set(),
    "photo": {"base"},
    "model": {"base"},
    "kernels": set(),
    "net": {"base", "model", "kernels"},
    "answer": {"base", "model"},
    "figures": {"base"},
    "": {"base", "photo", "model", "kernels", "net", "answer", "figures"},
    "cli": {"base", "model", "kernels", "net", "answer", "figures"},
}
# The command line asks the engine through lentigo.h. It reads a model file by itself, to inspect it, but runs none.
NEEDS_NO_LIBRARY = {"base", "photo", "model", "kernels", "answer", "figures", "cli"}
INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]', re.MULTILINE)
PUBLIC = "lentigo.h"


def unit(path: str) -> str:
    """The file that a path of src/ belongs to: without its ending, but for the public header."""
    return path if path == PUBLIC else path.rsplit(".", 1)[0]


def room(path: str) -> str:
    return path.split("/")[0] if "/" in path else ""


def resolve(source: Path, path: str, name: str) -> str | None:
    """An included name as a path of src/; None where it is not one of ours."""
    beside = f"{room(path)}/{name}" if room(path) else name
    return next((place for place in (beside, name) if (source / place).is_file()), None)


def find_circle(edges: dict[str, set[str]]) -> list[str]:
    """The files of a circle, in its order; empty where there is none."""
    done: set[str] = set()

    def visit(at: str, way: list[str]) -> list[str]:
        if at in way:
            return [*way[way.index(at) :], at]
        if at in done:
            return []
        for other in sorted(edges.get(at, ())):
            if circle := visit(other, [*way, at]):
                return circle
        done.add(at)
        return []

    for start in sorted(edges):
        if circle := visit(start, []):
            return circle
    return []


def check(source: Path) -> list[str]:
    """What is wrong, a line each."""
    wrong: list[str] = []
    edges: dict[str, set[str]] = {}
    files = sorted(file for pattern in ("*.[ch]", "*/*.[ch]") for file in source.glob(pattern))
    for file in files:
        path = file.relative_to(source).as_posix()
        if room(path) not in MAY_USE:
            wrong.append(f"src/{path}: stands in no room that rooms.py knows")
            continue
        for bracket, name in INCLUDE.findall(file.read_text(encoding="utf-8")):
            if name.startswith("xnnpack") and room(path) in NEEDS_NO_LIBRARY:
                wrong.append(f"src/{path}: includes <{name}>, which only net may")
            other = resolve(source, path, name) if bracket == '"' else None
            if other is None:
                if bracket == '"':
                    wrong.append(f'src/{path}: includes "{name}", which is not in src/')
                continue
            if other != PUBLIC and room(other) != room(path) and room(other) not in MAY_USE[room(path)]:
                wrong.append(f"src/{path}: includes {other}, but {room(path) or 'the façade'} may not use its room")
            if unit(other) != unit(path):
                edges.setdefault(unit(path), set()).add(unit(other))
    if circle := find_circle(edges):
        wrong.append(f"src/: a circle of includes: {' -> '.join(circle)}")
    return wrong


def main() -> int:
    wrong = check(Path(sys.argv[1]))
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
