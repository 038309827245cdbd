"""What a teacher says of the training pictures, and what the network is to say of them then.

A teacher is a CSV of image_id and one logit for each class, for equal priors; training.folds makes one.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from training.data import LABELS, DataError, Record


def write_teacher(path: Path, logits: dict[str, np.ndarray]) -> None:
    """{image_id: logits for equal priors, `[classes]`}."""
    with path.open("w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("image_id", *LABELS))
        out.writerows((name, *(f"{x:.4f}" for x in row)) for name, row in sorted(logits.items()))


def read_teacher(path: Path, records: list[Record]) -> Tensor:
    """Logits `[N, classes]` f32 in the order of `records`; raises `DataError` where one has none."""
    with path.open(newline="") as file:
        logits = {row["image_id"]: [float(row[name]) for name in LABELS] for row in csv.DictReader(file)}
    missing = [r.image_id for r in records if r.image_id not in logits]
    if missing:
        raise DataError(f"{path}: nothing is said of {missing[0]}")
    return torch.tensor([logits[r.image_id] for r in records])


def class_targets(labels: Tensor, log_prior: Tensor, teacher: Tensor | None, share: float) -> Tensor:
    """Shares of the classes `[N, classes]` f32 that the network is to give for `log_prior`.

    `log_prior` is `[classes]`, or `[N, classes]` with one for each picture.
    The label alone, or mixed with the teacher's answer (logits `[N, classes]`) for the same prior, which has `share`.
    """
    hard = functional.one_hot(labels, log_prior.shape[-1]).float()
    if teacher is None:
        return hard
    return torch.lerp(hard, (teacher + log_prior).softmax(1), share)
