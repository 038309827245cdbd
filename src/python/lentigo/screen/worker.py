"""What a worker does: one engine, a part at a time, its answers as one file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pyarrow
import pyarrow.parquet

from lentigo.answer import Answer, Failure
from lentigo.batch import Batch, Row
from lentigo.engine import Asked, Engine, Options
from lentigo.errors import LentigoError
from lentigo.pool import failure, in_order
from lentigo.screen.source import NO_GROUP
from lentigo.screen.store import as_parquet, exists, open_place, read_bytes, write_whole

# Photos that are read while the engine is at one: a storage elsewhere takes its time for each.
READERS = 4
AHEAD = 8

# Rows of a Parquet file that are held at a time; each may be a photo of many megabytes.
ROWS = 16


# The model that the answers of a folder are by. It lies with them, where every worker finds it. Readers of Parquet
# folders leave such a name out.
MODEL = "_model.tflite"


def part_name(part_id: str) -> str:
    """The file with the answers of a part."""
    return f"answers-{part_id}.parquet"


def rows_of_group(address: str, path: str, group: int, column: str) -> Iterator[tuple[str, Any]]:
    """Name and value of each row of a row group."""
    place = open_place(address)
    with place.filesystem.open_input_file(path.removeprefix(place.scheme)) as file:
        whole = pyarrow.parquet.ParquetFile(file)
        number = sum(whole.metadata.row_group(i).num_rows for i in range(group))
        for batch in whole.iter_batches(ROWS, row_groups=[group], columns=[column]):
            for value in batch.column(0).to_pylist():
                yield f"{path}#{number}", value
                number += 1


def read_photo(address: str, name: str) -> bytes | Failure:
    """The bytes of a file that was found at the address."""
    try:
        place = open_place(address)
        return read_bytes(place.filesystem, name.removeprefix(place.scheme))
    except Exception as wrong:  # each storage has its own
        return failure(wrong)


def read_value(address: str, parquet: str, value: Any) -> bytes | Failure:
    """The photo that a row holds or names."""
    if isinstance(value, dict):  # as Hugging Face's data sets have them
        value = value["bytes"] if value.get("bytes") is not None else value.get("path")
    if isinstance(value, bytes):
        return value
    if not isinstance(value, str):
        return Failure("LT_ARGUMENT", "the row has no photo")
    if "://" in value:
        return read_photo(value, whole_name(value))
    folder = parquet.rpartition("/")[0]
    return read_photo(address, value if value.startswith("/") else f"{folder}/{value}")


def whole_name(address: str) -> str:
    """How a file at this address is called: without what stands behind its path."""
    place = open_place(address)
    return f"{place.scheme}{place.path}"


class Screener:
    """An engine that takes parts. Ray makes one in each worker, and another one where a worker is lost."""

    def __init__(self, out: str, asked: Asked, options: Options) -> None:
        place = open_place(out)
        self.engine = Engine(read_bytes(place.filesystem, f"{place.path}/{MODEL}"), **options)
        self.out, self.asked = out, asked
        self.readers = ThreadPoolExecutor(READERS)

    def __call__(self, part: dict[str, Any]) -> dict[str, Any]:
        """Do a part, unless it was done by a worker that was lost before it could say so."""
        place, name = open_place(self.out), part_name(part["id"])
        if exists(place, name):
            path = f"{place.path}/{name}"
            told = pyarrow.parquet.read_table(path, columns=["status"], filesystem=place.filesystem)
            states = told.column("status").to_pylist()
        else:
            rows = [Row(photo, self.answer(given)) for photo, given in self.read(part)]
            states = [r.answer.status if isinstance(r.answer, Failure) else "LT_OK" for r in rows]
            write_whole(place, name, as_parquet(Batch(self.engine.model, rows).arrow()))
        failed = sum(status != "LT_OK" for status in states)
        return {"photos": len(states), "failed": failed, "worker": os.getpid()}

    def read(self, part: dict[str, Any]) -> Iterator[tuple[str, bytes | Failure]]:
        """Name and bytes of each photo of a part, some read ahead."""
        address = part["address"]
        if part["group"] == NO_GROUP:
            return in_order(self.readers, AHEAD, lambda name: (name, read_photo(address, name)), part["names"])
        (parquet,) = part["names"]
        rows = rows_of_group(address, parquet, part["group"], part["column"])
        return in_order(self.readers, AHEAD, lambda row: (row[0], read_value(address, parquet, row[1])), rows)

    def answer(self, given: bytes | Failure) -> Answer | Failure:
        """The engine's answer, or why there is none."""
        if isinstance(given, Failure):
            return given
        try:
            return self.engine.classify(given, **self.asked)
        except LentigoError as wrong:
            return failure(wrong)
