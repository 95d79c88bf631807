"""The marks of pinned accounts, over the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF

    from explorer.document.model import Document
    from explorer.scene.theme import Theme

MOST = 2000
"""Pinned accounts in sight that are marked; of more, the first so many."""
HEAD = 3.4
"""Logical pixels from the middle of a pin's head to its rim."""
LENGTH = 9.0
"""Logical pixels from the account up to the middle of the head."""


def pins_in(document: Document, seen: QRectF) -> list[tuple[float, float]]:
    """Return the world points of the pinned accounts in a part of the world, `MOST` at most."""
    rows = np.flatnonzero(document.pinned)
    if not len(rows):
        return []
    x, y = document.positions[rows].T
    near = (x >= seen.left()) & (x <= seen.right()) & (y >= seen.top()) & (y <= seen.bottom())
    found: list[tuple[float, float]] = document.positions[rows[near][:MOST]].tolist()
    return found


def paint_pins(painter: QPainter, theme: Theme, places: list[QPointF]) -> None:
    """Draw a small pin that stands on each account."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground, ink = QColor(*theme.ground), QColor(*theme.text)
    needles = [QLineF(at, QPointF(at.x(), at.y() - LENGTH)) for at in places]
    for colour, width in ((ground, 4.0), (ink, 1.6)):
        painter.setPen(QPen(colour, width))
        painter.drawLines(needles)
    painter.setPen(QPen(ground, 1.2))
    painter.setBrush(ink)
    for needle in needles:
        painter.drawEllipse(needle.p2(), HEAD, HEAD)
    painter.setBrush(Qt.BrushStyle.NoBrush)
