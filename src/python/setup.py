"""What pyproject.toml cannot say: the version, which is the engine's, and the extension. Run by `make wheel`."""

import os
import re
from pathlib import Path

from setuptools import setup

HEADER = Path(os.environ["LENTIGO_HEADER"])
VERSION = re.search(r'^#define LT_VERSION\s+"(.+)"', HEADER.read_text(encoding="utf-8"), re.MULTILINE)[1]

setup(
    version=VERSION,
    cffi_modules=["build_engine.py:ffibuilder"],
    options={"bdist_wheel": {"py_limited_api": "cp311"}},
)
