import numpy as np
import pytest

from explorer.bench import moving
from explorer.document import edits
from explorer.document.model import Placing
from explorer.graph.model import Graph
from explorer.scene.camera import fit
from explorer.ui.canvas.view import Canvas


@pytest.fixture
def canvas(qtbot, monkeypatch):
    monkeypatch.setattr(moving, "FRAMES", 3)
    monkeypatch.setattr(moving, "WATCHED", 0.05)
    graph = Graph(3, np.array([0, 1], np.int32), np.array([1, 2], np.int32))
    places = np.array([[0, 0], [4, 0], [4, 3]], np.float32)
    made = Canvas()
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.show()
    made.show_document(edits.place(edits.load(graph), places, Placing()), frozenset({"graph"}))
    moving.settle(made)
    yield made
    made.stop()


def test_every_frame_that_is_measured_has_been_painted(canvas):
    paints = moving.Paints(canvas)
    found = moving.motion(canvas, {"full": fit(np.array([[0, 0], [3, 3]], np.float32), (300, 200))})
    assert paints.number >= 2 * 3
    assert {name.split(",")[0] for name in found} == {"pan at full", "zoom at full"}
    assert all(value > 0 for value in found.values())


def test_waits_are_told_apart_by_what_they_were_for(canvas):
    found = moving.waits(canvas, canvas.camera)
    assert list(found) == list(moving.WAITS.values())
    assert found[moving.WAITS["processor"]] <= found[moving.WAITS["drawing"]]
