"""How much of the data a picture shows: the denominators without which it can mislead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from explorer.graph.edges import CLASSES, GROUPS, edge_classes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.document.model import Document
    from explorer.graph.edges import Group


@dataclass(frozen=True, slots=True)
class Share:
    """How many are shown, and of how many."""

    shown: int = 0
    all: int = 0

    @property
    def whole(self) -> bool:
        """Whether nothing is left out."""
        return self.shown == self.all

    @property
    def percent(self) -> str:
        """The share as text; never "100 %" or "0 %" unless it is exactly that."""
        if self.whole or not self.shown:
            return "100 %" if self.whole else "0 %"
        share = 100 * self.shown / self.all
        if 1 <= share < 99.5:
            return f"{share:.0f} %"
        if 0.05 <= share < 99.95:
            return f"{share:.1f} %"
        return "under 0.1 %" if share < 1 else "over 99.9 %"

    def __add__(self, other: Share) -> Share:
        return Share(self.shown + other.shown, self.all + other.all)


@dataclass(frozen=True, slots=True)
class Shares:
    """What a document shows of what it holds.

    Attributes
    ----------
    roles
        Accounts by code of the role: other, amplifier, core.
    classes
        Edges by code of the class, all nine.
    off
        Codes of the classes that are switched off.
    selected
        Accounts selected.
    pinned
        Accounts shown that were pinned by hand.
    """

    accounts: Share
    edges: Share
    interactions: Share
    roles: tuple[Share, ...]
    classes: tuple[Share, ...]
    off: frozenset[int]
    selected: int
    pinned: int = 0

    def group(self, group: Group) -> Share:
        """Return the edges of one drawn group."""
        return sum((self.classes[code] for code in group.classes), Share())

    def off_in(self, group: Group) -> int:
        """Return how many classes of a group are switched off."""
        return len(self.off & set(group.classes))

    @property
    def sentence(self) -> str:
        """Say the denominators: "Shown: 12,410 of 173,750 accounts, …"."""
        if self.accounts.whole and self.edges.whole:
            return f"Shown: all {self.accounts.all:,} accounts and {self.edges.all:,} edges"
        return (
            f"Shown: {self.accounts.shown:,} of {self.accounts.all:,} accounts, "
            f"{self.edges.shown:,} of {self.edges.all:,} edges, "
            f"{self.interactions.percent} of interactions"
        )

    @property
    def hidden(self) -> tuple[str, ...]:
        """Names of the classes that are switched off; of a whole group its title."""
        found: list[str] = []
        for group in GROUPS:
            off = sorted(self.off & set(group.classes))
            some = [CLASSES[code].replace(">", " → ") for code in off]
            found += [group.title] if len(off) == len(group.classes) else some
        return tuple(found)


def shares(document: Document) -> Shares:
    """Count what the filter and the switches of *document* show."""
    graph, roles, hidden = document.graph, document.roles.codes, document.style.hidden
    kept = document.filter.mask(graph)
    classes, weight = edge_classes(graph, document.roles), graph.weight()
    on = np.array([code not in hidden for code in range(len(CLASSES))], bool)
    visible = document.filter.edges(graph, kept) & on[classes]
    roles_shown, roles_all = np.bincount(roles[kept], minlength=3), np.bincount(roles, minlength=3)
    shown_weight = document.filter.weight(graph)
    edges_shown, edges_all = (
        np.bincount(codes, minlength=len(CLASSES)) for codes in (classes[visible], classes)
    )
    return Shares(
        accounts=Share(int(kept.sum()), graph.n),
        edges=Share(int(visible.sum()), graph.m),
        interactions=Share(int(shown_weight[visible].sum()), int(weight.sum())),
        roles=_pairs(roles_shown, roles_all),
        classes=_pairs(edges_shown, edges_all),
        off=hidden,
        selected=int(document.selected.sum()),
        pinned=int((document.pinned & kept).sum()),
    )


def _pairs(shown: NDArray[np.integer], all_: NDArray[np.integer]) -> tuple[Share, ...]:
    return tuple(Share(a, b) for a, b in zip(shown.tolist(), all_.tolist(), strict=True))
