"""Every operator, f32 and int8, on random data: the engine against the LiteRT interpreter.

The reference is LiteRT's own kernels, without its XNNPACK. Both compute int8 in
steps of the output's scale and may round a tie differently: one step is allowed.
"""

import subprocess
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter, OpResolverType
from tflite_graph import Graph

ROOT = Path(__file__).resolve().parents[2]
NETRUN = ROOT / "build/test/netrun"
RUNS = 8
SAME, VALID = schema.Padding.SAME, schema.Padding.VALID
NONE, RELU, RELU_N1_TO_1, RELU6 = range(4)
IN_SCALE, IN_ZERO = 1 / 64, 3
OUT_SCALE, OUT_ZERO = 1 / 32, -7


class Case(Graph):
    """A graph of one type with the operator under test in its middle."""

    def __init__(self, kind, seed=0):
        super().__init__()
        self.kind, self.random = kind, np.random.default_rng(seed)

    def activation(self, shape, scale=OUT_SCALE, zero=OUT_ZERO):
        quantised = (scale, zero) if self.kind == "i8" else (None, 0)
        return self.tensor(self.kind, shape, None, *quantised)

    def weights(self, shape, axis, fan_in, per_channel=True):
        """Weights about 1 / sqrt(fan_in), quantised per channel of an axis or as a whole."""
        values = self.random.normal(0, 1.5 / np.sqrt(fan_in), shape).astype(np.float32)
        if self.kind == "f32":
            return self.tensor("f32", shape, values), None
        others = tuple(i for i in range(len(shape)) if i != axis) if per_channel else None
        scale = np.abs(values).max(axis=others, keepdims=True) / 127
        data = np.round(values / scale)
        scale = scale.reshape(-1)
        return self.tensor("i8", shape, data, scale, 0, axis), scale

    def bias(self, x, scale, count):
        values = self.random.normal(0, 0.3, count).astype(np.float32)
        if self.kind == "f32":
            return self.tensor("f32", [count], values)
        scale = scale * self.tensors[x].quantization.scale[0]
        return self.tensor("i32", [count], np.round(values / scale), scale)

    def constant(self, shape, spread=1.0, scale=1 / 100):
        if self.kind == "f32":
            return self.tensor("f32", shape, self.random.uniform(-spread, spread, shape))
        return self.tensor("i8", shape, self.random.integers(-128, 128, shape), scale, 11)


def window(options, padding, stride, activation):
    options.padding, options.fusedActivationFunction = padding, activation
    options.strideH, options.strideW = np.broadcast_to(stride, 2).tolist()
    return options


def reach(size, kernel, stride, dilation, padding):
    if padding == SAME:
        return -(-size // stride)
    return (size - (kernel - 1) * dilation - 1) // stride + 1


def slid(case, x, kernel, stride, dilation, padding, channels, **quantised):
    batch, height, width, _ = case.shape(x)
    (kh, kw), (sh, sw) = np.broadcast_to(kernel, 2).tolist(), np.broadcast_to(stride, 2).tolist()
    size = [reach(height, kh, sh, dilation, padding), reach(width, kw, sw, dilation, padding)]
    return case.activation([batch, *size, channels], **quantised)


def quantised_like(case, x):
    parameters = case.tensors[x].quantization
    return {} if parameters is None else {"scale": parameters.scale[0], "zero": parameters.zeroPoint[0]}


def conv(case, x, filters=5, kernel=3, stride=1, padding=SAME, act=NONE, dilation=1, groups=1, **how):
    kh, kw = np.broadcast_to(kernel, 2).tolist()
    depth = case.shape(x)[3] // groups
    filter_, scale = case.weights([filters, kh, kw, depth], 0, kh * kw * depth, **how)
    options = window(schema.Conv2DOptionsT(), padding, stride, act)
    options.dilationHFactor = options.dilationWFactor = dilation
    inputs = [x, filter_, case.bias(x, scale, filters)]
    return case.add("CONV_2D", inputs, slid(case, x, kernel, stride, dilation, padding, filters), options)


def depthwise(case, x, multiplier=1, kernel=3, stride=1, padding=SAME, act=NONE, dilation=1, **how):
    kh, kw = np.broadcast_to(kernel, 2).tolist()
    channels = case.shape(x)[3] * multiplier
    filter_, scale = case.weights([1, kh, kw, channels], 3, kh * kw, **how)
    options = window(schema.DepthwiseConv2DOptionsT(), padding, stride, act)
    options.dilationHFactor = options.dilationWFactor = dilation
    options.depthMultiplier = multiplier
    inputs = [x, filter_, case.bias(x, scale, channels)]
    output = slid(case, x, kernel, stride, dilation, padding, channels)
    return case.add("DEPTHWISE_CONV_2D", inputs, output, options)


def dense(case, x, units=9, act=NONE, keep=False, bias=True, depth=None, **how):
    shape = case.shape(x)
    depth = depth or shape[-1]
    weights, scale = case.weights([units, depth], 0, depth, **how)
    options = schema.FullyConnectedOptionsT()
    options.fusedActivationFunction, options.keepNumDims = act, keep
    output = case.activation([*shape[:-1], units] if keep else [int(np.prod(shape)) // depth, units])
    inputs = [x, weights, case.bias(x, scale, units) if bias else -1]
    return case.add("FULLY_CONNECTED", inputs, output, options)


def binary(case, x, name="ADD", other=None, act=NONE, swap=False, scale=OUT_SCALE, constant_scale=1 / 100):
    options = {"ADD": schema.AddOptionsT, "MUL": schema.MulOptionsT}[name]()
    options.fusedActivationFunction = act
    y = x if other == "itself" else case.constant(other, scale=constant_scale)
    inputs = [y, x] if swap else [x, y]
    shape = np.broadcast_shapes(case.shape(x), case.shape(y))
    return case.add(name, inputs, case.activation(list(shape), scale), options)


def pool(case, x, name="AVERAGE_POOL_2D", kernel=2, stride=2, padding=VALID, act=NONE):
    options = window(schema.Pool2DOptionsT(), padding, stride, act)
    options.filterHeight, options.filterWidth = np.broadcast_to(kernel, 2).tolist()
    output = slid(case, x, kernel, stride, 1, padding, case.shape(x)[3], **quantised_like(case, x))
    return case.add(name, [x], output, options)


def mean(case, x, keep=True, axes=(1, 2)):
    batch, _, _, channels = case.shape(x)
    options = schema.ReducerOptionsT()
    options.keepDims = keep
    output = case.activation([batch, 1, 1, channels] if keep else [batch, channels], 1 / 90, -4)
    return case.add("MEAN", [x, case.tensor("i32", [2], axes)], output, options)


def squeeze_and_excite(case, x):
    """A mean, a gate from it, and the product that repeats the gate over the picture."""
    gate = mean(case, x)
    gate = case.add("LOGISTIC", [gate], case.activation(case.shape(gate), 1 / 256, -128))
    return case.add("MUL", [x, gate], case.activation(case.shape(x), 1 / 64, 0), schema.MulOptionsT())


def pad(case, x, paddings):
    listed = case.tensor("i32", [len(paddings), 2], paddings)
    shape = [size + sum(more) for size, more in zip(case.shape(x), paddings, strict=True)]
    return case.add("PAD", [x, listed], case.like(x, shape), schema.PadOptionsT())


def pad_conv(case, x):
    return conv(case, pad(case, x, [[0, 0], [1, 2], [0, 1], [0, 0]]), stride=2, padding=VALID)


def concat(case, x, axis=3, count=2):
    options = schema.ConcatenationOptionsT()
    options.axis = axis
    parts = [x] + [pool(case, x, "MAX_POOL_2D", 3, 1, SAME) for _ in range(count - 1)]
    shape = case.shape(x)
    shape[axis] *= count
    return case.add("CONCATENATION", parts, case.like(x, shape), options)


def unary(case, x, name, scale=OUT_SCALE, zero=OUT_ZERO, options=None):
    return case.add(name, [x], case.activation(case.shape(x), scale, zero), options)


def softmax(case, x):
    options = schema.SoftmaxOptionsT()
    options.beta = 1.0
    return unary(case, x, "SOFTMAX", 1 / 256, -128, options)


def same_relu(case, x, name):
    return case.add(name, [x], case.like(x))


def requantize(case, x):
    if case.kind == "f32":
        return unary(case, x, "RELU")
    return case.add("QUANTIZE", [x], case.activation(case.shape(x), 1 / 45, 20))


def there_and_back(case, x):
    """DEQUANTIZE and QUANTIZE inside of an int8 graph, QUANTIZE and DEQUANTIZE inside of a float one."""
    if case.kind == "i8":
        real = case.add("DEQUANTIZE", [x], case.tensor("f32", case.shape(x)))
        return case.add("QUANTIZE", [real], case.activation(case.shape(x), 1 / 40, 5))
    small = case.add("QUANTIZE", [unary(case, x, "RELU")], case.tensor("i8", case.shape(x), None, 1 / 64, -128))
    return case.add("DEQUANTIZE", [small], case.activation(case.shape(x)))


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


def factors(count):
    """Height and width of a picture of three channels with that many values."""
    pixels = count // 3
    assert pixels * 3 == count
    height = next(h for h in range(int(np.sqrt(pixels)), 0, -1) if pixels % h == 0)
    return height, pixels // height


def build(define, shape, kind):
    """The operator between two RESHAPEs that give the engine the picture and the list it wants."""
    case = Case(kind)
    picture = case.activation([1, *factors(int(np.prod(shape))), 3], IN_SCALE, IN_ZERO)
    result = define(case, case.reshape(picture, shape))
    output = case.reshape(result, [1, int(np.prod(case.shape(result)))])
    quantization = case.tensors[output].quantization
    return case.bytes([picture], [output]), case.shape(picture), quantization


def reference(model, inputs, quantization):
    interpreter = Interpreter(
        model_content=model, experimental_op_resolver_type=OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES
    )
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
    done = subprocess.run([NETRUN, path], input=inputs.tobytes(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return np.frombuffer(done.stdout, np.float32).reshape(len(inputs), -1)


@pytest.mark.parametrize("kind", ["f32", "i8"])
@pytest.mark.parametrize("name", CASES)
def test_operator(name, kind, tmp_path):
    define, shape = CASES[name]
    model, picture, quantization = build(define, shape, kind)
    random = np.random.default_rng(1)
    if kind == "i8":
        inputs = random.integers(-128, 128, [RUNS, *picture], np.int8)
        allowed = quantization.scale[0] * 1.001
    else:
        inputs = random.uniform(-2, 2, [RUNS, *picture]).astype(np.float32)
        allowed = 1e-5
    wanted = reference(model, inputs, quantization)
    got = engine(model, inputs, tmp_path)
    scale = 1.0 if kind == "i8" else max(1.0, float(np.abs(wanted).max()))
    assert got.shape == wanted.shape
    assert np.ptp(wanted) > 0
    assert np.abs(got - wanted).max() <= allowed * scale


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
