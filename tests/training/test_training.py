"""The training from end to end on drawings: data, a few steps, resuming, export, the engine's answer."""

import json
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
import torch
from ai_edge_litert.schema_py_generated import TensorT
from PIL import Image

from training import quantize
from training.augment import (
    AugmentConfig,
    add_frames,
    add_noise,
    lose_detail,
    mix_pairs,
    neutralize,
    random_views,
    store_again,
)
from training.compare import engine_difference, run_engine
from training.data import LABELS, DataError, Record, image_path, read_metadata, read_split, split_by_lesion
from training.decision import Part
from training.depthwise import depthwise
from training.document import require_unseen
from training.examples import MixConfig, draw, draw_counts, make_examples
from training.export import INPUT_RANGE, best_temperature, load_network, make_document
from training.loading import batches, make_batch
from training.metrics import macro_auc, softmax, summary
from training.network import fold_batch_norm
from training.outliers import MANIFEST
from training.preprocess import center_crop_resize, network_input
from training.sources import KINDS
from training.tflite_file import export_float, export_int8, get_metadata, read_model, run_litert, set_metadata
from training.train import learned_rows, main, make_network, no_lesions, parts_of, train
from training.trainer import TrainConfig, Trainer

ROOT = Path(__file__).parents[2]
ENGINE = ROOT / "build" / "lentigo"
# Used at 64 pixels, where the last feature map is 2 x 2: there is something to pool.
SIZE = 64
CONFIG = TrainConfig(stages=((32, 2),), batch=8, size=SIZE, frozen=3, ema=0.9)


@pytest.fixture(scope="module")
def finished_run(tiny_data: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a short run from random weights."""
    folder = tmp_path_factory.mktemp("run")
    train(tiny_data[0], folder, CONFIG, tiny_data[1], pretrained=False)
    return folder


def get_output(model: Path) -> TensorT:
    """The tensor of a file's answer."""
    graph = read_model(model).subgraphs[0]
    return graph.tensors[graph.outputs[0]]


def pictures_of(data: Path) -> tuple[list[np.ndarray], np.ndarray, list[Path]]:
    """All pictures, their labels and their files."""
    records = read_metadata(data)
    files = [image_path(data, r.image_id) for r in records]
    return [np.asarray(Image.open(f).convert("RGB")) for f in files], np.array([r.label for r in records]), files


def test_split_keeps_lesions_together_and_is_repeatable(tiny_data: tuple[Path, Path]) -> None:
    records = read_metadata(tiny_data[0])
    split = split_by_lesion(records, seed=3)
    assert split == split_by_lesion(list(reversed(records)), seed=3)
    parts: dict[str, set[str]] = {}
    for record in records:
        parts.setdefault(record.lesion_id, set()).add(split[record.image_id])
    assert all(len(found) == 1 for found in parts.values())
    assert set(split.values()) == {"train", "val", "test"}


def test_committed_split_holds_every_picture_once() -> None:
    split = read_split()
    assert sum(name < "ISIC_0034321" and name >= "ISIC_0024306" for name in split) >= 10015
    # one picture under two lesion ids
    assert split["ISIC_0025226"] == split["ISIC_0030074"]


def test_split_of_unknown_part_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "split.csv"
    path.write_text("image_id,part\na,elsewhere\n")
    with pytest.raises(DataError, match="elsewhere"):
        read_split(path)


def test_missing_data_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="HAM10000_metadata"):
        read_metadata(tmp_path)


def test_views_have_the_asked_size_and_range() -> None:
    rng = torch.Generator().manual_seed(0)
    pixels = torch.randint(0, 256, (4, 60, 80, 3), dtype=torch.uint8, generator=rng)
    views = random_views(pixels, 48, AugmentConfig(), rng)
    assert views.shape == (4, 3, 48, 48)
    assert views.min() >= 0 and views.max() <= 255
    assert not torch.equal(views[0], views[1])


def test_mixed_pictures_keep_whole_shares() -> None:
    rng = torch.Generator().manual_seed(0)
    views, targets = torch.rand(6, 3, 8, 8, generator=rng), torch.eye(6)
    mixed, shares = mix_pairs(views, rng, targets)
    torch.testing.assert_close(shares.sum(1), torch.ones(6))
    torch.testing.assert_close(torch.einsum("bk,kchw->bchw", shares, views), mixed)
    assert (shares.diagonal() >= 0.5).all()


def test_detail_is_lost_in_the_asked_share() -> None:
    rng = torch.Generator().manual_seed(0)
    views = torch.rand(400, 3, 16, 16, generator=rng)
    blurred = lose_detail(views.clone(), 0.25, rng)
    changed = (blurred != views).flatten(1).any(1)
    assert 0.15 < changed.float().mean() < 0.35
    assert blurred[changed].std() < views[changed].std()


def test_noise_and_jpeg_come_in_the_asked_share_and_strength() -> None:
    rng = torch.Generator().manual_seed(0)
    config = AugmentConfig(noisy=0.25, noise=12.0, stored=0.5, quality=(15, 70))
    plain = torch.full((400, 3, 16, 16), 128.0)
    noisy = add_noise(plain.clone(), config, rng) - plain
    deviations = noisy.flatten(1).std(1)
    assert 0.15 < (deviations > 0).float().mean() < 0.35
    assert deviations.max() < 1.2 * 12.0
    assert deviations.std() > 1.0

    views = torch.rand(400, 3, 16, 16, generator=rng) * 255
    stored = store_again(views.clone(), config, rng)
    changed = (stored != views).flatten(1).any(1)
    assert 0.4 < changed.float().mean() < 0.6
    assert stored.min() >= 0 and stored.max() <= 255
    # What a JPEG of this quality keeps of pure noise is still closer to it than to another picture.
    kept = (stored - views)[changed].abs().mean()
    assert 0 < kept < 0.8 * (views.roll(1, 0) - views).abs().mean()


def test_frames_darken_the_corners_and_leave_the_middle() -> None:
    rng = torch.Generator().manual_seed(0)
    plain = torch.full((200, 3, 32, 32), 180.0)
    framed = add_frames(plain.clone(), 0.5, rng)
    changed = (framed != plain).flatten(1).any(1)
    assert 0.3 < changed.float().mean() < 0.7
    assert torch.equal(framed[:, :, 12:20, 12:20], plain[:, :, 12:20, 12:20])
    corners = framed[changed][:, :, [0, 0, -1, -1], [0, -1, 0, -1]]
    assert corners.amax((1, 2)).median() < 60


def test_a_colour_cast_is_taken_away_as_far_as_asked() -> None:
    rng = torch.Generator().manual_seed(0)
    grey = torch.rand(300, 1, 16, 16, generator=rng) * 150 + 50
    cast = grey * torch.tensor([1.0, 0.8, 0.6]).view(1, 3, 1, 1)
    spread = lambda views: (views.mean((2, 3)).amax(1) - views.mean((2, 3)).amin(1)) / views.mean((1, 2, 3))  # noqa: E731
    before, after = spread(cast), spread(neutralize(cast.clone(), 0.5, rng))
    changed = (before - after).abs() > 1e-4
    assert 0.35 < changed.float().mean() < 0.65
    assert (after <= before + 1e-4).all() and after[changed].min() < 0.05


@pytest.mark.parametrize(("kernel", "stride"), [(3, 1), (5, 1), (3, 2), (5, 2)])
def test_depthwise_gradients_are_those_of_the_plain_convolution(kernel: int, stride: int) -> None:
    rng = torch.Generator().manual_seed(0)
    x = torch.randn(2, 8, 15, 15, generator=rng).contiguous(memory_format=torch.channels_last).requires_grad_()
    weight = torch.randn(8, 1, kernel, kernel, generator=rng).requires_grad_()
    padding = kernel // 2
    with torch.autocast("cpu", torch.bfloat16):
        ours = depthwise(x, weight, stride, padding)
    assert ours.dtype == torch.bfloat16
    plain = torch.nn.functional.conv2d(x, weight, None, stride, padding, groups=8)
    gradient = torch.randn(plain.shape, generator=rng)
    for expected, found in zip(
        (plain, *torch.autograd.grad(plain, (x, weight), gradient)),
        (ours, *torch.autograd.grad(ours, (x, weight), gradient.bfloat16())),
        strict=True,
    ):
        assert (found.float() - expected).norm() < 0.01 * expected.norm()


def test_classes_are_drawn_by_their_shares_and_each_picture_in_turn() -> None:
    records = [Record(str(i), str(i), int(i >= 80)) for i in range(100)]
    draws = draw_counts(records, MixConfig(sampling=0.0))
    times = draw(draws, torch.Generator().manual_seed(0)).bincount(minlength=100)
    assert times[:80].max() == 1
    assert set(times[80:].tolist()) == {2, 3}
    assert abs(times[:80].sum() - 50) < 12 and abs(times[80:].sum() - 50) < 8
    drawn = draw(draws, torch.Generator().manual_seed(0))
    assert not torch.equal(drawn, drawn.sort().values)


def test_steps_lower_the_loss(tiny_data: tuple[Path, Path]) -> None:
    pictures, labels, _ = pictures_of(tiny_data[0])
    chosen = np.arange(0, len(pictures), 5)
    batch = torch.from_numpy(np.stack([pictures[i] for i in chosen]))
    plain = AugmentConfig(color=0, cast=0, constancy=0, framed=0, blurred=0, noisy=0, stored=0)
    config = replace(CONFIG, augment=plain, warmup=0.0, smoothing=0.0, mixup=0.0, dropout=0.0, drop_path=0.0)
    config = replace(config, rate=1e-4, head_rate=5e-4)
    trainer = Trainer(config, torch.full((7,), 1 / 7), 40, make_network(config, pretrained=False))
    trainer.model.train()
    asked = make_examples([Record(str(i), str(i), int(labels[i])) for i in chosen], config.mix)
    rng = torch.Generator().manual_seed(0)
    losses = [trainer.step(make_batch(batch, asked, 32, plain, 0.0, rng)).item() for _ in range(30)]
    assert np.mean(losses[-5:]) < 0.8 * np.mean(losses[:3])


def test_a_picture_of_no_lesion_teaches_its_kind_and_no_class() -> None:
    records = [Record("a", "a", 3), Record("b", "b", -1, kind="clinical"), Record("c", "c", -1, kind="neither")]
    asked = make_examples(records, CONFIG.mix)
    assert asked.kinds.argmax(1).tolist() == [0, 1, 2]
    assert asked.loss_weight.tolist() == [1, 1, 0]


def test_a_run_learns_from_the_outliers_for_tuning(tiny_data: tuple[Path, Path], tmp_path: Path) -> None:
    data, split_file = tiny_data
    folder = tmp_path / "outliers"
    (folder / "photo").mkdir(parents=True)
    for i in range(4):
        Image.fromarray(np.full((40, 40, 3), 60 * i, np.uint8)).save(folder / f"photo/{i}.png")
    rows = [f"photo/{i}.png,photo,s{i},{'tune' if i < 3 else 'test'}" for i in range(4)]
    (folder / MANIFEST).write_text("\n".join(["file,group,source,part", *rows]) + "\n")
    assert [r.kind for r in no_lesions(folder)] == ["neither"] * 3
    config = replace(CONFIG, stages=((32, 1),))
    trainer = train(data, tmp_path / "run", config, split_file, pretrained=False, outliers=folder)
    assert trainer.passes_done == 1


def test_training_tells_the_kinds_of_picture_apart(tiny_data: tuple[Path, Path]) -> None:
    pictures, _, _ = pictures_of(tiny_data[0])
    # A close-up here is a picture whose colours are turned round.
    batch = torch.from_numpy(np.stack([p if i % 2 else 255 - p for i, p in enumerate(pictures[:16])]))
    records = [Record(str(i), str(i), i % 7, kind=KINDS[i % 2]) for i in range(len(batch))]
    asked = make_examples(records, CONFIG.mix)
    assert asked.kinds.argmax(1).tolist() == [0, 1] * 8 and asked.kinds.shape[1] == 3
    plain = AugmentConfig(color=0, cast=0, constancy=0, framed=0, blurred=0, noisy=0, stored=0)
    config = replace(CONFIG, augment=plain, warmup=0.0, mixup=0.0, dropout=0.0, drop_path=0.0, kind=1.0)
    trainer = Trainer(config, torch.full((7,), 1 / 7), 40, make_network(config, pretrained=False))
    trainer.model.train()
    rng = torch.Generator().manual_seed(0)
    for _ in range(30):
        trainer.step(make_batch(batch, asked, 32, plain, 0.0, rng))
    with torch.no_grad():
        told = trainer.logits(network_input(list(batch.numpy()), 32, 1.0))[1]
    assert (told.argmax(1) == asked.kinds.argmax(1)).float().mean() > 0.9


def test_resuming_gives_the_run_that_was_not_cut_off(
    tiny_data: tuple[Path, Path], finished_run: Path, tmp_path: Path
) -> None:
    data, split_file = tiny_data
    cut = Trainer.run_pass
    calls = []

    def run_once(self: Trainer, *args: object) -> float:
        if calls:
            raise KeyboardInterrupt
        calls.append(1)
        return cut(self, *args)

    with pytest.MonkeyPatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Trainer, "run_pass", run_once)
        train(data, tmp_path, CONFIG, split_file, pretrained=False)
    resumed = train(data, tmp_path, CONFIG, split_file, pretrained=False)
    whole = torch.load(finished_run / "last.pt", weights_only=True)
    assert resumed.passes_done == whole["passes_done"] == 2
    for name, value in resumed.model.state_dict().items():
        torch.testing.assert_close(value, whole["model"][name], msg=name)


def test_threads_that_draw_ahead_change_no_batch(tiny_data: tuple[Path, Path]) -> None:
    pictures, labels, _ = pictures_of(tiny_data[0])
    pixels, rows = np.stack(pictures), np.arange(len(pictures))[::-1]
    asked = make_examples([Record(str(i), str(i), int(labels[i])) for i in rows], CONFIG.mix)
    chosen = [np.arange(i, i + 6) for i in range(0, 54, 6)]

    def drawn(workers: int, seed: int = 5) -> list[torch.Tensor]:
        found = batches(pixels, rows, asked, chosen, 32, AugmentConfig(), 0.5, seed, workers, torch.device("cpu"))
        return [torch.cat([value.flatten() for value in batch.tensors()]) for batch in found]

    inline = drawn(0)
    assert len(inline) == len(chosen)
    for workers in (1, 3, 40):
        for ours, theirs in zip(drawn(workers), inline, strict=True):
            assert torch.equal(ours, theirs)
    assert not torch.equal(drawn(0, seed=6)[0], inline[0])
    assert not torch.equal(inline[0], inline[1])


def test_a_run_with_threads_is_the_same_run(tiny_data: tuple[Path, Path], finished_run: Path, tmp_path: Path) -> None:
    threaded = train(tiny_data[0], tmp_path, CONFIG, tiny_data[1], pretrained=False, workers=2)
    whole = torch.load(finished_run / "last.pt", weights_only=True)
    for name, value in threaded.model.state_dict().items():
        torch.testing.assert_close(value, whole["model"][name], msg=name)


def test_other_parts_can_be_learned_from_but_lesions_shown_never(monkeypatch: pytest.MonkeyPatch) -> None:
    records = [Record(name, f"lesion of {name}", 0) for name in "abcde"]
    parts = parts_of(records, {"a": "train", "b": "test", "c": "val", "d": "test", "e": "train"})
    monkeypatch.setattr("training.train.SHOWN_LESIONS", {"lesion of d"})
    assert learned_rows(records, parts, ("train",)).tolist() == [0, 4]
    assert sorted(learned_rows(records, parts, ("train", "test"))) == [0, 1, 4]


def test_figures_of_a_part_that_was_learned_from_are_refused() -> None:
    for recipe in ({}, {"learn": ["train"]}):
        require_unseen({"training": {"recipe": recipe}}, "test")
    require_unseen({}, "test")
    for learned in (["train", "test"], ["val", "test"]):
        with pytest.raises(ValueError, match="learned from the test part"):
            require_unseen({"training": {"recipe": {"learn": learned}}}, "test")


def test_what_a_start_and_a_teacher_have_seen_the_network_has_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, recipe in (("start", {"learn": ["train", "test"]}), ("teacher", {"learn": ["train"], "seen": ["val"]})):
        torch.save({"config": recipe, "labels": LABELS}, tmp_path / f"{name}.pt")
    asked = {}
    monkeypatch.setattr("training.train.train", lambda data, out, config, *rest, **options: asked.update(config=config))
    monkeypatch.setattr("training.train.Teachers.read", lambda files, precision: None)
    command = ["train", "DATA", "--out", "OUT", "--start", str(tmp_path / "start.pt")]
    monkeypatch.setattr(sys, "argv", command)
    main()
    assert asked["config"].seen == ("test", "train") and asked["config"].learn == ("train",)
    monkeypatch.setattr(sys, "argv", [*command, "--teachers", f"{tmp_path / 'teacher.pt'}=1"])
    main()
    assert asked["config"].seen == ("test", "train", "val")
    for part in asked["config"].seen:
        with pytest.raises(ValueError, match=f"learned from the {part} part"):
            require_unseen({"training": {"recipe": asdict(asked["config"])}}, part)


def test_two_processes_train_together(tiny_data: tuple[Path, Path], tmp_path: Path) -> None:
    data, split_file = tiny_data
    start = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    options = ["--out", tmp_path, "--split", split_file, "--stages", "32x2", "--threads", "1"]
    subprocess.run([*start, "-m", "training.train", data, *options], check=True, cwd=ROOT, timeout=240)
    entries = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert [(e["pass"], e["processes"]) for e in entries] == [(1, 2), (2, 2)]
    assert all(np.isfinite(e["loss"]) for e in entries)
    assert torch.load(tmp_path / "last.pt", weights_only=True)["passes_done"] == 2


@pytest.mark.parametrize("tuning", [0, 2])
def test_exported_file_answers_alike_in_litert_and_the_engine(
    tiny_data: tuple[Path, Path], finished_run: Path, tmp_path: Path, tuning: int
) -> None:
    pictures, labels, files = pictures_of(tiny_data[0])
    model, state = load_network(finished_run / "last.pt")
    images = network_input(pictures, SIZE, 1.0)
    ranges = quantize.collect_ranges(model, images.split(16))
    tuned = model
    if tuning:
        rounded = quantize.fake_quantized(model, ranges)
        batches = [(images[:8], torch.from_numpy(labels[:8]))] * tuning
        quantize.tune(rounded, model, batches, state["log_prior"], tuning, frozen=3)
        tuned = quantize.float_weights(rounded, model)
        assert not torch.equal(tuned.classifier.weight, model.classifier.weight)
    quantize.clamp_dead_channels(tuned, ranges)

    fp32, int8 = tmp_path / "fp32.tflite", tmp_path / "int8.tflite"
    export_float(tuned, SIZE, fp32)
    with torch.no_grad():
        expected = tuned(images).numpy()
    np.testing.assert_allclose(run_litert(fp32, images), expected, atol=1e-4)

    export_int8(fp32, INPUT_RANGE, ranges, int8)
    logits = run_litert(int8, images)
    lesions = np.array([f"{i // 2}" for i in range(len(labels))])
    squares = [center_crop_resize(p, SIZE, 1.0) for p in pictures]
    document = make_document(state, Part(logits, labels, lesions, squares), "0.1.0")
    set_metadata(int8, document)
    assert get_metadata(int8) == json.loads(json.dumps(document))
    np.testing.assert_array_equal(run_litert(int8, images), logits)
    assert run_engine(int8, files).shape == (len(files), len(LABELS))
    step = get_output(int8).quantization.scale[0]
    assert engine_difference(int8, pictures, SIZE, 1.0) <= step * 1.001


@pytest.mark.parametrize(("name", "millions"), [("lite0", 3.37), ("lite1", 4.14), ("lite2", 4.81)])
def test_imagenet_weights_fill_each_network(name: str, millions: float) -> None:
    config = replace(CONFIG, network=name)
    filled, random = (make_network(config, pretrained).features for pretrained in (True, False))
    assert sum(p.numel() for p in filled.parameters()) / 1e6 == pytest.approx(millions, abs=0.006)
    left = [n for (n, a), b in zip(filled.named_parameters(), random.parameters(), strict=True) if torch.equal(a, b)]
    assert not left


def test_picture_whose_half_is_odd_is_padded_as_tensorflow_does(tmp_path: Path) -> None:
    size = 80  # halved four times it is 5
    network = fold_batch_norm(make_network(CONFIG, pretrained=False).eval())
    images = torch.rand(2, 3, size, size, generator=torch.Generator().manual_seed(0))
    export_float(network, size, tmp_path / "odd.tflite")
    with torch.no_grad():
        expected = network(images).numpy()
    np.testing.assert_allclose(run_litert(tmp_path / "odd.tflite", images), expected, atol=1e-5)


def test_metrics_on_made_up_predictions() -> None:
    truth = np.array([0, 0, 1, 1, 2, 2])
    logits = np.log(np.array([[8, 1, 1], [2, 5, 3], [1, 8, 1], [1, 6, 3], [1, 1, 8], [5, 1, 4]], dtype=float))
    assert softmax(logits).sum(1) == pytest.approx(np.ones(6))
    assert macro_auc(softmax(logits), truth) == pytest.approx((0.875 + 1.0 + 1.0) / 3)
    padded = np.hstack([logits, np.full((6, 4), -50.0)])
    figures = summary(padded, truth, np.zeros(7))
    assert figures["accuracy"] == pytest.approx(4 / 6, abs=1e-4)
    assert figures["balanced_accuracy"] == pytest.approx(4 / 6, abs=1e-4)


def test_temperature_undoes_a_stretch() -> None:
    rng = np.random.default_rng(0)
    logits = rng.normal(size=(4000, 3)) * 2
    truth = np.array([rng.choice(3, p=p) for p in softmax(logits)])
    assert best_temperature(logits * 2.5, truth, np.zeros(3)) == pytest.approx(2.5, rel=0.1)
