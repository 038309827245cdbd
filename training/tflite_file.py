"""Writing .tflite files: the float graph, its int8 form, and the metadata entry `lentigo`."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter

if TYPE_CHECKING:  # what needs no torch must import without it
    from torch import Tensor

    from training.network import EfficientNetLite
    from training.quantize import Range

ENTRY = "lentigo"
NO_RANGE = (schema.BuiltinOperator.RESHAPE,)  # keeps the range of its input


def export_float(model: EfficientNetLite, size: int, path: Path) -> None:
    """Write a folded network in eval mode as an fp32 file with the input `[1, size, size, 3]`."""
    import litert_torch  # slow to import, and needed here only
    import torch

    channels_last = litert_torch.to_channel_last_io(model, args=[0])
    litert_torch.convert(channels_last, (torch.zeros(1, size, size, 3),)).export(str(path))


def read_model(path: Path) -> schema.ModelT:
    """The whole file as objects, with weights that lie behind the flatbuffer brought into it."""
    data = path.read_bytes()
    model = schema.ModelT.InitFromObj(schema.Model.GetRootAs(data, 0))
    for buffer in model.buffers:
        if buffer.offset > 1:  # 0 and 1 mean that the data lies in the buffer itself
            buffer.data = np.frombuffer(data, np.uint8, buffer.size, buffer.offset)
            buffer.offset = buffer.size = 0
    return model


class SharingBuilder(flatbuffers.Builder):
    """Writes equal vectors once: the zero points of a thousand channels are the same zeros in every layer."""

    def __init__(self, size: int):
        super().__init__(size)
        self.written: dict[tuple[str, bytes], int] = {}

    def CreateNumpyVector(self, x: np.ndarray) -> int:
        key = (x.dtype.str, x.tobytes())
        if key not in self.written:
            self.written[key] = super().CreateNumpyVector(x)
        return self.written[key]


def write_model(model: schema.ModelT, path: Path) -> None:
    """Write the objects as a file."""
    builder = SharingBuilder(1 << 20)
    builder.Finish(model.Pack(builder), file_identifier=b"TFL3")
    path.write_bytes(bytes(builder.Output()))


def activation_names(model: schema.ModelT) -> list[str]:
    """Names of the tensors that operators write and that get a range, in order of execution."""
    graph = model.subgraphs[0]
    return [
        graph.tensors[op.outputs[0]].name.decode()
        for op in graph.operators
        if model.operatorCodes[op.opcodeIndex].builtinCode not in NO_RANGE
    ]


def export_int8(float_path: Path, input_range: Range, ranges: list[Range], path: Path) -> None:
    """Quantise an fp32 file: int8 weights per channel, int8 activations of the given ranges."""
    from ai_edge_quantizer import quantizer, recipe

    model = read_model(float_path)
    names = activation_names(model)
    if len(names) != len(ranges):
        raise ValueError(f"{len(ranges)} ranges for {len(names)} activations in {float_path.name}")
    graph = model.subgraphs[0]
    bounds = {graph.tensors[graph.inputs[0]].name.decode(): input_range}
    bounds |= dict(zip(names, ranges, strict=True))
    values = {n: {"min": np.float32([low]), "max": np.float32([high])} for n, (low, high) in bounds.items()}
    worker = quantizer.Quantizer(str(float_path), recipe.static_wi8_ai8())
    result = worker.quantize(values, enable_progress_report=False)
    path.write_bytes(bytes(result.quantized_model))
    rounded = read_model(path)
    shorten_names(rounded)
    write_model(rounded, path)


def float_last_layer(path: Path, weight: np.ndarray, bias: np.ndarray) -> None:
    """Let a file end in DEQUANTIZE and a dense layer in single precision, where an int8 dense layer ended it.

    `weight` is `[classes, channels]`, `bias` `[classes]`. The logits are then not rounded to int8 steps.
    """
    model = read_model(path)
    graph = model.subgraphs[0]
    dense = graph.operators[-1]
    kind = schema.BuiltinOperator.FULLY_CONNECTED
    if model.operatorCodes[dense.opcodeIndex].builtinCode != kind:
        raise ValueError(f"{path.name} does not end in a dense layer")
    pooled = graph.tensors[dense.inputs[0]]

    def tensor(name: str, shape: tuple[int, ...], data: np.ndarray | None = None) -> int:
        made = schema.TensorT()
        made.name, made.shape, made.type = name, np.array(shape, np.int32), schema.TensorType.FLOAT32
        made.buffer = len(model.buffers)
        buffer = schema.BufferT()
        buffer.data = None if data is None else np.frombuffer(data.astype("<f4").tobytes(), np.uint8)
        model.buffers.append(buffer)
        graph.tensors.append(made)
        return len(graph.tensors) - 1

    def code(builtin: int, version: int) -> int:
        made = schema.OperatorCodeT()
        made.builtinCode, made.deprecatedBuiltinCode, made.version = builtin, min(builtin, 127), version
        model.operatorCodes.append(made)
        return len(model.operatorCodes) - 1

    turn = schema.OperatorT()
    turn.opcodeIndex = code(schema.BuiltinOperator.DEQUANTIZE, 2)
    turn.inputs = np.array([dense.inputs[0]], np.int32)
    turn.outputs = np.array([tensor("features", tuple(pooled.shape))], np.int32)
    last = schema.OperatorT()
    last.opcodeIndex = code(kind, 1)
    last.builtinOptionsType = schema.BuiltinOptions.FullyConnectedOptions
    last.builtinOptions = schema.FullyConnectedOptionsT()
    parts = tensor("weights", weight.shape, weight), tensor("bias", bias.shape, bias)
    last.inputs = np.array([turn.outputs[0], *parts], np.int32)
    last.outputs = np.array([tensor("logits", (1, len(bias)))], np.int32)
    for unused in dense.inputs[1:3]:
        model.buffers[graph.tensors[unused].buffer].data = np.zeros(0, np.uint8)
    graph.operators[-1:] = [turn, last]
    graph.outputs = last.outputs.copy()
    for signature in model.signatureDefs or []:
        for output in signature.outputs:
            output.tensorIndex = int(last.outputs[0])
    drop_unused(model)
    write_model(model, path)


def drop_unused(model: schema.ModelT) -> None:
    """Take out the tensors, buffers and operator codes that nothing of the only subgraph refers to."""
    graph = model.subgraphs[0]
    lists = [graph.inputs, graph.outputs, *(o.inputs for o in graph.operators), *(o.outputs for o in graph.operators)]
    kept = sorted({int(i) for listed in lists for i in listed if i >= 0})
    place = {old: new for new, old in enumerate(kept)} | {-1: -1}
    graph.tensors = [graph.tensors[i] for i in kept]
    renumber = lambda listed: np.array([place[int(i)] for i in listed], np.int32)  # noqa: E731
    graph.inputs, graph.outputs = renumber(graph.inputs), renumber(graph.outputs)
    for op in graph.operators:
        op.inputs, op.outputs = renumber(op.inputs), renumber(op.outputs)
    for signature in model.signatureDefs or []:
        for end in (*signature.inputs, *signature.outputs):
            end.tensorIndex = place[int(end.tensorIndex)]
    entries = model.metadata or []
    buffers = [0, *sorted({t.buffer for t in graph.tensors if t.buffer} | {m.buffer for m in entries})]
    where = {old: new for new, old in enumerate(buffers)}
    model.buffers = [model.buffers[i] for i in buffers]
    for holder in (*graph.tensors, *entries):
        holder.buffer = where[holder.buffer]
    codes = sorted({op.opcodeIndex for op in graph.operators})
    model.operatorCodes = [model.operatorCodes[i] for i in codes]
    for op in graph.operators:
        op.opcodeIndex = codes.index(op.opcodeIndex)


def shorten_names(model: schema.ModelT) -> None:
    """Name each tensor by its place and the last part of the path that the exporter gives: 50 KB less."""
    for place, tensor in enumerate(model.subgraphs[0].tensors):
        last = re.split(r"[/.]", re.sub(r";\d*$", "", tensor.name.decode()))[-1]
        tensor.name = f"{place} {last}"


def set_entry(path: Path, name: str, data: bytes) -> None:
    """Put the bytes into the file as the metadata entry of that name; other entries stay."""
    model = read_model(path)
    buffer = schema.BufferT()
    buffer.data = np.frombuffer(data, np.uint8)
    kept = [m for m in model.metadata or [] if m.name not in (name, name.encode())]
    old = [m.buffer for m in model.metadata or [] if m not in kept]
    entry = schema.MetadataT()
    entry.name = name
    if old:
        entry.buffer = old[0]
        model.buffers[entry.buffer] = buffer
    else:
        entry.buffer = len(model.buffers)
        model.buffers.append(buffer)
    model.metadata = [*kept, entry]
    write_model(model, path)


def get_entry(path: Path, name: str) -> bytes:
    """The bytes of a metadata entry; raises `KeyError` where the file has none of that name."""
    model = read_model(path)
    for entry in model.metadata or []:
        if entry.name in (name, name.encode()):
            return bytes(model.buffers[entry.buffer].data)
    raise KeyError(f"{path.name} has no metadata entry {name!r}")


def set_metadata(path: Path, document: dict) -> None:
    """Put the JSON document into the file as the metadata entry `lentigo`."""
    set_entry(path, ENTRY, json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode())


def get_metadata(path: Path) -> dict:
    """The JSON document of the entry `lentigo`; raises `KeyError` where the file has none."""
    return json.loads(get_entry(path, ENTRY))


def run_litert(path: Path, images: Tensor) -> np.ndarray:
    """Logits `[N, classes]` f32 by the LiteRT interpreter for normalised images `[N, 3, H, W]`."""
    interpreter = Interpreter(str(path), num_threads=1)
    interpreter.allocate_tensors()
    into, out = interpreter.get_input_details()[0], interpreter.get_output_details()[0]
    rows = []
    for image in images.permute(0, 2, 3, 1).numpy():
        interpreter.set_tensor(into["index"], to_tensor(image[None], into))
        interpreter.invoke()
        rows.append(from_tensor(interpreter.get_tensor(out["index"])[0], out))
    return np.stack(rows)


def to_tensor(values: np.ndarray, detail: dict) -> np.ndarray:
    """Real values to those that a tensor of the interpreter takes."""
    if detail["dtype"] == np.float32:
        return values
    scale, zero_point = detail["quantization"]
    return np.clip(np.round(values / scale) + zero_point, -128, 127).astype(np.int8)


def from_tensor(values: np.ndarray, detail: dict) -> np.ndarray:
    """Values of a tensor of the interpreter to real ones, f32."""
    if detail["dtype"] == np.float32:
        return values
    scale, zero_point = detail["quantization"]
    return (values.astype(np.float32) - zero_point) * np.float32(scale)
