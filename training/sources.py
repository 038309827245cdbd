"""The data sets that the network learns from, by one table, and one split for all of them.

    python -m training.sources HAM10000 OTHERS      # writes training/split.csv, prints what each part holds

A command that trains or measures takes the folders of the data as arguments. A folder is known by its metadata file:
HAM10000's own, or `labels.csv` for pictures of the other sets put together (`record_of` names its columns). What ties
two pictures together (lesion, patient, look-alike, the same lesion in HAM10000) keeps them in one part.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from training.data import (
    LABELS,
    PARTS,
    SAME_LESION,
    SHARES,
    SPLIT_FILE,
    DataError,
    Record,
    read_metadata,
    read_split,
    write_split,
)

DERMOSCOPIC, CLINICAL = "dermoscopic", "clinical"
KINDS = (DERMOSCOPIC, CLINICAL)
NEITHER = "neither"  # of a picture that shows no lesion
METADATA = "labels.csv"

# Pictures that are shown with the app, of lesions that no network may have learned.
SHOWN_LESIONS = frozenset(
    (
        "HAM_0005439",
        "HAM_0000133",
        "HAM_0000504",
        "HAM_0003144",
        "HAM_0007621",
        "HAM_0005276",
        "HAM_0002538",
        "IL_8266554",
        "IL_9689394",
    )
)


@dataclass(frozen=True)
class Source:
    """One set of pictures taken in one way: what `dataset` and `kind` say in the metadata, and whose it is."""

    name: str
    dataset: str
    kind: str
    title: str
    where: str  # DOI or the archive that publishes it
    attribution: str
    licence: str = "CC BY-NC 4.0"
    thumbnails: bool = False  # too small to be answered for; to learn from only


ISIC = "ISIC Archive, isic-archive.com"
MILK = ("MILK10k", f"doi 10.34970/648456, {ISIC}", "MILK study team")
BCN = "BCN_20000 Dataset: (c) Department of Dermatology, Hospital Clínic de Barcelona"
SOURCES = (
    Source(
        "ham10000",
        "ham10000",
        DERMOSCOPIC,
        "HAM10000",
        "doi 10.7910/DVN/DBW86T",
        "HAM10000 Dataset: (c) by ViDIR Group, Department of Dermatology, Medical University of Vienna; "
        "https://doi.org/10.1038/sdata.2018.161",
    ),
    Source("milk10k", "milk10k", DERMOSCOPIC, *MILK),
    Source(
        "msk",
        "isic2017_msk",
        DERMOSCOPIC,
        "MSK (ISIC 2017, 2019)",
        f"arXiv:1710.05006, {ISIC}",
        "MSK Dataset: (c) Anonymous; https://arxiv.org/abs/1710.05006, https://arxiv.org/abs/1902.03368",
    ),
    Source(
        "isic2020",
        "isic2020",
        DERMOSCOPIC,
        "ISIC 2020",
        f"doi 10.34970/2020-ds01, {ISIC}",
        "ISIC 2020 Challenge Dataset, https://doi.org/10.34970/2020-ds01 (c) by Hospital Clínic de Barcelona, Medical "
        "University of Vienna, Memorial Sloan Kettering Cancer Center, Melanoma Institute Australia, University of "
        "Queensland, and the University of Athens Medical School",
    ),
    Source("bcn20000", "bcn20000", DERMOSCOPIC, "BCN20000, melanomas", f"arXiv:1908.02288, {ISIC}", BCN),
    Source(
        "bcn20000-84",
        "bcn20000_84px",
        DERMOSCOPIC,
        "BCN20000 at 84 pixels",
        f"arXiv:1908.02288, {ISIC}",
        BCN,
        thumbnails=True,
    ),
    Source("milk10k-clinical", "milk10k", CLINICAL, *MILK),
)
SOURCE_OF = {(s.dataset, s.kind): s for s in SOURCES}
NAMES = tuple(s.name for s in SOURCES)
BY_NAME = {s.name: s for s in SOURCES}

# What is said of the label where it was not looked at closely enough to be sure of it.
UNSTATED = "ISIC 2020 benign"


def record_of(folder: Path, row: dict[str, str]) -> Record:
    """One line of `labels.csv`.

    Columns that are read: `image_id, kind, dataset, dx, scc, lesion_id, patient_id, near_dup_group, ham_twin, age, sex,
    site, skin_tone, label_basis`. An empty dx is a lesion of none of the classes.
    """
    source = SOURCE_OF.get((row["dataset"], row["kind"]))
    if source is None:
        raise DataError(f"{folder / METADATA}: {row['image_id']}: no source {row['dataset']!r} of kind {row['kind']!r}")
    if row["dx"] and row["dx"] not in LABELS:
        raise DataError(f"{folder / METADATA}: {row['image_id']}: no class {row['dx']!r}")
    image_id = row["image_id"]
    ties = (("patient", row["patient_id"]), ("alike", row["near_dup_group"]), ("picture", row["ham_twin"]))
    return Record(
        image_id,
        row["lesion_id"] or image_id,
        LABELS.index(row["dx"]) if row["dx"] else -1,
        float(row["age"]) if row["age"] else None,
        row["sex"] or "unknown",
        row["site"] or "unknown",
        row["label_basis"] or "unknown",
        file=folder / "images" / f"{image_id}.webp",
        source=source.name,
        kind=source.kind,
        ties=tuple(f"{what}:{name}" for what, name in ties if name),
        squamous=row["scc"] == "1.0",
        skin_tone=int(float(row["skin_tone"])) if row["skin_tone"] else None,
    )


def read_folder(folder: Path) -> list[Record]:
    """All pictures of a data folder, in order of image id."""
    path = folder / METADATA
    if not path.is_file():
        return read_metadata(folder)
    with path.open(newline="", encoding="utf-8") as file:
        return sorted((record_of(folder, row) for row in csv.DictReader(file)), key=lambda r: r.image_id)


def read_sources(folders: list[Path]) -> list[Record]:
    """All pictures of all folders, each once; raises `DataError` where two folders hold one id."""
    records = [record for folder in folders for record in read_folder(folder)]
    twice = [name for name, times in Counter(r.image_id for r in records).items() if times > 1]
    if twice:
        raise DataError(f"{twice[0]} is in more than one folder")
    return records


def groups_of(records: list[Record]) -> list[list[Record]]:
    """Records that are tied to each other, directly or by others: whole lesions, patients and look-alikes."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            parent[name] = name = parent[parent[name]]
        return name

    for first, second in SAME_LESION:
        parent[root(f"picture:{first}")] = root(f"picture:{second}")
    for record in records:
        own = f"picture:{record.image_id}"
        for tie in (f"lesion:{record.lesion_id}", *record.ties):
            parent[root(own)] = root(tie)
    groups: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        groups[root(f"picture:{record.image_id}")].append(record)
    return [groups[name] for name in sorted(groups)]


def split_others(records: list[Record], given: dict[str, str], seed: int = 0) -> dict[str, str]:
    """{image_id: part} of all records; those in `given` stay where they are.

    A group that has given parts goes with them; where it has several, its other pictures are in no part. Groups with a
    shown lesion are for testing. The rest are dealt out by `SHARES`, stratified by source and class.
    """
    split = dict(given)
    strata: dict[tuple[str, int], list[list[Record]]] = defaultdict(list)
    for group in groups_of(records):
        parts = {given[r.image_id] for r in group if r.image_id in given}
        if any(r.lesion_id in SHOWN_LESIONS for r in group):
            parts.add("test")
        if len(parts) == 1:
            split |= {r.image_id: split.get(r.image_id, min(parts)) for r in group}
        elif not parts:
            strata[min((r.source, r.label) for r in group)].append(group)
    rng = random.Random(seed)
    for key in sorted(strata):
        groups = strata[key]
        rng.shuffle(groups)
        first, second = (round(len(groups) * share) for share in (SHARES[0], SHARES[0] + SHARES[1]))
        for i, group in enumerate(groups):
            split |= {r.image_id: PARTS[(i >= first) + (i >= second)] for r in group}
    return split


def select(records: list[Record], part: str, split: dict[str, str]) -> list[Record]:
    """The records of one part, without those of the shown lesions where it is the one to learn from."""
    chosen = [r for r in records if split.get(r.image_id) == part]
    return [r for r in chosen if r.lesion_id not in SHOWN_LESIONS] if part == "train" else chosen


def main() -> None:
    """Write the split of all folders; HAM10000's part of it stays as it is in the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="+", help="folders of the data")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, default=SPLIT_FILE)
    args = parser.parse_args()
    records = read_sources(args.data)
    own = {r.image_id for r in records if r.source == "ham10000"}
    given = {name: part for name, part in read_split(SPLIT_FILE).items() if name in own}
    split = split_others(records, given, args.seed)
    write_split(split, args.out)
    for name in NAMES:
        for part in (*PARTS, None):
            chosen = [r for r in records if r.source == name and split.get(r.image_id) == part]
            counts = Counter(LABELS[r.label] if r.label >= 0 else "none" for r in chosen)
            lesions = len({r.lesion_id for r in chosen})
            print(f"{name:17}{part or 'no part':8}{len(chosen):6}{lesions:6} lesions", dict(sorted(counts.items())))


if __name__ == "__main__":
    main()
