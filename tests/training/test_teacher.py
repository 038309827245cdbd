"""A teacher by lesion folds, on drawings: who is asked of whom, and what is learned from the answers."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from training.data import LABELS, DataError, lesion_groups, load_pixels, part_records, read_metadata, read_split
from training.folds import make_splits, make_teacher, split_in_folds, turned
from training.preprocess import network_input
from training.teacher import class_targets, read_teacher, write_teacher
from training.train import parts_of, predict, train
from training.trainer import TrainConfig

CONFIG = TrainConfig(stages=((32, 1),), batch=8, size=64, frozen=3, ema=0.9)


def test_each_lesion_is_left_out_once_and_never_cut(tiny_data: tuple[Path, Path]) -> None:
    records = part_records(tiny_data[0], "train", tiny_data[1])
    lesions = lesion_groups(records)
    splits = split_in_folds(records, 3)
    left_out = [{name for name, part in split.items() if part == "val"} for split in splits]
    assert sorted(name for names in left_out for name in names) == sorted(r.image_id for r in records)
    for names, split in zip(left_out, splits, strict=True):
        assert names and len(names) < len(records)
        kept = {lesions[name] for name, part in split.items() if part == "train"}
        assert not kept & {lesions[name] for name in names}
    for label in {r.label for r in records}:
        counts = [
            len({lesions[r.image_id] for r in records if r.label == label} & {lesions[n] for n in names})
            for names in left_out
        ]
        assert max(counts) - min(counts) <= 1


def test_eight_views_are_all_there_is(tiny_data: tuple[Path, Path], tmp_path: Path) -> None:
    records = read_metadata(tiny_data[0])
    batch = network_input([load_pixels(records, tmp_path)[0]], 16, 1.0)
    views = {view.numpy().tobytes() for view in turned(batch)}
    assert len(views) == 8
    assert {view.numpy().tobytes() for view in turned(turned(batch)[5])} == views


def test_a_fold_answers_for_what_it_was_not_shown(tiny_data: tuple[Path, Path], tmp_path: Path) -> None:
    data, split_file = tiny_data
    make_splits(data, tmp_path, 2, split_file)
    trainers = {}
    for split in sorted(tmp_path.glob("fold-*.csv")):
        trainers[split.stem] = train(data, tmp_path / split.stem, CONFIG, split, pretrained=False)
    make_teacher(data, tmp_path)

    records = read_metadata(data)
    taught = part_records(data, "train", split_file)
    said = dict(zip([r.image_id for r in taught], read_teacher(tmp_path / "teacher.csv", taught), strict=True))
    pixels = load_pixels(records, tmp_path)
    for name, trainer in trainers.items():
        rows = parts_of(records, read_split(tmp_path / f"{name}.csv"))["val"]
        one_view = torch.from_numpy(predict(trainer.average, pixels, rows, CONFIG.size, CONFIG.crop)).log_softmax(1)
        eight = torch.stack([said[records[r].image_id] for r in rows])
        assert np.allclose(eight, one_view, atol=0.3)


def test_a_teacher_that_is_silent_is_refused(tiny_data: tuple[Path, Path], tmp_path: Path) -> None:
    records = part_records(tiny_data[0], "train", tiny_data[1])
    write_teacher(tmp_path / "teacher.csv", {r.image_id: np.zeros(len(LABELS)) for r in records[1:]})
    with pytest.raises(DataError, match=records[0].image_id):
        read_teacher(tmp_path / "teacher.csv", records)


def test_label_and_teacher_are_mixed_for_the_prior_that_is_drawn() -> None:
    labels, log_prior = torch.tensor([0, 2]), torch.tensor([0.5, 0.3, 0.2]).log()
    teacher = torch.tensor([[0.0, 0.0, 0.0], [1.0, 0.0, 2.0]])
    assert class_targets(labels, log_prior, None, 0.5).tolist() == [[1, 0, 0], [0, 0, 1]]
    mixed = class_targets(labels, log_prior, teacher, 0.5)
    # Equal logits for equal priors are the prior itself.
    assert mixed[0].tolist() == pytest.approx([0.75, 0.15, 0.1])
    assert mixed.sum(1).tolist() == pytest.approx([1, 1])


def test_a_run_learns_from_a_teacher_and_keeps_what_it_is_told_to(tiny_data: tuple[Path, Path], tmp_path: Path) -> None:
    data, split_file = tiny_data
    records = part_records(data, "train", split_file)
    for name, shift in (("one", 0.0), ("two", 3.0)):
        logits = {r.image_id: np.eye(len(LABELS))[(r.label + 1) % len(LABELS)] * shift for r in records}
        write_teacher(tmp_path / f"{name}.csv", logits)
    config = replace(CONFIG, stages=((32, 2),), teacher=0.5)
    runs = [
        train(
            data, tmp_path / name, config, split_file, pretrained=False, teacher=tmp_path / f"{name}.csv", keep_every=2
        )
        for name in ("one", "two")
    ]
    bias = [run.model.classifier.weight.detach() for run in runs]
    assert not torch.equal(*bias)
    assert [p.name for p in sorted((tmp_path / "one").glob("pass-*.pt"))] == ["pass-02.pt"]
