"""The wheel as a file: what it says it runs on, what is in it, and how the header is read for it."""

import importlib.util
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT

import lentigo
from lentigo._engine import lib

# Of the processors that the engine is built for.
LOADERS = ("ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1")

(WHEEL,) = (ROOT / "build/wheel").glob("*.whl")


def load_declarations():
    """The program that reads the header; it is no part of the package."""
    spec = importlib.util.spec_from_file_location("declarations", ROOT / "src/python/declarations.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.declarations


@pytest.fixture(scope="module")
def extension(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with zipfile.ZipFile(WHEEL) as wheel:
        (name,) = [name for name in wheel.namelist() if name.endswith(".so")]
        return Path(wheel.extract(name, tmp_path_factory.mktemp("wheel")))


def test_one_wheel_is_for_all_pythons_and_for_each_glibc_that_it_names(extension: Path) -> None:
    name, version, python, abi, platform = WHEEL.stem.split("-")
    assert (name, version, python, abi) == ("lentigo", lentigo.__version__, "cp311", "abi3")
    tags = [tuple(map(int, found)) for found in re.findall(r"manylinux_(\d+)_(\d+)_", platform)]
    symbols = subprocess.run(["readelf", "-V", extension], capture_output=True, text=True, check=True).stdout
    needed = max(tuple(map(int, found)) for found in re.findall(r"GLIBC_(\d+)\.(\d+)", symbols))
    assert tags and needed <= min(tags)
    assert extension.name == "_engine.abi3.so"


def test_the_extension_shows_one_name_and_needs_libc_alone(extension: Path) -> None:
    shown = subprocess.run(["nm", "-D", "--defined-only", extension], capture_output=True, text=True, check=True).stdout
    assert [line.split()[-1] for line in shown.splitlines()] == ["PyInit__engine"]
    needs = subprocess.run(["readelf", "-d", extension], capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"NEEDED.*\[(.+?)\]", needs)) <= {"libm.so.6", "libc.so.6", *LOADERS}
    assert str(ROOT).encode() not in extension.read_bytes()


def test_the_wheel_brings_types_and_licences_and_no_model() -> None:
    with zipfile.ZipFile(WHEEL) as wheel:
        names = wheel.namelist()
        (about,) = [wheel.read(name).decode() for name in names if name.endswith("METADATA")]
        licences = {name.rpartition("/")[2]: wheel.read(name) for name in names if "/licenses/" in name}
    assert "lentigo/py.typed" in names and "lentigo/screen/__main__.py" in names
    assert not [name for name in names if "tflite" in name or "__pycache__" in name or name.endswith((".c", ".o"))]
    assert "Requires-Python: >=3.11" in about and "Provides-Extra: screen" in about
    assert licences["LICENSE"] == (ROOT / "LICENSE").read_bytes() and b"XNNPACK" in licences["LICENCES"]


def test_the_archives_command_says_which_package_is_missing() -> None:
    run = "import runpy, sys; sys.modules['ray'] = None; sys.argv[1:] = ['in', '--out', 'out', '--model', 'm']; "
    run += "runpy.run_module('lentigo.screen', run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "ray" in done.stderr and "lentigo[screen]" in done.stderr
    assert "Traceback" not in done.stderr


def test_all_that_the_header_declares_is_there() -> None:
    exports = (ROOT / "build/shared/exports").read_text().split()
    assert len(exports) > 30 and set(exports) <= set(dir(lib))


HEADER = """
#ifndef X_H
#define X_H
#include <stddef.h>
#ifdef __cplusplus
extern "C" {
#endif
/* A comment with a "quote", a brace { and a // in it. */
#define X_COUNT 3
#define X_MOST 0.25 // a share
#define X_NAME "neither"
#define X_CALL(a) ((a) + 1)
typedef struct x { int a[X_COUNT]; /* units */ } x;
int x_of(const x *one); // the rest
#ifdef __cplusplus
}
#endif
#endif
"""


def test_the_header_is_read_by_its_form() -> None:
    assert load_declarations()(HEADER).split("\n") == [
        "#define X_COUNT 3",
        "static const double X_MOST;",
        "static char *const X_NAME;",
        "typedef struct x { int a[X_COUNT];   } x;",
        "int x_of(const x *one);  ",
        "",
    ]
