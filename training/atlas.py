"""The atlas of similar lesions for one model file, and how good it is.

    python -m training.atlas HAM10000 OTHERS --model model/lesion.tflite --out model/lesion.atlas --write

writes the file that `src/atlas.h` describes (there it is read and searched, too), and with `--write` the figures into
the report's folder (`similar.md`, `similar.json`).

- Candidates are training lesions of a known diagnosis, of each kind of picture by itself: one picture of what is tied
  together (a lesion, a patient, look-alikes). Thumbnails, pictures that are shown with the app, and those whose source
  does not state the diagnosis are none.
- A picture's place is its pooled features, projected to `DIMS` principal components of the candidates of all kinds,
  each kind counting alike. Of a place only its direction counts.
- Of each class and kind `--each` lesions are taken, or all where there are fewer: the medoids of as many clusters
  (k-medoids, Kaufman and Rousseeuw, 1987), so that they show what the class looks like in all its forms. Whether only
  lesions that the model gets right are candidates (`RULES`) is decided on validation lesions, by the share of
  neighbours with the right diagnosis, the classes counting alike.
- The figures are of test lesions, by the engine itself with the finished file: how many of the nearest six have the
  right diagnosis, and the AUC of a vote of the six beside that of the probabilities for equal priors.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import struct
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

import lentigo
from training import metrics
from training.bootstrap import estimate, lesion_weights
from training.crop import crop_resize
from training.data import LABELS, SPLIT_FILE, Record, read_split
from training.document import of_kind, require_unseen
from training.engine import Engine
from training.evaluate_answers import Answers, ask, files_of
from training.evaluate_figures import plain
from training.kinds import CACHE, Answered, Source, evened
from training.markdown import percent, ranged, table
from training.metrics import softmax
from training.sources import BY_NAME, NAMES, UNSTATED, groups_of, select
from training.tflite_file import get_metadata

MAGIC, VERSION = b"LNTGATLS", 1
DIMS = 64
EACH = 50  # lesions of a class and kind
NEIGHBOURS = 6  # LT_NEIGHBOURS
PIXELS = 160  # side of a picture
QUALITY = 75  # of WebP
LEARNED = 3000  # candidates of a kind that features are computed of
ROUNDS = 30  # of k-medoids
DRAWS = 1000
UNIT = 127  # the largest code
MOST_BYTES = 2_000_000

# What is tried: the name in the report, and whether only what the model gets right is a candidate.
RULES = (("medoids of all", False), ("medoids of those that the model gets right", True))

# How the sources say that a diagnosis was made, in one word each.
CONFIRMED = (("histo", "histopathology"), ("confocal", "confocal microscopy"), ("follow", "follow-up"))


class AtlasError(Exception):
    """No atlas can be made of what was given."""


# ---- which lesions ----


def candidates(records: list[Record], kind: str) -> list[Record]:
    """One picture of each group of tied ones of that kind, of known diagnosis."""
    known = [r for r in records if r.kind == kind and r.label >= 0 and not r.dx_type.startswith(UNSTATED)]
    return [min(group, key=lambda r: r.image_id) for group in groups_of(known)]


def medoids(places: np.ndarray, count: int, rounds: int = ROUNDS) -> np.ndarray:
    """Indices of the medoids of `count` clusters of unit vectors `[N, D]`, rising; all where there are no more."""
    if len(places) <= count:
        return np.arange(len(places))
    distance = np.maximum(2 - 2 * places @ places.T, 0)
    rng = np.random.default_rng(0)
    chosen = [int(distance.sum(1).argmin())]
    nearest = distance[chosen[0]].copy()
    while len(chosen) < count:  # far from those before, by chance (k-means++)
        chosen.append(int(rng.choice(len(places), p=nearest / nearest.sum())))
        nearest = np.minimum(nearest, distance[chosen[-1]])
    for _ in range(rounds):
        own = distance[:, chosen].argmin(1)
        members = [np.flatnonzero(own == c) for c in range(count)]
        moved = [int(m[distance[np.ix_(m, m)].sum(1).argmin()]) if len(m) else chosen[c] for c, m in enumerate(members)]
        if moved == chosen:
            break
        chosen = moved
    return np.sort(chosen)


@dataclass(frozen=True)
class Projection:
    """Projected = scales x (rows @ pooled) + offsets: rows `[D, C]` i8, scales and offsets `[D]` f32."""

    rows: np.ndarray
    scales: np.ndarray
    offsets: np.ndarray

    def places(self, pooled: np.ndarray) -> np.ndarray:
        """Unit vectors `[N, D]` of pooled features `[N, C]`."""
        projected = self.scales * (pooled.astype(np.float64) @ self.rows.T.astype(np.float64)) + self.offsets
        return projected / np.maximum(np.linalg.norm(projected, axis=1, keepdims=True), 1e-12)

    def codes(self, pooled: np.ndarray) -> np.ndarray:
        """The same directions as `[N, D]` i8."""
        places = self.places(pooled)
        return np.rint(UNIT * places / np.abs(places).max(1, keepdims=True)).astype(np.int8)


def principal(kinds: list[np.ndarray], dims: int) -> Projection:
    """The first components of pooled features `[N, C]`, one array a kind, each kind counting alike."""
    weights = np.concatenate([np.full(len(pooled), 1 / len(pooled) / len(kinds)) for pooled in kinds])
    pooled = np.concatenate(kinds).astype(np.float64)
    mean = weights @ pooled
    _, _, components = np.linalg.svd((pooled - mean) * np.sqrt(weights)[:, None], full_matrices=False)
    dims = min(dims, len(components))
    scales = (np.abs(components[:dims]).max(1) / UNIT).astype(np.float32)
    rows = np.rint(components[:dims] / scales[:, None]).astype(np.int8)
    offsets = -(scales * (rows.astype(np.float64) @ mean))
    return Projection(rows, scales, offsets.astype(np.float32))


@dataclass(frozen=True)
class Atlas:
    """The chosen lesions, in the order of the file: by kind, then by class."""

    projection: Projection
    records: list[Record]
    codes: np.ndarray  # [N, D] i8
    kinds: list[str]  # ids, as in the model file

    def nearest(self, pooled: np.ndarray, kind: str) -> np.ndarray:
        """Indices `[N, NEIGHBOURS]` of the nearest lesions of a kind, as the engine finds them."""
        own = np.array([i for i, r in enumerate(self.records) if r.kind == kind])
        codes = self.codes[own].astype(np.float64)
        cosine = self.projection.places(pooled) @ (codes / np.linalg.norm(codes, axis=1, keepdims=True)).T
        return own[np.argsort(-cosine, axis=1, kind="stable")[:, :NEIGHBOURS]]


def gets_right(answered: Answered, document: dict, kind: str) -> np.ndarray:
    """Which pictures the model's likeliest class for equal priors is right for, `[N]` bool."""
    shares = softmax(answered.features.logits / of_kind(document, kind)["temperature"])
    return shares.argmax(1) == np.array([r.label for r in answered.records])


def choose(learned: list[Answered], projection: Projection, document: dict, only_right: bool, each: int) -> Atlas:
    """The lesions by one of `RULES`; `learned` is one entry a kind, in the order of the model file."""
    records: list[Record] = []
    codes: list[np.ndarray] = []
    for answered in learned:
        kind = answered.records[0].kind
        labels = np.array([r.label for r in answered.records])
        allowed = gets_right(answered, document, kind) if only_right else np.full(len(labels), True)
        for label in np.unique(labels):
            own = np.flatnonzero((labels == label) & allowed)
            own = own[medoids(projection.places(answered.features.pooled[own]), each)]
            records += [answered.records[i] for i in own]
            codes.append(projection.codes(answered.features.pooled[own]))
    kinds = [answered.records[0].kind for answered in learned]
    return Atlas(projection, records, np.concatenate(codes), kinds)


def share_right(atlas: Atlas, seen: Answered, kind: str) -> float:
    """Share of neighbours with the right diagnosis, the classes counting alike."""
    labels, truth = np.array([r.label for r in atlas.records]), np.array([r.label for r in seen.records])
    right = (labels[atlas.nearest(seen.features.pooled, kind)] == truth[:, None]).mean(1)
    return float(np.mean([right[truth == c].mean() for c in np.unique(truth)]))


# ---- the file ----


def picture(record: Record, crop: float) -> bytes:
    """What the network sees of a picture, as WebP."""
    with Image.open(record.file) as image:
        square = crop_resize(image.convert("RGB"), PIXELS, PIXELS, crop)
    out = io.BytesIO()
    Image.fromarray(np.asarray(square)).save(out, "WEBP", quality=QUALITY, method=6)
    return out.getvalue()


def confirmed(record: Record) -> str:
    """How the diagnosis was made, in the words of `CONFIRMED` where they fit."""
    return next((name for start, name in CONFIRMED if record.dx_type.startswith(start)), record.dx_type)


def network_key(model: Path) -> int:
    """What the engine knows the network by."""
    return int(lentigo.Engine(model).model.network, 16)


def pack(atlas: Atlas, key: int, document: dict) -> bytes:
    """The file, as `src/atlas.h` describes it."""
    names = [name for name in NAMES if any(r.source == name for r in atlas.records)]
    texts = [document["name"], document["version"]]
    for name in names:
        source = BY_NAME[name]
        texts += [source.title, source.where, source.attribution, source.licence]
    for record in atlas.records:
        texts += [record.image_id, confirmed(record)]
    text = "".join(f"{one}\0" for one in texts).encode()
    pictures = [picture(r, document["preprocessing"]["crop"]) for r in atlas.records]
    projection = atlas.projection
    dims, channels = projection.rows.shape
    count, kinds = len(atlas.records), len(document.get("kinds", [None]))
    numbers = (channels, kinds, dims, count, len(names), PIXELS, len(text), sum(map(len, pictures)))
    return b"".join(
        (
            struct.pack("<8sIIQ8I", MAGIC, VERSION, len(LABELS), key, *numbers),
            projection.offsets.astype("<f4").tobytes(),
            projection.scales.astype("<f4").tobytes(),
            projection.rows.tobytes(),
            atlas.codes.tobytes(),
            bytes(r.label for r in atlas.records),
            bytes(atlas.kinds.index(r.kind) for r in atlas.records),
            bytes(names.index(r.source) for r in atlas.records),
            struct.pack(f"<{count}I", *map(len, pictures)),
            text,
            *pictures,
        )
    )


# ---- figures ----


def votes(answers: Answers) -> np.ndarray:
    """Share of each class among a picture's neighbours, `[N, C]`, as the engine found them."""
    named = [[n["label"] for n in said["similar"]] for said in answers.said]
    return np.array([[labels.count(label) / max(1, len(labels)) for label in LABELS] for labels in named])


def figures_of(answers: Answers, draws: int) -> dict:
    """Figures of a part's pictures, with intervals by lesion; equal priors."""
    truth, is_one = answers.truth, answers.malignant
    vote, weights = votes(answers), lesion_weights(answers.lesions, draws)
    right = vote[np.arange(len(truth)), truth]
    chance = np.bincount(truth, minlength=len(LABELS)) > 0

    def by_class(w: np.ndarray | None) -> np.ndarray:
        return metrics.nan_mean(metrics.per_class(len(LABELS), lambda c: metrics.mean(right, w, truth == c)))

    def ranked(shares: np.ndarray) -> np.ndarray:
        return shares[:, answers.malignant_classes].sum(1)

    both = {"vote": vote, "softmax": answers.uniform}
    found = {
        "pictures": len(truth),
        "lesions": len(set(answers.lesions)),
        "classes": int(chance.sum()),
        "right_neighbours": estimate(lambda w: metrics.mean(right, w), weights),
        "right_neighbours_by_class": estimate(by_class, weights),
        "any_right_neighbour": estimate(lambda w: metrics.mean(right > 0, w), weights),
        "of_class": {
            label: float(metrics.mean(right, None, truth == c)) for c, label in enumerate(LABELS) if chance[c]
        },
    }
    for name, shares in both.items():
        found[f"{name}_macro_auc"] = estimate(lambda w, s=shares: metrics.macro_auc(s, truth, w), weights)
        area = estimate(lambda w, s=shares: metrics.auc(ranked(s), is_one, w), weights)
        found[f"{name}_malignant_auc"] = area if len(set(is_one)) > 1 else None
    return plain(found)


def measure(engine: Engine, atlas: Path, records: list[Record], draws: int) -> dict[str, dict]:
    """{kind or source: figures} of records by the engine with the finished file."""
    document = get_metadata(engine.model)
    known = [r for r in records if r.label >= 0]
    answers = ask(engine, document, known, files_of(known), atlas=atlas)
    found = {}
    for what, names in (("kind", [r.kind for r in known]), ("source", [r.source for r in known])):
        for name in dict.fromkeys(names):
            found.setdefault(what, {})[name] = figures_of(answers.take(np.array(names) == name), draws)
    return found


ROWS = (
    ("pictures", "pictures", str),
    ("lesions", "lesions", str),
    ("neighbours with the right diagnosis", "right_neighbours", ranged),
    ("the same, the classes counting alike", "right_neighbours_by_class", ranged),
    ("at least one of six right", "any_right_neighbour", ranged),
    ("macro AUC of the vote of six", "vote_macro_auc", ranged),
    ("macro AUC of the probabilities", "softmax_macro_auc", ranged),
    ("AUC malignant or not, of the vote of six", "vote_malignant_auc", ranged),
    ("AUC malignant or not, of the probabilities", "softmax_malignant_auc", ranged),
)


def as_text(about: dict, found: dict) -> str:
    """The report in Markdown."""
    total = sum(sum(of.values()) for of in about["lesions"].values())
    counts = [[name, *(of.get(label, 0) for label in LABELS)] for name, of in about["lesions"].items()]
    tried = [[rule, *(percent(v) for v in shares.values())] for rule, shares in about["tried"].items()]
    kinds = list(found["kind"])
    rows = [[title, *(show(found["kind"][kind][key]) for kind in kinds)] for title, key, show in ROWS]
    by_class = [[k, *(percent(found["kind"][k]["of_class"].get(label)) for label in LABELS)] for k in kinds]
    sources = [
        [BY_NAME[name].title + (", close-ups" if BY_NAME[name].kind == "clinical" else ""), f["lesions"]]
        + [ranged(f[key]) for key in ("right_neighbours", "vote_malignant_auc", "softmax_malignant_auc")]
        for name, f in found["source"].items()
    ]
    head = ("source", "lesions", "right neighbours", "AUC malignant, vote", "AUC malignant, probabilities")
    return "\n\n".join(
        (
            "# Similar lesions",
            f"{total} training lesions in {about['bytes']:,} bytes, "
            f"SHA-256 {about['sha256']}, of the network of {about['model']['name']} {about['model']['version']}; "
            f"chosen as: {about['rule']}.",
            table(("lesions", *LABELS), counts),
            "Of validation lesions, share of neighbours with the right diagnosis, the classes counting alike:",
            table(("rule", *kinds), tried),
            f"Of {about['part']} lesions, by the engine, one view, equal priors; in brackets 95 % intervals by lesion:",
            table(("figure", *kinds), rows),
            "Share of neighbours with the right diagnosis, by class:",
            table(("kind", *LABELS), by_class),
            table(head, sources),
        )
    )


# ---- the command ----


def make(source: Source, each: int) -> tuple[Atlas, bytes, dict]:
    """The atlas, its file, and what the report says of how it was chosen."""
    document = get_metadata(source.model)
    parts = {name: source.part(name) for name in ("train", "val")}
    order = [k["id"] for k in document.get("kinds", [])] or sorted({r.kind for r in parts["train"]})[:1]
    learned = [source.answered(evened(candidates(parts["train"], kind), LEARNED)) for kind in order]
    seen = {kind: source.answered(evened(candidates(parts["val"], kind), LEARNED)) for kind in order}
    if any(not answered.records for answered in learned):
        raise AtlasError("a kind of picture has no training lesion of known diagnosis in these folders")
    projection = principal([answered.features.pooled for answered in learned], DIMS)
    made = {rule: choose(learned, projection, document, only, each) for rule, only in RULES}
    tried = {rule: {k: share_right(atlas, seen[k], k) for k in order} for rule, atlas in made.items()}
    rule = max(tried, key=lambda name: np.mean(list(tried[name].values())))
    atlas = made[rule]
    file = pack(atlas, network_key(source.model), document)
    if len(file) > MOST_BYTES:
        raise AtlasError(f"{len(file)} bytes, at most {MOST_BYTES} are wanted: take fewer of each class (--each)")
    lesions = {
        kind: {LABELS[c]: sum(r.label == c and r.kind == kind for r in atlas.records) for c in range(len(LABELS))}
        for kind in order
    }
    about = {"model": {key: document[key] for key in ("name", "version")}, "rule": rule, "tried": tried}
    return atlas, file, about | {"lesions": lesions, "bytes": len(file), "sha256": hashlib.sha256(file).hexdigest()}


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="+", help="folders of the data")
    parser.add_argument("--model", type=Path, default=Path("model/lesion.tflite"))
    parser.add_argument("--measured", type=Path, help="model file that the figures are of, with an atlas of its own")
    parser.add_argument("--out", type=Path, default=Path("model/lesion.atlas"))
    parser.add_argument("--split", type=Path, default=SPLIT_FILE)
    parser.add_argument("--cache", type=Path, default=CACHE, help="folder that keeps features between runs")
    parser.add_argument("--each", type=int, default=EACH, help="lesions of a class and kind")
    parser.add_argument("--part", choices=("val", "test"), default="test", help="that the figures are of")
    parser.add_argument("--draws", type=int, default=DRAWS, help="of the bootstrap")
    parser.add_argument("--report", type=Path, default=Path("model/report"))
    parser.add_argument("--write", action="store_true", help="the figures, into the report's folder")
    args = parser.parse_args()
    measured = args.measured or args.model
    require_unseen(get_metadata(measured), args.part)

    def write(model: Path, out: Path) -> tuple[Source, dict]:
        source = Source(args.data, model, args.split, args.cache)
        _, file, about = make(source, args.each)
        out.write_bytes(file)
        return source, about

    source, about = write(args.model, args.out)
    atlas = args.out
    if measured != args.model:
        atlas = Path(tempfile.mkdtemp()) / "measured.atlas"
        source, about = write(measured, atlas)
    engine = Engine(measured, args.cache.parent / "answers")
    about["part"] = args.part
    found = measure(engine, atlas, select(source.records, args.part, read_split(args.split)), args.draws)
    text = as_text(about, found)
    print(text)
    if args.write:
        args.report.mkdir(parents=True, exist_ok=True)
        (args.report / "similar.md").write_text(f"{text}\n", encoding="utf-8")
        both = plain(about) | {"figures": found}
        (args.report / "similar.json").write_text(json.dumps(both, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
