"""How many edges cross each pixel: drawn in pieces, kept as long as it is true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from explorer.scene.bins import binned, lines_near
from explorer.scene.compiled import still
from explorer.scene.lines import BLOCK, lines
from explorer.scene.raster import FULL, PAD, histogram
from explorer.scene.remember import remember_last, same
from explorer.scene.tones import levels_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from explorer.graph.model import Positions
    from explorer.scene.bins import Bins
    from explorer.scene.layers import Ends
    from explorer.scene.raster import Counts, Frame
    from explorer.scene.sheet import Strip

GOLDEN = 0.6180339887498949
CHUNK = 256 * BLOCK
"""Edges drawn between two looks at whether anybody still wants the picture."""


WORTH = 20_000
"""Edges of a group from which it is worth asking somebody else to count them."""


class Counter(Protocol):
    """Counts edges by the rule of ``lines.lines``, with something else than the processor."""

    def __call__(
        self, ends: Ends, positions: Positions, frame: Frame, size: tuple[int, int], /
    ) -> NDArray[np.uint16] | None:
        """Return ``(height, width)`` uint16 counts without a rim; None if it cannot."""


def never() -> bool:
    """Return False: nobody cancels this."""
    return False


def sample(ends: Ends, number: int) -> Ends:
    """Return so many of *ends*, always the same, spread evenly over all and yet irregularly.

    One of every so many in a row, at a place given by the golden ratio: fair to every account,
    since edges are ordered by these, without a second copy of the edges in random order.
    """
    place = np.arange(number)
    at = (place + place * GOLDEN % 1.0) * (len(ends) / max(number, 1))
    return still(ends[np.minimum(at.astype(np.int64), len(ends) - 1)])


class Part:
    """The counts in one strip of a picture.

    Attributes
    ----------
    counts
        With a rim, as ``raster`` has them.
    done
        Edges that are counted.
    bins
        ``(65536,)`` int64 how many pixels have each count, between ``rank`` and ``Tally.levels``,
        which adds them up.
    """

    def __init__(self, strip: Strip, width: int, old: Counts | None) -> None:
        shape = strip.rows.stop - strip.rows.start + 2 * PAD, width + 2 * PAD
        if old is not None and old.shape == shape:
            self.counts = old
            old.fill(0)
        else:
            self.counts = np.zeros(shape, np.uint16)
        self.frame: Frame = strip.frame
        self.done = 0
        self.bins: NDArray[np.int64] | None = None

    def rank(self) -> None:
        """Count how many pixels have each count."""
        bins = np.zeros(FULL + 1, np.int64)
        histogram(self.counts, bins)
        self.bins = bins


class Tally:
    """The counts of one group of edges at one place, in strips that can be drawn at once.

    A drawing that was cancelled goes on where it stopped, if the same is asked for again.

    Attributes
    ----------
    stamp
        Another object whenever something else is counted.
    """

    def __init__(self) -> None:
        self.stamp = object()
        self.parts: tuple[Part, ...] = ()
        self._key: tuple[object, ...] = ()
        self._wanted = 0
        self._levels: dict[tuple[float, int], NDArray[np.uint8]] = {}
        self._counted: NDArray[np.uint32] | None = None
        self._bins = remember_last(binned)
        self._sorted: Bins | None = None

    @property
    def left(self) -> int:
        """Number of edges still to draw."""
        if not self.parts:
            return 0
        return self._wanted - sum(part.done for part in self.parts) // len(self.parts)

    def ask(
        self,
        ends: Ends,
        positions: Positions,
        place: tuple[tuple[Strip, ...], int],
        first: int | None = None,
    ) -> None:
        """Say what to count: the *first* so many of *ends*, or all; forget what is not that.

        *place* are the strips of the picture and its width.
        """
        strips, width = place
        key = (ends, positions, strips, width, first)
        if same(self._key, key):
            return
        old = [part.counts for part in self.parts] + [None] * len(strips)
        self.parts = tuple(
            Part(strip, width, counts) for strip, counts in zip(strips, old, strict=False)
        )
        self._key, self._levels, self.stamp = key, {}, object()
        self._counted = None
        self._wanted = len(ends) if first is None else min(first, len(ends))
        self._positions = positions
        self._ends = ends if first is None else sample(ends, self._wanted)
        self._sorted = self._bins(ends, positions) if first is None else None

    def draw(self, part: Part, cancelled: Callable[[], bool] = never) -> None:
        """Count in one part what is not counted yet, unless cancelled."""
        while part.done < self._wanted and not cancelled():
            last = min(part.done + CHUNK, self._wanted)
            rows = (part.done, last)
            if self._sorted is None:
                lines(self._ends, self._positions, rows, part.frame, part.counts)
            else:
                ends, boxes = self._sorted
                lines_near(ends, boxes, self._positions, rows, part.frame, part.counts)
            part.done = last

    def count_by(self, counter: Counter, frame: Frame, size: tuple[int, int]) -> None:
        """Have everything counted elsewhere, if there is enough of it and *counter* can."""
        if self._sorted is None or self.left < WORTH:
            return
        counts = counter(self._ends, self._positions, frame, size)
        if counts is None:
            return
        top = 0
        for part in self.parts:
            inner = part.counts[PAD:-PAD, PAD:-PAD]
            inner[:] = counts[top : top + len(inner)]
            top += len(inner)
            part.done = self._wanted

    @property
    def most(self) -> int:
        """The largest count of all."""
        inner = (part.counts[PAD:-PAD, PAD:-PAD] for part in self.parts)
        return max((int(counts.max(initial=0)) for counts in inner), default=0)

    def unranked(self, how: tuple[float, int]) -> tuple[Part, ...]:
        """Return the parts that are to be ranked before the levels can be told."""
        return () if how in self._levels or self._counted is not None else self.parts

    def levels(self, how: tuple[float, int]) -> NDArray[np.uint8]:
        """Return the ``(65536,)`` levels of these counts, made once, after all parts are ranked.

        *how* are the steepness and the zoom, see ``tones.levels``.
        """
        if self._counted is None:  # kept: another theme has other levels of the same counts
            bins = [part.bins for part in self.parts if part.bins is not None]
            self._counted = np.sum(bins, axis=0).astype(np.uint32)
            for part in self.parts:
                part.bins = None
        if how not in self._levels:
            self._levels = {how: still(levels_of(self._counted, *how))}
        return self._levels[how]
