"""Fine-tune EfficientNet-Lite0 on HAM10000, alone or with other sources (training.sources).

The loss is cross entropy with logit adjustment: the log prior of what is drawn of a picture's source is added to the
logits while training (training.examples), so that the bare logits are those for equal priors and the prior can be
chosen when deciding. Rare classes are drawn more often than they occur, but not as often as the common ones.

A run writes `last.pt` after every pass and goes on from it when started again. Under `torchrun` the
processes share each batch and add up their gradients (DistributedDataParallel). With `--device cuda` the network is on
the accelerator, and `--workers` threads draw the views of the next batches on the CPU meanwhile; what a batch shows
depends on neither.
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import shutil
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from training.augment import random_views
from training.data import DOCUMENT, LABELS, PARTS, SPLIT_FILE, Record, load_pixels, read_split
from training.document import parts_seen
from training.examples import MixConfig, make_examples
from training.metrics import auc, nan_mean, recalls, softmax, summary
from training.network import EfficientNetLite, fold_batch_norm
from training.networks import NETWORKS, Network, build, load_pretrained
from training.outliers import read_outliers
from training.preprocess import network_input, normalize
from training.sources import NAMES, NEITHER, SHOWN_LESIONS, read_sources
from training.teacher import Teachers, parse_teacher, read_teacher
from training.tflite_file import get_metadata
from training.trainer import CPU, Team, TrainConfig, Trainer
from training.warm_start import read_layers, restore

TEACHER_SHARE = 0.5  # where there is a teacher
START_BATCHES = 8  # that the statistics of a network from a file are taken from


@torch.no_grad()
def predict(
    model: nn.Module, pixels: np.ndarray, rows: np.ndarray, size: int, crop: float, precision: str = "fp32"
) -> np.ndarray:
    """Logits `[N, classes]` f32 of the given rows, one centre view each, computed where the model is."""
    device = next(model.parameters()).device
    folded = fold_batch_norm(copy.deepcopy(model).eval()).to(memory_format=torch.channels_last)
    out = []
    for i in range(0, len(rows), 32):
        batch = network_input([pixels[r] for r in rows[i : i + 32]], size, crop).to(device)
        with torch.autocast(device.type, torch.bfloat16, enabled=precision == "bf16"):
            out.append(folded(batch.contiguous(memory_format=torch.channels_last)).float().cpu().numpy())
    return np.concatenate(out)


def class_prior(labels: np.ndarray, classes: int) -> Tensor:
    """Share of each class, `[classes]` f32, none of them zero."""
    counts = np.bincount(labels, minlength=classes) + 1e-3
    return torch.tensor(counts / counts.sum(), dtype=torch.float32)


def parts_of(records: list[Record], split: dict[str, str]) -> dict[str, np.ndarray]:
    """Row numbers of each part, in the order of `records`; lesions shown with the app are not to learn from."""
    return {
        part: np.array(
            [
                i
                for i, r in enumerate(records)
                if split.get(r.image_id) == part and not (part == "train" and r.lesion_id in SHOWN_LESIONS)
            ],
            dtype=np.int64,
        )
        for part in PARTS
    }


def learned_rows(records: list[Record], parts: dict[str, np.ndarray], learn: Sequence[str]) -> np.ndarray:
    """Row numbers of all parts that are learned from; never of lesions shown with the app."""
    rows = np.concatenate([parts[part] for part in learn])
    return rows[[records[i].lesion_id not in SHOWN_LESIONS for i in rows]]


def by_source(logits: np.ndarray, records: list[Record]) -> dict[str, dict[str, float]]:
    """Of each source but the first: balanced accuracy and the AUC of the malignant sum, both for equal priors."""
    malignant = np.array([label["malignant"] for label in DOCUMENT["labels"]])
    figures = {}
    for name in NAMES[1:]:
        own = np.array([r.source == name and r.label >= 0 for r in records])
        if own.any():
            shares, truth = softmax(logits[own]), np.array([r.label for r in records])[own]
            found = nan_mean(recalls(shares.argmax(1), truth, len(LABELS)))
            ranked = auc(shares[:, malignant].sum(1), malignant[truth])
            figures[name] = {"balanced_accuracy": round(float(found), 4), "malignant_auc": round(float(ranked), 4)}
    return figures


def no_lesions(folder: Path) -> list[Record]:
    """The pictures for tuning of a folder of training.outliers, as records of no class."""
    rows = [row for row in read_outliers(folder) if row.part == "tune"]
    return [Record(row.file, row.file, -1, file=folder / row.file, source="outliers", kind=NEITHER) for row in rows]


def make_network(config: TrainConfig, pretrained: bool = True) -> Network:
    """The network before its first step; without `pretrained` all of its weights are random."""
    torch.manual_seed(config.seed)
    model = build(config.network, len(LABELS), config.dropout, config.drop_path)
    if pretrained:
        load_pretrained(model)
    return model


def start_from(model: EfficientNetLite, file: Path, config: TrainConfig, pixels: np.ndarray, rows: np.ndarray) -> None:
    """Put what a model file or a checkpoint has learned into the network; `rows` of `pixels` are for training."""
    if file.suffix == ".pt":
        model.load_state_dict(torch.load(file, weights_only=True)["average"])
        return
    frozen = get_metadata(file)["training"]["recipe"]["frozen"]
    if frozen < config.frozen:
        raise ValueError(f"{file} was trained behind layer {frozen}: layers up to {config.frozen} cannot be frozen")
    rng = torch.Generator().manual_seed(config.seed)
    chosen = rows[torch.randperm(len(rows), generator=rng)[: START_BATCHES * config.batch].numpy()]
    batches = (torch.from_numpy(np.stack([pixels[r] for r in c])) for c in np.array_split(chosen, START_BATCHES))
    views = (normalize(random_views(b, config.stages[0][0], config.augment, rng)) for b in batches)
    model.to(memory_format=torch.channels_last)
    restore(model, read_layers(file), config.frozen, views)


def parts_seen_by(files: Iterable[Path]) -> set[str]:
    """Parts of the split that any of these model files and checkpoints knows."""
    seen = set()
    for file in files:
        if file.suffix == ".pt":
            recipe = torch.load(file, map_location="cpu", weights_only=True)["config"]
        else:
            recipe = get_metadata(file)["training"]["recipe"]
        seen |= parts_seen(recipe)
    return seen


def train(
    data: Path | list[Path],
    out: Path,
    config: TrainConfig,
    split_file: Path = SPLIT_FILE,
    pretrained: bool = True,
    start: Path | None = None,
    validate_every: int = 1,
    teacher: Path | None = None,
    keep_every: int = 0,
    outliers: Path | None = None,
    device: torch.device = CPU,
    workers: int = 0,
    teachers: Teachers | None = None,
) -> Trainer:
    """Run the recipe, or what is left of it, and leave `last.pt` and `log.jsonl` in `out`.

    `data` is the folder of HAM10000, or a list of folders, that first.

    With `start`, a model file of this network, the run goes on from its weights instead of ImageNet's.
    The validation lesions are looked at after every pass whose number `validate_every` divides, and the last.
    `teacher` is a file of training.teacher; `teachers` are asked about the very view that the network sees. With
    `keep_every`, the passes whose numbers it divides leave checkpoints of their own, as `pass-06.pt`. `outliers` is a
    folder of training.outliers, whose pictures for tuning are learned from as such of no lesion (Hendrycks et al.,
    Outlier exposure, arXiv:1812.04606).
    """
    team = Team.join(device)
    records = read_sources([data] if isinstance(data, Path) else data)
    rows = parts_of(records, read_split(split_file))
    rows["train"] = learned_rows(records, rows, config.learn)
    if outliers:
        strange = no_lesions(outliers)
        rows["train"] = np.append(rows["train"], len(records) + np.arange(len(strange)))
        records = records + strange
    labels = np.array([r.label for r in records])
    home = {part: own[[records[i].source == NAMES[0] for i in own]] for part, own in rows.items()}
    if team.rank == 0:
        load_pixels(records, out)
    team.wait()
    pixels = load_pixels(records, out)
    sizes = [size for size, passes in config.stages for _ in range(passes)]
    steps = len(sizes) * (len(rows["train"]) // config.batch)
    checkpoint = out / "last.pt"
    model = make_network(config, pretrained)
    if start and not checkpoint.exists():
        start_from(model, start, config, pixels, rows["train"])
    prior = class_prior(labels[home["train"]], len(LABELS))
    trainer = Trainer(config, prior, steps, model, team, device, workers, teachers)
    if checkpoint.exists():
        trainer.load(checkpoint)
    learned = [records[i] for i in rows["train"]]
    said = read_teacher(teacher, learned) if teacher else None
    examples = make_examples(learned, config.mix, said, config.teacher)
    for number, size in enumerate(sizes[trainer.passes_done :], trainer.passes_done + 1):
        began = time.time()
        name = f"pass {number}/{len(sizes)} at {size}"
        loss = trainer.run_pass(pixels, rows["train"], examples, size, name)
        if team.rank == 0:
            trainer.save(checkpoint)
            if keep_every and number % keep_every == 0:
                shutil.copyfile(checkpoint, out / f"pass-{number:02}.pt")
            entry = {"pass": number, "size": size, "loss": round(loss, 4), "seconds": round(time.time() - began)}
            entry["processes"] = team.size
            if number % validate_every == 0 or number == len(sizes):
                logits = predict(trainer.average, pixels, rows["val"], config.size, config.crop, config.precision)
                own = np.isin(rows["val"], home["val"])
                entry |= summary(logits[own], labels[home["val"]], trainer.log_prior.numpy())
                entry |= by_source(logits, [records[i] for i in rows["val"]])
            with (out / "log.jsonl").open("a") as log:
                log.write(json.dumps(entry) + "\n")
            print(json.dumps(entry), flush=True)
        team.wait()
    return trainer


def parse_stages(text: str) -> tuple[tuple[int, int], ...]:
    """`160x6,224x6` to ((160, 6), (224, 6))."""
    return tuple((int(s), int(p)) for s, p in (item.split("x") for item in text.split(",")))


def parse_mix(text: str) -> tuple[tuple[str, float], ...]:
    """`ham10000=2,bcn20000=0.5` to pairs."""
    pairs = tuple((name, float(weight)) for name, weight in (item.split("=") for item in text.split(",")))
    unknown = [name for name, _ in pairs if name not in NAMES]
    if unknown:
        raise argparse.ArgumentTypeError(f"no source {unknown[0]!r}: {', '.join(NAMES)}")
    return pairs


def main() -> None:
    """Command line of the training."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="+", help="folder of HAM10000, then those of other sources")
    parser.add_argument("--out", type=Path, required=True, help="folder of checkpoints and decoded pixels")
    parser.add_argument("--stages", type=parse_stages, default=TrainConfig.stages, help="as 160x6,224x6")
    parser.add_argument("--split", type=Path, default=SPLIT_FILE, help="CSV of image_id,part")
    parser.add_argument("--start", type=Path, help="model file or checkpoint to go on from")
    parser.add_argument("--network", choices=NETWORKS, default=TrainConfig.network)
    parser.add_argument("--frozen", type=int, default=TrainConfig.frozen, help="first layers kept as they were")
    parser.add_argument("--rate", type=float, default=TrainConfig.rate, help="largest learning rate of the body")
    parser.add_argument("--mix", type=parse_mix, default=MixConfig.sources, help="draws of sources, as ham10000=2,…")
    parser.add_argument("--precision", choices=("fp32", "bf16"), default=TrainConfig.precision)
    parser.add_argument("--size", type=int, default=TrainConfig.size, help="input of the network when it is used")
    parser.add_argument("--validate-every", type=int, default=1, help="passes between looks at the validation lesions")
    parser.add_argument("--teacher", type=Path, help="CSV of training.folds: what a teacher says of the pictures")
    parser.add_argument(
        "--teachers", type=parse_teacher, nargs="+", default=[], help="checkpoints asked about each view: FILE=SHARE"
    )
    parser.add_argument(
        "--layer-decay", type=float, default=TrainConfig.layer_decay, help="rate of a layer to the next"
    )
    parser.add_argument("--keep-every", type=int, default=0, help="passes between checkpoints that stay")
    parser.add_argument("--outliers", type=Path, help="folder of training.outliers: learn what shows no lesion, too")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument(
        "--learn", nargs="+", choices=PARTS, default=list(TrainConfig.learn), help="parts of the split to learn from"
    )
    parser.add_argument("--device", type=torch.device, default=CPU, help="cpu, cuda or cuda:1: where the network is")
    parser.add_argument("--workers", type=int, help="threads that draw views; 0 on the CPU, else one a core")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    named = ("stages", "size", "precision", "network", "frozen", "layer_decay")
    config = TrainConfig(**{name: getattr(args, name) for name in named}, mix=MixConfig(sources=args.mix))
    known = parts_seen_by([*([args.start] if args.start else []), *(path for path, _ in args.teachers)])
    config = replace(config, learn=tuple(args.learn), seen=tuple(sorted({*args.learn, *known})))
    workers = args.workers if args.workers is not None else (0 if args.device.type == "cpu" else os.cpu_count() or 1)
    config = replace(config, rate=args.rate, head_rate=args.rate * TrainConfig.head_rate / TrainConfig.rate)
    if args.start:
        origin = {"name": args.start.name, "version": ""} if args.start.suffix == ".pt" else get_metadata(args.start)
        config = replace(config, start=f"{origin['name']} {origin['version']}".strip())
    if args.teacher or args.teachers:
        asked = tuple(f"{path.parent.name}/{path.name}={share:g}" for path, share in args.teachers)
        config = replace(config, teacher=TEACHER_SHARE, teachers=asked)
    train(
        args.data,
        args.out,
        config,
        args.split,
        start=args.start,
        validate_every=args.validate_every,
        teacher=args.teacher,
        keep_every=args.keep_every,
        outliers=args.outliers,
        device=args.device,
        workers=workers,
        teachers=Teachers.read(args.teachers, config.precision) if args.teachers else None,
    )


if __name__ == "__main__":
    main()
