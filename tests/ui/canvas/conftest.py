import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from explorer.document import edits
from explorer.document.model import Placing
from explorer.ui.canvas.view import Canvas

SIZE = (400, 300)
EVERYTHING = frozenset(["graph", "roles", "positions", "filter", "selected", "style"])
Left, Middle, Right = (
    Qt.MouseButton.LeftButton,
    Qt.MouseButton.MiddleButton,
    Qt.MouseButton.RightButton,
)
Shift, Control, Alt = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
PLAIN = Qt.KeyboardModifier.NoModifier
NONE = Qt.MouseButton.NoButton


class Mouse:
    """Sends mouse events as a window system would, at exact points."""

    def __init__(self, canvas):
        self._port = canvas.viewport()

    def _send(self, kind, at, button, held, keys):
        at = QPointF(*at) if isinstance(at, tuple) else at
        there = QPointF(self._port.mapToGlobal(at.toPoint()))
        QApplication.sendEvent(self._port, QMouseEvent(kind, at, there, button, held, keys))

    def press(self, at, button=Left, keys=PLAIN):
        self._send(QEvent.Type.MouseButtonPress, at, button, button, keys)

    def move(self, at, held=NONE, keys=PLAIN):
        self._send(QEvent.Type.MouseMove, at, NONE, held, keys)

    def release(self, at, button=Left, keys=PLAIN):
        self._send(QEvent.Type.MouseButtonRelease, at, button, NONE, keys)

    def click(self, at, button=Left, keys=PLAIN):
        self.press(at, button, keys)
        self.release(at, button, keys)

    def double(self, at):
        self.click(at)
        self._send(QEvent.Type.MouseButtonDblClick, at, Left, Left, PLAIN)
        self.release(at)

    def drag(self, *points, button=Left, keys=PLAIN, at_release=None):
        self.press(points[0], button, keys)
        for point in points[1:]:
            self.move(point, button, keys)
        self.release(points[-1], button, keys if at_release is None else at_release)


@pytest.fixture
def document(graph):
    """Twelve accounts on a square, four wide, ten units apart."""
    at = np.arange(graph.n)
    positions = np.column_stack([at % 4 * 10, at // 4 * 10]).astype(np.float32)
    return edits.place(edits.load(graph), positions, Placing())


@pytest.fixture
def bare(qtbot):
    """A canvas that shows nothing yet."""
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(*SIZE)
    canvas.show()
    qtbot.waitExposed(canvas)
    yield canvas
    canvas.stop()


@pytest.fixture
def canvas(bare, document, qtbot):
    """A canvas that shows the document completely."""
    bare.show_document(document, EVERYTHING)
    qtbot.waitUntil(lambda: bare.settled and bare.picture is not None, timeout=30_000)
    return bare


@pytest.fixture
def mouse(canvas):
    return Mouse(canvas)


@pytest.fixture
def at(canvas, document):
    """Where an account is on the canvas."""
    return lambda account: canvas.to_screen(*document.positions[account].tolist())
