"""A million accounts under the hand: frames while moving, and everything drawn."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from explorer.bench import mission
from explorer.bench.busy import resident
from explorer.bench.moving import motion, settle
from explorer.bench.painting import FOUR, MILLION, clustered
from explorer.job import silent
from explorer.scene.warm import Warm

if TYPE_CHECKING:
    from pathlib import Path

    from explorer.document.model import Document

Figure: TypeAlias = tuple[str, float, str]
EVERYTHING = frozenset({"graph", "roles", "positions", "filter", "selected", "style"})
STOCK_FRAMES = 3


def measure(_archive: Path, _folder: Path) -> list[Figure]:
    """Return frames of panning and zooming over four million edges, and complete pictures."""
    if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from explorer.app import application
    from explorer.ui.canvas.view import Canvas

    application()
    Warm()(silent)
    document, before = clustered(MILLION, FOUR), resident()
    canvas = Canvas()
    canvas.resize(*mission.SIZE)
    canvas.show()
    start = time.perf_counter()
    canvas.show_document(document, EVERYTHING)
    shown = 1000 * (time.perf_counter() - start)
    settle(canvas)
    opened = 1000 * (time.perf_counter() - start)
    views = mission.cameras(document)
    found = {"open: GUI thread": shown, "open: complete picture": opened}
    found |= motion(canvas, views)
    for name, camera in views.items():
        start = time.perf_counter()
        canvas.set_camera(camera.panned(400.0, 0.0))
        settle(canvas)
        found[f"complete, with overscan, at {name}"] = 1000 * (time.perf_counter() - start)
    grown = resident() - before
    canvas.stop()
    figures: list[Figure] = [(f"a million: {name}", value, "ms") for name, value in found.items()]
    return [*figures, ("a million: memory that the canvas adds", grown, "MB")]


def stock(_archive: Path, _folder: Path) -> float:
    """Return milliseconds that pyqtgraph's own scatter and curve take for a frame of the same."""
    if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    import pyqtgraph as pg

    document: Document = clustered(MILLION, FOUR)
    at, graph = document.positions, document.graph
    app = pg.mkQApp()
    plot = pg.PlotWidget(background="#101014")
    plot.resize(*mission.SIZE)
    corners = at[np.column_stack([graph.source, graph.target]).reshape(-1)]
    plot.addItem(pg.PlotCurveItem(*corners.T, connect="pairs", pen=pg.mkPen("#56b4e920")))
    plot.addItem(pg.ScatterPlotItem(pos=at, size=2.5, pen=None, brush="#ffffffa0"))
    plot.show()
    app.processEvents()
    times = []
    for _ in range(STOCK_FRAMES):
        start = time.perf_counter()
        plot.getViewBox().translateBy(x=1.0)
        plot.viewport().repaint()
        times.append(1000 * (time.perf_counter() - start))
    return float(np.median(times))
