"""The batches of a pass: random views of the pictures, drawn ahead by threads where the network runs elsewhere.

Each batch has random numbers of its own, so that what it shows depends neither on the number of threads nor on which
of them is first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from training.augment import AugmentConfig, mix_pairs, random_views
from training.examples import Examples

AHEAD = 2  # batches for each thread that are drawn before they are asked for
BATCH_SEEDS = 100_000  # more than a pass has batches


@dataclass(frozen=True)
class Batch:
    """`B` views and what each is to teach."""

    views: Tensor  # [B, 3, S, S] f32, 0..255
    targets: Tensor  # [B, classes] f32
    log_prior: Tensor  # [B, classes] f32
    kinds: Tensor  # [B, kinds] f32
    weight: Tensor  # [B] f32

    def tensors(self) -> tuple[Tensor, ...]:
        """All of it, in order."""
        return self.views, self.targets, self.log_prior, self.kinds, self.weight

    def to(self, device: torch.device) -> Batch:
        """The same on a device; from pinned memory it goes there beside other work."""
        return Batch(*(value.to(device, non_blocking=True) for value in self.tensors()))

    def pinned(self) -> Batch:
        """The same in memory that an accelerator reads by itself."""
        return Batch(*(value.pin_memory() for value in self.tensors()))


def make_batch(
    pixels: Tensor, asked: Examples, size: int, augment: AugmentConfig, mixup: float, rng: torch.Generator
) -> Batch:
    """Random views of the pictures `[B, H, W, 3]` u8; with the chance `mixup` they are blended in pairs."""
    views = random_views(pixels, size, augment, rng)
    targets, log_prior, kinds = asked.targets, asked.log_prior, asked.kinds
    if torch.rand(1, generator=rng).item() < mixup:
        views, targets, log_prior, kinds = mix_pairs(views, rng, targets, log_prior, kinds)
    return Batch(views, targets, log_prior, kinds, asked.loss_weight)


def batches(
    pixels: np.ndarray,
    rows: np.ndarray,
    examples: Examples,
    chosen: Sequence[np.ndarray],
    size: int,
    augment: AugmentConfig,
    mixup: float,
    seed: int,
    workers: int,
    device: torch.device,
) -> Iterator[Batch]:
    """A batch for each element of `chosen`: positions in `rows` of `pixels`, and in `examples`.

    Without `workers` each is drawn when it is asked for.
    """

    def one(number: int) -> Batch:
        rng = torch.Generator().manual_seed(seed * BATCH_SEEDS + number)
        own = chosen[number]
        pictures = torch.from_numpy(np.stack([pixels[r] for r in rows[own]]))
        batch = make_batch(pictures, examples.take(own), size, augment, mixup, rng)
        return batch.pinned() if device.type == "cuda" else batch

    if workers == 0:
        yield from (one(number) for number in range(len(chosen)))
        return
    with ThreadPoolExecutor(workers) as pool:
        waiting = deque(pool.submit(one, number) for number in range(min(workers * AHEAD, len(chosen))))
        for number in range(len(chosen)):
            yield waiting.popleft().result()
            if (following := number + workers * AHEAD) < len(chosen):
                waiting.append(pool.submit(one, following))
