"""The model that ships, and by which of its kinds of picture it decides."""

from pathlib import Path

import numpy as np

from training.document import of_kind
from training.features import Picture, Reader
from training.kinds import KIND_ENTRY
from training.tflite_file import get_entry, get_metadata

MODEL = Path(__file__).resolve().parents[2] / "model/lesion.tflite"


def deciding(files: list[Path]) -> list[dict]:
    """For each picture the document of the kind that decides: the one whose score is the largest."""
    reader, document = Reader(MODEL), get_metadata(MODEL)
    scores = np.frombuffer(get_entry(MODEL, KIND_ENTRY), "<f4").reshape(len(document["kinds"]), -1).astype(np.float64)
    pooled = np.stack([reader.features(Picture(file))[0] for file in files])
    return [of_kind(document, int(k)) for k in (pooled @ scores[:, :-1].T + scores[:, -1]).argmax(1)]
