"""Candidates for a score that is high for what is no lesion, from pooled features and logits.

Every candidate is made by `fit(lesions, labels, outliers)`, features of training lesions
`[N, C]` with their classes and of outliers `[M, C]`, and gives a function of features and logits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

Score = Callable[[np.ndarray, np.ndarray], np.ndarray]
Fit = Callable[[np.ndarray, np.ndarray, np.ndarray], Score]
STRENGTH = 0.01  # of the linear score: inverse of its regularisation
LEAST_SPREAD = 0.02  # added to the deviation of a channel, so that dead channels do not count


@dataclass(frozen=True)
class Linear:
    """score = features . weights + bias: what the model file keeps."""

    weights: np.ndarray  # [C] f32
    bias: float

    def __call__(self, features: np.ndarray, logits: np.ndarray | None = None) -> np.ndarray:
        """`[N, C]` to `[N]` f64."""
        return features.astype(np.float64) @ self.weights.astype(np.float64) + self.bias


def fit_linear(lesions: np.ndarray, outliers: np.ndarray, strength: float = STRENGTH) -> Linear:
    """Logistic regression, both sides weighing the same, of standardised features."""
    mean, spread = lesions.mean(0, dtype=np.float64), lesions.std(0, dtype=np.float64) + LEAST_SPREAD
    both = (np.concatenate([lesions, outliers]) - mean) / spread
    truth = np.repeat([0, 1], [len(lesions), len(outliers)])
    fitted = LogisticRegression(C=strength, class_weight="balanced", max_iter=400).fit(both, truth)
    weights = (fitted.coef_[0] / spread).astype(np.float32)
    return Linear(weights, float(np.float32(fitted.intercept_[0] - weights.astype(np.float64) @ mean)))


def principal(lesions: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Mean `[C]`, variances by falling size `[C]` and their directions in columns `[C, C]`."""
    mean = lesions.mean(0, dtype=np.float64)
    variances, directions = np.linalg.eigh(np.cov(lesions.T.astype(np.float64)))
    return mean, variances[::-1], directions[:, ::-1]


def largest_softmax(_lesions, _labels, _outliers) -> Score:
    """Hendrycks & Gimpel 2017."""

    def score(_features: np.ndarray, logits: np.ndarray) -> np.ndarray:
        return -1 / np.exp(logits - logits.max(1, keepdims=True)).sum(1)

    return score


def energy(_lesions, _labels, _outliers) -> Score:
    """Liu et al. 2020."""
    return lambda _features, logits: -np.logaddexp.reduce(logits.astype(np.float64), axis=1)


def largest_logit(_lesions, _labels, _outliers) -> Score:
    """Hendrycks et al. 2022."""
    return lambda _features, logits: -logits.max(1)


def feature_norm(_lesions, _labels, _outliers) -> Score:
    """Length of the features."""
    return lambda features, _logits: np.linalg.norm(features, axis=1)


def nearest_mean(lesions, labels, _outliers) -> Score:
    """Squared distance to the nearest class mean."""
    means = [lesions[labels == c].mean(0) for c in np.unique(labels)]
    return lambda features, _logits: np.min([((features - m) ** 2).sum(1) for m in means], axis=0)


def nearest_mean_cosine(lesions, labels, _outliers) -> Score:
    """One minus the cosine to the nearest class mean."""
    means = np.stack([lesions[labels == c].mean(0) for c in np.unique(labels)])
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    return lambda features, _logits: 1 - (features @ means.T).max(1) / np.linalg.norm(features, axis=1)


def mahalanobis(shrinkage: float) -> Fit:
    """Lee et al. 2018: nearest class mean with one covariance for all classes, shrunk towards a sphere."""

    def fit(lesions, labels, _outliers) -> Score:
        means = {c: lesions[labels == c].mean(0, dtype=np.float64) for c in np.unique(labels)}
        within = lesions - np.stack([means[c] for c in labels])
        _, variances, directions = principal(within)
        scale = directions / np.sqrt((1 - shrinkage) * variances + shrinkage * variances.mean())
        return lambda f, _logits: np.min([(((f - m) @ scale) ** 2).sum(1) for m in means.values()], axis=0)

    return fit


def mahalanobis_within(dimensions: int) -> Fit:
    """Mahalanobis distance in the space of the first principal components."""

    def fit(lesions, _labels, _outliers) -> Score:
        mean, variances, directions = principal(lesions)
        scale = directions[:, :dimensions] / np.sqrt(variances[:dimensions])
        return lambda features, _logits: (((features - mean) @ scale) ** 2).sum(1)

    return fit


def residual(dimensions: int) -> Fit:
    """What lies outside of the first principal components (Wang et al. 2022)."""

    def fit(lesions, _labels, _outliers) -> Score:
        mean, _, directions = principal(lesions)
        rest = directions[:, dimensions:]
        return lambda features, _logits: (((features - mean) @ rest) ** 2).sum(1)

    return fit


def linear(strength: float) -> Fit:
    """The linear score against the outliers for tuning."""
    return lambda lesions, _labels, outliers: fit_linear(lesions, outliers, strength)


def linear_and_residual(strength: float, dimensions: int) -> Fit:
    """Sum of both, each in its deviations over the training lesions."""

    def fit(lesions, labels, outliers) -> Score:
        parts = [made(lesions, labels, outliers) for made in (linear(strength), residual(dimensions))]
        over = [part(lesions, np.empty(0)) for part in parts]
        return lambda f, _logits: sum((p(f, _logits) - o.mean()) / o.std() for p, o in zip(parts, over, strict=True))

    return fit


# Made of lesions alone.
DISTANCES: dict[str, Fit] = {
    "largest softmax": largest_softmax,
    "energy": energy,
    "largest logit": largest_logit,
    "length of the features": feature_norm,
    "nearest class mean": nearest_mean,
    "nearest class mean, cosine": nearest_mean_cosine,
    "Mahalanobis, shrinkage 0.01": mahalanobis(0.01),
    "Mahalanobis, shrinkage 0.1": mahalanobis(0.1),
    **{f"Mahalanobis within {d} components": mahalanobis_within(d) for d in (16, 32, 64, 128)},
    **{f"residual outside {d} components": residual(d) for d in (16, 32, 64, 128)},
}
# Made of lesions and outliers.
CONTRASTS: dict[str, Fit] = {
    **{f"linear, C = {c:g}": linear(c) for c in (0.001, 0.01, 0.1)},
    "linear, C = 0.01, and residual outside 64": linear_and_residual(0.01, 64),
}
