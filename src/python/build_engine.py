"""How the extension `lentigo._engine` is compiled: cffi in API mode, the engine's one object linked into it.

setup.py names `ffibuilder` here. LENTIGO_HEADER is lentigo.h; LENTIGO_LIBRARY is the static library that shows no
names but those of the header. `make wheel` sets both.
"""

import os
import sys
from pathlib import Path

from cffi import FFI

sys.path.insert(0, str(Path(__file__).parent))
from declarations import declarations

HEADER = Path(os.environ["LENTIGO_HEADER"])

ffibuilder = FFI()
ffibuilder.cdef(declarations(HEADER.read_text(encoding="utf-8")))
ffibuilder.set_source(
    "lentigo._engine",
    '#include "lentigo.h"',
    include_dirs=[str(HEADER.parent)],
    extra_objects=[os.environ["LENTIGO_LIBRARY"]],
    libraries=["m"],
    # Two extensions, or this one beside the shared library, must not take each other's functions.
    extra_link_args=["-pthread", "-Wl,--exclude-libs,ALL", "-Wl,--gc-sections", "-Wl,-z,now"],
    # Of the oldest Python that the wheel is for: pyproject.toml.
    define_macros=[("Py_LIMITED_API", "0x030b0000")],
    py_limited_api=True,
)
