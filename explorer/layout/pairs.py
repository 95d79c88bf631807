"""From a directed graph of many kinds to plain undirected pairs, and its pieces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.graph.model import Graph, Index


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """An undirected graph without loops or parallel edges.

    Attributes
    ----------
    u, v
        ``(m,)`` int32 ends of each pair, ``u < v``, sorted by u, then v.
    w
        ``(m,)`` float64 weights above 0.
    """

    n: int
    u: Index
    v: Index
    w: NDArray[np.float64]

    @property
    def m(self) -> int:
        """Number of pairs."""
        return len(self.u)

    def degree(self) -> NDArray[np.int64]:
        """Return ``(n,)`` neighbours of each node."""
        return np.bincount(self.u, minlength=self.n) + np.bincount(self.v, minlength=self.n)

    def strength(self) -> NDArray[np.float64]:
        """Return ``(n,)`` the sum of the weights at each node."""
        return np.asarray(
            np.bincount(self.u, self.w, self.n) + np.bincount(self.v, self.w, self.n), np.float64
        )

    def half(self, values: NDArray[Any]) -> csr_array:
        """Return the upper triangle of the adjacency matrix, holding ``(m,)`` *values*.

        The pairs are sorted, so that nothing moves: the rows of the matrix are the pairs.
        """
        starts = np.zeros(self.n + 1, np.int32)
        np.cumsum(np.bincount(self.u, minlength=self.n), out=starts[1:])
        return csr_array((values, self.v, starts), shape=(self.n, self.n))


def merged(n: int, a: NDArray[Any], b: NDArray[Any], w: NDArray[Any]) -> Pairs:
    """Return the pairs between *a* and *b*, either way, weights summed and loops left out."""
    low, high = np.minimum(a, b).astype(np.int64), np.maximum(a, b)
    key = low * n + high
    if (low == high).any():
        key, w = key[low != high], w[low != high]
    unique, inverse = np.unique(key, return_inverse=True)
    u, v = np.divmod(unique, max(n, 1))
    summed = np.bincount(inverse, w, len(unique)).astype(np.float64)
    return Pairs(n, u.astype(np.int32), v.astype(np.int32), summed)


def pairs_of(graph: Graph) -> Pairs:
    """Return the pairs of accounts that interact, with weight 1 + ln(all their interactions)."""
    pairs = merged(graph.n, graph.source, graph.target, np.maximum(graph.weight(), 1))
    return Pairs(pairs.n, pairs.u, pairs.v, 1.0 + np.log(pairs.w))


def renumbered(pairs: Pairs, rank: Index) -> Pairs:
    """Return *pairs* with node ``i`` called ``rank[i]``."""
    a, b = rank[pairs.u], rank[pairs.v]
    u, v = np.minimum(a, b), np.maximum(a, b)
    order = np.argsort(u.astype(np.int64) * pairs.n + v)
    return Pairs(pairs.n, u[order], v[order], pairs.w[order])


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """The connected components of a graph, largest first, each node numbered inside its own.

    Attributes
    ----------
    nodes
        ``(n,)`` int32: the nodes, component by component.
    starts
        ``(c + 1,)`` where each component begins in *nodes*.
    local
        The pairs, component by component, their ends numbered from *nodes*.
    pair_starts
        ``(c + 1,)`` where each component begins in *local*.
    """

    nodes: Index
    starts: NDArray[np.int64]
    local: Pairs
    pair_starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def sizes(self) -> NDArray[np.int64]:
        """Return ``(c,)`` nodes of each component, falling."""
        return np.diff(self.starts)

    def span(self, c: int) -> slice:
        """Return where component *c* lies in *nodes*."""
        return slice(int(self.starts[c]), int(self.starts[c + 1]))

    def pairs(self, c: int) -> Pairs:
        """Return the pairs of component *c*, its nodes numbered from 0."""
        start, end = int(self.pair_starts[c]), int(self.pair_starts[c + 1])
        first = int(self.starts[c])
        return Pairs(
            int(self.starts[c + 1]) - first,
            self.local.u[start:end] - np.int32(first),
            self.local.v[start:end] - np.int32(first),
            self.local.w[start:end],
        )


def pieces_of(pairs: Pairs) -> Pieces:
    """Return the connected components of *pairs*, equal sizes in the order of their first node."""
    count, label = connected_components(pairs.half(np.ones(pairs.m, np.int8)), directed=False)
    sizes = np.bincount(label, minlength=count)
    place = np.empty(count, np.int64)
    place[np.argsort(-sizes, kind="stable")] = np.arange(count)
    nodes = np.argsort(place[label], kind="stable").astype(np.int32)
    rank = np.empty(pairs.n, np.int32)
    rank[nodes] = np.arange(pairs.n, dtype=np.int32)
    local = renumbered(pairs, rank)
    starts = np.zeros(count + 1, np.int64)
    np.cumsum(np.sort(sizes)[::-1], out=starts[1:])
    return Pieces(nodes, starts, local, np.searchsorted(local.u, starts))
