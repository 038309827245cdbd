"""Unpacks the pinned sources of the C libraries: sources.py FOLDER

Leaves FOLDER/<name>/ for each, without the top folder some tarballs have.
"""

import sys

from archive import fetch
from common import built_whole, die, first_line, pins, run, say

UNUSED = ("test", "tests", "bench", "fuzzing", "doc", "docs", "data", "examples")


def unpack(tarball, target):
    """Unpacks, moving a single top folder's content up one level."""
    skip = [f"--exclude={pattern}" for pattern in UNUSED]
    status, output = run(["tar", "-xf", tarball, "-C", target, "--no-same-owner", *skip])
    if status != 0:
        die(f"{tarball.name} does not unpack: {first_line(output)}", "make room on the disk")
    content = list(target.iterdir())
    if len(content) == 1 and content[0].is_dir():
        top = content[0].rename(target.with_name(target.name + ".top"))
        target.rmdir()
        top.rename(target)


def main(folder):
    names = [name for name, pin in pins().items() if pin.kind == "source"]
    tarballs = fetch(names)
    with built_whole(folder) as work:
        for name in names:
            say(f"unpacking {tarballs[name].name}")
            (work / name).mkdir()
            unpack(tarballs[name], work / name)


if __name__ == "__main__":
    main(sys.argv[1])
