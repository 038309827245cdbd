"""A teacher of the training lesions that has not seen them: networks trained by lesion folds.

    python -m training.folds split DATA --out FOLDER       # FOLDER/fold-1.csv and so on
    python -m training.train DATA --split FOLDER/fold-1.csv --out FOLDER/fold-1        # of each fold
    python -m training.folds answers DATA --out FOLDER     # FOLDER/teacher.csv
    python -m training.train DATA --teacher FOLDER/teacher.csv …

Each fold is left out by one network, and that network answers for it. A network's answers on the pictures that it was
trained on say little more than their labels do; on those left out they say what a picture looks like to it. The idea is
knowledge distillation (Hinton et al., arXiv:1503.02531) with out-of-fold answers.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from training.data import (
    SPLIT_FILE,
    Record,
    lesion_groups,
    load_pixels,
    part_records,
    read_metadata,
    read_split,
    write_split,
)
from training.network import fold_batch_norm
from training.networks import averaged_network
from training.preprocess import network_input
from training.teacher import write_teacher
from training.train import parts_of

FOLDS = 3
BATCH = 32


def split_in_folds(records: list[Record], folds: int, seed: int = 0) -> list[dict[str, str]]:
    """For each fold {image_id: part}: `val` those left out, `train` the rest; whole lesions, stratified."""
    lesions = lesion_groups(records)
    label_of = {lesions[r.image_id]: r.label for r in records}
    names = np.array(sorted(label_of))
    rng = np.random.default_rng(seed)
    order = sorted(rng.permutation(names).tolist(), key=lambda name: label_of[name])  # stable: shuffled in each class
    fold_of = {name: i % folds for i, name in enumerate(order)}
    return [
        {r.image_id: "val" if fold_of[lesions[r.image_id]] == fold else "train" for r in records}
        for fold in range(folds)
    ]


def turned(batch: Tensor) -> list[Tensor]:
    """The eight views of a square picture: `[B, 3, S, S]` turned by quarters, and mirrored."""
    return [torch.rot90(view, turns, (2, 3)) for view in (batch, batch.flip(3)) for turns in range(4)]


@torch.no_grad()
def answers(checkpoint: Path, pixels: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Logits for equal priors, `[N, classes]` f32, of `rows` of `pixels`: the mean of the eight views' log shares."""
    run = torch.load(checkpoint, weights_only=True)
    folded = fold_batch_norm(averaged_network(run)).to(memory_format=torch.channels_last)
    size, crop = run["config"]["size"], run["config"]["crop"]
    out = []
    for i in range(0, len(rows), BATCH):
        views = turned(network_input([pixels[r] for r in rows[i : i + BATCH]], size, crop))
        with torch.autocast("cpu", torch.bfloat16):
            logits = [folded(v.contiguous(memory_format=torch.channels_last)).float() for v in views]
        out.append(torch.stack(logits).log_softmax(2).mean(0).numpy())
    return np.concatenate(out)


def make_splits(data: Path, out: Path, folds: int, split_file: Path = SPLIT_FILE) -> None:
    """Write `fold-1.csv` and so on: the training lesions, each fold once left out."""
    out.mkdir(parents=True, exist_ok=True)
    for number, split in enumerate(split_in_folds(part_records(data, "train", split_file), folds), 1):
        write_split(split, out / f"fold-{number}.csv")


def make_teacher(data: Path, out: Path) -> None:
    """Write `teacher.csv` from the runs `fold-1` and so on, each answering for the lesions that it was not shown."""
    records = read_metadata(data)
    pixels = load_pixels(records, out)
    logits: dict[str, np.ndarray] = {}
    for split in sorted(out.glob("fold-*.csv")):
        rows = parts_of(records, read_split(split))["val"]
        answered = answers(out / split.stem / "last.pt", pixels, rows)
        logits |= dict(zip([records[r].image_id for r in rows], answered, strict=True))
    write_teacher(out / "teacher.csv", logits)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=("split", "answers"))
    parser.add_argument("data", type=Path, help="folder of HAM10000")
    parser.add_argument("--out", type=Path, required=True, help="folder of the folds' splits and runs")
    parser.add_argument("--folds", type=int, default=FOLDS)
    args = parser.parse_args()
    if args.step == "split":
        make_splits(args.data, args.out, args.folds)
    else:
        make_teacher(args.data, args.out)


if __name__ == "__main__":
    main()
