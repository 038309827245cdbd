"""Intervals by drawing whole lesions."""

import numpy as np
import pytest

from training import metrics
from training.bootstrap import estimate, interval, lesion_weights, share


def test_draws_take_whole_lesions() -> None:
    lesions = ["b", "a", "b", "c", "a", "b"]
    weights = lesion_weights(lesions, 300, seed=2)
    np.testing.assert_array_equal(weights[:, 0], weights[:, 2])
    np.testing.assert_array_equal(weights[:, 0], weights[:, 5])
    np.testing.assert_array_equal(weights[:, 1], weights[:, 4])
    # as many lesions in every draw as there are, not as many pictures
    assert set((weights[:, 0] + weights[:, 1] + weights[:, 3]).tolist()) == {3.0}
    assert len(set(weights.sum(1).tolist())) > 3
    np.testing.assert_array_equal(weights, lesion_weights(lesions, 300, seed=2))
    assert not np.array_equal(weights, lesion_weights(lesions, 300, seed=3))


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    rng = np.random.default_rng(3)
    held, naive_held, trials = 0, 0, 300
    for trial in range(trials):
        # 60 lesions of three pictures that are all right or all wrong, 70 % right
        right = np.repeat(rng.random(60) < 0.7, 3)
        for by_lesion in (True, False):
            names = [str(i // 3 if by_lesion else i) for i in range(180)]
            found = estimate(lambda w, r=right: metrics.mean(r, w), lesion_weights(names, 300, trial))
            inside = found.low - 1e-9 <= 0.7 <= found.high + 1e-9
            held, naive_held = held + (by_lesion and inside), naive_held + (not by_lesion and inside)
    assert 0.90 <= held / trials <= 0.985
    # what drawing pictures would have claimed
    assert naive_held / trials < 0.85


def test_certain_share_has_the_exact_bound() -> None:
    lesions, everyone = np.array([str(i // 2) for i in range(48)]), np.ones(48, bool)
    weights = lesion_weights(lesions, 100)
    all_found = share(everyone, everyone, lesions, weights)
    assert (all_found.value, all_found.high) == (1.0, 1.0)
    assert all_found.low == pytest.approx(0.025 ** (1 / 24))
    none_found = share(~everyone, everyone, lesions, weights)
    assert none_found.high == pytest.approx(1 - 0.025 ** (1 / 24)) and none_found.low == 0
    nobody = share(everyone, ~everyone, lesions, weights)
    assert np.isnan(nobody.value) and np.isnan(nobody.high)


def test_interval_leaves_out_draws_without_a_value() -> None:
    assert interval(np.array([np.nan, 1.0, 1.0, np.nan])) == (1.0, 1.0)
    assert np.isnan(interval(np.array([np.nan]))).all()
