"""The job of writing a figure: PNG, SVG or PDF by the ending of its name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import perf_counter
from typing import TYPE_CHECKING, Any, BinaryIO

from explorer.errors import FigureError
from explorer.evidence.provenance import provenance, stated_time
from explorer.scene.figure import Choices, Figure
from explorer.scene.saving import replacing
from explorer.scene.svg import write_svg
from explorer.ui.image import render_png
from explorer.ui.letters import qt_measure
from explorer.ui.outline import qt_outline
from explorer.ui.pdf import check_page, write_pdf

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from explorer.document.model import Document
    from explorer.job import Report
    from explorer.scene.budget import Drawn
    from explorer.scene.view import View


@dataclass(frozen=True, slots=True)
class Written:
    """What came of it.

    Attributes
    ----------
    vector_edges
        Whether every edge is a vector of its own.
    note
        What the reader of the file should know, empty if nothing.
    """

    path: Path
    bytes: int
    seconds: float
    vector_edges: bool
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class ExportFigure:
    """Write what *document* and *view* show to *path*.

    Attributes
    ----------
    made
        UTC time to state, as ISO 8601; the same time gives the same bytes. Empty for none.
    steps
        What was done, as plain values, for the metadata.
    """

    document: Document
    view: View
    path: Path
    choices: Choices
    made: str = ""
    steps: tuple[dict[str, Any], ...] = ()

    @classmethod
    def of(
        cls,
        document: Document,
        view: View,
        path: Path,
        size: tuple[int, int],
        *,
        whole: bool = True,
        choices: Choices | None = None,
    ) -> ExportFigure:
        """Return the job of writing a figure of *size* pixels now.

        Raises
        ------
        FigureError
            If the size or the ending of the name cannot be.
        """
        chosen = replace(choices or Choices(), width=size[0], height=size[1], whole=whole)
        figure = figure_of(document, view, chosen)
        if ending_of(path) == ".pdf":
            check_page(figure)
        return cls(document, view, path, chosen, stated_time())

    @property
    def title(self) -> str:
        """What the user sees while it runs."""
        return f"Export: {self.path.name}"

    def __call__(self, report: Report, /) -> Written:
        """Draw and write.

        Raises
        ------
        FigureError
            If the ending is unknown, the size cannot be made or the file not be written.
        """
        start, ending = perf_counter(), ending_of(self.path)
        figure = figure_of(self.document, self.view, self.choices, self.made, self.steps)
        with replacing(self.path) as file:
            drawn = WRITERS[ending](file, figure, report)
        size, vectors = self.path.stat().st_size, drawn is not None and drawn.vectors
        note = drawn.note if drawn is not None else ""
        return Written(self.path, size, perf_counter() - start, vectors, note)


def _svg(file: BinaryIO, figure: Figure, report: Report) -> Drawn:
    outlines = qt_outline if figure.choices.outline else None
    return write_svg(file, figure, qt_measure(), report, outline=outlines)


WRITERS: dict[str, Callable[[BinaryIO, Figure, Report], Drawn | None]] = {
    ".png": render_png,
    ".svg": _svg,
    ".pdf": write_pdf,
}
"""By ending; those of vectors tell how they drew the edges."""


def figure_of(
    document: Document,
    view: View,
    choices: Choices,
    made: str = "",
    steps: tuple[dict[str, Any], ...] = (),
) -> Figure:
    """Return the figure with its provenance: what the eye gets and what the file carries."""
    told = provenance(document, made)
    carried = told.as_dict() | ({"steps": list(steps)} if steps else {})
    return Figure(document, view, choices, told.footer(), carried)


def ending_of(path: Path) -> str:
    """Return the ending of a figure's name in small letters.

    Raises
    ------
    FigureError
        If no figure is written so.
    """
    ending = path.suffix.lower()
    if ending not in WRITERS:
        raise FigureError(
            f"{path.name} ends in neither .png nor .svg nor .pdf.",
            "Choose PNG for a picture, SVG for a drawing to edit, PDF for paper.",
        )
    return ending
