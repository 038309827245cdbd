"""Depthwise convolution whose bfloat16 gradient is quick on CPUs.

PyTorch's bfloat16 weight gradient of a 5x5 depthwise kernel takes fifty times as long as that of a
3x3 one; put together from 3x3 windows it is six to ten times quicker. With a stride of 2 all
bfloat16 gradients are slow, and those in single precision are not.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

WINDOW = 3  # side of the kernel whose weight gradient is quick


def weight_gradient(x: Tensor, grad: Tensor, kernel: int) -> Tensor:
    """`[C, 1, K, K]` from the padded input `[B, C, H + K - 1, W + K - 1]` and the output's `[B, C, H, W]`."""
    channels, (height, width) = x.shape[1], grad.shape[2:]
    result = x.new_zeros(channels, 1, kernel, kernel)
    like = x.new_empty(channels, 1, WINDOW, WINDOW)
    starts = sorted({min(start, kernel - WINDOW) for start in range(0, kernel, WINDOW)})
    for top in starts:
        for left in starts:
            part = x[:, :, top : top + height + WINDOW - 1, left : left + width + WINDOW - 1]
            part = part.contiguous(memory_format=torch.channels_last)
            result[:, :, top : top + WINDOW, left : left + WINDOW] = torch.ops.aten.convolution_backward(
                grad, part, like, None, [1, 1], [0, 0], [1, 1], False, [0, 0], channels, [False, True, False]
            )[1]
    return result


class WindowedDepthwise(torch.autograd.Function):
    """Stride 1, an input already padded: `[B, C, H + K - 1, W + K - 1]`, weights `[C, 1, K, K]`, K >= 3."""

    @staticmethod
    def forward(ctx, x: Tensor, weight: Tensor) -> Tensor:
        ctx.save_for_backward(x, weight)
        return functional.conv2d(x, weight, groups=len(weight))

    @staticmethod
    def backward(ctx, grad: Tensor) -> tuple[Tensor, Tensor]:
        x, weight = ctx.saved_tensors
        grad = grad.contiguous(memory_format=torch.channels_last)
        margin = weight.shape[2] - 1
        to_input = functional.conv2d(grad, weight.flip(2, 3), padding=margin, groups=len(weight))
        return to_input, weight_gradient(x, grad, weight.shape[2])


def depthwise(x: Tensor, weight: Tensor, stride: int, padding: int) -> Tensor:
    """As `conv2d` with a group for each channel, in the precision that autocast asks for where that is quick."""
    groups = len(weight)
    if not torch.is_autocast_enabled("cpu"):
        return functional.conv2d(x, weight, None, stride, padding, groups=groups)
    precision = torch.get_autocast_dtype("cpu")
    with torch.autocast("cpu", enabled=False):
        if stride > 1:
            return functional.conv2d(x.float(), weight, None, stride, padding, groups=groups).to(precision)
        x, weight = x.to(precision), weight.to(precision)
        if weight.shape[2] == WINDOW:
            return functional.conv2d(x, weight, None, stride, padding, groups=groups)
        padded = functional.pad(x, (padding,) * 4).contiguous(memory_format=torch.channels_last)
        return WindowedDepthwise.apply(padded, weight)
