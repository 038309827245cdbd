"""The paper's network: blocks of convolution and MaxPool2D, flatten, fully connected, softmax."""

from __future__ import annotations

from dataclasses import dataclass

import keras
import numpy as np
import tensorflow as tf
from keras import layers

from training.paper.data import HEIGHT, MEAN, STD, WIDTH

ROTATION, ZOOM, SHIFT = np.pi / 18, 0.1, 0.15  # radians; share; share of width and height


@dataclass(frozen=True)
class Config:
    """Hyperparameters; the search of `training.paper.train` chooses those of `SEARCH`."""

    widths: tuple[int, ...] = (32, 64, 96, 128)  # channels of each block
    dense: int = 128  # units of the fully connected layer
    dropout: float = 0.4
    rate: float = 1e-3  # the largest learning rate
    batch: int = 64
    passes: int = 18


def build_network(config: Config, classes: int, policy: str = "float32") -> keras.Model:
    """An untrained network from normalised pixels `[B, HEIGHT, WIDTH, 3]` to probabilities `[B, classes]`.

    The first block reduces four times at once: it would take half of the time otherwise.
    """
    inputs = keras.Input((HEIGHT, WIDTH, 3), name="pixels")
    x = inputs
    for i, width in enumerate(config.widths, 1):
        size, stride = (5, 2) if i == 1 else (3, 1)
        x = layers.Conv2D(width, size, stride, "same", use_bias=False, dtype=policy, name=f"conv{i}")(x)
        x = layers.BatchNormalization(momentum=0.95, dtype=policy, name=f"norm{i}")(x)
        x = layers.ReLU(dtype=policy, name=f"relu{i}")(x)
        x = layers.MaxPool2D(dtype=policy, name=f"pool{i}")(x)
    x = layers.Flatten(dtype=policy, name="flatten")(x)
    x = layers.Dropout(config.dropout, dtype=policy, name="drop1")(x)
    x = layers.Dense(config.dense, activation="relu", dtype=policy, name="dense")(x)
    x = layers.Dropout(config.dropout, dtype=policy, name="drop2")(x)
    outputs = layers.Dense(classes, activation="softmax", name="classes")(x)
    return keras.Model(inputs, outputs, name="paper")


def normalise(pixels: np.ndarray) -> np.ndarray:
    """u8 to what the network takes, f32."""
    return (pixels.astype(np.float32) - np.float32(MEAN)) / np.float32(STD)


@tf.function(reduce_retracing=True)
def random_views(images: tf.Tensor, seed: tf.Tensor) -> tf.Tensor:
    """Turn by up to 10 degrees, zoom by up to 0.1, shift by up to 0.15; `[B, H, W, 3]` f32, seed `[2]` i32.

    All in one step, so that pixels are interpolated once. What lies beyond the edge repeats it. The turn is one of the
    field, which is square; the pixels are not.
    """
    count = tf.shape(images)[0]
    height, width = float(images.shape[1]), float(images.shape[2])
    draws = tf.random.stateless_uniform((4, count), seed, -1.0, 1.0)
    angle, scale = draws[0] * ROTATION, 1 + draws[1] * ZOOM
    cosine, sine = tf.cos(angle) * scale, tf.sin(angle) * scale
    a, b, c, d = cosine, -sine * width / height, sine * height / width, cosine
    x, y = (width - 1) / 2, (height - 1) / 2
    across = x - a * x - b * y + draws[2] * SHIFT * width
    down = y - c * x - d * y + draws[3] * SHIFT * height
    none = tf.zeros(count)
    return tf.raw_ops.ImageProjectiveTransformV3(
        images=images,
        transforms=tf.stack([a, b, across, c, d, down, none, none], 1),
        output_shape=tf.shape(images)[1:3],
        interpolation="BILINEAR",
        fill_mode="NEAREST",
        fill_value=0.0,
    )
