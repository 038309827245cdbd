"""Figures of the engine's answers, each with its interval: plain dictionaries, ready for JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, is_dataclass

import numpy as np

from training import metrics
from training.bootstrap import Estimate, estimate, estimates, share
from training.data import LABELS, Record
from training.evaluate_answers import Answers

SMALL = 30  # lesions; a group with fewer is marked
PREVALENCE = 0.02  # of malignant lesions, for the second PPV
SPECIFICITY = 0.80  # at which the sensitivity for melanoma is stated
MEL = LABELS.index("mel")
AGES = ((0, 30, "under 30"), (30, 45, "30-44"), (45, 60, "45-59"), (60, 75, "60-74"), (75, 200, "75 and over"))


def plain(value: object) -> object:
    """Ready for JSON: four decimals, None for NaN, estimates and arrays as their parts."""
    if is_dataclass(value):
        return plain(asdict(value))
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(v) for v in value]
    if isinstance(value, (float, np.floating)):
        return None if np.isnan(value) else round(float(value), 4)
    return value.item() if isinstance(value, np.generic) else value


def counts(answers: Answers, of: np.ndarray | None = None) -> dict[str, int]:
    """Pictures and lesions, among those that `of` marks."""
    lesions = answers.lesions if of is None else answers.lesions[of]
    return {"pictures": len(lesions), "lesions": len(set(lesions))}


# ---- the headline ----

HEADLINE: dict[str, Callable] = {
    "accuracy": lambda a, w: metrics.mean(a.data.argmax(1) == a.truth, w),
    "accuracy_uniform": lambda a, w: metrics.mean(a.uniform.argmax(1) == a.truth, w),
    "balanced_accuracy": lambda a, w: metrics.balanced_accuracy(a.uniform.argmax(1), a.truth, len(LABELS), w),
    "balanced_accuracy_data": lambda a, w: metrics.balanced_accuracy(a.data.argmax(1), a.truth, len(LABELS), w),
    "macro_auc": lambda a, w: metrics.macro_auc(a.data, a.truth, w),
    "macro_auc_uniform": lambda a, w: metrics.macro_auc(a.uniform, a.truth, w),
    "top_2": lambda a, w: metrics.top_k(a.data, a.truth, 2, w),
    "top_3": lambda a, w: metrics.top_k(a.data, a.truth, 3, w),
    "malignant_auc": lambda a, w: metrics.auc(a.malignant_sum, a.malignant, w),
    "melanoma_sensitivity": lambda a, w: metrics.mean(a.data.argmax(1) == MEL, w, a.truth == MEL),
    "melanoma_sensitivity_uniform": lambda a, w: metrics.mean(a.uniform.argmax(1) == MEL, w, a.truth == MEL),
    "melanoma_at_specificity": lambda a, w: metrics.sensitivity_at(a.data[:, MEL], a.truth == MEL, SPECIFICITY, w),
    "nll": lambda a, w: metrics.nll(a.data, a.truth, w),
    "brier": lambda a, w: metrics.brier(a.data, a.truth, w),
    "ece": lambda a, w: metrics.ece(a.data, a.truth, weights=w),
    "ece_equal_mass": lambda a, w: metrics.ece(a.data, a.truth, equal_mass=True, weights=w),
}


def headline(answers: Answers, weights: np.ndarray) -> dict[str, Estimate]:
    """The figures of `HEADLINE`."""
    return {name: estimate(lambda w, f=figure: f(answers, w), weights) for name, figure in HEADLINE.items()}


def difference(first: Answers, second: Answers, weights: np.ndarray) -> dict[str, Estimate]:
    """Headline figures of the first less those of the second, paired: both answered the same pictures."""
    return {
        name: estimate(lambda w, f=figure: f(first, w) - f(second, w), weights) for name, figure in HEADLINE.items()
    }


def classes(answers: Answers, weights: np.ndarray) -> dict[str, dict]:
    """Of every class: numbers, and with both priors AUC, sensitivity, specificity and PPV."""
    truth, lesions = answers.truth, answers.lesions
    table: dict[str, dict] = {label: counts(answers, truth == c) for c, label in enumerate(LABELS)}
    for prior, probabilities in (("data", answers.data), ("uniform", answers.uniform)):
        said = probabilities.argmax(1)
        areas = estimates(lambda w, p=probabilities: metrics.class_aucs(p, truth, w), weights)
        for c, label in enumerate(LABELS):
            table[label][prior] = {
                "auc": areas[c],
                "sensitivity": share(said == c, truth == c, lesions, weights),
                "specificity": share(said != c, truth != c, lesions, weights),
                "ppv": share(truth == c, said == c, lesions, weights),
                "said": int((said == c).sum()),
            }
    return table


def confusions(answers: Answers) -> dict[str, np.ndarray]:
    """Confusion matrices with both priors; rows are the truth."""
    both = {"data": answers.data, "uniform": answers.uniform}
    return {prior: metrics.confusion(p.argmax(1), answers.truth, len(LABELS)) for prior, p in both.items()}


# ---- decisions ----


def operating_point(answers: Answers, threshold: float, weights: np.ndarray) -> dict:
    """Calling malignant what has at least that malignant sum."""
    called, malignant, lesions = answers.malignant_sum >= threshold, answers.malignant, answers.lesions

    def rare_ppv(w: np.ndarray | None) -> np.ndarray:
        found = metrics.mean(called, w, malignant) * PREVALENCE
        alarms = metrics.mean(called, w, ~malignant) * (1 - PREVALENCE)
        with np.errstate(invalid="ignore"):
            return found / (found + alarms)

    return {
        "threshold": threshold,
        "sensitivity": share(called, malignant, lesions, weights),
        "specificity": share(~called, ~malignant, lesions, weights),
        "ppv": share(malignant, called, lesions, weights),
        "ppv_at_2_percent": estimate(rare_ppv, weights),
        "melanoma_sensitivity": share(called, answers.truth == MEL, lesions, weights),
    }


def operating_points(answers: Answers, document: dict, weights: np.ndarray) -> list[dict]:
    """Every threshold on the malignant sum that the model file states, with what it states of it."""
    points = []
    if "malignant" in document.get("thresholds", {}):
        points.append({"name": "marked by the app", "threshold": document["thresholds"]["malignant"]})
    points += document.get("operating_points", [])
    return [
        {"name": point["name"], "stated": {k: v for k, v in point.items() if k not in ("name", "threshold")}}
        | operating_point(answers, point["threshold"], weights)
        for point in points
    ]


def melanoma(answers: Answers, chosen_on: Answers, weights: np.ndarray) -> dict:
    """Melanoma against the rest at `SPECIFICITY`: with the best threshold here, and one chosen on other pictures."""
    positive, table = answers.truth == MEL, {}
    for prior in ("data", "uniform"):
        score, other = getattr(answers, prior)[:, MEL], getattr(chosen_on, prior)[:, MEL]
        threshold = metrics.threshold_at(other, chosen_on.truth == MEL, SPECIFICITY)
        table[prior] = {
            "sensitivity": estimate(lambda w, s=score: metrics.sensitivity_at(s, positive, SPECIFICITY, w), weights),
            "validation_threshold": threshold,
            "validation_sensitivity": share(score >= threshold, positive, answers.lesions, weights),
            "validation_specificity": share(score < threshold, ~positive, answers.lesions, weights),
        }
    return {"specificity": SPECIFICITY} | table


def abstention(answers: Answers) -> list[dict]:
    """Accuracy, prior of the data, where only the surest share of the pictures is answered."""
    covered, accuracy, least = metrics.coverage_curve(answers.data, answers.truth)
    table = []
    for share_answered in np.arange(100, 45, -5) / 100:
        row = int(np.searchsorted(covered, share_answered - 1e-9))
        table.append({"coverage": covered[row], "accuracy": accuracy[row], "confidence": least[row]})
    return table


def sets(answers: Answers, document: dict, weights: np.ndarray) -> dict | None:
    """How often the prediction set holds the truth, and how large it is."""
    said = answers.field("set")
    if said is None or "conformal" not in document:
        return None
    truth, size = answers.truth, np.array([len(s) for s in said])
    held = np.array([LABELS[t] in s for t, s in zip(truth, said, strict=True)])
    everyone = np.ones(len(truth), bool)
    of_class = {label: truth == c for c, label in enumerate(LABELS)}
    return {
        "nominal": document["conformal"]["coverage"],
        "prior": document["conformal"]["prior"],
        "coverage": share(held, everyone, answers.lesions, weights),
        "size": estimate(lambda w: metrics.mean(size, w), weights),
        "sizes": {str(k): float((size == k).mean()) for k in sorted(set(size.tolist()))},
        "classes": {
            label: {"coverage": share(held, of, answers.lesions, weights), "size": float(size[of].mean())}
            for label, of in of_class.items()
            if of.any()
        },
    }


def flagged(answers: Answers, flag: np.ndarray, weights: np.ndarray) -> dict:
    """Share of the pictures with that mark, in all and by class."""
    shares = {"all": share(flag, np.ones(len(flag), bool), answers.lesions, weights)}
    for c, label in enumerate(LABELS):
        shares[label] = share(flag, answers.truth == c, answers.lesions, weights)
    return shares


def marks(answers: Answers, document: dict) -> dict[str, np.ndarray]:
    """Which pictures each check marks, `[N]` bool; only the checks that the model file has numbers for."""
    found, quality = {}, answers.field("quality")
    if quality is not None and "quality" in document:
        found["quality"] = np.array([bool(measured["faults"]) for measured in quality])
    if answers.field("abstain") is not None and "confidence" in document.get("thresholds", {}):
        found["abstain"] = np.array(answers.field("abstain"), bool)
    if answers.field("ood_score") is not None:
        found["not_a_lesion"] = np.array(answers.field("not_a_lesion"), bool)
    return found


def abstained(answers: Answers, document: dict, weights: np.ndarray) -> dict | None:
    """How often the engine does not answer, and how often it is right where it does and would be where it does not."""
    silent, right = marks(answers, document).get("abstain"), answers.data.argmax(1) == answers.truth
    if silent is None:
        return None
    return {
        "confidence": document["thresholds"]["confidence"],
        "rate": flagged(answers, silent, weights),
        "accuracy_answered": share(right, ~silent, answers.lesions, weights),
        "accuracy_abstained": share(right, silent, answers.lesions, weights),
    }


def not_a_lesion(answers: Answers, document: dict, weights: np.ndarray) -> dict | None:
    """Share of these real lesions that the engine takes for something else."""
    said = marks(answers, document).get("not_a_lesion")
    return None if said is None else flagged(answers, said, weights)


def quality(answers: Answers, document: dict, weights: np.ndarray) -> dict | None:
    """Share of these pictures that the quality check faults, and for what."""
    faulted = marks(answers, document).get("quality")
    if faulted is None:
        return None
    named = Counter(fault for measured in answers.field("quality") for fault in set(measured["faults"]))
    shares = {name: count / len(faulted) for name, count in sorted(named.items())}
    return {"any": flagged(answers, faulted, weights), "faults": shares}


# ---- groups and failures ----


def age_band(age: float | None) -> str:
    """The band of `AGES` that an age falls into."""
    return next((name for low, high, name in AGES if age is not None and low <= age < high), "unknown")


GROUPS: dict[str, Callable[[Record], str]] = {
    "sex": lambda r: r.sex,
    "age": lambda r: age_band(r.age),
    "site": lambda r: r.site,
    "diagnosis by": lambda r: r.dx_type,
}


def group(answers: Answers, of: np.ndarray, threshold: float | None, weights: np.ndarray) -> dict:
    """Figures of the pictures that `of` marks."""
    part, drawn = answers.take(of), weights[:, of]
    table = counts(part) | {"malignant_lesions": len(set(part.lesions[part.malignant]))}
    table |= {"small": table["lesions"] < SMALL, "few_malignant": table["malignant_lesions"] < SMALL}
    everyone = np.ones(len(part.records), bool)
    table["accuracy"] = share(part.data.argmax(1) == part.truth, everyone, part.lesions, drawn)
    table["malignant_auc"] = estimate(lambda w: metrics.auc(part.malignant_sum, part.malignant, w), drawn)
    if threshold is not None:
        called = part.malignant_sum >= threshold
        table["sensitivity"] = share(called, part.malignant, part.lesions, drawn)
        table["specificity"] = share(~called, ~part.malignant, part.lesions, drawn)
    return table


def groups(answers: Answers, document: dict, weights: np.ndarray) -> dict[str, dict]:
    """Results by whose skin it was, where on the body, and how the diagnosis was made; large groups first."""
    threshold = document.get("thresholds", {}).get("malignant")
    table: dict[str, dict] = {}
    for name, value_of in GROUPS.items():
        values = np.array([value_of(r) for r in answers.records])
        order = [n for *_, n in AGES] + ["unknown"] if name == "age" else [v for v, _ in Counter(values).most_common()]
        present = [v for v in order if (values == v).any()]
        table[name] = {str(v): group(answers, values == v, threshold, weights) for v in present}
    return table


def failure(answers: Answers, row: int) -> dict:
    """One picture and what was said of it."""
    record, probabilities = answers.records[row], answers.data[row]
    return {
        "picture": record.image_id,
        "truth": LABELS[record.label],
        "diagnosis by": record.dx_type,
        "answer": LABELS[int(probabilities.argmax())],
        "probability": probabilities.max(),
        "malignant": answers.malignant_sum[row],
    }


def failures(answers: Answers, most: int = 20) -> dict[str, list[dict]]:
    """The most confident wrong answers, and the malignant lesions that looked least so; prior of the data."""
    wrong = np.flatnonzero(answers.data.argmax(1) != answers.truth)
    missed = np.flatnonzero(answers.malignant)
    wrong = wrong[np.argsort(-answers.data.max(1)[wrong], kind="stable")][:most]
    missed = missed[np.argsort(answers.malignant_sum[missed], kind="stable")][:most]
    return {
        "confident": [failure(answers, int(i)) for i in wrong],
        "missed": [failure(answers, int(i)) for i in missed],
    }
