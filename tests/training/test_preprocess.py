"""The engine's image path against the training's: the same file through both, pixel by pixel.

The reference decodes with Pillow (libjpeg-turbo, libpng) and resizes with `training.preprocess`. The largest
differences seen, in levels of 255, are the limits below:

- PNG: 1, since Pillow rounds between the two directions of a resize and the engine does not;
- JPEG: 3, where the two decoders' inverse transforms and chroma enlarging round apart;
- JPEG decoded at a reduced size, for photos much larger than the network's input.
"""

import re
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from training.preprocess import center_crop_resize

IMGFIT = Path(__file__).resolve().parents[2] / "build/test/imgfit"
ORIENTATION_TAG = 0x0112
PNG_LIMIT, JPEG_LIMIT = 1, 3
REDUCED_LIMIT, REDUCED_MEAN = 10, 0.9
LARGE = 1200


def photo(width: int, height: int, seed: int = 0) -> Image.Image:
    """Something like a photo of skin: soft light, a dark blot with a rim, fine hairs and a little noise.

    A large one is an enlarged small one, as sharp as a phone's photo is when seen at full size.
    """
    if width > LARGE:
        return photo(width // 4, height // 4, seed).resize((width, height), Image.Resampling.BICUBIC)
    random = np.random.default_rng(seed)
    x, y = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height) * height / width)
    light = 1 - 0.25 * (x + 0.3) ** 2 - 0.2 * y**2
    blot = 1 / (1 + np.exp(25 * (np.hypot(x - 0.1, y * 1.3) - 0.35 - 0.05 * np.sin(5 * np.arctan2(y, x)))))
    hairs = sum(np.exp(-(((y - a * x - b) * 90) ** 2)) for a, b in random.uniform(-0.6, 0.6, (5, 2)))
    skin, mole = np.array([222, 170, 145]), np.array([105, 60, 48])
    pixels = skin + (mole - skin) * blot[..., None]
    pixels = pixels * light[..., None] * (1 - 0.5 * np.minimum(hairs, 1))[..., None]
    return Image.fromarray(np.clip(pixels + random.normal(0, 4, pixels.shape), 0, 255).astype(np.uint8))


def file_of(image: Image.Image, path: Path, **options) -> Path:
    image.save(path, **options)
    return path


def engine(
    path: Path, size: int, crop: float = 1.0, way: str = "whole", region: tuple[float, float, int] = (0.5, 0.5, 0)
) -> tuple[np.ndarray, list[str]]:
    """`[size, size, 3]` u8, and what imgfit says: width, height, decode scale, …; region: x, y, quarter turns"""
    command = [IMGFIT, path, str(size), str(size), repr(crop), way, "1", *map(repr, region)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return np.frombuffer(done.stdout, np.uint8).reshape(size, size, 3), done.stderr.decode().split()


def over_white(image: Image.Image) -> Image.Image:
    white = Image.new("RGBA", image.size, "white")
    white.alpha_composite(image.convert("RGBA"))
    return white.convert("RGB")


def reference(path: Path, size: int, crop: float = 1.0) -> np.ndarray:
    with Image.open(path) as image:
        upright = ImageOps.exif_transpose(image)
        has_alpha = upright.mode in ("LA", "RGBA") or "transparency" in upright.info
        rgb = over_white(upright) if has_alpha else upright.convert("RGB")
    return center_crop_resize(np.asarray(rgb), size, crop)


def apart(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.abs(a.astype(int) - b.astype(int))


@pytest.mark.parametrize(("width", "height"), [(640, 480), (301, 449), (224, 224), (97, 1000), (50, 41), (1, 1)])
@pytest.mark.parametrize(("size", "crop"), [(224, 1.0), (224, 0.87), (96, 0.333), (31, 1.0)])
def test_png_is_resized_alike(tmp_path, width, height, size, crop):
    path = file_of(photo(width, height), tmp_path / "photo.png")
    assert apart(engine(path, size, crop)[0], reference(path, size, crop)).max() <= PNG_LIMIT


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "P with a transparent colour"])
def test_png_kinds(tmp_path, mode):
    image = photo(320, 260)
    if mode in ("LA", "RGBA"):
        image.putalpha(Image.linear_gradient("L").resize(image.size))
    image = image.quantize(64) if mode[0] == "P" else image.convert(mode)
    options = {"transparency": 7} if "transparent" in mode else {}
    path = file_of(image, tmp_path / "photo.png", optimize=True, **options)
    assert apart(engine(path, 224)[0], reference(path, 224)).max() <= PNG_LIMIT


def test_png_of_16_bits_keeps_the_upper_8(tmp_path):
    grey = np.asarray(photo(300, 280).convert("L"))
    path = file_of(Image.fromarray((grey.astype(np.uint16) << 8) | 99), tmp_path / "photo.png")
    expected = center_crop_resize(np.repeat(grey[..., None], 3, 2), 224, 1.0)
    assert apart(engine(path, 224)[0], expected).max() <= PNG_LIMIT


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("subsampling", [0, 1, 2])
@pytest.mark.parametrize("quality", [60, 85, 98])
def test_jpeg_is_decoded_alike(tmp_path, progressive, subsampling, quality):
    options = {"quality": quality, "subsampling": subsampling, "progressive": progressive}
    path = file_of(photo(403, 299), tmp_path / "photo.jpg", **options, optimize=True)
    assert apart(engine(path, 224)[0], reference(path, 224)).max() <= JPEG_LIMIT


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_jpeg_of_grey_and_of_inks(tmp_path, mode, progressive):
    path = file_of(photo(403, 299).convert(mode), tmp_path / "photo.jpg", quality=90, progressive=progressive)
    assert apart(engine(path, 224)[0], reference(path, 224)).max() <= JPEG_LIMIT


def test_jpeg_with_restart_markers(tmp_path):
    path = file_of(photo(403, 299), tmp_path / "photo.jpg", quality=90, restart_marker_blocks=5)
    assert apart(engine(path, 224)[0], reference(path, 224)).max() <= JPEG_LIMIT


def test_wide_gamut_profile_is_passed_over_alike(tmp_path):
    path = file_of(photo(403, 299), tmp_path / "photo.jpg", quality=90, icc_profile=bytes(range(256)) * 300)
    assert apart(engine(path, 224)[0], reference(path, 224)).max() <= JPEG_LIMIT


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", [".jpg", ".png"])
def test_orientation(tmp_path, orientation, suffix):
    exif = Image.Exif()
    exif[ORIENTATION_TAG] = orientation
    path = file_of(
        photo(403, 298), tmp_path / f"photo{suffix}", exif=exif, **{"quality": 95} if suffix == ".jpg" else {}
    )
    pixels, said = engine(path, 128, 0.9)
    limit = JPEG_LIMIT if suffix == ".jpg" else PNG_LIMIT
    assert apart(pixels, reference(path, 128, 0.9)).max() <= limit
    assert said[:2] == (["298", "403"] if orientation > 4 else ["403", "298"])


# Width, height, chroma subsampling, and the reduction for an input of 224: 12 megapixels, and sizes just above and
# well above the least that each reduction needs. Photos of the data set enlarged to these sizes were at most 13 levels
# apart at 12 megapixels and 22 at the least sizes, both across dark hairs; 0.3 and 0.7 in the mean of the worst photo,
# and 99.9 % of the values within 3.
REDUCED = [
    (4000, 3000, 2, 8),
    (2389, 1792, 1, 8),
    (1800, 1350, 2, 4),
    (1195, 897, 0, 4),
    (1195, 897, 1, 4),
    (801, 601, 2, 2),
    (601, 449, 0, 2),
    (601, 449, 1, 2),
]


@pytest.mark.parametrize(("width", "height", "subsampling", "scale"), REDUCED)
def test_reduced_decode_is_like_the_whole(tmp_path, width, height, subsampling, scale):
    options = {"quality": 90, "subsampling": subsampling, "progressive": subsampling == 1}
    path = file_of(photo(width, height), tmp_path / "photo.jpg", **options)
    pixels, said = engine(path, 224, way="reduced")
    assert said[2] == str(scale)
    difference = apart(pixels, reference(path, 224))
    assert difference.max() <= REDUCED_LIMIT
    assert difference.mean() <= REDUCED_MEAN


def test_crop_is_placed_within_a_reduced_pixel(tmp_path):
    """A crop that begins inside a reduced pixel: the picture may not be shifted by a part of one."""
    pixels = np.zeros((2000, 2600, 3), np.uint8)
    pixels[:, 1302:] = 255
    path = file_of(Image.fromarray(pixels), tmp_path / "photo.png")
    expected = reference(path, 224, 0.9)
    jpeg = file_of(Image.fromarray(pixels), tmp_path / "photo.jpg", quality=98, subsampling=0)
    found, said = engine(jpeg, 224, 0.9, "reduced")
    assert said[2] == "8"
    shift = (found.astype(int).sum(axis=1) - expected.astype(int).sum(axis=1)) / 255
    assert np.abs(shift).max() < 0.05, "pixels of the result"


def region_reference(path: Path, size: int, crop: float, region: tuple[float, float, int]) -> np.ndarray:
    """The square of `crop` of the shorter side around x, y of the turned photo, moved inside."""
    x, y, turns = region
    with Image.open(path) as image:
        turned = np.rot90(np.asarray(ImageOps.exif_transpose(image).convert("RGB")), -turns)
    height, width = turned.shape[:2]
    side = max(1, int(min(width, height) * crop + 0.5))
    left, top = (
        int(np.clip(np.floor(share * whole - side / 2), 0, whole - side)) for share, whole in ((x, width), (y, height))
    )
    return center_crop_resize(np.ascontiguousarray(turned[top : top + side, left : left + side]), size, 1.0)


REGIONS = [(0.5, 0.5, 1), (0.2, 0.7, 2), (0.0, 1.0, 3), (0.9, 0.4, 0)]


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("orientation", [1, 4, 6])
def test_region(tmp_path, region, orientation):
    exif = Image.Exif()
    exif[ORIENTATION_TAG] = orientation
    path = file_of(photo(403, 298), tmp_path / "photo.png", exif=exif)
    for crop in (1.0, 0.37):
        found, _ = engine(path, 96, crop, region=region)
        assert apart(found, region_reference(path, 96, crop, region)).max() <= PNG_LIMIT


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize(("crop", "scale"), [(0.6, 8), (0.4, 4), (0.2, 2), (0.1, 1)])
def test_region_of_a_reduced_photo(tmp_path, region, crop, scale):
    """The reduction goes by the region, not by the photo: no detail is lost that the network would see."""
    path = file_of(photo(4000, 3000), tmp_path / "photo.jpg", quality=90)
    found, said = engine(path, 224, crop, "reduced", region)
    assert said[2] == str(scale)
    difference = apart(found, region_reference(path, 224, crop, region))
    assert difference.max() <= REDUCED_LIMIT
    assert difference.mean() <= REDUCED_MEAN


def test_of_cut_files_what_is_there_is_read_and_too_little_is_refused(tmp_path):
    for suffix, form in ((".jpg", "JPEG"), (".png", "PNG")):
        whole = file_of(photo(300, 200), tmp_path / f"whole{suffix}")
        content = whole.read_bytes()
        expected = engine(whole, 224, 1, "reduced")[0]
        read = []
        for part in range(1, 16):
            path = tmp_path / f"cut{suffix}"
            path.write_bytes(content[: len(content) * part // 16])
            done = subprocess.run([IMGFIT, path, "224", "224", "1", "reduced"], capture_output=True, check=False)
            assert done.returncode in (0, 1), form
            if done.returncode:
                assert re.match(rb"photo: (damaged|cut|.*is missing)", done.stderr), done.stderr
            else:
                found = np.frombuffer(done.stdout, np.uint8).reshape(224, 224, 3)
                np.testing.assert_array_equal(found[:120], expected[:120])
                read.append(part)
        assert read and min(read) > 8 and max(read) == 15, (form, read)
