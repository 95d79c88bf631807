"""Columns as Parquet bytes and back: DuckDB writes and reads them in memory, never on disk."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from explorer.archive.store import QUIET, in_memory
from explorer.errors import SessionFileError
from explorer.graph.model import Category, Column, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from explorer.archive.store import Connection

TYPES = {
    "bool": "BOOLEAN",
    "int8": "TINYINT",
    "int16": "SMALLINT",
    "int32": "INTEGER",
    "int64": "BIGINT",
    "uint8": "UTINYINT",
    "uint16": "USMALLINT",
    "uint32": "UINTEGER",
    "uint64": "UBIGINT",
    "float32": "FLOAT",
    "float64": "DOUBLE",
}
"""SQL type of each dtype that can be kept."""
TEXT = "text"
MOST_CELLS = 200_000_000
"""Rows times columns of one table: a file of a few bytes can repeat one number for ever."""
MOST_LETTERS = 1 << 30
"""Bytes of text in one table."""

Told: TypeAlias = dict[str, Any]
"""What ``meta.json`` says of one column: its name, its column in the Parquet, type and labels."""


def describe(columns: Mapping[str, Column], taken: Sequence[str] = ()) -> list[Told]:
    """Say how *columns* are kept; names that SQL would confuse get a plain one.

    Raises
    ------
    SessionFileError
        If a column is of a type that cannot be kept.
    """
    used, told = set(taken), []
    for place, (name, column) in enumerate(columns.items()):
        plain = name.isascii() and name.isidentifier() and name.islower() and name not in used
        physical = name if plain else f"column_{place}"
        used.add(physical)
        one: Told = {"name": name, "column": physical, "type": _type(name, column)}
        if isinstance(column, Category):
            one["labels"] = list(column.labels)
        told.append(one)
    return told


def pack(columns: Mapping[str, Column], told: Sequence[Told]) -> bytes:
    """Return the Parquet of *columns* as *told*; at least one, all of one length."""
    arrays = {one["column"]: _plain(columns[one["name"]]) for one in told}
    chosen = ", ".join(
        f'CAST("{one["column"]}" AS {_sql(one)}) AS "{one["column"]}"' for one in told
    )
    with _room() as (db, memory, path):
        db.register("given", arrays)
        db.execute(
            f"COPY (SELECT {chosen} FROM given) TO 'memory:/{path}' "
            "(FORMAT parquet, COMPRESSION zstd)"
        )
        return bytes(memory.cat_file(path))


def unpack(parquet: bytes, told: Sequence[Told], rows: int) -> dict[str, Column]:
    """Return the columns that *told* describes, each of *rows* rows.

    Raises
    ------
    ValueError
        If they are others than told, or larger than ``MOST_CELLS`` and ``MOST_LETTERS`` allow.
    duckdb.Error
        If it is no Parquet.
    """
    chosen = ", ".join(f'CAST("{_name(one)}" AS {_sql(one)}) AS "{_name(one)}"' for one in told)
    letters = [f'sum(strlen("{_name(one)}"))' for one in told if one["type"] == TEXT] or ["sum(0)"]
    with _room() as (db, memory, path):
        memory.pipe_file(path, parquet)
        (held,) = db.execute(
            f"SELECT num_rows FROM parquet_file_metadata('memory:/{path}')"
        ).fetchall()[0]
        if held != rows or rows * len(told) > MOST_CELLS:
            raise ValueError(f"{held:,} rows, not {rows:,}, or more than can be taken in")
        source = f"FROM read_parquet('memory:/{path}')"
        sums = db.execute(f"SELECT {', '.join(letters)} {source}").fetchall()[0]
        if sum(size or 0 for size in sums) > MOST_LETTERS:
            raise ValueError("more text than can be taken in")
        arrays = db.execute(f"SELECT {chosen} {source}").fetchnumpy()
    return {one["name"]: _column(one, arrays[_name(one)], rows) for one in told}


def number(name: str, array: NDArray[Any]) -> Told:
    """Say how a column of our own is kept, under its own name."""
    return {"name": name, "column": name, "type": array.dtype.name}


@contextmanager
def _room() -> Iterator[tuple[Connection, Any, str]]:
    """Give a database, a file system in memory, and a path in it that is free."""
    import duckdb  # here and not above: the window names these jobs, its workers do them
    from fsspec.implementations.memory import MemoryFileSystem

    memory, folder = MemoryFileSystem(), f"/starling-{secrets.token_hex(8)}"
    try:
        with duckdb.connect(":memory:", config=in_memory()) as db:
            db.execute(QUIET)
            db.register_filesystem(memory)
            yield db, memory, f"{folder}/part.parquet"
    finally:
        if memory.exists(folder):
            memory.rm(folder, recursive=True)


def _type(name: str, column: Column) -> str:
    if isinstance(column, Text):
        return TEXT
    dtype = (column.codes if isinstance(column, Category) else column).dtype.name
    if dtype not in TYPES:
        raise SessionFileError(f"Column {name!r} holds {dtype}, which a session cannot keep.")
    return dtype


def _sql(one: Told) -> str:
    return "VARCHAR" if one["type"] == TEXT else TYPES[one["type"]]


def _name(one: Told) -> str:
    name = str(one["column"])
    if not (name.isascii() and name.isidentifier()):
        raise ValueError(f"a column called {name!r}")
    return name


def _plain(column: Column) -> NDArray[Any]:
    if isinstance(column, Text):
        return np.array([*column.strings(), None], object)[:-1]  # an array of objects, never of str
    return column.codes if isinstance(column, Category) else column


def _column(one: Told, found: NDArray[Any], rows: int) -> Column:
    missing = np.ma.getmaskarray(found).any()
    array = np.ma.getdata(found)
    if len(array) != rows:
        raise ValueError(f"{len(array):,} rows, not {rows:,}")
    if one["type"] == TEXT:
        if missing:
            raise ValueError(f"text is missing in {one['name']!r}")
        return Text.of(array.tolist())
    if missing and not one["type"].startswith("float"):
        raise ValueError(f"numbers are missing in {one['name']!r}")
    dtype = np.dtype(one["type"])
    if missing:  # DuckDB takes a NaN for nothing
        array = np.where(np.ma.getmaskarray(found), np.nan, array)
    numbers = np.array(array, dtype)
    return Category(_codes(numbers, one["labels"]), _labels(one)) if "labels" in one else numbers


def _labels(one: Told) -> tuple[str, ...]:
    labels = one["labels"]
    if not isinstance(labels, list) or not all(isinstance(label, str) for label in labels):
        raise ValueError("labels that are no text")
    return tuple(labels)


def _codes(codes: NDArray[Any], labels: Sequence[str]) -> NDArray[Any]:
    if codes.dtype.kind not in "iu" or (
        len(codes) and not 0 <= int(codes.min()) <= int(codes.max()) < len(labels)
    ):
        raise ValueError("a code without a label")
    return codes
