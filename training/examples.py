"""What a pass over the pictures draws, and what each picture is to teach.

Source and class are tangled: of one clinic there are nothing but melanomas, of another nearly only nevi. A network
that is told the prior of the picture's own source while it trains gains nothing by knowing the camera: logit adjustment
(Menon et al., arXiv:2007.07314), with a prior for each source. The bare logits are then those for equal priors.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from training.data import LABELS, Record
from training.sources import KINDS, NEITHER, UNSTATED
from training.teacher import class_targets

# Of ISIC 2020's benign pictures, which are nearly all nevi, type mostly not stated: 2 to 3 % are something else.
UNSTATED_SHARES = {"nv": 0.97, "bkl": 0.02, "mel": 0.01}
TOLD = (*KINDS, NEITHER)  # kinds of picture that the network tells while it trains
TINY = 1e-3  # pictures that a class without any counts as


@dataclass(frozen=True)
class Examples:
    """The pictures to learn from: `N` of them, all tensors in their order."""

    targets: Tensor  # [N, classes] f32, shares of the classes that are to be answered
    log_prior: Tensor  # [N, classes] f32, added to the logits while training
    kinds: Tensor  # [N, kinds] f32, one at the kind of picture; the last one is that of no lesion
    loss_weight: Tensor  # [N] f32
    draws: Tensor  # [N] f64, how often a pass shows the picture; N in all

    def __len__(self) -> int:
        return len(self.draws)

    def take(self, chosen: np.ndarray) -> Examples:
        """Those at the positions `chosen`, as often as they stand there."""
        return Examples(*(getattr(self, field.name)[chosen] for field in fields(self)))


@dataclass(frozen=True)
class MixConfig:
    """How sources and classes are mixed."""

    sampling: float = 0.75  # a class is drawn by its count to this power: 1 as it occurs, 0 all alike
    own_prior: float = 0.85  # share of the source's own prior in that of its pictures; the rest is that of all
    squamous: float = 0.5  # weight of squamous cell carcinomas, which are akiec here and nowhere in HAM10000
    # how often a source's pictures are drawn, where not 1: many show one lesion, or are thumbnails
    sources: tuple[tuple[str, float], ...] = (("bcn20000", 0.5), ("bcn20000-84", 0.3))


def draw_counts(records: list[Record], config: MixConfig) -> Tensor:
    """How often a pass shows each picture, `[N]` f64 with a mean of 1."""
    of_source = dict(config.sources)
    weight = np.array([of_source.get(r.source, 1.0) for r in records])
    labels = np.array([r.label for r in records])
    total = np.array([weight[labels == label].sum() for label in range(-1, len(LABELS))])
    weight = weight * np.maximum(total, TINY)[labels + 1] ** (config.sampling - 1)
    return torch.from_numpy(weight * len(records) / weight.sum())


def source_priors(records: list[Record], draws: Tensor, config: MixConfig) -> Tensor:
    """The log prior of each picture's source as it is drawn, `[N, classes]` f32."""
    names = sorted({r.source for r in records})
    source = np.array([names.index(r.source) for r in records])
    labels, weight = np.array([r.label for r in records]), draws.numpy()
    counts = np.full((len(names), len(LABELS)), TINY)
    known = labels >= 0
    np.add.at(counts, (source[known], labels[known]), weight[known])
    shares = counts / counts.sum(1, keepdims=True)
    everywhere = counts.sum(0) / counts.sum()
    mixed = config.own_prior * shares + (1 - config.own_prior) * everywhere
    return torch.from_numpy(np.log(mixed[source])).float()


def make_examples(
    records: list[Record], config: MixConfig, teacher: Tensor | None = None, share: float = 0.0
) -> Examples:
    """Examples of the pictures of `records`; a `teacher`'s logits `[N, classes]` have `share` of the targets.

    A lesion of none of the classes is to be answered with the prior: by no evidence for any class. A picture of no
    lesion teaches the kind of picture alone.
    """
    draws = draw_counts(records, config)
    log_prior = source_priors(records, draws, config)
    labels = torch.tensor([r.label for r in records])
    targets = class_targets(labels.clamp_min(0), log_prior, teacher, share)
    targets = torch.where((labels < 0)[:, None], log_prior.exp(), targets)
    unstated = torch.tensor([r.label == LABELS.index("nv") and r.dx_type.startswith(UNSTATED) for r in records])
    soft = torch.tensor([UNSTATED_SHARES.get(name, 0.0) for name in LABELS])
    targets = torch.where(unstated[:, None], soft, targets) if teacher is None else targets
    weights = [0.0 if r.kind == NEITHER else config.squamous if r.squamous else 1.0 for r in records]
    loss_weight = torch.tensor(weights)
    kinds = functional.one_hot(torch.tensor([TOLD.index(r.kind) for r in records]), len(TOLD)).float()
    return Examples(targets, log_prior, kinds, loss_weight, draws)


def draw(draws: Tensor, rng: torch.Generator) -> Tensor:
    """Positions of the pictures of a pass in random order: each as often as `draws` says, give or take one."""
    times = (draws + torch.rand(len(draws), generator=rng, dtype=torch.float64)).floor().long()
    drawn = torch.arange(len(draws)).repeat_interleave(times)
    return drawn[torch.randperm(len(drawn), generator=rng)]
