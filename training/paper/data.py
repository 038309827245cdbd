"""HAM10000 as the paper used it: records with null values removed, 120x90 pixels, a random split.

The random split puts pictures of one lesion on both sides: its figures are better than they should
be. The split by lesion (`training/split.csv`) stands beside it.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
from PIL import Image
from sklearn.model_selection import train_test_split
from tqdm import tqdm

from training.crop import crop_resize
from training.data import PARTS, SPLIT_FILE, Record, hash_ids, image_path, read_metadata, read_split

WIDTH, HEIGHT, CROP = 120, 90, 1.0
MEAN, STD = (127.0, 127.0, 127.0), (128.0, 128.0, 128.0)
SPLITS = ("random", "lesion")


def complete_records(data: Path) -> list[Record]:
    """The records without null values, in order of image id; in this data set the age is what is missing."""
    with (data / "HAM10000_metadata.csv").open(newline="") as file:
        incomplete = {row["image_id"] for row in csv.DictReader(file) if not all(row.values())}
    return [record for record in read_metadata(data) if record.image_id not in incomplete]


def random_parts(count: int) -> dict[str, np.ndarray]:
    """Rows of each part by scikit-learn's random split, 64/16/20; the same count gives the same split."""
    rest, test = train_test_split(np.arange(count), test_size=0.2, random_state=0)
    train, val = train_test_split(rest, test_size=0.2, random_state=0)
    return {"train": train, "val": val, "test": test}


def lesion_parts(records: list[Record], split_file: Path = SPLIT_FILE) -> dict[str, np.ndarray]:
    """Rows of each part of the split by lesion."""
    split = read_split(split_file)
    return {part: np.array([i for i, r in enumerate(records) if split[r.image_id] == part]) for part in PARTS}


def parts_of(records: list[Record], split: str, split_file: Path = SPLIT_FILE) -> dict[str, np.ndarray]:
    """Rows of each part of the split of that name, one of `SPLITS`."""
    return random_parts(len(records)) if split == "random" else lesion_parts(records, split_file)


def seen_share(records: list[Record], parts: dict[str, np.ndarray]) -> float:
    """Share of the test pictures whose lesion is in the training part, too."""
    seen = {records[i].lesion_id for i in parts["train"]}
    return float(np.mean([records[i].lesion_id in seen for i in parts["test"]]))


def load_small(data: Path, records: list[Record], cache: Path) -> np.ndarray:
    """The pictures as the engine crops and resizes them, `[N, HEIGHT, WIDTH, 3]` u8, kept in `cache`."""
    ids = [record.image_id for record in records]
    path = cache / f"pixels-{len(ids)}-{hash_ids(ids):08x}-{HEIGHT}x{WIDTH}.npy"
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        pixels = np.empty((len(ids), HEIGHT, WIDTH, 3), np.uint8)
        for i, image_id in enumerate(tqdm(ids, desc="decode", unit="img", mininterval=5)):
            with Image.open(image_path(data, image_id)) as image:
                pixels[i] = crop_resize(image.convert("RGB"), WIDTH, HEIGHT, CROP)
        part = path.with_suffix(".part")
        with part.open("wb") as file:
            np.save(file, pixels)
        part.rename(path)
    return np.load(path)
