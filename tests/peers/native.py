"""TFLite and onnxruntime natively, for `make bench-peers`: orders by stdin, answers by stdout, a line of JSON each.

{"runtime": "tflite" | "onnx", "file": path, "threads": n, "runs": n, "pixels": path of [H, W, 3] u8}
→ {"times": [ms], "result": [logits]}. What an order needs is loaded once and stays.
"""

from __future__ import annotations

import functools
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

WARM_UP = 10


def tflite(file: str, pixels: np.ndarray, about: dict, threads: int) -> Callable[[], np.ndarray]:
    from ai_edge_litert.interpreter import Interpreter

    interpreter = Interpreter(file, num_threads=threads)
    interpreter.allocate_tensors()
    given, (output,) = interpreter.get_input_details()[0], interpreter.get_output_details()
    real = (pixels.astype(np.float32) - about["mean"]) / about["std"]
    if given["dtype"] == np.int8:
        scale, zero = given["quantization"]
        real = np.round(real / scale + zero).astype(np.int8)
    interpreter.set_tensor(given["index"], real[None])

    def call() -> np.ndarray:
        interpreter.invoke()
        return interpreter.get_tensor(output["index"])[0]

    return call


def onnx(file: str, pixels: np.ndarray, about: dict, threads: int) -> Callable[[], np.ndarray]:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
    real = ((pixels.astype(np.float32) - about["mean"]) / about["std"]).transpose(2, 0, 1)[None]
    feed = {session.get_inputs()[0].name: np.ascontiguousarray(real)}
    return lambda: session.run(None, feed)[0][0]


@functools.cache
def ready(runtime: str, file: str, threads: int, pixels: str) -> Callable[[], np.ndarray]:
    about = json.loads((Path(__file__).parents[2] / "build/peers/models/about.json").read_text())
    picture = np.fromfile(pixels, np.uint8).reshape(about["height"], about["width"], 3)
    call = {"tflite": tflite, "onnx": onnx}[runtime](file, picture, about, threads)
    for _ in range(WARM_UP):
        call()
    return call


def main() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        call = ready(order["runtime"], order["file"], order["threads"], order["pixels"])
        times = []
        for _ in range(order["runs"]):
            start = time.perf_counter()
            logits = call()
            times.append(1000 * (time.perf_counter() - start))
        print(json.dumps({"times": times, "result": [float(value) for value in logits]}), flush=True)


if __name__ == "__main__":
    main()
