"""The metadata document of a model file, of either format."""

from __future__ import annotations

# What a document of format 2 states for each kind of picture, and one of format 1 at its top.
OF_KIND = ("log_prior", "temperature", "thresholds", "operating_points", "conformal", "quality", "ood", "figures")


def of_kind(document: dict, kind: int | str) -> dict:
    """The document as format 1 would have it for that kind (its index or id); one of format 1 as it is."""
    if "kinds" not in document:
        return document
    kinds = document["kinds"]
    chosen = kinds[kind] if isinstance(kind, int) else next(k for k in kinds if k["id"] == kind)
    return document | {name: chosen[name] for name in OF_KIND if name in chosen}
