"""Writing model files: what is equal is written once, and names are short."""

from pathlib import Path

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema

from training.tflite_file import read_model, shorten_names, write_model

CHANNELS = 1000
TENSORS = 5


def model_of_equal_layers() -> schema.ModelT:
    """A graph of nothing but tensors, each with the scales and zero points of a thousand channels."""
    graph = schema.SubGraphT()
    graph.tensors = []
    for i in range(TENSORS):
        tensor = schema.TensorT()
        tensor.name = f"a.long.path/of.layer_{i}/torch.nn.modules.conv.Conv2d_conv;{i}"
        tensor.quantization = schema.QuantizationParametersT()
        tensor.quantization.scale = np.full(CHANNELS, 0.5 + i, np.float32)
        tensor.quantization.zeroPoint = np.zeros(CHANNELS, np.int64)
        graph.tensors.append(tensor)
    model = schema.ModelT()
    model.version = 3
    model.buffers = [schema.BufferT()]
    model.subgraphs = [graph]
    return model


def test_equal_vectors_are_written_once_and_read_back_whole(tmp_path: Path) -> None:
    model = model_of_equal_layers()
    builder = flatbuffers.Builder(1024)
    builder.Finish(model.Pack(builder), file_identifier=b"TFL3")
    write_model(model, tmp_path / "shared.tflite")
    saved = len(builder.Output()) - (tmp_path / "shared.tflite").stat().st_size
    assert saved >= (TENSORS - 1) * CHANNELS * 8

    for i, tensor in enumerate(read_model(tmp_path / "shared.tflite").subgraphs[0].tensors):
        np.testing.assert_array_equal(tensor.quantization.zeroPoint, np.zeros(CHANNELS))
        np.testing.assert_array_equal(tensor.quantization.scale, np.full(CHANNELS, 0.5 + i, np.float32))


def test_names_keep_their_last_part_and_stay_apart(tmp_path: Path) -> None:
    write_model(model_of_equal_layers(), tmp_path / "named.tflite")
    model = read_model(tmp_path / "named.tflite")
    shorten_names(model)
    assert [t.name for t in model.subgraphs[0].tensors] == [f"{i} Conv2d_conv" for i in range(TENSORS)]
