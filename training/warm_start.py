"""Go on from a model file: its rounded and folded weights become a network that can be trained again.

A checkpoint is large and stays on the machine that made it; the shipped file is always there. Each
convolution gets the length that its ImageNet weights have, channel by channel, and a batch
normalisation that measures training views and then gives back what the file computed. So the
network answers as the file does, and the learning rates of the recipe fit it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import torch
from ai_edge_litert import schema_py_generated as schema
from torch import Tensor, nn

from training.network import ConvUnit, EfficientNetLite
from training.tflite_file import read_model

Layer = tuple[Tensor, Tensor]  # weights as PyTorch has them, and biases, f32

# Where the output channels of the weights go: OHWI, 1HWO and OI to OIHW, O1HW and OI.
AXES = {
    schema.BuiltinOperator.CONV_2D: (0, 3, 1, 2),
    schema.BuiltinOperator.DEPTHWISE_CONV_2D: (3, 0, 1, 2),
    schema.BuiltinOperator.FULLY_CONNECTED: (0, 1),
}
LEAST_LENGTH = 1e-6  # of a channel's weights; some were switched off by training


def read_layers(path: Path) -> list[Layer]:
    """Weights and biases of the convolutions and of the fully connected layer, in order of execution."""
    model = read_model(path)
    graph = model.subgraphs[0]
    layers = []
    for op in graph.operators:
        axes = AXES.get(model.operatorCodes[op.opcodeIndex].builtinCode)
        if axes is not None:
            weight, bias = (real_values(model, graph.tensors[i]) for i in op.inputs[1:3])
            layers.append((weight.permute(axes).contiguous(), bias))
    return layers


def real_values(model: schema.ModelT, tensor: schema.TensorT) -> Tensor:
    """A constant of the file, f32, whichever way it is stored."""
    kinds = {schema.TensorType.FLOAT32: "<f4", schema.TensorType.INT8: "<i1", schema.TensorType.INT32: "<i4"}
    data = np.asarray(model.buffers[tensor.buffer].data, np.uint8).tobytes()
    values = np.frombuffer(data, kinds[tensor.type]).reshape(tensor.shape).astype(np.float32)
    if tensor.type != schema.TensorType.FLOAT32:
        shape = [1] * values.ndim
        shape[tensor.quantization.quantizedDimension] = -1
        values = values * np.asarray(tensor.quantization.scale, np.float32).reshape(shape)
    return torch.from_numpy(values)


@torch.no_grad()
def restore(model: EfficientNetLite, layers: list[Layer], frozen: int, images: Iterable[Tensor]) -> None:
    """Give a network that holds the ImageNet weights those of a file, but for its first `frozen` layers.

    `images` are batches `[B, 3, H, W]` of training views, from which the statistics of the batch
    normalisations are taken. Raises `ValueError` where the file is of another network.
    """
    units = [m for m in model.features.modules() if isinstance(m, ConvUnit)]
    places = [unit.conv.weight for unit in units] + [model.classifier.weight]
    if [p.shape for p in places] != [weight.shape for weight, _ in layers]:
        raise ValueError("the file's layers are not those of the network: give one that training.export wrote")
    model.classifier.weight.copy_(layers[-1][0])
    model.classifier.bias.copy_(layers[-1][1])
    kept = sum(isinstance(m, ConvUnit) for m in model.features[:frozen].modules())
    for unit, (weight, bias) in zip(units[kept:], layers[kept:-1], strict=True):
        length, wanted = (w.flatten(1).norm(dim=1).clamp_min(LEAST_LENGTH) for w in (weight, unit.conv.weight))
        gain = wanted / length
        unit.conv.weight.copy_(weight * gain.view(-1, 1, 1, 1))
        set_norm(unit.norm, torch.zeros_like(bias), torch.ones_like(bias), 1 / gain, bias)
    was_training = model.training
    measure(model.eval(), [unit.norm for unit in units[kept:]], images)
    model.train(was_training)


def set_norm(norm: nn.BatchNorm2d, mean: Tensor, square: Tensor, scale: Tensor, shift: Tensor) -> None:
    """Statistics `mean` and `square` (variance and epsilon), and the output `scale * x + shift` all the same."""
    norm.running_mean.copy_(mean)
    norm.running_var.copy_(square - norm.eps)
    norm.weight.copy_(scale * square.sqrt())
    norm.bias.copy_(shift + scale * mean)


def measure(model: nn.Module, norms: list[nn.BatchNorm2d], images: Iterable[Tensor]) -> None:
    """Put the mean and variance of what they get into the normalisations, whose output stays."""
    moments: dict[nn.Module, list[tuple[Tensor, Tensor]]] = {norm: [] for norm in norms}

    def note(norm: nn.Module, inputs: tuple[Tensor]) -> None:
        values = inputs[0].float()
        moments[norm].append((values.mean((0, 2, 3)), values.var((0, 2, 3), correction=0)))

    hooks = [norm.register_forward_pre_hook(note) for norm in norms]
    for batch in images:
        model(batch)
    for hook in hooks:
        hook.remove()
    for norm, seen in moments.items():
        means, variances = (torch.stack(values) for values in zip(*seen, strict=True))
        mean, variance = means.mean(0), variances.mean(0) + means.var(0, correction=0)
        scale = norm.weight / (norm.running_var + norm.eps).sqrt()
        shift = norm.bias - scale * norm.running_mean
        set_norm(norm, mean, variance + norm.eps, scale, shift)
