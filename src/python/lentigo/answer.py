"""What is asked of the engine and what it answers: plain data, which can be pickled and compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Region(NamedTuple):
    """A square of a photo: its centre as shares, 0..1, of width and height, its side as a share of the shorter one."""

    x: float
    y: float
    side: float


@dataclass(frozen=True, slots=True)
class Label:
    """A class that the model knows."""

    id: str  # "mel"
    name: str  # "Melanoma"
    about: str  # one or two sentences in plain words, or ""
    malignant: bool


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of picture, by whose numbers such a picture is decided."""

    id: str  # "dermoscopic"; "" where the model tells no kinds, and then this is the only one
    name: str


@dataclass(frozen=True, slots=True)
class Model:
    """What the model file says of itself."""

    name: str
    version: str  # semantic version
    licence: str
    attribution: str
    labels: tuple[Label, ...]
    kinds: tuple[Kind, ...]
    width: int  # of the network's input, pixels
    height: int
    views: int  # how many can be averaged
    fingerprint: str  # of the file's bytes, 16 hexadecimal digits
    network: str  # of all that features are computed with, by which an atlas knows the network; 16 digits
    unsaid: tuple[str, ...]  # what stands on a guess, since neither the file nor the caller says it: "labels", …


@dataclass(frozen=True, slots=True)
class Quality:
    """How a square is as a picture: each measure by its name, and the names of what is wrong with it."""

    values: dict[str, float]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one photo. lentigo.h says more of each value."""

    label: str  # id of the likeliest class
    probabilities: dict[str, float]  # by class id, in the model's order; they add up to 1
    logits: tuple[float, ...]  # what the network gave, before temperature and prior, in the model's order
    malignant: float  # summed probability of the malignant classes
    prior: str  # "data" or "uniform"
    kind: str | None  # of the picture; "neither" where it shows no lesion; None where the model tells no kinds
    decided_by: str | None  # the kind whose numbers decided
    set: tuple[str, ...] | None  # class ids of the prediction set, the likeliest first; None where the model has none
    abstain: bool  # no class is likely enough to be named
    not_a_lesion: bool
    ood_score: float | None  # larger: stranger; None where the model has none
    quality: Quality
    views: int  # how many the logits are the mean of
    width: int  # of the upright photo, pixels
    height: int
    scale: int  # 1, 2, 4 or 8: the JPEG was decoded at 1/scale
    missing: float  # share of the square that the file lacks
    colour: str  # what is known of the photo's colours: "unstated", "srgb", "converted", "unread"
    profile: str  # name of its colour profile, or ""
    milliseconds: dict[str, float]  # "decode", "resize", "infer"
    model: str  # Model.fingerprint of the model that gave it


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no answer: the name of a status in lentigo.h, or of the exception by which a file was not read."""

    status: str
    message: str
