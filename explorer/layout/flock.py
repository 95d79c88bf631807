"""Flock: communities first, then every account, in seconds for a hundred thousand of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from explorer.layout.grow import FEW, Recipe, grow
from explorer.layout.pairs import Pieces, pairs_of, pieces_of
from explorer.layout.sheet import Place, Sheet
from explorer.layout.small import is_star, posed, wheels
from explorer.layout.warm import resettle

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.graph.model import Graph, Positions
    from explorer.job import Report
    from explorer.layout.asked import FlockOptions

INTENTIONS = {
    "communities": Recipe(0.2, 0.0, reach=18.0, gravity=0.3, cohesion=12.0, truth=0.015, few=24),
    "balanced": Recipe(0.35, 0.0, reach=24.0, gravity=0.3, cohesion=10.0, truth=0.07),
    "structure": Recipe(0.8, 0.0, reach=12.0, gravity=0.3, cohesion=3.0, truth=2.0),
}
"""What a layout can bring out, and the numbers that do it."""
SOME = 6
"""Components of `FEW` nodes or fewer, at most, that are grown for the sake of their communities."""
TINY = 12
PATIENCE = 0.25
"""Seconds, about, after which components of `TINY` nodes or fewer are drawn as wheels."""


def recipe(options: FlockOptions) -> Recipe:
    """Return the numbers behind the words of *options*."""
    base = INTENTIONS[options.intention]
    reach = base.reach * options.spread
    return replace(base, reach=reach, rounds=options.rounds, seed=options.seed)


def place(graph: Graph, options: Any, start: Positions | None, report: Report, /) -> Positions:
    """Place accounts by communities, forces and room; see `explorer.layout.base.Place`."""
    if graph.n == 0:
        report(1.0)
        return np.zeros((0, 2), np.float32)
    report(0.0, "counting pairs")
    pieces = pieces_of(pairs_of(graph))
    how = recipe(options)
    if options.keep and start is not None and np.isfinite(start).all(axis=1).sum() > 1:
        placed = resettle(pieces, how, start, report)
    else:
        placed = from_nothing(pieces, how, report)
    report(1.0, "", placed)
    return placed


def from_nothing(pieces: Pieces, recipe: Recipe, report: Report) -> Positions:
    """Return ``(n, 2)`` places, every component on its own and then side by side."""
    inner = wheels(pieces, pieces.local.strength())
    pose(pieces, inner, recipe.seed)
    sheet = Sheet(pieces, inner, report)
    sizes = pieces.sizes()
    most = int((sizes > FEW).sum()) + SOME
    wanted = np.flatnonzero(sizes[:most] > recipe.few).tolist()
    large = [c for c in wanted if not is_star(pieces.pairs(c))]
    begin, each = 0.05, 0.94 / max(int(sizes[large].sum()), 1)
    for c in large:
        end = begin + each * float(sizes[c])
        sheet.put(c, grow(pieces.pairs(c), recipe, Place(sheet, c, begin, end)))
        begin = end
    return sheet.final()


def pose(pieces: Pieces, inner: NDArray[np.float32], seed: int) -> None:
    """Place small components that are not stars, the smallest only while patience lasts.

    What it costs is estimated rather than measured, so that every machine does the same.
    """
    sizes = pieces.sizes()
    spent = 0.0
    for c in np.flatnonzero((sizes <= FEW) & (sizes > 2)).tolist():
        if sizes[c] <= TINY and spent > PATIENCE:
            return
        pairs = pieces.pairs(c)
        if not is_star(pairs):
            inner[:, pieces.span(c)] = posed(pairs, seed)
            spent += 4e-4 + 3e-7 * pairs.n**2
