"""Boxes of components, and boxes in rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAN = 3.0
"""Width by height, or the other way round, beyond which a component gets no leaner a box."""


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Boxes to pack, largest first.

    Attributes
    ----------
    width, height
        ``(c,)`` with the gaps round them.
    radius
        ``(c,)`` half the side of the square that is drawn in, inside the gaps.
    """

    width: NDArray[np.float64]
    height: NDArray[np.float64]
    radius: NDArray[np.float64]

    def part(self, start: int, end: int, scale: float = 1.0) -> Cells:
        """Return some of them, scaled."""
        span = slice(start, end)
        return Cells(self.width[span] * scale, self.height[span] * scale, self.radius[span] * scale)

    def area(self) -> float:
        """Return the sum of their areas."""
        return float((self.width * self.height).sum())


def cells(sizes: NDArray[np.int64], shapes: NDArray[np.float64] | None = None) -> Cells:
    """Return the box of each component of *sizes* nodes, falling, one unit of area to a node.

    *shapes* is ``(c,)``, width by height of each; squares if not said.
    """
    side = 1.1 * np.sqrt(sizes) + 1.1
    lean = np.ones(len(sizes)) if shapes is None else np.sqrt(np.clip(shapes, 1 / LEAN, LEAN))
    width, height = side * lean, side / lean
    radius = np.maximum(width, height) / 2 - 0.75
    for k, wide, half in ((2, 2.2, 0.35), (1, 1.1, 0.0)):
        these = sizes == k
        width[these], height[these], radius[these] = wide, 1.1, half
    return Cells(width, height, radius)


@dataclass(frozen=True, slots=True, eq=False)
class Shelves:
    """Boxes in rows.

    Attributes
    ----------
    x, y
        ``(c,)`` centres, from the top left corner, y up, so that all y are below 0.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    width: float
    height: float


def shelve(boxes: Cells, across: float) -> Shelves:
    """Put *boxes* in rows no longer than *across* (one box at least), in their order."""
    edge = np.concatenate([[0.0], np.cumsum(boxes.width)])
    starts, tops, top = [0], [0.0], 0.0
    while starts[-1] < len(boxes.width):  # one turn a row, not a component
        first = starts[-1]
        end = int(np.searchsorted(edge, edge[first] + across * (1 + 1e-9), "right")) - 1
        starts.append(max(end, first + 1))
        top += float(boxes.height[first : starts[-1]].max())
        tops.append(top)
    row = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    x = edge[:-1] - edge[np.array(starts)][row] + boxes.width / 2
    tall = np.diff(tops)
    y = -(np.array(tops)[:-1] + tall / 2)[row]
    width = float((x + boxes.width / 2).max(initial=0.0))
    return Shelves(x, y, width, top)
