"""The document: everything that is saved, undone and shown."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from explorer.archive.receipt import Receipt
from explorer.archive.store import Stored
from explorer.graph.direct import Listed
from explorer.graph.model import EMPTY, frozen
from explorer.graph.query import EVERYTHING, Filter
from explorer.graph.roles import Roles, assign

if TYPE_CHECKING:
    from explorer.graph.model import Graph, Mask, Positions


ArchiveRef = Stored
"""Where the tables behind a document are; they may be gone."""

NOWHERE = ArchiveRef(Path(), "", "")


@dataclass(frozen=True, slots=True)
class Placing:
    """How the positions were made: for the footer of a figure, and to make them again.

    Attributes
    ----------
    then
        What was done to them afterwards, in words; empty if nothing was.
    """

    layout: str = ""
    options: str = ""
    seed: int = 0
    complete: bool = True
    then: str = ""

    @property
    def words(self) -> str:
        """For the footer of a figure."""
        if not self.layout:
            return "not laid out"
        stopped = "" if self.complete else ", stopped early"
        then = f", then {self.then}" if self.then else ""
        return f"layout {self.layout}, seed {self.seed}{stopped}{then}"

    def followed_by(self, words: str) -> Placing:
        """Return the same with what was done to the positions afterwards."""
        done = tuple(one for one in self.then.split(", ") if one and one != words)
        return replace(self, then=", ".join((*done, words)))


@dataclass(frozen=True, slots=True)
class Style:
    """How it is drawn.

    Attributes
    ----------
    hidden
        Codes of edge classes that are switched off.
    node_size
        Factor on the radius of every account.
    edge_strength
        Factor on the tone of edges.
    labels
        ``none``, ``hover``, ``selected``, ``top`` or ``all`` that fit.
    labels_by
        Number by which names come first: a measure of ``graph.query.MEASURES``, or a column.
    """

    hidden: frozenset[int] = frozenset()
    node_size: float = 1.0
    edge_strength: float = 1.0
    labels: str = "hover"
    labels_by: str = "in_strength"


PLAIN = Style()


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """A selection that the user has given a name; *mask* is ``(n,)``."""

    title: str
    mask: Mask


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """One state of the user's work.

    A new state is made with ``dataclasses.replace``, which shares every part that did not change;
    two hundred undo steps cost little more than one.

    Attributes
    ----------
    positions
        ``(n, 2)`` float32, world units, y up.
    selected
        ``(n,)`` mask.
    pinned
        ``(n,)`` mask of accounts that every layout leaves in place.
    named
        Selections with a name, the oldest first.
    """

    archive: ArchiveRef = NOWHERE
    receipt: Receipt = field(default_factory=Receipt)
    graph: Graph = EMPTY
    roles: Roles = field(default_factory=lambda: assign(Listed(), EMPTY))
    positions: Positions = field(default_factory=lambda: frozen(np.empty((0, 2), np.float32)))
    placing: Placing = field(default_factory=Placing)
    filter: Filter = EVERYTHING
    selected: Mask = field(default_factory=lambda: frozen(np.empty(0, bool)))
    style: Style = PLAIN
    pinned: Mask = field(default_factory=lambda: frozen(np.empty(0, bool)))
    named: tuple[Named, ...] = ()

    def __post_init__(self) -> None:
        if len(self.pinned) != self.graph.n:  # nothing is pinned in a graph that is new
            object.__setattr__(self, "pinned", frozen(np.zeros(self.graph.n, bool)))
        if any(len(one.mask) != self.graph.n for one in self.named):
            object.__setattr__(self, "named", ())


def changes(old: Document, new: Document) -> frozenset[str]:
    """Return the names of the parts that differ, by identity."""
    return frozenset(
        part.name
        for part in fields(Document)
        if getattr(old, part.name) is not getattr(new, part.name)
    )
