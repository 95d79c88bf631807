"""What of a document is drawn, as arrays ready for the kernels, remembered part by part."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from explorer.graph.edges import CLASSES, GROUPS, edge_classes
from explorer.graph.model import degree, frozen
from explorer.graph.query import EVERYTHING
from explorer.graph.roles import CORE, ROLES
from explorer.scene.compiled import still
from explorer.scene.detail import base_radii, spacing
from explorer.scene.remember import remember_last
from explorer.scene.seen import NOBODY, Edges

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.document.model import Document
    from explorer.graph.edges import Group
    from explorer.graph.model import Graph, Index, Mask, Positions
    from explorer.graph.query import Filter
    from explorer.graph.roles import Roles

Ends: TypeAlias = "NDArray[np.int32]"
"""``(k, 2)`` int32 accounts at the two ends of some edges, in the order of the graph."""


@dataclass(frozen=True, slots=True)
class Facts:
    """How much of the document is drawn, for legends and denominators.

    Attributes
    ----------
    accounts, edges, interactions
        What filter and switches leave, in the whole document, not only in this view.
    all_accounts, all_edges, all_interactions
        What there is.
    selected
        Selected accounts.
    classes
        Edges of each of the nine classes that the filter leaves, switched on or not.
    lit
        Drawn edges at a selected account, by group in the order of ``GROUPS``.
    """

    accounts: int = 0
    all_accounts: int = 0
    edges: int = 0
    all_edges: int = 0
    interactions: int = 0
    all_interactions: int = 0
    selected: int = 0
    classes: tuple[int, ...] = (0,) * len(CLASSES)
    lit: tuple[int, ...] = (0,) * len(GROUPS)


@dataclass(frozen=True, slots=True, eq=False)
class Layers:
    """Everything that is drawn of one document.

    Attributes
    ----------
    positions
        ``(n, 2)`` float32, finite.
    shown
        ``(n,)`` accounts that the filter keeps.
    groups
        Edges by group in the order of ``GROUPS``; None for a group that is switched off.
    lit
        The edges of *groups* at a selected account; None if nothing is selected.
    accounts
        Shown accounts by role, small ones first.
    chosen
        The selected of *accounts*; None if nothing is selected.
    radii
        ``(n,)`` float32 logical pixels before any enlargement.
    apart
        Typical world distance between accounts.
    edges
        The same edges one by one, by their numbers.
    selected
        ``(n,)`` mask; empty if nothing is selected.
    """

    positions: Positions
    shown: Mask
    groups: tuple[Ends | None, ...]
    lit: tuple[Ends | None, ...] | None
    accounts: tuple[Index, ...]
    chosen: tuple[Index, ...] | None
    radii: NDArray[np.float32]
    apart: float
    edges: Edges
    selected: Mask
    facts: Facts

    def at(self, account: int) -> tuple[Ends | None, ...]:
        """Return the drawn edges at one account, by group."""
        return tuple(
            None if ends is None else still(ends[(ends[:, 0] == account) | (ends[:, 1] == account)])
            for ends in self.groups
        )


class Gatherer:
    """Makes layers, and remembers every part whose causes are the same as last time."""

    def __init__(self) -> None:
        self._classes = remember_last(edge_classes)
        self._shown = remember_last(shown_accounts)
        self._kept = remember_last(kept_edges)
        self._edges = remember_last(edges_of)
        self._groups = [remember_last(ends_of) for _ in GROUPS]
        self._lit = [remember_last(touching) for _ in GROUPS]
        self._degree = remember_last(degree)
        self._accounts = remember_last(by_role)
        self._chosen = remember_last(chosen_of)
        self._radii = remember_last(radii_of)
        self._finite = remember_last(finite)
        self._apart = remember_last(spacing)
        self._left = remember_last(by_class)
        self._facts = remember_last(count)
        self._sum = remember_last(_number)

    def layers(self, document: Document) -> Layers:
        """Return what is drawn of *document*."""
        graph, roles, selected = document.graph, document.roles, document.selected
        hidden = document.style.hidden
        codes = self._classes(graph, roles)
        shown = self._shown(graph, document.filter)
        kept = self._kept(graph, document.filter, shown)
        groups = tuple(
            remembered(graph, codes, kept, on) if (on := switched_on(group, hidden)) else None
            for remembered, group in zip(self._groups, GROUPS, strict=True)
        )
        accounts = self._accounts(roles, shown, self._degree(graph))
        positions = self._finite(document.positions)
        some = self._sum(selected) > 0
        left = self._left(graph, document.filter, codes, kept)
        drawn = ~np.isin(np.arange(len(CLASSES)), list(hidden))
        lit = tuple(
            remembered(rows, selected) if some and rows is not None else None
            for remembered, rows in zip(self._lit, groups, strict=True)
        )
        return Layers(
            positions=positions,
            shown=shown,
            groups=groups,
            lit=lit if some else None,
            accounts=accounts,
            chosen=self._chosen(accounts, selected) if some else None,
            radii=self._radii(self._degree(graph), roles),
            apart=self._apart(positions, shown),
            edges=self._edges(graph, roles, document.filter, kept, hidden),
            selected=selected if some else NOBODY,
            facts=replace(
                self._facts(graph, shown, *left),
                edges=int(left[0][drawn].sum()),
                interactions=int(left[1][drawn].sum()),
                selected=self._sum(selected),
                lit=tuple(0 if rows is None else len(rows) for rows in lit),
            ),
        )


def shown_accounts(graph: Graph, kept: Filter) -> Mask:
    """Return the ``(n,)`` mask of accounts the filter keeps."""
    return frozen(kept.mask(graph))


def kept_edges(graph: Graph, kept: Filter, shown: Mask) -> Mask | None:
    """Return the ``(m,)`` mask of edges the filter keeps; None if it keeps all."""
    return None if kept == EVERYTHING else frozen(kept.edges(graph, shown))


def edges_of(
    graph: Graph, roles: Roles, filter_: Filter, kept: Mask | None, hidden: frozenset[int]
) -> Edges:
    """Return the edges by number, and which are drawn."""
    on = np.array([code not in hidden for code in range(len(CLASSES))], bool)
    passed = NOBODY if kept is None else still(kept)
    return Edges(graph, still(roles.codes), filter_, passed, still(on))


def switched_on(group: Group, hidden: frozenset[int]) -> tuple[int, ...]:
    """Return the classes of a group that are not hidden."""
    return tuple(code for code in group.classes if code not in hidden)


def ends_of(
    graph: Graph, classes: NDArray[np.uint8], kept: Mask | None, codes: tuple[int, ...]
) -> Ends:
    """Return the kept edges whose class is one of *codes*."""
    wanted = np.isin(np.arange(len(CLASSES)), codes)[classes]
    if kept is not None:
        wanted &= kept
    ends = np.empty((int(np.count_nonzero(wanted)), 2), np.int32)
    ends[:, 0], ends[:, 1] = graph.source[wanted], graph.target[wanted]
    return still(ends)


def touching(ends: Ends, selected: Mask) -> Ends:
    """Return the edges with a selected end: the very same array if all have one.

    What is counted of all edges then serves for these too.
    """
    touched = selected[ends[:, 0]] | selected[ends[:, 1]]
    return ends if touched.all() else still(ends[touched])


def by_role(roles: Roles, shown: Mask, edges: NDArray[np.int64]) -> tuple[NDArray[np.int32], ...]:
    """Return the shown accounts of each role, those with few *edges* first."""
    rows = np.flatnonzero(shown)
    rows = rows[np.argsort(edges[rows], kind="stable")].astype(np.int32)
    codes = roles.codes[rows]
    return tuple(still(rows[codes == role]) for role in range(len(ROLES)))


def chosen_of(
    accounts: tuple[NDArray[np.int32], ...], selected: Mask
) -> tuple[NDArray[np.int32], ...]:
    """Return the selected of *accounts*, by role."""
    return tuple(still(rows[selected[rows]]) for rows in accounts)


def radii_of(edges: NDArray[np.int64], roles: Roles) -> NDArray[np.float32]:
    """Return ``(n,)`` float32 radii in logical pixels before any enlargement."""
    return still(base_radii(edges, roles.mask(CORE)))


def finite(positions: Positions) -> Positions:
    """Return *positions*, those that are not numbers at the origin: a kernel must not meet them."""
    if np.isfinite(positions).all():
        return still(positions)
    return still(np.nan_to_num(positions, nan=0.0, posinf=0.0, neginf=0.0))


def by_class(
    graph: Graph,
    filter_: Filter,
    classes: NDArray[np.uint8],
    kept: Mask | None,
) -> tuple[NDArray[np.integer], NDArray[np.integer | np.floating]]:
    """Return ``(9,)`` the kept edges of each class, and the interactions behind them."""
    weights = filter_.weight(graph)
    if kept is not None:
        classes, weights = classes[kept], weights[kept]
    edges = np.bincount(classes, minlength=len(CLASSES))
    return edges, np.bincount(classes, weights, len(CLASSES))


def count(
    graph: Graph,
    shown: Mask,
    edges: NDArray[np.integer],
    interactions: NDArray[np.integer | np.floating],
) -> Facts:
    """Count what the filter leaves; *edges* and *interactions* are by class."""
    return Facts(
        accounts=int(shown.sum()),
        all_accounts=graph.n,
        edges=int(edges.sum()),
        all_edges=graph.m,
        interactions=int(interactions.sum()),
        all_interactions=int(graph.weight().sum()),
        classes=tuple(edges.tolist()),
    )


def _number(mask: Mask) -> int:
    return int(mask.sum())
