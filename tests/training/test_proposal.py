"""The proposed square against masks: windows, the engine's squares and the figures, on drawings."""

from pathlib import Path

import numpy as np
import pytest

from training.proposal import View, figures, propose, window

TOOL = Path(__file__).parents[2] / "build" / "test" / "propose"


def drawn(height: int, width: int, x: float, y: float, radius: float) -> View:
    """A dark disc on skin."""
    rows, columns = np.mgrid[:height, :width] + 0.5
    mask = np.hypot(columns - x, rows - y) < radius
    return View(np.where(mask[..., None], (120, 70, 60), (220, 170, 150)).astype(np.uint8), mask)


def test_windows_hold_the_whole_lesion() -> None:
    rng = np.random.default_rng(0)
    view = drawn(150, 200, 60, 50, 20)
    places = set()
    for _ in range(20):
        part = window(view, rng)
        assert part is not None
        assert part.mask.shape == part.pixels.shape[:2] == (90, 120)
        assert part.mask.sum() == view.mask.sum()
        places.add(tuple(np.argwhere(part.mask)[0]))
    assert len(places) > 10
    assert window(drawn(150, 200, 100, 75, 60), rng) is None


def test_the_engine_finds_the_disc() -> None:
    views = [drawn(150, 200, 60, 70, 20), drawn(150, 200, 120, 90, 30), drawn(150, 200, 0, 0, 0)]
    squares = propose(TOOL, views)
    assert squares[0] == pytest.approx([60 / 200, 70 / 150, 1.6 * 40 / 150], abs=0.1)
    assert squares[1] == pytest.approx([120 / 200, 90 / 150, 1.6 * 60 / 150], abs=0.1)
    assert squares[2] == pytest.approx([0.5, 0.5, 1.0])


def test_figures_of_known_squares() -> None:
    view = drawn(100, 100, 50, 50, 20)
    whole = figures([view, view], np.array([[0.5, 0.5, 1.0], [0.5, 0.5, 0.5]]))
    assert whole == {
        "mean share inside": 1.0,
        "all inside": 1.0,
        "median offset": pytest.approx(0, abs=1e-9),
        "90th percentile": pytest.approx(0, abs=1e-9),
    }
    half = figures([view], np.array([[0.25, 0.5, 0.5]]))
    assert half["mean share inside"] == pytest.approx(0.5)
    assert half["all inside"] == 0.0
    assert half["median offset"] == pytest.approx(0.5)
