"""Says of each object which libraries its files came from: origins.py SOURCES OBJECTS TARGET

Writes to TARGET one line an object: its name, then the folders of SOURCES that the compiler read for it, headers
among them, as it noted in the .d file beside the object. So the bill of materials need not guess what is linked.
"""

import sys
from pathlib import Path

# Files that xnnpack.py cuts are read from beside the objects.
CUT = ("cut", "xnnpack")


def libraries(note, sources, objects):
    """The libraries of one .d file."""
    _, _, paths = note.read_text().replace("\\\n", " ").partition(": ")
    cut = str(objects / CUT[0])
    for path in paths.split():
        if path.startswith(cut):
            yield CUT[1]
        elif path.startswith(str(sources)):
            yield Path(path).relative_to(sources).parts[0]


def main(sources, objects, target):
    sources, objects = Path(sources), Path(objects)
    lines = set()
    for note in objects.rglob("*.d"):
        lines.add(" ".join([f"{note.stem}.o", *sorted(set(libraries(note, sources, objects)))]))
    Path(target).write_text("".join(f"{line}\n" for line in sorted(lines)))


if __name__ == "__main__":
    main(*sys.argv[1:])
