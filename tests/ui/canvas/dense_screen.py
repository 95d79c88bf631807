"""A program of its own, because a screen's density is settled when Qt starts: what is where?

Prints the ratio, the sizes in device pixels, and for every account which one a click on it picks
and how far the middle of what is drawn lies from where it should, in device pixels.
"""

import json
import os

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explorer.document import edits
from explorer.document.model import Placing, Style
from explorer.graph.model import Graph
from explorer.scene.theme import theme
from explorer.ui.canvas.view import Canvas

REACH = 12
"""Logical pixels round an account that are its own."""


def document():
    n = 24
    ends = np.array([[0, 1], [1, 2]], np.int32)
    graph = Graph(n, ends[:, 0].copy(), ends[:, 1].copy(), {"author": np.arange(n) < 6})
    random = np.random.default_rng(1)
    positions = np.column_stack([np.arange(n) % 6 * 10, np.arange(n) // 6 * 10])
    positions = (positions + random.uniform(-3, 3, (n, 2))).astype(np.float32)
    made = edits.place(edits.load(graph), positions, Placing())
    return edits.restyle(made, Style(hidden=frozenset(range(9)), labels="none"))


def settle(canvas):
    while not canvas.settled or canvas.picture is None:
        QApplication.processEvents()


def seen(canvas):
    """Device pixels of the canvas, without what stands over it: difference from the ground."""
    canvas._cards.hide()
    image = canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)
    ground = np.array(theme("dark").ground)[::-1]
    return np.abs(flat[:, : image.width(), :3].astype(int) - ground).sum(axis=2)


def away(pixels, at, ratio):
    """How far the middle of what is drawn near *at* (device pixels) lies from it."""
    reach = round(REACH * ratio)
    left, top = int(at[0]) - reach, int(at[1]) - reach
    part = pixels[top : top + 2 * reach, left : left + 2 * reach]
    y, x = np.mgrid[top : top + part.shape[0], left : left + part.shape[1]] + 0.5
    middle = np.array([(part * x).sum(), (part * y).sum()]) / part.sum()
    return float(np.abs(middle - at).max())


def report(canvas):
    picked, ratio, shown = [], canvas.devicePixelRatioF(), canvas._document
    canvas.picked.connect(lambda account, _mode: picked.append(account))
    room = canvas.viewport().rect().adjusted(REACH, REACH, -REACH, -REACH)
    there = [canvas.to_screen(x, y) for x, y in shown.positions.tolist()]
    rows = [row for row, point in enumerate(there) if room.contains(point.toPoint())]
    points = [there[row] for row in rows]
    for point in points:
        QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=point.toPoint())
    pixels = seen(canvas)
    return {
        "ratio": ratio,
        "view": canvas.view.size,
        "picture": canvas.picture.pixels.shape[::-1],
        "screen": pixels.shape[::-1],
        "expected": rows,
        "picked": list(picked),
        "away": [away(pixels, np.array([p.x(), p.y()]) * ratio, ratio) for p in points],
    }


def main():
    application = QApplication([])
    canvas = Canvas()
    canvas.resize(600, 400)
    canvas.show()
    canvas.show_document(document(), frozenset({"graph", "positions"}))
    settle(canvas)
    said = [report(canvas)]
    canvas.zoom_by(1.37)
    canvas.pan_by(10.5, -7.25)
    settle(canvas)
    said.append(report(canvas))
    canvas.stop()
    print(json.dumps(said), flush=True)  # noqa: T201 - speaks to its parent
    application.processEvents()
    os._exit(0)


if __name__ == "__main__":
    main()
