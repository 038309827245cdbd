"""The self-test in a model file: the picture is the engine's, the rest of the file stays as it was."""

import json
import shutil
from pathlib import Path

import numpy as np
from ai_edge_litert import schema_py_generated as schema

from training.preprocess import network_input
from training.selftest import ENTRY, add_self_test, draw
from training.tflite_file import get_entry, read_model, run_litert, write_model

SHIPPED = Path(__file__).resolve().parents[2] / "model/lesion.tflite"


def without_entry(path: Path, to: Path) -> bytes:
    """The file written anew without its self-test, whose buffer is the last."""
    model: schema.ModelT = read_model(path)
    entry = next(m for m in model.metadata if m.name == ENTRY.encode())
    assert entry.buffer == len(model.buffers) - 1
    model.metadata.remove(entry)
    del model.buffers[entry.buffer]
    write_model(model, to)
    return to.read_bytes()


def test_the_picture_is_the_same_everywhere() -> None:
    """tests/c/test_selftest.c has the same numbers."""
    pixels = draw(1, 33, 20).reshape(-1)
    assert pixels[:12].tolist() == [132, 127, 64, 88, 106, 82, 115, 120, 66, 84, 120, 103]
    assert pixels[-12:].tolist() == [171, 116, 194, 168, 69, 171, 163, 73, 163, 144, 22, 39]


def test_the_entry_holds_what_the_network_gives_and_nothing_else_changes(tiny_model: Path, tmp_path: Path) -> None:
    model = tmp_path / "model.tflite"
    write_model(read_model(tiny_model), model)  # as this project writes it
    before = model.read_bytes()
    said = add_self_test(model, seed=7)
    assert json.loads(get_entry(model, ENTRY)) == said
    assert said["input"] == "blocks:7"
    reference = run_litert(model, network_input([draw(7, 64, 64)], 64, 1.0))[0]
    np.testing.assert_array_equal(np.float32(said["logits"]), reference)
    assert without_entry(model, tmp_path / "taken-out.tflite") == before


def test_a_second_one_takes_the_place_of_the_first(tiny_model: Path, tmp_path: Path) -> None:
    model = shutil.copy(tiny_model, tmp_path / "model.tflite")
    add_self_test(model, seed=1)
    once = model.read_bytes()
    add_self_test(model, seed=2)
    assert add_self_test(model, seed=1, tolerance=0.5)["tolerance"] == 0.5
    add_self_test(model, seed=1)
    assert model.read_bytes() == once


def test_the_shipped_model_has_one() -> None:
    said = json.loads(get_entry(SHIPPED, ENTRY))
    picture = draw(int(said["input"].removeprefix("blocks:")), 240, 240)
    reference = run_litert(SHIPPED, network_input([picture], 240, 1.0))[0]
    # LiteRT adds up the last layer, which is in single precision, in an order of its own
    np.testing.assert_allclose(said["logits"], reference, rtol=0, atol=1e-5)
