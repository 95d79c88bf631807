"""The posts inside a session: tables of its archive as Parquet, taken out into the cache elsewhere.

They never take the place of an archive that was imported here: what a session brings is kept under
a name of its own, made from its contents.
"""

from __future__ import annotations

import json
import re
import shutil
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from explorer.archive import store
from explorer.archive.tables import SCHEMA, TABLES
from explorer.errors import ArchiveError, SessionFileError
from explorer.job import silent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from explorer.archive.receipt import Receipt
    from explorer.archive.store import Connection, Stored
    from explorer.job import Report

CARRIED = {table: f"archive.{table}.parquet" for table in TABLES}
"""Member of a session by the table that is in it."""
MOST_CELLS = 4_000_000_000
"""Rows times columns of one table: a file of a few bytes can repeat one number for ever."""
LEVEL = 1
"""Of zstd: a third faster than its own default, and one part in a hundred larger."""
NOTE = "carried.json"
"""In the folder of an archive: SHA-256 of its tables as they were last written, by member."""
MORE = {"accounts": ("x", "y"), "edges": ("weight",)}
"""Columns that only some archives have; numbers."""


def key_of(hashes: Iterable[str]) -> str:
    """Return what names the archive made of members with these SHA-256."""
    return sha256("\n".join(["carried", *hashes]).encode()).hexdigest()


def is_key(text: object) -> bool:
    """Tell whether *text* can name an archive in the cache."""
    return isinstance(text, str) and re.fullmatch(r"[0-9a-f]{64}", text) is not None


def written(folder: Path, into: Path, report: Report = silent) -> dict[str, Path]:
    """Write the tables of the archive in *folder* as Parquet; return the file of each member.

    Raises
    ------
    ArchiveError
        If the tables are gone, or cannot be read.
    OSError
        If there is no room for them in *into*.
    """
    made = {}
    with store.connect(folder) as db:
        for place, (table, member) in enumerate(CARRIED.items()):
            report(place / len(CARRIED), f"packing the posts: {table}")
            made[member] = into / member
            with store.writing():
                db.execute(
                    f"COPY (SELECT * FROM {table}) TO '{_quoted(made[member])}' "
                    f"(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL {LEVEL})"
                )
    return made


def noted(folder: Path) -> dict[str, str]:
    """Return SHA-256 by member of the tables of the archive in *folder*, if they were ever written.

    Whoever holds files with these hashes holds the very tables, and need not write them anew.
    """
    with suppress(OSError, ValueError):
        told = json.loads((folder / NOTE).read_text("utf-8"))
        if isinstance(told, dict) and set(told) == set(CARRIED.values()):
            return {str(name): str(seal) for name, seal in told.items()}
    return {}


def note(folder: Path, seals: Mapping[str, str]) -> None:
    """Remember the SHA-256 of tables that were written; in vain if the folder refuses."""
    with suppress(OSError):
        part = folder / f"{NOTE}.part"
        part.write_text(json.dumps(dict(seals)), "utf-8")
        part.replace(folder / NOTE)


def taken_out(files: Mapping[str, Path], stored: Stored, receipt: Receipt) -> None:
    """Make an archive in the cache, at ``stored.folder``, of the Parquet *files* by member.

    Raises
    ------
    SessionFileError
        If they do not make one, or there is no room for it.
    """
    import duckdb  # here and not above: the window names this job, its worker does it

    home = stored.folder.parent
    try:
        with store.incoming(home) as folder:
            with duckdb.connect(folder / store.DATABASE, config=store.settings()) as db:
                db.execute(store.QUIET)
                db.execute(SCHEMA)
                for table, member in CARRIED.items():
                    _fill(db, table, files[member], home)
                db.execute("CHECKPOINT")
            store.publish(folder, home, stored, receipt)
    except (duckdb.Error, ValueError, KeyError) as error:
        what = str(error).partition("\n")[0][:120]
        raise SessionFileError(f"The posts in it do not make sense ({what}).") from None
    except OSError as error:
        raise SessionFileError(
            f"The posts in it cannot be taken out into {home}: {error.strerror}."
        ) from None


def find(cache: Path, fingerprint: str, carried: str) -> Path | None:
    """Return where the tables are on this computer: as imported, else as a session brought them."""
    places = (cache / name for name in (fingerprint, carried) if is_key(name))
    return next((place for place in places if (place / store.DATABASE).is_file()), None)


def need_tables(folder: Path) -> None:
    """Raise ArchiveError if there is nothing to carry."""
    if not (folder / store.DATABASE).is_file():
        raise ArchiveError(
            "There are no posts on this computer to put into the session.",
            "Drop the original files again, or save without posts.",
        )


def _fill(db: Connection, table: str, path: Path, home: Path) -> None:
    """Copy one table, column by column of ours, into the one that SCHEMA made."""
    ours = {name: kind for name, kind, *_ in db.execute(f"DESCRIBE {table}").fetchall()}
    source = f"read_parquet('{_quoted(path)}')"
    there = {name for name, *_ in db.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()}
    for name in MORE.get(table, ()):
        if name in there:
            db.execute(f"ALTER TABLE {table} ADD COLUMN {name} DOUBLE")
            ours[name] = "DOUBLE"
    rows = _one(db, f"SELECT count(*) FROM {source}")
    letters = " + ".join(
        f"coalesce(sum(strlen(CAST({name} AS VARCHAR))), 0)"
        for name, kind in ours.items()
        if kind == "VARCHAR"
    )
    size = _one(db, f"SELECT {letters} FROM {source}")
    if rows * len(ours) > MOST_CELLS or size > shutil.disk_usage(home).free // 2:
        raise ValueError(f"{rows:,} rows with {size:,} letters are more than there is room for")
    chosen = ", ".join(f"CAST({name} AS {kind})" for name, kind in ours.items())
    db.execute(f"INSERT INTO {table} ({', '.join(ours)}) SELECT {chosen} FROM {source}")


def _one(db: Connection, asked: str) -> int:
    row: Any = db.execute(asked).fetchone()
    return int(row[0] or 0)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
