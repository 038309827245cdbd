"""Every operator, f32, int8 and uint8, on random data: the engine against the LiteRT interpreter.

LiteRT rounds ties in two ways: its own kernels in one, its XNNPACK, which users have, in another. Beside the former the
engine may be a step of the output's scale away, but for operators that are EXACT; beside the latter it is not.
"""

import subprocess
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from ai_edge_litert.interpreter import Interpreter, OpResolverType
from operator_cases import (
    IN_SCALE,
    IN_ZERO,
    RELU,
    RELU6,
    RELU_N1_TO_1,
    SAME,
    VALID,
    Case,
    binary,
    build,
    concat,
    concat_of_scales,
    conv,
    cut,
    dense,
    depthwise,
    gelu,
    leaky,
    mean,
    mean_over,
    pad,
    pad_conv,
    pad_value,
    pool,
    positive,
    reduction,
    requantize,
    same_relu,
    softmax,
    squeeze_and_excite,
    squeezed,
    strided,
    there_and_back,
    transpose,
    unary,
)

ROOT = Path(__file__).resolve().parents[2]
NETRUN = ROOT / "build/test/netrun"
RUNS = 8

SHAPE = [1, 9, 10, 4]
CASES = {
    "conv 3x3 same": (conv, SHAPE),
    "conv 3x3 same, stride 2, odd size": (partial(conv, stride=2), [1, 9, 5, 8]),
    "conv 3x3 same, stride 2, even size": (partial(conv, stride=2, act=RELU6), [1, 8, 6, 6]),
    "conv 3x3 valid": (partial(conv, padding=VALID, act=RELU), SHAPE),
    "conv 5x2 valid, stride 1x2": (partial(conv, kernel=[5, 2], stride=[1, 2], padding=VALID), SHAPE),
    "conv 1x1": (partial(conv, kernel=1, filters=11, act=RELU6), SHAPE),
    "conv 1x1, stride 2": (partial(conv, kernel=1, stride=2), SHAPE),
    "conv 7x7 on a small picture": (partial(conv, kernel=7), [1, 4, 3, 6]),
    "conv, dilated": (partial(conv, dilation=2), SHAPE),
    "conv, dilated, valid": (partial(conv, dilation=3, padding=VALID), SHAPE),
    "conv, two groups": (partial(conv, groups=2, filters=6), SHAPE),
    "conv, as many groups as channels": (partial(conv, groups=4, filters=8, stride=2), SHAPE),
    "conv, one scale": (partial(conv, per_channel=False, act=RELU_N1_TO_1), SHAPE),
    "conv, one filter": (partial(conv, filters=1), SHAPE),
    "conv, many channels": (partial(conv, filters=70, kernel=1), [1, 3, 2, 55]),
    "depthwise 3x3": (depthwise, SHAPE),
    "depthwise 3x3, stride 2": (partial(depthwise, stride=2, act=RELU6), [1, 7, 8, 9]),
    "depthwise 5x5, stride 2, valid": (partial(depthwise, kernel=5, stride=2, padding=VALID), SHAPE),
    "depthwise 7x7": (partial(depthwise, kernel=7), SHAPE),
    "depthwise 3x1": (partial(depthwise, kernel=[3, 1]), SHAPE),
    "depthwise 1x1": (partial(depthwise, kernel=1), SHAPE),
    "depthwise, multiplier 2": (partial(depthwise, multiplier=2, padding=VALID), SHAPE),
    "depthwise, dilated": (partial(depthwise, dilation=2), SHAPE),
    "depthwise, one scale": (partial(depthwise, per_channel=False, act=RELU), SHAPE),
    "dense": (dense, [1, 60]),
    "dense, relu, no bias": (partial(dense, act=RELU, bias=False), [1, 27]),
    "dense, one scale": (partial(dense, per_channel=False, act=RELU6), [1, 60]),
    "dense, flattens": (partial(dense, depth=60), [1, 5, 6, 4]),
    "dense, several rows": (partial(dense, depth=12), [1, 5, 4, 12]),
    "dense, keeps the dimensions": (partial(dense, keep=True, units=6), [1, 5, 4, 12]),
    "add itself": (partial(binary, other="itself"), SHAPE),
    "add a constant per channel": (partial(binary, other=[4], act=RELU), SHAPE),
    "add a constant, first": (partial(binary, other=[1, 9, 10, 4], swap=True, act=RELU6), SHAPE),
    "add a single number": (partial(binary, other=[1]), SHAPE),
    "add, scales far apart": (partial(binary, other=[4], constant_scale=2e-5), SHAPE),
    "mul by itself": (partial(binary, name="MUL", other="itself"), SHAPE),
    "mul by a constant per channel": (partial(binary, name="MUL", other=[1, 1, 1, 4]), SHAPE),
    "mul by a constant, first": (partial(binary, name="MUL", other=[10, 1], swap=True, act=RELU), SHAPE),
    "mul, scales far apart": (partial(binary, name="MUL", other=[4], scale=5e-10, constant_scale=1e-5), SHAPE),
    "squeeze and excite": (squeeze_and_excite, SHAPE),
    "average 2x2": (pool, SHAPE),
    "average 3x3 same": (partial(pool, kernel=3, stride=1, padding=SAME), SHAPE),
    "average 3x3 same, stride 2": (partial(pool, kernel=3, stride=2, padding=SAME), [1, 8, 7, 6]),
    "average 4x5 same": (partial(pool, kernel=[4, 5], stride=1, padding=SAME, act=RELU), SHAPE),
    "average 2x3, stride 3": (partial(pool, kernel=[2, 3], stride=3), SHAPE),
    "average 1x1": (partial(pool, kernel=1, stride=1), SHAPE),
    "average over all": (partial(pool, kernel=[9, 10], stride=1), SHAPE),
    "average over all, same": (partial(pool, kernel=[9, 10], stride=[9, 10], padding=SAME, act=RELU6), SHAPE),
    "max 2x2": (partial(pool, name="MAX_POOL_2D"), SHAPE),
    "max 3x3 same, stride 2": (partial(pool, name="MAX_POOL_2D", kernel=3, padding=SAME, act=RELU), [1, 8, 7, 6]),
    "max 5x4 same": (partial(pool, name="MAX_POOL_2D", kernel=[5, 4], stride=1, padding=SAME), SHAPE),
    "max 1x1, stride 2": (partial(pool, name="MAX_POOL_2D", kernel=1, stride=2), SHAPE),
    "mean": (mean, SHAPE),
    "mean, flat, axes from behind": (partial(mean, keep=False, axes=(-2, 1)), [1, 7, 7, 42]),
    "pad": (partial(pad, paddings=[[0, 0], [1, 2], [3, 0], [0, 0]]), SHAPE),
    "pad channels": (partial(pad, paddings=[[0, 0], [0, 0], [0, 0], [2, 1]]), SHAPE),
    "pad before a convolution": (pad_conv, SHAPE),
    "concat channels": (concat, SHAPE),
    "concat rows, three": (partial(concat, axis=1, count=3), [1, 4, 5, 3]),
    "concat, eight": (partial(concat, axis=-2, count=8), [1, 4, 5, 3]),
    "concat one": (partial(concat, count=1), SHAPE),
    "softmax": (softmax, [1, 90]),
    "softmax in a picture": (softmax, SHAPE),
    "logistic": (partial(unary, name="LOGISTIC", scale=1 / 256, zero=-128), SHAPE),
    "hard swish": (partial(unary, name="HARD_SWISH"), SHAPE),
    "relu": (partial(same_relu, name="RELU"), SHAPE),
    "relu6": (partial(same_relu, name="RELU6"), SHAPE),
    "relu, other scale": (partial(unary, name="RELU"), SHAPE),
    "relu6, other scale": (partial(unary, name="RELU6", scale=1 / 40, zero=-128), SHAPE),
    "quantize": (requantize, SHAPE),
    "there and back": (there_and_back, SHAPE),
}

# Operators of other people's models only. LiteRT has not all of them for int8.
ONLY_FLOAT = {
    "divide": (partial(binary, name="DIV", other=[4]), SHAPE),
    "negate": (partial(unary, name="NEG"), SHAPE),
    "square": (partial(unary, name="SQUARE"), SHAPE),
    "square root": (partial(positive, name="SQRT"), SHAPE),
    "reciprocal square root": (partial(positive, name="RSQRT"), SHAPE),
    "logarithm": (partial(positive, name="LOG"), SHAPE),
    "elu": (partial(unary, name="ELU"), SHAPE),
    "gelu": (partial(gelu, approximate=False), SHAPE),
    "gelu by tanh": (partial(gelu, approximate=True), SHAPE),
    "relu from -1 to 1": (partial(unary, name="RELU_N1_TO_1"), SHAPE),
}
MORE = {
    "squared difference": (partial(binary, name="SQUARED_DIFFERENCE", other=[4]), SHAPE),
    "subtract a constant": (partial(binary, name="SUB", other=[4], act=RELU), SHAPE),
    "subtract from a constant": (partial(binary, name="SUB", other=[10, 1], swap=True), SHAPE),
    "the larger": (partial(binary, name="MAXIMUM", other=[1]), SHAPE),
    "the smaller": (partial(binary, name="MINIMUM", other=[1, 9, 1, 4]), SHAPE),
    "prelu": (partial(binary, name="PRELU", other=[4]), SHAPE),
    "tanh": (partial(unary, name="TANH", scale=1 / 128, zero=0), SHAPE),
    "leaky relu": (leaky, SHAPE),
    "mean over the last axis": (partial(mean_over, axes=[-1], keep=True), SHAPE),
    "mean over three axes": (partial(mean_over, axes=[1, 2, 3]), [3, 4, 5, 4]),
    "sum": (partial(reduction, name="SUM", axes=[1, 3]), SHAPE),
    "largest": (partial(reduction, name="REDUCE_MAX", axes=[1, 2], keep=True), SHAPE),
    "transpose": (partial(transpose, order=[0, 3, 1, 2]), SHAPE),
    "transpose a matrix": (partial(transpose, order=[1, 0]), [9, 40]),
    "slice": (partial(cut, begin=[0, 2, 1, 0], size=[1, 5, -1, 3]), SHAPE),
    "strided slice": (partial(strided, begin=[0, 1, 0, 0], end=[1, 9, 10, 4], steps=[1, 2, 3, 1]), SHAPE),
    "strided slice, backwards": (
        partial(strided, begin=[0, -1, 0, 0], end=[1, 2, 0, 4], steps=[1, -2, 1, 1], open_end=0b100, open_begin=0b1000),
        SHAPE,
    ),
    "strided slice, one row": (
        partial(strided, begin=[0, -1, 0, 0], end=[1, 0, 10, 4], steps=[1] * 4, shrink=2),
        SHAPE,
    ),
    "squeeze and expand": (partial(squeezed, axes=[0, 2]), [1, 9, 1, 40]),
    "squeeze all": (partial(squeezed, axes=[]), [1, 9, 1, 40]),
    "pad with a value": (partial(pad_value, value=-100), SHAPE),
}
ONLY_U8 = {"concat, other scales": (concat_of_scales, SHAPE)}
# What LiteRT's own kernels have not for uint8, whose graphs were made before: convolutions in groups among them.
NOT_IN_U8 = {
    *(name for name in CASES if "groups" in name),
    *("prelu", "sum"),
}
KINDS = [
    *(
        (name, kind)
        for name in CASES
        for kind in ("f32", "i8", "u8")
        if (kind, name) not in {("u8", n) for n in NOT_IN_U8}
    ),
    *((name, kind) for name in MORE for kind in ("f32", "i8")),
    *((name, "f32") for name in ONLY_FLOAT),
    *((name, "u8") for name in ONLY_U8),
]
# Computed in whole numbers by both, to the same bits.
EXACT = (
    *("average", "max", "hard swish", "concat", "pad channels"),
    *("transpose", "slice", "strided", "squeeze and expand", "squared difference"),
)
# Where LiteRT with its XNNPACK and the engine round a tie differently: in real numbers here, in fixed point there.
ROUNDED_APART = {"mul by itself", "prelu", "leaky relu", "mean over the last axis", "sum"}
WEIGHTED = [name for name in CASES if name.startswith(("conv", "depthwise", "dense"))]


def reference(model, inputs, quantization, resolver=OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES):
    interpreter = Interpreter(model_content=model, experimental_op_resolver_type=resolver)
    interpreter.allocate_tensors()
    results = []
    for values in inputs:
        interpreter.set_tensor(interpreter.get_input_details()[0]["index"], values)
        interpreter.invoke()
        result = interpreter.get_tensor(interpreter.get_output_details()[0]["index"])[0].astype(np.float32)
        if quantization is not None:
            result = (result - quantization.zeroPoint[0]) * quantization.scale[0]
        results.append(result)
    return np.stack(results)


def engine(model, inputs, folder):
    path = folder / "model.tflite"
    path.write_bytes(model)
    if inputs.dtype == np.uint8:  # the engine has them 128 lower
        inputs = (inputs.astype(np.int16) - 128).astype(np.int8)
    done = subprocess.run([NETRUN, path], input=inputs.tobytes(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return np.frombuffer(done.stdout, np.float32).reshape(len(inputs), -1)


def draw(kind, picture):
    random = np.random.default_rng(1)
    if kind == "f32":
        return random.uniform(-2, 2, [RUNS, *picture]).astype(np.float32)
    low, dtype = (-128, np.int8) if kind == "i8" else (0, np.uint8)
    return random.integers(low, low + 256, [RUNS, *picture], dtype)


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_operator(name, kind, tmp_path):
    define, shape = (CASES | MORE | ONLY_FLOAT | ONLY_U8)[name]
    model, picture, quantization = build(define, shape, kind)
    inputs = draw(kind, picture)
    wanted = reference(model, inputs, quantization)
    got = engine(model, inputs, tmp_path)
    scale = max(1.0, float(np.abs(wanted).max())) if kind == "f32" else 1.0
    assert got.shape == wanted.shape
    assert np.ptp(wanted) > 0
    step = 0 if kind == "f32" or name.startswith(EXACT) else quantization.scale[0] * 1.001
    allowed = 1e-5 if kind == "f32" else step
    assert np.abs(got - wanted).max() <= allowed * scale


@pytest.mark.parametrize(("name", "kind"), [c for c in KINDS if c[1] != "f32" and c[0] not in ROUNDED_APART])
def test_integers_as_users_of_litert_have_them(name, kind, tmp_path):
    """With its XNNPACK, which rounds some operators in another way than LiteRT's own kernels: the same step."""
    define, shape = (CASES | MORE | ONLY_U8)[name]
    model, picture, quantization = build(define, shape, kind)
    inputs = draw(kind, picture)
    wanted = reference(model, inputs, quantization, OpResolverType.BUILTIN)
    got = engine(model, inputs, tmp_path)
    step = 1.0 if quantization is None else quantization.scale[0]
    np.testing.assert_array_equal(np.rint(got / step), np.rint(wanted / step))


@pytest.mark.parametrize("name", WEIGHTED)
def test_half_precision_weights(name, tmp_path):
    model, picture, _ = build(*CASES[name], "f16")
    inputs = np.random.default_rng(1).uniform(-2, 2, [RUNS, *picture]).astype(np.float32)
    wanted = reference(model, inputs, None)
    assert np.abs(engine(model, inputs, tmp_path) - wanted).max() <= 1e-5 * max(1.0, float(np.abs(wanted).max()))


# LiteRT has no such convolution in groups, nor one depthwise whose channels share a scale.
@pytest.mark.parametrize("name", [name for name in WEIGHTED if "groups" not in name and name != "depthwise, one scale"])
def test_weights_quantised_alone(name, tmp_path):
    """int8 weights under f32 activations, quantised by both while they run: to the same steps."""
    model, picture, _ = build(*CASES[name], "dynamic")
    inputs = np.random.default_rng(1).uniform(-2, 2, [RUNS, *picture]).astype(np.float32)
    wanted = reference(model, inputs, None, OpResolverType.BUILTIN)
    far = np.abs(engine(model, inputs, tmp_path) - wanted) > 1e-5 * max(1.0, float(np.abs(wanted).max()))
    assert not far.any()


@pytest.mark.parametrize("kind", ["f32", "i8", "f16"])
def test_weights_behind_the_flatbuffer(kind, tmp_path):
    case = Case(kind)
    picture = case.activation([1, 9, 10, 3], IN_SCALE, IN_ZERO)
    result = conv(case, picture)
    output = case.reshape(result, [1, int(np.prod(case.shape(result)))])
    shape = [RUNS, *case.shape(picture)]
    inputs = np.random.default_rng(1).integers(-128, 128, shape, np.int8)
    if kind != "i8":
        inputs = inputs.astype(np.float32) / 64
    plain = engine(case.bytes([picture], [output]), inputs, tmp_path)
    file = case.bytes([picture], [output], behind=True)
    np.testing.assert_array_equal(engine(file, inputs, tmp_path), plain)
    assert np.ptp(plain) > 0


def test_small_network(tmp_path):
    """The network of the C tests, all operators in a row, with the logits test_net.c expects."""
    path = tmp_path / "small.tflite"
    subprocess.run([ROOT / "build/test/mkmodel", path], check=True)
    i = np.arange(16 * 16 * 3)
    picture = ((i * i * 37 + i * 11 + 5) % 256 - 128).astype(np.int8).reshape(1, 1, 16, 16, 3)
    random = np.random.default_rng(3).integers(-128, 128, [20, 1, 16, 16, 3], np.int8)
    inputs = np.concatenate([picture, random])
    wanted = reference(path.read_bytes(), (inputs.astype(np.float32) + 1) / 128, None) * 20
    got = engine(path.read_bytes(), inputs, tmp_path) * 20
    assert np.rint(got[0]).tolist() == [-132, 28, 26, -91, -92]
    assert np.abs(np.rint(got) - np.rint(wanted)).max() <= 2


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("keep", [True, False])
def test_last_layer_of_floats(keep, bias, tmp_path):
    """int8 -> DEQUANTIZE -> FULLY_CONNECTED of f32, which the engine computes itself, of every int8 value."""
    case = Case("i8")
    picture = case.activation([1, 16, 16, 3], IN_SCALE, IN_ZERO)
    flat = case.reshape(picture, [1, 768])
    real = case.add("DEQUANTIZE", [flat], case.tensor("f32", [1, 768]))
    case.kind = "f32"
    output = dense(case, real, units=7, keep=keep, bias=bias)
    model = case.bytes([picture], [output])
    ramp = np.arange(768).astype(np.uint8).view(np.int8).reshape(1, 1, 16, 16, 3)
    inputs = np.concatenate([ramp, np.random.default_rng(3).integers(-128, 128, [20, 1, 16, 16, 3], np.int8)])
    wanted = reference(model, inputs, None)
    got = engine(model, inputs, tmp_path)
    assert np.ptp(wanted) > 1
    assert np.abs(got - wanted).max() <= 1e-5 * max(1.0, float(np.abs(wanted).max()))


def test_small_network_with_a_last_layer_of_floats(tmp_path):
    """The same answers as LiteRT's, but where one of its int8 values was rounded otherwise on the way."""
    path = tmp_path / "kinds.tflite"
    subprocess.run([ROOT / "build/test/mkmodel", path, "kinds"], check=True)
    inputs = np.random.default_rng(3).integers(-128, 128, [40, 1, 16, 16, 3], np.int8)
    wanted = reference(path.read_bytes(), (inputs.astype(np.float32) + 1) / 128, None)
    differences = np.abs(engine(path.read_bytes(), inputs, tmp_path) - wanted).max(1)
    assert (differences <= 1e-5).sum() >= 5
    assert differences.max() < 0.1
