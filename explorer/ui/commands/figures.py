"""Figures: export, copy, and ids to the clipboard."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QGuiApplication, QImage

from explorer.errors import FigureError
from explorer.evidence.provenance import stated_time
from explorer.evidence.steps import paragraph, steps_of
from explorer.scene.figure import LEAST
from explorer.scene.naming import file_name
from explorer.scene.saving import forget
from explorer.ui.desk import FIGURE
from explorer.ui.export import ExportFigure, Written

if TYPE_CHECKING:
    from explorer.scene.figure import Choices
    from explorer.ui.desk import Desk

MOST_COPIED = 1_000_000


def sized(count: int) -> str:
    """Return a number of bytes as people read it."""
    return f"{count / 1e6:,.1f} MB" if count >= 1e6 else f"{max(count / 1e3, 0.1):,.1f} kB"


class Figures:
    """Make figures from the same scene that the screen shows."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def export(self) -> None:
        """Ask how large and where to, and write the figure in the background."""
        self._desk.asked.emit("export", self._desk.document)

    def write(
        self, path: Path, size: tuple[int, int], whole: bool, choices: Choices | None = None
    ) -> None:
        """Write the figure to *path*: the whole graph, or what is looked at now."""
        desk = self._desk
        assert desk.stage is not None
        view = desk.stage.view()
        job = ExportFigure.of(desk.document, view, path, size, whole=whole, choices=choices)
        steps = steps_of(desk.session.history.now.log)
        task = desk.runner.task(replace(job, steps=steps))
        task.succeeded.connect(self._written)
        task.ended.connect(lambda _: forget(path))
        desk.follow(task, FIGURE)

    def copy_picture(self) -> None:
        """Copy what is looked at as a figure, made in the background, to the clipboard."""
        desk = self._desk
        assert desk.stage is not None
        view = desk.stage.view()
        size = max(view.size[0], LEAST[0]), max(view.size[1], LEAST[1])
        folder = TemporaryDirectory(prefix="starling-copy-", ignore_cleanup_errors=True)
        path = Path(folder.name) / "picture.png"
        task = desk.runner.task(ExportFigure.of(desk.document, view, path, size, whole=False))

        def copy(_: object) -> None:
            QGuiApplication.clipboard().setImage(QImage(str(path)))
            desk.notices.tell("The picture was copied, with its legend.")

        task.succeeded.connect(copy)
        task.ended.connect(lambda _: folder.cleanup())
        desk.follow(task, FIGURE)

    def copy_methods(self) -> None:
        """Copy what was done as a paragraph for the methods section of a report."""
        log = self._desk.session.history.now.log
        words = paragraph(self._desk.document, log, stated_time())
        QGuiApplication.clipboard().setText(words)
        self._desk.notices.tell("The methods paragraph was copied.")

    def dragged(self, folder: Path) -> ExportFigure:
        """Return the job of writing what is looked at into *folder*, to be dragged away."""
        desk = self._desk
        assert desk.stage is not None
        view = desk.stage.view()
        size = max(view.size[0], LEAST[0]), max(view.size[1], LEAST[1])
        title = file_name(desk.document.archive.title or "figure")
        return ExportFigure.of(desk.document, view, folder / f"{title}.png", size, whole=False)

    def copy_ids(self) -> None:
        """Copy the ids of the selected accounts, one a line."""
        document = self._desk.document
        rows = np.flatnonzero(document.selected)
        if len(rows) > MOST_COPIED:
            raise FigureError(f"{len(rows):,} ids are too many for the clipboard.")
        ids = document.graph.text("id").take(rows)
        QGuiApplication.clipboard().setText("\n".join(ids))
        self._desk.notices.tell(f"{len(rows):,} ids were copied.")

    def _written(self, value: object) -> None:
        assert isinstance(value, Written)
        note = f" {value.note}" if value.note else ""
        self._desk.notices.tell(
            f"Wrote {value.path.name}, {sized(value.bytes)} in {value.seconds:.1f} s.{note}"
        )
