"""A tiny data set of drawings in the layout of HAM10000, one record of it incomplete."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from training.data import LABELS

PICTURES_OF_EACH = 10
INCOMPLETE = "P_304"


def draw(label: int, number: int) -> Image.Image:
    """A spot whose colour goes with the class, on noise."""
    rng = np.random.default_rng(1000 * label + number)
    pixels = rng.integers(150, 190, (60, 80, 3))
    y, x = np.mgrid[:60, :80]
    spot = np.hypot(y - 30, x - 40) < 14 + number
    pixels[spot] = np.array([(label * 37) % 256, (label * 91) % 256, (label * 151) % 256])
    return Image.fromarray(pixels.astype(np.uint8))


@pytest.fixture(scope="session")
def tiny_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the data."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "images").mkdir()
    lines = ["lesion_id,image_id,dx,dx_type,age,sex,localization"]
    for label, name in enumerate(LABELS):
        for number in range(PICTURES_OF_EACH):
            image_id = f"P_{label}{number:02d}"
            age = "" if image_id == INCOMPLETE else "50.0"
            lines.append(f"L_{label}{number // 2:02d},{image_id},{name},histo,{age},male,back")
            draw(label, number).save(folder / "images" / f"{image_id}.jpg", quality=90)
    (folder / "HAM10000_metadata.csv").write_text("\n".join(lines) + "\n")
    return folder
