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
from explorer.ingest.feed import Shown
from explorer.ingest.source import Damaged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from explorer.ingest.feed import Feed
    from explorer.ingest.takedown import Table

BUFFER = 8 << 20
LONGEST = 2 * careful.LONGEST + (1 << 16)
"""Bytes of a record as the careful way writes it, with every quote doubled."""
NOWHERE = "\x01 nobody has written this \x01"
"""Compared with the columns that are not used, so that their bytes are read and checked too."""
BATCH = 24 << 20
"""Bytes of records that the careful way hands over at once."""
DISK = (duckdb.IOException, duckdb.OutOfMemoryException, duckdb.FatalException)
"""What is not the fault of the CSV."""

STAGE = {
    "users": """
        CREATE TEMP TABLE listed (
            id VARCHAR, display VARCHAR, name VARCHAR, location VARCHAR, description VARCHAR,
            url VARCHAR, followers INTEGER, following INTEGER, created INTEGER, language VARCHAR,
            odd BOOLEAN, file VARCHAR, record INTEGER);""",
    "tweets": """
        ALTER TABLE posts ADD COLUMN display VARCHAR;
        ALTER TABLE posts ADD COLUMN name VARCHAR;
        ALTER TABLE posts ADD COLUMN location VARCHAR;
        ALTER TABLE posts ADD COLUMN description VARCHAR;
        ALTER TABLE posts ADD COLUMN url VARCHAR;
        ALTER TABLE posts ADD COLUMN followers INTEGER;
        ALTER TABLE posts ADD COLUMN following INTEGER;
        ALTER TABLE posts ADD COLUMN created INTEGER;
        ALTER TABLE posts ADD COLUMN account_language VARCHAR;
        ALTER TABLE posts ADD COLUMN odd BOOLEAN;
        ALTER TABLE posts ADD COLUMN is_retweet BOOLEAN;
        ALTER TABLE posts ADD COLUMN retweet_user VARCHAR;
        ALTER TABLE posts ADD COLUMN retweet_post VARCHAR;
        ALTER TABLE posts ADD COLUMN retweet_name VARCHAR;
        ALTER TABLE posts ADD COLUMN reply_user VARCHAR;
        ALTER TABLE posts ADD COLUMN reply_post VARCHAR;
        ALTER TABLE posts ADD COLUMN quote_post VARCHAR;
        ALTER TABLE posts ADD COLUMN mentions VARCHAR;""",
}
"""Columns that the tables need until the import is done; the order is that of the SELECTs."""

LEFTOVERS = (
    *("display", "name", "location", "description", "url", "followers", "following", "created"),
    *("account_language", "odd", "is_retweet", "retweet_user", "retweet_post", "retweet_name"),
    *("reply_user", "reply_post", "quote_post", "mentions"),
)
"""Columns that posts have on top of the schema until the import is done."""


@dataclass(slots=True)
class Loaded:
    """What became of one table so far.

    Attributes
    ----------
    rows
        Row numbers in the table it went to: from the first to before the last.
    """

    table: Table
    rows: tuple[int, int]
    read: int
    refusals: list[Refusal] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    merged: int = 0

    def receipt(self, sha256: str) -> FileReceipt:
        """Return the account of it."""
        entry = self.table.entry
        refused = self.reasons.total()
        return FileReceipt(
            path=str(entry.path),
            member=entry.member,
            sha256=sha256,
            bytes=entry.size,
            format=f"takedown {self.table.kind}",
            read=self.read,
            kept=self.rows[1] - self.rows[0] - self.merged,
            merged=self.merged,
            refused=refused,
            refusals=tuple(self.refusals),
            reasons=tuple(sorted(self.reasons.items())),
        )


def load(feed: Feed, table: Table, heard: Callable[[int], None]) -> Loaded:
    """Load one table; raise Damaged if its stream does not end well."""
    try:
        return _quickly(feed, table, heard) or _carefully(feed, table)
    except SourceError as error:
        raise Damaged(table.entry.path, error) from None


def _quickly(feed: Feed, table: Table, heard: Callable[[int], None]) -> Loaded | None:
    """Load a table whose every record is whole; of any other, leave nothing and return None."""
    entry, header = table.entry, table.header
    first = _end(feed.db, table)
    records = RecordCount(header.end)

    def listen(block: bytes) -> None:
        records.add(block)
        heard(len(block))

    shown = Shown(entry.open, header.start, entry.size - header.start, listen)
    feed.db.begin()
    try:
        with feed.show(shown) as address:
            feed.db.execute(_insert(table, address, header.delimiter, header.newline))
        end = _end(feed.db, table)
        whole = end - first == records.records and not _any_odd(feed.db, table, first)
    except DISK:
        raise
    except duckdb.Error:  # the careful way finds out which record it was
        whole = False
    if not whole:
        feed.db.rollback()
        return None
    feed.db.commit()
    assert _last(feed.db, table) == end - 1, "rows are not numbered as they were loaded"
    if table.kind == "users":  # in the fast way a row's number is its record's
        feed.db.execute(f"UPDATE listed SET record = rowid - {first} + 1 WHERE rowid >= {first}")
    return Loaded(table, (first, end), records.records)


def _carefully(feed: Feed, table: Table) -> Loaded:
    first = _end(feed.db, table)
    loaded = Loaded(table, (first, first), 0)
    for batch in _batches(table, loaded):
        shown = Shown(lambda batch=batch: io.BytesIO(batch), 0, len(batch))  # type: ignore[misc]  # bound now
        with feed.show(shown) as address:
            feed.db.execute(_insert(table, address))
    loaded.rows = (first, _end(feed.db, table))
    good = loaded.read - loaded.reasons.total()
    assert loaded.rows[1] - first == good, "the two ways of reading a CSV disagree"
    return loaded


def _batches(table: Table, loaded: Loaded) -> Iterator[bytes]:
    """Yield the good records as plain CSV, and note the others in *loaded*."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    with table.entry.open() as stream:
        stream.read(table.header.start)
        for one in careful.records(stream, table.header):
            loaded.read += 1
            reason, value = (
                (one.reason, "") if one.reason else takedown.fault(table, one.cells, one.fields)
            )
            if not reason:
                writer.writerow((*one.cells, one.number))
            else:
                loaded.reasons[reason] += 1
                if len(loaded.refusals) < REFUSALS_KEPT:
                    words = f"{reason} ({value})" if value else reason
                    loaded.refusals.append(Refusal(one.number, one.line, words))
            if text.tell() > BATCH:
                yield text.getvalue().encode("latin-1")
                text.seek(0)
                text.truncate()
    if text.tell():
        yield text.getvalue().encode("latin-1")


def _end(db: duckdb.DuckDBPyConnection, table: Table) -> int:
    """Return the row number after the last: nothing is deleted before all is loaded."""
    return count(db, "listed" if table.kind == "users" else "posts")


def _last(db: duckdb.DuckDBPyConnection, table: Table) -> int:
    where = "listed" if table.kind == "users" else "posts"
    row = db.execute(f"SELECT coalesce(max(rowid), -1) FROM {where}").fetchone()
    assert row is not None
    return int(row[0])


def _any_odd(db: duckdb.DuckDBPyConnection, table: Table, first: int) -> bool:
    where = "listed" if table.kind == "users" else "posts"
    found = db.execute(f"SELECT 1 FROM {where} WHERE odd AND rowid >= {first} LIMIT 1").fetchone()
    return found is not None


def _insert(table: Table, address: str, delimiter: str = ",", newline: bytes | None = None) -> str:
    """Return the SQL that reads a CSV into its table.

    The kind of line end is named, else one inside quotes may be taken for it; but not together
    with ``strict_mode``, which is the default: said aloud, it loses records (DuckDB 2.0.0).
    Without *newline* it is one of ours: with a last column for the number of the record.
    """
    n, record = len(table.header.names), newline is None
    newline = newline or b"\n"
    types = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(n + record))
    used = {place for name, place in table.columns.items() if name not in takedown.UNUSED}
    rest = ", ".join(f"c{i}" for i in range(n) if i not in used) or "''"
    select = _users(table, f"c{n}" if record else "0") if table.kind == "users" else _posts(table)
    return f"""
        INSERT INTO {"listed" if table.kind == "users" else "posts"}
        SELECT {select}
        FROM read_csv('{address}', columns={{{types}}}, header=false, auto_detect=false,
            delim='{delimiter}', new_line={newline.decode()!r}, quote='"', escape='"',
            compression='none', max_line_size={LONGEST}, buffer_size={BUFFER})
        WHERE concat({rest}) <> '{NOWHERE}'
    """


def _profile(table: Table) -> str:
    cell = takedown.cell
    created = f"left(trim({cell(table, 'account_creation_date')}), 10)"
    return f"""
        {cell(table, "user_display_name")}, {cell(table, "user_screen_name")},
        {cell(table, "user_reported_location")}, {cell(table, "user_profile_description")},
        {cell(table, "user_profile_url")}, {_count(cell(table, "follower_count"))},
        {_count(cell(table, "following_count"))},
        coalesce(CASE WHEN regexp_matches({created}, '^\\d{{4}}-\\d\\d-\\d\\d$')
            THEN greatest(try_cast({created} AS DATE) - DATE '1970-01-01', -1) END, -1),
        lower(trim({cell(table, "account_language")}))"""


def _count(text: str) -> str:
    return f"greatest(coalesce(try_cast(try_cast({text} AS DOUBLE) AS INTEGER), -1), -1)"


def _users(table: Table, record: str) -> str:
    name = table.entry.name.encode("utf-8", "replace").decode().replace("'", "''")
    return f"""{takedown.cell(table, "userid")}, {_profile(table)},
        {takedown.odd(table)}, '{name}', {record}"""


def _posts(table: Table) -> str:
    def cell(name: str) -> str:
        return takedown.cell(table, name)

    time, flag = cell("tweet_time"), f"lower({cell('is_retweet')})"
    given = f"({cell('retweet_userid')} <> '' OR {cell('retweet_tweetid')} <> '')"
    retweet = f"CASE {flag} WHEN 'true' THEN true WHEN 'false' THEN false ELSE {given} END"
    return f"""
        {cell("tweetid")}, {cell("userid")},
        coalesce(CASE WHEN regexp_matches({time}, '{takedown.TIME}')
            THEN greatest(epoch(try_cast(left({time}, 19) AS TIMESTAMP)), -1) END, -1)::BIGINT,
        CASE WHEN {retweet} THEN 'retweet'
            WHEN {cell("in_reply_to_userid")} <> '' OR {cell("in_reply_to_tweetid")} <> ''
                THEN 'reply'
            WHEN {cell("quoted_tweet_tweetid")} <> '' THEN 'quote' ELSE 'post' END,
        lower(trim({cell("tweet_language")})), {cell("tweet_client_name")},
        {cell("hashtags")}, {cell("urls")}, {cell("tweet_text")},
        {_profile(table)}, {takedown.odd(table)},
        {retweet}, {cell("retweet_userid")}, {cell("retweet_tweetid")},
        CASE WHEN {retweet} THEN
            regexp_extract({cell("tweet_text")}, '^RT @([A-Za-z0-9_]{{1,15}}):', 1) ELSE '' END,
        {cell("in_reply_to_userid")}, {cell("in_reply_to_tweetid")},
        {cell("quoted_tweet_tweetid")}, {cell("user_mentions")}"""


def merge(db: duckdb.DuckDBPyConnection, loaded: list[Loaded]) -> None:
    """Keep the first record of each id, and count the others against their files."""
    for where, kind in (("listed", "users"), ("posts", "tweets")):
        db.execute(f"""
            CREATE TEMP TABLE again AS
            SELECT r.rowid AS row FROM {where} r JOIN (
                SELECT id, min(rowid) AS first FROM {where} GROUP BY id HAVING count(*) > 1
            ) USING (id) WHERE r.rowid > first""")
        for one in loaded:
            if one.table.kind == kind:
                first, end = one.rows
                one.merged = count(db, f"again WHERE row >= {first} AND row < {end}")
        if count(db, "again"):
            db.execute(f"DELETE FROM {where} WHERE rowid IN (SELECT row FROM again)")
        db.execute("DROP TABLE again")


def count(db: duckdb.DuckDBPyConnection, where: str) -> int:
    """Return how many rows a table has."""
    row = db.execute(f"SELECT count(*) FROM {where}").fetchone()
    assert row is not None
    return int(row[0])


def tidy(db: duckdb.DuckDBPyConnection) -> None:
    """Leave the tables as the schema says."""
    for column in LEFTOVERS:
        db.execute(f"ALTER TABLE posts DROP COLUMN {column}")
