"""The evaluation: its figures against scikit-learn, its intervals on simulated data, all of it through the engine."""

import json
import shutil
import sys
import xml.dom.minidom
from pathlib import Path

import numpy as np
import pytest
from sklearn import metrics as reference

from training import metrics
from training.bootstrap import lesion_weights
from training.card import CardError, write_section
from training.corruptions import CORRUPTIONS, blur, brightness, noise, rotation, white_balance
from training.data import LABELS, PARTS, Record, part_records, read_metadata, read_split
from training.decision import prediction_sets
from training.engine import Engine, EngineError, run_engine
from training.evaluate import card_sections, main
from training.evaluate_answers import ask, files_of, from_logits
from training.evaluate_figures import abstained, age_band, failures, marks, operating_points, plain, quality, sets
from training.evaluate_report import report, weakest
from training.evaluate_trials import balanced_sample, shared_lesions, split_by_picture
from training.plots import Axis, Line, lines, matrix
from training.tflite_file import get_metadata

CARD_OF_THE_MODEL = Path(__file__).parents[2] / "model" / "README.md"
CLASSES = len(LABELS)
DOCUMENT = {
    "labels": [{"id": label, "malignant": label in ("akiec", "bcc", "mel")} for label in LABELS],
    "temperature": 1.0,
    "log_prior": [0.0] * CLASSES,
}


def answers_of(probabilities: np.ndarray, truth: np.ndarray, said: list[dict] | None = None, lesion: int = 1):
    """Made-up answers, `lesion` pictures of each lesion."""
    records = [Record(f"P{i}", f"L{i // lesion}", int(t)) for i, t in enumerate(truth)]
    return from_logits(records, np.log(probabilities), DOCUMENT, said)


# ---- decisions ----


def test_operating_point_by_hand() -> None:
    p = np.full((8, CLASSES), 1e-9)
    mel, nv = LABELS.index("mel"), LABELS.index("nv")
    p[:, mel] = [0.9, 0.8, 0.3, 0.6, 0.2, 0.1, 0.1, 0.1]
    p[:, nv] = 1 - p[:, mel]
    answers = answers_of(p, np.array([mel] * 3 + [nv] * 5))
    document = {"operating_points": [{"name": "a", "threshold": 0.5, "sensitivity": 0.9}]}
    (point,) = operating_points(answers, document, lesion_weights(answers.lesions, 50))
    assert point["stated"] == {"sensitivity": 0.9}
    assert point["sensitivity"].value == pytest.approx(2 / 3)
    assert point["specificity"].value == pytest.approx(4 / 5)
    assert point["ppv"].value == pytest.approx(2 / 3)
    assert point["ppv_at_2_percent"].value == pytest.approx(0.02 * (2 / 3) / (0.02 * (2 / 3) + 0.98 * 0.2))


def test_sets_by_hand() -> None:
    p, truth = np.full((4, CLASSES), 1 / CLASSES), np.array([0, 0, 1, 1])
    said = [{"set": names} for names in (["akiec"], ["bcc", "mel"], ["bcc"], ["bcc", "akiec", "nv"])]
    answers = answers_of(p, truth, said)
    found = sets(answers, {"conformal": {"coverage": 0.9, "prior": "data"}}, lesion_weights(answers.lesions, 50))
    assert found["coverage"].value == pytest.approx(0.75)
    assert found["size"].value == pytest.approx(7 / 4)
    assert found["sizes"] == {"1": 0.5, "2": 0.25, "3": 0.25}
    assert found["classes"]["akiec"]["coverage"].value == pytest.approx(0.5)
    assert sets(answers, {}, lesion_weights(answers.lesions, 5)) is None


def test_checks_count_only_where_the_model_has_them() -> None:
    said = [
        {"abstain": i == 0, "not_a_lesion": i == 1, "ood_score": 0.5, "quality": {"faults": ["dark"] * (i == 2)}}
        for i in range(4)
    ]
    answers = answers_of(np.full((4, CLASSES), 1 / CLASSES), np.zeros(4, int), said)
    weights = lesion_weights(answers.lesions, 20)
    whole = {"quality": {}, "thresholds": {"confidence": 0.5}}
    assert {name: marked.tolist().index(True) for name, marked in marks(answers, whole).items()} == {
        **{"abstain": 0, "not_a_lesion": 1, "quality": 2}
    }
    assert quality(answers, whole, weights)["faults"] == {"dark": 0.25}
    assert abstained(answers, whole, weights)["rate"]["all"].value == 0.25
    without = answers_of(np.full((4, CLASSES), 1 / CLASSES), np.zeros(4, int), [a | {"ood_score": None} for a in said])
    assert marks(without, {}) == {}
    assert quality(without, {}, weights) is None and abstained(without, {}, weights) is None


def test_failures_are_the_surest_first(made_up: tuple) -> None:
    p, truth, _ = made_up
    found = failures(answers_of(p, truth), 10)
    sure = [row["probability"] for row in found["confident"]]
    assert sure == sorted(sure, reverse=True)
    assert all(row["truth"] != row["answer"] for row in found["confident"])
    assert all(row["truth"] in ("akiec", "bcc", "mel") for row in found["missed"])


def test_ages_fall_into_bands() -> None:
    assert [age_band(a) for a in (0.0, 29.0, 30.0, 75.0, 85.0, None)] == [
        *("under 30", "under 30", "30-44", "75 and over", "75 and over", "unknown")
    ]


def test_plain_is_what_json_takes() -> None:
    value = {"a": np.float32(0.123456), "b": [np.nan, np.int64(3)], 4: np.array([[1, 2]]), "c": np.bool_(True)}
    assert json.loads(json.dumps(plain(value))) == {"a": 0.1235, "b": [None, 3], "4": [[1, 2]], "c": True}


# ---- splits and samples ----


def test_metadata_keeps_whose_lesion_it_is(tmp_path: Path) -> None:
    (tmp_path / "HAM10000_metadata.csv").write_text(
        "lesion_id,image_id,dx,dx_type,age,sex,localization\nL1,P1,nv,histo,35.0,female,face\nL2,P2,mel,,,,\n"
    )
    first, second = read_metadata(tmp_path)
    assert (first.age, first.sex, first.site, first.dx_type) == (35.0, "female", "face", "histo")
    assert (second.age, second.sex, second.site, second.dx_type) == (None, "unknown", "unknown", "unknown")


def test_random_split_tears_lesions_apart() -> None:
    records = [Record(f"P{i}", f"L{i // 2}", i % CLASSES, age=None if i % 10 == 0 else 50.0) for i in range(1000)]
    train, val, test = split_by_picture(records)
    assert [len(part) for part in (train, val, test)] == [576, 144, 180]
    assert len({r.image_id for part in (train, val, test) for r in part}) == 900
    # four fifths of a lesion's other pictures are there, 64 % of them in the training part
    assert 0.45 < shared_lesions(test, train)["all"] < 0.7


def test_sample_evens_out_the_classes_by_whole_lesions(made_up: tuple) -> None:
    p, truth, _ = made_up
    truth = np.sort(truth)
    answers = answers_of(p, truth, lesion=3)
    taken = answers.take(balanced_sample(answers, 20))
    for lesion in set(taken.lesions):
        assert (taken.lesions == lesion).sum() == (answers.lesions == lesion).sum()
    for c in range(CLASSES):
        assert (taken.truth == c).sum() >= min(20, (truth == c).sum())
    assert len(taken.records) < 180


# ---- corruptions and drawing ----


def test_corruptions_keep_the_shape_and_are_repeatable() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (30, 40, 3), dtype=np.uint8)
    for kind in CORRUPTIONS:
        for strength in kind.strengths:
            spoilt = kind.apply(pixels, strength, "P1")
            assert spoilt.shape == pixels.shape and spoilt.dtype == np.uint8, kind.name
            np.testing.assert_array_equal(spoilt, kind.apply(pixels, strength, "P1"), kind.name)
            assert not np.array_equal(spoilt, pixels), kind.name
    assert not np.array_equal(noise(pixels, 8, "P1"), noise(pixels, 8, "P2"))


def test_corruptions_do_what_they_say() -> None:
    pixels = np.random.default_rng(0).integers(20, 180, (40, 40, 3), dtype=np.uint8)
    np.testing.assert_array_equal(rotation(pixels, 90, ""), np.rot90(pixels))
    np.testing.assert_array_equal(brightness(pixels, 0.5, ""), np.rint(pixels / 2))
    np.testing.assert_array_equal(white_balance(pixels, 0.1, "")[..., 1], pixels[..., 1])
    assert white_balance(pixels, 0.1, "")[..., 0].mean() > pixels[..., 0].mean() * 1.09
    assert np.std(blur(pixels, 2, "")) < np.std(pixels) / 3
    grey = np.full((200, 200, 3), 128, np.uint8)
    assert np.std(noise(grey, 8, "")) == pytest.approx(8, rel=0.02)


def test_plots_are_svg_for_light_and_dark() -> None:
    x, y = Axis("x & y", 0, 1, (0, 1)), Axis("<y>", 0, 1, (0, 0.5, 1))
    curve = np.linspace(0, 1, 5000)
    drawn = lines("a <b>", "about", x, y, [Line("one", curve, curve, marks=False)], diagonal=True)
    assert drawn == lines("a <b>", "about", x, y, [Line("one", curve, curve, marks=False)], diagonal=True)
    assert "prefers-color-scheme:dark" in drawn and len(drawn) < 20000
    tree = xml.dom.minidom.parseString(drawn)
    points = tree.getElementsByTagName("polyline")[0].getAttribute("points").split()
    assert points[0] == "64.0,368.0" and points[-1] == "410.0,40.0"
    counts = matrix("m", "about", ["a", "b"], np.array([[9, 1], [0, 0]]))
    texts = [t.firstChild.data for t in xml.dom.minidom.parseString(counts).getElementsByTagName("text")]
    assert texts.count("9") == 1 and texts.count("0") == 2


def test_card_section_is_replaced_and_a_missing_one_named(tmp_path: Path) -> None:
    card = tmp_path / "card.md"
    card.write_text("a\n<!-- begin: one -->\nold\n<!-- end: one -->\nb\n")
    write_section("one", "new\nlines", card)
    assert card.read_text() == "a\n<!-- begin: one -->\nnew\nlines\n<!-- end: one -->\nb\n"
    with pytest.raises(CardError, match="two"):
        write_section("two", "", card)


# ---- through the engine ----


def test_engine_answers_in_order_and_from_what_is_kept(
    tiny_data: tuple[Path, Path], tiny_model: Path, tmp_path: Path
) -> None:
    files = files_of(read_metadata(tiny_data[0])[:7])
    engine = Engine(tiny_model, tmp_path)
    for jobs in (1, 3):
        answers = Engine(tiny_model).ask(files, jobs=jobs)
        assert [a["file"] for a in answers] == [str(f) for f in files]
    first = engine.ask(files)
    (kept,) = tmp_path.iterdir()
    kept.write_text(kept.read_text().replace('"prior": "data"', '"prior": "kept"'))
    assert engine.ask(files)[0] == first[0] | {"prior": "kept"}
    # other options, other pictures: other answers
    assert engine.ask(files, prior="uniform")[0]["prior"] == "uniform"
    assert engine.ask(files[:6])[0]["prior"] == "data"


def test_engine_that_decides_otherwise_than_the_file_says_is_noticed(
    tiny_data: tuple[Path, Path], tiny_model: Path
) -> None:
    records = read_metadata(tiny_data[0])[:5]
    engine, document = Engine(tiny_model), get_metadata(tiny_model)
    files = files_of(records)
    ask(engine, document, records, files)
    with pytest.raises(EngineError, match=r"P_00\d"):
        ask(engine, document | {"temperature": 3 * document["temperature"]}, records, files)
    with pytest.raises(EngineError, match="labels"):
        ask(engine, document | {"labels": document["labels"][::-1]}, records, files)


def test_missing_picture_is_named(tiny_model: Path) -> None:
    with pytest.raises(EngineError, match=r"nowhere\.jpg"):
        run_engine(tiny_model, [Path("nowhere.jpg")])


@pytest.fixture(scope="module")
def evaluated(tiny_data: tuple[Path, Path], tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a report on the tiny data, with a copy of the model's card beside it."""
    folder = tmp_path_factory.mktemp("evaluated")
    card = folder / "card.md"
    shutil.copy(CARD_OF_THE_MODEL, card)
    options = ("--model", tiny_model, "--split", tiny_data[1], "--cache", folder / "cache")
    options += ("--draws", 100, "--corrupted", 1)
    for own in (("--out", folder / "report", "--write-card", card), ("--out", folder / "quick", "--quick")):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "argv", [str(word) for word in ("evaluate", tiny_data[0], *options, *own)])
            main()
    return folder


def test_quick_report_leaves_out_only_what_takes_long(evaluated: Path) -> None:
    whole, quick = (json.loads((evaluated / name / "figures.json").read_text()) for name in ("report", "quick"))
    assert whole["views"] and len(whole["views"]) == 3
    assert quick == whole | {"robustness": None, "views": None, "forms": None}
    assert (evaluated / "quick" / "report.md").read_text().count("Left out of this run.") == 3
    assert set(card_sections(whole)) - set(card_sections(quick)) == {"robustness", "views", "forms"}
    assert not (evaluated / "quick" / "robustness.svg").exists()


def test_report_has_the_figures_of_the_engines_answers(
    tiny_data: tuple[Path, Path], tiny_model: Path, evaluated: Path
) -> None:
    found = json.loads((evaluated / "report" / "figures.json").read_text())
    records = part_records(tiny_data[0], "test", tiny_data[1])
    document = get_metadata(tiny_model)
    logits = run_engine(tiny_model, files_of(records))
    truth = np.array([r.label for r in records])
    p = metrics.softmax(logits / document["temperature"] + np.array(document["log_prior"]))
    assert found["part"]["pictures"] == len(records) and found["part"]["lesions"] == len({r.lesion_id for r in records})
    assert found["headline"]["accuracy"]["value"] == pytest.approx(
        reference.accuracy_score(truth, p.argmax(1)), abs=1e-4
    )
    assert found["headline"]["nll"]["value"] == pytest.approx(
        reference.log_loss(truth, p, labels=np.arange(CLASSES)), abs=1e-3
    )
    assert np.array(found["confusion"]["data"]).sum() == len(records)
    assert sum(group["pictures"] for group in found["groups"]["sex"].values()) == len(records)
    assert len(found["groups"]["sex"]) == 2
    assert len(found["robustness"]["trials"]) == sum(len(kind.strengths) for kind in CORRUPTIONS)
    held = prediction_sets(document, logits)
    assert found["sets"]["coverage"]["value"] == pytest.approx(held[np.arange(len(truth)), truth].mean(), abs=1e-4)
    assert found["sets"]["size"]["value"] == pytest.approx(held.sum(1).mean(), abs=1e-4)
    assert 0 <= found["quality"]["any"]["all"]["value"] < 1
    unsure = p.max(1) < document["thresholds"]["confidence"]
    assert found["abstain"]["rate"]["all"]["value"] == pytest.approx(unsure.mean(), abs=1e-4)
    assert [point["name"] for point in found["operating_points"]] == ["marked by the app", "0.90", "0.95"]
    split = read_split(tiny_data[1])
    assert set(found["random_split"]["parts"]) <= set(PARTS) and len(set(split.values())) == 3
    total = sum(part["pictures"] for part in found["random_split"]["parts"].values())
    assert total == found["random_split"]["all"]["pictures"]


def test_report_and_card_are_whole(evaluated: Path) -> None:
    text = (evaluated / "report" / "report.md").read_text()
    for title in ("Headline", "Operating points", "Prediction sets", "Groups", "Robustness", "leaking"):
        assert title in text
    drawings = sorted((evaluated / "report").glob("*.svg"))
    assert len(drawings) == 6
    for drawing in drawings:
        assert f"({drawing.name})" in text
        xml.dom.minidom.parse(str(drawing))
    found = json.loads((evaluated / "report" / "figures.json").read_text())
    assert report(found) == text
    card = (evaluated / "card.md").read_text()
    for section in card_sections(found).values():
        assert section.strip() in card


def test_weakest_groups_are_named() -> None:
    def group(malignant: int, sensitivity: float, specificity: float) -> dict:
        found = {"sensitivity": sensitivity, "specificity": specificity}
        return {"malignant_lesions": malignant} | {k: {"value": v, "low": 0.1, "high": 0.9} for k, v in found.items()}

    sites = {"back": group(40, 0.8, 0.6), "upper_arm": group(30, 0.7, 0.9), "ear": group(2, 0.0, 0.0)}
    text = weakest({"groups": {"site": sites}})
    assert "sensitivity 0.700 (0.100 to 0.900) (site: upper arm)" in text
    assert "specificity 0.600 (0.100 to 0.900) (site: back)" in text


def test_missing_split_part_is_named(tiny_data: tuple[Path, Path], tiny_model: Path, tmp_path: Path) -> None:
    split = tmp_path / "split.csv"
    split.write_text("image_id,part\nP_000,train\n")
    with pytest.MonkeyPatch.context() as patch:
        options = ("--model", tiny_model, "--split", split, "--out", tmp_path)
        patch.setattr(sys, "argv", [str(word) for word in ("evaluate", tiny_data[0], *options)])
        with pytest.raises(SystemExit, match="no picture of the part 'test'"):
            main()
