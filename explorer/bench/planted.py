"""A network with known communities, on which layouts are compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from explorer.graph.model import Graph

if TYPE_CHECKING:
    from numpy.typing import NDArray

HOME_CORE, HOME_AMPLIFIER = 0.85, 0.9
"""Shares of interactions that stay within the community."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large, and of how many communities, the first the largest."""

    core: int
    amplifiers: int
    communities: int


SMALL = Size(3_000, 17_000, 25)
MISSION = Size(23_750, 150_000, 60)


def planted(size: Size, seed: int = 7) -> tuple[Graph, NDArray[np.int64]]:
    """Return a network of core and amplifiers, and the ``(n,)`` community of each account.

    Popularity is a Pareto; amplifiers act towards four of the core on average.
    """
    random = np.random.default_rng(seed)
    core, n = size.core, size.core + size.amplifiers
    share = 1 / np.arange(1, size.communities + 1) ** 0.9
    share /= share.sum()
    community = random.choice(size.communities, n, p=share)
    popularity = random.pareto(1.3, core) + 0.05
    activity = np.cumsum(random.pareto(1.5, core) + 0.1)
    ends: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
    among = np.searchsorted(activity / activity[-1], random.random(6 * core))
    times = np.minimum(random.geometric(0.25, size.amplifiers), 200)
    amplifying = np.repeat(np.arange(core, n), times)
    for source, home in ((among, HOME_CORE), (amplifying, HOME_AMPLIFIER)):
        at_home = random.random(len(source)) < home
        target = _weighted(np.arange(core), popularity, len(source), random)
        for group in range(size.communities):
            members = np.flatnonzero(community[:core] == group)
            rows = np.flatnonzero(at_home & (community[source] == group))
            if len(members):
                target[rows] = _weighted(members, popularity[members], len(rows), random)
        ends.append((source, target))
    strangers = random.integers(core, n, (2, size.amplifiers // 4))
    ends.append((strangers[0], strangers[1]))
    source, target = (np.concatenate(side) for side in zip(*ends, strict=True))
    kept = source != target
    key, count = np.unique(source[kept] * n + target[kept], return_counts=True)
    source, target = np.divmod(key, n)
    columns = {"count": count.astype(np.int32)}
    return Graph(n, source.astype(np.int32), target.astype(np.int32), {}, columns), community


def _weighted(
    some: NDArray[np.int64], weight: NDArray[np.float64], k: int, random: np.random.Generator
) -> NDArray[np.int64]:
    """Return *k* of *some*, drawn by *weight*."""
    chance = np.cumsum(weight)
    drawn: NDArray[np.int64] = some[np.searchsorted(chance, random.random(k) * chance[-1])]
    return drawn
