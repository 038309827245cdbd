"""Class activation maps: the reference of src/answer/cam.c, and their check against the lesions' masks.

    python -m training.maps DATA --model model/lesion.tflite

prints which share of the maps' energy (their positive part, of the answer's class) lies inside the lesion, beside
the share of the square that the lesion takes: what a map without any knowledge of the picture would have inside.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter
from PIL import Image

import lentigo
from training.crop import crop_box
from training.data import LABELS, PARTS, Record, part_records
from training.engine import EngineError
from training.tflite_file import from_tensor, get_metadata, read_model, to_tensor

OP = schema.BuiltinOperator
RENDERING = (OP.RESHAPE, OP.QUANTIZE, OP.DEQUANTIZE)
POOLING = (OP.AVERAGE_POOL_2D, OP.MEAN)


def head_tensors(model: Path) -> tuple[int, int]:
    """Indices of the feature map and of the dense weights, found from the end of the file's graph."""
    objects = read_model(model)
    graph = objects.subgraphs[0]
    writers = {op.outputs[0]: op for op in graph.operators}

    def beyond(tensor: int) -> schema.OperatorT:
        op = writers[tensor]
        return beyond(op.inputs[0]) if code(op) in RENDERING else op

    def code(op: schema.OperatorT) -> int:
        return objects.operatorCodes[op.opcodeIndex].builtinCode

    dense = beyond(graph.outputs[0])
    pool = beyond(dense.inputs[0])
    if code(dense) != OP.FULLY_CONNECTED or code(pool) not in POOLING:
        raise ValueError(f"{model.name} does not end in global pooling and one dense layer")
    return int(pool.inputs[0]), int(dense.inputs[1])


def dequantized_weights(detail: dict, values: np.ndarray) -> np.ndarray:
    """`[classes, channels]` f64 of int8 weights with a scale a class, or of floats."""
    if detail["dtype"] == np.float32:
        return values.astype(np.float64)
    scales = detail["quantization_parameters"]["scales"].astype(np.float64)
    return values.astype(np.float64) * scales[:, None]


def class_map(features: np.ndarray, weights: np.ndarray, k: int) -> np.ndarray:
    """`Σ_c W[k, c]·F[h, w, c]`: features `[h, w, c]`, weights `[classes, c]` to `[h, w]`."""
    return features.astype(np.float64) @ weights[k]


def reference_maps(model: Path, image: np.ndarray) -> np.ndarray:
    """Maps of all classes `[classes, h, w]` by the LiteRT interpreter, for a normalised image `[H, W, 3]` f32."""
    feature, dense = head_tensors(model)
    interpreter = Interpreter(str(model), num_threads=1, experimental_preserve_all_tensors=True)
    interpreter.allocate_tensors()
    details = {d["index"]: d for d in interpreter.get_tensor_details()}
    into = interpreter.get_input_details()[0]
    interpreter.set_tensor(into["index"], to_tensor(image[None], into))
    interpreter.invoke()
    features = from_tensor(interpreter.get_tensor(feature)[0], details[feature])
    weights = dequantized_weights(details[dense], interpreter.get_tensor(dense))
    return np.stack([class_map(features, weights, k) for k in range(len(weights))])


def engine_maps(model: Path, files: list[Path], label: str | None = None) -> list[np.ndarray]:
    """Maps `[h, w]` of the answer's class, or of one that is named, by the engine."""
    with lentigo.Pool(model) as pool:
        maps = list(pool.each(lambda engine, file: engine.class_map(file, label), files))
    for file, found in zip(files, maps, strict=True):
        if isinstance(found, lentigo.Failure):
            raise EngineError(f"{file}: {found.message}")
    return [np.asarray(found.values) for found in maps]


def mask_on_map(data: Path, record: Record, shape: tuple[int, int], crop: float) -> np.ndarray:
    """Share of each place of a map that lies inside the lesion, `[h, w]`, 0..1."""
    with Image.open(data / "masks" / f"{record.image_id}_segmentation.png") as image:
        mask = image.convert("L").crop(crop_box(*image.size, crop))
    return np.asarray(mask.resize(shape[::-1], Image.Resampling.BOX), dtype=float) / 255


def energy_inside(values: np.ndarray, inside: np.ndarray) -> float:
    """Share of a map's positive part that lies inside; NaN where it has none."""
    energy = np.maximum(values, 0)
    return float((energy * inside).sum() / energy.sum()) if energy.any() else float("nan")


def report(records: list[Record], energy: np.ndarray, area: np.ndarray) -> str:
    """A Markdown table by class."""
    lines = ["| class | pictures | energy inside the lesion | the lesion's share of the square |"]
    lines += ["| --- | ---: | ---: | ---: |"]
    truth = np.array([r.label for r in records])
    groups = [("all", np.full(len(truth), True)), *((name, truth == k) for k, name in enumerate(LABELS))]
    for name, chosen in groups:
        known = chosen & ~np.isnan(energy)
        if known.any():
            lines.append(f"| {name} | {known.sum()} | {energy[known].mean():.3f} | {area[known].mean():.3f} |")
    lines.append(f"\nMore energy inside than the lesion's share: {(energy > area).mean():.3f} of the pictures.")
    return "\n".join(lines)


def main() -> None:
    """Command line of the check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder of HAM10000, with masks/")
    parser.add_argument("--model", type=Path, default=Path("model/lesion.tflite"))
    parser.add_argument("--part", choices=PARTS, default="test")
    args = parser.parse_args()
    crop = get_metadata(args.model)["preprocessing"]["crop"]
    records = part_records(args.data, args.part)
    maps = engine_maps(args.model, [r.file for r in records])
    masks = [mask_on_map(args.data, r, m.shape, crop) for r, m in zip(records, maps, strict=True)]
    energy = np.array([energy_inside(m, inside) for m, inside in zip(maps, masks, strict=True)])
    print(report(records, energy, np.array([inside.mean() for inside in masks])))


if __name__ == "__main__":
    main()
