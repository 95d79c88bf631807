"""The marks of pinned accounts, over the picture."""

from __future__ import annotations

from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF

    from explorer.document.model import Document
    from explorer.scene.theme import Colour, Theme

MOST = 2000
"""Pinned accounts in sight that are marked; of more, the first so many."""
HEAD = 3.4
"""Logical pixels from the middle of a pin's head to its rim."""
LENGTH = 9.0
"""Logical pixels from the account up to the middle of the head."""
ASIDE, ABOVE, BELOW = 5.0, 14.0, 3.0
"""Logical pixels that a pin takes to each side of its account, above and below."""


def pins_in(document: Document, seen: QRectF) -> list[tuple[float, float]]:
    """Return the world points of the pinned accounts in a part of the world, `MOST` at most."""
    if not document.pinned.any():  # as most of the time: every frame asks
        return []
    rows = np.flatnonzero(document.pinned)
    x, y = document.positions[rows].T
    near = (x >= seen.left()) & (x <= seen.right()) & (y >= seen.top()) & (y <= seen.bottom())
    found: list[tuple[float, float]] = document.positions[rows[near][:MOST]].tolist()
    return found


def paint_pins(painter: QPainter, theme: Theme, places: list[QPointF]) -> None:
    """Draw a small pin that stands on each account, drawn once and then copied."""
    if not places:
        return
    device = painter.device()
    assert device is not None
    ratio = device.devicePixelRatioF()
    stamp = _stamp(theme.ground, theme.text, ratio)
    corners = np.array([(at.x() - ASIDE, at.y() - ABOVE) for at in places])
    for x, y in (np.floor(corners * ratio + 0.5) / ratio).tolist():
        painter.drawImage(QPointF(x, y), stamp)


@lru_cache(maxsize=4)
def _stamp(ground: Colour, ink: Colour, ratio: float) -> QImage:
    """Return a pin with its point `ASIDE` from the left and `ABOVE` from the top."""
    size = ceil(2 * ASIDE * ratio), ceil((ABOVE + BELOW) * ratio)
    image = QImage(*size, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    needle = QLineF(ASIDE, ABOVE, ASIDE, ABOVE - LENGTH)
    for colour, width in ((ground, 4.0), (ink, 1.6)):
        painter.setPen(QPen(QColor(*colour), width))
        painter.drawLine(needle)
    painter.setPen(QPen(QColor(*ground), 1.2))
    painter.setBrush(QColor(*ink))
    painter.drawEllipse(needle.p2(), HEAD, HEAD)
    painter.end()
    return image
