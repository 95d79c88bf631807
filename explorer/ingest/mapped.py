"""Read tables as somebody said that their columns are to be read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from explorer.archive.tables import KINDS
from explorer.ingest import magic
from explorer.ingest.entry import SAMPLE, Foreign
from explorer.ingest.gexf import ways
from explorer.ingest.mapping import place
from explorer.ingest.peek import header_of
from explorer.ingest.tablerows import EdgeColumns, edges_of, nodes_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from explorer.ingest.drawn import Drawn
    from explorer.ingest.entry import Entry
    from explorer.ingest.header import Header
    from explorer.ingest.mapping import Columns


TABLES = (".csv", ".tsv")
"""Endings of what is nothing but a table."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table that has the columns of a mapping; *nodes* if it has those of accounts alone."""

    header: Header
    mapping: Columns
    nodes: bool


def recognise(entry: Entry, sample: bytes, mapping: Columns) -> Sheet | None:
    """Return how to read a table, None if it has not the columns that the mapping names.

    Raises
    ------
    Foreign
        If it is a table with other columns: says which.
    """
    if b"\x00" in sample[:4096]:
        return None
    header = header_of(sample, entry.shown, mapping.delimiter, mapping.header)
    if header is None or len(header.names) < 2:
        if entry.ending in TABLES and not magic.binary(sample):
            raise _no_table(entry, sample, header)
        return None
    trouble = mapping.trouble(header.names)
    if not trouble:
        return Sheet(header, mapping, nodes=False)
    if mapping.id and place(mapping.id, header.names) >= 0:
        return Sheet(header, mapping, nodes=True)
    raise Foreign(
        f"{entry.shown} cannot be read with the columns that were named: {trouble}",
        f"Its columns are {header.words}.",
    )


def _no_table(entry: Entry, sample: bytes, header: Header | None) -> Foreign:
    """Say why what is called a table cannot be read as one."""
    if header is not None:
        return Foreign(
            f"{entry.shown} has but one column.",
            "An edge needs two; say what stands between cells if it is no comma, semicolon or tab.",
        )
    if len(sample) >= SAMPLE and not re.search(rb"[\r\n]", sample):
        return Foreign(
            f"{entry.shown} begins with a line of more than {SAMPLE >> 10} KB, which is no header.",
            "Check what was exported.",
        )
    return Foreign(
        f"{entry.shown} does not begin with a line of columns in UTF-8.",
        "Open it in a spreadsheet and save it as CSV (UTF-8).",
    )


def read(entry: Entry, sheet: Sheet, heard: Callable[[int], None]) -> Drawn:
    """Return the graph of a table; how its columns were read stands in its format."""
    mapping, header = sheet.mapping, sheet.header
    if sheet.nodes:
        columns = place(mapping.id, header.names), place(mapping.label, header.names)
        made = nodes_of(entry, header, heard, columns)
        named = f", names from {mapping.label}" * bool(mapping.label)
        made.format = f"table of nodes: ids from {mapping.id}{named}"
        return made
    a, b, kind, weight, time = (
        place(getattr(mapping, role), header.names)
        for role in ("source", "target", "kind", "weight", "time")
    )
    ends = (b, a) if mapping.direction == "reverse" else (a, b)
    weight = -1 if mapping.merge == "rows" else weight
    directed = mapping.direction != "undirected"
    known = EdgeColumns(ends, weight, time, kind, directed=directed)
    made = edges_of(entry, header, heard, known).drawn("table of edges")
    if mapping.merge in ("max", "first"):
        _keep_one(made, largest=mapping.merge == "max")
    made.format = f"table of edges, {ways(made.directed)}: {mapping.words}"
    return made


def _keep_one(made: Drawn, *, largest: bool) -> None:
    """Keep one record of each edge, the first or the heaviest, and its span of time."""
    if not made.m:
        return
    assert made.weight is not None
    assert made.kind is not None
    assert made.time is not None
    n = len(made.ids)
    low, high = np.minimum(made.source, made.target), np.maximum(made.source, made.target)
    ends = np.where(made.directed, made.source * n + made.target, low * n + high)
    group = np.unique(ends * len(KINDS) + made.kind, return_inverse=True)[1]
    weight = np.where(np.isfinite(made.weight), made.weight, 1.0)
    order = np.lexsort((-weight if largest else np.arange(made.m), group))
    firsts = np.ones(made.m, bool)
    firsts[1:] = np.diff(group[order]) > 0
    kept = np.sort(order[firsts])
    made.repeated += made.m - len(kept)
    made.time, made.last = _span(group, made.time)
    for name in ("source", "target", "directed", "weight", "kind", "time", "last"):
        setattr(made, name, getattr(made, name)[kept])
    if made.count is not None:
        made.count = made.count[kept]


def _span(
    group: NDArray[np.int64], time: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the first and last time of each record's edge, -1 where none is known."""
    most = np.iinfo(np.int64).max
    first, last = np.full(int(group.max()) + 1, most), np.full(int(group.max()) + 1, -1)
    np.minimum.at(first, group, np.where(time < 0, most, time))
    np.maximum.at(last, group, time)
    return np.where(last[group] < 0, -1, first[group]), last[group]
