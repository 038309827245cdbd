"""The atlas of similar lesions: which are chosen, what the file holds, and that the engine finds the same in it."""

import io
import json
import struct
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from training import atlas as module
from training.atlas import PIXELS, candidates, make, medoids, principal
from training.data import LABELS, Record
from training.engine import Engine, EngineError
from training.evaluate_answers import files_of
from training.kinds import Source
from training.sources import UNSTATED
from training.tflite_file import get_metadata, read_model, set_metadata, write_model

ENGINE = Path(__file__).parents[2] / "build" / "lentigo"
EACH = 3


@pytest.fixture(scope="module")
def source(tiny_data: tuple[Path, Path], tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Source:
    """The tiny data by the tiny model."""
    return Source([tiny_data[0]], tiny_model, tiny_data[1], tmp_path_factory.mktemp("features"))


@pytest.fixture(scope="module")
def made(source: Source, tmp_path_factory: pytest.TempPathFactory) -> tuple[module.Atlas, Path, dict]:
    """The atlas, its file, and what is told of it."""
    atlas, file, about = make(source, EACH)
    path = tmp_path_factory.mktemp("atlas") / "tiny.atlas"
    path.write_bytes(file)
    return atlas, path, about


def test_candidates_are_one_of_each_group_and_of_known_diagnosis() -> None:
    known = Record("A", "L1", 0, dx_type="histo")
    records = [
        known,
        replace(known, image_id="B"),
        replace(known, image_id="C", lesion_id="L2", ties=("patient:1",)),
        replace(known, image_id="D", lesion_id="L3", ties=("patient:1",)),
        replace(known, image_id="E", lesion_id="L4", dx_type=f"{UNSTATED}: nearly all nevi"),
        replace(known, image_id="F", lesion_id="L5", label=-1),
        replace(known, image_id="G", lesion_id="L6", kind="clinical"),
    ]
    assert [r.image_id for r in candidates(records, "dermoscopic")] == ["A", "C"]


def test_medoids_stand_for_their_clusters() -> None:
    rng = np.random.default_rng(0)
    centres = np.eye(4)[:3]
    places = np.concatenate([c + rng.normal(0, 0.05, (20, 4)) for c in centres])
    places /= np.linalg.norm(places, axis=1, keepdims=True)
    chosen = medoids(places, 3)
    assert sorted(int(i) // 20 for i in chosen) == [0, 1, 2]
    for i in chosen:  # none of its cluster is nearer to all the others
        own = places[i // 20 * 20 : i // 20 * 20 + 20]
        sums = (own @ own.T).sum(1)
        assert sums[i % 20] == pytest.approx(sums.max())
    assert medoids(places[:5], 9).tolist() == [0, 1, 2, 3, 4]


def test_the_projection_keeps_most_of_what_differs() -> None:
    rng = np.random.default_rng(1)
    pooled = rng.normal(0, 1, (200, 3)) @ rng.normal(0, 1, (3, 12)) + 5
    exact = pooled - pooled.mean(0)
    exact /= np.linalg.norm(exact, axis=1, keepdims=True)
    found = principal([pooled[:100], pooled[100:]], 3).places(pooled)
    means = np.concatenate([pooled[:100].mean(0, keepdims=True), pooled[100:].mean(0, keepdims=True)]).mean(0)
    shifted = pooled - means
    shifted /= np.linalg.norm(shifted, axis=1, keepdims=True)
    assert np.abs(found @ found.T - shifted @ shifted.T).max() < 0.05


def test_the_file_names_network_sources_and_lesions(made: tuple, source: Source) -> None:
    atlas, path, about = made
    file = path.read_bytes()
    header = struct.unpack_from("<8sIIQ8I", file)
    magic, version, labels, key, channels, kinds, dims, count, sources, pixels, text_size, picture_size = header
    assert (magic, version, labels, kinds, sources, pixels) == (b"LNTGATLS", 1, len(LABELS), 1, 1, PIXELS)
    assert key == module.network_key(source.model)
    assert count == len(atlas.records) and about["lesions"]["dermoscopic"]["mel"] <= EACH
    train = {r.lesion_id for r in source.part("train")}
    assert {r.lesion_id for r in atlas.records} <= train
    assert len({r.lesion_id for r in atlas.records}) == count
    texts_at = struct.calcsize("<8sIIQ8I") + 8 * dims + dims * channels + count * (dims + 3 + 4)
    texts = file[texts_at : texts_at + text_size].decode().split("\0")
    assert texts[:2] == [get_metadata(source.model)["name"], get_metadata(source.model)["version"]]
    assert texts[4].startswith("HAM10000 Dataset: (c)") and texts[5] == "CC BY-NC 4.0"
    assert texts[6:8] == [atlas.records[0].image_id, "histopathology"]
    (first,) = struct.unpack_from("<I", file, texts_at - 4 * count)
    with Image.open(io.BytesIO(file[len(file) - picture_size :][:first])) as image:
        assert image.format == "WEBP" and image.size == (PIXELS, PIXELS) and not image.getexif()


def test_the_engine_finds_six_in_it(made: tuple, source: Source) -> None:
    atlas, path, _ = made
    diagnoses = {r.image_id: LABELS[r.label] for r in atlas.records}
    said = Engine(source.model).ask(files_of(source.part("test")), atlas=path)
    for answer in said:
        assert len({n["id"] for n in answer["similar"]}) == module.NEIGHBOURS
        assert all(n["label"] == diagnoses[n["id"]] and n["licence"] == "CC BY-NC 4.0" for n in answer["similar"])
        likeness = [n["similarity"] for n in answer["similar"]]
        assert likeness == sorted(likeness, reverse=True) and max(map(abs, likeness)) <= 1 + 1e-6


def test_another_network_is_refused_and_another_document_is_not(made: tuple, source: Source, tmp_path: Path) -> None:
    files = files_of(source.part("test"))[:1]
    renamed = tmp_path / "renamed.tflite"
    renamed.write_bytes(source.model.read_bytes())
    set_metadata(renamed, get_metadata(renamed) | {"version": "9.9.9"})
    assert Engine(renamed).ask(files, atlas=made[1])[0]["similar"]
    model = read_model(source.model)
    largest = max(model.buffers, key=lambda b: 0 if b.data is None else len(b.data))
    largest.data = np.array(largest.data, np.uint8) ^ 1
    other = tmp_path / "other.tflite"
    write_model(model, other)
    with pytest.raises(EngineError, match="key: it belongs to network"):
        Engine(other).ask(files, atlas=made[1])


def test_the_command_writes_file_and_report(
    tiny_data: tuple[Path, Path], tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = {"--model": tiny_model, "--split": tiny_data[1], "--out": tmp_path / "a"}
    options |= {"--cache": tmp_path / "cache", "--report": tmp_path / "report", "--each": EACH, "--draws": 20}
    arguments = [str(part) for pair in options.items() for part in pair]
    monkeypatch.setattr(sys, "argv", ["atlas", str(tiny_data[0]), *arguments, "--write"])
    module.main()
    found = json.loads((tmp_path / "report" / "similar.json").read_text())
    figures = found["figures"]["kind"]["dermoscopic"]
    assert figures["lesions"] > 0 and 0 <= figures["right_neighbours"]["value"] <= 1
    assert "macro AUC of the vote of six" in (tmp_path / "report" / "similar.md").read_text()
    picture = next((tiny_data[0] / "images").iterdir())
    shown = subprocess.run(
        [str(ENGINE), "classify", "--model", str(tiny_model), "--similar", str(tmp_path / "a"), str(picture)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "looks to the network like lesions of known diagnosis; no proof:" in shown.stdout
