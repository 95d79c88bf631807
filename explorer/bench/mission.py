"""One simulated archive as a document, imported and laid out once for every section of a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from explorer.document import edits
from explorer.document.file import open_session, save_session
from explorer.document.placing import MAIN, described
from explorer.graph.build import OpenArchive
from explorer.graph.edges import GROUPS, edge_classes
from explorer.graph.model import degree
from explorer.graph.roles import CORE
from explorer.job import silent
from explorer.layout.run import RunLayout, layouts
from explorer.scene.camera import Camera, fit

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from explorer.document.model import Document

SIZE = (1600, 1000)
"""Logical pixels of what is measured."""
ZOOMS = (("full", 1.0), ("10×", 10.0), ("100×", 100.0))
"""Views: everything, and nearer, about the busiest core account."""


def laid_out(archive: Path, folder: Path) -> Document:
    """Return *archive* as a document with the layout the program begins with.

    The first section of a run imports it and leaves a session in *folder*; the others open that.
    """
    kept = folder / "mission.starling"
    if kept.exists():
        return open_session(kept).document
    opened = OpenArchive((archive,), folder / "cache")(silent)
    document = edits.load(opened.graph, opened.receipt, opened.stored)
    layout = layouts()[MAIN]
    options = layout.options()
    positions = RunLayout(document.graph.bare("count"), layout, options, None)(silent)
    document = edits.place(document, positions, described(layout, options, complete=True))
    save_session(document, kept)
    return document


def busiest(document: Document) -> NDArray[np.intp]:
    """Return the core accounts, those with most edges first."""
    core = np.flatnonzero(document.roles.codes == CORE)
    return core[np.argsort(-degree(document.graph)[core], kind="stable")]


def hub(document: Document) -> int:
    """Return the core account with the most edges."""
    return int(busiest(document)[0])


def cameras(document: Document, size: tuple[int, int] = SIZE) -> dict[str, Camera]:
    """Return the views of ``ZOOMS`` for a picture of *size*."""
    whole = fit(document.positions, size)
    x, y = document.positions[hub(document)].tolist()
    near = {name: Camera(x, y, whole.scale * zoom) for name, zoom in ZOOMS[1:]}
    return {ZOOMS[0][0]: whole, **near}


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """The document as other programs want it.

    Attributes
    ----------
    ends
        By group of edge classes: ``(k, 4)`` float32 x, y of the source and x, y of the target.
    accounts
        ``(n, 2)`` float32.
    core
        ``(n,)`` bool.
    """

    ends: dict[str, NDArray[np.float32]]
    accounts: NDArray[np.float32]
    core: NDArray[np.bool_]


def lines(document: Document) -> Lines:
    """Return the accounts and edges of *document* as plain arrays."""
    graph, at = document.graph, document.positions
    classes = edge_classes(graph, document.roles)
    ends = {}
    for group in GROUPS:
        some = np.flatnonzero(np.isin(classes, group.classes))
        ends[group.id] = np.hstack([at[graph.source[some]], at[graph.target[some]]])
    return Lines(ends, at, document.roles.codes == CORE)
