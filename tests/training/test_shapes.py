"""The golden values of every shape of convolution (tests/c/mkshapes.c) are those of the LiteRT interpreter.

Tests of the WebAssembly builds, which have no LiteRT, hold their outputs against this file. It is written anew by

    LENTIGO_WRITE_SHAPES=1 make test-training

LiteRT runs them by its XNNPACK, as phones do, and its outputs are the engine's to the bit; its kernels without XNNPACK
round some values the other way.
"""

import hashlib
import json
import os
import subprocess
from pathlib import Path

import numpy as np
import pytest
from ai_edge_litert.interpreter import Interpreter, OpResolverType

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests/support/shapes.json"
DIGITS = 16  # of the SHA-256 of the outputs, [n] i8
SCALE, ZERO = 1 / 48, -11  # of every output


@pytest.fixture(scope="module")
def shapes(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shapes")
    done = subprocess.run([ROOT / "build/test/mkshapes", folder], check=True, capture_output=True, text=True)
    return folder, done.stdout.split()


def picture_of(folder, name):
    side = int(name.rpartition("side")[2])
    pixels = np.fromfile(folder / f"picture-{side}.rgb", np.uint8)
    return (pixels.astype(np.int16) - 128).astype(np.int8).reshape(1, side, side, 3)


def outputs(folder, name, resolver):
    interpreter = Interpreter(
        model_path=str(folder / f"{name}.tflite"), experimental_op_resolver_type=resolver, num_threads=1
    )
    interpreter.allocate_tensors()
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], picture_of(folder, name))
    interpreter.invoke()
    return interpreter.get_tensor(interpreter.get_output_details()[0]["index"])[0]


def digest(values):
    return hashlib.sha256(values.astype(np.int8).tobytes()).hexdigest()[:DIGITS]


def test_golden_values_are_litert_s(shapes):
    folder, names = shapes
    found = {}
    for name in names:
        wanted = outputs(folder, name, OpResolverType.AUTO)
        plain = outputs(folder, name, OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES)
        assert np.unique(wanted).size > 1, name
        assert np.abs(wanted.astype(int) - plain).max() <= 2, name
        found[name] = digest(wanted)
    if os.environ.get("LENTIGO_WRITE_SHAPES"):
        GOLDEN.write_text(json.dumps(found, indent=1) + "\n")
    assert found == json.loads(GOLDEN.read_text())


def test_the_native_engine_gives_them(shapes):
    folder, names = shapes
    golden = json.loads(GOLDEN.read_text())
    for name in names:
        done = subprocess.run(
            [ROOT / "build/test/netrun", folder / f"{name}.tflite"],
            input=picture_of(folder, name).tobytes(),
            capture_output=True,
            check=True,
        )
        values = np.rint(np.frombuffer(done.stdout, np.float32) / SCALE) + ZERO
        assert digest(values) == golden[name], name
