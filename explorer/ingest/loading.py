"""Bring recognised tables into DuckDB: fast if every record is whole, else one by one."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import duckdb

from explorer.archive.receipt import REFUSALS_KEPT, FileReceipt, Refusal
from explorer.errors import SourceError
from explorer.ingest import careful, takedown
from explorer.ingest.counting import RecordCount
from explorer.ingest.entry import Damaged
from explorer.ingest.feed import Shown
from explorer.ingest.simulated_words import MARK
from explorer.ingest.staging import LEFTOVERS, insert, try_out, where

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from explorer.ingest.careful import Read
    from explorer.ingest.feed import Feed
    from explorer.ingest.takedown import Table

BATCH, MOST = 1 << 20, 32
"""Bytes that the careful way reads record by record, and how many times that it tries at once."""
DISK = (duckdb.IOException, duckdb.OutOfMemoryException, duckdb.FatalException)
"""What is not the fault of the CSV."""


@dataclass(slots=True)
class Loaded:
    """What became of one table so far.

    Attributes
    ----------
    rows
        Row numbers in the table it went to: from the first to before the last.
    simulated
        Whether every post says so: what is called otherwise now is simulated nevertheless.
    """

    table: Table
    rows: tuple[int, int]
    read: int
    refusals: list[Refusal] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    merged: int = 0
    simulated: bool = False

    def receipt(self, sha256: str) -> FileReceipt:
        """Return the account of it."""
        entry = self.table.entry
        refused = self.reasons.total()
        return FileReceipt(
            path=str(entry.path),
            member=entry.member,
            sha256=sha256,
            bytes=entry.size,
            format=f"takedown {self.table.kind}{', SIMULATED' * self._unsaid}",
            read=self.read,
            kept=self.rows[1] - self.rows[0] - self.merged,
            merged=self.merged,
            refused=refused,
            refusals=tuple(self.refusals),
            reasons=tuple(sorted(self.reasons.items())),
        )

    @property
    def _unsaid(self) -> bool:
        entry = self.table.entry
        return self.simulated and "SIMULATED" not in str(entry.path) + entry.member


def load(feed: Feed, table: Table, heard: Callable[[int], None]) -> Loaded:
    """Load one table; raise Damaged if its stream does not end well."""
    first = count(feed.db, where(table))
    try:
        records = _quickly(feed, table, heard)
        if records is not None:
            loaded = Loaded(table, (first, first + records), records)
            if table.kind == "users":  # a row's number is its record's
                feed.db.execute(f"UPDATE listed SET record = rowid - {first} + 1 WHERE record = 0")
        else:
            loaded = _carefully(feed, table, first, heard)
    except SourceError as error:
        raise Damaged(table.entry.path, error) from None
    last = feed.db.execute(f"SELECT coalesce(max(rowid), -1) FROM {where(table)}").fetchone()
    assert last == (loaded.rows[1] - 1,), "rows are not numbered as they were loaded"
    loaded.simulated = table.kind == "tweets" and _all_simulated(feed.db, loaded.rows)
    return loaded


def _all_simulated(db: duckdb.DuckDBPyConnection, rows: tuple[int, int]) -> bool:
    """Say whether every post in some rows begins, or goes on after its RT, with our mark.

    One that does not settles it: nobody can have real posts called simulated by writing some.
    """
    first, last = rows
    real = f"rowid >= {first} AND rowid < {last} AND NOT contains(text, '{MARK}')"
    found = db.execute(f"SELECT EXISTS(SELECT 1 FROM posts WHERE {real})").fetchone()
    return first < last and found == (False,)


def _quickly(feed: Feed, table: Table, heard: Callable[[int], None]) -> int | None:
    """Load a table if its every record is whole, and return how many; if not, load nothing."""
    entry, header, counting = table.entry, table.header, RecordCount(table.header.end)

    def listen(block: bytes) -> None:
        counting.add(block)
        heard(shown.furthest)

    shown = Shown(entry.open, header.start, entry.size - header.start, listen)
    first = count(feed.db, where(table))
    feed.db.begin()
    try:
        with feed.show(shown) as address:
            feed.db.execute(insert(table, address))
        loaded = count(feed.db, where(table)) - first
        odd = count(feed.db, f"{where(table)} WHERE odd AND rowid >= {first}")
    except DISK:
        raise
    except duckdb.Error:  # the careful way finds out which record it was
        loaded, odd = -1, 0
    if loaded == counting.records and not odd:
        feed.db.commit()
        return loaded
    feed.db.rollback()
    return None


def _carefully(feed: Feed, table: Table, first: int, heard: Callable[[int], None]) -> Loaded:
    """Load a table block by block, and record by record where a block is not well."""
    loaded = Loaded(table, (first, first), 0)
    feed.db.begin()
    with table.entry.open() as stream, feed.db.cursor() as trial:
        stream.read(table.header.start)
        records = careful.Records(stream, table.header)
        times = 1  # doubled where all is well, as it mostly is
        while (block := records.block(times * BATCH)) is not None:
            n = _records_if_well(feed, trial, table, block) if table.kind == "tweets" else 0
            if n:
                _load(feed, table, block)
                records.passed(block, n)
                times = min(2 * times, MOST)
            else:
                times = max(times // 4, 1)
                records.put_back(block)
                good = _sorted_out(table, records.read(BATCH), loaded)
                _load(feed, table, _written(good), anew=True)
            heard(records.behind)
        loaded.read = records.number - 1
    feed.db.commit()
    loaded.rows = (first, count(feed.db, where(table)))
    good_ones = loaded.read - loaded.reasons.total()
    assert loaded.rows[1] - first == good_ones, "the two ways of reading a CSV disagree"
    return loaded


def _records_if_well(
    feed: Feed, trial: duckdb.DuckDBPyConnection, table: Table, block: bytes
) -> int:
    """Return how many records a block holds if every one is whole, else 0; load nothing."""
    counting = RecordCount(table.header.end)
    counting.add(block)
    try:
        with feed.show(Shown(lambda: io.BytesIO(block), 0, len(block))) as address:
            found = trial.execute(try_out(table, address)).fetchone()
    except DISK:
        raise
    except duckdb.Error:
        return 0
    return counting.records if found == (counting.records, 0) else 0


def _load(feed: Feed, table: Table, data: bytes, *, anew: bool = False) -> None:
    """Load records that are known to be whole."""
    if data:
        with feed.show(Shown(lambda: io.BytesIO(data), 0, len(data))) as address:
            feed.db.execute(insert(table, address, anew=anew))


def _sorted_out(table: Table, records: Iterator[Read], loaded: Loaded) -> list[Read]:
    """Return the good records, and note the others in *loaded*."""
    good = []
    for one in records:
        reason, value = (one.reason, "") if one.reason else takedown.fault(table, one)
        if not reason:
            good.append(one)
            continue
        loaded.reasons[reason] += 1
        if len(loaded.refusals) < REFUSALS_KEPT:
            words = f"{reason} ({value})" if value else reason
            loaded.refusals.append(Refusal(one.number, one.line, words))
    return good


def _written(good: list[Read]) -> bytes:
    """Return records as CSV with every field in quotes, and their number behind the last."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows((*one.cells, one.number) for one in good)
    return text.getvalue().encode("latin-1")


def merge(db: duckdb.DuckDBPyConnection, loaded: list[Loaded]) -> None:
    """Keep the first record of each id, and count the others against their files."""
    for name, kind in (("listed", "users"), ("posts", "tweets")):
        db.execute(f"""
            CREATE TEMP TABLE again AS
            SELECT r.rowid AS row FROM {name} r JOIN (
                SELECT id, min(rowid) AS first FROM {name} GROUP BY id HAVING count(*) > 1
            ) USING (id) WHERE r.rowid > first""")
        for one in loaded:
            if one.table.kind == kind:
                first, end = one.rows
                one.merged = count(db, f"again WHERE row >= {first} AND row < {end}")
        if count(db, "again"):
            db.execute(f"DELETE FROM {name} WHERE rowid IN (SELECT row FROM again)")
        db.execute("DROP TABLE again")


def count(db: duckdb.DuckDBPyConnection, rows: str) -> int:
    """Return how many rows a table has."""
    row = db.execute(f"SELECT count(*) FROM {rows}").fetchone()
    assert row is not None
    return int(row[0])


def tidy(db: duckdb.DuckDBPyConnection) -> None:
    """Leave the tables as the schema says."""
    for column in LEFTOVERS:
        db.execute(f"ALTER TABLE posts DROP COLUMN {column}")
