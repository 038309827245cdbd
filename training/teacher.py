"""What teachers say of the training pictures, and what the network is to say of them then.

A teacher is a CSV of image_id and one logit for each class, for equal priors (training.folds makes one), or networks
that are asked about the very view that the network sees (Beyer et al., Knowledge distillation: A good teacher is
patient and consistent, arXiv:2106.05237).
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from training.data import LABELS, DataError, Record
from training.network import fold_batch_norm
from training.networks import averaged_network


class Teachers(nn.Module):
    """Trained networks, each asked at the size that it is used at, and answering with its share."""

    def __init__(self, networks: Sequence[nn.Module], sizes: Sequence[int], shares: Sequence[float], precision: str):
        super().__init__()
        folded = [fold_batch_norm(network.eval()).to(memory_format=torch.channels_last) for network in networks]
        self.networks = nn.ModuleList(folded)
        self.sizes, self.shares, self.precision = sizes, [share / sum(shares) for share in shares], precision

    @staticmethod
    def read(files: Sequence[tuple[Path, float]], precision: str) -> Teachers:
        """The averaged networks of checkpoints of training.train, with their shares."""
        states = [torch.load(path, map_location="cpu", weights_only=True) for path, _ in files]
        sizes = [state["config"]["size"] for state in states]
        return Teachers([averaged_network(state) for state in states], sizes, [share for _, share in files], precision)

    @torch.no_grad()
    def forward(self, images: Tensor) -> Tensor:
        """Normalised views `[B, 3, S, S]` to logits for equal priors, `[B, classes]` f32: means of log shares.

        A view that is larger than a teacher's pictures is made smaller, never larger.
        """
        said = torch.zeros((), device=images.device)
        for network, size, share in zip(self.networks, self.sizes, self.shares, strict=True):
            seen = images
            if size < images.shape[3]:
                seen = functional.interpolate(images, (size, size), mode="bilinear", antialias=True)
            with torch.autocast(images.device.type, torch.bfloat16, enabled=self.precision == "bf16"):
                logits = network(seen.contiguous(memory_format=torch.channels_last))
            said = said + share * logits.float().log_softmax(1)
        return said


def parse_teacher(text: str) -> tuple[Path, float]:
    """`V/last.pt=0.5` to the file and its share."""
    name, _, share = text.rpartition("=")
    try:
        return Path(name), float(share)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r}: FILE=SHARE is wanted, as V/last.pt=0.5") from None


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
