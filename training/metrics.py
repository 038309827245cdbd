"""Figures of a classifier: the one place where each is defined.

Every figure takes `weights`, how often each picture counts: `[N]`, or `[B, N]` for B draws of a
bootstrap, and gives one value or B of them. Without weights each picture counts once. What has
nothing to be computed from is NaN.
"""

from __future__ import annotations

import numpy as np

from training.data import LABELS

Weights = np.ndarray | None
TINY = 1e-12  # least probability that a logarithm is taken of


def softmax(logits: np.ndarray) -> np.ndarray:
    """`[N, C]` to probabilities of the same shape, in f64."""
    shifted = logits.astype(np.float64) - logits.max(1, keepdims=True)
    power = np.exp(shifted)
    return power / power.sum(1, keepdims=True)


def mean(values: np.ndarray, weights: Weights = None, of: np.ndarray | None = None) -> np.ndarray:
    """Weighted mean of `values` `[N]` among the pictures that `of` `[N]` marks (all where it is None)."""
    chosen = np.ones(len(values)) if of is None else of.astype(np.float64)
    counted = np.ones(len(values)) if weights is None else weights
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((counted @ (values * chosen)) / (counted @ chosen))


def per_class(classes: int, figure) -> np.ndarray:
    """`figure(c)` for every class, along a last axis of its own."""
    return np.stack([figure(c) for c in range(classes)], axis=-1)


# ---- right and wrong ----


def recalls(predicted: np.ndarray, truth: np.ndarray, classes: int, weights: Weights = None) -> np.ndarray:
    """Sensitivity: share of each class that was found, `[..., C]`; a class without pictures has none (NaN)."""
    return per_class(classes, lambda c: mean(predicted == c, weights, truth == c))


def specificities(predicted: np.ndarray, truth: np.ndarray, classes: int, weights: Weights = None) -> np.ndarray:
    """Share of the pictures of other classes that were not called this one, `[..., C]`."""
    return per_class(classes, lambda c: mean(predicted != c, weights, truth != c))


def precisions(predicted: np.ndarray, truth: np.ndarray, classes: int, weights: Weights = None) -> np.ndarray:
    """PPV: share of the pictures called this class that show it, `[..., C]`."""
    return per_class(classes, lambda c: mean(truth == c, weights, predicted == c))


def balanced_accuracy(predicted: np.ndarray, truth: np.ndarray, classes: int, weights: Weights = None) -> np.ndarray:
    """Mean sensitivity of the classes present."""
    return nan_mean(recalls(predicted, truth, classes, weights))


def nan_mean(values: np.ndarray) -> np.ndarray:
    """Mean over the last axis of what is not NaN; NaN where all is."""
    known = ~np.isnan(values)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(known, values, 0).sum(-1) / known.sum(-1))


def top_k(probabilities: np.ndarray, truth: np.ndarray, k: int, weights: Weights = None) -> np.ndarray:
    """Share of the pictures whose class is among the k likeliest."""
    best = np.argsort(-probabilities, axis=1, kind="stable")[:, :k]
    return mean((best == truth[:, None]).any(1), weights)


def confusion(predicted: np.ndarray, truth: np.ndarray, classes: int) -> np.ndarray:
    """Counts `[C, C]`: a row for each true class, a column for each answer."""
    return np.bincount(truth * classes + predicted, minlength=classes * classes).reshape(classes, classes)


# ---- ranking ----


def cumulated(score: np.ndarray, positive: np.ndarray, weights: Weights) -> tuple[np.ndarray, np.ndarray]:
    """Weight of the positive and of the other pictures at or above each distinct score, falling: two `[..., T]`."""
    order = np.argsort(-score, kind="stable")
    last = np.append(np.diff(score[order]) != 0, True)
    counted = np.ones(len(score)) if weights is None else weights
    ranked, hit = counted[..., order], positive[order]
    return np.cumsum(ranked * hit, -1)[..., last], np.cumsum(ranked * ~hit, -1)[..., last]


def auc(score: np.ndarray, positive: np.ndarray, weights: Weights = None) -> np.ndarray:
    """Area under the ROC curve; equal scores count half."""
    found, alarms = cumulated(score, positive, weights)
    start = np.zeros((*found.shape[:-1], 1))
    steps = np.diff(alarms, axis=-1, prepend=start)
    heights = found - np.diff(found, axis=-1, prepend=start) / 2
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((steps * heights).sum(-1) / (found[..., -1] * alarms[..., -1]))


def roc(score: np.ndarray, positive: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The ROC curve from (0, 0) to (1, 1): false and true positive rates, `[T + 1]` each."""
    found, alarms = cumulated(score, positive, None)
    return np.append(0, alarms / alarms[-1]), np.append(0, found / found[-1])


def sensitivity_at(score: np.ndarray, positive: np.ndarray, specificity: float, weights: Weights = None) -> np.ndarray:
    """Largest sensitivity of a threshold with at least that specificity."""
    found, alarms = cumulated(score, positive, weights)
    allowed = alarms <= (1 - specificity) * alarms[..., -1:] + 1e-9
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(allowed, found, 0).max(-1) / found[..., -1])


def threshold_at(score: np.ndarray, positive: np.ndarray, specificity: float) -> float:
    """The least threshold (scores at or above it count) with at least that specificity."""
    _, alarms = cumulated(score, positive, None)
    allowed = alarms <= (1 - specificity) * alarms[-1] + 1e-9
    distinct = np.unique(score)[::-1]
    return float(distinct[allowed][-1]) if allowed.any() else float(np.nextafter(distinct[0], np.inf))


def class_aucs(probabilities: np.ndarray, truth: np.ndarray, weights: Weights = None) -> np.ndarray:
    """Area under each class's ROC curve, one against the rest, `[..., C]`."""
    return per_class(probabilities.shape[1], lambda c: auc(probabilities[:, c], truth == c, weights))


def macro_auc(probabilities: np.ndarray, truth: np.ndarray, weights: Weights = None) -> np.ndarray:
    """Mean over the classes present of the area under each class's ROC curve."""
    return nan_mean(class_aucs(probabilities, truth, weights))


# ---- probabilities ----


def nll(probabilities: np.ndarray, truth: np.ndarray, weights: Weights = None) -> np.ndarray:
    """Negative log likelihood a picture, natural logarithm."""
    return mean(-np.log(np.maximum(probabilities[np.arange(len(truth)), truth], TINY)), weights)


def brier(probabilities: np.ndarray, truth: np.ndarray, weights: Weights = None) -> np.ndarray:
    """Squared error of the probabilities summed over the classes, 0..2."""
    wanted = np.eye(probabilities.shape[1])[truth]
    return mean(((probabilities - wanted) ** 2).sum(1), weights)


def confidence_bins(confidence: np.ndarray, bins: int, equal_mass: bool) -> np.ndarray:
    """Bin of each picture, 0..bins-1: equal widths of 0..1, or as many pictures in each (equal ones together)."""
    shares = np.arange(1, bins) / bins
    edges = np.quantile(confidence, shares) if equal_mass else shares
    return np.searchsorted(edges, confidence, side="left")


def ece(
    probabilities: np.ndarray, truth: np.ndarray, bins: int = 15, equal_mass: bool = False, weights: Weights = None
) -> np.ndarray:
    """Expected calibration error of the largest probability (Guo et al., 2017)."""
    gap = (probabilities.argmax(1) == truth) - probabilities.max(1)
    bin_of = confidence_bins(probabilities.max(1), bins, equal_mass)
    counted = np.ones(len(truth)) if weights is None else weights
    gaps = [np.abs(counted @ (gap * (bin_of == b))) for b in range(bins)]
    return np.asarray(sum(gaps) / counted.sum(-1))


def reliability(probabilities: np.ndarray, truth: np.ndarray, bins: int = 15) -> list[dict[str, float]]:
    """The bins of equal width that hold pictures: number, mean confidence and accuracy of each."""
    confidence, right = probabilities.max(1), probabilities.argmax(1) == truth
    bin_of = confidence_bins(confidence, bins, False)
    return [
        {
            "pictures": int((bin_of == b).sum()),
            "confidence": float(confidence[bin_of == b].mean()),
            "accuracy": float(right[bin_of == b].mean()),
        }
        for b in range(bins)
        if (bin_of == b).any()
    ]


def coverage_curve(probabilities: np.ndarray, truth: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Answering only the surest pictures: share answered, accuracy and least confidence, `[T]` each, share rising."""
    confidence, right = probabilities.max(1), probabilities.argmax(1) == truth
    hits, misses = cumulated(confidence, right, None)
    answered = hits + misses
    return answered / len(truth), hits / answered, np.unique(confidence)[::-1]


# ---- the headline in short ----


def summary(logits: np.ndarray, truth: np.ndarray, log_prior: np.ndarray, temperature: float = 1.0) -> dict[str, float]:
    """Headline figures: accuracy, AUC and NLL with the data's prior, the others with equal priors.

    The area under a class's curve depends on the prior, since its probability is a share among all
    classes; `macro_auc_uniform` is the one for equal priors.
    """
    uniform = softmax(logits / temperature)
    data = softmax(logits / temperature + log_prior)
    found = recalls(uniform.argmax(1), truth, logits.shape[1])
    figures = {
        "accuracy": mean(data.argmax(1) == truth),
        "balanced_accuracy": nan_mean(found),
        "macro_auc": macro_auc(data, truth),
        "macro_auc_uniform": macro_auc(uniform, truth),
        "melanoma_recall": found[LABELS.index("mel")],
        "nll": nll(data, truth),
    }
    return {name: round(float(value), 4) for name, value in figures.items()}
