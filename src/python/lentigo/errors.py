"""What goes wrong in the engine, as exceptions."""

from __future__ import annotations

from lentigo._engine import ffi, lib


def text(pointer: object) -> str:
    """A string of C as one of Python; what is not UTF-8 in it is replaced."""
    found: bytes = ffi.string(pointer)
    return found.decode("utf-8", "replace")


class LentigoError(Exception):
    """A call that the engine refused: `status` is its name in lentigo.h, `message` says what and where."""

    status: str
    message: str

    def __init__(self, status: str, message: str) -> None:
        super().__init__(status, message)
        self.status, self.message = status, message

    def __str__(self) -> str:
        return f"{self.message} ({self.status})"


class ArgumentError(LentigoError, ValueError):
    """A value that the call does not take."""


class ModelError(LentigoError):
    """The model file is damaged, or uses what the engine does not run."""


class PhotoError(LentigoError):
    """The photo is damaged, of a kind that is not read, or too large."""


# Which exception a status becomes; all others are plain ones.
CLASSES: dict[str, type[LentigoError]] = {
    "LT_ARGUMENT": ArgumentError,
    "LT_MODEL_FORMAT": ModelError,
    "LT_MODEL_UNSUPPORTED": ModelError,
    "LT_MODEL_METADATA": ModelError,
    "LT_IMAGE_FORMAT": PhotoError,
    "LT_IMAGE_UNSUPPORTED": PhotoError,
    "LT_IMAGE_SIZE": PhotoError,
}


def error(status: int, message: str = "") -> LentigoError:
    """The exception for a status; without a message it says what the status means."""
    name = text(lib.lt_status_name(status))
    return CLASSES.get(name, LentigoError)(name, message or text(lib.lt_status_text(status)))
