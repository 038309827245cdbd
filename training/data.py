"""HAM10000 on disk: metadata, the split by lesion, and decoded pixels in one memory map.

Source of the data: P. Tschandl, C. Rosendahl, H. Kittler, "The HAM10000 dataset", Sci. Data 5,
180161 (2018), doi 10.7910/DVN/DBW86T.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image
from tqdm import tqdm

# What the model file says of the classes; training takes their order from here, too.
DOCUMENT = json.loads(Path(__file__).with_name("lesion.json").read_text(encoding="utf-8"))
LABELS = tuple(label["id"] for label in DOCUMENT["labels"])
PARTS = ("train", "val", "test")
SHARES = (0.64, 0.16, 0.20)
SPLIT_FILE = Path(__file__).with_name("split.csv")

# Two lesion ids that show one picture: they must not fall on both sides of a split.
SAME_LESION = (("ISIC_0025226", "ISIC_0030074"),)


@dataclass(frozen=True)
class Record:
    """One picture: its id, the lesion it shows, the index of its diagnosis in `LABELS`, and whose it is."""

    image_id: str
    lesion_id: str
    label: int  # -1: none of the classes
    age: float | None = None  # years, to five; None where unknown
    sex: str = "unknown"
    site: str = "unknown"  # where on the body
    dx_type: str = "unknown"  # how the diagnosis was made: histo, follow_up, consensus, confocal
    file: Path | None = None  # where the picture lies
    source: str = "ham10000"  # name in training.sources.SOURCES
    kind: str = "dermoscopic"  # or clinical: a close-up without a dermatoscope
    ties: tuple[str, ...] = ()  # what else keeps it in one part with others, as "patient:7"
    squamous: bool = False  # a squamous cell carcinoma or keratoacanthoma, put to akiec
    skin_tone: int | None = None  # 0 darkest to 5 lightest; None where unknown


class DataError(Exception):
    """The data folder does not hold what it should; the message names the file."""


def read_metadata(data: Path) -> list[Record]:
    """Read `HAM10000_metadata.csv` of the data folder, in order of image id."""
    path = data / "HAM10000_metadata.csv"
    if not path.is_file():
        raise DataError(f"{path} is missing: give the folder of HAM10000 (doi 10.7910/DVN/DBW86T)")
    with path.open(newline="") as file:
        rows = [record_of(r, data) for r in csv.DictReader(file)]
    return sorted(rows, key=lambda r: r.image_id)


def record_of(row: dict[str, str], data: Path) -> Record:
    """One line of the metadata of the folder `data`."""
    age = float(row["age"]) if row.get("age") else None
    about = [row.get(name) or "unknown" for name in ("sex", "localization", "dx_type")]
    image_id = row["image_id"]
    return Record(image_id, row["lesion_id"], LABELS.index(row["dx"]), age, *about, file=image_path(data, image_id))


def lesion_groups(records: list[Record]) -> dict[str, str]:
    """{image_id: a name of its lesion}; the ids of `SAME_LESION` share one."""
    lesion_of = {r.image_id: r.lesion_id for r in records}
    group = {name: name for name in lesion_of.values()}
    for first, second in SAME_LESION:
        if first in lesion_of and second in lesion_of:
            group[lesion_of[second]] = lesion_of[first]
    return {image_id: group[name] for image_id, name in lesion_of.items()}


def split_by_lesion(records: list[Record], seed: int = 0) -> dict[str, str]:
    """Give every picture a part of `PARTS`, whole lesions together, stratified by diagnosis.

    Returns {image_id: part}. The same records and seed give the same split.
    """
    lesions = lesion_groups(records)
    by_label: dict[int, list[str]] = defaultdict(list)
    seen: set[str] = set()
    for record in records:
        name = lesions[record.image_id]
        if name not in seen:
            seen.add(name)
            by_label[record.label].append(name)

    rng = random.Random(seed)
    part_of_group: dict[str, str] = {}
    for label in sorted(by_label):
        names = sorted(by_label[label])
        rng.shuffle(names)
        first = round(len(names) * SHARES[0])
        second = round(len(names) * (SHARES[0] + SHARES[1]))
        for i, name in enumerate(names):
            part_of_group[name] = PARTS[(i >= first) + (i >= second)]
    return {image_id: part_of_group[name] for image_id, name in lesions.items()}


def write_split(split: dict[str, str], path: Path = SPLIT_FILE) -> None:
    """Write the split as CSV with the columns `image_id,part`."""
    with path.open("w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("image_id", "part"))
        out.writerows(sorted(split.items()))


def read_split(path: Path = SPLIT_FILE) -> dict[str, str]:
    """Read what `write_split` wrote; raises `DataError` where a part has an unknown name."""
    with path.open(newline="") as file:
        split = {row["image_id"]: row["part"] for row in csv.DictReader(file)}
    unknown = set(split.values()) - set(PARTS)
    if unknown:
        raise DataError(f"{path}: unknown part {sorted(unknown)[0]!r}")
    return split


def part_records(data: Path, part: str, split_file: Path = SPLIT_FILE) -> list[Record]:
    """The records of one part, in order of image id."""
    split = read_split(split_file)
    return [r for r in read_metadata(data) if split.get(r.image_id) == part]


def image_path(data: Path, image_id: str) -> Path:
    """Where the picture of that id lies in the data folder."""
    return data / "images" / f"{image_id}.jpg"


def load_pixels(records: list[Record], cache: Path) -> np.ndarray:
    """Decode all pictures once into `cache`; later calls map the same file.

    Returns `[N, H, W, 3]` u8, memory-mapped, in the order of `records`, of the size of the first picture. Others are
    brought to it by `fit_canvas`.
    """
    with Image.open(records[0].file) as first:
        width, height = first.size
    ids = [r.image_id for r in records]
    key = f"pixels-{len(ids)}-{abs(hash_ids(ids)):08x}-{height}x{width}.u8"
    path = cache / key
    shape = (len(ids), height, width, 3)
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        pixels = np.memmap(part, np.uint8, "w+", shape=shape)

        def decode(i: int) -> None:
            with Image.open(records[i].file) as image:
                pixels[i] = fit_canvas(image.convert("RGB"), width, height)

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            list(tqdm(pool.map(decode, range(len(ids))), total=len(ids), desc="decode", unit="img", mininterval=5))
        pixels.flush()
        part.rename(path)
    return np.memmap(path, np.uint8, "r", shape=shape)


def fit_canvas(image: Image.Image, width: int, height: int) -> np.ndarray:
    """A picture as `[height, width, 3]` u8: lying down, its shorter side the canvas's, the middle of it.

    What a narrower picture lacks at the sides is mirrored, so that a turned view sees skin there.
    """
    if (image.width < image.height) != (width < height) and image.width != image.height:
        image = image.transpose(Image.Transpose.ROTATE_90)
    scale = min(width, height) / min(image.size)
    size = tuple(max(1, round(side * scale)) for side in image.size)
    pixels = np.asarray(image if size == image.size else image.resize(size, Image.Resampling.BICUBIC))
    for axis, wanted in ((0, height), (1, width)):
        spare = pixels.shape[axis] - wanted
        if spare > 0:
            pixels = pixels.take(range(spare // 2, spare // 2 + wanted), axis)
        elif spare < 0:
            lacking = [(0, 0)] * 3
            lacking[axis] = (-spare // 2, -spare - -spare // 2)
            pixels = np.pad(pixels, lacking, "symmetric")
    return pixels


def hash_ids(ids: list[str]) -> int:
    """A number that changes with the list of ids; the same on every machine and run."""
    value = 0
    for char in "\n".join(ids).encode():
        value = (value * 31 + char) % (1 << 32)
    return value


def main() -> None:
    """Make `training/split.csv` from the metadata and print how many pictures each part has."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("data", type=Path, help="folder of HAM10000")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, default=SPLIT_FILE)
    args = parser.parse_args()
    records = read_metadata(args.data)
    split = split_by_lesion(records, args.seed)
    write_split(split, args.out)
    for part in PARTS:
        counts = Counter(LABELS[r.label] for r in records if split[r.image_id] == part)
        print(part, sum(counts.values()), dict(sorted(counts.items())))


if __name__ == "__main__":
    main()
