"""Filters: what to keep, said as data, answered as a mask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from explorer.graph.model import Category, Text, degree, in_strength, out_strength
from explorer.graph.moments import Span, weight_in

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.graph.model import Graph, Mask

MEASURES = {"degree": degree, "in_strength": in_strength, "out_strength": out_strength}
"""Numbers that every graph has, by name, beside the columns it came with."""


def numbers(graph: Graph, column: str) -> NDArray[np.float64]:
    """Return ``(n,)`` float64 of a column or measure; zeros if there is no such."""
    if column in MEASURES:
        return MEASURES[column](graph).astype(np.float64)
    values = graph.nodes.get(column)
    if values is None or isinstance(values, Text | Category):
        return np.zeros(graph.n)
    return np.asarray(values, np.float64)


def countable(graph: Graph) -> tuple[str, ...]:
    """Return the names of all numbers by which accounts can be ranked: measures, then columns."""
    columns = (
        name
        for name, values in graph.nodes.items()
        if isinstance(values, np.ndarray)
        and values.dtype.kind in "iuf"
        and name not in {*MEASURES, "x", "y"}
    )
    return (*MEASURES, *columns)


@dataclass(frozen=True, slots=True)
class Between:
    """Keep accounts whose *column* or measure lies in ``[low, high]``."""

    column: str
    low: float
    high: float = float("inf")

    def mask(self, graph: Graph) -> Mask:
        """Return the ``(n,)`` mask of accounts kept."""
        values = numbers(graph, self.column)
        return (values >= self.low) & (values <= self.high)


@dataclass(frozen=True, slots=True)
class OneOf:
    """Keep accounts whose *column* is one of *values*."""

    column: str
    values: tuple[str, ...]

    def mask(self, graph: Graph) -> Mask:
        """Return the ``(n,)`` mask of accounts kept."""
        column = graph.nodes.get(self.column)
        if isinstance(column, Category):
            wanted = np.array([label in self.values for label in column.labels], bool)
            return np.asarray(wanted[column.codes])
        if isinstance(column, Text):
            return np.isin(column.strings(), self.values)
        return np.zeros(graph.n, bool)


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """Keep the accounts the user has pointed at; *kept* is an ``(n,)`` mask of one graph."""

    kept: Mask

    def mask(self, graph: Graph) -> Mask:
        """Return the ``(n,)`` mask of accounts kept; none of another graph."""
        return self.kept if len(self.kept) == graph.n else np.zeros(graph.n, bool)


@dataclass(frozen=True, slots=True, eq=False)
class Folded:
    """Keep all but the tray of small components; *kept* is an ``(n,)`` mask of one graph."""

    kept: Mask

    def mask(self, graph: Graph) -> Mask:
        """Return the ``(n,)`` mask of accounts kept; all of another graph."""
        return self.kept if len(self.kept) == graph.n else np.ones(graph.n, bool)


Clause: TypeAlias = Between | OneOf | Chosen | Folded


@dataclass(frozen=True, slots=True)
class Filter:
    """Keep the accounts that every clause keeps and the edges of every kind not hidden.

    Attributes
    ----------
    clauses
        All must hold; none keeps every account.
    hidden_kinds
        Kinds of interaction whose edges are left out.
    during
        Keep only edges with an interaction in this time; None keeps those of all times. Accounts
        stay, so that nothing moves or vanishes while the time is changed.
    """

    clauses: tuple[Clause, ...] = ()
    hidden_kinds: frozenset[str] = frozenset()
    during: Span | None = None

    def mask(self, graph: Graph) -> Mask:
        """Return the ``(n,)`` mask of accounts kept."""
        kept = np.ones(graph.n, bool)
        for clause in self.clauses:
            kept &= clause.mask(graph)
        return kept

    def edges(self, graph: Graph, kept: Mask) -> Mask:
        """Return the ``(m,)`` mask of edges kept: both ends in *kept*, kind and time too."""
        shown: Mask = kept[graph.source] & kept[graph.target]
        kind = graph.edges.get("kind")
        if self.hidden_kinds and isinstance(kind, Category):
            visible = np.array([label not in self.hidden_kinds for label in kind.labels], bool)
            shown &= visible[kind.codes]
        if self.during is not None:
            shown &= weight_in(graph, self.during) > 0
        return shown

    def weight(self, graph: Graph) -> NDArray[np.int64]:
        """Return ``(m,)`` int64 interactions of each edge, in the time that is kept."""
        return graph.weight() if self.during is None else weight_in(graph, self.during)

    @property
    def words(self) -> str:
        """What is kept, for the status line and a figure's footer; empty if all is."""
        said = [_said(clause) for clause in self.clauses]
        if self.hidden_kinds:
            said.append("without " + ", ".join(sorted(self.hidden_kinds)))
        if self.during is not None:
            said.append(f"interactions of {self.during.words}")
        return "; ".join(said)


def _said(clause: Clause) -> str:
    """Return what one clause keeps, or folds away, in words."""
    match clause:
        case Between(column, low, high) if high == float("inf"):
            return f"{_called(column)} at least {low:,.10g}"
        case Between(column, low, high):
            return f"{_called(column)} {low:,.10g} to {high:,.10g}"
        case OneOf(column, values):
            return f"{column.replace('_', ' ')} {' or '.join(values)}"
        case Folded(kept):
            return f"{int((~kept).sum()):,} accounts in the folded tray"
        case Chosen(kept):
            return f"{int(kept.sum()):,} accounts chosen by hand"


def folded(kept: Filter) -> int:
    """Return how many accounts are in a folded tray."""
    return sum(int((~one.kept).sum()) for one in kept.clauses if isinstance(one, Folded))


def _called(column: str) -> str:
    words = {"in_strength": "interactions received", "out_strength": "interactions made"}
    return words.get(column, column.replace("_", " "))


EVERYTHING = Filter()
