"""One training: the recipe, the network and its moving average, the steps over the data, and what is kept to go on.

Under `torchrun` the processes share each batch and add up their gradients (DistributedDataParallel).
"""

from __future__ import annotations

import copy
import math
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, distributed, nn
from torch.nn import functional
from torch.nn.parallel import DistributedDataParallel
from tqdm import tqdm

from training.augment import AugmentConfig
from training.data import LABELS
from training.examples import TOLD, Examples, MixConfig, draw
from training.loading import Batch, batches
from training.network import fold_batch_norm
from training.networks import Network
from training.preprocess import normalize
from training.teacher import Teachers

CPU = torch.device("cpu")
SHOWN_LOSSES = 50  # the progress bar tells the mean of the last ones


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
