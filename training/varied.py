"""A lesion as other light, other instruments and other hands would show it."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageFilter


def varied(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A random view of a picture `[H, W, 3]` u8: part of it, turned, lit and stored otherwise."""
    image = Image.fromarray(picture)
    share = rng.uniform(0.6, 1.0)
    wide, high = int(image.width * share), int(image.height * share)
    left, top = int(rng.integers(image.width - wide + 1)), int(rng.integers(image.height - high + 1))
    image = image.crop((left, top, left + wide, top + high)).rotate(90 * int(rng.integers(4)), expand=True)
    if rng.random() < 0.5:
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if rng.random() < 0.4:
        image = image.filter(ImageFilter.GaussianBlur(rng.uniform(0, 1.5)))
    image = Image.fromarray(relit(np.asarray(image), rng))
    if rng.random() < 0.5:
        stored = io.BytesIO()
        image.save(stored, "JPEG", quality=int(rng.integers(40, 95)))
        image = Image.open(stored)
    return np.asarray(image)


def relit(pixels: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Gamma, brightness, white balance and contrast changed; sometimes with an instrument's dark rim."""
    light = rng.uniform(0.65, 1.25) * rng.uniform(0.85, 1.15, 3)
    values = (pixels / 255.0) ** rng.uniform(0.75, 1.33) * light
    mean = values.mean((0, 1))
    values = mean + (values - mean) * rng.uniform(0.75, 1.25)
    if rng.random() < 0.25:
        height, width = values.shape[:2]
        y, x = np.mgrid[:height, :width]
        reach = rng.uniform(0.9, 1.3) * min(height, width) / 2
        values[np.hypot(y - height / 2, x - width / 2) > reach] = rng.uniform(0, 0.1)
    return np.clip(values * 255 + 0.5, 0, 255).astype(np.uint8)
