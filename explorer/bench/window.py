"""What the analyst waits for: measured in the real window, on the real path of a drop."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from explorer.bench.busy import resident
from explorer.bench.notebook import peak_memory

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from explorer.ui.window import Window

Figure: TypeAlias = tuple[str, float, str]
SIZE = (1600, 1000)
FRAMES = 60
LONGEST = 600.0
REST = 4.0
"""Seconds after which memory has been put in order; see ``ui.canvas.drawer``."""


def measure(archive: Path, folder: Path) -> list[Figure]:
    """Return figures of start-up, drop, layout, motion, selection and export; opens a window."""
    os.environ["STARLING_CACHE"] = str(folder / "window-cache")
    if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    started = time.perf_counter()
    from explorer.app import application, build
    from explorer.ui.settings import Memory, Settings

    app = application()
    settings = Settings(Memory())
    settings["motion"] = "reduced"  # a fit that flies would be measured with what follows
    window = build(settings)
    window.resize(*SIZE)
    window.show()
    app.processEvents()
    rows: list[Figure] = [("start-up to a usable window", time.perf_counter() - started, "s")]
    rows += drop(app, window, archive)
    rows += motion(app, window)
    rows += select(app, window)
    rows += [("memory of the window, peak", peak_memory(), "MB"), at_rest(app)]
    rows += export(app, window, folder)
    window.close()
    return rows


def drop(app: QApplication, window: Window, archive: Path) -> list[Figure]:
    """Open *archive* as a drop does; return times to the first picture and the final layout."""
    session = window.commands.desk.session
    start, first = time.perf_counter(), [0.0]
    worst = Ticks(app)

    def drawn(_: object) -> None:
        if not first[0] and session.document.placing.layout:
            first[0] = time.perf_counter() - start

    window.stage.canvas.drawn.connect(drawn)
    window.commands.file.open((archive,))
    opened = worst.until(lambda: session.document.graph.n > 0) - start
    done = worst.until(lambda: session.document.placing.complete and first[0] > 0) - start
    worst.until(lambda: window.stage.canvas.settled)
    return [
        ("drop to graph", opened, "s"),
        ("drop to first picture", first[0], "s"),
        ("drop to final layout", done, "s"),
        ("longest gap of the window meanwhile", 1000 * worst.longest, "ms"),
    ]


def motion(app: QApplication, window: Window) -> list[Figure]:
    """Pan and zoom with the drawing thread at work; return median and 95th percentile."""
    canvas = window.stage.canvas
    rows: list[Figure] = []
    for name, zoom in (("full", 1.0), ("10×", 10.0), ("100×", 100.0)):
        canvas.fit_all()
        canvas.zoom_by(zoom)
        Ticks(app).until(lambda: canvas.settled)
        for verb, move in (
            ("pan", lambda i: canvas.pan_by(6 if i < FRAMES / 2 else -6, 2)),
            ("zoom", lambda i: canvas.zoom_by(1.02 if i < FRAMES / 2 else 1 / 1.02)),
        ):
            times = [1000 * frame(app, window, move, i) for i in range(FRAMES)]
            rows.append((f"{verb} at {name}, frame, median", float(np.median(times)), "ms"))
            rows.append((f"{verb} at {name}, frame, 95th", float(np.percentile(times, 95)), "ms"))
    return rows


def frame(app: QApplication, window: Window, move: Callable[[int], None], i: int) -> float:
    """Return seconds of GUI time for one moved frame, at a pace of 60 a second."""
    start = time.perf_counter()
    move(i)
    window.stage.canvas.viewport().repaint()
    app.processEvents()
    taken = time.perf_counter() - start
    time.sleep(max(0.0, 1 / 60 - taken))
    return taken


def select(app: QApplication, window: Window) -> list[Figure]:
    """Select the core; return the time until the complete picture shows it."""
    canvas = window.stage.canvas
    canvas.fit_all()
    Ticks(app).until(lambda: canvas.settled)
    times, shown = [], []
    for _ in range(3):
        start = time.perf_counter()
        window.commands.select.core()
        shown.append(time.perf_counter() - start)
        times.append(Ticks(app).until(lambda: canvas.settled) - start)
        window.commands.select.nothing()
        Ticks(app).until(lambda: canvas.settled)
    return [
        ("select core, GUI thread", 1000 * float(np.median(shown)), "ms"),
        ("select core, complete picture", 1000 * float(np.median(times)), "ms"),
    ]


def at_rest(app: QApplication) -> Figure:
    """Return the memory that the window holds when nothing is done for a while."""
    end = time.perf_counter() + REST
    Ticks(app).until(lambda: time.perf_counter() > end)
    return "memory of the window, at rest", resident(), "MB"


def export(app: QApplication, window: Window, folder: Path) -> list[Figure]:
    """Write PNG 8k and SVG with the core selected; return seconds and megabytes."""
    rows: list[Figure] = []
    window.commands.select.core()
    for name in ("core.png", "core.svg"):
        path = folder / name
        size = (8192, 5120) if path.suffix == ".png" else SIZE
        start = time.perf_counter()
        window.commands.figure.write(path, size, True)
        end = Ticks(app).until(lambda: not window.commands.desk.facts.busy)
        label = "PNG 8192 × 5120" if path.suffix == ".png" else "SVG"
        rows.append((label, end - start, "s"))
        rows.append((f"{label}, size", path.stat().st_size / 1e6 if path.exists() else 0.0, "MB"))
    return rows


class Ticks:
    """Lets the window live, and knows how long it has been kept from it."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self.longest = 0.0

    def until(self, true: Callable[[], bool]) -> float:
        """Process events until *true*, and return the time then."""
        start = last = time.perf_counter()
        while not true() and last - start < LONGEST:
            self._app.processEvents()
            now = time.perf_counter()
            self.longest = max(self.longest, now - last)
            time.sleep(0.002)
            last = time.perf_counter()
        return time.perf_counter()
