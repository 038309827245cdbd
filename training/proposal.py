"""How well the engine proposes what to look at (lt_propose_rgba), against the masks of the lesions.

    python -m training.proposal DATA --tool build/test/propose

Prints for whole pictures, and for windows of them in which the lesion lies anywhere, how much of the lesion is in the
proposed square and how far off its centre the lesion is, beside the square in the centre that is looked at otherwise.
"""

from __future__ import annotations

import argparse
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image
from tqdm import tqdm

from training.data import image_path, part_records

WINDOW = 0.6  # of the picture's width and height
WHOLE_LESION = 0.95  # share of a mask that counts as all of it


@dataclass(frozen=True)
class View:
    """A picture `[H, W, 3]` u8 and where its lesion is, `[H, W]` bool."""

    pixels: np.ndarray
    mask: np.ndarray


def read_view(data: Path, image_id: str) -> View:
    """The whole picture, with its mask enlarged to its size."""
    with Image.open(image_path(data, image_id)) as image:
        pixels = np.asarray(image.convert("RGB"))
    with Image.open(data / "masks" / f"{image_id}_segmentation.png") as mask:
        enlarged = mask.convert("L").resize(pixels.shape[1::-1], Image.Resampling.NEAREST)
    return View(pixels, np.asarray(enlarged) > 127)


def window(view: View, rng: np.random.Generator) -> View | None:
    """A random part of the view that holds the whole lesion; None where the lesion is too large for it."""
    cut = []
    for axis, length in enumerate(view.mask.shape):
        places = np.flatnonzero(view.mask.any(1 - axis))
        side = int(length * WINDOW)
        least, most = max(0, places[-1] + 1 - side), min(places[0], length - side)
        if least > most:
            return None
        start = rng.integers(least, most + 1)
        cut.append(slice(start, start + side))
    return View(view.pixels[tuple(cut)], view.mask[tuple(cut)])


def propose(tool: Path, views: list[View]) -> np.ndarray:
    """The engine's squares `[N, 3]`, x, y and side, of views of one size; the centre where it proposes none."""
    height, width = views[0].mask.shape
    rgba = b"".join(np.dstack([v.pixels, np.full_like(v.pixels[..., :1], 255)]).tobytes() for v in views)
    done = subprocess.run([tool, str(width), str(height)], input=rgba, capture_output=True, check=True)
    squares = np.array([line.split() for line in done.stdout.decode().splitlines()], float)
    return np.where(squares[:, 2:] > 0, squares, [0.5, 0.5, 1.0])


def figures(views: list[View], squares: np.ndarray) -> dict[str, float]:
    """Share of the lesion inside, how often all of it, and the offset of its centre in sides of the square."""
    inside, offsets = [], []
    for view, (x, y, side) in zip(views, squares, strict=True):
        height, width = view.mask.shape
        half = side * min(width, height) / 2
        rows, columns = np.nonzero(view.mask)
        dx, dy = columns + 0.5 - x * width, rows + 0.5 - y * height
        inside.append(np.mean((abs(dx) <= half) & (abs(dy) <= half)))
        offsets.append(np.hypot(dx.mean(), dy.mean()) / (2 * half))
    return {
        "mean share inside": float(np.mean(inside)),
        "all inside": float(np.mean(np.array(inside) >= WHOLE_LESION)),
        "median offset": float(np.median(offsets)),
        "90th percentile": float(np.percentile(offsets, 90)),
    }


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder of HAM10000, with its masks")
    parser.add_argument("--tool", type=Path, required=True, help="build/test/propose")
    parser.add_argument("--part", default="test")
    args = parser.parse_args()
    rng = np.random.default_rng(0)
    whole, cut = [], []
    for record in tqdm(part_records(args.data, args.part), unit="img"):
        view = read_view(args.data, record.image_id)
        if not view.mask.any():
            continue
        whole.append(view)
        part = window(view, rng)
        if part:
            cut.append(part)
    for name, views in (("whole pictures", whole), ("windows", cut)):
        centre = np.tile([0.5, 0.5, 1.0], (len(views), 1))
        for square, chosen in (("proposed", propose(args.tool, views)), ("centre", centre)):
            cells = "  ".join(f"{key} {value:.3f}" for key, value in figures(views, chosen).items())
            print(f"{name}, {len(views)}, {square}: {cells}")


if __name__ == "__main__":
    main()
