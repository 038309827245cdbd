"""What needs more than one answer a picture: corruptions, views, other ways of running the network, another split."""

from __future__ import annotations

import os
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image
from sklearn.model_selection import train_test_split
from tqdm import tqdm

from training import metrics
from training.bootstrap import Estimate, estimate, lesion_weights, share
from training.compare import load_pictures, run_torch
from training.corruptions import CORRUPTIONS, Corruption
from training.data import LABELS, PARTS, Record
from training.engine import Engine
from training.evaluate_answers import Answers, ask, files_of, from_logits
from training.evaluate_figures import HEADLINE, counts, difference, headline, marks
from training.preprocess import network_input
from training.tflite_file import get_metadata, run_litert

SEED = 0
VIEWS = (1, 4, 8)
FORM_FIGURES = ("accuracy", "balanced_accuracy", "macro_auc", "melanoma_sensitivity_uniform", "nll", "ece")


# ---- corruptions ----


def balanced_sample(answers: Answers, of_class: int, seed: int = SEED) -> np.ndarray:
    """Rows of whole lesions, drawn until each class has that many pictures or no more are there."""
    rng, rows = np.random.default_rng(seed), set()
    for c in range(len(LABELS)):
        lesions = np.unique(answers.lesions[answers.truth == c])
        rng.shuffle(lesions)
        taken = 0
        for lesion in lesions:
            if taken >= of_class:
                break
            found = np.flatnonzero(answers.lesions == lesion)
            rows.update(found.tolist())
            taken += len(found)
    return np.array(sorted(rows))


def write_corrupted(records: list[Record], kind: Corruption, strength: float, folder: Path) -> list[Path]:
    """The pictures after that corruption, as PNG."""
    files = []
    for record in records:
        with Image.open(record.file) as image:
            pixels = kind.apply(np.asarray(image.convert("RGB")), strength, record.image_id)
        files.append(folder / f"{record.image_id}.png")
        Image.fromarray(pixels).save(files[-1], compress_level=1)
    return files


def marked_shares(answers: Answers, document: dict) -> dict[str, float]:
    """Share of the pictures that each check marks."""
    return {name: float(marked.mean()) for name, marked in marks(answers, document).items()}


def robustness(engine: Engine, document: dict, clean: Answers, of_class: int, draws: int) -> dict:
    """Balanced accuracy (equal priors) of a sample with the classes evened out, as stored and after each corruption.

    The interval of a drop is paired: the same lesions with and without the corruption.
    """
    base = clean.take(balanced_sample(clean, of_class))
    weights = lesion_weights(base.lesions, draws)
    figure = HEADLINE["balanced_accuracy"]

    def trial(kind: Corruption, strength: float) -> dict:
        with tempfile.TemporaryDirectory() as folder:
            files = write_corrupted(base.records, kind, strength, Path(folder))
            spoilt = ask(engine, get_metadata(engine.model), base.records, files, jobs=1)
        return {
            "name": kind.name,
            "unit": kind.unit,
            "strength": float(strength),
            "balanced_accuracy": float(figure(spoilt, None)),
            "drop": estimate(lambda w: figure(base, w) - figure(spoilt, w), weights),
            "malignant_auc": float(HEADLINE["malignant_auc"](spoilt, None)),
            "marked": marked_shares(spoilt, document),
        }

    planned = [(kind, strength) for kind in CORRUPTIONS for strength in kind.strengths]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        rows = list(tqdm(pool.map(lambda p: trial(*p), planned), desc="corruptions", total=len(planned)))
    return counts(base) | {
        "balanced_accuracy": estimate(lambda w: figure(base, w), weights),
        "malignant_auc": float(HEADLINE["malignant_auc"](base, None)),
        "marked": marked_shares(base, document),
        "trials": rows,
    }


# ---- views ----


def square(document: dict) -> bool:
    """Whether the network's input is; an oblong one cannot be looked at in quarter turns."""
    return document["preprocessing"]["width"] == document["preprocessing"]["height"]


def processor_time(engine: Engine, files: list[Path], number: int) -> float:
    """Milliseconds of processor time a photo with so many views, the engine's start shared among them."""
    before = time.process_time()
    Engine(engine.model).ask(files, jobs=1, views=number)
    return 1000 * (time.process_time() - before) / len(files)


def views(engine: Engine, document: dict, one: Answers, weights: np.ndarray, timed: int = 60) -> list[dict] | None:
    """The headline with one view and the mean of 4 and 8, and what they cost; None where the engine looks once."""
    if one.field("views") is None:
        return None
    files, rows = files_of(one.records), []
    for number in VIEWS if square(document) else VIEWS[:2]:
        answers = ask(engine, get_metadata(engine.model), one.records, files, views=number) if number > 1 else one
        rows.append(
            {
                "views": number,
                "ms": round(processor_time(engine, files[:timed], number), 1),
                "figures": headline(answers, weights),
                "gain": difference(answers, one, weights),
            }
        )
    return rows


# ---- other ways of running it ----


def logits_of_forms(model: Path, run: Path | None, records: list[Record], document: dict) -> dict:
    """Logits `[N, C]` by name: LiteRT on the int8 file, and where a run's folder is given its fp32 file and PyTorch.

    The reference of the image path knows square inputs only; for others there is nothing to compare with.
    """
    if not square(document):
        return {}
    ways = {"int8 .tflite, LiteRT": lambda images: run_litert(model, images)}
    if run is not None:
        ways["fp32 .tflite, LiteRT"] = lambda images: run_litert(run / "lesion-fp32.tflite", images)
        ways["PyTorch"] = lambda images: run_torch(run / "last.pt", images)
    found: dict[str, list[np.ndarray]] = {name: [] for name in ways}
    size, crop = document["preprocessing"]["width"], document["preprocessing"]["crop"]
    for first in range(0, len(records), 250):
        images = network_input(load_pictures(records[first : first + 250]), size, crop)
        for name, way in ways.items():
            found[name].append(way(images))
    return {name: np.concatenate(parts) for name, parts in found.items()}


def forms(ours: Answers, logits: dict[str, np.ndarray], document: dict, weights: np.ndarray) -> list[dict]:
    """The headline in short for each way, and the engine's figures less theirs, paired."""
    rows = []
    for name, found in {"int8 .tflite, Lentigo": ours.logits, **logits}.items():
        theirs = from_logits(ours.records, found, document)
        less = difference(ours, theirs, weights)
        rows.append(
            {
                "name": name,
                "figures": {key: float(HEADLINE[key](theirs, None)) for key in FORM_FIGURES},
                "engine_less_this": {key: less[key] for key in FORM_FIGURES},
                "same_answer": float((ours.data.argmax(1) == theirs.data.argmax(1)).mean()),
            }
        )
    return rows


# ---- the paper's random split ----


def split_by_picture(records: list[Record], seed: int = SEED) -> tuple[list[Record], list[Record], list[Record]]:
    """Training, validation and test pictures drawn at random, 64/16/20, as the paper did: lesions fall apart.

    The records that lack an age, as the paper's 57, are left out.
    """
    known = [r for r in records if r.age is not None]
    rest, test = train_test_split(known, test_size=0.2, random_state=seed)
    train, val = train_test_split(rest, test_size=0.2, random_state=seed)
    return train, val, test


def shared_lesions(records: list[Record], others: list[Record]) -> dict[str, float]:
    """Share of the records whose lesion is also among the others: of all, and of the melanomas."""
    seen = {r.lesion_id for r in others}
    known = np.array([r.lesion_id in seen for r in records])
    melanoma = np.array([LABELS[r.label] == "mel" for r in records])
    return {"all": float(known.mean()), "melanoma": float(metrics.mean(known, None, melanoma))}


def random_split(engine: Engine, document: dict, records: list[Record], split: dict[str, str], draws: int) -> dict:
    """The random split's test pictures, by which part of our split by lesion they belong to.

    The shipped network never trained on the random split. Most of its test pictures are pictures that
    network learned from, so the figure over all of them is leaking, more than the protocol itself does.
    """
    train, _, test = split_by_picture(records)
    answers = ask(engine, get_metadata(engine.model), test, files_of(test))
    part_of = np.array([split.get(r.image_id, "none") for r in test])

    def figures(of: np.ndarray) -> dict:
        part = answers.take(of)
        weights = lesion_weights(part.lesions, draws)
        accuracy = share(part.data.argmax(1) == part.truth, np.ones(len(part.records), bool), part.lesions, weights)
        balanced: Estimate = estimate(lambda w: HEADLINE["balanced_accuracy"](part, w), weights)
        area = estimate(lambda w: HEADLINE["macro_auc"](part, w), weights)
        return counts(part) | {"accuracy": accuracy, "balanced_accuracy": balanced, "macro_auc": area}

    present = [name for name in (*PARTS, "none") if (part_of == name).any()]
    ours_trained = [r for r in records if split.get(r.image_id) == "train"]
    return {
        "protocol_shares_lesions": shared_lesions(test, train),
        "ours_trained_on": shared_lesions(test, ours_trained),
        "all": figures(np.ones(len(test), bool)),
        "parts": {name: figures(part_of == name) for name in present},
    }
