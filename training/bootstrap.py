"""Intervals by bootstrap over lesions: pictures of one lesion are drawn together, since they are no independent cases.

A draw is a row of weights, how often each picture was drawn, so every figure of `training.metrics`
is computed for all draws at once, and two ways of answering the same pictures can be compared draw by draw.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import beta

from training.metrics import mean

LEVEL = 0.95
DRAWS = 2000
Figure = Callable[[np.ndarray | None], np.ndarray]


@dataclass(frozen=True)
class Estimate:
    """A figure with its interval; NaN where there was nothing to compute it from."""

    value: float
    low: float
    high: float


def lesion_weights(lesions: Sequence[str], draws: int = DRAWS, seed: int = 0) -> np.ndarray:
    """`[draws, N]` f64: how often each picture is in each draw of as many lesions as there are, with replacement."""
    _, lesion_of = np.unique(np.asarray(lesions), return_inverse=True)
    count = int(lesion_of.max()) + 1
    drawn = np.random.default_rng(seed).multinomial(count, np.full(count, 1 / count), size=draws)
    return drawn[:, lesion_of].astype(np.float64)


def interval(draws: np.ndarray, level: float = LEVEL) -> tuple[float, float]:
    """Percentile interval of `[draws]`; draws without a value (a class was not drawn) are left out."""
    known = draws[~np.isnan(draws)]
    if len(known) == 0:
        return float("nan"), float("nan")
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def estimate(figure: Figure, weights: np.ndarray) -> Estimate:
    """A figure and its interval."""
    return Estimate(float(figure(None)), *interval(figure(weights)))


def estimates(figure: Figure, weights: np.ndarray) -> list[Estimate]:
    """The same for a figure with a value a class: `[..., C]`."""
    values, draws = figure(None), figure(weights)
    return [Estimate(float(v), *interval(draws[..., c])) for c, v in enumerate(values)]


def share(hit: np.ndarray, of: np.ndarray, lesions: Sequence[str], weights: np.ndarray) -> Estimate:
    """The share of `hit` among the pictures that `of` marks.

    Where all or none are hit every draw says the same, which is no certainty: the bound on the open
    side is then the exact binomial one (Clopper and Pearson) for that number of lesions.
    """
    found = estimate(lambda w: mean(hit, w, of), weights)
    count = len(np.unique(np.asarray(lesions)[of]))
    tail = (1 - LEVEL) / 2
    if found.value == 1.0:
        return Estimate(1.0, float(beta.ppf(tail, count, 1)), 1.0)
    if found.value == 0.0:
        return Estimate(0.0, 0.0, float(beta.ppf(1 - tail, 1, count)))
    return found
