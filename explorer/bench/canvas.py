"""The canvas by itself, on the same arrays and in the same run as what others draw with."""

from __future__ import annotations

import os
import sys
import time
from statistics import median
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from explorer.bench import cards, mission, moving, peers
from explorer.bench.busy import resident
from explorer.document import edits
from explorer.document.model import Style
from explorer.graph.roles import AMPLIFIER, CORE
from explorer.job import silent
from explorer.scene.painter import Painter
from explorer.scene.view import View
from explorer.scene.warm import Warm

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from explorer.bench.peers import Found
    from explorer.document.model import Document

Figure: TypeAlias = tuple[str, float, str, float | None, str]
Apart: TypeAlias = "Callable[[Callable[[Path, Path], Any], Path, Path], Any]"
ROUNDS = 5
LONGEST = 60.0
EVERYTHING = frozenset({"graph", "roles", "positions", "filter", "selected", "style"})
TOGGLED = (3 * AMPLIFIER + CORE,)
"""Edge class that is switched off: most edges belong to it."""


def rows(archive: Path, folder: Path, apart: Apart) -> list[Figure]:
    """Return figures of the canvas beside stock pyqtgraph, datashader, SciPy and QPainter.

    Every program draws in a process of its own, made by *apart*.
    """
    ours = apart(measure, archive, folder) or {}
    stock = apart(peers.stock, archive, folder)
    shaded = apart(peers.shaded, archive, folder)
    others = apart(peers.simple, archive, folder) or {}
    carded, drawn_by = apart(cards.measure, archive, folder) or ({}, "")
    found: list[Figure] = []
    for name, value in carded.items():
        found.append((f"{name}, graphics card", value, "ms", ours.get(name), "by the processor"))
    if not carded:
        found.append(("graphics cards that count", 0.0, "cards", None, drawn_by))
    for name, value in ours.items():
        unit = "MB" if "memory" in name else "ms"
        found += [
            (name, value, unit, *against) for against in peers.beside(name, stock, shaded, others)
        ]
    return found


def measure(archive: Path, folder: Path) -> Found:
    """Return milliseconds and megabytes of a canvas in a window of 1600 × 1000."""
    if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from explorer.app import application

    application()
    Warm()(silent)  # compiles once on a computer; what is loaded then is measured
    document = mission.laid_out(archive, folder)
    before = resident()
    bench = Bench(document)
    found: Found = {}
    for part in (bench.first, bench.pictures, bench.motion, bench.blocked):
        found |= part()
    for part in (bench.changes, bench.hands, bench.names):
        found |= part()
    found["memory that the canvas adds"] = resident() - before
    return found


class Bench:
    """One canvas that is measured."""

    def __init__(self, document: Document) -> None:
        from explorer.ui.canvas.view import Canvas

        self.document = document
        self.views = mission.cameras(document)
        self.canvas = Canvas()
        self.canvas.resize(*mission.SIZE)
        self.canvas.show()
        self._sketched = 0.0
        self.canvas.drawn.connect(self._note)
        self.live(lambda: False, 0.2)

    def first(self) -> Found:
        """Measure from the document to the first sketch, and to the complete picture."""
        start = time.perf_counter()
        self._show(self.document, EVERYTHING)
        shown = time.perf_counter() - start
        self.live(lambda: self._sketched > 0)
        sketched = self._sketched - start
        self.settle()
        return {
            "open: GUI thread": 1000 * shown,
            "open: first sketch": 1000 * sketched,
            "open: complete picture": 1000 * (time.perf_counter() - start),
        }

    def pictures(self) -> Found:
        """Measure a picture of another place: sketch, and everything without and with rim."""
        found = {}
        painter = Painter()
        for name, camera in self.views.items():
            sketches, plain, wide = [], [], []
            for i in range(ROUNDS):
                start = time.perf_counter()
                self.canvas.set_camera(camera.zoomed(1.0 + 0.003 * i, 0, 0, mission.SIZE))
                self._sketched = 0.0
                self.settle()
                wide.append(time.perf_counter() - start)
                sketches.append(self._sketched - start)
                moved = View(camera.panned(3.0 * i, 0.0), mission.SIZE)
                start = time.perf_counter()
                for _ in painter.pictures(self.document, moved):
                    pass
                plain.append(time.perf_counter() - start)
            found[f"first refinement at {name}"] = 1000 * median(sketches)
            found[f"complete picture at {name}"] = 1000 * median(plain)
            found[f"complete, with overscan, at {name}"] = 1000 * median(wide)
        return found

    def motion(self) -> Found:
        """Measure frames of panning and zooming while the thread draws."""
        return moving.motion(self.canvas, self.views)

    def blocked(self) -> Found:
        """Measure how long the GUI thread waits while pictures are drawn one after the other."""
        return moving.waits(self.canvas, self.views["10×"])

    def changes(self) -> Found:
        """Measure what changes the picture without moving it: GUI thread, and until it shows."""
        document, canvas = self.document, self.canvas
        canvas.fit_all()
        self.settle()
        account = mission.hub(document)

        def changed(new: Callable[[], Document], part: str) -> Callable[[], None]:
            return lambda: self._show(new(), frozenset({part}))

        found = self._twice(
            "toggle a class",
            changed(lambda: edits.switch_classes(document, TOGGLED, on=False), "style"),
            changed(lambda: document, "style"),
        )
        found |= self._twice(
            "select core",
            changed(lambda: edits.select_role(document), "selected"),
            changed(lambda: document, "selected"),
        )
        found |= self._twice("recolour", lambda: canvas.set_theme("light"), self._dark)
        found |= self._twice("hover the hub", lambda: self._hover(account), lambda: self._hover(-1))
        return found

    def _twice(self, name: str, do: Callable[[], None], undo: Callable[[], None]) -> Found:
        """Do and undo something some times; return what doing it takes."""
        gui, whole = [], []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            do()
            gui.append(time.perf_counter() - start)
            self.settle()
            whole.append(time.perf_counter() - start)
            undo()
            self.settle()
        return {
            f"{name}: GUI thread": 1000 * median(gui),
            f"{name}: complete picture": 1000 * median(whole),
        }

    def hands(self) -> Found:
        """Measure picking: the grid, the nearest account, a lasso of 500 corners."""
        from explorer.ui.canvas.finder import Finder

        finder, random = Finder(), np.random.default_rng(0)
        at, camera = self.document.positions, self.views["full"]
        start = time.perf_counter()
        finder.show(self.document)
        finder.nearest(0.0, 0.0, camera.scale)
        made = time.perf_counter() - start
        points = at[random.integers(0, len(at), 1000)].tolist()
        start = time.perf_counter()
        for x, y in points:
            finder.nearest(x, y, camera.scale)
        nearest = (time.perf_counter() - start) / len(points)
        lasso = peers.loop(self.document)
        takes = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            finder.inside_lasso(lasso)
            takes.append(time.perf_counter() - start)
        return {
            "picking: made ready": 1000 * made,
            "picking: nearest account": 1000 * nearest,
            "picking: lasso of 500 corners": 1000 * median(takes),
        }

    def names(self) -> Found:
        """Measure the placing and drawing of labels, up to a hundred."""
        document = edits.restyle(self.document, Style(labels="all"))
        self._show(document, frozenset({"style"}))
        self.settle()
        canvas, takes = self.canvas, []
        picture = canvas.picture
        assert picture is not None
        while not canvas.names.drawn:  # once, spread over some frames
            self._painted()
        canvas.names.clear()
        bare = [self._painted() for _ in range(ROUNDS)]
        for _ in range(ROUNDS):
            start = time.thread_time()
            canvas.names.show(document, canvas.view, picture, canvas.covered)
            takes.append(time.thread_time() - start + self._painted() - min(bare))
        return {f"labels, {len(canvas.names.words)} placed and drawn": 1000 * median(takes)}

    def _painted(self) -> float:
        """Return the processor seconds of this thread for one painting of the canvas."""
        start = time.thread_time()
        self.canvas.viewport().repaint()
        return time.thread_time() - start

    def settle(self) -> None:
        """Wait until the complete picture is shown."""
        self.live(lambda: self.canvas.settled)

    def live(self, true: Callable[[], bool], longest: float = LONGEST) -> None:
        """Let the window live until *true*, or so many seconds."""
        from PySide6.QtWidgets import QApplication

        end = time.perf_counter() + longest
        QApplication.processEvents()
        while not true() and time.perf_counter() < end:
            time.sleep(0.001)
            QApplication.processEvents()

    def _note(self, _picture: object) -> None:
        self._sketched = self._sketched or time.perf_counter()

    def _show(self, document: Document, what: frozenset[str]) -> None:
        self.canvas.show_document(document, what)

    def _dark(self) -> None:
        self.canvas.set_theme("dark")

    def _hover(self, account: int) -> None:
        self.canvas.light(account)
