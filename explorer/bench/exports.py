"""How long each kind of figure takes, how large it is, and what memory: a process for each."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from explorer.bench.mission import laid_out
from explorer.bench.notebook import peak_memory
from explorer.document import edits
from explorer.graph.edges import GROUPS
from explorer.job import silent

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from explorer.document.model import Document
    from explorer.scene.figure import Figure

Told: TypeAlias = tuple[str, float, str, float | None, str]
Apart: TypeAlias = "Callable[[Callable[[Path, Path], Any], Path, Path], Any]"

EVERY = 10**9
"""A budget that makes every edge a vector."""


class Case(NamedTuple):
    """One kind of figure.

    Attributes
    ----------
    only
        Id of the group of edges that is drawn; all if empty.
    budget
        Edges up to which each is a vector; the product's own if 0.
    reference
        Name of what the same is written with for comparison; nothing if empty.
    """

    title: str
    ending: str
    size: tuple[int, int]
    only: str = ""
    budget: int = 0
    reference: str = ""


CASES = (
    Case("PNG 1,600 × 1,000", ".png", (1600, 1000)),
    Case("PNG 8,192 × 5,120", ".png", (8192, 5120), reference="Qt's PNG writer, held whole"),
    Case("PNG 16,384 × 10,240", ".png", (16384, 10240)),
    Case("SVG, every edge", ".svg", (1600, 1000), budget=EVERY, reference="QSvgGenerator"),
    Case("SVG, core → core", ".svg", (1600, 1000), "core>core", EVERY),
    Case("SVG, edges a picture", ".svg", (1600, 1000)),
    Case("PDF, every edge", ".pdf", (1600, 1000), budget=EVERY, reference="QPdfWriter"),
    Case("PDF, core → core", ".pdf", (1600, 1000), "core>core", EVERY),
    Case("PDF, edges a picture", ".pdf", (1600, 1000)),
)


def rows(archive: Path, folder: Path, apart: Apart) -> list[Told]:
    """Return seconds, megabytes and peak memory of every kind of figure."""
    apart(prepare, archive, folder)  # a child begins with the peak memory of its parent
    told: list[Told] = []
    for number, case in enumerate(CASES):
        seconds, size, peak = apart(partial(measure, number), archive, folder)
        theirs = apart(partial(reference, number), archive, folder) if case.reference else None
        references = theirs or (None, None, None)
        for what, value, unit, other in zip(
            ("", ", size", ", peak memory"),
            (seconds, size, peak),
            ("s", "MB", "MB"),
            references,
            strict=True,
        ):
            against = case.reference if other is not None else ""
            told.append((f"{case.title}{what}", value, unit, other, against))
    return told


def prepare(archive: Path, folder: Path) -> None:
    """Import the archive and lay it out, once for all the processes."""
    laid_out(archive, folder)


def measure(number: int, archive: Path, folder: Path) -> tuple[float, float, float]:
    """Write one kind of figure; return seconds, megabytes, and peak memory in MB."""
    from explorer.scene.budget import EDGE_BUDGET
    from explorer.scene.svg import write_svg
    from explorer.ui.image import render_png
    from explorer.ui.letters import qt_measure
    from explorer.ui.pdf import write_pdf

    case = CASES[number]
    figure, path = _figure(laid_out(archive, folder), case), folder / f"figure{case.ending}"
    qt_measure()
    budget = case.budget or EDGE_BUDGET
    start = time.perf_counter()
    with path.open("wb") as file:
        match case.ending:
            case ".svg":
                write_svg(file, figure, qt_measure(), budget=budget)
            case ".pdf":
                write_pdf(file, figure, budget=budget)
            case _:
                render_png(file, figure, silent)
    return time.perf_counter() - start, path.stat().st_size / 1e6, peak_memory()


def reference(number: int, archive: Path, folder: Path) -> tuple[float, float, float]:
    """Write the same with Qt alone: a line for each edge, or a picture held whole."""
    from PySide6.QtCore import QLineF, QSize, QSizeF
    from PySide6.QtGui import QColor, QPageSize, QPainter, QPdfWriter, QPen

    from explorer.ui.image import render_image
    from explorer.ui.letters import ensure_gui

    ensure_gui()
    case = CASES[number]
    document, path = laid_out(archive, folder), folder / f"reference{case.ending}"
    start = time.perf_counter()
    if case.ending == ".png":
        render_image(_figure(document, case)).save(str(path))
        return time.perf_counter() - start, path.stat().st_size / 1e6, peak_memory()
    device: Any
    if case.ending == ".svg":
        from PySide6.QtSvg import QSvgGenerator

        device = QSvgGenerator()
        device.setFileName(str(path))
        device.setSize(QSize(*case.size))
    else:
        device = QPdfWriter(str(path))
        device.setPageSize(QPageSize(QSizeF(*case.size), QPageSize.Unit.Point))
        device.setResolution(72)
    graph, view = document.graph, _figure(document, case).view
    at = view.camera.to_screen(document.positions, case.size)
    ends = at[[graph.source, graph.target]].transpose(1, 0, 2).reshape(-1, 4).tolist()
    painter = QPainter(device)
    painter.setPen(QPen(QColor(60, 120, 200, 20), 0.9))
    painter.drawLines([QLineF(*each) for each in ends])
    painter.end()
    return time.perf_counter() - start, path.stat().st_size / 1e6, peak_memory()


def _figure(document: Document, case: Case) -> Figure:
    """Return the figure of a case, with its provenance."""
    from explorer.scene.camera import fit
    from explorer.scene.figure import Choices
    from explorer.scene.view import View
    from explorer.ui.export import figure_of

    if case.only:
        for group in GROUPS:
            if group.id != case.only:
                document = edits.switch_classes(document, group.classes, on=False)
    view = View(fit(document.positions, case.size), case.size)
    return figure_of(document, view, Choices(*case.size))
