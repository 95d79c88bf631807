"""Read Matrix Market through SciPy: every entry that is not 0 is an edge from row to column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from explorer.errors import SourceError
from explorer.ingest.drawn import Drawn, Refused
from explorer.ingest.gexf import ways

if TYPE_CHECKING:
    from collections.abc import Callable

    from explorer.ingest.entry import Entry

ROOMY = 100_000
"""Accounts that a file may announce beyond one for each of its bytes."""
MOST_BYTES = 2 << 30
"""Of a file that is read as a whole."""
AGAIN = "Export it again from the program that made it."


def read(entry: Entry, heard: Callable[[int], None]) -> Drawn:
    """Return the graph of a matrix; one that is not square joins rows to columns.

    Raises
    ------
    SourceError
        If it is not whole, has complex numbers, or announces more than it can hold.
    """
    import scipy.io  # 60 ms that only a matrix is worth

    shape = _announced(entry)
    try:
        with entry.open() as stream:
            matrix = scipy.io.mmread(stream)
    except (ValueError, OverflowError, TypeError, MemoryError) as error:
        why = "".join(filter(str.isprintable, str(error)))[:200].rstrip(". ")
        raise SourceError(f"{entry.shown} is not a whole matrix: {why}.", AGAIN) from None
    heard(entry.size)
    return _drawn(shape, matrix)


def _announced(entry: Entry) -> tuple[int, int, bool]:
    """Return rows, columns, and whether only one half is written; believe no promise."""
    if entry.size > MOST_BYTES:
        raise SourceError(
            f"{entry.shown} is {entry.size / 1e9:,.1f} GB in one matrix, more than "
            f"{MOST_BYTES / 1e9:,.1f} GB.",
            "Save it as a table of edges, which is read as a stream.",
        )
    head = entry.sample()
    first, *rest = head.split(b"\n", 1)
    says = first.decode("latin-1").lower().split()
    numbers = re.match(rb"(?:[ \t\r]*(?:%[^\n]*)?\n)*[ \t]*([\d \t]{1,80})", b"".join(rest))
    sizes = [int(one) for one in numbers[1].split()] if numbers else []
    dense = "array" in says[2:3]
    if len(says) < 5 or len(sizes) != (2 if dense else 3):
        raise SourceError(f"{entry.shown} is not a whole matrix: its head is broken.", AGAIN)
    if "complex" in says:
        raise SourceError(
            f"{entry.shown} is a matrix of complex numbers, which are no weights of edges."
        )
    rows, columns = sizes[:2]
    entries = rows * columns // 2 if dense else sizes[2]
    if rows + columns > ROOMY + entry.size or entries > entry.size:
        raise SourceError(
            f"{entry.shown} says that it has {rows:,} rows, {columns:,} columns and "
            f"{entries:,} entries, more than it can hold.",
            AGAIN,
        )
    return rows, columns, says[4] != "general"


def _drawn(shape: tuple[int, int, bool], matrix: Any) -> Drawn:
    rows, columns, half = shape
    source, target, weight = _entries(matrix)
    if half:  # SciPy has written out both halves
        lower = source >= target
        source, target, weight = source[lower], target[lower], weight[lower]
    good = np.isfinite(weight) & (weight != 0)
    refused = Refused()
    if not good.all():
        why = "an entry that is 0 or no number"
        refused.add(why, times=int(np.count_nonzero(~good)))
    square = rows == columns
    ids = [str(place + 1) for place in range(rows)]
    if not square:
        ids = [f"row {one}" for one in ids] + [f"column {c + 1}" for c in range(columns)]
    directed = np.full(int(good.sum()), not half)
    return Drawn(
        f"Matrix Market graph, {'two kinds of nodes, ' * (not square)}{ways(directed)}",
        ids,
        source[good],
        target[good] + (0 if square else rows),
        directed,
        stated=len(ids),
        weight=weight[good],
        refused=refused,
    )


def _entries(matrix: Any) -> tuple[Any, Any, Any]:
    """Return row, column and value of each entry; of a full matrix those that are not 0."""
    if isinstance(matrix, np.ndarray):
        source, target = np.nonzero(matrix)
        weight = matrix[source, target]
    else:
        source, target, weight = matrix.row, matrix.col, matrix.data
    return source.astype(np.int64), target.astype(np.int64), weight.astype(np.float64)
