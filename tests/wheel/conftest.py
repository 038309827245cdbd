"""What the tests of the Python package share: the model that ships, and photographs of the repository."""

import json
import subprocess
from pathlib import Path

import pytest

import lentigo

ROOT = Path(__file__).parents[2]
COMMAND = ROOT / "build/lentigo"
MODEL = ROOT / "model/lesion.tflite"
ATLAS = ROOT / "model/lesion.atlas"
SAMPLES = sorted((ROOT / "web/samples").glob("*.jpg"))


def command(*arguments: object) -> list[dict]:
    """What the command line prints, a JSON object a line, without the times."""
    words = [str(COMMAND), "classify", "--json", *map(str, arguments)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    return [without_times(json.loads(line)) for line in done.stdout.splitlines()]


def without_times(answer: dict) -> dict:
    """Times differ from one run to the next, and are all that may."""
    return {name: value for name, value in answer.items() if name != "ms"}


@pytest.fixture(scope="session")
def engine() -> lentigo.Engine:
    """An engine with the model that ships, and its atlas."""
    return lentigo.Engine(MODEL, atlas=ATLAS)


@pytest.fixture(scope="session")
def nameless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same network without its metadata: no labels, no kinds, no sets."""
    entry = b"\x07\0\0\0lentigo\0"
    content = MODEL.read_bytes()
    assert content.count(entry) == 1
    path = tmp_path_factory.mktemp("model") / "nameless.tflite"
    path.write_bytes(content.replace(entry, b"\x07\0\0\0another\0"))
    return path
