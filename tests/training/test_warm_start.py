"""Going on from a model file: its weights become a network that answers as the file and can be trained."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from training.data import LABELS, image_path, read_metadata
from training.export import INPUT_RANGE
from training.network import ConvUnit, EfficientNetLite, fold_batch_norm
from training.preprocess import network_input
from training.quantize import clamp_dead_channels, collect_ranges
from training.tflite_file import export_float, export_int8, get_metadata, run_litert, set_metadata
from training.train import start_from
from training.trainer import TrainConfig
from training.warm_start import read_layers, restore

ROOT = Path(__file__).parents[2]
SIZE = 64


@pytest.fixture(scope="module")
def images(tiny_data: tuple[Path, Path]) -> torch.Tensor:
    """Network inputs `[B, 3, SIZE, SIZE]` from the drawings."""
    from PIL import Image

    files = [image_path(tiny_data[0], r.image_id) for r in read_metadata(tiny_data[0])][::3]
    return network_input([np.asarray(Image.open(f).convert("RGB")) for f in files], SIZE, 1.0)


def make_network(seed: int) -> EfficientNetLite:
    """A network with random weights, and normalisations that change something."""
    torch.manual_seed(seed)
    network = EfficientNetLite(len(LABELS), dropout=0.0)
    for unit in network.modules():
        if isinstance(unit, ConvUnit):
            torch.nn.init.uniform_(unit.norm.weight, 0.5, 1.5)
            torch.nn.init.uniform_(unit.norm.bias, -0.5, 0.5)
            unit.norm.momentum = None  # running statistics are plain means
    return network


@pytest.fixture(scope="module")
def files(images: torch.Tensor, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """An fp32 and an int8 file of one network."""
    network = make_network(1).train()
    with torch.no_grad():
        for _ in range(3):
            network(images)
    folded = fold_batch_norm(network.eval())
    ranges = collect_ranges(folded, [images])
    clamp_dead_channels(folded, ranges)
    folder = tmp_path_factory.mktemp("start")
    found = {"fp32": folder / "fp32.tflite", "int8": folder / "int8.tflite"}
    export_float(folded, SIZE, found["fp32"])
    export_int8(found["fp32"], INPUT_RANGE, ranges, found["int8"])
    return found


def test_rounded_weights_are_within_half_a_step(files: dict[str, Path]) -> None:
    exact, rounded = read_layers(files["fp32"]), read_layers(files["int8"])
    assert len(exact) == len(rounded)
    for (weight, bias), (found, found_bias) in zip(exact, rounded, strict=True):
        step = weight.flatten(1).abs().amax(1) / 127
        assert ((found - weight).flatten(1).abs().amax(1) <= 0.501 * step).all()
        torch.testing.assert_close(found_bias, bias, atol=1e-3, rtol=1e-3)


def test_network_answers_as_the_file(files: dict[str, Path], images: torch.Tensor) -> None:
    network = make_network(2)
    restore(network, read_layers(files["fp32"]), 0, [images])
    with torch.no_grad():
        found = network.eval()(images).numpy()
    np.testing.assert_allclose(found, run_litert(files["fp32"], images), atol=2e-3, rtol=1e-3)


def test_training_begins_where_the_file_ended(files: dict[str, Path], images: torch.Tensor) -> None:
    network = make_network(2)
    restore(network, read_layers(files["fp32"]), 0, [images])
    with torch.no_grad():
        settled = network.eval()(images)
        learning = network.train()(images)
    torch.testing.assert_close(learning, settled, atol=5e-3, rtol=1e-3)


def test_lengths_are_those_of_the_first_network_and_frozen_layers_stay(
    files: dict[str, Path], images: torch.Tensor
) -> None:
    network, before = make_network(2), make_network(2).state_dict()
    restore(network, read_layers(files["fp32"]), 3, [images])
    for name, value in network.state_dict().items():
        if name.startswith(("features.0.", "features.1.", "features.2.")):
            assert torch.equal(value, before[name]), name
        elif name.endswith("conv.weight"):
            assert not torch.equal(value, before[name]), name
            torch.testing.assert_close(value.flatten(1).norm(dim=1), before[name].flatten(1).norm(dim=1))


def test_file_of_another_network_is_refused(files: dict[str, Path], images: torch.Tensor) -> None:
    with pytest.raises(ValueError, match="not those of the network"):
        restore(make_network(2), read_layers(files["fp32"])[1:], 0, [images])


def test_file_trained_in_the_layers_to_be_frozen_is_refused(files: dict[str, Path], tmp_path: Path) -> None:
    file = tmp_path / "open.tflite"
    file.write_bytes(files["fp32"].read_bytes())
    set_metadata(file, {"training": {"recipe": {"frozen": 1}}})
    pixels = np.zeros((8, 60, 80, 3), np.uint8)
    config = TrainConfig(stages=((32, 1),), batch=8, frozen=3)
    with pytest.raises(ValueError, match="cannot be frozen"):
        start_from(make_network(2), file, config, pixels, np.arange(8))
    start_from(make_network(2), file, replace(config, frozen=1), pixels, np.arange(8))


def test_command_goes_on_from_a_file(tiny_data: tuple[Path, Path], tiny_model: Path, tmp_path: Path) -> None:
    file = tmp_path / "start.tflite"
    file.write_bytes(tiny_model.read_bytes())
    set_metadata(file, get_metadata(file) | {"training": {"recipe": {"frozen": 3}}})
    options = ["--out", tmp_path, "--split", tiny_data[1], "--stages", "32x1", "--threads", "1", "--start", file]
    subprocess.run([sys.executable, "-m", "training.train", tiny_data[0], *options], check=True, cwd=ROOT, timeout=240)
    assert json.loads((tmp_path / "log.jsonl").read_text())["pass"] == 1
    name = get_metadata(file)
    recorded = torch.load(tmp_path / "last.pt", weights_only=True)["config"]["start"]
    assert recorded == f"{name['name']} {name['version']}"
