"""Small Keras networks through the converter and the engine's command line."""

import json
import re
import subprocess
from pathlib import Path

import h5py
import keras
import numpy as np
import pytest
from keras import layers
from PIL import Image

from training.convert import SUPPORTED, ConvertError, convert, load_keras, main, pictures_in, read_labels
from training.engine import Engine
from training.tflite_file import get_metadata

ROOT = Path(__file__).parents[2]
ENGINE = ROOT / "build" / "lentigo"
SIZE = 24
LABELS = {"labels": [{"id": name} for name in ("one", "two", "three")]}
SHARES = [1.0, 2.0, 7.0]
MEAN, STD = (127.0, 120.0, 110.0), (64.0, 60.0, 50.0)


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Path], np.ndarray]:
    """Files of the network's size, so that nothing is resized, and their pixels."""
    folder = tmp_path_factory.mktemp("pictures")
    rng = np.random.default_rng(0)
    coarse = rng.integers(0, 256, (16, 6, 6, 3)).astype(np.uint8)
    pixels = np.stack([np.asarray(Image.fromarray(c).resize((SIZE, SIZE), Image.Resampling.BICUBIC)) for c in coarse])
    files = [folder / f"{i:02d}.png" for i in range(len(pixels))]
    for file, picture in zip(files, pixels, strict=True):
        Image.fromarray(picture).save(file)
    return files, pixels


def unsettle(model: keras.Model) -> keras.Model:
    """Weights and moving averages as after a training, not as after a start."""
    rng = np.random.default_rng(1)
    for weight in model.weights:
        if "variance" in weight.path or "gamma" in weight.path:
            weight.assign(rng.uniform(0.5, 1.5, weight.shape))
        elif len(weight.shape) == 1:
            weight.assign(rng.normal(0, 0.3, weight.shape))
        else:
            weight.assign(weight * 1.5)
    return model


def sequential() -> keras.Model:
    """Blocks of convolution and pooling with a softmax in the last layer."""
    return keras.Sequential(
        [
            keras.Input((SIZE, SIZE, 3)),
            layers.Conv2D(8, 3, padding="same", use_bias=False),
            layers.BatchNormalization(),
            layers.ReLU(),
            layers.MaxPool2D(),
            layers.Conv2D(12, 3, strides=2, activation="relu"),
            layers.Flatten(),
            layers.Dropout(0.5),
            layers.Dense(16, activation="relu"),
            layers.Dense(3, activation="softmax"),
        ]
    )


def functional() -> keras.Model:
    """Branches, depthwise convolution, all kinds of pooling, a softmax layer behind a reshape."""
    inputs = keras.Input((SIZE, SIZE, 3))
    x = layers.Conv2D(8, 3, strides=2, padding="same", name="stem")(inputs)
    y = layers.DepthwiseConv2D(3, padding="same", use_bias=False)(x)
    y = layers.ReLU(6.0)(layers.BatchNormalization()(y))
    x = layers.Add()([x, y])
    x = layers.Concatenate()([layers.AveragePooling2D(2)(x), layers.MaxPool2D(2)(x)])
    x = layers.ZeroPadding2D(1)(x)
    x = layers.SeparableConv2D(10, 3, activation="relu6")(x)
    x = layers.GlobalAveragePooling2D(keepdims=True)(x)
    x = layers.Reshape((3,))(layers.Conv2D(3, 1)(x))
    return keras.Model(inputs, layers.Softmax()(x))


def network_in_network() -> keras.Model:
    """A network on top of another, which scales pixels itself, as transfer learning makes them."""
    base = keras.Sequential(
        [keras.Input((SIZE, SIZE, 3)), layers.Rescaling(0.5, offset=0.1), layers.Conv2D(6, 3, activation="relu")]
    )
    inputs = keras.Input((SIZE, SIZE, 3))
    x = layers.Dense(8, activation="relu")(layers.Flatten()(base(inputs)))
    return keras.Model(inputs, layers.Activation("softmax")(layers.Dense(3)(x)))


def keras_probabilities(path: Path, pixels: np.ndarray) -> np.ndarray:
    """What the file itself says of normalised pixels."""
    model = keras.saving.load_model(path, compile=False)
    return model.predict_on_batch(((pixels - np.float32(MEAN)) / np.float32(STD)).astype(np.float32))


def engine_probabilities(model: Path, files: list[Path], prior: str = "data") -> np.ndarray:
    """What the command line prints."""
    names = [label["id"] for label in get_metadata(model)["labels"]]
    answers = Engine(model).ask(files, prior=prior)
    return np.array([[a["probabilities"][name] for name in names] for a in answers])


@pytest.fixture(autouse=True)
def same_weights() -> None:
    """Every test starts from the same random weights, alone or after others."""
    keras.utils.set_random_seed(7)


@pytest.mark.parametrize("build", [sequential, functional, network_in_network])
def test_engine_gives_the_probabilities_of_keras(build, pictures, tmp_path: Path) -> None:
    files, pixels = pictures
    source, out = tmp_path / "model.h5", tmp_path / "model.tflite"
    unsettle(build()).save(source)
    expected = keras_probabilities(source, pixels)
    assert expected.std(0).min() > 0.01, "answers that depend on the picture"

    convert(source, LABELS, out, mean=MEAN, std=STD, shares=SHARES, engine=ENGINE)
    np.testing.assert_allclose(engine_probabilities(out, files), expected, atol=1e-4)
    uniform = expected / np.array(SHARES)
    np.testing.assert_allclose(
        engine_probabilities(out, files, "uniform"), uniform / uniform.sum(1)[:, None], atol=1e-4
    )

    convert(source, LABELS, out, mean=MEAN, std=STD, engine=ENGINE)
    for prior in ("data", "uniform"):
        np.testing.assert_allclose(engine_probabilities(out, files, prior), expected, atol=1e-4)

    convert(source, LABELS, out, mean=MEAN, std=STD, shares=SHARES, calibrate=files, engine=ENGINE)
    np.testing.assert_allclose(engine_probabilities(out, files), expected, atol=0.08)
    inspected = subprocess.run([ENGINE, "inspect", out], capture_output=True, text=True, check=True).stdout
    assert "INT8" in inspected and "SOFTMAX" not in inspected


def test_one_sigmoid_becomes_two_classes(pictures, tmp_path: Path) -> None:
    files, pixels = pictures
    model = keras.Sequential(
        [keras.Input((SIZE, SIZE, 3)), layers.Conv2D(4, 5), layers.Flatten(), layers.Dense(1, activation="sigmoid")]
    )
    model.save(tmp_path / "model.h5")
    expected = keras_probabilities(tmp_path / "model.h5", pixels)[:, 0]
    two = {"labels": [{"id": "no"}, {"id": "yes"}]}
    convert(tmp_path / "model.h5", two, tmp_path / "two.tflite", mean=MEAN, std=STD, shares=[3, 1], engine=ENGINE)
    np.testing.assert_allclose(engine_probabilities(tmp_path / "two.tflite", files)[:, 1], expected, atol=1e-4)


def test_command_line(pictures, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    files, _ = pictures
    unsettle(sequential()).save(tmp_path / "model.h5")
    labels, out = tmp_path / "labels.txt", tmp_path / "out.tflite"
    labels.write_text("one\ntwo\nthree\n")
    given = [tmp_path / "model.h5", "--labels", labels, "--out", out, "--shares", "1,2,7", "--name", "small"]
    given += ["--version", "2.0.0", "--crop", "0.5", "--int8", "--calibrate", files[0].parent, "--engine", ENGINE]
    assert main([str(argument) for argument in given]) == 0
    assert capsys.readouterr().out == f"{out}: {out.stat().st_size:,} bytes\n"
    document = get_metadata(out)
    assert (document["name"], document["version"], document["temperature"]) == ("small", "2.0.0", 1)
    assert np.exp(document["log_prior"]) == pytest.approx([0.1, 0.2, 0.7], abs=1e-5)
    assert document["preprocessing"]["width"] == SIZE and document["preprocessing"]["crop"] == 0.5

    labels.write_text("one\ntwo\n")
    assert main([str(argument) for argument in given]) == 1
    assert capsys.readouterr().err.endswith("convert: 2 labels, but the network has 3 classes\n")


def saved(path: Path, *middle: keras.Layer, last: keras.Layer | None = None) -> Path:
    """A file with these layers between a convolution and three classes."""
    model = keras.Sequential([keras.Input((SIZE, SIZE, 3)), layers.Conv2D(4, 3, name="stem"), *middle])
    model.add(layers.Flatten())
    model.add(last or layers.Dense(3, activation="softmax", name="classes"))
    model.save(path)
    return path


# What is in the way and how it is to be called.
FOREIGN = {
    "tanh": ([layers.Activation("tanh", name="squash")], r"TANH \(layer squash\)"),
    "gelu and elu": (
        [layers.Activation("gelu", name="first"), layers.Conv2D(4, 3), layers.ELU(name="second")],
        r"GELU \(layer first\), ELU \(layer second\)",
    ),
    "leaky": ([layers.LeakyReLU(name="leak")], r"LEAKY_RELU \(layer leak\)"),
    "transposed": ([layers.Conv2DTranspose(4, 3, name="up")], r"TRANSPOSE_CONV \(layer up\)"),
    "recurrent": ([layers.Reshape((-1, 4)), layers.LSTM(4, name="memory")], r"WHILE \(layer memory\)"),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_operator_in_the_way_is_named_with_its_layer(name: str, tmp_path: Path) -> None:
    middle, expected = FOREIGN[name]
    source = saved(tmp_path / "model.h5", *middle)
    out = tmp_path / "out.tflite"
    out.write_bytes(b"what was there before")
    with pytest.raises(ConvertError, match=expected):
        convert(source, LABELS, out, engine=ENGINE)
    assert out.read_bytes() == b"what was there before"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["model.h5", "out.tflite"]


def test_custom_operator_is_named(tmp_path: Path) -> None:
    inputs = keras.Input((SIZE, SIZE, 3))
    x = keras.ops.erfinv(layers.Conv2D(3, 3)(inputs))
    keras.Model(inputs, layers.GlobalAveragePooling2D()(x)).save(tmp_path / "model.h5")
    with pytest.raises(ConvertError, match="Erfinv"):
        convert(tmp_path / "model.h5", LABELS, tmp_path / "out.tflite", engine=ENGINE)


def test_supported_operators_are_those_of_the_engine() -> None:
    table = (ROOT / "src/model/ops.c").read_text().split("kinds[] = {")[1].split("};")[0]
    assert re.findall(r'{"([A-Z0-9_]+)"', table) == SUPPORTED


def test_operator_that_the_engine_refuses_is_named(tmp_path: Path) -> None:
    """Known by name, but not in this form: the engine is asked, too."""
    model = keras.Sequential([keras.Input((SIZE, SIZE, 3)), layers.Conv2D(4, 3), layers.Softmax(axis=1, name="odd")])
    model.add(layers.Flatten())
    model.add(layers.Dense(3))
    model.save(tmp_path / "model.h5")
    with pytest.raises(ConvertError, match="odd"):
        convert(tmp_path / "model.h5", LABELS, tmp_path / "out.tflite", engine=ENGINE)


@pytest.fixture(scope="module")
def good_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved(tmp_path_factory.mktemp("good") / "model.h5")


BROKEN = {
    "missing": None,
    "empty": lambda good: b"",
    "text": lambda good: b"<!doctype html><title>log in</title>",
    "cut at half": lambda good: good[: len(good) // 2],
    "configuration spoilt": lambda good: good.replace(b'"class_name"', b'"clazz_name"'),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_file_is_named(name: str, good_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "broken.h5"
    if BROKEN[name]:
        path.write_bytes(BROKEN[name](good_file.read_bytes()))
    with pytest.raises(ConvertError, match=re.escape(str(path))):
        load_keras(path)


def test_weights_without_a_network_are_refused(good_file: Path, tmp_path: Path) -> None:
    keras.saving.load_model(good_file).save_weights(tmp_path / "only.weights.h5")
    with pytest.raises(ConvertError, match=r"only\.weights\.h5"):
        load_keras(tmp_path / "only.weights.h5")


@pytest.mark.parametrize(
    ("shape", "expected"),
    [((None, None, 3), "the input is"), ((SIZE, SIZE, 1), "the input is")],
)
def test_input_that_is_no_picture_of_fixed_size(shape: tuple, expected: str, tmp_path: Path) -> None:
    pooled = [layers.Conv2D(4, 3), layers.GlobalAveragePooling2D(), layers.Dense(3)]
    keras.Sequential([keras.Input(shape), *pooled]).save(tmp_path / "model.h5")
    with pytest.raises(ConvertError, match=expected):
        load_keras(tmp_path / "model.h5")


@pytest.mark.parametrize(
    ("shares", "expected"), [([1, 2], "2 for 3 classes"), ([1, 0, 2], "above 0"), ([1, 2, np.nan], "above 0")]
)
def test_shares_that_are_none(shares: list[float], expected: str, good_file: Path, tmp_path: Path) -> None:
    with pytest.raises(ConvertError, match=expected):
        convert(good_file, LABELS, tmp_path / "out.tflite", shares=shares, engine=ENGINE)


def test_metadata_is_checked_by_the_engine(good_file: Path, tmp_path: Path) -> None:
    with pytest.raises(ConvertError, match=r"labels\[1\]\.id"):
        convert(good_file, {"labels": [{"id": "a"}, {"id": "a"}, {"id": "b"}]}, tmp_path / "out.tflite", engine=ENGINE)
    assert not (tmp_path / "out.tflite").exists()


def test_labels_and_pictures_that_are_not_there(tmp_path: Path) -> None:
    (tmp_path / "labels.json").write_text('{"name": "x"}')
    (tmp_path / "spoilt.json").write_text("{")
    for path in (tmp_path / "labels.json", tmp_path / "spoilt.json", tmp_path / "none.txt"):
        with pytest.raises(ConvertError, match=path.name):
            read_labels(path)
    with pytest.raises(ConvertError, match=r"no \.jpg"):
        pictures_in(tmp_path, 10)


def test_picture_that_cannot_be_read_is_named(good_file: Path, tmp_path: Path) -> None:
    (tmp_path / "spoilt.jpg").write_bytes(b"no picture")
    with pytest.raises(ConvertError, match=r"spoilt\.jpg"):
        convert(good_file, LABELS, tmp_path / "out.tflite", calibrate=pictures_in(tmp_path, 10), engine=ENGINE)


def test_groups_that_keras_2_wrote_are_passed_over(pictures, tmp_path: Path) -> None:
    path = saved(tmp_path / "old.h5", layers.DepthwiseConv2D(3, name="old"))
    expected = keras_probabilities(path, pictures[1])
    with h5py.File(path, "r+") as file:
        config = json.loads(file.attrs["model_config"])
        old = next(layer for layer in config["config"]["layers"] if layer["config"].get("name") == "old")
        old["config"]["groups"] = 1
        file.attrs["model_config"] = json.dumps(config)
    with pytest.raises(TypeError, match="groups"):
        keras.saving.load_model(path)
    convert(path, LABELS, tmp_path / "out.tflite", mean=MEAN, std=STD, engine=ENGINE)
    np.testing.assert_allclose(engine_probabilities(tmp_path / "out.tflite", pictures[0]), expected, atol=1e-4)


def test_document_of_the_labels_is_kept(good_file: Path, tmp_path: Path) -> None:
    labels = json.loads((ROOT / "training/lesion.json").read_text())
    labels["labels"] = labels["labels"][:3]
    convert(good_file, labels, tmp_path / "out.tflite", engine=ENGINE)
    document = get_metadata(tmp_path / "out.tflite")
    assert document["labels"] == labels["labels"] and document["licence"] == labels["licence"]
