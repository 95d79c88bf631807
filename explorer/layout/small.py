"""Small graphs, each in a box from -1 to 1: stars, pairs, and pictures of all distances."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse.csgraph import shortest_path

from explorer.layout import kernels
from explorer.layout.adjacency import adjacency
from explorer.layout.coarsen import to_igraph
from explorer.layout.compiled import still
from explorer.layout.crowd import fold, sunflower
from explorer.layout.mesh import extent
from explorer.layout.posts import posts_of
from explorer.layout.spread import levelled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.layout.pairs import Pairs, Pieces

RING = 7
"""Leaves that stand on one ring round their hub; more fill a disc."""
CROWD = 8
"""Nodes with the same neighbours that make a disc, where there are few nodes."""
MOST = 1500
"""Nodes up to which Fruchterman and Reingold compare every two."""
TURNS, STILL = 100, 1e-3
"""Turns of stress majorisation at most, and the mean move, in mean distances, that ends it."""
PACKED = 0.3
"""Spacing in such a disc, where 1 is the length of an edge."""


def wheels(pieces: Pieces, strength: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return ``(2, n)``: every component as a hub and an even disc, nodes as in *pieces*.

    The strongest node is in the middle, so that stars are right and the rest is tidy; pairs lie
    side by side. *strength* is ``(n,)``, nodes as in *pieces*.
    """
    sizes = pieces.sizes()
    component = np.repeat(np.arange(len(sizes)), sizes)
    queue = np.lexsort((-strength, component))
    order = np.empty(len(queue), np.int64)
    order[queue] = np.arange(len(queue)) - np.repeat(pieces.starts[:-1], sizes)
    leaves = np.maximum(sizes - 1, 1)[component]
    place: NDArray[np.float32] = sunflower(order)
    place /= np.sqrt(leaves / np.pi)
    few = leaves <= RING
    angle = 2 * np.pi * (order[few] - 1) / leaves[few]
    place[:, few] = np.vstack([np.cos(angle), np.sin(angle)]) * (order[few] > 0)
    paired = sizes[component] == 2
    place[:, paired] = np.vstack([2 * order[paired] - 1, np.zeros(int(paired.sum()))])
    return place


def is_star(pairs: Pairs) -> bool:
    """Say whether one node is joined to all others and these to nothing else."""
    return pairs.m == pairs.n - 1 and int(pairs.degree().max(initial=0)) == pairs.n - 1


def posed(pairs: Pairs, seed: int) -> NDArray[np.float32]:
    """Return ``(2, n)`` of a small connected graph, its distances as true as can be.

    Crowds stand in a disc, and edges that leave it are longer by its radius.
    """
    folded = fold(pairs, fewest=CROWD)
    core = folded.core
    riders = np.bincount(folded.anchor, minlength=core.n) - 1
    room = PACKED * np.sqrt(riders / np.pi)
    at = by_distance(core, 1.0 + room[core.u] + room[core.v], seed)
    turn = np.random.default_rng(seed).random(core.n) * 2 * np.pi
    offset = sunflower(folded.order, turn[folded.anchor]) * np.float32(PACKED)
    return boxed(levelled(at[:, folded.anchor] + offset))


def by_distance(pairs: Pairs, length: NDArray[np.float64] | None, seed: int) -> NDArray[np.float32]:
    """Return ``(2, n)`` with least stress, each edge having the *length* said, or 1.

    Stress majorisation (Gansner, Koren and North 2004) of all distances of a connected graph,
    begun with what a few steps say, since from a ring it can end in one.
    """
    if pairs.n < 2:
        return np.zeros((2, pairs.n), np.float32)
    apart = pairs.half(np.ones(pairs.m) if length is None else length)
    far = shortest_path(apart, "D", directed=False)
    at = by_steps(pairs, seed).T.astype(np.float64)
    at *= far.mean() / max(float(at.std()), 1e-9)
    kernels.settle(at, still(far), TURNS, STILL)
    return at.T.astype(np.float32)


def fruchterman_reingold(pairs: Pairs, seed: int) -> NDArray[np.float32]:
    """Return ``(2, n)`` with heavy edges short, at any scale."""
    if pairs.n < 2:
        return np.zeros((2, pairs.n), np.float32)
    random.seed(seed)  # igraph draws from Python's generator
    weights = pairs.w / pairs.w.mean() if pairs.m else pairs.w
    layout = to_igraph(pairs).layout_fruchterman_reingold(
        weights=weights.tolist(), niter=300, grid="nogrid" if pairs.n < MOST else "grid"
    )
    return np.array(layout.coords, np.float32).T.copy()


def by_steps(pairs: Pairs, seed: int) -> NDArray[np.float32]:
    """Return ``(2, n)`` as steps in the network say, by pivots (Brandes and Pich 2007)."""
    posts = posts_of(adjacency(pairs), None, 0.0, seed)
    square = posts.steps.astype(np.float64) ** 2
    square -= square.mean(axis=1, keepdims=True) + square.mean(axis=0) - square.mean()
    _, vectors = np.linalg.eigh(square.T @ square)
    at = (square @ vectors[:, :-3:-1]).T
    jitter = np.random.default_rng(seed).normal(0, 0.01, at.shape)  # equals do not stay together
    return np.asarray(at / max(float(np.ptp(at)), 1e-9) + jitter, np.float32)


def boxed(at: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return ``(2, n)`` positions, moved and scaled to fill the box from -1 to 1."""
    middle = np.array([[a.min() / 2 + a.max() / 2] for a in at], np.float32)
    return (at - middle) * np.float32(2 / extent(at)) if at.shape[1] > 1 else at - middle
