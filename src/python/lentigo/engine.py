"""An engine with one model: lentigo.h for Python."""

from __future__ import annotations

import json
import os
import threading
from array import array
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Literal, TypeAlias, TypedDict, Unpack

from lentigo._engine import ffi, lib
from lentigo.answer import Answer, Kind, Label, Model, Quality, Region
from lentigo.errors import ArgumentError, error, text
from lentigo.photo import Photo, Pixels, read_file, take_photo

# Largest model and atlas that are read from a path, bytes: those of the command line (CLI_MAX_MODEL, CLI_MAX_ATLAS).
MAX_MODEL = 1 << 30
MAX_ATLAS = 64 << 20

Prior = Literal["data", "uniform"]


class Asked(TypedDict, total=False):
    """What of a photo is classified, and how."""

    region: Region | tuple[float, float, float] | None  # None, the default: the model's own crop in the centre
    prior: Prior  # how common the classes are taken to be: as in the model's data, the default, or all alike
    turns: int  # the upright photo is turned clockwise by a quarter so many times, 0..3
    views: int  # looks, turned and mirrored, whose mean decides; 1..Model.views, default 1


# A number for all channels, or one each for R, G and B.
Channels: TypeAlias = float | tuple[float, float, float]


class Options(TypedDict, total=False):
    """How an engine works, and what the caller knows of a model by other people whose file does not say it."""

    threads: int  # of one photo, 1..64, default 1; for many photos a Pool uses the cores better
    max_pixels: int  # largest width x height of a photo, default 50,000,000
    max_bytes: int  # that a photo and reading a square of it may take together
    full_decode: bool  # never decode large JPEGs at a reduced size
    atlas: str | os.PathLike[str] | bytes | None  # lesions of known diagnosis, made for the model
    labels: Sequence[str]  # the classes, in the order of the network's values
    malignant: Collection[str]  # the ids of those that are
    pixels: tuple[Channels, Channels]  # mean and std: of a pixel, 0..255, the network gets (pixel - mean) / std


@dataclass(frozen=True, slots=True)
class ClassMap:
    """How much each place of the square speaks for a class: `values` is `[height, width]` f32, which numpy takes."""

    label: str
    values: memoryview[float]


def engine_version() -> str:
    """Version of the engine, that of lentigo.h."""
    return text(lib.lt_version())


def whole(name: str, value: int, most: int) -> int:
    """The number, where C's field can hold it; the engine checks the rest."""
    if not 0 <= value <= most:
        raise ArgumentError("LT_ARGUMENT", f"{name} is {value}, not from 0 to {most}")
    return value


def names(of: Callable[[int], object], count: int) -> tuple[str, ...]:
    """The names that the engine has for the numbers from 0 on."""
    return tuple(text(of(number)) for number in range(count))


MEASURES = names(lib.lt_measure_name, lib.LT_MEASURE_COUNT)
FAULTS = names(lib.lt_fault_name, lib.LT_FAULT_COUNT)
UNSAID: dict[int, str] = {
    lib.LT_UNSAID_LABELS: "labels",
    lib.LT_UNSAID_PIXELS: "pixels",
    lib.LT_UNSAID_MALIGNANT: "malignant",
}


def make_options(given: Options) -> Any:
    """An lt_options, the engine's defaults where nothing was given."""
    unknown = set(given) - Options.__optional_keys__
    if unknown:
        raise TypeError(f"an engine has no option {', '.join(sorted(unknown))}")
    options = ffi.new("lt_options *")
    lib.lt_options_init(options, ffi.sizeof("lt_options"))
    if "threads" in given:
        options.threads = whole("threads", given["threads"], 2**32 - 1)
    if "max_pixels" in given:
        options.max_pixels = whole("max_pixels", given["max_pixels"], 2**64 - 1)
    if "max_bytes" in given:
        options.max_bytes = whole("max_bytes", given["max_bytes"], 2**64 - 1)
    options.full_decode = bool(given.get("full_decode", False))
    return options


def three(given: Channels) -> list[float]:
    """A number for each channel."""
    return [float(given)] * 3 if isinstance(given, (int, float)) else [float(value) for value in given]


def make_stated(given: Options, flags: bytes) -> tuple[Any, list[object]]:
    """An lt_stated, or NULL where nothing is stated, and what it borrows. flags: which classes are malignant."""
    stated, borrowed = ffi.new("lt_stated *", {"size": ffi.sizeof("lt_stated")}), list[object]()
    labels = given.get("labels")
    if labels is not None:
        if any("\n" in label or "\r" in label for label in labels):
            raise ArgumentError("LT_ARGUMENT", "labels: one has a line break")
        listed = "".join(f"{label}\n" for label in labels).encode()
        stated.labels, stated.labels_size = ffi.from_buffer(listed), len(listed)
        borrowed += [stated.labels]
    if flags:
        stated.malignant, stated.malignant_count = ffi.from_buffer("uint8_t[]", flags), len(flags)
        borrowed += [stated.malignant]
    if "pixels" in given:
        stated.has_pixels = 1
        stated.mean, stated.std = map(three, given["pixels"])
    nothing = labels is None and not flags and "pixels" not in given
    return ffi.NULL if nothing else stated, borrowed


def make_request(asked: Asked) -> Any:
    """An lt_request, the engine's defaults where nothing was asked."""
    unknown = set(asked) - Asked.__optional_keys__
    if unknown:
        raise TypeError(f"nothing called {', '.join(sorted(unknown))} can be asked")
    request = ffi.new("lt_request *")
    lib.lt_request_init(request, ffi.sizeof("lt_request"))
    name = asked.get("prior", "data")
    prior = ffi.new("lt_prior *")
    if lib.lt_prior_from_name(name.encode(), prior) != lib.LT_OK:
        raise ArgumentError("LT_ARGUMENT", f"prior: there is none called {name!r}")
    request.prior = prior[0]
    region = asked.get("region")
    if region is not None:
        request.x, request.y, request.side = Region(*region)
        if not request.side > 0:
            raise ArgumentError("LT_ARGUMENT", f"region: a side of {region[2]}, not above 0")
    request.quarter_turns = whole("turns", asked.get("turns", 0), 2**32 - 1)
    return request


def read_quality(quality: Any) -> Quality:
    """An lt_quality as plain data."""
    values = dict(zip(MEASURES, quality.values[0 : len(MEASURES)], strict=True))
    return Quality(values, tuple(name for bit, name in enumerate(FAULTS) if quality.faults >> bit & 1))


def read_model(model: Any, network: int) -> Model:
    """An lt_model as plain data."""
    labels = [model.labels[i] for i in range(model.label_count)]
    kinds = [model.kinds[i] for i in range(model.kind_count)]
    return Model(
        name=text(model.name),
        version=text(model.version),
        licence=text(model.licence),
        attribution=text(model.attribution),
        labels=tuple(Label(text(a.id), text(a.name), text(a.about), bool(a.malignant)) for a in labels),
        kinds=tuple(Kind(text(kind.id), text(kind.name)) for kind in kinds),
        width=model.width,
        height=model.height,
        views=model.views,
        fingerprint=f"{model.fingerprint:016x}",
        network=f"{network:016x}",
        unsaid=tuple(name for bit, name in UNSAID.items() if model.unsaid & bit),
    )


def read_answer(result: Any, model: Model) -> Answer:
    """An lt_result as plain data."""
    count = result.label_count
    ids = [label.id for label in model.labels]
    kind = model.kinds[result.kind].id or None
    strange = bool(result.not_a_lesion)
    return Answer(
        label=ids[result.order[0]],
        probabilities=dict(zip(ids, result.probabilities[0:count], strict=True)),
        logits=tuple(result.logits[0:count]),
        malignant=result.malignant,
        prior=text(lib.lt_prior_name(result.prior)),
        kind=text(lib.LT_NEITHER) if kind and strange else kind,
        decided_by=kind,
        set=tuple(ids[i] for i in result.set[0 : result.set_count]) if result.set_count else None,
        abstain=bool(result.abstain),
        not_a_lesion=strange,
        # NaN, which is not itself, where the model has no score
        ood_score=result.ood_score if result.ood_score == result.ood_score else None,
        quality=read_quality(result.quality),
        views=result.views,
        width=result.photo_width,
        height=result.photo_height,
        scale=result.decode_scale,
        missing=result.missing,
        colour=text(lib.lt_colour_name(result.colour)),
        profile=text(result.profile),
        milliseconds={"decode": result.decode_ms, "resize": result.resize_ms, "infer": result.infer_ms},
        model=f"{result.model:016x}",
    )


class Engine:
    """A model, ready to run.

    `model` is the path of a .tflite file, or its bytes. Python's lock is free while the engine works. Where several
    threads share one engine, each waits for the others: a Pool has one for each.

    Errors: ModelError for what is wrong with the model, ArgumentError, OSError for a file that is not read,
    LentigoError.
    """

    model: Model

    def __init__(self, model: str | os.PathLike[str] | bytes, **options: Unpack[Options]) -> None:
        self._engine: Any = None
        self._lock = threading.Lock()  # held by whoever asks
        self._alive = threading.Lock()  # held while the engine is freed or told to end, which waits for no answer
        given = make_options(options)
        out = ffi.new("lt_engine **")
        status = lib.lt_create(given, out)
        if status != lib.LT_OK:
            raise error(status)
        self._engine = ffi.gc(out[0], lib.lt_destroy)
        loaded = model if isinstance(model, bytes) else read_file(model, MAX_MODEL)
        self._load(loaded, options, b"")
        if "malignant" in options:  # are known by their ids, and the classes now
            named = {self._index(label) for label in options["malignant"]}
            self._load(loaded, options, bytes(index in named for index in range(len(self.model.labels))))
        place = ffi.new("lt_result **")
        self._call(lib.lt_result_create, place)
        self._result = ffi.gc(place[0], lib.lt_result_free)
        atlas = options.get("atlas")
        if atlas is not None:
            # the engine borrows them as long as it lives
            self._atlas_bytes = atlas if isinstance(atlas, bytes) else read_file(atlas, MAX_ATLAS)
            self._call(lib.lt_load_atlas, ffi.from_buffer(self._atlas_bytes), len(self._atlas_bytes))

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Free the engine's memory; what is asked of it then is an error."""
        with self._lock, self._alive:
            if self._engine is not None:
                ffi.release(self._result)
                ffi.release(self._engine)
            self._engine = None

    def cancel(self) -> None:
        """End what is at work on the engine, from another thread: it raises LentigoError with LT_CANCELLED.

        So does every call that reads a photo or runs the network, until `resume`.
        """
        with self._alive:
            if self._engine is not None:
                lib.lt_cancel(self._engine)

    def resume(self) -> None:
        """Take `cancel` back."""
        with self._alive:
            if self._engine is not None:
                lib.lt_resume(self._engine)

    @property
    def peak_bytes(self) -> int:
        """Largest number of bytes that the engine has held at once."""
        with self._at_work() as engine:
            return int(lib.lt_peak_bytes(engine))

    def classify(self, photo: Photo, **asked: Unpack[Asked]) -> Answer:
        """Classify a photo: a path, the bytes of a JPEG, PNG or DICOM file, or pixels `[H, W, 3]` u8 in sRGB.

        Errors: PhotoError for what is wrong with the photo, ArgumentError, OSError for a path that is not read,
        LentigoError.
        """
        request, given = make_request(asked), take_photo(photo)
        with self._at_work():
            return read_answer(self._look(given, request, asked.get("views", 1)), self.model)

    def classify_json(
        self,
        photo: Photo,
        *,
        file: str | None = None,
        logits: bool = False,
        map: bool | str = False,
        similar: bool = False,
        **asked: Unpack[Asked],
    ) -> dict[str, Any]:
        """The answer as `lentigo classify --json` prints it, parsed.

        `file` is the photo's name in it; `map` adds the class activation map of a class, or of the answer's where it is
        True; `similar` adds the lesions of the atlas that look most like it. Errors: as classify.
        """
        request, given = make_request(asked), take_photo(photo)
        with self._at_work():
            result = self._look(given, request, asked.get("views", 1))
            name = ffi.NULL if file is None else ffi.new("char[]", os.fsencode(file))
            wanted = {"size": ffi.sizeof("lt_extras"), "file": name, "logits": logits, "map": map is not False}
            extras = ffi.new("lt_extras *", wanted)
            extras.map_label = self._index(map) if isinstance(map, str) else result.order[0]
            if map is not False:  # says why where there is none
                self._call(lib.lt_class_map, extras.map_label, ffi.NULL, 0, ffi.new("uint32_t[2]"))
            answer: dict[str, Any] = json.loads(self._write(lib.lt_result_json, result, extras))
            if similar:
                found, count = ffi.new("lt_neighbour[]", lib.LT_NEIGHBOURS), ffi.new("uint32_t *")
                self._call(lib.lt_similar, found, lib.LT_NEIGHBOURS, count)
                answer["similar"] = json.loads(self._write(lib.lt_similar_json))
            return answer

    def class_map(self, photo: Photo, label: str | None = None, **asked: Unpack[Asked]) -> ClassMap:
        """Classify a photo and say how much each place of its square speaks for a class: the answer's, or a named one.

        Errors: as classify; LT_MODEL_UNSUPPORTED where the network has no such maps.
        """
        request, given = make_request(asked), take_photo(photo)
        with self._at_work():
            result = self._look(given, request, asked.get("views", 1))
            index = result.order[0] if label is None else self._index(label)
            shape = ffi.new("uint32_t[2]")
            self._call(lib.lt_class_map, index, ffi.NULL, 0, shape)
            values = array("f", bytes(4 * shape[0] * shape[1]))
            self._call(lib.lt_class_map, index, ffi.from_buffer("float[]", values), len(values), shape)
        view = memoryview(values).cast("B").cast("f", (shape[0], shape[1]))
        return ClassMap(self.model.labels[index].id, view)

    def check(self, photo: Photo, **asked: Unpack[Asked]) -> Quality:
        """Only measure how good the square is as a picture; no inference. Errors: as classify."""
        request, given = make_request(asked), take_photo(photo)
        quality = ffi.new("lt_quality *", {"size": ffi.sizeof("lt_quality")})
        with self._at_work() as engine:
            if isinstance(given, Pixels):
                self._call(
                    lib.lt_check_rgba,
                    ffi.from_buffer("uint8_t[]", given.rgba),
                    given.width,
                    given.height,
                    request,
                    quality,
                )
            else:
                with self._opened(given) as opened:
                    self._raise(engine, lib.lt_photo_check(opened, request, quality))
            return read_quality(quality)

    def propose(self, photo: Photo) -> Region | None:
        """The square around what looks like the lesion; None where nothing stands out from its ground.

        Pixels may be 4096 wide and high at most: a small picture of the whole photo is enough. Errors: as classify.
        """
        request, given = make_request({}), take_photo(photo)
        with self._at_work() as engine:
            if isinstance(given, Pixels):
                rgba = ffi.from_buffer("uint8_t[]", given.rgba)
                status = lib.lt_propose_rgba(rgba, given.width, given.height, request)
                if status != lib.LT_OK:
                    raise error(status)
            else:
                with self._opened(given) as opened:
                    self._raise(engine, lib.lt_photo_propose(opened, request))
        return Region(request.x, request.y, request.side) if request.side > 0 else None

    def self_test(self) -> None:
        """Have the network give exactly the numbers that it gave where the model file was made.

        Errors: LentigoError with LT_SELF_TEST where it does not, and LT_NO_SELF_TEST where the file has no such test.
        """
        with self._at_work():
            self._call(lib.lt_self_test)

    # ---- within a call: the lock is held ----

    @contextmanager
    def _at_work(self) -> Iterator[Any]:
        """The engine, for one thread at a time."""
        with self._lock:
            if self._engine is None:
                raise ValueError("the engine is closed")
            yield self._engine

    def _raise(self, engine: Any, status: int) -> None:
        if status != lib.LT_OK:
            raise error(status, text(lib.lt_error_text(engine)))

    def _call(self, function: Any, *arguments: Any) -> None:
        self._raise(self._engine, function(self._engine, *arguments))

    def _look(self, given: bytes | bytearray | memoryview | Pixels, request: Any, views: int) -> Any:
        """Classify, and look again until there are so many views."""
        result = self._result
        if views < 1:
            raise ArgumentError("LT_ARGUMENT", f"views is {views}, not from 1 on")
        if isinstance(given, Pixels):
            rgba = ffi.from_buffer("uint8_t[]", given.rgba)
            self._call(lib.lt_classify_rgba, rgba, given.width, given.height, request, result)
        else:
            self._call(lib.lt_classify, ffi.from_buffer(given), len(given), request, result)
        for _ in range(views - 1):
            self._call(lib.lt_look_again, result)
        return result

    @contextmanager
    def _opened(self, given: bytes | bytearray | memoryview) -> Iterator[Any]:
        """An lt_photo of a file's bytes."""
        out, borrowed = ffi.new("lt_photo **"), ffi.from_buffer(given)
        self._call(lib.lt_photo_open, borrowed, len(given), out)
        try:
            yield out[0]
        finally:
            lib.lt_photo_close(out[0])

    def _load(self, model: bytes, options: Options, malignant: bytes) -> None:
        stated, borrowed = make_stated(options, malignant)
        self._call(lib.lt_load_model_as, ffi.from_buffer(model), len(model), stated)
        del borrowed
        self.model = read_model(lib.lt_get_model(self._engine), lib.lt_network(self._engine))

    def _index(self, label: str) -> int:
        for index, known in enumerate(self.model.labels):
            if known.id == label:
                return index
        raise ArgumentError("LT_ARGUMENT", f"the model has no label {label!r}")

    def _write(self, function: Any, *arguments: Any) -> str:
        """What a function writes as snprintf does."""
        length = function(self._engine, *arguments, ffi.NULL, 0)
        if length == 0:
            raise error(lib.LT_ARGUMENT)
        out = ffi.new("char[]", length + 1)
        function(self._engine, *arguments, out, length + 1)
        return text(out)
