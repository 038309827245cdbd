"""The reference of the image path: the engine's crop and filter (training.crop), and what the network expects."""

from __future__ import annotations

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from training.crop import crop_resize
from training.network import PIXEL_MEAN, PIXEL_STD


def center_crop_resize(pixels: np.ndarray, size: int, crop: float) -> np.ndarray:
    """`[H, W, 3]` u8 to `[size, size, 3]` u8."""
    return crop_resize(Image.fromarray(pixels), size, size, crop)


def normalize(pixels: Tensor) -> Tensor:
    """`[B, 3, H, W]` f32 in 0..255 to what the network expects."""
    mean = torch.tensor(PIXEL_MEAN).view(1, 3, 1, 1)
    std = torch.tensor(PIXEL_STD).view(1, 3, 1, 1)
    return (pixels - mean) / std


def network_input(pictures: list[np.ndarray], size: int, crop: float) -> Tensor:
    """Pictures `[H, W, 3]` u8 to one normalised batch `[B, 3, size, size]` f32."""
    batch = np.stack([center_crop_resize(p, size, crop) for p in pictures])
    return normalize(torch.from_numpy(batch).permute(0, 3, 1, 2).float())
