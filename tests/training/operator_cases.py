"""Graphs of one operator, in each kind of model: its weights, its quantisation, its options."""

import numpy as np
from ai_edge_litert import schema_py_generated as schema
from tflite_graph import Graph

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


def concat_of_scales(case, x):
    """Two of other scales than the result's, which LiteRT joins where they are uint8."""
    options = schema.ConcatenationOptionsT()
    options.axis = 3
    half = case.add("LOGISTIC", [x], case.activation(case.shape(x), 1 / 256, -128))
    *size, channels = case.shape(x)
    return case.add("CONCATENATION", [x, half], case.activation([*size, 2 * channels]), options)


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
