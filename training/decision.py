"""What a model file states for deciding, chosen on the validation lesions: sets, abstaining, operating points.

    python -m training.decision DATA --model model/lesion.tflite

rewrites these sections of the file's metadata in place and prints what they do on the validation and the held-out
pictures. Everything is computed from the int8 file's own logits, with the temperature and the prior it states.

- Prediction sets are conformal (Vovk et al., 2005; Sadinle et al., 2019): class k is in the set where its probability
  reaches the threshold that `1 - ALPHA` of the validation lesions of class k reach, with the finite-sample quantile
  ⌈(n + 1)(1 - ALPHA)⌉. Each lesion counts once, however many pictures there are of it. Classes of fewer than
  `FEW_LESIONS`, whose own quantile is a matter of chance, take the threshold of all lesions together where it is lower.
- The model abstains below the smallest confidence from which on `ANSWERED_ACCURACY` of its answers are right.
- An operating point is the largest threshold on the malignant sum that finds the stated share of malignant pictures.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from training import quality
from training.data import PARTS, SPLIT_FILE, Record, part_records
from training.metrics import softmax
from training.preprocess import normalize
from training.tflite_file import get_metadata, run_litert, set_metadata

ALPHA = 0.1
FEW_LESIONS = 20
ANSWERED_ACCURACY = 0.90
SENSITIVITIES = (0.90, 0.95)
PREVALENCE = 0.02  # of malignant lesions where everyone's spots are looked at


@dataclass(frozen=True)
class Part:
    """The pictures of a part: logits `[N, C]`, truth `[N]`, lesion ids `[N]`, squares `[N, S, S, 3]` u8."""

    logits: np.ndarray
    truth: np.ndarray
    lesions: np.ndarray
    squares: list[np.ndarray]


def load_part(records: list[Record], model: Path) -> Part:
    """The records' squares as the file wants them, and the file's logits for them."""
    wanted = get_metadata(model)["preprocessing"]
    squares = quality.load_squares(records, wanted["width"], wanted["crop"])
    images = normalize(torch.from_numpy(np.stack(squares)).permute(0, 3, 1, 2).float())
    truth, lesions = np.array([r.label for r in records]), np.array([r.lesion_id for r in records])
    return Part(run_litert(model, images), truth, lesions, squares)


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


def conformal_thresholds(shares: np.ndarray, truth: np.ndarray, lesions: np.ndarray, alpha: float) -> list[float]:
    """One threshold a class; the pooled one where a class has few lesions and it is lower."""
    own = shares[np.arange(len(truth)), truth]
    pooled = conformal_threshold(own, lesions, alpha)
    thresholds = []
    for k in range(shares.shape[1]):
        of_class = truth == k
        enough = len(np.unique(lesions[of_class])) >= FEW_LESIONS
        own_threshold = conformal_threshold(own[of_class], lesions[of_class], alpha)
        thresholds.append(own_threshold if enough else min(own_threshold, pooled))
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
        thresholds = conformal_thresholds(probabilities(document, part.logits, prior), part.truth, part.lesions, alpha)
        section = {"coverage": round(1 - alpha, 4), "prior": prior, "thresholds": thresholds}
        sizes = prediction_sets(document | {"conformal": section}, part.logits).sum(1)
        choices.append((sizes.mean(), section))
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


def at_threshold(malignant: np.ndarray, is_one: np.ndarray, threshold: float) -> dict[str, float]:
    """What a threshold on the malignant sum does: sensitivity, specificity and both predictive values."""
    found = malignant >= threshold
    sensitivity, specificity = found[is_one].mean(), (~found[~is_one]).mean()
    return {
        "sensitivity": float(sensitivity),
        "specificity": float(specificity),
        "ppv": predictive_value(sensitivity, specificity, is_one.mean()),
        "ppv_at_2_percent": predictive_value(sensitivity, specificity, PREVALENCE),
    }


def predictive_value(sensitivity: float, specificity: float, prevalence: float) -> float:
    """Share of those found that are malignant."""
    found, wrong = sensitivity * prevalence, (1 - specificity) * (1 - prevalence)
    return float(found / (found + wrong)) if found + wrong > 0 else 0.0


def operating_point(malignant: np.ndarray, is_one: np.ndarray, sensitivity: float) -> dict:
    """One entry of the section `operating_points`."""
    ones = np.sort(malignant[is_one])
    threshold = round_down(float(ones[int(np.floor((1 - sensitivity) * len(ones) + 1e-9))]), 4)
    figures = {name: round(value, 4) for name, value in at_threshold(malignant, is_one, threshold).items()}
    return {"name": f"{sensitivity:.2f}", "threshold": threshold} | figures


# ---- all sections ----


def choose_sections(document: dict, part: Part) -> dict:
    """The sections of a document that decide, from the validation part. The document states temperature and prior."""
    malignant, is_one = malignant_sum(document, part.logits), is_malignant(document)[part.truth]
    points = [operating_point(malignant, is_one, s) for s in SENSITIVITIES]
    confidence = choose_confidence(probabilities(document, part.logits, "data"), part.truth)
    return {
        "thresholds": {"malignant": points[0]["threshold"], "confidence": confidence},
        "operating_points": points,
        "conformal": choose_conformal(document, part),
        "quality": quality.choose_limits(quality.measure_all(part.squares)),
    }


def report_sets(document: dict, name: str, part: Part) -> list[str]:
    """Lines of Markdown: coverage and size of the sets, overall and by class."""
    sets, truth = prediction_sets(document, part.logits), part.truth
    covered, sizes = sets[np.arange(len(truth)), truth], sets.sum(1)
    of_lesions = np.average(covered, weights=lesion_weights(part.lesions))
    stated = document["conformal"]
    lines = [
        f"Sets for a coverage of {stated['coverage']:.0%} (prior: {stated['prior']}): {of_lesions:.3f} of the lesions "
        f"are covered, {covered.mean():.3f} of the pictures; {sizes.mean():.2f} classes in the mean; one class in "
        f"{(sizes == 1).mean():.3f}, two in {(sizes == 2).mean():.3f}, more in {(sizes > 2).mean():.3f}.\n",
        "| class | lesions | pictures | covered | classes in the set |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for k, label in enumerate(document["labels"]):
        chosen = truth == k
        if not chosen.any():
            continue
        lesions = len(np.unique(part.lesions[chosen]))
        few = " (few)" if name == "val" and lesions < FEW_LESIONS else ""
        figures = f"{covered[chosen].mean():.3f} | {sizes[chosen].mean():.2f}"
        lines.append(f"| {label['id']}{few} | {lesions} | {chosen.sum()} | {figures} |")
    return lines


def report_points(document: dict, part: Part) -> list[str]:
    """Lines of Markdown: what the thresholds on the malignant sum do."""
    malignant, is_one = malignant_sum(document, part.logits), is_malignant(document)[part.truth]
    lines = [
        "| malignant sum | threshold | sensitivity | specificity | PPV here | PPV at 2 % |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for point in document["operating_points"]:
        figures = " | ".join(f"{v:.3f}" for v in at_threshold(malignant, is_one, point["threshold"]).values())
        lines.append(f"| {point['name']} | {point['threshold']} | {figures} |")
    return lines


def report(document: dict, name: str, part: Part) -> str:
    """What the sections do on a part, as Markdown."""
    away = abstains(document, part.logits)
    right = probabilities(document, part.logits, "data").argmax(1) == part.truth
    good = quality.passing(quality.measure_all(part.squares), document["quality"])
    return "\n".join(
        [
            f"### Part `{name}`: {len(right)} pictures of {len(np.unique(part.lesions))} lesions\n",
            *report_sets(document, name, part),
            f"\nAnswers where the largest probability reaches {document['thresholds']['confidence']}: "
            f"{1 - away.mean():.3f} of the pictures, {right[~away].mean():.3f} of them right; "
            f"of all {right.mean():.3f}.\n",
            *report_points(document, part),
            f"\nPhoto quality: {good:.3f} pass all limits.",
        ]
    )


def main() -> None:
    """Command line: choose, write, report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder of HAM10000")
    parser.add_argument("--model", type=Path, default=Path("model/lesion.tflite"))
    parser.add_argument("--split", type=Path, default=SPLIT_FILE)
    parser.add_argument("--dry", action="store_true", help="print only; the file stays as it is")
    args = parser.parse_args()

    parts = {name: load_part(part_records(args.data, name, args.split), args.model) for name in PARTS[1:]}
    document = get_metadata(args.model)
    document |= choose_sections(document, parts["val"])
    if not args.dry:
        set_metadata(args.model, document)
    print("\n\n".join(report(document, name, part) for name, part in parts.items()))


if __name__ == "__main__":
    main()
