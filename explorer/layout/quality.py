"""Numbers that say how good a layout is, the same for every layout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import cKDTree

from explorer.layout.pairs import pairs_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.graph.model import Graph, Positions

SIZE = (1600, 1200)
"""Picture, in pixels, that counts of pixels are for."""


def stress(
    graph: Graph,
    positions: Positions,
    pivots: int = 50,
    targets: int = 20_000,
    seed: int = 1,
) -> float:
    """Return how far distances in the picture are from steps in the network; 0 is perfect.

    The mean of ``(s · distance / steps - 1)²`` at the best scale s, directions ignored (Gansner,
    Koren and North 2004), over the pairs of some *pivots* with *targets* of the largest component
    (sampling as in Ortmann, Klimenta and Brandes 2017). 0 if there is no pair.
    """
    pairs = pairs_of(graph)
    half = pairs.half(np.ones(pairs.m, np.float64))
    _, label = connected_components(half, directed=False)
    giant = np.flatnonzero(label == np.bincount(label, minlength=1).argmax())
    random = np.random.default_rng(seed)
    some = random.choice(giant, min(pivots, len(giant)), replace=False)
    others = random.choice(giant, min(targets, len(giant)), replace=False)
    steps = dijkstra(half, directed=False, indices=some, unweighted=True)[:, others]
    apart = positions[some, None].astype(np.float64) - positions[None, others]
    distance = np.hypot(apart[..., 0], apart[..., 1])
    counted = steps > 0
    ratio = distance[counted] / steps[counted]
    square = float((ratio * ratio).sum())
    if square == 0:
        return 1.0 if len(ratio) else 0.0
    return float(np.mean((float(ratio.sum()) / square * ratio - 1) ** 2))


def preservation(
    graph: Graph, positions: Positions, sample: int = 2000, most: int = 100, seed: int = 1
) -> float:
    """Return how much of its neighbourhood an account has about it, in [0, 1].

    Mean Jaccard index of the d neighbours of an account and the d accounts nearest to it
    (Kruiger et al. 2017), over a *sample* of accounts with 1 to *most* neighbours.
    """
    pairs = pairs_of(graph)
    half = pairs.half(np.ones(pairs.m, np.int8))
    both = (half + half.T).tocsr()
    degree = pairs.degree()
    able = np.flatnonzero((degree >= 1) & (degree <= most))
    if not len(able):
        return 0.0
    chosen = np.random.default_rng(seed).choice(able, min(sample, len(able)), replace=False)
    tree = cKDTree(positions)
    shares = []
    for account in chosen.tolist():  # a sample, each with another number of neighbours
        near = both.indices[both.indptr[account] : both.indptr[account + 1]]
        found = np.atleast_1d(tree.query(positions[account], len(near) + 1)[1])
        nearest = found[found != account][: len(near)]
        common = len(np.intersect1d(near, nearest))
        shares.append(common / (len(near) + len(nearest) - common))
    return float(np.mean(shares))


def purity(
    positions: Positions, labels: NDArray[Any], k: int = 10, sample: int = 5000, seed: int = 1
) -> float:
    """Return the share of the *k* nearest accounts that have an account's own label, in [0, 1].

    The accuracy of a vote among neighbours (Cover and Hart 1967), before the vote; mean over a
    *sample* of accounts.
    """
    n = len(positions)
    k = min(k, n - 1)
    if k < 1:
        return 1.0
    chosen = np.random.default_rng(seed).choice(n, min(sample, n), replace=False)
    _, found = cKDTree(positions).query(positions[chosen], k + 1)
    others = found != chosen[:, None]
    others[others.all(axis=1), -1] = False  # it lies on so many others that it was not found
    return float((labels[found] == labels[chosen][:, None])[others].mean())


def pixels(positions: Positions, size: tuple[int, int] = SIZE) -> NDArray[np.int64]:
    """Return ``(n, 2)`` column and row of every account in a picture of *size* that fits all."""
    if not len(positions):
        return np.empty((0, 2), np.int64)
    low, high = positions.min(axis=0).astype(float), positions.max(axis=0).astype(float)
    extent = np.maximum(high - low, 1e-300)
    room = np.array(size, float)
    scale = ((room - 1) / extent).min()
    cells: NDArray[np.int64] = ((positions - (low + high) / 2) * scale + room / 2).astype(np.int64)
    return cells


def distinct_pixels(positions: Positions, size: tuple[int, int] = SIZE) -> float:
    """Return the pixels that show an account, as a share of the accounts: 1 is no overlap."""
    at = pixels(positions, size)
    return len(np.unique(at[:, 1] * size[0] + at[:, 0])) / max(len(at), 1)


def area_used(positions: Positions, size: tuple[int, int] = SIZE, tile: int = 8) -> float:
    """Return the share of the picture's square tiles that show an account."""
    at = pixels(positions, size) // tile
    across, along = -(-size[0] // tile), -(-size[1] // tile)
    return len(np.unique(at[:, 1] * across + at[:, 0])) / (across * along)
