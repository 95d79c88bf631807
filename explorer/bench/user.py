"""A user of the window: real events, one after the other, at the pace of a screen."""

from __future__ import annotations

from itertools import pairwise
from math import cos, pi, sin
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from explorer.bench import mission

if TYPE_CHECKING:
    from collections.abc import Iterator

    from explorer.ui.canvas.view import Canvas
    from explorer.ui.window import Window

Steps: TypeAlias = "Iterator[tuple[str, int]]"
FRAME_MS = 16
REST_MS = 400
"""How long the hand rests between two things it does."""
DWELL_MS = 150
"""How long it rests on an account, so that its neighbours light."""
HOVERED = 24

Key = Qt.Key
Left = Qt.MouseButton.LeftButton
Shift, Control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier


class User:
    """Does things in a window; every verb yields its name and how many milliseconds to wait."""

    def __init__(self, window: Window) -> None:
        self._window = window

    @property
    def _canvas(self) -> Canvas:
        return self._window.stage.canvas

    def minute(self) -> Steps:
        """Look round, surround, switch, zoom, select and label, far and near."""
        yield from self.look_round("all")
        yield from self.surround()
        yield from self.switch()
        yield from self.select()
        yield from self.wheel(10)
        yield from self.look_round("near")
        yield from self.surround()
        yield from self.wheel(10)
        yield from self.look_round("nearer")
        yield from self.select()
        yield from self.label()

    def look_round(self, where: str) -> Steps:
        """Pan, and hover."""
        yield from self.drag(f"pan, {where}", path(self._canvas, 90, 0.25))
        yield from self.hover(f"hover, {where}")

    def surround(self) -> Steps:
        """Draw a box, then a lasso, and undo both."""
        yield from self.drag("box", path(self._canvas, 50, 0.2), Shift)
        yield from self.drag("lasso", path(self._canvas, 150, 0.3), Shift | Control)
        for _ in range(2):
            yield from self.key("undo", Key.Key_Z, Control)

    def switch(self) -> Steps:
        """Click every switch of the legend off and on."""
        buttons = self._canvas.legend.findChildren(QAbstractButton)
        for switch in buttons:
            if switch.isChecked() and switch.isVisible():
                for _ in range(2):
                    QTest.mouseClick(switch, Left)
                    yield "toggle a class", REST_MS

    def select(self) -> Steps:
        """Select the core and nothing, twice, and fit."""
        for _ in range(2):
            yield from self.key("select core", Key.Key_C)
            yield from self.key("select none", Key.Key_Escape)
        yield from self.key("fit", Key.Key_F)

    def label(self) -> Steps:
        """Show all names that fit, move about with them, and hide them."""
        labels = self._window.commands.view.labels
        labels("all")
        yield "labels", REST_MS
        yield from self.drag("pan with labels", path(self._canvas, 60, 0.2))
        yield from self.wheel(4)
        labels("hover")
        yield "labels", REST_MS

    def wheel(self, notches: int) -> Steps:
        """Turn the wheel over the busiest core account."""
        document, canvas = self._window.commands.desk.document, self._canvas
        for _ in range(abs(notches)):
            at = canvas.to_screen(*document.positions[mission.hub(document)].tolist())
            turned = QPoint(0, 120 if notches > 0 else -120)
            QTest.wheelEvent(self._window.windowHandle(), QPointF(self._on_window(at)), turned)
            yield "zoom", 4 * FRAME_MS
        yield "zoom", REST_MS

    def hover(self, verb: str) -> Steps:
        """Rest on some accounts, the busiest first, and pass over what lies between."""
        document, canvas = self._window.commands.desk.document, self._canvas
        room = canvas.viewport().rect()
        busiest = document.positions[mission.busiest(document)[:2000]].tolist()
        found = [canvas.to_screen(*at) for at in busiest]
        here = [point for point in found if room.contains(point.toPoint())][:HOVERED]
        for before, after in pairwise(here):
            for part in range(1, 6):
                self._move(before + (after - before) * part / 5)
                yield verb, FRAME_MS
            yield verb, DWELL_MS

    def drag(self, verb: str, points: list[QPointF], held: Qt.KeyboardModifier = PLAIN) -> Steps:
        """Drag with the left button along *points*."""
        handle = self._window.windowHandle()
        QTest.mousePress(handle, Left, held, self._on_window(points[0]))
        yield verb, FRAME_MS
        for point in points[1:]:
            self._move(point)
            yield verb, FRAME_MS
        QTest.mouseRelease(handle, Left, held, self._on_window(points[-1]))
        yield verb, REST_MS

    def key(self, verb: str, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> Steps:
        """Press a key in the window."""
        QTest.keyClick(self._window.windowHandle(), key, held)
        yield verb, REST_MS

    def _move(self, point: QPointF) -> None:
        QTest.mouseMove(self._window.windowHandle(), self._on_window(point))

    def _on_window(self, point: QPointF) -> QPoint:
        return QPoint(self._canvas.viewport().mapTo(self._window, point.toPoint()))


def path(canvas: Canvas, count: int, size: float) -> list[QPointF]:
    """Return points of *canvas* on most of a circle about its middle."""
    wide, high = canvas.room
    radius = size * min(wide, high)
    turns = [2 * pi * 0.9 * i / count for i in range(count)]
    return [QPointF(wide / 2 + radius * cos(a), high / 2 + radius * sin(a)) for a in turns]
