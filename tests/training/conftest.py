"""A tiny data set of drawings in the layout of HAM10000, for tests of the whole training."""

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from training import metrics, quantize
from training.data import LABELS, image_path, read_metadata, split_by_lesion, write_split
from training.decision import Part
from training.export import INPUT_RANGE, make_document
from training.network import EfficientNetLite, fold_batch_norm
from training.preprocess import center_crop_resize, network_input
from training.tflite_file import export_float, export_int8, run_litert, set_metadata

PICTURES_OF_EACH = 12


def draw(label: int, number: int) -> Image.Image:
    """A spot whose colour goes with the class, on noise."""
    rng = np.random.default_rng(1000 * label + number)
    pixels = rng.integers(150, 190, (60, 80, 3))
    y, x = np.mgrid[:60, :80]
    spot = np.hypot(y - 30, x - 40) < 14 + number
    pixels[spot] = np.array([(label * 37) % 256, (label * 91) % 256, (label * 151) % 256])
    return Image.fromarray(pixels.astype(np.uint8))


@pytest.fixture(scope="session")
def tiny_data(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Folder of the data and its split file."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "images").mkdir()
    lines = ["lesion_id,image_id,dx,dx_type,age,sex,localization"]
    for label, name in enumerate(LABELS):
        for number in range(PICTURES_OF_EACH):
            image_id = f"P_{label}{number:02d}"
            # two pictures of each lesion
            whose = f"{25 + 10 * (number // 2)},{('male', 'female')[label % 2]},{('back', 'face')[number // 6]}"
            lines.append(f"L_{label}{number // 2:02d},{image_id},{name},histo,{whose}")
            draw(label, number).save(folder / "images" / f"{image_id}.jpg", quality=90)
    (folder / "HAM10000_metadata.csv").write_text("\n".join(lines) + "\n")
    split_file = folder / "split.csv"
    write_split(split_by_lesion(read_metadata(folder)), split_file)
    return folder, split_file


@pytest.fixture(scope="session")
def tiny_model(tiny_data: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An int8 file of a network with random weights that has seen the drawings' mean and variance only."""
    torch.manual_seed(0)
    records = read_metadata(tiny_data[0])
    pictures = [np.asarray(Image.open(image_path(tiny_data[0], r.image_id)).convert("RGB")) for r in records]
    images, size = network_input(pictures, 64, 1.0), 64
    network = EfficientNetLite(len(LABELS)).train()
    with torch.no_grad():
        for _ in range(4):
            network(images[::2])
    network = fold_batch_norm(network.eval())
    ranges = quantize.collect_ranges(network, images.split(16))
    quantize.clamp_dead_channels(network, ranges)
    folder = tmp_path_factory.mktemp("model")
    export_float(network, size, folder / "fp32.tflite")
    export_int8(folder / "fp32.tflite", INPUT_RANGE, ranges, folder / "int8.tflite")
    logits = run_litert(folder / "int8.tflite", images)
    state = {
        "config": {"size": size, "crop": 1.0},
        "log_prior": torch.full((len(LABELS),), 1 / len(LABELS)).log(),
        "passes_done": 0,
    }
    truth, lesions = np.array([r.label for r in records]), np.array([r.lesion_id for r in records])
    squares = [center_crop_resize(picture, size, 1.0) for picture in pictures]
    document = make_document(state, Part(logits, truth, lesions, squares), "0.1.0")
    # A network without training is sure of nothing: it abstains from a part of what it sees. The threshold is in the
    # widest gap of the middle half, so that rounding decides nothing.
    sure = np.sort(metrics.softmax(logits / document["temperature"]).max(1))[len(truth) // 4 : -len(truth) // 4]
    gap = int(np.diff(sure).argmax())
    document["thresholds"]["confidence"] = float(sure[gap : gap + 2].mean())
    set_metadata(folder / "int8.tflite", document)
    return folder / "int8.tflite"


@pytest.fixture(scope="session")
def made_up() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Probabilities `[N, C]`, no two of a picture equal, the truth, and weights with zeros among them."""
    rng = np.random.default_rng(5)
    truth = np.concatenate(
        [np.arange(len(LABELS)), rng.choice(len(LABELS), 493, p=[0.05, 0.05, 0.1, 0.02, 0.1, 0.66, 0.02])]
    )
    logits = rng.normal(size=(500, len(LABELS))) + 1.5 * np.eye(len(LABELS))[truth]
    return metrics.softmax(logits), truth, rng.poisson(1.0, 500).astype(float)
