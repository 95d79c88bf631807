"""The marks of accounts that were pinned by hand: the same in the window and in every figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from explorer.scene.marks import Disc, Stroke

if TYPE_CHECKING:
    from explorer.document.model import Document
    from explorer.graph.model import Positions
    from explorer.scene.marks import Mark
    from explorer.scene.theme import Colour, Theme
    from explorer.scene.view import View

MOST = 2000
"""Pinned accounts in sight that are marked; of more, the first so many."""
HEAD = 3.4
"""Logical pixels from the middle of a pin's head to its rim."""
LENGTH = 9.0
"""Logical pixels from the account up to the middle of the head."""
NEEDLE, HALO, EDGE = 1.6, 4.0, 1.2
"""Logical pixels that the needle is wide, the ground round it, and the edge of the head."""


def pinned_in(document: Document, low: tuple[float, float], high: tuple[float, float]) -> Positions:
    """Return ``(k, 2)`` world points of the pinned accounts shown between two corners of the world.

    `MOST` at most.
    """
    if not document.pinned.any():
        return np.zeros((0, 2), np.float32)
    rows = np.flatnonzero(document.pinned & document.filter.mask(document.graph))
    at = document.positions[rows]
    seen: Positions = at[((at >= low) & (at <= high)).all(axis=1)][:MOST]
    return seen


def pin_marks(
    document: Document,
    view: View,
    covered: tuple[tuple[float, float, float, float], ...],
    theme: Theme,
) -> tuple[Mark, ...]:
    """Return a pin on each pinned account of a figure, but in no place that is *covered*."""
    at = view.camera.to_screen(pinned_in(document, (-np.inf,) * 2, (np.inf,) * 2), view.size)
    at = np.asarray(at, np.float64) / view.ratio
    x, y = at.T
    wide, high = (side / view.ratio for side in view.size)
    free = (x >= 0) & (y >= 0) & (x <= wide) & (y <= high)
    for left, top, width, height in covered:
        free &= (x < left) | (x > left + width) | (y < top) | (y > top + height)
    marks: list[Mark] = []
    for across, down in at[free].tolist():  # few: people pin them one by one
        marks += pin(across, down, theme.ground, theme.text)
    return tuple(marks)


def pin(x: float, y: float, ground: Colour, ink: Colour) -> tuple[Mark, ...]:
    """Return the marks of one pin that stands on the point *x*, *y*."""
    head = y - LENGTH
    return (
        Stroke(x, y, x, head, ground, HALO),
        Stroke(x, y, x, head, ink, NEEDLE),
        Disc(x, head, HEAD, fill=ink, line=ground, width=EDGE),
    )
