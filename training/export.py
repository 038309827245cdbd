"""From a checkpoint to the shipped file: fold, round to int8, calibrate, describe.

Writes `lesion-fp32.tflite` (the network as trained) into the run's folder and the int8 file with its
metadata to `--out`. Ranges and fine-tuning use training pictures only; the temperature and what decides
(`training.decision`) come from the validation lesions, through the int8 file itself. Fine-tuning with
rounded weights is there for networks that lose by rounding; the shipped one does not and goes without.
"""

from __future__ import annotations

import argparse
import copy
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from scipy.optimize import minimize_scalar
from torch import Tensor

from training import quantize
from training.augment import AugmentConfig, random_views
from training.data import DOCUMENT, LABELS, SPLIT_FILE, load_pixels, read_split
from training.decision import Part, choose_sections
from training.metrics import softmax
from training.network import PIXEL_MEAN, PIXEL_STD, EfficientNetLite, fold_batch_norm
from training.networks import averaged_network
from training.preprocess import center_crop_resize, network_input, normalize
from training.sources import read_sources
from training.tflite_file import export_float, export_int8, float_last_layer, run_litert, set_metadata
from training.train import parts_of

INPUT_RANGE = tuple((value - PIXEL_MEAN[0]) / PIXEL_STD[0] for value in (0.0, 255.0))


def load_network(checkpoint: Path) -> tuple[EfficientNetLite, dict]:
    """The averaged network of a run, folded and ready to use, and the checkpoint it came from."""
    state = torch.load(checkpoint, weights_only=True)
    return fold_batch_norm(averaged_network(state)), state


def tuning_batches(
    pixels: np.ndarray, rows: np.ndarray, labels: np.ndarray, size: int, batch: int, steps: int
) -> Iterator[tuple[Tensor, Tensor]]:
    """Random training views, milder than in training: `(images [B, 3, S, S], labels [B])`."""
    rng = torch.Generator().manual_seed(1)
    config = AugmentConfig(area=(0.6, 1.0), shift=0.1)
    for _ in range(steps):
        chosen = rows[torch.randint(len(rows), (batch,), generator=rng).numpy()]
        views = random_views(torch.from_numpy(np.stack([pixels[r] for r in chosen])), size, config, rng)
        images = normalize(views.round()).contiguous(memory_format=torch.channels_last)
        yield images, torch.from_numpy(labels[chosen])


def best_temperature(logits: np.ndarray, truth: np.ndarray, log_prior: np.ndarray) -> float:
    """The temperature with the least negative log likelihood for the data's prior (Guo et al., 2017)."""
    rows = np.arange(len(truth))

    def nll(temperature: float) -> float:
        return -np.log(softmax(logits / temperature + log_prior)[rows, truth]).mean()

    return float(minimize_scalar(nll, bounds=(0.3, 4.0), method="bounded").x)


def make_document(state: dict, val: Part, version: str) -> dict:
    """The metadata of the file, with what is chosen on the validation lesions."""
    config, log_prior = state["config"], state["log_prior"].double().numpy()
    temperature = best_temperature(val.logits, val.truth, log_prior)
    size = config["size"]
    document = DOCUMENT | {
        "version": version,
        "preprocessing": {
            "crop": config["crop"],
            "width": size,
            "height": size,
            "mean": list(PIXEL_MEAN),
            "std": list(PIXEL_STD),
            "filter": "triangle",
        },
        "log_prior": [round(float(v), 6) for v in log_prior],
        "temperature": round(temperature, 4),
        "training": {"recipe": config, "passes": state["passes_done"]},
    }
    return document | choose_sections(document, val)


def main() -> None:
    """Command line of the export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="+", help="folder of HAM10000, then those of other sources")
    parser.add_argument("--run", type=Path, required=True, help="folder of the training run")
    parser.add_argument("--out", type=Path, default=Path("model/lesion.tflite"))
    parser.add_argument("--version", default=DOCUMENT["version"])
    parser.add_argument("--size", type=int, help="input of the network in pixels, where not the recipe's")
    parser.add_argument("--ranges-from", type=int, default=512, help="training pictures that set the ranges")
    parser.add_argument("--tune-steps", type=int, default=0, help="steps of int8 fine-tuning")
    parser.add_argument("--batch", type=int, default=24)
    args = parser.parse_args()

    records = read_sources(args.data)
    rows = parts_of(records, read_split(SPLIT_FILE))
    labels = np.array([r.label for r in records])
    pixels = load_pixels(records, args.run)
    model, state = load_network(args.run / "last.pt")
    if state["labels"] != LABELS:
        parser.error("the checkpoint's labels are not those of training/lesion.json")
    if DOCUMENT["name"] != f"lentigo-{model.name}":
        parser.error(f"the run is of {model.name}, and training/lesion.json names the model {DOCUMENT['name']}")
    state["config"]["size"] = args.size or state["config"]["size"]
    size, crop, frozen = (state["config"][key] for key in ("size", "crop", "frozen"))

    fp32 = args.run / "lesion-fp32.tflite"
    export_float(model, size, fp32)

    rng = np.random.default_rng(0)
    chosen = np.sort(rng.choice(rows["train"], min(args.ranges_from, len(rows["train"])), replace=False))
    groups = np.array_split(chosen, max(1, len(chosen) // 32))
    ranges = quantize.collect_ranges(model, (network_input([pixels[r] for r in g], size, crop) for g in groups))
    tuned = model
    if args.tune_steps:
        rounded = quantize.fake_quantized(model, ranges).to(memory_format=torch.channels_last)
        batches = tuning_batches(pixels, rows["train"], labels, size, args.batch, args.tune_steps)
        teacher = copy.deepcopy(model).to(memory_format=torch.channels_last)
        quantize.tune(rounded, teacher, batches, state["log_prior"], args.tune_steps, frozen)
        tuned = quantize.float_weights(rounded, model)
    print("channels whose bias was brought into int32:", quantize.clamp_dead_channels(tuned, ranges))

    tuned_fp32 = args.run / "lesion-tuned-fp32.tflite"
    export_float(tuned, size, tuned_fp32)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    export_int8(tuned_fp32, INPUT_RANGE, ranges, args.out)
    float_last_layer(args.out, tuned.classifier.weight.detach().numpy(), tuned.classifier.bias.detach().numpy())
    own = [r for r in rows["val"] if records[r].source == "ham10000"]
    squares = [center_crop_resize(pixels[r], size, crop) for r in own]
    logits = run_litert(args.out, network_input(squares, size, 1.0))
    val = Part(logits, labels[own], np.array([records[r].lesion_id for r in own]), squares)
    set_metadata(args.out, make_document(state, val, args.version))
    print(f"{args.out}: {args.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
