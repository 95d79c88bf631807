"""Names over the picture: placed when it is complete, moved with it until the next."""

from __future__ import annotations

from dataclasses import replace
from math import ceil, floor
from time import perf_counter
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPixmap

from explorer.scene.labels import ASCENT, DESCENT, fitted, led
from explorer.ui.canvas.overlays import ringed
from explorer.ui.image import paint_marks
from explorer.ui.letters import qt_measure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from explorer.document.model import Document
    from explorer.scene.camera import Camera
    from explorer.scene.marks import Words
    from explorer.scene.painter import Picture
    from explorer.scene.view import View

RIM = 4
"""Logical pixels round a name for its halo."""
AT_ONCE = 0.006
"""Seconds of one frame that may go into drawing names for the first time; the rest come next."""
HALF = 0.5 + 1e-6
"""Added before pixels are cut off: a hair more, so that halves go the same way after a pan."""
KEPT = 2000
"""Drawn names that are kept, about 10 kB each."""


OUTER = 5.0
"""Logical pixels from the inner line of the focus to where its halo ends."""


Key: TypeAlias = "tuple[Words, float]"
"""A name that stands nowhere, and device pixels to one logical pixel."""


class Names:
    """The names that fit, each drawn once and then moved with the camera."""

    def __init__(self) -> None:
        self._stamps: dict[Key, QPixmap] = {}
        self._placed: list[tuple[Key, float, float]] = []
        self._new = False
        self.words: tuple[Words, ...] = ()

    @property
    def drawn(self) -> bool:
        """Whether every name that is placed has been drawn."""
        return all(key in self._stamps for key, _, _ in self._placed)

    def clear(self) -> None:
        """Show no name."""
        self.words, self._placed = (), []

    def show(
        self,
        document: Document,
        view: View,
        picture: Picture,
        taken: Sequence[tuple[float, float, float, float]],
    ) -> None:
        """Place the names for a complete *picture* of *view*, off the places *taken*."""
        self.clear()
        mode = document.style.labels
        if mode == "none" or (mode == "hover" and max(view.hover, view.focus) < 0):
            return
        rest = np.empty(0, np.int64) if picture.named is None else picture.named
        wanted = led(view, picture.shown, rest)
        radii = picture.radii / picture.view.ratio
        if view.focus >= 0:
            radii[view.focus] = ringed(float(radii[view.focus])) + OUTER
        self.words = fitted(document, view, qt_measure(), radii, taken, wanted)
        self._new = True  # placing took its time: the next frame draws none, or one
        camera = view.camera.scaled(1 / view.ratio)
        room = round(view.size[0] / view.ratio), round(view.size[1] / view.ratio)
        self._placed = [
            ((replace(words, x=0.0, y=0.0), view.ratio), *camera.to_world(words.x, words.y, room))
            for words in self.words
        ]

    def paint(self, painter: QPainter, camera: Camera, room: tuple[int, int]) -> bool:
        """Paint the names where *camera* now sees them, in logical pixels of a canvas.

        Return whether all are painted; else some come with the next frame.
        """
        until, fresh = perf_counter() + (0.0 if self._new else AT_ONCE), 0
        self._new, whole = False, True
        left, top = camera.origin(room)
        for key, x, y in self._placed:
            words, ratio = key
            if key not in self._stamps:
                if fresh and perf_counter() > until:
                    whole = False
                    continue
                fresh += 1
                self._keep(key)
            corner = (x - left) * camera.scale - RIM, (top - y) * camera.scale - above(words)
            sharp = (floor(part * ratio + HALF) / ratio for part in corner)
            painter.drawPixmap(QPointF(*sharp), self._stamps[key])
        return whole

    def _keep(self, key: Key) -> None:
        """Draw a name, and forget the oldest of too many."""
        while len(self._stamps) >= KEPT:
            del self._stamps[next(iter(self._stamps))]
        self._stamps[key] = stamped(*key)


def above(words: Words) -> float:
    """Return the logical pixels from the top of a name's picture to its baseline."""
    return ASCENT * words.size + RIM


def stamped(words: Words, ratio: float) -> QPixmap:
    """Return a name as a picture of its own, with room for the halo."""
    wide = qt_measure()(words.text, words.size, words.bold) + 2 * RIM
    high = (ASCENT + DESCENT) * words.size + 2 * RIM
    pixmap = QPixmap(ceil(wide * ratio), ceil(high * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_marks(painter, (replace(words, x=float(RIM), y=above(words)),), ratio)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
