"""An archive through Ray on this machine: a worker lost midway, a run that ended, and one that goes on."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import MODEL, PICTURES, ROOT, answers
from ray.cluster_utils import Cluster

import lentigo
from lentigo.screen.run import TRIES, ScreenError, screen
from lentigo.screen.worker import Screener

PHOTOS = PICTURES + 4
EACH = 4


def command(*arguments: object) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "lentigo.screen", *map(str, arguments), "--model", str(MODEL)]
    return subprocess.run(words, capture_output=True, text=True, check=False, timeout=300, cwd=ROOT)


def dying(folder: Path, times: int) -> type[Screener]:
    """A worker that is killed in the middle of the part with photo 030, so many times; files in the folder count them.

    Made here, so that Ray sends it to its workers as it is.
    """

    class Dying(Screener):
        def answer(self, given: bytes | lentigo.Failure) -> lentigo.Answer | lentigo.Failure:
            if given == (folder.parent / "030.jpg").read_bytes() and len(list(folder.iterdir())) < times:
                (folder / str(os.getpid())).touch()
                os.kill(os.getpid(), signal.SIGKILL)
            return super().answer(given)

    return Dying


@pytest.fixture
def deaths(tmp_path: Path, archive: Path) -> Path:
    """Where the workers that are killed leave their number."""
    (tmp_path / "030.jpg").write_bytes((archive / "a/030.jpg").read_bytes())
    folder = tmp_path / "deaths"
    folder.mkdir()
    return folder


def test_each_photo_has_one_row_though_a_worker_is_lost(archive: Path, tmp_path: Path, deaths: Path) -> None:
    out = tmp_path / "out"
    done = screen([str(archive)], str(out), MODEL, workers=2, each=EACH, screener=dying(deaths, 1))
    assert len(list(deaths.iterdir())) == 1
    assert (done.photos, done.failed, done.done, done.others) == (PHOTOS, 4, 0, 1)
    rows = answers(out)
    assert len(rows) == len({row["file"] for row in rows}) == PHOTOS
    assert len(list(out.glob("answers-*.parquet"))) == PHOTOS // EACH
    assert (out / "_model.tflite").read_bytes() == MODEL.read_bytes()
    engine = lentigo.Engine(MODEL)
    for row in rows[::7]:
        expected = None if row["error"] else engine.classify(row["file"]).malignant
        assert row["malignant"] == expected


def test_a_run_that_ended_goes_on_without_doing_work_twice(archive: Path, tmp_path: Path, deaths: Path) -> None:
    out = tmp_path / "out"
    with pytest.raises(ScreenError, match="lost"):
        screen([str(archive)], str(out), MODEL, workers=2, each=EACH, screener=dying(deaths, 1000))
    assert len(list(deaths.iterdir())) == TRIES
    before = {file.name: file.stat().st_mtime_ns for file in out.glob("answers-*.parquet")}
    assert len(before) < PHOTOS // EACH
    there = sum(row["status"] is not None for row in answers(out)) if before else 0
    done = command(archive, "--out", out, "--workers", 2, "--part", EACH)
    assert done.returncode == 0, done.stderr
    assert f"{PHOTOS - there} photos in" in done.stdout
    rows = answers(out)
    assert len(rows) == len({row["file"] for row in rows}) == PHOTOS
    assert {name: (out / name).stat().st_mtime_ns for name in before} == before
    # once more there is nothing to do
    again = command(archive, "--out", out, "--part", EACH)
    assert again.returncode == 0 and "0 photos in" in again.stdout and f"{PHOTOS} were there already" in again.stdout


def test_a_cluster_of_two_machines_shares_the_parts(archive: Path, tmp_path: Path) -> None:
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    try:
        cluster.add_node(num_cpus=1)
        done = command(archive, "--out", tmp_path, "--part", EACH, "--address", cluster.address)
    finally:
        cluster.shutdown()
    assert done.returncode == 0, done.stderr
    assert f"{PHOTOS} photos in" in done.stdout and "4 without an answer" in done.stdout
    rows = answers(tmp_path)
    assert len(rows) == len({row["file"] for row in rows}) == PHOTOS


def test_the_command_says_what_is_wrong(archive: Path, tmp_path: Path) -> None:
    missing = command(tmp_path / "nowhere", "--out", tmp_path / "out")
    assert missing.returncode == 1 and "nowhere: is not there" in missing.stderr
    assert "Traceback" not in missing.stderr
    asked = command(archive, "--out", tmp_path / "out", "--prior", "uniform")
    assert asked.returncode == 1 and "another asked" in asked.stderr
    labels = tmp_path / "labels"
    labels.write_text("one\n")
    stated = command(archive, "--out", tmp_path / "other", "--labels", labels)
    assert stated.returncode == 1 and "LT_ARGUMENT" in stated.stderr
    backwards = command(archive, "--out", tmp_path / "other", "--range", "1,0")
    assert backwards.returncode == 2 and "--range" in backwards.stderr
    views = command(archive, "--out", tmp_path / "other", "--views", 9)
    assert views.returncode == 1 and "views" in views.stderr
