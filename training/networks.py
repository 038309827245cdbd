"""The networks that can be trained, by name: those that may ship, and the teacher that may not."""

from __future__ import annotations

from training.network import SCALES, EfficientNetLite, load_imagenet
from training.vit import VIT, Vit, load_dinov2

NETWORKS = (*SCALES, VIT)
Network = EfficientNetLite | Vit


def build(name: str, classes: int, dropout: float = 0.0, drop_path: float = 0.0) -> Network:
    """The network of that name with random weights."""
    if name == VIT:
        return Vit(classes, dropout, drop_path)
    return EfficientNetLite(classes, dropout, drop_path, name)


def load_pretrained(model: Network) -> None:
    """Fill all layers but the classifier with what the network learned from other pictures."""
    if isinstance(model, Vit):
        load_dinov2(model)
    else:
        load_imagenet(model)


def network_name(state: dict) -> str:
    """Which network a checkpoint is of; those older than the choice of networks do not say it."""
    return state["config"].get("network", "lite0")


def averaged_network(state: dict) -> Network:
    """The averaged network of a checkpoint, ready to use."""
    model = build(network_name(state), len(state["labels"]))
    model.load_state_dict(state["average"])
    return model.eval()
