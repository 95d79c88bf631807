"""The picture while it grows: every component in its place from the first moment."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from explorer.graph.model import frozen
from explorer.layout.pack import arrange, aspect_of, compose, shapes_of
from explorer.layout.small import boxed

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from explorer.graph.model import Positions
    from explorer.job import Report
    from explorer.layout.grow import Glimpse
    from explorer.layout.pack import Arrangement
    from explorer.layout.pairs import Pieces

PAUSE = 0.125
"""Least seconds from one picture to the next."""


class Sheet:
    """What is known so far of where everybody goes; shows it, but not too often.

    Parameters
    ----------
    pieces
        The components.
    inner
        ``(2, n)`` places inside each component, which is in the box from -1 to 1. Changed in
        place.
    report
        Who is told.
    """

    def __init__(self, pieces: Pieces, inner: NDArray[np.float32], report: Report) -> None:
        self._pieces = pieces
        self._inner = inner
        self._report = report
        self._sizes = pieces.sizes()
        self._arrangement = self._arranged()
        self._shown = -np.inf
        self._draft = True
        self._done, self._said = 0.0, ""

    def _arranged(self) -> Arrangement:
        """Return where each component goes, as their shapes are now."""
        shapes = shapes_of(self._inner, self._pieces.starts)
        return arrange(self._sizes, aspect_of(self._inner[:, self._pieces.span(0)]), shapes)

    def put(self, c: int, at: NDArray[np.float32]) -> None:
        """Place the nodes of component *c* relative to each other, ``(2, k)`` at any scale."""
        main = c == 0 and self._arrangement.main is not None
        self._inner[:, self._pieces.span(c)] = at if main else boxed(at)
        if main and self._draft:  # its shape is seen for the first time, and decides the rest
            self._arrangement = self._arranged()
            self._draft = False

    def picture(self) -> Positions:
        """Return ``(n, 2)`` float32 places of all, by node."""
        placed = np.empty((len(self._pieces.nodes), 2), np.float32)
        placed[self._pieces.nodes] = compose(self._arrangement, self._pieces.starts, self._inner).T
        return frozen(placed)

    def final(self) -> Positions:
        """Return the same, arranged anew to the shape that the main component has now.

        So it does not depend on which pictures there was time to show.
        """
        self._arrangement = self._arranged()
        return self.picture()

    def note(self, done: float, note: str) -> None:
        """Say what is being done, unless a picture has just said more."""
        self._done = max(self._done, done)
        if time.monotonic() - self._shown >= PAUSE:
            self._said = note
        self._report(self._done, self._said)

    def show(self, done: float, c: int, glimpse: Callable[[], Glimpse]) -> None:
        """Show component *c* as *glimpse* gives it, if there was a pause since the last picture."""
        if time.monotonic() - self._shown < PAUSE:
            return
        seen = glimpse()
        self.put(c, seen.at)
        self._done, self._said = max(self._done, done), seen.note
        if seen.progress is not None:
            self._report(self._done, seen.note, seen.progress)
        self._report(self._done, seen.note, self.picture())
        self._shown = time.monotonic()


@dataclass(frozen=True, slots=True)
class Place:
    """The part of a sheet, and of the time, that belongs to one component."""

    sheet: Sheet
    component: int
    begin: float
    end: float

    def _done(self, part: float) -> float:
        return self.begin + part * (self.end - self.begin)

    def note(self, part: float, note: str) -> None:
        """Say what is being done, *part* of this component behind us."""
        self.sheet.note(self._done(part), note)

    def show(self, part: float, glimpse: Callable[[], Glimpse]) -> None:
        """Show the component as *glimpse* gives it, if a picture is due."""
        self.sheet.show(self._done(part), self.component, glimpse)
