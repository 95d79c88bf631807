"""Rings that say where the few selected accounts are when they are drawn as mere points."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPen

from explorer.document.edits import shown
from explorer.scene.remember import Kept

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray
    from PySide6.QtCore import QPointF

    from explorer.document.model import Document
    from explorer.scene.theme import Theme
    from explorer.ui.canvas.finder import Finder

FEW = 12
"""Accounts that are looked for one by one; of more, the eye finds some."""
SMALL = 4.0
"""Logical pixels of an account's radius from which on it is seen without a ring."""
RADIUS = 7.0


class Rings:
    """Knows which accounts may need a ring."""

    def __init__(self) -> None:
        self._rows: Kept[NDArray[np.intp]] = Kept()

    def points(
        self, document: Document, finder: Finder, scale: float, but: int
    ) -> list[tuple[float, float]]:
        """Return the world points of those drawn too small to be seen at a scale, *but* for one."""
        rows = self._rows((document.selected, document.filter), lambda: few(document))
        small = [i for i in rows.tolist() if i != but and finder.radius(i) * scale < SMALL]
        points: list[tuple[float, float]] = document.positions[small].tolist()
        return points


def few(document: Document) -> NDArray[np.intp]:
    """Return the rows of the selected accounts that are shown; none if they are many."""
    rows = np.flatnonzero(document.selected)
    if len(rows) > FEW:
        return rows[:0]
    return rows[shown(document)[rows]]


def paint_rings(painter: QPainter, theme: Theme, places: Iterable[QPointF]) -> None:
    """Draw a thin ring, with the ground on both sides of it, round each place."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for at in places:
        for colour, width in ((theme.ground, 4.0), (theme.focus, 1.4)):
            painter.setPen(QPen(QColor(*colour), width))
            painter.drawEllipse(at, RADIUS, RADIUS)
