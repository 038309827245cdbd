"""The compiled extension: lentigo.h by cffi, whose objects have no types that a checker knows."""

from typing import Any

ffi: Any
lib: Any
