"""A handle by which the figure is dragged out of the window, as a picture and as a file."""

from __future__ import annotations

import threading
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QObject, QPoint, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QColor, QDrag, QImage, QPainter, QPen
from PySide6.QtWidgets import QApplication, QWidget

from explorer.job import silent
from explorer.scene.theme import theme
from explorer.ui.canvas.legend import MARGIN

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QMetaType
    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from explorer.ui.export import ExportFigure

SIDE = 30
"""Logical pixels."""
STAMP = QSize(180, 120)
"""Logical pixels of what hangs on the cursor."""
FORMATS = ("text/uri-list", "image/png", "application/x-qt-image")


class Making:
    """A figure that is being written while it is dragged."""

    def __init__(self, job: ExportFigure) -> None:
        self.path = job.path
        self._failed: Exception | None = None
        self._thread = threading.Thread(target=self._make, args=(job,), daemon=True)
        self._thread.start()

    def done(self) -> bool:
        """Wait until it is written; tell whether it is."""
        self._thread.join()
        return self._failed is None

    def _make(self, job: ExportFigure) -> None:
        try:
            job(silent)
        except Exception as error:  # noqa: BLE001 - a drop without data is refused by its target
            self._failed = error


class FigureData(QMimeData):
    """Promises a file and a picture, and waits for them only when somebody takes them."""

    def __init__(self, making: Making) -> None:
        super().__init__()
        self._making = making

    def formats(self) -> list[str]:
        """Return what can be taken."""
        return list(FORMATS)

    def hasFormat(self, kind: str) -> bool:
        """Tell whether this can be taken."""
        return kind in FORMATS

    def retrieveData(self, kind: str, _type: QMetaType | QMetaType.Type) -> Any:
        """Return the file's address, its bytes or the picture."""
        if kind not in FORMATS or not self._making.done():
            return None
        path = self._making.path
        if kind == "text/uri-list":
            return [QUrl.fromLocalFile(str(path))]
        return QByteArray(path.read_bytes()) if kind == "image/png" else QImage(str(path))


class Grip(QWidget):
    """The handle, at the upper right of the canvas.

    Attributes
    ----------
    job
        Gives the job of writing the figure into a folder; None while there is nothing to drag.

    Signals
    -------
    clicked
        It was pressed and let go: the user wants to know what it is for.
    """

    clicked = Signal()

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self.job: Callable[[Path], ExportFigure] | None = None
        self._canvas = canvas
        self._theme = theme("dark")
        self._folder: TemporaryDirectory[str] | None = None
        self._making: Making | None = None
        self._pressed = QPoint()
        self.setFixedSize(SIDE, SIDE)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setAccessibleName("Drag the figure out")
        self.setToolTip("Drag the figure into another program or folder; click to export it")
        self.hide()
        canvas.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner of a canvas of another size."""
        if event.type() == QEvent.Type.Resize:
            self.place()
        return super().eventFilter(watched, event)

    def set_theme(self, name: str) -> None:
        """Take the colours of a theme."""
        self._theme = theme(name)
        self.update()

    def place(self) -> None:
        """Stand in the corner."""
        self.move(self._canvas.width() - SIDE - MARGIN, MARGIN)

    def begin(self) -> FigureData | None:
        """Begin to write the figure, and return what is dragged."""
        if self.job is None:
            return None
        if self._folder is None:  # what is dropped may be copied long after
            self._folder = TemporaryDirectory(prefix="starling-drag-", ignore_cleanup_errors=True)
        self._making = Making(self.job(Path(self._folder.name)))
        return FigureData(self._making)

    def end(self) -> None:
        """Remove what was dragged: the window closes."""
        if self._making is not None:
            self._making.done()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where."""
        self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag, once the hand has moved far enough."""
        away = (event.position().toPoint() - self._pressed).manhattanLength()
        if event.buttons() & Qt.MouseButton.LeftButton and away >= QApplication.startDragDistance():
            data = self.begin()
            if data is not None:
                self._drag(data)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell of a click."""
        if self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a small picture frame with an arrow out of it, on a card."""
        window = self._theme.window
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(*window["line"]))
        painter.setBrush(QColor(*window["window"]))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
        pen = QPen(QColor(*window["quiet"]), 1.6)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline([QPoint(*at) for at in ((14, 9), (9, 9), (9, 21), (21, 21), (21, 16))])
        painter.drawLine(15, 15, 22, 8)
        painter.drawPolyline([QPoint(*at) for at in ((17, 8), (22, 8), (22, 13))])

    def _drag(self, data: FigureData) -> None:
        drag = QDrag(self)
        drag.setMimeData(data)
        stamp = self._canvas.grab().scaled(
            STAMP * self.devicePixelRatioF(),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        drag.setPixmap(stamp)
        drag.exec(Qt.DropAction.CopyAction)
