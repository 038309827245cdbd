"""The average of networks that one start led to: a model file and checkpoints of a run that went on from it.

    python -m training.soup DATA --start model/lesion.tflite --checkpoints A.pt B.pt --out RUN

writes RUN/last.pt, which training.export takes, and prints its figures on the validation lesions, where none of the
networks knows them. Averaged weights
(Wortsman et al., Model soups, arXiv:2203.05482) cost nothing when used; the statistics of the batch normalisations are
measured anew, on training views.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.optim.swa_utils import update_bn

from training.augment import AugmentConfig, random_views
from training.data import SPLIT_FILE, Record, load_pixels, read_split
from training.metrics import summary
from training.network import EfficientNetLite
from training.networks import network_name
from training.preprocess import normalize
from training.sources import BY_NAME, NAMES, read_sources
from training.tflite_file import get_metadata
from training.train import (
    by_source,
    learned_rows,
    make_network,
    parts_of,
    parts_seen_by,
    predict,
    start_from,
)
from training.trainer import TrainConfig

BATCHES, BATCH = 24, 32  # of training views, for the statistics
VIEW = 224  # pixels


def average(states: list[dict[str, Tensor]], shares: list[float]) -> dict[str, Tensor]:
    """The weighted mean of state dictionaries; what is no real number is that of the first."""
    return {
        name: sum(state[name] * share for state, share in zip(states, shares, strict=True))
        if value.dtype.is_floating_point
        else value
        for name, value in states[0].items()
    }


def measured(model: EfficientNetLite, frozen: int, views: Iterator[Tensor]) -> EfficientNetLite:
    """The network with statistics measured on views `[B, 3, H, W]`, behind its first `frozen` layers."""
    model.eval()
    with torch.no_grad():
        update_bn((model.features[:frozen](batch) for batch in views), model.features[frozen:])
    return model


def training_views(pixels: np.ndarray, rows: np.ndarray) -> Iterator[Tensor]:
    """Normalised random views of some of the pictures in `rows`."""
    rng = torch.Generator().manual_seed(3)
    chosen = rows[torch.randperm(len(rows), generator=rng)[: BATCHES * BATCH].numpy()]
    for part in np.array_split(chosen, BATCHES):
        views = random_views(torch.from_numpy(np.stack([pixels[r] for r in part])), VIEW, AugmentConfig(), rng)
        yield normalize(views).contiguous(memory_format=torch.channels_last)


def validated(
    model: EfficientNetLite, pixels: np.ndarray, records: list[Record], rows: np.ndarray, size: int, prior: np.ndarray
) -> dict:
    """Figures on the pictures in `rows` that are no thumbnails: of the first source, then by each other source."""
    rows = rows[[not BY_NAME[records[i].source].thumbnails for i in rows]]
    logits = predict(model, pixels, rows, size, TrainConfig.crop, "bf16")
    own = np.array([records[i].source == NAMES[0] for i in rows])
    truth = np.array([records[i].label for i in rows])
    return summary(logits[own], truth[own], prior) | by_source(logits, [records[i] for i in rows])


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="+", help="folder of HAM10000, then those of other sources")
    parser.add_argument(
        "--start", type=Path, required=True, help="the model file or checkpoint that the run went on from"
    )
    parser.add_argument("--checkpoints", type=Path, nargs="+", required=True, help="copies of the run's last.pt")
    parser.add_argument("--start-share", type=float, default=0.5, help="the rest is shared by the checkpoints")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--size", type=int, default=240, help="pixels at which the validation lesions are looked at")
    args = parser.parse_args()

    records = read_sources(args.data)
    parts = parts_of(records, read_split(SPLIT_FILE))
    runs = [torch.load(path, weights_only=True) for path in args.checkpoints]
    rows = learned_rows(records, parts, runs[-1]["config"].get("learn", TrainConfig.learn))
    pixels = load_pixels(records, args.out)
    frozen = runs[-1]["config"]["frozen"]
    config = TrainConfig(frozen=frozen, network=network_name(runs[-1]))
    model = make_network(config)
    start_from(model, args.start, config, pixels, rows)

    shares = [args.start_share] + [(1 - args.start_share) / len(runs)] * len(runs)
    model.load_state_dict(average([model.state_dict()] + [run["average"] for run in runs], shares))
    measured(model.to(memory_format=torch.channels_last), frozen, training_views(pixels, rows))
    version = args.start.stem if args.start.suffix == ".pt" else get_metadata(args.start)["version"]
    names = [f"start, {version}"] + [f"pass {run['passes_done']}" for run in runs]
    soup = {name: round(share, 4) for name, share in zip(names, shares, strict=True)}
    seen = tuple(sorted(parts_seen_by([args.start, *args.checkpoints])))
    state = runs[-1] | {"average": model.state_dict(), "config": runs[-1]["config"] | {"soup": soup, "seen": seen}}
    torch.save(state, args.out / "last.pt")
    figures = {}
    if "val" not in seen:
        figures = validated(model, pixels, records, parts["val"], args.size, state["log_prior"].numpy())
    print(json.dumps({"soup": soup} | figures))


if __name__ == "__main__":
    main()
