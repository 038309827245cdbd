"""Files by a path or an address, through pyarrow or, where that does not know the scheme, fsspec."""

from __future__ import annotations

import os
import uuid
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyarrow
import pyarrow.fs
import pyarrow.parquet

from lentigo.photo import MAX_BYTES

# Written beside its place first, under a name that readers of Parquet folders leave out.
UNFINISHED = ".unfinished-"


# What pyarrow opens by itself; fsspec knows more, where the packages that it wants for them are installed.
BY_PYARROW = frozenset(("s3", "gs", "gcs", "hdfs", "viewfs", "abfs", "abfss"))


class PlaceError(Exception):
    """An address that nobody opens."""


@dataclass(frozen=True)
class Place:
    """A file or folder: where it lies, and how its files are called in the answers."""

    filesystem: pyarrow.fs.FileSystem
    path: str
    scheme: str  # "s3://"; "" on this machine

    @property
    def local(self) -> bool:
        """Whether it is a path of this machine."""
        return self.scheme == ""


@lru_cache(maxsize=64)
def open_place(address: str) -> Place:
    """A path, made absolute, or an address. Errors: PlaceError."""
    scheme, separator, _ = address.partition("://")
    if not separator:
        return Place(pyarrow.fs.LocalFileSystem(), str(Path(address).absolute()), "")
    opened = pyarrow.fs.FileSystem.from_uri if scheme in BY_PYARROW | {"file"} else open_by_fsspec
    try:
        filesystem, path = opened(address)
    except (pyarrow.ArrowException, ImportError, OSError, ValueError) as wrong:
        raise PlaceError(f"{scheme}://…: {wrong}") from wrong
    return Place(filesystem, path, "" if scheme == "file" else f"{scheme}://")


def open_by_fsspec(address: str) -> tuple[pyarrow.fs.FileSystem, str]:
    """The same through fsspec."""
    import fsspec

    filesystem, path = fsspec.core.url_to_fs(address)
    return pyarrow.fs.PyFileSystem(pyarrow.fs.FSSpecHandler(filesystem)), path


def read_bytes(filesystem: pyarrow.fs.FileSystem, path: str) -> bytes:
    """A whole file. Errors: OSError, for one that is too large, too."""
    with filesystem.open_input_file(path) as file:
        size = file.size()
        if size > MAX_BYTES:
            raise OSError(f"has {size} bytes, more than {MAX_BYTES}")
        found: bytes = file.read()
        return found


def exists(place: Place, name: str) -> bool:
    """Whether the folder has a file of that name."""
    info = place.filesystem.get_file_info(f"{place.path}/{name}")
    return bool(info.type == pyarrow.fs.FileType.File)


def write_whole(place: Place, name: str, content: bytes) -> None:
    """Write a file of the folder that is there whole or not at all, whatever happens meanwhile.

    An object storage shows an object when its upload is complete; here a finished file is moved to its place.
    """
    if not place.local:
        with place.filesystem.open_output_stream(f"{place.path}/{name}") as file:
            file.write(content)
        return
    folder = Path(place.path)
    unfinished = folder / f"{UNFINISHED}{uuid.uuid4().hex}"
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(folder / name)


def as_parquet(table: pyarrow.Table) -> bytes:
    """The bytes of a Parquet file."""
    out = pyarrow.BufferOutputStream()
    pyarrow.parquet.write_table(table, out, compression="zstd")
    content: bytes = out.getvalue().to_pybytes()
    return content
