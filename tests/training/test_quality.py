"""Photo quality: the engine's numbers against the reference's, and what the limits let through."""

import json
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from shipped import MODEL, deciding
from test_preprocess import file_of, photo

from training import quality
from training.tflite_file import get_metadata

ROOT = Path(__file__).resolve().parents[2]
ENGINE = ROOT / "build/lentigo"
SIZE = get_metadata(MODEL)["preprocessing"]["width"]


def pictures() -> list[np.ndarray]:
    """Of the network's size, so that the engine resizes nothing: photos, spoilt ones, and what is hard."""
    random = np.random.default_rng(5)
    photos = [np.asarray(photo(SIZE, SIZE, seed)) for seed in range(4)]
    spoilt = [spoil(photos[0]) for spoil, _ in quality.CORRUPTIONS.values()]
    steps = np.zeros((SIZE, SIZE, 3), np.uint8)
    steps[:, SIZE // 2 :] = 255
    blank = [np.full((SIZE, SIZE, 3), level, np.uint8) for level in (0, 128, 255)]
    noise = [random.integers(0, 256, (SIZE, SIZE, 3), dtype=np.uint8)]
    dot = np.full((SIZE, SIZE, 3), 200, np.uint8)
    dot[100:108, 120:126] = 30
    return [*photos, *spoilt, steps, *blank, *noise, dot]


def test_the_engine_measures_what_the_reference_does(tmp_path: Path) -> None:
    """To the last digit of a float: both add whole numbers."""
    files = [file_of(Image.fromarray(p), tmp_path / f"{i}.png") for i, p in enumerate(pictures())]
    command = [ENGINE, "classify", "--json", "--model", MODEL, *files]
    answers = subprocess.run(command, capture_output=True, check=True, text=True).stdout.splitlines()
    for picture, line in zip(pictures(), answers, strict=True):
        found, expected = json.loads(line)["quality"], quality.measure(picture)
        for name in quality.MEASURES:
            assert found[name] == pytest.approx(expected[name], rel=2e-7, abs=1e-9), (name, line)


def test_the_engine_judges_by_the_files_limits(tmp_path: Path) -> None:
    """By those of the kind that decides."""
    files = [file_of(Image.fromarray(p), tmp_path / f"{i}.png") for i, p in enumerate(pictures())]
    command = [ENGINE, "classify", "--json", "--model", MODEL, *files]
    answers = subprocess.run(command, capture_output=True, check=True, text=True).stdout.splitlines()
    seen = set()
    for picture, line, document in zip(pictures(), answers, deciding(files), strict=True):
        expected = quality.faults(quality.measure_all([picture]), document["quality"])
        found = set(json.loads(line)["quality"]["faults"])
        assert found == {name for name, hit in expected.items() if hit[0]}
        seen |= found
    assert seen >= {"blurred", "dark", "bright", "flat", "small"}


def test_blur_lowers_sharpness_and_light_does_not() -> None:
    sharp = quality.measure(np.asarray(photo(SIZE, SIZE)))
    blurred, foggy = (
        quality.measure(quality.CORRUPTIONS[name][0](np.asarray(photo(SIZE, SIZE))))
        for name in ("blurred, sigma 3 px", "contrast x 0.25 in fog")
    )
    assert blurred["sharpness"] < 0.6 * sharp["sharpness"]
    assert foggy["sharpness"] == pytest.approx(sharp["sharpness"], rel=0.1)


def test_the_lesion_is_the_dark_spot() -> None:
    y, x = np.mgrid[:SIZE, :SIZE] - SIZE / 2 + 0.5
    picture = np.full((SIZE, SIZE, 3), (220, 170, 150), np.uint8)
    spot = np.hypot(y, x) < 0.3 * SIZE
    picture[spot] = (110, 60, 50)
    picture[: SIZE // 12, : SIZE // 12] = 0  # a dark corner, outside of the field of view
    assert quality.measure(picture)["lesion"] == pytest.approx(spot.mean(), abs=0.02)


def spots(seed: int, light: float) -> list[np.ndarray]:
    """Pictures of a spot on skin with fine detail, in that light."""
    rng, pictures = np.random.default_rng(seed), []
    y, x = np.mgrid[:SIZE, :SIZE] - SIZE / 2
    for _ in range(40):
        picture = np.full((SIZE, SIZE, 3), (210, 165, 150), float) + rng.normal(0, 12, (SIZE, SIZE, 1))
        picture[np.hypot(y, x) < rng.uniform(0.25, 0.35) * SIZE] -= rng.uniform(70, 110)
        pictures.append(np.clip(picture * light * rng.uniform(0.95, 1.05), 0, 255).astype(np.uint8))
    return pictures


def test_limits_for_several_sources_cost_each_of_them_little_and_find_what_is_spoilt() -> None:
    sources = [spots(0, 1.0), spots(1, 0.7)]
    limits = quality.choose_for_sources(sources)
    for squares in sources:
        assert quality.passing(quality.measure_all(squares), limits) >= 1 - quality.BUDGET
        for name in ("blurred, sigma 3 px", "brightness x 0.25", "contrast x 0.25 in fog"):
            spoil, fault = quality.CORRUPTIONS[name]
            found = quality.faults(quality.measure_all([spoil(p) for p in squares]), limits)
            assert found[fault].mean() > 0.9, name


def test_limits_let_the_stated_share_pass_together() -> None:
    values = np.random.default_rng(0).normal(0.5, 0.1, (4000, len(quality.MEASURES)))
    limits = quality.choose_limits(values)
    assert quality.PASSING <= quality.passing(values, limits) < quality.PASSING + 0.005
    assert set(limits) == set(quality.MEASURES)
