"""A run: find what is to be done, let Ray's workers do it, and say how far it is."""

from __future__ import annotations

import fcntl
import json
import logging
import os
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.dataset
import pyarrow.fs

from lentigo.answer import Model
from lentigo.batch import arrow_schema
from lentigo.engine import MAX_MODEL, Asked, Engine, Options, engine_version, make_request
from lentigo.errors import ArgumentError
from lentigo.photo import read_file
from lentigo.screen.source import Found, find
from lentigo.screen.store import UNFINISHED, Place, exists, open_place, read_bytes, write_whole
from lentigo.screen.worker import MODEL, Screener, part_name

# Photos of a part: what a lost worker loses at most, about four seconds.
EACH = 500

# What the answers of a folder were made with.
ABOUT = "_screen.json"
LOCK = ".lock"

# For the lists of photos, which are all that goes through Ray: 256 MiB. It would take a third of the memory.
OBJECT_STORE = 256 << 20

# How often a part is tried where its worker is lost; a photo that ends the process each time must not hold up the run.
TRIES = 4


class ScreenError(Exception):
    """A run cannot begin or go on."""


@dataclass(frozen=True)
class Summary:
    """What a run came to."""

    photos: int  # looked at in this run
    failed: int  # of these, without an answer
    done: int  # whose answers were there before
    others: int  # files that are no photos by their names
    workers: int  # processes that did parts; more than were asked for where some were lost
    seconds: float


def state(model: Model, asked: Asked, options: Options) -> dict[str, Any]:
    """What all answers of a folder have in common, as JSON has it."""
    about = {"name": model.name, "version": model.version, "fingerprint": model.fingerprint}
    found = {"engine": engine_version(), "model": about, "options": options}
    plain: dict[str, Any] = json.loads(json.dumps(found | {"asked": {"prior": "data", "views": 1, **asked}}))
    return plain


def check_asked(asked: Asked, model: Model) -> None:
    """Errors: ArgumentError for what every photo would be refused with."""
    make_request(asked)
    if not 1 <= asked.get("views", 1) <= model.views:
        raise ArgumentError("LT_ARGUMENT", f"views is {asked['views']}, and the model has {model.views}")


@contextmanager
def alone(place: Place) -> Iterator[None]:
    """Keep other runs on this machine out of the folder, and take away what a lost worker left half written."""
    if not place.local:
        yield
        return
    folder = Path(place.path)
    with (folder / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ScreenError(f"{folder}: another run is writing there") from None
        for left in folder.glob(f"{UNFINISHED}*"):
            left.unlink()
        yield


def check_state(place: Place, wanted: dict[str, Any]) -> None:
    """Answers of one folder are of one model, asked one way. Errors: ScreenError."""
    if not exists(place, ABOUT):
        write_whole(place, ABOUT, json.dumps(wanted, indent=2).encode())
        return
    try:
        there = json.loads(read_bytes(place.filesystem, f"{place.path}/{ABOUT}"))
        parts = {name: there[name] for name in wanted}
    except (ValueError, KeyError, TypeError) as wrong:
        raise ScreenError(f"{place.path}/{ABOUT}: damaged ({wrong})") from wrong
    for name, value in wanted.items():
        if name != "engine" and parts[name] != value:
            raise ScreenError(f"{place.path} has answers with another {name}: {parts[name]}, not {value}")


def read_back(place: Place, model: Model) -> tuple[set[str], set[str]]:
    """Names of the photos, and ids of the parts, whose answers are in the folder."""
    inside = place.filesystem.get_file_info(pyarrow.fs.FileSelector(place.path))
    start, end = part_name("\0").split("\0")
    files = [i.path for i in inside if i.base_name.startswith(start) and i.base_name.endswith(end)]
    ids = {Path(path).name[len(start) : -len(end)] for path in files}
    names: set[str] = set()
    answers = pyarrow.dataset.dataset(files, schema=arrow_schema(model), format="parquet", filesystem=place.filesystem)
    for batch in answers.to_batches(columns=["file"]):
        names.update(batch.column(0).to_pylist())
    return names, ids


def start_ray(address: str | None, workers: int | None) -> None:
    """Connect to a cluster, or have one on this machine for the time of the run."""
    import ray

    quiet = {"log_to_driver": False, "logging_level": logging.ERROR, "configure_logging": True}
    # Ray tells its makers of each run, unless it is told not to; and its processes write more to a terminal than helps
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    if address:
        ray.init(address, ignore_reinit_error=True, **quiet)
        return
    here = {"include_dashboard": False, "object_store_memory": OBJECT_STORE}
    # "local": a cluster of its own, whatever others run on this machine
    ray.init("local", num_cpus=workers or len(os.sched_getaffinity(0)), **here, **quiet)


def answered(found: Found, screener: type[Screener], given: dict[str, Any], workers: int) -> Iterator[dict[str, Any]]:
    """What the workers say of each part, as it is done."""
    import ray.data
    import ray.exceptions

    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    # a block for each part, so that a lost worker's others are not done again
    parts = ray.data.from_items([part.row() for part in found.parts], override_num_blocks=len(found.parts))
    with warnings.catch_warnings():
        # Ray 2.64 will have another place for how often a task is tried; pyproject.toml asks for one before it
        warnings.simplefilter("ignore", DeprecationWarning)
        done = parts.map(
            screener,
            fn_constructor_kwargs=given,
            concurrency=min(workers, len(found.parts)),
            num_cpus=1,
            # a lost worker is replaced each time, but a part is not tried for ever
            ray_remote_args_fn=lambda: {"max_restarts": -1, "max_task_retries": TRIES - 1},
        )
    try:
        yield from done.iter_rows()
    except ray.exceptions.RayActorError as wrong:
        raise ScreenError(f"a worker was lost {TRIES} times at the same part; what is done stays ({wrong})") from wrong


def screen(
    sources: list[str],
    out: str,
    model: str | os.PathLike[str],
    *,
    workers: int | None = None,
    address: str | None = None,
    each: int = EACH,
    column: str | None = None,
    all_files: bool = False,
    progress: bool = True,
    screener: type[Screener] = Screener,
    asked: Asked | None = None,
    options: Options | None = None,
) -> Summary:
    """Look at all photos of the sources that have no answer in `out` yet.

    Errors: ScreenError, SourceError, ModelError and ArgumentError, OSError.
    """
    import ray
    from tqdm import tqdm

    began = time.monotonic()
    model_bytes, asked, options = read_file(model, MAX_MODEL), asked or {}, options or {}
    about = Engine(model_bytes, **options).model
    check_asked(asked, about)
    place = open_place(out)
    place.filesystem.create_dir(place.path, recursive=True)
    with alone(place):
        check_state(place, state(about, asked, options))
        if not exists(place, MODEL):
            write_whole(place, MODEL, model_bytes)
        found = find(sources, each, *read_back(place, about), column=column, all_files=all_files)
        photos, failed, pids = 0, 0, set()
        if found.parts:
            start_ray(address, workers)
            try:
                count = workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
                given = {"out": out if "://" in out else place.path, "asked": asked, "options": options}
                total = found.photos + found.done
                # None: a bar on a terminal alone
                with tqdm(total=total, initial=found.done, unit="photo", disable=None if progress else True) as bar:
                    for row in answered(found, screener, given, count):
                        photos, failed = photos + row["photos"], failed + row["failed"]
                        pids.add(row["worker"])
                        bar.set_postfix(errors=failed, refresh=False)
                        bar.update(row["photos"])
            finally:
                ray.shutdown()
    return Summary(photos, failed, found.done, found.others, len(pids), time.monotonic() - began)
