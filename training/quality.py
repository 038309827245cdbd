"""The reference of src/answer/quality.c, and the limits of quality that a model file states.

`measure` does the engine's arithmetic on the same pixels. Limits for several sources are chosen by what they find and
what they cost (`choose_for_sources`). The command chooses limits on HAM10000's validation lesions so that `PASSING` of
their pictures pass all of them together, and prints what passes and what stated corruptions fail:

    python -m training.quality DATA
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter
from scipy import ndimage
from tqdm import tqdm

from training.crop import crop_box
from training.data import Record, part_records
from training.preprocess import center_crop_resize

MEASURES = ("sharpness", "brightness", "contrast", "shadows", "highlights", "lesion")
LEVELS = np.arange(256)
FIELD_PERCENT = 75  # of the picture's sides: the axes of the round field in which light and edges are measured
FINE, COARSE = 2, 4
GRID = 48
SHADOW, HIGHLIGHT = 8, 248
TAIL_PERCENT, SKIN_PERCENT = 2, 95
LONE_SPOT = 6
LESSER_PART = 4
PASSING = 0.95
# Clipping of less than this hides nothing, however rare it is in the data.
HARMLESS = {"shadows": 0.05, "highlights": 0.02}
# What is limited, on which side; the fault is named beside it.
LIMITS = (
    ("sharpness", "min", "blurred"),
    ("brightness", "min", "dark"),
    ("brightness", "max", "bright"),
    ("contrast", "min", "flat"),
    ("shadows", "max", "dark"),
    ("highlights", "max", "bright"),
    ("lesion", "min", "small"),
    ("lesion", "max", "large"),
)


def luma(rgb: np.ndarray) -> np.ndarray:
    """`[H, W, 3]` u8 to `[H, W]` i64, 0..255."""
    r, g, b = np.moveaxis(rgb.astype(np.int64), 2, 0)
    return (77 * r + 150 * g + 29 * b + 128) >> 8


def field(height: int, width: int) -> np.ndarray:
    """Which cells of a grid lie in the round field in its middle, `[height, width]` bool."""
    across = 100 * (2 * np.arange(width) + 1 - width) * height
    down = 100 * (2 * np.arange(height) + 1 - height) * width
    return across[None] ** 2 + down[:, None] ** 2 <= (FIELD_PERCENT * width * height) ** 2


def edges(y: np.ndarray, cell: int) -> float:
    """Root mean square of the Laplacian of the means of cells of that many pixels a side, within the field."""
    down, across = y.shape[0] // cell, y.shape[1] // cell
    if down < 3 or across < 3:
        return 0.0
    sums = y[: down * cell, : across * cell].reshape(down, cell, across, cell).sum((1, 3))
    laplacian = sums[:-2, 1:-1] + sums[2:, 1:-1] + sums[1:-1, :-2] + sums[1:-1, 2:] - 4 * sums[1:-1, 1:-1]
    inside = laplacian[field(down, across)[1:-1, 1:-1]]
    return float(np.sqrt((inside**2).sum() / inside.size) / cell**2)


def level_above(histogram: np.ndarray, skipped: int) -> int:
    """The lowest level with more than `skipped` pixels at or below it."""
    return int(np.argmax(histogram.cumsum() > skipped))


def grid_cells(rgb: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean of green and blue in cells `[GRID, GRID]`, and which of them lie in the round field of view."""
    height, width = rgb.shape[:2]
    h, w = min(height, GRID), min(width, GRID)
    rows, columns = (np.arange(n + 1) * side // n for n, side in ((h, height), (w, width)))
    total = np.pad(rgb[..., 1:].astype(np.int64).sum(2).cumsum(0).cumsum(1), ((1, 0), (1, 0)))[np.ix_(rows, columns)]
    sums = total[1:, 1:] - total[:-1, 1:] - total[1:, :-1] + total[:-1, :-1]
    dy, dx = 2 * np.arange(h) + 1 - h, 2 * np.arange(w) + 1 - w
    inside = (dx[None] * h) ** 2 + (dy[:, None] * w) ** 2 <= (w * h) ** 2
    return sums // (2 * np.diff(rows)[:, None] * np.diff(columns)[None]), inside


def otsu(histogram: np.ndarray) -> tuple[int, float]:
    """The level that parts a histogram with the largest variance between, and how far the means are apart."""
    below, sum_below = histogram.cumsum(), (histogram * LEVELS).cumsum()
    above, sum_above = below[-1] - below, sum_below[-1] - sum_below
    parted = (below > 0) & (above > 0)
    if not parted.any():
        return 0, 0.0
    gap = np.zeros(256)
    gap[parted] = sum_above[parted] / above[parted] - sum_below[parted] / below[parted]
    best = int(np.argmax(np.where(parted, below.astype(float) * above * gap * gap, -1.0)))
    return best, float(gap[best])


def dark_parts(rgb: np.ndarray) -> np.ndarray:
    """The largest connected dark parts of the picture, `[GRID, GRID]` bool."""
    cells, inside = grid_cells(rgb)
    histogram = np.bincount(cells[inside], minlength=256)
    threshold, apart = otsu(histogram)
    least, skin = level_above(histogram, 0), level_above(histogram, int(inside.sum()) * SKIN_PERCENT // 100)
    if apart * LONE_SPOT < skin - least:
        threshold = (3 * skin + 2 * least) // 5
    parts, _ = ndimage.label(inside & (cells <= threshold))
    sizes = np.bincount(parts.ravel())
    sizes[0] = 0
    return (sizes * LESSER_PART >= sizes.max())[parts] & (parts > 0)


def measure(rgb: np.ndarray) -> dict[str, float]:
    """`[H, W, 3]` u8, the square that the network sees, to the values of `MEASURES`."""
    whole = luma(rgb)
    y = whole[field(*whole.shape)]
    histogram = np.bincount(y, minlength=256)
    tail = y.size * TAIL_PERCENT // 100
    spread = np.sqrt(float(y.size * (y**2).sum() - y.sum() ** 2)) / y.size
    coarse = edges(whole, COARSE) * spread
    between = level_above(histogram, y.size - 1 - tail) - level_above(histogram, tail)
    return {
        "sharpness": edges(whole, FINE) / np.sqrt(coarse) if coarse > 0 else 0.0,
        "brightness": y.mean() / 255,
        "contrast": between / y.mean() if y.any() else 0.0,
        "shadows": (y <= SHADOW).mean(),
        "highlights": (y >= HIGHLIGHT).mean(),
        "lesion": float(dark_parts(rgb).mean()),
    }


def measure_all(pictures: list[np.ndarray]) -> np.ndarray:
    """`[N, measures]` in the order of `MEASURES`."""
    return np.array([list(measure(p).values()) for p in pictures])


def limits_at(values: np.ndarray, tail: float) -> dict[str, dict[str, float]]:
    """Limits that each leave out about `tail` of the pictures on their side."""
    limits: dict[str, dict[str, float]] = {}
    for name, side, _ in LIMITS:
        column = values[:, MEASURES.index(name)]
        method = "lower" if side == "min" else "higher"
        bound = float(np.quantile(column, tail if side == "min" else 1 - tail, method=method))
        # rounded outwards: the picture at the limit passes
        bound = float((np.floor if side == "min" else np.ceil)(bound * 1e4) / 1e4)
        limits.setdefault(name, {})[side] = max(bound, HARMLESS.get(name, 0.0))
    return limits


def faults(values: np.ndarray, limits: dict[str, dict[str, float]]) -> dict[str, np.ndarray]:
    """Which pictures have each fault: {fault: `[N]` bool}."""
    found: dict[str, np.ndarray] = {}
    for name, side, fault in LIMITS:
        column, bound = values[:, MEASURES.index(name)], limits[name][side]
        beyond = column < bound if side == "min" else column > bound
        found[fault] = found.get(fault, False) | beyond
    return found


def passing(values: np.ndarray, limits: dict[str, dict[str, float]]) -> float:
    """Share of the pictures without any fault."""
    return float(1 - np.any(list(faults(values, limits).values()), axis=0).mean())


def choose_limits(values: np.ndarray) -> dict[str, dict[str, float]]:
    """The narrowest limits, equally strict on every side, that `PASSING` of the pictures pass all together."""
    tails = np.linspace(0.05, 0.0, 501)
    return next(limits for tail in tails if passing(values, limits := limits_at(values, tail)) >= PASSING)


# ---- corruptions ----


def blurred(sigma: float) -> Callable[[np.ndarray], np.ndarray]:
    """Gaussian blur by that many pixels of a field of 300 x 225, or of a square of 225."""
    return lambda p: np.asarray(Image.fromarray(p).filter(ImageFilter.GaussianBlur(sigma * min(p.shape[:2]) / 225)))


def scaled(factor: float, offset: float = 0.0) -> Callable[[np.ndarray], np.ndarray]:
    """Brightness times a factor plus an offset, clipped."""
    return lambda p: np.clip(p * factor + offset, 0, 255).astype(np.uint8)


def shrunk(factor: float) -> Callable[[np.ndarray], np.ndarray]:
    """The picture at `factor` of its size in a field of its own bright skin with a little noise."""

    def shrink(picture: np.ndarray) -> np.ndarray:
        height, width = picture.shape[:2]
        size = max(1, round(width * factor)), max(1, round(height * factor))
        small = np.asarray(Image.fromarray(picture).resize(size, Image.Resampling.BOX), dtype=float)
        rim = np.concatenate([picture[:8].reshape(-1, 3), picture[-8:].reshape(-1, 3)])
        noise = np.random.default_rng(0).normal(0, 3, (height, width, 1))
        field = np.percentile(rim, 70, axis=0) + noise
        y, x = np.mgrid[: size[1], : size[0]]
        round_off = np.clip((0.5 - np.hypot((y + 0.5) / size[1] - 0.5, (x + 0.5) / size[0] - 0.5)) * 8, 0, 1)[..., None]
        top, left = (height - size[1]) // 2, (width - size[0]) // 2
        place = field[top : top + size[1], left : left + size[0]]
        place[:] = place * (1 - round_off) + small * round_off
        return np.clip(field, 0, 255).astype(np.uint8)

    return shrink


CORRUPTIONS = {
    "blurred, sigma 2 px of 300 x 225": (blurred(2), "blurred"),
    "blurred, sigma 3 px": (blurred(3), "blurred"),
    "blurred, sigma 6 px": (blurred(6), "blurred"),
    "brightness x 0.25": (scaled(0.25), "dark"),
    "brightness x 2, clipped": (scaled(2.0), "bright"),
    "contrast x 0.25 in fog": (scaled(0.25, 150.0), "flat"),
    "lesion at 0.1 of its size": (shrunk(0.1), "small"),
}


# ---- several sources ----

BUDGET = 0.08  # share of each source's good pictures that may have a fault
LOOSEST = 0.004  # share of the good pictures, sources counting alike, that a bound leaves out at least
TIGHTEST, STEP = 0.12, 0.002
SPOILT = 100  # pictures of each source that are spoilt in every way


def bounds_at(values: list[np.ndarray], tails: dict[tuple[str, str], float]) -> dict[str, dict[str, float]]:
    """Limits that each leave out the stated share of the pictures on their side, the sources counting alike."""
    every, weights = np.concatenate(values), np.concatenate([np.full(len(v), 1 / len(v)) for v in values])
    limits: dict[str, dict[str, float]] = {}
    for (name, side), tail in tails.items():
        column = every[:, MEASURES.index(name)]
        order = np.argsort(column, kind="stable")
        below = weights[order].cumsum() / len(values)
        place = min(int(np.searchsorted(below, tail if side == "min" else 1 - tail)), len(column) - 1)
        limits.setdefault(name, {})[side] = max(round(float(column[order][place]), 4), HARMLESS.get(name, 0.0))
    return limits


def choose_for_sources(sources: list[list[np.ndarray]]) -> dict[str, dict[str, float]]:
    """Limits for squares `[S, S, 3]` u8 of several sources: what finds most of the stated corruptions while at most
    `BUDGET` of each source's pictures have a fault.

    Greedy: from loose limits on, the step that finds most of them for the good pictures that it costs.
    """
    good = [measure_all(squares) for squares in sources]
    spoilt = [
        (fault, measure_all([spoil(p) for p in squares[:: max(1, len(squares) // SPOILT)]]))
        for squares in sources
        for spoil, fault in CORRUPTIONS.values()
    ]

    def judge(tails: dict[tuple[str, str], float]) -> tuple[float, np.ndarray]:
        limits = bounds_at(good, tails)
        named = np.mean([faults(values, limits)[fault].mean() for fault, values in spoilt])
        return float(named), np.array([1 - passing(values, limits) for values in good])

    tails = {(name, side): LOOSEST for name, side, _ in LIMITS}
    while True:
        found, lost = judge(tails)
        best, chosen = 0.0, None
        for bound in tails:
            # A longer step, too, since a single one may change nothing.
            for step in (STEP, 3 * STEP):
                tried = tails | {bound: tails[bound] + step}
                more, costs = judge(tried)
                if tried[bound] > TIGHTEST or costs.max() > BUDGET or more <= found:
                    continue
                gain = (more - found) / ((costs - lost).sum() + 1e-4)
                if gain > best:
                    best, chosen = gain, tried
        if chosen is None:
            return bounds_at(good, tails)
        tails = chosen


def load_squares(records: list[Record], size: int, crop: float, spoil=None) -> list[np.ndarray]:
    """The squares that the network sees, of pictures that are spoilt first where `spoil` says how."""
    squares = []
    for record in tqdm(records, desc="decode"):
        picture = np.asarray(Image.open(record.file).convert("RGB"))
        squares.append(center_crop_resize(spoil(picture) if spoil else picture, size, crop))
    return squares


def mask_shares(data: Path, records: list[Record], crop: float) -> np.ndarray:
    """Share of the square that the lesion's mask takes, `[N]`."""
    shares = []
    for record in records:
        with Image.open(data / "masks" / f"{record.image_id}_segmentation.png") as image:
            mask = image.convert("L")
            shares.append((np.asarray(mask.crop(crop_box(*mask.size, crop))) > 127).mean())
    return np.array(shares)


def report(data: Path, records: list[Record], size: int, crop: float, limits: dict) -> str:
    """Two Markdown tables: what passes of the pictures as they are, and of corrupted ones."""
    values = measure_all(load_squares(records, size, crop))
    found = faults(values, limits)
    lines = [f"| {len(records)} pictures as they are | share |", "| --- | ---: |"]
    lines += [f"| pass all | {passing(values, limits):.3f} |"]
    lines += [f"| {name} | {hit.mean():.3f} |" for name, hit in found.items()]
    own, masks = values[:, MEASURES.index("lesion")], mask_shares(data, records, crop)
    lines += [
        f"\nShare of the square that the lesion takes, against the masks: r = {np.corrcoef(own, masks)[0, 1]:.3f}"
    ]
    some = records[:: max(1, len(records) // 200)]
    lines += [f"\n| corruption, {len(some)} pictures | fail | named as |", "| --- | ---: | ---: |"]
    for name, (spoil, fault) in CORRUPTIONS.items():
        spoilt = measure_all(load_squares(some, size, crop, spoil))
        named = faults(spoilt, limits)[fault].mean()
        lines.append(f"| {name} | {1 - passing(spoilt, limits):.3f} | {fault} {named:.3f} |")
    return "\n".join(lines)


def main() -> None:
    """Command line: choose on the validation lesions, report on the held-out ones; the model file stays as it is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder of HAM10000")
    parser.add_argument("--size", type=int, default=224, help="side of the network's input, pixels")
    parser.add_argument("--crop", type=float, default=1.0, help="side of the crop over the photo's shorter side")
    args = parser.parse_args()
    chosen = choose_limits(measure_all(load_squares(part_records(args.data, "val"), args.size, args.crop)))
    print(chosen)
    print(report(args.data, part_records(args.data, "test"), args.size, args.crop, chosen))


if __name__ == "__main__":
    main()
