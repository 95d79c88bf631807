"""What the hand does: mouse, wheel, touchpad and keys turned into gestures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QInputDevice

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent

TOOLS = ("hand", "box", "lasso", "move")
STILL = 3.0
"""Pixels that the mouse may move in a click."""
NOTCH = 1.26
"""Zoom by one notch of the wheel, an eighth of a turn having 120 parts."""
ARROW = 64.0
"""Pixels that an arrow key pans."""
FINGER = 0.5
"""Pixels to one part of a turn, where a touchpad tells its movement in these alone."""

Button = Qt.MouseButton
Modifier = Qt.KeyboardModifier
ARROWS = {
    Qt.Key.Key_Left: (ARROW, 0.0),
    Qt.Key.Key_Right: (-ARROW, 0.0),
    Qt.Key.Key_Up: (0.0, ARROW),
    Qt.Key.Key_Down: (0.0, -ARROW),
}


def mode_of(held: Modifier) -> str:
    """Return what modifiers mean for a selection: add, toggle, remove or replace."""
    if held & Modifier.ShiftModifier:
        return "add"
    if held & Modifier.ControlModifier:
        return "toggle"
    return "remove" if held & Modifier.AltModifier else "replace"


class Hand(QObject):
    """Follows one drag at a time, and says what it meant when it ends.

    Points are logical pixels of the canvas, y down; modes are those of ``edits.select``.

    Attributes
    ----------
    tool
        One of ``TOOLS``.
    glides
        Whether two fingers that let go give the picture a swing, as some systems have it.

    Signals
    -------
    panned : float, float
        The picture was pulled by so many pixels.
    zoomed : float, QPointF
        By a factor, to a point.
    clicked, doubled : QPointF, str; QPointF
        Left button, with the mode; twice.
    asked : QPointF
        For the menu.
    boxed, lassoed : QRectF, str; list of QPointF, str
        Something was surrounded.
    carried : int, QPointF
        An account was pulled by so many pixels.
    changed
        What is under way looks different now.
    """

    panned = Signal(float, float)
    zoomed = Signal(float, QPointF)
    clicked = Signal(QPointF, str)
    doubled = Signal(QPointF)
    asked = Signal(QPointF)
    boxed = Signal(QRectF, str)
    lassoed = Signal(list, str)
    carried = Signal(int, QPointF)
    changed = Signal()

    def __init__(self, account_at: Callable[[QPointF], int], parent: QObject) -> None:
        super().__init__(parent)
        self.tool = "hand"
        self.glides = False
        self._account_at = account_at
        self._button = Button.NoButton
        self._kind = ""
        self._far = False
        self._space = False
        self._account = -1
        self._points: list[QPointF] = []

    @property
    def under_way(self) -> str:
        """``pan``, ``box``, ``lasso`` or ``carry`` during such a drag; empty else."""
        return self._kind if self._far else ""

    @property
    def points(self) -> list[QPointF]:
        """Where the drag under way has been, first to last."""
        return self._points

    @property
    def account(self) -> int:
        """The account that is carried, -1 if none."""
        return self._account

    @property
    def pans(self) -> bool:
        """Whether a left drag on the background would pan."""
        return self._space or self.tool in ("hand", "move")

    def press(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        if self._button != Button.NoButton:  # a second button does not disturb the first
            return
        self._button = event.button()
        self._far = False
        self._points = [event.position()]
        self._account = -1
        self._kind = self._kind_of(event)

    def move(self, event: QMouseEvent) -> None:
        """Go on with a drag."""
        if self._button == Button.NoButton:
            return
        here, before = event.position(), self._points[-1]
        away = here - self._points[0]
        if not self._far and max(abs(away.x()), abs(away.y())) < STILL:
            return
        self._far = True
        self._points.append(here)
        if self._kind == "pan":
            self._points = [here]
            self.panned.emit(here.x() - before.x(), here.y() - before.y())
        else:
            self.changed.emit()

    def release(self, event: QMouseEvent) -> None:
        """End a click or a drag, and say what it was."""
        if event.button() != self._button:
            return
        button, kind, far = self._button, self._kind, self._far
        points, account = self._points, self._account
        self.cancel()
        if far:
            self._finish(kind, points, account, event.modifiers())
        elif button == Button.LeftButton:
            self.clicked.emit(points[0], mode_of(event.modifiers()))
        elif button == Button.RightButton:
            self.asked.emit(points[0])

    def double(self, event: QMouseEvent) -> None:
        """Take note of a double-click."""
        if event.button() == Button.LeftButton:
            self.doubled.emit(event.position())

    def wheel(self, event: QWheelEvent) -> None:
        """Zoom to the cursor by a wheel; pan by two fingers on a touchpad."""
        phase, pixels = event.phase(), QPointF(event.pixelDelta())
        fingers = phase != Qt.ScrollPhase.NoScrollPhase or (
            event.device().type() == QInputDevice.DeviceType.TouchPad
        )
        if phase == Qt.ScrollPhase.ScrollMomentum and not self.glides:
            pass
        elif fingers and not event.modifiers() & Modifier.ControlModifier:
            by = QPointF(event.angleDelta()) * FINGER if pixels.isNull() else pixels
            self.panned.emit(by.x(), by.y())
        else:
            turned = event.angleDelta().y() or event.angleDelta().x()  # Alt turns it sideways
            if turned:
                self.zoomed.emit(NOTCH ** (turned / 120), event.position())
        event.accept()

    def pinch(self, event: QNativeGestureEvent) -> bool:
        """Zoom by two fingers; return whether it was that."""
        if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
            return False
        self.zoomed.emit(1.0 + event.value(), event.position())
        return True

    def key(self, event: QKeyEvent, down: bool) -> bool:
        """Take a key that is pressed or let go; return whether it meant something here."""
        if event.key() == Qt.Key.Key_Space and self.tool != "hand":
            self._space = down
            self.changed.emit()
            return True
        if down and event.key() in ARROWS and not event.modifiers() & ~Modifier.KeypadModifier:
            self.panned.emit(*ARROWS[Qt.Key(event.key())])
            return True
        if down and event.key() == Qt.Key.Key_Escape and self.under_way:
            self.cancel()
            return True
        return False

    def cancel(self) -> None:
        """Forget the drag under way."""
        self._button = Button.NoButton
        self._kind, self._far, self._account = "", False, -1
        self._points = []
        self.changed.emit()

    def _kind_of(self, event: QMouseEvent) -> str:
        if event.button() != Button.LeftButton or self._space:
            return "pan"
        held = event.modifiers()
        if self.tool in ("hand", "move") and held & Modifier.ShiftModifier:
            return "lasso" if held & Modifier.ControlModifier else "box"
        if self.tool == "move":
            self._account = self._account_at(event.position())
            return "pan" if self._account < 0 else "carry"
        return self.tool if self.tool in ("box", "lasso") else "pan"

    def _finish(self, kind: str, points: list[QPointF], account: int, held: Modifier) -> None:
        mode = mode_of(held) if self.tool in ("box", "lasso") else "add"
        if kind == "box":
            self.boxed.emit(QRectF(points[0], points[-1]).normalized(), mode)
        elif kind == "lasso":
            self.lassoed.emit(points, mode)
        elif kind == "carry":
            self.carried.emit(account, points[-1] - points[0])
