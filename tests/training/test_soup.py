"""Averaging networks: the weights' mean, and statistics that fit it."""

import torch

from training.network import EfficientNetLite
from training.soup import average, measured

FROZEN = 3


def test_average_is_weighted_and_counts_are_the_firsts() -> None:
    states = [
        {"w": torch.tensor([1.0, 2.0]), "n": torch.tensor(3)},
        {"w": torch.tensor([5.0, 6.0]), "n": torch.tensor(9)},
    ]
    mean = average(states, [0.25, 0.75])
    torch.testing.assert_close(mean["w"], torch.tensor([4.0, 5.0]))
    assert mean["n"] == 3


def test_statistics_are_those_of_the_views_behind_the_frozen_layers() -> None:
    torch.manual_seed(0)
    model = EfficientNetLite(7, dropout=0.0)
    before = {name: value.clone() for name, value in model.features[:FROZEN].state_dict().items()}
    views = torch.rand(16, 3, 64, 64)
    measured(model, FROZEN, iter([views]))
    assert not model.training
    for name, value in model.features[:FROZEN].state_dict().items():
        torch.testing.assert_close(value, before[name], msg=name)
    # After one batch, what is used is what that batch is normalised by while training.
    with torch.no_grad():
        low = model.features[:FROZEN](views)
        used = model.features[FROZEN](low)
        trained = model.features[FROZEN].train()(low)
    torch.testing.assert_close(used, trained, atol=0.02, rtol=0.02)
