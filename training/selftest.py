"""The self-test in a model file: a picture, and the exact logits that the engine gives for it.

    python -m training.selftest model/lesion.tflite

writes the metadata entry `lentigo.selftest` (src/model/selftest.h) and changes nothing else in the file. Whoever loads
the file later, on another device, lets the engine compute the same and compares. int8 networks give the same bits
everywhere; a network that computes in f32 needs `--tolerance`.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

from training.engine import Engine
from training.tflite_file import read_model, set_entry

ENTRY = "lentigo.selftest"
BLOCK = 16  # pixels on a side that share a colour
SEED = 1


def mix(n: np.ndarray) -> np.ndarray:
    """The hash lowbias32 of C. Wellons, u32 to u32."""
    n = (n ^ (n >> 16)) * np.uint32(0x7FEB352D)
    n = (n ^ (n >> 15)) * np.uint32(0x846CA68B)
    return n ^ (n >> 16)


def draw(seed: int, width: int, height: int) -> np.ndarray:
    """The picture "blocks:SEED", `[height, width, 3]` u8, as `selftest_draw` of the engine draws it."""
    y, x, c = np.meshgrid(*(np.arange(n, dtype=np.uint32) for n in (height, width, 3)), indexing="ij")

    def at(start: int, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        return mix(np.uint32(start) ^ mix(x ^ mix(y ^ mix(c + np.uint32(1))))) & np.uint32(255)

    colour, noise = at(seed, x // BLOCK, y // BLOCK), at(seed ^ 0xFFFFFFFF, x, y)
    return ((3 * colour + noise) // 4).astype(np.uint8)


def input_size(path: Path) -> tuple[int, int]:
    """Width and height of the network's input, pixels."""
    graph = read_model(path).subgraphs[0]
    _, height, width, _ = (int(n) for n in graph.tensors[graph.inputs[0]].shape)
    return width, height


def logits_of(path: Path, seed: int) -> list[float]:
    """What the engine gives for the picture: each f32 in the fewest digits that give it again."""
    width, height = input_size(path)
    if width != height:
        raise ValueError(f"{path.name}: an input of {width} x {height} pixels, but the engine looks at squares")
    with tempfile.TemporaryDirectory() as folder:
        picture = Path(folder) / "blocks.png"
        Image.fromarray(draw(seed, width, height)).save(picture)
        (answer,) = Engine(path).ask([picture], region=(0.5, 0.5, 1.0))
    return answer["logits"]


def add_self_test(path: Path, seed: int = SEED, tolerance: float = 0.0) -> dict:
    """Write the entry into the file, in the place of an earlier one, and return what it says."""
    test = {"input": f"blocks:{seed}", "logits": logits_of(path, seed)}
    if tolerance > 0:
        test["tolerance"] = tolerance
    set_entry(path, ENTRY, json.dumps(test, separators=(",", ":")).encode())
    return test


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--seed", type=int, default=SEED, help="of the picture, 0..2^32-1")
    parser.add_argument("--tolerance", type=float, default=0.0, help="how far a logit may be off; for networks in f32")
    args = parser.parse_args()
    print(add_self_test(args.model, args.seed, args.tolerance))


if __name__ == "__main__":
    main()
