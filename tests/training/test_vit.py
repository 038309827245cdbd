"""The teacher's network, with random weights, and what it says of the views."""

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.nn import functional

from training.data import LABELS, Record
from training.examples import make_examples
from training.loading import Batch, make_batch
from training.networks import averaged_network, build
from training.preprocess import normalize
from training.teacher import Teachers, parse_teacher
from training.train import make_network, train
from training.trainer import TrainConfig, Trainer
from training.vit import MEAN, STD, VIT, EncoderBlock, Vit, whole_patches

CONFIG = TrainConfig(network=VIT, stages=((28, 1),), batch=4, size=28, frozen=11, ema=0.9, layer_decay=0.5)


def random_vit() -> Vit:
    """The network with random weights whose positions matter."""
    torch.manual_seed(0)
    model = Vit(len(LABELS), dropout=0.0)
    torch.nn.init.normal_(model.features[0].positions, std=0.1)
    return model


def one_batch(size: int = 28) -> Batch:
    """Views of four random pictures."""
    pixels = torch.randint(0, 256, (4, 60, 80, 3), dtype=torch.uint8, generator=torch.Generator().manual_seed(1))
    asked = make_examples([Record(str(i), str(i), i) for i in range(4)], CONFIG.mix)
    return make_batch(pixels, asked, size, CONFIG.augment, 0.0, torch.Generator().manual_seed(2))


def test_pixels_are_seen_as_the_network_was_trained_on_them() -> None:
    embedding = random_vit().features[0]
    pixels = torch.randint(0, 256, (1, 3, 28, 28)).float()
    shares = (pixels / 255 - torch.tensor(MEAN).view(1, 3, 1, 1)) / torch.tensor(STD).view(1, 3, 1, 1)
    ours = normalize(pixels) * embedding.gain + embedding.shift
    assert torch.allclose(ours, shares, atol=1e-5)


def test_views_of_any_size_are_brought_to_whole_patches() -> None:
    assert whole_patches(torch.Size((224, 240))) == [224, 238]
    assert whole_patches(torch.Size((3, 20))) == [14, 14]
    model = random_vit().eval()
    with torch.no_grad():
        tokens = model.features(torch.zeros(2, 3, 45, 30))
        assert tokens.shape == (2, 1 + 3 * 2, 384) and model.pooled(tokens).shape == (2, 768)
        assert model(torch.zeros(2, 3, 45, 30)).shape == (2, len(LABELS))


def test_both_ways_of_attention_are_the_formula() -> None:
    torch.manual_seed(0)
    block = EncoderBlock()
    x = torch.randn(2, 5, 384)
    q, k, v = (part.view(2, 5, 6, 64).transpose(1, 2) for part in block.qkv(x).split(384, 2))
    shares = torch.softmax(torch.einsum("bhqc,bhkc->bhqk", q, k) / 8, -1)
    wanted = block.out(torch.einsum("bhqk,bhkc->bqhc", shares, v).reshape(2, 5, 384))
    for training in (True, False):
        assert torch.allclose(block.train(training).attend(x), wanted, atol=1e-5)


def test_the_place_of_a_patch_matters() -> None:
    model = random_vit().eval()
    left = torch.zeros(1, 3, 28, 28)
    left[..., :14] = 1
    with torch.no_grad():
        assert not torch.allclose(model(left), model(left.flip(3)), atol=1e-4)


def test_a_dropped_block_leaves_its_input() -> None:
    torch.manual_seed(0)
    block = EncoderBlock(drop=0.5).train()
    x = torch.randn(16, 3, 384)
    with torch.no_grad():
        y = block(x)
        block.drop = 0.0
        kept = x + 2 * (block(x) - x)
    left = [torch.equal(y[i], x[i]) for i in range(16)]
    assert 0 < sum(left) < 16
    assert all(left[i] or torch.allclose(y[i], kept[i], atol=1e-5) for i in range(16))


def test_layers_further_down_learn_more_slowly_and_frozen_ones_not_at_all() -> None:
    trainer = Trainer(CONFIG, torch.full((7,), 1 / 7), 10, make_network(CONFIG, pretrained=False))
    trainer.model.train()
    rates = {id(p): group["initial_lr"] for group in trainer.optimizer.param_groups for p in group["params"]}
    layers = trainer.model.features
    assert rates[id(layers[13].weight)] == CONFIG.rate
    assert rates[id(layers[12].fc1.weight)] == CONFIG.rate / 2 and rates[id(layers[11].fc1.weight)] == CONFIG.rate / 4
    before = [layers[i].fc1.weight.clone() for i in (10, 11)]
    trainer.step(one_batch())
    assert torch.equal(layers[10].fc1.weight, before[0]) and not torch.equal(layers[11].fc1.weight, before[1])


def test_a_run_of_it_is_a_teacher(tiny_data: tuple[Path, Path], tmp_path: Path) -> None:
    trainer = train(tiny_data[0], tmp_path, CONFIG, tiny_data[1], pretrained=False)
    teachers = Teachers.read([(tmp_path / "last.pt", 1.0)], "fp32")
    views = torch.rand(2, 3, 28, 28)
    with torch.no_grad():
        wanted = trainer.average(views).log_softmax(1)
    assert torch.allclose(teachers(views), wanted, atol=1e-5)
    assert isinstance(averaged_network(torch.load(tmp_path / "last.pt", weights_only=True)), Vit)


def test_teachers_have_their_shares_and_see_views_at_their_own_size() -> None:
    torch.manual_seed(0)
    first, second = build("lite0", len(LABELS)).eval(), random_vit().eval()
    views = torch.rand(2, 3, 56, 56)
    with torch.no_grad():
        small = functional.interpolate(views, (28, 28), mode="bilinear", antialias=True)
        wanted = 0.75 * first(views).log_softmax(1) + 0.25 * second(small).log_softmax(1)
        said = Teachers([first, second], [64, 28], [3, 1], "fp32")(views)
    assert torch.allclose(said, wanted, atol=1e-4)


def test_the_network_learns_what_the_teachers_say_of_its_views() -> None:
    config = replace(
        CONFIG, network="lite0", frozen=1, smoothing=0.0, kind=0.0, dropout=0.0, drop_path=0.0, teacher=0.75
    )
    teacher = random_vit().eval()
    teacher.classifier.weight.data *= 30  # sure of something
    prior = torch.full((7,), 1 / 7)
    make = [make_network(config, pretrained=False) for _ in range(2)]
    taught = Trainer(config, prior, 10, make[0], teachers=Teachers([teacher], [28], [1.0], "fp32"))
    alone = Trainer(config, prior, 10, make[1])
    batch = one_batch()
    with torch.no_grad():
        said = (teacher(normalize(batch.views)) + batch.log_prior).softmax(1)
    assert not torch.allclose(said, batch.targets, atol=0.1)
    mixed = replace(batch, targets=0.25 * batch.targets + 0.75 * said)
    for trainer in (taught, alone):
        trainer.model.train()
    assert np.isclose(taught.step(batch).item(), alone.step(mixed).item(), atol=1e-5)


def test_what_is_asked_of_teachers_is_checked() -> None:
    assert parse_teacher("runs/a=b/last.pt=0.5") == (Path("runs/a=b/last.pt"), 0.5)
    for text in ("last.pt", "last.pt=", "last.pt=much"):
        with pytest.raises(argparse.ArgumentTypeError, match="FILE=SHARE"):
            parse_teacher(text)
