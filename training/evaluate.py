"""Evaluate a model file through the engine: `model/report/` with report.md, figures.json and plots.

Writes the generated sections of the model card, too, with `--write-card`. Pictures and thresholds that
choose anything come from the part `val`; the part `test` is only reported on.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path

import numpy as np

from training import evaluate_figures as figures
from training import evaluate_plots as plots
from training import evaluate_report as report
from training import evaluate_trials as trials
from training.bootstrap import DRAWS, LEVEL, lesion_weights
from training.card import CARD, write_section
from training.data import SPLIT_FILE, DataError, Record, read_metadata, read_split
from training.document import of_kind, require_unseen
from training.engine import Engine, EngineError
from training.evaluate_answers import Answers, ask, files_of
from training.tflite_file import get_metadata

SEED = 0
SLOW = ("robustness", "views", "forms")  # the parts that --quick leaves out


def about(model: Path, document: dict, answers: Answers, part: str, draws: int) -> dict:
    """What was evaluated."""
    content = model.read_bytes()
    name = {key: document[key] for key in ("name", "version")}
    return {
        "model": name | {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()},
        "part": {"name": part}
        | figures.counts(answers)
        | {"malignant_share": float(answers.malignant.mean()), "malignant": figures.counts(answers, answers.malignant)},
        "bootstrap": {"draws": draws, "seed": SEED, "level": LEVEL},
    }


def recipe(document: dict, run: Path | None) -> dict:
    """How the network was trained, as the model file says, and how long it took where the run's folder is given."""
    log = run / "log.jsonl" if run else None
    lines = log.read_text(encoding="utf-8").splitlines() if log and log.is_file() else []
    seconds = sum(json.loads(line)["seconds"] for line in lines)
    told = document.get("training", {})
    sizes = {name: document["preprocessing"][name] for name in ("width", "height", "crop")}
    return {name: told.get(name) for name in ("recipe", "passes")} | sizes | {"hours": seconds / 3600 or None}


def from_answers(answers: Answers, chosen_on: Answers, document: dict, weights: np.ndarray) -> dict:
    """All that one answer a picture tells."""
    return {
        "headline": figures.headline(answers, weights),
        "classes": figures.classes(answers, weights),
        "confusion": figures.confusions(answers),
        "melanoma": figures.melanoma(answers, chosen_on, weights),
        "operating_points": figures.operating_points(answers, document, weights),
        "reliability": plots.reliability_bins(answers),
        "abstention": figures.abstention(answers),
        "abstain": figures.abstained(answers, document, weights),
        "sets": figures.sets(answers, document, weights),
        "not_a_lesion": figures.not_a_lesion(answers, document, weights),
        "quality": figures.quality(answers, document, weights),
        "groups": figures.groups(answers, document, weights),
        "failures": figures.failures(answers),
    }


def slow_parts(engine: Engine, document: dict, answers: Answers, weights: np.ndarray, args: argparse.Namespace) -> dict:
    """What takes most of the time: thousands of further answers."""
    logits = trials.logits_of_forms(engine.model, args.run, answers.records, document)
    return {
        "robustness": trials.robustness(engine, document, answers, args.corrupted, args.draws),
        "views": trials.views(engine, document, answers, weights),
        "forms": trials.forms(answers, logits, document, weights),
    }


def evaluate(engine: Engine, data: Path, split_file: Path, args: argparse.Namespace) -> tuple[dict, Answers]:
    """All figures as in figures.json, and the answers they come from."""
    whole, split = get_metadata(engine.model), read_split(split_file)
    require_unseen(whole, args.part)
    document = of_kind(whole, 0)
    records = read_metadata(data)

    def answers_of(part: str) -> Answers:
        chosen: list[Record] = [r for r in records if split.get(r.image_id) == part]
        if not chosen:
            raise DataError(f"{split_file}: no picture of the part {part!r} is in {data}")
        return ask(engine, whole, chosen, files_of(chosen))

    answers = answers_of(args.part)
    weights = lesion_weights(answers.lesions, args.draws, SEED)
    found = about(engine.model, document, answers, args.part, args.draws)
    found["training"] = recipe(document, args.run)
    found |= from_answers(answers, answers_of("val"), document, weights)
    found |= dict.fromkeys(SLOW) if args.quick else slow_parts(engine, document, answers, weights, args)
    found["random_split"] = trials.random_split(engine, document, records, split, args.draws)
    return figures.plain(found), answers


def card_sections(found: dict) -> dict[str, str]:
    """The sections of the model card that these figures fill; what was left out stays as it is in the card."""
    described = report.described(found)
    failed = {key: report.failures(rows[:10]) for key, rows in found["failures"].items()}
    sections = {
        "recipe": report.recipe(found),
        "headline": f"{described}\n\n{report.headline(found)}",
        "classes": f"{report.classes(found, 'data')}",
        "operating points": f"{report.points(found)}\n\n{report.melanoma(found)}",
        "sets": report.sets(found),
        "abstain": report.abstain(found),
        "marked": report.marked(found),
        "groups": report.by_group(found, ("sex", "age", "diagnosis by")),
        "robustness": report.robustness(found).replace("(robustness.svg)", "(report/robustness.svg)"),
        "views": report.views(found),
        "forms": report.forms_paired(found),
        "split": report.random_split(found),
        "failures": f"{report.mistaken(found)}\n\nSurest wrong answers:\n\n{failed['confident']}\n\n"
        f"Malignant lesions that looked least so:\n\n{failed['missed']}",
    }
    return {name: text for name, text in sections.items() if name not in SLOW or found[name] is not None}


def write(found: dict, answers: Answers, out: Path) -> None:
    """The report's folder."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "figures.json").write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (out / "report.md").write_text(report.report(found), encoding="utf-8")
    for name, drawing in plots.all_plots(found, answers).items():
        (out / f"{name}.svg").write_text(drawing, encoding="utf-8")


def main() -> None:
    """Command line of the evaluation."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder of HAM10000")
    parser.add_argument("--model", type=Path, default=Path("model/lesion.tflite"))
    parser.add_argument("--split", type=Path, default=SPLIT_FILE)
    parser.add_argument("--part", choices=("val", "test"), default="test")
    parser.add_argument("--run", type=Path, help="folder of the training run: evaluate PyTorch and fp32, too")
    parser.add_argument("--out", type=Path, default=Path("model/report"))
    parser.add_argument("--cache", type=Path, default=Path("build/eval"), help="where the engine's answers are kept")
    parser.add_argument("--draws", type=int, default=DRAWS, help="of the bootstrap")
    parser.add_argument("--corrupted", type=int, default=100, help="pictures of each class to corrupt")
    parser.add_argument("--quick", action="store_true", help=f"leave out {', '.join(SLOW)}")
    parser.add_argument("--write-card", type=Path, nargs="?", const=CARD, help=f"fill its sections, default {CARD}")
    args = parser.parse_args()
    engine = Engine(args.model, args.cache)
    try:
        found, answers = evaluate(engine, args.data, args.split, args)
    except (DataError, EngineError) as error:
        sys.exit(str(error))
    write(found, answers, args.out)
    for name, text in card_sections(found).items() if args.write_card else ():
        write_section(name, text, args.write_card)
    print(f"{report.described(found)}\n\n{report.headline(found)}\n\nmore in {args.out}/report.md")


if __name__ == "__main__":
    main()
