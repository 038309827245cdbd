"""Does a network know the camera instead of the lesion?

    python -m training.shortcuts HAM10000 OTHERS --model model/lesion.tflite

On the validation lesions, by the file's pooled features and logits:

- how well a linear probe tells the source of a picture from its features, among pictures of one class (five folds by
  lesion, balanced accuracy; chance is one over the number of sources), and
- how often the answer for equal priors changes, and by how much the malignant sum moves, when what belongs to the
  camera changes: corners hidden, the frame cropped, colours moved.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from training.data import LABELS, SPLIT_FILE, Record
from training.features import Reader
from training.kinds import CACHE, Answered, Source
from training.markdown import number, table
from training.metrics import balanced_accuracy, softmax
from training.sources import DERMOSCOPIC
from training.tflite_file import get_metadata

FOLDS = 5
LEAST = 25  # pictures of a class that a source must have to be probed
PROBED = ("mel", "nv", "bkl", "bcc", "akiec")
Change = Callable[[np.ndarray], np.ndarray]


def corners_hidden(pixels: np.ndarray) -> np.ndarray:
    """Black outside of the largest circle of the centre square."""
    height, width = pixels.shape[:2]
    y, x = np.mgrid[:height, :width]
    outside = np.hypot(y - height / 2, x - width / 2) > min(height, width) / 2
    return np.where(outside[..., None], 0, pixels).astype(np.uint8)


def cropped(share: float) -> Change:
    """The middle `share` of each side."""

    def crop(pixels: np.ndarray) -> np.ndarray:
        height, width = pixels.shape[:2]
        top, left = round(height * (1 - share) / 2), round(width * (1 - share) / 2)
        return pixels[top : height - top, left : width - left]

    return crop


def lit(*gain: float) -> Change:
    """Each channel times its gain."""
    return lambda pixels: np.clip(pixels * np.array(gain), 0, 255).astype(np.uint8)


def greyer(pixels: np.ndarray) -> np.ndarray:
    """Half of the colour taken out."""
    return ((pixels + pixels.mean(2, keepdims=True)) / 2).astype(np.uint8)


CHANGES: dict[str, Change] = {
    "corners hidden": corners_hidden,
    "cropped to 0.9": cropped(0.9),
    "cropped to 0.75": cropped(0.75),
    "warmer light": lit(1.1, 1.0, 0.85),
    "cooler light": lit(0.88, 1.0, 1.1),
    "brighter": lit(1.15, 1.15, 1.15),
    "half of the colour": greyer,
}


def probe(features: np.ndarray, sources: np.ndarray, lesions: np.ndarray) -> float:
    """Balanced accuracy of a linear probe of the source; each fold is answered by one that has not seen its lesions."""
    names, truth = np.unique(sources, return_inverse=True)
    said = np.empty(len(truth), int)
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0)
    for learn, ask in folds.split(features, truth, lesions):
        model = make_pipeline(StandardScaler(), LogisticRegression(C=0.01, class_weight="balanced", max_iter=300))
        said[ask] = model.fit(features[learn], truth[learn]).predict(features[ask])
    return float(balanced_accuracy(said, truth, len(names)))


def probe_table(answered: Answered) -> str:
    """The probe within each class that several sources have."""
    own = answered.of_kind(DERMOSCOPIC)
    labels, sources = (np.array([getattr(r, f) for r in own.records]) for f in ("label", "source"))
    lesions, rows = np.array([r.lesion_id for r in own.records]), []
    for name in PROBED:
        of_class = labels == LABELS.index(name)
        enough = [s for s in np.unique(sources[of_class]) if (of_class & (sources == s)).sum() >= LEAST]
        if len(enough) > 1:
            chosen = of_class & np.isin(sources, enough)
            found = probe(own.features.pooled[chosen], sources[chosen], lesions[chosen])
            rows.append([name, ", ".join(enough), int(chosen.sum()), number(found), number(1 / len(enough))])
    return table(["class", "sources", "pictures", "source told", "chance"], rows)


def answers_of(reader: Reader, records: list[Record], change: Change | None) -> np.ndarray:
    """Probabilities `[N, C]` for equal priors of changed pictures."""
    logits = []
    for record in records:
        with Image.open(record.file) as image:
            pixels = np.asarray(image.convert("RGB"))
        _, answer = reader.feature_map(change(pixels) if change else pixels)
        logits.append(answer)
    return softmax(np.stack(logits))


def change_table(model: Path, records: list[Record]) -> str:
    """What each change does to the answers."""
    reader = Reader(model)
    malignant = np.array([label["malignant"] for label in get_metadata(model)["labels"]])
    plain, rows = answers_of(reader, records, None), []
    for name, change in CHANGES.items():
        moved = answers_of(reader, records, change)
        other = (moved.argmax(1) != plain.argmax(1)).mean()
        rows.append([name, number(other), number(np.abs((moved - plain)[:, malignant].sum(1)).mean())])
    return table(["change", "another class", "malignant sum moves by"], rows)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="+", help="folders of the data")
    parser.add_argument("--model", type=Path, default=Path("model/lesion.tflite"))
    parser.add_argument("--split", type=Path, default=SPLIT_FILE)
    parser.add_argument("--changed", type=int, default=60, help="pictures of each source that are changed")
    args = parser.parse_args()
    source = Source(args.data, args.model, args.split, CACHE)
    answered = source.answered(source.part("val"))
    print(probe_table(answered))
    names = sorted({r.source for r in answered.records})
    some = [r for name in names for r in [x for x in answered.records if x.source == name][: args.changed]]
    print("\n" + change_table(args.model, some))


if __name__ == "__main__":
    main()
