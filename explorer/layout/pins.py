"""A layout fitted to accounts that must not move."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from explorer.graph.model import frozen

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.graph.model import Mask, Positions
    from explorer.layout.pairs import Pairs

ROUNDS = 8
"""Steps from a pinned account as far as which others come along."""
ALONG = 0.9
"""Share of its neighbours' way that an account comes along."""
STRETCH = 3.0
"""Most by which a layout is scaled to its pins, beside what keeps the picture as large."""


def fitted(placed: Positions, pinned: Mask, at: Positions) -> Positions:
    """Return ``(n, 2)``: *placed* turned, mirrored, scaled and moved to meet the pins.

    These are then put exactly *at* their places. The least squares of Umeyama (1991), mirror
    images allowed since a layout has no sides; the scale is held near that which keeps the
    picture as large as it was. One pin only moves it.
    """
    rows = np.flatnonzero(pinned)
    if not len(rows):
        return placed
    made = _met(placed, rows, at)
    made[rows] = at[rows]
    return frozen(made)


def settled(placed: Positions, pinned: Mask, at: Positions, pairs: Pairs) -> Positions:
    """Return *placed* `fitted`, and those near a pin gone some of the way that it was moved.

    Each account takes the mean of its neighbours' moves, a little less at each step: what is
    pinned drags its neighbourhood, and far away nothing changes.
    """
    rows = np.flatnonzero(pinned)
    if not len(rows):
        return placed
    made = _met(placed, rows, at)
    moved = np.zeros((len(placed), 2), np.float32)
    moved[rows] = at[rows] - made[rows]
    dragged = moved[rows]
    half = pairs.half(pairs.w.astype(np.float32))
    share = (ALONG / np.maximum(pairs.strength(), 1e-9)).astype(np.float32)[:, None]
    for _ in range(ROUNDS):
        moved = (half @ moved + half.T @ moved) * share
        moved[rows] = dragged
    made += moved
    made[rows] = at[rows]
    return frozen(made)


def _met(placed: Positions, rows: NDArray[np.intp], at: Positions) -> Positions:
    """Return ``(n, 2)`` where the accounts of *rows* come as near to *at* as all can together."""
    here, there = placed[rows].astype(np.float64), at[rows].astype(np.float64)
    matrix = _similarity(here, there, _spread(at) / max(_spread(placed), 1e-12))
    met: Positions = (placed - here.mean(axis=0)) @ matrix + there.mean(axis=0)
    return met.astype(np.float32)


def _similarity(
    here: NDArray[np.float64], there: NDArray[np.float64], usual: float
) -> NDArray[np.float64]:
    """Return the ``(2, 2)`` matrix, for rows, that best brings *here* to *there*, both centred."""
    here, there = here - here.mean(axis=0), there - there.mean(axis=0)
    variance = float((here * here).sum())
    if variance < 1e-12 or float((there * there).sum()) < 1e-12:
        return usual * np.eye(2)
    left, stretch, right = np.linalg.svd(here.T @ there)
    if stretch[1] < 1e-6 * stretch[0] and np.linalg.det(left @ right) < 0:
        right[1] *= -1  # pins on one line: no reason to mirror
    scale = float(stretch.sum()) / variance
    matrix: NDArray[np.float64] = left @ right
    return float(np.clip(scale, usual / STRETCH, usual * STRETCH)) * matrix


def _spread(at: Positions) -> float:
    """Return the root mean square distance of ``(n, 2)`` from their middle."""
    return float(np.sqrt(at.var(axis=0, dtype=np.float64).sum()))
