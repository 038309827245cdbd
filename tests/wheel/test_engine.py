"""The Python package's engine beside the command line: the same answers, and errors that say what is wrong."""

import io
import math
import os
import pickle
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from conftest import ATLAS, MODEL, SAMPLES, command, without_times
from PIL import Image

import lentigo

REGION = lentigo.Region(0.4, 0.6, 0.5)
# What is asked, in both languages.
WAYS = {
    "as it is": ([], {}),
    "uniform": (["--prior", "uniform"], {"prior": "uniform"}),
    "region": (["--region", "0.4,0.6,0.5", "--turn", "3"], {"region": REGION, "turns": 3}),
    "views": (["--views", "8"], {"views": 8}),
    "logits": (["--logits"], {"logits": True}),
    "map": (["--map"], {"map": True}),
    "map of a class": (["--map=mel"], {"map": "mel"}),
    "similar": (["--similar", ATLAS], {"similar": True}),
}


@pytest.mark.parametrize("way", WAYS)
def test_answers_are_those_of_the_command_line(engine: lentigo.Engine, way: str) -> None:
    options, asked = WAYS[way]
    expected = command(*options, "--model", MODEL, *SAMPLES[:4])
    found = [without_times(engine.classify_json(path, file=str(path), **asked)) for path in SAMPLES[:4]]
    assert found == expected and len(expected) == 4


def test_options_are_those_of_the_command_line(tmp_path: Path) -> None:
    large = tmp_path / "large.jpg"
    with Image.open(SAMPLES[0]) as image:
        image.resize((2400, 1800)).save(large, quality=95)
    for options, given in ((["--full-decode"], {"full_decode": True}), ([], {})):
        engine = lentigo.Engine(MODEL, **given)
        expected = command(*options, "--model", MODEL, large)
        assert [without_times(engine.classify_json(large, file=str(large)))] == expected
        assert (engine.classify(large).scale == 1) == bool(given)
    assert command("--megapixels", 1, "--model", MODEL, large)[0]["error"]
    with pytest.raises(lentigo.PhotoError, match=r"LT_IMAGE_SIZE"):
        lentigo.Engine(MODEL, max_pixels=1_000_000).classify(large)
    with pytest.raises(lentigo.LentigoError, match=r"LT_MEMORY"):
        lentigo.Engine(MODEL, max_bytes=1000).classify(large)


def same_float(found: float, told: float) -> bool:
    return np.float32(found) == np.float32(told)


@pytest.mark.parametrize("asked", [{}, {"prior": "uniform", "views": 4}])
def test_an_answer_says_what_its_json_says(engine: lentigo.Engine, asked: dict) -> None:
    for path in SAMPLES:
        answer = engine.classify(path, **asked)
        told = engine.classify_json(path, logits=True, **asked)
        assert list(answer.probabilities) == list(told["probabilities"])
        assert all(same_float(answer.probabilities[k], told["probabilities"][k]) for k in told["probabilities"])
        assert all(same_float(a, b) for a, b in zip(answer.logits, told["logits"], strict=True))
        assert same_float(answer.malignant, told["malignant"]) and same_float(answer.ood_score, told["ood_score"])
        plain = ("label", "prior", "abstain", "not_a_lesion", "kind", "decided_by", "views")
        assert {name: getattr(answer, name) for name in plain} == {name: told[name] for name in plain}
        assert list(answer.set) == told["set"] and list(answer.quality.faults) == told["quality"]["faults"]
        assert all(same_float(value, told["quality"][name]) for name, value in answer.quality.values.items())
        photo = told["photo"]
        assert (answer.width, answer.height, answer.scale) == (photo["width"], photo["height"], photo["scale"])
        assert (answer.colour, answer.profile) == (photo["colour"], photo["profile"])
        assert math.isclose(sum(answer.probabilities.values()), 1, abs_tol=1e-5)
        assert answer.model == engine.model.fingerprint and set(answer.milliseconds) == {"decode", "resize", "infer"}


def test_a_model_without_metadata_has_numbers_for_classes_and_no_sets(nameless: Path) -> None:
    engine = lentigo.Engine(nameless)
    assert [label.id for label in engine.model.labels] == [str(i) for i in range(7)]
    answer = engine.classify(SAMPLES[0])
    assert (answer.kind, answer.decided_by, answer.set, answer.ood_score) == (None, None, None, None)
    assert without_times(engine.classify_json(SAMPLES[0], file=str(SAMPLES[0]))) in command(
        "--model", nameless, SAMPLES[0]
    )


def test_what_a_file_does_not_say_is_stated(nameless: Path, tmp_path: Path) -> None:
    # its input is quantised and takes pixels as they are
    assert lentigo.Engine(nameless).model.unsaid == ("labels", "malignant") and lentigo.Engine(MODEL).model.unsaid == ()
    names = ["a", "b", "c", "d", "é", "f", "g"]
    (tmp_path / "names").write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
    engine = lentigo.Engine(nameless, labels=names, malignant=["é", "b"], pixels=(100.0, (120.0, 125.0, 130.0)))
    assert [label.id for label in engine.model.labels] == names and engine.model.unsaid == ()
    assert [label.id for label in engine.model.labels if label.malignant] == ["b", "é"]
    options = ["--labels", tmp_path / "names", "--mean", "100", "--std", "120,125,130"]
    expected = command(*options, "--logits", "--model", nameless, SAMPLES[0])
    found = without_times(engine.classify_json(SAMPLES[0], file=str(SAMPLES[0]), logits=True))
    assert [{**found, "malignant": 0}] == [{**expected[0], "malignant": 0}]
    answer = engine.classify(SAMPLES[0])
    assert math.isclose(answer.malignant, answer.probabilities["b"] + answer.probabilities["é"], rel_tol=1e-5)
    wrong = ({"labels": names[:2]}, {"labels": ["a\nb", *names[2:]]}, {"malignant": ["z"]}, {"pixels": (0.0, 0.0)})
    for options in wrong:
        with pytest.raises(lentigo.LentigoError):
            lentigo.Engine(nameless, **options)
    with pytest.raises(lentigo.ArgumentError):
        lentigo.Engine(MODEL, labels=names)


def test_the_model_says_of_itself_what_its_file_says(engine: lentigo.Engine) -> None:
    model = engine.model
    assert [label.id for label in model.labels] == ["akiec", "bcc", "bkl", "df", "mel", "nv", "vasc"]
    assert [label.id for label in model.labels if label.malignant] == ["akiec", "bcc", "mel"]
    assert model.licence == "CC BY-NC 4.0" and [kind.id for kind in model.kinds] == ["dermoscopic", "clinical"]
    assert lentigo.Engine(MODEL.read_bytes()).model == model
    assert lentigo.__version__.count(".") == 2


def test_the_self_test_in_the_file_is_passed(nameless: Path) -> None:
    lentigo.Engine(MODEL).self_test()
    content = bytearray(MODEL.read_bytes())
    where = content.rindex(b"lentigo.selftest")
    with pytest.raises(lentigo.LentigoError, match="LT_NO_SELF_TEST"):
        lentigo.Engine(bytes(content[:where]) + b"another" + bytes(content[where + 7 :])).self_test()


# ---- what a photo may be ----


def test_a_photo_is_a_path_bytes_or_pixels_to_the_same_bits(engine: lentigo.Engine) -> None:
    with Image.open(SAMPLES[1]) as image:
        pixels = np.asarray(image.convert("RGB"))
    png = io.BytesIO()
    Image.fromarray(pixels).save(png, "PNG")
    logits = engine.classify(png.getvalue()).logits
    opaque = np.dstack([pixels, np.full(pixels.shape[:2], 255, np.uint8)])
    backwards = np.ascontiguousarray(pixels[:, ::-1])[:, ::-1]
    assert not backwards.flags.c_contiguous
    ways = (bytearray(png.getvalue()), memoryview(png.getvalue()), pixels, opaque, backwards, memoryview(pixels))
    for photo in ways:
        assert engine.classify(photo).logits == logits
    jpeg = SAMPLES[1].read_bytes()
    assert engine.classify(SAMPLES[1]).logits == engine.classify(str(SAMPLES[1])).logits == engine.classify(jpeg).logits


WRONG_ARRAYS = {
    "grey": np.zeros((8, 8), np.uint8),
    "floats": np.zeros((8, 8, 3), np.float32),
    "five channels": np.zeros((8, 8, 5), np.uint8),
    "a batch": np.zeros((1, 8, 8, 3), np.uint8),
}


@pytest.mark.parametrize("name", WRONG_ARRAYS)
def test_other_arrays_are_named(engine: lentigo.Engine, name: str) -> None:
    array = WRONG_ARRAYS[name]
    with pytest.raises(lentigo.ArgumentError, match=r"\[H, W, 3\]") as wrong:
        engine.classify(array)
    assert str(list(array.shape)) in str(wrong.value)


def test_an_array_without_pixels_is_refused_by_the_engine(engine: lentigo.Engine) -> None:
    with pytest.raises(lentigo.LentigoError):
        engine.classify(np.zeros((0, 8, 3), np.uint8))


def test_what_is_no_photo_at_all_is_a_type_error(engine: lentigo.Engine) -> None:
    with pytest.raises(TypeError, match=r"path, bytes or an array .* not int"):
        engine.classify(3)


def test_a_path_that_is_no_photo_says_why(engine: lentigo.Engine, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"nowhere\.jpg"):
        engine.classify(tmp_path / "nowhere.jpg")
    with pytest.raises(IsADirectoryError):
        engine.classify(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="no regular file"):
        engine.classify(tmp_path / "pipe")
    with (tmp_path / "huge.jpg").open("wb") as file:
        file.truncate((256 << 20) + 1)
    with pytest.raises(OSError, match="more than 268435456"):
        engine.classify(tmp_path / "huge.jpg")


HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
WRONG_PHOTOS = {
    "nothing": (b"", "LT_"),
    "text": (b"no photo", "LT_IMAGE_FORMAT"),
    "heic": (HEIC, "LT_IMAGE_FORMAT"),
    "cut": (SAMPLES[0].read_bytes()[:400], "LT_IMAGE_FORMAT"),
}


@pytest.mark.parametrize("name", WRONG_PHOTOS)
def test_a_wrong_photo_raises_status_and_message(engine: lentigo.Engine, name: str) -> None:
    photo, status = WRONG_PHOTOS[name]
    with pytest.raises(lentigo.LentigoError) as wrong:
        engine.classify(photo)
    assert wrong.value.status.startswith(status) and len(wrong.value.message) > 10
    assert wrong.value.status in str(wrong.value) and wrong.value.message in str(wrong.value)
    again = pickle.loads(pickle.dumps(wrong.value))
    assert (type(again), again.status, again.message) == (type(wrong.value), wrong.value.status, wrong.value.message)
    assert engine.classify(SAMPLES[0]).label  # works on


# ---- what may be asked ----


WRONG_QUESTIONS = {
    "prior": {"prior": "equal"},
    "region beyond": {"region": (1.5, 0.5, 0.5)},
    "region without a side": {"region": (0.5, 0.5, 0.0)},
    "region too large": {"region": (0.5, 0.5, 1.5)},
    "region of nothing": {"region": (0.5, 0.5, float("nan"))},
    "turns": {"turns": 4},
    "turns back": {"turns": -1},
    "no views": {"views": 0},
    "more views than there are": {"views": 9},
}


@pytest.mark.parametrize("name", WRONG_QUESTIONS)
def test_a_wrong_question_is_an_argument_error(engine: lentigo.Engine, name: str) -> None:
    with pytest.raises(lentigo.ArgumentError) as wrong:
        engine.classify(SAMPLES[0], **WRONG_QUESTIONS[name])
    assert isinstance(wrong.value, ValueError) and wrong.value.status == "LT_ARGUMENT" and wrong.value.message
    with pytest.raises(TypeError, match="crop"):
        engine.classify(SAMPLES[0], crop=1)
    with pytest.raises(lentigo.ArgumentError, match="no label 'nope'"):
        engine.class_map(SAMPLES[0], "nope")


def test_a_wrong_engine_is_refused(tmp_path: Path) -> None:
    with pytest.raises(lentigo.ModelError, match="LT_MODEL_FORMAT"):
        lentigo.Engine(b"no model")
    with pytest.raises(FileNotFoundError):
        lentigo.Engine(tmp_path / "none.tflite")
    for threads in (0, 65, -1):
        with pytest.raises(lentigo.ArgumentError):
            lentigo.Engine(MODEL, threads=threads)
    with pytest.raises(TypeError, match="speed"):
        lentigo.Engine(MODEL, speed=1)
    with pytest.raises(lentigo.LentigoError, match="LT_ATLAS"):
        lentigo.Engine(MODEL, atlas=b"no atlas")
    with pytest.raises(lentigo.ArgumentError):
        lentigo.Engine(MODEL).classify_json(SAMPLES[0], similar=True)


def test_a_closed_engine_says_so() -> None:
    with lentigo.Engine(MODEL) as engine:
        assert engine.peak_bytes > 1_000_000
    engine.close()
    with pytest.raises(ValueError, match="closed"):
        engine.classify(SAMPLES[0])


def test_a_cancelled_engine_answers_when_it_is_resumed() -> None:
    engine, photo = lentigo.Engine(MODEL), np.zeros((3000, 4000, 4), np.uint8)
    engine.cancel()
    for asked in (lambda: engine.classify(SAMPLES[0]), lambda: engine.classify(photo), engine.self_test):
        with pytest.raises(lentigo.LentigoError, match="LT_CANCELLED"):
            asked()
    engine.resume()
    expected = engine.classify(SAMPLES[0])
    assert expected.logits == lentigo.Engine(MODEL).classify(SAMPLES[0]).logits
    # from another thread, while this one asks again and again
    other = threading.Thread(target=engine.cancel)
    other.start()
    with pytest.raises(lentigo.LentigoError, match="LT_CANCELLED"):
        while True:
            engine.classify(SAMPLES[0])
    other.join()
    engine.close()
    engine.cancel()
    engine.resume()


# ---- what else an engine does ----


def test_a_map_is_the_one_in_the_json(engine: lentigo.Engine) -> None:
    for label in (None, "nv"):
        found = engine.class_map(SAMPLES[2], label)
        told = engine.classify_json(SAMPLES[2], map=label or True)["map"]
        values = np.asarray(found.values)
        assert found.label == told["label"] and values.shape == (told["height"], told["width"])
        assert np.array_equal(values.ravel(), np.array(told["values"], np.float32))


def test_quality_and_proposal_are_those_of_the_photo(engine: lentigo.Engine) -> None:
    with Image.open(SAMPLES[0]) as image:
        pixels = np.asarray(image.convert("RGB"))
    dark = engine.check((pixels // 12).astype(np.uint8))
    assert "dark" in dark.faults and dark.values["brightness"] < engine.check(SAMPLES[0]).values["brightness"]
    assert engine.check(SAMPLES[0]).values == engine.classify(SAMPLES[0]).quality.values
    square = engine.propose(SAMPLES[0])
    assert square is not None and 0 < square.side <= 1 and engine.classify(SAMPLES[0], region=square).label
    assert engine.propose(pixels) is not None
    assert engine.propose(np.full((64, 64, 3), 200, np.uint8)) is None


def test_python_runs_on_while_the_engine_works() -> None:
    """No thread of Python's is let in by time here, so another one runs only if the engine's call lets it."""
    engine, state, seen = lentigo.Engine(MODEL), ["before"], set()
    photo = np.zeros((3000, 4000, 4), np.uint8)

    def work() -> None:
        state[0] = "at work"
        engine.classify(photo)
        state[0] = "done"

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1000)
    try:
        for _ in range(50):
            thread = threading.Thread(target=work)
            thread.start()
            while state[0] != "done":
                seen.add(state[0])
                threading.Event().wait(0.0005)
            thread.join()
            if "at work" in seen:
                return
            state[0] = "before"
    finally:
        sys.setswitchinterval(interval)
    raise AssertionError("the engine held the lock all the time")
