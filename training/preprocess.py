"""The reference of the image path: the same crop and filter as the C engine.

An upright RGB picture is cropped to its centre square of `crop` times the shorter side, resized by
a triangle filter widened to the reduction (anti-aliased; Pillow's `BILINEAR`), and kept as u8.
"""

from __future__ import annotations

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from training.network import PIXEL_MEAN, PIXEL_STD


def crop_box(width: int, height: int, crop: float) -> tuple[int, int, int, int]:
    """The centre square `(left, top, right, bottom)` in whole pixels; `crop` in (0, 1]."""
    side = max(1, int(min(width, height) * crop + 0.5))
    left, top = (width - side) // 2, (height - side) // 2
    return left, top, left + side, top + side


def center_crop_resize(pixels: np.ndarray, size: int, crop: float) -> np.ndarray:
    """`[H, W, 3]` u8 to `[size, size, 3]` u8."""
    height, width = pixels.shape[:2]
    image = Image.fromarray(pixels).crop(crop_box(width, height, crop))
    return np.asarray(image.resize((size, size), Image.Resampling.BILINEAR))


def normalize(pixels: Tensor) -> Tensor:
    """`[B, 3, H, W]` f32 in 0..255 to what the network expects."""
    mean = torch.tensor(PIXEL_MEAN).view(1, 3, 1, 1)
    std = torch.tensor(PIXEL_STD).view(1, 3, 1, 1)
    return (pixels - mean) / std


def network_input(pictures: list[np.ndarray], size: int, crop: float) -> Tensor:
    """Pictures `[H, W, 3]` u8 to one normalised batch `[B, 3, size, size]` f32."""
    batch = np.stack([center_crop_resize(p, size, crop) for p in pictures])
    return normalize(torch.from_numpy(batch).permute(0, 3, 1, 2).float())
