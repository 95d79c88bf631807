"""Edges sorted by where they lie, so that a deep zoom touches only what is near."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from explorer.scene.compiled import compiled, inlined, still
from explorer.scene.lines import BLOCK, block_of_lines, desk_for
from explorer.scene.raster import RIM, Counts, Frame, size_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.graph.model import Positions
    from explorer.scene.layers import Ends

SIDE = 64
"""Cells a side into which middles of edges are sorted."""
LONG = 16.0
"""Edges longer than this part of the whole would widen the boxes of the others."""
CELLS = 4 * SIDE * SIDE
"""Of short and long edges, lying and standing: those of one kind together, so that a processor
guesses rightly which way the next one goes."""


class Bins(NamedTuple):
    """Edges in blocks of neighbours.

    Attributes
    ----------
    ends
        ``(k, 2)`` int32 accounts, neighbours in the world near each other; which end comes first
        says nothing.
    boxes
        ``(blocks, 4)`` float32 left, bottom, right and top of every ``BLOCK`` edges.
    """

    ends: NDArray[np.int32]
    boxes: NDArray[np.float32]


@inlined
def spread(number: int) -> int:
    """Return the lowest six bits of *number* with a zero before each (Morton 1966)."""
    number = (number | (number << 4)) & 0x30F
    number = (number | (number << 2)) & 0x333
    return (number | (number << 1)) & 0x555


@compiled
def cells_of(
    ends: NDArray[np.int32], positions: NDArray[np.float32], whole: tuple[float, float, float]
) -> NDArray[np.uint16]:
    """Return ``(k,)`` uint16 cells of the middles of edges, along a curve that stays near.

    *whole* is the lower left x and y, and the side, of a square with everything in it.
    """
    found = np.empty(ends.shape[0], np.uint16)
    for row in range(ends.shape[0]):
        a = ends[row, 0]
        b = ends[row, 1]
        x = (positions[a, 0] + positions[b, 0]) / 2 - whole[0]
        y = (positions[a, 1] + positions[b, 1]) / 2 - whole[1]
        column = min(SIDE - 1, max(0, int(x / whole[2] * SIDE)))
        line = min(SIDE - 1, max(0, int(y / whole[2] * SIDE)))
        cell = spread(column) | (spread(line) << 1)
        across = abs(positions[a, 0] - positions[b, 0])
        along = abs(positions[a, 1] - positions[b, 1])
        if max(across, along) * LONG > whole[2]:
            cell += SIDE * SIDE
        if along > across:
            cell += 2 * SIDE * SIDE
        found[row] = cell
    return found


@compiled
def sorted_by(
    cells: NDArray[np.uint16],
    ends: NDArray[np.int32],
    positions: NDArray[np.float32],
    made: NDArray[np.int32],
) -> None:
    """Write *ends* to *made* in the order of their cells (counting sort), left or top end first."""
    place = np.zeros(CELLS + 1, np.int64)
    for row in range(cells.shape[0]):
        place[cells[row] + 1] += 1
    for cell in range(CELLS):
        place[cell + 1] += place[cell]
    for row in range(cells.shape[0]):
        at = place[cells[row]]
        place[cells[row]] += 1
        a = ends[row, 0]
        b = ends[row, 1]
        if cells[row] >= CELLS // 2:
            turned = positions[a, 1] < positions[b, 1]
        else:
            turned = positions[a, 0] > positions[b, 0]
        made[at, 0] = b if turned else a
        made[at, 1] = a if turned else b


@compiled
def surround(
    ends: NDArray[np.int32], positions: NDArray[np.float32], boxes: NDArray[np.float32]
) -> None:
    """Write to *boxes* what surrounds every block of edges."""
    for block in range(boxes.shape[0]):
        left, bottom = np.float32(np.inf), np.float32(np.inf)
        right, top = np.float32(-np.inf), np.float32(-np.inf)
        for row in range(block * BLOCK, min((block + 1) * BLOCK, ends.shape[0])):
            for end in range(2):
                x = positions[ends[row, end], 0]
                y = positions[ends[row, end], 1]
                left = min(left, x)
                right = max(right, x)
                bottom = min(bottom, y)
                top = max(top, y)
        boxes[block, 0] = left
        boxes[block, 1] = bottom
        boxes[block, 2] = right
        boxes[block, 3] = top


def binned(ends: Ends, positions: Positions) -> Bins:
    """Return the edges sorted; their lines are the same, so whatever is added up is the same."""
    boxes = np.empty((-(-len(ends) // BLOCK), 4), np.float32)
    if not len(ends):
        return Bins(ends, still(boxes))
    low = [float(column.min()) for column in positions.T]
    high = [float(column.max()) for column in positions.T]
    side = max(high[0] - low[0], high[1] - low[1], 1e-9)
    made = np.empty_like(ends)
    cells = still(cells_of(ends, positions, (low[0], low[1], side)))
    sorted_by(cells, ends, positions, made)
    made = still(made)
    surround(made, positions, boxes)
    return Bins(made, still(boxes))


@compiled
def lines_near(
    ends: NDArray[np.int32],
    boxes: NDArray[np.float32],
    positions: NDArray[np.float32],
    rows: tuple[int, int],
    frame: Frame,
    counts: Counts,
) -> None:
    """Do as ``lines``, and pass over blocks that lie outside; *rows* begin at a block."""
    width, height = size_of(counts)
    rim = RIM / frame.scale
    left = frame.left - rim
    right = frame.left + width / frame.scale + rim
    top = frame.top + rim
    bottom = frame.top - height / frame.scale - rim
    desk = desk_for(counts)
    for first in range(rows[0], rows[1], BLOCK):
        box = boxes[first // BLOCK]
        if box[0] > right or box[2] < left or box[1] > top or box[3] < bottom:
            continue
        some = (first, min(first + BLOCK, rows[1]))
        block_of_lines(ends, positions, some, frame, counts, desk)
