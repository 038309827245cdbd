"""Finding photos, and sharing them out in parts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

import pyarrow
import pyarrow.fs
import pyarrow.parquet

from lentigo.screen.store import Place, open_place

# Files of a folder that are called photos. Of some the engine says that it does not read them: the answers tell that.
PHOTOS = tuple(".jpg .jpeg .jpe .jfif .png .dcm .dicom .heic .heif .avif .webp .tif .tiff .bmp .gif".split())
PARQUET = (".parquet", ".pq")

# Columns of a Parquet file that hold photos, the first that is there: their bytes (alone, or as `bytes` of a struct),
# or their paths.
BYTES_COLUMNS = ("image", "photo", "bytes", "content", "data")
PATH_COLUMNS = ("path", "file", "filename", "url", "uri", "address")

# The group of a part that is a list of files.
NO_GROUP = -1


class SourceError(Exception):
    """A source is not there, or holds no photos."""


@dataclass(frozen=True)
class Part:
    """What one worker does at a time: some files, or a row group of a Parquet file."""

    id: str  # of its content: the same part has the same one in the next run
    address: str  # of the source; says how files are opened
    names: list[str]  # of the photos, as the answers call them; of a row group the Parquet file's alone
    photos: int
    group: int = NO_GROUP
    column: str = ""  # of the row group's photos

    def row(self) -> dict[str, Any]:
        """As a row of a Ray data set."""
        return asdict(self)


@dataclass
class Found:
    """The parts still to be done, and what was met on the way."""

    parts: list[Part] = field(default_factory=list)
    photos: int = 0  # of the parts
    done: int = 0  # photos whose answers are there already
    others: int = 0  # files that are no photos by their names


def digest(*texts: str) -> str:
    """Sixteen bytes of a hash, hexadecimal."""
    return hashlib.blake2b("\0".join(texts).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def walk(place: Place) -> Iterator[tuple[str, int]]:
    """Path and size of every file at or below a place, folder by folder, in the order of their names."""
    (info,) = place.filesystem.get_file_info([place.path])
    if info.type == pyarrow.fs.FileType.NotFound:
        raise SourceError(f"{place.scheme}{place.path}: is not there")
    if info.type == pyarrow.fs.FileType.File:
        yield info.path, info.size
        return
    folders = [place.path]
    while folders:
        selector = pyarrow.fs.FileSelector(folders.pop(), allow_not_found=True)
        inside = sorted(place.filesystem.get_file_info(selector), key=lambda one: one.path)
        shown = [one for one in inside if not one.base_name.startswith(".")]
        yield from ((one.path, one.size) for one in shown if one.type == pyarrow.fs.FileType.File)
        folders += [one.path for one in reversed(shown) if one.type == pyarrow.fs.FileType.Directory]


def photo_column(schema: pyarrow.Schema, wanted: str | None) -> str:
    """The column with the photos. Errors: SourceError."""
    names = [wanted] if wanted else [*BYTES_COLUMNS, *PATH_COLUMNS]
    found = next((name for name in names if name in schema.names), None)
    if found is None:
        columns = ", ".join(schema.names)
        raise SourceError(f"no column {wanted or 'of photos that is known'}: --column names one of {columns}")
    kind = schema.field(found).type
    if pyarrow.types.is_struct(kind) and kind.get_field_index("bytes") >= 0:
        kind = kind.field("bytes").type
    tests = ("is_binary", "is_large_binary", "is_string", "is_large_string")
    if not any(getattr(pyarrow.types, test)(kind) for test in tests):
        raise SourceError(f"column {found} holds {kind}, neither bytes nor paths")
    return found


def row_groups(address: str, place: Place, path: str, size: int, column: str | None) -> Iterator[Part]:
    """A part for each row group of a Parquet file."""
    name = f"{place.scheme}{path}"
    try:
        with place.filesystem.open_input_file(path) as file:
            whole = pyarrow.parquet.ParquetFile(file)
            found = photo_column(whole.schema_arrow, column)
            counts = [whole.metadata.row_group(i).num_rows for i in range(whole.num_row_groups)]
    except (pyarrow.ArrowException, OSError) as wrong:
        raise SourceError(f"{name}: {wrong}") from wrong
    except SourceError as wrong:
        raise SourceError(f"{name}: {wrong}") from None
    for group, photos in enumerate(counts):
        yield Part(digest(name, str(size), found, str(group)), address, [name], photos, group, found)


def find(
    addresses: Iterable[str],
    each: int,
    done: set[str],
    there: set[str],
    column: str | None = None,
    all_files: bool = False,
) -> Found:
    """The parts, of `each` photos where they are files, that are still to be done.

    `done` are the names of photos whose answers are there, `there` the ids of parts that are. Errors: SourceError.
    """
    found, begun, listed = Found(), set(there), set[str]()

    def take(part: Part) -> None:
        found.parts.append(part)
        found.photos += part.photos

    for address in addresses:
        place, waiting = open_place(address), []
        for path, size in walk(place):
            suffix = f".{path.rpartition('.')[2].lower()}"
            name = f"{place.scheme}{path}"
            if suffix in PARQUET:
                for part in row_groups(address, place, path, size, column):
                    if part.id in there:
                        found.done += part.photos
                    elif part.id not in begun:
                        begun.add(part.id)
                        take(part)
            elif suffix not in PHOTOS and not all_files:
                found.others += 1
            elif name in done:
                found.done += 1
            elif name not in listed:  # as where one source lies in another
                listed.add(name)
                waiting.append(name)
            if len(waiting) == each:
                take(Part(digest(*waiting), address, waiting, each))
                waiting = []
        if waiting:
            take(Part(digest(*waiting), address, waiting, len(waiting)))
    return found
