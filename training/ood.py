"""The score for "not a lesion": fitted, put into a model file and measured.

`python -m training.ood DATA --outliers FOLDER --model FILE` (the folder: `training.outliers`).
The score is a weighted sum of the pooled features plus a bias, larger where a picture is stranger
(`training.ood_scores` says what else was tried). Its weights are fitted on training lesions, half
of them in views of `training.varied`, against the outliers for tuning. The threshold lets
`PASSING` of the validation lesions in such views pass: a clean picture then passes more often.
Weights and bias go into the entry `lentigo.ood`, `[C + 1]` f32 little-endian, the threshold into
the section `ood` of the entry `lentigo`. Held-out lesions, outliers for testing and whole kinds of
outliers that nothing was chosen on are used for the figures printed at the end, and only there.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

from training.data import LABELS, SPLIT_FILE, Record, part_records
from training.features import Features, Picture, run_features
from training.ood_scores import CONTRASTS, DISTANCES, Linear, fit_linear
from training.outliers import Outlier, read_outliers
from training.tflite_file import get_metadata, set_entry, set_metadata

ENTRY = "lentigo.ood"
PASSING = 0.95
EVERYDAY = ("photo", "object", "abstract", "texture", "clipart", "text", "screen", "noise", "pattern", "blank")
CACHE = Path(os.environ.get("LENTIGO_CACHE") or Path.home() / ".cache/lentigo") / "features"


@dataclass(frozen=True)
class Lesions:
    """Features of lesions as they are and in varied views, and what they show."""

    clean: Features
    varied: Features
    clean_records: list[Record]
    varied_records: list[Record]


class Source:
    """Where features come from: the data, the outliers, the model file and the cache."""

    def __init__(self, data: Path, outliers: Path, model: Path, split: Path = SPLIT_FILE, cache: Path = CACHE):
        self.data, self.folder, self.model, self.split, self.cache = data, outliers, model, split, cache

    def run(self, pictures: list[Picture]) -> Features:
        """Features of the pictures."""
        return run_features(self.model, pictures, self.cache)

    def lesions(self, part: str, clean: int | None, views: int, evened: bool = False) -> Lesions:
        """Up to `clean` pictures of a part as they are, and `views` others (where there are enough) in varied views.

        With `evened` the classes come by the root of their counts; the pictures of the rare ones are in both.
        """
        records = part_records(self.data, part, self.split)
        order = np.random.default_rng(0).permutation(len(records))
        if evened:
            order = order[by_root(np.array([records[i].label for i in order]))]
        plain = [records[i] for i in (order if clean is None else order[:clean])]
        seen = [records[i] for i in (order if evened else order[::-1])[:views]]
        files = [r.file for r in seen]
        return Lesions(
            self.run([Picture(r.file) for r in plain]),
            self.run([Picture(file, seed) for seed, file in enumerate(files)]),
            plain,
            seen,
        )

    def outliers(self, part: str) -> tuple[list[Outlier], Features]:
        """The outliers of a part and their features."""
        rows = [row for row in read_outliers(self.folder) if row.part == part]
        return rows, self.run([Picture(self.folder / row.file) for row in rows])


def by_root(labels: np.ndarray) -> np.ndarray:
    """Positions in `labels`, every beginning of which has each class by the root of its count, as long as it lasts."""
    key = np.empty(len(labels))
    for label in np.unique(labels):
        own = labels == label
        key[own] = (np.arange(own.sum()) + 0.5) / np.sqrt(own.sum())
    return np.argsort(key, kind="stable")


def auroc(inside: np.ndarray, outside: np.ndarray) -> float:
    """Probability that an outlier scores above a lesion."""
    truth = np.repeat([0, 1], [len(inside), len(outside)])
    return float(roc_auc_score(truth, np.concatenate([inside, outside])))


def compare(fit: Lesions, val: Lesions, rows: list[Outlier], tune: Features) -> list[str]:
    """The candidates as lines of Markdown: each kind of outliers by a score fitted on the other kinds only."""
    kinds = np.array([row.group for row in rows])
    lesions = np.concatenate([fit.clean.pooled, fit.varied.pooled])
    labels = np.array([r.label for r in fit.clean_records + fit.varied_records])
    lines = [
        f"| score | {' | '.join(np.unique(kinds))} | mean | varied lesions | flagged, 95 % of lesions pass "
        f"| flagged, 95 % of varied lesions pass |",
        "| --- |" + " ---: |" * (len(np.unique(kinds)) + 4),
    ]
    for name, candidate in (DISTANCES | CONTRASTS).items():
        figures, score = [], None
        for kind in np.unique(kinds):
            own = kinds == kind
            if score is None or name in CONTRASTS:
                score = candidate(lesions, labels, tune.pooled[~own])
            clean, views = (score(f.pooled, f.logits) for f in (val.clean, val.varied))
            out = score(tune.pooled[own], tune.logits[own])
            flagged = [(out > np.quantile(inside, PASSING)).mean() for inside in (clean, views)]
            figures.append([auroc(clean, out), auroc(views, out), *flagged])
        table = np.array(figures)
        means = table.mean(0)
        own = " | ".join(f"{v:.3f}" for v in table[:, 0])
        lines.append(f"| {name} | {own} | {means[0]:.4f} | {means[1]:.4f} | {means[2]:.1%} | {means[3]:.1%} |")
    return lines


def write(model: Path, score: Linear, threshold: float) -> None:
    """Put weights, bias and threshold into the file."""
    values = np.append(score.weights, score.bias).astype("<f4")
    set_entry(model, ENTRY, values.tobytes())
    document = get_metadata(model)
    document["ood"] = {"score": "linear", "threshold": round(threshold, 4)}
    set_metadata(model, document)


def lesion_figures(test: Lesions, score: Linear, threshold: float) -> dict:
    """What becomes of held-out lesions."""
    clean, views = score(test.clean.pooled), score(test.varied.pooled)
    labels = np.array([r.label for r in test.clean_records])
    lesions: dict[str, list[bool]] = {}
    for record, value in zip(test.clean_records, clean, strict=True):
        lesions.setdefault(record.lesion_id, []).append(bool(value <= threshold))
    return {
        "pictures": len(clean),
        "lesions": len(lesions),
        "pass": float((clean <= threshold).mean()),
        "pass_by_lesion": float(np.mean([np.mean(v) for v in lesions.values()])),
        "pass_by_class": {
            LABELS[c]: float((clean[labels == c] <= threshold).mean())
            for c in range(len(LABELS))
            if (labels == c).any()
        },
        "varied_pictures": len(views),
        "varied_pass": float((views <= threshold).mean()),
    }


def group_figures(test: Lesions, rows: list[Outlier], out: Features, score: Linear, threshold: float) -> dict:
    """For each kind of outliers: how many, AUROC and shares flagged by two thresholds."""
    clean, values = score(test.clean.pooled), score(out.pooled)
    strict = float(np.quantile(clean, PASSING))
    kinds = np.array([row.group for row in rows])

    def figures(chosen: np.ndarray) -> dict:
        sources = {row.source for row, one in zip(rows, chosen, strict=True) if one}
        return {
            "pictures": int(chosen.sum()),
            "sources": len(sources),
            "auroc": auroc(clean, values[chosen]),
            "flagged": float((values[chosen] > threshold).mean()),
            "flagged_where_95_percent_pass": float((values[chosen] > strict).mean()),
        }

    everyday = np.isin(kinds, EVERYDAY)
    table = {"everyday, all": figures(everyday)}
    return table | {
        kind: figures(kinds == kind) for kind in (*EVERYDAY, *sorted({*kinds} - {*EVERYDAY})) if kind in kinds
    }


def markdown(figures: dict, unseen: set[str]) -> str:
    """The figures as a table with a sentence on the lesions."""
    lines = [
        "| pictures that are no lesion | sources | pictures | AUROC | flagged | flagged where 95 % of lesions pass |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for kind, f in figures["outliers"].items():
        mark = " *" if kind in unseen else ""
        lines.append(
            f"| {kind}{mark} | {f['sources']} | {f['pictures']} | {f['auroc']:.4f} | {f['flagged']:.1%} "
            f"| {f['flagged_where_95_percent_pass']:.1%} |"
        )
    seen = figures["lesions"]
    classes = ", ".join(f"{name} {share:.1%}" for name, share in seen["pass_by_class"].items())
    return "\n".join(lines) + (
        f"\n\n\\* a whole kind on which nothing was chosen; of the others, pictures whose source was not used. "
        f"Of {seen['pictures']} held-out pictures of {seen['lesions']} lesions {seen['pass']:.1%} pass "
        f"({classes}); of {seen['varied_pictures']} views of them in other light, cut, blurred or stored worse, "
        f"{seen['varied_pass']:.1%}."
    )


def main() -> None:
    """Fit, write, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder of HAM10000")
    parser.add_argument("--outliers", type=Path, required=True, help="folder that training.outliers made")
    parser.add_argument("--model", type=Path, default=Path("model/lesion.tflite"))
    parser.add_argument("--split", type=Path, default=SPLIT_FILE)
    parser.add_argument("--cache", type=Path, default=CACHE, help="folder that keeps features between runs")
    parser.add_argument("--fit", type=int, default=1250, help="training pictures as they are, and as many varied ones")
    parser.add_argument("--compare", action="store_true", help="only print the table of candidate scores")
    parser.add_argument("--json", type=Path, help="write the figures there, too")
    args = parser.parse_args()

    source = Source(args.data, args.outliers, args.model, args.split, args.cache)
    fit = source.lesions("train", args.fit, args.fit, evened=True)
    val = source.lesions("val", None, args.fit)
    rows, tune = source.outliers("tune")
    if args.compare:
        print("\n".join(compare(fit, val, rows, tune)))
        return
    print("outliers for tuning:", dict(Counter(row.group for row in rows)), file=sys.stderr)
    score = fit_linear(np.concatenate([fit.clean.pooled, fit.varied.pooled]), tune.pooled)
    threshold = float(np.quantile(score(val.varied.pooled), PASSING))
    write(args.model, score, threshold)

    test = source.lesions("test", None, args.fit // 2)
    test_rows, out = source.outliers("test")
    figures = {
        "threshold": threshold,
        "lesions": lesion_figures(test, score, threshold),
        "outliers": group_figures(test, test_rows, out, score, threshold),
    }
    print(markdown(figures, {row.group for row in test_rows} - {row.group for row in rows}))
    text = json.dumps(figures, indent=1)
    print("\n" + text)
    if args.json:
        args.json.write_text(text + "\n")


if __name__ == "__main__":
    main()
