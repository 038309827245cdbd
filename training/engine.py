"""Asking the engine's command line: one process for a list of pictures, one JSON answer a picture."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

READS = (".jpg", ".jpeg", ".png")  # others are handed to the engine as PNG


class EngineError(Exception):
    """The engine failed on a picture or gave no answer for it."""


@dataclass(frozen=True)
class Engine:
    """A command line and the model it runs; answers are kept in `cache`, if one is given."""

    command: Path
    model: Path
    cache: Path | None = None

    def ask(self, files: list[Path], *options: str, jobs: int | None = None) -> list[dict]:
        """The answer for every file, in order, as the command prints it; `jobs` processes share the list."""
        kept = self.cache and self.cache / f"{self.key(files, options)}.jsonl"
        if kept and kept.is_file():
            return [json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines()]
        jobs = max(1, min(jobs or os.cpu_count() or 1, len(files)))
        with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(jobs) as pool:
            read = list(pool.map(lambda file: as_engine_reads(file, Path(folder)), files))
            parts = list(pool.map(lambda j: self.run(read[j::jobs], options), range(jobs)))
        answers = [parts[i % jobs][i // jobs] for i in range(len(files))]
        if kept:
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.with_suffix(".part").write_text("".join(f"{json.dumps(a)}\n" for a in answers), encoding="utf-8")
            kept.with_suffix(".part").rename(kept)
        return answers

    def run(self, files: list[Path], options: tuple[str, ...]) -> list[dict]:
        """One process, all file names through its input."""
        command = [str(self.command), "classify", "--json", "--logits", *options, "--model", str(self.model), "-"]
        names = "".join(f"{file}\n" for file in files)
        process = subprocess.run(command, input=names, capture_output=True, text=True, check=False)
        answers = [json.loads(line) for line in process.stdout.splitlines()]
        if len(answers) != len(files):
            raise EngineError(f"{len(answers)} answers for {len(files)} pictures: {process.stderr.strip()}")
        failed = [a for a in answers if "error" in a]
        if failed:
            raise EngineError(f"{failed[0]['file']}: {failed[0]['error']}")
        return answers

    def key(self, files: list[Path], options: tuple[str, ...]) -> str:
        """Changes with the program, the model, the options and every byte of the pictures."""
        digest = hashlib.sha256()
        for file in (self.command, self.model, *files):
            digest.update(hashlib.sha256(file.read_bytes()).digest())
        digest.update("\0".join(options).encode())
        return digest.hexdigest()[:24]


def as_engine_reads(file: Path, folder: Path) -> Path:
    """The file itself, or the same pixels as PNG in the folder where the engine does not know its form."""
    if file.suffix.lower() in READS:
        return file
    copy = folder / f"{file.stem}-{hashlib.sha256(str(file).encode()).hexdigest()[:8]}.png"
    with Image.open(file) as image:
        image.convert("RGB").save(copy, compress_level=1)
    return copy


def run_engine(engine: Path, model: Path, files: list[Path], *options: str) -> np.ndarray:
    """Logits `[N, classes]` f32 by the command line."""
    answers = Engine(engine, model).ask(files, *options, jobs=1)
    return np.array([a["logits"] for a in answers], dtype=np.float32)
