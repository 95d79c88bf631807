"""Accounts that no force can tell apart, taken out and put back as an even disc.

Hundreds of amplifiers that know one hub only feel the same forces: iterated, they share one spot
or one ring. So they ride on their hub, on a sunflower's spiral round it; and accounts with the
very same neighbours ride on a spot of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from explorer.layout.pairs import Pairs, merged

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.graph.model import Index

GOLDEN = np.pi * (3 - np.sqrt(5))
"""The angle between one floret of a sunflower and the next (Vogel 1979)."""
FILL = 0.75
"""Spacing in a disc, where 1 would be the mean spacing of the whole layout."""


def sunflower(
    order: NDArray[np.integer], turn: NDArray[np.float64] | float = 0.0
) -> NDArray[np.float32]:
    """Return ``(2, k)`` float32 places on an even spiral, one to a unit of area, 0 the middle."""
    radius = np.sqrt(order / np.pi)
    angle = order * GOLDEN + turn
    return np.vstack([radius * np.cos(angle), radius * np.sin(angle)]).astype(np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Crowd:
    """All nodes, each at its place in the disc of the one it rides on.

    Attributes
    ----------
    anchor
        ``(N,)`` int32: the one it rides on, of ``n``.
    offset
        ``(2, N)`` float32 in units of the spacing.
    mass
        ``(N,)`` float32, mean 1.
    total
        ``(n,)`` float32: mass by anchor.
    """

    anchor: Index
    offset: NDArray[np.float32]
    mass: NDArray[np.float32]
    total: NDArray[np.float32]

    def riding(self) -> NDArray[np.bool_]:
        """Return the ``(N,)`` mask of those in a disc of two or more, anchors included."""
        return np.bincount(self.anchor)[self.anchor] > 1

    @property
    def alone(self) -> bool:
        """Whether nobody rides."""
        return len(self.anchor) == len(self.total)

    def spread(self, at: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return ``(2, N)`` positions of all, from ``(2, n)`` of the anchors."""
        placed = at[:, self.anchor]
        if not self.alone:
            placed += self.offset * np.float32(FILL * spacing(at, len(self.anchor)))
        return placed


def spacing(at: NDArray[np.float32], n: int) -> float:
    """Return the mean distance of *n* nodes spread over the ellipse that *at* covers."""
    x, y = sorted((float(at[0].std()), float(at[1].std())))
    x = max(x, 0.3 * y)  # all in a line still have some room
    return float(2 * np.sqrt(np.pi * x * y / n))


def plain(mass: NDArray[np.float64]) -> Crowd:
    """Return the crowd in which nobody rides."""
    n = len(mass)
    mass32 = mass.astype(np.float32)
    return Crowd(np.arange(n, dtype=np.int32), np.zeros((2, n), np.float32), mass32, mass32)


@dataclass(frozen=True, slots=True, eq=False)
class Folded:
    """A graph without its crowds.

    Attributes
    ----------
    core
        The ``n`` nodes that forces can tell apart.
    anchor
        ``(N,)`` int32: which of them each node rides on.
    order
        ``(N,)`` int32: its number in that disc; 0 for the one in the middle.
    """

    core: Pairs
    anchor: Index
    order: Index

    def crowd(self, mass: NDArray[np.float64], seed: int) -> Crowd:
        """Return everybody with ``(N,)`` *mass*, each disc turned at random."""
        total = np.bincount(self.anchor, mass, self.core.n).astype(np.float32)
        turn = np.random.default_rng(seed).random(self.core.n) * 2 * np.pi
        offset = sunflower(self.order, turn[self.anchor])
        return Crowd(self.anchor, offset, mass.astype(np.float32), total)


FEWEST = 16
"""Nodes with the very same neighbours that make a crowd. With fewer, leaves would no longer be
pushed outwards by all the rest, and distances would suffer."""


def fold(pairs: Pairs, fewest: int = FEWEST) -> Folded:
    """Return connected *pairs* (3 nodes or more) with its crowds taken out.

    Riders are nodes of which *fewest* or more have one and the same single neighbour, and those
    of which as many have the same neighbours, if these are no more than themselves: else the two
    hubs that share a crowd would be one.
    """
    degree = pairs.degree()
    rides_on = np.arange(pairs.n, dtype=np.int32)
    _ride_on_twins(rides_on, pairs, degree, fewest)
    _ride_on_hubs(rides_on, pairs, degree, fewest)
    kept = rides_on == np.arange(pairs.n, dtype=np.int32)
    if kept.all():
        return Folded(pairs, rides_on, np.zeros(pairs.n, np.int32))
    anchor = (np.cumsum(kept, dtype=np.int32) - 1)[rides_on]
    core = merged(int(kept.sum()), anchor[pairs.u], anchor[pairs.v], pairs.w)
    return Folded(core, anchor, _order(anchor, kept, pairs.strength()))


def _ride_on_hubs(rides_on: Index, pairs: Pairs, degree: NDArray[np.int64], fewest: int) -> None:
    hub = np.full(pairs.n, -1, np.int32)
    for leaf, other in ((pairs.u, pairs.v), (pairs.v, pairs.u)):
        single = (degree[leaf] == 1) & (degree[other] > 1)
        hub[leaf[single]] = other[single]
    leaves = np.bincount(hub + 1, minlength=pairs.n + 1)
    riding = (hub >= 0) & (leaves[hub + 1] >= fewest)
    rides_on[riding] = hub[riding]


def _ride_on_twins(rides_on: Index, pairs: Pairs, degree: NDArray[np.int64], fewest: int) -> None:
    """Find equal neighbourhoods by the sum of a random number for each neighbour."""
    half = pairs.half(np.ones(pairs.m, np.int64))
    name = np.random.default_rng(1979).integers(2**62, size=pairs.n)
    print_of = half @ name + half.T @ name
    many = np.flatnonzero(degree > 1)
    _, first, inverse, count = np.unique(
        print_of[many], return_index=True, return_inverse=True, return_counts=True
    )
    size = count[inverse]
    crowded = (size >= fewest) & (size >= degree[many])
    rides_on[many[crowded]] = many[first[inverse[crowded]]]


def _order(anchor: Index, kept: NDArray[np.bool_], strength: NDArray[np.float64]) -> Index:
    """Return the number of each node in its disc: the anchor first, then by falling strength."""
    crowded = np.flatnonzero(np.bincount(anchor)[anchor] > 1)
    queue = crowded[np.lexsort((-strength[crowded], ~kept[crowded], anchor[crowded]))]
    starts = np.flatnonzero(np.diff(anchor[queue], prepend=-1))
    order = np.zeros(len(anchor), np.int32)
    order[queue] = np.arange(len(queue)) - np.repeat(starts, np.diff(starts, append=len(queue)))
    return order
