"""Read Parquet through DuckDB, each value as text: ids that are numbers keep every digit."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import duckdb

from explorer.archive import store
from explorer.errors import SourceError
from explorer.ingest import unrolled
from explorer.ingest.entry import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from explorer.ingest.entry import Entry

ROWS = 200
"""Rows that are asked for at once: a row may be millions of letters long."""
MOST_COLUMNS = 2000
EXACT = 2**53
"""Whole numbers from here on are rounded where they are kept as floating point."""


def entry(path: Path) -> Entry:
    """Return a Parquet file as a stream of CSV.

    Raises
    ------
    SourceError
        If it is damaged, has far too many columns, or is far longer than its file.
    """
    return unrolled.entry(path, "", partial(_text, path), path.stat().st_size)


def _text(path: Path) -> Iterator[bytes]:
    """Yield the table as CSV: first the names of its columns."""
    try:
        with duckdb.connect(config=store.settings()) as db:
            db.execute(store.QUIET)
            source = f"read_parquet('{_plain(path)}')"
            told = db.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
            if len(told) > MOST_COLUMNS:
                raise SourceError(
                    f"{shown(path.name)} has {len(told):,} columns, more than {MOST_COLUMNS:,}."
                )
            names = [str(name) for name, *_ in told]
            yield b"".join(unrolled.written([names]))
            line = " || ',' || ".join(_cell(name, str(kind)) for name, kind, *_ in told)
            db.execute(f"SELECT {line} FROM {source}")
            while rows := db.fetchmany(ROWS):
                yield "".join([f"{row}\r\n" for (row,) in rows]).encode("utf-8", "replace")
    except duckdb.Error:
        raise SourceError(
            f"{shown(path.name)} is a Parquet file that cannot be read to its end.",
            "Copy or download it again, or save it as CSV.",
        ) from None


def _plain(path: Path) -> str:
    """Return a path for SQL that is one file and no pattern."""
    signs = str(path.resolve()).replace("[", "[[]").replace("*", "[*]").replace("?", "[?]")
    return signs.replace("'", "''")


def _cell(name: str, kind: str) -> str:
    """Return the SQL of one cell of CSV."""
    column = f'"{name.replace(chr(34), chr(34) * 2)}"'
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
