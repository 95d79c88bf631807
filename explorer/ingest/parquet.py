"""Read Parquet through DuckDB, each value as text: ids that are numbers keep every digit."""

from __future__ import annotations

import re
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import duckdb

from explorer.archive import store
from explorer.errors import SourceError
from explorer.ingest import unrolled
from explorer.ingest.entry import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from explorer.ingest.entry import Entry

ROWS = 200
"""Rows that are asked for at once: a row may be millions of letters long."""
MOST_COLUMNS = 2000
EXACT = 2**53
"""Whole numbers from here on are rounded where they are kept as floating point."""
MEMORY = "512MB"
"""That DuckDB may take to unpack a file: its pages are whole in memory."""
TOGETHER, MOST_TOGETHER = 2048, 32 << 20
"""Rows that DuckDB makes at once, whatever is asked for, and the bytes of text that they may be."""
PLAIN = 32
"""Bytes of text that a value takes at most which is no text."""
NESTED = re.compile(r"(?:STRUCT|MAP|UNION|VARIANT)\b|.*\[\d*\]\[\d*\]$", re.DOTALL)
"""Types of columns that no reader understands, and whose text can be of any length."""


def entry(path: Path, member: Entry | None = None, packed: int = 0) -> Entry:
    """Return a Parquet file as a stream of CSV.

    Parameters
    ----------
    member
        What *path* is a copy of, if that stands in a zip, where it takes *packed* bytes.

    Raises
    ------
    SourceError
        If it is damaged, has far too many columns, is far longer than its file, or takes too much
        memory to read.
    """
    said = member.shown if member else shown(path.name)
    disk, inside = (member.path, member.member) if member else (path, "")
    _must_be_short(path, said)
    return unrolled.entry(disk, inside, partial(_text, path, said), packed or path.stat().st_size)


def _must_be_short(path: Path, said: str) -> None:
    """Raise SourceError unless the rows that are made at once are short; no text is copied."""
    with _opened(path, said) as (db, columns):
        lengths = " + ".join(_length(name, kind) for name, kind in columns)
        row = db.execute(
            f"SELECT coalesce(max(length), 0) FROM (SELECT sum({lengths}) AS length "
            f"FROM read_parquet('{_plain(path)}', file_row_number = true) "
            f"GROUP BY file_row_number // {TOGETHER})"
        ).fetchone()
        assert row is not None
        if row[0] > MOST_TOGETHER:
            raise SourceError(
                f"{said} has {TOGETHER:,} rows that hold {int(row[0]) >> 20:,} MB of text, more "
                f"than {MOST_TOGETHER >> 20} MB.",
                "Leave its columns of long texts out, or save it as CSV.",
            )


def _text(path: Path, said: str) -> Iterator[bytes]:
    """Yield the table as CSV: first the names of its columns."""
    with _opened(path, said) as (db, columns):
        yield b"".join(unrolled.written([[name for name, _ in columns]]))
        line = " || ',' || ".join(_cell(name, kind) for name, kind in columns)
        db.execute(f"SELECT {line} FROM read_parquet('{_plain(path)}')")
        while rows := db.fetchmany(ROWS):
            yield "".join([f"{row}\r\n" for (row,) in rows]).encode("utf-8", "replace")


@contextmanager
def _opened(
    path: Path, said: str
) -> Iterator[tuple[duckdb.DuckDBPyConnection, Sequence[tuple[str, str]]]]:
    """Give a connection, and the names and types of the columns; what fails there is told."""
    try:
        config = store.in_memory() | {"memory_limit": MEMORY, "threads": 1}
        with duckdb.connect(config=config) as db:
            db.execute(store.QUIET)
            told = db.execute(f"DESCRIBE SELECT * FROM read_parquet('{_plain(path)}')").fetchall()
            if len(told) > MOST_COLUMNS:
                raise SourceError(f"{said} has {len(told):,} columns, more than {MOST_COLUMNS:,}.")
            yield db, [(str(name), str(kind)) for name, kind, *_ in told]
    except duckdb.OutOfMemoryException:
        raise SourceError(
            f"{said} was written in pages that take more than {MEMORY.replace('MB', ' MB')} of "
            "memory to read.",
            "Write it again with smaller row groups, or save it as CSV.",
        ) from None
    except duckdb.Error:
        raise SourceError(
            f"{said} is a Parquet file that cannot be read to its end.",
            "Copy or download it again, or save it as CSV.",
        ) from None


def _plain(path: Path) -> str:
    """Return a path for SQL that is one file and no pattern."""
    signs = str(path.resolve()).replace("[", "[[]").replace("*", "[*]").replace("?", "[?]")
    return signs.replace("'", "''")


def _column(name: str) -> str:
    return f'"{name.replace(chr(34), chr(34) * 2)}"'


def _length(name: str, kind: str) -> str:
    """Return the SQL of how many bytes of text a cell is, at the most."""
    column = _column(name)
    if NESTED.match(kind):
        return "0"
    if kind.endswith("]"):
        each = "strlen(one) + 2" if _text_in(kind) else str(PLAIN)
        return f"coalesce(list_sum(list_transform({column}, lambda one: {each})), 0)"
    if kind == "BLOB":
        return f"coalesce(4 * octet_length({column}), 0)"
    return f"coalesce(strlen({column}), 0)" if _text_in(kind) else str(PLAIN)


def _text_in(kind: str) -> bool:
    return kind.startswith(("VARCHAR", "JSON"))


def _cell(name: str, kind: str) -> str:
    """Return the SQL of one cell of CSV."""
    column = _column(name)
    if NESTED.match(kind):
        return "''"
    text = f"CAST({column} AS VARCHAR)"
    if kind in ("DOUBLE", "FLOAT"):
        text = (
            f"CASE WHEN NOT isfinite({column}) THEN '' "
            f"WHEN abs({column}) >= {EXACT} THEN format('{{:.14E}}', {column}::DOUBLE) "
            f"WHEN {column} = trunc({column}) THEN CAST({column}::BIGINT AS VARCHAR) "
            f"ELSE {text} END"
        )
    elif kind == "TIMESTAMP WITH TIME ZONE":
        text = f"CAST({column} AT TIME ZONE 'UTC' AS VARCHAR)"
    filled = f"coalesce(replace({text}, chr(0), ''), '')"
    quoted = f"""'"' || replace({filled}, '"', '""') || '"'"""
    return f"""CASE WHEN regexp_matches({filled}, '[",\\r\\n]') THEN {quoted} ELSE {filled} END"""
