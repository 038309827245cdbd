"""Every operator, f32, int8 and uint8, on random data: the engine against the LiteRT interpreter.

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
# Kinds whose activations are f32: weights of f32, of float16, of int8 (dynamic range).
FLOAT = ("f32", "f16", "dynamic")


class Case(Graph):
    """A graph of one type with the operator under test in its middle."""

    def __init__(self, kind, seed=0):
        super().__init__()
        self.kind, self.random = kind, np.random.default_rng(seed)

    def activation(self, shape, scale=OUT_SCALE, zero=OUT_ZERO):
        quantised = {"i8": (scale, zero), "u8": (scale, zero + 128)}.get(self.kind, (None, 0))
        return self.tensor("f32" if self.kind in FLOAT else self.kind, shape, None, *quantised)

    def weights(self, shape, axis, fan_in, per_channel=True):
        """Weights about 1 / sqrt(fan_in), quantised per channel of an axis or as a whole."""
        values = self.random.normal(0, 1.5 / np.sqrt(fan_in), shape).astype(np.float32)
        if self.kind == "f32":
            return self.tensor("f32", shape, values), None
        if self.kind == "f16":
            halves = self.tensor("f16", shape, values)
            return self.add("DEQUANTIZE", [halves], self.tensor("f32", shape)), None
        if self.kind == "u8":  # as older files have them: one scale, and a zero point wherever it falls
            scale = np.ptp(values) / 255
            zero = int(np.round(-values.min() / scale))
            return self.tensor("u8", shape, np.clip(np.round(values / scale) + zero, 0, 255), scale, zero), scale
        others = tuple(i for i in range(len(shape)) if i != axis) if per_channel else None
        scale = np.abs(values).max(axis=others, keepdims=True) / 127
        data = np.round(values / scale)
        scale = scale.reshape(-1)
        return self.tensor("i8", shape, data, scale, 0, axis), scale

    def bias(self, x, scale, count):
        values = self.random.normal(0, 0.3, count).astype(np.float32)
        if self.kind in FLOAT:
            return self.tensor("f32", [count], values)
        scale = scale * self.tensors[x].quantization.scale[0]
        return self.tensor("i32", [count], np.round(values / scale), scale)

    def constant(self, shape, spread=1.0, scale=1 / 100):
        if self.kind in FLOAT:
            return self.tensor("f32", shape, self.random.uniform(-spread, spread, shape))
        if self.kind == "u8":
            return self.tensor("u8", shape, self.random.integers(0, 256, shape), scale, 139)
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
    moved = 128 if case.kind == "u8" else 0  # as `activation` will
    return {} if parameters is None else {"scale": parameters.scale[0], "zero": parameters.zeroPoint[0] - moved}


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


BINARY_OPTIONS = {
    "ADD": schema.AddOptionsT,
    "MUL": schema.MulOptionsT,
    "SUB": schema.SubOptionsT,
    "DIV": schema.DivOptionsT,
    "MAXIMUM": schema.MaximumMinimumOptionsT,
    "MINIMUM": schema.MaximumMinimumOptionsT,
}


def binary(case, x, name="ADD", other=None, act=NONE, swap=False, scale=OUT_SCALE, constant_scale=1 / 100):
    options = BINARY_OPTIONS.get(name, lambda: None)()
    if options is not None and name not in ("MAXIMUM", "MINIMUM"):
        options.fusedActivationFunction = act
    if name in ("MAXIMUM", "MINIMUM"):  # LiteRT has them of one scale only
        y = case.tensor(
            "f32" if case.kind in FLOAT else case.kind,
            other,
            case.random.integers(-9, 9, other) / (9 if case.kind in FLOAT else 1),
            **quantised_as(case, x),
        )
    else:
        y = x if other == "itself" else case.constant(other, scale=constant_scale)
    inputs = [y, x] if swap else [x, y]
    shape = list(np.broadcast_shapes(case.shape(x), case.shape(y)))
    output = case.like(x, shape) if name in ("MAXIMUM", "MINIMUM") else case.activation(shape, scale)
    return case.add(name, inputs, output, options)


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
    if case.kind in FLOAT:
        return unary(case, x, "RELU")
    return case.add("QUANTIZE", [x], case.activation(case.shape(x), 1 / 45, 20))


def there_and_back(case, x):
    """DEQUANTIZE and QUANTIZE inside of an int8 graph, QUANTIZE and DEQUANTIZE inside of a float one."""
    if case.kind not in FLOAT:
        real = case.add("DEQUANTIZE", [x], case.tensor("f32", case.shape(x)))
        return case.add("QUANTIZE", [real], case.activation(case.shape(x), 1 / 40, 5))
    small = case.add("QUANTIZE", [unary(case, x, "RELU")], case.tensor("i8", case.shape(x), None, 1 / 64, -128))
    return case.add("DEQUANTIZE", [small], case.activation(case.shape(x)))


def positive(case, x, name):
    """An operator on what is above 0."""
    return unary(case, unary(case, x, "EXP"), name)


def gelu(case, x, approximate):
    options = schema.GeluOptionsT()
    options.approximate = approximate
    return unary(case, x, "GELU", options=options)


def leaky(case, x):
    options = schema.LeakyReluOptionsT()
    options.alpha = 0.2
    return unary(case, x, "LEAKY_RELU", options=options)


def reduction(case, x, name, axes, keep=False):
    """Over any axes; a maximum keeps the scale."""
    options = schema.ReducerOptionsT()
    options.keepDims = keep
    gone = {axis % len(case.shape(x)) for axis in axes}
    shape = [1 if i in gone else size for i, size in enumerate(case.shape(x)) if keep or i not in gone]
    output = case.like(x, shape) if name == "REDUCE_MAX" else case.activation(shape, 1 / 4, 3)
    return case.add(name, [x, case.tensor("i32", [len(axes)], axes)], output, options)


def mean_over(case, x, axes, keep=False):
    return reduction(case, x, "MEAN", axes, keep)


def transpose(case, x, order):
    shape = [case.shape(x)[axis] for axis in order]
    listed = case.tensor("i32", [len(order)], order)
    return case.add("TRANSPOSE", [x, listed], case.like(x, shape), schema.TransposeOptionsT())


def cut(case, x, begin, size):
    lists = [case.tensor("i32", [len(values)], values) for values in (begin, size)]
    shape = [whole - start if many < 0 else many for whole, start, many in zip(case.shape(x), begin, size, strict=True)]
    return case.add("SLICE", [x, *lists], case.like(x, shape), schema.SliceOptionsT())


def strided(case, x, begin, end, steps, shrink=0, **masks):
    options = schema.StridedSliceOptionsT()
    options.beginMask, options.endMask, options.shrinkAxisMask = (
        masks.get("open_begin", 0),
        masks.get("open_end", 0),
        shrink,
    )
    shape = []
    for i, whole in enumerate(case.shape(x)):
        if shrink >> i & 1:
            continue
        start = None if options.beginMask >> i & 1 else begin[i]
        stop = None if options.endMask >> i & 1 else end[i]
        shape.append(len(range(whole)[start : stop : steps[i]]))
    lists = [case.tensor("i32", [len(values)], values) for values in (begin, end, steps)]
    return case.add("STRIDED_SLICE", [x, *lists], case.like(x, shape), options)


def squeezed(case, x, axes):
    options = schema.SqueezeOptionsT()
    options.squeezeDims = axes
    gone = [axis % 4 for axis in axes] or [i for i, size in enumerate(case.shape(x)) if size == 1]
    shape = [size for i, size in enumerate(case.shape(x)) if i not in gone]
    flat = case.add("SQUEEZE", [x], case.like(x, shape), options)
    axis = case.tensor("i32", [1], [-1])
    return case.add("EXPAND_DIMS", [flat, axis], case.like(x, [*shape, 1]), schema.ExpandDimsOptionsT())


def pad_value(case, x, value):
    paddings = [[0, 0], [1, 2], [0, 1], [0, 0]]
    listed = case.tensor("i32", [4, 2], paddings)
    shape = [size + sum(more) for size, more in zip(case.shape(x), paddings, strict=True)]
    what = case.tensor(case.kind, [1], [value], **quantised_as(case, x))
    return case.add("PADV2", [x, listed, what], case.like(x, shape), schema.PadV2OptionsT())


def quantised_as(case, x):
    quantization = case.tensors[x].quantization
    return {} if quantization is None else {"scale": quantization.scale[0], "zero": quantization.zeroPoint[0]}


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
    "squared difference": (partial(binary, name="SQUARED_DIFFERENCE", other=[4]), SHAPE),
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
]
WEIGHTED = [name for name in CASES if name.startswith(("conv", "depthwise", "dense"))]


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


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_operator(name, kind, tmp_path):
    define, shape = (CASES | MORE | ONLY_FLOAT)[name]
    model, picture, quantization = build(define, shape, kind)
    random = np.random.default_rng(1)
    if kind != "f32":
        low, dtype = (-128, np.int8) if kind == "i8" else (0, np.uint8)
        inputs = random.integers(low, low + 256, [RUNS, *picture], dtype)
        allowed = quantization.scale[0] * 1.001
    else:
        inputs = random.uniform(-2, 2, [RUNS, *picture]).astype(np.float32)
        allowed = 1e-5
    wanted = reference(model, inputs, quantization)
    got = engine(model, inputs, tmp_path)
    scale = max(1.0, float(np.abs(wanted).max())) if kind == "f32" else 1.0
    assert got.shape == wanted.shape
    assert np.ptp(wanted) > 0
    assert np.abs(got - wanted).max() <= allowed * scale


@pytest.mark.parametrize("name", WEIGHTED)
def test_half_precision_weights(name, tmp_path):
    model, picture, _ = build(*CASES[name], "f16")
    inputs = np.random.default_rng(1).uniform(-2, 2, [RUNS, *picture]).astype(np.float32)
    wanted = reference(model, inputs, None)
    assert np.abs(engine(model, inputs, tmp_path) - wanted).max() <= 1e-5 * max(1.0, float(np.abs(wanted).max()))


# LiteRT has no such convolution in groups, nor one depthwise whose channels share a scale.
@pytest.mark.parametrize("name", [name for name in WEIGHTED if "groups" not in name and name != "depthwise, one scale"])
def test_weights_quantised_alone(name, tmp_path):
    """int8 weights under f32 activations, quantised by both while they run: to the same steps, but for a tie."""
    model, picture, _ = build(*CASES[name], "dynamic")
    inputs = np.random.default_rng(1).uniform(-2, 2, [RUNS, *picture]).astype(np.float32)
    wanted = reference(model, inputs, None, OpResolverType.BUILTIN)
    far = np.abs(engine(model, inputs, tmp_path) - wanted) > 1e-5 * max(1.0, float(np.abs(wanted).max()))
    assert far.mean() < 0.01


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
