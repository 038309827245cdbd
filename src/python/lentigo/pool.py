"""Engines for many photos: one for each core, since an engine belongs to one thread at a time."""

from __future__ import annotations

import os
import queue
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import TypeVar, Unpack

from lentigo.answer import Answer, Failure, Model
from lentigo.batch import Batch, Row
from lentigo.engine import MAX_MODEL, Asked, Engine, Options
from lentigo.errors import LentigoError
from lentigo.photo import Photo, read_file

Given = TypeVar("Given")
Found = TypeVar("Found")

# Photos that wait for each thread, so that none is idle while the caller takes an answer.
WAITING = 4


def failure(wrong: Exception) -> Failure:
    """Why a photo has no answer, as a row can hold it."""
    if isinstance(wrong, LentigoError):
        return Failure(wrong.status, wrong.message)
    if isinstance(wrong, OSError) and wrong.strerror:
        return Failure(type(wrong).__name__, wrong.strerror)
    return Failure(type(wrong).__name__, str(wrong))


def in_order(
    threads: ThreadPoolExecutor, most: int, function: Callable[[Given], Found], given: Iterable[Given]
) -> Iterator[Found]:
    """The function of each, in order, by several threads; `most` are begun and not yet taken by the caller."""
    begun: deque[Future[Found]] = deque()
    try:
        for one in given:
            begun.append(threads.submit(function, one))
            if len(begun) >= most:
                yield begun.popleft().result()
        while begun:
            yield begun.popleft().result()
    finally:
        for future in begun:
            future.cancel()


class Pool:
    """Engines with one model, which classify many photos on all cores.

    `workers` is how many engines and threads there are, by default one for each core that this process may use;
    `options` are those of Engine. Errors: as Engine.
    """

    model: Model

    def __init__(
        self,
        model: str | os.PathLike[str] | bytes,
        *,
        workers: int | None = None,
        **options: Unpack[Options],
    ) -> None:
        self.workers = workers or len(os.sched_getaffinity(0))
        shared = model if isinstance(model, bytes) else read_file(model, MAX_MODEL)
        self._engines = [Engine(shared, **options) for _ in range(self.workers)]
        self.model = self._engines[0].model
        self._idle: queue.SimpleQueue[Engine] = queue.SimpleQueue()
        for engine in self._engines:
            self._idle.put(engine)
        self._threads = ThreadPoolExecutor(self.workers, thread_name_prefix="lentigo")

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the threads and free the engines."""
        self._threads.shutdown(cancel_futures=True)
        for engine in self._engines:
            engine.close()

    def each(self, call: Callable[[Engine, Given], Found], given: Iterable[Given]) -> Iterator[Found | Failure]:
        """`call` of an engine and each of these, in order; a Failure where it raises LentigoError, OSError, TypeError.

        Lazy: of photos still to come only a few are held at a time.
        """

        def one(item: Given) -> Found | Failure:
            engine = self._idle.get()
            try:
                return call(engine, item)
            except (LentigoError, OSError, TypeError) as wrong:
                return failure(wrong)
            finally:
                self._idle.put(engine)

        return in_order(self._threads, WAITING * self.workers, one, given)

    def answers(self, photos: Iterable[Photo], **asked: Unpack[Asked]) -> Iterator[Answer | Failure]:
        """The answer to each photo, in order, as they come."""
        return self.each(lambda engine, photo: engine.classify(photo, **asked), photos)

    def classify(self, photos: Iterable[Photo], **asked: Unpack[Asked]) -> Batch:
        """The answers to all photos, for Arrow or pandas; a photo that is not read is a row with its error."""
        names: list[str | None] = []

        def named() -> Iterator[Photo]:
            for photo in photos:
                names.append(os.fspath(photo) if isinstance(photo, (str, os.PathLike)) else None)
                yield photo

        found = list(self.answers(named(), **asked))
        return Batch(self.model, [Row(name, answer) for name, answer in zip(names, found, strict=True)])
