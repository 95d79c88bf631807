"""The picture by which a session is known again: what its window showed, at a stated size."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np

from explorer import __version__
from explorer.document.pictured import Pictured
from explorer.document.steps import versions
from explorer.scene.camera import Camera, fit
from explorer.scene.theme import THEMES
from explorer.scene.view import View

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.document.content import Beside
    from explorer.document.file import SavedSession, SaveSession
    from explorer.document.model import Document
    from explorer.job import Report

SIZE = (1600, 1000)
"""Pixels of the picture of a session that nobody has looked at."""
LONGEST = 1600
"""Pixels of the longer side, at most; a larger window is drawn smaller, all in proportion."""
DRAWN_BY = ("numpy", "numba", "llvmlite")
"""Distributions whose version can change a pixel."""
DRAWING = 0.2
"""Share of a save that drawing takes."""


@dataclass(frozen=True, slots=True, eq=False)
class SaveSeen:
    """Job: save a session, and in it the hash of its picture."""

    session: SaveSession

    @property
    def title(self) -> str:
        """What the user sees while it runs."""
        return self.session.title

    def __call__(self, report: Report, /) -> SavedSession:
        """Draw and save; raise what ``save_session`` raises.

        If it cannot be drawn it is saved without: nothing may keep a session from the disk.
        """
        report(0.0, "drawing the picture")
        session, beside = self.session, self.session.beside
        try:
            beside = replace(beside, picture=pictured(session.document, beside))
        except Exception:  # noqa: BLE001 - whatever it is, what was done must not be lost to it
            beside = replace(beside, picture=None)

        def rest(done: float, note: str = "", partial: object = None, /) -> None:
            report(DRAWING + (1.0 - DRAWING) * done, note, partial)

        return replace(session, beside=beside)(rest)


def pictured(document: Document, beside: Beside) -> Pictured | None:
    """Return what is kept of the picture; None if there is nothing to draw."""
    if not document.graph.n:
        return None
    pixels = drawn(document, beside)
    height, width = pixels.shape
    return Pictured((width, height), hashed(pixels), program())


def drawn(document: Document, beside: Beside) -> NDArray[np.uint32]:
    """Return ``(height, width)`` uint32 pixels of *document* as it was looked at."""
    from explorer.scene.painter import Painter  # here: the window names the job that draws

    return Painter().whole(document, canonical(view_of(document, beside))).pixels


def hashed(pixels: NDArray[np.uint32]) -> str:
    """Return the SHA-256 of a picture in hexadecimal."""
    return sha256(np.ascontiguousarray(pixels, "<u4").data).hexdigest()


def program() -> tuple[tuple[str, str], ...]:
    """Return name and version of what draws now."""
    return (("starling", __version__), *versions(DRAWN_BY))


def view_of(document: Document, beside: Beside) -> View:
    """Return from where the session was looked at, else a view of the whole."""
    size = beside.size if beside.size is not None and min(beside.size) >= 1 else SIZE
    theme = beside.theme if beside.theme in THEMES else "dark"
    ratio = beside.ratio if beside.ratio > 0 else 1.0
    if beside.camera is None:
        return View(fit(document.positions, size), size, theme, ratio=ratio)
    return View(Camera(*beside.camera).scaled(ratio), size, theme, ratio=ratio)


def canonical(view: View) -> View:
    """Return the same view, smaller if it is larger than ``LONGEST``."""
    factor = LONGEST / max(view.size)
    if factor >= 1:
        return view
    width, height = (max(1, round(factor * side)) for side in view.size)
    camera, ratio = view.camera.scaled(factor), view.ratio * factor
    return replace(view, camera=camera, size=(width, height), ratio=ratio)
