"""What is in a polygon: whole cells at once, and single accounts only where a side is near."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from explorer.scene.compiled import compiled, still

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.scene.cells import Cells

BANDS = 512
"""Bands into which the sides of a lasso are sorted."""


class Bands(NamedTuple):
    """The sides of a polygon sorted by y; side ``i`` begins at corner ``i``.

    Attributes
    ----------
    start
        ``(bands + 1,)`` int32 where each band begins in *sides*.
    sides
        Sides that cross each band, band by band.
    low, height
        Lowest y, and height of a band.
    """

    start: NDArray[np.int32]
    sides: NDArray[np.int32]
    low: float
    height: float


@compiled
def is_inside(x: float, y: float, corners: NDArray[np.float64], bands: Bands) -> bool:
    """Tell whether a point is in the polygon, by the even-odd rule."""
    k = corners.shape[0]
    band = min(bands.start.shape[0] - 2, max(0, int((y - bands.low) / bands.height)))
    odd = False
    for j in range(bands.start[band], bands.start[band + 1]):
        a = bands.sides[j]
        b = (a + 1) % k
        if (corners[a, 1] > y) != (corners[b, 1] > y):
            along = (y - corners[a, 1]) / (corners[b, 1] - corners[a, 1])
            if x < corners[a, 0] + along * (corners[b, 0] - corners[a, 0]):
                odd = not odd
    return odd


@compiled
def trace(cells: Cells, corners: NDArray[np.float64], edge: NDArray[np.bool_]) -> None:
    """Mark in *edge*, ``(cells high, cells wide)``, all cells near a side of the polygon.

    Rather one too many on each side than one too few: which cell holds an account is rounded.
    """
    left, low, side = cells.corner
    wide, high = cells.shape
    for a in range(corners.shape[0]):
        b = (a + 1) % corners.shape[0]
        x0, y0 = (corners[a, 0] - left) / side, (corners[a, 1] - low) / side
        x1, y1 = (corners[b, 0] - left) / side, (corners[b, 1] - low) / side
        if y0 > y1:
            x0, y0, x1, y1 = x1, y1, x0, y0
        first = int(min(max(y0 - 1.0, 0.0), high - 1.0))
        last = int(min(max(y1 + 1.0, 0.0), high - 1.0))
        for row in range(first, last + 1):
            begin, end = x0, x1
            if y1 > y0:
                begin = x0 + (x1 - x0) * min(max((row - 1.0 - y0) / (y1 - y0), 0.0), 1.0)
                end = x0 + (x1 - x0) * min(max((row + 2.0 - y0) / (y1 - y0), 0.0), 1.0)
            lower = int(min(max(min(begin, end) - 1.0, 0.0), wide - 1.0))
            upper = int(min(max(max(begin, end) + 1.0, 0.0), wide - 1.0))
            edge[row, lower : upper + 1] = True


@compiled
def surrounded(
    cells: Cells,
    positions: NDArray[np.float32],
    corners: NDArray[np.float64],
    bands: Bands,
    inside: NDArray[np.bool_],
) -> None:
    """Mark in *inside* the accounts in the polygon, by the even-odd rule.

    Cells that no side comes near are inside or outside as a whole; only the accounts of the
    others are compared with the sides.
    """
    left, low, side = cells.corner
    wide, high = cells.shape
    edge = np.zeros((high, wide), np.bool_)
    trace(cells, corners, edge)
    for row in range(high):
        known = False  # whether this run of cells away from all sides was looked at
        full = False
        for column in range(wide):
            at = row * wide + column
            if edge[row, column]:
                known = False
                for k in range(cells.start[at], cells.start[at + 1]):
                    i = cells.items[k]
                    x, y = np.float64(positions[i, 0]), np.float64(positions[i, 1])
                    inside[i] = is_inside(x, y, corners, bands)
                continue
            if not known:
                middle = left + (column + 0.5) * side
                full = is_inside(middle, low + (row + 0.5) * side, corners, bands)
                known = True
            if full:
                for k in range(cells.start[at], cells.start[at + 1]):
                    inside[cells.items[k]] = True


def in_bands(corners: NDArray[np.float64]) -> Bands:
    """Sort the sides of a polygon into bands of y."""
    low = float(corners[:, 1].min())
    height = max((float(corners[:, 1].max()) - low) / BANDS, 1e-300)
    band = np.clip((corners[:, 1] - low) / height, 0, BANDS - 1).astype(np.int64)
    after = np.roll(band, -1)
    first, last = np.minimum(band, after), np.maximum(band, after)
    spans = last - first + 1
    sides = np.repeat(np.arange(len(corners)), spans)
    place = np.arange(len(sides)) - np.repeat(np.cumsum(spans) - spans, spans)
    where = np.repeat(first, spans) + place
    order = np.argsort(where, kind="stable")
    start = np.searchsorted(where[order], np.arange(BANDS + 1))
    return Bands(still(start.astype(np.int32)), still(sides[order].astype(np.int32)), low, height)
