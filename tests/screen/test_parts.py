"""Finding photos and doing parts, without Ray: folders, Parquet files and an object storage, read and written."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

import pyarrow
import pyarrow.parquet
import pytest
from conftest import MODEL, PICTURES, answers

import lentigo
from lentigo.screen.run import ScreenError, alone, check_state, read_back
from lentigo.screen.source import Found, SourceError, find
from lentigo.screen.store import UNFINISHED, PlaceError, open_place, write_whole
from lentigo.screen.worker import MODEL as MODEL_THERE
from lentigo.screen.worker import Screener, part_name


def find_all(*addresses: object, each: int = 10, **options: object) -> Found:
    return find([str(a) for a in addresses], each, set(), set(), **options)


def screener(out: str) -> Screener:
    """A worker, and the model that it finds there."""
    write_whole(open_place(out), MODEL_THERE, MODEL.read_bytes())
    return Screener(out, {}, {})


def do_all(found: Found, out: str) -> int:
    """All parts by one worker; how many photos had no answer."""
    worker = screener(out)
    return sum(worker(part.row())["failed"] for part in found.parts)


# ---- folders ----


def test_every_photo_of_a_folder_is_in_one_part(archive: Path) -> None:
    found = find_all(archive)
    names = [name for part in found.parts for name in part.names]
    expected = [str(p) for p in archive.rglob("*") if p.suffix in (".jpg", ".png", ".heic") and p.name[0] != "."]
    assert sorted(names) == sorted(expected) and len(names) == found.photos == PICTURES + 4
    assert [part.photos for part in found.parts] == [10] * 6 + [4] and found.others == 1
    assert find_all(archive).parts == found.parts and len({part.id for part in found.parts}) == 7
    assert find_all(archive, all_files=True).photos == PICTURES + 5
    # a folder inside of another one, and the same one twice
    assert find_all(archive, archive / "a", archive).photos == found.photos
    assert find_all(archive / "a/000.jpg").parts[0].names == [str(archive / "a/000.jpg")]


def test_what_is_done_is_left_out(archive: Path) -> None:
    done = {name for part in find_all(archive).parts[:3] for name in part.names}
    found = find([str(archive)], 10, done, set())
    assert (found.done, found.photos) == (30, PICTURES - 26)
    assert not done & {name for part in found.parts for name in part.names}


def test_a_part_has_a_row_for_each_photo_and_its_error_where_it_is_none(archive: Path, tmp_path: Path) -> None:
    assert do_all(find_all(archive), str(tmp_path)) == 4
    rows = answers(tmp_path)
    assert len(rows) == len({row["file"] for row in rows}) == PICTURES + 4
    wrong = {Path(row["file"]).name: row["status"] for row in rows if row["error"]}
    assert set(wrong) == {"empty.jpg", "text.png", "cut.jpg", "phone.heic"}
    assert set(wrong.values()) == {"LT_IMAGE_FORMAT"}
    engine = lentigo.Engine(MODEL)
    for row in rows:
        if row["status"] == "LT_OK":
            answer = engine.classify(row["file"])
            assert (row["label"], row["set"], row["faults"]) == (answer.label, [*answer.set], [*answer.quality.faults])
            assert row["kind"] == answer.kind and row["p_mel"] == answer.probabilities["mel"]


def test_a_part_that_is_there_is_not_done_again(archive: Path, tmp_path: Path) -> None:
    part = find_all(archive).parts[0].row()
    worker = screener(str(tmp_path))
    first = worker(part)
    worker.answer = None  # would fail where it is asked
    assert worker(part) == first


def test_a_photo_that_is_gone_meanwhile_is_a_row(tmp_path: Path, archive: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/gone.jpg").write_bytes((archive / "a/000.jpg").read_bytes())
    found = find_all(tmp_path / "in")
    (tmp_path / "in/gone.jpg").unlink()
    (tmp_path / "out").mkdir()
    assert do_all(found, str(tmp_path / "out")) == 1
    assert answers(tmp_path / "out")[0]["status"] == "FileNotFoundError"


def test_a_source_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="nowhere: is not there"):
        find_all(tmp_path / "nowhere")
    for address in ("nothing://a/b", "s3://a/b?colour=blue"):
        with pytest.raises(PlaceError, match=address.partition(":")[0]):
            find_all(address)


# ---- Parquet ----


def parquet_of(path: Path, values: list, name: str, kind: pyarrow.DataType) -> Path:
    table = pyarrow.table({"id": range(len(values)), name: pyarrow.array(values, kind)})
    pyarrow.parquet.write_table(table, path, row_group_size=8)
    return path


def parquet_forms(archive: Path, folder: Path) -> dict[str, Path]:
    """The same twenty photos as bytes, in structs, by relative and by absolute paths, and as addresses."""
    files = sorted((archive / "c").glob("*.jpg"))
    (folder / "c").symlink_to(archive / "c")
    struct = pyarrow.struct([("bytes", pyarrow.binary()), ("path", pyarrow.string())])
    text, content = pyarrow.string(), [file.read_bytes() for file in files]
    return {
        "bytes": parquet_of(folder / "bytes.parquet", content, "content", pyarrow.binary()),
        "structs": parquet_of(folder / "structs.pq", [{"bytes": b, "path": None} for b in content], "image", struct),
        "relative": parquet_of(folder / "relative.parquet", [f"c/{file.name}" for file in files], "path", text),
        "absolute": parquet_of(folder / "absolute.parquet", [str(file) for file in files], "file", text),
        "addresses": parquet_of(folder / "addresses.parquet", [f"file://{file}" for file in files], "url", text),
    }


def test_photos_of_a_parquet_file_are_rows_by_group(archive: Path, tmp_path: Path) -> None:
    expected = [lentigo.Engine(MODEL).classify(file).malignant for file in sorted((archive / "c").glob("*.jpg"))]
    for name, path in parquet_forms(archive, tmp_path).items():
        found = find_all(path)
        assert [part.photos for part in found.parts] == [8, 8, 4], name
        out = tmp_path / f"out-{name}"
        out.mkdir()
        assert do_all(found, str(out)) == 0
        rows = {row["file"]: row["malignant"] for row in answers(out)}
        assert [rows[f"{path}#{number}"] for number in range(20)] == expected
        _, ids = read_back(open_place(str(out)), lentigo.Engine(MODEL).model)
        again = find([str(path)], 10, set(), ids)
        assert (again.parts, again.done) == ([], 20)


def test_a_row_without_a_photo_is_a_row_with_its_error(tmp_path: Path) -> None:
    path = parquet_of(tmp_path / "some.parquet", [None, b"no photo", b""], "bytes", pyarrow.binary())
    (tmp_path / "out").mkdir()
    assert do_all(find_all(path), str(tmp_path / "out")) == 3
    assert answers(tmp_path / "out")[0]["error"] == "the row has no photo"


def test_a_parquet_file_that_is_none_or_has_no_photos_is_named(tmp_path: Path) -> None:
    (tmp_path / "none.parquet").write_bytes(b"no table")
    with pytest.raises(SourceError, match=r"none\.parquet"):
        find_all(tmp_path / "none.parquet")
    path = parquet_of(tmp_path / "numbers.parquet", [1.5], "size", pyarrow.float32())
    with pytest.raises(SourceError, match=r"numbers\.parquet: no column .* one of id, size"):
        find_all(path)
    with pytest.raises(SourceError, match="column size holds float"):
        find_all(path, column="size")


# ---- what is written ----


def test_answers_of_another_model_or_question_are_not_mixed(tmp_path: Path) -> None:
    place, state = open_place(str(tmp_path)), {"engine": "1", "model": {"name": "a"}, "asked": {}}
    check_state(place, state)
    check_state(place, state | {"engine": "2"})
    with pytest.raises(ScreenError, match="another model"):
        check_state(place, state | {"model": {"name": "b"}})
    with pytest.raises(ScreenError, match="another asked"):
        check_state(place, state | {"asked": {"views": 8}})
    (tmp_path / "_screen.json").write_text("{")
    with pytest.raises(ScreenError, match=r"_screen\.json: damaged"):
        check_state(place, state)


def test_a_folder_is_one_runs_at_a_time_and_rid_of_what_was_left(tmp_path: Path) -> None:
    (tmp_path / f"{UNFINISHED}1").write_bytes(b"half")
    place = open_place(str(tmp_path))
    with alone(place):
        assert not list(tmp_path.glob(f"{UNFINISHED}*"))
        with pytest.raises(ScreenError, match="another run"), alone(place):
            pass
    with alone(place):
        pass


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = open_place(str(tmp_path))
    write_whole(place, part_name("1"), b"old")
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        write_whole(place, part_name("1"), b"new")
    assert (tmp_path / part_name("1")).read_bytes() == b"old"


# ---- an object storage ----

NOT_FOUND = "<Error><Code>NoSuchKey</Code><Message>none</Message></Error>"


class Storage(BaseHTTPRequestHandler):
    """As much of S3 as reading and writing objects takes: listing, HEAD, GET with a range, PUT, uploads in parts."""

    protocol_version = "HTTP/1.1"
    objects: dict[str, bytes]

    def log_message(self, *_: object) -> None:
        pass

    def reply(self, status: int, content: bytes | str = b"", **headers: str) -> None:
        body = content.encode() if isinstance(content, str) else content
        self.send_response(status)
        length = headers.pop("length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", length)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    @property
    def key(self) -> str:
        return unquote(urlsplit(self.path).path).lstrip("/")

    def do_HEAD(self) -> None:
        found = self.objects.get(self.key)
        if found is None:
            self.reply(404)
        else:
            self.reply(200, length=str(len(found)), Last_Modified="Thu, 01 Jan 2026 00:00:00 GMT")

    def do_GET(self) -> None:
        query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        if "list-type" in query or "prefix" in query:
            self.list(query)
        elif self.key not in self.objects:
            self.reply(404, NOT_FOUND)
        else:
            found = self.objects[self.key]
            first, last = (self.headers.get("Range") or f"bytes=0-{len(found)}").removeprefix("bytes=").split("-")
            part = found[int(first) : int(last) + 1 if last else None]
            about = f"bytes {first}-{int(first) + len(part) - 1}/{len(found)}"
            self.reply(206, part, Content_Range=about, Last_Modified="Thu, 01 Jan 2026 00:00:00 GMT")

    def list(self, query: dict[str, str]) -> None:
        bucket, prefix, delimiter = self.key.rstrip("/"), query.get("prefix", ""), query.get("delimiter")
        keys = [k.removeprefix(f"{bucket}/") for k in sorted(self.objects) if k.startswith(f"{bucket}/{prefix}")]
        inside = [k for k in keys if not delimiter or delimiter not in k[len(prefix) :]]
        folders = {prefix + k[len(prefix) :].split(delimiter)[0] + delimiter for k in keys if k not in inside}
        items = "".join(
            f"<Contents><Key>{escape(k)}</Key><Size>{len(self.objects[f'{bucket}/{k}'])}</Size>"
            "<LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>"
            for k in inside
        )
        items += "".join(f"<CommonPrefixes><Prefix>{escape(f)}</Prefix></CommonPrefixes>" for f in sorted(folders))
        count = len(inside) + len(folders)
        self.reply(
            200,
            f'<?xml version="1.0"?><ListBucketResult><Name>{bucket}</Name><Prefix>{escape(prefix)}</Prefix>'
            f"<KeyCount>{count}</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>{items}</ListBucketResult>",
            Content_Type="application/xml",
        )

    def body(self) -> bytes:
        """What was sent, without the frames of a chunked upload."""
        if self.headers.get("Transfer-Encoding") != "chunked":
            sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        else:
            sent = b""
            while size := int(self.rfile.readline(), 16):
                sent += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        if "aws-chunked" not in (self.headers.get("Content-Encoding") or ""):
            return sent
        content = b""
        while True:
            head, _, sent = sent.partition(b"\r\n")
            size = int(head.split(b";")[0], 16)
            if size == 0:
                return content
            content, sent = content + sent[:size], sent[size + 2 :]

    def do_PUT(self) -> None:
        query, content = parse_qs(urlsplit(self.path).query), self.body()
        number = query.get("partNumber", [""])[0]
        self.objects[f"{self.key}{f'?{number}' if number else ''}"] = content
        self.reply(200, ETag='"1"')

    def do_POST(self) -> None:
        self.body()
        if "uploads" in self.path:
            self.reply(200, "<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>")
            return
        parts = sorted(k for k in self.objects if k.startswith(f"{self.key}?"))
        self.objects[self.key] = b"".join(self.objects.pop(part) for part in parts)
        self.reply(200, "<CompleteMultipartUploadResult><ETag>1</ETag></CompleteMultipartUploadResult>")


@pytest.fixture
def storage() -> Iterator[tuple[dict[str, bytes], str]]:
    """An object storage on this machine: its objects by bucket/key, and what stands behind an address."""
    objects: dict[str, bytes] = {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Storage,), {"objects": objects}))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield objects, f"?endpoint_override=127.0.0.1:{server.server_port}&scheme=http&region=any"
    server.shutdown()
    server.server_close()
    thread.join()


def test_an_object_storage_is_read_and_written(archive: Path, storage: tuple[dict[str, bytes], str]) -> None:
    objects, behind = storage
    for number, file in enumerate(sorted((archive / "a").glob("*"))):
        objects[f"photos/2026/{number % 2}/{file.name}"] = file.read_bytes()
    objects["answers/run/"] = b""
    found = find_all(f"s3://key:secret@photos/2026{behind}")
    assert found.photos == 22 and found.parts[0].names[0] == "s3://photos/2026/0/000.jpg"
    out = f"s3://key:secret@answers/run{behind}"
    assert do_all(found, out) == 2
    names, ids = read_back(open_place(out), lentigo.Engine(MODEL).model)
    assert names == {f"s3://{key}" for key in objects if key.startswith("photos")} and len(ids) == 3
    assert find([f"s3://key:secret@photos/2026{behind}"], 10, names, ids).done == 22
