"""A small map of everything in a corner of the canvas, with a frame round what is in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from explorer.document.edits import shown
from explorer.scene.camera import bounds
from explorer.scene.theme import theme
from explorer.scene.thumbnail import thumbnail
from explorer.ui.canvas.legend import MARGIN

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QWheelEvent

    from explorer.document.model import Document
    from explorer.scene.camera import Camera
    from explorer.scene.thumbnail import Thumbnail
    from explorer.ui.canvas.view import Canvas

SIZE = QSize(168, 112)
"""Logical pixels."""
ABOVE = 30
"""Logical pixels left for the sign below."""
LEAST_ROOM = 420, 320
"""Width and height of a canvas below which the map would be in the way."""
SLACK = 0.02
"""Share of the whole that may be out of view while the whole still counts as in view."""
SMALLEST = 5.0
"""Logical pixels of the frame's side at the least."""


class Overview(QWidget):
    """The map; hidden while everything is in view, or when it is switched off.

    It draws when it is seen and something has changed, and has no clock.

    Signals
    -------
    looked : float, float
        The point of the world that the user wants in the middle.
    """

    looked = Signal(float, float)

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._document: Document | None = None
        self._made: Thumbnail | None = None
        self._whole = QRectF()
        self._on = True
        self._theme = theme("dark")
        self.setFixedSize(SIZE)
        self.setAccessibleName("Overview map")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip("Click or drag to look elsewhere")
        self.hide()
        canvas.camera_changed.connect(self._follow)
        canvas.installEventFilter(self)

    def show_document(self, document: Document, what: frozenset[str]) -> None:
        """Show *document*, of which the parts *what* are new."""
        first, self._document = self._document is None, document
        if first or what & {"graph", "positions", "filter", "roles"}:
            self._made = None
            self._whole = QRectF(*bounds(document.positions, shown(document)))
        self._follow(self._canvas.camera)

    def set_theme(self, name: str) -> None:
        """Draw in the colours of a theme."""
        self._theme, self._made = theme(name), None
        self.update()

    def set_on(self, on: bool) -> None:
        """Show the map where it is of use, or never."""
        self._on = on
        self._follow(self._canvas.camera)
        self._canvas.make_way()

    @property
    def of_use(self) -> bool:
        """Whether there is something out of view, and room for a map."""
        if not self._on or self._whole.isEmpty():
            return False
        room = self._canvas.room
        if room[0] < LEAST_ROOM[0] or room[1] < LEAST_ROOM[1]:
            return False
        dx, dy = SLACK * self._whole.width(), SLACK * self._whole.height()
        return not self._canvas.seen.contains(self._whole.adjusted(dx, dy, -dx, -dy))

    @property
    def frame(self) -> QRectF:
        """Where on the map the view is, in its pixels."""
        if self._made is None:
            return QRectF()
        camera, seen = self._logical(self._made.camera), self._canvas.seen
        left, top = camera.origin((SIZE.width(), SIZE.height()))
        x, y = (seen.left() - left) * camera.scale, (top - seen.bottom()) * camera.scale
        made = QRectF(x, y, seen.width() * camera.scale, seen.height() * camera.scale)
        wide, high = max(SMALLEST - made.width(), 0), max(SMALLEST - made.height(), 0)
        return made.adjusted(-wide / 2, -high / 2, wide / 2, high / 2)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner of a canvas of another size."""
        if event.type() == QEvent.Type.Resize:
            self._follow(self._canvas.camera)
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Look there."""
        self._look(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Look there while a button is held."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._look(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Keep it from the canvas."""
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Keep it from the canvas, which would zoom to another place."""
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the map and the frame; what is out of view lies in a light shade."""
        made = self._thumbnail()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        window, ratio = self._theme.window, self.devicePixelRatioF()
        card = QPainterPath()
        card.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setClipPath(card)
        if made is not None:
            high, wide = made.pixels.shape
            image = QImage(made.pixels.data, wide, high, 4 * wide, QImage.Format.Format_RGB32)
            image.setDevicePixelRatio(ratio)
            painter.drawImage(0, 0, image)
            self._paint_frame(painter)
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QColor(*window["line"]))
        painter.drawPath(card)

    def _paint_frame(self, painter: QPainter) -> None:
        shade = QColor(*self._theme.ground)
        shade.setAlpha(120)
        outside, inside = QPainterPath(), QPainterPath()
        outside.addRect(QRectF(self.rect()))
        inside.addRect(self.frame)
        painter.fillPath(outside.subtracted(inside), shade)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((self._theme.ground, 3.0), (self._theme.text, 1.2)):
            painter.setPen(QPen(QColor(*colour), width))
            painter.drawRect(self.frame)

    def _thumbnail(self) -> Thumbnail | None:
        if self._made is None and self._document is not None:
            ratio = self.devicePixelRatioF()
            size = round(SIZE.width() * ratio), round(SIZE.height() * ratio)
            self._made = thumbnail(self._document, shown(self._document), size, self._theme)
        return self._made

    def _logical(self, camera: Camera) -> Camera:
        return camera.scaled(1 / self.devicePixelRatioF())

    def _look(self, point: QPointF) -> None:
        made = self._thumbnail()
        if made is not None:
            size = SIZE.width(), SIZE.height()
            self.looked.emit(*self._logical(made.camera).to_world(point.x(), point.y(), size))

    def _follow(self, _camera: Camera) -> None:
        self.setVisible(self.of_use)
        if self.isVisible():
            canvas = self._canvas
            x, y = canvas.width() - SIZE.width(), canvas.height() - SIZE.height()
            self.move(x - MARGIN, y - MARGIN - ABOVE)
            self.update()
