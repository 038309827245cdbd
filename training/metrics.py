"""Figures of a classifier, from its logits for equal priors."""

from __future__ import annotations

import numpy as np
from sklearn.metrics import roc_auc_score

from training.data import LABELS


def softmax(logits: np.ndarray) -> np.ndarray:
    """`[N, C]` to probabilities of the same shape, in f64."""
    shifted = logits.astype(np.float64) - logits.max(1, keepdims=True)
    power = np.exp(shifted)
    return power / power.sum(1, keepdims=True)


def recalls(predicted: np.ndarray, truth: np.ndarray, classes: int) -> np.ndarray:
    """Share of each class that was found, `[C]`; a class without pictures has none (NaN)."""
    with np.errstate(invalid="ignore"):
        return np.array([(predicted[truth == c] == c).mean() if (truth == c).any() else np.nan for c in range(classes)])


def macro_auc(probabilities: np.ndarray, truth: np.ndarray) -> float:
    """Mean over the classes present of the area under each class's ROC curve, one against the rest."""
    present = [c for c in range(probabilities.shape[1]) if 0 < (truth == c).sum() < len(truth)]
    return float(np.mean([roc_auc_score(truth == c, probabilities[:, c]) for c in present]))


def summary(logits: np.ndarray, truth: np.ndarray, log_prior: np.ndarray, temperature: float = 1.0) -> dict[str, float]:
    """Headline figures: accuracy, AUC and NLL with the data's prior, the others with equal priors.

    The area under a class's curve depends on the prior, since its probability is a share among all
    classes; `macro_auc_uniform` is the one for equal priors.
    """
    uniform = softmax(logits / temperature)
    data = softmax(logits / temperature + log_prior)
    per_class = recalls(uniform.argmax(1), truth, logits.shape[1])
    figures = {
        "accuracy": (data.argmax(1) == truth).mean(),
        "balanced_accuracy": np.nanmean(per_class),
        "macro_auc": macro_auc(data, truth),
        "macro_auc_uniform": macro_auc(uniform, truth),
        "melanoma_recall": per_class[LABELS.index("mel")],
        "nll": -np.log(np.maximum(data[np.arange(len(truth)), truth], 1e-12)).mean(),
    }
    return {name: round(float(value), 4) for name, value in figures.items()}
