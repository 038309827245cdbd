"""The report in Markdown, from nothing but what is in figures.json: a function a section."""

from __future__ import annotations

import json
from collections.abc import Iterable

from training.data import LABELS
from training.markdown import number, percent, ranged, signed, table

# Name in figures.json, what a reader calls it.
HEADLINE_NAMES = (
    ("accuracy", "accuracy, prior of the data"),
    ("balanced_accuracy", "balanced accuracy, equal priors"),
    ("balanced_accuracy_data", "balanced accuracy, prior of the data"),
    ("accuracy_uniform", "accuracy, equal priors"),
    ("macro_auc", "macro AUC, prior of the data"),
    ("macro_auc_uniform", "macro AUC, equal priors"),
    ("top_2", "truth among the two likeliest"),
    ("top_3", "truth among the three likeliest"),
    ("malignant_auc", "AUC of the malignant sum"),
    ("melanoma_sensitivity", "melanoma called melanoma, prior of the data"),
    ("melanoma_sensitivity_uniform", "melanoma called melanoma, equal priors"),
    ("melanoma_at_specificity", "sensitivity for melanoma at specificity 0.80"),
    ("nll", "negative log likelihood"),
    ("brier", "Brier score (0 to 2)"),
    ("ece", "expected calibration error, 15 bins of equal width"),
    ("ece_equal_mass", "expected calibration error, 15 bins of equal mass"),
)
PRIORS = (("data", "prior of the data"), ("uniform", "equal priors"))
SOME = 15  # malignant lesions of a group that is compared
SMALL_MARK = " †"


def headline(figures: dict) -> str:
    """The headline figures."""
    rows = [(name, ranged(figures["headline"][key])) for key, name in HEADLINE_NAMES]
    return f"{table(('figure', 'value (95 % interval)'), rows)}\n\n{ECE_NOTE}"


def classes(figures: dict, prior: str) -> str:
    """Figures of every class with one prior."""
    rows = []
    for label in LABELS:
        row = figures["classes"][label]
        shown = [ranged(row[prior][key]) for key in ("auc", "sensitivity", "specificity", "ppv")]
        rows.append((label, row["pictures"], row["lesions"], *shown))
    return table(("class", "pictures", "lesions", "AUC", "sensitivity", "specificity", "PPV"), rows)


def points(figures: dict) -> str:
    """Operating points on the malignant sum, on the held-out lesions."""
    rows = []
    for point in figures["operating_points"]:
        keys = ("sensitivity", "melanoma_sensitivity", "specificity", "ppv", "ppv_at_2_percent")
        stated = "/".join(number(point["stated"].get(key), 2) for key in ("sensitivity", "specificity"))
        rows.append((point["name"], number(point["threshold"]), stated, *(ranged(point[key]) for key in keys)))
    names = ("sensitivity", "of melanoma", "specificity", "PPV here", "PPV at 2 % malignant")
    note = (
        f"{percent(figures['part']['malignant_share'])} of these pictures are malignant. On validation: sensitivity "
        f"and specificity on the lesions that the threshold was chosen on."
    )
    return f"{table(('point', 'threshold', 'on validation', *names), rows)}\n\n{note}"


def melanoma(figures: dict) -> str:
    """Melanoma against the rest at a stated specificity."""
    rows = []
    for prior, name in PRIORS:
        row = figures["melanoma"][prior]
        fixed = [ranged(row[f"validation_{key}"]) for key in ("sensitivity", "specificity")]
        rows.append((name, ranged(row["sensitivity"]), *fixed))
    head = (
        "probability of melanoma",
        f"sensitivity at specificity {figures['melanoma']['specificity']:.2f}",
        "sensitivity, threshold from validation",
        "its specificity",
    )
    return table(head, rows)


def abstention(figures: dict) -> str:
    """Accuracy against the share answered."""
    rows = [
        (f"{100 * r['coverage']:.0f} %", number(r["accuracy"]), number(r["confidence"])) for r in figures["abstention"]
    ]
    return table(("answered", "accuracy", "least probability"), rows)


def sets(figures: dict) -> str:
    """Coverage and size of the prediction sets."""
    found = figures["sets"]
    if found is None:
        return "This model file states no thresholds for prediction sets."
    rows = [("all", ranged(found["coverage"]), number(found["size"]["value"], 2))]
    rows += [(label, ranged(row["coverage"]), number(row["size"], 2)) for label, row in found["classes"].items()]
    sizes = ", ".join(f"{size}: {percent(share)}" for size, share in found["sizes"].items())
    prior = dict(PRIORS)[found["prior"]]
    text = f"Nominal coverage {percent(found['nominal'])}, {prior}. Sets by their number of classes: {sizes}."
    return f"{text}\n\n{table(('truth', 'truth in the set', 'mean size'), rows)}"


def by_class(shares: dict) -> str:
    """Shares of all pictures and of every class."""
    return table(("truth", "share"), [(name, ranged(value)) for name, value in shares.items()])


def abstain(figures: dict) -> str:
    """What the rule of the model file comes to."""
    found = figures["abstain"]
    if found is None:
        return "This model file states no threshold below which it does not answer."
    return (
        f"No answer where the largest probability (prior of the data) is below {number(found['confidence'])}. "
        f"Accuracy of what is answered: {ranged(found['accuracy_answered'])}; it would have been "
        f"{ranged(found['accuracy_abstained'])} on the rest. Share without an answer:\n\n{by_class(found['rate'])}"
    )


def marked(figures: dict) -> str:
    """Real lesions marked by the checks that come before the answer."""
    parts = []
    if figures["not_a_lesion"] is not None:
        parts.append(f"Taken for no lesion:\n\n{by_class(figures['not_a_lesion'])}")
    if figures["quality"] is not None:
        named = ", ".join(f"{name} {percent(share)}" for name, share in figures["quality"]["faults"].items()) or "none"
        parts.append(f"Faulted by the quality check, by fault: {named}.\n\n{by_class(figures['quality']['any'])}")
    return "\n\n".join(parts) or "This model file has no such checks."


def groups(figures: dict, name: str) -> str:
    """Results of the groups of one kind."""
    rows = []
    for value, row in figures["groups"][name].items():
        shown = [ranged(row.get(key)) for key in ("accuracy", "malignant_auc", "sensitivity", "specificity")]
        title = value.replace("_", " ") + (SMALL_MARK if row["small"] else "")
        malignant = f"{row['malignant_lesions']}{SMALL_MARK if row['few_malignant'] else ''}"
        rows.append((title, row["pictures"], row["lesions"], malignant, *shown))
    head = (name, "pictures", "lesions", "malignant", "accuracy", "AUC, malignant", "sensitivity", "specificity")
    return table(head, rows)


def by_group(figures: dict, names: Iterable[str]) -> str:
    """The groups of these kinds, and where it is weakest of all."""
    return GROUPS_NOTE + "\n\n".join([weakest(figures), *(groups(figures, name) for name in names)])


def weakest(figures: dict) -> str:
    """The groups with enough malignant lesions in which least of them are found, and in which most alarms are false."""
    rows = [
        (f"{name}: {value.replace('_', ' ')}", row)
        for name, found in figures["groups"].items()
        for value, row in found.items()
        if "sensitivity" in row and row["malignant_lesions"] >= SOME
    ]
    if not rows:
        return f"No group has {SOME} malignant lesions."
    least = {key: min(rows, key=lambda r, k=key: r[1][k]["value"]) for key in ("sensitivity", "specificity")}
    named = [f"{key} {ranged(row[key])} ({title})" for key, (title, row) in least.items()]
    return f"Weakest, among groups with {SOME} malignant lesions or more: {'; '.join(named)}."


def robustness(figures: dict) -> str:
    """Balanced accuracy after each corruption."""
    found = figures["robustness"]
    if found is None:
        return LEFT_OUT
    names = list(found["marked"])
    rows = [("as stored", "", number(found["balanced_accuracy"]["value"]), "", number(found["malignant_auc"]))]
    rows[0] += tuple(percent(found["marked"][name]) for name in names)
    for row in found["trials"]:
        shown = (number(row["balanced_accuracy"]), ranged(row["drop"], signed), number(row["malignant_auc"]))
        title = f"{row['name']} ({row['unit']})"
        rows.append((title, f"{row['strength']:g}", *shown, *(percent(row["marked"][name]) for name in names)))
    head = ("corruption", "strength", "balanced accuracy", "drop", "AUC, malignant")
    titles = {"quality": "faulted", "abstain": "no answer", "not_a_lesion": "not a lesion"}
    text = (
        f"{found['pictures']} held-out pictures of {found['lesions']} lesions with the classes evened out, so these "
        f"figures compare with each other, not with the headline; equal priors; drops are paired."
    )
    drawing = "![Robustness](robustness.svg)"
    return f"{text}\n\n{table((*head, *(titles[n] for n in names)), rows)}\n\n{drawing}"


def views(figures: dict) -> str:
    """What more views bring and cost."""
    if figures["views"] is None:
        return LEFT_OUT
    keys = ("accuracy", "balanced_accuracy", "macro_auc", "ece")
    rows = [
        (
            row["views"],
            f"{row['ms']:.1f}",
            *(number(row["figures"][key]["value"]) for key in keys),
            ranged(row["gain"]["balanced_accuracy"], signed) if row["views"] > 1 else "",
        )
        for row in figures["views"]
    ]
    head = ("views", "ms a photo", "accuracy", "balanced accuracy", "macro AUC", "ECE", "gain of balanced accuracy")
    return f"{table(head, rows)}\n\nMilliseconds of processor time of the native command, decoding included."


def forms(figures: dict) -> str:
    """The same network run in other ways."""
    if figures["forms"] is None:
        return LEFT_OUT
    keys = ("accuracy", "balanced_accuracy", "macro_auc", "melanoma_sensitivity_uniform", "nll", "ece")
    rows = []
    for row in figures["forms"]:
        less = row["engine_less_this"]
        paired = [ranged(less[key], signed) for key in ("balanced_accuracy", "melanoma_sensitivity_uniform")]
        paired = ["", ""] if row is figures["forms"][0] else paired
        rows.append((row["name"], *(number(row["figures"][key]) for key in keys), percent(row["same_answer"]), *paired))
    head = (
        *("run by", "accuracy", "balanced accuracy", "macro AUC", "melanoma sensitivity", "NLL", "ECE"),
        *("same answer", "engine's balanced accuracy less this", "engine's melanoma sensitivity less this"),
    )
    return table(head, rows)


def forms_paired(figures: dict) -> str:
    """The engine's figures with the int8 file less those of the other ways, on the same pictures."""
    if figures["forms"] is None:
        return LEFT_OUT
    keys = ("accuracy", "balanced_accuracy", "macro_auc", "melanoma_sensitivity_uniform")
    rows = [
        (row["name"], percent(row["same_answer"]), *(ranged(row["engine_less_this"][key], signed) for key in keys))
        for row in figures["forms"][1:]
    ]
    head = ("engine less", "same answer", "accuracy", "balanced accuracy", "macro AUC", "melanoma sensitivity")
    return table(head, rows)


def random_split(figures: dict) -> str:
    """The paper's kind of split beside ours."""
    found = figures["random_split"]
    names = {"train": "of them, pictures it was trained on", "val": "of them, pictures used to choose thresholds"}
    names |= {"test": "of them, held out", "none": "of them, in no part"}
    rows = [("split by lesion, held out (the headline)", *split_row(figures))]
    rows.append(("random split, all test pictures (**leaking**)", *split_row(found["all"])))
    rows += [(names[name], *split_row(part)) for name, part in found["parts"].items()]
    seen, own = found["protocol_shares_lesions"], found["ours_trained_on"]
    text = (
        f"Under a random split of pictures, {percent(seen['all'])} of the test pictures "
        f"({percent(seen['melanoma'])} of the melanomas) show a lesion that is also in the training part. This model "
        f"never trained on that split: of its test pictures this model has learned from {percent(own['all'])} "
        f"themselves, so its figure there says nothing about new lesions. `training/paper` trains one network on "
        f"both splits."
    )
    return f"{table(('pictures', 'n', 'accuracy', 'balanced accuracy', 'macro AUC'), rows)}\n\n{text}"


def split_row(figures: dict) -> tuple:
    """Number and figures of one row of the table above."""
    found = figures.get("headline", figures)
    pictures = figures.get("part", figures)["pictures"]
    return (pictures, *(ranged(found[key]) for key in ("accuracy", "balanced_accuracy", "macro_auc")))


def failures(rows: list[dict]) -> str:
    """Single pictures, by their id."""
    return table(
        ("picture", "truth", "diagnosis by", "answer", "its probability", "malignant sum"),
        [
            (
                r["picture"],
                r["truth"],
                r["diagnosis by"].replace("_", " "),
                r["answer"],
                number(r["probability"]),
                number(r["malignant"]),
            )
            for r in rows
        ],
    )


def mistaken(figures: dict, most: int = 8) -> str:
    """The commonest confusions."""
    pairs = []
    for truth, row in zip(LABELS, figures["confusion"]["data"], strict=True):
        pairs += [(n, truth, said, sum(row)) for said, n in zip(LABELS, row, strict=True) if said != truth and n]
    pairs.sort(key=lambda pair: (-pair[0], pair[1:]))
    named = [f"{truth} called {said} ({n} of {of})" for n, truth, said, of in pairs[:most]]
    return f"Commonest confusions: {', '.join(named) or 'none'}."


def described(figures: dict) -> str:
    """What was evaluated, and how to read the intervals."""
    model, part, drawn = figures["model"], figures["part"], figures["bootstrap"]
    return (
        f"Model {model['name']} {model['version']} ({model['bytes']:,} bytes, SHA-256 {model['sha256'][:16]}…), run by "
        f"the engine, one view, on the {part['pictures']:,} pictures of {part['lesions']:,} lesions of "
        f"the part `{part['name']}`. Brackets are 95 % intervals by bootstrap over lesions ({drawn['draws']:,} draws, "
        f"seed {drawn['seed']}); where every case went one way, the exact binomial bound for that number of lesions."
    )


def recipe(figures: dict) -> str:
    """How the network was trained, in the words of the model file."""
    told = figures["training"]
    text = f"Version {figures['model']['version']}: input {told['width']} x {told['height']} pixels"
    if told["passes"]:
        text += f", {told['passes']} passes over the training part"
    if told["hours"]:
        text += f", {told['hours']:.1f} hours"
    settings = flat(told["recipe"] or {})
    lines = [f"{name}: {json.dumps(value)}" for name, value in settings.items()]
    return f"{text}. Its settings, as `training/train.py` names them:\n\n    " + "\n    ".join(lines or ["unknown"])


def flat(settings: dict, above: str = "") -> dict:
    """Settings within settings as `outer.inner`."""
    found = {}
    for name, value in settings.items():
        found |= flat(value, f"{above}{name}.") if isinstance(value, dict) else {f"{above}{name}": value}
    return found


def report(figures: dict) -> str:
    """The whole report."""
    sections = [
        ("Headline", headline(figures)),
        ("Classes, prior of the data", f"{classes(figures, 'data')}\n\n![Confusion matrix](confusion-data.svg)"),
        ("Classes, equal priors", f"{classes(figures, 'uniform')}\n\n![Confusion matrix](confusion-uniform.svg)"),
        ("Ranking", f"![ROC curves](roc.svg)\n\n{melanoma(figures)}"),
        ("Operating points on the malignant sum", points(figures)),
        ("Calibration", "![Reliability](reliability.svg)"),
        ("Answering only what is sure", f"![Accuracy against coverage](abstention.svg)\n\n{abstention(figures)}"),
        ("Abstaining", abstain(figures)),
        ("Prediction sets", sets(figures)),
        ("Real lesions marked before the answer", marked(figures)),
        ("Groups", by_group(figures, figures["groups"])),
        ("Robustness", robustness(figures)),
        ("Views", views(figures)),
        ("Ways of running the network", forms(figures)),
        ("The split", random_split(figures)),
        ("Training", recipe(figures)),
        ("Most confident wrong answers", f"{mistaken(figures)}\n\n" + failures(figures["failures"]["confident"])),
        ("Malignant lesions that looked least so", failures(figures["failures"]["missed"])),
    ]
    parts = [f"## {title}\n\n{text}" for title, text in sections]
    return "\n\n".join(["# Evaluation", described(figures), HOW, *parts]) + "\n"


LEFT_OUT = "Left out of this run."
ECE_NOTE = (
    "Calibration is for the prior of the data. Drawing adds noise that counts as calibration error, so its intervals "
    "lean upwards."
)
HOW = "Made by `make eval`; the same figures in full are in `figures.json`."
GROUPS_NOTE = (
    "The groups differ in which lesions they hold, so accuracy differs between them for that reason alone; the AUC of "
    "the malignant sum depends less on it. Sensitivity and specificity are for malignant lesions at the threshold "
    f"marked by the app.{SMALL_MARK} fewer than 30 lesions, or malignant lesions: read nothing into their figures.\n\n"
)
