"""The model file in the forms that other runtimes take, with the same weights.

    python tests/peers/models.py model/lesion.tflite build/peers/models

writes

| file | for | weights | input |
| --- | --- | --- | --- |
| `int8-u8.tflite` | LiteRT.js, MediaPipe | int8, as they are | `[1, H, W, 3]` u8, pixels as they are |
| `int8-f32.tflite` | LiteRT.js | int8, as they are | `[1, H, W, 3]` f32, scaled |
| `fp32.tflite` | TFLite | dequantised | `[1, H, W, 3]` f32, scaled |
| `int8.onnx` | onnxruntime | int8 between QuantizeLinear and DequantizeLinear | `[1, 3, H, W]` f32, scaled |
| `fp32.onnx` | onnxruntime | dequantised | `[1, 3, H, W]` f32, scaled |
| `tfjs/model.json`, `tfjs/weights.bin` | TensorFlow.js | dequantised | `[1, H, W, 3]` f32, scaled |
| `about.json` | whoever fills the input | | height, width, and what scales a pixel |

No converter is needed for it: the operators of the file are eight, and each has its like everywhere.
"""

from __future__ import annotations

import argparse
import copy
import json
from dataclasses import dataclass
from pathlib import Path

import flatbuffers
import numpy as np
import onnx
from ai_edge_litert import schema_py_generated as schema
from onnx import helper, numpy_helper

OP = schema.BuiltinOperator
NUMPY = {schema.TensorType.INT8: np.int8, schema.TensorType.INT32: np.int32, schema.TensorType.FLOAT32: np.float32}
ONNX_OPSET = 17
ONNX_IR = 9  # of the same release as the opset
# The smallest and largest value that a fused activation lets through.
BOUNDS = {
    schema.ActivationFunctionType.NONE: None,
    schema.ActivationFunctionType.RELU: (0.0, None),
    schema.ActivationFunctionType.RELU6: (0.0, 6.0),
}


@dataclass
class Layer:
    """An operator of the file, with f32 weights that are exactly the file's: kind is the operator's name."""

    kind: str
    inputs: list[str]
    output: str
    weights: np.ndarray | None = None  # CONV_2D [O, H, W, I], DEPTHWISE_CONV_2D [1, H, W, C], FULLY_CONNECTED [O, I]
    bias: np.ndarray | None = None
    stride: int = 1
    bounds: tuple[float, float | None] | None = None
    pads: tuple[int, int, int, int] = (0, 0, 0, 0)  # top, left, bottom, right


class File:
    """A .tflite file as objects, and what its tensors hold."""

    def __init__(self, path: Path):
        self.model = schema.ModelT.InitFromObj(schema.Model.GetRootAs(path.read_bytes(), 0))
        self.graph = self.model.subgraphs[0]
        (self.input,) = self.graph.inputs
        (self.output,) = self.graph.outputs
        _, self.height, self.width, _ = (int(size) for size in self.graph.tensors[self.input].shape)

    def kind(self, op: schema.OperatorT) -> str:
        code = self.model.operatorCodes[op.opcodeIndex].builtinCode
        return next(name for name, value in vars(OP).items() if value == code)

    def name(self, index: int) -> str:
        return f"t{index}"

    def stored(self, index: int) -> np.ndarray | None:
        """What the file stores for a tensor, in its own type; None where an operator computes it."""
        tensor = self.graph.tensors[index]
        data = self.model.buffers[tensor.buffer].data
        if data is None or len(data) == 0:
            return None
        return np.frombuffer(bytes(data), NUMPY[tensor.type]).reshape(tensor.shape)

    def real(self, index: int) -> np.ndarray:
        """The same as f32: scale * (stored - zero point), by channel where the file says so."""
        stored, quantisation = self.stored(index), self.graph.tensors[index].quantization
        if stored.dtype == np.float32:
            return stored
        scale, zero = np.asarray(quantisation.scale, np.float32), np.asarray(quantisation.zeroPoint, np.int32)
        shape = [1] * stored.ndim
        shape[quantisation.quantizedDimension] = len(scale)
        return (stored.astype(np.int32) - zero.reshape(shape)).astype(np.float32) * scale.reshape(shape)

    def quantisation(self, index: int) -> tuple[float, int] | None:
        """Scale and zero point of what an operator computes; None for f32."""
        q = self.graph.tensors[index].quantization
        if q is None or q.scale is None or self.graph.tensors[index].type != schema.TensorType.INT8:
            return None
        return float(q.scale[0]), int(q.zeroPoint[0])

    def pads(self, op: schema.OperatorT, window: tuple[int, int]) -> tuple[int, int, int, int]:
        options = op.builtinOptions
        if options.padding == schema.Padding.VALID:
            return 0, 0, 0, 0
        total = []
        for axis, stride in enumerate((options.strideH, options.strideW)):
            size = int(self.graph.tensors[op.inputs[0]].shape[1 + axis])
            out = int(self.graph.tensors[op.outputs[0]].shape[1 + axis])
            total.append(max(0, (out - 1) * stride + window[axis] - size))
        return total[0] // 2, total[1] // 2, total[0] - total[0] // 2, total[1] - total[1] // 2

    def layers(self) -> list[Layer]:
        return [self.layer(op) for op in self.graph.operators]

    def layer(self, op: schema.OperatorT) -> Layer:
        kind, options = self.kind(op), op.builtinOptions
        computed = [index for index in op.inputs if index >= 0 and self.stored(index) is None]
        layer = Layer(kind, [self.name(index) for index in computed], self.name(op.outputs[0]))
        if hasattr(options, "fusedActivationFunction"):
            layer.bounds = BOUNDS[options.fusedActivationFunction]
        if kind in ("CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED"):
            layer.weights, layer.bias = self.real(op.inputs[1]), self.real(op.inputs[2])
        if kind in ("CONV_2D", "DEPTHWISE_CONV_2D"):
            if options.strideH != options.strideW or options.dilationHFactor != 1 or options.dilationWFactor != 1:
                raise SystemExit(f"{kind} of other strides than equal ones, or dilated")
            layer.stride = options.strideH
            layer.pads = self.pads(op, layer.weights.shape[1:3])
        return layer


# ---- .tflite ----


def write_tflite(model: schema.ModelT, path: Path) -> None:
    builder = flatbuffers.Builder(1 << 20)
    builder.Finish(model.Pack(builder), file_identifier=b"TFL3")
    path.write_bytes(bytes(builder.Output()))


def bare(file: File) -> schema.ModelT:
    """A copy without signatures and metadata: they name tensors that change, and nobody here asks for them."""
    model = copy.deepcopy(file.model)
    model.signatureDefs = model.metadata = model.metadataBuffer = None
    return model


def with_input(file: File, kind: int, quantisation: tuple[float, int] | None) -> schema.ModelT:
    """The int8 file with a QUANTIZE before it, whose input has the type and quantisation."""
    model = bare(file)
    graph = model.subgraphs[0]
    tensor = schema.TensorT()
    tensor.name, tensor.type, tensor.shape = b"pixels", kind, list(graph.tensors[file.input].shape)
    if quantisation:
        tensor.quantization = schema.QuantizationParametersT()
        tensor.quantization.scale, tensor.quantization.zeroPoint = [quantisation[0]], [quantisation[1]]
    code = schema.OperatorCodeT()
    code.builtinCode = code.deprecatedBuiltinCode = OP.QUANTIZE
    code.version = 2  # the first one that takes u8
    op = schema.OperatorT()
    op.opcodeIndex, op.inputs, op.outputs = len(model.operatorCodes), [len(graph.tensors)], [file.input]
    graph.inputs = [len(graph.tensors)]
    graph.tensors.append(tensor)
    graph.operators.insert(0, op)
    model.operatorCodes.append(code)
    return model


def in_f32(file: File) -> schema.ModelT:
    """The file with f32 weights and f32 in between."""
    model = bare(file)
    graph = model.subgraphs[0]
    dequantize = [op for op in graph.operators if file.kind(op) == "DEQUANTIZE"]
    same = {op.outputs[0]: op.inputs[0] for op in dequantize}
    graph.operators = [op for op in graph.operators if file.kind(op) != "DEQUANTIZE"]
    for op in graph.operators:
        op.inputs = [same.get(index, index) for index in op.inputs]
    for index, tensor in enumerate(graph.tensors):
        is_axis = tensor.quantization is None or tensor.quantization.scale is None
        if is_axis or tensor.type == schema.TensorType.FLOAT32:
            continue
        if file.stored(index) is not None:
            buffer = schema.BufferT()
            buffer.data = np.frombuffer(file.real(index).tobytes(), np.uint8)
            tensor.buffer = len(model.buffers)
            model.buffers.append(buffer)
        tensor.type, tensor.quantization = schema.TensorType.FLOAT32, None
    used = {tensor.buffer for tensor in graph.tensors}
    for index, buffer in enumerate(model.buffers):
        if index not in used:
            buffer.data = None
    return model


# ---- ONNX ----


class Onnx:
    """An ONNX graph in the making, its pictures [1, C, H, W]."""

    def __init__(self):
        self.nodes, self.constants = [], {}

    def constant(self, name: str, values: np.ndarray) -> str:
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(values), name)
        return name

    def add(self, kind: str, inputs: list[str], output: str, **attributes) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def rounded(self, name: str, quantisation: tuple[float, int]) -> str:
        """A tensor through int8 and back."""
        scale = self.constant(f"{name}_scale", np.float32(quantisation[0]))
        zero = self.constant(f"{name}_zero", np.int8(quantisation[1]))
        int8 = self.add("QuantizeLinear", [name, scale, zero], f"{name}_int8")
        return self.add("DequantizeLinear", [int8, scale, zero], f"{name}_real")

    def save(self, file: File, input_name: str, output_name: str, path: Path) -> None:
        picture = helper.make_tensor_value_info(input_name, onnx.TensorProto.FLOAT, [1, 3, file.height, file.width])
        classes = int(file.graph.tensors[file.output].shape[-1])
        logits = helper.make_tensor_value_info(output_name, onnx.TensorProto.FLOAT, [1, classes])
        graph = helper.make_graph(self.nodes, "lesion", [picture], [logits], list(self.constants.values()))
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", ONNX_OPSET)], ir_version=ONNX_IR)
        onnx.checker.check_model(model, full_check=True)
        path.write_bytes(model.SerializeToString())


def onnx_window(layer: Layer, weights: np.ndarray) -> np.ndarray:
    """[O, H, W, I] or, of a depthwise one, [1, H, W, C] as ONNX has it: [O, I, H, W] or [C, 1, H, W]."""
    return weights.transpose(3, 0, 1, 2) if layer.kind == "DEPTHWISE_CONV_2D" else weights.transpose(0, 3, 1, 2)


def onnx_weights(graph: Onnx, file: File, op: schema.OperatorT, layer: Layer, int8: bool) -> list[str]:
    """Names of a convolution's weights and bias, as f32 or as int8 and int32 that are dequantised."""
    index, bias_index = op.inputs[1], op.inputs[2]
    if not int8:
        return [
            graph.constant(f"t{index}", onnx_window(layer, layer.weights)),
            graph.constant(f"t{bias_index}", layer.bias),
        ]
    names = []
    for which, values in ((index, onnx_window(layer, file.stored(index))), (bias_index, file.stored(bias_index))):
        scale = np.asarray(file.graph.tensors[which].quantization.scale, np.float32)
        parts = [
            graph.constant(f"t{which}_stored", values),
            graph.constant(f"t{which}_scale", scale),
            graph.constant(f"t{which}_zero", np.zeros(len(scale), values.dtype)),
        ]
        names.append(graph.add("DequantizeLinear", parts, f"t{which}", axis=0))
    return names


def clip(graph: Onnx, name: str, bounds: tuple[float, float | None], output: str) -> None:
    low = graph.constant(f"low{bounds[0]}", np.float32(bounds[0]))
    high = [] if bounds[1] is None else [graph.constant(f"high{bounds[1]}", np.float32(bounds[1]))]
    graph.add("Clip", [name, low, *high], output)


def write_onnx(file: File, int8: bool, path: Path) -> None:
    graph, now = Onnx(), {}  # what stands for a tensor of the file
    first = file.name(file.input)
    now[first] = graph.rounded(first, file.quantisation(file.input)) if int8 else first
    for op, layer in zip(file.graph.operators, file.layers(), strict=True):
        inputs = [now[name] for name in layer.inputs]
        made = f"{layer.output}_sum" if layer.bounds else layer.output
        if layer.kind == "DEQUANTIZE":
            now[layer.output] = inputs[0]
            continue
        if layer.kind in ("CONV_2D", "DEPTHWISE_CONV_2D"):
            groups = layer.weights.shape[3] if layer.kind == "DEPTHWISE_CONV_2D" else 1
            inputs += onnx_weights(graph, file, op, layer, int8)
            window = {"kernel_shape": layer.weights.shape[1:3], "pads": layer.pads, "strides": [layer.stride] * 2}
            graph.add("Conv", inputs, made, group=groups, **window)
        elif layer.kind == "ADD":
            graph.add("Add", inputs, made)
        elif layer.kind == "MEAN":
            graph.add("GlobalAveragePool", inputs, f"{made}_pool")
            graph.add("Flatten", [f"{made}_pool"], made)
        elif layer.kind == "FULLY_CONNECTED":
            weights = graph.constant(f"{layer.output}_weights", layer.weights)
            graph.add("Gemm", [*inputs, weights, graph.constant(f"{layer.output}_bias", layer.bias)], made, transB=1)
        else:
            raise SystemExit(f"no ONNX form of {layer.kind}")
        if layer.bounds:
            clip(graph, made, layer.bounds, layer.output)
        quantisation = file.quantisation(op.outputs[0])
        rounded = int8 and quantisation is not None
        now[layer.output] = graph.rounded(layer.output, quantisation) if rounded else layer.output
    graph.save(file, first, now[file.name(file.output)], path)


# ---- TensorFlow.js ----


class Tfjs:
    """A graph model of TensorFlow.js in the making: its nodes as in TensorFlow's GraphDef, and its weights."""

    def __init__(self):
        self.nodes, self.manifest, self.weights = [], [], []

    def constant(self, name: str, values: np.ndarray) -> str:
        dtype = "int32" if values.dtype == np.int32 else "float32"
        self.manifest.append({"name": name, "shape": list(values.shape), "dtype": dtype})
        self.weights.append(values.tobytes())
        shape = {"dim": [{"size": str(size)} for size in values.shape]}
        kind = f"DT_{'INT32' if dtype == 'int32' else 'FLOAT'}"
        self.node("Const", name, [], dtype={"type": kind}, value={"tensor": {"dtype": kind, "tensorShape": shape}})
        return name

    def node(self, kind: str, name: str, inputs: list[str], **attributes) -> None:
        self.nodes.append({"name": name, "op": kind, "input": inputs, "attr": attributes})

    def save(self, file: File, input_name: str, output_name: str, folder: Path) -> None:
        shape = {"dim": [{"size": str(size)} for size in (1, file.height, file.width, 3)]}
        signature = {
            "inputs": {input_name: {"name": input_name, "dtype": "DT_FLOAT", "tensorShape": shape}},
            "outputs": {output_name: {"name": output_name, "dtype": "DT_FLOAT"}},
        }
        document = {
            "format": "graph-model",
            "modelTopology": {"node": self.nodes, "versions": {"producer": 1}},
            "signature": signature,
            "weightsManifest": [{"paths": ["weights.bin"], "weights": self.manifest}],
        }
        folder.mkdir(exist_ok=True)
        (folder / "model.json").write_text(json.dumps(document))
        (folder / "weights.bin").write_bytes(b"".join(self.weights))


def text(value: str) -> dict:
    """A string attribute, which GraphDef's JSON has in base64; TensorFlow.js takes a list of bytes as well."""
    return {"s": list(value.encode())}


def tfjs_fused(layer: Layer) -> dict:
    names = {None: [], (0.0, None): ["Relu"], (0.0, 6.0): ["Relu6"]}
    return {"fused_ops": {"list": {"s": [list(name.encode()) for name in ["BiasAdd", *names[layer.bounds]]]}}}


def tfjs_window(layer: Layer) -> dict:
    top, left, bottom, right = layer.pads
    strides = {"list": {"i": ["1", str(layer.stride), str(layer.stride), "1"]}}
    attributes = {"strides": strides, "data_format": text("NHWC"), "dilations": {"list": {"i": ["1"] * 4}}}
    if not any(layer.pads):
        return {**attributes, "padding": text("VALID")}
    if (top, left) not in ((bottom, right), (bottom - 1, right - 1)):
        raise SystemExit("a padding that is neither VALID nor SAME")
    return {**attributes, "padding": text("SAME")}


def write_tfjs(file: File, folder: Path) -> None:
    graph, now, first = Tfjs(), {}, file.name(file.input)
    shape = {"dim": [{"size": str(size)} for size in (1, file.height, file.width, 3)]}
    graph.node("Placeholder", first, [], dtype={"type": "DT_FLOAT"}, shape={"shape": shape})
    now[first] = first
    float_type = {"T": {"type": "DT_FLOAT"}}
    for layer in file.layers():
        inputs, name = [now[one] for one in layer.inputs], layer.output
        if layer.kind == "DEQUANTIZE":
            now[name] = inputs[0]
            continue
        if layer.kind in ("CONV_2D", "DEPTHWISE_CONV_2D"):
            depthwise = layer.kind == "DEPTHWISE_CONV_2D"
            order = (1, 2, 3, 0)  # [H, W, I, O], and of a depthwise one [H, W, C, 1]
            inputs.append(graph.constant(f"{name}_weights", np.ascontiguousarray(layer.weights.transpose(order))))
            inputs.append(graph.constant(f"{name}_bias", layer.bias))
            kind = "FusedDepthwiseConv2dNative" if depthwise else "_FusedConv2D"
            more = {"num_args": {"i": "1"}, "epsilon": {"f": 0.0}, **tfjs_fused(layer), **tfjs_window(layer)}
            graph.node(kind, name, inputs, **float_type, **more)
        elif layer.kind == "ADD":
            graph.node("AddV2", name, inputs, **float_type)
        elif layer.kind == "MEAN":
            axes = graph.constant(f"{name}_axes", np.array([1, 2], np.int32))
            graph.node("Mean", name, [*inputs, axes], **float_type, keep_dims={"b": False})
        elif layer.kind == "FULLY_CONNECTED":
            inputs.append(graph.constant(f"{name}_weights", np.ascontiguousarray(layer.weights.T)))
            inputs.append(graph.constant(f"{name}_bias", layer.bias))
            more = {"num_args": {"i": "1"}, "transpose_a": {"b": False}, "transpose_b": {"b": False}}
            graph.node("_FusedMatMul", name, inputs, **float_type, **more, **tfjs_fused(layer))
        else:
            raise SystemExit(f"no form of {layer.kind} for TensorFlow.js")
        now[name] = name
    graph.save(file, first, now[file.name(file.output)], folder)


# ---- the command ----


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    file = File(options.model)
    scale, zero = file.quantisation(file.input)
    u8_zero = zero + 128  # the same real values from u8
    u8 = schema.TensorType.UINT8
    write_tflite(with_input(file, u8, (scale, u8_zero)), options.out / "int8-u8.tflite")
    write_tflite(with_input(file, schema.TensorType.FLOAT32, None), options.out / "int8-f32.tflite")
    write_tflite(in_f32(file), options.out / "fp32.tflite")
    write_onnx(file, True, options.out / "int8.onnx")
    write_onnx(file, False, options.out / "fp32.onnx")
    write_tfjs(file, options.out / "tfjs")
    about = {"height": file.height, "width": file.width, "mean": u8_zero, "std": 1 / scale}
    (options.out / "about.json").write_text(json.dumps(about))


if __name__ == "__main__":
    main()
