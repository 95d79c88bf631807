"""A change of places shown as a motion, so that the eye keeps what it knew."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QWidget

from explorer.graph.model import frozen

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QPixmap

    from explorer.document.model import Document
    from explorer.ui.canvas.view import Canvas

LONGEST = 0.22
"""Seconds of a motion."""
FRAME_MS = 16
STREAM = 0.4
"""Seconds: what follows a change sooner than this is a stream, which is motion enough."""
FEW, SPARSE = 3_000, 12_000
"""Accounts and edges up to which accounts travel; larger pictures fade into each other."""
PATIENCE_MS = 600
"""Time after which a picture that is not followed by another is given up."""


def eased(part: float) -> float:
    """Return how far one is after *part* of the time, slow at both ends."""
    part = min(max(part, 0.0), 1.0)
    return part * part * (3 - 2 * part)


def between(old: Document, new: Document, part: float) -> Document:
    """Return *new* with its accounts *part* of their way from where they were in *old*."""
    share = np.float32(eased(part))
    here = old.positions + (new.positions - old.positions) * share
    return replace(new, positions=frozen(here))


class Veil(QWidget):
    """The picture before, over the picture after, ever more transparent; the mouse goes through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self._picture: QPixmap | None = None
        self._opacity = 1.0
        self.hide()

    def cover(self, picture: QPixmap) -> None:
        """Lie over all of the parent as it looked."""
        self._picture, self._opacity = picture, 1.0
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.show()
        self.raise_()

    def fade(self, opacity: float) -> None:
        """Let so much of it be seen; nothing at 0."""
        self._opacity = opacity
        if opacity <= 0:
            self._picture = None
            self.hide()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture before."""
        if self._picture is not None:
            painter = QPainter(self)
            painter.setOpacity(self._opacity)
            painter.drawPixmap(0, 0, self._picture)
            painter.end()


class Motion(QObject):
    """Shows a canvas the way from one document to the next."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._veil = Veil(canvas.viewport())
        self._old: Document | None = None
        self._new: Document | None = None
        self._began = 0.0
        self._changed = -STREAM
        self._timer = QTimer(self, interval=FRAME_MS)
        self._timer.timeout.connect(self._tick)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self.finish)
        canvas.drawn.connect(self._drawn)

    @property
    def moving(self) -> bool:
        """Whether something is on its way."""
        return self._timer.isActive() or self._veil.isVisible()

    def begin(self, old: Document, new: Document) -> bool:
        """Begin a motion, if one makes sense; return whether the canvas is shown *new* by it."""
        now = perf_counter()
        stream, self._changed = now - self._changed < STREAM, now
        self.finish()
        if stream or old.graph is not new.graph or not self._allowed():
            return False
        if new.graph.n <= FEW and new.graph.m <= SPARSE:
            self._old, self._new, self._began = old, new, now
            self._timer.start()
            self._tick()
            return True
        self._veil.cover(self._canvas.viewport().grab())
        self._patience.start()
        return False

    def finish(self) -> None:
        """Be where one wants to be, at once."""
        self._timer.stop()
        self._patience.stop()
        self._veil.fade(0)
        new, self._old, self._new = self._new, None, None
        if new is not None:
            self._canvas.show_document(new, frozenset({"positions"}))

    def _allowed(self) -> bool:
        """Whether there is something to see, and the desktop does not ask for less motion."""
        hint = QStyle.StyleHint.SH_Widget_Animation_Duration
        calm = self._canvas.style().styleHint(hint, None, self._canvas) == 0
        return not calm and self._canvas.isVisible() and self._canvas.picture is not None

    def _drawn(self, _picture: object) -> None:
        if self._veil.isVisible() and not self._timer.isActive():
            self._patience.stop()
            self._began = perf_counter()
            self._timer.start()

    def _tick(self) -> None:
        part = (perf_counter() - self._began) / LONGEST
        if part >= 1:
            self.finish()
        elif self._old is not None and self._new is not None:
            middle = between(self._old, self._new, part)
            self._canvas.show_document(middle, frozenset({"positions"}))
        else:
            self._veil.fade(1 - eased(part))
