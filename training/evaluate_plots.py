"""The plots of the report."""

from __future__ import annotations

import numpy as np

from training import metrics
from training.data import LABELS
from training.evaluate_answers import Answers
from training.plots import Axis, Line, lines, matrix

FEWEST = 10  # pictures of a bin that is drawn
TENTHS = tuple(i / 5 for i in range(6))


def reliability_bins(answers: Answers) -> list[dict[str, float]]:
    """Confidence and accuracy of 15 bins, prior of the data."""
    return metrics.reliability(answers.data, answers.truth)


def roc_plot(found: dict, answers: Answers) -> str:
    """ROC curves of all classes."""
    series = []
    for c, label in enumerate(LABELS):
        if 0 < (answers.truth == c).sum() < len(answers.truth):
            area = found["classes"][label]["data"]["auc"]["value"]
            series.append(Line(f"{label} {area:.3f}", *metrics.roc(answers.data[:, c], answers.truth == c)))
    series.append(Line("malignant sum", *metrics.roc(answers.malignant_sum, answers.malignant)))
    about = "One curve for each class against the rest and one for the summed malignant probability."
    x, y = Axis("1 - specificity", 0, 1, TENTHS), Axis("sensitivity", 0, 1, TENTHS)
    return lines("ROC curves, prior of the data", about, x, y, series, diagonal=True)


def reliability_plot(found: dict) -> str:
    """Accuracy against confidence, and where the pictures lie."""
    total = sum(b["pictures"] for b in found["reliability"])
    bins = [b for b in found["reliability"] if b["pictures"] >= FEWEST]
    confidence = [b["confidence"] for b in bins]
    series = [
        Line("accuracy", confidence, [b["accuracy"] for b in bins], marks=True),
        Line("share of pictures", confidence, [b["pictures"] / total for b in bins]),
    ]
    ece = found["headline"]["ece"]["value"]
    about = f"Accuracy by largest probability, in bins of {FEWEST} pictures or more; on the diagonal it is calibrated."
    x, y = Axis("largest probability", 0, 1, TENTHS), Axis("share", 0, 1, TENTHS)
    return lines(f"Reliability, calibration error {ece:.3f}", about, x, y, series, diagonal=True)


def abstention_plot(answers: Answers) -> str:
    """Accuracy against the share answered."""
    covered, accuracy, _ = metrics.coverage_curve(answers.data, answers.truth)
    low = max(0.0, np.floor(10 * accuracy[covered >= 0.05].min()) / 10 - 0.1)
    ticks = np.round(np.linspace(low, 1, 6), 2)
    shown = covered >= 0.05
    about = "Accuracy where only the surest share of the pictures is answered."
    x, y = Axis("share answered", 0, 1, TENTHS), Axis("accuracy", low, 1, ticks)
    return lines("Accuracy against coverage", about, x, y, [Line("accuracy", covered[shown], accuracy[shown])])


def robustness_plot(found: dict) -> str:
    """Balanced accuracy by strength of each corruption."""
    base, series = found["robustness"]["balanced_accuracy"]["value"], []
    for name in dict.fromkeys(trial["name"] for trial in found["robustness"]["trials"]):
        of = [t["balanced_accuracy"] for t in found["robustness"]["trials"] if t["name"] == name]
        series.append(Line(name, range(len(of) + 1), [base, *of], marks=True))
    about = "Balanced accuracy, equal priors, as stored and after three strengths of each corruption."
    x = Axis("strength", 0, 3, range(4), ("as stored", "mild", "middle", "strong"))
    return lines("Robustness", about, x, Axis("balanced accuracy", 0, 1, TENTHS), series)


def all_plots(found: dict, answers: Answers) -> dict[str, str]:
    """Every plot by its name."""
    titles = {"data": "prior of the data", "uniform": "equal priors"}
    drawn = {
        f"confusion-{prior}": matrix(
            f"Confusion, {title}", "Counts of pictures: rows are the truth, columns the answer.", LABELS, counts
        )
        for prior, title in titles.items()
        for counts in [np.array(found["confusion"][prior])]
    }
    return (
        drawn
        | {
            "roc": roc_plot(found, answers),
            "reliability": reliability_plot(found),
            "abstention": abstention_plot(answers),
        }
        | ({"robustness": robustness_plot(found)} if found["robustness"] else {})
    )
