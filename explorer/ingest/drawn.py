"""Graphs that come as graphs: accounts and links in hand, whatever file they came in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from explorer.archive.receipt import REFUSALS_KEPT, Refusal
from explorer.archive.tables import KINDS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


LINK = KINDS.index("link")


@dataclass(slots=True)
class Refused:
    """The records of one file that were not taken in."""

    first: list[Refusal] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, reason: str, record: int = 0, line: int = 0, times: int = 1) -> None:
        """Note a record, or several of one kind."""
        self.reasons[reason] += times
        if len(self.first) < REFUSALS_KEPT:
            self.first.append(Refusal(record, line, reason))

    @property
    def total(self) -> int:
        """How many there were."""
        return self.reasons.total()


@dataclass(slots=True)
class Drawn:
    """One graph as its file gives it.

    Attributes
    ----------
    format
        For the receipt, such as ``GEXF graph, undirected``.
    ids
        Every account once; the first *stated* of them have a record of their own in the file.
    source, target
        ``(m,)`` integers, index into *ids*: one row per record of an edge, in file order.
    directed
        ``(m,)`` bool.
    names
        As long as *ids*, '' where there is none; or empty.
    places
        ``(len(ids), 2)`` float64, y up, NaN where there is none; or None.
    weight
        ``(m,)`` float64, NaN where nothing is said; or None.
    kind
        ``(m,)`` index into ``KINDS``; or None, when all are links.
    time, last
        ``(m,)`` int64 UTC seconds of the first and last interaction, -1 if unknown; or None.
    count
        ``(m,)`` float64 interactions behind the edge, NaN where nothing is said; or None.
    roles
        As long as *ids*, what the file calls the role, '' where nothing is said; or empty.
    colours
        As long as *ids*, ``#rrggbb`` as the file draws the account, '' for none; or empty.
    sizes
        ``(len(ids),)`` float64, how large the file draws it, NaN where nothing is said; or None.
    repeated
        Records of accounts that repeat an id of the same file.
    """

    format: str
    ids: list[str]
    source: NDArray[np.int64]
    target: NDArray[np.int64]
    directed: NDArray[np.bool_]
    stated: int = 0
    names: list[str] = field(default_factory=list)
    places: NDArray[np.float64] | None = None
    weight: NDArray[np.float64] | None = None
    kind: NDArray[np.int64] | None = None
    time: NDArray[np.int64] | None = None
    last: NDArray[np.int64] | None = None
    count: NDArray[np.float64] | None = None
    roles: list[str] = field(default_factory=list)
    colours: list[str] = field(default_factory=list)
    sizes: NDArray[np.float64] | None = None
    repeated: int = 0
    refused: Refused = field(default_factory=Refused)

    @property
    def m(self) -> int:
        """Number of good records of edges."""
        return len(self.source)
