"""Read Matrix Market: every entry that is not 0 is an edge from row to column.

A reader of our own: SciPy's ends the whole process over a head that is damaged in the right place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from explorer.errors import SourceError
from explorer.ingest.drawn import Drawn, Refused
from explorer.ingest.gexf import ways

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from explorer.ingest.entry import Entry

ROOMY = 100_000
"""Accounts that a file may announce beyond one for each of its bytes."""
BLOCK = 1 << 22
AGAIN = "Export it again from the program that made it."
HEAD = re.compile(
    rb"%%matrixmarket\s+matrix\s+(coordinate|array)\s+(real|double|integer|pattern|complex)\s+"
    rb"(general|symmetric|skew-symmetric|hermitian)[ \t\r]*\n"
    rb"(?:[ \t]*(?:%[^\n]*)?\r?\n)*+[ \t]*((?:\d{1,18}[ \t\r]*){2,3})(?:\n|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the head of a file promises; *half* if entries stand for both ways."""

    rows: int
    columns: int
    entries: int
    dense: bool
    pattern: bool
    half: bool
    skew: bool
    start: int

    @property
    def width(self) -> int:
        """Numbers on a line."""
        return 1 if self.dense else 2 if self.pattern else 3


def read(entry: Entry, heard: Callable[[int], None]) -> Drawn:
    """Return the graph of a matrix; one that is not square joins rows to columns.

    Raises
    ------
    SourceError
        If it is not whole, has complex numbers, or announces more than it can hold.
    """
    shape = _announced(entry)
    try:
        numbers = _numbers(entry, shape.start, heard)
    except ValueError:
        raise _broken(entry, "it holds something that is no number") from None
    expected = shape.entries * shape.width
    if len(numbers) != expected:
        raise _broken(entry, f"it has {len(numbers):,} numbers, not {expected:,}")
    if shape.dense:
        source, target = _places(shape)
        weight = numbers
    else:
        table = numbers.reshape(-1, shape.width)
        ends = table[:, :2]
        sides = (shape.rows, shape.columns)
        if not ((ends >= 1) & (ends <= sides) & (ends == np.rint(ends))).all():
            raise _broken(entry, "an entry is outside the matrix")
        source, target = ends.astype(np.int64).T - 1
        weight = np.ones(len(table)) if shape.pattern else table[:, 2]
    return _drawn(shape, source, target, weight)


def _broken(entry: Entry, why: str) -> SourceError:
    return SourceError(f"{entry.shown} is not a whole matrix: {why}.", AGAIN)


def _announced(entry: Entry) -> _Shape:
    """Return what the head promises; believe nothing that the file cannot hold."""
    found = HEAD.match(entry.sample().removeprefix(b"\xef\xbb\xbf"))
    sizes = [int(one) for one in found[4].split()] if found else []
    dense = found is not None and found[1].lower() == b"array"
    if found is None or len(sizes) != (2 if dense else 3):
        raise _broken(entry, "its head is broken")
    kind, symmetry = found[2].lower(), found[3].lower()
    if kind == b"complex" or symmetry == b"hermitian" or (dense and kind == b"pattern"):
        raise SourceError(
            f"{entry.shown} is a matrix of complex numbers or of none, which are no weights."
        )
    rows, columns = sizes[:2]
    half, skew = symmetry != b"general", symmetry.startswith(b"skew")
    if half and rows != columns:
        raise _broken(entry, "it is symmetric, but not square")
    entries = rows * columns if dense else sizes[2]
    if dense and half:
        entries = rows * (rows - 1 if skew else rows + 1) // 2
    if rows + columns > ROOMY + entry.size or entries > entry.size:
        raise SourceError(
            f"{entry.shown} says that it has {rows:,} rows, {columns:,} columns and "
            f"{entries:,} entries, more than it can hold.",
            AGAIN,
        )
    bom = 3 * entry.sample().startswith(b"\xef\xbb\xbf")
    start = found.end() + bom
    return _Shape(rows, columns, entries, dense, kind == b"pattern", half, skew, start)


def _numbers(entry: Entry, start: int, heard: Callable[[int], None]) -> NDArray[np.float64]:
    """Return every number after the head, read in blocks of whole lines."""
    parts, left = [np.empty(0)], b""
    with entry.open() as stream:
        stream.read(start)
        while block := stream.read(BLOCK):
            heard(len(block))
            whole, end, left = (left + block).rpartition(b"\n")
            if end:
                parts.append(np.array(whole.split(), np.float64))
            elif len(left) > 4 * BLOCK:
                raise ValueError
    parts.append(np.array(left.split(), np.float64))
    return np.concatenate(parts)


def _places(shape: _Shape) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return row and column of each number of a full matrix: it is written column by column."""
    if shape.half:
        columns, rows = np.triu_indices(shape.rows, int(shape.skew))
    else:
        columns, rows = np.divmod(np.arange(shape.entries), max(shape.rows, 1))
    return rows.astype(np.int64), columns.astype(np.int64)


def _drawn(
    shape: _Shape,
    source: NDArray[np.int64],
    target: NDArray[np.int64],
    weight: NDArray[np.float64],
) -> Drawn:
    """Return the graph; an entry of 0 in a list says that there is no edge, and is refused."""
    good = np.isfinite(weight) & (weight != 0)
    refused = Refused()
    bad = ~good & (weight != 0) if shape.dense else ~good
    if bad.any():
        refused.add("an entry that is 0 or no number", times=int(np.count_nonzero(bad)))
    square = shape.rows == shape.columns
    ids = [str(place + 1) for place in range(shape.rows)]
    if not square:
        ids = [f"row {one}" for one in ids]
        ids += [f"column {place + 1}" for place in range(shape.columns)]
    directed = np.full(int(good.sum()), not shape.half)
    return Drawn(
        f"Matrix Market graph, {'two kinds of nodes, ' * (not square)}{ways(directed)}",
        ids,
        source[good],
        target[good] + (0 if square else shape.rows),
        directed,
        stated=len(ids),
        weight=weight[good],
        refused=refused,
    )
