"""What a model file states for deciding, chosen on the validation lesions: sets, abstaining, operating points.

Everything is computed from the int8 file's own logits, with the temperature and the prior it states; training.kinds
does it for each kind of picture and writes it into the file.

- Prediction sets are conformal (Vovk et al., 2005; Sadinle et al., 2019): class k is in the set where its probability
  reaches the threshold that `1 - ALPHA` of the validation lesions of class k reach, with the finite-sample quantile
  ⌈(n + 1)(1 - ALPHA)⌉. Each lesion counts once, however many pictures there are of it. Where lesions come from
  several sources the threshold is the lowest of theirs, so that the sets hold in each. Classes of fewer than
  `FEW_LESIONS`, whose own quantile is a matter of chance, take the threshold of all lesions together where it is lower.
- The model abstains below the smallest confidence from which on `ANSWERED_ACCURACY` of its answers are right, on the
  source whose prior the document states.
- An operating point is the largest threshold on the malignant sum that finds the stated share of malignant pictures,
  each source counting alike.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from training import quality
from training.metrics import softmax

ALPHA = 0.1
FEW_LESIONS = 20
ANSWERED_ACCURACY = 0.90
SENSITIVITIES = (0.90, 0.95)
PREVALENCE = 0.02  # of malignant lesions where everyone's spots are looked at


@dataclass(frozen=True)
class Part:
    """The pictures of a part: logits `[N, C]`, truth `[N]`, lesion ids `[N]`, squares `[N, S, S, 3]` u8, and the
    names of their sources `[N]` (None: all of one)."""

    logits: np.ndarray
    truth: np.ndarray
    lesions: np.ndarray
    squares: list[np.ndarray]
    sources: np.ndarray | None = None

    def own_sources(self) -> np.ndarray:
        """Names of the sources, `[N]`."""
        return np.full(len(self.truth), "") if self.sources is None else self.sources

    def take(self, chosen: np.ndarray) -> Part:
        """The pictures that `chosen` `[N]` bool marks."""
        squares = [s for s, one in zip(self.squares, chosen, strict=True) if one]
        return Part(self.logits[chosen], self.truth[chosen], self.lesions[chosen], squares, self.own_sources()[chosen])


def alike(sources: np.ndarray) -> np.ndarray:
    """Weights `[N]` by which every source counts the same; they add up to the number of sources."""
    _, index, counts = np.unique(sources, return_inverse=True, return_counts=True)
    return 1.0 / counts[index]


def probabilities(document: dict, logits: np.ndarray, prior: str) -> np.ndarray:
    """`[N, C]` f64, with the document's temperature and the prior `data` or `uniform`."""
    log_prior = np.array(document["log_prior"]) if prior == "data" else 0.0
    return softmax(logits.astype(np.float64) / document["temperature"] + log_prior)


def malignant_sum(document: dict, logits: np.ndarray) -> np.ndarray:
    """The summed probability of the malignant classes, for the data's prior."""
    return probabilities(document, logits, "data")[:, is_malignant(document)].sum(1)


def is_malignant(document: dict) -> np.ndarray:
    """`[C]` bool."""
    return np.array([label["malignant"] for label in document["labels"]])


def round_down(value: float, digits: int) -> float:
    """So that what lies at a threshold still reaches it."""
    return float(np.floor(value * 10**digits) / 10**digits)


# ---- prediction sets ----


def lesion_weights(lesions: np.ndarray) -> np.ndarray:
    """One over the number of pictures of each picture's lesion."""
    _, index, counts = np.unique(lesions, return_inverse=True, return_counts=True)
    return 1.0 / counts[index]


def conformal_threshold(own: np.ndarray, lesions: np.ndarray, alpha: float) -> float:
    """The threshold that the true classes' probabilities `own` `[N]` reach for ⌈(n + 1)(1 - alpha)⌉ of n lesions."""
    weights = lesion_weights(lesions)
    wanted = np.ceil((weights.sum() + 1) * (1 - alpha) - 1e-9)
    falling = np.argsort(-own, kind="stable")
    reached = weights[falling].cumsum() >= wanted - 1e-9
    return round_down(float(own[falling][np.argmax(reached)]), 6) if reached.any() else 0.0


def conformal_thresholds(
    shares: np.ndarray, truth: np.ndarray, lesions: np.ndarray, alpha: float, sources: np.ndarray | None = None
) -> list[float]:
    """One threshold a class, the lowest of the sources with enough lesions of it; where none has, the class's own or
    that of all lesions, whichever is lower."""
    own = shares[np.arange(len(truth)), truth]
    sources = np.full(len(truth), "") if sources is None else sources
    pooled = conformal_threshold(own, lesions, alpha)
    thresholds = []
    for k in range(shares.shape[1]):
        found = []
        for name in np.unique(sources[truth == k]):
            chosen = (truth == k) & (sources == name)
            if len(np.unique(lesions[chosen])) >= FEW_LESIONS:
                found.append(conformal_threshold(own[chosen], lesions[chosen], alpha))
        of_class = conformal_threshold(own[truth == k], lesions[truth == k], alpha)
        thresholds.append(min(found) if found else min(of_class, pooled))
    return thresholds


def prediction_sets(document: dict, logits: np.ndarray) -> np.ndarray:
    """Which classes are in each picture's set, `[N, C]` bool, as the engine decides it."""
    stated = document["conformal"]
    shares = probabilities(document, logits, stated["prior"])
    sets = shares >= np.array(stated["thresholds"])
    sets[np.arange(len(sets)), shares.argmax(1)] = True
    return sets


def choose_conformal(document: dict, part: Part, alpha: float = ALPHA) -> dict:
    """The section `conformal`, for the prior that gives the smaller sets."""
    choices = []
    for prior in ("data", "uniform"):
        shares = probabilities(document, part.logits, prior)
        thresholds = conformal_thresholds(shares, part.truth, part.lesions, alpha, part.own_sources())
        section = {"coverage": round(1 - alpha, 4), "prior": prior, "thresholds": thresholds}
        sizes = prediction_sets(document | {"conformal": section}, part.logits).sum(1)
        choices.append((np.average(sizes, weights=alike(part.own_sources())), section))
    return min(choices, key=lambda choice: choice[0])[1]


# ---- abstaining and operating points ----


def choose_confidence(shares: np.ndarray, truth: np.ndarray, accuracy: float = ANSWERED_ACCURACY) -> float:
    """The smallest threshold from which on `accuracy` of the answers are right; 0 where that holds for all of them."""
    confidence, right = shares.max(1), shares.argmax(1) == truth
    falling = np.argsort(-confidence, kind="stable")
    enough = right[falling].cumsum() >= accuracy * np.arange(1, len(truth) + 1)
    if enough[-1]:
        return 0.0
    last = np.flatnonzero(enough)
    return round_down(float(confidence[falling][last[-1]]), 4) if len(last) else 1.0


def abstains(document: dict, logits: np.ndarray) -> np.ndarray:
    """Where the model says that it is not sure, `[N]` bool."""
    return probabilities(document, logits, "data").max(1) < document["thresholds"].get("confidence", 0.0)


def at_threshold(
    malignant: np.ndarray, is_one: np.ndarray, threshold: float, sources: np.ndarray, prevalence: float
) -> dict[str, float]:
    """What a threshold on the malignant sum does, each source counting alike: sensitivity, specificity and both
    predictive values, that of `prevalence` first."""
    found = malignant >= threshold
    sensitivity = np.average(found[is_one], weights=alike(sources[is_one]))
    specificity = np.average(~found[~is_one], weights=alike(sources[~is_one]))
    return {
        "sensitivity": float(sensitivity),
        "specificity": float(specificity),
        "ppv": predictive_value(sensitivity, specificity, prevalence),
        "ppv_at_2_percent": predictive_value(sensitivity, specificity, PREVALENCE),
    }


def predictive_value(sensitivity: float, specificity: float, prevalence: float) -> float:
    """Share of those found that are malignant."""
    found, wrong = sensitivity * prevalence, (1 - specificity) * (1 - prevalence)
    return float(found / (found + wrong)) if found + wrong > 0 else 0.0


def operating_point(
    malignant: np.ndarray, is_one: np.ndarray, sensitivity: float, sources: np.ndarray, prevalence: float
) -> dict:
    """One entry of the section `operating_points`."""
    falling = np.argsort(-malignant[is_one], kind="stable")
    weights = alike(sources[is_one])[falling]
    enough = weights.cumsum() >= sensitivity * weights.sum() - 1e-9
    threshold = round_down(float(malignant[is_one][falling][np.argmax(enough)]), 4)
    found = at_threshold(malignant, is_one, threshold, sources, prevalence)
    figures = {name: round(value, 4) for name, value in found.items()}
    return {"name": f"{sensitivity:.2f}", "threshold": threshold} | figures


# ---- all sections ----


def choose_sections(document: dict, part: Part, home: str | None = None) -> dict:
    """The sections of a document that decide, from the validation part. The document states temperature and prior;
    `home` is the source whose prior that is (None: the prior of all)."""
    malignant, is_one = malignant_sum(document, part.logits), is_malignant(document)[part.truth]
    prevalence = float(np.exp(document["log_prior"])[is_malignant(document)].sum())
    points = [operating_point(malignant, is_one, s, part.own_sources(), prevalence) for s in SENSITIVITIES]
    at_home = np.full(len(part.truth), True) if home is None else part.own_sources() == home
    confidence = choose_confidence(probabilities(document, part.logits[at_home], "data"), part.truth[at_home])
    names = part.own_sources()
    sources = [[s for s, own in zip(part.squares, names == name, strict=True) if own] for name in np.unique(names)]
    one = len(sources) == 1
    limits = quality.choose_limits(quality.measure_all(part.squares)) if one else quality.choose_for_sources(sources)
    return {
        "thresholds": {"malignant": points[0]["threshold"], "confidence": confidence},
        "operating_points": points,
        "conformal": choose_conformal(document, part),
        "quality": limits,
    }
