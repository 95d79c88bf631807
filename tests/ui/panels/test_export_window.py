from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QPushButton, QScrollArea

from explorer.document import edits
from explorer.scene.camera import fit
from explorer.scene.figure import Choices, Figure
from explorer.scene.view import View
from explorer.ui.image import render_image
from explorer.ui.panels.export import PREVIEW, ExportWindow
from explorer.ui.preview import preview


@pytest.fixture
def document(graph):
    places = np.random.default_rng(2).normal(0, 9, (graph.n, 2)).astype(np.float32)
    return replace(edits.load(graph), positions=places)


@pytest.fixture
def view(document):
    return View(fit(document.positions, (800, 600)), (800, 600))


@pytest.fixture
def window(qtbot, document, view):
    made = ExportWindow()
    qtbot.addWidget(made)
    made.show()
    made.show_figure(document, view)
    yield made
    made.hide()


def rgb(image):
    shape = image.height(), image.width(), 4
    return np.frombuffer(image.constBits(), np.uint8).reshape(shape)[..., :3].astype(float)


def picked(combo, value):
    combo.setCurrentIndex(combo.findData(value))


def test_the_preview_has_everything_where_the_figure_has_it(qapp, document, view):
    figure = Figure(document, view, Choices(1600, 1000), ("A footer.",))
    small, large = rgb(preview(figure, 400)), rgb(render_image(figure))
    assert small.shape == (250, 400, 3)
    shrunk = large.reshape(250, 4, 400, 4, 3).mean(axis=(1, 3))
    assert np.abs(small - shrunk).mean() < 2.0


def test_a_preview_comes_and_follows_the_form(qtbot, window):
    qtbot.waitUntil(lambda: not window._shown.image.isNull(), timeout=20_000)
    first = window._shown.image
    assert max(first.width(), first.height()) == PREVIEW
    picked(window._theme, "print")
    qtbot.waitUntil(lambda: window._shown.image is not first, timeout=20_000)
    assert window._shown.image.pixelColor(2, 2).lightness() == 255
    window._transparent.setChecked(True)
    qtbot.waitUntil(lambda: window._shown.image.hasAlphaChannel(), timeout=20_000)


def test_what_is_agreed_is_what_stands_in_the_form(qtbot, window):
    picked(window._format, "pdf")
    picked(window._key, "top right")
    picked(window._what, False)
    window._size.setCurrentIndex(1)
    window._title.setText("Who amplifies")
    window._footer.setChecked(False)
    window._tones.setChecked(False)
    with qtbot.waitSignal(window.agreed) as agreed:
        window._agree()
    ending, choices = agreed.args
    assert ending == "pdf"
    assert (choices.width, choices.height, choices.dpi) == (3508, 2480, 300)
    assert (choices.place, choices.legend, choices.whole) == ("top right", True, False)
    assert (choices.title, choices.footer) == ("Who amplifies", False)
    assert (choices.scale, choices.tones) == (True, False)


def test_buttons_are_in_reach_on_a_low_screen(qtbot, window):
    window.resize(1100, 560)
    qtbot.waitUntil(lambda: window.height() == 560)
    go = next(one for one in window.findChildren(QPushButton) if one.isDefault())
    assert go.mapTo(window, go.rect().bottomRight()).y() < 560
    area = window.findChild(QScrollArea)
    assert area.verticalScrollBar().maximum() > 0
    area.ensureWidgetVisible(window._outline)
    assert not window._outline.visibleRegion().isEmpty()


def test_where_there_is_room_nothing_scrolls(qtbot, window):
    window.resize(1100, 900)
    area = window.findChild(QScrollArea)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == 0)
    assert area.sizeHint().height() > area.minimumSizeHint().height()


def test_no_key_is_a_choice(window):
    picked(window._key, "none")
    assert (window.choices.legend, window.choices.place) == (False, "outside")


def test_a_hidden_window_draws_nothing(qtbot, window):
    window.hide()
    assert window._previewer._thread is None
    window._edited()
    window._preview()
    assert window._previewer._thread is None


def test_a_window_back_from_the_task_bar_draws_again(qtbot, window):
    window.hide()
    window._shown.say("")
    window.show()
    qtbot.waitUntil(lambda: not window._shown.image.isNull(), timeout=20_000)


def test_a_window_that_is_done_with_lets_go_of_the_document(window):
    window.reject()
    assert window._looked_at is None
