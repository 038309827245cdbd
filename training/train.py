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
import math
import os
import shutil
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, distributed, nn
from torch.nn import functional
from torch.nn.parallel import DistributedDataParallel
from tqdm import tqdm

from training.augment import AugmentConfig, random_views
from training.data import DOCUMENT, LABELS, PARTS, SPLIT_FILE, Record, load_pixels, read_split
from training.document import parts_seen
from training.examples import TOLD, Examples, MixConfig, draw, make_examples
from training.loading import Batch, batches
from training.metrics import auc, nan_mean, recalls, softmax, summary
from training.network import EfficientNetLite, fold_batch_norm
from training.networks import NETWORKS, Network, build, load_pretrained
from training.outliers import read_outliers
from training.preprocess import network_input, normalize
from training.sources import NAMES, NEITHER, SHOWN_LESIONS, read_sources
from training.teacher import Teachers, parse_teacher, read_teacher
from training.tflite_file import get_metadata
from training.warm_start import read_layers, restore

CPU = torch.device("cpu")
SHOWN_LOSSES = 50  # the progress bar tells the mean of the last ones
TEACHER_SHARE = 0.5  # where there is a teacher
START_BATCHES = 8  # that the statistics of a network from a file are taken from


@dataclass(frozen=True)
class TrainConfig:
    """The recipe; every field is written into the checkpoint."""

    stages: tuple[tuple[int, int], ...] = ((160, 8), (224, 12), (256, 4))  # (pixels, passes), in order
    batch: int = 48
    rate: float = 6e-4
    head_rate: float = 2e-3
    weight_decay: float = 0.05
    warmup: float = 0.05  # share of all steps
    smoothing: float = 0.05
    mixup: float = 0.5  # share of the batches whose pictures are mixed in pairs
    ema: float = 0.997
    dropout: float = 0.3
    drop_path: float = 0.2
    frozen: int = 3  # first layers kept as ImageNet left them: the stem and two blocks
    size: int = 256  # input of the network when it is used
    crop: float = 1.0  # centre crop when it is used
    teacher: float = 0.0  # share of the teachers' answer in what is to be learned
    teachers: tuple[str, ...] = ()  # those asked about each view: files, with their shares
    layer_decay: float = 1.0  # the rate of each layer as a share of that of the layer behind it
    kind: float = 0.2  # weight in the loss of telling the kind of picture, so that the pooled features know it
    start: str = "ImageNet"  # or name and version of the model file that the run goes on from
    precision: str = "fp32"  # or bf16: of the forward and backward pass; the weights stay fp32
    seed: int = 0
    learn: tuple[str, ...] = ("train",)  # parts of the split that are learned from
    seen: tuple[str, ...] = ("train",)  # and those, with the ones that its start and its teachers have learned from
    network: str = "lite0"  # one of training.networks.NETWORKS
    augment: AugmentConfig = field(default_factory=AugmentConfig)
    mix: MixConfig = field(default_factory=MixConfig)


@dataclass(frozen=True)
class Team:
    """Which of how many processes this one is."""

    rank: int = 0
    size: int = 1

    @staticmethod
    def join(device: torch.device) -> Team:
        """The processes that `torchrun` started together; one alone without it."""
        if "WORLD_SIZE" not in os.environ:
            return Team()
        if not distributed.is_initialized():
            distributed.init_process_group("nccl" if device.type == "cuda" else "gloo")
        return Team(distributed.get_rank(), distributed.get_world_size())

    def wait(self) -> None:
        """Until all have come here."""
        if self.size > 1:
            distributed.barrier()


class UpperLayers(nn.Module):
    """The layers that are trained: the first one's input to logits `[B, classes]` and of the kinds `[B, kinds]`.

    The layer for the kinds is there for training alone: training.kinds fits the one that ships.
    """

    def __init__(self, model: Network, frozen: int):
        super().__init__()
        self.model, self.frozen = model, frozen
        self.kind = nn.Linear(model.classifier.in_features, len(TOLD))

    def forward(self, low: Tensor) -> tuple[Tensor, Tensor]:
        pooled = self.model.dropout(self.model.pooled(self.model.features[self.frozen :](low)))
        return self.model.classifier(pooled), self.kind(pooled)


class Trainer:
    """Network, its moving average and the optimiser, and the passes over the data."""

    def __init__(
        self,
        config: TrainConfig,
        prior: Tensor,
        steps: int,
        model: Network,
        team: Team | None = None,
        device: torch.device = CPU,
        workers: int = 0,
        teachers: Teachers | None = None,
    ):
        self.config, self.log_prior, self.steps = config, prior.log(), steps
        self.team, self.device, self.workers = team or Team(), device, workers
        self.teachers = teachers.to(device) if teachers else None
        self.model = model.to(device, memory_format=torch.channels_last)
        self.average = copy.deepcopy(self.model).eval()
        # The frozen layers run folded and without gradients: at 224 pixels half the time of a step.
        frozen = copy.deepcopy(self.model.features[: config.frozen]).eval()
        self.frozen = fold_batch_norm(frozen).to(memory_format=torch.channels_last)
        self.model.features[: config.frozen].requires_grad_(False)
        upper = UpperLayers(self.model, config.frozen).to(device)
        self.kind = upper.kind
        self.upper = DistributedDataParallel(upper) if self.team.size > 1 else upper
        self.optimizer = torch.optim.AdamW(self.parameter_groups(), betas=(0.9, 0.99))
        self.scheduler = torch.optim.lr_scheduler.LambdaLR(self.optimizer, self.rate_at)
        self.passes_done = 0

    def parameter_groups(self) -> list[dict]:
        """Weights with decay; scales and shifts without; the last layers at their own rate, those before at less."""
        config = self.config
        head = [*self.model.classifier.parameters(), *self.kind.parameters()]
        groups = [{"params": head, "lr": config.head_rate, "weight_decay": config.weight_decay}]
        for above, layer in enumerate(reversed(self.model.features[config.frozen :])):
            rate = config.rate * config.layer_decay**above
            weights = [p for p in layer.parameters() if p.ndim > 1]
            others = [p for p in layer.parameters() if p.ndim <= 1]
            groups.append({"params": weights, "lr": rate, "weight_decay": config.weight_decay})
            groups.append({"params": others, "lr": rate, "weight_decay": 0.0})
        return [group for group in groups if group["params"]]

    def rate_at(self, step: int) -> float:
        """Linear warm-up, then a cosine down to a hundredth."""
        warm = max(1, int(self.steps * self.config.warmup))
        if step < warm:
            return (step + 1) / warm
        return 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, self.steps - warm)))

    def logits(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """Training-mode logits of classes and kinds, f32; only the layers behind the frozen ones keep gradients."""
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.config.precision == "bf16"):
            with torch.no_grad():
                low = self.frozen(images)
            classes, kinds = self.upper(low)
        return classes.float(), kinds.float()

    def step(self, batch: Batch) -> Tensor:
        """One update; returns the loss of the classes, `[]` on the device, so that nothing waits for it."""
        batch = batch.to(self.device)
        images = normalize(batch.views).contiguous(memory_format=torch.channels_last)
        logits, kind_logits = self.logits(images)
        targets, smoothing = batch.targets, self.config.smoothing
        if self.teachers:
            said = (self.teachers(images) + batch.log_prior).softmax(1)
            targets = targets.lerp(said, self.config.teacher)
        losses = functional.cross_entropy(
            logits + batch.log_prior, targets, label_smoothing=smoothing, reduction="none"
        )
        of_classes = (losses * batch.weight).sum() / batch.weight.sum()
        loss = of_classes + self.config.kind * functional.cross_entropy(kind_logits, batch.kinds)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 5.0)
        self.optimizer.step()
        self.scheduler.step()
        self.update_average()
        return of_classes.detach()

    @torch.no_grad()
    def update_average(self) -> None:
        """Exponential moving average of weights and of the running statistics."""
        done = self.scheduler.last_epoch
        decay = min(self.config.ema, (1 + done) / (10 + done))
        for ours, theirs in zip(self.average.state_dict().values(), self.model.state_dict().values(), strict=True):
            if ours.dtype.is_floating_point:
                ours.lerp_(theirs, 1 - decay)

    def run_pass(self, pixels: np.ndarray, rows: np.ndarray, examples: Examples, size: int, name: str) -> float:
        """About as many pictures as there are `rows` of `pixels`; returns this process's mean loss."""
        self.model.train()
        config, team = self.config, self.team
        # A pass draws the same whether it follows another or a resume: one order for all processes,
        # and views and dropped units of each process's own.
        seed = config.seed * 1000 + self.passes_done
        order = draw(examples.draws, torch.Generator().manual_seed(seed)).numpy()
        own = (team.rank + 1) * 1_000_000 + seed
        torch.manual_seed(own)
        losses = []
        count = len(order) // config.batch
        chosen = [order[i * config.batch : (i + 1) * config.batch][team.rank :: team.size] for i in range(count)]
        drawn = batches(
            pixels, rows, examples, chosen, size, config.augment, config.mixup, own, self.workers, self.device
        )
        for batch in (bar := tqdm(drawn, total=count, desc=name, mininterval=5, disable=team.rank > 0)):
            losses.append(self.step(batch))
            if len(losses) % SHOWN_LOSSES == 0:
                bar.set_postfix(loss=f"{torch.stack(losses[-SHOWN_LOSSES:]).mean().item():.3f}")
        self.passes_done += 1
        return torch.stack(losses).mean().item()

    def save(self, path: Path) -> None:
        """Write all that is needed to go on, whole or not at all."""
        state = {
            "config": asdict(self.config),
            "labels": LABELS,
            "log_prior": self.log_prior,
            "passes_done": self.passes_done,
            "model": on_cpu(self.model),
            "average": on_cpu(self.average),
            "kind": on_cpu(self.kind),
            "optimizer": self.optimizer.state_dict(),
            "scheduler": self.scheduler.state_dict(),
        }
        part = path.with_suffix(".part")
        torch.save(state, part)
        part.replace(path)

    def load(self, path: Path) -> None:
        """Go on from `save`."""
        state = torch.load(path, map_location=self.device, weights_only=True)
        self.model.load_state_dict(state["model"])
        self.average.load_state_dict(state["average"])
        self.kind.load_state_dict(state["kind"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.scheduler.load_state_dict(state["scheduler"])
        self.passes_done = state["passes_done"]


def on_cpu(module: nn.Module) -> dict[str, Tensor]:
    """Its state, as any machine can read it."""
    return {name: value.cpu() for name, value in module.state_dict().items()}


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
