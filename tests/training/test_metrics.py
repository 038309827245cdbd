"""Figures of predictions, held against scikit-learn and against what is worked out by hand."""

import numpy as np
import pytest
from sklearn import metrics as reference

from training import metrics
from training.bootstrap import lesion_weights
from training.data import LABELS

CLASSES = len(LABELS)


# ---- figures against scikit-learn ----


@pytest.mark.parametrize("weighted", [False, True])
def test_figures_are_those_of_scikit_learn(made_up: tuple, weighted: bool) -> None:
    p, truth, weights = made_up
    w, said = weights if weighted else None, made_up[0].argmax(1)
    options = {"sample_weight": w}
    labels = np.arange(CLASSES)
    each = {"labels": labels, "average": None, "zero_division": np.nan}
    onehot, tied = np.eye(CLASSES)[truth], np.round(p, 1)
    pairs = {
        "accuracy": (metrics.mean(said == truth, w), reference.accuracy_score(truth, said, **options)),
        "balanced": (
            metrics.balanced_accuracy(said, truth, CLASSES, w),
            reference.balanced_accuracy_score(truth, said, **options),
        ),
        "recalls": (
            metrics.recalls(said, truth, CLASSES, w),
            reference.recall_score(truth, said, **each, **options),
        ),
        "precisions": (
            metrics.precisions(said, truth, CLASSES, w),
            reference.precision_score(truth, said, **each, **options),
        ),
        "specificities": (
            metrics.specificities(said, truth, CLASSES, w),
            [reference.recall_score(truth == c, said == c, pos_label=False, **options) for c in labels],
        ),
        "aucs": (metrics.class_aucs(p, truth, w), reference.roc_auc_score(onehot, p, average=None, **options)),
        "aucs of ties": (
            metrics.class_aucs(tied, truth, w),
            reference.roc_auc_score(onehot, tied, average=None, **options),
        ),
        "macro": (metrics.macro_auc(p, truth, w), reference.roc_auc_score(truth, p, multi_class="ovr", **options)),
        "top 2": (metrics.top_k(p, truth, 2, w), reference.top_k_accuracy_score(truth, p, k=2, **options)),
        "top 3": (metrics.top_k(p, truth, 3, w), reference.top_k_accuracy_score(truth, p, k=3, **options)),
        "nll": (metrics.nll(p, truth, w), reference.log_loss(truth, p, **options)),
        "brier": (
            metrics.brier(p, truth, w),
            reference.brier_score_loss(truth, p, labels=labels, scale_by_half=False, **options),
        ),
    }
    for name, (ours, theirs) in pairs.items():
        assert ours == pytest.approx(np.asarray(theirs), abs=1e-9), name


def test_confusion_and_roc_are_those_of_scikit_learn(made_up: tuple) -> None:
    p, truth, _ = made_up
    np.testing.assert_array_equal(
        metrics.confusion(p.argmax(1), truth, CLASSES), reference.confusion_matrix(truth, p.argmax(1))
    )
    for score, positive in [(p[:, 4], truth == 4), (np.round(p[:, 5], 1), truth == 5)]:
        false, true, _ = reference.roc_curve(positive, score, drop_intermediate=False)
        ours = metrics.roc(score, positive)
        np.testing.assert_allclose(ours[0], false)
        np.testing.assert_allclose(ours[1], true)


@pytest.mark.parametrize("specificity", [0.5, 0.8, 0.95, 1.0])
def test_sensitivity_at_specificity_is_on_the_curve_of_scikit_learn(made_up: tuple, specificity: float) -> None:
    p, truth, weights = made_up
    positive, score = truth == 4, np.round(p[:, 4], 2)
    for w in (None, weights):
        false, true, _ = reference.roc_curve(positive, score, drop_intermediate=False, sample_weight=w)
        assert metrics.sensitivity_at(score, positive, specificity, w) == pytest.approx(
            true[1 - false >= specificity - 1e-12].max()
        )
    threshold = metrics.threshold_at(score, positive, specificity)
    assert (score[~positive] < threshold).mean() >= specificity
    assert (score[positive] >= threshold).mean() == pytest.approx(metrics.sensitivity_at(score, positive, specificity))


def test_draws_at_once_are_draws_one_by_one(made_up: tuple) -> None:
    p, truth, _ = made_up
    weights = lesion_weights([str(i // 2) for i in range(len(truth))], 5)
    for figure in (
        lambda w: metrics.macro_auc(p, truth, w),
        lambda w: metrics.recalls(p.argmax(1), truth, CLASSES, w),
        lambda w: metrics.sensitivity_at(p[:, 4], truth == 4, 0.8, w),
        lambda w: metrics.ece(p, truth, weights=w),
    ):
        np.testing.assert_allclose(figure(weights), np.stack([figure(row) for row in weights]))


def test_class_without_pictures_has_no_figure() -> None:
    truth, said = np.array([0, 0, 1]), np.array([0, 1, 1])
    np.testing.assert_array_equal(metrics.recalls(said, truth, 3), [0.5, 1, np.nan])
    assert metrics.balanced_accuracy(said, truth, 3) == pytest.approx(0.75)
    assert np.isnan(metrics.auc(np.array([0.1, 0.2]), np.array([True, True])))


# ---- calibration, by hand ----


def two_classes(confidence: list[float]) -> np.ndarray:
    """Probabilities whose first class has that confidence."""
    return np.array([[c, 1 - c] for c in confidence])


def test_calibration_error_by_hand() -> None:
    # 0.9 said four times and right three times; 0.6 said twice and right both times
    p = two_classes([0.9, 0.9, 0.9, 0.9, 0.6, 0.6])
    truth = np.array([0, 0, 0, 1, 0, 0])
    expected = (4 * abs(0.75 - 0.9) + 2 * abs(1 - 0.6)) / 6
    assert metrics.ece(p, truth) == pytest.approx(expected)
    assert metrics.ece(p, truth, bins=1) == pytest.approx(abs(5 / 6 - 0.8))
    assert metrics.ece(p, truth, weights=np.array([1.0, 1, 1, 1, 0, 0])) == pytest.approx(0.15)
    bins = metrics.reliability(p, truth)
    assert [b["pictures"] for b in bins] == [2, 4]
    assert bins[1]["accuracy"] == pytest.approx(0.75) and bins[1]["confidence"] == pytest.approx(0.9)


def test_bins_of_equal_mass_hold_as_many() -> None:
    confidence = np.linspace(0.5, 1, 90) ** 0.2
    held = np.bincount(metrics.confidence_bins(confidence, 15, equal_mass=True))
    assert held.tolist() == [6] * 15
    p = two_classes([0.91, 0.92, 0.98, 0.99])
    # one bin of equal width hides what two of equal mass show
    truth = np.array([1, 0, 0, 0])
    assert metrics.ece(p, truth, bins=2, equal_mass=True) == pytest.approx((2 * (0.915 - 0.5) + 2 * 0.015) / 4)
    assert metrics.ece(p, truth, bins=2) == pytest.approx(0.95 - 0.75)


def test_calibrated_predictions_have_little_error() -> None:
    rng = np.random.default_rng(1)
    p = metrics.softmax(rng.normal(size=(20000, 3)) * 2)
    truth = (rng.random((20000, 1)) > p.cumsum(1)).sum(1)
    assert metrics.ece(p, truth) < 0.015
    assert metrics.ece(metrics.softmax(3 * np.log(p)), truth) > 0.1


def test_coverage_curve_by_hand() -> None:
    p, truth = two_classes([0.6, 0.9, 0.8, 0.8]), np.array([1, 0, 0, 1])
    covered, accuracy, least = metrics.coverage_curve(p, truth)
    np.testing.assert_allclose(covered, [0.25, 0.75, 1])
    np.testing.assert_allclose(accuracy, [1, 2 / 3, 0.5])
    np.testing.assert_allclose(least, [0.9, 0.8, 0.6])
