"""Sets, abstaining and operating points: by hand, on made-up logits, and the engine's against the reference's."""

import json
import subprocess
from pathlib import Path

import numpy as np
import pytest
from ai_edge_litert import schema_py_generated as schema
from PIL import Image
from shipped import MODEL, deciding
from test_preprocess import file_of, photo
from tflite_graph import Graph

from training import decision
from training.metrics import softmax
from training.tflite_file import set_metadata

ROOT = Path(__file__).resolve().parents[2]
ENGINE = ROOT / "build/lentigo"
LABELS = [{"id": name, "malignant": name in ("a", "c")} for name in "abcde"]


def document(prior: str) -> dict:
    """Of a network of five classes."""
    shares = np.array([0.1, 0.4, 0.2, 0.25, 0.05])
    return {
        "format": 1,
        "labels": LABELS,
        "log_prior": np.log(shares).tolist(),
        "temperature": 1.3,
        "thresholds": {"malignant": 0.3, "confidence": 0.55},
        "conformal": {"coverage": 0.9, "prior": prior, "thresholds": [0.1, 0.3, 0.15, 0.9, 0.02]},
    }


def colour_network(path: Path) -> None:
    """A network whose logits depend on the picture's mean colour: any colour gives made-up logits."""
    graph = Graph()
    picture = graph.tensor("f32", [1, 4, 4, 3])
    mean = graph.tensor("f32", [1, 3])
    options = schema.ReducerOptionsT()
    options.keepDims = False
    graph.add("MEAN", [picture, graph.tensor("i32", [2], [1, 2])], mean, options)
    weights = np.random.default_rng(2).normal(0, 3, (5, 3))
    logits = graph.tensor("f32", [1, 5])
    dense = schema.FullyConnectedOptionsT()
    graph.add("FULLY_CONNECTED", [mean, graph.tensor("f32", [5, 3], weights), -1], logits, dense)
    path.write_bytes(graph.bytes([picture], [logits]))


def answers(model: Path, files: list[Path]) -> list[dict]:
    """Of the command line, with logits."""
    command = [ENGINE, "classify", "--json", "--logits", "--model", model, *files]
    lines = subprocess.run(command, capture_output=True, check=True, text=True).stdout.splitlines()
    return [json.loads(line) for line in lines]


def assert_decided_alike(found: list[dict], stated: dict) -> np.ndarray:
    """The engine's sets, abstaining and malignant sums are those of the reference; returns the sets."""
    logits = np.array([a["logits"] for a in found])
    sets, away = decision.prediction_sets(stated, logits), decision.abstains(stated, logits)
    names = [label["id"] for label in stated["labels"]]
    for answer, expected, silent in zip(found, sets, away, strict=True):
        shares = answer["probabilities"]
        falling = sorted((n for n, member in zip(names, expected, strict=True) if member), key=lambda n: -shares[n])
        assert answer["set"] == falling
        assert answer["abstain"] == silent
    malignant = [a["malignant"] for a in found]
    np.testing.assert_allclose(malignant, decision.malignant_sum(stated, logits), atol=1e-6)
    return sets


@pytest.mark.parametrize("prior", ["data", "uniform"])
def test_the_engine_decides_as_the_reference_on_made_up_logits(tmp_path: Path, prior: str) -> None:
    model, stated = tmp_path / "colour.tflite", document(prior)
    colour_network(model)
    set_metadata(model, stated)
    colours = np.random.default_rng(3).integers(0, 256, (150, 3), dtype=np.uint8)
    files = [
        file_of(Image.fromarray(np.tile(colour, (4, 4, 1))), tmp_path / f"{i}.png") for i, colour in enumerate(colours)
    ]
    found = answers(model, files)
    sizes = assert_decided_alike(found, stated).sum(1)
    assert set(sizes) >= {1, 2, 3}
    assert 0 < sum(a["abstain"] for a in found) < len(found)


def test_the_engine_decides_as_the_reference_on_the_shipped_model(tmp_path: Path) -> None:
    files = [file_of(photo(300 + 20 * i, 260, i), tmp_path / f"{i}.jpg") for i in range(12)]
    for answer, document in zip(answers(MODEL, files), deciding(files), strict=True):
        assert_decided_alike([answer], document)


# ---- choosing ----


def made_up(count: int, seed: int = 0) -> decision.Part:
    """Logits that are calibrated for equal priors, each lesion with one or two pictures, one rare class."""
    rng = np.random.default_rng(seed)
    lesions = np.repeat(np.arange(count), rng.integers(1, 3, count))
    of_lesion = rng.choice(5, count, p=[0.25, 0.3, 0.2, 0.24, 0.01])
    truth = of_lesion[lesions]
    logits = rng.normal(0, 1.3, (len(truth), 5))
    logits[np.arange(len(truth)), truth] += 2.2
    return decision.Part(logits, truth, lesions.astype(str), [])


def test_the_quantile_is_that_of_the_finite_sample() -> None:
    own = np.arange(1, 101) / 100
    lesions = np.arange(100).astype(str)
    # ⌈101 · 0.9⌉ = 91 of the 100 have to reach the threshold: 0.10 … 1.00
    assert decision.conformal_threshold(own, lesions, 0.1) == 0.1
    assert decision.conformal_threshold(own[:8], lesions[:8], 0.1) == 0  # ⌈9 · 0.9⌉ is more than there are
    assert decision.conformal_threshold(own[:9], lesions[:9], 0.1) == 0.01


def test_a_lesion_counts_once_however_many_pictures_it_has() -> None:
    own = np.r_[np.full(50, 0.01), np.linspace(0.5, 1, 99)]
    lesions = np.r_[np.full(50, 0), np.arange(1, 100)].astype(str)
    assert decision.conformal_threshold(own, lesions, 0.1) >= 0.5


def test_new_lesions_are_covered_as_stated() -> None:
    stated = document("uniform")
    stated["conformal"] = decision.choose_conformal(stated, made_up(3000))
    fresh = made_up(6000, seed=1)
    sets = decision.prediction_sets(stated, fresh.logits)
    covered = sets[np.arange(len(fresh.truth)), fresh.truth]
    for k in range(4):
        assert covered[fresh.truth == k].mean() == pytest.approx(0.9, abs=0.03)


def test_few_lesions_take_the_lower_of_two_thresholds() -> None:
    part = made_up(400)
    assert len(np.unique(part.lesions[part.truth == 4])) < decision.FEW_LESIONS
    shares = softmax(part.logits)
    thresholds = decision.conformal_thresholds(shares, part.truth, part.lesions, 0.1)
    own = shares[np.arange(len(part.truth)), part.truth]
    pooled = decision.conformal_threshold(own, part.lesions, 0.1)
    rare = part.truth == 4
    assert thresholds[4] == min(pooled, decision.conformal_threshold(own[rare], part.lesions[rare], 0.1))
    assert pooled not in thresholds[:4]


def test_the_confidence_is_the_smallest_that_keeps_the_accuracy() -> None:
    shares = np.array([[0.9, 0.1], [0.8, 0.2], [0.7, 0.3], [0.65, 0.35], [0.6, 0.4], [0.55, 0.45]])
    truth = np.array([0, 0, 1, 0, 0, 1])
    assert decision.choose_confidence(shares, truth, accuracy=0.8) == 0.6  # 4 of 5
    assert decision.choose_confidence(shares, truth, accuracy=0.95) == 0.8
    assert decision.choose_confidence(shares, truth, accuracy=0.6) == 0.0
    assert decision.choose_confidence(shares, 1 - truth * 0, accuracy=0.9) == 1.0


def test_an_operating_point_finds_the_stated_share() -> None:
    malignant = np.r_[np.linspace(0.1, 1, 10), np.linspace(0, 0.45, 10)]
    is_one = np.arange(20) < 10
    point = decision.operating_point(malignant, is_one, 0.9, np.full(20, "one"), 0.5)
    assert point["name"] == "0.90"
    assert point["threshold"] == 0.2
    assert point["sensitivity"] == 0.9
    assert point["specificity"] == 0.4  # 0, 0.05, 0.1 and 0.15 lie below
    assert point["ppv"] == pytest.approx(9 / 15, abs=1e-4)
    assert point["ppv_at_2_percent"] == pytest.approx(0.9 * 0.02 / (0.9 * 0.02 + 0.6 * 0.98), abs=1e-4)


def test_a_source_with_many_pictures_does_not_set_the_operating_point_alone() -> None:
    """A hundred malignant pictures of one source at 0.9, ten of another from 0.1 to 1: each source counts as much."""
    malignant = np.r_[np.full(100, 0.9), np.linspace(0.1, 1, 10), np.zeros(4)]
    is_one = np.arange(114) < 110
    sources = np.r_[np.full(100, "large"), np.full(10, "small"), np.full(4, "large")]
    point = decision.operating_point(malignant, is_one, 0.9, sources, 0.5)
    assert point["threshold"] == 0.3  # all of the one, eight of ten of the other
    assert point["sensitivity"] == 0.9 and point["specificity"] == 1.0


def test_sets_hold_in_the_source_that_is_hardest() -> None:
    easy, hard = made_up(2000), made_up(2000, seed=3)
    hard_logits = hard.logits * 0.5
    part = decision.Part(
        np.concatenate([easy.logits, hard_logits]),
        np.concatenate([easy.truth, hard.truth]),
        np.concatenate([np.char.add("e", easy.lesions), np.char.add("h", hard.lesions)]),
        [],
        np.repeat(["easy", "hard"], [len(easy.truth), len(hard.truth)]),
    )
    stated = document("uniform")
    stated["conformal"] = decision.choose_conformal(stated, part)
    sets = decision.prediction_sets(stated, hard_logits)
    assert sets[np.arange(len(hard.truth)), hard.truth].mean() > 0.88
