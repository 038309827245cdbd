"""The paper's network on both splits: by Keras, and by the engine in fp32 and int8.

Converts what `training.paper.train` left in `--run`, classifies the test pictures with the engine
and, with `--write`, puts the table into README.md beside this file.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from pathlib import Path

import keras
import numpy as np

from training.convert import ENGINE, convert
from training.data import DOCUMENT, LABELS, Record, image_path
from training.engine import Engine
from training.metrics import summary
from training.paper.data import (
    CROP,
    HEIGHT,
    MEAN,
    SPLITS,
    STD,
    WIDTH,
    complete_records,
    load_small,
    parts_of,
    seen_share,
)
from training.paper.train import predict

README = Path(__file__).with_name("README.md")
MARKS = ("<!-- figures: made by training.paper.compare -->", "<!-- end of figures -->")
COLUMNS = {"accuracy": "accuracy", "nll": "loss", "balanced_accuracy": "balanced accuracy", "macro_auc": "macro AUC"}
KINDS = ("fp32", "int8")
CALIBRATION = 300  # training pictures that set the int8 ranges
ABOUT = {
    "random": "random, **leaking**",
    "lesion": "by lesion",
}


def model_labels() -> dict:
    """The labels' document under the name of this network."""
    return {key: DOCUMENT[key] for key in ("labels", "licence", "attribution")}


def convert_both(run: Path, split: str, shares: np.ndarray, calibrate: list[Path], engine: Path) -> dict[str, Path]:
    """The engine's files of a split's network, `{kind: path}`."""
    files = {kind: run / f"{split}-{kind}.tflite" for kind in KINDS}
    for kind, path in files.items():
        convert(
            run / f"{split}.h5",
            model_labels(),
            path,
            shares=shares.tolist(),
            mean=MEAN,
            std=STD,
            crop=CROP,
            calibrate=calibrate if kind == "int8" else None,
            engine=engine,
            name=f"paper-{split}-{kind}",
        )
    return files


def engine_pixels(imgfit: Path, files: list[Path]) -> np.ndarray:
    """What the engine itself makes of each photo, `[N, HEIGHT, WIDTH, 3]` u8."""
    command = [imgfit, "{file}", str(WIDTH), str(HEIGHT), str(CROP), "reduced"]
    rows = []
    for file in files:
        command[1] = file
        done = subprocess.run(command, capture_output=True, check=True)
        rows.append(np.frombuffer(done.stdout, np.uint8).reshape(HEIGHT, WIDTH, 3))
    return np.stack(rows)


def probabilities_of(answers: list[dict]) -> np.ndarray:
    """`[N, classes]` f64 as the command line prints them."""
    return np.array([[answer["probabilities"][label] for label in LABELS] for answer in answers])


def figures_of_split(args: argparse.Namespace, split: str, records: list[Record], pixels: np.ndarray) -> dict:
    """All figures of one split's network on that split's test part."""
    parts = parts_of(records, split)
    labels = np.array([r.label for r in records])
    paths = [image_path(args.data, r.image_id) for r in records]
    files, truth = [paths[i] for i in parts["test"]], labels[parts["test"]]
    counts = np.bincount(labels[parts["train"]], minlength=len(LABELS))
    log_prior = np.log(counts / counts.sum())
    calibrate = [paths[i] for i in parts["train"][:: len(parts["train"]) // CALIBRATION][:CALIBRATION]]
    models = convert_both(args.run, split, counts, calibrate, args.engine)
    network = keras.saving.load_model(args.run / f"{split}.h5", compile=False)

    rows = {"Keras": summary(np.log(predict(network, pixels[parts["test"]])) - log_prior, truth, log_prior)}
    answers = {kind: Engine(model).ask(files) for kind, model in models.items()}
    for kind, given in answers.items():
        rows[f"engine, {kind}"] = summary(np.array([a["logits"] for a in given]), truth, log_prior)
    same = predict(network, engine_pixels(args.imgfit, files[: args.exact]))
    apart = {k: np.abs(probabilities_of(a[: args.exact]) - same).max() for k, a in answers.items()}
    agree = {k: (probabilities_of(a[: args.exact]).argmax(1) == same.argmax(1)).mean() for k, a in answers.items()}
    return {
        "rows": rows,
        "pictures": len(files),
        "seen": seen_share(records, parts),
        "exact": len(same),
        "apart": {k: float(v) for k, v in apart.items()},
        "agree": {k: float(v) for k, v in agree.items()},
        "bytes": {k: m.stat().st_size for k, m in models.items()} | {"h5": (args.run / f"{split}.h5").stat().st_size},
        "ms": float(np.median([a["ms"]["infer"] for a in answers["int8"]])),
    }


def search_table(search: dict) -> str:
    """The trials of the search."""
    lines = ["| rate | channels | dropout | accuracy | loss |", "| ---: | --- | ---: | ---: | ---: |"]
    for trial in search["trials"]:
        chosen = all(trial[key] == search["chosen"][key] for key in ("rate", "widths", "dropout"))
        mark, widths = "**" if chosen else "", ", ".join(map(str, trial["widths"]))
        lines.append(
            f"| {mark}{trial['rate']:g}{mark} | {widths} | {trial['dropout']} | {trial['accuracy']:.4f} "
            f"| {mark}{trial['loss']:.4f}{mark} |"
        )
    return "\n".join(lines)


def report(found: dict[str, dict], search: dict) -> str:
    """Tables and notes in Markdown."""
    lines = ["| split | run by | " + " | ".join(COLUMNS.values()) + " |", "| --- | --- |" + " ---: |" * len(COLUMNS)]
    for split, figures in found.items():
        for name, row in figures["rows"].items():
            lines.append(f"| {ABOUT[split]} | {name} | " + " | ".join(f"{row[c]:.4f}" for c in COLUMNS) + " |")
    lines += ["", "Accuracy, loss and AUC with the data's prior, balanced accuracy with equal priors."]
    for split, figures in found.items():
        apart, agree = figures["apart"], figures["agree"]
        lines.append(
            f"- {ABOUT[split]}: {figures['pictures']} test pictures, {100 * figures['seen']:.1f} % of them of a lesion "
            f"that is in the training part. On the same pixels ({figures['exact']} pictures) the engine's "
            f"probabilities are at most {apart['fp32']:.1e} from those of Keras in fp32; in int8 at most "
            f"{apart['int8']:.2f}, with the same answer for {100 * agree['int8']:.1f} %."
        )
    sizes = next(iter(found.values()))["bytes"]
    lines += [
        "",
        f"Files: {sizes['h5']:,} bytes .h5, {sizes['fp32']:,} fp32, {sizes['int8']:,} int8.",
        "",
        f"The search, {search['trials'][0]['passes']} passes a trial, scores on the random split's validation part:",
        "",
        search_table(search),
    ]
    return "\n".join(lines)


def main() -> None:
    """Command line of the comparison."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder of HAM10000")
    parser.add_argument("--run", type=Path, required=True, help="folder of training.paper.train")
    parser.add_argument("--engine", type=Path, default=ENGINE)
    parser.add_argument("--imgfit", type=Path, default=Path("build/test/imgfit"))
    parser.add_argument("--exact", type=int, default=200, help="pictures compared on the same pixels")
    parser.add_argument("--write", action="store_true", help="into training/paper/README.md")
    args = parser.parse_args()
    records = complete_records(args.data)
    pixels = load_small(args.data, records, args.run)
    found = {split: figures_of_split(args, split, records, pixels) for split in SPLITS}
    text = report(found, json.loads((args.run / "search.json").read_text(encoding="utf-8")))
    print(text)
    if args.write:
        before, rest = README.read_text(encoding="utf-8").split(MARKS[0])
        README.write_text(f"{before}{MARKS[0]}\n{text}\n{MARKS[1]}{rest.split(MARKS[1])[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()
