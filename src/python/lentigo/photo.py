"""From what the caller has of a photo to what the engine takes: a file's bytes, or pixels."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from typing import Protocol, TypeAlias, runtime_checkable

from lentigo.errors import ArgumentError

# Largest file that is read, bytes: that of the command line (CLI_MAX_PHOTO).
MAX_BYTES = 256 << 20


@runtime_checkable
class PixelArray(Protocol):
    """An array of u8 with the buffer protocol, `[H, W, 3]` RGB or `[H, W, 4]` RGBA: numpy's, or a memoryview."""

    @property
    def shape(self) -> tuple[int, ...]:
        """Height, width and channels."""
        ...


# A file's path, its bytes, or its pixels, upright and in sRGB.
Photo: TypeAlias = "str | os.PathLike[str] | bytes | bytearray | PixelArray"


@dataclass(frozen=True, slots=True)
class Pixels:
    """`[height, width, 4]` u8, rows without gaps."""

    rgba: bytes | bytearray
    width: int
    height: int


def read_file(path: str | os.PathLike[str], most: int = MAX_BYTES) -> bytes:
    """A regular file's bytes. Errors: OSError, for what is no file or too large, too."""
    # a pipe must not hold us up
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK), "rb") as file:
        about = os.fstat(file.fileno())
        if stat.S_ISDIR(about.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.fspath(path))
        if not stat.S_ISREG(about.st_mode):
            raise OSError(errno.EINVAL, "is no regular file", os.fspath(path))
        if about.st_size > most:
            raise OSError(errno.EFBIG, f"has {about.st_size} bytes, more than {most}", os.fspath(path))
        return file.read()


def take_pixels(view: memoryview) -> Pixels:
    """Pixels of a buffer `[H, W, 3]` or `[H, W, 4]` u8; three channels get an opaque fourth."""
    shape = view.shape or ()
    if view.format not in ("B", "<B") or len(shape) != 3 or shape[2] not in (3, 4):
        raise ArgumentError("LT_ARGUMENT", f"pixels are [H, W, 3] or [H, W, 4] u8, not {list(shape)} {view.format}")
    height, width, channels = shape
    given = view.tobytes()
    if channels == 4:
        return Pixels(given, width, height)
    rgba = bytearray(b"\xff") * (4 * width * height)
    for channel in range(3):
        rgba[channel::4] = given[channel::3]
    return Pixels(rgba, width, height)


def take_photo(photo: Photo) -> bytes | bytearray | memoryview | Pixels:
    """A file's bytes, or pixels. Errors: OSError, ArgumentError for an array of another shape, TypeError."""
    if isinstance(photo, (str, os.PathLike)):
        return read_file(photo)
    if isinstance(photo, (bytes, bytearray)):
        return photo
    try:
        view = memoryview(photo)  # type: ignore[arg-type]
    except TypeError:
        kind = type(photo).__name__
        raise TypeError(f"a photo is a path, bytes or an array [H, W, 3] u8, not {kind}") from None
    return view if view.ndim == 1 and view.format == "B" and view.contiguous else take_pixels(view)
