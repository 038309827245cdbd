"""Random views of a picture for training: a rotated, shifted, zoomed and flipped square, then colour.

One affine map takes the square straight from the whole 4:3 field, so that a turned crop sees real
skin instead of padding wherever there is some.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional


@dataclass(frozen=True)
class AugmentConfig:
    """Ranges of the random view."""

    area: tuple[float, float] = (0.25, 1.0)  # of the largest centre square
    aspect: float = 1.15  # largest stretch of one axis against the other
    shift: float = 0.15  # of the shorter side, beyond what the crop leaves free
    color: float = 0.3  # brightness, contrast and saturation
    cast: float = 0.15  # gain of each channel: the light's colour
    constancy: float = 0.3  # share of the pictures whose colours are brought towards grey light
    framed: float = 0.2  # share of the pictures with the dark round frame of a dermatoscope
    blurred: float = 0.2  # share of the pictures that lose detail
    noisy: float = 0.2  # share of the pictures with the noise of a small sensor
    noise: float = 12.0  # its largest deviation, in 0..255
    stored: float = 0.2  # share of the pictures stored again as JPEG
    quality: tuple[int, int] = (15, 70)  # of the JPEG


def random_views(pixels: Tensor, size: int, config: AugmentConfig, rng: torch.Generator) -> Tensor:
    """`[B, H, W, 3]` u8 to `[B, 3, size, size]` f32 in 0..255, a new view of each picture."""
    source = pixels.permute(0, 3, 1, 2).float()
    theta = random_affine(len(pixels), source.shape[2], source.shape[3], config, rng)
    grid = functional.affine_grid(theta, [len(pixels), 3, size, size], align_corners=False)
    views = functional.grid_sample(source, grid, "bilinear", "reflection", align_corners=False)
    views = neutralize(lose_detail(views, config.blurred, rng), config.constancy, rng)
    views = add_frames(jitter_color(views, config, rng), config.framed, rng)
    return store_again(add_noise(views, config, rng), config, rng)


def neutralize(views: Tensor, share: float, rng: torch.Generator) -> Tensor:
    """A random share of `[B, 3, S, S]` in 0..255 brought towards grey light, each by its own amount.

    Shades of grey (Finlayson & Trezzi 2004, p = 6): the light's colour is the Minkowski mean of each channel.
    """
    chosen = (torch.rand(len(views), generator=rng) < share).nonzero().flatten()
    light = (views[chosen] / 255).pow(6).mean((2, 3), keepdim=True).pow(1 / 6).clamp_min(0.05)
    gain = light.mean(1, keepdim=True) / light
    amount = torch.rand(len(chosen), 1, 1, 1, generator=rng)
    views[chosen] = (views[chosen] * torch.lerp(torch.ones_like(gain), gain, amount)).clamp_(0, 255)
    return views


def add_frames(views: Tensor, share: float, rng: torch.Generator) -> Tensor:
    """A random share of `[B, 3, S, S]` dark outside of a circle, as through a dermatoscope's round window."""
    chosen = (torch.rand(len(views), generator=rng) < share).nonzero().flatten()
    count, side = len(chosen), views.shape[3]
    place = torch.linspace(-1, 1, side)
    middle = (torch.rand(count, 2, 1, 1, generator=rng) - 0.5) * 0.3
    radius = torch.rand(count, 1, 1, generator=rng) * 0.45 + 0.85
    edge = torch.rand(count, 1, 1, generator=rng) * 0.15 + 0.01  # from hard to soft
    distance = torch.hypot(place.view(1, 1, -1) - middle[:, 0], place.view(1, -1, 1) - middle[:, 1])
    light = ((radius - distance) / edge + 0.5).clamp(0, 1)[:, None]
    dark = torch.rand(count, 1, 1, 1, generator=rng) * 40
    views[chosen] = torch.lerp(dark.expand_as(views[chosen]), views[chosen], light)
    return views


def add_noise(views: Tensor, config: AugmentConfig, rng: torch.Generator) -> Tensor:
    """A random share of `[B, 3, S, S]` in 0..255 with noise, each of its own strength."""
    chosen = (torch.rand(len(views), generator=rng) < config.noisy).nonzero().flatten()
    strength = torch.rand(len(chosen), 1, 1, 1, generator=rng) * config.noise
    noise = torch.randn(views[chosen].shape, generator=rng) * strength
    views[chosen] = (views[chosen] + noise).clamp_(0, 255)
    return views


def store_again(views: Tensor, config: AugmentConfig, rng: torch.Generator) -> Tensor:
    """A random share of `[B, 3, S, S]` in 0..255 written as JPEG and read again."""
    for i in (torch.rand(len(views), generator=rng) < config.stored).nonzero().flatten().tolist():
        quality = int(torch.randint(*config.quality, (), generator=rng))
        file = io.BytesIO()
        Image.fromarray(views[i].round().byte().permute(1, 2, 0).numpy()).save(file, "jpeg", quality=quality)
        views[i] = torch.from_numpy(np.array(Image.open(file))).permute(2, 0, 1)
    return views


def lose_detail(views: Tensor, share: float, rng: torch.Generator) -> Tensor:
    """A random share of `[B, 3, S, S]` reduced by up to three times and enlarged again: out of focus, or far off."""
    chosen = (torch.rand(len(views), generator=rng) < share).nonzero().flatten()
    if not len(chosen):
        return views
    side = views.shape[3]
    small = int(side / (1 + 2 * torch.rand(1, generator=rng).item()))
    reduced = functional.interpolate(views[chosen], (small, small), mode="bilinear", antialias=True)
    views[chosen] = functional.interpolate(reduced, (side, side), mode="bilinear")
    return views


def mix_pairs(views: Tensor, rng: torch.Generator, *others: Tensor) -> tuple[Tensor, ...]:
    """Each picture and what belongs to it blended with another's (mixup, Zhang et al., arXiv:1710.09412).

    `views` is `[B, …]`; `others` are `[B, classes]`, as class shares and log priors.
    """
    other = torch.randperm(len(views), generator=rng)
    # The larger of two uniform draws: most pairs keep a clear first picture.
    share = torch.rand(2, generator=rng).amax().item()
    return tuple(torch.lerp(values[other], values, share) for values in (views, *others))


def random_affine(count: int, height: int, width: int, config: AugmentConfig, rng: torch.Generator) -> Tensor:
    """`[B, 2, 3]` maps from the view's coordinates to the picture's (both -1..1)."""

    def uniform(low: float, high: float) -> Tensor:
        return torch.rand(count, generator=rng) * (high - low) + low

    short = min(height, width)
    side = uniform(*config.area).sqrt() * short / 2  # half the square's side, pixels
    stretch = uniform(-math.log(config.aspect), math.log(config.aspect)).exp().sqrt()
    flip = torch.randint(0, 2, (count,), generator=rng) * 2.0 - 1.0
    angle = uniform(0, 2 * math.pi)
    room = (short / 2 - side) + config.shift * short * 0.5
    x, y = uniform(-1, 1) * room, uniform(-1, 1) * room
    along_x, along_y = side * stretch * flip, side / stretch
    cos, sin = angle.cos(), angle.sin()
    rows = (
        torch.stack([cos * along_x, -sin * along_y, x], 1) * (2 / width),
        torch.stack([sin * along_x, cos * along_y, y], 1) * (2 / height),
    )
    return torch.stack(rows, 1)


def jitter_color(views: Tensor, config: AugmentConfig, rng: torch.Generator) -> Tensor:
    """Change brightness, contrast, saturation and white balance of `[B, 3, S, S]` in 0..255."""
    count = len(views)

    def gain(amount: float, channels: int = 1) -> Tensor:
        return 1 + (torch.rand(count, channels, 1, 1, generator=rng) * 2 - 1) * amount

    grey = views.mean(1, keepdim=True)
    views = grey + (views - grey) * gain(config.color)
    level = views.mean((1, 2, 3), keepdim=True)
    views = level * gain(config.color) + (views - level) * gain(config.color)
    return (views * gain(config.cast, 3)).clamp_(0, 255)
