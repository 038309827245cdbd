"""What the int8 file computes on the way to its answer: pooled features and logits, by LiteRT.

The pooled features are the mean over the picture of the feature map before global pooling, from
its dequantised values, as the C engine takes them: products in f32, sums in f64.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter

from training.preprocess import center_crop_resize
from training.tflite_file import from_tensor, get_metadata, read_model, to_tensor, write_model

POOLS = (schema.BuiltinOperator.MEAN, schema.BuiltinOperator.AVERAGE_POOL_2D)


class NoFeatureMap(Exception):
    """The graph has no global pooling that its answer follows from."""


def feature_tensor(model: schema.ModelT) -> int:
    """Index of the tensor `[1, H, W, C]` that the last global pooling reads."""
    graph = model.subgraphs[0]
    for op in reversed(graph.operators):
        read, written = (graph.tensors[i[0]].shape for i in (op.inputs, op.outputs))
        pools = model.operatorCodes[op.opcodeIndex].builtinCode in POOLS
        if pools and len(read) == 4 and np.prod(written) == read[3]:
            return op.inputs[0]
    raise NoFeatureMap("the network has no global pooling")


def open_with_features(path: Path) -> tuple[Interpreter, dict, dict]:
    """The file's interpreter with the feature map as a second output, and the details of both.

    Output of a tensor from the middle keeps LiteRT's quick kernels, which keeping all does not.
    """
    model = read_model(path)
    graph = model.subgraphs[0]
    feature = feature_tensor(model)
    graph.outputs = np.array([graph.outputs[0], feature], np.int32)
    model.signatureDefs = None
    with tempfile.TemporaryDirectory() as folder:
        extended = Path(folder) / "features.tflite"
        write_model(model, extended)
        interpreter = Interpreter(model_content=extended.read_bytes(), num_threads=1)
    interpreter.allocate_tensors()
    logits, features = interpreter.get_output_details()
    return interpreter, logits, features


def pooled(feature_map: np.ndarray) -> np.ndarray:
    """`[H, W, C]` f32 to its mean `[C]` f32 over the picture."""
    return feature_map.mean((0, 1), dtype=np.float64).astype(np.float32)


def network_square(path: Path, picture: np.ndarray) -> np.ndarray:
    """The square `[size, size, 3]` u8 of a picture `[H, W, 3]` u8 that the file's network sees."""
    preprocessing = get_metadata(path)["preprocessing"]
    return center_crop_resize(picture, preprocessing["width"], preprocessing["crop"])


def run_features(path: Path, squares: Iterable[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Pooled features `[N, C]` and logits `[N, classes]`, f32, of squares `[size, size, 3]` u8."""
    preprocessing = get_metadata(path)["preprocessing"]
    mean, std = (np.array(preprocessing[key], np.float32) for key in ("mean", "std"))
    interpreter, logits, features = open_with_features(path)
    into = interpreter.get_input_details()[0]
    rows, answers = [], []
    for square in squares:
        interpreter.set_tensor(into["index"], to_tensor((square[None].astype(np.float32) - mean) / std, into))
        interpreter.invoke()
        rows.append(pooled(from_tensor(interpreter.get_tensor(features["index"])[0], features)))
        answers.append(from_tensor(interpreter.get_tensor(logits["index"])[0], logits))
    return np.stack(rows), np.stack(answers)
