"""Class maps: the engine's against the reference's, on the shipped model; and what the check measures."""

from pathlib import Path

import numpy as np
import pytest
from test_preprocess import file_of, photo

from training.maps import class_map, energy_inside, engine_maps, head_tensors, reference_maps
from training.network import PIXEL_MEAN, PIXEL_STD
from training.tflite_file import get_metadata

ROOT = Path(__file__).resolve().parents[2]
MODEL = ROOT / "model/lesion.tflite"


def test_the_engines_maps_are_the_references(tmp_path: Path) -> None:
    """The features are equal to the last bit on the same pixels; the sums differ by the rounding to float."""
    document = get_metadata(MODEL)
    size = document["preprocessing"]["width"]
    for seed in range(3):
        image = photo(size, size, seed)
        path = file_of(image, tmp_path / f"{seed}.png")
        pixels = (np.asarray(image, np.float32) - np.float32(PIXEL_MEAN)) / np.float32(PIXEL_STD)
        expected = reference_maps(MODEL, pixels)
        for k, label in enumerate(document["labels"]):
            (found,) = engine_maps(MODEL, [path], label["id"])
            np.testing.assert_allclose(found, expected[k], rtol=1e-5, atol=1e-5)


def test_a_map_is_the_weighted_sum_of_the_channels() -> None:
    features = np.arange(12, dtype=np.float32).reshape(2, 2, 3)
    weights = np.array([[1.0, 0, 0], [0.5, -1, 2]])
    np.testing.assert_array_equal(class_map(features, weights, 0), [[0, 3], [6, 9]])
    np.testing.assert_array_equal(class_map(features, weights, 1), [[3, 7.5], [12, 16.5]])


def test_energy_is_that_of_the_positive_part() -> None:
    inside = np.array([[1.0, 0.5], [0.0, 1.0]])
    assert energy_inside(np.array([[2.0, 2.0], [4.0, -9.0]]), inside) == pytest.approx(3 / 8)
    assert np.isnan(energy_inside(np.full((2, 2), -1.0), inside))


def test_the_head_is_found_by_its_operators() -> None:
    feature, dense = head_tensors(MODEL)
    assert feature != dense
