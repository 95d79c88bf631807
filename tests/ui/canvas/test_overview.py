from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from explorer.document import edits
from explorer.graph.query import Chosen, Filter
from explorer.scene.theme import theme
from explorer.scene.thumbnail import thumbnail
from explorer.ui.canvas.overview import Overview
from explorer.ui.canvas.view import Canvas


@pytest.fixture
def document(graph):
    places = np.random.default_rng(5).normal(0, 90, (graph.n, 2)).astype(np.float32)
    return replace(edits.load(graph), positions=places)


@pytest.fixture
def canvas(qtbot, document):
    made = Canvas()
    made.resize(900, 600)
    made.show()
    made.show_document(document, frozenset({"graph", "positions"}))
    qtbot.waitUntil(lambda: made.settled and made.picture is not None, timeout=20_000)
    yield made
    made.stop()
    made.close()
    made.deleteLater()


@pytest.fixture
def overview(canvas, document):
    made = Overview(canvas)
    made.show_document(document, frozenset({"graph"}))
    return made


def test_a_thumbnail_shows_every_account_where_it_is(document):
    shown = np.ones(document.graph.n, bool)
    made = thumbnail(document, shown, (168, 112), theme("light"))
    assert made.pixels.shape == (112, 168)
    ground = 0xFF000000 | 0xFBFBFA
    places = made.camera.to_screen(document.positions, (168, 112)).astype(int)
    assert all(made.pixels[y, x] != ground for x, y in places)
    assert (made.pixels != ground).sum() == len(np.unique(places, axis=0))


def test_nobody_makes_an_empty_thumbnail(document):
    made = thumbnail(document, np.zeros(document.graph.n, bool), (168, 112), theme("dark"))
    assert len(np.unique(made.pixels)) == 1


def test_the_map_comes_only_when_something_is_out_of_view(canvas, overview):
    assert not overview.isVisible()
    canvas.zoom_by(4.0)
    assert overview.isVisible()
    canvas.set_camera(canvas.camera.scaled(0.1))
    assert not overview.isVisible()


def test_it_can_be_switched_off(canvas, overview):
    canvas.zoom_by(4.0)
    overview.set_on(False)
    assert not overview.isVisible()
    overview.set_on(True)
    assert overview.isVisible()


def test_the_frame_is_round_what_is_seen(canvas, overview, document):
    canvas.zoom_by(4.0)
    overview.repaint()
    frame, made = overview.frame, overview._made
    middle = made.camera.to_screen(np.array([[canvas.camera.x, canvas.camera.y]]), (168, 112))[0]
    assert (frame.center().x(), frame.center().y()) == pytest.approx(tuple(middle), abs=0.01)
    assert frame.width() / frame.height() == pytest.approx(
        canvas.room[0] / canvas.room[1], rel=0.01
    )


def test_a_click_and_a_drag_say_where_to_look(qtbot, canvas, overview):
    canvas.zoom_by(4.0)
    overview.repaint()
    with qtbot.waitSignal(overview.looked) as looked:
        qtbot.mousePress(overview, Qt.MouseButton.LeftButton, pos=QPoint(84, 56))
    camera = overview._made.camera
    assert looked.args == pytest.approx([camera.x, camera.y])
    with qtbot.waitSignal(overview.looked) as looked:
        qtbot.mouseMove(overview, QPoint(100, 56))
        overview._look(QPoint(100, 56).toPointF())
    assert looked.args[0] > camera.x


def test_it_draws_only_when_something_changes(qtbot, canvas, overview, monkeypatch):
    canvas.zoom_by(4.0)
    qtbot.waitUntil(lambda: canvas.settled, timeout=20_000)
    overview.repaint()
    drawn = []
    monkeypatch.setattr(Overview, "paintEvent", lambda *_: drawn.append(1))
    qtbot.wait(200)
    assert not drawn


def test_a_filter_makes_a_new_map(canvas, overview, document):
    canvas.zoom_by(4.0)
    overview.repaint()
    before = overview._made
    few = edits.keep(document, Filter((Chosen(np.arange(document.graph.n) < 3),)))
    canvas.show_document(few, frozenset({"filter"}))
    overview.show_document(few, frozenset({"filter"}))
    canvas.zoom_by(40.0)
    overview.repaint()
    assert overview._made is not before
