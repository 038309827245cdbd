"""Many photos: in order, on all cores, a failure among them as a row of its own, as a table."""

import os
from pathlib import Path

import pytest
from conftest import MODEL, SAMPLES, command

import lentigo
from lentigo.pool import WAITING


def plain(answer: lentigo.Answer) -> tuple:
    return answer.label, answer.logits, answer.set, answer.quality


def test_a_pool_answers_in_order_as_one_engine_does(engine: lentigo.Engine) -> None:
    photos = SAMPLES * 4
    expected = [plain(engine.classify(path)) for path in SAMPLES] * 4
    for workers in (1, 3):
        with lentigo.Pool(MODEL, workers=workers) as pool:
            assert [plain(answer) for answer in pool.answers(photos)] == expected
    with lentigo.Pool(MODEL) as pool:
        assert pool.workers == len(os.sched_getaffinity(0))


def test_photos_are_taken_a_few_at_a_time() -> None:
    taken = []

    def photos():
        for path in SAMPLES * 10:
            taken.append(path)
            yield path

    with lentigo.Pool(MODEL, workers=2) as pool:
        answers = pool.answers(photos())
        assert isinstance(next(answers), lentigo.Answer)
        assert len(taken) <= 2 * WAITING + 1
        answers.close()
        assert isinstance(next(pool.answers(SAMPLES)), lentigo.Answer)  # the engines are free again


def test_a_photo_without_an_answer_is_a_row_with_its_error(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.jpg"
    damaged.write_bytes(b"no photo")
    photos = [SAMPLES[0], damaged, tmp_path / "none.jpg", b"no photo", SAMPLES[1].read_bytes()]
    with lentigo.Pool(MODEL, workers=2) as pool:
        batch = pool.classify(photos, prior="uniform")
    assert [row.file for row in batch] == [*map(str, photos[:3]), None, None]
    kinds = [type(row.answer) for row in batch]
    failed = lentigo.Failure
    assert kinds == [lentigo.Answer, failed, failed, failed, lentigo.Answer]
    assert batch[0].answer.prior == "uniform"
    assert batch[1].answer.status == "LT_IMAGE_FORMAT" and batch[2].answer.status == "FileNotFoundError"
    assert batch[1].answer.message == command("--model", MODEL, damaged)[0]["error"]
    assert batch[2].answer.message == command("--model", MODEL, photos[2])[0]["error"]
    assert len(batch[1:3]) == 2 and isinstance(batch[1:3], lentigo.Batch)
    with pytest.raises(lentigo.ModelError):
        lentigo.Pool(b"no model")


def columns(told: dict) -> dict:
    """The command line's answer as a table has it."""
    taken = ("file", "label", "set", "abstain", "not_a_lesion", "prior", "kind", "decided_by")
    return {name: told[name] for name in taken} | {"faults": told["quality"]["faults"]}


def test_the_tables_say_what_the_command_line_says(tmp_path: Path) -> None:
    arrow, pandas = pytest.importorskip("pyarrow"), pytest.importorskip("pandas")
    damaged = tmp_path / "damaged.jpg"
    damaged.write_bytes(b"no photo")
    told = command("--model", MODEL, *SAMPLES, damaged)
    with lentigo.Pool(MODEL) as pool:
        batch = pool.classify([*SAMPLES, damaged])
    table = batch.arrow()
    rows, last = table.to_pylist()[:-1], table.to_pylist()[-1]
    for row, expected in zip(rows, told, strict=False):
        assert {name: row[name] for name in columns(expected)} == columns(expected)
        assert (row["status"], row["error"]) == ("LT_OK", None)
        for label, value in expected["probabilities"].items():
            assert arrow.scalar(value, arrow.float32()).as_py() == row[f"p_{label}"]
    assert last["file"] == str(damaged) and last["label"] is None and last["p_mel"] is None
    assert (last["status"], last["error"]) == ("LT_IMAGE_FORMAT", told[-1]["error"])
    assert table.schema.metadata[b"lentigo.fingerprint"].decode() == pool.model.fingerprint
    frame = batch.pandas()
    assert isinstance(frame, pandas.DataFrame) and list(frame.columns) == table.schema.names
    assert frame["label"].tolist()[:-1] == [row["label"] for row in rows]
