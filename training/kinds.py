"""Kinds of picture in one model file: which kind it is, whether it shows a lesion, and what decides for each.

    python -m training.kinds HAM10000 OTHERS --outliers FOLDER --model model/lesion.tflite

writes model format 2 into the file: its document, and the entries `lentigo.ood` and `lentigo.kind`. All is computed
from the file's own pooled features and logits.

- The kind is the largest of one linear score a kind, by logistic regression on training pictures as they are.
- The score for "not a lesion" (training.ood) is fitted against lesions of both kinds. Its threshold, one a kind, lets
  `PASSING` of the validation pictures of every source pass, and `PASSING_VARIED` of all in varied views.
- Each kind has a home: the source whose prior it states. Its temperature is that of the least negative log likelihood
  with each source's own prior, the sources counting alike.
- What else decides is chosen by training.decision on the validation lesions of all sources of the kind, but for those
  whose pictures are thumbnails.
"""

from __future__ import annotations

import argparse
import copy
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize_scalar

from training.data import LABELS, SPLIT_FILE, Record, read_split
from training.decision import Part, choose_sections
from training.document import of_kind, require_unseen
from training.features import Features, Picture, run_features
from training.metrics import softmax
from training.ood import CACHE
from training.ood import ENTRY as OOD_ENTRY
from training.ood_scores import Linear, fit_linear
from training.outliers import read_outliers
from training.quality import load_squares
from training.sources import BY_NAME, CLINICAL, DERMOSCOPIC, KINDS, SOURCES, read_sources, select
from training.tflite_file import get_metadata, set_entry, set_metadata

KIND_ENTRY = "lentigo.kind"
HOME = {DERMOSCOPIC: "ham10000", CLINICAL: "milk10k-clinical"}
TITLES = {DERMOSCOPIC: "Picture through a dermatoscope", CLINICAL: "Close-up without a dermatoscope"}
PASSING, PASSING_VARIED = 0.98, 0.90
STRENGTH = 0.1  # of both scores: inverse of the regularisation
FIT = 2500  # training pictures of each kind as they are, and as many in varied views
KEPT = ("name", "version", "licence", "labels", "preprocessing", "training")  # of the document, where it has them


@dataclass(frozen=True)
class Answered:
    """Records and what the file computes for them."""

    records: list[Record]
    features: Features

    def take(self, chosen: list[bool] | np.ndarray) -> Answered:
        """Those that are marked."""
        rows = np.flatnonzero(chosen)
        features = Features(self.features.pooled[rows], self.features.logits[rows])
        return Answered([self.records[i] for i in rows], features)

    def of_kind(self, kind: str) -> Answered:
        """Those of one kind."""
        return self.take([r.kind == kind for r in self.records])

    def of_source(self, name: str) -> Answered:
        """Those of one source."""
        return self.take([r.source == name for r in self.records])


def evened(records: list[Record], count: int) -> list[Record]:
    """Up to `count` pictures, sources and classes by the root of their counts, the same at each call."""
    order = np.random.default_rng(0).permutation(len(records))
    groups: dict[tuple[str, int], list[int]] = {}
    for i in order:
        groups.setdefault((records[i].source, records[i].label), []).append(int(i))
    keys = {i: (place + 0.5) / np.sqrt(len(own)) for own in groups.values() for place, i in enumerate(own)}
    return [records[i] for i in sorted(keys, key=keys.__getitem__)[:count]]


class Source:
    """Where pictures and features come from."""

    def __init__(self, folders: list[Path], model: Path, split: Path, cache: Path):
        self.model, self.cache, self.split = model, cache, read_split(split)
        self.records = [r for r in read_sources(folders) if not BY_NAME[r.source].thumbnails]

    def of(self, model: Path) -> Source:
        """The same pictures, and another file's features."""
        other = copy.copy(self)
        other.model = model
        return other

    def part(self, name: str) -> list[Record]:
        """The records of a part."""
        return select(self.records, name, self.split)

    def answered(self, records: list[Record], seeds: bool = False) -> Answered:
        """What the file computes for pictures as they are, or with `seeds` for varied views of them."""
        pictures = [Picture(r.file, i if seeds else None) for i, r in enumerate(records)]
        return Answered(records, run_features(self.model, pictures, self.cache))


def priors(records: list[Record]) -> dict[str, np.ndarray]:
    """Log prior `[C]` of each source."""
    found = {}
    for name in {r.source for r in records}:
        labels = [r.label for r in records if r.source == name and r.label >= 0]
        counts = np.bincount(labels, minlength=len(LABELS)) + 1e-3
        found[name] = np.log(counts / counts.sum())
    return found


def best_temperature(logits: np.ndarray, records: list[Record], log_priors: dict[str, np.ndarray]) -> float:
    """The temperature of least negative log likelihood (Guo et al., 2017), the sources counting alike."""
    truth, sources = np.array([r.label for r in records]), np.array([r.source for r in records])
    prior = np.stack([log_priors[name] for name in sources])

    def nll(temperature: float) -> float:
        shares = softmax(logits / temperature + prior)
        own = -np.log(np.maximum(shares[np.arange(len(truth)), truth], 1e-12))
        return float(np.mean([own[sources == name].mean() for name in np.unique(sources)]))

    return float(minimize_scalar(nll, bounds=(0.3, 4.0), method="bounded").x)


def fit_kinds(pictures: Answered) -> list[Linear]:
    """One score a kind from training pictures; with two kinds they are one regression, half to each side."""
    pooled = {k: pictures.of_kind(k).features.pooled for k in KINDS}
    told = fit_linear(pooled[DERMOSCOPIC], pooled[CLINICAL], STRENGTH)
    return [Linear(sign * told.weights / 2, sign * told.bias / 2) for sign in (-1.0, 1.0)]


def kind_of(scores: list[Linear], pooled: np.ndarray) -> np.ndarray:
    """Index of the kind of each picture, `[N]`."""
    return np.stack([score(pooled) for score in scores], 1).argmax(1)


def as_bytes(scores: list[Linear]) -> bytes:
    """Rows of weights and bias, f32 little-endian."""
    return np.stack([np.append(s.weights, s.bias) for s in scores]).astype("<f4").tobytes()


def ood_threshold(score: Linear, val: Answered, views: Answered) -> float:
    """The smallest threshold that lets enough of every source pass, and of the varied views."""
    sources = {r.source for r in val.records}
    clean = [float(np.quantile(score(val.of_source(s).features.pooled), PASSING)) for s in sources]
    return round(max(*clean, float(np.quantile(score(views.features.pooled), PASSING_VARIED))), 4)


def make_kind(kind: str, document: dict, val: Answered, log_priors: dict[str, np.ndarray]) -> dict:
    """The section of one kind, but for `ood`."""
    known = val.of_kind(kind)
    known = known.take([r.label >= 0 for r in known.records])
    records, logits = known.records, known.features.logits
    section = {
        "log_prior": [round(float(v), 6) for v in log_priors[HOME[kind]]],
        "temperature": round(best_temperature(logits, records, log_priors), 4),
    }
    wanted = document["preprocessing"]
    part = Part(
        logits,
        np.array([r.label for r in records]),
        np.array([r.lesion_id for r in records]),
        load_squares(records, wanted["width"], wanted["crop"]),
        np.array([r.source for r in records]),
    )
    return {"id": kind, "name": TITLES[kind]} | section | choose_sections(document | section, part, HOME[kind])


def attribution(records: list[Record]) -> str:
    """Whose pictures were learned from."""
    used = {r.source for r in records}
    return "Trained on: " + "; ".join(dict.fromkeys(s.attribution for s in SOURCES if s.name in used))


def carried_figures(document: dict, measured: Path) -> dict:
    """The document with the figures of another file, which has not learned from the test part, and its version."""
    theirs = get_metadata(measured)
    require_unseen(theirs, "test")
    kinds = [kind | {"figures": of_kind(theirs, kind["id"])["figures"]} for kind in document["kinds"]]
    return document | {"kinds": kinds, "figures_of": theirs["version"]}


@dataclass(frozen=True)
class Fit:
    """What is fitted to a file's features, and what it answers for the validation lesions."""

    told: list[Linear]  # one score a kind
    strange: Linear  # the score for "not a lesion"
    val: Answered
    views: Answered  # varied views of some of them


def fit(source: Source, outliers: Path) -> Fit:
    """Fit the scores on training pictures and the outliers for tuning."""
    learned = source.part("train")
    fit_on = [r for kind in KINDS for r in evened([x for x in learned if x.kind == kind], FIT)]
    clean, varied = source.answered(fit_on), source.answered(fit_on, seeds=True)
    val = source.answered(source.part("val"))
    seen = [r for kind in KINDS for r in evened([x for x in val.records if x.kind == kind], FIT)]
    rows = [row for row in read_outliers(outliers) if row.part == "tune"]
    strange = run_features(source.model, [Picture(outliers / row.file) for row in rows], source.cache)
    lesions = np.concatenate([clean.features.pooled, varied.features.pooled])
    score = fit_linear(lesions, strange.pooled, STRENGTH)
    return Fit(fit_kinds(clean), score, val, source.answered(seen, seeds=True))


def describe(source: Source, outliers: Path, measured: Path | None = None, decider: Path | None = None) -> dict:
    """Fit and choose all that the document of format 2 states; writes the entries into the file and returns it.

    `measured` is the file whose figures it carries, where it has learned from the test part itself. `decider` is one of
    the same recipe that has not learned from the validation part, where the file itself has: what decides is chosen by
    the answers of that one, which are those of a network for lesions that it does not know.
    """
    old = get_metadata(source.model)
    require_unseen(get_metadata(decider) if decider else old, "val")
    own = fit(source, outliers)
    deciding = fit(source.of(decider), outliers) if decider else own
    document = {"format": 2} | {name: old[name] for name in KEPT if name in old}
    learned = source.part("train")
    document["attribution"] = attribution(learned)
    if decider:
        document["training"] = document["training"] | {"decided_by": get_metadata(decider)["version"]}
    log_priors = priors(learned)
    val, views, score = deciding.val, deciding.views, deciding.strange
    document["kinds"] = [
        make_kind(kind, document, val, log_priors)
        | {"ood": {"score": "linear", "threshold": ood_threshold(score, val.of_kind(kind), views.of_kind(kind))}}
        for kind in KINDS
    ]
    if measured:
        document = carried_figures(document, measured)
    set_entry(source.model, OOD_ENTRY, as_bytes([own.strange]))
    set_entry(source.model, KIND_ENTRY, as_bytes(own.told))
    set_metadata(source.model, document)
    return document


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="+", help="folders of the data")
    parser.add_argument("--outliers", type=Path, required=True, help="folder that training.outliers made")
    parser.add_argument("--model", type=Path, default=Path("model/lesion.tflite"))
    parser.add_argument("--split", type=Path, default=SPLIT_FILE)
    parser.add_argument("--figures-of", type=Path, help="model file whose figures it carries, having none of its own")
    parser.add_argument(
        "--decided-by", type=Path, help="model file of the same recipe, where this one knows the validation lesions"
    )
    parser.add_argument("--cache", type=Path, default=CACHE, help="folder that keeps features between runs")
    args = parser.parse_args()
    source = Source(args.data, args.model, args.split, args.cache)
    document = describe(source, args.outliers, args.figures_of, args.decided_by)
    for kind in document["kinds"]:
        print(kind["id"], {name: kind[name] for name in ("temperature", "thresholds", "conformal", "quality", "ood")})


if __name__ == "__main__":
    main()
