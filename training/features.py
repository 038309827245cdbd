"""What a model file computes on the way to its answer: pooled features and logits, by LiteRT.

The pooled features are the mean over the picture of the feature map before global pooling, from
its dequantised values: products in f32, sums in f64. The C engine reads the same map.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter
from PIL import Image

from training.preprocess import center_crop_resize
from training.tflite_file import from_tensor, get_metadata, read_model, to_tensor, write_model
from training.varied import varied

POOLS = (schema.BuiltinOperator.MEAN, schema.BuiltinOperator.AVERAGE_POOL_2D)


class NoFeatureMap(Exception):
    """The graph has no global pooling that its answer follows from."""


@dataclass(frozen=True)
class Picture:
    """A file, and the seed of the view of it that `training.varied` makes; None takes it as it is."""

    file: Path
    seed: int | None = None


@dataclass(frozen=True)
class Features:
    """Pooled features `[N, C]` and logits `[N, classes]`, f32."""

    pooled: np.ndarray
    logits: np.ndarray


def feature_tensor(model: schema.ModelT) -> int:
    """Index of the tensor `[1, H, W, C]` that the last global pooling reads."""
    graph = model.subgraphs[0]
    for op in reversed(graph.operators):
        read, written = (graph.tensors[i[0]].shape for i in (op.inputs, op.outputs))
        pools = model.operatorCodes[op.opcodeIndex].builtinCode in POOLS
        if pools and len(read) == 4 and np.prod(written) == read[3]:
            return op.inputs[0]
    raise NoFeatureMap("the network has no global pooling")


class Reader:
    """A model file's interpreter with the feature map as a second output.

    Asking for one tensor from the middle keeps LiteRT's quick kernels, which keeping all of them
    does not.
    """

    def __init__(self, path: Path):
        self.preprocessing = get_metadata(path)["preprocessing"]
        model = read_model(path)
        graph = model.subgraphs[0]
        graph.outputs = np.array([graph.outputs[0], feature_tensor(model)], np.int32)
        model.signatureDefs = None
        with tempfile.TemporaryDirectory() as folder:
            extended = Path(folder) / "features.tflite"
            write_model(model, extended)
            self.interpreter = Interpreter(model_content=extended.read_bytes(), num_threads=1)
        self.interpreter.allocate_tensors()
        (self.input,) = self.interpreter.get_input_details()
        self.logits, self.feature = self.interpreter.get_output_details()

    def feature_map(self, pixels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The map `[H, W, C]` and the logits `[classes]`, f32, of a picture `[H, W, 3]` u8."""
        square = center_crop_resize(pixels, self.preprocessing["width"], self.preprocessing["crop"])
        mean, std = (np.array(self.preprocessing[key], np.float32) for key in ("mean", "std"))
        tensor = to_tensor((square[None].astype(np.float32) - mean) / std, self.input)
        self.interpreter.set_tensor(self.input["index"], tensor)
        self.interpreter.invoke()
        feature, logits = (
            from_tensor(self.interpreter.get_tensor(detail["index"])[0], detail)
            for detail in (self.feature, self.logits)
        )
        return feature, logits

    def features(self, picture: Picture) -> tuple[np.ndarray, np.ndarray]:
        """Pooled features `[C]` and logits `[classes]` of one picture, f32."""
        with Image.open(picture.file) as image:
            pixels = np.asarray(image.convert("RGB"))
        if picture.seed is not None:
            pixels = varied(pixels, np.random.default_rng(picture.seed))
        feature, logits = self.feature_map(pixels)
        return pooled(feature), logits


def pooled(feature_map: np.ndarray) -> np.ndarray:
    """`[H, W, C]` f32 to its mean `[C]` f32 over the picture."""
    return feature_map.mean((0, 1), dtype=np.float64).astype(np.float32)


def network_key(path: Path) -> str:
    """A hash of all that the features depend on; metadata apart from the preprocessing do not count."""
    model = read_model(path)
    digest = hashlib.sha256(json.dumps(get_metadata(path)["preprocessing"], sort_keys=True).encode())
    for tensor in model.subgraphs[0].tensors:
        digest.update(repr((list(tensor.shape), tensor.type)).encode())
        if tensor.quantization is not None and tensor.quantization.scale is not None:
            digest.update(np.asarray(tensor.quantization.scale, np.float32).tobytes())
        data = model.buffers[tensor.buffer].data
        if data is not None:
            digest.update(np.asarray(data, np.uint8).tobytes())
    return digest.hexdigest()


reader: Reader  # of a worker process


def start_worker(path: Path) -> None:
    """Open the model once for each process."""
    global reader
    reader = Reader(path)


def work(picture: Picture) -> tuple[np.ndarray, np.ndarray]:
    """The features of one picture, in a worker process."""
    return reader.features(picture)


def content_key(pictures: list[Picture]) -> str:
    """A hash of the pictures' names, sizes and seeds, and of how views are made."""
    digest = hashlib.sha256(Path(__file__).with_name("varied.py").read_bytes())
    for picture in pictures:
        digest.update(repr((picture.file.name, picture.file.stat().st_size, picture.seed)).encode())
    return digest.hexdigest()


def run_features(path: Path, pictures: list[Picture], cache: Path, processes: int = 2) -> Features:
    """Features of all pictures, computed once for a network and a list of pictures."""
    cache.mkdir(parents=True, exist_ok=True)
    key = hashlib.sha256((network_key(path) + content_key(pictures)).encode()).hexdigest()[:24]
    kept = cache / f"features-{key}.npz"
    if not kept.exists():
        with multiprocessing.get_context("spawn").Pool(processes, start_worker, (path,)) as pool:
            rows = pool.map(work, pictures, chunksize=16)
        part = kept.with_suffix(".part.npz")
        np.savez(part, pooled=np.stack([r[0] for r in rows]), logits=np.stack([r[1] for r in rows]))
        part.rename(kept)
    with np.load(kept) as found:
        return Features(found["pooled"], found["logits"])
