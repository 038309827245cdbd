"""Train the paper's network on both splits, with hyperparameters chosen on the random one's validation part.

The search is one step after another over `SEARCH`: each value of a hyperparameter is tried for a few
passes with the best of the others so far, and the one with the least validation loss stays. Then the
network is trained on the random split and, unchanged, on the split by lesion. Everything is kept in
`--out`; what is there is not done again, and a training that was cut off goes on after its last pass.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import time
from dataclasses import asdict, replace
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras
import numpy as np
import tensorflow as tf

from training.data import LABELS
from training.paper.data import SPLITS, complete_records, load_small, parts_of
from training.paper.network import Config, build_network, normalise, random_views

SEARCH = {
    "rate": (1e-3, 3e-3),
    "widths": ((32, 64, 96, 128), (32, 64, 128, 256)),
    "dropout": (0.4, 0.25),
}
SEARCH_PASSES = 3
WARM_UP = 0.1  # share of all steps
POLICY = "mixed_bfloat16"  # arithmetic of the training; weights are f32


@keras.saving.register_keras_serializable("lentigo")
class WarmCosine(keras.optimizers.schedules.LearningRateSchedule):
    """From 0 to the largest rate in a straight line, then back along half a cosine."""

    def __init__(self, rate: float, steps: int):
        self.rate, self.steps = rate, steps

    def __call__(self, step: tf.Tensor) -> tf.Tensor:
        done = tf.cast(step, tf.float32) / self.steps
        falling = 0.5 * (1 + tf.cos(math.pi * (done - WARM_UP) / (1 - WARM_UP)))
        return self.rate * tf.where(done < WARM_UP, done / WARM_UP, falling)

    def get_config(self) -> dict:
        return {"rate": self.rate, "steps": self.steps}


def scores(model: keras.Model, pixels: np.ndarray, truth: np.ndarray) -> dict[str, float]:
    """Accuracy and mean cross entropy of u8 pixels."""
    probabilities = predict(model, pixels)
    picked = probabilities[np.arange(len(truth)), truth]
    return {
        "accuracy": float((probabilities.argmax(1) == truth).mean()),
        "loss": float(-np.log(np.maximum(picked, 1e-7)).mean()),
    }


def predict(model: keras.Model, pixels: np.ndarray, batch: int = 128) -> np.ndarray:
    """Probabilities `[N, classes]` f32 of u8 pixels."""
    starts = range(0, len(pixels), batch)
    return np.concatenate([model.predict_on_batch(normalise(pixels[i : i + batch])) for i in starts])


def write_json(value: object, path: Path) -> None:
    """All of it or nothing."""
    part = path.with_suffix(".part")
    part.write_text(json.dumps(value, indent=1), encoding="utf-8")
    part.rename(path)


def start_model(config: Config, steps: int) -> keras.Model:
    """A network with fresh weights, ready for `steps` steps."""
    model = build_network(config, len(LABELS), POLICY)
    model.compile(keras.optimizers.Adam(WarmCosine(config.rate, steps)), "sparse_categorical_crossentropy")
    return model


def train_pass(model: keras.Model, pixels: np.ndarray, labels: np.ndarray, config: Config, number: int) -> float:
    """One pass over all pictures; returns the mean loss. The order and the views go with the number."""
    order = np.random.default_rng((0, number)).permutation(len(pixels))
    losses = []
    for step in range(len(order) // config.batch):
        rows = order[step * config.batch : (step + 1) * config.batch]
        views = random_views(normalise(pixels[rows]), tf.constant((number, step), tf.int32))
        losses.append(model.train_on_batch(views, labels[rows]))
        model.reset_metrics()
    return float(np.mean(losses))


def train(
    pixels: np.ndarray, labels: np.ndarray, rows: dict[str, np.ndarray], config: Config, out: Path
) -> tuple[keras.Model, list[dict]]:
    """Train, or go on where `out` stands; returns the network in f32 and the history of its passes.

    After each pass `out/last.keras` holds network and optimiser and `out/history.json` the scores of
    the validation part.
    """
    out.mkdir(parents=True, exist_ok=True)
    checkpoint, log = out / "last.keras", out / "history.json"
    steps = len(rows["train"]) // config.batch
    keras.utils.set_random_seed(0)
    model = keras.saving.load_model(checkpoint) if checkpoint.exists() else start_model(config, steps * config.passes)
    history = json.loads(log.read_text(encoding="utf-8")) if log.exists() else []
    done = int(model.optimizer.iterations.numpy()) // steps
    del history[done:]
    for number in range(done, config.passes):
        began = time.monotonic()
        loss = train_pass(model, pixels[rows["train"]], labels[rows["train"]], config, number)
        held = scores(model, pixels[rows["val"]], labels[rows["val"]])
        history.append({"pass": number + 1, "train_loss": loss, **held, "seconds": time.monotonic() - began})
        print(out.name, " ".join(f"{name} {value:.4g}" for name, value in history[-1].items()), flush=True)
        write_json(history, log)
        model.save(out / "part.keras")
        (out / "part.keras").rename(checkpoint)
    return in_float(model, config), history


def in_float(model: keras.Model, config: Config) -> keras.Model:
    """The same network without bfloat16, for files that others read."""
    plain = build_network(config, model.output_shape[-1])
    plain.set_weights(model.get_weights())
    return plain


def search(
    pixels: np.ndarray, labels: np.ndarray, rows: dict[str, np.ndarray], base: Config, out: Path
) -> tuple[Config, list[dict]]:
    """The best configuration, with the passes of `base`, and every trial with its scores."""
    best, trials = base, []
    found: dict[Config, float] = {}
    for name, values in SEARCH.items():
        for value in values:
            config = replace(best, **{name: value}, passes=SEARCH_PASSES)
            if config in found:
                continue
            _, history = train(pixels, labels, rows, config, out / f"trial-{len(found) + 1}")
            found[config] = history[-1]["loss"]
            trials.append({**asdict(config), **{key: history[-1][key] for key in ("accuracy", "loss")}})
        best = replace(min(found, key=found.__getitem__), passes=base.passes)
    return best, trials


def main() -> None:
    """Command line of the training."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder of HAM10000")
    parser.add_argument("--out", type=Path, required=True, help="folder of the run")
    parser.add_argument("--split", choices=SPLITS, help="only this one")
    args = parser.parse_args()
    records = complete_records(args.data)
    labels = np.array([r.label for r in records])
    pixels = load_small(args.data, records, args.out)
    config, trials = search(pixels, labels, parts_of(records, "random"), Config(), args.out)
    write_json({"chosen": asdict(config), "trials": trials}, args.out / "search.json")
    for split in [args.split] if args.split else SPLITS:
        model, _ = train(pixels, labels, parts_of(records, split), config, args.out / split)
        model.save(args.out / f"{split}.h5")
        print(f"{args.out / split}.h5: {model.count_params():,} weights", flush=True)


if __name__ == "__main__":
    main()
