"""The marks of pinned accounts, over the picture."""

from __future__ import annotations

from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter

from explorer.scene.pins import pin, pinned_in
from explorer.ui.image import paint_marks

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF

    from explorer.document.model import Document
    from explorer.scene.theme import Colour, Theme

ASIDE, ABOVE, BELOW = 5.0, 14.0, 3.0
"""Logical pixels that a pin takes to each side of its account, above and below."""


def pins_in(document: Document, seen: QRectF) -> list[tuple[float, float]]:
    """Return the world points of the pinned accounts in a part of the world, `MOST` at most."""
    low, high = (seen.left(), seen.top()), (seen.right(), seen.bottom())
    found: list[tuple[float, float]] = pinned_in(document, low, high).tolist()
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
    paint_marks(painter, pin(ASIDE, ABOVE, ground, ink), 1.0)
    painter.end()
    return image
