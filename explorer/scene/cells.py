"""Accounts sorted into cells, so that few have to be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from explorer.scene.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

Spot = tuple[float, float, float]


class Cells(NamedTuple):
    """The shown accounts sorted into the cells of a grid.

    Attributes
    ----------
    start
        ``(cells + 1,)`` int32 where each cell begins in *items*.
    items
        ``(shown,)`` int32 accounts, cell by cell.
    corner
        Lower left x and y of the grid, and the size of a cell.
    shape
        Cells (wide, high).
    """

    start: NDArray[np.int32]
    items: NDArray[np.int32]
    corner: Spot
    shape: tuple[int, int]


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
    cells: Cells,
    positions: NDArray[np.float32],
    radii: NDArray[np.float32],
    spot: Spot,
    largest: float,
) -> int:
    """Return the account that is best met at *spot*, -1 if there is none.

    *spot* is x, y and how far from its centre an account may be; *largest* the largest radius.
    Within discs the badness is the distance as a share of the radius, 0 to 1, so that a small
    disc on a large one can be met; outside it is 1 and the distance to the disc. Of equals the
    larger radius, which is painted last, wins.
    """
    x, y, reach = spot
    left, low, side = cells.corner
    wide, high = cells.shape
    far = max(reach, largest)
    first = int(min(max((x - far - left) / side, 0.0), wide - 1.0))
    last = int(min(max((x + far - left) / side, 0.0), wide - 1.0))
    lowest = int(min(max((y - far - low) / side, 0.0), high - 1.0))
    highest = int(min(max((y + far - low) / side, 0.0), high - 1.0))
    best, bad, size = -1, np.inf, 0.0
    for row in range(lowest, highest + 1):
        for k in range(cells.start[row * wide + first], cells.start[row * wide + last + 1]):
            i = cells.items[k]
            dx = np.float64(positions[i, 0]) - x
            dy = np.float64(positions[i, 1]) - y
            away = np.sqrt(dx * dx + dy * dy)
            radius = np.float64(radii[i])
            if away > max(radius, reach):
                continue
            worse = away / radius if away < radius else 1.0 + away - radius
            if worse < bad or (worse == bad and radius >= size):
                best, bad, size = int(i), worse, radius
    return best
