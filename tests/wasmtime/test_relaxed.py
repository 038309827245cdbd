"""The relaxed build with the dot product of arm64, in wasmtime: the kernels of phones give native's bits.

make test-wasmtime builds what it needs: the objects of the relaxed build, linked without JavaScript.
"""

import hashlib
import json
import random
import struct
import subprocess
import sys
import tempfile
import unittest
import zlib
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE))

from engine import Engine  # noqa: E402

BUILD = ROOT / "build/test/lentigo-relaxed.wasm"
LESION = ROOT / "model/lesion.tflite"
GOLDEN = json.loads((ROOT / "tests/support/shapes.json").read_text())

# Of every output of the shapes, and how much of its hash is kept: as in tests/training/test_shapes.py.
SCALE, ZERO, DIGITS = 1 / 48, -11, 16


def rgba_of(rgb):
    return b"".join(rgb[i : i + 3] + b"\xff" for i in range(0, len(rgb), 3))


def png_of(rgb, width, height):
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = b"".join(b"\0" + rgb[y * width * 3 : (y + 1) * width * 3] for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def pictures():
    """(name, rgb, width, height): noise and extremes reach the ends of int8, where the rules of the dot differ."""
    width, height = 230, 226
    noise = random.Random(1)
    yield "noise", noise.randbytes(width * height * 3), width, height
    yield "white", b"\xff" * (width * height * 3), width, height
    yield "black", bytes(width * height * 3), width, height
    yield "stripes", (b"\xff\x00\xff" + b"\x00\xff\x00") * (width * height // 2), width, height
    blocks = noise.randbytes(29 * 29 * 3)
    spots = b"".join(
        blocks[(y // 8 * 29 + x // 8) * 3 : (y // 8 * 29 + x // 8) * 3 + 3] for y in range(height) for x in range(width)
    )
    yield "blocks", spots, width, height


class Relaxed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.engine = Engine(BUILD)
        cls.scratch = tempfile.TemporaryDirectory()
        cls.folder = Path(cls.scratch.name)

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def test_the_kernels_are_those_of_phones(self):
        self.engine.load_model(LESION.read_bytes())
        kernels = self.engine.kernels
        dots = {name.split("-")[1] for name in kernels if name.startswith(("dw-", "gemm-"))}
        self.assertEqual(dots, {"sdot"})
        self.assertGreater(kernels["gemm-sdot"], 30)
        self.assertGreater(kernels["dw-sdot"], 10)

    def test_answers_are_native_s(self):
        for name, rgb, width, height in pictures():
            (self.folder / f"{name}.png").write_bytes(png_of(rgb, width, height))
        models = [LESION]
        for kind in ([], ["kinds"]):
            models.append(self.folder / f"small{len(kind)}.tflite")
            subprocess.run([ROOT / "build/test/mkmodel", models[-1], *kind], check=True)
        for model in models:
            self.engine.load_model(model.read_bytes())
            for name, rgb, width, height in pictures():
                with self.subTest(model=model.name, picture=name):
                    command = [ROOT / "build/lentigo", "classify", "--json", "--logits", "--model", model]
                    line = subprocess.run([*command, self.folder / f"{name}.png"], check=True, capture_output=True)
                    result = self.engine.classify(rgba_of(rgb), width, height)
                    self.assertEqual(result["logits"], json.loads(line.stdout)["logits"])

    def test_every_shape_gives_litert_s_bits(self):
        made = subprocess.run([ROOT / "build/test/mkshapes", self.folder], check=True, capture_output=True, text=True)
        names = made.stdout.split()
        self.assertEqual(sorted(names), sorted(GOLDEN))
        different = []
        for name in names:
            side = int(name.rpartition("side")[2])
            self.engine.load_model((self.folder / f"{name}.tflite").read_bytes())
            rgba = rgba_of((self.folder / f"picture-{side}.rgb").read_bytes())
            logits = self.engine.classify(rgba, side, side)["logits"]
            values = [round(logit / SCALE) + ZERO for logit in logits]
            digest = hashlib.sha256(struct.pack(f"{len(values)}b", *values)).hexdigest()[:DIGITS]
            if digest != GOLDEN[name]:
                different.append(name)
        self.assertEqual(different, [])


if __name__ == "__main__":
    unittest.main()
