"""A layout continued: who had a place stays near it, and newcomers go where they belong."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from explorer.graph.model import frozen
from explorer.layout.crowd import plain, spacing
from explorer.layout.grow import FEW, LEAST, Recipe, mesh_size
from explorer.layout.pack import arrange, compose
from explorer.layout.pairs import Pairs, Pieces
from explorer.layout.small import wheels
from explorer.layout.springs import Home, refine, repose

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.graph.model import Mask, Positions
    from explorer.job import Report

HOLD = 3.0
"""How firmly the known are held, where 1 halves their way."""
ROUNDS = 12


def resettle(pieces: Pieces, recipe: Recipe, start: Positions, report: Report) -> Positions:
    """Return ``(n, 2)`` places near *start*, whose rows may be NaN for accounts that are new.

    Components that are wholly new are put below the rest. Small components without anybody new
    stay exactly as they are.
    """
    report(0.1, "finding who is new")
    at = np.ascontiguousarray(start[pieces.nodes].T, np.float32)
    known = np.isfinite(at[0]) & np.isfinite(at[1])
    at[:, ~known] = 0.0
    component = np.repeat(np.arange(len(pieces)), pieces.sizes())
    met = np.bincount(component, known, len(pieces)) > 0
    at = beside_neighbours(at, known, pieces.local)
    fresh: Mask = ~met[component]
    if fresh.any():
        _put_below(at, fresh, pieces, met)
    changed = np.bincount(component, ~known, len(pieces)) > 0
    sizes = pieces.sizes()
    moving = np.flatnonzero(met & (sizes > 2) & (changed | (sizes > FEW))).tolist()
    for i, c in enumerate(moving):
        report(0.2 + 0.75 * i / len(moving), "settling")
        span = pieces.span(c)
        at[:, span] = settled(at[:, span], known[span], pieces.pairs(c), recipe)
    placed = np.empty((len(pieces.nodes), 2), np.float32)
    placed[pieces.nodes] = at.T
    return frozen(placed)


def beside_neighbours(at: NDArray[np.float32], known: Mask, pairs: Pairs) -> NDArray[np.float32]:
    """Return ``(2, n)`` with every unknown node near the mean of its known neighbours.

    Those with unknown neighbours only follow in the next turn, and so on outwards.
    """
    half = pairs.half(pairs.w)
    at, known = at.copy(), known.copy()
    random = np.random.default_rng(1)
    near = 0.5 * spacing(at[:, known], int(known.sum()))
    while True:
        columns = np.vstack([at * known, known]).T
        summed = np.asarray(half @ columns + half.T @ columns)
        reached = ~known & (summed[:, 2] > 0)
        if not reached.any():
            return at
        mean = (summed[reached, :2] / summed[reached, 2:]).T
        at[:, reached] = mean + random.normal(0.0, near, mean.shape)
        known |= reached


def _put_below(
    at: NDArray[np.float32], fresh: Mask, pieces: Pieces, met: NDArray[np.bool_]
) -> None:
    """Arrange the components that are wholly new, in place, below all that have a place."""
    sizes = pieces.sizes()[~met]
    starts = np.concatenate([[0], np.cumsum(sizes)])
    inner = wheels(pieces, pieces.local.strength())[:, fresh]
    unit = spacing(at[:, ~fresh], int((~fresh).sum()))
    tray = compose(arrange(sizes, 1.0), starts, inner) * np.float32(unit)
    old = at[:, ~fresh]
    tray[0] += (old[0].min() + old[0].max()) / 2
    tray[1] += old[1].min() - tray[1].max() - 3 * unit
    at[:, fresh] = tray


def settled(
    at: NDArray[np.float32], known: Mask, pairs: Pairs, recipe: Recipe
) -> NDArray[np.float32]:
    """Return ``(2, n)`` of one component after a few rounds in which the known are held."""
    mass = np.maximum(pairs.strength(), LEAST) ** recipe.mass
    crowd = plain(mass * (pairs.n / mass.sum()))
    pairs = Pairs(pairs.n, pairs.u, pairs.v, pairs.w * (pairs.n / pairs.w.sum()))
    middle = at.mean(axis=1, keepdims=True)
    plan = replace(recipe.plan(ROUNDS, mesh_size(pairs.n)), gravity=0.0)
    scale = np.float32(repose(at - middle, pairs, crowd, plan))
    start = (at - middle) * scale
    home = Home(start, np.where(known, HOLD, 0.0).astype(np.float32))
    return np.asarray(refine(start, pairs, crowd, plan, home) / scale + middle, np.float32)
