from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QImage

from explorer.document import edits
from explorer.scene.figure import Choices, Figure, compose
from explorer.ui.canvas.view import Canvas
from explorer.ui.image import painted
from explorer.ui.letters import qt_measure

LEFT_OUT = frozenset({"graph", "positions"})


def rgb(image):
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    shape = image.height(), image.width(), 4
    return np.frombuffer(image.constBits(), np.uint8).reshape(shape)[..., :3].astype(int)


@pytest.fixture
def document(graph):
    places = np.random.default_rng(5).normal(0, 90, (graph.n, 2)).astype(np.float32)
    return replace(edits.load(graph), positions=places)


@pytest.fixture
def canvas(qtbot, document):
    made = Canvas()
    made.resize(900, 600)
    made.show()
    made.show_document(document, LEFT_OUT)
    qtbot.waitUntil(lambda: made.settled and made.picture is not None, timeout=20_000)
    yield made
    made.stop()
    made.close()
    made.deleteLater()


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("zoom", [1.0, 3.0])
def test_what_you_see_is_what_is_exported(qtbot, canvas, document, theme, zoom):
    canvas.set_theme(theme)
    canvas.set_camera(canvas.camera.scaled(zoom))
    qtbot.waitUntil(lambda: canvas.settled and canvas.picture.complete, timeout=20_000)
    qtbot.waitUntil(lambda: canvas._item.covers(canvas.seen), timeout=20_000)
    for card in (canvas._cards.legend, canvas._cards.pill, canvas._cards.sign):
        card.hide()
    seen = rgb(canvas.grab().toImage())
    size = seen.shape[1], seen.shape[0]
    choices = Choices(*size, whole=False, place="top left", heading=False, labels="none")
    figure = Figure(document, canvas.view, choices)
    composed = compose(figure, qt_measure())
    made = np.concatenate(list(painted(composed, lambda *_: None)))
    made = made.view(np.uint8).reshape(*size[::-1], 4)[..., :3].astype(int)
    open_ = np.ones(size[::-1], bool)
    for x, y, wide, high in composed.furniture.covered:
        open_[int(y) : int(y + high) + 2, int(x) : int(x + wide) + 2] = False
    difference = np.abs(seen - made)[open_]
    assert open_.mean() > 0.5
    assert difference.mean() < 1.0
    assert (difference.max(axis=1) > 40).mean() < 0.005
