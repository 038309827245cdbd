"""Several sources by one table: what is read, how they are split, drawn and told apart while training."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from training.data import LABELS, DataError, Record, fit_canvas, load_pixels, read_split
from training.examples import MixConfig, draw_counts, make_examples, source_priors
from training.sources import BY_NAME, SHOWN_LESIONS, groups_of, read_sources, split_others
from training.train import parts_of, train
from training.trainer import TrainConfig

COLUMNS = (
    "image_id,kind,dataset,dx,dx_orig,dx_detail,scc,lesion_id,patient_id,near_dup_group,ham_twin,age,sex,site,skin_tone,"
    "label_basis,aspect,licence,attribution"
)
NV, MEL, BCC, AKIEC = (LABELS.index(name) for name in ("nv", "mel", "bcc", "akiec"))


def row(**named: str) -> str:
    """One line of `labels.csv`."""
    return ",".join(named.get(name, "") for name in COLUMNS.split(","))


@pytest.fixture
def others(tmp_path: Path) -> Path:
    """Fourteen pictures of two sources, some tied to others, in three shapes."""
    folder = tmp_path / "others"
    (folder / "images").mkdir(parents=True)
    lines = [COLUMNS]
    for i in range(12):
        kind = ("dermoscopic", "clinical")[i % 2]
        lines.append(
            row(image_id=f"M_{i:02}", kind=kind, dataset="milk10k", dx="bcc", lesion_id=f"IL_{i // 2}", skin_tone="3.0")
        )
    lines.append(row(image_id="M_12", kind="clinical", dataset="milk10k", lesion_id="IL_12"))
    benign = "ISIC 2020 benign: nearly all nevi"
    lines.append(
        row(image_id="I_00", kind="dermoscopic", dataset="isic2020", dx="nv", label_basis=benign, ham_twin="P_000")
    )
    (folder / "labels.csv").write_text("\n".join(lines) + "\n")
    for i, line in enumerate(lines[1:]):
        size = ((80, 60), (60, 80), (64, 64))[i % 3]
        rng = np.random.default_rng(i)
        Image.fromarray(rng.integers(0, 255, (size[1], size[0], 3)).astype(np.uint8)).save(
            folder / "images" / f"{line.split(',')[0]}.webp", lossless=True
        )
    return folder


def test_a_folder_is_read_by_its_own_metadata(tiny_data: tuple[Path, Path], others: Path) -> None:
    records = read_sources([tiny_data[0], others])
    by_id = {r.image_id: r for r in records}
    assert (by_id["M_01"].source, by_id["M_01"].kind, by_id["M_01"].skin_tone) == ("milk10k-clinical", "clinical", 3)
    assert by_id["M_12"].label == -1 and by_id["P_000"].source == "ham10000"
    assert all(r.file.is_file() for r in records)


@pytest.mark.parametrize(
    ("named", "message"),
    [
        ({"dataset": "elsewhere", "kind": "dermoscopic"}, "no source 'elsewhere'"),
        ({"dataset": "milk10k", "kind": "dermoscopic", "dx": "wart"}, "no class 'wart'"),
    ],
)
def test_an_unknown_source_or_class_is_named(others: Path, named: dict[str, str], message: str) -> None:
    (others / "labels.csv").write_text(f"{COLUMNS}\n{row(image_id='X', **named)}\n")
    with pytest.raises(DataError, match=message):
        read_sources([others])


def test_a_picture_in_two_folders_is_refused(others: Path) -> None:
    with pytest.raises(DataError, match="more than one folder"):
        read_sources([others, others])


def test_what_is_tied_is_one_group_also_through_others() -> None:
    records = [
        Record("a", "L1", 0, ties=("patient:7",)),
        Record("b", "L2", 0, ties=("patient:7", "alike:g")),
        Record("c", "L3", 0, ties=("alike:g",)),
        Record("d", "L4", 0, ties=("picture:e",)),
        Record("e", "L5", 0),
        Record("f", "L6", 0),
    ]
    assert sorted(sorted(r.image_id for r in group) for group in groups_of(records)) == [
        ["a", "b", "c"],
        ["d", "e"],
        ["f"],
    ]


def test_the_split_keeps_groups_and_given_parts(tiny_data: tuple[Path, Path], others: Path) -> None:
    records = read_sources([tiny_data[0], others])
    given = read_split(tiny_data[1])
    split = split_others(records, given)
    assert split == split_others(records, given)
    assert {name: split[name] for name in given} == given
    assert split["I_00"] == given["P_000"]
    for i in range(0, 12, 2):
        assert split[f"M_{i:02}"] == split[f"M_{i + 1:02}"]


def test_a_group_between_two_given_parts_is_in_none() -> None:
    records = [
        Record("a", "L1", 0),
        Record("b", "L2", 0),
        Record("c", "L3", 0, source="milk10k", ties=("picture:a", "picture:b")),
    ]
    split = split_others(records, {"a": "train", "b": "test"})
    assert split == {"a": "train", "b": "test"}


def test_shown_lesions_are_never_learned_from() -> None:
    shown = sorted(SHOWN_LESIONS)[0]
    records = [Record("a", shown, 0), Record("b", "L2", 0)]
    assert parts_of(records, {"a": "train", "b": "train"})["train"].tolist() == [1]


def test_the_committed_split_has_no_lesion_on_both_sides() -> None:
    split = read_split()
    assert set(split.values()) == {"train", "val", "test"}
    assert len(split) > 28000


def test_pictures_of_other_shapes_fill_the_canvas(tiny_data: tuple[Path, Path], others: Path, tmp_path: Path) -> None:
    records = read_sources([tiny_data[0], others])
    pixels = load_pixels(records, tmp_path)
    assert pixels.shape == (len(records), 60, 80, 3)
    rows = {r.image_id: i for i, r in enumerate(records)}
    landscape, portrait = (np.asarray(Image.open(others / "images" / f"M_{i:02}.webp")) for i in (0, 1))
    assert np.array_equal(pixels[rows["M_00"]], landscape)
    assert np.array_equal(pixels[rows["M_01"]], np.rot90(portrait))


def test_a_square_is_mirrored_at_the_sides() -> None:
    square = np.arange(4 * 4 * 3, dtype=np.uint8).reshape(4, 4, 3)
    filled = fit_canvas(Image.fromarray(square), 8, 4)
    assert np.array_equal(filled[:, 2:6], square)
    assert np.array_equal(filled[:, 1], square[:, 0]) and np.array_equal(filled[:, 6], square[:, 3])


def mixed_records() -> list[Record]:
    """A source of nevi and melanomas, and one of melanomas alone."""
    nevi = [Record(f"n{i}", f"n{i}", NV) for i in range(80)]
    some = [Record(f"m{i}", f"m{i}", MEL) for i in range(20)]
    only = [Record(f"b{i}", f"b{i}", MEL, source="bcn20000") for i in range(40)]
    return [*nevi, *some, *only]


def test_each_source_has_the_prior_of_what_is_drawn_of_it() -> None:
    config = MixConfig(sampling=1.0, own_prior=0.85, sources=(("bcn20000", 0.5),))
    records = mixed_records()
    draws = draw_counts(records, config)
    assert draws.mean().item() == pytest.approx(1.0)
    assert (draws[-1] / draws[0]).item() == pytest.approx(0.5)
    prior = source_priors(records, draws, config).exp()
    torch.testing.assert_close(prior.sum(1), torch.ones(len(records)))
    everywhere = 40 / 120  # of all that is drawn: 20 melanomas and half of 40 among 120
    assert prior[0, MEL].item() == pytest.approx(0.85 * 0.2 + 0.15 * everywhere, abs=1e-3)
    assert prior[-1, MEL].item() == pytest.approx(0.85 + 0.15 * everywhere, abs=1e-3)


def test_knowing_the_source_gains_nothing() -> None:
    """With the source's own prior alone, flat logits already answer a source of one class."""
    records = mixed_records()
    examples = make_examples(records, MixConfig(sampling=1.0, own_prior=1.0))
    loss = torch.nn.functional.cross_entropy(examples.log_prior, examples.targets, reduction="none")
    assert loss[-1] < 0.01 < loss[0]


def test_targets_of_unstated_nevi_of_none_of_the_classes_and_of_squamous_carcinomas() -> None:
    benign = Record("i", "i", NV, dx_type="ISIC 2020 benign: nearly all nevi", source="isic2020")
    records = [Record("n", "n", NV), benign, Record("x", "x", -1), Record("s", "s", AKIEC, squamous=True)]
    examples = make_examples(records, MixConfig())
    assert examples.targets[0, NV] == 1
    assert examples.targets[1, NV].item() == pytest.approx(0.97) and examples.targets[1, MEL].item() == pytest.approx(
        0.01
    )
    torch.testing.assert_close(examples.targets[2], examples.log_prior[2].exp())
    torch.testing.assert_close(examples.targets.sum(1), torch.ones(4))
    assert examples.loss_weight.tolist() == [1, 1, 1, 0.5]


def test_a_run_over_two_folders_reports_each_source(tiny_data: tuple[Path, Path], others: Path, tmp_path: Path) -> None:
    folders = [tiny_data[0], others]
    records = read_sources(folders)
    split = split_others(records, read_split(tiny_data[1])) | {"M_00": "val", "M_01": "val"}
    file = tmp_path / "split.csv"
    file.write_text("image_id,part\n" + "".join(f"{k},{v}\n" for k, v in split.items()))
    config = TrainConfig(stages=((32, 1),), batch=8, size=32, ema=0.9)
    train(folders, tmp_path / "run", replace(config, mix=MixConfig(sampling=0.5)), file, pretrained=False)
    log = (tmp_path / "run" / "log.jsonl").read_text()
    assert '"milk10k-clinical": {' in log and '"balanced_accuracy"' in log


def test_every_source_says_where_it_is_published_and_whose_it_is() -> None:
    assert len(BY_NAME) == 7
    for source in BY_NAME.values():
        assert (
            source.attribution
            and source.licence.startswith("CC BY-NC")
            and ("doi" in source.where or "arXiv" in source.where)
        )
