"""What is in view loosened, below what a mesh over everybody can see."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import cKDTree

from explorer.layout.flock import INTENTIONS
from explorer.layout.local import housed, relaxed, roominess
from explorer.layout.patch import NEAR, Patch
from explorer.layout.spread import equalised

if TYPE_CHECKING:
    from numpy.typing import NDArray

FINE, FINE_ROUNDS, REACH = 128, 20, 4.0
"""Of the view: points of its mesh along a side, rounds, and how far crowded places give way."""
PRESSED = 0.85
"""Share of the way from the middle to a side beyond which accounts are pressed together."""
RIM = 0.06
"""Share of the view's side within which accounts are held, entirely at its edge."""
PARTINGS, PILE, EASE = 30, 8, 0.6
"""Rounds of parting accounts that touch, how many at once, and the share done in each."""


def untangled(patch: Patch) -> NDArray[np.float32]:
    """Return ``(2, k)``: piles loosened and ties shortened, the outline as it was.

    For what a mesh over everybody is too coarse for. Those at the rim of the box stay, so that
    nothing breaks off from the accounts outside, which do not move.
    """
    at, k = patch.at, patch.pairs.n
    if k < 3 or not np.ptp(at, axis=1).all():
        return at
    low, high = at.min(axis=1, keepdims=True), at.max(axis=1, keepdims=True)
    near = Patch(at, patch.pairs, np.clip(patch.anchor, low, high), patch.outward * NEAR)
    recipe = INTENTIONS["balanced"]
    plan = replace(recipe.plan(FINE_ROUNDS, FINE), gravity=0.0, cap=0.03)
    moved = equalised(housed(relaxed(at, near, plan, 1.0), at), REACH, 256, 8)
    moved = _inside(moved, low, high)
    rim = np.minimum(at - low, high - at) / (high - low)
    free = np.clip(rim.min(axis=0) / RIM, 0, 1).astype(np.float32)
    moved = at + (moved - at) * free
    return parted(moved, free, 0.5 * roominess(at))


def _inside(
    at: NDArray[np.float32], low: NDArray[np.float32], high: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return ``(2, k)`` inside the box, what comes near its sides or is beyond pressed together.

    A clip would pile it up at the sides.
    """
    middle, half = (low + high) / 2, (high - low) / 2
    share = (at - middle) / half
    beyond = np.maximum(np.abs(share) - PRESSED, 0) / (1 - PRESSED)
    inner = np.minimum(np.abs(share), PRESSED) + (1 - PRESSED) * np.tanh(beyond)
    return np.asarray(middle + np.sign(share) * inner * half, np.float32)


def parted(at: NDArray[np.float32], free: NDArray[np.float32], least: float) -> NDArray[np.float32]:
    """Return ``(2, k)`` in which hardly any two are nearer than *least*.

    *free* is ``(k,)``: by how much each may move, in [0, 1].
    """
    at = at.astype(np.float64)
    k = at.shape[1]
    at += np.random.default_rng(k).normal(0, 0.01 * least, at.shape) * free
    for _ in range(PARTINGS):
        tree = cKDTree(at.T)
        found = tree.query(at.T, min(PILE, k), distance_upper_bound=least)
        near, which = np.asarray(found[0]), np.asarray(found[1])
        rows, column = np.nonzero(np.isfinite(near))
        others = which[rows, column]
        kept = others != rows
        rows, others, apart = rows[kept], others[kept], near[rows[kept], column[kept]]
        if not len(rows):
            break
        push = 0.5 * (least - apart) / np.maximum(apart, 1e-9)
        for axis in (0, 1):
            away = push * (at[axis, rows] - at[axis, others])
            at[axis] += np.bincount(rows, away, k) * free * EASE
    return at.astype(np.float32)
