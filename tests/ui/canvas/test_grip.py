from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtWidgets import QWidget

from explorer.document import edits
from explorer.scene.camera import fit
from explorer.scene.view import View
from explorer.ui.canvas import grip as grips
from explorer.ui.canvas.grip import Grip
from explorer.ui.export import ExportFigure


@pytest.fixture
def job(graph):
    places = np.random.default_rng(5).normal(0, 90, (graph.n, 2)).astype(np.float32)
    document = replace(edits.load(graph), positions=places)
    view = View(fit(places, (640, 480)), (640, 480))

    def make(folder):
        return ExportFigure.of(document, view, folder / "a.png", (640, 480), whole=False)

    return make


@pytest.fixture
def grip(qtbot, job):
    canvas = QWidget()
    qtbot.addWidget(canvas)
    canvas.resize(400, 300)
    canvas.show()
    made = Grip(canvas)
    made.job = job
    made.show()
    yield made
    made.end()


def test_what_is_dragged_is_a_file_and_a_picture(grip):
    data = grip.begin()
    assert data.hasUrls()
    assert data.hasImage()
    (url,) = data.urls()
    assert QImage(url.toLocalFile()).width() == 640
    assert data.imageData().width() == 640
    assert bytes(data.data("image/png"))[:4] == b"\x89PNG"
    assert data.retrieveData("text/plain", None) is None


def test_a_figure_that_cannot_be_made_gives_nothing(grip, job):
    grip.job = lambda folder: replace(job(folder), path=Path(folder) / "nowhere" / "a.png")
    data = grip.begin()
    assert data.retrieveData("text/uri-list", None) is None


def test_there_is_nothing_to_drag_without_a_graph(grip):
    grip.job = None
    assert grip.begin() is None


def test_a_drag_begins_once_the_hand_has_moved(qtbot, grip, monkeypatch):
    dragged = []
    monkeypatch.setattr(grips.QDrag, "exec", lambda drag, _: dragged.append(drag.mimeData()))
    qtbot.mousePress(grip, Qt.MouseButton.LeftButton, pos=QPoint(15, 15))
    move(grip, QPoint(17, 15))
    assert not dragged
    move(grip, QPoint(45, 15))
    assert dragged[0].hasUrls()


def move(grip, point):
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    at = point.toPointF()
    where = grip.mapToGlobal(at)
    kind = QEvent.Type.MouseMove
    grip.mouseMoveEvent(QMouseEvent(kind, at, where, Qt.MouseButton.NoButton, left, none))


def test_a_click_says_what_it_is_for(qtbot, grip):
    with qtbot.waitSignal(grip.clicked):
        qtbot.mouseClick(grip, Qt.MouseButton.LeftButton)


def test_it_stays_in_its_corner(grip):
    grip.parentWidget().resize(700, 500)
    assert grip.x() + grip.width() == 700 - grips.MARGIN


def test_what_was_dragged_is_removed_at_the_end(grip):
    data = grip.begin()
    path = Path(data.urls()[0].toLocalFile())
    assert path.exists()
    grip.end()
    assert not path.parent.exists()
