"""Asking the engine, by its Python package: on all cores, the answers as its command line prints them."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Unpack

import numpy as np
from PIL import Image

import lentigo
import lentigo._engine
from lentigo.engine import Asked

READS = (".jpg", ".jpeg", ".png")  # others are handed to the engine as PNG


class EngineError(Exception):
    """The engine failed on a picture or a model."""


@dataclass(frozen=True)
class Engine:
    """A model to ask; answers are kept in `cache`, if one is given."""

    model: Path
    cache: Path | None = None

    def ask(
        self,
        files: list[Path],
        *,
        jobs: int | None = None,
        atlas: Path | None = None,
        full_decode: bool = False,
        **asked: Unpack[Asked],
    ) -> list[dict]:
        """The answer for every file, in order, as `lentigo classify --json --logits` prints it.

        `jobs` threads share the files. With an atlas each answer has the lesions that look alike.
        """
        way = {"atlas": atlas and hashed(atlas), "full_decode": full_decode, **asked}
        kept = self.cache and self.cache / f"{self.key(files, way)}.jsonl"
        if kept and kept.is_file():
            return [json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines()]

        def answer(engine: lentigo.Engine, file: Path) -> dict:
            photo = as_engine_reads(file)
            return engine.classify_json(photo, file=str(file), logits=True, similar=atlas is not None, **asked)

        try:
            with lentigo.Pool(self.model, workers=jobs, atlas=atlas, full_decode=full_decode) as pool:
                answers = list(pool.each(answer, files))
        except lentigo.LentigoError as wrong:
            raise EngineError(f"{self.model}: {wrong.message}") from wrong
        for file, said in zip(files, answers, strict=True):
            if isinstance(said, lentigo.Failure):
                raise EngineError(f"{file}: {said.message}")
        if kept:
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.with_suffix(".part").write_text("".join(f"{json.dumps(a)}\n" for a in answers), encoding="utf-8")
            kept.with_suffix(".part").rename(kept)
        return answers

    def key(self, files: list[Path], way: dict) -> str:
        """Changes with the engine, the model, what is asked and every byte of the pictures."""
        library = Path(lentigo._engine.__file__)
        hashes = [hashed(file) for file in (library, self.model, *files)]
        return hashlib.sha256("\0".join([*hashes, json.dumps(way, sort_keys=True)]).encode()).hexdigest()[:24]


def hashed(file: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def as_engine_reads(file: Path) -> Path | bytes:
    """The file itself, or the same pixels as PNG where the engine does not know its form."""
    if file.suffix.lower() in READS:
        return file
    out = io.BytesIO()
    with Image.open(file) as image:
        image.convert("RGB").save(out, "PNG", compress_level=1)
    return out.getvalue()


def run_engine(model: Path, files: list[Path], *, full_decode: bool = False) -> np.ndarray:
    """Logits `[N, classes]` f32 by the engine."""
    answers = Engine(model).ask(files, full_decode=full_decode)
    return np.array([a["logits"] for a in answers], dtype=np.float32)
