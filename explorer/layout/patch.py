"""Accounts cut out of their network to be laid out, with what pulls at them from outside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from explorer.layout.pairs import Pairs, merged

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.graph.model import Graph, Mask

NEAR = 0.3
"""Share of their weight with which ties to those who stay pull."""


@dataclass(frozen=True, slots=True, eq=False)
class Patch:
    """What moves, and what pulls at it from outside.

    Attributes
    ----------
    at
        ``(2, k)`` float32 where it is.
    pairs
        Ties among its ``k`` accounts.
    anchor
        ``(2, k)`` float32: the weighted mean of the neighbours that stay; where it is itself for
        accounts without such.
    outward
        ``(k,)`` float32 weight of the ties to those; 0 for none.
    """

    at: NDArray[np.float32]
    pairs: Pairs
    anchor: NDArray[np.float32]
    outward: NDArray[np.float32]


def patch_of(graph: Graph, at: NDArray[np.float32], moving: Mask) -> Patch:
    """Cut the accounts of *moving* out of *graph*, whose accounts are *at* ``(n, 2)``."""
    rows = np.flatnonzero(moving)
    k = len(rows)
    number = np.full(graph.n, -1, np.int32)
    number[rows] = np.arange(k, dtype=np.int32)
    a, b = number[graph.source], number[graph.target]
    weight = np.maximum(graph.weight(), 1)
    inside = (a >= 0) & (b >= 0)
    pairs = merged(k, a[inside], b[inside], weight[inside])
    pairs = Pairs(k, pairs.u, pairs.v, 1.0 + np.log(pairs.w))
    leaving, coming = (a >= 0) & (b < 0), (a < 0) & (b >= 0)
    mine = np.concatenate([a[leaving], b[coming]])
    theirs = np.concatenate([graph.target[leaving], graph.source[coming]])
    pull = 1.0 + np.log(np.concatenate([weight[leaving], weight[coming]]))
    outward = np.bincount(mine, pull, k)
    tied = outward > 0
    anchor = at[rows].T.astype(np.float64)
    for axis in (0, 1):
        summed = np.bincount(mine, pull * at[theirs, axis], k)
        anchor[axis, tied] = summed[tied] / outward[tied]
    placed = np.ascontiguousarray(at[rows].T, np.float32)
    return Patch(placed, pairs, anchor.astype(np.float32), outward.astype(np.float32))


def part_of(patch: Patch, mask: Mask) -> Patch:
    """Return the components of *mask* alone, those who stay pulling at them gently."""
    number = (np.cumsum(mask) - 1).astype(np.int32)
    kept = mask[patch.pairs.u]
    ends = number[patch.pairs.u[kept]], number[patch.pairs.v[kept]]
    pairs = Pairs(int(mask.sum()), *ends, patch.pairs.w[kept])
    outward = patch.outward[mask] * np.float32(NEAR)
    at, anchor = (np.ascontiguousarray(one[:, mask]) for one in (patch.at, patch.anchor))
    return Patch(at, pairs, anchor, outward)
