"""Builds the last commit twice and compares what comes out, byte for byte: reproduce.py ROOT

Two clones, in folders of different name and depth. The first uses this machine's cache, as every build does; the
second has a cache of its own, so that Emscripten is put together and the C libraries are compiled anew in another
place, with another time zone, locale and file mode. Downloads are copied over and checked again.
Prints the SHA-256 of every file, and writes them to build/reproduce/SHA256SUMS for `sha256sum --check`.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from common import cache_dir, die, first_line, need, run, say, sha256

TARGETS = ("dist", "build", "wheel", "sbom")
# What people are given: the app, the engine as library, as command, for pages and for Python, and what it is made of.
ENGINE = "build/liblentigo.a build/lentigo build/wasm/*.wasm build/wasm/*.mjs build/wheel/*.whl".split()
SHIPPED = ["dist/**/*", *ENGINE, "build/*.cdx.json"]
# Left out of the builds' environment: what make passes on, and what would make both alike by decree.
OURS = ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "EM_CLOSURE_COMPILER", "SOURCE_DATE_EPOCH", "LENTIGO_CACHE")


def clone(root, folder, commit):
    folder.parent.mkdir(parents=True)
    for command in (["clone", "--quiet", "--no-hardlinks", root, folder], ["-C", folder, "checkout", "-q", commit]):
        status, output = run([need("git", "git"), *command])
        if status != 0:
            die(f"git does not clone: {first_line(output)}", "make room on the disk")
    return folder


def build(folder, umask, more):
    environment = {name: value for name, value in os.environ.items() if name not in OURS} | more
    jobs = os.environ.get("JOBS") or str(os.cpu_count())
    command = [need("make", "make"), f"JOBS={jobs}", *TARGETS]
    done = subprocess.run(command, cwd=folder, env=environment, umask=umask, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        die(f"the build in {folder} failed", "make dist says more; the folder is still there")


def hashes(folder):
    """SHA-256 by path, of all that is shipped."""
    files = {path for pattern in SHIPPED for path in folder.glob(pattern) if path.is_file()}
    return {str(path.relative_to(folder)): sha256(path) for path in sorted(files)}


def report(root, commit, first, second):
    """Prints and writes the hashes; returns the paths that differ."""
    lines = [f"{digest}  {path}\n" for path, digest in first.items()]
    target = root / "build" / "reproduce" / "SHA256SUMS"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("".join(lines))
    print("".join(lines), end="")
    whole = hashlib.sha256("".join(lines).encode()).hexdigest()
    print(f"commit {commit}: {len(first)} files, together {whole}")
    return sorted(path for path in first.keys() | second.keys() if first.get(path) != second.get(path))


def main(root):
    root = Path(root).resolve()
    status, output = run([need("git", "git"), "-C", root, "rev-parse", "HEAD"])
    if status != 0:
        die(f"no commit to build: {first_line(output)}", "run it in a git clone")
    commit = output.strip()
    if run(["git", "-C", root, "status", "--porcelain"])[1].strip():
        say("changes that are not committed are left out")
    work = Path(tempfile.mkdtemp(prefix="lentigo-reproduce-"))
    say(f"first build, in {work}")
    first = clone(root, work / "one" / "lentigo", commit)
    build(first, 0o022, {"TZ": "UTC", "LC_ALL": "C", "LENTIGO_CACHE": str(cache_dir())})
    say("second build, with a cache of its own (some minutes)")
    second = clone(root, work / "another" / "place" / "further-down" / "a-clone-with-a-longer-name", commit)
    cache = work / "cache" / "of-its-own"
    shutil.copytree(cache_dir() / "downloads", cache / "downloads")
    build(second, 0o077, {"TZ": "Asia/Kathmandu", "LC_ALL": "C.UTF-8", "LENTIGO_CACHE": str(cache)})
    different = report(root, commit, hashes(first), hashes(second))
    if different:
        for path in different:
            print(f"differs: {path}", file=sys.stderr)
        die(f"{len(different)} files differ", f"compare the clones in {work}")
    shutil.rmtree(work)
    print("both builds are the same, byte for byte")


if __name__ == "__main__":
    main(sys.argv[1])
