"""How far a layout has come, in numbers that cost little while it runs."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from explorer.layout import kernels
from explorer.layout.compiled import still
from explorer.layout.hands import shared

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.graph.model import Index
    from explorer.layout.adjacency import Adjacency
    from explorer.layout.posts import Posts

ASKED, MOST = 48, 16
"""Nodes whose neighbourhood is looked at, and the neighbours that one of them may have."""

PATIENCE = 12
"""Rounds without a smaller move than before, after which it is done, too."""
LESS = 0.97
"""Share of the least move so far below which a move counts as smaller."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What is known of a layout that is under way; sent between pictures.

    Attributes
    ----------
    round
        How often everybody has moved at the finest level.
    elapsed
        Seconds since it began.
    stress
        Distances in the picture against steps in the network, estimated from 64 accounts.
    kept
        Of the accounts nearest to one, the share that are its neighbours, over 48 accounts.
    change
        How far the mean account moved in the last round, as a share of the picture's width.
    """

    round: int
    elapsed: float
    stress: float
    kept: float
    change: float

    @property
    def words(self) -> str:
        """What the status line says."""
        return (
            f"round {self.round}, {self.elapsed:.1f} s · stress {self.stress:.3f} · "
            f"neighbours kept {self.kept:.0%} · moving {self.change:.2%}"
        )


@dataclass(frozen=True, slots=True, eq=False)
class Gauge:
    """Measures one layout while it runs, the same few nodes each time."""

    neighbours: Adjacency
    posts: Posts
    asked: Index
    began: float = field(default_factory=time.monotonic)

    def read(self, i: int, change: float, at: NDArray[np.float32]) -> Progress:
        """Return what is known after round *i*, at ``(n, 2)``."""
        shares = np.zeros(len(self.asked), np.float32)
        ties = self.neighbours.ties
        shared(kernels.kept, len(shares), still(at), self.asked, ties, shares)
        mean = float(shares.mean()) if len(shares) else 0.0
        return Progress(i, time.monotonic() - self.began, self.posts.stress(at), mean, change)


def gauge(neighbours: Adjacency, posts: Posts, began: float, seed: int) -> Gauge:
    """Return the gauge of a layout that began at *began* of the monotonic clock."""
    degree = np.diff(neighbours.starts)
    able = np.flatnonzero((degree >= 1) & (degree <= MOST)).astype(np.int32)
    random = np.random.default_rng(seed)
    asked = random.choice(able, min(ASKED, len(able)), replace=False) if len(able) else able
    return Gauge(neighbours, posts, still(asked), began)


class End:
    """Finds out when a layout is done: it hardly moves, or its moves no longer grow smaller.

    Parameters
    ----------
    most
        Rounds after which it is done in any case.
    enough
        Mean move in a round, as a share of the extent, that is hardly any.
    """

    def __init__(self, most: int, enough: float) -> None:
        self.most = most
        self.come = False
        self._enough = enough
        self._first = enough
        self._least, self._since = np.inf, 0

    def heard(self, i: int, change: float) -> float:
        """Take in the mean move of round *i*; return about which part of the way is done."""
        self._first = max(self._first, change)
        if change < LESS * self._least:
            self._least, self._since = change, i
        self.come = change < self._enough or i - self._since >= PATIENCE
        # The change falls about as a power, so its logarithm says best how far we are.
        left = np.log(max(change / self._enough, 1)) / np.log(2 * self._first / self._enough)
        return min(1.0, max(i / self.most, 1 - float(left)))
