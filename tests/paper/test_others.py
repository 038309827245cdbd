"""A small Keras network by each conversion, on the engine and on LiteRT, as `make models-table` compares large ones."""

from pathlib import Path

import keras
import numpy as np
import pytest
from keras import layers

from training import others


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A network with weights large enough for a conversion to quantise them, as a saved model."""
    keras.utils.set_random_seed(3)
    inputs = keras.Input((others.SIDE, others.SIDE, 3))
    x = layers.Conv2D(32, 5, strides=4, padding="same", activation="relu6")(inputs)
    x = layers.DepthwiseConv2D(7, padding="same", activation="relu")(x)
    x = layers.Conv2D(48, 1, activation="relu")(layers.ZeroPadding2D(1)(x))
    x = layers.Conv2D(32, 3, strides=2, activation="relu")(x)
    x = layers.Dense(64, activation="gelu")(layers.Flatten()(layers.MaxPool2D(2)(x)))
    model = keras.Model(inputs, layers.Dense(others.CLASSES, activation="softmax")(x))
    kernel, bias = model.layers[-1].get_weights()
    model.layers[-1].set_weights([40 * kernel, bias])
    folder = tmp_path_factory.mktemp("saved")
    others.save_keras(model, folder)
    return folder


@pytest.mark.parametrize("conversion", others.CONVERSIONS)
def test_engine_answers_like_litert(conversion: str, saved: Path, tmp_path: Path) -> None:
    files, pixels = others.save_pictures(tmp_path)
    path = tmp_path / "model.tflite"
    path.write_bytes(others.convert_keras(saved, conversion))
    result = others.compare(path, files, pixels)
    assert "error" not in result, result
    assert result["spread"] > 0.01, "answers that depend on the picture"
    assert others.is_good(result), result


def test_page_tells_what_is_beyond_and_what_does_not_run() -> None:
    good = {"difference": 1e-6, "apart": 1e-6, "step": None}
    far = {"difference": 0.2, "apart": 0.3, "step": 0.1}
    page = others.document({"keras": {"A": {"float": good, "int8": far}, "B": {"float": {"error": "no CUMSUM"}}}})
    assert "| A | 1e-06 | **2 steps** (3 steps) |" in page
    assert "| B | no CUMSUM |  |" in page
    np.testing.assert_equal(others.is_good({"error": "no CUMSUM"}), False)
