"""From an archive on disk to a graph of columns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from explorer.archive import store
from explorer.archive.tables import KINDS
from explorer.graph.model import Category, Graph, Text
from explorer.graph.moments import moments_of
from explorer.ingest.progress import Found

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from explorer.archive.receipt import Receipt
    from explorer.archive.store import Connection, Stored
    from explorer.ingest.mapping import Columns
    from explorer.job import Report

__all__ = ["Found", "OpenArchive", "Opened", "load"]

NUMBERED = """
CREATE TEMP TABLE numbered AS
SELECT (row_number() OVER (ORDER BY listed_in = '', id) - 1)::INTEGER AS number, id
FROM accounts
"""

MOMENTS = f"""
SELECT s.number AS source, t.number AS target, list_position({list(KINDS)}, kind) - 1 AS kind, time
FROM interactions JOIN numbered s ON s.id = source JOIN numbered t ON t.id = target
WHERE time >= 0
"""

PLACES, SIZES, WEIGHTS = ("x", "y"), ("size",), ("weight",)
"""Columns of accounts and edges that are there only if a graph file says something in them."""

NUMBERS = ("listed_at", "posts", "followers", "created", "author", "by_name")
"""Columns of accounts that are numbers or flags as they stand."""


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """What came of opening an archive."""

    stored: Stored
    receipt: Receipt
    graph: Graph


@dataclass(frozen=True, slots=True)
class OpenArchive:
    """Job: import what was dropped, or find it in the cache, and load its graph."""

    paths: tuple[Path, ...]
    cache: Path | None = None
    mapping: Columns | None = None

    @property
    def title(self) -> str:
        """What the user sees while it runs."""
        first = self.paths[0].name if self.paths else "nothing"
        more = f" and {len(self.paths) - 1} more" if len(self.paths) > 1 else ""
        return f"Open {first}{more}"

    def __call__(self, report: Report, /) -> Opened:
        """Import, then load; raise what ``take_in`` and ``load`` raise."""
        from explorer.ingest.run import take_in  # DuckDB and the readers: only where it runs

        stored, receipt = take_in(self.paths, self.cache, report, self.mapping)
        found = Found(receipt.accounts, receipt.posts, receipt.edges)
        report(0.97, "loading the graph", found)
        graph = load(stored)
        report(1.0, "", found)
        return Opened(stored, receipt, graph)


def load(stored: Stored) -> Graph:
    """Load the graph of an archive: listed accounts first, then by id.

    Edges are in order of source, target and kind.

    Raises
    ------
    ArchiveError
        If the tables are gone, or cannot be read.
    """
    with store.connect(stored.folder) as db:
        db.execute(NUMBERED)
        ordered = "FROM accounts JOIN numbered USING (id) ORDER BY number"
        numbers = db.execute(f"SELECT {', '.join(NUMBERS)} {ordered}").fetchnumpy()
        nodes: dict[str, Any] = {
            "id": _text(db, "id", ordered),
            "name": _text(db, "name", ordered),
            "listed_in": _category(db, "listed_in", ordered),
            "language": _category(db, "language", ordered),
            **{name: _plain(numbers[name]) for name in NUMBERS},
            **_floats(db, "accounts", PLACES, ordered),
            **_floats(db, "accounts", SIZES, ordered),
            **{
                name: _category(db, name, ordered)
                for name in ("role", "colour")
                if _has(db, "accounts", name)
            },
        }
        joined = "FROM edges JOIN numbered s ON s.id = source JOIN numbered t ON t.id = target"
        edges = db.execute(f"""
            SELECT s.number AS source, t.number AS target,
                list_position({list(KINDS)}, kind)::UTINYINT - 1 AS kind, count, first, last
            {joined} ORDER BY 1, 2, 3""").fetchnumpy()
        in_order = f"{joined} ORDER BY s.number, t.number, list_position({list(KINDS)}, kind)"
        weights = _floats(db, "edges", WEIGHTS, in_order)
        times = db.execute(MOMENTS).fetchnumpy()
    graph = Graph(
        len(nodes["id"]),
        np.asarray(edges["source"], np.int32),
        np.asarray(edges["target"], np.int32),
        nodes,
        {
            "kind": Category(np.asarray(edges["kind"], np.uint8), KINDS),
            "count": np.asarray(edges["count"], np.int32),
            "first": np.asarray(edges["first"], np.int64),
            "last": np.asarray(edges["last"], np.int64),
            **weights,
        },
    )
    ends = tuple(np.asarray(times[name], np.int32) for name in ("source", "target", "kind"))
    if not len(times["time"]):
        return graph
    return replace(graph, moments=moments_of(graph, ends, times["time"], len(KINDS)))


def _plain(column: NDArray[Any]) -> NDArray[Any]:
    return np.asarray(column, bool if column.dtype == bool else np.int32)


def _floats(
    db: Connection, table: str, names: tuple[str, ...], ordered: str
) -> dict[str, NDArray[np.float64]]:
    """Return those of the columns that a table has, NaN where nothing is said."""
    if not _has(db, table, *names):
        return {}
    asked = ", ".join(f"coalesce({name}, 'nan') AS {name}" for name in names)
    rows = db.execute(f"SELECT {asked} {ordered}").fetchnumpy()
    return {name: np.asarray(rows[name], np.float64) for name in names}


def _has(db: Connection, table: str, *names: str) -> bool:
    return {name for name, *_ in db.execute(f"DESCRIBE {table}").fetchall()}.issuperset(names)


def _text(db: Connection, column: str, ordered: str) -> Text:
    """Return a column of strings: their lengths from SQL, their letters in one join."""
    rows = db.execute(f"SELECT {column} AS text, strlen({column}) AS size {ordered}").fetchnumpy()
    offsets = np.zeros(len(rows["size"]) + 1, np.int64)
    np.cumsum(rows["size"], out=offsets[1:])
    return Text(np.frombuffer("".join(rows["text"]).encode(), np.uint8), offsets)


def _category(db: Connection, column: str, ordered: str) -> Category:
    labels = db.execute(f"SELECT DISTINCT {column} FROM accounts ORDER BY 1").fetchall()
    codes = db.execute(
        f"SELECT (dense_rank() OVER (ORDER BY {column}) - 1)::INTEGER AS code, number {ordered}"
    ).fetchnumpy()
    return Category(np.asarray(codes["code"], np.int32), tuple(label for (label,) in labels))
