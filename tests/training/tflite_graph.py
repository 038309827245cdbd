"""Writes small .tflite files, operator by operator, for tests."""

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema

TYPES = {
    "f32": (schema.TensorType.FLOAT32, np.float32),
    "f16": (schema.TensorType.FLOAT16, np.float16),
    "u8": (schema.TensorType.UINT8, np.uint8),
    "i8": (schema.TensorType.INT8, np.int8),
    "i32": (schema.TensorType.INT32, np.int32),
}
BIG_CODE = schema.BuiltinOperator.PLACEHOLDER_FOR_GREATER_OP_CODES


def aligned(size):
    """The next multiple of what the writers of such files align to."""
    return -(-size // 16) * 16


def pack(model):
    builder = flatbuffers.Builder(1024)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


class Graph:
    """One subgraph under construction; tensors are known by their index."""

    def __init__(self):
        self.tensors, self.operators, self.codes = [], [], []
        self.buffers = [schema.BufferT()]

    def tensor(self, kind, shape, data=None, scale=None, zero=0, axis=0):
        """A tensor of a kind of TYPES; with data a constant, with scale quantised."""
        code, dtype = TYPES[kind]
        tensor = schema.TensorT()
        tensor.shape, tensor.type, tensor.name = list(shape), code, f"t{len(self.tensors)}"
        if data is not None:
            buffer = schema.BufferT()
            buffer.data = np.frombuffer(np.ascontiguousarray(data, dtype).tobytes(), np.uint8)
            tensor.buffer = len(self.buffers)
            self.buffers.append(buffer)
        if scale is not None:
            tensor.quantization = schema.QuantizationParametersT()
            tensor.quantization.scale = np.atleast_1d(np.asarray(scale, np.float32))
            tensor.quantization.zeroPoint = np.full(np.size(scale), zero, np.int64)
            tensor.quantization.quantizedDimension = axis
        self.tensors.append(tensor)
        return len(self.tensors) - 1

    def like(self, index, shape=None):
        """A computed tensor quantised as another, of another shape."""
        other = self.tensors[index]
        kind = next(name for name, (code, _) in TYPES.items() if code == other.type)
        quantization = other.quantization
        scale = None if quantization is None else quantization.scale
        zero = 0 if quantization is None else quantization.zeroPoint[0]
        return self.tensor(kind, other.shape if shape is None else shape, None, scale, zero)

    def shape(self, index):
        return list(self.tensors[index].shape)

    def add(self, name, inputs, output, options=None, version=1):
        """Adds an operator by its name in the format; returns its output."""
        code = schema.OperatorCodeT()
        code.builtinCode = getattr(schema.BuiltinOperator, name)
        code.deprecatedBuiltinCode = min(code.builtinCode, BIG_CODE)
        code.version = version
        operator = schema.OperatorT()
        operator.opcodeIndex = len(self.codes)
        operator.inputs, operator.outputs = list(inputs), [output]
        if options is not None:
            kind = type(options).__name__.removesuffix("T")
            operator.builtinOptionsType = getattr(schema.BuiltinOptions, kind)
            operator.builtinOptions = options
        self.codes.append(code)
        self.operators.append(operator)
        return output

    def reshape(self, index, shape):
        """Adds a RESHAPE; returns the tensor of the new shape."""
        wanted = self.tensor("i32", [len(shape)], shape)
        options = schema.ReshapeOptionsT()
        options.newShape = list(shape)
        return self.add("RESHAPE", [index, wanted], self.like(index, shape), options)

    def bytes(self, inputs, outputs, behind=False):
        """The whole file with these graph inputs and outputs; behind: its constants follow the flatbuffer."""
        subgraph = schema.SubGraphT()
        subgraph.tensors, subgraph.operators = self.tensors, self.operators
        subgraph.inputs, subgraph.outputs = inputs, outputs
        model = schema.ModelT()
        model.version, model.description = 3, "test"
        model.operatorCodes, model.buffers, model.subgraphs = self.codes, self.buffers, [subgraph]
        data = [b"" if buffer.data is None else bytes(buffer.data) for buffer in self.buffers]
        if behind:
            # The places are known once the rest is written, and change no size: twice.
            for buffer in self.buffers[1:]:
                buffer.data, buffer.offset, buffer.size = None, 2, 2
            places = np.cumsum([aligned(len(pack(model))), *(aligned(len(piece)) for piece in data[1:])]).tolist()
            for buffer, piece, place in zip(self.buffers[1:], data[1:], places, strict=False):
                buffer.offset, buffer.size = place, len(piece)
        file = pack(model)
        for buffer, piece in zip(self.buffers[1:], data[1:], strict=True):
            if behind:
                file = file.ljust(buffer.offset, b"\0") + piece
        return file
