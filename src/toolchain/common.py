"""What every set-up script needs: the cache, the pins, checksums, one-line errors."""

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

HERE = Path(__file__).resolve().parent
PINS = HERE / "pins.txt"

Pin = namedtuple("Pin", "kind name version arch sha256")


def say(text):
    print(f"setup: {text}", flush=True)


def die(what, remedy):
    """Ends the program with one line: what is wrong, and what to do about it."""
    print(f"setup: {what} -- {remedy}", file=sys.stderr)
    sys.exit(1)


def cache_dir():
    """The folder all downloads and built parts live in, outside the clone."""
    named = os.environ.get("LENTIGO_CACHE")
    path = Path(named) if named else Path.home() / ".cache" / "lentigo"
    path.mkdir(parents=True, exist_ok=True)
    return path.resolve()


@contextlib.contextmanager
def locked(name):
    """Holds an advisory lock in the cache, so that two clones do not fetch at once."""
    with (cache_dir() / f".{name}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def pins():
    """The rows of pins.txt by name; rows for other processors are left out."""
    machine = {"x86_64": "amd64", "aarch64": "arm64"}.get(os.uname().machine, "?")
    rows = {}
    for line in PINS.read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        pin = Pin(*line.split())
        if pin.arch in ("any", "all", machine):
            rows[pin.name] = pin
    return rows


def sha256(path):
    digest = hashlib.sha256()
    with Path(path).open("rb") as handle:
        while block := handle.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def run(command, **options):
    """Runs a command quietly; returns (exit status, its output as one string)."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    return done.returncode, done.stdout


def first_line(output):
    return (output.strip().splitlines() or ["no reason given"])[0]


def need(tool, package):
    """The path of a tool that has to be there; a missing one ends the program."""
    path = shutil.which(tool)
    if path is None:
        die(f"the tool '{tool}' is missing", f"install it: apt-get install {package}")
    return path


@contextlib.contextmanager
def built_whole(target):
    """Yields an empty folder that becomes `target` only if the block succeeds."""
    target = Path(target)
    work = target.with_name(target.name + ".part")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    yield work
    shutil.rmtree(target, ignore_errors=True)
    work.rename(target)
