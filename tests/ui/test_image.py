from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter

from explorer.document import arrange, edits
from explorer.graph.model import Graph
from explorer.scene.camera import fit
from explorer.scene.figure import Choices, Figure, compose
from explorer.scene.marks import Box, Disc, Stroke, Words
from explorer.scene.painter import Painter
from explorer.scene.theme import theme
from explorer.scene.view import View
from explorer.ui.image import paint_marks, painting, render_image, within
from explorer.ui.image import painted as painted_strips
from explorer.ui.letters import ensure_gui, qt_measure

BLACK, WHITE, RED = (0, 0, 0), (255, 255, 255), (255, 0, 0)


def sheet(width=120, height=60):
    return np.full((height, width), 0xFFFFFFFF, np.uint32)


def painted(*marks, ratio=1.0):
    pixels = sheet()
    with painting(pixels) as painter:
        paint_marks(painter, marks, ratio)
    return pixels


def ink(pixels):
    """Return left, top, right and bottom of what is not white."""
    rows, columns = np.nonzero(pixels != 0xFFFFFFFF)
    return columns.min(), rows.min(), columns.max() + 1, rows.max() + 1


@pytest.fixture(autouse=True)
def gui(qapp):
    return qapp


def test_an_application_that_is_there_is_used(qapp):
    assert ensure_gui() is qapp
    assert isinstance(ensure_gui(), QGuiApplication)


def test_painting_writes_into_the_pixels():
    pixels = painted(Box(10, 20, 30, 5, RED))
    assert pixels[22, 15] == 0xFFFF0000
    assert ink(pixels) == (10, 20, 40, 25)


def test_marks_grow_with_the_ratio():
    assert ink(painted(Box(10, 10, 20, 10, BLACK), ratio=2.0)) == (20, 20, 60, 40)


@pytest.mark.parametrize("text", ["amplifier", "观察者网友", "محلل", "1,234"])
def test_words_are_as_wide_as_measured(text):
    left, _, right, _ = ink(painted(Words(10, 40, text, 16, BLACK)))
    assert right - left == pytest.approx(qt_measure()(text, 16.0), abs=4)


def test_widths_grow_with_the_size_exactly():
    measure = qt_measure()
    assert measure("amplifier", 26.0) == pytest.approx(2 * measure("amplifier", 13.0))
    assert measure("amplifier", 13.0, True) > measure("amplifier", 13.0)


def test_figures_are_all_of_one_width():
    measure = qt_measure()
    assert len({round(measure(digit * 4, 13.0), 6) for digit in "0123456789"}) == 1


def test_words_end_where_their_anchor_says():
    _, _, right, _ = ink(painted(Words(100, 40, "1,234", 16, BLACK, "end")))
    assert right == pytest.approx(100, abs=2)
    left, _, right, _ = ink(painted(Words(60, 40, "1,234", 16, BLACK, "middle")))
    assert (left + right) / 2 == pytest.approx(60, abs=2)


def test_a_halo_parts_words_from_what_is_under_them():
    pixels = painted(Box(0, 0, 120, 60, BLACK), Words(10, 40, "name", 20, BLACK, halo=WHITE))
    assert (pixels == 0xFFFFFFFF).sum() > 50


def test_emoji_are_painted_without_a_word():
    painted(Words(10, 40, "🙂 name", 16, BLACK))


def test_rings_discs_and_lines_are_painted():
    assert painted(Disc(30, 30, 8, fill=RED))[30, 30] == 0xFFFF0000
    ring = painted(Disc(30, 30, 8, line=BLACK, width=2.0))
    assert ring[30, 30] == 0xFFFFFFFF
    assert ring[30, 22] != 0xFFFFFFFF
    assert ink(painted(Stroke(10, 30, 50, 30, BLACK, 2.0))) == (10, 29, 50, 31)


def test_only_marks_in_the_rows_are_painted():
    marks = (Box(0, 0, 9, 9, RED), Words(0, 50, "a", 10, RED), Stroke(0, 90, 9, 99, RED))
    marks = (*marks, Disc(0, 150, 5, fill=RED))
    assert list(within(marks, 1.0, 0, 30)) == [marks[0]]
    assert list(within(marks, 1.0, 40, 20)) == [marks[1]]
    assert list(within(marks, 2.0, 180, 30)) == [marks[2]]
    assert list(within(marks, 1.0, 140, 30)) == [marks[3]]


def test_the_picture_for_the_clipboard_has_the_size_asked_for(graph):
    document = edits.load(graph)
    view = View(fit(document.positions, (800, 600)), (800, 600))
    image = render_image(Figure(document, view, Choices(640, 480, theme="light")))
    assert (image.width(), image.height()) == (640, 480)
    assert image.pixelColor(639, 0).lightness() > 200


@pytest.mark.parametrize("place", ["outside", "top left"])
def test_a_figure_without_ground_looks_the_same_on_the_ground_of_its_theme(graph, place):
    places = np.random.default_rng(2).normal(0, 9, (graph.n, 2)).astype(np.float32)
    document = edits.select_role(replace(edits.load(graph), positions=places))
    view = View(fit(places, (800, 600)), (800, 600))
    figure = Figure(document, view, Choices(640, 480, theme="light", place=place, scale=False))
    plain = render_image(figure)
    clear = render_image(replace(figure, choices=replace(figure.choices, transparent=True)))
    assert clear.hasAlphaChannel()
    assert clear.pixelColor(639, 0).alpha() == 0
    laid = QImage(clear.size(), QImage.Format.Format_RGB32)
    laid.fill(QColor(*theme("light").ground))
    painter = QPainter(laid)
    painter.drawImage(0, 0, clear)
    painter.end()
    difference = np.abs(rgb(laid).astype(int) - rgb(plain))
    assert np.percentile(difference, 99.9) <= 4
    assert difference.mean() < 0.2


def rgb(image):
    shape = image.height(), image.width(), 4
    return np.frombuffer(image.constBits(), np.uint8).reshape(shape)[..., :3].copy()


def test_what_the_window_sees_has_the_tones_of_the_window():
    rng = np.random.default_rng(3)
    ends = rng.integers(0, 4000, (2, 60_000)).astype(np.int32)
    ends[1, ends[0] == ends[1]] ^= 1
    document = edits.load(Graph(4000, *ends))
    places = rng.normal(0, 100, (4000, 2)).astype(np.float32)
    document = replace(document, positions=places)
    view = View(fit(places, (400, 300)).scaled(4.0), (400, 300))
    choices = Choices(400, 300, whole=False, place="top left", heading=False, legend=False)
    composed = compose(Figure(document, view, choices), qt_measure())
    wide = replace(view, size=(560, 420))
    wanted = Painter().whole(document, wide).pixels[60:-60, 80:-80]
    seen = np.concatenate(list(painted_strips(composed, lambda *_: None)))
    open_ = slice(0, 250)
    assert (seen[open_] == wanted[open_]).mean() > 0.999


def test_a_png_has_a_pin_on_a_pinned_account(graph):
    places = np.random.default_rng(1).normal(0, 10, (graph.n, 2)).astype(np.float32)
    document = replace(edits.load(graph), positions=places)
    pinned = arrange.pin(document, np.arange(graph.n) == 2)
    made = Figure(pinned, View(fit(places, (800, 600)), (800, 600)), Choices(1600, 1000))
    composed = compose(made, qt_measure())
    (head,) = [mark for mark in composed.pins if isinstance(mark, Disc)]
    image = render_image(made)
    at = round(head.x * made.unit), round(head.y * made.unit)
    assert image.pixelColor(*at).getRgb()[:3] == theme("dark").text
