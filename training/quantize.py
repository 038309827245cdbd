"""Rounding to int8 inside the PyTorch network: ranges, fake quantisation and a short fine-tuning.

The ranges of the activations are those of least squared error on training pictures; plain minimum
and maximum can cost points of recall in the rare classes. Where that is not enough, a short
fine-tuning with rounded weights and activations (Jacob et al., arXiv:1712.05877) lets the network
get used to them, with the unrounded network as its teacher.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils import parametrize
from tqdm import tqdm

from training.network import EfficientNetLite

LEVELS = 255
Range = tuple[float, float]


class RangeObserver(nn.Module):
    """Passes activations on and keeps a sample of them; the position in execution order is recorded."""

    def __init__(self, order: list[RangeObserver], keep: int = 4096):
        super().__init__()
        self.order, self.keep = order, keep
        self.samples: list[Tensor] = []
        self.low, self.high = 0.0, 0.0

    def forward(self, x: Tensor) -> Tensor:
        if not self.samples:
            self.order.append(self)
        flat = x.detach().flatten()
        self.low, self.high = min(self.low, flat.min().item()), max(self.high, flat.max().item())
        step = max(1, len(flat) // self.keep)
        self.samples.append(flat[torch.randint(step, (1,)).item() :: step].clone())
        return x

    def best_range(self) -> Range:
        """The range, inside what was seen and around 0, that loses least when rounded to 256 levels."""
        values = torch.cat(self.samples)
        best, least = (self.low, self.high), float("inf")
        for share in np.linspace(0.3, 1.0, 36):
            low, high = self.low * share, self.high * share
            step = (high - low) / LEVELS
            if step == 0:
                continue
            rounded = ((values.clamp(low, high) / step).round() * step - values).square().mean().item()
            if rounded < least:
                best, least = (float(low), float(high)), rounded
        return best


class FakeQuant(nn.Module):
    """Rounds activations to the 256 levels of a range; gradients pass straight through inside it."""

    def __init__(self, bounds: Range):
        super().__init__()
        self.scale, self.zero_point = scale_and_zero_point(bounds)

    def forward(self, x: Tensor) -> Tensor:
        return torch.fake_quantize_per_tensor_affine(x, self.scale, self.zero_point, -128, 127)


class RoundChannels(nn.Module):
    """Parametrisation of a weight `[O, …]`: each output channel rounded to -127..127 of its maximum."""

    def forward(self, weight: Tensor) -> Tensor:
        largest = weight.detach().flatten(1).abs().amax(1)
        scale = largest.clamp_min(1e-8) / 127
        zero = torch.zeros_like(scale, dtype=torch.int32)
        return torch.fake_quantize_per_channel_affine(weight, scale, zero, 0, -127, 127)


def scale_and_zero_point(bounds: Range) -> tuple[float, int]:
    """Scale and zero point of int8 for a range, as TensorFlow Lite defines them."""
    low, high = min(bounds[0], 0.0), max(bounds[1], 0.0)
    scale = max(high - low, 1e-8) / LEVELS
    return scale, int(np.clip(round(-128 - low / scale), -128, 127))


def quant_points(model: EfficientNetLite) -> Iterable[tuple[nn.Module, str]]:
    """Every place where the int8 network rounds an activation: `(module, attribute)`."""
    for module in model.modules():
        for name in ("pool_quant", "quant"):
            if hasattr(module, name) and not (name == "quant" and getattr(module, "residual", True) is False):
                yield module, name


@torch.no_grad()
def collect_ranges(model: EfficientNetLite, batches: Iterable[Tensor]) -> list[Range]:
    """Ranges of all rounded activations in order of execution; the model is folded and in eval mode."""
    observed = copy.deepcopy(model)
    order: list[RangeObserver] = []
    for module, name in quant_points(observed):
        setattr(module, name, RangeObserver(order))
    for batch in batches:
        observed(batch)
    return [observer.best_range() for observer in order]


def fake_quantized(model: EfficientNetLite, ranges: list[Range]) -> EfficientNetLite:
    """A copy of a folded network that rounds weights and activations as the int8 file will."""
    copied = copy.deepcopy(model)
    order: list[tuple[nn.Module, str]] = []
    hooks = []
    for module, name in quant_points(copied):
        place = (module, name)
        hooks.append(getattr(module, name).register_forward_hook(lambda *_, place=place: order.append(place)))
    size = 32
    with torch.no_grad():
        copied.eval()(torch.zeros(1, 3, size, size))
    for hook in hooks:
        hook.remove()
    if len(order) != len(ranges):
        raise ValueError(f"{len(ranges)} ranges for {len(order)} activations")
    for (module, name), bounds in zip(order, ranges, strict=True):
        setattr(module, name, FakeQuant(bounds))
    for module in copied.modules():
        if isinstance(module, nn.Conv2d | nn.Linear):
            parametrize.register_parametrization(module, "weight", RoundChannels())
    return copied


def float_weights(rounded: EfficientNetLite, like: EfficientNetLite) -> EfficientNetLite:
    """The tuned weights without their rounding, in a copy of the folded network `like`."""
    result = copy.deepcopy(like)
    tuned = dict(rounded.named_modules())
    for name, module in result.named_modules():
        if isinstance(module, nn.Conv2d | nn.Linear):
            source = tuned[name]
            module.weight.data.copy_(source.parametrizations.weight.original)
            module.bias.data.copy_(source.bias)
    return result


@torch.no_grad()
def clamp_dead_channels(model: EfficientNetLite, ranges: list[Range]) -> int:
    """Lift the scale of channels whose int8 bias would not fit int32; returns how many.

    After folding, channels that batch normalisation had switched off have weights near zero but a
    bias of ordinary size. bias / (input scale x weight scale) then overflows. The weight that is
    largest is raised just so far that the bias takes 30 bits, which changes nothing measurable.
    """
    smallest_input_scale = min(scale_and_zero_point(bounds)[0] for bounds in ranges)
    changed = 0
    for module in model.modules():
        if not isinstance(module, nn.Conv2d | nn.Linear):
            continue
        module.weight.data = module.weight.data.contiguous()
        weight = module.weight.data.view(len(module.weight), -1)
        least = (module.bias.abs() / (smallest_input_scale * 2.0**30) * 127).clamp_min(1e-8)
        place = weight.abs().argmax(1, keepdim=True)
        largest = weight.gather(1, place)
        short = largest.abs() < least[:, None]
        sign = torch.where(largest < 0, -1.0, 1.0)
        weight.scatter_(1, place, torch.where(short, sign * least[:, None], largest))
        changed += int(short.sum())
    return changed


def tune(
    model: EfficientNetLite,
    teacher: EfficientNetLite,
    batches: Iterable[tuple[Tensor, Tensor]],
    log_prior: Tensor,
    steps: int,
    frozen: int,
    rate: float = 2e-5,
) -> None:
    """Fine-tune a fake-quantised network in place on `steps` batches of `(images, labels)`.

    The loss is half cross entropy with logit adjustment, half divergence from the teacher. The
    first `frozen` layers stay: the later ones learn to live with their rounding.
    """
    model.features[:frozen].requires_grad_(False)
    trained = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, rate, weight_decay=0.0)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    for images, labels in tqdm(batches, total=steps, desc="int8 fine-tuning", mininterval=5):
        with torch.no_grad():
            target = (teacher(images) + log_prior).log_softmax(1)
            low = model.features[:frozen](images)
        adjusted = model.classify(model.features[frozen:](low)) + log_prior
        copied = functional.kl_div(adjusted.log_softmax(1), target, reduction="batchmean", log_target=True)
        loss = 0.5 * functional.cross_entropy(adjusted, labels, label_smoothing=0.05) + 0.5 * copied
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        schedule.step()
