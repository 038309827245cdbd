"""What the engine says of pictures whose diagnosis is known: the input of every figure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Unpack

import numpy as np

from lentigo.engine import Asked
from training.data import LABELS, Record
from training.document import of_kind
from training.engine import Engine, EngineError
from training.metrics import softmax

# Of a probability: the engine decides in f32, this in f64.
TOLERANCE = 1e-4


@dataclass(frozen=True)
class Answers:
    """The engine's answers to N pictures beside the truth."""

    records: list[Record]
    said: list[dict]  # one JSON answer a picture
    logits: np.ndarray  # [N, C] f32
    data: np.ndarray  # [N, C] probabilities with the prior of the data
    uniform: np.ndarray  # [N, C] with equal priors
    malignant_classes: np.ndarray  # [C] bool

    @property
    def truth(self) -> np.ndarray:
        """Index of each picture's diagnosis, `[N]`."""
        return np.array([r.label for r in self.records])

    @property
    def lesions(self) -> np.ndarray:
        """Id of each picture's lesion, `[N]`."""
        return np.array([r.lesion_id for r in self.records])

    @property
    def malignant(self) -> np.ndarray:
        """Whether each picture shows a malignant lesion, `[N]` bool."""
        return self.malignant_classes[self.truth]

    @property
    def malignant_sum(self) -> np.ndarray:
        """Summed probability of the malignant classes, prior of the data, `[N]`."""
        return self.data[:, self.malignant_classes].sum(1)

    def field(self, name: str) -> list | None:
        """One field of every answer, or None where the model or the engine does not give it."""
        values = [answer.get(name) for answer in self.said]
        return None if any(value is None for value in values) else values

    def take(self, chosen: np.ndarray) -> Answers:
        """The answers to some of the pictures (`[N]` bool, or indices)."""
        rows = np.flatnonzero(chosen) if chosen.dtype == bool else chosen
        picked = replace(self, records=[self.records[i] for i in rows], said=[self.said[i] for i in rows])
        return replace(picked, logits=self.logits[rows], data=self.data[rows], uniform=self.uniform[rows])


def check_labels(document: dict) -> None:
    """The model's classes must be those of the data, in its order."""
    labels = tuple(label["id"] for label in document["labels"])
    if labels != LABELS:
        raise EngineError(f"the model's labels are {', '.join(labels)}; the data's are {', '.join(LABELS)}")


def kinds_of(records: list[Record], said: list[dict] | None, document: dict) -> np.ndarray:
    """Index of the kind whose numbers decide for each picture, `[N]`: as the engine says, else as the record does.

    Where the engine says that a picture is of no kind, it does not say whose numbers it used: -1.
    """
    ids = [kind["id"] for kind in document.get("kinds", [])]
    if not ids:
        return np.zeros(len(records), int)
    named = [r.kind for r in records] if said is None else [answer["kind"] for answer in said]
    return np.array([ids.index(name) if name in ids else -1 for name in named])


def from_logits(records: list[Record], logits: np.ndarray, document: dict, said: list[dict] | None = None) -> Answers:
    """Decide from logits as the model file says."""
    check_labels(document)
    ways = [of_kind(document, k) for k in range(len(document.get("kinds", [None])))]
    scaled = np.stack([logits.astype(np.float64) / way["temperature"] for way in ways])
    shares = np.stack([softmax(own + np.array(way["log_prior"])) for own, way in zip(scaled, ways, strict=True)])
    kinds, rows = kinds_of(records, said, document), np.arange(len(records))
    if said and (kinds < 0).any():
        theirs = np.array([[a["probabilities"][label] for label in LABELS] for a in said])
        kinds = np.where(kinds < 0, np.abs(shares - theirs).max(2).argmin(0), kinds)
    data, uniform = shares[kinds, rows], softmax(scaled[kinds, rows])
    malignant = np.array([bool(label["malignant"]) for label in document["labels"]])
    return Answers(records, said or [{} for _ in records], logits, data, uniform, malignant)


def ask(
    engine: Engine,
    document: dict,
    records: list[Record],
    files: list[Path],
    *,
    jobs: int | None = None,
    atlas: Path | None = None,
    **asked: Unpack[Asked],
) -> Answers:
    """Let the engine answer, and check that its probabilities are those that its logits call for."""
    said = engine.ask(files, jobs=jobs, atlas=atlas, **asked)
    answers = from_logits(records, np.array([a["logits"] for a in said], dtype=np.float32), document, said)
    theirs = np.array([[a["probabilities"][label] for label in LABELS] for a in said])
    off = np.abs(theirs - answers.data).max(1)
    if off.max() > TOLERANCE:
        worst = int(off.argmax())
        raise EngineError(f"{files[worst]}: probabilities off by {off[worst]:.5f} from what the model file calls for")
    return answers


def files_of(records: list[Record]) -> list[Path]:
    """Where the pictures lie."""
    return [r.file for r in records]
