import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from explorer.document import arrange, edits
from explorer.scene.pins import MOST
from explorer.scene.theme import theme
from explorer.ui.canvas import pins
from explorer.ui.canvas.pins import paint_pins, pins_in


def test_pins_are_those_in_sight(graph):
    document = edits.load(graph)
    assert pins_in(document, QRectF(-99, -99, 198, 198)) == []
    document = arrange.pin(document, np.arange(graph.n) < 3)
    assert pins_in(document, QRectF(-99, -99, 198, 198)) == document.positions[:3].tolist()
    x, y = document.positions[1].tolist()
    assert pins_in(document, QRectF(x - 0.1, y - 0.1, 0.2, 0.2)) == [[x, y]]
    assert MOST >= 1000


def test_a_pin_stands_on_its_account(qapp):
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    dark = theme("dark")
    image.fill(0)
    painter = QPainter(image)
    paint_pins(painter, dark, [QPointF(20, 30)])
    painter.end()
    assert image.pixelColor(20, 21).getRgb()[:3] == dark.text
    assert image.pixelColor(20, 36).getRgb()[:3] == (0, 0, 0)


def test_a_pin_is_drawn_once_and_copied_to_its_other_places(qapp, monkeypatch):
    image = QImage(400, 40, QImage.Format.Format_RGB32)
    image.fill(0)
    drawn = []
    monkeypatch.setattr(QPainter, "drawEllipse", lambda *_: drawn.append(1))
    pins._stamp.cache_clear()
    painter = QPainter(image)
    paint_pins(painter, theme("dark"), [QPointF(20 * i, 30) for i in range(1, 19)])
    painter.end()
    pins._stamp.cache_clear()
    assert len(drawn) == 1
    columns = [[image.pixel(20 * i, y) for y in range(40)] for i in range(1, 19)]
    assert all(column == columns[0] for column in columns)
    assert len(set(columns[0])) > 1
