"""Which account is under the cursor, in a box or in a lasso: exact, and in microseconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from explorer.scene.compiled import compiled, still

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.graph.model import Mask, Positions

SIDE = 512
"""Cells of the grid along the longer side."""
BANDS = 512
"""Bands into which the sides of a lasso are sorted."""

Spot = tuple[float, float, float]


@compiled
def sort_into_cells(
    positions: NDArray[np.float32],
    shown: NDArray[np.bool_],
    corner: Spot,
    shape: tuple[int, int],
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return ``(cells + 1,)`` where each cell starts, and the shown accounts cell by cell.

    *corner* is the lower left x and y and the size of a cell; *shape* the cells (wide, high).
    """
    wide, high = shape
    start = np.zeros(wide * high + 1, np.int32)
    cell = np.empty(positions.shape[0], np.int32)
    for i in range(positions.shape[0]):
        if shown[i]:
            x = min(wide - 1, max(0, int((positions[i, 0] - corner[0]) / corner[2])))
            y = min(high - 1, max(0, int((positions[i, 1] - corner[1]) / corner[2])))
            cell[i] = y * wide + x
            start[cell[i] + 1] += 1
    for k in range(wide * high):
        start[k + 1] += start[k]
    after = start[:-1].copy()
    items = np.empty(start[-1], np.int32)
    for i in range(positions.shape[0]):
        if shown[i]:
            items[after[cell[i]]] = i
            after[cell[i]] += 1
    return start, items


@compiled
def closest(
    items: NDArray[np.int32],
    positions: NDArray[np.float32],
    radii: NDArray[np.float32],
    spot: Spot,
    found: tuple[int, float, float],
) -> tuple[int, float, float]:
    """Return account, badness and radius of the better of *found* and the best of *items*.

    Within discs the badness is the distance as a share of the radius, 0 to 1, so that a small
    disc on a large one can be met; outside it is 1 and the distance to the disc. Of equals the
    larger radius, which is painted last, wins.
    """
    best, bad, size = found
    x, y, reach = spot
    for k in range(items.shape[0]):
        i = items[k]
        dx = np.float64(positions[i, 0]) - x
        dy = np.float64(positions[i, 1]) - y
        away = np.sqrt(dx * dx + dy * dy)
        radius = np.float64(radii[i])
        if away > max(radius, reach):
            continue
        worse = away / radius if away < radius else 1.0 + away - radius
        if worse < bad or (worse == bad and radius >= size):
            best, bad, size = int(i), worse, radius
    return best, bad, size


@compiled
def within(
    positions: NDArray[np.float32],
    shown: NDArray[np.bool_],
    box: tuple[float, float, float, float],
    inside: NDArray[np.bool_],
) -> None:
    """Mark in *inside* the shown accounts with x and y in the box, borders included."""
    for i in range(positions.shape[0]):
        x = positions[i, 0]
        y = positions[i, 1]
        inside[i] = shown[i] and box[0] <= x <= box[2] and box[1] <= y <= box[3]


@compiled
def surrounded(
    positions: NDArray[np.float32],
    corners: NDArray[np.float64],
    bands: tuple[NDArray[np.int32], NDArray[np.int32], float, float],
    inside: NDArray[np.bool_],
) -> None:
    """Clear in *inside* the accounts outside the polygon, by the even-odd rule.

    *bands* are where each band of y starts, the sides that cross it, band by band, the lowest
    y and the height of a band: an account is compared with the few sides of its own band.
    """
    start, sides, low, height = bands
    k = corners.shape[0]
    for i in range(positions.shape[0]):
        if not inside[i]:
            continue
        x = np.float64(positions[i, 0])
        y = np.float64(positions[i, 1])
        band = min(start.shape[0] - 2, max(0, int((y - low) / height)))
        odd = False
        for j in range(start[band], start[band + 1]):
            a = sides[j]
            b = (a + 1) % k
            if (corners[a, 1] > y) != (corners[b, 1] > y):
                along = (y - corners[a, 1]) / (corners[b, 1] - corners[a, 1])
                if x < corners[a, 0] + along * (corners[b, 0] - corners[a, 0]):
                    odd = not odd
        inside[i] = odd


class Grid:
    """Where the shown accounts are, sorted so that few have to be looked at.

    Parameters
    ----------
    positions
        ``(n, 2)`` float32 world.
    shown
        ``(n,)`` accounts that can be met; all if None.
    """

    def __init__(self, positions: Positions, shown: Mask | None = None) -> None:
        self._positions = still(np.nan_to_num(positions))
        self._shown = still(np.ones(len(positions), bool) if shown is None else shown)
        self._none = still(np.zeros(len(positions), np.float32))
        low, high = np.zeros(2), np.ones(2)
        if len(positions):
            low = np.array([column.min() for column in self._positions.T], np.float64)
            high = np.array([column.max() for column in self._positions.T], np.float64)
        side = max(float((high - low).max()) / SIDE, 1e-9)
        self._corner = (float(low[0]), float(low[1]), side)
        wide, high_ = (int(extent) + 1 for extent in (high - low) / side)
        self._shape = (min(wide, SIDE + 1), min(high_, SIDE + 1))
        self._start, self._items = sort_into_cells(
            self._positions, self._shown, self._corner, self._shape
        )

    def nearest(
        self, x: float, y: float, radius: float, radii: NDArray[np.float32] | None = None
    ) -> int:
        """Return the account at a world point, -1 if there is none.

        Parameters
        ----------
        radius
            World units: how far from the centre of an account one may be.
        radii
            ``(n,)`` float32 world units, the discs as they are painted: a point in a disc meets
            it, whatever *radius* is; in several, that in which it is nearest the middle.
        """
        sizes = self._none if radii is None else still(radii)
        reach = max(radius, float(sizes.max(initial=0.0)))
        left, low, side = self._corner
        wide, high = self._shape
        first = int(np.clip((x - reach - left) // side, 0, wide - 1))
        last = int(np.clip((x + reach - left) // side, 0, wide - 1))
        lowest = int(np.clip((y - reach - low) // side, 0, high - 1))
        highest = int(np.clip((y + reach - low) // side, 0, high - 1))
        found = (-1, float("inf"), 0.0)
        for row in range(lowest, highest + 1):  # few: the cells that the reach touches
            start = self._start[row * wide + first]
            end = self._start[row * wide + last + 1]
            if end > start:
                items = self._items[start:end]
                found = closest(items, self._positions, sizes, (x, y, radius), found)
        return int(found[0])

    def inside_box(self, x0: float, y0: float, x1: float, y1: float) -> Mask:
        """Return the ``(n,)`` mask of shown accounts in a box given by two opposite corners."""
        inside = np.empty(len(self._positions), bool)
        box = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        within(self._positions, self._shown, box, inside)
        return inside

    def inside_lasso(self, points: NDArray[np.floating]) -> Mask:
        """Return the ``(n,)`` mask of shown accounts in a polygon of ``(k, 2)`` world points."""
        corners = still(np.asarray(points, np.float64).reshape(-1, 2))
        if len(corners) < 3:
            return np.zeros(len(self._positions), bool)
        inside = self.inside_box(*corners.min(axis=0), *corners.max(axis=0))
        surrounded(self._positions, corners, in_bands(corners), inside)
        return inside


def in_bands(
    corners: NDArray[np.float64],
) -> tuple[NDArray[np.int32], NDArray[np.int32], float, float]:
    """Sort the sides of a polygon into bands of y; side ``i`` starts at corner ``i``."""
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
    return still(start.astype(np.int32)), still(sides[order].astype(np.int32)), low, height
