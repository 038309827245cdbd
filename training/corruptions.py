"""What goes wrong with photos, in stated strengths: how far a classifier holds when it does.

All work on decoded pictures `[H, W, 3]` u8 and are repeatable: noise is seeded by the picture's name.
Lengths are pixels of the picture as stored (HAM10000 here: 400 x 300).
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image
from scipy import ndimage


@dataclass(frozen=True)
class Corruption:
    """A kind with the strengths it is tried in, from mild to strong."""

    name: str
    unit: str
    strengths: tuple[float, ...]
    apply: Callable[[np.ndarray, float, str], np.ndarray]


def to_u8(pixels: np.ndarray) -> np.ndarray:
    """Rounded and clipped to 0..255."""
    return np.clip(np.rint(pixels), 0, 255).astype(np.uint8)


def blur(pixels: np.ndarray, sigma: float, _: str) -> np.ndarray:
    """Gaussian blur, as of a photo out of focus."""
    return to_u8(ndimage.gaussian_filter(pixels.astype(np.float32), (sigma, sigma, 0)))


def brightness(pixels: np.ndarray, factor: float, _: str) -> np.ndarray:
    """All channels times a factor; what gets too bright is clipped."""
    return to_u8(pixels * np.float32(factor))


def jpeg(pixels: np.ndarray, quality: float, _: str) -> np.ndarray:
    """Stored as JPEG of that quality and read again."""
    stored = io.BytesIO()
    Image.fromarray(pixels).save(stored, "JPEG", quality=int(quality))
    return np.asarray(Image.open(stored).convert("RGB"))


def noise(pixels: np.ndarray, sigma: float, name: str) -> np.ndarray:
    """Gaussian noise, independent in every pixel and channel."""
    rng = np.random.default_rng(zlib.crc32(name.encode()))
    return to_u8(pixels + rng.normal(0, sigma, pixels.shape))


def rotation(pixels: np.ndarray, degrees: float, _: str) -> np.ndarray:
    """Turned about the centre; the corners are filled with the mirrored picture."""
    return to_u8(ndimage.rotate(pixels.astype(np.float32), degrees, reshape=False, order=1, mode="mirror"))


def white_balance(pixels: np.ndarray, warmth: float, _: str) -> np.ndarray:
    """Red times 1 + warmth, blue times 1 - warmth; negative is cooler."""
    return to_u8(pixels * np.array([1 + warmth, 1, 1 - warmth], dtype=np.float32))


CORRUPTIONS = (
    Corruption("blur", "sigma, pixels", (1, 2, 4), blur),
    Corruption("darker", "factor", (0.75, 0.5, 0.3), brightness),
    Corruption("brighter", "factor", (1.15, 1.3, 1.6), brightness),
    Corruption("JPEG", "quality", (50, 20, 8), jpeg),
    Corruption("noise", "sigma, of 255", (8, 16, 32), noise),
    Corruption("rotation", "degrees", (10, 45, 90), rotation),
    Corruption("warmer", "red up, blue down by", (0.1, 0.2, 0.3), white_balance),
    Corruption("cooler", "red down, blue up by", (-0.1, -0.2, -0.3), white_balance),
)
