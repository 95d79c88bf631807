"""Which accounts are where on the canvas, as they are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from explorer.scene.compiled import still
from explorer.scene.pick import Grid
from explorer.scene.remember import Kept
from explorer.scene.touch import touched

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.document.model import Document
    from explorer.graph.model import Mask
    from explorer.scene.painter import Picture

REACH = 6.0
"""Pixels by which one may miss an account."""
NEAR = 4.0
"""The same of an edge."""


class Finder:
    """Picks accounts of a document; the grid is made when it is first needed."""

    def __init__(self) -> None:
        self._document: Document | None = None
        self._picture: Picture | None = None
        self._grid: Kept[Grid] = Kept()
        self._radii: Kept[NDArray[np.float32]] = Kept()

    def show(self, document: Document) -> None:
        """Pick from this document from now on."""
        self._document = document

    def learn(self, picture: Picture) -> None:
        """Take from a picture which accounts are drawn, and how large."""
        self._picture = picture

    def nearest(self, x: float, y: float, scale: float) -> int:
        """Return the account at a world point, given logical pixels to a world unit; else -1."""
        grid = self._sorted()
        return -1 if grid is None else grid.nearest(x, y, REACH / scale, self._drawn())

    def radius(self, account: int) -> float:
        """Return the radius in world units with which an account is drawn; 0 if unknown."""
        radii = self._drawn()
        return 0.0 if radii is None else float(radii[account])

    def inside_box(self, corners: tuple[float, float, float, float]) -> Mask:
        """Return the mask of accounts in a world box."""
        grid = self._sorted()
        return self._nobody() if grid is None else grid.inside_box(*corners)

    def inside_lasso(self, points: NDArray[np.float64]) -> Mask:
        """Return the mask of accounts in a polygon of ``(k, 2)`` world points."""
        grid = self._sorted()
        return self._nobody() if grid is None else grid.inside_lasso(points)

    def edge(self, x: float, y: float, scale: float) -> int:
        """Return the edge at a world point, given logical pixels to a world unit; else -1.

        There is one only where edges are few, each drawn as itself.
        """
        picture, document = self._picture, self._document
        if picture is None or document is None or picture.arrows is None:
            return -1
        found = touched(picture.arrows, (x, y), NEAR / scale)
        return found if found < document.graph.m else -1

    def _nobody(self) -> Mask:
        return np.zeros(0 if self._document is None else self._document.graph.n, bool)

    def _sorted(self) -> Grid | None:
        document = self._document
        if document is None or (self._picture is not None and self._picture.rough):
            return None  # to sort needs kernels, and compiling them here would stop the window
        shown = None
        if self._picture is not None and len(self._picture.shown) == document.graph.n:
            shown = self._picture.shown
        return self._grid((document.positions, shown), lambda: Grid(document.positions, shown))

    def _drawn(self) -> NDArray[np.float32] | None:
        picture, document = self._picture, self._document
        if picture is None or document is None or len(picture.radii) != document.graph.n:
            return None
        scale = picture.view.camera.scale
        return self._radii(
            (picture.radii, scale), lambda: still((picture.radii / scale).astype(np.float32))
        )
