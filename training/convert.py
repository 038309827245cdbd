"""Turn a Keras classifier (.h5 or .keras) into a model file for the engine, fp32 or int8.

    python -m training.convert MODEL.h5 --labels labels.json --out model.tflite
    python -m training.convert MODEL.h5 --labels labels.txt --shares 3,5,67 --int8 --calibrate photos --out model.tflite

The labels are a JSON document like training/lesion.json or a text file with one label a line, in the
order of the network's outputs. A softmax at the end is taken off: the engine has its own, behind
temperature and prior. `--shares` says how common the classes were in training. Their logarithms are
then subtracted from the logits, in the last bias, and stated as the file's prior: with the prior
`data` the engine adds them again and gives the probabilities of Keras, with `uniform` it gives those
for equally common classes. Without shares both priors give the probabilities of Keras.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras
import numpy as np
import tensorflow as tf
from ai_edge_litert import schema_py_generated as schema
from PIL import Image, ImageOps

from training.crop import crop_resize
from training.tflite_file import read_model, set_metadata

# What every build of the engine runs: the table of src/model/ops.c. The converter makes models for the app, whose first
# visit fetches no code for the operators of other people's models.
SUPPORTED = (
    "CONV_2D DEPTHWISE_CONV_2D FULLY_CONNECTED ADD MUL AVERAGE_POOL_2D MAX_POOL_2D MEAN RESHAPE PAD CONCATENATION "
    "SOFTMAX LOGISTIC HARD_SWISH RELU RELU6 QUANTIZE DEQUANTIZE"
).split()
NAMES = {code: name for name, code in vars(schema.BuiltinOperator).items() if not name.startswith("_")}
PICTURES = (".jpg", ".jpeg", ".png")
RESHAPING = (keras.layers.Flatten, keras.layers.Reshape, keras.layers.Dropout)
ENGINE = Path("build/lentigo")


class ConvertError(Exception):
    """The model cannot be converted; the message says what stands in the way."""


def first_line(error: Exception) -> str:
    """What an exception says, without the pages that follow."""
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


# ---- the Keras side ----


class DepthwiseConv2D(keras.layers.DepthwiseConv2D):
    """The layer under its own name, for files of Keras 2, which state a number of groups that is always 1."""

    def __init__(self, **config: object):
        config.pop("groups", None)
        super().__init__(**config)


def load_keras(path: Path) -> keras.Model:
    """The network of a file; raises `ConvertError` where there is none to be had."""
    if not path.is_file():
        raise ConvertError(f"{path}: no such file")
    try:
        model = keras.saving.load_model(path, custom_objects={"DepthwiseConv2D": DepthwiseConv2D}, compile=False)
    except Exception as error:  # h5py, zipfile, json and Keras each raise kinds of their own
        raise ConvertError(f"{path}: not a Keras model that can be read: {first_line(error)}") from error
    check_ends(model, path)
    return model


def check_ends(model: keras.Model, path: Path) -> None:
    """One picture of fixed size in, one list of values out."""
    if not model.built or len(model.inputs) != 1 or len(model.outputs) != 1:
        raise ConvertError(f"{path}: the network needs one input and one output")
    shape, out = model.inputs[0].shape, model.outputs[0].shape
    if len(shape) != 4 or shape[3] != 3 or None in shape[1:]:
        raise ConvertError(f"{path}: the input is {shape}, but (None, height, width, 3) is needed")
    if len(out) != 2 or out[1] is None:
        raise ConvertError(f"{path}: the output is {out}, but (None, classes) is needed")


def layers_in(model: keras.Model) -> list[keras.Layer]:
    """All layers, those of networks inside of the network among them."""
    found = []
    for layer in model.layers:
        found += layers_in(layer) if isinstance(layer, keras.Model) else [layer]
    return found


def without_softmax(model: keras.Model) -> tuple[keras.Model, str]:
    """The network up to its logits, and what followed: "softmax", "sigmoid" or "" where nothing did.

    Layers behind the softmax that only reshape stay. A sigmoid is left in place where there are several classes: those
    are no logits of one softmax.
    """
    behind, last = [], model.outputs[0]._keras_history.operation
    while isinstance(last, RESHAPING):
        behind.append(last)
        last = last.input._keras_history.operation
    if isinstance(last, keras.Model):
        raise ConvertError(f"the network ends in another, {last.name}: save that one, or a flat copy")
    if isinstance(last, keras.layers.Softmax):
        values = last.input
        for layer in reversed(behind):
            values = layer(values)
        return keras.Model(model.inputs, values), "softmax"
    ending = getattr(getattr(last, "activation", None), "__name__", "")
    if ending == "softmax" or (ending == "sigmoid" and model.outputs[0].shape[1] == 1):
        last.activation = keras.activations.linear
    return model, ending if ending in ("softmax", "sigmoid") else ""


def shifted(model: keras.Model, log_prior: np.ndarray | None, ending: str) -> keras.Model:
    """The network with `-log_prior` added to its logits; one sigmoid becomes two classes, "no" and "yes"."""
    values = model.outputs[0]
    if values.shape[1] == 1 and ending == "sigmoid":
        spread = keras.layers.Dense(2, use_bias=False, name="two_classes")
        values = spread(values)
        spread.set_weights([np.array([[0.0, 1.0]], np.float32)])
    if log_prior is not None:
        if ending == "sigmoid" and model.outputs[0].shape[1] > 1:
            raise ConvertError("--shares do not go with a sigmoid for each class")
        values = keras.layers.Rescaling(1.0, offset=(-log_prior).tolist(), name="without_prior")(values)
    return keras.Model(model.inputs, values)


# ---- the converter ----


def to_tflite(model: keras.Model, inputs: list[np.ndarray]) -> bytes:
    """TensorFlow's converter: batch norm folded, batch of one; int8 where there are inputs to set the ranges."""
    shape = (1, *model.inputs[0].shape[1:])
    with tempfile.TemporaryDirectory() as folder:
        archive = keras.export.ExportArchive()
        archive.track(model)
        signature = [tf.TensorSpec(shape, tf.float32, name="pixels")]
        archive.add_endpoint("serve", lambda x: model(x, training=False), input_signature=signature)
        archive.write_out(folder, verbose=False)
        converter = tf.lite.TFLiteConverter.from_saved_model(folder)
        converter.allow_custom_ops = True  # so that they can be named
        if inputs:
            converter.optimizations = [tf.lite.Optimize.DEFAULT]
            converter.representative_dataset = lambda: ([x] for x in inputs)
            converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
        try:
            return converter.convert()
        except Exception as error:  # the converter's own kinds, and what its passes raise
            raise ConvertError(f"TensorFlow does not convert the network: {first_line(error)}") from error


def pictures_in(folder: Path, most: int) -> list[Path]:
    """Up to `most` pictures of a folder, spread over all of them in order of name."""
    files = sorted(f for f in folder.iterdir() if f.suffix.lower() in PICTURES) if folder.is_dir() else []
    if not files:
        raise ConvertError(f"{folder}: no {' or '.join(PICTURES)} to calibrate with")
    return files[:: max(1, len(files) // most)][:most]


def network_input(file: Path, preprocessing: dict) -> np.ndarray:
    """What the engine would feed for a picture, `[1, height, width, 3]` f32."""
    mean, std = (np.array(preprocessing[key], np.float32) for key in ("mean", "std"))
    width, height, crop = (preprocessing[key] for key in ("width", "height", "crop"))
    try:
        with Image.open(file) as image:
            pixels = crop_resize(ImageOps.exif_transpose(image).convert("RGB"), width, height, crop)
    except OSError as error:
        raise ConvertError(f"{file}: {first_line(error)}") from error
    return ((pixels - mean) / std)[None].astype(np.float32)


# ---- what stands in the way ----


def layer_of(tensor: str, layers: list[str]) -> str:
    """The layer that a tensor's name speaks of, or ""; TensorFlow adds numbers to the names of Keras."""
    parts = [part for path in tensor.split(";") for part in path.split("/")]
    bare = [re.sub(r"_\d+$", "", part) for part in parts]
    return next((name for names in (bare, parts) for name in layers if name in names), "")


def obstacles(path: Path, layers: list[str]) -> list[str]:
    """Every operator of a file that the engine does not know, with the layer it came from where that is known."""
    model = read_model(path)
    found = []
    for graph in model.subgraphs[:1]:
        for op in graph.operators:
            code = model.operatorCodes[op.opcodeIndex]
            name = NAMES.get(max(code.builtinCode, code.deprecatedBuiltinCode), "of a newer kind")
            if name == "CUSTOM":
                name = code.customCode.decode()
            if name in SUPPORTED:
                continue
            layer = layer_of(graph.tensors[op.outputs[0]].name.decode(), layers)
            found.append(f"{name} (layer {layer})" if layer else name)
    return list(dict.fromkeys(found))


def check_engine(engine: Path, path: Path, layers: list[str]) -> None:
    """Let the engine read the file; what it says of an operator gets the layer's name."""
    if not engine.is_file():
        raise ConvertError(f"{engine} is not there to try the file with: make build/lentigo")
    done = subprocess.run([engine, "inspect", path], capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return
    text = done.stderr.strip().removeprefix("lentigo: ").replace(str(path), "file")
    place = re.search(r"operator (\d+)", text)
    if place:
        graph = read_model(path).subgraphs[0]
        op = graph.operators[int(place[1])]
        layer = layer_of(graph.tensors[op.outputs[0]].name.decode(), layers)
        text += f" (layer {layer})" if layer else ""
    raise ConvertError(f"the engine does not take it: {text}")


# ---- the document ----


def read_labels(path: Path) -> dict:
    """A document with `labels`, from JSON (as it is) or from text, one label a line."""
    try:
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".json":
            return {"labels": [{"id": line.strip()} for line in text.splitlines() if line.strip()]}
        document = json.loads(text)
    except (OSError, ValueError) as error:
        raise ConvertError(f"{path}: {first_line(error)}") from error
    if not isinstance(document, dict) or not isinstance(document.get("labels"), list):
        raise ConvertError(f'{path}: no list "labels"')
    return document


def logarithms(shares: list[float], classes: int) -> np.ndarray:
    """Natural logarithms of shares or counts, scaled to add up to 1."""
    values = np.array(shares, np.float64)
    if len(values) != classes:
        raise ConvertError(f"--shares: {len(values)} for {classes} classes")
    if not (np.isfinite(values).all() and (values > 0).all()):
        raise ConvertError("--shares: each must be above 0")
    return np.log(values / values.sum())


def make_document(labels: dict, preprocessing: dict, log_prior: np.ndarray | None, **given: str | None) -> dict:
    """The metadata of the file; `given` are a name and a version that replace those of the labels' document."""
    classes = len(labels["labels"])
    prior = np.full(classes, -np.log(classes)) if log_prior is None else log_prior
    document = {"format": 1, "name": "converted", "version": "1.0.0"} | labels
    return (
        document
        | {key: value for key, value in given.items() if value}
        | {"preprocessing": preprocessing, "log_prior": [round(float(v), 6) for v in prior], "temperature": 1.0}
    )


# ---- all of it ----


def check_count(labels: dict, values: int, ending: str) -> None:
    """A label for each value, or two for a single sigmoid."""
    wanted = 2 if values == 1 and ending == "sigmoid" else values
    if len(labels["labels"]) != wanted:
        raise ConvertError(f"{len(labels['labels'])} labels, but the network has {wanted} classes")


def convert(
    source: Path,
    labels: dict,
    out: Path,
    *,
    shares: list[float] | None = None,
    mean: tuple[float, ...] = (0.0, 0.0, 0.0),
    std: tuple[float, ...] = (1.0, 1.0, 1.0),
    crop: float = 1.0,
    calibrate: list[Path] | None = None,
    engine: Path = ENGINE,
    **given: str | None,
) -> None:
    """Convert `source`; int8 where there are pictures to `calibrate` with. `out` is written only when all is well."""
    model = load_keras(source)
    layers = [layer.name for layer in layers_in(model)]
    height, width = model.inputs[0].shape[1:3]
    preprocessing = {"crop": crop, "width": width, "height": height, "mean": list(mean), "std": list(std)}
    preprocessing["filter"] = "triangle"
    model, ending = without_softmax(model)
    check_count(labels, model.outputs[0].shape[1], ending)
    log_prior = logarithms(shares, len(labels["labels"])) if shares else None
    rounded = None if log_prior is None else log_prior.round(6)  # as the document states it
    model = shifted(model, rounded, ending)
    inputs = [network_input(file, preprocessing) for file in calibrate or []]
    flat = to_tflite(model, inputs)
    out.parent.mkdir(parents=True, exist_ok=True)
    part = out.with_suffix(".part")
    try:
        part.write_bytes(flat)
        found = obstacles(part, layers)
        if found:
            raise ConvertError(f"the engine has no {', '.join(found)}")
        set_metadata(part, make_document(labels, preprocessing, log_prior, **given))
        check_engine(engine, part, layers)
        part.rename(out)
    finally:
        part.unlink(missing_ok=True)


def main(arguments: list[str] | None = None) -> int:
    """Command line of the conversion; returns its exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path, help="the Keras classifier")
    parser.add_argument("--labels", type=Path, required=True, help="JSON document or text, a label a line")
    parser.add_argument("--out", type=Path, required=True, help="the .tflite file")
    parser.add_argument("--shares", help="how common each class was in training: shares or counts, with commas between")
    parser.add_argument("--mean", type=float, nargs=3, default=(0.0, 0.0, 0.0), metavar="V", help="taken off R, G, B")
    parser.add_argument("--std", type=float, nargs=3, default=(1.0, 1.0, 1.0), metavar="V", help="R, G, B divided by")
    parser.add_argument("--crop", type=float, default=1.0, help="centre square over the photo's shorter side")
    parser.add_argument("--name", help="of the model")
    parser.add_argument("--version", help="of the model, 1.2.3")
    parser.add_argument("--int8", action="store_true", help="int8 weights per channel and int8 activations")
    parser.add_argument("--calibrate", type=Path, help="folder of training pictures that set the int8 ranges")
    parser.add_argument("--pictures", type=int, default=300, help="how many of them")
    parser.add_argument("--engine", type=Path, default=ENGINE, help="tries the file")
    args = parser.parse_args(arguments)
    if args.int8 != (args.calibrate is not None):
        parser.error("--int8 and --calibrate go together")
    try:
        convert(
            args.model,
            read_labels(args.labels),
            args.out,
            shares=[float(v) for v in args.shares.split(",")] if args.shares else None,
            mean=args.mean,
            std=args.std,
            crop=args.crop,
            calibrate=pictures_in(args.calibrate, args.pictures) if args.calibrate else None,
            engine=args.engine,
            name=args.name,
            version=args.version,
        )
    except (ConvertError, ValueError) as error:
        print(f"convert: {error}", file=sys.stderr)
        return 1
    print(f"{args.out}: {args.out.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
