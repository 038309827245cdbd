"""Answers to many photos as a table: for Arrow, for pandas, and in the Parquet files of `lentigo.screen`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

from lentigo.answer import Answer, Failure, Model

if TYPE_CHECKING:
    import pandas
    import pyarrow


@dataclass(frozen=True, slots=True)
class Row:
    """A photo, and the answer to it or why there is none."""

    file: str | None  # None where it came as bytes or pixels
    answer: Answer | Failure


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its type in Arrow's words, and its value in an answer."""

    name: str
    type: str
    of: Callable[[Answer], Any]


# In the order of the command line's CSV, but for the classes, which come behind. A row without an answer has none.
COLUMNS = (
    Column("label", "string", lambda a: a.label),
    Column("malignant", "float", lambda a: a.malignant),
    Column("set", "list", lambda a: None if a.set is None else list(a.set)),
    Column("abstain", "bool", lambda a: a.abstain),
    Column("not_a_lesion", "bool", lambda a: a.not_a_lesion),
    Column("ood_score", "float", lambda a: a.ood_score),
    Column("faults", "list", lambda a: list(a.quality.faults)),
    Column("prior", "string", lambda a: a.prior),
    Column("kind", "string", lambda a: a.kind),
    Column("decided_by", "string", lambda a: a.decided_by),
    Column("width", "int32", lambda a: a.width),
    Column("height", "int32", lambda a: a.height),
    Column("missing", "float", lambda a: a.missing),
    Column("colour", "string", lambda a: a.colour),
    Column("model", "string", lambda a: a.model),
)


def probability_column(label: str) -> Column:
    """The column of a class."""
    return Column(f"p_{label}", "float", lambda a: a.probabilities[label])


def answer_columns(model: Model) -> tuple[Column, ...]:
    """The columns that an answer of the model fills."""
    return COLUMNS + tuple(probability_column(label.id) for label in model.labels)


def columns_of(model: Model, rows: Sequence[Row]) -> dict[str, list[Any]]:
    """`{column: values}`, None where a row has none: `file`, the answer's columns, `status` and `error`."""
    answers = [row.answer if isinstance(row.answer, Answer) else None for row in rows]
    failures = [row.answer if isinstance(row.answer, Failure) else None for row in rows]
    return {
        "file": [row.file for row in rows],
        **{c.name: [None if a is None else c.of(a) for a in answers] for c in answer_columns(model)},
        "status": ["LT_OK" if f is None else f.status for f in failures],
        "error": [None if f is None else f.message for f in failures],
    }


def arrow_schema(model: Model) -> pyarrow.Schema:
    """The table's schema; its metadata name the model."""
    import pyarrow

    types = {
        "string": pyarrow.string(),
        "float": pyarrow.float32(),
        "bool": pyarrow.bool_(),
        "int32": pyarrow.int32(),
        "list": pyarrow.list_(pyarrow.string()),
    }
    texts = [(name, types["string"]) for name in ("status", "error")]
    fields = [("file", types["string"]), *((c.name, types[c.type]) for c in answer_columns(model)), *texts]
    about = {"lentigo.model": f"{model.name} {model.version}", "lentigo.fingerprint": model.fingerprint}
    return pyarrow.schema(fields, metadata=about)


class Batch(Sequence[Row]):
    """Rows in the order of the photos."""

    def __init__(self, model: Model, rows: Sequence[Row]) -> None:
        self.model, self.rows = model, rows

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Batch: ...
    def __getitem__(self, index: int | slice) -> Row | Batch:
        return Batch(self.model, self.rows[index]) if isinstance(index, slice) else self.rows[index]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def arrow(self) -> pyarrow.Table:
        """A pyarrow.Table. Errors: ImportError without pyarrow (the extra `arrow`)."""
        import pyarrow

        return pyarrow.table(columns_of(self.model, self.rows), schema=arrow_schema(self.model))

    def pandas(self) -> pandas.DataFrame:
        """A pandas.DataFrame of the same columns. Errors: ImportError without pandas (the extra `pandas`)."""
        import pandas

        return pandas.DataFrame(columns_of(self.model, self.rows))
