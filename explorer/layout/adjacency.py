"""Neighbours of each node in one piece of memory, and steps from a few of them to all others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from explorer.layout.compiled import compiled, still

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.graph.model import Index
    from explorer.layout.pairs import Pairs

    Words = NDArray[np.uint64]

AT_ONCE = 64
"""Nodes from which steps are counted at once: bits of a word."""
FAR = 255
"""Steps that are as many as can be told apart."""


@dataclass(frozen=True, slots=True, eq=False)
class Adjacency:
    """Both directions of every pair, by node.

    Attributes
    ----------
    starts
        ``(n + 1,)`` int32.
    near
        ``(2 m,)`` int32: the neighbours of node i at ``starts[i]`` to ``starts[i + 1]``, rising.
    weight
        ``(2 m,)`` float32.
    """

    starts: Index
    near: Index
    weight: NDArray[np.float32]

    @property
    def n(self) -> int:
        """Number of nodes."""
        return len(self.starts) - 1

    @property
    def ties(self) -> tuple[Index, Index, NDArray[np.float32]]:
        """All three, as kernels take them."""
        return self.starts, self.near, self.weight

    def steps(self, sources: Index) -> NDArray[np.uint8]:
        """Return ``(n, k)`` steps from each of *sources*, 64 at most, up to 255.

        All at once, a bit for each (Then et al. 2014, The More the Merrier).
        """
        steps = np.full((self.n, len(sources)), FAR, np.uint8)
        _walk(self.starts, self.near, still(sources), steps)
        return steps


def adjacency(pairs: Pairs, weights: NDArray[Any] | None = None) -> Adjacency:
    """Return the neighbours of every node of *pairs*, with other ``(m,)`` *weights* if given."""
    values = pairs.w if weights is None else weights
    starts = np.zeros(pairs.n + 1, np.int32)
    near = np.empty(2 * pairs.m, np.int32)
    weight = np.empty(2 * pairs.m, np.float32)
    _fill(
        still(pairs.u), still(pairs.v), still(np.asarray(values, np.float64)), starts, near, weight
    )
    return Adjacency(still(starts), still(near), still(weight))


@compiled
def _fill(
    u: Index,
    v: Index,
    w: NDArray[np.float64],
    starts: Index,
    near: Index,
    weight: NDArray[np.float32],
) -> None:
    for k in range(len(u)):
        starts[u[k] + 1] += 1
        starts[v[k] + 1] += 1
    for i in range(1, len(starts)):
        starts[i] += starts[i - 1]
    free = starts[:-1].copy()
    for k in range(len(u)):  # by rising u, then v: so the rows are filled in order
        a, b = u[k], v[k]
        near[free[a]] = b
        weight[free[a]] = w[k]
        free[a] += 1
        near[free[b]] = a
        weight[free[b]] = w[k]
        free[b] += 1


@compiled
def _walk(starts: Index, near: Index, sources: Index, steps: NDArray[np.uint8]) -> None:
    n = len(starts) - 1
    seen = np.zeros(n, np.uint64)
    new = np.zeros(n, np.uint64)
    fresh = np.zeros(n, np.uint64)
    queue = np.empty(n, np.int32)
    later = np.empty(n, np.int32)
    for p in range(len(sources)):
        fresh[sources[p]] |= np.uint64(1) << np.uint64(p)
        queue[p] = sources[p]
    filled = _arrive(queue, len(sources), (fresh, seen, new), steps, 0)
    depth = 0
    while filled:
        depth = min(depth + 1, FAR)
        count = 0
        for q in range(filled):
            i = queue[q]
            for k in range(starts[i], starts[i + 1]):
                j = near[k]
                more = new[i] & ~seen[j]
                if more:
                    if fresh[j] == 0:
                        later[count] = j
                        count += 1
                    fresh[j] |= more
        queue, later = later, queue
        filled = _arrive(queue, count, (fresh, seen, new), steps, depth)


@compiled
def _arrive(
    queue: Index, count: int, bits: tuple[Words, Words, Words], steps: NDArray[np.uint8], depth: int
) -> int:
    """Let what is fresh at the first *count* of the *queue* be seen; return *count*."""
    fresh, seen, new = bits
    for q in range(count):
        j = queue[q]
        came = fresh[j]
        fresh[j] = 0
        seen[j] |= came
        new[j] = came
        for p in range(steps.shape[1]):
            if came >> np.uint64(p) & np.uint64(1):
                steps[j, p] = depth
    return count
