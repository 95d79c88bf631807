"""A few nodes to which everybody should keep their distance: what makes a picture true at large."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from explorer.layout import kernels
from explorer.layout.adjacency import AT_ONCE, FAR
from explorer.layout.compiled import still
from explorer.layout.hands import shared

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.graph.model import Index
    from explorer.layout.adjacency import Adjacency

SAMPLE = 2000
"""Nodes from which the length of a step is taken."""


@dataclass(frozen=True, slots=True, eq=False)
class Posts:
    """Pivots, and how far everybody is from them (Ortmann, Klimenta and Brandes 2017).

    Attributes
    ----------
    nodes
        ``(k,)`` int32: which they are.
    steps
        ``(n, k)`` uint8; 255 is too far to be told.
    hold
        How firmly everybody is drawn to where they should be, beside their springs: 1 is as firmly.
    """

    nodes: Index
    steps: NDArray[np.uint8]
    hold: float

    def goal(self, at: NDArray[np.float32]) -> tuple[NDArray[np.float32], np.float32]:
        """Return ``(n, 2)`` where they should be, given ``(n, 2)`` where they are, and the hold.

        One turn of stress majorisation (Gansner, Koren and North 2004).
        """
        target = np.empty_like(at)
        posts = np.vstack([at[self.nodes].T, np.full(len(self.nodes), self.unit(at), np.float32)])
        shared(kernels.aim, len(at), still(at), still(self.steps), still(posts), target)
        return target, np.float32(self.hold)

    def unit(self, at: NDArray[np.float32]) -> float:
        """Return the length of a step at which ``(n, 2)`` positions have least stress."""
        ratio = self._ratios(at)
        return float((ratio * ratio).sum() / max(float(ratio.sum()), 1e-12))

    def stress(self, at: NDArray[np.float32]) -> float:
        """Return an estimate of the stress of ``(n, 2)`` positions: see `quality.stress`."""
        ratio = self._ratios(at)
        return float(np.mean((ratio / max(self.unit(at), 1e-12) - 1) ** 2)) if len(ratio) else 0.0

    def _ratios(self, at: NDArray[np.float32]) -> NDArray[np.float32]:
        some = slice(None, None, max(len(at) // SAMPLE, 1))
        steps = self.steps[some]
        counted = (steps > 0) & (steps < FAR)
        x, y = at.T
        away = np.hypot(x[some, None] - x[self.nodes], y[some, None] - y[self.nodes])
        return np.asarray(away[counted] / steps[counted], np.float32)


def posts_of(neighbours: Adjacency, share: NDArray[Any] | None, hold: float, seed: int) -> Posts:
    """Return 64 posts or all there are, drawn in proportion to *share*, ``(n,)`` positive."""
    n = neighbours.n
    chance = None if share is None else share / share.sum()
    random = np.random.default_rng(seed)
    nodes = random.choice(n, min(AT_ONCE, n), replace=False, p=chance).astype(np.int32)
    return Posts(nodes, neighbours.steps(nodes), hold)
