"""What others draw and find with, on the same arrays, for comparison."""

from __future__ import annotations

import os
import sys
import threading
import time
from importlib import import_module
from statistics import median
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from explorer.bench import mission
from explorer.bench.busy import resident

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from explorer.document.model import Document

Found: TypeAlias = dict[str, float]
"""Milliseconds and megabytes by what is measured."""
STOCK = "stock pyqtgraph, raster"
SHADED = "datashader"
SIMPLE = {
    "GUI thread kept waiting by the drawing thread, most": "QPainter in a thread",
    "picking: made ready": "SciPy cKDTree",
    "picking: nearest account": "SciPy cKDTree",
    "picking: lasso of 500 corners": "point in polygon, NumPy",
}
FRAMES = 7
HUES = ("#e69f00", "#56b4e9", "#cc79a7", "#009e73")


def beside(
    name: str, stock: Found | None, shaded: Found | None, others: Found
) -> list[tuple[float | None, str]]:
    """Return what a figure is set beside: nothing, or one or two references."""
    missing = "datashader is not installed"
    both = [
        ((stock or {}).get(name), STOCK if stock else f"{STOCK} failed"),
        ((shaded or {}).get(name), SHADED if shaded else missing),
    ]
    if name in (stock or {}) or name in (shaded or {}):
        return [one for one in both if one[0] is not None or not shaded]
    return [(others[name], SIMPLE[name])] if name in others else [(None, "")]


def stock(archive: Path, folder: Path) -> Found | None:
    """Return what pyqtgraph's own scatter and curve take, in a window of the same size."""
    if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    import pyqtgraph as pg

    document = mission.laid_out(archive, folder)
    arrays, before = mission.lines(document), resident()
    app = pg.mkQApp()
    plot = pg.PlotWidget(background="#101014")
    plot.hideAxis("left")
    plot.hideAxis("bottom")
    plot.resize(*mission.SIZE)
    for hue, ends in zip(HUES, arrays.ends.values(), strict=False):
        corners = ends.reshape(-1, 2)
        plot.addItem(pg.PlotCurveItem(*corners.T, connect="pairs", pen=pg.mkPen(hue + "20")))
    dots = pg.ScatterPlotItem(pos=arrays.accounts, size=2.5, pen=None, brush="#ffffffa0")
    plot.addItem(dots)
    plot.show()
    app.processEvents()
    found: Found = {}
    for name, camera in mission.cameras(document).items():
        times = []
        for i in range(FRAMES):
            start = time.perf_counter()
            x, y = camera.panned(3.0 * i, 0.0).x, camera.y
            wide, high = (pixels / 2 / camera.scale for pixels in mission.SIZE)
            plot.setRange(xRange=(x - wide, x + wide), yRange=(y - high, y + high), padding=0)
            plot.viewport().repaint()
            times.append(1000 * (time.perf_counter() - start))
            app.processEvents()  # paints once more, which is not the picture's fault
        found |= {
            f"pan at {name}, frame, median": median(times),
            f"zoom at {name}, frame, median": median(times),
            f"complete picture at {name}": median(times),
        }
    found["memory that the canvas adds"] = resident() - before
    return found


def shaded(archive: Path, folder: Path) -> Found | None:
    """Return what datashader takes for lines of each class and points; None if not installed."""
    try:
        datashader: Any = import_module("datashader")
        transfer: Any = import_module("datashader.transfer_functions")
        pandas: Any = import_module("pandas")
    except ImportError:
        return None
    document = mission.laid_out(archive, folder)
    arrays = mission.lines(document)
    frames = [pandas.DataFrame(ends, columns=list("abcd")) for ends in arrays.ends.values()]
    dots = pandas.DataFrame(arrays.accounts, columns=["x", "y"])

    def draw(x: float, y: float, scale: float) -> None:
        wide, high = (pixels / 2 / scale for pixels in mission.SIZE)
        canvas = datashader.Canvas(
            *mission.SIZE, x_range=(x - wide, x + wide), y_range=(y - high, y + high)
        )
        images = [
            transfer.shade(canvas.line(one, ["a", "c"], ["b", "d"], axis=1), cmap=[hue])
            for hue, one in zip(HUES, frames, strict=False)
        ]
        transfer.stack(*images, transfer.shade(canvas.points(dots, "x", "y"), cmap=["white"]))

    found: Found = {}
    for name, camera in mission.cameras(document).items():
        draw(camera.x, camera.y, camera.scale)  # compiles
        times = []
        for i in range(FRAMES):
            start = time.perf_counter()
            draw(camera.panned(3.0 * i, 0.0).x, camera.y, camera.scale)
            times.append(1000 * (time.perf_counter() - start))
        found[f"complete picture at {name}"] = median(times)
    return found


def simple(archive: Path, folder: Path) -> Found:
    """Return what a search tree, point in polygon, and QPainter in a thread take."""
    document = mission.laid_out(archive, folder)
    tree: Any = import_module("scipy.spatial").cKDTree
    at, random = document.positions, np.random.default_rng(0)
    start = time.perf_counter()
    made = tree(at)
    ready = time.perf_counter() - start
    points = at[random.integers(0, len(at), 1000)].tolist()
    start = time.perf_counter()
    for point in points:
        made.query(point)
    nearest = (time.perf_counter() - start) / len(points)
    start = time.perf_counter()
    in_polygon(at, loop(document))
    return {
        "picking: made ready": 1000 * ready,
        "picking: nearest account": 1000 * nearest,
        "picking: lasso of 500 corners": 1000 * (time.perf_counter() - start),
        "GUI thread kept waiting by the drawing thread, most": 1000 * painted_apart(document),
    }


def loop(document: Document) -> NDArray[np.float64]:
    """Return ``(500, 2)`` corners of a ragged lasso round half of what there is."""
    turn = np.linspace(0, 2 * np.pi, 500, endpoint=False)
    size = document.positions.std() * (1 + 0.2 * np.sin(9 * turn))
    middle = document.positions.mean(axis=0, dtype=np.float64)
    return np.asarray(middle + np.column_stack([np.cos(turn), np.sin(turn)]) * size[:, None])


def in_polygon(points: NDArray[np.float32], corners: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which points lie in a polygon, by the even-odd rule, one side after the other."""
    inside = np.zeros(len(points), bool)
    x, y = points.astype(np.float64).T
    for (ax, ay), (bx, by) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        crossed = (ay > y) != (by > y)
        inside ^= crossed & (x < (bx - ax) * (y - ay) / ((by - ay) or 1e-30) + ax)
    return inside


def painted_apart(document: Document) -> float:
    """Return the longest gap, in seconds, of this thread while QPainter draws in another."""
    from PySide6.QtCore import QLineF
    from PySide6.QtGui import QColor, QImage, QPainter

    camera = mission.cameras(document)["10×"]
    ends = np.vstack(list(mission.lines(document).ends.values()))[:100_000]
    a, b = (camera.to_screen(ends[:, i : i + 2], mission.SIZE) for i in (0, 2))
    drawn = [QLineF(*one) for one in np.hstack([a, b]).tolist()]
    image = QImage(*mission.SIZE, QImage.Format.Format_RGB32)

    def draw() -> None:
        painter = QPainter(image)
        painter.setPen(QColor(255, 255, 255, 30))
        painter.drawLines(drawn)
        painter.end()

    thread, longest, last = threading.Thread(target=draw), 0.0, time.perf_counter()
    thread.start()
    while thread.is_alive():
        time.sleep(0.001)
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
    return longest
