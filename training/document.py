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


def parts_seen(recipe: dict) -> set[str]:
    """Parts of the split that a network knows, by its recipe: learned from by itself, its start or its teachers."""
    return {*recipe.get("learn", ["train"]), *recipe.get("seen", ())}


def require_unseen(document: dict, part: str) -> None:
    """Refuse a model file that knows the lesions of a part: no figure of it on them means anything."""
    if part in parts_seen(document.get("training", {}).get("recipe", {})):
        name = f"{document.get('name', 'the model')} {document.get('version', '')}".strip()
        raise ValueError(f"{name} has learned from the {part} part: figures come from a file that has not (--model)")
