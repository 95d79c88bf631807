"""Accounts as discs that shrink where they crowd: compiled, painted straight into the pixels."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from explorer.scene.compiled import compiled, inlined, still
from explorer.scene.raster import Frame, blend

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.scene.raster import Pixels

CELL = 10.0
"""Logical pixels to one side of the cells in which crowding is counted."""


THICK = 0.62
"""Width of a coat round an account, at most, as a share of its radius."""
SPACE = 3.0
"""Typical radii that should lie between two accounts before they begin to shrink."""
ITSELF = 0.25
"""What an account adds to the crowd in its own cell: nobody crowds alone."""
LEAST = 0.15
"""Share of its radius that an account keeps in the densest crowd."""


@inlined
def coated(
    pixel: np.uint32,
    far: float,
    radius: float,
    coats: NDArray[np.float64],
    paints: NDArray[np.int64],
) -> np.uint32:
    """Return a pixel so *far* from the middle of an account in all its coats."""
    for k in range(coats.shape[0]):
        wide = radius + min(coats[k, 4], THICK * radius) + 0.5
        cover = min(max(wide - far, 0.0), 1.0)  # no branch: half of them would be guessed wrongly
        colour = (paints[k, 0], paints[k, 1], paints[k, 2])
        pixel = blend(pixel, colour, int(paints[k, 3] * cover))
    return pixel


@compiled
def discs(
    rows: NDArray[np.int32],
    positions: NDArray[np.float32],
    radii: NDArray[np.float32],
    frame: Frame,
    coats: NDArray[np.float64],
    pixels: Pixels,
) -> None:
    """Paint the accounts *rows* one after the other, smooth at the edge.

    Parameters
    ----------
    radii
        ``(n,)`` float32 pixels.
    coats
        ``(k, 5)`` float64, painted in this order for each account: red, green, blue, opacity
        (0 to 256), and by how many pixels the coat is wider than the account's radius.
    """
    height, width = pixels.shape
    beyond = np.max(coats[:, 4]) + 0.5
    paints = coats[:, :4].astype(np.int64)
    near = np.empty(rows.shape[0], np.int32)
    number = 0
    for i in range(rows.shape[0]):  # without a branch either
        account = rows[i]
        x = (positions[account, 0] - frame.left) * frame.scale - 0.5
        y = (frame.top - positions[account, 1]) * frame.scale - 0.5
        widest = radii[account] + beyond
        near[number] = account
        across = (x + widest >= 0) & (x - widest <= width)
        number += across & (y + widest >= 0) & (y - widest <= height)
    for account in near[:number]:
        x = (positions[account, 0] - frame.left) * frame.scale - 0.5
        y = (frame.top - positions[account, 1]) * frame.scale - 0.5
        widest = radii[account] + beyond
        left = max(0, math.ceil(x - widest))
        right = min(width - 1, math.floor(x + widest))
        for row in range(
            max(0, math.ceil(y - widest)), min(height - 1, math.floor(y + widest)) + 1
        ):
            for column in range(left, right + 1):
                square = (column - x) * (column - x) + (row - y) * (row - y)
                pixels[row, column] = coated(
                    pixels[row, column], math.sqrt(square), radii[account], coats, paints
                )


@compiled
def tally(
    rows: NDArray[np.int32],
    positions: NDArray[np.float32],
    frame: Frame,
    cells: NDArray[np.float32],
) -> None:
    """Count in *cells*, each one pixel of *frame*, how many accounts of *rows* it holds."""
    height, width = cells.shape
    for i in range(rows.shape[0]):
        x = (positions[rows[i], 0] - frame.left) * frame.scale
        y = (frame.top - positions[rows[i], 1]) * frame.scale
        if 0 <= x < width and 0 <= y < height:
            cells[int(y), int(x)] += 1


@compiled
def shrink(
    rows: NDArray[np.int32],
    positions: NDArray[np.float32],
    frame: Frame,
    room: NDArray[np.float32],
    radii: NDArray[np.float32],
) -> None:
    """Multiply the *radii* of *rows* by the *room* where they are, between cells in proportion."""
    height, width = room.shape
    for i in range(rows.shape[0]):
        x = (positions[rows[i], 0] - frame.left) * frame.scale - 0.5
        y = (frame.top - positions[rows[i], 1]) * frame.scale - 0.5
        if not (0 <= x < width - 1 and 0 <= y < height - 1):
            continue
        column = int(x)
        row = int(y)
        u = x - column
        v = y - row
        upper = room[row, column] * (1 - u) + room[row, column + 1] * u
        lower = room[row + 1, column] * (1 - u) + room[row + 1, column + 1] * u
        radii[rows[i]] *= upper * (1 - v) + lower * v


def make_room(
    rows: NDArray[np.int32],
    positions: NDArray[np.float32],
    frame: Frame,
    size: tuple[int, int],
    radii: NDArray[np.float32],
    cell: float,
) -> None:
    """Shrink the *radii* of *rows* where their discs would cover each other.

    Crowding is counted in cells of *cell* pixels. They lie still in the world while the picture
    is moved, so that no disc changes its size by a pan.
    """
    if not len(rows):
        return
    side = cell / frame.scale
    left = (math.floor(frame.left / side) - 1) * side
    top = (math.ceil(frame.top / side) + 1) * side
    grid = Frame(left, top, 1.0 / side, 0.0)
    cells = np.zeros((int(size[1] / cell) + 4, int(size[0] / cell) + 4), np.float32)
    tally(rows, positions, grid, cells)
    around = np.pad(cells, 1, mode="edge")
    across = around[:, :-2] + 2 * around[:, 1:-1] + around[:, 2:]
    crowd = (across[:-2] + 2 * across[1:-1] + across[2:]) / 16
    spacing = cell / np.sqrt(np.maximum(crowd - ITSELF, 1e-6))
    typical = float(np.mean(radii[rows]))
    room = np.clip(spacing / max(SPACE * typical, 1e-6), LEAST, 1.0).astype(np.float32)
    shrink(rows, positions, grid, still(room), radii)
