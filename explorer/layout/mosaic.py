"""Components of which none stands out: large ones side by side, small ones among their like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from explorer.layout.boxes import Cells, shelve

if TYPE_CHECKING:
    from numpy.typing import NDArray

ALIKE = 3.0
"""Boxes whose areas differ by no more than this factor stand in rows together."""
GROWN = 1.25
"""Factor by which boxes may grow at most, where their place has room to spare."""
HALVINGS = 12


@dataclass(frozen=True, slots=True, eq=False)
class Tiles:
    """Where boxes stand.

    Attributes
    ----------
    centre
        ``(2, c)`` from the top left corner, y up.
    radius
        ``(c,)`` half the side of the square that is drawn in.
    """

    centre: NDArray[np.float64]
    radius: NDArray[np.float64]


def mosaic(boxes: Cells, width: float, height: float) -> Tiles:
    """Fill a rectangle with *boxes*, largest first, each with room in proportion to its area.

    The rectangle is cut in two along its shorter side until those in a piece are alike (a tree
    map: Shneiderman 1992), which then stand in rows.
    """
    areas = boxes.width * boxes.height
    before = np.concatenate([[0.0], np.cumsum(areas)])
    centre, radius = np.zeros((2, len(areas))), boxes.radius.copy()
    pieces = [(0, len(areas), (0.0, 0.0, width, height))]
    while pieces:  # one turn a cut: few, since like stands with like
        start, end, room = pieces.pop()
        if areas[start] <= ALIKE * areas[end - 1]:
            centre[:, start:end], scale = _in_rows(boxes.part(start, end), room)
            radius[start:end] *= scale
            continue
        half = (before[start] + before[end]) / 2
        cut = int(np.clip(np.searchsorted(before, half), start + 1, end - 1))
        share = float((before[cut] - before[start]) / (before[end] - before[start]))
        first, second = _cut(room, share)
        pieces += [(start, cut, first), (cut, end, second)]
    return Tiles(centre, radius)


Room = tuple[float, float, float, float]


def _cut(room: Room, share: float) -> tuple[Room, Room]:
    """Return both parts of a *room* (left, top, width, height), the first a *share* of it."""
    left, top, width, height = room
    if width > height:
        across = width * share
        return (left, top, across, height), (left + across, top, width - across, height)
    down = height * share
    return (left, top, width, down), (left, top - down, width, height - down)


def _in_rows(boxes: Cells, room: Room) -> tuple[NDArray[np.float64], float]:
    """Return ``(2, k)`` centres of *boxes* in rows in the middle of *room*, and their scale."""
    left, top, width, height = room
    low, high = 0.0, GROWN
    for _ in range(HALVINGS):
        scale = (low + high) / 2
        tried = boxes.part(0, len(boxes.width), scale)
        fits = tried.width.max() <= width and shelve(tried, width).height <= height
        low, high = (scale, high) if fits else (low, scale)
    rows = shelve(boxes.part(0, len(boxes.width), max(low, 1e-3)), width)
    x = left + rows.x + (width - rows.width) / 2
    y = top + rows.y - (height - rows.height) / 2
    return np.vstack([x, y]), max(low, 1e-3)
