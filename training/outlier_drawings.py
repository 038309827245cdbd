"""Drawn outliers: noise, patterns, blank ground, pages of text, screens, ink, discs on skin.

Every drawing is a function of a random generator alone and returns `[H, W, 3]` u8.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

WIDTH, HEIGHT = 400, 300
Rng = np.random.Generator
# Of fair to dark skin under plain light, R, G, B.
SKIN = ((240, 205, 185), (226, 180, 152), (205, 150, 120), (172, 118, 88), (128, 84, 62), (84, 54, 42))
SYLLABLES = "ka lo mi ren ta su vel or an di po ner sha ul ti ge ma fo lis per co bra en du hi wes".split()


def to_u8(values: np.ndarray) -> np.ndarray:
    """Real values to pixels, cut off at both ends."""
    return np.clip(np.round(values), 0, 255).astype(np.uint8)


def colour(rng: Rng) -> tuple[int, int, int]:
    """Any colour."""
    return tuple(int(v) for v in rng.integers(0, 256, 3))


def skin_colour(rng: Rng) -> np.ndarray:
    """A skin tone, `[3]` f64."""
    return np.array(SKIN[rng.integers(len(SKIN))]) + rng.normal(0, 8, 3)


def spectral_noise(rng: Rng, power: float) -> np.ndarray:
    """Grey noise `[H, W]` of mean 0 and deviation 1 whose amplitude falls with frequency to the power given."""
    spectrum = np.fft.rfft2(rng.normal(size=(HEIGHT, WIDTH)))
    frequency = np.hypot(np.fft.fftfreq(HEIGHT)[:, None], np.fft.rfftfreq(WIDTH)[None])
    frequency[0, 0] = 1
    noise = np.fft.irfft2(spectrum / frequency**power, (HEIGHT, WIDTH))
    noise -= noise.mean()
    return noise / noise.std()


def noise(rng: Rng) -> np.ndarray:
    """White to brown noise, grey or in colour, of any mean and strength."""
    power, strength = rng.uniform(0, 2), rng.uniform(8, 70)
    layers = [spectral_noise(rng, power) for _ in range(3 if rng.random() < 0.6 else 1)]
    return to_u8(np.array(colour(rng)) + strength * np.stack(layers, 2))


def pattern(rng: Rng) -> np.ndarray:
    """A gradient, checkerboard, stripes, rings or dots in two colours."""
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    angle, period = rng.uniform(0, np.pi), rng.uniform(8, 90)
    along, across = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
    centre = rng.uniform(0, WIDTH), rng.uniform(0, HEIGHT)
    shares = (
        (along - along.min()) / np.ptp(along),
        ((along // period + across // period) % 2),
        (along // period) % 2,
        0.5 + 0.5 * np.sin(2 * np.pi * along / period),
        (np.hypot(x - centre[0], y - centre[1]) // period) % 2,
        np.hypot(along % period - period / 2, across % period - period / 2) < period * 0.3,
    )
    share = shares[rng.integers(len(shares))][..., None]
    return to_u8(np.array(colour(rng)) * (1 - share) + np.array(colour(rng)) * share + rng.normal(0, 2, (1, 1, 3)))


def lit(rng: Rng, ground: np.ndarray) -> np.ndarray:
    """A plain ground `[3]` under uneven light with a little grain, `[H, W, 3]` f64."""
    y, x = np.mgrid[-1 : 1 : HEIGHT * 1j, -1 : 1 : WIDTH * 1j]
    slope = rng.normal(0, 0.06, 2)
    vignette = rng.uniform(0, 0.25) * (x**2 + y**2) / 2
    light = 1 + slope[0] * x + slope[1] * y - vignette
    return ground * light[..., None] + rng.normal(0, rng.uniform(0, 4), (HEIGHT, WIDTH, 1))


def blank(rng: Rng) -> np.ndarray:
    """One colour, sometimes black, white or grey, evenly or unevenly lit."""
    greys = ((0, 0, 0), (255, 255, 255), (128, 128, 128))
    ground = np.array(greys[rng.integers(3)] if rng.random() < 0.3 else colour(rng), float)
    return to_u8(lit(rng, ground) if rng.random() < 0.7 else np.broadcast_to(ground, (HEIGHT, WIDTH, 3)))


def words(rng: Rng, count: int) -> str:
    """Made-up words."""
    return " ".join("".join(rng.choice(SYLLABLES, rng.integers(1, 4))) for _ in range(count))


def turned(image: Image.Image, rng: Rng, degrees: float) -> np.ndarray:
    """Turned, cut to the frame and softened a little, as a photo of it would be."""
    image = image.rotate(rng.uniform(-degrees, degrees), Image.Resampling.BICUBIC)
    left, top = (image.width - WIDTH) // 2, (image.height - HEIGHT) // 2
    image = image.crop((left, top, left + WIDTH, top + HEIGHT))
    return np.asarray(image.filter(ImageFilter.GaussianBlur(rng.uniform(0, 1.2))))


def text(rng: Rng) -> np.ndarray:
    """A page: dark letters on a light ground, or the other way round."""
    paper, ink = 255 - rng.integers(0, 45, 3), rng.integers(0, 90, 3)
    if rng.random() < 0.2:
        paper, ink = ink, paper
    image = Image.new("RGB", (2 * WIDTH, 2 * HEIGHT), tuple(int(v) for v in paper))
    draw, size = ImageDraw.Draw(image), int(rng.uniform(9, 42))
    font = ImageFont.load_default(size)
    for y in range(0, image.height, int(size * rng.uniform(1.2, 1.8))):
        draw.text((20, y), words(rng, 2000 // (2 * size)), tuple(int(v) for v in ink), font)
    return turned(image, rng, 12)


def screen(rng: Rng) -> np.ndarray:
    """Windows, buttons and lists, as on a display."""
    image = Image.new("RGB", (2 * WIDTH, 2 * HEIGHT), colour(rng))
    draw = ImageDraw.Draw(image)
    for _ in range(rng.integers(5, 14)):
        x, y = int(rng.integers(0, 600)), int(rng.integers(0, 450))
        wide, high, size = int(rng.integers(80, 380)), int(rng.integers(40, 260)), int(rng.integers(9, 22))
        draw.rounded_rectangle((x, y, x + wide, y + high), int(rng.integers(0, 14)), colour(rng), colour(rng))
        draw.rectangle((x, y, x + wide, y + size + 8), colour(rng))
        font = ImageFont.load_default(size)
        for line in range(y + 4, y + high - size, size + 8):
            draw.text((x + 8, line), words(rng, 3)[: wide // size], colour(rng), font)
    return turned(image, rng, 4)


def blob(rng: Rng, radius: float, roughness: float) -> Image.Image:
    """A mask `[H, W]` of a round or ragged spot near the middle."""
    angles = np.linspace(0, 2 * np.pi, 90, endpoint=False)
    reach = np.ones_like(angles)
    for wave in range(1, 9):
        reach += roughness * rng.normal() / wave * np.cos(wave * angles + rng.uniform(0, 2 * np.pi))
    stretch, x, y = rng.uniform(0.75, 1.3), WIDTH / 2 + rng.normal(0, 20), HEIGHT / 2 + rng.normal(0, 15)
    across, down = x + radius * stretch * reach * np.cos(angles), y + radius * reach * np.sin(angles)
    mask = Image.new("L", (WIDTH, HEIGHT))
    ImageDraw.Draw(mask).polygon(list(zip(across, down, strict=True)), 255)
    return mask


def spot_on(ground: np.ndarray, mask: Image.Image, tone: np.ndarray) -> np.ndarray:
    """A ground `[H, W, 3]` with a spot of one colour `[3]`."""
    share = np.asarray(mask, float)[..., None] / 255
    return to_u8(ground * (1 - share) + tone * share)


def ink(rng: Rng) -> np.ndarray:
    """Ink blots on paper."""
    picture = lit(rng, 255.0 - rng.integers(0, 50, 3))
    tone = np.array(((20, 20, 30), (20, 30, 110), (120, 15, 25), (60, 35, 20))[rng.integers(4)], float)
    for _ in range(rng.integers(1, 5)):
        mask = blob(rng, rng.uniform(12, 80), 0.25)
        shift = tuple(int(v) for v in rng.integers(-110, 111, 2))
        moved = mask.transform(mask.size, Image.Transform.AFFINE, (1, 0, shift[0], 0, 1, shift[1]))
        picture = spot_on(picture, moved.filter(ImageFilter.GaussianBlur(rng.uniform(0, 2))), tone).astype(float)
    return to_u8(picture)


def disc(rng: Rng) -> np.ndarray:
    """A brown, red or black disc on ground of the colour of skin: a bad drawing of a lesion."""
    tones = ((90, 55, 40), (60, 40, 35), (130, 80, 60), (170, 60, 60), (40, 30, 40), (110, 60, 110))
    mask = blob(rng, rng.uniform(25, 100), rng.uniform(0, 0.08)).filter(ImageFilter.GaussianBlur(rng.uniform(0, 6)))
    tone = np.array(tones[rng.integers(len(tones))]) + rng.normal(0, 10, 3)
    return spot_on(lit(rng, skin_colour(rng)), mask, tone)


def bare(rng: Rng) -> np.ndarray:
    """Ground of the colour of skin with nothing on it."""
    return to_u8(lit(rng, skin_colour(rng)) + 3 * spectral_noise(rng, rng.uniform(0.3, 1.2))[..., None])


# How many of each group; the group's name is that of the function.
DRAWINGS: tuple[tuple[Callable[[Rng], np.ndarray], int], ...] = (
    (noise, 120),
    (pattern, 120),
    (blank, 120),
    (text, 80),
    (screen, 80),
    (ink, 60),
    (disc, 80),
    (bare, 60),
)
