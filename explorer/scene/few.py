"""The hand-over between edges drawn each as itself and their density."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from explorer.scene.pen import draw, mix
from explorer.scene.seen import NOBODY, clarity, seen
from explorer.scene.strokes import strokes

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from explorer.graph.model import Mask
    from explorer.scene.layers import Layers
    from explorer.scene.raster import Frame, Pixels
    from explorer.scene.sheet import Sheet
    from explorer.scene.strokes import Strokes


HALF = 0.5
"""Clarity from which vectors are edges each as itself; they cannot be both."""


@dataclass(frozen=True, slots=True, eq=False)
class Few:
    """Edges to be drawn each as itself, and how clearly, above 0.0 up to 1.0."""

    strokes: Strokes
    clarity: float

    @property
    def clear(self) -> bool:
        """Whether no density is to be seen beside them, or counted."""
        return self.clarity >= 1.0


def few_of(
    layers: Layers,
    sheet: Sheet,
    sizes: Callable[[], NDArray[np.float32]],
    touch: Mask = NOBODY,
) -> Few | None:
    """Return the edges on *sheet*, with an end in *touch* if it is given; None if they are many.

    *sizes* is asked for the radii of the accounts only if they are needed.
    """
    rows = seen(layers.edges, layers.positions, sheet, touch)
    if rows is None:
        return None
    lit = bool(len(touch))
    made = strokes(layers.edges, rows, layers.positions, sheet, sizes(), lit)
    return Few(made, clarity(len(rows)))


def drawn_singly(
    layers: Layers, sheet: Sheet, sizes: NDArray[np.floating]
) -> tuple[Few | None, Few | None]:
    """Return all edges, and those at a selected account, if they are vectors each as itself.

    There is no half-way here: as soon as the raster shows them more clearly than the density.
    """
    radii = sizes.astype(np.float32)
    touches = (NOBODY, layers.selected) if len(layers.selected) else (NOBODY,)
    found = [few_of(layers, sheet, lambda: radii, touch) for touch in touches]
    every, some = [few if few and few.clarity >= HALF else None for few in (*found, None)][:2]
    return every, some


def lay_few(few: Few | None, frame: Frame, pixels: Pixels, lay: Callable[[], None]) -> None:
    """Paint *few* on a strip of its page that lies at *frame*; *lay* lays the density there."""
    if few is None:
        lay()
        return
    page = few.strokes.frame
    corner = (frame.left - page.left) * page.scale, (page.top - frame.top) * page.scale
    if few.clear:
        draw(few.strokes, corner, pixels)
        return
    over = pixels.copy()
    draw(few.strokes, corner, over)
    lay()
    mix(over, round(256 * few.clarity), pixels)
