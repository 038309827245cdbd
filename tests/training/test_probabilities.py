"""The shipped model on whole photos: the engine's probabilities against the Python reference's.

The reference decodes with Pillow, crops and resizes with `training.preprocess`, runs the file by LiteRT and
decides with the file's temperature and prior. The largest difference of a probability that was seen is 0.003,
for PNG as for JPEG: pixels one level apart move an int8 logit by a step or two. The limit leaves room for
another machine's LiteRT.
"""

import json
import subprocess
from pathlib import Path

import numpy as np
import pytest
from shipped import MODEL, deciding
from test_preprocess import file_of, photo, reference

from training.metrics import softmax
from training.preprocess import network_input
from training.tflite_file import get_metadata, run_litert

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 0.01


def engine_probabilities(path: Path) -> np.ndarray:
    """`[classes]` f64, in the order of the labels."""
    command = [ROOT / "build/lentigo", "classify", "--json", "--full-decode", "--model", MODEL, path]
    answer = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    return np.array([answer["probabilities"][label["id"]] for label in get_metadata(MODEL)["labels"]])


def reference_probabilities(path: Path) -> np.ndarray:
    """The same by Pillow, `training.preprocess` and LiteRT."""
    (document,) = deciding([path])
    wanted = document["preprocessing"]
    pixels = reference(path, wanted["width"], wanted["crop"])
    logits = run_litert(MODEL, network_input([pixels], wanted["width"], 1.0))
    return softmax(logits / document["temperature"] + np.array(document["log_prior"]))[0]


@pytest.mark.parametrize("kind", ["png", "jpg"])
def test_probabilities_are_those_of_the_reference(tmp_path: Path, kind: str) -> None:
    differences = []
    for seed, (width, height) in enumerate([(400, 300), (600, 450), (450, 600), (224, 224), (1024, 768), (801, 599)]):
        path = file_of(photo(width, height, seed), tmp_path / f"{seed}.{kind}")
        ours, theirs = engine_probabilities(path), reference_probabilities(path)
        assert ours.sum() == pytest.approx(1, abs=1e-5)
        differences.append(np.abs(ours - theirs).max())
    print(f"{kind}: largest difference of a probability {max(differences):.4f}")
    assert max(differences) <= LIMIT
