"""The paper's network from end to end on drawings: splits, views, training, resuming, HDF5, the engine's answers."""

import json
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf
from conftest import INCOMPLETE, PICTURES_OF_EACH

from training.data import LABELS, image_path
from training.engine import Engine
from training.paper import compare, train
from training.paper.data import (
    HEIGHT,
    WIDTH,
    complete_records,
    lesion_parts,
    load_small,
    parts_of,
    random_parts,
    seen_share,
)
from training.paper.network import Config, build_network, normalise, random_views

ROOT = Path(__file__).parents[2]
TINY = Config(widths=(8, 8, 8, 8), dense=16, dropout=0.2, rate=3e-3, batch=8, passes=3)


@pytest.fixture(scope="module")
def run(tiny_data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, np.ndarray, np.ndarray, dict]:
    """Folder of a finished run with the pixels, labels and parts it was trained on."""
    folder = tmp_path_factory.mktemp("run")
    records = complete_records(tiny_data)
    pixels, labels = load_small(tiny_data, records, folder), np.array([r.label for r in records])
    rows = random_parts(len(records))
    model, _ = train.train(pixels, labels, rows, TINY, folder / "random")
    model.save(folder / "random.h5")
    return folder, pixels, labels, rows


def test_incomplete_record_is_left_out(tiny_data: Path) -> None:
    records = complete_records(tiny_data)
    assert len(records) == len(LABELS) * PICTURES_OF_EACH - 1
    assert INCOMPLETE not in {r.image_id for r in records}


def test_random_split_has_the_papers_shares_and_is_repeatable() -> None:
    parts = random_parts(9958)
    assert [len(parts[part]) for part in ("train", "val", "test")] == [6372, 1594, 1992]
    assert len(np.unique(np.concatenate(list(parts.values())))) == 9958
    np.testing.assert_array_equal(random_parts(9958)["test"], parts["test"])


def test_random_split_leaks_and_the_other_does_not(tiny_data: Path, tmp_path: Path) -> None:
    records = complete_records(tiny_data)
    split = tmp_path / "split.csv"
    part_of = {r.image_id: ("train", "val", "test")[int(r.lesion_id[-1]) % 3] for r in records}
    split.write_text("image_id,part\n" + "".join(f"{i},{p}\n" for i, p in part_of.items()))
    assert seen_share(records, parts_of(records, "random")) > 0.3
    assert seen_share(records, lesion_parts(records, split)) == 0


def test_pixels_are_those_of_the_engine(tiny_data: Path, run) -> None:
    _, pixels, _, _ = run
    records = complete_records(tiny_data)
    files = [image_path(tiny_data, r.image_id) for r in records[:5]]
    theirs = compare.engine_pixels(ROOT / "build/test/imgfit", files).astype(int)
    assert np.abs(theirs - pixels[:5]).max() <= 8, "two JPEG decoders"
    assert np.abs(theirs - pixels[:5]).mean() < 0.5


def test_views_stay_within_what_the_paper_says() -> None:
    """Where a bright spot off the centre goes: 10 degrees, a zoom of 0.1 and a shift of 0.15 at most."""
    images = np.zeros((64, HEIGHT, WIDTH, 3), np.float32)
    images[:, 20:24, 58:62] = 1
    views = random_views(images, tf.constant((1, 2), tf.int32)).numpy()
    assert views.shape == images.shape
    np.testing.assert_array_equal(views, random_views(images, tf.constant((1, 2), tf.int32)).numpy())
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    weight = views[..., 0]
    across = (weight * x).sum((1, 2)) / weight.sum((1, 2)) - 59.5
    down = (weight * y).sum((1, 2)) / weight.sum((1, 2)) - 21.5
    most_down = (0.15 * HEIGHT + 0.1 * 23) * 1.15
    most_across = (0.15 * WIDTH + np.sin(np.pi / 18) * 23 * WIDTH / HEIGHT) * 1.15
    assert np.abs(down).max() <= most_down and np.abs(down).max() > 0.5 * most_down
    assert np.abs(across).max() <= most_across and np.abs(across).max() > 0.5 * most_across


def test_training_lowers_the_loss(run) -> None:
    folder, _, _, _ = run
    history = json.loads((folder / "random/history.json").read_text())
    assert [line["pass"] for line in history] == [1, 2, 3]
    assert history[-1]["train_loss"] < history[0]["train_loss"]


def test_hdf5_round_trip(run) -> None:
    folder, pixels, labels, rows = run
    again = keras.saving.load_model(folder / "random.h5", compile=False)
    assert {layer.compute_dtype for layer in again.layers} == {"float32"}
    model, _ = train.train(pixels, labels, rows, TINY, folder / "random")
    np.testing.assert_array_equal(train.predict(again, pixels[:8]), train.predict(model, pixels[:8]))


def test_resuming_gives_the_run_that_was_not_cut_off(run, tmp_path: Path) -> None:
    folder, pixels, labels, rows = run
    whole = train.train_pass

    def cut(model, given, truth, config, number):
        if number == 2:
            raise KeyboardInterrupt
        return whole(model, given, truth, config, number)

    with pytest.MonkeyPatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(train, "train_pass", cut)
        train.train(pixels, labels, rows, TINY, tmp_path)
    resumed, history = train.train(pixels, labels, rows, TINY, tmp_path)
    expected = keras.saving.load_model(folder / "random/last.keras")
    assert len(history) == 3
    left = keras.saving.load_model(tmp_path / "last.keras")
    assert int(left.optimizer.iterations) == int(expected.optimizer.iterations)
    assert float(left.optimizer.learning_rate) == pytest.approx(float(expected.optimizer.learning_rate))
    # Dropout draws anew after a resume; order and views of the passes do not.
    first = json.loads((folder / "random/history.json").read_text())
    assert history[0]["train_loss"] == pytest.approx(first[0]["train_loss"], rel=0.02)
    assert resumed.count_params() == build_network(TINY, len(LABELS)).count_params()


def test_search_keeps_the_least_loss(run, tmp_path: Path) -> None:
    _, pixels, labels, rows = run
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(train, "SEARCH", {"rate": (1e-7, 3e-3), "dense": (TINY.dense,)})
        patch.setattr(train, "SEARCH_PASSES", 1)
        best, trials = train.search(pixels, labels, rows, TINY, tmp_path)
    assert [(t["rate"], t["passes"]) for t in trials] == [(1e-7, 1), (3e-3, 1)]
    assert trials[1]["loss"] < trials[0]["loss"]
    assert best == TINY


def test_engine_answers_like_keras(run, tiny_data: Path) -> None:
    folder, _, labels, _ = run
    files = [image_path(tiny_data, r.image_id) for r in complete_records(tiny_data)][::4]
    models = compare.convert_both(folder, "random", np.bincount(labels), files, ROOT / "build/lentigo")
    network = keras.saving.load_model(folder / "random.h5", compile=False)
    expected = train.predict(network, compare.engine_pixels(ROOT / "build/test/imgfit", files))
    for kind, limit in (("fp32", 1e-4), ("int8", 0.1)):
        answers = Engine(models[kind]).ask(files)
        np.testing.assert_allclose(compare.probabilities_of(answers), expected, atol=limit)


def test_normalised_pixels_span_one() -> None:
    ends = normalise(np.array([[[[0, 127, 255]]]], np.uint8))
    assert ends.dtype == np.float32
    np.testing.assert_allclose(ends[0, 0, 0], [-127 / 128, 0, 1])
