"""Communities inside communities: what a layout is grown from."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import igraph
import numpy as np

from explorer.layout.adjacency import adjacency
from explorer.layout.louvain import settled
from explorer.layout.pairs import Pairs, merged

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.graph.model import Index


def to_igraph(pairs: Pairs) -> igraph.Graph:
    """Return the bare undirected igraph; a list of tuples is what it takes in fastest."""
    edges = list(zip(pairs.u.tolist(), pairs.v.tolist(), strict=True))
    return igraph.Graph(n=pairs.n, edges=edges)


def communities(pairs: Pairs, seed: int) -> list[Index]:
    """Return ``(n,)`` int32 memberships, fine to coarse, each a third of the one before or fewer.

    By Louvain's method (Blondel 2008), of which the last level is always one.
    """
    here, strength = pairs, pairs.strength()
    label = settled(adjacency(here), strength, seed)
    found = [label]
    while int(label.max()) + 1 < here.n:  # one turn a level
        k = int(label.max()) + 1
        strength = np.bincount(label, strength, k).astype(np.float64)
        here = merged(k, label[here.u], label[here.v], here.w)
        label = settled(adjacency(here), strength, seed)
        found.append(label[found[-1]])
    last = found.pop() if len(found) > 1 else found[0]
    kept = found[:1]
    for membership in found[1:]:
        if 3 * int(membership.max() + 1) <= int(kept[-1].max() + 1):
            kept.append(membership)
    if last.max() < kept[-1].max():
        kept = [m for m in kept if 3 * int(last.max() + 1) <= int(m.max() + 1)] or kept[:1]
        kept.append(last)
    return kept


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
