"""Rules of roles that need igraph, and so a process of their own."""

from __future__ import annotations

import random
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from explorer.graph.direct import top
from explorer.graph.roles import ACTIVE_KINDS, Rule, codes_from_core

if TYPE_CHECKING:
    import igraph
    from numpy.typing import NDArray

    from explorer.graph.model import Graph, Mask
    from explorer.job import Report


@dataclass(frozen=True, slots=True)
class Hits:
    """Core is the *n* accounts with the highest authority (Kleinberg 1999, HITS).

    Edges run from who acts to whom it concerns, so authorities are the accounts that are
    amplified and hubs the amplifiers.
    """

    n: int = field(default=1000, metadata={"label": "Accounts in the core", "min": 1})
    kinds: frozenset[str] = ACTIVE_KINDS
    title: str = "Highest authority (HITS)"
    heavy: bool = True

    def core(self, graph: Graph) -> Mask:
        """Return the mask of the *n* accounts with the highest authority score."""
        random.seed(1)  # igraph draws ARPACK's start vector from Python's generator
        with warnings.catch_warnings():
            # Where many accounts have no authority at all the scores of the others still rank.
            warnings.simplefilter("ignore", RuntimeWarning)
            scores = to_igraph(graph).authority_score(weights=graph.weight().tolist())
        return top(np.round(scores, 12), self.n)

    def because(self, _graph: Graph, _node: int) -> str:
        """Say the rank."""
        return f"it is among the {self.n:,} accounts with the highest authority (HITS)"

    def sentence(self, _graph: Graph) -> str:
        """Say the rule."""
        return (
            f"Core: the {self.n:,} accounts with the highest authority (HITS). "
            "Amplifier: interacts towards a core account."
        )


@dataclass(frozen=True, slots=True)
class KCore:
    """Core is who has core number *k* or more (Seidman 1983), directions and kinds forgotten."""

    k: int = field(default=3, metadata={"label": "Core number, at least", "min": 1})
    kinds: frozenset[str] = ACTIVE_KINDS
    title: str = "Core number (k-core)"
    heavy: bool = True

    def core(self, graph: Graph) -> Mask:
        """Return the mask of accounts in the *k*-core."""
        whole = to_igraph(graph).as_undirected(mode="collapse")
        return np.asarray(np.array(whole.coreness(), np.int32) >= self.k)

    def because(self, _graph: Graph, _node: int) -> str:
        """Say the number."""
        return f"its core number is {self.k} or more"

    def sentence(self, _graph: Graph) -> str:
        """Say the rule, and what it cannot see."""
        return (
            f"Core: core number {self.k} or more. Beware: a star has core number 1, so accounts "
            "amplified by many that know only them are not found. "
            "Amplifier: interacts towards a core account."
        )


def to_igraph(graph: Graph) -> igraph.Graph:
    """Return the bare directed igraph of *graph*, nodes and edges in the same order."""
    import igraph  # the window knows these rules by name; only their worker needs igraph

    ends = zip(graph.source.tolist(), graph.target.tolist(), strict=True)
    return igraph.Graph(n=graph.n, edges=list(ends), directed=True)


@dataclass(frozen=True, slots=True, eq=False)
class AssignRoles:
    """Job: the role codes that a rule gives, as ``(n,)`` uint8."""

    graph: Graph
    rule: Rule

    @property
    def title(self) -> str:
        """What the user sees while it runs."""
        return f"Roles: {self.rule.title}"

    def __call__(self, report: Report, /) -> NDArray[np.uint8]:
        """Find the core, then the amplifiers."""
        report(0.0, "finding the core")
        core = self.rule.core(self.graph)
        report(0.9, "finding the amplifiers")
        return codes_from_core(self.graph, core, self.rule.kinds)
