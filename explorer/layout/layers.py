"""Layers by igraph, one component at a time, edges running down."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import igraph
import numpy as np

from explorer.errors import LayoutError
from explorer.layout.pairs import pairs_of, pieces_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.graph.model import Graph, Positions
    from explorer.job import Report

BENDS = 500_000
"""Of edges that cross layers, above which igraph would take hours."""
GAP = 1.0
"""From one component to the next; igraph puts neighbours in a layer as far apart."""


def place_layers(
    graph: Graph, options: Any, _start: Positions | None, report: Report, /
) -> Positions:
    """Place in layers, edges running down (Sugiyama, Tagawa and Toda 1981).

    igraph is given one component at a time: of several at once, it now and then writes past the
    end of its memory.
    """
    placed = np.zeros((graph.n, 2), np.float32)
    report(0.0, "sorting into layers")
    random.seed(options.seed)  # igraph draws from Python's generator
    pieces = pieces_of(pairs_of(graph))
    rank = np.empty(graph.n, np.int64)
    rank[pieces.nodes] = np.arange(graph.n)
    source, target = acyclic(graph.n, rank[graph.source], rank[graph.target])
    layer = layers(graph.n, source, target)
    starts = np.searchsorted(source, pieces.starts)
    left = 0.0
    report(0.3, "having fewer crossings")
    for c in range(len(pieces)):
        span, edges = pieces.span(c), slice(int(starts[c]), int(starts[c + 1]))
        nodes = pieces.nodes[span]
        placed[nodes, 1] = -layer[span]  # the first layer on top
        if edges.start < edges.stop:
            first = span.start
            part = directed(len(nodes), source[edges] - first, target[edges] - first)
            layout = part.layout_sugiyama(layers=layer[span].tolist(), maxiter=options.rounds)
            across = np.array(layout.coords)[: len(nodes), 0]  # bends come after
            placed[nodes, 0] = across - across.min()
        placed[nodes, 0] += left
        left = float(placed[nodes, 0].max()) + GAP
    report(1.0, "", placed)
    return placed


def acyclic(
    n: int, source: NDArray[np.int64], target: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return edges without cycles or doubles, sorted by source.

    Some are turned round to break cycles (Eades, Lin and Smyth 1993).
    """
    source, target = np.divmod(np.unique(source * n + target), max(n, 1))
    back = directed(n, source, target).feedback_arc_set(method="eades")
    source[back], target[back] = target[back], source[back]
    return np.divmod(np.unique(source * n + target), max(n, 1))


def layers(n: int, source: NDArray[np.int64], target: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return ``(n,)`` layers from 0: the longest way from one that nothing points at.

    Raises
    ------
    LayoutError
        If edges span so many layers that their bends would be too many.
    """
    layer = np.zeros(n, np.int64)
    while True:  # one turn a layer
        before = layer.copy()
        np.maximum.at(layer, target, before[source] + 1)
        if np.array_equal(layer, before):
            break
    bends = int((layer[target] - layer[source] - 1).sum())
    if bends > BENDS:
        raise LayoutError(
            f"Layers (Sugiyama) would need {bends:,} bends of edges; {BENDS:,} are the limit.",
            "Filter to fewer accounts, or use Flock.",
        )
    return layer


def directed(n: int, source: NDArray[np.int64], target: NDArray[np.int64]) -> igraph.Graph:
    """Return the bare directed igraph."""
    ends = list(zip(source.tolist(), target.tolist(), strict=True))
    return igraph.Graph(n=n, edges=ends, directed=True)
