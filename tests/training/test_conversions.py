"""Small files as ai-edge-quantizer writes them: the engine against the LiteRT interpreter."""

import numpy as np
import pytest
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter, OpResolverType
from operator_cases import RELU6, SAME, Case, binary, conv, dense, depthwise, mean, pool
from test_operators import engine
from tflite_graph import pack

from training.others import MOST_DIFFERENCE, RECIPES, by_litert, draw, requantize, scaled, softmax, to_input


def tensor_map(name, tensor):
    found = schema.TensorMapT()
    found.name, found.tensorIndex = name, tensor
    return found


def signed(content, picture, logits):
    """The same file with a signature, by which the quantizer calls it."""
    model = schema.ModelT.InitFromPackedBuf(content, 0)
    signature = schema.SignatureDefT()
    signature.signatureKey, signature.subgraphIndex = "serve", 0
    signature.inputs, signature.outputs = [tensor_map("picture", picture)], [tensor_map("logits", logits)]
    model.signatureDefs = [signature]
    return pack(model)


@pytest.fixture(scope="module")
def float_file(tmp_path_factory):
    """A network of the usual operators, from a picture of others.SIDE to logits."""
    case = Case("f32")
    picture = case.tensor("f32", [1, 64, 64, 3])
    wide = conv(case, picture, filters=16, stride=4, act=RELU6)
    thin = conv(case, depthwise(case, wide, act=RELU6), filters=16, kernel=1)
    joined = binary(case, pool(case, thin, kernel=3, stride=1, padding=SAME), other="itself")
    logits = dense(case, mean(case, joined, keep=False), units=7)
    path = tmp_path_factory.mktemp("conversions") / "float.tflite"
    path.write_bytes(signed(case.bytes([picture], [logits]), picture, logits))
    return path


@pytest.mark.parametrize("recipe", [recipe for recipe in RECIPES.values() if recipe])
def test_a_recipe(recipe, float_file, tmp_path):
    path = tmp_path / "model.tflite"
    path.write_bytes(requantize(float_file, recipe))
    pixels = draw(4, 1)
    wanted, step = by_litert(path, pixels, OpResolverType.BUILTIN)
    inputs = to_input(scaled(pixels), Interpreter(str(path)).get_input_details()[0])
    got = engine(path.read_bytes(), inputs, tmp_path)
    assert np.ptp(wanted) > 0
    if step:
        assert np.abs(got - wanted).max() <= 1.001 * step
    else:
        assert np.abs(softmax(got) - softmax(wanted)).max() <= MOST_DIFFERENCE
