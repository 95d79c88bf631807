"""Components side by side: the largest fills the picture, the rest make a tidy tray beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from explorer.layout.boxes import Cells, cells, shelve
from explorer.layout.mesh import extent
from explorer.layout.mosaic import mosaic

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHAPE = 1.6
"""Width by height that the whole aims at: a window's."""
ODD = 1.8
"""Factor on that shape beyond which the largest component stands among the others, not alone."""
ROOM = 1.3
"""Area for each node of the largest component's box; the unit of length is made by this."""
TRAY = 0.14
"""Largest share of the area for the tray, if the large components hold half of all with ties."""
LARGE = 0.03
"""Components with this share of the largest one's nodes are not squeezed into the tray."""
MAIN = 0.25
"""Share of all area, singles apart, below which the largest component is only one of many."""
SLIM = 3.0
"""A tray is at most the square of this times as long as wide: a few singles make a block."""
GAP = 0.035
"""Between the largest component and the rest, as a share of its box."""


@dataclass(frozen=True, slots=True, eq=False)
class Arrangement:
    """Where every component goes.

    Attributes
    ----------
    centre
        ``(2, c)`` from the top left corner of the panel, which holds all but the main one.
    radius
        ``(c,)`` half the side of the square that each fills.
    panel
        Its width and height.
    main
        Width and height of the box of the first component; ``None`` if it is in the panel too.
    beside
        Whether the panel is to the right of the main one, rather than below.
    """

    centre: NDArray[np.float64]
    radius: NDArray[np.float64]
    panel: tuple[float, float]
    main: tuple[float, float] | None
    beside: bool

    def fitted(self, at: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return ``(2, k)`` of the main component, centred on 0 and scaled to its box.

        To the height of the box if the panel is beside it, to the width if it is below.
        """
        assert self.main is not None
        low, high = at.min(axis=1, keepdims=True), at.max(axis=1, keepdims=True)
        width, height = (high - low).astype(np.float64).ravel() + 1e-9
        by_height, by_width = self.main[1] / height, self.main[0] / width
        scale = by_height if self.beside else by_width
        # A shape that turned out quite different may overflow its box a little, not wildly.
        scale = min(scale, 1.25 * min(by_height, by_width))
        return np.asarray((at - (low + high) / 2) * np.float32(scale), np.float32)

    def corner(self, at: NDArray[np.float32]) -> tuple[float, float]:
        """Return the top left corner of the panel, given the ``(2, k)`` fitted main component."""
        assert self.main is not None
        gap = GAP * max(self.main)
        if self.beside:
            return float(at[0].max()) + gap, self.panel[1] / 2
        return -self.panel[0] / 2, float(at[1].min()) - gap


def arrange(
    sizes: NDArray[np.int64], aspect: float, shapes: NDArray[np.float64] | None = None
) -> Arrangement:
    """Arrange components of *sizes* nodes, falling.

    *aspect* is width by height of the first, *shapes* ``(c,)`` of all; squares if not said.
    """
    boxes = cells(sizes, shapes)
    tied = int(np.count_nonzero(sizes > 1))
    if sizes[0] < 3 or boxes.part(0, tied).area() * MAIN > boxes.width[0] * boxes.height[0]:
        return _one_of_many(boxes)
    aspect = float(np.clip(aspect, 0.4, 4.0))
    area = ROOM * float(sizes[0])
    main = (float(np.sqrt(area * aspect)), float(np.sqrt(area / aspect)))
    large = int(np.count_nonzero(sizes >= max(LARGE * sizes[0], 3)))
    held = float(sizes[:large].sum() / sizes[:tied].sum())
    share = TRAY if held >= 0.5 else 1 - held * (1 - TRAY) / 0.5
    kept = area + boxes.part(1, large).area()
    budget = min(1.15 * boxes.part(large, len(sizes)).area(), kept * share / (1 - share))
    choices = [panel(boxes, large, main, budget) for panel in (_beside, _below)]
    best = min(choices, key=_unlike)
    return best if _unlike(best) < np.log(ODD) else _one_of_many(boxes)


def _unlike(arrangement: Arrangement) -> float:
    """Return how far the whole is from the shape of a window; 0 is that very shape."""
    return float(abs(np.log(_shape(arrangement) / SHAPE)))


def _shape(arrangement: Arrangement) -> float:
    """Return width by height of the whole."""
    assert arrangement.main is not None
    (width, height), (across, along) = arrangement.main, arrangement.panel
    gap = GAP * max(width, height)
    if arrangement.beside:
        return (width + gap + across) / max(height, along)
    return max(width, across) / (height + gap + along)


def _one_of_many(boxes: Cells) -> Arrangement:
    """Arrange boxes none of which stands out in a rectangle of the window's shape."""
    width = float(np.sqrt(boxes.area() * SHAPE))
    tiles = mosaic(boxes, width, width / SHAPE)
    return Arrangement(tiles.centre, tiles.radius, (width, width / SHAPE), None, beside=True)


def _beside(boxes: Cells, large: int, main: tuple[float, float], budget: float) -> Arrangement:
    """Arrange all but the first in a column as high as the first, and no wider than needed."""
    count = len(boxes.width)
    if count == 1:
        return _panel(boxes, large, main, (0.0, 0.0), beside=True)
    height = main[1]
    across = float(max(boxes.width[1:large].max(initial=0.0), budget / height, budget**0.5 / SLIM))
    for _ in range(60):
        left = height - shelve(boxes.part(1, large), across).height
        if left * across >= budget or (large == count and left >= 0):
            break
        across *= 1.06
    return _panel(boxes, large, main, (across, height), beside=True)


def _below(boxes: Cells, large: int, main: tuple[float, float], budget: float) -> Arrangement:
    """Arrange all but the first in rows as wide as the first, or a tray alone in a block."""
    if len(boxes.width) == 1:
        return _panel(boxes, large, main, (0.0, 0.0), beside=False)
    across = main[0] if large > 1 else min(main[0], SLIM * budget**0.5)
    taken = shelve(boxes.part(1, large), across).height
    return _panel(boxes, large, main, (across, taken + budget / across), beside=False)


def _panel(
    boxes: Cells,
    large: int,
    main: tuple[float, float],
    panel: tuple[float, float],
    *,
    beside: bool,
) -> Arrangement:
    """Fill a *panel* with the large components as they are, then the tray, squeezed to fit."""
    count = len(boxes.width)
    top = shelve(boxes.part(1, large), panel[0])
    scale = _squeeze(boxes.part(large, count), panel[0], panel[1] - top.height)
    tray = shelve(boxes.part(large, count, scale), panel[0])
    zero = np.zeros(1)
    return Arrangement(
        np.vstack(
            [
                np.concatenate([zero, top.x, tray.x]),
                np.concatenate([zero, top.y, tray.y - top.height]),
            ]
        ),
        np.concatenate([boxes.radius[:large], boxes.radius[large:] * scale]),
        (max(top.width, tray.width), top.height + tray.height),
        main,
        beside,
    )


def _squeeze(boxes: Cells, across: float, height: float) -> float:
    """Return the largest scale up to 1 at which *boxes* fit an area; found by halving."""
    low, high = 0.0, 1.0
    if not len(boxes.width) or _fits(boxes, 1.0, across, height):
        return 1.0
    for _ in range(12):
        middle = (low + high) / 2
        low, high = (middle, high) if _fits(boxes, middle, across, height) else (low, middle)
    return max(low, 1e-3)


def _fits(boxes: Cells, scale: float, across: float, height: float) -> bool:
    scaled = boxes.part(0, len(boxes.width), scale)
    return float(scaled.width.max()) <= across and shelve(scaled, across).height <= height


def compose(
    arrangement: Arrangement, starts: NDArray[np.int64], inner: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return ``(2, n)`` places of all, centred on 0, from those inside each component.

    *inner* is ``(2, n)``, component by component as *starts* says: each in the box from -1 to 1,
    but the main one as it came.
    """
    sizes = np.diff(starts)
    component = np.repeat(np.arange(len(sizes)), sizes)
    placed = inner * arrangement.radius.astype(np.float32)[component]
    placed += arrangement.centre.astype(np.float32)[:, component]
    if arrangement.main is not None:
        main = arrangement.fitted(inner[:, : sizes[0]])
        corner = arrangement.corner(main)
        placed += np.array(corner, np.float32)[:, None]
        placed[:, : sizes[0]] = main
    middle = np.array([[a.min() / 2 + a.max() / 2] for a in placed], np.float32)
    return placed - middle


def aspect_of(at: NDArray[np.float32]) -> float:
    """Return width by height of ``(2, k)`` positions."""
    floor = 1e-3 * extent(at)
    return float(max(np.ptp(at[0]), floor) / max(np.ptp(at[1]), floor))


def shapes_of(at: NDArray[np.float32], starts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return ``(c,)`` width by height of each component of ``(2, n)``, between 1/100 and 100."""
    if not at.shape[1]:
        return np.ones(len(starts) - 1)
    first = starts[:-1]
    wide = np.maximum.reduceat(at, first, axis=1) - np.minimum.reduceat(at, first, axis=1)
    width, height = wide.astype(np.float64)
    floor = 0.01 * np.maximum(width, height) + 1e-9
    return np.asarray(np.maximum(width, floor) / np.maximum(height, floor), np.float64)
