"""What the tests of archives share: a folder of pictures, and the answers that a run left."""

from pathlib import Path

import numpy as np
import pyarrow.dataset
import pytest
from PIL import Image

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "model/lesion.tflite"
PICTURES = 60


def draw(number: int) -> Image.Image:
    """A dark spot on skin's colour, another one for each number."""
    rng = np.random.default_rng(number)
    pixels = rng.integers(150, 190, (90, 120, 3))
    y, x = np.mgrid[:90, :120]
    pixels[np.hypot(y - 45, x - 60) < 12 + number % 20] = rng.integers(20, 120, 3)
    return Image.fromarray(pixels.astype(np.uint8))


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty pictures in three folders, four photos that are none, and what is no photo by its name."""
    folder = tmp_path_factory.mktemp("archive")
    for number in range(PICTURES):
        place = folder / "abc"[number % 3]
        place.mkdir(exist_ok=True)
        draw(number).save(place / f"{number:03d}.jpg", quality=90)
    (folder / "a/empty.jpg").write_bytes(b"")
    (folder / "a/text.png").write_bytes(b"no photo")
    (folder / "b/cut.jpg").write_bytes((folder / "b/001.jpg").read_bytes()[:300])
    (folder / "b/phone.heic").write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")
    (folder / "labels.csv").write_text("file,dx\n")
    (folder / ".hidden.jpg").write_bytes(b"")
    return folder


def answers(out: Path) -> list[dict]:
    """All rows of a run, by file."""
    rows = pyarrow.dataset.dataset(out, format="parquet").to_table().to_pylist()
    return sorted(rows, key=lambda row: row["file"])
