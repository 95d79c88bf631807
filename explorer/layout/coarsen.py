"""Communities inside communities, by igraph: what a layout is grown from."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import igraph
import numpy as np

from explorer.layout.pairs import Pairs, merged

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.graph.model import Index


def to_igraph(pairs: Pairs) -> igraph.Graph:
    """Return the bare undirected igraph; a list of tuples is what it takes in fastest."""
    edges = list(zip(pairs.u.tolist(), pairs.v.tolist(), strict=True))
    return igraph.Graph(n=pairs.n, edges=edges)


def communities(pairs: Pairs, seed: int) -> list[Index]:
    """Return ``(n,)`` int32 memberships, fine to coarse, of Louvain's method (Blondel 2008)."""
    random.seed(seed)  # igraph draws from Python's generator
    levels = to_igraph(pairs).community_multilevel(weights=pairs.w.tolist(), return_levels=True)
    found = [np.array(level.membership, np.int32) for level in levels]
    if not found:
        return [np.zeros(pairs.n, np.int32)]
    return found[:1] if found[0].max() == found[-1].max() else [found[0], found[-1]]


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """A graph whose nodes are communities of the level below.

    Attributes
    ----------
    parent
        ``(n below,)`` int32.
    mass
        ``(n,)`` float64.
    """

    pairs: Pairs
    mass: NDArray[np.float64]
    parent: Index


def contracted(pairs: Pairs, mass: NDArray[np.float64], parent: Index) -> Level:
    """Return the graph of the communities *parent*, weights and masses summed."""
    k = int(parent.max()) + 1
    return Level(
        merged(k, parent[pairs.u], parent[pairs.v], pairs.w),
        np.bincount(parent, mass, k).astype(np.float64),
        parent,
    )


def nested(memberships: list[Index]) -> list[Index]:
    """Return each membership of nodes as one of the communities of the level before."""
    parents = memberships[:1]
    for fine, coarse in pairwise(memberships):
        parent = np.zeros(int(fine.max()) + 1, np.int32)
        parent[fine] = coarse
        parents.append(parent)
    return parents
