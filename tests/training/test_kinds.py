"""Kinds of picture: fitted, written as model format 2, answered by the engine, reported by source."""

import copy
import hashlib
import json
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from training import evaluate_sources, shortcuts
from training.data import LABELS, Record, read_split
from training.document import of_kind, require_unseen
from training.engine import Engine
from training.features import Features, Picture, run_features
from training.kinds import KIND_ENTRY, Answered, Source, as_bytes, describe, evened, fit_kinds, kind_of, priors
from training.ood_scores import Linear
from training.outliers import read_outliers, write_outliers
from training.sources import KINDS, METADATA, read_sources, select, split_others
from training.tflite_file import get_metadata, set_entry, set_metadata

ROOT = Path(__file__).parents[2]
ENGINE = ROOT / "build" / "lentigo"
COLUMNS = "image_id,kind,dataset,dx,scc,lesion_id,patient_id,near_dup_group,ham_twin,age,sex,site,skin_tone,label_basis"


@pytest.fixture(scope="module")
def two_kinds(
    tiny_data: tuple[Path, Path], tiny_model: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Source, Path]:
    """A model file of format 2, made of the drawings and of the same drawings on blue ground as close-ups."""
    folder = tmp_path_factory.mktemp("close-ups")
    (folder / "images").mkdir()
    lines = [COLUMNS]
    for record in read_sources([tiny_data[0]]):
        pixels = np.asarray(Image.open(record.file).convert("RGB")).copy()
        pixels[..., 2] = 255 - pixels[..., 2] // 2
        name = f"C{record.image_id}"
        Image.fromarray(pixels).save(folder / "images" / f"{name}.webp", lossless=True)
        dx = LABELS[record.label] if not name.endswith("11") else ""
        lines.append(
            f"{name},clinical,milk10k,{dx},0.0,IL_{record.lesion_id},,,,40,female,arm,{record.label % 6}.0,histology"
        )
    (folder / METADATA).write_text("\n".join(lines) + "\n")
    strange, noise = folder / "outliers", np.random.default_rng(0).integers(0, 256, (48, 64, 64, 3)).astype(np.uint8)
    write_outliers((("photo", f"s{i}", Image.fromarray(pixels)) for i, pixels in enumerate(noise)), strange)
    model = folder / "kinds.tflite"
    model.write_bytes(tiny_model.read_bytes())
    records = read_sources([tiny_data[0], folder])
    split = split_others(records, read_split(tiny_data[1]))
    (folder / "split.csv").write_text("image_id,part\n" + "".join(f"{k},{v}\n" for k, v in split.items()))
    source = Source([tiny_data[0], folder], model, folder / "split.csv", folder / "cache")
    describe(source, strange)
    return source, model


def test_the_document_states_each_kind_and_the_engine_reads_it(two_kinds: tuple[Source, Path]) -> None:
    _, model = two_kinds
    document = get_metadata(model)
    assert document["format"] == 2 and "temperature" not in document
    assert [k["id"] for k in document["kinds"]] == ["dermoscopic", "clinical"]
    assert "MILK study team" in document["attribution"] and "ViDIR" in document["attribution"]
    said = subprocess.run([ENGINE, "inspect", "--json", model], check=True, capture_output=True, text=True)
    assert [k["id"] for k in json.loads(said.stdout)["kinds"]] == ["dermoscopic", "clinical"]
    for kind in document["kinds"]:
        assert np.exp(kind["log_prior"]).sum() == pytest.approx(1, abs=1e-4)
        assert {"malignant", "confidence"} <= set(kind["thresholds"])


def test_kinds_are_told_by_what_sets_their_features_apart() -> None:
    rng = np.random.default_rng(0)
    records = [Record(str(i), str(i), 0, kind=KINDS[i % 2]) for i in range(400)]
    pooled = rng.normal(size=(400, 16)).astype(np.float32)
    pooled[1::2, 3] += 6
    half = [Answered(records[a:b], Features(pooled[a:b], np.zeros((b - a, 7)))) for a, b in ((0, 200), (200, 400))]
    told = kind_of(fit_kinds(half[0]), half[1].features.pooled)
    assert np.mean(told == np.arange(200) % 2) > 0.97


def test_what_decides_comes_from_a_file_that_does_not_know_the_lesions(
    two_kinds: tuple[Source, Path], tmp_path: Path
) -> None:
    source, decider = two_kinds
    knowing = tmp_path / "knowing.tflite"
    knowing.write_bytes(decider.read_bytes())
    document = get_metadata(decider)
    recipe = document["training"]["recipe"] | {"learn": ["train", "val", "test"]}
    set_metadata(knowing, document | {"training": document["training"] | {"recipe": recipe}})
    strange = decider.parent / "outliers"
    with pytest.raises(ValueError, match="learned from the val part"):
        describe(source.of(knowing), strange)

    # Its own answers for these lesions would be far too sure.
    class Sure(Source):
        def answered(self, records: list[Record], seeds: bool = False) -> Answered:
            own = super().answered(records, seeds)
            if self.model != knowing:
                return own
            logits = np.eye(len(LABELS))[[r.label for r in records]] * 50
            return Answered(records, Features(own.features.pooled, logits))

    sure = copy.copy(source)
    sure.__class__ = Sure
    made = describe(sure.of(knowing), strange, decider=decider)
    assert made["training"]["decided_by"] == document["version"]
    assert made["training"]["recipe"]["learn"] == ["train", "val", "test"]
    for ours, theirs in zip(made["kinds"], document["kinds"], strict=True):
        for name in ("temperature", "conformal", "thresholds", "ood"):
            assert ours[name] == theirs[name], name


@pytest.mark.parametrize("which", [0, 1])
def test_the_engine_reads_the_scores_in_the_order_of_the_kinds(
    two_kinds: tuple[Source, Path], tmp_path: Path, which: int
) -> None:
    source, model = two_kinds
    channels = run_features(model, [Picture(source.records[0].file)], source.cache).pooled.shape[1]
    scores = [Linear(np.zeros(channels, np.float32), float(k == which)) for k in range(2)]
    file = tmp_path / "told.tflite"
    file.write_bytes(model.read_bytes())
    set_entry(file, KIND_ENTRY, as_bytes(scores))
    said = {a["kind"] for a in Engine(file).ask([r.file for r in source.part("test")], jobs=1)}
    assert KINDS[which] in said and said <= {KINDS[which], "neither"}


def test_figures_by_source_come_from_the_kind_that_was_told(
    two_kinds: tuple[Source, Path],
) -> None:
    source, model = two_kinds
    records = source.part("test")
    log_priors = priors(select(source.records, "train", source.split))
    found = evaluate_sources.measure(Engine(model), records, log_priors, 50)
    assert list(found) == ["ham10000", "milk10k-clinical"]
    for figures in found.values():
        assert 0 <= figures["set_coverage"]["value"] <= 1 and figures["balanced_accuracy"]["low"] is not None
    assert found["milk10k-clinical"]["none_of_the_classes"]["pictures"] == sum(r.label < 0 for r in records)
    text = evaluate_sources.as_text(found, found, "version 0")
    assert "Close-ups without a dermatoscope" in text and "truth in the set of 90 %" in text
    outliers = model.parent / "outliers"
    strange = evaluate_sources.outlier_figures(Engine(model), outliers)
    files = [outliers / row.file for row in read_outliers(outliers) if row.part == "test"]
    told = [a["not_a_lesion"] for a in Engine(model).ask(files, jobs=1)]
    assert strange["everyday, all"] == strange["photo"] == {"pictures": len(told), "told": round(np.mean(told), 4)}
    assert "photo" in evaluate_sources.outlier_table(strange, strange)
    short = evaluate_sources.of_whole_kind(found, "clinical")
    assert short["sources"]["milk10k-clinical"]["lesions"] == short["lesions"]


def test_a_document_of_one_kind_reads_as_format_1() -> None:
    document = {"format": 2, "labels": [], "kinds": [{"id": "a", "temperature": 2}, {"id": "b", "temperature": 3}]}
    assert of_kind(document, "b")["temperature"] == 3 and of_kind(document, 0)["temperature"] == 2
    assert of_kind({"temperature": 1}, "b") == {"temperature": 1}


def test_a_fit_takes_rare_classes_and_small_sources_early() -> None:
    records = [Record(f"n{i}", "", 5) for i in range(900)] + [Record(f"d{i}", "", 3) for i in range(9)]
    records += [Record(f"m{i}", "", 1, source="milk10k") for i in range(100)]
    chosen = evened(records, 100)
    assert len(chosen) == 100
    assert sum(r.label == 3 for r in chosen) >= 6 and sum(r.source == "milk10k" for r in chosen) >= 20


def test_a_probe_tells_sources_where_features_do_and_not_where_they_do_not() -> None:
    rng = np.random.default_rng(0)
    sources, lesions = np.repeat(["a", "b"], 100), np.arange(200).astype(str)
    noise = rng.normal(size=(200, 8))
    assert 0.35 < shortcuts.probe(noise, sources, lesions) < 0.65
    assert shortcuts.probe(noise + 3 * (sources == "a")[:, None], sources, lesions) > 0.95


def test_changes_leave_the_middle_where_they_are_about_the_rim() -> None:
    pixels = np.full((60, 80, 3), 100, np.uint8)
    hidden = shortcuts.corners_hidden(pixels)
    assert hidden[30, 40].tolist() == [100, 100, 100] and hidden[0, 0].tolist() == [0, 0, 0]
    assert shortcuts.cropped(0.5)(pixels).shape == (30, 40, 3)
    assert shortcuts.lit(3, 1, 0.5)(pixels)[0, 0].tolist() == [255, 100, 50]


def test_the_shipped_file_carries_the_figures_of_one_that_has_not_seen_the_lesions() -> None:
    shipped, measured = (get_metadata(ROOT / "model" / name) for name in ("lesion.tflite", "measured.tflite"))
    require_unseen(measured, "test")
    assert shipped["figures_of"] == measured["version"]
    assert [kind["figures"] for kind in shipped["kinds"]] == [kind["figures"] for kind in measured["kinds"]]
    with pytest.raises(ValueError, match=f"{shipped['version']} has learned from the test part"):
        require_unseen(shipped, "test")
    require_unseen(shipped, "val")
    report = json.loads((ROOT / "model/report/figures.json").read_text())
    content = (ROOT / "model/measured.tflite").read_bytes()
    assert report["model"]["sha256"] == hashlib.sha256(content).hexdigest()
