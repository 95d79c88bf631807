"""Edges drawn each as itself, beside pictures that a person has looked at."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from explorer.archive.tables import KINDS
from explorer.document import edits
from explorer.document.model import Placing
from explorer.graph.model import Category, Graph
from explorer.scene.camera import fit
from explorer.scene.painter import Painter
from explorer.scene.png import write_png
from explorer.scene.view import View

GOLDEN = Path(__file__).parents[1] / "golden"
SIZE = (360, 240)
MEAN, BLOCK = 1.0, 14.0
"""Differences of a channel, 0 to 255, that pass: on average, and in the worst block of 8 by 8."""


def arrows():
    """Eight accounts, every kind of edge, both directions, one to a hundred interactions."""
    places = [[0, 0], [3, 0], [1.5, 2], [4.5, 2.2], [0, 3], [3, 3.6], [6, 0.5], [6, 3.4]]
    table = [
        (0, 1, 0, 1), (1, 0, 0, 8), (0, 2, 0, 1), (0, 2, 1, 3), (0, 2, 2, 5), (0, 2, 3, 2),
        (3, 1, 0, 40), (1, 3, 1, 1), (4, 2, 3, 1), (5, 2, 0, 100), (3, 6, 2, 1), (6, 3, 0, 4),
        (6, 3, 1, 2), (7, 6, 0, 1), (5, 7, 1, 1), (7, 5, 3, 1),
    ]  # fmt: skip
    source, target, kind, number = np.array(table, np.int32).T.copy()
    listed = np.array([1, 0, 1, 0, 0, 0, 1, 0], np.int8)
    graph = Graph(
        8, source, target, {"listed_in": Category(listed, ("", "users"))},
        {"kind": Category(kind.astype(np.int8), KINDS), "count": number},
    )  # fmt: skip
    return edits.place(edits.load(graph), np.array(places, np.float32), Placing())


SHOWN = {
    "arrows-dark": (arrows, "dark"),
    "arrows-print": (arrows, "print"),
}


def channels(pixels):
    return np.stack([pixels >> 16 & 255, pixels >> 8 & 255, pixels & 255], axis=-1).astype(int)


def read(path):
    """``(height, width)`` uint32 of a PNG."""
    image = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB32)
    assert not image.isNull(), f"{path} is missing"
    return np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.width()).copy()


@pytest.mark.parametrize("name", SHOWN)
def test_a_picture_is_as_it_was_when_somebody_looked_at_it(name, tmp_path):
    make, theme = SHOWN[name]
    document = make()
    pixels = Painter().whole(document, View(fit(document.positions, SIZE), SIZE, theme)).pixels
    seen = tmp_path / f"{name}.png"
    with seen.open("wb") as file:
        write_png(file, SIZE, iter([pixels]))
    golden = GOLDEN / f"{name}.png"
    advice = f"if it should look so now, copy {seen} to {golden}"
    assert golden.exists(), advice
    away = np.abs(channels(pixels) - channels(read(golden)))
    blocks = away.reshape(SIZE[1] // 8, 8, SIZE[0] // 8, 8, 3).mean(axis=(1, 3, 4))
    assert away.mean() < MEAN, advice
    assert blocks.max() < BLOCK, advice
