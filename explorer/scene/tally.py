"""How many edges cross each pixel: drawn in pieces, kept as long as it is true."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from explorer.scene.raster import PAD, lines
from explorer.scene.remember import same
from explorer.scene.tones import levels

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from explorer.graph.model import Positions
    from explorer.scene.layers import Ends
    from explorer.scene.raster import Counts, Frame

CHUNK = 32_768
"""Edges drawn between two looks at whether anybody still wants the picture."""


def never() -> bool:
    """Return False: nobody cancels this."""
    return False


class Tally:
    """The counts of one group of edges at one place.

    A drawing that was cancelled goes on where it stopped, if the same is asked for again.

    Attributes
    ----------
    stamp
        Another object whenever something else is counted.
    """

    def __init__(self) -> None:
        self.counts: Counts = np.zeros((0, 0), np.uint16)
        self.stamp = object()
        self._key: tuple[object, ...] = ()
        self._wanted = 0
        self._done = 0
        self._levels: dict[tuple[float, int], NDArray[np.uint8]] = {}

    @property
    def complete(self) -> bool:
        """Whether everything asked for is drawn."""
        return self._done == self._wanted

    @property
    def left(self) -> int:
        """Number of edges still to draw."""
        return self._wanted - self._done

    def ask(
        self,
        ends: Ends,
        positions: Positions,
        place: tuple[Frame, tuple[int, int]],
        first: int | None = None,
    ) -> None:
        """Say what to count: the *first* so many of *ends*, or all; forget what is not that."""
        frame, size = place
        key = (ends, positions, frame, size, first)
        if same(self._key, key):
            return
        shape = size[1] + 2 * PAD, size[0] + 2 * PAD
        if self.counts.shape == shape:
            self.counts.fill(0)
        else:
            self.counts = np.zeros(shape, np.uint16)
        self._key, self._done, self._levels, self.stamp = key, 0, {}, object()
        self._wanted = len(ends) if first is None else min(first, len(ends))
        self._ends, self._positions, self._frame = ends, positions, frame

    def draw(self, cancelled: Callable[[], bool] = never) -> bool:
        """Count what is not counted yet; return whether it came to the end."""
        while self._done < self._wanted:
            if cancelled():
                return False
            last = min(self._done + CHUNK, self._wanted)
            lines(self._ends, self._positions, (self._done, last), self._frame, self.counts)
            self._done = last
        return True

    def levels(self, steep: float, zoom: int = 1) -> NDArray[np.uint8]:
        """Return the ``(65536,)`` levels of these counts, made once; see ``tones.levels``."""
        if (steep, zoom) not in self._levels:
            self._levels = {(steep, zoom): levels(self.counts, steep, zoom)}
        return self._levels[steep, zoom]
