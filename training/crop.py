"""The engine's crop and filter in Pillow, for networks of any framework.

An upright RGB picture is cropped to its centre square of `crop` times the shorter side, resized by
a triangle filter widened to the reduction (anti-aliased; Pillow's `BILINEAR`), and kept as u8. A
network whose input is not square gets the same square, squeezed along one axis.
"""

from __future__ import annotations

import numpy as np
from PIL import Image


def crop_box(width: int, height: int, crop: float) -> tuple[int, int, int, int]:
    """The centre square `(left, top, right, bottom)` in whole pixels; `crop` in (0, 1]."""
    side = max(1, int(min(width, height) * crop + 0.5))
    left, top = (width - side) // 2, (height - side) // 2
    return left, top, left + side, top + side


def crop_resize(image: Image.Image, width: int, height: int, crop: float) -> np.ndarray:
    """An RGB picture to `[height, width, 3]` u8."""
    square = image.crop(crop_box(*image.size, crop))
    return np.asarray(square.resize((width, height), Image.Resampling.BILINEAR))
