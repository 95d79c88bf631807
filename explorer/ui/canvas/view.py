"""The canvas: pictures of the document under the user's hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QNativeGestureEvent

from explorer.ui.canvas.hand import TOOLS, Hand
from explorer.ui.canvas.hovered import HoveredScreen
from explorer.ui.canvas.overlays import paint_box, paint_carried, paint_focus, paint_lasso
from explorer.ui.canvas.pins import paint_pins, pins_in
from explorer.ui.canvas.rings import Rings, paint_rings

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPainter, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from explorer.document.model import Document
    from explorer.graph.model import Mask

REST = 8
"""Milliseconds between two frames in which names are drawn for the first time."""
CARRIED = 2000
"""Accounts that are drawn while they are carried; of more, a sample."""
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
CURSORS = {
    "pan": Qt.CursorShape.ClosedHandCursor,
    "carry": Qt.CursorShape.SizeAllCursor,
    "box": Qt.CursorShape.CrossCursor,
    "lasso": Qt.CursorShape.CrossCursor,
}


class Canvas(HoveredScreen):
    """One graph, looked at through a camera, under the hand.

    A thread draws; the window only moves what is drawn, and draws nothing while nothing changes.
    Modes are those of ``edits.select``: replace, add, toggle, remove.

    Signals
    -------
    swept : Mask, str
        The accounts in a box or lasso, with the mode.
    edge_picked : int
        An edge that is drawn as itself was clicked.
    opened : int
        An account was double-clicked.
    moved : Mask, float, float
        Accounts were carried by a world vector.
    menu_asked : int, QPoint
        Account or -1; place on the screen.
    camera_changed : Camera
    drawn : Picture
    """

    swept = Signal(object, str)
    edge_picked = Signal(int)
    opened = Signal(int)
    moved = Signal(object, float, float)
    menu_asked = Signal(int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rings = Rings()
        self._hand = Hand(self.account_at, self)
        self._hand.panned.connect(self.pan_by)
        self._hand.zoomed.connect(self.zoom_by)
        self._hand.clicked.connect(self._click)
        self._hand.doubled.connect(self._double)
        self._hand.asked.connect(self._ask_menu)
        self._hand.boxed.connect(self._sweep_box)
        self._hand.lassoed.connect(self._sweep_lasso)
        self._hand.carried.connect(self._carry)
        self._hand.changed.connect(self._retouch)
        self.setMinimumSize(QSize(120, 90))
        self.setAccessibleName("Graph")
        self.set_theme("dark")
        self._retouch()

    def show_document(self, document: Document, what: frozenset[str]) -> None:
        """Show *document*, of which the parts *what* are new."""
        if "graph" in what:
            self._hand.cancel()
            self._leave()
        super().show_document(document, what)

    def set_glides(self, glides: bool) -> None:
        """Go on panning when two fingers let go, if the system would."""
        self._hand.glides = glides

    def set_tool(self, name: str) -> None:
        """Take another tool: hand, box, lasso or move."""
        assert name in TOOLS
        self._hand.tool = name
        self._hand.cancel()

    # What the hand did

    def _click(self, point: QPointF, mode: str) -> None:
        account = self.account_at(point)
        edge = self.edge_at(point) if account < 0 and mode == "replace" else -1
        if edge >= 0:
            self.edge_picked.emit(edge)
            return
        if account >= 0:
            self.walker.stand(account)
        if account >= 0 or mode == "replace":
            self.picked.emit(account, mode)

    def _double(self, point: QPointF) -> None:
        account = self.account_at(point)
        if account >= 0:
            self.opened.emit(account)
        else:
            self._leave()
            self.fit_all()

    def _open_by(self, event: QKeyEvent) -> bool:
        """Open the account on which the keyboard stands, or the one that is selected, by Enter."""
        if event.key() not in ENTER or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        selected = np.flatnonzero(self._document.selected)
        account = int(selected[0]) if self._focus < 0 and len(selected) == 1 else self._focus
        if account >= 0:
            self.opened.emit(account)
        return account >= 0

    def _ask_menu(self, point: QPointF) -> None:
        self.menu_asked.emit(self.account_at(point), self.mapToGlobal(point.toPoint()))

    def _sweep_box(self, box: QRectF, mode: str) -> None:
        corners = (*self.to_world(box.topLeft()), *self.to_world(box.bottomRight()))
        self.swept.emit(self._finder.inside_box(corners), mode)

    def _sweep_lasso(self, points: list[QPointF], mode: str) -> None:
        world = np.array([self.to_world(point) for point in points])
        self.swept.emit(self._finder.inside_lasso(world), mode)

    def _carry(self, account: int, by: QPointF) -> None:
        scale = self.camera.scale
        self.moved.emit(self._load(account), by.x() / scale, -by.y() / scale)

    def _load(self, account: int) -> Mask:
        """Return the mask of what is carried: the selection, or an account outside it alone."""
        selected = self._document.selected
        if selected[account]:
            return selected
        mask = np.zeros(len(selected), bool)
        mask[account] = True
        return mask

    def _retouch(self) -> None:
        """Show what is under way, and which cursor fits."""
        kind = self._hand.under_way or ("" if self._hand.pans else self._hand.tool)
        self.viewport().setCursor(CURSORS.get(kind, Qt.CursorShape.ArrowCursor))
        self.viewport().update()

    # Events of Qt

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        self.halt()
        self._leave()
        self._hand.press(event)
        self._retouch()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag, or hover."""
        if event.buttons() == Qt.MouseButton.NoButton:
            self._hover_at(event.position())
        else:
            self._hand.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a click or a drag."""
        self._hand.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open an account, or fit all."""
        self._hand.double(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom to the cursor, or pan by two fingers."""
        self.halt()
        self._hand.wheel(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys that mean something on the canvas; leave the others to the window."""
        self.halt()
        taken = self._hand.key(event, down=True) or self.walk_by(event)
        event.setAccepted(taken or self._open_by(event))

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Take note of a key let go."""
        event.setAccepted(event.isAutoRepeat() or self._hand.key(event, down=False))

    def leaveEvent(self, event: QEvent) -> None:
        """Darken what was lit."""
        self._leave()
        super().leaveEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep Escape from the window's shortcuts while it would end a drag."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self._hand.under_way
        ):
            event.accept()
            return True
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Zoom by a pinch."""
        if isinstance(event, QNativeGestureEvent) and self._hand.pinch(event):
            self._flight.stop()
            return True
        return bool(super().viewportEvent(event))

    def drawForeground(self, painter: QPainter, _rect: QRectF) -> None:
        """Draw the focus ring and what is under way."""
        painter.save()
        painter.resetTransform()
        hidden = self._rings.points(self._document, self._finder, self.camera.scale, self._focus)
        paint_rings(painter, self._theme, self.all_to_screen(hidden))
        if not self.names.paint(painter, self.camera, self.room):
            QTimer.singleShot(REST, self.viewport().update)  # after what waits to be heard
        paint_pins(painter, self._theme, self.all_to_screen(pins_in(self._document, self.seen)))
        positions, points = self._document.positions, self._hand.points
        if 0 <= self._focus < len(positions):
            at = self.to_screen(*positions[self._focus].tolist())
            radius = self._finder.radius(self._focus) * self.camera.scale
            paint_focus(painter, self._theme, at, radius)
        if self._hand.under_way == "box":
            paint_box(painter, self._theme, QRectF(points[0], points[-1]).normalized())
        elif self._hand.under_way == "lasso":
            paint_lasso(painter, self._theme, points)
        elif self._hand.under_way == "carry":
            paint_carried(painter, self._theme, self._carried(points[-1] - points[0]))
        painter.restore()

    def _carried(self, by: QPointF) -> list[QPointF]:
        rows = np.flatnonzero(self._load(self._hand.account))
        rows = rows[:: -(-len(rows) // CARRIED)]
        return self.all_to_screen(self._document.positions[rows].tolist(), by)
