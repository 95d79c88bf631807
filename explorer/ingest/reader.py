"""What can be read: ours first, then what plugins add."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from explorer.archive.receipt import FileReceipt, Interactions
from explorer.errors import SourceError
from explorer.ingest import (
    graphs,
    interactions,
    jsonl,
    loading,
    posttables,
    staging,
    takedown,
)
from explorer.ingest.entry import Damaged
from explorer.ingest.feed import Feed
from explorer.ingest.posts import Gathering, Taken
from explorer.ingest.progress import READ, Found
from explorer.plugins import extras

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    import duckdb

    from explorer.ingest.entry import Entry
    from explorer.ingest.posts import Bad, Post
    from explorer.ingest.progress import Meter
    from explorer.ingest.takedown import Table

GROUP = "starling.readers"


@dataclass(frozen=True, slots=True)
class Part:
    """What a reader made of its streams; the tables say the rest."""

    files: tuple[FileReceipt, ...]
    interactions: Interactions = field(default_factory=Interactions)
    users_files: int = 0


@dataclass(frozen=True, slots=True)
class Reader:
    """One family of formats.

    Attributes
    ----------
    recognise
        From a stream and its first bytes: what to read it as, or None if it is not ours. Raises
        ``Foreign`` for a table of another kind, ``SourceError`` for one of ours that is unusable.
    read
        Takes everything that ``recognise`` gave in one import, so that posts may point from one
        file into another, and fills the tables of ``archive/tables.py``. Has the SHA-256 of each
        file on disk by its path.
    """

    id: str
    title: str
    recognise: Callable[[Entry, bytes], Any]
    read: Callable[[duckdb.DuckDBPyConnection, Sequence[Any], Mapping[Path, str], Meter], Part]


def read_takedown(
    db: duckdb.DuckDBPyConnection,
    tables: Sequence[Table],
    hashes: Mapping[Path, str],
    meter: Meter,
) -> Part:
    """Read the tables of information-operations archives, users first."""
    for stage in staging.STAGE.values():
        db.execute(stage)
    loaded = []
    with Feed(db).registered() as feed:
        for table in sorted(tables, key=lambda one: one.kind == "tweets"):
            loaded.append(loading.load(feed, table, meter.reading(table.entry)))
            so_far = Found(loading.count(db, "listed"), loading.count(db, "posts"))
            meter.step(0.0, f"{so_far.posts:,} posts", so_far)
    loading.merge(db, loaded)
    meter.step(READ, "finding who interacts with whom")
    found = interactions.interactions(db)
    edges = loading.count(db, "edges")
    meter.step(
        0.85, "gathering the accounts", Found(meter.found.accounts, meter.found.posts, edges)
    )
    interactions.accounts(db)
    loading.tidy(db)
    return Part(
        tuple(one.receipt(hashes[one.table.entry.path]) for one in loaded),
        found,
        sum(table.kind == "users" for table in tables),
    )


def read_graphs(
    db: duckdb.DuckDBPyConnection,
    claims: Sequence[graphs.Claim],
    hashes: Mapping[Path, str],
    meter: Meter,
) -> Part:
    """Read graph files and tables of edges as one graph."""
    return Part(*graphs.read(db, claims, hashes, meter))


@dataclass(frozen=True, slots=True)
class Posts:
    """A stream of posts that was recognised, and what reads it."""

    entry: Entry
    format: str
    read: Callable[[Callable[[int], None]], Iterator[Post | Bad]]
    pairs: bool = False


def recognise_posts(entry: Entry, sample: bytes) -> Posts | None:
    """Return how to read a stream of posts; raises Foreign for a known one without edges."""
    if (found := jsonl.recognise(entry, sample)) is not None:
        return Posts(entry, "posts in JSON", partial(jsonl.read, entry, found))
    if (sheet := posttables.recognise(entry, sample)) is not None:
        read = partial(posttables.read, entry, sheet)
        return Posts(entry, sheet.shape.title, read, sheet.shape.pairs)
    return None


def read_posts(
    db: duckdb.DuckDBPyConnection,
    claims: Sequence[Posts],
    hashes: Mapping[Path, str],
    meter: Meter,
) -> Part:
    """Read posts as other tools collect them; they may point from one file into another."""
    gathering, taken = Gathering(db), list[Taken]()
    for claim in claims:
        taken.append(Taken(claim.entry, claim.format, claim.pairs))
        try:
            gathering.take(taken[-1], claim.read(meter.reading(claim.entry)))
        except SourceError as error:
            raise Damaged(claim.entry.path, error) from None
        so_far = Found(gathering.accounts, gathering.posts)
        meter.step(0.0, f"{so_far.posts:,} posts", so_far)
    meter.step(READ, "finding who interacts with whom")
    found = gathering.finish()
    return Part(tuple(one.receipt(hashes[one.entry.path]) for one in taken), found)


TAKEDOWN = Reader("takedown", "Information-operations archives", takedown.recognise, read_takedown)
POSTS = Reader("posts", "Posts in JSON and in tables", recognise_posts, read_posts)
GRAPHS = Reader("graphs", "Graphs and tables of edges", graphs.recognise, read_graphs)


def readers() -> tuple[Reader, ...]:
    """Return every reader, ours first."""
    return (TAKEDOWN, POSTS, GRAPHS, *(one for _, one in extras(GROUP) if isinstance(one, Reader)))
