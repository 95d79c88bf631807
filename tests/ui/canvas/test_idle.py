"""Doing nothing costs nothing: no picture, no paint, no timer."""

import pytest
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtTest import QTest

PERIOD_MS = 400
"""Some frames, dwells and polls."""


class Counter(QObject):
    """Counts what a widget and everything in it is told to do."""

    def __init__(self, canvas):
        super().__init__()
        self.paints = self.timers = 0
        self._canvas = canvas
        self._asked = canvas._drawer.asked
        self._drawn = 0
        canvas._drawer.drawn.connect(self._draw)
        for one in (canvas, *canvas.findChildren(QObject)):
            one.installEventFilter(self)

    @property
    def pictures(self):
        return self._drawn + self._canvas._drawer.asked - self._asked

    def _draw(self, *_):
        self._drawn += 1

    def eventFilter(self, watched, event):  # noqa: N802 - Qt
        self.paints += event.type() in (QEvent.Type.Paint, QEvent.Type.UpdateRequest)
        self.timers += event.type() == QEvent.Type.Timer
        return False


def idle(canvas, milliseconds):
    """Return the paints, pictures and timer events of a period in which nobody does anything."""
    counter = Counter(canvas)
    QTest.qWait(milliseconds)
    running = [timer for timer in canvas.findChildren(QTimer) if timer.isActive()]
    return counter.paints, counter.pictures, counter.timers + len(running)


@pytest.fixture
def still(canvas, mouse, at, qtbot):
    """A canvas that was used in every way, and then left alone."""
    canvas.smooth = True
    mouse.drag((3.0, 3.0), (60.0, 30.0))
    canvas.fit_all()
    qtbot.waitUntil(lambda: canvas.settled)
    mouse.move(at(5))
    qtbot.waitUntil(lambda: canvas._hover == 5)
    mouse.move((3.0, 3.0))
    qtbot.waitUntil(lambda: canvas._hover == -1)
    qtbot.waitUntil(lambda: canvas.settled)
    QTest.qWait(100)
    return canvas


def test_an_idle_canvas_paints_nothing_draws_nothing_and_sets_no_timer(still):
    assert idle(still, PERIOD_MS) == (0, 0, 0)


def test_an_idle_canvas_with_an_account_lit_costs_nothing_either(still, mouse, at, qtbot):
    mouse.move(at(5))
    qtbot.waitUntil(lambda: still._hover == 5 and still.settled)
    QTest.qWait(100)
    assert idle(still, PERIOD_MS) == (0, 0, 0)
