"""Names over the picture: placed when it is complete, moved with it until the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from explorer.scene.labels import by_strength, labels
from explorer.scene.remember import Kept
from explorer.ui.image import paint_marks, qt_measure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from explorer.document.model import Document
    from explorer.scene.camera import Camera
    from explorer.scene.marks import Words
    from explorer.scene.painter import Picture
    from explorer.scene.view import View

RANKED = ("selected", "top", "all")
"""Modes of labels that need to know which accounts come first."""


class Names:
    """The names that fit, drawn once onto a transparent sheet that moves with the camera."""

    def __init__(self) -> None:
        self._order: Kept[NDArray[np.int64]] = Kept()
        self._sheet: QPixmap | None = None
        self._camera: Camera | None = None
        self.words: tuple[Words, ...] = ()

    def clear(self) -> None:
        """Show no name."""
        self._sheet, self._camera, self.words = None, None, ()

    def show(
        self,
        document: Document,
        view: View,
        picture: Picture,
        taken: Sequence[tuple[float, float, float, float]],
    ) -> None:
        """Place the names for a complete *picture* of *view*, off the places *taken*."""
        self.clear()
        mode = document.style.labels
        if mode == "none" or (mode == "hover" and max(view.hover, view.focus) < 0):
            return
        order = np.empty(0, np.int64)
        if mode in RANKED:
            order = self._order((document.graph,), lambda: by_strength(document.graph))
        radii = picture.radii / picture.view.ratio
        self.words = labels(document, view, qt_measure(), radii, taken, order)
        if not self.words:
            return
        sheet = QPixmap(*view.size)
        sheet.fill(Qt.GlobalColor.transparent)
        painter = QPainter(sheet)
        paint_marks(painter, self.words, view.ratio)
        painter.end()
        self._sheet, self._camera = sheet, view.camera.scaled(1 / view.ratio)

    def paint(self, painter: QPainter, camera: Camera, room: tuple[int, int]) -> None:
        """Paint the sheet where *camera* now sees it, in logical pixels of a canvas."""
        if self._sheet is None or self._camera is None:
            return
        zoom = camera.scale / self._camera.scale
        x = room[0] / 2 + (self._camera.x - camera.x) * camera.scale
        y = room[1] / 2 - (self._camera.y - camera.y) * camera.scale
        wide, high = room[0] * zoom, room[1] * zoom
        target = QRectF(x - wide / 2, y - high / 2, wide, high)
        painter.drawPixmap(target, self._sheet, QRectF(self._sheet.rect()))
