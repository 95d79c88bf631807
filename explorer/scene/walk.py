"""From account to account along the edges that are shown, the strongest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from explorer.document.edits import shown
from explorer.graph.model import degree

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.document.model import Document


def neighbours_of(document: Document, account: int) -> NDArray[np.intp]:
    """Return the shown neighbours of an account, most interactions with it first.

    Both directions and all kinds that the filter keeps count together; of equals the lower
    number comes first.
    """
    graph = document.graph
    at = np.flatnonzero((graph.source == account) | (graph.target == account))
    at = at[document.filter.edges(graph, shown(document))[at]]
    other = np.where(graph.source[at] == account, graph.target[at], graph.source[at])
    away = other != account
    found, which = np.unique(other[away], return_inverse=True)
    weight = np.bincount(which, document.filter.weight(graph)[at][away], len(found))
    return np.asarray(found[np.argsort(-weight, kind="stable")], np.intp)


def beginning(document: Document) -> int:
    """Return where a walk begins if nobody says: -1 if no account is shown.

    It is the account with most edges, of the selected ones if some of them are shown.
    """
    there = shown(document)
    chosen = there & document.selected
    rows = np.flatnonzero(chosen if chosen.any() else there)
    return int(rows[np.argmax(degree(document.graph)[rows])]) if len(rows) else -1


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """Where one stands, and which neighbour is looked at.

    Attributes
    ----------
    trail
        Accounts that one has come along, the present one last; empty before the first step.
    near
        Neighbours of the present one, strongest first.
    step
        Which of *near* is looked at, -1 if none.
    """

    trail: tuple[int, ...] = ()
    near: NDArray[np.intp] | None = None
    step: int = -1

    @property
    def here(self) -> int:
        """The account one stands on, -1 if none."""
        return self.trail[-1] if self.trail else -1

    @property
    def seen(self) -> int:
        """The account that is looked at, else the one one stands on."""
        return self.here if self.near is None or self.step < 0 else int(self.near[self.step])

    def at(self, account: int) -> Walk:
        """Return the walk after a jump to *account*, from which one can come back."""
        return self if account == self.here else Walk((*self.trail, account))

    def turned(self, document: Document, by: int) -> Walk:
        """Return the walk looking *by* neighbours further, round and round."""
        near = neighbours_of(document, self.here) if self.near is None else self.near
        if not len(near):
            return Walk(self.trail, near)
        step = self.step + by if self.step >= 0 else (0 if by > 0 else -1)
        return Walk(self.trail, near, step % len(near))

    def gone(self) -> Walk:
        """Return the walk after going to the account that is looked at."""
        return self.at(self.seen)

    def back(self) -> Walk:
        """Return the walk one account earlier; the first one stays."""
        return Walk(self.trail[:-1]) if len(self.trail) > 1 else Walk(self.trail)

    @property
    def words(self) -> str:
        """What to announce beside the account: its place among the neighbours."""
        if self.near is None:
            return ""
        if not len(self.near):
            return "no neighbours"
        return f"neighbour {self.step + 1:,} of {len(self.near):,}"
