"""Other people's models on the engine: architectures by conversions, each against the LiteRT interpreter.

    python -m training.others keras --out FOLDER      Keras applications by TensorFlow's converter
    python -m training.others litert --out FOLDER     their float files by ai-edge-quantizer, a network by litert-torch
    python -m training.others table --out FOLDER      writes src/net/MODELS.md

The first needs the environment of training/paper, the second that of the training; `make models-table` runs all. Each
architecture has a process of its own: its memory goes back, and one that fails is a row of the table and not its end.
Files that are in FOLDER are not made anew, so a run that was cut goes on.

Weights are random, from a fixed seed, with the statistics of batch normalisation taken from the pictures, so that
values are of the size that they have after a training; inputs are small. What a model gives is compared as it comes
out of the network: probabilities, and where the output is of integers, steps of its scale.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
from ai_edge_litert.interpreter import Interpreter, OpResolverType
from PIL import Image

from training.markdown import table

ENGINE = Path("build/lentigo")
DOCUMENT = Path("src/net/MODELS.md")
SIDE, CLASSES, PICTURES, CALIBRATION = 64, 10, 4, 12
MOST_DIFFERENCE = 1e-4  # of a probability
RESULTS = "results.json"
MOST_ERROR = 120  # characters of an error in a cell
RANGE = (-1.0, 1.0)  # what black and white are to the networks
CONVERSIONS = ("float", "dynamic", "float16", "int8", "uint8")
KERAS = (
    "MobileNet MobileNetV2 MobileNetV3Small MobileNetV3Large EfficientNetB0 ResNet50 DenseNet121 NASNetMobile "
    "ConvNeXtTiny"
).split()
# What the applications are told beside their size: pixels are scaled outside.
PLAIN = {"include_preprocessing": False}
KERAS_OPTIONS = {"MobileNetV3Small": PLAIN, "MobileNetV3Large": PLAIN, "ConvNeXtTiny": PLAIN}
RECIPES = {
    "float": None,
    "dynamic": "dynamic_wi8_afp32",
    "weights alone": "weight_only_wi8_afp32",
    "int8": "static_wi8_ai8",
}


# ---- pictures ----


def draw(count: int, seed: int) -> np.ndarray:
    """Smooth random pictures, `[count, SIDE, SIDE, 3]` u8."""
    coarse = np.random.default_rng(seed).integers(0, 256, (count, 6, 6, 3)).astype(np.uint8)
    size = (SIDE, SIDE)
    return np.stack([np.asarray(Image.fromarray(c).resize(size, Image.Resampling.BICUBIC)) for c in coarse])


def save_pictures(folder: Path) -> tuple[list[Path], np.ndarray]:
    """Files of the networks' size, so that nothing is resized, and their pixels."""
    pixels = draw(PICTURES, 1)
    files = [folder / f"picture-{i}.png" for i in range(PICTURES)]
    for file, picture in zip(files, pixels, strict=True):
        Image.fromarray(picture).save(file)
    return files, pixels


def scaled(pixels: np.ndarray) -> np.ndarray:
    """Pixels as the engine scales them for RANGE, f32."""
    std = np.float32(255 / (RANGE[1] - RANGE[0]))
    return ((pixels.astype(np.float32) - np.float32(-RANGE[0]) * std) / std).astype(np.float32)


# ---- both engines ----


def to_input(values: np.ndarray, details: dict) -> np.ndarray:
    """Real numbers as an interpreter's input wants them."""
    if details["dtype"] == np.float32:
        return values
    scale, zero = details["quantization"]
    ends = np.iinfo(details["dtype"])
    return np.clip(np.round(values / np.float32(scale)) + zero, ends.min, ends.max).astype(details["dtype"])


def by_litert(path: Path, pixels: np.ndarray, kernels: OpResolverType) -> tuple[np.ndarray, float | None]:
    """What the interpreter gives, real numbers `[N, classes]`, and the output's scale where it is of integers."""
    interpreter = Interpreter(str(path), experimental_op_resolver_type=kernels)
    interpreter.allocate_tensors()
    into, out = interpreter.get_input_details()[0], interpreter.get_output_details()[0]
    rows = []
    for values in scaled(pixels):
        interpreter.set_tensor(into["index"], to_input(values, into)[None])
        interpreter.invoke()
        rows.append(interpreter.get_tensor(out["index"]).reshape(-1))
    given = np.stack(rows).astype(np.float32)
    if out["dtype"] == np.float32:
        return given, None
    scale, zero = out["quantization"]
    return (given - zero) * np.float32(scale), scale


def by_engine(path: Path, files: list[Path]) -> np.ndarray | str:
    """What the engine's network gives, `[N, classes]`, or why it gives nothing."""
    ends = ",".join(str(end) for end in RANGE)
    command = [ENGINE, "classify", "--json", "--logits", "--range", ends, "--model", path, *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        return (done.stderr or done.stdout).strip().splitlines()[-1].split(f"{path}: ")[-1]
    return np.array([list(json.loads(line)["logits"]) for line in done.stdout.splitlines()])


def softmax(logits: np.ndarray) -> np.ndarray:
    """Probabilities of logits `[N, classes]`."""
    powers = np.exp(logits - logits.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


def compare(path: Path, files: list[Path], pixels: np.ndarray) -> dict:
    """How far both are apart, or what stands in the way."""
    got = by_engine(path, files)
    if isinstance(got, str):
        return {"error": got}
    wanted, step = by_litert(path, pixels, OpResolverType.BUILTIN)
    other, _ = by_litert(path, pixels, OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES)
    if wanted.min() >= 0:  # probabilities, whose logarithms the engine prints as logits
        got = np.exp(got)
    else:
        got, wanted, other = softmax(got), softmax(wanted), softmax(other)
    apart = float(np.abs(wanted - other).max())
    difference, spread = float(np.abs(got - wanted).max()), float(np.ptp(wanted))
    return {"difference": difference, "apart": apart, "step": step, "spread": spread}


# ---- results, and a process for each architecture ----


def read_results(folder: Path) -> dict:
    """By source, architecture and conversion."""
    path = folder / RESULTS
    return json.loads(path.read_text()) if path.is_file() else {}


def keep(folder: Path, source: str, name: str, conversion: str, result: dict) -> None:
    """Put a result down, in place of an older one."""
    results = read_results(folder)
    results.setdefault(source, {}).setdefault(name, {})[conversion] = result
    write(folder / RESULTS, json.dumps(results, indent=1).encode())
    print(f"{source}: {name}, {conversion}: {show(result)}", flush=True)


def write(path: Path, content: bytes) -> None:
    """A file that is there whole or not at all."""
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    part.replace(path)


def forget(folder: Path, source: str, name: str) -> None:
    """Take an architecture's older results away."""
    results = read_results(folder)
    results.get(source, {}).pop(name, None)
    write(folder / RESULTS, json.dumps(results, indent=1).encode())


def attempt(folder: Path, source: str, name: str, conversion: str, make: Callable[[], Path]) -> None:
    """Make a file, compare both engines on it, and put the result down, or why there is none."""
    files, pixels = save_pictures(folder)
    try:
        result = compare(make(), files, pixels)
    except Exception as error:
        result = {"error": f"{type(error).__name__}: {error}".splitlines()[0][:MOST_ERROR]}
    keep(folder, source, name, conversion, result)


def run_apart(folder: Path, source: str, names: list[str], conversions: Callable[[str], list[str]]) -> None:
    """Each architecture in a process of its own."""
    for name in names:
        forget(folder, source, name)
        command = [sys.executable, "-m", "training.others", source, "--out", str(folder), "--only", name]
        status = subprocess.run(command, check=False).returncode
        done = read_results(folder).get(source, {}).get(name, {})
        for conversion in conversions(name):
            if conversion not in done:
                keep(folder, source, name, conversion, {"error": f"its process ended with status {status}"})
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
    print(f"{source}: the largest process took {peak:.1f} GiB", flush=True)


# ---- Keras ----


def settled(name: str):
    """An application with random weights, its batch normalisation set by the calibration's pictures."""
    import keras

    keras.utils.set_random_seed(1)
    shape = (SIDE, SIDE, 3)
    options = KERAS_OPTIONS.get(name, {})
    model = getattr(keras.applications, name)(input_shape=shape, weights=None, classes=CLASSES, **options)
    for layer in model.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.momentum = 0.0
    model(scaled(draw(CALIBRATION, 2)), training=True)
    return model


def save_keras(model, folder: Path) -> None:
    """The network as a saved model, of a batch of one."""
    import keras
    import tensorflow as tf

    archive = keras.export.ExportArchive()
    archive.track(model)
    signature = [tf.TensorSpec((1, SIDE, SIDE, 3), tf.float32, name="pixels")]
    archive.add_endpoint("serve", lambda x: model(x, training=False), input_signature=signature)
    archive.write_out(str(folder), verbose=False)


def convert_keras(saved: Path, conversion: str) -> bytes:
    """TensorFlow's converter, one conversion."""
    import tensorflow as tf

    converter = tf.lite.TFLiteConverter.from_saved_model(str(saved))
    if conversion != "float":
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
    if conversion == "float16":
        converter.target_spec.supported_types = [tf.float16]
    if conversion in ("int8", "uint8"):
        pictures = scaled(draw(CALIBRATION, 2))
        converter.representative_dataset = lambda: ([picture[None]] for picture in pictures)
        converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
        converter.inference_input_type = converter.inference_output_type = tf.int8 if conversion == "int8" else tf.uint8
    return converter.convert()


def make_keras(name: str, saved: Path, conversion: str, path: Path) -> Path:
    """The file of a conversion, where it is not there already; saved is a folder, filled once."""
    if not path.is_file():
        if not any(saved.iterdir()):
            save_keras(settled(name), saved)
        write(path, convert_keras(saved, conversion))
    return path


def run_keras(folder: Path, name: str) -> None:
    """An application by every conversion."""
    with tempfile.TemporaryDirectory() as saved:
        for conversion in CONVERSIONS:
            path = folder / f"{name}-{conversion}.tflite"
            attempt(folder, "keras", name, conversion, partial(make_keras, name, Path(saved), conversion, path))


# ---- ai-edge-quantizer and litert-torch ----


def export_torch(path: Path) -> None:
    """EfficientNet-Lite0 with random weights, through litert-torch."""
    import torch

    from training.network import EfficientNetLite, fold_batch_norm
    from training.tflite_file import export_float

    torch.manual_seed(1)
    network = EfficientNetLite(CLASSES).train()
    with torch.no_grad():
        network(torch.from_numpy(scaled(draw(CALIBRATION, 2))).permute(0, 3, 1, 2))
    export_float(fold_batch_norm(network.eval()), SIDE, path)


def requantize(source: Path, recipe_name: str) -> bytes:
    """One recipe of ai-edge-quantizer on a float file."""
    from ai_edge_quantizer import quantizer, recipe

    worker = quantizer.Quantizer(str(source), getattr(recipe, recipe_name)())
    ranges = None
    if worker.need_calibration:
        interpreter = Interpreter(str(source))
        signature = next(iter(interpreter.get_signature_list()), "")
        details = interpreter.get_signature_runner(signature).get_input_details()
        pictures = scaled(draw(CALIBRATION, 2))
        ranges = worker.calibrate({signature: [{next(iter(details)): picture[None]} for picture in pictures]})
    return bytes(worker.quantize(ranges).quantized_model)


def make_litert(source: Path, recipe_name: str | None, path: Path) -> Path:
    """The float file, or one made of it by a recipe, where they are not there already."""
    if not source.is_file():
        part = source.with_name(f"part-{source.name}")
        export_torch(part)
        part.replace(source)
    if recipe_name is None:
        return source
    if not path.is_file():
        write(path, requantize(source, recipe_name))
    return path


def recipes_of(name: str) -> list[str]:
    """Conversions of an architecture; a float file of Keras stands in the other table."""
    return [conversion for conversion, recipe_name in RECIPES.items() if recipe_name or name not in KERAS]


def run_litert(folder: Path, name: str) -> None:
    """EfficientNet-Lite0 of litert-torch, or the float file of a Keras application, by every recipe."""
    source = folder / f"{name}-float.tflite"
    for conversion in recipes_of(name):
        path = folder / f"{name}-{conversion.split()[0]}-requantized.tflite"
        attempt(folder, "litert", name, conversion, partial(make_litert, source, RECIPES[conversion], path))


# ---- the table ----


def is_good(result: dict) -> bool:
    """Within a step, or within MOST_DIFFERENCE."""
    if "error" in result:
        return False
    return result["difference"] <= (1.001 * result["step"] if result["step"] else MOST_DIFFERENCE)


def show(result: dict | None) -> str:
    """A cell of the table."""
    if result is None:
        return ""
    if "error" in result:
        return result["error"]
    told, apart = (
        f"{round(value / result['step'])} steps" if result["step"] else f"{value:.0e}"
        for value in (result["difference"], result["apart"])
    )
    return told if is_good(result) else f"**{told}** ({apart})"


def processor() -> str:
    """Its name, and whether it has AVX-512: LiteRT's real numbers are those of its kernels for it."""
    about = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").is_file() else ""
    name = next((line.partition(":")[2].strip() for line in about.splitlines() if line.startswith("model name")), "")
    return f"{name or platform.machine()}{' with AVX-512' if 'avx512f' in about else ''}"


def document(results: dict) -> str:
    """The page, from all results."""
    litert = importlib.metadata.version("ai-edge-litert")
    parts = [
        "# Other people's models",
        "",
        "Made by `make models-table`, which says how (`training/others.py`): classifiers with random weights, of "
        f"{SIDE}x{SIDE} pixels and {CLASSES} classes, by the usual conversions, the engine beside the LiteRT "
        f"interpreter {litert} on {PICTURES} pictures, as Python users have it: with its XNNPACK, and with kernels of "
        "its own for what that does not take. A cell has the largest difference: of a probability, or in steps of an "
        f"output of integers. **Bold** is what is beyond {MOST_DIFFERENCE:g}, or one step, with how far LiteRT is from "
        "itself in brackets: with and without its XNNPACK. Where a model does not run, the cell says why.",
        "",
        f"Taken on {processor()}. LiteRT adds and divides real numbers as its kernels for the processor do. One that "
        "falls on the other side of a step where it is quantised (int8 weights, real activations) changes all that "
        "follow, so with other processors, and in WebAssembly, cells of dynamic range may be larger than here.",
        "",
        "`training/layers.py` compares a model operator by operator.",
    ]
    titles = {
        "keras": "Keras applications, by TensorFlow's converter",
        "litert": "By litert-torch and ai-edge-quantizer",
    }
    for source, title in titles.items():
        found = results.get(source, {})
        columns = list(dict.fromkeys(c for row in found.values() for c in row))
        rows = [[name, *(show(row.get(column)) for column in columns)] for name, row in found.items()]
        parts += ["", f"## {title}", "", table(["", *columns], rows)]
    return "\n".join(parts) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Command line; returns its exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=["keras", "litert", "table"])
    parser.add_argument("--out", type=Path, required=True, help="folder of files and results")
    parser.add_argument("--only", help="one architecture, in this process")
    args = parser.parse_args(arguments)
    args.out.mkdir(parents=True, exist_ok=True)
    if args.part == "table":
        DOCUMENT.write_text(document(read_results(args.out)), encoding="utf-8")
    elif args.only:
        {"keras": run_keras, "litert": run_litert}[args.part](args.out, args.only)
    elif args.part == "keras":
        run_apart(args.out, "keras", KERAS, lambda _: list(CONVERSIONS))
    else:
        run_apart(args.out, "litert", ["EfficientNet-Lite0", *KERAS], recipes_of)
    return 0


if __name__ == "__main__":
    sys.exit(main())
