"""The drawing itself, without a window: time of the processors, and what waits for it."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from explorer.bench import mission, peers
from explorer.bench.busy import resident
from explorer.bench.notebook import peak_memory
from explorer.document import edits
from explorer.document.model import Placing
from explorer.graph.edges import CLASSES
from explorer.graph.model import Category, Graph
from explorer.scene.labels import labels, ranked
from explorer.scene.painter import Painter
from explorer.scene.pick import Grid
from explorer.scene.view import View
from explorer.scene.warm import warm

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from explorer.document.model import Document
    from explorer.scene.camera import Camera

Figure: TypeAlias = tuple[str, float, str, float | None, str]
Times: TypeAlias = tuple[float, float]
ROUNDS = 5
OVERSCAN = 1.4
"""Sides of a picture with a rim of a fifth on each, as the window draws it."""
QPAINTER = "QPainter, smooth lines"
MILLION, FOUR = 1_000_000, 4_000_000
"""Accounts and edges of the largest graph that is to be moved without a jerk."""


def measure(archive: Path, folder: Path) -> list[Figure]:
    """Return figures of the drawing of an archive, and of a graph of a million accounts."""
    if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    warm()
    document = mission.laid_out(archive, folder)
    return [*pictures(document), *changes(document), *answers(document), *large()]


def best(do: Callable[[], object], rounds: int = ROUNDS) -> Times:
    """Return the least milliseconds that all processors together, and the clock, take."""
    spent, waited = [], []
    for _ in range(rounds):
        clock, busy = time.perf_counter(), time.process_time()
        do()
        spent.append(time.process_time() - busy)
        waited.append(time.perf_counter() - clock)
    return 1000 * min(spent), 1000 * min(waited)


def two(name: str, times: Times, against: Times | None = None, what: str = "") -> list[Figure]:
    """Return both times as figures."""
    spent, waited = against or (None, None)
    return [
        (f"{name}, processors", times[0], "ms", spent, what),
        (name, times[1], "ms", waited, what),
    ]


class Walk:
    """Pictures of one document, each of another place."""

    def __init__(self, document: Document, camera: Camera, size: tuple[int, int]) -> None:
        self.painter, self._document = Painter(), document
        self._camera, self._size = camera, size

    def complete(self) -> None:
        """Draw everything three pixels further on."""
        self._camera = self._camera.panned(3.0, 0.0)
        for _ in self.painter.pictures(self._document, View(self._camera, self._size)):
            pass

    def sketch(self) -> None:
        """Draw the sketch three pixels further on."""
        self._camera = self._camera.panned(3.0, 0.0)
        next(self.painter.pictures(self._document, View(self._camera, self._size), lambda: True))


def pictures(document: Document) -> list[Figure]:
    """Measure pictures at three zooms, without and with a rim."""
    wide = round(OVERSCAN * mission.SIZE[0]), round(OVERSCAN * mission.SIZE[1])
    found: list[Figure] = []
    for name, camera in mission.cameras(document).items():
        plain, rim = (Walk(document, camera, size) for size in (mission.SIZE, wide))
        for walk in (plain, rim):
            best(walk.sketch)  # learns how many edges fit, and gets its memory
            best(walk.complete, 2)
        theirs = best(qpainter(document, camera), 1)
        found += two(f"everything, 3 px on, at {name}", best(plain.complete), theirs, QPAINTER)
        found += two(f"everything with a rim, 3 px on, at {name}", best(rim.complete))
        found += two(f"sketch with a rim at {name}", best(rim.sketch))
    return found


def qpainter(document: Document, camera: Camera) -> Callable[[], None]:
    """Return what draws all edges as smooth lines, the simplest way there is."""
    from PySide6.QtCore import QLineF
    from PySide6.QtGui import QColor, QImage, QPainter

    ends = np.vstack(list(mission.lines(document).ends.values()))
    a, b = (camera.to_screen(ends[:, i : i + 2], mission.SIZE) for i in (0, 2))
    seen = ((np.maximum(a, b) > 0) & (np.minimum(a, b) < mission.SIZE)).all(axis=1)
    drawn = [QLineF(*line) for line in np.hstack([a, b])[seen].tolist()]

    def draw() -> None:
        image = QImage(*mission.SIZE, QImage.Format.Format_RGB32)
        image.fill(0)
        painter = QPainter(image)
        painter.setClipRect(image.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(255, 255, 255, 30))
        painter.drawLines(drawn)
        painter.end()

    return draw


def changes(document: Document) -> list[Figure]:
    """Measure what is drawn again after a switch, a selection and a move of the cursor."""
    camera, painter = mission.cameras(document)["full"], Painter()
    view = View(camera, mission.SIZE)
    lights = [replace(view, hover=int(row)) for row in mission.busiest(document)[:2]]
    off = edits.switch_classes(document, (CLASSES.index("amplifier>core"),), on=False)
    core = edits.select_role(document)

    def between(*seen: tuple[Document, View]) -> Times:
        def draw() -> None:
            for shown, how in seen:
                for _ in painter.pictures(shown, how):
                    pass

        draw()
        times = best(draw)
        return times[0] / len(seen), times[1] / len(seen)

    pale = replace(view, theme="light")
    return [
        *two("switch a class off and on", between((off, view), (document, view))),
        *two("another theme", between((document, pale), (document, view))),
        *two("select the core, and nothing", between((core, view), (document, view))),
        *two("cursor on one of the two busiest", between(*((document, one) for one in lights))),
    ]


def answers(document: Document) -> list[Figure]:
    """Measure the nearest account, a lasso of 500 corners and a hundred labels."""
    at, random = document.positions, np.random.default_rng(0)
    grid, view = Grid(at), View(mission.cameras(document)["full"], mission.SIZE)
    points = at[random.integers(0, len(at), 1000)].tolist()
    lasso = peers.loop(document)
    theirs = best(lambda: peers.in_polygon(at, lasso), 1)
    named = edits.restyle(document, replace(document.style, labels="all"))
    order, radii = ranked(document.graph, named.style.labels_by), np.ones(document.graph.n)

    def wide(text: str, size: float, _bold: bool = False, /) -> float:
        return 0.6 * size * len(text)

    nearest = best(lambda: [grid.nearest(x, y, 1.0) for x, y in points])
    return [
        ("nearest account", nearest[0] / len(points), "ms", None, ""),
        ("lasso of 500 corners", best(lambda: grid.inside_lasso(lasso))[0], "ms", theirs[0],
         "point in polygon, NumPy"),
        ("labels that fit", best(lambda: labels(named, view, wide, radii, (), order))[0], "ms",
         None, ""),
    ]  # fmt: skip


def large() -> list[Figure]:
    """Measure the first picture, later ones and the memory of a million accounts."""
    document, before = clustered(MILLION, FOUR), resident()
    walk = Walk(document, mission.cameras(document)["full"], mission.SIZE)
    first = best(walk.sketch, 1)
    best(walk.sketch)
    best(walk.complete, 1)
    name = "a million accounts, four million edges: "
    found: list[Figure] = [(f"{name}first sketch", first[1], "ms", None, "")]
    for zoom, camera in mission.cameras(document).items():
        near = Walk(document, camera, mission.SIZE)
        near.painter = walk.painter
        found += two(f"{name}sketch at {zoom}", best(near.sketch))
        found += two(f"{name}everything at {zoom}", best(near.complete, 3))
    grown, peak = resident() - before, peak_memory()
    memory: list[tuple[str, Any]] = [("memory of drawing", grown), ("peak of the process", peak)]
    return [*found, *((name + what, value, "MB", None, "") for what, value in memory)]


def clustered(n: int, m: int, seed: int = 0) -> Document:
    """Return *n* accounts in communities of uneven size, with *m* edges, most within."""
    random = np.random.default_rng(seed)
    groups = max(4, round(n**0.5 / 8))
    size = random.pareto(1.2, groups) + 0.2
    group = random.choice(groups, n, p=size / size.sum())
    middle = random.normal(size=(groups, 2)) * np.sqrt(groups)
    spread = np.sqrt(size / size.mean())
    at = middle[group] + random.normal(size=(n, 2)) * spread[group, None] * 0.6
    order = np.argsort(group, kind="stable")
    begins = np.searchsorted(group[order], np.arange(groups + 1))
    source = random.integers(0, n, m)
    low, high = begins[group[source]], begins[group[source] + 1]
    target = order[low + ((high - low) * random.random(m) ** 3).astype(np.int64)]
    away = random.random(m) < 0.05
    target[away] = random.integers(0, n, int(away.sum()))
    listed = np.zeros(n, np.int8)
    listed[order[begins[:-1]]] = 1
    listed[random.integers(0, n, n // 8)] = 1
    graph = Graph(
        n,
        source.astype(np.int32),
        target.astype(np.int32),
        {"listed_in": Category(listed, ("", "SIMULATED"))},
    )
    return edits.place(edits.load(graph), at.astype(np.float32), Placing())
