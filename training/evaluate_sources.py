"""Figures by source and kind of picture, by the engine, beside those of another model file.

    python -m training.evaluate_sources HAM10000 OTHERS --outliers FOLDER --beside OLDER.tflite --write

prints tables (with `--outliers`, the folder that training.outliers made, of pictures that are no lesion, too), or
writes them: into the report's folder (`sources.md`, `sources.json`), the model card, and the `figures` of each kind in
the model file. `--part val` is for choosing, `test` for reporting.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from training import metrics
from training.bootstrap import estimate as estimated
from training.bootstrap import lesion_weights, share
from training.card import write_section
from training.data import LABELS, PARTS, SPLIT_FILE, Record, read_split
from training.document import of_kind, require_unseen
from training.engine import Engine
from training.evaluate_answers import Answers, ask, files_of
from training.evaluate_figures import AGES, plain
from training.kinds import CACHE, HOME, priors
from training.markdown import number, percent, ranged, table
from training.ood import EVERYDAY
from training.outliers import TEST_ONLY, read_outliers
from training.sources import BY_NAME, KINDS, NAMES, read_sources, select
from training.tflite_file import get_metadata, set_metadata

MEL = LABELS.index("mel")
DRAWS = 1000
SMALL = 30  # lesions; a group with fewer is marked


def own_prior(answers: Answers, document: dict, log_prior: np.ndarray) -> np.ndarray:
    """Probabilities `[N, C]` with a source's own prior instead of the file's."""
    documents = [of_kind(document, k) for k in range(len(document.get("kinds", [None])))]
    temperature = [d["temperature"] for d in documents]
    named = [d.get("id") for d in document.get("kinds", [])]
    at = [named.index(r.kind) if r.kind in named else 0 for r in answers.records]
    scaled = answers.logits.astype(np.float64) / np.array([temperature[i] for i in at])[:, None]
    return metrics.softmax(scaled + log_prior)


def covered(answers: Answers) -> np.ndarray:
    """Whether the truth is in the set that the engine gave, `[N]` bool."""
    return np.array([LABELS[t] in a["set"] for t, a in zip(answers.truth, answers.said, strict=True)])


def flag(answers: Answers, name: str) -> np.ndarray:
    """A true-or-false field of the engine's answers, `[N]` bool."""
    return np.array([bool(a[name]) for a in answers.said])


def faulted(answers: Answers) -> np.ndarray:
    """Whether the engine found any fault with the picture, `[N]` bool."""
    return np.array([bool(a["quality"]["faults"]) for a in answers.said])


def figures_of(answers: Answers, document: dict, log_prior: np.ndarray, draws: int) -> dict:
    """All figures of one source, with intervals by lesion. Pictures of none of the classes are not among them."""
    kind = answers.records[0].kind
    threshold = np.array([point_of(document, a, kind) for a in answers.said])
    weights = lesion_weights(answers.lesions, draws)
    truth, lesions, is_one = answers.truth, answers.lesions, answers.malignant
    said, everyone = answers.uniform.argmax(1), np.full(len(truth), True)
    own = own_prior(answers, document, log_prior)
    told = np.array([a.get("kind") == kind for a in answers.said])
    ranked = answers.malignant_sum
    marked = ranked >= threshold

    def rate(hit: np.ndarray, of: np.ndarray = everyone) -> object:
        return share(hit, of, lesions, weights) if of.any() else None

    figures = {
        "pictures": len(truth),
        "lesions": len(set(lesions)),
        "balanced_accuracy": estimated(lambda w: metrics.balanced_accuracy(said, truth, len(LABELS), w), weights),
        "accuracy": estimated(lambda w: metrics.mean(own.argmax(1) == truth, w), weights),
        "malignant_auc": estimated(lambda w: metrics.auc(ranked, is_one, w), weights) if len(set(is_one)) > 1 else None,
        "ece": float(metrics.ece(own, truth)),
        "marked_sensitivity": rate(marked, is_one),
        "marked_specificity": rate(~marked, ~is_one),
        "marked_melanoma": rate(marked, truth == MEL),
        "set_coverage": rate(covered(answers)),
        "set_size": float(np.mean([len(a["set"]) for a in answers.said])),
        "kind_told": rate(told) if "kinds" in document else None,
        "not_a_lesion": rate(flag(answers, "not_a_lesion")),
        "faulted": rate(faulted(answers)),
        "abstains": rate(flag(answers, "abstain")),
    }
    return plain(figures)


def point_of(document: dict, said: dict, kind: str) -> float:
    """The marked threshold on the malignant sum, of the kind that the engine told."""
    ids = [k["id"] for k in document.get("kinds", [])]
    told = said.get("kind")
    return of_kind(document, told if told in ids else kind)["thresholds"]["malignant"]


def by_class(answers: Answers) -> dict:
    """Sensitivity of each class for equal priors, and how many pictures."""
    said, truth = answers.uniform.argmax(1), answers.truth
    return {
        LABELS[c]: {"pictures": int((truth == c).sum()), "sensitivity": round(float((said[truth == c] == c).mean()), 4)}
        for c in np.unique(truth)
    }


def groups_of(record: Record) -> dict[str, str]:
    """The group a picture is in, by what it is grouped by."""
    age = next((name for low, high, name in AGES if record.age is not None and low <= record.age < high), "unknown")
    tone = "unknown" if record.skin_tone is None else f"{record.skin_tone} of 5"
    return {"skin tone (0 darkest)": tone, "age": age, "sex": record.sex, "site": record.site}


def by_group(answers: Answers, draws: int) -> dict:
    """AUC of the malignant sum in each group of a source, with the number of lesions."""
    found: dict[str, dict] = {}
    for what in groups_of(answers.records[0]):
        names = np.array([groups_of(r)[what] for r in answers.records])
        for name in sorted(set(names)):
            one = answers.take(names == name)
            if len(set(one.malignant)) > 1:
                area = estimated(
                    lambda w, o=one: metrics.auc(o.malignant_sum, o.malignant, w), lesion_weights(one.lesions, draws)
                )
                found.setdefault(what, {})[name] = plain({"lesions": len(set(one.lesions)), "malignant_auc": area})
    return found


def unnamed(answers: list[dict]) -> dict:
    """Of pictures of none of the classes: how many, and how often no class is named."""
    silent = [bool(a["abstain"] or a["not_a_lesion"]) for a in answers]
    return {"pictures": len(answers), "no_class_named": round(float(np.mean(silent)), 4)} if answers else {}


def failures(answers: Answers, count: int = 5) -> list[dict]:
    """The malignant lesions that looked least so, by the malignant sum."""
    ranked = answers.malignant_sum
    worst = [i for i in np.argsort(ranked, kind="stable") if answers.malignant[i]][:count]
    return [
        {
            "picture": answers.records[i].image_id,
            "truth": LABELS[answers.truth[i]],
            "said": LABELS[answers.data[i].argmax()],
            "malignant": round(float(ranked[i]), 4),
        }
        for i in worst
    ]


def measure(engine: Engine, records: list[Record], log_priors: dict[str, np.ndarray], draws: int) -> dict:
    """{source: figures} of all records by one model file."""
    document = get_metadata(engine.model)
    found: dict[str, dict] = {}
    for name in [n for n in NAMES if any(r.source == n for r in records)]:
        own = [r for r in records if r.source == name]
        known, none = [r for r in own if r.label >= 0], [r for r in own if r.label < 0]
        answers = ask(engine, document, known, files_of(known))
        found[name] = figures_of(answers, document, log_priors[name], draws) | {
            "classes": by_class(answers),
            "groups": by_group(answers, draws),
            "failures": failures(answers),
        }
        if none:
            found[name]["none_of_the_classes"] = unnamed(engine.ask(files_of(none)))
    return found


def outlier_figures(engine: Engine, folder: Path) -> dict:
    """{group: figures} of the outliers for testing: how many are told, and how many of those of everyday things."""
    rows = [row for row in read_outliers(folder) if row.part == "test"]
    told = np.array([bool(a["not_a_lesion"]) for a in engine.ask([folder / row.file for row in rows])])
    groups = np.array([row.group for row in rows])

    def figures(chosen: np.ndarray) -> dict:
        return {"pictures": int(chosen.sum()), "told": round(float(told[chosen].mean()), 4)}

    found = {"everyday, all": figures(np.isin(groups, EVERYDAY))}
    return found | {str(name): figures(groups == name) for name in np.unique(groups)}


def outlier_table(found: dict, beside: dict | None) -> str:
    """The share of outliers that are told, by group; the other file's behind a stroke."""
    rows = [
        [
            f"{name} *" if name in TEST_ONLY else name,
            str(f["pictures"]),
            percent(f["told"]) + (f" / {percent(beside[name]['told'])}" if beside else ""),
        ]
        for name, f in found.items()
    ]
    lines = table(["pictures that are no lesion", "pictures", "told"], rows)
    return lines + "\n\n\\* a whole kind on which nothing was chosen; of the others, pictures of other sources."


def of_whole_kind(found: dict, kind: str) -> dict:
    """Figures of a kind for the model file: those of its home, and of each of its sources."""
    short = ("pictures", "lesions", "balanced_accuracy", "accuracy", "malignant_auc", "set_coverage", "marked_melanoma")

    def plainly(figures: dict) -> dict:
        values = {k: figures[k]["value"] if isinstance(figures[k], dict) else figures[k] for k in short}
        return {k: v for k, v in values.items() if v is not None}

    sources = {
        name: plainly(f) | {"title": BY_NAME[name].title} for name, f in found.items() if BY_NAME[name].kind == kind
    }
    return {"part": "test", **plainly(found[HOME[kind]]), "sources": sources}


ROWS = (
    ("pictures", str),
    ("lesions", str),
    ("balanced_accuracy", ranged),
    ("accuracy", ranged),
    ("malignant_auc", ranged),
    ("ece", number),
    ("marked_sensitivity", ranged),
    ("marked_specificity", ranged),
    ("marked_melanoma", ranged),
    ("set_coverage", ranged),
    ("set_size", lambda v: number(v, 2)),
    ("kind_told", ranged),
    ("not_a_lesion", ranged),
    ("faulted", ranged),
    ("abstains", ranged),
)
TITLES = {
    "balanced_accuracy": "balanced accuracy, equal priors",
    "accuracy": "accuracy, the source's own prior",
    "malignant_auc": "AUC of the malignant sum",
    "ece": "ECE, the source's own prior",
    "marked_sensitivity": "malignant found at the threshold",
    "marked_specificity": "specificity at the threshold",
    "marked_melanoma": "melanomas found at the threshold",
    "set_coverage": "truth in the set of 90 %",
    "set_size": "kinds in the set, mean",
    "kind_told": "kind of picture told rightly",
    "not_a_lesion": 'taken for "not a lesion"',
    "faulted": "a fault found with the photo",
    "abstains": "no class named: not sure",
}


def as_table(found: dict, beside: dict | None, kind: str) -> str:
    """One table for the sources of a kind; the other file's values behind a stroke."""
    names = [n for n in found if BY_NAME[n].kind == kind]

    def cell(name: str, figure: str, show: object) -> str:
        own = show(found[name][figure])
        if not beside:
            return own
        other = beside[name][figure]
        if isinstance(other, dict):
            other = other["value"]
        return own if figure in ("pictures", "lesions") else f"{own} / {number(other, 3)}"

    rows = [[TITLES.get(figure, figure), *(cell(n, figure, show) for n in names)] for figure, show in ROWS]
    return table(["figure", *(BY_NAME[n].title for n in names)], rows)


def as_text(found: dict, beside: dict | None, older: str) -> str:
    """The report in Markdown."""
    behind = f" Behind the stroke: {older}." if beside else ""
    lines = [f"By the engine, one view; brackets are 95 % intervals by lesion.{behind}"]
    for kind, title in zip(KINDS, ("Through a dermatoscope", "Close-ups without a dermatoscope"), strict=True):
        lines += [f"\n### {title}\n", as_table(found, beside, kind)]
    lines.append("\n### By class: sensitivity for equal priors (pictures)\n")
    rows = []
    for name, figures in found.items():
        of = figures["classes"]
        shown = [f"{number(of[c]['sensitivity'])} ({of[c]['pictures']})" if c in of else "-" for c in LABELS]
        rows.append([BY_NAME[name].title + (", close-ups" if BY_NAME[name].kind == KINDS[1] else ""), *shown])
    lines += [table(["source", *LABELS], rows), "\n### By group: AUC of the malignant sum\n"]
    rows = [
        [BY_NAME[name].title, BY_NAME[name].kind, what, group, f["lesions"], ranged(f["malignant_auc"])]
        for name, figures in found.items()
        for what, groups in figures["groups"].items()
        for group, f in groups.items()
        if f["lesions"] >= SMALL
    ]
    lines.append(table(["source", "kind", "by", "group", "lesions", "AUC"], rows))
    for name, figures in found.items():
        if none := figures.get("none_of_the_classes"):
            lines.append(
                f"\nLesions of none of the classes, {BY_NAME[name].title}, {BY_NAME[name].kind}: {none['pictures']} "
                f"pictures; no class is named in {percent(none['no_class_named'])}."
            )
    lines.append("\n### Malignant lesions that looked least so\n")
    rows = [
        [BY_NAME[name].title, f["picture"], f["truth"], f["said"], number(f["malignant"])]
        for name, figures in found.items()
        for f in figures["failures"]
    ]
    lines.append(table(["source", "picture", "truth", "said", "malignant sum"], rows))
    return "\n".join(lines)


def pair(found: list[dict]) -> tuple[dict, dict | None]:
    """This file's figures and the other's, where there is one."""
    return found[0], found[1] if len(found) > 1 else None


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="+", help="folders of the data")
    parser.add_argument("--model", type=Path, default=Path("model/lesion.tflite"))
    parser.add_argument("--beside", type=Path, help="another model file, for the same pictures")
    parser.add_argument("--outliers", type=Path, help="folder that training.outliers made")
    parser.add_argument("--split", type=Path, default=SPLIT_FILE)
    parser.add_argument("--part", choices=PARTS, default="test")
    parser.add_argument("--draws", type=int, default=DRAWS)
    parser.add_argument("--out", type=Path, default=Path("model/report"))
    parser.add_argument("--write", action="store_true", help="into report, card and model file")
    args = parser.parse_args()

    records, split = [r for r in read_sources(args.data) if not BY_NAME[r.source].thumbnails], read_split(args.split)
    log_priors, chosen = priors(select(records, "train", split)), select(records, args.part, split)
    cache = CACHE.parent / "answers"
    models = [model for model in (args.model, args.beside) if model]
    for model in models:
        require_unseen(get_metadata(model), args.part)
    engines = [Engine(model, cache) for model in models]
    found, beside = pair([measure(engine, chosen, log_priors, args.draws) for engine in engines])
    older = "version " + get_metadata(args.beside)["version"] if args.beside else ""
    text = as_text(found, beside, older)
    strange = pair([outlier_figures(engine, args.outliers) for engine in engines]) if args.outliers else None
    if strange:
        text += f"\n\n### Pictures that are no lesion\n\n{outlier_table(*strange)}"
    print(text)
    if args.write:
        args.out.mkdir(parents=True, exist_ok=True)
        (args.out / "sources.md").write_text(f"# Figures by source\n\n{text}\n", encoding="utf-8")
        both = {"part": args.part, "figures": found, "beside": {older: beside} if beside else {}}
        if strange:
            both["no_lesion"] = {"figures": strange[0], "beside": {older: strange[1]} if beside else {}}
            write_section("not a lesion", outlier_table(*strange))
        (args.out / "sources.json").write_text(json.dumps(both, indent=1) + "\n", encoding="utf-8")
        write_section("sources", "\n\n".join(as_table(found, beside, kind) for kind in KINDS))
        document = get_metadata(args.model)
        for kind in document.get("kinds", []):
            kind["figures"] = of_whole_kind(found, kind["id"])
        set_metadata(args.model, document)


if __name__ == "__main__":
    main()
