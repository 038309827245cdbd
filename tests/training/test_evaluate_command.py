"""`lentigo evaluate` beside the figures of this package: the same answers, the same draws, the same numbers."""

import csv
import io
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from training import evaluate_figures as figures
from training.data import LABELS, read_metadata
from training.engine import Engine
from training.evaluate_answers import Answers, files_of
from training.tflite_file import get_metadata

ENGINE = Path(__file__).parents[2] / "build" / "lentigo"
DRAWS, SEED = 200, 5
MASK = (1 << 64) - 1
ROUNDED = 2e-6  # figures are printed with six decimals


@dataclass(frozen=True)
class Told(Answers):
    """Answers with the probabilities and the malignant sum as the engine rounds them."""

    @property
    def malignant_sum(self) -> np.ndarray:
        return singles([answer["malignant"] for answer in self.said])


def singles(values: list) -> np.ndarray:
    """What the engine has as f32, from its shortest decimal form."""
    return np.array(values, np.float32).astype(np.float64)


def split_mix(seed: int):
    """SplitMix64 (Steele, Lea and Flood, 2014)."""
    state = seed
    while True:
        state = (state + 0x9E3779B97F4A7C15) & MASK
        z = ((state ^ state >> 30) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ z >> 27) * 0x94D049BB133111EB) & MASK
        yield z ^ z >> 31


def same_weights(lesions: np.ndarray) -> np.ndarray:
    """The engine's draws, as training.bootstrap.lesion_weights has its own."""
    _, lesion_of = np.unique(lesions, return_inverse=True)
    count, numbers = int(lesion_of.max()) + 1, split_mix(SEED)
    drawn = np.zeros((DRAWS, count))
    for draw in drawn:
        for _ in range(count):
            draw[(next(numbers) >> 32) * count >> 32] += 1
    return drawn[:, lesion_of]


def evaluate(model: Path, *arguments: str) -> subprocess.CompletedProcess:
    """Run the command."""
    options = ("--model", str(model), "--draws", str(DRAWS), "--seed", str(SEED))
    return subprocess.run([str(ENGINE), "evaluate", *options, *arguments], capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def told(tiny_data: tuple[Path, Path], tiny_model: Path) -> Told:
    """The engine's answers to all of the data."""
    records = read_metadata(tiny_data[0])
    engine = Engine(tiny_model)
    data, uniform = (engine.ask(files_of(records), prior=prior) for prior in ("data", "uniform"))
    shares = [singles([[a["probabilities"][label] for label in LABELS] for a in said]) for said in (data, uniform)]
    malignant = np.array([bool(label["malignant"]) for label in get_metadata(tiny_model)["labels"]])
    return Told(records, data, np.array([a["logits"] for a in data]), *shares, malignant)


@pytest.fixture(scope="module")
def found(tiny_data: tuple[Path, Path], tiny_model: Path) -> dict:
    """What the command says of them."""
    run = evaluate(tiny_model, "--json", "--pictures", str(tiny_data[0] / "images"), str(metadata(tiny_data)))
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def metadata(tiny_data: tuple[Path, Path]) -> Path:
    """The CSV file of the data, with an image id, a diagnosis and a lesion a line."""
    return tiny_data[0] / "HAM10000_metadata.csv"


def assert_same(ours: dict, theirs: object) -> None:
    """An estimate of the command beside one of this package."""
    for bound in ("value", "low", "high"):
        wanted = getattr(theirs, bound)
        if np.isnan(wanted):
            assert ours[bound] is None
        else:
            assert ours[bound] == pytest.approx(wanted, abs=ROUNDED), bound


def test_headline_and_classes(told: Told, found: dict) -> None:
    weights = same_weights(told.lesions)
    theirs = figures.headline(told, weights)
    assert {"accuracy", "balanced_accuracy", "macro_auc", "malignant_auc", "ece", "brier", "nll"} <= {
        *found["headline"]
    }
    for name, ours in found["headline"].items():
        assert_same(ours, theirs[name])
    for label, row in figures.classes(told, weights).items():
        ours = found["classes"][label]
        assert (ours["pictures"], ours["lesions"]) == (row["pictures"], row["lesions"])
        for prior in ("data", "uniform"):
            for name in ("auc", "sensitivity", "specificity", "ppv"):
                assert_same(ours[prior][name], row[prior][name])


def test_decisions(told: Told, found: dict, tiny_model: Path) -> None:
    document, weights = get_metadata(tiny_model), same_weights(told.lesions)
    points = [p for p in figures.operating_points(told, document, weights) if p["name"] != "marked by the app"]
    assert len(points) == len(found["operating_points"]) > 0
    for ours, theirs in zip(found["operating_points"], points, strict=True):
        assert ours["name"] == theirs["name"]
        assert [*ours["thresholds"].values()] == pytest.approx([theirs["threshold"]])
        for name in ("sensitivity", "specificity", "ppv", "ppv_at_2_percent"):
            assert_same(ours[name], theirs[name])
    sets = figures.sets(told, document, weights)
    assert found["sets"]["nominal"] == pytest.approx(sets["nominal"])
    assert_same(found["sets"]["coverage"], sets["coverage"])
    assert_same(found["sets"]["size"], sets["size"])
    for label, row in sets["classes"].items():
        assert_same(found["sets"]["classes"][label], row["coverage"])
    silent = figures.abstained(told, document, weights)
    assert_same(found["abstain"]["rate"], silent["rate"]["all"])
    assert_same(found["abstain"]["accuracy_answered"], silent["accuracy_answered"])
    assert_same(found["abstain"]["accuracy_abstained"], silent["accuracy_abstained"])
    assert_same(found["faulted"], figures.quality(told, document, weights)["any"]["all"])


def test_confusion_calibration_and_the_worst(told: Told, found: dict) -> None:
    for prior, counts in figures.confusions(told).items():
        assert found["confusion"][prior] == counts.tolist()
    bins = figures.metrics.reliability(told.data, told.truth)
    assert [b["pictures"] for b in found["reliability"]] == [b["pictures"] for b in bins]
    for ours, theirs in zip(found["reliability"], bins, strict=True):
        assert ours["accuracy"] == pytest.approx(theirs["accuracy"], abs=ROUNDED)
        assert ours["confidence"] == pytest.approx(theirs["confidence"], abs=ROUNDED)
    for name, rows in figures.failures(told).items():
        ours = found["failures"][name]
        assert [(Path(r["picture"]).stem, r["truth"], r["answer"]) for r in ours] == [
            (r["picture"], r["truth"], r["answer"]) for r in rows
        ]


def test_a_folder_says_the_same_but_for_the_lesions(
    tiny_data: tuple[Path, Path], tiny_model: Path, found: dict, tmp_path: Path
) -> None:
    for record in read_metadata(tiny_data[0]):
        folder = tmp_path / {"mel": "Melanoma malignum"}.get(LABELS[record.label], LABELS[record.label].upper())
        folder.mkdir(exist_ok=True)
        (folder / record.file.name).symlink_to(record.file)
    refused = evaluate(tiny_model, "--json", str(tmp_path))
    assert refused.returncode == 1 and "diagnosis Melanoma malignum" in refused.stderr and not refused.stdout
    run = evaluate(tiny_model, "--json", "--map", "mel=other,melanoma MALIGNUM", str(tmp_path))
    ours = json.loads(run.stdout)
    assert ours["lesions"] == ours["pictures"] == found["pictures"]
    for name, value in found["headline"].items():
        assert ours["headline"][name]["value"] == value["value"]
    left = json.loads(evaluate(tiny_model, "--json", "--map", "none=Melanoma malignum", str(tmp_path)).stdout)
    assert left["left_out"] == found["classes"]["mel"]["pictures"]
    assert left["pictures"] + left["left_out"] == found["pictures"]


def test_csv_has_the_same_figures(tiny_data: tuple[Path, Path], tiny_model: Path, found: dict) -> None:
    run = evaluate(tiny_model, "--csv", "--pictures", str(tiny_data[0] / "images"), str(metadata(tiny_data)))
    rows = {row["figure"]: row for row in csv.DictReader(io.StringIO(run.stdout))}
    for name, ours in found["headline"].items():
        row = rows[f"headline.{name}"]
        for bound, value in ours.items():
            assert (float(row[bound]) if row[bound] else None) == pytest.approx(value)
    assert float(rows["confusion.data.0.0"]["value"]) == found["confusion"]["data"][0][0]
