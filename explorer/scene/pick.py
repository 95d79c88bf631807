"""Which account is under the cursor, in a box or in a lasso: exact, and in microseconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from explorer.scene.cells import Cells, closest, sort_into_cells
from explorer.scene.compiled import compiled, still
from explorer.scene.lasso import in_bands, surrounded

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.graph.model import Mask, Positions

SIDE = 512
"""Cells of the grid along the longer side."""


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
        # no branches: the processor would guess every other one wrongly
        inside[i] = shown[i] & (box[0] <= x) & (x <= box[2]) & (box[1] <= y) & (y <= box[3])


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
        self._none = still(np.zeros(len(positions), np.float32)), 0.0
        self._radii: NDArray[np.float32] | None = None
        self._sizes = self._none
        low, high = np.zeros(2), np.ones(2)
        if len(positions):
            low = np.array([column.min() for column in self._positions.T], np.float64)
            high = np.array([column.max() for column in self._positions.T], np.float64)
        side = max(float((high - low).max()) / SIDE, 1e-9)
        corner = (float(low[0]), float(low[1]), side)
        wide, high_ = (int(extent) + 1 for extent in (high - low) / side)
        shape = (min(wide, SIDE + 1), min(high_, SIDE + 1))
        start, items = sort_into_cells(self._positions, self._shown, corner, shape)
        self._cells = Cells(still(start), still(items), corner, shape)

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
        if radii is None:
            sizes, largest = self._none
        else:
            sizes, largest = self._measured(radii)
        spot = float(x), float(y), float(radius)
        return int(closest(self._cells, self._positions, sizes, spot, largest))

    def inside_box(self, x0: float, y0: float, x1: float, y1: float) -> Mask:
        """Return the ``(n,)`` mask of shown accounts in a box given by two opposite corners."""
        inside = np.empty(len(self._positions), bool)
        low, high = sorted((float(x0), float(x1))), sorted((float(y0), float(y1)))
        box = low[0], high[0], low[1], high[1]
        within(self._positions, self._shown, box, inside)
        return inside

    def inside_lasso(self, points: NDArray[np.floating]) -> Mask:
        """Return the ``(n,)`` mask of shown accounts in a polygon of ``(k, 2)`` world points."""
        corners = still(np.asarray(points, np.float64).reshape(-1, 2))
        if len(corners) < 3:
            return np.zeros(len(self._positions), bool)
        inside = np.zeros(len(self._positions), bool)
        surrounded(self._cells, self._positions, corners, in_bands(corners), inside)
        return inside

    def _measured(self, radii: NDArray[np.float32]) -> tuple[NDArray[np.float32], float]:
        """Return *radii* and the largest, which is looked for once."""
        if radii is not self._radii:
            self._radii = radii
            self._sizes = still(radii), float(radii.max(initial=0.0))
        return self._sizes
