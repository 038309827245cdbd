"""The score for "not a lesion": the engine against the reference, the fit, the outliers' bookkeeping."""

import json
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from sklearn.linear_model import LogisticRegression

from training import ood
from training.features import Picture, Reader, network_key, pooled, run_features
from training.ood_scores import CONTRASTS, DISTANCES, LEAST_SPREAD, STRENGTH, Linear, fit_linear
from training.outlier_drawings import DRAWINGS, disc, noise, text
from training.outlier_sources import Pin, SourceError, fetch, members
from training.outliers import MANIFEST, crops, on_ground, part_of, read_outliers, write_outliers
from training.tflite_file import get_entry, get_metadata, set_metadata
from training.varied import varied

ROOT = Path(__file__).resolve().parents[2]
ENGINE = ROOT / "build/lentigo"
SHIPPED = ROOT / "model/lesion.tflite"


def classify(model, files):
    command = [ENGINE, "classify", "--json", "--logits", "--model", model, *files]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    """The shipped network without thresholds of its own, with a score of random weights."""
    path = tmp_path_factory.mktemp("model") / "model.tflite"
    shutil.copy(SHIPPED, path)
    document = get_metadata(path)
    set_metadata(path, {"format": 1} | {name: document[name] for name in ("labels", "preprocessing")})
    rng = np.random.default_rng(5)
    ood.write(path, Linear(rng.normal(0, 1, 1280).astype(np.float32), -0.75), 0.25)
    return path


@pytest.fixture(scope="module")
def drawings(tmp_path_factory, model):
    """Drawings of the size of the network's input, so that nothing is resized."""
    folder, side = tmp_path_factory.mktemp("drawings"), get_metadata(model)["preprocessing"]["width"]
    files = []
    for i, draw in enumerate((disc, noise, text) * 3):
        files.append(folder / f"{i}.png")
        square = Image.fromarray(draw(np.random.default_rng(i))).resize((side, side))
        square.save(files[-1])
    return files


def test_engine_gives_the_reference_s_score(model, drawings, tmp_path):
    values = np.frombuffer(get_entry(model, ood.ENTRY), "<f4")
    score, reader = Linear(values[:-1], float(values[-1])), Reader(model)
    answers = classify(model, drawings)
    for file, answer in zip(drawings, answers, strict=True):
        features, logits = reader.features(Picture(file))
        # The last layer is in single precision, and each runtime adds its 1280 products in an order of its own.
        assert answer["logits"] == pytest.approx(logits, abs=1e-5)
        assert answer["ood_score"] == pytest.approx(float(score(features[None])[0]), rel=2e-6, abs=2e-6)
        assert answer["not_a_lesion"] == (answer["ood_score"] > 0.25)
    values = [answer["ood_score"] for answer in answers]
    assert len(set(values)) == len(drawings)

    middle = tmp_path / "middle.tflite"
    shutil.copy(model, middle)
    ood.write(middle, score, float(np.median(values)))
    strange = [answer["not_a_lesion"] for answer in classify(middle, drawings)]
    assert strange == [value > round(float(np.median(values)), 4) for value in values]
    assert set(strange) == {True, False}


def test_pooled_is_the_mean_over_the_picture():
    rng = np.random.default_rng(0)
    feature_map = rng.normal(size=(7, 5, 11)).astype(np.float32)
    assert pooled(feature_map) == pytest.approx(feature_map.reshape(35, 11).mean(0), abs=1e-6)
    assert pooled(feature_map).dtype == np.float32


def test_features_are_computed_once_for_a_network(model, drawings, tmp_path):
    pictures = [Picture(file) for file in drawings[:3]] + [Picture(drawings[0], seed=1)]
    first = run_features(model, pictures, tmp_path, processes=1)
    (kept,) = tmp_path.iterdir()
    assert first.pooled.shape == (4, 1280)
    assert not np.array_equal(first.pooled[0], first.pooled[3])

    other = tmp_path / "other.tflite"
    shutil.copy(model, other)
    ood.write(other, Linear(np.zeros(1280, np.float32), 1.0), 0.0)
    assert network_key(other) == network_key(model)
    np.savez(kept, pooled=first.pooled + 1, logits=first.logits)
    assert np.array_equal(run_features(other, pictures, tmp_path, processes=1).pooled, first.pooled + 1)


def blobs(seed=0, count=80, channels=6):
    rng = np.random.default_rng(seed)
    lesions = rng.normal(1, 0.5, (count, channels)).astype(np.float32)
    outliers = rng.normal(1, 0.5, (count // 2, channels)).astype(np.float32)
    outliers[:, 2] += 3
    return lesions, outliers


def test_linear_score_is_the_logistic_regression_folded():
    lesions, outliers = blobs()
    score = fit_linear(lesions, outliers)
    mean, spread = lesions.mean(0), lesions.std(0) + LEAST_SPREAD
    both = (np.concatenate([lesions, outliers]) - mean) / spread
    truth = np.repeat([0, 1], [len(lesions), len(outliers)])
    wanted = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=400).fit(both, truth)
    assert score(outliers) == pytest.approx(wanted.decision_function((outliers - mean) / spread), abs=5e-3)
    assert ood.auroc(score(lesions), score(outliers)) > 0.99


def test_every_candidate_ranks_far_outliers_somehow():
    lesions, outliers = blobs()
    labels = np.arange(len(lesions)) % 3
    for name, candidate in (DISTANCES | CONTRASTS).items():
        if "components" in name or "residual" in name:
            continue  # need more channels than these
        logits = np.tile(np.arange(3.0), (len(outliers), 1))
        values = candidate(lesions, labels, outliers)(outliers, logits)
        assert values.shape == (len(outliers),), name
        assert np.isfinite(values).all(), name


def test_distances_grow_with_the_distance():
    rng = np.random.default_rng(1)
    lesions = rng.normal(size=(600, 140)) * np.linspace(3, 0.1, 140)
    far = lesions[:50] + 5
    for name in ("Mahalanobis, shrinkage 0.1", "nearest class mean", "residual outside 64 components"):
        score = DISTANCES[name](lesions, np.zeros(600, int), far)
        assert ood.auroc(score(lesions, None), score(far, None)) > 0.99, name


def test_auroc_counts_pairs():
    assert ood.auroc(np.array([0.0, 1.0]), np.array([0.5, 2.0])) == 0.75


def test_drawings_and_views_follow_from_their_seed():
    for draw, _ in DRAWINGS:
        one, same, other = (draw(np.random.default_rng(seed)) for seed in (1, 1, 2))
        assert one.dtype == np.uint8 and one.shape == (300, 400, 3)
        assert np.array_equal(one, same) and not np.array_equal(one, other), draw.__name__
    picture = disc(np.random.default_rng(0))
    views = [varied(picture, np.random.default_rng(seed)) for seed in (1, 1, 2)]
    assert np.array_equal(views[0], views[1]) and views[0].shape[2] == 3
    assert views[0].shape != views[2].shape or not np.array_equal(views[0], views[2])


def test_a_source_is_in_one_part_and_whole_kinds_are_for_testing():
    parts = {part_of("photo", f"package/{i}.jpg") for i in range(40)}
    assert parts == {"tune", "test"}
    assert {part_of(group, f"{i}") for group in ("skin", "text") for i in range(40)} == {"test"}
    assert {part_of("body", f"{i}") for i in range(40)} == {"tune"}


def test_cut_outs_lie_on_plain_ground():
    cut_out = Image.new("RGBA", (40, 20))
    cut_out.paste((255, 0, 0, 255), (10, 5, 30, 15))
    image = on_ground(cut_out, np.random.default_rng(0))
    assert image.mode == "RGB" and image.width == image.height
    assert len(image.getcolors()) == 2


@pytest.mark.parametrize(("group", "most"), [("skin", 4), ("body", 16)])
def test_skin_crops_show_little_else(group, most):
    pixels = np.full((400, 400, 3), (60, 120, 200), np.uint8)
    pixels[:, 150:] = (205, 150, 120)
    found = list(crops(Image.fromarray(pixels), group, np.random.default_rng(0)))
    assert 1 <= len(found) <= most
    for crop in found:
        assert (np.asarray(crop) == (205, 150, 120)).all(2).mean() > 0.97


def test_the_list_of_outliers_is_read_back(tmp_path):
    pictures = [
        (draw.__name__, f"drawn/{i}", Image.fromarray(draw(np.random.default_rng(i))))
        for i, (draw, _) in enumerate(DRAWINGS)
    ]
    rows = write_outliers(iter(pictures), tmp_path)
    assert read_outliers(tmp_path) == rows
    assert all((tmp_path / row.file).is_file() for row in rows)
    with pytest.raises(FileNotFoundError, match=MANIFEST):
        read_outliers(tmp_path / "elsewhere")


def test_packages_are_read_in_either_form(tmp_path):
    (tmp_path / "a.txt").write_text("content")
    with zipfile.ZipFile(tmp_path / "p.whl", "w") as archive:
        archive.write(tmp_path / "a.txt", "p/a.txt")
    with tarfile.open(tmp_path / "p.tgz", "w:gz") as archive:
        archive.add(tmp_path / "a.txt", "./p/a.txt")
    for client, file in (("wheel", "p.whl"), ("npm", "p.tgz")):
        assert list(members(Pin(client, "p", "1", ""), tmp_path / file)) == [("p/a.txt", b"content")]


def test_a_package_that_cannot_be_had_is_named(tmp_path):
    with pytest.raises(SourceError, match="no-such-package-as-this: "):
        fetch(Pin("apt", "no-such-package-as-this", "1.0", "0" * 64), tmp_path)


def test_the_command_fits_writes_and_reports(tiny_data, model, tmp_path):
    data, split = tiny_data
    path, folder, report = tmp_path / "model.tflite", tmp_path / "outliers", tmp_path / "figures.json"
    shutil.copy(model, path)
    drawn = [
        (draw.__name__, f"drawn/{draw.__name__}/{i}", Image.fromarray(draw(np.random.default_rng(i))))
        for draw, _ in DRAWINGS
        for i in range(6)
    ]
    rows = write_outliers(iter(drawn), folder)
    command = [sys.executable, "-m", "training.ood", data, "--outliers", folder, "--model", path, "--split", split]
    options = ["--cache", tmp_path / "cache", "--fit", "24", "--json", report]
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert "| everyday, all |" in done.stdout and "| skin" not in done.stdout

    section, figures = get_metadata(path)["ood"], json.loads(report.read_text())
    assert section["score"] == "linear" and section["threshold"] == pytest.approx(figures["threshold"], abs=1e-3)
    assert len(get_entry(path, ood.ENTRY)) == 1281 * 4
    tests = [row for row in rows if row.part == "test"]
    assert sum(f["pictures"] for kind, f in figures["outliers"].items() if kind != "everyday, all") == len(tests)
    answers = classify(path, [folder / row.file for row in tests])
    by_engine = [a["not_a_lesion"] for row, a in zip(tests, answers, strict=True) if row.group == "noise"]
    if by_engine:
        assert abs(np.mean(by_engine) - figures["outliers"]["noise"]["flagged"]) <= 1 / len(by_engine)
    assert all(a["not_a_lesion"] == (a["ood_score"] > section["threshold"]) for a in answers)


def test_classes_come_by_the_root_of_their_counts_as_long_as_they_last() -> None:
    labels = np.repeat([0, 1], [400, 4])
    order = ood.by_root(labels)
    assert sorted(order) == list(range(404))
    assert np.bincount(labels[order[:11]]).tolist() == [10, 1]
    assert np.bincount(labels[order[:44]]).tolist() == [40, 4]
